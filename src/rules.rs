//! The rules: one file a rule, each a doc comment (its manual page), a level and a check.

use std::collections::BTreeMap;

use crate::facts::{DocumentFact, Facts};
use crate::finding::{Finding, Level, Place};
use crate::model::{Case, CaseNumber, Document, Kind, Record};

mod approval_mismatch;
mod case_number_duplicated;
mod case_number_gap;
mod decision_duplicated;
mod decision_missing;
mod extraction_suspect;
mod field_placeholder;
mod file_duplicate;
mod file_encrypted;
mod file_mislabelled;
mod file_unreadable;
mod minutes_self_approval;
mod reference_ambiguous;
mod table_ratio;
mod table_total;
mod text_missing;
mod weekday_mismatch;

/// A rule as plain data.
pub struct Rule {
    /// Names the fault; also the name of the rule's source file, with `-` for `_`.
    pub id: &'static str,
    /// The level where the rule says nothing else.
    pub level: Level,
    /// What the rule says, in a line, in English.
    pub summary: &'static str,
    /// The same in Norwegian bokmål.
    pub summary_nb: &'static str,
    /// The manual page, in Markdown: what it does, why it matters, example, how to resolve, exceptions.
    pub manual: &'static str,
    /// The check.
    pub check: Check,
}

/// What a rule looks at.
pub enum Check {
    /// One record at a time.
    Record(fn(&Record) -> Vec<Finding>),
    /// Compact facts of the whole archive.
    Archive(fn(&Facts) -> Vec<Finding>),
}

/// Every rule, in alphabetical order.
pub const RULES: &[&Rule] = &[
    &approval_mismatch::RULE,
    &case_number_duplicated::RULE,
    &case_number_gap::RULE,
    &decision_duplicated::RULE,
    &decision_missing::RULE,
    &extraction_suspect::RULE,
    &field_placeholder::RULE,
    &file_duplicate::RULE,
    &file_encrypted::RULE,
    &file_mislabelled::RULE,
    &file_unreadable::RULE,
    &minutes_self_approval::RULE,
    &reference_ambiguous::RULE,
    &table_ratio::RULE,
    &table_total::RULE,
    &text_missing::RULE,
    &weekday_mismatch::RULE,
];

/// The findings of the rules that look at one record.
#[must_use]
pub fn check_record(record: &Record) -> Vec<Finding> {
    RULES
        .iter()
        .flat_map(|rule| match rule.check {
            Check::Record(check) => check(record),
            Check::Archive(_) => Vec::new(),
        })
        .collect()
}

/// The findings of the rules that look at the archive.
#[must_use]
pub fn check_archive(facts: &Facts) -> Vec<Finding> {
    RULES
        .iter()
        .flat_map(|rule| match rule.check {
            Check::Archive(check) => check(facts),
            Check::Record(_) => Vec::new(),
        })
        .collect()
}

/// A finding of `rule` about a constituent document, still without message, places and fingerprint.
fn about(rule: &Rule, record: &Record, document: &Document, cases: &[&CaseNumber]) -> Finding {
    Finding {
        rule: rule.id.to_owned(),
        level: rule.level,
        message: String::new(),
        message_nb: String::new(),
        path: record.source.path.clone(),
        document: Some(document.id.clone()),
        body: document.body.as_ref().map(|b| b.value.clone()),
        cases: cases.iter().map(|n| n.to_string()).collect(),
        at: Vec::new(),
        values: BTreeMap::new(),
        suggestion: None,
        fingerprint: String::new(),
    }
}

/// A finding of an archive rule, reported for `document`, still without message, places and fingerprint.
fn about_archive(rule: &Rule, document: &DocumentFact) -> Finding {
    Finding {
        rule: rule.id.to_owned(),
        level: rule.level,
        message: String::new(),
        message_nb: String::new(),
        path: document.path.clone(),
        document: Some(document.id.clone()),
        body: document.body.clone(),
        cases: Vec::new(),
        at: Vec::new(),
        values: BTreeMap::new(),
        suggestion: None,
        fingerprint: String::new(),
    }
}

/// The number of a case, for [`about`].
fn number(case: &Case) -> Vec<&CaseNumber> {
    case.number.iter().map(|n| &n.value).collect()
}

/// Whether a document tells what was decided.
fn is_minutes(document: &Document) -> bool {
    matches!(document.kind, Kind::Minutes | Kind::CaseMinutes)
}

/// A finding of `rule` about the file itself.
fn about_file<const N: usize>(
    rule: &Rule,
    record: &Record,
    level: Level,
    message: String,
    message_nb: String,
    values: [(&str, &str); N],
) -> Finding {
    let path = record.source.path.clone();
    let values = values.iter().map(|(key, value)| ((*key).to_owned(), (*value).into()));
    let mut values: BTreeMap<String, serde_json::Value> = values.collect();
    // The content, or the path where there is none, tells one file's finding from another's.
    let content = if record.source.sha256.is_empty() { &path } else { &record.source.sha256 };
    values.insert("file".to_owned(), content.as_str().into());
    Finding {
        rule: rule.id.to_owned(),
        level,
        message,
        message_nb,
        at: vec![Place { path: path.clone(), document: None, span: None }],
        path,
        document: None,
        body: None,
        cases: Vec::new(),
        values,
        suggestion: None,
        fingerprint: String::new(),
    }
    .sealed()
}
