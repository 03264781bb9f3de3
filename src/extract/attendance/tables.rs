//! People in tables: what their columns hold.

use crate::document::{Block, CELL_BREAK, Cell, Span};
use crate::lang::{ColumnHead, Field, lexicon};
use crate::model::{Attendance, AttendanceStatus, Sourced};

use super::super::cue;
use super::super::field::fields;
use super::super::line::{Folded, Line};
use super::super::municipality;
use super::super::passage::passages;
use super::super::text::{short, spaces_folded};
use super::super::values::name::{Person, is_name, is_party, people, stands_in_for, unnumbered};
use super::answers::{absent_in_parentheses, answered, says, told_in};
use super::groups::{in_groups, is_alone, names_group, of_group, own_groups, stayed_away};
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
fn label_of(cell: &Cell) -> Option<(AttendanceStatus, usize)> {
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
    columns.get(words.as_str()).copied().or_else(owned).or_else(first)
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

/// Whether a line is a last name alone, broken off the name in the cell over it.
#[must_use]
pub fn rest_of_name(line: &Line) -> bool {
    let mut filled = line.raw.split('\t').filter(|c| !c.trim().is_empty());
    let (Some(word), None) = (filled.next(), filled.next()) else { return false };
    let word = word.trim();
    !word.contains(' ')
        && word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().skip(1).any(char::is_lowercase)
        && word.chars().all(|c| c.is_alphabetic() || c == '-')
        && !lexicon().columns.contains_key(word.to_lowercase().as_str())
        && !lexicon().labels.contains_key(word.to_lowercase().as_str())
        && line.kind != crate::document::BlockKind::Heading
}

/// A row without the number that it begins with: `1 | Eva Lie | Ap`.
fn without_number<'b>(row: &Line<'b>) -> Option<Line<'b>> {
    let (number, rest) = row.cells?.split_first()?;
    let is_number = number.text.trim().trim_end_matches('.').parse::<u8>().is_ok();
    is_number.then(|| Line { cells: Some(rest), ..row.piece(row.start, row.raw) })
}

pub(super) fn from_table(rows: &[&Line], status: AttendanceStatus, blocks: &[Block]) -> Vec<Attendance> {
    let unnumbered: Option<Vec<Line>> = rows.iter().map(|row| without_number(row)).collect();
    if let Some(named) = unnumbered.filter(|_| rows.len() > 1) {
        return from_table(&named.iter().collect::<Vec<_>>(), status, blocks);
    }
    // "Høyre | Eva Lie, Per Ås", and a list in each cell under its group.
    let in_group = |row: &&Line| row.cells.and_then(<[Cell]>::first).is_some_and(|c| names_group(c.text.trim()));
    let all = |read: &dyn Fn(&Line) -> Option<Vec<Attendance>>| -> Option<Vec<Attendance>> {
        Some(rows.iter().map(|row| read(row)).collect::<Option<Vec<_>>>()?.concat())
    };
    if let Some(people) = under_groups(rows, status, blocks) {
        return people;
    }
    let in_groups =
        || all(&|row| of_group(row, status, blocks)).filter(|_| rows.len() > 1 && rows.iter().all(in_group));
    let grouped = all(&|row| own_groups(row, status, blocks)).filter(|people| !people.is_empty()).or_else(in_groups);
    let answered = || answered(None, rows, blocks).unwrap_or_else(|| under_heads(None, rows, status, blocks));
    grouped.unwrap_or_else(answered)
}

/// The people of rows where a party or a municipality stands before the first of its own alone: `Odda | Eva Lie | leder`, and under
/// it ` | Per Ås | vara for Jon Moe`.
fn under_groups(rows: &[&Line], status: AttendanceStatus, blocks: &[Block]) -> Option<Vec<Attendance>> {
    let is_row = |row: &&Line| match row.cells {
        Some([group, name, others @ ..]) => {
            let group = group.text.trim();
            (group.is_empty() || names_group(group))
                && opens_with_name(&name.text)
                && !others.iter().any(|c| opens_with_name(&c.text))
        }
        _ => false,
    };
    let goes_on = |row: &&Line| row.cells.is_some_and(|c| c[0].text.trim().is_empty());
    let (first, others) = rows.split_first().filter(|(first, others)| !goes_on(first) && others.iter().any(goes_on))?;
    if !is_row(first) || !others.iter().all(is_row) {
        return None;
    }
    let column = |at: usize| rows.iter().filter_map(move |row| row.cells?.get(at)).map(|c| c.text.to_lowercase());
    let is_role = |at: usize| column(at).all(|text| text.trim().is_empty() || lexicon().is_role(text.trim()));
    let beside = (2..first.cells?.len()).map(|at| if is_role(at) { ColumnHead::Role } else { ColumnHead::Note });
    let heads: Vec<_> = [ColumnHead::Represents, ColumnHead::Name].into_iter().chain(beside).map(Some).collect();
    let of_group = |rows: &[&Line]| {
        let people = under_heads(Some(heads.clone()), rows, status, blocks);
        let represents = people.first().and_then(|a| a.represents.clone());
        people.into_iter().map(move |a| Attendance { represents: a.represents.or(represents.clone()), ..a })
    };
    Some(rows.chunk_by(|_, row| goes_on(row)).flat_map(of_group).collect())
}

