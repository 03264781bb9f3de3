//! Planned meetings overlap, or fall on a Sunday or public holiday.

use jiff::civil::{Date, Weekday};

use super::{Check, Rule, Subject, about};
use crate::finding::{Finding, Level};
use crate::lang::lexicon;
use crate::model::{PlannedMeeting, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "plan-collision",
    level: Level::Warning,
    subject: Subject::PlannedMeeting,
    summary: "planned meetings overlap, or fall on a Sunday or public holiday",
    summary_nb: "planlagte møter overlapper, eller er lagt til en søndag eller helligdag",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Compares the rows of a meeting plan: two meetings of different bodies at one time, one body twice on one day, a Sunday
or a Norwegian public holiday.

## Why it matters
Plans are made by copying last year's; collisions show which row was not moved.

## Example
Two bodies from 8.30 to 11.30 on the same day.

## How to resolve
Look up when the meetings were held.

## Exceptions
Two meetings on one day, one after the other, are right. Meetings without times are only compared within one body.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        let plan = &document.planned_meetings;
        for (i, a) in plan.iter().enumerate() {
            if let Ok(day) = a.date.value.parse::<Date>()
                && is_free(day)
            {
                found.push(
                    about(&RULE, record, document, &[])
                        .say(
                            format!("{} is planned on {day}, a Sunday or public holiday", a.body.value),
                            format!("{} er lagt til {day}, en søndag eller helligdag", a.body.value),
                        )
                        .value("body", a.body.value.as_str())
                        .value("date", day.to_string())
                        .at(a.date.at.spans())
                        .sealed(),
                );
            }
            for b in &plan[i + 1..] {
                if a.date.value == b.date.value && collide(a, b) {
                    found.push(
                        about(&RULE, record, document, &[])
                            .say(
                                format!(
                                    "{} and {} are planned at the same time on {}",
                                    a.body.value, b.body.value, a.date.value
                                ),
                                format!("{} og {} er lagt til samme tid {}", a.body.value, b.body.value, a.date.value),
                            )
                            .value("first", a.body.value.as_str())
                            .value("second", b.body.value.as_str())
                            .value("date", a.date.value.as_str())
                            .at(a.date.at.spans())
                            .at(b.date.at.spans())
                            .sealed(),
                    );
                }
            }
        }
    }
    found
}

fn collide(a: &PlannedMeeting, b: &PlannedMeeting) -> bool {
    let time = |t: &Option<crate::model::Sourced<String>>| t.as_ref().map(|t| t.value.clone());
    match (time(&a.start), time(&a.end), time(&b.start), time(&b.end)) {
        (Some(a_start), Some(a_end), Some(b_start), Some(b_end)) => a_start < b_end && b_start < a_end,
        (Some(a_start), _, Some(b_start), _) => a_start == b_start,
        _ => a.body.value.to_lowercase() == b.body.value.to_lowercase(),
    }
}

/// Sundays and public holidays of Norway.
fn is_free(day: Date) -> bool {
    if day.weekday() == Weekday::Sunday || lexicon().fixed_holidays.contains(&day.to_string()[5..]) {
        return true;
    }
    let Some(easter) = easter(day.year()) else { return false };
    lexicon().easter_holidays.iter().any(|d| easter.checked_add(jiff::Span::new().days(*d)).is_ok_and(|h| h == day))
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}
