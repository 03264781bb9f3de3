//! Passages: lines that belong together as one running text, with the way back to the block.

use std::borrow::Cow;

use crate::document::{Block, Span};
use crate::lang::{Stirred, lexicon};
use crate::model::Sourced;

use super::line::{Folded, Line};
use super::text::{spaces_folded, unwrapped};

/// A running text made of the lines of one block that the page's width broke, or of one line.
#[derive(Debug)]
pub struct Passage<'l> {
    block: u32,
    start: usize,
    /// The source text, line ends as spaces: byte for byte as long as the source.
    pub raw: Cow<'l, str>,
    /// The folded form of `raw`.
    pub folded: Cow<'l, Folded>,
    /// What may be said in it, where that is known.
    stirred: Option<&'l Stirred>,
}

impl<'l> Passage<'l> {
    fn new(block: u32, start: usize, text: &str) -> Self {
        let raw = Cow::Owned(text.replace('\n', " "));
        Self { block, start, folded: Cow::Owned(Folded::new(text)), raw, stirred: None }
    }

    /// A line as a passage of its own.
    fn of(line: &'l Line) -> Self {
        let folded = Cow::Borrowed(&line.folded);
        Self { block: line.block, start: line.start, raw: line.raw.into(), folded, stirred: Some(line.stirred()) }
    }

    /// The patterns that lines are watched for that may stand in it.
    #[must_use]
    pub fn stirred(&self) -> Cow<'l, Stirred> {
        self.stirred.map_or_else(|| Cow::Owned(lexicon().watch.look(&self.folded.text)), Cow::Borrowed)
    }

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
        Self::new(self.block, self.start + from, &self.raw[from..to])
    }

    /// The passage from a byte offset of `raw` on.
    #[must_use]
    pub fn tail(&self, from: usize) -> Self {
        self.cut((from, self.raw.len()))
    }

    /// The sourced text of a range of `raw`, white space folded.
    #[must_use]
    pub fn sourced(&self, range: (usize, usize), blocks: &[Block]) -> Sourced<String> {
        Sourced::new(spaces_folded(&self.raw[range.0..range.1]), vec![self.raw_span(range)], blocks)
    }

    /// The sourced name of a person or a place in a range of `raw`: one that a line's end divided is whole again.
    #[must_use]
    pub fn name(&self, range: (usize, usize), blocks: &[Block]) -> Sourced<String> {
        let found = self.sourced(range, blocks);
        Sourced { value: unwrapped(&found.value).into_owned(), ..found }
    }
}

/// The passages of some lines, without the first `skip` bytes of the first line.
#[must_use]
pub fn passages<'l>(lines: &[&'l Line], skip: usize, blocks: &[Block]) -> Vec<Passage<'l>> {
    let mut found = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let wrapped = lines[at + 1..].iter().take_while(|l| l.continues && l.block == line.block);
        let from = if at == 0 { skip.min(line.raw.len()) } else { 0 };
        let count = 1 + wrapped.count();
        let last = lines[at + count - 1];
        at += count;
        let passage = if count == 1 && from == 0 {
            Passage::of(line)
        } else {
            let (start, end) = (line.start + from, last.start + last.raw.len());
            let Some(text) = blocks.get(line.block as usize).and_then(|b| b.text.get(start..end)) else { continue };
            Passage::new(line.block, start, text)
        };
        if !passage.folded.text.is_empty() {
            found.push(passage);
        }
    }
    found
}

/// The sentences of a passage, as ranges of its `raw`.
#[must_use]
pub fn sentences(raw: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, end) in raw.match_indices(['.', '!', '?']) {
        if at < start {
            continue;
        }
        let closing = |c: char| matches!(c, ')' | '"' | '»' | '.');
        let end_at = raw.len() - raw[at + 1..].trim_start_matches(closing).len();
        let mut next = raw[end_at..].chars();
        let Some(space) = next.next() else { break };
        let Some(first) = next.find(|c| !c.is_whitespace()) else { break };
        let word = raw[start..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        let initial = word.chars().count() == 1 && !word.chars().all(|c| c.is_ascii_digit());
        // "Foreldrene ....... Eva Lie"
        let is_leader = word.bytes().all(|b| b == b'.');
        let abbreviation =
            end == "." && (initial || is_leader || lexicon().is_particle("abbreviations", &word.to_lowercase()));
        if space.is_whitespace()
            && (first.is_uppercase() || (first.is_ascii_digit() && !word.chars().all(|c| c.is_ascii_digit())))
            && !abbreviation
        {
            found.push((start, end_at));
            start = raw.len() - raw[end_at..].trim_start().len();
        }
    }
    if start < raw.len() {
        found.push((start, raw.len()));
    }
    found
}
