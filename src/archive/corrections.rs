//! What people corrected: `corrections.jsonl`, which no run ever rewrites.

use super::{Archive, ArchiveError, lines};
use crate::correction::{Correction, Corrections};

impl Archive {
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
