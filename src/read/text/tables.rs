//! Tables in plain text: columns aligned by spaces, divided by TAB, or drawn with lines.

use super::layout::{Field, Lead, Line, LineKind, ends_in_word, field, is_letter_spaced, is_open, is_prose, list_mark};
use crate::document::{Block, CELL_BREAK, Cell, visible_chars};

/// A table found at the beginning of some lines.
pub(super) struct Table {
    /// The cells' texts.
    pub(super) rows: Vec<Vec<String>>,
    /// How many lines it takes.
    pub(super) lines: usize,
    /// Visible characters of its borders and rules.
    pub(super) dropped: u64,
}

/// The table that begins with the first of `lines`, of a file that may be wrapped at a `width`; where none does, how many
/// lines need not be tried again.
pub(super) fn find(lines: &[Line], width: Option<usize>) -> Result<Table, usize> {
    let Some(first) = lines.first() else { return Err(1) };
    let drawn = drawn(lines);
    if drawn.is_ok() {
        return drawn;
    }
    if !first.text.contains('\t') {
        return aligned(lines, width).map_err(|tried| tried.max(drawn.err().unwrap_or(1)));
    }
    let run: Vec<&str> =
        lines.iter().take_while(|l| l.kind == LineKind::Text && l.text.contains('\t')).map(|l| l.text).collect();
    tabbed(&run).map(|rows| Table { lines: rows.len(), rows, dropped: 0 }).ok_or(run.len())
}

/// How many cells a table block of these rows has.
pub(super) fn cell_count(rows: &[Vec<String>]) -> usize {
    rows.len().saturating_mul(rows.iter().map(Vec::len).max().unwrap_or(0))
}

/// A table block; rows are filled up to one length.
pub(super) fn block(mut rows: Vec<Vec<String>>) -> Block {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for row in &mut rows {
        row.resize(width, String::new());
    }
    Block::table(rows.into_iter().map(|row| row.into_iter().map(Cell::new).collect()).collect())
}

/// Whether a first cell is but the bullet or, in a row of two, the typed number of a list item, also after a word: `Nr. 115.`
fn is_list_mark(cell: &str, columns: usize) -> bool {
    match list_mark(&format!("{cell} x")) {
        Some(Lead::Bullet(end)) => end == cell.len(),
        Some(Lead::Number) => columns == 2 && !cell.contains(' '),
        None => columns == 2 && cell.split_once(' ').is_some_and(|(word, number)| is_numbered(word, number)),
    }
}

