//! PDF files written out in the tests themselves, for what no office program writes on demand.
#![allow(clippy::unwrap_used, reason = "tests")]

use motebok::document::{Block, BlockKind, CELL_BREAK, Document, Problem, ProblemCode};
use motebok::identify::{Input, Probe, Read, Reader};
use motebok::limits::Limits;
use motebok::read::pdf::FORMAT;

/// A PDF in the making: pages of 400 x 400 points, Helvetica as `F1`, Helvetica Bold as `F2`.
#[derive(Default)]
struct Made<'a> {
    /// A content stream for each page.
    pages: &'a [&'a str],
    /// Further entries of each page, of its resources, of the catalog.
    page: &'a str,
    resources: &'a str,
    catalog: &'a str,
    info: &'a str,
    /// Objects from number 10 on, whole.
    objects: &'a [&'a str],
}

impl Made<'_> {
    fn bytes(&self) -> Vec<u8> {
        let first = 10 + self.objects.len();
        let kids: Vec<String> = (0..self.pages.len()).map(|i| format!("{} 0 R", first + 2 * i)).collect();
        let mut objects: Vec<(usize, String)> = vec![
            (1, format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog)),
            (2, format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), kids.join(" "))),
            (3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".into()),
            (4, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>".into()),
            (5, format!("<< {} >>", self.info)),
        ];
        objects.extend((10..).zip(self.objects.iter().map(|o| (*o).to_owned())));
        for (i, content) in self.pages.iter().enumerate() {
            let (page, resources) = (self.page, self.resources);
            let number = first + 2 * i;
            objects.push((
                number,
                format!(
                    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents {} 0 R {page}
                     /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 10 0 R >> {resources} >> >>",
                    number + 1
                ),
            ));
            objects.push((number + 1, stream("", content)));
        }
        let mut out = b"%PDF-1.5\n".to_vec();
        let mut places = Vec::new();
        for (number, body) in &objects {
            places.push((*number, out.len()));
            // The texts are Latin-1.
            out.extend(format!("{number} 0 obj\n{body}\nendobj\n").chars().map(|c| c as u8));
        }
        let start = out.len();
        out.extend(b"xref\n");
        for (number, place) in places {
            out.extend(format!("{number} 1\n{place:010} 00000 n \n").bytes());
        }
        out.extend(format!("trailer << /Root 1 0 R /Info 5 0 R /Size 99 >>\nstartxref\n{start}\n%%EOF\n").bytes());
        out
    }

    fn read(&self) -> (Document, Vec<Problem>) {
        read(&self.bytes(), &Limits::DEFAULT).unwrap()
    }

    fn texts(&self) -> Vec<String> {
        texts(&self.read().0)
    }
}

fn stream(entries: &str, content: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.chars().count())
}

fn read(bytes: &[u8], limits: &Limits) -> Read {
    let found = (FORMAT.sniff)(&Probe::new(bytes, "pdf")).unwrap();
    let Reader::Document(read) = FORMAT.reader else { unreachable!() };
    read(&Input { bytes, name: "input.pdf", found: &found, limits })
}

fn texts(document: &Document) -> Vec<String> {
    document.blocks.iter().map(|b| b.text.clone()).collect()
}

/// A line of text at a height from the lower edge.
fn line(y: u32, text: &str) -> String {
    at(50, y, text)
}

fn at(x: u32, y: u32, text: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n")
}

/// The texts of a page with these stretches of text.
fn texts_of(stretches: &[(u32, u32, &str)]) -> Vec<String> {
    let page: String = stretches.iter().map(|(x, y, text)| at(*x, *y, text)).collect();
    Made { pages: &[&page], ..Made::default() }.texts()
}

#[test]
fn a_file_without_pages_is_damaged() {
    let problem = read(&Made::default().bytes(), &Limits::DEFAULT).unwrap_err();
    assert_eq!(problem, Problem::new(ProblemCode::Damaged, "no pages"));
}

#[test]
fn the_header_may_stand_a_little_further_in() {
    let mut bytes = b"From: arkiv\n\n".to_vec();
    bytes.extend(Made { pages: &[&line(300, "Vedtak")], ..Made::default() }.bytes());
    let found = (FORMAT.sniff)(&Probe::new(&bytes, "pdf")).unwrap();
    assert_eq!((found.puid, found.warnings.len()), (Some("fmt/19"), 1));
    assert_eq!(texts(&read(&bytes, &Limits::DEFAULT).unwrap().0), ["Vedtak"]);
}

#[test]
fn layers_switched_off_are_left_out() {
    let content =
        "/OC /L1 BDC BT /F1 10 Tf 50 300 Td (Utkast) Tj ET EMC /OC /L2 BDC BT /F1 10 Tf 50 200 Td (Vedtak) Tj ET EMC";
    let made = Made {
        pages: &[content],
        resources: "/Properties << /L1 11 0 R /L2 12 0 R >>",
        catalog: "/OCProperties << /OCGs [11 0 R 12 0 R] /D << /OFF [11 0 R] >> >>",
        objects: &["null", "<< /Type /OCG /Name (a) >>", "<< /Type /OCG /Name (b) >>"],
        ..Made::default()
    };
    assert_eq!(made.texts(), ["Vedtak"]);
}

#[test]
fn clipped_text_and_text_off_the_page_are_left_out() {
    let content =
        format!("q 0 0 400 100 re W n {} Q {} {}", line(300, "Skjult"), line(200, "Synlig"), line(900, "Utenfor"));
    assert_eq!(Made { pages: &[&content], ..Made::default() }.texts(), ["Synlig"]);
}

#[test]
fn replacement_text_stands_for_its_glyphs() {
    let content = "BT /F1 10 Tf 50 300 Td (for) Tj /Span << /ActualText (slag) >> BDC (#\u{A4}) Tj EMC ET";
    assert_eq!(Made { pages: &[content], ..Made::default() }.texts(), ["forslag"]);
}

