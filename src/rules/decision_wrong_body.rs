//! The decision is made by another body than the one that met.

use super::{Check, Rule, Subject, about, is_minutes, number};
use crate::extract::line::Folded;
use crate::finding::{Finding, Level};
use crate::lang::lexicon;
use crate::model::{Outcome, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "decision-wrong-body",
    level: Level::Error,
    subject: Subject::Decision,
    summary: "the decision is made by another body than the one that met",
    summary_nb: "vedtaket er fattet av et annet organ enn det som hadde møte",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Looks at the subject of the first sentence of a decision: where it is a body that decides there and not the body that
met, it is reported.

## Why it matters
The text was copied from another body's minutes; who decided is in doubt.

## Example
*Driftsutvalget vedtar å sette i gang arbeidet* in the minutes of the executive board.

## How to resolve
Compare the decision with the case paper.

## Exceptions
Recommendations that name the body they go to; words for the whole municipality.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in record.documents.iter().filter(|d| is_minutes(d)) {
        let Some(body) = &document.body else { continue };
        let own = body.value.to_lowercase();
        for case in &document.cases {
            let Some(decision) = case.decision.as_ref().filter(|d| d.outcome != Outcome::Recommended) else { continue };
            let folded = Folded::text_of(&decision.text.value);
            let text = folded.trim_start_matches(|c: char| !c.is_alphabetic());
            let Some(subject) = subject(text) else { continue };
            // "Fylkestinget" is the body of "Høylandet fylkesting".
            let inflected = own.split(' ').any(|w| lexicon().is_body_word(w) && subject.starts_with(w));
            if own.contains(subject) || subject.contains(own.as_str()) || inflected || is_abbreviation(subject) {
                continue;
            }
            found.push(
                about(&RULE, record, document, &number(case))
                    .say(
                        format!("\"{subject}\" decides at a meeting of {}", body.value),
                        format!("«{subject}» gjør vedtaket på et møte i {}", body.value),
                    )
                    .value("decides", subject)
                    .value("met", body.value.as_str())
                    .at(decision.text.at.spans())
                    .at(body.at.spans())
                    .sealed(),
            );
        }
    }
    found
}

/// The words before the verb of deciding, where they name a body.
fn subject(text: &str) -> Option<&str> {
    let at = lexicon().decides.iter().filter_map(|v| text.find(&format!(" {v} "))).min()?;
    let subject = &text[..at];
    let words: Vec<&str> = subject.split(' ').collect();
    (words.len() <= 8 && lexicon().is_body_word(words[0]) && !subject.contains(['.', ',', ':', '\n']))
        .then_some(subject)
}

/// Short names like `au` stand for a body's own name.
fn is_abbreviation(subject: &str) -> bool {
    subject.chars().count() <= 4
}
