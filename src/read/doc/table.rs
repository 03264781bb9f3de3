//! Builds the rows of a table from its cells as they come, with merged cells.

use std::collections::HashMap;

use super::bytes::{u8_at, u16_at};
use super::fib::Version;
use super::properties::Paragraph;
use crate::document::{Block, Cell};
use crate::read::table;

/// Cell borders closer than this are one border, in twentieths of a point.
const SAME_BORDER: i32 = 30;

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<Placed>>,
    row: Vec<String>,
    cell: String,
    inner: Inner,
}

/// The table in the open cell, if any. Tables deeper down are text of its cells.
#[derive(Debug, Default)]
struct Inner {
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    cell: String,
}

/// A cell with its borders.
#[derive(Debug, Default)]
struct Placed {
    text: String,
    left: i32,
    right: i32,
    continues_above: bool,
}

/// A cell in a row's definition.
#[derive(Debug, Clone, Copy)]
struct Definition {
    left: i32,
    right: i32,
    continues_left: bool,
    continues_above: bool,
}

impl Table {
    /// Adds a paragraph to the open cell, or to that of the table in it.
    pub(super) fn add_paragraph(&mut self, label: Option<&str>, text: &str, is_inner: bool) {
        if is_inner {
            table::add_paragraph(&mut self.inner.cell, label, text);
        } else {
            self.end_inner();
            table::add_paragraph(&mut self.cell, label, text);
        }
    }

    pub(super) fn end_inner_cell(&mut self) {
        self.inner.row.push(std::mem::take(&mut self.inner.cell));
    }

    pub(super) fn end_inner_row(&mut self) {
        if !self.inner.cell.is_empty() {
            self.end_inner_cell();
        }
        self.inner.rows.push(std::mem::take(&mut self.inner.row));
    }

    fn end_inner(&mut self) {
        if !(self.inner.row.is_empty() && self.inner.cell.is_empty()) {
            self.end_inner_row();
        }
        let rows = std::mem::take(&mut self.inner.rows);
        if rows.iter().flatten().any(|text| !text.is_empty()) {
            table::add_paragraph(&mut self.cell, None, &table::inner_text(rows.into_iter()));
        }
    }

    pub(super) fn end_cell(&mut self) {
        self.end_inner();
        self.row.push(std::mem::take(&mut self.cell));
    }

    /// Ends the row with the definition of its cells, which `paragraph` carries. Returns how many cells it has.
    pub(super) fn end_row(&mut self, version: Version, paragraph: &Paragraph) -> usize {
        self.end_inner();
        if !self.cell.is_empty() {
            self.end_cell();
        }
        let definitions = definitions(version, paragraph);
        let mut cells: Vec<Placed> = Vec::with_capacity(self.row.len());
        for (i, text) in self.row.drain(..).enumerate() {
            let edge = cells.last().map_or(0, |cell| cell.right);
            // A cell that the definition leaves out still has its text; it is taken to be a column wide.
            let definition = definitions.get(i).copied().unwrap_or(Definition {
                left: edge,
                right: edge + 1000,
                continues_left: false,
                continues_above: false,
            });
            match cells.last_mut() {
                Some(left) if definition.continues_left && text.is_empty() => left.right = definition.right,
                _ => cells.push(Placed {
                    text,
                    left: definition.left,
                    right: definition.right,
                    continues_above: definition.continues_above,
                }),
            }
        }
        let count = cells.len();
        if count > 0 {
            self.rows.push(cells);
        }
        count
    }

    /// The finished block. A cell that continues the one above and has no text of its own is left out and counted there.
    pub(super) fn finish(mut self, version: Version) -> Block {
        self.end_row(version, &Paragraph::default());
        let mut borders: Vec<i32> = self.rows.iter().flatten().flat_map(|cell| [cell.left, cell.right]).collect();
        borders.sort_unstable();
        borders.dedup_by(|later, earlier| *later - *earlier <= SAME_BORDER);
        let column = |border: i32| borders.partition_point(|b| *b <= border).saturating_sub(1);
        // Where the cell that is open downwards stands, by its first column.
        let mut open: HashMap<usize, (usize, usize)> = HashMap::new();
        let mut rows: Vec<Vec<Cell>> = Vec::with_capacity(self.rows.len());
        for row in self.rows {
            let mut kept: Vec<Cell> = Vec::with_capacity(row.len());
            for cell in row {
                let first = column(cell.left);
                let above = open.get(&first).filter(|_| cell.continues_above && cell.text.is_empty()).copied();
                match above.and_then(|(r, c)| rows.get_mut(r)?.get_mut(c)) {
                    Some(cell_above) => cell_above.rowspan += 1,
                    None => {
                        open.insert(first, (rows.len(), kept.len()));
                        let colspan = column(cell.right).saturating_sub(first).max(1) as u32;
                        kept.push(Cell { colspan, ..Cell::new(cell.text) });
                    }
                }
            }
            rows.push(kept);
        }
        Block::table(rows)
    }
}

/// The cells of a row: a count, their borders, and for each a structure that begins with its flags ([MS-DOC] 2.9.308
/// TDefTableOperand, 2.9.311 TC80, 2.9.312 TCGRF; 10 bytes with other flags before Word 97).
fn definitions(version: Version, paragraph: &Paragraph) -> Vec<Definition> {
    let Some(row) = paragraph.row else { return Vec::new() };
    let count = usize::from(u8_at(row, 0).unwrap_or(0));
    let size = if version == Version::Word97 { 20 } else { 10 };
    let border = |i: usize| u16_at(row, 1 + 2 * i).map(|border| i32::from(border as i16));
    (0..count)
        .map_while(|i| {
            let flags = u16_at(row, 1 + 2 * (count + 1) + size * i).unwrap_or(0);
            let mut vertical = if version == Version::Word97 { flags >> 5 & 3 } else { 0 };
            for (_, merge) in paragraph.merges.iter().filter(|(cell, _)| usize::from(*cell) == i) {
                vertical = u16::from(*merge & 3);
            }
            Some(Definition {
                left: border(i)?,
                right: border(i + 1)?,
                continues_left: flags & 0x0002 != 0,
                continues_above: vertical == 1,
            })
        })
        .collect()
}
