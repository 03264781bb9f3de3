//! Word files in their binary formats, read by this reader and by `office_oxide`: where they disagree on more than 2 % of
//! the words, `differential.toml` gives the reason. `MOTEBOK_FORMATS` may name a folder with more files to compare.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use motebok::identify::{Input, Probe, Reader};
use motebok::limits::Limits;
use motebok::read::doc::FORMAT;
use office_oxide::doc::DocDocument;
use unicode_normalization::UnicodeNormalization;

/// The share of words that may differ.
const TOLERANCE: f64 = 0.02;

type Words = BTreeMap<String, usize>;

fn words(text: &str) -> Words {
    let text: String = text.nfkc().filter(|c| *c != '\u{AD}').flat_map(char::to_lowercase).collect();
    let mut words = Words::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// Words of `a` that `b` lacks, with how often.
fn lacking(a: &Words, b: &Words) -> Words {
    let missing = |(word, count): (&String, &usize)| {
        let left = count.saturating_sub(b.get(word).copied().unwrap_or(0));
        (left > 0).then(|| (word.clone(), left))
    };
    a.iter().filter_map(missing).collect()
}

fn count(words: &Words) -> usize {
    words.values().sum()
}

/// What this reader makes of a file; `None` where it is no Word file or has no text.
fn ours(bytes: &[u8]) -> Option<String> {
    let found = (FORMAT.sniff)(&Probe::new(bytes, "doc"))?;
    let Reader::Document(read) = FORMAT.reader else { return None };
    let input = Input { bytes, name: "input.doc", found: &found, limits: &Limits::DEFAULT };
    let (document, _) = read(&input).ok()?;
    Some(document.blocks.iter().map(|block| block.text.clone() + "\n").collect())
}

fn theirs(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.to_vec();
    let read = catch_unwind(|| DocDocument::from_reader(Cursor::new(bytes)).ok().map(|document| document.plain_text()));
    read.ok().flatten()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "doc") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The reasons of `differential.toml`, by file.
fn reasons() -> BTreeMap<String, String> {
    toml::from_str(include_str!("differential.toml")).unwrap()
}

/// Holds the files of a folder against the list; says which of them were listed.
fn compare(folder: &Path, reasons: &BTreeMap<String, String>) -> (Vec<String>, Vec<String>) {
    let (mut listed, mut unlisted) = (Vec::new(), Vec::new());
    for file in files(folder) {
        let name = file.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&file).unwrap();
        let Some(ours) = ours(&bytes) else { continue };
        // What the other cannot read at all says nothing about this reader.
        let Some(theirs) = theirs(&bytes) else { continue };
        let (ours, theirs) = (words(&ours), words(&theirs));
        let (more, less) = (lacking(&ours, &theirs), lacking(&theirs, &ours));
        let share = (count(&more) + count(&less)) as f64 / (count(&ours) + count(&theirs)).max(1) as f64;
        if share <= TOLERANCE {
            continue;
        }
        if reasons.contains_key(&name) {
            listed.push(name);
        } else {
            let some = |words: &Words| words.keys().take(12).cloned().collect::<Vec<_>>().join(" ");
            unlisted.push(format!("{name}: {share:.3}; only here: {}; only there: {}", some(&more), some(&less)));
        }
    }
    (listed, unlisted)
}

#[test]
fn both_readers_say_the_same_or_there_is_a_reason() {
    let reasons = reasons();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let (mut listed, mut unlisted) = compare(&own, &reasons);
    let others = std::env::var_os("MOTEBOK_FORMATS").map(PathBuf::from);
    if let Some(folder) = &others {
        let (also_listed, also_unlisted) = compare(folder, &reasons);
        listed.extend(also_listed);
        unlisted.extend(also_unlisted);
    }
    assert!(unlisted.is_empty(), "not in differential.toml:\n{}", unlisted.join("\n"));
    // A reason that is no longer needed goes.
    if others.is_some() {
        let idle: Vec<&String> = reasons.keys().filter(|name| !listed.contains(name)).collect();
        assert!(idle.is_empty(), "in differential.toml without need: {idle:?}");
    }
}
