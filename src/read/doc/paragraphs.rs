//! The paragraphs of a stretch of characters, with the text and formatting of their runs ([MS-DOC] 2.4.2, 2.4.6).

use super::bytes::slice_at;
use super::equation::equation;
use super::fonts::Fonts;
use super::pieces::{Piece, Pieces};
use super::properties::{Characters, Formatting, Paragraph};

/// Ends a paragraph, a cell or row, and a page or section ([MS-DOC] 2.4.2, 2.4.3).
pub(super) const PARAGRAPH_MARK: u16 = 0x0D;
pub(super) const CELL_MARK: u16 = 0x07;
pub(super) const PAGE_BREAK: u16 = 0x0C;

/// Begin of a field, separator between its code and its result, and end ([MS-DOC] 2.8.25 PlcFld).
const FIELD_BEGIN: u16 = 0x13;
const FIELD_SEPARATOR: u16 = 0x14;
const FIELD_END: u16 = 0x15;

/// A field's code is read up to so many characters.
const MAX_FIELD_CODE: u32 = 4000;

/// What is needed to read text and formatting.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub(super) main: &'a [u8],
    pub(super) pieces: &'a Pieces,
    pub(super) formatting: Formatting<'a>,
    pub(super) fonts: Fonts,
}

/// Characters that are formatted alike.
#[derive(Debug)]
pub(super) struct Run {
    /// The characters as they stand in the file, control characters among them.
    pub(super) text: String,
    /// How many character positions they take.
    pub(super) length: u32,
    pub(super) characters: Characters,
    /// They belong to the code of a field.
    pub(super) field_code: bool,
}

/// A paragraph, or the part of one up to a page break.
#[derive(Debug)]
pub(super) struct Read<'a> {
    pub(super) runs: Vec<Run>,
    /// The character that ends it; `None` at the end of a stretch that no mark ends.
    pub(super) mark: Option<u16>,
    /// The mark is deleted by a tracked change: what follows belongs to this paragraph.
    pub(super) mark_deleted: bool,
    /// The mark is a page break within a paragraph.
    pub(super) broken: bool,
    pub(super) properties: Paragraph<'a>,
    /// Character position after the mark.
    pub(super) end: u32,
}

/// Goes through the paragraphs of a stretch.
pub(super) struct Paragraphs<'a, 't> {
    text: &'t Text<'a>,
    next: u32,
    end: u32,
    field_codes: Vec<FieldCode>,
}

/// Where the code of a field stands, and what it shows, where it is shown.
#[derive(Debug)]
struct FieldCode {
    start: u32,
    end: u32,
    shown: Option<String>,
}

impl<'a> Text<'a> {
    /// The paragraphs between two character positions.
    pub(super) fn paragraphs(&self, range: (u32, u32)) -> Paragraphs<'a, '_> {
        Paragraphs { text: self, next: range.0, end: range.1, field_codes: self.field_codes(range) }
    }

    /// The characters of `piece` at `cut` as numbers, as far as the file holds them.
    fn units(&self, piece: Piece, cut: (u32, u32)) -> impl Iterator<Item = u16> + use<'a> {
        let unit = piece.unit() as usize;
        let bytes = slice_at(self.main, piece.offset(cut.0) as usize, (cut.1 - cut.0) as usize * unit);
        bytes.chunks_exact(unit).map(|unit| match *unit {
            [low, high] => u16::from_le_bytes([low, high]),
            _ => u16::from(unit[0]),
        })
    }

    /// Where the codes of fields stand: from a field's begin to its separator or, where it has no result, its end. A
    /// begin without an end begins no field.
    fn field_codes(&self, range: (u32, u32)) -> Vec<FieldCode> {
        let mut open: Vec<(u32, Option<u32>)> = Vec::new();
        let mut codes: Vec<FieldCode> = Vec::new();
        for (_, piece, cut) in self.pieces.within(range) {
            for (cp, unit) in (cut.0..).zip(self.units(piece, cut)) {
                match unit {
                    FIELD_BEGIN => open.push((cp, None)),
                    FIELD_SEPARATOR => {
                        if let Some((_, separator)) = open.last_mut() {
                            separator.get_or_insert(cp);
                        }
                    }
                    FIELD_END => {
                        if let Some((start, separator)) = open.pop() {
                            let shown = separator.map_or_else(|| equation(&self.wide_text((start + 1, cp))), |_| None);
                            codes.push(FieldCode { start, end: separator.unwrap_or(cp) + 1, shown });
                        }
                    }
                    _ => {}
                }
            }
        }
        codes.sort_unstable_by_key(|code| (code.start, code.end));
        // A code inside another code is part of it.
        codes.dedup_by(|later, earlier| {
            let inside = later.start < earlier.end;
            if inside {
                earlier.end = earlier.end.max(later.end);
            }
            inside
        });
        codes
    }

    /// The text between two character positions as far as it is in UTF-16, up to a length that no field code has.
    fn wide_text(&self, range: (u32, u32)) -> String {
        let cuts = self.pieces.within((range.0, range.1.min(range.0.saturating_add(MAX_FIELD_CODE))));
        let units: Vec<u16> = cuts.flat_map(|(_, piece, cut)| self.units(piece, cut)).collect();
        String::from_utf16_lossy(&units)
    }
}

