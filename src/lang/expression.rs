//! Regular expressions for short texts of a kind.
//!
//! Those of the `regex` crate are built to search long texts fast: a lazy automaton, and its reverse, cost half the time that
//! building one takes. Most of ours run on a few hundred lines, and where a line holds a letter such as `ø`, a word boundary
//! stops that automaton anyway. The same engine without it finds as fast and is ready in half the time.

use std::ops::{Index, Range};

use regex_automata::meta::{BuildError, Config, Regex as Engine};
use regex_automata::util::captures::Captures as Slots;
use regex_automata::{Input, Span};

/// A regular expression.
#[derive(Debug)]
pub struct Regex(Engine);

/// Where a match stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

/// The groups of a match.
#[derive(Debug, Clone)]
pub struct Captures<'t> {
    text: &'t str,
    slots: Slots,
}

impl Regex {
    /// Reads a pattern.
    pub(super) fn new(pattern: &str) -> Result<Self, Box<BuildError>> {
        let plain = Config::new().hybrid(false).dfa(false).onepass(false);
        Engine::builder().configure(plain).build(pattern).map(Self).map_err(Box::new)
    }

    /// Whether it stands in `text`.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// Where it stands first in `text`.
    #[must_use]
    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.0.find(text).map(|m| Match::new(text, m.span()))
    }

    /// The groups where it stands first in `text`.
    #[must_use]
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.captures_at(text, 0)
    }

    /// The groups where it stands first in `text` from byte `start` on.
    #[must_use]
    pub fn captures_at<'t>(&self, text: &'t str, start: usize) -> Option<Captures<'t>> {
        let mut slots = self.0.create_captures();
        self.0.captures(Input::new(text).span(start..text.len()), &mut slots);
        slots.is_match().then_some(Captures { text, slots })
    }

    /// Where it stands in `text`, one after another.
    pub fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.0.find_iter(text).map(move |m| Match::new(text, m.span()))
    }

    /// The groups wherever it stands in `text`, one after another.
    pub fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.0.captures_iter(text).map(move |slots| Captures { text, slots })
    }
}

impl<'t> Match<'t> {
    fn new(text: &'t str, span: Span) -> Self {
        Self { text, start: span.start, end: span.end }
    }

    /// Its first byte.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start
    }

    /// The byte after its last.
    #[must_use]
    pub fn end(&self) -> usize {
        self.end
    }

    /// How many bytes it has.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "as a number of bytes, not as of a collection")]
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Its bytes.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// What stands there.
    #[must_use]
    pub fn as_str(&self) -> &'t str {
        &self.text[self.range()]
    }
}

impl<'t> Captures<'t> {
    /// The group of a number, 0 for the whole match.
    #[must_use]
    pub fn get(&self, group: usize) -> Option<Match<'t>> {
        self.slots.get_group(group).map(|span| Match::new(self.text, span))
    }

    /// The group of a name.
    #[must_use]
    pub fn name(&self, name: &str) -> Option<Match<'t>> {
        self.slots.get_group_by_name(name).map(|span| Match::new(self.text, span))
    }
}

impl Index<usize> for Captures<'_> {
    type Output = str;

    /// What stands in the group of a number; empty where it took no part.
    fn index(&self, group: usize) -> &str {
        self.get(group).map_or("", |m| m.as_str())
    }
}

impl Index<&str> for Captures<'_> {
    type Output = str;

    /// What stands in the group of a name; empty where it took no part.
    fn index(&self, name: &str) -> &str {
        self.name(name).map_or("", |m| m.as_str())
    }
}
