//! Meeting plans: rows that say which body meets when.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{Block, CELL_BREAK, Cell, Span};
use crate::lang::{ColumnHead, Field, TitleWord, lexicon};
use crate::model::{PlannedMeeting, Sourced};

use super::attendance::{cell_text, columns};
use super::header::{body_in, ordinary_case};
use super::line::Line;
use super::text::{short, spaces_folded};
use super::values::{date, time};

mod next;

pub use next::announced;

/// The planned meetings in some lines, of a body where they name none; a date without a year takes that of the nearest section
/// head or of the title.
#[must_use]
pub fn rows(
    lines: &[Line],
    range: Range<usize>,
    title: Option<usize>,
    of: Option<&Sourced<String>>,
    blocks: &[Block],
) -> Vec<PlannedMeeting> {
    // "Møteplan for 2024, vedtatt 9. november 2023"
    let year_of = |line: &Line| {
        let day = date::find(line.text()).first().map_or(line.text().len(), |m| m.start);
        let (y, s, e) = date::find_year(&line.text()[..day]).or_else(|| date::find_year(line.text()))?;
        Some((y, line.span_of(s, e)))
    };
    let mut year = title.and_then(|t| year_of(&lines[t]));
    if year.is_none() {
        year = lines[range.clone()].iter().take(6).find_map(year_of);
    }
    let mut found = Vec::new();
    let mut heads: HashMap<u32, Vec<Option<ColumnHead>>> = HashMap::new();
    let mut grid: Option<Grid> = None;
    let mut month: Option<Month> = None;
    let mut body = of.map(|name| Body { name: name.clone(), times: Times::default() });
    // The table whose last column holds remarks.
    let mut noted: Option<u32> = None;
    // The table whose columns are the days of the week.
    let mut weeks: Option<u32> = None;
    // So many rows more the first cell of a table covers.
    let mut spanned = 0_u32;
    for i in title.map_or(range.start, |title| title + 1)..range.end {
        let line = &lines[i];
        // Under a month that spans several rows these have a cell less.
        let under_span = spanned > 0;
        if let Some(cells) = line.cells {
            spanned = cells.first().filter(|c| c.rowspan > 1).map_or(spanned.saturating_sub(1), |c| c.rowspan - 1);
        }
        if let Some(own) = month_head(line) {
            year = year_of(line).or(year);
            month = Some(own);
            continue;
        }
        if heads_week(line) && grid.as_ref().is_none_or(|g| g.block != line.block) {
            weeks = Some(line.block);
            continue;
        }
        if weeks == Some(line.block) {
            found.extend(in_week(line, month, year, blocks));
            continue;
        }
        if let Some((own, rest)) = beside_month(line).filter(|_| grid.as_ref().is_none_or(|g| g.block != line.block)) {
            month = own.or(month);
            let row = month.and_then(|month| under_month(&rest, month, year, blocks));
            if row.is_some() {
                found.extend(row.map(|row| remarked(row, noted == Some(line.block))));
                continue;
            }
        }
        if columns(line).is_some_and(|c| c.last() == Some(&Some(ColumnHead::Note))) {
            noted = Some(line.block);
        }
        let gives_dates = || columns(line).is_some_and(|c| c.contains(&Some(ColumnHead::Date)));
        // "Utvalg | Møtedag | Januar | Februar" gives them under the months.
        if let Some(own) = Grid::of(line, blocks).filter(|grid| grid.by_months() || !gives_dates()) {
            grid = Some(own);
            year = year.or_else(|| year_of(line));
            continue;
        }
        if let Some(grid) = grid.as_mut().filter(|g| g.block == line.block) {
            grid.take_times(line, blocks);
            found.extend(grid.row(line, year, blocks));
            continue;
        }
        // "Uke | Dag | Kl | Organ", and under the name of a month "3 | tir 16. | 0900 | Formannskapet"
        let days =
            |c: &[Option<ColumnHead>]| c.contains(&Some(ColumnHead::Weekday)) && c.contains(&Some(ColumnHead::Body));
        if let Some(columns) = columns(line).filter(|c| days(c) && !gives_dates()) {
            heads.insert(line.block, columns);
            continue;
        }
        if let Some(month) = month.filter(|_| !heads.contains_key(&line.block))
            && let Some(row) = under_month(line, month, year, blocks)
        {
            found.push(remarked(row, noted == Some(line.block)));
            continue;
        }
        // "VÅREN 2002" in a row of its own
        let alone = line.cells.is_some_and(|c| c.iter().filter(|c| !c.text.trim().is_empty()).count() == 1);
        if alone && date::find(line.text()).is_empty() && year_of(line).is_some() {
            year = year_of(line);
            continue;
        }
        if line.cells.is_some() {
            if let Some(columns) = columns(line).filter(|c| c.contains(&Some(ColumnHead::Date))) {
                heads.insert(line.block, columns);
            } else if let Some(columns) = heads.get(&line.block) {
                let cells = line.cells.unwrap_or_default();
                let columns = if under_span && cells.len() + 1 == columns.len() { &columns[1..] } else { columns };
                let named = || Some(Body { name: body_in(&lines[title?], blocks)?, times: Times::default() });
                let own = body.clone().or_else(named);
                found.extend(from_row(line, columns, own, (year, month), blocks));
            } else {
                let of_body = || body.as_ref().and_then(|body| body.on(line, year, blocks));
                found.extend(from_line(line, year, blocks).or_else(of_body));
            }
            continue;
        }
        if let Some(own) = Body::of(line, blocks) {
            body = Some(own);
            continue;
        }
        if let Some(row) = body.as_ref().and_then(|body| body.on(line, year, blocks)) {
            found.push(row);
            continue;
        }
        let known = |row: &PlannedMeeting| {
            found.iter().any(|k| k.body.value == row.body.value && k.date.value == row.date.value)
        };
        match from_line(line, year, blocks) {
            // "Formannskapet 13. oktober: arbeid med budsjett", under the table
            Some(row) if grid.is_some() && known(&row) => {}
            Some(row) => {
                // "FORMANNSKAPET<TAB>Tirsdag 16. januar", and under it "Tirsdag 20. februar"
                if line.raw.split_once('\t').is_some_and(|(name, _)| name == row.body.text) {
                    body = Some(Body { name: row.body.clone(), times: Times::default() });
                }
                found.push(row);
            }
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

/// Whether the title of a case on a line names a plan of meetings: `Sak 32/00 - Møteplan for 2001`.
#[must_use]
pub fn names_plan(line: &Line) -> bool {
    let text = line.text();
    let words = text.char_indices().filter(|(at, _)| !text[..*at].ends_with(char::is_alphanumeric));
    let is_plan = |at: usize| lexicon().titles_of(&text[at..]).any(|(_, word)| *word == TitleWord::MeetingPlan);
    words.into_iter().any(|(at, _)| is_plan(at))
}

/// A meeting whose last cell tells no place but a remark, where the table says so.
fn remarked(meeting: PlannedMeeting, is_remark: bool) -> PlannedMeeting {
    if is_remark { PlannedMeeting { note: meeting.place, place: None, ..meeting } } else { meeting }
}

type Year = Option<(i16, Span)>;

/// A month named by a head, and its place.
type Month = (u8, Span);

/// Whether a line names a month, and nothing else but a year.
#[must_use]
pub fn heads_month(line: &Line) -> bool {
    month_head(line).is_some()
}

/// The month of a line that names nothing else, but for a year: `JANUAR`, `Februar 2024`.
fn month_head(line: &Line) -> Option<Month> {
    let filled = line.cells.map_or(1, |c| c.iter().filter(|c| !c.text.trim().is_empty()).count());
    let text = line.text().trim_matches([' ', '\t', ':', '.']);
    let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
    let month = *lexicon().months.get(name.trim_end_matches([':', '.', ',']))?;
    let is_year = rest.is_empty() || rest.len() == 4 && date::find_year(rest).is_some();
    let at = line.text().find(name)?;
    (filled == 1 && is_year).then(|| (month, line.span_of(at, at + name.len())))
}

/// Whether the columns of a row are days of the week: `Uke | Mandag | Tirsdag | Onsdag`.
fn heads_week(line: &Line) -> bool {
    let is_day = |c: &&Cell| lexicon().weekdays.contains_key(c.text.trim().to_lowercase().as_str());
    let is_headed = |cells: &[Cell]| !cells[0].text.trim().is_empty() && cells.iter().filter(is_day).count() > 2;
    line.cells.is_some_and(is_headed)
}

/// The meetings in the cells of a week: `16. Formannskap kl. 09.00`, and under it `Administrasjonsutvalg kl. 13.00`; or with the
/// month, `18.1. Formannskapet`, and the times under it.
fn in_week(line: &Line, month: Option<Month>, year: Year, blocks: &[Block]) -> Vec<PlannedMeeting> {
    let mut found: Vec<PlannedMeeting> = Vec::new();
    for cell in line.cells.into_iter().flatten().skip(1) {
        let before = found.len();
        let mut start = cell.start;
        for text in cell.text.split(CELL_BREAK) {
            let piece = Cell { start, end: start + text.len(), text: text.to_owned(), ..cell.clone() };
            start = piece.end + CELL_BREAK.len();
            let Some(raw) = line.raw.get(piece.start - line.start..piece.end - line.start) else { continue };
            let own = line.piece(piece.start, raw);
            let on_day = month.and_then(|month| under_month(&own, month, year, blocks));
            if let Some(meeting) = on_day.or_else(|| from_line(&own, year, blocks)) {
                found.push(meeting);
                continue;
            }
            let Some(last) = found[before..].last_mut() else { continue };
            let (start, end) = times_in(line, &piece, blocks);
            if !text.contains(char::is_alphabetic) {
                (last.start, last.end) = (start, end);
            } else if let Some(body) = cell_text(line, piece.start, piece.start + named(text).len(), blocks) {
                let date = last.date.clone();
                found.push(PlannedMeeting { body, date, weekday: None, start, end, place: None, note: None });
            }
        }
    }
    found
}

/// The month in the first cell of a row, if any, and the other cells: `Mars | Tirsdag 8. | Formannskapet | kl. 10`, and under
/// it ` | Torsdag 17. | Kommunestyret | kl. 18`.
fn beside_month<'a>(line: &Line<'a>) -> Option<(Option<Month>, Line<'a>)> {
    let (first, others) = line.cells?.split_first().filter(|(_, others)| others.len() > 1)?;
    let text = first.text.trim().to_lowercase();
    let month = lexicon().months.get(text.as_str()).map(|month| {
        let start = first.start + first.text.len() - first.text.trim_start().len();
        (*month, Span { block: line.block, start, end: start + first.text.trim().len() })
    });
    let raw = line.raw.get(others[0].start.checked_sub(line.start)?..)?;
    let rest = Line { cells: Some(others), ..line.piece(others[0].start, raw) };
    (text.is_empty() || month.is_some()).then_some((month, rest))
}

/// A table of bodies by months.
struct Grid {
    block: u32,
    /// By column: the month that heads it, or the body.
    columns: Vec<Option<GridHead>>,
}

enum GridHead {
    Month(Month),
    Body(Box<Body>),
    /// When the body of the row meets.
    Time,
}

impl Grid {
    /// The grid whose head row this is: months in its columns, or, where the first column holds months, bodies.
    fn of(line: &Line, blocks: &[Block]) -> Option<Self> {
        let cells = line.cells.filter(|c| c.len() >= 2)?;
        let month =
            |text: &str| lexicon().months.get(text.trim().trim_end_matches('.').to_lowercase().as_str()).copied();
        let span = |c: &Cell| Span { block: line.block, start: c.start, end: c.end };
        let clock = |text: &str| {
            let head = text.trim().trim_end_matches(['.', ':']).to_lowercase();
            (lexicon().columns.get(head.as_str()) == Some(&ColumnHead::Time)).then_some(GridHead::Time)
        };
        let head = |c: &Cell| month(&c.text).map(|m| GridHead::Month((m, span(c)))).or_else(|| clock(&c.text));
        let months: Vec<Option<GridHead>> = cells.iter().map(head).collect();
        if months.iter().flatten().filter(|head| matches!(head, GridHead::Month(_))).count() >= 2 {
            return Some(Self { block: line.block, columns: months });
        }
        let first = cells[0].text.trim().to_lowercase();
        // "2000 | Formannskapet", over "januar | 11.01"
        let is_year = first.len() == 4 && date::find_year(&first).is_some();
        let heads_months = lexicon().tables.get("month").into_iter().flatten().any(|w| *w == first);
        let by_month = heads_months || first.is_empty() || is_year;
        let bodies: Vec<Option<GridHead>> = cells
            .iter()
            .enumerate()
            .map(|(i, c)| {
                // "Formannskapet (tirsdag kl. 10.00)"
                let end = c.start + named(&c.text).len();
                let name = cell_text(line, c.start, end, blocks).filter(|_| i > 0)?;
                let words = name.value.to_lowercase();
                // "Månad | Dag | Utval" heads columns of its own.
                let is_body = !lexicon().columns.contains_key(words.as_str())
                    && words.split(' ').any(|w| lexicon().is_body_word(w));
                is_body.then(|| GridHead::Body(Box::new(Body { name, times: times_in(line, c, blocks) })))
            })
            .collect();
        (by_month && bodies.iter().flatten().count() >= 1).then_some(Self { block: line.block, columns: bodies })
    }

    /// Whether the columns are months.
    fn by_months(&self) -> bool {
        self.columns.iter().flatten().any(|head| matches!(head, GridHead::Month(_)))
    }

    /// Keeps the times under the bodies, in a row that has nothing in its first cell: ` | kl. 17.00–21.00 | kl. 9.00`.
    fn take_times(&mut self, line: &Line, blocks: &[Block]) {
        let Some(cells) = line.cells.filter(|c| c[0].text.trim().is_empty()) else { return };
        for (cell, head) in cells.iter().zip(&mut self.columns) {
            if let Some(GridHead::Body(body)) = head
                && body.times.0.is_none()
            {
                body.times = times_in(line, cell, blocks);
            }
        }
    }

    /// The meetings of a row, in the order of its cells.
    fn row(&self, line: &Line, year: Year, blocks: &[Block]) -> Vec<PlannedMeeting> {
        let Some(cells) = line.cells else { return Vec::new() };
        let Some(label) = cells.first().and_then(|c| cell_text(line, c.start, c.end, blocks)) else {
            return Vec::new();
        };
        let timed = self.columns.iter().position(|head| matches!(head, Some(GridHead::Time)));
        // "Formannskapet (kl. 10.00) | 14. | 18.", "Formannskapet | onsdag kl. 10.00 | 14. | 18."
        let unheaded = || cells.iter().zip(&self.columns).filter(|(_, head)| head.is_none()).map(|(cell, _)| cell);
        let told = timed.map_or_else(|| unheaded().collect(), |at| cells.get(at).into_iter().collect::<Vec<_>>());
        let times = told.into_iter().map(|cell| times_in(line, cell, blocks)).find(|times| times.0.is_some());
        let times = times.unwrap_or_default();
        let weekday = unheaded().skip(1).find_map(|cell| {
            let word = cell.text.split_whitespace().next().filter(|word| is_weekday(&word.to_lowercase()))?;
            cell_text(line, cell.start, cell.start + word.len(), blocks)
        });
        let own_month = lexicon().months.get(label.value.trim_end_matches('.').to_lowercase().as_str()).copied();
        // "Formannskapet (tirsdager kl. 10.00)"
        let plain = named(&cells[0].text);
        let name =
            cell_text(line, cells[0].start, cells[0].start + plain.len(), blocks).unwrap_or_else(|| label.clone());
        let mut found = Vec::new();
        for (cell, head) in cells.iter().zip(&self.columns).skip(1) {
            let (month, body, (start, end)) = match (head, own_month) {
                (Some(GridHead::Month(month)), None) => (*month, &name, &times),
                (Some(GridHead::Body(body)), Some(month)) => match label.at.spans().first() {
                    Some(at) => ((month, *at), &body.name, if timed.is_some() { &times } else { &body.times }),
                    None => continue,
                },
                _ => continue,
            };
            for (from, to, day) in days(&cell.text) {
                let at = Span { block: line.block, start: cell.start + from, end: cell.start + to };
                let meeting = on_day(body.clone(), day, at, month, year, blocks);
                let timed =
                    |m| PlannedMeeting { weekday: weekday.clone(), start: start.clone(), end: end.clone(), ..m };
                found.extend(meeting.map(timed));
            }
        }
        found
    }
}

/// What a cell says of a body up to the weekday, the clock or a parenthesis.
fn named(text: &str) -> &str {
    let mut words = text.split_inclusive([' ', '\u{2028}']).scan(0, |at, word| {
        *at += word.len();
        Some((*at - word.len(), word.trim().to_lowercase()))
    });
    let tells = |word: &str| {
        let plain = word.trim_end_matches(['.', ',', ':']);
        word.starts_with(['(', '–', '-'])
            || lexicon().weekdays.keys().any(|day| plain.starts_with(day.as_str()))
            || lexicon().labels.get(plain) == Some(&Field::Time)
    };
    let end = words.find(|(at, word)| *at > 0 && tells(word)).map_or(text.len(), |(at, _)| at);
    text[..end].trim_end_matches(|c: char| c.is_whitespace() || c == ',')
}

/// When a meeting begins and ends.
type Times = (Option<Sourced<String>>, Option<Sourced<String>>);

/// The first time in a cell, and the second.
fn times_in(line: &Line, cell: &Cell, blocks: &[Block]) -> Times {
    let folded = super::line::Folded::new(&cell.text);
    let mut times = time::find(&folded.text).into_iter().map(|t| {
        let (from, to) = folded.source(t.start, t.end);
        let at = Span { block: line.block, start: cell.start + from, end: cell.start + to };
        Sourced::new(t.iso(), vec![at], blocks)
    });
    (times.next(), times.next())
}

/// A body that heads the days on which it meets: `Formannskapet (tirsdager kl. 10.00)`.
#[derive(Clone)]
struct Body {
    name: Sourced<String>,
    times: Times,
}

impl Body {
    fn of(line: &Line, blocks: &[Block]) -> Option<Self> {
        let text = line.text();
        let name = text.split(['(', ':']).next().unwrap_or_default();
        let name = name.split(" - ").next().unwrap_or_default();
        // "Formannskapet, kl. 10", but "Utvalg for næring, miljø og teknikk"
        let number = name.find(|c: char| c.is_ascii_digit());
        let comma = number.and_then(|number| name[..number].rfind(','));
        let name = name[..comma.unwrap_or(name.len())].trim_end();
        let opens = name.len() < text.len() && lexicon().is_body_word(name.split(' ').next().unwrap_or_default());
        let heads = (line.stands_out() || opens) && line.cells.is_none() && date::find(text).is_empty();
        let is_body = name.split(' ').count() <= HEAD_WORDS && name.split(' ').any(|w| lexicon().is_body_word(w));
        if !heads || !is_body {
            return None;
        }
        let span = line.span_of(0, name.len());
        let printed = spaces_folded(&line.raw[span.start - line.start..span.end - line.start]);
        let times = time::find(text);
        let get = |t: &time::Time| Sourced::new(t.iso(), vec![line.span_of(t.start, t.end)], blocks);
        Some(Self {
            name: Sourced::new(ordinary_case(&printed), vec![span], blocks),
            times: (times.first().map(get), times.get(1).map(get)),
        })
    }

    /// Its meeting on the day that a line gives, and nothing else but times and a remark in parentheses.
    fn on(&self, line: &Line, year: Year, blocks: &[Block]) -> Option<PlannedMeeting> {
        let text = line.text();
        let m = date::find(text).into_iter().next()?;
        let from = m.weekday.map_or(m.start, |w| w.1.min(m.start));
        let after = &text[m.end..];
        let remark = after.find(" (").filter(|_| after.ends_with(')'));
        let after = &after[..remark.unwrap_or(after.len())];
        // "Fredag 14. oktober | kl. 10.00 | Rådhuset"
        let last = line.cells.filter(|cells| cells.len() > 1).and_then(<[Cell]>::last);
        let last = last.filter(|c| time::find(&c.text).is_empty() && c.text.contains(char::is_alphabetic));
        let place = last.and_then(|c| cell_text(line, c.start, c.end, blocks));
        let after = if place.is_some() { after.rsplit_once('\t').map_or(after, |(after, _)| after) } else { after };
        let times = time::find(after);
        let rest = times.get(1).or(times.first()).map_or(after, |t| &after[t.end..]);
        let between = times.first().zip(times.get(1)).map_or("", |(start, end)| &after[start.end..end.start]);
        if [&text[..from], between, rest].into_iter().any(|t| t.contains(char::is_alphabetic)) {
            return None;
        }
        let get = |t: &time::Time| Sourced::new(t.iso(), vec![line.span_of(m.end + t.start, m.end + t.end)], blocks);
        Some(PlannedMeeting {
            body: self.name.clone(),
            date: dated(line, &m, year, 0, blocks)?,
            weekday: m.weekday.map(|(_, s, e)| weekday(line, s, e, blocks)),
            start: times.first().map(get).or_else(|| self.times.0.clone()),
            end: times.get(1).map(get).or_else(|| self.times.1.clone().filter(|_| times.is_empty())),
            place,
            note: None,
        })
    }
}

/// The name of a body that heads days has so many words at most.
const HEAD_WORDS: usize = 6;

/// The days in a cell, with their places: `7. og 28.`, `5, 19*`, `11.01`. Numbers after a slash or in a parenthesis are notes.
fn days(text: &str) -> Vec<(usize, usize, i8)> {
    let text = text.split(['(', '/']).next().unwrap_or_default();
    let is_month =
        |from: usize| text[..from].strip_suffix('.').is_some_and(|day| day.ends_with(|c: char| c.is_ascii_digit()));
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.extend(text[from..at].parse().ok().filter(|_| !is_month(from)).map(|day: i8| (from, at, day)));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// A meeting on a day of a month named by a head; the pieces of its date are the day, the month and the year.
fn on_day(
    body: Sourced<String>,
    day: i8,
    at: Span,
    month: Month,
    year: Year,
    blocks: &[Block],
) -> Option<PlannedMeeting> {
    let (year, year_at) = year?;
    let date = jiff::civil::Date::new(year, i8::try_from(month.0).ok()?, day).ok()?;
    let date = Sourced::new(date.to_string(), vec![at, month.1, year_at], blocks);
    Some(PlannedMeeting { body, date, weekday: None, start: None, end: None, place: None, note: None })
}

/// "22     Formannskap" under the head of a month, with a weekday before or after the day, times and a note.
fn under_month(line: &Line, month: Month, year: Year, blocks: &[Block]) -> Option<PlannedMeeting> {
    let text = line.text();
    let mut pieces = text.split(|c: char| c.is_whitespace() || c == ',').filter(|p| !p.is_empty());
    let offset = |piece: &str| piece.as_ptr().addr() - text.as_ptr().addr();
    let is_clock = |word: &str| lexicon().labels.get(word) == Some(&Field::Time);
    // "on 16. | 18.00-20.30 | Menighetsrådet"
    let is_times = |piece: &str| piece.trim_end_matches('.').contains(['.', ':']) && !time::find(piece).is_empty();
    let is_day = |word: &str| matches!(word.len(), 1..=2) && word.bytes().all(|b| b.is_ascii_digit());
    let mut day = None;
    let mut weekday_at = None;
    // "19. kl. 14.00 Ungdomsrådet"
    let mut clock: Option<(usize, usize)> = None;
    let body_at = loop {
        let piece = pieces.next()?;
        // "19. (tysdag): Formannskapet"
        let word = piece.trim_start_matches('(').trim_end_matches(['.', ':', '*', ')']);
        // "17.1."
        let word = word.split_once(['.', '/']).filter(|(_, of)| of.parse() == Ok(month.0)).map_or(word, |(day, _)| day);
        // "3 | onsdag 18.": the number before the weekday is that of the week.
        let follows_weekday = weekday_at.is_some_and(|(_, end)| text[end..offset(piece)].trim().is_empty());
        if is_day(word) && (day.is_none() || follows_weekday && piece.ends_with('.')) {
            day = Some((word.parse().ok()?, offset(piece), offset(piece) + word.len()));
        } else if (is_weekday(word) || day.is_none() && opens_weekday(word)) && weekday_at.is_none() {
            weekday_at = Some((offset(piece), offset(piece) + word.len()));
        } else if day.is_some()
            && (is_clock(word)
                || (clock.is_some() || is_times(piece)) && piece.starts_with(|c: char| c.is_ascii_digit()))
        {
            clock = Some((clock.map_or(offset(piece), |(from, _)| from), offset(piece) + piece.len()));
        } else if day.is_none() || !lexicon().months.contains_key(word) {
            break offset(piece);
        } else if lexicon().months.get(word) != Some(&month.0) {
            // "17. mai: ingen møter", in the rows of another month
            return None;
        }
    };
    let (day, from, to) = day?;
    let rest = text[body_at..].split(['(', '\t']).next().unwrap_or_default();
    let body_end = rest.find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |at| rest[..at].rfind(' ').unwrap_or(0));
    let words = without_note(rest[..body_end].trim_end_matches([' ', ',', '-', ':']));
    // "17. mai og Kristi himmelfartsdag: ingen møte"
    let goes_on = words.split(' ').next().is_some_and(|word| lexicon().is_particle("conjunctions", word));
    if words.is_empty() || goes_on || words.split(' ').count() > 8 || !words.starts_with(char::is_alphabetic) {
        return None;
    }
    let body = line.span_of(body_at, body_at + words.len());
    let value = ordinary_case(&spaces_folded(&line.raw[body.start - line.start..body.end - line.start]));
    let mut meeting =
        on_day(Sourced::new(value, vec![body], blocks), day, line.span_of(from, to), month, year, blocks)?;
    let after = body_at + words.len();
    let (from, to) = clock.unwrap_or((after, text.len()));
    let times = time::find(&text[from..to]);
    let get = |t: &time::Time| Sourced::new(t.iso(), vec![line.span_of(from + t.start, from + t.end)], blocks);
    meeting.weekday = weekday_at.map(|(s, e)| weekday(line, s, e, blocks));
    meeting.start = times.first().map(get);
    // "15.00 | Opplæring frå kl. 13.00"
    let is_later = |end: &&time::Time| times[0].minutes() < end.minutes();
    meeting.end = times.get(1).filter(is_later).map(get);
    // "tir. 16. | Kontrollutvalget | kl. 09.00 | Formannskapssalen"
    let last = line.cells.and_then(<[Cell]>::last).filter(|cell| cell.text.starts_with(char::is_alphabetic));
    let last = last.and_then(|cell| cell_text(line, cell.start, cell.end, blocks));
    let is_place = |place: &Sourced<String>| time::find(&place.value.to_lowercase()).is_empty();
    let last = last.filter(is_place);
    meeting.place = last.filter(|place| !times.is_empty() && place.at.spans()[0].start > line.start + after);
    Some(meeting)
}

/// The body without what a dash or the clock says of its meeting: `Styret - budsjett og gebyr`, `Valnemnda, kl.`
fn without_note(words: &str) -> &str {
    let is_body = |words: &str| words.split(' ').any(|w| lexicon().is_body_word(w));
    let words = words.split_once(" - ").filter(|(body, _)| is_body(body)).map_or(words, |(body, _)| body);
    let is_clock = |last: &str| lexicon().labels.get(last.trim_end_matches('.')) == Some(&Field::Time);
    words.rsplit_once(' ').filter(|(_, last)| is_clock(last)).map_or(words, |(body, _)| body.trim_end_matches(','))
}

/// Whether a word is a weekday or its first letters: `tirsdag`, `tir`.
fn is_weekday(word: &str) -> bool {
    lexicon().weekdays.keys().any(|day| day == word || word.len() >= 3 && day.starts_with(word))
}

/// Whether two letters begin a weekday: `on`, `to`.
fn opens_weekday(word: &str) -> bool {
    word.chars().count() == 2 && lexicon().weekdays.keys().any(|day| day.starts_with(word))
}

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
    // "25.01.  Formannskapet  kl. 12"
    let behind =
        text[m.end..].trim_start_matches(|c: char| !c.is_alphabetic()).split(['\t', '(']).next().unwrap_or_default();
    let behind =
        behind.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim_end_matches([' ', ',', '-', ':']);
    let names_body = |words: &str| words.split(' ').any(|w| lexicon().is_body_word(w));
    let first = body.is_empty() && names_body(behind);
    let body = without_note(if first { behind } else { body });
    // "Vedtatt av kommunestyret 17.12.2019", "Vinterferie uke 8, påske 6. april"
    let is_sentence = body.contains(". ") || body.contains(',') && body.contains(|c: char| c.is_ascii_digit());
    let decided = body.split(' ').any(|w| lexicon().is_particle("decided", w));
    // "Lund, 3. desember 2012" tells when the plan was written.
    let is_written = m.weekday.is_none() && m.end == text.len() && text[..start].trim_end().ends_with(',');
    if body.is_empty()
        || is_written && !names_body(body)
        || !body.chars().any(char::is_alphabetic)
        || body.split(' ').count() > 8
        || is_sentence
        || decided
        // "17. mai og Kristi himmelfartsdag: ingen møter"
        || body.split(' ').next().is_some_and(|w| lexicon().is_particle("conjunctions", w))
    {
        return None;
    }
    let from = body.as_ptr().addr() - text.as_ptr().addr();
    let body_end = from + body.len();
    let (s, e) = line.folded.source(from, body_end);
    let value = spaces_folded(&line.raw[s..e]);
    let body = Sourced::new(ordinary_case(&value), vec![line.raw_span(s, e)], blocks);
    let rest_at = if first { body_end } else { m.end };
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

/// A row of a table with heads for its columns; `named` is the body over the table, or that of a plan that is its own.
fn from_row(
    line: &Line,
    heads: &[Option<ColumnHead>],
    named: Option<Body>,
    (year, month): (Year, Option<Month>),
    blocks: &[Block],
) -> Option<PlannedMeeting> {
    let cells = line.cells?;
    let raw = |head: ColumnHead| {
        let at = heads.iter().position(|h| *h == Some(head))?;
        let cell = cells.get(at)?;
        cell_text(line, cell.start, cell.end, blocks)
    };
    let of_month = || Some((month?, raw(ColumnHead::Weekday)?));
    if let Some((month, cell)) = of_month().filter(|_| !heads.contains(&Some(ColumnHead::Date))) {
        let (from, to, day) = days(&cell.text).into_iter().next()?;
        let base = cell.at.spans().first()?;
        let span = Span { block: base.block, start: base.start + from, end: base.start + to };
        let meeting = on_day(raw(ColumnHead::Body)?, day, span, month, year, blocks)?;
        let at = heads.iter().position(|h| *h == Some(ColumnHead::Time));
        let (start, end) = at.and_then(|at| cells.get(at)).map_or((None, None), |cell| times_in(line, cell, blocks));
        return Some(PlannedMeeting { start, end, place: raw(ColumnHead::Place), ..meeting });
    }
    // "Utvalg | Dag | Kl.", and under them "Formannskapet | onsdag 12. september | 19.30"
    let cell = raw(ColumnHead::Date).or_else(|| raw(ColumnHead::Weekday))?;
    let folded = super::line::Folded::new(&cell.text);
    let m = date::find(&folded.text).into_iter().next()?;
    let base = cell.at.spans().first()?;
    let at = |f: &super::line::Folded, s: usize, e: usize, base: &Span| {
        let (from, to) = f.source(s, e);
        Span { block: base.block, start: base.start + from, end: base.start + to }
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
    let (name, usual) = named.map(|b| (b.name, b.times)).unzip();
    let (start, end) = usual.unwrap_or_default();
    Some(PlannedMeeting {
        body: raw(ColumnHead::Body).or(name)?,
        date,
        weekday: raw(ColumnHead::Weekday).filter(|day| day.text != cell.text).or_else(|| {
            let (_, s, e) = m.weekday?;
            let span = at(&folded, s, e, base);
            Some(Sourced::new(cell.text[span.start - base.start..span.end - base.start].to_owned(), vec![span], blocks))
        }),
        start: get_time(0).or(start),
        end: get_time(1).or(end.filter(|_| get_time(0).is_none())),
        place: raw(ColumnHead::Place),
        note: None,
    })
}

/// Whether some lines read as a meeting plan: at least three of them, and half of all, name a body and a date, or a table has
/// the months of a year for its columns and bodies for its rows.
#[must_use]
pub fn is_plan(lines: &[Line]) -> bool {
    let is_grid = |line: &Line| {
        let months = line
            .cells
            .into_iter()
            .flatten()
            .filter(|c| lexicon().months.contains_key(c.text.trim().trim_end_matches('.').to_lowercase().as_str()));
        months.count() >= MONTHS_OF_YEAR
    };
    let names_body = |line: &Line| line.text().split([' ', '\t']).any(|w| lexicon().is_body_word(w));
    if let Some(head) = lines.iter().position(is_grid) {
        let rows: Vec<&Line> = lines[head + 1..].iter().take_while(|l| l.block == lines[head].block).collect();
        return rows.iter().filter(|row| names_body(row)).count() * 2 > rows.len();
    }
    let rows = lines.iter().filter(|l| names_body_and_date(l)).count();
    rows >= 3 && rows * 2 >= lines.len()
}

/// A plan of a year has so many months at least.
const MONTHS_OF_YEAR: usize = 6;

fn names_body_and_date(line: &Line) -> bool {
    let text = line.text();
    let (from, to) = short(text, 0, text.len());
    to > from
        && text.len() < 120
        && date::find(text).first().is_some_and(|m| m.year.is_none() || m.weekday.is_some())
        && text.split([' ', ':', '\t']).any(|w| lexicon().is_body_word(w))
}
