//! Tables as found on a page, and as they continue over pages.

use super::geometry::Area;
use super::lines::Line;
use crate::document::{Block, Cell};

/// Columns this near, in points, are the same.
const SAME: f32 = 6.0;

/// A table on one page, or on several in a row.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) area: Area,
    /// In rows from top to bottom, each from left to right.
    cells: Vec<TableCell>,
    /// Where the columns begin and end.
    columns: Vec<f32>,
    /// Drawn with lines.
    ruled: bool,
}

/// A cell, its place in the grid, and how much of the grid it covers.
#[derive(Debug, Clone, Default)]
pub(super) struct TableCell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) text: String,
    pub(super) bold: bool,
}

impl TableCell {
    /// The cell with the text of `lines`.
    pub(super) fn filled(mut self, lines: &[Line]) -> Self {
        self.bold = !lines.is_empty() && lines.iter().all(|line| line.style().0);
        for line in lines {
            for segment in line.segments() {
                if !self.text.is_empty() {
                    self.text.push(' ');
                }
                self.text.push_str(&line.segment_text(&segment));
            }
        }
        self
    }
}

impl Table {
    pub(super) fn new(area: Area, cells: Vec<TableCell>, columns: Vec<f32>, ruled: bool) -> Self {
        Self { area, cells, columns, ruled }
    }

    pub(super) fn cell_count(&self) -> usize {
        self.cells.len()
    }

    fn rows(&self) -> usize {
        self.cells.iter().map(|c| c.row + c.rows).max().unwrap_or(0)
    }

    fn row_texts(&self, row: usize) -> Vec<(usize, &str)> {
        self.cells.iter().filter(|c| c.row == row).map(|c| (c.column, c.text.as_str())).collect()
    }

    /// Whether `next`, at the head of the next page, goes on where this table ends.
    pub(super) fn continues_in(&self, next: &Self) -> bool {
        self.ruled == next.ruled
            && self.columns.len() == next.columns.len()
            && self.columns.iter().zip(&next.columns).all(|(a, b)| {
                // Without lines a column is only as wide as what stands in it.
                (a - b).abs() <= if self.ruled { SAME } else { 4.0 * SAME }
            })
    }

    /// Appends the part on the next page. Its head is left out where it repeats this table's; returns how many
    /// characters that were.
    pub(super) fn append(&mut self, next: Self) -> u64 {
        let repeated = next.rows() > 1 && self.row_texts(0) == next.row_texts(0);
        let mut shift = self.rows();
        let mut dropped = 0;
        if repeated {
            shift -= 1;
        }
        let split_row = !repeated && next.is_rest_of_row();
        if split_row {
            shift -= 1;
        }
        for mut cell in next.cells {
            if repeated && cell.row == 0 {
                dropped += crate::document::visible_chars(&cell.text);
                continue;
            }
            if split_row && cell.row == 0 {
                let last = shift;
                if let Some(above) = self.cells.iter_mut().find(|c| c.row + c.rows > last && c.column == cell.column) {
                    if !cell.text.is_empty() {
                        above.text.push(' ');
                        above.text.push_str(&cell.text);
                    }
                    continue;
                }
            }
            cell.row += shift;
            self.cells.push(cell);
        }
        dropped
    }

    /// Whether the first row is the rest of a row begun on the page before: no label, and a text that goes on.
    fn is_rest_of_row(&self) -> bool {
        let first = self.row_texts(0);
        let label = first.iter().any(|(column, text)| *column == 0 && !text.is_empty());
        let mut texts = first.iter().filter(|(_, text)| !text.is_empty());
        let goes_on = |text: &str| text.chars().next().is_some_and(char::is_lowercase);
        !label && texts.clone().next().is_some() && texts.all(|(_, text)| goes_on(text))
    }

    /// The table as a block.
    pub(super) fn block(self) -> Block {
        let rows = self.rows();
        let mut out: Vec<Vec<Cell>> = vec![Vec::new(); rows];
        let bold = self.cells.iter().filter(|c| !c.text.is_empty()).all(|c| c.bold);
        let mut cells = self.cells;
        cells.sort_by_key(|c| (c.row, c.column));
        for cell in cells {
            if let Some(row) = out.get_mut(cell.row) {
                let mut made = Cell::new(cell.text);
                made.colspan = u32::try_from(cell.columns).unwrap_or(1).max(1);
                made.rowspan = u32::try_from(cell.rows).unwrap_or(1).max(1);
                row.push(made);
            }
        }
        out.retain(|row| row.iter().any(|c| !c.text.is_empty()) || row.iter().any(|c| c.rowspan > 1));
        let mut block = Block::table(out);
        block.style.bold = bold;
        block
    }
}
