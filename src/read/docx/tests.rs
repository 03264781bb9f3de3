//! Tiny packages, built here, through the reader to blocks: one feature each.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::{Cursor, Write};

use super::*;
use crate::identify::identify;

const RELS: &str =
    "<Relationships><Relationship Id='m' Type='http://x/officeDocument' Target='word/document.xml'/></Relationships>";
const TYPES: &str = "<Types><Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A package with a body and further parts, each tied to the main part by a relationship `rN`, whose type is the part's name without number.
fn package(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let main = format!("<w:document><w:body>{body}</w:body></w:document>");
    let links: String = parts
        .iter()
        .enumerate()
        .map(|(n, (name, _))| {
            let kind = name.split(|c: char| c == '.' || c.is_ascii_digit()).next().unwrap();
            format!("<Relationship Id='r{n}' Type='http://x/{kind}' Target='{name}'/>")
        })
        .collect();
    let links = format!("<Relationships>{links}</Relationships>");
    let names: Vec<String> = parts.iter().map(|(name, _)| format!("word/{name}")).collect();
    let mut all: Vec<(&str, &[u8])> = vec![
        (CONTENT_TYPES, TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", links.as_bytes()),
    ];
    all.extend(names.iter().zip(parts).map(|(name, (_, content))| (name.as_str(), content.as_bytes())));
    zip(&all)
}

fn read_bytes(bytes: &[u8]) -> Read {
    let (_, found) = identify(&Probe::new(bytes, "bin"), &[&FORMAT]).expect("claimed as docx");
    read(&Input { bytes, name: "input.docx", found: &found, limits: &Limits::DEFAULT })
}

fn document_of(bytes: &[u8]) -> Document {
    let (document, problems) = read_bytes(bytes).unwrap();
    assert_eq!(problems, []);
    document
}

/// `kind level label|text`, one a block, with `^` for a page break before it.
fn outline(document: &Document) -> Vec<String> {
    let one = |block: &Block| {
        let kind = serde_json::to_value(block.kind).unwrap();
        let level = block.level.map_or(String::new(), |n| format!(" {n}"));
        let label = block.label.as_ref().map_or(String::new(), |label| format!(" {label}"));
        format!("{}{}{level}{label}|{}", if block.page_break { "^" } else { "" }, kind.as_str().unwrap(), block.text)
    };
    document.blocks.iter().map(one).collect()
}

#[track_caller]
fn check(body: &str, parts: &[(&str, &str)], expected: &[&str]) -> Document {
    let document = document_of(&package(body, parts));
    assert_eq!(outline(&document), expected);
    document
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn item(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

fn level(n: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl='{n}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/>{more}</w:lvl>"
    )
}

#[test]
fn paragraphs_with_breaks_tabs_and_special_characters() {
    check(
        "<w:p><w:r><w:t xml:space='preserve'> Ærø &amp; &#248;l&lt;</w:t><w:tab/><w:t>to</w:t><w:br/><w:t>tre</w:t><w:noBreakHyphen/><w:t>fi</w:t><w:softHyphen/><w:t>re</w:t></w:r></w:p>
         <w:p><w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:t>Ja</w:t><w:sym w:font='Wingdings' w:char='F04A'/></w:r></w:p>",
        &[],
        &["paragraph|Ærø & øl<\tto\ntre-fire", "paragraph|☑Ja•"],
    );
}

#[test]
fn page_breaks_go_to_the_following_block() {
    check(
        &format!(
            "{}<w:p><w:r><w:br w:type='page'/></w:r></w:p>{}<w:p><w:r><w:t>c</w:t><w:br w:type='page'/><w:t>d</w:t></w:r></w:p>
             <w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>e</w:t></w:r></w:p>",
            p("a"),
            p("b")
        ),
        &[],
        &["paragraph|a", "^paragraph|b", "paragraph|c", "^paragraph|d", "^paragraph|e"],
    );
}

#[test]
fn a_section_breaks_the_page_unless_it_is_continuous() {
    let end = |kind: &str| format!("<w:p><w:pPr><w:sectPr><w:type w:val='{kind}'/></w:sectPr></w:pPr></w:p>");
    check(
        &format!("{}{}{}{}{}<w:sectPr/>", p("a"), end("nextPage"), p("b"), end("continuous"), p("c")),
        &[],
        &["paragraph|a", "paragraph|b", "^paragraph|c"],
    );
}

#[test]
fn rendered_page_breaks_count_pages() {
    let document = check(
        &format!("{}<w:p><w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r></w:p>", p("a")),
        &[],
        &["paragraph|a", "paragraph|b"],
    );
    assert_eq!(document.blocks.iter().map(|b| b.page).collect::<Vec<_>>(), [Some(1), Some(2)]);
}

#[test]
fn text_boxes_follow_their_paragraph_once() {
    check(
        &format!(
            "<w:p><w:r><w:t>før</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>
             <mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t> etter</w:t></w:r></w:p>
             <w:p><w:r><w:pict><v:textbox><w:txbxContent>{1}</w:txbxContent></v:textbox></w:pict></w:r></w:p>
             <w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:t>reserve</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            p("boks"),
            p("VML")
        ),
        &[],
        &["paragraph|før etter", "paragraph|boks", "paragraph|VML", "paragraph|reserve"],
    );
}

#[test]
fn headers_notes_footers_and_comments() {
    let head = format!("<w:hdr>{}</w:hdr>", p("Kommune"));
    check(
        "<w:p><w:r><w:t>Sak</w:t><w:footnoteReference w:id='7'/><w:footnoteReference w:id='2'/><w:endnoteReference w:id='1'/></w:r></w:p>",
        &[
            ("footer1.xml", &format!("<w:ftr>{}</w:ftr>", p("Side 1"))),
            ("header1.xml", &head),
            ("header2.xml", &head),
            (
                "footnotes.xml",
                &format!(
                    "<w:footnotes><w:footnote w:type='separator' w:id='0'>{}</w:footnote><w:footnote w:id='2'>{}</w:footnote><w:footnote w:id='7'>{}</w:footnote></w:footnotes>",
                    p("strek"),
                    p("to"),
                    p("en")
                ),
            ),
            ("endnotes.xml", &format!("<w:endnotes><w:endnote w:id='1'>{}</w:endnote></w:endnotes>", p("slutt"))),
            ("comments.xml", &format!("<w:comments><w:comment w:id='1'>{}</w:comment></w:comments>", p("merk"))),
        ],
        &[
            "header|Kommune",
            "paragraph|Sak",
            "footnote 2|to",
            "footnote 1|en",
            "footnote i|slutt",
            "footer|Side 1",
            "comment|merk",
        ],
    );
}

#[test]
fn styles_inherit_and_toggle() {
    let styles = "<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>
        <w:style w:type='paragraph' w:styleId='H'><w:name w:val='heading 2'/><w:rPr><w:b/></w:rPr></w:style>
        <w:style w:type='paragraph' w:styleId='Egen'><w:name w:val='Egen'/><w:basedOn w:val='H'/><w:rPr><w:i/><w:sz w:val='28'/></w:rPr></w:style>
        <w:style w:type='paragraph' w:styleId='U'><w:name w:val='Ute'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>
        <w:style w:type='paragraph' w:styleId='T'><w:name w:val='Tittel'/></w:style>
        <w:style w:type='paragraph' w:styleId='O'><w:name w:val='Overskrift 3'/></w:style>
        <w:style w:type='character' w:styleId='S'><w:name w:val='Strong'/><w:rPr><w:b/></w:rPr></w:style></w:styles>";
    let styled = |style: &str, run: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>x</w:t></w:r></w:p>")
    };
    let body = [
        styled("Egen", ""),
        styled("Egen", "<w:rStyle w:val='S'/>"),
        styled("Egen", "<w:b w:val='0'/><w:i w:val='false'/><w:sz w:val='19'/>"),
        styled("U", ""),
        styled("T", ""),
        styled("O", ""),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Fet</w:t></w:r><w:r><w:t>: </w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Fet</w:t></w:r><w:r><w:t>og ikke</w:t></w:r></w:p>".to_owned(),
    ];
    let document = check(
        &body.concat(),
        &[("styles.xml", styles)],
        &[
            "heading 2|x",
            "heading 2|x",
            "heading 2|x",
            "heading 1|x",
            "heading 1|x",
            "heading 3|x",
            "paragraph|Fet:",
            "paragraph|Fetog ikke",
        ],
    );
    let set: Vec<_> = document.blocks.iter().map(|b| (b.style.bold, b.style.italic, b.style.size)).collect();
    assert_eq!(set[..3], [(true, true, Some(14.0)), (false, true, Some(14.0)), (false, false, Some(9.5))]);
    assert_eq!(
        (set[3], set[6], set[7]),
        ((false, false, Some(11.0)), (true, false, Some(11.0)), (false, false, Some(11.0)))
    );
}

#[test]
fn automatic_numbers_of_all_formats() {
    let formats = [
        ("decimal", "1"),
        ("decimalZero", "01"),
        ("lowerLetter", "a"),
        ("upperLetter", "A"),
        ("lowerRoman", "i"),
        ("upperRoman", "I"),
        ("ordinal", "1."),
        ("none", ""),
    ];
    for (format, shown) in formats {
        let list = format!(
            "<w:numbering><w:abstractNum w:abstractNumId='1'>{}</w:abstractNum><w:num w:numId='5'><w:abstractNumId w:val='1'/></w:num></w:numbering>",
            level(0, format, "§ %1)", "")
        );
        check(&item(5, 0, "x"), &[("numbering.xml", &list)], &[&format!("list_item 1 § {shown})|x")]);
    }
}

#[test]
fn levels_restart_below_and_lists_restart_by_override() {
    let levels = [
        level(0, "decimal", "%1.", ""),
        level(1, "lowerLetter", "%1%2)", ""),
        level(2, "upperRoman", "%1.%3", "<w:isLgl/>"),
        level(3, "decimal", "%4", "<w:lvlRestart w:val='0'/>"),
    ]
    .concat();
    let list = format!(
        "<w:numbering><w:abstractNum w:abstractNumId='1'>{levels}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>
         <w:num w:numId='2'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='7'/></w:lvlOverride></w:num>
         <w:num w:numId='3'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'>{}</w:lvlOverride></w:num></w:numbering>",
        level(0, "upperLetter", "%1", "")
    );
    let body = [
        item(1, 1, "før"),
        item(1, 0, "x"),
        item(1, 1, "x"),
        item(1, 1, "x"),
        item(1, 2, "x"),
        item(1, 3, "x"),
        item(1, 0, "x"),
        item(1, 1, "x"),
        item(1, 3, "x"),
        item(2, 0, "x"),
        item(2, 0, "x"),
        item(3, 0, "x"),
        item(0, 0, "x"),
        item(99, 0, "x"),
    ];
    check(
        &body.concat(),
        &[("numbering.xml", &list)],
        &[
            "list_item 2 1a)|før",
            "list_item 1 2.|x",
            "list_item 2 2a)|x",
            "list_item 2 2b)|x",
            "list_item 3 2.1|x",
            "list_item 4 1|x",
            "list_item 1 3.|x",
            "list_item 2 3a)|x",
            "list_item 4 2|x",
            "list_item 1 7.|x",
            "list_item 1 8.|x",
            "list_item 1 I|x",
            "paragraph|x",
            "paragraph|x",
        ],
    );
}

#[test]
fn numbers_from_styles_links_and_symbol_bullets() {
    let styles = "<w:styles><w:style w:type='paragraph' w:styleId='H1'><w:name w:val='heading 1'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>
        <w:style w:type='paragraph' w:styleId='H2'><w:name w:val='heading 2'/><w:basedOn w:val='H1'/></w:style>
        <w:style w:type='numbering' w:styleId='L'><w:name w:val='L'/><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style></w:styles>";
    let list = format!(
        "<w:numbering><w:abstractNum w:abstractNumId='1'>{}{}</w:abstractNum><w:abstractNum w:abstractNumId='2'><w:styleLink w:val='L'/>{}{}</w:abstractNum>
         <w:abstractNum w:abstractNumId='3'><w:numStyleLink w:val='L'/></w:abstractNum>
         <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='2'/></w:num><w:num w:numId='3'><w:abstractNumId w:val='3'/></w:num></w:numbering>",
        level(0, "decimal", "%1", "<w:pStyle w:val='H1'/>"),
        level(1, "decimal", "%1.%2", "<w:pStyle w:val='H2'/>"),
        level(0, "bullet", "\u{F0B7}", ""),
        level(1, "bullet", "–", "")
    );
    let styled = |style: &str| format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>");
    check(
        &[styled("H1"), styled("H2"), item(3, 0, "x"), item(3, 1, "x")].concat(),
        &[("styles.xml", styles), ("numbering.xml", &list)],
        &["heading 1 1|x", "heading 2 1.1|x", "list_item 1 •|x", "list_item 2 –|x"],
    );
}

#[test]
fn styles_beside_those_of_tables_are_read() {
    let style = |kind: &str, id: &str, rest: &str| format!("<w:style w:type=\"{kind}\" w:styleId=\"{id}\"{rest}");
    let heading = |id: &str| style("paragraph", id, "><w:name w:val=\"heading 1\"/></w:style>");
    let table = style("table", "T", "><w:name w:val=\"heading 2\"/><w:rPr><w:b/></w:rPr></w:style>");
    let latent = "<w:latentStyles w:count=\"1\"><w:lsdException w:name=\"heading 1\"/></w:latentStyles>";
    let styles = [latent, &heading("A"), &table, &heading("B"), &style("table", "E", "/>"), &heading("C")].concat();
    let whole = format!("<w:styles>{styles}</w:styles>");
    let kept = format!("<w:styles>{}</w:styles>", [heading("A"), heading("B"), heading("C")].concat());
    assert_eq!(super::styles::without_tables(&whole), kept);
}

#[test]
fn a_deleted_list_item_is_not_counted() {
    let list = format!(
        "<w:numbering><w:abstractNum w:abstractNumId='1'>{}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num></w:numbering>",
        level(0, "decimal", "%1.", "")
    );
    let gone = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:del><w:r><w:delText>gammel</w:delText></w:r></w:del></w:p>";
    check(&format!("{gone}{}", item(1, 0, "x")), &[("numbering.xml", &list)], &["list_item 1 1.|x"]);
}

#[test]
fn tables_merge_cells_and_keep_nested_text() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let body = format!(
        "<w:tbl><w:tblPr/><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc>{}<w:tbl><w:tr>{}{}</w:tr></w:tbl>{}</w:tc></w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("<w:vMerge w:val='restart'/>", "a"),
        cell("<w:gridSpan w:val='2'/>", "b"),
        cell("<w:vMerge/>", ""),
        cell("", "c"),
        cell("", "d"),
        p("e"),
        cell("", "f"),
        cell("", "g"),
        p("h"),
        cell("<w:vMerge/>", "i"),
        cell("", "j")
    );
    let document = check(&body, &[], &["table|a\tb\nc\td\n\te\u{2028}f g\u{2028}h\ni\tj"]);
    let rows = document.blocks[0].rows.as_ref().unwrap();
    let shape: Vec<Vec<_>> = rows.iter().map(|row| row.iter().map(|c| (c.colspan, c.rowspan)).collect()).collect();
    assert_eq!(shape, [vec![(1, 2), (2, 1)], vec![(1, 1), (1, 1)], vec![(1, 1), (1, 1)], vec![(1, 1), (1, 1)]]);
}

