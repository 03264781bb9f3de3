//! Votes: how a matter was voted on, from the sentences that tell of it.

use std::cmp::Ordering;

use crate::document::Block;
use crate::lang::{Captures, Match, Patterns, Stirred, lexicon};
use crate::model::{Sourced, Vote, VoteForm, VoteOutcome};

use super::municipality;
use super::passage::{Passage, sentences};
use super::values::name::{is_name, is_party, only_last_names, people};

mod last_names;
mod sides;
mod tables;

pub use last_names::name_by_last_names;
pub use tables::{heads_counts, heads_votes, in_tables};

/// The votes told of in some passages, in order.
#[must_use]
pub fn votes(passages: &[Passage], blocks: &[Block]) -> Vec<Vote> {
    let mut votes: Vec<Vote> = Vec::new();
    // A vote whose outcome may still be told by a later sentence.
    let mut open = false;
    // The list of names broke off at a comma: a page ended there.
    let mut broken_off = false;
    // A sentence said that proposals are set against one another; the numbers follow.
    let mut alternatives = false;
    // A side and its number stood alone, "FOR 2"; under it, each on a line, those who voted so. Whether it is the side against.
    let mut side: Option<bool> = None;
    for passage in passages {
        let stirred = passage.stirred();
        for range in sentences(&passage.raw) {
            let sentence = Sentence::new(passage, range, blocks);
            let goes_on_with_names =
                std::mem::replace(&mut broken_off, passage.raw[range.0..range.1].trim_end().ends_with(','));
            let mut told = sentence.told(&stirred);
            if let Some((against, vote)) = side.zip(votes.last_mut()).filter(|_| is_name(passage.raw.trim())) {
                let names = if against { &mut vote.against_names } else { &mut vote.for_names };
                names.push(sentence.sourced());
                vote.form = VoteForm::Names;
                sentence.extend_said(vote);
                continue;
            }
            let is_head = passage.raw.len() < SIDE_HEAD && told.for_count.is_some() != told.against.is_some();
            side = is_head.then_some(told.against.is_some());
            if told.is_vote() {
                told.alternatives |= std::mem::take(&mut alternatives);
            } else {
                alternatives |= told.alternatives;
            }
            if goes_on_with_names
                && !told.is_vote()
                && let Some(vote) = votes.last_mut().filter(|_| open)
            {
                let names = sentence.names(0, sentence.text.len());
                let side = if vote.against_names.is_empty() { &mut vote.for_names } else { &mut vote.against_names };
                side.extend(names);
                vote.outcome = vote.outcome.or(told.outcome);
                sentence.extend_said(vote);
                continue;
            }
            if !told.is_vote() {
                if let Some(outcome) = told.outcome
                    && let Some(vote) = votes.last_mut().filter(|v| open && v.outcome.is_none())
                {
                    vote.outcome = Some(if told.names_other_than(vote) { opposite(outcome) } else { outcome });
                    sentence.extend_said(vote);
                }
                if let Some(vote) = votes.last_mut().filter(|_| open) {
                    if told.casting && !vote.casting_vote {
                        vote.casting_vote = true;
                        sentence.extend_said(vote);
                    }
                    if told.abstain.is_some() && vote.abstain.is_none() {
                        vote.abstain = told.abstain;
                    }
                } else if told.secret {
                    votes.push(told.into_vote(sentence.sourced()));
                    open = true;
                }
                continue;
            }
            // "For rådmannens innstilling (12): ...", after those who voted for another
            if votes.last().is_some_and(|v| open && told.names_other_side(v)) {
                (told.against, told.against_names) = (told.for_count.take(), std::mem::take(&mut told.for_names));
            }
            match votes.last_mut().filter(|v| open && goes_on(v, &told)) {
                Some(vote) => {
                    told.merge_into(vote);
                    sentence.extend_said(vote);
                }
                None => votes.push(told.into_vote(sentence.sourced())),
            }
            open = true;
        }
    }
    for vote in votes.iter_mut().filter(|v| v.outcome.is_none()) {
        // The numbers say it where no word does.
        if let (Some(pro), Some(contra)) = (&vote.for_count, &vote.against) {
            let casting = vote.casting_vote.then_some(VoteOutcome::Adopted);
            vote.outcome = majority(pro.value, contra.value).or(casting);
        } else if vote.for_count.is_some() && (vote.abstain.is_some() || vote.form == VoteForm::Secret) {
            vote.outcome = Some(VoteOutcome::Adopted);
        } else if !vote.for_names.is_empty() && !vote.against_names.is_empty() {
            vote.outcome = majority(vote.for_names.len(), vote.against_names.len());
        }
    }
    votes.retain(|v| v.form != VoteForm::Secret || v.for_count.is_some() || v.outcome.is_some());
    votes
}

