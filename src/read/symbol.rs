//! Characters of symbol fonts, which stand in the private use area (ECMA-376 part 1, 17.3.3.30).

/// What a character of a symbol font looks like, in Unicode. Decoration becomes a bullet.
pub(super) fn symbol(c: char, font: &str) -> char {
    let code = match u32::from(c) {
        code @ 0xF000..=0xF0FF => code - 0xF000,
        code @ 0x20..=0xFF if is_symbol_font(font) => code,
        _ => return c,
    };
    match (font.starts_with("Wingdings"), code) {
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

/// Whether a font of that name holds symbols and no letters.
pub(super) fn is_symbol_font(font: &str) -> bool {
    ["Wingdings", "Symbol", "Webdings"].iter().any(|name| font.starts_with(name))
}
