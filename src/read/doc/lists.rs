//! Automatic numbers and bullets ([MS-DOC] 2.4.6.3 and 2.4.6.4; 2.9.147 LSTF, 2.9.149 LVL, 2.9.131 LFO).

use std::collections::{HashMap, HashSet};

use super::bytes::{slice_at, u8_at, u16_at, u32_at};
use super::fib::{Fib, Part, Version};
use super::fonts::Fonts;
use super::properties::Paragraph;
use super::sprm::{self, sprms};

/// Number formats without a number ([MS-OSHARED] 2.2.1.3 MSONFC).
const BULLET: u8 = 0x17;
const NONE: u8 = 0xFF;

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: i32,
    format: u8,
    /// All numbers in the label are Arabic.
    legal: bool,
    /// The number restarts only after levels below this one.
    restart_below: u8,
    /// Text of the label; a character below 9 stands for the number of that level.
    text: Vec<u16>,
    font: u16,
}

/// A use of a list, with what it changes ([MS-DOC] 2.9.131 LFO).
#[derive(Debug, Clone, Default)]
struct Override {
    list: u32,
    starts: [Option<i32>; 9],
    levels: [Option<Level>; 9],
}

/// Lists and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: HashMap<u32, Vec<Level>>,
    overrides: Vec<Override>,
    counts: HashMap<u32, [Option<i32>; 9]>,
    started: HashSet<(u16, u8)>,
    /// The count of a list of Word 6.
    old_count: Option<i32>,
    /// Where the sections end, and how each numbers its headings (Word 6).
    outlines: Vec<(u32, Vec<u8>)>,
    outline_counts: [Option<i32>; 9],
}

/// A label with its depth in the list, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) text: String,
    pub(super) level: u8,
}

impl Lists {
    pub(super) fn read(fib: &Fib, table: &[u8], outlines: Vec<(u32, Vec<u8>)>) -> Self {
        let mut lists = Self { outlines, ..Self::default() };
        if fib.version == Version::Word97 {
            lists.read_lists(fib, table);
            lists.read_overrides(fib, table);
        }
        lists
    }

    /// PlfLst ([MS-DOC] 2.9.192), then the levels of each list.
    fn read_lists(&mut self, fib: &Fib, table: &[u8]) -> Option<()> {
        let (at, length) = fib.part(Part::Lists);
        if length == 0 {
            return None;
        }
        let count = usize::from(u16_at(table, at)?);
        let mut level_at = at + length;
        for i in 0..count {
            let list = slice_at(table, at + 2 + 28 * i, 28);
            let id = u32_at(list, 0)?;
            // fSimpleList: one level, not nine.
            let simple = u8_at(list, 26)? & 1 == 1;
            let mut levels = Vec::new();
            for number in 0..if simple { 1 } else { 9 } {
                let (level, length) = Level::read(slice_at(table, level_at, usize::MAX), number)?;
                levels.push(level);
                level_at += length;
            }
            self.lists.insert(id, levels);
        }
        Some(())
    }

    /// PlfLfo ([MS-DOC] 2.9.191).
    fn read_overrides(&mut self, fib: &Fib, table: &[u8]) -> Option<()> {
        let (at, length) = fib.part(Part::ListOverrides);
        if length == 0 {
            return None;
        }
        let count = (u32_at(table, at)? as usize).min(length / 16);
        let mut data = at + 4 + 16 * count;
        let mut complete = true;
        for i in 0..count {
            let lfo = slice_at(table, at + 4 + 16 * i, 16);
            let mut found = Override { list: u32_at(lfo, 0)?, ..Override::default() };
            // 2.9.132 LFOData: a character position, then the levels that differ.
            data += 4;
            for _ in 0..u8_at(lfo, 12)? {
                complete = complete && found.read_level(table, &mut data).is_some();
            }
            self.overrides.push(found);
        }
        Some(())
    }

