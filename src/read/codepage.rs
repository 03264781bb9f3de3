//! Code pages of Word files: by number, as the document names its own, and by character set, as its fonts do.

use encoding_rs::Encoding;
use oem_cp::code_table::{DECODING_TABLE_CP737, DECODING_TABLE_CP852, DECODING_TABLE_CP855, DECODING_TABLE_CP866};

use super::text::encoding::Charset;

/// How bytes become characters.
#[derive(Debug, Clone, Copy)]
pub(super) enum CodePage {
    /// One of those of old Norwegian texts.
    Known(Charset),
    /// One of those of the web.
    Web(&'static Encoding),
    /// One of DOS, from 0x80.
    Dos(&'static [char; 128]),
    /// Places in a font of symbols, which Unicode's private use area mirrors.
    Symbol,
}

impl CodePage {
    /// The code page of Western Windows.
    pub(super) const WINDOWS: Self = Self::Known(Charset::Windows1252);
    /// Mac OS Roman.
    pub(super) const MAC: Self = Self::Known(Charset::Macintosh);
    /// `\pc`.
    pub(super) const PC: Self = Self::Known(Charset::Ibm437);
    /// `\pca`.
    pub(super) const PCA: Self = Self::Known(Charset::Ibm850);

    /// The code page of that number, if it is known.
    pub(super) fn from_number(number: i32) -> Option<Self> {
        let number = u16::try_from(number).ok()?;
        if let Some(charset) = Charset::from_code_page(number) {
            return Some(Self::Known(charset));
        }
        Some(match number {
            737 => Self::Dos(&DECODING_TABLE_CP737),
            852 => Self::Dos(&DECODING_TABLE_CP852),
            855 => Self::Dos(&DECODING_TABLE_CP855),
            866 => Self::Dos(&DECODING_TABLE_CP866),
            874 => Self::Web(encoding_rs::WINDOWS_874),
            932 | 10001 => Self::Web(encoding_rs::SHIFT_JIS),
            936 => Self::Web(encoding_rs::GBK),
            949 => Self::Web(encoding_rs::EUC_KR),
            950 => Self::Web(encoding_rs::BIG5),
            1250 => Self::Web(encoding_rs::WINDOWS_1250),
            1251 => Self::Web(encoding_rs::WINDOWS_1251),
            1253 => Self::Web(encoding_rs::WINDOWS_1253),
            1254 => Self::Web(encoding_rs::WINDOWS_1254),
            1255 => Self::Web(encoding_rs::WINDOWS_1255),
            1256 => Self::Web(encoding_rs::WINDOWS_1256),
            1257 => Self::Web(encoding_rs::WINDOWS_1257),
            1258 => Self::Web(encoding_rs::WINDOWS_1258),
            10007 => Self::Web(encoding_rs::X_MAC_CYRILLIC),
            _ => return None,
        })
    }

    /// The code page of a font's character set (`\fcharset`, [MS-DOC] 2.9.79 FFN.chs); `None` where it is the document's.
    ///
    /// Character set 0 is Windows-1252, but files of other systems write it for fonts in their own code page.
    pub(super) fn from_charset(charset: i32, document: Self) -> Option<Self> {
        let number = match charset {
            0 => return document.is_windows().then_some(Self::WINDOWS),
            2 => return Some(Self::Symbol),
            255 => return Some(if document.is_windows() { Self::PCA } else { document }),
            77 => 10000,
            78 | 128 => 932,
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
            254 => 437,
            _ => return None,
        };
        Self::from_number(number)
    }

    fn is_windows(self) -> bool {
        matches!(self, Self::Web(_) | Self::Known(Charset::Windows1252 | Charset::Utf8))
    }

    /// The text of `bytes`, and how many of them stand for no character.
    pub(super) fn decode(self, bytes: &[u8]) -> (String, usize) {
        match self {
            Self::Known(charset) => charset.decode(bytes),
            Self::Web(encoding) => {
                let text = encoding.decode_without_bom_handling(bytes).0;
                let lost = text.matches('\u{FFFD}').count();
                (text.into_owned(), lost)
            }
            Self::Dos(table) => (bytes.iter().map(|&b| dos(table, b)).collect(), 0),
            Self::Symbol => {
                let place = |b: u8| char::from_u32(0xF000 + u32::from(b)).filter(|_| b >= 0x20);
                (bytes.iter().map(|&b| place(b).unwrap_or(char::from(b))).collect(), 0)
            }
        }
    }
}

fn dos(table: &[char; 128], byte: u8) -> char {
    if byte.is_ascii() { char::from(byte) } else { table[usize::from(byte & 0x7F)] }
}
