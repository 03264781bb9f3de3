//! From files to records to findings: the parallel part, and the only sort.
//!
//! Two phases. *Reading* makes a record of every input; each is written as it comes and none is kept. *Checking* goes over
//! the records in order of path, whether this run or an earlier one wrote them, so that findings and totals depend on the
//! records alone.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::archive::{Archive, ArchiveError, LedgerLine, Lock, Made, Run, Summary, Unit};
use crate::bodies::Body;
use crate::document::ProblemCode;
use crate::finding::{Finding, Level};
use crate::limits::{Limits, Room};
use crate::model::{Record, Status};
use crate::read::ocr;
use crate::search::{self, SearchError};
use crate::source::{self, LeftOut, Source, Walk, WalkError};

mod check;
mod crew;
mod frame;
mod guard;
mod input;
mod version;
mod worker;

pub use crate::read::ocr::Ocr;
pub use worker::work;

use check::{Checked, Checker, Looked};
use crew::Crew;
use frame::Task;
use input::Reading;

/// Stack of a reading thread. Old files nest deeply; the default of 2 MiB is small for that.
const STACK_BYTES: usize = 16 << 20;

/// What a run is asked to do.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How many files are read side by side; as many as there are cores where absent.
    pub jobs: Option<NonZeroUsize>,
    /// Read in processes of their own; in this one where absent.
    pub workers: Option<Workers>,
    /// OCR.
    pub ocr: Ocr,
    /// Read everything anew.
    pub fresh: bool,
    /// Take a file for unchanged only where its hash says so.
    pub verify: bool,
    /// Give the rules and the index what people corrected, not what the machine read.
    pub corrected: bool,
    /// Levels given to rules instead of their own.
    pub levels: BTreeMap<String, Level>,
}

/// Processes that read files, so that a file that brings one down costs no more than itself.
#[derive(Debug, Clone)]
pub struct Workers {
    /// The program that answers to `worker` with [`work`].
    pub program: PathBuf,
    /// How long one input may take, time in OCR apart. Half of it may pass without a sign of life.
    pub timeout: Duration,
    /// Bytes of memory (address space) that a worker may take.
    pub memory: u64,
}

impl Workers {
    /// Time for one input where nothing else is asked for, in seconds.
    pub const TIMEOUT_SECONDS: u64 = 300;
    /// Memory of a worker where nothing else is asked for, in MiB.
    pub const MEMORY_MIB: u64 = 4096;

    /// This program, as it runs now: on Linux also where its file has been replaced since.
    ///
    /// # Errors
    /// Where the program cannot tell where it lies.
    pub fn program() -> std::io::Result<PathBuf> {
        let running = Path::new("/proc/self/exe");
        if running.exists() { Ok(running.to_path_buf()) } else { std::env::current_exe() }
    }
}

/// What a run came to.
#[derive(Debug)]
pub struct Ran {
    /// The totals.
    pub summary: Summary,
    /// The findings, in order.
    pub findings: Vec<Finding>,
    /// The ledger, in order.
    pub ledger: Vec<LedgerLine>,
    /// The bodies, in order.
    pub bodies: Vec<Body>,
    /// Keeps others from writing the archive meanwhile, where it was written.
    pub lock: Option<Lock>,
}

