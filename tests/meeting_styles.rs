//! Ways in which the head of a document says what it is, which body met, when and where.
#![allow(clippy::unwrap_used, reason = "tests")]

mod extracted;

use extracted::{cases, document, document_of, documents_of};
use serde_json::{Value, json};

const CASE: &str = "## KU 3/14 Ny kinosal\n\nVedtak:\n\nSalen bygges.\n\n";

/// Day, start, end and place of the meeting under a head.
fn meeting(head: &str) -> Value {
    let document = document(&format!("{head}\n\n{CASE}"));
    let meeting = &document["meeting"];
    json!([meeting["date"], meeting["start"], meeting["end"], meeting["place"]])
}

#[test]
fn a_sentence_after_the_place_gives_the_times() {
    let head = "# Møtereferat\n\nFjellstyret, møte 3/2014\n\nTirsdag 4. mars 2014, grendehuset. Vi begynte kl. 18.30 og var ferdige kl. 21.50.";
    assert_eq!(meeting(head), json!(["2014-03-04", "18:30", "21:50", "grendehuset"]));
    let head = "# Møtebok\n\nKulturutvalet\n\nTysdag 4. mars 2014, i kyrkjelydshuset, frå kl. 19.00 til 21.20";
    assert_eq!(meeting(head), json!(["2014-03-04", "19:00", "21:20", "kyrkjelydshuset"]));
}

#[test]
fn a_meeting_ends_on_another_day_or_is_to_end() {
    let head = "# Møtebok\n\nKulturutvalget\n\nUtvalget holdt møte 4. og 5. mars 2014 på Vik hotell. Møtet ble satt tirsdag 4. mars kl 1100 og hevet onsdag \
                5. mars kl 1245.";
    assert_eq!(meeting(head), json!(["2014-03-04", "11:00", "12:45", "Vik hotell"]));
    let head = "# Møteinnkalling\n\nKulturutvalget trer sammen i kommunestyresalen, Vik rådhus, tirsdag den 04.03.14 kl. 17.00. Møtet ventes å vare til \
                kl. 21.00.";
    assert_eq!(meeting(head), json!(["2014-03-04", "17:00", "21:00", "kommunestyresalen, Vik rådhus"]));
}

#[test]
fn a_letter_calls_to_a_meeting() {
    let text = "Vik skole\n\nVik, 24. februar 2014\n\nTil medlemmene i samarbeidsutvalget\n\n## Velkommen til SU-møte tirsdag 4. mars kl. \
                17.30–19.00\n\nInnkalt: Eva Lie (FAU), Per Ås (FAU), rektor Kari Moe\n\n| Sak | Tittel | Type | Tid | Kort om saken |\n|---|---|---|---|---|\n| \
                3/14 | Ny kinosal | V | 25 min | Salen går til høring. |\n| 4/14 | Eventuelt | | | |\n";
    let document = document(text);
    let told = json!([document["kind"], document["meeting"]["date"], document["meeting"]["start"]]);
    assert_eq!(told, json!(["agenda", "2014-03-04", "17:30"]));
    assert_eq!(cases(&document), [(String::new(), 3, "Ny kinosal", ""), (String::new(), 4, "Eventuelt", "")]);
}

#[test]
fn the_body_is_written_out() {
    let body = |text: &str| document(&format!("{text}\n\n{CASE}"))["body"].take();
    assert_eq!(body("# Protokoll fra styremøte 2/2014\n\nTirsdag 4. mars 2014\n\nStyret var fulltallig."), "Styret");
    assert_eq!(
        body("# MØTEBOK\n\nKONTROLLUTVALGET I HOLMESTRAND\n\nMøtedato: 04.03.2014"),
        "Kontrollutvalget i Holmestrand"
    );
    let council = body("# MØTEBOK\n\nRåd for mennesker med nedsatt funksjonsevne\n\nMøtedato: 04.03.2014");
    assert_eq!(council, "Råd for mennesker med nedsatt funksjonsevne");
    assert_eq!(body("# Møtebok\n\nUtvalg: kontrollutvalget.\n\nMøtedato: 04.03.2014"), "Kontrollutvalget");
}

#[test]
fn the_head_of_the_next_page_begins_no_document() {
    let text = "# Møtebok\n\nKulturutvalget\n\n| Tid | Tirsdag 4. mars 2014 |\n|---|---|\n| Sted | Rådhuset |\n\n## 3/14 Ny kinosal\n\nVedtak:\n\nSalen \
                bygges.\n\nKulturutvalget – møtebok 4. mars 2014\n\n## 4/14 Ny kai\n\nVedtak:\n\nKaia bygges.\n";
    let documents = documents_of("input.md", text);
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0]["cases"].as_array().unwrap().len(), 2);
}

