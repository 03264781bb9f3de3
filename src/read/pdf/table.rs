//! Tables as found on a page, and as they continue over pages.

use std::collections::HashSet;

use super::geometry::Area;
use super::lines::{Line, Word};
use super::paragraphs::{ends_sentence, has_label};
use crate::document::{Block, CELL_BREAK, Cell};

/// Columns this near, in points, are the same.
const SAME: f32 = 6.0;
/// A space is about so wide, in parts of the letters' size.
pub(super) const SPACE: f32 = 0.3;
/// A name has so many words at most.
const NAMES: usize = 4;
/// What is said of a person takes so many lines at most.
const NEAR: usize = 8;
/// A word in lower case that may end what is said of a person has so many letters at least.
const WHOLE: usize = 4;
/// A letter that does not fit any more is so wide, in parts of the other letters' width.
const NARROW: f32 = 0.8;
/// And so wide is one of the widest.
const WIDE: f32 = 1.7;
/// A word that a cell breaks has so many bytes at least.
pub(super) const LONG: usize = 8;
/// A table's head, which the next page may repeat, is among this many rows.
const HEAD_ROWS: usize = 5;

/// Space between paragraphs sets their lines so far apart, in parts of the least distance between lines of the cell.
const SPACED: f32 = 1.22;

/// So many words are a sentence begun, and no role or party in a column of such.
const PHRASE: usize = 3;

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
    /// The cell between the edges `left` and `right` with the text of `lines`. `known` are the file's [`long_words`].
    pub(super) fn filled(mut self, lines: &[Line], left: f32, right: f32, known: &HashSet<String>) -> Self {
        self.bold = !lines.is_empty() && lines.iter().all(|line| line.style().0);
        let inset = lines.iter().map(|line| line.x0() - left).fold(f32::MAX, f32::min).max(0.0);
        let room = right - left - 2.0 * inset;
        let leading = lines.windows(2).map(|pair| (pair[0].y - pair[1].y).abs()).fold(f32::MAX, f32::min);
        for (i, line) in lines.iter().enumerate() {
            let above = i.checked_sub(1).and_then(|above| lines.get(above));
            let near: Vec<&[Word]> = lines[i.saturating_sub(NEAR)..i].iter().map(|l| l.words.as_slice()).collect();
            let spaced = |above: &Line| lines.len() > 2 && (above.y - line.y).abs() > SPACED * leading;
            let apart = above.is_some_and(|above| {
                ends_paragraph(above, line, room) || spaced(above) || lists_people(&near, &line.words)
            });
            let goes_on = above.is_some_and(|above| {
                ends_in_hyphen(above, line) || inset < line.size && is_broken(above, line, room, known)
            });
            let joined = !apart && goes_on;
            for (n, segment) in line.segments().iter().enumerate() {
                if !self.text.is_empty() && !(joined && n == 0) {
                    self.text.push_str(if apart && n == 0 { CELL_BREAK } else { " " });
                }
                self.text.push_str(&line.segment_text(segment));
            }
        }
        self
    }
}

/// Whether a line of a cell ends a paragraph: the first word of the next line had room on it, or is set in other letters.
fn ends_paragraph(line: &Line, next: &Line, room: f32) -> bool {
    let Some(word) = next.words.first().filter(|w| !w.text.starts_with(char::is_lowercase)) else { return false };
    let needed = line.x1() - line.x0() + SPACE * line.size + word.x1 - word.x0;
    let (style, other) = (line.style(), next.style());
    let ends = line.words.last().is_some_and(|w| ends_sentence(&w.text));
    needed < room || style.0 != other.0 || ends && (style.1 != other.1 || has_label(&next.text()))
}

/// Whether a line names one more of the people whom the lines above it list, each at the head of a line:
/// `Eva Lie, Ås skole`, `Per Moe (leder)`. In a narrow cell every line may be full.
pub(super) fn lists_people(above: &[&[Word]], line: &[Word]) -> bool {
    let opens = |line: &[Word]| {
        let names = line.iter().take_while(|w| {
            w.text.starts_with(char::is_uppercase) && w.text.chars().all(|c| c.is_alphabetic() || ".,-'".contains(c))
        });
        let closed = names.clone().position(|w| w.text.ends_with(',')).map(|at| at + 1);
        let count = closed.unwrap_or(names.count());
        let ends = closed.is_some() || line.get(count).is_none_or(|w| w.text.starts_with('('));
        (2..=NAMES).contains(&count) && ends
    };
    let words = || above.iter().copied().flatten();
    let is_closed = words().flat_map(|w| w.text.chars()).fold(0, |open, c| match c {
        '(' => open + 1,
        ')' => open - 1,
        _ => open,
    }) == 0;
    let last = words().last().map_or("", |w| w.text.as_str());
    let is_whole = last.starts_with(char::is_uppercase) || last.chars().count() >= WHOLE;
    let first = above.iter().rfind(|line| !line.first().is_some_and(|w| w.text.starts_with(char::is_lowercase)));
    // "Per Ås, Anne", and under it "Marte Lie"
    let before = words().rev().nth(1).map_or("", |w| w.text.as_str());
    // "Eva Lie (leder), Ap" ends with a party, unless the next line lists several: "Marte Moe, Jon Dahl,"
    let is_several = line.iter().filter(|w| w.text.ends_with(',')).count() > 1;
    let ends_person = before.ends_with("),") && !is_several;
    let begins_name = last.starts_with(char::is_uppercase) && before.ends_with(',') && !ends_person;
    // "sekretær Kari Moe og rådmann", and under it "Jon Dahl"
    let joins = before.starts_with(char::is_lowercase) && before.chars().count() < WHOLE - 1;
    let begins_name = begins_name || joins && last.starts_with(char::is_lowercase);
    is_closed
        && is_whole
        && !begins_name
        && !last.ends_with([',', '-', ':'])
        && first.is_some_and(|line| opens(line))
        && opens(line)
}

