//! Character encodings of old Norwegian text files: which one the bytes are in, and the text.
//!
//! The bytes do not say; the text does. Each 8-bit candidate is read and scored by how well its letters beyond ASCII
//! sit among their neighbours in Nordic text. Seven-bit files are weighed word by word, since `{|}[\]` stand for æøåÆØÅ
//! in ISO 646-NO but are brackets and paths elsewhere.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use oem_cp::code_table::{DECODING_TABLE_CP437, DECODING_TABLE_CP850, DECODING_TABLE_CP865};

use crate::document::Encoding;

/// How much of a long file detection looks at, in bytes.
const SAMPLE: usize = 256 << 10;

/// How much of it is read in every 8-bit encoding, from shortly before the first byte beyond ASCII.
const SCORED: usize = 32 << 10;

/// A character encoding met in Norwegian text files since about 1980.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// Seven-bit ASCII.
    Ascii,
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows code page 1252, a superset of ISO 8859-1.
    Windows1252,
    /// ISO 8859-15.
    Iso8859_15,
    /// Mac OS Roman.
    Macintosh,
    /// IBM (DOS) code page 850.
    Ibm850,
    /// IBM (DOS) code page 865, the Nordic one.
    Ibm865,
    /// IBM (DOS) code page 437; it has no ø.
    Ibm437,
    /// NS 4551-1, the Norwegian ISO 646 (ISO-IR 60).
    Ns4551_1,
    /// NS 4551-2 (ISO-IR 61): as NS 4551-1, with § for `#` and a bar for `~`.
    Ns4551_2,
}

/// A text and how its bytes were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// What was declared, detected and chosen.
    pub encoding: Encoding,
    /// How many byte sequences stand for no character; each became U+FFFD.
    pub lost: usize,
    /// What was odd, in words.
    pub warnings: Vec<String>,
}

impl Charset {
    /// The name in records, where there is one the IANA name in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ascii => "us-ascii",
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
            Self::Iso8859_15 => "iso-8859-15",
            Self::Macintosh => "macintosh",
            Self::Ibm850 => "ibm850",
            Self::Ibm865 => "ibm865",
            Self::Ibm437 => "ibm437",
            Self::Ns4551_1 => "ns_4551-1",
            Self::Ns4551_2 => "ns_4551-2",
        }
    }

    /// The encoding of a Windows or DOS code page number, where it is one of these.
    #[must_use]
    pub fn from_code_page(number: u16) -> Option<Self> {
        Some(match number {
            437 => Self::Ibm437,
            850 | 858 => Self::Ibm850,
            865 => Self::Ibm865,
            1200 => Self::Utf16Le,
            1201 => Self::Utf16Be,
            1252 | 28591 => Self::Windows1252,
            10000 => Self::Macintosh,
            20108 => Self::Ns4551_1,
            20127 => Self::Ascii,
            28605 => Self::Iso8859_15,
            65001 => Self::Utf8,
            _ => return None,
        })
    }

    /// The text of `bytes`, and how many byte sequences stand for no character in this encoding.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> (String, usize) {
        match self {
            Self::Utf8 => lossy(encoding_rs::UTF_8, bytes),
            Self::Utf16Le => lossy(encoding_rs::UTF_16LE, bytes),
            Self::Utf16Be => lossy(encoding_rs::UTF_16BE, bytes),
            _ => {
                let text: String = bytes.iter().map(|&b| self.character(b)).collect();
                let lost = if bytes.is_ascii() { 0 } else { text.matches('\u{FFFD}').count() };
                (text, lost)
            }
        }
    }

    /// The character of one byte in a single-byte encoding.
    fn character(self, byte: u8) -> char {
        let high = usize::from(byte & 0x7F);
        match (self, byte) {
            (Self::Ns4551_1 | Self::Ns4551_2, b'['..=b']' | b'{'..=b'}' | b'#' | b'~') => self.national(byte),
            (_, ..0x80) => char::from(byte),
            (Self::Ibm850, _) => DECODING_TABLE_CP850[high],
            (Self::Ibm865, _) => DECODING_TABLE_CP865[high],
            (Self::Ibm437, _) => DECODING_TABLE_CP437[high],
            (Self::Windows1252, _) => WINDOWS_1252_HIGH.get(high).copied().unwrap_or(char::from(byte)),
            (Self::Iso8859_15, 0xA0..) => match byte {
                0xA4 => '€',
                0xA6 => 'Š',
                0xA8 => 'š',
                0xB4 => 'Ž',
                0xB8 => 'ž',
                0xBC => 'Œ',
                0xBD => 'œ',
                0xBE => 'Ÿ',
                _ => char::from(byte),
            },
            (Self::Macintosh, _) => MACINTOSH_HIGH[high],
            _ => '\u{FFFD}',
        }
    }

    /// The national positions of ISO-IR 60 and 61.
    fn national(self, byte: u8) -> char {
        match (byte, self) {
            (b'[', _) => 'Æ',
            (b'\\', _) => 'Ø',
            (b']', _) => 'Å',
            (b'{', _) => 'æ',
            (b'|', _) => 'ø',
            (b'}', _) => 'å',
            (b'~', Self::Ns4551_2) => '|',
            (b'~', _) => '\u{203E}',
            (b'#', Self::Ns4551_2) => '§',
            _ => char::from(byte),
        }
    }
}

