//! Ways in which votes are told: each a few lines of some minutes, and the votes that must come out of them.
#![allow(clippy::unwrap_used, reason = "tests")]

mod extracted;

use extracted::{document, document_of};
use serde_json::{Value, json};

const HEAD: &str = "# Møteprotokoll\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n";

/// Form, numbers and names of each vote of the only case, whose text is given.
fn votes(text: &str) -> Vec<Value> {
    let document = document(&format!("{HEAD}## Sak 3/14 Ny kinosal\n\n{text}\n\nVedtak\n\nSalen bygges.\n"));
    told(&document["cases"][0])
}

fn told(case: &Value) -> Vec<Value> {
    let all = case["votes"].as_array().unwrap().iter();
    all.map(|v| json!([v["form"], v["for"], v["against"], v["for_names"], v["against_names"]])).collect()
}

#[test]
fn a_mark_tells_the_side_of_each_voter() {
    let table = "Votering\n\n| Representant | Parti | For | Mot |\n|---|---|---|---|\n| Eva Lie | AP | X | |\n| Per Ås | H | X | |\n| Kari Rud | SP | | X |\n\
                 | Sum | | 2 | 1 |\n\nInnstillingen er vedtatt med 2 mot 1 stemme.";
    assert_eq!(votes(table), [json!(["names", 2, 1, ["Eva Lie", "Per Ås"], ["Kari Rud"]])]);
}

#[test]
fn the_sides_stand_under_each_other_beside_the_proposal() {
    let table = "Votering\n\n| Forslag | | AP | SP | H | Sum | Resultat |\n|---|---|---|---|---|---|---|\n| Innstillingen | For | 6 | 0 | 3 | 9 | Vedtatt \
                 |\n| | Mot | 0 | 4 | 0 | 4 | |\n| Tilleggsforslag fra Per Ås | For | 6 | 0 | 0 | 6 | Falt |\n| | Mot | 0 | 4 | 3 | 7 | |";
    let expected = [json!(["counts", 9, 4, null, null]), json!(["counts", 6, 7, null, null])];
    assert_eq!(votes(table), expected);
}

#[test]
fn a_column_for_the_votes_says_that_all_agreed() {
    let table = "Avstemning\n\n| Forslag | For | Mot | Utfall |\n|---|---|---|---|\n| Rådmannens forslag punkt 1 | Enstemmig | | Vedtatt |\n| Rådmannens \
                 forslag punkt 2 | 2: Eva Lie, Per Ås | 1: Jon Moe | Vedtatt |";
    let expected =
        [json!(["unanimous", null, null, null, null]), json!(["names", 2, 1, ["Eva Lie", "Per Ås"], ["Jon Moe"]])];
    assert_eq!(votes(table), expected);
}

#[test]
fn names_of_the_minority_alone_make_no_vote_by_names() {
    let text = "Votering\n\nInnstillingen ble vedtatt med 5 mot 2 stemmer (Eva Lie, Per Ås).";
    assert_eq!(votes(text), [json!(["counts", 5, 2, null, ["Eva Lie", "Per Ås"]])]);
    let text = "Votering\n\nTre stemte for innstillingen, en (Eva Lie) stemte mot.";
    assert_eq!(votes(text), [json!(["counts", 3, 1, null, ["Eva Lie"]])]);
}

#[test]
fn shares_vote_by_the_thousand() {
    let text = "Styrets forslag ble vedtatt med 8500 mot 1100 stemmer.";
    assert_eq!(votes(text), [json!(["counts", 8500, 1100, null, null])]);
    let text = "For: 6700 stemmer. Mot: 2900 stemmer.";
    assert_eq!(votes(text), [json!(["counts", 6700, 2900, null, null])]);
    // Years are no votes.
    assert_eq!(votes("Planen for 2015 ble vedtatt. Avgiften for 2014 mot 2013 ble drøftet.").len(), 0);
}

#[test]
fn a_ballot_elects_those_whom_the_next_lines_name() {
    let text = "MØTEBOK\n\nUtval: Kulturutvalet\nMøtedag: 04.03.1961\n\nSak 3.  Val av nemnd.\n\nValde vart med skriftleg røysting:\n\n    Eva \
                Lie, formann, og Per Ås.\n\nSak 4.  Skriv.\n\nVedtak: Skrivet vert lagt ved møteboka.\n";
    let document = document_of("input.txt", text);
    assert_eq!(document["cases"][1]["decision"]["outcome"], "noted");
}

