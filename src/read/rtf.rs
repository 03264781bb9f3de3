//! Rich Text Format, from Word, LibreOffice, Mac and DOS programs (Rich Text Format Specification 1.9.1).

mod flow;
mod interpreter;
mod list;
#[cfg(test)]
mod tests;
pub(super) mod token;

use crate::document::{Document, Problem, ProblemCode};
use crate::identify::{Format, Input, Match, Probe, Read, Reader};

/// Rich Text Format.
pub const FORMAT: Format = Format { id: "rtf", extensions: &["rtf"], sniff, reader: Reader::Document(read) };

const SIGNATURE: &[u8] = b"{\\rtf";

/// The version by a control word that came with it, newest first.
const VERSIONS: [(&str, &str, &[&str]); 4] = [
    ("fmt/355", "1.9", &["\\themedata", "\\mmathPr", "\\latentstyles"]),
    ("fmt/53", "1.8", &["\\xmlnstbl", "\\factoidname", "\\wgrffmtfilter"]),
    ("fmt/52", "1.7", &["\\rsidtbl", "\\nestcell", "\\itap"]),
    ("fmt/50", "1.5-1.6", &["\\listtable", "\\listoverridetable"]),
];

fn sniff(probe: &Probe) -> Option<Match> {
    start(probe.bytes)?;
    // The words stand in the head of the file, before the text.
    let head = probe.bytes.get(..1 << 20).unwrap_or(probe.bytes);
    let found = VERSIONS.iter().find_map(|(puid, version, words)| {
        let word = words.iter().find(|word| memchr::memmem::find(head, word.as_bytes()).is_some())?;
        Some((*puid, format!("RTF signature, {word} of version {version}")))
    });
    let (puid, basis) = found.unwrap_or(("fmt/45", "RTF signature".to_owned()));
    Some(Match::new(Some(puid), "Rich Text Format", "application/rtf", basis))
}

/// Where the RTF begins, after a byte order mark or white space.
fn start(bytes: &[u8]) -> Option<usize> {
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let at = bytes.iter().skip(mark).take(64).position(|b| !b.is_ascii_whitespace())? + mark;
    bytes.get(at..)?.starts_with(SIGNATURE).then_some(at)
}

fn read(input: &Input) -> Read {
    let Some(at) = start(input.bytes) else {
        return Err(Problem::new(ProblemCode::Damaged, "no RTF signature"));
    };
    let contents = interpreter::interpret(input.bytes.get(at..).unwrap_or_default(), input.limits);
    let mut document = Document {
        properties: contents.properties,
        pages: contents.pages,
        embedded: contents.embedded,
        ..Document::default()
    };
    contents.headers.into_iter().for_each(|block| document.push(block));
    let before = document.blocks.len() as u32;
    contents.body.into_iter().for_each(|block| document.push(block));
    for block in contents.notes.into_iter().chain(contents.footers).chain(contents.comments) {
        document.push(block);
    }
    let placed = |deleted: crate::document::DeletedText| crate::document::DeletedText {
        block: deleted.block.map(|n| n + before),
        ..deleted
    };
    document.deleted = contents.deleted.into_iter().map(placed).collect();
    Ok((document, contents.problems))
}