/// Windows-1252 from 0x80 to 0x9F; what follows is as in ISO 8859-1.
const WINDOWS_1252_HIGH: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž', '\u{FFFD}', '\u{FFFD}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}', 'ž', 'Ÿ',
];

/// Mac OS Roman from 0x80 (Apple's ROMAN.TXT; 0xDB is the euro sign since 1998).
const MACINTOSH_HIGH: [char; 128] = [
    'Ä', 'Å', 'Ç', 'É', 'Ñ', 'Ö', 'Ü', 'á', 'à', 'â', 'ä', 'ã', 'å', 'ç', 'é', 'è', 'ê', 'ë', 'í', 'ì', 'î', 'ï', 'ñ',
    'ó', 'ò', 'ô', 'ö', 'õ', 'ú', 'ù', 'û', 'ü', '†', '°', '¢', '£', '§', '•', '¶', 'ß', '®', '©', '™', '´', '¨', '≠',
    'Æ', 'Ø', '∞', '±', '≤', '≥', '¥', 'µ', '∂', '∑', '∏', 'π', '∫', 'ª', 'º', 'Ω', 'æ', 'ø', '¿', '¡', '¬', '√', 'ƒ',
    '≈', '∆', '«', '»', '…', '\u{A0}', 'À', 'Ã', 'Õ', 'Œ', 'œ', '–', '—', '“', '”', '‘', '’', '÷', '◊', 'ÿ', 'Ÿ', '⁄',
    '€', '‹', '›', 'ﬁ', 'ﬂ', '‡', '·', '‚', '„', '‰', 'Â', 'Ê', 'Á', 'Ë', 'È', 'Í', 'Î', 'Ï', 'Ì', 'Ó', 'Ô',
    '\u{F8FF}', 'Ò', 'Ú', 'Û', 'Ù', 'ı', 'ˆ', '˜', '¯', '˘', '˙', '˚', '¸', '˝', '˛', 'ˇ',
];

fn lossy(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> (String, usize) {
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    let lost = if errors { text.matches('\u{FFFD}').count() } else { 0 };
    (text.into_owned(), lost)
}

/// Finds out the encoding of `bytes` and decodes them. UTF-8 that was encoded twice is repaired, with a warning.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    for (mark, charset) in
        [(&b"\xEF\xBB\xBF"[..], Charset::Utf8), (b"\xFF\xFE", Charset::Utf16Le), (b"\xFE\xFF", Charset::Utf16Be)]
    {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return decode_as(rest, charset, Some(charset.name()));
        }
    }
    decode_as(bytes, detect(bytes).0, None)
}

/// Decodes `bytes` as `charset`, which `declared` may name.
fn decode_as(bytes: &[u8], charset: Charset, declared: Option<&str>) -> Decoded {
    let (mut text, lost) = charset.decode(bytes);
    let mut detected = Cow::Borrowed(charset.name());
    let mut warnings = Vec::new();
    if charset == Charset::Utf8
        && let Some((repaired, layers)) = undo_double_encoding(&text)
    {
        text = repaired;
        detected = if layers == 1 {
            "utf-8 encoded twice".into()
        } else {
            format!("utf-8 encoded {} times", layers + 1).into()
        };
        warnings.push(format!("{detected}; the text was repaired"));
    }
    let encoding = Encoding {
        declared: declared.map(str::to_owned),
        detected: detected.into_owned(),
        chosen: charset.name().to_owned(),
    };
    Decoded { text, encoding, lost, warnings }
}

