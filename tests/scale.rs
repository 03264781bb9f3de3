//! The archive rules and the search at size: a million cases. Run with
//! `cargo test --release --test scale -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::time::Instant;

use motebok::archive::{Archive, LedgerLine};
use motebok::document::Span;
use motebok::facts::{CaseFact, DecisionFact, DocumentFact, Facts};
use motebok::model::{CaseNumber, CaseType, Kind, Record};
use motebok::pipeline::{Options, in_memory};
use motebok::rules::check_archive;
use motebok::search::{self, Question, Search};

const CASES_A_MEETING: u32 = 20;
const MEETINGS_A_YEAR: u32 = 10;
const YEARS: u32 = 25;

/// Words to make titles and decisions of.
const WORDS: [&str; 16] = [
    "skole",
    "vei",
    "kai",
    "bibliotek",
    "gjerde",
    "avløp",
    "lysløype",
    "barnehage",
    "tilskudd",
    "reglement",
    "budsjett",
    "kirke",
    "idrett",
    "utleie",
    "brøyting",
    "vannverk",
];

fn words(mut seed: u64, count: usize) -> String {
    let mut text = String::new();
    for _ in 0..count {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(WORDS[(seed >> 60) as usize]);
        text.push(' ');
    }
    text + &seed.to_string()
}

/// Facts of `cases` cases: agenda and minutes of meetings of as many bodies as it takes. A number in 50 is missing.
fn facts(cases: u32) -> Facts<'static> {
    let mut facts = Facts::new(&|_| None);
    let meetings = cases / CASES_A_MEETING / 2;
    for meeting in 0..meetings {
        let body = meeting / (MEETINGS_A_YEAR * YEARS);
        let (year, nth) = (1990 + meeting / MEETINGS_A_YEAR % YEARS, meeting % MEETINGS_A_YEAR);
        let month = nth + 1;
        for kind in [Kind::Agenda, Kind::Minutes] {
            facts.documents.push(document(body, year, month, nth, kind));
        }
    }
    facts.finish();
    facts
}

fn document(body: u32, year: u32, month: u32, nth: u32, kind: Kind) -> DocumentFact {
    let place = Span { block: 0, start: 0, end: 1 };
    let at = Some(place);
    let cases = (0..CASES_A_MEETING).filter(|i| (nth * CASES_A_MEETING + i) % 50 != 7).map(|i| {
        let sequence = nth * CASES_A_MEETING + i + 1;
        let seed = u64::from(body) << 40 | u64::from(year) << 20 | u64::from(sequence);
        let approves = (i == 0 && nth > 0).then(|| format!("{year}-{:02}-12", month - 1));
        CaseFact {
            number: Some(CaseNumber { series: Some("PS".into()), sequence, year: i16::try_from(year).ok() }),
            title: words(seed, 4),
            span: at,
            listed: None,
            kind: if approves.is_some() { CaseType::Approval } else { CaseType::Political },
            decision: (kind == Kind::Minutes).then(|| DecisionFact::new(&words(seed, 20))).flatten(),
            decision_span: at,
            approves: approves.into_iter().map(|d| (d, place)).collect(),
            moved: false,
            references: Vec::new(),
            closed: false,
        }
    });
    DocumentFact {
        path: format!("utvalg-{body}/{year}/{month:02}-{kind:?}.doc"),
        id: "d1".into(),
        kind,
        body_key: (String::new(), format!("utvalg {body}")),
        municipality: None,
        body: Some(format!("Utvalg {body}")),
        date: Some(format!("{year}-{month:02}-12")),
        span: at,
        cases: cases.collect(),
        moved: Vec::new(),
        attachments: Vec::new(),
        sketch: (0..64).map(|i| u64::from(body * 7919 + year * 13 + month) << 32 | i).collect(),
    }
}

/// The most memory that this process has held, in MB (proc(5), `VmHWM`).
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

#[test]
#[ignore = "takes long in a build without optimisation"]
fn archive_rules_are_linear_and_lean() {
    let mut took = Vec::new();
    for cases in [250_000, 500_000, 1_000_000] {
        let facts = facts(cases);
        let started = Instant::now();
        let findings = check_archive(&facts).len();
        let seconds = started.elapsed().as_secs_f64();
        println!("{cases} case facts: {findings} findings in {seconds:.2} s, peak {} MB", peak_memory());
        assert!(findings > 0);
        took.push(seconds);
    }
    assert!(took[2] < 3.0 * took[1] && took[1] < 3.0 * took[0], "not linear: {took:?}");
    assert!(peak_memory() < 1000);
}

