//! Two files hold nearly the same text.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Rule, Subject, about_archive};
use crate::facts::{DocumentFact, Facts, folded_texts, words};
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
the texts themselves where the sketches are alike: 85 % of the sequences must be the same.

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
        for documents in alike.values() {
            for (i, a) in documents.iter().enumerate() {
                let twins = documents[i + 1..].iter().filter(|b| {
                    a.path != b.path && resemblance(&a.sketch, &b.sketch) >= SUSPECT && compared(facts, a, b) >= NEAR
                });
                found.extend(twins.map(|b| {
                    about_archive(&RULE, a)
                        .say(
                            format!("nearly the same text as {}", b.path),
                            format!("nesten samme tekst som {}", b.path),
                        )
                        .value("twin", b.path.as_str())
                        .place(a.place(a.span))
                        .place(b.place(b.span))
                        .sealed()
                }));
            }
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

/// The share of five-word sequences that two documents have in common, from their texts; 0 where one cannot be read.
fn compared(facts: &Facts, a: &DocumentFact, b: &DocumentFact) -> f64 {
    let text = |fact: &DocumentFact| {
        let record = (facts.record)(&fact.path)?;
        let document = record.documents.iter().find(|d| d.id == fact.id)?;
        Some(folded_texts(&record, document).collect::<Vec<_>>().join(" "))
    };
    let (Some(a), Some(b)) = (text(a), text(b)) else { return 0.0 };
    let (a, b): (Vec<&str>, Vec<&str>) = (words(&a).collect(), words(&b).collect());
    let (a, b): (BTreeSet<&[&str]>, BTreeSet<&[&str]>) = (a.windows(5).collect(), b.windows(5).collect());
    let shared = a.intersection(&b).count();
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}
