//! One file on disk to its records: its own and, where it is a container, those of its entries.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::time::Instant;

use super::frame::{Lost, Task};
use super::guard::guarded;
use super::{lock, millis, version};
use crate::archive::{Archive, ArchiveError, Layout, LedgerLine, Unit};
use crate::document::{Block, Document, Problem, ProblemCode};
use crate::extract::extract;
use crate::identify::{Contents, Entry, Format, Input, Match, Opened, Probe, Reader, identify};
use crate::limits::{Limits, Room};
use crate::model::{Completeness, FormatInfo, Language, RECORD_SCHEMA, Record, SourceInfo, Status};
use crate::read::{FORMATS, ocr, typed};
use crate::schema;
use crate::source::{self, GOLD_SUFFIX, Source, extension, is_hidden, sha256, with_suffix};
use crate::validate::{RecordValidator, holds};

/// A file that declares at least so many characters is looked at for lost text. Short files declare by guess.
const DECLARED_MIN: u64 = 200;

/// Entries of one container that may cost a worker each; after that the rest of it is not read.
const LOST_MAX: usize = 5;

/// Told where reading is.
pub(super) trait Watch: Sync {
    /// This input is at hand, known as far as it is told here.
    fn at(&self, _source: &SourceInfo) {}

    /// Work goes on.
    fn beat(&self) {}

    /// OCR begins or ends.
    fn ocr(&self, _begins: bool) {}
}

/// Nobody watches.
impl Watch for () {}

/// What reading needs.
pub(super) struct Reading<'a> {
    pub(super) limits: &'a Limits,
    pub(super) ocr: &'a ocr::Settings,
    /// The first path seen so far of each content.
    pub(super) seen: &'a Mutex<HashMap<String, String>>,
    /// Takes each record as it is made.
    pub(super) sink: &'a (dyn Fn(Record) -> Result<(), ArchiveError> + Sync),
    pub(super) watch: &'a dyn Watch,
    /// Where earlier records are, to extract from again.
    pub(super) archive: Option<&'a Archive>,
}

/// One input on its way to a record.
struct Job<'a> {
    path: &'a str,
    bytes: &'a [u8],
    container: Option<&'a str>,
    depth: usize,
    /// Take the input for no duplicate.
    whole: bool,
    /// The same bytes were read in this file before.
    is_repeated: bool,
    /// Entries that are known to cost a worker each.
    lost: &'a [Lost],
}

