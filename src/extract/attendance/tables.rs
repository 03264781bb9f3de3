//! People in tables: what their heads and labels say of the columns.

use crate::document::{Block, CELL_BREAK, Cell, Span};
use crate::lang::{ColumnHead, Field, first_word, lexicon};
use crate::model::{Attendance, AttendanceStatus, Sourced};

use super::super::cue;
use super::super::field::fields;
use super::super::line::{Folded, Line};
use super::super::municipality;
use super::super::passage::passages;
use super::super::text::{short, spaces_folded};
use super::super::values::name::{people, stands_in_for};
use super::answers::{answered, told_in};
use super::groups::is_alone;
use super::rows::{from_table, opens_with_name, under_heads};
use super::{from_passage, is_person, listed, status};

/// The people of a table whose columns are headed by how they attended: `Kommune | Møtte | Forfall`. Also how many rows
/// it has.
#[must_use]
pub fn by_columns(rows: &[Line], blocks: &[Block]) -> Option<(usize, Vec<Attendance>)> {
    let head = |c: &Cell| {
        let (words, labels) = (head_words(&c.text), &lexicon().labels);
        // "Forfall / varamedlemmer", "Forfall og vara", and labels in the cells under it
        let joins = |at: &usize| {
            let word = words[at + 1..].split(' ').next().unwrap_or_default();
            word == "/" || lexicon().is_particle("conjunctions", word)
        };
        let first = || labels.get(&words[..words.match_indices(' ').map(|(at, _)| at).find(joins)?]).copied();
        // "Til stede fra arbeidsgiveren"
        let whole = || cue::label(&words).filter(|l| l.value >= words.len()).map(|l| l.field);
        // "Fra Holmestrand | Fra Sande"
        let place = || {
            let (word, place) = words.split_once(' ')?;
            let is_place = lexicon().is_particle("by", word) && !municipality::named(place).is_empty();
            is_place.then_some(Field::Present)
        };
        labels.get(words.as_str()).copied().or_else(first).or_else(whole).or_else(place)
    };
    let may_head = |c: &Cell| {
        head(c).is_some() || c.text.contains(':') || is_labelled(c) || column_head(&c.text) == Some(ColumnHead::Note)
    };
    let first = rows.first().filter(|row| row.cells.is_some_and(|cells| cells.iter().any(may_head)))?;
    // "Til stede" over all columns heads a group.
    if first.cells?.len() == 1 && rows.get(1).is_some_and(|row| row.cells.is_some_and(|c| c.len() > 1)) {
        return None;
    }
    // "Formann Eva Lie | møtt" is the first of the people.
    let names_one = |c: &Cell| {
        head(c).is_none()
            && cue::label(&Folded::text_of(&c.text)).is_none_or(|l| !l.marked)
            && people(&c.text).len() == 1
    };
    if first.cells.and_then(<[Cell]>::first).is_some_and(names_one) {
        return None;
    }
    let head_status = |c: &Cell| head(c).and_then(self::status);
    let mut heads: Vec<Option<AttendanceStatus>> = first.cells?.iter().map(head_status).collect();
    // A head over several columns: "Møtende medlemmer | | Varamedlemmer".
    for (at, cell) in first.cells?.iter().enumerate().skip(1).filter(|(_, c)| c.text.trim().is_empty()) {
        let names = || rows[1..].iter().take_while(|row| row.block == first.block).filter_map(|row| row.cells?.get(at));
        if cell.text.trim().is_empty() && names().any(|c| opens_with_name(&c.text)) {
            heads[at] = heads[at - 1];
        }
    }
    let told = heads.iter().flatten().count();
    let end = 1 + rows[1..].iter().take_while(|row| row.block == first.block).count();
    let under: Vec<&Line> = rows[1..end].iter().collect();
    if let Some(people) = first
        .cells
        .and_then(|heads| answered(Some(heads), &under, blocks))
        .or_else(|| labelled_columns(&rows[..end], blocks))
    {
        return Some((end, people));
    }
    // "Navn | Parti | Vara | Parti": the deputies of those whom a label over the table announces.
    let names_deputies =
        || first.cells.is_some_and(|c| c.iter().any(|c| column_head(&c.text) == Some(ColumnHead::Name)));
    if told == 0 || told == 1 && heads.contains(&Some(AttendanceStatus::Deputy)) && names_deputies() {
        return None;
    }
    // "Navn | Møtt (sett kryss)", and no cross is set.
    let in_column = |at: usize| rows[1..end].iter().filter_map(move |row| row.cells?.get(at));
    let unanswered = |(at, head): (usize, &Option<AttendanceStatus>)| {
        at > 0 && *head == Some(AttendanceStatus::Present) && in_column(at).all(|c| c.text.trim().is_empty())
    };
    if told == 1 && end > 1 && heads.iter().enumerate().any(unanswered) {
        return Some((end, Vec::new()));
    }
    if let Some(status) = heads[0].filter(|_| told == 1 && heads.len() > 1) {
        // "Møtte | Parti | Merknad": names under how they attended.
        let headed = |cells: &[Cell]| -> Vec<Option<ColumnHead>> {
            let others = cells[1..].iter().map(|c| column_head(&c.text));
            std::iter::once(Some(ColumnHead::Name)).chain(others).collect()
        };
        let mut columns = headed(first.cells?);
        let rows: Vec<&Line> = rows[1..end].iter().collect();
        let is_headed = columns[1..].iter().any(Option::is_some);
        // "Forfall:" in a row of its own, or "Forfall | Parti", heads those under it.
        let heads_rest =
            |cells: &[Cell]| cells[1..].iter().all(|c| c.text.trim().is_empty() || column_head(&c.text).is_some());
        let own = |row: &Line| row.cells.filter(|c| is_alone(c) || heads_rest(c)).and_then(|c| head_status(&c[0]));
        let mut status = status;
        let groups = rows.chunk_by(|_, row| own(row).is_none());
        let people = groups.flat_map(|rows| {
            let head = rows[0].cells.filter(|_| own(rows[0]).is_some());
            status = own(rows[0]).unwrap_or(status);
            columns = head.filter(|c| !is_alone(c)).map_or(columns.clone(), headed);
            under_heads(Some(columns.clone()), &rows[usize::from(head.is_some())..], status, blocks)
        });
        let people: Vec<Attendance> = people.collect();
        return (is_headed && !people.is_empty()).then_some((end, people));
    }
    let told_by = |at: usize| column_head(&first.cells?.get(at)?.text);
    // Lines on which one column alone is filled may cut the table.
    let goes_on = |line: &&Line| match line.cells {
        None => heads[0].is_some() && is_person(line),
        Some(cells) => {
            let lists = |c: &Cell| c.text.trim().is_empty() || head_status(c).is_some() || opens_with_name(&c.text);
            cells.len() == heads.len() && cells.iter().all(lists)
        }
    };
    let end = end + rows[end..].iter().take_while(goes_on).count();
    // The people of each column.
    let mut found: Vec<Vec<Attendance>> = vec![Vec::new(); heads.len()];
    // "Møtte | Forfall" heads two lists, and "Kommune | Møtte | Forfall" one.
    let lists = heads[0].is_some();
    for row in &rows[1..end] {
        let Some(cells) = row.cells else {
            found[0].extend(heads[0].into_iter().flat_map(|status| listed(&[row], 0, status, blocks)));
            continue;
        };
        // "Ikke møtt:" inside a column heads the rest of it.
        for (head, cell) in heads.iter_mut().zip(cells) {
            *head = head_status(cell).or(*head);
        }
        let of = |i: usize| cells.get(i).and_then(|c| cell_text(row, c.start, c.end, blocks));
        let represents = if heads[0].is_none() { of(0) } else { None };
        for (i, status) in heads.iter().enumerate() {
            let Some((cell, status)) = cells.get(i).zip(*status) else { continue };
            // "Til stede fra styret | Kommune | Andre til stede | Funksjon": what the columns up to the next list tell
            let beside = |head| {
                let mut columns = (i + 1..heads.len()).take_while(|at| heads[*at].is_none());
                of(columns.find(|at| told_by(*at) == Some(head))?)
            };
            let people = by_labels(row, cell, &mut Some(status), blocks);
            // "Eva Lie | vara for Per Ås"
            let note =
                (i + 1..heads.len()).find(|at| told_by(*at) == Some(ColumnHead::Note)).and_then(|at| cells.get(at));
            let stands_in = |a: Attendance| match note.and_then(|note| member_of_note(row, note, blocks)) {
                Some(member) if a.status == AttendanceStatus::Present && a.deputy_for.is_none() => {
                    Attendance { status: AttendanceStatus::Deputy, deputy_for: Some(member), ..a }
                }
                _ => a,
            };
            let list = &mut found[if lists { i } else { 0 }];
            list.extend(people.into_iter().map(stands_in).map(|a| Attendance {
                represents: a.represents.or_else(|| represents.clone()).or_else(|| beside(ColumnHead::Represents)),
                role: a.role.or_else(|| beside(ColumnHead::Role)),
                ..a
            }));
            // "ingen | Eva Lie meldte forfall"
            list.extend(note.into_iter().flat_map(|note| told_in(row, note, blocks)));
        }
    }
    let found = found.concat();
    (!found.is_empty()).then_some((end, found))
}