#[test]
fn sides_are_told_by_whose_proposal_it_was() {
    let text = "For lederens forslag: Eva Lie, Per Ås. For Moes forslag: Jon Moe. Lederens forslag er vedtatt.";
    assert_eq!(votes(text), [json!(["names", null, null, ["Eva Lie", "Per Ås"], ["Jon Moe"]])]);
    let text = "Eva Lie stemte mot, de øvrige for.";
    assert_eq!(votes(text), [json!(["names", null, null, null, ["Eva Lie"]])]);
}

#[test]
fn a_column_gives_how_many_there_were() {
    let two = "Votering\n\n| Det ble stemt over | Stemmer |\n|---|---|\n| Rådmannens innstilling | 9 |\n| Forslag fra Eva Lie | 5 |";
    assert_eq!(votes(two), [json!(["alternatives", 9, 5, null, null])]);
    let sides = "Votering\n\n| Det ble stemt over | Stemmer |\n|---|---|\n| For forslaget fra Eva Lie | 6 |\n| Mot forslaget fra Eva Lie | 8 |";
    assert_eq!(votes(sides), [json!(["counts", 6, 8, null, null])]);
    let named = "Votering\n\n| Forslag | Antall | Representanter |\n|---|---|---|\n| Rådmannen | 2 | Eva Lie (H), Per Ås (Ap) |\n| Moe | 1 | Kari Moe (SV) |";
    assert_eq!(votes(named), [json!(["names", 2, 1, ["Eva Lie", "Per Ås"], ["Kari Moe"]])]);
}

#[test]
fn a_vote_follows_a_proposal_in_the_next_paragraph_or_the_same() {
    let text = "Eva Lie foreslo på vegne av SV:\n\nSaken sendes tilbake.\n\nInnstillingen ble vedtatt. For innstillingen stemte (2): Per Ås og \
                Jon Moe. Imot stemte (1): Eva Lie.";
    assert_eq!(votes(text), [json!(["names", 2, 1, ["Per Ås", "Jon Moe"], ["Eva Lie"]])]);
    let text = "Eva Lie foreslo: Fersk fisk fritas for avgift. Forslaget fikk 2 stemmer og falt.";
    assert_eq!(votes(text), [json!(["counts", 2, null, null, null])]);
    let text = "Votering\n\nForslaget fra brannsjefen 4, forslaget fra Lie 1.";
    assert_eq!(votes(text), [json!(["alternatives", 4, 1, null, null])]);
}

#[test]
fn names_on_both_sides_tell_the_outcome() {
    let text = "Navneopprop – Ja: Eva Lie. Nei: Per Ås, Jon Moe.";
    let document = document(&format!("{HEAD}## Sak 3/14 Ny kinosal\n\n{text}\n\nVedtak\n\nSalen bygges.\n"));
    assert_eq!(told(&document["cases"][0]), [json!(["names", null, null, ["Eva Lie"], ["Per Ås", "Jon Moe"]])]);
    assert_eq!(document["cases"][0]["votes"][0]["outcome"], "rejected");
}

#[test]
fn names_stand_under_their_number_in_a_cell() {
    let html = "<html><body><h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p><h2>Sak 3/14 Ny kinosal</h2><p>Votering</p>\
                <table><tr><td>Forslag</td><td>For</td><td>Mot</td><td>Utfall</td></tr>\
                <tr><td>Innstillingen</td><td>2<br>Eva Lie (H), Per Ås (Ap)</td><td>1<br>Kari Moe (SV)</td><td>Vedtatt</td></tr></table>\
                <p>Vedtak</p><p>Salen bygges.</p></body></html>";
    let votes = told(&document_of("input.html", html)["cases"][0]);
    assert_eq!(votes, [json!(["names", 2, 1, ["Eva Lie", "Per Ås"], ["Kari Moe"]])]);
}

#[test]
fn a_side_has_a_column_for_its_names() {
    let table = "Votering\n\n| Forslag | For | Mot | Mot forslaget stemte |\n|---|---|---|---|\n| Forslag 1 | 5 | 2 | Eva Lie, Per Ås |\n| Forslag 2 | 7 | 0 | |\n";
    assert_eq!(
        votes(table),
        [json!(["counts", 5, 2, null, ["Eva Lie", "Per Ås"]]), json!(["counts", 7, 0, null, null])]
    );
    let table = "Votering\n\n| Votering | For innstillingen (2) | For forslaget fra Lie (1) |\n|---|---|---|\n| Navn | Kari Moe, Jon Dahl | Eva Lie |\n";
    assert_eq!(votes(table), [json!(["names", 2, 1, ["Kari Moe", "Jon Dahl"], ["Eva Lie"]])]);
    let table = "Votering\n\n| Representant | For | Mot |\n|---|---|---|\n| Kari Moe | X | |\n| Eva Lie | | X |\n| Jon Dahl | X | |\n| Antall stemmer | 2 | 1 |\n";
    assert_eq!(votes(table), [json!(["names", 2, 1, ["Kari Moe", "Jon Dahl"], ["Eva Lie"]])]);
}

