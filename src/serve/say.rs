//! What people say: verdicts on findings and corrections of fields.

use maud::{Markup, html};
use serde_json::Value;

use super::ask::{Ask, Failure, Reply};
use super::fields;
use super::room::Room;
use crate::correction::{Correction, value_of};
use crate::messages::Lang;
use crate::model::Record;
use crate::verdict::{Judgement, Verdict};

/// The fields of a form, as sent.
pub(super) struct Form(pub(super) Vec<(String, String)>);

impl Form {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    fn needed(&self, name: &str) -> Result<&str, Failure> {
        let missing = || {
            Failure::new(
                axum::http::StatusCode::BAD_REQUEST,
                format!("Skjemaet mangler «{name}»."),
                format!("The form lacks \"{name}\"."),
            )
        };
        self.get(name).ok_or_else(missing)
    }

    /// That the form is from a page of this process.
    fn check(&self, room: &Room) -> Result<(), Failure> {
        let is_own = self.get("token").is_some_and(|token| token == room.token);
        let stale = || {
            Failure::new(
                axum::http::StatusCode::FORBIDDEN,
                "Skjemaet er fra en annen økt. Last siden på nytt og prøv igjen.",
                "The form is from another session. Load the page again and try once more.",
            )
        };
        is_own.then_some(()).ok_or_else(stale)
    }

    /// Where to go afterwards: a page of ours, or the first.
    fn back(&self) -> Reply {
        let is_ours = |to: &&str| to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']);
        Reply::Moved(self.get("back").filter(is_ours).unwrap_or("/").to_owned())
    }
}

pub(super) fn verdict(room: &Room, _: Lang, form: &Form) -> Result<Reply, Failure> {
    form.check(room)?;
    let judgement = match form.needed("verdict")? {
        "accept" => Judgement::Accept,
        "fixed" => Judgement::Fixed,
        "wrong" => Judgement::Wrong,
        _ => return Err(Failure::bad("Det er ingen slik vurdering.", "There is no such verdict.")),
    };
    let (fingerprint, why) = (form.needed("fingerprint")?, form.needed("why")?);
    let findings = room.archive.findings()?;
    let finding = findings.iter().find(|f| f.fingerprint == fingerprint).ok_or_else(Failure::unknown)?;
    room.archive.judge(&Verdict::now(finding, judgement, why.to_owned(), form.get("by").map(str::to_owned)))?;
    Ok(form.back())
}

pub(super) fn correction(room: &Room, _: Lang, form: &Form) -> Result<Reply, Failure> {
    form.check(room)?;
    let (path, field, person) = (form.needed("path")?, form.needed("field")?, form.needed("person")?);
    let why = form.needed("why")?;
    let held = room.held()?;
    let line = held.ledger.get(path).ok_or_else(Failure::unknown)?;
    let record = room.archive.record(&line.path)?;
    let machine = machine(&record, field)
        .ok_or_else(|| Failure::bad("Dokumentet har ikke dette feltet.", "The document has no such field."))?;
    if value_of(&machine, person).is_none() {
        return Err(Failure::bad(
            "Rettelsen må være av samme slag som feltet: en dato som 2014-03-12, et tall, eller et saksnummer som AU 23/22.",
            "The correction must be of the field's kind: a date as 2014-03-12, a number, or a case number as AU 23/22.",
        ));
    }
    room.archive.correct(&Correction {
        sha256: record.source.sha256,
        path: path.to_owned(),
        field: field.to_owned(),
        machine,
        person: person.to_owned(),
        why: why.to_owned(),
        by: form.get("by").map(str::to_owned),
        at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    })?;
    Ok(form.back())
}

/// What the machine reads in a field that stands in the text.
pub(super) fn machine(record: &Record, field: &str) -> Option<Value> {
    let field = field.strip_prefix("/documents")?;
    let documents = serde_json::to_value(&record.documents).ok()?;
    let found = documents.pointer(field).filter(|v| fields::is_sourced(v))?;
    Some(found["value"].clone())
}

/// What every form holds unseen.
pub(super) fn hidden(ask: &Ask, back: &str) -> Markup {
    html! {
        input type="hidden" name="token" value=(ask.room.token);
        input type="hidden" name="back" value=(back);
    }
}

/// Why, and who says so.
pub(super) fn reason(ask: &Ask) -> Markup {
    html! {
        label.wide { span { (ask.t("Begrunnelse", "Reason")) } input type="text" name="why" required maxlength="2000"; }
        label { span { (ask.t("Hvem du er", "Who you are")) } input.by type="text" name="by" maxlength="100" autocomplete="name"; }
    }
}
