//! Zip archives (PKWARE APPNOTE 6.3) that hold files rather than one document.

use std::io::{Cursor, Read as _};

use crate::document::{Problem, ProblemCode};
use crate::identify::{Entry, Format, Input, Match, Probe, Reader};
use crate::limits::Limits;

/// Zip archives.
pub const FORMAT: Format = Format { id: "zip", extensions: &["zip"], sniff, reader: Reader::Container(open) };

/// Parts that make a zip file a document: Office Open XML, OpenDocument, EPUB.
const DOCUMENT_PARTS: [&str; 2] = ["[Content_Types].xml", "mimetype"];

fn sniff(probe: &Probe) -> Option<Match> {
    let is_document = probe.zip_names().iter().any(|name| DOCUMENT_PARTS.contains(&name.as_str()));
    (probe.is_zip() && !is_document)
        .then(|| Match::new(Some("x-fmt/263"), "ZIP archive", "application/zip", "zip signature, no package parts"))
}

fn open(input: &Input) -> Result<Vec<Entry>, Problem> {
    let limits = input.limits;
    let mut archive = zip::ZipArchive::new(Cursor::new(input.bytes)).map_err(|e| damaged(&e))?;
    if archive.len() > limits.entries {
        return Err(limit(format!("{} entries, {} are allowed", archive.len(), limits.entries)));
    }
    let mut room = limits.container_bytes;
    let mut entries = Vec::new();
    for number in 0..archive.len() {
        let (path, is_dir, bytes) = match archive.by_index_raw(number) {
            Ok(entry) => (name(entry.name_raw()), entry.is_dir(), Ok((entry.encrypted(), entry.compressed_size()))),
            Err(error) => (format!("entry-{number}"), false, Err(damaged(&error))),
        };
        if is_dir {
            continue;
        }
        let bytes = match bytes {
            Err(problem) => Err(problem),
            Ok((true, _)) => Err(Problem::new(ProblemCode::Encrypted, "the entry needs a password")),
            Ok((false, packed)) => {
                archive.by_index(number).map_err(|e| damaged(&e)).and_then(|entry| unpack(entry, packed, room, limits))
            }
        };
        if let Ok(bytes) = &bytes {
            room = room.saturating_sub(bytes.len() as u64);
        }
        entries.push(Entry { path, bytes });
    }
    Ok(entries)
}

/// Unpacks one entry. What it says about its own size is not trusted.
fn unpack(entry: impl std::io::Read, packed: u64, room: u64, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let by_ratio = packed.saturating_mul(limits.ratio).max(limits.ratio_free_bytes);
    let most = by_ratio.min(limits.part_bytes).min(room);
    let mut bytes = Vec::new();
    entry
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Problem::new(ProblemCode::Damaged, format!("the entry cannot be unpacked: {e}")))?;
    if bytes.len() as u64 > most {
        return Err(limit(format!("an entry of {packed} bytes unpacks to more than {most} bytes")));
    }
    Ok(bytes)
}

/// An entry's name: UTF-8 where it is valid, whatever its flag says, else the DOS code page of Norway and Denmark.
fn name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => oem_cp::decode_string_complete_table(raw, &oem_cp::code_table::DECODING_TABLE_CP865),
    }
}

fn damaged(error: &zip::result::ZipError) -> Problem {
    Problem::new(ProblemCode::Damaged, format!("the archive cannot be opened: {error}"))
}

fn limit(message: String) -> Problem {
    Problem::new(ProblemCode::LimitExceeded, message)
}
