//! Ways in which it is told what a body decided, and what became of the matter: each a few lines of some minutes.
#![allow(clippy::unwrap_used, reason = "tests")]

mod extracted;

use extracted::{document, document_of};
use serde_json::{Value, json};

const HEAD: &str = "# Møteprotokoll\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n";

/// The only case of some minutes.
fn case(text: &str) -> Value {
    document(&format!("{HEAD}## Sak 3/14 Ny kinosal\n\n{text}\n"))["cases"][0].clone()
}

/// Its decision, and what became of the matter.
fn decided(text: &str) -> Value {
    let decision = &case(text)["decision"];
    json!([decision["text"], decision["outcome"]])
}

#[test]
fn paragraphs_that_rule_are_the_decision_where_no_label_heads_it() {
    let told = "Eva Lie viste tegningene.\n\nInnstillingen fikk 4 stemmer, forslaget fra Moe 2.\n\n";
    let decision = "1. Salen bygges i sommer.\n\n2. Rådmannen får fullmakt til å inngå avtale.";
    for text in [format!("{told}{decision}"), format!("{told}Slik ble det:\n\n{decision}")] {
        assert_eq!(
            decided(&text)[0],
            "1. Salen bygges i sommer.\n2. Rådmannen får fullmakt til å inngå avtale.",
            "{text}"
        );
    }
    assert_eq!(
        decided("Salen er gammel.\n\nUtvalget støtter planen og ber om en ny sak."),
        json!(["Utvalget støtter planen og ber om en ny sak.", "adopted"])
    );
    for text in
        ["Møteboka fra 7. februar ble lest og underskrevet.", "Møteboka frå 7. februar vart lesen og underskriven."]
    {
        assert_eq!(decided(text), json!([text, "adopted"]));
    }
    assert_eq!(
        decided("Planen mangler tall.\n\nSaka vert lagd ut til møtet i juni."),
        json!(["Saka vert lagd ut til møtet i juni.", "postponed"])
    );
}

#[test]
fn what_was_said_and_what_is_to_come_is_no_decision() {
    for text in [
        "Utvalget så på lokalene.",
        "Eva Lie orienterte om planene.\n\nNeste møte holdes 6. mai.",
        "Eva Lie mente at salen skal bygges.",
        "Rektor viste planen.\n\nOrdføreren viste til at fire nye saler settes opp i år. Det ble ikke fremmet forslag i saken.",
    ] {
        assert_eq!(case(text)["decision"], Value::Null, "{text}");
    }
}

#[test]
fn a_label_may_end_in_a_full_stop_or_tell_who_voted_so() {
    assert_eq!(decided("Ingen hadde merknader.\n\nEnstemmig.\n\nVEDTAK. Salen bygges.")[0], "Salen bygges.");
    let case = case("VEDTAK (mot 1 stemme: Eva Lie): Salen bygges.");
    assert_eq!((&case["decision"]["text"], &case["votes"][0]["against"]), (&json!("Salen bygges."), &json!(1)));
}

#[test]
fn sentences_head_the_decision() {
    for head in
        ["Vedtaket ble dermed:", "Det ble stemt over forslagene. Vedtaket lyder:", "Saken var dermed avgjort slik:"]
    {
        assert_eq!(decided(&format!("{head}\n\nSalen bygges."))[0], "Salen bygges.", "{head}");
    }
    assert_eq!(
        decided("Formannskapets vedtak er innstilling til kommunestyret:\n\nSalen bygges."),
        json!(["Salen bygges.", "recommended"])
    );
}

