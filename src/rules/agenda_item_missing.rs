//! On the agenda, not in the minutes.

use super::{Check, Rule, about_archive, meetings};
use crate::facts::Facts;
use crate::finding::{Finding, Level};
use crate::model::CaseType;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "agenda-item-missing",
    level: Level::Warning,
    summary: "on the agenda, not in the minutes",
    summary_nb: "på sakslista, men ikke i protokollen",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Compares the case numbers of agenda and minutes of one body and day.

## Why it matters
A case that was called and left no trace was withdrawn, or its page is lost.

## Example
K 36/19 is on the agenda and not in the minutes.

## How to resolve
Look at the next agenda and at the pages of the minutes.

## Exceptions
Any other business; cases that the minutes name as withdrawn, put off or renumbered.
";

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for (agenda, minutes) in meetings(facts) {
        let treated =
            |n: &crate::model::CaseNumber| minutes.cases.iter().any(|c| c.number.as_ref().is_some_and(|m| m == n));
        for case in &agenda.cases {
            let Some(number) = case.number.as_ref().filter(|n| !treated(n)) else { continue };
            if case.kind == CaseType::Other {
                continue;
            }
            let mut finding = about_archive(&RULE, agenda)
                .say(
                    format!("{number} ({}) is on the agenda, not in the minutes", case.title),
                    format!("{number} ({}) står på sakslista, men ikke i protokollen", case.title),
                )
                .value("title", case.title.as_str())
                .place(agenda.place(case.span))
                .place(minutes.place(minutes.span));
            finding.cases = vec![number.to_string()];
            found.push(finding.sealed());
        }
    }
    found
}