    /// Counts the paragraph that ends at `end` and gives its label; `None` where it is in no list.
    pub(super) fn count(&mut self, paragraph: &Paragraph, end: u32, fonts: &Fonts) -> Option<Label> {
        match paragraph.old_list {
            (level @ 1..=9, _) => return self.count_outline(level, end, fonts),
            (0, None) => {}
            old_list => return self.count_old(old_list, fonts),
        }
        self.old_count = None;
        let number = usize::from(paragraph.list).checked_sub(1)?;
        let usage = self.overrides.get(number)?;
        let list = self.lists.get(&usage.list)?;
        let at = paragraph.level.min(8);
        let level_of =
            |i: u8| usage.levels[usize::from(i)].as_ref().or_else(|| list.get(usize::from(i)).or(list.first()));
        let level = level_of(at)?;

        let counts = self.counts.entry(usage.list).or_default();
        let own = usize::from(at);
        if !matches!(level.format, BULLET | NONE) || !level.text.is_empty() {
            let restart = usage.starts[own].filter(|_| self.started.insert((paragraph.list, at)));
            counts[own] = Some(match (restart, counts[own]) {
                (Some(start), _) => start,
                (None, Some(count)) => count.saturating_add(1),
                (None, None) => level.start,
            });
        }
        for below in at + 1..9 {
            if level_of(below).is_none_or(|level| at < level.restart_below) {
                counts[usize::from(below)] = None;
            }
        }

        let font = level.font;
        let mut text = String::new();
        for decoded in char::decode_utf16(level.text.iter().copied()) {
            match decoded.unwrap_or('\u{FFFD}') {
                number @ '\0'..='\u{8}' => {
                    let number = number as u8;
                    if let Some(shown) = level_of(number) {
                        let count = counts[usize::from(number)].unwrap_or(shown.start);
                        // 2.9.150 fLegal: Arabic numbers, but a leading zero stays.
                        let format = if level.legal && shown.format != 22 { 0 } else { shown.format };
                        text.push_str(&write_number(count, format));
                    }
                }
                c => {
                    let code = u16::try_from(u32::from(c)).unwrap_or(0);
                    let symbol = if level.format == BULLET { fonts.symbol(font, code) } else { None };
                    text.push(symbol.unwrap_or(c));
                }
            }
        }
        let text: String = text.trim().chars().filter(|c| !c.is_control()).collect();
        Some(Label { text, level: at + 1 })
    }

    /// A list of Word 6: a level (10 numbered, 11 bulleted) and the structure ANLD ("Microsoft Word 6.0 Binary File
    /// Format"), whose text stands at 20.
    fn count_old(&mut self, (level, description): (u8, Option<&[u8]>), fonts: &Fonts) -> Option<Label> {
        let description = description.filter(|_| matches!(level, 10 | 11))?;
        let number = OldNumber::read(description, description.get(20..)?)?;
        let count = (level == 10).then(|| self.old_count.map_or(number.start, |count| count.saturating_add(1)));
        self.old_count = count.or(self.old_count);
        Some(Label { text: number.write(count, fonts).trim().to_owned(), level: 1 })
    }

    /// A numbered heading of Word 6: the section's structure OLST ("Microsoft Word 6.0 Binary File Format") describes each
    /// of the nine levels by an ANLV of 16 bytes; at 148 stand the texts of all levels, one after the other.
    fn count_outline(&mut self, level: u8, end: u32, fonts: &Fonts) -> Option<Label> {
        let section = self.outlines.partition_point(|(section_end, _)| *section_end < end);
        let (_, outline) = self.outlines.get(section)?;
        let own = usize::from(level) - 1;
        let mut text = outline.get(148..)?;
        let mut labels: Vec<String> = Vec::new();
        for i in 0..=own {
            let number = OldNumber::read(slice_at(outline, 16 * i, 16), text)?;
            text = text.get(number.before.len() + number.after.len()..)?;
            let count = &mut self.outline_counts[i];
            if i == own || count.is_none() {
                *count = Some(count.map_or(number.start, |count| count.saturating_add(1)));
            }
            let upper = labels.last().filter(|_| number.with_upper).cloned().unwrap_or_default();
            labels.push(upper + &number.write(*count, fonts));
        }
        self.outline_counts[own + 1..].fill(None);
        Some(Label { text: labels.pop()?.trim().to_owned(), level })
    }
}

/// How Word 6 writes a number: the structure ANLV ("Microsoft Word 6.0 Binary File Format").
struct OldNumber<'a> {
    format: u8,
    start: i32,
    font: u16,
    /// The label of the level above stands before it.
    with_upper: bool,
    before: &'a [u8],
    after: &'a [u8],
}

