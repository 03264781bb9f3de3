//! Text of pages that are pictures: drawn by `pdftoppm` (Poppler) and read by `tesseract`, each a process of its own.
//!
//! What a reader lists in `Document::scans` is read here and laid out like the text of other pages.

mod marks;
mod picture;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use picture::Picture;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::pdf::scanned::{Page, Word, replace_pages};
use crate::document::{Document, Problem, ProblemCode, Scan};
use crate::limits::Limits;
use crate::source::sha256;

/// When pictures of pages are read by OCR.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ocr {
    /// Where the helper programs are installed.
    #[default]
    Auto,
    /// Never.
    Never,
    /// Always; a helper program that is missing is a problem of its own.
    Always,
}

impl Ocr {
    /// The option's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Never => "never",
            Self::Always => "always",
        }
    }
}

/// How pictures of pages are read.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// When.
    pub when: Ocr,
    /// A folder to keep what was read in, by the picture's hash.
    pub cache: Option<PathBuf>,
}

/// Resolution of the drawn pages, in dots an inch; that of most scans.
const DPI: f32 = 300.0;
/// A page is drawn no longer than this, in dots.
const DOTS: f32 = 12_000.0;
/// Norwegian, by the LSTM engine, with layout analysis.
const ARGUMENTS: [&str; 6] = ["-l", "nor", "--oem", "1", "--psm", "3"];
/// A word without a letter or digit below this confidence is a speck or a ruling.
const SPECK: f32 = 60.0;

/// Reads the pages that `document` lists as scans, puts their text in its place and settles `problems`. Calls `beat` after
/// each page.
pub fn read_scans(
    bytes: &[u8],
    document: &mut Document,
    problems: &mut Vec<Problem>,
    settings: &Settings,
    limits: &Limits,
    beat: &(dyn Fn() + Sync),
) {
    let scans = std::mem::take(&mut document.scans);
    if scans.is_empty() || settings.when == Ocr::Never {
        return;
    }
    let engine = match engine() {
        Ok(engine) => engine,
        Err(missing) if settings.when == Ocr::Always => {
            problems.insert(0, Problem::new(ProblemCode::ToolMissing, missing.clone()));
            return;
        }
        Err(missing) => {
            for problem in problems.iter_mut().filter(|p| p.code == ProblemCode::TextMissing) {
                problem.message = format!("{}; {missing}", problem.message);
            }
            return;
        }
    };
    let job = Job { engine, cache: settings.cache.as_deref(), seconds: limits.ocr_seconds };
    let read: Vec<Result<Page, String>> = match job.folder(bytes) {
        Ok(folder) => scans.par_iter().map(|scan| job.page(folder.path(), scan)).inspect(|_| beat()).collect(),
        Err(error) => vec![Err(format!("no room to draw pages: {error}"))],
    };
    problems.retain(|p| p.code != ProblemCode::TextMissing);
    let mut pages = Vec::new();
    for page in read {
        match page {
            Ok(page) => pages.push(page),
            Err(why) => problems.push(Problem::new(ProblemCode::TextMissing, why)),
        }
    }
    pages.retain(|page| !page.words.is_empty());
    if replace_pages(document, &pages, limits) {
        let message = format!("more than {} table cells", limits.cells);
        problems.push(Problem::new(ProblemCode::LimitExceeded, message));
    }
}

/// Name and version of the program that reads, or which packages are missing for it.
///
/// # Errors
/// A sentence that names the Debian packages.
pub fn engine() -> &'static Result<String, String> {
    static ENGINE: OnceLock<Result<String, String>> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let output = |program: &str, argument: &str| Command::new(program).arg(argument).stdin(Stdio::null()).output();
        let tesseract = output("tesseract", "--version").ok().map(|o| String::from_utf8_lossy(&o.stdout).into_owned());
        let languages = output("tesseract", "--list-langs").map(|o| o.stdout).unwrap_or_default();
        let has_norwegian = String::from_utf8_lossy(&languages).lines().any(|l| l.trim() == "nor");
        let missing: Vec<&str> = [
            (tesseract.is_some(), "tesseract-ocr"),
            (has_norwegian, "tesseract-ocr-nor"),
            (output("pdftoppm", "-v").is_ok(), "poppler-utils"),
        ]
        .iter()
        .filter(|(is_there, _)| !is_there)
        .map(|(_, package)| *package)
        .collect();
        if !missing.is_empty() {
            return Err(format!("OCR needs the Debian packages {}", missing.join(", ")));
        }
        Ok(tesseract.unwrap_or_default().lines().next().unwrap_or_default().to_owned())
    })
}

