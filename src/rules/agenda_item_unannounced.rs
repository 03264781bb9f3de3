//! In the minutes, not on the agenda.

use super::{Check, Rule, about_archive, meetings};
use crate::facts::Facts;
use crate::finding::{Finding, Level};
use crate::model::CaseType;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "agenda-item-unannounced",
    level: Level::Warning,
    summary: "in the minutes, not on the agenda",
    summary_nb: "i protokollen, men ikke på sakslista",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Compares the case numbers of minutes and agenda of one body and day.

## Why it matters
A case taken up without notice may be contested (kommuneloven 2018 § 11-3).

## Example
K 38/19 was treated and is not on the agenda.

## How to resolve
Look for a supplementary agenda.

## Exceptions
Cases that the minutes call additional (*tilleggssak*); any other business.
";

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for (agenda, minutes) in meetings(facts) {
        let called =
            |n: &crate::model::CaseNumber| agenda.cases.iter().any(|c| c.number.as_ref().is_some_and(|m| m == n));
        for case in &minutes.cases {
            let Some(number) = case.number.as_ref().filter(|n| !called(n)) else { continue };
            if case.moved || case.kind == CaseType::Other {
                continue;
            }
            let mut finding = about_archive(&RULE, minutes)
                .say(
                    format!("{number} ({}) is in the minutes, not on the agenda", case.title),
                    format!("{number} ({}) står i protokollen, men ikke på sakslista", case.title),
                )
                .value("title", case.title.as_str())
                .place(minutes.place(case.span))
                .place(agenda.place(agenda.span));
            finding.cases = vec![number.to_string()];
            found.push(finding.sealed());
        }
    }
    found
}
