//! `numbering.xml`: automatic numbers and bullets as they are shown (ECMA-376 part 1, 17.9).

use std::collections::HashMap;

use super::styles::Styles;
use crate::read::label::write_number;
use crate::read::xml;

/// A list has levels 0 to 8.
const LEVELS: usize = 9;

/// Lists that link to a list through a style, further than this, are not followed.
const MAX_LINKS: usize = 8;

#[derive(Debug, Default, Clone)]
struct Level {
    format: String,
    text: String,
    start: Option<u32>,
    /// The level, from 1, whose use restarts this one; 0 for none. By default any higher level does.
    restart_after: Option<usize>,
    /// All numbers in the text are shown in decimal.
    legal: bool,
    /// The paragraph style tied to this level.
    style: Option<String>,
    /// The text is set in a font of symbols.
    symbol: bool,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: [Level; LEVELS],
    style_link: Option<String>,
    num_style_link: Option<String>,
}

#[derive(Debug, Default)]
struct Instance {
    base: i64,
    starts: [Option<u32>; LEVELS],
    levels: HashMap<usize, Level>,
    /// Something was counted, so `base` is where links by style end.
    used: bool,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<i64, Abstract>,
    instances: HashMap<i64, Instance>,
    counters: HashMap<i64, [Option<u32>; LEVELS]>,
}

/// A paragraph's automatic number.
#[derive(Debug, PartialEq)]
pub(super) struct Label {
    /// As shown.
    pub(super) text: String,
    /// Depth in the list, from 1.
    pub(super) level: u8,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn parse(text: &str) -> Self {
        let mut numbering = Self::default();
        let mut in_abstract = None;
        let mut in_instance: Option<i64> = None;
        let mut at = 0;
        xml::elements(text, &["pPr"], |name, element| {
            let id = |key| xml::attribute(element, key).and_then(|id| id.trim().parse::<i64>().ok());
            match name {
                "abstractNum" => {
                    in_abstract = id("abstractNumId");
                    in_instance = None;
                    if let Some(id) = in_abstract {
                        numbering.abstracts.insert(id, Abstract::default());
                    }
                }
                "num" => {
                    in_instance = id("numId");
                    in_abstract = None;
                    if let Some(id) = in_instance {
                        numbering.instances.insert(id, Instance::default());
                    }
                }
                "lvl" | "lvlOverride" => {
                    at = id("ilvl").and_then(|n| usize::try_from(n).ok()).unwrap_or(0).min(LEVELS - 1);
                }
                _ => {}
            }
            if let Some(list) = in_abstract.and_then(|id| numbering.abstracts.get_mut(&id)) {
                match name {
                    "styleLink" => list.style_link = xml::value(element).map(Into::into),
                    "numStyleLink" => list.num_style_link = xml::value(element).map(Into::into),
                    _ => list.levels[at].set(name, element),
                }
            } else if let Some(list) = in_instance.and_then(|id| numbering.instances.get_mut(&id)) {
                match name {
                    "abstractNumId" => list.base = xml::number(element).unwrap_or_default(),
                    "startOverride" => list.starts[at] = xml::number(element),
                    "lvl" => drop(list.levels.insert(at, Level::default())),
                    _ => {
                        if let Some(level) = list.levels.get_mut(&at) {
                            level.set(name, element);
                        }
                    }
                }
            }
        });
        numbering
    }

