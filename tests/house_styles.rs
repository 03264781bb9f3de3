//! Ways in which minutes and agendas are set that the extraction must understand: each a few lines, and the fields that
//! must come out of them.
#![allow(clippy::unwrap_used, reason = "tests")]

mod extracted;

use extracted::{cases, document, document_of, documents_of, names};
use serde_json::{Value, json};

/// The same two cases, whatever heads them.
fn assert_hall_and_loan(document: &Value, series: &str, numbers: [u64; 2]) {
    let expected = [
        (series.to_owned(), numbers[0], "Ny kinosal", "Salen bygges."),
        (series.to_owned(), numbers[1], "Lån til bibliotek", "Lånet tas opp."),
    ];
    assert_eq!(cases(document), expected);
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
fn of_two_proposals_the_one_that_carried_is_what_was_voted_for() {
    let text = "## KU 3/14 Ny kinosal\n\nVotering:\n\nFor forslag 1 stemte 3: Eva Lie (Ap), Per Ås (H), Jon Moe (V). \
                For forslag 2 stemte 4: Kari Rud (Sp), Tor Ek (SV), Liv Aa (R), Ola By (H). Dermed ble forslag 2 vedtatt.\n\n\
                Vedtak:\n\nSalen bygges.\n";
    let vote = &document(&(HEAD.to_owned() + text))["cases"][0]["votes"][0];
    let told = (&vote["form"], &vote["for"], &vote["against"], &vote["outcome"]);
    assert_eq!(told, (&json!("names"), &json!(4), &json!(3), &json!("adopted")));
    assert_eq!(vote["against_names"], json!(["Eva Lie", "Per Ås", "Jon Moe"]));
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

#[test]
fn a_table_tells_who_came_by_columns_of_answers() {
    let table =
        "| Navn | Parti | Møtte | Forfall |\n|---|---|---|---|\n| Eva Lie | AP | X | |\n| Per Ås | H | | X |\n\n";
    let document = document(&(HEAD.to_owned() + table + "## KU 3/14 Ny kinosal\n\nVedtak:\n\nJa.\n"));
    assert_eq!(
        (names(&document, "present"), names(&document, "absent")),
        (vec!["Eva Lie".into()], vec!["Per Ås".into()])
    );
}

#[test]
fn those_who_came_and_those_who_did_not_may_stand_side_by_side() {
    let table = "| Til stede | Forfall |\n|---|---|\n| Eva Lie | Per Ås |\n| Kari Moe | |\n\n";
    let document = document(&(HEAD.to_owned() + table + "## KU 3/14 Ny kinosal\n\nVedtak:\n\nJa.\n"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Kari Moe"]);
    assert_eq!(names(&document, "absent"), ["Per Ås"]);
}

#[test]
fn of_all_members_those_with_a_lawful_absence_did_not_come() {
    let text = "Faste medlemmer:\n\nEva Lie\n\nPer Ås\n\nKari Moe\n\nForfall:\n\nPer Ås\n\n## KU 3/14 Kinosal\n\nVedtak:\n\nJa.\n";
    let document = document(&(HEAD.to_owned() + text));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Kari Moe"]);
    assert_eq!(names(&document, "absent"), ["Per Ås"]);
}

#[test]
fn people_stand_under_the_name_of_their_body() {
    let text = "**Kulturutvalget**\n\nEva Lie (leder)\n\nPer Ås\n\n## KU 3/14 Ny kinosal\n\nVedtak:\n\nJa.\n";
    assert_eq!(names(&document(&(HEAD.to_owned() + text)), "present"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn a_sentence_tells_when_where_and_who() {
    let text = "# Møtebok\n\nTirsdag den 4. mars 2014 kl. 18.00 holdt kulturutvalget møte på Samfunnshuset. \
                Til stede var Eva Lie, Per Ås og Kari Moe.\n\n## KU 3/14 Ny kinosal\n\nVedtak:\n\nJa.\n";
    let document = document(text);
    let meeting = &document["meeting"];
    assert_eq!([&meeting["date"], &meeting["start"], &meeting["place"]], ["2014-03-04", "18:00", "Samfunnshuset"]);
    assert_eq!(document["body"], json!("Kulturutvalget"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Kari Moe"]);
}

#[test]
fn a_deputy_stands_behind_a_comma() {
    let text =
        "Til stede:\n\nEva Lie, leder\n\nPer Ås, varamann for Kari Moe\n\n## KU 3/14 Kinosal\n\nVedtak:\n\nJa.\n";
    let document = document(&(HEAD.to_owned() + text));
    assert_eq!(
        (names(&document, "present"), names(&document, "deputy")),
        (vec!["Eva Lie".into()], vec!["Per Ås".into()])
    );
    assert_eq!(document["attendance"][1]["deputy_for"], json!("Kari Moe"));
}

#[test]
fn a_name_goes_on_behind_the_end_of_the_line() {
    let text = "MØTEBOK\n\nUtvalg: Kulturutvalget\nMøtedato: 04.03.2014\n\nTil stede: Eva Lie, Per Ås, Kari Mo-\nberg og \
                Jon Dahl\n\n3/14  Ny kinosal\n\nVedtak: Salen bygges.\n";
    let document = document_of("input.txt", text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Kari Moberg", "Jon Dahl"]);
    assert_eq!(cases(&document), [(String::new(), 3, "Ny kinosal", "Salen bygges.")], "one bare number over a section");
}

#[test]
fn titles_stand_over_under_and_before_the_numbers() {
    for (first, second, series) in [
        ("**Ny kinosal**\n\nSak 3/14", "**Lån til bibliotek**\n\nSak 4/14", ""),
        ("## Sak 3/14\n\n**Ny kinosal**", "## Sak 4/14\n\n**Lån til bibliotek**", ""),
        ("**Ny kinosal (sak 3/14)**", "**Lån til bibliotek (sak 4/14)**", ""),
        ("S-sak 3-14 Ny kinosal", "S-sak 4-14 Lån til bibliotek", "S"),
    ] {
        let text = format!("{HEAD}{first}\n\nVedtak:\n\nSalen bygges.\n\n{second}\n\nVedtak:\n\nLånet tas opp.\n");
        assert_hall_and_loan(&document(&text), series, [3, 4]);
    }
}

#[test]
fn paragraphs_of_a_minute_book_are_cases() {
    let text = "**§ 27 Ny kinosal**\n\nVedtak:\n\nSalen bygges.\n\n**§ 28 Lån til bibliotek**\n\nVedtak:\n\nLånet tas opp.\n\n\
                **§ 29 Eventuelt**\n\nIngen saker.\n";
    let document = document(&(HEAD.to_owned() + text));
    let numbers: Vec<u64> = cases(&document).iter().map(|c| c.1).collect();
    assert_eq!(numbers, [27, 28, 29]);
}

#[test]
fn a_title_hangs_beside_its_number() {
    let text = "MØTEBOK\n\nUtvalg: Kulturutvalget\nMøtedato: 04.03.2014\n\n3/14  Søknad om tilskudd til ny kinosal på\n      \
                Samfunnshuset\n\nVedtak: Salen bygges.\n\n4/14  LÅN TIL BIBLIOTEK\n      Banken vil låne ut.\n\nVedtak: Lånet tas opp.\n";
    let document = document_of("input.txt", text);
    let titles: Vec<&str> = cases(&document).iter().map(|c| c.2).collect();
    assert_eq!(titles, ["Søknad om tilskudd til ny kinosal på Samfunnshuset", "LÅN TIL BIBLIOTEK"]);
}

#[test]
fn arrows_and_sentences_tell_what_was_decided() {
    let arrow = |text: &str| format!("Salen er gammel.\n\n{text}\n\n");
    let text = format!(
        "## KU 3/14 Ny kinosal\n\n{}## KU 4/14 Lån til bibliotek\n\n{}",
        arrow("→ Salen bygges."),
        arrow("=> Lånet tas opp.")
    );
    assert_hall_and_loan(&document(&(HEAD.to_owned() + &text)), "KU", [3, 4]);
    let text = "## KU 3/14 Ny kinosal\n\nSalen er gammel.\n\nUtvalget vedtok enstemmig å bygge ny sal.\n";
    let case = &document(&(HEAD.to_owned() + text))["cases"][0];
    assert_eq!(case["decision"]["text"], json!("Utvalget vedtok enstemmig å bygge ny sal."));
    assert_eq!(case["votes"][0]["form"], json!("unanimous"));
}

#[test]
fn a_table_may_only_lay_out_the_cases() {
    let html = "<h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p><table>\
                <tr><td>KU 3/14</td><td><p><b>Ny kinosal</b></p><p>Vedtak:</p><p>Salen bygges.</p></td></tr>\
                <tr><td>KU 4/14</td><td><p><b>Lån til bibliotek</b></p><p>Vedtak:</p><p>Lånet tas opp.</p></td></tr></table>";
    assert_hall_and_loan(&document_of("input.html", html), "KU", [3, 4]);
    let table = "| Sak | Behandling |\n|---|---|\n| KU 3/14 Ny kinosal | Vedtak: Salen bygges. |\n\
                 | KU 4/14 Lån til bibliotek | Vedtak: Lånet tas opp. |\n";
    assert_hall_and_loan(&document(&(HEAD.to_owned() + table)), "KU", [3, 4]);
}

#[test]
fn a_table_may_label_a_case_over_its_title() {
    let text = "# Saksprotokoll\n\n| | |\n|---|---|\n| Utvalg | Kulturutvalget |\n| Møtedato | 04.03.2014 |\n\
                | Utvalgssak | KU 3/14 |\n| Saksbehandler | Eva Lie |\n\n## Ny kinosal\n\nVedtak:\n\nSalen bygges.\n";
    assert_eq!(cases(&document(text)), [("KU".to_owned(), 3, "Ny kinosal", "Salen bygges.")]);
}

#[test]
fn heads_of_minutes_may_be_cases_of_others() {
    let case = |number: u8, title: &str| format!("## KU {number}/14 {title}\n\nVedtak:\n\n{title} godkjennes.\n\n");
    let text = case(3, "Protokoll") + &case(4, "Innkalling og saksliste") + &case(5, "Regnskap");
    assert_eq!(document(&(HEAD.to_owned() + &text))["cases"].as_array().unwrap().len(), 3);
}

#[test]
fn a_bold_title_goes_on_in_small_letters() {
    let text = "**Sak 3/14 Interpellasjon fra Eva Lie om rekruttering**\n\n**av sykepleiere**\n\nVedtak:\n\nSvaret tas til \
                orientering.\n\n**Sak 4/14 Lån**\n\nVedtak:\n\nLånet tas opp.\n";
    let document = document(&(HEAD.to_owned() + text));
    assert_eq!(cases(&document)[0].2, "Interpellasjon fra Eva Lie om rekruttering av sykepleiere");
}

#[test]
fn votes_stand_behind_the_decision_and_name_by_last_names() {
    let head = HEAD.to_owned() + "Til stede: Eva Lie, Per Ås, Kari Moe, Jon Dahl\n\n## KU 3/14 Ny kinosal\n\n";
    let told = document(
        &(head.clone() + "Votering: Forslaget ble vedtatt med 3 mot 1 stemme (Dahl).\n\nVedtak:\n\nSalen bygges.\n"),
    );
    let vote = &told["cases"][0]["votes"][0];
    assert_eq!(json!([vote["for"], vote["against"], vote["against_names"]]), json!([3, 1, ["Dahl"]]));
    let behind = document(&(head + "Vedtak:\n\nSalen bygges.\n\n(3 mot 1 stemme)\n"));
    let case = &behind["cases"][0];
    assert_eq!(case["decision"]["text"], json!("Salen bygges."));
    let vote = &case["votes"][0];
    assert_eq!(json!([vote["for"], vote["against"], vote["outcome"]]), json!([3, 1, "adopted"]));
}

#[test]
fn whoever_proposes_may_have_initials_and_a_title() {
    let text = "## KU 3/14 Ny kinosal\n\nBehandling:\n\nRepr. Eva K. Lie, SV, fremmet følgende tilleggsforslag:\n\nSalen får \
                teleslynge.\n\nVotering:\n\nEnstemmig vedtatt.\n\nVedtak:\n\nSalen bygges.\n";
    let proposal = &document(&(HEAD.to_owned() + text))["cases"][0]["proposals"][0];
    assert_eq!(json!([proposal["kind"], proposal["text"]]), json!(["addition", "Salen får teleslynge."]));
}

#[test]
fn the_days_of_a_meeting_and_of_its_agenda_are_told_apart() {
    let text = "# Innkalling\n\nLier, 20. februar 2014\n\nUtvalg: Kulturutvalget\n\nMøtedato: 4.–5. mars 2014\n\n\
                Møtet settes: 4. mars kl. 11.00\n\n## KU 3/14 Ny kinosal\n\nForslag til vedtak:\n\nSalen bygges.\n";
    let document = document(text);
    let meeting = &document["meeting"];
    let days = [&document["document_date"], &meeting["date"], &meeting["end_date"]];
    assert_eq!(days, ["2014-02-20", "2014-03-04", "2014-03-05"]);
}

#[test]
fn votes_are_told_in_many_ways() {
    for (told, form, pro, contra) in [
        (
            "Ved alternativ votering fikk innstillingen 13 stemmer og forslaget fra Lie 5 stemmer.",
            "alternatives",
            13,
            5,
        ),
        ("Det ble votert med håndsopprekning. Innstillingen fikk 34 stemmer, Lies forslag 11.", "alternatives", 34, 11),
        ("Ved avstemning fikk innstillingen 8 og forslaget fra Lie 3 stemmer.", "alternatives", 8, 3),
        ("Innstillingen vedtatt (7-4).", "counts", 7, 4),
        ("Innstillingen ble vedtatt med stemmetall 7 - 4.", "counts", 7, 4),
        ("Innstillingen ble vedtatt med leders dobbeltstemme (4 mot 4).", "counts", 4, 4),
        ("Vedtatt med 5 stemmer (H, FrP) mot 4 stemmer (Ap, SV).", "counts", 5, 4),
        ("Tilrådinga vart vedteken med røystetal 9 mot 2.", "counts", 9, 2),
    ] {
        let text = format!(
            "{HEAD}## KU 3/14 Ny kinosal\n\nKultursjefens innstilling:\n\nSalen bygges.\n\nEva Lie foreslo følgende: \
             Salen bygges ikke.\n\n{told}\n\nVedtak:\n\nSalen bygges.\n"
        );
        let case = &document(&text)["cases"][0];
        let vote = &case["votes"][0];
        assert_eq!(json!([vote["form"], vote["for"], vote["against"]]), json!([form, pro, contra]), "{told}");
        let proposed: Vec<&Value> = case["proposals"].as_array().unwrap().iter().map(|p| &p["text"]).collect();
        assert_eq!(proposed, ["Salen bygges.", "Salen bygges ikke."], "{told}");
    }
}

#[test]
fn chapters_of_another_text_are_no_cases() {
    let text = "# Gebyrregulativ 2014\n\n## 1 Årsgebyr for bolig\n\nBetales to ganger i året.\n\n## 2 Leie av lokaler\n\nPr. kveld.\n";
    assert_eq!(cases(&document(text)), []);
}

#[test]
fn points_with_a_decision_under_each_are_cases() {
    let text = "# PROTOKOLL\n\nMøte i styret for Lund vannverk\n\nDato: 4. mars 2014 kl 19.00\n\n1. Ny kinosal\n\nVedtak: Salen bygges.\n\n\
                2. Lån til bibliotek\n\nStyret så på tilbudene.\n\nVedtak: Lånet tas opp.\n";
    let document = document(text);
    assert_eq!(document["body"], json!("Styret for Lund vannverk"));
    assert_hall_and_loan(&document, "", [1, 2]);
}

#[test]
fn the_last_sentence_of_a_case_may_decide() {
    let text = "**Sak 5/14 Budsjett**\n\nRektor gikk gjennom budsjettet. SU tar budsjettet til etterretning.\n\n**Sak 6/14 Planer**\n\n\
                Styret tok planene til orientering.\n";
    let document = document(&(HEAD.to_owned() + text));
    let decisions: Vec<&str> = cases(&document).iter().map(|c| c.3).collect();
    assert_eq!(decisions, ["SU tar budsjettet til etterretning.", "Styret tok planene til orientering."]);
}

#[test]
fn minutes_without_a_title_are_known_by_what_was_decided() {
    let text = "# ÅRSMØTE\n\nLund idrettslag, 4. mars 2014\n\nSak 1: Dirigent\n\nEva Lie ble valgt.\n\nSak 2: Regnskap\n\n\
                Regnskapet ble godkjent.\n";
    assert_eq!(document(text)["kind"], json!("minutes"));
}

#[test]
fn what_a_group_states_for_the_minutes_is_no_decision() {
    let text =
        "## KU 3/14 Ny kinosal\n\nVedtak:\n\nSalen bygges.\n\nProtokolltilførsel fra Høyre:\n\nDette er for dyrt.\n";
    assert_eq!(cases(&document(&(HEAD.to_owned() + text)))[0].3, "Salen bygges.");
}

#[test]
fn lists_stand_beside_and_under_their_counts() {
    let columns = "| Til stede: Eva Lie (H) | Forfall: Kari Moe (A) |\n|---|---|\n| Per Ås (A) | Jon Dahl (KrF) |\n\
                   | Ola By (SV) | Varamenn: Nils Vik (A) |\n\n## KU 3/14 Kinosal\n\nVedtak:\n\nJa.\n";
    let told = document(&(HEAD.to_owned() + columns));
    assert_eq!(names(&told, "present"), ["Eva Lie", "Per Ås", "Ola By"]);
    assert_eq!(names(&told, "absent"), ["Kari Moe", "Jon Dahl"]);
    assert_eq!(names(&told, "deputy"), ["Nils Vik"]);
    let counted = "Til stede: 2 av 3\n\n- Eva Lie (Ap)\n- Per Ås (H)\n\nI stedet for Jon Dahl møtte Ola By.\n\n## KU 3/14 Kinosal\n\nVedtak:\n\nJa.\n";
    let told = document(&(HEAD.to_owned() + counted));
    assert_eq!(
        (names(&told, "present"), names(&told, "deputy")),
        (vec!["Eva Lie".into(), "Per Ås".into()], vec!["Ola By".to_owned()])
    );
}

#[test]
fn short_lines_of_a_paragraph_are_lines_of_their_own() {
    let text = "Sak 5/14: Ny kinosal\nSalen bygges.\n\nSak 6/14: Lån\nBanken la fram tilbud.\nVedtak: Lånet tas opp.\n";
    let titles: Vec<String> = cases(&document(&(HEAD.to_owned() + text))).iter().map(|c| c.2.to_owned()).collect();
    assert_eq!(titles, ["Ny kinosal", "Lån"]);
}

#[test]
fn numbers_stand_behind_titles_and_in_other_dress() {
    for (first, second, series) in [
        ("**Sak 3-14: Ny kinosal**", "**Sak 4-14: Lån til bibliotek**", ""),
        ("**Ny kinosal – UR 3/14**", "**Lån til bibliotek – UR 4/14**", "UR"),
        ("Ny kinosal. S-sak 3/14", "Lån til bibliotek. S-sak 4/14", "S"),
    ] {
        let text = format!("{HEAD}{first}\n\nVedtak:\n\nSalen bygges.\n\n{second}\n\nVedtak:\n\nLånet tas opp.\n");
        assert_hall_and_loan(&document(&text), series, [3, 4]);
    }
}

#[test]
fn remarks_beside_names_tell_who_came() {
    let table = "| Kommune | Representant | Merknad |\n|---|---|---|\n| Lier | Eva Lie | møtte |\n| Hurum | Per Ås | forfall |\n\
                 | Røyken | Kari Moe | møtte som vara |\n\n## KU 3/14 Kinosal\n\nVedtak:\n\nJa.\n";
    let document = document(&(HEAD.to_owned() + table));
    let by_status = ["present", "absent", "deputy"].map(|status| names(&document, status).join(", "));
    assert_eq!(by_status, ["Eva Lie", "Per Ås", "Kari Moe"]);
}

#[test]
fn the_first_of_a_list_may_stand_beside_its_label() {
    let text = "Møtt:\tEva Lie, leder\n\nPer Ås\n\nKari Moe, sokneprest\n\nForfall:\tJon Dahl\n\n## KU 3/14 Kinosal\n\nVedtak:\n\nJa.\n";
    let document = document(&(HEAD.to_owned() + text));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Kari Moe"]);
    assert_eq!(names(&document, "absent"), ["Jon Dahl"]);
}

#[test]
fn those_who_are_elected_belong_to_the_decision() {
    let text = "## KU 3/14 Valg\n\nVedtak:\n\nLeder: Eva Lie\n\nNestleder: Per Ås\n\nMedlemmer: Kari Moe og Jon Dahl\n\nNeste møte er 8. april.\n";
    let decision = &document(&(HEAD.to_owned() + text))["cases"][0]["decision"]["text"];
    assert_eq!(decision, "Leder: Eva Lie\nNestleder: Per Ås\nMedlemmer: Kari Moe og Jon Dahl");
}

#[test]
fn numbers_of_the_archive_head_no_cases() {
    let text = "Arkivreferanse\tSaksbehandler\n\n14/03310\tEva Lie\n\n**3/14 Ny kinosal**\n\nVedtak:\n\nSalen bygges.\n\n\
                14/00004\tPer Ås\n\n**4/14 Lån til bibliotek**\n\nVedtak:\n\nLånet tas opp.\n";
    let document = document(&(HEAD.to_owned() + text));
    let numbers: Vec<u64> = cases(&document).iter().map(|c| c.1).collect();
    assert_eq!(numbers, [3, 4]);
}

#[test]
fn a_year_in_four_digits_says_nothing_of_other_numbers() {
    let text =
        "# Saksframlegg\n\nArkivsak: 2025/23\n\nSak: 10/25\n\n## Ny kinosal\n\nForslag til vedtak:\n\nSalen bygges.\n";
    let number = &document(text)["cases"][0]["number"];
    assert_eq!(json!([number["sequence"], number["year"]]), json!([10, 2025]));
}

#[test]
fn a_column_without_a_cross_tells_of_nobody() {
    let table = "| Navn | Funksjon | Møtt (sett kryss) |\n|---|---|---|\n| Eva Lie | Leder | |\n| Per Ås | Medlem | |\n\n\
                 ## KU 3/14 Kinosal\n\nVedtak:\n\nJa.\n";
    assert!(document(&(HEAD.to_owned() + table))["attendance"].as_array().is_none_or(Vec::is_empty));
    let absences = table.replace("Møtt (sett kryss)", "Forfall");
    let names = names(&document(&(HEAD.to_owned() + &absences)), "present");
    assert_eq!(names, ["Eva Lie", "Per Ås"], "all came where no absence is marked");
}

#[test]
fn names_of_a_vote_stand_behind_their_counts() {
    let text = "## KU 3/14 Kinosal\n\nBehandling:\n\nVotering over forslaget fra Lie:\n\nFor (2): Eva Lie (V), Per Ås (H)\n\n\
                Mot (1): Kari Moe (Ap)\n\nVedtak:\n\nJa.\n";
    let vote = &document(&(HEAD.to_owned() + text))["cases"][0]["votes"][0];
    let told = json!([vote["for"], vote["against"], vote["for_names"], vote["against_names"]]);
    assert_eq!(told, json!([2, 1, ["Eva Lie", "Per Ås"], ["Kari Moe"]]));
}

#[test]
fn people_stand_a_line_each_with_their_offices_before_them() {
    let text = "MØTEBOK\n\nUtvalg: Kulturutvalget\nMøtedato: 04.03.2014\n\nTil stede: Eva Lie og kommunens representant Per Ås\n\n\
                Fra administrasjonen:\nTeknisk sjef Rolf Sand\nOppmålingssjef Inger Vik\nSekretær Anne Bru\n\n3/14  Kinosal\n\nVedtak: Ja.\n";
    let document = document_of("input.txt", text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
    assert_eq!(names(&document, "staff"), ["Rolf Sand", "Inger Vik", "Anne Bru"]);
}

#[test]
fn points_of_a_list_may_bear_the_numbers_of_cases() {
    let text =
        "# Saksliste\n\nFormannskapet 4. mars 2014 kl. 10.00\n\n1. PS 3/14 Ny kinosal\n2. PS 4/14 Lån til bibliotek\n";
    let document = document(text);
    let found: Vec<(u64, &str)> = cases(&document).iter().map(|c| (c.1, c.2)).collect();
    assert_eq!(found, [(3, "Ny kinosal"), (4, "Lån til bibliotek")]);
}

#[test]
fn a_body_heads_the_days_of_a_plan() {
    let text = "# Møteplan 2014\n\n**Kommunestyret** (torsdager kl. 18.00)\n\n- 30. januar\n- 20. mars\n\n**Formannskapet**\n\n\
                - tirsdag 4. mars kl. 10.00\n";
    let document = document(text);
    let planned: Vec<Value> = document["planned_meetings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| json!([p["body"], p["date"], p["start"]]))
        .collect();
    let expected = [
        json!(["Kommunestyret", "2014-01-30", "18:00"]),
        json!(["Kommunestyret", "2014-03-20", "18:00"]),
        json!(["Formannskapet", "2014-03-04", "10:00"]),
    ];
    assert_eq!(planned, expected);
}

#[test]
fn a_vote_may_be_two_numbers_and_a_list_have_bars() {
    let text = "Deltakere: Eva Lie (leder) | Per Ås | Kari Moe\n\n## KU 3/14 Kinosal\n\nVedtak: Salen bygges.\n\n5 mot 2 stemmer.\n";
    let document = document(&(HEAD.to_owned() + text));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Kari Moe"]);
    let case = &document["cases"][0];
    let told = json!([case["decision"]["text"], case["votes"][0]["for"], case["votes"][0]["against"]]);
    assert_eq!(told, json!(["Salen bygges.", 5, 2]));
}

#[test]
fn notes_beside_a_name_are_no_part_of_it() {
    let text = "Til stede: Eva Lie (fullmakt for Jon Dahl), Per Ås 10B, Tom Aune (1. vara), rådmann Brekke, Johs. Moe\n\n\
                Fraværende: Nina Holt, Geir Li - vara ikke innkalt\n\n## KU 3/14 Ny kinosal\n\nVedtak:\n\nJa.\n";
    let document = document(&(HEAD.to_owned() + text));
    assert_eq!(names(&document, "present"), ["Per Ås", "Brekke", "Johs. Moe"]);
    assert_eq!(names(&document, "deputy"), ["Eva Lie", "Tom Aune"]);
    assert_eq!(names(&document, "absent"), ["Nina Holt", "Geir Li"]);
}

#[test]
fn the_first_column_of_a_list_may_be_the_longer_one() {
    let text = "Møteprotokoll for Kulturutvalget 04.03.2014\n\nTil stede på møtet\n\
                Medlemmer                       Varamedlemmer\n\
                Eva Lie (H)                     Jon Dahl (H)\n\
                Per Ås (Ap)                     Ola By (Sp)\n\
                Kari Moe (A)\nTor Vik (V)\n\nForfall\nMedlemmer\nNina Holt (H)\nGeir Li (Sp)\n\n\
                Av varamenn møtte Siri Ek for Nina Holt.\n\nSak 3/14 Ny kinosal\nVedtak: Ja.\n";
    let document = document_of("input.txt", text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Kari Moe", "Tor Vik"]);
    assert_eq!(names(&document, "deputy"), ["Jon Dahl", "Ola By", "Siri Ek"]);
    assert_eq!(names(&document, "absent"), ["Nina Holt", "Geir Li"]);
}

#[test]
fn what_stands_apart_under_a_table_in_other_columns_is_no_row() {
    let text = "Møteprotokoll for Kulturutvalget 04.03.2014\n\nTil stede:\n\
                Navn                  Parti\nEva Lie               H\nPer Ås                Ap\n\n\
                Sak 3/14   Ny kinosal\nVedtak:\nSalen bygges.\n";
    let document = document_of("input.txt", text);
    assert_eq!(cases(&document), [(String::new(), 3, "Ny kinosal", "Salen bygges.")]);
}

#[test]
fn a_table_without_heads_answers_who_came() {
    let table = "<h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p><p>MEDLEMMER:</p><table>\
                 <tr><td>Formann Eva Lie</td><td>møtt</td></tr>\
                 <tr><td>Per Ås</td><td>forfall, for ham møtte varamann Ola By</td></tr>\
                 <tr><td>Kari Moe</td><td>møtt kl. 17.15, fra sak 3</td></tr>\
                 <tr><td>Tor Vik</td><td>ikke møtt</td></tr></table>\
                 <p>Videre møtte teknisk sjef Siri Ek, som førte møteboken.</p><h2>KU 3/14 Ny kinosal</h2>";
    let document = document_of("input.html", table);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Kari Moe"]);
    assert_eq!(names(&document, "absent"), ["Per Ås", "Tor Vik"]);
    assert_eq!(names(&document, "deputy"), ["Ola By"]);
    assert_eq!(names(&document, "staff"), ["Siri Ek"]);
}

#[test]
fn two_lists_may_stand_side_by_side_under_the_same_heads() {
    let table = "<h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p><p>Følgende representanter \
                 møtte:</p><table><tr><td>Navn</td><td>Parti</td><td>Navn</td><td>Parti</td></tr>\
                 <tr><td>Eva Lie</td><td>H</td><td>Per Ås</td><td>A</td></tr>\
                 <tr><td>Kari Moe</td><td>Sp</td><td>Tor Vik</td><td>V</td></tr></table><h2>KU 3/14 Ny kinosal</h2>";
    assert_eq!(names(&document_of("input.html", table), "present"), ["Eva Lie", "Kari Moe", "Per Ås", "Tor Vik"]);
}

#[test]
fn people_are_set_apart_by_dashes_offices_and_stops() {
    for (list, expected) in [
        ("Eva Lie (H), leder – Per Ås (A) – Kari Moe (V)", vec!["Eva Lie", "Per Ås", "Kari Moe"]),
        ("Eva Lie, formann. Per Ås, nestformann. Kari Moe. Tor Vik.", vec!["Eva Lie", "Per Ås", "Kari Moe", "Tor Vik"]),
        ("Eva Lie, leder (H) Per Ås, nestleder (A) Kari Moe (V)", vec!["Eva Lie", "Per Ås", "Kari Moe"]),
        ("Teknisk sjef Odd Lie Sekretær Eva Ås", vec!["Odd Lie", "Eva Ås"]),
        (
            "ordføreren, Eva Lie, varaordføreren, Per Ås, og Kari Moe (V) som møteleder",
            vec!["Eva Lie", "Per Ås", "Kari Moe"],
        ),
        ("Revisor Siri Ek, Revisjon Midt-Norge", vec!["Siri Ek"]),
    ] {
        let text = format!("{HEAD}Til stede: {list}\n\n## KU 3/14 Ny kinosal\n\nVedtak:\n\nJa.\n");
        assert_eq!(names(&document(&text), "present"), expected, "{list}");
    }
}

#[test]
fn sentences_tell_of_several_deputies_and_of_those_they_stood_in_for() {
    let text = "Av 9 representanter møtte 5, nemlig ordfører Eva Lie, Per Ås og varamedlemmene Ola By (A) og Siri Ek (H). For Jon \
                Dahl og Nina Holt, som hadde meldt forfall, møtte henholdsvis Tor Li og Ida Rud. Uten forfall var fraværende: \
                Geir Moe og Arne Sand.\n\n## KU 3/14 Ny kinosal\n\nVedtak:\n\nJa.\n";
    let document = document(&(HEAD.to_owned() + text));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
    assert_eq!(names(&document, "deputy"), ["Ola By", "Siri Ek", "Tor Li", "Ida Rud"]);
    assert_eq!(names(&document, "absent"), ["Jon Dahl", "Nina Holt", "Geir Moe", "Arne Sand"]);
    let pairs: Vec<&Value> = document["attendance"].as_array().unwrap().iter().map(|a| &a["deputy_for"]).collect();
    assert!(pairs.contains(&&json!("Jon Dahl")) && pairs.contains(&&json!("Nina Holt")), "{pairs:?}");
}

#[test]
fn a_list_may_begin_inside_a_paragraph() {
    let text = "Møtebok for Kulturutvalget\n\nStyremøte onsdag 4. mars 2014 kl. 19. Til stede: Eva Lie, Per Ås. Borte: Jon Dahl, \
                bortreist. Møtet ble ledet av Eva Lie.\n\n## KU 3/14 Ny kinosal\n\nTre søkere. Vedtak: Salen bygges.\n";
    let document = document(text);
    assert_eq!(
        (names(&document, "present"), names(&document, "absent")),
        (vec!["Eva Lie".into(), "Per Ås".into()], vec!["Jon Dahl".to_owned()])
    );
    assert_eq!(cases(&document)[0].3, "Salen bygges.");
}

#[test]
fn numbers_stand_in_boxes_routes_parentheses_and_headings() {
    let minutes =
        |body: &str| format!("<h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p>{body}");
    let row =
        |cells: &[&str]| format!("<tr>{}</tr>", cells.iter().map(|c| format!("<td>{c}</td>")).collect::<String>());
    let case = |table: String, title: &str, decision: &str| {
        format!("<table>{table}</table><p><b>{title}</b></p><p><b>Vedtak:</b></p><p>{decision}</p>")
    };
    let boxed = |n: &str| row(&["SAK NR.", "MØTEDATO", "ARKIV"]) + &row(&[n, "04.03.14", "K:611"]);
    let labelled = |n: &str| row(&["Saksnr.", n, "Arkivsak", "14/00032"]);
    let two = |table: &dyn Fn(&str) -> String| {
        case(table("3/14"), "Ny kinosal", "Salen bygges.") + &case(table("4/14"), "Lån til bibliotek", "Lånet tas opp.")
    };
    assert_hall_and_loan(&document_of("a.html", &minutes(&two(&boxed))), "", [3, 4]);
    assert_hall_and_loan(&document_of("b.html", &minutes(&two(&labelled))), "", [3, 4]);
    let routed = |n: &str, title: &str, decision: &str| {
        let table = row(&["Behandles i utvalg", "Møtedato", "Saknr"]) + &row(&["Kulturutvalget", "04.03.2014", n]);
        format!("<p><b>{title}</b></p><table>{table}</table><p><b>Vedtak:</b></p><p>{decision}</p>")
    };
    let body = routed("3/14", "Ny kinosal", "Salen bygges.") + &routed("4/14", "Lån til bibliotek", "Lånet tas opp.");
    assert_hall_and_loan(&document_of("c.html", &minutes(&body)), "", [3, 4]);
    for (first, second) in [
        ("Ny kinosal. (Sak 3/14.)", "Lån til bibliotek. (Sak 4/14.)"),
        (
            "Sak 3/14.     J.nr. 102/14     Ark. 611\n\nNY KINOSAL",
            "Sak 4/14.     J.nr. 103/14     Ark. 612\n\nLÅN TIL BIBLIOTEK",
        ),
        ("STYRESAK 3-2014\n\n**Ny kinosal**", "STYRESAK 4-2014\n\n**Lån til bibliotek**"),
        ("## 3-14 Ny kinosal", "## 4-14 Lån til bibliotek"),
        ("Sak 3/14 Ny kinosal (Arkiv 611.2)", "Sak 4/14 Lån til bibliotek   Arkivsaksnr. 14/00345"),
    ] {
        let text = format!("{HEAD}{first}\n\nVedtak: Salen bygges.\n\n{second}\n\nVedtak: Lånet tas opp.\n");
        let document = document(&text);
        let found: Vec<_> = cases(&document).into_iter().map(|c| (c.1, c.2.to_lowercase(), c.3)).collect();
        let expected =
            [(3, "ny kinosal".to_owned(), "Salen bygges."), (4, "lån til bibliotek".to_owned(), "Lånet tas opp.")];
        assert_eq!(found, expected, "{first}");
    }
}

#[test]
fn points_run_on_from_any_number_with_their_text_under_them() {
    let text = "Sørli formannskap\n\nMøte 14/2 1968 kl. 18.\n\n31. Skatteinnfordringen.\n    Oversikten ble tatt til etterretning.\n\n\
                32. Veilys Blaker.\n    Formannskapet vedtok mot 2 stemmer å bevilge kr. 4.500,-.\n\n33. Brev fra fylkesmannen.\n    \
                Utsatt.\n";
    let document = document_of("input.txt", text);
    let expected = [
        (String::new(), 31, "Skatteinnfordringen", "Oversikten ble tatt til etterretning."),
        (String::new(), 32, "Veilys Blaker", "Formannskapet vedtok mot 2 stemmer å bevilge kr. 4.500,-."),
        (String::new(), 33, "Brev fra fylkesmannen", "Utsatt."),
    ];
    assert_eq!((document["kind"].as_str(), cases(&document)), (Some("minutes"), expected.to_vec()));
    assert_eq!(document["meeting"]["date"], json!("1968-02-14"));
}

#[test]
fn what_is_told_after_a_proposal_is_no_part_of_it() {
    let text = "## KU 3/14 Ny kinosal\n\nRådmannens innstilling:\n\nSalen bygges.\n\nKinosjefen redegjorde for planene.\n\nEva Lie \
                fremmet slikt forslag:\n\n«Saken utsettes.»\n\nForslaget falt mot 2 stemmer.\n\nVedtak:\n\nSalen bygges.\n";
    let case = &document(&(HEAD.to_owned() + text))["cases"][0];
    let proposals: Vec<&Value> = case["proposals"].as_array().unwrap().iter().map(|p| &p["text"]).collect();
    assert_eq!(proposals, [&json!("Salen bygges."), &json!("Saken utsettes.")]);
    let vote = &case["votes"][0];
    assert_eq!((&vote["for"], &vote["against"], &vote["outcome"]), (&json!(2), &Value::Null, &json!("rejected")));
}

#[test]
fn a_proposal_and_its_fate_may_stand_in_one_paragraph() {
    let text = "## KU 3/14 Ny kinosal\n\nEva Lie foreslo: «Saken utsettes.» Forslaget falt med 2 mot 5 stemmer.\n\nVedtak:\n\nSalen \
                bygges.\n";
    let case = &document(&(HEAD.to_owned() + text))["cases"][0];
    assert_eq!(case["proposals"][0]["text"], "Saken utsettes.");
    let vote = &case["votes"][0];
    assert_eq!((&vote["for"], &vote["against"], &vote["outcome"]), (&json!(2), &json!(5), &json!("rejected")));
}

#[test]
fn a_case_may_be_found_under_its_continued_head_alone() {
    let text = "## KU 3/14 (forts.)\n\nNy kinosal\n\nVedtak:\n\nSalen bygges.\n";
    let case = &document(&(HEAD.to_owned() + text))["cases"][0];
    assert_eq!(case["decision"]["text"], "Salen bygges.");
}

#[test]
fn a_recommendation_after_the_vote_is_what_was_decided() {
    for (label, told) in [
        ("Innstilling til kommunestyret:", "Ordføreren foreslo å sende saken videre.\n\nEnstemmig.\n\n"),
        ("Innstilling til kommunestyret (enst.):", ""),
        ("Tilråding:", "Behandling:\n\nForslaget ble vedtatt med 3 mot 1 stemme.\n\n"),
    ] {
        let text = format!(
            "{HEAD}## KU 3/14 Ny kinosal\n\nTeknisk utvalgs innstilling:\n\nSalen bygges.\n\n{told}{label}\n\nSalen bygges.\n"
        );
        let document = document(&text);
        let decision = &document["cases"][0]["decision"];
        assert_eq!(
            (&decision["text"], &decision["outcome"]),
            (&json!("Salen bygges."), &json!("recommended")),
            "{label}"
        );
    }
}

#[test]
fn a_decision_may_stand_in_a_box_or_behind_the_body_s_letters() {
    let head = "<h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p>";
    let boxed =
        "<h2>KU 3/14 Ny kinosal</h2><table><tr><td><p>Enstemmig vedtak:</p><p>Salen bygges.</p></td></tr></table>";
    let letters = "<h2>KU 4/14 Lån til bibliotek</h2><p>KU - behandling:</p><p>Enstemmig.</p><p>KU - vedtak:</p><p>Lånet tas opp.</p>";
    assert_hall_and_loan(&document_of("input.html", &format!("{head}{boxed}{letters}")), "KU", [3, 4]);
}

#[test]
fn a_paper_is_signed_over_its_attachment() {
    let text = "# Saksframlegg\n\nSaksbehandler: Kari Moe\n\nArkivsaksnr.: 05/2217\n\n| Saksnr | Utvalg | Møtedato |\n|---|---|---|\n\
                | 81/05 | Formannskapet | 22.11.2005 |\n\n**Gebyrer for 2006**\n\nRådmannens innstilling:\n\nForskriften vedtas.\n\n\
                Lund, 7. november 2005\n\nJon Dahl\n\nrådmann\n\n**Vedlegg 1**\n\n**§ 1 Virkeområde**\n\nForskriften gjelder alle.\n\n\
                **§ 2 Gebyr**\n\nGebyret betales.\n\n**§ 3 Klage**\n\nKlage sendes.\n";
    let document = document(text);
    assert_eq!(
        (&document["document_date"], cases(&document)[0].1, cases(&document).len()),
        (&json!("2005-11-07"), 81, 1)
    );
    assert_eq!(document["signatures"][0]["name"], json!("Jon Dahl"));
}

#[test]
fn days_stand_with_their_month_s_number_under_its_head() {
    let plan = "<h1>Politisk møteplan 2024</h1><p><b>Januar 2024</b></p><table><tr><td>Onsdag</td><td>17.1.</td>\
                <td>Formannskapet</td><td>kl. 17.00–20.00</td></tr><tr><td>Torsdag</td><td>18.1.</td><td>Ungdomsrådet</td>\
                <td>kl. 15.30</td></tr></table>";
    let document = document_of("input.html", plan);
    let planned = document["planned_meetings"].as_array().unwrap();
    let told: Vec<_> = planned.iter().map(|p| [&p["body"], &p["date"], &p["start"]]).collect();
    assert_eq!(
        told,
        [
            [&json!("Formannskapet"), &json!("2024-01-17"), &json!("17:00")],
            [&json!("Ungdomsrådet"), &json!("2024-01-18"), &json!("15:30")]
        ]
    );
}

#[test]
fn a_page_number_between_hyphens_heads_a_page() {
    let text = "Kulturutvalget\n\nMØTEBOK 4. mars 1978\n\nSak 3/78 Ny kinosal\n\nVedtak:\n\u{c}Lier kulturutvalg 4/3-1978             - 2 -\n\n\n\
                Salen bygges.\n\nSak 4/78 Lån til bibliotek\n\nVedtak:\n\u{c}Lier kulturutvalg 4/3-1978             - 3 -\n\n\nLånet tas opp.\n";
    assert_hall_and_loan(&document_of("input.txt", text), "", [3, 4]);
}

#[test]
fn the_number_of_a_sheet_heads_a_page() {
    let text = "LUND STYRE                                        Ark 1\n\nMØTEBOK 4. mars 1978\n\nSak 3/78 Ny kinosal\n\nVedtak:\nSalen bygges.\n\
                \u{c}LUND STYRE                                        Ark 2\n\nSak 4/78 Lån til bibliotek\n\nVedtak:\nLånet tas opp.\n";
    assert_hall_and_loan(&document_of("input.txt", text), "", [3, 4]);
}

#[test]
fn a_cell_with_room_left_is_not_gone_on_with() {
    let text = "Saksframlegg\n\nSaksbehandler:  Liv Solberg\n\nSaksnr       Utvalg                         Møtedato\n\
                116/04       Formannskapet                  02.11.2004\n             Kommunestyret\n\nNy kinosal\n\n\
                Rådmannens innstilling:\nSalen bygges.\n";
    let document = document_of("input.txt", text);
    assert_eq!((&document["body"], cases(&document)[0].1), (&json!("Formannskapet"), 116));
}

#[test]
fn a_row_of_a_table_is_a_case_with_what_was_said_and_decided() {
    let head = "<h1>Referat fra styremøte 4. mars 2014</h1><p>Til stede: Eva Lie, Per Ås</p>";
    let row = |number: &str, title: &str, said: &str, decided: &str| {
        format!("<tr><td>{number}/14</td><td><p>{title}</p><p>{said}</p></td><td>{decided}</td><td>Eva</td></tr>")
    };
    let rows = row("3", "Ny kinosal", "Tre tilbud er kommet.", "Salen bygges.")
        + &row("4", "Lån til bibliotek", "Renten er lav.", "Lånet tas opp.");
    for heads in [
        "<th>Sak</th><th>Hva det gjelder</th><th>Vedtak</th><th>Ansvar</th>",
        "<th>Sak</th><th>Tema</th><th>Konklusjon</th><th>Hvem</th>",
    ] {
        let table = format!("<table><tr>{heads}</tr>{rows}</table>");
        assert_hall_and_loan(&document_of("input.html", &format!("{head}{table}<p>Eva Lie, 6.3.14</p>")), "", [3, 4]);
    }
    // A table for each, with text alone.
    let single = |number: u8, title: &str, decided: &str| {
        format!(
            "<table><tr><td>{number}/14</td><td><p>{title}</p><p>Saken ble drøftet.</p><p>Vedtak: {decided}</p></td></tr></table>"
        )
    };
    let tables = single(3, "Ny kinosal", "Salen bygges.") + &single(4, "Lån til bibliotek", "Lånet tas opp.");
    assert_hall_and_loan(&document_of("input.html", &format!("{head}{tables}")), "", [3, 4]);
}

#[test]
fn a_title_over_its_number_may_be_plain() {
    let text = "Kulturutvalget\n\nMØTEBOK 4. mars 2014\n\nNy kinosal\n\nSaksnr. KU 3/14   (arkivnr. K2)\n\nVedtak:\n\nSalen bygges.\n\n\
                Lån til bibliotek\n\nSaksnr. KU 4/14   (arkivnr. 033)\n\nVedtak:\n\nLånet tas opp.\n";
    assert_hall_and_loan(&document_of("input.txt", text), "KU", [3, 4]);
    // The title of minutes that are approved is no title of minutes.
    let text = text.replace("Ny kinosal", "MØTEBOK FRÅ MØTET 25. AUGUST 1999").replace("   (arkivnr. K2)", "");
    assert_eq!(cases(&document_of("input.txt", &text))[0].2, "MØTEBOK FRÅ MØTET 25. AUGUST 1999");
}

#[test]
fn a_number_may_stand_in_parentheses_or_apart_behind_the_title() {
    for (open, close) in [(" (KU ", ")"), ("\tSak ", "")] {
        let case = |title: &str, number: u8, decided: &str| {
            format!("{title}{open}{number}/14{close}\n\nVedtak: {decided}\n\n")
        };
        let text = case("Ny kinosal", 3, "Salen bygges.") + &case("Lån til bibliotek", 4, "Lånet tas opp.");
        let document = document_of("input.txt", &format!("Kulturutvalget\n\nMØTEBOK 4. mars 2014\n\n{text}"));
        assert_hall_and_loan(&document, if close.is_empty() { "" } else { "KU" }, [3, 4]);
    }
}

#[test]
fn letters_head_cases_without_a_number_and_roman_numbers_are_numbers() {
    for (marks, are_numbers) in
        [(["A.", "B.", "C."], false), (["a)", "b)", "c)"], false), (["I.", "II.", "III."], true)]
    {
        let [one, two, three] = marks;
        let text = format!(
            "<p>Protokoll fra generalforsamling 4. mars 2014</p><p><b>{one} Ny kinosal</b></p><p>Vedtak: Salen bygges.</p>\
             <p><b>{two} Lån til bibliotek</b></p><p>→ Vedtatt: Lånet tas opp.</p><p><b>{three} Eventuelt</b></p><p>Ingenting.</p>"
        );
        let document = document_of("input.html", &text);
        let told = |c: &Value| json!([c["number"]["sequence"], c["title"], c["decision"]["text"]]);
        let found: Vec<_> = document["cases"].as_array().unwrap().iter().map(told).collect();
        let number = |n: u8| if are_numbers { json!(n) } else { Value::Null };
        let expected = [
            json!([number(1), "Ny kinosal", "Salen bygges."]),
            json!([number(2), "Lån til bibliotek", "Lånet tas opp."]),
            json!([number(3), "Eventuelt", null]),
        ];
        assert_eq!(found, expected, "{marks:?}");
    }
}

#[test]
fn a_numbered_case_may_have_lettered_ones_under_it() {
    let text = "# Protokoll fra årsmøtet 4. mars 2014\n\n## 1. Konstituering\n\nVedtak: Innkallingen godkjennes.\n\n\
                ## 2. Innkomne saker\n\n## 2a. Ny kinosal\n\nVedtak: Salen bygges.\n\n## 2b. Lån til bibliotek\n\nFor: 3. Mot: 9. Falt.\n\n\
                ## 3. Valg\n\nVedtak: Eva Lie velges.\n";
    let document = document(text);
    let numbers: Vec<Option<u64>> =
        document["cases"].as_array().unwrap().iter().map(|c| c["number"]["sequence"].as_u64()).collect();
    assert_eq!(numbers, [Some(1), Some(2), None, None, Some(3)]);
    assert_eq!(document["cases"][3]["votes"][0]["against"], json!(9));
}

#[test]
fn a_list_may_give_proposals_or_be_of_dashes() {
    let head = "<h1>Innkalling til styremøte</h1><p>Møtedato: 04.03.2014</p><h2>Saksliste</h2>";
    let table = "<table><tr><th>Sak</th><th>Gjelder</th><th>Forslag til vedtak</th></tr><tr><td>3/14</td><td>Ny kinosal</td>\
                 <td>Salen bygges.</td></tr><tr><td>4/14</td><td>Lån til bibliotek</td><td>Lånet tas opp.</td></tr></table>";
    let document = document_of("input.html", &format!("{head}{table}"));
    let proposed: Vec<_> =
        document["cases"].as_array().unwrap().iter().map(|c| (&c["title"], &c["proposals"][0]["text"])).collect();
    let expected =
        [["Ny kinosal", "Salen bygges."], ["Lån til bibliotek", "Lånet tas opp."]].map(|c| c.map(|t| json!(t)));
    assert_eq!(proposed, expected.iter().map(|[title, text]| (title, text)).collect::<Vec<_>>());

    let dashes = "INNKALLING TIL STYREMØTE\n\nMandag 19. april 1999 kl. 18.30\n\nTil behandling:\n - Ny kinosal\n\
                  \u{20}     Forslag: Salen bygges.\n - Lån til bibliotek\n - Eventuelt\n";
    let document = document_of("input.txt", dashes);
    let titles: Vec<_> = document["cases"].as_array().unwrap().iter().map(|c| c["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Ny kinosal", "Lån til bibliotek", "Eventuelt"]);
}

#[test]
fn a_proposal_may_stand_in_a_box_under_its_label() {
    let text = "<h1>Innkalling til møte i kulturutvalget</h1><p>Møtedato: 04.03.2014</p><h2>Sak 3/14 Ny kinosal</h2><p>Salen er liten.</p>\
                <p>Sekretariatets forslag til vedtak:</p><table><tr><td>Salen bygges.</td></tr></table><h2>Sak 4/14 Eventuelt</h2>\
                <table><tr><td><p>Innstilling til vedtak</p><p>Ingen.</p></td></tr></table>";
    let document = document_of("input.html", text);
    assert_eq!(document["cases"][0]["proposals"][0]["text"], json!("Salen bygges."));
    assert_eq!(document["cases"][1]["proposals"][0]["text"], json!("Ingen."));
}

#[test]
fn a_number_given_again_in_a_table_heads_no_other_case() {
    let case = |number: u8, title: &str, decided: &str| {
        format!(
            "<h2>KU {number}/14 {title}</h2><table><tr><td>Arkivsaksnr.: 14/6</td><td>Saksbehandler: Eva Lie</td></tr>\
             <tr><td>Saksnr.: KU {number}/14</td><td>Kulturutvalget 04.03.2014</td></tr></table><p>Vedtak:</p><p>{decided}</p>"
        )
    };
    let text = case(3, "Ny kinosal", "Salen bygges.") + &case(4, "Lån til bibliotek", "Lånet tas opp.");
    let head = "<h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p>";
    assert_hall_and_loan(&document_of("input.html", &format!("{head}{text}")), "KU", [3, 4]);
}

#[test]
fn the_vote_under_a_sentence_or_bold_letters_make_it_the_decision() {
    for (open, close) in [("", "</p><p>Enst."), ("<b>", "</b>")] {
        let case = |number: u8, title: &str, decided: &str| {
            format!("<h2>KU {number}/14 {title}</h2><p>Lederen viste fram planen.</p><p>{open}{decided}{close}</p>")
        };
        let text = case(3, "Ny kinosal", "Salen bygges.") + &case(4, "Lån til bibliotek", "Lånet tas opp.");
        let head = "<h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p>";
        assert_hall_and_loan(&document_of("input.html", &format!("{head}{text}")), "KU", [3, 4]);
    }
}

#[test]
fn a_title_hangs_beside_its_number_over_the_text() {
    let text = "Kulturutvalget\n\nMØTEBOK 4. mars 1974\n\nSak 3/74.  Ny kinosal.\n           Vedtak: Salen bygges.\n\n\
                Sak 4/74.  Lån til bibliotek.\n           Vedtak: Lånet tas opp.\n           Enstemmig.\n";
    assert_hall_and_loan(&document_of("input.txt", text), "", [3, 4]);
}

#[test]
fn sides_list_their_names_line_by_line_or_before_their_numbers() {
    let lines = "## KU 3/14 Ny kinosal\n\nForslag til vedtak:\n\nSalen bygges.\n\n11:04 Votering: Forslag fra Eva Lie\n\nFOR 2\n\n\
                 Eva Lie\n\nPer Ås\n\nMOT 1\n\nKari Moe\n\nVedtatt\n\nVedtak:\n\nSalen bygges.\n";
    let dissent = "## KU 3/14 Ny kinosal\n\nFlertallet, Eva Lie og Per Ås, bemerker:\n\nSalen er liten.\n\nMindretallet, Kari Moe, bemerker:\n\n\
                   Salen er stor nok.\n\nVedtak:\n\nSalen bygges.\n\nVedtaket er truffet under dissens (2–1).\n";
    for text in [lines, dissent] {
        let document = document(&format!("{HEAD}{text}"));
        let vote = &document["cases"][0]["votes"][0];
        assert_eq!((&vote["form"], &vote["for"], &vote["against"]), (&json!("names"), &json!(2), &json!(1)), "{text}");
        assert_eq!(vote["for_names"], json!(["Eva Lie", "Per Ås"]));
        assert_eq!(vote["against_names"], json!(["Kari Moe"]));
    }
}

#[test]
fn people_stand_by_group_mark_or_municipality() {
    let groups = "Foreldre: Eva Lie (leder), Per Ås\n\nLærere: Kari Moe\n\nElever: Jon Rud (10B)\n\n";
    let table = "<table><tr><td>Foreldre</td><td>Eva Lie, Per Ås</td></tr><tr><td>Lærere</td><td>Kari Moe</td></tr>\
                 <tr><td>Elever</td><td>Jon Rud</td></tr></table>";
    let marks = "<table><tr><td>Eva Lie</td><td>leder</td><td>+</td></tr><tr><td>Per Ås</td><td>medlem</td><td>+</td></tr>\
                 <tr><td>Kari Moe</td><td>medlem</td><td>+</td></tr><tr><td>Jon Rud</td><td>medlem</td><td>+</td></tr></table>";
    let municipalities = "<p>Representanter</p><p>Fra Hamar: Eva Lie (H) og Per Ås (Ap)</p><p>Fra Løten: Kari Moe (Sp)</p><p>Fra Stange: Jon Rud</p>";
    let html = |people: &str| {
        document_of(
            "input.html",
            &format!(
                "<h1>Referat</h1><p>Utvalg: Samarbeidsutvalget</p><p>Møtedato: 04.03.2014</p>{people}<h2>Sak 3/14 Ny kinosal</h2><p>Vedtak: Salen bygges.</p>"
            ),
        )
    };
    let first = document(&format!(
        "# Referat\n\nUtvalg: Samarbeidsutvalget\n\nMøtedato: 04.03.2014\n\n{groups}## Sak 3/14 Ny kinosal\n\nVedtak: Salen bygges.\n"
    ));
    for document in [first, html(table), html(marks), html(municipalities)] {
        assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Kari Moe", "Jon Rud"]);
    }
}

#[test]
fn a_time_is_no_day_and_a_street_number_no_end() {
    for (said, start, end) in [
        ("Tid: kl. 17.15 til kl. 21.05", "17:15", json!("21:05")),
        ("Tid: kl. 19.00 hos Birte, Tangveien 12", "19:00", Value::Null),
    ] {
        let document = document(&format!(
            "# Referat\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n{said}\n\n## Sak 3/14 Ny kinosal\n\nVedtak: Salen bygges.\n"
        ));
        assert_eq!((&document["meeting"]["start"], &document["meeting"]["end"]), (&json!(start), &end), "{said}");
    }
}

#[test]
fn a_case_paper_has_chapters_of_its_own() {
    let text = "# Saksframlegg\n\nSaksbehandler: Kari Moe\n\n| Behandles av | Møtedato | Saksnr. |\n|---|---|---|\n\
                | Formannskapet | 22.11.2005 | 81/05 |\n\n**Gebyrer for 2006**\n\nRådmannens innstilling:\n\nForskriften vedtas.\n\n\
                ## 1. Bakgrunn\n\nGebyrene dekker ikke kostnadene.\n\n## 2. Vurdering\n\nØkningen er liten.\n\n## 3. Saken gjelder\n\nGebyrer.\n";
    let document = document(text);
    assert_eq!(cases(&document), [(String::new(), 81, "Gebyrer for 2006", "")]);
}

#[test]
fn tables_stand_under_the_body_that_meets() {
    let plan = "<h1>Politisk møteplan 2024</h1><p>Formannskapet – kl. 13.00</p><table><tr><th>Dag</th><th>Dato</th><th>Merknad</th></tr>\
                <tr><td>Onsdag</td><td>17. januar</td><td></td></tr></table><h2>Februar</h2><table><tr><td>ons. 7.</td><td>Ungdomsrådet</td>\
                <td>kl. 15.30</td><td>Kinosalen</td></tr></table>";
    let document = document_of("input.html", plan);
    let planned = document["planned_meetings"].as_array().unwrap();
    let told: Vec<_> = planned.iter().map(|p| [&p["body"], &p["date"], &p["start"], &p["place"]]).collect();
    assert_eq!(
        told,
        [
            [&json!("Formannskapet"), &json!("2024-01-17"), &json!("13:00"), &Value::Null],
            [&json!("Ungdomsrådet"), &json!("2024-02-07"), &json!("15:30"), &json!("Kinosalen")]
        ]
    );
}

#[test]
fn numbers_stand_behind_owners_over_archive_numbers_and_in_tables_of_one_row() {
    let row = |number: &str, title: &str| format!("<table><tr><td>{number}</td><td>{title}</td></tr></table>");
    let box_over = |number: &str, title: &str| {
        format!(
            "<table><tr><td>Behandles i: Kulturutvalget</td><td>Saksnr.: {number}</td></tr></table><p><b>{title}</b></p>"
        )
    };
    let hyphen = |number: &str, title: &str| format!("<p>{}  {title}</p>", number.replace('/', "-"));
    let owned = |number: &str, title: &str| format!("<p>{title}</p><p>Kulturutvalgets sak {number}</p>");
    let archived = |number: &str, title: &str| format!("<p><b>{title}</b></p><p>Sak {number} · Arkivsak 2014/6</p>");
    type Set<'s> = &'s dyn Fn(&str, &str) -> String;
    let styles: [(Set, &str); 5] = [(&row, ""), (&box_over, "KU"), (&hyphen, "KU"), (&owned, ""), (&archived, "")];
    for (set, series) in styles {
        let case = |number: u8, title: &str, decided: &str| {
            format!("{}<p>Vedtak: {decided}</p>", set(format!("{series} {number}/14").trim(), title))
        };
        let text = case(3, "Ny kinosal", "Salen bygges.") + &case(4, "Lån til bibliotek", "Lånet tas opp.");
        let text =
            format!("<h1>Møteprotokoll</h1><p>Møtedato: 04.03.2014</p>{text}{}", case(5, "Eventuelt", "Ingenting."));
        let document = document_of("input.html", &text);
        let found = cases(&document);
        let expected = [
            (3, "Ny kinosal", "Salen bygges."),
            (4, "Lån til bibliotek", "Lånet tas opp."),
            (5, "Eventuelt", "Ingenting."),
        ];
        assert_eq!(
            found,
            expected.map(|(number, title, decided)| (series.to_owned(), number, title, decided)),
            "{text}"
        );
    }
}

#[test]
fn an_agenda_list_may_leave_out_the_word_for_case() {
    let text = "<h1>Møteinnkalling</h1><p>Dato: 04.03.2014</p><p>Til behandling:</p><p>2/14\tReferater</p><p>3/14\tNy kinosal</p>\
                <p>4/14\tEventuelt</p><p>Lund, 20. februar 2014</p><p>SAK 3/14</p><p>NY KINOSAL</p><p>Forslag til vedtak:</p><p>Salen bygges.</p>";
    let document = document_of("input.html", text);
    let titles: Vec<_> = document["cases"].as_array().unwrap().iter().map(|c| c["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Referater", "NY KINOSAL", "Eventuelt"]);
}

#[test]
fn lists_in_text_stand_side_by_side_or_go_on_under_their_colon() {
    let head = "MØTEPROTOKOLL\n\nMøtedato  : 4.3.2014\nSted      : Kinoen\n";
    let beside = "\nMøtt:                   Ikke møtt:\nEva Lie, leder          Per Ås\nJon Moe\nKari Rud                Vara møtt:\n\
                  Liv Dahl                Ola By\n";
    let colon = "Tilstede  : Eva Lie (leder), Jon Moe, Kari Rud,\n            Liv Dahl\nForfall   : Per Ås\nVara      : Ola By\n";
    for lists in [beside, colon] {
        let text = format!(
            "{head}{lists}\n\n3/14     NY KINOSAL\n         Byggherre: Lund Kino\n\n         VEDTAK:\n         Salen bygges.\n"
        );
        let document = document_of("input.txt", &text);
        assert_eq!(names(&document, "present"), ["Eva Lie", "Jon Moe", "Kari Rud", "Liv Dahl"], "{lists}");
        assert_eq!(names(&document, "absent"), ["Per Ås"], "{lists}");
        assert_eq!(names(&document, "deputy"), ["Ola By"], "{lists}");
        assert_eq!(cases(&document), [(String::new(), 3, "NY KINOSAL", "Salen bygges.")]);
    }
}

#[test]
fn a_tick_says_who_came_and_a_sentence_who_else() {
    let text = "# Referat frå møte 4. mars 2014\n\n| Namn | Rolle | Møtt |\n|---|---|---|\n| Eva Lie | leiar | ✓ |\n| Per Ås | nestleiar | – |\n\
                | Jon Moe | medlem | ✓ |\n\nKyrkjeverje Kari Rud møtte under sak 3.\n\n## Sak 3/14 Ny kinosal\n\nSalen er gamal.\n\n\
                Salen vert sett i stand for 20 000 kroner.\n\n## Sak 4/14 Eventuelt\n\nVEDTAK  Ingenting.\n";
    let document = document(text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Jon Moe"]);
    assert_eq!(
        (names(&document, "absent"), names(&document, "staff")),
        (vec!["Per Ås".into()], vec!["Kari Rud".into()])
    );
    assert_eq!(cases(&document)[0].3, "Salen vert sett i stand for 20 000 kroner.");
    assert_eq!(cases(&document)[1].3, "Ingenting.");
}

#[test]
fn a_plan_gives_reasons_and_hours_after_its_bodies() {
    let plan = "<h1>Møteplan 2024</h1><p>Januar</p><p>onsdag 17.\tStyret – budsjett og gebyr</p><p>torsdag 18.\tValgnemnda, kl. 19.00</p>\
                <table><tr><th>Utvalg</th><th>aug.</th><th>sept.</th></tr><tr><td>Kulturrådet</td><td></td><td>5</td></tr></table>";
    let document = document_of("input.html", plan);
    let planned = document["planned_meetings"].as_array().unwrap();
    let told: Vec<_> = planned.iter().map(|p| json!([p["body"], p["date"], p["start"]])).collect();
    let expected = [
        json!(["Styret", "2024-01-17", null]),
        json!(["Valgnemnda", "2024-01-18", "19:00"]),
        json!(["Kulturrådet", "2024-09-05", null]),
    ];
    assert_eq!(told, expected);
}

#[test]
fn sides_are_numbered_in_parentheses() {
    let text = format!(
        "{HEAD}## Sak 3/14 Ny kinosal\n\nFor forslaget stemte (2): Eva Lie, Per Ås.\n\nMot forslaget stemte (1): Jon Moe.\n\nVedtak: Salen bygges.\n"
    );
    let vote = &document(&text)["cases"][0]["votes"][0];
    assert_eq!(vote["for_names"], json!(["Eva Lie", "Per Ås"]));
    assert_eq!((&vote["for"], &vote["against"], &vote["against_names"]), (&json!(2), &json!(1), &json!(["Jon Moe"])));
}

#[test]
fn an_extract_may_be_announced_by_how_each_body_treated_the_case() {
    let treated = "Behandling\n\nForslaget ble enstemmig vedtatt.\n\nVedtak\n\nSalen bygges.\n\n";
    for (first, second) in [
        (
            "Kulturutvalgets behandling av sak 3/14 i møte den 04.03.2014:",
            "Kommunestyrets behandling av sak 20/14 i møte den 20.03.2014:",
        ),
        (
            "Kulturutvalget behandlet saken den 04.03.2014, saksnr. 3/14",
            "Kommunestyret behandlet saken den 20.03.2014, saksnr. 20/14",
        ),
    ] {
        let documents = documents_of("input.txt", &format!("{first}\n\n{treated}{second}\n\n{treated}"));
        let told = |d: &Value| {
            let case = &d["cases"][0];
            json!([
                d["kind"],
                d["body"],
                d["meeting"]["date"],
                case["number"]["sequence"],
                case["decision"]["text"],
                case["votes"][0]["form"]
            ])
        };
        let expected = [
            json!(["case_minutes", "Kulturutvalget", "2014-03-04", 3, "Salen bygges.", "unanimous"]),
            json!(["case_minutes", "Kommunestyret", "2014-03-20", 20, "Salen bygges.", "unanimous"]),
        ];
        assert_eq!(documents.iter().map(told).collect::<Vec<_>>(), expected, "{first}");
    }
}

#[test]
fn an_archive_number_beside_a_route_makes_no_table_of_several_bodies() {
    let table = "| Utvalg | Saksnummer |\n|---|---|\n| Kommunestyret | 20/14 |\n\n| Arkivsak | 14/417-23 |\n|---|---|\n| Arkiv | 614 |\n";
    let treated = |first: &str| format!("{first}\n\nVedtak\n\nSalen bygges.\n\n");
    let text = [
        treated("Kommunestyret behandlet saken den 20.03.2014, saksnr. 20/14"),
        treated("Kulturutvalget behandlet saken den 04.03.2014, saksnr. 3/14"),
    ];
    let documents = documents_of("input.md", &format!("Saksprotokoll\n\n{table}\n{}", text.concat()));
    let bodies: Vec<&Value> = documents.iter().map(|d| &d["body"]).collect();
    assert_eq!(bodies, [&json!("Kommunestyret"), &json!("Kulturutvalget")]);
}

#[test]
fn the_points_of_a_proposal_are_no_cases_of_an_extract() {
    let text = "Kulturutvalgets behandling av sak 3/14 i møte den 04.03.2014:\n\nBehandling\n\nInnstilling:\n\n1. Salen \
                bygges.\n\nFor forslaget stemte 13: Eva Lie (AP).\n\nInnstilling:\n\n2. Lånet tas opp.\n\nVedtak\n\n1. Salen \
                bygges.\n\n2. Lånet tas opp.\n";
    let document = document_of("input.txt", text);
    let numbers: Vec<&Value> = document["cases"].as_array().unwrap().iter().map(|c| &c["number"]["sequence"]).collect();
    assert_eq!(numbers, [&json!(3)]);
}

#[test]
fn the_route_of_a_case_may_stand_over_its_fields() {
    let rows = ["Utvalg\tMøtedato\tUtvalgssak", "Formannskapet\t12.03.2026\t14/26", "Kommunestyret\t19.03.2026\t20/26"];
    let table = rows.map(|row| format!("<tr><td>{}</td></tr>", row.replace('\t', "</td><td>"))).concat();
    let columns = "<p>Utvalg</p><p>Formannskapet</p><p>Kommunestyret</p><p>Møtedato</p><p>Utvalgssak</p>";
    for (route, number) in [(format!("<table>{table}</table>"), json!(14)), (columns.to_owned(), Value::Null)] {
        let html = format!(
            "<h1>SAKSFRAMLEGG</h1><p>Saksgang</p>{route}<p>Arkivsaksnr: 2026/1072</p><p>Saksbehandler: Eva Lie</p><p>Ny \
             kinosal</p><p>Kommunedirektørens forslag til vedtak:</p><p>Salen bygges.</p>"
        );
        let document = document_of("input.html", &html);
        let case = &document["cases"][0];
        let found = [&document["body"], &case["number"]["sequence"], &case["title"], &case["proposals"][0]["text"]];
        assert_eq!(found, [&json!("Formannskapet"), &number, &json!("Ny kinosal"), &json!("Salen bygges.")]);
    }
}

#[test]
fn a_title_may_be_a_label_elsewhere() {
    let text = "Sak 15/14\n\nGodkjenning av innkalling\n\nVedtak:\n\nGodkjent.\n";
    assert_eq!(
        cases(&document(&(HEAD.to_owned() + text))),
        [(String::new(), 15, "Godkjenning av innkalling", "Godkjent.")]
    );
}

#[test]
fn a_number_stands_in_a_box_beside_the_archive_s() {
    let case = |number: &str, archive: &str, title: &str, decision: &str| {
        format!(
            "<table><tr><td>Sak nr.</td><td>Arkivsak</td><td>Saksbehandler</td></tr><tr><td>{number}</td><td>{archive}</td><td>Eva \
             Lie</td></tr></table><p>{title}</p><p>Vedtak: {decision}</p>"
        )
    };
    let head = "<h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p>";
    let html = case("0003/14", "14/00512", "Ny kinosal", "Salen bygges.")
        + &case("0004/14", "14/00447", "Lån til bibliotek", "Lånet tas opp.");
    assert_hall_and_loan(&document_of("input.html", &format!("{head}{html}")), "", [3, 4]);
}

#[test]
fn minutes_are_signed_on_their_first_page() {
    let text = "Underskrift:\n\nVi bekrefter med underskriftene våre at møteboka er rett.\n\nEva Lie\t\t\tPer Ås\n\nSak 3/14 Ny \
                kinosal\n\nVedtak:\n\nSalen bygges.\n";
    let document = document(&(HEAD.to_owned() + text));
    let signed: Vec<&Value> = document["signatures"].as_array().unwrap().iter().map(|s| &s["name"]).collect();
    assert_eq!(signed, ["Eva Lie", "Per Ås"]);
}

#[test]
fn a_meeting_is_still_to_be_held() {
    let text = "# Innkalling til styremøte nr. 5/2009\n\nMøtet holdes mandag 31. august 2009 kl. 12.00 på Gol brannstasjon. Lunsj fra kl. \
                11.30.\n\nSak 22/09 Budsjett\n\nSak 23/09 Ny tankbil\n";
    let meeting = &document(text)["meeting"];
    assert_eq!([&meeting["date"], &meeting["start"], &meeting["place"]], ["2009-08-31", "12:00", "Gol brannstasjon"]);
}

#[test]
fn what_somebody_represents_in_parentheses_begins_no_other_list() {
    let text = "Innkalt:\n\nEva Lie\n\n(foreldrerepr.)\n\nPer Ås\n\n(foreldrerepr.)\n\nSak 3/14 Ny kinosal\n";
    assert_eq!(names(&document(&(HEAD.to_owned() + text)), "invited"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn a_heading_ends_what_was_concluded() {
    let text = "## Sak 3/14 Ny kinosal\n\nKonklusjon: Salen bygges.\n\n### Annet\n\nKiosken var stengt.\n";
    assert_eq!(document(&(HEAD.to_owned() + text))["cases"][0]["decision"]["text"], "Salen bygges.");
}

#[test]
fn tables_may_have_two_rows_of_heads_and_a_row_of_shares() {
    let rows = [
        "Type\tOpptalte\tKryss i manntall\t",
        "\tFylkesting\tKommunestyre\tTotal",
        "Ordinære\t500\t510\t520",
        "Fremmede\t8\t9\t10",
        "Forkastet\t1\t2\t3",
        "Oppmøte\t67,2 %\t68,1 %\t69,0 %",
    ];
    let rows = rows.map(|row| format!("<tr><td>{}</td></tr>", row.replace('\t', "</td><td>"))).concat();
    let document = document_of("input.html", &format!("<p>Valgstyrets møtebok</p><table>{rows}</table>"));
    let columns = document["tables"][0]["columns"].as_array().unwrap();
    let labels: Vec<&Value> = columns.iter().map(|c| &c["label"]).collect();
    assert_eq!(labels, ["Type", "Fylkesting", "Kommunestyre", "Total"]);
    assert!(columns[1..].iter().all(|c| c["kind"] != "percent"), "{columns:?}");
}

#[test]
fn years_may_stand_under_the_heads_of_columns() {
    let rows = ["\tRegnskap\tBudsjett", "Post\t1994\t1995", "Lønn\t210\t220", "Leie\t40\t45", "Sum\t250\t265"];
    let rows = rows.map(|row| format!("<tr><td>{}</td></tr>", row.replace('\t', "</td><td>"))).concat();
    let table = &document_of("input.html", &format!("<p>Møtebok</p><table>{rows}</table>"))["tables"][0];
    let columns = table["columns"].as_array().unwrap();
    let heads: Vec<[&Value; 2]> = columns.iter().map(|c| [&c["label"], &c["year"]]).collect();
    assert_eq!(json!(heads), json!([["Post", null], ["Regnskap 1994", 1994], ["Budsjett 1995", 1995]]));
    assert_eq!(table["rows"].as_array().unwrap().len(), 2);
}

#[test]
fn each_line_of_a_list_may_name_a_deputy_and_the_member() {
    let text = "MØTEBOK\n\nMøtedato: 04.03.2014\n\nVaramenn: Eva-Marit Lie, H, for Per Berg\n          Jon Dahl Moe, FrP, for Kari \
                Rud\n\nSAK 3/14 NY KINOSAL\n\nVedtak:\n\nSalen bygges.\n";
    let document = document_of("input.txt", text);
    let people = document["attendance"].as_array().unwrap().iter();
    let told: Vec<[&Value; 3]> = people.map(|a| [&a["name"], &a["represents"], &a["deputy_for"]]).collect();
    assert_eq!(told, [["Eva-Marit Lie", "H", "Per Berg"], ["Jon Dahl Moe", "FrP", "Kari Rud"]]);
}

#[test]
fn members_may_be_listed_by_whom_they_come_from() {
    let text = "Tilstede:\tfra foreldrene: Eva Lie, Per Ås\n\tfra lærerne: Jon Moe\n\tfra elevrådet: Kari Rud (10B)\n\nSak 3/14 Ny kinosal\n";
    let document =
        document_of("input.txt", &format!("REFERAT FRA MØTE I SAMARBEIDSUTVALGET\n\nDato: 04.03.2014\n\n{text}"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Jon Moe", "Kari Rud"]);
}

#[test]
fn the_archive_s_number_under_a_head_is_no_case() {
    let case = |number: &str, title: &str, archive: &str, decision: &str| {
        format!("{number}\t{title}\n\nSaksnr.: {archive}\n\nVedtak:\n\n{decision}\n\n")
    };
    let head = "Møteprotokoll\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n";
    let text = case("KU 3/14", "Ny kinosal", "2013/8814", "Salen bygges.")
        + &case("KU 4/14", "Lån til bibliotek", "2012/3310", "Lånet tas opp.");
    let document = document_of("input.txt", &format!("{head}{text}"));
    assert_hall_and_loan(&document, "KU", [3, 4]);
    assert_eq!(document["cases"][0]["archive_reference"], "2013/8814");
}

#[test]
fn what_another_body_decided_before_is_background() {
    let text = "Sak 55/14 Ny kinosal\n\nRådmannens forslag til vedtak:\n\nSalen bygges.\n\nBehandling/vedtak i Formannskapet den 15.02.2014 \
                sak 88/14\n\nEnstemmig vedtak:\n\nSaken utsettes.\n\nBehandling/vedtak i Kulturutvalget den 04.03.2014 sak \
                55/14\n\nForslaget ble vedtatt med 5 mot 2 stemmer.\n\nVedtak:\n\nSalen bygges.\n";
    let document = document(&(HEAD.to_owned() + text));
    let case = &document["cases"][0];
    let votes = case["votes"].as_array().unwrap();
    assert_eq!((case["decision"]["text"].as_str(), votes.len()), (Some("Salen bygges."), 1), "{case}");
    assert_eq!([&votes[0]["for"], &votes[0]["against"]], [5, 2]);
}

#[test]
fn members_may_stand_in_a_column_for_each_party() {
    let html = "<h1>Møteprotokoll</h1><p>Kommunestyret</p><p>Møtedato: 19.06.97</p><table><tr><td>Arbeiderpartiet</td><td>Høyre</td></tr><tr>\
                <td><p>Eva Lie (ordfører)</p><p>Per Ås</p></td><td><p>Jon Moe</p></td></tr></table><p>Sak 31/97 Ny kinosal</p>";
    let document = document_of("input.html", html);
    let people = document["attendance"].as_array().unwrap().iter();
    let told: Vec<Value> = people.map(|a| json!([a["name"], a["status"], a["represents"]])).collect();
    let expected = [("Eva Lie", "Arbeiderpartiet"), ("Per Ås", "Arbeiderpartiet"), ("Jon Moe", "Høyre")];
    assert_eq!(told, expected.map(|(name, party)| json!([name, "present", party])));
}

#[test]
fn the_casting_vote_decides_where_the_votes_are_equal() {
    let text = "## Sak 3/14 Ny kinosal\n\nVotering:\n\nTillegget frå AP vart vedteke med leiaren si dobbeltrøyst etter at røystetalet \
                var 2 mot 2.\n\nVedtak:\n\nSalen vert bygd.\n";
    let vote = &document(&(HEAD.to_owned() + text))["cases"][0]["votes"][0];
    assert_eq!([&vote["for"], &vote["against"], &vote["casting_vote"]], [&json!(2), &json!(2), &json!(true)], "{vote}");
}

#[test]
fn a_plan_begins_under_its_title() {
    let text = "VEFSN KOMMUNE\n\nMosjøen, 5.12.94\n\nMØTEPLAN 1. HALVÅR 1995\n\nJanuar\n\nTor 12.  Kommunestyret  kl. 17.00\n\nTor 26.  \
                Formannskapet  kl. 10.00\n";
    let document = document_of("input.txt", text);
    let planned = document["planned_meetings"].as_array().unwrap().iter();
    assert_eq!(planned.map(|m| &m["date"]).collect::<Vec<_>>(), ["1995-01-12", "1995-01-26"]);
}

#[test]
fn the_papers_of_an_agenda_may_begin_with_their_routes() {
    let case = |number: &str, title: &str, proposal: &str| {
        format!(
            "<table><tr><td>Saksgang</td><td>Møtedato</td><td>Saknr</td></tr><tr><td>Formannskapet</td><td>19.11.2013</td><td>112/13</td></tr>\
             <tr><td>Kulturutvalget</td><td>04.03.2014</td><td>{number}</td></tr></table><h2>{title}</h2><p>Formannskapets innstilling:</p>\
             <p>{proposal}</p>"
        )
    };
    let list = "<h1>Møteinnkalling</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p><h2>Saksliste</h2><table><tr><td>Saksnr</td>\
                <td>Tittel</td></tr><tr><td>PS 2/14</td><td>Godkjenning av innkalling</td></tr><tr><td>PS 3/14</td><td>Ny kinosal</td></tr><tr>\
                <td>PS 4/14</td><td>Lån til bibliotek</td></tr></table><h2>PS 2/14 Godkjenning av innkalling</h2>";
    let in_lines = "<h1>Møteinnkalling</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p><h2>Saksliste</h2><p>PS 2/14 \
                    Referatsaker</p><p>PS 3/14 Ny kinosal</p><p>PS 4/14 Lån til bibliotek</p><p>PS 2/14 Referatsaker</p><p>Ingen.</p>";
    let papers = case("3/14", "Ny kinosal", "Salen bygges.") + &case("4/14", "Lån til bibliotek", "Lånet tas opp.");
    for list in [list, in_lines] {
        let document = document_of("input.html", &format!("{list}{papers}"));
        let found = document["cases"].as_array().unwrap().iter();
        let found: Vec<Value> = found.map(|c| json!([c["number"]["sequence"], c["proposals"][0]["text"]])).collect();
        assert_eq!(found, [json!([2, null]), json!([3, "Salen bygges."]), json!([4, "Lånet tas opp."])], "{list}");
    }
}

#[test]
fn whoever_proposes_is_told_in_many_ways() {
    for head in [
        "Eva Lie (SV) foreslo:",
        "Eva Lie (SV) føreslo:",
        "Eva Lie fremla slikt forslag:",
        "Det forelå følgende forslag fra Eva Lie (SV):",
        "Fra Eva Lie forelå slikt forslag:",
        "Forslag fremmet av Eva Lie (SV):",
        "Forslag 1 fremsatt av Eva Lie, SV:",
        "Følgende forslag ble fremmet av Eva Lie (SV):",
        "Følgjande framlegg vart sett fram av Eva Lie (SV):",
        "Alternativt forslag fra Eva Lie (SV):",
        "Eva Lie (SV) fremmet slikt tillegg:",
    ] {
        let text = format!(
            "{HEAD}## Sak 3/14 Ny kinosal\n\nRådmannens innstilling:\n\nSalen bygges.\n\nBehandling:\n\n{head}\n\nSalen bygges \
             ikke.\n\nForslaget fikk 1 stemme og falt.\n\nVedtak:\n\nSalen bygges.\n"
        );
        let proposal = &document(&text)["cases"][0]["proposals"][1];
        assert_eq!([&proposal["text"], &proposal["by"]], ["Salen bygges ikke.", "Eva Lie"], "{head}");
    }
}

#[test]
fn votes_may_be_counted_against_all() {
    for (said, counted) in [
        ("Innstillingen ble vedtatt med 15 stemmer, 6 stemte imot.", json!(["counts", 15, 6])),
        ("Vedtatt med 15 av 21 stemmer.", json!(["counts", 15, null])),
        ("Samtlige representanter stemte for innstillingen.", json!(["unanimous", null, null])),
    ] {
        let text = format!("{HEAD}## Sak 3/14 Ny kinosal\n\nVotering:\n\n{said}\n\nVedtak:\n\nSalen bygges.\n");
        let vote = &document(&text)["cases"][0]["votes"][0];
        assert_eq!(json!([vote["form"], vote["for"], vote["against"]]), counted, "{said}");
    }
}

#[test]
fn decisions_and_cases_have_many_heads() {
    for label in [
        "Vedtaket lyder:",
        "Det ble gjort følgende vedtak:",
        "Kommunestyrets endelige vedtak:",
        "Etter votering ble det gjort slikt vedtak:",
    ] {
        let text = format!("{HEAD}## Sak 3/14 Ny kinosal\n\n{label}\n\nSalen bygges.\n");
        assert_eq!(document(&text)["cases"][0]["decision"]["text"], "Salen bygges.", "{label}");
    }
    for (first, second, series) in
        [("Politisk sak 3/14", "Politisk sak 4/14", ""), ("Kst.sak 3/14", "Kst.sak 4/14", "Kst")]
    {
        let text = format!(
            "{HEAD}{first} Ny kinosal\n\nVedtak:\n\nSalen bygges.\n\n{second} Lån til bibliotek\n\nVedtak:\n\nLånet tas opp.\n"
        );
        assert_hall_and_loan(&document(&text), series, [3, 4]);
    }
}

#[test]
fn lists_of_people_have_many_heads() {
    for (label, status) in [
        ("Fra utvalget:", "present"),
        ("Møtende varamenn:", "deputy"),
        ("Møtande varamedlemmer:", "deputy"),
        ("Forfall meldt av:", "absent"),
        ("Med forfall:", "absent"),
        ("Rådmannens stab:", "staff"),
    ] {
        let text =
            format!("{HEAD}{label}\n\nEva Lie\n\nPer Ås\n\n## Sak 3/14 Ny kinosal\n\nVedtak:\n\nSalen bygges.\n");
        assert_eq!(names(&document(&text), status), ["Eva Lie", "Per Ås"], "{label}");
    }
}

#[test]
fn the_day_of_writing_stands_over_a_document_or_under_it() {
    let dated = |text: &str| {
        let document = document_of("input.txt", text);
        json!([document["kind"], document["meeting"]["date"], document["document_date"]])
    };
    let case = "Sak 3/14 Ny kinosal\n\nDen gamle er stengt.\n\nForslag til vedtak:\n\nSalen bygges.\n\n";
    let meeting = "Møtedato: 04.03.2014\n\n";
    let agenda = format!("INNKALLING\n\n{meeting}{case}Mo i Rana, 22. februar 2014.\n");
    assert_eq!(dated(&agenda), json!(["agenda", "2014-03-04", "2014-02-22"]));
    // The last paper's day stands at the foot, far from the agenda's own.
    let list = "SAKSLISTE\n\nSak 3/14 Ny kinosal\n\nSak 4/14 Ny kai\n\nLund, 22. februar 2014\n\nEva Lie\n\n";
    let last = case.replace("3/14 Ny kinosal", &format!("4/14 Ny kai{}", "\n\nEt avsnitt om kaien.".repeat(20)));
    let listed = format!("INNKALLING\n\n{meeting}{list}{case}{last}Lund, 14. februar 2014\n");
    assert_eq!(dated(&listed), json!(["agenda", "2014-03-04", "2014-02-22"]));
    let minutes =
        format!("PROTOKOLL\n\n{meeting}{case}Vedtak:\n\nSalen bygges.\n\nLund, den 6. mars 2014\n\nEva Lie\n");
    assert_eq!(dated(&minutes), json!(["minutes", "2014-03-04", "2014-03-06"]));
    let paper = format!("Stiftelsen Lund\tDato: 22.02.2014\n\n{case}");
    assert_eq!(dated(&paper), json!(["case_paper", null, "2014-02-22"]));
    let paper = format!("Styret 4. mars 2014\n\n{case}");
    assert_eq!(dated(&paper), json!(["case_paper", "2014-03-04", null]));
    let minutes = format!(
        "KULTURUTVALGET – MØTE 4. MARS 2014\n\n{case}Vedtak:\n\nSalen bygges.\n\n{}",
        case.replace("3/14", "4/14")
    );
    assert_eq!(dated(&minutes), json!(["minutes", "2014-03-04", null]));
    let minutes = format!("PROTOKOLL\n\nDag: tirsdag 4. mars 2014    Stad: Rådhuset\n\n{case}");
    assert_eq!(dated(&minutes), json!(["minutes", "2014-03-04", null]));
}

#[test]
fn the_fields_of_a_paper_may_stand_under_the_head_of_its_case() {
    let table = "| Behandles i | Møtedato | Saksnr |\n|---|---|---|\n| Styret | 04.03.2014 | 3/14 |\n\n";
    for (title, number) in [("", "STYRESAK 3/14"), ("SAKSFRAMLEGG\n\n", "Sak 3/14")] {
        let document = document(&format!(
            "{title}{number}\n\nNy kinosal\n\n{table}Dato: 22. februar 2014\n\nBakgrunn\n\nDen gamle er stengt.\n\nForslag til \
             vedtak:\n\nSalen bygges.\n"
        ));
        let case = &document["cases"][0];
        let found = json!([
            document["kind"],
            document["body"],
            document["meeting"]["date"],
            document["document_date"],
            case["title"],
            case["proposals"][0]["text"]
        ]);
        let expected = json!(["case_paper", "Styret", "2014-03-04", "2014-02-22", "Ny kinosal", "Salen bygges."]);
        assert_eq!(found, expected, "{title}{number}");
    }
}

#[test]
fn the_page_head_of_a_paper_gives_its_number() {
    let page = |number: u32, title: &str| {
        format!(
            "\u{c}KULTURUTVALGET 04.03.14                             Sak {number}/14\n----------\n\n{title}\n\nArkiv: 033\n\nRÅDMANNEN TILRÅR:\n   Det bygges.\n\n"
        )
    };
    let text = format!(
        "INNKALLING\n\nUtvalg: Kulturutvalget\nMøtedato: 04.03.14\n\nSAKLISTE:\n\n   3/14   Ny kinosal i det gamle meieriet, som nå er\n          Vik kommunes\n   4/14   Ny kai\n\n{}{}",
        page(3, "NY KINOSAL"),
        page(4, "NY KAI")
    );
    let titles: Vec<Value> =
        document_of("input.txt", &text)["cases"].as_array().unwrap().iter().map(|c| c["title"].clone()).collect();
    assert_eq!(titles, [json!("NY KINOSAL"), json!("NY KAI")]);
}

#[test]
fn dots_lead_to_the_page_and_archives_stand_before_titles() {
    let text = "# Innkalling\n\nUtvalg: Styret\n\nMøtedato: 04.03.2014\n\nSak 3/14 Ny kinosal .......... side 2\n\nSak 4/14 Ny kai .......... side 12\n";
    let titles: Vec<_> = cases(&document(text)).into_iter().map(|(_, _, title, _)| title.to_owned()).collect();
    assert_eq!(titles, ["Ny kinosal", "Ny kai"]);
    let text = format!("{HEAD}| SAK 3/14 | Ark. 033 | Ny kinosal |\n|---|---|---|\n\nVedtak:\n\nSalen bygges.\n");
    assert_eq!(cases(&document(&text))[0].2, "Ny kinosal");
}

#[test]
fn the_title_of_some_minutes_has_a_number_of_its_own() {
    let text = "VIK RENOVASJON\n\nMØTEBOK 8/86\n\nStyret holdt møte torsdag 20. november 1986.\n\nSAK 43   REFERATER\n\nVedtak: Tatt til etterretning.\n\n\
                SAK 44   NY BIL\n\nVedtak: Bilen kjøpes.\n";
    let document = document_of("input.txt", text);
    let numbers: Vec<u64> = cases(&document).into_iter().map(|(_, number, _, _)| number).collect();
    assert_eq!(numbers, [43, 44]);
}

#[test]
fn columns_under_how_people_attended_hold_sentences() {
    let text = "# Møtebok\n\nUtval: Kulturutvalet\n\nMøtedato: 04.03.2014\n\nDesse møtte:\tForfall:\n\nEva Lie, leiar\tPer Ås. I staden møtte Jon Moe.\n\nKari Rud\n\n\
                Sak 3/14 Ny kai\n\nVedtak: Kaia vert bygd.\n";
    let document = document_of("input.txt", text);
    let told: Vec<Value> =
        document["attendance"].as_array().unwrap().iter().map(|a| json!([a["name"], a["status"]])).collect();
    assert_eq!(told, [json!(["Eva Lie", "present"]), json!(["Kari Rud", "present"]), json!(["Per Ås", "absent"])]);
}

#[test]
fn points_between_people_set_them_apart() {
    let text = format!(
        "{HEAD}Til stede:\n\nEva Lie (A), leder · Per Ås (H) · Jon Moe (V)\n\n## Sak 3/14 Ny kai\n\nVedtak: Kaia bygges.\n"
    );
    let found = document(&text);
    let names: Vec<&Value> = found["attendance"].as_array().unwrap().iter().map(|a| &a["name"]).collect();
    assert_eq!(names, ["Eva Lie", "Per Ås", "Jon Moe"]);
}
