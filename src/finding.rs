//! A finding: something in the archive that an archivist wants to know, with its places and both values.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::document::Span;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Good to know.
    Info,
    /// Must be explained.
    Warning,
    /// Must be corrected.
    Error,
}

impl Level {
    /// The level as it stands in findings.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in a file that a finding points to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Path of the file.
    pub path: String,
    /// Id of the constituent document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The place in its text; absent where the finding is about the file.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// One finding, one line of `findings.jsonl` (contract section 3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// How grave it is.
    pub level: Level,
    /// What was seen, in English.
    pub message: String,
    /// What was seen, in Norwegian bokmål.
    pub message_nb: String,
    /// The file it is reported for.
    pub path: String,
    /// The constituent document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The body whose document it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The cases concerned: `AU 23/22`, `12/91`.
    pub cases: Vec<String>,
    /// The places.
    pub at: Vec<Place>,
    /// The values compared.
    pub values: BTreeMap<String, serde_json::Value>,
    /// What would be right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// One of the cases is closed to the public.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// Identifies the finding by rule and content over later runs.
    pub fingerprint: String,
}

impl Finding {
    /// Says what was seen, in English and in Norwegian bokmål.
    #[must_use]
    pub fn say(mut self, message: impl Into<String>, message_nb: impl Into<String>) -> Self {
        self.message = message.into();
        self.message_nb = message_nb.into();
        self
    }

    /// Adds a value that was compared.
    #[must_use]
    pub fn value(mut self, key: &str, value: impl Into<serde_json::Value>) -> Self {
        self.values.insert(key.to_owned(), value.into());
        self
    }

    /// Adds the places of a sourced value in the finding's own document.
    #[must_use]
    pub fn at(mut self, spans: &[Span]) -> Self {
        let (path, document) = (self.path.clone(), self.document.clone());
        self.at.extend(spans.iter().map(|s| Place { path: path.clone(), document: document.clone(), span: Some(*s) }));
        self
    }

    /// Adds a place.
    #[must_use]
    pub fn place(mut self, place: Place) -> Self {
        self.at.push(place);
        self
    }

    /// Says what would be right.
    #[must_use]
    pub fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// Sets another level than the rule's own.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Sets the fingerprint from the rule, the cases and the values: not from positions, paths or levels.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        let mut hash = Sha256::new();
        hash.update(&self.rule);
        hash.update([0]);
        hash.update(self.body.as_deref().unwrap_or_default());
        for case in &self.cases {
            hash.update([0]);
            hash.update(case);
        }
        for (key, value) in &self.values {
            hash.update([1]);
            hash.update(key);
            hash.update([2]);
            hash.update(value.to_string());
        }
        self.fingerprint = hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
        self
    }

    /// The order of `findings.jsonl`: path, then place, then rule.
    #[must_use]
    pub fn sort_key(&self) -> (&str, Option<&Span>, &str, &str) {
        (&self.path, self.at.first().and_then(|p| p.span.as_ref()), &self.rule, &self.fingerprint)
    }
}
