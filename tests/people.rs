//! Ways in which people, signatures and meeting plans are set: each a few lines, and the fields that must come out of them.
#![allow(clippy::unwrap_used, reason = "tests")]

mod extracted;

use extracted::{document, document_of, documents_of, names};
use serde_json::{Value, json};

/// Name and role of each who signs.
fn signers(document: &Value) -> Vec<(&str, &str)> {
    let all = document["signatures"].as_array().unwrap().iter();
    all.map(|s| (s["name"].as_str().unwrap(), s["role"].as_str().unwrap_or_default())).collect()
}

const HEAD: &str = "# Møteprotokoll\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n";

const CASE: &str = "## KU 3/14 Ny kinosal\n\nVedtak:\n\nSalen bygges.\n\n";

/// That of minutes with a case and something under it.
fn signed(end: &str) -> Value {
    document(&format!("{HEAD}{CASE}{end}\n"))
}

#[test]
fn cells_hold_names_and_roles() {
    let table = "<table><tr><td>______<br>Eva Lie<br>leder</td><td>Per Ås /s/</td></tr></table>";
    let html = format!(
        "<h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p><h2>KU 3/14 Ny kinosal</h2>\
         <p>Vedtak:</p><p>Salen bygges.</p><p>Møtet ble hevet kl. 20.</p>{table}"
    );
    let document = document_of("input.html", &html);
    assert_eq!(signers(&document), [("Eva Lie", "leder"), ("Per Ås", "")]);
    assert_eq!(document["signatures"][1]["signed"], json!(true));
    assert_eq!(document["cases"][0]["decision"]["text"], "Salen bygges.");
}

#[test]
fn roles_stand_beside_names() {
    let document = signed("Vik, 5. mars 2014\n\nEva Lie (dirigent)\n\nPer Ås nestleder\n\nKari Moe\n\n(sekretær)");
    assert_eq!(signers(&document), [("Eva Lie", "dirigent"), ("Per Ås", "nestleder"), ("Kari Moe", "sekretær")]);
    let document = signed("Jon Dahl\n\nfor sekretariatet");
    assert_eq!(signers(&document), [("Jon Dahl", "for sekretariatet")]);
    let document = signed("Eva Lie velges som leder.");
    assert_eq!(signers(&document), []);
}

#[test]
fn words_stand_before_those_who_sign() {
    assert_eq!(signers(&signed("Hilsen Eva Lie")), [("Eva Lie", "")]);
    assert_eq!(signers(&signed("Underskrivere: Eva Lie og Per Ås")), [("Eva Lie", ""), ("Per Ås", "")]);
    let extract = signed("Rett utskrift bevitnes: Eva Lie, sekretær. Vik, 5. mars 2014");
    assert_eq!(signers(&extract), [("Eva Lie", "sekretær")]);
    let approved = document_of(
        "input.txt",
        "MØTEPROTOKOLL\n\nUtvalg: Kulturutvalget\nMøtedato: 04.03.2014\n\nSak 3/14 Ny kinosal\n\nVedtak:\nSalen bygges.\n\n\
         Godkjent:   Eva Lie (s)      Per Ås (s)\n",
    );
    assert_eq!(signers(&approved), [("Eva Lie", ""), ("Per Ås", "")]);
}

#[test]
fn the_day_stands_beside_the_name() {
    let document = signed("Eva Lie, 6.3.14");
    assert_eq!(signers(&document), [("Eva Lie", "")]);
    assert_eq!(document["signatures"][0]["date"], "2014-03-06");
}

#[test]
fn names_alone_may_stand_last() {
    assert_eq!(signers(&signed("Neste møte er 20. mai.\n\nEva Lie\n\nPer Ås")), [("Eva Lie", ""), ("Per Ås", "")]);
    assert_eq!(signers(&signed("Valgt ble:\n\nEva Lie")), []);
}

#[test]
fn little_may_stand_under_those_who_sign() {
    let document = signed("Eva Lie\n\nordfører\n\nNeste gang: torsdag på rådhuset.\n\nTa med kaffe.");
    assert_eq!(signers(&document), [("Eva Lie", "ordfører")]);
    assert_eq!(document["cases"][0]["decision"]["text"], "Salen bygges.");
    let document = signed("Vik, 5. mars 2014\n\nEva Lie\n\nTilbake til forsiden");
    assert_eq!(signers(&document), [("Eva Lie", "")]);
}

#[test]
fn a_plan_is_signed() {
    let plan = "# Møteplan 2014\n\nKulturutvalget: tirsdag 04.03 kl 18\n\nKulturutvalget: tirsdag 06.05 kl 18\n\n\
                Vik, 5. januar 2014\n\nEva Lie\n\nordfører\n";
    assert_eq!(signers(&document(plan)), [("Eva Lie", "ordfører")]);
}

/// Body, date, start and end of each planned meeting.
fn planned(document: &Value) -> Vec<Value> {
    let all = document["planned_meetings"].as_array().unwrap().iter();
    all.map(|m| json!([m["body"], m["date"], m["start"], m["end"]])).collect()
}

#[test]
fn the_body_of_a_grid_says_when_it_meets() {
    let plan = "# Møtekalender 2015\n\n| Organ | Jan | Feb | Mars | April | Mai | Juni |\n|---|---|---|---|---|---|---|\n\
                | Kulturutvalget tirsdager kl. 17.00 | 13 og 27 | | | | | |\n| Havnestyret (onsdag kl. 09.30) | | 4 | | | | |\n\
                | Bystyret | | | 5 | | | |\n";
    assert_eq!(
        planned(&document(plan)),
        [
            json!(["Kulturutvalget", "2015-01-13", "17:00", null]),
            json!(["Kulturutvalget", "2015-01-27", "17:00", null]),
            json!(["Havnestyret", "2015-02-04", "09:30", null]),
            json!(["Bystyret", "2015-03-05", null, null]),
        ]
    );
    let plan =
        "# Møteplan 2015\n\n| Utvalg | Kl. | Jan. | Feb. |\n|---|---|---|---|\n| Kulturutvalget | 17.00 | 13. | 3. |\n";
    assert_eq!(planned(&document(plan))[1], json!(["Kulturutvalget", "2015-02-03", "17:00", null]));
}

#[test]
fn months_stand_beside_days() {
    let plan = "# Møteplan for 2015\n\n| Måned | Dag | Organ | Tid | Sted |\n|---|---|---|---|---|\n\
                | MARS | Tirsdag 3. | Havnestyret | kl. 10.00 – 14.00 | Vik |\n| | Torsdag 19. | Bystyret | kl. 18 | Lund |\n";
    assert_eq!(
        planned(&document(plan)),
        [json!(["Havnestyret", "2015-03-03", "10:00", "14:00"]), json!(["Bystyret", "2015-03-19", "18:00", null])]
    );
    let plan = "# Møtekalender\n\n# Møtekalender for utvalgene 2021\n\nBystyret vedtok kalenderen.\n\n## Januar\n\n\
                - 19. (tirsdag): Havnestyret kl. 09.00–13.00\n- 21. (torsdag): Bystyret kl. 18\n\n## Februar\n\n\
                - 9. (tirsdag): Havnestyret kl. 09.00–13.00\n\n## Mars\n\n- 9. (tirsdag): Havnestyret kl. 09.00–13.00\n";
    assert_eq!(planned(&document(plan))[0], json!(["Havnestyret", "2021-01-19", "09:00", "13:00"]));
    let plan = "# Møtekalender\n\nMøtekalender for 2024, vedtatt 9. november 2023\n\n## Januar\n\nonsdag 17. Havnestyret\n\n\
                torsdag 18. Bystyret\n\n## Mars\n\nonsdag 6. Havnestyret\n\ntorsdag 7. Bystyret\n";
    assert_eq!(planned(&document(plan))[0], json!(["Havnestyret", "2024-01-17", null, null]));
}

/// Status and name of each who attended.
fn attended(document: &Value) -> Vec<(&str, &str)> {
    let all = document["attendance"].as_array().unwrap().iter();
    all.map(|a| (a["status"].as_str().unwrap(), a["name"].as_str().unwrap())).collect()
}

/// Those of minutes with some lines under their head.
fn met(lines: &str) -> Value {
    document(&format!("{HEAD}{lines}\n\n{CASE}"))
}

#[test]
fn sentences_tell_who_met_for_whom() {
    let minutes = met("For foreldrene møtte Eva Lie og Per Ås. For de ansatte møtte Kari Moe.");
    assert_eq!(attended(&minutes), [("present", "Eva Lie"), ("present", "Per Ås"), ("present", "Kari Moe")]);
    let minutes =
        met("7 av 9 medlemmer møtte. Disse hadde meldt forfall: Eva Lie (A) og Per Ås (H). For Lie møtte Kari Moe.");
    assert_eq!(attended(&minutes), [("absent", "Eva Lie"), ("absent", "Per Ås"), ("deputy", "Kari Moe")]);
    let minutes = met(
        "Møtet var åpent. Fra administrasjonen: rådmann Eva Lie, økonomisjef Per Ås. Revisor Jon Dahl var også til stede.",
    );
    assert_eq!(attended(&minutes), [("staff", "Eva Lie"), ("staff", "Per Ås"), ("staff", "Jon Dahl")]);
}

#[test]
fn lists_of_deputies_and_voters() {
    let minutes = met("Innkalte vararepresentanter: Eva Lie (H) for Per Ås");
    assert_eq!(attended(&minutes), [("deputy", "Eva Lie")]);
    let minutes = met("Hvem var her?\n\n- Eva Lie, leder\n- Per Ås\n- Kari Moe");
    assert_eq!(attended(&minutes), [("present", "Eva Lie"), ("present", "Per Ås"), ("present", "Kari Moe")]);
}

#[test]
fn tables_tell_who_was_absent_and_who_stood_in() {
    let minutes =
        met("| Medlemmer | Møtt | Forf. | Varamann som møtte |\n|---|---|---|---|\n| Eva Lie, formann | x | | |\n\
                       | Per Ås | | x | Jon Dahl |\n| Kari Moe | x | | (ingen) |");
    assert_eq!(
        attended(&minutes),
        [("present", "Eva Lie"), ("absent", "Per Ås"), ("deputy", "Jon Dahl"), ("present", "Kari Moe")]
    );
    let minutes = met("| Disse møtte: | Parti | Rolle |\n|---|---|---|\n| Eva Lie | SP | Ordfører |\n\
                       | Jon Dahl | SP | Varamedlem for Per Ås |\n| Forfall: | | |\n| Per Ås | SP | Medlem |");
    assert_eq!(attended(&minutes), [("present", "Eva Lie"), ("deputy", "Jon Dahl"), ("absent", "Per Ås")]);
    assert_eq!(minutes["attendance"][1]["deputy_for"], "Per Ås");
}

#[test]
fn a_list_of_those_who_met_is_opened_and_goes_on_in_many_ways() {
    let list = "Ved oppropet var desse representantane til stades:\n\nArbeidarpartiet: Eva Lie, Per Ås.\n\nHøgre: Kari Moe.\n\n";
    assert_eq!(names(&headed(list), "present"), ["Eva Lie", "Per Ås", "Kari Moe"]);
    let list = "Disse møtte:\n\n| 1. Eva Lie | 2. Per Ås |\n|---|---|\n| 3. Kari Moe | 4. Jon Dahl |\n\n";
    assert_eq!(names(&headed(list), "present"), ["Eva Lie", "Per Ås", "Kari Moe", "Jon Dahl"]);
}

/// Minutes with something over their case.
fn headed(head: &str) -> Value {
    document(&format!("{HEAD}{head}{CASE}"))
}

#[test]
fn deputies_and_those_who_go_on_behind_a_page_are_listed() {
    let document = document_of(
        "input.txt",
        "Møtebok\n\nTil stede: Ordfører Eva Lie, Per Ås,\nKari Moe og\n\nJon Dahl jr.\n\nVaramenn: Ola By for Liv Rud\n\nAnne Berg for \
         Tor Vik\n\nElevrådet var representert ved Ida Moen.\n\nSak 3/14 Ny kinosal\n\nVedtak:\nSalen bygges.\n",
    );
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Kari Moe", "Jon Dahl jr", "Ida Moen"]);
    assert_eq!(names(&document, "deputy"), ["Ola By", "Anne Berg"]);
    let told = "Lovleg forfall hadde Kari Rud. I staden hennar møtte 1. varamann Ola By.\n\n";
    let document = headed(&format!("Desse møtte: Eva Lie, Per Ås\n\n{told}"));
    assert_eq!(
        (names(&document, "absent"), names(&document, "deputy")),
        (vec!["Kari Rud".into()], vec!["Ola By".into()])
    );
}

#[test]
fn a_party_heads_a_list_beside_another() {
    let list = "Disse møtte:\n\n| Eva Lie | Per Ås |\n|---|---|\n| Kari Moe | Jon Dahl |\n| Høyre | Ola By |\n\n";
    assert_eq!(names(&headed(list), "present"), ["Eva Lie", "Per Ås", "Kari Moe", "Jon Dahl", "Ola By"]);
}

#[test]
fn a_municipality_stands_beside_those_who_come_from_it() {
    let list = "Møtende:\n\n| Kommune | Ordfører | Opposisjon |\n|---|---|---|\n| Tynset | Eva Lie | Per Ås |\n| Tolga | Kari Moe | \
                Jon Dahl |\n\nSom varamedlemmer møtte:\n\nOla By\n\n";
    let document = headed(list);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Kari Moe", "Jon Dahl"]);
    assert_eq!(
        (&document["attendance"][3]["represents"], names(&document, "deputy")),
        (&json!("Tolga"), vec!["Ola By".into()])
    );
    // Heads say more than the cells.
    let list = "Møtende:\n\n| Kommune | Navn | Møtte for |\n|---|---|---|\n| Tynset | Eva Lie | Per Ås |\n| Tolga | Kari Moe | Jon Dahl |\n\n";
    assert_eq!(names(&headed(list), "deputy"), ["Eva Lie", "Kari Moe"]);
}

