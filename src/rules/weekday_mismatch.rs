//! A weekday that the calendar does not give to the date beside it.

use jiff::civil::{Date, Weekday};

use super::{Check, Rule, Subject, about};
use crate::extract::line::lines_where;
use crate::extract::values::date;
use crate::finding::{Finding, Level};
use crate::lang::lexicon;
use crate::model::{CaseNumber, Document, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "weekday-mismatch",
    level: Level::Error,
    subject: Subject::Document,
    summary: "weekday and date disagree",
    summary_nb: "ukedag og dato stemmer ikke overens",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Looks up every date that stands with a weekday in the Gregorian calendar.

## Why it matters
Either the weekday or the date is wrong; people went, or were called, on another day than the archive says.

## Example
`Onsdag 08.09` in a plan for 2023: 8 September 2023 is a Friday.

## How to resolve
Look at the agenda and the minutes of the meeting, and correct the one that is wrong.

## Exceptions
Dates without a year are only looked at in meeting plans, where the title gives it, and for the next meeting, which is
within a year.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        for planned in &document.planned_meetings {
            if let Some(weekday) = &planned.weekday
                && let Some(number) = lexicon().weekdays.get(weekday.value.to_lowercase().as_str())
                && let Ok(day) = planned.date.value.parse::<Date>()
            {
                let spans = [weekday.at.spans(), planned.date.at.spans()].concat();
                found.extend(compare(record, document, &[], *number, &weekday.value, day, &spans));
            }
        }
    }
    for line in lines_where(&record.blocks, date::names_weekday) {
        let Some(document) = record.documents.iter().find(|d| d.blocks.0 <= line.block && line.block <= d.blocks.1)
        else {
            continue;
        };
        if document.planned_meetings.iter().any(|p| p.date.at.spans().iter().any(|s| s.block == line.block)) {
            continue;
        }
        for mention in date::find(line.text()) {
            if let (Some((weekday, from, to)), Some(day)) = (mention.weekday, mention.date(None)) {
                let spans = [line.span_of(from, to), line.span_of(mention.start, mention.end)];
                let printed = line.span_of(from, to);
                let word = &line.raw[printed.start - line.start..printed.end - line.start];
                let case: Vec<&CaseNumber> = document
                    .cases
                    .iter()
                    .rfind(|c| c.title.at.spans().first().is_some_and(|s| s.block <= line.block))
                    .and_then(|c| c.number.as_ref())
                    .map(|n| &n.value)
                    .into_iter()
                    .collect();
                found.extend(compare(record, document, &case, weekday, word, day, &spans));
            }
        }
    }
    found
}

fn compare(
    record: &Record,
    document: &Document,
    case: &[&CaseNumber],
    weekday: u8,
    printed: &str,
    day: Date,
    spans: &[crate::document::Span],
) -> Option<Finding> {
    let is = day.weekday().to_monday_one_offset();
    if is == weekday as i8 {
        return None;
    }
    let name = |n: i8| lexicon().weekday_names.get(n as usize - 1).map_or("", String::as_str);
    let true_name = name(is);
    let stated = Weekday::from_monday_one_offset(weekday as i8).ok()?;
    let near =
        (-3..=3).filter_map(|d| day.checked_add(jiff::Span::new().days(d)).ok()).find(|d| d.weekday() == stated)?;
    Some(
        about(&RULE, record, document, case)
            .say(
                format!("{day} is a {}, not {printed}", english(is)),
                format!("{day} er en {true_name}, ikke {}", printed.to_lowercase()),
            )
            .value("date", day.to_string())
            .value("stated", printed)
            .value("calendar", true_name)
            .value("nearest_with_stated_weekday", near.to_string())
            .suggest(format!("{true_name} {day}"))
            .at(spans)
            .sealed(),
    )
}

fn english(weekday: i8) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        .get(weekday as usize - 1)
        .copied()
        .unwrap_or_default()
}