impl<'a> OldNumber<'a> {
    /// `text` begins with the text before the number; the text after it follows.
    fn read(anlv: &[u8], text: &'a [u8]) -> Option<Self> {
        let (before, after) = (usize::from(u8_at(anlv, 1)?), usize::from(u8_at(anlv, 2)?));
        Some(Self {
            format: u8_at(anlv, 0)?,
            start: i32::from(u16_at(anlv, 10)?),
            font: u16_at(anlv, 6)?,
            with_upper: u8_at(anlv, 3)? & 0x04 != 0,
            before: slice_at(text, 0, before),
            after: slice_at(text, before, after),
        })
    }

    /// The label with this number; without one, for a bullet, the text before it.
    fn write(&self, count: Option<i32>, fonts: &Fonts) -> String {
        let decoded = |bytes: &[u8]| -> String {
            let symbol = |c: char| fonts.symbol(self.font, u16::try_from(u32::from(c)).unwrap_or(0)).unwrap_or(c);
            fonts.decode(bytes, self.font, 0).chars().map(symbol).collect()
        };
        let before = decoded(self.before);
        let number = |count| before.clone() + &write_number(count, self.format) + &decoded(self.after);
        count.map_or_else(|| before.clone(), number)
    }
}

impl Override {
    /// [MS-DOC] 2.9.133 LFOLVL.
    fn read_level(&mut self, table: &[u8], at: &mut usize) -> Option<()> {
        let start = u32_at(table, *at)? as i32;
        let flags = u32_at(table, *at + 4)?;
        *at += 8;
        let number = usize::from((flags & 0x0F) as u8).min(8);
        if flags & 0x20 != 0 {
            let (level, length) = Level::read(slice_at(table, *at, usize::MAX), number as u8)?;
            *at += length;
            if flags & 0x10 != 0 {
                self.starts[number] = Some(level.start);
            }
            self.levels[number] = Some(level);
        } else if flags & 0x10 != 0 {
            self.starts[number] = Some(start);
        }
        Some(())
    }
}

impl Level {
    /// [MS-DOC] 2.9.149 LVL and 2.9.150 LVLF; also the number of bytes it takes.
    fn read(bytes: &[u8], number: u8) -> Option<(Self, usize)> {
        let flags = u8_at(bytes, 5)?;
        let characters = usize::from(u8_at(bytes, 24)?);
        let paragraph = usize::from(u8_at(bytes, 25)?);
        let text_at = 28 + paragraph + characters;
        let length = usize::from(u16_at(bytes, text_at)?);
        let font = sprms(Version::Word97, slice_at(bytes, 28 + paragraph, characters))
            .filter(|sprm| sprm.code == sprm::C_FONT)
            .last()
            .map_or(0, |sprm| sprm.word());
        let level = Self {
            start: u32_at(bytes, 0)? as i32,
            format: u8_at(bytes, 4)?,
            legal: flags & 0x04 != 0,
            restart_below: if flags & 0x08 != 0 { u8_at(bytes, 26)? } else { number },
            text: (0..length).map_while(|i| u16_at(bytes, text_at + 2 + 2 * i)).collect(),
            font,
        };
        Some((level, text_at + 2 + 2 * length))
    }
}

/// A number in a number format ([MS-OSHARED] 2.2.1.3 MSONFC).
fn write_number(number: i32, format: u8) -> String {
    match (format, u32::try_from(number)) {
        (1, Ok(n @ 1..=3999)) => roman(n),
        (2, Ok(n @ 1..=3999)) => roman(n).to_lowercase(),
        (3, Ok(n @ 1..)) => letters(n, b'A'),
        (4, Ok(n @ 1..)) => letters(n, b'a'),
        (5, _) => format!("{number}."),
        (22, _) => format!("{number:02}"),
        (BULLET | NONE, _) => String::new(),
        _ => number.to_string(),
    }
}

/// a to z, then aa to zz: the letter is repeated.
fn letters(n: u32, first: u8) -> String {
    let letter = char::from(first + ((n - 1) % 26) as u8);
    std::iter::repeat_n(letter, ((n - 1) / 26 + 1).min(40) as usize).collect()
}

fn roman(mut n: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, digit) in DIGITS {
        while n >= value {
            text.push_str(digit);
            n -= value;
        }
    }
    text
}
