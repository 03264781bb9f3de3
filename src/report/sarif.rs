//! The findings as SARIF 2.1.0 (OASIS), for viewers of analysis results: verdicts are suppressions.

use serde_json::{Value, json};

use super::{Report, percent};
use crate::finding::{Finding, Level, Place};
use crate::rules::RULES;
use crate::verdict::Judgement;

/// Where the schema of the format lies; viewers look at this address, nothing is fetched from it.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Name of the fingerprint and its version (section 3.27.17).
const FINGERPRINT: &str = "motebok/v1";

/// The report as a SARIF log.
#[must_use]
pub fn report(report: &Report) -> Value {
    let lang = report.view.lang;
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": lang.summary(rule) },
                "help": { "text": rule.manual, "markdown": rule.manual },
                "defaultConfiguration": { "level": level(rule.level) },
            })
        })
        .collect();
    let results: Vec<Value> = report.findings.iter().map(|finding| result(report, finding)).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "motebok", "semanticVersion": report.summary.run.version, "rules": rules } },
            "language": lang.pick("nb-NO", "en-US"),
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(report: &Report, finding: &Finding) -> Value {
    let suppressions: Vec<Value> = report
        .verdicts
        .of(finding)
        .filter(|v| v.verdict != Judgement::Fixed)
        .map(|v| json!({ "kind": "external", "status": "accepted", "justification": report.view.text(&v.why) }))
        .into_iter()
        .collect();
    json!({
        "ruleId": finding.rule,
        "ruleIndex": RULES.iter().position(|r| r.id == finding.rule),
        "level": level(finding.level),
        "message": { "text": report.view.lang.message(finding) },
        "locations": finding.at.iter().take(1).map(location).collect::<Vec<_>>(),
        "relatedLocations": finding.at.iter().skip(1).map(location).collect::<Vec<_>>(),
        "partialFingerprints": { FINGERPRINT: finding.fingerprint },
        "suppressions": suppressions,
        "properties": { "body": finding.body, "cases": finding.cases, "values": finding.values },
    })
}

/// A place. Its span counts in the record's text, not in the file's bytes, so it stands as a logical location.
fn location(place: &Place) -> Value {
    let uri: Vec<String> = place.path.split('/').map(percent).collect();
    let mut location = json!({ "physicalLocation": { "artifactLocation": { "uri": uri.join("/") } } });
    if let Some(span) = place.span {
        let document = place.document.as_deref().unwrap_or_default();
        location["logicalLocations"] = json!([{
            "fullyQualifiedName": format!("{document}/blocks/{}", span.block),
            "kind": "element",
            "properties": { "block": span.block, "start": span.start, "end": span.end },
        }]);
    }
    location
}

/// A level's word (section 3.27.10).
fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}
