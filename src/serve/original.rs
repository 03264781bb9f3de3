//! The original files: for download, and PDF pages as pictures.

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
use crate::model::Record;
use crate::source::sha256;

/// How fine the pictures are.
pub(super) const DPI: u32 = 96;

/// How long a page may take to draw.
const PATIENCE: Duration = Duration::from_secs(20);

/// A file that the ledger names, byte for byte as it was read.
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
        && ask.held().is_ok_and(|held| held.files.contains_key(&record.source.path))
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

fn bytes(ask: &Ask, shown: &Shown, path: &str) -> Result<Vec<u8>, Failure> {
    if !shown.hidden.is_empty() {
        return Err(Failure::new(
            StatusCode::FORBIDDEN,
            "Filen holder saker som er unntatt offentlighet. Start med --closed for å hente den.",
            "The file holds cases closed to the public. Start with --closed to get it.",
        ));
    }
    if let Some(container) = &shown.record.source.container {
        return Err(Failure::new(
            StatusCode::NOT_FOUND,
            format!("Filen ligger i {container}; hent den."),
            format!("The file lies in {container}; get that one."),
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
    let file = held.files.get(path).ok_or_else(gone)?;
    let bytes = fs::read(file).map_err(|_| gone())?;
    if sha256(&bytes) != shown.record.source.sha256 {
        return Err(Failure::new(
            StatusCode::CONFLICT,
            "Filen er endret etter at arkivet ble lest. Kjør motebok run på nytt.",
            "The file has changed since the archive was read. Run motebok run again.",
        ));
    }
    Ok(bytes)
}