#[test]
fn numbers_in_cells_are_kept_in_the_text() {
    let list = format!(
        "<w:numbering><w:abstractNum w:abstractNumId='1'>{}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num></w:numbering>",
        level(0, "decimal", "%1.", "")
    );
    check(
        &format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", item(1, 0, ""), p("Sak")),
        &[("numbering.xml", &list)],
        &["table|1.\tSak"],
    );
}

#[test]
fn fields_give_their_result() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let text = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    check(
        &format!(
            "<w:p>{begin}<w:r><w:instrText>IF </w:instrText></w:r>{begin}<w:r><w:instrText>REF</w:instrText></w:r>{separate}{}{end}{separate}{}{end}<w:fldSimple w:instr='PAGE'>{}</w:fldSimple></w:p>
             <w:p>{begin}<w:r><w:instrText>REF</w:instrText></w:r></w:p><w:p>{begin}{separate}{}{end}</w:p>",
            text("skjult"), text("svar"), text("7"), text("etter")
        ),
        &[],
        &["paragraph|svar7", "paragraph|etter"],
    );
}

#[test]
fn text_in_wrappers_is_text() {
    let run = "<w:r><w:t>x</w:t></w:r>";
    let wrappers = ["w:hyperlink", "w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:ins", "w:moveTo", "m:oMath"];
    let inline: String = wrappers.iter().map(|name| format!("<{name}>{run}</{name}>")).collect();
    check(
        &format!(
            "<w:p>{inline}<w:sdt><w:sdtPr><w:rPr><w:b/></w:rPr></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt></w:p>
             <w:sdt><w:sdtContent>{0}</w:sdtContent></w:sdt><w:customXml>{0}</w:customXml>
             <w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>{0}</w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>
             <w:p><w:r><w:ruby><w:rt><w:r><w:t>lese</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>grunn</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>
             <w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>{run}",
            p("y")
        ),
        &[],
        &["paragraph|xxxxxxxxx", "paragraph|y", "paragraph|y", "table|y", "paragraph|grunn", "paragraph|1/2", "paragraph|x"],
    );
}