/// Whether a short word and a number with a full stop head what stands beside them.
fn is_numbered(word: &str, number: &str) -> bool {
    let digits = number.strip_suffix('.').unwrap_or_default();
    let is_word = word.trim_end_matches('.').chars().all(char::is_alphabetic) && word.len() <= LONGEST_MARK;
    is_word && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Such a word has so many bytes at most.
const LONGEST_MARK: usize = 5;

/// The rows of the lines at the beginning of `lines` that hold TABs, where they make columns.
pub(super) fn tabbed(lines: &[&str]) -> Option<Vec<Vec<String>>> {
    let run = lines.iter().take_while(|l| l.contains('\t'));
    let mut rows: Vec<Vec<String>> = run.map(|l| l.split('\t').map(|c| c.trim().to_owned()).collect()).collect();
    let even = |rows: &[Vec<String>]| rows.windows(2).all(|w| w[0].len() == w[1].len());
    if !even(&rows) {
        // Several TABs in a row may only bridge short words.
        let tight: Vec<Vec<String>> =
            rows.iter().map(|r| r.iter().filter(|c| !c.is_empty()).cloned().collect()).collect();
        if even(&tight) {
            rows = tight;
        }
    }
    let columns = rows.iter().map(Vec::len).max()?;
    // "Møtt:<TAB>Eva Lie<TAB>leder", and under it "Per Ås<TAB>nestleder", whose TAB before the name is gone
    let mut under_label = false;
    for row in &mut rows {
        let has_label = row.first().is_some_and(|c| c.ends_with(':'));
        under_label = if has_label { row.len() == columns } else { under_label };
        if under_label && !has_label && row.len() + 1 == columns {
            row.insert(0, String::new());
        }
    }
    let listed = |row: &Vec<String>| row.first().is_some_and(|c| is_list_mark(c, row.len()));
    let labelled = |row: &Vec<String>| row.first().is_some_and(|c| c.ends_with(':'));
    let fields = rows.iter().filter(|r| listed(r) || labelled(r)).count();
    let ragged = columns < 3 && !even(&rows);
    (rows.len() >= 2 && columns >= 2 && !ragged && fields * 2 <= rows.len()).then_some(rows)
}

/// Lines drawn with box characters, or with `|`, `!` and `+`.
fn drawn(lines: &[Line]) -> Result<Table, usize> {
    let bar = |c: char| matches!(c, '│' | '║' | '┃' | '|' | '!');
    let stroke = |c: char| matches!(c, '\u{2500}'..='\u{257F}' | '+' | '-' | '=' | '|' | '!' | ':');
    let is_drawn = |l: &&Line| {
        let text = l.text.trim();
        let bars = text.matches(bar).count();
        let begins = text.starts_with(|c| matches!(c, '\u{2500}'..='\u{257F}'))
            || text.starts_with("+-")
            || text.starts_with("+=")
            || text.starts_with(['|', '!']);
        matches!(l.kind, LineKind::Text | LineKind::Rule)
            && begins
            && (bars >= 2 || text.chars().all(|c| stroke(c) || c == ' '))
    };
    if lines.first().filter(is_drawn).is_none_or(|l| l.kind == LineKind::Rule) {
        return Err(1);
    }
    let run: Vec<&str> = lines.iter().take_while(is_drawn).map(|l| l.text.trim()).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut dropped = 0;
    let mut fresh = true;
    let borders = run.iter().filter(|t| t.chars().all(|c| stroke(c) || c == ' ')).count();
    for text in &run {
        if text.chars().all(|c| stroke(c) || c == ' ') {
            dropped += visible_chars(text);
            fresh = true;
            continue;
        }
        dropped += text.matches(bar).count() as u64;
        let inner = text.trim_start_matches(bar);
        let inner = inner.strip_suffix(bar).unwrap_or(inner);
        let cells: Vec<String> = inner.split(bar).map(|c| c.trim().to_owned()).collect();
        // Between two borders a line that leaves cells empty goes on with the row above.
        let goes_on = !fresh
            && (cells.first().is_some_and(String::is_empty) || borders > 3 && cells.iter().any(String::is_empty));
        match rows.last_mut().filter(|row| goes_on && row.len() == cells.len()) {
            Some(row) => join_row(row, cells),
            None => rows.push(cells),
        }
        fresh = false;
    }
    if run.len() < 2 || rows.is_empty() {
        return Err(run.len());
    }
    Ok(Table { rows, lines: run.len(), dropped })
}

fn join_row(row: &mut [String], more: Vec<String>) {
    for (cell, more) in row.iter_mut().zip(more).filter(|(_, m)| !m.is_empty()) {
        if !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(&more);
    }
}

/// A number with a word before it has so many characters at most.
const NUMBERED: usize = 14;

/// A piece of a line between runs of two or more spaces, with its place in characters.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl Piece<'_> {
    fn is_number(&self) -> bool {
        self.text.contains(|c: char| c.is_ascii_digit())
            && !self.text.contains(|c: char| c.is_alphabetic() && !matches!(c, 'k' | 'r' | 'K' | 'N' | 'O'))
    }

    /// Whether it is a word or two and a number: `Sak 31.`
    fn ends_in_number(&self) -> bool {
        self.end - self.start <= NUMBERED
            && self.text.trim_end_matches(['.', ':']).ends_with(|c: char| c.is_ascii_digit())
    }

    /// The heads of several columns that one space divides, each over its own: `Saksnr.: Utvalg`, and under it `31/98    Formannskapet`.
    fn cut_over(self, columns: &[Piece]) -> Vec<Self> {
        let mut found = vec![self];
        for column in columns {
            let last = found[found.len() - 1];
            let Some(at) = column.start.checked_sub(last.start).filter(|at| *at > 0) else { continue };
            let Some((byte, first)) = last.text.char_indices().nth(at) else { continue };
            if first.is_uppercase() && last.text[..byte].ends_with(' ') {
                let end = last.start + at - 1;
                *found.last_mut().expect("never empty") = Self { end, text: last.text[..byte].trim_end(), ..last };
                found.push(Self { start: column.start, text: &last.text[byte..], ..last });
            }
        }
        found
    }

    fn overlap(&self, (start, end): (usize, usize)) -> usize {
        self.end.min(end).saturating_sub(self.start.max(start))
    }
}

