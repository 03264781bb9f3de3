//! Lines of blocks with a folded form beside them, for matching: the block text itself is never changed.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::document::{Block, BlockKind, Cell, Span};
use crate::lang::{ColumnHead, Field, Likely, Patterns, Stirred, lexicon};

use super::cue::{self, CaseHead, Label, Title};
use super::field::Found;

/// So many dots at least lead to the next column.
pub const LEADER: &str = "....";

/// A text in lower case, without letter-spacing, soft hyphens and typographic variants, with the way back to the source.
#[derive(Debug, Default, Clone)]
pub struct Folded {
    /// The folded text. TAB stands for a TAB, for three or more spaces, or for a row of dots.
    pub text: String,
    /// Where the stretches of `text` came from, in order.
    stretches: Vec<Stretch>,
    /// There are no stretches: who asked wants the text alone.
    is_text: bool,
}

/// A piece of a folded text, up to the next one.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// Byte offset in the folded text.
    text: u32,
    /// Byte offset in the source.
    from: u32,
    /// The end in the source, where the piece is not as long as there, character by character.
    to: Option<u32>,
}

/// White space while a text is folded.
#[derive(Default)]
struct Gap {
    spaces: u32,
    /// The last one, where it begins and ends.
    last: (usize, usize),
    tab: bool,
}

impl Gap {
    fn take(&mut self, c: char, at: usize, end: usize) {
        self.spaces += 1;
        self.last = (at, end);
        self.tab |= c == '\t';
    }
}

impl Folded {
    /// Folds `source`.
    #[must_use]
    pub fn new(source: &str) -> Self {
        Self { text: String::with_capacity(source.len()), ..Self::default() }.fold(source)
    }

    /// The folded text of `source` without the way back.
    #[must_use]
    pub fn text_of(source: &str) -> String {
        Self { text: String::with_capacity(source.len()), is_text: true, ..Self::default() }.fold(source).text
    }

