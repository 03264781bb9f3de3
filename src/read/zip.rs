//! Zip archives (PKWARE APPNOTE 6.3) that hold files rather than one document.

use std::io::Cursor;

use crate::document::{Problem, ProblemCode};
use crate::identify::{Contents, Entry, Format, Input, Match, Opened, Probe, Reader, Unpack};

use super::unpack::{entry_name, unpack};

/// Zip archives.
pub const FORMAT: Format = Format { id: "zip", extensions: &["zip"], sniff, reader: Reader::Container(open) };

/// Parts that make a zip file a document: Office Open XML, OpenDocument, EPUB.
const DOCUMENT_PARTS: [&str; 2] = ["[Content_Types].xml", "mimetype"];

fn sniff(probe: &Probe) -> Option<Match> {
    let is_document = probe.zip_names().iter().any(|name| DOCUMENT_PARTS.contains(&name.as_str()));
    (probe.is_zip() && !is_document)
        .then(|| Match::new(Some("x-fmt/263"), "ZIP archive", "application/zip", "zip signature, no package parts"))
}

fn open<'a>(input: &Input<'a>) -> Opened<'a> {
    let limits = input.limits;
    let mut archive = zip::ZipArchive::new(Cursor::new(input.bytes)).map_err(|e| damaged(&e))?;
    let mut entries = Vec::new();
    // One more than is allowed shows that there are too many.
    for number in 0..archive.len().min(limits.entries.saturating_add(1)) {
        let (path, packed) = match archive.by_index_raw(number) {
            Ok(entry) if entry.is_dir() => continue,
            Ok(entry) if entry.encrypted() => {
                (entry_name(entry.name_raw()), Err(Problem::new(ProblemCode::Encrypted, "the entry needs a password")))
            }
            Ok(entry) => (entry_name(entry.name_raw()), Ok(entry.compressed_size())),
            Err(error) => (format!("entry-{number}"), Err(damaged(&error))),
        };
        // The clone shares the directory.
        let mut archive = archive.clone();
        let unpack: Unpack<'a> = Box::new(move |room| {
            let packed = packed?;
            let entry = archive.by_index(number).map_err(|e| damaged(&e))?;
            unpack(entry, packed, room, limits)
        });
        entries.push(Entry { path, unpack });
    }
    Ok(Contents { entries, ..Contents::default() })
}

fn damaged(error: &zip::result::ZipError) -> Problem {
    Problem::new(ProblemCode::Damaged, format!("the archive cannot be opened: {error}"))
}
