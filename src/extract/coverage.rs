//! Coverage: words of vote, decision and amount in a document, and whether they lie in something extracted.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::Span;
use crate::lang::lexicon;
use crate::model::{Coverage, Document};

use super::field::fields;
use super::line::Line;

/// The places of words of vote in some lines.
#[must_use]
pub fn suspects(lines: &[Line], range: Range<usize>) -> Vec<Span> {
    let mut found = Vec::new();
    for line in &lines[range] {
        let text = line.text();
        if !line.may_say(&lexicon().votes.suspected) {
            continue;
        }
        // The word of a section head is explained by its section.
        let head = fields(line).first().filter(|f| f.field.is_section()).map_or(0, |f| f.value.0);
        let votes = &lexicon().votes;
        let names_side = votes.sides.is_match(text);
        for m in votes.suspect_finder.find_overlapping_iter(text) {
            let whole = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let is_whole = whole(text[..m.start()].chars().next_back()) && whole(text[m.end()..].chars().next());
            let is_weak = || votes.weak.contains(&votes.suspect[m.pattern()]);
            if m.start() >= head && is_whole && (names_side || !is_weak()) {
                found.push(line.span_of(m.start(), m.end()));
            }
        }
    }
    found
}

/// How many of the suspect words of a document lie in a vote, a decision, a proposal or another text extracted from it.
#[must_use]
pub fn coverage(document: &Document, suspects: &[Span]) -> Coverage {
    let mut explained: HashMap<u32, Vec<(usize, usize)>> = HashMap::new();
    for case in &document.cases {
        let texts = [
            case.background.as_ref(),
            case.deliberation.as_ref(),
            case.decision.as_ref().map(|d| &d.text),
            Some(&case.title),
        ];
        let texts = texts
            .into_iter()
            .flatten()
            .chain(case.proposals.iter().map(|p| &p.text))
            .chain(case.votes.iter().map(|v| &v.said));
        for span in texts.flat_map(|t| t.at.spans()) {
            explained.entry(span.block).or_default().push((span.start, span.end));
        }
    }
    let inside = |s: &&Span| {
        explained.get(&s.block).is_some_and(|r| r.iter().any(|(from, to)| *from <= s.start && s.end <= *to))
    };
    Coverage { seen: suspects.len() as u32, explained: suspects.iter().filter(inside).count() as u32 }
}
