//! Facts on their way from the records to the rules, in a file.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::mem::take;
use std::path::Path;

use rayon::prelude::*;
use tempfile::SpooledTempFile;

use super::{DocumentFact, Facts, Whole, folder_and_name, series_and_year};
use crate::model::Record;

/// Facts of a small archive stay in memory: up to so many bytes.
const HELD: usize = 1 << 20;

/// Bodies are gathered until they have so many documents.
const GROUP: usize = 500;

/// The facts of all documents, until the rules look at them.
#[derive(Debug)]
pub struct Spool {
    file: SpooledTempFile,
    end: u64,
    /// Where the documents of each municipality and body lie, and their length.
    bodies: BTreeMap<(String, String), Vec<(u64, usize)>>,
    whole: Whole,
}

impl Spool {
    /// An empty one, with a file without a name in `folder` or, where there is none, in memory.
    #[must_use]
    pub fn new(folder: Option<&Path>) -> Self {
        let file = folder.map_or_else(|| SpooledTempFile::new(usize::MAX), |f| SpooledTempFile::new_in(HELD, f));
        Self { file, end: 0, bodies: BTreeMap::new(), whole: Whole::default() }
    }

    /// Takes in a file and the facts of its documents.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn add(&mut self, path: &str, documents: Vec<DocumentFact>) -> io::Result<()> {
        let (folder, name) = folder_and_name(path);
        match self.whole.files.get_mut(folder) {
            Some(names) => names.push(name.to_owned()),
            None => _ = self.whole.files.insert(folder.to_owned(), vec![name.to_owned()]),
        }
        for document in documents {
            for number in document.cases.iter().filter_map(|c| c.number.as_ref()) {
                if let Some(key) = series_and_year(number) {
                    self.whole.numbers.entry(key).or_default().insert(number.sequence);
                }
            }
            let bytes = serde_json::to_vec(&document)?;
            self.file.write_all(&bytes)?;
            self.bodies.entry(document.body_key).or_default().push((self.end, bytes.len()));
            self.end += bytes.len() as u64;
        }
        Ok(())
    }

    /// Gives the facts to `look`, body by body, several small ones at once, and those of documents without a body, which no
    /// rule compares, in parts. As many are looked at side by side as there are jobs; what comes of them goes to `keep`, in
    /// order. `record` gives the record of a path.
    ///
    /// # Errors
    /// Where they cannot be read back.
    pub fn each<T: Send>(
        mut self,
        record: &(dyn Fn(&str) -> Option<Record> + Sync),
        look: impl Fn(&Facts) -> T + Sync,
        mut keep: impl FnMut(&Facts, T),
    ) -> io::Result<()> {
        let parts = take(&mut self.bodies).into_iter().flat_map(|((_, body), places)| {
            let most = if body.is_empty() { GROUP } else { places.len() };
            places.chunks(most).map(<[_]>::to_vec).collect::<Vec<_>>()
        });
        let mut parts = parts.peekable();
        let mut group = Vec::new();
        let mut groups = Vec::new();
        while let Some(part) = parts.next() {
            for place in part {
                group.push(self.read(place)?);
            }
            let is_last = parts.peek().is_none();
            if group.len() >= GROUP || is_last {
                group.sort_by(|a: &DocumentFact, b| (&a.path, &a.id).cmp(&(&b.path, &b.id)));
                groups.push(take(&mut group));
            }
            if groups.len() == rayon::current_num_threads() || is_last {
                let side_by_side = take(&mut groups).into_par_iter().map(|documents| {
                    let facts = Facts { documents, whole: &self.whole, record };
                    let found = look(&facts);
                    (facts, found)
                });
                side_by_side.collect::<Vec<_>>().into_iter().for_each(|(facts, found)| keep(&facts, found));
            }
        }
        Ok(())
    }

    fn read(&mut self, (at, length): (u64, usize)) -> io::Result<DocumentFact> {
        let mut bytes = vec![0; length];
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(&mut bytes)?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}