#[test]
fn signs_stand_before_the_numbers_of_cases() {
    let text = "MØTEREFERAT\nFjellstyret, møte 3/2014\n\nTirsdag 4. mars 2014, grendehuset.\n\n* Til stede: Eva Lie (leder), Jon Dahl (skriver), Per Arne\n  \
                Moe, Kari Rud og Liv Ås.\n* Forfall: Ola By\n\n### 3/14 Pris på fiskekort neste år, som tilsynet har bedt om\nTilsynet har ikke merknader til at \
                prisen følger utviklingen ellers i\nfylket.\n=> Vedtak: Prisen settes til kr 110.\n\n### 4/14 Ny bu\nBeitelaget spør om styret kan dekke det som \
                materialene koster etter\nanbud.\n=> Enstemmig uttale: Styret har ikke noe imot det.\n";
    let document = document_of("input.txt", text);
    let found: Vec<_> =
        cases(&document).into_iter().map(|(_, number, title, decision)| (number, title, decision)).collect();
    let expected = [
        (3, "Pris på fiskekort neste år, som tilsynet har bedt om", "Prisen settes til kr 110."),
        (4, "Ny bu", "Styret har ikke noe imot det."),
    ];
    assert_eq!(found, expected);
    let names = extracted::names(&document, "present");
    assert_eq!(names, ["Eva Lie", "Jon Dahl", "Per Arne Moe", "Kari Rud", "Liv Ås"]);
}

#[test]
fn a_box_of_a_case_holds_the_body_the_day_and_in_a_row_of_its_own_the_title() {
    let case = |number: &str, title: &str| {
        format!(
            "<table><tr><td>Styre, råd, utvalg</td><td>Møtedato</td><td>Saknr.</td></tr><tr><td>Kulturutvalget</td><td>04.03.98</td><td>{number}</td></tr><tr><td \
             colspan=3>{title}</td></tr><tr><td>Saksbehandler: E. Lie</td><td></td><td>Arkiv: \
             011</td></tr></table><p>VEDTAK:</p><p>1. {title} bygges.</p><p>2. Resten utsettes.</p>"
        )
    };
    let text = format!(
        "<h1>Møtebok</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.98</p>{}{}",
        case("0014/98", "Kinosal"),
        case("0015/98", "Kai")
    );
    let document = document_of("input.html", &text);
    let found: Vec<_> = cases(&document).into_iter().map(|(_, number, title, _)| (number, title)).collect();
    assert_eq!(found, [(14, "Kinosal"), (15, "Kai")]);
}

#[test]
fn sentences_head_proposals_and_decisions() {
    let text = "# Møtebok\n\nUtval: Samferdsleutvalet\n\nMøtedag: 04.03.2014\n\n## 3/14 Ny kai\n\nFylkesrådmannen gjer framlegg om slikt vedtak:\n\nKaien vert \
                bygd.\n\nVedtaket er etter dette: Saka vert utsett.\n\n## 4/14 Ny bru\n\nVedtaket er etter dette:\n\n1. Brua vert bygd.\n";
    let document = document(text);
    let cases = document["cases"].as_array().unwrap();
    assert_eq!(cases[0]["proposals"][0]["text"], "Kaien vert bygd.");
    let decided: Vec<_> = cases.iter().map(|c| c["decision"]["text"].clone()).collect();
    assert_eq!(decided, [json!("Saka vert utsett."), json!("1. Brua vert bygd.")]);
}

#[test]
fn letter_spaced_titles_have_words_of_two_letters() {
    let text = "MØTEBOK FOR SOKNERÅDET\n\nÅr 1958, tysdag 4. mars vart det halde møte i soknerådet.\n\nSak 9.     O r g e l m o t o r e n.\n\nVedtak:\n\nJa.\n\nSak \
                10.    S l å t t e n   p å   v o l l e n   i   1 9 5 8.\n\nVedtak:\n\nJa.\n";
    let document = document_of("input.txt", text);
    let titles: Vec<_> = cases(&document).into_iter().map(|(_, _, title, _)| title).collect();
    assert_eq!(titles, ["Orgelmotoren", "Slåtten på vollen i 1958"]);
}