/// Whether a line of a cell is a word that did not fit on it: it leaves no room for another letter, or for none but a
/// narrow one where the file has the whole word elsewhere, and one in lower case follows.
fn is_broken(line: &Line, next: &Line, room: f32, known: &HashSet<String>) -> bool {
    let ([word], Some(first)) = (line.words.as_slice(), next.words.first()) else { return false };
    let is_word = |text: &str| text.chars().all(char::is_alphabetic);
    if !is_word(&word.text) || !first.text.starts_with(char::is_lowercase) {
        return false;
    }
    if is_rest(&first.text) {
        return true;
    }
    let width = word.x1 - word.x0;
    width + NARROW * letter(word) > room || breaks_known(word, first, room, known)
}

/// Whether a word leaves no room for another wide letter, and makes one that the file has elsewhere with what follows.
pub(super) fn breaks_known(word: &Word, next: &Word, room: f32, known: &HashSet<String>) -> bool {
    let whole = || format!("{}{}", word.text, next.text.trim_end_matches(|c: char| !c.is_alphabetic())).to_lowercase();
    word.x1 - word.x0 + WIDE * letter(word) > room && known.contains(&whole())
}

/// How wide the letters of a word are.
fn letter(word: &Word) -> f32 {
    (word.x1 - word.x0) / word.text.chars().count().max(1) as f32
}

/// Whether a text is one small consonant, which is no word but the rest of one: `Utvalgssaksn`, and under it `r`.
pub(super) fn is_rest(text: &str) -> bool {
    let mut letters = text.chars();
    let consonant = letters.next().filter(|c| c.is_lowercase() && !"aeiouyåäæöø".contains(*c));
    consonant.is_some() && letters.next().is_none()
}

/// The long words among some lines, in lower case: some of them may stand in a narrow cell that breaks them.
pub(super) fn long_words<'l>(lines: impl Iterator<Item = &'l Line>) -> HashSet<String> {
    let words = lines.flat_map(|line| &line.words).map(|word| word.text.trim_matches(|c: char| !c.is_alphabetic()));
    words.filter(|word| word.len() >= LONG).map(str::to_lowercase).collect()
}

