//! Properties of characters and paragraphs, and where the file keeps them ([MS-DOC] 2.4.6, 2.9.33 ChpxFkp, 2.9.175 PapxFkp).

use super::bytes::{slice_at, u8_at, u16_at, u32_at};
use super::fib::{Fib, Part, Version};
use super::pieces::Pieces;
use super::sprm::{self, Sprm, sprms};

/// Size of a page of properties in bytes.
const PAGE: usize = 512;

/// Formatting that differs from the style, for bytes `start..end` of the main stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exception<'a> {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Style of a paragraph.
    istd: u16,
    grpprl: &'a [u8],
}

/// All exceptions of one kind, by place.
#[derive(Debug, Default)]
pub(super) struct Exceptions<'a>(Vec<Exception<'a>>);

impl<'a> Exceptions<'a> {
    /// Reads the pages that `part` (characters or paragraphs) lists.
    pub(super) fn read(fib: &Fib, main: &'a [u8], table: &[u8], part: Part) -> Self {
        let paragraphs = matches!(part, Part::ParagraphPages);
        let (at, length) = fib.part(part);
        let plc = slice_at(table, at, length);
        let width = if fib.version == Version::Word97 { 4 } else { 2 };
        let count = plc.len().saturating_sub(4) / (4 + width);
        let mut pages: Vec<usize> = (0..count)
            .filter_map(|i| {
                let entry = 4 * (count + 1) + width * i;
                match width {
                    4 => u32_at(plc, entry).map(|page| page as usize & 0x3F_FFFF),
                    _ => u16_at(plc, entry).map(usize::from),
                }
            })
            .collect();
        // Before Word 97 the list may be cut short; the pages then follow each other.
        let (first, expected) = fib.pages[usize::from(paragraphs)];
        if count < usize::from(expected) {
            pages = (0..expected).map(|i| usize::from(first) + usize::from(i)).collect();
        }
        let mut found = Vec::new();
        for page in pages {
            let bytes = slice_at(main, page.saturating_mul(PAGE), PAGE);
            if bytes.len() == PAGE {
                read_page(fib.version, bytes, paragraphs, &mut found);
            }
        }
        found.sort_by_key(|exception| exception.start);
        Self(found)
    }

    /// The exception that covers the byte at `offset`.
    pub(super) fn at(&self, offset: u32) -> Option<Exception<'a>> {
        let after = self.0.partition_point(|exception| exception.start <= offset);
        self.0.get(after.checked_sub(1)?).copied().filter(|exception| offset < exception.end)
    }

    /// Where the formatting at `offset` ends at the latest.
    pub(super) fn end(&self, offset: u32) -> u32 {
        let after = self.0.partition_point(|exception| exception.start <= offset);
        let next = self.0.get(after).map_or(u32::MAX, |exception| exception.start);
        self.at(offset).map_or(next, |exception| exception.end.min(next))
    }
}

fn read_page<'a>(version: Version, page: &'a [u8], paragraphs: bool, found: &mut Vec<Exception<'a>>) -> Option<()> {
    let count = usize::from(page[PAGE - 1]);
    let width = match (paragraphs, version) {
        (false, _) | (_, Version::Word2) => 1,
        (_, Version::Word6) => 7,
        (_, Version::Word97) => 13,
    };
    for i in 0..count {
        let (start, end) = (u32_at(page, 4 * i)?, u32_at(page, 4 * i + 4)?);
        let at = 2 * usize::from(u8_at(page, 4 * (count + 1) + width * i)?);
        if end <= start {
            continue;
        }
        let (istd, grpprl) = match (at, paragraphs) {
            (0, _) => (0, &page[..0]),
            (_, false) => (0, slice_at(page, at + 1, usize::from(u8_at(page, at)?))),
            (_, true) => paragraph_exception(version, page, at)?,
        };
        found.push(Exception { start, end, istd, grpprl });
    }
    Some(())
}