#[test]
fn a_letter_has_its_own_day() {
    let text = "# Stiftelsen Fyrskip\n\n| TELEFAX | Dato: 22.02.14 |\n|---|---|\n| Til: Styrets medlemmer | Fra: Daglig leder |\n\n## STYREMØTE TIRSDAG 4. MARS \
                2014\n\nInnkalles: Eva Lie (formann), Per Ås\n\n## Sak 118. Ny kai\n\nInnstilling: Kaia bygges.\n";
    let document = document(text);
    assert_eq!(json!([document["meeting"]["date"], document["document_date"]]), json!(["2014-03-04", "2014-02-22"]));
    let two = "# Innkalling til møte i eldrerådet\n\n| Politisk sekretariat | Dato: 24.02.2014 |\n|---|---|\n| | Vår ref.: 14/193 |\n\n| Utvalg | Eldrerådet \
               |\n|---|---|\n| Dato | Tirsdag 04.03.2014 |\n";
    let document = extracted::document(&format!("{two}\n{CASE}"));
    assert_eq!(json!([document["meeting"]["date"], document["document_date"]]), json!(["2014-03-04", "2014-02-24"]));
    for head in
        ["Teknisk etat                  Loen, 24.02.14", "8000 Bodø\t24. februar 2014", "5890 Lærdal, 24. februar 2014"]
    {
        let letter = format!(
            "VIK KOMMUNE\n{head}\n\nINNKALLING TIL MØTE\n\nDet blir møte i skolestyret tirsdag 4. mars 2014.\n"
        );
        let document = document_of("input.txt", &letter);
        assert_eq!([&document["meeting"]["date"], &document["document_date"]], ["2014-03-04", "2014-02-24"], "{head}");
    }
    let text = "FYLKESKOMMUNEN\n\nINNKALLING TIL MØTE I SKULESTYRET\n\nDet vert med dette kalla inn til møte\n\ntysdag 4. mars 2014 kl. 10.00\npå Vik hotell, \
                Loen.\n\nSAK NR. 3/14  Ny kai\n\nFRAMLEGG TIL VEDTAK:\n\nKaia vert bygd.\n";
    let document = document_of("input.txt", text);
    assert_eq!(document["meeting"]["place"], "Vik hotell, Loen");
}

#[test]
fn the_body_heads_its_decision() {
    let text = "# Møteprotokoll\n\nUtvalg: Fellesnemnda\n\nMøtedato: 04.03.2014\n\n## FN-sak 3/14: Ny kai\n\n**Fellesnemnda vedtok**\n\nKaia bygges.\n\n## FN-sak \
                4/14: Ny bru\n\nSamrøystes:\n\nBrua vert bygd.\n\n## FN-sak 5/14: Val\n\nValde vart, ved akklamasjon:\n\nEva Lie, leiar\n\n## FN-sak 6/14: \
                Tilskot\n\nTilrådinga frå styret vart deretter vedteken med 3 mot 2 røyster:\n\nTilskotet vert auka.\n";
    let document = document(text);
    let decided: Vec<_> = cases(&document).into_iter().map(|(_, _, _, decision)| decision).collect();
    assert_eq!(decided, ["Kaia bygges.", "Brua vert bygd.", "Eva Lie, leiar", "Tilskotet vert auka."]);
}

#[test]
fn an_extract_heads_its_decision_with_the_number() {
    let text = "| Arkivsak | 16/02188 |\n|---|---|\n| Saksbehandlar | Eva Lie |\n\n**SAKSPROTOKOLL**\n\n**Plan for Vik**\n\nUtval for plan har handsama saka i møte \
                04.03.2014, sak PM 003/14.\n\n**Avrøysting**\n\nTilrådinga vart samrøystes vedteken.\n\n**PM-003/14 Innstilling til kommunestyret**\n\nPlanen \
                vert vedteken.\n";
    let case = document(text)["cases"][0].take();
    assert_eq!(json!([case["title"], case["decision"]["text"]]), json!(["Plan for Vik", "Planen vert vedteken."]));
    let text = "| Vik kommune | SAKSPROTOKOLL |\n|---|---|\n| Arkivsak: 09/02214 | Arkivkode: A20 |\n| Saksbehandler: Eva Lie | Skolebruksplan for Vik |\n\n| Behandlet av \
                | Møtedato | Saknr |\n|---|---|---|\n| Kulturutvalget | 04.03.2014 | 0031/14 |\n\n**Rådmannens innstilling:**\n\nSkolen \
                bygges.\n\n**Utvalgets vedtak:**\n\nSkolen bygges.\n";
    let document = document(text);
    let case = &document["cases"][0];
    let told = json!([case["number"]["sequence"], case["title"], case["decision"]["text"], document["case_officer"]]);
    assert_eq!(told, json!([31, "Skolebruksplan for Vik", "Skolen bygges.", "Eva Lie"]));
}

#[test]
fn a_year_with_a_hyphen_stands_before_the_number() {
    let text = "# Protokoll fra styremøte 2/2014\n\nTid: tirsdag 4. mars 2014\n\n| Nr. | Sak | Drøfting | Vedtak |\n|---|---|---|---|\n| 2014-11 | Ny kai | Ingen merknader. | \
                Kaia bygges. |\n| 2014-12 | Ny bru | Eva Lie orienterte. | Brua bygges. |\n";
    let document = document(text);
    let number = &document["cases"][1]["number"];
    assert_eq!(
        json!([number["sequence"], number["year"], document["cases"].as_array().unwrap().len()]),
        json!([12, 2014, 2])
    );
}

