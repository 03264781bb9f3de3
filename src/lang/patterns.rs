//! Patterns of the packs: compiled when a text holds a word that they need.
//!
//! Compiling all of them takes longer than reading a hundred files, and on most texts none of them matches. So each list
//! looks for the words of its patterns first, all in one pass, and only patterns whose words are there run.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::{Captures, Match, Regex};
use regex_syntax::ast::{Ast, RepetitionKind, RepetitionRange, parse::Parser};

/// A needed word is looked for where it has at least so many bytes.
const LEAST_WORD: usize = 2;

/// Patterns that say one thing, in the order in which they are tried.
#[derive(Debug, Default)]
pub struct Patterns {
    patterns: Vec<Pattern>,
    words: OnceLock<Words>,
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
    automaton: AhoCorasick,
    /// The pattern that needs each word.
    of: Vec<usize>,
    /// The patterns of which no word is known.
    wordless: Vec<usize>,
}

impl Patterns {
    /// A list of patterns; they are parsed when a text is first looked at.
    pub(super) fn new(sources: impl Iterator<Item = String>) -> Self {
        Self { patterns: sources.map(Pattern::new).collect(), words: OnceLock::new() }
    }

    /// Whether one of them stands in `text`.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.candidates(text).any(|p| p.is_match(text))
    }

    /// Whether one of them stands at the start of `text`.
    #[must_use]
    pub fn opens(&self, text: &str) -> bool {
        self.candidates(text).any(|p| p.find(text).is_some_and(|m| m.start() == 0))
    }

    /// Where the first of them that is in `text` stands.
    #[must_use]
    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.candidates(text).find_map(|p| p.find(text))
    }

    /// The groups of the first of them that is in `text`.
    #[must_use]
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.candidates(text).find_map(|p| p.captures(text))
    }

    /// The groups of the one that stands first in `text`.
    #[must_use]
    pub fn earliest<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.candidates(text).filter_map(|p| p.captures(text)).min_by_key(|c| c.get(0).map_or(0, |m| m.start()))
    }

    /// Those that may stand in `text`, in order.
    fn candidates(&self, text: &str) -> impl Iterator<Item = &Regex> {
        let words = self.words.get_or_init(|| self.words());
        let mut likely = words.wordless.clone();
        likely.extend(words.automaton.find_overlapping_iter(text).map(|m| words.of[m.pattern()]));
        likely.sort_unstable();
        likely.dedup();
        likely.into_iter().map(|i| self.patterns[i].regex())
    }

    fn words(&self) -> Words {
        let (mut words, mut of, mut wordless) = (Vec::new(), Vec::new(), Vec::new());
        for (i, pattern) in self.patterns.iter().enumerate() {
            match pattern.ast().as_ref().and_then(needed) {
                Some(own) => {
                    of.extend(own.iter().map(|_| i));
                    words.extend(own);
                }
                None => wordless.push(i),
            }
        }
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(words)
            .expect("a few hundred words fit in an automaton");
        Words { automaton, of, wordless }
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
        self.regex.get_or_init(|| Regex::new(&self.source).expect("the packs are part of the program and tested"))
    }

    fn ast(&self) -> Option<Ast> {
        Parser::new().parse(&self.source).ok()
    }
}

/// Words of which at least one stands in every match; none where that cannot be told from the pattern's form.
fn needed(ast: &Ast) -> Option<Vec<String>> {
    let words = match ast {
        Ast::Literal(literal) => vec![literal.c.to_string()],
        Ast::Group(group) if group.flags().is_none_or(|f| f.items.is_empty()) => needed(&group.ast)?,
        Ast::Alternation(of) => {
            let each: Option<Vec<Vec<String>>> = of.asts.iter().map(needed).collect();
            each?.concat()
        }
        Ast::Repetition(repetition) if at_least_once(&repetition.op.kind) => needed(&repetition.ast)?,
        Ast::Concat(of) => return of_parts(&of.asts),
        _ => return None,
    };
    Some(words)
}

/// Of the words that each part needs, and of the runs of letters, the best: those of which the shortest is longest.
fn of_parts(parts: &[Ast]) -> Option<Vec<String>> {
    let mut choices: Vec<Vec<String>> = Vec::new();
    let mut run = String::new();
    for part in parts {
        match part {
            Ast::Literal(literal) => run.push(literal.c),
            Ast::Flags(_) => return None,
            // What takes no room does not break a run.
            Ast::Assertion(_) | Ast::Empty(_) => {}
            _ => {
                choices.push(vec![std::mem::take(&mut run)]);
                choices.extend(needed(part));
            }
        }
    }
    choices.push(vec![run]);
    let shortest = |words: &Vec<String>| words.iter().map(String::len).min().unwrap_or_default();
    let best = choices.into_iter().rev().max_by_key(|words| (shortest(words), std::cmp::Reverse(words.len())))?;
    (shortest(&best) >= LEAST_WORD).then_some(best)
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
            (r"\bvedtatt\b", Some(vec!["vedtatt"])),
            (r"^vedt(?:att|ok)$", Some(vec!["vedt"])),
            (r"\b(?:avslås|avvises)\b", Some(vec!["avslås", "avvises"])),
            (r"stemmer?", Some(vec!["stemme"])),
            (r"(?:sak )+\d", Some(vec!["sak "])),
            (r"(?:sak )*\d+", None),
            (r"(?:sak|\d+)", None),
            (r"a|b", None),
            (r"(?i)sak", None),
            (r"(?:(?i)sak) nr", Some(vec![" nr"])),
            (r"(?i:sak) nr", Some(vec![" nr"])),
            (r"\benst\.", Some(vec!["enst."])),
        ] {
            let pattern = Pattern::new(pattern.to_owned());
            let expected = expected.map(|words| words.into_iter().map(str::to_owned).collect());
            assert_eq!(of_parts(&[pattern.ast().unwrap()]), expected, "{}", pattern.source);
        }
    }

    #[test]
    fn a_list_is_what_its_patterns_are_one_by_one() {
        let sources = [r"\bvedtatt\b", r"^sak(?:en)? \d", r"\d{2}", r"(?P<by>\w+) fremmet|la fram"];
        let list = Patterns::new(sources.iter().map(|&s| s.to_owned()));
        let each: Vec<Regex> = sources.iter().map(|s| Regex::new(s).unwrap()).collect();
        for text in ["", "vedtatt", "sak 3", "det ble vedtatt i saken 33", "ola la fram sak 12", "per fremmet"] {
            assert_eq!(list.is_match(text), each.iter().any(|p| p.is_match(text)), "{text}");
            assert_eq!(list.find(text), each.iter().find_map(|p| p.find(text)), "{text}");
            let start = |c: &Captures| c.get(0).map_or(0, |m| m.start());
            let earliest = each.iter().filter_map(|p| p.captures(text)).min_by_key(start);
            assert_eq!(list.earliest(text).map(|c| c[0].to_owned()), earliest.map(|c| c[0].to_owned()), "{text}");
        }
    }
}
