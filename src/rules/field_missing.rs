//! A mandatory field of this kind of document is absent.

use super::{Check, Rule, Subject, about};
use crate::finding::{Finding, Level};
use crate::model::{AttendanceStatus, Kind, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "field-missing",
    level: Level::Warning,
    subject: Subject::Document,
    summary: "a mandatory field of this kind of document is absent",
    summary_nb: "et obligatorisk felt mangler i denne typen dokument",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Minutes must say when the body met and who met (kommuneloven 2018 § 11-4); an agenda must say when it meets.

## Why it matters
Without them the document cannot be placed, nor its votes checked.

## Example
Minutes with cases and votes and no list of those present.

## How to resolve
Look for a list on paper or in the case system.

## Exceptions
Single extracts of minutes and documents without cases are left alone.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in record
        .documents
        .iter()
        .filter(|d| matches!(d.kind, Kind::Minutes | Kind::Agenda) && d.title.is_some() && d.cases.len() > 1)
    {
        let mut report = |field: &str, en: &str, nb: &str| {
            found.push(
                about(&RULE, record, document, &[])
                    .say(en, nb)
                    .value("field", field)
                    .value("title", document.title.as_ref().map_or("", |t| t.value.as_str()))
                    .at(document.title.as_ref().map_or(&[], |t| t.at.spans()))
                    .sealed(),
            );
        };
        let listed = document
            .attendance
            .iter()
            .any(|a| matches!(a.status, AttendanceStatus::Present | AttendanceStatus::Deputy));
        if document.kind == Kind::Minutes && !listed {
            report("attendance", "the minutes list nobody as present", "protokollen fører ikke opp noen som møtte");
        }
        if document.meeting.date.is_none() {
            report("date", "the date of the meeting is not given", "møtedatoen er ikke oppgitt");
        }
    }
    found
}