/// A record whose minutes hold `cases` cases with words of their own.
fn record(base: &Record, nth: u32, cases: u32) -> Record {
    let mut record = base.clone();
    record.source.path = format!("{:03}/{nth:05}.md", nth / 100);
    let document = &mut record.documents[0];
    let year = 1990 + nth % 30;
    if let Some(date) = &mut document.meeting.date {
        date.value = format!("{year}-{:02}-12", nth % 12 + 1);
    }
    if let Some(body) = &mut document.body {
        body.value = format!("Utvalg {}", nth / 300);
    }
    let case = document.cases[0].clone();
    document.cases = (0..cases)
        .map(|i| {
            let seed = u64::from(nth) << 20 | u64::from(i);
            let mut case = case.clone();
            case.title.value = compounds(seed, 4);
            if let Some(number) = &mut case.number {
                number.value.sequence = nth % 12 * cases + i + 1;
                number.value.year = i16::try_from(year).ok();
            }
            if let Some(decision) = &mut case.decision {
                decision.text.value = compounds(seed + 1, 25);
            }
            case
        })
        .collect();
    record
}

/// Compounds of two words, with a place now and then: about 4,000 different ones.
fn compounds(mut seed: u64, count: usize) -> String {
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 40) as usize
    };
    let mut words: Vec<String> = (0..count)
        .map(|_| format!("{}{}{}", WORDS[next() % 16], WORDS[next() % 16], ["", "en", "ene", "s"][next() % 4]))
        .collect();
    words.push(format!("plass{}", next() % 3000));
    words.join(" ")
}

#[test]
#[ignore = "takes long in a build without optimisation"]
fn search_answers_at_once_in_a_million_cases() {
    let folder = tempfile::tempdir().unwrap();
    let sample = folder.path().join("sample.md");
    let text = "# MØTEPROTOKOLL\n\n**Organ:** Utvalg\n\n**Møtedato:** 06.03.2014\n\n### PS 4/14 Ny kai\n\n*Vedtak:*\n\nKaia bygges i sommer og betales av fondet.\n";
    std::fs::write(&sample, text).unwrap();
    let (records, _) = in_memory(&[sample], &Options::default()).unwrap();
    let archive = Archive::create(&folder.path().join("out")).unwrap();
    let cases: u32 = 1_000_000;
    let mut ledger = Vec::new();
    for nth in 0..cases / 100 {
        let record = record(&records[0], nth, 100);
        archive.write_record(&record.source.path, &serde_json::to_vec(&record).unwrap()).unwrap();
        ledger.push(LedgerLine {
            path: record.source.path,
            sha256: String::new(),
            bytes: 0,
            puid: None,
            status: record.status,
            problem: None,
            millis: 0,
            findings: 0,
        });
    }
    archive.write_ledger(&ledger).unwrap();
    let before = peak_memory();
    let started = Instant::now();
    search::update(&archive, &[]).unwrap();
    let size: u64 =
        std::fs::read_dir(archive.file("index")).unwrap().map(|e| e.unwrap().metadata().unwrap().len()).sum();
    println!(
        "{cases} cases: built in {:.0} s, {} MB on disk, peak memory {before} MB before and {} MB after",
        started.elapsed().as_secs_f64(),
        size >> 20,
        peak_memory()
    );
    let search = Search::open(&archive).unwrap();
    let queries = [
        "skolevei",
        "kaigjerde budsjett",
        "PS 44/14",
        "\"skolevei kaibudsjett\"",
        "year:2005..2009 tilskudd",
        "barnehage -kirke",
        "body:\"utvalg 7\" vannverk",
        "plass17",
        "bibliotekutleie outcome:adopted",
        "kind:decision lysløype",
        "brøytingen",
        "skole*",
        "vannverkk",
        "date:2010-03 idrett",
        "series:PS kai",
        "(kai OR vei) gjerde",
        "title:reglement",
        "44/2014",
        "avløp 2012",
        "kirkene",
    ];
    let mut all = Vec::new();
    for round in 0..11 {
        for query in queries {
            let started = Instant::now();
            let question = Question { query: query.to_owned(), limit: 10, ..Question::default() };
            search.ask(&question).unwrap();
            let took = started.elapsed().as_secs_f64() * 1000.0;
            if round == 10 {
                println!("{took:7.2} ms  {query}");
            }
            if round > 0 {
                all.push(took);
            }
        }
    }
    all.sort_by(f64::total_cmp);
    println!("{} queries: p50 {:.1} ms, p99 {:.1} ms", all.len(), all[all.len() / 2], all[all.len() * 99 / 100]);
    assert!(all[all.len() * 99 / 100] < 50.0);
}
