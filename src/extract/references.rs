//! References: other cases named in the text of a case, with the body named beside the number.

use crate::document::Block;
use crate::lang::lexicon;
use crate::model::{Case, Reference, Relation, Sourced};

use super::line::Line;
use super::passage::{passages, sentences};
use super::values::number::{self, Order};

/// The cases referred to in the lines of a case, each number once.
#[must_use]
pub fn references(lines: &[&Line], case: &Case, order: Order, blocks: &[Block]) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    for passage in passages(lines, 0, blocks) {
        if !passage.folded.text.contains('/') {
            continue;
        }
        for range in sentences(&passage.raw) {
            if !passage.raw[range.0..range.1].contains('/') {
                continue;
            }
            let folded = super::line::Folded::new(&passage.raw[range.0..range.1]);
            let source = |s: usize, e: usize| {
                let (from, to) = folded.source(s, e);
                passage.raw.get(range.0 + from..range.0 + to).unwrap_or_default().to_owned()
            };
            for printed in number::find(&folded.text, &source) {
                let series = printed.series.map(|(s, e)| source(s, e));
                let value = printed.number(order, series.as_deref());
                let own = case.number.as_ref().is_some_and(|n| {
                    n.value.sequence == value.sequence
                        && n.value.year == value.year
                        && (value.series.is_none() || n.value.series == value.series)
                });
                // A number that no case has is a date, a property, a fraction.
                let plausible = value.sequence > 0 && value.year.is_none_or(|y| (1900..2100).contains(&y));
                let told = |r: &Reference| r.number.value == value;
                let at_head = case.number.as_ref().is_some_and(|n| {
                    n.at.spans()
                        .iter()
                        .any(|s| s.block == passage.raw_span((0, 0)).block && s.start == passage.raw_span(range).start)
                });
                if (own && at_head) || !plausible || found.iter().any(told) {
                    continue;
                }
                let from = printed.series.map_or(printed.start, |s| s.0.min(printed.start));
                let (from, to) = folded.source(from, printed.end);
                let number = Sourced::new(value, vec![passage.raw_span((range.0 + from, range.0 + to))], blocks);
                let before = &folded.text[..printed.start];
                let relation = if lexicon().follow_up.iter().any(|w| before.contains(w.as_str())) {
                    Relation::FollowUp
                } else {
                    Relation::Mentions
                };
                let resolved_to =
                    if series.is_none() { body_beside(&folded.text, printed.end) } else { None }.map(|(s, e)| {
                        let (from, to) = folded.source(s, e);
                        passage.sourced((range.0 + from, range.0 + to), blocks)
                    });
                found.push(Reference { number, relation: Some(relation), resolved_to });
            }
        }
    }
    found
}

/// The word that names a body nearest to a number in its sentence.
fn body_beside(text: &str, number_end: usize) -> Option<(usize, usize)> {
    let mut at = 0;
    let mut best: Option<(usize, (usize, usize))> = None;
    for word in text.split([' ', '\t']) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let start = at + word.find(bare).unwrap_or_default();
        if lexicon().is_body_word(bare) {
            let distance = start.abs_diff(number_end);
            if best.is_none_or(|b| distance < b.0) {
                best = Some((distance, (start, start + bare.len())));
            }
        }
        at += word.len() + 1;
    }
    best.map(|b| b.1)
}