/// How pictures are made ready and what is read is mended; another number makes what was read before be read again.
const PREPARED: u32 = 2;

struct Job<'a> {
    engine: &'a str,
    cache: Option<&'a Path>,
    seconds: u64,
}

impl Job<'_> {
    /// A folder that goes away by itself, with the file in it.
    fn folder(&self, bytes: &[u8]) -> std::io::Result<tempfile::TempDir> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("input.pdf"), bytes)?;
        Ok(folder)
    }

    /// Draws a page and reads it.
    fn page(&self, folder: &Path, scan: &Scan) -> Result<Page, String> {
        let number = scan.page.to_string();
        let failed = |what: &str, why: &str| format!("page {number} could not be {what}: {why}");
        let dpi = DPI.min(DOTS * 72.0 / scan.width.max(scan.height).max(1.0)).floor().max(1.0);
        let root = folder.join(&number);
        let mut draw = Command::new("pdftoppm");
        draw.args(["-r", &dpi.to_string(), "-gray", "-singlefile", "-f", &number, "-l", &number]);
        self.wait(draw.arg(folder.join("input.pdf")).arg(&root)).map_err(|why| failed("drawn", &why))?;
        let picture = root.with_extension("pgm");
        let drawn = fs::read(&picture).map_err(|why| failed("drawn", &why.to_string()))?;
        let kept = self.cache.map(|cache| cache.join(self.key(&drawn)).with_extension("tsv"));
        let known = kept.as_ref().and_then(|file| fs::read_to_string(file).ok());
        let table = match known {
            Some(table) => table,
            None => {
                let page = Picture::read(&drawn).map(|page| page.tidied(dpi));
                if let Some(page) = &page {
                    fs::write(&picture, page.write()).map_err(|why| failed("drawn", &why.to_string()))?;
                }
                let mut read = Command::new("tesseract");
                // Pages are read side by side; threads within one only get in each other's way.
                read.env("OMP_THREAD_LIMIT", "1").arg(&picture).arg(&root).args(ARGUMENTS);
                self.wait(read.args(["--dpi", &dpi.to_string(), "tsv"])).map_err(|why| failed("read", &why))?;
                let table = fs::read_to_string(root.with_extension("tsv"));
                let table = table.map_err(|why| failed("read", &why.to_string()))?;
                let table = page.map_or(table.clone(), |page| marks::put_back(&table, &page));
                if let Some(kept) = kept {
                    keep(&kept, &root, &table);
                }
                table
            }
        };
        // The pictures of a long scan would fill the disk; what cannot be removed goes with the folder.
        let _ = fs::remove_file(picture);
        Ok(Page { number: scan.page, width: scan.width, height: scan.height, words: words(&table, 72.0 / dpi) })
    }

    fn key(&self, picture: &[u8]) -> String {
        sha256(format!("{} {} {PREPARED} {}", self.engine, ARGUMENTS.join(" "), sha256(picture)).as_bytes())
    }

    /// Runs a program to its end, or until its time is up.
    fn wait(&self, command: &mut Command) -> Result<(), String> {
        let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|e| e.to_string())?;
        let end = Instant::now() + Duration::from_secs(self.seconds);
        loop {
            match child.try_wait().map_err(|e| e.to_string())? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(status.to_string()),
                None if Instant::now() < end => sleep(Duration::from_millis(10)),
                None => {
                    // Both fail only where it has just ended by itself.
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(format!("it took more than {} seconds", self.seconds));
                }
            }
        }
    }
}

/// Keeps what was read. Where that does not work, it is read again next time.
fn keep(file: &Path, root: &Path, table: &str) {
    let Some(folder) = file.parent() else { return };
    let name = root.file_name().unwrap_or_default().to_string_lossy();
    let half = file.with_extension(format!("{}-{name}.tmp", std::process::id()));
    let _ = fs::create_dir_all(folder).and_then(|()| fs::write(&half, table)).and_then(|()| fs::rename(&half, file));
}

