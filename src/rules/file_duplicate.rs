//! A file with the same bytes as another.

use crate::finding::{Finding, Level, Place};
use crate::model::Record;
use crate::rules::{Check, Rule, Subject, about_file};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "file-duplicate",
    level: Level::Info,
    subject: Subject::File,
    summary: "two files have the same bytes",
    summary_nb: "to filer er like, byte for byte",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Reports a file whose bytes are those of a file before it, in order of path. Its text is not read again, not counted and
not searched.

## Why it matters
Copies make an archive larger than it is and let one fault look like several.

## Example
`Kopi av protokoll.docx` has the same bytes as `2014/protokoll.docx`.

## How to resolve
Keep one of them, or leave the copies out with a `.motebokignore`.
";

fn check(record: &Record) -> Vec<Finding> {
    let Some(original) = &record.source.duplicate_of else { return Vec::new() };
    let message = format!("the same bytes as {original}");
    let nb = format!("samme innhold, byte for byte, som {original}");
    let mut finding = about_file(&RULE, record, RULE.level, message, nb, [("original", original.as_str())]);
    finding.at.push(Place { path: original.clone(), document: None, span: None });
    vec![finding]
}
