//! The worker processes, seen from the main process: each reads files in batches, under limits of time and memory.
//!
//! A worker that dies, hangs or takes too much costs the input it was at; the rest of its batch goes to another worker.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Mutex, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::frame::{Lost, Setup, Task, Told};
use super::input::{failed, ledger_line};
use super::{RunError, Todo, Workers, lock, sink, version};
use crate::archive::{Archive, ArchiveError, Unit};
use crate::document::{Problem, ProblemCode};
use crate::lang::lexicon;
use crate::limits::Limits;
use crate::model::SourceInfo;
use crate::read::ocr::Ocr;

/// Files that a worker is handed at once.
const BATCH: usize = 16;

/// Files after which a worker makes room for a new one, so that no leak lasts.
const LIFE: usize = 2000;

/// How often is looked whether a worker takes too long.
const LOOK: Duration = Duration::from_millis(50);

/// The end of what a worker wrote on standard error is kept, in bytes.
const TAIL: usize = 4096;

/// All that is the same for every worker.
pub(super) struct Crew<'a> {
    pub(super) workers: &'a Workers,
    pub(super) archive: &'a Archive,
    pub(super) ocr: Ocr,
    pub(super) jobs: usize,
}

/// Takes a unit whose records are written.
type Done<'a> = &'a (dyn Fn(&Unit) -> Result<(), ArchiveError> + Sync);

/// What is left to do.
struct Queue<'a> {
    tasks: VecDeque<Todo<'a>>,
    /// Somebody failed: the others stop.
    is_over: bool,
}

impl Crew<'_> {
    /// Has all of `tasks` done. Their order is that in which they are handed out, not that of the units.
    pub(super) fn read(&self, tasks: Vec<Todo>, done: Done) -> Result<Vec<Unit>, RunError> {
        let count = self.jobs.min(tasks.len());
        if count == 0 {
            return Ok(Vec::new());
        }
        let temporary = self.archive.temporary()?;
        let setup = Setup {
            out: self.archive.file("").into_os_string(),
            ocr: self.ocr,
            threads: self.jobs.div_ceil(count),
            memory: self.workers.memory,
        };
        let queue = Mutex::new(Queue { tasks: tasks.into(), is_over: false });
        let watched: Vec<Mutex<Watched>> = (0..count).map(|_| Mutex::new(Watched::default())).collect();
        thread::scope(|scope| {
            // Checking needs it as soon as the first files are read.
            scope.spawn(lexicon);
            let (all_done, is_all_done) = mpsc::channel::<()>();
            scope.spawn(|| {
                let ended = is_all_done;
                while ended.recv_timeout(LOOK) == Err(mpsc::RecvTimeoutError::Timeout) {
                    for worker in &watched {
                        lock(worker).look(self.workers.timeout);
                    }
                }
            });
            let hands: Vec<_> = watched
                .iter()
                .map(|watched| {
                    let hand = Hand { crew: self, setup: &setup, temporary: temporary.path(), watched, count };
                    let queue = &queue;
                    scope.spawn(move || {
                        let units = hand.work(queue, done);
                        if units.is_err() {
                            lock(queue).is_over = true;
                        }
                        units
                    })
                })
                .collect();
            let mut units = Vec::new();
            let mut error = None;
            for hand in hands {
                match hand.join() {
                    Ok(Ok(more)) => units.extend(more),
                    Ok(Err(why)) => error = error.or(Some(why)),
                    Err(_) => error = error.or_else(|| Some(RunError::Worker("a thread stopped".to_owned()))),
                }
            }
            drop(all_done);
            error.map_or(Ok(units), Err)
        })
    }
}

/// Who handles one worker at a time.
struct Hand<'a> {
    crew: &'a Crew<'a>,
    setup: &'a Setup,
    temporary: &'a Path,
    watched: &'a Mutex<Watched>,
    /// How many hands there are.
    count: usize,
}