#[test]
fn deleted_text_is_kept_apart() {
    let document = check(
        &format!(
            "{}<w:p><w:r><w:t>Vedtak</w:t></w:r><w:del w:author='Kari' w:date='2010-01-02T00:00:00Z'><w:r><w:delText>avslås</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>flyttet</w:t></w:r></w:moveFrom></w:p>{}",
            p("a"),
            p("b")
        ),
        &[],
        &["paragraph|a", "paragraph|Vedtak", "paragraph|b"],
    );
    let deleted = |text: &str, author: Option<&str>, date: Option<&str>| crate::document::DeletedText {
        text: text.to_owned(),
        block: Some(1),
        author: author.map(Into::into),
        date: date.map(Into::into),
    };
    assert_eq!(
        document.deleted,
        [deleted("avslås", Some("Kari"), Some("2010-01-02T00:00:00Z")), deleted("flyttet", None, None)]
    );
}

#[test]
fn properties_and_embedded_files() {
    let bytes = zip(&[
        (CONTENT_TYPES, TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("word/document.xml", b"<w:document><w:body><w:p><w:r><w:object><o:OLEObject ProgID='Excel.Sheet.8' r:id='r1'/></w:object></w:r></w:p></w:body></w:document>"),
        ("word/_rels/document.xml.rels", b"<Relationships><Relationship Id='r1' Type='http://x/oleObject' Target='embeddings/a.xls'/></Relationships>"),
        ("word/embeddings/a.xls", b"1234"),
        ("docProps/core.xml", "<cp:p><dc:title>Møte &amp; sak</dc:title><dc:creator>Kari</dc:creator><dcterms:created>2010-01-02T03:04:05Z</dcterms:created><dc:subject/></cp:p>".as_bytes()),
        ("docProps/app.xml", b"<Properties><AppVersion>12.0</AppVersion><Application>Word</Application><Pages>3</Pages></Properties>"),
    ]);
    let document = document_of(&bytes);
    let properties: Vec<_> = document.properties.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(
        properties,
        [("author", "Kari"), ("created", "2010-01-02T03:04:05Z"), ("producer", "Word 12.0"), ("title", "Møte & sak")]
    );
    assert_eq!(document.pages, Some(3));
    assert_eq!(
        document.embedded,
        [Embedded { name: "word/embeddings/a.xls".into(), bytes: Some(4), media_type: Some("Excel.Sheet.8".into()) }]
    );
    assert_eq!(document.blocks, []);
}

#[test]
fn imported_files_are_read_where_they_can_be() {
    let inner = package(&p("inni"), &[]);
    let bytes = zip(&[
        (CONTENT_TYPES, TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("word/document.xml", format!("<w:document><w:body>{}<w:altChunk r:id='a'/><w:altChunk r:id='b'/><w:altChunk r:id='c'/><w:altChunk r:id='d'/><w:altChunk r:id='e'/>{}</w:body></w:document>", p("før"), p("etter")).as_bytes()),
        ("word/_rels/document.xml.rels", b"<Relationships><Relationship Id='a' Type='http://x/aFChunk' Target='/a.docx'/><Relationship Id='b' Type='http://x/aFChunk' Target='b.txt'/><Relationship Id='c' Type='http://x/aFChunk' Target='c.html'/><Relationship Id='d' Type='http://x/aFChunk' Target='d.rtf'/><Relationship Id='e' Type='http://x/aFChunk' Target='e.bin'/></Relationships>"),
        ("a.docx", &inner),
        ("word/b.txt", b"tekst"),
        ("word/c.html", b"<p>html</p>"),
        ("word/d.rtf", br"{\rtf1\ansi r\'f8d\par}"),
        ("word/e.bin", b"\0\x01\xFF\xFE"),
    ]);
    let (document, problems) = read_bytes(&bytes).unwrap();
    assert_eq!(
        outline(&document),
        ["paragraph|før", "paragraph|inni", "paragraph|tekst", "paragraph|html", "paragraph|rød", "paragraph|etter"]
    );
    assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), [ProblemCode::TextIncomplete]);
    assert_eq!(document.embedded.len(), 5);
}