    fn fold(self, source: &str) -> Self {
        let mut folded = self;
        let mut gap = Gap::default();
        let bytes = source.as_bytes();
        let mut next = 0;
        while let Some(c) = source[next..].chars().next() {
            let at = next;
            let mut end = at + c.len_utf8();
            next = end;
            if c == '\n' && folded.breaks_word(&source[next..]) {
                folded.text.pop();
                next = source.len() - source[next..].trim_start().len();
                continue;
            }
            if c.is_whitespace() {
                gap.take(c, at, end);
                continue;
            }
            if c == '\u{ad}' || c == '\u{200b}' || c == '\u{feff}' {
                continue;
            }
            if opens_leader(&bytes[at..]) {
                let dots = bytes[at..].iter().take_while(|b| **b == b'.').count();
                next = at + dots;
                gap.tab = true;
                gap.take('.', at, next);
                continue;
            }
            folded.close(&mut gap);
            if c.is_ascii() {
                // The last sign of such a stretch may bear the mark that follows.
                let plain = plain_length(&bytes[at..]);
                let bears = bytes.get(at + plain).is_some_and(|b| !b.is_ascii());
                let plain = plain - usize::from(bears && plain > 0);
                if plain > 0 {
                    folded.push_plain(&source[at..at + plain], at);
                    next = at + plain;
                    continue;
                }
            }
            let mut c = c;
            if let Some(mark) = source[next..].chars().next().filter(|mark| !mark.is_ascii())
                && let Some(composed) = compose(c, mark)
            {
                c = composed;
                end += mark.len_utf8();
                next = end;
            }
            match c {
                '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-', at, end),
                '«' | '»' | '“' | '”' | '„' => folded.push('"', at, end),
                '’' | '‘' | '´' => folded.push('\'', at, end),
                '\u{fb00}' => folded.push_str("ff", at, end),
                '\u{fb01}' => folded.push_str("fi", at, end),
                '\u{fb02}' => folded.push_str("fl", at, end),
                '\u{fb03}' => folded.push_str("ffi", at, end),
                '\u{fb04}' => folded.push_str("ffl", at, end),
                c if c.is_ascii() => folded.push(c.to_ascii_lowercase(), at, end),
                'ß'..='ö' | 'ø'..='ÿ' => folded.push(c, at, end),
                c => {
                    for lower in c.to_lowercase() {
                        folded.push(lower, at, end);
                    }
                }
            }
        }
        folded.close_letter_spacing();
        folded
    }

    /// Whether a hyphen at the end of a line divides a word that goes on in `rest`. Before a conjunction it stays: `helse-` and
    /// on the next line `og sosialutvalget`.
    fn breaks_word(&self, rest: &str) -> bool {
        let word = rest.split_whitespace().next().unwrap_or_default();
        self.text.strip_suffix('-').is_some_and(|before| before.ends_with(char::is_alphabetic))
            && word.starts_with(char::is_lowercase)
            && !lexicon().is_particle("conjunctions", word)
    }

    /// Sets down the white space before a sign that shows.
    fn close(&mut self, gap: &mut Gap) {
        if gap.spaces > 0 && !self.text.is_empty() {
            let (from, to) = gap.last;
            self.push(if gap.tab || gap.spaces >= 3 { '\t' } else { ' ' }, from, to);
            if gap.spaces == 2 && !gap.tab {
                self.push(' ', from, to);
            }
        }
        *gap = Gap::default();
    }

    /// Appends ASCII with no white space but single spaces that stands at `at` in the source.
    fn push_plain(&mut self, plain: &str, at: usize) {
        let from = self.text.len();
        self.text.push_str(plain);
        self.text[from..].make_ascii_lowercase();
        self.mark(from, at, at + plain.len());
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        let from = self.text.len();
        self.text.push(c);
        self.mark(from, start, end);
    }

    fn push_str(&mut self, s: &str, start: usize, end: usize) {
        let from = self.text.len();
        self.text.push_str(s);
        self.mark(from, start, end);
    }

    /// Notes where what was appended from `text` on came from.
    fn mark(&mut self, text: usize, start: usize, end: usize) {
        if self.is_text {
            return;
        }
        let is_as_long = self.text.len() - text == end - start;
        let goes_on = |s: &Stretch| s.to.is_none() && (s.from as usize) + text - (s.text as usize) == start;
        if !(is_as_long && self.stretches.last().is_some_and(goes_on)) {
            let to = (!is_as_long).then_some(end as u32);
            self.stretches.push(Stretch { text: text as u32, from: start as u32, to });
        }
    }

    /// Where a byte of the folded text came from.
    fn place(&self, at: usize) -> (usize, usize) {
        let after = self.stretches.partition_point(|s| (s.text as usize) <= at);
        let Some(stretch) = after.checked_sub(1).map(|i| self.stretches[i]) else { return (0, 0) };
        let from = stretch.from as usize;
        stretch.to.map_or_else(
            || (from + at - stretch.text as usize, from + at - stretch.text as usize + 1),
            |to| (from, to as usize),
        )
    }

    /// Joins runs of three or more single letters, set apart by single spaces, into words: `s a k  4/88` → `sak  4/88`.
    fn close_letter_spacing(&mut self) {
        let mut singles = 0;
        let is_spaced = self.text.as_bytes().split(|b| matches!(b, b' ' | b'\t')).any(|token| {
            let is_single = matches!(
                (token.first(), token.len()),
                (Some(0..0x80), 1) | (Some(0xc0..0xe0), 2) | (Some(0xe0..0xf0), 3) | (Some(0xf0..), 4)
            );
            singles = if is_single { singles + 1 } else { 0 };
            singles >= 3
        });
        if !is_spaced {
            return;
        }
        let mut drop: Vec<usize> = Vec::new();
        let mut run: Vec<usize> = Vec::new();
        let mut letters = 0;
        // A word was letter-spaced, and a number after it is too: `S A K   4 1 / 7 9`.
        let mut spaced = false;
        let mut tokens = Vec::new();
        let mut start = 0;
        for (at, c) in self.text.char_indices().chain(std::iter::once((self.text.len(), ' '))) {
            if c == ' ' || c == '\t' {
                tokens.push((start, at));
                start = at + 1;
            }
        }
        for (i, &(from, to)) in tokens.iter().enumerate() {
            let token = &self.text[from..to];
            let single = token.chars().count() == 1
                && token.chars().all(|c| {
                    c.is_alphabetic() || ((letters > 0 || spaced) && (c.is_ascii_digit() || "/:-".contains(c)))
                });
            let glued = i > 0 && tokens[i - 1].1 + 1 == from && from > 0 && self.text.as_bytes()[from - 1] == b' ';
            if single && letters > 0 && glued {
                run.push(from - 1);
                letters += 1;
            } else {
                if letters >= 3 {
                    drop.append(&mut run);
                    spaced = true;
                }
                run.clear();
                letters = usize::from(single && (spaced || token.chars().all(char::is_alphabetic)));
            }
        }
        if letters >= 3 {
            drop.append(&mut run);
        }
        if drop.is_empty() {
            return;
        }
        let mut closed =
            Self { text: String::with_capacity(self.text.len()), is_text: self.is_text, ..Self::default() };
        let mut drops = drop.into_iter().peekable();
        for (at, c) in self.text.char_indices() {
            if drops.next_if_eq(&at).is_none() {
                closed.push(c, self.place(at).0, self.place(at + c.len_utf8() - 1).1);
            }
        }
        *self = closed;
    }

    /// The range of the source that `start..end` of the folded text came from.
    #[must_use]
    pub fn source(&self, start: usize, end: usize) -> (usize, usize) {
        if start >= end || end > self.text.len() {
            let is_inside = start < self.text.len();
            let at = if is_inside {
                self.place(start).0
            } else {
                self.text.len().checked_sub(1).map_or(0, |last| self.place(last).1)
            };
            return (at, at);
        }
        (self.place(start).0, self.place(end - 1).1)
    }

    /// The byte offset in the folded text of the first character that came from `source_at` or later in the source.
    #[must_use]
    pub fn at(&self, source_at: usize) -> usize {
        let after = self.stretches.partition_point(|s| (s.from as usize) < source_at);
        let end = self.stretches.get(after).map_or(self.text.len(), |s| s.text as usize);
        let last = after.checked_sub(1).map(|i| self.stretches[i]).filter(|s| s.to.is_none());
        let mut at = last.map_or(end, |s| end.min(s.text as usize + source_at - s.from as usize));
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// The length of the words with single spaces between them that ASCII begins with, up to a row of dots.
fn plain_length(bytes: &[u8]) -> usize {
    let is_graphic = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_graphic);
    let goes_on = |(at, byte): (usize, &u8)| match byte {
        b' ' => at > 0 && is_graphic(at - 1) && is_graphic(at + 1) && !opens_leader(&bytes[at + 1..]),
        b'.' => !opens_leader(&bytes[at..]),
        byte => byte.is_ascii_graphic(),
    };
    bytes.iter().enumerate().position(|at| !goes_on(at)).unwrap_or(bytes.len())
}

