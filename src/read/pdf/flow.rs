//! The parts of all pages to the blocks of the document: what runs over a page break is joined, headings are ranked.

use std::collections::BTreeMap;

use super::furniture::Furniture;
use super::geometry::{Area, Turn};
use super::layout::{Element, Measures};
use super::lines::Line;
use super::notes::Note;
use super::paragraphs::{Paragraph, has_label};
use super::properties::bare;
use crate::document::{Block, BlockKind, Document, visible_chars};

/// A heading has no more lines and characters than this.
const HEADING_LINES: usize = 4;
const HEADING_CHARS: usize = 250;

/// A page ready to be made blocks of.
#[derive(Default)]
pub(super) struct LaidOut {
    pub(super) furniture: Furniture,
    pub(super) elements: Vec<Element>,
    pub(super) notes: Vec<Note>,
    pub(super) comments: Vec<String>,
    /// The head of a table that goes on from the page before: like a running head, it repeats what stands there.
    pub(super) repeated_head: Option<String>,
    pub(super) turn: Turn,
}

/// Puts the pages into `document`; returns how many characters went into no text (bullets, marks of notes), and whether the limit of
/// table cells cut tables to text.
pub(super) fn assemble(
    pages: Vec<LaidOut>,
    measures: Measures<'_>,
    outline: &BTreeMap<String, u8>,
    cells: usize,
    document: &mut Document,
) -> (u64, bool) {
    let mut pages = pages;
    let mut bullets = 0;
    // From the end, so that what runs over several pages comes together.
    for at in (1..pages.len()).rev() {
        let (before, after) = pages.split_at_mut(at);
        if let (Some(page), Some(next)) = (before.last_mut(), after.first_mut()) {
            join(page, next);
        }
    }
    let headings = Headings::of(&pages, measures, outline);
    let mut cells_left = cells;
    let mut cut = false;
    for (number, page) in (1..).zip(pages) {
        let mut blocks: Vec<Block> = Vec::new();
        let turn = page.turn;
        blocks.extend(furniture(&page.furniture.head, BlockKind::Header, turn));
        blocks.extend(page.repeated_head.map(|head| Block::new(BlockKind::Header, head.trim())));
        let mut depths: Vec<f32> = Vec::new();
        for element in page.elements {
            match element {
                Element::Text(paragraph) => blocks.push(headings.block(&paragraph, &mut depths, turn)),
                Element::Table(table) => {
                    depths.clear();
                    let area = table.area;
                    let over = table.cell_count() > cells_left;
                    cells_left = cells_left.saturating_sub(table.cell_count());
                    let mut block = table.block();
                    if over {
                        cut = true;
                        block.rows = None;
                        block.kind = BlockKind::Paragraph;
                    }
                    block.bbox = Some(on_page(area, turn));
                    blocks.push(block);
                }
            }
        }
        for note in page.notes {
            bullets += visible_chars(&note.mark);
            blocks.push(footnote(note, turn));
        }
        blocks.extend(furniture(&page.furniture.foot, BlockKind::Footer, turn));
        blocks.extend(page.comments.iter().map(|c| Block::new(BlockKind::Comment, c.trim())));
        let mut first = number > 1;
        for mut block in blocks.into_iter().filter(|b| !b.text.trim().is_empty()) {
            if block.kind == BlockKind::ListItem {
                bullets += block.label.as_deref().map_or(0, visible_chars);
            }
            block.page = Some(number);
            block.page_break = std::mem::take(&mut first);
            document.push(block);
        }
    }
    (bullets, cut)
}

/// Moves the head of `next` to the end of `page` where it goes on with it.
fn join(page: &mut LaidOut, next: &mut LaidOut) {
    let goes_on = match (page.elements.last(), next.elements.first()) {
        (Some(Element::Text(last)), Some(Element::Text(first))) => last.continues_in(first),
        (Some(Element::Table(last)), Some(Element::Table(first))) => last.continues_in(first),
        _ => false,
    };
    if !goes_on {
        return;
    }
    match (page.elements.last_mut(), next.elements.remove(0)) {
        (Some(Element::Text(last)), Element::Text(first)) => last.lines.extend(first.lines),
        (Some(Element::Table(last)), Element::Table(first)) => next.repeated_head = last.append(first),
        _ => {}
    }
}