/// Makes those for the proposal that carried the votes for, where two were set against one another and the text begins with
/// the other: `Innstillingen fikk 3 stemmer og Lies forslag 4.`
pub fn for_the_carried<'v>(votes: impl Iterator<Item = &'v mut Vote>) {
    let lost = |v: &&mut Vote| {
        let counts = v.for_count.as_ref().zip(v.against.as_ref());
        v.form == VoteForm::Alternatives && counts.is_some_and(|(pro, contra)| pro.value < contra.value)
    };
    for vote in votes.filter(lost) {
        std::mem::swap(&mut vote.for_count, &mut vote.against);
        std::mem::swap(&mut vote.for_names, &mut vote.against_names);
        (vote.on, vote.outcome) = (None, Some(VoteOutcome::Adopted));
    }
}

/// What more votes on one side than on the other decide.
fn majority<T: Ord>(pro: T, contra: T) -> Option<VoteOutcome> {
    match pro.cmp(&contra) {
        Ordering::Greater => Some(VoteOutcome::Adopted),
        Ordering::Less => Some(VoteOutcome::Rejected),
        Ordering::Equal => None,
    }
}

/// So many letters tell the word for one kind of proposal from that for another.
const STEM: usize = 6;

/// A side and its number alone on a line have so many bytes at most.
const SIDE_HEAD: usize = 20;

fn opposite(outcome: VoteOutcome) -> VoteOutcome {
    match outcome {
        VoteOutcome::Adopted => VoteOutcome::Rejected,
        VoteOutcome::Rejected => VoteOutcome::Adopted,
    }
}

/// The number and the names on a side of a vote.
type Side<'v> = (&'v Option<Sourced<u32>>, &'v Vec<Sourced<String>>);

/// Whether one sentence tells the number of a side and the next one the names, or the other way round:
/// `Forslaget falt med 2 mot 4 stemmer. For stemte 2: Eva Lie og Per Ås.`
fn is_joined((count, names): Side, (told_count, told_names): Side) -> bool {
    let number = |count: &Option<Sourced<u32>>| count.as_ref().map(|c| c.value as usize);
    let again = number(told_count) == number(count) || told_count.is_none() && number(count) == Some(told_names.len());
    names.is_empty() && !told_names.is_empty() && count.is_some() && again
        || count.is_none() && told_names.is_empty() && number(told_count) == Some(names.len())
}

/// Joins them.
fn join(
    (count, names): (&mut Option<Sourced<u32>>, &mut Vec<Sourced<String>>),
    (told_count, told_names): (&mut Option<Sourced<u32>>, &mut Vec<Sourced<String>>),
) {
    if is_joined((count, names), (told_count, told_names)) {
        *count = count.take().or(told_count.take());
        *told_count = None;
        names.append(told_names);
    }
}

/// Whether what a sentence tells belongs to the vote before it.
fn goes_on(vote: &Vote, told: &Told) -> bool {
    // "Vedtatt med 4 stemmer. 1 stemte imot."
    let other_side = vote.for_count.is_some()
        && vote.against.is_none()
        && told.against.is_some()
        && told.for_count.is_none()
        && told.outcome.is_none();
    // "Vedtatt med 11 mot 10 stemmer. For innstillingen stemte: Eva Lie, ..."
    let told_names = !told.for_names.is_empty() || !told.against_names.is_empty();
    let names_only = told_names && told.for_count.is_none() && told.against.is_none() && told.outcome.is_none();
    let unnamed = vote.for_names.is_empty() || vote.against_names.is_empty();
    if names_only && unnamed && vote.for_count.is_some() && vote.against.is_some() {
        return true;
    }
    // "Forslaget fikk 2 stemmer og falt. Disse stemte mot: Eva Lie, ..."
    let is_for = vote.for_count.is_some() && vote.against.is_none() && vote.against_names.is_empty();
    if names_only && told.for_names.is_empty() && is_for {
        return true;
    }
    // "Daglig leders forslag fikk 4 stemmer og er vedtatt. 3 stemte for Rogns forslag."
    let other_proposal = told.outcome.is_none()
        && (vote.outcome, &vote.against) == (Some(VoteOutcome::Adopted), &None)
        && told.against.is_none()
        && vote.for_count.as_ref().zip(told.for_count.as_ref()).is_some_and(|(won, lost)| won.value > lost.value);
    let sides: [(Side, Side); 2] = [
        ((&vote.for_count, &vote.for_names), (&told.for_count, &told.for_names)),
        ((&vote.against, &vote.against_names), (&told.against, &told.against_names)),
    ];
    let untold = |(count, names): Side| count.is_none() && names.is_empty();
    let joined = |(own, told): (Side, Side)| is_joined(own, told);
    if sides.into_iter().any(joined) && sides.into_iter().all(|(own, told)| is_joined(own, told) || untold(told)) {
        return true;
    }
    let decided = vote.outcome.is_some() && !(vote.form == VoteForm::Secret && vote.for_count.is_none());
    if decided && !other_side && !other_proposal || told.unanimous || told.of_point {
        return false;
    }
    // A sentence that counts both sides is a vote of its own.
    if told.for_count.is_some() && told.against.is_some() && (vote.for_count.is_some() || vote.against.is_some()) {
        return false;
    }
    let vote_has_for = vote.for_count.is_some() || !vote.for_names.is_empty();
    let vote_has_against = vote.against.is_some() || !vote.against_names.is_empty();
    let told_for = told.for_count.is_some() || !told.for_names.is_empty();
    let told_against = told.against.is_some() || !told.against_names.is_empty();
    !(told_for && vote_has_for && vote_has_against) && !(told_against && vote_has_against)
}