/// [MS-DOC] 2.9.175: the length counts words; 0 says that the count follows in the next byte.
fn paragraph_exception(version: Version, page: &[u8], at: usize) -> Option<(u16, &[u8])> {
    let words = usize::from(u8_at(page, at)?);
    let bytes = match (words, version) {
        (0, Version::Word97) => slice_at(page, at + 2, 2 * usize::from(u8_at(page, at + 1)?)),
        (_, Version::Word97) => slice_at(page, at + 1, 2 * words - 1),
        (0, _) => return Some((0, &[])),
        _ => slice_at(page, at + 1, 2 * words),
    };
    Some(match version {
        // A style number of one byte, then six bytes of paragraph height.
        Version::Word2 => (u16::from(u8_at(bytes, 0)?), bytes.get(7..).unwrap_or_default()),
        _ => (u16_at(bytes, 0)?, bytes.get(2..).unwrap_or_default()),
    })
}

/// Properties of characters.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Characters {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) hidden: bool,
    /// Marked as deleted by a tracked change.
    pub(super) deleted: bool,
    /// Number of who deleted it, and when ([MS-DOC] 2.9.62 DTTM).
    pub(super) deleted_by: u16,
    pub(super) deleted_at: u32,
    /// The character stands for something else: a picture, a note's number, a symbol.
    pub(super) special: bool,
    /// Font size in half points; 0 where not known.
    pub(super) size: u16,
    /// Number of the font.
    pub(super) font: u16,
    /// Language (before Word 97); 0 where none is set.
    pub(super) language: u16,
    /// Font and code of a symbol.
    pub(super) symbol: Option<(u16, u16)>,
}

impl Characters {
    /// Applies modifiers; `style` gives what a toggle falls back on.
    fn apply(&mut self, version: Version, grpprl: &[u8], style: &Self) {
        for sprm in sprms(version, grpprl) {
            let toggle = |of_style: bool| match sprm.byte() {
                0x80 => of_style,
                0x81 => !of_style,
                value => value != 0,
            };
            match sprm.code {
                sprm::C_BOLD => self.bold = toggle(style.bold),
                sprm::C_ITALIC => self.italic = toggle(style.italic),
                sprm::C_HIDDEN => self.hidden = toggle(style.hidden),
                sprm::C_DELETED => self.deleted = toggle(style.deleted),
                sprm::C_AUTHOR if version != Version::Word97 => self.deleted_by = sprm.word(),
                sprm::C_DATE if version != Version::Word97 => self.deleted_at = u32_at(sprm.operand, 0).unwrap_or(0),
                sprm::C_DELETED_BY => self.deleted_by = sprm.word(),
                sprm::C_DELETED_AT => self.deleted_at = u32_at(sprm.operand, 0).unwrap_or(0),
                sprm::C_SPECIAL => self.special = sprm.byte() != 0,
                sprm::C_PICTURE => self.special = true,
                sprm::C_SIZE => self.size = sprm.word(),
                sprm::C_FONT => self.font = sprm.word(),
                sprm::C_LANGUAGE => self.language = sprm.word(),
                sprm::C_SYMBOL => self.set_symbol(sprm),
                sprm::C_PLAIN => {
                    let kept = (self.deleted, self.deleted_by, self.deleted_at, self.special, self.symbol);
                    *self = style.clone();
                    (self.deleted, self.deleted_by, self.deleted_at, self.special, self.symbol) = kept;
                }
                _ => {}
            }
        }
    }

    /// A font number, then a character of one or two bytes ([MS-DOC] 2.9.47 CSymbolOperand).
    fn set_symbol(&mut self, sprm: Sprm) {
        let code = u16_at(sprm.operand, 2).or(u8_at(sprm.operand, 2).map(u16::from));
        self.symbol = u16_at(sprm.operand, 0).zip(code);
        self.special = true;
    }

    /// Word 2 writes what differs from the style as the beginning of its structure CHP, not as modifiers.
    fn apply_word2(&mut self, bytes: &[u8]) {
        let flags = u16_at(bytes, 0).or(u8_at(bytes, 0).map(u16::from)).unwrap_or(0);
        self.bold ^= flags & 0x0001 != 0;
        self.italic ^= flags & 0x0002 != 0;
        self.deleted |= flags & 0x0004 != 0;
        self.hidden ^= flags & 0x0080 != 0;
        self.special |= flags & 0x0200 != 0;
        // Which numbers follow that count: the font's and the size are the first two.
        let set = u16_at(bytes, 2).unwrap_or(0);
        if set & 0x0002 != 0 {
            self.font = u16_at(bytes, 4).unwrap_or(0);
        }
        if set & 0x0004 != 0 {
            self.size = u8_at(bytes, 6).map_or(0, u16::from);
        }
    }
}

