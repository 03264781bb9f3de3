//! The original files: for download, and PDF pages as pictures.

use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use axum::http::StatusCode;

use super::ask::{Ask, Failure, Reply};
use super::shown::Shown;
use crate::archive::LedgerLine;
use crate::model::Record;
use crate::pipeline;
use crate::source::sha256;

/// How fine the pictures are.
pub(super) const DPI: u32 = 96;

/// How long a page may take to draw.
const PATIENCE: Duration = Duration::from_secs(20);

/// A file that the ledger names, byte for byte as it was read, also out of a container.
pub(super) fn original(ask: &Ask, path: &str) -> Result<Reply, Failure> {
    let shown = Shown::read(ask, path)?;
    let bytes = bytes(ask, &shown, path)?;
    let name = path.rsplit('/').next().unwrap_or(path).to_owned();
    // Never the file's own type: the browser is to save it, not to run it.
    Ok(Reply::File { mime: "application/octet-stream".to_owned(), name: Some(name), bytes, lasting: false })
}

/// A page of a PDF as PNG: `n`, from 1.
pub(super) fn picture(ask: &Ask, path: &str) -> Result<Reply, Failure> {
    let shown = Shown::read(ask, path)?;
    if !can_draw(ask, &shown.record) {
        return Err(Failure::unknown());
    }
    let bytes = bytes(ask, &shown, path)?;
    let number = ask.number("n", 1).to_string();
    let folder = tempfile::tempdir().map_err(Failure::broken)?;
    let file = folder.path().join("file.pdf");
    fs::write(&file, bytes).map_err(Failure::broken)?;
    let _turn = ask.room.drawing.lock().unwrap_or_else(PoisonError::into_inner);
    let png = draw(&file, &number).map_err(Failure::broken)?;
    if png.is_empty() {
        return Err(Failure::unknown());
    }
    Ok(Reply::File { mime: "image/png".to_owned(), name: None, bytes: png, lasting: true })
}

/// Whether pages of a file can be drawn: a PDF that still lies where it was read, and `pdftoppm` is installed.
pub(super) fn can_draw(ask: &Ask, record: &Record) -> bool {
    static INSTALLED: OnceLock<bool> = OnceLock::new();
    let runs = || Command::new("pdftoppm").arg("-v").stderr(Stdio::null()).stdout(Stdio::null()).status().is_ok();
    record.source.format.mime == "application/pdf"
        && ask.held().is_ok_and(|held| held.file_of(&record.source.path).is_some())
        && *INSTALLED.get_or_init(runs)
}

fn draw(file: &Path, number: &str) -> std::io::Result<Vec<u8>> {
    let mut child = Command::new("pdftoppm")
        .args(["-png", "-r", &DPI.to_string(), "-cropbox", "-f", number, "-l", number])
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut out = child.stdout.take();
    let reading = thread::spawn(move || {
        let mut png = Vec::new();
        out.as_mut().map(|out| out.read_to_end(&mut png)).transpose().map(|_| png)
    });
    let started = Instant::now();
    while child.try_wait()?.is_none() {
        if started.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Err(std::io::Error::other("pdftoppm took too long"));
        }
        thread::sleep(Duration::from_millis(10));
    }
    reading.join().map_err(|_| std::io::Error::other("pdftoppm could not be read"))?
}

/// Whether a file holds closed cases: in itself, in an entry of it, or in a file that is the same.
fn hides(ask: &Ask, path: &str) -> Result<bool, Failure> {
    let held = ask.held()?;
    let (mut seen, mut next) = (HashSet::new(), vec![path]);
    while let Some(path) = next.pop().filter(|_| !ask.view.closed) {
        if !seen.insert(path) {
            continue;
        }
        let shown = Shown::read(ask, path)?;
        if !shown.hidden.is_empty() {
            return Ok(true);
        }
        let is_same = |line: &&LedgerLine| line.sha256 == shown.record.source.sha256;
        next.extend(held.ledger.values().filter(is_same).map(|line| line.path.as_str()));
        let within = format!("{path}/");
        let entries = held.ledger.range(within.clone()..).map(|(path, _)| path.as_str());
        next.extend(entries.take_while(|path| path.starts_with(&within)));
    }
    Ok(false)
}

fn bytes(ask: &Ask, shown: &Shown, path: &str) -> Result<Vec<u8>, Failure> {
    if hides(ask, path)? {
        return Err(Failure::new(
            StatusCode::FORBIDDEN,
            "Filen holder saker som er unntatt offentlighet. Start med --closed for å hente den.",
            "The file holds cases closed to the public. Start with --closed to get it.",
        ));
    }
    let held = ask.held()?;
    let gone = || {
        Failure::new(
            StatusCode::NOT_FOUND,
            format!("Filen ligger ikke lenger der den ble lest ({}).", held.summary.run.inputs.join(", ")),
            format!("The file is no longer where it was read ({}).", held.summary.run.inputs.join(", ")),
        )
    };
    let (outermost, file) = held.file_of(path).ok_or_else(gone)?;
    let mut bytes = fs::read(file).map_err(|_| gone())?;
    if outermost != path {
        bytes = pipeline::entry(outermost, &bytes, path).ok_or_else(gone)?;
    }
    if sha256(&bytes) != shown.record.source.sha256 {
        return Err(Failure::new(
            StatusCode::CONFLICT,
            "Filen er endret etter at arkivet ble lest. Kjør motebok run på nytt.",
            "The file has changed since the archive was read. Run motebok run again.",
        ));
    }
    Ok(bytes)
}
