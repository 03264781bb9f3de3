//! Every folder in `tests/rules` is named by a rule and holds small documents: `hit-*` in which the rule must report
//! something, `miss-*` in which it must not, though it could be thought to. A fixture is a document, a folder of documents
//! that belong together, or a record (`.json`) where the fault is one of the file and not of its text.
//!
//! All rules look at all fixtures. What they find stands in `tests/rules/expected.txt`, so that a new false alarm of any
//! rule shows there; `UPDATE_EXPECT=1 cargo test --test rules` writes it anew.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use motebok::facts::{Spool, facts_of};
use motebok::finding::Finding;
use motebok::model::Record;
use motebok::pipeline::{Options, in_memory};
use motebok::rules::{RULES, check_archive, check_record};

/// How many fixtures of each sort a rule has at least.
const LEAST: usize = 5;

/// A fixture and what came of it.
struct Fixture {
    /// `<rule>/<file or folder>`.
    name: String,
    /// The rule it is about.
    rule: String,
    /// Whether the rule must report something.
    is_hit: bool,
    path: PathBuf,
    records: Vec<Record>,
    findings: Vec<Finding>,
}

static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(|| {
    let mut paths: Vec<(String, PathBuf)> = Vec::new();
    for folder in entries(&root()).iter().filter(|p| p.is_dir()) {
        let rule = file_name(folder);
        paths.extend(entries(folder).into_iter().map(|p| (rule.clone(), p)));
    }
    paths
        .into_iter()
        .map(|(rule, path)| {
            let name = file_name(&path);
            assert!(name.starts_with("hit-") || name.starts_with("miss-"), "{} is no fixture", path.display());
            let (records, findings) = checked(&path);
            Fixture { name: format!("{rule}/{name}"), is_hit: name.starts_with("hit-"), rule, path, records, findings }
        })
        .collect()
});

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// The entries of a folder, by name.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// The records of a fixture and all findings of all rules.
fn checked(path: &Path) -> (Vec<Record>, Vec<Finding>) {
    if path.extension().is_some_and(|e| e == "json") {
        let record: Record =
            serde_json::from_slice(&fs::read(path).unwrap()).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let mut findings = check_record(&record);
        findings.extend(of_archive([&record]));
        return (vec![record], findings);
    }
    in_memory(&[path.to_owned()], &Options::default()).unwrap()
}

/// What the archive rules say of records that come in this order.
fn of_archive<'r>(records: impl IntoIterator<Item = &'r Record> + Clone) -> Vec<Finding> {
    let by_path: BTreeMap<String, Record> =
        records.clone().into_iter().map(|r| (r.source.path.clone(), r.clone())).collect();
    let record = |path: &str| by_path.get(path).cloned();
    let mut spool = Spool::new(None);
    for record in records {
        spool.add(&record.source.path, facts_of(record)).unwrap();
    }
    let mut findings = Vec::new();
    spool.each(&record, check_archive, |_, found| findings.extend(found)).unwrap();
    findings
}

