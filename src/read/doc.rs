//! Word documents in their binary formats: Word 97 to 2003 ([MS-DOC]), Word 6/95 and Word 2.

mod bytes;
mod equation;
mod fib;
mod fonts;
mod lists;
mod ole;
mod paragraphs;
mod pieces;
mod properties;
mod sections;
mod sprm;
mod story;
mod summary;
mod table;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::document::{BlockKind, Document, Problem, ProblemCode, visible_chars};
use crate::identify::{Format, Input, Match, Probe, Read, Reader};
use crate::limits::Limits;
use bytes::{slice_at, u8_at, u16_at, u32_at};
use fib::{Fib, Part, Story, Version};
use fonts::Fonts;
use lists::Lists;
use ole::Compound;
use paragraphs::Text;
use pieces::Pieces;
use properties::{Exceptions, Formatting, Styles, piece_modifiers};
use sections::Sections;
use story::Writer;

/// Word documents in their binary formats.
pub const FORMAT: Format = Format { id: "doc", extensions: &["doc", "dot"], sniff, reader: Reader::Document(read) };

const MIME: &str = "application/msword";
const MAIN: &str = "WordDocument";

/// Less than this share of the characters that the file counts, in per cent, is a loss.
const ENOUGH: u64 = 98;

fn sniff(probe: &Probe) -> Option<Match> {
    // Word 2 files are no compound files: wIdent, then nFib 45.
    if probe.bytes.starts_with(&[0xDB, 0xA5, 0x2D, 0x00]) {
        let basis = "signature DB A5 of Word 2";
        return Some(Match::new(Some("fmt/38"), "Microsoft Word for Windows Document 2.0", MIME, basis));
    }
    if !probe.ole_names().iter().any(|name| name.eq_ignore_ascii_case(MAIN)) {
        return None;
    }
    let start = Compound::open(probe.bytes).stream(MAIN, 4).map(|stream| stream.bytes).unwrap_or_default();
    let version = u16_at(&start, 0).unwrap_or(0);
    Some(if version == 0xA5DC || (matches!(version, 0xA5EC | 0xA699) && u16_at(&start, 2) <= Some(105)) {
        let basis = "compound file with a stream WordDocument of Word 6/95";
        Match::new(Some("fmt/39"), "Microsoft Word Document 6.0/95", MIME, basis)
    } else {
        let basis = "compound file with a stream WordDocument";
        Match::new(Some("fmt/40"), "Microsoft Word Document 97-2003", MIME, basis)
    })
}

fn read(input: &Input) -> Read {
    let mut problems = Vec::new();
    let mut document = Document::default();
    if input.bytes.is_empty() {
        return Err(Problem::new(ProblemCode::Empty, "the file has no bytes"));
    }
    if input.bytes.starts_with(&[0xDB, 0xA5]) {
        let streams = Streams { main: input.bytes, table: input.bytes, data: &[] };
        return read_streams(&streams, input.limits, document, problems);
    }

    let mut file = Compound::open(input.bytes);
    let limit = input.limits.part_bytes;
    let mut stream = |name: &str| {
        let stream = file.stream(name, limit)?;
        if !stream.whole {
            problems.push(Problem::new(ProblemCode::Damaged, format!("the stream {name} is cut off")));
        }
        Some(stream.bytes)
    };
    let main =
        stream(MAIN).ok_or_else(|| Problem::new(ProblemCode::Damaged, "the stream WordDocument cannot be read"))?;
    let fib = Fib::read(&main).ok_or_else(|| Problem::new(ProblemCode::Damaged, "no file information block"))?;
    if fib.encrypted {
        return Err(Problem::new(ProblemCode::Encrypted, "the document needs a password"));
    }
    // Before Word 97 the structures stand in the main stream.
    let table = if fib.version == Version::Word97 { stream(fib.table).unwrap_or_default() } else { Vec::new() };
    let data = stream("Data").unwrap_or_default();
    if let Some(summary) = stream("\u{5}SummaryInformation") {
        summary::read_summary(&summary, &mut document);
    }
    if let Some(summary) = stream("\u{5}DocumentSummaryInformation") {
        summary::read_document_summary(&summary, &mut document);
    }
    let table = if fib.version == Version::Word97 { &table } else { &main };
    read_streams(&Streams { main: &main, table, data: &data }, input.limits, document, problems)
}

/// The streams that hold a document.
struct Streams<'a> {
    main: &'a [u8],
    table: &'a [u8],
    data: &'a [u8],
}

