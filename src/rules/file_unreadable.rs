//! A file that could not be read, or not all of it.

use crate::document::{Problem, ProblemCode};
use crate::finding::{Finding, Level};
use crate::model::Record;
use crate::rules::{Check, Rule, Subject, about_file};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "file-unreadable",
    level: Level::Error,
    subject: Subject::File,
    summary: "a file, or a part of it, could not be read",
    summary_nb: "en fil, eller en del av den, kunne ikke leses",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Reports a file of which no text, or not all of it, could be read: no bytes, cut off or damaged, of an unknown format,
over a limit, or one at which a reader gave up. The record's `problem` says which.

## Why it matters
What is not read is neither searched nor checked. A damaged file in an archive may be the only copy.

## Example
`2014-03-12.docx` ends in the middle of the archive directory: the transfer was cut off.

## How to resolve
Fetch the file again from where it came, or convert it with the program that wrote it, and run again.

## Exceptions
A file of a known other format, such as a picture or a spreadsheet, is `info`: nothing is wrong with it.
";

fn check(record: &Record) -> Vec<Finding> {
    record.problems.iter().filter_map(|problem| finding(record, problem)).take(1).collect()
}

fn finding(record: &Record, problem: &Problem) -> Option<Finding> {
    let nb = match problem.code {
        ProblemCode::Empty => "filen er tom",
        ProblemCode::Damaged => "filen er skadet eller kuttet",
        ProblemCode::Unsupported if is_known(record) => "filen er av et format som ikke leses",
        ProblemCode::Unsupported => "filen er av et ukjent format",
        ProblemCode::LimitExceeded => "filen overskrider en grense",
        ProblemCode::ToolMissing => "et hjelpeprogram mangler",
        ProblemCode::Timeout => "lesingen tok for lang tid",
        ProblemCode::OutOfMemory => "lesingen tok for mye minne",
        ProblemCode::Crashed => "leseren stoppet",
        ProblemCode::Unreadable => "filen kan ikke åpnes",
        ProblemCode::Encrypted
        | ProblemCode::TextMissing
        | ProblemCode::TextIncomplete
        | ProblemCode::InvalidRecord => return None,
    };
    let is_harmless = problem.code == ProblemCode::Unsupported && is_known(record);
    Some(about_file(
        &RULE,
        record,
        if is_harmless { Level::Info } else { RULE.level },
        problem.message.clone(),
        format!("{nb} ({})", problem.message),
        [("problem", problem.code.as_str())],
    ))
}

/// Whether the format was recognised.
fn is_known(record: &Record) -> bool {
    !record.source.format.name.is_empty()
}