/// Properties of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph<'a> {
    pub(super) istd: u16,
    pub(super) in_table: bool,
    pub(super) depth: u32,
    pub(super) row_end: bool,
    /// The paragraph ends a cell, or a row, of an inner table.
    pub(super) inner_cell: bool,
    pub(super) inner_row_end: bool,
    /// List override, from 1; 0 for none ([MS-DOC] 2.6.2 sprmPIlfo).
    pub(super) list: u16,
    /// Level in the list, from 0.
    pub(super) level: u8,
    /// Outline level, from 0; 9 for running text.
    pub(super) outline: u8,
    pub(super) page_break_before: bool,
    /// Level and description of a list of Word 6.
    pub(super) old_list: (u8, Option<&'a [u8]>),
    /// Cells of the row that the paragraph ends ([MS-DOC] 2.9.308 TDefTableOperand).
    pub(super) row: Option<&'a [u8]>,
    /// Cells whose vertical merge is set afterwards: index and value.
    pub(super) merges: Vec<(u8, u8)>,
}

impl Default for Paragraph<'_> {
    fn default() -> Self {
        Self {
            istd: 0,
            in_table: false,
            depth: 0,
            row_end: false,
            inner_cell: false,
            inner_row_end: false,
            list: 0,
            level: 0,
            outline: 9,
            page_break_before: false,
            old_list: (0, None),
            row: None,
            merges: Vec::new(),
        }
    }
}

impl<'a> Paragraph<'a> {
    /// How many tables the paragraph is inside.
    pub(super) fn depth(&self) -> u32 {
        if self.depth == 0 && self.in_table { 1 } else { self.depth }
    }

    /// The paragraph's end is the end of a row of the outermost table.
    pub(super) fn ends_row(&self) -> bool {
        self.row_end && self.depth() == 1
    }

    fn apply(&mut self, version: Version, grpprl: &'a [u8], data: &'a [u8], styles: &Styles<'a>) {
        for sprm in sprms(version, grpprl) {
            match sprm.code {
                sprm::P_ISTD => self.set_style(sprm.word(), styles),
                sprm::P_INC_LVL if (1..=9).contains(&self.istd) => {
                    let moved = i32::from(self.istd) + i32::from(sprm.byte() as i8);
                    self.set_style(u16::try_from(moved.clamp(1, 9)).unwrap_or(1), styles);
                }
                sprm::P_PAGE_BREAK_BEFORE => self.page_break_before = sprm.byte() != 0,
                sprm::P_ILVL => self.level = sprm.byte().min(8),
                sprm::P_ILFO => self.list = sprm.word(),
                sprm::P_IN_TABLE => self.in_table = sprm.byte() != 0,
                sprm::P_ROW_END => self.row_end = sprm.byte() != 0,
                sprm::P_INNER_CELL => self.inner_cell = sprm.byte() != 0,
                sprm::P_INNER_ROW_END => self.inner_row_end = sprm.byte() != 0,
                sprm::P_DEPTH => self.depth = u32_at(sprm.operand, 0).unwrap_or(0),
                sprm::P_DEPTH_CHANGE => {
                    let change = u32_at(sprm.operand, 0).unwrap_or(0) as i32;
                    self.depth = self.depth.saturating_add_signed(change);
                }
                sprm::P_OUTLINE_LEVEL => self.outline = sprm.byte(),
                sprm::P_OLD_LEVEL => self.old_list.0 = sprm.byte(),
                sprm::P_OLD_LIST => self.old_list.1 = Some(sprm.operand),
                sprm::T_DEFINITION => {
                    self.row = Some(sprm.operand);
                    self.merges.clear();
                }
                sprm::T_VERTICAL_MERGE => self.merges.extend(u8_at(sprm.operand, 0).zip(u8_at(sprm.operand, 1))),
                // 2.9.217 PrcData: more modifiers in the data stream. They cannot point there again.
                sprm::P_HUGE_PAPX | sprm::P_HUGE_PAPX_OLD | sprm::P_TABLE_PROPERTIES if !data.is_empty() => {
                    let at = u32_at(sprm.operand, 0).unwrap_or(u32::MAX) as usize;
                    let length = usize::from(u16_at(data, at).unwrap_or(0));
                    self.apply(version, slice_at(data, at.saturating_add(2), length), &[], styles);
                }
                _ => {}
            }
        }
    }

