//! What a file says about itself: Info dictionary, XMP, outline, version.

use std::collections::{BTreeMap, HashSet};

use encoding_rs::{UTF_16BE, UTF_16LE};
use hayro_syntax::Pdf;
use hayro_syntax::object::{DateTime, Dict, Stream, String as PdfString};
use memchr::memmem;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use crate::document::Properties;
use crate::identify::Match;

/// Where the header may stand (Adobe implementation note 13).
const HEADER_WITHIN: usize = 1024;
/// Entries of an outline that are read.
const OUTLINE_ENTRIES: usize = 20_000;
const OUTLINE_DEPTH: u8 = 16;

/// The format by header version and, for PDF/A, by the XMP identification (ISO 19005-1, 6.7.11).
pub(super) fn identify(bytes: &[u8]) -> Option<Match> {
    let at = memmem::find(bytes.get(..HEADER_WITHIN.min(bytes.len()))?, b"%PDF-")?;
    let version = bytes.get(at + 5..at + 8)?;
    let known: Option<(&'static str, &'static str)> = match version {
        b"1.0" => Some(("fmt/14", "PDF 1.0")),
        b"1.1" => Some(("fmt/15", "PDF 1.1")),
        b"1.2" => Some(("fmt/16", "PDF 1.2")),
        b"1.3" => Some(("fmt/17", "PDF 1.3")),
        b"1.4" => Some(("fmt/18", "PDF 1.4")),
        b"1.5" => Some(("fmt/19", "PDF 1.5")),
        b"1.6" => Some(("fmt/20", "PDF 1.6")),
        b"1.7" => Some(("fmt/276", "PDF 1.7")),
        b"2.0" => Some(("fmt/1129", "PDF 2.0")),
        _ => None,
    };
    // Text about PDF may hold the signature too, further in.
    if at > 0 && memmem::find(bytes, b" obj").is_none() {
        return None;
    }
    let mut basis = match (at, std::str::from_utf8(version)) {
        (0, Ok(version)) => format!("PDF header, version {version}"),
        (at, Ok(version)) => format!("PDF header at byte {at}, version {version}"),
        _ => "PDF header".to_owned(),
    };
    let archive = archive_profile(bytes);
    if archive.is_some() {
        basis.push_str(", PDF/A identification in XMP");
    }
    let (puid, name) = archive.or(known).map_or((None, "PDF"), |(puid, name)| (Some(puid), name));
    let mut found = Match::new(puid, name, "application/pdf", basis);
    if at > 0 {
        found.warnings.push(format!("{at} bytes before the PDF header"));
    }
    if known.is_none() {
        found.warnings.push(format!("unknown PDF version {}", String::from_utf8_lossy(version).escape_debug()));
    }
    Some(found)
}

fn archive_profile(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let part = xmp_value(bytes, b"pdfaid:part")?;
    let conformance = xmp_value(bytes, b"pdfaid:conformance").unwrap_or(b' ').to_ascii_uppercase();
    Some(match (part, conformance) {
        (b'1', b'A') => ("fmt/95", "PDF/A-1a"),
        (b'1', b'B') => ("fmt/354", "PDF/A-1b"),
        (b'2', b'A') => ("fmt/476", "PDF/A-2a"),
        (b'2', b'B') => ("fmt/477", "PDF/A-2b"),
        (b'2', b'U') => ("fmt/478", "PDF/A-2u"),
        (b'3', b'A') => ("fmt/479", "PDF/A-3a"),
        (b'3', b'B') => ("fmt/480", "PDF/A-3b"),
        (b'3', b'U') => ("fmt/481", "PDF/A-3u"),
        _ => return None,
    })
}

/// The first letter or digit of a simple XMP property, as attribute or as element.
fn xmp_value(bytes: &[u8], name: &[u8]) -> Option<u8> {
    let at = memmem::find(bytes, name)? + name.len();
    let rest = bytes.get(at..)?;
    let skipped = rest.iter().take(8).position(|b| !matches!(b, b'=' | b'"' | b'\'' | b'>' | b' '))?;
    rest.get(skipped).copied()
}

/// A text string (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 with a mark, else PDFDocEncoding.
pub(super) fn text_string(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|b| doc_encoding(*b)).collect(),
    };
    text.chars().map(|c| if c == '\r' { '\n' } else { c }).filter(|c| !c.is_control() || *c == '\n').collect()
}

