//! Broken, locked, mislabelled and hostile files: each with its status, problem code and finding (one row each of the
//! table of problem codes), and containers of every kind.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use motebok::document::ProblemCode;
use motebok::finding::{Finding, Level};
use motebok::model::{Record, Status};
use motebok::pipeline::{Ocr, Options, in_memory};
use tempfile::TempDir;

const MINUTES: &str = "Møtebok for formannskapet\n\nMøtedato: 12.03.1991\n\nSak 12/91 Budsjett\n\nVedtak: Godkjent.\n";

/// Rules about the file itself.
const FILE_RULES: [&str; 4] = ["file-unreadable", "file-encrypted", "file-mislabelled", "text-missing"];

fn read(file: &Path, ocr: Ocr) -> (Vec<Record>, Vec<Finding>) {
    in_memory(&[file.to_path_buf()], &Options { ocr, ..Options::default() }).unwrap()
}

/// Reads `bytes` as a file called `name`, without OCR.
fn made(name: &str, bytes: &[u8]) -> (Vec<Record>, Vec<Finding>) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, bytes).unwrap();
    read(&file, Ocr::Never)
}

/// Holds the file's own record, the last of a container's, against what is expected.
#[track_caller]
fn check(name: &str, bytes: &[u8], status: Status, problem: Option<ProblemCode>, rule: Option<(&str, Level)>) {
    let (records, findings) = made(name, bytes);
    let record = records.iter().find(|r| r.source.path == name).unwrap();
    let about: Vec<(&str, Level)> = findings
        .iter()
        .filter(|f| f.path == name && FILE_RULES.contains(&f.rule.as_str()))
        .map(|f| (f.rule.as_str(), f.level))
        .collect();
    let code = record.problems.first().map(|p| p.code);
    assert_eq!((record.status, code), (status, problem), "{name}: {:?}", record.problems);
    assert_eq!(about, Vec::from_iter(rule), "{name}");
}

const UNREADABLE: Option<(&str, Level)> = Some(("file-unreadable", Level::Error));
const MISLABELLED: Option<(&str, Level)> = Some(("file-mislabelled", Level::Warning));
const MISSING: Option<(&str, Level)> = Some(("text-missing", Level::Error));

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word file with `body` in its body and `more` parts.
fn docx(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let document = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relations.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ];
    parts.extend(more);
    zip(&parts)
}

fn paragraphs(count: usize) -> String {
    (0..count).map(|i| format!("<w:p><w:r><w:t>Sak {i}/91 om noe annet enn før {}</w:t></w:r></w:p>", i * i)).collect()
}

/// A PDF with the pages of these contents; `/Im` is a picture of one dot.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|i| format!("{} 0 R", 5 + 2 * i)).collect();
    let stream = |entries: &str, content: &str| {
        format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
    };
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {} /Kids [{}] >>", pages.len(), kids.join(" ")),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x"),
    ];
    for (i, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R >> /XObject << /Im 4 0 R >> >> >>",
            6 + 2 * i
        ));
        objects.push(stream("", content));
    }
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut table = String::new();
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{number} 1\n{:010} 00000 n \n", out.len());
        out.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n{table}trailer << /Root 1 0 R /Size 99 >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

const TEXT: &str = "BT /F1 12 Tf 50 300 Td (Vedtak: Saken utsettes.) Tj ET";
const SCAN: &str = "q 400 0 0 400 0 0 cm /Im Do Q";

/// Bytes without a pattern (xorshift32, Marsaglia 2003).
fn noise(count: usize) -> Vec<u8> {
    let mut state = 2_463_534_242_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 8) as u8
    };
    (0..count).map(|_| next()).collect()
}

#[test]
fn what_has_no_text_fails_and_says_why() {
    use ProblemCode::{Damaged, Empty, Unsupported};
    check("a.txt", b"", Status::Failed, Some(Empty), UNREADABLE);
    check("a.bin", &noise(6000), Status::Failed, Some(Unsupported), UNREADABLE);
    check("a.png", b"\x89PNG\r\n\x1a\n0000", Status::Failed, Some(Unsupported), Some(("file-unreadable", Level::Info)));
    check("a.zip", &zip(&[("a.txt", MINUTES.as_bytes())])[..40], Status::Failed, Some(Damaged), UNREADABLE);
    check("a.pdf", &pdf(&[]), Status::Failed, Some(Damaged), UNREADABLE);
    check("b.pdf", &pdf(&[TEXT])[..60], Status::Failed, Some(Damaged), UNREADABLE);
    let empty = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/styles.xml", b"<w:styles/>")]);
    check("a.docx", &empty, Status::Failed, Some(Damaged), UNREADABLE);
}

