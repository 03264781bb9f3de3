//! Signatures: names with roles and marks at the end of a document.

use std::ops::Range;

use crate::document::Block;
use crate::lang::{Field, lexicon};
use crate::model::{Signature, Sourced};

use super::field::fields;
use super::line::Line;
use super::text::spaces_folded;
use super::values::date;
use super::values::name::{is_name, small_letters};

/// What a line at the end of a document can be.
#[derive(Debug, Clone, PartialEq)]
enum Tail {
    /// A name, by its range of `raw`, with a mark of signing beside it, and a role after a comma.
    Name { name: (usize, usize), role: Option<(usize, usize)>, signed: bool },
    /// A role alone.
    Role,
    /// A mark alone.
    Mark,
    /// A place and date.
    Dated,
    /// A label like *Rett utskrift*, with the name on its line, if any.
    Label(Option<(usize, usize)>),
    /// When the meeting ended, or who gets a copy.
    Ended,
    /// A row of a table, of names, roles or marks.
    Row,
}

/// The lines at the end of a document that sign it; empty where none do.
#[must_use]
pub fn region(lines: &[Line], part: Range<usize>) -> Range<usize> {
    let mut start = part.end;
    while start > part.start + 1 && part.end - start < LONGEST && tail(&lines[start - 1]).is_some() {
        start -= 1;
    }
    // The region begins with its first name, date or label, not with the end of the meeting.
    let kinds: Vec<Tail> = (start..part.end).filter_map(|i| tail(&lines[i])).collect();
    let signs = kinds.iter().any(|k| {
        matches!(k, Tail::Role | Tail::Mark | Tail::Label(_) | Tail::Row)
            || matches!(k, Tail::Name { signed: true, .. } | Tail::Name { role: Some(_), .. })
    });
    let names = kinds.iter().any(|k| matches!(k, Tail::Name { .. } | Tail::Label(Some(_)) | Tail::Row));
    if !(signs && names) {
        return under_label(lines, &part).unwrap_or(part.end..part.end);
    }
    // Many names over the day are a list of its own.
    let listed = |k: &Tail| matches!(k, Tail::Name { role: None, signed: false, .. });
    let above = kinds.iter().take_while(|k| listed(k)).count();
    if above > 2 && kinds.get(above) == Some(&Tail::Dated) { start + above..part.end } else { start..part.end }
}

/// The day, the name and the role under what somebody wrote, where an attachment follows: `Lund, 7. november 2005`.
#[must_use]
pub fn under_day(lines: &[Line], part: &Range<usize>) -> Option<Range<usize>> {
    let signs = |of: &[Line]| {
        of[0].raw.len() < LONGEST_DAY
            && tail(&of[0]) == Some(Tail::Dated)
            && matches!(tail(&of[1]), Some(Tail::Name { .. }))
            && tail(&of[2]) == Some(Tail::Role)
    };
    let at = part.start + lines[part.clone()].windows(3).position(signs)?;
    Some(at..at + 3)
}

/// The lines under a head of signatures near the end of a document, where something else stands last.
fn under_label(lines: &[Line], part: &Range<usize>) -> Option<Range<usize>> {
    let heads = |l: &Line| fields(l).first().is_some_and(|f| f.field == Field::Signatures && f.value.0 >= f.value.1);
    let from = part.end.saturating_sub(LONGEST).max(part.start);
    let head = (from..part.end).rev().find(|i| heads(&lines[*i]))?;
    let rest = lines[head + 1..part.end].iter().take_while(|l| tail(l).is_some()).count();
    (rest > 0).then_some(head..head + 1 + rest)
}

/// A region of signatures has so many lines at most.
const LONGEST: usize = 24;

/// A line with a place and date has so many bytes at most.
const LONGEST_DAY: usize = 60;

fn tail(line: &Line) -> Option<Tail> {
    let text = line.text();
    let pieces = pieces(line);
    if pieces.len() > 1 || line.cells.is_some() {
        let all = pieces.iter().all(|(from, to)| piece(&line.raw[*from..*to]).is_some());
        return all.then_some(if pieces.is_empty() { Tail::Mark } else { Tail::Row });
    }
    if line.raw.len() < 80 && line.says(&lexicon().ended)
        || line.raw.len() < 120 && line.says(&lexicon().copies) && fields(line).is_empty()
    {
        return Some(Tail::Ended);
    }
    if is_mark(text) || !text.chars().any(char::is_alphanumeric) {
        return Some(Tail::Mark);
    }
    if let Some(field) = fields(line).first()
        && field.field == Field::Signatures
    {
        let name = field
            .span(line)
            .map(|s| (s.start - line.start, s.end - line.start))
            .filter(|r| is_name(&line.raw[r.0..r.1]));
        return (name.is_some() || field.value.0 >= field.value.1 || line.raw.len() < 60).then_some(Tail::Label(name));
    }
    if let Some((name, role, signed)) = signature_name(line.raw) {
        return Some(Tail::Name { name, role, signed });
    }
    if let Some(Piece::Role(..)) = piece(line.raw.trim_end_matches('.')) {
        return Some(Tail::Role);
    }
    let dates = date::find(text);
    if dates.len() == 1
        && line.raw.len() < LONGEST_DAY
        && text.split(' ').count() <= 6
        && dates[0].year.is_some()
        && !line.raw.ends_with('.')
    {
        return Some(Tail::Dated);
    }
    None
}

fn is_mark(text: &str) -> bool {
    let text = text.trim();
    lexicon().signed.iter().any(|m| m.trim() == text)
}

