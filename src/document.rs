//! What every reader yields: the text of a file as blocks, in reading order, with what the file says about itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The text of one file as a reader found it.
///
/// Block texts are final: nothing changes them after reading, so a span into a block stays true.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Document {
    /// The blocks in reading order. `Block::id` is the index.
    pub blocks: Vec<Block>,
    /// What the file says about itself: `title`, `author`, `created`, `modified`, `producer`, ...
    pub properties: Properties,
    /// How many pages the file has, where its format says so.
    pub pages: Option<u32>,
    /// How many characters of text the file itself declares, in the reader's own terms (contract section 2).
    pub declared_chars: Option<u64>,
    /// The character encoding of a text file.
    pub encoding: Option<Encoding>,
    /// Text that tracked changes mark as deleted. It is no part of the document.
    pub deleted: Vec<DeletedText>,
    /// Files embedded in the document.
    pub embedded: Vec<Embedded>,
    /// Pages that are pictures of text, or whose text cannot be trusted.
    pub scans: Vec<Scan>,
    /// What the file holds and the document does not, to be told though nothing of the document is lost.
    pub remarks: Vec<Problem>,
}

/// A page that OCR would help.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scan {
    /// The page, from 1.
    pub page: u32,
    /// Its width in points.
    pub width: f32,
    /// Its height in points.
    pub height: f32,
}

impl Document {
    /// Appends a block and gives it its id. A block without text is left out.
    pub fn push(&mut self, mut block: Block) {
        if block.text.trim().is_empty() {
            return;
        }
        block.id = self.blocks.len() as u32;
        self.blocks.push(block);
    }

    /// Makes tables of paragraphs that are rows set with TABs: at least three in a row with equally many cells, two of
    /// them with numbers in all cells but the first. Word processors' files hold many tables that were typed so.
    pub fn gather_tabbed_rows(&mut self) {
        let mut gathered: Vec<Block> = Vec::with_capacity(self.blocks.len());
        let mut moved_to: Vec<u32> = Vec::with_capacity(self.blocks.len());
        let mut blocks = std::mem::take(&mut self.blocks).into_iter().peekable();
        while let Some(block) = blocks.next() {
            let mut run = vec![block];
            let width = tabbed_width(&run[0]);
            while let Some(next) = blocks.next_if(|b| width > 1 && tabbed_width(b) == width) {
                run.push(next);
            }
            let numbers = run.iter().filter(|b| b.text.split('\t').skip(1).all(is_figure)).count();
            let is_table = run.len() >= 3 && numbers >= 2;
            let first = gathered.len();
            moved_to.extend((0..run.len()).map(|i| (if is_table { first } else { first + i }) as u32));
            if !is_table {
                gathered.append(&mut run);
                continue;
            }
            let rows = run.iter().map(|b| b.text.split('\t').map(|c| Cell::new(c.trim())).collect()).collect();
            let first = &run[0];
            gathered.push(Block { page: first.page, page_break: first.page_break, ..Block::table(rows) });
        }
        for (id, block) in gathered.iter_mut().enumerate() {
            block.id = id as u32;
        }
        for deleted in &mut self.deleted {
            deleted.block = deleted.block.and_then(|b| moved_to.get(b as usize).copied());
        }
        self.blocks = gathered;
    }

    /// The number of characters (Unicode scalar values, without white space) in all blocks.
    #[must_use]
    pub fn extracted_chars(&self) -> u64 {
        self.blocks.iter().map(|b| visible_chars(&b.text)).sum()
    }
}

/// How many cells a paragraph set with TABs has; 1 for other blocks and for fields (`Møtested:<TAB>Rådhuset`).
fn tabbed_width(block: &Block) -> usize {
    let plain = block.kind == BlockKind::Paragraph && block.rows.is_none() && !block.text.contains('\n');
    let field = block.text.split('\t').next().is_some_and(|first| first.trim_end().ends_with(':'));
    if plain && !field { block.text.split('\t').count() } else { 1 }
}

