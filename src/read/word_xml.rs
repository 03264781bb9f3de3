//! Word 2003 XML (WordprocessingML as published by Microsoft in 2003): one XML file with what a .docx package holds in
//! several, under slightly other names. It is divided into those parts and renamed, and read as they are.

use quick_xml::events::{BytesStart, Event};

use super::docx::{self, Parts};
use super::{package, xml};
use crate::document::{BlockKind, Document};
use crate::identify::{Format, Input, Match, Probe, Read, Reader};

/// Word 2003 XML.
pub const FORMAT: Format =
    Format { id: "word_xml", extensions: &["xml", "doc"], sniff, reader: Reader::Document(read) };

/// How much of a file its root is looked for in, in bytes.
const HEAD: usize = 8 << 10;

const NAMESPACE: &[u8] = b"http://schemas.microsoft.com/office/word/2003/";

fn sniff(probe: &Probe) -> Option<Match> {
    let head = probe.bytes.get(..HEAD).unwrap_or(probe.bytes);
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let is_utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    let decoded;
    let text = if is_utf16 {
        decoded = package::decode(head.to_vec()).into_bytes();
        &decoded
    } else if start.starts_with(b"<") {
        head
    } else {
        return None;
    };
    let has = |what: &[u8]| memchr::memmem::find(text, what).is_some();
    (has(b"wordDocument") && has(NAMESPACE))
        .then(|| Match::new(None, "Microsoft Word 2003 XML", "application/xml", "XML with the root wordDocument"))
}

fn read(input: &Input) -> Read {
    let text = package::decode(input.bytes.to_vec());
    let mut document = Document::default();
    for (name, value) in xml::leaves(&text, "DocumentProperties") {
        let key = match name.as_str() {
            "Title" => "title",
            "Author" => "author",
            "LastAuthor" => "last_modified_by",
            "Created" => "created",
            "LastSaved" => "modified",
            "LastPrinted" => "last_printed",
            "Company" => "company",
            "Subject" => "subject",
            "Keywords" => "keywords",
            "Pages" => {
                document.pages = value.parse().ok().filter(|pages| *pages > 0);
                continue;
            }
            _ => continue,
        };
        document.properties.insert(key.to_owned(), value);
    }
    let parts = divide(&text);
    let problems = docx::read_parts(&parts, input.limits, &mut document);
    Ok((document, problems))
}

/// What is done at the end of an open element.
enum End {
    /// The element was written under this name.
    Close(String),
    /// The text written since belongs to a part of its own.
    Part(Part),
}

/// A part that stands inside another.
#[derive(Clone, Copy)]
enum Part {
    Styles,
    Numbering,
    Note,
    Comment,
    Furniture(BlockKind),
}