#[test]
fn who_was_against_is_named_behind_the_count() {
    assert_eq!(
        votes("6 stemte for, Eva Lie og Per Ås stemte mot."),
        [json!(["counts", 6, null, null, ["Eva Lie", "Per Ås"]])]
    );
    assert_eq!(
        votes("Votering\n\nDet er fire att, og alle var samde."),
        [json!(["unanimous", null, null, null, null])]
    );
}

#[test]
fn a_side_has_its_number_and_its_names_in_a_row() {
    let page = "<h1>Protokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p><h2>Sak 3/14 Ny kai</h2><p>Avstemning:</p><table><tr><td>Moes \
                forslag</td><td>Antall</td><td>Navn</td></tr><tr><td>For</td><td>1</td><td>Kari Moe</td></tr><tr><td>Mot</td><td>2</td><td>Eva Lie, Per \
                Ås</td></tr><tr><td colspan=\"3\">Forslaget falt</td></tr></table><p>Vedtak: Kaia bygges.</p>";
    let expected = [json!(["names", 1, 2, ["Kari Moe"], ["Eva Lie", "Per Ås"]])];
    assert_eq!(told(&document_of("input.html", page)["cases"][0]), expected);
}

#[test]
fn votes_stand_among_proposals() {
    let text = "Innstilling: Det gis kr 5 000. Kari Moe foreslo kr 8 000. Ved votering fikk Moes forslag 4 stemmer, og innstillingen fikk 3.";
    assert_eq!(votes(text), [json!(["alternatives", 4, 3, null, null])]);
    let table = "| Rådmannen foreslår | Salen bygges. |\n|---|---|\n| Stemmer | Rådmannens forslag: enstemmig. Moes forslag: 4 for, 3 mot. |\n";
    assert_eq!(votes(table), [json!(["unanimous", null, null, null, null]), json!(["counts", 4, 3, null, null])]);
}

#[test]
fn a_proposal_that_fell_is_no_alternative() {
    let text = "Votering\n\nForslaget fikk 2 stemmer og falt med 9 stemmer imot.";
    assert_eq!(votes(text), [json!(["counts", 2, 9, null, null])]);
}

#[test]
fn what_falls_on_a_proposal_does_not_fall() {
    let case = document(&format!(
        "{HEAD}## Sak 3/14 Ny kinosal\n\nAvstemning:\n\nKassererens forslag ble vedtatt med 3 mot 2 stemmer, som falt på forslaget fra Moe.\n\n\
         Vedtak:\n\nSalen bygges.\n"
    ))["cases"][0]
        .clone();
    assert_eq!(case["votes"][0]["outcome"], "adopted");
}

#[test]
fn a_label_of_the_decision_tells_the_vote_of_a_body() {
    for (label, expected) in [
        ("Styrets enstemmige beslutning:", json!(["unanimous", null, null, null, null])),
        ("Styrets vedtak med 3 mot 2 stemmer:", json!(["counts", 3, 2, null, null])),
    ] {
        let text = format!(
            "{HEAD}## Sak 3/14 Ny kinosal\n\nSalen er gammel.\n\n{label}\n\n1. Salen bygges.\n\n2. Tilskuddet faller bort.\n"
        );
        let document = document(&text);
        let case = &document["cases"][0];
        assert_eq!(told(case), [expected], "{label}");
        assert_eq!(case["decision"]["text"], "1. Salen bygges.\n2. Tilskuddet faller bort.", "{label}");
        assert_eq!(case["votes"][0]["outcome"], "adopted", "{label}");
    }
}

#[test]
fn votes_stand_under_the_decision() {
    for (line, expected) in [
        ("For (2): Eva Lie, Per Ås\n\nMot (1): Kari Moe", json!(["names", 2, 1, ["Eva Lie", "Per Ås"], ["Kari Moe"]])),
        ("3 for, 3 mot. Avgjort med leders dobbeltstemme.", json!(["counts", 3, 3, null, null])),
        ("Protokollen ble enstemmig godkjent.", json!(["unanimous", null, null, null, null])),
        (
            "Pkt. 1 ble vedtatt med 4 mot 2 stemmer, som ble avgitt for rådmannens forslag til nytt punkt om parkering.",
            json!(["counts", 4, 2, null, null]),
        ),
    ] {
        let document = document(&format!("{HEAD}## Sak 3/14 Ny kinosal\n\nVedtak:\n\nSalen bygges.\n\n{line}\n"));
        let case = &document["cases"][0];
        assert_eq!((&case["decision"]["text"], told(case)), (&json!("Salen bygges."), vec![expected]), "{line}");
    }
}