#[test]
fn odd_packages_are_read() {
    let strict = "<Relationships><Relationship Id='m' Type='http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument' Target='/other/main.xml'/></Relationships>";
    let utf16: Vec<u8> = "\u{FEFF}<ns0:document><ns0:body><ns0:p><ns0:r><ns0:t>æ</ns0:t></ns0:r></ns0:p></ns0:body><ns0:body><ns0:p><ns0:pPr><ns0:numPr><ns0:ilvl ns0:val='-1'/><ns0:numId ns0:val='99999999999999999999'/></ns0:numPr></ns0:pPr><ns0:r><ns0:t>ø</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>"
        .encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = zip(&[
        (CONTENT_TYPES, b"<Types/>"),
        ("_rels/.rels", strict.as_bytes()),
        ("word/x.xml", b""),
        ("other/main.xml", &utf16),
    ]);
    assert_eq!(outline(&document_of(&bytes)), ["paragraph|æ", "paragraph|ø"]);
    assert_eq!(sniff(&Probe::new(&bytes, "docx")).unwrap().puid, Some("fmt/1827"));
    // No relationships at all: the usual names stand in.
    let head = format!("<w:hdr>{}</w:hdr>", p("topp"));
    let bytes = zip(&[
        (CONTENT_TYPES, TYPES.as_bytes()),
        ("word/header1.xml", head.as_bytes()),
        ("word/document.xml", format!("<w:document>{}</w:document>", p("a")).as_bytes()),
    ]);
    assert_eq!(outline(&document_of(&bytes)), ["header|topp", "paragraph|a"]);
}