impl Reading<'_> {
    /// Reads one file, or extracts again from its records, and hands the records to the sink.
    pub(super) fn task(&self, task: &Task) -> Result<Unit, ArchiveError> {
        let again = task.known.as_ref().zip(self.archive).map(|(known, archive)| self.extract_again(known, archive));
        match again {
            // A record of another time, or one that is damaged.
            None | Some(Err(ArchiveError::Damaged(..) | ArchiveError::Read(..))) => {
                self.unit(&task.source(), task.whole, &task.lost)
            }
            Some(done) => done,
        }
    }

    /// Reads one file and hands its records to the sink. Where `whole`, nothing in it is taken for a duplicate.
    pub(super) fn unit(&self, source: &Source, whole: bool, lost: &[Lost]) -> Result<Unit, ArchiveError> {
        let started = Instant::now();
        let mut unit = Unit { extraction: version::EXTRACTION.to_owned(), ..Unit::new(source) };
        if source.bytes > self.limits.container_bytes {
            let most = self.limits.container_bytes;
            let message = format!("the file has {} bytes; one of more than {most} is not read", source.bytes);
            let problem = Problem::new(ProblemCode::LimitExceeded, message);
            self.put(&mut unit, failed(unread(source), problem), started)?;
            return Ok(unit);
        }
        match source::read(source) {
            Ok(bytes) => {
                let path = &source.path;
                let job = Job { path, bytes: &bytes, container: None, depth: 0, whole, is_repeated: false, lost };
                self.input(&job, &mut Room::new(self.limits, bytes.len()), &mut unit)?;
            }
            Err(why) => {
                let record = failed(unread(source), Problem::new(ProblemCode::Unreadable, why));
                self.put(&mut unit, record, started)?;
            }
        }
        Ok(unit)
    }

    /// Reads one input; gives the limit that was hit in it, where it is a container. `room` is that of the outermost one.
    fn input(&self, job: &Job, room: &mut Room, unit: &mut Unit) -> Result<Option<Problem>, ArchiveError> {
        let started = Instant::now();
        let mut source = info(job.path, job.bytes, job.container);
        if job.bytes.is_empty() {
            let problem = Problem::new(ProblemCode::Empty, "the file has no bytes");
            return self.put(unit, failed(source, problem), started).map(|()| None);
        }
        self.watch.at(&source);
        let extension = extension(job.path);
        let probe = Probe::new(job.bytes, &extension);
        let (format, found) = match guarded(|| identify(&probe, FORMATS)) {
            Ok(Some(known)) => known,
            Ok(None) => {
                "application/octet-stream".clone_into(&mut source.format.mime);
                "no known signature".clone_into(&mut source.format.basis);
                let problem = Problem::new(ProblemCode::Unsupported, "the content is of no known format");
                return self.put(unit, failed(source, problem), started).map(|()| None);
            }
            Err(why) => {
                let problem = Problem::new(ProblemCode::Crashed, format!("identification stopped: {why}"));
                return self.put(unit, failed(source, problem), started).map(|()| None);
            }
        };
        source.format = format_info(format, &found, &extension);
        self.watch.at(&source);
        let name = job.path.rsplit('/').next().unwrap_or(job.path);
        let input = Input { bytes: job.bytes, name, found: &found, limits: self.limits };
        match format.reader {
            Reader::Container(_) if job.is_repeated => self.put(unit, blank(source), started).map(|()| None),
            Reader::Container(open) => self.container(job, source, guarded(|| open(&input)), room, unit, started),
            Reader::None => {
                let problem = Problem::new(ProblemCode::Unsupported, format!("{} is not read", found.name));
                self.put(unit, failed(source, problem), started).map(|()| None)
            }
            Reader::Document(read) => {
                let record = match note(self.seen, &source.sha256, job.path).filter(|_| !job.whole) {
                    Some(original) => duplicate(&source, &original),
                    None => {
                        let read = guarded(|| {
                            let (mut document, mut problems) = read(&input)?;
                            if !document.scans.is_empty() {
                                self.watch.ocr(true);
                                let beat = || self.watch.beat();
                                ocr::read_scans(job.bytes, &mut document, &mut problems, self.ocr, self.limits, &beat);
                                self.watch.ocr(false);
                            }
                            Ok((document, problems))
                        });
                        let (record, layout) = self.document(source, read);
                        if !layout.is_plain() {
                            unit.layouts.push((job.path.to_owned(), layout));
                        }
                        record
                    }
                };
                self.put(unit, record, started).map(|()| None)
            }
        }
    }

    /// The entries of a container, each an input of its own, then the container's own record. Gives the limit that was hit.
    fn container(
        &self,
        job: &Job,
        source: SourceInfo,
        opened: Result<Opened, String>,
        room: &mut Room,
        unit: &mut Unit,
        started: Instant,
    ) -> Result<Option<Problem>, ArchiveError> {
        let opened = opened.unwrap_or_else(|why| Err(stopped(&why))).and_then(|opened| {
            let is_deep = job.depth >= self.limits.container_depth && !opened.entries.is_empty();
            let deep = || Problem::new(ProblemCode::LimitExceeded, "too many containers within one another");
            if is_deep { Err(deep()) } else { Ok(opened) }
        });
        let Contents { entries, lost, properties } = match opened {
            Ok(contents) => contents,
            Err(problem) => {
                let hit = limit_of(&problem);
                self.put(unit, failed(source, problem), started)?;
                return Ok(hit);
            }
        };
        let mut hit = lost.as_ref().and_then(limit_of);
        let mut read_before = HashSet::new();
        for Named { path, inner, entry } in named(job.path, entries) {
            if inner.split('/').any(is_hidden) {
                unit.left_out.hidden += 1;
                continue;
            }
            if inner.ends_with(GOLD_SUFFIX) {
                unit.left_out.gold += 1;
                continue;
            }
            if let Some(what) = room.exhausted() {
                hit = Some(Problem::new(ProblemCode::LimitExceeded, what));
                break;
            }
            room.entries -= 1;
            let began = Instant::now();
            if let Some(nth) = job.lost.iter().position(|lost| lost.source.path == path) {
                let Lost { source, problem } = &job.lost[nth];
                self.put(unit, failed(source.clone(), problem.clone()), began)?;
                if nth + 1 >= LOST_MAX {
                    let message = format!("{LOST_MAX} entries could not be read to their end; the rest was not read");
                    hit = Some(Problem::new(ProblemCode::LimitExceeded, message));
                    break;
                }
                continue;
            }
            let bare = SourceInfo { path: path.clone(), container: Some(job.path.to_owned()), ..SourceInfo::default() };
            self.watch.at(&bare);
            let unpacked = guarded(|| (entry.unpack)(room)).unwrap_or_else(|why| Err(stopped(&why)));
            let hit_inside = match unpacked {
                Ok(bytes) => {
                    // An archive that holds one archive many times, each full of archives, would never end: what is
                    // the same is opened once, and the others become duplicates.
                    let entry = Job {
                        path: &path,
                        bytes: &bytes,
                        container: Some(job.path),
                        depth: job.depth + 1,
                        whole: job.whole,
                        is_repeated: !read_before.insert(sha256(&bytes)),
                        lost: job.lost,
                    };
                    self.input(&entry, room, unit)?
                }
                Err(problem) => {
                    let mut source = info(&path, &[], Some(job.path));
                    source.sha256 = String::new();
                    let hit = limit_of(&problem);
                    self.put(unit, failed(source, problem), began)?;
                    hit
                }
            };
            hit = hit.or(hit_inside);
        }
        let mut record = blank(SourceInfo { properties, ..source });
        if let Some(problem) = lost.or_else(|| hit.clone()) {
            record.status = Status::Partial;
            record.problems.push(problem);
        }
        self.put(unit, record, started)?;
        Ok(hit)
    }

    /// The record of a document, checked, and how its blocks are laid out.
    fn document(
        &self,
        mut source: SourceInfo,
        read: Result<Result<(Document, Vec<Problem>), Problem>, String>,
    ) -> (Record, Layout) {
        let (mut document, mut problems) = match read {
            Ok(Ok(read)) => read,
            Ok(Err(problem)) => return (failed(source, problem), Layout::default()),
            Err(why) => return (failed(source, stopped(&why)), Layout::default()),
        };
        typed::lay_out(&mut document, self.limits);
        document.gather_tabbed_rows();
        let extracted_chars = document.extracted_chars();
        source.completeness = Completeness { declared_chars: document.declared_chars, extracted_chars };
        source.encoding = document.encoding;
        source.pages = document.pages;
        source.properties = document.properties;
        source.deleted = document.deleted;
        source.embedded = document.embedded;
        let blocks = document.blocks;
        if blocks.is_empty() && problems.is_empty() {
            problems.push(Problem::new(ProblemCode::TextMissing, "the document has no text"));
        }
        if let Some(problem) = incomplete(source.completeness, &problems) {
            problems.push(problem);
        }
        let layout = Layout::of(&blocks);
        self.watch.beat();
        (self.extracted(source, blocks, problems, document.remarks), layout)
    }

    /// The record of what was read, with what is extracted from it. Remarks are no loss.
    fn extracted(
        &self,
        source: SourceInfo,
        mut blocks: Vec<Block>,
        mut problems: Vec<Problem>,
        mut remarks: Vec<Problem>,
    ) -> Record {
        let status = match (problems.is_empty(), blocks.is_empty()) {
            (true, _) => Status::Ok,
            (false, false) => Status::Partial,
            (false, true) => Status::Failed,
        };
        problems.append(&mut remarks);
        let (language, documents) = match guarded(|| extract(&blocks)) {
            Ok(extracted) => (extracted.language, extracted.documents),
            Err(why) => {
                let mut record = Record { status: Status::Partial, problems, blocks, ..blank(source) };
                record.problems.push(Problem::new(ProblemCode::Crashed, format!("extraction stopped: {why}")));
                return record;
            }
        };
        self.watch.beat();
        for block in &mut blocks {
            // These are not written, so rules must not see them either: a record read back gives the same findings.
            block.wrapped = false;
            block.page_break = false;
        }
        validated(Record { status, problems, language, blocks, documents, ..blank(source) })
    }

    /// Extracts again from the records of a file that an earlier run read.
    fn extract_again(&self, known: &Unit, archive: &Archive) -> Result<Unit, ArchiveError> {
        let mut unit = Unit { items: Vec::new(), extraction: version::EXTRACTION.to_owned(), ..known.clone() };
        let layouts: HashMap<&str, &Layout> =
            known.layouts.iter().map(|(path, layout)| (path.as_str(), layout)).collect();
        for line in &known.items {
            let started = Instant::now();
            if matches!(line.status, Status::Duplicate | Status::Failed) {
                unit.items.push(line.clone());
                continue;
            }
            let Record { source, mut problems, mut blocks, .. } = archive.record(&line.path)?;
            if blocks.is_empty() {
                unit.items.push(line.clone());
                continue;
            }
            self.watch.at(&source);
            if let Some(layout) = layouts.get(line.path.as_str()) {
                layout.give_back(&mut blocks);
            }
            problems.retain(|p| !matches!(p.code, ProblemCode::InvalidRecord | ProblemCode::Crashed));
            let (problems, remarks) =
                if line.status == Status::Ok { (Vec::new(), problems) } else { (problems, Vec::new()) };
            let record = self.extracted(source, blocks, problems, remarks);
            self.put(&mut unit, record, started)?;
        }
        Ok(unit)
    }

    /// Hands a record to the sink and its line to the unit.
    fn put(&self, unit: &mut Unit, record: Record, started: Instant) -> Result<(), ArchiveError> {
        unit.items.push(ledger_line(&record, started));
        (self.sink)(record)
    }
}