/// The encoding that `bytes` (without a byte order mark) are in, and how well the text looks in it: the mean score of the
/// characters beyond ASCII, from about -20 to 20. Zero for encodings that prove themselves.
pub(super) fn detect(bytes: &[u8]) -> (Charset, f32) {
    if let Some(charset) = utf16_without_mark(bytes) {
        return (charset, 0.0);
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if bytes.is_ascii() {
        return (seven_bit(sample), 0.0);
    }
    if looks_like_utf8(bytes) {
        return (Charset::Utf8, 0.0);
    }
    eight_bit(bytes)
}

/// UTF-16 shows in Latin text by zero bytes that stand on one side only.
fn utf16_without_mark(bytes: &[u8]) -> Option<Charset> {
    let sample = bytes.get(..SAMPLE.min(bytes.len()) & !1)?;
    let pairs = sample.len() / 2;
    let (mut even, mut odd) = (0, 0);
    for pair in sample.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    match (even, odd) {
        (0, odd) if odd * 10 > pairs * 7 => Some(Charset::Utf16Le),
        (even, 0) if even * 10 > pairs * 7 => Some(Charset::Utf16Be),
        _ => None,
    }
}

/// Valid UTF-8, or UTF-8 with so few faults that no other encoding could look like it.
fn looks_like_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good >= bad * 10
}

/// The 8-bit encoding whose reading looks most like Nordic text. DOS code pages differ in little else than symbols; where
/// nothing tells them apart the first of these is as good as the others.
fn eight_bit(bytes: &[u8]) -> (Charset, f32) {
    const CANDIDATES: [Charset; 5] =
        [Charset::Windows1252, Charset::Ibm850, Charset::Ibm865, Charset::Ibm437, Charset::Macintosh];
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0).saturating_sub(32);
    let sample = bytes.get(first..).unwrap_or_default();
    let sample = sample.get(..SCORED).unwrap_or(sample);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(Some(b"no"), Utf8Detection::Deny);
    let (mut best, mut best_score) = (Charset::Windows1252, i64::MIN);
    for charset in CANDIDATES {
        let vote = i64::from(charset == Charset::Windows1252 && guess == encoding_rs::WINDOWS_1252);
        let score = score(sample, charset) * 2 + vote;
        if score > best_score {
            (best, best_score) = (charset, score);
        }
    }
    let beyond_ascii = sample.iter().filter(|b| !b.is_ascii()).count().max(1);
    let mean = best_score as f32 / 2.0 / beyond_ascii as f32;
    // The euro sign of ISO 8859-15 is the currency sign of ISO 8859-1, which nobody writes.
    if best == Charset::Windows1252 && bytes.contains(&0xA4) && !bytes.iter().any(|b| (0x80..0xA0).contains(b)) {
        best = Charset::Iso8859_15;
    }
    (best, mean)
}

/// How well the characters beyond ASCII fit their neighbours when `bytes` are read as `charset`.
fn score(bytes: &[u8], charset: Charset) -> i64 {
    let at = |i: usize| bytes.get(i).map_or(' ', |&b| charset.character(b));
    let mut total = 0;
    let mut word_scored_to = 0;
    for (i, _) in bytes.iter().enumerate().filter(|(_, b)| !b.is_ascii()) {
        let before = if i > 0 { at(i - 1) } else { ' ' };
        let before_that = if i > 1 { at(i - 2) } else { ' ' };
        total += fit(at(i), before_that, before, at(i + 1));
        if i >= word_scored_to && at(i).is_alphabetic() {
            let (start, end) = word_around(bytes, i, charset);
            word_scored_to = end.max(i + 1);
            let word: String = (start..end).flat_map(|i| at(i).to_lowercase()).collect();
            if is_frequent(&word) {
                total += 15;
            }
        }
    }
    total
}

/// The word around the byte at `i`, at most 24 bytes to each side.
fn word_around(bytes: &[u8], i: usize, charset: Charset) -> (usize, usize) {
    let letter = |i: &usize| charset.character(bytes[*i]).is_alphabetic();
    let start = (i.saturating_sub(24)..i).rev().take_while(letter).last().unwrap_or(i);
    let end = (i..bytes.len().min(i + 24)).take_while(letter).last().map_or(i, |last| last + 1);
    (start, end)
}

