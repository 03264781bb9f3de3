//! PDF files of LibreOffice, Ghostscript and cairo in `tests/producers`, each against the flat ODT file that it was made
//! from: text in reading order, tables cell by cell, footnotes.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use motebok::document::{Block, BlockKind};
use motebok::identify::{Input, Probe, Reader, identify};
use motebok::limits::Limits;
use motebok::read::FORMATS;

const PRODUCERS: [&str; 3] = ["libreoffice", "ghostscript", "cairo"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/producers")
}

fn blocks(file: &str) -> Vec<Block> {
    let bytes = fs::read(folder().join(file)).unwrap();
    let (format, found) = identify(&Probe::new(&bytes, ""), FORMATS).unwrap();
    let Reader::Document(read) = format.reader else { panic!("{file} is no document") };
    let (document, problems) =
        read(&Input { bytes: &bytes, name: file, found: &found, limits: &Limits::DEFAULT }).unwrap();
    assert_eq!(problems, [], "{file}");
    document.blocks
}

/// Words parted by single spaces.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts(blocks: &[Block]) -> Vec<String> {
    blocks.iter().filter(|b| b.kind != BlockKind::Footnote && b.rows.is_none()).map(|b| plain(&b.text)).collect()
}

fn tables(blocks: &[Block]) -> Vec<Vec<Vec<&str>>> {
    blocks
        .iter()
        .filter_map(|b| b.rows.as_ref())
        .map(|rows| rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect())
        .collect()
}

fn notes(blocks: &[Block]) -> Vec<(Option<&str>, String)> {
    let notes = blocks.iter().filter(|b| b.kind == BlockKind::Footnote);
    notes.map(|b| (b.label.as_deref(), plain(&b.text))).collect()
}

#[test]
fn tables_of_amounts_are_exact_also_over_pages() {
    for source in ["table-ruled", "table-unruled"] {
        let expected = blocks(&format!("{source}.fodt"));
        assert_eq!(tables(&expected)[0].len(), 61);
        for producer in PRODUCERS {
            let found = blocks(&format!("{source}-{producer}.pdf"));
            assert_eq!(tables(&found), tables(&expected), "{source}-{producer}");
            assert_eq!(texts(&found), texts(&expected), "{source}-{producer}");
        }
    }
}

#[test]
fn columns_are_read_one_after_the_other() {
    let expected = texts(&blocks("columns.fodt"));
    for producer in PRODUCERS {
        assert_eq!(texts(&blocks(&format!("columns-{producer}.pdf"))), expected, "{producer}");
    }
}

#[test]
fn footnotes_stand_apart_and_their_marks_do_not_spoil_numbers() {
    let expected = blocks("notes.fodt");
    for producer in PRODUCERS {
        let found = blocks(&format!("notes-{producer}.pdf"));
        assert_eq!(notes(&found), notes(&expected), "{producer}");
        assert!(texts(&found)[1].ends_with("Planen ble vedtatt i 1998¹ og revidert to ganger."), "{producer}");
    }
}
