//! Patterns of the packs: compiled when a text holds a word that they need.
//!
//! Compiling all of them takes longer than reading a hundred files, and on most texts none of them matches. So each list
//! looks for one word of each of its patterns first, all in one pass, and of the patterns whose word is there only those run
//! whose other words are there too.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::expression::{Captures, Match, Regex};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use memchr::memmem::Finder;
use regex_syntax::ast::{AssertionKind, Ast, RepetitionKind, RepetitionRange, parse::Parser};

/// A needed word is looked for where it has at least so many bytes.
const LEAST_WORD: usize = 2;

/// Classes of the packs and what they stand for there. All the letters and digits of the world take twice as long to compile;
/// the packs' languages are written in Latin letters, and other digits are no numbers to us.
const CLASSES: [(&str, &str); 2] = [(r"\w", r"[0-9A-Z_a-zªµºÀ-ÖØ-öø-ɏ\u{300}-\u{36f}Ḁ-ỿ]"), (r"\d", "[0-9]")];

/// Patterns that say one thing, in the order in which they are tried.
#[derive(Debug, Default)]
pub struct Patterns {
    patterns: Vec<Pattern>,
    words: OnceLock<Words>,
    /// Its place among the lists that are watched for.
    watched: Option<usize>,
}

/// Tells in one pass which patterns of some lists may match in a text.
#[derive(Debug)]
pub struct Watch {
    automaton: AhoCorasick,
    /// The lists with patterns that need each word, and these patterns, a bit each.
    of: Vec<Vec<(usize, u128)>>,
    /// The patterns that may match without one.
    always: Stirred,
}

/// The patterns of the watched lists that may match in a text, for each list a bit for each pattern.
#[derive(Debug, Clone)]
pub struct Stirred(Box<[u128]>);

/// The patterns of a list that may match in a text.
#[derive(Debug, Clone, Copy)]
pub struct Likely<'p> {
    list: &'p Patterns,
    may: u128,
}

impl Watch {
    pub(super) fn new(lists: Vec<&mut Patterns>) -> Self {
        let (mut of, mut always) = (BTreeMap::<String, Vec<(usize, u128)>>::new(), Vec::new());
        for (at, list) in lists.into_iter().enumerate() {
            list.watched = Some(at);
            let needs = list.words();
            for (word, patterns) in needs.needed.iter().zip(&needs.of) {
                of.entry(word.clone()).or_default().push((at, *patterns));
            }
            always.push(needs.always);
        }
        Self { automaton: automaton(of.keys()), of: of.into_values().collect(), always: Stirred(always.into()) }
    }

    /// The patterns that may match in `text`.
    #[must_use]
    pub fn look(&self, text: &str) -> Stirred {
        let mut stirred = self.always.clone();
        for word in self.automaton.find_overlapping_iter(text) {
            for (list, patterns) in &self.of[word.pattern()] {
                stirred.0[*list] |= patterns;
            }
        }
        stirred
    }
}

impl Stirred {
    /// Those of a list that is watched for.
    #[must_use]
    pub fn of<'p>(&self, list: &'p Patterns) -> Likely<'p> {
        Likely { list, may: self.0[list.watched.expect("only lists that are watched for are asked for")] }
    }
}

/// Finds any of some words.
pub(super) fn automaton(words: impl IntoIterator<Item = impl AsRef<[u8]>>) -> AhoCorasick {
    let builder = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(words);
    builder.expect("a few hundred words fit in an automaton")
}

/// A pattern that is compiled on first use.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    regex: OnceLock<Regex>,
}

/// The words that the patterns of a list need.
#[derive(Debug)]
struct Words {
    automaton: OnceLock<AhoCorasick>,
    needed: Vec<String>,
    /// The patterns that need each word, a bit each.
    of: Vec<u128>,
    /// The patterns that need none, a bit each.
    always: u128,
    /// What each pattern needs beside these.
    rest: Vec<Rest>,
}

/// What a pattern needs beside the word that the automaton looks for.
#[derive(Debug)]
struct Rest {
    heads: Vec<String>,
    sets: Vec<Vec<Finder<'static>>>,
}

impl Rest {
    fn new(needs: Needs) -> Self {
        let finders = |set: Vec<String>| set.iter().map(|word| Finder::new(word).into_owned()).collect();
        Self { heads: needs.heads, sets: needs.sets.into_iter().map(finders).collect() }
    }

