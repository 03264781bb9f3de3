//! Bodies in compressed RTF (MS-OXRTFCP), and the HTML that such an RTF may enclose (MS-OXRTFEX).

use crate::document::{Problem, ProblemCode};
use crate::limits::Limits;
use crate::read::codepage::CodePage;
use crate::read::rtf::token::{Token, Tokens};

/// What the dictionary begins with (MS-OXRTFCP 2.1.2.1).
const BEGIN: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor \
MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// The size of the dictionary.
const DICTIONARY: usize = 4096;

/// The size of the header: packed size, size, kind, checksum.
const HEADER: usize = 16;

/// The body, with the name of its entry: `body.html` where it is HTML in RTF, else `body.rtf`.
///
/// # Errors
/// `Damaged` where it cannot be unpacked, `LimitExceeded` where it is too large.
pub(super) fn body(packed: &[u8], limits: &Limits) -> Result<(&'static str, Vec<u8>), Problem> {
    let rtf = unpack(packed, limits)?;
    Ok(match html(&rtf) {
        Some(html) => ("body.html", html.into_bytes()),
        None => ("body.rtf", rtf),
    })
}

fn unpack(packed: &[u8], limits: &Limits) -> Result<Vec<u8>, Problem> {
    let damaged = |what: &str| Problem::new(ProblemCode::Damaged, format!("the compressed RTF {what}"));
    let number = |at: usize| packed.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
    let (size, kind) = number(4).zip(number(8)).ok_or_else(|| damaged("is cut off"))?;
    let size = size as usize;
    if size as u64 > limits.part_bytes {
        let message = format!("the compressed RTF unpacks to {size} bytes");
        return Err(Problem::new(ProblemCode::LimitExceeded, message));
    }
    let content = packed.get(HEADER..).unwrap_or_default();
    match &kind.to_le_bytes() {
        b"MELA" => Ok(content.get(..size).unwrap_or(content).to_vec()),
        b"LZFu" => inflate(content, size).ok_or_else(|| damaged("is cut off")),
        _ => Err(damaged("is of no known kind")),
    }
}

/// MS-OXRTFCP 2.2: a byte of flags, then eight bytes as they are or references of two bytes, 12 bits of place in the
/// dictionary and 4 of length. A reference to the place that is written next ends the text.
fn inflate(content: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut dictionary = [0; DICTIONARY];
    dictionary[..BEGIN.len()].copy_from_slice(BEGIN);
    let mut at = BEGIN.len();
    let mut out = Vec::new();
    let mut put = |byte: u8, dictionary: &mut [u8; DICTIONARY], at: &mut usize| {
        out.push(byte);
        dictionary[*at] = byte;
        *at = (*at + 1) % DICTIONARY;
        out.len()
    };
    let mut bytes = content.iter().copied();
    loop {
        let flags = bytes.next()?;
        for bit in 0..8 {
            let byte = bytes.next()?;
            if flags >> bit & 1 == 0 {
                put(byte, &mut dictionary, &mut at);
                continue;
            }
            let reference = u16::from_be_bytes([byte, bytes.next()?]);
            let (from, length) = (usize::from(reference >> 4), usize::from(reference & 0x0F) + 2);
            if from == at {
                return Some(out);
            }
            for step in 0..length {
                let byte = dictionary[(from + step) % DICTIONARY];
                if put(byte, &mut dictionary, &mut at) > size {
                    return Some(out);
                }
            }
        }
    }
}

/// A group of the RTF, for what it encloses.
#[derive(Clone, Copy)]
struct Group {
    /// A piece of HTML markup (`\*\htmltag`).
    is_markup: bool,
    /// Nothing in it is shown.
    is_hidden: bool,
    /// What stands in it is for readers of RTF (`\htmlrtf`).
    is_rtf: bool,
    /// How many characters stand for one `\u`.
    fallback: usize,
}

