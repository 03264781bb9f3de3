//! A verdict: what a person judged of a finding.

use std::collections::{BTreeMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Finding;

/// What a person says of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Judgement {
    /// It is so, and may stay so.
    Accept,
    /// It was so, and the file has been mended; where a later run still finds it, it is open again.
    Fixed,
    /// It is not so: a false alarm.
    Wrong,
}

impl Judgement {
    /// The word of the command line and of `verdicts.jsonl`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Fixed => "fixed",
            Self::Wrong => "wrong",
        }
    }
}

/// One line of `verdicts.jsonl`. Of several about one finding the last counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// Fingerprint of the finding.
    pub fingerprint: String,
    /// What is said of it.
    pub verdict: Judgement,
    /// Why.
    pub why: String,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When it was said: RFC 3339, in UTC.
    #[serde(default)]
    pub at: String,
    /// The finding's rule.
    #[serde(default)]
    pub rule: String,
    /// The file that the finding was reported for.
    #[serde(default)]
    pub path: String,
    /// What the finding said, in English.
    #[serde(default)]
    pub message: String,
}

impl Verdict {
    /// A verdict given now.
    #[must_use]
    pub fn now(finding: &Finding, verdict: Judgement, why: String, by: Option<String>) -> Self {
        Self {
            fingerprint: finding.fingerprint.clone(),
            verdict,
            why,
            by,
            at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            rule: finding.rule.clone(),
            path: finding.path.clone(),
            message: finding.message.clone(),
        }
    }
}

/// The verdicts that count, by fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdicts {
    by_fingerprint: BTreeMap<String, Verdict>,
    /// Lines of `verdicts.jsonl`, from 1, that are no verdict.
    pub damaged: Vec<usize>,
}

impl Verdicts {
    /// Takes in a verdict; it takes the place of an earlier one on the same finding.
    pub fn add(&mut self, verdict: Verdict) {
        self.by_fingerprint.insert(verdict.fingerprint.clone(), verdict);
    }

    /// What was said of a finding.
    #[must_use]
    pub fn of(&self, finding: &Finding) -> Option<&Verdict> {
        self.by_fingerprint.get(&finding.fingerprint)
    }

    /// Whether nothing is left to do about a finding. One that was called fixed and is still found is open.
    #[must_use]
    pub fn settle(&self, finding: &Finding) -> bool {
        self.of(finding).is_some_and(|v| v.verdict != Judgement::Fixed)
    }

    /// Verdicts about findings that are no longer made, in order of file.
    #[must_use]
    pub fn outdated(&self, findings: &[Finding]) -> Vec<&Verdict> {
        let made: HashSet<&str> = findings.iter().map(|f| f.fingerprint.as_str()).collect();
        let mut outdated: Vec<&Verdict> =
            self.by_fingerprint.values().filter(|v| !made.contains(v.fingerprint.as_str())).collect();
        outdated.sort_by(|a, b| (&a.path, &a.rule).cmp(&(&b.path, &b.rule)));
        outdated
    }
}
