//! A bare number that fits more than one series.

use std::collections::BTreeMap;

use super::{Check, Rule, Subject, about_archive};
use crate::facts::{CaseFact, DocumentFact, Facts, ReferenceFact};
use crate::finding::{Finding, Level};
use crate::model::CaseNumber;

/// A case with the number that it bears.
type Numbered<'f> = (&'f DocumentFact, &'f CaseFact, &'f CaseNumber);

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "reference-ambiguous",
    level: Level::Warning,
    subject: Subject::Reference,
    summary: "a bare number that fits more than one series",
    summary_nb: "et bart saksnummer som passer i flere serier",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Reports a reference without series whose sentence names another body, while a case of the document's own body in the file
bears the same number; and one that names no other body, while two series of the body in the archive bear the number.

## Why it matters
A reader, or a program that makes links, goes to the wrong case.

## Example
`I Sak 30/22 gjorde Regionrådet dette vedtaket` in an agenda where AU 30/22 is the meeting plan.

## How to resolve
Add the series of the body that is meant: TR 30/22.

## Exceptions
Where a body has one series, or only one of its series reaches the number, a bare number is clear. So is one without year.
";

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for documents in facts.by_body().values() {
        let mut by_number: BTreeMap<(u32, i16), Vec<Numbered>> = BTreeMap::new();
        for document in documents {
            for case in &document.cases {
                let Some(number) = case.number.as_ref().filter(|n| n.series.is_some()) else { continue };
                let Some(year) = number.year else { continue };
                by_number.entry((number.sequence, year)).or_default().push((document, case, number));
            }
        }
        for document in documents {
            for case in &document.cases {
                for reference in case.references.iter().filter(|r| r.number.series.is_none()) {
                    let Some(year) = reference.number.year else { continue };
                    let Some(fits) = by_number.get(&(reference.number.sequence, year)) else { continue };
                    found.extend(match &reference.body {
                        Some(other) if !is_own(other, document) => {
                            of_another_body(document, case, reference, other, fits)
                        }
                        _ => of_two_series(document, case, reference, fits),
                    });
                }
            }
        }
    }
    found
}

/// A number of another body that a case of this document's own body in the same file bears too.
fn of_another_body(
    document: &DocumentFact,
    case: &CaseFact,
    reference: &ReferenceFact,
    other: &str,
    fits: &[Numbered],
) -> Option<Finding> {
    let (at, twin, own) = fits.iter().find(|(d, ..)| d.path == document.path)?;
    let mut finding = about_archive(&RULE, document)
        .say(
            format!("\"{}\" of {other} could be {own} ({}) of this document", reference.text, twin.title),
            format!("«{}» i {other} kan også leses som {own} ({}) i dette dokumentet", reference.text, twin.title),
        )
        .value("reference", reference.text.as_str())
        .value("body", other)
        .value("collides_with", own.to_string())
        .place(document.place(Some(reference.span)))
        .place(at.place(twin.span));
    finding.cases = case.number.iter().map(ToString::to_string).collect();
    Some(finding.sealed())
}

/// A number that two series of the body bear.
fn of_two_series(
    document: &DocumentFact,
    case: &CaseFact,
    reference: &ReferenceFact,
    fits: &[Numbered],
) -> Option<Finding> {
    let upper = |n: &CaseNumber| n.series.as_deref().unwrap_or_default().to_uppercase();
    let (first_at, first, one) = fits.first()?;
    let (second_at, second, other) = fits.iter().find(|(.., n)| upper(n) != upper(one))?;
    let mut finding = about_archive(&RULE, document)
        .say(
            format!("\"{}\" may be {one} ({}) or {other} ({})", reference.text, first.title, second.title),
            format!("«{}» kan være {one} ({}) eller {other} ({})", reference.text, first.title, second.title),
        )
        .value("reference", reference.text.as_str())
        .value("first", one.to_string())
        .value("second", other.to_string())
        .place(document.place(Some(reference.span)))
        .place(first_at.place(first.span))
        .place(second_at.place(second.span));
    finding.cases = case.number.iter().map(ToString::to_string).collect();
    Some(finding.sealed())
}

/// Whether a name that stands beside a number is that of the document's own body.
fn is_own(name: &str, document: &DocumentFact) -> bool {
    let name = name.to_lowercase();
    let own = document.body.as_deref().unwrap_or_default().to_lowercase();
    own.contains(&name) || name.contains(&own)
}