/// A folded text without what it says in parentheses of parties and their numbers, `(H 2, FrP 2)`, or after a number of votes
/// of who gave them, `5 stemmer (Eva Lie, Per Ås) mot 2`, without numbers in words after those in digits, `8 - åtte -`, and
/// where how many bytes are missing.
fn without_voters(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut kept, mut left_out, mut at) = (String::new(), Vec::new(), 0);
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for (open, _) in text.match_indices(" (") {
        let Some(close) = text[open..].find(')').map(|n| open + n) else { break };
        let inner = &text[open + 2..close];
        let mut words = inner.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
        let of_parties = words.peek().is_some_and(|w| !w.bytes().all(|b| b.is_ascii_digit()))
            && words.all(|w| {
                is_party(w) || w.bytes().all(|b| b.is_ascii_digit()) || lexicon().is_particle("conjunctions", w)
            });
        let of_names = text[..open].rsplit(' ').next().is_some_and(|word| lexicon().votes.words.contains(word))
            && text[close + 1..].starts_with([' ', ','])
            && !inner.contains(|c: char| c.is_ascii_digit());
        if of_parties || of_names {
            cuts.push((open, close + 1));
        }
    }
    // "8 - åtte - mot 6 - seks - stemmer"
    for (open, _) in text.match_indices(" - ").filter(|(open, _)| text[..*open].ends_with(|c: char| c.is_ascii_digit()))
    {
        let word = text[open + 3..].split(' ').next().unwrap_or_default();
        let close = open + 3 + word.len();
        if word.contains(char::is_alphabetic) && lexicon().number(word).is_some() && text[close..].starts_with(" -") {
            cuts.push((open, close + 2));
        }
    }
    cuts.sort_unstable();
    for (open, close) in cuts {
        if open >= at {
            kept.push_str(&text[at..open]);
            left_out.push((kept.len(), close - open));
            at = close;
        }
    }
    kept.push_str(&text[at..]);
    (kept, left_out)
}

/// The municipalities that a text lists and nothing else, but for what stands in parentheses after them: those who own a
/// company vote as such.
fn municipalities(text: &str) -> Vec<(usize, usize)> {
    let list = text.split('(').next().unwrap_or_default().trim_end_matches(['.', ' ']);
    let and = lexicon().and.iter().map(|word| format!(" {word} ")).find(|and| list.contains(and.as_str()));
    let and = and.unwrap_or_else(|| ",".to_owned());
    let mut found = Vec::new();
    for piece in list.split(',').flat_map(|piece| piece.split(and.as_str())) {
        let name = piece.trim();
        if municipality::named(name).is_empty() {
            return Vec::new();
        }
        let at = name.as_ptr().addr() - text.as_ptr().addr();
        found.push((at, at + name.len()));
    }
    found
}

/// Whether a folded sentence begins with the number of a point: `Pkt. 3: ...`, `§ 11: ...`.
fn opens_point(text: &str) -> bool {
    let (word, rest) = text.split_once(' ').unwrap_or_default();
    lexicon().is_particle("points", word.trim_end_matches('.')) && rest.starts_with(|c: char| c.is_ascii_digit())
}

struct Sentence<'p> {
    passage: &'p Passage<'p>,
    range: (usize, usize),
    /// Where it begins in the folded text of the passage.
    at: usize,
    /// Its folded text, see [`without_voters`].
    text: String,
    /// Where in it something was left out, and how many bytes.
    left_out: Vec<(usize, usize)>,
    blocks: &'p [Block],
}

/// What one sentence tells of a vote.
#[derive(Default)]
struct Told {
    unanimous: bool,
    acclamation: bool,
    secret: bool,
    casting: bool,
    alternatives: bool,
    /// It begins with the point that is voted on: "Punkt 3: ...".
    of_point: bool,
    outcome: Option<VoteOutcome>,
    for_count: Option<Sourced<u32>>,
    against: Option<Sourced<u32>>,
    abstain: Option<Sourced<u32>>,
    for_names: Vec<Sourced<String>>,
    against_names: Vec<Sourced<String>>,
    on: Option<Sourced<String>>,
}