#[test]
fn the_first_of_two_heads_need_not_stand_first() {
    let text = "# Møteprotokoll\n\n**Utvalg:** Brønnstyret\n**Dato:** 02.03.2016\n\n**Til stede:** Arvid Holte, Berit Moen\n\n**Saksliste:**\n\n| Saksnr | Tittel |\n|---|---|\n| BS 1/16 | Pumpe ved Storbrønnetordning i ferien |\n\n## BS 1/16 Ny pumpe ved Storbrønnen\n\n**Vedtak:**\n\nPumpa skiftes i løpet av  Vaktordning\n\n**Vedtak:**\n\nOrdningen fra i fjor videreføres.\n";
    assert_eq!(document(text)["kind"], "minutes");
}

#[test]
fn a_page_head_holds_for_all_that_a_file_without_pages_has() {
    let extract = |body: &str| {
        let lines =
            ["SAKSPROTOKOLL", &format!("Behandlet i: {body}"), "Sak: 3/14", "Ny kinosal", "Vedtak:", "Salen bygges."];
        lines.map(|line| format!("<text:p>{line}</text:p>")).concat()
    };
    let names = ["office", "text", "style"]
        .map(|name| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\" "));
    let fodt = format!(
        "<office:document {} office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:master-styles>\
         <style:master-page style:name=\"Standard\"><style:header><text:p>Vik kommune</text:p></style:header></style:master-page>\
         </office:master-styles><office:body><office:text>{}{}</office:text></office:body></office:document>",
        names.concat(),
        extract("Kulturutvalget"),
        extract("Kommunestyret"),
    );
    let documents = documents_of("input.fodt", &fodt);
    let named: Vec<&Value> = documents.iter().map(|d| &d["municipality"]).collect();
    assert_eq!(named, ["Vik", "Vik"]);
}

#[test]
fn where_the_page_breaks_a_line_changes_nothing() {
    let text = "MØTEPROTOKOLL\n\nMøtedato: 04.03.2014\n\nSAK 3/14 Eventuelt\n\nFra behandlingen:\n\n\
                Referert ble brev fra fylkesmannen om budsjettet for året og\nprogrammet for opplæringsdagen, som er i Lund den femtende i\n\
                neste måned.\n\n\
                Neste møte holdes etter sommerferien, og sekretæren sender ut\nforslag til dato. Utover dette var det ingenting til eventuelt.\n\n\
                Neste møte er torsdag 3. april. Per Ås minnet om fristen for\nå melde saker, som er den femtende i hver måned, og om at de\n\
                skal være skriftlige.\n";
    let document = document_of("input.txt", text);
    let deliberation = document["cases"][0]["deliberation"].as_str().unwrap();
    assert!(deliberation.ends_with("Utover dette var det ingenting til eventuelt."), "{deliberation}");
    let paper = "SAKSFRAMLEGG\n\nSak nr. 3/14  Ny kai\n\nKort om saken\nStyret skal hvert år innen 1. november legge fram forslag til fordeling av\n\
                 driftstilskuddet. Fordelingen følger selskapsavtalen: tjue prosent likt på hver\nkommune og resten etter folketall 1. januar.\n\n\
                 Forslag til vedtak:\nKaia bygges.\n";
    assert_eq!(document_of("input.txt", paper)["body"], Value::Null);
}

#[test]
fn times_and_place_stand_on_lines_of_their_own() {
    let head = |lines: &str| meeting(&format!("# Møtebok\n\nKulturutvalget\n\n{lines}"));
    let expected = json!(["2014-03-04", "09:00", "14:15", Value::Null]);
    assert_eq!(head("Dato: tirsdag 04.03.2014\n\nFra kl. 09.00 til kl. 14.15"), expected);
    assert_eq!(head("Dato: tirsdag 04.03.2014\n\nKlokka 9.00-14.15"), expected);
    let expected = json!(["2014-03-04", "11:00", "13:30", "Vik Samfunnshus"]);
    assert_eq!(head("Vik Samfunnshus, tirsdag 4. mars 2014, kl. 11.00 - 13.30"), expected);
    assert_eq!(head("tirsdag 4. mars 2014\n\nVik Samfunnshus, kl. 11.00 - 13.30"), expected);
    let expected = json!(["2014-03-04", "11:00", Value::Null, "Vik Samfunnshus"]);
    assert_eq!(head("Utvalgsmøte i Vik Samfunnshus tirsdag 4. mars 2014 kl. 11.00."), expected);
    assert_eq!(head("Tirsdag 4. mars 2014\n\nMøtet ble holdt på Vik Samfunnshus og begynte kl. 11.00."), expected);
    let head = |lines: &str| meeting(&format!("# Protokoll fra møte 4. mars 2014\n\nKulturutvalget\n\n{lines}"));
    assert_eq!(head("Sted og tid: Vik Samfunnshus, tirsdag kl. 11.00"), expected);
    let wrapped = "MØTEBOK\n\nMøte tirsdag 4. mars 2014 kl. 11.00 - 13.30 på herredshuset,\nVik.\n\nIngen hadde merknader til innkallingen eller til sakslista, og\nmøteboka for forrige møte ble godkjent.\n\nSak 3/14 Ny kai\n\nVedtak:\nKaia bygges.\n";
    assert_eq!(document_of("input.txt", wrapped)["meeting"]["place"], "herredshuset, Vik");
    let wrapped = "MØTEBOK\n\nMøtedato: 04.03.2014\n\nMøtet ble satt kl. 0930 i formannskapssalen på rådhuset i Vik av ordfører Eva Lie\n\
                   og hevet kl. 1520. Ingen hadde merknader til innkallingen eller til sakslista, og\nmøteboka for forrige møte ble godkjent.\n\n\
                   Sak 3/14 Ny kai\n\nVedtak:\nKaia bygges.\n";
    assert_eq!(document_of("input.txt", wrapped)["meeting"]["end"], "15:20");
}

