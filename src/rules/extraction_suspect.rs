//! Words of a vote or decision stand in the text and nothing was extracted there.

use super::{Check, Rule, Subject, about, about_file, is_minutes};
use crate::document::ProblemCode;
use crate::extract::field::fields;
use crate::extract::line::lines;
use crate::finding::{Finding, Level};
use crate::lang::{Field, lexicon};
use crate::model::{Document, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "extraction-suspect",
    level: Level::Warning,
    subject: Subject::Document,
    summary: "words of a vote, decision or amount stand in the text and nothing was extracted there",
    summary_nb: "ord for votering, vedtak eller beløp står i teksten uten at noe er hentet ut der",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Counts the words of vote and decision in minutes and how many of them lie in something that was extracted. Many that do
not are reported, and so is a record whose extraction did not hold the schema.

## Why it matters
What the program missed must not look like what the archive does not have.

## Example
A protocol with *enstemmig vedtatt* under five headings that the program does not know.

## How to resolve
Look at the document with `motebok show`. Report the house style, so that it can be learned.

## Exceptions
Single words outside the cases, as in a remark about the agenda, are not reported; nor are the heads of sections about the
vote.
";

/// Unexplained words from which a document is reported.
const MANY: u32 = 2;

fn check(record: &Record) -> Vec<Finding> {
    let mut found: Vec<Finding> = record
        .problems
        .iter()
        .filter(|p| p.code == ProblemCode::InvalidRecord)
        .map(|p| {
            let nb = format!("det som ble hentet ut, holder ikke skjemaet: {}", p.message);
            about_file(&RULE, record, RULE.level, p.message.clone(), nb, [])
        })
        .collect();
    for document in record.documents.iter().filter(|d| is_minutes(d)) {
        let coverage = document.coverage;
        let is_much = |missed: u32| missed >= MANY && missed * 5 >= coverage.seen;
        let unexplained = coverage.seen.saturating_sub(coverage.explained);
        if !is_much(unexplained) {
            continue;
        }
        let missed = unexplained.saturating_sub(in_heads(record, document));
        if !is_much(missed) {
            continue;
        }
        found.push(
            about(&RULE, record, document, &[])
                .say(
                    format!("{missed} of {} words of vote stand outside what was extracted", coverage.seen),
                    format!("{missed} av {} ord for votering står utenfor det som ble hentet ut", coverage.seen),
                )
                .value("seen", coverage.seen)
                .value("explained", coverage.explained)
                .at(document.title.as_ref().map_or(&[], |t| t.at.spans()))
                .sealed(),
        );
    }
    found
}

/// How many of the words are heads that announce a vote, not words that tell of one.
fn in_heads(record: &Record, document: &Document) -> u32 {
    let lines = lines(record.blocks_of(document));
    let heads = lines.iter().flat_map(|line| {
        let labels = fields(line).iter().filter(|f| f.field == Field::Voting);
        labels.map(|f| &line.text()[f.label.0..f.label.1]).collect::<Vec<_>>()
    });
    let words = |head: &str| {
        let told = |w: &str| lexicon().votes.suspect.iter().any(|s| s == w);
        head.split(|c: char| !c.is_alphanumeric()).filter(|w| told(w)).count()
    };
    heads.map(words).sum::<usize>() as u32
}
