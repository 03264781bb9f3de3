//! OpenDocument text (OASIS ODF 1.0 to 1.3, ISO/IEC 26300): .odt and .ott packages, and flat XML (.fodt).

mod list;
mod styles;
#[cfg(test)]
mod tests;
mod walk;

use super::package::{self, Package};
use super::xml;
use crate::document::{Document, Embedded, Problem, ProblemCode};
use crate::identify::{Format, Input, Match, Probe, Read, Reader};
use crate::limits::Limits;
use styles::Sheet;
use walk::Walker;

/// OpenDocument text.
pub const FORMAT: Format =
    Format { id: "odt", extensions: &["odt", "ott", "fodt"], sniff, reader: Reader::Document(read) };

const MIME: &str = "application/vnd.oasis.opendocument.text";

/// How much of a flat file's root element is looked at, in bytes. Its namespaces take some 4 kB.
const HEAD: usize = 16 << 10;

const VERSIONS: [(&str, &str); 4] = [("1.0", "fmt/136"), ("1.1", "fmt/290"), ("1.2", "fmt/291"), ("1.3", "fmt/1756")];

fn sniff(probe: &Probe) -> Option<Match> {
    if is_flat(probe.bytes) {
        return Some(Match::new(None, "OpenDocument Text (flat XML)", MIME, "XML with an OpenDocument text root"));
    }
    if !probe.zip_names().iter().any(|name| name == "content.xml") {
        return None;
    }
    let mut package = Package::open(probe.bytes, &Limits::DEFAULT).ok()?;
    let declared = package.text("mimetype").filter(|mime| mime.starts_with(MIME));
    if declared.is_none() && !package.text("META-INF/manifest.xml").is_some_and(|manifest| manifest.contains(MIME)) {
        return None;
    }
    let mut version = None;
    let manifest = package.text("META-INF/manifest.xml").unwrap_or_default();
    for text in [package.text("content.xml").unwrap_or_default(), manifest] {
        let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or(&text);
        xml::elements(head, &[], |_, root| {
            version = version.take().or_else(|| xml::attribute(root, "version").map(|value| value.into_owned()));
        });
    }
    let version = version.unwrap_or_else(|| "1.0".to_owned());
    let puid = VERSIONS.iter().find(|(known, _)| *known == version).map(|(_, puid)| *puid);
    Some(Match::new(puid, "OpenDocument Text", MIME, format!("zip package of OpenDocument text, version {version}")))
}

/// Whether the first element is `document` and says it is an OpenDocument text.
fn is_flat(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let find = |what: &str| memchr::memmem::find(head, what.as_bytes());
    start.trim_ascii_start().starts_with(b"<") && find("<office:document").is_some() && find(MIME).is_some()
}

fn read(input: &Input) -> Read {
    let limits = input.limits;
    if is_flat(input.bytes) {
        let text = package::decode(input.bytes.to_vec());
        let sheet = Sheet::parse(&text);
        let mut walker = Walker::new(limits);
        walker.walk(&text, "the file", &[&sheet]);
        let (mut document, problems) = walker.finish();
        read_properties(&text, &mut document);
        return Ok((document, problems));
    }
    let mut package = Package::open(input.bytes, limits)?;
    if package.text("META-INF/manifest.xml").is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Problem::new(ProblemCode::Encrypted, "the document needs a password"));
    }
    let content = package.text("content.xml").unwrap_or_default();
    if content.is_empty() {
        let problem = package.problems.pop();
        return Err(problem.unwrap_or_else(|| Problem::new(ProblemCode::Damaged, "no content.xml")));
    }
    let common = package.text("styles.xml").unwrap_or_default();
    let (own_sheet, common_sheet) = (Sheet::parse(&content), Sheet::parse(&common));
    let mut walker = Walker::new(limits);
    walker.walk(&common, "styles.xml", &[&common_sheet]);
    walker.walk(&content, "content.xml", &[&own_sheet, &common_sheet]);
    let (mut document, mut problems) = walker.finish();
    if let Some(text) = package.text("meta.xml") {
        read_properties(&text, &mut document);
    }
    for (name, bytes) in package.parts() {
        if name.starts_with("Object ") && !name.contains('/') {
            document.embedded.push(Embedded { name: name.to_owned(), bytes, media_type: None });
        }
    }
    problems.splice(0..0, package.problems);
    Ok((document, problems))
}

/// Takes what `office:meta` says into the document.
fn read_properties(text: &str, document: &mut Document) {
    let mut has_creator = false;
    for (name, value) in xml::leaves(text, "meta") {
        let key = match name.as_str() {
            "title" | "subject" | "description" | "language" => &name,
            "keyword" => {
                let keywords = document.properties.entry("keywords".to_owned()).or_default();
                keywords.push_str(if keywords.is_empty() { "" } else { ", " });
                keywords.push_str(&value);
                continue;
            }
            "initial-creator" => {
                has_creator = true;
                "author"
            }
            "creator" => "last_modified_by",
            "creation-date" => "created",
            "date" => "modified",
            "print-date" => "last_printed",
            "generator" => "producer",
            _ => continue,
        };
        document.properties.insert(key.to_owned(), value);
    }
    if !has_creator && let Some(creator) = document.properties.remove("last_modified_by") {
        document.properties.insert("author".to_owned(), creator);
    }
    xml::elements(text, &["body"], |name, element| {
        if name == "document-statistic" {
            let pages = xml::attribute(element, "page-count").and_then(|pages| pages.parse().ok());
            document.pages = pages.filter(|pages| *pages > 0);
        }
    });
}
