//! Attendance: who was invited, met, was absent, from lists and tables under their labels.

use crate::document::Block;
use crate::lang::{ColumnHead, Field, lexicon};
use crate::model::{Attendance, AttendanceStatus, Sourced};

use super::line::{Folded, Line};
use super::passage::{Passage, passages, sentences};
use super::text::short;
use super::values::name::{is_name, people};
use super::values::number::{self, Order};

/// The status that a label gives to the people it lists.
#[must_use]
pub fn status(field: Field) -> Option<AttendanceStatus> {
    Some(match field {
        Field::Invited => AttendanceStatus::Invited,
        Field::Present => AttendanceStatus::Present,
        Field::Absent => AttendanceStatus::Absent,
        Field::Deputies => AttendanceStatus::Deputy,
        Field::Staff => AttendanceStatus::Staff,
        Field::Observers => AttendanceStatus::Observer,
        _ => return None,
    })
}

/// The people in the text after a label (`skip` bytes into the first line) and on the lines that go on with the list.
#[must_use]
pub fn listed(lines: &[&Line], skip: usize, status: AttendanceStatus, blocks: &[Block]) -> Vec<Attendance> {
    let after_row = |i: usize| i > 0 && lines[i - 1].cells.is_some() && rest_of_name(lines[i]);
    let (rows, text): (Vec<_>, Vec<_>) =
        lines.iter().enumerate().partition(|(i, l)| l.cells.is_some() || after_row(*i));
    let (rows, text): (Vec<&Line>, Vec<&Line>) =
        (rows.into_iter().map(|r| *r.1).collect(), text.into_iter().map(|r| *r.1).collect());
    let mut found = Vec::new();
    for passage in passages(&text, if lines.first().is_some_and(|l| l.cells.is_none()) { skip } else { 0 }, blocks) {
        found.extend(from_passage(&passage, status, blocks));
    }
    found.extend(from_table(&rows, status, blocks));
    found
}

fn from_passage(passage: &Passage, status: AttendanceStatus, blocks: &[Block]) -> Vec<Attendance> {
    people(&passage.raw)
        .into_iter()
        .map(|p| {
            let get = |r| passage.sourced(r, blocks);
            let deputy_for = p.deputy_for.map(get);
            Attendance {
                name: get(p.name),
                status: if deputy_for.is_some() && status == AttendanceStatus::Present {
                    AttendanceStatus::Deputy
                } else {
                    status
                },
                role: p.role.map(get),
                represents: p.represents.map(get),
                deputy_for,
                from_case: None,
                to_case: None,
            }
        })
        .collect()
}

/// The people who came after the meeting had begun, as the sentences of some lines tell: those not listed already.
#[must_use]
pub fn arrivals(lines: &[&Line], listed: &[Attendance], blocks: &[Block]) -> Vec<Attendance> {
    let mut found: Vec<Attendance> = Vec::new();
    for passage in passages(lines, 0, blocks) {
        for range in sentences(&passage.raw) {
            let folded = Folded::new(&passage.raw[range.0..range.1]);
            let Some(c) = lexicon().arrived.iter().find_map(|p| p.captures(&folded.text)) else { continue };
            let get = |group| {
                let m = c.name(group)?;
                let (from, to) = folded.source(m.start(), m.end());
                Some(passage.sourced((range.0 + from, range.0 + to), blocks))
            };
            let Some(name) = get("name").filter(|n| is_name(&n.value)) else { continue };
            let known = |a: &Attendance| a.name.value == name.value;
            if listed.iter().any(known) || found.iter().any(known) {
                continue;
            }
            let source = |s: usize, e: usize| {
                let (from, to) = folded.source(s, e);
                passage.raw.get(range.0 + from..range.0 + to).unwrap_or_default().to_owned()
            };
            let from_case = number::find(&folded.text, &source).into_iter().next().map(|p| {
                let series = p.series.map(|(s, e)| source(s, e));
                let (from, to) = folded.source(p.start, p.end);
                let span = passage.raw_span((range.0 + from, range.0 + to));
                Sourced::new(p.number(Order::NumberFirst, series.as_deref()), vec![span], blocks)
            });
            let represents = get("party");
            let status = AttendanceStatus::Present;
            found.push(Attendance { name, status, role: None, represents, deputy_for: None, from_case, to_case: None });
        }
    }
    found
}

/// What the columns of a table of people hold, by the words of its head row.
#[must_use]
pub fn columns(row: &Line) -> Option<Vec<Option<ColumnHead>>> {
    heads(row.cells?.iter().map(|c| c.text.as_str()))
}

fn heads<'t>(cells: impl Iterator<Item = &'t str>) -> Option<Vec<Option<ColumnHead>>> {
    let heads: Vec<Option<ColumnHead>> = cells
        .map(|text| lexicon().columns.get(text.trim().trim_end_matches(['.', ':']).to_lowercase().as_str()).copied())
        .collect();
    (heads.iter().filter(|h| h.is_some()).count() >= 2).then_some(heads)
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

fn from_table(rows: &[&Line], status: AttendanceStatus, blocks: &[Block]) -> Vec<Attendance> {
    let mut heads: Option<Vec<Option<ColumnHead>>> = None;
    let mut found = Vec::new();
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
        let cell = |head: ColumnHead| -> Option<Sourced<String>> {
            let at = match &heads {
                Some(heads) => heads.iter().position(|h| *h == Some(head))?,
                None if head == ColumnHead::Name => 0,
                None => return None,
            };
            cell_text(row, cells.get(at)?.start, cells.get(at)?.end, blocks)
        };
        let Some(name) = cell(ColumnHead::Name).filter(|n| is_name(&n.value)) else {
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
        let (mut role, mut represents) = (cell(ColumnHead::Role), cell(ColumnHead::Represents));
        if heads.is_none() {
            for c in cells.iter().skip(1) {
                let Some(text) = cell_text(row, c.start, c.end, blocks) else { continue };
                if lexicon().is_role(&text.value.to_lowercase()) {
                    role = role.or(Some(text));
                } else {
                    represents = represents.or(Some(text));
                }
            }
        }
        found.push(Attendance {
            name,
            status,
            role,
            represents,
            deputy_for: cell(ColumnHead::DeputyFor).filter(|d| is_name(&d.value)),
            from_case: None,
            to_case: None,
        });
    }
    found
}

/// The text of a cell, by its place in the block.
#[must_use]
pub fn cell_text(row: &Line, start: usize, end: usize, blocks: &[Block]) -> Option<Sourced<String>> {
    let block = blocks.get(row.block as usize)?;
    let (from, to) = short(&block.text, start, end);
    (from < to).then(|| {
        let span = crate::document::Span { block: row.block, start: from, end: to };
        Sourced::new(super::text::spaces_folded(&block.text[from..to]), vec![span], blocks)
    })
}

/// Whether a line can go on with a list of people.
#[must_use]
pub fn goes_on(line: &Line) -> bool {
    if line.cells.is_some() || heads(line.raw.split('\t')).is_some() {
        return true;
    }
    line.raw.len() < 400
        && !people(line.raw).is_empty()
        && line.raw.split_whitespace().count() <= 40
        && !line.raw.contains(". ")
}
