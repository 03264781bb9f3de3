//! No later meeting approves these minutes.

use std::collections::BTreeSet;

use super::{Check, Rule, Subject, about_archive};
use crate::facts::{DocumentFact, Facts};
use crate::finding::{Finding, Level};
use crate::model::CaseType;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "minutes-not-approved",
    level: Level::Warning,
    subject: Subject::Minutes,
    summary: "no later meeting approves these minutes",
    summary_nb: "ingen senere møte godkjenner denne protokollen",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
For each minutes of a body that approves minutes by date, looks for a later meeting in the archive that approves them.

## Why it matters
Minutes that were never approved may have been changed, or the approval bears a wrong date.

## Example
Minutes of 04.09.2013; the next meeting approves others.

## How to resolve
Look at the first case of the next meeting.

## Exceptions
Only where a later meeting of the body is in the archive and that body's meetings do approve minutes by date; of a
body called by one word without a municipality, only where they approve some of the minutes at hand.
";

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for documents in facts.by_body().values() {
        let approved: BTreeSet<&str> =
            documents.iter().flat_map(|d| &d.cases).flat_map(|c| &c.approves).map(|a| a.0.as_str()).collect();
        let approves =
            |d: &DocumentFact| d.cases.iter().any(|c| c.kind == CaseType::Approval && !c.approves.is_empty());
        // Meetings of "Styret" alone may be those of several companies.
        let is_known = |d: &&DocumentFact| {
            d.municipality.is_some()
                || d.body.as_ref().is_some_and(|body| body.contains(' '))
                || d.date.as_deref().is_some_and(|day| approved.contains(day))
        };
        if !documents.iter().filter(|d| d.is_minutes()).any(is_known) {
            continue;
        }
        let last_approving = documents.iter().filter(|d| approves(d)).filter_map(|d| d.date.as_deref()).max();
        let mut seen = BTreeSet::new();
        for minutes in documents.iter().filter(|d| d.is_minutes() && !d.cases.is_empty()) {
            let Some(date) = minutes.date.as_deref() else { continue };
            if approved.contains(date) || last_approving.is_none_or(|last| last <= date) || !seen.insert(date) {
                continue;
            }
            found.push(
                about_archive(&RULE, minutes)
                    .say(
                        format!("no later meeting approves the minutes of {date}"),
                        format!("ingen senere møte godkjenner protokollen fra {date}"),
                    )
                    .value("date", date)
                    .place(minutes.place(minutes.span))
                    .sealed(),
            );
        }
    }
    found
}
