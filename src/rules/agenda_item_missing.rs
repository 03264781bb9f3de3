//! On the agenda, not in the minutes.

use std::collections::BTreeSet;

use super::{Check, Rule, Subject, about_archive, meetings, numbered};
use crate::facts::Facts;
use crate::finding::{Finding, Level};
use crate::model::CaseType;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "agenda-item-missing",
    level: Level::Warning,
    subject: Subject::Meeting,
    summary: "on the agenda, not in the minutes",
    summary_nb: "på sakslista, men ikke i protokollen",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Compares the case numbers of agenda and minutes of one body and day; supplements and extracts count with them.

## Why it matters
A case that was called and left no trace was withdrawn, or its page is lost.

## Example
K 36/19 is on the agenda and not in the minutes.

## How to resolve
Look at the next agenda and at the pages of the minutes.

## Exceptions
Any other business; cases that agenda or minutes name before the first case as withdrawn, put off or renumbered.
";

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for meeting in meetings(facts) {
        let mut seen = BTreeSet::new();
        for (agenda, case) in meeting.agendas.iter().flat_map(|a| a.cases.iter().map(move |c| (a, c))) {
            let Some(number) = &case.number else { continue };
            let treated = numbered(&meeting.minutes, number).next().is_some();
            if treated || case.kind == CaseType::Other || meeting.moved(number) || !seen.insert(number) {
                continue;
            }
            let mut finding = about_archive(&RULE, agenda)
                .say(
                    format!("{number} ({}) is on the agenda, not in the minutes", case.title),
                    format!("{number} ({}) står på sakslista, men ikke i protokollen", case.title),
                )
                .value("title", case.title.as_str())
                .place(agenda.place(case.span));
            for minutes in &meeting.minutes {
                finding = finding.place(minutes.place(minutes.span));
            }
            finding.cases = vec![number.to_string()];
            found.push(finding.sealed());
        }
    }
    found
}