#[test]
fn swapped_bytes_and_ligatures_of_unicode_maps_are_repaired() {
    let map = "beginbfchar <01> <74006900> <02> <FB01> <03> <6500> endbfchar";
    let map = format!(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 {map} endcmap end"
    );
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 11 0 R >>";
    let content = "BT /F3 10 Tf 50 300 Td (u\\003tling av m\\001dler og \\002nans) Tj ET";
    let map = stream("", &map);
    let made = Made { pages: &[content], objects: &[font, &map], ..Made::default() };
    assert_eq!(made.texts(), ["uetling av mtidler og finans"]);
}

#[test]
fn soft_hyphens_show_at_line_ends_only() {
    let content = format!(
        "{}{}",
        line(300, "kommune\u{AD}styret vedtok å endre retningslinjene for bru\u{AD}"),
        line(288, "ken av lokalene")
    );
    assert_eq!(
        Made { pages: &[&content], ..Made::default() }.texts(),
        ["kommunestyret vedtok å endre retningslinjene for bru-\nken av lokalene"]
    );
}

#[test]
fn letters_printed_twice_are_bold() {
    let content =
        "BT /F1 10 Tf 50 300 Td (VEDTAK) Tj 0.3 0 Td (VEDTAK) Tj ET BT /F1 10 Tf 50 200 Td (Saken utsettes.) Tj ET";
    let (document, _) = Made { pages: &[content], ..Made::default() }.read();
    assert_eq!(texts(&document), ["VEDTAK", "Saken utsettes."]);
    assert!(document.blocks[0].style.bold && !document.blocks[1].style.bold);
    assert_eq!(document.declared_chars, Some(document.extracted_chars()));
}

#[test]
fn turned_pages_and_turned_text_read_upright() {
    let upright =
        "BT /F1 10 Tf 0 1 -1 0 100 50 Tm (Saken tas til) Tj ET BT /F1 10 Tf 0 1 -1 0 112 50 Tm (orientering.) Tj ET";
    for page in ["/Rotate 90", ""] {
        assert_eq!(Made { pages: &[upright], page, ..Made::default() }.texts(), ["Saken tas til\norientering."]);
    }
}

#[test]
fn form_fields_and_notes_are_read() {
    let (document, _) = Made {
        pages: &[&line(300, "Navn:")],
        page: "/Annots [<< /Subtype /Widget /Rect [100 295 200 310] /FT /Tx /V (Kari Lie) >>
                       << /Subtype /Text /Rect [0 0 9 9] /Contents (Husk vedlegget) >>
                       << /Subtype /Text /Rect [0 0 9 9] /F 2 /Contents (skjult) >>]",
        ..Made::default()
    }
    .read();
    assert_eq!(texts(&document), ["Navn:\tKari Lie", "Husk vedlegget"]);
    assert_eq!(document.blocks[1].kind, BlockKind::Comment);
}

#[test]
fn pages_that_are_images_are_named() {
    let image =
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x");
    let scan = "q 400 0 0 400 0 0 cm /Im Do Q";
    let hidden = format!("{scan} BT 3 Tr /F1 10 Tf 50 300 Td (Vedtak) Tj ET");
    let made = |pages: &[&str]| {
        let made =
            Made { pages, resources: "/XObject << /Im 11 0 R >>", objects: &["null", &image], ..Made::default() };
        read(&made.bytes(), &Limits::DEFAULT)
    };
    let missing = |message: &str| Problem::new(ProblemCode::TextMissing, message);
    let (document, problems) = made(&[scan]).unwrap();
    assert_eq!((document.blocks.len(), document.scans.len()), (0, 1));
    assert_eq!(problems, [missing("page 1 is an image without text")]);
    let (document, problems) = made(&[&line(300, "Sak"), scan, scan, &hidden]).unwrap();
    assert_eq!(texts(&document), ["Sak", "Vedtak"]);
    assert_eq!(problems, [missing("pages 2-3 are images without text; page 4 has only invisible text")]);
}

#[test]
fn forms_that_show_themselves_or_each_other_end() {
    let text = line(300, "Vedtak");
    let own =
        stream("/Type /XObject /Subtype /Form /BBox [0 0 400 400] /Resources << /XObject << /A 11 0 R >> >>", "/A Do");
    let made = Made {
        pages: &[&format!("{text} /A Do")],
        resources: "/XObject << /A 11 0 R >>",
        objects: &["null", &own],
        ..Made::default()
    };
    assert_eq!(made.texts(), ["Vedtak"]);

    // Each form shows the next one nine times, twelve deep.
    let forms: Vec<String> = (0..12)
        .map(|i| {
            let entries = format!(
                "/Type /XObject /Subtype /Form /BBox [0 0 400 400] /Resources << /XObject << /A {} 0 R >> >>",
                12 + i
            );
            stream(&entries, &"/A Do ".repeat(9))
        })
        .collect();
    let objects: Vec<&str> = std::iter::once("null").chain(forms.iter().map(String::as_str)).collect();
    let content = format!("{text} /A Do");
    let made = Made { pages: &[&content], resources: "/XObject << /A 11 0 R >>", objects: &objects, ..Made::default() };
    let (document, problems) = made.read();
    assert_eq!(texts(&document), ["Vedtak"]);
    assert_eq!(problems[0].code, ProblemCode::LimitExceeded);
}

#[test]
fn limits_of_pages_and_glyphs_are_kept() {
    let content = line(300, "Vedtak");
    let bytes = Made { pages: &[&content, &content, &content], ..Made::default() }.bytes();
    let (document, problems) = read(&bytes, &Limits { pages: 2, ..Limits::DEFAULT }).unwrap();
    assert_eq!((document.blocks.len(), document.pages), (2, Some(3)));
    assert_eq!(problems, [Problem::new(ProblemCode::LimitExceeded, "3 pages; only the first 2 were read")]);
    let (document, problems) = read(&bytes, &Limits { glyphs: 9, ..Limits::DEFAULT }).unwrap();
    assert_eq!(texts(&document), ["Vedtak", "Ved"]);
    assert_eq!(problems[0].message, "pages 2-3 hold more than the limits allow");
}

