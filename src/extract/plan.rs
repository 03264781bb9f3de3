//! Meeting plans: rows that say which body meets when.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::Block;
use crate::lang::{ColumnHead, lexicon};
use crate::model::{PlannedMeeting, Sourced};

use super::attendance::{cell_text, columns};
use super::header::ordinary_case;
use super::line::Line;
use super::text::{short, spaces_folded};
use super::values::{date, time};

/// The planned meetings in some lines; a date without a year takes that of the nearest section head or of the title.
#[must_use]
pub fn rows(lines: &[Line], range: Range<usize>, title: Option<usize>, blocks: &[Block]) -> Vec<PlannedMeeting> {
    let year_of = |line: &Line| date::find_year(line.text()).map(|(y, s, e)| (y, line.span_of(s, e)));
    let mut year = title.and_then(|t| year_of(&lines[t]));
    if year.is_none() {
        year = lines[range.clone()].iter().take(6).find_map(year_of);
    }
    let mut found = Vec::new();
    let mut heads: HashMap<u32, Vec<Option<ColumnHead>>> = HashMap::new();
    for i in range {
        let line = &lines[i];
        if Some(i) == title {
            continue;
        }
        if line.cells.is_some() {
            if let Some(columns) = columns(line).filter(|c| c.contains(&Some(ColumnHead::Date))) {
                heads.insert(line.block, columns);
            } else if let Some(columns) = heads.get(&line.block) {
                found.extend(from_row(line, columns, year, blocks));
            } else {
                found.extend(from_line(line, year, blocks));
            }
            continue;
        }
        match from_line(line, year, blocks) {
            Some(row) => found.push(row),
            None => {
                // A section head with a year of its own: "Høsten 2023".
                if line.raw.len() < 40
                    && date::find(line.text()).is_empty()
                    && let Some(own) = year_of(line)
                {
                    year = Some(own);
                }
            }
        }
    }
    found
}

type Year = Option<(i16, crate::document::Span)>;

fn dated(line: &Line, m: &date::Mention, year: Year, offset: usize, blocks: &[Block]) -> Option<Sourced<String>> {
    let day = m.date(year.map(|y| y.0))?;
    let own = line.span_of(offset + m.start, offset + m.end);
    let spans = match (m.year, year) {
        (None, Some((_, at))) => vec![own, at],
        _ => vec![own],
    };
    Some(Sourced::new(day.to_string(), spans, blocks))
}

/// "Næringsrådet: Onsdag 25.01 kl 1200-1500 (Konstituering)"
fn from_line(line: &Line, year: Year, blocks: &[Block]) -> Option<PlannedMeeting> {
    let text = line.text();
    if text.len() > 200 {
        return None;
    }
    let m = date::find(text).into_iter().next()?;
    let start = m.weekday.map_or(m.start, |w| w.1);
    let body = text[..start].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | ','));
    let body = body.trim_start_matches(|c: char| !c.is_alphanumeric());
    if body.is_empty() || !body.chars().any(char::is_alphabetic) || body.split(' ').count() > 8 {
        return None;
    }
    let from = start - text[..start].len() + text[..start].find(body)?;
    let (s, e) = line.folded.source(from, from + body.len());
    let value = spaces_folded(&line.raw[s..e]);
    let body = Sourced::new(ordinary_case(&value), vec![line.raw_span(s, e)], blocks);
    let rest_at = m.end;
    let rest = &text[rest_at..];
    let note_at = rest.find('(');
    let times = time::find(&rest[..note_at.unwrap_or(rest.len())]);
    let get_time =
        |t: &time::Time| Sourced::new(t.iso(), vec![line.span_of(rest_at + t.start, rest_at + t.end)], blocks);
    let note = note_at.and_then(|at| {
        let close = rest[at..].find(')').map_or(rest.len(), |c| at + c);
        let (s, e) = line.folded.source(rest_at + at + 1, rest_at + close);
        (s < e).then(|| Sourced::new(spaces_folded(&line.raw[s..e]), vec![line.raw_span(s, e)], blocks))
    });
    Some(PlannedMeeting {
        body,
        date: dated(line, &m, year, 0, blocks)?,
        weekday: m.weekday.map(|(_, s, e)| weekday(line, s, e, blocks)),
        start: times.first().map(get_time),
        end: times.get(1).map(get_time),
        place: None,
        note,
    })
}

fn weekday(line: &Line, s: usize, e: usize, blocks: &[Block]) -> Sourced<String> {
    let span = line.span_of(s, e);
    Sourced::new(line.raw[span.start - line.start..span.end - line.start].to_owned(), vec![span], blocks)
}

/// A row of a table with heads for its columns.
fn from_row(line: &Line, heads: &[Option<ColumnHead>], year: Year, blocks: &[Block]) -> Option<PlannedMeeting> {
    let cells = line.cells?;
    let raw = |head: ColumnHead| {
        let at = heads.iter().position(|h| *h == Some(head))?;
        let cell = cells.get(at)?;
        cell_text(line, cell.start, cell.end, blocks)
    };
    let cell = raw(ColumnHead::Date)?;
    let folded = super::line::Folded::new(&cell.text);
    let m = date::find(&folded.text).into_iter().next()?;
    let base = cell.at.spans().first()?;
    let at = |f: &super::line::Folded, s: usize, e: usize, base: &crate::document::Span| {
        let (from, to) = f.source(s, e);
        crate::document::Span { block: base.block, start: base.start + from, end: base.start + to }
    };
    let own = at(&folded, m.start, m.end, base);
    let spans = match (m.year, year) {
        (None, Some((_, y))) => vec![own, y],
        _ => vec![own],
    };
    let date = Sourced::new(m.date(year.map(|y| y.0))?.to_string(), spans, blocks);
    let time_cell = raw(ColumnHead::Time);
    let times = time_cell.as_ref().map(|t| (super::line::Folded::new(&t.text), t.at.spans()[0]));
    let get_time = |n: usize| {
        let (folded, base) = times.as_ref()?;
        let t = time::find(&folded.text).into_iter().nth(n)?;
        Some(Sourced::new(t.iso(), vec![at(folded, t.start, t.end, base)], blocks))
    };
    Some(PlannedMeeting {
        body: raw(ColumnHead::Body)?,
        date,
        weekday: raw(ColumnHead::Weekday).or_else(|| {
            let (_, s, e) = m.weekday?;
            let span = at(&folded, s, e, base);
            Some(Sourced::new(cell.text[span.start - base.start..span.end - base.start].to_owned(), vec![span], blocks))
        }),
        start: get_time(0),
        end: get_time(1),
        place: raw(ColumnHead::Place),
        note: None,
    })
}

/// Whether some lines read as a meeting plan: at least three of them, and half of all, name a body and a date.
#[must_use]
pub fn is_plan(lines: &[Line]) -> bool {
    let rows = lines.iter().filter(|l| names_body_and_date(l)).count();
    rows >= 3 && rows * 2 >= lines.len()
}

fn names_body_and_date(line: &Line) -> bool {
    let text = line.text();
    let (from, to) = short(text, 0, text.len());
    to > from
        && text.len() < 120
        && date::find(text).first().is_some_and(|m| m.year.is_none() || m.weekday.is_some())
        && text.split([' ', ':', '\t']).any(|w| lexicon().is_body_word(w))
}
