//! A file of which text is missing.

use std::collections::BTreeSet;

use crate::document::{Problem, ProblemCode};
use crate::finding::{Finding, Level};
use crate::model::{Record, Status};
use crate::rules::{Check, Rule, Subject, about_file};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "text-missing",
    level: Level::Error,
    subject: Subject::File,
    summary: "pages without text, or less text than the file declares",
    summary_nb: "sider uten tekst, eller mindre tekst enn filen oppgir",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Reports pages that are pictures without a text layer, and files from which clearly less text came out than they declare.

## Why it matters
What stands on such a page is found by no search and seen by no check.

## Example
`protokoll-1987.pdf` has 14 pages; 12 of them are pictures.

## How to resolve
Read the pages by OCR (`--ocr auto`, with tesseract installed), or scan them again with a text layer.

## Exceptions
Pages that were read by OCR are `info`: their text is there, but not certain.
";

fn check(record: &Record) -> Vec<Finding> {
    let is_missing = |code| matches!(code, ProblemCode::TextMissing | ProblemCode::TextIncomplete);
    let is_lost = |problem: &&Problem| record.status != Status::Ok && is_missing(problem.code);
    if let Some(problem) = record.problems.iter().find(is_lost) {
        let nb = match problem.code {
            ProblemCode::TextMissing => "sider uten tekst",
            _ => "mindre tekst enn filen oppgir",
        };
        let nb = format!("{nb} ({})", problem.message);
        let code = problem.code.as_str();
        return vec![about_file(&RULE, record, RULE.level, problem.message.clone(), nb, [("problem", code)])];
    }
    let by_ocr = record.blocks.iter().filter(|block| block.ocr.is_some());
    let pages: BTreeSet<u32> = by_ocr.filter_map(|block| block.page).collect();
    if pages.is_empty() {
        return Vec::new();
    }
    let pages = pages.iter().map(u32::to_string).collect::<Vec<String>>().join(", ");
    let message = format!("pages without text, read by OCR: {pages}");
    let nb = format!("sider uten tekst, lest med OCR: {pages}");
    vec![about_file(&RULE, record, Level::Info, message, nb, [("pages", pages.as_str())])]
}
