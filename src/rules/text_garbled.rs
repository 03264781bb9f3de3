//! Wrong encoding, lost glyphs, or OCR noise.

use super::{Check, Rule, Subject, about_file};
use crate::finding::{Finding, Level};
use crate::model::Record;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "text-garbled",
    level: Level::Warning,
    subject: Subject::File,
    summary: "wrong encoding, lost glyphs, or OCR noise",
    summary_nb: "feil tegnsett, tapte bokstaver eller OCR-støy",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Counts replacement characters, question marks inside words and words that mix letters and signs, in relation to all
words.

## Why it matters
Garbled text is not found by search, and values read from it may be wrong.

## Example
`M?tebok for r?dmannen`

## How to resolve
Look for another copy, or read the pages by OCR.

## Exceptions
A few such words, as in addresses and formulas, are normal: below one word in fifty nothing is reported.
";

/// One garbled word in so many is too much.
const ONE_IN: usize = 50;
/// Texts with fewer words are not judged.
const LEAST_WORDS: usize = 30;

fn check(record: &Record) -> Vec<Finding> {
    let (mut words, mut garbled) = (0, 0);
    let mut examples: Vec<&str> = Vec::new();
    for word in record.blocks.iter().flat_map(|b| b.text.split_whitespace()) {
        if !word.chars().any(char::is_alphabetic) {
            continue;
        }
        words += 1;
        if is_garbled(word) {
            garbled += 1;
            if examples.len() < 3 && !examples.contains(&word) {
                examples.push(word);
            }
        }
    }
    let noisy = record.blocks.iter().filter_map(|b| b.ocr).collect::<Vec<_>>();
    let confidence = (!noisy.is_empty()).then(|| noisy.iter().sum::<f32>() / noisy.len() as f32);
    let unsure = confidence.is_some_and(|c| c < LEAST_CONFIDENCE);
    if !unsure && (words < LEAST_WORDS || garbled * ONE_IN < words) {
        return Vec::new();
    }
    let shown = examples.join(", ");
    let (message, nb) = match confidence.filter(|_| unsure) {
        Some(c) => {
            (format!("OCR is unsure of the text ({c:.0} of 100)"), format!("OCR er usikker på teksten ({c:.0} av 100)"))
        }
        None => (
            format!("{garbled} of {words} words are garbled: {shown}"),
            format!("{garbled} av {words} ord er ødelagte: {shown}"),
        ),
    };
    vec![about_file(
        &RULE,
        record,
        RULE.level,
        message,
        nb,
        [("garbled", &garbled.to_string()), ("words", &words.to_string())],
    )]
}

/// Mean confidence of OCR below which a text is taken for noise.
const LEAST_CONFIDENCE: f32 = 60.0;

/// A replacement character, or a question mark or private sign between letters.
fn is_garbled(word: &str) -> bool {
    if word.bytes().all(|b| b.is_ascii() && b != b'?') {
        return false;
    }
    if word.contains(['\u{fffd}', '\u{25a1}']) {
        return true;
    }
    if word.contains("://") || word.contains('@') {
        return false;
    }
    let chars: Vec<char> = word.chars().collect();
    chars
        .windows(3)
        .any(|w| w[0].is_alphabetic() && matches!(w[1], '?' | '\u{e000}'..='\u{f8ff}') && w[2].is_alphabetic())
        || chars.len() > 2 && chars[0] == '?' && chars[1].is_lowercase()
        || word.contains("Ã¥")
        || word.contains("Ã¸")
        || word.contains("Ã¦")
}
