//! Encodings and the line between text and binary, in tables. Layout is tested by the documents in `tests/documents`.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::encoding::{Charset, decode};
use super::{FORMAT, MARKDOWN};
use crate::identify::Probe;

const LONG: &str = "MØTEBOK FOR FORMANNSKAPET\r\n\r\nMøtet ble satt klokka ni på rådhuset. Ordføreren ønsket velkommen.\r\n\
    Sak 7/91: Søknad om støtte til Østre Åsen vel. Både kjøkkenet og gården må få nærmere tilsyn.\r\n\
    Vedtak: Rådmannen gjør framlegg om økonomien før årsskiftet. Ærlig talt var det også på tide.\r\n";

const SHORT: [&str; 30] = [
    "på",
    "Ål",
    "ål",
    "må",
    "når",
    "år",
    "få",
    "så",
    "går",
    "før",
    "møte",
    "Møte",
    "MØTE",
    "råd",
    "RÅD",
    "Øst",
    "øst",
    "Åse",
    "være",
    "Nær",
    "sør",
    "SØR",
    "blå",
    "gård",
    "Østby",
    "Ås",
    "kjøp",
    "Tromsø",
    "Bodø",
    "Særskilt sak",
];

/// The bytes of `text` in a single-byte encoding.
fn encode(text: &str, charset: Charset) -> Vec<u8> {
    text.chars()
        .map(|c| {
            (0..=255u8)
                .find(|&b| charset.decode(&[b]).0 == c.to_string())
                .unwrap_or_else(|| panic!("{c} in {}", charset.name()))
        })
        .collect()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
}

