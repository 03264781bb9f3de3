//! The search index of an archive, `OUT/index`: built after each run from what changed, asked by people.
//!
//! A record is indexed in pieces (cases, decisions, proposals, tables, meetings, other text, findings). What is found is
//! gathered by case.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tantivy::collector::DocSetCollector;
use tantivy::directory::{Directory, MmapDirectory, RamDirectory};
use tantivy::indexer::IndexWriterOptions;
use tantivy::merge_policy::LogMergePolicy;
use tantivy::query::TermQuery;
use tantivy::schema::{Field, IndexRecordOption, Value as _};
use tantivy::{Index, IndexReader, IndexWriter, TantivyDocument, Term};

use crate::archive::{Archive, ArchiveError, LedgerLine};
use crate::finding::Finding;
use crate::model::{CaseNumber, Document, Status};
use crate::source::sha256;

mod ask;
mod asked;
mod build;
mod fields;
mod matches;
mod query;
mod snippet;
mod words;

pub use ask::{Answer, FacetCount, Found, Order, Question};
pub use query::QueryError;
pub use snippet::Piece;

pub(crate) use build::case_key;
use fields::{FORMS, Fields};

/// Memory of each thread that writes, in bytes; it needs 15 MB.
const WRITER_BYTES: usize = 16 << 20;

/// No more threads write, however many jobs there are.
const WRITERS: usize = 4;

/// The index of no more inputs than this is made in memory and written at once: on disk each of its files is waited for several
/// times. As many records are held in memory while they are checked.
const AT_ONCE: usize = 64;

/// Segments of more pieces are not merged any more: several are searched side by side.
const SEGMENT_PIECES: usize = 100_000;

/// The layout of the index. Another one makes it be built anew.
const LAYOUT: u32 = 4;

/// What the index holds, beside the index itself.
const NOTE: &str = "motebok.json";

/// Whether this file can be written tells whether the disk is full.
const ROOM: &str = "index/room";

/// Why the index cannot be built or asked.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// There is none.
    #[error("{0} has no search index; make one with `motebok run`")]
    NoIndex(PathBuf),
    /// The query is not understood.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The archive cannot be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The index cannot be read or written.
    #[error("the search index: {0}; remove the folder `index` and run again")]
    Index(#[from] tantivy::TantivyError),
}

/// The content of [`NOTE`].
#[derive(Debug, Default, Serialize, Deserialize)]
struct Held {
    layout: u32,
    /// Hash of each record that is indexed, by path.
    records: BTreeMap<String, String>,
    /// Hash of the findings that are indexed.
    findings: String,
    /// The corrections with which the records are indexed ([`Archive::correction_mark`]).
    #[serde(default)]
    corrected: String,
}

/// The index of an archive, to be asked.
pub struct Search {
    fields: Fields,
    reader: IndexReader,
}

impl Search {
    /// Opens the index of an archive.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read.
    pub fn open(archive: &Archive) -> Result<Self, SearchError> {
        let folder = archive.file("index");
        if !is_built(archive) {
            return Err(SearchError::NoIndex(archive.file("")));
        }
        let fields = Fields::new();
        let index = Index::open_in_dir(&folder)?;
        index.tokenizers().register(FORMS, words::Forms::default());
        Ok(Self { fields, reader: index.reader()? })
    }

    /// The files that hold a case, by its address: `case/<organisation>/<body>/<year>/<series or ->/<number>`.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn files_of(&self, key: &str) -> Result<BTreeSet<String>, SearchError> {
        self.files_with(self.fields.key, key)
    }

    /// The files in which cases refer to a number like that of a case in `document`.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn files_that_refer_to(
        &self,
        document: &Document,
        number: &CaseNumber,
    ) -> Result<BTreeSet<String>, SearchError> {
        self.files_with(self.fields.refers, &build::reference_form(document, number))
    }

    fn files_with(&self, field: Field, text: &str) -> Result<BTreeSet<String>, SearchError> {
        let searcher = self.reader.searcher();
        let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic);
        let mut files = BTreeSet::new();
        let places: BTreeSet<_> = searcher.search(&query, &DocSetCollector)?.into_iter().collect();
        for at in places {
            let piece: TantivyDocument = searcher.doc(at)?;
            files.extend(piece.get_first(self.fields.path).and_then(|v| v.as_str()).map(str::to_owned));
        }
        Ok(files)
    }
}

/// Whether an archive has an index.
#[must_use]
pub fn is_built(archive: &Archive) -> bool {
    archive.file("index").join(NOTE).is_file()
}

/// Whether the index holds the records as `archive` gives them: as the machine read them, or as people corrected them.
#[must_use]
pub fn is_of(archive: &Archive) -> bool {
    let held = fs::read(archive.file("index").join(NOTE)).ok();
    let held = held.and_then(|bytes| serde_json::from_slice::<Held>(&bytes).ok());
    held.is_some_and(|held| held.corrected == archive.correction_mark())
}

