//! Someone votes who is absent or not listed.

use std::collections::{HashMap, HashSet};

use super::{Check, Rule, Subject, about, number};
use crate::finding::{Finding, Level};
use crate::model::{AttendanceStatus, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "voter-not-present",
    level: Level::Error,
    subject: Subject::Vote,
    summary: "someone votes who is absent or not listed",
    summary_nb: "noen stemmer som er fraværende eller ikke ført opp",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Looks up everybody named in a vote in the list of those present, by the whole name or by first and last name.

## Why it matters
Either the list of those present or the vote is wrong.

## Example
`Mot stemte Gunnar Vestby`, who is listed under *Forfall*.

## How to resolve
Look whether the person came later or a deputy voted.

## Exceptions
Minutes without a list of those present are left alone, and so are those in which many voters are not listed: their list is
in a form that is not read. Deputies and people listed with a role count as present.
";

/// So many voters who are not listed, and more than a quarter of all, say that the list is not whole.
const LEAST_UNLISTED: usize = 3;

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        let mut known: HashMap<String, bool> = HashMap::new();
        for person in &document.attendance {
            let there = person.status != AttendanceStatus::Absent;
            // Voters may be named by their last names alone.
            let last = person.name.value.to_lowercase().rsplit(' ').next().map(str::to_owned);
            for key in keys(&person.name.value).into_iter().chain(last) {
                *known.entry(key).or_default() |= there;
            }
        }
        if !known.values().any(|there| *there) {
            continue;
        }
        let voters =
            document.cases.iter().flat_map(|c| &c.votes).flat_map(|v| v.for_names.iter().chain(&v.against_names));
        let voters: HashSet<&str> = voters.map(|name| name.value.as_str()).collect();
        let unlisted = voters.iter().filter(|name| voter_keys(name).iter().all(|k| !known.contains_key(k))).count();
        // Where many are not listed, the list was not read as a whole.
        let is_partial = unlisted >= LEAST_UNLISTED && unlisted * 4 > voters.len();
        for case in &document.cases {
            for name in case.votes.iter().flat_map(|v| v.for_names.iter().chain(&v.against_names)) {
                let states: Vec<bool> = voter_keys(&name.value).iter().filter_map(|k| known.get(k).copied()).collect();
                let (en, nb) = match states.first() {
                    Some(true) => continue,
                    _ if states.contains(&true) => continue,
                    Some(false) => ("is listed as absent", "er ført opp som fraværende"),
                    None if is_partial => continue,
                    None => ("is not listed", "er ikke ført opp blant de møtende"),
                };
                found.push(
                    about(&RULE, record, document, &number(case))
                        .say(format!("{} votes and {en}", name.value), format!("{} stemmer og {nb}", name.value))
                        .value("name", name.value.as_str())
                        .at(name.at.spans())
                        .sealed(),
                );
            }
        }
    }
    found
}

/// The same of a voter, who may be named by the last name and an initial: `E. Lie`.
fn voter_keys(name: &str) -> Vec<String> {
    let initial = name.split_once(' ').filter(|(first, _)| first.trim_end_matches('.').chars().count() == 1);
    keys(name).into_iter().chain(initial.map(|(_, last)| last.to_lowercase())).collect()
}

/// A name in the forms in which it may come again: whole, and first and last name.
fn keys(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let mut keys = vec![words.join(" ")];
    if let (Some(first), Some(last)) = (words.first(), words.last())
        && words.len() > 2
    {
        keys.push(format!("{first} {last}"));
    }
    keys
}
