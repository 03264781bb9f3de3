//! Signatures: names with roles and marks at the end of a document.

use std::ops::Range;

use crate::document::Block;
use crate::lang::{Field, lexicon};
use crate::model::{Signature, Sourced};

use super::attendance::cell_text;
use super::field::fields;
use super::line::Line;
use super::text::spaces_folded;
use super::values::date;
use super::values::name::is_name;

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
    /// When the meeting ended.
    Ended,
    /// A row of a table, of names, roles or marks.
    Row,
}

/// The lines at the end of a document that sign it; empty where none do.
#[must_use]
pub fn region(lines: &[Line], part: Range<usize>) -> Range<usize> {
    let mut start = part.end;
    while start > part.start + 1 && part.end - start < 24 && tail(&lines[start - 1]).is_some() {
        start -= 1;
    }
    // The region begins with its first name, date or label, not with the end of the meeting.
    let kinds: Vec<Tail> = (start..part.end).filter_map(|i| tail(&lines[i])).collect();
    let signs = kinds.iter().any(|k| {
        matches!(k, Tail::Role | Tail::Mark | Tail::Label(_) | Tail::Row)
            || matches!(k, Tail::Name { signed: true, .. } | Tail::Name { role: Some(_), .. })
    });
    let names = kinds.iter().any(|k| matches!(k, Tail::Name { .. } | Tail::Label(Some(_)) | Tail::Row));
    if signs && names { start..part.end } else { part.end..part.end }
}

fn tail(line: &Line) -> Option<Tail> {
    let text = line.text();
    if let Some(cells) = line.cells {
        let filled: Vec<&str> = cells.iter().map(|c| c.text.trim()).filter(|t| !t.is_empty()).collect();
        let all = filled.iter().all(|t| {
            let lower = t.to_lowercase();
            signature_name(t).is_some() || lexicon().is_role(&lower) || is_mark(&lower)
        });
        return (all && !filled.is_empty()).then_some(Tail::Row);
    }
    if lexicon().ended.iter().any(|p| p.is_match(text)) && line.raw.len() < 80 {
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
    if lexicon().is_role(text.trim_end_matches('.')) {
        return Some(Tail::Role);
    }
    let dates = date::find(text);
    if dates.len() == 1
        && line.raw.len() < 60
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

/// A name with the mark of signing and a role beside it: `Eva Lie /s/`, `Per Ås (sign.)`, `Kari Moe, ordfører`.
#[allow(clippy::type_complexity, reason = "two ranges and a flag, used here alone")]
fn signature_name(raw: &str) -> Option<((usize, usize), Option<(usize, usize)>, bool)> {
    let mut end = raw.trim_end().len();
    let mut signed = false;
    for mark in &lexicon().signed {
        if raw[..end].to_lowercase().len() == end
            && raw[..end].to_lowercase().ends_with(mark.as_str())
            && end > mark.len()
        {
            let before = &raw[..end - mark.len()];
            if before.ends_with([' ', '\t', '\u{a0}']) || mark.starts_with(['(', '/']) {
                end = before.trim_end().len();
                signed = true;
                break;
            }
        }
    }
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
                let text = line.text().trim_end_matches('.').len();
                if let Some(last) = found.last_mut().filter(|s| waiting && s.role.is_none()) {
                    last.role = Some(Sourced::new(
                        spaces_folded(line.raw.trim_end_matches('.')),
                        vec![line.span_of(0, text)],
                        blocks,
                    ));
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

/// Names side by side in a row, with roles and marks in the rows under them.
fn row(line: &Line, found: &mut Vec<Signature>, date: Option<&Sourced<String>>, blocks: &[Block]) {
    let Some(cells) = line.cells else { return };
    let filled: Vec<_> = cells.iter().filter(|c| !c.text.trim().is_empty()).collect();
    let names = filled.iter().filter(|c| signature_name(&c.text).is_some()).count();
    if names == filled.len() {
        for cell in filled {
            let Some((name, role, signed)) = signature_name(&cell.text) else { continue };
            let get = |r: (usize, usize)| cell_text(line, cell.start + r.0, cell.start + r.1, blocks);
            if let Some(name) = get(name) {
                found.push(Signature { name, role: role.and_then(get), signed, date: date.cloned() });
            }
        }
        return;
    }
    let first = found.len().saturating_sub(filled.len());
    for (cell, signature) in filled.into_iter().zip(&mut found[first..]) {
        if is_mark(&cell.text.to_lowercase()) {
            signature.signed = true;
        } else if signature.role.is_none() {
            signature.role = cell_text(line, cell.start, cell.end, blocks);
        }
    }
}
