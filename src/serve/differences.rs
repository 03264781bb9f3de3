//! Word by word: what a decision took over from a proposal and what it changed.

use maud::{Markup, html};
use serde::Serialize;

use super::page::inert;

/// The largest table of words by words that is compared.
const CELLS: usize = 4_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Change {
    Same,
    Removed,
    Added,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Stretch {
    pub(super) change: Change,
    pub(super) text: String,
}

/// The way from one text to another, by the longest common sequence of words.
pub(super) fn between(from: &str, to: &str) -> Vec<Stretch> {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split_whitespace().collect(), to.split_whitespace().collect());
    let head = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let tail = from[head..].iter().rev().zip(to[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&from[head..from.len() - tail], &to[head..to.len() - tail]);
    let mut changes: Vec<(Change, &str)> = from[..head].iter().map(|w| (Change::Same, *w)).collect();
    if a.len().saturating_mul(b.len()) > CELLS {
        changes.extend(a.iter().map(|w| (Change::Removed, *w)));
        changes.extend(b.iter().map(|w| (Change::Added, *w)));
    } else {
        changes.extend(common(a, b));
    }
    changes.extend(from[from.len() - tail..].iter().map(|w| (Change::Same, *w)));
    let mut stretches: Vec<Stretch> = Vec::new();
    for (change, word) in changes {
        match stretches.last_mut().filter(|s| s.change == change) {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(word);
            }
            None => stretches.push(Stretch { change, text: word.to_owned() }),
        }
    }
    stretches
}

fn common<'w>(a: &[&'w str], b: &[&'w str]) -> Vec<(Change, &'w str)> {
    let width = b.len() + 1;
    let mut longest = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut changes) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            changes.push((Change::Same, a[i]));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            changes.push((Change::Removed, a[i]));
            i += 1;
        } else {
            changes.push((Change::Added, b[j]));
            j += 1;
        }
    }
    changes.extend(a[i..].iter().map(|w| (Change::Removed, *w)));
    changes.extend(b[j..].iter().map(|w| (Change::Added, *w)));
    changes
}

pub(super) fn shown(stretches: &[Stretch]) -> Markup {
    html! {
        @for (i, Stretch { change, text }) in stretches.iter().enumerate() {
            @if i > 0 { " " }
            @match change {
                Change::Same => (inert(text)),
                Change::Removed => del { (inert(text)) },
                Change::Added => ins { (inert(text)) },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, between};

    #[test]
    fn words_are_kept_taken_and_added() {
        let way = between("Det bevilges 100 kr til skolen.", "Det bevilges 90 kr  til ny skolen.");
        let told: Vec<(Change, &str)> = way.iter().map(|s| (s.change, s.text.as_str())).collect();
        assert_eq!(
            told,
            [
                (Change::Same, "Det bevilges"),
                (Change::Removed, "100"),
                (Change::Added, "90"),
                (Change::Same, "kr til"),
                (Change::Added, "ny"),
                (Change::Same, "skolen."),
            ]
        );
    }
}
