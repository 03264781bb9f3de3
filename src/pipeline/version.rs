//! The versions of what records and findings depend on: hashes of the sources, made by `build.rs`.

/// Of the readers: with another, files are read again.
pub(super) const READING: &str = env!("MOTEBOK_READING");

/// Of extraction and the language packs: with another, documents are extracted again from the blocks in the records.
pub(super) const EXTRACTION: &str = env!("MOTEBOK_EXTRACTION");

/// Of the rules: with another, records are checked again.
pub(super) const RULES: &str = env!("MOTEBOK_RULES");
