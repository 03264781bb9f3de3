//! What every fuzz target does with its bytes: one reader is given them as they come, and what it yields must hold
//! together.

use std::io::{Cursor, Write as _};

use motebok::document::{Block, Document, Span};
use motebok::extract::extract;
use motebok::identify::{Format, Input, Match, Probe, Reader};
use motebok::limits::{Limits, Room};
use motebok::model::text_at;
use serde_json::Value;

/// Hostile input is to be held by limits that one fuzzing process can reach.
const LIMITS: Limits = Limits {
    part_bytes: 8 << 20,
    ratio_free_bytes: 1 << 20,
    container_bytes: 16 << 20,
    container_free_bytes: 4 << 20,
    cells: 20_000,
    pages: 200,
    glyphs: 200_000,
    entries: 500,
    ..Limits::DEFAULT
};

/// Gives `bytes` to the reader of `format`, whatever its `sniff` says of them.
pub fn read(format: &Format, bytes: &[u8]) {
    let sniffed = (format.sniff)(&Probe::new(bytes, ""));
    let found = sniffed.unwrap_or_else(|| Match::new(None, "", "", ""));
    let input = Input { bytes, name: "input", found: &found, limits: &LIMITS };
    match format.reader {
        Reader::Document(read) => {
            if let Ok((mut document, _)) = read(&input) {
                check_document(&document);
                document.gather_tabbed_rows();
                check_document(&document);
            }
        }
        Reader::Container(open) => {
            let mut room = Room::new(&LIMITS, bytes.len());
            let entries = open(&input).map(|contents| contents.entries).unwrap_or_default();
            for entry in entries {
                if room.exhausted().is_some() {
                    break;
                }
                room.entries -= 1;
                let _ = (entry.unpack)(&mut room);
            }
        }
        Reader::None => {}
    }
}

/// Gives the reader of `format` a package whose part `name` is `bytes`, so that mutation need not get through deflate.
pub fn read_part(format: &Format, parts: &[(&str, &[u8])], name: &str, bytes: &[u8]) {
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts.iter().copied().chain([(name, bytes)]) {
        package.start_file(name, stored).expect("a part begins");
        package.write_all(bytes).expect("a part is written");
    }
    read(format, package.finish().expect("a package is written").get_ref());
}

/// Blocks are numbered, cells are where they say, deleted text points to a block.
fn check_document(document: &Document) {
    for (number, block) in document.blocks.iter().enumerate() {
        assert_eq!(block.id as usize, number);
        for cell in block.rows.iter().flatten().flatten() {
            assert_eq!(block.text.get(cell.start..cell.end), Some(cell.text.as_str()));
        }
    }
    let count = document.blocks.len();
    assert!(document.deleted.iter().filter_map(|d| d.block).all(|block| (block as usize) < count));
}

/// Extracts from `bytes` as the text reader reads them; every value must say what stands at its place.
pub fn extract_text(bytes: &[u8]) {
    let Reader::Document(read) = motebok::read::text::FORMAT.reader else { return };
    let found = Match::new(None, "", "", "");
    let input = Input { bytes, name: "input.txt", found: &found, limits: &LIMITS };
    let Ok((mut document, _)) = read(&input) else { return };
    document.gather_tabbed_rows();
    let extracted = extract(&document.blocks);
    let value = serde_json::to_value(extracted.documents).expect("documents are JSON");
    check_places(&value, &document.blocks);
}

fn check_places(value: &Value, blocks: &[Block]) {
    match value {
        Value::Object(object) => {
            if let (Some(Value::String(text)), Some(at)) = (object.get("text"), object.get("at")) {
                let at = if at.is_array() { at.clone() } else { Value::Array(vec![at.clone()]) };
                let spans: Vec<Span> = serde_json::from_value(at).expect("places are spans");
                let pieces: Vec<&str> =
                    spans.iter().map(|span| text_at(blocks, *span).expect("a span lies in its block")).collect();
                assert_eq!(&pieces.join("\n"), text);
            }
            object.values().for_each(|value| check_places(value, blocks));
        }
        Value::Array(items) => items.iter().for_each(|value| check_places(value, blocks)),
        _ => {}
    }
}
