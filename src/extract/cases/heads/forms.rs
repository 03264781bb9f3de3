//! Rarer forms of heads: the number after the title, with a dash before its year, in the route of the paper.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::lang::{Field, lexicon};

use super::super::super::cue::{self, CaseHead};
use super::super::super::field::{Found, column_fields, fields};
use super::super::super::line::Line;
use super::super::super::segment::names_organisation;
use super::super::super::values::date;
use super::super::super::values::number::{self, Printed};
use super::tables::number_in;
use super::{Head, LONGEST_TITLE, is_alone};

/// Heads with a number and a year, a hyphen between them, that run on: `22-18<TAB>Referat`, `27 – 2014 Referat`, or in the first
/// cells of a table `2022-11 | Referat`.
pub(super) fn dashed_heads(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let head = |at: usize| {
        let line = lines.get(at).filter(|l| l.cells.is_none_or(|c| c.len() > 1))?;
        let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (first, rest) = line.text().split_at(digits(line.text()));
        let rest = rest.strip_prefix('-').or_else(|| rest.strip_prefix(" - ")).filter(|_| !first.is_empty())?;
        let is_spaced = rest.len() + first.len() + 3 == line.text().len();
        let (second, rest) = rest.split_at(digits(rest));
        let end = line.text().len() - rest.len();
        let title = rest.trim_start_matches(['.', ':']);
        let is_apart = title.starts_with('\t');
        // "1-22<TAB>Pålegg" may be pages.
        let is_long = first.len() > 1 || second.len() == 4;
        let is_row = line.cells.is_some();
        let is_clear = is_apart && is_long || is_spaced && second.len() == 4;
        if !is_apart && (is_row || !title.starts_with(' ')) || !is_row && !line.stands_out() && !is_clear {
            return None;
        }
        let is_year = |digits: &str| digits.len() == 4 || digits.len() == 2 && is_apart && !is_row;
        if !is_year(second) && !(first.len() == 4 && is_row) {
            return None;
        }
        let (printed, other) = (Printed::running(first)?, Printed::running(second)?);
        let number = Printed { end, second: Some(other.first), second_width: other.first_width, ..printed };
        let title = line.text().len() - title.len() + 1;
        Some(Head::new(at, CaseHead { title, number }, is_row))
    };
    let found: Vec<Head> = range.filter_map(head).collect();
    let runs_on = |pair: &[Head]| {
        let (before, after) = (&pair[0].cue.number, &pair[1].cue.number);
        before.second == after.second && before.first + 1 == after.first
            || before.first == after.first && before.second.map(|n| n + 1) == after.second
    };
    if found.windows(2).all(runs_on) { found } else { Vec::new() }
}

/// The head of a case whose number stands after its title, in parentheses or set apart: `Konstituering (sak 1/15)`.
#[must_use]
pub fn numbered_after_title(lines: &[Line], at: usize) -> Option<Head> {
    let line = lines.get(at).filter(|l| l.cells.is_none() && l.raw.len() < LONGEST_TITLE)?;
    let text = line.text();
    if let Some(number) = number_in_parentheses(line) {
        // "REFERATSAKER", and under it "(Sak 38/74)"
        let above = at.checked_sub(1).map(|above| (above, &lines[above]));
        let (above, title) =
            above.filter(|(_, l)| l.cells.is_none() && fields(l).is_empty() && !l.raw.ends_with('.'))?;
        let of_block = lines[..above].iter().rev().take_while(|l| l.block == title.block && title.continues).count();
        let title_at = Some(above - of_block);
        return Some(Head { title_at, ..Head::new(at, CaseHead { number, title: text.len() }, false) });
    }
    let inside = text.trim_end_matches('.').strip_suffix(')').map(|text| text.trim_end_matches('.'));
    let inside = inside.and_then(|text| Some((text, text.rfind('(')? + 1)));
    // "FORMANNSKAPET 13.05.98, SAK 47/98"
    let comma = || Some((text, text.rfind(", ")? + 2)).filter(|(_, at)| heads_treatment(&text[..at - 2]));
    let apart = || {
        let gap = text.rfind('\t').map(|tab| (tab, 1)).or_else(|| Some((text.rfind("  ")?, 2)));
        gap.filter(|(at, _)| *at > 0).map(|(at, width)| (text, at + width))
    };
    let dashed = || {
        let after = text.rfind(" - ")? + 3;
        Some((text, text.len() - text[after..].trim_start().len()))
    };
    // "Referatsaker. S-sak 32/83"
    let sentence = || Some((text, text.rfind(". ")? + 2));
    let (text, open) = inside.or_else(apart).or_else(dashed).or_else(sentence).or_else(comma)?;
    // "S A K   41/83" has no title.
    let words = text[..open].trim_end();
    if lexicon().case_words.iter().any(|w| w == words) {
        return None;
    }
    let words = words.trim_end_matches([',', ' ', '-']);
    let source = |s: usize, e: usize| line.printed(open + s, open + e);
    let in_parentheses = text[..open].ends_with('(');
    // "Møteboka (sak nr. 112)"
    // "Offerliste for andre halvår   Sak 10/16", "Tilskot frå viltfondet – sak 14/03"
    let of_body = heads_treatment(words);
    let is_apart = text[..open].ends_with('\t')
        || text[..open].ends_with("  ")
        || text[..open].trim_end().ends_with(" -")
        || of_body && text[..open].ends_with(", ");
    let told = |p: &Printed| {
        is_apart && p.case_word && p.second.is_some()
            || in_parentheses
                && open > 1
                && (p.case_word || p.series.is_some() && p.second.is_some() && !line.raw.ends_with('.'))
    };
    let printed = number::at_start(&text[open..], &source)
        .filter(|p| (p.second.is_some() || told(p)) && open + p.end == text.len())?;
    let is_sentence = text[..open].ends_with(". ");
    let is_title = if is_sentence { printed.case_word && !text[..open - 2].contains(". ") } else { line.stands_out() }
        || told(&printed);
    if !is_title {
        return None;
    }
    let title_at = Some(at).filter(|_| !of_body);
    let number = printed.after(open);
    Some(Head { title_at, ..Head::new(at, CaseHead { number, title: line.text().len() }, false) })
}

