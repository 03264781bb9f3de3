//! Text around the words asked for.

use std::collections::HashSet;

use serde::Serialize;

use super::words::{self, Word};

/// A piece of a snippet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it was asked for.
    pub marked: bool,
}

/// Characters of a snippet.
const SNIPPET: usize = 240;

/// The stretch of a text with most of the words asked for, those words marked.
pub(super) fn snippet(text: &str, wanted: &HashSet<String>) -> Vec<Piece> {
    let words = words::words(text);
    let is_wanted = |word: &Word| {
        wanted.contains(&word.folded)
            || word.stems().iter().chain(&word.parts()).any(|stem| wanted.contains(stem))
            || wanted.iter().any(|form| alike(form, &word.folded))
    };
    let marked: Vec<&Word> = words.iter().filter(|w| is_wanted(w)).collect();
    let begins: Vec<usize> = if marked.is_empty() { vec![0] } else { marked.iter().map(|w| w.start).collect() };
    let count = |from: usize| marked.iter().filter(|w| w.start >= from && w.end <= from + SNIPPET).count();
    let best = begins.iter().copied().max_by_key(|from| (count(*from), std::cmp::Reverse(*from))).unwrap_or_default();
    let before = best.saturating_sub(SNIPPET / 6);
    let from = words.iter().map(|w| w.start).find(|s| *s >= before).unwrap_or_default().min(best);
    let to = words.iter().map(|w| w.end).take_while(|e| *e <= from + SNIPPET).last().unwrap_or_default().max(from);
    let to = if words.last().is_some_and(|w| w.end <= to) { text.len() } else { to };
    let plain = |from: usize, to: usize| Piece { text: text[from..to].to_owned(), marked: false };
    let mut pieces = Vec::new();
    let mut at = from;
    if from > 0 {
        pieces.push(Piece { text: "… ".to_owned(), marked: false });
    }
    for word in marked.iter().filter(|w| w.start >= from && w.end <= to) {
        if word.start > at {
            pieces.push(plain(at, word.start));
        }
        pieces.push(Piece { text: text[word.start..word.end].to_owned(), marked: true });
        at = word.end;
    }
    if at < to {
        pieces.push(plain(at, to));
    }
    if to < text.len() {
        pieces.push(Piece { text: " …".to_owned(), marked: false });
    }
    pieces
}

/// Whether a word is one that a prefix (`kontin*`) or a fuzzy word (`vedtk~1`) asks for.
fn alike(form: &str, word: &str) -> bool {
    if let Some(prefix) = form.strip_suffix('*') {
        return word.starts_with(prefix);
    }
    let Some((asked, distance)) = form.rsplit_once('~').filter(|(asked, _)| !asked.is_empty()) else { return false };
    distance.parse().is_ok_and(|distance: usize| edits(asked, word) <= distance)
}

/// Letters put in, left out, changed or swapped with their neighbour (Damerau 1964), as the index counts them.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}