/// How well `c` sits after `before` (itself after `before_that`) and before `after`. A letter counts for little unless
/// Nordic languages use it, and against the encoding where its case does not go with its neighbours'.
fn fit(c: char, before_that: char, before: char, after: char) -> i64 {
    let in_word = before.is_alphabetic() || after.is_alphabetic();
    let number = |c: char| c.is_ascii_digit();
    let edge = |c: char| c.is_whitespace() || matches!(c, '(' | '"' | '.' | ',' | ')' | '-' | ':' | ';');
    match c {
        'æ' | 'ø' | 'å' if before.is_uppercase() && (before_that.is_uppercase() || after.is_uppercase()) => -8,
        'æ' | 'ø' | 'å' if in_word => 10,
        'å' => 8,
        'æ' | 'ø' => -2,
        'Æ' | 'Ø' | 'Å' if before.is_lowercase() => -15,
        'Æ' | 'Ø' | 'Å' if in_word => 9,
        'Æ' | 'Ø' | 'Å' => 5,
        _ if c.is_alphabetic() && c == before => -3,
        _ if c.is_uppercase() && before.is_lowercase() => -15,
        _ if c.is_lowercase() && before.is_uppercase() && before_that.is_uppercase() => -8,
        'é' | 'è' | 'ê' | 'ò' | 'ó' | 'ô' | 'ö' | 'ä' | 'ü' | 'á' | 'É' | 'Ö' | 'Ä' | 'Ü' => {
            if in_word {
                3
            } else {
                -4
            }
        }
        'à' if edge(before) && edge(after) => 4,
        '«' | '“' | '„' => {
            if edge(before) && !edge(after) {
                4
            } else {
                -4
            }
        }
        '»' | '”' => {
            if !before.is_whitespace() && (edge(after) || !after.is_alphabetic()) {
                4
            } else {
                -4
            }
        }
        '’' | '‘' | '´' => {
            if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() {
                1
            } else {
                -3
            }
        }
        '§' if after == ' ' || after == c || number(after) || after == '\u{A0}' => 5,
        '–' | '—' => {
            if !in_word || (edge(before) || number(before)) && edge(after) {
                3
            } else {
                -4
            }
        }
        '…' => {
            if edge(after) {
                2
            } else {
                -3
            }
        }
        '•' | '·' => {
            if edge(before) && edge(after) {
                3
            } else {
                -3
            }
        }
        '°' | '²' | '³' if before.is_ascii_alphanumeric() && !after.is_alphabetic() || number(before) => 3,
        '½' | '¼' => {
            if edge(before) || number(before) {
                2
            } else {
                -4
            }
        }
        '€' | '£' => {
            if number(after) || number(before) || edge(after) {
                2
            } else {
                -3
            }
        }
        '\u{A0}' | '\u{AD}' => {
            if before.is_whitespace() && after.is_whitespace() {
                -1
            } else {
                1
            }
        }
        '\u{2500}'..='\u{259F}' => {
            if before.is_alphabetic() && after.is_alphabetic() {
                -6
            } else {
                1
            }
        }
        '\u{FFFD}' | '\u{80}'..='\u{9F}' => -20,
        _ if c.is_alphabetic() => -6,
        _ => -5,
    }
}

/// Whether a word in lower case is frequent in minutes and holds æ, ø or å.
fn is_frequent(word: &str) -> bool {
    const WORDS: [&str; 44] = [
        "på", "å", "når", "må", "får", "fått", "år", "året", "så", "også", "nå", "både", "være", "vært", "blå", "gå",
        "går", "gått", "stå", "står", "få", "før", "først", "første", "gjøre", "gjør", "øvrig", "øvrige", "ønsker",
        "kjøp", "nær", "nærmere", "åpen", "åtte", "ål", "øl", "øy", "åse", "ås", "då", "vår", "våre", "både", "såg",
    ];
    const BEGINNINGS: [&str; 19] = [
        "møt",
        "rådm",
        "råde",
        "søkn",
        "følg",
        "økon",
        "års",
        "åpn",
        "områ",
        "formål",
        "sekretær",
        "innkjøp",
        "næring",
        "forslå",
        "foreslå",
        "spørsmål",
        "ordfør",
        "årli",
        "styremøt",
    ];
    WORDS.contains(&word) || BEGINNINGS.iter().any(|b| word.starts_with(b))
}

