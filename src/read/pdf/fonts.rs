//! Fonts: how a font is set (bold, italic, pitch) and which text a character code stands for.
//!
//! Text comes from the `ToUnicode` map, the glyph's name (Adobe Glyph List), the font program's own character map read
//! backwards, or the character collection's Unicode map; where all fail it is U+FFFD.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, OutlineGlyph, StandardFont};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, String as PdfString};

/// What a glyph says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum GlyphText {
    /// One character; U+FFFD where nothing is known of it.
    Char(char),
    /// A ligature, or the replacement text of marked content.
    Text(Rc<str>),
}

/// How a font is set.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct FontStyle {
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// All glyphs are equally wide.
    pub(super) fixed: bool,
    /// Symbol, Wingdings and their like, whose letters are signs.
    pub(super) symbol: bool,
}

/// What is known of a character code: its text, and advance and displacement of its glyph in thousandths of an em.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub(super) text: GlyphText,
    pub(super) advance: (f64, f64),
    pub(super) origin: (f64, f64),
}

/// A font of the file.
pub(super) struct PdfFont<'a> {
    font: Font<'a>,
    pub(super) style: FontStyle,
    codes: HashMap<u32, Code>,
    reverse: Option<HashMap<u32, char>>,
    collection: Option<Collection>,
}

/// Unicode by CID for a font of one of Adobe's character collections.
struct Collection {
    encoding: Option<CMap>,
    unicode: CMap,
}

/// All fonts of a file, each loaded once.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    programs: FontResolverFn,
    cmaps: CMapResolverFn,
    fonts: Vec<PdfFont<'a>>,
    by_object: HashMap<ObjectIdentifier, usize>,
    fallback: Option<usize>,
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        Self {
            cache: FontCache::new(),
            programs: Arc::new(|query| {
                Some(match query {
                    FontQuery::Standard(font) => font.get_font_data(),
                    FontQuery::Fallback(query) => query.pick_standard_font().get_font_data(),
                })
            }),
            cmaps: Arc::new(hayro_cmap::load_embedded),
            fonts: Vec::new(),
            by_object: HashMap::new(),
            fallback: None,
        }
    }

    /// The index of the font that `dict` describes; a standard font stands in for one that does not load.
    pub(super) fn load(&mut self, dict: Option<Dict<'a>>) -> Option<usize> {
        let Some(dict) = dict else { return self.fallback() };
        let object = dict.obj_id();
        if let Some(index) = object.and_then(|id| self.by_object.get(&id)) {
            return Some(*index);
        }
        let index = match self.cache.font(&dict, &self.programs, &self.cmaps) {
            Some(font) => {
                let collection = Collection::of(&dict);
                self.push(PdfFont { style: style(&dict), collection, ..PdfFont::new(font) })
            }
            None => self.fallback()?,
        };
        if let Some(id) = object {
            self.by_object.insert(id, index);
        }
        Some(index)
    }

    pub(super) fn get(&self, index: usize) -> Option<&PdfFont<'a>> {
        self.fonts.get(index)
    }

    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut PdfFont<'a>> {
        self.fonts.get_mut(index)
    }

    fn push(&mut self, font: PdfFont<'a>) -> usize {
        self.fonts.push(font);
        self.fonts.len() - 1
    }

    fn fallback(&mut self) -> Option<usize> {
        if self.fallback.is_none() {
            let font = self.cache.standard_font(StandardFont::Helvetica, &self.programs)?;
            self.fallback = Some(self.push(PdfFont::new(font)));
        }
        self.fallback
    }
}

impl<'a> PdfFont<'a> {
    fn new(font: Font<'a>) -> Self {
        Self { font, style: FontStyle::default(), codes: HashMap::new(), reverse: None, collection: None }
    }

