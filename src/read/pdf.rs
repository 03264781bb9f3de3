//! PDF (ISO 32000): an own text interpreter on `hayro-syntax` and `hayro-font`, and an own layout.
//!
//! A page goes through `interpret` (content streams to glyphs and rulings), `lines` (glyphs to words and lines),
//! `furniture` (running heads and feet), `layout` (tables, columns, paragraphs) and `flow` (blocks, over pages).
//! All types of the hayro crates stay behind this module.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::object::Dict;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::document::{Document, Problem, ProblemCode, Scan, visible_chars};
use crate::identify::{Format, Input, Match, Probe, Read, Reader};
use crate::limits::Limits;

use super::text;

use flow::LaidOut;
use fonts::Fonts;
use furniture::{Furniture, Sheet};
use geometry::{Area, Turn};
use interpret::PageContent;
use layers::Layers;
use lines::{Counts, Direction, Line, Word};

mod aligned;
mod columns;
mod flow;
mod fonts;
mod furniture;
mod geometry;
mod interpret;
mod layers;
mod layout;
mod lines;
mod notes;
mod paragraphs;
mod path;
mod properties;
mod ruled;
pub(crate) mod scanned;
mod table;
mod typed;

/// PDF and PDF/A.
pub const FORMAT: Format = Format { id: "pdf", extensions: &["pdf"], sniff, reader: Reader::Document(read) };

/// Images that cover more of a page than this, without text, make it a scan.
const SCAN: f32 = 0.5;
/// More unknown characters than this share make a page's text unusable.
const GARBLED: f32 = 0.05;

fn sniff(probe: &Probe) -> Option<Match> {
    properties::identify(probe.bytes)
}

/// How good the text layer of a page is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct PageText {
    /// The page shows or hides any text.
    has_text: bool,
    /// The share of the page that images cover, 0 to 1.
    image_coverage: f32,
    /// All text is invisible: the layer that an earlier OCR laid under the page's image.
    invisible_only: bool,
    /// The share of characters that no Unicode value is known of.
    replacement_share: f32,
}

impl PageText {
    fn new(content: &PageContent, counts: Counts) -> Self {
        let share = |n: usize| if counts.characters == 0 { 0.0 } else { n as f32 / counts.characters as f32 };
        Self {
            has_text: counts.characters > 0,
            image_coverage: content.images,
            invisible_only: counts.characters > 0 && counts.invisible >= counts.characters,
            replacement_share: share(counts.unknown),
        }
    }

    /// The page is a picture of text, or its text cannot be trusted; OCR would help.
    fn wants_ocr(&self) -> bool {
        !self.has_text && self.image_coverage > SCAN || self.invisible_only || self.replacement_share > GARBLED
    }
}

/// A page between reading and layout.
#[derive(Default)]
struct Sheaf {
    text: PageText,
    width: f32,
    height: f32,
    turn: Turn,
    lines: Vec<Line>,
    others: Vec<Direction>,
    rules: Vec<Area>,
    shades: Vec<Area>,
    comments: Vec<String>,
}

impl Sheaf {
    /// The same for pages that are about equally wide.
    fn wide(&self) -> i32 {
        (self.width / 4.0).round() as i32
    }
}

fn read(input: &Input) -> Read {
    let (bytes, limits) = (input.bytes, input.limits);
    // The hayro crates are young (0.x); no panic is known, but one must not cost more than the file.
    let pdf = catch_unwind(|| Pdf::new(bytes.to_vec()))
        .map_err(|_| Problem::new(ProblemCode::Damaged, "the file's structure cannot be read"))?
        .map_err(not_loaded)?;
    let total = pdf.pages().len();
    if total == 0 {
        return Err(Problem::new(ProblemCode::Damaged, "no pages"));
    }
    let mut problems = Vec::new();
    let mut document = Document { pages: u32::try_from(total).ok(), ..Document::default() };
    document.properties = catch_unwind(AssertUnwindSafe(|| properties::properties(&pdf))).unwrap_or_default();
    let outline = catch_unwind(AssertUnwindSafe(|| properties::outline(&pdf))).unwrap_or_default();
    let (sheaves, characters) = sheaves(&pdf, limits, &mut problems);
    check_whole(bytes, &pdf, &mut problems);

    let quality: Vec<PageText> = sheaves.iter().map(|s| s.text).collect();
    let scans = (1..).zip(&sheaves).filter(|(_, sheaf)| sheaf.text.wants_ocr());
    document.scans = scans.map(|(page, s)| Scan { page, width: s.width, height: s.height }).collect();
    let (bullets, cut) = lay_out_all(sheaves, &outline, limits, &mut document);
    if cut {
        problems.push(Problem::new(ProblemCode::LimitExceeded, format!("more than {} table cells", limits.cells)));
    }
    document.declared_chars = Some((characters as u64).saturating_sub(bullets));
    match text_missing(&quality) {
        // What took the text away says more than that there is none.
        Some(problem) if document.blocks.is_empty() && document.scans.is_empty() => {
            return Err(problems.into_iter().next().unwrap_or(problem));
        }
        Some(problem) => problems.push(problem),
        None => {}
    }
    Ok((document, problems))
}

