//! Passages: lines that belong together as one running text, with the way back to the block.

use crate::document::{Block, Span};
use crate::lang::lexicon;
use crate::model::Sourced;

use super::line::{Folded, Line};
use super::text::spaces_folded;

/// A running text made of the lines of one block that the page's width broke, or of one line.
#[derive(Debug)]
pub struct Passage {
    block: u32,
    start: usize,
    /// The source text, line ends as spaces: byte for byte as long as the source.
    pub raw: String,
    /// The folded form of `raw`.
    pub folded: Folded,
}

impl Passage {
    /// The span of a range of `raw`.
    #[must_use]
    pub fn raw_span(&self, range: (usize, usize)) -> Span {
        Span { block: self.block, start: self.start + range.0, end: self.start + range.1 }
    }

    /// The span of a range of the folded text.
    #[must_use]
    pub fn span(&self, start: usize, end: usize) -> Span {
        self.raw_span(self.folded.source(start, end))
    }

    /// A range of `raw` as a passage of its own.
    #[must_use]
    pub fn cut(&self, (from, to): (usize, usize)) -> Self {
        let raw = self.raw[from..to].to_owned();
        Self { block: self.block, start: self.start + from, folded: Folded::new(&raw), raw }
    }

    /// The passage from a byte offset of `raw` on.
    #[must_use]
    pub fn tail(&self, from: usize) -> Self {
        let raw = self.raw[from..].to_owned();
        Self { block: self.block, start: self.start + from, folded: Folded::new(&raw), raw }
    }

    /// The sourced text of a range of `raw`, white space folded.
    #[must_use]
    pub fn sourced(&self, range: (usize, usize), blocks: &[Block]) -> Sourced<String> {
        Sourced::new(spaces_folded(&self.raw[range.0..range.1]), vec![self.raw_span(range)], blocks)
    }
}

/// The passages of some lines, without the first `skip` bytes of the first line.
#[must_use]
pub fn passages(lines: &[&Line], skip: usize, blocks: &[Block]) -> Vec<Passage> {
    let mut spans: Vec<(u32, usize, usize)> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let from = if i == 0 { skip.min(line.raw.len()) } else { 0 };
        match spans.last_mut() {
            Some(last) if line.continues && last.0 == line.block => last.2 = line.start + line.raw.len(),
            _ => spans.push((line.block, line.start + from, line.start + line.raw.len())),
        }
    }
    spans
        .into_iter()
        .filter_map(|(block, start, end)| {
            let raw = blocks.get(block as usize)?.text.get(start..end)?.replace('\n', " ");
            let folded = Folded::new(&raw);
            (!folded.text.is_empty()).then_some(Passage { block, start, raw, folded })
        })
        .collect()
}

/// The sentences of a passage, as ranges of its `raw`.
#[must_use]
pub fn sentences(raw: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = raw.char_indices().collect();
    for (i, &(at, c)) in chars.iter().enumerate() {
        if !matches!(c, '.' | '!' | '?') {
            continue;
        }
        let mut next = chars[i + 1..].iter().skip_while(|(_, c)| matches!(c, ')' | '"' | '»' | '.'));
        let Some(&(_, space)) = next.next() else { break };
        let Some(&(_, first)) = next.find(|(_, c)| !c.is_whitespace()) else { break };
        let word = raw[start..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        let initial = word.chars().count() == 1 && !word.chars().all(|c| c.is_ascii_digit());
        let abbreviation =
            c == '.' && (initial || word.is_empty() || lexicon().is_particle("abbreviations", &word.to_lowercase()));
        if space.is_whitespace()
            && (first.is_uppercase() || (first.is_ascii_digit() && !word.chars().all(|c| c.is_ascii_digit())))
            && !abbreviation
        {
            found.push((start, at + 1));
            start = at + 1 + raw[at + 1..].len() - raw[at + 1..].trim_start().len();
        }
    }
    if start < raw.len() {
        found.push((start, raw.len()));
    }
    found
}