/// Whether a cell holds a number, or nothing; a case number, a day and a time of day are fields' values.
fn is_figure(cell: &str) -> bool {
    let cell = cell.trim();
    let parts: Vec<&str> = cell.split('.').collect();
    let is_day = parts.len() == 3 && parts[..2].iter().all(|part| part.len() <= 2) && matches!(parts[2].len(), 2 | 4);
    !is_day
        && !cell.contains(['/', ':'])
        && cell.chars().filter(char::is_ascii_digit).count() * 2 >= cell.chars().count()
}

/// The number of characters in `text` that are not white space.
#[must_use]
pub fn visible_chars(text: &str) -> u64 {
    // Bytes that begin characters other than ASCII white space, less the other white space: U+0085, U+00A0, U+1680, U+2000 to
    // U+205F, U+3000. In pieces whose counts fit in a byte, many bytes are counted at once.
    let begins = |b: u8| b & 0xc0 != 0x80 && b != b' ' && !(b'\t'..=b'\r').contains(&b);
    let pieces = || text.as_bytes().chunks(usize::from(u8::MAX));
    let shown: u64 = pieces().map(|piece| u64::from(piece.iter().map(|b| u8::from(begins(*b))).sum::<u8>())).sum();
    let opens_space = |b: u8| b == 0xc2 || (0xe1..=0xe3).contains(&b);
    let may_be_space = pieces().any(|piece| piece.iter().fold(false, |any, b| any | opens_space(*b)));
    let is_space = |c: &char| !c.is_ascii() && c.is_whitespace();
    shown - if may_be_space { text.chars().filter(is_space).count() as u64 } else { 0 }
}

/// A paragraph, heading, list item, table or the like.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// The block's index in the record.
    pub id: u32,
    /// What the block is.
    pub kind: BlockKind,
    /// The text. Line feeds are line breaks; in a table, cells are joined by TAB and rows by LF.
    pub text: String,
    /// Heading level or list depth, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// The automatic number or bullet, as shown: `7.3`, `a)`, `•`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How the text is set, where all of it is set alike.
    #[serde(default, skip_serializing_if = "Style::is_plain")]
    pub style: Style,
    /// The page the block begins on, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Left, top, right, bottom on the page, in points from the upper left corner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f32; 4]>,
    /// The cells of a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Vec<Vec<Cell>>>,
    /// Set where the text was read by OCR: the mean confidence of its words, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ocr: Option<f32>,
    /// Line feeds in `text` come from the width of the page (a hard-wrapped text file, a PDF), not from the author.
    #[serde(skip)]
    pub wrapped: bool,
    /// An empty paragraph stands before this block.
    #[serde(skip)]
    pub set_off: bool,
    /// Spaces before the first line, as typed.
    #[serde(skip)]
    pub indent: usize,
    /// A page break stands before this block.
    #[serde(skip)]
    pub page_break: bool,
}

impl Block {
    /// A block of `kind` with `text`; its id is set by [`Document::push`].
    #[must_use]
    pub fn new(kind: BlockKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), ..Self::default() }
    }

    /// A table block from rows of cells; computes `text` and the cells' offsets into it.
    ///
    /// TAB and LF inside a cell's text become spaces, so that `text` divides into the cells again.
    #[must_use]
    pub fn table(rows: Vec<Vec<Cell>>) -> Self {
        let mut text = String::new();
        let mut rows = rows;
        for (r, row) in rows.iter_mut().enumerate() {
            if r > 0 {
                text.push('\n');
            }
            for (c, cell) in row.iter_mut().enumerate() {
                if c > 0 {
                    text.push('\t');
                }
                if cell.text.contains(['\t', '\n']) {
                    cell.text = cell.text.replace('\t', " ").replace('\n', CELL_BREAK);
                }
                cell.start = text.len();
                text.push_str(&cell.text);
                cell.end = text.len();
            }
        }
        Self { kind: BlockKind::Table, text, rows: Some(rows), ..Self::default() }
    }
}

/// Between the paragraphs of a cell: LINE SEPARATOR, since TAB and LF set cells and rows apart.
pub const CELL_BREAK: &str = "\u{2028}";