    /// Takes the properties of a style; what says where in a table the paragraph stands is kept ([MS-DOC] 2.6.2 sprmPIstd).
    fn set_style(&mut self, istd: u16, styles: &Styles<'a>) {
        let style = styles.paragraph(istd);
        *self = Self {
            in_table: self.in_table,
            depth: self.depth,
            row_end: self.row_end,
            row: self.row,
            merges: std::mem::take(&mut self.merges),
            istd,
            ..style
        };
    }
}

/// A style with what it inherits.
#[derive(Debug, Clone, Default)]
struct Style<'a> {
    /// Number of a built-in style ([MS-DOC] 2.9.258 StdfBase); 1 to 9 are the headings.
    built_in: u16,
    characters: Characters,
    paragraph: Paragraph<'a>,
    character_exceptions: &'a [u8],
}

/// The style sheet ([MS-DOC] 2.9.269 STSH).
#[derive(Debug, Default)]
pub(super) struct Styles<'a>(Vec<Style<'a>>);

/// A style as it stands in the file.
#[derive(Debug, Clone, Default)]
struct Raw<'a> {
    built_in: u16,
    kind: u8,
    base: u16,
    paragraph: &'a [u8],
    characters: &'a [u8],
}

/// Styles inherit through no more steps than this ([MS-DOC] 2.9.258: eleven).
const MAX_INHERITANCE: usize = 11;

impl<'a> Styles<'a> {
    pub(super) fn read(fib: &Fib, table: &'a [u8]) -> Self {
        let (at, length) = fib.part(Part::StyleSheet);
        let bytes = slice_at(table, at, length);
        let raw = match fib.version {
            Version::Word2 => read_word2_styles(bytes),
            _ => read_styles(fib.version, bytes),
        };
        let mut styles = Self(vec![Style::default(); raw.len()]);
        for istd in 0..raw.len() {
            // From the root of the inheritance to the style itself.
            let mut lineage = vec![istd];
            while let Some(base) = lineage.last().and_then(|i| raw.get(*i)).map(|style| usize::from(style.base))
                && base < raw.len()
                && lineage.len() <= MAX_INHERITANCE
                && !lineage.contains(&base)
            {
                lineage.push(base);
            }
            let mut style = Style { built_in: raw[istd].built_in, ..Style::default() };
            for ancestor in lineage.iter().rev().filter_map(|i| raw.get(*i)) {
                let base = style.characters.clone();
                match fib.version {
                    Version::Word2 => style.characters.apply_word2(ancestor.characters),
                    _ => style.characters.apply(fib.version, ancestor.characters, &base),
                }
                style.paragraph.apply(fib.version, ancestor.paragraph, &[], &Self::default());
            }
            style.paragraph.istd = istd as u16;
            if raw[istd].kind == 2 {
                style.character_exceptions = raw[istd].characters;
            }
            styles.0[istd] = style;
        }
        styles
    }

    fn paragraph(&self, istd: u16) -> Paragraph<'a> {
        let found = self.0.get(usize::from(istd)).map(|style| style.paragraph.clone());
        found.unwrap_or_else(|| Paragraph { istd, ..Paragraph::default() })
    }

    /// Level of a heading style, from 1.
    pub(super) fn heading(&self, istd: u16) -> Option<u8> {
        let built_in = self.0.get(usize::from(istd))?.built_in;
        (1..=9).contains(&built_in).then_some(built_in as u8)
    }
}