impl Told {
    /// Whether the sentence names another proposal than the vote was on: another number, `forslag 2` for `forslag 1`, or where
    /// its outcome would go against the numbers, another word.
    fn names_other_than(&self, vote: &Vote) -> bool {
        let (Some(own), Some(voted)) = (&self.on, &vote.on) else { return false };
        let (own, voted) = (own.value.to_lowercase(), voted.value.to_lowercase());
        let numbers = vote.for_count.as_ref().zip(vote.against.as_ref()).map(|(pro, contra)| pro.value < contra.value);
        let contradicts = numbers == Some(self.outcome == Some(VoteOutcome::Adopted));
        let stems = |words: &str| -> Vec<String> {
            let told = words.split(' ').filter(|w| w.len() > 2 && !lexicon().is_particle("by", w));
            told.map(|w| w.chars().take(STEM).collect()).collect()
        };
        let (own_stems, voted_stems) = (stems(&own), stems(&voted));
        let differs = |of: &[String], from: &[String]| of.iter().any(|stem| !from.contains(stem));
        if contradicts && differs(&own_stems, &voted_stems) && differs(&voted_stems, &own_stems) {
            return true;
        }
        let words = |text: &str| text.split(' ').rev().map(str::to_owned).take(2).collect::<Vec<String>>();
        let is_number = |words: &[String]| words.len() == 2 && words[0].len() <= 2;
        let (own, voted) = (words(&own), words(&voted));
        let numbered = is_number(&own) && is_number(&voted) && own[1] == voted[1];
        vote.form == VoteForm::Alternatives && numbered && own[0] != voted[0]
    }

    /// Whether it names those for another proposal, who are as many as were against the one that the vote was on.
    fn names_other_side(&self, vote: &Vote) -> bool {
        let counted = |told: &Sourced<u32>| vote.against.as_ref().is_some_and(|known| known.value == told.value);
        let are_as_many = vote.against.as_ref().is_some_and(|known| known.value as usize == self.for_names.len());
        !self.for_names.is_empty()
            && !vote.for_names.is_empty()
            && vote.against_names.is_empty()
            && self.against.is_none()
            && self.for_count.as_ref().map_or(are_as_many, counted)
    }

    fn is_vote(&self) -> bool {
        self.unanimous
            || self.acclamation
            || self.for_count.is_some()
            || self.against.is_some()
            || !self.for_names.is_empty()
            || !self.against_names.is_empty()
    }

    fn form(&self) -> VoteForm {
        if self.secret {
            VoteForm::Secret
        } else if self.alternatives && (!self.unanimous || self.for_count.is_some()) {
            VoteForm::Alternatives
        } else if !self.for_names.is_empty() || !self.against_names.is_empty() {
            VoteForm::Names
        } else if self.for_count.is_some() || self.against.is_some() {
            if self.unanimous { VoteForm::Unanimous } else { VoteForm::Counts }
        } else if self.acclamation {
            VoteForm::Acclamation
        } else {
            VoteForm::Unanimous
        }
    }

    fn into_vote(self, said: Sourced<String>) -> Vote {
        let form = self.form();
        let unanimous = form == VoteForm::Unanimous || form == VoteForm::Acclamation;
        Vote {
            form,
            outcome: self.outcome.or((unanimous && self.against.is_none()).then_some(VoteOutcome::Adopted)),
            for_count: self.for_count,
            against: self.against,
            abstain: self.abstain,
            for_names: self.for_names,
            against_names: self.against_names,
            casting_vote: self.casting,
            on: self.on,
            said,
        }
    }

