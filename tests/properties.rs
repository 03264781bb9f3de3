//! What holds for every document: what does not change its meaning does not change what is extracted, every value can be
//! read back, and extraction never stops.
#![allow(clippy::unwrap_used, reason = "tests")]

use motebok::document::{Block, BlockKind, Cell, Document, Span};
use motebok::extract::extract;
use motebok::identify::{Input, Probe, Reader, identify};
use motebok::limits::Limits;
use motebok::model::text_at;
use motebok::read::{FORMATS, typed};
use proptest::prelude::*;
use serde_json::{Map, Value};

/// The blocks of a file with these bytes.
fn read(bytes: &[u8], name: &str) -> Vec<Block> {
    let extension = name.rsplit('.').next().unwrap_or_default();
    let probe = Probe::new(bytes, extension);
    let Some((format, found)) = identify(&probe, FORMATS) else { return Vec::new() };
    let Reader::Document(read) = format.reader else { return Vec::new() };
    let input = Input { bytes, name, found: &found, limits: &Limits::DEFAULT };
    let Ok((mut document, _)) = read(&input) else { return Vec::new() };
    typed::lay_out(&mut document, &Limits::DEFAULT);
    document.gather_tabbed_rows();
    document.blocks
}

/// What is extracted from a file, without what depends on where it stands and how it is printed.
fn values(bytes: &[u8], name: &str) -> Value {
    bare(&serde_json::to_value(extract(&read(bytes, name)).documents).unwrap())
}

