//! How fast files become records, beside the programs that people use for their bare text: `cargo bench -- FOLDER...`.
//!
//! Both read the same files in the same run, by turns; the ratio is the median of the rounds. motebok reads them in one
//! process with one job; the other program is started for each file and writes text to nowhere. Files that either cannot
//! read are left out. Small files and files of 50 kB and more stand apart.
//!
//! Two times are told: *record*, from the start of the process until the last checked record is written, and *whole*, with
//! findings, search index and report. The start of the process is in both, so a few files say less than many.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench")]

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use motebok::document::Block;
use motebok::extract::extract;
use motebok::pipeline::{self, Ocr, Options, Progress, in_memory};
use tempfile::TempDir;

/// How often everything is timed.
const ROUNDS: usize = 5;

/// Bytes from which a file is large.
const LARGE: u64 = 50_000;

/// The most files of a kind that are timed.
const MOST: usize = 200;

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

/// Characters on a page of an agenda.
const PAGE_CHARS: usize = 2_500;

/// The argument with which this program starts itself to write records and say when they are written.
const RECORDS: &str = "--records";

fn main() {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    if let [first, input, out] = arguments.as_slice()
        && first == RECORDS
    {
        return write_records(Path::new(input), Path::new(out));
    }
    let mut folders: Vec<PathBuf> = arguments.iter().map(PathBuf::from).filter(|p| p.is_dir()).collect();
    if folders.is_empty() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        folders = ["corpus", "tests/documents", "tests/formats", "tests/producers"].map(|f| root.join(f)).into();
    }
    let mut files = Vec::new();
    folders.iter().for_each(|folder| gather(folder, &mut files));
    files.sort();
    start();
    println!("ms a file:");
    println!("format  files of    number     bytes   record    whole    other   record    whole");
    for (extension, tool, before, after) in TOOLS {
        if Command::new(tool).arg("--help").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
            println!("{extension:6}  {tool} is not installed");
            continue;
        }
        for is_large in [false, true] {
            let fits = |f: &&PathBuf| {
                f.extension().is_some_and(|e| e == *extension) && (fs::metadata(f).unwrap().len() >= LARGE) == is_large
            };
            let told = |f: &&PathBuf| tell(tool, before, f, after).is_some() && is_read(f);
            let chosen: Vec<&PathBuf> = files.iter().filter(fits).filter(told).take(MOST).collect();
            if !chosen.is_empty() {
                compare(extension, tool, is_large, &chosen, |f| tell(tool, before, f, after));
            }
        }
    }
    side_by_side(&files);
    share_of_extraction(&files);
    pages(&files);
}

/// Reads `input` into `out` with one job and says on standard output when the records are written.
fn write_records(input: &Path, out: &Path) {
    let options = Options { ocr: Ocr::Never, jobs: NonZeroUsize::new(1), fresh: true, ..Options::default() };
    let told = |progress| {
        if matches!(progress, Progress::Records(_)) {
            println!("written");
        }
    };
    pipeline::run(&[input.to_owned()], out, &options, &told).unwrap();
}

/// How long it takes to start.
fn start() {
    let times = (0..20).map(|_| {
        let started = Instant::now();
        Command::new(env!("CARGO_BIN_EXE_motebok")).arg("--version").stdout(Stdio::null()).status().unwrap();
        millis(started.elapsed())
    });
    println!("motebok --version: {:.1} ms", median(times.collect()));
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { gather(&path, files) } else { files.push(path) }
    }
}