    fn merge_into(mut self, vote: &mut Vote) {
        join((&mut vote.for_count, &mut vote.for_names), (&mut self.for_count, &mut self.for_names));
        join((&mut vote.against, &mut vote.against_names), (&mut self.against, &mut self.against_names));
        if vote.form == VoteForm::Counts && !(vote.for_names.is_empty() && vote.against_names.is_empty()) {
            vote.form = VoteForm::Names;
        }
        if vote.for_count.is_some() && vote.against.is_some() && self.for_count.is_none() && self.against.is_none() {
            // Only names are new; those for the other proposal are against the first.
            for names in [self.for_names, self.against_names].into_iter().filter(|names| !names.is_empty()) {
                let fits = |side: &[Sourced<String>], count: &Option<Sourced<u32>>| {
                    side.is_empty() && count.as_ref().is_some_and(|c| c.value as usize == names.len())
                };
                if fits(&vote.for_names, &vote.for_count) {
                    vote.for_names = names;
                } else if vote.against_names.is_empty() {
                    vote.against_names = names;
                } else if vote.for_names.is_empty() {
                    vote.for_names = names;
                }
            }
            if vote.form == VoteForm::Counts {
                vote.form = VoteForm::Names;
            }
            vote.casting_vote |= self.casting;
            vote.abstain = vote.abstain.take().or(self.abstain);
            return;
        }
        let second_for = (self.for_count.is_some() || !self.for_names.is_empty())
            && (vote.for_count.is_some() || !vote.for_names.is_empty())
            && vote.form != VoteForm::Secret;
        if second_for {
            // "For forslag 1 stemte ... For forslag 2 stemte ...": one proposal against another.
            vote.form = VoteForm::Alternatives;
            vote.against = vote.against.take().or(self.for_count);
            if vote.against_names.is_empty() {
                vote.against_names = self.for_names;
            }
        } else {
            // What it told may have joined the vote already.
            if vote.form != VoteForm::Secret && vote.form != VoteForm::Alternatives && self.is_vote() {
                vote.form = self.form();
            }
            vote.for_count = vote.for_count.take().or(self.for_count);
            vote.against = vote.against.take().or(self.against);
            if vote.for_names.is_empty() {
                vote.for_names = self.for_names;
            }
            if vote.against_names.is_empty() {
                vote.against_names = self.against_names;
            }
            if (!vote.for_names.is_empty() || !vote.against_names.is_empty()) && vote.form == VoteForm::Counts {
                vote.form = VoteForm::Names;
            }
        }
        vote.abstain = vote.abstain.take().or(self.abstain);
        vote.casting_vote |= self.casting;
        vote.outcome = vote.outcome.or(self.outcome);
        vote.on = vote.on.take().or(self.on);
    }
}

impl<'p> Sentence<'p> {
    fn new(passage: &'p Passage<'p>, range: (usize, usize), blocks: &'p [Block]) -> Self {
        let at = passage.folded.at(range.0);
        let (text, left_out) = without_voters(passage.folded.text[at..passage.folded.at(range.1)].trim_end());
        Self { passage, range, at, text, left_out, blocks }
    }

    fn sourced(&self) -> Sourced<String> {
        self.passage.sourced(self.range, self.blocks)
    }

    /// Adds the sentence to the words that tell of a vote.
    fn extend_said(&self, vote: &mut Vote) {
        let own = self.sourced();
        let spans = [vote.said.at.spans(), own.at.spans()].concat();
        if vote.said.at.spans().last() != own.at.spans().last() {
            vote.said = Sourced::new(format!("{} {}", vote.said.value, own.value), spans, self.blocks);
        }
    }

    /// A range of the text as a range of the passage's `raw`.
    fn raw(&self, start: usize, end: usize) -> (usize, usize) {
        let at = |place: usize, before: fn(usize, usize) -> bool| {
            place + self.left_out.iter().filter(|(at, _)| before(*at, place)).map(|(_, n)| n).sum::<usize>()
        };
        let (from, to) = (at(start, |at, start| at <= start), at(end, |at, end| at < end));
        self.passage.folded.source(self.at + from, self.at + to)
    }

    fn count(&self, c: &Captures, group: &str) -> Option<Sourced<u32>> {
        let m = c.name(group)?;
        let value = lexicon().number(m.as_str())?;
        Some(Sourced::new(value, vec![self.passage.raw_span(self.raw(m.start(), m.end()))], self.blocks))
    }

    fn text(&self, c: &Captures, group: &str) -> Option<Sourced<String>> {
        let m = c.name(group)?;
        Some(self.passage.sourced(self.raw(m.start(), m.end()), self.blocks))
    }

    fn names(&self, start: usize, end: usize) -> Vec<Sourced<String>> {
        let (from, to) = self.raw(start, end);
        let text = &self.passage.raw[from..to];
        // "Per Ås (SP) Tilleggsforslaget falt dermed."
        let goes_on = |at: &usize| {
            let rest = text[at + 1..].trim_end_matches('.').trim();
            rest.starts_with(char::is_uppercase) && !rest.contains('(') && !is_name(rest)
        };
        let to = text.rfind(") ").filter(goes_on).map_or(to, |at| from + at + 1);
        let people = people(&self.passage.raw[from..to]).into_iter().map(|p| (from + p.name.0, from + p.name.1));
        let mut names: Vec<(usize, usize)> = people.collect();
        if names.is_empty() {
            names =
                municipalities(&self.passage.raw[from..to]).into_iter().map(|(s, e)| (from + s, from + e)).collect();
        }
        // "Lie og fru Ås": of last names, what stands before one makes it a person.
        if names.iter().all(|(from, to)| !self.passage.raw[*from..*to].contains(' ')) {
            // "Mot stemte Lie.", but not where the first name ends the line: "Mot stemte Eva"
            let ends =
                self.passage.raw[..to].ends_with('.') || self.passage.raw[to..].starts_with(['.', ',', ';', ' ']);
            let found = only_last_names(&self.passage.raw[from..to]);
            if found.len() > names.len() && (found.len() > 1 || ends) {
                names = found.into_iter().map(|(s, e)| (from + s, from + e)).collect();
            }
        }
        names.into_iter().map(|name| self.passage.name(name, self.blocks)).collect()
    }