    /// Counts a paragraph of list `id` and gives its label. `level` is the paragraph's own; else the level tied to one of the
    /// styles in `lineage`, else `style_level`.
    pub(super) fn count(
        &mut self,
        id: i64,
        level: Option<u8>,
        lineage: &[String],
        style_level: Option<u8>,
        styles: &Styles,
    ) -> Option<Label> {
        let base = match self.instances.get(&id)? {
            instance if instance.used => instance.base,
            _ => self.resolve(id, styles)?,
        };
        let instance = self.instances.get_mut(&id)?;
        let list = self.abstracts.get(&base)?;
        let definition = |n: usize| instance.levels.get(&n).unwrap_or(&list.levels[n]);
        let tied =
            || lineage.iter().find_map(|style| (0..LEVELS).find(|n| definition(*n).style.as_ref() == Some(style)));
        let level = level.map(usize::from).or_else(tied).or(style_level.map(usize::from)).unwrap_or(0).min(LEVELS - 1);
        let start = |n: usize| instance.starts[n].or(definition(n).start).unwrap_or(0);

        let counters = self.counters.entry(base).or_default();
        if !instance.used {
            for (counter, start) in counters.iter_mut().zip(instance.starts) {
                if start.is_some() {
                    *counter = None;
                }
            }
        }
        counters[level] = Some(counters[level].map_or(start(level), |n| n.saturating_add(1)));
        // A level that was passed over counts as used: 1.a.I straight after 1 is followed by 1.b.
        for (n, counter) in counters.iter_mut().enumerate().take(level) {
            counter.get_or_insert_with(|| start(n));
        }
        for (deeper, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            if definition(deeper).restart_after.is_none_or(|after| level < after) {
                *counter = None;
            }
        }

        let own = definition(level);
        let text = match own.format.as_str() {
            "bullet" if own.symbol || own.text.contains(is_private) => "•".to_owned(),
            "bullet" => own.text.clone(),
            _ => {
                let mut shown = String::new();
                let mut chars = own.text.chars().peekable();
                while let Some(c) = chars.next() {
                    let place = chars
                        .peek()
                        .and_then(|d| d.to_digit(10))
                        .filter(|d| c == '%' && (1..=LEVELS as u32).contains(d));
                    if let Some(place) = place {
                        chars.next();
                        let n = place as usize - 1;
                        let number = counters[n].unwrap_or_else(|| start(n));
                        shown
                            .push_str(&write_number(number, if own.legal { "decimal" } else { &definition(n).format }));
                    } else {
                        shown.push(c);
                    }
                }
                shown
            }
        };
        instance.used = true;
        instance.base = base;
        let text = text.trim();
        (!text.is_empty()).then(|| Label { text: text.to_owned(), level: level as u8 + 1 })
    }

    /// The list that instance `id` shows, through links by style (17.9.21, 17.9.27).
    fn resolve(&self, id: i64, styles: &Styles) -> Option<i64> {
        let mut base = self.instances.get(&id)?.base;
        for _ in 0..MAX_LINKS {
            let Some(link) = self.abstracts.get(&base)?.num_style_link.as_ref() else { break };
            let by_style =
                styles.get(link).and_then(|style| style.paragraph.list).and_then(|id| self.instances.get(&id));
            // The smallest id, so that the choice does not hang on the order of a map.
            let by_link = || {
                self.abstracts
                    .iter()
                    .filter(|(_, list)| list.style_link.as_ref() == Some(link))
                    .map(|(id, _)| *id)
                    .min()
            };
            match by_style.map(|instance| instance.base).or_else(by_link) {
                Some(next) if next != base => base = next,
                _ => break,
            }
        }
        Some(base)
    }
}

impl Level {
    fn set(&mut self, name: &str, element: &quick_xml::events::BytesStart) {
        let value = || xml::value(element).unwrap_or_default().into_owned();
        match name {
            "numFmt" => self.format = value(),
            "lvlText" => self.text = value(),
            "start" => self.start = xml::number(element),
            "lvlRestart" => self.restart_after = xml::number(element),
            "isLgl" => self.legal = xml::is_on(element),
            "pStyle" => self.style = Some(value()),
            "rFonts" => {
                let font = xml::attribute(element, "ascii").unwrap_or_default().to_lowercase();
                self.symbol =
                    ["symbol", "wingdings", "webdings", "courier new"].iter().any(|name| font.starts_with(name));
            }
            _ => {}
        }
    }
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}')
}
