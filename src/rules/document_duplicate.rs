//! Two files hold nearly the same text.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::{Check, Rule, Subject, about_archive};
use crate::facts::{DocumentFact, Facts, folded_texts, hash, words};
use crate::finding::{Finding, Level};
use crate::model::Kind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "document-duplicate",
    level: Level::Warning,
    subject: Subject::Document,
    summary: "two files hold nearly the same text",
    summary_nb: "to filer har nesten samme tekst",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Compares sketches of the five-word sequences of all documents of a body and day (a bottom-64 sketch, Broder 1997), then
the texts themselves where the sketches are alike: 85 % of the sequences must be the same. Of many that are alike, each
is reported once, beside the first.

## Why it matters
A draft and the final minutes, or two conversions of one document, are counted twice and may differ where it matters.

## Example
`protokoll-utkast.docx` and `protokoll.doc`.

## How to resolve
Keep the final one, and note what differs.

## Exceptions
Documents of different kinds, or of different meetings, are not compared; byte-identical files are `file-duplicate`.
";

/// The share of their word sequences that two documents must have in common.
const NEAR: f64 = 0.85;

/// A sketch that shares less than this is not worth reading the texts for: its standard error is below 0.06.
const SUSPECT: f64 = 0.7;

/// Texts with fewer sequences are too short to tell.
const LEAST: usize = 8;

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for documents in facts.by_body().values() {
        let mut alike: BTreeMap<(Kind, &str), Vec<&DocumentFact>> = BTreeMap::new();
        for document in documents.iter().filter(|d| d.sketch.len() > LEAST) {
            if let Some(date) = &document.date {
                alike.entry((document.kind, date)).or_default().push(document);
            }
        }
        found.extend(alike.values().flat_map(|documents| twins(facts, documents)).map(|(a, b)| {
            about_archive(&RULE, a)
                .say(format!("nearly the same text as {}", b.path), format!("nesten samme tekst som {}", b.path))
                .value("twin", b.path.as_str())
                .place(a.place(a.span))
                .place(b.place(b.span))
                .sealed()
        }));
    }
    found
}

/// The documents that are twins of an earlier one, each after the first such. Those that are nobody's twin are asked
/// before the others, so that a hundred copies of one text are a hundred comparisons.
fn twins<'a>(facts: &Facts, documents: &[&'a DocumentFact]) -> Vec<(&'a DocumentFact, &'a DocumentFact)> {
    let texts: Vec<OnceCell<Vec<u64>>> = vec![OnceCell::new(); documents.len()];
    let text = |i: usize| texts[i].get_or_init(|| sequences(facts, documents[i]));
    let is_twin = |a: usize, b: usize| {
        documents[a].path != documents[b].path
            && resemblance(&documents[a].sketch, &documents[b].sketch) >= SUSPECT
            && in_common(text(a), text(b)) >= NEAR
    };
    let (mut firsts, mut others) = (Vec::new(), Vec::new());
    let mut found = Vec::new();
    for b in 0..documents.len() {
        if let Some(a) = firsts.iter().chain(&others).copied().find(|a| is_twin(*a, b)) {
            found.push((documents[a], documents[b]));
            others.push(b);
        } else {
            firsts.push(b);
        }
    }
    found
}

/// The resemblance of two texts, from the smallest hashes of both.
fn resemblance(a: &[u32], b: &[u32]) -> f64 {
    let mut union: Vec<u32> = a.iter().chain(b).copied().collect();
    union.sort_unstable();
    union.dedup();
    union.truncate(a.len().min(b.len()).max(1));
    let shared = union.iter().filter(|h| a.binary_search(h).is_ok() && b.binary_search(h).is_ok()).count();
    shared as f64 / union.len() as f64
}

/// Hashes of the five-word sequences of a document's text, in order; none where it cannot be read.
fn sequences(facts: &Facts, fact: &DocumentFact) -> Vec<u64> {
    let Some(record) = (facts.record)(&fact.path) else { return Vec::new() };
    let Some(document) = record.documents.iter().find(|d| d.id == fact.id) else { return Vec::new() };
    let text = folded_texts(&record, document).collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = words(&text).collect();
    let mut hashes: Vec<u64> = words.windows(5).map(hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// The share of values that two ordered lists have in common.
fn in_common(a: &[u64], b: &[u64]) -> f64 {
    let shared = a.iter().filter(|hash| b.binary_search(hash).is_ok()).count();
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}
