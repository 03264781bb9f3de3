//! People in groups: under or beside the name of a party, a municipality or a side in a table.

use crate::document::{Block, CELL_BREAK, Cell};
use crate::lang::lexicon;
use crate::model::{Attendance, AttendanceStatus, Sourced};

use super::super::cue;
use super::super::field::fields;
use super::super::line::{Folded, Line};
use super::super::municipality;
use super::super::values::name::{is_party, small_letters};
use super::answers::{absent_in_parentheses, says};
use super::rows::{from_table, opens_with_name};
use super::status;
use super::tables::{by_labels, cell_text, of_cell};

/// The people of one of several groups in a table: its first row is the group's name alone, and what follows up to the
/// next such row are its people. Also how many rows that is.
#[must_use]
pub fn group(rows: &[Line], status: AttendanceStatus, blocks: &[Block]) -> Option<(usize, Vec<Attendance>)> {
    let alone = |row: &Line| row.cells.is_some_and(is_alone);
    let heads = |row: &Line| alone(row) && fields(row).first().is_some_and(|f| f.field.is_attendance());
    let first = rows.first().filter(|row| heads(row))?;
    // "Forfall | Eva Lie, Per Ås"
    let is_labelled = |row: &Line| {
        row.cells.is_some_and(|c| c.len() == 2)
            && fields(row).first().is_some_and(|f| f.field.is_attendance() && f.label.0 == 0)
    };
    let goes_on = |row: &&Line| row.block == first.block && !heads(row) && !is_labelled(row);
    let end = 1 + rows[1..].iter().take_while(goes_on).count();
    let people: Vec<&Line> = rows[1..end].iter().filter(|row| !alone(row)).collect();
    (!people.is_empty()).then(|| (end, from_table(&people, status, blocks)))
}

/// Whether one cell of a row alone is filled.
pub(super) fn is_alone(cells: &[Cell]) -> bool {
    cells.iter().filter(|c| !c.text.trim().is_empty()).count() == 1
}

/// The people of a table with a column for each party or body: `Arbeiderpartiet | Høyre`, and under them their members. Also
/// how many rows it has.
#[must_use]
pub fn by_parties(rows: &[Line], blocks: &[Block]) -> Option<(usize, Vec<Attendance>)> {
    let first = rows.first().filter(|row| row.first)?;
    let end = rows.iter().take_while(|row| row.block == first.block).count();
    let is_name = |cell: &Cell| {
        let text = cell.text.trim().trim_end_matches(':');
        let words = Folded::text_of(text);
        let names_body =
            || words.split(' ').next().is_some_and(|word| lexicon().is_body_word(word)) && cue::label(&words).is_none();
        is_list(text.split(" (").next().unwrap_or_default()) || names_body()
    };
    let mut filled = first.cells?.iter().filter(|c| !c.text.trim().is_empty()).peekable();
    if end < 2 || first.cells?.len() < 2 || filled.peek().is_none() || !filled.all(is_name) {
        return None;
    }
    let mut heads: Vec<Option<Sourced<String>>> = vec![None; first.cells?.len()];
    let mut found = Vec::new();
    for row in &rows[..end] {
        for (cell, head) in row.cells.unwrap_or_default().iter().zip(&mut heads) {
            if is_name(cell) {
                let end = cell.start + cell.text.trim_end_matches([':', ' ']).len();
                *head = cell_text(row, cell.start, end, blocks);
                continue;
            }
            let people = by_labels(row, cell, &mut Some(AttendanceStatus::Present), blocks);
            found.extend(people.into_iter().map(|a| Attendance { represents: a.represents.or(head.clone()), ..a }));
        }
    }
    (!found.is_empty()).then_some((end, found))
}

/// The people of cells that each begin with a party or a municipality alone and list its members under it. Also how many rows
/// that is.
#[must_use]
pub fn under_own_groups(rows: &[Line], status: AttendanceStatus, blocks: &[Block]) -> Option<(usize, Vec<Attendance>)> {
    let first = rows.first().filter(|row| row.first && row.cells.is_some_and(|c| c.len() > 1))?;
    let rows = rows.iter().take_while(|row| row.block == first.block);
    let people: Vec<Vec<Attendance>> = rows.map_while(|row| own_groups(row, status, blocks)).collect();
    (!people.is_empty()).then(|| (people.len(), people.concat()))
}

/// The people of a row each of whose cells begins with a group alone.
pub(super) fn own_groups(row: &Line, status: AttendanceStatus, blocks: &[Block]) -> Option<Vec<Attendance>> {
    let filled = row.cells?.iter().filter(|c| !c.text.trim().is_empty());
    let people: Option<Vec<Vec<Attendance>>> = filled.map(|c| of_groups(row, c, status, blocks)).collect();
    people.map(|people| people.concat()).filter(|people| !people.is_empty())
}

