//! Plain text and Markdown in any encoding that Norwegian offices have used.
//!
//! [`encoding`] turns bytes into text, `layout` lines into blocks, `pages` finds page heads and feet, `tables`
//! columns, and `markdown` reads markup.

use crate::document::{Document, Problem, ProblemCode};
use crate::identify::{Format, Input, Match, Probe, Read, Reader};
use crate::limits::Limits;

pub mod encoding;
mod frames;
mod layout;
mod margin;
mod markdown;
mod pages;
mod tables;

pub(super) use layout::{is_rule, is_wrapped, read as lay_out};
pub(super) use tables::LEADER;

/// Plain text (PRONOM x-fmt/111).
pub const FORMAT: Format = Format {
    id: "text",
    extensions: &["txt", "text", "asc", "ans", "prn", "lst"],
    sniff,
    reader: Reader::Document(read),
};

/// Markdown (PRONOM fmt/1149); to be tried before plain text.
pub const MARKDOWN: Format = Format {
    id: "markdown",
    extensions: &["md", "markdown"],
    sniff: sniff_markdown,
    reader: Reader::Document(read_markdown),
};

fn sniff(probe: &Probe) -> Option<Match> {
    let (basis, warnings) = text_basis(probe.bytes)?;
    Some(Match { warnings, ..Match::new(Some("x-fmt/111"), "Plain Text File", "text/plain", basis) })
}

fn sniff_markdown(probe: &Probe) -> Option<Match> {
    let by_name = matches!(probe.extension, "md" | "markdown");
    if !by_name && !has_markdown_marks(probe.bytes) {
        return None;
    }
    let (text, warnings) = text_basis(probe.bytes)?;
    let why = if by_name { "extension of Markdown" } else { "Markdown marks" };
    Some(Match { warnings, ..Match::new(Some("fmt/1149"), "Markdown", "text/markdown", format!("{text}, {why}")) })
}

fn read(input: &Input) -> Read {
    Ok(read_with(input, layout::read))
}

fn read_markdown(input: &Input) -> Read {
    Ok(read_with(input, markdown::read))
}

/// Decodes and cleans the text and lets `layout` fill a document from it.
fn read_with(input: &Input, layout: fn(&str, &Limits, &mut Document)) -> (Document, Vec<Problem>) {
    let bytes = trim_padding(input.bytes);
    let decoded = if bytes.contains(&0x1B) && !bytes.contains(&0) {
        encoding::decode(&without_escapes(bytes))
    } else {
        encoding::decode(bytes)
    };
    let text = clean(&decoded.text);
    let mut document = Document { encoding: Some(decoded.encoding), ..Document::default() };
    layout(&text, input.limits, &mut document);
    let mut problems = Vec::new();
    if decoded.lost > 0 {
        problems.push(Problem::new(
            ProblemCode::TextIncomplete,
            format!("{} byte sequences stand for no character in {}", decoded.lost, encoding_name(&document)),
        ));
    }
    (document, problems)
}

fn encoding_name(document: &Document) -> &str {
    document.encoding.as_ref().map_or("the encoding", |e| &e.chosen)
}

/// Why `bytes` are text, with what is odd about it, or `None` where they are not.
fn text_basis(bytes: &[u8]) -> Option<(String, Vec<String>)> {
    /// The share of control characters, in percent, above which a file is binary. Printer codes stay well below.
    const CONTROLS: usize = 3;
    /// The share of bytes beyond ASCII, in percent, from which on they must look like Nordic text.
    const FOREIGN: usize = 12;
    let bytes = trim_padding(bytes);
    if bytes.is_empty() {
        return None;
    }
    let marked = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"].into_iter().any(|mark| bytes.starts_with(mark));
    let (charset, fit) = encoding::detect(bytes);
    let utf16 = matches!(charset, encoding::Charset::Utf16Le | encoding::Charset::Utf16Be);
    if utf16 || marked {
        let decoded = encoding::decode(bytes.get(..64 << 10).unwrap_or(bytes));
        let bad = decoded.text.chars().filter(|&c| is_control(c) || c == '\u{FFFD}').count();
        return (bad * 100 <= decoded.text.chars().count() * CONTROLS)
            .then(|| (format!("{}, no binary data", decoded.encoding.chosen), decoded.warnings));
    }
    if bytes.contains(&0) {
        return None;
    }
    let escapes = bytes.contains(&0x1B).then(|| without_escapes(bytes));
    let content = escapes.as_deref().unwrap_or(bytes);
    let controls = content.iter().filter(|&&b| is_control(char::from(b)) && b < 0x80).count();
    let beyond_ascii = content.iter().filter(|b| !b.is_ascii()).count();
    let foreign = beyond_ascii * 100 > content.len() * FOREIGN && beyond_ascii > 2;
    let binary = controls * 100 > content.len() * CONTROLS || (foreign && fit < 0.0);
    if binary {
        return None;
    }
    let warnings = if charset == encoding::Charset::Utf8 { encoding::decode(bytes).warnings } else { Vec::new() };
    Some((format!("{}, no binary data", charset.name()), warnings))
}