    /// The character code at `offset` of a shown string and its length in bytes, at least 1.
    pub(super) fn read_code(&self, bytes: &[u8], offset: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, offset);
        (code, length.max(1))
    }

    pub(super) fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    pub(super) fn code(&mut self, code: u32, length: usize) -> Code {
        if let Some(known) = self.codes.get(&code) {
            return known.clone();
        }
        let (advance, origin) = (self.font.code_advance(code), self.font.origin_displacement(code));
        let found = Code {
            text: self.text(code, length),
            advance: (finite(advance.x), finite(advance.y)),
            origin: (finite(origin.x), finite(origin.y)),
        };
        self.codes.insert(code, found.clone());
        found
    }

    fn text(&mut self, code: u32, length: usize) -> GlyphText {
        let glyph = self.font.glyph(self.font.map_code(code), code);
        let mapped = match &glyph {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        if let Some(text) = mapped.and_then(clean) {
            return text;
        }
        let FontGlyph::Outline(glyph) = &glyph else { return GlyphText::Char(char::REPLACEMENT_CHARACTER) };
        let found = self.reverse_lookup(glyph).or_else(|| self.collection.as_ref()?.text(code, length));
        match found {
            Some(c) => clean(BfString::Char(c)).unwrap_or(GlyphText::Char(char::REPLACEMENT_CHARACTER)),
            // A code without text whose glyph draws nothing is a space or a filler.
            None if glyph.outline().elements().is_empty() => GlyphText::Char(' '),
            None => GlyphText::Char(char::REPLACEMENT_CHARACTER),
        }
    }

    /// The character that the embedded font program's own character map has for the glyph.
    fn reverse_lookup(&mut self, glyph: &OutlineGlyph) -> Option<char> {
        if self.reverse.is_none() {
            let map = glyph.font_data().map(|data| reverse_map((*data.data).as_ref()));
            self.reverse = Some(map.unwrap_or_default());
        }
        self.reverse.as_ref()?.get(&glyph.glyph_id().to_u32()).copied()
    }
}

impl Collection {
    fn of(dict: &Dict<'_>) -> Option<Self> {
        let descendant = dict.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
        let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
        let (registry, ordering) = (info.get::<PdfString<'_>>("Registry")?, info.get::<PdfString<'_>>("Ordering")?);
        let family = CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes());
        let unicode = load_cmap(family.ucs2_cmap()?)?;
        let encoding = dict.get::<Name<'_>>("Encoding").filter(|name| !name.as_str().starts_with("Identity"));
        Some(Self { encoding: encoding.and_then(|name| load_cmap(CMapName::from_bytes(name.as_ref()))), unicode })
    }

    fn text(&self, code: u32, length: usize) -> Option<char> {
        let cid = match &self.encoding {
            Some(encoding) => encoding.lookup_cid_code(code, u8::try_from(length).ok()?)?,
            None => code,
        };
        match self.unicode.lookup_bf_string(cid)? {
            BfString::Char(c) => Some(c),
            BfString::String(s) => s.chars().next(),
        }
    }
}

fn load_cmap(name: CMapName<'_>) -> Option<CMap> {
    CMap::parse(hayro_cmap::load_embedded(name)?, hayro_cmap::load_embedded)
}

fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}

/// Brings a mapped text into the form that is kept: Latin ligatures spelled out, bullets of symbol fonts as signs.
/// `None` where the map says nothing of use.
fn clean(text: BfString) -> Option<GlyphText> {
    let text = match text {
        BfString::Char(c) => match spelled_out(c) {
            Some(s) => return Some(GlyphText::Text(Rc::from(s))),
            None => return kept(c).map(GlyphText::Char),
        },
        BfString::String(s) => s,
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match spelled_out(c) {
            Some(s) => out.push_str(s),
            None => out.extend(kept(c)),
        }
    }
    let mut chars = out.chars();
    match (chars.next(), chars.next()) {
        (None, _) => None,
        (Some(c), None) => Some(GlyphText::Char(c)),
        _ => Some(GlyphText::Text(Rc::from(out))),
    }
}

/// Ligatures of the Alphabetic Presentation Forms and of Adobe's private use area.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{FB00}' | '\u{F6BE}' => "ff",
        '\u{FB01}' | '\u{F001}' => "fi",
        '\u{FB02}' | '\u{F002}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        '\u{FB05}' | '\u{FB06}' => "st",
        _ => return None,
    })
}