#[test]
fn a_box_or_a_cell_holds_the_decision() {
    let page = |text: &str| {
        let head = "<h1>Protokoll</h1><p>Utvalg: Styret</p><p>Møtedato: 04.03.2014</p>";
        document_of("input.html", &format!("{head}<h2>Sak 3/14 Ny kinosal</h2>{text}"))["cases"][0]["decision"]["text"]
            .take()
    };
    assert_eq!(
        page("<p>Rektor orienterte.</p><table><tr><th>Salen bygges.</th></tr></table><p>Enstemmig.</p>"),
        "Salen bygges."
    );
    let row = "| Sak | Drøfting | Vedtak | Stemmer |\n|---|---|---|---|\n| 3/14<br>Ny kinosal | Salen er gammel. | Salen bygges. | 4 for, 3 mot |\n\
               | 4/14<br>Ny kai | Kaia er gammel. | Kaia bygges. | Enstemmig |\n";
    let document = document(&format!("{HEAD}{row}"));
    let told: Vec<Value> = document["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| json!([c["decision"]["text"], c["votes"][0]["for"]]))
        .collect();
    assert_eq!(told, [json!(["Salen bygges.", 4]), json!(["Kaia bygges.", null])]);
}

#[test]
fn a_recommendation_is_the_decision_of_a_body_that_passes_it_on() {
    let text = "Sekretariatets innstilling\n\nSalen bygges.\n\nInnstilling til kommunestyret, enstemmig\n\nSalen bygges i sommer.";
    assert_eq!(decided(text), json!(["Salen bygges i sommer.", "recommended"]));
}

#[test]
fn what_is_advised_is_recommended_and_what_is_asked_for_is_not() {
    for (decision, outcome) in [
        ("Søknaden anbefales.", "recommended"),
        ("Fjellstyret rår ifrå at det vert gjeve løyve.", "recommended"),
        ("Ungdomsrådet ber kommunestyret om ikke å kutte i klubbene.", "adopted"),
        ("Utvalget tar rapporten til orientering og ber om en ny vurdering.", "noted"),
        ("Forslaget ble ikke vedtatt.", "rejected"),
        ("Saken tas opp igjen i mai.", "postponed"),
    ] {
        assert_eq!(decided(&format!("Vedtak:\n\n{decision}"))[1], outcome, "{decision}");
    }
}

#[test]
fn who_signs_and_what_comes_after_the_meeting_is_no_part_of_the_last_decision() {
    for end in
        ["Eva Lie (s.)   Per Ås (s.)", "Protokollen er godkjent elektronisk av Eva Lie.", "Etter møtet var det kaffe."]
    {
        assert_eq!(decided(&format!("Vedtak:\n\nSalen bygges.\n\n{end}"))[0], "Salen bygges.", "{end}");
    }
}

#[test]
fn a_body_is_named_by_its_letters() {
    assert_eq!(decided("Saken er gammel.\n\nVedtak i SU: Salen bygges."), json!(["Salen bygges.", "adopted"]));
}

#[test]
fn what_follows_a_decision_is_no_part_of_it() {
    for end in
        ["Vedtaket kan påklages til fylkesmannen innen tre uker.", "Referent: Eva Lie", "Møtebok ført av Eva Lie."]
    {
        assert_eq!(decided(&format!("Vedtak: Salen bygges.\n\n{end}"))[0], "Salen bygges.", "{end}");
    }
}

#[test]
fn the_words_of_a_decision_tell_its_outcome() {
    for (text, outcome) in [
        ("Utvalget tar rapporten pr. 30. april 2004 til orientering.", "noted"),
        ("Reguleringsplanen vert lagd ut til offentleg ettersyn i 30 dagar.", "adopted"),
        ("Saka vert lagd ut til møtet i juni.", "postponed"),
        ("Hovedutvalget foreslår at kommunestyret fastsetter avgiften til kr 260.", "recommended"),
    ] {
        assert_eq!(decided(&format!("Vedtak:\n\n{text}")), json!([text, outcome]));
    }
}

#[test]
fn sentences_without_label_decide() {
    assert_eq!(
        decided(
            "Kursene faller sammen med øvingene.\n\nSøknaden ble ikke imøtekommet. Rådet viser til at stua er opptatt."
        )[0],
        "Søknaden ble ikke imøtekommet. Rådet viser til at stua er opptatt."
    );
    assert_eq!(
        decided("Biler kjører for fort.\n\nAlle stemte for dette:\n\nKommunen bes om å måle farten.")[0],
        "Kommunen bes om å måle farten."
    );
    let case = case("Rådmannens innstilling:\n\nSalen bygges.\n\nInnst. enst. vedt.");
    assert_eq!(case["votes"][0]["form"], "unanimous");
    assert_eq!(case["proposals"][0]["text"], "Salen bygges.");
}

#[test]
fn proposals_are_told_by_letter_after_a_dash_and_with_the_body() {
    let proposals = |text: &str| -> Vec<Value> {
        let case = case(&format!("Rådmannens forslag:\n\nSalen bygges.\n\n{text}\n\nVedtak:\n\nSalen bygges."));
        case["proposals"].as_array().unwrap()[1..].iter().map(|p| json!([p["text"], p["by"]])).collect()
    };
    for text in [
        "Forslag A – Eva Lie, Sp: Saken utsettes.",
        "**Tilleggsforslag 1, fremmet av Eva Lie**\n\nSaken utsettes.",
        "Eva Lie satte på vegne av Sp og V fram slikt forslag:\n\nSaken utsettes.",
        "Under behandlingen satte Eva Lie fram slikt forslag:\n\nSaken utsettes.",
        "Eva Lie (Sp) sette på vegner av Sp fram slikt framlegg:\n\nSaken utsettes.",
    ] {
        assert_eq!(proposals(text), [json!(["Saken utsettes.", "Eva Lie"])], "{text}");
    }
}

#[test]
fn a_page_head_that_occurs_once_is_no_part_of_a_decision() {
    for head in [
        "LUND KOMMUNE - KULTURUTVALGET                          SIDE 2 AV 2",
        "Lund renovasjon - styreprotokoll 05.12.95         s. 2",
        "LUND KOMMUNE                                            Blad 32",
    ] {
        let text = format!(
            "MØTEBOK\n\nUtvalg: Kulturutvalget\nMøtedato: 04.03.2014\n\nSak 3/14 Ny kinosal\n\nVedtak:\nSalen bygges.\n\n\n{head}\n\n\n\
             Sak 4/14 Ny kai\n\nVedtak:\nKaien bygges.\n"
        );
        let document = document_of("input.txt", &text);
        let decisions: Vec<_> =
            document["cases"].as_array().unwrap().iter().map(|c| c["decision"]["text"].clone()).collect();
        assert_eq!(decisions, ["Salen bygges.", "Kaien bygges."], "{head}");
    }
}

#[test]
fn each_body_of_an_extract_decides_what_it_passes_on() {
    let treated = |body: &str, number: &str, tail: &str| {
        format!(
            "## {body} behandling i møte 04.03.2014 - sak {number}\n\nVotering: Rådmannens innstilling ble enstemmig vedtatt. \
                 Tilleggsforslaget fra Eva Lie ble vedtatt med 4 mot 3 stemmer.\n\n{tail}:\n\nSalen bygges.\n\n"
        )
    };
    let document = document(&format!(
        "# Særutskrift\n\n| Saksnr. | Utvalg | Møtedato |\n|---|---|---|\n| 12/14 | Kulturutvalget | 04.03.2014 |\n| 31/14 | Formannskapet | \
         04.03.2014 |\n\nNY KINOSAL\n\nRådmannens innstilling:\n\nSalen bygges.\n\n{}{}",
        treated("Kulturutvalgets", "12/14", "Kulturutvalgets innstilling"),
        treated("Formannskapets", "31/14", "Formannskapets innstilling"),
    ));
    let cases = document["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 2);
    for case in cases {
        assert_eq!(
            json!([case["decision"]["text"], case["decision"]["outcome"]]),
            json!(["Salen bygges.", "recommended"])
        );
    }
}

#[test]
fn the_vote_heads_what_was_decided() {
    let salen = |head: &str| decided(&format!("Eva Lie ville vente.\n\n{head}\n\nSalen bygges."));
    for head in [
        "Deretter ble enstemmig vedtatt:",
        "Med 4 mot 1 stemme ble vedtatt:",
        "Vedtatt med 4 mot 1 st.:",
        "Deretter vart samrøystes vedteke:",
        "Mot ei røyst vart vedteke:",
        "V E D T A K   I   S T Y R E T :",
        "Havnestyret gir slik innstilling til kommunestyret:",
    ] {
        assert_eq!(salen(head)[0], "Salen bygges.", "{head}");
    }
}

#[test]
fn a_word_may_say_what_became_of_a_proposal() {
    let case = case("Rådmannens innstilling: Salen bygges.\n\nBifalles.");
    assert_eq!(
        (&case["proposals"][0]["text"], &case["decision"]["text"]),
        (&json!("Salen bygges."), &json!("Bifalles."))
    );
    let sent = decided("Naboene har klaget.\n\nOversendes formannskapet.");
    assert_eq!(sent, json!(["Oversendes formannskapet.", "referred"]));
}

#[test]
fn a_statement_that_somebody_asked_for_is_no_part_of_the_decision() {
    let found =
        decided("Vedtak:\n\nSalen bygges.\n\nEva Lie og Per Ås ba om følgende protokolltilførsel: «Vi ville vente.»");
    assert_eq!(found[0], "Salen bygges.");
}

#[test]
fn what_is_put_off_or_sent_on_is_told_in_a_sentence() {
    let outcome = |text: &str| {
        let text = format!(
            "# Møteprotokoll\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n## Sak 3/14 Ny kinosal\n\nVedtak:\n\n{text}\n"
        );
        document(&text)["cases"][0]["decision"]["outcome"].clone()
    };
    assert_eq!(outcome("Man besluttet å utsette saken til neste møte."), "postponed");
    assert_eq!(outcome("Det ble vedtatt å oversende saken til byingeniøren."), "referred");
    assert_eq!(outcome("Man besluttet å sende brev til alle husstander."), "adopted");
}

#[test]
fn labels_are_cut_to_letters_or_say_to_whom_it_goes() {
    assert_eq!(
        decided("B.:  Saken utsettes til svar foreligger. Enst."),
        json!(["Saken utsettes til svar foreligger.", "postponed"])
    );
    assert_eq!(
        decided(
            "Havnefogdens innstilling:\n\nAvgiften økes.\n\nVedtak – innstilling til bystyret:\n\nAvgiften økes ikke."
        ),
        json!(["Avgiften økes ikke.", "recommended"])
    );
}

#[test]
fn what_the_body_itself_states_is_its_decision() {
    let text = "Eva Lie la fram forslag.\n\nKulturutvalgets uttalelse:\n\nUtvalget går imot at salen stenges.\n\nUttalelsen var enstemmig.";
    let case = case(text);
    assert_eq!(case["decision"]["text"], "Utvalget går imot at salen stenges.");
    assert_eq!(case["votes"][0]["form"], "unanimous");
}

#[test]
fn the_last_sentence_tells_what_the_body_will() {
    let told = "Klokkeren sa at skikken er i ferd med å falle bort. ";
    for (text, outcome) in [
        ("Utvalget vil gjerne holde skikken ved like.", "adopted"),
        ("Saka vert liggjande til neste møte, so alle kan sjå prøvene.", "postponed"),
        ("Det var enighet om å legge turen til Utne.", "adopted"),
    ] {
        assert_eq!(decided(&format!("{told}{text}\n\nMøtet sluttet med sang.")), json!([text, outcome]), "{text}");
    }
    assert_eq!(decided("Ved avstemningen var 5 for og 2 imot dette vedtaket: Salen bygges.")[0], "Salen bygges.");
    let text = "Fylkesmannens rundskriv om refusjon og et skriv fra Trondheim ble referert og tatt til efterretning.";
    assert_eq!(decided(text), json!([text, "noted"]));
}

#[test]
fn a_vote_on_a_proposal_is_told_as_the_decision() {
    let vote = "Ved avstemningen ble forslaget fra Lie vedtatt med 4 mot 3 stemmer.";
    assert_eq!(decided(&format!("Forslag fra Eva Lie: Salen bygges.\n\n{vote}")), json!([vote, "adopted"]));
}

#[test]
fn an_adopted_proposal_may_send_the_matter_on() {
    let text = "Forslag fra Eva Lie: Saken sendes tilbake til bygningsrådet til ny behandling.\n\nLies forslag ble vedtatt med 17 mot 2 stemmer.";
    assert_eq!(decided(text)[1], "referred");
}

#[test]
fn what_other_bodies_decided_stands_before_the_own_decision() {
    let text = "Skolestyret gjorde 14. oktober slikt enstemmig vedtak:\n\n\"Skolestyret tilrår at tomten kjøpes.\"\n\nMed 6 mot 1 stemme vedtok formannskapet å legge saken fram med slik \
                innstilling:\n\nTomten kjøpes.\n\nBehandling i utvalget:\n\nInnstillingen ble vedtatt mot 4 stemmer.\n\nKulturutvalgets vedtak er etter dette:\n\nTomten kjøpes.";
    let case = case(text);
    assert_eq!(
        (&case["decision"]["text"], &case["decision"]["outcome"]),
        (&json!("Tomten kjøpes."), &json!("adopted"))
    );
    let votes: Vec<&Value> = case["votes"].as_array().unwrap().iter().map(|v| &v["against"]).collect();
    assert_eq!(votes, [4]);
}
