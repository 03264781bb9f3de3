//! What a package says about itself: `docProps/core.xml` and `docProps/app.xml`.

use quick_xml::events::Event;

use crate::document::Document;
use crate::read::xml;

/// Takes the core properties (ECMA-376 part 2, 11) into the document.
pub(super) fn read_core(text: &str, document: &mut Document) {
    for (name, value) in leaves(text) {
        let key = match name.as_str() {
            "creator" => "author",
            "lastModifiedBy" => "last_modified_by",
            "lastPrinted" => "last_printed",
            "contentStatus" => "content_status",
            "title" | "subject" | "description" | "keywords" | "category" | "created" | "modified" | "language"
            | "revision" => &name,
            _ => continue,
        };
        document.properties.insert(key.to_owned(), value);
    }
}

/// Takes the extended properties (ECMA-376 part 1, 22.2) into the document.
pub(super) fn read_extended(text: &str, document: &mut Document) {
    let mut version = None;
    for (name, value) in leaves(text) {
        let key = match name.as_str() {
            "Application" => "producer",
            "Company" => "company",
            "Manager" => "manager",
            "Template" => "template",
            "AppVersion" => {
                version = Some(value);
                continue;
            }
            "Pages" => {
                document.pages = value.parse().ok().filter(|pages| *pages > 0);
                continue;
            }
            _ => continue,
        };
        document.properties.insert(key.to_owned(), value);
    }
    if let (Some(version), Some(producer)) = (version, document.properties.get_mut("producer")) {
        producer.push(' ');
        producer.push_str(&version);
    }
}

/// Local names and texts of the elements that hold text, where there is any.
fn leaves(text: &str) -> Vec<(String, String)> {
    let mut reader = xml::reader(text);
    let mut found = Vec::new();
    let mut value = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(_) | Event::Empty(_)) => value.clear(),
            Ok(Event::Text(text)) => value.push_str(&text),
            Ok(Event::CData(text)) => value.push_str(&text),
            Ok(Event::GeneralRef(reference)) => value.extend(xml::resolve(&reference)),
            Ok(Event::End(element)) => {
                let shown = value.trim();
                if !shown.is_empty() {
                    found.push((element.local_name().as_ref().to_owned(), shown.to_owned()));
                }
                value.clear();
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}
