//! What the extraction gives for a text: a document with its sourced values reduced to their values, and views of it.
#![allow(dead_code, clippy::unwrap_used, reason = "tests share it, and each uses a part")]

use motebok::pipeline::{Ocr, Options, in_memory};
use serde_json::Value;

/// The first constituent document of a Markdown text, sourced values reduced to their values.
pub(crate) fn document(text: &str) -> Value {
    document_of("input.md", text)
}

/// That of a file.
pub(crate) fn document_of(name: &str, text: &str) -> Value {
    documents_of(name, text).swap_remove(0)
}

pub(crate) fn documents_of(name: &str, text: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, text).unwrap();
    let options = Options { ocr: Ocr::Never, ..Options::default() };
    let (records, _) = in_memory(&[file], &options).unwrap();
    records[0].documents.iter().map(|d| plain(serde_json::to_value(d).unwrap())).collect()
}

pub(crate) fn plain(value: Value) -> Value {
    match value {
        Value::Object(mut keys) if keys.contains_key("at") => keys.remove("value").unwrap_or_default(),
        Value::Object(keys) => keys.into_iter().map(|(key, value)| (key, plain(value))).collect(),
        Value::Array(items) => items.into_iter().map(plain).collect(),
        other => other,
    }
}

pub(crate) fn names(document: &Value, status: &str) -> Vec<String> {
    let all = document["attendance"].as_array().unwrap();
    all.iter().filter(|a| a["status"] == status).map(|a| a["name"].as_str().unwrap().to_owned()).collect()
}

/// Series, sequence, title and decision of each case.
pub(crate) fn cases(document: &Value) -> Vec<(String, u64, &str, &str)> {
    let text = |value: &'_ Value| value.as_str().unwrap_or_default().to_owned();
    let all = document["cases"].as_array().unwrap().iter();
    all.map(|c| {
        let number = &c["number"];
        let decision = c["decision"]["text"].as_str().unwrap_or_default();
        (text(&number["series"]), number["sequence"].as_u64().unwrap(), c["title"].as_str().unwrap(), decision)
    })
    .collect()
}
