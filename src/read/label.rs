//! Automatic numbers as they are shown.

/// A number in one of the formats of `ST_NumberFormat` (ECMA-376 part 1, 17.18.59); those not known are shown in decimal.
pub(super) fn write_number(n: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{n:02}"),
        "lowerLetter" => letters(n, b'a'),
        "upperLetter" => letters(n, b'A'),
        "lowerRoman" => roman(n),
        "upperRoman" => roman(n).to_uppercase(),
        "ordinal" => format!("{n}."),
        _ => n.to_string(),
    }
}

/// a to z, then aa, bb to zz, then aaa.
fn letters(n: u32, first: u8) -> String {
    let Some(n) = n.checked_sub(1) else { return String::new() };
    let letter = char::from(first + (n % 26) as u8);
    // Word goes no further than 30 times the alphabet.
    std::iter::repeat_n(letter, (n / 26 % 30) as usize + 1).collect()
}

fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    // Roman numerals end at 3999; Word's counters at 32767.
    let mut rest = n.min(32_767);
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}
