//! One person both present and absent, listed twice, or deputy for someone present.

use std::collections::BTreeMap;

use super::{Check, Rule, Subject, about};
use crate::finding::{Finding, Level};
use crate::model::{Attendance, AttendanceStatus, Record};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "attendance-conflict",
    level: Level::Error,
    subject: Subject::Attendance,
    summary: "one person both present and absent, listed twice, or deputy for someone present",
    summary_nb: "én person både til stede og fraværende, ført opp to ganger, eller vara for en som møtte",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Compares the lists of those present, absent and deputies of one meeting by name.

## Why it matters
The vote and the quorum rest on who was there.

## Example
Hilde Krogstad under both *Til stede* and *Forfall*.

## How to resolve
Look in the signed minutes.

## Exceptions
Staff may also be listed with another role. People invited are not compared.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        let mut by_name: BTreeMap<String, Vec<&Attendance>> = BTreeMap::new();
        for person in document.attendance.iter().filter(|a| counts(a.status)) {
            by_name.entry(person.name.value.to_lowercase()).or_default().push(person);
        }
        let mut report = |people: &[&Attendance], en: String, nb: String| {
            let mut finding =
                about(&RULE, record, document, &[]).say(en, nb).value("name", people[0].name.value.as_str());
            for person in people {
                finding = finding.at(person.name.at.spans());
            }
            found.push(finding.sealed());
        };
        for people in by_name.values() {
            let has = |s| people.iter().any(|p| p.status == s);
            let name = &people[0].name.value;
            let there = has(AttendanceStatus::Present) || has(AttendanceStatus::Deputy);
            if there && has(AttendanceStatus::Absent) {
                report(
                    people,
                    format!("{name} is both present and absent"),
                    format!("{name} er både til stede og fraværende"),
                );
            } else if people.len() > 1 && people.iter().all(|p| p.from_case.is_none() && p.to_case.is_none()) {
                report(
                    people,
                    format!("{name} is listed {} times", people.len()),
                    format!("{name} er ført opp {} ganger", people.len()),
                );
            }
        }
        for deputy in &document.attendance {
            let Some(member) = &deputy.deputy_for else { continue };
            let present = by_name
                .get(&member.value.to_lowercase())
                .and_then(|p| p.iter().find(|p| p.status == AttendanceStatus::Present))
                .filter(|p| p.to_case.is_none() && p.from_case.is_none());
            if let Some(present) = present {
                let name = &deputy.name.value;
                report(
                    &[deputy, present],
                    format!("{name} is deputy for {}, who is present", member.value),
                    format!("{name} er vara for {}, som er til stede", member.value),
                );
            }
        }
    }
    found
}

fn counts(status: AttendanceStatus) -> bool {
    matches!(status, AttendanceStatus::Present | AttendanceStatus::Absent | AttendanceStatus::Deputy)
}