/// Why there was no run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The inputs are no good.
    #[error(transparent)]
    Input(#[from] WalkError),
    /// The output folder is no good.
    #[error(transparent)]
    Output(#[from] ArchiveError),
    /// The search index cannot be built.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// No worker process could be started.
    #[error("a worker cannot begin ({0}); perhaps it needs more --memory")]
    Worker(String),
    /// No threads could be started.
    #[error("cannot start {0} jobs; ask for fewer with --jobs")]
    Jobs(usize),
}

/// What a run tells while it runs.
#[derive(Debug, Clone, Copy)]
pub enum Progress {
    /// So many files are to be read.
    Files(u64),
    /// One file is read.
    Read,
    /// So many records are to be checked.
    Records(u64),
    /// So many more records are checked.
    Checked(u64),
}

/// Reads `inputs` into the folder `out`, then checks the records.
///
/// # Errors
/// Where the inputs or the output folder cannot be used. A file that cannot be read is no error but a record.
pub fn run(
    inputs: &[PathBuf],
    out: &Path,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Ran, RunError> {
    // All of it in the pool, the walk too: threads do not use again what others have freed.
    in_pool(options.jobs, |jobs| run_in_pool(inputs, out, options, jobs, progress))?
}

fn run_in_pool(
    inputs: &[PathBuf],
    out: &Path,
    options: &Options,
    jobs: usize,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Ran, RunError> {
    let started = Instant::now();
    let walk = source::walk(inputs, Some(out))?;
    let archive = Archive::create(out)?;
    let lock = archive.lock()?;
    if options.fresh {
        archive.forget()?;
    }
    let view = view(&archive, options)?;
    let mut run = Run {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        inputs: inputs.iter().map(|p| p.display().to_string()).collect(),
        options: recorded(options, &view),
        jobs: jobs as u64,
        ..Run::default()
    };
    let read = read_changed(&walk, &archive, options, jobs, progress)?;
    run.read = read.files;
    let mut left_out = walk.left_out;
    for unit in &read.units {
        left_out.add(unit.left_out);
    }
    drop(walk);
    let bytes = read.units.iter().map(|u| u.bytes).sum();
    let mut lines: Vec<LedgerLine> = read.units.into_iter().flat_map(|u| u.items).collect();
    lines.sort_by(|a, b| a.path.cmp(&b.path));
    run.removed = archive.keep_only(lines.iter().map(|l| l.path.as_str()))?;
    if read.files == 0
        && run.removed == 0
        && !read.is_stale
        && let Some(ran) = unchanged(&archive, &run, left_out, started)
    {
        archive.write_summary(&ran.summary)?;
        return Ok(Ran { lock: Some(lock), ..ran });
    }
    archive.invalidate()?;
    let ran = check_lines(&view, lines, Totals { left_out, bytes, run, started }, options, progress)?;
    Ok(Ran { lock: Some(lock), ..ran })
}

/// Runs the rules again over the records of `out`.
///
/// # Errors
/// Where the archive cannot be read or written.
pub fn check(out: &Path, options: &Options, progress: &(dyn Fn(Progress) + Sync)) -> Result<Ran, RunError> {
    let started = Instant::now();
    let archive = Archive::open(out)?;
    let lock = archive.lock()?;
    let lines = archive.ledger()?;
    let old = archive.summary()?;
    let view = view(&archive, options)?;
    let mut ran = in_pool(options.jobs, |jobs| {
        let run = Run {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            options: recorded(options, &view),
            jobs: jobs as u64,
            ..old.run.clone()
        };
        let totals = Totals { left_out: old.left_out, bytes: old.bytes, run, started };
        check_lines(&view, lines, totals, options, progress)
    })??;
    ran.lock = Some(lock);
    Ok(ran)
}

/// The bytes of the input `wanted`, an entry of the container `path` with the bytes `bytes`, or of one within it, as
/// [`run`] found it there.
#[must_use]
pub fn entry(path: &str, bytes: &[u8], wanted: &str) -> Option<Vec<u8>> {
    let mut room = Room::new(&Limits::DEFAULT, bytes.len());
    guard::guarded(|| input::entry(path, bytes, wanted, 0, &mut room)).ok().flatten()
}

/// Reads and checks `inputs` without an output folder: the records and findings, in order.
///
/// # Errors
/// Where the inputs cannot be used.
pub fn in_memory(inputs: &[PathBuf], options: &Options) -> Result<(Vec<Record>, Vec<Finding>), RunError> {
    let walk = source::walk(inputs, None)?;
    in_pool(options.jobs, |_| {
        let records = Mutex::new(BTreeMap::new());
        let keep = |record: Record| {
            lock(&records).insert(record.source.path.clone(), record);
            Ok(())
        };
        let seen = Mutex::new(HashMap::new());
        let ocr = ocr::Settings { when: options.ocr, cache: None };
        let reading =
            Reading { limits: &Limits::DEFAULT, ocr: &ocr, seen: &seen, sink: &keep, watch: &(), archive: None };
        walk.sources.par_iter().try_for_each(|source| reading.unit(source, true, &[]).map(|_| ()))?;
        let mut records = records.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut originals: HashMap<String, String> = HashMap::new();
        for (path, record) in records.iter_mut().filter(|(_, r)| !r.source.sha256.is_empty()) {
            if let Some(original) = originals.get(&record.source.sha256) {
                *record = input::duplicate(&record.source, original);
            } else {
                originals.insert(record.source.sha256.clone(), path.clone());
            }
        }
        let record = |path: &str| records.get(path).cloned();
        let mut checker = Checker::new(&options.levels, &record, None);
        let looked: Vec<_> = records.par_iter().map(|(_, record)| Checker::look(record)).collect();
        let lost = |why| ArchiveError::write(PathBuf::from("facts"), why);
        for (record, looked) in records.values().zip(looked) {
            checker.add(record, looked).map_err(lost)?;
        }
        let findings = checker.finish().map_err(lost)?.findings;
        Ok((records.into_values().collect(), findings))
    })?
}

/// What reading came to.
struct ReadPhase {
    units: Vec<Unit>,
    files: u64,
    /// The findings at hand come from other rules.
    is_stale: bool,
}

/// Reads every file that is new or has changed, settles which inputs are duplicates, and writes the state.
fn read_changed(
    walk: &Walk,
    archive: &Archive,
    options: &Options,
    jobs: usize,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<ReadPhase, RunError> {
    let made = made(options);
    let (before, mut known) = archive.state();
    if before.reading != made.reading {
        known.clear();
    }
    let is_same_limits = before.limits == made.limits;
    let is_complete = archive.file("summary.json").is_file();
    let is_known = |source: &Source| {
        known.get(&source.path).is_some_and(|unit| {
            (is_same_limits || !unit.items.iter().any(hit_a_limit)) && is_unchanged(source, unit, archive, options.verify)
                // Where a run was cut off, by a power cut perhaps, it is not enough that there is a file.
                && (is_complete || unit.items.iter().all(|line| archive.record(&line.path).is_ok()))
        })
    };
    let (same, changed): (Vec<&Source>, Vec<&Source>) = walk.sources.par_iter().partition(|source| is_known(source));
    let new = |source| Todo { source, whole: false, known: None };
    let mut tasks: Vec<Todo> = changed.into_iter().map(new).collect();
    let mut units = Vec::new();
    for source in same {
        match known.remove(&source.path) {
            Some(unit) if unit.extraction == version::EXTRACTION => units.push(unit),
            Some(unit)
                if !unit.items.iter().any(|line| line.problem == Some(ProblemCode::Crashed) || hit_a_limit(line)) =>
            {
                tasks.push(Todo { source, whole: false, known: Some(Box::new(unit)) });
            }
            _ => tasks.push(new(source)),
        }
    }
    let is_stale = before.rules != made.rules;
    if !tasks.is_empty() || is_stale {
        archive.invalidate()?;
    }
    let mut files = tasks.len() as u64;
    progress(Progress::Files(files));
    let old = tasks.iter().filter_map(|task| task.known.as_deref());
    let state = Mutex::new(archive.begin_state(&made, units.iter().chain(old))?);
    let done = |unit: &Unit| -> Result<(), ArchiveError> {
        lock(&state).add(unit)?;
        progress(Progress::Read);
        Ok(())
    };
    let reader = Reader { archive, options, jobs, done: &done };
    units.extend(reader.read(tasks, &units)?);

    // Where the first of several equal files was taken for a duplicate before, it is read now.
    let orphans = orphans(&units);
    if !orphans.is_empty() {
        archive.invalidate()?;
        units.retain(|u| !orphans.contains(&u.path));
        let again = walk.sources.iter().filter(|s| orphans.contains(&s.path));
        let again = reader.read(again.map(|source| Todo { source, whole: true, known: None }).collect(), &[])?;
        files += again.len() as u64;
        units.extend(again);
    }
    units.sort_by(|a, b| a.path.cmp(&b.path));
    settle_duplicates(&mut units, archive, &state)?;
    archive.begin_state(&made, units.iter())?;
    Ok(ReadPhase { units, files, is_stale })
}

/// Whether time or memory did not suffice for an input.
fn hit_a_limit(line: &LedgerLine) -> bool {
    matches!(line.problem, Some(ProblemCode::Timeout | ProblemCode::OutOfMemory))
}

/// A file that is to be read.
struct Todo<'a> {
    source: &'a Source,
    /// Nothing in it is taken for a duplicate.
    whole: bool,
    /// What an earlier run read, from which it suffices to extract.
    known: Option<Box<Unit>>,
}

impl Todo<'_> {
    fn task(self) -> Task {
        Task::new(self.source, self.whole, self.known.map(|known| *known))
    }
}

/// Who has files read.
struct Reader<'a> {
    archive: &'a Archive,
    options: &'a Options,
    jobs: usize,
    done: &'a (dyn Fn(&Unit) -> Result<(), ArchiveError> + Sync),
}

impl Reader<'_> {
    /// Does the tasks, in worker processes or here. `known` are the files that are not read.
    fn read(&self, tasks: Vec<Todo>, known: &[Unit]) -> Result<Vec<Unit>, RunError> {
        let Self { archive, options, jobs, done } = *self;
        if let Some(workers) = &options.workers {
            return Crew { workers, archive, ocr: options.ocr, jobs }.read(tasks, done);
        }
        if tasks.is_empty() {
            return Ok(Vec::new());
        }
        let seen = Mutex::new(HashMap::new());
        for line in known.iter().flat_map(|u| &u.items).filter(|l| l.status != Status::Duplicate) {
            input::note(&seen, &line.sha256, &line.path);
        }
        let ocr = ocr::Settings { when: options.ocr, cache: Some(archive.file("cache").join("ocr")) };
        let sink = sink(archive);
        let reading = Reading {
            limits: &Limits::DEFAULT,
            ocr: &ocr,
            seen: &seen,
            sink: &sink,
            watch: &(),
            archive: Some(archive),
        };
        // A bridge hands out the files in order, so that the first of several equal files tends to be read first.
        let units = tasks.into_iter().par_bridge().map(|task| {
            let unit = reading.task(&task.task())?;
            done(&unit)?;
            Ok(unit)
        });
        units.collect()
    }
}