fn kept(c: char) -> Option<char> {
    Some(match c {
        '\t' | '\n' | '\r' => ' ',
        c if c.is_control() || ('\u{FFF0}'..='\u{FFFF}').contains(&c) => return None,
        // The places of Symbol and Wingdings in the private use area that lists are made with.
        '\u{F0B7}' | '\u{F06C}' | '\u{F09F}' => '•',
        '\u{F0A7}' | '\u{F06E}' => '▪',
        '\u{F0D8}' | '\u{F0D9}' => '➢',
        '\u{F0FC}' => '✓',
        '\u{F076}' => '❖',
        '\u{F02D}' => '–',
        '\u{F0A8}' | '\u{F06F}' | '\u{F071}' => '☐',
        '\u{F0FE}' | '\u{F078}' => '☒',
        // Symbol's letters that are plain ASCII signs.
        '\u{F020}' => ' ',
        c => c,
    })
}

fn reverse_map(data: &[u8]) -> HashMap<u32, char> {
    let mut map = HashMap::new();
    let Ok(face) = ttf_parser::Face::parse(data, 0) else { return map };
    for subtable in
        face.tables().cmap.iter().flat_map(|cmap| cmap.subtables).filter(ttf_parser::cmap::Subtable::is_unicode)
    {
        subtable.codepoints(|code| {
            if let (Some(glyph), Some(c)) = (subtable.glyph_index(code), char::from_u32(code)) {
                map.entry(u32::from(glyph.0)).or_insert(c);
            }
        });
    }
    map
}

/// Style by the font's name, then by its descriptor (ISO 32000-1, tables 122 and 123). The stem width says nothing:
/// plain Helvetica has it as large as bold fonts of other makers.
fn style(dict: &Dict<'_>) -> FontStyle {
    let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next());
    let descriptor = descendant.as_ref().unwrap_or(dict).get::<Dict<'_>>("FontDescriptor");
    let named = dict.get::<Name<'_>>("BaseFont").or_else(|| descriptor.as_ref()?.get::<Name<'_>>("FontName"));
    let name = named.map(|n| n.as_str().to_ascii_lowercase()).unwrap_or_default();
    let name = name.split_once('+').map_or(name.as_str(), |(_, rest)| rest);
    let flags = descriptor.as_ref().and_then(|d| d.get::<u32>("Flags")).unwrap_or(0);
    let number = |key: &str| descriptor.as_ref().and_then(|d| d.get::<Object<'_>>(key)?.into_f32());
    let has = |words: &[&str]| words.iter().any(|w| name.contains(w));
    // TeX's fonts: Computer Modern in its own, the European and the Super encodings.
    let tex = name.strip_prefix("cm").or_else(|| name.strip_prefix("ec")).or_else(|| name.strip_prefix("sf"));
    let tex = |shapes: &[&str]| tex.is_some_and(|rest| shapes.iter().any(|shape| rest.starts_with(shape)));
    FontStyle {
        bold: has(&["bold", "black", "heavy", "demi"])
            || tex(&["bx", "ssbx", "ssdc"])
            || name.ends_with(",b")
            || flags & (1 << 18) != 0
            || number("FontWeight").is_some_and(|w| w >= 600.0),
        italic: has(&["italic", "oblique"])
            || tex(&["ti", "sl", "bxti"])
            || flags & (1 << 6) != 0
            || number("ItalicAngle").is_some_and(|a| a.abs() > 0.5),
        fixed: has(&["courier", "mono", "typewriter", "consolas"]) || flags & 1 != 0,
        symbol: has(&["symbol", "wingdings", "webdings", "dingbats"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_are_spelled_out_and_bullets_made_signs() {
        assert_eq!(clean(BfString::Char('\u{FB03}')), Some(GlyphText::Text("ffi".into())));
        assert_eq!(clean(BfString::String("a\u{FB01}".into())), Some(GlyphText::Text("afi".into())));
        assert_eq!(clean(BfString::Char('\u{F0B7}')), Some(GlyphText::Char('•')));
        assert_eq!(clean(BfString::Char('\u{0001}')), None);
    }
}
