//! Title, header field, body text or file name give different dates for one meeting.

use std::collections::BTreeSet;

use super::{Check, Rule, Subject, about};
use crate::document::Span;
use crate::extract::cue;
use crate::extract::line::{Folded, lines_where};
use crate::extract::values::date;
use crate::finding::{Finding, Level};
use crate::lang::{TitleWord, lexicon};
use crate::model::{Document, Kind, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "meeting-date-conflict",
    level: Level::Error,
    subject: Subject::Document,
    summary: "title, header field, body text or file name give different dates for one meeting",
    summary_nb: "tittel, felt, brødtekst eller filnavn gir ulike datoer for samme møte",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Gathers the dates that a document gives for its meeting: in the title and the lines under it, in the field, in
sentences that say when the meeting was held, and in the file name.

## Why it matters
Meetings are looked up by date; a wrong one hides the minutes.

## Example
The heading says 22 May, the field *Møtedato* 29 May.

## How to resolve
Look in the calendar or the agenda.

## Exceptions
A file with several meetings may bear the date of one of them. A file name with a month or a year alone is not compared.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    let all: BTreeSet<&str> = record
        .documents
        .iter()
        .flat_map(|d| d.meeting.date.iter().chain(&d.meeting.end_date))
        .map(|d| d.value.as_str())
        .collect();
    for document in record.documents.iter().filter(|d| matches!(d.kind, Kind::Agenda | Kind::Minutes)) {
        let Some(held) = &document.meeting.date else { continue };
        for (day, span) in stated(record, document) {
            let in_range = document.meeting.end_date.as_ref().is_some_and(|e| held.value <= day && day <= e.value);
            if day != held.value && !in_range {
                found.push(
                    about(&RULE, record, document, &[])
                        .say(
                            format!("the meeting is on {} and on {day}", held.value),
                            format!("møtet er både {} og {day}", held.value),
                        )
                        .value("first", held.value.as_str())
                        .value("second", day)
                        .at(held.at.spans())
                        .at(&[span])
                        .sealed(),
                );
                break;
            }
        }
    }
    let name = record.source.path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |s| s.0).replace('_', "-");
    if let (Some(day), Some(first)) = (in_name(&stem), all.first())
        && !all.contains(day.as_str())
    {
        let Some(document) =
            record.documents.iter().find(|d| d.meeting.date.as_ref().is_some_and(|m| m.value == **first))
        else {
            return found;
        };
        found.push(
            about(&RULE, record, document, &[])
                .say(
                    format!("the file name says {day}, the text {first}"),
                    format!("filnavnet sier {day}, teksten {first}"),
                )
                .value("file_name", day)
                .value("text", *first)
                .at(document.meeting.date.as_ref().map_or(&[], |d| d.at.spans()))
                .sealed(),
        );
    }
    found
}

/// The full date in a file name.
fn in_name(stem: &str) -> Option<String> {
    let folded = Folded::new(stem);
    let found: Vec<date::Mention> = date::find(&folded.text).into_iter().filter(|m| m.year.is_some()).collect();
    match found.as_slice() {
        [one] => one.date(None).map(|d| d.to_string()),
        _ => None,
    }
}

/// The days that title, the lines right under it and sentences give for the meeting, beside the field.
fn stated(record: &Record, document: &Document) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let title = document.title.as_ref().and_then(|t| t.at.spans().first().copied());
    let first_case = document
        .cases
        .iter()
        .filter_map(|c| c.title.at.spans().first())
        .map(|s| s.block)
        .min()
        .unwrap_or(document.blocks.1 + 1);
    let has_digit = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    for line in lines_where(record.blocks_of(document), has_digit) {
        if cue::title(&line).is_some_and(|t| t.word == TitleWord::CaseMinutes) {
            // "Saksprotokoll i formannskapet 12.03.2015"
            found.extend(
                date::find(line.text())
                    .iter()
                    .filter_map(|m| Some((m.date(None)?.to_string(), line.span_of(m.start, m.end)))),
            );
        }
        if line.block >= first_case || line.cells.is_some() {
            continue;
        }
        let near_title =
            title.is_some_and(|t| line.block >= t.block && line.block <= t.block + 1 && !line.text().contains(':'));
        let sentence = lexicon().held.is_match(line.text());
        if near_title || sentence {
            found.extend(
                date::find(line.text())
                    .iter()
                    .take(1)
                    .filter(|m| m.last_day.is_none())
                    .filter_map(|m| Some((m.date(None)?.to_string(), line.span_of(m.start, m.end)))),
            );
        }
    }
    // "Åmot, 13. oktober 2021" over the title
    let written = document.document_date.as_ref().map_or(&[][..], |d| d.at.spans());
    found.retain(|(_, span)| !written.contains(span));
    found
}
