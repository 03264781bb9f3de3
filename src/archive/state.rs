//! What a later run needs to know of the files that were read: `state.jsonl`, private to motebok.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Archive, ArchiveError, LedgerLine, write_in_parts, write_line};
use crate::document::Block;
use crate::source::{LeftOut, Source};

/// What is remembered of a file on disk, so that an unchanged one need not be read again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Path of the file.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Time of its last change, in nanoseconds since 1970.
    pub modified: u64,
    /// The version of extraction that its records come from.
    pub extraction: String,
    /// What was left out of it.
    pub left_out: LeftOut,
    /// The file itself and, where it is a container, its entries.
    pub items: Vec<LedgerLine>,
    /// What extraction needs to know of the blocks and records do not say, with its path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layouts: Vec<(String, Layout)>,
}

impl Unit {
    /// A file of which nothing is known yet.
    #[must_use]
    pub fn new(source: &Source) -> Self {
        let Source { path, bytes, modified, .. } = source;
        Self { path: path.clone(), bytes: *bytes, modified: *modified, ..Self::default() }
    }

    /// Itself in no more memory than it needs: all units are held while an archive is read.
    #[must_use]
    pub fn compact(mut self) -> Self {
        self.items.shrink_to_fit();
        self.layouts.shrink_to_fit();
        self
    }
}

/// How blocks are laid out: what [`Block`] does not write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Runs of wrapped blocks: the first and the one after the last.
    wrapped: Vec<[u32; 2]>,
    /// Blocks after a page break.
    breaks: Vec<u32>,
}

impl Layout {
    /// The layout of these blocks.
    #[must_use]
    pub fn of(blocks: &[Block]) -> Self {
        let mut layout = Self::default();
        for (at, block) in (0..).zip(blocks) {
            match layout.wrapped.last_mut() {
                Some([_, end]) if block.wrapped && *end == at => *end += 1,
                _ if block.wrapped => layout.wrapped.push([at, at + 1]),
                _ => {}
            }
            if block.page_break {
                layout.breaks.push(at);
            }
        }
        layout
    }

    /// Whether there is nothing to remember.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Gives the same blocks, read back from a record, their layout.
    pub fn give_back(&self, blocks: &mut [Block]) {
        for [start, end] in &self.wrapped {
            blocks
                .get_mut(*start as usize..*end as usize)
                .unwrap_or_default()
                .iter_mut()
                .for_each(|block| block.wrapped = true);
        }
        for at in &self.breaks {
            if let Some(block) = blocks.get_mut(*at as usize) {
                block.page_break = true;
            }
        }
    }
}

/// What the whole archive depends on beside its files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The version of the readers and the options of reading.
    pub reading: String,
    /// The version of the rules.
    pub rules: String,
    /// Limits of time and memory of a worker.
    pub limits: String,
}

impl Archive {
    /// What earlier runs read, by path, and by what; nothing where that cannot be told.
    /// A torn last line, from a run that was killed, is passed over.
    #[must_use]
    pub fn state(&self) -> (Made, BTreeMap<String, Unit>) {
        let Ok(file) = File::open(self.file("state.jsonl")) else { return Default::default() };
        let mut lines = BufReader::new(file).lines().map_while(Result::ok);
        let Some(made) = lines.next().and_then(|line| serde_json::from_str(&line).ok()) else {
            return Default::default();
        };
        let units = lines.filter_map(|line| serde_json::from_str::<Unit>(&line).ok());
        (made, units.map(|u| (u.path.clone(), u)).collect())
    }

    /// Starts the state file with what is still true; further units are added as they are read.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn begin_state<'a>(
        &self,
        made: &Made,
        mut units: impl Iterator<Item = &'a Unit>,
    ) -> Result<StateWriter, ArchiveError> {
        let file = self.file("state.jsonl");
        write_in_parts(&file, false, |out| {
            write_line(out, made)?;
            units.try_for_each(|unit| write_line(out, unit))
        })?;
        let writer =
            fs::OpenOptions::new().append(true).open(&file).map_err(|e| ArchiveError::write(file.clone(), e))?;
        Ok(StateWriter { file, writer })
    }
}

/// Adds to the state file of an archive.
#[derive(Debug)]
pub struct StateWriter {
    file: PathBuf,
    writer: File,
}

impl StateWriter {
    /// Adds a unit whose records are written.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn add(&mut self, unit: &Unit) -> Result<(), ArchiveError> {
        let mut line = serde_json::to_vec(unit).map_err(|e| ArchiveError::Damaged(self.file.clone(), e))?;
        line.push(b'\n');
        self.writer.write_all(&line).map_err(|e| ArchiveError::write(self.file.clone(), e))
    }
}
