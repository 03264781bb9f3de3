//! What the odt reader makes of bytes.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::{Cursor, Write};

use super::*;
use crate::document::BlockKind;

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn content(body: &str) -> String {
    format!(
        r#"<office:document-content office:version="1.2"><office:automatic-styles>
        <style:style style:name="P1" style:family="paragraph" style:parent-style-name="Base"/>
        <style:style style:name="Base" style:family="paragraph"><style:text-properties fo:font-weight="bold" fo:font-size="12pt"/></style:style>
        <text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
        <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" /></text:list-style>
        </office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    )
}

fn read_bytes(bytes: &[u8]) -> Read {
    let found = sniff(&Probe::new(bytes, "odt")).unwrap();
    read(&Input { bytes, name: "input.odt", found: &found, limits: &Limits::DEFAULT })
}

fn read_body(body: &str) -> Document {
    let (document, problems) = read_bytes(&package(&[("mimetype", MIME), ("content.xml", &content(body))])).unwrap();
    assert_eq!(problems, []);
    document
}

#[test]
fn white_space_fields_and_styles() {
    let document = read_body(
        r#"<text:p text:style-name="P1">  One
           <text:span>two</text:span><text:s text:c="2"/>three<text:tab/>x<text:line-break/>y</text:p>
        <text:p>On page <text:page-number>3</text:page-number><draw:frame><svg:title>no</svg:title><draw:text-box><text:p>Box</text:p></draw:text-box></draw:frame></text:p>"#,
    );
    let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(texts, ["One two  three\tx\ny", "On page 3", "Box"]);
    assert!(document.blocks[0].style.bold && !document.blocks[1].style.bold);
    assert_eq!(document.blocks[0].style.size, Some(12.0));
}

#[test]
fn lists_count_and_go_on() {
    let document = read_body(
        r#"<text:list text:style-name="L1"><text:list-item><text:p>A</text:p><text:list><text:list-item><text:p>B</text:p></text:list-item>
        <text:list-item><text:p>C</text:p><text:p>D</text:p></text:list-item></text:list></text:list-item></text:list><text:p>E</text:p>
        <text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>F</text:p></text:list-item></text:list>
        <text:list text:style-name="L1"><text:list-item text:start-value="7"><text:p>G</text:p></text:list-item></text:list>"#,
    );
    let labels: Vec<Option<&str>> = document.blocks.iter().map(|block| block.label.as_deref()).collect();
    assert_eq!(labels, [Some("1."), Some("a)"), Some("b)"), None, None, Some("2."), Some("7.")]);
    assert_eq!(document.blocks[1].level, Some(2));
}

#[test]
fn merged_cells() {
    let document = read_body(
        r#"<table:table><table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>A</text:p></table:table-cell>
        <table:covered-table-cell/><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row>
        <table:table-row><table:covered-table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>C</text:p></table:table-cell></table:table-row>
        <table:table-row><table:table-cell table:number-columns-repeated="3"><text:p>D</text:p></table:table-cell></table:table-row></table:table>"#,
    );
    let rows: Vec<Vec<(&str, u32, u32)>> = document.blocks[0]
        .rows
        .iter()
        .flatten()
        .map(|row| row.iter().map(|cell| (cell.text.as_str(), cell.colspan, cell.rowspan)).collect())
        .collect();
    assert_eq!(rows, [vec![("A", 2, 2), ("B", 1, 1)], vec![("C", 1, 1)], vec![("D", 1, 1); 3]]);
}

#[test]
fn notes_comments_and_deletions_stand_apart() {
    let document = read_body(
        r#"<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>Kari</dc:creator></office:change-info><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:p>One</text:p><text:p>Two<text:change text:change-id="c1"/><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note</text:p></text:note-body></text:note><office:annotation><dc:creator>Ola</dc:creator><text:p>Remark</text:p></office:annotation> end</text:p>"#,
    );
    let found: Vec<(BlockKind, &str)> = document.blocks.iter().map(|block| (block.kind, block.text.as_str())).collect();
    assert_eq!(
        found,
        [
            (BlockKind::Paragraph, "One"),
            (BlockKind::Paragraph, "Two end"),
            (BlockKind::Footnote, "Note"),
            (BlockKind::Comment, "Remark")
        ]
    );
    assert_eq!(document.blocks[2].label.as_deref(), Some("1"));
    let deleted = &document.deleted[0];
    assert_eq!((deleted.text.as_str(), deleted.block, deleted.author.as_deref()), ("gone", Some(1), Some("Kari")));
}

#[test]
fn encrypted_and_damaged_packages() {
    let manifest = format!(r#"<manifest media-type="{MIME}"><encryption-data/></manifest>"#);
    let bytes = package(&[("mimetype", MIME), ("content.xml", "x"), ("META-INF/manifest.xml", &manifest)]);
    assert_eq!(read_bytes(&bytes).unwrap_err().code, ProblemCode::Encrypted);
    let text = content("<text:p>One</text:p><text:p>Two");
    let cut = &text[..text.find("Two").unwrap() + 3];
    let (document, problems) = read_bytes(&package(&[("mimetype", MIME), ("content.xml", cut)])).unwrap();
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(problems[0].code, ProblemCode::Damaged);
}
