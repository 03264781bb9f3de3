//! A document in one of the formats; Word, Markdown and text in four encodings here, the others in files of their own.

use std::io::{Cursor, Read, Write};

use docx_rs::{AlignmentType, Docx, Paragraph, Run, Style, StyleType, TableCell, TableRow};

use super::model::{Paper, Piece};
use super::{odt, pdf, rtf};

/// How a document is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Docx,
    Odt,
    Rtf,
    Pdf,
    Markdown,
    Utf8,
    Cp1252,
    /// DOS text: hard line breaks, words divided at line ends.
    Cp865,
    /// Norwegian seven-bit text: `{|}` for æøå, with page feet and form feeds.
    Ns4551,
}

impl Format {
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Pdf => "pdf",
            Self::Markdown => "md",
            Self::Utf8 | Self::Cp1252 | Self::Cp865 | Self::Ns4551 => "txt",
        }
    }
}

/// The bytes of a document.
pub(crate) fn bytes(paper: &Paper, format: Format) -> Vec<u8> {
    match format {
        Format::Docx => docx(&paper.pieces),
        Format::Odt => odt::bytes(&paper.pieces),
        Format::Rtf => rtf::bytes(&paper.pieces),
        Format::Pdf => pdf::bytes(&paper.pieces),
        Format::Markdown => markdown(&paper.pieces).into_bytes(),
        Format::Utf8 => text(&paper.pieces, 90, false).join("\n").into_bytes(),
        Format::Cp1252 => {
            let text = text(&paper.pieces, 100, false).join("\r\n");
            text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
        }
        Format::Cp865 => text(&paper.pieces, 66, true).join("\r\n").chars().map(dos).collect(),
        Format::Ns4551 => paged(&text(&paper.pieces, 72, false)).chars().map(seven_bit).collect(),
    }
}

/// The letters of code page 865 that the archive uses.
fn dos(c: char) -> u8 {
    match c {
        'æ' => 0x91,
        'Æ' => 0x92,
        'ø' => 0x9b,
        'Ø' => 0x9d,
        'å' => 0x86,
        'Å' => 0x8f,
        'é' => 0x82,
        c => u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(b'?'),
    }
}

/// NS 4551-1 (ISO 646-NO).
fn seven_bit(c: char) -> u8 {
    match c {
        'æ' => b'{',
        'ø' => b'|',
        'å' => b'}',
        'Æ' => b'[',
        'Ø' => b'\\',
        'Å' => b']',
        'é' => b'e',
        c => u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(b'?'),
    }
}

/// Pages of fifty lines, each with its number at the foot.
fn paged(lines: &[String]) -> String {
    let pages: Vec<&[String]> = lines.chunks(50).collect();
    let page = |(i, page): (usize, &&[String])| {
        format!("{}\r\n\r\n{:>60}\r\n", page.join("\r\n"), format!("Side {} av {}", i + 1, pages.len()))
    };
    pages.iter().enumerate().map(page).collect::<Vec<_>>().join("\u{c}")
}

fn text(pieces: &[Piece], width: usize, divide: bool) -> Vec<String> {
    let mut lines = Vec::new();
    let gap = |lines: &mut Vec<String>| {
        if !lines.is_empty() {
            lines.push(String::new());
        }
    };
    for piece in pieces {
        match piece {
            Piece::Organisation(name) => lines.push(name.clone()),
            Piece::Title(title) => {
                gap(&mut lines);
                lines.push(title.to_uppercase());
            }
            Piece::Fields(fields) => {
                gap(&mut lines);
                for (label, value) in fields {
                    let label = format!("{label}:");
                    for (i, part) in wrap(value, width - 18, false).into_iter().enumerate() {
                        lines.push(format!("{:18}{part}", if i == 0 { label.as_str() } else { "" }));
                    }
                }
            }
            Piece::Label(label) => {
                gap(&mut lines);
                lines.push(format!("{label}:"));
            }
            Piece::Text(text) => {
                if !lines.last().is_some_and(|l| l.ends_with(':')) {
                    gap(&mut lines);
                }
                lines.extend(wrap(text, width, divide));
            }
            Piece::Case(number, title) => {
                gap(&mut lines);
                gap(&mut lines);
                lines.push(format!("{number}  {title}"));
            }
            Piece::List(items) => {
                lines.extend(items.iter().map(|(number, title)| format!("{number:14}{title}")));
            }
            Piece::Table(rows) => {
                gap(&mut lines);
                lines.extend(aligned(rows));
            }
            Piece::Names(names) => lines.extend(names.iter().cloned()),
            Piece::Line(line) => {
                if line.contains("(sign.)") {
                    gap(&mut lines);
                }
                lines.push(line.clone());
            }
        }
    }
    lines.push(String::new());
    lines
}

