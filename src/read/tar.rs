//! Tape archives (POSIX.1-1988 ustar and later) and gzip (RFC 1952), around a tape archive or a single file.

use std::io::{Cursor, Read};
use std::rc::Rc;

use flate2::bufread::GzDecoder;

use super::unpack::{entry_name, unpack};
use crate::document::{Problem, ProblemCode};
use crate::identify::{Contents, Entry, Format, Input, Match, Opened, Probe, Reader, Unpack};
use crate::limits::Room;

/// Tape archives.
pub const FORMAT: Format = Format { id: "tar", extensions: &["tar"], sniff, reader: Reader::Container(open) };

/// What gzip has packed.
pub const GZIP: Format =
    Format { id: "gzip", extensions: &["gz", "tgz"], sniff: sniff_gzip, reader: Reader::Container(open_gzip) };

/// The size of a header (ustar), in bytes.
const HEADER: usize = 512;

fn sniff(probe: &Probe) -> Option<Match> {
    let has_magic = probe.bytes.get(257..262) == Some(b"ustar");
    has_magic.then(|| Match::new(Some("x-fmt/265"), "Tape Archive Format", "application/x-tar", "ustar at byte 257"))
}

fn sniff_gzip(probe: &Probe) -> Option<Match> {
    let has_magic = probe.bytes.starts_with(b"\x1f\x8b\x08");
    has_magic.then(|| Match::new(Some("x-fmt/266"), "GZIP", "application/gzip", "gzip signature"))
}

fn open<'a>(input: &Input<'a>) -> Opened<'a> {
    entries(Rc::new(input.bytes), input.limits.entries)
}

fn open_gzip<'a>(input: &Input<'a>) -> Opened<'a> {
    let (bytes, limits) = (input.bytes, input.limits);
    let mut head = Vec::new();
    let mut decoder = GzDecoder::new(bytes);
    // What is wrong shows again, and is told, when all of it is unpacked.
    let _ = decoder.by_ref().take(HEADER as u64).read_to_end(&mut head);
    if sniff(&Probe::new(&head, "")).is_none() {
        let name = decoder.header().and_then(|h| h.filename()).map(entry_name);
        let own = || input.name.strip_suffix(".gz").unwrap_or(input.name).to_owned();
        let unpack: Unpack<'a> = Box::new(move |room| unpack(GzDecoder::new(bytes), bytes.len() as u64, room, limits));
        let entries = vec![Entry { path: name.unwrap_or_else(own), unpack }];
        return Ok(Contents { entries, ..Contents::default() });
    }
    let most = Room::new(limits, bytes.len()).bytes;
    let mut whole = Vec::new();
    let outcome = GzDecoder::new(bytes).take(most.saturating_add(1)).read_to_end(&mut whole);
    let problem = if whole.len() as u64 > most {
        whole.truncate(most as usize);
        let message = format!("{} bytes unpack to more than {most} bytes; the rest was not read", bytes.len());
        Some(Problem::new(ProblemCode::LimitExceeded, message))
    } else {
        outcome.err().map(|e| damaged(&e))
    };
    let contents = entries(Rc::new(whole), limits.entries)?;
    Ok(Contents { lost: problem.or(contents.lost), ..contents })
}

/// The files in a tape archive; folders and links are none.
fn entries<'a, B: AsRef<[u8]> + 'a>(bytes: Rc<B>, most: usize) -> Opened<'a> {
    let all: &[u8] = (*bytes).as_ref();
    let mut archive = tar::Archive::new(Cursor::new(all));
    let mut found = Vec::new();
    let mut problem = None;
    for entry in archive.entries().map_err(|e| damaged(&e))? {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                problem = Some(damaged(&error));
                break;
            }
        };
        if !(entry.header().entry_type().is_file() || entry.header().entry_type().is_contiguous()) {
            continue;
        }
        let start = usize::try_from(entry.raw_file_position()).unwrap_or(usize::MAX);
        let end = start.saturating_add(usize::try_from(entry.size()).unwrap_or(usize::MAX));
        let bytes = Rc::clone(&bytes);
        let unpack: Unpack<'a> = Box::new(move |_| {
            let content = (*bytes).as_ref().get(start..end).map(<[u8]>::to_vec);
            content.ok_or_else(|| Problem::new(ProblemCode::Damaged, "the archive ends within this entry"))
        });
        found.push(Entry { path: entry_name(&entry.path_bytes()), unpack });
        // One more than is allowed shows that there are too many.
        if found.len() > most {
            break;
        }
    }
    match problem {
        Some(problem) if found.is_empty() => Err(problem),
        lost => Ok(Contents { entries: found, lost, ..Contents::default() }),
    }
}

fn damaged(error: &std::io::Error) -> Problem {
    Problem::new(ProblemCode::Damaged, format!("the archive is damaged: {error}"))
}