/// Dots that lead to the next column.
pub(in super::super) const LEADER: &str = "....";

/// Splits a line where two or more spaces stand, or one after a row of dots; dots that stand apart, `. . .`, count as spaces.
/// Digit groups are divided by one space and stay together.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece> = Vec::new();
    let mut begun: Option<(usize, usize)> = None;
    let (mut spaces, mut last_byte, mut last_column) = (0, 0, 0);
    for (column, (byte, c)) in line.char_indices().enumerate() {
        if c == ' ' || c == '.' && stands_in_leader(line, byte) {
            spaces += 1;
            continue;
        }
        let after_leader = || spaces == 1 && line[..last_byte].ends_with(LEADER);
        // "Stad   : Kraftstasjonen"
        let is_colon = c == ':' && line[byte..].starts_with(": ");
        if (spaces >= 2 && !is_colon && !(spaces == 2 && out.is_empty() && pads_number(line, last_byte, byte))
            || after_leader())
            && let Some((from, start)) = begun.take()
        {
            let text = &line[from..last_byte];
            // What leads to the next column is as wide as that stands away.
            let led = text.trim_end_matches(['.', ' ']);
            let end = if text.ends_with(LEADER) { start + led.chars().count() } else { last_column };
            out.push(Piece { start, end, text });
        }
        begun.get_or_insert((byte, column));
        (spaces, last_byte, last_column) = (0, byte + c.len_utf8(), column + 1);
    }
    if let Some((from, start)) = begun {
        out.push(Piece { start, end: last_column, text: &line[from..last_byte] });
    }
    out
}

/// A word before a case number has so many characters at most.
const CASE_WORD: usize = 12;

/// Whether the spaces between a word at the start of a line and a case number only line the digits up: `Sak  8/90`, and under it
/// `Sak 10/90`.
fn pads_number(line: &str, word_end: usize, number: usize) -> bool {
    let word = line[..word_end].trim_start();
    let rest = &line[number..];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_number = (1..=2).contains(&digits) && rest[digits..].starts_with('/');
    is_number && word.chars().count() <= CASE_WORD && word.chars().all(|c| c.is_alphabetic() || c == '.')
}

/// Whether the dot at a byte is one of several that spaces divide.
fn stands_in_leader(line: &str, at: usize) -> bool {
    let (before, after) = (&line[..at], &line[at + 1..]);
    before.ends_with(' ') && after.starts_with(' ') && (before.ends_with(" . ") || after.starts_with(" . "))
}

/// Columns as they grow while rows are added.
struct Columns<'a> {
    /// First and last character column of each.
    extents: Vec<(usize, usize)>,
    /// The rows' pieces by column.
    rows: Vec<Vec<Option<Piece<'a>>>>,
    /// Continuation lines: row, column, piece.
    more: Vec<(usize, usize, Piece<'a>)>,
    /// Labels head them: lists that stand side by side.
    labelled: bool,
}

