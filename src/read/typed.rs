//! Typescripts kept in word processors: each line of the page is a paragraph, set in with spaces, and empty paragraphs
//! stand between what belongs together. They are laid out as the text files that they were.

use crate::document::{Block, BlockKind, Document, visible_chars};
use crate::limits::Limits;

use super::text;

/// So many lines of a typescript go on with a sentence that the line before began.
const LEAST_WRAPPED: usize = 6;

/// One line of so many goes on, at least.
const WRAPPED_OF: usize = 12;

/// Fewer lines that go on are enough where one line of so many is set with spaces or drawn.
const LEAST_WRAPPED_SPACED: usize = 2;
const SPACED_OF: usize = 4;

/// Makes blocks of a typescript's lines.
pub fn lay_out(document: &mut Document, limits: &Limits) {
    if !document.deleted.is_empty() || !is_typed(&document.blocks) {
        return;
    }
    let page = page(&document.blocks);
    if !text::is_wrapped(&page) {
        return;
    }
    let mut laid = Document::default();
    text::lay_out(&page, limits, &mut laid);
    let ruled = visible_chars(&page).saturating_sub(laid.declared_chars.unwrap_or_default());
    document.declared_chars = document.declared_chars.map(|all| all.saturating_sub(ruled));
    let (before, after): (Vec<Block>, Vec<Block>) = std::mem::take(&mut document.blocks)
        .into_iter()
        .filter(|b| !is_line(b))
        .partition(|b| b.kind == BlockKind::Header);
    before.into_iter().chain(laid.blocks).chain(after).for_each(|block| document.push(block));
}

/// Whether paragraphs go on with one another's sentences, and nothing but paragraphs stands in the text.
fn is_typed(blocks: &[Block]) -> bool {
    let lines: Vec<&Block> = blocks.iter().filter(|b| is_line(b)).collect();
    let plain = |b: &Block| !b.wrapped && b.rows.is_none() && b.label.is_none();
    let wrapped = lines.windows(2).filter(|pair| !pair[1].set_off && pair[1].text.starts_with(char::is_lowercase));
    let wrapped = wrapped.count();
    let is_spaced = |b: &&&Block| b.indent > 1 || b.text.contains("   ") || text::is_rule(&b.text);
    let is_set = || lines.iter().filter(is_spaced).count() * SPACED_OF >= lines.len();
    let goes_on = wrapped >= LEAST_WRAPPED && wrapped * WRAPPED_OF >= lines.len();
    (goes_on || wrapped >= LEAST_WRAPPED_SPACED && is_set()) && blocks.iter().all(plain)
}

fn is_line(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading)
}

/// The lines as they were typed.
fn page(blocks: &[Block]) -> String {
    let mut page = String::new();
    for block in blocks.iter().filter(|b| is_line(b)) {
        page.push_str(if block.set_off { "\n" } else { "" });
        page.push_str(if block.page_break && !page.is_empty() { "\u{C}" } else { "" });
        page.extend(std::iter::repeat_n(' ', block.indent));
        page.push_str(&block.text);
        page.push('\n');
    }
    page
}
