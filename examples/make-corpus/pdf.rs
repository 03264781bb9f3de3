//! A document as PDF: A4 pages in Helvetica, lines of text at their places, each page with its number at the foot.

use super::model::Piece;
use super::write::wrap;

const LEFT: f64 = 70.0;
const TOP: f64 = 780.0;
const BOTTOM: f64 = 80.0;
const LEADING: f64 = 14.0;

/// Characters of a line of running text at size 11, and the width of one of them on average.
const WIDTH: usize = 84;
const CHARACTER: f64 = 5.4;

/// Pages in the making.
struct Pages {
    done: Vec<String>,
    content: String,
    y: f64,
}

impl Pages {
    /// A line of text; each piece of it at its own distance from the left margin.
    fn line(&mut self, pieces: &[(f64, &str)], bold: bool, size: f64) {
        if self.y < BOTTOM {
            self.turn();
        }
        let font = if bold { "B" } else { "R" };
        for (x, text) in pieces.iter().filter(|(_, text)| !text.is_empty()) {
            let text: String = text.chars().flat_map(escaped).collect();
            self.content.push_str(&format!("BT /{font} {size} Tf {} {} Td ({text}) Tj ET\n", LEFT + x, self.y));
        }
        self.y -= LEADING;
    }

    fn text(&mut self, text: &str, bold: bool, size: f64) {
        for line in wrap(text, (WIDTH as f64 * 11.0 / size) as usize, false) {
            self.line(&[(0.0, &line)], bold, size);
        }
    }

    fn gap(&mut self) {
        self.y -= LEADING * 0.7;
    }

    fn turn(&mut self) {
        let number = self.done.len() + 1;
        self.content.push_str(&format!("BT /R 9 Tf 280 40 Td (Side {number}) Tj ET\n"));
        self.done.push(std::mem::take(&mut self.content));
        self.y = TOP;
    }
}

/// Bytes of Windows-1252 as they may stand in a string (ISO 32000-1, 7.3.4.2).
fn escaped(c: char) -> Vec<char> {
    match c {
        '(' | ')' | '\\' => vec!['\\', c],
        ' '..='~' => vec![c],
        '–' => "\\226".chars().collect(),
        c => format!("\\{:03o}", u8::try_from(u32::from(c)).unwrap_or(b'?')).chars().collect(),
    }
}

pub(crate) fn bytes(pieces: &[Piece]) -> Vec<u8> {
    let mut pages = Pages { done: Vec::new(), content: String::new(), y: TOP };
    for piece in pieces {
        match piece {
            Piece::Organisation(name) => pages.text(name, false, 11.0),
            Piece::Title(title) => {
                pages.gap();
                pages.text(title, true, 16.0);
                pages.gap();
            }
            Piece::Fields(fields) => {
                for (label, value) in fields {
                    for (i, part) in wrap(value, WIDTH - 24, false).iter().enumerate() {
                        let label = if i == 0 { format!("{label}:") } else { String::new() };
                        pages.line(&[(0.0, &label), (120.0, part)], false, 11.0);
                    }
                }
            }
            Piece::Label(label) => {
                pages.gap();
                pages.text(&format!("{label}:"), true, 11.0);
            }
            Piece::Text(text) => {
                pages.text(text, false, 11.0);
                pages.gap();
            }
            Piece::Case(number, title) => {
                pages.gap();
                pages.gap();
                pages.text(&format!("{number}  {title}"), true, 13.0);
                pages.gap();
            }
            Piece::List(items) => {
                for (number, title) in items {
                    for (i, part) in wrap(title, WIDTH - 18, false).iter().enumerate() {
                        pages.line(&[(0.0, if i == 0 { number } else { "" }), (90.0, part)], false, 11.0);
                    }
                }
            }
            Piece::Table(rows) => {
                pages.gap();
                for (i, row) in rows.iter().enumerate() {
                    // The first column to the left, the others set against the right edge of theirs.
                    let end =
                        |at: usize, text: &str| 140.0 + 95.0 * at as f64 - CHARACTER * text.chars().count() as f64;
                    let place = |(at, text): (usize, &String)| if at == 0 { 0.0 } else { end(at, text) };
                    let cells: Vec<(f64, &str)> =
                        row.iter().enumerate().map(|cell| (place(cell), cell.1.as_str())).collect();
                    pages.line(&cells, i == 0, 11.0);
                }
                pages.gap();
            }
            Piece::Names(names) => names.iter().for_each(|name| pages.text(name, false, 11.0)),
            Piece::Line(line) => pages.text(line, false, 11.0),
        }
    }
    pages.turn();
    document(&pages.done)
}

/// The objects of the file and the table of where they stand (ISO 32000-1, 7.5).
fn document(pages: &[String]) -> Vec<u8> {
    let font = |name: &str| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>");
    let kids = (0..pages.len()).map(|i| format!("{} 0 R", 5 + 2 * i)).collect::<Vec<_>>().join(" ");
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ];
    for (i, content) in pages.iter().enumerate() {
        let fonts = "<< /Font << /R 3 0 R /B 4 0 R >> >>";
        let page = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]";
        objects.push(format!("<< {page} /Resources {fonts} /Contents {} 0 R >>", 6 + 2 * i));
        objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
    }
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", i + 1));
    }
    let start = out.len();
    let count = objects.len() + 1;
    let table: String = places.iter().map(|at| format!("{at:010} 00000 n \n")).collect();
    out.push_str(&format!("xref\n0 {count}\n0000000000 65535 f \n{table}"));
    out.push_str(&format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    out.into_bytes()
}
