//! Every fixture of the repository, damaged in every way: cut off, bits turned, bytes put in and taken out. Each file must get
//! a record with true places, and none may stop a reader or keep a worker beyond its limits.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all.sort();
    all
}

/// Numbers without a pattern (xorshift64, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % end.max(1)
    }
}

/// One to four faults.
fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        let end = (at + 1 + dice.below(64)).min(bytes.len());
        match dice.below(4) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            2 => {
                let more: Vec<u8> = (0..dice.below(64)).map(|_| dice.below(256) as u8).collect();
                bytes.splice(at..at, more);
            }
            _ => {
                bytes.drain(at..end);
            }
        }
    }
}

/// Holds every sourced value under `value` against its blocks.
fn places(path: &str, value: &Value, blocks: &[Value]) {
    match value {
        Value::Object(map) if map.contains_key("value") && map.contains_key("at") => {
            let at = map["at"].as_array().cloned().unwrap_or_else(|| vec![map["at"].clone()]);
            let number = |place: &Value, name: &str| usize::try_from(place[name].as_u64().unwrap()).unwrap();
            let piece = |place: &Value| {
                let text = blocks[number(place, "block")]["text"].as_str().unwrap();
                text.get(number(place, "start")..number(place, "end"))
                    .unwrap_or_else(|| panic!("{path}: {place}"))
                    .to_owned()
            };
            assert_eq!(map["text"], at.iter().map(piece).collect::<Vec<_>>().join("\n"), "{path}");
        }
        Value::Object(map) => map.values().for_each(|inner| places(path, inner, blocks)),
        Value::Array(items) => items.iter().for_each(|inner| places(path, inner, blocks)),
        _ => {}
    }
}

/// Reads `count` damaged files in folders of at most `most`.
fn mutate(count: usize, most: usize, seed: u64) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_input = |file: &PathBuf| {
        let name = file.to_str().unwrap();
        !["json", "rs", "toml", "py"].iter().any(|end| name.ends_with(&format!(".{end}")))
    };
    let fixtures: Vec<PathBuf> =
        ["corpus", "tests"].iter().flat_map(|from| files(&root.join(from))).filter(is_input).collect();
    let whole: Vec<Vec<u8>> = fixtures.iter().map(|file| fs::read(file).unwrap()).collect();
    let mut dice = Dice(seed);
    let mut faults = Vec::new();
    let mut ends: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut number = 0;
    while number < count {
        let folder = tempfile::tempdir().unwrap();
        let (input, out) = (folder.path().join("in"), folder.path().join("out"));
        fs::create_dir(&input).unwrap();
        let mut names = BTreeSet::new();
        for _ in 0..most.min(count - number) {
            let which = number % fixtures.len();
            let mut bytes = whole[which].clone();
            damage(&mut bytes, &mut dice);
            let name = format!("{number:06}-{}", fixtures[which].file_name().unwrap().to_str().unwrap());
            fs::write(input.join(&name), bytes).unwrap();
            names.insert(name);
            number += 1;
        }
        let run = Command::new(env!("CARGO_BIN_EXE_motebok"))
            .args(["run", "--ocr", "never", "--timeout", "120", "--lang", "en", "-o"])
            .args([&out, &input])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(matches!(run.status.code(), Some(0 | 2)) && !said.contains("panicked"), "{:?} {said}", run.status);
        let ledger = fs::read_to_string(out.join("ledger.jsonl")).unwrap();
        for line in ledger.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            let word = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            let path = word("path");
            names.remove(&path);
            *ends.entry((word("status"), word("problem"))).or_default() += 1;
            let record = fs::read(out.join("records").join(motebok::archive::record_path(&path))).unwrap();
            let record: Value = serde_json::from_slice(&record).unwrap();
            if ["crashed", "timeout", "out_of_memory", "invalid_record"]
                .iter()
                .any(|code| record["problems"].as_array().unwrap().iter().any(|p| p["code"] == *code))
            {
                if let Some(keep) = std::env::var_os("MOTEBOK_FAULTS") {
                    let _ = fs::copy(input.join(&path), Path::new(&keep).join(&path));
                }
                faults.push(format!("{path}: {}", record["problems"]));
            }
            places(&path, &record["documents"], record["blocks"].as_array().unwrap());
        }
        assert!(names.is_empty(), "without a line: {names:?}");
    }
    let told: Vec<String> = ends.iter().map(|((status, problem), n)| format!("{n} {status} {problem}")).collect();
    let _ =
        std::io::Write::write_all(&mut std::io::stderr(), format!("{number} files: {}\n", told.join(", ")).as_bytes());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn damaged_files_stop_nothing() {
    mutate(300, 300, 88_172_645_463_325_252);
}

#[test]
#[ignore = "an hour; MOTEBOK_FAULTS may name a folder for the files that are faults"]
fn twenty_thousand_damaged_files_stop_nothing() {
    mutate(20_000, 2_000, 2_463_534_242);
}
