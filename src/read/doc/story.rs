//! Turns the paragraphs of a story into blocks.

use super::fib::Version;
use super::lists::Lists;
use super::paragraphs::{CELL_MARK, PAGE_BREAK, PARAGRAPH_MARK, Read, Run, Text};
use super::properties::Paragraph;
use super::summary::dttm;
use super::table::Table;
use crate::document::{Block, BlockKind, DeletedText, Style, visible_chars};
use crate::read::style::indent;
use crate::read::table::unnested;

/// Writes blocks; keeps count of the characters that are no text.
pub(super) struct Writer<'a, 't> {
    pub(super) text: &'t Text<'a>,
    pub(super) version: Version,
    pub(super) lists: Lists,
    pub(super) authors: Vec<String>,
    /// Ends of sections that the next one follows on the same page.
    pub(super) continuous: Vec<u32>,
    /// Text boxes by the position of their anchor, the first last.
    pub(super) boxes: Vec<(u32, (u32, u32))>,
    /// How many more table cells may be read.
    pub(super) cells_left: usize,
    /// Character positions known to hold no text: marks, white space, field codes, what is deleted.
    pub(super) no_text: u64,
    pub(super) blocks: Vec<Block>,
    /// Deleted text; `block` is the index in `blocks`.
    pub(super) deleted: Vec<DeletedText>,
    /// How much of `deleted` has its block.
    placed: usize,
    table: Option<Table>,
    line: Line,
    page_break: bool,
    /// An empty paragraph came last.
    gap: bool,
}

/// The text of a paragraph and how it is set.
#[derive(Debug, Default)]
struct Line {
    text: String,
    letters: usize,
    bold: usize,
    italic: usize,
    sizes: Vec<u16>,
}

impl Line {
    fn push(&mut self, c: char, run: &Run) {
        self.text.push(c);
        if !c.is_whitespace() && !self.sizes.contains(&run.characters.size) {
            self.sizes.push(run.characters.size);
        }
        if c.is_alphanumeric() {
            self.letters += 1;
            self.bold += usize::from(run.characters.bold);
            self.italic += usize::from(run.characters.italic);
        }
    }

    fn style(&self) -> Style {
        let size = match self.sizes[..] {
            [size] if size > 0 => Some(f32::from(size) / 2.0),
            _ => None,
        };
        Style {
            bold: self.letters > 0 && self.bold == self.letters,
            italic: self.letters > 0 && self.italic == self.letters,
            size,
        }
    }
}

impl<'a, 't> Writer<'a, 't> {
    pub(super) fn new(text: &'t Text<'a>, version: Version, lists: Lists, cells: usize) -> Self {
        Self {
            text,
            version,
            lists,
            authors: Vec::new(),
            continuous: Vec::new(),
            boxes: Vec::new(),
            cells_left: cells,
            no_text: 0,
            blocks: Vec::new(),
            deleted: Vec::new(),
            placed: 0,
            table: None,
            line: Line::default(),
            page_break: false,
            gap: false,
        }
    }

    /// The blocks and the deleted text written so far.
    pub(super) fn take(&mut self) -> (Vec<Block>, Vec<DeletedText>) {
        self.placed = 0;
        (std::mem::take(&mut self.blocks), std::mem::take(&mut self.deleted))
    }

    /// Writes the paragraphs and tables between two character positions; headings and list items are such only in
    /// running text.
    pub(super) fn story(&mut self, range: (u32, u32), kind: BlockKind) {
        let mut continued = false;
        for read in self.text.paragraphs(range) {
            self.add_runs(&read.runs);
            self.no_text += u64::from(read.mark.is_some());
            let properties = &read.properties;
            let in_table = properties.depth() > 0 && self.cells_left > 0;
            if !in_table {
                self.end_table(kind);
            }
            if read.mark_deleted && read.mark == Some(PARAGRAPH_MARK) && !in_table {
                continue;
            }
            if in_table {
                self.add_to_table(&read);
            } else {
                self.end_paragraph(properties, read.end, kind, continued);
                continued = read.broken;
                if read.mark == Some(PAGE_BREAK) && self.continuous.binary_search(&read.end).is_err() {
                    self.page_break = true;
                }
                self.text_boxes(read.end);
            }
        }
        self.end_table(kind);
        self.end_paragraph(&Paragraph::default(), range.1, kind, false);
        self.place_deleted();
    }

    /// Writes one block for all paragraphs between two character positions.
    pub(super) fn note(&mut self, range: (u32, u32), kind: BlockKind, label: Option<String>) {
        for read in self.text.paragraphs(range) {
            self.add_runs(&read.runs);
            self.no_text += u64::from(read.mark.is_some());
            if read.mark == Some(CELL_MARK) {
                self.line.text.push(' ');
            } else if !read.mark_deleted {
                self.line.text.push('\n');
            }
        }
        let line = std::mem::take(&mut self.line);
        let paragraphs: Vec<&str> = line.text.lines().map(str::trim).filter(|text| !text.is_empty()).collect();
        if !paragraphs.is_empty() {
            self.blocks.push(Block { label, style: line.style(), ..Block::new(kind, paragraphs.join("\n")) });
        }
        self.place_deleted();
    }