/// The line of a record; its findings come later.
pub(super) fn ledger_line(record: &Record, started: Instant) -> LedgerLine {
    LedgerLine {
        path: record.source.path.clone(),
        sha256: record.source.sha256.clone(),
        bytes: record.source.bytes,
        puid: record.source.format.puid.clone(),
        status: record.status,
        problem: record.problems.first().filter(|_| record.status != Status::Ok).map(|p| p.code),
        millis: millis(started),
        findings: 0,
    }
}

/// Notes that `path` has this content; gives the smallest other path that has it, where that stands before `path`.
pub(super) fn note(seen: &Mutex<HashMap<String, String>>, sha256: &str, path: &str) -> Option<String> {
    let mut seen = lock(seen);
    match seen.get_mut(sha256) {
        Some(first) if first.as_str() < path => Some(first.clone()),
        Some(first) => {
            path.clone_into(first);
            None
        }
        None => {
            seen.insert(sha256.to_owned(), path.to_owned());
            None
        }
    }
}

/// The record of an input with the same bytes as `original`.
pub(super) fn duplicate(source: &SourceInfo, original: &str) -> Record {
    let source = SourceInfo {
        path: source.path.clone(),
        sha256: source.sha256.clone(),
        bytes: source.bytes,
        format: source.format.clone(),
        container: source.container.clone(),
        duplicate_of: Some(original.to_owned()),
        ..SourceInfo::default()
    };
    Record { status: Status::Duplicate, ..blank(source) }
}

