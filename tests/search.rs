//! What people look for comes first: the queries of `tests/search.toml` over the archive in `corpus/`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use motebok::archive::Archive;
use motebok::finding::Finding;
use motebok::pipeline::{self, Ocr, Options};
use motebok::search::{self, Order, Question, Search};
use tempfile::TempDir;

/// The least mean reciprocal rank of what is expected.
const LEAST: f64 = 0.9;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn indexed(input: &Path) -> (TempDir, Archive) {
    let folder = TempDir::new().unwrap();
    let options = Options { ocr: Ocr::Never, ..Options::default() };
    pipeline::run(&[input.to_owned()], folder.path(), &options, &|_| {}).unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    (folder, archive)
}

fn ask(search: &Search, query: &str) -> search::Answer {
    search
        .ask(&Question { query: query.to_owned(), limit: 10, ..Question::default() })
        .unwrap_or_else(|e| panic!("{query}: {e}"))
}

#[test]
fn what_is_expected_comes_first() {
    let (_folder, archive) = indexed(&root().join("corpus"));
    let search = Search::open(&archive).unwrap();
    let text = fs::read_to_string(root().join("tests/search.toml")).unwrap();
    let groups: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(&text).unwrap();
    let (mut sum, mut count, mut late) = (0.0, 0, String::new());
    for (group, queries) in &groups {
        for (query, expected) in queries {
            let found = ask(&search, query).found;
            let rank = found.iter().position(|f| f.number.as_ref() == Some(expected) || f.title == *expected);
            let reciprocal = rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
            if rank != Some(0) {
                let first = found.first().map(|f| (f.number.clone(), f.title.clone()));
                late += &format!("{group}: {query} → {expected} at {rank:?}, first is {first:?}\n");
            }
            sum += reciprocal;
            count += 1;
        }
    }
    let mean = sum / f64::from(count);
    println!("{count} queries, mean reciprocal rank {mean:.3}\n{late}");
    assert!(count >= 40);
    assert!(mean >= LEAST, "mean reciprocal rank {mean:.3}\n{late}");
}

#[test]
fn the_index_follows_the_archive() {
    let folder = TempDir::new().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    fs::create_dir(&input).unwrap();
    let minutes = |number: u32, what: &str| {
        format!(
            "# MØTEPROTOKOLL\n\n**Organ:** Teknisk utvalg\n\n**Møtedato:** torsdag 06.03.2014\n\n### PS {number}/14 {what}\n\n*Vedtak:*\n\nSaken tas til etterretning.\n"
        )
    };
    let put = |name: &str, text: String| fs::write(input.join(name), text).unwrap();
    let run = || pipeline::run(&[PathBuf::from(&input)], &out, &Options::default(), &|_| {}).unwrap();
    put("a.md", minutes(1, "Ny kai i Breivika"));
    put("b.md", minutes(2, "Gjerde rundt Lia skole"));
    let first = run().findings;
    let archive = Archive::open(&out).unwrap();
    let found = |query: &str| ask(&Search::open(&archive).unwrap(), query).found.len();
    assert_eq!((found("kai"), found("gjerde")), (1, 1));
    assert_eq!(search::update(&archive, &archive.ledger().unwrap(), &first).unwrap(), 0, "nothing has changed");

    put("b.md", minutes(2, "Fartsdempere ved Lia skole"));
    fs::remove_file(input.join("a.md")).unwrap();
    run();
    assert_eq!((found("kai"), found("gjerde"), found("fartsdempere")), (0, 0, 1));

    fs::remove_dir_all(out.join("index")).unwrap();
    run();
    assert_eq!(found("fartsdempere"), 1, "an index that is gone is built again");
}

#[test]
fn facets_count_and_order_by_date_holds() {
    let (_folder, archive) = indexed(&root().join("corpus"));
    let search = Search::open(&archive).unwrap();
    let question =
        Question { query: "kind:case".into(), limit: 50, order: Order::Date, facets: true, ..Question::default() };
    let answer = search.ask(&question).unwrap();
    let dates: Vec<&String> = answer.found.iter().filter_map(|f| f.date.as_ref()).collect();
    assert!(dates.windows(2).all(|w| w[0] >= w[1]), "{dates:?}");
    let kinds = &answer.facets["kind"];
    assert_eq!((kinds.len(), kinds[0].pieces), (1, answer.pieces));
    let years: u64 = answer.facets["year"].iter().map(|c| c.pieces).sum();
    assert!(years <= answer.pieces && years > answer.pieces / 2);
}

#[test]
fn queries_without_words_find_nothing_or_say_why() {
    let (_folder, archive) = indexed(&root().join("corpus"));
    let search = Search::open(&archive).unwrap();
    assert_eq!(ask(&search, "\"…\"").pieces, 0);
    assert_eq!(ask(&search, &"x".repeat(200)).pieces, 0);
    let question = Question { query: "year:..".into(), limit: 1, ..Question::default() };
    assert!(search.ask(&question).unwrap_err().to_string().contains("one end"));
}

#[test]
fn closed_cases_are_found_only_where_asked() {
    let folder = TempDir::new().unwrap();
    let input = folder.path().join("in.md");
    fs::write(&input, "# MØTEINNKALLING\n\n**Organ:** Teknisk utvalg\n\n**Møtedato:** torsdag 06.03.2014\n\n| Saksnr | Tittel | Lukket |\n|---|---|---|\n| PS 4/14 | Ny vannledning til Ura | |\n| PS 6/14 | Klage fra Peder Ås | U.off |\n").unwrap();
    let (_out, archive) = indexed(&input);
    let search = Search::open(&archive).unwrap();
    let count = |closed| {
        let question = Question { query: "kind:case klage".into(), limit: 5, closed, ..Question::default() };
        search.ask(&question).unwrap().pieces
    };
    assert_eq!((count(false), count(true)), (0, 1));
}

#[test]
fn findings_are_indexed_again_when_they_change() {
    let (_folder, archive) = indexed(&root().join("corpus"));
    let findings: Vec<Finding> = archive.findings().unwrap();
    search::update(&archive, &archive.ledger().unwrap(), &findings[..1]).unwrap();
    let question = Question { query: "kind:finding".into(), limit: 0, ..Question::default() };
    assert_eq!(Search::open(&archive).unwrap().ask(&question).unwrap().pieces, 1);
}
