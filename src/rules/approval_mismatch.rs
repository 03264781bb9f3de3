//! Minutes approved under a date that the minutes at hand do not bear.

use super::{Check, Rule, about_archive};
use crate::facts::{DocumentFact, Facts};
use crate::finding::{Finding, Level};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "approval-mismatch",
    level: Level::Error,
    summary: "an agenda or minutes approves minutes of a date that the minutes at hand do not bear",
    summary_nb: "det godkjennes en protokoll med en annen dato enn protokollene i arkivet har",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Looks for the minutes that each approval case names. Where the same file holds minutes of the body, or the archive holds
minutes between the named day and this meeting, and no meeting bears the named day, it is reported.

## Why it matters
Either the minutes bear the wrong date or the wrong minutes were approved.

## Example
The agenda approves the minutes of 12.02.2014; the meeting was on 19.02.2014.

## How to resolve
Compare the dates in agenda, minutes and calendar.

## Exceptions
Minutes of a time that the archive does not cover are not missed, nor are those of a further meeting where the minutes at
hand are approved too. Minutes that approve their own meeting are
`minutes-self-approval`.
";

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for documents in facts.by_body().values() {
        let days: Vec<&str> = documents.iter().filter_map(|d| d.date.as_deref()).collect();
        for document in documents {
            let Some(own) = document.date.as_deref() else { continue };
            for case in &document.cases {
                for (day, span) in &case.approves {
                    if days.contains(&day.as_str()) {
                        continue;
                    }
                    let in_file = |d: &&&DocumentFact| d.path == document.path && d.is_minutes() && d.id != document.id;
                    let beside = documents.iter().filter(in_file).filter_map(|d| d.date.as_deref()).find(|d| *d < own);
                    let held = documents.iter().filter(|d| d.is_minutes()).filter_map(|d| d.date.as_deref());
                    let between = held.filter(|d| *d > day.as_str() && *d < own).max();
                    let Some(bears) = beside.or(between) else { continue };
                    if document.cases.iter().flat_map(|c| &c.approves).any(|a| a.0 == bears) {
                        continue;
                    }
                    let at = documents.iter().find(|d| d.is_minutes() && d.date.as_deref() == Some(bears));
                    let mut finding = about_archive(&RULE, document)
                        .say(
                            format!("approves the minutes of {day}; the minutes at hand bear {bears}"),
                            format!("godkjenner protokollen fra {day}; protokollen som foreligger, er datert {bears}"),
                        )
                        .value("approved", day.as_str())
                        .value("at_hand", bears)
                        .place(document.place(Some(*span)));
                    if let Some(minutes) = at {
                        finding = finding.place(minutes.place(minutes.span));
                    }
                    finding.cases = case.number.iter().map(ToString::to_string).collect();
                    found.push(finding.sealed());
                }
            }
        }
    }
    found
}
