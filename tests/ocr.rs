//! Skewed, noisy scans in `tests/scans` read by OCR, each against the flat ODT file that it was made from. Left out, with
//! a word, where the helper programs are not installed.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

use std::path::Path;

use motebok::document::Block;
use motebok::pipeline::{Ocr, Options, in_memory};

const SCANS: [&str; 3] = ["protokoll", "budsjett", "gebyrer"];

/// The share of characters that may be read wrong.
const ERRORS: f64 = 0.02;

fn blocks(file: &str) -> Vec<Block> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scans").join(file);
    let (records, _) = in_memory(&[path], &Options { ocr: Ocr::Auto, ..Options::default() }).unwrap();
    records.into_iter().next().unwrap().blocks
}

fn text(blocks: &[Block]) -> String {
    let words: Vec<&str> = blocks.iter().flat_map(|b| b.text.split_whitespace()).collect();
    words.join(" ")
}

/// How many characters must be put in, taken out or changed (Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let change = before + usize::from(x != y);
            let least = change.min(row[j] + 1).min(row[j + 1] + 1);
            before = std::mem::replace(&mut row[j + 1], least);
        }
    }
    row[b.len()]
}

#[test]
fn scans_are_read_and_amounts_kept() {
    if let Err(missing) = motebok::read::ocr::engine() {
        eprintln!("left out: {missing}");
        return;
    }
    for name in SCANS {
        let (source, scan) = (blocks(&format!("{name}.fodt")), blocks(&format!("{name}.pdf")));
        assert!(scan.iter().all(|b| b.ocr.is_some()), "{name}: blocks read by OCR say so");
        let (expected, read) = (text(&source), text(&scan));
        let characters = |text: &str| text.chars().collect::<Vec<_>>();
        let rate = distance(&characters(&expected), &characters(&read)) as f64 / expected.chars().count() as f64;
        assert!(rate < ERRORS, "{name}: {rate:.4} of the characters are wrong:\n{read}");
        // Every cell that holds a number; the space between two groups of digits may be narrow. Points and commas count.
        let close = |text: &str| text.replace([' ', '\u{A0}'], "");
        let cells = source.iter().filter_map(|b| b.rows.as_ref()).flatten().flatten().map(|cell| close(&cell.text));
        for amount in cells.filter(|cell| cell.bytes().any(|b| b.is_ascii_digit())) {
            assert!(close(&read).contains(&amount), "{name}: {amount} is not in\n{read}");
        }
    }
}
