//! Footnotes: lines at the foot of a page that begin with a mark, raised and in small type, or under a rule and one of both.

use super::geometry::Area;
use super::lines::{Line, Word};

/// Type is small below this share of the size of running text.
const SMALL: f32 = 0.95;
/// Lines of one size differ by less than this factor.
const SAME: f32 = 1.08;

/// A footnote.
#[derive(Debug)]
pub(super) struct Note {
    /// Its mark: `1`, `*`.
    pub(super) mark: String,
    /// Its lines without the mark.
    pub(super) lines: Vec<Line>,
}

impl Note {
    pub(super) fn text(&self) -> String {
        let lines: Vec<String> =
            self.lines.iter().map(|line| line.text().replace('\t', " ").trim().to_owned()).collect();
        lines.join("\n")
    }

    pub(super) fn area(&self) -> Area {
        self.lines.iter().fold(Area::EMPTY, |area, line| area.union(line.area()))
    }
}

/// Takes the footnotes out of a page's lines, which stand from top to bottom. `body` is the size of running text.
pub(super) fn take(lines: &mut Vec<Line>, rules: &[Area], body: f32) -> Vec<Note> {
    let is_small = |line: &Line| line.words.iter().all(|word| word.size < SMALL * body);
    let starts_note = |line: &Line, under_rule: bool| {
        let (small, raised) = (is_small(line), line.words.first().is_some_and(|word| line.is_raised(word)));
        mark(line).is_some() && if under_rule { small || raised } else { small && raised }
    };
    let rule = separator(lines, rules, |line| starts_note(line, true));
    // What is set larger than the first note is text again: the rule belongs to a table.
    let is_under = |line: &Line| rule.is_some_and(|(y, size)| line.y > y && line.size < SAME * size);
    let foot = lines.iter().rposition(|line| !is_small(line) && !is_under(line)).map_or(0, |last| last + 1);
    let starts = |line: &Line| starts_note(line, is_under(line));
    let Some(first) = lines.iter().skip(foot).position(starts) else { return Vec::new() };
    let mut notes: Vec<Note> = Vec::new();
    for mut line in lines.split_off(foot + first) {
        match notes.last_mut() {
            Some(note) if !starts(&line) => note.lines.push(line),
            _ => {
                let mark = line.words.remove(0).text;
                notes.push(Note { mark, lines: vec![line] });
            }
        }
    }
    notes
}

/// Where the rule stands that parts the notes from the text, the lowest whose next line begins one, and how large that line
/// is set.
fn separator(lines: &[Line], rules: &[Area], starts_note: impl Fn(&Line) -> bool) -> Option<(f32, f32)> {
    const LEAST_WIDTH: f32 = 30.0;
    const MOST_HEIGHT: f32 = 2.0;
    let is_line = |rule: &&Area| rule.height() < MOST_HEIGHT && rule.width() > LEAST_WIDTH;
    let note_under = |rule: &Area| {
        let next = lines.iter().find(|line| line.y > rule.y1);
        next.filter(|line| starts_note(line) && line.y - rule.y1 < 3.0 * line.size).map(|line| (rule.y1, line.size))
    };
    rules.iter().filter(is_line).filter_map(note_under).max_by(|a, b| a.0.total_cmp(&b.0))
}

/// The mark of a note that a line begins with.
fn mark(line: &Line) -> Option<&str> {
    let [Word { text, .. }, _, ..] = line.words.as_slice() else { return None };
    let is_number = text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    (is_number || matches!(text.as_str(), "*" | "**" | "†")).then_some(text)
}
