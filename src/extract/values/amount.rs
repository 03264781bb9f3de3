//! Amounts: `3 320 454`, `5.200,-`, `kr 1.556.904,00`, `3,08`, `-12,5 %` to decimal strings in the printed unit.

use crate::lang::lexicon;

/// An amount read from a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// A decimal number with `.` as the mark: `6392068`, `3.08`.
    pub value: String,
    /// A per cent sign stands beside it.
    pub percent: bool,
    /// A currency stands beside it.
    pub currency: bool,
}

/// Reads `text` as one amount; `None` where it holds anything else.
///
/// Thousands are set apart by spaces of any kind, points or apostrophes, decimals by a comma (or by a point, where one
/// group of other than three digits follows it).
#[must_use]
pub fn parse(text: &str) -> Option<Amount> {
    let mut rest = text.trim();
    let mut currency = false;
    let mut percent = false;
    let mut negative = false;
    loop {
        let lower = rest.to_lowercase();
        let cut = words("currency").find(|w| lower.starts_with(w.as_str())).map(String::len);
        if let Some(cut) = cut {
            rest = rest[cut..].trim_start();
            currency = true;
        } else if let Some(after) = rest.strip_prefix(['+', '±']) {
            rest = after.trim_start();
        } else if let Some(after) = rest.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
            rest = after.trim_start();
            negative = !negative;
        } else {
            break;
        }
    }
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        rest = inner.trim();
        negative = !negative;
    }
    loop {
        let lower = rest.to_lowercase();
        if let Some(before) = rest.strip_suffix('%') {
            rest = before.trim_end();
            percent = true;
        } else if let Some(word) = words("percent_words").find(|w| lower.ends_with(w.as_str())) {
            rest = rest[..rest.len() - word.len()].trim_end();
            percent = true;
        } else if let Some(word) = words("currency").find(|w| lower.ends_with(w.as_str())) {
            rest = rest[..rest.len() - word.len()].trim_end();
            currency = true;
        } else if let Some(before) =
            [",-", ",--", ".-", ",\u{2013}", ",\u{2014}", ",\u{2212}"].iter().find_map(|s| rest.strip_suffix(s))
        {
            rest = before.trim_end();
            currency = true;
        } else {
            break;
        }
    }
    let value = number(rest)?;
    let value =
        if negative && value.bytes().any(|b| b.is_ascii_digit() && b != b'0') { format!("-{value}") } else { value };
    Some(Amount { value, percent, currency })
}

/// Whether `text` is the name of a currency and nothing else.
#[must_use]
pub fn is_currency(text: &str) -> bool {
    words("currency").any(|w| *w == text.to_lowercase())
}

fn words(key: &str) -> impl Iterator<Item = &'static String> + use<> {
    lexicon().tables.get(key).into_iter().flatten()
}

/// Digits with marks between them as a decimal string.
fn number(text: &str) -> Option<String> {
    let mut groups: Vec<String> = vec![String::new()];
    let mut marks: Vec<char> = Vec::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            groups.last_mut()?.push(c);
        } else {
            let mark = match c {
                ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' | '\'' | '’' => ' ',
                '.' => '.',
                ',' => ',',
                _ => return None,
            };
            if groups.last()?.is_empty() {
                return None;
            }
            marks.push(mark);
            groups.push(String::new());
        }
    }
    if groups.iter().any(String::is_empty) {
        return None;
    }
    let last_mark = marks.last().copied();
    let decimals = match last_mark {
        Some(',') => {
            let thousands = marks.len() > 1 && marks.iter().all(|m| *m == ',') && groups.last()?.len() == 3;
            !thousands
        }
        Some('.') => marks.iter().filter(|m| **m == '.').count() == 1 && groups.last()?.len() != 3,
        _ => false,
    };
    let fraction = if decimals { groups.pop() } else { None };
    if groups.len() > 1 && (groups[0].len() > 3 || groups[1..].iter().any(|g| g.len() != 3)) {
        return None;
    }
    let whole = groups.concat();
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(match fraction {
        Some(fraction) => format!("{whole}.{fraction}"),
        None => whole.to_owned(),
    })
}

/// A decimal string as an integer in units of 10^-`scale`; `None` where it does not fit.
#[must_use]
pub fn scaled(value: &str, scale: usize) -> Option<i128> {
    let (negative, digits) = value.strip_prefix('-').map_or((false, value), |d| (true, d));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.len() > scale {
        return None;
    }
    let all = format!("{whole}{fraction}{}", "0".repeat(scale - fraction.len()));
    let number: i128 = all.parse().ok()?;
    Some(if negative { -number } else { number })
}

/// How many decimals a decimal string has.
#[must_use]
pub fn decimals(value: &str) -> usize {
    value.split_once('.').map_or(0, |(_, f)| f.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_forms() {
        for (text, value) in [
            ("3 320 454", Some("3320454")),
            ("1\u{202f}204\u{202f}310,50", Some("1204310.50")),
            ("5.200,-", Some("5200")),
            ("kr. 1.556.904,-", Some("1556904")),
            ("51 258,-", Some("51258")),
            ("3,08", Some("3.08")),
            ("10 %", Some("10")),
            ("5,8 %", Some("5.8")),
            ("-12", Some("-12")),
            ("(1 200)", Some("-1200")),
            ("kr 412", Some("412")),
            ("1.204", Some("1204")),
            ("12.5", Some("12.5")),
            ("0", Some("0")),
            ("05", Some("5")),
            ("2021", Some("2021")),
            ("12.03.2015", None),
            ("12 34", None),
            ("", None),
            ("kr", None),
            ("1200 stk", None),
            ("14/21", None),
        ] {
            assert_eq!(parse(text).map(|a| a.value).as_deref(), value, "{text}");
        }
    }
}
