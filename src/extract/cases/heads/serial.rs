//! Heads whose form no pattern knows, told by their numbers: the same words before them, one after the other through the
//! document: `Skst. 31/71  Klassetall`, `Skst. 32/71  Fritt skolemateriell`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::lang::{Field, lexicon};

use super::super::super::cue::CaseHead;
use super::super::super::line::{Folded, Line};
use super::super::super::values::number::Printed;
use super::points::decides;
use super::{Head, LONGEST_TITLE, is_furniture};

/// So many numbers that run on are a series of cases.
const LEAST_SERIAL: usize = 3;

/// The words before a number have so many bytes at most.
const LONGEST_PREFIX: usize = 20;

/// What the numbers of a series have in common: the words before them, the sign before the year, and the year.
type Form = (String, String, Option<u32>);

/// The longest series of numbers that run on, where they stand out or something is decided under half of them.
pub(super) fn serial_heads(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let mut series: BTreeMap<Form, Vec<Head>> = BTreeMap::new();
    for i in range.clone() {
        let line = &lines[i];
        if is_furniture(line) || line.continues && !line.first || line.raw.len() > LONGEST_TITLE {
            continue;
        }
        if let Some((form, cue)) = read(line) {
            series.entry(form).or_default().push(Head::new(i, cue, line.cells.is_some()));
        }
    }
    let heads_cases = |found: &Vec<Head>| {
        let ends = found.iter().skip(1).map(|h| h.line).chain([range.end]);
        let is_case = |(h, end): &(&Head, usize)| lines[h.line].stands_out() || decides(&lines[h.line + 1..*end]);
        runs_on(found) && found.iter().zip(ends).filter(is_case).count() * 2 >= found.len()
    };
    series.into_values().filter(heads_cases).max_by_key(Vec::len).unwrap_or_default()
}

/// Whether each number follows on the one before, or has come before.
fn runs_on(found: &[Head]) -> bool {
    let mut seen = BTreeSet::new();
    let follows = |h: &Head| {
        let number = h.cue.number.first;
        let before = number.checked_sub(1);
        let fits = seen.is_empty() || seen.contains(&number) || before.is_some_and(|before| seen.contains(&before));
        seen.insert(number);
        fits && before.is_some()
    };
    found.iter().all(follows) && seen.len() >= LEAST_SERIAL
}

/// The form of a line that begins with some words or a sign and a number, typed or automatic, and what it says as the head of a
/// case.
fn read(line: &Line) -> Option<(Form, CaseHead)> {
    let automatic = || {
        let label = Folded::text_of(line.label.filter(|_| line.first)?);
        let (form, head) = number_in(&label)?;
        let number = Printed { start: 0, end: 0, series: None, ..head.number };
        (head.title == label.len()).then_some((form, CaseHead { number, title: 0 }))
    };
    if let Some(found) = automatic() {
        return Some(found);
    }
    let text = line.text();
    let (form, head) = number_in(text)?;
    let (from, _) = line.folded.source(head.title, text.len());
    let is_sentence = line.raw.get(from..).is_some_and(|rest| rest.starts_with(char::is_lowercase));
    (!is_sentence || line.stands_out()).then_some((form, head))
}

/// The same of a text. A number without a year stands after the sign, the word for *case* or the word for *number*.
fn number_in(text: &str) -> Option<(Form, CaseHead)> {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let start = text.find(|c: char| c.is_ascii_digit()).filter(|at| (1..LONGEST_PREFIX).contains(at))?;
    let prefix = text[..start].trim_end();
    let letters = prefix.trim_end_matches(['.', ':', '-', '#', ' ']);
    let is_of = |words: &[String]| words.iter().any(|w| w.trim_end_matches('.') == letters);
    let is_case = is_of(&lexicon().case_words) || is_of(&lexicon().number_words) || prefix == "#";
    let is_other = |word: &str| {
        let lexicon = lexicon();
        lexicon.labels.get(word).is_some_and(|f| *f != Field::CaseNumber)
            || lexicon.months.contains_key(word)
            || lexicon.weekdays.contains_key(word)
            || lexicon.is_particle("page", word)
    };
    let names_other = || letters.split(' ').count() > 2 || letters.split(' ').chain([letters]).any(is_other);
    if !is_case && (letters.is_empty() || names_other()) {
        return None;
    }
    let first = &text[start..start + digits(&text[start..])];
    let behind = &text[start + first.len()..];
    let sign: String = behind.chars().take_while(|c| matches!(c, '/' | '-' | '.' | ':' | ' ')).collect();
    let second = &behind[sign.len()..][..digits(&behind[sign.len()..])];
    // Only what follows a single sign, or one between two spaces, is a year.
    let year = Some(second).filter(|b| matches!(b.len(), 2 | 4) && matches!(sign.trim(), "/" | "-" | "." | ":"));
    let (end, sign) = match year {
        Some(year) => (start + first.len() + sign.len() + year.len(), sign.trim()),
        None if is_case => (start + first.len(), ""),
        None => return None,
    };
    let number = Printed {
        start: 0,
        end,
        case_word: is_case,
        series: Some((0, letters.len())).filter(|_| !is_case),
        second: year.and_then(|year| year.parse().ok()),
        second_width: year.map_or(0, str::len),
        ..Printed::running(first)?
    };
    let rest = &text[end..];
    if first.len() > 4 || rest.starts_with(|c: char| c.is_alphanumeric() || c == '/') {
        return None;
    }
    let title = text.len() - rest.trim_start_matches([' ', '\t', ':', '-', '.', ')', '·', '|']).len();
    Some(((prefix.to_owned(), sign.to_owned(), number.second), CaseHead { number, title }))
}