impl Hand<'_> {
    fn work(&self, queue: &Mutex<Queue>, done: Done) -> Result<Vec<Unit>, RunError> {
        let mut units = Vec::new();
        let mut worker: Option<Worker> = None;
        // The last input whose worker was ended from outside: that happens, and is no fault of the file the first time.
        let mut innocent: Option<String> = None;
        loop {
            let mut batch = self.batch(queue);
            if batch.is_empty() {
                return Ok(units);
            }
            while let Some(task) = batch.front() {
                let path = task.path.clone();
                let mut at_work = match worker.take() {
                    Some(worker) if worker.files < LIFE => worker,
                    _ => self.start()?,
                };
                let Some(death) = at_work.read(&mut batch, self, done, &mut units)? else {
                    worker = Some(at_work);
                    continue;
                };
                let Some(task) = batch.front_mut() else { continue };
                match death {
                    Death { cause: Cause::Stray, .. } => {}
                    Death { cause: Cause::Outside(_), .. } if innocent.as_ref() != Some(&task.path) => {
                        innocent = Some(path);
                    }
                    Death { cause, at } => {
                        let problem = cause.problem();
                        if task.known.take().is_some() {
                            // What cannot be extracted again is read again, and judged by that.
                            continue;
                        }
                        match at {
                            Some(source) if source.path != task.path => task.lost.push(Lost { source, problem }),
                            at => {
                                units.push(self.give_up(task, at, problem, done)?);
                                batch.pop_front();
                            }
                        }
                    }
                }
            }
        }
    }

    /// The next files: many at once while there are many, so that nobody waits for an answer.
    fn batch(&self, queue: &Mutex<Queue>) -> VecDeque<Task> {
        let mut queue = lock(queue);
        if queue.is_over {
            return VecDeque::new();
        }
        let count = (queue.tasks.len() / (self.count * 4)).clamp(1, BATCH).min(queue.tasks.len());
        queue.tasks.drain(..count).map(Todo::task).collect()
    }

    /// The record of a file that no worker could read.
    fn give_up(&self, task: &Task, at: Option<SourceInfo>, problem: Problem, done: Done) -> Result<Unit, RunError> {
        let known = || SourceInfo { path: task.path.clone(), bytes: task.bytes, ..SourceInfo::default() };
        let record = failed(at.unwrap_or_else(known), problem);
        let mut unit = Unit { extraction: version::EXTRACTION.to_owned(), ..Unit::new(&task.source()) };
        unit.items.push(ledger_line(&record, lock(self.watched).input_since));
        sink(self.crew.archive)(record)?;
        done(&unit)?;
        Ok(unit)
    }

    fn start(&self) -> Result<Worker, RunError> {
        let mut ended_before = false;
        loop {
            let mut worker = self.spawn().map_err(|why| RunError::Worker(why.to_string()))?;
            worker.send(self.setup);
            if let Some(Told::Ready) = worker.hear() {
                return Ok(worker);
            }
            let (status, words) = worker.end();
            if !ended_before && status.and_then(signal).is_some_and(is_from_outside) {
                ended_before = true;
                continue;
            }
            let why = words.lines().find(|line| line.contains("memory")).or(words.lines().next_back());
            let status = status.map_or_else(String::new, |status| status.to_string());
            return Err(RunError::Worker(format!("{status}: {}", why.unwrap_or_default())));
        }
    }

    fn spawn(&self) -> std::io::Result<Worker> {
        let mut command = Command::new(&self.crew.workers.program);
        command.arg("worker").env("TMPDIR", self.temporary);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // A group of its own, so that helper programs which it has begun end with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let streams = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(input), Some(output), Some(errors)) = streams else {
            return Err(std::io::Error::other("it has no streams"));
        };
        let tail = Some(thread::spawn(move || tail(errors)));
        Ok(Worker { child, input: Some(input), output: BufReader::new(output), tail, files: 0 })
    }
}

