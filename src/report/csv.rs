//! The findings as a table for a spreadsheet (RFC 4180), identity numbers masked.

use crate::finding::Finding;
use crate::mask::mask;
use crate::messages::Lang;

/// The findings, one a line, with a line of heads.
#[must_use]
pub fn report(findings: &[Finding], lang: Lang, unmask: bool) -> String {
    let mut text = String::from("level,rule,path,document,body,cases,message,suggestion,fingerprint\r\n");
    for finding in findings {
        let cases = finding.cases.join("; ");
        let fields = [
            finding.level.as_str(),
            &finding.rule,
            &finding.path,
            finding.document.as_deref().unwrap_or_default(),
            finding.body.as_deref().unwrap_or_default(),
            &cases,
            lang.message(finding),
            finding.suggestion.as_deref().unwrap_or_default(),
            &finding.fingerprint,
        ];
        let line: Vec<String> = fields.iter().map(|f| quoted(&if unmask { (*f).into() } else { mask(f) })).collect();
        text.push_str(&line.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A field in quotes. One that a spreadsheet would take for a formula gets an apostrophe before it.
fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}
