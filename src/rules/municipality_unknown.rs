//! A municipality name that does not exist, or not at the date of the document.

use super::{Check, Rule, Subject, about, number};
use crate::extract::header::year;
use crate::extract::municipality;
use crate::finding::{Finding, Level};
use crate::model::{CaseNumber, Document, Record, Table};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "municipality-unknown",
    level: Level::Warning,
    subject: Subject::Table,
    summary: "a municipality name that does not exist, or not at the date of the document",
    summary_nb: "et kommunenavn som ikke finnes, eller ikke fantes da dokumentet ble til",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Looks up the rows of tables in which most rows name municipalities of the document's year.

## Why it matters
A misspelt or later name shows a slip, or a document that is not from the year it claims.

## Example
Kinn in a table of 2011: the municipality was made in 2020.

## How to resolve
Look up the name for that year.

## Exceptions
The table begins in 1994. Names dissolved before are only reported as unknown; of the years before, a name that was borne in 1994 is taken to be as old. Rows that name counties, regions or other members are left alone where fewer than two thirds of the rows are municipalities.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        for case in &document.cases {
            for table in &case.tables {
                check_table(record, document, &number(case), table, &mut found);
            }
        }
        for table in &document.tables {
            check_table(record, document, &[], table, &mut found);
        }
    }
    found
}

fn check_table(record: &Record, document: &Document, case: &[&CaseNumber], table: &Table, found: &mut Vec<Finding>) {
    let known = table.rows.iter().filter(|r| !municipality::named(&r.label.value).is_empty()).count();
    if table.rows.len() < 3 || known * 3 < table.rows.len() * 2 {
        return;
    }
    let year = year(document);
    for row in table.rows.iter().filter(|r| r.municipality.is_none()) {
        let entries = municipality::named(&row.label.value);
        let single = row.label.value.split_whitespace().count() <= 2
            && row.label.value.chars().next().is_some_and(char::is_uppercase);
        let (en, nb) = match (entries.first(), year) {
            (Some(_), None) => continue,
            (Some(_), Some(year)) if municipality::may_exist(&row.label.value, year) => continue,
            (Some(_), Some(year)) => (
                format!("{} was no municipality in {year}", row.label.value),
                format!("{} var ikke en kommune i {year}", row.label.value),
            ),
            (None, _) if single => (
                format!("no municipality is called {}", row.label.value),
                format!("det finnes ingen kommune som heter {}", row.label.value),
            ),
            _ => continue,
        };
        found.push(
            about(&RULE, record, document, case)
                .say(en, nb)
                .value("name", row.label.value.as_str())
                .at(row.label.at.spans())
                .sealed(),
        );
    }
}
