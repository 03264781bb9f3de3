//! What people judged of findings: `verdicts.jsonl`, which no run ever rewrites.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};

use super::{Archive, ArchiveError};
use crate::verdict::{Verdict, Verdicts};

impl Archive {
    /// The verdicts that count.
    ///
    /// # Errors
    /// Where they cannot be read. A line that is no verdict is no error; [`Verdicts::damaged`] names it.
    pub fn verdicts(&self) -> Result<Verdicts, ArchiveError> {
        let file = self.file("verdicts.jsonl");
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Verdicts::default()),
            Err(e) => return Err(ArchiveError::Read(file, e)),
        };
        let mut verdicts = Verdicts::default();
        for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match serde_json::from_str(line) {
                Ok(verdict) => verdicts.add(verdict),
                Err(_) => verdicts.damaged.push(i + 1),
            }
        }
        Ok(verdicts)
    }

    /// Adds a verdict. Several programs may do so at once.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn judge(&self, verdict: &Verdict) -> Result<(), ArchiveError> {
        let file = self.file("verdicts.jsonl");
        let mut line = serde_json::to_vec(verdict).map_err(|e| ArchiveError::Damaged(file.clone(), e))?;
        line.push(b'\n');
        let mut add = || -> io::Result<()> {
            let mut out = OpenOptions::new().create(true).read(true).append(true).open(&file)?;
            out.lock()?;
            // A line that was torn off must not take this one with it.
            if out.seek(SeekFrom::End(0))? > 0 {
                let mut last = [0];
                out.seek(SeekFrom::End(-1))?;
                out.read_exact(&mut last)?;
                if last != *b"\n" {
                    line.insert(0, b'\n');
                }
            }
            out.write_all(&line)?;
            out.sync_all()
        };
        add().map_err(|e| ArchiveError::Write(file.clone(), e))
    }
}
