//! The program from outside: inputs of every sort, exit codes, the same bytes out.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const MINUTES: &str = "Møtebok for formannskapet\n\nMøtedato: 12.03.1991\n\nSak 12/91 Budsjett\n\nVedtak: Godkjent.\n";

fn motebok() -> Command {
    let mut command = Command::cargo_bin("motebok").unwrap();
    command.env_remove("LC_ALL").env("LANG", "C.UTF-8");
    command
}

fn run(input: &Path, out: &Path, more: &[&str]) -> Output {
    motebok().arg("run").arg(input).arg("-o").arg(out).args(more).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))).unwrap()
}

fn lines(file: &Path) -> Vec<Value> {
    fs::read_to_string(file).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// A folder with `files`, and a place for the output beside it.
fn archive(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, bytes) in files {
        let file = folder.path().join("in").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    folder
}

/// Everything in an output folder that the contract holds to be the same from run to run.
fn promised(out: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut folders = vec![out.join("records")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.insert(path.strip_prefix(out).unwrap().display().to_string(), fs::read_to_string(&path).unwrap());
            }
        }
    }
    all.insert("findings".into(), fs::read_to_string(out.join("findings.jsonl")).unwrap());
    for (i, mut line) in lines(&out.join("ledger.jsonl")).into_iter().enumerate() {
        line.as_object_mut().unwrap().remove("millis");
        all.insert(format!("ledger {i:05}"), line.to_string());
    }
    let mut summary = json(&out.join("summary.json"));
    summary.as_object_mut().unwrap().remove("run");
    all.insert("summary".into(), summary.to_string());
    all
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn usage_errors_end_with_64() {
    let folder = TempDir::new().unwrap();
    assert_eq!(code(&motebok().output().unwrap()), 64);
    assert_eq!(code(&motebok().args(["run", "x", "--no-such"]).output().unwrap()), 64);
    let missing = run(&folder.path().join("mangler"), &folder.path().join("out"), &[]);
    assert_eq!(code(&missing), 64);
    assert!(stderr(&missing).contains("mangler"), "{}", stderr(&missing));
    fs::create_dir(folder.path().join("tom")).unwrap();
    assert_eq!(code(&run(&folder.path().join("tom"), &folder.path().join("out"), &[])), 64);
    assert_eq!(code(&motebok().args(["explain", "vote-totals"]).output().unwrap()), 64);
    assert_eq!(code(&motebok().arg("--help").output().unwrap()), 0);
}

#[test]
fn every_problem_code_has_a_page() {
    // The codes, as the schema lists them.
    let schema = schemars::schema_for!(motebok::document::ProblemCode).to_value();
    let codes: Vec<&str> = schema["oneOf"].as_array().unwrap().iter().filter_map(|c| c["const"].as_str()).collect();
    assert!(codes.contains(&"out_of_memory") && codes.len() == 13, "{codes:?}");
    for code in codes {
        let page = motebok().args(["explain", code]).output().unwrap();
        let text = String::from_utf8_lossy(&page.stdout).into_owned();
        assert!(text.starts_with(code) && text.contains("What to do"), "{code}: {text} {}", stderr(&page));
    }
}

#[test]
fn output_that_is_a_file_ends_with_74() {
    let folder = archive(&[("a.txt", MINUTES.as_bytes())]);
    let out = folder.path().join("out");
    fs::write(&out, "x").unwrap();
    let output = run(&folder.path().join("in"), &out, &[]);
    assert_eq!(code(&output), 74, "{}", stderr(&output));
}

