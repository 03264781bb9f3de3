//! Ways in which cases, votes and decisions are set that the extraction must understand: each a few lines, and what must
//! come out of them.
#![allow(clippy::unwrap_used, reason = "tests")]

mod extracted;

use extracted::{cases, document, document_of, documents_of, names, plain};
use motebok::document::{Block, BlockKind, Document};
use motebok::extract::extract;
use serde_json::{Value, json};

const HEAD: &str = "# Møteprotokoll\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n";

/// Numbers, titles and decisions of the cases under a head of some minutes.
fn decided(text: &str) -> Vec<(u64, String, String)> {
    let document = document(&format!("{HEAD}{text}"));
    cases(&document)
        .into_iter()
        .map(|(_, number, title, decision)| (number, title.to_owned(), decision.to_owned()))
        .collect()
}

fn case(number: u64, title: &str, decision: &str) -> (u64, String, String) {
    (number, title.to_owned(), decision.to_owned())
}

/// The only case of some minutes whose text is given.
fn only_case(text: &str) -> Value {
    document(&format!("{HEAD}## Sak 3/14 Ny kinosal\n\n{text}"))["cases"][0].clone()
}

#[test]
fn each_case_of_some_minutes_may_begin_with_its_paper() {
    let paper = |number: &str, title: &str, decision: &str| {
        format!(
            "SAKSFRAMLEGG\n\n| Saksbehandler: Eva Lie | Arkiv: 033 |\n|---|---|\n| Arkivsaksnr.: 14/00391 | |\n\n| Saksnr.: | Utvalg | \
             Møtedato |\n|---|---|---|\n| {number} | Kulturutvalget | 04.03.14 |\n\n{title}\n\n{decision}\n\n"
        )
    };
    let papers = [
        paper("0003/14", "NY KINOSAL", "Vedtak:\n\nSalen bygges."),
        paper("0004/14", "LÅN TIL BIBLIOTEK", "Behandling:\n\nEnstemmig.\n\nVedtak:\n\nLånet tas opp."),
        paper("0005/14", "EVENTUELT", "Eva Lie spurte om ny kai."),
    ];
    let documents = documents_of("input.md", &format!("{HEAD}{}", papers.concat()));
    let found: Vec<_> = documents.iter().map(|d| (d["kind"].clone(), d["cases"].as_array().unwrap().len())).collect();
    assert_eq!(found, [(json!("minutes"), 3)]);
}

#[test]
fn sakspapir_stands_over_each_paper_of_an_agenda_or_over_one() {
    let paper = |number: &str, title: &str| {
        format!(
            "SAKSPAPIR\n\n| Saksnr | Utval | Dato |\n|---|---|---|\n| {number} | Kulturutvalet | 04.03.2014 |\n\n| Sakshandsamar | \
             ArkivsakID |\n|---|---|\n| Eva Lie | 14/00215 |\n\n**{title}**\n\nFramlegg til vedtak:\n\nDet vert bygd.\n\n"
        )
    };
    let agenda = format!(
        "# MØTEINNKALLING\n\nUtval: Kulturutvalet\n\nMøtedato: 04.03.2014\n\n| Saksnr. | Sakstittel |\n|---|---|\n| 3/14 | Ny kinosal \
         |\n| 4/14 | Ny kai |\n\n{}{}",
        paper("3/14", "Ny kinosal"),
        paper("4/14", "Ny kai")
    );
    let documents = documents_of("input.md", &agenda);
    assert_eq!(documents.len(), 1);
    let titles: Vec<&Value> = documents[0]["cases"].as_array().unwrap().iter().map(|c| &c["title"]).collect();
    assert_eq!(titles, [&json!("Ny kinosal"), &json!("Ny kai")]);
    let one = "Lund kommune\n\n| Til: Kulturutvalet | Sakspapir |\n|---|---|\n| Vår ref.: 14/00215-4 | Sakshandsamar: Eva Lie |\n\n| \
               Saksnr. | Utval | Møtedato |\n|---|---|---|\n| KU 3/14 | Kulturutvalet | 04.03.2014 |\n\nNy kinosal\n\nBakgrunn\n\nDen \
               gamle er stengd.\n\nRådmannen si tilråding:\n\nSalen vert bygd.\n";
    let one = document(one);
    assert_eq!((&one["kind"], &one["cases"][0]["title"]), (&json!("case_paper"), &json!("Ny kinosal")));
}

#[test]
fn the_archive_s_numbers_stand_first_in_a_list_or_before_the_titles() {
    for rows in [
        "| Arkivsaksnr | Sak | Tittel |\n|---|---|---|\n| 14/410 | 3/14 | Ny kinosal |\n| 14/88 | 4/14 | Ny kai |\n",
        "| Sak nr. | Arkiv nr. | Sakens art |\n|---|---|---|\n| 3/14 | 033 | Ny kinosal |\n| 4/14 | L 42 | Ny kai |\n",
    ] {
        let document = document(&format!("# Innkalling\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n{rows}"));
        let found = cases(&document);
        let found: Vec<(u64, &str)> = found.iter().map(|(_, number, title, _)| (*number, *title)).collect();
        assert_eq!(found, [(3, "Ny kinosal"), (4, "Ny kai")], "{rows}");
    }
}

#[test]
fn heads_of_cases() {
    let hall = case(3, "Årsplan 2011/2012", "Salen bygges.");
    let text = "Sak 3/14 Årsplan 2011/2012\n\nVedtak: Salen bygges.\n\nSak 4/14 Ny kai\n\nVedtak: Kaien bygges.\n";
    assert_eq!(decided(text), [hall, case(4, "Ny kai", "Kaien bygges.")]);
    let expected = [case(3, "Ny kinosal", "Salen bygges."), case(4, "Framlegg til rapport", "Kaien bygges.")];
    for text in [
        "Ny kinosal  –  sak 3/14\n\nVedtak:\n\nSalen bygges.\n\nFramlegg til rapport  –  sak 4/14\n\nVedtak:\n\nKaien bygges.\n",
        "## Ny kinosal\n\nSak 3/14 Arkivnr. 201402217\n\nVedtak:\n\nSalen bygges.\n\n## Framlegg til rapport\n\nSak 4/14 Arkivnr. \
         201402218\n\nVedtak:\n\nKaien bygges.\n\n## Ny bru\n\nSak 5/14 Arkivnr. 201402219\n\nVedtak:\n\nBrua bygges.\n",
    ] {
        assert_eq!(decided(text)[..2], expected, "{text}");
    }
}

#[test]
fn a_title_and_its_text_may_be_one_paragraph() {
    let text = "3/14. Regnskap 2013. Kirkevergen gjorde greie for alle postene. Vedtak: Regnskapet godkjennes.\n\n4/14. Ny kinosal. \
                Romprogram. Det kom ett tilbud på salen.\n\nVedtak: Salen bygges.\n\n5/14. Takkoffer. Listen ble gjennomgått punkt for \
                punkt.\n\nVedtak: Listen godkjennes.\n";
    let titles: Vec<String> = decided(text).into_iter().map(|(_, title, _)| title).collect();
    assert_eq!(titles, ["Regnskap 2013", "Ny kinosal", "Takkoffer"]);
    let text = "## 31-2014 Ny kinosal\n\nVedtak: Salen bygges.\n\n## 32-2014 Ny kai\n\nVedtak: Kaien bygges.\n";
    assert_eq!(decided(text), [case(31, "Ny kinosal", "Salen bygges."), case(32, "Ny kai", "Kaien bygges.")]);
}

#[test]
fn columns_of_decisions_may_be_a_body_s() {
    let text = "| Sak | Hva saken gjelder | Skolestyrets vedtak |\n|---|---|---|\n| 3/14 | Ny kinosal | Salen bygges. |\n| 4/14 | Ny kai | \
                Kaien bygges. |\n";
    assert_eq!(decided(text), [case(3, "Ny kinosal", "Salen bygges."), case(4, "Ny kai", "Kaien bygges.")]);
}

#[test]
fn points_are_titled_by_a_proposal_or_head_others_by_letters() {
    let head = "# Årsmøteprotokoll 2014\n\nÅrsmøtet ble holdt på Lund skole tirsdag 4. mars 2014 kl.\n19. Det møtte 46 medlemmer.\n\n";
    let titles = |text: &str| -> Vec<Value> {
        let document = document(&format!("{head}{text}"));
        document["cases"].as_array().unwrap().iter().map(|c| json!([c["number"]["sequence"], c["title"]])).collect()
    };
    let text = "1. Årsberetning\n\nVedtak: Beretningen godkjennes.\n\n2. Fotballgruppas forslag: kunstgress\n\nVedtak: Saken \
                utredes.\n\n3. Kontingent\n\nVedtak: Kontingenten økes.\n";
    assert_eq!(
        titles(text),
        [json!([1, "Årsberetning"]), json!([2, "Fotballgruppas forslag: kunstgress"]), json!([3, "Kontingent"])]
    );
    let text = "1. Konstituering\n\nA. Valg av møteleder\n\nVedtak: Eva Lie ble valgt.\n\nB. Opptak av navnefortegnelse\n\nVedtak: \
                Opptaket ble godkjent.\n\n2. Kontingent\n\nVedtak: Kontingenten økes.\n";
    assert_eq!(
        titles(text),
        [json!([null, "Valg av møteleder"]), json!([null, "Opptak av navnefortegnelse"]), json!([2, "Kontingent"])]
    );
    let text = "1. Åpning\n\nEva Lie ønsket velkommen.\n\n2. Årsberetning\n\nBeretningen ble enstemmig godkjent.\n\n3. \
                Regnskap\n\nRegnskapet ble godkjent.\n";
    assert_eq!(titles(text).len(), 3);
}

