//! How fast files become records, beside the programs that people use for their bare text: `cargo bench -- FOLDER...`.
//!
//! Both read the same files in the same run, by turns; the ratio is the median of the rounds. motebok reads them in one
//! process with one job and writes checked records; the other program is started for each file and writes text to nowhere.
//! Files that either cannot read are left out. Small files and files of 50 kB and more stand apart.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use motebok::extract::extract;
use motebok::pipeline::{Ocr, Options, in_memory};
use tempfile::TempDir;

/// How often everything is timed.
const ROUNDS: usize = 5;

/// Bytes from which a file is large.
const LARGE: u64 = 50_000;

/// The most files of a kind that are timed.
const MOST: usize = 40;

/// A program that gives the text of a file: extension of the files, name, arguments before the file and after it.
type Tool = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const TOOLS: &[Tool] = &[
    ("doc", "antiword", &[], &[]),
    ("doc", "catdoc", &[], &[]),
    ("docx", "pandoc", &["-t", "plain"], &[]),
    ("odt", "pandoc", &["-t", "plain"], &[]),
    ("rtf", "unrtf", &["--text"], &[]),
    ("pdf", "pdftotext", &["-layout"], &["-"]),
    ("pdf", "mutool", &["draw", "-F", "txt"], &[]),
];

fn main() {
    let mut folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).filter(|p| p.is_dir()).collect();
    if folders.is_empty() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        folders = ["corpus", "tests/documents", "tests/formats", "tests/producers"].map(|f| root.join(f)).into();
    }
    let mut files = Vec::new();
    folders.iter().for_each(|folder| gather(folder, &mut files));
    files.sort();
    println!("format  files of    number     bytes   motebok/file   other/file    ratio");
    for (extension, tool, before, after) in TOOLS {
        if Command::new(tool).arg("--help").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
            println!("{extension:6}  {tool} is not installed");
            continue;
        }
        for is_large in [false, true] {
            let fits = |f: &&PathBuf| {
                f.extension().is_some_and(|e| e == *extension) && (fs::metadata(f).unwrap().len() >= LARGE) == is_large
            };
            let chosen: Vec<&PathBuf> =
                files.iter().filter(fits).filter(|f| tell(tool, before, f, after).is_some()).take(MOST).collect();
            let chosen: Vec<&PathBuf> = chosen.into_iter().filter(|f| is_read(f)).collect();
            if !chosen.is_empty() {
                compare(extension, tool, is_large, &chosen, |f| tell(tool, before, f, after));
            }
        }
    }
    side_by_side(&files);
    share_of_extraction(&files);
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { gather(&path, files) } else { files.push(path) }
    }
}

/// How long the other program takes; none where it fails.
fn tell(tool: &str, before: &[&str], file: &Path, after: &[&str]) -> Option<Duration> {
    let started = Instant::now();
    let mut command = Command::new(tool);
    command.args(before).arg(file).args(after).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().ok().filter(std::process::ExitStatus::success).map(|_| started.elapsed())
}

fn is_read(file: &Path) -> bool {
    let options = Options { ocr: Ocr::Never, ..Options::default() };
    let records = in_memory(&[file.to_owned()], &options).unwrap().0;
    records.first().is_some_and(|r| !r.blocks.is_empty())
}

/// A folder with copies of files, and a place for the output beside it.
fn copied(files: &[&PathBuf]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for (i, file) in files.iter().enumerate() {
        let name = format!("{i:04}-{}", file.file_name().unwrap().to_string_lossy());
        fs::copy(file, folder.path().join("in").join(name)).unwrap();
    }
    folder
}

/// How long motebok takes from bytes to checked records, reports and the search index on disk.
fn motebok(folder: &TempDir, jobs: &str, more: &[&str]) -> Duration {
    let started = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_motebok"))
        .args(["run", "--ocr", "never", "--jobs", jobs])
        .args(more)
        .arg(folder.path().join("in"))
        .arg("-o")
        .arg(folder.path().join("out"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.code().is_some_and(|code| code <= 2), "{status}");
    started.elapsed()
}

fn compare(extension: &str, tool: &str, is_large: bool, files: &[&PathBuf], other: impl Fn(&Path) -> Option<Duration>) {
    let folder = copied(files);
    let bytes: u64 = files.iter().map(|f| fs::metadata(f).unwrap().len()).sum();
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let own = motebok(&folder, "1", &["--fresh"]).as_secs_f64();
        let its: f64 = files.iter().filter_map(|f| other(f)).map(|d| d.as_secs_f64()).sum();
        ours.push(own);
        theirs.push(its);
        ratios.push(its / own);
    }
    let per_file = |all: Vec<f64>| 1000.0 * median(all) / files.len() as f64;
    let size = if is_large { ">= 50 kB" } else { "< 50 kB" };
    println!(
        "{extension:6}  {size:9} {:7} {bytes:9} {:11.2} ms {:9.2} ms {:7.1}x {tool}",
        files.len(),
        per_file(ours),
        per_file(theirs),
        median(ratios)
    );
}

/// One job beside two, and a second run over what is unchanged.
fn side_by_side(files: &[PathBuf]) {
    let readable: Vec<&PathBuf> =
        files.iter().filter(|f| TOOLS.iter().any(|t| f.extension().is_some_and(|e| e == t.0))).collect();
    let folder = copied(&readable);
    let (mut jobs, mut second) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let two = motebok(&folder, "2", &["--fresh"]).as_secs_f64();
        let one = motebok(&folder, "1", &["--fresh"]).as_secs_f64();
        jobs.push(one / two);
        second.push(motebok(&folder, "1", &[]).as_secs_f64() / one);
    }
    println!("{} files: two jobs {:.2}x as fast as one", readable.len(), median(jobs));
    println!("{} files: a second run takes {:.1} % of the first", readable.len(), 100.0 * median(second));
}

/// What part of reading a docx goes into extraction, and whether that grows with the length alone.
fn share_of_extraction(files: &[PathBuf]) {
    let docx: Vec<PathBuf> = files.iter().filter(|f| f.extension().is_some_and(|e| e == "docx")).cloned().collect();
    let options = Options { ocr: Ocr::Never, jobs: std::num::NonZeroUsize::new(1), ..Options::default() };
    let (mut whole, mut extraction) = (0.0, 0.0);
    for file in &docx {
        let started = Instant::now();
        let (records, _) = in_memory(std::slice::from_ref(file), &options).unwrap();
        whole += started.elapsed().as_secs_f64();
        let started = Instant::now();
        records.iter().for_each(|r| drop(extract(&r.blocks)));
        extraction += started.elapsed().as_secs_f64();
    }
    println!("{} docx: extraction is {:.0} % of the time in memory", docx.len(), 100.0 * extraction / whole);
    let Some(file) = docx.iter().max_by_key(|f| fs::metadata(f).unwrap().len()) else { return };
    let (records, _) = in_memory(std::slice::from_ref(file), &options).unwrap();
    let blocks = &records[0].blocks;
    for times in [1, 4, 16] {
        let mut long = Vec::new();
        for _ in 0..times {
            for block in blocks {
                let mut block = block.clone();
                block.id = u32::try_from(long.len()).unwrap();
                long.push(block);
            }
        }
        let started = Instant::now();
        drop(extract(&long));
        println!("{:7} blocks: extraction takes {:.1} ms", long.len(), 1000.0 * started.elapsed().as_secs_f64());
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
