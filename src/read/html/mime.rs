//! The page in a web archive: a MIME message (RFC 2045, RFC 2557) whose parts are a page and its pictures.

use std::borrow::Cow;

use crate::identify::{Match, Probe};

/// How much of a message is looked at for its head, in bytes.
const HEAD: usize = 8 << 10;

/// The page of an archive.
pub(super) struct Page {
    pub(super) content: Vec<u8>,
    pub(super) charset: Option<String>,
    /// The end of the archive is missing.
    pub(super) cut: bool,
}

pub(super) fn sniff(probe: &Probe) -> Option<Match> {
    let bytes = probe.bytes;
    let first = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    let (head, _) = split_head(bytes.get(first..(first + HEAD).min(bytes.len()))?)?;
    let kind = header(&head, "content-type")?.to_ascii_lowercase();
    // A letter has a receiver; an archive has none.
    let is_letter = ["to", "received", "message-id", "delivered-to"].iter().any(|name| header(&head, name).is_some());
    if is_letter || header(&head, "mime-version").is_none() {
        return None;
    }
    let is_archive = kind.starts_with("multipart/related")
        || (kind.starts_with("text/html") && header(&head, "content-location").is_some());
    is_archive.then(|| {
        Match::new(Some("x-fmt/429"), "Web archive (MHTML)", "multipart/related", "MIME head of a web archive")
    })
}

/// The page of an archive, without the transfer encoding.
pub(super) fn page(bytes: &[u8]) -> Option<Page> {
    let first = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    let (head, body) = split_head(bytes.get(first..)?)?;
    let kind = header(&head, "content-type")?;
    let Some(boundary) = parameter(&kind, "boundary") else {
        return Some(decoded(&head, body, false));
    };
    let mark = format!("--{boundary}");
    let marks: Vec<usize> = memchr::memmem::find_iter(body, mark.as_bytes()).collect();
    let cut = memchr::memmem::find(body, format!("{mark}--").as_bytes()).is_none();
    for (n, at) in marks.iter().enumerate() {
        let end = marks.get(n + 1).copied().unwrap_or(body.len());
        let part = body.get(at + mark.len()..end)?;
        let line = part.iter().position(|b| *b == b'\n').map_or(part.len(), |line| line + 1);
        let Some((head, content)) = split_head(part.get(line..).unwrap_or_default()) else { continue };
        if header(&head, "content-type").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/html")) {
            return Some(decoded(&head, content, cut));
        }
    }
    None
}

fn decoded(head: &str, content: &[u8], cut: bool) -> Page {
    let encoding = header(head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    let content: Cow<[u8]> = match encoding.trim() {
        "quoted-printable" => quoted_printable(content).into(),
        "base64" => base64(content).into(),
        _ => content.into(),
    };
    let charset = header(head, "content-type").and_then(|kind| parameter(&kind, "charset"));
    Page { content: content.into_owned(), charset, cut }
}

/// The head of a message and what follows the empty line after it.
fn split_head(bytes: &[u8]) -> Option<(String, &[u8])> {
    let ends = [&b"\r\n\r\n"[..], b"\n\n"];
    let (at, length) =
        ends.iter().filter_map(|end| Some((memchr::memmem::find(bytes, end)?, end.len()))).min_by_key(|(at, _)| *at)?;
    let head = String::from_utf8_lossy(bytes.get(..at)?).into_owned();
    Some((head, bytes.get(at + length..)?))
}

/// The value of a field in a head, its lines joined.
fn header(head: &str, name: &str) -> Option<String> {
    let mut value: Option<String> = None;
    for line in head.lines() {
        match &mut value {
            Some(value) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            Some(_) => break,
            None => {
                let field = line.split_once(':').filter(|(field, _)| field.trim().eq_ignore_ascii_case(name));
                value = field.map(|(_, value)| value.trim().to_owned());
            }
        }
    }
    value
}

/// A parameter of a field's value.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (key.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then(|| value.to_owned())
    })
}

/// RFC 2045, 6.7.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let digit = |b: &u8| char::from(*b).to_digit(16).map(|digit| digit as u8);
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return out,
            [b'=', b'\r', b'\n', rest @ ..] | [b'=', b'\n', rest @ ..] => rest,
            [b'=', high, low, rest @ ..] if digit(high).is_some() && digit(low).is_some() => {
                out.push(digit(high).unwrap_or(0) << 4 | digit(low).unwrap_or(0));
                rest
            }
            [byte, rest @ ..] => {
                out.push(*byte);
                rest
            }
        };
    }
}

/// RFC 2045, 6.8. What is no digit is passed over.
fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes.iter().take_while(|b| **b != b'=') {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}
