//! The stated number of those present disagrees with the list.

use super::{Check, Rule, Subject, about, is_minutes, stated_attendance};
use crate::finding::{Finding, Level};
use crate::model::{AttendanceStatus, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "attendance-count",
    level: Level::Warning,
    subject: Subject::Attendance,
    summary: "the stated number of those present disagrees with the list",
    summary_nb: "oppgitt antall møtende stemmer ikke med lista",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Compares sentences like *31 av 35 møtte* with the people listed as present, with and without deputies.

## Why it matters
The list or the number is wrong; the quorum rests on it.

## Example
`6 av 7 medlemmer` over a list of five members and two deputies.

## How to resolve
Count again in the signed minutes.

## Exceptions
A number that fits the members alone, or members and deputies together, is right. A list of half of those present or fewer, as of a
general meeting, is no list of all.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in record.documents.iter().filter(|d| is_minutes(d)) {
        let count = |s| document.attendance.iter().filter(|a| a.status == s).count() as u32;
        let (members, deputies) = (count(AttendanceStatus::Present), count(AttendanceStatus::Deputy));
        let late = document.attendance.iter().filter(|a| a.from_case.is_some()).count() as u32;
        if members == 0 {
            continue;
        }
        for stated in stated_attendance(record, document) {
            // Of a general meeting the minutes name but those who have an office.
            let names_few = stated.present >= (members + deputies) * 2;
            let fits = names_few
                || stated.present == members + deputies
                || stated.present + late == members + deputies
                || stated.present == members && !stated.with_deputies;
            if fits {
                continue;
            }
            found.push(
                about(&RULE, record, document, &[])
                    .say(
                        format!(
                            "{} stated as present, {members} members and {deputies} deputies listed",
                            stated.present
                        ),
                        format!(
                            "{} oppgitt som møtende, {members} medlemmer og {deputies} varamedlemmer ført opp",
                            stated.present
                        ),
                    )
                    .value("stated", stated.present)
                    .value("members", members)
                    .value("deputies", deputies)
                    .at(&[stated.span])
                    .sealed(),
            );
        }
    }
    found
}
