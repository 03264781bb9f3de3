//! What people said of findings: `verdicts.jsonl`, which no run ever rewrites.

use super::{Archive, ArchiveError, lines};
use crate::verdict::{Verdict, Verdicts};

impl Archive {
    /// The verdicts that count.
    ///
    /// # Errors
    /// Where they cannot be read. A line that is no verdict is no error; [`Verdicts::damaged`] names it.
    pub fn verdicts(&self) -> Result<Verdicts, ArchiveError> {
        let mut verdicts = Verdicts::default();
        verdicts.damaged = lines::each(self.file("verdicts.jsonl"), |verdict| verdicts.add(verdict))?;
        Ok(verdicts)
    }

    /// Adds a verdict. Several programs may do so at once.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn judge(&self, verdict: &Verdict) -> Result<(), ArchiveError> {
        lines::add(self.file("verdicts.jsonl"), verdict)
    }
}
