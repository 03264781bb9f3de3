//! What people get told and say back: verdicts, lists, SARIF, comparison of runs, the page at size.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Minutes in which a number is missing and a vote does not add up, with a closed case.
const MINUTES: &str = "\
# MØTEPROTOKOLL

**Organ:** Teknisk utvalg

**Møtedato:** torsdag 06.03.2014

**Til stede:** Anne Solbakken, Bjarne Lund, Cecilie Haug, Dag Nesheim, Eirik Tveit

### PS 4/14 Ny vannledning til Ura

*Votering:*

Vedtatt med 4 mot 3 stemmer.

*Vedtak:*

Vannledningen til Ura bygges i sommer. Søkeren har fødselsnummer 01010112377.

### PS 6/14 Klage fra Peder Ås, unntatt offentlighet, jf. offl. § 13

*Votering:*

Vedtatt med 5 mot 4 stemmer.

*Vedtak:*

Klagen avslås fordi vilkårene ikke er oppfylt.
";

struct Archive {
    folder: TempDir,
}

impl Archive {
    fn new(files: &[(&str, &str)]) -> Self {
        let archive = Self { folder: TempDir::new().unwrap() };
        for (name, text) in files {
            archive.put(name, text);
        }
        archive.run("out");
        archive
    }

    fn put(&self, name: &str, text: &str) {
        let file = self.folder.path().join("in").join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn out(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, out: &str) -> String {
        told(&["run".as_ref(), self.out("in").as_ref(), "-o".as_ref(), self.out(out).as_ref()])
    }

    fn findings(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.out("out").join("findings.jsonl")).unwrap();
        text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    }

    fn fingerprint(&self, rule: &str) -> String {
        let finding = self.findings().into_iter().find(|f| f["rule"] == rule);
        finding.unwrap_or_else(|| panic!("no {rule}"))["fingerprint"].as_str().unwrap().to_owned()
    }

    fn report(&self, more: &[&str]) -> String {
        let out = self.out("out");
        let mut arguments: Vec<&Path> = vec!["report".as_ref(), &out];
        arguments.extend(more.iter().map(Path::new));
        told(&arguments)
    }

    fn page(&self) -> String {
        fs::read_to_string(self.out("out").join("report.html")).unwrap()
    }
}

fn motebok(arguments: &[&Path]) -> Output {
    let mut command = Command::cargo_bin("motebok").unwrap();
    command.env_remove("LC_ALL").env("LANG", "C.UTF-8").args(arguments).output().unwrap()
}

