//! What the rtf reader makes of bytes.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::document::BlockKind;
use crate::limits::Limits;

fn read_bytes(bytes: &[u8]) -> (Document, Vec<Problem>) {
    let found = sniff(&Probe::new(bytes, "rtf")).unwrap();
    read(&Input { bytes, name: "input.rtf", found: &found, limits: &Limits::DEFAULT }).unwrap()
}

/// The text of all blocks of `{\rtf1 CONTENT}`, one a line.
fn texts(content: &[u8]) -> String {
    let bytes = [b"{\\rtf1".as_slice(), content, b"}"].concat();
    let (document, problems) = read_bytes(&bytes);
    assert_eq!(problems, []);
    document.blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn code_pages() {
    let cases: [(&[u8], &str); 16] = [
        (b"\\ansi\\ansicpg1252 Bl\\'e5b\\'e6r \\'d8\\'c5\\par", "Blåbær ØÅ"),
        (b"\\ansi Bl\\'e5b\\'e6r \\'d8\\'c5\\par", "Blåbær ØÅ"),
        (b"\\ansi Bl\xe5b\xe6r \xd8\xc5\\par", "Blåbær ØÅ"),
        (b"\\mac Bl\\'8cb\\'ber \\'af\\'81\\par", "Blåbær ØÅ"),
        (b"\\mac{\\fonttbl{\\f0\\fcharset0 Times;}}\\f0 Bl\\'8cb\\'ber \\'af\\'81\\par", "Blåbær ØÅ"),
        (b"\\ansi{\\fonttbl{\\f3\\fcharset77 Geneva;}}\\f3 Bl\\'8cb\\'ber \\'af\\'81\\par", "Blåbær ØÅ"),
        (b"\\pca Bl\\'86b\\'91r \\'9d\\'8f\\par", "Blåbær ØÅ"),
        (b"\\ansi\\ansicpg865 Bl\\'86b\\'91r \\'9d\\'8f\\par", "Blåbær ØÅ"),
        // Code page 437 has no ø.
        (b"\\pc Bl\\'86b\\'91r \\'9d\\'8f\\par", "Blåbær ¥Å"),
        (b"\\ansi{\\fonttbl{\\f1\\fcharset255 Terminal;}}\\f1 Bl\\'86b\\'91r \\'9d\\'8f\\par", "Blåbær ØÅ"),
        (b"\\ansi{\\fonttbl{\\f1\\fcharset161 Arial;}}\\f1\\'c1\\'e8\\'de\\'ed\\'e1\\par", "Αθήνα"),
        (b"\\ansi{\\fonttbl{\\f1\\fcharset204 Arial;}}\\f1\\'ca\\'e8\\'e5\\'e2\\par", "Киев"),
        (b"\\ansi{\\fonttbl{\\f1\\fcharset238 Arial;}}\\f1 \\'f8e\\'e8\\par", "řeč"),
        // The second byte of a character may be written as itself.
        (b"\\ansi{\\fonttbl{\\f1\\fcharset128 Mincho;}}\\f1\\'93\\'fa\\'96\\{\\'83e\\par", "日本テ"),
        (b"\\ansi{\\fonttbl{\\f1\\fcharset2 Symbol;}}\\f1\\'b7\\f0  a\\par", "• a"),
        (b"\\ansi\\ansicpg1250{\\fonttbl{\\f0\\fcharset0 Arial;}}\\f0 Bl\\'e5b\\'e6r\\par", "Blåbær"),
    ];
    for (content, expected) in cases {
        assert_eq!(texts(content), expected, "{}", String::from_utf8_lossy(content));
    }
}

#[test]
fn characters() {
    let cases: [(&[u8], &str); 9] = [
        (b"\\uc1 Bl\\u229\\'e5b\\u230?r\\par", "Blåbær"),
        (b"\\uc2 \\u1234\\'82\\'6c.\\par", "\u{4d2}."),
        (b"\\uc0 \\u8364 5\\par", "€5"),
        (b"\\uc1\\u-10179?\\u-8704?\\par", "😀"),
        (b"{\\uc0 a}\\u248\\'f8b\\par", "ab".replace('a', "aø").as_str().to_owned().leak()),
        (b"a\\~b\\_c\\-d\\tab e\\line f\\par", "a\u{A0}b-cd\te\nf"),
        (b"\\ldblquote a\\rdblquote  \\endash  b\\par", "“a” – b"),
        (b"{\\upr{gl}{\\*\\ud{gl\\u248?}}}\\par", "glø"),
        (b"{\\*\\unknown x}{\\v hidden}{\\pict 0102}a{\\xe b}\\bin3 {{{c\\par", "ac"),
    ];
    for (content, expected) in cases {
        assert_eq!(texts(content), expected, "{}", String::from_utf8_lossy(content));
    }
}

#[test]
fn deleted_text_is_kept_apart() {
    let (document, _) = read_bytes(
        b"{\\rtf1{\\*\\revtbl{Unknown;}{Kari;}}One\\par Two {\\deleted\\revauthdel1\\revdttmdel1697776262 and three }{\\revised four}\\par}",
    );
    assert_eq!(document.blocks[1].text, "Two four");
    let deleted = &document.deleted[0];
    assert_eq!((deleted.text.as_str(), deleted.block, deleted.author.as_deref()), ("and three", Some(1), Some("Kari")));
}

#[test]
fn damaged_files_give_what_they_hold() {
    let (document, problems) = read_bytes(b"{\\rtf1 One\\par {\\b Two");
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(problems[0].code, ProblemCode::Damaged);
    let (document, problems) = read_bytes(b"{\\rtf1 One\\par}} Two\\par}");
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(problems[0].code, ProblemCode::Damaged);
    let deep = [b"{\\rtf1 One\\par".to_vec(), b"{".repeat(100_000), b"x".to_vec(), b"}".repeat(100_000), b"}".to_vec()];
    let (document, problems) = read_bytes(&deep.concat());
    assert_eq!(document.blocks.len(), 1);
    assert_eq!(problems[0].code, ProblemCode::LimitExceeded);
}

#[test]
fn notes_heads_and_comments() {
    let (document, _) = read_bytes(
        b"{\\rtf1{\\header Head\\par}{\\headerf Head\\par}{\\footer Foot \\chpgn\\par}\
        One{\\super\\chftn{\\*\\footnote\\pard\\plain\\chftn  Note\\par}}\
        {\\*\\atnid KN}{\\*\\atnauthor Kari}{\\*\\annotation Remark\\par}, more\
        {\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv y}}{\\shptxt Box\\par}}{\\shprslt{\\*\\do\\dptxbx{\\dptxbxtext Box\\par}}}}\\par}",
    );
    let found: Vec<(BlockKind, &str)> = document.blocks.iter().map(|block| (block.kind, block.text.as_str())).collect();
    assert_eq!(
        found,
        [
            (BlockKind::Header, "Head"),
            (BlockKind::Paragraph, "One, more"),
            (BlockKind::Paragraph, "Box"),
            (BlockKind::Footnote, "Note"),
            (BlockKind::Footer, "Foot"),
            (BlockKind::Comment, "Remark"),
        ]
    );
    assert_eq!(document.blocks[3].label.as_deref(), Some("1"));
}
