//! The people on a side of a vote who are named by their last names, as those who met are known.

use std::collections::HashSet;

use crate::document::{Block, Span};
use crate::lang::lexicon;
use crate::model::{Attendance, Sourced, Vote, VoteForm};

use super::super::line::Folded;
use super::super::passage::sentences;
use super::super::text::spaces_folded;
use super::super::values::name::{only_words, people};

/// Adds to votes those who are named in parentheses after the number of their side: all of them, or by the last names of
/// people who met, `mot 2 stemmer (Lie og Moe)`, `stemte 3: Lie, Moe Dahl og Ås`.
pub fn name_by_last_names<'v>(votes: impl Iterator<Item = &'v mut Vote>, attendance: &[Attendance], blocks: &[Block]) {
    // "mot 1 stemme (Hol)" where members come from Hol
    let represented: HashSet<&str> =
        attendance.iter().filter_map(|a| Some(a.represents.as_ref()?.value.as_str())).collect();
    let last_names = attendance.iter().filter_map(|a| a.name.value.rsplit(' ').next());
    let known: HashSet<&str> = last_names.filter(|name| !represented.contains(name)).collect();
    let first_names = attendance.iter().filter_map(|a| a.name.value.split(' ').next());
    let of_persons: HashSet<&str> = first_names.chain(known.iter().copied()).collect();
    for vote in votes {
        name_in(vote, &known, &of_persons, blocks);
    }
}

fn name_in(vote: &mut Vote, known: &HashSet<&str>, of_persons: &HashSet<&str>, blocks: &[Block]) {
    let named = |count: &Option<Sourced<u32>>| -> Vec<Sourced<String>> {
        let Some(span) = count.as_ref().and_then(|c| c.at.spans().first()) else { return Vec::new() };
        let text = blocks[span.block as usize].text.get(span.end..).unwrap_or_default();
        let near = |at: &usize| *at <= NAMES_WITHIN && !text[..*at].contains(|c: char| c.is_ascii_digit());
        let Some(open) = text.find('(').filter(near) else { return Vec::new() };
        let Some(inner) = text[open + 1..].find(')').map(|close| &text[open + 1..open + 1 + close]) else {
            return Vec::new();
        };
        let at = span.end + open + 1;
        // "3 stemmer (Eva Lie, Per Ås, Kari Moe)"
        let whole = people(&inner.replace('\n', " "));
        if whole.len() as u32 == count.as_ref().map_or(0, |c| c.value) {
            let place = |(from, to): (usize, usize)| Span { block: span.block, start: at + from, end: at + to };
            return whole
                .iter()
                .map(|p| Sourced::new(spaces_folded(&inner[p.name.0..p.name.1]), vec![place(p.name)], blocks))
                .collect();
        }
        known_names(inner, (span.block, at), known, blocks)
    };
    for (count, names) in [(&vote.for_count, &mut vote.for_names), (&vote.against, &mut vote.against_names)] {
        if names.is_empty() {
            *names = named(count);
        }
        let stated = count.as_ref().filter(|c| names.len() < c.value as usize);
        let all = stated.map(|c| named_after(c, of_persons, blocks)).unwrap_or_default();
        if !all.is_empty() {
            *names = all;
        }
    }
    if vote.against_names.is_empty() {
        vote.against_names = told_against(vote, known, blocks);
    }
    let named = [&vote.for_names, &vote.against_names].map(|names| !names.is_empty());
    let counted = vote.for_count.is_some() || vote.against.is_some();
    vote.form = match vote.form {
        VoteForm::Counts | VoteForm::Alternatives if named == [true; 2] => VoteForm::Names,
        // "Vedtatt mot 1 stemme (Lie)": a count, with a remark on who was in the minority.
        VoteForm::Names if counted && named != [true; 2] => VoteForm::Counts,
        form => form,
    };
}

/// The last names before the verb of a sentence beside the vote, all of them `known`: `Lie og Ås stemte imot.`
fn told_against(vote: &Vote, known: &HashSet<&str>, blocks: &[Block]) -> Vec<Sourced<String>> {
    let Some(span) = vote.said.at.spans().first() else { return Vec::new() };
    let text = &blocks[span.block as usize].text[span.start..];
    let text = &text[..text.floor_char_boundary(BESIDE_VOTE.min(text.len()))];
    let told = sentences(text).into_iter().find_map(|(from, to)| {
        let folded = Folded::new(&text[from..to]);
        let who = lexicon().votes.voted_against.captures(&folded.text)?.name("who")?.range();
        let (start, end) = folded.source(who.start, who.end);
        Some((from + start, from + end))
    });
    let Some((from, to)) = told else { return Vec::new() };
    known_names(&text[from..to], (span.block, span.start + from), known, blocks)
}

/// The last names of a list that holds nothing else, all of them `known`; it begins at a byte of a block.
fn known_names(
    list: &str,
    (block, start): (u32, usize),
    known: &HashSet<&str>,
    blocks: &[Block],
) -> Vec<Sourced<String>> {
    let names = only_words(list, |word| known.contains(word));
    let place = |(from, to): (usize, usize)| Span { block, start: start + from, end: start + to };
    names.into_iter().map(|name| Sourced::new(list[name.0..name.1].to_owned(), vec![place(name)], blocks)).collect()
}

/// Who was against is told within so many bytes from where the vote is told of.
const BESIDE_VOTE: usize = 300;

/// The last or first names in the list after the number of a side and a colon: as many as the number says, all of them `known`.
fn named_after(count: &Sourced<u32>, known: &HashSet<&str>, blocks: &[Block]) -> Vec<Sourced<String>> {
    let Some(span) = count.at.spans().first() else { return Vec::new() };
    let text = blocks[span.block as usize].text.get(span.end..).unwrap_or_default();
    // "stemte 3: Lie, Moe og Ås", "fikk 3 stemmer: Lie, Moe og Ås", "stemte 3 representanter: Lie, Moe og Ås"
    let after = text.trim_start();
    let word = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
    let is_voter = lexicon().votes.words.contains(word) || lexicon().is_particle("roster", word);
    let after = if is_voter { &after[word.len()..] } else { text };
    let Some(list) = after.strip_prefix(':') else { return Vec::new() };
    let mut at = span.end + text.len() - list.len();
    let list = list.split('.').next().unwrap_or(list);
    let mut names: Vec<(usize, usize)> = Vec::new();
    let mut opens = true;
    for piece in list.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let name = word.trim_end_matches(',');
        if lexicon().is_particle("conjunctions", word) {
            opens = true;
        } else if !name.is_empty() {
            match names.last_mut().filter(|_| !opens) {
                Some(last) => last.1 = at + name.len(),
                None => names.push((at, at + name.len())),
            }
            opens = name.len() < word.len();
        }
        at += piece.len();
    }
    let text = &blocks[span.block as usize].text;
    let is_known = |(from, to): &(usize, usize)| {
        text[*from..*to].split_whitespace().next_back().is_some_and(|w| known.contains(w))
    };
    if names.len() != count.value as usize || !names.iter().all(is_known) {
        return Vec::new();
    }
    let place = |(start, end)| Span { block: span.block, start, end };
    names.into_iter().map(|at| Sourced::new(spaces_folded(&text[at.0..at.1]), vec![place(at)], blocks)).collect()
}

/// The names of those on a side stand in parentheses within so many bytes after their number.
const NAMES_WITHIN: usize = 24;
