//! A row whose change between two columns breaks the factor that the other rows share.

use super::{Check, Rule, Subject, about};
use crate::extract::values::amount::decimals;
use crate::finding::{Finding, Level};
use crate::model::{CaseNumber, ColumnKind, Document, Record, Row, Table, TableKind};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "table-ratio",
    level: Level::Warning,
    subject: Subject::Table,
    summary: "one row's change between two amount columns breaks the factor that all other rows share",
    summary_nb: "én rads endring mellom to beløpskolonner bryter faktoren som alle andre rader har",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Divides each amount by the amount before it in its row. Where all rows but one share the factor, the one is reported.

## Why it matters
When everybody pays 5 per cent more, a row that does not is most often a slip of the keyboard.

## Example
Seven rows grow by 1.05, one by 1.059.

## How to resolve
Compute the row again and look up what was charged.

## Exceptions
Tables with fewer than four such rows, or with more than one row that breaks the factor, are left alone. Rounding is allowed for: to
the printed unit, or to tens, fives or what else divides all amounts of the column.
";

/// The least number of rows with both amounts.
const LEAST_ROWS: usize = 4;

/// How far a row may lie from the shared factor, in relation to it, beside rounding.
const TOLERANCE: f64 = 0.001;

/// An amount of fewer printed units says nothing about a factor.
const LEAST_UNITS: f64 = 50.0;

/// One unit in the last printed place of a row's cell.
fn unit(row: &Row, column: usize) -> f64 {
    let printed = row.cells.get(column).and_then(Option::as_ref).map_or(0, |v| decimals(&v.value));
    10_f64.powi(-(printed as i32))
}

/// The greatest number that divides both; 0 divides by all.
fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        for case in &document.cases {
            for table in &case.tables {
                found.extend(check_table(record, document, &super::number(case), table));
            }
        }
        for table in &document.tables {
            found.extend(check_table(record, document, &[], table));
        }
    }
    found
}

fn check_table(record: &Record, document: &Document, case: &[&CaseNumber], table: &Table) -> Vec<Finding> {
    // Other tables count things, which share no factor.
    if table.kind == TableKind::Other {
        return Vec::new();
    }
    let amounts: Vec<usize> =
        (1..table.columns.len()).filter(|c| table.columns[*c].kind == ColumnKind::Amount).collect();
    amounts.windows(2).filter_map(|w| check_columns(record, document, case, table, w[0] - 1, w[1] - 1)).collect()
}

fn check_columns(
    record: &Record,
    document: &Document,
    case: &[&CaseNumber],
    table: &Table,
    a: usize,
    b: usize,
) -> Option<Finding> {
    let number = |row: &Row, c: usize| -> Option<f64> { row.cells.get(c)?.as_ref()?.value.parse().ok() };
    let pairs: Vec<(&Row, f64, f64)> = table
        .rows
        .iter()
        .filter_map(|r| Some((r, number(r, a)?, number(r, b)?)))
        .filter(|p| p.1.min(p.2) >= LEAST_UNITS * unit(p.0, b))
        .collect();
    if pairs.len() < LEAST_ROWS {
        return None;
    }
    let mut factors: Vec<f64> = pairs.iter().map(|p| p.2 / p.1).collect();
    factors.sort_by(f64::total_cmp);
    let factor = factors[factors.len() / 2];
    // Where nothing else changed, one row's change is what the table is about.
    if factor == 1.0 {
        return None;
    }
    let step = pairs.iter().map(|p| (p.2 / unit(p.0, b)).round() as u64).fold(0, gcd).max(1) as f64;
    let off = |p: &&(&Row, f64, f64)| {
        let rounded = unit(p.0, b) * step;
        (p.2 - factor * p.1).abs() > (factor * p.1 * TOLERANCE).max(rounded)
    };
    let outliers: Vec<_> = pairs.iter().filter(off).collect();
    let [(row, from, to)] = outliers.as_slice() else { return None };
    let (x, y) = (row.cells[a].as_ref()?, row.cells[b].as_ref()?);
    Some(
        about(&RULE, record, document, case)
            .say(
                format!(
                    "{}: {} to {} is a factor of {:.4}, all other rows have {factor:.4}",
                    row.label.value,
                    x.value,
                    y.value,
                    to / from
                ),
                format!(
                    "{}: {} til {} er en faktor på {:.4}, alle andre rader har {factor:.4}",
                    row.label.value,
                    x.value,
                    y.value,
                    to / from
                ),
            )
            .value("row", row.label.value.as_str())
            .value("from", x.value.as_str())
            .value("to", y.value.as_str())
            .value("factor", format!("{factor:.4}"))
            .suggest(format!("{:.0}", factor * from))
            .at(x.at.spans())
            .at(y.at.spans())
            .sealed(),
    )
}
