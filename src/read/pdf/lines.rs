//! Glyphs to words to lines.

use std::collections::HashMap;

use super::fonts::{FontStyle, Fonts, GlyphText};
use super::geometry::{Area, Turn};
use super::interpret::{Glyph, PageContent};

/// The width of a space, in em, where none is seen.
pub(super) const SPACE: f32 = 0.25;
/// A gap wider than this, in em, parts two words.
const WORD_GAP: f32 = 0.12;
/// A gap wider than this, in em, is like a tab.
const TAB_GAP: f32 = 1.0;

/// The mark of a note and an exponent are no longer than this.
const MARK: usize = 2;

/// Digits parted by a gap wider than this, in em, are two numbers.
const GROUP_GAP: f32 = 0.6;

/// Glyphs that stand close together, as one string.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The baseline.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) style: FontStyle,
    pub(super) pagination: bool,
    /// A space follows in the file.
    pub(super) spaced: bool,
}

impl Word {
    pub(super) fn area(&self) -> Area {
        Area { x0: self.x0, y0: self.y - 0.75 * self.size, x1: self.x1, y1: self.y + 0.22 * self.size }
    }
}

/// Words on one baseline, from left to right.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) words: Vec<Word>,
    pub(super) y: f32,
    /// The size most of its letters have.
    pub(super) size: f32,
}

/// A stretch of a line without a tab-like gap: word indices from, to (exclusive).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Segment {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) x0: f32,
    pub(super) x1: f32,
}

/// The words of a page in one direction of writing, turned upright.
#[derive(Debug, Default)]
pub(super) struct Direction {
    pub(super) turn: Turn,
    pub(super) words: Vec<Word>,
}

/// Counts of a page's characters, without white space.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(super) struct Counts {
    pub(super) characters: usize,
    pub(super) invisible: usize,
    pub(super) unknown: usize,
}

/// The words of a page by direction, the direction with the most text first.
pub(super) fn words(page: &PageContent, fonts: &Fonts<'_>) -> (Vec<Direction>, Counts) {
    let mut directions: Vec<(Direction, Builder)> = Vec::new();
    let mut counts = Counts::default();
    let swapped = has_swapped_bytes(&page.glyphs);
    for glyph in &page.glyphs {
        let text = Piece::of(&glyph.text, swapped);
        let at = match directions.iter().position(|(_, b)| b.angle == glyph.angle) {
            Some(at) => at,
            None => {
                let turn = Turn::new(glyph.angle, page.width, page.height);
                let builder = Builder { angle: glyph.angle, turn, ..Builder::default() };
                directions.push((Direction { turn, words: Vec::new() }, builder));
                directions.len() - 1
            }
        };
        let Some((direction, builder)) = directions.get_mut(at) else { continue };
        let style = fonts.get(usize::from(glyph.font)).map(|font| font.style).unwrap_or_default();
        let added = builder.add(glyph, text.as_str(), style, &mut direction.words);
        counts.characters += added;
        if glyph.invisible {
            counts.invisible += added;
        }
        if text.as_str() == "\u{FFFD}" {
            counts.unknown += added;
        }
    }
    let mut directions: Vec<Direction> = directions
        .into_iter()
        .map(|(mut direction, builder)| {
            builder.finish(&mut direction.words);
            counts.characters -= drop_doubles(&mut direction.words);
            direction
        })
        .filter(|d| !d.words.is_empty())
        .collect();
    directions.sort_by_key(|d| std::cmp::Reverse(d.words.iter().map(|w| w.text.len()).sum::<usize>()));
    (directions, counts)
}

/// Removes words printed a second time a little aside, which makes them bold; returns how many characters that were.
fn drop_doubles(words: &mut Vec<Word>) -> usize {
    let mut places: HashMap<String, Vec<usize>> = HashMap::with_capacity(words.len());
    let mut doubles = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let same = places.entry(word.text.clone()).or_default();
        let aside = 0.2 * word.size.min(word.x1 - word.x0);
        let near = |i: &&usize| {
            words.get(**i).is_some_and(|w| (w.x0 - word.x0).abs() < aside && (w.y - word.y).abs() < 0.2 * word.size)
        };
        match same.iter().find(near) {
            Some(first) => doubles.push((*first, at)),
            None => same.push(at),
        }
    }
    let mut removed = 0;
    for (first, double) in doubles.into_iter().rev() {
        removed += visible(&words.remove(double).text);
        if let Some(word) = words.get_mut(first) {
            word.style.bold = true;
        }
    }
    removed
}

/// How many characters the text shows; a soft hyphen mostly does not.
fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{AD}').count()
}