fn bare(value: &Value) -> Value {
    match value {
        Value::Object(object) if object.contains_key("value") && object.contains_key("at") => object["value"].clone(),
        Value::Object(object) => {
            let kept = object.iter().filter(|(key, _)| !matches!(key.as_str(), "blocks" | "at"));
            Value::Object(kept.map(|(key, value)| (key.clone(), bare(value))).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(bare).collect(),
        _ => value.clone(),
    }
}

/// One document in five formats, and as text where it was typed, gives one record, but for the places.
#[test]
fn format_changes_nothing() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let mut documents = 0;
    let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for docx in names.iter().filter(|p| p.extension().is_some_and(|e| e == "docx")) {
        let found = |extension: &str| {
            let path = docx.with_extension(extension);
            values(&std::fs::read(&path).unwrap(), &path.to_string_lossy())
        };
        let expected = found("docx");
        assert!(expected[0]["cases"].as_array().is_some_and(|c| !c.is_empty()), "{}", docx.display());
        for extension in ["doc", "odt", "rtf", "pdf"] {
            assert_eq!(found(extension), expected, "{} as {extension}", docx.display());
        }
        if docx.with_extension("txt").exists() {
            assert_eq!(found("txt"), expected, "{} as text", docx.display());
        }
        documents += 1;
    }
    assert!(documents >= 4);
}

/// Every sourced value in a JSON tree says what stands at its place.
fn check_places(value: &Value, blocks: &[Block]) -> Result<(), TestCaseError> {
    match value {
        Value::Object(object) => {
            if let (Some(Value::String(text)), Some(at)) = (object.get("text"), object.get("at")) {
                let spans: Vec<Span> = match at {
                    Value::Array(_) => serde_json::from_value(at.clone()).unwrap(),
                    _ => vec![serde_json::from_value(at.clone()).unwrap()],
                };
                let pieces: Option<Vec<&str>> = spans.iter().map(|s| text_at(blocks, *s)).collect();
                prop_assert!(pieces.is_some(), "{value} points outside the text");
                prop_assert_eq!(&pieces.unwrap_or_default().join("\n"), text);
            }
            object.values().try_for_each(|v| check_places(v, blocks))
        }
        Value::Array(items) => items.iter().try_for_each(|v| check_places(v, blocks)),
        _ => Ok(()),
    }
}

/// One case of generated minutes.
#[derive(Debug, Clone)]
struct Matter {
    title: &'static str,
    decision: &'static str,
    vote: &'static str,
    deliberated: bool,
}

fn matter() -> impl Strategy<Value = Matter> {
    let title = prop::sample::select(vec![
        "Gjerde rundt prestegården",
        "Båtplasser på Løkstad",
        "Ny lærer i trekkspill",
        "Årsmelding for bygdekinoen",
    ]);
    let decision = prop::sample::select(vec![
        "Gjerdet settes opp før påske.",
        "Styret sier ja til å leie ut tolv plasser.",
        "Saken utsettes.",
        "Årsmeldingen tas til orientering.",
    ]);
    let vote = prop::sample::select(vec![
        "Enstemmig vedtatt.",
        "Vedtatt med 3 mot 2 stemmer.",
        "Forslaget ble vedtatt mot 1 stemme.",
    ]);
    (title, decision, vote, any::<bool>()).prop_map(|(title, decision, vote, deliberated)| Matter {
        title,
        decision,
        vote,
        deliberated,
    })
}

/// How the labels of generated minutes are printed.
#[derive(Debug, Clone, Copy)]
enum Labels {
    Plain,
    Capitals,
    Spaced,
}

/// Minutes in a plain text file.
fn minutes(matters: &[Matter], labels: Labels) -> String {
    let head = |word: &str| match labels {
        Labels::Plain => format!("{word}:"),
        Labels::Capitals => format!("{}:", word.to_uppercase()),
        Labels::Spaced => {
            let letters: Vec<String> = word.to_uppercase().chars().map(String::from).collect();
            letters.join(" ")
        }
    };
    let field = |word: &str| match labels {
        Labels::Capitals => word.to_uppercase(),
        _ => word.to_owned(),
    };
    let mut text = format!(
        "Møteprotokoll\n\n{}: Grendestyret\n{}: Løkstad skole\n{}: 12.03.1996\n{}: 18:00 - 20:30\n\n{}: Åse Rød, Bjørn Sæther, \
         Kåre Øien, Tove Lie og Odd Berg\n\n",
        field("Utvalg"),
        field("Møtested"),
        field("Møtedato"),
        field("Tid"),
        field("Til stede")
    );
    for (i, matter) in matters.iter().enumerate() {
        text += &format!("GS {}/96  {}\n\n", i + 1, matter.title);
        if matter.deliberated {
            text += &format!("{}\n\nTove Lie orienterte om saken.\n\n", head("Behandling"));
        }
        text += &format!("{}\n\n{}\n\n{}\n\n{}\n\n", head("Votering"), matter.vote, head("Vedtak"), matter.decision);
    }
    text
}

/// Pieces of which texts that look like documents are made.
const WORDS: &[&str] = &[
    "Møteprotokoll",
    "INNKALLING",
    "Møteplan 2004",
    "Saksframlegg",
    "Utvalg:",
    "Møtedato: 12.03.1996",
    "Til stede:",
    "Forfall:",
    "Åse Rød",
    "Bjørn Sæther (H)",
    "for",
    "Vedtak:",
    "V E D T A K",
    "Innstilling",
    "Votering:",
    "Behandling",
    "PS 12/96",
    "sak 4/2001",
    "AU-22/0005",
    "12/91",
    "Enstemmig vedtatt.",
    "med 5 mot 4 stemmer",
    "For forslaget stemte",
    "Vedlegg 1: Kart",
    "Sum",
    "1 200,50",
    "-90",
    "%",
    "kl. 18.00",
    "onsdag 31.02.2001",
    "29. februar 2000",
    "22/-",
    "x",
    "Side 3 av 30",
    "\t",
    "  ",
    ":",
    "–",
    "«",
    "ẞ",
    "İ",
    "ﬁ",
    "\u{ad}",
    "\u{301}",
    "å",
    "Kinn",
    "I alt",
    "Vedtatt",
    "samrøystes",
    "/s/",
    "01010750160",
    "Regionrådet",
    "(",
    ")",
    ".",
    ",",
    "\u{2028}",
    "𝔘",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => any::<String>()];
    let joint = prop::sample::select(vec![" ", " ", "", "\n", "\t"]);
    prop::collection::vec((piece, joint), 1..9).prop_map(|pieces| pieces.into_iter().map(|(p, j)| p + j).collect())
}

