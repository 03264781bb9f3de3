//! One number used for two different cases.

use std::collections::BTreeMap;

use super::{Check, Rule, Subject, about_archive};
use crate::facts::{CaseFact, DocumentFact, Facts, likeness};
use crate::finding::{Finding, Level};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "case-number-duplicated",
    level: Level::Error,
    subject: Subject::Case,
    summary: "one number used for two different cases",
    summary_nb: "ett saksnummer brukt for to ulike saker",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Compares the titles of all cases of a body that bear one number, series and year: in one document, or at two meetings.

## Why it matters
References and searches by number lead to the wrong case.

## Example
K 20/14 is the last case in September and the first in October, under two titles.

## How to resolve
Look in the case system which of them holds the number, and add a note to the other.

## Exceptions
A case that comes up again under a title that is alike was put off. Agenda and minutes of one meeting with two titles are
`title-mismatch`.
";

/// Titles that share fewer of their words than this are different.
const ALIKE: f64 = 0.5;

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for documents in facts.by_body().values() {
        let mut by_number: BTreeMap<(String, u32, i16), Vec<(&DocumentFact, &CaseFact)>> = BTreeMap::new();
        for document in documents {
            for case in &document.cases {
                if let Some(number) = &case.number
                    && let Some(year) = number.year
                {
                    let series = number.series.as_deref().unwrap_or_default().to_uppercase();
                    by_number.entry((series, number.sequence, year)).or_default().push((document, case));
                }
            }
        }
        for uses in by_number.values() {
            let other = |(d, c): &(&DocumentFact, &CaseFact), (e, b): &(&DocumentFact, &CaseFact)| {
                let same_document = std::ptr::eq(*d, *e);
                (same_document || (d.date != e.date && d.date.is_some() && e.date.is_some()))
                    && likeness(&c.title, &b.title) < ALIKE
            };
            let pair =
                uses.iter().enumerate().find_map(|(i, a)| uses[i + 1..].iter().find(|b| other(a, b)).map(|b| (a, b)));
            let Some(((document, case), (again, again_case))) = pair else { continue };
            let Some(number) = &case.number else { continue };
            let mut finding = about_archive(&RULE, document)
                .say(
                    format!("{number} is both \"{}\" and \"{}\"", case.title, again_case.title),
                    format!("{number} er både «{}» og «{}»", case.title, again_case.title),
                )
                .value("first", case.title.as_str())
                .value("second", again_case.title.as_str())
                .place(document.place(case.span))
                .place(again.place(again_case.span));
            finding.cases = vec![number.to_string()];
            found.push(finding.sealed());
        }
    }
    found
}