#[test]
fn what_is_cut_off_keeps_its_text() {
    let whole = docx(&paragraphs(400), &[]);
    check("a.docx", &whole, Status::Ok, None, None);
    let cut = &whole[..whole.len() * 3 / 4];
    check("b.docx", cut, Status::Partial, Some(ProblemCode::Damaged), UNREADABLE);
    let whole = pdf(&[TEXT]);
    check("a.pdf", &whole, Status::Ok, None, None);
    check("b.pdf", &whole[..whole.len() - 100], Status::Partial, Some(ProblemCode::Damaged), UNREADABLE);
}

#[test]
fn a_password_is_asked_for_only_where_there_is_one() {
    let locked = Some(("file-encrypted", Level::Error));
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap();
    file.flush().unwrap();
    let docx = file.into_inner().into_inner();
    check("a.docx", &docx, Status::Failed, Some(ProblemCode::Encrypted), locked);
    let pdf = include_bytes!("documents/pdf-encrypted/input.pdf");
    check("a.pdf", pdf, Status::Failed, Some(ProblemCode::Encrypted), locked);
    check("b.pdf", include_bytes!("documents/pdf-owner-password/input.pdf"), Status::Ok, None, None);
}

#[test]
fn content_counts_and_not_the_name() {
    check("a.doc", b"{\\rtf1\\ansi\\ansicpg1252 Vedtak: Saken utsettes.\\par}", Status::Ok, None, MISLABELLED);
    let page = b"<html><head><title>M</title></head><body><p>Vedtak: Saken utsettes.</p></body></html>";
    check("b.doc", page, Status::Ok, None, MISLABELLED);
    check("c.doc", &pdf(&[TEXT]), Status::Ok, None, MISLABELLED);
}

#[test]
fn missing_text_is_told() {
    use ProblemCode::{TextIncomplete, TextMissing};
    check("a.pdf", &pdf(&[SCAN]), Status::Failed, Some(TextMissing), MISSING);
    check("b.pdf", &pdf(&[TEXT, SCAN]), Status::Partial, Some(TextMissing), MISSING);
    // An imported part of a kind that is not read.
    let import =
        r#"<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="a"/>"#;
    let relations = br#"<Relationships><Relationship Id="a" Type="http://x/aFChunk" Target="c.bin"/></Relationships>"#;
    let more: [(&str, &[u8]); 2] = [("word/_rels/document.xml.rels", relations), ("word/c.bin", b"\x00\x01\xff\xfe")];
    let short = docx(&(paragraphs(2) + import), &more);
    check("a.docx", &short, Status::Partial, Some(TextIncomplete), MISSING);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.txt");
    // Nothing is written: the file system keeps no zeros.
    fs::File::create(&file).unwrap().set_len((1 << 30) + 1).unwrap();
    let (records, findings) = read(&file, Ocr::Never);
    let problem = &records[0].problems[0];
    assert_eq!((records[0].status, problem.code), (Status::Failed, ProblemCode::LimitExceeded));
    assert_eq!(problem.message, "the file has 1073741825 bytes; one of more than 1073741824 is not read");
    assert_eq!((records[0].source.bytes, records[0].source.sha256.as_str()), ((1 << 30) + 1, ""));
    assert_eq!(findings.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>(), ["file-unreadable"]);
}

#[test]
fn limits_hold() {
    use ProblemCode::LimitExceeded;
    let large = docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "a".repeat(40 << 20)), &[]);
    check("a.docx", &large, Status::Partial, Some(LimitExceeded), UNREADABLE);
    // Each level holds eight different ones of the level below; the last holds zeros.
    let zeros = vec![0; 20 << 20];
    let mut bomb = zip(&[("0.bin", &zeros)]);
    for _ in 0..3 {
        let entries: Vec<(String, Vec<u8>)> =
            (0..8).map(|i| (format!("{i}.zip"), [bomb.as_slice(), &[0; 7][..i.min(7)]].concat())).collect();
        bomb = zip(&entries.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect::<Vec<_>>());
    }
    let (records, _) = made("a.zip", &bomb);
    assert!(records.len() < 40, "{} records", records.len());
    check("a.zip", &bomb, Status::Partial, Some(LimitExceeded), UNREADABLE);
}