fn block() -> impl Strategy<Value = Block> {
    let kind = prop::sample::select(vec![
        BlockKind::Heading,
        BlockKind::Paragraph,
        BlockKind::Paragraph,
        BlockKind::ListItem,
        BlockKind::Header,
        BlockKind::Footer,
        BlockKind::Footnote,
        BlockKind::Comment,
    ]);
    let plain = (kind, text(), any::<[bool; 3]>()).prop_map(|(kind, text, [bold, wrapped, page_break])| {
        let mut block = Block { wrapped, page_break, ..Block::new(kind, text) };
        block.style.bold = bold;
        block
    });
    let table =
        prop::collection::vec(prop::collection::vec(text().prop_map(Cell::new), 1..5), 1..6).prop_map(Block::table);
    prop_oneof![4 => plain, 1 => table]
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn blank_lines_change_nothing(matters in prop::collection::vec(matter(), 1..5), blank in 1_usize..4, at in any::<prop::sample::Index>()) {
        let plain = minutes(&matters, Labels::Plain);
        let gaps: Vec<usize> = plain.match_indices("\n\n").map(|(i, _)| i).collect();
        let mut spread = plain.clone();
        spread.insert_str(gaps[at.index(gaps.len())], &"\n".repeat(blank));
        spread.insert_str(0, &"\n".repeat(blank));
        prop_assert_eq!(values(spread.as_bytes(), "a.txt"), values(plain.as_bytes(), "a.txt"));
    }

    #[test]
    fn letter_spacing_changes_nothing(matters in prop::collection::vec(matter(), 1..5)) {
        let plain = minutes(&matters, Labels::Plain);
        let spaced = minutes(&matters, Labels::Spaced);
        prop_assert_eq!(values(spaced.as_bytes(), "a.txt"), values(plain.as_bytes(), "a.txt"));
    }

    #[test]
    fn capitals_change_nothing(matters in prop::collection::vec(matter(), 1..5)) {
        let plain = minutes(&matters, Labels::Plain);
        let capitals = minutes(&matters, Labels::Capitals);
        prop_assert_eq!(values(capitals.as_bytes(), "a.txt"), values(plain.as_bytes(), "a.txt"));
    }

    #[test]
    fn encoding_changes_nothing(matters in prop::collection::vec(matter(), 1..5)) {
        let plain = minutes(&matters, Labels::Plain);
        let expected = values(plain.as_bytes(), "a.txt");
        let (windows, _, lost) = encoding_rs::WINDOWS_1252.encode(&plain);
        prop_assert!(!lost);
        prop_assert_eq!(&values(&windows, "a.txt"), &expected);
        let dos = oem_cp::encode_string_checked(plain.as_str(), &oem_cp::code_table::ENCODING_TABLE_CP865).unwrap();
        prop_assert_eq!(&values(&dos, "a.txt"), &expected);
    }

    #[test]
    fn the_same_text_gives_the_same(matters in prop::collection::vec(matter(), 1..5)) {
        let plain = minutes(&matters, Labels::Plain);
        let found = values(plain.as_bytes(), "a.txt");
        let cases = found[0]["cases"].as_array().map_or(0, Vec::len);
        prop_assert_eq!(cases, matters.len());
        for (case, matter) in found[0]["cases"].as_array().into_iter().flatten().zip(&matters) {
            prop_assert_eq!(&case["title"], matter.title);
            prop_assert_eq!(&case["decision"]["text"], matter.decision);
            prop_assert_eq!(case["votes"].as_array().map(Vec::len), Some(1));
        }
    }

    #[test]
    fn values_of_damaged_text_can_be_read_back(
        matters in prop::collection::vec(matter(), 1..4),
        damage in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..30, text()), 1..6),
    ) {
        let mut damaged = minutes(&matters, Labels::Plain);
        for (at, length, put) in damage {
            let start = damaged.floor_char_boundary(at.index(damaged.len()));
            let end = damaged.floor_char_boundary((start + length).min(damaged.len()));
            damaged.replace_range(start..end.max(start), &put);
        }
        for name in ["a.txt", "a.md"] {
            let blocks = read(damaged.as_bytes(), name);
            check_places(&serde_json::to_value(extract(&blocks).documents).unwrap(), &blocks)?;
        }
    }

    #[test]
    fn values_of_any_blocks_can_be_read_back(blocks in prop::collection::vec(block(), 0..24)) {
        let mut document = Document::default();
        for block in blocks {
            document.push(block);
        }
        document.gather_tabbed_rows();
        let found = extract(&document.blocks);
        check_places(&serde_json::to_value(found.documents).unwrap(), &document.blocks)?;
    }
}

#[test]
fn an_empty_cell_under_a_label_is_no_value() {
    let row = |cells: [&str; 2]| cells.into_iter().map(Cell::new).collect::<Vec<_>>();
    let mut document = Document::default();
    document.push(Block::new(BlockKind::Heading, "Innkalling til møte i styret"));
    document.push(Block::table(vec![row(["Dato", "Møtested"]), row(["", "Rådhuset"])]));
    let meeting = extract(&document.blocks).documents.swap_remove(0).meeting;
    assert_eq!(meeting.place.map(|place| place.value), Some("Rådhuset".to_owned()));
    assert!(meeting.date.is_none());
}
