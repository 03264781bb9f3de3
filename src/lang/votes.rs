//! What the packs know about votes.

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::{Pack, Patterns, finder, list, longest_first};

/// What a column or a row of a table of votes holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum VoteColumn {
    For,
    Against,
    Abstain,
    Outcome,
}

/// Patterns about votes; named groups `for`, `against`, `abstain`, `on`, `who`.
#[derive(Debug)]
#[allow(missing_docs, reason = "named after the lists of the packs")]
pub struct Votes {
    pub unanimous: Patterns,
    pub acclamation: Patterns,
    pub secret: Patterns,
    pub casting: Patterns,
    pub adopted: Patterns,
    pub rejected: Patterns,
    pub counts: Patterns,
    /// Rejected by the first number: `forkastet med 20 mot 6 stemmer`.
    pub defeated: Patterns,
    /// Rejected by those who were against it: `fikk 4 stemmer og falt mot 7`.
    pub fell: Patterns,
    pub against: Patterns,
    pub elected: Patterns,
    pub side_for: Patterns,
    pub side_against: Patterns,
    /// Those against are named before the verb, in the group `who`: `Eva Lie stemte imot`.
    pub voted_against: Patterns,
    pub abstain: Patterns,
    pub alternatives: Patterns,
    pub on: Patterns,
    pub suspect: Vec<String>,
    /// The same, to be watched for.
    pub suspected: Patterns,
    /// Finds the suspect words in a text, by their places in the list.
    pub suspect_finder: AhoCorasick,
    /// Suspect words that are so only beside one of `sides`.
    pub weak: Vec<String>,
    pub sides: Patterns,
    /// How a vote might be held, not how it was.
    pub hypothetical: Patterns,
    /// Whether somebody may take part, which is decided too and is no vote on the matter.
    pub no_vote: Patterns,
    /// What one vote and several are called.
    pub words: HashSet<String>,
    /// What opens the telling of a vote: `Ved alternativ votering ...`.
    pub begins: Patterns,
    /// A majority of more than half is asked for.
    pub qualified: Patterns,
    /// Heads of the columns, and of the rows, of tables of votes.
    pub columns: HashMap<String, VoteColumn>,
}

impl Votes {
    /// `expand` puts numbers and words into a pattern.
    pub(super) fn new(packs: &[Pack], expand: impl Fn(&str) -> String) -> Self {
        let of = |key| packs.iter().flat_map(move |p| list(&p.votes, key));
        let patterns = |key| Patterns::new(of(key).map(|p| expand(p)));
        let words = |key| longest_first(of(key).cloned());
        let suspect = words("suspect");
        let heads = [
            ("column_for", VoteColumn::For),
            ("column_against", VoteColumn::Against),
            ("column_abstain", VoteColumn::Abstain),
            ("column_outcome", VoteColumn::Outcome),
        ];
        Self {
            unanimous: patterns("unanimous"),
            acclamation: patterns("acclamation"),
            secret: patterns("secret"),
            casting: patterns("casting"),
            adopted: patterns("adopted"),
            rejected: patterns("rejected"),
            counts: patterns("counts"),
            defeated: patterns("defeated"),
            fell: patterns("fell"),
            against: patterns("against"),
            elected: patterns("elected"),
            side_for: patterns("side_for"),
            side_against: patterns("side_against"),
            voted_against: patterns("voted_against"),
            abstain: patterns("abstain"),
            alternatives: patterns("alternatives"),
            on: patterns("on"),
            suspected: Patterns::new(suspect.iter().map(|word| regex_syntax::escape(word))),
            suspect_finder: finder(suspect.iter()),
            weak: words("weak"),
            sides: patterns("sides"),
            hypothetical: patterns("hypothetical"),
            no_vote: patterns("no_vote"),
            words: words("votes_word").into_iter().collect(),
            begins: patterns("begins"),
            qualified: patterns("qualified"),
            columns: heads.into_iter().flat_map(|(key, column)| of(key).map(move |w| (w.clone(), column))).collect(),
            suspect,
        }
    }

    /// The lists that every line is asked for.
    pub(super) fn watched(&mut self) -> [&mut Patterns; 21] {
        [
            &mut self.unanimous,
            &mut self.acclamation,
            &mut self.secret,
            &mut self.casting,
            &mut self.adopted,
            &mut self.rejected,
            &mut self.counts,
            &mut self.defeated,
            &mut self.fell,
            &mut self.against,
            &mut self.elected,
            &mut self.side_for,
            &mut self.side_against,
            &mut self.voted_against,
            &mut self.abstain,
            &mut self.alternatives,
            &mut self.on,
            &mut self.suspected,
            &mut self.hypothetical,
            &mut self.no_vote,
            &mut self.begins,
        ]
    }
}