/// The style sheet of Word 2 ("Microsoft Word for Windows 2.0 Binary File Format", STSH): how many built-in styles there
/// are, then lists of names, character and paragraph properties, then next and base style of each. The list begins with
/// the built-in styles, which are numbered downwards from 255, heading 1.
fn read_word2_styles(bytes: &[u8]) -> Vec<Raw<'_>> {
    let mut styles: Vec<Raw> = (0..256).map(|_| Raw { kind: 1, base: u16::MAX, ..Raw::default() }).collect();
    for level in 1..=9u16 {
        styles[usize::from(256 - level)].built_in = level;
    }
    let built_in = usize::from(u16_at(bytes, 0).unwrap_or(0));
    let number = |i: usize| i.wrapping_sub(built_in) & 0xFF;
    let (_, at) = word2_list(bytes, 2);
    let (characters, at) = word2_list(bytes, at);
    let (paragraphs, at) = word2_list(bytes, at);
    for (i, characters) in characters.into_iter().enumerate() {
        styles[number(i)].characters = characters;
    }
    for (i, paragraph) in paragraphs.into_iter().enumerate() {
        // A style number of one byte, then six bytes of paragraph height.
        styles[number(i)].paragraph = paragraph.get(7..).unwrap_or_default();
    }
    for i in 0..usize::from(u16_at(bytes, at).unwrap_or(0)) {
        let Some(base) = u8_at(bytes, at + 3 + 2 * i) else { break };
        styles[number(i)].base = if base == WORD2_NO_STYLE { u16::MAX } else { u16::from(base) };
    }
    styles
}

/// stcNil: no style.
const WORD2_NO_STYLE: u8 = 222;

/// A list of Word 2: its size in bytes, then for each entry a length and the bytes; 255 for an entry that is not there.
/// Also where it ends.
fn word2_list(bytes: &[u8], start: usize) -> (Vec<&[u8]>, usize) {
    let end = start + usize::from(u16_at(bytes, start).unwrap_or(0)).max(2);
    let mut entries = Vec::new();
    let mut at = start + 2;
    while at < end
        && let Some(length) = u8_at(bytes, at)
    {
        let length = if length == 0xFF { 0 } else { usize::from(length) };
        entries.push(slice_at(bytes, at + 1, length));
        at += 1 + length;
    }
    (entries, end)
}

/// [MS-DOC] 2.9.271 STSHI, 2.9.261 STD. Word 6 has 8-bit names.
fn read_styles<'a>(version: Version, bytes: &'a [u8]) -> Vec<Raw<'a>> {
    let mut styles = Vec::new();
    let header = usize::from(u16_at(bytes, 0).unwrap_or(0));
    let count = usize::from(u16_at(bytes, 2).unwrap_or(0));
    let fixed = usize::from(u16_at(bytes, 4).unwrap_or(0));
    let mut at = 2 + header;
    while styles.len() < count
        && let Some(length) = u16_at(bytes, at)
    {
        let std = slice_at(bytes, at + 2, usize::from(length));
        styles.push(read_style(version, std, fixed).unwrap_or_default());
        at += 2 + usize::from(length);
        at += at % 2;
    }
    styles
}

fn read_style<'a>(version: Version, std: &'a [u8], fixed: usize) -> Option<Raw<'a>> {
    let (kind_base, count) = (u16_at(std, 2)?, u16_at(std, 4)? & 0x0F);
    let mut style = Raw {
        built_in: u16_at(std, 0)? & 0x0FFF,
        kind: kind_base as u8 & 0x0F,
        base: kind_base >> 4,
        ..Raw::default()
    };
    // The name: a length, the characters, a zero.
    let mut at = match version {
        Version::Word97 => fixed + 2 + 2 * (usize::from(u16_at(std, fixed)?) + 1),
        _ => fixed + 1 + usize::from(u8_at(std, fixed)?) + 1,
    };
    for i in 0..count {
        at += at % 2;
        let length = usize::from(u16_at(std, at)?);
        let bytes = slice_at(std, at + 2, length);
        match (style.kind, i) {
            (1, 0) => style.paragraph = bytes.get(2..).unwrap_or_default(),
            (1, 1) | (2, 0) => style.characters = bytes,
            _ => {}
        }
        at += 2 + length;
    }
    Some(style)
}

