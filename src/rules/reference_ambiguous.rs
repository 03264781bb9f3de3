//! A bare number that fits more than one series.

use super::{Check, Rule, about, number};
use crate::finding::{Finding, Level};
use crate::model::{Document, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "reference-ambiguous",
    level: Level::Warning,
    summary: "a bare number that fits more than one series",
    summary_nb: "et bart saksnummer som passer i flere serier",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Reports a reference without series whose sentence names another body, while a case of the same body in the file bears the
same number.

## Why it matters
A reader, or a program that makes links, goes to the wrong case.

## Example
`I Sak 30/22 gjorde Regionrådet dette vedtaket` in an agenda where AU 30/22 is the meeting plan.

## How to resolve
Add the series of the body that is meant: TR 30/22.

## Exceptions
A reference whose sentence names no other body is taken to be of the document's own series.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        for case in &document.cases {
            for reference in case.references.iter().filter(|r| r.number.value.series.is_none()) {
                let Some(other) = &reference.resolved_to else { continue };
                let named = other.value.to_lowercase();
                let own_body = document.body.as_ref().is_some_and(|b| {
                    b.value.to_lowercase().contains(&named) || named.contains(&b.value.to_lowercase())
                });
                let mut own_series = record.documents.iter().filter(|d| same_body(d, document)).flat_map(|d| &d.cases);
                let twin = own_series.find(|c| {
                    c.number.as_ref().is_some_and(|n| {
                        n.value.series.is_some()
                            && n.value.sequence == reference.number.value.sequence
                            && n.value.year == reference.number.value.year
                    })
                });
                let Some(twin) = twin.filter(|_| !own_body) else { continue };
                let Some(own) = &twin.number else { continue };
                found.push(
                    about(&RULE, record, document, &number(case))
                        .say(
                            format!(
                                "\"{}\" of {} could be {} ({}) of this document",
                                reference.number.text, other.value, own.value, twin.title.value
                            ),
                            format!(
                                "«{}» i {} kan også leses som {} ({}) i dette dokumentet",
                                reference.number.text, other.value, own.value, twin.title.value
                            ),
                        )
                        .value("reference", reference.number.text.as_str())
                        .value("body", other.value.as_str())
                        .value("collides_with", own.value.to_string())
                        .at(reference.number.at.spans())
                        .at(own.at.spans())
                        .sealed(),
                );
            }
        }
    }
    found
}

/// Whether two documents of a file are of one body.
fn same_body(a: &Document, b: &Document) -> bool {
    let name = |d: &Document| d.body.as_ref().map(|b| b.value.to_lowercase());
    name(a) == name(b)
}