/// ASCII, or ISO 646-NO where `{|}[\]` stand in words rather than around them.
fn seven_bit(bytes: &[u8]) -> Charset {
    let Ok(text) = std::str::from_utf8(bytes) else { return Charset::Ascii };
    let (mut letters, mut marks) = (0usize, 0usize);
    for line in text.split(['\n', '\r']).filter(|l| l.contains(is_national)) {
        let tokens: Vec<&str> = line.split_ascii_whitespace().collect();
        for (i, token) in tokens.iter().enumerate().filter(|(_, t)| t.contains(is_national)) {
            let before = i.checked_sub(1).and_then(|i| tokens.get(i)).copied().unwrap_or_default();
            let rest = tokens.get(i + 1..).unwrap_or_default();
            match weigh(token, before, rest) {
                weight @ 0.. => letters += weight.unsigned_abs(),
                weight => marks += weight.unsigned_abs(),
            }
        }
    }
    if letters == 0 || letters <= marks * 2 {
        return Charset::Ascii;
    }
    let section_sign = bytes.windows(3).any(|w| matches!(w, [b'#', b' ', b'0'..=b'9'] | [b'#', b'0'..=b'9', _]));
    if section_sign { Charset::Ns4551_2 } else { Charset::Ns4551_1 }
}

fn is_national(c: char) -> bool {
    matches!(c, '['..=']' | '{'..='}')
}

/// Whether the marks `{|}[\]` in a token stand for letters (positive) or for themselves (negative), and how surely.
fn weigh(token: &str, before: &str, rest: &[&str]) -> isize {
    let word = token.trim_matches(|c: char| c.is_ascii_punctuation() && !is_national(c));
    const NO_LETTERS: [&str; 12] = ["](", ":\\", "\\\\", "||", "://", "$", "`", "{}", "[]", "{{", "}}", "[["];
    if NO_LETTERS.iter().any(|mark| token.contains(mark)) || follows_operator(token) {
        return -4;
    }
    if is_pair(token) || is_closed_later(word, rest) || is_opened_before(word) {
        return -3;
    }
    let decoded: String = word.bytes().map(|b| Charset::Ns4551_1.character(b)).collect();
    let mut letters = decoded.chars();
    if let (Some(c), None) = (letters.next(), letters.next()) {
        let after = rest.first().copied().unwrap_or_default();
        let spaced = |t: &str| t.len() == 1 && t.bytes().all(|b| b.is_ascii_uppercase() || is_national(char::from(b)));
        return match c {
            'å' if before.ends_with(|c: char| c.is_ascii_alphabetic() || is_national(c) || c == ',')
                && after.starts_with(|c: char| c.is_ascii_lowercase() || is_national(c)) =>
            {
                2
            }
            'å' if before.is_empty() && rest.is_empty() => -1,
            'Æ' | 'Ø' | 'Å'
                if spaced(before) && spaced(after)
                    || spaced(before) && after.is_empty()
                    || before.is_empty() && spaced(after) =>
            {
                3
            }
            _ => -1,
        };
    }
    // In a hyphenated or slashed compound each part is a word of its own.
    let parts = decoded.split(['-', '/', '.', ',', ':', '(', ')', '\'', '"']);
    let mut weight = 0;
    for part in parts.filter(|p| p.contains(['æ', 'ø', 'å', 'Æ', 'Ø', 'Å'])) {
        if !is_well_formed(part) {
            return -3;
        }
        weight += if is_frequent(&part.to_lowercase()) { 5 } else { 2 };
    }
    // `(stop|drop|keep)` gives a choice.
    if token.contains(['(', '<']) && token.matches('|').count() > 1 {
        return -1;
    }
    let escape = word.starts_with('\\') && word.len() == 2 && word.ends_with(['n', 'r', 't']);
    let file_name = word.contains('\\') && word.rsplit_once('.').is_some_and(|(_, e)| (2..=3).contains(&e.len()));
    if escape || file_name { -3 } else { weight }
}

/// Whether a mark follows a sign that stands before no word: `#[`, `::{`, `={`.
fn follows_operator(token: &str) -> bool {
    token.as_bytes().windows(2).any(|w| {
        matches!(w[0], b'#' | b':' | b'=' | b'@' | b'&' | b'%' | b'+' | b'*' | b'<') && is_national(char::from(w[1]))
    })
}