/// The length of a text without a mark of signing at its end, and whether one stood there.
fn unmarked(raw: &str) -> (usize, bool) {
    let end = raw.trim_end().len();
    let lower = small_letters(&raw[..end]);
    for mark in &lexicon().signed {
        if lower.ends_with(mark.as_str()) && end > mark.len() {
            let before = &raw[..end - mark.len()];
            if before.ends_with([' ', '\t', '\u{a0}']) || mark.starts_with(['(', '/']) {
                return (before.trim_end().len(), true);
            }
        }
    }
    (end, false)
}

/// A name with the mark of signing and a role beside it: `Eva Lie /s/`, `Per Ås (sign.)`, `Kari Moe, ordfører`.
#[allow(clippy::type_complexity, reason = "two ranges and a flag, used here alone")]
fn signature_name(raw: &str) -> Option<((usize, usize), Option<(usize, usize)>, bool)> {
    let (end, signed) = unmarked(raw);
    let head = raw[..end].trim_end_matches([',', ' ']);
    let (name, role) = match head.split_once(',') {
        Some((name, role)) if lexicon().is_role(&role.trim().to_lowercase()) => {
            let at = head.len() - role.trim_start().len();
            (name.trim_end(), Some((at, head.len())))
        }
        _ => (head, None),
    };
    is_name(name).then_some(((0, name.len()), role, signed))
}

/// The signatures in a region.
#[must_use]
pub fn signatures(lines: &[Line], region: Range<usize>, blocks: &[Block]) -> Vec<Signature> {
    let mut found: Vec<Signature> = Vec::new();
    let mut date: Option<Sourced<String>> = None;
    let mut waiting = false;
    for line in &lines[region] {
        let get =
            |r: (usize, usize)| Sourced::new(spaces_folded(&line.raw[r.0..r.1]), vec![line.raw_span(r.0, r.1)], blocks);
        match tail(line) {
            Some(Tail::Name { name, role, signed }) => {
                found.push(Signature { name: get(name), role: role.map(get), signed, date: date.clone() });
                waiting = true;
            }
            Some(Tail::Label(Some(name))) => {
                found.push(Signature { name: get(name), role: None, signed: false, date: date.clone() });
                waiting = true;
            }
            Some(Tail::Role) => {
                if let (Some(last), Some(Piece::Role(len, signed))) =
                    (found.last_mut(), piece(line.raw.trim_end_matches('.')))
                    && waiting
                {
                    last.signed |= signed;
                    if last.role.is_none() {
                        last.role = Some(get((0, len)));
                    }
                }
            }
            Some(Tail::Mark) => {
                if is_mark(line.text())
                    && let Some(last) = found.last_mut()
                {
                    last.signed = true;
                }
            }
            Some(Tail::Dated) => {
                date = date::find(line.text()).first().and_then(|m| {
                    Some(Sourced::new(m.date(None)?.to_string(), vec![line.span_of(m.start, m.end)], blocks))
                });
            }
            Some(Tail::Row) => row(line, &mut found, date.as_ref(), blocks),
            Some(Tail::Label(None) | Tail::Ended) | None => {}
        }
    }
    found
}

/// The filled cells of a row, or the pieces of a line between TABs or wide gaps, as ranges of `raw`.
fn pieces(line: &Line) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    for text in line.raw.split_inclusive('\t').flat_map(|cell| cell.split_inclusive("   ")) {
        let from = at + text.len() - text.trim_start().len();
        let to = from + text.trim().len();
        at += text.len();
        if from < to {
            found.push((from, to));
        }
    }
    found
}

/// What stands in one piece of a row of signatures.
enum Piece {
    Name((usize, usize), Option<(usize, usize)>, bool),
    /// A role, by its length, with or without a mark of signing after it.
    Role(usize, bool),
    Mark,
}

fn piece(text: &str) -> Option<Piece> {
    let lower = text.to_lowercase();
    if is_mark(&lower) {
        return Some(Piece::Mark);
    }
    if let Some((name, role, signed)) = signature_name(text) {
        return Some(Piece::Name(name, role, signed));
    }
    let (end, signed) = unmarked(text);
    let words = lower.get(..end)?.trim();
    (lexicon().is_role(words) || (signed && words.split(' ').count() <= 6))
        .then_some(Piece::Role(text[..end].trim_end().len(), signed))
}

/// Names side by side in a row, with roles and marks in the rows under them.
fn row(line: &Line, found: &mut Vec<Signature>, date: Option<&Sourced<String>>, blocks: &[Block]) {
    let pieces = pieces(line);
    let get = |from: usize, to: usize| {
        Sourced::new(spaces_folded(&line.raw[from..to]), vec![line.raw_span(from, to)], blocks)
    };
    let parsed: Vec<(usize, Option<Piece>)> =
        pieces.iter().map(|(from, to)| (*from, piece(&line.raw[*from..*to]))).collect();
    if parsed.iter().all(|(_, p)| matches!(p, Some(Piece::Name(..)))) {
        for (from, p) in parsed {
            if let Some(Piece::Name(name, role, signed)) = p {
                let role = role.map(|r| get(from + r.0, from + r.1));
                found.push(Signature { name: get(from + name.0, from + name.1), role, signed, date: date.cloned() });
            }
        }
        return;
    }
    let first = found.len().saturating_sub(parsed.len());
    for ((from, p), signature) in parsed.into_iter().zip(&mut found[first..]) {
        match p {
            Some(Piece::Mark) => signature.signed = true,
            Some(Piece::Role(len, signed)) => {
                signature.signed |= signed;
                if signature.role.is_none() {
                    signature.role = Some(get(from, from + len));
                }
            }
            Some(Piece::Name(..)) | None => {}
        }
    }
}