/// Writes each record it is given.
fn sink(archive: &Archive) -> impl Fn(Record) -> Result<(), ArchiveError> + Sync + '_ {
    |record: Record| {
        let path = &record.source.path;
        let json = serde_json::to_vec(&record).map_err(|e| ArchiveError::Damaged(archive.record_file(path), e))?;
        archive.write_record(path, &json)
    }
}

/// The first path, in byte order, of each content.
fn originals(units: &[Unit]) -> HashMap<&str, &str> {
    let mut first: HashMap<&str, &str> = HashMap::new();
    for line in units.iter().flat_map(|u| &u.items).filter(|l| !l.sha256.is_empty()) {
        let path = first.entry(&line.sha256).or_insert(&line.path);
        *path = (*path).min(&line.path);
    }
    first
}

/// Files with an input that is now the first of its content but has only a duplicate's record.
fn orphans(units: &[Unit]) -> Vec<String> {
    let originals = originals(units);
    let is_orphan = |line: &LedgerLine| {
        line.status == Status::Duplicate && originals.get(line.sha256.as_str()) == Some(&line.path.as_str())
    };
    units.iter().filter(|u| u.items.iter().any(is_orphan)).map(|u| u.path.clone()).collect()
}

/// Gives every input that is not the first of its content a duplicate's record that names the first.
fn settle_duplicates(
    units: &mut [Unit],
    archive: &Archive,
    state: &Mutex<crate::archive::StateWriter>,
) -> Result<(), ArchiveError> {
    let originals = originals(units);
    let original = |line: &LedgerLine| {
        originals.get(line.sha256.as_str()).filter(|original| **original != line.path).map(|path| (*path).to_owned())
    };
    let of_unit = |unit: &Unit| {
        let items = unit.items.iter().enumerate();
        items.filter_map(|(at, line)| Some((at, original(line)?))).collect::<Vec<_>>()
    };
    let late: Vec<(usize, Vec<(usize, String)>)> =
        units.iter().map(of_unit).enumerate().filter(|(_, late)| !late.is_empty()).collect();
    for (at, late) in late {
        let unit = &mut units[at];
        let is_new = late.iter().any(|(item, _)| unit.items[*item].status != Status::Duplicate);
        for (item, _) in &late {
            let line = &mut unit.items[*item];
            (line.status, line.problem) = (Status::Duplicate, None);
        }
        if is_new {
            lock(state).add(unit)?;
        }
        for (item, original) in late {
            let path = &unit.items[item].path;
            let record = archive.record(path)?;
            if record.source.duplicate_of.as_ref() != Some(&original) {
                let record = input::duplicate(&record.source, &original);
                let json =
                    serde_json::to_vec(&record).map_err(|e| ArchiveError::Damaged(archive.record_file(path), e))?;
                archive.write_record(path, &json)?;
            }
        }
    }
    Ok(())
}

