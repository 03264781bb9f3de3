//! What the main process and its workers tell each other: a line of JSON each way, on the worker's standard streams.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::archive::{ArchiveError, Unit};
use crate::document::Problem;
use crate::model::SourceInfo;
use crate::read::ocr::Ocr;
use crate::source::Source;

/// The first line to a worker.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Setup {
    /// The output folder.
    pub(super) out: OsString,
    pub(super) ocr: Ocr,
    /// Pages that are read by OCR side by side.
    pub(super) threads: usize,
    /// Bytes of address space that the worker allows itself.
    pub(super) memory: u64,
}

/// Every other line to a worker: one file to read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Task {
    pub(super) path: String,
    /// Where the file lies. Names need not be Unicode.
    file: OsString,
    pub(super) bytes: u64,
    modified: u64,
    error: Option<String>,
    /// Nothing in the file is taken for a duplicate.
    pub(super) whole: bool,
    /// Extract again from the blocks of these records, without reading the file.
    pub(super) known: Option<Unit>,
    /// Entries of the file at which workers died.
    pub(super) lost: Vec<Lost>,
}

/// An input at which a worker died.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Lost {
    pub(super) source: SourceInfo,
    pub(super) problem: Problem,
}

impl Task {
    pub(super) fn new(source: &Source, whole: bool, known: Option<Unit>) -> Self {
        Self {
            path: source.path.clone(),
            file: source.file.clone().into_os_string(),
            bytes: source.bytes,
            modified: source.modified,
            error: source.error.clone(),
            whole,
            known,
            lost: Vec::new(),
        }
    }

    pub(super) fn source(&self) -> Source {
        Source {
            path: self.path.clone(),
            file: PathBuf::from(self.file.clone()),
            bytes: self.bytes,
            modified: self.modified,
            error: self.error.clone(),
        }
    }
}

/// A line from a worker.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Told {
    /// The worker is ready for files.
    Ready,
    /// This input is at hand, known as far as it is told here.
    At(Box<SourceInfo>),
    /// Work goes on.
    Beat,
    /// OCR begins or ends.
    Ocr(bool),
    /// The file is done and its records are written.
    Done(Unit),
    /// The output folder cannot be written.
    Stopped(Fault),
}

/// An [`ArchiveError`] on its way between processes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Fault {
    file: OsString,
    message: String,
    /// The system's number of the error.
    number: Option<i32>,
}

impl From<&ArchiveError> for Fault {
    fn from(error: &ArchiveError) -> Self {
        match error {
            ArchiveError::Write(file, why) | ArchiveError::Full(file, why) | ArchiveError::Read(file, why) => {
                let file = file.clone().into_os_string();
                Self { file, message: why.to_string(), number: why.raw_os_error() }
            }
            other => Self { file: OsString::new(), message: other.to_string(), number: None },
        }
    }
}

impl From<Fault> for ArchiveError {
    fn from(fault: Fault) -> Self {
        let why = fault.number.map_or_else(|| io::Error::other(fault.message), io::Error::from_raw_os_error);
        Self::write(PathBuf::from(fault.file), why)
    }
}
