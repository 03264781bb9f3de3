//! Two different cases with the same decision.

use std::collections::BTreeMap;

use super::{Check, Rule, about_archive};
use crate::facts::{CaseFact, DocumentFact, Facts, likeness};
use crate::finding::{Finding, Level};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "decision-duplicated",
    level: Level::Error,
    summary: "two different cases carry the same non-boilerplate decision",
    summary_nb: "to ulike saker har samme vedtak",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Compares the decisions of all cases of a body, word by word, and reports two cases with different numbers and titles that
have the same one.

## Why it matters
The text was pasted under the wrong case: what was decided there is lost.

## Example
AU 23/22 *Høring av strategien* and AU 24/22 *Program for fellesmøtet* both end with the decision on the strategy.

## How to resolve
Look in the signed minutes or the case papers for what was decided in the second case.

## Exceptions
Decisions of up to 40 characters and stock phrases (*tas til orientering*, *godkjennes*, *utsettes*) repeat rightly. Cases
with titles that are alike are taken for the same matter.
";

/// Titles that share this much of their words are the same matter.
const SAME_MATTER: f64 = 0.6;

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for documents in facts.by_body().values() {
        let mut by_decision: BTreeMap<u64, Vec<(&DocumentFact, &CaseFact)>> = BTreeMap::new();
        for document in documents.iter().filter(|d| d.is_minutes()) {
            for case in &document.cases {
                if let Some(hash) = case.decision {
                    by_decision.entry(hash).or_default().push((document, case));
                }
            }
        }
        for cases in by_decision.values() {
            for (i, (document, case)) in cases.iter().enumerate() {
                let twin = cases[i + 1..]
                    .iter()
                    .find(|(_, c)| c.number != case.number && likeness(&c.title, &case.title) < SAME_MATTER);
                let Some((again, twin)) = twin else { continue };
                let name = |c: &CaseFact| c.number.as_ref().map_or_else(|| c.title.clone(), ToString::to_string);
                let mut finding = about_archive(&RULE, document)
                    .say(
                        format!(
                            "{} ({}) and {} ({}) carry the same decision",
                            name(case),
                            case.title,
                            name(twin),
                            twin.title
                        ),
                        format!("{} ({}) og {} ({}) har samme vedtak", name(case), case.title, name(twin), twin.title),
                    )
                    .value("first", case.title.as_str())
                    .value("second", twin.title.as_str())
                    .place(document.place(case.decision_span))
                    .place(again.place(twin.decision_span));
                finding.cases = vec![name(case), name(twin)];
                found.push(finding.sealed());
            }
        }
    }
    found
}
