//! What a package says about itself: `docProps/core.xml` and `docProps/app.xml`.

use crate::document::Document;
use crate::read::xml;

/// Takes the core properties (ECMA-376 part 2, 11) into the document.
pub(super) fn read_core(text: &str, document: &mut Document) {
    for (name, value) in xml::leaves(text, "") {
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
    for (name, value) in xml::leaves(text, "") {
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
