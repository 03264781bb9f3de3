//! An agenda dated after its meeting, minutes dated before it, an end before the start, or a next meeting before this one.

use super::{Check, Rule, Subject, about};
use crate::finding::{Finding, Level};
use crate::model::{Kind, Record, Sourced};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "date-order",
    level: Level::Warning,
    subject: Subject::Document,
    summary: "an agenda dated after its meeting, minutes dated before it, an end before the start, or a next meeting before this",
    summary_nb: "innkalling datert etter møtet, protokoll datert før det, slutt før start, eller neste møte før dette",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Compares the date of a document with the date of its meeting, the start of the meeting with its end, and in minutes the date
of the meeting with that of the next one, where its year is written.

## Why it matters
One of the two dates or times is wrong.

## Example
An agenda dated 15 September for a meeting on 6 September.

## How to resolve
Look in the journal for the day of dispatch.

## Exceptions
Meetings that end after midnight, at two o'clock at the latest, are right.
";

/// An end up to this time may be after midnight.
const AFTER_MIDNIGHT: &str = "02:00";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        let meeting = &document.meeting;
        let mut report = |a: &Sourced<String>, b: &Sourced<String>, en: String, nb: String| {
            found.push(
                about(&RULE, record, document, &[])
                    .say(en, nb)
                    .value("first", a.value.as_str())
                    .value("second", b.value.as_str())
                    .at(a.at.spans())
                    .at(b.at.spans())
                    .sealed(),
            );
        };
        if let (Some(date), Some(held)) = (&document.document_date, &meeting.date) {
            if document.kind == Kind::Agenda && date.value > held.value {
                report(
                    date,
                    held,
                    format!("the agenda is dated {}, the meeting is on {}", date.value, held.value),
                    format!("innkallingen er datert {}, møtet er {}", date.value, held.value),
                );
            } else if document.kind == Kind::Minutes && date.value < held.value {
                report(
                    date,
                    held,
                    format!("the minutes are dated {}, the meeting was on {}", date.value, held.value),
                    format!("protokollen er datert {}, møtet var {}", date.value, held.value),
                );
            }
        }
        if let Some(held) = meeting.date.as_ref().filter(|_| document.kind == Kind::Minutes) {
            for next in &document.planned_meetings {
                if next.date.value <= held.value {
                    report(
                        held,
                        &next.date,
                        format!("the next meeting is on {}, this one was on {}", next.date.value, held.value),
                        format!("neste møte er {}, dette var {}", next.date.value, held.value),
                    );
                }
            }
        }
        if let (Some(start), Some(end)) = (&meeting.start, &meeting.end)
            && end.value <= start.value
            && end.value.as_str() > AFTER_MIDNIGHT
            && meeting.end_date.is_none()
        {
            report(
                start,
                end,
                format!("the meeting starts at {} and ends at {}", start.value, end.value),
                format!("møtet begynner kl. {} og slutter kl. {}", start.value, end.value),
            );
        }
    }
    found
}