    fn is_met(&self, text: &str) -> bool {
        let first = text.as_bytes().first();
        let begins = |head: &String| {
            head.as_bytes().first().is_none_or(|byte| Some(byte) == first) && text.starts_with(head.as_str())
        };
        (self.heads.is_empty() || self.heads.iter().any(begins))
            && self.sets.iter().all(|set| set.iter().any(|word| word.find(text.as_bytes()).is_some()))
    }
}

/// What a text must hold for a pattern to match.
#[derive(Debug, Default)]
struct Needs {
    /// The text begins with one of these, where there are any.
    heads: Vec<String>,
    /// Sets of words: one of each stands in the text.
    sets: Vec<Vec<String>>,
}

impl Needs {
    /// Takes the words out that tell most: those that are the longest, even the shortest of them.
    fn take_best(&mut self) -> Vec<String> {
        let best = (0..self.sets.len()).max_by_key(|at| shortest(&self.sets[*at]));
        best.map(|at| self.sets.swap_remove(at)).unwrap_or_default()
    }
}

impl Patterns {
    /// A list of patterns; they are parsed when a text is first looked at.
    pub(super) fn new(sources: impl Iterator<Item = String>) -> Self {
        Self { patterns: sources.map(Pattern::new).collect(), ..Self::default() }
    }

    /// Whether one of them stands in `text`.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.likely(text).is_match(text)
    }

    /// Whether one of them stands at the start of `text`.
    #[must_use]
    pub fn opens(&self, text: &str) -> bool {
        self.likely(text).opens(text)
    }

    /// Where the first of them that is in `text` stands.
    #[must_use]
    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.likely(text).find(text)
    }

    /// The groups of the first of them that is in `text`.
    #[must_use]
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.likely(text).captures(text)
    }

    /// Those that may stand in `text`.
    fn likely(&self, text: &str) -> Likely<'_> {
        let words = self.words();
        let automaton = words.automaton.get_or_init(|| automaton(&words.needed));
        let mut may = words.always;
        // Most texts hold none of the words, which the plain search tells in half the time.
        if automaton.is_match(text) {
            for found in automaton.find_overlapping_iter(text) {
                may |= words.of[found.pattern()];
            }
        }
        Likely { list: self, may }
    }

    fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(&self.patterns))
    }
}

impl<'p> Likely<'p> {
    /// Whether there are any.
    #[must_use]
    pub fn any(self) -> bool {
        self.may != 0
    }

    /// Whether one of them stands in `text`, a part of the text that was looked at or all of it.
    #[must_use]
    pub fn is_match(self, text: &str) -> bool {
        self.candidates(text).any(|p| p.is_match(text))
    }

    /// Whether one of them stands at the start of it.
    #[must_use]
    pub fn opens(self, text: &str) -> bool {
        self.candidates(text).any(|p| p.find(text).is_some_and(|m| m.start() == 0))
    }

    /// Where the first of them that is in it stands.
    #[must_use]
    pub fn find(self, text: &str) -> Option<Match<'_>> {
        self.candidates(text).find_map(|p| p.find(text))
    }

    /// The groups of the first of them that is in it.
    #[must_use]
    pub fn captures(self, text: &str) -> Option<Captures<'_>> {
        self.candidates(text).find_map(|p| p.captures(text))
    }

    /// The groups of the one that stands first in it.
    #[must_use]
    pub fn earliest(self, text: &str) -> Option<Captures<'_>> {
        let mut earliest: Option<(usize, &Regex)> = None;
        for pattern in self.candidates(text) {
            let start = pattern.find(text).map(|m| m.start());
            let is_earlier = |at: &usize| earliest.is_none_or(|(first, _)| *at < first);
            earliest = start.filter(is_earlier).map(|at| (at, pattern)).or(earliest);
            if start == Some(0) {
                break;
            }
        }
        let (start, first) = earliest?;
        first.captures_at(text, start)
    }

    /// Their places in the list.
    pub fn places(self) -> impl Iterator<Item = usize> + Clone {
        let mut may = self.may;
        std::iter::from_fn(move || {
            let first = (may != 0).then(|| may.trailing_zeros() as usize);
            may &= may.wrapping_sub(1);
            first
        })
    }

    /// In order, those whose other words are there too.
    fn candidates(self, text: &str) -> impl Iterator<Item = &'p Regex> {
        let list = self.list;
        self.places().filter(|i| list.words().rest[*i].is_met(text)).map(|i| list.patterns[i].regex())
    }
}

