//! WordPerfect and Microsoft Works documents, through the programs of libwpd and libwps where they are installed.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::document::{Block, BlockKind, Document, Problem, ProblemCode};
use crate::identify::{Format, Input, Match, Probe, Read, Reader};

/// WordPerfect.
pub const FORMAT: Format = Format {
    id: "wpd",
    extensions: &["wpd", "wp", "wp5", "wp6", "doc"],
    sniff,
    reader: Reader::Document(|input| read_with(&WORDPERFECT, input)),
};

/// Microsoft Works word processor.
pub const WORKS: Format = Format {
    id: "wps",
    extensions: &["wps"],
    sniff: sniff_works,
    reader: Reader::Document(|input| read_with(&MS_WORKS, input)),
};

/// How long a program may take over one file.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that prints the text of a file, a paragraph a line.
struct Program {
    name: &'static str,
    /// The Debian package it comes in.
    package: &'static str,
}

const WORDPERFECT: Program = Program { name: "wpd2text", package: "libwpd-tools" };
const MS_WORKS: Program = Program { name: "wps2text", package: "libwps-tools" };

/// The head of a WordPerfect file: signature, product 1 at 8, type 10 at 9, version at 10 and 11.
fn sniff(probe: &Probe) -> Option<Match> {
    let head = probe.bytes.get(..12)?;
    if !head.starts_with(b"\xFFWPC") || head[8] != 1 || head[9] != 10 {
        return None;
    }
    let (puid, name) = match (head[10], head[11]) {
        (0, 0) => ("x-fmt/393", "WordPerfect for MS-DOS Document 5.0"),
        (0, _) => ("x-fmt/394", "WordPerfect for MS-DOS/Windows Document 5.1"),
        _ => ("x-fmt/44", "WordPerfect for Windows Document 6.0"),
    };
    Some(Match::new(Some(puid), name, "application/vnd.wordperfect", "WordPerfect signature, type document"))
}

/// Works 3 and 4 keep the text in the stream `MN0`, later versions in `CONTENTS`, which begins with a mark of its own.
fn sniff_works(probe: &Probe) -> Option<Match> {
    let has = |stream: &str| probe.ole_names().iter().any(|name| name == stream);
    let (puid, basis) = if has("MN0") && has("MatOST") {
        (Some("fmt/233"), "compound file with the streams MatOST and MN0")
    } else if has("CONTENTS") && memchr::memmem::find(probe.bytes, b"CHNKWKS").is_some() {
        // Versions 5 to 9 write it; PRONOM has an identifier for the first two alone.
        (None, "compound file with the stream CONTENTS of Works")
    } else {
        return None;
    };
    Some(Match::new(puid, "Microsoft Works Word Processor", "application/vnd.ms-works", basis))
}

fn read_with(program: &Program, input: &Input) -> Read {
    let failed = |error: std::io::Error| Problem::new(ProblemCode::Unreadable, format!("{}: {error}", program.name));
    let file = TemporaryFile::new(input.bytes).map_err(failed)?;
    let mut child = Command::new(program.name)
        .arg(&file.path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => {
                let message = format!("needs the program {} (Debian package {})", program.name, program.package);
                Problem::new(ProblemCode::ToolMissing, message)
            }
            _ => failed(error),
        })?;
    let most = input.limits.part_bytes;
    let output = child.stdout.take();
    let reading = std::thread::spawn(move || {
        let mut text = Vec::new();
        let outcome = output.map(|output| output.take(most).read_to_end(&mut text));
        (text, outcome.is_some_and(|outcome| outcome.is_ok()))
    });
    let start = Instant::now();
    let status = loop {
        match child.try_wait().map_err(failed)? {
            Some(status) => break Some(status),
            None if start.elapsed() > PATIENCE => {
                child.kill().and_then(|()| child.wait()).map_err(failed)?;
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let (text, whole) = reading.join().unwrap_or_default();
    let document = paragraphs(&String::from_utf8_lossy(&text));
    let problem = match status {
        None => Some(Problem::new(ProblemCode::Timeout, format!("{} did not end in time", program.name))),
        Some(status) if !status.success() || !whole => {
            Some(Problem::new(ProblemCode::Damaged, format!("{} could not read all of the file", program.name)))
        }
        Some(_) => None,
    };
    match problem {
        Some(problem) if document.blocks.is_empty() => Err(problem),
        problem => Ok((document, problem.into_iter().collect())),
    }
}

/// A block a line; a form feed begins a page.
fn paragraphs(text: &str) -> Document {
    let mut document = Document::default();
    let mut page_break = false;
    for line in text.split('\n') {
        page_break |= line.contains('\u{C}');
        let shown: String = line.chars().filter(|c| *c == '\t' || !c.is_control()).collect();
        let shown = shown.trim();
        if !shown.is_empty() {
            let block = Block::new(BlockKind::Paragraph, shown);
            document.push(Block { page_break: std::mem::take(&mut page_break), ..block });
        }
    }
    document
}

/// A file for the program to read, removed when dropped.
struct TemporaryFile {
    path: PathBuf,
}

impl TemporaryFile {
    fn new(bytes: &[u8]) -> std::io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        loop {
            let name = format!("motebok-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
            let path = std::env::temp_dir().join(name);
            let created: std::io::Result<File> = options.open(&path);
            match created {
                Ok(mut file) => {
                    let this = Self { path };
                    file.write_all(bytes)?;
                    return Ok(this);
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // A file left behind in the folder for such files does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::limits::Limits;

    #[test]
    fn versions_are_told_apart() {
        let head = |major: u8, minor: u8| {
            let bytes = [b"\xFFWPC\x00\x00\x00\x00\x01\x0A".as_slice(), &[major, minor]].concat();
            sniff(&Probe::new(&bytes, "wpd")).unwrap().puid
        };
        assert_eq!([head(0, 0), head(0, 1), head(2, 1)], [Some("x-fmt/393"), Some("x-fmt/394"), Some("x-fmt/44")]);
        assert_eq!(sniff(&Probe::new(b"\xFFWPC\x00\x00\x00\x00\x01\x16\x00\x00", "wpg")), None);
    }

    #[test]
    fn a_missing_program_is_named_with_its_package() {
        let found = Match::new(None, "", "", "");
        let input = Input { bytes: b"x", name: "input.wpd", found: &found, limits: &Limits::DEFAULT };
        let problem = read_with(&Program { name: "no-such-program", package: "libwpd-tools" }, &input).unwrap_err();
        assert_eq!(problem.code, ProblemCode::ToolMissing);
        assert!(problem.message.contains("libwpd-tools"));
    }

    #[test]
    fn lines_are_paragraphs() {
        let document = paragraphs("One\n\n\u{C}Two\tx \n");
        let texts: Vec<(&str, bool)> = document.blocks.iter().map(|b| (b.text.as_str(), b.page_break)).collect();
        assert_eq!(texts, [("One", false), ("Two\tx", true)]);
    }
}
