//! Numbers missing in a body's yearly series.

use std::collections::BTreeSet;

use super::{Check, Rule, Subject, about_archive};
use crate::facts::{DocumentFact, Facts};
use crate::finding::{Finding, Level};
use crate::model::CaseNumber;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "case-number-gap",
    level: Level::Warning,
    subject: Subject::Case,
    summary: "numbers missing in a body's yearly series",
    summary_nb: "numre mangler i et organs årlige saksserie",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Gathers the case numbers of a body by series and year over all files and reports those that are missing between the first
and the last. Numbers that are missing one after the other make one finding.

## Why it matters
A missing number is a case that was withdrawn, kept closed, or lost.

## Example
K 12/13, K 13/13, K 15/13: number 14 is missing.

## How to resolve
Look in the case system or the journal for the number, and note why it is not here.

## Exceptions
Where more than two numbers are missing between two meetings, a meeting between them is most often not in the archive:
`info`. Numbers missing within one meeting are a warning, however many. Each series (PS, RS, DS, FO) is counted by itself.
Numbers without a year are not looked at. A number that stands there with another year is `case-year-mismatch`.
";

/// A longer row of numbers missing between two meetings is taken for a meeting that is not in the archive.
const LONGEST_GAP: u32 = 2;

/// How many of the missing numbers a finding lists one by one.
const MOST_LISTED: usize = 5;

fn check(facts: &Facts) -> Vec<Finding> {
    let slips = slips(facts);
    let mut found = Vec::new();
    for ((body, upper, year), series) in &facts.series() {
        let used: Vec<(u32, &[&DocumentFact])> = series.numbers.iter().map(|(n, d)| (*n, d.as_slice())).collect();
        for pair in used.windows(2) {
            let ((before, users), (after, next_users)) = (pair[0], pair[1]);
            let missing = after - before - 1;
            let Some(document) = next_users.first().filter(|_| missing > 0) else { continue };
            if (before + 1..after).all(|n| slips.contains(&(*body, upper.clone(), *year, n))) {
                continue;
            }
            let named = |n: u32| CaseNumber { series: series.name.clone(), sequence: n, year: Some(*year) }.to_string();
            let (first, last) = (named(before + 1), named(after - 1));
            let list: Vec<String> = (before + 1..after).take(MOST_LISTED).map(named).collect();
            let whole_meeting = missing > LONGEST_GAP && !within_one_meeting(users, next_users);
            let (en, nb) = if missing == 1 {
                (format!("{first} is missing"), format!("{first} mangler"))
            } else {
                (
                    format!("{first} to {last} are missing ({missing} numbers)"),
                    format!("{first} til {last} mangler ({missing} numre)"),
                )
            };
            let mut finding = about_archive(&RULE, document)
                .level(if whole_meeting { Level::Info } else { RULE.level })
                .say(en, nb)
                .value("missing", missing)
                .value("first", first)
                .value("last", last)
                .place(document.place(document.span));
            finding.cases = list;
            found.push(finding.sealed());
        }
    }
    found
}

/// Numbers that a meeting uses with another year than its own: body, series, the meeting's year, number.
fn slips<'f>(facts: &'f Facts) -> BTreeSet<(&'f (String, String), String, i16, u32)> {
    let mut found = BTreeSet::new();
    for document in &facts.documents {
        let Some(held) = document.date.as_ref().and_then(|d| d.get(..4)?.parse::<i16>().ok()) else { continue };
        for number in document.cases.iter().filter_map(|c| c.number.as_ref()).filter(|n| n.year != Some(held)) {
            let series = number.series.as_deref().unwrap_or_default().to_uppercase();
            found.insert((&document.body_key, series, held, number.sequence));
        }
    }
    found
}

/// Whether the meeting that used a number first is one that used the next number. A case that was put off comes again, so
/// its later meetings say nothing of where it had its number from.
fn within_one_meeting(users: &[&DocumentFact], next_users: &[&DocumentFact]) -> bool {
    let first = users.iter().min_by_key(|d| (d.date.is_none(), &d.date));
    first.is_some_and(|f| next_users.iter().any(|n| std::ptr::eq(*n, *f) || n.date.is_some() && n.date == f.date))
}
