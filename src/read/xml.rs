//! Small steps over a part's XML: names go by their local part, so that any namespace prefix will do.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// A reader that forgives ends without a start and starts without an end.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// The value of the first attribute whose local name is `name`.
pub(super) fn attribute<'e>(element: &'e BytesStart, name: &str) -> Option<Cow<'e, str>> {
    let found = element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Explicit1_0).unwrap_or(found.value))
}

/// The `val` attribute.
pub(super) fn value<'e>(element: &'e BytesStart) -> Option<Cow<'e, str>> {
    attribute(element, "val")
}

/// The `val` attribute as a number; `None` where it is none or out of range.
pub(super) fn number<N: std::str::FromStr>(element: &BytesStart) -> Option<N> {
    value(element)?.trim().parse().ok()
}

/// An on/off property (ECMA-376 part 1, 17.17.4): on unless `val` says otherwise.
pub(super) fn is_on(element: &BytesStart) -> bool {
    !matches!(value(element).as_deref(), Some("0" | "false" | "off" | "none"))
}

/// A character reference or one of the five predefined entities. Others are not expanded.
pub(super) fn resolve(reference: &BytesRef) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => Some(c),
        Ok(None) => resolve_xml_entity(reference)?.chars().next(),
        Err(_) => None,
    }
}

/// Reads past the end of the element whose start was just read.
pub(super) fn skip(reader: &mut Reader<&[u8]>) {
    within(reader, &[], |_, _| {});
}

/// Calls `visit` with the local name and the start of each element inside the one whose start was just read, and reads
/// past its end. Elements named in `except` are left out with what they hold.
pub(super) fn within(reader: &mut Reader<&[u8]>, except: &[&str], mut visit: impl FnMut(&str, &BytesStart)) {
    let mut depth = 0_usize;
    let mut excepted_from = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                depth += 1;
                if excepted_from.is_none() {
                    let name = element.local_name();
                    if except.contains(&name.as_ref()) {
                        excepted_from = Some(depth);
                    } else {
                        visit(name.as_ref(), &element);
                    }
                }
            }
            Ok(Event::Empty(element)) if excepted_from.is_none() => {
                let name = element.local_name();
                if !except.contains(&name.as_ref()) {
                    visit(name.as_ref(), &element);
                }
            }
            Ok(Event::End(_)) => {
                if depth == 0 {
                    return;
                }
                if excepted_from == Some(depth) {
                    excepted_from = None;
                }
                depth -= 1;
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// Calls `visit` with the local name and start of each element of a part.
pub(super) fn elements(text: &str, except: &[&str], visit: impl FnMut(&str, &BytesStart)) {
    within(&mut reader(text), except, visit);
}

/// Local names and texts of the elements that hold text, where there is any: those inside the first element called
/// `within`, or all for `""`.
pub(super) fn leaves(text: &str, within: &str) -> Vec<(String, String)> {
    let mut reader = reader(text);
    let mut found = Vec::new();
    let mut value = String::new();
    let mut inside = within.is_empty();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                inside |= element.local_name().as_ref() == within;
                value.clear();
            }
            Ok(Event::Text(text)) => value.push_str(&text),
            Ok(Event::CData(text)) => value.push_str(&text),
            Ok(Event::GeneralRef(reference)) => value.extend(resolve(&reference)),
            Ok(Event::End(element)) => {
                let name = element.local_name();
                if name.as_ref() == within {
                    return found;
                }
                let shown = value.trim();
                if inside && !shown.is_empty() {
                    found.push((name.as_ref().to_owned(), shown.to_owned()));
                }
                value.clear();
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}
