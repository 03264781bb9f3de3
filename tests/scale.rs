//! The archive rules and the search at size: a million cases. Run with
//! `cargo test --release --test scale -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::path::Path;
use std::time::Instant;

use motebok::archive::{Archive, LedgerLine};
use motebok::document::Span;
use motebok::facts::{CaseFact, DecisionFact, DocumentFact, Facts, Spool};
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
fn facts(cases: u32, folder: &Path) -> Spool {
    let mut spool = Spool::new(Some(folder));
    let meetings = cases / CASES_A_MEETING / 2;
    for meeting in 0..meetings {
        let body = meeting / (MEETINGS_A_YEAR * YEARS);
        let (year, nth) = (1990 + meeting / MEETINGS_A_YEAR % YEARS, meeting % MEETINGS_A_YEAR);
        let month = nth + 1;
        for kind in [Kind::Agenda, Kind::Minutes] {
            let document = document(body, year, month, nth, kind);
            spool.add(&document.path.clone(), vec![document]).unwrap();
        }
    }
    spool
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
        sketch: (0..64).map(|i| (body * 7919 + year * 13 + month) << 6 | i).collect(),
    }
}

/// The most memory that this process has held, in MB (proc(5), `VmHWM`).
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

#[test]
fn rules_see_whole_bodies_and_few_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut all: Vec<(String, usize)> = Vec::new();
    let keep = |facts: &Facts, ()| {
        assert!(facts.documents.is_sorted_by_key(|d| (&d.path, &d.id)));
        for (key, documents) in facts.by_body() {
            all.push((key.1.clone(), documents.len()));
        }
        assert_eq!(facts.by_body().len(), 1, "more than one body of 500 documents in memory");
        assert_eq!(facts.whole.files.len(), 4 * YEARS as usize);
    };
    facts(4 * CASES_A_MEETING * MEETINGS_A_YEAR * YEARS * 2, folder.path()).each(&|_| None, |_| (), keep).unwrap();
    assert_eq!(all, (0..4).map(|body| (format!("utvalg {body}"), 500)).collect::<Vec<_>>());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the file shows");
}

#[test]
#[ignore = "takes long in a build without optimisation"]
fn archive_rules_are_linear_and_lean() {
    let folder = tempfile::tempdir().unwrap();
    let mut took = Vec::new();
    for cases in [250_000, 500_000, 1_000_000] {
        let facts = facts(cases, folder.path());
        let started = Instant::now();
        let mut findings = 0;
        facts.each(&|_| None, check_archive, |_, found| findings += found.len()).unwrap();
        let seconds = started.elapsed().as_secs_f64();
        println!("{cases} case facts: {findings} findings in {seconds:.2} s, peak {} MB", peak_memory());
        assert!(findings > 0);
        took.push(seconds);
    }
    assert!(took[2] < 3.0 * took[1] && took[1] < 3.0 * took[0], "not linear: {took:?}");
    assert!(peak_memory() < 100);
}

/// Words that stand in nearly all Norwegian texts.
const COMMON: &str = "og i av til det som er på for de med at en om den har ikke et fra var ved kan skal ble eller";

/// The words that compounds are made of, and the endings of inflection (with a hyphen).
const PARTS: &str = include_str!("../src/lang/compounds.txt");

const FIRST_NAMES: [&str; 8] = ["Anne", "Kari", "Ola", "Liv", "Jan", "Marit", "Knut", "Solveig"];
const PLACES: [[&str; 8]; 2] = [
    ["nord", "sør", "øst", "strand", "berg", "lund", "haug", "sol"],
    ["vik", "heim", "bakken", "dal", "stad", "mo", "nes", "gård"],
];

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.next() as usize % words.len()]
    }

    fn name(&mut self) -> String {
        format!("{} {}{}", self.one_of(&FIRST_NAMES), self.one_of(&PLACES[0]), self.one_of(&PLACES[1]))
    }
}

/// How the texts of an archive are made.
trait Style: Sync {
    fn text(&self, seed: u64, words: usize) -> String;
}

/// Words as often as in real texts: a few in nearly all, most in very few (Zipf's law, as Mandelbrot wrote it).
struct Typical(Vec<String>);

impl Typical {
    const WORDS: usize = 60_000;
    const SHIFT: f64 = 2.7;

    fn new() -> Self {
        let parts = PARTS.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace);
        let (endings, simple): (Vec<&str>, Vec<&str>) = parts.partition(|word| word.starts_with('-'));
        let mut chance = Chance(1);
        let mut all: Vec<String> = COMMON.split(' ').chain(simple.iter().copied()).map(str::to_owned).collect();
        while all.len() < Self::WORDS {
            let ending = chance.one_of(&endings).trim_start_matches('-');
            all.push(format!("{}{}{ending}", chance.one_of(&simple), chance.one_of(&simple)));
        }
        Self(all)
    }
}

impl Style for Typical {
    fn text(&self, seed: u64, words: usize) -> String {
        let mut chance = Chance(seed);
        let all = 1.0 + self.0.len() as f64 / Self::SHIFT;
        let mut word = || {
            let rank = Self::SHIFT * (all.powf(chance.next() as f64 / (1u64 << 31) as f64) - 1.0);
            self.0[(rank as usize).min(self.0.len() - 1)].as_str()
        };
        (0..words).map(|_| word()).collect::<Vec<_>>().join(" ")
    }
}