/// Whether a row of dots begins that leads to the next column: `Eva Lie ......... leder`.
fn opens_leader(bytes: &[u8]) -> bool {
    bytes.starts_with(LEADER.as_bytes())
}

/// Base letter and combining mark as one letter, for the letters of the Nordic languages.
fn compose(base: char, mark: char) -> Option<char> {
    let mark_index = match mark {
        '\u{30a}' => 0,
        '\u{308}' => 1,
        '\u{301}' => 2,
        '\u{300}' => 3,
        _ => return None,
    };
    let row = match base {
        'a' => ['å', 'ä', 'á', 'à'],
        'A' => ['Å', 'Ä', 'Á', 'À'],
        'o' => ['o', 'ö', 'ó', 'ò'],
        'O' => ['O', 'Ö', 'Ó', 'Ò'],
        'e' => ['e', 'ë', 'é', 'è'],
        'E' => ['E', 'Ë', 'É', 'È'],
        'u' => ['ů', 'ü', 'ú', 'ù'],
        _ => return None,
    };
    Some(row[mark_index])
}

/// One line of a block, or one row of a table.
#[derive(Debug)]
pub struct Line<'a> {
    /// The block.
    pub block: u32,
    /// Byte offset of `raw` in the block's text.
    pub start: usize,
    /// The line without white space at its ends.
    pub raw: &'a str,
    /// The folded form of `raw`.
    pub folded: Folded,
    /// The block's kind.
    pub kind: BlockKind,
    /// The block's automatic number.
    pub label: Option<&'a str>,
    /// All of the block is bold.
    pub bold: bool,
    /// The line goes on where the page's width broke the one before.
    pub continues: bool,
    /// The page's width broke the line: the next one goes on with it.
    pub breaks: bool,
    /// The block's first line.
    pub first: bool,
    /// A page break stands before it.
    pub page_break: bool,
    /// The cells, for a row of a table.
    pub cells: Option<&'a [Cell]>,
    /// What the head of the table's column says that the line holds.
    pub under: Option<Field>,
    /// See [`super::field::fields`].
    pub(super) fields: OnceCell<Vec<Found>>,
    /// See [`super::cue::label_of`].
    pub(super) cue: OnceCell<Option<Label>>,
    /// See [`super::cue::title`].
    pub(super) title: OnceCell<Option<Title>>,
    /// See [`super::attendance::columns`].
    pub(super) columns: OnceCell<Option<Vec<Option<ColumnHead>>>>,
    /// See [`super::cue::case_head`].
    pub(super) case_head: OnceCell<Option<CaseHead>>,
    /// See [`Line::is_caps`].
    pub(super) caps: OnceCell<bool>,
    /// See [`Line::likely`].
    pub(super) stirred: OnceCell<Stirred>,
}

