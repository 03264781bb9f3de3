//! A file that needs a password.

use crate::document::ProblemCode;
use crate::finding::{Finding, Level};
use crate::model::Record;
use crate::rules::{Check, Rule, Subject, about_file};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "file-encrypted",
    level: Level::Error,
    subject: Subject::File,
    summary: "a file needs a password",
    summary_nb: "en fil er låst med passord",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Reports a file that cannot be opened without a password.

## Why it matters
Once the password is lost, so is the document. Deposit rules ask for files without passwords.

## Example
`protokoll.pdf` is encrypted with AES-256 and asks for a password to open.

## How to resolve
Open the file with its password, save it without, and run again.

## Exceptions
A PDF with an owner password alone opens without asking and is read; it is not reported.
";

fn check(record: &Record) -> Vec<Finding> {
    let encrypted = record.problems.iter().filter(|p| p.code == ProblemCode::Encrypted);
    encrypted
        .take(1)
        .map(|problem| {
            let nb = "filen krever passord for å åpnes".to_owned();
            about_file(&RULE, record, RULE.level, problem.message.clone(), nb, [])
        })
        .collect()
}
