//! Ways in which minutes and agendas are set that the extraction must understand: each a few lines, and the fields that
//! must come out of them.
#![allow(clippy::unwrap_used, reason = "tests")]

use motebok::pipeline::{Ocr, Options, in_memory};
use serde_json::{Value, json};

/// The first constituent document of a Markdown text, sourced values reduced to their values.
fn document(text: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("input.md");
    std::fs::write(&file, text).unwrap();
    let options = Options { ocr: Ocr::Never, ..Options::default() };
    let (records, _) = in_memory(&[file], &options).unwrap();
    plain(serde_json::to_value(&records[0].documents[0]).unwrap())
}

fn plain(value: Value) -> Value {
    match value {
        Value::Object(mut keys) if keys.contains_key("at") => keys.remove("value").unwrap_or_default(),
        Value::Object(keys) => keys.into_iter().map(|(key, value)| (key, plain(value))).collect(),
        Value::Array(items) => items.into_iter().map(plain).collect(),
        other => other,
    }
}

fn names(document: &Value, status: &str) -> Vec<String> {
    let all = document["attendance"].as_array().unwrap();
    all.iter().filter(|a| a["status"] == status).map(|a| a["name"].as_str().unwrap().to_owned()).collect()
}

const HEAD: &str = "# Møteprotokoll\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n";

#[test]
fn a_vote_may_stand_on_lines_of_its_own() {
    let text = "## KU 3/14 Ny kinosal\n\nVotering:\n\nFor: 7\n\nMot: 2\n\nBlankt: 1\n\nForslaget ble vedtatt.\n\n\
                Vedtak:\n\nSalen bygges.\n";
    let votes = &document(&(HEAD.to_owned() + text))["cases"][0]["votes"];
    let vote = &votes[0];
    let told = json!([vote["form"], vote["for"], vote["against"], vote["abstain"], vote["outcome"]]);
    assert_eq!((votes.as_array().unwrap().len(), told), (1, json!(["counts", 7, 2, 1, "adopted"])));
}

#[test]
fn words_of_a_vote_that_is_not_understood_are_kept() {
    let text = "## KU 3/14 Ny kinosal\n\nVotering:\n\nDet ble gått til loddtrekning.\n\nVedtak:\n\nSalen bygges.\n";
    let case = &document(&(HEAD.to_owned() + text))["cases"][0];
    assert_eq!(case["deliberation"], json!("Det ble gått til loddtrekning."));
}

#[test]
fn an_initial_ends_no_list_of_people() {
    let text = "Forfall:\n\nEva K. Lie (AP)\n\nTor Moe (H)\n\nInger A. Rud\n\nKari Ås\n\n## KU 3/14 Ny kinosal\n\nVedtak:\n\nJa.\n";
    assert_eq!(
        names(&document(&(HEAD.to_owned() + text)), "absent"),
        ["Eva K. Lie", "Tor Moe", "Inger A. Rud", "Kari Ås"]
    );
}

#[test]
fn first_names_may_be_double_and_one_word_may_be_odd() {
    let text = "Tilstede: Anne, Per-Ole, Siri, IT, Jon, Mari\n\n## KU 3/14 Ny kinosal\n\nVedtak:\n\nJa.\n";
    assert_eq!(names(&document(&(HEAD.to_owned() + text)), "present"), ["Anne", "Per-Ole", "Siri", "Jon", "Mari"]);
}

