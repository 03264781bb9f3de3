//! What people corrected: `corrections.jsonl`, which no run ever rewrites.

use std::sync::Arc;

use super::{Archive, ArchiveError, lines};
use crate::correction::{Correction, Corrections};
use crate::source::sha256;

impl Archive {
    /// The archive as people corrected it: its records are given with the corrections that still fit.
    ///
    /// # Errors
    /// Where the corrections cannot be read.
    pub fn corrected(&self) -> Result<Self, ArchiveError> {
        Ok(Self { corrections: Some(Arc::new(self.corrections()?)), ..self.clone() })
    }

    /// A mark of the corrections with which the records are given; empty where they are given as the machine read them.
    #[must_use]
    pub fn correction_mark(&self) -> String {
        let all = self.corrections.iter().flat_map(|c| c.all());
        let lines: Vec<String> = all.filter_map(|c| serde_json::to_string(c).ok()).collect();
        if lines.is_empty() { String::new() } else { sha256(lines.join("\n").as_bytes())[..16].to_owned() }
    }

    /// The same for the file with this content.
    #[must_use]
    pub(crate) fn correction_mark_of(&self, content: &str) -> String {
        let all = self.corrections.iter().flat_map(|c| c.of_file(content));
        all.filter_map(|c| serde_json::to_string(c).ok()).collect()
    }

    /// The corrections that count.
    ///
    /// # Errors
    /// Where they cannot be read. A line that is no correction is no error; [`Corrections::damaged`] names it.
    pub fn corrections(&self) -> Result<Corrections, ArchiveError> {
        let mut corrections = Corrections::default();
        corrections.damaged = lines::each(self.file("corrections.jsonl"), |correction| corrections.add(correction))?;
        Ok(corrections)
    }

    /// Adds a correction. Several programs may do so at once.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn correct(&self, correction: &Correction) -> Result<(), ArchiveError> {
        lines::add(self.file("corrections.jsonl"), correction)
    }
}
