//! A file whose name says another format than its content.

use crate::finding::{Finding, Level};
use crate::model::Record;
use crate::rules::{Check, Rule, Subject, about_file};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "file-mislabelled",
    level: Level::Warning,
    subject: Subject::File,
    summary: "the extension of a file name belongs to another format than the content",
    summary_nb: "filendelsen hører til et annet format enn innholdet",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Compares the extension of the file name with the format of the content.

## Why it matters
Programs that go by the name open the file with the wrong reader, or not at all.

## Example
`protokoll.doc` is in fact RTF: it was saved in another format under the old name.

## How to resolve
Rename the file. The text is read by its content in any case.

## Exceptions
An extension that belongs to no known format is not reported.
";

fn check(record: &Record) -> Vec<Finding> {
    let format = &record.source.format;
    let claims = format.warnings.iter().filter_map(|w| w.strip_prefix("the extension says "));
    claims
        .take(1)
        .map(|claimed| {
            let message = format!("the extension says {claimed}, the content is {}", format.name);
            let nb = format!("filendelsen sier {claimed}, innholdet er {}", format.name);
            about_file(&RULE, record, RULE.level, message, nb, [("extension", claimed), ("content", &format.name)])
        })
        .collect()
}