#[test]
fn hits_hit_and_misses_miss() {
    let mut wrong = String::new();
    for fixture in FIXTURES.iter() {
        let reported = fixture.findings.iter().any(|f| f.rule == fixture.rule);
        if reported != fixture.is_hit {
            let says = if fixture.is_hit { "says nothing" } else { "reports something" };
            writeln!(wrong, "{}: {} {says}", fixture.name, fixture.rule).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_rule_has_fixtures() {
    let known: BTreeSet<&str> = RULES.iter().map(|r| r.id).collect();
    let mut counts: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for fixture in FIXTURES.iter() {
        assert!(known.contains(fixture.rule.as_str()), "there is no rule {}", fixture.rule);
        *counts.entry((&fixture.rule, fixture.is_hit)).or_default() += 1;
    }
    let few: Vec<String> = known
        .iter()
        .flat_map(|rule| [(*rule, true), (*rule, false)])
        .filter_map(|key| {
            let n = counts.get(&key).copied().unwrap_or_default();
            (n < LEAST).then(|| format!("{} has {n} {}", key.0, if key.1 { "hits" } else { "misses" }))
        })
        .collect();
    assert!(few.is_empty(), "at least {LEAST} of each:\n{}", few.join("\n"));
}

#[test]
fn findings_are_as_expected() {
    let mut shown = String::new();
    for fixture in FIXTURES.iter() {
        writeln!(shown, "{}", fixture.name).unwrap();
        let mut lines: Vec<String> = fixture
            .findings
            .iter()
            .map(|f| format!("    {} {} [{}] {}\n", f.rule, f.level.as_str(), f.cases.join(", "), f.message_nb))
            .collect();
        lines.sort();
        shown.extend(lines);
    }
    let file = root().with_file_name("rules").join("expected.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&file, shown).unwrap();
        return;
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), shown.lines().collect());
    let first = old.iter().zip(&new).position(|(a, b)| a != b).unwrap_or(old.len().min(new.len()));
    let context = |lines: &[&str]| lines[first.saturating_sub(4)..lines.len().min(first + 6)].join("\n");
    assert!(
        old == new,
        "other findings than in {}, from line {}:\n--- expected\n{}\n--- found\n{}\nUPDATE_EXPECT=1 writes it anew",
        file.display(),
        first + 1,
        context(&old),
        context(&new)
    );
}

#[test]
fn messages_stand_in_both_languages() {
    for fixture in FIXTURES.iter() {
        for finding in &fixture.findings {
            let (en, nb) = (&finding.message, &finding.message_nb);
            assert!(!en.trim().is_empty() && !nb.trim().is_empty(), "{}: {finding:?}", fixture.name);
            assert_ne!(en, nb, "{}: {}", fixture.name, finding.rule);
        }
    }
}

#[test]
fn places_can_be_read_back() {
    for fixture in FIXTURES.iter() {
        let texts: BTreeMap<&str, &Record> = fixture.records.iter().map(|r| (r.source.path.as_str(), r)).collect();
        for finding in &fixture.findings {
            assert!(!finding.at.is_empty(), "{}: {} says no place", fixture.name, finding.rule);
            for place in &finding.at {
                let record = texts.get(place.path.as_str());
                let Some((record, span)) = record.zip(place.span) else { continue };
                let block = record.blocks.get(span.block as usize);
                assert!(
                    block.is_some_and(|b| b.text.get(span.start..span.end).is_some()),
                    "{}: {} points outside the text",
                    fixture.name,
                    finding.rule
                );
            }
        }
    }
}

#[test]
fn fingerprints_do_not_depend_on_blank_lines() {
    let sealed = |findings: &[Finding]| -> Vec<(String, String)> {
        // What is about the file as such is known by the file's content, which is another now.
        let mut sealed: Vec<(String, String)> = findings
            .iter()
            .filter(|f| !f.values.contains_key("file"))
            .map(|f| (f.rule.clone(), f.fingerprint.clone()))
            .collect();
        sealed.sort();
        sealed
    };
    let is_text = |p: &Path| p.extension().is_some_and(|e| e == "md" || e == "txt");
    FIXTURES.iter().filter(|f| is_text(&f.path)).for_each(|fixture| {
        let folder = tempfile::tempdir().unwrap();
        let moved = folder.path().join(fixture.path.file_name().unwrap());
        let mut bytes = b"\n\n\n\n".to_vec();
        bytes.extend(fs::read(&fixture.path).unwrap());
        fs::write(&moved, bytes).unwrap();
        let (_, findings) = checked(&moved);
        assert_eq!(sealed(&findings), sealed(&fixture.findings), "{}", fixture.name);
    });
}

#[test]
fn findings_do_not_depend_on_the_order_of_files() {
    let sorted = |findings: Vec<Finding>| {
        let mut lines: Vec<String> = findings.iter().map(|f| serde_json::to_string(f).unwrap()).collect();
        lines.sort();
        lines
    };
    for fixture in FIXTURES.iter().filter(|f| f.records.len() > 1) {
        let forward = sorted(of_archive(&fixture.records));
        let backward = sorted(of_archive(fixture.records.iter().rev()));
        assert_eq!(forward, backward, "{}", fixture.name);
    }
    // All fixtures as one archive: bodies and years mix, which is none of the order's business either.
    let all: Vec<Record> = FIXTURES
        .iter()
        .flat_map(|f| {
            f.records.iter().map(|r| {
                let mut record = r.clone();
                record.source.path = format!("{}/{}", f.name, r.source.path);
                record
            })
        })
        .collect();
    let forward = sorted(of_archive(&all));
    let mut turned: Vec<&Record> = all.iter().collect();
    turned.rotate_left(all.len() / 3);
    turned.reverse();
    assert_eq!(forward, sorted(of_archive(turned)));
}

#[test]
fn no_rule_stops_counting() {
    const MANY: usize = 300;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("protokoll.md");
    let mut text = "# Møteprotokoll\n\n**Utvalg:** Brønnstyret\n**Møtested:** Pumpehuset\n**Dato:** 02.03.2016\n\n\
        **Til stede:** Arvid Holte, Berit Moen, Carl Rud\n\n"
        .to_owned();
    for i in 0..MANY {
        // Odd numbers only, a wrong weekday, an identity number and a vote that cannot be in every case.
        let number = 2 * i + 1;
        writeln!(
            text,
            "## BS {number}/16 Brønn nummer {number}\n\n**Behandling:**\n\nBrønnen ble boret onsdag 03.03.2016 av 01010750160. \
             Innstillingen ble vedtatt med 1 mot 2 stemmer.\n\n**Vedtak:**\n\nBrønn nummer {number} tas i bruk fra første juni.\n"
        )
        .unwrap();
    }
    fs::write(&file, text).unwrap();
    let (_, findings) = checked(&file);
    let count = |rule: &str| findings.iter().filter(|f| f.rule == rule).count();
    assert_eq!(count("weekday-mismatch"), MANY);
    assert_eq!(count("vote-outcome"), MANY);
    assert_eq!(count("personal-number"), MANY);
    assert_eq!(count("case-number-gap"), MANY - 1);
}
