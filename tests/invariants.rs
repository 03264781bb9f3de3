//! What stands above everything (ARCHITECTURE.md), where no other test keeps it.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use motebok::finding::Finding;
use motebok::model::Record;
use motebok::pipeline::{self, Options};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Everything in the repository that is read as a document.
fn read(folder: &str) -> (Vec<Record>, Vec<Finding>) {
    pipeline::in_memory(&[root().join(folder)], &Options::default()).unwrap()
}

/// Calls `look` with every sourced value under `value` and the field that holds it.
fn sourced(value: &Value, field: &str, look: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::Object(map) if map.contains_key("value") && map.contains_key("at") => look(field, value),
        Value::Object(map) => map.iter().for_each(|(key, inner)| sourced(inner, key, look)),
        Value::Array(items) => items.iter().for_each(|inner| sourced(inner, field, look)),
        _ => {}
    }
}

/// Calls `look` with every sourced value of every document in the repository, and the record's blocks.
fn everywhere(look: &mut dyn FnMut(&str, &str, &Value, &Record)) -> usize {
    let mut count = 0;
    for folder in ["corpus", "tests/documents"] {
        for record in read(folder).0 {
            let documents = serde_json::to_value(&record.documents).unwrap();
            sourced(&documents, "", &mut |field, value| {
                count += 1;
                look(&record.source.path, field, value, &record);
            });
        }
    }
    count
}

#[test]
fn every_value_reads_back() {
    let count = everywhere(&mut |path, field, sourced, record| {
        let places = match &sourced["at"] {
            Value::Array(places) => places.clone(),
            one => vec![one.clone()],
        };
        let pieces: Vec<&str> = places
            .iter()
            .map(|place| {
                let number = |name: &str| usize::try_from(place[name].as_u64().unwrap()).unwrap();
                let block = &record.blocks[number("block")];
                block.text.get(number("start")..number("end")).unwrap_or_else(|| panic!("{path}: {field} {place}"))
            })
            .collect();
        assert_eq!(sourced["text"], pieces.join("\n"), "{path}: {field}");
    });
    assert!(count > 2000, "{count} values are too few to say anything");
}

#[test]
fn nothing_is_invented() {
    everywhere(&mut |path, field, sourced, _| {
        let text = sourced["text"].as_str().unwrap().to_lowercase();
        assert!(!text.trim().is_empty(), "{path}: {field} has no text: {sourced}");
        let says = |number: &str| {
            let number = number.trim_start_matches('0');
            text.contains(if number.is_empty() { "0" } else { number })
        };
        let holds = match &sourced["value"] {
            Value::String(value) => match value.split(['-', ':']).collect::<Vec<_>>().as_slice() {
                [year, _, day] if is_digits(year, 4) => says(day),
                [hour, minute] if is_digits(hour, 2) && is_digits(minute, 2) => says(hour),
                _ => stands_in(&value.to_lowercase(), &text),
            },
            Value::Number(number) => says(&number.to_string()) || !text.chars().any(|c| c.is_ascii_digit()),
            Value::Object(number) => says(&number["sequence"].to_string()),
            _ => false,
        };
        assert!(holds, "{path}: {field} is not what its text says: {sourced}");
    });
}