impl Words {
    fn of(patterns: &[Pattern]) -> Self {
        let mut needs: Vec<Needs> = patterns.iter().map(Pattern::needs).collect();
        let needed: Vec<Vec<String>> = needs.iter_mut().map(Needs::take_best).collect();
        let mut of: BTreeMap<String, u128> = BTreeMap::new();
        for (word, at) in needed.iter().zip(0..).flat_map(|(words, at)| words.iter().map(move |word| (word, at))) {
            *of.entry(word.clone()).or_default() |= 1 << at;
        }
        assert!(patterns.len() <= u128::BITS as usize, "a bit for each pattern");
        let always = needed.iter().zip(0..).fold(0, |all, (words, at)| all | u128::from(words.is_empty()) << at);
        let (needed, of) = of.into_iter().unzip();
        let rest = needs.into_iter().map(Rest::new).collect();
        Self { automaton: OnceLock::new(), needed, of, always, rest }
    }
}

impl Pattern {
    /// A pattern made of words of the packs; it must be right.
    #[must_use]
    pub fn new(source: String) -> Self {
        Self { source, regex: OnceLock::new() }
    }

    /// The pattern, to be used.
    #[must_use]
    pub fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| {
            let source = CLASSES.iter().fold(self.source.clone(), |source, (class, of)| source.replace(class, of));
            Regex::new(&source).expect("the packs are part of the program and tested")
        })
    }

    /// What every match needs, as far as the pattern's form tells it.
    fn needs(&self) -> Needs {
        let Ok(ast) = Parser::new().parse(&self.source) else { return Needs::default() };
        let parts = sequence(&ast);
        let is_start = |part: &Ast| matches!(part, Ast::Assertion(a) if a.kind == AssertionKind::StartLine);
        let heads = if parts.first().is_some_and(is_start) { heads(&parts[1..]) } else { Vec::new() };
        Needs { heads, sets: sets(parts) }
    }
}

/// The parts of a pattern, one after another.
fn sequence(ast: &Ast) -> &[Ast] {
    match ast {
        Ast::Concat(of) => &of.asts,
        _ => std::slice::from_ref(ast),
    }
}

/// The texts of which every match of a sequence begins with one; an empty one where that is not known.
fn heads(parts: &[Ast]) -> Vec<String> {
    let letters = parts.iter().map_while(|part| if let Ast::Literal(literal) = part { Some(literal.c) } else { None });
    let run: String = letters.clone().collect();
    let Some(Ast::Group(group)) = parts.get(letters.count()).filter(|part| is_plain(part)) else { return vec![run] };
    let ways = match &*group.ast {
        Ast::Alternation(of) => &of.asts,
        way => std::slice::from_ref(way),
    };
    ways.iter().flat_map(|way| heads(sequence(way))).map(|head| run.clone() + &head).collect()
}

/// Whether a part is no group, or one that changes no flags.
fn is_plain(part: &Ast) -> bool {
    !matches!(part, Ast::Group(group) if group.flags().is_some_and(|f| !f.items.is_empty()))
}

/// The sets of words that a sequence needs.
fn sets(parts: &[Ast]) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut run = String::new();
    for part in parts {
        match part {
            Ast::Literal(literal) => run.push(literal.c),
            Ast::Flags(_) => return Vec::new(),
            // What takes no room does not break a run.
            Ast::Assertion(_) | Ast::Empty(_) => {}
            _ => {
                found.push(vec![std::mem::take(&mut run)]);
                found.extend(inner(part));
            }
        }
    }
    found.push(vec![run]);
    found.retain(|set| shortest(set) >= LEAST_WORD);
    found
}

/// The sets of words that one part needs.
fn inner(part: &Ast) -> Vec<Vec<String>> {
    match part {
        Ast::Group(group) if is_plain(part) => inner(&group.ast),
        Ast::Alternation(of) => {
            // One way or another: of each way the set that tells most.
            let best = |way| inner(way).into_iter().max_by_key(shortest);
            of.asts.iter().map(best).collect::<Option<Vec<_>>>().map(|ways| vec![ways.concat()]).unwrap_or_default()
        }
        Ast::Repetition(repetition) if at_least_once(&repetition.op.kind) => inner(&repetition.ast),
        Ast::Concat(of) => sets(&of.asts),
        Ast::Literal(_) => sets(std::slice::from_ref(part)),
        _ => Vec::new(),
    }
}