fn furniture(lines: &[Line], kind: BlockKind, turn: Turn) -> impl Iterator<Item = Block> {
    lines.iter().map(move |line| {
        let mut block = Block::new(kind, line.text().trim());
        (block.style.bold, block.style.italic) = line.style();
        block.style.size = Some(rounded(line.size));
        block.bbox = Some(on_page(line.area(), turn));
        block
    })
}

fn footnote(note: Note, turn: Turn) -> Block {
    let mut block = Block::new(BlockKind::Footnote, note.text());
    block.wrapped = true;
    block.style.size = note.lines.first().map(|line| rounded(line.size));
    block.bbox = Some(on_page(note.area(), turn));
    block.label = Some(note.mark);
    block
}

/// Which paragraphs are headings, and of which level.
struct Headings<'o> {
    measures: Measures<'o>,
    outline: &'o BTreeMap<String, u8>,
    /// Sizes of headings in half points, the largest first.
    sizes: Vec<i32>,
}

impl<'o> Headings<'o> {
    fn of(pages: &[LaidOut], measures: Measures<'o>, outline: &'o BTreeMap<String, u8>) -> Self {
        let mut headings = Self { measures, outline, sizes: Vec::new() };
        let paragraphs = pages.iter().flat_map(|p| &p.elements).filter_map(|e| match e {
            Element::Text(p) => Some(p),
            Element::Table(_) => None,
        });
        let mut sizes: Vec<i32> =
            paragraphs.filter(|p| headings.is_heading(p)).map(|p| half_points(p.size())).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes.reverse();
        headings.sizes = sizes;
        headings
    }

    fn is_heading(&self, paragraph: &Paragraph) -> bool {
        let text = paragraph.text();
        let short = paragraph.lines.len() <= HEADING_LINES && text.chars().count() <= HEADING_CHARS;
        if !short || paragraph.bullet().is_some() || !text.chars().any(char::is_alphabetic) {
            return false;
        }
        let larger = paragraph.size() > 1.12 * self.measures.body;
        let set_off = paragraph.above.is_none_or(|gap| gap > 1.25 * self.measures.leading);
        let one_part = !text.contains('\t') && !text.ends_with(['.', ',']) && !has_label(&text);
        let bold = paragraph.bold() && paragraph.lines.len() <= 2 && paragraph.size() > 0.95 * self.measures.body;
        // In a file whose labels are set small, its sentences are no headings.
        let larger = larger && (paragraph.bold() || !text.ends_with('.'));
        larger || bold && set_off && one_part || self.outlined(&text).is_some() && !text.contains('\t')
    }

    fn outlined(&self, text: &str) -> Option<u8> {
        if self.outline.is_empty() { None } else { self.outline.get(&bare(text)).copied() }
    }

    fn block(&self, paragraph: &Paragraph, depths: &mut Vec<f32>, turn: Turn) -> Block {
        let text = paragraph.text();
        let mut block = Block::new(BlockKind::Paragraph, text.trim());
        block.wrapped = true;
        block.style.bold = paragraph.bold();
        block.style.italic = paragraph.italic();
        block.style.size = Some(rounded(paragraph.size()));
        block.bbox = Some(on_page(paragraph.area(), turn));
        if let Some(bullet) = paragraph.bullet() {
            let x = paragraph.area().x0;
            depths.retain(|depth| *depth < x - 4.0);
            depths.push(x);
            block.kind = BlockKind::ListItem;
            block.label = Some(bullet.to_owned());
            block.level = Some(u8::try_from(depths.len()).unwrap_or(u8::MAX));
            return block;
        }
        depths.clear();
        if self.is_heading(paragraph) {
            block.kind = BlockKind::Heading;
            paragraph.heading().trim().clone_into(&mut block.text);
            let size = half_points(paragraph.size());
            let rank = self.sizes.iter().position(|s| *s == size).unwrap_or(self.sizes.len()) + 1;
            block.level = Some(self.outlined(&text).unwrap_or(u8::try_from(rank).unwrap_or(u8::MAX)).min(9));
        }
        block
    }
}

fn half_points(size: f32) -> i32 {
    (size * 2.0).round() as i32
}

fn rounded(size: f32) -> f32 {
    (size * 10.0).round() / 10.0
}

/// A box on the page, in tenths of a point.
fn on_page(area: Area, turn: Turn) -> [f32; 4] {
    let area = turn.back(area);
    [area.x0, area.y0, area.x1, area.y1].map(rounded)
}
