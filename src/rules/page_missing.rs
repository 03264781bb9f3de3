//! A page count is printed that the file does not reach.

use super::{Check, Rule, Subject, about_file};
use crate::document::{BlockKind, Span};
use crate::extract::line::Folded;
use crate::finding::{Finding, Level, Place};
use crate::lang::lexicon;
use crate::model::Record;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "page-missing",
    level: Level::Warning,
    subject: Subject::Document,
    summary: "a page count is printed that the file does not reach",
    summary_nb: "filen har færre sider enn sidetallet sier",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Reads *Side 3 av 30* in page heads and feet and compares the highest total with the pages of the file.

## Why it matters
Pages were lost in scanning, printing or conversion.

## Example
*Side 4 av 11* in a file of five pages.

## How to resolve
Look for the rest of the document in the archive.

## Exceptions
Files that are not divided into pages are compared by the highest page number that is printed, where that is higher than 1: a
Word file holds its page head once. Two numbers with a stroke count only after the word for page or alone: `sak 12/91` in a
page head is no page.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut highest: Option<(u32, u32, Span)> = None;
    let mut last_page = 0;
    for block in record.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Header | BlockKind::Footer)) {
        let folded = Folded::text_of(&block.text);
        let Some(c) = lexicon().page.captures(&folded) else { continue };
        let (Ok(page), Ok(of)) = (c["page"].parse::<u32>(), c["pages"].parse::<u32>()) else { continue };
        if page > of {
            continue;
        }
        last_page = last_page.max(page);
        if highest.is_none_or(|h| of > h.1) {
            highest = Some((page, of, Span { block: block.id, start: 0, end: block.text.len() }));
        }
    }
    // A file without pages has each page head once: "Side 1 av 4".
    let counted = record.source.pages.filter(|_| record.blocks.iter().any(|b| b.page.is_some()));
    let Some((_, of, span)) = highest.filter(|_| counted.is_some() || last_page > 1) else { return Vec::new() };
    let pages = counted.unwrap_or(last_page).max(last_page);
    if pages >= of {
        return Vec::new();
    }
    let message = format!("{of} pages are printed, the file has {pages}");
    let nb = format!("sidetallet sier {of}, filen har {pages} sider");
    let mut finding = about_file(
        &RULE,
        record,
        RULE.level,
        message,
        nb,
        [("printed", &of.to_string()), ("pages", &pages.to_string())],
    );
    finding.at = vec![Place { path: record.source.path.clone(), document: None, span: Some(span) }];
    vec![finding.sealed()]
}
