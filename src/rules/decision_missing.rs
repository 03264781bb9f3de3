//! A case in minutes that needs a decision and has none.

use super::{Check, Rule, about, is_minutes, number};
use crate::extract::line::Folded;
use crate::finding::{Finding, Level};
use crate::lang::lexicon;
use crate::model::{Case, CaseType, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "decision-missing",
    level: Level::Warning,
    summary: "a case in minutes that needs a decision has none",
    summary_nb: "en sak i en protokoll som krever vedtak, har ikke noe",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Reports political and approval cases in minutes under which no decision stands, where other cases of the same minutes have one.

## Why it matters
The minutes shall state which decisions were made (kommuneloven 2018 § 11-4).

## Example
A case that ends after *Behandling*.

## How to resolve
Look in the signed minutes, the case system or the next agenda.

## Exceptions
Orientations, referred letters, questions and any other business need no decision; nor do cases that were withdrawn, put
off or moved.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in record.documents.iter().filter(|d| is_minutes(d)) {
        if document.cases.iter().all(|c| c.decision.is_none()) {
            continue;
        }
        for case in document.cases.iter().filter(|c| needs_decision(c) && c.decision.is_none()) {
            let name = case.number.as_ref().map_or_else(|| case.title.value.clone(), |n| n.value.to_string());
            found.push(
                about(&RULE, record, document, &number(case))
                    .say(format!("no decision stands under {name}"), format!("det står ikke noe vedtak under {name}"))
                    .value("title", case.title.value.as_str())
                    .at(case.title.at.spans())
                    .sealed(),
            );
        }
    }
    found
}

fn needs_decision(case: &Case) -> bool {
    let texts = [case.deliberation.as_ref(), Some(&case.title)];
    let moved = texts.into_iter().flatten().any(|t| {
        let folded = Folded::new(&t.value);
        lexicon().moved_case.iter().any(|p| p.is_match(&folded.text))
    });
    matches!(case.kind, CaseType::Political | CaseType::Approval | CaseType::Delegated) && !moved
}