#[test]
fn a_paragraph_runs_over_the_page_break_past_head_and_foot() {
    let first = format!(
        "{}{}{}{}{}",
        line(380, "Nes kommune"),
        line(300, "Saken har vært på høring, og det kom inn åtte uttalelser før"),
        line(288, "fristen. Rådmannen viser til dem og mener at ordningen bør"),
        line(276, "Første punkt: ingen"),
        line(20, "Side 1 av 2"),
    );
    let second = format!(
        "{}{}{}",
        line(380, "Nes kommune"),
        line(300, "videreføres i ett år til, slik styret ba om."),
        line(20, "Side 2 av 2")
    );
    let (document, _) = Made { pages: &[&first.replace("Første punkt: ingen", ""), &second], ..Made::default() }.read();
    let blocks: Vec<(BlockKind, Option<u32>, bool)> =
        document.blocks.iter().map(|b: &Block| (b.kind, b.page, b.page_break)).collect();
    assert_eq!(
        blocks,
        [
            (BlockKind::Header, Some(1), false),
            (BlockKind::Paragraph, Some(1), false),
            (BlockKind::Footer, Some(1), false),
            (BlockKind::Header, Some(2), true),
            (BlockKind::Footer, Some(2), false),
        ]
    );
    assert!(document.blocks[1].text.ends_with("bør\nvidereføres i ett år til, slik styret ba om."));
    assert!(document.blocks[1].wrapped);
}

#[test]
fn properties_come_from_the_info_dictionary() {
    let (document, _) = Made {
        pages: &[&line(300, "Sak")],
        info: "/Title (M\u{F8}tebok) /Author (Ola) /CreationDate (D:20040203101500+01'00')",
        ..Made::default()
    }
    .read();
    let of = |key: &str| document.properties.get(key).map(String::as_str);
    assert_eq!(
        (of("title"), of("author"), of("created")),
        (Some("Møtebok"), Some("Ola"), Some("2004-02-03T10:15:00+01:00"))
    );
}

#[test]
fn a_file_cut_off_keeps_what_it_has() {
    let bytes = Made { pages: &[&line(300, "Vedtak")], ..Made::default() }.bytes();
    let missing = Problem::new(ProblemCode::Damaged, "the end of the file is missing");
    let (document, problems) = read(&bytes[..bytes.len() - 100], &Limits::DEFAULT).unwrap();
    assert_eq!(texts(&document), ["Vedtak"]);
    assert_eq!(problems, [missing]);
    let content = bytes.windows(6).position(|w| w == b"Vedtak").unwrap();
    assert_eq!(read(&bytes[..content - 60], &Limits::DEFAULT).unwrap_err().code, ProblemCode::Damaged);
}

#[test]
fn a_line_that_had_room_ends_a_paragraph_of_its_cell() {
    // Two rows of two columns; the second column is 150 points wide.
    let rules = "0.5 w 50 380 m 270 380 l S 50 360 m 270 360 l S 50 300 m 270 300 l S \
                 50 380 m 50 300 l S 120 380 m 120 300 l S 270 380 m 270 300 l S\n";
    let page = [
        rules.to_owned(),
        at(54, 366, "Sak"),
        at(124, 366, "Behandling"),
        at(54, 348, "3/14"),
        at(124, 348, "Ny kinosal"),
        at(124, 336, "Salen er gammel og bør bygges"),
        at(124, 324, "om i sommer."),
        at(124, 312, "Vedtak: Ja."),
    ]
    .concat();
    let (document, _) = Made { pages: &[&page], ..Made::default() }.read();
    let rows = document.blocks[0].rows.as_ref().unwrap();
    let paragraphs: Vec<&str> = rows[1][1].text.split(CELL_BREAK).collect();
    assert_eq!(paragraphs, ["Ny kinosal", "Salen er gammel og bør bygges om i sommer.", "Vedtak: Ja."]);
}

#[test]
fn a_heading_that_comes_again_and_again_is_no_running_head() {
    let heading = "Behandling i møtet";
    let page =
        |head: &str| format!("{}{}{}{}", line(370, head), line(340, "Drøfting."), line(200, heading), line(150, "Ja."));
    let pages = [page("Protokoll"), page(heading), page(heading), page("Godkjent")];
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let (document, _) = Made { pages: &pages, ..Made::default() }.read();
    assert!(document.blocks.iter().all(|b| b.kind != BlockKind::Header));
    // A line that stands at page tops alone is one.
    let pages = [page("Sak 1"), page("Nes kommune"), page("Nes kommune"), page("Nes kommune")];
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let (document, _) = Made { pages: &pages, ..Made::default() }.read();
    assert_eq!(document.blocks.iter().filter(|b| b.kind == BlockKind::Header).count(), 3);
}

#[test]
fn little_white_space_parts_paragraphs() {
    let lines = |gap: u32| {
        texts_of(&[
            (50, 300, "Saken har vært på høring, og det kom inn åtte uttalelser før"),
            (50, 288, "fristen. Rådmannen viser til dem og mener at ordningen bør"),
            (50, 276, "videreføres i ett år til, slik styret ba om i sitt siste møte."),
            (50, 276 - gap, "Kommunestyret ba om det samme."),
        ])
    };
    assert_eq!((lines(12).len(), lines(14).len()), (1, 2));
}

#[test]
fn a_title_goes_on_under_itself() {
    // The gap after the number is wider than a space and less than a tab.
    let texts = texts_of(&[
        (50, 300, "Saken har vært på høring, og det kom inn åtte uttalelser før"),
        (50, 288, "fristen, og rådmannen viser til dem og mener nå at ordningen"),
        (50, 276, "bør videreføres."),
        (50, 240, "NB 18/06"),
        (99, 240, "Godkjenning av protokoll fra styremøte 28. september"),
        (99, 228, "2006"),
    ]);
    assert_eq!(texts[1..], ["NB 18/06 Godkjenning av protokoll fra styremøte 28. september\n2006"]);
}