/// From words in lines to the blocks of `document`. Returns what [`flow::assemble`] does.
fn lay_out_all(
    mut sheaves: Vec<Sheaf>,
    outline: &BTreeMap<String, u8>,
    limits: &Limits,
    document: &mut Document,
) -> (u64, bool) {
    let known = table::long_words(sheaves.iter().flat_map(|s| &s.lines));
    let measures = layout::measures(sheaves.iter().map(|s| s.lines.as_slice()), &known);
    if let Some(page) = typed::typescript(&sheaves, measures.leading) {
        let pages = document.pages;
        text::lay_out(&page, limits, document);
        document.pages = pages;
        let ruled = visible_chars(&page).saturating_sub(document.declared_chars.unwrap_or_default());
        return (ruled, false);
    }
    let mut sheets: Vec<Sheet<'_>> =
        sheaves.iter_mut().map(|s| Sheet { height: s.height, lines: &mut s.lines }).collect();
    let furniture = furniture::take(&mut sheets, measures.body);
    let mut widths: BTreeMap<i32, Vec<&Sheaf>> = BTreeMap::new();
    for sheaf in &sheaves {
        widths.entry(sheaf.wide()).or_default().push(sheaf);
    }
    let margins: BTreeMap<i32, Option<f32>> = (widths.into_iter())
        .map(|(width, alike)| (width, layout::right_margin(alike.into_iter().flat_map(|s| &s.lines), 5)))
        .collect();
    let mut pages = Vec::with_capacity(sheaves.len());
    for (sheaf, furniture) in sheaves.into_iter().zip(furniture) {
        let margin = margins.get(&sheaf.wide()).copied().flatten();
        pages.push(lay_out(sheaf, furniture, measures, margin));
    }
    flow::assemble(pages, measures, outline, limits.cells, document)
}

fn not_loaded(error: LoadPdfError) -> Problem {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Problem::new(ProblemCode::Encrypted, "a password is needed")
        }
        LoadPdfError::Decryption(_) => Problem::new(ProblemCode::Encrypted, "the encryption is not supported"),
        LoadPdfError::Invalid => Problem::new(ProblemCode::Damaged, "the file's structure cannot be read"),
    }
}

/// Reads all pages; returns them with the number of characters seen.
fn sheaves(pdf: &Pdf, limits: &Limits, problems: &mut Vec<Problem>) -> (Vec<Sheaf>, usize) {
    let total = pdf.pages().len();
    if total > limits.pages {
        let message = format!("{total} pages; only the first {} were read", limits.pages);
        problems.push(Problem::new(ProblemCode::LimitExceeded, message));
    }
    let layers = Layers::of(pdf);
    let mut fonts = Fonts::new();
    let mut glyphs_left = limits.glyphs;
    let mut characters = 0;
    let (mut damaged, mut cut) = (Vec::new(), Vec::new());
    let mut sheaves = Vec::new();
    for (number, page) in (1..).zip(pdf.pages().iter().take(limits.pages)) {
        if glyphs_left == 0 {
            cut.push(number);
            sheaves.push(Sheaf::default());
            continue;
        }
        // See `read`: a panic costs one page.
        let read = catch_unwind(AssertUnwindSafe(|| {
            let content = interpret::page_content(page, &mut fonts, &layers, glyphs_left, limits.part_bytes);
            let (directions, counts) = lines::words(&content, &fonts);
            (sheaf(content, directions, counts), counts)
        }));
        match read {
            Ok(((sheaf, flags), counts)) => {
                glyphs_left = glyphs_left.saturating_sub(flags.glyphs);
                characters += counts.characters;
                characters += sheaf.comments.iter().map(|c| visible_chars(c) as usize).sum::<usize>();
                if flags.damaged {
                    damaged.push(number);
                }
                if flags.cut {
                    cut.push(number);
                }
                sheaves.push(sheaf);
            }
            Err(_) => {
                damaged.push(number);
                fonts = Fonts::new();
                sheaves.push(Sheaf::default());
            }
        }
    }
    if !damaged.is_empty() {
        let message = format!("content of {} could not be read", page_list(&damaged));
        problems.push(Problem::new(ProblemCode::Damaged, message));
    }
    if !cut.is_empty() {
        let message = format!("{} hold more than the limits allow", page_list(&cut));
        problems.push(Problem::new(ProblemCode::LimitExceeded, message));
    }
    (sheaves, characters)
}