impl<'a> Columns<'a> {
    /// Takes a line of two or more pieces in as a row, or says that it does not fit.
    fn add(&mut self, row: &[Piece<'a>]) -> bool {
        if row.len() > self.extents.len() {
            return self.widen(row);
        }
        let Some(placed) = self.place(row) else { return false };
        let mut extents = self.extents.clone();
        for (extent, piece) in extents.iter_mut().zip(&placed) {
            if let Some(piece) = piece {
                *extent = (extent.0.min(piece.start), extent.1.max(piece.end));
            }
        }
        if extents.windows(2).any(|w| w[0].1 >= w[1].0) {
            return false;
        }
        self.extents = extents;
        self.rows.push(placed);
        true
    }

    /// Whether each piece of a line that stands apart lies in a column. Over a blank line a single row is no head of more columns.
    fn hold(&self, row: &[Piece<'a>], over_blank: bool) -> bool {
        row.len() != self.extents.len() && (self.rows.len() > 1 || !over_blank)
            || row.len() == self.extents.len()
                && row.iter().zip(&self.extents).all(|(piece, column)| piece.overlap(*column) > 0)
    }

    /// The rows so far are heads with fewer cells: lays them over the columns of `row`.
    fn widen(&mut self, row: &[Piece<'a>]) -> bool {
        if self.rows.len() > 2 {
            return false;
        }
        let mut wider = Columns {
            extents: row.iter().map(|p| (p.start, p.end)).collect(),
            rows: Vec::new(),
            more: Vec::new(),
            ..*self
        };
        for old in &self.rows {
            let old: Vec<Piece> = old.iter().flatten().flat_map(|piece| piece.cut_over(row)).collect();
            let Some(placed) = wider.place(&old) else { return false };
            wider.rows.push(placed);
        }
        wider.rows.push(row.iter().copied().map(Some).collect());
        wider.more = std::mem::take(&mut self.more);
        *self = wider;
        true
    }

    /// Gives each piece the column that it lies in or next to; `None` where two would share one.
    fn place(&self, row: &[Piece<'a>]) -> Option<Vec<Option<Piece<'a>>>> {
        let mut placed = vec![None; self.extents.len()];
        if row.len() == self.extents.len() {
            return Some(row.iter().copied().map(Some).collect());
        }
        for piece in row {
            let distance =
                |&(start, end): &(usize, usize)| start.saturating_sub(piece.end) + piece.start.saturating_sub(end);
            let column = (0..self.extents.len())
                .min_by_key(|&k| (distance(&self.extents[k]), usize::MAX - piece.overlap(self.extents[k])))?;
            if placed[column].replace(*piece).is_some() {
                return None;
            }
        }
        Some(placed)
    }

    /// Takes the first of `lines` with one piece, or with its first column empty, as going on with the last row.
    fn go_on(&mut self, lines: &[Line], row: &[Piece<'a>], width: Option<usize>) -> bool {
        let (Some(first), Some(last)) = (row.first(), self.rows.last()) else { return false };
        // "Tilstede  : Eva Lie," goes on under the name.
        let margin = |k: usize| self.extents[k].0 + 2 * usize::from(last[k].is_some_and(|p| p.text.starts_with(": ")));
        let Some(column) = (0..self.extents.len()).find(|&k| margin(k).abs_diff(first.start) <= 1) else {
            return false;
        };
        let above = last[column];
        if first.is_number() || above.is_none_or(|p| p.is_number()) {
            return false;
        }
        if column == 0 && !(first.text.starts_with(char::is_lowercase) && above.is_some_and(|p| p.text.len() >= 16)) {
            return false;
        }
        // Text under a number's title is another paragraph: `16/03  Konfirmasjonstid`, `Vedtak: Søndag 9. mai.`
        let numbered = last[0].is_some_and(|p| p.is_number() || p.ends_in_number());
        let word = first.text.split(' ').next().unwrap_or_default().chars().count();
        let is_full = above.zip(width).is_some_and(|(above, width)| above.end + 1 + word > width);
        let opens = first.text.starts_with(char::is_uppercase)
            && (!is_full || is_prose(lines) && !is_open(above.map_or("", |p| p.text)));
        if numbered && self.extents.len() == 2 && (opens || list_mark(first.text).is_some()) {
            return false;
        }
        if row.len() > 1 && (column == 0 || last.last().is_some_and(Option::is_some)) {
            return false;
        }
        let Some(placed) = self.place(row) else { return false };
        let row = self.rows.len() - 1;
        self.more.extend(placed.iter().enumerate().filter_map(|(k, p)| Some((row, k, (*p)?))));
        true
    }

    /// Takes a line with one piece, for which the cell above had room, as a row of its own.
    fn stand_alone(&mut self, row: &[Piece<'a>]) -> bool {
        let &[piece] = row else { return false };
        let column = self.extents.iter().position(|extent| extent.0.abs_diff(piece.start) <= 1);
        let own = |column: &usize| self.labelled || (1..self.extents.len() - 1).contains(column);
        let Some(column) = column.filter(own) else { return false };
        let above = self.rows.last().and_then(|last| last[column]);
        let word = piece.text.split(' ').next().unwrap_or_default().chars().count();
        let next = self.extents.get(column + 1).map_or(usize::MAX, |next| next.0);
        let had_room = self.labelled || above.is_some_and(|above| above.end + 1 + word + 2 <= next);
        let opens = piece.text.starts_with(char::is_uppercase);
        if had_room && opens {
            let mut cells = vec![None; self.extents.len()];
            cells[column] = Some(piece);
            self.rows.push(cells);
        }
        had_room && opens
    }

    /// Whether the columns are lined up on purpose rather than by chance.
    fn is_table(&self) -> bool {
        let full = self.rows.iter().filter(|r| r.iter().flatten().count() >= 2).count();
        if full < 2 || self.extents.len() < 2 {
            return false;
        }
        let columns = |k: usize| self.rows.iter().filter_map(move |r| r.get(k).copied().flatten());
        let lined_up = (1..self.extents.len()).all(|k| {
            let count = columns(k).count();
            let best = columns(k)
                .map(|p| {
                    let starts = columns(k).filter(|q| q.start.abs_diff(p.start) <= 1).count();
                    let ends = columns(k).filter(|q| q.end.abs_diff(p.end) <= 1).count();
                    let centres = columns(k).filter(|q| (q.start + q.end).abs_diff(p.start + p.end) <= 3).count();
                    starts.max(ends).max(centres)
                })
                .take(8)
                .max()
                .unwrap_or(0);
            best * 10 >= count * 6
        });
        let numbers = (1..self.extents.len()).any(|k| columns(k).filter(Piece::is_number).count() * 2 >= full);
        let numbered = columns(0).filter(|p| p.text.contains(|c: char| c.is_ascii_digit())).count() * 2 >= full;
        let wide = self
            .rows
            .iter()
            .filter(|r| {
                let row: Vec<Piece> = r.iter().flatten().copied().collect();
                row.windows(2).any(|w| w[1].start >= w[0].end + 3)
            })
            .count();
        lined_up && (numbers || numbered || wide * 2 >= self.rows.len())
    }

    /// The texts of the cells. Lines of the last column could go on to the `width` of the file.
    fn texts(&self, width: Option<usize>) -> Vec<Vec<String>> {
        let mut rows: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|r| r.iter().map(|p| p.map_or_else(String::new, |p| p.text.to_owned())).collect())
            .collect();
        let margin = |column: usize| {
            let of_rows = self.rows.iter().filter_map(|r| r.get(column).copied().flatten());
            let of_more = self.more.iter().filter(|m| m.1 == column).map(|m| m.2);
            of_rows.chain(of_more).map(|p| p.end).max().unwrap_or_default()
        };
        let mut margins: Vec<usize> = (0..self.extents.len()).map(margin).collect();
        if let Some(last) = margins.last_mut() {
            *last = (*last).max(width.unwrap_or_default());
        }
        let mut before: Option<(usize, usize, Piece)> = None;
        for more in &self.more {
            let &(row, column, piece) = more;
            let own = || self.rows.get(row).and_then(|r| r.get(column).copied().flatten());
            let above = before.filter(|b| (b.0, b.1) == (row, column)).map(|b| b.2).or_else(own);
            // A line that had room for the next word ended there.
            let word = piece.text.split(' ').next().unwrap_or_default().chars().count();
            let had_room = above.is_some_and(|above| above.end + 1 + word < margins[column]);
            let opens = piece.text.starts_with(char::is_uppercase);
            if let Some(cell) = rows.get_mut(row).and_then(|r| r.get_mut(column)) {
                // "Fra administra-", and under it "sjonen møtte"
                if column == 0 && ends_in_word(cell) && piece.text.starts_with(char::is_lowercase) {
                    cell.pop();
                } else if !cell.is_empty() {
                    cell.push_str(if had_room && opens { CELL_BREAK } else { " " });
                }
                cell.push_str(piece.text);
            }
            before = Some(*more);
        }
        rows
    }
}

/// Lines whose pieces lie in the same columns. Rules and single blank lines may stand between rows.
fn aligned(lines: &[Line], width: Option<usize>) -> Result<Table, usize> {
    // "Møtt:             Ikke møtt:"
    let are_labels = |row: &[Piece]| row.len() == 2 && row.iter().all(|p| p.text.ends_with(':'));
    let is_row = |row: &[Piece]| {
        row.len() >= 2
            && (!row[0].text.ends_with(':') || are_labels(row))
            && !is_letter_spaced(row[0].text)
            && !is_list_mark(row[0].text, row.len())
            && (!matches!(row.first().and_then(|p| field(p.text)), Some(Field::Clear)) || are_labels(row))
    };
    // "Førde ........ 7 950 ........ 238 500", but not "Eva Lie ........ leder"
    let Some(line) = lines.first().filter(|l| l.kind == LineKind::Text) else { return Err(1) };
    let is_spaced = line.text.trim_start().contains("  ");
    let first = (is_spaced || line.text.contains(LEADER)).then(|| pieces(line.text));
    let Some(first) = first.filter(|row| (is_spaced || row.len() > 2) && is_row(row)) else { return Err(1) };
    let mut columns = Columns {
        labelled: are_labels(&first),
        extents: first.iter().map(|p| (p.start, p.end)).collect(),
        rows: vec![first.into_iter().map(Some).collect()],
        more: Vec::new(),
    };
    let mut end = 1;
    let mut rules = 0;
    let mut dropped = 0;
    let mut i = 1;
    while let Some(line) = lines.get(i) {
        let mut next = i;
        let mut skipped = 0;
        match line.kind {
            LineKind::Rule => {
                skipped = visible_chars(line.text);
                rules += skipped;
                next = i + 1;
            }
            LineKind::Blank => next = i + 1,
            _ => {}
        }
        let Some(line) = lines.get(next).filter(|l| l.kind == LineKind::Text) else { break };
        let row = pieces(line.text);
        let directly = next == i;
        let fits = directly && (columns.stand_alone(&row) || columns.go_on(&lines[next..], &row, width))
            || is_row(&row) && (directly || columns.hold(&row, skipped == 0)) && columns.add(&row);
        if !fits {
            break;
        }
        if skipped > 0 {
            dropped = rules;
        }
        i = next + 1;
        end = i;
    }
    let leaders = |line: &Line| line.text.match_indices('.').filter(|(at, _)| stands_in_leader(line.text, *at)).count();
    let dropped = dropped + lines[..end].iter().map(leaders).sum::<usize>() as u64;
    if columns.is_table() { Ok(Table { rows: columns.texts(width), lines: end, dropped }) } else { Err(end) }
}