/// The record, without its documents where it does not keep its promises.
fn validated(mut record: Record) -> Record {
    let faults = if holds(&record) { Vec::new() } else { faults(&record) };
    if !faults.is_empty() {
        record.documents.clear();
        record.status = Status::Partial;
        let message = format!("what was extracted does not hold: {}", faults.join("; "));
        record.problems.push(Problem::new(ProblemCode::InvalidRecord, message));
    }
    record
}

/// What is wrong with a record, by its schema.
fn faults(record: &Record) -> Vec<String> {
    let value = serde_json::to_value(record).map_err(|e| e.to_string());
    value
        .and_then(|value| Ok(RecordValidator::new(&schema::record())?.faults(&value, 3)))
        .unwrap_or_else(|error| vec![error])
}

/// A file whose content is not known.
fn unread(source: &Source) -> SourceInfo {
    SourceInfo { path: source.path.clone(), bytes: source.bytes, ..SourceInfo::default() }
}

fn info(path: &str, bytes: &[u8], container: Option<&str>) -> SourceInfo {
    SourceInfo {
        path: path.to_owned(),
        sha256: sha256(bytes),
        bytes: bytes.len() as u64,
        container: container.map(str::to_owned),
        ..SourceInfo::default()
    }
}

pub(super) fn blank(source: SourceInfo) -> Record {
    Record {
        schema: RECORD_SCHEMA.to_owned(),
        source,
        status: Status::Ok,
        problems: Vec::new(),
        language: Language::Und,
        blocks: Vec::new(),
        documents: Vec::new(),
    }
}

