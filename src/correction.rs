//! A correction: what a person says stands in a field, beside what the machine read.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One line of `corrections.jsonl`. Of several about one field the last counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// SHA-256 of the file: a correction goes with the content, wherever the file lies.
    pub sha256: String,
    /// Where the file lay when it was corrected.
    pub path: String,
    /// The field: a JSON Pointer (RFC 6901) into the record, below `/documents`.
    pub field: String,
    /// What the machine had read: the field's value.
    pub machine: Value,
    /// What the person says.
    pub person: String,
    /// Why.
    pub why: String,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When it was said: RFC 3339, in UTC.
    #[serde(default)]
    pub at: String,
}

/// The corrections that count, by content and field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corrections {
    by_field: BTreeMap<(String, String), Correction>,
    /// Lines of `corrections.jsonl`, from 1, that are no correction.
    pub damaged: Vec<usize>,
}

impl Corrections {
    /// Takes in a correction; it takes the place of an earlier one of the same field.
    pub fn add(&mut self, correction: Correction) {
        self.by_field.insert((correction.sha256.clone(), correction.field.clone()), correction);
    }

    /// What was said of a field of a file.
    #[must_use]
    pub fn of(&self, sha256: &str, field: &str) -> Option<&Correction> {
        self.by_field.get(&(sha256.to_owned(), field.to_owned()))
    }

    /// All that was said of a file, in order of field.
    pub fn of_file<'a>(&'a self, sha256: &'a str) -> impl Iterator<Item = &'a Correction> {
        let from = (sha256.to_owned(), String::new());
        self.by_field.range(from..).map(|(_, c)| c).take_while(move |c| c.sha256 == sha256)
    }
}
