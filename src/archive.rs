//! The output folder: records, findings, ledger, summary, and what a later run needs to know.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::bodies::Body;
use crate::correction::Corrections;
use crate::document::{Problem, ProblemCode};
use crate::finding::{Finding, Level};
use crate::model::{Document, Kind, Language, Record, SourceInfo, Status};
use crate::rules::Subject;
use crate::source::{LeftOut, sha256};

mod corrections;
mod lines;
mod lock;
mod state;
mod verdicts;

pub use lock::Lock;
pub use state::{Layout, Made, StateWriter, Unit};

/// The longest file or folder name written, in bytes; file systems take 255, and a temporary name is a little longer.
const NAME_BYTES: usize = 240;

/// The longest path of a record below `records/`, in bytes. Linux takes 4096 for the whole.
const PATH_BYTES: usize = 2000;

/// The value of `schema` in a summary.
pub const SUMMARY_SCHEMA: &str = "motebok/summary/1";

/// One line of `ledger.jsonl`: what became of one input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LedgerLine {
    /// Path of the input.
    pub path: String,
    /// SHA-256 of its bytes; empty where they could not be read.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// PRONOM identifier of its format.
    pub puid: Option<String>,
    /// How reading went.
    pub status: Status,
    /// The first problem.
    pub problem: Option<ProblemCode>,
    /// How long reading took, in milliseconds.
    pub millis: u64,
    /// How many findings are reported for it.
    pub findings: u64,
}

/// `summary.json`: the totals of an archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Always `motebok/summary/1`.
    pub schema: String,
    /// Number of inputs. The statuses add up to it.
    pub inputs: u64,
    /// Bytes of all inputs that are no entries of a container.
    pub bytes: u64,
    /// Inputs by status; every status is listed.
    pub status: BTreeMap<Status, u64>,
    /// Inputs by their first problem.
    pub problems: BTreeMap<ProblemCode, u64>,
    /// Inputs by format.
    pub formats: Vec<FormatCount>,
    /// Files that were left out.
    pub left_out: LeftOut,
    /// What was extracted, duplicates apart.
    pub extracted: Extracted,
    /// How much the rules had to look at.
    pub looked_at: BTreeMap<Subject, u64>,
    /// Findings by level, rule, body and year.
    pub findings: FindingCounts,
    /// How the run went. The only part that differs from run to run.
    pub run: Run,
}

/// Inputs of one format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormatCount {
    /// PRONOM identifier.
    pub puid: Option<String>,
    /// The format's name; empty where it is unknown.
    pub name: String,
    /// Number of inputs.
    pub files: u64,
}

/// What was extracted from an archive, duplicates apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extracted {
    /// Constituent documents by kind.
    pub documents: BTreeMap<Kind, u64>,
    /// Cases.
    pub cases: u64,
    /// Decisions.
    pub decisions: u64,
    /// Votes.
    pub votes: u64,
    /// Tables of amounts.
    pub tables: u64,
    /// Attendance entries.
    pub attendance: u64,
    /// Words of vote, decision and amount that were seen in the texts.
    pub words_seen: u64,
    /// Those of them that lie in something extracted.
    pub words_explained: u64,
    /// Dates with minutes or an agenda, by body and year.
    pub meetings: BTreeMap<String, BTreeMap<String, u64>>,
}

/// Findings by level, rule, body and year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingCounts {
    /// All findings.
    pub total: u64,
    /// By level.
    pub levels: BTreeMap<Level, u64>,
    /// By rule, then level.
    pub rules: BTreeMap<String, BTreeMap<Level, u64>>,
    /// By body, then level; an empty name where the body is unknown or the finding is about a file.
    pub bodies: BTreeMap<String, BTreeMap<Level, u64>>,
    /// By the year of the meeting, then level; an empty name where it is unknown or the finding is about a file.
    pub years: BTreeMap<String, BTreeMap<Level, u64>>,
}

/// How a run went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Version of the program.
    pub version: String,
    /// The inputs as given.
    pub inputs: Vec<String>,
    /// Options that bear on the results: `ocr`, and levels given to rules.
    pub options: BTreeMap<String, String>,
    /// How many jobs ran side by side.
    pub jobs: u64,
    /// Files read in this run; the others were unchanged.
    pub read: u64,
    /// Records removed because their input is gone.
    pub removed: u64,
    /// How long it took, in milliseconds.
    pub millis: u64,
}