/// PDFDocEncoding (annex D.3).
fn doc_encoding(byte: u8) -> char {
    const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const HIGH: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
    ];
    match byte {
        0x18..=0x1F => LOW[usize::from(byte - 0x18)],
        0x80..=0xA0 => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Title, author, dates and the like from the Info dictionary and, where that has none, from XMP.
pub(super) fn properties(pdf: &Pdf) -> Properties {
    let info = pdf.metadata();
    let mut properties = Properties::new();
    let mut put = |name: &str, value: Option<String>| {
        let value = value.map(|v| v.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|v| !v.is_empty());
        if let Some(value) = value {
            properties.entry(name.to_owned()).or_insert(value);
        }
    };
    for (name, value) in [
        ("title", &info.title),
        ("author", &info.author),
        ("subject", &info.subject),
        ("keywords", &info.keywords),
        ("creator", &info.creator),
        ("producer", &info.producer),
    ] {
        put(name, value.as_deref().map(text_string));
    }
    put("created", info.creation_date.as_ref().map(iso));
    put("modified", info.modification_date.as_ref().map(iso));
    for (name, value) in catalog(pdf).map(|c| xmp(&c)).unwrap_or_default() {
        put(name, Some(value));
    }
    properties
}

pub(super) fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

fn iso(date: &DateTime) -> String {
    let DateTime { year, month, day, hour, minute, second, utc_offset_hour, utc_offset_minute } = date;
    let zone = if *utc_offset_hour == 0 && *utc_offset_minute == 0 {
        "Z".to_owned()
    } else {
        let sign = if *utc_offset_hour < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{utc_offset_minute:02}", utc_offset_hour.unsigned_abs())
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")
}

/// The properties that XMP holds under other names, in the file's order.
fn xmp(catalog: &Dict<'_>) -> Vec<(&'static str, String)> {
    let data = catalog
        .get::<Stream<'_>>("Metadata")
        .filter(|s| s.raw_data().len() < 1 << 20)
        .and_then(|s| s.decoded_data().ok());
    let Some(data) = data else { return Vec::new() };
    let text = String::from_utf8_lossy(&data);
    let mut reader = Reader::from_str(&text);
    let mut found = Vec::new();
    let (mut current, mut value) = (None, String::new());
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => {
                if let Some(name) = xmp_name(element.name().as_ref()) {
                    current = Some(name);
                }
                for attribute in element.attributes().flatten() {
                    if let Some(name) = xmp_name(attribute.key.as_ref()) {
                        found.push((name, attribute.value.clone().into_owned()));
                    }
                }
            }
            Event::Text(text) => value.push_str(&text),
            Event::GeneralRef(reference) => value.push_str(resolve_predefined_entity(&reference).unwrap_or_default()),
            Event::End(element) => {
                let value = std::mem::take(&mut value);
                if let Some(name) = current.filter(|_| !value.trim().is_empty()) {
                    found.push((name, value));
                }
                if xmp_name(element.name().as_ref()) == current {
                    current = None;
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

fn xmp_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "dc:title" => "title",
        "dc:creator" => "author",
        "dc:description" => "subject",
        "pdf:Keywords" => "keywords",
        "pdf:Producer" => "producer",
        "xmp:CreatorTool" => "creator",
        "xmp:CreateDate" => "created",
        "xmp:ModifyDate" => "modified",
        _ => return None,
    })
}

/// The outline: level (from 1) by title, letters and digits only.
pub(super) fn outline(pdf: &Pdf) -> BTreeMap<String, u8> {
    let mut titles = BTreeMap::new();
    let first = catalog(pdf).and_then(|c| c.get::<Dict<'_>>("Outlines")?.get::<Dict<'_>>("First"));
    let mut stack: Vec<(Dict<'_>, u8)> = first.map(|entry| (entry, 1)).into_iter().collect();
    let mut visited = HashSet::new();
    while let Some((entry, level)) = stack.pop() {
        if visited.len() >= OUTLINE_ENTRIES || entry.obj_id().is_some_and(|id| !visited.insert(id)) {
            continue;
        }
        if let Some(next) = entry.get::<Dict<'_>>("Next") {
            stack.push((next, level));
        }
        if let Some(child) = entry.get::<Dict<'_>>("First").filter(|_| level < OUTLINE_DEPTH) {
            stack.push((child, level + 1));
        }
        if let Some(title) = entry.get::<PdfString<'_>>("Title") {
            titles.entry(bare(&text_string(title.as_bytes()))).or_insert(level);
        }
    }
    titles.remove("");
    titles
}

/// Letters and digits of a text, for comparing a heading with the outline.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings() {
        assert_eq!(text_string(b"R\xE5dmannens \x8Dforslag\x8E"), "Rådmannens “forslag”");
        assert_eq!(text_string(b"\xFE\xFF\x00M\x00\xF8\x00t\x00e"), "Møte");
        assert_eq!(text_string(b"\xEF\xBB\xBFM\xC3\xB8te"), "Møte");
    }

    #[test]
    fn versions_and_profiles() {
        let found = identify(b"%PDF-1.4\n1 0 obj").unwrap();
        assert_eq!((found.puid, found.name), (Some("fmt/18"), "PDF 1.4"));
        let found =
            identify(b"junk\n%PDF-1.7\n1 0 obj <pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>")
                .unwrap();
        assert_eq!((found.puid, found.warnings.len()), (Some("fmt/477"), 1));
        let found = identify(b"%PDF-1.4\n1 0 obj pdfaid:part=\"1\" pdfaid:conformance=\"A\"").unwrap();
        assert_eq!(found.puid, Some("fmt/95"));
        assert_eq!(identify(b"En fil som begynner med %PDF-1.4 er PDF."), None);
    }
}