#[test]
fn every_input_gets_a_record_and_a_line() {
    let long = format!("{}.txt", "protokoll-".repeat(24));
    let junk: Vec<(String, Vec<u8>)> = (0..2000u32)
        .map(|i| (format!("søppel/{i:04}.bin"), [[0u8, 0xff].as_slice(), &i.to_le_bytes()].concat()))
        .collect();
    let truncated = &zip(&[("a.txt", MINUTES.as_bytes())])[..40];
    let nested = zip(&[
        ("ÆØÅ/møte.txt", b"Protokoll fra kontrollutvalget\n\nSaker ble utsatt.\n"),
        ("../ut.txt", b"Et notat om noe annet.\n"),
    ]);
    let outer = zip(&[("indre.zip", &nested), (".skjult", b"x")]);
    let mut files: Vec<(&str, &[u8])> = vec![
        ("møter/æøå – utkast.txt", MINUTES.as_bytes()),
        (&long, b"Protokoll fra havnestyret\n\nSaken ble utsatt.\n"),
        ("kopi.txt", MINUTES.as_bytes()),
        ("tom.txt", b""),
        ("kuttet.zip", truncated),
        ("pakke.zip", &outer),
        ("bilde.docx", b"\x89PNG\r\n\x1a\n0000"),
        ("x.gold.json", b"{}"),
        (".skjult", b"x"),
    ];
    files.extend(junk.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    let folder = archive(&files);
    let (input, one, eight) = (folder.path().join("in"), folder.path().join("1"), folder.path().join("8"));
    assert_eq!(code(&run(&input, &one, &["--jobs", "1"])), 2);
    assert_eq!(code(&run(&input, &eight, &["--jobs", "8"])), 2);
    assert!(promised(&one) == promised(&eight), "the number of jobs shows");

    let summary = json(&one.join("summary.json"));
    let ledger = lines(&one.join("ledger.jsonl"));
    assert_eq!(summary["inputs"], 2010);
    assert_eq!(ledger.len(), 2010);
    assert_eq!(summary["status"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum::<u64>(), 2010);
    assert_eq!(summary["left_out"], serde_json::json!({"hidden": 2, "gold": 1, "ignored": 0}));
    let line = |path: &str| ledger.iter().find(|l| l["path"] == path).unwrap_or_else(|| panic!("{path}")).clone();
    assert_eq!(line("tom.txt")["problem"], "empty");
    assert_eq!(line("kuttet.zip")["problem"], "damaged");
    assert_eq!(line("pakke.zip")["status"], "ok");
    assert_eq!(line("pakke.zip/indre.zip/ÆØÅ/møte.txt")["status"], "ok");
    assert_eq!(line("pakke.zip/indre.zip/ut.txt")["status"], "ok");
    assert_eq!(line("møter/æøå – utkast.txt")["status"], "duplicate");
    assert_eq!(line(&long)["status"], "ok");
    let copy = json(&one.join("records/møter/æøå – utkast.txt.json"));
    assert_eq!(copy["source"]["duplicate_of"], "kopi.txt");
    let rules: Vec<Value> =
        lines(&one.join("findings.jsonl")).into_iter().filter(|f| f["path"] == "bilde.docx").collect();
    assert!(rules.iter().any(|f| f["rule"] == "file-mislabelled"));
    assert!(rules.iter().any(|f| f["rule"] == "file-unreadable" && f["level"] == "info"));

    let schema = |name: &str| {
        let (_, schema) = motebok::schema::schemas().into_iter().find(|(n, _)| *n == name).unwrap();
        jsonschema::validator_for(&schema).unwrap()
    };
    assert!(schema("summary-1.schema.json").is_valid(&summary));
    assert!(ledger.iter().all(|l| schema("ledger-1.schema.json").is_valid(l)));
    assert!(rules.iter().all(|f| schema("finding-1.schema.json").is_valid(f)));
}

#[test]
fn a_later_run_reads_what_changed_and_forgets_what_is_gone() {
    let folder = archive(&[("a.txt", MINUTES.as_bytes()), ("b.txt", MINUTES.as_bytes()), ("c.txt", b"Et notat.\n")]);
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    let read = || json(&out.join("summary.json"))["run"]["read"].clone();
    assert_eq!(code(&run(&input, &out, &[])), 0);
    assert_eq!(read(), 3);
    fs::write(out.join("verdicts.jsonl"), "{}\n").unwrap();
    assert_eq!(code(&run(&input, &out, &[])), 0);
    assert_eq!(read(), 0);
    fs::write(input.join("c.txt"), "Et lengre notat.\n").unwrap();
    fs::remove_file(input.join("a.txt")).unwrap();
    assert_eq!(code(&run(&input, &out, &["--verify"])), 0);
    assert!(!out.join("records/a.txt.json").exists());
    assert_eq!(json(&out.join("records/b.txt.json"))["status"], "ok", "the copy is now the first of its content");
    let after = promised(&out);
    assert_eq!(code(&run(&input, &out, &["--fresh"])), 0);
    assert!(promised(&out) == after, "a fresh run differs from one that picked up");
    assert!(out.join("verdicts.jsonl").exists());
    assert_eq!(code(&motebok().arg("check").arg(&out).output().unwrap()), 0);
    assert!(promised(&out) == after, "check alone differs");
}

#[test]
fn ignored_files_and_the_output_are_left_out() {
    let folder = archive(&[
        ("a.txt", MINUTES.as_bytes()),
        ("b.log", b"x"),
        (".motebokignore", b"*.log\n"),
        (".gitignore", b"a.txt\n"),
    ]);
    let input = folder.path().join("in");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&input, input.join("sløyfe")).unwrap();
    let out = input.join("ut");
    for _ in 0..2 {
        assert_eq!(code(&run(&input, &out, &[])), 0);
        let summary = json(&out.join("summary.json"));
        assert_eq!(summary["inputs"], 1);
        assert_eq!(summary["left_out"], serde_json::json!({"hidden": 1, "gold": 0, "ignored": 1}));
    }
}

#[test]
fn a_pattern_that_the_shell_left_is_expanded() {
    let folder = archive(&[("1991/a.txt", MINUTES.as_bytes()), ("1991/b.doc", b"x"), ("1992/c.txt", b"Et notat.\n")]);
    let out = folder.path().join("out");
    assert_eq!(code(&run(&folder.path().join("in/*/*.txt"), &out, &[])), 0);
    let paths: Vec<Value> = lines(&out.join("ledger.jsonl")).into_iter().map(|l| l["path"].clone()).collect();
    assert_eq!(paths, ["1991/a.txt", "1992/c.txt"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_an_input() {
    let folder = archive(&[("a.txt", MINUTES.as_bytes())]);
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    // A link to nothing cannot be read by anybody, not even by root.
    std::os::unix::fs::symlink("finnes-ikke", input.join("lenke.txt")).unwrap();
    assert_eq!(code(&run(&input, &out, &[])), 2);
    assert_eq!(json(&out.join("records/lenke.txt.json"))["problems"][0]["code"], "unreadable");
}

#[test]
fn fail_on_ends_with_1() {
    let folder = archive(&[("a.docx", b"\x89PNG\r\n\x1a\n0000")]);
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    assert_eq!(code(&run(&input, &out, &["--fail-on", "error"])), 0);
    assert_eq!(code(&run(&input, &out, &["--fail-on", "warning"])), 1);
    let config = folder.path().join("motebok.toml");
    fs::write(&config, "fail_on = \"warning\"\n[levels]\nfile-mislabelled = \"info\"\n").unwrap();
    assert_eq!(code(&run(&input, &out, &["--config", config.to_str().unwrap()])), 0);
    fs::write(&config, "[levels]\nno-such-rule = \"info\"\n").unwrap();
    assert_eq!(code(&run(&input, &out, &["--config", config.to_str().unwrap()])), 64);
}

#[test]
fn a_broken_pipe_is_no_error() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_motebok"))
        .args(["rules", "--json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(output.stderr.is_empty(), "{}", stderr(&output));
}

#[test]
fn records_validate_and_show_and_report_work() {
    let folder = archive(&[("a.txt", "Protokoll fra styret\n\nSøker: 01010750160\n".as_bytes())]);
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    assert_eq!(code(&run(&input, &out, &["--lang", "nb"])), 0);
    let record = out.join("records/a.txt.json");
    assert_eq!(code(&motebok().arg("validate").arg(&record).output().unwrap()), 0);
    let mut broken = json(&record);
    broken["status"] = "unknown".into();
    fs::write(&record, broken.to_string()).unwrap();
    assert_eq!(code(&motebok().arg("validate").arg(&record).output().unwrap()), 2);
    let shown = motebok().arg("show").arg(input.join("a.txt")).output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("***********") && !shown.contains("01010750160"), "{shown}");
    for format in ["html", "json", "csv"] {
        assert_eq!(code(&motebok().args(["report", "--format", format]).arg(&out).output().unwrap()), 0);
    }
    assert!(fs::read_to_string(out.join("report.html")).unwrap().contains("<html lang=\"en\">"));
}
