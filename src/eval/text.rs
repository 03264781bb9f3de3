//! Normal forms in which gold and record are compared, and measures of likeness.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::lang::Pattern;

static CASE_NUMBER: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"(\d{1,5})\s*/\s*(\d{2,4})\b".to_owned()));
static LAST_NUMBER: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"(\d{1,5})\s*$".to_owned()));
static LIST_MARK: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"^(\d{1,2}[.)]|[a-z]\)|[-*\u{2022}\u{27a2}\u{f0b7}])$".to_owned()));

/// Series, sequence and year of a case number.
pub(super) type Number = (String, i64, Option<i64>);

pub(super) fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The text in NFC with plain spaces, hyphens and quotation marks.
pub(super) fn norm(text: &str) -> String {
    let plain: String = text
        .nfc()
        .filter(|c| *c != '\u{ad}')
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => '"',
            other => other,
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a value; empty where it is null.
pub(super) fn string(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The form in which short texts are compared: no case, no closing punctuation.
pub(super) fn key(value: &Value) -> String {
    fold(&string(value))
}

/// A short text without case and closing punctuation.
pub(super) fn fold(text: &str) -> String {
    norm(text).to_lowercase().replace('ß', "ss").trim_matches([' ', '.', ',', ':', ';']).to_owned()
}

/// The words of a long text; list numbers and bullets fall away.
pub(super) fn words(text: &str) -> Vec<String> {
    norm(text).split(' ').filter(|w| !w.is_empty() && !LIST_MARK.regex().is_match(w)).map(str::to_owned).collect()
}

/// The form in which long texts are compared exactly.
pub(super) fn text_key(text: &str) -> String {
    words(text).join(" ").trim_matches('"').trim().to_owned()
}

/// F1 over the words of two texts.
pub(super) fn word_f1(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in &a {
        *left.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in &b {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    if common == 0 { 0.0 } else { 2.0 * f64::from(common) / (a.len() + b.len()) as f64 }
}

/// Likeness of two texts, 0 to 100: twice the longest common subsequence over the sum of the lengths.
pub(super) fn ratio(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.is_empty() && b.is_empty() {
        return 100.0;
    }
    let mut row = vec![0usize; b.len() + 1];
    for x in &a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    200.0 * row[b.len()] as f64 / (a.len() + b.len()) as f64
}

/// A year in four digits; `12` is 2012, `88` is 1988.
fn year4(year: i64) -> i64 {
    match year {
        100.. => year,
        ..40 => 2000 + year,
        _ => 1900 + year,
    }
}

fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// A case number from its object.
pub(super) fn number(value: &Value) -> Option<Number> {
    let sequence = integer(value.get("sequence")?)?;
    let series = value.get("series").map(key).unwrap_or_default().to_uppercase();
    Some((series, sequence, value.get("year").and_then(integer).map(year4)))
}

/// Whether a number found is that of the gold; what the gold leaves out is not judged.
pub(super) fn same_number(gold: &Number, found: &Number) -> bool {
    gold.1 == found.1 && (gold.2.is_none() || gold.2 == found.2) && (gold.0.is_empty() || gold.0 == found.0)
}

/// A decimal number without zeros that say nothing; other text without case; nothing where nothing stands.
pub(super) fn decimal(value: &Value) -> Option<String> {
    let text = norm(&string(value));
    if text.is_empty() || text == "-" {
        return None;
    }
    let plain = text.replace(' ', "").replace(',', ".");
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number =
        !(whole.is_empty() && part.is_empty()) && whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit());
    if !is_number {
        return Some(text.to_lowercase());
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let part = part.trim_end_matches('0');
    Some(if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
}

/// The numbers in the `cases` of a finding: `AU 23/22` → 23 of 2022.
pub(super) fn case_set(cases: &Value) -> Vec<(i64, Option<i64>)> {
    list(cases)
        .iter()
        .filter_map(|case| {
            if case.is_object() {
                return number(&plain(case)).map(|n| (n.1, n.2));
            }
            let text = string(case);
            if let Some(found) = CASE_NUMBER.regex().captures(&text) {
                return Some((found[1].parse().ok()?, found[2].parse().ok().map(year4)));
            }
            Some((LAST_NUMBER.regex().captures(&text)?[1].parse().ok()?, None))
        })
        .collect()
}

/// A list; a single value is a list of one, null is an empty list.
pub(super) fn list(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::Array(items) => items,
        other => std::slice::from_ref(other),
    }
}

/// The value with every sourced value reduced to its plain value.
pub(super) fn plain(value: &Value) -> Value {
    match value {
        Value::Object(map) => match map.get("value") {
            Some(inner) if map.contains_key("at") || map.contains_key("text") || map.len() == 1 => plain(inner),
            _ => Value::Object(map.iter().map(|(k, v)| (k.clone(), plain(v))).collect()),
        },
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        other => other.clone(),
    }
}
