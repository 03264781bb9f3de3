//! Minutes that approve the minutes of their own meeting.

use super::{Check, Rule, Subject, about, is_minutes, number};
use crate::facts::approves;
use crate::finding::{Finding, Level};
use crate::model::{CaseType, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "minutes-self-approval",
    level: Level::Error,
    subject: Subject::Approval,
    summary: "minutes approve the minutes of their own meeting",
    summary_nb: "en protokoll godkjenner protokollen fra sitt eget møte",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Compares the day of the minutes that a case approves with the day of the meeting itself.

## Why it matters
One of the two dates is wrong: that of the meeting, or that of the minutes approved.

## Example
Minutes of 22.03.2022 with the case *Protokoll fra møte 22.03.2022*.

## How to resolve
Look at the agenda and at the minutes before: the case numbers tell which meeting comes between.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in record.documents.iter().filter(|d| is_minutes(d)) {
        let Some(date) = &document.meeting.date else { continue };
        for case in document.cases.iter().filter(|c| c.kind == CaseType::Approval) {
            for (day, span) in approves(document, case) {
                if day == date.value {
                    found.push(
                        about(&RULE, record, document, &number(case))
                            .say(
                                format!("the minutes of {day} approve the minutes of {day}"),
                                format!("protokollen fra {day} godkjenner protokollen fra {day}"),
                            )
                            .value("meeting", date.value.as_str())
                            .value("approved", day)
                            .at(&[span])
                            .at(date.at.spans())
                            .sealed(),
                    );
                }
            }
        }
    }
    found
}
