//! A field filled with something that says nothing.

use super::{Check, Rule, Subject, about};
use crate::finding::{Finding, Level};
use crate::model::Record;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "field-placeholder",
    level: Level::Warning,
    subject: Subject::Document,
    summary: "a field filled with \".\", \"-\", \"xx\", \"22/-\"",
    summary_nb: "et felt fylt med «.», «-», «xx», «22/-»",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Reports a field of a document's head that holds only marks, `xx`, or a year without a number.

## Why it matters
The template was never filled in: the archive lacks a reference or a time that the document seems to give.

## Example
`Referanse: 22/-`

## How to resolve
Find the value in the case system or the calendar and add it to the metadata.

## Exceptions
An empty field is not reported here; see `field-missing`.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        for placeholder in &document.placeholders {
            let (label, filling) = (&placeholder.label.value, &placeholder.filling.value);
            found.push(
                about(&RULE, record, document, &[])
                    .say(format!("{label} holds only \"{filling}\""), format!("{label} inneholder bare «{filling}»"))
                    .value("field", label.as_str())
                    .value("filling", filling.as_str())
                    .value("document", document.id.as_str())
                    .at(placeholder.label.at.spans())
                    .at(placeholder.filling.at.spans())
                    .sealed(),
            );
        }
    }
    found
}
