//! The JSON Schemas (2020-12) of everything in an output folder, made from the types.

use schemars::{JsonSchema, schema_for};
use serde_json::Value;

use crate::archive::{LedgerLine, Summary};
use crate::bodies::Body;
use crate::correction::Correction;
use crate::finding::Finding;
use crate::model::Record;
use crate::verdict::Verdict;

/// The base of the schemas' `$id`.
const BASE: &str = "urn:motebok:schema:";

/// The schemas by file name.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("record-1.schema.json", record()),
        ("finding-1.schema.json", schema::<Finding>("finding-1.schema.json", "A finding: one line of findings.jsonl")),
        (
            "ledger-1.schema.json",
            schema::<LedgerLine>("ledger-1.schema.json", "What became of one input: one line of ledger.jsonl"),
        ),
        ("body-1.schema.json", schema::<Body>("body-1.schema.json", "The life of a body: one line of bodies.jsonl")),
        (
            "verdict-1.schema.json",
            schema::<Verdict>("verdict-1.schema.json", "What a person says of a finding: one line of verdicts.jsonl"),
        ),
        (
            "correction-1.schema.json",
            schema::<Correction>(
                "correction-1.schema.json",
                "What a person says stands in a field: one line of corrections.jsonl",
            ),
        ),
        ("summary-1.schema.json", schema::<Summary>("summary-1.schema.json", "The totals of an archive: summary.json")),
    ]
}

/// The schema of a record.
#[must_use]
pub fn record() -> Value {
    schema::<Record>("record-1.schema.json", "A record: what is known about one input file")
}

fn schema<T: JsonSchema>(name: &str, title: &str) -> Value {
    let mut schema = schema_for!(T);
    schema.insert("$id".to_owned(), format!("{BASE}{}", name.trim_end_matches(".schema.json")).into());
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}
