//! The numbers of a sentence by the words for their sides, where no phrase of the packs tells them:
//! `For nytt orgel 4 røyster, imot 2`, `4 for å takke ja til tilbudet, 1 imot`.

use crate::lang::{VoteColumn, lexicon};

/// A number of votes, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) value: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The word for a side stands so many words before its number at most.
const WORDS_BEFORE: usize = 6;

/// A word, without the signs around it, and whether a sign parts it from the next one.
struct Word<'t> {
    text: &'t str,
    start: usize,
    ends: bool,
}

/// Votes for, against and abstentions of a folded sentence: all that it gives, where it gives the first two once.
pub(super) fn counted(text: &str) -> Option<(Counted, Counted, Option<Counted>)> {
    let words: Vec<Word> = words(text);
    let number = |at: usize| lexicon().number(words.get(at)?.text).filter(|n| *n < 1_000);
    let side =
        |at: usize| lexicon().votes.columns.get(words.get(at)?.text).filter(|c| **c != VoteColumn::Outcome).copied();
    let is_of_vote = |at: usize| words.get(at).is_some_and(|word| lexicon().is_particle("voting", word.text));
    let behind = |at: usize| {
        let next = (at + 1..words.len()).find(|next| !is_of_vote(*next) || words[*next - 1].ends)?;
        let joined = !words[at..next].iter().any(|word| word.ends);
        // "4 mot 2" are those for and those against.
        let found = side(next).filter(|_| joined)?;
        Some(if found == VoteColumn::Against && number(next + 1).is_some() { VoteColumn::For } else { found })
    };
    let before = |at: usize| {
        let told = is_of_vote(at + 1) || words[at].ends || at + 1 == words.len();
        let clause =
            (at.saturating_sub(WORDS_BEFORE)..at).rev().take_while(|at| !words[*at].ends && number(*at).is_none());
        clause.filter_map(side).next().filter(|_| told)
    };
    // "Utgiftene for 2018 var 300, mot 250." tells of no vote.
    let speaks_of_votes = (0..words.len()).any(is_of_vote);
    let (mut pro, mut contra, mut abstain) = (None, None, None);
    for at in (0..words.len()).filter(|at| number(*at).is_some()) {
        // "Lie ønsket et ja, Moe et nei."
        let in_digits = words[at].text.starts_with(|c: char| c.is_ascii_digit());
        let behind = behind(at).filter(|_| speaks_of_votes || in_digits);
        let place = match behind.or_else(|| before(at).filter(|_| speaks_of_votes)) {
            Some(VoteColumn::For) => &mut pro,
            Some(VoteColumn::Against) => &mut contra,
            Some(VoteColumn::Abstain) => &mut abstain,
            _ => continue,
        };
        let Word { text, start, .. } = words[at];
        let counted = Counted { value: number(at)?, start, end: start + text.len() };
        if place.replace(counted).is_some() {
            return None;
        }
    }
    Some((pro?, contra?, abstain))
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut at = 0;
    let words = text.split_inclusive([' ', '\t']).filter_map(|piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim();
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lead = word.find(plain).filter(|_| !plain.is_empty())?;
        let ends = word[lead + plain.len()..].contains([',', ';', ':', '.', ')']);
        Some(Word { text: plain, start: start + piece.len() - piece.trim_start().len() + lead, ends })
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn numbers_stand_beside_the_words_for_their_sides() {
        for (text, expected) in [
            ("for nytt orgel 4 røyster, imot 2.", Some((4, 2, None))),
            ("for forslaget 3 stemmer, mot 7, én blank.", Some((3, 7, Some(1)))),
            ("for stemte 712 aksjer, mot stemte 100.", Some((712, 100, None))),
            ("4 for å takke ja til det laveste tilbudet, 1 imot.", Some((4, 1, None))),
            ("framlegget fekk 5 røyster for og 2 imot.", Some((5, 2, None))),
            ("det var 6 mot 3 stemmer.", Some((6, 3, None))),
            ("utgiftene for 2018 var 300, mot 250.", None),
            ("lie ønsket et ja, moe et nei.", None),
            ("fraværet var 9 prosent, mot 10 året før.", None),
            ("det kjøpes inn 3 løftere for avdelingen.", None),
            ("4 for forslaget, 3 for innstillingen, 1 imot.", None),
        ] {
            let found = counted(text).map(|(pro, contra, abstain)| (pro.value, contra.value, abstain.map(|a| a.value)));
            assert_eq!(found, expected, "{text}");
        }
    }
}