    /// The number of those who are named, or of their votes, in parentheses after them: `For: Eva Lie, Per Ås (2)`, `For
    /// forslaget stemte Gol og Ål (79 stemmer)`.
    fn number_of(&self, names: &[Sourced<String>], start: usize, end: usize) -> Option<Sourced<u32>> {
        let text = self.text.get(start..end).filter(|_| !names.is_empty())?;
        let fits = |(open, _): &(usize, &str)| {
            let (inner, _) = text[open + 1..].split_once(')')?;
            let (number, word) = inner.split_once(' ').unwrap_or((inner, ""));
            let counts = word.is_empty() && number.parse() == Ok(names.len());
            (counts || lexicon().votes.words.contains(word)).then_some((start + open + 1, number))
        };
        let (at, number) = text.match_indices('(').find_map(|open| fits(&open))?;
        let span = self.passage.raw_span(self.raw(at, at + number.len()));
        Some(Sourced::new(lexicon().number(number)?, vec![span], self.blocks))
    }

    /// What it tells, where `stirred` may stand in its passage.
    fn told(&self, stirred: &Stirred) -> Told {
        let text = self.text.as_str();
        let votes = &lexicon().votes;
        // What is left out may have stood between words.
        let joined = (!self.left_out.is_empty()).then(|| lexicon().watch.look(text));
        let stirred = joined.as_ref().unwrap_or(stirred);
        let says = |list: &Patterns| stirred.of(list).is_match(text);
        let earliest = |list: &'static Patterns| stirred.of(list).earliest(text);
        if says(&votes.no_vote) {
            return Told::default();
        }
        let outcome = if says(&votes.rejected) {
            Some(VoteOutcome::Rejected)
        } else if says(&votes.adopted) {
            Some(VoteOutcome::Adopted)
        } else {
            None
        };
        let mut told = Told {
            outcome,
            unanimous: says(&votes.unanimous),
            acclamation: says(&votes.acclamation) && (outcome.is_some() || !says(&votes.hypothetical)),
            secret: says(&votes.secret),
            casting: says(&votes.casting),
            alternatives: says(&votes.alternatives) && !says(&votes.fell),
            of_point: opens_point(text),
            ..Told::default()
        };
        told.abstain = earliest(&votes.abstain).and_then(|c| self.count(&c, "abstain"));
        if let Some(c) = earliest(&votes.counts) {
            let (pro, contra) = if says(&votes.defeated) { ("against", "for") } else { ("for", "against") };
            told.for_count = self.count(&c, pro);
            told.against = self.count(&c, contra);
            // "Avvist med 9 mot 25": the smaller number is for it, whichever stands first.
            if pro == "against" && told.for_count.as_ref().map(|n| n.value) > told.against.as_ref().map(|n| n.value) {
                std::mem::swap(&mut told.for_count, &mut told.against);
            }
        } else {
            let (pro, contra) = (earliest(&votes.side_for), earliest(&votes.side_against));
            let (pro_at, contra_at) = (pro.as_ref().and_then(|c| c.get(0)), contra.as_ref().and_then(|c| c.get(0)));
            let end_of = |own: Option<Match>, other: Option<Match>| match (own, other) {
                (Some(own), Some(other)) if other.start() >= own.end() => other.start(),
                _ => text.len(),
            };
            let who = earliest(&votes.voted_against).and_then(|c| Some(c.name("who")?.range()));
            if let (Some(c), Some(at)) = (&pro, pro_at) {
                // "6 stemte for, Eva Lie stemte mot"
                let others = who.as_ref().map(|who| who.start).filter(|start| *start >= at.end());
                let end = end_of(pro_at, contra_at).min(others.unwrap_or(text.len()));
                told.on = self.text(c, "on");
                told.for_names = self.names(at.end(), end);
                told.for_count = self.count(c, "for").or_else(|| self.number_of(&told.for_names, at.end(), end));
            }
            if let (Some(c), Some(at)) = (&contra, contra_at) {
                let end = end_of(contra_at, pro_at);
                told.on = told.on.or_else(|| self.text(c, "on"));
                told.against_names = self.names(at.end(), end);
                told.against = self.count(c, "against").or_else(|| self.number_of(&told.against_names, at.end(), end));
            }
            if pro_at.is_none()
                && contra_at.is_none()
                && let Some(c) = earliest(&votes.elected)
            {
                told.for_count = self.count(&c, "for");
            }
            if told.against.is_none()
                && told.against_names.is_empty()
                && let Some(who) = who
            {
                told.against_names = self.names(who.start, who.end);
            }
            if told.against.is_none()
                && told.against_names.is_empty()
                && let Some(c) = earliest(&votes.against)
            {
                told.against = self.count(&c, "against");
            }
        }
        if (told.for_count.is_none() || told.against.is_none())
            && told.for_names.is_empty()
            && told.against_names.is_empty()
            && let Some((pro, contra, abstain)) = sides::counted(text)
        {
            let sourced = |of: sides::Counted| {
                Sourced::new(of.value, vec![self.passage.raw_span(self.raw(of.start, of.end))], self.blocks)
            };
            (told.for_count, told.against) = (Some(sourced(pro)), Some(sourced(contra)));
            told.abstain = told.abstain.or_else(|| abstain.map(sourced));
        }
        // "Lie fikk 10 stemmer, 2 sedler var blanke": blank ones are not against.
        if told.abstain.as_ref().is_some_and(|blank| told.against.as_ref().is_some_and(|contra| contra.at == blank.at))
        {
            told.against = None;
        }
        // "Forslaget falt mot 2 stemmer": these were for it.
        let fell = outcome == Some(VoteOutcome::Rejected) && told.against_names.is_empty() && told.for_names.is_empty();
        if fell && told.for_count.is_none() && says(&votes.against) {
            told.for_count = told.against.take();
        }
        // "Punkt 1 ble vedtatt med 6 mot 1 stemme, punkt 2 enstemmig."
        let points =
            text.split([' ', ',']).filter(|w| lexicon().is_particle("points", w.trim_end_matches('.'))).count();
        told.unanimous &= points < 2 || told.against.is_none();
        if told.on.is_none()
            && let Some(c) = earliest(&votes.on)
        {
            told.on = self.text(&c, "on");
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;
    use crate::extract::line::lines;
    use crate::extract::passage::passages;

    fn shown(text: &str) -> Vec<String> {
        let blocks = vec![Block::new(BlockKind::Paragraph, text)];
        let lines = lines(&blocks);
        let lines: Vec<&_> = lines.iter().collect();
        votes(&passages(&lines, 0, &blocks), &blocks)
            .into_iter()
            .map(|v| {
                let n = |c: &Option<Sourced<u32>>| c.as_ref().map_or("-".to_owned(), |c| c.value.to_string());
                let names = |l: &[Sourced<String>]| l.iter().map(|n| n.value.clone()).collect::<Vec<_>>().join("+");
                format!(
                    "{:?} {} {} {} [{}] [{}] {:?}{}",
                    v.form,
                    n(&v.for_count),
                    n(&v.against),
                    n(&v.abstain),
                    names(&v.for_names),
                    names(&v.against_names),
                    v.outcome,
                    if v.casting_vote { " casting" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn phrasings() {
        for (text, expected) in [
            ("Enstemmig vedtatt.", vec!["Unanimous - - - [] [] Some(Adopted)"]),
            ("Enstemmig.", vec!["Unanimous - - - [] [] Some(Adopted)"]),
            ("Samrøystes vedteke.", vec!["Unanimous - - - [] [] Some(Adopted)"]),
            ("Vedtatt med 5 mot 2 stemmer.", vec!["Counts 5 2 - [] [] Some(Adopted)"]),
            ("Innstillingen ble vedtatt mot 1 stemme (SV).", vec!["Counts - 1 - [] [] Some(Adopted)"]),
            ("Forslaget falt med 4 mot 31 stemmer.", vec!["Counts 4 31 - [] [] Some(Rejected)"]),
            (
                "For innstillingen stemte Eva Lie, Per Ås og Kari Moe. Mot stemte Liv Rud. Innstillingen er dermed vedtatt.",
                vec!["Names - - - [Eva Lie+Per Ås+Kari Moe] [Liv Rud] Some(Adopted)"],
            ),
            (
                "For innstillingen stemte 2: Eva Lie (Ap), Per Ås (H). Imot innstillingen stemte 1: Kari Moe (V). Dermed ble innstillingen vedtatt.",
                vec!["Names 2 1 - [Eva Lie+Per Ås] [Kari Moe] Some(Adopted)"],
            ),
            (
                "Utsetjingsframlegget fall med 3 mot 5 røyster. Rådmannen si tilråding vart deretter samrøystes vedteken.",
                vec!["Counts 3 5 - [] [] Some(Rejected)", "Unanimous - - - [] [] Some(Adopted)"],
            ),
            (
                "Det ble holdt skriftlig votering. Eva Lie ble valgt med 13 stemmer. 6 stemte blankt.",
                vec!["Secret 13 - 6 [] [] Some(Adopted)"],
            ),
            (
                "Forslaget ble vedtatt med 2 stemmer (Eva Lie og Per Ås) mot 1 stemme (Kari Moe).",
                vec!["Counts 2 1 - [] [] Some(Adopted)"],
            ),
            ("11 stemte mot forslaget og 3 stemte for - forslaget falt.", vec!["Counts 3 11 - [] [] Some(Rejected)"]),
            (
                "For forslag 1 stemte 25: Eva Lie (Ap). For forslag 2 stemte 10: Per Ås (H). Dermed ble forslag 1 vedtatt.",
                vec!["Alternatives 25 10 - [Eva Lie] [Per Ås] Some(Adopted)"],
            ),
            (
                "Innstillingen ble vedtatt med 4 mot 4 stemmer, med leders dobbeltstemme.",
                vec!["Counts 4 4 - [] [] Some(Adopted) casting"],
            ),
            ("Ved votering ble forslaget forkastet med 20 mot 6 stemmer.", vec!["Counts 6 20 - [] [] Some(Rejected)"]),
            (
                "For forslag 1 stemte 3: Eva Lie (Ap). For forslag 2 stemte 4: Per Ås (H). Dermed ble forslag 2 vedtatt.",
                vec!["Alternatives 3 4 - [Eva Lie] [Per Ås] Some(Rejected)"],
            ),
            ("For: 55\nMot: 14\nBlankt: 2\nForslaget vedtas.", vec!["Counts 55 14 2 [] [] Some(Adopted)"]),
            ("Bytte er vedtatt 4 mot 3.", vec!["Counts 4 3 - [] [] Some(Adopted)"]),
            ("Innstillingen fikk flertall, 6-3.", vec!["Counts 6 3 - [] [] Some(Adopted)"]),
            ("9 for, 2 mot.", vec!["Counts 9 2 - [] [] Some(Adopted)"]),
            ("Vedtatt 4–2 (H, FrP).", vec!["Counts 4 2 - [] [] Some(Adopted)"]),
            ("Innstillingen ble vedtatt med 4 stemmer. 1 stemte imot.", vec!["Counts 4 1 - [] [] Some(Adopted)"]),
            ("4 stemte for innstillingen, 1 mot og 1 avholdende.", vec!["Counts 4 1 1 [] [] Some(Adopted)"]),
            ("For: 5 (A, H). Mot: 1 (MDG).", vec!["Counts 5 1 - [] [] Some(Adopted)"]),
            (
                "Styrets forslag fikk 21 stemmer, forslaget fra Moe fikk 12 stemmer. 1 blank.",
                vec!["Alternatives 21 12 1 [] [] Some(Adopted)"],
            ),
            ("Forslaget fikk 4 stemmer (H 2, FrP 2) og falt mot 7 stemmer.", vec!["Counts 4 7 - [] [] Some(Rejected)"]),
            (
                "Pkt. 3: 5 stemmer for Lies forslag (A 3, KrF 1, V 1), 4 stemmer for innstillingen.",
                vec!["Alternatives 5 4 - [] [] Some(Adopted)"],
            ),
            (
                "Punkt 1 og 2: 5 stemmer for. Punkt 3: 4 stemmer for, 1 imot (Eva Lie).",
                vec!["Counts 5 - - [] [] None", "Counts 4 1 - [] [] Some(Adopted)"],
            ),
            (
                "Innstillingen ble vedtatt med 17 mot 7 stemmer, som ble avgitt for forslaget fra Høyre.",
                vec!["Counts 17 7 - [] [] Some(Adopted)"],
            ),
            (
                "Leders forslag fikk 4 stemmer og er vedtatt. 3 stemte for Moes forslag: Eva Lie, Per Ås og Jon Moe.",
                vec!["Alternatives 4 3 - [] [Eva Lie+Per Ås+Jon Moe] Some(Adopted)"],
            ),
            (
                "For innstillingen stemte 15, for forslaget fra FrP stemte 2.",
                vec!["Alternatives 15 2 - [] [] Some(Adopted)"],
            ),
            ("Innstillingen fikk alle fem stemmene.", vec!["Unanimous 5 - - [] [] Some(Adopted)"]),
            ("Innstillingen: 4 stemmer. Moes forslag: 2 stemmer.", vec!["Alternatives 4 2 - [] [] Some(Adopted)"]),
            ("Mot 2 stemmer som innstillingen.", vec!["Counts - 2 - [] [] Some(Adopted)"]),
            (
                "Forslaget fra Moe fikk 3 stemmer, innstillingen 3 stemmer. Formannens dobbeltstemme avgjorde til fordel for Moes \
                 forslag.",
                vec!["Alternatives 3 3 - [] [] Some(Adopted) casting"],
            ),
            ("Møteleder kan ta saken opp til votering ved akklamasjon.", vec![]),
            ("Rådmannens innstilling kom dermed ikke til votering.", vec![]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