/// How long the other program takes; none where it fails.
fn tell(tool: &str, before: &[&str], file: &Path, after: &[&str]) -> Option<Duration> {
    // unrtf writes pictures where it stands.
    let (folder, file) = (std::env::temp_dir(), file.canonicalize().ok()?);
    let started = Instant::now();
    let mut command = Command::new(tool);
    command
        .current_dir(folder)
        .args(before)
        .arg(file)
        .args(after)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
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

/// How long motebok takes from its start until the last record is written.
fn records(folder: &TempDir) -> Duration {
    let started = Instant::now();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .arg(RECORDS)
        .args([folder.path().join("in"), folder.path().join("out")])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let elapsed = started.elapsed();
    assert!(child.wait().unwrap().success() && line == "written\n");
    elapsed
}

fn compare(extension: &str, tool: &str, is_large: bool, files: &[&PathBuf], other: impl Fn(&Path) -> Option<Duration>) {
    let folder = copied(files);
    let bytes: u64 = files.iter().map(|f| fs::metadata(f).unwrap().len()).sum();
    let mut times: [Vec<f64>; 5] = Default::default();
    for _ in 0..ROUNDS {
        let record = millis(records(&folder));
        let whole = millis(motebok(&folder, "1", &["--fresh"]));
        let its: f64 = files.iter().filter_map(|f| other(f)).map(millis).sum();
        for (all, time) in times.iter_mut().zip([record, whole, its, its / record, its / whole]) {
            all.push(time);
        }
    }
    let [record, whole, its, record_ratio, whole_ratio] = times.map(median);
    let size = if is_large { ">= 50 kB" } else { "< 50 kB" };
    let [record, whole, its] = [record, whole, its].map(|t| t / files.len() as f64);
    println!(
        "{extension:6}  {size:9} {:7} {bytes:9} {record:8.2} {whole:8.2} {its:8.2} {record_ratio:7.1}x {whole_ratio:7.1}x {tool}",
        files.len(),
    );
}

/// More jobs beside one, more files beside fewer, and a second run over what is unchanged.
fn side_by_side(files: &[PathBuf]) {
    let known = |f: &&PathBuf| TOOLS.iter().any(|t| f.extension().is_some_and(|e| e == t.0));
    let readable: Vec<&PathBuf> = files.iter().filter(known).collect();
    for part in [8, 4, 2, 1] {
        let some: Vec<&PathBuf> = readable.iter().step_by(part).copied().collect();
        let folder = copied(&some);
        let times: Vec<f64> = (0..ROUNDS).map(|_| millis(motebok(&folder, "1", &["--fresh"]))).collect();
        println!("{:5} files: {:.2} ms a file", some.len(), median(times) / some.len() as f64);
    }
    let folder = copied(&readable);
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    for jobs in [2, 4, 8].into_iter().filter(|jobs| *jobs <= cores.max(2)) {
        let ratio = |_| {
            let more = millis(motebok(&folder, &jobs.to_string(), &["--fresh"]));
            millis(motebok(&folder, "1", &["--fresh"])) / more
        };
        println!("{jobs} jobs: {:.2}x as fast as one", median((0..ROUNDS).map(ratio).collect()));
    }
    let again = |_| {
        let first = millis(motebok(&folder, "1", &["--fresh"]));
        100.0 * millis(motebok(&folder, "1", &[])) / first
    };
    println!("a second run: {:.1} % of the first", median((0..ROUNDS).map(again).collect()));
}

/// What part of reading a docx goes into extraction.
fn share_of_extraction(files: &[PathBuf]) {
    let docx: Vec<&PathBuf> = files.iter().filter(|f| f.extension() == Some(OsStr::new("docx"))).collect();
    let options = Options { ocr: Ocr::Never, jobs: NonZeroUsize::new(1), ..Options::default() };
    let (mut whole, mut extraction) = (0.0, 0.0);
    // The first round compiles patterns; it is no measure.
    for round in 0..2 {
        for file in &docx {
            let started = Instant::now();
            let (records, _) = in_memory(&[(*file).clone()], &options).unwrap();
            let read = millis(started.elapsed());
            let started = Instant::now();
            records.iter().for_each(|r| drop(extract(&r.blocks)));
            whole += if round == 0 { 0.0 } else { read };
            extraction += if round == 0 { 0.0 } else { millis(started.elapsed()) };
        }
    }
    println!("{} docx: extraction is {:.0} % of the time in memory", docx.len(), 100.0 * extraction / whole);
}

/// Whether the time grows with the length alone: the largest docx over and over, as blocks and as a text file.
fn pages(files: &[PathBuf]) {
    let docx = files.iter().filter(|f| f.extension() == Some(OsStr::new("docx")));
    let Some(file) = docx.max_by_key(|f| fs::metadata(f).unwrap().len()) else { return };
    let options = Options { ocr: Ocr::Never, ..Options::default() };
    let (records, _) = in_memory(std::slice::from_ref(file), &options).unwrap();
    for pages in [25, 100, 400, 1600] {
        let mut long: Vec<Block> = Vec::new();
        let mut text = String::new();
        for block in records[0].blocks.iter().cycle() {
            if text.len() > pages * PAGE_CHARS {
                break;
            }
            writeln!(text, "{}\n", block.text).unwrap();
            long.push(Block { id: u32::try_from(long.len()).unwrap(), ..block.clone() });
        }
        let started = Instant::now();
        drop(extract(&long));
        let extraction = millis(started.elapsed());
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        fs::write(folder.path().join("in/long.txt"), text).unwrap();
        let whole = millis(motebok(&folder, "1", &["--fresh"]));
        println!(
            "{pages:5} pages: extraction {extraction:7.1} ms, {:.3} a page; a run on them as text {whole:7.1} ms",
            extraction / pages as f64
        );
    }
}

fn millis(time: Duration) -> f64 {
    1000.0 * time.as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