#[test]
fn deep_nesting_neither_stops_nor_hangs() {
    let deep = 20_000;
    let tables = format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(deep), "</w:tc></w:tr></w:tbl>".repeat(deep));
    let (records, _) = made("a.docx", &docx(&tables, &[]));
    assert!(records[0].problems.iter().all(|p| p.code != ProblemCode::Crashed), "{:?}", records[0].problems);
    let (records, _) = made("a.rtf", format!("{{\\rtf1 Sak {}{}}}", "{".repeat(deep), "}".repeat(deep)).as_bytes());
    assert!(records[0].problems.iter().all(|p| p.code != ProblemCode::Crashed), "{:?}", records[0].problems);
}

/// The entries of a container, with their texts; the container's record comes first.
#[track_caller]
fn entries(name: &str, bytes: &[u8], puid: &str) -> Vec<(String, String)> {
    let (records, _) = made(name, bytes);
    assert_eq!(records[0].source.format.puid.as_deref(), Some(puid), "{name}");
    assert_eq!((records[0].status, records[0].blocks.len()), (Status::Ok, 0), "{:?}", records[0].problems);
    let text = |r: &Record| r.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join("|");
    let inner = |r: &Record| r.source.path.strip_prefix(name).unwrap().trim_start_matches('/').to_owned();
    records[1..].iter().map(|r| (inner(r), text(r))).collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

const MAIL: &str = "From: ordforer@kommune.example\r\nTo: alle@kommune.example\r\nSubject: =?iso-8859-1?Q?M=F8te?=\r\n\
MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\
Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
M=F8tet er utsatt.\r\n--b\r\nContent-Type: text/plain; name=\"sak.txt\"\r\n\
Content-Disposition: attachment; filename=\"sak.txt\"\r\nContent-Transfer-Encoding: base64\r\n\r\n\
U2FrIDEyLzkxIG9tIGJ1ZHNqZXR0\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@kommune.example\r\n\
Subject: Vedlagt\r\nMessage-ID: <1@kommune.example>\r\n\r\nDen andre meldingen.\r\n--b--\r\n";

#[test]
fn an_e_mail_is_a_container() {
    let expected = [
        ("body.txt", "Møtet er utsatt."),
        ("message-2.eml", ""),
        ("message-2.eml/body.txt", "Den andre meldingen."),
        ("sak.txt", "Sak 12/91 om budsjett"),
    ];
    assert_eq!(entries("a.eml", MAIL.as_bytes(), "fmt/278"), pairs(&expected));
    let (records, _) =
        made("b.txt", "Fra: ordføreren\nDate: 12.03.1991\nSubject: Møte\n\nMøtet er utsatt.\n".as_bytes());
    assert_ne!(records[0].source.format.puid.as_deref(), Some("fmt/278"));
}

/// What a container says about itself.
#[track_caller]
fn properties(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    made(name, bytes).0.swap_remove(0).source.properties.into_iter().collect()
}

#[test]
fn the_head_of_an_e_mail_is_kept() {
    let dated = MAIL.replacen("Subject", "Date: Tue, 12 Mar 1991 10:00:00 +0100\r\nSubject", 1);
    let expected = [
        ("author", "ordforer@kommune.example"),
        ("created", "1991-03-12T10:00:00+01:00"),
        ("recipients", "alle@kommune.example"),
        ("title", "Møte"),
    ];
    assert_eq!(properties("a.eml", dated.as_bytes()), pairs(&expected));
}

/// An Outlook message of these storages and streams.
fn message(storages: &[&str], streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for storage in storages {
        file.create_storage(storage).unwrap();
    }
    for (path, content) in streams {
        file.create_stream(path).unwrap().write_all(content).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The fixed-length properties of a message: when it was sent, 1991-03-12 09:00 UTC.
fn sent(header: usize) -> Vec<u8> {
    let ticks: u64 = (668_768_400 + 11_644_473_600) * 10_000_000;
    [vec![0; header], 0x0039_0040_u32.to_le_bytes().to_vec(), vec![0; 4], ticks.to_le_bytes().to_vec()].concat()
}

#[test]
fn a_message_whose_only_body_is_rtf_is_read() {
    let compressed = |kind: &[u8; 4], content: &[u8]| {
        let size = (content.len() as u32).to_le_bytes();
        [&size, &size, kind.as_slice(), &[0; 4], content].concat()
    };
    let with_body = |body: Vec<u8>| {
        message(&["/__nameid_version1.0"], &[("/__properties_version1.0", sent(32)), ("/__substg1.0_10090102", body)])
    };
    let rtf = br"{\rtf1\ansi\ansicpg1252 M\'f8tet er utsatt.\par}";
    let read = entries("a.msg", &with_body(compressed(b"MELA", rtf)), "x-fmt/430");
    assert_eq!(read, pairs(&[("body.rtf", "Møtet er utsatt.")]));
    let html = br"{\rtf1\ansi\fromhtml1{\*\htmltag64 <html><body><p>}\htmlrtf\b\htmlrtf0 M\'f8tet er utsatt.{\*\htmltag72 </p>}}";
    let read = entries("b.msg", &with_body(compressed(b"MELA", html)), "x-fmt/430");
    assert_eq!(read, pairs(&[("body.html", "Møtet er utsatt.")]));
    let (records, findings) = made("c.msg", &with_body(compressed(b"????", rtf)));
    let body = records.iter().find(|r| r.source.path == "c.msg/body.rtf").unwrap();
    assert_eq!((body.status, body.problems[0].code), (Status::Failed, ProblemCode::Damaged));
    assert!(findings.iter().any(|f| f.rule == "file-unreadable" && f.path == "c.msg/body.rtf"));
}

#[test]
fn an_outlook_message_is_a_container() {
    let inner = "/__attach_version1.0_#00000001/__substg1.0_3701000D";
    let bytes = message(
        &["/__nameid_version1.0", "/__attach_version1.0_#00000000", "/__attach_version1.0_#00000001", inner],
        &[
            ("/__properties_version1.0", sent(32)),
            ("/__substg1.0_0037001F", wide("Møte")),
            ("/__substg1.0_0C1A001E", b"Ordf\xF8reren".to_vec()),
            ("/__substg1.0_1000001F", wide("Møtet er utsatt.")),
            ("/__attach_version1.0_#00000000/__substg1.0_3707001F", wide("sak.txt")),
            ("/__attach_version1.0_#00000000/__substg1.0_37010102", b"Sak 12/91 om budsjett".to_vec()),
            ("/__attach_version1.0_#00000001/__substg1.0_3001001F", wide("Vedlagt")),
            (&format!("{inner}/__properties_version1.0"), sent(24)),
            (&format!("{inner}/__substg1.0_0037001F"), wide("Kart")),
            (&format!("{inner}/__substg1.0_1000001F"), wide("Den andre meldingen.")),
        ],
    );
    let expected = [
        ("Vedlagt/body.txt", "Den andre meldingen."),
        ("Vedlagt/head.txt", "1991-03-12T09:00:00Z|Kart"),
        ("body.txt", "Møtet er utsatt."),
        ("sak.txt", "Sak 12/91 om budsjett"),
    ];
    assert_eq!(entries("a.msg", &bytes, "x-fmt/430"), pairs(&expected));
    let head = [("author", "Ordføreren"), ("created", "1991-03-12T09:00:00Z"), ("title", "Møte")];
    assert_eq!(properties("a.msg", &bytes), pairs(&head));
}

#[test]
fn tape_archives_and_gzip_are_containers() {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, text) in [("b/sak.txt", "Sak 12/91 om budsjett"), ("a.txt", "Møtet er utsatt.")] {
        let mut header = tar::Header::new_ustar();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    let tar = builder.into_inner().unwrap();
    let packed = |bytes: &[u8]| {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    };
    let expected = [("a.txt", "Møtet er utsatt."), ("b/sak.txt", "Sak 12/91 om budsjett")];
    assert_eq!(entries("a.tar", &tar, "x-fmt/265"), pairs(&expected));
    assert_eq!(entries("a.tgz", &packed(&tar), "x-fmt/266"), pairs(&expected));
    assert_eq!(entries("sak.txt.gz", &packed(b"Sak 12/91"), "x-fmt/266"), pairs(&[("sak.txt", "Sak 12/91")]));
    let cut = &packed(&[tar.as_slice(), &noise(9000)].concat())[..5000];
    check("b.tgz", cut, Status::Partial, Some(ProblemCode::Damaged), UNREADABLE);
}

#[test]
fn a_page_image_is_read_where_the_programs_are_there() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.pdf");
    fs::write(&file, pdf(&[TEXT, SCAN])).unwrap();
    let (records, _) = read(&file, Ocr::Always);
    let code = records[0].problems.first().map(|p| p.code);
    match motebok::read::ocr::engine() {
        Ok(_) => assert_eq!(code, None),
        Err(_) => assert_eq!(code, Some(ProblemCode::ToolMissing)),
    }
}

/// Reads bytes that must neither stop the reader nor keep it; gives the file's own record.
#[track_caller]
fn survived(name: &str, bytes: &[u8]) -> Record {
    let started = Instant::now();
    let (records, _) = made(name, bytes);
    assert!(started.elapsed() < Duration::from_secs(20), "{name} took {:?}", started.elapsed());
    let record = records.into_iter().find(|r| r.source.path == name).unwrap();
    assert!(record.problems.iter().all(|p| p.code != ProblemCode::Crashed), "{:?}", record.problems);
    record
}

fn words(record: &Record) -> String {
    record.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn sector_chains_that_loop_are_left() {
    // [MS-CFB] 2.2: the sectors of the FAT are listed from offset 76; 2.3: each of its entries names the next sector.
    let whole =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/hovedutvalg-2011-09-14.doc")).unwrap();
    let number = |bytes: &[u8], at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let fat = 512 * (number(&whole, 76) + 1);
    for target in [0, 1, 5] {
        let mut looped = whole.clone();
        for entry in 0..128 {
            if number(&whole, fat + 4 * entry) < 0xffff_fffa {
                looped[fat + 4 * entry..fat + 4 * entry + 4].copy_from_slice(&u32::to_le_bytes(target));
            }
        }
        let record = survived("a.doc", &looped);
        assert_eq!(record.problems.first().map(|p| p.code), Some(ProblemCode::Damaged));
    }
}

#[test]
fn pdf_objects_that_hold_themselves_are_left() {
    let looped = String::from_utf8(pdf(&[TEXT])).unwrap();
    let length = format!("<<  /Length {} >>", TEXT.len());
    // The page tree holds itself; a stream's length is the stream; an object stream extends itself.
    for (from, to) in [
        ("/Kids [5 0 R]", "/Kids [2 0 R 5 0 R]"),
        (length.as_str(), "<<  /Length 6 0 R >>"),
        ("/Type /Catalog", "/Type /Catalog /Extends 1 0 R /First 0 /N 9 /Outlines 1 0 R"),
    ] {
        assert!(looped.contains(from), "{from}");
        let record = survived("a.pdf", looped.replace(from, to).as_bytes());
        assert!(words(&record).contains("Saken utsettes"), "{to}: {:?}", record.problems);
    }
}

#[test]
fn no_entity_is_expanded_or_fetched() {
    let laughs: String =
        (1..12).map(|i| format!("<!ENTITY l{i} \"{}\">", format!("&l{};", i - 1).repeat(10))).collect();
    let head = format!("<!DOCTYPE w [<!ENTITY l0 \"ha\"><!ENTITY file SYSTEM \"file:///etc/passwd\">{laughs}]>");
    let body = "<w:p><w:r><w:t>Sak &l11; &file; slutt</w:t></w:r></w:p>";
    let document = format!(
        r#"{head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    let plain = docx("<w:p/>", &[]);
    let mut archive = zip::ZipArchive::new(Cursor::new(plain)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
        text
    };
    let (types, relations) = (part("[Content_Types].xml"), part("_rels/.rels"));
    let parts = [("[Content_Types].xml", &types), ("_rels/.rels", &relations), ("word/document.xml", &document)];
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let text = words(&survived("a.docx", &zip(&parts)));
    assert!(text.contains("slutt") && !text.contains("haha") && !text.contains("root:"), "{text}");
}

#[test]
fn names_in_an_archive_stay_below_it() {
    let files: [(&str, &[u8]); 6] = [
        ("../../opp.txt", b"Sak 1/91 opp"),
        ("/rot.txt", b"Sak 2/91 rot"),
        ("C:\\mappe\\brev.txt", b"Sak 3/91 brev"),
        ("nul\0l.txt", b"Sak 4/91 nul"),
        ("x/./y.txt", b"Sak 5/91 y"),
        ("x/y.txt", b"Sak 6/91 y igjen"),
    ];
    let (records, _) = made("a.zip", &zip(&files));
    let mut paths: Vec<&str> = records.iter().map(|r| r.source.path.as_str()).collect();
    paths.sort_unstable();
    let hashed = paths.iter().filter(|p| p.starts_with("a.zip/x/y") && p.ends_with(".txt")).count();
    assert_eq!((records.len(), hashed), (7, 2), "{paths:?}");
    for path in ["a.zip/opp.txt", "a.zip/rot.txt", "a.zip/C:/mappe/brev.txt", "a.zip/nul_l.txt", "a.zip/x/y.txt"] {
        assert!(paths.contains(&path), "{path} of {paths:?}");
    }
}

#[test]
fn deep_html_is_taken_as_its_content() {
    let deep = 100_000;
    let page = format!("<html><body>{}Saken utsettes{}", "<div>".repeat(deep), "</div>".repeat(deep));
    assert!(words(&survived("a.html", page.as_bytes())).contains("Saken utsettes"));
}