/// Divides a file into the parts of a package.
fn divide(text: &str) -> Parts {
    let mut parts = Parts::default();
    let mut outer: Vec<String> = Vec::new();
    let mut out = String::with_capacity(text.len());
    let mut ends: Vec<End> = Vec::new();
    let mut notes = 0_usize;
    let mut reader = xml::reader(text);
    loop {
        let (element, is_empty) = match reader.read_event() {
            Ok(Event::Start(element)) => (element, false),
            Ok(Event::Empty(element)) => (element, true),
            Ok(Event::End(_)) => {
                match ends.pop() {
                    Some(End::Close(name)) => close(&mut out, &name),
                    Some(End::Part(part)) => {
                        let content = std::mem::replace(&mut out, outer.pop().unwrap_or_default());
                        file_away(&mut parts, part, &content);
                    }
                    None => {}
                }
                continue;
            }
            Ok(Event::Text(text)) => {
                out.push_str(&text);
                continue;
            }
            Ok(Event::CData(text)) => {
                out.push_str(&quick_xml::escape::escape(&*text));
                continue;
            }
            Ok(Event::GeneralRef(reference)) => {
                out.push('&');
                out.push_str(&reference);
                out.push(';');
                continue;
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => continue,
        };
        let kind = xml::attribute(&element, "type").unwrap_or_default();
        let local_name = element.local_name();
        let mut extra = String::new();
        let (name, part) = match local_name.as_ref() {
            "binData" | "docSuppData" | "fonts" | "docPr" | "shapeDefaults" | "DocumentProperties" => ("", None),
            "styles" => ("styles", Some(Part::Styles)),
            "lists" => ("numbering", Some(Part::Numbering)),
            name @ ("footnote" | "endnote") => {
                notes += 1;
                out.push_str(&format!("<{name}Reference id=\"{notes}\"/>"));
                extra = format!(" id=\"{notes}\"");
                (name, Some(Part::Note))
            }
            "hdr" => ("hdr", Some(Part::Furniture(BlockKind::Header))),
            "ftr" => ("ftr", Some(Part::Furniture(BlockKind::Footer))),
            "annotation" => match &*kind {
                "Word.Deletion" => ("del", None),
                "Word.Insertion" => ("ins", None),
                "Word.Comment" => ("comment", Some(Part::Comment)),
                _ => ("", None),
            },
            "listDef" => ("abstractNum", None),
            "list" => ("num", None),
            "ilst" => ("abstractNumId", None),
            "ilfo" => ("numId", None),
            "nfc" => ("numFmt", None),
            "vmerge" => ("vMerge", None),
            "hmerge" => ("hMerge", None),
            other => (other, None),
        };
        if name.is_empty() {
            if !is_empty {
                xml::skip(&mut reader);
            }
            continue;
        }
        if part.is_some() && !is_empty {
            outer.push(std::mem::take(&mut out));
        }
        let name = name.to_owned();
        open(&mut out, &name, &element, &extra);
        match part {
            _ if is_empty => close(&mut out, &name),
            Some(part) => ends.push(End::Part(part)),
            None => ends.push(End::Close(name)),
        }
    }
    // Where the file breaks off, the parts that are open are as complete as they will be.
    while let Some(end) = ends.pop() {
        if let End::Part(part) = end {
            let content = std::mem::replace(&mut out, outer.pop().unwrap_or_default());
            file_away(&mut parts, part, &content);
        }
    }
    parts.body = out;
    parts
}

fn file_away(parts: &mut Parts, part: Part, content: &str) {
    match part {
        Part::Styles => parts.styles.push_str(content),
        Part::Numbering => parts.numbering.push_str(content),
        Part::Note => {
            parts.notes.push_str(content);
            let is_foot = content.starts_with("<footnote");
            close(&mut parts.notes, if is_foot { "footnote" } else { "endnote" });
        }
        Part::Comment => {
            parts.comments.push_str(content);
            close(&mut parts.comments, "comment");
        }
        Part::Furniture(kind) => {
            let mut content = content.to_owned();
            close(&mut content, if kind == BlockKind::Header { "hdr" } else { "ftr" });
            parts.furniture.push((kind, content));
        }
    }
}

/// Writes a start tag, all names without prefix.
fn open(out: &mut String, name: &str, element: &BytesStart, extra: &str) {
    out.push('<');
    out.push_str(name);
    out.push_str(extra);
    for attribute in element.attributes().with_checks(false).flatten() {
        let local_name = attribute.key.local_name();
        let key = match local_name.as_ref() {
            "listDefId" => "abstractNumId",
            "ilfo" => "numId",
            "id" if !extra.is_empty() => continue,
            key => key,
        };
        let value = match (name, key) {
            ("numFmt", "val") => number_format(&attribute.value),
            _ => &attribute.value,
        };
        out.push_str(&format!(" {key}=\"{}\"", value.replace('"', "&quot;")));
    }
    out.push('>');
}

fn close(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// The name of a number format given by its code.
fn number_format(code: &str) -> &str {
    match code {
        "1" => "upperRoman",
        "2" => "lowerRoman",
        "3" => "upperLetter",
        "4" => "lowerLetter",
        "5" => "ordinal",
        "22" => "decimalZero",
        "23" => "bullet",
        "255" => "none",
        _ => "decimal",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::limits::Limits;

    #[test]
    fn the_parts_come_together() {
        let text = r#"<?xml version="1.0"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:aml="a" xmlns:o="o"><o:DocumentProperties><o:Author>Kari</o:Author></o:DocumentProperties>
<w:lists><w:listDef w:listDefId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="4"/><w:lvlText w:val="%1)"/></w:lvl></w:listDef><w:list w:ilfo="1"><w:ilst w:val="3"/></w:list></w:lists>
<w:styles><w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/></w:style></w:styles>
<w:body><w:p><w:pPr><w:pStyle w:val="Overskrift1"/></w:pPr><w:r><w:t>Sak &amp; svar</w:t></w:r></w:p>
<w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/></w:listPr></w:pPr><w:r><w:t>One</w:t></w:r><w:r><w:footnote><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnote></w:r>
<aml:annotation w:type="Word.Deletion" aml:author="Ola"><aml:content><w:r><w:delText>gone</w:delText></w:r></aml:content></aml:annotation></w:p>
<w:sectPr><w:hdr w:type="odd"><w:p><w:r><w:t>Head</w:t></w:r></w:p></w:hdr></w:sectPr></w:body></w:wordDocument>"#;
        let found = sniff(&Probe::new(text.as_bytes(), "doc")).unwrap();
        let input = Input { bytes: text.as_bytes(), name: "input.doc", found: &found, limits: &Limits::DEFAULT };
        let (document, problems) = read(&input).unwrap();
        assert_eq!(problems, []);
        let blocks: Vec<(BlockKind, &str, Option<&str>)> =
            document.blocks.iter().map(|b| (b.kind, b.text.as_str(), b.label.as_deref())).collect();
        assert_eq!(
            blocks,
            [
                (BlockKind::Header, "Head", None),
                (BlockKind::Heading, "Sak & svar", None),
                (BlockKind::ListItem, "One", Some("a)")),
                (BlockKind::Footnote, "Note", Some("1")),
            ]
        );
        assert_eq!(document.deleted[0].text, "gone");
        assert_eq!(document.properties["author"], "Kari");
    }
}
