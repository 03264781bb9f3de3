//! Long texts: the lines of a section as one clean text with its source pieces.

use std::borrow::Cow;

use crate::document::{Block, Span};
use crate::lang::lexicon;
use crate::model::Sourced;

use super::line::Line;

/// Spaces that set columns of a line apart.
pub const GAP: &str = "   ";

/// The text of some lines: a paragraph or point a line, lines broken by the page's width joined. `None` without text.
///
/// `skip` is how many bytes at the start of the first line are left out (a label).
#[must_use]
pub fn long(lines: &[&Line], skip: usize, blocks: &[Block]) -> Option<Sourced<String>> {
    let mut value = String::new();
    let mut spans: Vec<Span> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let from = if i == 0 { skip.min(line.raw.len()) } else { 0 };
        let piece = line.raw[from..].trim_start();
        if piece.is_empty() || !piece.chars().any(char::is_alphanumeric) {
            continue;
        }
        let start = line.start + line.raw.len() - piece.len();
        let span = Span { block: line.block, start, end: start + piece.len() };
        let joins = line.continues && spans.last().is_some_and(|s| s.block == line.block);
        if joins {
            join_wrapped(&mut value, piece);
            if let Some(last) = spans.last_mut() {
                last.end = span.end;
            }
        } else {
            if !value.is_empty() {
                value.push('\n');
            }
            value.push_str(&spaces_folded(piece));
            spans.push(span);
        }
    }
    (!value.is_empty()).then(|| Sourced::new(value, spans, blocks))
}

/// Whether a text ends in capitals and a hyphen, which stays: `FT-`, and on the next line `sak 112/08`.
fn is_series(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or_default().trim_end_matches('-');
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// Appends a line that goes on where the page's width broke the one before; a word hyphenated there is joined.
pub fn join_wrapped(value: &mut String, piece: &str) {
    let piece = spaces_folded(piece);
    // After a suspended hyphen (`helse- og sosialutvalget`) a conjunction stands, and the hyphen stays.
    let first = piece.split(' ').next().unwrap_or_default().to_lowercase();
    let suspended = lexicon().is_particle("conjunctions", &first);
    let mut back = value.chars().rev();
    let hyphenated = back.next() == Some('-')
        && back.next().is_some_and(char::is_alphabetic)
        && piece.chars().next().is_some_and(char::is_lowercase)
        && !suspended
        && !is_series(value);
    if hyphenated {
        value.pop();
    } else if !ends_in_word(value) && !is_range(value, &piece) || suspended {
        value.push(' ');
    }
    value.push_str(&piece);
}

/// Whether the width broke a range of numbers or a route: `2014–`, `2025`; `Kaupanger–`, `Sogndal`.
fn is_range(value: &str, piece: &str) -> bool {
    let both = |marks: &[char], is: fn(char) -> bool| {
        value.strip_suffix(marks).is_some_and(|before| before.ends_with(is)) && piece.starts_with(is)
    };
    both(&['–', '-'], |c| c.is_ascii_digit()) || both(&['–'], char::is_alphabetic)
}

/// Whether a text ends in a hyphen after a word, and not in a dash or an amount: `Akkerhaug-`, but `kr. 60.000,-`.
fn ends_in_word(text: &str) -> bool {
    text.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphanumeric))
}

/// A name without the line's ends within it: `Kari Mo- berg`, `Rugtveit- Akkerhaugen`.
#[must_use]
pub fn unwrapped(name: &str) -> Cow<'_, str> {
    if !name.contains('-') || !name.contains("- ") {
        return name.into();
    }
    let mut pieces = name.split_inclusive("- ").map(str::trim);
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    pieces.for_each(|piece| join_wrapped(&mut whole, piece));
    whole.into()
}

/// A text with every run of white space as one space and soft hyphens left out.
#[must_use]
pub fn spaces_folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        word.split('\u{ad}').for_each(|piece| out.push_str(piece));
    }
    out
}

/// A text with its white space folded and its letter-spaced words closed: `K o n s e s j o n   -   gnr. 44` →
/// `Konsesjon - gnr. 44`.
#[must_use]
pub fn closed(raw: &str) -> String {
    let is_letter = |word: &str| word.trim_end_matches(['.', ',', ':']).chars().count() == 1;
    let letters = |text: &str| text.split_whitespace().all(is_letter);
    let words: Vec<&str> = raw.split("  ").filter(|words| !words.trim().is_empty()).collect();
    let is_spaced = words.iter().any(|w| letters(w) && w.split_whitespace().count() >= SPACED_LETTERS)
        || letters(raw) && words.len() > 1;
    // Between letter-spaced words even two letters are one: "T i d   f o r   i n n k j ø p".
    let close = |w: &&str| if is_spaced && letters(w) { w.replace(char::is_whitespace, "") } else { spaces_folded(w) };
    words.iter().map(close).collect::<Vec<_>>().join(" ")
}

/// A letter-spaced word has so many letters at least.
const SPACED_LETTERS: usize = 4;

/// A text that ends with a full stop, without it and a dash behind it: `Skulerute.`, `Skulerute.-`.
#[must_use]
pub fn stopped(raw: &str) -> Option<&str> {
    raw.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—')).strip_suffix('.')
}

/// A short value without white space and a full stop at its end, as a range of `raw`.
#[must_use]
pub fn short(raw: &str, from: usize, to: usize) -> (usize, usize) {
    let piece = &raw[from..to];
    let front = piece.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    let start = to - front.len();
    let mut end = start + front.trim_end_matches(|c: char| c.is_whitespace() || c == '|').len();
    if let Some(body) = stopped(&raw[start..end]).filter(|body| !body.ends_with('.')) {
        end = start + body.len();
    }
    (start, start + raw[start..end].trim_end().len())
}