impl<'a> Line<'a> {
    /// A piece of the line as text of its own, from byte `start` of the block on.
    #[must_use]
    pub fn piece(&self, start: usize, raw: &'a str) -> Self {
        Self {
            start,
            raw,
            folded: Folded::new(raw),
            cells: None,
            fields: OnceCell::new(),
            cue: OnceCell::new(),
            title: OnceCell::new(),
            columns: OnceCell::new(),
            case_head: OnceCell::new(),
            caps: OnceCell::new(),
            stirred: OnceCell::new(),
            ..*self
        }
    }
}

impl Line<'_> {
    /// The span of the whole line.
    #[must_use]
    pub fn span(&self) -> Span {
        Span { block: self.block, start: self.start, end: self.start + self.raw.len() }
    }

    /// The span of `start..end` of the folded text.
    #[must_use]
    pub fn span_of(&self, start: usize, end: usize) -> Span {
        let (from, to) = self.folded.source(start, end);
        Span { block: self.block, start: self.start + from, end: self.start + to }
    }

    /// `start..end` of the folded text as printed.
    #[must_use]
    pub fn printed(&self, start: usize, end: usize) -> String {
        let (from, to) = self.folded.source(start, end);
        self.raw.get(from..to).unwrap_or_default().to_owned()
    }

    /// The span of `start..end` of `raw`.
    #[must_use]
    pub fn raw_span(&self, start: usize, end: usize) -> Span {
        Span { block: self.block, start: self.start + start, end: self.start + end }
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.folded.text
    }

    /// The patterns of one of the lists that lines are watched for that may stand in some part of the line.
    #[must_use]
    pub fn likely<'p>(&self, list: &'p Patterns) -> Likely<'p> {
        self.stirred().of(list)
    }

    /// The patterns that lines are watched for that may stand in some part of the line.
    #[must_use]
    pub fn stirred(&self) -> &Stirred {
        self.stirred.get_or_init(|| lexicon().watch.look(self.text()))
    }

    /// Whether there are such patterns.
    #[must_use]
    pub fn may_say(&self, list: &Patterns) -> bool {
        self.likely(list).any()
    }

    /// Whether a pattern of such a list stands in the line.
    #[must_use]
    pub fn says(&self, list: &Patterns) -> bool {
        self.likely(list).is_match(self.text())
    }

    /// Whether a pattern of such a list stands at the start of the line.
    #[must_use]
    pub fn opens_with(&self, list: &Patterns) -> bool {
        self.likely(list).opens(self.text())
    }

    /// Whether the letters of the line are capitals (at least three of them).
    #[must_use]
    pub fn is_caps(&self) -> bool {
        *self.caps.get_or_init(|| {
            let letters = self.raw.chars().filter(|c| c.is_alphabetic());
            !self.raw.bytes().any(|b| b.is_ascii_lowercase())
                && letters.take(3).count() == 3
                && !self.raw.chars().any(char::is_lowercase)
        })
    }

    /// Whether the line stands out: a heading, bold, or in capitals.
    #[must_use]
    pub fn stands_out(&self) -> bool {
        self.kind == BlockKind::Heading || self.bold || self.is_caps()
    }
}