fn read_streams(streams: &Streams, limits: &Limits, mut document: Document, mut problems: Vec<Problem>) -> Read {
    let &Streams { main, table, data } = streams;
    let fib = Fib::read(main).ok_or_else(|| Problem::new(ProblemCode::Damaged, "no file information block"))?;
    if fib.encrypted {
        return Err(Problem::new(ProblemCode::Encrypted, "the document needs a password"));
    }
    let fonts = Fonts::read(&fib, main, table);
    if fib.version == Version::Word2 {
        let (at, length) = fib.part(Part::Associated);
        summary::read_associated(slice_at(main, at, length), fonts.code_page(), &mut document);
    }
    let pieces = Pieces::read(&fib, table);
    if pieces.assumed {
        problems.push(Problem::new(
            ProblemCode::Damaged,
            "the piece table cannot be read; the text is taken to lie in one piece",
        ));
    }
    let residual = if fib.complex { pieces.residual(main, fib.text) } else { 0 };
    if residual > 0 {
        let message =
            format!("{residual} bytes of text that earlier fast saves left in the file are no part of the document");
        document.remarks.push(Problem::new(ProblemCode::TextIncomplete, message));
    }
    let modifiers = piece_modifiers(fib.version, &pieces);
    let formatting = Formatting {
        version: fib.version,
        characters: Exceptions::read(&fib, main, table, Part::CharacterPages),
        paragraphs: Exceptions::read(&fib, main, table, Part::ParagraphPages),
        styles: Styles::read(&fib, table),
        pieces: &modifiers,
        data,
    };
    let text = Text { main, pieces: &pieces, formatting, fonts };
    let sections = Sections::read(&fib, main, table);
    let mut writer = Writer::new(&text, fib.version, Lists::read(&fib, table, sections.outlines()), limits.cells);
    writer.authors = strings(&fib, table, Part::RevisionAuthors, &text.fonts);
    writer.continuous = sections.continuous();

    write_headers(&fib, table, &sections, BlockKind::Header, &mut writer);
    append(&mut document, &mut writer);
    writer.boxes = anchored_boxes(&fib, table);
    writer.story(fib.story(Story::Body), BlockKind::Paragraph);
    writer.text_boxes(u32::MAX);
    write_notes(&fib, table, Story::Footnotes, &mut writer);
    write_notes(&fib, table, Story::Endnotes, &mut writer);
    append(&mut document, &mut writer);
    write_headers(&fib, table, &sections, BlockKind::Footer, &mut writer);
    write_notes(&fib, table, Story::Comments, &mut writer);
    append(&mut document, &mut writer);

    let macros = fib.story(Story::Macros);
    let no_text = writer.no_text + u64::from(macros.1 - macros.0);
    let declared = u64::from(fib.characters()).saturating_sub(no_text);
    document.declared_chars = Some(declared);
    let extracted = document.extracted_chars();
    if writer.cells_left == 0 {
        let message = format!("more than {} table cells; what follows them is given as paragraphs", limits.cells);
        problems.push(Problem::new(ProblemCode::LimitExceeded, message));
    }
    if extracted == 0 && declared > 0 {
        return Err(Problem::new(
            ProblemCode::Damaged,
            format!("no text can be read; the file counts {declared} characters"),
        ));
    }
    if extracted.saturating_mul(100) < declared.saturating_mul(ENOUGH) {
        let message = format!("{extracted} of the {declared} characters that the file counts could be read");
        problems.push(Problem::new(ProblemCode::TextIncomplete, message));
    }
    Ok((document, problems))
}

/// Moves the writer's blocks and deleted text into the document.
fn append(document: &mut Document, writer: &mut Writer) {
    let first = document.blocks.len() as u32;
    let (blocks, deleted) = writer.take();
    for block in blocks {
        document.push(block);
    }
    for mut deleted in deleted {
        deleted.block =
            deleted.block.map(|block| block + first).filter(|block| (*block as usize) < document.blocks.len());
        document.deleted.push(deleted);
    }
}

/// The character positions in a list of them (a PLC), from the start of `story` on ([MS-DOC] 2.2.2). Each goes with
/// `size` bytes of data.
fn positions(fib: &Fib, table: &[u8], part: Part, size: usize, story: Story) -> Vec<u32> {
    let (at, length) = fib.part(part);
    let plc = slice_at(table, at, length);
    let (start, end) = fib.story(story);
    let count = if plc.len() < 4 { 0 } else { (plc.len() - 4) / (4 + size) + 1 };
    (0..count).map_while(|i| u32_at(plc, 4 * i)).map(|cp| start.saturating_add(cp).min(end)).collect()
}

/// Foot- and endnotes and comments: each one block ([MS-DOC] 2.3.2, 2.3.4, 2.3.5).
fn write_notes(fib: &Fib, table: &[u8], story: Story, writer: &mut Writer) {
    let (kind, part) = match story {
        Story::Comments => (BlockKind::Comment, Part::CommentTexts),
        Story::Endnotes => (BlockKind::Footnote, Part::EndnoteTexts),
        _ => (BlockKind::Footnote, Part::FootnoteTexts),
    };
    let (start, end) = fib.story(story);
    let mut bounds = positions(fib, table, part, 0, story);
    bounds.insert(0, start);
    bounds.push(end);
    // What stands before the first note or after the last is empty unless the list is damaged.
    bounds.dedup();
    bounds.sort_unstable();
    for pair in bounds.windows(2) {
        writer.note((pair[0], pair[1]), kind, None);
    }
}