#[test]
fn sides_told_after_the_name_of_a_proposal_are_no_proposal() {
    let text = "Forslag fra Eva Lie (FrP)\n\nSaken utsettes.\n\nAvstemning\n\nFrPs forslag: 2 stemmer for (FrP, SV), 9 stemmer mot (H, Ap). Forslaget falt.";
    let document = document(&format!("{HEAD}## Sak 3/14 Ny kinosal\n\n{text}\n\nVedtak\n\nSalen bygges.\n"));
    let case = &document["cases"][0];
    assert_eq!(told(case), [json!(["counts", 2, 9, null, null])]);
    assert_eq!(case["proposals"].as_array().unwrap().len(), 1);
}

#[test]
fn sides_of_a_proposal_list_names() {
    let text = "Framlegget frå Eva Lie vart sett opp mot tilrådinga. Framlegget vart vedteke med 2 mot 1 røyster.\n\n\
                For framlegget: Eva Lie, Per Ås.\n\nMot framlegget: Kari Moe.";
    assert_eq!(votes(text), [json!(["names", 2, 1, ["Eva Lie", "Per Ås"], ["Kari Moe"]])]);
    assert_eq!(
        votes("Vedtak\n\nSalen bygges.\n\n4 stemte for alternativ 1, 2 stemte for alternativ 2"),
        [json!(["alternatives", 4, 2, null, null])]
    );
}

#[test]
fn numbers_are_told_again_in_words() {
    let found = votes("Innstillingen ble vedtatt med 8 - åtte - mot 6 - seks - stemmer.");
    assert_eq!(found, [json!(["counts", 8, 6, null, null])]);
}

#[test]
fn municipalities_vote_with_their_shares() {
    let found = votes(
        "For styrets innstilling stemte Gol, Ål og Nes (79 stemmer). Mot stemte Hol og Flå (13 stemmer). Innstillingen er dermed vedtatt.",
    );
    assert_eq!(found, [json!(["names", 79, 13, ["Gol", "Ål", "Nes"], ["Hol", "Flå"]])]);
}

#[test]
fn some_do_not_vote_and_elections_are_in_writing() {
    let head = format!("{HEAD}## Sak 3/14 Ny kinosal\n\n");
    let vote =
        |text: &str| document(&format!("{head}{text}\n\nVedtak:\n\nSalen bygges.\n"))["cases"][0]["votes"][0].clone();
    assert_eq!(vote("Forslaget ble vedtatt med 8 mot 2 stemmer. 1 stemte ikke.")["abstain"], 1);
    let secret = vote("Valgene foregikk skriftlig. Ved valg av leder fikk Eva Lie 7 stemmer.");
    assert_eq!((&secret["form"], &secret["for"], &secret["outcome"]), (&json!("secret"), &json!(7), &json!("adopted")));
}

#[test]
fn the_chair_decides_where_the_numbers_are_even() {
    let head = format!("{HEAD}## Sak 3/14 Ny kinosal\n\n");
    let vote =
        |text: &str| document(&format!("{head}{text}\n\nVedtak:\n\nSalen bygges.\n"))["cases"][0]["votes"][0].clone();
    let told = vote("2 stemte for, 2 stemte mot. Styrelederens stemme var avgjørende.");
    assert_eq!((&told["casting_vote"], &told["outcome"]), (&json!(true), &json!("adopted")));
    assert_eq!(vote("2 stemte for, 2 stemte mot.")["outcome"], Value::Null);
}

#[test]
fn more_votes_against_what_fell_are_against_it() {
    let found = votes("Ved avstemningen falt Dahls forslag med 5 mot 2 stemmer.");
    assert_eq!(found, [json!(["counts", 2, 5, null, null])]);
}

#[test]
fn sides_are_named_by_last_names() {
    let text = format!(
        "{HEAD}Møtt: Ordfører Lie, bonde Moe, lærer Dahl og fru Rud.\n\n## Sak 3/14 Ny kinosal\n\nVedtak:\n\nSalen bygges.\n\n\
         For dette stemte Lie, Moe og Dahl. Mot stemte Rud.\n"
    );
    let case = document(&text)["cases"][0].clone();
    assert_eq!(case["decision"]["text"], "Salen bygges.");
    let vote = &case["votes"][0];
    assert_eq!((&vote["for_names"], &vote["against_names"]), (&json!(["Lie", "Moe", "Dahl"]), &json!(["Rud"])));
    assert_eq!(vote["outcome"], "adopted");
}

