//! The fields of a record, each with its address, its words and its places.

use serde_json::Value;

use crate::closed::spans_in;
use crate::document::Span;
use crate::messages::Lang;

/// Keys of a record in the order in which people want to see them, with their names.
const NAMES: [(&str, &str, &str); 69] = [
    ("number", "Nummer", "Number"),
    ("title", "Tittel", "Title"),
    ("name", "Navn", "Name"),
    ("label", "Merkelapp", "Label"),
    ("caption", "Overskrift", "Caption"),
    ("kind", "Slag", "Kind"),
    ("type", "Sakstype", "Type of case"),
    ("status", "Rolle på møtet", "Part in the meeting"),
    ("body", "Organ", "Body"),
    ("municipality", "Kommune", "Municipality"),
    ("meeting", "Møtet", "Meeting"),
    ("date", "Dato", "Date"),
    ("end_date", "Siste dag", "Last day"),
    ("weekday", "Ukedag", "Weekday"),
    ("start", "Begynte", "Start"),
    ("end", "Sluttet", "End"),
    ("place", "Sted", "Place"),
    ("chair", "Møteleder", "Chair"),
    ("secretary", "Sekretær", "Secretary"),
    ("reference", "Referanse", "Reference"),
    ("archive_reference", "Arkivsak", "Archive reference"),
    ("case_officer", "Saksbehandler", "Case officer"),
    ("document_date", "Dokumentdato", "Date of the document"),
    ("listed_title", "Tittel i sakslisten", "Title in the list"),
    ("role", "Verv", "Role"),
    ("represents", "Representerer", "Represents"),
    ("deputy_for", "Vara for", "Deputy for"),
    ("from_case", "Fra sak", "From case"),
    ("to_case", "Til sak", "To case"),
    ("closed", "Lukket", "Closed"),
    ("background", "Saksopplysninger", "Background"),
    ("proposals", "Forslag", "Proposal"),
    ("by", "Av", "By"),
    ("deliberation", "Behandling", "Deliberation"),
    ("votes", "Votering", "Vote"),
    ("said", "Ordlyd", "Words"),
    ("form", "Form", "Form"),
    ("on", "Om", "On"),
    ("for", "For", "For"),
    ("against", "Mot", "Against"),
    ("abstain", "Avholdende", "Abstaining"),
    ("for_names", "Stemte for", "Voted for"),
    ("against_names", "Stemte mot", "Voted against"),
    ("casting_vote", "Dobbeltstemme", "Casting vote"),
    ("decision", "Vedtak", "Decision"),
    ("text", "Tekst", "Text"),
    ("outcome", "Utfall", "Outcome"),
    ("final", "Endelig", "Final"),
    ("attendance", "Frammøte", "Attendance"),
    ("cases", "Saker", "Cases"),
    ("attachments", "Vedlegg", "Attachments"),
    ("references", "Henvisninger", "References"),
    ("relation", "Forhold", "Relation"),
    ("resolved_to", "I organ", "In the body"),
    ("tables", "Tabeller", "Tables"),
    ("unit", "Enhet", "Unit"),
    ("columns", "Kolonne", "Column"),
    ("year", "År", "Year"),
    ("rows", "Rad", "Row"),
    ("totals", "Sum", "Total"),
    ("cells", "Celle", "Cell"),
    ("code", "Kode", "Code"),
    ("planned_meetings", "Planlagte møter", "Planned meetings"),
    ("note", "Merknad", "Note"),
    ("signatures", "Underskrifter", "Signatures"),
    ("signed", "Underskrevet", "Signed"),
    ("placeholders", "Tomme felter", "Empty fields"),
    ("filling", "Fylt med", "Filled with"),
    ("document", "Dokument", "Document"),
];

/// Values of enumerations in words.
const WORDS: [(&str, &str, &str); 63] = [
    ("case", "sak", "case"),
    ("decision", "vedtak", "decision"),
    ("proposal", "forslag", "proposal"),
    ("table", "tabell", "table"),
    ("meeting", "møte", "meeting"),
    ("document", "annen tekst", "other text"),
    ("finding", "funn", "finding"),
    ("agenda", "innkalling", "agenda"),
    ("minutes", "protokoll", "minutes"),
    ("case_paper", "saksframlegg", "case paper"),
    ("case_minutes", "saksprotokoll", "case minutes"),
    ("meeting_plan", "møteplan", "meeting plan"),
    ("attachment", "vedlegg", "attachment"),
    ("other", "annet", "other"),
    ("adopted", "vedtatt", "adopted"),
    ("rejected", "avvist", "rejected"),
    ("postponed", "utsatt", "postponed"),
    ("noted", "tatt til orientering", "noted"),
    ("referred", "sendt videre", "referred"),
    ("withdrawn", "trukket", "withdrawn"),
    ("recommended", "innstilt", "recommended"),
    ("none", "ikke noe vedtak", "nothing decided"),
    ("unanimous", "enstemmig", "unanimous"),
    ("counts", "stemmetall", "counts"),
    ("names", "navneopprop", "names"),
    ("alternatives", "alternativ votering", "one against another"),
    ("secret", "skriftlig", "secret"),
    ("acclamation", "akklamasjon", "acclamation"),
    ("recommendation", "innstilling", "recommendation"),
    ("amendment", "endringsforslag", "amendment"),
    ("alternative", "alternativt forslag", "alternative"),
    ("addition", "tilleggsforslag", "addition"),
    ("political", "politisk sak", "political"),
    ("delegated", "delegert", "delegated"),
    ("interpellation", "interpellasjon", "interpellation"),
    ("approval", "godkjenning", "approval"),
    ("information", "orientering", "information"),
    ("report", "referatsak", "report"),
    ("invited", "innkalt", "invited"),
    ("present", "til stede", "present"),
    ("absent", "forfall", "absent"),
    ("deputy", "vararepresentant", "deputy"),
    ("staff", "administrasjon", "staff"),
    ("observer", "observatør", "observer"),
    ("follow_up", "følger opp", "follows up"),
    ("approves", "godkjenner", "approves"),
    ("mentions", "nevner", "mentions"),
    ("fee", "gebyr", "fee"),
    ("budget", "budsjett", "budget"),
    ("label", "tekst", "label"),
    ("amount", "beløp", "amount"),
    ("percent", "prosent", "per cent"),
    ("count", "antall", "count"),
    ("text", "tekst", "text"),
    ("ok", "lest", "read"),
    ("partial", "delvis lest", "read in part"),
    ("failed", "ikke lest", "not read"),
    ("duplicate", "kopi", "duplicate"),
    ("heading", "overskrift", "heading"),
    ("header", "topptekst", "page head"),
    ("footer", "bunntekst", "page foot"),
    ("footnote", "fotnote", "footnote"),
    ("comment", "merknad", "comment"),
];