/// Some writers swap the bytes of their Unicode maps for ligatures (Ghostscript 10): `t` comes as U+7400. True where
/// single characters of that form are such, because the page is in Latin script otherwise.
fn has_swapped_bytes(glyphs: &[Glyph]) -> bool {
    let (mut latin, mut other) = (0usize, 0usize);
    for c in glyphs.iter().filter_map(|g| match g.text {
        GlyphText::Char(c) => Some(c),
        GlyphText::Text(_) => None,
    }) {
        match c as u32 {
            0x41..=0x24F => latin += 1,
            0x2E80.. if swapped(c).is_none() && c != char::REPLACEMENT_CHARACTER => other += 1,
            _ => {}
        }
    }
    latin > 20 * other
}

fn swapped(c: char) -> Option<char> {
    let code = c as u32;
    let high = code >> 8;
    let letter = matches!(high, 0x41..=0x5A | 0x61..=0x7A | 0xC5 | 0xC6 | 0xD8 | 0xE5 | 0xE6 | 0xF8);
    (code & 0xFF == 0 && code <= 0xFFFF && letter).then(|| char::from_u32(high)).flatten()
}

/// The text of a glyph after repair.
enum Piece<'g> {
    Shared(&'g str),
    Own(String),
}

impl<'g> Piece<'g> {
    fn of(text: &'g GlyphText, swaps: bool) -> Self {
        match text {
            GlyphText::Char(c) => Self::Own(if swaps { swapped(*c).unwrap_or(*c) } else { *c }.to_string()),
            GlyphText::Text(s) if s.chars().count() > 1 && s.chars().all(|c| swapped(c).is_some()) => {
                Self::Own(s.chars().filter_map(swapped).collect())
            }
            GlyphText::Text(s) => Self::Shared(s),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Shared(s) => s,
            Self::Own(s) => s,
        }
    }
}

/// Joins glyphs to words in the order of the content stream.
#[derive(Default)]
struct Builder {
    angle: i16,
    turn: Turn,
    word: Option<Word>,
    /// Where the last glyph began, and what it said.
    last: Option<(f32, String)>,
    spacing: f32,
}

impl Builder {
    /// Adds a glyph; returns how many characters it brought.
    fn add(&mut self, glyph: &Glyph, text: &str, style: FontStyle, words: &mut Vec<Word>) -> usize {
        let ((x0, y), (x1, _)) = (self.turn.point(glyph.from), self.turn.point(glyph.to));
        let (x0, x1) = (x0.min(x1), x0.max(x1));
        // A single no-break space may stand inside a number; it is a space at the ends of a word.
        if text.chars().all(char::is_whitespace) {
            let Some(word) = &mut self.word else { return 0 };
            word.spaced = true;
            let no_break = matches!(text, "\u{A0}" | "\u{202F}") && !word.text.ends_with(text);
            if no_break && (x0 - word.x1).abs() < 0.3 * word.size && word.style == style {
                word.text.push_str(text);
                self.last = None;
                word.x1 = x1;
                return 0;
            }
            self.close(words);
            return 0;
        }
        let size = glyph.size;
        if let (Some(word), Some((last_x, last_text))) = (&mut self.word, &self.last)
            && last_text == text
            && (x0 - last_x).abs() < 0.2 * (x1 - x0)
            && (y - word.y).abs() < 0.15 * size
        {
            // The same letter again, a little aside: bold by printing twice.
            word.style.bold = true;
            return 0;
        }
        let characters = visible(text);
        if let Some(word) = &mut self.word {
            let gap = x0 - word.x1;
            let em = size.max(word.size);
            let spacing = self.spacing.clamp(0.0, 0.25 * em);
            let joined = (y - word.y).abs() < 0.1 * em
                && (size - word.size).abs() < 0.2 * em
                && gap - spacing < WORD_GAP * em
                && gap > -0.5 * em
                && !(word.spaced && word.text.ends_with(['\u{A0}', '\u{202F}']) && gap > 0.1 * em);
            if joined && combine(&mut word.text, text, gap, em) {
                word.x1 = word.x1.max(x1);
                self.last = None;
                return 0;
            }
            if joined {
                word.text.push_str(text);
                word.spaced = false;
                word.x1 = word.x1.max(x1);
                word.style.bold &= style.bold;
                word.style.italic &= style.italic;
                word.pagination &= glyph.pagination;
                self.last = Some((x0, text.to_owned()));
                self.spacing = glyph.spacing;
                return characters;
            }
            self.close(words);
        }
        self.word =
            Some(Word { text: text.to_owned(), x0, x1, y, size, style, pagination: glyph.pagination, spaced: false });
        self.last = Some((x0, text.to_owned()));
        self.spacing = glyph.spacing;
        characters
    }

