//! What the doc reader makes of bytes.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::{Cursor, Write as _};

use super::*;
use crate::document::Block;

/// A Word file laid out by hand: text from byte 2048 of the main stream on, and a piece table.
#[derive(Clone)]
struct Sample {
    version: Version,
    flags: u16,
    characters: u32,
    text: Vec<u8>,
    /// First and last character position, byte offset into the text, two bytes a character, modifier.
    pieces: Vec<(u32, u32, u32, bool, u16)>,
}

const TEXT_AT: u32 = 2048;

impl Sample {
    fn new(version: Version, text: &[u8], pieces: &[(u32, u32, u32, bool, u16)]) -> Self {
        let characters = pieces.iter().map(|piece| piece.1).max().unwrap_or(text.len() as u32);
        Self { version, flags: 0, characters, text: text.to_vec(), pieces: pieces.to_vec() }
    }

    fn clx(&self) -> Vec<u8> {
        let mut plc = Vec::new();
        for piece in &self.pieces {
            plc.extend(piece.0.to_le_bytes());
        }
        plc.extend(self.pieces.last().map_or(0, |piece| piece.1).to_le_bytes());
        for &(_, _, at, wide, prm) in &self.pieces {
            let at = TEXT_AT + at;
            let fc = if wide || self.version != Version::Word97 { at } else { (at * 2) | 0x4000_0000 };
            plc.extend([0, 0]);
            plc.extend(fc.to_le_bytes());
            plc.extend(prm.to_le_bytes());
        }
        let mut clx = vec![2];
        clx.extend((plc.len() as u32).to_le_bytes());
        clx.extend(plc);
        clx
    }

    /// The main stream and the table stream.
    fn streams(&self) -> (Vec<u8>, Vec<u8>) {
        let mut main = vec![0; TEXT_AT as usize];
        let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
        let clx = self.clx();
        put(10, &self.flags.to_le_bytes());
        put(0x18, &TEXT_AT.to_le_bytes());
        put(0x1C, &(TEXT_AT + self.text.len() as u32).to_le_bytes());
        match self.version {
            Version::Word97 => {
                put(0, &[0xEC, 0xA5, 0xC1, 0]);
                put(0x20, &14u16.to_le_bytes());
                put(0x3E, &22u16.to_le_bytes());
                put(0x4C, &self.characters.to_le_bytes());
                put(0x98, &93u16.to_le_bytes());
                put(0x1A2, &0u32.to_le_bytes());
                put(0x1A6, &(clx.len() as u32).to_le_bytes());
            }
            Version::Word6 => {
                put(0, &[0xDC, 0xA5, 101, 0]);
                put(0x34, &self.characters.to_le_bytes());
                put(0x160, &0x300u32.to_le_bytes());
                put(0x164, &(clx.len() as u32).to_le_bytes());
                put(0x300, &clx);
            }
            Version::Word2 => {
                put(0, &[0xDB, 0xA5, 45, 0]);
                put(0x34, &self.characters.to_le_bytes());
            }
        }
        main.extend(&self.text);
        (main, clx)
    }

    fn file(&self) -> Vec<u8> {
        let (main, table) = self.streams();
        if self.version == Version::Word2 {
            return main;
        }
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("/WordDocument").unwrap().write_all(&main).unwrap();
        if self.version == Version::Word97 {
            file.create_stream("/0Table").unwrap().write_all(&table).unwrap();
        }
        file.into_inner().into_inner()
    }
}

fn read_bytes(bytes: &[u8]) -> Read {
    let probe = Probe::new(bytes, "");
    let found = sniff(&probe).expect("a Word file");
    read(&Input { bytes, name: "input.doc", found: &found, limits: &Limits::DEFAULT })
}

