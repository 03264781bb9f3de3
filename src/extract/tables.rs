//! Tables of amounts: fees, contributions, budgets, with heads or without, and their totals.

use crate::document::{Block, BlockKind, Cell, Span};
use crate::lang::lexicon;
use crate::model::{Column, ColumnKind, Municipality, Row, Sourced, Table, TableKind, Total};

use super::attendance::cell_text;
use super::cue;
use super::line::{Folded, LEADER, Line};
use super::municipality;
use super::text::spaces_folded;
use super::values::{amount, date};

/// The tables among some rows, in order. Tables without two rows of numbers are left out.
#[must_use]
pub fn tables(rows: &[&Line], blocks: &[Block], year: Option<i16>) -> Vec<Table> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < rows.len() {
        let goes_on = |pair: &&[&Line]| pair[0].block == pair[1].block || goes_on_over_page(pair[0], pair[1], blocks);
        let end = start + 1 + rows[start..].windows(2).take_while(goes_on).count();
        found.extend(table(&rows[start..end], blocks, year));
        start = end;
    }
    found
}

/// Whether a row begins what a page's end cut off the table of the row before it: as many cells, and nothing between them but
/// the foot and head of a page.
fn goes_on_over_page(before: &Line, row: &Line, blocks: &[Block]) -> bool {
    let between = &blocks[before.block as usize + 1..row.block as usize];
    let width = |row: &Line| row.cells.map_or(0, <[Cell]>::len);
    let is_furniture = |b: &Block| matches!(b.kind, BlockKind::Header | BlockKind::Footer);
    !between.is_empty() && between.iter().all(is_furniture) && width(before) == width(row)
}

/// What a cell holds.
#[derive(Debug, Clone)]
enum Content {
    Empty,
    Number(amount::Amount),
    Text,
}

fn content(text: &str) -> Content {
    let text = text.trim();
    if text.is_empty() || matches!(text, "-" | "–" | "—") {
        return Content::Empty;
    }
    amount::parse(text).map_or(Content::Text, Content::Number)
}

/// A cell's text without the dots that lead to the next column: `Reinhald ........`
fn without_leader(text: &str) -> &str {
    if text.trim_end().ends_with(LEADER) { text.trim_end_matches(['.', ' ']) } else { text }
}

fn cell_of<'l>(row: &Line<'l>, c: usize) -> Option<&'l Cell> {
    row.cells?.get(c)
}

fn table(rows: &[&Line], blocks: &[Block], year: Option<i16>) -> Option<Table> {
    let widest = rows.iter().filter_map(|r| r.cells).map(<[_]>::len).max()?;
    // A column without any text, or with the currency alone or its ditto, is an artefact of the layout.
    let quote = |c: char| matches!(c, '"' | '”' | '„' | '\'');
    let is_ditto = |text: &str| text.contains(quote) && text.chars().all(|c| quote(c) || c == '-');
    let says = |text: &str| !text.is_empty() && !is_ditto(text) && !amount::is_currency(text);
    let printed = |c: &usize| rows.iter().any(|r| cell_of(r, *c).is_some_and(|c| says(c.text.trim())));
    let kept: Vec<usize> = (0..widest).filter(printed).collect();
    let width = kept.len();
    if width < 2 || rows.len() < 2 {
        return None;
    }
    let contents: Vec<Vec<Content>> = rows
        .iter()
        .map(|r| {
            kept.iter().map(|c| cell_of(r, *c).map_or(Content::Empty, |c| content(without_leader(&c.text)))).collect()
        })
        .collect();
    let has_head = is_head(&contents, rows[0], &kept, &rows[1..]);
    // "Type | Opptalt | Kryss", and under it heads of the columns that these span, over none of their labels.
    let is_lower = |row: &Vec<Content>| {
        let texts = row.iter().filter(|c| matches!(c, Content::Text)).count();
        matches!(row[0], Content::Empty) && texts > 1 && !row.iter().any(|c| matches!(c, Content::Number(_)))
    };
    let has_lower = contents.get(1).is_some_and(is_lower);
    // "| Regnskap | Budsjett", and under it "Post | 1994 | 1995"
    let has_years = matches!(contents[0][0], Content::Empty)
        && contents[1].iter().any(|c| matches!(c, Content::Number(_)))
        && is_head(&contents[1..], rows[1], &kept, &rows[2..]);
    let head = usize::from(has_head) + usize::from(has_head && rows.len() > 3 && (has_lower || has_years));
    // A column of numbers: at least two, and more numbers than texts.
    let numeric: Vec<bool> = (0..width)
        .map(|c| {
            let numbers = contents[head..].iter().filter(|r| matches!(r[c], Content::Number(_))).count();
            let texts = contents[head..].iter().filter(|r| matches!(r[c], Content::Text)).count();
            c > 0 && numbers >= 1 && numbers > texts
        })
        .collect();
    let number_rows = contents[head..]
        .iter()
        .filter(|r| (1..width).any(|c| numeric[c] && matches!(r[c], Content::Number(_))))
        .count();
    if number_rows < 2 {
        return None;
    }
    let cell = |r: usize, c: usize| -> Option<Sourced<String>> {
        let cell = cell_of(rows[r], kept[c])?;
        cell_text(rows[r], cell.start, cell.start + without_leader(&cell.text).len(), blocks)
    };
    let columns: Vec<Column> = (0..width)
        .map(|c| {
            let mut printed = (0..head).filter_map(|r| cell(r, c));
            let label = if has_years { printed.reduce(|a, b| joined(&a, &b, blocks)) } else { printed.next_back() };
            let kind = if c == 0 {
                ColumnKind::Label
            } else if !numeric[c] {
                ColumnKind::Text
            } else {
                column_kind(
                    label.as_ref().map(|l| l.value.to_lowercase()).as_deref(),
                    contents[head..].iter().map(|r| &r[c]),
                )
            };
            let year =
                label.as_ref().filter(|_| c > 0).and_then(|l| date::find_year(&l.value.to_lowercase())).map(|y| y.0);
            Column { label, kind, year }
        })
        .collect();
    let mut table =
        Table { caption: None, kind: TableKind::Other, unit: None, columns, rows: Vec::new(), totals: Vec::new() };
    let by_sum = sums_up(&contents[head..], &numeric).then(|| rows.len() - 1);
    for (position, r) in (head..rows.len()).enumerate() {
        let Some(label) = cell(r, 0) else { continue };
        let cells: Vec<Option<Sourced<String>>> = (1..width)
            .map(|c| {
                let text = cell(r, c)?;
                match &contents[r][c] {
                    Content::Number(n) if numeric[c] => {
                        Some(Sourced { value: n.value.clone(), ..number_text(rows[r], kept[c], blocks)? })
                    }
                    Content::Empty => None,
                    _ => Some(text),
                }
            })
            .collect();
        if cells.iter().all(Option::is_none) {
            continue;
        }
        if is_total(&label.value.to_lowercase()) || by_sum == Some(r) && table.totals.is_empty() {
            table.totals.push(Total { label, cells, position: position as u32 });
        } else {
            table.rows.push(Row {
                municipality: year.and_then(|y| municipality_of(&label.value, y)),
                label,
                cells,
                position: position as u32,
            });
        }
    }
    table.kind = kind(&table, rows, blocks);
    table.caption = caption(rows[0], blocks);
    Some(table)
}

