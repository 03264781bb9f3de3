//! Fewer than half of the known seats are present.

use super::{Check, Rule, Subject, about, is_minutes, stated_attendance};
use crate::finding::{Finding, Level};
use crate::model::{AttendanceStatus, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "quorum-not-met",
    level: Level::Error,
    subject: Subject::Attendance,
    summary: "fewer than half of the known seats are present",
    summary_nb: "færre enn halvparten av medlemmene er til stede",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Compares the members and deputies present with the number of seats that the minutes state.

## Why it matters
A body that is not quorate cannot decide (kommuneloven 2018 § 11-9).

## Example
`Møtte: 3 av 7 medlemmer`.

## How to resolve
Look whether deputies came who are not listed.

## Exceptions
Minutes that do not state the number of seats are left alone.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in record.documents.iter().filter(|d| is_minutes(d)) {
        let listed = document
            .attendance
            .iter()
            .filter(|a| matches!(a.status, AttendanceStatus::Present | AttendanceStatus::Deputy))
            .count() as u32;
        for stated in stated_attendance(record, document) {
            let Some(seats) = stated.seats else { continue };
            let present = stated.present.max(listed.min(seats));
            if present * 2 >= seats {
                continue;
            }
            found.push(
                about(&RULE, record, document, &[])
                    .say(format!("{present} of {seats} present"), format!("{present} av {seats} til stede"))
                    .value("present", present)
                    .value("seats", seats)
                    .at(&[stated.span])
                    .sealed(),
            );
        }
    }
    found
}