/// Why the output folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Something else than a folder stands there.
    #[error("{0} is not a folder; name another folder for the output")]
    NotAFolder(PathBuf),
    /// There is no archive.
    #[error("{0} holds no archive; make one with `motebok run INPUT -o {0}`")]
    NoArchive(PathBuf),
    /// A file cannot be written.
    #[error("cannot write {0}: {1}")]
    Write(PathBuf, io::Error),
    /// There is no room for a file.
    #[error("cannot write {0}: the disk is full ({1}); make room and run again, which goes on from here")]
    Full(PathBuf, io::Error),
    /// Somebody else writes the archive.
    #[error("another motebok is at work on {0}; wait until it is done, or end it")]
    Busy(PathBuf),
    /// A file cannot be read.
    #[error("cannot read {0}: {1}")]
    Read(PathBuf, io::Error),
    /// A file does not hold what it should.
    #[error("{0} is damaged ({1}); `motebok run --fresh` writes it anew")]
    Damaged(PathBuf, serde_json::Error),
}

impl ArchiveError {
    /// That `file` cannot be written, and why.
    #[must_use]
    pub fn write(file: PathBuf, why: io::Error) -> Self {
        match why.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full(file, why),
            _ => Self::Write(file, why),
        }
    }
}

/// An output folder.
#[derive(Debug, Clone)]
pub struct Archive {
    root: PathBuf,
    /// What people corrected, where records are to be given so.
    corrections: Option<Arc<Corrections>>,
}

/// A record as far as it is read without its blocks.
#[derive(Deserialize)]
struct Bare {
    schema: String,
    source: SourceInfo,
    status: Status,
    problems: Vec<Problem>,
    language: Language,
    documents: Vec<Document>,
}

impl Archive {
    /// Opens `root` and makes the folder where there is none.
    ///
    /// # Errors
    /// Where `root` is a file or cannot be written.
    pub fn create(root: &Path) -> Result<Self, ArchiveError> {
        if root.exists() && !root.is_dir() {
            return Err(ArchiveError::NotAFolder(root.to_path_buf()));
        }
        let records = root.join("records");
        fs::create_dir_all(&records).map_err(|e| ArchiveError::write(records, e))?;
        Ok(Self { root: root.to_path_buf(), corrections: None })
    }

    /// Opens an archive that is there.
    ///
    /// # Errors
    /// Where there is none.
    pub fn open(root: &Path) -> Result<Self, ArchiveError> {
        if root.exists() && !root.is_dir() {
            return Err(ArchiveError::NotAFolder(root.to_path_buf()));
        }
        if !root.join("records").is_dir() {
            return Err(ArchiveError::NoArchive(root.to_path_buf()));
        }
        Ok(Self { root: root.to_path_buf(), corrections: None })
    }

    /// The path of a file of the archive.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Where the record of the input `path` lies.
    #[must_use]
    pub fn record_file(&self, path: &str) -> PathBuf {
        self.root.join("records").join(record_path(path))
    }