/// Brings the index of an archive up to the records that `ledger` names and to its findings. Says how many records were indexed anew.
///
/// # Errors
/// Where a record cannot be read or the index cannot be written.
pub fn update(archive: &Archive, ledger: &[LedgerLine], findings: &[Finding]) -> Result<u64, SearchError> {
    bring_up(archive, ledger, findings).map_err(|error| {
        let SearchError::Index(_) = error else { return error };
        // What the index's writers died of is not told.
        let room = archive.write(ROOM, &vec![0; WRITER_BYTES]);
        let _ = fs::remove_file(archive.file(ROOM));
        match room {
            Err(full @ ArchiveError::Full(..)) => full.into(),
            _ => error,
        }
    })
}

fn bring_up(archive: &Archive, ledger: &[LedgerLine], findings: &[Finding]) -> Result<u64, SearchError> {
    let folder = archive.file("index");
    let note = folder.join(NOTE);
    let held: Option<Held> = fs::read(&note).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let held = held.filter(|h| h.layout == LAYOUT && folder.join("meta.json").is_file());
    let write = |e| ArchiveError::write(folder.clone(), e);
    if held.is_none() && folder.exists() {
        fs::remove_dir_all(&folder).map_err(write)?;
    }
    fs::create_dir_all(&folder).map_err(write)?;
    let is_new = held.is_none();
    let mut held = held.unwrap_or_default();
    held.layout = LAYOUT;

    let fields = Fields::new();
    let directory = MmapDirectory::open(&folder).map_err(tantivy::TantivyError::from)?;
    let at_once = (is_new && ledger.len() <= AT_ONCE).then(RamDirectory::create);
    let made_in: Box<dyn Directory> = match &at_once {
        Some(memory) => Box::new(memory.clone()),
        None => Box::new(directory.clone()),
    };
    let index = Index::open_or_create(made_in, fields.schema.clone())?;
    index.tokenizers().register(FORMS, words::Forms::default());
    let writers = rayon::current_num_threads().min(WRITERS);
    let options = IndexWriterOptions::builder()
        .num_worker_threads(writers)
        .memory_budget_per_thread(WRITER_BYTES)
        .num_merge_threads(writers)
        .build();
    let mut writer: IndexWriter = index.writer_with_options(options)?;
    let mut merging = LogMergePolicy::default();
    merging.set_max_docs_before_merge(SEGMENT_PIECES);
    writer.set_merge_policy(Box::new(merging));

    let known = &held.records;
    let changed: Vec<(String, String)> = ledger
        .par_iter()
        .filter(|line| line.status != Status::Duplicate)
        .map(|line| {
            let mut bytes = archive.record_bytes(&line.path)?;
            let length = bytes.len();
            bytes.extend(archive.correction_mark_of(&line.sha256).into_bytes());
            let hash = sha256(&bytes)[..16].to_owned();
            if known.get(&line.path) != Some(&hash) {
                let record = archive.record_of(&line.path, &bytes[..length])?;
                if !is_new {
                    writer.delete_term(Term::from_field_text(fields.path, &line.path));
                }
                for piece in build::of_record(&fields, &record) {
                    writer.add_document(piece)?;
                }
            }
            Ok((line.path.clone(), hash))
        })
        .collect::<Result<_, SearchError>>()?;
    let records: BTreeMap<String, String> = changed.into_iter().collect();
    let anew: Vec<&String> =
        records.iter().filter(|(path, hash)| known.get(*path) != Some(hash)).map(|(p, _)| p).collect();
    let gone: Vec<&String> = known.keys().filter(|path| !records.contains_key(*path)).collect();
    for path in &gone {
        writer.delete_term(Term::from_field_text(fields.path, path));
    }
    let now = hash_of(findings);
    if held.findings != now || !anew.is_empty() || !gone.is_empty() {
        // The findings of a record went with it, and any finding may be another now.
        writer.delete_term(Term::from_field_text(fields.kind, "finding"));
        for finding in findings {
            writer.add_document(build::of_finding(&fields, finding))?;
        }
        writer.commit()?;
    }
    writer.wait_merging_threads()?;
    if let Some(memory) = at_once {
        memory.persist(&directory)?;
        directory.sync_directory().map_err(write)?;
    }
    let anew = anew.len() as u64;
    let held = Held { layout: LAYOUT, records, findings: now, corrected: archive.correction_mark() };
    let bytes = serde_json::to_vec(&held).map_err(|e| ArchiveError::Damaged(note.clone(), e))?;
    archive.write(&format!("index/{NOTE}"), &bytes)?;
    Ok(anew)
}

/// A name in a form that its spellings share: small letters, without the definite article's ending.
#[must_use]
pub fn name_form(name: &str) -> String {
    words::words(name)
        .iter()
        .map(|w| w.stems().into_iter().min_by_key(String::len).unwrap_or_default())
        .collect::<Vec<_>>()
        .join(" ")
}

fn hash_of(findings: &[Finding]) -> String {
    let all: String =
        findings.iter().flat_map(|f| [f.fingerprint.as_str(), f.path.as_str(), f.level.as_str()]).collect();
    sha256(all.as_bytes())
}
