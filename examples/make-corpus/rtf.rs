//! A document as RTF, as a word processor of the nineties saves it.

use super::model::Piece;

/// Text in code page 1252 with everything else than ASCII in hexadecimal (RTF 1.9.1, "Special characters").
fn escaped(text: &str) -> String {
    let one = |c: char| match c {
        '\\' | '{' | '}' => format!("\\{c}"),
        ' '..='~' => c.to_string(),
        '–' => "\\'96".to_owned(),
        c => format!("\\'{:02x}", u8::try_from(u32::from(c)).unwrap_or(b'?')),
    };
    text.chars().map(one).collect()
}

fn paragraph(text: &str, style: &str) -> String {
    format!("\\pard\\plain{style} {}\\par\n", escaped(text))
}

const BODY: &str = "\\f0\\fs22";
const BOLD: &str = "\\f0\\fs22\\b";

fn table(rows: &[Vec<String>], is_headed: bool) -> String {
    let mut out = String::new();
    for (i, row) in rows.iter().enumerate() {
        let step = 9000 / row.len().max(1);
        let edges: String = (1..=row.len()).map(|n| format!("\\cellx{}", n * step)).collect();
        let style = if is_headed && i == 0 { "\\b" } else { "\\b0" };
        let cells: String = row.iter().map(|cell| format!("\\pard\\intbl{style} {}\\cell", escaped(cell))).collect();
        out.push_str(&format!("\\trowd\\trgaph70{edges}\n{cells}\\row\n"));
    }
    out + "\\pard\\plain\\par\n"
}

pub(crate) fn bytes(pieces: &[Piece]) -> Vec<u8> {
    let mut out = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}}\n".to_owned();
    for piece in pieces {
        out.push_str(&match piece {
            Piece::Organisation(name) => paragraph(name, BODY),
            Piece::Title(title) => paragraph(title, "\\f0\\fs32\\b"),
            Piece::Fields(fields) => {
                let line = |(label, value): &(String, String)| {
                    format!("\\pard\\plain{BOLD} {}:\\b0\\tab {}\\par\n", escaped(label), escaped(value))
                };
                fields.iter().map(line).collect()
            }
            Piece::Label(label) => paragraph(&format!("{label}:"), BOLD),
            Piece::Text(text) | Piece::Line(text) => paragraph(text, BODY),
            Piece::Case(number, title) => paragraph(&format!("{number}  {title}"), "\\f0\\fs26\\b"),
            Piece::List(items) => {
                let mut rows = vec![vec!["Saksnr".to_owned(), "Tittel".to_owned()]];
                rows.extend(items.iter().map(|(number, title)| vec![number.clone(), title.clone()]));
                table(&rows, true)
            }
            Piece::Table(rows) => table(rows, true),
            Piece::Names(names) => names.iter().map(|name| paragraph(name, BODY)).collect(),
        });
    }
    out.push_str("}\n");
    out.into_bytes()
}
