//! List tables (`\listtable`, `\listoverridetable`) and the labels they give.

use std::collections::HashMap;

use crate::read::label::write_number;

/// A list has levels 0 to 8.
const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    format: i32,
    start: u32,
    text: Vec<char>,
    /// All numbers in the text are shown in decimal.
    legal: bool,
    /// Higher levels do not restart this one.
    no_restart: bool,
}

#[derive(Debug, Default)]
struct List {
    levels: Vec<Level>,
    counters: [Option<u32>; LEVELS],
}

#[derive(Debug, Default)]
struct Override {
    list: i32,
    starts: Vec<Option<u32>>,
    used: bool,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: HashMap<i32, List>,
    overrides: HashMap<i32, Override>,
    list: List,
    r#override: Override,
}

impl Lists {
    /// Takes in a control word of the list table.
    pub(super) fn define(&mut self, word: &str, value: i32) {
        match word {
            "list" => self.list = List::default(),
            "listlevel" if self.list.levels.len() < LEVELS => self.list.levels.push(Level::default()),
            // The id stands behind the levels.
            "listid" => drop(self.lists.insert(value, std::mem::take(&mut self.list))),
            _ => {
                let Some(level) = self.list.levels.last_mut() else { return };
                match word {
                    "levelnfc" | "levelnfcn" => level.format = value,
                    "levelstartat" => level.start = value.max(0) as u32,
                    "levellegal" => level.legal = value != 0,
                    "levelnorestart" => level.no_restart = value != 0,
                    _ => {}
                }
            }
        }
    }

    /// Takes in the text of the level being defined: a count and so many characters, those below 9 being places of numbers.
    pub(super) fn define_text(&mut self, text: &str) {
        let mut chars = text.chars();
        let count = chars.next().map_or(0, |c| c as usize);
        if let Some(level) = self.list.levels.last_mut() {
            level.text = chars.take(count.min(64)).collect();
        }
    }

    /// Takes in a control word of the table of overrides.
    pub(super) fn define_override(&mut self, word: &str, value: i32) {
        match word {
            "listoverride" => self.r#override = Override::default(),
            "listid" => self.r#override.list = value,
            "lfolevel" if self.r#override.starts.len() < LEVELS => self.r#override.starts.push(None),
            "levelstartat" => {
                if let Some(start) = self.r#override.starts.last_mut() {
                    *start = Some(value.max(0) as u32);
                }
            }
            "ls" => drop(self.overrides.insert(value, std::mem::take(&mut self.r#override))),
            _ => {}
        }
    }

    /// Counts a paragraph of list override `id` and gives its label.
    pub(super) fn count(&mut self, id: i32, level: usize) -> Option<String> {
        let entry = self.overrides.get_mut(&id)?;
        let List { levels, counters } = self.lists.get_mut(&entry.list)?;
        let level = level.min(levels.len().checked_sub(1)?);
        if !std::mem::replace(&mut entry.used, true) {
            for (counter, start) in counters.iter_mut().zip(&entry.starts) {
                if start.is_some() {
                    *counter = None;
                }
            }
        }
        let starts: Vec<u32> =
            (0..levels.len()).map(|n| entry.starts.get(n).copied().flatten().unwrap_or(levels[n].start)).collect();
        counters[level] = Some(counters[level].map_or(starts[level], |n| n.saturating_add(1)));
        for (counter, start) in counters.iter_mut().zip(&starts).take(level) {
            counter.get_or_insert(*start);
        }
        for (counter, definition) in counters.iter_mut().zip(levels.iter()).skip(level + 1) {
            if !definition.no_restart {
                *counter = None;
            }
        }
        let own = &levels[level];
        let mut shown = String::new();
        for &c in &own.text {
            match levels.get(c as usize) {
                Some(place) => {
                    let format = if own.legal { 0 } else { place.format };
                    let n = c as usize;
                    shown.push_str(&write_number(counters[n].unwrap_or(starts[n]), format_name(format)));
                }
                None if (c as usize) < LEVELS => {}
                None if matches!(c, '\u{E000}'..='\u{F8FF}') => shown.push('•'),
                None => shown.push(c),
            }
        }
        let shown = shown.trim();
        (!shown.is_empty()).then(|| shown.to_owned())
    }
}

/// The name of a number format (`\levelnfc`).
fn format_name(code: i32) -> &'static str {
    match code {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        5 => "ordinal",
        22 => "decimalZero",
        23 => "bullet",
        255 => "none",
        _ => "decimal",
    }
}