/// The words of two cells, one under the other.
fn joined(above: &Sourced<String>, below: &Sourced<String>, blocks: &[Block]) -> Sourced<String> {
    let spans = [above.at.spans(), below.at.spans()].concat();
    Sourced::new(format!("{} {}", above.value, below.value), spans, blocks)
}

/// Whether the last row holds the sum of the others in each column of numbers, whatever it is called: `Resultat`.
fn sums_up(rows: &[Vec<Content>], numeric: &[bool]) -> bool {
    let Some((last, others)) = rows.split_last() else { return false };
    let number = |row: &Vec<Content>, c: usize| match &row[c] {
        Content::Number(n) => amount::scaled(&n.value, SCALE),
        _ => None,
    };
    let sums = |c: usize| {
        let numbers: Vec<i128> = others.iter().filter_map(|row| number(row, c)).collect();
        numbers.len() >= LEAST_ADDENDS && number(last, c) == Some(numbers.iter().sum())
    };
    let columns: Vec<usize> = (0..numeric.len()).filter(|c| numeric[*c] && number(last, *c).is_some()).collect();
    columns.iter().any(|c| number(last, *c) != Some(0)) && columns.into_iter().all(sums)
}

/// So many numbers that add up to that of the last row do not do so by chance.
const LEAST_ADDENDS: usize = 3;

/// Amounts are added in units of this many decimals.
const SCALE: usize = 4;

/// A heading or a bold line right over a table that is no label.
fn caption(first: &Line, blocks: &[Block]) -> Option<Sourced<String>> {
    let block = blocks.get((first.block as usize).checked_sub(1)?)?;
    let heading = block.kind == BlockKind::Heading || block.style.bold;
    let text = block.text.trim_end_matches('.');
    (heading && !text.contains('\n') && text.len() < 120 && cue::label(&Folded::new(text).text).is_none()).then(|| {
        let span = Span { block: block.id, start: 0, end: text.len() };
        Sourced::new(spaces_folded(text), vec![span], blocks)
    })
}

/// The cell's own text without a full stop taken off: `kr 1.556,-` keeps its end.
fn number_text(row: &Line, c: usize, blocks: &[Block]) -> Option<Sourced<String>> {
    let cell = row.cells?.get(c)?;
    let block = blocks.get(row.block as usize)?;
    let raw = block.text.get(cell.start..cell.end)?;
    let start = cell.start + raw.len() - raw.trim_start().len();
    let end = start + raw.trim().len();
    Some(Sourced::new(String::new(), vec![Span { block: row.block, start, end }], blocks))
}

