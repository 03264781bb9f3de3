//! Accuracy on the corpus of this repository does not fall: each field's F1 against the floors in `accuracy.toml`.
//!
//! `UPDATE_ACCURACY=1 cargo test --test accuracy` writes the floors anew.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use motebok::eval;
use motebok::pipeline::Options;

/// Floors have three decimals; what rounds to the floor is not below it.
const ROUNDING: f64 = 0.0005;

#[test]
fn no_field_is_read_worse_than_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scores = eval::score_folder(&root.join("corpus"), &Options::default()).unwrap();
    let json = scores.json(0);
    let mut found: BTreeMap<String, f64> = BTreeMap::new();
    for (field, score) in json["total"]["fields"].as_object().unwrap() {
        found.insert(field.clone(), score["f1"].as_f64().unwrap());
    }
    found.insert("provenance".to_owned(), json["total"]["provenance"]["share"].as_f64().unwrap());
    let file = root.join("tests/accuracy.toml");
    if std::env::var_os("UPDATE_ACCURACY").is_some() {
        let mut text = "# F1 of each field on corpus/. A floor is raised when the program gets better, and lowered only with a reason in\n# the commit's message.\n\n".to_owned();
        for (field, f1) in &found {
            writeln!(text, "{field} = {:.3}", (f1 * 1000.0).floor() / 1000.0).unwrap();
        }
        fs::write(&file, text).unwrap();
        return;
    }
    let floors: BTreeMap<String, f64> = toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let mut lower = Vec::new();
    let mut higher = Vec::new();
    for (field, floor) in &floors {
        let f1 = found.get(field).copied().unwrap_or(0.0);
        if f1 < floor - ROUNDING {
            lower.push(format!("{field}: {f1:.3}, floor {floor:.3}"));
        } else if f1 > floor + 0.001 {
            higher.push(format!("{field}: {f1:.3}, floor {floor:.3}"));
        }
    }
    for (field, f1) in found.iter().filter(|(field, _)| !floors.contains_key(*field)) {
        higher.push(format!("{field}: {f1:.3}, no floor"));
    }
    if !higher.is_empty() {
        println!("better than the floor:\n  {}", higher.join("\n  "));
        println!("`UPDATE_ACCURACY=1 cargo test --test accuracy` raises the floors");
    }
    assert!(
        lower.is_empty(),
        "read worse than before:\n  {}\n`cargo run -- eval corpus --worst 40` lists the differences",
        lower.join("\n  ")
    );
}