/// The text in lines of at most `width`; with `divide`, long compounds are divided at the line end.
pub(crate) fn wrap(text: &str, width: usize, divide: bool) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else { break };
        let room = width.saturating_sub(line.chars().count() + 1);
        if line.is_empty() || word.chars().count() <= room {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        let parts = if divide { joint(word).filter(|(first, _)| first.chars().count() < room) } else { None };
        if let Some((first, rest)) = parts {
            line.push_str(&format!(" {first}-"));
            lines.push(rest.to_owned());
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// Where a compound may be divided.
fn joint(word: &str) -> Option<(&str, &str)> {
    ["frilufts", "parkerings", "grunn", "hekke", "informasjons", "sommer", "forvaltnings", "oppdretts", "driv"]
        .iter()
        .find_map(|first| word.strip_prefix(first).filter(|rest| rest.chars().count() > 4).map(|rest| (*first, rest)))
}

/// Rows in columns of spaces: labels to the left, amounts to the right.
fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| rows.iter().filter_map(|r| r.get(c)).map(|t| t.chars().count()).max().unwrap_or(0);
    rows.iter()
        .map(|row| {
            let mut line = String::new();
            for (c, cell) in row.iter().enumerate().take(columns) {
                if c == 0 {
                    line.push_str(&format!("{cell:0$}", width(0)));
                } else {
                    line.push_str(&format!("{cell:>0$}", width(c) + 4));
                }
            }
            line.trim_end().to_owned()
        })
        .collect()
}

fn markdown(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let text = match piece {
            Piece::Organisation(name) => name.clone(),
            Piece::Title(title) => format!("# {title}"),
            Piece::Fields(fields) => {
                fields.iter().map(|(label, value)| format!("**{label}:** {value}  ")).collect::<Vec<_>>().join("\n")
            }
            Piece::Label(label) => format!("**{label}:**"),
            Piece::Text(text) | Piece::Line(text) => text.clone(),
            Piece::Case(number, title) => format!("## {number} {title}"),
            Piece::List(items) => {
                items.iter().map(|(number, title)| format!("- {number} {title}")).collect::<Vec<_>>().join("\n")
            }
            Piece::Names(names) => names.iter().map(|name| format!("- {name}")).collect::<Vec<_>>().join("\n"),
            Piece::Table(rows) => {
                let mut lines: Vec<String> = rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
                if let Some(head) = rows.first() {
                    lines.insert(1, format!("|{}", "---|".repeat(head.len())));
                }
                lines.join("\n")
            }
        };
        out.push_str(&text);
        out.push_str("\n\n");
    }
    out
}

fn docx(pieces: &[Piece]) -> Vec<u8> {
    let heading = |id: &str, name: &str, size| Style::new(id, StyleType::Paragraph).name(name).size(size).bold();
    let mut docx =
        Docx::new().add_style(heading("Heading1", "heading 1", 32)).add_style(heading("Heading2", "heading 2", 26));
    let plain = |text: &str| Paragraph::new().add_run(Run::new().add_text(text));
    let bold = |text: &str| Paragraph::new().add_run(Run::new().add_text(text).bold());
    let table = |rows: &[Vec<String>], head: bool| {
        let cell = |text: &String, is_head: bool| {
            TableCell::new().add_paragraph(if is_head { bold(text) } else { plain(text) })
        };
        let row = |(i, cells): (usize, &Vec<String>)| {
            TableRow::new(cells.iter().map(|text| cell(text, head && i == 0)).collect())
        };
        docx_rs::Table::new(rows.iter().enumerate().map(row).collect())
    };
    for piece in pieces {
        docx = match piece {
            Piece::Organisation(name) => docx.add_paragraph(plain(name).align(AlignmentType::Center)),
            Piece::Title(title) => docx.add_paragraph(plain(title).style("Heading1")),
            Piece::Fields(fields) if fields.len() == 1 => {
                let (label, value) = &fields[0];
                docx.add_paragraph(
                    Paragraph::new()
                        .add_run(Run::new().add_text(format!("{label}: ")).bold())
                        .add_run(Run::new().add_text(value)),
                )
            }
            Piece::Fields(fields) => {
                let rows: Vec<Vec<String>> = fields.iter().map(|(l, v)| vec![format!("{l}:"), v.clone()]).collect();
                docx.add_table(table(&rows, false))
            }
            Piece::Label(label) => docx.add_paragraph(bold(&format!("{label}:"))),
            Piece::Text(text) | Piece::Line(text) => docx.add_paragraph(plain(text)),
            Piece::Case(number, title) => docx.add_paragraph(plain(&format!("{number}  {title}")).style("Heading2")),
            Piece::List(items) => {
                let mut rows = vec![vec!["Saksnr".to_owned(), "Tittel".to_owned()]];
                rows.extend(items.iter().map(|(number, title)| vec![number.clone(), title.clone()]));
                docx.add_table(table(&rows, true))
            }
            Piece::Table(rows) => docx.add_table(table(rows, true)).add_paragraph(Paragraph::new()),
            Piece::Names(names) => names.iter().fold(docx, |docx, name| docx.add_paragraph(plain(name))),
        };
    }
    let mut package = Cursor::new(Vec::new());
    docx.build().pack(&mut package).expect("writing to memory cannot fail");
    packed(package.into_inner())
}

/// The package with its parts compressed, which `docx-rs` leaves undone.
fn packed(package: Vec<u8>) -> Vec<u8> {
    let mut read = zip::ZipArchive::new(Cursor::new(package)).expect("a package just written");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for i in 0..read.len() {
        let mut part = read.by_index(i).expect("a part just written");
        if part.is_dir() {
            continue;
        }
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a part just written");
        let name = part.name().expect("a name just written").into_owned();
        if name == "word/document.xml" {
            bytes = numbered_anew(&String::from_utf8_lossy(&bytes)).into_bytes();
        }
        out.start_file(name, options).expect("writing to memory cannot fail");
        out.write_all(&bytes).expect("writing to memory cannot fail");
    }
    out.finish().expect("writing to memory cannot fail").into_inner()
}

/// The XML with its paragraph numbers counted from one: those of `docx-rs` run on from file to file.
fn numbered_anew(xml: &str) -> String {
    const MARK: &str = "w14:paraId=\"";
    let mut parts = xml.split(MARK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (i, part) in parts.enumerate() {
        out.push_str(&format!("{MARK}{:08x}", i + 1));
        out.push_str(part.get(8..).unwrap_or_default());
    }
    out
}