/// Whether a file is as an earlier run read it and its records are there.
fn is_unchanged(source: &Source, unit: &Unit, archive: &Archive, verify: bool) -> bool {
    source.error.is_none()
        && source.modified != 0
        && source.modified == unit.modified
        && source.bytes == unit.bytes
        && unit.items.iter().all(|l| archive.has_record(&l.path))
        && (!verify
            || source::read(source).is_ok_and(|bytes| {
                unit.items.iter().any(|l| l.path == unit.path && l.sha256 == source::sha256(&bytes))
            }))
}

/// The archive as it stands, where this run has nothing to add to it.
fn unchanged(archive: &Archive, run: &Run, left_out: LeftOut, started: Instant) -> Option<Ran> {
    let mut summary = archive.summary().ok()?;
    if !search::is_built(archive) {
        return None;
    }
    if summary.run.options != run.options || summary.left_out != left_out {
        return None;
    }
    summary.run = Run { millis: millis(started), ..run.clone() };
    Some(Ran {
        summary,
        findings: archive.findings().ok()?,
        ledger: archive.ledger().ok()?,
        bodies: archive.bodies().ok()?,
        lock: None,
    })
}

/// What the checking phase needs beside the records.
struct Totals {
    left_out: LeftOut,
    bytes: u64,
    run: Run,
    started: Instant,
}

