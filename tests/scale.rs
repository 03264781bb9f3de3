//! The archive rules at size: a million case facts. Run with
//! `cargo test --release --test scale -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::time::Instant;

use motebok::document::Span;
use motebok::facts::{CaseFact, DecisionFact, DocumentFact, Facts};
use motebok::model::{CaseNumber, CaseType, Kind};
use motebok::rules::check_archive;

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
