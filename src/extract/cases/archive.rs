//! Where the archive keeps a case: the number of its folder, beside a label or alone in a cell of its head.

use std::ops::Range;

use crate::document::{Block, CELL_BREAK, Span};
use crate::lang::{ColumnHead, Field, lexicon};
use crate::model::{CaseType, Sourced};

use super::super::attendance::cell_text;
use super::super::cue;
use super::super::field::{Found, fields};
use super::super::line::Line;
use super::{Context, Head, case_type};

/// The number stands so many lines before the case's own or after its title.
const LINES: usize = 3;

/// A label of the number has so many words at most: `sak i arkiv`.
const LABEL_WORDS: usize = 4;

/// A folder was opened so many years before its case was treated.
const YEARS: i16 = 40;

/// A number without label or slash has so many digits: `200601877`.
const RUN_OF_DIGITS: usize = 6;

/// A year and a number in it, written together, have so many digits.
const YEAR_AND_NUMBER: usize = 9;

/// Adds to the heads the lines over them that tell who prepares the case and where the archive keeps it, where they stand over the
/// first head too, or over the second where the first only approves minutes: else they end the case before.
pub(super) fn boxes_above(lines: &[Line], range: Range<usize>, heads: &mut [Head]) {
    let names_folder =
        |l: &Line| cue::names_archive(l.text()) || fields(l).iter().any(|f| f.field == Field::ArchiveReference);
    let approves = |head: &Head| {
        let title = lines[head.line].text().get(head.cue.title..).unwrap_or_default();
        case_type(title, None) == CaseType::Approval
    };
    let mut from = range.start;
    for head in heads.iter_mut().filter(|h| !h.listed) {
        let start = head.start();
        let run = lines[from.min(start)..start].iter().rev().take_while(|l| is_of_folder(l)).count();
        let is_box = lines[start - run..start].iter().any(names_folder);
        if from == range.start && !is_box {
            if !approves(head) {
                return;
            }
            continue;
        }
        // Right under the head before, they are of its case.
        if is_box && (start - run > from || from == range.start) {
            head.above += run;
        }
        from = head.end(lines);
    }
}

/// Whether a line tells nothing but who prepares a case and where the archive keeps it.
pub(super) fn is_of_folder(line: &Line) -> bool {
    let of_folder = |f: &Found| matches!(f.field, Field::CaseOfficer | Field::ArchiveReference | Field::Classification);
    cue::names_archive(line.text()) || !fields(line).is_empty() && fields(line).iter().all(of_folder)
}

impl Context<'_, '_> {
    /// The archive's number of a case with its head in the lines `head` and its text before `end`: in the head, over it in the
    /// same block, or after it before the first section.
    pub(super) fn archived(&self, head: Range<usize>, end: usize, year: Option<i16>) -> Option<Sourced<String>> {
        let lines = self.lines;
        let year = year.or(self.year);
        let block = lines[head.start].block;
        let over = || lines[..head.start].iter().rev().take(LINES + 1).take_while(|l| l.block == block);
        let is_box = over().count() <= LINES && !over().any(|l| cue::case_head(l).is_some());
        let goes_on = |l: &&Line| !fields(l).first().is_some_and(|f| f.field.is_section());
        let under = lines[head.end..end.max(head.end)].iter().take(LINES).take_while(goes_on);
        let own = || lines[head.clone()].iter();
        if let Some(number) = own().find_map(|row| self.in_column(row)) {
            return Some(number);
        }
        let told = own().chain(over().filter(|_| is_box)).find_map(|l| Some((l, labelled(l.text(), year)?)));
        let (line, at) = told
            .or_else(|| own().find_map(|l| Some((l, alone(l.text(), year)?))))
            .or_else(|| under.clone().find_map(|l| Some((l, labelled(l.text(), year)?))))
            .or_else(|| under.clone().find_map(|l| Some((l, whole(l.text(), year)?))))?;
        let number = line.printed(at.start, at.end);
        Some(Sourced::new(number, vec![line.span_of(at.start, at.end)], self.blocks))
    }

    /// The number in the column of a row that the head of its table names.
    fn in_column(&self, row: &Line) -> Option<Sourced<String>> {
        let cells = row.cells?;
        let heads = self.columns_over(row)?;
        let cell = cells.get(heads.iter().position(|h| *h == Some(ColumnHead::Archive))?)?;
        let number = folder_number(cell_text(row, cell.start, cell.end, self.blocks)?, self.blocks);
        // "FE-033", "GBNR-21/66" are codes of the archive's plan.
        number.filter(|n| is_long(&n.value) && n.value.starts_with(|c: char| c.is_ascii_digit()))
    }
}

