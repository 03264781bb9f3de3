//! A document as ODT (OpenDocument 1.2): the package with the parts that every reader needs.

use std::io::{Cursor, Write};

use super::model::Piece;

const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0""#;

const BOLD: &str = r#"<style:style style:name="Strong" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>"#;

const MIME: &str = "application/vnd.oasis.opendocument.text";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn paragraph(text: &str, style: &str) -> String {
    format!("<text:p text:style-name=\"{style}\">{}</text:p>", escaped(text))
}

fn heading(text: &str, level: u8) -> String {
    format!("<text:h text:outline-level=\"{level}\">{}</text:h>", escaped(text))
}

fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
    let cell = |text: &String| {
        format!("<table:table-cell office:value-type=\"string\">{}</table:table-cell>", paragraph(text, "Standard"))
    };
    let row =
        |row: &Vec<String>| format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>());
    let rows: String = rows.iter().map(row).collect();
    let columns = format!("<table:table-column table:number-columns-repeated=\"{columns}\"/>");
    format!("<table:table>{columns}{rows}</table:table>")
}

fn content(pieces: &[Piece]) -> String {
    let mut body = String::new();
    for piece in pieces {
        body.push_str(&match piece {
            Piece::Organisation(name) => paragraph(name, "Standard"),
            Piece::Title(title) => heading(title, 1),
            Piece::Fields(fields) => {
                let rows: Vec<Vec<String>> = fields.iter().map(|(l, v)| vec![format!("{l}:"), v.clone()]).collect();
                table(&rows)
            }
            Piece::Label(label) => paragraph(&format!("{label}:"), "Strong"),
            Piece::Text(text) | Piece::Line(text) => paragraph(text, "Standard"),
            Piece::Case(number, title) => heading(&format!("{number}  {title}"), 2),
            Piece::List(items) => {
                let item = |(number, title): &(String, String)| {
                    format!("<text:list-item>{}</text:list-item>", paragraph(&format!("{number}  {title}"), "Standard"))
                };
                format!("<text:list>{}</text:list>", items.iter().map(item).collect::<String>())
            }
            Piece::Table(rows) => table(rows),
            Piece::Names(names) => names.iter().map(|name| paragraph(name, "Standard")).collect(),
        });
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2"><office:automatic-styles>{BOLD}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    )
}

pub(crate) fn bytes(pieces: &[Piece]) -> Vec<u8> {
    let manifest = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    // The type comes first and as it is, so that it can be read without unpacking.
    let parts = [
        ("mimetype", MIME.to_owned(), zip::CompressionMethod::Stored),
        ("content.xml", content(pieces), zip::CompressionMethod::Deflated),
        ("META-INF/manifest.xml", manifest, zip::CompressionMethod::Deflated),
    ];
    for (name, text, method) in parts {
        out.start_file(name, options.compression_method(method)).expect("writing to memory cannot fail");
        out.write_all(text.as_bytes()).expect("writing to memory cannot fail");
    }
    out.finish().expect("writing to memory cannot fail").into_inner()
}
