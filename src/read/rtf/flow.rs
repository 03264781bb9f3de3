//! A stream of paragraphs and tables: the body, a note, a header, a text box.

use crate::document::{Block, BlockKind, DeletedText};
use crate::read::style::{Run, SetText};
use crate::read::table::{Table, add_paragraph, nested, unnested};

/// Edges of cells closer to each other than this, in twips, are one: programs round them row by row.
const EDGE_TOLERANCE: i32 = 60;

/// The width, in twips, of a cell that no definition tells of.
const UNKNOWN_WIDTH: i32 = 1440;

/// Tables nested deeper than this become text of the cell around them.
const MAX_NESTING: usize = 32;

/// What a paragraph's properties say at its end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ParagraphEnd {
    /// Heading level, from 1.
    pub(super) heading: Option<u8>,
    /// Depth in a list, from 1.
    pub(super) list_level: u8,
    /// Nesting of tables: 0 outside of any.
    pub(super) nesting: usize,
    pub(super) page_break_before: bool,
}

/// A stream of paragraphs while it is being read.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) kind: BlockKind,
    pub(super) blocks: Vec<Block>,
    /// `block` counts within `blocks`.
    pub(super) deleted: Vec<DeletedText>,
    /// The printed number or bullet of the open paragraph.
    pub(super) label: Option<String>,
    /// Texts and definitions of the group the flow stands in end where this many groups are open.
    pub(super) depth: usize,
    text: SetText,
    /// Blocks of text boxes anchored in the open paragraph.
    after: Vec<Block>,
    tables: Vec<Rows>,
    /// Row definitions by nesting, outermost first. They outlive their rows.
    definitions: Vec<RowDefinition>,
    pub(super) break_next: bool,
    /// An empty paragraph came last.
    gap: bool,
    /// The next block is the first of its section.
    pub(super) section_starts: bool,
    /// How many deleted texts are tied to their blocks.
    settled: usize,
    deleting: bool,
}

/// `\trowd` and what follows it.
#[derive(Debug, Default, Clone)]
pub(super) struct RowDefinition {
    left: i32,
    cells: Vec<CellDefinition>,
    cell: CellDefinition,
}

#[derive(Debug, Default, Clone, Copy)]
struct CellDefinition {
    right: i32,
    continues_left: bool,
    continues_above: bool,
}

impl RowDefinition {
    /// Takes in a control word.
    pub(super) fn define(&mut self, word: &str, value: i32) {
        match word {
            "trowd" => *self = Self::default(),
            "trleft" => self.left = value,
            "clmrg" => self.cell.continues_left = true,
            "clvmrg" => self.cell.continues_above = true,
            "cellx" if self.cells.len() < 1000 => {
                self.cells.push(CellDefinition { right: value, ..self.cell });
                self.cell = CellDefinition::default();
            }
            _ => {}
        }
    }
}

/// The rows of an open table.
#[derive(Debug, Default)]
struct Rows {
    finished: Vec<(RowDefinition, Vec<String>)>,
    cells: Vec<String>,
    cell: String,
}

impl Rows {
    fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
    }

    fn end_row(&mut self, definition: &RowDefinition) {
        if !self.cell.is_empty() {
            self.end_cell();
        }
        if !self.cells.is_empty() {
            self.finished.push((definition.clone(), std::mem::take(&mut self.cells)));
        }
    }

    fn finish(mut self, definition: &RowDefinition) -> Block {
        self.end_row(definition);
        for (definition, cells) in &mut self.finished {
            let mut right = definition.cells.last().map_or(definition.left, |cell| cell.right);
            definition.cells.truncate(cells.len());
            while definition.cells.len() < cells.len() {
                right = right.saturating_add(UNKNOWN_WIDTH);
                definition.cells.push(CellDefinition { right, ..CellDefinition::default() });
            }
        }
        let rows = || self.finished.iter().map(|(definition, _)| definition);
        let edges = columns(rows().flat_map(|row| row.cells.iter().map(|cell| cell.right).chain([row.left])).collect());
        let column = |edge: i32| edges.partition_point(|start| *start <= edge) as u32;
        let mut table = Table::new(1);
        for (definition, cells) in &self.finished {
            let mut left = column(definition.left);
            table.indent_row(left.saturating_sub(1));
            for (cell, text) in definition.cells.iter().zip(cells) {
                let right = column(cell.right).max(left + 1);
                table.start_cell();
                table.set_span(right - left);
                if cell.continues_left {
                    table.continue_left();
                }
                if cell.continues_above {
                    table.continue_above();
                }
                table.add_paragraph(None, text);
                table.end_cell();
                left = right;
            }
            table.end_row();
        }
        Block { page: None, ..table.finish() }
    }
}

/// Where columns begin or end, from the edges of all cells.
fn columns(mut edges: Vec<i32>) -> Vec<i32> {
    edges.sort_unstable();
    edges.dedup_by(|next, first| next.saturating_sub(*first) <= EDGE_TOLERANCE);
    edges
}