/// The archive's number over the only case of a document, before its first section.
pub fn folder_over(lines: &[Line], year: Option<i16>, blocks: &[Block]) -> Option<Sourced<String>> {
    // "Saksframlegg<TAB>Arkivsak: 11/148"
    let is_head = |l: &&Line| cue::title(l).is_some() || !fields(l).first().is_some_and(|f| f.field.is_section());
    let (line, at) = lines.iter().take_while(is_head).find_map(|l| Some((l, labelled(l.text(), year)?)))?;
    Some(Sourced::new(line.printed(at.start, at.end), vec![line.span_of(at.start, at.end)], blocks))
}

/// The number in a value that a field or a column tells, without what stands beside it: `98/00733 L12`. Without such a number, a
/// value that is one word with a digit.
pub fn folder_number(value: Sourced<String>, blocks: &[Block]) -> Option<Sourced<String>> {
    let &[at] = value.at.spans() else { return Some(value) };
    let text = &blocks[at.block as usize].text[at.start..at.end];
    let is_code = |text: &str| !text.contains(char::is_whitespace) && text.contains(|c: char| c.is_ascii_digit());
    let number = numbers(text).find(|n| is_long(&text[n.clone()]));
    let Some(number) = number else { return Some(value).filter(|v| is_code(&v.value)) };
    let span = Span { start: at.start + number.start, end: at.start + number.end, ..at };
    Some(Sourced::new(text[number].to_owned(), vec![span], blocks))
}

/// Whether a number is that of a folder and no code of the archive's plan: `03/11`, `200601877`.
fn is_long(number: &str) -> bool {
    number.contains('/') || number.len() >= RUN_OF_DIGITS
}

/// The number after its label, in the text of a line: `Arkivsaksnr.: 03/00011`, `Arkiv: 98/00021 033`.
fn labelled(text: &str, year: Option<i16>) -> Option<Range<usize>> {
    numbers(text).find(|at| {
        let number = &text[at.clone()];
        let before = text[..at.start].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.'));
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '(' | '|');
        let starts = before.rmatch_indices(ends).map(|(at, end)| at + end.len()).chain([0]).take(LABEL_WORDS);
        starts.into_iter().any(|from| match lexicon().labels.get(&before[from..]) {
            Some(Field::ArchiveReference) => is_long(number),
            Some(Field::Classification) => opened(number, year),
            // "Saksnr. 2018/77-12": a document of a folder
            Some(Field::CaseNumber) => opened(number, year) && (cue::is_archive_number(number) || number.contains('-')),
            _ => false,
        })
    })
}

/// The number that fills a cell or a piece between TABs, or stands in parentheses after the title.
fn alone(text: &str, year: Option<i16>) -> Option<Range<usize>> {
    numbers(text).find(|at| {
        let ends = |c: char| c == '\t' || CELL_BREAK.contains(c);
        let before = text[..at.start].trim_end_matches(' ');
        let after = text[at.end..].trim_start_matches(' ');
        let fills = before.ends_with(ends) && (after.is_empty() || after.starts_with(ends));
        let encloses = before.ends_with('(') && after == ")";
        (fills || encloses) && opened(&text[at.clone()], year)
    })
}

/// The number that fills a line: `200100871`.
fn whole(text: &str, year: Option<i16>) -> Option<Range<usize>> {
    numbers(text).find(|at| *at == (0..text.len()) && opened(text, year))
}

/// Whether a number gives the year a folder was opened, not later than that of its case, and its number in that year.
fn opened(number: &str, year: Option<i16>) -> bool {
    let Some(year) = year else { return false };
    let is_run = number.len() >= YEAR_AND_NUMBER && number.bytes().all(|b| b.is_ascii_digit());
    let Some((first, second)) = number.split_once('/').or_else(|| is_run.then(|| number.split_at(4))) else {
        return false;
    };
    let sequence = second.split('-').next().unwrap_or_default();
    let is_of_year = |digits: &str| match digits.len() {
        2 => digits.parse().is_ok_and(|two: i16| (year - two).rem_euclid(100) <= YEARS),
        4 => digits.parse().is_ok_and(|four: i16| (0..=YEARS).contains(&(year - four))),
        _ => false,
    };
    // "12/16" in 2016 is the number of a case, "1992/93" a year of school.
    let next = first.parse().map(|year: i16| year + 1);
    let years = [Ok(year), Ok(year.rem_euclid(100)), next.map(|year| year.rem_euclid(100))];
    let is_other = years.contains(&sequence.parse()) && first != sequence;
    is_of_year(first) && !is_other
}

/// The numbers of a text: digits, also with a slash and the number of a document.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-');
    let starts = text.char_indices().filter(move |(at, c)| c.is_ascii_digit() && !text[..*at].ends_with(joins));
    starts.filter_map(move |(at, _)| {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-');
        let number = text[at..].split(|c| !is_part(c)).next()?.trim_end_matches(['/', '-']);
        let end = at + number.len();
        let ends = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '/');
        (ends && number.matches('/').count() < 2).then_some(at..end)
    })
}
