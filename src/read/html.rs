//! HTML: pages from the web, documents that Word saved as HTML under any name, and web archives (MHTML, RFC 2557).

mod mime;
mod source;
#[cfg(test)]
mod tests;
mod walk;

use std::borrow::Cow;

use super::text::encoding;
use crate::document::{Document, Encoding, Problem, ProblemCode};
use crate::identify::{Format, Input, Match, Probe, Read, Reader};

/// HTML and XHTML.
pub const FORMAT: Format =
    Format { id: "html", extensions: &["htm", "html", "xhtml"], sniff, reader: Reader::Document(read) };

/// Web archives of one page.
pub const ARCHIVE: Format =
    Format { id: "mhtml", extensions: &["mht", "mhtml"], sniff: mime::sniff, reader: Reader::Document(read_archive) };

/// How much of a file its format is looked for in, in bytes.
const HEAD: usize = 16 << 10;

/// What a document type declaration says, and the version it means.
const DOCTYPES: [(&str, &str, &str); 7] = [
    ("xhtml 1.1", "fmt/103", "Extensible Hypertext Markup Language 1.1"),
    ("xhtml 1.0", "fmt/102", "Extensible Hypertext Markup Language 1.0"),
    ("html 4.01", "fmt/100", "Hypertext Markup Language 4.01"),
    ("html 4.0", "fmt/99", "Hypertext Markup Language 4.0"),
    ("html 3.2", "fmt/98", "Hypertext Markup Language 3.2"),
    ("html 2.0", "fmt/97", "Hypertext Markup Language 2.0"),
    ("<!doctype html>", "fmt/471", "Hypertext Markup Language 5"),
];

/// Elements that a file without `<html>` may begin with.
const FIRST_ELEMENTS: [&str; 18] = [
    "head", "body", "title", "meta", "p", "div", "h1", "h2", "h3", "table", "font", "center", "ul", "ol", "span", "b",
    "style", "pre",
];

fn sniff(probe: &Probe) -> Option<Match> {
    let head = probe.bytes.get(..HEAD).unwrap_or(probe.bytes);
    // Packages begin with no sign of a page; decoding them would be for nothing.
    if probe.is_zip() || probe.is_ole() || !head.contains(&b'<') {
        return None;
    }
    let text = encoding::decode(head).text.to_ascii_lowercase();
    let (start, is_xml) = skip_prolog(&text);
    let matched = |basis: &str| {
        let found =
            DOCTYPES.iter().find(|(says, ..)| start.get(..400.min(start.len())).unwrap_or(start).contains(says));
        let (_, puid, name) = found.unwrap_or(&("", "fmt/96", "Hypertext Markup Language"));
        let mime = if name.starts_with("Ext") { "application/xhtml+xml" } else { "text/html" };
        Some(Match::new(Some(puid), name, mime, basis))
    };
    if start.starts_with("<!doctype html") {
        return matched("HTML document type");
    }
    let element = start.strip_prefix('<')?;
    let name = element.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let after = element.get(name.len()..)?.chars().next()?;
    if !matches!(after, '>' | '/' | ' ' | '\n' | '\r' | '\t') {
        return None;
    }
    if name == "html" {
        return matched("html element");
    }
    let markdown = matches!(probe.extension, "md" | "markdown");
    let closed = ["</p>", "</div>", "</td>", "</h1>", "</h2>", "</h3>", "</li>", "</title>", "</font>", "</b>", "<br"];
    let tags: usize = closed.iter().map(|tag| start.matches(tag).count()).sum();
    let is_html = FIRST_ELEMENTS.contains(&name) && tags >= 2 && !is_xml && !markdown;
    if is_html { matched("HTML elements") } else { None }
}

/// What follows white space, comments and an XML declaration, and whether there was one. `text` is in lower case.
fn skip_prolog(text: &str) -> (&str, bool) {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    let mut is_xml = false;
    loop {
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("<?xml") {
            is_xml = true;
            rest.find('>').map(|at| at + 1)
        } else {
            return (rest, is_xml);
        };
        rest = end.and_then(|end| rest.get(end..)).unwrap_or_default().trim_start();
    }
}

fn read(input: &Input) -> Read {
    Ok(read_page(input.bytes, None, input))
}

fn read_archive(input: &Input) -> Read {
    let Some(page) = mime::page(input.bytes) else {
        return Err(Problem::new(ProblemCode::Damaged, "no page in the web archive"));
    };
    let (document, mut problems) = read_page(&page.content, page.charset.as_deref(), input);
    if page.cut {
        problems.push(Problem::new(ProblemCode::Damaged, "the web archive breaks off"));
    }
    Ok((document, problems))
}

fn read_page(bytes: &[u8], charset: Option<&str>, input: &Input) -> (Document, Vec<Problem>) {
    let (text, encoding) = decode(bytes, charset);
    let mut problems = Vec::new();
    let (text, flattened) = source::flatten(&text, input.limits.depth);
    if flattened {
        let message = format!("elements nested deeper than {} were taken as their content", input.limits.depth);
        problems.push(Problem::new(ProblemCode::LimitExceeded, message));
    }
    let mut document = Document { encoding: Some(encoding), ..Document::default() };
    if walk::walk(&text, input.limits, &mut document) {
        let message = format!("more than {} table cells; the rest were put into one", input.limits.cells);
        problems.push(Problem::new(ProblemCode::LimitExceeded, message));
    }
    (document, problems)
}

/// The text of a page: by byte order mark, by what it or its archive declares, else by what it looks like.
///
/// Text that is UTF-8 throughout is UTF-8 whatever it declares, and text that is not is not.
fn decode(bytes: &[u8], charset: Option<&str>) -> (String, Encoding) {
    let declared = charset.map(str::to_owned).or_else(|| source::declared_charset(bytes));
    let by_label = declared.as_deref().and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let usable = by_label.filter(|encoding| {
        let is_wide = *encoding == encoding_rs::UTF_16LE || *encoding == encoding_rs::UTF_16BE;
        !marked && !is_wide && (*encoding == encoding_rs::UTF_8) == is_utf8
    });
    // Seven bits are the same in all of them.
    let usable = usable.or(by_label.filter(|encoding| bytes.is_ascii() && encoding.is_ascii_compatible()));
    match usable {
        Some(encoding) => {
            let text: Cow<str> = encoding.decode_without_bom_handling(bytes).0;
            let name = encoding.name().to_ascii_lowercase();
            (text.into_owned(), Encoding { declared, detected: name.clone(), chosen: name })
        }
        None => {
            let decoded = encoding::decode(bytes);
            (decoded.text, Encoding { declared: declared.or(decoded.encoding.declared), ..decoded.encoding })
        }
    }
}
