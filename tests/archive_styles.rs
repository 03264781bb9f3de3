//! Ways in which minutes and papers tell where the archive keeps a case: each a few lines of some minutes.
#![allow(clippy::unwrap_used, reason = "tests")]

mod extracted;

use extracted::document;
use serde_json::{Value, json};

const HEAD: &str = "# Møteprotokoll\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n";

/// The archive's numbers of the cases of some minutes, with who prepared them.
fn kept(text: &str) -> Vec<(Value, Value)> {
    let document = document(&format!("{HEAD}{text}\n"));
    let cases = document["cases"].as_array().unwrap();
    cases.iter().map(|c| (c["archive_reference"].clone(), c["case_officer"].clone())).collect()
}

/// The archive's number of the only case of some minutes.
fn number(text: &str) -> Value {
    let kept = kept(&format!("{text}\n\n**Vedtak:**\n\nSalen bygges."));
    assert_eq!(kept.len(), 1, "{text}");
    kept[0].0.clone()
}

#[test]
fn the_number_stands_beside_a_label_in_the_head() {
    for (text, expected) in [
        ("## Sak 3/14 Ny kinosal\n\nArkivsak 13/884", "13/884"),
        ("## Sak 3/14 Ny kinosal\n\nJ.nr. 884/13", "884/13"),
        ("## Sak 3/14 Ny kinosal\n\nArkivsak 13/884 · Saksbehandler Eva Lie", "13/884"),
        ("## Sak 3/14 Ny kinosal\n\nSaksnummer i arkivet: 201300884", "201300884"),
        ("## Sak 3/14 Ny kinosal\n\nSaksnr. 2013/88-12", "2013/88-12"),
        ("## Sak 3/14 Ny kinosal\n\n201300884", "201300884"),
        ("## Sak 3/14 Ny kinosal\n\nArk. 13/884 L42", "13/884"),
        ("## Sak 3/14 Ny kinosal (13/884)", "13/884"),
        ("| Sak 3/14 | Ny kinosal | Arkivsaksnr. 13/00884 |\n|---|---|---|", "13/00884"),
        ("| Sak 3/14 Ny kinosal |\n|---|\n| Saksbehandler: Eva Lie |\n| Arkivsak: 13/884 |", "13/884"),
    ] {
        assert_eq!(number(text), expected, "{text}");
    }
}

#[test]
fn the_number_stands_in_a_column_or_alone_in_a_row() {
    let list = |column: &str, [first, second]: [&str; 2]| {
        let document = document(&format!(
            "# Møteinnkalling\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n| Saksnr. | Tittel | {column} |\n|---|---|---|\n\
             | PS 3/14 | Ny kinosal | {first} |\n| PS 4/14 | Ny kai | {second} |\n"
        ));
        let cases = document["cases"].as_array().unwrap();
        cases.iter().map(|c| c["archive_reference"].clone()).collect::<Vec<Value>>()
    };
    let rows = |column: &str, own: &str| list(column, ["13/884", own]);
    for column in ["Arkivsak", "Ark.saknr.", "Arkivsak/kode", ""] {
        assert_eq!(rows(column, "08/12"), ["13/884", "08/12"], "{column}");
    }
    assert_eq!(rows("Arkiv", "13/12 L42")[1], "13/12");
    // What stands in the next row is not of this one.
    assert_eq!(list("", ["", "Arkivsak 13/12"]), [Value::Null, json!("13/12")]);
    // The number of another case, a year to come, a year of school, a code of the plan.
    for (column, own) in [("", "12/14"), ("", "15/12"), ("", "2012/13"), ("Arkiv", "L42"), ("Arkiv", "GBNR-21/66")] {
        assert_eq!(rows(column, own)[1], Value::Null, "{own}");
    }
}

#[test]
fn a_box_over_the_head_is_of_the_case_under_it() {
    let cases = [("Eva Lie", "13/884", "Sak 3/14 Ny kinosal"), ("Per Ås", "13/12", "Sak 4/14 Ny kai")];
    let expected = [(json!("13/884"), json!("Eva Lie")), (json!("13/12"), json!("Per Ås"))];
    let over = cases.map(|(officer, number, head)| {
        format!("Saksbehandler: {officer}\tArkivsaksnr.: {number}\n\n## {head}\n\n**Vedtak:**\n\nDet bygges.\n\n")
    });
    assert_eq!(kept(&over.concat()), expected);
    let first = "## Sak 2/14 Godkjenning av møtebok\n\n**Vedtak:**\n\nMøteboka godkjennes.\n\n";
    assert_eq!(kept(&format!("{first}{}", over.concat()))[1..], expected);
    let under = cases.map(|(officer, number, head)| {
        format!("## {head}\n\n**Vedtak:**\n\nDet bygges.\n\nDet står i brev av mars.\n\nSaksbehandler: {officer}\tArkivsaksnr.: {number}\n\n")
    });
    assert_eq!(kept(&under.concat()), expected);
    let last = "## Sak 5/14 Eventuelt\n\nIngen saker.";
    assert_eq!(kept(&format!("{}{last}", under.concat()))[..2], expected);
}

#[test]
fn a_number_over_the_only_case_of_a_document_is_its_own() {
    let text = "Vik havn\tSakshandsamar: Eva Lie\n\nSaksframlegg\tArkivsak: 13/884\n\nArkivkode: P42 &13\n\n| Saksnr | Utvalg | Møtedato |\n|---|---|---|\n\
                | 3/14 | Havnestyret | 04.03.2014 |\n\n## Havneavgifter\n\n**Forslag til vedtak:**\n\nAvgiftene øker.\n";
    assert_eq!(document(text)["cases"][0]["archive_reference"], "13/884");
}