/// A word of tesseract's table, in dots.
struct Seen {
    text: String,
    confidence: f32,
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Seen {
    /// A row of the table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
    fn of_row(row: &str) -> Option<([u32; 3], Self)> {
        let cells: Vec<&str> = row.split('\t').collect();
        let number = |at: usize| cells.get(at)?.parse::<f32>().ok();
        let place = |at: usize| cells.get(at)?.parse::<u32>().ok();
        let (text, confidence) = (cells.get(11)?.trim(), number(10)?);
        let is_speck = confidence < SPECK && !text.chars().any(char::is_alphanumeric);
        if place(0)? != 5 || text.is_empty() || is_speck {
            return None;
        }
        let (left, top) = (number(6)?, number(7)?);
        let (right, bottom) = (left + number(8)?, top + number(9)?);
        Some(([place(2)?, place(3)?, place(4)?], Self { text: text.to_owned(), confidence, left, top, right, bottom }))
    }
}

/// Words from tesseract's table; a dot is `scale` points.
fn words(table: &str, scale: f32) -> Vec<Word> {
    let mut lines: BTreeMap<[u32; 3], Vec<Seen>> = BTreeMap::new();
    for (line, word) in table.lines().filter_map(Seen::of_row) {
        lines.entry(line).or_default().push(word);
    }
    let set: Vec<(f32, f32)> = lines.values().map(|line| (baseline(line), size(line))).collect();
    let mut sizes: Vec<f32> =
        lines.values().zip(&set).flat_map(|(line, (_, size))| line.iter().map(|_| *size)).collect();
    sizes.sort_by(f32::total_cmp);
    let body = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    let mut words = Vec::new();
    for (line, (y, size)) in lines.into_values().zip(set) {
        // Boxes are not exact: lines of about the usual size are of that size.
        let size = if (0.75..1.3).contains(&(size / body.max(1.0))) { body } else { size };
        words.extend(line.into_iter().map(|word| Word {
            text: word.text,
            x0: word.left * scale,
            x1: word.right * scale,
            y: y * scale,
            size: size * scale,
            confidence: word.confidence,
        }));
    }
    words
}

/// Where a line's letters stand: the middle of the lower edges of words that do not reach below.
fn baseline(line: &[Seen]) -> f32 {
    let reaches_below = |word: &&Seen| word.text.contains(['g', 'j', 'p', 'q', 'y', 'Q', ',', ';', '(', ')', '_', '/']);
    let mut ends: Vec<f32> = line.iter().filter(|w| !reaches_below(w)).map(|w| w.bottom).collect();
    ends.sort_by(f32::total_cmp);
    let all = || {
        let bottom = line.iter().map(|w| w.bottom).fold(0.0, f32::max);
        bottom - 0.2 * line.iter().map(|w| w.bottom - w.top).fold(0.0, f32::max)
    };
    ends.get(ends.len() / 2).copied().unwrap_or_else(all)
}

/// A line's font size, from the height of its tall letters (0.72 em in most fonts), or of the small ones (0.52 em).
fn size(line: &[Seen]) -> f32 {
    let y = baseline(line);
    let is_tall =
        |word: &&Seen| word.text.contains(|c: char| c.is_uppercase() || c.is_ascii_digit() || "bdfhklå".contains(c));
    let middle = |mut heights: Vec<f32>| {
        heights.sort_by(f32::total_cmp);
        heights.get(heights.len() / 2).copied()
    };
    let tall = middle(line.iter().filter(is_tall).map(|w| y - w.top).collect());
    let height = tall.map(|h| h / 0.72).or_else(|| middle(line.iter().map(|w| (y - w.top) / 0.52).collect()));
    height.unwrap_or_default().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_on_their_line_and_specks_go() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                     4\t1\t1\t1\t1\t0\t100\t100\t400\t60\t-1\t\n\
                     5\t1\t1\t1\t1\t1\t100\t100\t100\t36\t96.5\tSak\n\
                     5\t1\t1\t1\t1\t2\t220\t110\t100\t36\t91.5\tog\n\
                     5\t1\t2\t1\t1\t1\t600\t100\t4\t900\t95.0\t \n\
                     5\t1\t3\t1\t1\t1\t600\t300\t4\t4\t20.0\t|\n";
        let words = words(table, 0.24);
        let seen: Vec<(&str, f32, f32)> = words.iter().map(|w| (w.text.as_str(), w.y, w.confidence)).collect();
        assert_eq!(seen, [("Sak", 136.0 * 0.24, 96.5), ("og", 136.0 * 0.24, 91.5)]);
        assert!((words[0].size - 12.0).abs() < 0.1);
    }
}