/// Whether a text is the name of a party, a list of candidates or a municipality.
pub(super) fn names_group(name: &str) -> bool {
    is_list(name) || !municipality::named(name).is_empty()
}

/// Whether a text is the name of a party or a list of candidates: `Åfjord Bygdeliste`.
fn is_list(name: &str) -> bool {
    let ends_as_list = || {
        let name = name.to_lowercase();
        lexicon().particles.get("party_endings").into_iter().flatten().any(|ending| name.ends_with(ending.as_str()))
    };
    is_party(name) || ends_as_list()
}

/// The people of a cell under the names of their groups: `Høyre:`, `Eva Lie`, `Per Ås`, `Venstre:`, `Kari Moe`.
fn of_groups(row: &Line, cell: &Cell, status: AttendanceStatus, blocks: &[Block]) -> Option<Vec<Attendance>> {
    let is_group = |text: &str| names_group(text.split(['(', ':']).next().unwrap_or_default().trim());
    let (first, _) = cell.text.split_once(CELL_BREAK)?;
    if !is_group(first) {
        return None;
    }
    let mut found = Vec::new();
    let mut represents = None;
    let mut start = cell.start;
    for paragraph in cell.text.split(CELL_BREAK) {
        let piece = Cell { start, end: start + paragraph.len(), text: paragraph.to_owned(), ..cell.clone() };
        start = piece.end + CELL_BREAK.len();
        if is_group(paragraph) {
            let name = paragraph.split(['(', ':']).next().unwrap_or_default();
            represents = cell_text(row, piece.start, piece.start + name.len(), blocks);
            continue;
        }
        let people = of_cell(row, &piece, status, blocks);
        found.extend(people.into_iter().map(|a| Attendance { represents: a.represents.or(represents.clone()), ..a }));
    }
    Some(found)
}

/// A group of people has a name of so many words at most.
const GROUP_WORDS: usize = 3;

/// The people of rows that each begin with the group that they represent: `Foreldre | Eva Lie, Per Ås`,
/// `Valle | Jon Moe, ordførar | Kari Rud`. Also how many rows that is.
#[must_use]
pub fn in_groups(rows: &[Line], status: AttendanceStatus, blocks: &[Block]) -> Option<(usize, Vec<Attendance>)> {
    let block = rows.first()?.block;
    let of_table = rows.iter().take_while(|row| row.block == block);
    let groups: Vec<Vec<Attendance>> = of_table.map_while(|row| of_group(row, status, blocks)).collect();
    (groups.len() > 1).then(|| (groups.len(), groups.concat()))
}

/// The people of a row that begins with their group.
pub(super) fn of_group(row: &Line, status: AttendanceStatus, blocks: &[Block]) -> Option<Vec<Attendance>> {
    let (head, others) = row.cells?.split_first()?;
    let words = head.text.split_whitespace().count();
    let is_group = words > 0 && words <= GROUP_WORDS && head.text.chars().any(char::is_alphabetic);
    let lists = |c: &&Cell| {
        opens_with_name(&c.text)
            || c.text.split_once(':').is_some_and(|(_, list)| opens_with_name(list.trim()))
            || stayed_away(c)
    };
    let filled = || others.iter().filter(|c| !c.text.trim().is_empty());
    if !is_group
        || opens_with_name(&head.text) && !is_list(head.text.trim())
        || cue::label(&Folded::text_of(&head.text)).is_some()
        || !filled().all(|c| lists(&c))
        || filled().next().is_none()
    {
        return None;
    }
    let represents = cell_text(row, head.start, head.end, blocks)?;
    let of_cell = |cell: &Cell| {
        // "ikke møtt (Per Ås hadde meldt forfall)"
        let absent = absent_in_parentheses(&row.piece(cell.start, cell.text.trim_end()), blocks);
        if !absent.is_empty() {
            return absent;
        }
        // "Forfall: Eva Lie" in a cell.
        let label = cue::label(&Folded::text_of(&cell.text)).filter(|l| l.marked).and_then(|l| self::status(l.field));
        of_cell(row, cell, label.unwrap_or(status), blocks)
    };
    let people = filled().flat_map(of_cell);
    Some(people.map(|a| Attendance { represents: a.represents.or_else(|| Some(represents.clone())), ..a }).collect())
}

/// Whether a cell says that nobody came: `ikke møtt`.
pub(super) fn stayed_away(cell: &Cell) -> bool {
    says("no", &small_letters(cell.text.trim())).is_some()
}
