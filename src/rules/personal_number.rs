//! A valid national identity number.

use super::{Check, Rule, Subject, about, about_file};
use crate::document::Span;
use crate::finding::{Finding, Level};
use crate::mask;
use crate::model::{CaseNumber, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "personal-number",
    level: Level::Warning,
    subject: Subject::File,
    summary: "a valid national identity number",
    summary_nb: "et gyldig fødselsnummer",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Looks for eleven digits whose date and both check digits hold (Skatteetaten, fødselsnummer and D-number).

## Why it matters
Such a number must not be published (personopplysningsloven § 12).

## Example
A case about support that names the applicant's number.

## How to resolve
Keep the document from publication or mask the number.

## Exceptions
Eleven digits that fail a check digit are no identity number. The number is masked in messages.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for block in &record.blocks {
        for (start, end) in mask::find(&block.text) {
            let span = Span { block: block.id, start, end };
            let masked = mask::stars(&block.text[start..end]);
            let document = record.documents.iter().find(|d| d.blocks.0 <= block.id && block.id <= d.blocks.1);
            let finding = match document {
                Some(document) => {
                    let case: Vec<&CaseNumber> = document
                        .cases
                        .iter()
                        .rfind(|c| c.title.at.spans().first().is_some_and(|s| s.block <= block.id))
                        .and_then(|c| c.number.as_ref())
                        .map(|n| &n.value)
                        .into_iter()
                        .collect();
                    about(&RULE, record, document, &case).at(&[span])
                }
                None => about_file(&RULE, record, RULE.level, String::new(), String::new(), []),
            };
            found.push(
                finding
                    .say(
                        format!("a national identity number stands here: {masked}"),
                        format!("her står et fødselsnummer: {masked}"),
                    )
                    .value("number", masked)
                    .sealed(),
            );
        }
    }
    found
}