/// What the program says on standard output; it must end well.
fn told(arguments: &[&Path]) -> String {
    let output = motebok(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_verdict_is_carried_over_and_never_dropped() {
    let archive = Archive::new(&[("protokoll.md", MINUTES)]);
    let (gap, total) = (archive.fingerprint("case-number-gap"), archive.fingerprint("vote-total"));
    let out = archive.out("out");
    let judge = |fingerprint: &str, verdict: &str| {
        let words = [fingerprint, verdict, "--why", "trukket før møtet", "--by", "KH"];
        let mut arguments: Vec<&Path> = vec!["verdict".as_ref(), &out];
        arguments.extend(words.iter().map(Path::new));
        motebok(&arguments)
    };
    assert!(judge(&gap, "accept").status.success());
    assert!(judge(&total, "fixed").status.success());
    assert_eq!(judge("0000000000000000", "wrong").status.code(), Some(64));

    // Moved and read anew, the archive keeps what was said.
    fs::rename(archive.out("in/protokoll.md"), archive.out("in/flyttet.md")).unwrap();
    let summary = archive.run("out");
    assert!(summary.contains("1  of them are judged"), "{summary}");
    let page = archive.page();
    let (open, judged) = page.split_once("id=\"judged\"").unwrap();
    assert!(!open.contains(&gap), "a judged finding stands among the open ones");
    assert!(judged.contains("trukket før møtet – KH"), "{judged}");
    assert!(open.contains(&total) && open.contains("Said to be fixed, still there"));
    let sheet = archive.report(&["--format", "csv"]);
    assert!(sheet.contains("\"accept\",\"trukket før møtet\",\"KH\""), "{sheet}");

    // Mended, the finding goes; the verdict on it is told and kept.
    archive.put("flyttet.md", &MINUTES.replace("6/14", "5/14"));
    let summary = archive.run("out");
    assert!(summary.contains("1  verdicts no longer apply"), "{summary}");
    assert!(archive.page().contains("Verdicts on findings that are no longer made"));
    told(&["run".as_ref(), archive.out("in").as_ref(), "-o".as_ref(), &out, "--fresh".as_ref()]);
    assert_eq!(fs::read_to_string(out.join("verdicts.jsonl")).unwrap().lines().count(), 2);
}

#[test]
fn what_was_judged_does_not_fail_a_run() {
    let archive = Archive::new(&[("protokoll.md", MINUTES)]);
    let out = archive.out("out");
    let check = || motebok(&["check".as_ref(), &out, "--fail-on".as_ref(), "warning".as_ref()]).status.code();
    assert_eq!(check(), Some(1));
    for finding in archive.findings() {
        let fingerprint = finding["fingerprint"].as_str().unwrap().to_owned();
        told(&["verdict".as_ref(), &out, fingerprint.as_ref(), "wrong".as_ref(), "--why".as_ref(), "prøve".as_ref()]);
    }
    assert_eq!(check(), Some(0));
}

#[test]
fn a_torn_line_takes_no_other_verdict_with_it() {
    let archive = Archive::new(&[("protokoll.md", MINUTES)]);
    let (out, gap) = (archive.out("out"), archive.fingerprint("case-number-gap"));
    fs::write(out.join("verdicts.jsonl"), "{\"fingerprint\":\"ab").unwrap();
    let judge = || {
        let arguments = ["verdict".as_ref(), out.as_path(), gap.as_ref(), "accept".as_ref(), "--why=x".as_ref()];
        motebok(&arguments)
    };
    assert!(judge().status.success());
    assert_eq!(fs::read_to_string(out.join("verdicts.jsonl")).unwrap().lines().count(), 2);
    let summary = archive.run("out");
    assert!(summary.contains("no verdict on line 1") && summary.contains("1  of them are judged"), "{summary}");
}

#[test]
fn lists_hold_what_the_records_hold() {
    let archive = Archive::new(&[("protokoll.md", MINUTES)]);
    let rows = |list| archive.report(&["--format", "csv", "--list", list, "--closed"]).lines().count() - 1;
    assert_eq!(rows("cases"), 2);
    assert_eq!(rows("decisions"), 2);
    assert_eq!(rows("findings"), archive.findings().len());
    let missing = archive.report(&["--format", "csv", "--list", "missing-numbers"]);
    assert!(missing.contains("\"Teknisk utvalg\",\"PS\",\"2014\",\"5\",\"5\",\"1\""), "{missing}");
}

#[test]
fn closed_cases_and_identity_numbers_are_shown_only_where_asked() {
    let archive = Archive::new(&[("protokoll.md", MINUTES)]);
    let closed: Vec<Value> = archive.findings().into_iter().filter(|f| f["closed"] == true).collect();
    assert!(!closed.is_empty(), "no finding about the closed case");
    let secret = "5 mot 4";
    for format in ["csv", "json", "sarif"] {
        let shown = archive.report(&["--format", format]);
        assert!(!shown.contains(secret) && !shown.contains("01010112377"), "{format}: {shown}");
    }
    for list in ["cases", "decisions"] {
        let shown = archive.report(&["--format", "csv", "--list", list]);
        assert!(!shown.contains("Peder Ås") && !shown.contains("Klagen avslås"), "{list}: {shown}");
    }
    let page = archive.page();
    assert!(!page.contains(secret) && !page.contains("01010112377"));
    assert!(page.contains("the case is closed to the public"));
    assert!(archive.report(&["--format", "csv", "--list", "cases", "--closed"]).contains("Peder Ås"));
    assert!(archive.report(&["--format", "csv", "--list", "decisions", "--unmask"]).contains("01010112377"));
}

#[test]
fn sarif_is_a_log_of_the_standard() {
    let archive = Archive::new(&[("protokoll.md", MINUTES)]);
    let (out, gap) = (archive.out("out"), archive.fingerprint("case-number-gap"));
    told(&["verdict".as_ref(), &out, gap.as_ref(), "accept".as_ref(), "--why=trukket".as_ref()]);
    let text = archive.report(&["--format", "sarif"]);
    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
    let run = &log.runs[0];
    let results = run.results.as_ref().unwrap();
    assert_eq!(results.len(), archive.findings().len());
    let suppressed: Vec<_> =
        results.iter().filter(|r| r.suppressions.as_ref().is_some_and(|s| !s.is_empty())).collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0].rule_id.as_deref(), Some("case-number-gap"));
    let rules = run.tool.driver.rules.as_ref().unwrap();
    for result in results {
        let index = usize::try_from(result.rule_index.unwrap()).unwrap();
        assert_eq!(Some(rules[index].id.as_str()), result.rule_id.as_deref());
    }
}

