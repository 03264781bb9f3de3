//! A case referred to is not in the series and years that the archive covers.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Rule, Subject, about_archive};
use crate::facts::{Facts, ReferenceFact};
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
    let key = |n: &crate::model::CaseNumber| Some((n.series.as_deref()?.to_uppercase(), n.year?));
    let mut covered: BTreeMap<(String, i16), BTreeSet<u32>> = BTreeMap::new();
    for number in facts.documents.iter().flat_map(|d| &d.cases).filter_map(|c| c.number.as_ref()) {
        if let Some(key) = key(number) {
            covered.entry(key).or_default().insert(number.sequence);
        }
    }
    let mut found = Vec::new();
    for document in &facts.documents {
        for case in &document.cases {
            for ReferenceFact { number, span, .. } in &case.references {
                let Some(known) = key(number).and_then(|k| covered.get(&k)) else { continue };
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