    fn close(&mut self, words: &mut Vec<Word>) {
        self.last = None;
        let Some(mut word) = self.word.take() else { return };
        let trimmed = word.text.trim_end();
        if trimmed.len() < word.text.len() {
            word.spaced = true;
            word.text.truncate(trimmed.len());
        }
        if !word.text.is_empty() {
            words.push(word);
        }
    }

    fn finish(mut self, words: &mut Vec<Word>) {
        self.close(words);
    }
}

/// TeX prints accents as letters of their own, on top of or below another: makes one character of the two.
fn combine(word: &mut String, text: &str, gap: f32, em: f32) -> bool {
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return false };
    let Some(last) = word.chars().next_back() else { return false };
    let (base, accent) = match (combining(last), combining(c)) {
        (Some(accent), None) if c.is_alphabetic() => (c, accent),
        (None, Some(accent)) if last.is_alphabetic() => (last, accent),
        _ => return false,
    };
    if gap > -0.15 * em {
        return false;
    }
    let base = if base == 'ı' { 'i' } else { base };
    let Some(composed) = unicode_normalization::char::compose(base, accent) else { return false };
    word.pop();
    word.push(composed);
    true
}

fn combining(c: char) -> Option<char> {
    Some(match c {
        '`' => '\u{300}',
        '´' => '\u{301}',
        'ˆ' => '\u{302}',
        '˜' => '\u{303}',
        '¨' => '\u{308}',
        '˚' => '\u{30A}',
        '¸' => '\u{327}',
        'ˇ' => '\u{30C}',
        '\u{300}'..='\u{36F}' => c,
        _ => return None,
    })
}

/// Words to lines, from top to bottom.
pub(super) fn lines(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Line> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if (word.y - line.y).abs() <= 0.25 * word.size.min(line.size) => line.words.push(word),
            _ => lines.push(Line { y: word.y, size: word.size, words: vec![word] }),
        }
    }
    for line in &mut lines {
        line.settle();
    }
    let mut merged: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match merged.last_mut() {
            Some(last) if last.shares_height(&line) => last.absorb(line),
            _ => merged.push(line),
        }
    }
    merged
}

impl Line {
    fn settle(&mut self) {
        self.words.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let letters = |of: &Word| -> usize {
            self.words.iter().filter(|w| (w.size - of.size).abs() < 0.25).map(|w| w.text.len()).sum()
        };
        if let Some((y, size)) = self.words.iter().max_by_key(|w| letters(w)).map(|w| (w.y, w.size)) {
            (self.y, self.size) = (y, size);
        }
    }

    /// Whether `other`, the next line, belongs beside this one: raised or lowered letters, or a value set a little higher
    /// than its label. Lines of which some words stand above each other do not.
    fn shares_height(&self, other: &Self) -> bool {
        let (a, b) = (self.area(), other.area());
        let shared = a.y1.min(b.y1) - a.y0.max(b.y0);
        shared > 0.55 * a.height().min(b.height())
            && !self
                .words
                .iter()
                .any(|w| other.words.iter().any(|v| w.x0.max(v.x0) + 0.2 * w.size.min(v.size) < w.x1.min(v.x1)))
    }

    fn absorb(&mut self, other: Self) {
        self.words.extend(other.words);
        self.settle();
    }

    pub(super) fn area(&self) -> Area {
        self.words.iter().fold(Area::EMPTY, |area, word| area.union(word.area()))
    }

    pub(super) fn x0(&self) -> f32 {
        self.words.first().map_or(0.0, |w| w.x0)
    }

    pub(super) fn x1(&self) -> f32 {
        self.words.iter().map(|w| w.x1).fold(f32::MIN, f32::max)
    }

    /// All letters are bold, or italic.
    pub(super) fn style(&self) -> (bool, bool) {
        let all =
            |set: fn(&Word) -> bool| self.words.iter().filter(|w| w.text.chars().any(char::is_alphanumeric)).all(set);
        let any = self.words.iter().any(|w| w.text.chars().any(char::is_alphanumeric));
        (any && all(|w| w.style.bold), any && all(|w| w.style.italic))
    }