#[test]
fn labels_and_values_are_set_in_many_ways() {
    let html = |table: &str| {
        let text = format!(
            "<html><body><h1>MØTEBOK</h1><table>{table}</table><h2>Sak 3/14 Ny kai</h2><p>Vedtak:</p><p>Kaia bygges.</p></body></html>"
        );
        let document = document_of("input.html", &text);
        let meeting = &document["meeting"];
        json!([document["body"], meeting["date"], meeting["start"], meeting["place"]])
    };
    let expected = json!(["Kulturutvalget", "2014-03-04", "18:00", "Rådhuset, Vik"]);
    let stacked = "<tr><td>Utvalg:<br>Møtested:<br>Dato:<br>Tidspunkt:</td><td>Kulturutvalget<br>Rådhuset, Vik<br>04.03.2014<br>18.00 - 20.10</td>\
                   <td>BEFARING<br>Før møtet var utvalget på befaring.</td></tr>";
    assert_eq!(html(stacked), expected);
    let partly = "<tr><td>Kulturutvalget</td><td>Møtedato</td><td>Start</td><td>Slutt</td></tr>\
                  <tr><td>Møtested: Rådhuset, Vik</td><td>04.03.2014</td><td>18:00</td><td>20:50</td></tr>";
    assert_eq!(html(partly), expected);
    let told = "<tr><td>Når</td><td>Hvor</td><td>Ledet av</td></tr><tr><td>Tirsdag 04.03.2014<br>kl. 18:00-20:10</td><td>Rådhuset, Vik</td><td>Eva Lie</td></tr>\
                <tr><td>Utvalg</td><td>Kulturutvalget</td><td></td></tr>";
    assert_eq!(html(told), expected);
}

