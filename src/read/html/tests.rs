//! What the html reader makes of bytes.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::document::BlockKind;
use crate::limits::Limits;

fn read_bytes(bytes: &[u8]) -> (Document, Vec<Problem>) {
    let found = Match::new(None, "", "", "");
    read(&Input { bytes, name: "input.html", found: &found, limits: &Limits::DEFAULT }).unwrap()
}

fn texts(html: &str) -> Vec<String> {
    read_bytes(html.as_bytes()).0.blocks.into_iter().map(|block| block.text).collect()
}

#[test]
fn html_is_told_from_what_looks_like_it() {
    let cases: [(&str, &str, Option<&str>); 10] = [
        ("<!DOCTYPE html><p>x", "html", Some("fmt/471")),
        ("<!-- x -->\n<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><html>", "htm", Some("fmt/100")),
        ("<HTML xmlns:o=\"urn\"><body>x", "doc", Some("fmt/96")),
        ("<?xml version=\"1.0\"?><html xmlns=\"x\"><body>x", "doc", Some("fmt/96")),
        ("<p>One</p><p>Two</p>", "txt", Some("fmt/96")),
        ("<div align=\"center\"><b>x</b></div>\n\n# Title\n", "md", None),
        ("Text with <b>some</b> tags <i>in</i> it <br> and more", "txt", None),
        ("<?xml version=\"1.0\"?><p><b>x</b><b>y</b></p>", "xml", None),
        ("<htmlx></htmlx>", "txt", None),
        ("a < b", "txt", None),
    ];
    for (text, extension, puid) in cases {
        let found = sniff(&Probe::new(text.as_bytes(), extension));
        assert_eq!(found.and_then(|found| found.puid), puid, "{text}");
    }
}

#[test]
fn character_sets() {
    let cases: [(&[u8], &str); 5] = [
        (b"<meta charset=iso-8859-1><p>Bl\xe5b\xe6r \xd8\xc5", "iso-8859-1"),
        ("<meta charset=\"windows-1252\"><p>Blåbær ØÅ".as_bytes(), "windows-1252"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=macintosh'><p>Bl\x8cb\xber \xaf\x81", "macintosh"),
        (b"<meta charset=utf-8><p>Bl\xe5b\xe6r \xd8\xc5", "utf-8"),
        ("\u{FEFF}<p>Blåbær ØÅ".as_bytes(), ""),
    ];
    for (bytes, declared) in cases {
        let (document, _) = read_bytes(bytes);
        assert_eq!(document.blocks[0].text, "Blåbær ØÅ", "{declared}");
        if !declared.is_empty() {
            assert_eq!(document.encoding.unwrap().declared.as_deref(), Some(declared));
        }
    }
}

#[test]
fn blocks_and_white_space() {
    assert_eq!(
        texts(
            "<title>T</title><style>x{}</style><p> One\n two<b> three</b><br> four &oslash;<div>Five<p>Six</div>seven<pre>a\n  b</pre><script>x</script>"
        ),
        ["One two three\nfour ø", "Five", "Six", "seven", "a\n  b"]
    );
}

#[test]
fn lists_have_labels() {
    let (document, _) = read_bytes(
        b"<ol start=3><li>A<li>B<ul><li>C</ul><li value=9><p>D</p><p>E</p></ol><ol type=a><li>F</ol>\
        <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.2<span>&nbsp; </span></span><![endif]>G</p>",
    );
    let found: Vec<(&str, Option<&str>, Option<u8>)> =
        document.blocks.iter().map(|b| (b.text.as_str(), b.label.as_deref(), b.level)).collect();
    assert_eq!(
        found,
        [
            ("A", Some("3."), Some(1)),
            ("B", Some("4."), Some(1)),
            ("C", Some("•"), Some(2)),
            ("D", Some("9."), Some(1)),
            ("E", None, None),
            ("F", Some("a."), Some(1)),
            ("G", Some("1.2"), Some(2)),
        ]
    );
}

#[test]
fn tables_with_data_and_for_layout() {
    let (document, _) = read_bytes(
        b"<table><tr><td>Menu<td><h1>Title</h1><p>One</p><table><tr><td rowspan=2>A<td>B<tr><td>C<br>D</table></table>",
    );
    let kinds: Vec<BlockKind> = document.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Heading, BlockKind::Paragraph, BlockKind::Table]);
    let rows = document.blocks[3].rows.as_ref().unwrap();
    assert_eq!((rows[0][0].text.as_str(), rows[0][0].rowspan), ("A", 2));
    assert_eq!(rows[1][0].text, "C\u{2028}D");
}

#[test]
fn deep_pages_are_flattened() {
    let text = format!("{}deep{}<p>after", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let (document, problems) = read_bytes(text.as_bytes());
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(problems[0].code, ProblemCode::LimitExceeded);
}

#[test]
fn web_archives() {
    let message = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"----=_x\"\r\n\r\nText\r\n\r\n------=_x\r\n\
        Content-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"iso-8859-1\"\r\n\r\n\
        <html><p>Bl=E5b=E6r=\r\n og</html>\r\n------=_x--\r\n";
    let found = mime::sniff(&Probe::new(message.as_bytes(), "mht")).unwrap();
    let input = Input { bytes: message.as_bytes(), name: "input.mht", found: &found, limits: &Limits::DEFAULT };
    let (document, problems) = read_archive(&input).unwrap();
    assert_eq!((document.blocks[0].text.as_str(), problems), ("Blåbær og", vec![]));
    let letter = message.replace("MIME-Version", "To: kari@example.org\r\nMIME-Version");
    assert_eq!(mime::sniff(&Probe::new(letter.as_bytes(), "eml")), None);
    let cut = message.replace("------=_x--\r\n", "");
    let input = Input { bytes: cut.as_bytes(), ..input };
    assert_eq!(read_archive(&input).unwrap().1[0].code, ProblemCode::Damaged);
}