/// Page heads or feet, each text once, and with the heads the text boxes in either.
fn write_headers(fib: &Fib, table: &[u8], sections: &Sections, kind: BlockKind, writer: &mut Writer) {
    let bounds = positions(fib, table, Part::Headers, 0, Story::Headers);
    let kinds = sections.header_kinds(fib.version, bounds.len());
    let mut seen = HashSet::new();
    let (start, end) = fib.story(Story::Headers);
    if bounds.is_empty() && kind == BlockKind::Header {
        writer.story((start, end), kind);
    }
    for (pair, found) in bounds.windows(2).zip(kinds) {
        if found != Some(kind) {
            // Separators of notes are no text of the document.
            if found.is_none() && kind == BlockKind::Header {
                writer.no_text += u64::from(pair[1].saturating_sub(pair[0]));
            }
            continue;
        }
        let first = writer.blocks.len();
        writer.story((pair[0], pair[1]), kind);
        let written = writer.blocks.split_off(first);
        for block in written {
            if seen.insert(block.text.clone()) {
                writer.blocks.push(block);
            } else {
                writer.no_text += visible_chars(&block.text);
            }
        }
    }
    if kind == BlockKind::Header {
        if let (Some(first), Some(last)) = (bounds.first(), bounds.last()) {
            writer.no_text += u64::from(end.saturating_sub(*last)) + u64::from(first.saturating_sub(start));
        }
        writer.story(fib.story(Story::HeaderTextBoxes), kind);
    }
}

/// Text boxes of the body with the position of their anchors, the first last ([MS-DOC] 2.8.32 PlcftxbxTxt, 2.8.37 PlcfSpa).
fn anchored_boxes(fib: &Fib, table: &[u8]) -> Vec<(u32, (u32, u32))> {
    let (start, end) = fib.story(Story::TextBoxes);
    if start == end {
        return Vec::new();
    }
    let (at, length) = fib.part(Part::TextBoxes);
    let boxes = slice_at(table, at, length);
    let (at, length) = fib.part(Part::TextBoxAnchors);
    let anchors = slice_at(table, at, length);
    // A Spa is 26 bytes and begins with the number of the shape; an FTXBXS is 22 bytes with that number at 14.
    let anchor_count = anchors.len().saturating_sub(4) / 30;
    let anchor = |shape: u32| {
        let number = (0..anchor_count).find(|i| u32_at(anchors, 4 * (anchor_count + 1) + 26 * i) == Some(shape))?;
        u32_at(anchors, 4 * number)
    };
    let count = if fib.version == Version::Word97 { boxes.len().saturating_sub(4) / 26 } else { 0 };
    let mut found = Vec::new();
    let mut reached = start;
    for i in 0..count {
        let Some((from, to)) = u32_at(boxes, 4 * i).zip(u32_at(boxes, 4 * i + 4)) else { break };
        let range = (start.saturating_add(from).clamp(reached, end), start.saturating_add(to).clamp(reached, end));
        reached = range.1;
        let shape = u32_at(boxes, 4 * (count + 1) + 22 * i + 14).unwrap_or(0);
        found.push((anchor(shape).unwrap_or(u32::MAX - 1), range));
    }
    found.push((u32::MAX - 1, (reached, end)));
    found.sort_by_key(|(anchor, range)| std::cmp::Reverse((*anchor, *range)));
    found
}

/// The strings of a string table ([MS-DOC] 2.2.4 STTB: UTF-16 after FF FF; 8-bit before Word 97).
fn strings(fib: &Fib, table: &[u8], part: Part, fonts: &Fonts) -> Vec<String> {
    let (at, length) = fib.part(part);
    let bytes = slice_at(table, at, length);
    let mut found = Vec::new();
    if u16_at(bytes, 0) == Some(0xFFFF) {
        let mut at = 6;
        while let Some(length) = u16_at(bytes, at) {
            let units: Vec<u16> = (0..usize::from(length)).map_while(|i| u16_at(bytes, at + 2 + 2 * i)).collect();
            found.push(String::from_utf16_lossy(&units));
            at += 2 + 2 * usize::from(length);
        }
    } else {
        let mut at = 2;
        while let Some(length) = u8_at(bytes, at) {
            found.push(fonts.decode(slice_at(bytes, at + 1, usize::from(length)), u16::MAX, 0));
            at += 1 + usize::from(length);
        }
    }
    found
}