#[test]
fn minutes_tell_when_the_body_meets_next() {
    let next = |told: &str| {
        let head = "MØTEBOK\n\nUtvalg: Havnestyret\nMøtedato: 04.11.2009\n\nSak 3/09 Ny kai\n\nVedtak: Saken utsettes til neste møte 2. desember.\n\n";
        let document = document_of("input.txt", &format!("{head}{told}\n"));
        let planned =
            |m: &Value| format!("{} {} {}", m["body"].as_str().unwrap(), m["date"].as_str().unwrap(), m["start"]);
        document["planned_meetings"].as_array().unwrap().iter().map(planned).collect::<Vec<_>>()
    };
    assert_eq!(
        next("Møtet hevet kl. 12. Neste møte er satt til onsdag 9. desember kl. 10.00."),
        [r#"Havnestyret 2009-12-09 "10:00""#]
    );
    assert_eq!(
        next("Neste møter: onsdag 9. desember og tirsdag 12. januar, begge klokka 10. Julebord 11. desember."),
        [r#"Havnestyret 2009-12-09 "10:00""#, r#"Havnestyret 2010-01-12 "10:00""#]
    );
    assert_eq!(next("Neste styremøte i havnestyret blir 3.2.2010, samme sted."), ["Havnestyret 2010-02-03 null"]);
    assert_eq!(
        next(
            "Møtet sluttet klokka tolv, og alle var enige om det. Neste\nmøte er satt til onsdag 9. desember kl. 10.00."
        ),
        [r#"Havnestyret 2009-12-09 "10:00""#]
    );
    assert_eq!(next("Neste møte: 9. desember.\n\nMøtet ble hevet. Neste møte er 9. desember.").len(), 1);
    assert_eq!(next("Frist for saker til neste møte: 1. desember. Neste møte er flyttet fra 9. desember."), [""; 0]);
}

#[test]
fn days_beside_other_things() {
    let day = |lines: &str| meeting(&format!("# Møtebok\n\nKulturutvalget\n\n{lines}"))[0].take();
    assert_eq!(
        day("Lagt ut av Eva 6. mars 2014\n\nVi møttes på Vik hotell tirsdag 4. mars 2014 klokka 19."),
        "2014-03-04"
    );
    assert_eq!(day("Møte nr. 6 - 2014   Tirsdag 4. mars, bedehuset, fra kl. 19.30"), "2014-03-04");
    assert_eq!(day("Møtet er tirsdag 4. mars 2014 kl. 19 på Vik hotell. Meld fra om du ikke kan komme."), "2014-03-04");
}

#[test]
fn a_table_of_cases_begins_with_the_head_of_the_meeting() {
    let case =
        |n: u32| format!("<tr><td>{n}/98</td><td>Sak {n}<br>Rådet drøftet saken.</td><td>Enst.<br>Godkjent.</td></tr>");
    let html = format!(
        "<html><body><p>Vik kommune</p><table><tr><td colspan=3>REFERAT FRA MØTE I ELDRERÅDET</td></tr>\
         <tr><td>Tid:<br>Sted:</td><td colspan=2>Torsdag 14. mai 1998 kl. 10.00 - 12.15<br>Sykehjemmet</td></tr>\
         <tr><td>Til stede:</td><td colspan=2>Eva Lie<br>Per Ås</td></tr><tr><td>SAK</td><td>INNHOLD</td><td>VEDTAK</td></tr>{}{}{}{}</table></body></html>",
        case(11),
        case(12),
        case(13),
        case(14)
    );
    let document = document_of("input.html", &html);
    let meeting = &document["meeting"];
    assert_eq!(
        json!([meeting["date"], meeting["start"], meeting["place"]]),
        json!(["1998-05-14", "10:00", "Sykehjemmet"])
    );
}

#[test]
fn a_description_list_holds_the_fields() {
    let page = "<h1>Saksprotokoll</h1><dl><dt>Utvalg</dt><dd>Kulturutvalget</dd><dt>Møtedato</dt><dd>04.03.2014</dd><dt>Sak</dt><dd>031/14</dd>\
                <dt>Arkivsak</dt><dd>13/884</dd></dl><h2>Ny kinosal</h2><h3>Vedtak</h3><p>Salen bygges.</p>";
    let document = document_of("input.html", page);
    let told = (&document["body"], &document["meeting"]["date"], &document["cases"][0]["archive_reference"]);
    assert_eq!(told, (&json!("Kulturutvalget"), &json!("2014-03-04"), &json!("13/884")));
    assert_eq!(cases(&document), [(String::new(), 31, "Ny kinosal", "Salen bygges.")]);
}

#[test]
fn a_letter_without_a_title_calls_to_a_meeting() {
    let cases =
        "\n\n**M 3/2014 Ny kinosal**\n\nForslag: Salen bygges.\n\n**M 4/2014 Ny kai**\n\nForslag: Kaia bygges.\n";
    for head in [
        "Vik menighetsråd\n\nDu kalles med dette inn til møte i menighetsrådet tirsdag 4. mars 2014 kl. 19.00.",
        "Emne: Innkalling til styremøte\n\nNår: tirsdag 4. mars 2014\n\nHvem: Eva Lie, Per Ås",
    ] {
        let document = document(&format!("{head}{cases}"));
        assert_eq!((&document["kind"], document["cases"].as_array().unwrap().len()), (&json!("agenda"), 2), "{head}");
    }
}

#[test]
fn a_paper_has_numbered_chapters() {
    let text = "| Saksnr | Utvalg | Møtedato |\n|---|---|---|\n| 41/15 | Kulturutvalget | 13.10.2015 |\n\n**Ny kinosal**\n\n**Rådmannen anbefaler utvalget å \
                fatte slikt vedtak:**\n\nSalen bygges.\n\n**Vedlegg:**\n\n- Tegning\n\n**1 Bakgrunn**\n\nSalen er gammel.\n\n**2 Vurdering**\n\nSalen bør bygges.\n";
    let document = document(text);
    assert_eq!(document["kind"], "case_paper");
    let case = &document["cases"][0];
    assert_eq!((&case["title"], &case["proposals"][0]["text"]), (&json!("Ny kinosal"), &json!("Salen bygges.")));
    assert_eq!(case["attachments"].as_array().unwrap().len(), 1);
}

#[test]
fn days_stand_in_a_column_under_their_month() {
    let text = "# Møteplan våren 2024\n\n| Uke | Dag | Kl | Organ |\n|---|---|---|---|\n| JANUAR | | | |\n| 3 | tir 16. | 0900 | Formannskapet |\n| FEBRUAR | | | |\n\
                | 7 | tir 13. | 0900 | Formannskapet |\n| 9 | ons 28. | 1230 | Havnestyret |\n";
    let document = document(text);
    let told: Vec<Value> = document["planned_meetings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| json!([m["body"], m["date"], m["start"]]))
        .collect();
    let expected = [
        json!(["Formannskapet", "2024-01-16", "09:00"]),
        json!(["Formannskapet", "2024-02-13", "09:00"]),
        json!(["Havnestyret", "2024-02-28", "12:30"]),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_title_and_the_sentence_under_it_begin_one_document() {
    let text = "VIK KOMMUNE\nTeknisk etat                  Vik, 24.02.14\n\nTil medlemmene av\nTEKNISK UTVALG\n\n           I N N K A L L I N G\n\n\
                Det innkalles herved til møte i Teknisk utvalg tirsdag 4. mars\n2014 kl. 17.00.\n\nForfall meldes.\n\nSAKSLISTE:\n\n\
                SAK 3/14 Ny kai\n\nInnstilling:\nKaia bygges.\n";
    let documents = documents_of("input.txt", text);
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0]["meeting"]["date"], "2014-03-04");
}

#[test]
fn a_letter_to_a_board_calls_it_together() {
    let text = "VIK VANNVERK SA\n\nTil styret: Eva Lie (leder), Per Ås, Kari Moe\n\nVik, 24. februar 2014\n\nSTYREMØTE TIRSDAG 4. MARS 2014 KL 19:00\n\
                Sted: Pumpestasjonen\n\nSakliste\n\nSak 3-2014  Ny kai\nSak 4-2014  Eventuelt\n\nSAK 3-2014: NY KAI\nInnstilling: Kaia bygges.\n";
    let document = document_of("input.txt", text);
    let told = json!([document["kind"], document["document_date"], document["attendance"][1]["status"]]);
    assert_eq!(told, json!(["agenda", "2014-02-24", "invited"]));
    let held = meeting(
        "# Styreprotokoll\n\nMøte nr.\t5/14\n\nAvholdt\ttirsdag den 4. mars 2014, kl. 0900 - 1230\n\nSted\tVik rådhus",
    );
    assert_eq!(held, json!(["2014-03-04", "09:00", "12:30", "Vik rådhus"]));
}

#[test]
fn a_plan_by_months_tells_the_weekday_in_a_column() {
    let text = "# Møteplan 2025\n\n| Utvalg | Møtedag | Januar | Februar |\n|---|---|---|---|\n| Kommunestyret | torsdag kl. 16.00 | 30. | 27. |\n\
                | Formannskapet | onsdag kl. 09.00 | 15. og 29. | 12. |\n";
    let document = document(text);
    let planned = document["planned_meetings"].as_array().unwrap().iter();
    let planned: Vec<_> = planned.map(|m| ["date", "weekday", "start"].map(|key| m[key].as_str().unwrap())).collect();
    let expected = [
        ["2025-01-30", "torsdag", "16:00"],
        ["2025-02-27", "torsdag", "16:00"],
        ["2025-01-15", "onsdag", "09:00"],
        ["2025-01-29", "onsdag", "09:00"],
        ["2025-02-12", "onsdag", "09:00"],
    ];
    assert_eq!(planned, expected);
}

#[test]
fn a_line_may_break_the_place_and_a_comma_stand_in_the_time() {
    let text = "MØTEBOK\n\nÅr 1948, den 9. november, holdt Hafs formannskap møte på herreds-\nkontoret i Hafs.  Møtet tok til kl. 14.\n\nSak 31.\n\n\
                Ny vei\n\nVedtak:\nVeien bygges.\n\nMøtet slutt kl. 17,30.\n";
    let meeting = document_of("input.txt", text)["meeting"].clone();
    assert_eq!((&meeting["place"], &meeting["end"]), (&json!("herredskontoret i Hafs"), &json!("17:30")));
}

#[test]
fn a_column_for_the_day_holds_dates_under_rows_with_their_year() {
    let text = "# Møteplan 2001/2002\n\n| Utvalg | Dag | Kl. | Merknad |\n|---|---|---|---|\n| HØSTEN 2001 | | | |\n| Driftsstyret | mandag 3. \
                september | 18.00–20.00 | |\n| VÅREN 2002 | | | |\n| Driftsstyret | mandag 21. januar | 18.00–20.00 | |\n";
    let document = document(text);
    let planned = document["planned_meetings"].as_array().unwrap().iter();
    let planned: Vec<_> =
        planned.map(|m| ["date", "weekday", "start", "end"].map(|key| m[key].as_str().unwrap())).collect();
    assert_eq!(planned, [["2001-09-03", "mandag", "18:00", "20:00"], ["2002-01-21", "mandag", "18:00", "20:00"]]);
}

#[test]
fn the_day_of_a_letter_stands_beside_who_sends_it() {
    let text = "VIK KOMMUNE                                    Vik, 29. oktober 1984\nSosialkontoret                                 J.nr. 1437/84\n                                               \
                Saksbeh.: G. Lid\n\nTil medlemmene i sosialstyret\n\nI N N K A L L I N G   T I L   M Ø T E\n\ntirsdag 6. november 1984 kl. 17.00\n\n\
                SAK 71/1984     MELDINGER\n\nForslag til vedtak:\nMeldingene tas til etterretning.\n";
    assert_eq!(document_of("input.txt", text)["document_date"], "1984-10-29");
}

#[test]
fn days_and_places_are_told_as_of_old() {
    let text = "MALVIK FORSORGSSTYRE.\n\nMandag den 14de november 1949 kl. 17 holdt Malvik forsorgsstyre møte på forsorgskontoret i Hommelvik.\n\n\
                Tilstede: Eva Lie, Per Ås og Jon Moe.\n\n1.  Juleutdeling.\n\nBeslutning: Det deles ut.\n\n2.  Komfyren.\n\nBeslutning: Saken utsettes.\n";
    let meeting = document_of("input.txt", text)["meeting"].clone();
    assert_eq!(
        (&meeting["date"], &meeting["start"], &meeting["place"]),
        (&json!("1949-11-14"), &json!("17:00"), &json!("forsorgskontoret i Hommelvik"))
    );
    let text = "NESNA HAVNESTYRE\n\nM Ø T E P R O T O K O L L\n\nMøte i      : Herredshuset, Nesna\nTid         : Fredag 14. april 1961 kl. 18.00\nMøtende     : Eva Lie\n\n\
                Sak 31.  Kai.\n\nVedtak: Kaia bygges.\n";
    let document = document_of("input.txt", text);
    assert_eq!(
        (&document["meeting"]["place"], &document["body"]),
        (&json!("Herredshuset, Nesna"), &json!("Nesna havnestyre"))
    );
}

#[test]
fn a_meeting_is_called_it() {
    let text = "VIK IKS\n\nPROTOKOLL\n\nMøtet vart halde torsdag 18. november 2010 i Herredshuset på Fagernes. Det byrja kl. 10.00 og slutta\nkl. 12.40.\n\n\
                Desse møtte: Eva Lie\n\nSak 3/10 Ny kai\n\nVedtak: Kaia vert bygd.\n";
    let meeting = document_of("input.txt", text)["meeting"].clone();
    assert_eq!((&meeting["start"], &meeting["end"]), (&json!("10:00"), &json!("12:40")));
}

#[test]
fn a_case_plans_the_meetings_of_its_body() {
    let planned = |text: &str| {
        let head =
            "# Møteprotokoll\n\nUtvalg: Eldrerådet\n\nMøtedato: 29.11.2000\n\n## Sak 32/00 Møteplan for 2001\n\n";
        let minutes = document(&format!("{head}{text}\n\nVedtak:\n\nMøteplanen vedtas.\n"));
        let day = |m: &Value| format!("{} {}", m["date"].as_str().unwrap(), m["body"].as_str().unwrap());
        minutes["planned_meetings"].as_array().map(|all| all.iter().map(day).collect::<Vec<_>>()).unwrap_or_default()
    };
    let own = ["2001-01-31 Eldrerådet", "2001-03-21 Eldrerådet"];
    let rows = "| Dag | Dato 2001 | Tid | Sted |\n|---|---|---|---|\n| Onsdag | 31. januar | kl. 10.00 | Gruetunet |\n| Onsdag | 21. mars | kl. 10.00 | Rådhuset |";
    assert_eq!(planned(rows), own);
    assert_eq!(planned("- onsdag 31. januar kl. 12.30\n- onsdag 21. mars kl. 12.30"), own);
    assert_eq!(planned("Rådet har disse møtene i 2001: 31. januar og 21. mars."), own);
    let grid =
        "| 2001 | Eldrerådet | Formannskapet |\n|---|---|---|\n| januar | 31.01 | 11.01 |\n| mars | 21.03 | 8.03 |";
    let both = [own[0], "2001-01-11 Formannskapet", own[1], "2001-03-08 Formannskapet"];
    assert_eq!(planned(grid), both);
    // One day alone is when something else is done.
    assert!(planned("Planen sendes ut 5. desember 2000.").is_empty());
}

#[test]
fn a_paper_says_in_which_meeting_it_is_treated() {
    let text = "VOLDA KOMMUNE                              Volda, 2. september 1964\nFormannskapskontoret\n\nTil\nVolda formannskap\n\n         S A K S U T G R E I I N G\n\n\
                Sak nr. 94/64\n\n        Utviding av Øyra vassverk\n        -------------------------\n\nTil handsaming i møte fredag 11. september 1964 kl. 16.00 på\nkommunekontoret.\n\n\
                Vassverket er gamalt.\n\nTILRÅDING:\n\nVassverket vert utvida.\n";
    let document = document_of("input.txt", text);
    let meeting = &document["meeting"];
    assert_eq!(
        (&meeting["date"], &meeting["start"], &meeting["place"]),
        (&json!("1964-09-11"), &json!("16:00"), &json!("kommunekontoret"))
    );
    assert_eq!(document["document_date"], "1964-09-02");
}