#[test]
fn two_runs_are_compared() {
    let archive = Archive::new(&[("a.md", MINUTES), ("b.txt", "Notat om kaia.\n")]);
    let compare = |more: &[&str]| {
        let (a, b) = (archive.out("out"), archive.out("later"));
        let mut arguments: Vec<&Path> = vec!["compare".as_ref(), &a, &b];
        arguments.extend(more.iter().map(Path::new));
        told(&arguments)
    };
    archive.run("later");
    assert_eq!(compare(&[]), "No difference.\n");
    fs::remove_file(archive.out("in/b.txt")).unwrap();
    archive.put("a.md", &MINUTES.replace("bygges i sommer", "bygges til høsten").replace("PS 6/14", "PS 5/14"));
    archive.run("later");
    let difference: Value = serde_json::from_str(&compare(&["--json"])).unwrap();
    assert_eq!(difference["removed"], serde_json::json!(["b.txt"]));
    assert_eq!(difference["fields"]["documents.cases.decision.text"], 1);
    let gone: Vec<&str> =
        difference["gone_findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
    assert!(gone.contains(&"case-number-gap"), "{gone:?}");
    assert!(compare(&[]).contains("bygges til høsten"));
}

#[test]
fn the_corpus_is_read_the_same_by_one_job_and_by_four() {
    let folder = TempDir::new().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let outs = ["1", "4"].map(|jobs| {
        let out = folder.path().join(jobs);
        let run = ["run".as_ref(), corpus.as_path(), "-o".as_ref(), &out, "--jobs".as_ref(), jobs.as_ref()];
        assert_eq!(motebok(&run).status.code(), Some(2), "two of the files are broken on purpose");
        out
    });
    assert_eq!(told(&["compare".as_ref(), &outs[0], &outs[1]]), "No difference.\n");
}

#[test]
fn the_page_of_many_findings_stays_small() {
    let case =
        |n: usize| format!("### PS {}/14 Sak om noe\n\n*Vedtak:*\n\nVedtatt med 4 mot 3 stemmer.\n\n", 2 * n + 1);
    let head = MINUTES.split("### ").next().unwrap();
    let text = (0..4000).fold(head.to_owned(), |text, n| text + &case(n));
    let archive = Archive::new(&[("lang.md", &text)]);
    assert!(archive.findings().len() > 3000, "{}", archive.findings().len());
    let page = archive.page();
    assert!(page.len() < 4_000_000, "{} bytes", page.len());
    assert!(page.matches("class=\"finding ").count() <= 2000);
    let sheet = fs::read_to_string(archive.out("out").join("findings.csv")).unwrap();
    assert_eq!(sheet.lines().count(), archive.findings().len() + 1);
}

#[test]
fn corrections_are_used_where_asked() {
    let archive = Archive::new(&[("protokoll.md", MINUTES)]);
    let out = archive.out("out");
    let record: Value = serde_json::from_slice(&fs::read(out.join("records/protokoll.md.json")).unwrap()).unwrap();
    let (date, title) = (&record["documents"][0]["meeting"]["date"]["value"], "/documents/0/cases/0/title");
    let line = |field: &str, machine: &Value, person: &str| {
        let line = serde_json::json!({
            "sha256": record["source"]["sha256"], "path": "protokoll.md", "field": field, "machine": machine,
            "person": person, "why": "Feil i originalen", "at": "2026-01-02T03:04:05Z",
        });
        format!("{line}\n")
    };
    let lines = [
        line(title, &record["documents"][0]["cases"][0]["title"]["value"], "Gjenreisning av Kvalsundfyret"),
        // The machine reads something else now, and this is no day.
        line("/documents/0/meeting/place", &"et annet sted".into(), "Rådhuset"),
        line("/documents/0/meeting/date", date, "i går"),
    ];
    fs::write(out.join("corrections.jsonl"), lines.concat()).unwrap();
    let asked = |more: &[&str]| {
        let mut arguments: Vec<&Path> = vec![more[0].as_ref(), &out];
        arguments.extend(more[1..].iter().map(Path::new));
        told(&arguments)
    };
    let cases = ["report", "--format", "csv", "--list", "cases", "--closed"];
    assert!(!asked(&cases).contains("Kvalsundfyret"));
    let corrected = asked(&[&cases[..], &["--corrected"]].concat());
    assert!(corrected.contains("Kvalsundfyret") && corrected.contains(date.as_str().unwrap()), "{corrected}");
    let count =
        |more: &[&str]| asked(&[&["search", "kvalsundfyret", "kind:case", "--count"], more].concat()).trim().to_owned();
    assert_eq!((count(&[]), count(&["--corrected"]), count(&[])), ("0".into(), "1".into(), "0".into()));
    asked(&["check", "--corrected"]);
    let summary: Value = serde_json::from_slice(&fs::read(out.join("summary.json")).unwrap()).unwrap();
    assert!(summary["run"]["options"]["corrected"].is_string());
    // The record itself keeps what the machine read.
    let again: Value = serde_json::from_slice(&fs::read(out.join("records/protokoll.md.json")).unwrap()).unwrap();
    assert_eq!(again, record);
}
