//! Pages whose words were read by OCR, laid out like those whose words stand in the file.

use std::collections::{BTreeMap, BTreeSet};

use super::fonts::FontStyle;
use super::{Sheaf, lay_out_all, lines};
use crate::document::{Block, Document};
use crate::limits::Limits;

/// A word on a page image; places and sizes in points from the upper left corner.
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) x0: f32,
    pub(crate) x1: f32,
    /// The baseline.
    pub(crate) y: f32,
    pub(crate) size: f32,
    /// How sure the engine is, 0 to 100.
    pub(crate) confidence: f32,
}

/// The words of a page image.
pub(crate) struct Page {
    /// From 1.
    pub(crate) number: u32,
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) words: Vec<Word>,
}

/// Puts the text of `pages` in the place of what the document has on them; says whether a limit cut tables to text.
pub(crate) fn replace_pages(document: &mut Document, pages: &[Page], limits: &Limits) -> bool {
    let Some(last) = pages.iter().map(|page| page.number).max() else { return false };
    let mut sheaves: Vec<Sheaf> = (0..last).map(|_| Sheaf::default()).collect();
    for page in pages {
        let words = page.words.iter().map(word).collect();
        if let Some(sheaf) = sheaves.get_mut((page.number as usize).saturating_sub(1)) {
            *sheaf = Sheaf { width: page.width, height: page.height, lines: lines::lines(words), ..Sheaf::default() };
        }
    }
    let mut read = Document::default();
    let (_, cut) = lay_out_all(sheaves, &BTreeMap::new(), limits, &mut read);
    for block in &mut read.blocks {
        block.ocr = pages.iter().find(|page| block.page == Some(page.number)).map(|page| confidence(page, block));
    }
    let numbers: BTreeSet<u32> = pages.iter().map(|page| page.number).collect();
    let mut blocks = std::mem::take(&mut document.blocks);
    blocks.retain(|block| block.page.is_none_or(|page| !numbers.contains(&page)));
    blocks.append(&mut read.blocks);
    blocks.sort_by_key(|block| block.page);
    blocks.into_iter().for_each(|block| document.push(block));
    cut
}

fn word(word: &Word) -> lines::Word {
    lines::Word {
        text: word.text.clone(),
        x0: word.x0,
        x1: word.x1,
        y: word.y,
        size: word.size,
        style: FontStyle::default(),
        pagination: false,
        spaced: true,
    }
}

/// The mean confidence of the words in a block's box.
fn confidence(page: &Page, block: &Block) -> f32 {
    let inside = |word: &&Word| {
        let middle = (word.x0 + word.x1) / 2.0;
        block.bbox.is_none_or(|[x0, y0, x1, y1]| (x0..=x1).contains(&middle) && (y0..=y1).contains(&word.y))
    };
    let of = |words: Vec<&Word>| words.iter().map(|w| w.confidence).sum::<f32>() / words.len().max(1) as f32;
    let within: Vec<&Word> = page.words.iter().filter(inside).collect();
    let mean = if within.is_empty() { of(page.words.iter().collect()) } else { of(within) };
    (mean * 10.0).round() / 10.0
}
