//! Whether a record keeps its promises: the schema, and that every sourced value stands where it says.

use jsonschema::Validator;
use serde_json::Value;

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
            check_sourced(documents, blocks, "/documents", &mut unsourced);
        }
        faults.extend(unsourced.into_iter().take(most));
        faults
    }
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

/// Compares the `text` of every sourced value under `value` with the blocks at its `at`.
fn check_sourced(value: &Value, blocks: &[Value], path: &str, faults: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if let (Some(_), Some(text), Some(at)) = (map.get("value"), map.get("text"), map.get("at")) {
                let spans = at.as_array().map_or(std::slice::from_ref(at), Vec::as_slice);
                let pieces: Option<Vec<&str>> = spans.iter().map(|span| text_at(span, blocks)).collect();
                match pieces {
                    Some(pieces) if !pieces.is_empty() && Some(pieces.join("\n").as_str()) == text.as_str() => {}
                    Some(_) => faults.push(format!("{path}: the text is not what stands at its place")),
                    None => faults.push(format!("{path}: the place lies outside the text")),
                }
            }
            for (key, inner) in map {
                check_sourced(inner, blocks, &format!("{path}/{key}"), faults);
            }
        }
        Value::Array(items) => {
            for (i, inner) in items.iter().enumerate() {
                check_sourced(inner, blocks, &format!("{path}/{i}"), faults);
            }
        }
        _ => {}
    }
}

fn text_at<'a>(span: &Value, blocks: &'a [Value]) -> Option<&'a str> {
    let number = |key: &str| usize::try_from(span.get(key)?.as_u64()?).ok();
    blocks.get(number("block")?)?.get("text")?.as_str()?.get(number("start")?..number("end")?)
}