    /// Writes the record of the input `path`.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write_record(&self, path: &str, json: &[u8]) -> Result<(), ArchiveError> {
        let file = self.record_file(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|e| ArchiveError::write(folder.to_path_buf(), e))?;
        }
        write_atomic(&file, json, false)
    }

    /// The record of the input `path`.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn record(&self, path: &str) -> Result<Record, ArchiveError> {
        self.record_of(path, &self.record_bytes(path)?)
    }

    /// The record of the input `path`, from its bytes.
    ///
    /// # Errors
    /// Where they are no record.
    pub fn record_of(&self, path: &str, bytes: &[u8]) -> Result<Record, ArchiveError> {
        let record = serde_json::from_slice(bytes).map_err(|e| ArchiveError::Damaged(self.record_file(path), e))?;
        Ok(self.with_corrections(record))
    }

    fn with_corrections(&self, record: Record) -> Record {
        match &self.corrections {
            Some(corrections) => corrections.applied(record),
            None => record,
        }
    }

    /// The record of the input `path` without its blocks, which are most of it.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn record_without_blocks(&self, path: &str) -> Result<Record, ArchiveError> {
        let bare: Bare = serde_json::from_slice(&self.record_bytes(path)?)
            .map_err(|e| ArchiveError::Damaged(self.record_file(path), e))?;
        let Bare { schema, source, status, problems, language, documents } = bare;
        let record = Record { schema, source, status, problems, language, blocks: Vec::new(), documents };
        Ok(self.with_corrections(record))
    }

    /// The bytes of the record of the input `path`.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn record_bytes(&self, path: &str) -> Result<Vec<u8>, ArchiveError> {
        let file = self.record_file(path);
        fs::read(&file).map_err(|e| ArchiveError::Read(file, e))
    }

    /// The record of the input `path` as JSON.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn record_json(&self, path: &str) -> Result<serde_json::Value, ArchiveError> {
        read_json(&self.record_file(path))
    }

    /// Whether the record of the input `path` is there.
    #[must_use]
    pub fn has_record(&self, path: &str) -> bool {
        self.record_file(path).is_file()
    }

    /// Removes every record that belongs to none of `paths`; says how many.
    ///
    /// # Errors
    /// Where one cannot be removed.
    pub fn keep_only<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Result<u64, ArchiveError> {
        let keep: HashSet<PathBuf> = paths.map(|p| self.record_file(p)).collect();
        let (_, removed) = prune(&self.root.join("records"), &keep)?;
        Ok(removed)
    }

    /// The lines of the ledger, in order of path.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn ledger(&self) -> Result<Vec<LedgerLine>, ArchiveError> {
        read_lines(&self.file("ledger.jsonl"))
    }

    /// The findings, in order of path and place.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn findings(&self) -> Result<Vec<Finding>, ArchiveError> {
        read_lines(&self.file("findings.jsonl"))
    }

    /// The bodies, in order of municipality and name.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn bodies(&self) -> Result<Vec<Body>, ArchiveError> {
        read_lines(&self.file("bodies.jsonl"))
    }

    /// Writes the bodies.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn write_bodies(&self, bodies: &[Body]) -> Result<(), ArchiveError> {
        write_lines(&self.file("bodies.jsonl"), bodies)
    }

    /// The summary.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn summary(&self) -> Result<Summary, ArchiveError> {
        read_json(&self.file("summary.json"))
    }

    /// Writes the ledger.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write_ledger(&self, lines: &[LedgerLine]) -> Result<(), ArchiveError> {
        write_lines(&self.file("ledger.jsonl"), lines)
    }

    /// Writes the findings.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn write_findings(&self, findings: &[Finding]) -> Result<(), ArchiveError> {
        write_lines(&self.file("findings.jsonl"), findings)
    }

    /// Writes the summary. It comes last: an archive with a summary is complete.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write_summary(&self, summary: &Summary) -> Result<(), ArchiveError> {
        let file = self.file("summary.json");
        write_atomic(&file, &pretty(summary).map_err(|e| ArchiveError::Damaged(file.clone(), e))?, true)
    }

    /// Marks the archive as incomplete until [`Archive::write_summary`].
    ///
    /// # Errors
    /// Where the old summary cannot be removed.
    pub fn invalidate(&self) -> Result<(), ArchiveError> {
        remove(&self.file("summary.json"))
    }

    /// Writes a file of the archive whole.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        write_atomic(&self.file(name), bytes, false)
    }

    /// Forgets what earlier runs read. `verdicts.jsonl` and `corrections.jsonl` stay.
    ///
    /// # Errors
    /// Where something cannot be removed.
    pub fn forget(&self) -> Result<(), ArchiveError> {
        for name in ["state.jsonl", "summary.json", "findings.jsonl", "bodies.jsonl", "ledger.jsonl", "report.html"] {
            remove(&self.file(name))?;
        }
        self.keep_only(std::iter::empty()).map(|_| ())
    }
}

