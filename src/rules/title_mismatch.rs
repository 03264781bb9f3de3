//! One case number, two clearly different titles in agenda and minutes.

use std::collections::BTreeSet;

use super::{Check, Rule, Subject, about_archive, meetings, numbered};
use crate::facts::Facts;
use crate::facts::likeness;
use crate::finding::{Finding, Level};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "title-mismatch",
    level: Level::Warning,
    subject: Subject::Case,
    summary: "one case number, two clearly different titles in agenda and minutes",
    summary_nb: "samme saksnummer, to klart ulike titler i innkalling og protokoll",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Compares the titles that agenda and minutes of one meeting give to a case.

## Why it matters
One of them is another case: the number or the title was copied.

## Example
Agenda: *Kjøp av tomt*; minutes: *Valg av nytt medlem*.

## How to resolve
Look in the case paper.

## Exceptions
Titles that differ by a dash, a full stop, or a few words.
";

/// Titles that share fewer of their words than this are different.
const ALIKE: f64 = 0.4;

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &facts.documents {
        for case in &document.cases {
            let (Some(number), Some((listed, span))) = (&case.number, &case.listed) else { continue };
            if likeness(listed, &case.title) >= ALIKE {
                continue;
            }
            let mut finding = about_archive(&RULE, document)
                .say(
                    format!("{number} is \"{listed}\" in the agenda list and \"{}\" in the text", case.title),
                    format!("{number} er «{listed}» i sakslista og «{}» i teksten", case.title),
                )
                .value("list", listed.as_str())
                .value("text", case.title.as_str())
                .place(document.place(Some(*span)))
                .place(document.place(case.span));
            finding.cases = vec![number.to_string()];
            found.push(finding.sealed());
        }
    }
    for meeting in meetings(facts) {
        let mut seen = BTreeSet::new();
        for (agenda, case) in meeting.agendas.iter().flat_map(|a| a.cases.iter().map(move |c| (a, c))) {
            let Some(number) = &case.number else { continue };
            let Some((minutes, twin)) = numbered(&meeting.minutes, number).next() else { continue };
            let alike = numbered(&meeting.minutes, number).any(|(_, t)| likeness(&t.title, &case.title) >= ALIKE);
            if alike || !seen.insert(number) {
                continue;
            }
            let mut finding = about_archive(&RULE, minutes)
                .say(
                    format!("{number} is \"{}\" on the agenda and \"{}\" in the minutes", case.title, twin.title),
                    format!("{number} er «{}» på sakslista og «{}» i protokollen", case.title, twin.title),
                )
                .value("agenda", case.title.as_str())
                .value("minutes", twin.title.as_str())
                .place(agenda.place(case.span))
                .place(minutes.place(twin.span));
            finding.cases = vec![number.to_string()];
            found.push(finding.sealed());
        }
    }
    found
}