/// The member for whom somebody stood in, as a note beside the name says: `vara for Per Ås`.
fn member_of_note(row: &Line, note: &Cell, blocks: &[Block]) -> Option<Sourced<String>> {
    let (from, to) = stands_in_for(&note.text, (0, note.text.len()))?;
    cell_text(row, note.start + from, note.start + to, blocks)
}

/// The people of a table without heads that marks each of them: `Eva Lie | leder | +`. Also how many rows it has.
#[must_use]
pub fn marked(rows: &[Line], blocks: &[Block]) -> Option<(usize, Vec<Attendance>)> {
    let first = rows.first().filter(|row| row.cells.is_some() && row.first && columns(row).is_none())?;
    let end = rows.iter().take_while(|row| row.block == first.block && fields(row).is_empty()).count();
    let table: Vec<&Line> = rows[..end].iter().collect();
    let people = answered(None, &table, blocks).filter(|people| end > 1 && people.len() >= end)?;
    Some((end, people))
}

/// The people of columns in which labels stand before the first of their people: `Til stede: Eva Lie | Forfall: Per Ås`.
fn labelled_columns(rows: &[Line], blocks: &[Block]) -> Option<Vec<Attendance>> {
    let heads = rows.first()?.cells?;
    if heads.iter().filter(|c| is_labelled(c)).count() < 2 {
        return None;
    }
    let mut found = Vec::new();
    for column in 0..heads.len() {
        let mut status = None;
        for row in rows {
            let cell = row.cells.and_then(|c| c.get(column));
            found.extend(cell.into_iter().flat_map(|cell| by_labels(row, cell, &mut status, blocks)));
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Whether a cell begins with a label and goes on with people.
fn is_labelled(cell: &Cell) -> bool {
    (cell.text.contains(':') || cell.text.contains(CELL_BREAK)) && label_of(cell).is_some()
}

/// How those attended whom a label at the start of a cell announces, `Til stede: Eva Lie` or alone in its first paragraph, and
/// where it ends.
pub(super) fn label_of(cell: &Cell) -> Option<(AttendanceStatus, usize)> {
    let first = cell.text.split(CELL_BREAK).next().unwrap_or_default();
    let alone = Folded::new(first);
    // "Vara" over a list is what its people are, and "leder" under a name what one is.
    let heads = |l: &cue::Label| l.field == Field::Deputies || !lexicon().is_role(&alone.text);
    let is_alone = |l: &cue::Label| !l.marked && l.value >= alone.text.len() && heads(l);
    if let Some(label) = cue::label(&alone.text).filter(is_alone) {
        return Some((status(label.field)?, first.len()));
    }
    let folded = Folded::new(&cell.text);
    let label = cue::label(&folded.text).filter(|l| l.marked)?;
    Some((status(label.field)?, folded.source(label.value.min(folded.text.len()), folded.text.len()).0))
}

/// The people of a cell in whose paragraphs labels may stand; `status` is that of those before the first label, and then that of
/// the last.
pub(super) fn by_labels(
    row: &Line,
    cell: &Cell,
    status: &mut Option<AttendanceStatus>,
    blocks: &[Block],
) -> Vec<Attendance> {
    let labelled = cell.text.split(CELL_BREAK).any(|text| label_of(&Cell::new(text.to_owned())).is_some());
    if !labelled {
        return status.map(|status| of_cell(row, cell, status, blocks)).unwrap_or_default();
    }
    let mut found = Vec::new();
    let mut start = cell.start;
    for paragraph in cell.text.split(CELL_BREAK) {
        let piece = Cell { start, end: start + paragraph.len(), text: paragraph.to_owned(), ..cell.clone() };
        start = piece.end + CELL_BREAK.len();
        let own = label_of(&piece);
        *status = own.map(|(status, _)| status).or(*status);
        let piece = Cell { start: piece.start + own.map_or(0, |(_, skip)| skip), ..piece };
        found.extend(status.iter().flat_map(|status| of_cell(row, &piece, *status, blocks)));
    }
    found
}

/// The people that a cell lists.
pub(super) fn of_cell(row: &Line, cell: &Cell, status: AttendanceStatus, blocks: &[Block]) -> Vec<Attendance> {
    let (from, to) = (cell.start.saturating_sub(row.start), cell.end.saturating_sub(row.start).min(row.raw.len()));
    let whole = passages(&[row], 0, blocks).into_iter().next().filter(|_| from < to);
    whole.map(|p| from_passage(&p.cut((from, to)), status, blocks)).unwrap_or_default()
}

/// What the columns of a table of people hold, by the words of its head row.
#[must_use]
pub fn columns(row: &Line) -> Option<Vec<Option<ColumnHead>>> {
    let read = || heads(row.cells?.iter().map(|c| c.text.as_str()));
    row.columns.get_or_init(read).clone()
}

/// What the columns of a table hold, by its head row or by a line of heads right over it: `Utvalg:   Møtedato:   Saksnr.:`.
#[must_use]
pub fn columns_or_line(row: &Line) -> Option<Vec<Option<ColumnHead>>> {
    let is_divided = row.text().contains('\t');
    if row.cells.is_some() { columns(row) } else { is_divided.then(|| heads(row.text().split('\t')))? }
}

pub(super) fn heads<'t>(cells: impl Iterator<Item = &'t str>) -> Option<Vec<Option<ColumnHead>>> {
    let mut heads: Vec<Option<ColumnHead>> = cells.map(column_head).collect();
    // "Sak | Gjelder", "Sak | Tittel": the first of two words for what a case is about heads its number.
    // "Sak | Behandles av | Møtedato"
    let has = |head| heads.contains(&Some(head));
    let is_route = has(ColumnHead::Body) && has(ColumnHead::Date) && !has(ColumnHead::Number);
    let mut titles = heads.iter_mut().filter(|head| **head == Some(ColumnHead::Title));
    if let (Some(first), second) = (titles.next(), titles.next())
        && (second.is_some() || is_route)
    {
        *first = Some(ColumnHead::Number);
    }
    (heads.iter().filter(|h| h.is_some()).count() >= 2).then_some(heads)
}

/// The head of a column has so many bytes at most.
const LONGEST_HEAD: usize = 120;

pub(super) fn column_head(text: &str) -> Option<ColumnHead> {
    let words = head_words(text);
    let columns = &lexicon().columns;
    // "Skolestyrets vedtak"
    let owned = || {
        let (owner, head) = words.rsplit_once(' ')?;
        let of_body = owner.strip_suffix('s').is_some_and(|body| lexicon().is_body_word(body));
        columns.get(head).copied().filter(|head| of_body && *head == ColumnHead::Decision)
    };
    // "Vedtak / ansvar"
    let first = || columns.get(words.split_once(" / ")?.0).copied();
    // "Tilråding fra skolesjefen"
    let by_office = || {
        let (head, rest) = words.split_once(' ')?;
        lexicon().is_particle("by", first_word(rest)).then(|| columns.get(head).copied())?
    };
    columns.get(words.as_str()).copied().or_else(owned).or_else(first).or_else(by_office)
}

/// The words of a column's head, without what stands in parentheses after them: `Til stede (stemmeberettiget)`.
pub(super) fn head_words(text: &str) -> String {
    if text.len() > LONGEST_HEAD {
        return String::new();
    }
    let words = Folded::text_of(text);
    let words = words.split_once('(').and_then(|(head, _)| head.strip_suffix(' ')).unwrap_or(&words);
    words.trim_end_matches(['.', ':', '?']).to_owned()
}

/// The people of a table that its columns alone tell: a name beside a party, a role or the member stood in for. Also how
/// many rows it has.
#[must_use]
pub fn members(rows: &[Line], status: AttendanceStatus, blocks: &[Block]) -> Option<(usize, Vec<Attendance>)> {
    let first = rows.first()?;
    let heads = columns(first).filter(|_| first.cells.is_some())?;
    let is_list = lists_people(&heads);
    let end = 1 + rows[1..].iter().take_while(|row| row.block == first.block).count();
    let rows: Vec<&Line> = rows[..end].iter().collect();
    is_list.then(|| (end, from_table(&rows, status, blocks)))
}

/// Whether columns say that the rows are people: a name beside a party, a role or the member stood in for.
#[must_use]
pub fn lists_people(heads: &[Option<ColumnHead>]) -> bool {
    let tells = |head| heads.contains(&Some(head));
    let others = [ColumnHead::Role, ColumnHead::Represents, ColumnHead::DeputyFor, ColumnHead::Deputy];
    tells(ColumnHead::Name) && others.into_iter().any(tells)
}

/// The people of rows under columns that stand over the table.
#[must_use]
pub fn under_columns(
    heads: Vec<Option<ColumnHead>>,
    rows: &[Line],
    status: AttendanceStatus,
    blocks: &[Block],
) -> Vec<Attendance> {
    under_heads(Some(heads), &rows.iter().collect::<Vec<_>>(), status, blocks)
}

/// The text of a cell, by its place in the block.
#[must_use]
pub fn cell_text(row: &Line, start: usize, end: usize, blocks: &[Block]) -> Option<Sourced<String>> {
    let block = blocks.get(row.block as usize)?;
    let (from, to) = short(&block.text, start, end);
    (from < to).then(|| {
        let span = Span { block: row.block, start: from, end: to };
        Sourced::new(spaces_folded(&block.text[from..to]), vec![span], blocks)
    })
}