#[allow(clippy::ptr_arg, reason = "a key of sets")]
fn shortest(set: &Vec<String>) -> usize {
    set.iter().map(String::len).min().unwrap_or_default()
}

fn at_least_once(kind: &RepetitionKind) -> bool {
    match kind {
        RepetitionKind::OneOrMore => true,
        RepetitionKind::ZeroOrOne | RepetitionKind::ZeroOrMore => false,
        RepetitionKind::Range(
            RepetitionRange::Exactly(least) | RepetitionRange::AtLeast(least) | RepetitionRange::Bounded(least, _),
        ) => *least > 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_a_pattern_needs() {
        for (pattern, expected) in [
            (r"\bvedtatt\b", "vedtatt"),
            (r"^vedt(?:att|ok)$", "vedt"),
            (r"\b(?:avslås|avvises)\b", "avslås|avvises"),
            (r"stemmer?", "stemme"),
            (r"(?:sak )+\d", "sak "),
            (r"(?:sak )*\d+", ""),
            (r"(?:sak|\d+)", ""),
            (r"a|b", ""),
            (r"(?i)sak", ""),
            (r"(?:(?i)sak) nr", " nr"),
            (r"(?i:sak) nr", " nr"),
            (r"\benst\.", "enst."),
            (r"\bmed \d+ (?:mot|imot) ", "med "),
        ] {
            let mut needs = Pattern::new(pattern.to_owned()).needs();
            assert_eq!(needs.take_best().join("|"), expected, "{pattern}");
        }
    }

    #[test]
    fn all_that_a_pattern_needs() {
        for (pattern, heads, sets) in [
            (r"^neste (?:\w{0,12})?møte:? (?:den )?\d", "neste ", "neste ,møte"),
            (r"^(?:for|mot) (?:\w+ )?stemte", "for|mot", "for|mot,stemte"),
            (r"^(?:ved (?:opp)?rop|\d+ var) møtt", "ved |", "ved | var, møtt"),
            (r"^(?i)sak nr", "", ""),
            (r"^(?i:sak) nr", "", " nr"),
            (r"^(?:(?i)sak) nr", "", " nr"),
            (r"^sak|^møte", "", "sak|møte"),
            (r"^s?ak nr", "", "ak nr"),
            (r"sak (\d+)", "", "sak "),
        ] {
            let needs = Pattern::new(pattern.to_owned()).needs();
            assert_eq!(needs.heads.join("|"), heads, "{pattern}");
            assert_eq!(needs.sets.iter().map(|s| s.join("|")).collect::<Vec<_>>().join(","), sets, "{pattern}");
        }
    }

    #[test]
    fn classes_hold_latin_letters_and_digits() {
        let pattern = Pattern::new(r"^[\w.-]+ \w+ [^\d]\d$".to_owned());
        assert!(pattern.regex().is_match("žđ.a_å šǿ\u{301}1 x7"));
        assert!(!pattern.regex().is_match("a b 77"));
    }

    #[test]
    fn a_list_is_what_its_patterns_are_one_by_one() {
        let sources = [
            r"\bvedtatt\b",
            r"^sak(?:en)? \d",
            r"\d{2}",
            r"(?P<by>\w+) fremmet|la fram",
            r"^ola .*sak",
            r"^per (?:la|var)",
        ];
        let list = Patterns::new(sources.iter().map(|&s| s.to_owned()));
        let each: Vec<Regex> = sources.iter().map(|s| Regex::new(s).unwrap()).collect();
        for text in ["", "vedtatt", "sak 3", "det ble vedtatt i saken 33", "ola la fram sak 12", "per fremmet"] {
            assert_eq!(list.is_match(text), each.iter().any(|p| p.is_match(text)), "{text}");
            assert_eq!(list.find(text), each.iter().find_map(|p| p.find(text)), "{text}");
            let start = |c: &Captures| c.get(0).map_or(0, |m| m.start());
            let earliest = each.iter().filter_map(|p| p.captures(text)).min_by_key(start);
            assert_eq!(
                list.likely(text).earliest(text).map(|c| c[0].to_owned()),
                earliest.map(|c| c[0].to_owned()),
                "{text}"
            );
        }
    }
}
