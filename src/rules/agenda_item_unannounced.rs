//! In the minutes, not on the agenda.

use std::collections::BTreeSet;

use super::{Check, Rule, Subject, about_archive, meetings, numbered};
use crate::facts::Facts;
use crate::finding::{Finding, Level};
use crate::model::CaseType;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "agenda-item-unannounced",
    level: Level::Warning,
    subject: Subject::Meeting,
    summary: "in the minutes, not on the agenda",
    summary_nb: "i protokollen, men ikke på sakslista",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Compares the case numbers of minutes and agenda of one body and day; a supplementary agenda counts with the first.

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
    for meeting in meetings(facts) {
        let mut seen = BTreeSet::new();
        for (minutes, case) in meeting.minutes.iter().flat_map(|m| m.cases.iter().map(move |c| (m, c))) {
            let Some(number) = &case.number else { continue };
            let called = numbered(&meeting.agendas, number).next().is_some();
            let moved = case.moved || meeting.moved(number);
            if called || moved || case.kind == CaseType::Other || !seen.insert(number) {
                continue;
            }
            let mut finding = about_archive(&RULE, minutes)
                .say(
                    format!("{number} ({}) is in the minutes, not on the agenda", case.title),
                    format!("{number} ({}) står i protokollen, men ikke på sakslista", case.title),
                )
                .value("title", case.title.as_str())
                .place(minutes.place(case.span));
            for agenda in &meeting.agendas {
                finding = finding.place(agenda.place(agenda.span));
            }
            finding.cases = vec![number.to_string()];
            found.push(finding.sealed());
        }
    }
    found
}