#[test]
fn centred_lines_are_one_paragraph() {
    let texts = texts_of(&[
        (50, 300, "Møte i rådet onsdag 10. oktober 2018 klokka 19. Møtet slutta kl."),
        (177, 288, "21.15."),
    ]);
    assert_eq!(texts, ["Møte i rådet onsdag 10. oktober 2018 klokka 19. Møtet slutta kl.\n21.15."]);
}

#[test]
fn a_tab_may_leave_less_than_a_space() {
    // The number ends at 75.02.
    let page = "BT /F1 10 Tf 50 300 Td (14/16) Tj 26.35 0 Td (Godkjenning) Tj ET";
    assert_eq!(Made { pages: &[page], ..Made::default() }.texts(), ["14/16 Godkjenning"]);
}

#[test]
fn paragraphs_that_hang_under_numbered_titles_are_no_table() {
    let texts = texts_of(&[
        (50, 380, "§ 84"),
        (100, 380, "Møtet åpnes"),
        (100, 360, "Lederen åpnet møtet."),
        (50, 340, "§ 85"),
        (100, 340, "Valg"),
        (100, 320, "Styret valgte en ny kasserer som skal være med til"),
        (100, 308, "det neste årsmøtet."),
        (50, 288, "§ 86"),
        (100, 288, "Regnskap"),
        (100, 268, "Regnskapet ble godkjent."),
    ]);
    let expected = [
        "§ 84\tMøtet åpnes",
        "Lederen åpnet møtet.",
        "§ 85\tValg",
        "Styret valgte en ny kasserer som skal være med til\ndet neste årsmøtet.",
        "§ 86\tRegnskap",
        "Regnskapet ble godkjent.",
    ];
    assert_eq!(texts, expected);
}

#[test]
fn a_value_that_wraps_before_the_next_column_goes_on_in_its_own() {
    let texts = texts_of(&[
        (50, 300, "Sakshandsamar:"),
        (150, 300, "Ragnhild Velle"),
        (230, 300, "Arkivsak:"),
        (300, 300, "2012/1187"),
        (150, 288, "Aam"),
        (50, 270, "Dato:"),
        (150, 270, "27.08.2012"),
        (230, 270, "Arkivkode:"),
        (300, 270, "614 A20"),
    ]);
    assert_eq!(
        texts,
        ["Sakshandsamar:\tRagnhild Velle Aam\tArkivsak:\t2012/1187\nDato:\t27.08.2012\tArkivkode:\t614 A20"]
    );
}

#[test]
fn a_bold_title_is_one_line() {
    let bold = |y: u32, text: &str| format!("BT /F2 10 Tf 50 {y} Td ({text}) Tj ET\n");
    let page = [
        bold(380, "Skolestruktur i kommunen og framtida til skolen ved"),
        bold(368, "Onarheim"),
        line(340, "Saken har vært på høring, og det kom inn åtte uttalelser før"),
        line(328, "fristen."),
    ]
    .concat();
    let texts = Made { pages: &[&page], ..Made::default() }.texts();
    assert_eq!(texts[0], "Skolestruktur i kommunen og framtida til skolen ved Onarheim");
    assert!(texts[1].ends_with("før\nfristen."));
}

#[test]
fn a_dash_and_a_space_are_text() {
    let (document, _) = Made {
        pages: &[&[line(300, "- Feiingen er i rute"), at(50, 285, "-"), at(68, 285, "Nytt nett")].concat()],
        ..Made::default()
    }
    .read();
    let blocks: Vec<(BlockKind, &str)> = document.blocks.iter().map(|b| (b.kind, b.text.as_str())).collect();
    assert_eq!(blocks, [(BlockKind::Paragraph, "- Feiingen er i rute"), (BlockKind::ListItem, "Nytt nett")]);
}

#[test]
fn a_line_of_strokes_is_no_part_of_the_text_above() {
    let texts = texts_of(&[
        (50, 300, "Sak 13/78. Garanti for lån til idrettslaget, lysløype ved Torget"),
        (50, 288, "---------------------------------------------------------"),
    ]);
    assert_eq!(texts.len(), 2);
}

#[test]
fn a_bold_label_is_no_heading() {
    let page = [
        line(340, "Saken har vært på høring."),
        "BT /F2 10 Tf 50 310 Td (Vedlegg:) Tj ET\n".to_owned(),
        "BT /F2 10 Tf 50 280 Td (Vurdering) Tj ET\n".to_owned(),
    ]
    .concat();
    let (document, _) = Made { pages: &[&page], ..Made::default() }.read();
    let kinds: Vec<BlockKind> = document.blocks.iter().map(|b| b.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Paragraph, BlockKind::Heading]);
}

#[test]
fn a_hyphen_before_a_capital_is_the_words_own() {
    let rules = "0.5 w 50 380 m 190 380 l S 50 340 m 190 340 l S \
                 50 380 m 50 340 l S 120 380 m 120 340 l S 190 380 m 190 340 l S\n";
    let page =
        [rules.to_owned(), at(54, 366, "Tilbud"), at(124, 366, "Firmaet Bygg-"), at(124, 354, "Ringen")].concat();
    let (document, _) = Made { pages: &[&page], ..Made::default() }.read();
    assert_eq!(document.blocks[0].text, "Tilbud\tFirmaet Bygg-Ringen");
}

#[test]
fn text_under_the_rules_of_a_table_in_small_type_is_no_footnote() {
    let small = |x: u32, y: u32, text: &str| format!("BT /F1 8 Tf {x} {y} Td ({text}) Tj ET\n");
    let page = [
        line(380, "Saken har vært på høring, og det kom inn åtte uttalelser før"),
        line(368, "fristen. Rådmannen viser til dem."),
        "0.5 w 50 350 m 250 350 l S 50 335 m 250 335 l S 50 320 m 250 320 l S\n".to_owned(),
        small(54, 340, "Utvalg"),
        small(154, 340, "Saknr"),
        small(54, 325, "1 Formannskapet"),
        small(154, 325, "61/18"),
        line(300, "Vedtak"),
        line(280, "Tertialrapporten tas til orientering."),
    ]
    .concat();
    let (document, _) = Made { pages: &[&page], ..Made::default() }.read();
    assert!(document.blocks.iter().all(|b| b.kind != BlockKind::Footnote));
}

