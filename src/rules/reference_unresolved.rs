//! A case referred to is not in the series and years that the archive covers.

use super::{Check, Rule, Subject, about_archive};
use crate::facts::{Facts, ReferenceFact, series_and_year};
use crate::finding::{Finding, Level};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "reference-unresolved",
    level: Level::Warning,
    subject: Subject::Reference,
    summary: "a case referred to is not in the series and years that the archive covers",
    summary_nb: "det vises til en sak som ikke finnes i seriene og årene arkivet dekker",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Looks up every reference with a series in the numbers of that series and year over all files.

## Why it matters
The number is wrong, or the case is lost.

## Example
*Vedtaket i ST 62/13*, where the series of 2013 ends at 29.

## How to resolve
Look up the title of the case that is meant.

## Exceptions
Series and years of which the archive holds fewer than three cases are not covered; nor are the three numbers right
after the last, which may stand in minutes that are not in the archive yet.
";

/// A series and year with fewer cases is not covered.
const LEAST_CASES: usize = 3;

/// So many numbers after the last may come at the next meeting.
const NEXT_CASES: u32 = 3;

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &facts.documents {
        for case in &document.cases {
            for ReferenceFact { number, span, .. } in &case.references {
                let Some(known) = series_and_year(number).and_then(|k| facts.whole.numbers.get(&k)) else { continue };
                let last = known.last().copied().unwrap_or_default();
                let upcoming = last < number.sequence && number.sequence <= last + NEXT_CASES;
                if known.len() < LEAST_CASES || known.contains(&number.sequence) || upcoming {
                    continue;
                }
                let mut finding = about_archive(&RULE, document)
                    .say(format!("{number} is not in the archive"), format!("{number} finnes ikke i arkivet"))
                    .value("reference", number.to_string())
                    .place(document.place(Some(*span)));
                finding.cases = case.number.iter().map(ToString::to_string).collect();
                found.push(finding.sealed());
            }
        }
    }
    found
}
