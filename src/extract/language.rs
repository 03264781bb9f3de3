//! The language of lines, by the words that tell it.

use std::collections::BTreeMap;

use crate::lang::lexicon;
use crate::model::{Language, Spoken};

use super::line::Line;

/// Evidence words below which the language is not determined.
const LEAST_EVIDENCE: u32 = 3;

/// The language of some lines, and the evidence for it.
#[must_use]
pub fn spoken(lines: &[Line]) -> Spoken {
    let lexicon = lexicon();
    let mut counts = vec![0; lexicon.tags.len()];
    for word in lines.iter().flat_map(|l| words(l.text())).filter(|w| w.len() <= lexicon.longest_evidence) {
        for of in lexicon.evidence.get(word).into_iter().flatten() {
            counts[*of] += 1;
        }
    }
    let words = lexicon.tags.iter().cloned().zip(counts).filter(|(_, n)| *n > 0).collect();
    Spoken { tag: of_counts(&words), words }
}

/// The words of a text, between ASCII that is neither letter nor digit.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut next = 0;
    text.as_bytes().split(|b| b.is_ascii() && !b.is_ascii_alphanumeric()).map(move |word| {
        let from = next;
        next += word.len() + 1;
        &text[from..from + word.len()]
    })
}

/// The language whose evidence words are the most frequent; of equals the first of the packs.
#[must_use]
pub fn of_counts(words: &BTreeMap<String, u32>) -> Language {
    let counts = lexicon().tags.iter().map(|tag| (tag, words.get(tag).copied().unwrap_or_default()));
    let best = counts.rev().max_by_key(|(_, n)| *n).filter(|(_, n)| *n >= LEAST_EVIDENCE);
    let known = [Language::Nb, Language::Nn, Language::Sv, Language::Da];
    best.and_then(|(tag, _)| known.into_iter().find(|l| l.tag() == tag)).unwrap_or_default()
}
