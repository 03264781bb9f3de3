//! Two files hold nearly the same text.

use super::{Check, Rule, about_archive};
use crate::facts::Facts;
use crate::finding::{Finding, Level};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "document-duplicate",
    level: Level::Warning,
    summary: "two files hold nearly the same text",
    summary_nb: "to filer har nesten samme tekst",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Compares sketches of the five-word sequences of all documents of a body and day (a bottom-64 sketch, Broder 1997).

## Why it matters
A draft and the final minutes, or two conversions of one document, are counted twice and may differ where it matters.

## Example
`protokoll-utkast.docx` and `protokoll.doc`.

## How to resolve
Keep the final one, and note what differs.

## Exceptions
Documents of different kinds, or of different meetings, are not compared; byte-identical files are `file-duplicate`.
";

/// The share of the sketch that two documents must have in common.
const NEAR: f64 = 0.85;

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for documents in facts.by_body().values() {
        for (i, a) in documents.iter().enumerate() {
            for b in &documents[i + 1..] {
                let comparable =
                    a.kind == b.kind && a.date.is_some() && a.date == b.date && a.path != b.path && a.sketch.len() > 8;
                if !comparable || resemblance(&a.sketch, &b.sketch) < NEAR {
                    continue;
                }
                found.push(
                    about_archive(&RULE, a)
                        .say(
                            format!("nearly the same text as {}", b.path),
                            format!("nesten samme tekst som {}", b.path),
                        )
                        .value("twin", b.path.as_str())
                        .place(a.place(a.span))
                        .place(b.place(b.span))
                        .sealed(),
                );
            }
        }
    }
    found
}

/// The resemblance of two texts, from the smallest hashes of both.
fn resemblance(a: &[u64], b: &[u64]) -> f64 {
    let mut union: Vec<u64> = a.iter().chain(b).copied().collect();
    union.sort_unstable();
    union.dedup();
    union.truncate(a.len().min(b.len()).max(1));
    let shared = union.iter().filter(|h| a.binary_search(h).is_ok() && b.binary_search(h).is_ok()).count();
    shared as f64 / union.len() as f64
}