/// How many records are held at once while they are checked.
const BATCH: usize = 64;

/// Checks the records of `lines` in order of path and writes findings, ledger and summary.
fn check_lines(
    archive: &Archive,
    mut lines: Vec<LedgerLine>,
    totals: Totals,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Ran, RunError> {
    progress(Progress::Records(lines.len() as u64));
    let record = |path: &str| archive.record(path).ok();
    let folder = archive.file("");
    let lost = |why| ArchiveError::write(archive.file("facts"), why);
    let mut checker = Checker::new(&options.levels, &record, Some(&folder));
    for batch in lines.chunks(BATCH) {
        let looked: Result<Vec<(Record, Looked)>, ArchiveError> = batch
            .par_iter()
            .map(|line| {
                let record = archive.record(&line.path)?;
                let looked = Checker::look(&record);
                Ok((record, looked))
            })
            .collect();
        for (record, looked) in looked? {
            checker.add(&record, looked).map_err(lost)?;
        }
        progress(Progress::Checked(batch.len() as u64));
    }
    let Checked { findings, bodies, counts } = checker.finish().map_err(lost)?;
    let mut by_path: HashMap<&str, u64> = HashMap::new();
    for finding in &findings {
        *by_path.entry(&finding.path).or_default() += 1;
    }
    for line in &mut lines {
        line.findings = by_path.get(line.path.as_str()).copied().unwrap_or_default();
    }
    let Totals { left_out, bytes, mut run, started } = totals;
    archive.write_findings(&findings)?;
    archive.write_bodies(&bodies)?;
    archive.write_ledger(&lines)?;
    search::update(archive, &lines, &findings)?;
    run.millis = millis(started);
    let summary = counts.summary(&lines, left_out, bytes, run);
    archive.write_summary(&summary)?;
    Ok(Ran { summary, findings, ledger: lines, bodies, lock: None })
}

/// The archive as the rules and the index are to see it.
fn view(archive: &Archive, options: &Options) -> Result<Archive, ArchiveError> {
    if options.corrected { archive.corrected() } else { Ok(archive.clone()) }
}

/// The options that bear on the results, with the corrections that `view` gives.
fn recorded(options: &Options, view: &Archive) -> BTreeMap<String, String> {
    let mut recorded: BTreeMap<String, String> =
        options.levels.iter().map(|(rule, level)| (format!("level.{rule}"), level.as_str().to_owned())).collect();
    recorded.insert("ocr".to_owned(), options.ocr.as_str().to_owned());
    let mark = view.correction_mark();
    if !mark.is_empty() {
        recorded.insert("corrected".to_owned(), mark);
    }
    recorded
}

/// What an archive depends on beside its files.
fn made(options: &Options) -> Made {
    let engine = if options.ocr == Ocr::Never { "" } else { ocr::engine().as_deref().unwrap_or("missing") };
    let limits = options.workers.as_ref().map(|w| format!("{} s, {} bytes", w.timeout.as_secs_f64(), w.memory));
    Made {
        reading: format!("{} ocr={} {engine}", version::READING, options.ocr.as_str()),
        rules: version::RULES.to_owned(),
        limits: limits.unwrap_or_default(),
    }
}

/// Runs `work` with as many threads as asked for, and tells it their number.
fn in_pool<T: Send>(jobs: Option<NonZeroUsize>, work: impl FnOnce(usize) -> T + Send) -> Result<T, RunError> {
    let jobs = jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK_BYTES)
        .build()
        .map_err(|_| RunError::Jobs(jobs))?;
    Ok(pool.install(|| work(jobs)))
}

fn millis(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Locks; a panic while it was held changes nothing about what it guards.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
