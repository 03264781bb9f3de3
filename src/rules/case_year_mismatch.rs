//! The year of a case number is not that of the meeting.

use super::{Check, Rule, Subject, about, number};
use crate::finding::{Finding, Level};
use crate::model::Record;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "case-year-mismatch",
    level: Level::Warning,
    subject: Subject::Case,
    summary: "the year of a case number is not that of the meeting",
    summary_nb: "årstallet i saksnummeret er ikke møtets år",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Compares the year of every case number with the year of the meeting.

## Why it matters
A slip in the number sends every reference to another case.

## Example
F 9/04 at a meeting in 2005.

## How to resolve
Look at the neighbours in the series.

## Exceptions
In January numbers of the old year are common. A document in which most numbers are of another year has the wrong date instead.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        let Some(date) = &document.meeting.date else { continue };
        let (Some(year), Some(month)) = (date.value.get(..4).and_then(|y| y.parse::<i16>().ok()), date.value.get(5..7))
        else {
            continue;
        };
        let numbers: Vec<_> = document.cases.iter().filter_map(|c| Some((c, c.number.as_ref()?))).collect();
        let off: Vec<_> = numbers.iter().filter(|(_, n)| n.value.year.is_some_and(|y| y != year)).collect();
        if off.len() * 2 > numbers.len() {
            continue;
        }
        for (case, printed) in off {
            let old = printed.value.year == Some(year - 1) && month == "01";
            if old {
                continue;
            }
            found.push(
                about(&RULE, record, document, &number(case))
                    .say(
                        format!("{} at a meeting in {year}", printed.value),
                        format!("{} på et møte i {year}", printed.value),
                    )
                    .value("number", printed.value.to_string())
                    .value("meeting", date.value.as_str())
                    .at(printed.at.spans())
                    .at(date.at.spans())
                    .sealed(),
            );
        }
    }
    found
}
