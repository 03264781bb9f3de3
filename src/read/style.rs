//! How text is set: text that remembers whether all of it is bold or italic, and what style names say.

use super::symbol::symbol;
use crate::document::Style;

/// How a run of text is set.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(super) struct Run {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) half_points: Option<u16>,
}

/// Text that gathers run by run, with how all of it is set.
#[derive(Debug, Default)]
pub(super) struct SetText {
    text: String,
    /// How the letters so far are set; `None` before the first.
    setting: Option<Run>,
}

impl SetText {
    /// Whether there is anything but white space.
    pub(super) fn has_text(&self) -> bool {
        !self.text.trim_start().is_empty()
    }

    /// Adds text set as `run`. Control characters become spaces; soft hyphens, which are not shown, go.
    pub(super) fn add(&mut self, text: &str, run: Run, font: &str) {
        let from = self.text.len();
        // U+00AD begins with byte C2 in UTF-8, the private use area with EF.
        if text.bytes().any(|b| b < b' ' || matches!(b, 0x7F | 0xC2 | 0xEF)) {
            self.text.extend(text.chars().filter(|c| *c != '\u{AD}').map(|c| match c {
                '\t' | '\n' => c,
                c if c.is_control() => ' ',
                '\u{F000}'..='\u{F0FF}' => symbol(c, font),
                c => c,
            }));
        } else {
            self.text.push_str(text);
        }
        if self.text[from..].chars().any(char::is_alphanumeric) {
            self.setting = Some(match self.setting {
                None => run,
                Some(all) => Run {
                    bold: all.bold && run.bold,
                    italic: all.italic && run.italic,
                    half_points: all.half_points.filter(|size| run.half_points == Some(*size)),
                },
            });
        }
    }

    /// The text so far, trimmed, with how all of it is set and the spaces typed before it; none is left.
    pub(super) fn take(&mut self) -> (String, Style, usize) {
        let text = std::mem::take(&mut self.text);
        let run = self.setting.take().unwrap_or_default();
        let size = run.half_points.map(|size| f32::from(size) / 2.0);
        (text.trim().to_owned(), Style { bold: run.bold, italic: run.italic, size }, indent(&text))
    }
}

/// The spaces before a text.
pub(super) fn indent(text: &str) -> usize {
    text.chars().take_while(|c| *c == ' ').count()
}

/// The level that a built-in style name gives: `heading 2`, and as some programs translate it, `Overskrift 2`.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    if matches!(name.as_str(), "title" | "tittel" | "titel") {
        return Some(1);
    }
    let number = ["heading", "overskrift", "rubrik"].iter().find_map(|word| name.strip_prefix(word))?;
    number.trim().parse().ok().filter(|n| (1..=9).contains(n))
}
