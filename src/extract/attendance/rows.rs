//! People in the rows of a table, a row each or several side by side.

use crate::document::{Block, CELL_BREAK, Cell, Span};
use crate::lang::{ColumnHead, lexicon};
use crate::model::{Attendance, AttendanceStatus, Sourced};

use super::super::cue;
use super::super::line::{Folded, Line};
use super::super::municipality;
use super::super::passage::passages;
use super::super::values::name::{Person, is_name, is_party, people, stands_in_for, unnumbered};
use super::answers::{absent_in_parentheses, answered, says};
use super::groups::{in_groups, names_group, of_group, own_groups, stayed_away};
use super::tables::{by_labels, cell_text, columns, label_of, of_cell};
use super::{from_passage, status};

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
        let (role, represents) = beside();
        // A column without a head may tell of somebody too.
        let unheaded = || {
            let column = heads.as_ref()?.iter().position(Option::is_none)?;
            let cell = cells.get(column).filter(|c| !opens_with_name(&c.text))?;
            cell_text(row, cell.start, cell.end, blocks)
        };
        let told = Told {
            role,
            deputy_for: cell(ColumnHead::DeputyFor).filter(|d| is_name(&d.value)),
            note: cell(ColumnHead::Note).or_else(unheaded),
        };
        let person = told.of(Attendance { represents, ..Attendance::new(name.clone(), status) }, blocks);
        let stood_in = stood_in(&name);
        found.push(person);
        found.extend(stood_in);
        found.extend(more.into_iter().map(|a| Attendance { represents: a.represents.or_else(|| own.clone()), ..a }));
    }
    found
}

/// What the cells beside a name tell of somebody.
struct Told {
    role: Option<Sourced<String>>,
    deputy_for: Option<Sourced<String>>,
    note: Option<Sourced<String>>,
}

impl Told {
    /// Tells it of a person: who is a deputy, and for whom, and who stayed away.
    fn of(self, person: Attendance, blocks: &[Block]) -> Attendance {
        let Self { mut role, mut deputy_for, note } = self;
        let named = |at: Span| {
            let text = blocks[at.block as usize].text.get(at.start..at.end).filter(|text| is_name(text))?;
            Some(Sourced::new(text.to_owned(), vec![at], blocks))
        };
        // "Varamedlem for Eva Lie" in the column of roles
        let member = role.as_ref().and_then(|role| {
            let at = role.at.spans().first()?;
            let (from, to) = stands_in_for(&role.value, (0, role.value.len()))?;
            named(Span { start: at.start + from, end: at.start + to, ..*at })
        });
        if member.is_some() {
            deputy_for = deputy_for.or(member);
            role = None;
        }
        let mut excused = false;
        if let Some(note) = note {
            let lower = note.value.to_lowercase();
            let member = lexicon().deputy_for.iter().find_map(|w| lower.strip_prefix(w.as_str())?.strip_prefix(' '));
            match (member, note.at.spans()) {
                (Some(member), [span]) => {
                    deputy_for = deputy_for.or_else(|| named(Span { start: span.end - member.len(), ..*span }));
                }
                _ if lexicon().is_role(&lower) => role = role.or(Some(note)),
                _ => excused = says("no", &lower).is_some(),
            }
        }
        let deputy = deputy_for.is_some()
            || role.as_ref().is_some_and(|r| lexicon().deputy_words.contains(&r.value.to_lowercase()));
        let status = match person.status {
            AttendanceStatus::Present if excused => AttendanceStatus::Absent,
            AttendanceStatus::Present if deputy => AttendanceStatus::Deputy,
            status => status,
        };
        Attendance { role, deputy_for, status, ..person }
    }
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