/// A value of an enumeration in words.
pub(super) fn word(lang: Lang, value: &str) -> Option<&'static str> {
    WORDS.iter().find(|(word, ..)| *word == value).map(|(_, nb, en)| lang.pick(nb, en))
}

/// The word of a value that stands in records as a word of an enumeration.
pub(super) fn word_of(lang: Lang, value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    let value = value.as_str().unwrap_or_default();
    word(lang, value).unwrap_or(value).to_owned()
}

/// A value that stands in the text, or was concluded from it.
#[derive(Debug)]
pub(super) struct Field {
    /// JSON Pointer into the record.
    pub(super) pointer: String,
    pub(super) name: String,
    /// The value in words.
    pub(super) value: String,
    /// The text as printed, where there is one.
    pub(super) text: Option<String>,
    pub(super) spans: Vec<Span>,
}

/// Fields that belong together.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: String,
    /// The case is about the matter, the rest about the meeting.
    pub(super) is_case: bool,
    pub(super) fields: Vec<Field>,
}

/// The fields of constituent document `index`, given as JSON: those of its head, then group by group.
pub(super) fn groups(lang: Lang, index: usize, document: &Value) -> Vec<Group> {
    let Some(keys) = document.as_object() else { return Vec::new() };
    let at = format!("/documents/{index}");
    let mut head = Group { name: String::new(), is_case: false, fields: Vec::new() };
    let mut groups = Vec::new();
    for (key, nb, en) in &NAMES {
        let Some(value) = keys.get(*key) else { continue };
        let (name, pointer) = (lang.pick(nb, en), format!("{at}/{key}"));
        match value.as_array() {
            None if *key == "meeting" => gather(lang, value, &pointer, "", &mut head.fields),
            None => gather(lang, value, &pointer, name, &mut head.fields),
            Some(items) if *key == "cases" => groups.extend(items.iter().enumerate().map(|(i, case)| {
                let text = |key: &str| case[key]["text"].as_str().unwrap_or_default();
                let mut fields = Vec::new();
                gather(lang, case, &format!("{pointer}/{i}"), "", &mut fields);
                Group { name: format!("{} {}", text("number"), text("title")), is_case: true, fields }
            })),
            Some(items) => {
                let mut fields = Vec::new();
                for (i, item) in items.iter().enumerate() {
                    gather(lang, item, &format!("{pointer}/{i}"), &(i + 1).to_string(), &mut fields);
                }
                groups.push(Group { name: name.to_owned(), is_case: false, fields });
            }
        }
    }
    groups.insert(0, head);
    groups.retain(|group| !group.fields.is_empty());
    groups
}

fn gather(lang: Lang, value: &Value, pointer: &str, name: &str, fields: &mut Vec<Field>) {
    let mut add = |value: String, text: Option<String>, spans| {
        fields.push(Field { pointer: pointer.to_owned(), name: name.to_owned(), value, text, spans });
    };
    match value {
        Value::Object(keys) if is_sourced(value) => {
            let text = keys["text"].as_str().unwrap_or_default().to_owned();
            let value = match &keys["value"] {
                Value::String(value) => value.clone(),
                Value::Object(_) => text.clone(),
                other => other.to_string(),
            };
            add(value, Some(text), spans_in(&keys["at"]));
        }
        Value::Object(keys) => {
            for (key, nb, en) in &NAMES {
                if let Some(inner) = keys.get(*key) {
                    let name = [name, lang.pick(nb, en)].join(" · ");
                    gather(lang, inner, &format!("{pointer}/{key}"), name.trim_start_matches(" · "), fields);
                }
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                let name = if items.len() > 1 { format!("{name} {}", i + 1) } else { name.to_owned() };
                gather(lang, item, &format!("{pointer}/{i}"), &name, fields);
            }
        }
        Value::Bool(true) => add(lang.pick("ja", "yes").to_owned(), None, Vec::new()),
        Value::Bool(false) => add(lang.pick("nei", "no").to_owned(), None, Vec::new()),
        Value::String(value) => add(word(lang, value).unwrap_or(value).to_owned(), None, Vec::new()),
        Value::Number(value) => add(value.to_string(), None, Vec::new()),
        Value::Null => {}
    }
}

pub(super) fn is_sourced(value: &Value) -> bool {
    ["value", "text", "at"].iter().all(|key| value.get(key).is_some())
}
