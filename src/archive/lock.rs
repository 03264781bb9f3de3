//! One at a time: who writes an archive holds its lock, and tidies up after one that was killed.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;

use super::{Archive, ArchiveError, remove};

/// The right to write an archive. It ends with this value, and with the process, however that ends.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held, not used")] File);

impl Archive {
    /// Takes the archive for writing, and removes what a run that was killed left half done.
    ///
    /// # Errors
    /// Where somebody else has it, or the folder cannot be written.
    pub fn lock(&self) -> Result<Lock, ArchiveError> {
        let path = self.file(".lock");
        let write = |e| ArchiveError::write(path.clone(), e);
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(write)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ArchiveError::Busy(self.root.clone())),
            Err(TryLockError::Error(error)) => return Err(write(error)),
        }
        for folder in [self.root.clone(), self.file("cache").join("ocr")] {
            remove_halves(&folder)?;
        }
        match fs::remove_dir_all(self.file(TEMPORARY)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(ArchiveError::write(self.file(TEMPORARY), e)),
            _ => Ok(Lock(file)),
        }
    }

    /// A folder for what need not last. It goes with this value, and where that is killed, with the next lock.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn temporary(&self) -> Result<tempfile::TempDir, ArchiveError> {
        let made = self.root.canonicalize();
        let made = made.and_then(|root| tempfile::Builder::new().prefix(TEMPORARY).rand_bytes(0).tempdir_in(root));
        made.map_err(|e| ArchiveError::write(self.file(TEMPORARY), e))
    }
}

/// The name of the folder for what need not last.
const TEMPORARY: &str = "tmp";

/// Removes files that were not written to their end.
fn remove_halves(folder: &Path) -> Result<(), ArchiveError> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    entries
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "tmp"))
        .try_for_each(|p| remove(&p))
}