#[test]
fn kinds_are_told_apart_by_the_main_content_type() {
    for (main, puid, ..) in KINDS {
        let types = format!("<Types><Override PartName='/word/document.xml' ContentType='{main}'/></Types>");
        let bytes = zip(&[(CONTENT_TYPES, types.as_bytes()), ("word/document.xml", b"<w:document/>")]);
        assert_eq!(sniff(&Probe::new(&bytes, "")).unwrap().puid, Some(puid));
    }
    let sheet = zip(&[(CONTENT_TYPES, b"<Types><Override ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>"), ("xl/workbook.xml", b"")]);
    assert_eq!(sniff(&Probe::new(&sheet, "docx")), None);
}

#[test]
fn without_a_main_part_there_is_no_document() {
    let problem = read_bytes(&zip(&[(CONTENT_TYPES, TYPES.as_bytes()), ("word/styles.xml", b"")])).unwrap_err();
    assert_eq!(problem, Problem::new(ProblemCode::Damaged, "no main document part"));
}

#[test]
fn a_cut_off_package_gives_what_is_there() {
    let body: String = (0..2000).map(|n| p(&format!("avsnitt {n} {}", n * 7919))).collect();
    let whole = package(&body, &[("styles.xml", "<w:styles/>")]);
    let (document, problems) = read_bytes(&whole[..whole.len() / 2]).unwrap();
    assert!((200..2000).contains(&document.blocks.len()), "{}", document.blocks.len());
    assert_eq!(document.blocks[0].text, "avsnitt 0 0");
    assert!(problems.iter().all(|p| p.code == ProblemCode::Damaged) && !problems.is_empty());
}

