//! Gives the program the versions of what its records and findings depend on: hashes of the sources, so that no change of
//! them can be forgotten.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// Modules of `src` by what they bear on. Every module that is not named bears on reading.
const EXTRACTION: &[&str] = &["extract", "lang", "validate"];
const RULES: &[&str] = &["bodies", "closed", "facts", "finding", "mask", "rules"];
const NOTHING: &[&str] = &[
    "archive",
    "cli",
    "compare",
    "correction",
    "eval",
    "lib",
    "main",
    "messages",
    "pipeline",
    "report",
    "schema",
    "search",
    "serve",
    "verdict",
];

/// Parts of a module that bears on nothing.
const PARTS: &[(&str, &str)] = &[("pipeline/input.rs", "READING"), ("pipeline/check.rs", "RULES")];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let mut hashes: BTreeMap<&str, DefaultHasher> =
        ["READING", "EXTRACTION", "RULES"].into_iter().map(|name| (name, DefaultHasher::new())).collect();
    let mut files = vec![PathBuf::from("Cargo.lock")];
    gather(Path::new("src"), &mut files)?;
    files.sort();
    for file in files {
        let path = file.strip_prefix("src").unwrap_or(&file).to_string_lossy().replace('\\', "/");
        if let (Some(hash), Ok(bytes)) = (subject(&path).and_then(|name| hashes.get_mut(name)), fs::read(&file)) {
            (path, bytes).hash(hash);
        }
    }
    for (name, hash) in hashes {
        println!("cargo::rustc-env=MOTEBOK_{name}={:016x}", hash.finish());
    }
    Ok(())
}

/// What the file at `path` below `src` bears on.
fn subject(path: &str) -> Option<&'static str> {
    let module = path.split(['/', '.']).next().unwrap_or_default();
    if let Some((_, subject)) = PARTS.iter().find(|(part, _)| *part == path) {
        return Some(subject);
    }
    match module {
        _ if EXTRACTION.contains(&module) => Some("EXTRACTION"),
        _ if RULES.contains(&module) => Some("RULES"),
        _ if NOTHING.contains(&module) => None,
        _ => Some("READING"),
    }
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
