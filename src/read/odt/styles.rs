//! Styles (ODF 1.2 part 1, 16): what paragraph and text styles come to, and how lists are numbered.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::list::{ListLevel, ListStyle};
use crate::read::style::{Run, heading_level};
use crate::read::xml;

/// Styles further up than this are not looked at; keeps circles finite.
const MAX_INHERITANCE: usize = 32;

/// Text properties as one place states them.
#[derive(Debug, Default, Clone, Copy)]
struct TextProperties {
    bold: Option<bool>,
    italic: Option<bool>,
    half_points: Option<u16>,
}

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    text: TextProperties,
    list: Option<String>,
    outline: Option<u8>,
    page_break: bool,
}

/// The styles of one part.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    paragraphs: HashMap<String, Style>,
    texts: HashMap<String, Style>,
    default: TextProperties,
    lists: HashMap<String, ListStyle>,
    outline: ListStyle,
}

/// The name under which the numbering of headings counts.
pub(super) const OUTLINE: &str = "Outline";

#[derive(Clone, Copy)]
enum Place<'t> {
    Nowhere,
    Default,
    Paragraph(&'t str),
    Text(&'t str),
    List(&'t str),
    Outline,
}

impl Sheet {
    /// Reads the styles in a part.
    pub(super) fn parse(text: &str) -> Self {
        let mut sheet = Self::default();
        let mut name_at = String::new();
        let mut family = String::new();
        let mut level = 0;
        xml::elements(text, &["body", "master-styles", "meta"], |name, element| {
            match name {
                "style" | "default-style" | "list-style" | "outline-style" => {
                    name_at = xml::attribute(element, "name").unwrap_or_default().into_owned();
                    family = match name {
                        "list-style" => "list".to_owned(),
                        "outline-style" => "outline".to_owned(),
                        "default-style" => {
                            format!("default-{}", xml::attribute(element, "family").unwrap_or_default())
                        }
                        _ => xml::attribute(element, "family").unwrap_or_default().into_owned(),
                    };
                }
                // Properties of a style's variants, and styles of other kinds.
                "map" => return,
                "page-layout" | "number-style" | "date-style" | "currency-style" | "time-style" | "text-style" => {
                    family.clear();
                }
                _ => {}
            }
            let place = match family.as_str() {
                "paragraph" => Place::Paragraph(&name_at),
                "text" => Place::Text(&name_at),
                "default-paragraph" => Place::Default,
                "list" => Place::List(&name_at),
                "outline" => Place::Outline,
                _ => Place::Nowhere,
            };
            match place {
                Place::Nowhere => {}
                Place::Default if name == "text-properties" => sheet.default.set(element),
                Place::Default => {}
                Place::Paragraph(id) => sheet.paragraphs.entry(id.to_owned()).or_default().set(name, element),
                Place::Text(id) => sheet.texts.entry(id.to_owned()).or_default().set(name, element),
                Place::List(id) => sheet.lists.entry(id.to_owned()).or_default().set(name, element, &mut level),
                Place::Outline => sheet.outline.set(name, element, &mut level),
            }
        });
        sheet
    }
}

impl ListStyle {
    fn set(&mut self, name: &str, element: &BytesStart, level: &mut usize) {
        if matches!(
            name,
            "list-level-style-number" | "list-level-style-bullet" | "list-level-style-image" | "outline-level-style"
        ) {
            let get = |key| xml::attribute(element, key).map(|value| value.into_owned());
            let number = |key| get(key).and_then(|value| value.parse().ok());
            *level = number("level").unwrap_or(1_usize).clamp(1, self.levels.len()) - 1;
            self.levels[*level] = ListLevel {
                format: get("num-format").unwrap_or_default(),
                prefix: get("num-prefix").unwrap_or_default(),
                suffix: get("num-suffix").unwrap_or_default(),
                bullet: get("bullet-char").or_else(|| (name == "list-level-style-image").then(|| "•".to_owned())),
                start: number("start-value").unwrap_or(1) as u32,
                shown: number("display-levels").unwrap_or(1),
            };
        }
    }
}

impl Style {
    fn set(&mut self, name: &str, element: &BytesStart) {
        match name {
            "style" => {
                let get = |key| xml::attribute(element, key).map(|value| value.into_owned());
                self.parent = get("parent-style-name").filter(|parent| !parent.is_empty());
                self.list = get("list-style-name");
                self.outline = get("default-outline-level").and_then(|level| level.parse().ok());
                self.page_break = get("master-page-name").is_some_and(|name| !name.is_empty());
                let shown = get("display-name").or_else(|| get("name")).unwrap_or_default();
                self.outline = self.outline.or(heading_level(&shown.replace("_20_", " ")));
            }
            "paragraph-properties" => {
                self.page_break |= xml::attribute(element, "break-before").as_deref() == Some("page");
            }
            "text-properties" => self.text.set(element),
            _ => {}
        }
    }
}

impl TextProperties {
    fn set(&mut self, element: &BytesStart) {
        if let Some(weight) = xml::attribute(element, "font-weight") {
            self.bold = Some(weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600));
        }
        if let Some(style) = xml::attribute(element, "font-style") {
            self.italic = Some(style != "normal");
        }
        let points = xml::attribute(element, "font-size").and_then(|size| size.strip_suffix("pt")?.parse::<f32>().ok());
        self.half_points = points.map(|points| (points * 2.0).round() as u16).or(self.half_points);
    }

    fn over(self, base: Self) -> Self {
        Self {
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            half_points: self.half_points.or(base.half_points),
        }
    }
}

/// What a paragraph style comes to.
#[derive(Debug, Default)]
pub(super) struct ParagraphStyle {
    pub(super) run: Run,
    /// The style of list; the empty name for none.
    pub(super) list: Option<String>,
    /// Heading level, from 1.
    pub(super) outline: Option<u8>,
    pub(super) page_break: bool,
}

/// The style sheets of a part, nearest first.
#[derive(Clone, Copy)]
pub(super) struct Styles<'s>(pub(super) &'s [&'s Sheet]);

impl<'s> Styles<'s> {
    /// What the paragraph style called `name` comes to.
    pub(super) fn paragraph(self, name: Option<&str>) -> ParagraphStyle {
        let mut text = TextProperties::default();
        let mut found = ParagraphStyle::default();
        let mut next = name;
        for _ in 0..MAX_INHERITANCE {
            let Some(style) = next.and_then(|name| self.0.iter().find_map(|sheet| sheet.paragraphs.get(name))) else {
                break;
            };
            text = text.over(style.text);
            found.list = found.list.or_else(|| style.list.clone());
            found.outline = found.outline.or(style.outline);
            found.page_break |= style.page_break;
            next = style.parent.as_deref();
        }
        for sheet in self.0 {
            text = text.over(sheet.default);
        }
        found.run =
            Run { bold: text.bold == Some(true), italic: text.italic == Some(true), half_points: text.half_points };
        found
    }

    /// How a span of text style `name` is set inside text set as `around`.
    pub(super) fn span(self, name: &str, around: Run) -> Run {
        let mut text = TextProperties::default();
        let mut next = Some(name);
        for _ in 0..MAX_INHERITANCE {
            let Some(style) = next.and_then(|name| self.0.iter().find_map(|sheet| sheet.texts.get(name))) else {
                break;
            };
            text = text.over(style.text);
            next = style.parent.as_deref();
        }
        Run {
            bold: text.bold.unwrap_or(around.bold),
            italic: text.italic.unwrap_or(around.italic),
            half_points: text.half_points.or(around.half_points),
        }
    }

    /// The list style called `name`.
    pub(super) fn list(self, name: &str) -> Option<&'s ListStyle> {
        self.0.iter().find_map(|sheet| sheet.lists.get(name)).or_else(|| (name == OUTLINE).then(|| self.outline())?)
    }

    /// The numbering of headings.
    pub(super) fn outline(self) -> Option<&'s ListStyle> {
        self.0
            .iter()
            .map(|sheet| &sheet.outline)
            .find(|style| style.levels.iter().any(|level| !level.format.is_empty()))
    }
}
