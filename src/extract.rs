//! Blocks to documents: segmentation and one small grammar over cues. A total function: it never fails.

pub mod attendance;
pub mod cases;
pub mod constituent;
pub mod coverage;
pub mod cue;
pub mod field;
pub mod header;
pub mod language;
pub mod layout;
pub mod line;
pub mod municipality;
pub mod passage;
pub mod plan;
pub mod references;
pub mod segment;
pub mod signatures;
pub mod tables;
pub mod text;
pub mod values;
pub mod votes;

use std::collections::BTreeMap;

use crate::document::Block;
use crate::lang::lexicon;
use crate::model::{Document, Language};

/// What was found in the blocks of one file.
#[derive(Debug, Default)]
pub struct Extracted {
    /// The language of the text.
    pub language: Language,
    /// The constituent documents.
    pub documents: Vec<Document>,
}

/// Extracts the constituent documents from the blocks of a file.
#[must_use]
pub fn extract(blocks: &[Block]) -> Extracted {
    let lines = layout::unrolled(line::lines_and(blocks, &segment::titles_in_page_heads(blocks)), blocks);
    let mut documents: Vec<Document> = segment::parts(&lines)
        .iter()
        .enumerate()
        .map(|(i, part)| constituent::document(&lines, blocks, part, i))
        .collect();
    link_attachments(&mut documents);
    let mut words = BTreeMap::new();
    for (tag, count) in documents.iter().flat_map(|d| &d.language.words) {
        *words.entry(tag.clone()).or_default() += count;
    }
    Extracted { language: language::of_counts(&words), documents }
}

/// Points announced attachments to the constituent documents that they are: the title names the kind and the date or year.
fn link_attachments(documents: &mut [Document]) {
    let known: Vec<(String, String, Option<String>, Option<i16>)> = documents
        .iter()
        .map(|d| {
            let title = d.title.as_ref().map(|t| t.value.to_lowercase()).unwrap_or_default();
            (d.id.clone(), title, d.meeting.date.as_ref().map(|s| s.value.clone()), header::year(d))
        })
        .collect();
    for document in documents.iter_mut() {
        let own = document.id.clone();
        for attachment in document.cases.iter_mut().flat_map(|c| &mut c.attachments).chain(&mut document.attachments) {
            let title = attachment.title.value.to_lowercase();
            let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
            let named = values::date::find(&title).first().and_then(|m| m.date(None)).map(|d| d.to_string());
            let year = values::date::find_year(&title).map(|y| y.0);
            attachment.document = known
                .iter()
                .filter(|(id, ..)| *id != own)
                .find(|(_, other, date, other_year)| {
                    let same_word = lexicon()
                        .titles
                        .values()
                        .flatten()
                        .any(|(w, _)| words.contains(&w.as_str()) && other.contains(w.as_str()));
                    same_word && if named.is_some() { named == *date } else { year.is_none() || year == *other_year }
                })
                .map(|(id, ..)| id.clone());
        }
    }
}
