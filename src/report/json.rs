//! The report as JSON: the summary, every finding with the verdict on it, and the verdicts that no longer apply.

use serde_json::{Value, json};

use super::{Report, mask_strings};

/// The report as one JSON value.
///
/// # Errors
/// Where something cannot be written as JSON.
pub fn report(report: &Report) -> Result<Value, serde_json::Error> {
    let findings: Result<Vec<Value>, serde_json::Error> = report
        .findings
        .iter()
        .map(|finding| {
            let mut value = serde_json::to_value(finding)?;
            if let (Some(verdict), Some(fields)) = (report.verdicts.of(finding), value.as_object_mut()) {
                fields.insert("verdict".to_owned(), serde_json::to_value(verdict)?);
            }
            Ok(value)
        })
        .collect();
    let mut value = json!({
        "summary": report.summary,
        "findings": findings?,
        "outdated_verdicts": report.verdicts.outdated(&report.findings),
    });
    if !report.view.unmask {
        mask_strings(&mut value);
    }
    Ok(value)
}