/// Whether a token has a bracket around something: no word begins with æ and ends in å.
fn is_pair(token: &str) -> bool {
    let part_of_word = |b: Option<&u8>| b.is_some_and(|&b| b.is_ascii_alphanumeric() || is_national(char::from(b)));
    let bytes = token.as_bytes();
    [(b'[', b']'), (b'{', b'}')].into_iter().any(|(open, close)| {
        let opens = |i: &usize| bytes[*i] == open && !part_of_word(i.checked_sub(1).and_then(|i| bytes.get(i)));
        let Some(start) = (0..bytes.len()).find(opens) else { return false };
        let option = open == b'[' && bytes.get(start..).is_some_and(|rest| rest.windows(2).any(|w| w == b"-]"));
        option || (start + 1..bytes.len()).any(|i| bytes[i] == close && !part_of_word(bytes.get(i + 1)))
    })
}

/// Whether a token opens a bracket that a later token of the line closes.
fn is_closed_later(word: &str, rest: &[&str]) -> bool {
    let close = match word.bytes().next() {
        Some(b'[') => ']',
        Some(b'{') => '}',
        _ => return false,
    };
    let ends = |t: &str| {
        t.trim_end_matches(|c: char| c.is_ascii_punctuation() && !is_national(c)).strip_suffix(close).is_some_and(
            |stem| {
                // A lower-case word may well end in å, so that `{` and `}` need more than that to be a pair.
                close == ']' || stem.is_empty() || !stem.ends_with(|c: char| c.is_ascii_lowercase())
            },
        )
    };
    rest.iter().any(|t| ends(t))
}

/// Whether a token closes a square bracket opened earlier: a capital Å ends no word in small letters.
fn is_opened_before(word: &str) -> bool {
    word.strip_suffix(']').is_some_and(|stem| stem.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

/// Whether a decoded part is a word by its letters and their case: `møte`, `Østby`, `RÅDMANN`, not `aØb`, `x[1]`.
fn is_well_formed(part: &str) -> bool {
    let mut letters = 0;
    let (mut lower, mut upper_after_first, mut lower_before_upper) = (false, false, false);
    for (i, c) in part.chars().enumerate() {
        if !c.is_alphabetic() {
            return false;
        }
        letters += 1;
        lower_before_upper |= c.is_uppercase() && lower;
        lower |= c.is_lowercase();
        upper_after_first |= i > 0 && c.is_uppercase();
    }
    letters > 1 && !lower_before_upper && !(lower && upper_after_first)
}

/// Undoes UTF-8 that was taken for an 8-bit encoding and encoded again; how many times over, with the text.
fn undo_double_encoding(text: &str) -> Option<(String, u32)> {
    let mut current = undo_once(text)?;
    let mut layers = 1;
    while layers < 3
        && let Some(next) = undo_once(&current)
    {
        current = next;
        layers += 1;
    }
    Some((current, layers))
}

/// One layer of [`undo_double_encoding`]: every run of characters beyond ASCII whose bytes are UTF-8 for a letter or sign of
/// Nordic text becomes that text, whether the bytes were read as Windows-1252, Mac OS Roman or code page 850.
fn undo_once(text: &str) -> Option<String> {
    const READ_AS: [(Charset, &str); 3] =
        [(Charset::Windows1252, "ÃÂâ"), (Charset::Macintosh, "√¬"), (Charset::Ibm850, "├┬")];
    READ_AS.into_iter().find_map(|(charset, leads)| {
        let mut out = String::new();
        let mut rest = text;
        let mut undone = false;
        while let Some(at) = rest.find(|c| leads.contains(c)) {
            let run = run_at(&rest[at..]);
            let repaired = undo_run(run, charset);
            undone |= repaired.is_some();
            out.push_str(&rest[..at]);
            out.push_str(repaired.as_deref().unwrap_or(run));
            rest = &rest[at + run.len()..];
        }
        out.push_str(rest);
        undone.then_some(out)
    })
}

fn run_at(text: &str) -> &str {
    &text[..text.find(|c: char| c.is_ascii()).unwrap_or(text.len())]
}

fn undo_run(run: &str, charset: Charset) -> Option<String> {
    let bytes: Option<Vec<u8>> = run
        .chars()
        .map(|c| {
            let byte = (0x80..=0xFF).find(|&b| charset.character(b) == c && c != '\u{FFFD}');
            // Windows leaves five positions undefined; they pass as the C1 control of the same number.
            byte.or_else(|| matches!(c, '\u{80}'..='\u{9F}').then_some(c as u8))
        })
        .collect();
    let undone = String::from_utf8(bytes?).ok()?;
    let likely = |c: char| matches!(c, '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{203A}' | '€');
    undone.chars().all(likely).then_some(undone)
}
