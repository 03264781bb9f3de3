//! `styles.xml`: what paragraph and character styles come to once inheritance is resolved.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::events::BytesStart;

use crate::read::style::heading_level;
use crate::read::xml;

/// Character properties as one place states them; `None` where it does not.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct RunProperties {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    /// In half points.
    pub(super) size: Option<u16>,
}

impl RunProperties {
    /// Takes in a child of `rPr`.
    pub(super) fn set(&mut self, name: &str, element: &BytesStart) {
        match name {
            "b" => self.bold = Some(xml::is_on(element)),
            "i" => self.italic = Some(xml::is_on(element)),
            "sz" => self.size = xml::number(element).or(self.size),
            _ => {}
        }
    }

    fn over(self, base: Self) -> Self {
        Self { bold: self.bold.or(base.bold), italic: self.italic.or(base.italic), size: self.size.or(base.size) }
    }
}

/// Paragraph properties as one place states them; `None` where it does not.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct ParagraphProperties {
    /// Heading level from 1, or `Some(None)` for running text.
    pub(super) heading: Option<Option<u8>>,
    /// The numbering instance; 0 for none.
    pub(super) list: Option<i64>,
    /// Level in the list, from 0.
    pub(super) list_level: Option<u8>,
    pub(super) page_break_before: Option<bool>,
}

impl ParagraphProperties {
    /// Takes in a child of `pPr` or of its `numPr`.
    pub(super) fn set(&mut self, name: &str, element: &BytesStart) {
        match name {
            // 17.3.1.20: 0 to 8 are levels, 9 is none.
            "outlineLvl" => {
                self.heading = xml::number::<u8>(element).map(|n| (n < 9).then_some(n + 1)).or(self.heading);
            }
            "numId" => self.list = xml::number(element).or(self.list),
            "ilvl" => self.list_level = xml::number(element).or(self.list_level),
            "pageBreakBefore" => self.page_break_before = Some(xml::is_on(element)),
            _ => {}
        }
    }

    fn over(self, base: Self) -> Self {
        Self {
            heading: self.heading.or(base.heading),
            list: self.list.or(base.list),
            list_level: self.list_level.or(base.list_level),
            page_break_before: self.page_break_before.or(base.page_break_before),
        }
    }
}

/// A style, with what it inherits.
#[derive(Debug, Default, Clone)]
pub(super) struct Style {
    id: String,
    based_on: Option<String>,
    pub(super) run: RunProperties,
    pub(super) paragraph: ParagraphProperties,
    /// Ids of the style and those it is based on, as far as they set numbering: a list level may be tied to one of them.
    pub(super) lineage: Vec<String>,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default_paragraph: Style,
    defaults: RunProperties,
}

/// Styles further up than this are not looked at; keeps circles finite.
const MAX_INHERITANCE: usize = 32;

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn parse(text: &str) -> Self {
        let mut styles = Self::default();
        let mut raw: Vec<Style> = Vec::new();
        let mut default_paragraph = None;
        // What a table style says of parts of a table is no property of the style itself.
        xml::elements(&without_tables(text), &["tblStylePr", "latentStyles"], |name, element| match name {
            "style" => {
                let id = xml::attribute(element, "styleId").unwrap_or_default().into_owned();
                if xml::attribute(element, "type").as_deref() == Some("paragraph")
                    && matches!(xml::attribute(element, "default").as_deref(), Some("1" | "true" | "on"))
                {
                    default_paragraph = Some(id.clone());
                }
                raw.push(Style { id, ..Style::default() });
            }
            _ => match raw.last_mut() {
                None => styles.defaults.set(name, element),
                Some(style) => match name {
                    "name" => {
                        let heading = xml::value(element).and_then(|name| heading_level(&name));
                        style.paragraph.heading = style.paragraph.heading.or(heading.map(Some));
                    }
                    "basedOn" => style.based_on = xml::value(element).map(Into::into),
                    _ => {
                        style.run.set(name, element);
                        style.paragraph.set(name, element);
                    }
                },
            },
        });
        let raw: HashMap<String, Style> = raw.into_iter().map(|style| (style.id.clone(), style)).collect();
        styles.by_id = raw.iter().map(|(id, style)| (id.clone(), inherit(style, &raw))).collect();
        if let Some(style) = default_paragraph.and_then(|id| styles.by_id.get(&id)) {
            styles.default_paragraph = style.clone();
        }
        styles
    }

    /// The paragraph style called `id`, the default one where there is none such.
    pub(super) fn paragraph(&self, id: Option<&str>) -> &Style {
        id.and_then(|id| self.by_id.get(id)).unwrap_or(&self.default_paragraph)
    }

    /// The style called `id`.
    pub(super) fn get(&self, id: &str) -> Option<&Style> {
        self.by_id.get(id)
    }

    /// How a run is set: bold, italic, size in half points. Bold and italic of paragraph and character style cancel each other
    /// (toggle properties, 17.7.3); direct properties stand.
    pub(super) fn resolve(
        &self,
        paragraph: &Style,
        character: Option<&Style>,
        direct: RunProperties,
    ) -> (bool, bool, Option<u16>) {
        let toggle = |pick: fn(&RunProperties) -> Option<bool>| {
            pick(&direct).unwrap_or_else(|| {
                pick(&self.defaults) == Some(true)
                    || (pick(&paragraph.run) == Some(true))
                        != (character.and_then(|style| pick(&style.run)) == Some(true))
            })
        };
        let size =
            direct.size.or(character.and_then(|style| style.run.size)).or(paragraph.run.size).or(self.defaults.size);
        (toggle(|run| run.bold), toggle(|run| run.italic), size)
    }
}

/// `styles.xml` without what makes most of it and is of no use here: styles of tables and names of styles that are not
/// there, as Word writes both.
pub(super) fn without_tables(text: &str) -> Cow<'_, str> {
    const LEFT_OUT: [(&str, &str); 2] =
        [("<w:latentStyles ", "</w:latentStyles>"), ("<w:style w:type=\"table\"", "</w:style>")];
    let mut text = Cow::Borrowed(text);
    for (start, end) in LEFT_OUT {
        let mut kept = String::new();
        let mut rest = text.as_ref();
        while let Some((before, after)) = rest.split_once(start) {
            let is_empty = after.split_once('>').is_some_and(|(tag, _)| tag.ends_with('/'));
            let Some((_, after)) = after.split_once(if is_empty { "/>" } else { end }) else { break };
            kept.push_str(before);
            rest = after;
        }
        if rest.len() < text.len() {
            kept.push_str(rest);
            text = Cow::Owned(kept);
        }
    }
    text
}

fn inherit(style: &Style, raw: &HashMap<String, Style>) -> Style {
    let mut whole = style.clone();
    let mut at = style;
    whole.lineage.push(style.id.clone());
    for _ in 0..MAX_INHERITANCE {
        let Some(base) = at.based_on.as_ref().and_then(|id| raw.get(id)) else { break };
        if whole.paragraph.list.is_none() {
            whole.lineage.push(base.id.clone());
        }
        whole.run = whole.run.over(base.run);
        whole.paragraph = whole.paragraph.over(base.paragraph);
        at = base;
    }
    whole
}