    /// Writes the text boxes that are anchored before `end`.
    pub(super) fn text_boxes(&mut self, end: u32) {
        while let Some((_, range)) = self.boxes.pop_if(|(anchor, _)| *anchor < end) {
            self.story(range, BlockKind::Paragraph);
        }
    }

    fn add_runs(&mut self, runs: &[Run]) {
        for run in runs {
            let mut shown = 0;
            if run.characters.deleted && !run.field_code {
                self.add_deleted(run);
            } else if !run.field_code {
                for c in run.text.chars() {
                    if let Some(c) = self.shown(c, run) {
                        self.line.push(c, run);
                        shown += u64::from(!c.is_whitespace());
                    }
                }
            }
            self.no_text += u64::from(run.length).saturating_sub(shown);
        }
    }

    /// What a character of the file looks like ([MS-DOC] 2.4.3; 2.6.1 sprmCFSpec for the special ones).
    fn shown(&self, c: char, run: &Run) -> Option<char> {
        if run.characters.special
            && let Some((font, code)) = run.characters.symbol
        {
            let fonts = &self.text.fonts;
            return fonts.symbol(font, code).or_else(|| match code {
                ..=0xFF => fonts.decode(&[code as u8], font, 0).chars().next(),
                _ => char::from_u32(u32::from(code)),
            });
        }
        match c {
            '\t' => Some('\t'),
            '\u{B}' | '\u{E}' => Some('\n'),
            '\u{1E}' => Some('-'),
            c if c.is_control() => None,
            '\u{F000}'..='\u{F0FF}' => self.text.fonts.symbol(run.characters.font, u32::from(c) as u16),
            c => Some(c),
        }
    }

    fn add_deleted(&mut self, run: &Run) {
        let text: String = run.text.chars().filter_map(|c| self.shown(c, run)).collect();
        let author = self.authors.get(usize::from(run.characters.deleted_by)).filter(|name| !name.is_empty()).cloned();
        let date = dttm(run.characters.deleted_at);
        match self.deleted[self.placed..].last_mut() {
            Some(last) if last.author == author && last.date == date => last.text.push_str(&text),
            _ => self.deleted.push(DeletedText { text, block: None, author, date }),
        }
    }

    /// Deleted text belongs to the block that was written last.
    fn place_deleted(&mut self) {
        let block = self.blocks.len().checked_sub(1).map(|block| block as u32);
        self.deleted[self.placed..].iter_mut().for_each(|deleted| deleted.block = block);
        self.placed = self.deleted.len();
    }

    fn end_paragraph(&mut self, properties: &Paragraph, end: u32, kind: BlockKind, continued: bool) {
        let line = std::mem::take(&mut self.line);
        let text = line.text.trim();
        self.page_break |= properties.page_break_before && !continued;
        if text.is_empty() {
            self.gap = true;
            self.place_deleted();
            return;
        }
        let label = if continued { None } else { self.lists.count(properties, end, &self.text.fonts) };
        let mut block = Block {
            style: line.style(),
            indent: indent(&line.text),
            page_break: std::mem::take(&mut self.page_break),
            set_off: std::mem::take(&mut self.gap),
            ..Block::new(kind, text)
        };
        if kind == BlockKind::Paragraph {
            let outline = (properties.outline < 9).then_some(properties.outline + 1);
            let heading = self.text.formatting.styles.heading(properties.istd).or(outline);
            (block.kind, block.level) = match (&label, heading) {
                (_, Some(level)) => (BlockKind::Heading, Some(level)),
                (Some(label), None) => (BlockKind::ListItem, Some(label.level)),
                (None, None) => (BlockKind::Paragraph, None),
            };
        }
        block.label = label.map(|label| label.text).filter(|text| !text.is_empty());
        self.blocks.push(block);
        self.place_deleted();
    }

    fn add_to_table(&mut self, read: &Read) {
        let line = std::mem::take(&mut self.line);
        let text = line.text.trim();
        let table = self.table.get_or_insert_default();
        let properties = &read.properties;
        if !text.is_empty() {
            let label = self.lists.count(properties, read.end, &self.text.fonts);
            table.add_paragraph(label.as_ref().map(|l| l.text.as_str()), text, properties.depth() > 1);
        }
        if properties.depth() == 2 && properties.inner_row_end {
            table.end_inner_row();
        } else if properties.depth() == 2 && properties.inner_cell {
            table.end_inner_cell();
        }
        if read.properties.ends_row() {
            let cells = table.end_row(self.version, &read.properties);
            self.cells_left = self.cells_left.saturating_sub(cells);
        } else if read.mark == Some(CELL_MARK) && read.properties.depth() == 1 {
            table.end_cell();
        }
    }

    fn end_table(&mut self, kind: BlockKind) {
        let Some(table) = self.table.take() else { return };
        let mut block = table.finish(self.version);
        if visible_chars(&block.text) == 0 {
            return;
        }
        if matches!(kind, BlockKind::Header | BlockKind::Footer) {
            block.kind = kind;
        }
        block.page_break = std::mem::take(&mut self.page_break);
        self.blocks.extend(unnested(block));
    }
}
