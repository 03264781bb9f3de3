//! A printed total that is not the sum of its rows.

use super::{Check, Rule, Subject, about};
use crate::extract::values::amount::{decimals, scaled};
use crate::finding::{Finding, Level};
use crate::model::{CaseNumber, ColumnKind, Document, Record, Table};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "table-total",
    level: Level::Error,
    subject: Subject::Table,
    summary: "a printed total differs from the sum of its rows",
    summary_nb: "en trykt sum avviker fra summen av radene",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Adds the rows of every column of numbers and compares the sum with each printed total. A total may add up all rows, the
rows since the total before it, or the totals before it.

## Why it matters
A fee or a budget was decided by this table. Either a row or the total is not what was decided.

## Example
Rows of 6 392 069 under a printed total of 6 392 068.

## How to resolve
Look up the amounts in the accounts or the case papers and note which figure holds.

## Exceptions
A difference of at most half a unit per row is rounding: `info`, with `values.rounding = true`. Columns of per cent are
not added. A printed total more than half off is not taken for the sum of these rows.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        for case in &document.cases {
            for table in &case.tables {
                check_table(record, document, &super::number(case), table, &mut found);
            }
        }
        for table in &document.tables {
            check_table(record, document, &[], table, &mut found);
        }
    }
    found
}

fn check_table(record: &Record, document: &Document, case: &[&CaseNumber], table: &Table, found: &mut Vec<Finding>) {
    for c in 1..table.columns.len() {
        let column = &table.columns[c];
        if !matches!(column.kind, ColumnKind::Amount | ColumnKind::Count) {
            continue;
        }
        let printed = || {
            table
                .rows
                .iter()
                .map(|r| &r.cells)
                .chain(table.totals.iter().map(|t| &t.cells))
                .filter_map(|cells| cells.get(c - 1)?.as_ref())
        };
        let scale = printed().map(|v| decimals(&v.value)).max().unwrap_or(0);
        let number = |cells: &[Option<crate::model::Sourced<String>>]| {
            cells.get(c - 1).and_then(Option::as_ref).and_then(|v| scaled(&v.value, scale))
        };
        let rows: Vec<(u32, i128)> = table.rows.iter().filter_map(|r| Some((r.position, number(&r.cells)?))).collect();
        let mut before: Vec<(u32, i128)> = Vec::new();
        for total in &table.totals {
            let (Some(value), Some(cell)) = (number(&total.cells), total.cells.get(c - 1).and_then(Option::as_ref))
            else {
                continue;
            };
            let above: Vec<i128> = rows.iter().filter(|r| r.0 < total.position).map(|r| r.1).collect();
            let above = if above.is_empty() { rows.iter().map(|r| r.1).collect() } else { above };
            let last = before.last().map_or(-1, |b| i64::from(b.0));
            let since: Vec<i128> =
                rows.iter().filter(|r| i64::from(r.0) > last && r.0 < total.position).map(|r| r.1).collect();
            let subtotals: Vec<i128> = before.iter().map(|b| b.1).collect();
            let candidates = [&since, &above, &subtotals];
            let sums: Vec<(i128, usize)> =
                candidates.iter().filter(|c| !c.is_empty()).map(|c| (c.iter().sum(), c.len())).collect();
            before.push((total.position, value));
            if sums.is_empty() || sums.iter().any(|s| s.0 == value) {
                continue;
            }
            let Some(&(sum, count)) = sums.iter().min_by_key(|s| s.0.abs_diff(value)) else { continue };
            let difference = value - sum;
            // What lies further off than half of all that was added is no sum of these rows: it comes from elsewhere.
            let weight: u128 = above.iter().map(|n| n.unsigned_abs()).sum();
            if difference.unsigned_abs() * 2 > value.unsigned_abs().max(weight) {
                continue;
            }
            let rounding = difference.unsigned_abs() * 2 <= count as u128 && count > 1;
            let show = |n: i128| decimal(n, scale);
            let label = column.label.as_ref().map_or_else(|| format!("{c}"), |l| l.value.clone());
            found.push(
                about(&RULE, record, document, case)
                    .level(if rounding { Level::Info } else { RULE.level })
                    .say(
                        format!(
                            "column {label}: the rows add up to {}, {} is printed (difference {})",
                            show(sum),
                            show(value),
                            show(difference)
                        ),
                        format!(
                            "kolonne {label}: radene summerer til {}, trykt er {} (avvik {})",
                            show(sum),
                            show(value),
                            show(difference)
                        ),
                    )
                    .value("column", label)
                    .value("sum", show(sum))
                    .value("printed", show(value))
                    .value("rounding", rounding)
                    .at(cell.at.spans())
                    .suggest(show(sum))
                    .sealed(),
            );
        }
    }
}

/// An integer in units of 10^-`scale` as a decimal string.
fn decimal(n: i128, scale: usize) -> String {
    if scale == 0 {
        return n.to_string();
    }
    let digits = format!("{:0>width$}", n.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    format!("{}{whole}.{fraction}", if n < 0 { "-" } else { "" })
}
