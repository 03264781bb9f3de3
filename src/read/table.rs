//! Builds the rows of a table from its cells as they come, with merged cells.

use std::collections::HashMap;

use crate::document::{Block, CELL_BREAK, Cell};

/// No table has more columns than this; a wider span is a mistake (Word's own limit is 63).
const MAX_SPAN: u32 = 1000;

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<Placed>>,
    row: Vec<Placed>,
    column: u32,
    cell: Option<Placed>,
    /// Cells of rows above that reach down, by column: the row they end before, and their columns.
    reaching: HashMap<u32, (usize, u32)>,
    page: u32,
}

#[derive(Debug, Default, Clone)]
struct Placed {
    text: String,
    column: u32,
    span: u32,
    rows: u32,
    continues_above: bool,
    continues_left: bool,
}

impl Table {
    /// A table that begins on `page`.
    pub(super) fn new(page: u32) -> Self {
        Self { page, ..Self::default() }
    }

    /// Leaves `columns` free at the start of the row.
    pub(super) fn indent_row(&mut self, columns: u32) {
        if columns > 0 && self.row.is_empty() {
            let span = columns.min(MAX_SPAN);
            self.row.push(Placed { span, rows: 1, ..Placed::default() });
            self.column = span;
        }
    }

    pub(super) fn start_cell(&mut self) {
        self.end_cell();
        while let Some((_, span)) = self.reaching.get(&self.column).filter(|(end, _)| *end > self.rows.len()) {
            self.column += span;
        }
        self.cell = Some(Placed { column: self.column, span: 1, rows: 1, ..Placed::default() });
    }

    pub(super) fn set_span(&mut self, columns: u32) {
        self.open_cell().span = columns.clamp(1, MAX_SPAN);
    }

    /// The cell reaches down over so many rows, itself the first. To be called after [`Self::set_span`].
    pub(super) fn set_rows(&mut self, rows: u32) {
        let cell = self.open_cell();
        cell.rows = rows.max(1);
        let (column, span) = (cell.column, cell.span);
        if rows > 1 {
            self.reaching.insert(column, (self.rows.len() + rows as usize, span));
        }
    }

    /// The cell goes on with the one above it.
    pub(super) fn continue_above(&mut self) {
        self.open_cell().continues_above = true;
    }

    /// The cell goes on with the one to the left of it.
    pub(super) fn continue_left(&mut self) {
        self.open_cell().continues_left = true;
    }

    /// Adds a paragraph to the open cell. A cell has no label of its own, so an automatic number is kept in its text.
    pub(super) fn add_paragraph(&mut self, label: Option<&str>, text: &str) {
        add_paragraph(&mut self.open_cell().text, label, text);
    }

    fn open_cell(&mut self) -> &mut Placed {
        let column = self.column;
        self.cell.get_or_insert_with(|| Placed { column, span: 1, rows: 1, ..Placed::default() })
    }

    /// Puts as many copies of the open cell before it.
    pub(super) fn repeat_cell(&mut self, times: u32) {
        let Some(cell) = &self.cell else { return };
        for _ in 0..times {
            self.row.push(Placed { column: self.column, ..cell.clone() });
            self.column += cell.span;
        }
    }

    pub(super) fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        self.column += cell.span;
        match self.row.last_mut() {
            Some(left) if cell.continues_left && cell.text.is_empty() => left.span += cell.span,
            _ => self.row.push(cell),
        }
    }

    pub(super) fn end_row(&mut self) {
        self.end_cell();
        self.column = 0;
        if !self.row.is_empty() {
            self.rows.push(std::mem::take(&mut self.row));
        }
    }

    /// The finished block. A cell that continues the one above and has no text of its own is left out and counted there.
    pub(super) fn finish(mut self) -> Block {
        self.end_row();
        // Where the cell that is open downwards stands, by its first column.
        let mut open: HashMap<u32, (usize, usize)> = HashMap::new();
        let height = self.rows.len();
        let mut rows: Vec<Vec<Placed>> = Vec::with_capacity(height);
        for row in self.rows {
            let mut kept: Vec<Placed> = Vec::with_capacity(row.len());
            for mut cell in row {
                cell.rows = cell.rows.min((height - rows.len()) as u32);
                let above = open.get(&cell.column).filter(|_| cell.continues_above && cell.text.is_empty()).copied();
                match above.and_then(|(r, c)| rows.get_mut(r)?.get_mut(c)) {
                    Some(cell_above) => cell_above.rows += 1,
                    None => {
                        open.insert(cell.column, (rows.len(), kept.len()));
                        kept.push(cell);
                    }
                }
            }
            rows.push(kept);
        }
        let cell = |placed: Placed| Cell { colspan: placed.span, rowspan: placed.rows, ..Cell::new(placed.text) };
        let mut block = Block::table(rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect());
        block.page = Some(self.page);
        block
    }
}

/// Between the cells of a table within a cell, as long as it is text of that cell: see [`unnested`].
const INNER_CELL: &str = "\u{1F}";

/// The text with which a block goes into the cell around it; [`unnested`] makes a table of it again where it was one.
pub(super) fn nested(block: Block) -> String {
    match block.rows {
        Some(rows) => inner_text(rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect())),
        None => block.text,
    }
}

