//! Typescripts: pages set in one fixed-width type are the lines and columns of a text file, and are laid out as one.

use super::Sheaf;
use super::lines::{Line, Word};

/// The width of a letter varies by so much of itself at most, where the type has a fixed width.
const VARIATION: f32 = 0.03;

/// One word of so many may be set otherwise: a stamp, a printed head.
const OTHERS_OF: usize = 50;

/// Fewer words tell nothing of a type.
const LEAST_WORDS: usize = 12;

/// Letters are wider than this, in points.
const NARROWEST: f32 = 1.0;

/// A rule thicker than this, in points, is the side of a box.
const THICKEST_RULE: f32 = 3.0;

/// The pages as a text file with form feeds between them, where they are a typescript.
pub(super) fn typescript(sheaves: &[Sheaf], leading: f32) -> Option<String> {
    let is_plain = |s: &Sheaf| {
        let is_underline = |rule: &super::Area| rule.y1 - rule.y0 < THICKEST_RULE;
        s.others.is_empty() && s.shades.is_empty() && s.comments.is_empty() && s.rules.iter().all(is_underline)
    };
    let words = || sheaves.iter().flat_map(|s| &s.lines).flat_map(|l| &l.words);
    if !sheaves.iter().all(|s| is_plain(s) && !s.text.wants_ocr()) {
        return None;
    }
    let mut widths: Vec<f32> = words().filter_map(letter_width).collect();
    if widths.len() < LEAST_WORDS {
        return None;
    }
    widths.sort_by(f32::total_cmp);
    let width = widths[widths.len() / 2];
    let others = widths.iter().filter(|w| (**w - width).abs() > VARIATION * width).count();
    let left = words().map(|w| w.x0).fold(f32::MAX, f32::min);
    let page = |sheaf: &Sheaf| lines(&sheaf.lines, left, width, leading);
    (width > NARROWEST && others * OTHERS_OF <= widths.len())
        .then(|| sheaves.iter().map(page).collect::<Vec<_>>().join("\u{C}"))
}

/// How wide a letter of a word is, in points; a short word does not tell.
fn letter_width(word: &Word) -> Option<f32> {
    let letters = word.text.chars().count();
    (letters > 2).then(|| (word.x1 - word.x0) / letters as f32)
}

/// The lines of a page, each word in its column, with empty lines for the gaps between them.
fn lines(lines: &[Line], left: f32, width: f32, leading: f32) -> String {
    let mut text = String::new();
    let mut above: Option<&Line> = None;
    for line in lines {
        let gap = above.map_or(1.0, |above| (line.y - above.y) / (leading * line.size.max(1.0)));
        text.extend(std::iter::repeat_n(
            '\n',
            (gap.round() as usize).clamp(1, MOST_LINES) - usize::from(above.is_none()),
        ));
        let mut column = 0;
        for word in &line.words {
            let at = ((word.x0 - left) / width).round().max(0.0) as usize;
            let spaces = at.min(MOST_COLUMNS).saturating_sub(column).max(usize::from(column > 0));
            text.extend(std::iter::repeat_n(' ', spaces));
            text.push_str(&word.text);
            column += spaces + word.text.chars().count();
        }
        above = Some(line);
    }
    text.push('\n');
    text
}

/// A gap counts for so many lines at most.
const MOST_LINES: usize = 8;

/// A word begins in one of so many columns.
const MOST_COLUMNS: usize = 400;