/// Whether a line with those before and after it that the page's width broke from it has fewer bytes than `limit`.
#[must_use]
pub fn is_shorter(lines: &[Line], at: usize, limit: usize) -> bool {
    let before = (0..at).rev().take_while(|i| lines[i + 1].continues);
    let after = (at + 1..lines.len()).take_while(|i| lines[*i].continues);
    let broken = before.chain(after).map(|i| 1 + lines[i].raw.len());
    let mut length = lines[at].raw.len();
    length < limit
        && broken.into_iter().all(|more| {
            length += more;
            length < limit
        })
}

/// A head over several lines has so many bytes at most.
const WRAPPED_HEAD: usize = 250;

/// The lines of the blocks that carry the document's own text: page heads and feet, notes and comments stay out.
#[must_use]
pub fn lines(blocks: &[Block]) -> Vec<Line<'_>> {
    lines_and(blocks, &BTreeSet::new())
}

/// These lines, and those of the page heads in `kept`.
#[must_use]
pub fn lines_and<'b>(blocks: &'b [Block], kept: &BTreeSet<u32>) -> Vec<Line<'b>> {
    let mut lines = Vec::with_capacity(blocks.len());
    let mut page_break = false;
    for block in blocks {
        page_break |= block.page_break;
        if !is_furniture(block) || kept.contains(&block.id) {
            let before = lines.len();
            lines.extend(of_block(block, page_break));
            page_break &= lines.len() == before;
        }
    }
    lines
}

/// The lines of these blocks whose folded text is `wanted`; only for them the way back is kept. Page breaks are not marked.
pub fn lines_where<'b>(blocks: &'b [Block], wanted: impl Fn(&str) -> bool + Copy) -> impl Iterator<Item = Line<'b>> {
    let own = blocks.iter().filter(|block| !is_furniture(block));
    own.flat_map(move |block| of_block_where(block, false, move |raw| wanted(&Folded::text_of(raw))))
}

fn is_furniture(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Header | BlockKind::Footer | BlockKind::Footnote | BlockKind::Comment)
        || block.kind == BlockKind::Paragraph && block.rows.is_none() && is_typed_page_head(block.text.trim())
}

/// A page head that was typed has so many bytes at most.
const LONGEST_PAGE_HEAD: usize = 110;

/// Whether a paragraph is the head or foot of a page that somebody typed: `- 2 -`, `Lund kommune, teknisk utvalg<TAB>Side 2`.
fn is_typed_page_head(text: &str) -> bool {
    if text.len() > LONGEST_PAGE_HEAD || !text.ends_with(|c: char| c.is_ascii_digit() || c == '-') {
        return false;
    }
    let number = |text: &str| text.trim().parse::<u16>().is_ok_and(|n| (2..1_000).contains(&n));
    let dash = |c: char| matches!(c, '-' | '–');
    if text.strip_prefix(dash).and_then(|rest| rest.strip_suffix(dash)).is_some_and(number) {
        return true;
    }
    let folded = Folded::text_of(text);
    let Some((head, page)) = folded.rsplit_once('\t').filter(|(head, _)| !head.contains('/')) else { return false };
    let names_page = page.trim_start_matches(['-', ' ']).split_once([' ', '.']).is_some_and(|(word, rest)| {
        let rest = rest.trim_start().split(' ').next().unwrap_or_default();
        lexicon().is_particle("page", word) && number(rest)
    });
    let names_owner = |word: &str| lexicon().is_body_word(word) || lexicon().organisations.contains(word);
    names_page && head.split([' ', ',', '\t']).any(names_owner)
}

/// The lines of a block; the first may stand after a page break.
pub fn of_block(block: &Block, page_break: bool) -> impl Iterator<Item = Line<'_>> {
    of_block_where(block, page_break, |_| true)
}

