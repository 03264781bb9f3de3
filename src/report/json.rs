//! The report as JSON: the summary and every finding, identity numbers masked.

use serde_json::{Value, json};

use crate::archive::Summary;
use crate::finding::Finding;
use crate::mask::mask;

/// The report as one JSON value.
///
/// # Errors
/// Where something cannot be written as JSON.
pub fn report(summary: &Summary, findings: &[Finding], unmask: bool) -> Result<Value, serde_json::Error> {
    let mut report = json!({ "summary": serde_json::to_value(summary)?, "findings": serde_json::to_value(findings)? });
    if !unmask {
        mask_strings(&mut report);
    }
    Ok(report)
}

fn mask_strings(value: &mut Value) {
    match value {
        Value::String(text) => *text = mask(text).into_owned(),
        Value::Array(items) => items.iter_mut().for_each(mask_strings),
        Value::Object(map) => map.values_mut().for_each(mask_strings),
        _ => {}
    }
}
