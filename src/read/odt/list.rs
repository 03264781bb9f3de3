//! How lists count and what their labels look like (ODF 1.2 part 1, 16.30 and 19.880).

use crate::read::label::write_number;

/// A list has ten levels.
pub(super) const LEVELS: usize = 10;

/// A list style.
#[derive(Debug, Default)]
pub(super) struct ListStyle {
    pub(super) levels: [ListLevel; LEVELS],
}

/// One level of a list style.
#[derive(Debug, Default)]
pub(super) struct ListLevel {
    /// `1`, `a`, `A`, `i`, `I`, or empty for no number.
    pub(super) format: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
    pub(super) bullet: Option<String>,
    pub(super) start: u32,
    /// How many levels are shown, this one being the last.
    pub(super) shown: usize,
}

/// How far the levels of a list have counted.
#[derive(Debug, Default, Clone)]
pub(super) struct Counters([Option<u32>; LEVELS]);

impl ListStyle {
    /// Counts an item at `level`, from 0, and gives its label. `start` restarts the level.
    pub(super) fn count(&self, counters: &mut Counters, level: usize, start: Option<u32>) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let counters = &mut counters.0;
        let next = counters[level].map_or(self.levels[level].start, |n| n.saturating_add(1));
        counters[level] = Some(start.unwrap_or(next));
        for (counter, definition) in counters.iter_mut().zip(&self.levels).take(level) {
            counter.get_or_insert(definition.start);
        }
        counters[level + 1..].fill(None);

        let own = &self.levels[level];
        if let Some(bullet) = &own.bullet {
            let symbol = |c: char| if matches!(c, '\u{E000}'..='\u{F8FF}') { '•' } else { c };
            let bullet: String = bullet.trim().chars().map(symbol).collect();
            return (!bullet.is_empty()).then_some(bullet);
        }
        if own.format.is_empty() {
            return None;
        }
        let first = (level + 1).saturating_sub(own.shown.max(1));
        let numbers: Vec<String> = (first..=level)
            .filter(|n| !self.levels[*n].format.is_empty())
            .map(|n| write_number(counters[n].unwrap_or(self.levels[n].start), format_name(&self.levels[n].format)))
            .collect();
        let label = format!("{}{}{}", own.prefix, numbers.join("."), own.suffix);
        let label = label.trim();
        (!label.is_empty()).then(|| label.to_owned())
    }
}

fn format_name(format: &str) -> &'static str {
    match format {
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        _ => "decimal",
    }
}
