//! Whether a record keeps its promises: the schema, and that every sourced value stands where it says.

use std::fmt;

use jsonschema::Validator;
use serde_json::Value;

use crate::document::{Block, Span};
use crate::model::{Record, text_at};

/// Checks records; compile it once.
pub struct RecordValidator {
    schema: Validator,
}

impl RecordValidator {
    /// A validator against a record schema.
    ///
    /// # Errors
    /// Where `schema` is no valid JSON Schema.
    pub fn new(schema: &Value) -> Result<Self, String> {
        let schema = jsonschema::validator_for(schema).map_err(|e| e.to_string())?;
        Ok(Self { schema })
    }

    /// The faults of a record, each with the JSON Pointer of its place; at most `most` of each kind.
    #[must_use]
    pub fn faults(&self, record: &Value, most: usize) -> Vec<String> {
        let mut faults: Vec<String> = self
            .schema
            .iter_errors(record)
            .take(most)
            .map(|e| format!("{}: {}", pointer(e.instance_path().as_str()), shorten(&e.to_string())))
            .collect();
        let mut unsourced = Vec::new();
        let blocks = record.get("blocks").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if let Some(documents) = record.get("documents") {
            check_sourced(documents, &|span| text_in(span, blocks), &Step::Root("/documents"), &mut unsourced);
        }
        faults.extend(unsourced.into_iter().take(most));
        faults
    }
}

/// Whether a record made of this program's types keeps its promises. The schema comes from the types, so what can be
/// wrong is what they leave open: places of values, and numbers that JSON has not (`tests/schema.rs`). Where it is `false`,
/// [`RecordValidator::faults`] says why.
#[must_use]
pub fn holds(record: &Record) -> bool {
    let number = |n: &f32| n.is_finite();
    let plain = |b: &Block| b.bbox.iter().flatten().chain(&b.ocr).chain(&b.style.size).all(number);
    let text = |span: &Value| {
        let number = |key: &str| usize::try_from(span.get(key)?.as_u64()?).ok();
        let block = u32::try_from(number("block")?).ok()?;
        text_at(&record.blocks, Span { block, start: number("start")?, end: number("end")? })
    };
    let mut faults = Vec::new();
    match serde_json::to_value(&record.documents) {
        Ok(documents) => check_sourced(&documents, &text, &Step::Root("/documents"), &mut faults),
        Err(_) => return false,
    }
    faults.is_empty() && record.blocks.iter().all(plain)
}

fn pointer(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}

fn shorten(message: &str) -> String {
    match message.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}

/// A place in a JSON value, from the value outwards.
enum Step<'a> {
    Root(&'a str),
    Key(&'a Step<'a>, &'a str),
    Item(&'a Step<'a>, usize),
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Root(path) => f.write_str(path),
            Self::Key(outer, key) => write!(f, "{outer}/{key}"),
            Self::Item(outer, i) => write!(f, "{outer}/{i}"),
        }
    }
}

/// Compares the `text` of every sourced value under `value` with what `text_at` gives for its `at`.
fn check_sourced<'t>(
    value: &Value,
    text_at: &impl Fn(&Value) -> Option<&'t str>,
    path: &Step,
    faults: &mut Vec<String>,
) {
    match value {
        Value::Object(map) => {
            if let (Some(_), Some(text), Some(at)) = (map.get("value"), map.get("text"), map.get("at")) {
                let spans = at.as_array().map_or(std::slice::from_ref(at), Vec::as_slice);
                let pieces: Option<Vec<&str>> = spans.iter().map(text_at).collect();
                match pieces {
                    Some(pieces) if !pieces.is_empty() && Some(pieces.join("\n").as_str()) == text.as_str() => {}
                    Some(_) => faults.push(format!("{path}: the text is not what stands at its place")),
                    None => faults.push(format!("{path}: the place lies outside the text")),
                }
            }
            for (key, inner) in map {
                check_sourced(inner, text_at, &Step::Key(path, key), faults);
            }
        }
        Value::Array(items) => {
            for (i, inner) in items.iter().enumerate() {
                check_sourced(inner, text_at, &Step::Item(path, i), faults);
            }
        }
        _ => {}
    }
}

fn text_in<'a>(span: &Value, blocks: &'a [Value]) -> Option<&'a str> {
    let number = |key: &str| usize::try_from(span.get(key)?.as_u64()?).ok();
    blocks.get(number("block")?)?.get("text")?.as_str()?.get(number("start")?..number("end")?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;
    use crate::model::{At, Document, Language, RECORD_SCHEMA, SourceInfo, Sourced, Status};

    fn record(at: At, left: f32) -> Record {
        let block = Block { bbox: Some([left, 1.0, 2.0, 3.0]), ..Block::new(BlockKind::Heading, "Møtebok") };
        let title = Sourced { value: "Møtebok".to_owned(), text: "Møtebok".to_owned(), at };
        let document = Document { id: "d1".to_owned(), title: Some(title), ..Document::default() };
        Record {
            schema: RECORD_SCHEMA.to_owned(),
            source: SourceInfo::default(),
            status: Status::Ok,
            problems: Vec::new(),
            language: Language::Nb,
            blocks: vec![block],
            documents: vec![document],
        }
    }

    #[test]
    fn what_does_not_hold_has_faults_by_the_schema_too() {
        let validator = RecordValidator::new(&serde_json::to_value(schemars::schema_for!(Record)).unwrap()).unwrap();
        let span = |start, end| At::One(Span { block: 0, start, end });
        for (holding, record) in [
            (true, record(span(0, 8), 0.0)),
            (false, record(span(0, 7), 0.0)),
            (false, record(span(0, 9), 0.0)),
            (false, record(At::Many(Vec::new()), 0.0)),
            (false, record(span(0, 8), f32::NAN)),
        ] {
            let faults = validator.faults(&serde_json::to_value(&record).unwrap(), 3);
            assert_eq!(holds(&record), holding, "{record:?}");
            assert_eq!(faults.is_empty(), holding, "{faults:?}");
        }
    }
}
