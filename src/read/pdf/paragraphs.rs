//! Lines to paragraphs.

use super::geometry::Area;
use super::lines::{Line, SPACE};

/// White space above a line, in em, that lines of one paragraph do not have.
pub(super) const SPACING: f32 = 0.12;

/// The text after a dash that somebody typed stands nearer than this, in em.
const TYPED: f32 = 0.5;

/// Dots that lead to what stands at the end of a line.
const LEADER: &str = ".....";

/// A line as paragraphs are made of it.
#[derive(Debug, Clone)]
pub(super) struct TextLine {
    /// With TAB for tab-like gaps; without a bullet.
    pub(super) text: String,
    pub(super) area: Area,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Width of the first word, in points.
    first_word: f32,
    /// Where the text after a mark or the last gap wider than a space begins.
    hang: f32,
    pub(super) bullet: Option<String>,
}

/// Lines that belong together.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub(super) lines: Vec<TextLine>,
    /// White space above it, in em; `None` at the top of a region.
    pub(super) above: Option<f32>,
    /// Where the lines end that are full.
    pub(super) margin: f32,
}

impl TextLine {
    pub(super) fn new(line: &Line) -> Self {
        let (bold, italic) = line.style();
        let segments = line.segments();
        let mut text = line.text();
        let mut hang = line.after_widest_gap().unwrap_or(line.x0());
        if let [_, .., last] = segments.as_slice() {
            hang = last.x0;
        }
        let mut bullet = None;
        let first = line.words.first();
        let next_x = line.words.get(1).map_or(line.x0(), |w| w.x0);
        if let (Some(word), true) = (first, line.words.len() > 1) {
            // A dash and a space are text; a list sets its mark further off.
            let typed = word.spaced && next_x - word.x1 < TYPED * word.size;
            let sign = match word.text.as_str() {
                "-" | "–" | "—" if typed => None,
                "o" if (word.style.symbol || word.style.fixed)
                    && line.words.get(1).is_some_and(|w| w.style != word.style) =>
                {
                    Some("◦")
                }
                text => is_bullet(text).then_some(text),
            };
            if let Some(sign) = sign
                && let Some(rest) = text.strip_prefix(word.text.as_str())
            {
                bullet = Some(sign.to_owned());
                text = rest.trim_start().to_owned();
                hang = next_x;
            } else if typed_mark(&text).is_some() {
                // The gap after a typed number is a space, however wide.
                if segments.first().is_some_and(|s| s.to == 1) {
                    text = text.replacen('\t', " ", 1);
                }
                if !text.contains('\t') {
                    hang = next_x;
                }
            }
        }
        Self {
            text,
            area: line.area(),
            y: line.y,
            size: line.size,
            bold,
            italic,
            first_word: first.map_or(0.0, |w| w.x1 - w.x0),
            hang,
            bullet,
        }
    }

    /// The next line's first word did not fit on this one any more.
    fn is_full(&self, next: &Self, margin: f32) -> bool {
        self.area.x1 + SPACE * self.size + next.first_word > margin - 0.3 * self.size
    }

    fn ends_sentence(&self) -> bool {
        ends_sentence(&self.text)
    }

    /// Whether it breaks off in a list or in parentheses with which `next` goes on, or `next` adds some: `Eva Lie,`,
    /// `nestleder`, `(under sak 4)`.
    fn is_unfinished(&self, next: &Self) -> bool {
        let signs = |sign: char| self.text.matches(sign).count();
        let adds = next.text.starts_with('(') && next.text.ends_with(')') && !self.ends_sentence();
        next.begins_lower() && (self.text.ends_with(',') || signs('(') > signs(')')) || adds
    }

    /// Whether the page's width broke a number or what announces it: `kr 600`, and under it `000. Dette`; `sak 17-`, `08. Dette`;
    /// `kl.`, `24.00. Dette`.
    fn breaks_number(&self, next: &Self) -> bool {
        let digits = next.text.bytes().take_while(u8::is_ascii_digit).count();
        let last = self.text.rsplit(' ').next().unwrap_or_default();
        let of_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let is_group = digits == 3 && of_digits(last) && last.len() <= 3;
        let is_hyphened = last.strip_suffix('-').is_some_and(of_digits);
        let is_abbreviated = last
            .strip_suffix('.')
            .is_some_and(|word| (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase()));
        digits > 0 && (is_group || is_hyphened || is_abbreviated)
    }

    /// Drawn with signs: `-----`, `= = =`.
    fn is_stroke(&self) -> bool {
        !self.text.chars().any(char::is_alphanumeric)
    }

