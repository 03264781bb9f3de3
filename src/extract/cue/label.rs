//! Labels and section heads at the start of a line.

use std::sync::LazyLock;

use memchr::{memchr, memmem::Finder};

use crate::lang::{Field, first_word, lexicon};

use super::super::line::Line;
use super::super::values::number;
use super::super::values::time;
use super::phrase::{BODY_WORDS, lookup};

/// A label or section head at the start of a line, with its value's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// What it announces.
    pub field: Field,
    /// Byte range of the label in the folded text.
    pub label: (usize, usize),
    /// Byte offset in the folded text where the value begins.
    pub value: usize,
    /// Byte range in the folded text of the office or body before a section head.
    pub by: Option<(usize, usize)>,
    /// A colon or a TAB sets the label apart.
    pub marked: bool,
}

/// Two spaces.
static GAP: LazyLock<Finder> = LazyLock::new(|| Finder::new(b"  "));

/// How long a label can be, in bytes of folded text.
const LONGEST_LABEL: usize = 130;

/// The label at the start of a line, if any.
#[must_use]
pub fn label_of(line: &Line) -> Option<Label> {
    *line.cue.get_or_init(|| label(line.text()).or_else(|| vote_result(line)).or_else(|| stopped(line)))
}

/// The label of a section in capitals with a full stop behind it: `VEDTAK. Innkalling godkjennes.`
fn stopped(line: &Line) -> Option<Label> {
    let text = line.text();
    let stop = text.find(". ").filter(|stop| *stop <= LONGEST_LABEL && line.cells.is_none())?;
    let raw = line.raw.get(..line.folded.source(0, stop).1)?;
    if raw.contains(char::is_lowercase) {
        return None;
    }
    lookup(text, 0, stop, true).filter(|l| l.field.is_section()).map(|l| Label { value: stop + 2, marked: true, ..l })
}

/// "Resultat", over what came of the vote. With a colon or in a table it is a field of the case: "Resultat: Behandlet".
fn vote_result(line: &Line) -> Option<Label> {
    let text = line.text();
    let is_head = line.cells.is_none() && lexicon().is_particle("vote_result", text);
    is_head.then_some(Label {
        field: Field::Voting,
        label: (0, text.len()),
        value: text.len(),
        by: None,
        marked: false,
    })
}

/// Whether a folded text holds a sign that may set a label apart: without one, no label in it is marked.
#[must_use]
pub fn may_mark(text: &str) -> bool {
    text.bytes().any(|b| matches!(b, b':' | b'\t' | b'-')) || GAP.find(text.as_bytes()).is_some()
}