/// The number of a line that is one in parentheses, and nothing else: `(Sak 38/74)`.
fn number_in_parentheses(line: &Line) -> Option<Printed> {
    let inner = line.text().strip_prefix('(')?.strip_suffix(')')?;
    let number = number::at_start(inner, &|s, e| line.printed(s + 1, e + 1))?;
    let is_case = number.second.is_some() && (number.case_word || number.series.is_some());
    (is_case && number.end == inner.len()).then(|| number.after(1))
}

/// Whether words tell of a body and a day, or head its treatment of a case: `Helsestyret<TAB>Møte 20.04.88`, `Formannskapets
/// behandling i møte 23.04.2002`.
fn heads_treatment(words: &str) -> bool {
    let divided = words.split_once('\t').filter(|(body, _)| body.split(' ').any(|w| lexicon().is_body_word(w)));
    let first_word = || words.split_once(' ').filter(|(first, _)| lexicon().is_body_word(first));
    let is_day = |rest: &str| {
        let rest = rest.trim_start();
        rest.is_empty() || date::find(rest).iter().any(|m| m.end == rest.len() && m.date(None).is_some())
    };
    let treats = || {
        cue::label(words).is_some_and(|l| l.by.is_some() && l.field == Field::Deliberation && l.value >= words.len())
    };
    lexicon().is_body_word(words) || divided.or_else(first_word).is_some_and(|(_, rest)| is_day(rest)) || treats()
}

/// Heads of cases that are a title, and under it or over it the table of the bodies that treat the case: the number of the
/// last of them that has one.
pub(super) fn routed_heads(lines: &[Line], range: Range<usize>, routes: &BTreeMap<u32, usize>) -> Vec<Head> {
    let mut found: Vec<Head> = Vec::new();
    for i in range.clone() {
        let column = routes.get(&lines[i].block);
        let Some(cue) = column.and_then(|at| number_in(&lines[i], *at)).filter(|cue| cue.number.second.is_some())
        else {
            continue;
        };
        let block = lines[i].block;
        found.retain(|h| lines[h.line].block != block);
        let top = lines[range.start..i].iter().rposition(|l| l.block != block).map(|at| range.start + at);
        // "SAKSPAPIR"
        let of_paper = |line: &Line| cue::title(line).is_some_and(|t| t.whole);
        let is_title = |at: &usize| {
            let line = &lines[*at];
            line.stands_out() && line.cells.is_none() && fields(line).is_empty() && !of_paper(line)
        };
        let is_field = |at: &usize| fields(&lines[*at]).first().is_some_and(|f| f.marked && f.field.is_value());
        // "Saksbehandler | Arkiv | ArkivsakID", and under it what they are
        let is_labelled = |at: &usize| {
            let of_table =
                |rows: &[Line]| rows[0].block == rows[1].block && !column_fields(&rows[0], &rows[1]).is_empty();
            lines[*at].cells.is_some() && lines[at - 1..range.end.min(at + 2)].windows(2).any(of_table)
        };
        let under = (i + 1..range.end).find(|at| lines[*at].block != block && !is_field(at) && !is_labelled(at));
        // "Ny kinosal", and under it "Saksbehandler: Eva Lie" and the table
        let over = top.and_then(|top| (range.start..=top).rev().find(|at| !is_field(at)));
        // A title in capitals may stand on two lines.
        let in_capitals = |at: &usize| is_title(at) && !lines[*at].raw.contains(char::is_lowercase);
        let first =
            |last: usize| last.checked_sub(1).filter(|at| in_capitals(&last) && in_capitals(at)).unwrap_or(last);
        let over = over.filter(is_title).map(first);
        // In a box of the case the title is a row of its own.
        let inside = (i + 1..range.end).find(|at| lines[*at].block == block && is_alone(&lines[*at]));
        if let Some(title) = inside.or(top.filter(is_title)).or(under.filter(is_title)).or(over) {
            let of_head = |line: &&Line| {
                let of_case = |f: &Found| {
                    f.marked && matches!(f.field, Field::ArchiveReference | Field::CaseOfficer | Field::Classification)
                };
                let is_head = names_organisation(line) || of_paper(line) || fields(line).first().is_some_and(of_case);
                line.cells.is_none() && is_head
            };
            let head = Head { title_at: Some(title), ..Head::new(i, cue, false) };
            let above = lines[range.start..top.map_or(i, |top| top + 1)].iter().rev().take_while(of_head).count();
            // The table's head row stands between.
            let rows = i - top.map_or(i, |top| top + 1);
            found.push(Head { above: if title > i && above > 0 { above + rows } else { 0 }, ..head });
        }
    }
    found
}