/// A table of two columns and these heights, drawn with lines.
fn grid(heights: &[u32]) -> String {
    let (top, bottom) = (heights[0], heights[heights.len() - 1]);
    let across: String = heights.iter().map(|y| format!("50 {y} m 250 {y} l S\n")).collect();
    let down: String = [50, 90, 250].iter().map(|x| format!("{x} {top} m {x} {bottom} l S\n")).collect();
    format!("0.5 w {across}{down}")
}

#[test]
fn a_numbered_row_in_small_type_at_the_foot_is_no_footnote() {
    let small = |x: u32, y: u32, text: &str| format!("BT /F1 8 Tf {x} {y} Td ({text}) Tj ET\n");
    let page = [
        line(380, "Saken har vært på høring, og det kom inn åtte uttalelser før"),
        line(368, "fristen. Rådmannen viser til dem."),
        grid(&[350, 335, 320]),
        small(54, 340, "Nr."),
        small(94, 340, "Navn"),
        small(54, 325, "9"),
        small(94, 325, "Astrid Dahl"),
    ]
    .concat();
    let (document, _) = Made { pages: &[&page], ..Made::default() }.read();
    assert_eq!(document.blocks.last().unwrap().text, "Nr.\tNavn\n9\tAstrid Dahl");
}

#[test]
fn a_table_under_a_title_of_its_own_goes_on_with_no_other() {
    let page = |title: &str, name: &str| {
        // The line between the columns leaves the title out.
        let rules = grid(&[380, 365, 350, 335]).replace("90 380 m", "90 365 m");
        [rules, at(54, 370, title), at(54, 355, "Nr."), at(94, 355, "Navn"), at(54, 340, "1"), at(94, 340, name)]
            .concat()
    };
    let tables = |title: &str| {
        Made { pages: &[&page("Liste: Nord", "Astrid Dahl"), &page(title, "Ola Lie")], ..Made::default() }.texts()
    };
    assert_eq!(tables("Liste: Vest"), ["Liste: Nord\nNr.\tNavn\n1\tAstrid Dahl", "Liste: Vest\nNr.\tNavn\n1\tOla Lie"]);
    assert_eq!(tables("Liste: Nord").len(), 1);
}

#[test]
fn a_line_under_a_box_painted_later_parts_no_cells() {
    // The first head reaches under the second, whose box is painted over it.
    let heads = |fill: &str| {
        let box_of = |x: u32, width: u32| {
            let right = x + width;
            format!("{x} 350 m {right} 350 l {right} 380 l {x} 380 l {x} 350 l {fill}\n{x} 350 {width} 30 re S\n")
        };
        let rules = "50 330 m 250 330 l S 50 350 m 50 330 l S 150 350 m 150 330 l S 250 350 m 250 330 l S\n";
        let page = ["0.5 w 1 g\n".to_owned(), box_of(50, 112), box_of(150, 100), rules.to_owned(), "0 g\n".to_owned()]
            .concat()
            + &[at(54, 360, "Krets"), at(154, 360, "Sted"), at(54, 335, "Hol"), at(155, 335, "Skolen")].concat();
        Made { pages: &[&page], ..Made::default() }.read().0.blocks[0].rows.as_ref().unwrap()[0].len()
    };
    assert_eq!((heads("f"), heads("n")), (2, 3));
}

#[test]
fn a_word_over_a_column_of_other_rows_is_in_one_cell() {
    let rules = "0.5 w 50 380 m 350 380 l S 50 360 m 350 360 l S 50 340 m 350 340 l S 50 380 m 50 340 l S \
                 120 360 m 120 340 l S 190 380 m 190 340 l S 350 380 m 350 340 l S\n";
    let page = [
        rules.to_owned(),
        at(80, 366, "Kryss i"),
        at(114, 366, "manntall"),
        at(240, 366, "Stemmer"),
        at(54, 346, "147"),
        at(124, 346, "314"),
        at(194, 346, "462"),
    ]
    .concat();
    assert_eq!(Made { pages: &[&page], ..Made::default() }.texts(), ["Kryss i manntall\tStemmer\n147\t314\t462"]);
}

#[test]
fn a_row_that_the_page_cuts_is_one_row() {
    let first =
        [grid(&[80, 60, 40, 20]), at(54, 65, "Sak"), at(94, 65, "Vedtak"), at(54, 45, "3/14"), at(94, 45, "Ja.")]
            .concat()
            + &[at(54, 25, "4/14"), at(94, 25, "Klubben får leie hele")].concat();
    let rest = |label: &str, text: &str| {
        let next =
            [grid(&[380, 360, 340]), at(54, 365, label), at(94, 365, text), at(54, 345, "5/14"), at(94, 345, "Nei.")];
        Made { pages: &[&first, &next.concat()], ..Made::default() }.texts().concat()
    };
    let cut = "Sak\tVedtak\n3/14\tJa.\n4/14\tKlubben får leie hele 60 meter kai.\n5/14\tNei.";
    assert_eq!(rest("", "60 meter kai."), cut);
    let labelled = "Sak\tVedtak\n3/14\tJa.\n4/14 Utleie\tKlubben får leie hele kaien.\n5/14\tNei.";
    assert_eq!(rest("Utleie", "kaien."), labelled);
    assert!(rest("Sum", "To.").contains("hele\nSum\tTo."));
}

#[test]
fn a_head_in_capitals_is_a_paragraph() {
    let texts = texts_of(&[
        (50, 300, "BEHANDLING I HELSE- OG SOSIALUTVALGET DEN 18.05.99 SAK 0031/99:"),
        (50, 288, "Leder refererte saken, og rådmannen svarte på spørsmål om den."),
    ]);
    assert_eq!(texts.len(), 2);
}