fn listed(text: &str, status: &str) -> Vec<String> {
    names(&document(&format!("{HEAD}{text}\n\n{CASE}")), status)
}

#[test]
fn notes_tell_who_did_not_come_where_most_are_empty() {
    let table = "| Namn | Parti | Merknad |\n|---|---|---|\n| Eva Lie | Sp | |\n| Per Ås | Ap | Forfall |\n| Jon Moe | H | |\n\
                 | Kari Rud | H | Møtte kl. 16.30 |\n| Liv Dal | Ap | Vara for Per Ås |\n";
    assert_eq!(listed(table, "present"), ["Eva Lie", "Jon Moe", "Kari Rud"]);
    assert_eq!(listed(table, "absent"), ["Per Ås"]);
    assert_eq!(listed(table, "deputy"), ["Liv Dal"]);
}

#[test]
fn municipalities_and_parties_head_the_lines_of_their_people() {
    let list = "Deltakere\n\nØrland\n\nOrdfører Eva Lie\n\nOpposisjonsleder Per Ås\n\nBjugn\n\nOrdfører Jon Moe\n\nForfall: Kari Rud";
    assert_eq!(listed(list, "present"), ["Eva Lie", "Per Ås", "Jon Moe"]);
    let text = "MØTEBOK\n\nUtvalg: Herredsstyret\nMøtedato: 04.03.1975\n\nMøtte: Høyre: Eva Lie, Per Ås og Jon Moe. Senterpartiet: Ola\nBy, Siri Li og Knut \
                Vik.\nKristelig Folkeparti: Kari Rud, Liv Dal, Bjarne Sand og Nils\nHaug.\n\nSak 3/75 Ny kinosal\n\nSalen er fra 1932 og har \
                vært stengt siden den store\nbrannen, da taket ble ødelagt og stolene måtte kastes.\n\nVedtak: Salen bygges.\n";
    let met = names(&document_of("input.txt", text), "present");
    assert_eq!(met[3..], ["Ola By", "Siri Li", "Knut Vik", "Kari Rud", "Liv Dal", "Bjarne Sand", "Nils Haug"]);
}

#[test]
fn both_sides_of_a_committee_may_be_listed() {
    let list = "Til stede fra arbeidsgiver:\n\n- Eva Lie\n- Per Ås\n\nTil stede fra arbeidstakerne:\n\n- Jon Moe\n\nObservatør fra \
                helsetjenesten: Kari Rud";
    assert_eq!(listed(list, "present"), ["Eva Lie", "Per Ås", "Jon Moe"]);
    assert_eq!(listed(list, "observer"), ["Kari Rud"]);
}

#[test]
fn deputies_are_told_behind_their_group_and_by_rank() {
    let list = "Til stede: Eva Lie (leder), Lia skole; Per Ås, Vik skole (vara for Jon Moe); Kari Rud, første vara for Liv Dal";
    assert_eq!(listed(list, "deputy"), ["Per Ås", "Kari Rud"]);
    assert_eq!(listed("Eva Lie ble innvilget permisjon, og Per Ås tiltrådte i hennes sted.", "deputy"), ["Per Ås"]);
    assert_eq!(
        listed("Til stede: Eva Lie, Per Ås\n\nForfall: Jon Moe. Hans vara, Kari Rud, møtte.", "deputy"),
        ["Kari Rud"]
    );
}

#[test]
fn guests_come_to_some_cases() {
    assert_eq!(
        listed("Til stede: Eva Lie, Per Ås\n\nUnder sak 3/14 møtte også ingeniør Jon Moe.", "staff"),
        ["Jon Moe"]
    );
    assert_eq!(
        listed("Til stede: Eva Lie, Per Ås\n\nØkonomisjef Jon Moe var til stede under sak 3/14.", "staff"),
        ["Jon Moe"]
    );
    let told = "Ved navneopprop svarte følgende to faste representanter:\n\n1. Eva Lie\n\n2. Per Ås\n\nUngdomsrådet møtte ved leder \
                Jon Moe som observatør.";
    assert_eq!(listed(told, "present"), ["Eva Lie", "Per Ås"]);
    assert_eq!(listed(told, "observer"), ["Jon Moe"]);
}

#[test]
fn lines_of_a_cell_end_before_the_width_of_the_file() {
    let text = "MØTEBOK\n\nfra møte i kulturutvalget tirsdag 4. mars 2014 i samfunnshuset på\nVik, der alle medlemmene hadde fått innkallingen i god tid før\nmøtet \
                ble holdt.\n\nTil stede      Eva Lie, leder\n               Jorunn Halvorsen, nestleder\n               Per Ås\nForfall        Jon \
                Moe\n\nSak 3/14 Ny kinosal\n\nVedtak: Salen bygges.\n";
    assert_eq!(names(&document_of("input.txt", text), "present"), ["Eva Lie", "Jorunn Halvorsen", "Per Ås"]);
}

#[test]
fn the_clock_stands_before_the_body_or_in_its_head() {
    let plan = "# Møteplan 2014\n\n## Mars\n\n- Tirsdag 4. mars kl. 09:00 Formannskapet\n- Torsdag 13. mars kl. 18:00 Kommunestyret\n";
    assert_eq!(
        planned(&document(plan)),
        [json!(["Formannskapet", "2014-03-04", "09:00", null]), json!(["Kommunestyret", "2014-03-13", "18:00", null])]
    );
    let plan = "<h1>Møteplan 2014</h1><table><tr><th>Måned</th><th>Formannskapet<br>(tirsdag kl. 10.00)</th><th>Eldrerådet (mandag kl. \
                11.00)</th></tr><tr><td>Mars</td><td>4., 18.</td><td>10.</td></tr></table>";
    assert_eq!(
        planned(&document_of("input.html", plan)),
        [
            json!(["Formannskapet", "2014-03-04", "10:00", null]),
            json!(["Formannskapet", "2014-03-18", "10:00", null]),
            json!(["Eldrerådet", "2014-03-10", "11:00", null])
        ]
    );
}

#[test]
fn parties_stand_over_lists_and_behind_names() {
    let list = "Desse representantane møtte. Forfall er ført opp særskilt.\n\n## Arbeidarpartiet\n\n- Eva Lie\n- Per Ås\n\n## Høgre\n\n- Jon \
                Moe";
    assert_eq!(listed(list, "present"), ["Eva Lie", "Per Ås", "Jon Moe"]);
    let html = format!(
        "<h1>Møtebok</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p><p>Til stede på møtet:<br>Eva Lie AP (leder)<br>Per Ås \
         H<br>Jon Moe KRF</p>{}",
        "<h2>KU 3/14 Ny kinosal</h2><p>Vedtak:</p><p>Salen bygges.</p>"
    );
    assert_eq!(names(&document_of("input.html", &html), "present"), ["Eva Lie", "Per Ås", "Jon Moe"]);
}

#[test]
fn a_label_shares_a_cell_with_the_first_of_its_list() {
    let text = "PROTOKOLL FRA STYREMØTE\n\nTID: 4. mars 2014\n\nTIL STEDE: Eva Lie          styreformann\n           Per Ås           \
                nestformann\n           Jon Moe          styremedlem\n\nSAK 3/14   NY KINOSAL\n\nVEDTAK: Salen bygges.\n";
    assert_eq!(names(&document_of("input.txt", text), "present"), ["Eva Lie", "Per Ås", "Jon Moe"]);
}