/// The label at the start of a folded text, if any.
#[must_use]
pub fn label(text: &str) -> Option<Label> {
    // "11:04 Votering: Forslag fra Eva Lie"
    if let Some(time) = time::at_start(text).filter(|end| text[*end..].starts_with(' ')) {
        let shifted = |(from, to): (usize, usize)| (from + time + 1, to + time + 1);
        return label(&text[time + 1..]).filter(|l| l.field.is_section()).map(|l| Label {
            label: shifted(l.label),
            value: l.value + time + 1,
            by: l.by.map(shifted),
            ..l
        });
    }
    // "PM-019/17 Innstilling til kommunestyret"
    if let Some((at, label)) = numbered_label(text) {
        let shifted = |(from, to): (usize, usize)| (from + at, to + at);
        return Some(Label {
            label: shifted(label.label),
            value: label.value + at,
            by: label.by.map(shifted),
            ..label
        });
    }
    let front = &text.as_bytes()[..LONGEST_LABEL.min(text.len())];
    let colon = memchr(b':', front).map(|colon| {
        // "VEDTAK (mot 1 stemme: Eva Lie): ..."
        let open = text[..colon].rfind('(').filter(|open| !text[*open..colon].contains(')'));
        let closed = open.and_then(|_| Some(colon + memchr(b')', &front[colon..])? + 1));
        closed.filter(|at| text[*at..].starts_with(':')).unwrap_or(colon)
    });
    if let Some(colon) = colon {
        // A time of day is no label: `kl 10:30`.
        let time = text.as_bytes()[..colon].last().is_some_and(u8::is_ascii_digit)
            && text[colon + 1..].starts_with(|c: char| c.is_ascii_digit());
        // "E N S T E M M I G   V E D T A K :"
        let closed = || {
            let closed = text[..colon].contains('\t').then(|| text[..colon].replace('\t', " "))?;
            lookup(&closed, 0, colon, true).filter(|l| l.field.is_section())
        };
        if !time && let Some(found) = lookup(text, 0, colon, true).or_else(closed) {
            return Some(Label { value: after_spaces(text, colon + 1), marked: true, ..found });
        }
    }
    if let Some(tab) = memchr(b'\t', front)
        && let Some(found) = lookup(text, 0, tab, true)
    {
        return Some(Label { value: after_spaces(text, tab), marked: true, ..found });
    }
    // "VEDTAK  Innkallinga vart godkjend."
    if let Some(gap) = GAP.find(front)
        && let Some(found) = lookup(text, 0, gap, true)
            .filter(|l| matches!(l.field, Field::Decision | Field::CaseTitle) && l.label.1 == gap)
    {
        return Some(Label { value: after_spaces(text, gap), marked: true, ..found });
    }
    // "VEDTAK -> Innkallinga vart godkjend."
    let dashed = memchr(b'-', front).map_or("", |_| &text[..text.floor_char_boundary(front.len())]);
    if let Some(arrow) = dashed.find(" ->")
        && let Some(found) = lookup(text, 0, arrow, true).filter(|l| l.field.is_section() && l.label.1 == arrow)
    {
        return Some(Label { value: after_spaces(text, arrow + " ->".len()), marked: true, ..found });
    }
    // "Hvor - Rådhuset"
    if let Some(dash) = dashed.find(" - ")
        && let Some(found) =
            lookup(text, 0, dash, true).filter(|l| matches!(l.field, Field::Place | Field::Date | Field::Time))
    {
        return Some(Label { value: dash + " - ".len(), ..found });
    }
    if text.len() <= LONGEST_LABEL && !text.ends_with('.') {
        return lookup(text, 0, text.len(), false).map(|found| Label { value: text.len(), ..found });
    }
    None
}

/// The label of the decision after the number of the case, and where it begins: `PM-019/17 Innstilling til kommunestyret`.
pub(super) fn numbered_label(text: &str) -> Option<(usize, Label)> {
    let front = &text.as_bytes()[..NUMBER_BYTES.min(text.len())];
    let slash = memchr(b'/', front).filter(|_| text.len() <= LONGEST_LABEL)?;
    let after = text[slash + 1..].trim_start_matches(|c: char| c.is_ascii_digit() || " \t-:".contains(c));
    if !lexicon().label_openers.contains(first_word(after)) {
        return None;
    }
    let number = number::at_start(text, &|s, e| text[s..e].to_uppercase()).filter(|n| n.second.is_some())?;
    let at = number.end + text[number.end..].len() - text[number.end..].trim_start_matches([' ', '\t', '-', ':']).len();
    let rest = &text[at..];
    let label = label(rest).filter(|l| l.label.0 == 0 && rest[l.value.min(rest.len())..].is_empty())?;
    let to_body = || {
        rest.split(' ').count() <= BODY_WORDS / 2 && lexicon().is_body_word(rest.rsplit(' ').next().unwrap_or_default())
    };
    let is_decision = label.field == Field::Decision || label.field == Field::Proposal && to_body();
    (at > number.end && is_decision && rest.contains(' ')).then_some((at, label))
}

/// A number before a label ends within so many bytes.
const NUMBER_BYTES: usize = 20;

fn after_spaces(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start_matches([' ', '\t', ':']).len()
}
