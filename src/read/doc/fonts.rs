//! The font table, and which code page 8-bit text is in ([MS-DOC] 2.9.286 SttbfFfn, 2.9.79 FFN).

use encoding_rs::Encoding;

use super::bytes::{slice_at, u8_at, u16_at};
use super::fib::{Fib, Part, Version};
use crate::read::text::encoding::Charset;

/// Character set of a font that holds symbols, not letters.
const SYMBOL: u8 = 2;

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
            _ if macintosh => 10000,
            _ => language_code_page(fib.lid),
        };
        Self { fonts, version: fib.version, code_page }
    }

    /// The code page where a font does not name another.
    pub(super) fn code_page(&self) -> u16 {
        self.code_page
    }

    /// The text of `bytes` in the font `number`.
    pub(super) fn decode(&self, bytes: &[u8], number: u16) -> String {
        let charset = self.fonts.get(usize::from(number)).map_or(1, |font| font.charset);
        let code_page = charset_code_page(charset).filter(|page| *page != 1252).unwrap_or(self.code_page);
        // [MS-DOC] 2.9.73: 8-bit characters of Word 97 are in code page 1252.
        let code_page = if self.version == Version::Word97 { 1252 } else { code_page };
        decode(bytes, code_page)
    }

    /// What character a code in a symbol font stands for; `None` where the font has letters.
    pub(super) fn symbol(&self, number: u16, code: u16) -> Option<char> {
        let font = self.fonts.get(usize::from(number));
        let private = (0xF000..=0xF0FF).contains(&code);
        if !private && font.is_none_or(|font| font.charset != SYMBOL && !is_symbol_font(&font.name)) {
            return None;
        }
        let wingdings = font.is_some_and(|font| font.name.starts_with("Wingdings"));
        Some(symbol(code & 0xFF, wingdings))
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

/// The text of `bytes` in a Windows, DOS or Macintosh code page; 1252 where it is not known.
pub(super) fn decode(bytes: &[u8], code_page: u16) -> String {
    let label = match code_page {
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        1250 => "windows-1250",
        1251 => "windows-1251",
        1253 => "windows-1253",
        1254 => "windows-1254",
        1255 => "windows-1255",
        1256 => "windows-1256",
        1257 => "windows-1257",
        1258 => "windows-1258",
        10007 => "x-mac-cyrillic",
        _ => return Charset::from_code_page(code_page).unwrap_or(Charset::Windows1252).decode(bytes).0,
    };
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        None => Charset::Windows1252.decode(bytes).0,
    }
}

/// Code page of a Windows character set ([MS-DOC] 2.9.79 FFN.chs).
fn charset_code_page(charset: u8) -> Option<u16> {
    Some(match charset {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        255 => 850,
        _ => return None,
    })
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

fn is_symbol_font(name: &str) -> bool {
    ["Wingdings", "Symbol", "Webdings"].iter().any(|font| name.starts_with(font))
}

/// What a character of a symbol font looks like, in Unicode. Decoration becomes a bullet.
fn symbol(code: u16, wingdings: bool) -> char {
    match (wingdings, code) {
        (_, 0x20) => ' ',
        (true, 0x6F | 0x71 | 0xA8) => '☐',
        (true, 0xFC | 0xFE) => '☑',
        (true, 0x78 | 0xFB | 0xFD) => '☒',
        (true, 0xE0) => '→',
        (false, 0x2D) => '−',
        (false, 0xA3) => '≤',
        (false, 0xAE) => '→',
        (false, 0xB0) => '°',
        (false, 0xB1) => '±',
        (false, 0xB3) => '≥',
        (false, 0xB4) => '×',
        (false, 0xB9) => '≠',
        // Digits and signs have their ASCII places in the font Symbol.
        (false, 0x25..=0x3F) => char::from(code as u8),
        _ => '•',
    }
}