/// Whether the first row is a head: it holds no amounts, only texts and years, over rows that do.
fn is_head(contents: &[Vec<Content>], first: &Line, kept: &[usize], rest: &[&Line]) -> bool {
    let years = |row: &Line, c: usize| {
        cell_of(row, kept[c]).is_some_and(|c| {
            let t = c.text.trim();
            t.len() == 4 && t.starts_with(['1', '2']) && date::find_year(t).is_some()
        })
    };
    // "1000 kr" over amounts
    let is_unit = |c: usize| {
        let unit = cell_of(first, kept[c]).map(|c| c.text.trim().to_lowercase());
        unit.is_some_and(|unit| lexicon().tables.get("units").into_iter().flatten().any(|u| *u == unit))
    };
    // Years head columns of amounts; over years they are years of birth.
    let heads = |c: usize| years(first, c) && !rest.iter().any(|row| years(row, c)) || is_unit(c);
    let texts = contents[0][1..].iter().enumerate().filter(|(i, c)| matches!(c, Content::Text) || heads(i + 1)).count();
    let numbers =
        contents[0][1..].iter().enumerate().filter(|(i, c)| matches!(c, Content::Number(_)) && !heads(i + 1)).count();
    texts > 0 && numbers == 0 && !rest.is_empty()
}

fn column_kind<'c>(label: Option<&str>, cells: impl Iterator<Item = &'c Content>) -> ColumnKind {
    let numbers: Vec<&amount::Amount> =
        cells.filter_map(|c| if let Content::Number(n) = c { Some(n) } else { None }).collect();
    // A table of counts may end with a row of shares.
    if numbers.iter().filter(|n| n.percent).count() * 2 > numbers.len() {
        return ColumnKind::Percent;
    }
    if numbers.iter().any(|n| n.currency) {
        return ColumnKind::Amount;
    }
    let has =
        |key: &str| label.is_some_and(|l| lexicon().tables.get(key).into_iter().flatten().any(|w| contains_word(l, w)));
    if has("count") {
        ColumnKind::Count
    } else if has("percent") && !has("amount") && label.is_some_and(|l| l.contains('%')) {
        ColumnKind::Percent
    } else {
        ColumnKind::Amount
    }
}

/// Whether `text` holds `word`, alone or as the start or end of a compound.
fn contains_word(text: &str, word: &str) -> bool {
    if word.chars().count() <= 4 {
        return text.split(|c: char| !c.is_alphanumeric() && c != '%').any(|w| w == word);
    }
    text.contains(word)
}

/// Whether a label names a total: `Sum`, `Totalt 2023`, `Timer i alt`, but not `Totalt antall kryss`, which is a figure of its own.
#[must_use]
pub fn is_total(label: &str) -> bool {
    let label = label.trim().trim_end_matches([':', '.']);
    let words = |key: &str| lexicon().tables.get(key).into_iter().flatten();
    let counts = |rest: &str| words("count").any(|w| rest.trim_start().split(' ').next() == Some(w.as_str()));
    let opens = |w: &String| {
        label == w
            || label.strip_prefix(w.as_str()).is_some_and(|rest| rest.starts_with([' ', ':', ',']) && !counts(rest))
    };
    // "Timer i alt"
    let closes = |w: &String| label.strip_suffix(w.as_str()).is_some_and(|head| w.contains(' ') && head.ends_with(' '));
    words("total").chain(words("subtotal")).any(|w| opens(w) || closes(w))
}

/// The municipality that a label names in a year: the whole label, or its part before a comma or the word *municipality*.
fn municipality_of(label: &str, year: i16) -> Option<Municipality> {
    let mut name = label.trim();
    for word in &lexicon().municipality_words {
        if let Some(before) = name.strip_suffix(word.as_str()) {
            name = before.trim_end();
        }
    }
    let entry = municipality::find(name, year)?;
    Some(Municipality { code: entry.code.to_owned(), name: name.to_owned() })
}

fn kind(table: &Table, rows: &[&Line], blocks: &[Block]) -> TableKind {
    let block = rows.first().and_then(|r| blocks.get(r.block as usize));
    let before = rows
        .first()
        .and_then(|r| (r.block as usize).checked_sub(1))
        .and_then(|b| blocks.get(b))
        .map_or_else(String::new, |b| b.text.to_lowercase());
    let heads = table
        .columns
        .iter()
        .filter_map(|c| c.label.as_ref())
        .map(|l| l.value.to_lowercase())
        .collect::<Vec<_>>()
        .join(" ");
    let labels = table.rows.iter().map(|r| r.label.value.to_lowercase()).collect::<Vec<_>>().join(" ");
    let score = |key: &str| -> usize {
        lexicon()
            .tables
            .get(key)
            .into_iter()
            .flatten()
            .map(|w| {
                3 * usize::from(contains_word(&heads, w))
                    + usize::from(contains_word(&labels, w))
                    + usize::from(contains_word(&before, w))
            })
            .sum()
    };
    let municipalities = table.rows.iter().filter(|r| r.municipality.is_some()).count() * 2 >= table.rows.len().max(1);
    let amounts = table.columns.iter().any(|c| c.kind == ColumnKind::Amount);
    let (fee, budget) = (score("fee"), score("budget"));
    if budget > fee && !municipalities {
        TableKind::Budget
    } else if block.is_some() && amounts && (municipalities || fee > 0) {
        TableKind::Fee
    } else {
        TableKind::Other
    }
}