#[test]
fn minutes_may_list_the_cases_before_those_who_met() {
    let text = format!(
        "{HEAD}Saker\n\n- KU 3/14 Ny kinosal\n- KU 4/14 Ny kai\n\nTil stede: Eva Lie, Per Ås\n\n{CASE}## KU 4/14 Ny kai\n\nVedtak:\n\nKaien bygges.\n"
    );
    assert_eq!(names(&document(&text), "present"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn a_month_may_span_the_rows_of_its_meetings() {
    let row =
        |cells: &[&str]| format!("<tr>{}</tr>", cells.iter().map(|c| format!("<td>{c}</td>")).collect::<String>());
    let plan = format!(
        "<h1>Møteplan 2019</h1><table>{}<tr><td rowspan=2>Januar</td><td>onsdag</td><td>16.01.2019</td><td>Formannskapet</td><td>09.00\
         </td></tr>{}</table>",
        row(&["Månad", "Dag", "Dato", "Utval", "Kl."]),
        row(&["tysdag", "22.01.2019", "Kulturutvalet", "16.00"])
    );
    assert_eq!(
        planned(&document_of("input.html", &plan)),
        [json!(["Formannskapet", "2019-01-16", "09:00", null]), json!(["Kulturutvalet", "2019-01-22", "16:00", null])]
    );
}

#[test]
fn a_deputy_is_told_by_a_pronoun_or_with_the_group_of_the_member() {
    let list = "Desse møtte: Eva Lie, Per Ås\n\nForfall hadde Jon Moe (Flora). Per Ås møtte som vara for han.";
    assert_eq!(listed(list, "present"), ["Eva Lie"]);
    assert_eq!(listed(list, "deputy"), ["Per Ås"]);
    assert_eq!(listed("Til stede: Eva Lie, leder (Lia), Per Ås, vara for Jon Moe (Vik)", "deputy"), ["Per Ås"]);
    let shares = "| Aksjonær | Aksjer | Representant |\n|---|---|---|\n| Vik kommune | 3 400 | Eva Lie |\n| Lund kommune | 2 200 | Per Ås |\n";
    assert_eq!(listed(shares, "present"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn names_in_a_table_are_numbered() {
    let text = "MØTEBOK FOR SKOLESTYRET 19. MAI 1983\n\nMøtet tok til kl. 18.30.\n\nDesse møtte:\n 1  Eva Lie, formann\n 2  Per Ås\n \
                3  Jon Moe (for Kari Rud)\n\nElles var til stades: skolesjef Liv Dal.\n\nSak 33/83 Møtebok\n\nVEDTAK: Møteboka vert godkjend.\n";
    let document = document_of("input.txt", text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
    assert_eq!(
        (names(&document, "deputy"), names(&document, "staff")),
        (vec!["Jon Moe".into()], vec!["Liv Dal".into()])
    );
    assert_eq!(document["meeting"]["place"], Value::Null);
}

#[test]
fn a_sentence_without_the_day_tells_the_place() {
    let text = "# Referat fra møte i eldrerådet 6. oktober 1999\n\nMøtet ble holdt på Halsen bo- og servicesenter, kl. 10.00 – 12.30.\n\n\
                Til stede: Eva Lie\n\n## Sak 3/99 Ny kai\n\nVedtak:\n\nKaien bygges.\n";
    assert_eq!(document(text)["meeting"]["place"], "Halsen bo- og servicesenter");
}

#[test]
fn a_municipality_that_heads_a_list_is_not_that_of_the_document() {
    let text = "# Protokoll fra møte i representantskapet\n\nTorsdag 26. april 2018\n\nFølgende representanter møtte\n\nLier kommune: Eva Lie\n\n\
                Asker kommune: Per Ås\n\n## Sak 3/18 Ny kai\n\nVedtak:\n\nKaien bygges.\n";
    let document = document(text);
    assert_eq!(document["municipality"], Value::Null);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn two_people_stand_in_each_row() {
    let table = "Innkalt:\n\n| Eva Lie | leder | Per Ås | nestleder |\n|---|---|---|---|\n| Kari Moe | medlem | Jon Dahl | medlem |\n\
                 | Siri Vik | medlem | | |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(names(&document, "invited"), ["Eva Lie", "Kari Moe", "Siri Vik", "Per Ås", "Jon Dahl"]);
}

#[test]
fn a_role_stands_in_the_column_beside_a_list() {
    let table = "| Til stede fra styret | Kommune | Andre til stede | Funksjon |\n|---|---|---|---|\n| Eva Lie (leder) | Ål | Per Ås | \
                 daglig leder |\n| Kari Moe | Gol | Jon Dahl | observatør |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    let all = document["attendance"].as_array().unwrap().iter();
    let told: Vec<_> = all.map(|a| (a["name"].as_str().unwrap(), a["status"].as_str().unwrap())).collect();
    assert_eq!(told, [("Eva Lie", "present"), ("Kari Moe", "present"), ("Per Ås", "staff"), ("Jon Dahl", "observer")]);
    assert_eq!(document["attendance"][0]["represents"], "Ål");
}

#[test]
fn a_union_is_no_person() {
    let document = document(&format!("{HEAD}Til stede: Eva Lie, Norsk Sykepleierforbund, Per Ås\n\n{CASE}"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn times_and_place_stand_in_a_sentence() {
    let meeting = |sentence: &str| {
        let text = format!(
            "Møtebok\n\nKulturutvalget\n\n{sentence}\n\nTil stede: Eva Lie\n\nSak 3/14 Ny kinosal\n\nVedtak:\nJa.\n"
        );
        let meeting = document_of("input.txt", &text)["meeting"].clone();
        ["date", "start", "end", "place"].map(|key| meeting[key].as_str().unwrap_or_default().to_owned())
    };
    let said = "Kulturutvalget hadde møte tirsdag 4. mars 2014 kl. 17.00-19.30 på Rådhuset, møterom 3.";
    assert_eq!(meeting(said), ["2014-03-04", "17:00", "19:30", "Rådhuset, møterom 3"]);
    let begun = "Kulturutvalget hadde møte tirsdag 4. mars 2014 i Rådhuset, møterom 3.\nMøtet tok til kl. 13.00 og sluttet kl. 16.20.";
    assert_eq!(meeting(begun)[1], "13:00");
    let invited = "Vi ønsker velkommen til styremøte mandag 3. mars 2014 fra kl. 16.30 til kl. 19.00 på Rådhuset.";
    assert_eq!(meeting(invited), ["2014-03-03", "16:30", "19:00", "Rådhuset"]);
}

#[test]
fn a_letter_spaced_body_is_closed() {
    let text = "A/S LUND BILRUTER\n\nS T Y R E M Ø T E   lørdag den 11. november 1978\n\nTil stede: Eva Lie\n\nSak 41. Ny buss\n\n\
                Vedtak:\nJa.\n";
    assert_eq!(document_of("input.txt", text)["body"], "Styre");
}

#[test]
fn a_column_tells_how_people_took_part() {
    let table = "| Navn | Rolle | Deltok |\n|---|---|---|\n| Eva Lie | Styreleder | Fysisk |\n| Per Ås | Nestleder | Teams |\n\
                 | Kari Moe | Styremedlem | Ikke møtt |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
    assert_eq!(names(&document, "absent"), ["Kari Moe"]);
}

#[test]
fn dots_lead_to_what_people_are() {
    let text = "Møtebok\n\nKulturutvalget\n\nMøte 4. mars 2014\n\nMøtt:\n   Eva Lie ............ formann\n   Per Ås ............. nestformann\n   \
                Jon Dahl ........... varamann for Kari Moe\nIkke møtt:\n   Kari Moe\n\nSak 3/14 Ny kinosal\n\nVedtak:\nJa.\n";
    let document = document_of("input.txt", text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
    assert_eq!(document["attendance"][0]["role"], "formann");
    assert_eq!(document["attendance"][2]["deputy_for"], "Kari Moe");
}

#[test]
fn municipalities_stand_beside_their_members_in_two_columns() {
    let table = "Til stede\n\n| Gol | Eva Lie, leder | Ål | Per Ås |\n|---|---|---|---|\n| Nesbyen | Kari Moe, nestleder | Hol | Jon Dahl |\n\
                 | Hemsedal | Siri Vik | | |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    let all = document["attendance"].as_array().unwrap().iter();
    let told: Vec<_> = all.map(|a| (a["name"].as_str().unwrap(), a["represents"].as_str().unwrap())).collect();
    let expected =
        [("Eva Lie", "Gol"), ("Kari Moe", "Nesbyen"), ("Siri Vik", "Hemsedal"), ("Per Ås", "Ål"), ("Jon Dahl", "Hol")];
    assert_eq!(told, expected);
}

#[test]
fn a_no_names_the_deputy() {
    let table = "| Eierkommune | Representant | Til stede |\n|---|---|---|\n| Flå | Eva Lie | Ja |\n| Gol | Per Ås | Nei – vara: Kari Moe |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(
        (names(&document, "absent"), names(&document, "deputy")),
        (vec!["Per Ås".into()], vec!["Kari Moe".into()])
    );
}

#[test]
fn a_status_tells_who_met() {
    let table =
        "| Navn | Rolle | Status |\n|---|---|---|\n| Eva Lie | Ordfører | Møtt |\n| Per Ås | Medlem | Forfall |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(
        (names(&document, "present"), names(&document, "absent")),
        (vec!["Eva Lie".into()], vec!["Per Ås".into()])
    );
}

#[test]
fn offices_stand_before_names_in_cells() {
    let table = "Fra administrasjonen:\n\n| Teknisk sjef Eva Lie | Sekretær Per Ås |\n|---|---|\n\n";
    assert_eq!(names(&document(&format!("{HEAD}{table}{CASE}")), "staff"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn those_from_an_office_are_staff() {
    let told = "Fra havnevesenet møtte havnesjef Eva Lie og Per Ås, som førte møteboka.\n\n";
    assert_eq!(names(&document(&format!("{HEAD}{told}{CASE}")), "staff"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn absence_and_its_deputy_are_told_after_the_members() {
    let told = "Av utvalgets 5 medlemmer møtte 3, nemlig: Eva Lie, Per Ås og Kari Moe. Fraværende med gyldig forfall var Jon Dahl og \
                Siri Vik. Som varamann for Dahl møtte Ola By.\n\n";
    let document = document(&format!("{HEAD}{told}{CASE}"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Kari Moe"]);
    assert_eq!(names(&document, "absent"), ["Jon Dahl", "Siri Vik"]);
    assert_eq!(names(&document, "deputy"), ["Ola By"]);
}

#[test]
fn a_dash_sets_the_place_apart_and_a_sentence_goes_on_after_it() {
    let place = |said: &str| {
        let text = format!("Møtebok fra møte tirsdag 4. mars 2014\n{said}\n\nSak 3/14 Ny kinosal\n\nVedtak:\nJa.\n");
        document_of("input.txt", &text)["meeting"]["place"].clone()
    };
    assert_eq!(place("på kontoret i Lund. Møtet tok til kl. 16.30."), "kontoret i Lund");
    assert_eq!(place("Hvor – Rådhuset, møterom 3"), "Rådhuset, møterom 3");
    let text = "Tirsdag 4. mars 1958 kl. 11 holdt Lund skolestyre\nmøte på ungdomshuset under ledelse av Eva Lie.\n\nSak 3/58 Ny skole\n\n\
                Vedtak:\nJa.\n";
    assert_eq!(document_of("input.txt", text)["meeting"]["place"], "ungdomshuset");
}

#[test]
fn groups_of_an_agenda_stand_after_dashes() {
    let text = "# Møteinnkalling\n\nUtvalg: Kulturutvalget\n\nMøtedato: 04.03.2014\n\n– Gol: Eva Lie og Per Ås\n\n– Ål: Kari Moe\n\n\
                – Hol: Jon Dahl, Siri Vik\n\n## Sak 3/14 Ny kinosal\n";
    let document = document(text);
    assert_eq!(names(&document, "invited"), ["Eva Lie", "Per Ås", "Kari Moe", "Jon Dahl", "Siri Vik"]);
    assert_eq!(document["attendance"][2]["represents"], "Ål");
}

#[test]
fn a_page_head_names_the_body() {
    let page = |n: u32, text: &str| {
        format!("LUND HAVNESTYRE                     Blad {n}\n***********************\n\n{text}\n")
    };
    let first = page(14, "MØTEBOK fra møte tirsdag 4. mars 1984\n\nNr. 3/84   Ny kai\n\nVedtak:\nKaia bygges.\n");
    let second = page(15, "Nr. 4/84   Ny kran\n\nVedtak:\nKrana kjøpes.\n");
    assert_eq!(document_of("input.txt", &format!("{first}\u{c}{second}"))["body"], "Lund havnestyre");
}

#[test]
fn a_planned_meeting_ends_and_has_a_remark() {
    let document = document(
        "# Møteplan for 2016\n\n## Fylkestinget\n\n- Tirsdag 8. mars kl. 10.00 (hele dagen)\n\n## Fylkesutvalget\n\n- Onsdag 20. januar, \
         kl. 10.00–15.00\n- Onsdag 17. februar, kl. 12.30\n",
    );
    let all = document["planned_meetings"].as_array().unwrap().iter();
    let told: Vec<_> = all.map(|m| (&m["date"], &m["start"], &m["end"])).collect();
    let day = |date: &str, start: &str, end: Value| (json!(date), json!(start), end);
    let expected = [
        day("2016-03-08", "10:00", Value::Null),
        day("2016-01-20", "10:00", json!("15:00")),
        day("2016-02-17", "12:30", Value::Null),
    ];
    assert_eq!(told, expected.each_ref().map(|(date, start, end)| (date, start, end)));
}

#[test]
fn lists_side_by_side_go_on_after_lines_of_one() {
    let text = "Møtebok\n\nKulturutvalget\n\nMøte 4. mars 1974\n\nNÆRVERANDE                     FRÅVERANDE\nFormann Eva Lie                Per Ås\nKari Moe\n\
                Jon Dahl                       VARAFOLK\nSiri Vik                       Ola By (for Per Ås)\nAnne Ek\n\nSak 3/74 Ny kino\n\nVedtak:\nJa.\n";
    let document = document_of("input.txt", text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Kari Moe", "Jon Dahl", "Siri Vik", "Anne Ek"]);
    assert_eq!(
        (names(&document, "absent"), names(&document, "deputy")),
        (vec!["Per Ås".into()], vec!["Ola By".into()])
    );
}

#[test]
fn an_agenda_calls_to_a_meeting_in_a_sentence() {
    let document = document(
        "Til\nkulturutvalgets medlemmer:\n\n- Eva Lie, leder\n- Per Ås, medlem\n\nLund, den 24. februar 2014\n\n**MØTEINNKALLING**\n\nKulturutvalget kalles med dette inn til møte \
         TIRSDAG 4. MARS 2014 KL. 09.30 på Lund rådhus, \
         møterom Senja i andre etasje.\n\n**SAKLISTE**\n\n| 3/14 | Ny kinosal |\n|---|---|\n| 4/14 | Ny kai |\n",
    );
    assert_eq!((&document["meeting"]["date"], &document["meeting"]["start"]), (&json!("2014-03-04"), &json!("09:30")));
    assert_eq!(names(&document, "invited"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn dots_lead_to_how_people_attended() {
    let text = "UTSKRIFT AV STYREPROTOKOLLEN\n\nMøte nr. 4/83 ble holdt på Rådhuset, møterom 2, tirsdag 14. juni\n1983 kl. 1800 - 2130.\n\n   \
                Eva Lie, formann ................... møtt\n   Per Ås ............................. forfall\n   Kari Moe, 1. varamann .............. møtt for Per Ås\n\n\
                18/83    BUDSJETT\n\nLeien er regulert med 8 prosent, og disponenten mener at det er\nnok til å dekke utgiftene i året som kommer. Revisor har ikke\n\
                hatt merknader.\n\nVedtak:\nJa.\n";
    let document = document_of("input.txt", text);
    assert_eq!(
        (names(&document, "present"), names(&document, "absent")),
        (vec!["Eva Lie".into()], vec!["Per Ås".into()])
    );
    assert_eq!(document["attendance"][2]["deputy_for"], "Per Ås");
    assert_eq!((&document["meeting"]["date"], &document["meeting"]["end"]), (&json!("1983-06-14"), &json!("21:30")));
}

#[test]
fn groups_are_led_to_their_people_by_dots_or_go_on_over_lines() {
    let dotted = "Referat fra møte i samarbeidsutvalget\n\nNår: 4. mars 2014\n\nTIL STEDE\n  Foreldrene ....... Eva Lie (leder), Per Ås\n  Lærerne .......... \
                  Kari Moe\n  Elevrådet ........ Jon Dahl (7A)\n\nSU-sak 3/14  Ny skole\n\nVedtak: Ja.\n";
    assert_eq!(names(&document_of("input.txt", dotted), "present"), ["Eva Lie", "Per Ås", "Kari Moe", "Jon Dahl"]);
    let wrapped = "Møteprotokoll\n\nFellesnemnda\n\nOnsdag 20. juni 2018 kl. 09:00\n\nMandal: Eva Lie (H), leder, Per Ås (KrF), Kari Moe (Ap), Jon Dahl (FrP), Tor\n\
                   Audun Berge (Sp), Siri Vik (V)\n\nLindesnes: Ola By (Ap), nestleder, Anne Ek (KrF)\n\nMarnardal: Liv Bø (Sp)\n\nFN 3/18 Ny skole\n\n\
                   Vedtak: Fellesnemnda går inn for at skolen bygges slik som prosjektrådmannen\nhar foreslått i saken, og ber om en plan.\n";
    assert_eq!(names(&document_of("input.txt", wrapped), "present").len(), 9);
}

#[test]
fn lists_stand_in_two_cells() {
    let table = "<h2>Til stede på møtet</h2><table><tr><td>Eva Lie (Sp), ordfører<br>Per Ås (Ap)</td><td>Kari Moe (V)<br>Jon Dahl (H)</td></tr></table>";
    let html = format!(
        "<h1>Møteprotokoll</h1><p>Utvalg: Fylkesutvalget</p><p>Møtedato: 04.03.2014</p>{table}<h2>FU 3/14 Ny kai</h2><p>Vedtak:</p><p>Ja.</p>"
    );
    assert_eq!(names(&document_of("input.html", &html), "present"), ["Eva Lie", "Per Ås", "Kari Moe", "Jon Dahl"]);
}

#[test]
fn a_status_may_be_that_of_a_deputy() {
    let table = "| Navn | Kommune | Funksjon | Status |\n|---|---|---|---|\n| Eva Lie | Vang | ordfører | Til stede |\n| Per Ås | Vang | medlem | Forfall |\n\
                 | Kari Moe | Vang | vara for Per Ås | Vara |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    let of = |status: &str| names(&document, status);
    assert_eq!(
        (of("present"), of("absent"), of("deputy")),
        (vec!["Eva Lie".into()], vec!["Per Ås".into()], vec!["Kari Moe".into()])
    );
}

#[test]
fn a_letter_goes_to_those_who_are_called() {
    let document = document(
        "**INNKALLING TIL MØTE**\n\nEldrerådet\n\nTirsdag 5. november 2013 kl. 10.00\n\n**Dette brevet går til:**\n\n- Eva Lie, leder\n- Per Ås\n\n\
         **SAKLISTE**\n\n**18/13. Ny skole**\n\nForslag til vedtak: Skolen bygges.\n",
    );
    assert_eq!(names(&document, "invited"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn the_word_samt_joins_people() {
    let told = "Til stede var styreleder Eva Lie, styremedlemmene Per Ås og Kari Moe samt varamedlem Jon Dahl.\n\n";
    let document = document(&format!("{HEAD}{told}{CASE}"));
    assert_eq!((names(&document, "present").len(), names(&document, "deputy")), (3, vec!["Jon Dahl".into()]));
}

#[test]
fn a_function_in_a_row_is_no_label() {
    let table = "## Møtende\n\n| Funksjon | Navn | Parti | Møtte for |\n|---|---|---|---|\n| Leder | Eva Lie | AP | |\n\
                 | Varamedlem | Per Ås | SV | Kari Moe |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(
        (names(&document, "deputy"), names(&document, "present")),
        (vec!["Per Ås".into()], vec!["Eva Lie".into()])
    );
    assert_eq!(document["attendance"][1]["deputy_for"], "Kari Moe");
}

#[test]
fn labels_stand_in_the_cell_under_a_head_of_two() {
    let table = "<table><tr><td>Faste medlemmer til stede</td><td>Forfall / varamedlemmer</td></tr><tr><td>Eva Lie (AP), leder<br>Per Ås (SP)</td>\
                 <td>Forfall:<br>Kari Moe (SV)<br>Varamedlem:<br>Jon Dahl (SV) for Kari Moe</td></tr></table>";
    let html = format!(
        "<h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p>{table}<h2>KU 3/14 Ny kai</h2><p>Vedtak:</p><p>Ja.</p>"
    );
    let document = document_of("input.html", &html);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
    assert_eq!(
        (names(&document, "absent"), names(&document, "deputy")),
        (vec!["Kari Moe".into()], vec!["Jon Dahl".into()])
    );
}

#[test]
fn crosses_stand_under_letters_for_who_met() {
    let table = "| Navn | Parti | M | F | Varamann |\n|---|---|---|---|---|\n| Eva Lie, form. | A | x | | |\n| Per Ås | H | | x | Jon Moe |\n\
                 | Kari Rud | SP | x | | |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Kari Rud"]);
    assert_eq!(
        (names(&document, "absent"), names(&document, "deputy")),
        (vec!["Per Ås".into()], vec!["Jon Moe".into()])
    );
}

#[test]
fn a_dash_leads_to_how_each_attended() {
    let list = "## Frammøte\n\n- Eva Lie (KrF) – til stede\n- Per Ås (H) – forfall\n- Jon Moe (H) – vara for Per Ås\n- Kari Rud (V) – til stede\n\n";
    let document = document(&format!("{HEAD}{list}{CASE}"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Kari Rud"]);
    assert_eq!(
        (names(&document, "absent"), names(&document, "deputy")),
        (vec!["Per Ås".into()], vec!["Jon Moe".into()])
    );
}

#[test]
fn a_column_tells_where_each_took_part() {
    let table = "| Navn | Rolle | Oppmøte |\n|---|---|---|\n| Eva Lie | Leder | Vadsø |\n| Per Ås | Medlem | Forfall |\n| Jon Moe | Medlem | Teams |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!((names(&document, "present").len(), names(&document, "absent")), (2, vec!["Per Ås".into()]));
}

#[test]
fn remarks_stand_beside_those_who_met() {
    let table = "Opprop: 3 av 4 stemmer var representert.\n\n| Eier | Stemmer | Møtte | Merknad |\n|---|---|---|---|\n| Lund | 2 | Eva Lie | |\n\
                 | Nes | 1 | Per Ås | vara for Jon Moe |\n| Vik | 1 | ingen | Kari Rud meldte forfall |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(
        (names(&document, "present"), names(&document, "deputy")),
        (vec!["Eva Lie".into()], vec!["Per Ås".into()])
    );
    assert_eq!(names(&document, "absent"), ["Kari Rud"]);
}

#[test]
fn a_deputy_is_told_of_with_why_the_member_was_away() {
    let text = "Lund formannskap\n\nMØTEBOK\n\nTorsdag den 14. mars 1957 kl. 17 ble holdt møte i formannskapet\npå herredshuset. Ordføreren ledet \
                møtet, som ble satt til vanlig\ntid.\n\nTilstede: Ordfører Eva Mathilde Lie, varaordfører Anders P.\nFoldvik, Signe Torvestad, Johs. \
                Rimstad, Olaf Moe og Kr. Aug.\nNalumstad. Dessuten varamann Ingrid Per Ås for Jon Moe som\nhadde lovlig forfall. Sekretær var Ola \
                By.\n\nSak 1/57 Ny vei\n\nVedtak: Veien bygges.\n";
    let document = document_of("input.txt", text);
    let present = names(&document, "present");
    assert_eq!((present.len(), present[5].as_str()), (6, "Kr. Aug. Nalumstad"));
    assert_eq!(
        (names(&document, "deputy"), names(&document, "absent")),
        (vec!["Ingrid Per Ås".into()], vec!["Jon Moe".into()])
    );
    assert_eq!(names(&document, "staff"), ["Ola By"]);
}

#[test]
fn labels_and_lists_share_the_rows_of_a_head() {
    let table = "| Til stede: | Eva Lie (leder), Per Ås | Forfall: | Jon Moe |\n|---|---|---|---|\n| Fra adm.: | Rådmann Ola By | Referent: | Kari Rud |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(
        (names(&document, "present"), names(&document, "absent")),
        (vec!["Eva Lie".into(), "Per Ås".into()], vec!["Jon Moe".into()])
    );
}

#[test]
fn groups_name_who_did_not_come_and_who_observes() {
    let list = "## Deltakere\n\n- Lund: Eva Lie\n- Nes: meldt forfall (Per Ås)\n- Vik: Jon Moe\n- Observatør, Statsforvalteren: Kari Rud\n\n";
    let document = document(&format!("{HEAD}{list}{CASE}"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Jon Moe"]);
    assert_eq!(
        (names(&document, "absent"), names(&document, "observer")),
        (vec!["Per Ås".into()], vec!["Kari Rud".into()])
    );
}

/// Day, start, end and place of the meeting.
fn meeting(document: &Value) -> Value {
    let meeting = &document["meeting"];
    json!([meeting["date"], meeting["start"], meeting["end"], meeting["place"]])
}

#[test]
fn a_line_ends_within_the_month_of_a_meeting() {
    let text = "Fylkesutvalget\n\nMØTEBOK\n\nFylkesutvalget holdt møte på Fylkeshuset, Tromsø, tirsdag 11. nov-\nember 1975 kl. 10.00. Fylkesordføreren \
                ledet møtet, som var satt til vanlig\ntid og på vanlig sted for utvalget i denne perioden.\n\nSak 1/75 Ny vei\n\nVedtak: Veien bygges.\n";
    assert_eq!(meeting(&document_of("input.txt", text)), json!(["1975-11-11", "10:00", null, "Fylkeshuset, Tromsø"]));
}

#[test]
fn the_place_stands_between_the_day_and_the_times() {
    let text = "# Utskrift av møtebok for torsdag 14. oktober 1999\n\nMøtet ble holdt på Terningen i Elverum, og varte fra kl 1000 til kl 1425.\n\n";
    assert_eq!(
        meeting(&document(&format!("{text}{CASE}"))),
        json!(["1999-10-14", "10:00", "14:25", "Terningen i Elverum"])
    );
}

#[test]
fn a_letter_gives_the_year_of_the_meeting_that_it_calls() {
    let text = "**ØYER FJELLSTYRE**\n\nØyer, 21. mars 2011\n\n**Fjellstyremøte onsdag 30. mars**\n\nVi møtes på Åstjern fjellstue kl. 18.00. Disse sakene skal \
                opp:\n\n**9/11 Protokoll**\n\nInnstilling: Protokollen godkjennes.\n\n**10/11 Ny bru**\n\nInnstilling: Brua bygges.\n";
    assert_eq!(meeting(&document(text)), json!(["2011-03-30", "18:00", null, "Åstjern fjellstue"]));
    // The thirtieth was no Thursday.
    assert_eq!(document(&text.replace("onsdag", "torsdag"))["meeting"]["date"], json!(null));
}

#[test]
fn two_letters_of_the_weekday_stand_before_the_day_of_a_plan() {
    let plan = "# Møter våren 2013\n\n**Januar 2013**\n\n| on 16. | 18.00–20.30 | Lund menighetsråd | Lund kirke |\n|---|---|---|---|\n| to 24. | 17.00–19.00 | \
                Kirkelig fellesråd | Kirkegata 7 |\n\nLund, 3. desember 2012\n";
    let expected = [
        json!(["Lund menighetsråd", "2013-01-16", "18:00", "20:30"]),
        json!(["Kirkelig fellesråd", "2013-01-24", "17:00", "19:00"]),
    ];
    assert_eq!(planned(&document(plan)), expected);
}

#[test]
fn members_stand_under_the_party_of_their_cell() {
    let html = "<h1>MØTEBOK</h1><p>Utval: Kommunestyret</p><p>Møtedato: 16.10.2001</p><p><b>Desse møtte:</b></p><table><tr><td>Ap<br>Eva Lie<br>Per Ås</td>\
                <td>Sp<br>Jon Moe</td></tr></table><h2>K-sak 61/01 Ny kai</h2><p>Vedtak</p><p>Ja.</p>";
    let document = document_of("input.html", html);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Jon Moe"]);
    assert_eq!(document["attendance"][2]["represents"], "Sp");
}

#[test]
fn crosses_stand_under_the_letter_for_deputies() {
    let table =
        "| Navn | M | F | V |\n|---|---|---|---|\n| Eva Lie | x | | |\n| Per Ås | | x | |\n| Jon Moe | | | x |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(
        (names(&document, "absent"), names(&document, "deputy")),
        (vec!["Per Ås".into()], vec!["Jon Moe".into()])
    );
}

#[test]
fn a_numbered_list_begins_beside_its_label() {
    let text = "Lund menighetsråd\n\nUtskrift av møteboka\n\nMenighetsrådet holdt møte torsdag 9. oktober 1986.\n\nDisse møtte:   1. Eva Lie\n               2. \
                Per Ås\n               3. sokneprest Jon Moe\nIkke møtt:     Kari Rud (syk)\n\n26/86.  NY KAI\n        Vedtak:  Ja.\n";
    let document = document_of("input.txt", text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Jon Moe"]);
}

#[test]
fn minutes_in_a_table_begin_a_page_after_an_agenda() {
    let page = |title: &str, day: &str, rest: &str| {
        format!(
            "<table><tr><td>{title}</td><td>Møtested: Rådhuset<br>Møtedato: {day}<br>Tid: Kl. 11.00</td></tr></table>{rest}"
        )
    };
    let html = format!(
        "<html><body>{}<div style=\"page-break-before:always\"></div><h1>LUND KOMMUNE</h1><p>Eldrerådet</p>{}</body></html>",
        page("MØTEINNKALLING", "19.05.2009", &"<p>Et avsnitt om saken.</p>".repeat(9)),
        page("MØTEPROTOKOLL", "10.03.2009", "<table><tr><td>Møtte</td><td>Eva Lie, leder<br>Per Ås</td></tr></table>")
    );
    let documents = documents_of("input.html", &html);
    let told: Vec<_> = documents.iter().map(|d| json!([d["kind"], d["meeting"]["date"]])).collect();
    assert_eq!(told, [json!(["agenda", "2009-05-19"]), json!(["minutes", "2009-03-10"])]);
}

#[test]
fn the_week_stands_before_the_weekday_of_a_plan() {
    let plan = "# Møteplan 1. halvår 2017\n\n| Uke | Dag | Organ | Tid | Sted |\n|---|---|---|---|---|\n| Februar | | | | |\n| 5 | onsdag 1. | Kontrollutvalget | \
                kl. 09.30 | Rådhuset |\n| 6 | tirsdag 7. | Utvalg for kultur, idrett og samfunn | kl. 10.00–14.00 | Vik |\n| | 17. mai og Kristi \
                himmelfartsdag: ingen møter | | | |\n";
    let expected = [
        json!(["Kontrollutvalget", "2017-02-01", "09:30", null]),
        json!(["Utvalg for kultur, idrett og samfunn", "2017-02-07", "10:00", "14:00"]),
    ];
    assert_eq!(planned(&document(plan)), expected);
}

#[test]
fn a_mark_stands_beside_those_who_did_not_come() {
    let table = "| Funksjon | Navn | Parti | Forfall | Møtt for |\n|---|---|---|---|---|\n| Leder | Eva Lie | H | | |\n| Medlem | Per Ås | V | FO | |\n| \
                 Varamedl | Jon Moe | V | | Per Ås |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(
        (names(&document, "present"), names(&document, "absent")),
        (vec!["Eva Lie".into()], vec!["Per Ås".into()])
    );
    assert_eq!(document["attendance"][2]["deputy_for"], "Per Ås");
}

#[test]
fn an_owner_stayed_away() {
    let table = "| Eier | Utsending |\n|---|---|\n| Eid | Eva Lie |\n| Selje | ikke møtt (Kari Rud hadde meldt forfall) |\n| Stryn | Per Ås, Jon Moe |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Jon Moe"]);
    assert_eq!(names(&document, "absent"), ["Kari Rud"]);
}

#[test]
fn the_year_stands_before_the_weekday() {
    let text = "Lund herredsstyre\n\nÅr 1958, fredag den 14. mars kl. 11, ble herredsstyremøte holdt i herredshuset under\nledelse av ordføreren, Eva Lie.\n\nTil \
                stede: 1. Eva Lie, 2. Per Ås.\n\nSak 14. Ny kai.\n\nVedtak: Ja.\n\nSak 15. Ny bru.\n\nVedtak: Nei.\n";
    let document = document_of("input.txt", text);
    assert_eq!(meeting(&document), json!(["1958-03-14", "11:00", null, "herredshuset"]));
    assert_eq!(document["body"], "Lund herredsstyre");
}

#[test]
fn the_meeting_is_told_in_columns_or_between_bars() {
    let columns =
        "| Møtedato | Møtetid | Møtested | |\n|---|---|---|---|\n| 09.02.2022 | 10:00 - 12:15 | Buas, salen | |\n\n";
    let told = json!(["2022-02-09", "10:00", "12:15", "Buas, salen"]);
    assert_eq!(meeting(&document(&format!("# Møteprotokoll for Eldrerådet\n\n{columns}{CASE}"))), told);
    let bars = "Fellesnemnda for Lund\n\n**Protokoll nr. 3/2018**\n\nLund kulturhus | 26. april 2018 | 16:30–20:05\n\n";
    let told = json!(["2018-04-26", "16:30", "20:05", "Lund kulturhus"]);
    assert_eq!(meeting(&document(&format!("{bars}{CASE}"))), told);
}

/// The people of a document with these attributes: name, status and member stood in for.
fn who(document: &Value) -> Vec<Value> {
    let all = document["attendance"].as_array().unwrap().iter();
    all.map(|a| json!([a["name"], a["status"], a["deputy_for"]])).collect()
}

/// Minutes in HTML with a case.
fn html(head: &str) -> Value {
    let text = format!(
        "<h1>Møteprotokoll</h1><p>Utvalg: Kulturutvalget</p><p>Møtedato: 04.03.2014</p>{head}<h2>KU 3/14 Ny kinosal</h2><p>Vedtak:</p><p>Salen bygges.</p>"
    );
    document_of("input.html", &text)
}

#[test]
fn labels_stand_over_people_in_a_cell() {
    let head = "<table><tr><td>Sted:</td><td>Brannstasjonen</td></tr><tr><td>TIL STEDE<br>Eva Lie, leder<br>Per Ås, nestleder</td><td>IKKE TIL STEDE<br>Jon \
                Moe<br>FRA ADMINISTRASJONEN<br>Brannsjef Kari Rud</td></tr></table>";
    let expected = [("present", "Eva Lie"), ("present", "Per Ås"), ("absent", "Jon Moe"), ("staff", "Kari Rud")];
    assert_eq!(attended(&html(head)), expected);
}

#[test]
fn groups_stand_over_people_in_a_cell_or_beside_them() {
    let head = "<p><b>Desse møtte</b></p><table><tr><td>Arbeidarpartiet:<br>Eva Lie<br>Per Ås<br>Høgre:<br>Jon Moe</td><td>Kristeleg Folkeparti:<br>Kari \
                Rud</td></tr></table>";
    let people = ["Eva Lie", "Per Ås", "Jon Moe", "Kari Rud"];
    assert_eq!(names(&html(head), "present"), people);
    let head = "<p>Desse møtte:</p><table><tr><td>Arbeidarpartiet</td><td>Eva Lie<br>Per Ås</td></tr><tr><td>Høgre</td><td>Jon Moe</td></tr><tr><td>Kristeleg \
                Folkeparti</td><td>Kari Rud</td></tr></table>";
    let document = html(head);
    assert_eq!(names(&document, "present"), people);
    assert_eq!(document["attendance"][2]["represents"], "Høgre");
    let head = "<table><tr><td colspan=2>Til stede</td></tr><tr><td>Grong<br>Eva Lie<br>Høylandet<br>Per Ås</td><td>Lierne<br>Jon Moe<br>Røyrvik<br>Kari \
                Rud</td></tr></table>";
    assert_eq!(names(&html(head), "present"), people);
    let head = "<table><tr><td>Til stede fra arbeidsgiveren</td><td>Til stede fra arbeidstakerne</td></tr><tr><td>Eva Lie, sjef<br>Per Ås</td><td>Jon \
                Moe<br>Kari Rud</td></tr><tr><td colspan=2>Forfall: Liv Dal</td></tr></table>";
    let document = html(head);
    assert_eq!(names(&document, "present"), people);
    assert_eq!(names(&document, "absent"), ["Liv Dal"]);
}

#[test]
fn columns_name_the_deputy_and_how_one_met() {
    let document = met(
        "Følgende medlemmer møtte: Eva Lie, Per Ås\n\nForfall:\n\n| Navn | Parti | Vara | Parti |\n|---|---|---|---|\n| Jon Moe | H | Kari Rud | H |\n| Liv Dal | V | | |",
    );
    let absent: Vec<_> = who(&document).into_iter().skip(2).collect();
    let expected = [
        json!(["Jon Moe", "absent", null]),
        json!(["Kari Rud", "deputy", "Jon Moe"]),
        json!(["Liv Dal", "absent", null]),
    ];
    assert_eq!(absent, expected);
    let document = met(
        "| Navn | Eierkommune | Møtte som |\n|---|---|---|\n| Eva Lie | Vik | Leder |\n| Per Ås | Mo | Vara for Jon Moe |\n| Forfall: Kari Rud | Sund | Medlem |",
    );
    let expected = [
        json!(["Eva Lie", "present", null]),
        json!(["Per Ås", "deputy", "Jon Moe"]),
        json!(["Kari Rud", "absent", null]),
    ];
    assert_eq!(who(&document), expected);
}

#[test]
fn a_remark_says_that_a_member_stayed_away() {
    let text = "MØTEBOK\n\nUtval: Styret\nMøtedag: 04.03.1987\n\n  N A M N              K O M M U N E     M E R K N A D\n  -------------------  ---------------   -----------------------\n  Eva Lie              Vik               formann\n  Per Ås               Mo                Forfall\n  Jon Moe              Mo                vara for Per Ås\n  -------------------  ---------------   -----------------------\n\nSak 3/87  Ny kai\n\nVedtak: Ja.\n";
    let document = document_of("input.txt", text);
    let expected = [
        json!(["Eva Lie", "present", null]),
        json!(["Per Ås", "absent", null]),
        json!(["Jon Moe", "deputy", "Per Ås"]),
    ];
    assert_eq!(who(&document), expected);
}

#[test]
fn sentences_tell_who_wrote_who_stayed_away_and_who_met_for_them() {
    let document = met(
        "Til stede: Eva Lie, Per Ås. Jon Moe hadde lovlig forfall. I hans sted møtte varamann Kari Rud.\n\nLiv Dal var til stede og førte møteboken.",
    );
    let expected = [
        json!(["Eva Lie", "present", null]),
        json!(["Per Ås", "present", null]),
        json!(["Jon Moe", "absent", null]),
        json!(["Kari Rud", "deputy", null]),
        json!(["Liv Dal", "staff", null]),
    ];
    assert_eq!(who(&document), expected);
    let document = met("Til stede: Eva Lie, Per Ås. Jon Moe (Vik) var meldt fraværende; Kari Rud møtte for ham.");
    assert_eq!(who(&document)[2..], [json!(["Kari Rud", "deputy", "Jon Moe"]), json!(["Jon Moe", "absent", null])]);
    let document = met(
        "Møtte: Eva Lie (leiar) og Per Ås. Jon Moe hadde meldt frå at han ikkje kunna koma, og vara Kari Rud møtte for han.",
    );
    assert_eq!(who(&document)[2..], [json!(["Kari Rud", "deputy", "Jon Moe"]), json!(["Jon Moe", "absent", null])]);
    let document = met("Møtte: Eva Lie og Per Ås.\n\nForfall: Jon Moe (H). Kari Rud møtte for Jon Moe.");
    assert_eq!(who(&document)[2..], [json!(["Jon Moe", "absent", null]), json!(["Kari Rud", "deputy", "Jon Moe"])]);
    let document = met("Til stede fra styret var Eva Lie (leder), Per Ås og Jon Moe. Liv Dal er sekretær for styret.");
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Jon Moe"]);
    assert_eq!(names(&document, "staff"), ["Liv Dal"]);
}

#[test]
fn those_beside_the_chair_are_members() {
    let document = met(
        "Formannen, gardbruker Eva Lie, styrte møtet. Til stede ellers: Per Ås, Jon Moe og Kari Rud (varamann for Liv Dal).",
    );
    let expected = [("present", "Per Ås"), ("present", "Jon Moe"), ("deputy", "Kari Rud"), ("present", "Eva Lie")];
    assert_eq!(attended(&document), expected);
}

#[test]
fn those_who_met_beside_the_members_are_told_by_their_offices() {
    let document = met("Møtte: Eva Lie, Per Ås\n\n**Møtte ellers:**\n\nDaglig leder Jon Moe\n\nØkonomisjef Kari Rud");
    assert_eq!(names(&document, "staff"), ["Jon Moe", "Kari Rud"]);
    let document = met("Disse var med:\n\nEva Lie (leder)\n\nPer Ås\n\nKari Rud (daglig leder, sekretær)");
    assert_eq!(names(&document, "staff"), ["Kari Rud"]);
}

#[test]
fn lists_of_two_and_deputies_in_two_lists() {
    let text = "MØTEBOK\n\nUtvalg: Styret\nMøtedato: 04.03.1974\n\nTil stede:  Eva Lie, Per Ås\n\nForfall:    Jon Moe\n            Kari Rud (vara rakk ikke \
                fram)\n\nSak 3/74  Ny kai\n\nVedtak: Ja.\n";
    assert_eq!(names(&document_of("input.txt", text), "absent"), ["Jon Moe", "Kari Rud"]);
    let document = met("Møtte: Eva Lie – Per Ås\n\nMøtte ikke: Jon Moe – Kari Rud");
    assert_eq!(names(&document, "absent"), ["Jon Moe", "Kari Rud"]);
    let document = met("Møtte: Eva Lie, Per Ås, Jon Moe\n\nVara som møtte: Jon Moe for Kari Rud");
    assert_eq!(attended(&document), [("present", "Eva Lie"), ("present", "Per Ås"), ("deputy", "Jon Moe")]);
}

#[test]
fn the_columns_of_a_calendar_are_the_days_of_the_week() {
    let html = "<h1>Politisk møtekalender våren 2014</h1><table><tr><th>Uke</th><th>Mandag</th><th>Tirsdag</th><th>Onsdag</th></tr><tr><td \
                colspan=4>Januar</td></tr><tr><td>Uke 3</td><td></td><td>14. Formannskap kl. 09.00<br>Valgstyre kl. 13.00</td><td>15. Eldreråd kl. \
                10.00</td></tr></table>";
    let expected = [
        json!(["Formannskap", "2014-01-14", "09:00", null]),
        json!(["Valgstyre", "2014-01-14", "13:00", null]),
        json!(["Eldreråd", "2014-01-15", "10:00", null]),
    ];
    assert_eq!(meets(&document_of("input.html", html)), expected);
    let html = "<h1>Møtekalender våren 2014</h1><table><tr><th>Uke</th><th>Mandag</th><th>Tirsdag</th><th>Onsdag</th></tr><tr><td>3</td><td></td><td>14.1. \
                Formannskapet<br>09.00–11.30</td><td>15.1. Eldrerådet<br>10.00</td></tr></table>";
    let expected =
        [json!(["Formannskapet", "2014-01-14", "09:00", "11:30"]), json!(["Eldrerådet", "2014-01-15", "10:00", null])];
    assert_eq!(meets(&document_of("input.html", html)), expected);
}

#[test]
fn columns_of_a_plan_hold_times_and_remarks() {
    let table = "| Hvem | Kl. | Januar | Februar |\n|---|---|---|---|\n| Styret | 0900-1100 | 14. | |\n| Eldrerådet | 1000-1400 | | 18. |";
    let expected =
        [json!(["Styret", "2014-01-14", "09:00", "11:00"]), json!(["Eldrerådet", "2014-02-18", "10:00", "14:00"])];
    assert_eq!(meets(&document(&format!("# Møteplan våren 2014\n\n{table}\n"))), expected);
    let table = "| Månad | Kommunestyret | Formannskapet |\n|---|---|---|\n| | kl. 17.00–21.00 | kl. 09.00–14.00 |\n| Januar | 16. | 14. |";
    let expected = [
        json!(["Kommunestyret", "2014-01-16", "17:00", "21:00"]),
        json!(["Formannskapet", "2014-01-14", "09:00", "14:00"]),
    ];
    assert_eq!(meets(&document(&format!("# Møteplan våren 2014\n\n{table}\n"))), expected);
    let html = "<h1>Møteplan våren 2014</h1><table><tr><th>Månad</th><th>Dag</th><th>Utval</th><th>Klokka</th><th>Merknad</th></tr><tr><td \
                rowspan=2>Januar</td><td>tysdag 14.</td><td>Formannskapet</td><td>10.00–14.00</td><td>Synfaring</td></tr><tr><td>onsdag \
                15.</td><td>Kommunestyret</td><td>15.00</td><td>Opplæring frå kl. 13.00</td></tr></table>";
    let document = document_of("input.html", html);
    let expected = [
        json!(["Formannskapet", "2014-01-14", "10:00", "14:00"]),
        json!(["Kommunestyret", "2014-01-15", "15:00", null]),
    ];
    assert_eq!(meets(&document), expected);
    assert_eq!(document["planned_meetings"][0]["note"], "Synfaring");
}

/// Body, day and times of each planned meeting.
fn meets(document: &Value) -> Vec<Value> {
    let all = document["planned_meetings"].as_array().unwrap().iter();
    all.map(|m| json!([m["body"], m["date"], m["start"], m["end"]])).collect()
}

#[test]
fn columns_name_where_members_come_from_or_who_stayed_away() {
    let document = met(
        "| Fra Holmestrand | Fra Sande |\n|---|---|\n| Eva Lie (H), leder | Per Ås (Ap), nestleder |\n| Jon Moe (V) | Kari Rud (Sp) |",
    );
    assert_eq!(names(&document, "present"), ["Eva Lie", "Jon Moe", "Per Ås", "Kari Rud"]);
    let document = met("| Deltok | Deltok ikke |\n|---|---|\n| Eva Lie, leder | Per Ås |\n| Jon Moe | |");
    assert_eq!(attended(&document), [("present", "Eva Lie"), ("present", "Jon Moe"), ("absent", "Per Ås")]);
    let document = met(
        "| Eigar | Utsending |\n|---|---|\n| Vågsøy | Eva Lie |\n| Eid | Per Ås og Liv Dal |\n| Selje | ikkje møtt (Jon Moe hadde meldt forfall) |\n| Frå selskapet | Dagleg leiar Kari Rud |",
    );
    let expected = [
        ("present", "Eva Lie"),
        ("present", "Per Ås"),
        ("present", "Liv Dal"),
        ("absent", "Jon Moe"),
        ("staff", "Kari Rud"),
    ];
    assert_eq!(attended(&document), expected);
}

#[test]
fn a_clause_says_that_the_member_of_a_deputy_stayed_away() {
    let document = met("Til stede var Eva Lie, formann, og Per Ås, varamann for Jon Moe, som hadde meldt forfall.");
    let expected = [
        json!(["Eva Lie", "present", null]),
        json!(["Per Ås", "deputy", "Jon Moe"]),
        json!(["Jon Moe", "absent", null]),
    ];
    assert_eq!(who(&document), expected);
}

#[test]
fn day_place_and_members_stand_under_their_labels() {
    let text = "# MØTEINNKALLING\n\nUngdomsrådet\n\n| Når | Hvor | Hvem |\n|---|---|---|\n| tirsdag 4. mars 2014 kl. 10:15–14:30 | Fylkeshuset | Eva Lie, leder, Per Ås |\n\nMeld \
                forfall innen mandag 3. mars.\n\n## UR 8/14 Ny kino\n\nForslag til vedtak\n\nJa.\n";
    let document = document(text);
    assert_eq!(
        json!([document["meeting"]["date"], document["meeting"]["place"]]),
        json!(["2014-03-04", "Fylkeshuset"])
    );
    assert_eq!(names(&document, "invited"), ["Eva Lie", "Per Ås"]);
    let document = met(
        "| Eierkommune | Representant | Stemmer | |\n|---|---|---|---|\n| Vik | Eva Lie | 12 | møtte |\n| Mo | Per Ås | 5 | møtte ikke |\n| Sund | Jon Moe | 3 | møtte |",
    );
    assert_eq!(attended(&document), [("present", "Eva Lie"), ("absent", "Per Ås"), ("present", "Jon Moe")]);
}

#[test]
fn roles_of_two_stand_on_a_line_under_them() {
    let document = signed("Vik, 5. mars 2014\n\nEva Lie (sign.)\tPer Ås (sign.)\n\nleder sekretær");
    assert_eq!(signers(&document), [("Eva Lie", "leder"), ("Per Ås", "sekretær")]);
}

#[test]
fn a_sentence_after_the_last_of_a_list_names_nobody_more() {
    let document = document(&format!(
        "{HEAD}Til stede: Eva Lie (leder) og Kari Moe.\n\n\
         Fra administrasjonen: kirkeverge Per Ås (sekretær) Kari Moe holdt andakt.\n\n{CASE}"
    ));
    assert_eq!(names(&document, "staff"), ["Per Ås"]);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Kari Moe"]);
}

#[test]
fn lists_side_by_side_are_read_one_after_the_other() {
    let document =
        document(&format!("{HEAD}| Til stede | Forfall |\n|---|---|\n| Eva Lie | Per Ås |\n| Kari Moe | |\n\n{CASE}"));
    let order: Vec<&str> =
        document["attendance"].as_array().unwrap().iter().map(|a| a["name"].as_str().unwrap()).collect();
    assert_eq!(order, ["Eva Lie", "Kari Moe", "Per Ås"]);
}

#[test]
fn those_who_stayed_away_and_all_who_met() {
    let people = |head: &str, status: &str| names(&document(&format!("{HEAD}{head}\n\n{CASE}")), status);
    assert_eq!(people("Medlemmer med forfall\n\nEva Lie\n\nPer Ås", "absent"), ["Eva Lie", "Per Ås"]);
    let told = "Alle tre styremedlemmer deltok: Eva Lie (styreleder), Per Ås og Kari Moe. Daglig leder Jon Dahl førte protokollen.";
    assert_eq!(people(told, "present"), ["Eva Lie", "Per Ås", "Kari Moe"]);
    let columns = "| Til stede | Forfall og vara |\n|---|---|\n| Eva Lie, leder | Forfall: Per Ås |\n| Jon Dahl | Vara: Kari Moe for Per Ås |";
    assert_eq!(people(columns, "present"), ["Eva Lie", "Jon Dahl"]);
    assert_eq!(people(columns, "deputy"), ["Kari Moe"]);
    assert_eq!(people("Utenom rådet: kirkeverge Eva Lie, protokollfører Per Ås", "staff"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn marks_end_the_names_of_those_who_sign() {
    assert_eq!(
        signers(&signed("Eva Lie /s/ Per Ås /s/\n\nleder protokollfører")),
        [("Eva Lie", "leder"), ("Per Ås", "protokollfører")]
    );
    assert_eq!(signers(&signed("Elektronisk signert av Eva Lie og Per Ås")), [("Eva Lie", ""), ("Per Ås", "")]);
    let rows =
        "Møtet ble hevet kl. 12.\n\n| Eva Lie (s) | Per Ås (s) |\n|---|---|\n| Averøy kommune | Tingvoll kommune |";
    assert_eq!(signers(&signed(rows)), [("Eva Lie", ""), ("Per Ås", "")]);
}

#[test]
fn a_column_of_labels_with_colons_is_no_table() {
    let text = "S T Y R E M Ø T E   tysdag 4. mars 2014\n\nStad   : Kraftstasjonen\nTid    : kl 17.00 til kl 21.40\n\
                Møtt   : Eva Lie .................... formann\n         Kari Moe ................... nestformann\n         Per Ås\n         Jon Dahl\n\
                Forfall: Ola By\nElles  : driftsstyrar Liv Rud\n\nSAK 3/14  Ny kai\n\nVEDTAK:\nKaia vert bygd.\n";
    let document = document_of("input.txt", text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Kari Moe", "Per Ås", "Jon Dahl"]);
    assert_eq!(document["attendance"][0]["role"], "formann");
    assert_eq!(document["meeting"]["place"], "Kraftstasjonen");
}

#[test]
fn groups_chose_those_who_met() {
    let head = "MØTEREFERAT\n\nDato: 04.03.2014\n\nTil stede\n  for foreldrene: Eva Lie (leder) og Per Ås\n  for lærerne: Kari Moe, Jon Dahl\n  for kommunen: Liv Rud (H)\n\
                Ikke til stede: Ola By\n\nSak 3/14 Ny kai\n\nVedtak:\nKaia bygges.\n";
    let document = document_of("input.txt", head);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Kari Moe", "Jon Dahl", "Liv Rud"]);
    assert_eq!(document["attendance"][1]["represents"], "foreldrene");
    assert_eq!(document["attendance"][2]["represents"], "lærerne");
}

#[test]
fn a_month_of_a_plan_spans_rows_under_heads() {
    let html = "<h1>Møteplan for 2015</h1><table><tr><th>Månad</th><th>Dag</th><th>Dato</th><th>Utval</th><th>Klokka</th></tr>\
                <tr><td rowspan=2>Januar</td><td>Torsdag</td><td>15.01.</td><td>Formannskapet</td><td>09:00–14:00</td></tr>\
                <tr><td>Tysdag</td><td>20.01.</td><td>Eldrerådet</td><td>12:00</td></tr>\
                <tr><td>Februar</td><td>Måndag</td><td>16.02.</td><td>Kommunestyret</td><td>16:00</td></tr></table>";
    let expected = [
        json!(["Formannskapet", "2015-01-15", "09:00", "14:00"]),
        json!(["Eldrerådet", "2015-01-20", "12:00", null]),
        json!(["Kommunestyret", "2015-02-16", "16:00", null]),
    ];
    assert_eq!(meets(&document_of("input.html", html)), expected);
}

#[test]
fn members_are_known_by_their_parties_and_bodies() {
    let text = "Fra Vik\n\n- Eva Lie (AP, leder)\n- Per Ås (KrF)\n\nFra Lund\n\n- Kari Moe (H) – vara for Jon Dahl\n\n";
    let document = document(&format!("{HEAD}{text}{CASE}"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
    assert_eq!(document["attendance"][0]["role"], "leder");
    assert_eq!(document["attendance"][2]["deputy_for"], "Jon Dahl");
    let html = |table: &str| {
        let head = "<h1>Møteprotokoll</h1><p>Utvalg: Fylkestinget</p><p>Møtedato: 04.03.2014</p>";
        document_of(
            "input.html",
            &format!(
                "<html><body>{head}<table>{table}</table><h2>Sak 3/14 Ny kai</h2><p>Vedtak:</p><p>Kaia bygges.</p></body></html>"
            ),
        )
    };
    let represents = |document: &Value| -> Vec<String> {
        document["attendance"]
            .as_array()
            .unwrap()
            .iter()
            .map(|a| a["represents"].as_str().unwrap().to_owned())
            .collect()
    };
    let parties = html(
        "<tr><td>Arbeiderpartiet:</td><td>Fremskrittspartiet:</td></tr><tr><td>Eva Lie</td><td>Per Ås (vara for Jon Dahl)</td></tr>\
                        <tr><td>Kari Moe</td><td></td></tr><tr><td></td><td>Venstre:</td></tr><tr><td>Liv Rud</td><td>Ola By</td></tr>",
    );
    assert_eq!(names(&parties, "present"), ["Eva Lie", "Kari Moe", "Liv Rud", "Ola By"]);
    assert_eq!(
        represents(&parties),
        ["Arbeiderpartiet", "Fremskrittspartiet", "Arbeiderpartiet", "Arbeiderpartiet", "Venstre"]
    );
    let bodies = html(
        "<tr><td>Eldrerådet</td><td>Ungdomsrådet</td></tr><tr><td>Eva Lie, leder<br>Kari Moe</td><td>Ola By<br>Liv Rud</td></tr>\
                       <tr><td>Forfall: Jon Dahl</td><td></td></tr>",
    );
    assert_eq!(names(&bodies, "present"), ["Eva Lie", "Kari Moe", "Ola By", "Liv Rud"]);
    assert_eq!(names(&bodies, "absent"), ["Jon Dahl"]);
    let beside = html(
        "<tr><td>Når</td><td>Tirsdag 4. mars 2014</td></tr><tr><td>Styret</td><td>Eva Lie (leder)<br>Kari Moe</td></tr>",
    );
    assert_eq!(names(&beside, "present"), ["Eva Lie", "Kari Moe"]);
}

#[test]
fn tabs_divide_columns_of_people() {
    let text = "PROTOKOLL\n\nMøtedato: 17.10.1968\n\nMøtt:\tForfall:\n\nEva Lie, formann\tKari Moe\n\nPer Ås\n\nSekretær Jon Dahl førte protokollen.\n\nSak 3/68 Ny kai\n\nVedtak:\nKaia bygges.\n";
    let document = document_of("input.txt", text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
    assert_eq!(names(&document, "absent"), ["Kari Moe"]);
    assert_eq!(names(&document, "staff"), ["Jon Dahl"]);
}

#[test]
fn a_roll_call_stands_under_its_label() {
    let text = "MØTEBOK\n\nVik menighetsråd\n\nMøtedato: 11.04.1989\n\nNavneopprop:\n  1. Eva Lie, formann ................... møtt\n  2. Per Ås ............................. forfall\n\
                \u{20}    (varamann Kari Moe ................ møtt)\n  3. Jon Dahl ........................... møtt\n\nSak 21/89 Møteboka\n\nVedtak: Godkjent.\n";
    let document = document_of("input.txt", text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Jon Dahl"]);
    assert_eq!(names(&document, "absent"), ["Per Ås"]);
    let deputy = document["attendance"].as_array().unwrap().iter().find(|a| a["status"] == "deputy").unwrap();
    assert_eq!(json!([deputy["name"], deputy["deputy_for"]]), json!(["Kari Moe", "Per Ås"]));
}

#[test]
fn heads_of_lists_in_words_of_their_own() {
    let met = |line: &str| {
        names(
            &document_of(
                "input.txt",
                &format!(
                    "MØTEBOK\n\nMøtedato: 11.04.1989\n\n{line} Eva Lie og Per Ås.\n\nSak 2/89 Møteboka\n\nVedtak: Godkjent.\n"
                ),
            ),
            "present",
        )
    };
    for line in [
        "Møtt var:",
        "Tilstede var foruten formannen:",
        "Følgjande medlemer var med og handsama saka:",
        "Frå Kristeleg Folkeparti:",
    ] {
        assert_eq!(met(line), ["Eva Lie", "Per Ås"], "{line}");
    }
}

#[test]
fn how_each_attended_stands_in_the_row_below() {
    let table = "| Eva Lie | Per Ås | Kari Moe |\n|---|---|---|\n| Møtt | Forfall | Møtt for Per Ås |\n\n";
    let document = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(names(&document, "present"), ["Eva Lie"]);
    assert_eq!(names(&document, "absent"), ["Per Ås"]);
    assert_eq!(document["attendance"][2]["deputy_for"], "Per Ås");
}

#[test]
fn a_gap_leads_to_how_each_attended() {
    let text = "REFERAT\n\nMøtedato: 30.05.1994\n\n     Medlemmer:      Eva Lie (leder)            møtt\n                     Per Ås                     forfall\n\
                \u{20}                    Jon Dahl                   møtt\n\nSak nr. 7 - 94\nMØTEBOKA\n\nVedtak: Godkjent.\n";
    let document = document_of("input.txt", text);
    assert_eq!(names(&document, "present"), ["Eva Lie", "Jon Dahl"]);
    assert_eq!(names(&document, "absent"), ["Per Ås"]);
    let case = &document["cases"][0];
    assert_eq!(
        json!([case["number"]["sequence"], case["number"]["year"], case["title"]]),
        json!([7, 1994, "MØTEBOKA"])
    );
}

#[test]
fn rows_of_tabs_list_a_person_each() {
    let minutes = met(
        "Til stede:\tEva Lie\tSp, leder\n\nPer Ås\tH, nestleder\n\nKari Moe\tA\n\nEllers møtte:\tHelse- og sosialsjef Jon Dahl\n\n\
         Pleie- og omsorgsleder Liv Rud",
    );
    let expected = [
        ("present", "Eva Lie"),
        ("present", "Per Ås"),
        ("present", "Kari Moe"),
        ("staff", "Jon Dahl"),
        ("staff", "Liv Rud"),
    ];
    assert_eq!(attended(&minutes), expected);
    assert_eq!(minutes["attendance"][3]["role"], "Helse- og sosialsjef");
    let minutes = met(
        "Medlemmer som deltok\n\nLeder\tEva Lie\tSp\n\nMedlem\tPer Ås\tH\n\nAndre til stede\n\nKommunalsjef\tJon Dahl",
    );
    assert_eq!(attended(&minutes), [("present", "Eva Lie"), ("present", "Per Ås"), ("staff", "Jon Dahl")]);
    let first = &minutes["attendance"][0];
    assert_eq!((&first["role"], &first["represents"]), (&json!("Leder"), &json!("Sp")));
}

#[test]
fn heads_of_lists_are_made_of_words_for_who_and_how() {
    for (head, status) in [
        ("De som ikke møtte:", "absent"),
        ("Styremedlemmer som hadde meldt forfall:", "absent"),
        ("Representanter som ikke kunne møte:", "absent"),
        ("Vararepresentanter som tok sete:", "deputy"),
        ("Utsendinger som møtte:", "present"),
        ("Dei som møtte:", "present"),
        ("Varamedlemer som stilte:", "deputy"),
    ] {
        assert_eq!(
            attended(&met(&format!("{head}\n\nEva Lie, Per Ås"))),
            [(status, "Eva Lie"), (status, "Per Ås")],
            "{head}"
        );
    }
    // "Heier" is a name, not an owner's role.
    assert_eq!(attended(&met("Til stede: Eva Heier, Solfrid Heier, Per Ås")).len(), 3);
}

#[test]
fn tables_may_tell_in_parentheses_in_codes_or_by_name_who_came() {
    let minutes = met(
        "| Medlem | Varamedlem |\n|---|---|\n| Eva Lie, Sp, leder | |\n| Per Ås, H (forfall) | Jon Dahl, H |\n| Kari Moe, V (ikke møtt) | |",
    );
    let expected = [("present", "Eva Lie"), ("absent", "Per Ås"), ("deputy", "Jon Dahl"), ("absent", "Kari Moe")];
    assert_eq!(attended(&minutes), expected);
    let minutes = met(
        "Til stede:\n\n| 1. | Eva Lie, ordfører | Sp |\n|---|---|---|\n| 2. | Per Ås, varaordfører | H |\n| 3. | Kari Moe | V |",
    );
    assert_eq!(names(&minutes, "present"), ["Eva Lie", "Per Ås", "Kari Moe"]);
    let minutes = met(
        "| M | Eva Lie, ordfører | Sp |\n|---|---|---|\n| M | Kari Moe | V |\n| F | Per Ås | H |\n| V | Jon Dahl (for Per Ås) | H |",
    );
    let expected = [("present", "Eva Lie"), ("present", "Kari Moe"), ("absent", "Per Ås"), ("deputy", "Jon Dahl")];
    assert_eq!(attended(&minutes), expected);
    let minutes = met(
        "| Navn | Parti | Møtte |\n|---|---|---|\n| Eva Lie | Sp | hele møtet |\n| Per Ås | H | forfall |\n| Jon Dahl | H | møtte for Per Ås |\n\
         | Kari Moe | V | gikk kl. 21.00, etter sak 3/14 |",
    );
    let expected = [("present", "Eva Lie"), ("absent", "Per Ås"), ("deputy", "Jon Dahl"), ("present", "Kari Moe")];
    assert_eq!(attended(&minutes), expected);
    let minutes = met(
        "| Arbeiderpartiet | Eva Lie, Per Ås |\n|---|---|\n| Høyre | Kari Moe |\n| Venstre | Ola By |\n| Ørland Bygdeliste | Jon Dahl, Liv Rud |",
    );
    assert_eq!(names(&minutes, "present"), ["Eva Lie", "Per Ås", "Kari Moe", "Ola By", "Jon Dahl", "Liv Rud"]);
}

#[test]
fn notes_beside_a_name_are_no_part_of_it() {
    assert_eq!(
        attended(&met("Ikke til stede:\n\nEva Lie (V) – uten vara\n\nPer Ås (H)")),
        [("absent", "Eva Lie"), ("absent", "Per Ås")]
    );
    let minutes = met("Forfall: Per Ås (Jon Dahl møtte som vara)");
    assert_eq!(attended(&minutes), [("absent", "Per Ås"), ("deputy", "Jon Dahl")]);
    let minutes = met("Til stede: Eva Lie, Tolga, Kari Moe, Os - vara for Per Ås");
    assert_eq!(attended(&minutes), [("present", "Eva Lie"), ("deputy", "Kari Moe")]);
    assert_eq!(minutes["attendance"][1]["deputy_for"], "Per Ås");
    let minutes = met("Desse møtte: Ap: Eva Lie. V: Per Ås. Krf: Kari Moe.");
    assert_eq!(names(&minutes, "present"), ["Eva Lie", "Per Ås", "Kari Moe"]);
}

#[test]
fn those_who_met_may_be_listed_after_the_last_case() {
    let minutes = signed("Medlemmer som deltok: Eva Lie (leder), Per Ås og Kari Moe\n\nIkke møtt: Jon Dahl");
    let expected = [("present", "Eva Lie"), ("present", "Per Ås"), ("present", "Kari Moe"), ("absent", "Jon Dahl")];
    assert_eq!(attended(&minutes), expected);
    assert_eq!(minutes["cases"][0]["decision"]["text"], "Salen bygges.");
}

#[test]
fn a_body_in_the_margin_meets_on_the_days_under_it() {
    let document = document_of(
        "input.txt",
        "MØTEPLAN FOR 1996\n\nPlanen ble fastsatt av kommunestyret 23. november 1995.\n\n\
         KOMMUNESTYRET         Torsdag 1. februar        kl. 18.00\n                      Torsdag 14. mars          kl. 18.00\n\n\
         FORMANNSKAPET         Tirsdag 16. januar        kl. 12.00\n                      Tirsdag 20. februar       kl. 12.00\n\n\
         HOVEDUTVALG FOR       Onsdag 24. januar         kl. 17.00\nSKOLE OG KULTUR       Onsdag 6. mars            kl. 17.00\n",
    );
    let expected = [
        json!(["Kommunestyret", "1996-02-01", "18:00", null]),
        json!(["Kommunestyret", "1996-03-14", "18:00", null]),
        json!(["Formannskapet", "1996-01-16", "12:00", null]),
        json!(["Formannskapet", "1996-02-20", "12:00", null]),
        json!(["Hovedutvalg for skole og kultur", "1996-01-24", "17:00", null]),
        json!(["Hovedutvalg for skole og kultur", "1996-03-06", "17:00", null]),
    ];
    assert_eq!(planned(&document), expected);
}

#[test]
fn officers_stand_over_the_other_members() {
    let minutes = met(
        "Styreleder: Eva Lie, Rendalen\n\nNestleder: Per Ås, Tynset\n\nStyremedl.: Kari Moe, Alvdal\n\nForfall: Jon Dahl",
    );
    let expected = [("present", "Eva Lie"), ("present", "Per Ås"), ("present", "Kari Moe"), ("absent", "Jon Dahl")];
    assert_eq!(attended(&minutes), expected);
    assert_eq!(minutes["attendance"][1]["role"], "Nestleder");
    // Three labelled lines list those who met, though an abbreviation ends the last.
    let minutes = met("Styreleder: Eva Lie\n\nStyremedlem: Per Ås\n\nStyremedlem: Kari Moe, ansattes repr.");
    assert_eq!(attended(&minutes), [("present", "Eva Lie"), ("present", "Per Ås"), ("present", "Kari Moe")]);
}

#[test]
fn a_municipality_ends_a_member_of_two_lines() {
    let text = "REFERAT\n\nMøtedato: 30.05.1994\n\nMedlemmer:  Eva Lie, Rendalen\n            Per Ås, Tynset\nForfall:    Ingen\n\n\
                Sak 1/94  Nytt bygg\n\nVedtak: Bygget kjøpes.\n";
    assert_eq!(attended(&document_of("input.txt", text)), [("present", "Eva Lie"), ("present", "Per Ås")]);
}

#[test]
fn last_names_stand_alone_among_those_with_a_title() {
    let document = document(&format!(
        "{HEAD}Møtt: Formannen Dahl, fru Grimholt, frk. Istre, Bergan og Moe (syk fra kl. 20)\n\n{CASE}"
    ));
    assert_eq!(names(&document, "present"), ["Dahl", "Grimholt", "Istre", "Bergan"]);
    // Names of other people do not make words into names.
    let document = self::document(&format!("{HEAD}Møtt: Eva Lie, Per Ås, Kommunestyresalen\n\n{CASE}"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås"]);
}

#[test]
fn rows_head_those_under_them() {
    let text = "MØTEBOK\n\nUtvalg: Kulturutvalget\nDato: 14. november 1978\n\nMØTENDE MEDLEMMER           PARTI    VERV\n\
                -------------------------------------------\nEva Lie                     A        Ordfører\nPer Ås                      \
                Sp       Varaordfører\n\nFORFALL                     PARTI\n-------------------------------------------\nKari \
                Moe                    Sp\n\nVARAMEDLEM                  PARTI    MØTTE \
                FOR\n-------------------------------------------\nJon Dahl                    Sp       Kari Moe\n\nSak 3/78    NY \
                KINOSAL\n\nVedtak:\nSalen bygges.\n";
    let document = document_of("input.txt", text);
    let found = ["present", "absent", "deputy"].map(|status| names(&document, status));
    assert_eq!(found, [vec!["Eva Lie", "Per Ås"], vec!["Kari Moe"], vec!["Jon Dahl"]]);
}

#[test]
fn groups_of_members_and_questions_head_those_who_met() {
    let list = |head: &str| {
        let document = document(&format!("{HEAD}{head}\n\n- Eva Lie\n- Per Ås\n\n{CASE}"));
        ["present", "absent"].map(|status| names(&document, status).len())
    };
    assert_eq!(list("Som representanter for innskyterne møtte:"), [2, 0]);
    assert_eq!(list("Framøtte"), [2, 0]);
    assert_eq!(list("Hvem var borte"), [0, 2]);
}

#[test]
fn a_line_that_ends_in_an_office_goes_on() {
    let text = |list: &str| {
        format!(
            "MØTEBOK\n\nUtvalg: Kulturutvalget\nDato: 14. november 1978\n\n{list}\n\nSak 3/78    NY KINOSAL\n\nVedtak:\nSalen bygges.\n"
        )
    };
    let document = document_of(
        "input.txt",
        &text("Dessuten møtte: bygningssjef Kåre Holm og avdelingsingeniør\n               Tove Lie"),
    );
    assert_eq!(names(&document, "staff"), ["Kåre Holm", "Tove Lie"]);
    let document = document_of("input.txt", &text("Forfall: Eva Lie (H). Varamann Jon Dahl (H)\nmøtte for henne."));
    assert_eq!(["absent", "deputy"].map(|status| names(&document, status)), [["Eva Lie"], ["Jon Dahl"]]);
    let document = document_of(
        "input.txt",
        &text("Som varamenn møtte:\n    Jon Dahl (H) for Eva Lie\n    Kari Moe (V) for Per Ås"),
    );
    assert_eq!(names(&document, "deputy"), ["Jon Dahl", "Kari Moe"]);
    let document = document_of(
        "input.txt",
        &text("Ordføreren, gårdbruker Hans Aa, le-\ndet møtet. Foruten ham var til stede: Eva Lie, Per Ås."),
    );
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Hans Aa"]);
}

#[test]
fn what_stands_at_the_margin_is_no_part_of_a_list_that_hangs() {
    let text = "MØTEBOK\n\nFormannskapet\n\nMøte på herredshuset 5/11 1953 kl. 16.\n\nDisse møtte:        A. Lie, ordfører\n                    R. \
                Ås\nVaramann:           M. Moe for S. Dahl\nFra administrasjonen møtte herredskasserer I. Tveit og\nherredsgartner E. \
                Krog.\n\nSak 3/53   NY KINOSAL\n\nVedtak:\nSalen bygges.\n";
    let document = document_of("input.txt", text);
    let found = ["present", "deputy", "staff"].map(|status| names(&document, status));
    assert_eq!(found, [vec!["A. Lie", "R. Ås"], vec!["M. Moe"], vec!["I. Tveit", "E. Krog"]]);
}

#[test]
fn who_is_called_an_observer_is_one_whatever_the_office() {
    let document = document(&format!(
        "{HEAD}Til stede: Eva Lie\n\nObservatør: Per Ås, konsulent\n\nEllers møtte: Jon Moe, konsulent\n\n{CASE}"
    ));
    assert_eq!(
        (names(&document, "observer"), names(&document, "staff")),
        (vec!["Per Ås".to_owned()], vec!["Jon Moe".to_owned()])
    );
}

#[test]
fn heads_tell_of_whose_members_came() {
    let found = |list: &str| {
        let document = document(&format!("{HEAD}{list}\n\n{CASE}"));
        ["present", "staff", "observer"].map(|status| names(&document, status))
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(found("Av medlemmene møtte:\n\n1) lærer Eva Lie (formann)\n\n2) smed Per Ås")[0], ["Eva Lie", "Per Ås"]);
    assert_eq!(
        found("Fra Tynset møtte: Eva Lie, Per Ås"),
        [vec!["Eva Lie".to_owned(), "Per Ås".to_owned()], none.clone(), none]
    );
    let [_, staff, _] = found("Til stede: Eva Lie\n\nFra rådhuset møtte: Per Ås");
    assert_eq!(staff, ["Per Ås"]);
}

#[test]
fn who_is_listed_as_absent_did_not_meet() {
    // Nobody is told to be present: the list's head is one that nobody knows.
    let list = "Dei folkevalde:\n\nEva Lie (Ap)\n\nPer Ås (H)\n\nKari Rud (V)\n\nForfall:\n\nOle Lie (Sp)";
    let document = document(&format!("{HEAD}{list}\n\n{CASE}"));
    assert_eq!(names(&document, "present"), ["Eva Lie", "Per Ås", "Kari Rud"]);
    assert_eq!(names(&document, "absent"), ["Ole Lie"]);
}

#[test]
fn first_names_may_be_cut_short() {
    let list = "Til stede:\n\n* Johs. Lie\n\n* Jac. Ås\n\nForfall:\n\n* Ole Lie";
    let document = document(&format!("{HEAD}{list}\n\n{CASE}"));
    assert_eq!(names(&document, "present"), ["Johs. Lie", "Jac. Ås"]);
}

#[test]
fn a_sentence_on_the_line_under_a_list_tells_of_others() {
    let text = "HAVNESTYRET\n\nPROTOKOLL fra møte onsdag 6. november 1974\n\nMøtet ble ledet av ordfører Liv Bø.\n\n\
                Til stede:  Formann Eva Lie og Per Ås.  Fraværende med gyldig grunn:\n            Jon Dahl.  For ham var innkalt Kari Moe, som møtte.\n            \
                Havnefogd Ola By var til stede under sak 38.\n\nSak 38/74 Mudring\n\nHavnefogden har vært på stedet sammen med ingeniøren og mener at\ndet må \
                graves to meter ned før en kommer til fast grunn.\n\nVedtak: Ja.\n";
    let document = document_of("input.txt", text);
    let of = |status: &str| names(&document, status).join(", ");
    assert_eq!(of("present"), "Eva Lie, Per Ås, Liv Bø");
    assert_eq!((of("absent"), of("deputy"), of("staff")), ("Jon Dahl".into(), "Kari Moe".into(), "Ola By".into()));
    let text = "HAVNESTYRET\n\nPROTOKOLL fra møte onsdag 6. november 1974\n\nForfall:    Jon Dahl.\n            Som varamann for Jon Dahl møtte Kari Moe.\n\n\
                Sak 38/74 Mudring\n\nVedtak: Ja.\n";
    assert_eq!(names(&document_of("input.txt", text), "deputy"), ["Kari Moe"]);
}

#[test]
fn deputies_and_officers_stand_in_a_list_of_last_names() {
    let minutes =
        met("Møtt: Formannen Dahl, nestformannen Lie, fru Moe, frk. Rud, Ås, og for Holm (forfall): fru Vik.");
    assert_eq!(names(&minutes, "present"), ["Dahl", "Lie", "Moe", "Rud", "Ås"]);
    assert_eq!(names(&minutes, "deputy"), ["Vik"]);
}

#[test]
fn a_row_names_whom_a_member_represents() {
    let table = "**Til stede:**\n\n| | |\n|---|---|\n| Eva Lie | styreleder |\n| Per Ås | ansattes representant |\n| Kari Moe | styremedlem |\n\n";
    let minutes = document(&format!("{HEAD}{table}{CASE}"));
    assert_eq!(names(&minutes, "present"), ["Eva Lie", "Per Ås", "Kari Moe"]);
    assert_eq!(minutes["attendance"][1]["role"], "ansattes representant");
}

#[test]
fn a_last_name_goes_on_under_dots() {
    let text = "VANNVERKET\n\nMØTEBOK fra møte onsdag 6. november 1974\n\nTIL STEDE:   Larvik ........... Per Ås, formann, og Eva\n                                \
                Lie\n             Hedrum ........... Kari Moe\n             Tjølling ......... Jon Dahl og Ola By\n\nSak 38/74 Nye pumper\n\nVedtak: Ja.\n";
    assert_eq!(
        names(&document_of("input.txt", text), "present"),
        ["Per Ås", "Eva Lie", "Kari Moe", "Jon Dahl", "Ola By"]
    );
}

#[test]
fn one_who_leaves_early_was_there() {
    let minutes = met(
        "Til stede: Eva Lie, Per Ås\n\nForfall: Jon Dahl. Kari Moe er hans vara.\n\nPermisjon: Per Ås fra kl. 21.00",
    );
    let of = |status: &str| names(&minutes, status).join(", ");
    assert_eq!(
        (of("present"), of("absent"), of("deputy")),
        ("Eva Lie, Per Ås".into(), "Jon Dahl".into(), "Kari Moe".into())
    );
}

#[test]
fn trades_stand_before_names_and_offices_before_colons() {
    let text = "VANNVERKET\n\nMØTEBOK fra møte lørdag 5. november 1966\n\nTil stede: Handelsmann P. Skåtøy, stenhugger H. Valle, advokat Almås (formann).\n\
                Fravær: Bonde Haave og fru Østerhus. Varamann Birkenes møtte for Haave.\nDriftsbestyrer: E. Nysæter\n\n\
                Revisor Blom var tilkalt under sak 18.\n\nSak 18 Valg av plass\n\nVedtak: Ja.\n";
    let document = document_of("input.txt", text);
    let of = |status: &str| names(&document, status).join(", ");
    assert_eq!((of("present"), of("absent")), ("P. Skåtøy, H. Valle, Almås".into(), "Haave, Østerhus".into()));
    assert_eq!((of("deputy"), of("staff")), ("Birkenes".into(), "E. Nysæter, Blom".into()));
}

#[test]
fn those_from_the_municipalities_met() {
    let minutes =
        met("Fra kommunene møtte:\n\nGrong:\tOrdfører Eva Lie, gårdbruker Per Ås\n\nHøylandet:\tOrdfører Jon Dahl");
    assert_eq!(names(&minutes, "present"), ["Eva Lie", "Per Ås", "Jon Dahl"]);
}

#[test]
fn an_abbreviated_trade_and_a_place_stand_in_a_list_of_lines() {
    let text = "VIK KINOSTYRE\n\nMØTEBOK fra møte tirsdag 8. februar 1972\n\nMøtende: Lektor Eva Lie, formann\n         Husmor Kari Moe\n         Stud. Jon Dahl\n         \
                Typograf Per Ås\n\nSak 3/72 Nye stoler\n\nVedtak: Ja.\n";
    assert_eq!(names(&document_of("input.txt", text), "present"), ["Eva Lie", "Kari Moe", "Jon Dahl", "Per Ås"]);
    let text = "VIK FABRIKK\n\nREFERAT FRA STYREMØTE 3. september 1955\n\nTilstede var:  Høvedsmann Eva Lie (formann)\n               Fisker Per Ås, Sørvær\n               \
                Handelsmann Johs. Moe, Hasvåg\n               Fiskebruker Jon Dahl\n\nSak 3/55 Ny kjel\n\nVedtak: Ja.\n";
    assert_eq!(names(&document_of("input.txt", text), "present"), ["Eva Lie", "Per Ås", "Johs. Moe", "Jon Dahl"]);
}

#[test]
fn a_group_stands_before_the_first_of_its_people() {
    let text = "REGIONRÅDET\n\nMØTEPROTOKOLL\n\nMøtedato: 31.03.95\n\nFRAMMØTE\n\n  Odda          Eva Lie        ordførar\n                Per Ås                        vara for Jon Moe\n  \
                Ullensvang    Kari Rud       ordførar\n                Siri Vik\n\nForfall:  Jon Moe\n\nRR-sak 6/95   Ny bru\n\nVEDTAK:\nBrua vert bygd.\n";
    let document = document_of("input.txt", text);
    let of = |status: &str| names(&document, status).join(", ");
    assert_eq!(
        (of("present"), of("deputy"), of("absent")),
        ("Eva Lie, Kari Rud, Siri Vik".into(), "Per Ås".into(), "Jon Moe".into())
    );
    assert_eq!(document["attendance"][1]["represents"], "Odda");
    assert_eq!(document["attendance"][1]["deputy_for"], "Jon Moe");
}

#[test]
fn those_of_a_body_who_met_stand_under_its_name() {
    let text = "VIK KRAFTLAG\n\nMØTEBOK\n\nStyremøte vart halde torsdag 21. juni 1979.\n\nAv styret møtte:\n   Eva Lie           Bremanger, formann\n   Per Ås            \
                Flora\n   Kari Moe          Gloppen\n\nJon Dahl, Vågsøy, hadde meldt forfall. Varamannen, Ola By,\nmøtte i staden for han.\n\nSAK 24/79 Kai\n\nVedtak: Kaia vert bygd.\n";
    let document = document_of("input.txt", text);
    let of = |status: &str| names(&document, status).join(", ");
    assert_eq!(
        (of("present"), of("deputy"), of("absent")),
        ("Eva Lie, Per Ås, Kari Moe".into(), "Ola By".into(), "Jon Dahl".into())
    );
}

#[test]
fn deputies_are_told_in_every_form() {
    let minutes = met(
        "Desse møtte: Eva Lie, formann, Per Ås, Kari Moe og Siri Vik, varakvinne for Jon Dahl. Jon Dahl hadde meldt lovleg forfall.\n\n\
         Ola By fra skolestyret hadde meldt forfall, og Rud møtte som hans varamann.",
    );
    let of = |status: &str| names(&minutes, status).join(", ");
    assert_eq!((of("present"), of("deputy")), ("Eva Lie, Per Ås, Kari Moe".into(), "Siri Vik, Rud".into()));
    assert_eq!(of("absent"), "Jon Dahl, Ola By");
    let minutes = document(&format!(
        "{HEAD}Disse møtte:\n\n| Kommune | Representant | |\n|---|---|---|\n| Vang | Eva Lie | ordfører |\n| Etnedal | Per Ås | vara for Kari Moe |\n\n{CASE}"
    ));
    assert_eq!(names(&minutes, "deputy"), ["Per Ås"]);
}

#[test]
fn a_letter_goes_to_the_members_of_a_body() {
    let letter = |to: &str| {
        let text = format!(
            "VIK KOMMUNE\n\n{to}\n\nINNKALLING TIL MØTE\n\nDet blir møte i skolestyret torsdag 8. november 1990 kl. 17.30 på Bud skole.\n\nSAKLISTE\n\n\
             Sak 41/90   Referater\nSak 42/90   Budsjett\n\nForfall meldes til skolekontoret.\n"
        );
        names(&document_of("input.txt", &text), "invited").join(", ")
    };
    assert_eq!(
        letter("Til medlemmene av\nSKOLESTYRET\n\n  Eva Lie, leder\n  Per Ås\n  Kari Moe"),
        "Eva Lie, Per Ås, Kari Moe"
    );
    assert_eq!(
        letter(
            "Innkallingen går til medlemmene: Eva Lie (leder), Per Ås og Kari Moe. Varamedlemmer møter bare etter avtale."
        ),
        "Eva Lie, Per Ås, Kari Moe"
    );
}

#[test]
fn who_is_called_by_the_first_name_is_known() {
    let minutes = met("Til stede: Ida Marie Nilssen, Jon Dahl og Eva Lie.\n\nIda Marie ledet møtet.");
    assert_eq!(names(&minutes, "present"), ["Ida Marie Nilssen", "Jon Dahl", "Eva Lie"]);
}

#[test]
fn labels_and_offices_are_cut_short() {
    let text = "ASKIM BYGNINGSRÅD\n\n          Møte i herredshuset, tirsdag 17/10-61 kl. 17.30.\n\n          Tilst.:   Form. Eva Lie, Per Ås og rådets medlemmer Jon Moe,\n                    \
                Kari Rud. Varam. Ivar Haga for\n                    Hans By.\n          Forf.:    Hans By.\n          Adm.:     Bygningssjef Ola Vik.\n\n          Protokollen ble ført av kontorsjef Siri Dahl.\n\n\
                190.      Fradeling av tomt.\n\n          Vedt.:  Ja.\n\n191.      Garasje.\n\n          Vedt.:  Ja.\n";
    let document = document_of("input.txt", text);
    let of = |status: &str| names(&document, status).join(", ");
    assert_eq!(
        (of("present"), of("deputy"), of("absent")),
        ("Eva Lie, Per Ås, Jon Moe, Kari Rud".into(), "Ivar Haga".into(), "Hans By".into())
    );
    assert_eq!(of("staff"), "Ola Vik, Siri Dahl");
}
