//! Minutes approved under a date that the minutes at hand do not bear.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Check, Rule, Subject, about_archive};
use crate::facts::{DocumentFact, Facts};
use crate::finding::{Finding, Level};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "approval-mismatch",
    level: Level::Error,
    subject: Subject::Approval,
    summary: "an agenda or minutes approves minutes of a date that the minutes at hand do not bear",
    summary_nb: "det godkjennes en protokoll med en annen dato enn protokollene i arkivet har",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Looks for the minutes that each approval case names. Where no meeting bears the named day, but the same file holds minutes
of the body, or the archive holds minutes between the named day and this meeting, or the last minutes before this meeting
bear a date that is a slip away, it is reported. A slip is up to three days in one month; where nobody approves those
minutes, also another month or year, or days that are no whole weeks.

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

/// Two meetings of a body are further apart than this.
const CLOSE_DAYS: i32 = 3;

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for documents in facts.by_body().values() {
        let days: BTreeSet<&str> = documents.iter().filter_map(|d| d.date.as_deref()).collect();
        let approved: BTreeSet<&str> =
            documents.iter().flat_map(|d| &d.cases).flat_map(|c| &c.approves).map(|a| a.0.as_str()).collect();
        let minutes: BTreeMap<&str, &DocumentFact> =
            documents.iter().rev().filter(|d| d.is_minutes()).filter_map(|d| Some((d.date.as_deref()?, *d))).collect();
        for document in documents {
            let Some(own) = document.date.as_deref() else { continue };
            let in_file: Vec<&str> = same_file(documents, document)
                .filter(|d| d.is_minutes() && d.id != document.id)
                .filter_map(|d| d.date.as_deref())
                .collect();
            for case in &document.cases {
                for (day, span) in &case.approves {
                    if days.contains(day.as_str()) {
                        continue;
                    }
                    let beside = in_file.iter().copied().find(|d| *d < own);
                    let between = minutes.range(day.as_str()..own).next_back().map(|(d, _)| *d);
                    let last = minutes.range(..own).next_back().map(|(d, _)| *d);
                    let skipped = last.filter(|d| is_slip(day, d, approved.contains(d)));
                    let Some(bears) = beside.or(between).or(skipped) else { continue };
                    if document.cases.iter().flat_map(|c| &c.approves).any(|a| a.0 == bears) {
                        continue;
                    }
                    let mut finding = about_archive(&RULE, document)
                        .say(
                            format!("approves the minutes of {day}; the minutes at hand bear {bears}"),
                            format!("godkjenner protokollen fra {day}; protokollen som foreligger, er datert {bears}"),
                        )
                        .value("approved", day.as_str())
                        .value("at_hand", bears)
                        .place(document.place(Some(*span)));
                    if let Some(minutes) = minutes.get(bears) {
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

/// Whether the day named is most likely a slip for the day of the minutes at hand (both `YYYY-MM-DD`): they differ in one
/// part alone, by up to three days or else not by whole weeks, as two real meetings would.
fn is_slip(named: &str, held: &str, is_approved: bool) -> bool {
    let parts = named.split('-').zip(held.split('-')).filter(|(a, b)| a != b).count();
    let (Ok(named), Ok(held)) = (named.parse::<Date>(), held.parse::<Date>()) else { return false };
    let days = (named - held).get_days().abs();
    parts == 1 && (days <= CLOSE_DAYS || !is_approved && days % 7 != 0)
}

/// The documents of a body that stand in one file with `document`; `documents` are in order of path.
fn same_file<'f>(
    documents: &'f [&'f DocumentFact],
    document: &'f DocumentFact,
) -> impl Iterator<Item = &'f &'f DocumentFact> {
    let first = documents.partition_point(|d| d.path < document.path);
    documents[first..].iter().take_while(move |d| d.path == document.path)
}
