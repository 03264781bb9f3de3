//! Ways in which cases, votes and decisions are set that the extraction must understand: each a few lines, and what must
//! come out of them.
#![allow(clippy::unwrap_used, reason = "tests")]

mod extracted;

use extracted::{cases, document, document_of, documents_of};
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