impl Flow {
    pub(super) fn new(kind: BlockKind, depth: usize) -> Self {
        Self { kind, depth, ..Self::default() }
    }

    pub(super) fn has_text(&self) -> bool {
        self.text.has_text()
    }

    /// Adds text that is part of the document.
    pub(super) fn add(&mut self, text: &str, run: Run, font: &str) {
        self.deleting = false;
        self.text.add(text, run, font);
    }

    /// Adds text that a tracked change deletes.
    pub(super) fn add_deleted(&mut self, text: &str, author: Option<&str>, date: Option<String>) {
        if !std::mem::replace(&mut self.deleting, true) || self.deleted.len() == self.settled {
            let author = author.map(str::to_owned);
            self.deleted.push(DeletedText { author, date, ..DeletedText::default() });
        }
        if let Some(deleted) = self.deleted.last_mut() {
            deleted.text.push_str(text);
        }
    }

    /// Puts the blocks of a text box behind the open paragraph.
    pub(super) fn anchor(&mut self, blocks: Vec<Block>) {
        self.after.extend(blocks);
    }

    /// The definition of the rows at `nesting`, from 1.
    pub(super) fn definition(&mut self, nesting: usize) -> &mut RowDefinition {
        let n = nesting.clamp(1, MAX_NESTING);
        if self.definitions.len() < n {
            self.definitions.resize(n, RowDefinition::default());
        }
        &mut self.definitions[n - 1]
    }

    /// Ends the open paragraph.
    pub(super) fn end_paragraph(&mut self, end: ParagraphEnd) {
        self.set_nesting(end.nesting);
        let (text, style, indent) = self.text.take();
        let label = self.label.take();
        let (kind, level) = match (self.kind, end.heading, &label) {
            (BlockKind::Paragraph, Some(level), _) => (BlockKind::Heading, Some(level)),
            (BlockKind::Paragraph, None, Some(_)) => (BlockKind::ListItem, Some(end.list_level)),
            (kind, ..) => (kind, None),
        };
        let page_break = end.page_break_before;
        let after = std::mem::take(&mut self.after);
        self.deliver(Block { level, label, style, indent, page_break, ..Block::new(kind, text) });
        for block in after {
            self.deliver(block);
        }
        self.settle();
    }

    /// Ends the cell at `nesting`, from 1.
    pub(super) fn end_cell(&mut self, end: ParagraphEnd) {
        if self.has_text() || !self.after.is_empty() {
            self.end_paragraph(end);
        }
        self.label = None;
        self.set_nesting(end.nesting);
        if let Some(rows) = self.tables.last_mut() {
            rows.end_cell();
        }
    }

    /// Ends the row at `nesting`, from 1.
    pub(super) fn end_row(&mut self, nesting: usize) {
        self.set_nesting(nesting);
        let definition = self.definition(nesting).clone();
        if let Some(rows) = self.tables.last_mut() {
            rows.end_row(&definition);
        }
    }

    /// Ends what is open.
    pub(super) fn finish(&mut self, end: ParagraphEnd) {
        if self.has_text() || !self.after.is_empty() {
            self.end_paragraph(end);
        }
        self.set_nesting(0);
        self.settle();
        for deleted in &mut self.deleted {
            deleted.text = deleted.text.trim().to_owned();
        }
        self.deleted.retain(|deleted| !deleted.text.is_empty());
    }

    /// Opens or ends tables until `nesting` are open.
    fn set_nesting(&mut self, nesting: usize) {
        let nesting = nesting.min(MAX_NESTING);
        while self.tables.len() > nesting {
            let definition = self.definition(self.tables.len()).clone();
            if let Some(rows) = self.tables.pop() {
                let mut block = rows.finish(&definition);
                if self.kind != BlockKind::Paragraph {
                    block.kind = self.kind;
                }
                self.deliver(block);
            }
        }
        while self.tables.len() < nesting {
            self.tables.push(Rows::default());
        }
    }

    /// Puts a block where it belongs: into the open cell, or out.
    fn deliver(&mut self, mut block: Block) {
        if let Some(rows) = self.tables.last_mut() {
            if !block.text.is_empty() {
                let label = block.label.take();
                add_paragraph(&mut rows.cell, label.as_deref(), &nested(block));
            }
            return;
        }
        block.page_break |= std::mem::take(&mut self.break_next);
        if block.text.trim().is_empty() {
            self.break_next = block.page_break;
            self.gap = true;
            return;
        }
        block.set_off = std::mem::take(&mut self.gap);
        self.section_starts = false;
        self.blocks.extend(unnested(block));
    }

    /// Ties the text deleted since the last call to the block that was made last.
    fn settle(&mut self) {
        let block = self.blocks.len().checked_sub(1).map(|n| n as u32);
        if self.tables.is_empty() {
            for deleted in self.deleted.iter_mut().skip(self.settled) {
                deleted.block = block;
            }
            self.settled = self.deleted.len();
        }
        self.deleting = false;
    }
}
