//! A record as it may be shown.

use std::collections::HashSet;

use super::ask::{Ask, Failure};
use super::fields;
use crate::document::Block;
use crate::mask::mask;
use crate::model::{Case, Document, Record};

/// A title shorter than this is not looked for in the rest of the text, in bytes.
const LEAST_TITLE: usize = 8;

/// A record, without what stands in closed cases and without identity numbers where these may not be shown. No byte of a
/// text moves, so places in it stay true.
pub(super) struct Shown {
    pub(super) record: Record,
    /// Blocks that belong to a closed case.
    pub(super) hidden: HashSet<u32>,
}

impl Shown {
    pub(super) fn read(ask: &Ask, path: &str) -> Result<Self, Failure> {
        let held = ask.held()?;
        let line = held.ledger.get(path).ok_or_else(Failure::unknown)?;
        let mut record = ask.room.archive.record(&line.path)?;
        let mut hidden = HashSet::new();
        if !ask.view.closed {
            for document in &mut record.documents {
                hide(document, &mut record.blocks, &mut hidden);
            }
            if !hidden.is_empty() {
                record.source.deleted.clear();
            }
        }
        if !ask.view.unmask {
            for block in &mut record.blocks {
                block.text = mask(&block.text).into_owned();
            }
        }
        Ok(Self { record, hidden })
    }
}

/// Takes the closed cases out of a document and their texts out of its blocks: from the title to the next case's, and
/// wherever else a field of theirs stands, blocks apart in which other cases begin (a list of cases).
fn hide(document: &mut Document, blocks: &mut [Block], hidden: &mut HashSet<u32>) {
    let begin = |case: &Case| case.title.at.spans().first().map(|s| s.block);
    let others: HashSet<u32> = document.cases.iter().filter(|c| !c.closed).filter_map(begin).collect();
    let all: Vec<u32> = document.cases.iter().filter_map(begin).collect();
    for case in document.cases.iter().filter(|c| c.closed) {
        if let Some(from) = begin(case) {
            let next = all.iter().copied().filter(|b| *b > from).min().unwrap_or(document.blocks.1 + 1);
            hidden.extend((from..next).filter(|b| !others.contains(b)));
        }
        let fields = serde_json::to_value(case).map(|case| fields::spans_in(&case)).unwrap_or_default();
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