fn texts(bytes: &[u8]) -> Vec<String> {
    read_bytes(bytes).unwrap().0.blocks.into_iter().map(|block: Block| block.text).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn pieces_of_one_and_of_two_bytes_a_character() {
    let mut text = b"Sak 1: \xD8konomi\r".to_vec();
    text.push(0);
    text.extend(utf16("Čáhput – ŧ\r"));
    let sample = Sample::new(Version::Word97, &text, &[(0, 15, 0, false, 0), (15, 26, 16, true, 0)]);
    assert_eq!(texts(&sample.file()), ["Sak 1: Økonomi", "Čáhput – ŧ"]);
}

#[test]
fn word_95_of_the_far_east_writes_utf_16() {
    let text = utf16("Møte 1\rVedtak – 東京\r");
    let sample = Sample::new(Version::Word6, &text, &[(0, 7, 0, true, 0), (7, 19, 14, true, 0)]);
    // FIB.fComplex and fExtChar.
    let sample = Sample { flags: 0x1004, ..sample };
    assert_eq!(texts(&sample.file()), ["Møte 1", "Vedtak – 東京"]);
}

#[test]
fn a_field_shows_its_result_and_an_equation_its_code() {
    let text = b"Side \x13 PAGE \x142\x15 og \x13 EQ \\f(1;2) \x15 av \x13 TC skjult \x15resten\r";
    let sample = Sample::new(Version::Word97, text, &[(0, text.len() as u32, 0, false, 0)]);
    assert_eq!(texts(&sample.file()), ["Side 2 og 1/2 av resten"]);
}

#[test]
fn what_a_fast_save_left_behind_is_no_text() {
    let text = b"Det gamle vedtaket\rDet nye \rvedtaket\r";
    let sample = Sample::new(Version::Word97, text, &[(0, 8, 19, false, 0), (8, 17, 28, false, 0)]);
    assert_eq!(texts(&sample.file()), ["Det nye vedtaket"]);
    let older_end = Sample::new(Version::Word97, text, &[(0, 8, 19, false, 0), (8, 17, 10, false, 0)]);
    assert_eq!(texts(&older_end.file()), ["Det nye vedtaket"]);
}

#[test]
fn modifier_of_a_piece_marks_its_text_as_deleted() {
    // Prm0: sprmCFRMarkDel (0x41) with the operand 1.
    let deleted = 0x41 << 1 | 1 << 8;
    let sample = Sample::new(
        Version::Word97,
        b"Ja nei.\r",
        &[(0, 3, 0, false, 0), (3, 6, 3, false, deleted), (6, 8, 6, false, 0)],
    );
    let (document, problems) = read_bytes(&sample.file()).unwrap();
    assert_eq!(document.blocks[0].text, "Ja .");
    assert_eq!(document.deleted[0].text, "nei");
    assert_eq!(document.deleted[0].block, Some(0));
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn fields_show_their_result() {
    let text = b"Dato: \x13 DATE \x13 nested \x14x\x15 \x14 4. mai\x15.\r\x13open\r";
    let sample = Sample::new(Version::Word97, text, &[(0, text.len() as u32, 0, false, 0)]);
    assert_eq!(texts(&sample.file()), ["Dato:  4. mai.", "open"]);
}

#[test]
fn special_characters() {
    let text = b"a\x0Bb\tc\x1Ed\x1Fe\xA0f\x01\x02\x08\x0Cneste\r";
    let sample = Sample::new(Version::Word97, text, &[(0, text.len() as u32, 0, false, 0)]);
    let (document, _) = read_bytes(&sample.file()).unwrap();
    assert_eq!(document.blocks[0].text, "a\nb\tc-de\u{A0}f");
    assert!(!document.blocks[0].page_break && document.blocks[1].page_break);
}

#[test]
fn word_6_and_word_2() {
    let text = b"M\xF8te\r\xC5s\r";
    assert_eq!(texts(&Sample::new(Version::Word6, text, &[]).file()), ["Møte", "Ås"]);
    assert_eq!(texts(&Sample::new(Version::Word2, text, &[]).file()), ["Møte", "Ås"]);
    let fast_saved = Sample::new(Version::Word6, text, &[(0, 3, 5, false, 0), (3, 8, 0, false, 0)]);
    let fast_saved = Sample { flags: 4, ..fast_saved };
    assert_eq!(texts(&fast_saved.file()), ["Ås", "Møte"]);
}

#[test]
fn encrypted() {
    for version in [Version::Word97, Version::Word6, Version::Word2] {
        let sample = Sample { flags: 0x0100, ..Sample::new(version, b"x\r", &[(0, 2, 0, false, 0)]) };
        assert_eq!(read_bytes(&sample.file()).unwrap_err().code, ProblemCode::Encrypted);
    }
}

#[test]
fn missing_bytes_are_reported() {
    let sample = Sample::new(Version::Word97, b"Her er teksten kort\r", &[(0, 100, 0, false, 0)]);
    let (document, problems) = read_bytes(&sample.file()).unwrap();
    assert_eq!(document.blocks[0].text, "Her er teksten kort");
    assert_eq!(problems[0].code, ProblemCode::TextIncomplete);
    let beyond = Sample::new(Version::Word97, b"", &[(0, 100, 5000, false, 0)]);
    assert_eq!(read_bytes(&beyond.file()).unwrap_err().code, ProblemCode::Damaged);
}

#[test]
fn damaged_allocation_table() {
    let text = "Vedtak: saken utsettes.\r".repeat(400);
    let sample = Sample::new(Version::Word97, text.as_bytes(), &[(0, text.len() as u32, 0, false, 0)]);
    let mut file = sample.file();
    // The first entry of the table must name a table sector; this one names itself.
    let table = 512 * (1 + u32_at(&file, 76).unwrap() as usize);
    let entry = u32_at(&file, 76).unwrap() as usize;
    file[table + 4 * entry..table + 4 * entry + 4].copy_from_slice(&[7, 0, 0, 0]);
    assert_eq!(texts(&file).len(), 400);
}

#[test]
fn every_truncation_and_every_changed_byte_ends_in_an_answer() {
    let text = "Sak 4/98\r\x07\x13a\x14b\x15\r".repeat(20);
    for version in [Version::Word97, Version::Word6, Version::Word2] {
        let length = text.len() as u32;
        let sample = Sample { flags: 4, ..Sample::new(version, text.as_bytes(), &[(0, length, 0, false, 0)]) };
        let file = sample.file();
        for end in (0..file.len()).step_by(211) {
            let probe = Probe::new(&file[..end], "");
            if let Some(found) = sniff(&probe) {
                let _ = read(&Input { bytes: &file[..end], name: "", found: &found, limits: &Limits::DEFAULT });
            }
        }
        for at in (0..file.len()).step_by(41) {
            let mut changed = file.clone();
            changed[at] ^= 0xFF;
            let probe = Probe::new(&changed, "");
            if let Some(found) = sniff(&probe) {
                let _ = read(&Input { bytes: &changed, name: "", found: &found, limits: &Limits::DEFAULT });
            }
        }
    }
}

#[test]
fn text_that_a_fast_save_gave_up_is_told_and_not_read() {
    let text = b"Vedtak: utsettes.\rVedtak: vedtas.\r";
    let mut sample = Sample::new(Version::Word97, text, &[(0, 8, 0, false, 0), (8, 16, 26, false, 0)]);
    assert_eq!(read_bytes(&sample.file()).unwrap().0.remarks, [], "no fast save");
    sample.flags = 0x0004;
    let (document, problems) = read_bytes(&sample.file()).unwrap();
    assert_eq!(document.blocks[0].text, "Vedtak: vedtas.");
    assert_eq!(problems, []);
    assert!(document.remarks[0].message.starts_with("16 bytes"), "{:?}", document.remarks);
}

#[test]
fn headings_of_word_6_are_numbered_by_their_section() {
    let mut outline = vec![0; 212];
    for (level, with_upper) in [(0, 0), (1, 0x04), (2, 0x04)] {
        let anlv = &mut outline[16 * level..16 * level + 16];
        (anlv[2], anlv[3], anlv[10]) = (1, with_upper, 1);
    }
    outline[148..151].copy_from_slice(b"..)");
    let sample = Sample::new(Version::Word6, b"x\r", &[]);
    let (main, _) = sample.streams();
    let fib = Fib::read(&main).unwrap();
    let fonts = Fonts::read(&fib, &main, &main);
    let mut lists = Lists::read(&fib, &main, vec![(100, outline), (200, Vec::new())]);
    let mut label = |level, end| {
        let paragraph = properties::Paragraph { old_list: (level, None), ..Default::default() };
        lists.count(&paragraph, end, &fonts).map(|label| (label.text, label.level))
    };
    let labels: Vec<_> = [1, 2, 2, 3, 1, 2].into_iter().filter_map(|level| label(level, 50)).collect();
    let expected = [("1.", 1), ("1.1.", 2), ("1.2.", 2), ("1.2.1)", 3), ("2.", 1), ("2.1.", 2)];
    assert_eq!(labels, expected.map(|(text, level)| (text.to_owned(), level)));
    assert_eq!(label(1, 150), None, "the second section numbers nothing");
}

#[test]
fn styles_of_word_2_inherit() {
    let list = |entries: &[&[u8]]| {
        let entries: Vec<u8> =
            entries.iter().flat_map(|e| [&[if e.is_empty() { 0xFF } else { e.len() as u8 }], *e].concat()).collect();
        [&((entries.len() + 2) as u16).to_le_bytes(), entries.as_slice()].concat()
    };
    // Heading 1 (255) is bold; style 1 is based on it and is italic besides.
    let sheet = [
        &1u16.to_le_bytes()[..],
        &list(&[b"Overskrift 1", b"Normal", b"Punkt"]),
        &list(&[&[1, 0], &[], &[2, 0]]),
        &list(&[&[0; 7], &[], &[0; 7]]),
        &[3, 0, 0, 0, 0, 222, 0, 255],
    ]
    .concat();
    let (mut main, _) = Sample::new(Version::Word2, b"x\r", &[]).streams();
    main[0x58 + 6..0x58 + 10].copy_from_slice(&0x300u32.to_le_bytes());
    main[0x58 + 10..0x58 + 12].copy_from_slice(&(sheet.len() as u16).to_le_bytes());
    main[0x300..0x300 + sheet.len()].copy_from_slice(&sheet);
    let styles = Styles::read(&Fib::read(&main).unwrap(), &main);
    let looks = |istd: u16| {
        let formatting = Formatting {
            version: Version::Word2,
            characters: Exceptions::default(),
            paragraphs: Exceptions::default(),
            styles: Styles::read(&Fib::read(&main).unwrap(), &main),
            pieces: &[],
            data: &[],
        };
        let characters = formatting.characters(0, 0, istd);
        (characters.bold, characters.italic)
    };
    assert_eq!((looks(255), looks(0), looks(1)), ((true, false), (false, false), (true, true)));
    assert_eq!((styles.heading(255), styles.heading(1)), (Some(1), None));
}
