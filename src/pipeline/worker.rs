//! A worker process: reads the files it is told to, writes their records, and says where it is.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::frame::{Fault, Setup, Task, Told};
use super::input::{Reading, Watch};
use super::{RunError, in_pool, lock, sink};
use crate::archive::Archive;
use crate::lang::lexicon;
use crate::limits::Limits;
use crate::model::SourceInfo;
use crate::read::ocr;

/// A sign of life is sent no more often than this.
const BEAT: Duration = Duration::from_millis(200);

/// Reads what is asked for on standard input until that is closed, then ends the process.
///
/// # Errors
/// Where nothing sensible is asked, or the worker cannot begin.
pub fn work() -> Result<(), RunError> {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
        // The main process closes this stream when it needs no more, or when it is gone: nobody waits for what is at hand.
        process::end();
    });
    let Ok(setup) = lines.recv() else { return Ok(()) };
    let setup: Setup = understood(&setup)?;
    process::limit_memory(setup.memory);
    let archive = Archive::open(&PathBuf::from(&setup.out))?;
    let jobs = std::num::NonZeroUsize::new(setup.threads);
    in_pool(jobs, |_| {
        lexicon();
        let voice = Voice(Mutex::new((io::stdout(), Instant::now())));
        let settings = ocr::Settings { when: setup.ocr, cache: Some(archive.file("cache").join("ocr")) };
        let seen = Mutex::new(HashMap::new());
        let sink = sink(&archive);
        let reading = Reading {
            limits: &Limits::DEFAULT,
            ocr: &settings,
            seen: &seen,
            sink: &sink,
            watch: &voice,
            archive: Some(&archive),
        };
        voice.tell(&Told::Ready);
        for line in lines {
            let task: Task = understood(&line)?;
            match reading.task(&task) {
                Ok(unit) => voice.tell(&Told::Done(unit)),
                Err(error) => voice.tell(&Told::Stopped(Fault::from(&error))),
            }
        }
        Ok(())
    })?
}

fn understood<T: serde::de::DeserializeOwned>(line: &str) -> Result<T, RunError> {
    serde_json::from_str(line).map_err(|e| RunError::Worker(format!("not understood: {e}")))
}

/// Tells the main process where the worker is.
struct Voice(Mutex<(io::Stdout, Instant)>);

impl Voice {
    fn tell(&self, told: &Told) {
        let Ok(mut line) = serde_json::to_vec(told) else { return };
        line.push(b'\n');
        let mut stream = lock(&self.0);
        stream.1 = Instant::now();
        // Where nobody listens any more, standard input is closed too, and that ends the process.
        let _ = stream.0.write_all(&line).and_then(|()| stream.0.flush());
    }
}

impl Watch for Voice {
    fn at(&self, source: &SourceInfo) {
        self.tell(&Told::At(Box::new(source.clone())));
    }

    fn beat(&self) {
        if lock(&self.0).1.elapsed() > BEAT {
            self.tell(&Told::Beat);
        }
    }

    fn ocr(&self, begins: bool) {
        self.tell(&Told::Ocr(begins));
    }
}

/// What this process does to itself.
#[cfg(unix)]
mod process {
    use nix::sys::resource::{Resource, setrlimit};
    use nix::sys::signal::{Signal, killpg};
    use nix::unistd::{getpgrp, getpid};

    /// Allows no more address space than this, for the helper programs too. Where the system knows no such limit, there is none.
    pub(super) fn limit_memory(bytes: u64) {
        let _ = setrlimit(Resource::RLIMIT_AS, bytes, bytes);
    }

    /// Ends this process and the helper programs that it has begun.
    pub(super) fn end() {
        if getpgrp() == getpid() {
            let _ = killpg(getpgrp(), Signal::SIGKILL);
        }
        std::process::exit(0);
    }
}

#[cfg(not(unix))]
mod process {
    pub(super) fn limit_memory(_: u64) {}

    pub(super) fn end() {
        std::process::exit(0);
    }
}