/// The same for a table given as the texts of its cells.
pub(super) fn inner_text(rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |text: &String| text.replace(['\u{2028}', '\n', '\u{1F}'], " ");
    let rows = rows.map(|row| row.iter().map(line).collect::<Vec<_>>().join(INNER_CELL));
    rows.collect::<Vec<_>>().join("\n")
}

/// A block as it stands outside of any table. A table in whose cells tables stand becomes several: its rows up to the one
/// with the inner table, that, and the other rows. A row of one cell is a frame: what stands before and after the inner
/// table stays so.
pub(super) fn unnested(mut block: Block) -> Vec<Block> {
    if !block.text.contains(INNER_CELL) {
        return vec![block];
    }
    let Some(rows) = block.rows.take() else {
        block.text = block.text.replace(INNER_CELL, " ");
        return vec![block];
    };
    let mut out: Vec<Block> = Vec::new();
    let mut open: Vec<Vec<Cell>> = Vec::new();
    let mut flush = |open: &mut Vec<Vec<Cell>>, inner: Vec<Block>| {
        let rows = std::mem::take(open);
        let filled = rows.iter().flatten().any(|cell| !cell.text.trim().is_empty());
        let tables = filled.then(|| Block::table(rows)).into_iter().chain(inner);
        out.extend(tables.map(|table| Block { kind: block.kind, page: block.page, ..table }));
    };
    for row in rows {
        if let [frame] = row.as_slice() {
            for piece in pieces(&frame.text) {
                match piece {
                    Piece::Text(text) => open.push(vec![Cell { text, ..frame.clone() }]),
                    Piece::Table(table) => flush(&mut open, vec![table]),
                }
            }
            continue;
        }
        let mut inner = Vec::new();
        let mut outside = |cell: Cell| {
            let mut texts = Vec::new();
            for piece in pieces(&cell.text) {
                match piece {
                    Piece::Text(text) => texts.push(text),
                    Piece::Table(table) => inner.push(table),
                }
            }
            Cell { text: texts.join(CELL_BREAK), ..cell }
        };
        open.push(row.into_iter().map(&mut outside).collect());
        if !inner.is_empty() {
            flush(&mut open, inner);
        }
    }
    flush(&mut open, Vec::new());
    if let Some(first) = out.first_mut() {
        (first.page_break, first.label) = (block.page_break, block.label);
    }
    out
}

/// A part of what a cell holds.
enum Piece {
    Text(String),
    Table(Block),
}

/// The paragraphs of a cell and the tables between them. A single row is text.
fn pieces(text: &str) -> Vec<Piece> {
    let paragraphs: Vec<&str> = text.split(CELL_BREAK).collect();
    let runs = paragraphs.chunk_by(|a, b| a.contains(INNER_CELL) == b.contains(INNER_CELL));
    let piece = |run: &[&str]| {
        if run.len() > 1 && run[0].contains(INNER_CELL) {
            let row = |text: &&str| text.split(INNER_CELL).map(|cell| Cell::new(cell.trim())).collect();
            Piece::Table(Block::table(run.iter().map(row).collect()))
        } else {
            Piece::Text(run.join(CELL_BREAK).replace(INNER_CELL, " "))
        }
    };
    runs.map(piece).collect()
}

/// Adds a paragraph with its number, if any, to the text of a cell.
pub(super) fn add_paragraph(cell: &mut String, label: Option<&str>, text: &str) {
    let parts = [label.unwrap_or_default(), text].into_iter().filter(|part| !part.is_empty());
    for (i, part) in parts.enumerate() {
        if !cell.is_empty() {
            cell.push_str(if i == 0 { CELL_BREAK } else { " " });
        }
        cell.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Block {
        Block::table(rows.iter().map(|row| row.iter().map(|text| Cell::new(*text)).collect()).collect())
    }

    fn texts(block: Block) -> Vec<String> {
        unnested(block).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn a_table_in_a_cell_follows_its_row() {
        let inner = nested(table(&[&["Eier", "Kr"], &["Lund", "310"]]));
        let said = format!("Slik:\n{inner}\nEnig.");
        let outer = table(&[&["Sak", "3/14"], &["Drøfting", &said], &["Vedtak", "Ja."]]);
        let expected = ["Sak\t3/14\nDrøfting\tSlik:\u{2028}Enig.", "Eier\tKr\nLund\t310", "Vedtak\tJa."];
        assert_eq!(texts(outer), expected);
    }

    #[test]
    fn a_frame_keeps_the_order_of_what_it_holds() {
        let inner = nested(table(&[&["Dato", "4.3."], &["Sted", "Lund"]]));
        let outer = table(&[&[&format!("Innkalling\n{inner}\nVel møtt")]]);
        assert_eq!(texts(outer), ["Innkalling", "Dato\t4.3.\nSted\tLund", "Vel møtt"]);
    }

    #[test]
    fn a_single_row_in_a_cell_is_text() {
        let inner = nested(table(&[&["f", "g"]]));
        assert_eq!(texts(table(&[&["a", &format!("e\n{inner}\nh")]])), ["a\te\u{2028}f g\u{2028}h"]);
    }
}
