//! Takes what stands in cases that are closed to the public out of a record, where it is shown or found by people.

use std::collections::HashSet;

use serde_json::Value;

use crate::document::{Block, Span};
use crate::model::{Case, Document, Record};

/// A title shorter than this is not looked for in the rest of the text, in bytes.
const LEAST_TITLE: usize = 8;

/// Takes the closed cases out of a record and hides their texts. No byte of a text moves, so places in it stay true.
/// Returns the blocks of which nothing may be shown.
#[must_use]
pub fn hide(record: &mut Record) -> HashSet<u32> {
    let mut hidden = HashSet::new();
    for document in &mut record.documents {
        hide_in(document, &mut record.blocks, &mut hidden);
    }
    if !hidden.is_empty() {
        record.source.deleted.clear();
    }
    hidden
}

/// All places in a value of a record as JSON, in order.
#[must_use]
pub fn spans_in(value: &Value) -> Vec<Span> {
    match value {
        Value::Object(keys) => match serde_json::from_value::<Span>(value.clone()) {
            Ok(span) => vec![span],
            Err(_) => keys.values().flat_map(spans_in).collect(),
        },
        Value::Array(items) => items.iter().flat_map(spans_in).collect(),
        _ => Vec::new(),
    }
}

/// Hides from the title to the next case's, and
/// wherever else a field of theirs stands, blocks apart in which other cases begin (a list of cases).
fn hide_in(document: &mut Document, blocks: &mut [Block], hidden: &mut HashSet<u32>) {
    let begin = |case: &Case| case.title.at.spans().first().map(|s| s.block);
    let others: HashSet<u32> = document.cases.iter().filter(|c| !c.closed).filter_map(begin).collect();
    let all: Vec<u32> = document.cases.iter().filter_map(begin).collect();
    for case in document.cases.iter().filter(|c| c.closed) {
        if let Some(from) = begin(case) {
            let next = all.iter().copied().filter(|b| *b > from).min().unwrap_or(document.blocks.1 + 1);
            hidden.extend((from..next).filter(|b| !others.contains(b)));
        }
        let fields = serde_json::to_value(case).map(|case| spans_in(&case)).unwrap_or_default();
        hidden.extend(fields.iter().map(|s| s.block).filter(|b| !others.contains(b)));
        let titles = [Some(&case.title), case.listed_title.as_ref()];
        for title in titles.into_iter().flatten().filter(|t| t.text.len() >= LEAST_TITLE) {
            for block in &mut *blocks {
                star_all(block, &title.text);
            }
        }
    }
    for block in blocks.iter_mut().filter(|b| hidden.contains(&b.id)) {
        block.text = stars(&block.text);
        for cell in block.rows.iter_mut().flatten().flatten() {
            cell.text = stars(&cell.text);
        }
    }
    document.cases.retain(|c| !c.closed);
}

fn star_all(block: &mut Block, text: &str) {
    if block.text.contains(text) {
        block.text = block.text.replace(text, &stars(text));
    }
    for cell in block.rows.iter_mut().flatten().flatten().filter(|c| c.text.contains(text)) {
        cell.text = cell.text.replace(text, &stars(text));
    }
}

/// As many bytes, none of them telling.
fn stars(text: &str) -> String {
    text.bytes().map(|b| if b == b'\n' || b == b'\t' { char::from(b) } else { '*' }).collect()
}
