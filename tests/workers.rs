//! Nothing lost and nothing hangs: worker processes and their limits, one run at a time, runs that were killed, what a new
//! version reads again.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;
use serde_json::Value;
use tempfile::TempDir;

const MINUTES: &str = "Møtebok for formannskapet\n\nMøtedato: 12.03.1991\n\nSak 12/91 Budsjett\n\nVedtak: Godkjent.\n";

fn command(input: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motebok"));
    command.env_remove("LC_ALL").env("LANG", "C.UTF-8");
    command.arg("run").arg(input).arg("-o").arg(out).args(more);
    command
}

fn run(input: &Path, out: &Path, more: &[&str]) -> Output {
    command(input, out, more).output().unwrap()
}

#[track_caller]
fn ends(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
}

fn json(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))).unwrap()
}

fn lines(file: &Path) -> Vec<Value> {
    fs::read_to_string(file).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// Status, problem by path.
fn ledger(out: &Path) -> BTreeMap<String, (String, String)> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    lines(&out.join("ledger.jsonl"))
        .iter()
        .map(|line| (word(&line["path"]), (word(&line["status"]), word(&line["problem"]))))
        .collect()
}

/// A folder with an input folder in it.
fn folder(files: &[(&str, &[u8])]) -> (TempDir, PathBuf, PathBuf) {
    let folder = TempDir::new().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    for (path, bytes) in files {
        let file = input.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    (folder, input, out)
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Plain text of so many bytes, in paragraphs that are all different.
fn text(bytes: usize) -> Vec<u8> {
    let mut text = String::with_capacity(bytes + 200);
    let mut number = 0_u64;
    while text.len() < bytes {
        number += 1;
        text += &format!("Søknad {number} om støtte til idrettslaget nummer {}.\n\n", number.wrapping_mul(7919) % 9973);
    }
    text.into_bytes()
}

/// What must be the same after any interruption.
fn promised(out: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for file in files(&out.join("records")) {
        all.insert(file.strip_prefix(out).unwrap().display().to_string(), fs::read_to_string(&file).unwrap());
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

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}

/// The processes of runs that write this folder: it stands in the command line, or in a worker's environment.
fn processes(out: &Path) -> Vec<i32> {
    let name = out.to_str().unwrap().as_bytes();
    let holds = |pid: &i32| {
        let told = |what: &str| fs::read(format!("/proc/{pid}/{what}")).unwrap_or_default();
        [told("cmdline"), told("environ")].concat().windows(name.len()).any(|w| w == name)
    };
    let entries = fs::read_dir("/proc").unwrap().flatten();
    entries.filter_map(|e| e.file_name().to_str()?.parse().ok()).filter(holds).collect()
}

/// Waits until `is_so`, at most ten seconds.
#[track_caller]
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_file_that_takes_too_long_costs_only_itself() {
    let large = text(36 << 20);
    let pack = zip(&[("a.txt", MINUTES.as_bytes()), ("b/stor.txt", &large), ("c.txt", b"Et notat om noe annet.\n")]);
    let (_folder, input, out) = folder(&[
        ("0.txt", b"Et notat.\n"),
        ("a-stor.txt", &large[..30 << 20]),
        ("b.zip", &pack),
        ("d.txt", b"Et brev.\n"),
    ]);
    ends(&run(&input, &out, &["--jobs", "1", "--timeout", "3"]), 2);
    let ledger = ledger(&out);
    let is = |path: &str, status: &str, problem: &str| {
        assert_eq!(ledger.get(path), Some(&(status.to_owned(), problem.to_owned())), "{path} in {ledger:?}");
    };
    is("0.txt", "ok", "");
    is("a-stor.txt", "failed", "timeout");
    is("b.zip", "ok", "");
    is("b.zip/a.txt", "ok", "");
    is("b.zip/b/stor.txt", "failed", "timeout");
    is("b.zip/c.txt", "ok", "");
    is("d.txt", "ok", "");
    let record = json(&out.join("records/b.zip/b/stor.txt.json"));
    assert_eq!(record["source"]["container"], "b.zip");
    assert_eq!(record["source"]["bytes"], large.len());
    // What hit a limit is read again under another one, and nothing else is.
    ends(&run(&input, &out, &["--jobs", "1", "--timeout", "3"]), 2);
    assert_eq!(json(&out.join("summary.json"))["run"]["read"], 0);
    ends(&run(&input, &out, &["--jobs", "1", "--timeout", "4"]), 2);
    assert_eq!(json(&out.join("summary.json"))["run"]["read"], 2);
}

#[test]
fn a_file_that_takes_too_much_memory_costs_only_itself() {
    let large = text(100 << 20);
    let (_folder, input, out) =
        folder(&[("a.txt", MINUTES.as_bytes()), ("stor.txt", &large), ("z.txt", b"Et brev.\n")]);
    ends(&run(&input, &out, &["--jobs", "1", "--memory", "400"]), 2);
    let ledger = ledger(&out);
    assert_eq!(ledger["stor.txt"], ("failed".to_owned(), "out_of_memory".to_owned()));
    assert_eq!(ledger["a.txt"].0, "ok");
    assert_eq!(ledger["z.txt"].0, "ok");
    let few = run(&input, &out, &["--memory", "20"]);
    assert!(String::from_utf8_lossy(&few.stderr).contains("a worker cannot begin"), "{few:?}");
}

/// The workers of a run that is under way.
fn workers(out: &Path, main: u32) -> Vec<i32> {
    processes(out).into_iter().filter(|pid| *pid != i32::try_from(main).unwrap()).collect()
}

#[test]
fn a_worker_that_is_ended_once_costs_nothing_and_twice_one_file() {
    let large = text(2 << 20);
    let (_folder, input, out) =
        folder(&[("a.txt", MINUTES.as_bytes()), ("stor.txt", &large), ("z.txt", b"Et brev.\n")]);
    for (times, problem) in [(1, ""), (2, "crashed")] {
        let mut child = begun(&mut command(&input, &out, &["--jobs", "1", "--fresh", "--ocr", "never"]));
        let mut gone = Vec::new();
        for _ in 0..times {
            let is_at_it = |pid: &i32| {
                // What it has read so far tells that the large file is at hand.
                let told = fs::read_to_string(format!("/proc/{pid}/io")).unwrap_or_default();
                let read = told.lines().find_map(|l| l.strip_prefix("rchar: ")?.parse::<usize>().ok());
                !gone.contains(pid) && read.is_some_and(|read| read > large.len())
            };
            wait_until("no worker is at the large file", || workers(&out, child.id()).iter().any(is_at_it));
            for worker in workers(&out, child.id()) {
                gone.push(worker);
                let _ = kill(Pid::from_raw(worker), Signal::SIGKILL);
            }
        }
        child.wait().unwrap();
        let ledger = ledger(&out);
        assert_eq!(ledger["stor.txt"].1, problem, "after {times}");
        assert_eq!(ledger["z.txt"].0, "ok");
    }
}

fn begun(command: &mut Command) -> Child {
    std::os::unix::process::CommandExt::process_group(command, 0);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn workers_end_with_the_run() {
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGKILL] {
        let (_folder, input, out) = folder(&[("stor.txt", &text(8 << 20)), ("a.txt", MINUTES.as_bytes())]);
        let mut child = begun(&mut command(&input, &out, &["--jobs", "2"]));
        wait_until("there is no worker", || !workers(&out, child.id()).is_empty());
        kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), signal).unwrap();
        child.wait().unwrap();
        wait_until("a worker outlives the run", || processes(&out).is_empty());
    }
}

#[test]
fn two_runs_do_not_write_one_folder() {
    let (_folder, input, out) = folder(&[("stor.txt", &text(8 << 20)), ("a.txt", MINUTES.as_bytes())]);
    let mut child = begun(&mut command(&input, &out, &["--jobs", "1"]));
    wait_until("there is no worker", || !workers(&out, child.id()).is_empty());
    for output in [
        run(&input, &out, &[]),
        Command::new(env!("CARGO_BIN_EXE_motebok")).arg("check").arg(&out).output().unwrap(),
        Command::new(env!("CARGO_BIN_EXE_motebok")).arg("report").arg(&out).output().unwrap(),
    ] {
        ends(&output, 74);
        assert!(String::from_utf8_lossy(&output.stderr).contains("another motebok is at work on"), "{output:?}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    fs::remove_file(input.join("stor.txt")).unwrap();
    ends(&run(&input, &out, &[]), 0);
}

#[test]
fn a_program_that_is_replaced_goes_on() {
    let folder = TempDir::new().unwrap();
    let program = folder.path().join("motebok");
    fs::copy(env!("CARGO_BIN_EXE_motebok"), &program).unwrap();
    let input = folder.path().join("in");
    fs::create_dir(&input).unwrap();
    for number in 0..4 {
        fs::write(input.join(format!("{number}.txt")), [vec![b'a' + number], text(300 << 10)].concat()).unwrap();
    }
    let out = folder.path().join("out");
    let mut child = begun(Command::new(&program).arg("run").arg(&input).arg("-o").arg(&out).args([
        "--jobs",
        "1",
        "--timeout",
        "60",
    ]));
    wait_until("there is no worker", || !workers(&out, child.id()).is_empty());
    fs::remove_file(&program).unwrap();
    fs::write(&program, "something else").unwrap();
    // Another worker is needed after this.
    for worker in workers(&out, child.id()) {
        kill(Pid::from_raw(worker), Signal::SIGKILL).unwrap();
    }
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(ledger(&out).values().all(|(status, _)| status == "ok"));
}

/// Makes the state file tell of another version in `key` of its first line, or in every unit.
fn age(out: &Path, key: &str) {
    let state = fs::read_to_string(out.join("state.jsonl")).unwrap();
    let mut aged = String::new();
    for (number, line) in state.lines().enumerate() {
        let mut value: Value = serde_json::from_str(line).unwrap();
        if value.get(key).is_some() && (number == 0) == (key != "extraction") {
            value[key] = "old".into();
        }
        aged += &format!("{value}\n");
    }
    fs::write(out.join("state.jsonl"), aged).unwrap();
}

#[test]
fn a_new_version_does_again_what_it_must() {
    let wrapped = "Protokoll fra formannskapets møte 12. mars 1991 i Rådhuset, der det ble behandlet\n\
        en lang rekke saker om veier, skoler og idrettsanlegg i kommunen og omegn, som\n\
        det her gjøres nærmere rede for i den rekkefølge de kom opp på møtet, og med\n\
        de vedtak som ble gjort.\n\nSak 12/91 Budsjett\n\nVedtak: Godkjent.\n\x0cSak 13/91 Veier\n\nVedtak: Utsettes.\n";
    let pack = zip(&[("a.txt", MINUTES.as_bytes()), ("b.bin", b"\x00\xff\x00")]);
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut all: Vec<(String, Vec<u8>)> = files(&corpus)
        .into_iter()
        .map(|f| (f.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&f).unwrap()))
        .filter(|(name, _)| !name.ends_with(".json"))
        .collect();
    let pdf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/pdf-agenda/input.pdf");
    all.push(("dagsorden.pdf".into(), fs::read(pdf).unwrap()));
    all.extend([
        ("wrapped.txt".into(), wrapped.into()),
        ("pakke.zip".into(), pack),
        ("z-kopi.txt".into(), wrapped.into()),
    ]);
    let all: Vec<(&str, &[u8])> = all.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (_folder, input, out) = folder(&all);
    let again = || {
        run(&input, &out, &[]);
        let run = json(&out.join("summary.json"))["run"].clone();
        run["read"].as_u64().unwrap()
    };
    let read = again();
    let first = promised(&out);
    assert_eq!(again(), 0);

    age(&out, "rules");
    fs::write(out.join("findings.jsonl"), "").unwrap();
    assert_eq!(again(), 0, "only the rules are new");
    assert!(promised(&out) == first, "the findings are not made again");

    // A mark in the record shows that it is written anew; a mark in its blocks, that the source is not read.
    let marked = out.join("records/wrapped.txt.json");
    let mut record = json(&marked);
    record["documents"] = Value::Array(Vec::new());
    record["blocks"][0]["style"] = serde_json::json!({"bold": false, "italic": true});
    fs::write(&marked, record.to_string()).unwrap();
    age(&out, "extraction");
    assert!(again() > 0);
    let mut record = json(&marked);
    assert_eq!(record["blocks"][0]["style"]["italic"], true, "the source was read");
    assert!(!record["documents"].as_array().unwrap().is_empty(), "nothing was extracted");
    record["blocks"][0].as_object_mut().unwrap().remove("style");
    let unmarked = |mut all: BTreeMap<String, String>| {
        all.remove("records/wrapped.txt.json");
        all
    };
    for (name, bytes) in unmarked(first.clone()) {
        assert!(unmarked(promised(&out)).get(&name) == Some(&bytes), "{name} differs when it is extracted again");
    }

    age(&out, "reading");
    assert_eq!(again(), read, "new readers read everything");
    assert!(promised(&out) == first, "reading again differs");
}

/// Kills runs at random moments, and runs to the end.
fn kill_and_run_again(rounds: u64, seed: u64) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, input, out) = folder(&[
        ("0.txt", b""),
        (
            "pakke.zip",
            &zip(&[
                ("a.txt", MINUTES.as_bytes()),
                ("b.txt", b"Et notat.\n"),
                ("c.zip", &zip(&[("d.txt", b"Nok et.\n")])),
            ]),
        ),
    ]);
    for from in ["corpus", "tests/documents", "tests/formats"] {
        for file in files(&root.join(from)) {
            let name = file.strip_prefix(root).unwrap().display().to_string().replace('/', "-");
            fs::copy(&file, input.join(name)).unwrap();
        }
    }
    let whole = folder.path().join("whole");
    let started = Instant::now();
    run(&input, &whole, &["--jobs", "2", "--ocr", "never"]);
    let time = started.elapsed();
    let expected = promised(&whole);
    let mut state = seed;
    for round in 0..rounds {
        // Numbers without a pattern (xorshift64, Marsaglia 2003).
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let moment = time.mul_f64((state % 1000) as f64 / 1000.0);
        let mut child = begun(&mut command(&input, &out, &["--jobs", "2", "--ocr", "never"]));
        std::thread::sleep(moment);
        let process = Pid::from_raw(i32::try_from(child.id()).unwrap());
        // By turns the main process alone, its group, and a worker just before.
        let _ = match state >> 32 & 3 {
            0 => kill(process, Signal::SIGKILL),
            1 => killpg(process, Signal::SIGKILL),
            2 => kill(process, Signal::SIGINT),
            _ => {
                for worker in workers(&out, child.id()) {
                    let _ = kill(Pid::from_raw(worker), Signal::SIGKILL);
                }
                killpg(process, Signal::SIGKILL)
            }
        };
        child.wait().unwrap();
        // Every other time it is killed once more before it may end.
        if state >> 40 & 1 == 1 {
            continue;
        }
        run(&input, &out, &["--jobs", "2", "--ocr", "never"]);
        let found = promised(&out);
        for (name, bytes) in &expected {
            assert!(found.get(name) == Some(bytes), "round {round}, killed after {moment:?}: {name} differs");
        }
        assert_eq!(found.len(), expected.len(), "round {round}: there is more than there should be");
        let halves: Vec<PathBuf> = files(&out).into_iter().filter(|f| f.to_str().unwrap().contains("tmp")).collect();
        let halves: Vec<_> = halves
            .iter()
            .filter_map(|f| f.strip_prefix(&out).ok())
            .filter(|f| f.to_str().unwrap().contains("tmp"))
            .collect();
        assert!(halves.is_empty(), "round {round}: left behind: {halves:?}");
        wait_until("a worker outlives the run", || processes(&out).is_empty());
        fs::remove_dir_all(&out).unwrap();
    }
}

