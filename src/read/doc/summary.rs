//! What a file says about itself: the property sets of a compound file ([MS-OLEPS]), and the strings that Word 2 keeps.

use super::bytes::{slice_at, u8_at, u16_at, u32_at};
use super::fonts::decode;
use crate::document::{Document, Properties};
use crate::read::filetime::file_time;

/// Property names of the summary information ([MS-OLEPS] 3.1.2).
const SUMMARY: &[(u32, &str)] = &[
    (2, "title"),
    (3, "subject"),
    (4, "author"),
    (5, "keywords"),
    (6, "description"),
    (7, "template"),
    (8, "last_modified_by"),
    (9, "revision"),
    (11, "last_printed"),
    (12, "created"),
    (13, "modified"),
    (18, "producer"),
];

/// Property names of the document summary information ([MS-OSHARED] 2.3.3.2.1.1).
const DOCUMENT_SUMMARY: &[(u32, &str)] = &[(2, "category"), (14, "manager"), (15, "company")];

/// Number of the page count in the summary information.
const PAGES: u32 = 14;

/// Takes the stream SummaryInformation into the document.
pub(super) fn read_summary(stream: &[u8], document: &mut Document) {
    read_set(stream, SUMMARY, &mut document.properties);
    document.pages = property(stream, PAGES).and_then(|value| u32_at(value, 4)).filter(|pages| *pages > 0);
}

/// Takes the stream DocumentSummaryInformation into the document.
pub(super) fn read_document_summary(stream: &[u8], document: &mut Document) {
    read_set(stream, DOCUMENT_SUMMARY, &mut document.properties);
}

fn read_set(stream: &[u8], names: &[(u32, &str)], properties: &mut Properties) {
    // Property 1 is the code page of the strings.
    let code_page = property(stream, 1).and_then(|value| u16_at(value, 4)).unwrap_or(1252);
    for (number, name) in names {
        let shown = property(stream, *number).and_then(|value| read_value(value, code_page)).unwrap_or_default();
        let shown: String = shown.trim().chars().filter(|c| !c.is_control()).collect();
        if !shown.is_empty() {
            properties.insert((*name).to_owned(), shown);
        }
    }
}

/// The typed value of a property in the first set of a stream ([MS-OLEPS] 2.21 PropertySetStream, 2.20 PropertySet).
fn property(stream: &[u8], number: u32) -> Option<&[u8]> {
    let set = stream.get(u32_at(stream, 44)? as usize..)?;
    let count = (u32_at(set, 4)? as usize).min(set.len() / 8);
    let entry = (0..count).map(|i| 8 + 8 * i).find(|at| u32_at(set, *at) == Some(number))?;
    set.get(u32_at(set, entry + 4)? as usize..)
}

/// [MS-OLEPS] 2.15 TypedPropertyValue.
fn read_value(value: &[u8], code_page: u16) -> Option<String> {
    let length = u32_at(value, 4)? as usize;
    Some(match u16_at(value, 0)? {
        // VT_LPSTR; in code page 1200 its characters are UTF-16.
        0x1E => {
            let text = decode(slice_at(value, 8, length), code_page);
            text.split('\0').next().unwrap_or_default().to_owned()
        }
        // VT_LPWSTR
        0x1F => {
            let units: Vec<u16> =
                (0..length).map_while(|i| u16_at(value, 8 + 2 * i)).take_while(|unit| *unit != 0).collect();
            String::from_utf16_lossy(&units)
        }
        // VT_FILETIME
        0x40 => file_time(u64::from(u32_at(value, 4)?) | u64::from(u32_at(value, 8)?) << 32)?,
        _ => return None,
    })
}

/// A date in the structure DTTM ([MS-DOC] 2.9.62), in ISO 8601 without a time zone.
pub(super) fn dttm(value: u32) -> Option<String> {
    let (minute, hour, day, month, year) =
        (value & 0x3F, value >> 6 & 0x1F, value >> 11 & 0x1F, value >> 16 & 0x0F, 1900 + (value >> 20 & 0x1FF));
    (value != 0).then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"))
}

/// The strings of Word 2 (SttbfAssoc: a length, then counted strings in a fixed order).
pub(super) fn read_associated(bytes: &[u8], code_page: u16, document: &mut Document) {
    const NAMES: [&str; 8] =
        ["", "template", "title", "subject", "keywords", "description", "author", "last_modified_by"];
    let mut at = 2;
    for name in NAMES {
        let Some(length) = u8_at(bytes, at) else { return };
        let text = decode(slice_at(bytes, at + 1, usize::from(length)), code_page);
        at += 1 + usize::from(length);
        if !name.is_empty() && !text.trim().is_empty() {
            document.properties.insert(name.to_owned(), text.trim().to_owned());
        }
    }
}
