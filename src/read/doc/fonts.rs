//! The font table, and which code page 8-bit text is in ([MS-DOC] 2.9.286 SttbfFfn, 2.9.79 FFN).

use super::bytes::{slice_at, u8_at, u16_at};
use super::fib::{Fib, Part, Version};
use crate::read::codepage::CodePage;
use crate::read::symbol::{is_symbol_font, symbol};

/// Character sets of fonts: that of Western Windows, the system's own, and symbols instead of letters.
const ANSI: u8 = 0;
const USUAL: u8 = 1;
const SYMBOL: u8 = 2;

/// Code page of Mac OS Roman.
const MACINTOSH: u16 = 10000;

#[derive(Debug, Clone, Default)]
struct Font {
    charset: u8,
    name: String,
}

/// The fonts of a file.
#[derive(Debug)]
pub(super) struct Fonts {
    fonts: Vec<Font>,
    version: Version,
    /// Code page where the font does not name another.
    code_page: u16,
}

impl Fonts {
    pub(super) fn read(fib: &Fib, main: &[u8], table: &[u8]) -> Self {
        let (at, length) = fib.part(Part::Fonts);
        let bytes = slice_at(table, at, length);
        let narrow = |name: &[u8]| name.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
        let fonts = match fib.version {
            Version::Word97 => entries(bytes, 4, 3, 39, |name| {
                let units: Vec<u16> =
                    (0..name.len() / 2).filter_map(|i| u16_at(name, 2 * i)).take_while(|unit| *unit != 0).collect();
                String::from_utf16_lossy(&units)
            }),
            Version::Word6 => entries(bytes, 2, 3, 5, narrow),
            Version::Word2 => entries(bytes, 2, 1, 2, narrow),
        };
        // FIB.chse of Word 6: 256 for the Macintosh.
        let macintosh = fib.version == Version::Word6 && u16_at(main, 0x14) == Some(256);
        let code_page = match fib.version {
            Version::Word97 => 1252,
            _ if macintosh => MACINTOSH,
            _ => language_code_page(fib.lid),
        };
        Self { fonts, version: fib.version, code_page }
    }

    /// The code page where a font does not name another.
    pub(super) fn code_page(&self) -> u16 {
        self.code_page
    }

    /// The text of `bytes` in the font `number` and a language (0 where none is set).
    ///
    /// 8-bit characters of Word 97 are always in code page 1252 ([MS-DOC] 2.9.73). Those of older Words are in that of
    /// the font's character set or, where it is the usual one, of the language.
    pub(super) fn decode(&self, bytes: &[u8], number: u16, language: u16) -> String {
        if self.version == Version::Word97 {
            return decode(bytes, 1252);
        }
        let charset = self.fonts.get(usize::from(number)).map_or(USUAL, |font| font.charset);
        let page = match charset {
            USUAL | ANSI | SYMBOL => None,
            charset => CodePage::from_charset(i32::from(charset), CodePage::WINDOWS),
        };
        let of_language = language_code_page(language);
        match page {
            Some(page) => page.decode(bytes).0,
            None if of_language != 1252 && self.code_page != MACINTOSH => decode(bytes, of_language),
            None => decode(bytes, self.code_page),
        }
    }

    /// What character a code in a symbol font stands for; `None` where the font has letters.
    pub(super) fn symbol(&self, number: u16, code: u16) -> Option<char> {
        let font = self.fonts.get(usize::from(number));
        let name = font.map_or("", |font| &font.name);
        let private = (0xF000..=0xF0FF).contains(&code);
        if !private && font.is_none_or(|font| font.charset != SYMBOL) && !is_symbol_font(name) {
            return None;
        }
        Some(symbol(char::from_u32(0xF000 + u32::from(code & 0xFF))?, name))
    }
}

/// Fonts in a table whose entries begin after `header` bytes with a length byte; character set and name stand at fixed
/// places after it.
fn entries(
    bytes: &[u8],
    header: usize,
    charset_at: usize,
    name_at: usize,
    name: impl Fn(&[u8]) -> String,
) -> Vec<Font> {
    let mut fonts = Vec::new();
    let mut at = header;
    while let Some(length) = u8_at(bytes, at) {
        let entry = slice_at(bytes, at + 1, usize::from(length));
        let charset = u8_at(entry, charset_at).unwrap_or(0);
        fonts.push(Font { charset, name: name(entry.get(name_at..).unwrap_or_default()) });
        at += 1 + usize::from(length);
    }
    fonts
}

/// The text of `bytes` in the code page of that number; 1252 where it is not known.
pub(super) fn decode(bytes: &[u8], code_page: u16) -> String {
    CodePage::from_number(i32::from(code_page)).unwrap_or(CodePage::WINDOWS).decode(bytes).0
}

/// The Windows code page of a language ([MS-LCID]; the lower ten bits name the language).
fn language_code_page(lid: u16) -> u16 {
    match (lid, lid & 0x03FF) {
        (0x0804 | 0x1004, _) => 936,
        (_, 0x04) => 950,
        (_, 0x01) => 1256,
        (_, 0x02 | 0x19 | 0x22 | 0x23) => 1251,
        (_, 0x05 | 0x0E | 0x15 | 0x18 | 0x1A | 0x1B | 0x1C | 0x24) => 1250,
        (_, 0x08) => 1253,
        (_, 0x0D) => 1255,
        (_, 0x11) => 932,
        (_, 0x12) => 949,
        (_, 0x1E) => 874,
        (_, 0x1F) => 1254,
        (_, 0x25..=0x27) => 1257,
        _ => 1252,
    }
}