#[test]
fn a_bad_checksum_elsewhere_costs_nothing() {
    let mut bytes = package(&p("a"), &[("theme1.xml", "THEMETHEMETHEME")]);
    let mark = b"word/theme1.xml";
    let entry = memchr::memmem::rfind(&bytes, mark).unwrap() - 46;
    bytes[entry + 16] ^= 0xFF;
    assert_eq!(outline(&document_of(&bytes)), ["paragraph|a"]);
}

#[test]
fn broken_xml_gives_the_text_before_the_break() {
    let bytes = zip(&[
        (CONTENT_TYPES, TYPES.as_bytes()),
        ("word/document.xml", format!("<w:document>{}<w:p><w:r><w:t>halv", p("hel")).as_bytes()),
    ]);
    let (document, problems) = read_bytes(&bytes).unwrap();
    assert_eq!(outline(&document), ["paragraph|hel", "paragraph|halv"]);
    assert_eq!(problems[0].code, ProblemCode::Damaged);
}

#[test]
fn limits_hold() {
    let deep = format!("{}{}{}{}", p("a"), "<w:p><w:r>".repeat(30_000), "</w:r></w:p>".repeat(30_000), p("b"));
    let (document, problems) = read_bytes(&package(&deep, &[])).unwrap();
    assert_eq!(
        (outline(&document), problems[0].code),
        (vec!["paragraph|a".to_owned(), "paragraph|b".to_owned()], ProblemCode::LimitExceeded)
    );

    let bomb = package(&format!("{}{}", p("a"), " ".repeat(17 << 20)), &[]);
    let (document, problems) = read_bytes(&bomb).unwrap();
    assert_eq!(outline(&document), ["paragraph|a"]);
    assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), [ProblemCode::LimitExceeded]);

    let cells = package(
        &format!("<w:tbl>{}</w:tbl>", format!("<w:tr><w:tc>{0}</w:tc><w:tc>{0}</w:tc></w:tr>", p("x")).repeat(3)),
        &[],
    );
    let found = Match::new(None, "", "", "");
    let limits = Limits { cells: 4, ..Limits::DEFAULT };
    let (document, problems) = read(&Input { bytes: &cells, name: "", found: &found, limits: &limits }).unwrap();
    assert_eq!((document.extracted_chars(), problems[0].code), (6, ProblemCode::LimitExceeded));
}

#[test]
fn entities_are_not_expanded() {
    let main = "<!DOCTYPE d [<!ENTITY x 'hemmelig'>]><w:document><w:p><w:r><w:t>a&x;b</w:t></w:r></w:p></w:document>";
    let bytes = zip(&[(CONTENT_TYPES, TYPES.as_bytes()), ("word/document.xml", main.as_bytes())]);
    assert_eq!(outline(&document_of(&bytes)), ["paragraph|ab"]);
}