    /// The stretches between tab-like gaps.
    pub(super) fn segments(&self) -> Vec<Segment> {
        let gaps: Vec<f32> = self.words.windows(2).map(|pair| pair[1].x0 - pair[0].x1).collect();
        let (tab, digits) = self.tab_gaps(&gaps);
        let mut segments: Vec<Segment> = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            let gap = at.checked_sub(1).and_then(|i| Some((gaps.get(i)?, self.words.get(i)?)));
            let joined = |(gap, last): (&f32, &Word)| *gap <= if between_numbers(last, word) { digits } else { tab };
            match segments.last_mut() {
                Some(segment) if gap.is_none_or(joined) => {
                    segment.to = at + 1;
                    segment.x1 = segment.x1.max(word.x1);
                }
                _ => segments.push(Segment { from: at, to: at + 1, x0: word.x0, x1: word.x1 }),
            }
        }
        segments
    }

    /// The widest gap that is still a space, and the widest within a number printed in groups. A line whose spaces are
    /// all about equally wide is justified.
    fn tab_gaps(&self, gaps: &[f32]) -> (f32, f32) {
        let fixed = self.words.iter().all(|w| w.style.fixed);
        let tab = self.size * if fixed { 1.4 } else { TAB_GAP };
        let group = self.size * if fixed { 1.0 } else { GROUP_GAP };
        let mut sorted: Vec<f32> = gaps.to_vec();
        sorted.sort_by(f32::total_cmp);
        let (Some(middle), Some(widest)) = (sorted.get(sorted.len() / 2), sorted.last()) else { return (tab, group) };
        if sorted.len() >= 3 && *widest < 2.5 * self.size && *widest < 1.6 * middle {
            (tab.max(*widest), tab.max(*widest))
        } else {
            (tab, group.min(tab))
        }
    }

    /// Where the words begin again after the widest gap, where this is clearly wider than the line's spaces.
    pub(super) fn after_widest_gap(&self) -> Option<f32> {
        let gaps = self.words.windows(2).map(|pair| (pair[1].x0 - pair[0].x1, pair[1].x0));
        let (widest, place) = gaps.clone().max_by(|a, b| a.0.total_cmp(&b.0))?;
        let mut others: Vec<f32> = gaps.map(|(gap, _)| gap).collect();
        others.sort_by(f32::total_cmp);
        let middle = others.get(others.len() / 2)?;
        (others.len() > 2 && widest > 1.5 * middle).then_some(place)
    }

    /// How far right the line above would have to reach for the first word of this one, which goes on with its sentence.
    pub(super) fn needed_above(&self, above: &Self) -> Option<f32> {
        let first = self.words.first()?;
        let pitch = (self.y - above.y) / self.size.max(1.0);
        let wrapped = first.text.starts_with(char::is_lowercase)
            && (0.5..2.5).contains(&pitch)
            && (self.x0() - above.x0()).abs() < 0.3 * self.size
            && self.segments().len() == 1
            && above.segments().len() == 1;
        wrapped.then(|| above.x1() + SPACE * self.size + first.x1 - first.x0)
    }

    /// Whether the word is small and stands above the baseline: the mark of a note, an exponent.
    pub(super) fn is_raised(&self, word: &Word) -> bool {
        word.size < 0.85 * self.size && word.y < self.y - 0.1 * self.size
    }

    /// The text of a segment, words parted by spaces as the page shows them. Raised digits stay apart from the number
    /// that they follow (`1998¹`).
    pub(super) fn segment_text(&self, segment: &Segment) -> String {
        let mut text = String::new();
        let mut last: Option<&Word> = None;
        for word in self.words.get(segment.from..segment.to).unwrap_or_default() {
            if let Some(last) = last
                && (word.x0 - last.x1 > WORD_GAP * word.size.min(last.size)
                    || last.spaced && word.x0 - last.x1 > 0.02 * word.size)
            {
                text.push(' ');
            }
            if word.text.len() <= MARK && self.is_raised(word) {
                text.extend(word.text.chars().map(superscript));
            } else {
                text.push_str(&word.text);
            }
            last = Some(word);
        }
        without_soft_hyphens(text)
    }

    /// The whole text, tab-like gaps as TAB.
    pub(super) fn text(&self) -> String {
        let texts: Vec<String> = self.segments().iter().map(|s| self.segment_text(s)).collect();
        texts.join("\t")
    }
}

fn superscript(c: char) -> char {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    c.to_digit(10).and_then(|digit| DIGITS.get(digit as usize)).copied().unwrap_or(c)
}

fn between_numbers(a: &Word, b: &Word) -> bool {
    let number = |w: &Word| w.text.chars().all(|c| c.is_ascii_digit() || ".,-+%()".contains(c)) && has_digit(&w.text);
    number(a) && number(b)
}

pub(super) fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// A soft hyphen shows at the end of a line only.
fn without_soft_hyphens(text: String) -> String {
    if !text.contains('\u{AD}') {
        return text;
    }
    let shown = text.ends_with('\u{AD}');
    let mut text = text.replace('\u{AD}', "");
    if shown {
        text.push('-');
    }
    text
}
