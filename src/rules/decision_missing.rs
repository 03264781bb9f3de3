//! A case in minutes that needs a decision and has none.

use super::{Check, Rule, Subject, about, is_minutes, number};
use crate::facts::is_moved;
use crate::finding::{Finding, Level};
use crate::model::{Case, CaseType, Document, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "decision-missing",
    level: Level::Warning,
    subject: Subject::Minutes,
    summary: "a case in minutes that needs a decision has none",
    summary_nb: "en sak i en protokoll som krever vedtak, har ikke noe",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Reports political and approval cases in minutes under which no decision stands, where at least as many other cases of the same minutes have one.

## Why it matters
The minutes shall state which decisions were made (kommuneloven 2018 § 11-4).

## Example
A case that ends after *Behandling*.

## How to resolve
Look in the signed minutes, the case system or the next agenda.

## Exceptions
Orientations, referred letters, questions and any other business need no decision; nor do cases that were withdrawn, put
off or moved, whose decision stands in a book of its own, of which the minutes say that nothing was decided, or in which the body's own recommendation to another body stands.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in record.documents.iter().filter(|d| is_minutes(d)) {
        let needed: Vec<&Case> =
            document.cases.iter().filter(|c| needs_decision(c) && !recommends(document, c)).collect();
        let missing: Vec<&Case> = needed.iter().copied().filter(|c| c.decision.is_none()).collect();
        // Where most cases lack one, the house style has another place for them.
        if missing.len() * 2 > needed.len() || document.cases.iter().all(|c| c.decision.is_none()) {
            continue;
        }
        for case in missing {
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

/// Whether the body that met put its own recommendation there, as it does where another body decides.
fn recommends(document: &Document, case: &Case) -> bool {
    let Some(body) = document.body.as_ref().map(|b| b.value.to_lowercase()) else { return false };
    case.proposals.iter().filter_map(|p| p.by.as_ref()).any(|by| {
        let by = by.value.to_lowercase();
        body.contains(&by) || by.contains(&body)
    })
}

fn needs_decision(case: &Case) -> bool {
    matches!(case.kind, CaseType::Political | CaseType::Approval | CaseType::Delegated) && !is_moved(case)
}