    /// In capitals throughout, as heads are.
    fn is_caps(&self) -> bool {
        !self.text.chars().any(char::is_lowercase)
            && self.text.chars().filter(|c| c.is_uppercase()).count() >= HEAD_LETTERS
    }

    fn begins_lower(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_lowercase)
    }
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '»', '”', ')']).ends_with(['.', ':', '!', '?', ';'])
}

/// A head in capitals has at least so many of them.
const HEAD_LETTERS: usize = 8;

/// Groups the lines of a region. `margin` is where full lines end; `leading` the usual distance of baselines, in em.
pub(super) fn paragraphs(lines: Vec<TextLine>, above: Option<f32>, margin: f32, leading: f32) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    for line in lines {
        let gap =
            out.last().and_then(|p| p.lines.last()).map(|last| (line.y - last.y) / line.size.max(last.size).max(1.0));
        match out.last_mut() {
            Some(paragraph) if paragraph.takes(&line, margin, leading) => paragraph.lines.push(line),
            _ => out.push(Paragraph { lines: vec![line], above: gap.or(above), margin }),
        }
    }
    out
}

impl Paragraph {
    fn takes(&self, line: &TextLine, margin: f32, leading: f32) -> bool {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else { return false };
        // "Sak 1/90 Valg ........ side 1"
        let is_led = last.text.contains(LEADER);
        if is_led || last.is_stroke() || line.is_stroke() || first.is_caps() && !line.is_caps() {
            return false;
        }
        let gap = line.y - last.y;
        let size = last.size.max(line.size);
        if gap > leading * size * 1.18 + 0.5 || gap < 0.4 * size || (line.size - last.size).abs() > 0.08 * size {
            return false;
        }
        let full = last.is_full(line, margin);
        if line.bold != last.bold && !(full && line.begins_lower() && !last.ends_sentence()) {
            return false;
        }
        let in_number = full && last.breaks_number(line);
        let unfinished = full && !last.ends_sentence() || in_number;
        let goes_on = in_number
            || unfinished && line.text.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(char::is_lowercase);
        let dash = !goes_on && line.text.starts_with(['-', '–', '—']);
        // "Til stede 6. Berit", and under it "Lie (SV) foreslo:"
        let in_text = unfinished && last.text.contains(". ");
        let labelled = has_label(&line.text) && !in_text;
        if line.bullet.is_some() || dash || !goes_on && typed_mark(&line.text).is_some() || labelled {
            return false;
        }
        let em = 0.6 * size;
        if line.text.contains('\t') || self.is_set_off(line, leading) && !in_number {
            return false;
        }
        let marked = first.bullet.is_some() || typed_mark(&first.text).is_some();
        if last.text.contains('\t') || first.text.contains('\t') && self.lines.len() > 1 {
            // A value that wraps goes on under itself, a bold title also under its number.
            let under_number = full && first.bold && line.bold && (line.area.x0 - first.area.x0).abs() < em;
            // "Til stede: <TAB> Eva Lie, Per", and under the label "Ås, Jon Moe"
            let under_label = unfinished && self.lines.len() == 1 && (line.area.x0 - first.area.x0).abs() < em;
            return under_number || under_label || (line.area.x0 - first.hang).abs() < em;
        }
        // A column may be narrower than the page.
        let shift = line.area.x0 - last.area.x0;
        if shift.abs() < em && last.is_unfinished(line) {
            return true;
        }
        let under_text = (line.area.x0 - first.hang).abs() < em;
        let middle = |line: &TextLine| (line.area.x0 + line.area.x1) / 2.0;
        let aligned = shift.abs() < em
            || self.lines.len() == 1 && under_text
            // Centred lines share their middle.
            || (middle(line) - middle(last)).abs() < 0.1 * size
            // An indented first line.
            || self.lines.len() == 1 && !marked && shift < 0.0 && shift > -5.0 * size && full
            || full && line.begins_lower() && !last.ends_sentence();
        full && aligned
    }

    /// Whether white space, however little, parts a new sentence from the lines before it: within a paragraph baselines keep
    /// their distance.
    fn is_set_off(&self, line: &TextLine, leading: f32) -> bool {
        let Some(last) = self.lines.last() else { return false };
        let above = self.lines.len().checked_sub(2).and_then(|at| self.lines.get(at));
        let pitch = above.map_or(leading * last.size, |above| last.y - above.y);
        last.ends_sentence() && !line.begins_lower() && line.y - last.y > pitch + SPACING * last.size
    }