/// Whether a line of a cell ends in a hyphen that belongs to the word and not to the line: a capital or a figure follows, or
/// capitals stand before it (`Bygg-`, `Ringen`; `HMS-`, `arbeid`; `2012–`, `2015`).
fn ends_in_hyphen(line: &Line, next: &Line) -> bool {
    let (Some(last), Some(word)) = (line.words.last(), next.words.first()) else { return false };
    let Some(before) = last.text.strip_suffix(['-', '–']) else { return false };
    let is_figure = |c: char| c.is_ascii_digit();
    if last.text.ends_with('–') {
        let both = |is: fn(char) -> bool| before.ends_with(is) && word.text.starts_with(is);
        return both(|c| c.is_ascii_digit()) || both(char::is_alphabetic);
    }
    let initials = before.chars().count() > 1 && before.chars().all(char::is_uppercase);
    before.ends_with(char::is_alphanumeric)
        && (initials || word.text.starts_with(|c: char| c.is_uppercase() || is_figure(c)))
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
        self.ruled == next.ruled && self.places_of(next).is_some() && !self.has_sibling(next)
    }

    /// Whether `next` is a table of its own: it has this table's head under another title.
    fn has_sibling(&self, next: &Self) -> bool {
        let texts = |table: &Self, row: usize| -> Vec<String> {
            let texts = table.row_texts(row).into_iter().filter(|(_, text)| !text.is_empty());
            texts.map(|(_, text)| text.to_owned()).collect()
        };
        let titles = (0..HEAD_ROWS).take_while(|row| texts(next, *row).len() == 1).count();
        let head = texts(next, titles);
        head.len() > 1 && head == texts(self, titles) && (0..titles).any(|row| texts(self, row) != texts(next, row))
    }

    /// Where the column edges of `next` stand among this table's; `None` where they do not. A part of a ruled table may
    /// lack edges that only cells on the other page have.
    fn places_of(&self, next: &Self) -> Option<Vec<usize>> {
        // Without lines a column is only as wide as what stands in it.
        let near = if self.ruled { SAME } else { 4.0 * SAME };
        let places: Option<Vec<usize>> =
            next.columns.iter().map(|edge| self.columns.iter().position(|own| (own - edge).abs() <= near)).collect();
        let places = places?;
        let whole = places.first() == Some(&0) && places.last() == Some(&(self.columns.len() - 1));
        let rising = places.windows(2).all(|pair| pair[0] < pair[1]);
        (whole && rising && (self.ruled || places.len() == self.columns.len())).then_some(places)
    }

    /// Appends the part on the next page. Returns the next page's head where it repeats this table's.
    pub(super) fn append(&mut self, next: Self) -> Option<String> {
        let places = self.places_of(&next)?;
        let head = next.row_texts(0);
        let repeated = next.rows() > 1
            && head.iter().filter(|(_, text)| !text.is_empty()).count() > 1
            && (0..HEAD_ROWS).any(|row| self.row_texts(row).iter().map(|(_, t)| t).eq(head.iter().map(|(_, t)| t)));
        let split_row = !repeated && self.ends_in_row_of(&next);
        let shift = self.rows() - usize::from(repeated || split_row);
        let head = repeated.then(|| head.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\t"));
        for mut cell in next.cells {
            let column = places.get(cell.column).copied().unwrap_or(cell.column);
            let end = cell.column + cell.columns;
            // Ruled tables have one edge more than columns.
            cell.columns = places.get(end).map_or(cell.columns, |end| end - column);
            cell.column = column;
            if repeated && cell.row == 0 {
                continue;
            }
            if split_row && cell.row == 0 {
                let above = self.cells.iter_mut().find(|c| c.row + c.rows > shift && c.column == cell.column);
                if let Some(above) = above {
                    if !cell.text.is_empty() {
                        let apart = ends_sentence(&above.text) && !above.text.ends_with(':');
                        if !is_rest(&cell.text) {
                            above.text.push_str(if apart { CELL_BREAK } else { " " });
                        }
                        above.text.push_str(&cell.text);
                    }
                    continue;
                }
            }
            cell.row += shift;
            self.cells.push(cell);
        }
        head
    }

    /// Whether the first row of `next` is the rest of this table's last row: it has no label where every other row has one, or
    /// none of the numbers that the labels begin with, and its texts go on.
    fn ends_in_row_of(&self, next: &Self) -> bool {
        let texts: Vec<(usize, &str)> = next.row_texts(0).into_iter().filter(|(_, text)| !text.is_empty()).collect();
        let Some(label) = texts.first().map(|(column, text)| if *column == 0 { *text } else { "" }) else {
            return false;
        };
        let others = |table: &Self, says: fn(&str) -> bool| {
            let mut labels = table.cells.iter().filter(|c| c.row > 0 && c.column == 0).map(|c| c.text.as_str());
            labels.all(says)
        };
        let all = |says: fn(&str) -> bool| self.rows() + next.rows() > 3 && others(self, says) && others(next, says);
        let is_numbered = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let goes_on = |text: &str| text.starts_with(char::is_lowercase);
        let last = self.rows().saturating_sub(1);
        // "PS 64/15 | Gebyrregulativ for | 15/540", and on the next page " | 2016 – feiing og slam | "
        let rest = |(column, text): &(usize, &str)| {
            let mut above = self.cells.iter().filter(|c| c.row == last && c.column == *column && !c.text.is_empty());
            self.ruled && text.contains(char::is_alphabetic) && above.any(|c| !ends_sentence(&c.text))
        };
        if label.is_empty() {
            let is_rest = texts.len() == 1 && texts.iter().all(rest);
            return is_rest || texts.iter().all(|(_, text)| goes_on(text)) || all(|label| !label.is_empty());
        }
        // "Lønn og sosiale | 21 450", and on the next page "utgifter | "
        if texts.len() == 1 && goes_on(label) && rest(&texts[0]) {
            return true;
        }
        let is_begun = |column: usize| {
            let mut above = self.cells.iter().filter(|c| c.row == last && c.column == column);
            above.any(|c| c.text.split_whitespace().count() >= PHRASE && !ends_sentence(&c.text))
        };
        // "Saksbeh.: Anne Berit | Arkiv: 231", and on the next page "Lium |", "Sak: 35/99 | Utvalg: HSU"
        let labels = |table: &Self, row: usize| {
            let texts = table.row_texts(row).into_iter().filter(|(_, text)| !text.is_empty());
            texts.map(|(_, text)| has_label(text)).collect::<Vec<bool>>()
        };
        let all_labelled = |labels: &[bool]| labels.len() > 1 && labels.iter().all(|label| *label);
        let after = labels(next, 1);
        if all_labelled(&labels(self, last)) && all_labelled(&after) && !labels(next, 0).contains(&true) {
            return true;
        }
        let is_cut = |(column, text): &(usize, &str)| *column > 0 && goes_on(text) && is_begun(*column);
        !is_numbered(label) && all(is_numbered) && texts.iter().any(is_cut)
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