#[test]
fn a_large_title_goes_on_in_lower_case() {
    let large = |y: u32, text: &str| format!("BT /F1 16 Tf 50 {y} Td ({text}) Tj ET\n");
    let page = |second: &str| {
        let body = line(250, "Saken har vært på høring, og det kom inn åtte uttalelser før") + &line(238, "fristen.");
        [large(360, "Referat fra møte i Regionrådet for"), large(342, second), body].concat()
    };
    let title = |second: &str| Made { pages: &[&page(second)], ..Made::default() }.texts().remove(0);
    assert_eq!(title("kommunene på Hadeland"), "Referat fra møte i Regionrådet for kommunene på Hadeland");
    assert!(!title("Møte 3").contains("for Møte"));
}

/// A filled box in light green.
fn shade(x: u32, y: u32, width: u32, height: u32) -> String {
    format!("0.9 1 0.8 rg {x} {y} {width} {height} re f 0 g\n")
}

/// The lines of a frame with two columns, 50 to 90 and 90 to 250, open within.
fn frame(top: u32, bottom: u32) -> String {
    let across = [top, bottom].map(|y| format!("50 {y} m 250 {y} l S\n")).concat();
    let down = [50, 250].map(|x| format!("{x} {top} m {x} {bottom} l S\n")).concat();
    format!("0.5 w {across}{down}")
}

#[test]
fn bands_of_shade_are_rows() {
    let band = |y: u32| shade(50, y, 40, 30) + &shade(90, y, 160, 30);
    let row = |y: u32, texts: [&str; 4]| {
        let places = [(54, 18), (54, 6), (94, 18), (94, 6)];
        places.iter().zip(texts).map(|((x, up), text)| at(*x, y + up, text)).collect::<String>()
    };
    let page = [band(90), band(30), frame(120, 0)].concat()
        + &row(90, ["Sak", "nr.", "Hva det gjelder", "og hva som ble sagt"])
        + &row(60, ["3/14", "Salen", "Ny sal bygges", "Alle var enige"])
        + &row(30, ["4/14", "Kaien", "Saken utsettes", "Det haster ikke"])
        + &row(0, ["5/14", "Vegen", "Vegen stenges", "Noen var imot"]);
    let texts = Made { pages: &[&page], ..Made::default() }.texts();
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert_eq!(texts[0].lines().count(), 4, "{texts:?}");
}

#[test]
fn a_single_cell_at_the_head_of_a_page_ends_the_row_before() {
    let first = [
        grid(&[60, 40, 20]),
        at(54, 45, "Sak"),
        at(94, 45, "Ny sal"),
        at(54, 25, "Vedtak"),
        at(94, 25, "Utvalget tar"),
    ];
    let second = [grid(&[380, 360]), at(94, 365, "saken til orientering.")];
    let texts = Made { pages: &[&first.concat(), &second.concat()], ..Made::default() }.texts();
    assert_eq!(texts, ["Sak\tNy sal\nVedtak\tUtvalget tar saken til orientering."]);
}

#[test]
fn a_row_of_labels_and_values_is_cut_by_the_page() {
    let first = [grid(&[40, 20]), at(54, 25, "Av: Eva"), at(94, 25, "Arkiv: 231")];
    let second = [grid(&[380, 360, 340]), at(54, 365, "Lie"), at(54, 345, "Sak: 3"), at(94, 345, "Utvalg: HSU")];
    let texts = Made { pages: &[&first.concat(), &second.concat()], ..Made::default() }.texts();
    assert_eq!(texts, ["Av: Eva Lie\tArkiv: 231\nSak: 3\tUtvalg: HSU"]);
}

/// The text of the right cell of a table with one row whose column is as wide as `width`, with `lines` under one another.
fn cell_of(width: u32, lines: &[&str], elsewhere: &str) -> String {
    let (right, top) = (90 + width, 80);
    let across = [top, 0].map(|y| format!("50 {y} m {right} {y} l S\n")).concat();
    let down = [50, 90, right].map(|x| format!("{x} {top} m {x} 0 l S\n")).concat();
    let text = (0u32..).zip(lines).map(|(i, text)| at(94, 68 - 12 * i, text)).collect::<String>();
    let page = format!("0.5 w {across}{down}") + &at(54, 68, "Hvem") + &text + &line(300, elsewhere);
    let texts = Made { pages: &[&page], ..Made::default() }.texts();
    texts.into_iter().find_map(|t| t.strip_prefix("Hvem\t").map(str::to_owned)).unwrap()
}

#[test]
fn people_stand_under_each_other_in_a_full_cell() {
    let people = ["Arnulf Dimmen Moe", "Bjørn Kvalsund"];
    assert_eq!(cell_of(98, &people, "").replace(CELL_BREAK, "|"), "Arnulf Dimmen Moe|Bjørn Kvalsund");
    let roles = ["Eva Lie (leder), Ås", "Per Moe, Ås skole"];
    assert_eq!(cell_of(98, &roles, "").replace(CELL_BREAK, "|"), "Eva Lie (leder), Ås|Per Moe, Ås skole");
    // A list with commas breaks where the cell ends.
    let list = ["Eva Lie, Per Ås, Anne", "Marte Skari"];
    assert_eq!(cell_of(102, &list, ""), "Eva Lie, Per Ås, Anne Marte Skari");
}

#[test]
fn a_narrow_cell_breaks_a_word() {
    assert_eq!(cell_of(58, &["Kommunes", "tyret"], ""), "Kommunestyret");
    assert_eq!(cell_of(58, &["Utvalget", "møtte"], ""), "Utvalget møtte");
    let known = "Formannskapet har møte her en gang i måneden.";
    assert_eq!(cell_of(66, &["Formannsk", "apet"], known), "Formannskapet");
    assert_eq!(cell_of(66, &["Formannsk", "apet"], ""), "Formannsk apet");
}

