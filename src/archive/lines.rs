//! Files that people add lines to and no run ever rewrites: `verdicts.jsonl` and `corrections.jsonl`.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::ArchiveError;

/// Gives each line to `take`, in order. Returns the lines, from 1, that do not hold what they should; none where there is
/// no file.
pub(super) fn each<T: DeserializeOwned>(file: PathBuf, mut take: impl FnMut(T)) -> Result<Vec<usize>, ArchiveError> {
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(ArchiveError::Read(file, e)),
    };
    let mut damaged = Vec::new();
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(value) => take(value),
            Err(_) => damaged.push(i + 1),
        }
    }
    Ok(damaged)
}

/// Adds a line. Several programs may do so at once.
pub(super) fn add<T: Serialize>(file: PathBuf, value: &T) -> Result<(), ArchiveError> {
    let mut line = serde_json::to_vec(value).map_err(|e| ArchiveError::Damaged(file.clone(), e))?;
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
    add().map_err(|e| ArchiveError::write(file.clone(), e))
}
