//! Two different cases with the same decision.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Check, Rule, Subject, about_archive};
use crate::extract::line::Folded;
use crate::facts::{CaseFact, DecisionFact, DocumentFact, Facts, likeness, words};
use crate::finding::{Finding, Level};
use crate::model::Case;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "decision-duplicated",
    level: Level::Error,
    subject: Subject::Decision,
    summary: "two different cases carry the same non-boilerplate decision",
    summary_nb: "to ulike saker har samme vedtak",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Compares the decisions of all cases of a body and reports two cases with different numbers and titles that have the same
one, or one that is another in no more than one word in twenty and in no number. Sketches (bottom-8, Broder 1997) find the
pairs; the texts settle them.

## Why it matters
The text was pasted under the wrong case: what was decided there is lost.

## Example
AU 23/22 *Høring av strategien* and AU 24/22 *Program for fellesmøtet* both end with the decision on the strategy.

## How to resolve
Look in the signed minutes or the case papers for what was decided in the second case.

## Exceptions
Decisions of up to 40 characters and stock phrases (*tas til orientering*, *godkjennes*, *utsettes*) repeat rightly. Cases
with titles that are alike are taken for the same matter.
";

/// A case with a decision that can be compared.
type Decided<'f> = (&'f DocumentFact, &'f CaseFact, &'f DecisionFact);

/// So many hashes next to one another in two sketches make the texts worth comparing.
const BAND: usize = 2;

/// A case is compared with so many of the cases before it that share a part of the sketch.
const NEIGHBOURS: usize = 4;

/// Shorter decisions are the same only where every word is.
const LEAST_WORDS: usize = 15;

/// The share of words that may be others in decisions that are nearly the same.
const OTHER_WORDS: f64 = 0.05;

/// Titles that share this much of their words are the same matter.
const SAME_MATTER: f64 = 0.6;

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for documents in facts.by_body().values() {
        let cases = documents.iter().filter(|d| d.is_minutes()).flat_map(|d| d.cases.iter().map(|c| (*d, c)));
        let cases: Vec<Decided> = cases.filter_map(|(d, c)| Some((d, c, c.decision.as_ref()?))).collect();
        for (second, before) in candidates(&cases) {
            let (again, twin, other) = cases[second];
            let first = before.into_iter().rev().map(|first| cases[first]).find(|first| {
                let (_, case, decision) = *first;
                let differs = case.number != twin.number && likeness(&case.title, &twin.title) < SAME_MATTER;
                differs && (decision.words == other.words || nearly_the_same(facts, *first, cases[second]))
            });
            found.extend(first.map(|(document, case, _)| finding((document, case), (again, twin))));
        }
    }
    found
}

/// For each case the cases before it that share a part of the sketch, by index.
fn candidates(cases: &[Decided]) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut by_part: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut pairs: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (i, (.., decision)) in cases.iter().enumerate() {
        let parts = decision.sketch.windows(BAND).map(|w| w.iter().fold(0, |key, h| key << 32 | u64::from(*h)));
        for part in parts.chain([decision.words]) {
            let earlier = by_part.entry(part).or_default();
            pairs.entry(i).or_default().extend(earlier.iter().rev().take(NEIGHBOURS));
            earlier.push(i);
        }
    }
    pairs
}

/// Whether the texts of two decisions differ by no more than slips of writing: the same numbers, and at most one word in
/// twenty another.
fn nearly_the_same(facts: &Facts, a: Decided, b: Decided) -> bool {
    let text = |(document, case, _): Decided| {
        let record = (facts.record)(&document.path)?;
        let document = record.documents.iter().find(|d| d.id == document.id)?;
        let at = |c: &&Case| c.decision.as_ref().and_then(|d| d.text.at.spans().first().copied()) == case.decision_span;
        let decision = document.cases.iter().find(at)?.decision.as_ref()?;
        Some(Folded::text_of(&decision.text.value))
    };
    let (Some(a), Some(b)) = (text(a), text(b)) else { return false };
    let (a, b): (Vec<&str>, Vec<&str>) = (words(&a).collect(), words(&b).collect());
    let numbers = |words: &[&str]| -> Vec<String> {
        let mut numbers: Vec<String> =
            words.iter().filter(|w| w.contains(|c: char| c.is_ascii_digit())).map(|w| (*w).to_owned()).collect();
        numbers.sort();
        numbers
    };
    a.len().min(b.len()) >= LEAST_WORDS && numbers(&a) == numbers(&b) && {
        let mut left: HashMap<&str, i64> = HashMap::new();
        a.iter().for_each(|w| *left.entry(w).or_default() += 1);
        b.iter().for_each(|w| *left.entry(w).or_default() -= 1);
        let other: u64 = left.values().map(|n| n.unsigned_abs()).sum();
        other as f64 <= OTHER_WORDS * (a.len() + b.len()) as f64
    }
}

fn finding((document, case): (&DocumentFact, &CaseFact), (again, twin): (&DocumentFact, &CaseFact)) -> Finding {
    let name = |c: &CaseFact| c.number.as_ref().map_or_else(|| c.title.clone(), ToString::to_string);
    let mut finding = about_archive(&RULE, document)
        .say(
            format!("{} ({}) and {} ({}) carry the same decision", name(case), case.title, name(twin), twin.title),
            format!("{} ({}) og {} ({}) har samme vedtak", name(case), case.title, name(twin), twin.title),
        )
        .value("first", case.title.as_str())
        .value("second", twin.title.as_str())
        .place(document.place(case.decision_span))
        .place(again.place(twin.decision_span));
    finding.cases = vec![name(case), name(twin)];
    finding.sealed()
}