#[test]
fn small_type_in_tables_is_not_the_size_of_the_text() {
    let rows: String = (0..20)
        .map(|i| {
            format!("BT /F1 7 Tf 50 {y} Td (Gebyr nummer {i} i satsen) Tj 200 0 Td (1 23{i}) Tj ET\n", y = 200 - 9 * i)
        })
        .collect();
    let page =
        line(340, "Gebyrene skal dekke det som tjenesten koster.") + &line(310, "De ble sist endret i 2018.") + &rows;
    let (document, _) = Made { pages: &[&page], ..Made::default() }.read();
    assert!(document.blocks[..2].iter().all(|b| b.kind == BlockKind::Paragraph));
}

#[test]
fn lines_go_on_where_a_list_or_parentheses_are_open() {
    let texts = texts_of(&[
        (50, 300, "Medlemmer:"),
        (150, 300, "Eva Lie,"),
        (150, 288, "nestleder"),
        (150, 264, r"Per Ås \(valgt av"),
        (150, 252, r"de ansatte\)"),
        (150, 228, "Kari Moe"),
        (150, 216, "(under sak 3/14)"),
        (50, 192, "Innkallingen til møtet var sendt ut i god tid, og ingen hadde noe å si til den."),
    ]);
    assert_eq!(
        texts[..3],
        ["Medlemmer:\tEva Lie,\nnestleder", "Per Ås (valgt av\nde ansatte)", "Kari Moe\n(under sak 3/14)"]
    );
}

#[test]
fn the_label_of_a_row_without_lines_goes_on_in_lower_case() {
    let row = |y: u32, label: &str, figures: [&str; 2]| {
        let figures = figures.iter().zip([200, 280]).filter(|(text, _)| !text.is_empty());
        line(y, label) + &figures.map(|(text, x)| at(x, y, text)).collect::<String>()
    };
    let page = row(312, "Post", ["2014", "2015"])
        + &row(300, "Lønn og sosiale", ["21 450", "21 980"])
        + &row(288, "utgifter", ["", ""])
        + &row(276, "Biler og utstyr", ["3 275", "3 610"])
        + &row(264, "Husleie", ["2 190", "2 245"]);
    let texts = Made { pages: &[&page], ..Made::default() }.texts();
    let expected = "Post\t2014\t2015\nLønn og sosiale utgifter\t21 450\t21 980\nBiler og utstyr\t3 275\t3 610\nHusleie\t2 190\t2 245";
    assert_eq!(texts, [expected]);
}

#[test]
fn a_shorter_list_beside_a_longer_one_is_a_table() {
    let bold = |x: u32, y: u32, text: &str| format!("BT /F2 10 Tf {x} {y} Td ({text}) Tj ET\n");
    let page = [
        line(380, "Møtedato"),
        at(150, 380, "22. april 2010"),
        line(366, "Møtested"),
        at(150, 366, "Kirkekontoret, Storgata 9"),
        line(352, "Klokka"),
        at(150, 352, "18.30"),
        bold(50, 322, "Til stede"),
        bold(220, 322, "Ikke til stede"),
        line(306, "Eva Lie, leder"),
        at(220, 306, "Per Ås"),
        line(290, "Kari Moe, vara for Per Ås"),
        line(278, "(Sjona)"),
        line(262, "Jon Dahl"),
        line(232, "Kirkevergen var sekretær for møtet."),
    ]
    .concat();
    let texts = Made { pages: &[&page], ..Made::default() }.texts();
    let expected = [
        "Møtedato\t22. april 2010\nMøtested\tKirkekontoret, Storgata 9\nKlokka\t18.30",
        "Til stede\tIkke til stede\nEva Lie, leder\tPer Ås\nKari Moe, vara for Per Ås (Sjona)\t\nJon Dahl\t",
        "Kirkevergen var sekretær for møtet.",
    ];
    assert_eq!(texts, expected);
}

#[test]
fn words_that_a_narrow_column_breaks_are_whole() {
    let texts = texts_of(&[
        (50, 380, "Saken går til representantskapet."),
        (50, 340, "Saksbehandle"),
        (130, 340, "Per Arne"),
        (230, 340, "Utvalg"),
        (300, 340, "Representantska"),
        (50, 328, "r"),
        (130, 328, "Ås"),
        (300, 328, "pet"),
        (392, 340, "x"),
        (50, 300, "Arkivsak"),
        (130, 300, "09/114"),
        (230, 300, "Dato"),
        (300, 300, "22.10.2009"),
    ]);
    assert_eq!(
        texts[1],
        "Saksbehandler\tPer Arne Ås\tUtvalg\tRepresentantskapet\tx\nArkivsak\t09/114\tDato\t22.10.2009\t"
    );
}

#[test]
fn people_under_each_other_are_paragraphs_of_their_cell() {
    let texts = texts_of(&[
        (50, 380, "Kommune"),
        (150, 380, "Til stede"),
        (300, 380, "Forfall"),
        (50, 360, "Bremanger"),
        (150, 360, "Anne Lise Kvalheim"),
        (150, 348, "Karl Vågen"),
        (50, 330, "Solund"),
        (150, 330, "Gunda Losna"),
        (300, 330, "Ivar Hersvik"),
    ]);
    let expected = format!(
        "Kommune\tTil stede\tForfall\nBremanger\tAnne Lise Kvalheim{CELL_BREAK}Karl Vågen\t\nSolund\tGunda Losna\tIvar Hersvik"
    );
    assert_eq!(texts, [expected]);
}

#[test]
fn strokes_over_a_sum_are_no_cells() {
    let texts = texts_of(&[
        (50, 380, "Utgift"),
        (200, 380, "1985"),
        (300, 380, "1986"),
        (50, 366, "Husleie"),
        (200, 366, "54.000"),
        (300, 366, "56.500"),
        (200, 352, "-------"),
        (300, 352, "-------"),
        (50, 338, "Tilsammen"),
        (200, 338, "362.000"),
        (300, 338, "399.000"),
    ]);
    assert_eq!(texts, ["Utgift\t1985\t1986\nHusleie\t54.000\t56.500\nTilsammen\t362.000\t399.000"]);
}