pub(super) fn failed(source: SourceInfo, problem: Problem) -> Record {
    Record { status: Status::Failed, problems: vec![problem], ..blank(source) }
}

fn stopped(why: &str) -> Problem {
    Problem::new(ProblemCode::Crashed, format!("the reader stopped: {why}"))
}

/// The problem, where it is that a limit was hit.
fn limit_of(problem: &Problem) -> Option<Problem> {
    Some(problem.clone()).filter(|p| p.code == ProblemCode::LimitExceeded)
}

/// The format of a file; an extension that belongs to another format is a warning.
fn format_info(format: &Format, found: &Match, extension: &str) -> FormatInfo {
    let mut warnings = found.warnings.clone();
    let fits = |f: &Format| f.extensions.contains(&extension);
    if !fits(format) && FORMATS.iter().any(|f| fits(f)) {
        warnings.push(format!("the extension says .{extension}"));
    }
    FormatInfo {
        puid: found.puid.map(str::to_owned),
        name: found.name.to_owned(),
        mime: found.mime.to_owned(),
        basis: found.basis.clone(),
        warnings,
    }
}

/// A problem where less than half of the declared text came out and nothing else says so.
fn incomplete(completeness: Completeness, problems: &[Problem]) -> Option<Problem> {
    let declared = completeness.declared_chars?;
    let extracted = completeness.extracted_chars;
    let is_short = declared >= DECLARED_MIN && extracted < declared / 2 && problems.is_empty();
    is_short.then(|| {
        let message = format!("the file declares {declared} characters, {extracted} came out");
        Problem::new(ProblemCode::TextIncomplete, message)
    })
}

/// An entry of a container by its path in the archive.
struct Named<'a> {
    path: String,
    /// The path below the container's.
    inner: String,
    entry: Entry<'a>,
}

/// The entries of a container in the order in which they are read; one whose path is taken gets another.
fn named<'a>(container: &str, mut entries: Vec<Entry<'a>>) -> Vec<Named<'a>> {
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let mut taken = HashSet::new();
    let named = |(number, entry): (usize, Entry<'a>)| {
        let inner = inner_path(&entry.path);
        let mut path = format!("{container}/{inner}");
        if !taken.insert(path.clone()) {
            path = with_suffix(&path, &format!("{}#{number}", entry.path));
            taken.insert(path.clone());
        }
        Named { path, inner, entry }
    };
    entries.into_iter().enumerate().map(named).collect()
}

/// The bytes of the entry `wanted`, out of the container `path` or of one in it, within the limits of a run.
pub(super) fn entry(path: &str, bytes: &[u8], wanted: &str, depth: usize, room: &mut Room) -> Option<Vec<u8>> {
    let limits = &Limits::DEFAULT;
    let extension = extension(path);
    let (format, found) = identify(&Probe::new(bytes, &extension), FORMATS)?;
    let Reader::Container(open) = format.reader else { return None };
    let name = path.rsplit('/').next().unwrap_or(path);
    let contents =
        open(&Input { bytes, name, found: &found, limits }).ok().filter(|_| depth < limits.container_depth)?;
    let leads = |path: &str| wanted.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    named(path, contents.entries).into_iter().filter(|named| leads(&named.path)).find_map(
        |Named { path, entry, .. }| {
            let bytes = (entry.unpack)(room).ok()?;
            if path == wanted { Some(bytes) } else { self::entry(&path, &bytes, wanted, depth + 1, room) }
        },
    )
}

/// The path of an entry as it may stand below the container's: no `..`, nothing absolute, no control characters.
fn inner_path(path: &str) -> String {
    let clean: String = path.chars().map(|c| if c.is_control() { '_' } else { c }).collect();
    let parts: Vec<&str> = clean.split(['/', '\\']).filter(|p| !matches!(*p, "" | "." | "..")).collect();
    let whole: String = unicode_normalization::UnicodeNormalization::nfc(parts.join("/").as_str()).collect();
    if whole.is_empty() { "_".to_owned() } else { whole }
}