/// Where the record of the input `path` lies below `records/`. A name that is too long is cut and gets a hash; so does a
/// folder that is called like a record.
#[must_use]
pub fn record_path(path: &str) -> PathBuf {
    let file = format!("{path}.json");
    let mut parts: Vec<&str> = file.split('/').collect();
    let last = parts.pop().unwrap_or_default();
    let mut whole = PathBuf::new();
    for part in parts {
        let is_clear = part.len() <= NAME_BYTES && !part.ends_with(".json");
        whole.push(if is_clear { part.to_owned() } else { shortened(part, "") });
    }
    let stem = last.trim_end_matches(".json");
    whole.push(if last.len() <= NAME_BYTES { last.to_owned() } else { shortened(stem, ".json") });
    if whole.as_os_str().len() > PATH_BYTES {
        return PathBuf::from(shortened("deep", "")).join(format!("{}.json", &sha256(path.as_bytes())[..32]));
    }
    whole
}

/// The beginning of `name`, a hash of all of it, and `end`.
fn shortened(name: &str, end: &str) -> String {
    let hash = &sha256(name.as_bytes())[..16];
    let room = name.floor_char_boundary(NAME_BYTES - 17 - end.len());
    format!("{}~{hash}{end}", &name[..room])
}

/// JSON for a reader's eyes, with a line feed at the end.
///
/// # Errors
/// Where the value cannot be written as JSON.
pub fn pretty<T: Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes beside the file and then renames, so that no half file is ever seen.
fn write_atomic(file: &Path, bytes: &[u8], sync: bool) -> Result<(), ArchiveError> {
    write_in_parts(file, sync, |out| out.write_all(bytes))
}

/// The same for what would take much memory as a whole.
fn write_in_parts(
    file: &Path,
    sync: bool,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), ArchiveError> {
    let mut name = file.file_name().unwrap_or_default().to_os_string();
    name.push(".tmp");
    let temporary = file.with_file_name(name);
    let written = File::create(&temporary).and_then(|out| {
        let mut out = BufWriter::new(out);
        write(&mut out)?;
        out.flush()?;
        if sync { out.get_ref().sync_all() } else { Ok(()) }
    });
    written.and_then(|()| fs::rename(&temporary, file)).map_err(|e| ArchiveError::write(file.to_path_buf(), e))
}

fn write_lines<T: Serialize>(file: &Path, lines: &[T]) -> Result<(), ArchiveError> {
    write_in_parts(file, true, |out| lines.iter().try_for_each(|line| write_line(out, line)))
}

fn write_line<T: Serialize>(out: &mut impl Write, line: &T) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

fn read_json<T: DeserializeOwned>(file: &Path) -> Result<T, ArchiveError> {
    let bytes = fs::read(file).map_err(|e| ArchiveError::Read(file.to_path_buf(), e))?;
    serde_json::from_slice(&bytes).map_err(|e| ArchiveError::Damaged(file.to_path_buf(), e))
}

fn read_lines<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>, ArchiveError> {
    let reader = BufReader::new(File::open(file).map_err(|e| ArchiveError::Read(file.to_path_buf(), e))?);
    let mut lines = Vec::new();
    for line in reader.lines() {
        let line = line.map_err(|e| ArchiveError::Read(file.to_path_buf(), e))?;
        if !line.is_empty() {
            lines.push(serde_json::from_str(&line).map_err(|e| ArchiveError::Damaged(file.to_path_buf(), e))?);
        }
    }
    Ok(lines)
}

fn remove(file: &Path) -> Result<(), ArchiveError> {
    match fs::remove_file(file) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(ArchiveError::write(file.to_path_buf(), e)),
        _ => Ok(()),
    }
}

/// Removes the files under `folder` that are not to be kept, and folders that get empty. Says whether anything is left
/// and how many records went.
fn prune(folder: &Path, keep: &HashSet<PathBuf>) -> Result<(bool, u64), ArchiveError> {
    let mut left = false;
    let mut removed = 0;
    for entry in fs::read_dir(folder).map_err(|e| ArchiveError::Read(folder.to_path_buf(), e))?.flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            let (inner_left, inner_removed) = prune(&path, keep)?;
            removed += inner_removed;
            if !inner_left {
                fs::remove_dir(&path).map_err(|e| ArchiveError::write(path.clone(), e))?;
            }
            left |= inner_left;
        } else if keep.contains(&path) {
            left = true;
        } else {
            removed += u64::from(path.extension().is_some_and(|e| e == "json"));
            remove(&path)?;
        }
    }
    Ok((left, removed))
}