/// Where the second of two lists side by side begins: names open both halves of the rows, or stand beside what each half
/// begins with, and stand nowhere else. Also where in a half they stand.
fn half_of_pairs(rows: &[&Line]) -> Option<(usize, usize)> {
    let width = rows.first()?.cells.map(<[Cell]>::len).filter(|width| *width >= 4 && width % 2 == 0)?;
    let half = width / 2;
    let is_pair = |row: &Line, column: usize| {
        let cells = row.cells.filter(|c| c.len() == width).unwrap_or_default();
        cells.iter().enumerate().all(|(at, c)| opens_with_name(&c.text) == (at % half == column))
    };
    let pairs = |column: &usize| rows.iter().filter(|row| is_pair(row, *column)).count();
    let column = [0, 1].into_iter().find(|column| pairs(column) > 1 && pairs(column) + 1 >= rows.len());
    column.map(|column| (half, column))
}

/// The people of rows whose columns may have been headed.
pub(super) fn under_heads<'b>(
    mut heads: Option<Vec<Option<ColumnHead>>>,
    rows: &[&Line<'b>],
    status: AttendanceStatus,
    blocks: &[Block],
) -> Vec<Attendance> {
    let list = |from: usize, to: usize| -> Vec<Line<'b>> {
        let piece = |row: &&Line<'b>| {
            let cells = row.cells.map(|c| &c[from.min(c.len())..to.min(c.len())]);
            Line { cells, ..row.piece(row.start, row.raw) }
        };
        rows.iter().map(piece).collect()
    };
    // "Navn | Parti | Navn | Parti": two lists side by side.
    let own = rows.first().and_then(|row| columns(row));
    let headed = heads.as_ref().or(own.as_ref());
    let starts: Vec<usize> =
        headed.map(|h| (0..h.len()).filter(|i| h[*i] == Some(ColumnHead::Name)).collect()).unwrap_or_default();
    if let [first, second, ..] = starts[..]
        && headed.is_some_and(|h| h[first..second] == h[second..h.len().min(second + second - first)])
    {
        let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
        return starts
            .iter()
            .zip(ends)
            .flat_map(|(from, to)| {
                let heads = headed.map(|h| h[*from..to.min(h.len())].to_vec());
                under_heads(heads, &list(*from, to).iter().collect::<Vec<_>>(), status, blocks)
            })
            .collect();
    }
    // The same without heads: "Eva Lie | leder | Per Ås | nestleder", "Gol | Eva Lie | Ål | Per Ås"
    if headed.is_none()
        && let Some((half, column)) = half_of_pairs(rows)
    {
        let halves = [list(0, half), list(half, usize::MAX)];
        let of_groups = |rows: &[Line<'b>]| in_groups(rows, status, blocks).map(|(_, people)| people);
        return halves
            .iter()
            .flat_map(|rows| {
                let grouped = if column == 1 { of_groups(rows) } else { None };
                grouped.unwrap_or_else(|| under_heads(None, &rows.iter().collect::<Vec<_>>(), status, blocks))
            })
            .collect();
    }
    let filled = |row: &Line<'b>| -> Vec<(usize, &'b Cell)> {
        row.cells.into_iter().flatten().enumerate().filter(|(_, c)| !c.text.trim().is_empty()).collect()
    };
    let all_named =
        |filled: &[(usize, &Cell)]| filled.len() > 1 && filled.iter().all(|(_, c)| opens_with_name(&c.text));
    // "Arbeidarpartiet | Jon Dahl": the head of one list beside a member of the other.
    let lists = heads.is_none() && rows.iter().filter(|row| all_named(&filled(row))).count() > 1;
    let under_party = |filled: &[(usize, &Cell)]| {
        let [(0, party), (_, c)] = filled else { return false };
        opens_with_name(&c.text) && is_party(party.text.trim())
    };
    // "Tynset | Eva Lie | Per Ås"
    let of_municipality = |filled: &[(usize, &Cell)]| {
        let [(0, place), members @ ..] = filled else { return false };
        members.len() > 1
            && members.iter().all(|(_, c)| opens_with_name(&c.text))
            && !opens_with_name(&place.text)
            && !municipality::named(place.text.trim()).is_empty()
    };
    let mut found = Vec::new();
    // Where the people of the last row of names stand, by column.
    let mut side_by_side: Vec<usize> = Vec::new();
    for row in rows {
        if let Some(last) = found.last_mut().filter(|_| rest_of_name(row)) {
            let last: &mut Attendance = last;
            let spans = [last.name.at.spans(), &[row.raw_span(0, row.raw.trim_end().len())]].concat();
            last.name = Sourced::new(format!("{} {}", last.name.value, row.raw.trim()), spans, blocks);
            continue;
        }
        let Some(cells) = row.cells else { continue };
        if let Some(columns) = columns(row).filter(|c| c.contains(&Some(ColumnHead::Name))) {
            heads = Some(columns);
            continue;
        }
        let mut filled = filled(row);
        if lists && under_party(&filled) {
            filled.remove(0);
            found.extend(of_cell(row, filled[0].1, status, blocks).into_iter().take(1));
            continue;
        }
        if heads.is_none() && of_municipality(&filled) {
            let place = filled.remove(0).1;
            let represents = cell_text(row, place.start, place.end, blocks);
            let members = filled.iter().flat_map(|(_, c)| of_cell(row, c, status, blocks).into_iter().take(1));
            found.extend(members.map(|a| Attendance { represents: a.represents.or_else(|| represents.clone()), ..a }));
            continue;
        }
        if heads.is_none() && all_named(&filled) {
            side_by_side = filled.iter().map(|(column, _)| *column).collect();
            // "Eva Lie (H), leder" is one, and a cell of several lines a list.
            let listed = |c: &Cell| if c.text.contains(CELL_BREAK) { usize::MAX } else { 1 };
            found.extend(filled.iter().flat_map(|(_, c)| of_cell(row, c, status, blocks).into_iter().take(listed(c))));
            continue;
        }
        // The roles of the people side by side in the row above.
        let of_above = |column: &usize| side_by_side.iter().rev().position(|c| c == column);
        if !filled.is_empty()
            && filled.iter().all(|(i, c)| of_above(i).is_some() && lexicon().is_role(&c.text.to_lowercase()))
        {
            let last = found.len();
            for (column, c) in filled {
                let person: Option<&mut Attendance> = of_above(&column).and_then(|back| found.get_mut(last - 1 - back));
                if let Some(person) = person.filter(|p| p.role.is_none()) {
                    person.role = cell_text(row, c.start, c.end, blocks);
                }
            }
            continue;
        }
        let cell = |head: ColumnHead| -> Option<Sourced<String>> {
            let at = match &heads {
                Some(heads) => heads.iter().position(|h| *h == Some(head))?,
                None if head == ColumnHead::Name => 0,
                None => return None,
            };
            cell_text(row, cells.get(at)?.start, cells.get(at)?.end, blocks)
        };
        let column = match &heads {
            Some(heads) => heads.iter().position(|h| *h == Some(ColumnHead::Name)),
            None => Some(0),
        };
        // "Formann Eva Lie" is a list of one, and a cell may hold several.
        let text = column.and_then(|c| cells.get(c)).map(|c| c.text.as_str());
        let listed = text.map(people);
        let one = listed.as_ref().is_some_and(|people| people.len() < 2);
        let is_all = |people: &[Person], name: &str| people.first().is_none_or(|p| p.name == (0, name.len()));
        let is_whole = |name: &str| match &listed {
            Some(listed) if text == Some(name) => is_all(listed, name),
            _ => is_all(&people(name), name),
        };
        let is_one = |name: &str| one && is_name(name) && !is_party(name) && is_whole(name);
        // "Frå selskapet | Styreleiar Eva Lie", "Vik | ikkje møtt (Per Ås hadde meldt forfall)"
        let is_beside = |c: &usize| *c > 0 && heads.as_ref().is_some_and(|h| h[0] == Some(ColumnHead::Represents));
        if let Some(people) = column.filter(is_beside).and_then(|c| beside_label(row, &cells[0], cells.get(c)?, blocks))
        {
            found.extend(people);
            continue;
        }
        // "Forfall: Per Ås" in the column of names
        let labelled = column.and_then(|c| cells.get(c)).filter(|c| heads.is_some() && label_of(c).is_some());
        if let Some(labelled) = labelled {
            let own = cell(ColumnHead::Represents);
            let people = by_labels(row, labelled, &mut Some(status), blocks);
            found.extend(people.into_iter().map(|a| Attendance { represents: a.represents.or(own.clone()), ..a }));
            continue;
        }
        let named = cell(ColumnHead::Name).filter(|n| is_one(&n.value));
        let beside = || match &heads {
            Some(_) => (cell(ColumnHead::Role), cell(ColumnHead::Represents)),
            None => told_beside(row, cells, blocks),
        };
        // "Eva Lie, leder" under a head, or beside a party.
        let opens = |c: &&Cell| heads.is_some() || cells.len() > 1 && is_whole_person(&c.text);
        let whole = column.and_then(|c| cells.get(c)).filter(|c| named.is_none() && opens(c));
        let stood_in = |member: &Sourced<String>| {
            let of = heads.iter().flat_map(|h| cells.iter().zip(h)).filter(|(_, h)| **h == Some(ColumnHead::Deputy));
            let people = of.flat_map(|(c, _)| of_cell(row, c, AttendanceStatus::Deputy, blocks));
            let member = |a: Attendance| Attendance { deputy_for: a.deputy_for.or(Some(member.clone())), ..a };
            people.map(member).collect::<Vec<_>>()
        };
        let people = whole.map(|c| of_cell(row, c, status, blocks)).unwrap_or_default();
        if !people.is_empty() {
            let (role, represents) = beside();
            let stood_in = if let [person] = &people[..] { stood_in(&person.name) } else { Vec::new() };
            found.extend(people.into_iter().map(|a| Attendance {
                role: a.role.or_else(|| role.clone()),
                represents: a.represents.or_else(|| represents.clone()),
                ..a
            }));
            found.extend(stood_in);
            continue;
        }
        let Some(name) = named else {
            // "Ordfører | Eva Lie (Ap)"
            let role = cells.first().and_then(|c| cell_text(row, c.start, c.end, blocks));
            if heads.is_none()
                && let (Some(role), [_, second, ..]) =
                    (role.filter(|r| lexicon().is_role(&r.value.to_lowercase())), cells)
            {
                let line = [*row];
                let people = passages(&line, second.start - row.start.min(second.start), blocks);
                let people = people.first().map(|p| from_passage(p, status, blocks)).unwrap_or_default();
                found.extend(
                    people.into_iter().take(1).map(|a| Attendance { role: a.role.or(Some(role.clone())), ..a }),
                );
                continue;
            }
            // "Teknisk sjef Eva Lie | Sekretær Per Ås"
            let each: Vec<Vec<Attendance>> =
                filled.iter().map(|(_, c)| of_cell(row, c, status, blocks)).take_while(|p| p.len() == 1).collect();
            if heads.is_none() && filled.len() > 1 && each.len() == filled.len() {
                found.extend(each.into_iter().flatten());
                continue;
            }
            // No name of its own: a list in one cell.
            if heads.is_none() {
                for c in cells {
                    let line = [*row];
                    let whole = passages(&line, c.start - row.start.min(c.start), blocks);
                    if let Some(p) = whole.first().filter(|_| cells.len() == 1) {
                        found.extend(from_passage(p, status, blocks));
                    }
                }
            }
            continue;
        };
        // A column without a head goes on with the names: "Møtende representanter | ".
        let own = cell(ColumnHead::Represents);
        let more =
            heads.iter().flat_map(|h| cells.iter().zip(h)).filter(|(c, h)| h.is_none() && opens_with_name(&c.text));
        let more: Vec<Attendance> = more.flat_map(|(c, _)| of_cell(row, c, status, blocks)).collect();
        let (mut role, represents) = beside();
        let mut deputy_for = cell(ColumnHead::DeputyFor).filter(|d| is_name(&d.value));
        // "Varamedlem for Eva Lie" in the column of roles.
        let member = role
            .as_ref()
            .and_then(|role| role.at.spans().first().zip(stands_in_for(&role.value, (0, role.value.len()))));
        if let Some((at, (from, to))) = member
            && blocks[at.block as usize].text.get(at.start + from..at.start + to).is_some_and(is_name)
        {
            let at = Span { start: at.start + from, end: at.start + to, ..*at };
            deputy_for = deputy_for.or_else(|| {
                Some(Sourced::new(blocks[at.block as usize].text[at.start..at.end].to_owned(), vec![at], blocks))
            });
            role = None;
        }
        let mut excused = false;
        // A column without a head may tell it too.
        let unheaded = || {
            let column = heads.as_ref()?.iter().position(Option::is_none)?;
            let cell = cells.get(column).filter(|c| !opens_with_name(&c.text))?;
            cell_text(row, cell.start, cell.end, blocks)
        };
        if let Some(note) = cell(ColumnHead::Note).or_else(unheaded) {
            let lower = note.value.to_lowercase();
            let member = lexicon().deputy_for.iter().find_map(|w| lower.strip_prefix(w.as_str())?.strip_prefix(' '));
            match (member, note.at.spans()) {
                (Some(member), [span]) => {
                    let at = Span { start: span.end - member.len(), ..*span };
                    let text = blocks[span.block as usize].text.get(at.start..at.end).unwrap_or_default();
                    deputy_for =
                        deputy_for.or_else(|| is_name(text).then(|| Sourced::new(text.to_owned(), vec![at], blocks)));
                }
                _ if lexicon().is_role(&lower) => role = role.or(Some(note)),
                _ => excused = says("no", &lower).is_some(),
            }
        }
        let deputy = deputy_for.is_some()
            || role.as_ref().is_some_and(|r| lexicon().deputy_words.contains(&r.value.to_lowercase()));
        let status = match status {
            AttendanceStatus::Present if excused => AttendanceStatus::Absent,
            AttendanceStatus::Present if deputy => AttendanceStatus::Deputy,
            status => status,
        };
        let stood_in = stood_in(&name);
        found.push(Attendance { role, represents, deputy_for, ..Attendance::new(name, status) });
        found.extend(stood_in);
        found.extend(more.into_iter().map(|a| Attendance { represents: a.represents.or_else(|| own.clone()), ..a }));
    }
    found
}