    /// Whether `next`, the first paragraph of the next page, goes on where this one ends.
    pub(super) fn continues_in(&self, next: &Self) -> bool {
        let (Some(last), Some(line)) = (self.lines.last(), next.lines.first()) else { return false };
        last.is_full(line, self.margin)
            && !last.ends_sentence()
            && line.begins_lower()
            && line.bullet.is_none()
            && line.bold == last.bold
            && (line.size - last.size).abs() < 0.08 * line.size
            && !line.text.contains('\t')
    }

    /// The text line by line; a title, bold and no sentence, is one line, however wide the page. Where its line ends in a
    /// hyphen the line feed stays, since only the language tells whether the hyphen is the word's own.
    pub(super) fn text(&self) -> String {
        let is_title = self.bold() && self.lines.last().is_some_and(|line| !line.text.ends_with('.'));
        self.joined(|_| is_title)
    }

    /// The text of a heading: a line that begins in lower case goes on with the one before.
    pub(super) fn heading(&self) -> String {
        if self.bold() { self.text() } else { self.joined(TextLine::begins_lower) }
    }

    fn joined(&self, goes_on: impl Fn(&TextLine) -> bool) -> String {
        let mut text = String::new();
        for line in &self.lines {
            if !text.is_empty() {
                text.push(if goes_on(line) && !text.ends_with('-') { ' ' } else { '\n' });
            }
            text.push_str(line.text.trim());
        }
        text
    }

    pub(super) fn area(&self) -> Area {
        self.lines.iter().fold(Area::EMPTY, |area, line| area.union(line.area))
    }

    pub(super) fn size(&self) -> f32 {
        self.lines.first().map_or(0.0, |line| line.size)
    }

    pub(super) fn bold(&self) -> bool {
        self.lines.iter().all(|line| line.bold)
    }

    pub(super) fn italic(&self) -> bool {
        self.lines.iter().all(|line| line.italic)
    }

    pub(super) fn bullet(&self) -> Option<&str> {
        self.lines.first()?.bullet.as_deref()
    }
}

fn is_bullet(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return false };
    matches!(
        c,
        '•' | '◦'
            | '▪'
            | '▫'
            | '●'
            | '○'
            | '■'
            | '□'
            | '◆'
            | '❖'
            | '➢'
            | '➤'
            | '►'
            | '✓'
            | '·'
            | '–'
            | '—'
            | '-'
            | '*'
            | '‣'
            | '⁃'
    ) || ('\u{F000}'..='\u{F0FF}').contains(&c)
}

/// The length in bytes of a typed number or letter at the head of a line: `1.`, `12)`, `a)`, `3.1`, `3.1.2.`.
pub(super) fn typed_mark(text: &str) -> Option<usize> {
    let end = text.find([' ', '\t', '\u{A0}'])?;
    let mark = text.get(..end)?;
    let body = mark.trim_start_matches('(').trim_end_matches(['.', ')']);
    let closed = body.len() < mark.len();
    let mut parts = body.split('.');
    let digits = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let letter = body.chars().count() == 1 && body.chars().all(char::is_alphabetic);
    let numbers = parts.clone().count();
    let numbered = parts.all(digits) && (closed || numbers > 1) && numbers <= 5;
    (numbered && !is_date(body) || letter && closed).then_some(end)
}

/// `12.05`, `12.5.03`: day and month with no list about them.
fn is_date(body: &str) -> bool {
    let parts: Vec<&str> = body.split('.').collect();
    matches!(parts.as_slice(), [day, month, year] if day.len() == 2 && month.len() == 2 && year.len() >= 2)
}

/// Whether the line begins with a short label and a colon: `Møtested: Kommunehuset`.
pub(super) fn has_label(text: &str) -> bool {
    let Some((label, rest)) = text.split_once(':') else { return false };
    let label = label.trim_end();
    (rest.is_empty() || rest.starts_with([' ', '\t', '\u{A0}']))
        && label.chars().count() <= 32
        && label.split_whitespace().count() <= 4
        && label.chars().next().is_some_and(char::is_uppercase)
        && label.chars().all(|c| c.is_alphabetic() || " -./()\u{A0}".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_dates_and_words() {
        for (text, marked) in [
            ("1. Saken", true),
            ("a) Saken", true),
            ("3.1.2 Saken", true),
            ("12.05.2003 ble", false),
            ("2003 ble", false),
            ("i dag", false),
            ("Saken gjelder", false),
        ] {
            assert_eq!(typed_mark(text).is_some(), marked, "{text}");
        }
        assert!(has_label("Møtested: Kommunehuset"));
        assert!(has_label("Møtedato:\t12.5"));
        assert!(!has_label("kl. 18:00"));
        assert!(!has_label("Dette er en lengre setning som slutter slik: ja"));
    }
}
