//! Typescripts kept in word processors: each line of the page is a paragraph, set in with spaces, and empty paragraphs
//! stand between what belongs together. They are laid out as the text files that they were. In other documents so are the
//! tables that were typed with dots.

use crate::document::{Block, BlockKind, Document, visible_chars};
use crate::limits::Limits;

use super::text::{self, LEADER};

/// So many lines of a typescript go on with a sentence that the line before began.
const LEAST_WRAPPED: usize = 6;

/// One line of so many goes on, at least.
const WRAPPED_OF: usize = 12;

/// Fewer lines that go on are enough where one line of so many is set with spaces or drawn.
const LEAST_WRAPPED_SPACED: usize = 2;
const SPACED_OF: usize = 4;

/// So many lines with dots before an amount are rows of a table.
const LEAST_ROWS: usize = 3;

/// Makes blocks of a typescript's lines, or of those alone that are rows with dots.
pub fn lay_out(document: &mut Document, limits: &Limits) {
    if !document.deleted.is_empty() {
        return;
    }
    if !is_typed(&document.blocks) {
        return lay_out_rows(document, limits);
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

/// Makes tables of paragraphs that are rows with dots before their amounts: `Klor ........ 640,-`.
fn lay_out_rows(document: &mut Document, limits: &Limits) {
    if !document.blocks.iter().any(is_row) {
        return;
    }
    let of_table = |b: &Block| is_row(b) || is_line(b) && text::is_rule(&b.text);
    let blocks = std::mem::take(&mut document.blocks);
    for run in blocks.chunk_by(|a, b| of_table(a) == of_table(b)) {
        let mut laid = Document::default();
        let page = page(run);
        let rows = run.iter().filter(|b| is_row(b));
        if rows.clone().count() >= LEAST_ROWS && !rows.clone().all(leads_to_page) {
            text::lay_out(&page, limits, &mut laid);
        }
        let is_table = matches!(&laid.blocks[..], [table] if table.rows.is_some());
        if is_table {
            let dropped = visible_chars(&page).saturating_sub(laid.declared_chars.unwrap_or_default());
            document.declared_chars = document.declared_chars.map(|all| all.saturating_sub(dropped));
        }
        let blocks = if is_table { laid.blocks } else { run.to_vec() };
        blocks.into_iter().for_each(|block| document.push(block));
    }
}

/// Whether a paragraph is a row with dots before an amount.
fn is_row(block: &Block) -> bool {
    let plain = is_line(block) && !block.wrapped && block.rows.is_none() && block.label.is_none();
    let text = block.text.trim_end().trim_end_matches(['-', '–', ',']);
    plain && text.contains(LEADER) && text.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether the dots of a row lead to what may be the number of a page: `Sak 1/90  Ny kai ........ 3`.
fn leads_to_page(row: &Block) -> bool {
    let number = row.text.rsplit("..").next().unwrap_or_default().trim_start_matches(['.', ' ']).trim_end();
    number.len() <= PAGE_DIGITS && number.bytes().all(|b| b.is_ascii_digit())
}

/// The number of a page has so many digits at most.
const PAGE_DIGITS: usize = 3;

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

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(lines: &[&str]) -> Vec<(bool, String)> {
        let mut document = Document::default();
        lines.iter().for_each(|line| document.push(Block::new(BlockKind::Paragraph, *line)));
        lay_out(&mut document, &Limits::DEFAULT);
        document.blocks.iter().map(|b| (b.rows.is_some(), b.text.clone())).collect()
    }

    #[test]
    fn rows_with_dots_are_a_table_among_paragraphs() {
        let rows = [
            "Lønn ..............  4 800,-",
            "Klor ..............    640,-",
            "----------",
            "Sum ...............  5 440,-",
        ];
        let all = [&["Formannen la fram overslaget."], &rows[..], &["Overslaget ble godkjent."]].concat();
        let found = laid(&all);
        assert_eq!(found.iter().map(|b| b.0).collect::<Vec<_>>(), [false, true, false]);
        assert!(found[1].1.contains("4 800,-\nKlor"), "{}", found[1].1);
        // Two rows, or dots before people or pages, are none.
        assert!(laid(&all[..3]).iter().all(|b| !b.0));
        assert!(
            laid(&["Eva Lie ........ møtt", "Per Ås ......... møtt", "Jon Moe ........ forfall"]).iter().all(|b| !b.0)
        );
        let list = ["Sak 1/90  Ny kai ........ 3", "Sak 2/90  Budsjett ...... 5", "Sak 3/90  Brøyting ...... 8"];
        assert!(laid(&list).iter().all(|b| !b.0));
    }
}
