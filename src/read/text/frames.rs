//! Frames drawn around text: what stands inside is read as if they were not there.

use std::borrow::Cow;

/// The strokes at both ends of a line.
const BARS: [char; 5] = ['|', '!', '│', '║', '┃'];

/// A frame holds so many lines at least.
const LEAST_LINES: usize = 2;

/// The text with what stands in frames of one column without them; blank lines stand for what is drawn across.
pub(super) fn opened(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut out: Vec<&str> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let frame = lines[at..].iter().take_while(|l| is_across(l) || inside(l).is_some()).count();
        let held = lines[at..at + frame].iter().filter_map(|l| inside(l));
        if frame > 0 && held.clone().count() >= LEAST_LINES && held.clone().all(|l| !l.contains(BARS)) {
            out.extend(lines[at..at + frame].iter().map(|l| inside(l).unwrap_or_default()));
        } else {
            out.extend(&lines[at..at + frame.max(1)]);
        }
        at += frame.max(1);
    }
    if out == lines { text.into() } else { out.join("\n").into() }
}

/// What stands between the bars at both ends of a line; none begins a page.
fn inside(line: &str) -> Option<&str> {
    let inner = line.trim_matches(' ').strip_prefix(BARS)?.strip_suffix(BARS)?;
    (!is_drawn(inner)).then(|| inner.strip_prefix(' ').unwrap_or(inner).trim_end())
}

/// Whether a line is drawn across a frame: `+-----+`, `├─────┤`.
fn is_across(line: &str) -> bool {
    let line = line.trim();
    let corner = |c: char| c == '+' || BARS.contains(&c) || matches!(c, '\u{2500}'..='\u{257F}');
    line.chars().count() > LEAST_LINES && line.starts_with(corner) && line.ends_with(corner) && is_drawn(line)
}

fn is_drawn(text: &str) -> bool {
    let stroke = |c: char| matches!(c, '\u{2500}'..='\u{257F}' | '+' | '-' | '=' | '|' | '!');
    !text.trim().is_empty() && text.trim().chars().all(stroke)
}