/// The role and what somebody represents, from the cells after the name in a row without heads.
fn told_beside(row: &Line, cells: &[Cell], blocks: &[Block]) -> (Option<Sourced<String>>, Option<Sourced<String>>) {
    let texts = cells.iter().skip(1).filter_map(|c| cell_text(row, c.start, c.end, blocks));
    let (roles, others): (Vec<_>, Vec<_>) = texts.partition(|text| lexicon().is_role(&text.value.to_lowercase()));
    (roles.into_iter().next(), others.into_iter().next())
}

/// Whether a cell is one person, with the role: `Eva Lie, leder`.
fn is_whole_person(text: &str) -> bool {
    opens_with_name(text) && matches!(people(text)[..], [Person { role: Some(_), .. }])
}

/// The people of a cell beside the label of another group, or of one that says that nobody came.
fn beside_label(row: &Line, label: &Cell, cell: &Cell, blocks: &[Block]) -> Option<Vec<Attendance>> {
    let words = Folded::text_of(label.text.trim());
    if let Some(status) = cue::label(&words).filter(|l| l.value >= words.len()).and_then(|l| status(l.field)) {
        return Some(of_cell(row, cell, status, blocks));
    }
    // "Revisor | Eva Lie"
    if lexicon().is_role(&words) {
        let role = cell_text(row, label.start, label.end, blocks);
        let people = of_cell(row, cell, AttendanceStatus::Observer, blocks).into_iter();
        return Some(people.map(|a| Attendance { role: a.role.or(role.clone()), ..a }).collect());
    }
    stayed_away(cell).then(|| {
        let represents = cell_text(row, label.start, label.end, blocks);
        let absent = absent_in_parentheses(&row.piece(cell.start, cell.text.trim_end()), blocks);
        absent.into_iter().map(|a| Attendance { represents: a.represents.or(represents.clone()), ..a }).collect()
    })
}

/// Whether a cell's first paragraph is a name, also after its number in a list: `7. Eva Lie`.
#[must_use]
pub fn opens_with_name(text: &str) -> bool {
    let first = text.split(CELL_BREAK).next().unwrap_or_default();
    let name = first.split([',', '(']).next().unwrap_or_default().trim_start();
    let (from, to) = unnumbered(name, (0, name.len()));
    let words: Vec<&str> =
        name[from..to].split_whitespace().take_while(|w| w.starts_with(char::is_uppercase)).collect();
    is_name(&words.join(" "))
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