#[test]
fn blank_ballots_are_not_against() {
    let text = format!(
        "{HEAD}## Sak 3/14 Valg av forstander\n\nValget foregikk skriftlig. Eva Lie fikk 10 stemmer, 2 sedler var blanke.\n\nVedtak:\n\nEva Lie velges.\n"
    );
    let vote = document(&text)["cases"][0]["votes"][0].clone();
    assert_eq!((&vote["for"], &vote["against"], &vote["abstain"]), (&json!(10), &Value::Null, &json!(2)));
}

#[test]
fn a_decision_ends_before_the_word_for_how_it_was_made() {
    let text = format!("{HEAD}## Sak 3/14 Ny kinosal\n\nVedtak:\n\nSalen bygges.\n\nBesluttet enstemmig.\n");
    let case = document(&text)["cases"][0].clone();
    assert_eq!((&case["decision"]["text"], &case["votes"][0]["form"]), (&json!("Salen bygges."), &json!("unanimous")));
}

#[test]
fn sides_are_listed_after_the_number() {
    let text = format!(
        "{HEAD}## Sak 3/14 Ny kinosal\n\nForslaget fra Lie fikk 2 stemmer og falt. Disse stemte for: Eva Lie og Per Ås. Disse stemte mot: Kari Moe, Jon \
         Dahl og Siri Vik.\n\nVedtak:\n\nSalen bygges.\n"
    );
    let vote = document(&text)["cases"][0]["votes"][0].clone();
    assert_eq!((&vote["form"], &vote["for"], &vote["outcome"]), (&json!("names"), &json!(2), &json!("rejected")));
    assert_eq!(vote["against_names"], json!(["Kari Moe", "Jon Dahl", "Siri Vik"]));
}

#[test]
fn a_decision_ends_before_sentences_that_tell_of_its_vote() {
    let head = format!("{HEAD}Møtt: Formannen Lie, Moe, fru Dahl, Rud og By.\n\n## Sak 3/14 Ny kinosal\n\n");
    let case = |text: &str| document(&format!("{head}{text}\n"))["cases"][0].clone();
    let named = case("Man besluttet å bygge salen. Vedtatt med 3 mot 2 stemmer. Moe og fru Dahl stemte mot.");
    assert_eq!(named["decision"]["text"], "Man besluttet å bygge salen.");
    assert_eq!(named["votes"][0]["against_names"], json!(["Moe", "Dahl"]));
    let counted = case("Det ble vedtatt å bygge salen. Vedtaket ble gjort med 3 mot 1 stemme (Rud).");
    assert_eq!(counted["decision"]["text"], "Det ble vedtatt å bygge salen.");
}

#[test]
fn who_was_against_is_named_before_the_word_for_votes() {
    let text = format!("{HEAD}## Sak 3/14 Ny kinosal\n\nVedtak:\n\nSalen bygges.\n\nVedtatt mot Eva Lies stemme.\n");
    let case = document(&text)["cases"][0].clone();
    assert_eq!(case["decision"]["text"], "Salen bygges.");
    assert_eq!(case["votes"][0]["against_names"], json!(["Eva Lie"]));
}

#[test]
fn numbers_against_each_other_are_no_votes() {
    let text = format!(
        "{HEAD}## Sak 3/14 Orienteringer\n\nRektor orienterte om:\n\n- elevtallet til høsten, 148 mot 155 i år\n\nFormannskapet hadde med 4 mot 3 stemmer tilrådd garanti.\n\nOrienteringene ble \
         tatt til etterretning.\n"
    );
    assert_eq!(document(&text)["cases"][0]["votes"], json!([]));
}

#[test]
fn representatives_stand_after_their_number() {
    let text = format!(
        "{HEAD}Møtt: Ordfører Lie, bonde Moe, lærer Dahl, Rud og By.\n\n## Sak 3/14 Garanti\n\nFor garanti stemte 3 representanter: Lie, Moe og Dahl. De øvrige 2 stemte mot.\n\n\
         Vedtak:\n\nGarantien gis.\n"
    );
    let vote = document(&text)["cases"][0]["votes"][0].clone();
    assert_eq!((&vote["for"], &vote["against"]), (&json!(3), &json!(2)));
    assert_eq!(vote["for_names"], json!(["Lie", "Moe", "Dahl"]));
}