/// The HTML or plain text that an RTF of `\fromhtml1` encloses, marked as UTF-8.
fn html(rtf: &[u8]) -> Option<String> {
    const HEAD: usize = 512;
    memchr::memmem::find(rtf.get(..HEAD).unwrap_or(rtf), b"\\fromhtml1")?;
    let mut html = "\u{FEFF}".to_owned();
    let mut page = CodePage::WINDOWS;
    let mut groups: Vec<Group> = Vec::new();
    let mut group = Group { is_markup: false, is_hidden: false, is_rtf: false, fallback: 1 };
    let mut skip = 0;
    let mut starred = false;
    let mut pending: Vec<u8> = Vec::new();
    for token in Tokens::new(rtf) {
        let is_shown = !group.is_hidden && (group.is_markup || !group.is_rtf);
        if !matches!(token, Token::Byte(_) | Token::Text(_)) {
            html.push_str(&page.decode(&std::mem::take(&mut pending)).0);
        }
        let was_starred = std::mem::take(&mut starred);
        match token {
            Token::Open => groups.push(group),
            Token::Close => group = groups.pop().unwrap_or(group),
            Token::Symbol(b'*') => starred = true,
            Token::Symbol(b'~') if is_shown => html.push_str("&nbsp;"),
            Token::Symbol(_) => {}
            Token::Byte(_) | Token::Text(_) if !is_shown => {}
            Token::Byte(_) if skip > 0 => skip -= 1,
            Token::Byte(byte) => pending.push(byte),
            Token::Text(text) => {
                let skipped = text.len().min(std::mem::take(&mut skip));
                pending.extend_from_slice(text.get(skipped..).unwrap_or_default());
            }
            Token::Word("htmltag", _) if was_starred => (group.is_markup, group.is_hidden) = (true, false),
            Token::Word("fonttbl" | "colortbl" | "stylesheet" | "info", _) => group.is_hidden = true,
            Token::Word(_, _) if was_starred => group.is_hidden = true,
            Token::Word("htmlrtf", value) => group.is_rtf = value != Some(0),
            Token::Word("ansicpg", value) => page = CodePage::from_number(value.unwrap_or(1252)).unwrap_or(page),
            Token::Word("uc", value) => group.fallback = usize::try_from(value.unwrap_or(1)).unwrap_or(1).min(16),
            Token::Word("u", Some(value)) if is_shown => {
                html.push_str(&format!("&#{};", value & 0xFFFF));
                skip = group.fallback;
            }
            Token::Word(name, _) if is_shown => html.push_str(match name {
                "par" | "line" => "\r\n",
                "tab" => "\t",
                "lquote" => "&lsquo;",
                "rquote" => "&rsquo;",
                "ldblquote" => "&ldquo;",
                "rdblquote" => "&rdquo;",
                "bullet" => "&bull;",
                "endash" => "&ndash;",
                "emdash" => "&mdash;",
                _ => "",
            }),
            Token::Word(..) => {}
        }
    }
    html.push_str(&page.decode(&pending).0);
    Some(html)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn packed(kind: &[u8; 4], size: u32, content: &[u8]) -> Vec<u8> {
        let mut bytes = (content.len() as u32 + 12).to_le_bytes().to_vec();
        bytes.extend(size.to_le_bytes());
        bytes.extend(kind);
        bytes.extend([0; 4]);
        bytes.extend(content);
        bytes
    }

    #[test]
    fn references_into_the_dictionary_are_followed() {
        // "{\rtf1" from the dictionary, " ab", "abababab" from what was just written, "}", the end.
        let mut content = vec![0b0001_0001, 0x00, 0x04];
        content.extend(b" ab");
        // 207 begins "{\rtf1 ab": its "ab" stands at 214.
        content.extend([0x0D, 0x66, b'}', b'\r', b'\n', 0b0000_0001]);
        content.extend(((207u16 + 9 + 8 + 3) << 4).to_be_bytes());
        let unpacked = unpack(&packed(b"LZFu", 100, &content), &Limits::DEFAULT).unwrap();
        assert_eq!(String::from_utf8(unpacked).unwrap(), "{\\rtf1 ababababab}\r\n");
        assert!(unpack(&packed(b"LZFu", 100, &content[..5]), &Limits::DEFAULT).is_err());
        assert!(unpack(&packed(b"????", 100, &content), &Limits::DEFAULT).is_err());
    }

    #[test]
    fn enclosed_html_comes_out() {
        let rtf = br"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf \par \htmlrtf0 M\'f8te{\*\htmltag84 &nbsp;}\u8211 ? {\*\mhtmltag4 x}kl.{\*\htmltag72 </p>}}";
        assert_eq!(html(rtf).unwrap(), "\u{FEFF}<p>Møte&nbsp;&#8211; kl.</p>");
        assert_eq!(html(br"{\rtf1 Sak}"), None);
    }
}
