//! Whole runs over archives of up to 100,000 files. Run with
//! `cargo test --release --test soak -- --ignored --nocapture`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

#[allow(dead_code, reason = "the example's own entry is not called here")]
#[path = "../examples/make-corpus/main.rs"]
mod make_corpus;

/// How a run went. Memory is the most that the main process held, in MB (proc(5), `VmHWM`).
struct Soak {
    inputs: usize,
    seconds: f64,
    before_index: u64,
    peak: u64,
}

fn peak_memory(process: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", process.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

fn soak(input: &Path, out: &Path, jobs: usize) -> Soak {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motebok"));
    command.arg("run").arg(input).arg("-o").arg(out).args(["--ocr", "never", "--jobs", &jobs.to_string()]);
    let started = Instant::now();
    let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (mut before_index, mut peak) = (0, 0);
    let status = loop {
        if let Some(status) = process.try_wait().unwrap() {
            break status;
        }
        if let Some(now) = peak_memory(&process) {
            peak = now;
            if !out.join("index").exists() {
                before_index = now;
            }
        }
        sleep(Duration::from_millis(50));
    };
    // Some of the hostile files cannot be read.
    assert_eq!(status.code(), Some(2));
    let inputs = fs::read_to_string(out.join("ledger.jsonl")).unwrap().lines().count();
    Soak { inputs, seconds: started.elapsed().as_secs_f64(), before_index, peak }
}

#[test]
#[ignore = "takes a quarter of an hour"]
fn a_large_archive_takes_little_memory_and_no_longer_a_file() {
    let mut pace = Vec::new();
    for (files, jobs) in [(10_000, 1), (10_000, 2), (30_000, 2), (100_000, 2)] {
        let folder = tempfile::tempdir().unwrap();
        let (input, out) = (folder.path().join("in"), folder.path().join("out"));
        make_corpus::many(files, 2, &input).unwrap();
        let Soak { inputs, seconds, before_index, peak } = soak(&input, &out, jobs);
        println!("{files} files, {jobs} jobs: {seconds:.0} s, {before_index} MB before the index, {peak} MB with it");
        assert!(inputs >= files);
        assert!(before_index < 150 && peak < 400);
        pace.push(seconds / files as f64);
    }
    assert!(pace[3] < 1.5 * pace[1], "not linear: {pace:?} seconds a file");
}
