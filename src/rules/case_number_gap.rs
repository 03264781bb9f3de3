//! Numbers missing in a body's yearly series.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Rule, about_archive};
use crate::facts::{DocumentFact, Facts};
use crate::finding::{Finding, Level};
use crate::model::CaseNumber;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "case-number-gap",
    level: Level::Warning,
    summary: "numbers missing in a body's yearly series",
    summary_nb: "numre mangler i et organs årlige saksserie",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Gathers the case numbers of a body by series and year over all files and reports those that are missing between the first
and the last. Numbers that are missing one after the other make one finding.

## Why it matters
A missing number is a case that was withdrawn, kept closed, or lost.

## Example
K 12/13, K 13/13, K 15/13: number 14 is missing.

## How to resolve
Look in the case system or the journal for the number, and note why it is not here.

## Exceptions
More than five missing in a row are most often a meeting that is not in the archive: `info`. Each series (PS, RS, DS, FO)
is counted by itself. Numbers without a year are not looked at.
";

/// A longer row of missing numbers is taken for a meeting that is not in the archive.
const LONGEST_GAP: u32 = 5;

fn check(facts: &Facts) -> Vec<Finding> {
    type Series<'f> = BTreeMap<u32, &'f DocumentFact>;
    let mut ledger: BTreeMap<(&(String, String), String, i16), (Option<String>, Series)> = BTreeMap::new();
    for (body, documents) in facts.by_body() {
        for document in documents {
            for number in document.cases.iter().filter_map(|c| c.number.as_ref()) {
                let Some(year) = number.year else { continue };
                let series = number.series.as_deref().unwrap_or_default().to_uppercase();
                let entry =
                    ledger.entry((body, series, year)).or_insert_with(|| (number.series.clone(), BTreeMap::new()));
                entry.1.entry(number.sequence).or_insert(document);
            }
        }
    }
    let mut found = Vec::new();
    for ((_, _, year), (series, numbers)) in &ledger {
        let used: Vec<(u32, &DocumentFact)> = numbers.iter().map(|(n, d)| (*n, *d)).collect();
        let days: BTreeSet<&Option<String>> = used.iter().map(|u| &u.1.date).collect();
        for pair in used.windows(2) {
            let (before, after) = (pair[0].0, pair[1].0);
            let missing = after - before - 1;
            if missing == 0 {
                continue;
            }
            let named = |n: u32| CaseNumber { series: series.clone(), sequence: n, year: Some(*year) }.to_string();
            let (first, last) = (named(before + 1), named(after - 1));
            let list: Vec<String> = (before + 1..after).take(LONGEST_GAP as usize).map(named).collect();
            let whole_meeting = missing > LONGEST_GAP;
            let (en, nb) = if missing == 1 {
                (format!("{first} is missing"), format!("{first} mangler"))
            } else {
                (
                    format!("{first} to {last} are missing ({missing} numbers)"),
                    format!("{first} til {last} mangler ({missing} numre)"),
                )
            };
            let mut finding = about_archive(&RULE, pair[1].1)
                .level(if whole_meeting { Level::Info } else { RULE.level })
                .say(en, nb)
                .value("missing", missing)
                .value("first", first)
                .value("last", last)
                .value("meetings", days.len())
                .place(pair[1].1.place(pair[1].1.span));
            finding.cases = list;
            found.push(finding.sealed());
        }
    }
    found
}
