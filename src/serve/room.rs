//! What all answers share: the archive, its lists, its index.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use crate::archive::{Archive, ArchiveError, LedgerLine, Summary};
use crate::bodies::Body;
use crate::finding::Finding;
use crate::report::View;
use crate::search::{Search, SearchError};
use crate::source;

pub(super) struct Room {
    pub(super) archive: Archive,
    pub(super) view: View,
    pub(super) port: u16,
    /// Stands in every form.
    pub(super) token: String,
    held: Mutex<Option<(Option<SystemTime>, Arc<Held>)>>,
    /// One page picture is drawn at a time.
    pub(super) drawing: Mutex<()>,
}

/// What is read once and kept until the next run.
pub(super) struct Held {
    pub(super) summary: Summary,
    pub(super) ledger: BTreeMap<String, LedgerLine>,
    /// As they may be shown.
    pub(super) findings: Vec<Finding>,
    pub(super) bodies: Vec<Body>,
    pub(super) search: Result<Search, SearchError>,
    /// Where the files lie that the ledger names, as far as they are still there.
    pub(super) files: HashMap<String, PathBuf>,
}

impl Held {
    /// The file in which an input lies: its own, or that of the container around it. With the path of that one.
    pub(super) fn file_of<'p>(&self, path: &'p str) -> Option<(&'p str, &Path)> {
        let ends = std::iter::once(path.len()).chain(path.rmatch_indices('/').map(|(at, _)| at));
        ends.map(|end| &path[..end]).find_map(|path| Some((path, self.files.get(path)?.as_path())))
    }
}

impl Room {
    pub(super) fn new(archive: Archive, view: View, port: u16, token: String) -> Self {
        Self { archive, view, port, token, held: Mutex::default(), drawing: Mutex::default() }
    }

    /// What the last run wrote.
    pub(super) fn held(&self) -> Result<Arc<Held>, ArchiveError> {
        let written = self.archive.file("summary.json").metadata().and_then(|m| m.modified()).ok();
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = held.as_ref().filter(|(at, _)| *at == written) {
            return Ok(known.clone());
        }
        let fresh = Arc::new(self.read()?);
        *held = Some((written, fresh.clone()));
        Ok(fresh)
    }

    fn read(&self) -> Result<Held, ArchiveError> {
        let archive = &self.archive;
        let summary = archive.summary()?;
        let inputs: Vec<PathBuf> = summary.run.inputs.iter().map(PathBuf::from).collect();
        let found = source::walk(&inputs, Some(&archive.file(""))).unwrap_or_default();
        Ok(Held {
            ledger: archive.ledger()?.into_iter().map(|line| (line.path.clone(), line)).collect(),
            findings: archive.findings()?.into_iter().map(|f| self.view.finding(f)).collect(),
            bodies: archive.bodies()?,
            search: Search::open(archive),
            files: found.sources.into_iter().map(|s| (s.path, s.file)).collect(),
            summary,
        })
    }
}