/// What the formatting of a place is worked out from.
#[derive(Debug)]
pub(super) struct Formatting<'a> {
    pub(super) version: Version,
    pub(super) characters: Exceptions<'a>,
    pub(super) paragraphs: Exceptions<'a>,
    pub(super) styles: Styles<'a>,
    /// Modifiers of each piece, by its number in the piece table.
    pub(super) pieces: &'a [Vec<u8>],
    pub(super) data: &'a [u8],
}

impl<'a> Formatting<'a> {
    /// Properties of the paragraph that the mark at `offset` in `piece` ends ([MS-DOC] 2.4.6.1).
    pub(super) fn paragraph(&self, offset: u32, piece: usize) -> Paragraph<'a> {
        let exception = self.paragraphs.at(offset);
        let mut paragraph = self.styles.paragraph(exception.map_or(0, |exception| exception.istd));
        if let Some(exception) = exception {
            paragraph.apply(self.version, exception.grpprl, self.data, &self.styles);
        }
        if let Some(modifiers) = self.pieces.get(piece) {
            paragraph.apply(self.version, modifiers, self.data, &self.styles);
        }
        paragraph
    }

    /// Where characters formatted like the one at `offset` end at the latest.
    pub(super) fn characters_end(&self, offset: u32) -> u32 {
        self.characters.end(offset)
    }

    /// Properties of the characters at `offset` in `piece` of a paragraph with style `istd` ([MS-DOC] 2.4.6.2).
    pub(super) fn characters(&self, offset: u32, piece: usize, istd: u16) -> Characters {
        let exception = self.characters.at(offset).map_or(&[][..], |exception| exception.grpprl);
        let modifiers = self.pieces.get(piece).map_or(&[][..], Vec::as_slice);
        let mut style = self.styles.0.get(usize::from(istd)).map(|style| style.characters.clone()).unwrap_or_default();
        if self.version == Version::Word2 {
            style.apply_word2(exception);
        } else if let Some(character_style) = sprms(self.version, exception)
            .chain(sprms(self.version, modifiers))
            .filter(|sprm| sprm.code == sprm::C_ISTD)
            .last()
            .and_then(|sprm| self.styles.0.get(usize::from(sprm.word())))
        {
            let base = style.clone();
            style.apply(self.version, character_style.character_exceptions, &base);
        }
        let mut characters = style.clone();
        if self.version != Version::Word2 {
            characters.apply(self.version, exception, &style);
        }
        characters.apply(self.version, modifiers, &style);
        characters
    }
}

/// The modifiers that each piece of the table names ([MS-DOC] 2.9.214 Prm).
pub(super) fn piece_modifiers(version: Version, pieces: &Pieces) -> Vec<Vec<u8>> {
    let modifiers = |prm: u16| {
        let (code, value) = ((prm >> 1) as u8 & 0x7F, (prm >> 8) as u8);
        match (prm, version) {
            (0, _) => Vec::new(),
            (prm, _) if prm & 1 == 1 => pieces.groups.get(usize::from(prm >> 1)).cloned().unwrap_or_default(),
            (_, Version::Word97) => modern_code(code).map_or_else(Vec::new, |code| {
                let [low, high] = code.to_le_bytes();
                vec![low, high, value]
            }),
            _ => vec![code, value],
        }
    };
    pieces.pieces.iter().map(|piece| modifiers(piece.prm)).collect()
}

/// [MS-DOC] 2.9.215 Prm0: the codes that matter here.
fn modern_code(isprm: u8) -> Option<u16> {
    Some(match isprm {
        0x09 => sprm::P_PAGE_BREAK_BEFORE,
        0x0C => sprm::P_ILVL,
        0x18 => sprm::P_IN_TABLE,
        0x19 => sprm::P_ROW_END,
        0x41 => sprm::C_DELETED,
        0x53 => sprm::C_PLAIN,
        0x55 => sprm::C_BOLD,
        0x56 => sprm::C_ITALIC,
        0x5C => sprm::C_HIDDEN,
        0x75 => sprm::C_SPECIAL,
        0x78 => sprm::P_OUTLINE_LEVEL,
        _ => return None,
    })
}
