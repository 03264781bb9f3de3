//! What is told about an archive: one file a form.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::archive::{Archive, ArchiveError, LedgerLine, Summary};
use crate::bodies::Body;
use crate::finding::{Finding, Level};
use crate::mask::mask;
use crate::messages::Lang;
use crate::pipeline::Ran;
use crate::verdict::Verdicts;

pub mod csv;
pub mod html;
pub mod json;
pub mod sarif;
pub mod terminal;

/// What may be shown, and in which language.
#[derive(Debug, Clone, Copy, Default)]
pub struct View {
    /// The language.
    pub lang: Lang,
    /// National identity numbers are shown.
    pub unmask: bool,
    /// What stands in cases that are closed to the public is shown.
    pub closed: bool,
}

impl View {
    /// A text as it may be shown.
    #[must_use]
    pub fn text(self, text: &str) -> String {
        if self.unmask { text.to_owned() } else { mask(text).into_owned() }
    }

    /// A finding as it may be shown.
    #[must_use]
    pub fn finding(self, mut finding: Finding) -> Finding {
        if finding.closed && !self.closed {
            finding = finding.say("the case is closed to the public", "saken er unntatt offentlighet");
            finding.values.clear();
            finding.suggestion = None;
            finding.at.iter_mut().for_each(|place| place.span = None);
        }
        if !self.unmask {
            for text in [&mut finding.message, &mut finding.message_nb].into_iter().chain(&mut finding.suggestion) {
                *text = mask(text).into_owned();
            }
            finding.values.values_mut().for_each(mask_strings);
        }
        finding
    }

    /// JSON as it may be shown.
    #[must_use]
    pub fn json(self, mut value: Value) -> Value {
        if !self.unmask {
            mask_strings(&mut value);
        }
        value
    }
}

/// An archive with what is to be told about it.
#[derive(Debug)]
pub struct Report<'a> {
    archive: &'a Archive,
    view: View,
    summary: Summary,
    /// As they may be shown, in order.
    findings: Vec<Finding>,
    ledger: Vec<LedgerLine>,
    bodies: Vec<Body>,
    verdicts: Verdicts,
}

impl<'a> Report<'a> {
    /// A report on an archive as it lies there.
    ///
    /// # Errors
    /// Where a file of the archive cannot be read.
    pub fn open(archive: &'a Archive, view: View) -> Result<Self, ArchiveError> {
        let (summary, findings) = (archive.summary()?, archive.findings()?);
        Self::new(
            archive,
            Ran { summary, findings, ledger: archive.ledger()?, bodies: archive.bodies()?, lock: None },
            view,
        )
    }

    /// A report on what a run came to.
    ///
    /// # Errors
    /// Where the verdicts cannot be read.
    pub fn new(archive: &'a Archive, ran: Ran, view: View) -> Result<Self, ArchiveError> {
        let Ran { summary, findings, ledger, bodies, lock: _ } = ran;
        let findings = findings.into_iter().map(|f| view.finding(f)).collect();
        Ok(Self { archive, view, summary, findings, ledger, bodies, verdicts: archive.verdicts()? })
    }

    /// The findings that wait for somebody, in order.
    fn open_findings(&self) -> Vec<&Finding> {
        self.findings.iter().filter(|f| !self.verdicts.settle(f)).collect()
    }

    /// The findings that were judged, in order.
    fn judged_findings(&self) -> Vec<&Finding> {
        self.findings.iter().filter(|f| self.verdicts.settle(f)).collect()
    }
}

/// Why a report cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The archive cannot be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// What was to be written to is closed or full.
    #[error("cannot write the report")]
    Write(#[from] std::io::Error),
    /// Something cannot be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// Findings of a rule, with the gravest level among them.
type OfRule<'f> = (&'f str, Level, Vec<&'f Finding>);

/// Rules with findings: the gravest first, then those with most.
fn by_rule<'f>(findings: &[&'f Finding]) -> Vec<OfRule<'f>> {
    let mut rules: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        rules.entry(&finding.rule).or_default().push(finding);
    }
    let gravest = |all: &[&Finding]| all.iter().map(|f| f.level).max().unwrap_or(Level::Info);
    let mut rules: Vec<_> = rules.into_iter().map(|(rule, all)| (rule, gravest(&all), all)).collect();
    rules.sort_by(|a, b| b.1.cmp(&a.1).then(b.2.len().cmp(&a.2.len())).then(a.0.cmp(b.0)));
    rules
}

fn mask_strings(value: &mut Value) {
    match value {
        Value::String(text) => *text = mask(text).into_owned(),
        Value::Array(items) => items.iter_mut().for_each(mask_strings),
        Value::Object(map) => map.values_mut().for_each(mask_strings),
        _ => {}
    }
}

/// A path component in a URL (RFC 3986, section 2).
pub(crate) fn percent(part: &str) -> String {
    part.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(b).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