#[test]
fn a_party_in_a_table_is_no_person() {
    let text = "Til stede:\n\n| Kristelig Folkeparti |\n|---|\n| Eva Lie |\n| Per Ås |\n\n## KU 3/14 Kinosal\n\nVedtak:\n\nJa.\n";
    assert_eq!(names(&document(&(HEAD.to_owned() + text)), "present"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn the_municipality_has_a_label() {
    assert_eq!(document(&(HEAD.to_owned() + "Kommune: Lier\n"))["municipality"], json!("Lier"));
}

#[test]
fn a_title_word_alone_is_confirmed_by_the_day_under_it() {
    let text = "# Referat\n\nGeneralforsamling\n\n1. april 2014\n\n## 1. Valg av ordstyrer\n\nValgt ved akklamasjon.\n\n\
                ## 2. Regnskap\n\nGodkjent ved akklamasjon.\n";
    let document = document(text);
    assert_eq!((&document["kind"], &document["meeting"]["date"]), (&json!("minutes"), &json!("2014-04-01")));
    assert_eq!(document["cases"][1]["votes"][0]["form"], json!("acclamation"));
    assert_eq!(document["cases"][1]["decision"]["outcome"], json!("adopted"));
}

#[test]
fn the_outcome_of_an_alternative_vote_is_that_of_the_first_proposal() {
    let text = "## KU 3/14 Ny kinosal\n\nVotering:\n\nFor forslag 1 stemte 3: Eva Lie (Ap), Per Ås (H), Jon Moe (V). \
                For forslag 2 stemte 4: Kari Rud (Sp), Tor Ek (SV), Liv Aa (R), Ola By (H). Dermed ble forslag 2 vedtatt.\n\n\
                Vedtak:\n\nSalen bygges.\n";
    let vote = &document(&(HEAD.to_owned() + text))["cases"][0]["votes"][0];
    let told = (&vote["form"], &vote["on"], &vote["outcome"]);
    assert_eq!(told, (&json!("alternatives"), &json!("forslag 1"), &json!("rejected")));
}

#[test]
fn a_heading_or_the_next_point_ends_a_proposal() {
    let text = "## KU 3/14 Ny kinosal\n\nForslag til vedtak:\n\nSalen bygges.\n\n### Om økonomien\n\nDet koster.\n\n\
                - Endringsforslag: Salen males.\n- Noen lo av det.\n";
    let proposals = &document(&(HEAD.to_owned() + text))["cases"][0]["proposals"];
    let texts: Vec<&Value> = proposals.as_array().unwrap().iter().map(|p| &p["text"]).collect();
    assert_eq!(texts, [&json!("Salen bygges."), &json!("Salen males.")]);
}

#[test]
fn by_laws_about_votes_are_no_votes() {
    let text = "## KU 3/14 Reglement\n\nBehandling:\n\nMøteleder kan la saken gå til votering ved akklamasjon.\n\n\
                Vedtak:\n\nReglementet endres.\n";
    assert_eq!(document(&(HEAD.to_owned() + text))["cases"][0]["votes"], json!([]));
}

#[test]
fn a_label_in_running_text_keeps_its_line() {
    let text =
        "## KU 3/14 Ny kinosal\n\nUtvalget har vært på befaring.\n\nGjelder: gnr 5 bnr 6, Åsveien.\n\nVedtak:\n\nJa.\n";
    let background = &document(&(HEAD.to_owned() + text))["cases"][0]["background"];
    assert_eq!(background, &json!("Utvalget har vært på befaring.\nGjelder: gnr 5 bnr 6, Åsveien."));
}

#[test]
fn years_of_birth_head_no_columns() {
    let text = "## KU 3/14 Valg\n\nVedtak:\n\nDisse er valgt.\n\n| 1 | Petter Rukke | 1959 |\n|---|---|---|\n| 2 | Eva Lie | 1961 |\n| 3 | Tor Moe | 1972 |\n";
    let tables = &document(&(HEAD.to_owned() + text))["cases"][0]["tables"];
    assert!(tables.as_array().unwrap().iter().all(|t| t["columns"][2]["year"].is_null()), "{tables}");
}

#[test]
fn a_page_number_between_the_points_of_a_list_is_no_text() {
    let text = "Sak 19/25 Referater\n\nSak 20/25 Eventuelt\n\n1\n\nSak 19/25 Referater\n\nTatt til orientering.\n\n\
                Sak 20/25 Eventuelt\n\nIngen saker.\n";
    let document = document(&(HEAD.replace("2014", "2025") + text));
    assert_eq!(document["cases"].as_array().unwrap().len(), 2, "{}", document["cases"]);
}

#[test]
fn the_end_is_told_in_several_ways() {
    let text = "## KU 3/14 Ny kinosal\n\nVedtak:\n\nSalen bygges.\n\nGeneralforsamlingen heves klokken 21.02.\n";
    let document = document(&(HEAD.to_owned() + text));
    assert_eq!(document["meeting"]["end"], json!("21:02"));
    assert_eq!(document["cases"][0]["decision"]["text"], json!("Salen bygges."));
}

#[test]
fn front_matter_heads_the_document() {
    let text = "---\ntitle: 'Møte 22.03.2019'\ndate: 2019-03-22\n---\n\nTilstede: Anne, Per, Siri, Jon\n\n\
                ## 1 Godkjenning av innkalling\n\nGodkjent.\n\n## 2 Budsjett\n\nMøtet hevet 16:12.\n";
    let document = document(text);
    assert_eq!((&document["title"], &document["meeting"]["date"]), (&json!("Møte 22.03.2019"), &json!("2019-03-22")));
}

#[test]
fn the_language_of_each_document_is_told_with_its_evidence() {
    let text = "## KU 3/14 Ny kinosal\n\nVedtak:\n\nSalen bygges ikke nå, men hvordan den kan bygges, blir vurdert fra høsten av.\n";
    let language = &document(&(HEAD.to_owned() + text))["language"];
    assert_eq!(language["tag"], json!("nb"));
    assert!(language["words"]["nb"].as_u64() > language["words"]["nn"].as_u64(), "{language}");
}

#[test]
fn deputies_and_guests_are_told_in_sentences() {
    let text = "Til stede: Ordfører Olaf Bergan, Kåre Hem, Per Chr. Moe og Hans Odberg.\n\n\
                Forfall: Anders Teigen. For ham møtte varamann Ivar Skar.\n\n\
                Dessuten møtte kommunekasserer Jon Melø.\n\n## KU 3/14 Ny kinosal\n\nVedtak:\n\nJa.\n";
    let document = document(&(HEAD.to_owned() + text));
    assert_eq!(names(&document, "present"), ["Olaf Bergan", "Kåre Hem", "Per Chr. Moe", "Hans Odberg"]);
    assert_eq!(names(&document, "absent"), ["Anders Teigen"]);
    assert_eq!(names(&document, "deputy"), ["Ivar Skar"]);
    assert_eq!(names(&document, "staff"), ["Jon Melø"]);
}

#[test]
fn a_case_may_be_headed_by_its_title_over_the_table_of_bodies() {
    let case = |title: &str, number: &str| {
        format!(
            "**{title}**\n\n| Saksnr | Utvalg | Møtedato |\n|---|---|---|\n| {number} | Kulturutvalget | 04.03.2014 |\n\n\
             Vedtak:\n\n{title} vedtas.\n\n"
        )
    };
    let text = case("Budsjett for kinoen", "0003/14") + &case("Leie av sal", "0004/14");
    let document = document(&(HEAD.to_owned() + &text));
    let cases: Vec<_> =
        document["cases"].as_array().unwrap().iter().map(|c| (&c["number"]["sequence"], &c["title"])).collect();
    assert_eq!(cases, [(&json!(3), &json!("Budsjett for kinoen")), (&json!(4), &json!("Leie av sal"))]);
}

#[test]
fn decisions_are_told_under_many_heads() {
    for head in [
        "Vedtak (enstemmig):",
        "Kulturutvalgets vedtak (mot 1 stemme):",
        "Vedtak KU 3/14:",
        "Kulturutvalget fattet slikt vedtak:",
    ] {
        let text = format!("## KU 3/14 Ny kinosal\n\nBehandling:\n\nSaken ble drøftet.\n\n{head}\n\nSalen bygges.\n");
        let document = document(&(HEAD.to_owned() + &text));
        assert_eq!(document["cases"][0]["decision"]["text"], json!("Salen bygges."), "{head}");
    }
}

#[test]
fn numbers_of_cases_are_printed_in_many_forms() {
    for (head, series, sequence) in [
        ("Sak F 088/14 Ny kinosal", json!("F"), 88),
        ("Sak nr. KU 12/14 Ny kinosal", json!("KU"), 12),
        ("Sak 14-2014: Ny kinosal", json!(null), 14),
        ("S A K   4 1 / 1 4   Ny kinosal", json!(null), 41),
    ] {
        let document = document(&format!("{HEAD}{head}\n\nVedtak:\n\nSalen bygges.\n"));
        let case = &document["cases"][0];
        assert_eq!((&case["number"]["series"], &case["number"]["sequence"]), (&series, &json!(sequence)), "{head}");
        assert_eq!(case["title"], json!("Ny kinosal"), "{head}");
    }
}