/// What went wrong on a page, and how many glyphs it has.
struct Flags {
    damaged: bool,
    cut: bool,
    glyphs: usize,
}

fn sheaf(content: PageContent, directions: Vec<Direction>, counts: Counts) -> (Sheaf, Flags) {
    let flags = Flags { damaged: content.damaged, cut: content.cut, glyphs: content.glyphs.len() };
    let text = PageText::new(&content, counts);
    let mut directions = directions.into_iter();
    let main = directions.next().unwrap_or_default();
    let upright = |areas: &[Area]| areas.iter().map(|area| main.turn.area(*area)).collect();
    let page = main.turn.area(Area { x0: 0.0, y0: 0.0, x1: content.width, y1: content.height });
    let sheaf = Sheaf {
        text,
        width: page.width(),
        height: page.height(),
        turn: main.turn,
        lines: lines::lines(main.words),
        others: directions.collect(),
        rules: upright(&content.rules),
        shades: upright(&content.shades),
        comments: content.comments,
    };
    (sheaf, flags)
}

fn lay_out(sheaf: Sheaf, furniture: Furniture, measures: layout::Measures<'_>, margin: Option<f32>) -> LaidOut {
    let mut words = words_of(sheaf.lines);
    let tables = ruled::ruled_tables(&sheaf.rules, &sheaf.shades, &mut words, measures.known);
    // Numbered rows in small type look like notes under a rule, so tables come first.
    let mut lines = lines::lines(words);
    let notes = notes::take(&mut lines, &sheaf.rules, measures.body);
    let mut elements = layout::elements(words_of(lines), tables, measures, margin);
    for other in sheaf.others {
        elements.extend(layout::aside(other, measures));
    }
    LaidOut { furniture, elements, notes, comments: sheaf.comments, repeated_head: None, turn: sheaf.turn }
}

fn words_of(lines: Vec<Line>) -> Vec<Word> {
    lines.into_iter().flat_map(|line| line.words).collect()
}

/// Notes what the file's own structure says is missing.
fn check_whole(bytes: &[u8], pdf: &Pdf, problems: &mut Vec<Problem>) {
    const TAIL: usize = 2048;
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default();
    if memchr::memmem::find(tail, b"startxref").is_none() && memchr::memmem::find(tail, b"%%EOF").is_none() {
        problems.push(Problem::new(ProblemCode::Damaged, "the end of the file is missing"));
    }
    let declared = properties::catalog(pdf).and_then(|c| c.get::<Dict<'_>>("Pages")?.get::<u32>("Count"));
    let found = pdf.pages().len();
    if let Some(declared) = declared.filter(|n| *n as usize > found) {
        let message = format!("the file declares {declared} pages, {found} were found");
        problems.push(Problem::new(ProblemCode::Damaged, message));
    }
}

/// Names the pages whose text is missing or not to be trusted.
fn text_missing(pages: &[PageText]) -> Option<Problem> {
    let select = |test: fn(&PageText) -> bool| -> Vec<usize> {
        (1..).zip(pages).filter(|(_, page)| test(page)).map(|(number, _)| number).collect()
    };
    let kinds: [(Vec<usize>, &str, &str); 3] = [
        (select(|p| !p.has_text && p.wants_ocr()), "is an image without text", "are images without text"),
        (select(|p| p.invisible_only), "has only invisible text", "have only invisible text"),
        (
            select(|p| !p.invisible_only && p.replacement_share > GARBLED),
            "has text in a font without Unicode values",
            "have text in fonts without Unicode values",
        ),
    ];
    let parts: Vec<String> = kinds
        .iter()
        .filter(|(pages, ..)| !pages.is_empty())
        .map(|(pages, one, many)| format!("{} {}", page_list(pages), if pages.len() == 1 { one } else { many }))
        .collect();
    if parts.is_empty() {
        return pages.iter().all(|p| !p.has_text).then(|| Problem::new(ProblemCode::TextMissing, "no page has text"));
    }
    Some(Problem::new(ProblemCode::TextMissing, parts.join("; ")))
}

/// `page 4`, `pages 2-3, 7`.
fn page_list(pages: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for page in pages {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *page => *last = *page,
            _ => ranges.push((*page, *page)),
        }
    }
    let ranges: Vec<String> =
        ranges.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") }).collect();
    format!("{} {}", if pages.len() == 1 { "page" } else { "pages" }, ranges.join(", "))
}