impl<'a> Iterator for Paragraphs<'a, '_> {
    type Item = Read<'a>;

    fn next(&mut self) -> Option<Read<'a>> {
        if self.next >= self.end {
            return None;
        }
        let text = self.text;
        let mut parts: Vec<(usize, Piece, (u32, u32))> = Vec::new();
        let mut mark = None;
        let mut last = None;
        for (number, piece, cut) in text.pieces.within((self.next, self.end)) {
            let mut cp = cut.0;
            for unit in text.units(piece, cut) {
                if matches!(unit, PARAGRAPH_MARK | CELL_MARK | PAGE_BREAK) {
                    mark = Some(unit);
                    break;
                }
                cp += 1;
            }
            parts.push((number, piece, (cut.0, cp)));
            last = Some((number, piece, if mark.is_some() { cp } else { cp.saturating_sub(1).max(cut.0) }));
            if mark.is_some() {
                break;
            }
        }
        let formatting = &text.formatting;
        let (number, piece, at) = last.unwrap_or((usize::MAX, Piece::default(), self.end));
        let offset = piece.offset(at);
        let properties = formatting.paragraph(offset, number);
        let mark_deleted = mark.is_some() && formatting.characters(offset, number, properties.istd).deleted;
        let broken = mark == Some(PAGE_BREAK)
            && formatting.paragraphs.at(offset).is_some_and(|exception| exception.end > offset + piece.unit());
        self.next = if mark.is_some() { at + 1 } else { self.end };

        let mut runs = Vec::new();
        for (number, piece, (start, end)) in parts {
            let mut cp = start;
            while cp < end {
                let offset = piece.offset(cp);
                let alike = formatting.characters_end(offset).saturating_sub(offset).div_ceil(piece.unit()).max(1);
                let mut stop = end.min(cp.saturating_add(alike));
                let code = self.field_codes.partition_point(|code| code.end <= cp);
                let mut shown = None;
                let field_code = match self.field_codes.get(code) {
                    Some(code) if code.start <= cp => {
                        stop = stop.min(code.end);
                        shown = code.shown.clone().filter(|_| code.start == cp);
                        true
                    }
                    Some(code) => {
                        stop = stop.min(code.start);
                        false
                    }
                    None => false,
                };
                let characters = formatting.characters(offset, number, properties.istd);
                let field_code = field_code && shown.is_none();
                let decoded = if let Some(shown) = shown {
                    shown
                } else if piece.wide {
                    char::decode_utf16(text.units(piece, (cp, stop))).map(|c| c.unwrap_or('\u{FFFD}')).collect()
                } else {
                    let bytes = slice_at(text.main, offset as usize, (stop - cp) as usize);
                    text.fonts.decode(bytes, characters.font, characters.language)
                };
                runs.push(Run { text: decoded, length: stop - cp, characters, field_code });
                cp = stop;
            }
        }
        Some(Read { runs, mark, mark_deleted, broken, properties, end: self.next })
    }
}