#[test]
fn every_encoding_gives_the_text_back() {
    let single = [
        Charset::Windows1252,
        Charset::Iso8859_15,
        Charset::Macintosh,
        Charset::Ibm850,
        Charset::Ibm865,
        Charset::Ns4551_1,
    ];
    let mut wrong = Vec::new();
    for text in std::iter::once(LONG).chain(SHORT) {
        let mut cases: Vec<(&str, Vec<u8>)> = single.iter().map(|&c| (c.name(), encode(text, c))).collect();
        cases.push(("utf-8", text.as_bytes().to_vec()));
        cases.push(("utf-8 with mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat()));
        cases.push(("utf-16le", utf16(text, true)));
        cases.push(("utf-16be", utf16(text, false)));
        cases.push(("utf-16le with mark", [&b"\xFF\xFE"[..], &utf16(text, true)].concat()));
        cases.push(("utf-16be with mark", [&b"\xFE\xFF"[..], &utf16(text, false)].concat()));
        let twice: String = text.bytes().map(char::from).collect();
        cases.push(("utf-8 encoded twice as latin-1", twice.into_bytes()));
        for (name, bytes) in cases {
            let decoded = decode(&bytes);
            if decoded.text != text {
                wrong.push(format!("{name}: {text:.30} read as {:.30} ({})", decoded.text, decoded.encoding.chosen));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_encoding_is_named() {
    for (bytes, detected, text) in [
        (&b"SAK NR"[..], "us-ascii", "SAK NR"),
        (b"M\xD8TE p\xE5", "windows-1252", "MØTE på"),
        (b"R\xE5det, \xA4 100", "iso-8859-15", "Rådet, € 100"),
        (b"R\x8Cdet m\xBFtes", "macintosh", "Rådet møtes"),
        (b"\xAEM\x9Bte\xAF", "ibm850", "«Møte»"),
        (
            b"\xC9\xCD\xCD\xD1\xCD\xBB\r\n\xBA p\x86 \xB3x\xBA\r\n\xC8\xCD\xCD\xCF\xCD\xBC",
            "ibm865",
            "╔══╤═╗\r\n║ på │x║\r\n╚══╧═╝",
        ),
        (b"kj\x9Bp \xD5\xCD\xB8", "ibm865", "kjøp ╒═╕"),
        (b"\xAEp\x86\xAF \xD5\xCD\xCD\xB8", "ibm437", "«på» ╒══╕"),
        (b"m|te p} R]DHUSET", "ns_4551-1", "møte på RÅDHUSET"),
        (b"m|te etter # 14", "ns_4551-2", "møte etter § 14"),
        (b"r\xC3\xA5d", "utf-8", "råd"),
        (b"r\xC3\x83\xC2\xA5d \xC3\xA2\xE2\x82\xAC\xE2\x80\x9C og m\xC3\xB8te", "utf-8 encoded twice", "råd – og møte"),
        ("r├Ñd, m├©te".as_bytes(), "utf-8 encoded twice", "råd, møte"),
        ("r√•d, m√∏te".as_bytes(), "utf-8 encoded twice", "råd, møte"),
    ] {
        let decoded = decode(bytes);
        assert_eq!((decoded.encoding.detected.as_str(), decoded.text.as_str()), (detected, text), "{bytes:?}");
    }
}

#[test]
fn brackets_and_paths_stay() {
    for text in [
        "Vedlegg [1]",
        "Se [vedlegg 2] og [merknad].",
        "Fila ligger i C:\\WP51\\BREV",
        "Kopi: C:\\WP51\\BREV\\SAK12.TXT og \\\\SERVER\\FELLES",
        "BREV\\SAK12.TXT",
        "{\"sak\": [1, 2], \"tittel\": \"Budsjett\"}",
        "{\n  \"a\": {\n    \"b\": []\n  }\n}",
        "if (x[i] > 0) { return a || b; }",
        "for (int i = 0; i < n; i++) {\n    sum += table[i];\n}\n",
        "[lenke](https://example.org/sak) og [en til](x.html)",
        "| Post | Sum |\n|------|-----|\n| Drift | 12 |",
        "Sak | Tittel | Side",
        "[TOC]",
        "Innsendt av [ukjent avsender]",
        "a\\nb\\tc",
        "\\section{Innledning} \\textbf{Sak}",
        "[x] Ferdig\n[ ] Ikke ferdig",
        "$HOME/{bin,lib}",
        "use anyhow::{bail, Result};",
        "compat/inet-{ntop,pton} og --[no-]color mot [HOST]:80",
        "#[test] (ja|nei|vet)",
    ] {
        let decoded = decode(text.as_bytes());
        assert_eq!((decoded.encoding.chosen.as_str(), decoded.text.as_str()), ("us-ascii", text));
    }
}

#[test]
fn bytes_without_meaning_are_counted() {
    let mut bytes = "Rådet møtes på Østre Ås. ".repeat(20).into_bytes();
    bytes.extend(b"Slutt \xE5 her");
    let decoded = decode(&bytes);
    assert_eq!((decoded.encoding.chosen.as_str(), decoded.lost), ("utf-8", 1));
    assert!(decoded.text.contains("Slutt \u{FFFD} her"));
}

#[test]
fn binary_is_no_text() {
    // A linear congruential generator (Knuth's MMIX), so that the bytes are the same each time.
    let mut state = 1u64;
    let mut random = |n: usize, floor: u8| -> Vec<u8> {
        std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        })
        .filter(|&b| b >= floor)
        .take(n)
        .collect()
    };
    for bytes in [
        random(6000, 0),
        random(600, 0),
        random(60, 0),
        random(6000, 1),
        random(600, 1),
        random(600, 32),
        random(6000, 32),
        b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec(),
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0".to_vec(),
        b"\x1F\x8B\x08\x08\xD3\x12\x34\x5E\x02\x03sak.txt\0\xCB\xC9".to_vec(),
        vec![0; 100],
        b"Sak\0\0\0tekst\0\0med\0nuller".to_vec(),
    ] {
        let probe = Probe::new(&bytes, "md");
        assert_eq!((FORMAT.sniff)(&probe), None, "{:?}", bytes.get(..20));
        assert_eq!((MARKDOWN.sniff)(&probe), None);
    }
}

#[test]
fn old_text_files_are_text() {
    for bytes in [
        &b"M\x9Btet hevet.\r\n\x1A"[..],
        b"M\x9Btet hevet.\r\n\x1A\x1A\x1A\0\0\0\0\0",
        b"\x1B@\x1BEVedtak:\x1BF\r\nSaken utsettes.\x0C",
        b"S\x08Sa\x08ak\x08k 4/87",
        b"p\xE5",
        b"\xC5",
        b"p\0\xE5\0",
        b"\xFF\xFEp\0\xE5\0\r\0\n\0",
    ] {
        assert!((FORMAT.sniff)(&Probe::new(bytes, "")).is_some(), "{bytes:?}");
    }
}