/// What a block is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading by style, outline level or markup.
    Heading,
    /// Running text.
    #[default]
    Paragraph,
    /// An item of a list, numbered or not.
    ListItem,
    /// A table, with `rows`.
    Table,
    /// A page head.
    Header,
    /// A page foot.
    Footer,
    /// A foot- or endnote.
    Footnote,
    /// A reviewer's comment or annotation.
    Comment,
}

/// How text is set.
#[derive(Debug, Default, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// All of the text is bold.
    pub bold: bool,
    /// All of the text is italic.
    pub italic: bool,
    /// Font size in points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<f32>,
}

impl Style {
    fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// One cell of a table.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The cell's text; paragraphs in it are joined by a space.
    pub text: String,
    /// How many columns the cell covers.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub colspan: u32,
    /// How many rows the cell covers.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub rowspan: u32,
    /// Byte offset of the cell's text in the block's text.
    pub start: usize,
    /// Byte offset of the end of the cell's text in the block's text.
    pub end: usize,
}

impl Cell {
    /// A cell that covers one row and one column.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), colspan: 1, rowspan: 1, start: 0, end: 0 }
    }
}

fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_one(n: &u32) -> bool {
    *n == 1
}

/// A place in a block's text: UTF-8 byte offsets, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The block's id.
    pub block: u32,
    /// Byte offset of the first byte.
    pub start: usize,
    /// Byte offset after the last byte.
    pub end: usize,
}

/// Properties of a file by name, in alphabetical order.
pub type Properties = std::collections::BTreeMap<String, String>;

/// The character encoding of a text.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Encoding {
    /// What the file itself declares (a byte order mark, a charset), if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<String>,
    /// What the bytes look like.
    pub detected: String,
    /// What the text was decoded with.
    pub chosen: String,
}

/// Text that a tracked change deletes.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeletedText {
    /// The deleted text.
    pub text: String,
    /// The block in or after which it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<u32>,
    /// Who deleted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When, as the file says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// A file embedded in a document.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Embedded {
    /// The name of the part or stream.
    pub name: String,
    /// Its size in bytes, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// What made it (an OLE program id or a content type), where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
}

/// What went wrong with a file: one of the codes of the contract and a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[error("{message}")]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// The code; the documentation explains each.
    pub code: ProblemCode,
    /// What was lost or could not be done, in a sentence, in English.
    pub message: String,
}

impl Problem {
    /// A problem with its sentence.
    #[must_use]
    pub fn new(code: ProblemCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// The closed list of problem codes (contract section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// Zero bytes.
    Empty,
    /// Cut off or damaged.
    Damaged,
    /// Needs a password.
    Encrypted,
    /// No reader for it.
    Unsupported,
    /// Page images without text, and no OCR.
    TextMissing,
    /// Less text came out than the file declares.
    TextIncomplete,
    /// A limit was hit.
    LimitExceeded,
    /// A helper program is not installed.
    ToolMissing,
    /// The worker hit its time limit.
    Timeout,
    /// The worker hit its memory limit.
    OutOfMemory,
    /// The worker died.
    Crashed,
    /// No permission, vanished, or an I/O error.
    Unreadable,
    /// A record that does not validate.
    InvalidRecord,
}

impl ProblemCode {
    /// The code as it stands in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Damaged => "damaged",
            Self::Encrypted => "encrypted",
            Self::Unsupported => "unsupported",
            Self::TextMissing => "text_missing",
            Self::TextIncomplete => "text_incomplete",
            Self::LimitExceeded => "limit_exceeded",
            Self::ToolMissing => "tool_missing",
            Self::Timeout => "timeout",
            Self::OutOfMemory => "out_of_memory",
            Self::Crashed => "crashed",
            Self::Unreadable => "unreadable",
            Self::InvalidRecord => "invalid_record",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_other_than_white_space_are_visible() {
        for text in ["", "a b\tc\n\u{b}", "é\u{a0}\u{2003}x\u{3000}", "\u{85}\u{1680}å«»—\u{205f}", &"ø ".repeat(300)]
        {
            assert_eq!(visible_chars(text), text.chars().filter(|c| !c.is_whitespace()).count() as u64, "{text:?}");
        }
    }
}