#[test]
fn extracts_stand_page_by_page_under_their_fields_and_titles() {
    let extract = |body: &str, day: &str, number: &str| {
        format!(
            "<p>Arkivsak: 14/1877-34</p><p>Saksbehandler: Eva Lie</p><h2>Ny kinosal</h2><p>{body}s behandling av sak {number} i møte den \
             {day}: Møtebehandling</p><p>Forslaget ble enstemmig vedtatt.</p><p>Vedtak</p><p>Salen bygges.</p>"
        )
    };
    let html = extract("Formannskapet", "11.03.2014", "31/2014") + &extract("Kommunestyret", "15.04.2014", "44/2014");
    let documents = documents_of("input.html", &html);
    let found: Vec<Value> = documents
        .iter()
        .map(|d| json!([d["body"], d["meeting"]["date"], d["cases"][0]["number"]["sequence"], d["cases"][0]["title"]]))
        .collect();
    let expected = [
        json!(["Formannskapet", "2014-03-11", 31, "Ny kinosal"]),
        json!(["Kommunestyret", "2014-04-15", 44, "Ny kinosal"]),
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_extract_is_of_the_body_that_it_says() {
    let text = "Saksprotokoll\n\n| Saksgang | Møtedato | Saknr |\n|---|---|---|\n| Formannskapet | 11.03.2014 | 31/14 |\n| Kommunestyret | \
                15.04.2014 | 44/14 |\n\nNy kinosal\n\nFormannskapet har behandlet saken i møte 11.03.2014 sak 31/14\n\nVedtak\n\nSalen \
                bygges.\n";
    let document = document(text);
    let found = json!([document["body"], document["meeting"]["date"], document["cases"][0]["number"]["sequence"]]);
    assert_eq!(found, json!(["Formannskapet", "2014-03-11", 31]));
}

#[test]
fn boxes_and_cells_hold_what_stands_under_their_labels() {
    let html = "<table><tr><td>Når: 04.03.2014 kl. 17<br>Hvor: Rådhuset</td><td>Til stede<br>Eva Lie<br>Per Ås</td></tr></table><h2>Sak \
                3/14 Ny kinosal</h2><table><tr><td>Vedtak</td></tr><tr><td>1. Salen bygges.<br>2. Lånet tas opp.</td></tr></table>";
    let document = document_of("input.html", &format!("<h1>Referat</h1>{html}"));
    assert_eq!(document["cases"][0]["decision"]["text"], "1. Salen bygges.\n2. Lånet tas opp.");
    assert_eq!(
        (&document["meeting"]["date"], &document["meeting"]["place"]),
        (&json!("2014-03-04"), &json!("Rådhuset"))
    );
}

#[test]
fn outcomes_are_those_of_the_first_sentence() {
    for (text, outcome) in [
        ("Søknaden avslås.", "adopted"),
        ("Klagen tas ikke til følge. Saken oversendes fylkesmannen.", "adopted"),
        ("Forslaget fikk 9 stemmer og falt.", "rejected"),
        ("Saken sendes på høring. Den tas opp igjen i mai.", "referred"),
        ("Rapporten tas til etterretning. Utvalget ser alvorlig på merforbruket.", "noted"),
        ("1. Rapporten tas til etterretning.\n\n2. Utvalget ber om en ny rapport i mai.", "noted"),
        ("Utvalget tar rapporten til etterretning og godkjenner budsjettendringene.", "adopted"),
        ("1. Rapporten tas til etterretning.\n\n2. Budsjettet justeres.", "adopted"),
        ("Saken trukket.", "withdrawn"),
        ("Utvalget rår de tre kommunene til å gjøre ordningen fast.", "recommended"),
    ] {
        assert_eq!(only_case(&format!("Vedtak:\n\n{text}\n"))["decision"]["outcome"], outcome, "{text}");
    }
}

#[test]
fn decisions_end_where_the_vote_or_the_place_and_day_stand() {
    for text in [
        "Vedtak: Salen bygges. Vedtatt mot 2 stemmer.",
        "Vedtak:\n\nEnstemmig: Salen bygges.",
        "Vedtak:\n\nSalen bygges.\n\nMo i Rana, 6. mars 2014\n\nEva Lie",
        "Vedtak, 4 stemmer: Salen bygges.",
        "Vedt.:\tSalen bygges.",
        "Kontrollutvalgets uttalelse til kommunestyret\n\nSalen bygges.",
    ] {
        assert_eq!(only_case(&format!("{text}\n"))["decision"]["text"], "Salen bygges.", "{text}");
    }
}

#[test]
fn proposals_are_told_on_behalf_of_parties_and_by_an_earlier_body() {
    let by = |text: &str| only_case(&format!("{text}\n"))["proposals"][0]["text"].clone();
    assert_eq!(by("Per Ås fremmet på vegne av Sp og Frp: Salen bygges ikke."), "Salen bygges ikke.");
    assert_eq!(by("Komiteens innstilling av 06.02.2014, sak 24/14\n\nSalen bygges."), "Salen bygges.");
    let text = "Rådmannens forslag\n\nSalen bygges.\n\nFor rådmannens forslag stemte Inger Haug, Anne Dahl, Tone Krog og Gro Nygård \
                (4). Mot stemte Per Sveen og Einar Skog (2).\n\nInnstilling til formannskapet\n\nSalen bygges.\n";
    let case = only_case(text);
    assert_eq!(
        (&case["decision"]["text"], &case["decision"]["outcome"]),
        (&json!("Salen bygges."), &json!("recommended"))
    );
}

#[test]
fn a_vote_ends_the_proposal_that_it_follows() {
    let case = only_case(
        "Styrets forslag: Salen bygges.\n\nForslag fra Per Ås: Salen bygges ikke.\n\nForslaget fra styret fikk 39 stemmer. Forslaget \
         fra Per Ås fikk 17 stemmer. 2 avholdende.\n\nVedtak: Salen bygges.\n",
    );
    let texts: Vec<&Value> = case["proposals"].as_array().unwrap().iter().map(|p| &p["text"]).collect();
    assert_eq!(texts, [&json!("Salen bygges."), &json!("Salen bygges ikke.")]);
    let vote = &case["votes"][0];
    assert_eq!(json!([vote["form"], vote["for"], vote["against"]]), json!(["alternatives", 39, 17]));
}

#[test]
fn a_body_with_a_long_name_treats_a_case() {
    let text = "Råd for eldre og personer med nedsatt funksjonsevnes behandling av sak 14/2014 i møte den 28.02.2014:\n\nVedtak\n\nSalen \
                bygges.\n";
    let document = document_of("input.txt", text);
    assert_eq!(
        (&document["meeting"]["date"], &document["cases"][0]["number"]["sequence"]),
        (&json!("2014-02-28"), &json!(14))
    );
}

#[test]
fn a_range_of_cases_is_no_title_of_an_agenda() {
    let text = "Utvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\nSaker: 3/14 - 4/14\n\nSak 3/14 Ny kinosal\n\nVedtak:\n\nSalen \
                bygges.\n\nSak 4/14 Ny kai\n\nVedtak:\n\nKaien bygges.\n";
    assert_eq!(document_of("input.txt", text)["kind"], "minutes");
}

#[test]
fn a_meeting_of_two_days_is_told_with_its_times() {
    let text = "# Møtebok\n\nÅr 2014, tysdag 4. og onsdag 5. mars, vart det halde fylkesting i Molde. Møtet vart sett tysdag kl. 10.00 og \
                slutta onsdag kl. 14.50.\n\nSak 3/14 Ny kinosal\n\nVedtak: Salen vert bygd.\n";
    let meeting = &document(text)["meeting"];
    let found = json!([meeting["date"], meeting["end_date"], meeting["start"], meeting["end"]]);
    assert_eq!(found, json!(["2014-03-04", "2014-03-05", "10:00", "14:50"]));
}

#[test]
fn a_total_may_stand_last_in_its_label() {
    let case = only_case("| Område | 2014 |\n|---|---|\n| Vern | 140 |\n| Kai | 90 |\n| Timer i alt | 230 |\n");
    assert_eq!(case["tables"][0]["totals"][0]["label"], "Timer i alt");
}

#[test]
fn a_proposal_goes_on_to_the_sentence_of_the_vote() {
    let text = "Møtebok\n\nSak 3/14 Ny kinosal\n\nEndringsforslag fra Eva Lie:\nSalen bygges ikke før alle foreldre er hørt på møte.\nForslaget \
                fikk 4 stemmer og falt. Deretter ble\ninnstillingen vedtatt med 7 mot 4 stemmer.\n\nVedtak:\nSalen bygges.\n";
    let case = document_of("input.txt", text)["cases"][0].take();
    assert_eq!(case["proposals"][0]["text"], "Salen bygges ikke før alle foreldre er hørt på møte.");
    assert_eq!(case["votes"].as_array().unwrap().len(), 2);
}

#[test]
fn a_page_head_of_two_lines_stands_in_a_decision() {
    let page = |number: u32| format!("\u{c}Skolestyret                 Side {number}\nMøte 14. mai 1968\n\n");
    let text = format!(
        "Møtebok for skolestyret\n\nSak 3/68 Ny kinosal\n\nVEDTAK:\nSkolestyret tilrår:\n{}Salen bygges.\n\nSak 4/68 Ny veg\n\n{}VEDTAK:\n\
         Vegen bygges.\n",
        page(2),
        page(3)
    );
    let document = document_of("input.txt", &text);
    let decisions = document["cases"].as_array().unwrap().iter().map(|c| c["decision"]["text"].as_str().unwrap());
    assert_eq!(decisions.collect::<Vec<_>>(), ["Skolestyret tilrår:\nSalen bygges.", "Vegen bygges."]);
}

#[test]
fn a_title_in_capitals_goes_on_in_the_next_line() {
    let text = "MØTEBOK FOR SKOLESTYRET\n\nSak 3/66.  SØKNAD FRÅ INDRE UNGDOMSLAG OM TILSKOT TIL NYTT TAK PÅ\nSAMFUNNSHUSET.\n\n\
                Styret har drøfta saka i fleire møte og meiner at tiltaket er\nviktig for bygda, men at det må sjåast i samanheng med dei\n\
                andre søknadene som er komne inn til skulestyret i vår og\nsom enno ikkje er handsama.\n\nVedtak:\nSøknaden vert imøtekomen.\n\nSAK 4/66\n\nSØKNAD OM DISPENSASJON FOR OPPFØRING AV NAUST I STRANDSONEN,\nGNR. 102 \
                BNR. 7\n\nVedtak:\nSøknaden vert imøtekomen.\n";
    let document = document_of("input.txt", text);
    let titles = document["cases"].as_array().unwrap().iter().map(|c| c["title"].as_str().unwrap());
    assert_eq!(
        titles.collect::<Vec<_>>(),
        [
            "SØKNAD FRÅ INDRE UNGDOMSLAG OM TILSKOT TIL NYTT TAK PÅ SAMFUNNSHUSET",
            "SØKNAD OM DISPENSASJON FOR OPPFØRING AV NAUST I STRANDSONEN, GNR. 102 BNR. 7"
        ]
    );
}

#[test]
fn an_extract_may_follow_another_and_decide_in_points() {
    let extract = |body: &str, day: &str, number: &str| {
        format!(
            "SAKSPROTOKOLL\n\nBehandlet i: {body}\n\nMøtedato: {day}\n\nSak: {number}\n\n**Ny kinosal**\n\nRådmannens forslag til \
             vedtak\n\n1. Salen bygges.\n\n2. Lånet tas opp.\n\nVedtak\n\n1. Salen bygges i år.\n\n2. Lånet tas opp.\n\n"
        )
    };
    let text = extract("Kulturutvalget", "04.03.2014", "3/14") + &extract("Kommunestyret", "18.03.2014", "21/14");
    let documents = documents_of("input.md", &text);
    let found: Vec<_> = documents.iter().map(|d| (d["body"].as_str().unwrap(), cases(d))).collect();
    let of = |number| vec![(String::new(), number, "Ny kinosal", "1. Salen bygges i år.\n2. Lånet tas opp.")];
    assert_eq!(found, [("Kulturutvalget", of(3)), ("Kommunestyret", of(21))]);
}

#[test]
fn numbers_stand_in_the_margin_or_over_the_title_in_a_cell() {
    let row = |number: &str, title: &str, decision: &str| {
        format!("<tr><td>{number}</td><td>{title}<br>Vedtak<br>{decision}</td></tr>")
    };
    let margin = format!(
        "<h1>Møtebok</h1><table><tr><td>Utvalg</td><td>Kulturutvalget</td></tr><tr><td>Møtedato</td><td>04.03.2014</td></tr>{}{}</table>",
        row("3/14", "Ny kinosal", "Salen bygges."),
        row("4/14", "Ny kai", "Kaien bygges.")
    );
    let document = document_of("input.html", &margin);
    let found = [("Ny kinosal", "Salen bygges."), ("Ny kai", "Kaien bygges.")];
    let told = |document: &Value| {
        let all = document["cases"].as_array().unwrap().iter();
        all.map(|c| (c["title"].clone(), c["decision"]["text"].clone())).collect::<Vec<_>>()
    };
    let expected: Vec<(Value, Value)> = found.iter().map(|(title, text)| (json!(title), json!(text))).collect();
    assert_eq!(told(&document), expected);
    let cells = "<h1>Møtebok</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p><table><tr><th>Sak</th><th>Drøfting</th>\
                 <th>Vedtak</th></tr><tr><td>KU 3/14<br>Ny kinosal</td><td>Det regner inn.</td><td>Salen bygges.</td></tr>\
                 <tr><td>KU 4/14<br>Ny kai</td><td>Kaien er gammel.</td><td>Kaien bygges.<br>Alle enige.</td></tr></table>";
    let document = document_of("input.html", cells);
    assert_eq!(told(&document), expected);
    assert_eq!(document["cases"][1]["votes"][0]["form"], "unanimous");
}

#[test]
fn rules_of_dots_stand_around_a_head_and_a_running_number_after_a_colon() {
    let dots = ".".repeat(60);
    let text = format!(
        "MØTEBOK\n\nUtvalg: Kulturutvalget\nMøtedato: 04.03.2014\n\n{dots}\nSAK 3/14  Ny kinosal\n{dots}\n\nVEDTAK:\nSalen bygges.\n"
    );
    assert_eq!(cases(&document_of("input.txt", &text)), [(String::new(), 3, "Ny kinosal", "Salen bygges.")]);
    let text = "REFERAT fra møte i sokneutvalget\n\nNår: 4. mars 2014\n\nSak: 3\nGjelder: Ny kinosal\n\nBeslutning: Salen bygges.\n\n\
                Sak: 4\nGjelder: Ny kai\n\nBeslutning (5 mot 2 stemmer): Kaien bygges.\n";
    let document = document_of("input.txt", text);
    assert_eq!(cases(&document)[1], (String::new(), 4, "Ny kai", "Kaien bygges."));
    assert_eq!(document["cases"][1]["votes"][0]["against"], json!(2));
}

#[test]
fn the_archives_number_stands_over_a_head() {
    let case = |archive: &str, number: &str, title: &str| {
        format!(
            "<p>Journalnr. {archive}<br><b>Kulturutvalgssak {number}<br>{title}</b></p><p>Vedtak:</p><p>{title} bygges.</p>"
        )
    };
    let html = format!(
        "<h1>Møtebok</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p>{}{}",
        case("14/00031", "3/14", "Kinosal"),
        case("14/00774", "4/14", "Kai")
    );
    let document = document_of("input.html", &html);
    let found: Vec<_> = cases(&document).into_iter().map(|c| (c.1, c.2, c.3)).collect();
    assert_eq!(found, [(3, "Kinosal", "Kinosal bygges."), (4, "Kai", "Kai bygges.")]);
}

#[test]
fn who_voted_is_told_beside_the_numbers() {
    let vote = |text: &str| only_case(&format!("Votering:\n\n{text}\n\nVedtak:\n\nSalen bygges.\n"))["votes"].take();
    let votes = vote(
        "Forslaget falt med 2 mot 3 stemmer.\n\nFor forslaget stemte 2: Eva Lie, Per Ås.\n\nMot forslaget stemte 3: Jon Moe, Kari Rud, Liv Dal.",
    );
    assert_eq!(votes.as_array().unwrap().len(), 1);
    let told = json!([votes[0]["form"], votes[0]["for"], votes[0]["against_names"], votes[0]["outcome"]]);
    assert_eq!(told, json!(["names", 2, ["Jon Moe", "Kari Rud", "Liv Dal"], "rejected"]));
    let votes =
        vote("Innstillingen ble vedtatt med 8 mot 1 stemme. Eva Lie stemte mot og ba om å få det protokollert.");
    assert_eq!(json!([votes[0]["form"], votes[0]["against_names"]]), json!(["counts", ["Eva Lie"]]));
    let votes = vote(
        "Innstillingen ble satt opp mot forslaget fra Jon Moe. For innstillingen stemte 2: Eva Lie, Per Ås. For forslaget fra Jon Moe stemte 1: Jon Moe.",
    );
    assert_eq!(votes[0]["form"], "names");
    let votes = vote(
        "For framlegget frå Eva Lie: 5 røyster (Eva Lie, Per Ås).\n\nFor innstillinga: 4 røyster (Jon Moe, Kari Rud).",
    );
    assert_eq!(json!([votes[0]["for"], votes[0]["against"]]), json!([5, 4]));
    let votes = vote("Ved stemmelikhet, 3 mot 3, gjorde styrelederens stemme utslaget for innstillingen.");
    assert_eq!(json!([votes[0]["for"], votes[0]["casting_vote"], votes[0]["outcome"]]), json!([3, true, "adopted"]));
    let votes = vote("Det ble avgitt 21 sedler. Eva Lie fikk 13 stemmer og Per Ås 7 stemmer. 1 seddel var blank.");
    assert_eq!(json!([votes[0]["form"], votes[0]["for"]]), json!(["secret", 13]));
}

#[test]
fn the_telling_of_a_vote_is_no_part_of_a_decision_or_a_proposal() {
    let decision = |text: &str| only_case(&format!("Vedtak:\n\n{text}\n"))["decision"]["text"].take();
    assert_eq!(decision("Salen bygges. - Enstemmig."), "Salen bygges.");
    assert_eq!(decision("Salen bygges.\n\nKulturutvalget var enstemmig."), "Salen bygges.");
    assert_eq!(
        decision("Salen bygges.\n\nPunkt 1 enstemmig. Punkt 2 ble vedtatt med 3 mot 2 stemmer."),
        "Salen bygges."
    );
    let text = "MØTEBOK\n\nSak 3/14 Ny kinosal\n\nVedtak:\nSalen bygges.\n\nForslaget fra lederen ble vedtatt med 5 mot 2 stemmer. Mot\nstemte Eva Lie og Per Ås.\n";
    assert_eq!(document_of("input.txt", text)["cases"][0]["decision"]["text"], "Salen bygges.");
    let case = only_case(
        "Eva Lie fremmet følgende forslag:\n\nSaken utsettes.\n\nDet ble begjært navneopprop.\n\nVedtak:\n\nSalen bygges.\n\nTilførsel fra Eva Lie: Dette er feil.\n",
    );
    assert_eq!(case["proposals"][0]["text"], "Saken utsettes.");
    assert_eq!(case["decision"]["text"], "Salen bygges.");
}

#[test]
fn a_body_recommends_in_a_head_of_its_own() {
    let text = "# Møteinnkalling\n\nUtval: Kommunestyret\n\nMøtedato: 04.03.2014\n\n## Sak 3/14 Ny kinosal\n\nSalen er gamal.\n\nFormannskapet \
                rår til:\n\nSalen vert bygd.\n";
    assert_eq!(document(text)["cases"][0]["proposals"][0]["text"], "Salen vert bygd.");
    let text = "MØTEBOK\n\nUtvalg: Formannskapet\n\nSak 3/66. Ny kinosal.\n\nFormannskapets enstemmige innstilling til kommunestyret:\n1. Salen bygges.\n2. Lån tas opp.\n";
    let case = document_of("input.txt", text)["cases"][0].take();
    assert_eq!(case["decision"]["text"], "1. Salen bygges.\n2. Lån tas opp.");
}

#[test]
fn a_meeting_may_last_until_a_day_that_alone_bears_the_year() {
    let text = "# Møtebok\n\nUtval: Regionrådet\n\nTid: Torsdag 9. juni kl. 11.00 – fredag 10. juni 2016 kl. 13.00\n\n## Sak 3/16 Ny kinosal\n\nVedtak: Salen vert bygd.\n";
    let meeting = &document(text)["meeting"];
    let found = json!([meeting["date"], meeting["end_date"], meeting["start"], meeting["end"]]);
    assert_eq!(found, json!(["2016-06-09", "2016-06-10", "11:00", "13:00"]));
}

#[test]
fn a_room_with_a_number_is_no_time() {
    let text = "MØTEBOK\n\nMøtet ble avholdt tirsdag 4. mars 2014 kl. 18.00 på Tangen, møterom 3.\n\nSak 3/14 Ny kinosal\n\nVedtak: Salen bygges.\n";
    let meeting = &document_of("input.txt", text)["meeting"];
    assert_eq!(json!([meeting["place"], meeting["end"]]), json!(["Tangen, møterom 3", null]));
}

#[test]
fn menus_and_sentences_name_no_body() {
    let html = "<p>Heim | Kultur | Kommunestyret</p><h1>Møte i kulturutvalet 4. mars 2014</h1><p>Desse møtte: Eva Lie, Per Ås</p>\
                <h2>3/14 Ny kinosal</h2><p>Vedtak: Salen vert bygd.</p>";
    assert_eq!(document_of("input.html", html)["body"], "Kulturutvalet");
    let text = "MØTEBOK FOR KULTURUTVALGET I VIK\n\nÅr 1975, torsdag 30. oktober kl. 17.00, holdt Vik\nkulturutvalg møte på Samfunnshuset. Ordfører Eva\nLie ledet \
                forhandlingene.\n\nSak 3/75 Ny kinosal\n\nVedtak: Salen bygges.\n";
    assert_eq!(document_of("input.txt", text)["body"], "Kulturutvalget");
}

#[test]
fn a_unit_alone_heads_a_column() {
    let case = only_case("| Post | 1000 kr |\n|---|---|\n| Vern | 140 |\n| Kai | 90 |\n| I alt | 230 |\n");
    let table = &case["tables"][0];
    assert_eq!(table["rows"].as_array().unwrap().len(), 2);
    assert_eq!(table["columns"][1]["label"], "1000 kr");
}

#[test]
fn numbers_have_hyphens_or_a_series_that_the_list_leaves_out() {
    let markdown = "# Referat fra møte i styringsgruppen\n\nTorsdag 4. mars 2014 | kl. 09–11\n\n**3-14\tNy kinosal**\n\n▶ Beslutning: Salen \
                    bygges.\n\n**4-14\tNy kai**\n\n▶ Beslutning: Kaien bygges.\n";
    let document = document(markdown);
    let numbered = |n, title, decision| (String::new(), n, title, decision);
    assert_eq!(cases(&document), [numbered(3, "Ny kinosal", "Salen bygges."), numbered(4, "Ny kai", "Kaien bygges.")]);
    let agenda = "# Møteinnkalling\n\nUtvalg: AMU\n\nMøtedato: 04.03.2014\n\nSakliste\n\n- 3/14  Ny kinosal\n- 4/14  Ny kai\n\n**AMU 3/14 – Ny \
                  kinosal**\n\nForslag til vedtak\n\nSalen bygges.\n\n**AMU 4/14 – Ny kai**\n\nForslag til vedtak\n\nKaien bygges.\n";
    let document = self::document(agenda);
    let found: Vec<_> = cases(&document).into_iter().map(|c| (c.0, c.1)).collect();
    assert_eq!(found, [("AMU".to_owned(), 3), ("AMU".to_owned(), 4)]);
}

#[test]
fn the_fields_of_a_case_stand_beside_its_number() {
    let head = |number: &str| {
        format!(
            "| SAKSBEH.: Eva Lie | ARKIV: 033 | ARKIVSAKNR.: 14/00007 |\n|---|---|---|\n| SAK: {number} | UTVALG: KU | DATO: 04.03.14 |\n\n"
        )
    };
    let text = format!(
        "{HEAD}{}**NY KINOSAL**\n\nVEDTAK:\n\nSalen bygges.\n\n{}**NY KAI**\n\nVEDTAK:\n\nKaien bygges.\n",
        head("0003/14"),
        head("0004/14")
    );
    let document = document(&text);
    let found: Vec<_> = cases(&document).into_iter().map(|c| (c.1, c.2, c.3)).collect();
    assert_eq!(found, [(3, "NY KINOSAL", "Salen bygges."), (4, "NY KAI", "Kaien bygges.")]);
    let extract = "# SAKSPROTOKOLL\n\n| Styre/utval | Kulturutvalet | Møtedato | 04.03.2014 |\n|---|---|---|---|\n| Saksnr. | KU-3/2014 | \
                   Arkivsak | 2014/1382 |\n| Sakshandsamar | Eva Lie | Tittel | Ny kinosal |\n\nDesse var til stades: Per Ås (leiar), Jon \
                   Moe og Kari Rud.\n\n**KU-3/2014 VEDTAK**\n\nSalen vert bygd.\n";
    let document = self::document(extract);
    assert_eq!(cases(&document), [("KU".to_owned(), 3, "Ny kinosal", "Salen vert bygd.")]);
    assert_eq!(names(&document, "present"), ["Per Ås", "Jon Moe", "Kari Rud"]);
    let text = "VIK KOMMUNE         LANDBRUKSNEMNDA                  Møtebok bl. 1\n\nMøtedag      4. mars 1986\n\nSAK 14/86             J.NR. \
                86/0118\nGJELD       Konsesjon på Nedrebø\n\nBruket har jord.\n\nVEDTAK      Konsesjon vert gjeven.\n\x0c\nVIK KOMMUNE         \
                LANDBRUKSNEMNDA                  Møtebok bl. 2\n\nSAK 15/86             J.NR. 86/0164\nGJELD       Frådeling på \
                Foss\n\nTomta er stor.\n\nVEDTAK      Søknaden vert avslegen.\n";
    let document = document_of("input.txt", text);
    let found: Vec<_> = cases(&document).into_iter().map(|c| (c.1, c.2, c.3)).collect();
    assert_eq!(
        found,
        [(14, "Konsesjon på Nedrebø", "Konsesjon vert gjeven."), (15, "Frådeling på Foss", "Søknaden vert avslegen.")]
    );
}

#[test]
fn a_route_may_stand_on_lines_with_tabs() {
    let text = "SAKSFRAMLEGG\n\nSakshandsamar:\tEva Lie\tArkiv:\tK1-614\nSaksnr\tUtval\tMøtedato\n0076/98\tFormannskapet\t08.09.98\n\nNy \
                kinosal\n\nRådmannen si tilråding:\nSalen vert bygd.\n";
    let document = document_of("input.txt", text);
    let found = json!([document["body"], document["meeting"]["date"], document["cases"][0]["title"]]);
    assert_eq!(found, json!(["Formannskapet", "1998-09-08", "Ny kinosal"]));
}

#[test]
fn the_currency_alone_is_no_column() {
    let case =
        only_case("| Post | | |\n|---|---|---|\n| Vern | kr | 1.400 |\n| Kai | kr | 900 |\n| Sum | kr | 2.300 |\n");
    let table = &case["tables"][0];
    assert_eq!(json!([table["rows"][0]["cells"], table["totals"][0]["cells"]]), json!([["1400"], ["2300"]]));
}

#[test]
fn numbers_stand_far_behind_titles() {
    let gap = " ".repeat(30);
    let text = format!(
        "MØTEBOK frå møte onsdag 4. mars 2014\n\nNY KINOSAL{gap}sak 3/14\n\nSalen er gamal.\n\nVEDTAK:\nSalen vert bygd.\n\nNY \
         KAI{gap}sak 4/14\n\nKaien er gamal.\n\nVEDTAK:\nKaien vert bygd.\n\nYMSE{gap}sak 5/14\n\nIngen saker.\n"
    );
    let document = document_of("input.txt", &text);
    let found: Vec<_> = cases(&document).into_iter().map(|c| (c.1, c.2)).collect();
    assert_eq!(found, [(3, "NY KINOSAL"), (4, "NY KAI"), (5, "YMSE")]);
}

#[test]
fn what_was_decided_stands_beside_its_label_or_in_a_column() {
    let table = |row: &str| {
        format!(
            "{HEAD}**KU 3/14 Ny kinosal**\n\nSalen er gammel.\n\n{row}\n\n**KU 4/14 Ny kai**\n\nVedtak:\n\nKaien bygges.\n"
        )
    };
    let document = document(&table("| Vedtak, samrøystes | Salen vert bygd. |\n|---|---|\n"));
    assert_eq!(cases(&document)[0].3, "Salen vert bygd.");
    let html = "<h1>Møtebok</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p><table><tr><th>Sak nr.</th><th>Sak / \
                behandling</th><th>Vedtak</th></tr><tr><td>3/14</td><td>Ny kinosal<br>Salen er gammel.<br>Lederens innstilling: Salen \
                bygges.</td><td>Salen bygges.<br>Enst.</td></tr><tr><td>4/14</td><td>Ny kai<br>Kaien er gammel.</td><td>Kaien \
                bygges.</td></tr></table>";
    let document = document_of("input.html", html);
    let found: Vec<_> = cases(&document).into_iter().map(|c| (c.1, c.3)).collect();
    assert_eq!(found, [(3, "Salen bygges."), (4, "Kaien bygges.")]);
}

#[test]
fn text_under_the_vote_is_no_part_of_a_decision() {
    let case = only_case("Vedtak:\n\nSalen bygges.\n\nEnstemmig.\n\nSalen er fra 1932, og taket er dårlig.\n");
    assert_eq!(case["decision"]["text"], "Salen bygges.");
    let case = only_case("Vedtak:\n\n1. Salen bygges.\n\nEnstemmig.\n\n2. Lånet tas opp.\n\nEnstemmig.\n");
    assert_eq!(case["decision"]["text"], "1. Salen bygges.\n2. Lånet tas opp.");
}

#[test]
fn a_label_stands_in_the_third_cell_and_heads_of_a_table_are_no_values() {
    let text = "# Saksframlegg: Ny kinosal\n\n| Til | Styret | Sak nr. | 21/09 |\n|---|---|---|---|\n| Fra | Daglig leder | Møtedato | 22.10.2009 \
                |\n\n| Kommune | Folketall | 2009 |\n|---|---|---|\n| Lødingen | 2 264 | 1 693 |\n| Evenes | 1 356 | 1 141 |\n\nForslag til \
                vedtak:\n\nSalen bygges.\n";
    let document = document(text);
    let found =
        json!([document["meeting"]["date"], document["cases"][0]["number"]["sequence"], document["municipality"]]);
    assert_eq!(found, json!(["2009-10-22", 21, null]));
    assert_eq!(document["cases"][0]["title"], "Ny kinosal");
    assert_eq!(document["cases"][0]["tables"][0]["columns"][1]["label"], "Folketall");
    let text = "# SAKSPROTOKOLL\n\n| Utvalg | Kommunestyret | Saksnr. | 62/16 |\n|---|---|---|---|\n| Møtedato | 16.06.2016 | Arkivsak | \
                2016/731 |\n\n**Ny kinosal**\n\nVotering\n\nInnstillingen ble vedtatt med 2 mot 1 stemmer.\n\nFor formannskapets innstilling (2): \
                Eva Lie (Ap), Per Ås (Ap)\n\nFor rådmannens innstilling (1): Jon Moe (H)\n\nVedtak\n\nSalen bygges.\n";
    let document = self::document(text);
    assert_eq!(document["body"], "Kommunestyret");
    let vote = &document["cases"][0]["votes"][0];
    let told = json!([vote["form"], vote["for_names"], vote["against_names"]]);
    assert_eq!(told, json!(["names", ["Eva Lie", "Per Ås"], ["Jon Moe"]]));
}

#[test]
fn the_place_begins_a_sentence_of_the_head() {
    let text = "UTSKRIFT AV MØTEBOK FOR VIK FORMANNSKAP\n\nTysdag den 30. mai 1972 kl. 16.30 vart det halde møte i\nformannskapet. Møtestad: \
                Heradshuset, Våge.\n\nSak 3/72 Ny kinosal\n\nSamrøystes vart det vedteke å gje slik fråsegn:\nSalen bør byggjast.\n";
    let document = document_of("input.txt", text);
    assert_eq!(document["meeting"]["place"], "Heradshuset, Våge");
    assert_eq!(document["cases"][0]["decision"]["text"], "Salen bør byggjast.");
}

#[test]
fn a_head_at_the_end_of_a_paragraph_may_run_over_two_lines() {
    let text = "MØTEBOK FOR KULTURUTVALGET\n\nMøtet ble holdt tirsdag 4. mars 2014 kl. 18.00 i biblioteket i Vik, og det\n\
                begynte med opprop. Ved navneopprop svarte følgende to faste\nrepresentanter:\n\nEva Lie (Ap), Per Ås (H)\n\n\
                Sak 3/14 Ny kinosal\n\nSalen er fra 1932, og taket er så dårlig at regnet har kommet inn to ganger\n\
                denne vinteren. Per Ås (H) foreslo på vegne av Høyre, Venstre og Kristelig\nFolkeparti:\n\n\
                Saken utsettes.\n\nForslaget falt med 1 mot 4 stemmer. Etter en kort debatt fattet utvalget\nfølgende vedtak:\n\nSalen bygges.\n";
    let document = document_of("input.txt", text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
    let case = &document["cases"][0];
    let moved = &case["proposals"][0];
    assert_eq!((&moved["by"], &moved["text"]), (&json!("Per Ås"), &json!("Saken utsettes.")));
    assert_eq!(case["decision"]["text"], "Salen bygges.");
}

#[test]
fn those_on_a_side_are_listed_by_last_names_after_its_number() {
    let text = "Til stede: Eva Lie, Per Ås, Jon Moe Dahl, Kari Rud\n\n## Sak 3/14 Ny kinosal\n\nVotering:\n\nFor forslaget fra Lie stemte 3: \
                Lie, Moe Dahl og Ås. Mot stemte 1: Rud.\n\nVedtak:\n\nSalen bygges.\n";
    let vote = document(&format!("{HEAD}{text}"))["cases"][0]["votes"][0].clone();
    assert_eq!(json!([vote["for_names"], vote["against_names"]]), json!([["Lie", "Moe Dahl", "Ås"], ["Rud"]]));
    let wrapped = "MØTEBOK FOR KULTURUTVALGET 4. MARS 2014\n\nTil stede: Eva Lie, Per Ås, Jon Moe Dahl, Kari Rud\n\nSak 3/14 Ny kinosal\n\n\
                   Salen er fra 1932, og taket er så dårlig at regnet har kommet inn to ganger\ndenne vinteren. Kostnaden er regnet til to \
                   millioner kroner, og det er bare\ntatt med det som må gjøres. For forslaget fra Lie stemte 3: Lie, Ås og Moe\nDahl. Mot stemte \
                   1: Rud.\n\nVedtak:\n\nSalen bygges.\n";
    let vote = document_of("input.txt", wrapped)["cases"][0]["votes"][0].clone();
    assert_eq!(json!([vote["for_names"], vote["against_names"]]), json!([["Lie", "Ås", "Moe Dahl"], ["Rud"]]));
}

#[test]
fn the_body_recommends_over_to_another() {
    let text = "# Møtebok\n\nFormannskapet\n\nMøtedato: 04.03.2014\n\n## Sak 3/14 Ny kinosal\n\nFormannskapet innstiller overfor \
                kommunestyret:\n\nSalen bygges.\n";
    let decision = document(text)["cases"][0]["decision"].clone();
    assert_eq!(json!([decision["text"], decision["outcome"]]), json!(["Salen bygges.", "recommended"]));
}

/// The votes of the only case: on what, for, against, outcome.
fn votes_of(text: &str) -> Vec<(String, u64, u64, String)> {
    let case = only_case(text);
    let votes = case["votes"].as_array().unwrap().iter();
    let told = |v: &Value| {
        let said = |key: &str| v[key].as_str().unwrap_or_default().to_owned();
        (said("on"), v["for"].as_u64().unwrap(), v["against"].as_u64().unwrap(), said("outcome"))
    };
    votes.map(told).collect()
}

fn vote(on: &str, pro: u64, contra: u64, outcome: &str) -> (String, u64, u64, String) {
    (on.to_owned(), pro, contra, outcome.to_owned())
}

#[test]
fn votes_stand_in_the_rows_of_a_table() {
    let table = "Votering:\n\n| Forslag | For | Mot | Resultat |\n|---|---|---|---|\n| Forslag fra Eva Lie | 3 | 8 | Falt |\n\
                 | Innstillingen | 8 | 3 | Vedtatt |\n\nVedtak:\n\nSalen bygges.";
    let expected = [vote("Forslag fra Eva Lie", 3, 8, "rejected"), vote("Innstillingen", 8, 3, "adopted")];
    assert_eq!(votes_of(table), expected);
    // A sentence has told of one of them.
    let told = format!("Innstillingen ble vedtatt med 8 mot 3 stemmer.\n\n{table}");
    assert_eq!(votes_of(&told.replacen("Votering:\n\n", "", 1)).len(), 2);
    // What the parties voted is one vote.
    let parties = "Votering:\n\n| Parti | For | Mot |\n|---|---|---|\n| Høyre | 4 | 0 |\n| SV | 0 | 3 |\n| Sum | 4 | 3 |\n\n\
                   Vedtak:\n\nSalen bygges.";
    assert_eq!(votes_of(parties), [vote("", 4, 3, "adopted")]);
    let sides = "Votering:\n\n| For | 5 |\n|---|---|\n| Mot | 6 |\n\nVedtak:\n\nSaken utsettes.";
    assert_eq!(votes_of(sides), [vote("", 5, 6, "rejected")]);
}

#[test]
fn names_stand_under_the_sides_of_a_table() {
    let case = only_case(
        "Votering:\n\n| For innstillingen: 2 | Mot innstillingen: 1 |\n|---|---|\n| Eva Lie (H), Per Ås (Sp) | Kari Moe (SV) |\n\n\
         Vedtak:\n\nSalen bygges.",
    );
    let vote = &case["votes"][0];
    assert_eq!((&vote["form"], &vote["for"], &vote["against"]), (&json!("names"), &json!(2), &json!(1)));
    assert_eq!(vote["for_names"], json!(["Eva Lie", "Per Ås"]));
    assert_eq!(vote["against_names"], json!(["Kari Moe"]));
}

#[test]
fn the_label_of_a_decision_may_tell_the_vote() {
    let case = only_case("Vedtak (5 mot 1):\n\nSalen bygges.");
    assert_eq!((&case["votes"][0]["for"], &case["votes"][0]["against"]), (&json!(5), &json!(1)));
    assert_eq!(case["decision"]["text"], "Salen bygges.");
}

#[test]
fn those_who_voted_for_another_proposal_are_no_further_vote() {
    let case = only_case(
        "Votering:\n\nInnstillingen ble vedtatt med 6 mot 3 stemmer. De tre stemte for forslaget fra Lie.\n\nVedtak:\n\nSalen \
         bygges.",
    );
    assert_eq!(case["votes"].as_array().unwrap().len(), 1);
}

#[test]
fn labels_stand_over_values_on_lines_before_a_head() {
    let text = "MØTEPROTOKOLL\n\nUtvalg: Kulturutvalget\nMøtedato: 04.03.2014\n\n\
                Saksbehandler\tArkiv\tArkivsaksnr\nEva Lie\tC30\t14/00391\nSaksnr.\tUtvalg\tMøtedato\n3/14\tKulturutvalget\t04.03.14\n\n\
                KU 3/14 Ny kinosal\n\nVedtak:\nSalen bygges.\n\n\
                Saksbehandler\tArkiv\tArkivsaksnr\nPer Ås\tD11\t14/00400\nSaksnr.\tUtvalg\tMøtedato\n4/14\tKulturutvalget\t04.03.14\n\n\
                KU 4/14 Ny kai\n\nVedtak:\nKaien bygges.\n";
    let document = document_of("input.txt", text);
    let found = cases(&document);
    let told: Vec<_> = found.iter().map(|(_, number, title, decision)| (*number, *title, *decision)).collect();
    assert_eq!(told, [(3, "Ny kinosal", "Salen bygges."), (4, "Ny kai", "Kaien bygges.")]);
    let officers = [0, 1].map(|at| document["cases"][at]["case_officer"].clone());
    assert_eq!(officers, [json!("Eva Lie"), json!("Per Ås")]);
    assert_eq!(document["cases"][1]["archive_reference"], "14/00400");
}

#[test]
fn a_case_heads_the_table_of_the_bodies_that_treat_it() {
    let case = |number: &str, title: &str| {
        format!(
            "<table><tr><td colspan=3>Sak {number} {title}</td></tr><tr><td>Saksnr</td><td>Utvalg</td><td>Møtedato</td></tr>\
             <tr><td>{number}</td><td>Kulturutvalget</td><td>04.03.2014</td></tr></table>\
             <p>Rådmannens forslag til vedtak:</p><p>{title} bygges.</p><p>Saksopplysninger:</p><p>Det haster.</p>"
        )
    };
    let html = format!(
        "<h1>Møteinnkalling</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p>{}{}",
        case("3/14", "Ny kinosal"),
        case("4/14", "Ny kai")
    );
    let document = document_of("input.html", &html);
    let proposed = [0, 1].map(|at| document["cases"][at]["proposals"][0]["text"].clone());
    assert_eq!(proposed, [json!("Ny kinosal bygges."), json!("Ny kai bygges.")]);
}

#[test]
fn a_proposal_is_moved_in_the_last_sentence_of_a_paragraph() {
    let case = only_case(
        "Behandling:\n\nUtvalget var på befaring. Eva Lie (H) foreslo:\n\nSaken utsettes.\n\nVotering:\n\nForslaget fra Lie ble \
         vedtatt med 5 mot 2 stemmer.\n\nVedtak:\n\nSaken utsettes.",
    );
    assert_eq!(
        (&case["proposals"][0]["by"], &case["proposals"][0]["text"]),
        (&json!("Eva Lie"), &json!("Saken utsettes."))
    );
    assert_eq!(case["deliberation"], "Utvalget var på befaring.");
}

#[test]
fn the_treatment_is_headed_by_the_day_of_the_meeting() {
    let case = only_case(
        "Rådmannens innstilling:\n\nSalen bygges.\n\nKulturutvalgets behandling i møte den 04.03.2014:\n\n7 av 9 var til \
         stede.\n\nVedtak:\n\nSalen bygges.",
    );
    assert_eq!(case["proposals"][0]["text"], "Salen bygges.");
    assert_eq!(case["deliberation"], "7 av 9 var til stede.");
}

#[test]
fn a_sentence_that_a_body_has_treated_the_case_is_no_head() {
    let text = "MØTEPROTOKOLL\n\nUtvalg: Kulturutvalget\nMøtedato: 04.03.2014\n\nSak 3/14 Ny kinosal\n\n\
                Salen ble bygd i 1974 og har ikke vært pusset opp på mange år, og taket\nlekker nå.\n\n\
                Styret behandlet saken 6. april. Det var enighet om å gå over til en ny\nfordeling av rommene i huset, fordi \
                de gamle er for små til det som de nå\nskal brukes til.\n\nVedtak:\nSalen bygges.\n";
    let background = document_of("input.txt", text)["cases"][0]["background"].clone();
    assert!(background.as_str().unwrap().contains("Styret behandlet saken 6. april. Det var enighet"), "{background}");
}

#[test]
fn saksprotokoll_stands_between_a_table_and_the_title() {
    let document = document(
        "| Saksbehandler | Eva Lie |\n|---|---|\n| Behandlet av | Kulturutvalget |\n| Møtedato | 04.03.2014 |\n| Saksnr | 3/14 |\n\n\
         **SAKSPROTOKOLL**\n\n**Ny kinosal**\n\n**Vedtak**\n\nSalen bygges.\n",
    );
    assert_eq!(document["cases"][0]["title"], "Ny kinosal");
}

#[test]
fn two_columns_of_names_are_for_one_proposal_each() {
    let case = only_case(
        "Votering:\n\n| For innstillingen (2) | For forslag fra SV (1) |\n|---|---|\n| Eva Lie (H), Per Ås (Sp) | Kari Moe (SV) |\n\n\
         Vedtak:\n\nSalen bygges.",
    );
    let vote = &case["votes"][0];
    assert_eq!((&vote["for"], &vote["against"], &vote["outcome"]), (&json!(2), &json!(1), &json!("adopted")));
    assert_eq!(vote["against_names"], json!(["Kari Moe"]));
}

#[test]
fn a_proposal_that_fell_with_the_larger_number_first_had_the_smaller_for_it() {
    let case = only_case("Votering:\n\nForslaget fra Lie falt med 5 mot 2 stemmer.\n\nVedtak:\n\nSaken utsettes.");
    let vote = &case["votes"][0];
    assert_eq!((&vote["for"], &vote["against"], &vote["outcome"]), (&json!(2), &json!(5), &json!("rejected")));
}

#[test]
fn the_other_proposal_is_adopted() {
    let case = only_case(
        "Votering:\n\nFor innstillingen stemte 2: Eva Lie og Per Ås. For forslaget fra Moe stemte 3: Kari Moe, Jon Dahl og Siri Vik. \
         Forslaget fra Moe er dermed vedtatt.\n\nVedtak:\n\nSaken utsettes.",
    );
    let vote = &case["votes"][0];
    assert_eq!((&vote["for"], &vote["against"], &vote["outcome"]), (&json!(3), &json!(2), &json!("adopted")));
    assert_eq!(vote["against_names"], json!(["Eva Lie", "Per Ås"]));
}

#[test]
fn a_vote_with_the_name_in_parentheses_closes_the_decision() {
    let case = only_case("Vedtak:\n\nSalen bygges. Vedtatt mot 1 stemme (Kari Moe).");
    assert_eq!(case["decision"]["text"], "Salen bygges.");
    assert_eq!(case["votes"][0]["against"], 1);
}

#[test]
fn an_archive_code_under_the_number_is_no_part_of_the_decision() {
    let table = "<table><tr><td>Sak 12/14</td><td rowspan=2>Møtebok<br>Vedtak:<br>Møteboka godkjennes.</td></tr>\
                 <tr><td>K-kode 033</td></tr></table>";
    let html = format!("<h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p>{table}");
    let document = document_of("input.html", &html);
    assert_eq!(document["cases"][0]["decision"]["text"], "Møteboka godkjennes.");
}

#[test]
fn the_title_of_a_paper_stands_under_the_table_of_its_route() {
    let document = document(
        "**Lund kommune**\n\n| Saksnr | Utvalg | Møtedato |\n|---|---|---|\n| PS 7/14 | Kulturutvalget | 04.03.2014 |\n\n\
         **SAKSFRAMLEGG**\n\n**Ny kinosal**\n\nRådmannens forslag til vedtak:\n\nSalen bygges.\n",
    );
    assert_eq!((&document["kind"], &document["cases"][0]["title"]), (&json!("case_paper"), &json!("Ny kinosal")));
}

#[test]
fn the_archive_number_in_a_row_of_the_case_is_its_reference() {
    let case = only_case("| Arkivsak 14/00391 | Arkiv C30 |\n|---|---|\n\nVedtak:\n\nSalen bygges.");
    assert_eq!(case["archive_reference"], "14/00391");
}

#[test]
fn cells_of_a_row_tell_what_was_said_voted_and_decided() {
    let table = "| Sak | Sakstittel | Handsaming | Røysting | Vedtak |\n|---|---|---|---|---|\n\
                 | 3/14 | Ny kinosal | Eva Lie la fram saka. | Vedteke med 4 mot 1 røyst. | Salen vert bygd. |\n\
                 | 4/14 | Ny kai | Alle røysta for. | | Kaia vert bygd. |\n\
                 | 5/14 | Ymse | Per Ås takka for møtet. | | |\n\n";
    let document = document(&format!("{HEAD}{table}"));
    let cases = document["cases"].as_array().unwrap();
    let votes: Vec<_> = cases.iter().map(|c| (&c["votes"][0]["form"], &c["votes"][0]["for"])).collect();
    assert_eq!(
        votes,
        [(&json!("counts"), &json!(4)), (&json!("unanimous"), &Value::Null), (&Value::Null, &Value::Null)]
    );
    assert_eq!(cases[0]["deliberation"], "Eva Lie la fram saka.");
    assert_eq!((&cases[2]["title"], &cases[2]["decision"]), (&json!("Ymse"), &Value::Null));
}

#[test]
fn a_table_of_fields_stands_between_the_route_and_the_title() {
    let paper = |number: &str, title: &str| {
        format!(
            "<table><tr><td colspan=3>SAKSPAPIR</td></tr><tr><td>Saksnr</td><td>Utval</td><td>Dato</td></tr><tr><td>{number}</td>\
             <td>Kulturutvalet</td><td>04.03.2014</td></tr></table><table><tr><td>Sakshandsamar</td><td>Arkiv</td><td>ArkivsakID\
             </td></tr><tr><td>Eva Lie</td><td>FE-033</td><td>13/612</td></tr></table><h2>{title}</h2><p>Framlegg til vedtak:</p>\
             <p>Det vert bygd.</p>"
        )
    };
    let html = format!(
        "<h1>Møteinnkalling</h1><p>Utval: Kulturutvalet</p><p>Møtedato: 04.03.2014</p><table><tr><td>Saksnr</td><td>Tittel</td></tr>\
         <tr><td>031/14</td><td>Ny kinosal</td></tr><tr><td>032/14</td><td>Ny kai</td></tr></table>{}{}",
        paper("031/14", "Ny kinosal"),
        paper("032/14", "Ny kai")
    );
    let document = document_of("input.html", &html);
    let cases = document["cases"].as_array().unwrap().iter();
    let told: Vec<_> = cases.map(|c| (&c["title"], &c["case_officer"], &c["proposals"][0]["text"])).collect();
    let proposed = json!("Det vert bygd.");
    assert_eq!(
        told,
        [(&json!("Ny kinosal"), &json!("Eva Lie"), &proposed), (&json!("Ny kai"), &json!("Eva Lie"), &proposed)]
    );
}

#[test]
fn a_time_stands_before_each_case_of_the_list() {
    let document = document(
        "# Møteinnkalling\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n| 10.15 | Sak 3/14 | Ny kinosal |\n|---|---|---|\n\
         | 11.45 | | Lunsj |\n| 12.15 | Sak 4/14 | Eventuelt |\n",
    );
    let cases = cases(&document);
    let told: Vec<_> = cases.iter().map(|(_, number, title, _)| (*number, *title)).collect();
    assert_eq!(told, [(3, "Ny kinosal"), (4, "Eventuelt")]);
}

#[test]
fn a_side_with_its_number_stands_before_the_names() {
    let case = only_case(
        "Votering:\n\n| For (3) | Eva Lie (H), Per Ås (Ap), Kari Moe (V) |\n|---|---|\n| Mot (2) | Jon Dahl (Sp), Siri Vik (H) |\n\n\
         Innstillingen ble vedtatt med 3 mot 2 stemmer.\n\nVedtak:\n\nSalen bygges.",
    );
    let votes = case["votes"].as_array().unwrap();
    assert_eq!(votes.len(), 1);
    assert_eq!(votes[0]["for_names"], json!(["Eva Lie", "Per Ås", "Kari Moe"]));
    assert_eq!((&votes[0]["for"], &votes[0]["outcome"]), (&json!(3), &json!("adopted")));
}

#[test]
fn a_municipality_in_parentheses_is_no_member() {
    let document = document(&format!(
        "{HEAD}Til stede: Eva Lie (Gol), Per Hol (Hol), Kari Moe (Ål)\n\n## Sak 3/14 Ny kinosal\n\nVotering:\n\nVedtatt mot 1 stemme \
         (Hol).\n\nVedtak:\n\nSalen bygges."
    ));
    assert_eq!(document["cases"][0]["votes"][0]["form"], "counts");
}

#[test]
fn who_abstained_lets_the_proposal_pass() {
    let case = only_case("Avstemning: 6 for, 1 avholdende.\n\nVedtak:\n\nSalen bygges.");
    let vote = &case["votes"][0];
    assert_eq!((&vote["for"], &vote["abstain"], &vote["outcome"]), (&json!(6), &json!(1), &json!("adopted")));
}

#[test]
fn signs_stand_before_a_label() {
    let text = "Møtebok\n\nKulturutvalget\n\nMøte 4. mars 2014\n\nSak 3/14 Ny kinosal\n\n  >> Vedtak (enstemmig):\n     Salen bygges.\n";
    assert_eq!(document_of("input.txt", text)["cases"][0]["decision"]["text"], "Salen bygges.");
}

#[test]
fn a_row_of_a_budget_names_no_staff() {
    let case = only_case(
        "| Revisjon | kr 322 000 |\n|---|---|\n| Reiser | kr 14 500 |\n| Sum | kr 336 500 |\n\nVedtak:\n\nJa.",
    );
    let rows = case["tables"][0]["rows"].as_array().unwrap();
    assert_eq!(rows.iter().map(|r| r["label"].as_str().unwrap()).collect::<Vec<_>>(), ["Revisjon", "Reiser"]);
}

#[test]
fn a_letter_or_the_body_in_capitals_heads_the_decision() {
    let text = "Møtebok\n\nKulturutvalget\n\nMøte 4. mars 1974\n\nTil stede:\nV: Eva Lie, Per Ås\n\nSak 3/74\nNY KINOSAL\n\nSalen er gammel.\n\n\
                V:  Salen bygges. (enst.)\n\nSak 4/74\nFORSLAG TIL BUDSJETT 1975\n\nRÅDMANNEN RÅR TIL: Budsjettet vedtas.\n\n\
                KULTURUTVALGET: Som tilrådd. Enstemmig.\n";
    let document = document_of("input.txt", text);
    let cases = cases(&document);
    let told: Vec<_> = cases.iter().map(|(_, _, title, decision)| (*title, *decision)).collect();
    assert_eq!(told, [("NY KINOSAL", "Salen bygges."), ("FORSLAG TIL BUDSJETT 1975", "Som tilrådd.")]);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
    assert_eq!(document["cases"][1]["proposals"][0]["text"], "Budsjettet vedtas.");
}

#[test]
fn sentences_that_decide_end_in_a_colon() {
    for said in [
        "Utvalget har etter dette fattet slikt vedtak:",
        "Valgt ved akklamasjon:",
        "Utvalget vedtok med 4 mot 1 stemme:",
        "Enstemmig tilråding til kommunestyrene:",
        "Styret ble enige om følgende:",
    ] {
        let case = only_case(&format!("Eva Lie orienterte.\n\n{said}\n\nSalen bygges."));
        assert_eq!(case["decision"]["text"], "Salen bygges.", "{said}");
    }
    let inline = only_case("Eva Lie orienterte.\n\nUtvalget vedtok med 4 mot 1 stemme: Salen bygges.");
    assert_eq!((&inline["decision"]["text"], &inline["votes"][0]["for"]), (&json!("Salen bygges."), &json!(4)));
}

#[test]
fn the_people_that_are_elected_do_not_sign() {
    let text = format!(
        "{HEAD}## Sak 3/14 Valg av styre\n\nVedtak:\n\nSom styre velges:\n\nEva Lie (leder)\n\nPer Ås (nestleder)\n\nKari Moe\n\n\
         Møtet ble hevet kl. 12.20.\n\nLund, 4. mars 2014\n\nJon Dahl (s.)\n"
    );
    let document = document(&text);
    assert_eq!(
        document["cases"][0]["decision"]["text"],
        "Som styre velges:\nEva Lie (leder)\nPer Ås (nestleder)\nKari Moe"
    );
    assert_eq!(document["signatures"].as_array().unwrap().len(), 1);
}

#[test]
fn a_vote_that_a_line_divides_stays_in_the_decision() {
    let text = "Møtebok\n\nKulturutvalget\n\nMøte 4. mars 1958\n\nSak 3/58 Ny kinosal\n\n\
                Salen i det gamle herredshuset er for liten, og vinduene tetter ikke\nlenger når det blåser. Komiteen har sett på to tomter ved skolen og\n\
                mener at den ene er god nok til formålet.\n\nB e s l u t n i n g :   Formannskapets innstilling vedtatt med 11\n\
                mot 3 stemmer.\n";
    let document = document_of("input.txt", text);
    assert_eq!(document["cases"][0]["decision"]["text"], "Formannskapets innstilling vedtatt med 11 mot 3 stemmer.");
    assert_eq!(document["cases"][0]["votes"][0]["for"], 11);
}

#[test]
fn the_vote_says_that_the_decision_is_a_recommendation() {
    let case = only_case(
        "Votering:\n\nEnstemmig vedtatt som innstilling til kommunestyret.\n\nVedtak:\n\nKommunestyret bygger salen.",
    );
    assert_eq!((&case["decision"]["outcome"], &case["decision"]["final"]), (&json!("recommended"), &json!(false)));
}

#[test]
fn a_dash_divides_a_title_and_no_owner() {
    let document = document(&format!(
        "{HEAD}## Sak 3/14\n\n## Plan for kaia – andre gangs behandling\n\nVedtak:\n\nPlanen vedtas."
    ));
    assert_eq!(document["cases"][0]["title"], "Plan for kaia – andre gangs behandling");
}

#[test]
fn those_against_are_counted_before_their_names() {
    let case = only_case(
        "Votering:\n\nFor forslaget fra Lie: 1 stemme (Lie).\n\nMot forslaget: 4 stemmer (Ås, Moe, Dahl og By).\n\nVedtak:\n\nSaken utsettes.",
    );
    let vote = &case["votes"][0];
    assert_eq!((&vote["for"], &vote["against"], &vote["outcome"]), (&json!(1), &json!(4), &json!("rejected")));
}

#[test]
fn the_head_of_the_first_case_may_be_the_last_row_of_the_list() {
    let document = document(&format!(
        "{HEAD}| Saksnr. | Arkivsaksnr. | Tittel |\n|---|---|---|\n| 0003/14 | 14/00004 | Referatsaker |\n| 0004/14 | 14/00411 | Ny kai |\n\
         | Sak 0003/14 | Referatsaker | |\n\nVedtak:\n\nReferatsakene tas til etterretning.\n\nSak 0004/14 Ny kai\n\nVedtak:\n\nKaia bygges.\n"
    ));
    assert_eq!(document["cases"][0]["title"], "Referatsaker");
}

#[test]
fn the_title_stands_over_the_number_in_a_box() {
    let case = |number: &str, title: &str| {
        format!(
            "<table><tr><td>{title}</td><td></td></tr><tr><td>FSK-sak {number}</td><td>Arkivsaksnr.: 03/00011</td></tr></table>\
             <p><b>VEDTAK:</b></p><p>Det vedtas.</p>"
        )
    };
    let html = format!(
        "<h1>MØTEBOK</h1><p>Utvalg: Formannskapet</p><p>Møtedato: 18.09.2003</p>{}{}",
        case("87/03", "Møtebok fra møte 21.08.2003"),
        case("88/03", "Ny kai")
    );
    let documents = documents_of("input.html", &html);
    let cases = cases(&documents[0]);
    let titles: Vec<_> = cases.iter().map(|(_, number, title, _)| (*number, *title)).collect();
    assert_eq!((documents.len(), titles), (1, vec![(87, "Møtebok fra møte 21.08.2003"), (88, "Ny kai")]));
}

#[test]
fn a_number_stands_before_the_names_in_a_table_of_votes() {
    let case = only_case(
        "Votering\n\n| Forslag | For | Mot | Resultat |\n|---|---|---|---|\n| Forslag fra Lie | 2: Eva Lie, Per Ås | 3: Kari Moe, Jon Dahl, \
         Siri Vik | Falt |\n| Innstillingen | 5 | 0 | Vedtatt |\n\nVedtak\n\nSalen bygges.",
    );
    let vote = &case["votes"][0];
    assert_eq!((&vote["for"], &vote["against"]), (&json!(2), &json!(3)));
    assert_eq!(vote["for_names"], json!(["Eva Lie", "Per Ås"]));
}

#[test]
fn a_section_under_the_head_of_a_case_is_no_title_of_the_document() {
    let html = "<h1>KOMMUNESTYRET</h1><table><tr><td>Møtested:<br>Kommunehuset</td><td>Møtedato:<br>19.06.97</td></tr><tr><td>Til stede:</td>\
                <td>Eva Lie (A), Per Ås (SP).</td></tr></table><table><tr><td><b>Sak 31/97</b></td><td><b>Ny kai</b></td></tr></table>\
                <p>Saksutredning:</p><p>Kaia er gammel.</p><p>Formannskapets innstilling:</p><p>Kaia bygges.</p><p>Vedtak:</p><p>Kaia bygges.</p>\
                <table><tr><td><b>Sak 32/97</b></td><td><b>Ny vei</b></td></tr></table><p>Saksutredning:</p><p>Veien er gammel.</p>\
                <p>Vedtak:</p><p>Veien bygges.</p>";
    let document = document_of("input.html", html);
    assert_eq!((&document["kind"], names(&document, "present").len()), (&json!("minutes"), 2));
}

#[test]
fn quotation_marks_repeat_the_currency() {
    let rows = [
        "     Lønn ............................. kr.  148.600,-",
        "     Reinhold .........................  \"    12.400,-",
        "     Lys og brensel ...................  \"    21.350,-",
        "     Til sammen ....................... kr.  182.350,-",
    ];
    let text = format!(
        "Møtebok\n\nKulturutvalget\n\nMøte 4. mars 1958\n\nSak 3/58 Budsjett\n\n{}\n\nVedtak:\nJa.\n",
        rows.join("\n")
    );
    let table = document_of("input.txt", &text)["cases"][0]["tables"][0].clone();
    let rows: Vec<_> = table["rows"].as_array().unwrap().iter().map(|r| (&r["label"], &r["cells"])).collect();
    assert_eq!(rows[..2], [(&json!("Lønn"), &json!(["148600"])), (&json!("Reinhold"), &json!(["12400"]))]);
}

#[test]
fn the_names_of_a_side_go_on_over_the_end_of_a_line() {
    let text = "Møtebok\n\nKulturutvalget\n\nMøte 4. mars 2003\n\nSak 3/03 Ny kinosal\n\nSalen i det gamle herredshuset er for liten, og vinduene tetter ikke\n\
                lenger når det blåser. Komiteen har sett på to tomter ved skolen og\nmener at den ene er god nok.\n\nVotering:\n\n\
                Rådmannens innstilling ble vedtatt med 4 stemmer mot 3 (Eva Lie, Per\nMoe Ås og Kari Rud) for forslaget fra Lie.\n\nVedtak:\nSalen bygges.\n";
    let vote = document_of("input.txt", text)["cases"][0]["votes"][0].clone();
    assert_eq!(vote["against_names"], json!(["Eva Lie", "Per Moe Ås", "Kari Rud"]));
}

#[test]
fn a_hyphen_and_the_whole_year_head_cases() {
    let text = format!(
        "{HEAD}## 27-2014. Ny kinosal\n\nVedtak:\n\nSalen bygges.\n\n## 28-2014. Ny kai\n\nVedtak:\n\nKaia bygges.\n"
    );
    let document = document(&text);
    let told: Vec<_> = cases(&document).into_iter().map(|(_, number, title, _)| (number, title.to_owned())).collect();
    assert_eq!(told, [(27, "Ny kinosal".to_owned()), (28, "Ny kai".to_owned())]);
    assert_eq!(document["cases"][0]["number"]["year"], 2014);
}

#[test]
fn a_column_of_decisions_has_a_second_head() {
    let html = "<h1>Referat fra møte i samarbeidsutvalget 15.10.2019</h1><p>Til stede: Eva Lie, Per Ås</p><table><tr><td>Sak</td>\
                <td>Hva vi snakket om</td><td>Vedtak / ansvar</td></tr><tr><td>SU-12/19<br>Ny kinosal</td><td>Alle var enige.</td>\
                <td>Salen bygges.</td></tr><tr><td>SU-13/19<br>Ny kai</td><td>Kaia er gammel.</td><td>Kaia bygges.</td></tr></table>";
    let document = document_of("input.html", html);
    let told: Vec<_> =
        cases(&document).into_iter().map(|(_, n, title, said)| (n, title.to_owned(), said.to_owned())).collect();
    assert_eq!(told, [case(12, "Ny kinosal", "Salen bygges."), case(13, "Ny kai", "Kaia bygges.")]);
}

#[test]
fn the_recommendation_of_another_body_is_not_what_was_decided() {
    let case =
        only_case("Styrets innstilling:\n\nRegnskapet fastsettes.\n\nStyrets innstilling ble enstemmig vedtatt.");
    assert_eq!(case["decision"]["text"], "Styrets innstilling ble enstemmig vedtatt.");
    assert_eq!(case["proposals"][0]["text"], "Regnskapet fastsettes.");
    let text = "# Møteprotokoll\n\nUtvalg: Fylkestinget\n\nMøtedato: 04.03.2014\n\n## Sak 3/14 Ny kai\n\nFylkesutvalgets innstilling:\n\n\
                Kaia bygges.\n\nInnstillingen ble enstemmig vedtatt.";
    assert_eq!(document(text)["cases"][0]["decision"]["text"], "Innstillingen ble enstemmig vedtatt.");
}

#[test]
fn a_table_of_votes_is_no_table_of_amounts() {
    let case = only_case(
        "Votering\n\n| Forslag | For | Mot | Resultat |\n|---|---|---|---|\n| Innstillingen | 14 | 1 (FrP) | Vedtatt |\n| Forslag fra Lie | 5 \
         | 10 | Falt |\n\nVedtak\n\nSalen bygges.",
    );
    let votes = case["votes"].as_array().unwrap().iter();
    let told: Vec<_> = votes.map(|v| (&v["for"], &v["against"])).collect();
    assert_eq!(told, [(&json!(14), &json!(1)), (&json!(5), &json!(10))]);
    assert_eq!(case["tables"], json!([]));
}

#[test]
fn letter_spaced_numbers_and_first_lines_set_in_head_typed_cases() {
    let text = "A v s k r i f t   av\nforhandlingsprotokoll for Lund formannskap, blad 12.\n\nTorsdag den 14. mars 1957 kl. 17 ble holdt møte i \
                formannskapet\npå herredshuset.\n\nS a k  41.  Veibelysning på strekningen Lund - Nes.\n     Brev av 20/2 d.å. fra Nes Vel hvori \
                det søkes om\nbidrag til 14 lyspunkter. El.verket har regnet ut at stolpene kom-\nmer på kr. 3.920,- når vellet selv graver \
                hullene.\n     Lie foreslo:  \"Det ytes et bidrag på kr. 2.000,- av\nkonto for veilys.\"\n     Vedtak:  Det ytes et bidrag på kr. \
                2.000,- av konto for vei-\nlys.\n     (5 st. mot 2).\n\nS a k  42.  Ansettelse av vaktmester.\n     Innen fristens utløp var \
                innkommet 9 søknader. Skolestyret\nhar innstilt to.\n     Vedtak:  Ola By ansettes.\n     (Enst.)\n";
    let document = document_of("input.txt", text);
    assert_eq!(document["kind"], "minutes");
    let told: Vec<_> =
        cases(&document).into_iter().map(|(_, n, title, said)| (n, title.to_owned(), said.to_owned())).collect();
    let bid = "Det ytes et bidrag på kr. 2.000,- av konto for veilys.";
    let expected = [
        case(41, "Veibelysning på strekningen Lund - Nes", bid),
        case(42, "Ansettelse av vaktmester", "Ola By ansettes."),
    ];
    assert_eq!(told, expected);
    assert_eq!(document["cases"][0]["votes"][0]["against"], 2);
}

#[test]
fn fields_may_stand_under_a_number_and_a_title_in_a_box() {
    let case = |number: &str, title: &str| {
        format!(
            "{number}        {title}\nARK.: 243      SAKSBEH.: E. Lie\n\n     Satsene har stått uendret siden 1985.\n\n     VEDTAK\n     Satsene \
             økes.\n\n"
        )
    };
    let cases_text = [case("0031/88", "NYE BETALINGSSATSER"), case("0032/88", "NY KAI"), case("0033/88", "NY VEI")];
    let text =
        format!("LUND KOMMUNE\n\nMøteutskrift nr. 5 - 1988\n\nDATO...: Onsdag 21/9-88\n\n{}", cases_text.concat());
    let document = document_of("input.txt", &text);
    let numbers: Vec<_> = cases(&document).into_iter().map(|(_, number, _, said)| (number, said.to_owned())).collect();
    assert_eq!(numbers, [31, 32, 33].map(|n| (n, "Satsene økes.".to_owned())));
}

#[test]
fn dots_that_spaces_divide_lead_to_amounts() {
    let text = format!(
        "MØTEBOK\n\nKulturutvalget\n\nDato: 04.03.1985\n\nSak 3/85 Avgifter\n\n{}",
        "     Bolighus  . . . . . . . . . . kr.   48,-\n     Sommerhus . . . . . . . . . . kr.   30,-\n     Fjøs inntil 10 kreaturer  . . kr.   \
         65,-\n     Gartneri  . . . . . . . . . . kr.  110,-\n\nVedtak:  Satsene godkjennes.\n"
    );
    let table = document_of("input.txt", &text)["cases"][0]["tables"][0].clone();
    let rows: Vec<_> = table["rows"].as_array().unwrap().iter().map(|r| (&r["label"], &r["cells"])).collect();
    assert_eq!(rows.first(), Some(&(&json!("Bolighus"), &json!(["48"]))));
    assert_eq!(rows.len(), 4);
}

#[test]
fn a_label_stands_over_its_value_in_one_cell() {
    let case = |number: &str, title: &str| {
        format!(
            "<table><tr><td>Styre, råd, utvalg<br>Kulturutvalget</td><td>Møtedato<br>04.03.97</td><td>Saksnr.<br>{number}</td><td>Arkiv<br>033</td>\
             </tr></table><p><b>{title}</b></p><p>VEDTAK:</p><p>Ja til {title}.</p>"
        )
    };
    let html = format!(
        "<h1>MØTEBOK</h1><table><tr><td>Styre, råd, utvalg m.v.<br>KULTURUTVALGET</td><td>Møtested<br>Lund skole</td><td>Møtedato<br>04.03.97</td></tr>\
         <tr><td>Av 7 medlemmer møtte 7</td><td>Møtetid<br>Kl. 16.30 - 20.10</td><td>Sak nr.<br>1/97 - 2/97</td></tr></table>{}{}",
        case("0001/97", "Ny kai"),
        case("0002/97", "Ny vei")
    );
    let document = document_of("input.html", &html);
    let meeting = &document["meeting"];
    let told = json!([document["body"], meeting["date"], meeting["place"], meeting["start"], meeting["end"]]);
    assert_eq!(told, json!(["Kulturutvalget", "1997-03-04", "Lund skole", "16:30", "20:10"]));
    let told: Vec<_> = cases(&document).into_iter().map(|(_, number, title, _)| (number, title.to_owned())).collect();
    assert_eq!(told, [(1, "Ny kai".to_owned()), (2, "Ny vei".to_owned())]);
}

#[test]
fn two_fields_share_a_cell_over_the_title_of_a_paper() {
    let paper = |number: &str, title: &str| {
        format!(
            "| Saksbehandler: Eva Lie | Arkivsaksnr.: 03/00611 |\n|---|---|\n| Saksnr.: {number} Utvalg: Kulturutvalget | Møtedato: 09.10.2003 |\n\n\
             ## {title}\n\nRådmannens innstilling:\n\nJa.\n\n"
        )
    };
    let text = format!(
        "# MØTEINNKALLING\n\nUtvalg: Kulturutvalget\n\n{}{}",
        paper("0041/03", "Ny kai"),
        paper("0042/03", "Ny vei")
    );
    let document = document(&text);
    let told: Vec<_> = cases(&document).into_iter().map(|(_, number, title, _)| (number, title.to_owned())).collect();
    assert_eq!(told, [(41, "Ny kai".to_owned()), (42, "Ny vei".to_owned())]);
}

#[test]
fn the_word_for_a_case_heads_the_numbers_of_a_route() {
    let paper = |number: &str, title: &str| {
        format!(
            "# Saksframlegg\n\n| Sak | Behandles av | Møtedato |\n|---|---|---|\n| {number} | Kulturutvalget | 13.11.2012 |\n\n## {title}\n\n\
             Rådmannens innstilling:\n\nDet bygges.\n\n"
        )
    };
    let documents = documents_of("input.md", &(paper("KU 57/12", "Ny kinosal") + &paper("KU 58/12", "Ny kai")));
    let told: Vec<_> =
        documents.iter().map(|d| json!([d["kind"], d["meeting"]["date"], d["cases"][0]["title"]])).collect();
    let expected = ["Ny kinosal", "Ny kai"].map(|title| json!(["case_paper", "2012-11-13", title]));
    assert_eq!(told, expected);
}

#[test]
fn the_title_of_a_paper_in_bold_stands_over_its_route() {
    let text = "# Saksframlegg\n\n| Saksbehandler: | Eva Lie | Arkiv: | 231 |\n|---|---|---|---|\n\n**Gebyrer for 2013**\n\n| Utvalg | Møtedato | \
                Utvalgssak |\n|---|---|---|\n| Formannskapet | 22.11.2012 | 081/12 |\n| Kommunestyret | 13.12.2012 | |\n\n**Rådmannens \
                tilråding**\n\nGebyrene fastsettes.\n";
    let document = document(text);
    let told: Vec<_> = cases(&document).into_iter().map(|(_, number, title, _)| (number, title.to_owned())).collect();
    assert_eq!(told, [(81, "Gebyrer for 2013".to_owned())]);
}

/// Form, numbers and names of the votes of a case.
fn votes(case: &Value) -> Vec<Value> {
    let all = case["votes"].as_array().unwrap().iter();
    all.map(|v| json!([v["form"], v["for"], v["against"], v["for_names"], v["against_names"]])).collect()
}

#[test]
fn a_table_of_names_under_the_numbers_of_each_side() {
    let case = only_case(
        "Forslag fra Per Ås\n\nSalen males.\n\n**Avstemning kl. 09:47 – forslag fra Per Ås**\n\n| FOR 1 | MOT 2 |\n|---|---|\n| Per Ås | Eva Lie<br>Jon \
         Moe |\n\nVedtak\n\nSalen bygges.",
    );
    assert_eq!(votes(&case), [json!(["names", 1, 2, ["Per Ås"], ["Eva Lie", "Jon Moe"]])]);
    assert_eq!(case["proposals"][0]["text"], "Salen males.");
}

#[test]
fn a_table_says_who_voted_for_which_of_two_proposals() {
    let case = only_case(
        "Votering\n\nInnstillingen ble satt opp mot forslaget fra Ap. Innstillingen fikk 3 stemmer, forslaget fra Ap fikk 2 stemmer.\n\n| Stemte for \
         innstillingen | Stemte for forslaget fra Ap |\n|---|---|\n| Eva Lie | Kari Rud |\n| Per Ås | Ola By |\n| Jon Moe | |\n\nVedtak\n\nSalen \
         bygges.",
    );
    assert_eq!(votes(&case), [json!(["names", 3, 2, ["Eva Lie", "Per Ås", "Jon Moe"], ["Kari Rud", "Ola By"]])]);
}

#[test]
fn who_was_against_stands_under_a_table_of_votes() {
    let case = only_case(
        "Votering\n\n| Votert over | For | Mot |\n|---|---|---|\n| Innstillingen | 4 | 1 |\n\nMot stemte: Eva Lie\n\nVedtak\n\nSalen bygges.",
    );
    assert_eq!(votes(&case), [json!(["counts", 4, 1, null, ["Eva Lie"]])]);
}

#[test]
fn names_follow_the_votes_that_they_gave() {
    let present = "Til stede: Eva Lie, Per Ås, Jon Moe\n\n";
    let text = format!(
        "{HEAD}{present}## Sak 3/14 Ny kinosal\n\nForslag 1 fikk 2 stemmer: Eva og Per. Forslag 2 fikk 1 stemme: Jon.\n\nVedtak:\n\nSalen bygges."
    );
    assert_eq!(votes(&document(&text)["cases"][0]), [json!(["names", 2, 1, ["Eva", "Per"], ["Jon"]])]);
}

#[test]
fn a_recommendation_tells_its_vote_in_the_label() {
    let case = only_case(
        "Rådmannens forslag:\n\nSalen bygges.\n\nInnstilling til kommunestyret (7 mot 2 stemmer):\n\nSalen bygges i 2015.",
    );
    let decision = &case["decision"];
    assert_eq!((&decision["text"], &decision["outcome"]), (&json!("Salen bygges i 2015."), &json!("recommended")));
    assert_eq!(votes(&case), [json!(["counts", 7, 2, null, null])]);
}

#[test]
fn a_vote_and_a_colon_stand_before_a_decision() {
    let decision = |text: &str| only_case(text)["decision"]["text"].clone();
    assert_eq!(decision("| Vedtak | Enstemmig: Salen bygges. |\n|---|---|\n| Arkiv | 033 |"), "Salen bygges.");
    assert_eq!(decision("Vedtatt uten avstemning: Salen bygges."), "Salen bygges.");
    assert_eq!(decision("Lederen orienterte.\n\n**Konklusjon (enstemmig)**\n\nSalen bygges."), "Salen bygges.");
}

#[test]
fn decisions_in_rows_tell_their_votes() {
    let text = format!(
        "{HEAD}| Sak | Tittel | Fra drøftingen | Vedtak |\n|---|---|---|---|\n| 3/14 | Ny kinosal | Salen er liten. | Salen bygges. Vedtatt mot 1 \
         stemme. |\n| 4/14 | Ny kai | Kaia er gammel. | Kaia bygges.<br>Enstemmig. |\n| 5/14 | Eventuelt | Per Ås spurte om lys. | |\n"
    );
    let document = document(&text);
    let told: Vec<_> =
        cases(&document).into_iter().map(|(_, n, title, said)| (n, title.to_owned(), said.to_owned())).collect();
    assert_eq!(
        told,
        [case(3, "Ny kinosal", "Salen bygges."), case(4, "Ny kai", "Kaia bygges."), case(5, "Eventuelt", "")]
    );
    assert_eq!(votes(&document["cases"][0]), [json!(["counts", null, 1, null, null])]);
    assert_eq!(votes(&document["cases"][1]), [json!(["unanimous", null, null, null, null])]);
}

#[test]
fn the_last_row_is_a_total_where_it_is_the_sum() {
    let table = |last: &str| {
        let rows = format!("| Gebyr | 31 480 |\n| Næringsavfall | 6 250 |\n| Lønn | -14 300 |\n| {last} |");
        only_case(&format!("| Post | Budsjett 2017 |\n|---|---|\n{rows}\n\nVedtak:\n\nBudsjettet vedtas."))["tables"][0]
            .clone()
    };
    assert_eq!(table("Resultat | 23 430")["totals"][0]["label"], "Resultat");
    assert_eq!(table("Renter | 23 431")["totals"], json!([]));
}

#[test]
fn a_box_for_each_case_holds_its_number_title_and_text() {
    let case = |number: &str, title: &str, label: &str| {
        format!(
            "<table><tr><td>Sak nr.<br>{number}</td><td>{label}<br>{title}</td><td>Arkiv<br>021.1</td></tr><tr><td colspan=3>Saksbehandler: Eva Lie<br>Det \
             er gammelt.<br>RÅDMANNENS INNSTILLING:<br>Det bygges nytt.<br>VEDTAK:<br>Ja til {title}.</td></tr></table>"
        )
    };
    for label in ["Sakstittel", "Sak"] {
        let html = format!(
            "<h1>MØTEBOK</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 19.03.96</p>{}<p></p>{}",
            case("0021/96", "Ny kai", label),
            case("0022/96", "Ny vei", label)
        );
        let document = document_of("input.html", &html);
        let told: Vec<_> =
            cases(&document).into_iter().map(|(_, n, title, said)| (n, title.to_owned(), said.to_owned())).collect();
        assert_eq!(told, [case_of(21, "Ny kai"), case_of(22, "Ny vei")], "{label}");
    }
}

fn case_of(number: u64, title: &str) -> (u64, String, String) {
    case(number, title, &format!("Ja til {title}."))
}

#[test]
fn the_title_opens_the_text_under_the_fields_of_a_box() {
    let case = |number: &str, title: &str| {
        format!(
            "<table><tr><td>Saksnr.<br>TU {number}</td><td>Arkivsak<br>05/00713</td><td>Sakshandsamar<br>Eva Lie</td></tr><tr><td colspan=3>{title}<br>Det \
             er gamalt.</td></tr></table><p>Vedtak</p><p>Ja til {title}.</p>"
        )
    };
    let html = format!(
        "<h1>MØTEPROTOKOLL</h1><p>Møtedato: 29.09.2005</p>{}{}",
        case("046/05", "Ny kai"),
        case("047/05", "Ny veg")
    );
    let document = document_of("input.html", &html);
    let told: Vec<_> =
        cases(&document).into_iter().map(|(_, n, title, said)| (n, title.to_owned(), said.to_owned())).collect();
    assert_eq!(told, [case_of(46, "Ny kai"), case_of(47, "Ny veg")]);
}

#[test]
fn the_number_stands_in_a_column_of_its_own_over_the_title() {
    let case = |number: &str, title: &str| {
        format!(
            "| Utvalg | Saksnr. | Arkivsaksnr. | Saksbehandler |\n|---|---|---|---|\n| KU | {number} | 01/00218 | Eva Lie |\n\n## {title}\n\nVEDTAK:\n\nJa \
             til {title}.\n\n"
        )
    };
    let document = document(&format!("{HEAD}{}{}", case("0019/01", "Ny kai"), case("0020/01", "Ny vei")));
    let told: Vec<_> =
        cases(&document).into_iter().map(|(_, n, title, said)| (n, title.to_owned(), said.to_owned())).collect();
    assert_eq!(told, [case_of(19, "Ny kai"), case_of(20, "Ny vei")]);
}

#[test]
fn the_archive_number_follows_the_title_in_a_row() {
    let case = |number: &str, title: &str, archive: &str| {
        format!(
            "| {number} | {title} | {archive} |\n|---|---|---|\n\nUtvalget fattet slikt vedtak:\n\nJa til {title}.\n\n"
        )
    };
    let text =
        [case("31/02", "Ny kai", "Ark. 02/14"), case("32/02", "Ny vei", "Ark. 02/377"), case("33/02", "Ny bru", "")]
            .concat();
    let told = decided(&text);
    assert_eq!(told, [case_of(31, "Ny kai"), case_of(32, "Ny vei"), case_of(33, "Ny bru")]);
}

#[test]
fn letters_with_one_capital_are_a_series_before_a_column_of_titles() {
    let text = "Møtebok\n\nHavnestyret\n\nMøte 4. mars 2003\n\nHs 41/03\tNy kai\n\nVedtak: Ja til Ny kai.\n\nHs 42/03\tNy vei\n\nVedtak: Ja til Ny vei.\n";
    let document = document_of("input.txt", text);
    let told: Vec<_> = cases(&document).into_iter().map(|(series, n, _, _)| (series, n)).collect();
    assert_eq!(told, [("Hs".to_owned(), 41), ("Hs".to_owned(), 42)]);
}

#[test]
fn an_extract_follows_the_paper_of_its_case() {
    let extract = "**Saksprotokoll**\n\n| Utvalg: | Teknisk utvalg |\n|---|---|\n| Møtedato: | 12.11.2014 |\n| Sak: | TU 58/14 |\n\n| Resultat: | Arkivsak: \
                   |\n|---|---|\n| Innstilling m/tillegg | 14/2118 |\n| Tittel: | SP - Gebyrer 2015 |\n\n**Votering:**\n\nEnstemmig.\n\n**Vedtak:**\n\nGebyrene \
                   fastsettes.\n";
    let paper = "**SAKSFREMLEGG**\n\n| Saksbehandler: Eva Lie | Arkiv: 231 |\n|---|---|\n\n| Utvalgssaksnr | Utvalg | Møtedato |\n|---|---|---|\n| TU 58/14 | \
                 Teknisk utvalg | 12.11.2014 |\n\n**Gebyrer 2015**\n\n**Rådmannens innstilling:**\n\nGebyrene fastsettes.\n\n";
    let documents = documents_of("input.md", &format!("{paper}{extract}"));
    let told: Vec<_> =
        documents.iter().map(|d| json!([d["kind"], d["cases"][0]["title"], d["meeting"]["date"]])).collect();
    let expected = ["case_paper", "case_minutes"].map(|kind| json!([kind, "Gebyrer 2015", "2014-11-12"]));
    assert_eq!(told, expected);
}

#[test]
fn names_stand_under_the_numbers_for_two_proposals_and_beside_parties() {
    let rows = only_case(
        "Avstemming\n\nInnstillingen ble vedtatt med 2 mot 1 stemmer.\n\n| For innstillingen (2) | For endringsforslaget (1) |\n|---|---|\n| Eva Lie (Ap) | \
         Per Ås (Sp) |\n| Jon Moe (Ap) | |\n\nVedtak\n\nSalen bygges.",
    );
    assert_eq!(votes(&rows), [json!(["names", 2, 1, ["Eva Lie", "Jon Moe"], ["Per Ås"]])]);
    let parties = only_case(
        "Avstemming\n\nInnstillingen ble vedtatt med 3 mot 1 stemmer.\n\n| Parti | For | Mot |\n|---|---|---|\n| H | Eva Lie, Jon Moe | |\n| Sp | Kari Rud | \
         |\n| Ap | | Per Ås |\n\nVedtak\n\nSalen bygges.",
    );
    assert_eq!(votes(&parties), [json!(["names", 3, 1, ["Eva Lie", "Jon Moe", "Kari Rud"], ["Per Ås"]])]);
}

#[test]
fn a_table_of_votes_says_that_all_agreed() {
    let case = only_case(
        "Votering\n\n| Votert over | For | Mot | Resultat |\n|---|---|---|---|\n| Punkt 1 | alle | | enstemmig |\n| Forslaget fra Lie | 5 | 4 | vedtatt \
         |\n\nVedtak\n\nSalen bygges.",
    );
    assert_eq!(votes(&case), [json!(["unanimous", null, null, null, null]), json!(["counts", 5, 4, null, null])]);
}

#[test]
fn last_names_say_who_was_against() {
    let text = format!(
        "{HEAD}Til stede: Eva Lie, Per Ås, Jon Moe\n\n## Sak 3/14 Ny kinosal\n\nInnstillingen ble vedtatt mot 2 stemmer. Ås og Moe stemte imot.\n\nVedtak:\n\n\
         Salen bygges."
    );
    assert_eq!(votes(&document(&text)["cases"][0])[0][4], json!(["Ås", "Moe"]));
}

#[test]
fn a_decision_may_be_quoted_and_a_recommendation_to_those_who_own() {
    let case = only_case("Utvalget gjorde dette vedtaket: «Salen bygges i 2015.»");
    assert_eq!(case["decision"]["text"], "Salen bygges i 2015.");
    let outcome = |text: &str| only_case(&format!("Vedtak:\n\n{text}"))["decision"]["outcome"].clone();
    assert_eq!(outcome("Styret anbefaler kommunestyrene i Lund og Nes å vedta budsjettet."), "recommended");
    assert_eq!(outcome("Budsjettet oversendes bystyret med anbefaling."), "recommended");
    assert_eq!(outcome("Kommunedirektøren legger fram endelig sak for kommunestyret i juni."), "adopted");
}

/// Numbers and titles of the cases under a head of some minutes.
fn titled(text: &str) -> Vec<(u64, String)> {
    decided(text).into_iter().map(|(number, title, _)| (number, title)).collect()
}

#[test]
fn the_number_and_the_title_of_a_case_stand_in_two_cells() {
    let case = |number: &str, title: &str| {
        format!(
            "| Saksnr.: PS {number} Arkivsak: 14/00118 | {title} |\n|---|---|\n\nVotering:\n\nEnstemmig.\n\n**Vedtak:**\n\n**Som innstilt i \
             {number}.**\n\n"
        )
    };
    let text = case("0011/14", "Ny kinosal") + &case("0012/14", "Ny kai") + &case("0013/14", "Ny bru");
    assert_eq!(titled(&text), [(11, "Ny kinosal".into()), (12, "Ny kai".into()), (13, "Ny bru".into())]);
}

#[test]
fn the_title_of_a_case_stands_in_the_last_row_of_its_box() {
    let case = |number: &str, title: &str| {
        format!(
            "| Sak nr. | Arkivsaknr. | Saksbehandler |\n|---|---|---|\n| {number} | 14/00214 | Eva Lie |\n| {title} | | |\n\n**Vedtak:**\n\nJa.\n\n"
        )
    };
    let text = case("0021/14", "Ny kinosal") + &case("0022/14", "Ny kai");
    assert_eq!(titled(&text), [(21, "Ny kinosal".into()), (22, "Ny kai".into())]);
}

#[test]
fn a_hyphen_stands_in_a_number_with_a_series() {
    let document = document(&format!(
        "{HEAD}**Sak FST 9-14: Ny kai**\n\nVedtak: Ja.\n\n**Sak FST 10-14: Ny bru**\n\nVedtak: Nei.\n"
    ));
    let told: Vec<_> = cases(&document).into_iter().map(|(series, n, title, _)| (series, n, title)).collect();
    assert_eq!(told, [("FST".to_owned(), 9, "Ny kai"), ("FST".to_owned(), 10, "Ny bru")]);
}

#[test]
fn a_letter_spaced_title_is_closed() {
    let text = format!(
        "{HEAD}Sak 14/061\nN y d y r k i n g   -   plan for Vik\n\nVedtak:\nJa.\n\nSak 14/062\nM e l d i n g e r\n\nVedtak:\nJa.\n"
    );
    let document = document_of("input.txt", &text);
    let titles: Vec<_> = cases(&document).into_iter().map(|(_, _, title, _)| title).collect();
    assert_eq!(titles, ["Nydyrking - plan for Vik", "Meldinger"]);
}

#[test]
fn what_became_of_the_other_proposal_is_told_of_the_same_vote() {
    let case = only_case(
        "Votering\n\nFor rådmannens forslag stemte 1: Per Ås (SP)\n\nFor forslaget fra Lie stemte 2: Eva Lie (H), Jon Moe (AP)\n\nDermed ble forslaget fra Lie \
         vedtatt.\n\nVedtak\n\nSalen bygges.",
    );
    let vote = &case["votes"][0];
    assert_eq!((&vote["outcome"], case["votes"].as_array().unwrap().len()), (&json!("adopted"), 1));
    assert_eq!((&vote["for_names"], &vote["against_names"]), (&json!(["Eva Lie", "Jon Moe"]), &json!(["Per Ås"])));
}

#[test]
fn a_sentence_follows_the_last_of_those_who_voted() {
    let case = only_case(
        "Votering\n\nMot forslaget stemte 2: Eva Lie (H), Sindre Kvitsøy Rake (SP)\nTilleggsforslaget falt dermed.\n\nVedtak\n\nSalen bygges.",
    );
    assert_eq!(votes(&case)[0][4], json!(["Eva Lie", "Sindre Kvitsøy Rake"]));
}

#[test]
fn minutes_of_a_case_tell_body_place_and_day_in_one_cell() {
    let text = "LUND FYLKESKOMMUNE\n\n**SAKSPROTOKOLL**\n\n| Arkivsak | 201201977 |\n|---|---|\n| Handsama i | Samferdsleutvalet, fylkeshuset, 12.06.2012 |\n| \
                Saksnr. | 48/12 |\n\n**Vik ferjekai – opprusting**\n\nInnstilling frå fylkesrådmannen\n\nKaien vert rusta opp.\n\nRøysting\n\nInnstillinga vart \
                samrøystes vedteken.\n\nUtvalet gjorde etter dette slikt innstillingsvedtak:\n\nKaien vert rusta opp i 2013.\n";
    let document = document(text);
    let meeting = &document["meeting"];
    let told = json!([document["body"], meeting["place"], meeting["date"]]);
    assert_eq!(told, json!(["Samferdsleutvalet", "fylkeshuset", "2012-06-12"]));
    let case = &document["cases"][0];
    let told = json!([case["number"]["sequence"], case["title"], case["decision"]["outcome"]]);
    assert_eq!(told, json!([48, "Vik ferjekai – opprusting", "recommended"]));
}

#[test]
fn a_decision_follows_an_arrow_or_who_made_it() {
    let arrow = "Sak 17/14  Ny kai\n=================\nVEDTAK ->     Kaia bygges.\n              (Enstemmig)\n";
    let document = document_of("input.txt", &format!("{HEAD}{arrow}"));
    let case = &document["cases"][0];
    assert_eq!(json!([case["decision"]["text"], case["votes"][0]["form"]]), json!(["Kaia bygges.", "unanimous"]));
    let told = only_case("Rektor orienterte.\n\nStyret gjorde enstemmig vedtak: Salen bygges.");
    assert_eq!(told["decision"]["text"], "Salen bygges.");
}

#[test]
fn one_letter_is_the_series_of_a_number_with_a_hyphen() {
    let text = "**S 11-14 Ny kai**\n\nVedtak: Ja.\n\n**S 12-14 Ny bru**\n\nVedtak: Nei.\n";
    assert_eq!(titled(text), [(11, "Ny kai".into()), (12, "Ny bru".into())]);
}

#[test]
fn the_title_of_a_document_is_one_line_of_its_cell() {
    let html = "<table><tr><td>Lund kommune<br>MØTEBOK<br>Utvalg:<br>Havnestyret</td><td>Møtedato: 24.03.1998</td></tr></table><h2>Sak 11/98 Ny \
                kai</h2><p>Vedtak:</p><p>Ja.</p>";
    let document = document_of("input.html", html);
    let told = json!([document["title"], document["body"], document["meeting"]["date"]]);
    assert_eq!(told, json!(["MØTEBOK", "Havnestyret", "1998-03-24"]));
    let text =
        "Lund kommune\tMØTEINNKALLING\nUtvalg:        Havnestyret\nDato:          24.03.1998\n\nSak 11/98  Ny kai\n";
    assert_eq!(document_of("input.txt", text)["title"], "MØTEINNKALLING");
}

#[test]
fn what_the_archive_knows_is_no_title() {
    let text = "## Sak 3/14 Kjøp av tomt\nArkiv A 42\n\nVedtak:\n\nTomten kjøpes.\n\n## Sak 4/14 Seniortiltak Ark.saksnr.: 03/00207\n\nVedtak:\n\nTiltakene innføres.\n";
    assert_eq!(
        decided(text),
        [case(3, "Kjøp av tomt", "Tomten kjøpes."), case(4, "Seniortiltak", "Tiltakene innføres.")]
    );
    let html = "<html><body><h1>MØTEPROTOKOLL</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p>\
                <table><tr><td>Saknr. 0041/14</td><td>Tittel<br>Ny kinosal</td><td>Arkivsak<br>14/00006<br>Arkiv 033</td></tr></table>\
                <p>Vedtak:</p><p>Salen bygges.</p>\
                <table><tr><td>Saknr. 0042/14</td><td>Tittel<br>Regnskap</td><td>Arkivsak<br>14/00007<br>Arkiv 033</td></tr></table>\
                <p>Vedtak:</p><p>Regnskapet godkjennes.</p></body></html>";
    let document = document_of("input.html", html);
    let titles: Vec<&str> = cases(&document).into_iter().map(|(_, _, title, _)| title).collect();
    assert_eq!(titles, ["Ny kinosal", "Regnskap"]);
}

#[test]
fn cases_stand_in_rows_with_who_follows_them_up() {
    let html = "<html><body><h1>Styreprotokoll 4-2014</h1><p>Dato: 04.03.2014</p><table><tr><th>Sak</th><th>Tema, behandling og vedtak</th><th>Oppfølging</th></tr>\
                <tr><td>27-2014</td><td>Protokoll fra møtet 3. februar<br>Protokollen er sendt på e-post.<br>Vedtak<br>Protokollen godkjennes.</td><td></td></tr>\
                <tr><td>28-2014</td><td>Ladeplasser<br>Per Ås ville bygge ut alt.<br>Vedtak (4 mot 1 stemme)<br>Det bygges 24 plasser.</td><td>PÅ: kontrakt</td></tr>\
                </table></body></html>";
    let document = document_of("input.html", html);
    let found: Vec<_> =
        cases(&document).into_iter().map(|(_, number, title, decision)| (number, title, decision)).collect();
    let expected = [
        (27, "Protokoll fra møtet 3. februar", "Protokollen godkjennes."),
        (28, "Ladeplasser", "Det bygges 24 plasser."),
    ];
    assert_eq!(found, expected);
    assert_eq!(document["cases"][1]["votes"][0]["for"], 4);
}

#[test]
fn a_sentence_in_a_paragraph_decides_before_a_colon() {
    let text = "Tre anbud er kommet inn. Havnestyret besluttet enstemmig: Anbudet fra Vik Mudring antas. Utgiften dekkes av fondet.";
    assert_eq!(only_case(text)["decision"]["text"], "Anbudet fra Vik Mudring antas. Utgiften dekkes av fondet.");
    let text =
        "Moe holdt fram at byen trenger arbeid. Etter befaring besluttet havnestyret mot Moes stemme: Søknaden avslås.";
    assert_eq!(only_case(text)["decision"]["text"], "Søknaden avslås.");
    assert_eq!(only_case("KU- vedtak\n\nSalen bygges.\n")["decision"]["text"], "Salen bygges.");
    let text =
        "Fylkesrådmannen innstiller:\n\nSalen bygges.\n\nMoe foreslo:\n\nSaken utsettes.\n\nVedtak:\n\nSalen bygges.\n";
    assert_eq!(only_case(text)["proposals"][0]["by"], "Fylkesrådmannen");
}

#[test]
fn lines_of_labels_and_values_stand_over_a_case() {
    let over = |of: &str| format!("Saksbehandler:\tArkivsaksnr:\tBehandles i:\n\n{of}\t2014/93\tKulturutvalget\n\n");
    let text = format!(
        "# Møteinnkalling\n\nUtvalg: Kulturutvalget\n\nDato: 04.03.2014\n\n## PS 3/14 Godkjenning av innkalling\n\n{}## PS 4/14 Ny kinosal\n\n\
         Rådmannens forslag til vedtak\n\nSalen bygges.\n\n{}## PS 5/14 Ny kai\n\nRådmannens forslag til vedtak\n\nKaia bygges.\n",
        over("Eva Lie"),
        over("Per Ås")
    );
    let document = document(&text);
    assert_eq!(document["cases"][1]["proposals"][0]["text"], "Salen bygges.");
    assert_eq!(document["cases"][2]["case_officer"], "Per Ås");
}

#[test]
fn a_vote_opens_the_cell_of_the_decision() {
    let html = "<html><body><h1>Referat frå styremøte 2/2014</h1><p>Dato: 04.03.2014</p><table><tr><th>Sak</th><th>Kva det gjeld</th><th>Vedtak</th></tr>\
                <tr><td>09/14</td><td>Referat frå møte 1/2014<br>Ingen hadde merknader.</td><td>Referatet vert godkjent.</td></tr>\
                <tr><td>10/14</td><td>Kortprisar<br>Rypetaksten avgjer kvoten.</td><td>Røysting: samrøystes.<br>1. Prisane vert fastsette.<br>2. Kvoten vert sett i møtet.</td></tr>\
                </table></body></html>";
    let case = document_of("input.html", html)["cases"][1].take();
    assert_eq!(case["decision"]["text"], "1. Prisane vert fastsette.\n2. Kvoten vert sett i møtet.");
    assert_eq!(case["votes"][0]["form"], "unanimous");
}

#[test]
fn a_title_ends_where_the_text_begins() {
    let text = "# Styremøte\n\nDato: 04.03.2014\n\nTil behandling:\n\n21/14 Halvårsregnskapet. Besøket i sommer var større enn i fjor.\n\nForslag: Regnskapet godkjennes.\n\n\
                22/14 Nytt tak. Vi har fått pris fra to blikkenslagere i bygda.\n\nForslag: Taket legges.\n";
    let document = document(text);
    let titles: Vec<&str> = cases(&document).into_iter().map(|(_, _, title, _)| title).collect();
    assert_eq!(titles, ["Halvårsregnskapet", "Nytt tak"]);
    let spaced = "M Ø T E P R O T O K O L L\n\nMøtedag:     Tirsdag 4. mars 2014\nProtokoll:   Eva Lie\n\n-----------------------\nS A K   41/14\n\
                  RUTETILSKUDD FOR 1984\n-----------------------\nSelskapene har bedt om mer.\n\nVEDTAK\n\nRutetilskuddet fordeles.\n";
    let documents = documents_of("input.txt", spaced);
    assert_eq!(json!([documents.len(), documents[0]["cases"][0]["title"]]), json!([1, "RUTETILSKUDD FOR 1984"]));
    let treated = "# Saksprotokoll\n\nUtvalg for teknikk, klima og miljøs behandling av sak 18/14 i møtet den 04.03.2014:\n\nParkering på Tangen\n\n\
                   ## Votering\n\nEnstemmig vedtatt.\n\n## Vedtak\n\nForskriften vedtas.\n";
    let document = extracted::document(treated);
    assert_eq!(
        json!([document["body"], document["cases"][0]["title"]]),
        json!(["Utvalg for teknikk, klima og miljø", "Parkering på Tangen"])
    );
}

#[test]
fn heads_of_proposals_and_decisions_stand_alone() {
    let text = "Forslag fra sekretær\n\nSamtykke gis.\n\nTillegg fra Per Ås\n\nTaket skal være rødt.\n\nForslag i møtet Eva Lie:\n\nSaken utsettes.\n\n\
                **KULTURUTVALGET FATTET SLIKT VEDTAK**\n\nSamtykke gis.\n";
    let case = only_case(text);
    let proposals: Vec<_> = case["proposals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p["by"].as_str().unwrap(), p["text"].as_str().unwrap()))
        .collect();
    assert_eq!(
        proposals,
        [("Sekretær", "Samtykke gis."), ("Per Ås", "Taket skal være rødt."), ("Eva Lie", "Saken utsettes.")]
    );
    assert_eq!(case["decision"]["text"], "Samtykke gis.");
}

#[test]
fn papers_lead_to_the_cases_of_the_list() {
    let text = "INNKALLING TIL FELLESRÅDSMØTE\n\nDato: 04.03.2014\n\nSaker:\n\n27/14\tProtokoll fra februar\n28/14\tAvgifter for 2015\n\nTil sak 27/14 – Protokoll fra februar\n\n\
                Forslag: Protokollen godkjennes.\n\nTil sak 28/14 – Avgifter for 2015\n\nForslag: Avgiftene økes.\n";
    let document = document_of("input.txt", text);
    let proposed: Vec<&str> =
        document["cases"].as_array().unwrap().iter().map(|c| c["proposals"][0]["text"].as_str().unwrap()).collect();
    assert_eq!(proposed, ["Protokollen godkjennes.", "Avgiftene økes."]);
}

#[test]
fn the_archive_s_number_and_an_address_are_no_titles() {
    let text = "## Sak 3/14 Plassering av kontoret (17/2218)\n\nVedtak:\n\nKontoret legges til Vik.\n";
    assert_eq!(decided(text), [case(3, "Plassering av kontoret", "Kontoret legges til Vik.")]);
    let paper = "Vik Havn IKS\tSaksframstilling\n\nPostboks 234, 6501 Vik\n\n| Saksbeh. | Eva Lie | Dato | 25.02.2014 |\n|---|---|---|---|\n| Arkivkode | P33 | Vår ref. | 14/00391-4 |\n\n\
                 | Utvalg | Saksnr. | Møtedato |\n|---|---|---|\n| Havnestyret | 3/14 | 04.03.2014 |\n\n## Havneavgifter for 2015\n\nHavnefogdens innstilling\n\nPrislisten vedtas.\n";
    assert_eq!(document(paper)["cases"][0]["title"], "Havneavgifter for 2015");
}

#[test]
fn a_box_over_the_title_of_a_paper_gives_its_number() {
    let html = "<html><body><table><tr><td>KVAM HERAD<br>Teknisk eining</td><td>Saksnr.: 0003/14<br>Arkivsaknr.: 08/1932-3<br>Arkivkode: 231</td></tr></table>\
                <p>S A K S F R A M L E G G</p><table><tr><td>Utval</td><td>Møtedato</td><td>Saksnr.</td></tr>\
                <tr><td>Formannskapet</td><td>04.03.2014</td><td>0003/14</td></tr><tr><td>Heradsstyret</td><td>11.03.2014</td><td></td></tr></table>\
                <p>Gebyrregulativ for 2015</p><p>Rådmannen si tilråding:</p><p>Regulativet vert vedteke.</p></body></html>";
    let document = document_of("input.html", html);
    let case = &document["cases"][0];
    let told = json!([document["body"], case["number"]["sequence"], case["title"], case["proposals"][0]["text"]]);
    assert_eq!(told, json!(["Formannskapet", 3, "Gebyrregulativ for 2015", "Regulativet vert vedteke."]));
}

#[test]
fn numbers_that_run_on_head_cases_beside_others_in_their_text() {
    let treated = |number: u32, text: &str| {
        format!("{number}/18\n\nSak om {number}\n\n{text}\n\nNemndas vedtak:\n\nGodkjent {number}.\n\n")
    };
    let text = treated(31, "Utkastet var sendt ut.")
        + &treated(32, "Seks utkast.")
        + &treated(33, "RS 9/18: Brev fra Sametinget. RS 10/18: Svar.");
    let head = "# Protokoll\n\nUtvalg: Fellesnemnda\n\nMøtedato: 25.10.2018\n\n";
    let document = document(&format!("{head}{text}"));
    let told: Vec<(u64, &str)> = cases(&document).into_iter().map(|(_, n, _, decision)| (n, decision)).collect();
    assert_eq!(told, [(31, "Godkjent 31."), (32, "Godkjent 32."), (33, "Godkjent 33.")]);
}

#[test]
fn case_papers_and_extracts_follow_each_other() {
    let agenda = "# Innkalling til møte i kontrollutvalget\n\nMøtedato: 15.09.2015\n\n| Sak | Tittel |\n|---|---|\n| 23/2015 | Godkjenning |\n| 24/2015 | Budsjett |\n\n";
    let paper = |number: u32, title: &str| {
        format!(
            "| SAK {number}/2015 | SAKSFRAMLEGG |\n|---|---|\n| {title} | |\n\n| Saksbehandler | Arkivsaksnr | Behandles av | Møtedato |\n|---|---|---|---|\n| Eva Lie | 15/114 | Kontrollutvalget | 15.09.2015 |\n\n**Vurdering**\n\nFristen er ute.\n\n**Forslag til vedtak:**\n\n{title} godkjennes.\n\n"
        )
    };
    let documents = documents_of("input.md", &format!("{agenda}{}{}", paper(23, "LEIE AV SAL"), paper(24, "BUDSJETT")));
    let told = |d: &Value| {
        json!([
            d["kind"],
            d["title"],
            d["meeting"]["date"],
            d["case_officer"],
            d["cases"][0]["title"],
            d["cases"][0]["proposals"][0]["text"]
        ])
    };
    assert_eq!(
        documents.iter().skip(1).map(told).collect::<Vec<_>>(),
        [
            json!(["case_paper", "SAKSFRAMLEGG", "2015-09-15", "Eva Lie", "LEIE AV SAL", "LEIE AV SAL godkjennes."]),
            json!(["case_paper", "SAKSFRAMLEGG", "2015-09-15", "Eva Lie", "BUDSJETT", "BUDSJETT godkjennes."]),
        ]
    );
    let extract = |body: &str, number: u32| {
        format!(
            "| Utval | Møtedato | Saksnr | Arkivsak |\n|---|---|---|---|\n| {body} | 03.06.2021 | 0{number}/21 | 21/2207 |\n\n**Saksprotokoll**\n\n**Ny kai**\n\n**Handsaming i møtet**\n\nOrdføraren orienterte.\n\n**Vedtak**\n\n1. Kaia vert bygd.\n\n2. Lånet er {number}.\n\nRett utskrift\n\nEva Lie\n\nutvalssekretær\n\n"
        )
    };
    let documents = documents_of("input.md", &(extract("Formannskapet", 87) + &extract("Heradsstyret", 52)));
    let told = |d: &Value| {
        json!([d["kind"], d["body"], d["cases"][0]["number"]["sequence"], d["cases"][0]["decision"]["text"]])
    };
    assert_eq!(
        documents.iter().map(told).collect::<Vec<_>>(),
        [
            json!(["case_minutes", "Formannskapet", 87, "1. Kaia vert bygd.\n2. Lånet er 87."]),
            json!(["case_minutes", "Heradsstyret", 52, "1. Kaia vert bygd.\n2. Lånet er 52."]),
        ]
    );
}

#[test]
fn text_may_follow_a_title_in_its_paragraph() {
    let text = "ÅRSMØTE I VASSLAGET\n\nMøtedato: 22.03.1986\n\nSak 6/86  Vassavgifter\n          Styret meinte at laget må setja av meir til ny leidning over\n          Myrane. Framlegget frå styret vart lagt fram:\n\n\
                \n          VEDTAK: Avgiftene vert auka.\n\nSak 7/86  Val\n\n          VEDTAK: Eva Lie vart vald.\n";
    let document = document_of("input.txt", text);
    assert_eq!(cases(&document).iter().map(|c| c.2).collect::<Vec<_>>(), ["Vassavgifter", "Val"]);
}

#[test]
fn a_decision_is_headed_by_the_number_of_its_case() {
    let text = "**FU-sak 47/08 Møtebok**\n\nVEDTAK FU-47/08:\n\nMøteboka vert godkjend.\n\n**FU-sak 48/08 Asfalt**\n\nVEDTAK FU-48/08:\n\nVegen vert asfaltert.\n";
    let document = document(&format!("# Møtebok\n\nUtval: Fylkesutvalet\n\nMøtedato: 18.06.2008\n\n{text}"));
    let case = |n, title, decision| ("FU".to_owned(), n, title, decision);
    assert_eq!(
        cases(&document),
        [case(47, "Møtebok", "Møteboka vert godkjend."), case(48, "Asfalt", "Vegen vert asfaltert.")]
    );
    let text =
        "## Su-12/21 Trafikken\n\nVedtak: Plassen vert stengd.\n\n## Su-13/21 Ymse\n\nVedtak: Teke til vitande.\n";
    let document =
        document_of("input.md", &format!("# Referat\n\nUtval: Samarbeidsutvalet\n\nMøtedato: 20.10.2021\n\n{text}"));
    assert_eq!(cases(&document).iter().map(|c| (c.0.as_str(), c.1)).collect::<Vec<_>>(), [("Su", 12), ("Su", 13)]);
}

#[test]
fn a_table_asks_what_was_said_and_decided() {
    let text = "# Referat\n\nUtvalg: Samarbeidsutvalget\n\nMøtedato: 27.09.2016\n\n| Sak | Hva vi snakket om | Hva ble vi enige om? |\n|---|---|---|\n| 6/16 Årsplan | Utkastet er langt. | Planen godkjennes. |\n\
                | 7/16 Kostpenger | Prisen har stått stille. | Prisen økes. |\n";
    let document = document(text);
    let told: Vec<(&str, &str)> =
        cases(&document).into_iter().map(|(_, _, title, decision)| (title, decision)).collect();
    assert_eq!(told, [("Årsplan", "Planen godkjennes."), ("Kostpenger", "Prisen økes.")]);
}

#[test]
fn a_case_is_put_off_in_a_last_sentence() {
    let outcome = |decision: &str| {
        let text = format!(
            "# Møtebok\n\nUtvalg: Styret\n\nMøtedato: 04.03.2014\n\n## Sak 3/14 Kjøp\n\nVedtak: {decision}\n\n## Sak 4/14 Salg\n\nVedtak: Godkjent.\n"
        );
        document(&text)["cases"][0]["decision"]["outcome"].take()
    };
    assert_eq!(outcome("Styret vil se samlingen først. Saken utsettes til neste møte."), "postponed");
    assert_eq!(outcome("Vi tar det opp igjen neste gang."), "postponed");
    assert_eq!(outcome("Salen bygges. Plenen utsettes ikke for slitasje."), "adopted");
}

#[test]
fn an_alternative_is_headed_by_its_mover() {
    let text = "## Sak 3/14 Fravær\n\n**Rådmannens innstilling**\n\nReglementet endres.\n\n**Alternativt forslag fra Eva Lie, FrP**\n\nReglementet endres ikke.\n\n\
                **Resultat**\n\nForslaget falt med 3 mot 8 stemmer.\n\n**Vedtak**\n\nReglementet endres.\n";
    let document = document(&format!("# Møtebok\n\nUtvalg: Skolestyret\n\nMøtedato: 04.03.2014\n\n{text}"));
    let case = &document["cases"][0];
    let told: Vec<Value> = case["proposals"].as_array().unwrap().iter().map(|p| json!([p["text"], p["by"]])).collect();
    assert_eq!(told, [json!(["Reglementet endres.", "Rådmannen"]), json!(["Reglementet endres ikke.", "Eva Lie"])]);
    assert_eq!(case["votes"][0]["against"], 8);
    assert_eq!(case["background"], Value::Null);
}

#[test]
fn a_statement_follows_the_sentence_that_heads_it() {
    let text = "## Sak 3/14 Ølsalg\n\nPolitiet har ikke hatt klager.\n\nNemnda avga så denne enstemmige uttalelse:\n\nNemnda fraråder salget.\n";
    assert_eq!(decided(text), [case(3, "Ølsalg", "Nemnda fraråder salget.")]);
}

#[test]
fn numbers_stand_before_a_spaced_dash_over_the_only_paper_and_in_boxes() {
    let text =
        "**38 – 2014 Ny kinosal**\n\nVedtak:\n\nSalen bygges.\n\n**39 – 2014 Ny kai**\n\nVedtak:\n\nKaien bygges.\n";
    assert_eq!(decided(text), [case(38, "Ny kinosal", "Salen bygges."), case(39, "Ny kai", "Kaien bygges.")]);
    let paper = document_of(
        "input.md",
        "LUND KOMMUNE\n\nHELSE- OG SOSIALSTYRET\t\tMøte 20.04.88\tSak 27/88\n\nBYGGING AV BOLIGER\n\n\
         Saksbehandler:\tEva Lie\n\nSosialsjefens forslag til vedtak:\n\nDet bygges 8 boliger.\n",
    );
    assert_eq!((&paper["kind"], &paper["meeting"]["date"]), (&json!("case_paper"), &json!("1988-04-20")));
    assert_eq!(paper["cases"][0]["number"], json!({"series": null, "sequence": 27, "year": 1988}));
    assert_eq!(paper["cases"][0]["title"], "BYGGING AV BOLIGER");
    let boxed = |number: &str, title: &str| {
        format!(
            "**{title}**\n\n| Sak | Arkivsak | Saksbehandler |\n|---|---|---|\n| KU {number}/14 | 14/{number}4 | Eva Lie |\n\nVedtak\n\n{title} vedtas.\n\n"
        )
    };
    let text = format!("{}{}", boxed("9", "Ny kinosal"), boxed("10", "Ny kai"));
    assert_eq!(decided(&text), [case(9, "Ny kinosal", "Ny kinosal vedtas."), case(10, "Ny kai", "Ny kai vedtas.")]);
    let text = "## KU 3/14 Ny kinosal\n\nArk.saksnr. 14/00412 Saksbehandler: Eva Lie\n\nVedtak:\n\nSalen bygges.\n";
    assert_eq!(decided(text), [case(3, "Ny kinosal", "Salen bygges.")]);
}

#[test]
fn an_extract_has_a_case_for_each_body_under_the_title_of_the_paper() {
    for (first, second) in [
        (
            "FORMANNSKAPETS BEHANDLING I MØTE 23.04.2002 - SAK 0031/02",
            "KOMMUNESTYRETS BEHANDLING I MØTE 06.05.2002 - SAK 0022/02",
        ),
        ("FORMANNSKAPET 23.04.2002, SAK 0031/02", "KOMMUNESTYRET 06.05.2002, SAK 0022/02"),
    ] {
        let document = document(&format!(
            "# SÆRUTSKRIFT\n\nArkivsaknr.: 02/00517\n\n| Saksnr. | Utvalg | Møtedato |\n|---|---|---|\n| 0031/02 | Formannskapet | 23.04.2002 |\n\
             | 0022/02 | Kommunestyret | 06.05.2002 |\n\n**NY DRIFTSFORM FOR SAMFUNNSHUSET**\n\n**RÅDMANNENS INNSTILLING:**\n\nHuset selges.\n\n\
             **{first}**\n\nVotering: Innstillingen ble enstemmig vedtatt.\n\n**FORMANNSKAPETS INNSTILLING:**\n\nHuset selges.\n\n\
             **{second}**\n\nVotering: Innstillingen ble vedtatt med 19 mot 4 stemmer.\n\n**KOMMUNESTYRETS VEDTAK:**\n\nHuset selges til høystbydende.\n"
        ));
        let expected = [
            (31, "NY DRIFTSFORM FOR SAMFUNNSHUSET", "Huset selges."),
            (22, "NY DRIFTSFORM FOR SAMFUNNSHUSET", "Huset selges til høystbydende."),
        ];
        let found: Vec<_> =
            cases(&document).into_iter().map(|(_, number, title, decision)| (number, title, decision)).collect();
        assert_eq!(found, expected);
        assert_eq!(document["cases"][0]["decision"]["outcome"], "recommended");
    }
}

#[test]
fn the_list_pads_numbers_and_is_followed_by_its_first_case() {
    let agenda = document_of(
        "input.txt",
        "INNKALLING\n\nDet blir kalla inn til møte i kulturstyret torsdag 15. februar 1990 kl. 19.00\n\nTil handsaming:\n\n   Sak  8/90   Godkjenning av \
         møteboka\n   Sak  9/90   Fordeling av kulturmidlar\n   Sak 10/90   Kjøp av teikningar\n   Sak 11/90   Ruteplan for bokbussen\n\nEva Lie\nleiar\n",
    );
    let numbers: Vec<u64> = cases(&agenda).into_iter().map(|case| case.1).collect();
    assert_eq!(numbers, [8, 9, 10, 11]);
    let text = "Saksliste\n\n| ER 22/14 | Referatsaker |\n|---|---|\n| ER 23/14 | Ny kinosal |\n\nER 22/14: Referatsaker\n\nBrev fra Eva Lie.\n\n\
                Vedtak:\n\nTatt til orientering.\n\nER 23/14: Ny kinosal\n\nVedtak:\n\nSalen bygges.\n";
    assert_eq!(
        decided(text),
        [case(22, "Referatsaker", "Tatt til orientering."), case(23, "Ny kinosal", "Salen bygges.")]
    );
}

#[test]
fn lists_without_heads_run_on_with_ditto_marks_and_page_numbers() {
    let numbered = |list: &str| -> Vec<(u64, String)> {
        let text = format!("INNKALLING\n\nUtvalg: Havnestyret\nMøtedato: 6. mars 1989\n\n{list}\n\nEva Lie\nleder\n");
        let document = document_of("input.txt", &text);
        cases(&document).into_iter().map(|(_, number, title, _)| (number, title.to_owned())).collect()
    };
    let titled = |titles: &[(u64, &str)]| titles.iter().map(|(n, t)| (*n, (*t).to_owned())).collect::<Vec<_>>();
    let list = "SAK       JNR       SAKENS TITTEL                              SIDE\n===============================================\n\n\
                7/89                Godkjenning av møtebok                        1\n\n8/89      88/412    Søknad om utvidelse av kai                    2\n\n\
                9/89      89/031    Revidert havnegrense                          9\n\n10/89     89/044    Innkjøp av slepebåt                          14\n";
    let expected = [
        (7, "Godkjenning av møtebok"),
        (8, "Søknad om utvidelse av kai"),
        (9, "Revidert havnegrense"),
        (10, "Innkjøp av slepebåt"),
    ];
    assert_eq!(numbered(list), titled(&expected));
    let list = "Sak   31/86     Protokoll fra møtet i august.\n  \"   32/86     Søknad om permisjon.\n  \"   33/86     Nedlegging av rute.\n";
    let expected = [(31, "Protokoll fra møtet i august"), (32, "Søknad om permisjon"), (33, "Nedlegging av rute")];
    assert_eq!(numbered(list), titled(&expected));
}

#[test]
fn a_body_stands_before_the_number_and_a_treatment_in_the_title() {
    let text = "KULTURUTVALGET 005/14\n\nNy kinosal, annen gangs behandling\n\nVedtak:\n\nSalen bygges.\n\nKULTURUTVALGET 006/14\n\nNy kai\n\n\
                Vedtak:\n\nKaien bygges.\n";
    assert_eq!(
        decided(text),
        [case(5, "Ny kinosal, annen gangs behandling", "Salen bygges."), case(6, "Ny kai", "Kaien bygges.")]
    );
}

#[test]
fn numbers_have_a_series_and_no_year_or_a_hyphen_behind_a_label() {
    let told = |first: &str, second: &str| {
        let text = format!(
            "# Møtebok\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n{first}\n\nVedtak:\n\nJa.\n\n{second}\n\nVedtak:\n\nNei.\n"
        );
        let document = document(&text);
        let cases = document["cases"].as_array().unwrap().clone();
        cases.iter().map(|c| json!([c["number"], c["title"]])).collect::<Vec<_>>()
    };
    let number =
        |series: &str, sequence: u32, year: Option<u32>| json!({"series": series, "sequence": sequence, "year": year});
    let [six, seven] = [number("SU", 6, None), number("SU", 7, None)];
    assert_eq!(told("SU-sak 6\tNy kai", "SU-sak 7\tNy bru"), [json!([six, "Ny kai"]), json!([seven, "Ny bru"])]);
    let [six, seven] = [number("KU", 6, Some(2014)), number("KU", 7, Some(2014))];
    let expected = [json!([six, "Ny kai"]), json!([seven, "Ny bru"])];
    let under = |title: &str, number: &str| {
        format!("### {title}\n\nSaksnummer: {number}\tArkivsak: 14/4-3\tSaksbehandler: Eva Lie")
    };
    assert_eq!(told(&under("Ny kai", "KU 6-14"), &under("Ny bru", "KU 7-14")), expected);
    assert_eq!(told("### KU 6/14 · Ny kai", "### KU 7/14 · Ny bru"), expected);
}

#[test]
fn numbers_that_run_on_head_cases_in_a_form_that_nobody_knows() {
    let under = |heads: [&str; 3]| {
        let cases = heads.map(|head| format!("{head}\n\nEt brev var kommet.\n\nSaken utsettes.\n\n"));
        decided(&cases.concat())
    };
    let titles = [(7, "Ny kinosal"), (8, "Lån til kai"), (9, "Eventuelt")];
    let expected = titles.map(|(number, title)| case(number, title, "Saken utsettes."));
    assert_eq!(under(["Skst. 7/14   Ny kinosal", "Skst. 8/14   Lån til kai", "Skst. 9/14   Eventuelt"]), expected);
    let dotted = ["**Sak 07.2014 Ny kinosal**", "**Sak 08.2014 Lån til kai**", "**Sak 09.2014 Eventuelt**"];
    assert_eq!(under(dotted), expected);
    // Where they do not run on, they head nothing.
    assert_eq!(under(["Skst. 7/14   Ny kinosal", "Skst. 3/14   Lån til kai", "Skst. 9/14   Eventuelt"]), []);
    assert_eq!(under(["Vedlegg 7/14   Ny kinosal", "Vedlegg 8/14   Lån til kai", "Vedlegg 9/14   Eventuelt"]), []);

    let text = "MØTEBOK\n\nStyret hadde møte 4. mars 1964 på rådhuset.\n\nNr. 115.  Møteboka fra 23/2. - Referert og godkjent.\n\n\
                Nr. 116.  Ny lampe ved kaia. - Fiskerne ber om lys. Bestyreren\n     hadde regnet på saken.\n     Beslutning: Det settes opp \
                lys.\n\nNr. 117.  Lønn til vakta. - Han ber om mer.\n     Utsettes.\n";
    let document = document_of("input.txt", text);
    let told: Vec<_> = cases(&document).into_iter().map(|(_, n, title, said)| (n, title, said)).collect();
    let expected = [
        (115, "Møteboka fra 23/2", "Referert og godkjent."),
        (116, "Ny lampe ved kaia", "Det settes opp lys."),
        (117, "Lønn til vakta", "Utsettes."),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_day_is_no_number_of_a_case() {
    let text = "VARDHOLM  8/3  1967   KL 1412\n\nMØTEBOK\n\nMøte i havnestyret 7. mars 1967.\n\nSAK NR 23/67\n\nNY MOLO\n\nVEDTAK:\n\nMOLOEN \
                BYGGES.\n";
    let document = document_of("input.txt", text);
    assert_eq!(cases(&document), [(String::new(), 23, "NY MOLO", "MOLOEN BYGGES.")]);
}

#[test]
fn the_approval_of_the_agenda_begins_no_agenda() {
    let text = format!(
        "{HEAD}Til stede: Eva Lie, Per Ås\n\nInnkalling og saksliste ble godkjent. Til behandling forelå:\n\n## Sak 3/14 Ny kinosal\n\n\
         Vedtak:\n\nSalen bygges.\n"
    );
    let documents = documents_of("input.md", &text);
    let found: Vec<_> = documents.iter().map(|d| (d["kind"].as_str().unwrap(), cases(d).len())).collect();
    assert_eq!(found, [("minutes", 1)]);
}

#[test]
fn a_copy_of_the_minutes_with_one_case_is_an_extract() {
    let text = |cases: &str| {
        format!("UTSKRIFT AV MØTEBOK\n\nMøte i kulturutvalget 4. mars 2014.\n\nTil stede: Eva Lie, Per Ås\n\n{cases}")
    };
    let one = "Sak 3/14 Ny kinosal\n\nVedtak:\nSalen bygges.\n\n";
    assert_eq!(document_of("input.txt", &text(one))["kind"], "case_minutes");
    let two = format!("{one}Sak 4/14 Ny kai\n\nVedtak:\nKaia bygges.\n");
    assert_eq!(document_of("input.txt", &text(&two))["kind"], "minutes");
}

#[test]
fn a_number_in_parentheses_stands_under_its_title() {
    let text = "PROTOKOLL fra møte onsdag 6. november 1974\n\nMøtet ble holdt på havnekontoret.\n\nREFERATSAKER\n(Sak 38/74)\n\nHavnefogden refererte \
                et brev.\n\nVEDTAK: Referatene tas til etterretning.\n\nLEIE AV SJØGRUNN\n(Sak 39/74)\n\nForeningen vil bygge.\n\nVEDTAK: Saken \
                utsettes.\n";
    let document = document_of("input.txt", text);
    let told: Vec<_> = cases(&document).into_iter().map(|(_, n, title, said)| (n, title, said)).collect();
    let expected =
        [(38, "REFERATSAKER", "Referatene tas til etterretning."), (39, "LEIE AV SJØGRUNN", "Saken utsettes.")];
    assert_eq!(told, expected);
    assert_eq!(document["cases"][1]["background"], "Foreningen vil bygge.");
}

#[test]
fn who_met_stands_between_the_number_of_a_case_and_its_title() {
    let text = "UTSKRIFT AV MØTEBOK\n\nUTVALG:      Formannskapet\nMØTEDATO:    19.05.92\nSAK NR.:     0087/92\nTIL STEDE:   9 av 9 \
                medlemmer\nARKIV:       614 A2\n\nSALG AV TOMT PÅ MOEN\n\nSAKSOPPLYSNINGER:\n\nTomta er stor.\n\nVEDTAK:\n\nTomta selges.\n";
    let document = document_of("input.txt", text);
    assert_eq!(cases(&document), [(String::new(), 87, "SALG AV TOMT PÅ MOEN", "Tomta selges.")]);
}

#[test]
fn automatic_numbers_with_a_word_head_cases() {
    let paragraph = |text: &str| Block { set_off: true, ..Block::new(BlockKind::Paragraph, text) };
    let heading = |n: u32, title: &str| Block {
        label: Some(format!("Sak {n}")),
        level: Some(1),
        ..Block::new(BlockKind::Heading, title)
    };
    let mut document = Document::default();
    document.push(Block::new(BlockKind::Heading, "Møteprotokoll"));
    document.push(paragraph("Møtet ble holdt søndag 12. april 1981."));
    for (n, title) in (1..).zip(["Flytting", "Nytt gjerde", "Valg"]) {
        document.push(heading(n, title));
        document.push(paragraph("Det ble bestemt: Saken utsettes."));
    }
    let extracted = plain(serde_json::to_value(&extract(&document.blocks).documents[0]).unwrap());
    let told: Vec<_> = cases(&extracted).into_iter().map(|(_, n, title, said)| (n, title, said)).collect();
    let said = "Saken utsettes.";
    assert_eq!(told, [(1, "Flytting", said), (2, "Nytt gjerde", said), (3, "Valg", said)]);
}

#[test]
fn roman_numbers_stand_alone_over_titles() {
    let text = "MØTEBOK\n\nMøte tysdag 20. mars 1962 på Kvåle skule.\n\n                I\n\n        Møteboka frå 6. februar\n        \
                ----------------------\n\n   Vedtak: Møteboka vert godkjend.\n\n                II\n\n        Ny omn i skulehuset\n        \
                -------------------\n\n   Vedtak: Omnen vert kjøpt.\n\n                III\n\n        Ymse\n        ----\n\n   Vedtak: Saka vert \
                utsett.\n";
    let document = document_of("input.txt", text);
    let told: Vec<_> = cases(&document).into_iter().map(|(_, n, title, said)| (n, title, said)).collect();
    let expected = [
        (1, "Møteboka frå 6. februar", "Møteboka vert godkjend."),
        (2, "Ny omn i skulehuset", "Omnen vert kjøpt."),
        (3, "Ymse", "Saka vert utsett."),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_column_holds_decisions_where_another_holds_proposals() {
    let table = "| Sak | Tema | Kva vi snakka om | Vedtak |\n|---|---|---|---|\n| UR 8/18 | Referat | Ingen merknader. | Referatet vert \
                 godkjent.<br>Samrøystes |\n| UR 9/18 | Ungdomsmidlane | Vi fekk to søknader. | Desse får pengar:<br>Dansegruppa: 10 000 \
                 kroner<br>Klatreklubben: 5 000 kroner<br>Samrøystes |\n| UR 10/18 | Skulestrukturen | Vi vil ikkje ha lang veg.<br>Framlegg frå Eva \
                 Lie: Vi sender ikkje svar. | Vi sender svar.<br>5 røysta for og 1 mot |\n";
    let document = document(&format!("# Referat\n\nUtval: Ungdomsrådet\n\nMøtedato: 04.03.2018\n\n{table}"));
    let told: Vec<_> = cases(&document).into_iter().map(|(_, n, _, said)| (n, said)).collect();
    let money = "Desse får pengar:\nDansegruppa: 10 000 kroner\nKlatreklubben: 5 000 kroner";
    assert_eq!(told, [(8, "Referatet vert godkjent."), (9, money), (10, "Vi sender svar.")]);
    assert_eq!(document["cases"][2]["proposals"][0]["text"], "Vi sender ikkje svar.");
}

#[test]
fn a_word_for_what_it_is_about_stands_before_the_title() {
    let text = format!(
        "{HEAD}**KU-sak 9/14**\tJnr. 114/14\n\nAng.:\tUtslipp fra slakteriet\n\nVedtak\n\nPrøver tas hver måned.\n"
    );
    assert_eq!(cases(&document(&text))[0].2, "Utslipp fra slakteriet");
    let text = "PROTOKOLL\n\nMøte i havnestyret 11. mai 1983\n\nSak nr. 14/83      Gjelder: Ny kai\n\n     Havnestyret vedtok enstemmig:\n     Kaia \
                bygges.\n";
    assert_eq!(cases(&document_of("input.txt", text))[0].2, "Ny kai");
}

#[test]
fn the_width_of_the_page_breaks_a_quotation() {
    let text = "MØTEBOK\n\nUtvalg: Kulturutvalget\nDato: 14. november 1978\n\nSak 3/78   NY KINOSAL\n\nKinoen er gammel, og det er kommet mange brev om \
                den fra dem som\nbor i sentrum.\n\nEva Lie foreslo: \"Saken utsettes til budsjettet for neste år er lagt fram\nog vedtatt.\" Forslaget \
                falt med 2 mot 5 stemmer.\n\nVedtak:\nSalen bygges.\n";
    let case = document_of("input.txt", text)["cases"][0].clone();
    assert_eq!(case["proposals"][0]["text"], "Saken utsettes til budsjettet for neste år er lagt fram og vedtatt.");
    assert_eq!((&case["votes"][0]["for"], &case["votes"][0]["against"]), (&json!(2), &json!(5)));
}

#[test]
fn a_place_in_the_list_stands_before_a_title_with_its_number() {
    let text = "PROTOKOLL\n\nMøte i havnestyret 23. november 1970\n\n1. Takster for 1971                      Sak 18/70\n\nHavnestyret vedtok: Takstene øker.\n\n\
                2. Ny brygge                             Sak 19/70\n\nHavnestyret vedtok: Brygga bygges.\n";
    let document = document_of("input.txt", text);
    let found = cases(&document);
    assert_eq!(found.into_iter().map(|c| c.2).collect::<Vec<_>>(), ["Takster for 1971", "Ny brygge"]);
}

#[test]
fn points_of_an_agenda_are_told_by_what_is_proposed_under_them() {
    let text = "VIK BYSTYRE\n\nHerved innkalles til møte i bystyret torsdag 4. desember 1958 kl. 18 i rådhussalen.\n\nD A G S O R D E N\n\n\
                1) Møteboken fra 30. oktober.\n\n2) Salg av tomt på Tjenna.\n\nFiskerlaget vil reise egnebu.\n\nFormannskapet innstiller:\n\n\
                Tomten selges.\n\n3) Leie av Strandgaten 12.\n\nFormannskapet innstiller:\n\nBystyret samtykker.\n\n4) Spørsmål fra hr. Moe.\n";
    let document = document_of("input.txt", text);
    let found: Vec<(&Value, &Value)> = document["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (&c["number"]["sequence"], &c["proposals"][0]["text"]))
        .collect();
    assert_eq!(found.len(), 4);
    assert_eq!(found[1], (&json!(2), &json!("Tomten selges.")));
}

#[test]
fn decisions_stand_behind_a_short_word_under_bare_numbers() {
    let text = "VIK FORSYNINGSNEMND\n\nMøteprotokoll\n\nMøte tirsdag den 11. mars 1947 kl. 17.30 på kontoret.\n\n31   Protokollen fra møtet 25. februar.\n\n\
                Besl.:  Opplest og godkjent.\n\n32   Tildeling av arbeidstøy.\n\nBesl.:  Skogsarbeidere går foran.\n        Enst.\n\n\
                33   Bensin til drosjeeier Moe.\n\nBesl.:  Moe gis et tillegg.\n        Vedtatt mot 1 stemme.\n";
    let document = document_of("input.txt", text);
    let case = &document["cases"][2];
    assert_eq!((&case["number"]["sequence"], &case["decision"]["text"]), (&json!(33), &json!("Moe gis et tillegg.")));
    assert_eq!(case["votes"][0]["against"], 1);
}

#[test]
fn the_width_breaks_a_title_behind_its_label() {
    let text = "VIK REGULERINGSRÅD\n\nUTSKRIFT av reguleringsrådets møtebok\nfor møtet tirsdag 14. april 1964 kl. 15.00 i rådhuset, 3. etasje\n\n\
                Sak nr.      :   23/64\nGjelder      :   Reguleringsendring for kvartal 14, Storgaten -\n                 Telegata\nJ.nr.        :   118/63\n\n\
                Reguleringsrådets vedtak:\nJa.\n";
    let document = document_of("input.txt", text);
    assert_eq!(document["cases"][0]["title"], "Reguleringsendring for kvartal 14, Storgaten - Telegata");
    assert_eq!(document["meeting"]["place"], "rådhuset, 3. etasje");
}

#[test]
fn a_year_of_three_digits_stands_before_a_number_with_zeros() {
    let text = format!("{HEAD}## SKS 092/0031 Skoleskyss\n\nVedtak:\n\nTilbudet godtas.\n");
    let number = &document(&text)["cases"][0]["number"];
    assert_eq!((&number["series"], &number["sequence"], &number["year"]), (&json!("SKS"), &json!(31), &json!(1992)));
}

#[test]
fn a_copy_of_one_case_has_its_number_among_the_fields() {
    let html = "<p>VIK FYLKESUTVAL</p><p>UTSKRIFT AV MØTEBOK</p><table><tr><td>Utvalg</td><td>Møtedato</td><td>Sak nr.</td></tr>\
                <tr><td>Fylkesutvalget</td><td>12.06.1991</td><td>0231/91</td></tr></table><p>10 av 11 medlemmer var til stede.</p>\
                <p>FERJE OM NATTEN</p><p>Fylkesutvalgets vedtak:</p><p>Ferja går.</p><p>Rett utskrift</p><p>Eva Lie</p>";
    let document = document_of("input.html", html);
    let case = &document["cases"][0];
    assert_eq!((&document["kind"], &case["title"]), (&json!("case_minutes"), &json!("FERJE OM NATTEN")));
    assert_eq!((&case["number"]["sequence"], &case["decision"]["text"]), (&json!(231), &json!("Ferja går.")));
}

#[test]
fn titles_without_a_mark_are_told_by_the_decisions_under_them() {
    let text = "VIK VASSVERK A/L\n\nReferat frå møte i styret fredag 24. november 1961 kl. 19.30\n\nTil stades: Eva Lie (formann), Per Ås.\n\nLekkasje på \
                leidningen\n\nHalve vatnet gjekk bort på strekket.\n\nDet vart vedteke: Leidningen blir lagd om.\n\nSamrøystes vedteke.\n\n\
                Innmelding frå hotellet\n\nDet vart vedteke: Hotellet får leggja inn vatn.\n\nVedteke med 3 røyster mot 1.\n\nMelding om \
                brunnen\n\nMeldinga vart teken til vitande.\n\nMøtet slutt kl. 21.50.\n";
    let document = document_of("input.txt", text);
    let found = document["cases"].as_array().unwrap();
    let titles: Vec<&str> = found.iter().map(|c| c["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Lekkasje på leidningen", "Innmelding frå hotellet", "Melding om brunnen"]);
    assert_eq!(
        (&found[1]["decision"]["text"], &found[1]["votes"][0]["for"]),
        (&json!("Hotellet får leggja inn vatn."), &json!(3))
    );
}

#[test]
fn points_right_under_each_other_belong_to_those_with_text() {
    let text = "VIK SOKNERÅD\n\nMedlemene blir med dette kalla inn til møte tysdag 7. mai 1974 kl. 20.00.\n\nSAKLISTE\n\n12   Opplesing av møteboka\n13   \
                Maling av kyrkja\n\nMålaren reknar arbeidet til 41 000 kroner.\n\nFramlegg: Soknerådet bed om pengar.\n\n14   Ny organist\n\nFramlegg: Eva Lie \
                blir tilrådd.\n\n15   Offer i kyrkja\n\nFramlegg: Offeret går til kyrkja.\n\n16   Ymse\n";
    let document = document_of("input.txt", text);
    let found: Vec<&Value> = document["cases"].as_array().unwrap().iter().map(|c| &c["number"]["sequence"]).collect();
    assert_eq!(found, [12, 13, 14, 15, 16]);
}

#[test]
fn dots_lead_from_listed_titles_to_pages() {
    let text = "VIK KOMMUNE\n\nMØTEINNKALLING\n\nUtvalg: Kulturutvalget\nMøtedato: 04.03.1990\n\nSAKSLISTE\n\nSak 1/90  Ny kai .................. 3\n\
                Sak 2/90  Budsjett ................ 5\nSak 3/90  Brøyting ................ 8\n\nVi ber om at forfall meldes så snart som mulig.\n";
    let document = document_of("input.txt", text);
    let titles: Vec<&str> = cases(&document).into_iter().map(|c| c.2).collect();
    assert_eq!(titles, ["Ny kai", "Budsjett", "Brøyting"]);
}

#[test]
fn a_title_stands_over_the_fields_and_the_route_of_its_case() {
    let paper = |number: &str, title: &str| {
        format!(
            "\n {title}\n\n Saksbehandler: Eva Lie                Arkivsaksnr.: 98/00712\n Arkiv        : REG 0214\n\n Saksnr.: Utvalg                    \
             Møtedato\n {number}  Utvalg for plan            22.09.98\n\n SAKSOPPLYSNINGER:\n Planen er ny.\n\n VEDTAK:\n Planen legges ut.\n\n"
        )
    };
    let text = format!(
        "Hurum kommune\n\n M Ø T E P R O T O K O L L\n\n Utvalg   : Utvalg for plan\n Dato     : 22.09.98\n\n{}{}",
        paper("0061/98", "REGULERINGSPLAN FOR STORSAND\n 1. GANGS BEHANDLING"),
        paper("0062/98", "EIENDOMMEN 31/84 - FRADELING")
    );
    let document = document_of("input.txt", &text);
    let found: Vec<_> = cases(&document).into_iter().map(|c| (c.1, c.2.to_owned(), c.3.to_owned())).collect();
    let planned = |number, title| case(number, title, "Planen legges ut.");
    assert_eq!(found, [planned(61, "REGULERINGSPLAN FOR STORSAND"), planned(62, "EIENDOMMEN 31/84 - FRADELING")]);
}

#[test]
fn a_dash_behind_the_full_stop_ends_a_title() {
    let text = "SKULESTYRET\n\nLaurdag den 6. mars 1954 hadde skulestyret møte.\n\nSak 14/54. Rundskriv om tran.-\n              Rundskrivet vart lese opp og teke til \
                vitende.\n\nSak 15/54. Ny omn.-\n              Vedtak: Omnen vert kjøpt.\n";
    let document = document_of("input.txt", text);
    let found: Vec<_> = cases(&document).into_iter().map(|c| (c.1, c.2.to_owned(), c.3.to_owned())).collect();
    assert_eq!(
        found,
        [
            case(14, "Rundskriv om tran", "Rundskrivet vart lese opp og teke til vitende."),
            case(15, "Ny omn", "Omnen vert kjøpt.")
        ]
    );
}

#[test]
fn two_cases_under_each_other_are_no_list_where_others_follow() {
    let text = "VIK KOMMUNE\n\nINNKALLING TIL STYREMØTE\n\nTysdag 20. november 1990 kl. 12.30 på kontoret.\n\nSAKLISTE:\n\n31/90  Protokoll frå førre møte\n\n32/90  \
                Ny kai\n\n       Kaia er gamal.\n\n       Framlegg til vedtak:\n          Kaia vert bygd.\n\n33/90  Ny bru\n\n       Brua er gamal.\n\n34/90  Melding om gåver\n\n35/90  Ymist\n";
    let document = document_of("input.txt", text);
    let found: Vec<&Value> = document["cases"].as_array().unwrap().iter().map(|c| &c["number"]["sequence"]).collect();
    assert_eq!(found, [31, 32, 33, 34, 35]);
    assert_eq!(document["cases"][1]["proposals"][0]["text"], "Kaia vert bygd.");
}

#[test]
fn a_letter_lists_cases_with_what_is_proposed() {
    let text = "ELVERUM KOMMUNE\nVeinemnda\n\nElverum, 4/10-1963.\n\nHerr Ola By\n\nHerr Per Ås\n\nHerr Jon Moe\n\nFru Eva Lie\n\nHerr Nils Rud\n\nGjenpart: Herr Jens Dahl.\n\n\
                INNKALLING\n\nDe innkalles herved til møte i veinemnda onsdag 16. oktober 1963 kl. 9.00.\n\nFølgende saker vil bli behandlet:\n\n1) Brøyting av bygdeveier. Anbud.\n\n\
                Ingeniørens forslag: Anbudet fra Nordhagen antas.\n\n2) Søknad fra Nordskogbygda Vel om holdeplass.\n\nIngeniørens forslag: Søknaden anbefales.\n\n3) Budsjett for 1964.\n\n\
                Forslag utdeles i møtet.\n\nForfall meldes snarest.\n";
    let document = document_of("input.txt", text);
    assert_eq!(document["kind"], "agenda");
    let titles: Vec<&str> = cases(&document).into_iter().map(|c| c.2).collect();
    assert_eq!(
        titles,
        ["Brøyting av bygdeveier. Anbud", "Søknad fra Nordskogbygda Vel om holdeplass", "Budsjett for 1964"]
    );
}

#[test]
fn a_memo_that_proposes_is_a_case_paper() {
    let text = "ØYER KOMMUNE\n\nTil:     Administrasjonsutvalget\nFra:     personalsjef Eva Lie\nDato:    8. mai 1998\n\nMøtedato: mandag 25. mai 1998   Saksnummer: 14/98\n\nSENIORTILTAK\n\n\
                Kommunen har 61 ansatte over 60 år.\n\nPersonalsjefens innstilling:\n\nNattevakt fritas.\n";
    let document = document_of("input.txt", text);
    assert_eq!((&document["kind"], &document["cases"][0]["number"]["sequence"]), (&json!("case_paper"), &json!(14)));
    assert_eq!(document["cases"][0]["proposals"][0]["text"], "Nattevakt fritas.");
    assert!(names(&document, "invited").is_empty());
}

#[test]
fn a_head_may_stand_in_a_frame() {
    let text = "+--------------------------------------------------------------+\n| VIK KOMMUNE                                                  |\n\
                | Teknisk etat               S A K S U T R E D N I N G         |\n+--------------------------------------------------------------+\n\
                | Saksbeh.: Eva Lie          Arkivkode: 231                    |\n| Dato:     24.10.1994                                         |\n\
                +--------------------------------------------------------------+\n| Utvalg                     Møtedato          Saksnr.         |\n\
                | Teknisk utvalg             08.11.1994        0112/94         |\n+--------------------------------------------------------------+\n\n\
                VANNAVGIFT\n==========\n\nVEDLEGG:\n1. Brev fra Velforeningen, Vik avd., av 3.10.94\n\nTEKNISK SJEFS INNSTILLING:\n\nAvgiften økes.\n";
    let document = document_of("input.txt", text);
    assert_eq!((&document["kind"], &document["cases"][0]["number"]["sequence"]), (&json!("case_paper"), &json!(112)));
    assert_eq!(
        (&document["cases"][0]["title"], &document["document_date"]),
        (&json!("VANNAVGIFT"), &json!("1994-10-24"))
    );
}

#[test]
fn a_box_is_drawn_with_exclamation_marks() {
    let text = "NES KOMMUNE\nBygningsrådet                                  S Æ R U T S K R I F T\n\n\
                !---------------------------------------------------!\n! Utvalg                 ! Møtedato     ! Sak       !\n\
                ! Nes bygningsråd        ! 16.03.1976   ! 87/76     !\n!---------------------------------------------------!\n\
                ! Saksbehandler          ! Møtested     ! Side      !\n! Eva Lie                ! Rådhuset     ! 1         !\n\
                !---------------------------------------------------!\n\nSøknad om båthus\n________________\n\nSAKSOPPLYSNINGER:\nSøker er Per Ås.\n\nVEDTAK:\nSøknaden avslås.\n\
                !---------------------------------------------------!\nVedtaket kan påklages innen 3 uker.\n";
    let document = document_of("input.txt", text);
    let case = &document["cases"][0];
    assert_eq!(
        (&case["number"]["sequence"], &case["title"], &case["decision"]["text"]),
        (&json!(87), &json!("Søknad om båthus"), &json!("Søknaden avslås."))
    );
    assert_eq!(
        (&document["meeting"]["date"], &document["meeting"]["place"]),
        (&json!("1976-03-16"), &json!("Rådhuset"))
    );
}

#[test]
fn a_title_is_underlined_on_both_of_its_lines() {
    let text = "HADSEL FORMANNSKAP\n==================\n\nMøte fredag den 12. mars 1954 kl. 10.00 på herredskontoret, Stok-\nmarknes.\n\nSak 53/54.    Stokmarknes sanitetsforening. Søknad om bidrag til\n              \
                --------------------------------------------------\n              helsestasjon.\n              -------------\n     Foreningen søker om bidrag.\n\nVedtak: Bidraget gis.\n\n\
                Sak 54/54.    Ansettelse ved herreds-\n              -----------------------\n              kassererkontoret.\n              -----------------\n     Det var 3 søkere.\n\n\
                Vedtak: Eva Lie ansettes.\n\nOpplest og vedtatt.\n";
    let document = document_of("input.txt", text);
    let found: Vec<_> = cases(&document).into_iter().map(|c| (c.1, c.2.to_owned(), c.3.to_owned())).collect();
    let first = case(53, "Stokmarknes sanitetsforening. Søknad om bidrag til helsestasjon", "Bidraget gis.");
    assert_eq!(found, [first, case(54, "Ansettelse ved herredskassererkontoret", "Eva Lie ansettes.")]);
    assert_eq!(document["meeting"]["place"], "herredskontoret, Stokmarknes");
}

#[test]
fn a_title_goes_on_with_a_name_under_it() {
    let text = "ASKIM BYGNINGSRÅD\n\n          Møte i herredshuset, tirsdag 17/10-61 kl. 17.30.\n\n190.      Fradeling av tomt.\n\n          Vedt.:  Fradelingen godkj. ikke. 5 mot 1 st. (Lie).\n\n\
                191.      Gnr. 51, bnr. 12. Sparebanken i Askim. Lysskilt på fasade mot\n          Rådhusgata.\n\n          Skiltet har en lengde av 4,20 m og rager 0,75 m ut over fortauet\n          i hele bredden. Fri høyde er 2,60 m, og det er opplyst at lyset\n          slås av klokken elleve hver kveld, slik nabolaget har bedt om i\n          brev av mai.\n\n          \
                Vedt.:  Skiltet godkj. med fri høyde min. 3,00 m. Enst.\n\n192.      Bruksendring av uthus til\n          verksted.\n\n          Vedt.:  Saken utsettes. Enst.\n";
    let document = document_of("input.txt", text);
    let found: Vec<_> = cases(&document).into_iter().map(|c| (c.1, c.2.to_owned(), c.3.to_owned())).collect();
    assert_eq!(
        found,
        [
            case(190, "Fradeling av tomt", "Fradelingen godkj. ikke."),
            case(
                191,
                "Gnr. 51, bnr. 12. Sparebanken i Askim. Lysskilt på fasade mot Rådhusgata",
                "Skiltet godkj. med fri høyde min. 3,00 m."
            ),
            case(192, "Bruksendring av uthus til verksted", "Saken utsettes."),
        ]
    );
}

#[test]
fn a_table_lists_cases_and_what_an_office_proposes() {
    let mut document = Document::default();
    document
        .push(Block::new(BlockKind::Heading, "Innkalling til møte i skulestyret tysdag 5. september 1967".to_owned()));
    let cell = |text: &str| motebok::document::Cell::new(text.replace('|', motebok::document::CELL_BREAK));
    let row = |texts: [&str; 3]| texts.map(cell).to_vec();
    document.push(Block::table(vec![
        row(["Sak", "Kva saka gjeld", "Tilråding frå skulesjefen"]),
        row(["48/67", "Møtebok frå møte 13. juni.|Utskrift vart send medlemene.", "-"]),
        row(["49/67", "Skuleskyss i Breim.|To tilbod er komne inn.", "Tilbodet frå Bilruter vert godteke."]),
    ]));
    let cases = plain(serde_json::to_value(&extract(&document.blocks).documents[0]).unwrap())["cases"].clone();
    assert_eq!(
        (&cases[1]["title"], &cases[1]["background"]),
        (&json!("Skuleskyss i Breim"), &json!("To tilbod er komne inn."))
    );
    assert_eq!(
        (&cases[1]["proposals"][0]["text"], &cases[1]["decision"]),
        (&json!("Tilbodet frå Bilruter vert godteke."), &Value::Null)
    );
    assert_eq!(cases[0]["proposals"], json!([]));
}