#[test]
fn runs_that_were_killed_end_like_one_that_was_not() {
    kill_and_run_again(6, 88_172_645_463_325_252);
}

#[test]
#[ignore = "minutes; `cargo test --test workers -- --ignored`"]
fn fifty_runs_that_were_killed_end_like_one_that_was_not() {
    kill_and_run_again(50, 2_463_534_242);
}

#[test]
fn a_full_disk_is_told_and_the_run_goes_on_when_there_is_room() {
    let (folder, input, _) = folder(&[("a.txt", MINUTES.as_bytes())]);
    for number in 0..40 {
        fs::write(
            input.join(format!("{number}.txt")),
            [format!("Brev {number}\n\n").into_bytes(), text(60_000)].concat(),
        )
        .unwrap();
    }
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mount = |options: &str| {
        Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&disk).stderr(Stdio::null()).status()
    };
    if !mount("size=2m").is_ok_and(|status| status.success()) {
        // Only root may make a small disk.
        let _ = writeln!(std::io::stderr(), "NOT TESTED: a full disk; no tmpfs can be mounted here");
        return;
    }
    let unmounted = Unmount(disk.clone());
    let out = disk.join("out");
    let full = run(&input, &out, &[]);
    let message = String::from_utf8_lossy(&full.stderr).into_owned();
    let again = run(&input, &out, &[]);
    assert!(mount("remount,size=200m").unwrap().success());
    let room = run(&input, &out, &[]);
    let other = folder.path().join("out");
    ends(&run(&input, &other, &[]), 0);
    let same = promised(&out) == promised(&other);
    drop(unmounted);
    for output in [&full, &again] {
        ends(output, 74);
    }
    assert!(message.contains("the disk is full") && message.contains("run again"), "{message}");
    ends(&room, 0);
    assert!(same, "the disk that was full shows");
}

/// Unmounts a disk when the test ends, however it does.
struct Unmount(PathBuf);

impl Drop for Unmount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
