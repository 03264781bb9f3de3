//! Every folder in `tests/documents` holds a document `input.*` and `expected.json`: what the readers make of it.
//!
//! `UPDATE_EXPECT=1 cargo test --test documents` writes the expectations anew.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use motebok::identify::{Input, Probe, Reader, identify};
use motebok::limits::Limits;
use motebok::read::FORMATS;
use serde_json::{Value, json};

/// What is expected of a document: its format, encoding, pages, properties, problems and blocks.
fn read(path: &Path) -> Value {
    let bytes = fs::read(path).unwrap();
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let probe = Probe::new(&bytes, &extension);
    let Some((format, found)) = identify(&probe, FORMATS) else { return json!({"format": null}) };
    let name = path.file_name().unwrap().to_string_lossy();
    let input = Input { bytes: &bytes, name: &name, found: &found, limits: &Limits::DEFAULT };
    let Reader::Document(read) = format.reader else { return json!({"format": format.id}) };
    let (document, problems) = match read(&input) {
        Ok(read) => read,
        Err(problem) => return json!({"format": format.id, "failed": problem}),
    };
    for (i, block) in document.blocks.iter().enumerate() {
        assert_eq!(block.id as usize, i, "{}: block ids", path.display());
        // A table's text may begin or end with an empty cell.
        if block.rows.is_none() {
            assert_eq!(block.text, block.text.trim(), "{}: white space around a block", path.display());
        }
        for cell in block.rows.iter().flatten().flatten() {
            assert_eq!(block.text.get(cell.start..cell.end), Some(cell.text.as_str()), "{}: cell", path.display());
        }
    }
    let blocks: Vec<Value> = document
        .blocks
        .iter()
        .map(|block| {
            let mut value = serde_json::to_value(block).unwrap();
            let object = value.as_object_mut().unwrap();
            object.remove("id");
            object.remove("bbox");
            if block.wrapped {
                object.insert("wrapped".into(), true.into());
            }
            if let Some(rows) = &block.rows {
                let texts: Vec<Vec<&str>> =
                    rows.iter().map(|row| row.iter().map(|c| c.text.as_str()).collect()).collect();
                let spans: Vec<Vec<[u32; 2]>> =
                    rows.iter().map(|row| row.iter().map(|c| [c.colspan, c.rowspan]).collect()).collect();
                object.remove("text");
                object.insert("rows".into(), json!(texts));
                if spans.iter().flatten().any(|s| *s != [1, 1]) {
                    object.insert("spans".into(), json!(spans));
                }
            }
            value
        })
        .collect();
    let mut value = json!({"format": format.id, "blocks": blocks});
    let object = value.as_object_mut().unwrap();
    if let Some(encoding) = &document.encoding {
        object.insert("encoding".into(), json!(encoding));
    }
    if let Some(pages) = document.pages {
        object.insert("pages".into(), pages.into());
    }
    for (key, present) in [
        ("properties", (!document.properties.is_empty()).then(|| json!(document.properties))),
        ("problems", (!problems.is_empty()).then(|| json!(problems))),
        ("deleted", (!document.deleted.is_empty()).then(|| json!(document.deleted))),
        ("embedded", (!document.embedded.is_empty()).then(|| json!(document.embedded))),
    ] {
        if let Some(present) = present {
            object.insert(key.into(), present);
        }
    }
    value
}

#[test]
fn documents_read_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    let mut wrong = Vec::new();
    for folder in folders {
        let input = fs::read_dir(&folder)
            .unwrap()
            .map(|e| e.unwrap().path())
            .find(|p| p.file_stem().is_some_and(|stem| stem == "input"))
            .unwrap_or_else(|| panic!("no input.* in {}", folder.display()));
        let actual = serde_json::to_string_pretty(&read(&input)).unwrap() + "\n";
        let expected = folder.join("expected.json");
        if update {
            fs::write(&expected, actual).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != actual {
            wrong.push(format!("{}\n{actual}", folder.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