/// Whether a character does not belong in a text file. Back space strikes over, Ctrl-Z ends a DOS file.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}' | '\u{8}' | '\u{1A}')
}

/// Without the zero and Ctrl-Z bytes with which CP/M and DOS programs filled the last sector.
fn trim_padding(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|b| !matches!(b, 0 | 0x1A)).map_or(0, |last| last + 1);
    // In UTF-16 the last character may end in a zero byte.
    let utf16_low = bytes.get(end) == Some(&0) && end % 2 == 1 && bytes.get(1) == Some(&0);
    let marked = bytes.starts_with(b"\xFF\xFE") && end % 2 == 1;
    bytes.get(..if utf16_low || marked { end + 1 } else { end }).unwrap_or(bytes)
}

/// Without the control sequences of printers (ESC/P, PCL) and terminals (ANSI X3.64).
fn without_escapes(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        if b == 0x1B {
            i += 1 + escape_length(bytes.get(i + 1..).unwrap_or_default());
        } else {
            out.push(b);
            i += 1;
        }
    }
    out
}

/// How many bytes after ESC belong to its sequence.
fn escape_length(rest: &[u8]) -> usize {
    match rest.first() {
        // ANSI: ESC [ digits and semicolons, a letter.
        Some(b'[') => rest.iter().skip(1).take(12).position(u8::is_ascii_alphabetic).map_or(1, |n| n + 2),
        // PCL: ESC & or ( or ) or *, to the upper-case letter that ends the sequence.
        Some(b'&' | b'(' | b')' | b'*') => {
            rest.iter().skip(1).take(24).position(|b| b.is_ascii_uppercase() || *b == b'@').map_or(1, |n| n + 2)
        }
        // ESC/P codes with one parameter byte.
        Some(
            b'-' | b'W' | b'x' | b'S' | b'k' | b'p' | b'!' | b'C' | b'A' | b'3' | b'J' | b'R' | b't' | b'l' | b'Q'
            | b'N' | b'a',
        ) => 2.min(rest.len()),
        Some(_) => 1,
        None => 0,
    }
}

/// The text with LF for every line end, struck-over characters once, and without other control characters.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{8}' => {
                // `b\bb` is bold and `_\bb` underlined: one letter either way.
                if out.ends_with(|c| c != '\n')
                    && let Some(&over) = chars.peek()
                    && !over.is_control()
                {
                    chars.next();
                    if let Some(under) = out.pop() {
                        out.push(if over == '_' || over == ' ' { under } else { over });
                    }
                }
            }
            '\n' | '\t' | '\u{C}' => out.push(c),
            '\u{FEFF}' => {}
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out
}

/// Whether a file that does not say so is Markdown all the same: two headings, or one with links or pairs of `**`.
fn has_markdown_marks(bytes: &[u8]) -> bool {
    let sample = bytes.get(..64 << 10).unwrap_or(bytes);
    let mut headings = 0;
    let mut marks = 0;
    for line in sample.split(|&b| b == b'\n') {
        let hashes = line.iter().take_while(|&&b| b == b'#').count();
        headings += usize::from(
            (1..=6).contains(&hashes)
                && line.get(hashes) == Some(&b' ')
                && line.get(hashes + 1).is_some_and(|b| !b.is_ascii_digit()),
        );
        marks += usize::from(memchr::memmem::find(line, b"](http").is_some());
        marks += memchr::memmem::find_iter(line, b"**").count() / 2;
    }
    headings > 0 && headings + marks >= 3
}

#[cfg(test)]
mod tests;