/// Whether a signal is one that people and the system end processes with.
fn is_from_outside(signal: i32) -> bool {
    matches!(signal, 1 | 2 | 9 | 15)
}

/// The end of what comes out of a stream.
fn tail(mut stream: impl Read) -> String {
    let mut kept = Vec::new();
    let mut piece = [0; 1024];
    while let Ok(count @ 1..) = stream.read(&mut piece) {
        kept.extend_from_slice(&piece[..count]);
        kept.drain(..kept.len().saturating_sub(TAIL));
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// A worker process. It ends where this is dropped.
struct Worker {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    tail: Option<JoinHandle<String>>,
    files: usize,
}

impl Worker {
    /// Has the files done, from the front, until all are or the worker is dead. Says how it died.
    fn read(
        &mut self,
        batch: &mut VecDeque<Task>,
        hand: &Hand,
        done: Done,
        units: &mut Vec<Unit>,
    ) -> Result<Option<Death>, RunError> {
        let mut at: Option<SourceInfo> = None;
        lock(hand.watched).begin(self.child.id());
        for task in batch.iter() {
            self.send(task);
        }
        while !batch.is_empty() {
            let Some(told) = self.hear() else {
                let (status, tail) = self.end();
                let cause = Cause::of(&mut lock(hand.watched), status, &tail, hand.crew.workers);
                return Ok(Some(Death { cause, at }));
            };
            let mut watched = lock(hand.watched);
            match told {
                Told::At(source) => {
                    watched.hear(at.as_ref().is_none_or(|at| at.path != source.path));
                    at = Some(*source);
                }
                Told::Ready | Told::Beat => watched.hear(false),
                Told::Ocr(begins) => watched.ocr(begins),
                Told::Done(unit) => {
                    watched.hear(true);
                    drop(watched);
                    at = None;
                    self.files += 1;
                    batch.pop_front();
                    done(&unit)?;
                    units.push(unit.compact());
                }
                Told::Stopped(fault) => return Err(RunError::Output(fault.into())),
            }
        }
        lock(hand.watched).rest();
        Ok(None)
    }

    /// Sends a line. Where the worker is dead, that is heard afterwards.
    fn send<T: serde::Serialize>(&mut self, what: &T) {
        if let (Some(input), Ok(mut line)) = (self.input.as_mut(), serde_json::to_vec(what)) {
            line.push(b'\n');
            let _ = input.write_all(&line);
        }
    }

    fn hear(&mut self) -> Option<Told> {
        let mut line = String::new();
        self.output.read_line(&mut line).ok().filter(|count| *count > 0)?;
        serde_json::from_str(&line).ok()
    }

    /// Ends the worker, where it has not ended, and those it has begun. Gives its last words.
    fn end(&mut self) -> (Option<ExitStatus>, String) {
        let group = self.child.id();
        drop(self.input.take());
        kill(group);
        let status = self.child.wait().ok();
        let words = self.tail.take().and_then(|tail| tail.join().ok()).unwrap_or_default();
        (status, words)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if self.tail.is_some() {
            self.end();
        }
    }
}

/// How a worker died, and at which input, as far as it told.
struct Death {
    cause: Cause,
    at: Option<SourceInfo>,
}

enum Cause {
    /// It was ended for being late, but had just gone on.
    Stray,
    /// Somebody else ended it, by this signal.
    Outside(i32),
    /// Fault of the input.
    Input(Problem),
}

impl Cause {
    fn of(watched: &mut Watched, status: Option<ExitStatus>, tail: &str, workers: &Workers) -> Self {
        let problem = |code, message: String| Self::Input(Problem::new(code, message));
        let killed = watched.killed.take();
        if let Some((heard, message)) = killed {
            let is_late = heard == watched.heard;
            return if is_late { problem(ProblemCode::Timeout, message) } else { Self::Stray };
        }
        if tail.contains("memory allocation of") {
            let most = workers.memory >> 20;
            return problem(ProblemCode::OutOfMemory, format!("reading it took more than {most} MiB of memory"));
        }
        let signal = status.and_then(signal);
        if let Some(number) = signal.filter(|number| is_from_outside(*number)) {
            return Self::Outside(number);
        }
        let how = match (signal, status.and_then(|s| s.code())) {
            _ if tail.contains("overflowed its stack") => "its stack was full".to_owned(),
            (Some(number), _) => format!("signal {number}"),
            (_, Some(code)) => format!("exit code {code}"),
            _ => "unknown".to_owned(),
        };
        problem(ProblemCode::Crashed, format!("the reader stopped: {how}"))
    }

    fn problem(self) -> Problem {
        match self {
            Self::Input(problem) => problem,
            Self::Outside(signal) => {
                let message = format!("the reader was ended twice from outside, by signal {signal}");
                Problem::new(ProblemCode::Crashed, message)
            }
            Self::Stray => Problem::new(ProblemCode::Crashed, "the reader stopped"),
        }
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

/// Ends a worker and all that it has begun.
#[cfg(unix)]
fn kill(group: u32) {
    let Ok(group) = i32::try_from(group) else { return };
    // Fails only where nobody of the group is left.
    let _ = nix::sys::signal::killpg(nix::unistd::Pid::from_raw(group), nix::sys::signal::Signal::SIGKILL);
}

#[cfg(not(unix))]
fn kill(_: u32) {}

/// What is known of a worker's time.
struct Watched {
    /// Its process, while it is at work.
    process: Option<u32>,
    /// How often something was heard of it.
    heard: u64,
    heard_last: Instant,
    input_since: Instant,
    /// Since when OCR is at work.
    ocr_since: Option<Instant>,
    /// Time in OCR before that, for this input.
    ocr_before: Duration,
    /// What had been heard when it was ended for being late, and why.
    killed: Option<(u64, String)>,
}

impl Default for Watched {
    fn default() -> Self {
        let now = Instant::now();
        Self {
            process: None,
            heard: 0,
            heard_last: now,
            input_since: now,
            ocr_since: None,
            ocr_before: Duration::ZERO,
            killed: None,
        }
    }
}

impl Watched {
    fn begin(&mut self, process: u32) {
        *self = Self { process: Some(process), heard: self.heard, ..Self::default() };
    }

    fn rest(&mut self) {
        self.process = None;
    }

    /// Something was heard; another input is at hand where `is_new`.
    fn hear(&mut self, is_new: bool) {
        self.heard += 1;
        self.heard_last = Instant::now();
        if is_new {
            self.input_since = self.heard_last;
            self.ocr_before = Duration::ZERO;
            self.ocr_since = None;
        }
    }

    fn ocr(&mut self, begins: bool) {
        self.hear(false);
        if let Some(since) = self.ocr_since.take() {
            self.ocr_before += since.elapsed();
        }
        self.ocr_since = begins.then(Instant::now);
    }

    /// Ends the worker where it takes longer than it may.
    fn look(&mut self, timeout: Duration) {
        let Some(process) = self.process else { return };
        let quiet = self.heard_last.elapsed();
        let late = match self.ocr_since {
            // A page has its own limits for drawing and for reading.
            Some(_) => {
                let most = Duration::from_secs(Limits::DEFAULT.ocr_seconds) * 2 + timeout;
                (quiet > most).then(|| format!("OCR of one page took more than {} seconds", most.as_secs()))
            }
            None if quiet > timeout / 2 => {
                Some(format!("nothing was heard of the reader for {} seconds", (timeout / 2).as_secs_f32()))
            }
            None => (self.input_since.elapsed().saturating_sub(self.ocr_before) > timeout)
                .then(|| format!("reading it took more than {} seconds", timeout.as_secs_f32())),
        };
        if let Some(why) = late {
            self.killed = Some((self.heard, why));
            self.process = None;
            kill(process);
        }
    }
}
