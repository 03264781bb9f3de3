//! The rules: one file a rule, each a doc comment (its manual page), a level and a check.

use std::collections::BTreeMap;

use crate::finding::{Finding, Level, Place};
use crate::model::Record;

mod file_duplicate;
mod file_encrypted;
mod file_mislabelled;
mod file_unreadable;
mod text_missing;

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
    &file_duplicate::RULE,
    &file_encrypted::RULE,
    &file_mislabelled::RULE,
    &file_unreadable::RULE,
    &text_missing::RULE,
];

/// Compact facts of an archive, independent of the order in which records were added once [`Facts::finish`] was called.
#[derive(Debug, Default)]
pub struct Facts {}

impl Facts {
    /// Adds what the archive rules need of one record.
    pub fn add(&mut self, _record: &Record) {}

    /// Sorts what was added, so that the order of adding does not matter.
    pub fn finish(&mut self) {}
}

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