/// The worst case: compounds of 16 words, each of which stands in nearly every case, with a place now and then.
struct Dense;

impl Style for Dense {
    fn text(&self, seed: u64, words: usize) -> String {
        let mut chance = Chance(seed);
        let mut compound =
            || format!("{}{}{}", chance.one_of(&WORDS), chance.one_of(&WORDS), chance.one_of(&["", "en", "ene", "s"]));
        let mut text: Vec<String> = (0..words).map(|_| compound()).collect();
        text.push(format!("plass{}", chance.next() % 3000));
        text.join(" ")
    }
}

/// A record whose minutes hold `cases` cases.
fn record(base: &Record, style: &dyn Style, nth: u32, cases: u32) -> Record {
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
            case.title.value = style.text(seed, 5);
            if let Some(officer) = &mut case.case_officer {
                officer.value = Chance(seed).name();
            }
            if let Some(number) = &mut case.number {
                number.value.sequence = nth % 12 * cases + i + 1;
                number.value.year = i16::try_from(year).ok();
            }
            if let Some(decision) = &mut case.decision {
                decision.text.value = style.text(seed + (1 << 60), 25);
            }
            case
        })
        .collect();
    record
}

const SAMPLE: &str = "# MØTEPROTOKOLL

**Organ:** Utvalg

**Møtedato:** 06.03.2014

### PS 4/14 Ny kai

Saksbehandler: Ola Nordmann

*Vedtak:*

Kaia bygges i sommer og betales av fondet.
";

/// An archive of a million cases with its index.
fn indexed(folder: &Path, style: &dyn Style) -> Search {
    let sample = folder.join("sample.md");
    std::fs::write(&sample, SAMPLE).unwrap();
    let (records, _) = in_memory(&[sample], &Options::default()).unwrap();
    let archive = Archive::create(&folder.join("out")).unwrap();
    let cases: u32 = 1_000_000;
    let mut ledger = Vec::new();
    for nth in 0..cases / 100 {
        let record = record(&records[0], style, nth, 100);
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
    search::update(&archive, &ledger, &[]).unwrap();
    let size: u64 =
        std::fs::read_dir(archive.file("index")).unwrap().map(|e| e.unwrap().metadata().unwrap().len()).sum();
    println!(
        "{cases} cases: built in {:.0} s, {} MB on disk, peak memory {before} MB before and {} MB after",
        started.elapsed().as_secs_f64(),
        size >> 20,
        peak_memory()
    );
    Search::open(&archive).unwrap()
}

/// Asks each query ten times, as the program does or, where it begins with `@`, with counts as the web page does. Gives
/// the 99th percentile in milliseconds.
fn ask_all(search: &Search, queries: &[&str]) -> f64 {
    let mut all = Vec::new();
    for query in queries {
        let (text, facets) = query.strip_prefix('@').map_or((*query, false), |text| (text, true));
        let question = Question { query: text.to_owned(), limit: 10, facets, ..Question::default() };
        let mut took: Vec<f64> = (0..11)
            .map(|_| {
                let started = Instant::now();
                search.ask(&question).unwrap();
                started.elapsed().as_secs_f64() * 1000.0
            })
            .skip(1)
            .collect();
        took.sort_by(f64::total_cmp);
        println!("{:7.2} ms, at most {:7.2} ms  {query}", took[5], took[9]);
        all.extend(took);
    }
    all.sort_by(f64::total_cmp);
    let p99 = all[all.len() * 99 / 100];
    println!("{} times: p50 {:.1} ms, p99 {p99:.1} ms", all.len(), all[all.len() / 2]);
    p99
}

#[test]
#[ignore = "takes long in a build without optimisation"]
fn search_answers_at_once_in_a_million_cases() {
    let folder = tempfile::tempdir().unwrap();
    let p99 = ask_all(
        &indexed(folder.path(), &Typical::new()),
        &[
            "søknad",
            "avgift",
            "medlemsavgift",
            "skoleskyss",
            "barnehageplass",
            "budsjett 2012",
            "utleie skole",
            "avtale utleie bygning",
            "tilskudd idrett",
            "@tilskudd",
            "@skole budsjett",
            "@year:2010 vedlikehold",
            "Anne Nordvik",
            "Marit Strandbakken",
            "\"Ola Lundmo\"",
            "skolebru*",
            "barneha*",
            "avgiftt",
            "bibliotekk",
            "kontrakt~",
            "PS 44/14",
            "44/2014",
            "PS 44/14 avgift",
            "\"avtale om\"",
            "year:2005..2009 tilskudd",
            "body:\"utvalg 7\" vann",
            "vann -avgift",
            "bibliotek outcome:adopted",
            "kind:decision lys",
            "series:PS kai",
            "(kai OR vei) bolig",
            "title:reglement",
            "date:2010-03 idrett",
            "klage på vedtak",
            "budsjett for skole",
        ],
    );
    assert!(p99 < 50.0);
}

#[test]
#[ignore = "takes long in a build without optimisation"]
fn search_answers_where_every_case_holds_every_word() {
    let folder = tempfile::tempdir().unwrap();
    ask_all(
        &indexed(folder.path(), &Dense),
        &[
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
            "@skolevei",
            "@kaigjerde budsjett",
        ],
    );
}