#[test]
fn a_text_over_the_columns_of_the_next_table_is_no_row() {
    let texts = texts_of(&[
        (50, 380, "24/22"),
        (100, 380, "Priser for 2023"),
        (100, 364, "Prisene har vært uendret i tre år for de fleste kortene i fjellet."),
        (100, 345, "Kortslag"),
        (250, 345, "2022"),
        (330, 345, "2023"),
        (100, 330, "Rype"),
        (250, 330, "650"),
        (330, 330, "675"),
        (100, 315, "Fiske"),
        (250, 315, "250"),
        (330, 315, "260"),
    ]);
    assert_eq!(texts[0], "24/22\tPriser for 2023\nPrisene har vært uendret i tre år for de fleste kortene i fjellet.");
    assert_eq!(texts[1], "Kortslag\t2022\t2023\nRype\t650\t675\nFiske\t250\t260");
}

#[test]
fn ragged_lines_go_on_where_the_next_word_had_no_room() {
    // The title is wider than the lines under it.
    let texts = texts_of(&[
        (50, 340, "Sak 8. Søknad om reduksjon i effektavgiften fra Namdalsbruket og andre"),
        (50, 300, "Linjen er ført opp på planen for i år, og to tilbud forelå,"),
        (50, 288, "begge med levering av stolper. Grunneierne har"),
        (50, 276, "godtatt traseen unntatt over Nordli, der en stolpe må"),
        (50, 264, "flyttes 15 meter. Vegvesenet har gitt løyve til"),
        (50, 252, "kryssing av riksveien, og styret har bedt om"),
        (50, 240, "svar fra fylket innen den første dagen i"),
        (50, 228, "september i år. Ingen har svart på det brevet som"),
        (50, 216, "formannen sendte."),
    ]);
    assert_eq!(texts.len(), 2, "{texts:?}");
}

#[test]
fn dots_that_lead_to_a_page_end_a_line() {
    let texts = texts_of(&[
        (50, 300, "Sak 1/90 Valg av to til protokollen ........................ side 1"),
        (50, 288, "Sak 2/90 Årsmelding og regnskap ........................... side 2"),
        (50, 276, "Sak 3/90 Priser på vask fra 1. juli i år ...................... side 6"),
    ]);
    assert_eq!(texts.len(), 3);
}

#[test]
fn the_page_s_own_number_ends_a_running_head() {
    let second = format!("{}{}", line(380, "Vik kraftlag - protokoll - side 2"), line(340, "Saken utsettes."));
    let (document, _) = Made { pages: &[&line(340, "Protokoll"), &second], ..Made::default() }.read();
    let heads: Vec<&str> =
        document.blocks.iter().filter(|b| b.kind == BlockKind::Header).map(|b| b.text.as_str()).collect();
    assert_eq!(heads, ["Vik kraftlag - protokoll - side 2"]);
}

#[test]
fn a_number_in_the_margin_has_its_title_under_it() {
    let texts = texts_of(&[
        (50, 300, "52/74"),
        (160, 300, "Det var kommet inn fjorten søknader på stillingen."),
        (50, 288, "Ansettelse av"),
        (160, 288, "Skolesjefens liste forelå, og den ble lest opp av"),
        (50, 276, "lærere fra høsten"),
        (160, 276, "formannen."),
        (50, 252, "53/74"),
        (160, 252, "Rutebilselskapet vil ha et tillegg for neste skoleår."),
        (50, 240, "Skyss for elever"),
        (160, 240, "Anbud innhentes."),
    ]);
    let rows: Vec<Vec<&str>> = texts[0].lines().map(|row| row.split('\t').collect()).collect();
    let margin: Vec<String> = rows.iter().map(|row| row[0].replace(CELL_BREAK, " | ")).collect();
    assert_eq!(margin, ["52/74 | Ansettelse av lærere fra høsten", "53/74 | Skyss for elever"]);
}

#[test]
fn a_heading_in_larger_type_ends_the_table_over_it() {
    let larger = |x: u32, y: u32, text: &str| format!("BT /F2 12 Tf {x} {y} Td ({text}) Tj ET\n");
    let page = [
        line(380, "Eva Lie"),
        at(180, 380, "direktør"),
        line(366, "Per Ås"),
        at(180, 366, "sekretær"),
        line(352, "Kari Moe"),
        at(180, 352, "rådgiver"),
        larger(50, 328, "Sak 40-2016"),
        larger(180, 328, "Ny kinosal"),
        line(312, "Vedtak:"),
        line(298, "Salen bygges."),
    ]
    .concat();
    let texts = Made { pages: &[&page], ..Made::default() }.texts();
    assert_eq!(texts[..2], ["Eva Lie\tdirektør\nPer Ås\tsekretær\nKari Moe\trådgiver", "Sak 40-2016\tNy kinosal"]);
}

#[test]
fn type_of_one_width_makes_a_typescript() {
    let courier = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>";
    let typed = [
        "M Ø T E B O K",
        "",
        "Til stede :  Eva Lie, formann",
        "             Per Ås",
        "",
        "Sak 3/78     NY KINOSAL",
        "------------------------------------",
        "             Salen bygges neste år et-",
        "             ter planen som er lagt.",
    ];
    let page = |font: &str| -> String {
        let rows = (0..).zip(typed).map(|(row, text)| {
            let y = 380 - 12 * row;
            format!("BT /{font} 10 Tf 40 {y} Td ({text}) Tj ET\n")
        });
        rows.collect()
    };
    let read = |font: &str| Made { pages: &[&page(font)], objects: &[courier], ..Made::default() }.read().0;
    let typescript = read("F3");
    assert_eq!((typescript.blocks[1].kind, typescript.pages), (BlockKind::Paragraph, Some(1)));
    let expected = [
        "M Ø T E B O K",
        "Til stede :  Eva Lie, formann\nPer Ås",
        "Sak 3/78     NY KINOSAL",
        "Salen bygges neste år et-\nter planen som er lagt.",
    ];
    assert_eq!(texts(&typescript), expected);
    assert_eq!(typescript.declared_chars, Some(typescript.extracted_chars()));
    assert_ne!(texts(&read("F1")), expected);
}