fn is_digits(text: &str, width: usize) -> bool {
    text.len() == width && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the letters and digits of `value` stand in `text` in their order.
fn stands_in(value: &str, text: &str) -> bool {
    let mut left = text.chars();
    value.chars().filter(|c| c.is_alphanumeric()).all(|c| left.any(|other| other == c))
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let run = |jobs: usize| {
        let out = tempfile::tempdir().unwrap();
        let options = Options { jobs: NonZeroUsize::new(jobs), ..Options::default() };
        pipeline::run(&[root().join("corpus")], out.path(), &options, &|_| {}).unwrap();
        let mut files = BTreeMap::new();
        contents(&out.path().join("records"), out.path(), &mut files);
        for name in ["findings.jsonl", "ledger.jsonl", "summary.json"] {
            files.insert(name.to_owned(), promised(&out.path().join(name)));
        }
        files
    };
    let (one, many) = (run(1), run(5));
    assert_eq!(one.keys().collect::<Vec<_>>(), many.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(many[name] == *bytes, "{name} depends on the number of jobs");
    }
}

fn contents(folder: &Path, root: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            contents(&path, root, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// A file without what may differ: `millis` of the ledger, `run` of the summary.
fn promised(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let clean = |json: &str| {
        let mut value: Value = serde_json::from_str(json).unwrap();
        if let Some(map) = value.as_object_mut() {
            map.remove("millis");
            map.remove("run");
        }
        value.to_string()
    };
    if file.extension().is_some_and(|e| e == "json") { clean(&text) } else { text.lines().map(clean).collect() }
}

/// Words that stand in the code and should stand in the packs: file and word. To be emptied, not to be added to.
const STRAY: &[(&str, &str)] = &[];

/// Words of the packs that are English too.
const ENGLISH: &[&str] = &["side", "sum"];

#[test]
fn words_are_data() {
    let (mut words, mut keys) = (BTreeSet::new(), BTreeSet::new());
    for file in files(&root().join("src/lang")) {
        if file.extension().is_some_and(|e| e == "toml") {
            let pack: toml::Table = toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
            gather(&toml::Value::Table(pack), &mut words, &mut keys);
        }
    }
    assert!(words.len() > 500, "the packs hold {} words", words.len());
    let mut stray = BTreeSet::new();
    for folder in ["src/extract", "src/rules"] {
        for file in files(&root().join(folder)) {
            if file.extension().is_none_or(|e| e != "rs") {
                continue;
            }
            let name = file.strip_prefix(root().join("src")).unwrap().to_string_lossy().into_owned();
            let code = fs::read_to_string(&file).unwrap();
            for literal in literals(code.split("#[cfg(test)]").next().unwrap_or_default()) {
                let word = literal.trim().to_lowercase();
                // The names of lists are words of the packs' language, not of Norwegian.
                let is_word = word.chars().count() > 1
                    && words.contains(&word)
                    && !keys.contains(&word)
                    && !ENGLISH.contains(&word.as_str());
                let is_norwegian = folder == "src/extract" && word.contains(['æ', 'ø', 'å']);
                if is_word || is_norwegian {
                    stray.insert((name.clone(), word));
                }
            }
        }
    }
    let known: BTreeSet<(String, String)> = STRAY.iter().map(|(f, w)| ((*f).to_owned(), (*w).to_owned())).collect();
    let new: Vec<_> = stray.difference(&known).collect();
    assert!(new.is_empty(), "words that belong in src/lang: {new:?}");
    let gone: Vec<_> = known.difference(&stray).collect();
    assert!(gone.is_empty(), "no longer stray, take them off the list: {gone:?}");
}

/// The strings in a pack that are plain words, and the names of its lists.
fn gather(value: &toml::Value, words: &mut BTreeSet<String>, keys: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(word) if !word.contains(['\\', '(', '^', '[']) => {
            words.insert(word.trim().to_owned());
        }
        toml::Value::Array(items) => items.iter().for_each(|item| gather(item, words, keys)),
        toml::Value::Table(table) => {
            for (key, value) in table {
                keys.insert(key.clone());
                // Which language a pack is for, and what kind of case a series means, are no words.
                if key != "tag" && key != "series_types" {
                    gather(value, words, keys);
                }
            }
        }
        _ => {}
    }
}

/// The string literals of Rust code, comments left out.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in code.lines() {
        let line = line.trim_start();
        if line.starts_with("//") {
            continue;
        }
        let mut parts = line.split('"');
        parts.next();
        while let (Some(literal), Some(_)) = (parts.next(), parts.next()) {
            found.push(literal.to_owned());
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all.sort();
    all
}

#[test]
fn vote_words_without_a_vote_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Referat fra møte i styret\n\nMøtedag: 12.06.2013\n\n\
        Under befaringen stemte fire for brua og to mot. Etter ny votering stemte alle for.\n\n\
        Sak 1/13 Bru over elva\n\nVedtak:\nBrua bygges.\n";
    fs::write(folder.path().join("referat.txt"), text).unwrap();
    let (records, findings) = pipeline::in_memory(&[folder.path().to_path_buf()], &Options::default()).unwrap();
    assert!(
        records[0].documents.iter().flat_map(|d| &d.cases).all(|c| c.votes.is_empty()),
        "the text tells of no vote"
    );
    assert!(findings.iter().any(|f| f.rule == "extraction-suspect"), "nothing said of the vote words: {findings:?}");
}

#[test]
fn text_that_is_lost_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = root().join("corpus");
    let whole = fs::read(corpus.join("moteplan-2009.docx")).unwrap();
    fs::write(folder.path().join("avkortet.docx"), &whole[..whole.len() / 2]).unwrap();
    fs::write(folder.path().join("tom.txt"), b"").unwrap();
    let (records, findings) = pipeline::in_memory(&[folder.path().to_path_buf()], &Options::default()).unwrap();
    for record in &records {
        let path = &record.source.path;
        assert!(!record.problems.is_empty(), "{path} has no problem");
        assert!(findings.iter().any(|f| f.path == *path), "{path} has no finding");
    }
}
