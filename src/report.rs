//! What is told about an archive: one file a form.

pub mod csv;
pub mod html;
pub mod json;
pub mod terminal;

use crate::finding::{Finding, Level};

/// Rules with findings, most findings first, with their number and gravest level.
fn by_rule(findings: &[Finding]) -> Vec<(&str, Level, Vec<&Finding>)> {
    let mut rules: std::collections::BTreeMap<&str, Vec<&Finding>> = std::collections::BTreeMap::new();
    for finding in findings {
        rules.entry(&finding.rule).or_default().push(finding);
    }
    let gravest = |all: &[&Finding]| all.iter().map(|f| f.level).max().unwrap_or(Level::Info);
    let mut rules: Vec<_> = rules.into_iter().map(|(rule, all)| (rule, gravest(&all), all)).collect();
    rules.sort_by(|a, b| b.1.cmp(&a.1).then(b.2.len().cmp(&a.2.len())).then(a.0.cmp(b.0)));
    rules
}
