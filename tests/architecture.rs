//! The house keeps its order: layers, one file a format and a rule, no file too long.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// The modules of `lib.rs` with the number of their layer: a blank line begins a new one.
fn layers() -> Vec<(String, usize)> {
    let text = fs::read_to_string(source().join("lib.rs")).unwrap();
    let mut layer = 0;
    let mut modules = Vec::new();
    for line in text.lines() {
        if line.is_empty() {
            layer += 1;
        } else if let Some(name) = line.strip_prefix("pub mod ") {
            modules.push((name.trim_end_matches(';').to_owned(), layer));
        }
    }
    modules
}

/// The modules named after `crate::` in a source text, comments apart.
fn used(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let list = list.split('}').next().unwrap();
            names.extend(list.split(',').map(|n| n.trim().split("::").next().unwrap().to_owned()));
        } else {
            names.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names
}

#[test]
fn modules_use_no_layer_below_their_own() {
    let layers = layers();
    let layer = |name: &str| layers.iter().find(|(module, _)| module == name).map(|(_, layer)| *layer);
    let mut faults = Vec::new();
    for file in files(&source()) {
        let relative = file.strip_prefix(source()).unwrap().to_string_lossy().into_owned();
        let module = relative.split(['/', '.']).next().unwrap();
        if matches!(module, "main" | "cli" | "lib") {
            continue;
        }
        let own = layer(module).unwrap_or_else(|| panic!("src/{relative}: {module} is not listed in lib.rs"));
        for used in used(&fs::read_to_string(&file).unwrap()) {
            match layer(&used) {
                Some(other) if used != module && other > own => faults.push(format!("src/{relative} uses {used}")),
                _ => {}
            }
        }
    }
    assert!(faults.is_empty(), "against the order of lib.rs:\n{}", faults.join("\n"));
}

#[test]
fn rules_have_a_file_each_and_stand_in_order() {
    let ids: Vec<&str> = motebok::rules::RULES.iter().map(|r| r.id).collect();
    assert!(ids.is_sorted(), "RULES is not in alphabetical order");
    for rule in motebok::rules::RULES {
        let file = source().join("rules").join(rule.id.replace('-', "_")).with_extension("rs");
        assert!(file.is_file(), "{} has no file", rule.id);
        assert!(rule.manual.contains("## What it does"), "{}: the manual does not say what it does", rule.id);
        assert!(!rule.summary.is_empty() && !rule.summary_nb.is_empty(), "{}", rule.id);
    }
}

#[test]
fn formats_have_a_file_each() {
    for format in motebok::read::FORMATS {
        let read = source().join("read");
        let has_file = read.join(format.id).with_extension("rs").is_file() || read.join(format.id).is_dir();
        // A format may share the file of a sibling (Markdown that of text).
        let is_named = || {
            let id = format!("id: \"{}\"", format.id);
            files(&read).iter().any(|f| fs::read_to_string(f).unwrap().contains(&id))
        };
        assert!(has_file || is_named(), "{} has no file", format.id);
    }
}

#[test]
fn files_say_what_they_are_for_and_stay_short() {
    for file in files(&source()) {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//!"), "{} does not begin with //!", file.display());
        assert!(text.lines().count() <= 900, "{} has more than 900 lines", file.display());
    }
}