fn of_block_where(block: &Block, page_break: bool, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = Line<'_>> {
    let mut rows = block.rows.iter().flatten();
    let mut first = true;
    let head = wrapped_head(block);
    let (text, tail) = block.text.split_at(head.unwrap_or(block.text.len()));
    let mut at = 0;
    let pieces = text.split('\n').map(move |piece| {
        at += piece.len() + 1;
        (at - piece.len() - 1, piece)
    });
    let tail = head.map(|at| (at, tail));
    pieces.filter(move |_| head != Some(0)).chain(tail).filter_map(move |(at, piece)| {
        let cells = rows.next().map(Vec::as_slice);
        let raw = piece.trim();
        let start = at + (piece.len() - piece.trim_start().len());
        if raw.is_empty() && cells.is_none() {
            return None;
        }
        let is_first = std::mem::take(&mut first);
        wanted(raw).then(|| Line {
            block: block.id,
            start,
            raw,
            folded: Folded::new(raw),
            kind: block.kind,
            label: block.label.as_deref(),
            bold: block.style.bold,
            continues: block.wrapped && !is_first && head != Some(at),
            breaks: block.wrapped && at + piece.len() < text.trim_end().len(),
            first: is_first,
            page_break: page_break && is_first,
            cells,
            under: None,
            fields: OnceCell::new(),
            cue: OnceCell::new(),
            title: OnceCell::new(),
            columns: OnceCell::new(),
            case_head: OnceCell::new(),
            caps: OnceCell::new(),
            stirred: OnceCell::new(),
        })
    })
}

/// Where the head at the end of a block begins that stands after other sentences, or that the page's width broke, which is
/// one line: `Formannskapet rår kommunestyret til å gjøre⏎slikt vedtak:`.
fn wrapped_head(block: &Block) -> Option<usize> {
    let text = block.text.trim_end();
    if block.rows.is_some() || !text.ends_with(':') {
        return None;
    }
    let sentence = |at: usize| at + text[at..].len() - text[at..].trim_start().len();
    let start = text.rmatch_indices('.').map(|(at, _)| at + 1).find(|at| text[*at..].starts_with([' ', '\n']));
    let start = start.map_or(0, sentence);
    let tail = &text[start..];
    let is_head = if start == 0 { block.wrapped } else { announces(&Folded::text_of(tail)) };
    (tail.len() < WRAPPED_HEAD && is_head).then_some(start)
}

/// Whether a sentence announces a section, those who met, what someone proposes, or what was decided.
fn announces(text: &str) -> bool {
    let is_label =
        |l: &cue::Label| l.marked && l.value >= text.len() && (l.field.is_section() || l.field.is_attendance());
    cue::label(text).is_some_and(|l| is_label(&l))
        || lexicon().moved.is_match(text)
        || lexicon().resolved.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_closes_letter_spacing_and_maps_back() {
        for (source, folded) in [
            ("M Ø T E B O K", "møtebok"),
            ("S A K  8/88   Brøyting", "sak  8/88\tbrøyting"),
            ("S a k 1 8 / 9 2", "sak18/92"),
            ("S A K   4 1 / 7 9   Veg", "sak\t41/79\tveg"),
            ("i å ø", "iåø"),
            ("Sak A og B", "sak a og b"),
            ("Møte\u{ad}bok – «A»", "møtebok - \"a\""),
            ("A\u{30a}pning", "åpning"),
            ("Eva Lie ....... leder", "eva lie\tleder"),
            ("Åse Bø....leder.", "åse bø\tleder."),
        ] {
            let fold = Folded::new(source);
            assert_eq!(fold.text, folded, "{source}");
            assert_eq!(Folded::text_of(source), folded, "{source}");
            assert_eq!(fold.source(0, fold.text.len()), (0, source.len()), "{source}");
        }
        let soft = Folded::new("a \u{ad}b");
        assert_eq!((soft.text.as_str(), soft.source(1, 2)), ("a b", (1, 2)), "the space, not the middle of the hyphen");
        let fold = Folded::new("S A K  8/88");
        let at = fold.text.find('8').unwrap();
        assert_eq!(&"S A K  8/88"[fold.source(at, at + 4).0..], "8/88");
    }

    #[test]
    fn wanted_lines_are_as_among_all() {
        let block = Block { text: "Sak 1/88\n\n  Vedtak: M Ø T E\nSak 2/88".to_owned(), ..Block::default() };
        let blocks = [block];
        let place = |line: Line| (line.start, line.folded.text.clone(), line.first, line.span_of(0, 3));
        let all =
            lines(&blocks).into_iter().filter(|line| line.text().contains("2/88") || line.text().contains("møte"));
        let wanted = lines_where(&blocks, |text| text.contains("2/88") || text.contains("møte"));
        assert_eq!(wanted.map(place).collect::<Vec<_>>(), all.map(place).collect::<Vec<_>>());
    }
}
