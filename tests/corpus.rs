//! The archive in `corpus/` is what `examples/make-corpus` makes, byte for byte, and nothing else.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[allow(dead_code, reason = "the example's own entry is not called here")]
#[path = "../examples/make-corpus/main.rs"]
mod make_corpus;

/// What stands in the folder without being made.
const BY_HAND: [&str; 4] = [".motebokignore", "README.md", "nordic", "styles"];

#[test]
fn the_corpus_is_what_the_example_makes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut names: BTreeSet<String> = BY_HAND.iter().map(|name| (*name).to_owned()).collect();
    for file in make_corpus::corpus() {
        let there = fs::read(folder.join(&file.name)).unwrap_or_default();
        assert!(there == file.bytes, "{} differs; `cargo run --example make-corpus` writes corpus/ anew", file.name);
        names.insert(file.name);
    }
    let there: BTreeSet<String> =
        fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(there, names, "files that the example does not make");
}
