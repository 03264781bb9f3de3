//! Running heads and feet: lines that stand at the same place on several pages, and page labels.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{Line, has_digit};
use super::paragraphs::has_label;

/// How far from the upper edge, as a share of the page's height, heads stand.
const HEAD: f32 = 0.14;
/// How far from the lower edge feet stand.
const FOOT: f32 = 0.2;
/// How many lines at each edge are looked at.
const LINES: usize = 4;

/// A page's lines at its edges, taken out of its text.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    pub(super) head: Vec<Line>,
    pub(super) foot: Vec<Line>,
}

/// A page as this file sees it.
pub(super) struct Sheet<'p> {
    pub(super) height: f32,
    pub(super) lines: &'p mut Vec<Line>,
}

/// Where a line stands: at the foot or the head, and how far from the edge in steps of four points.
type Place = (bool, i32);

/// How a line is set, and what it says with its numbers left out.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone)]
struct Look {
    bold: bool,
    half_points: i32,
    text: String,
}

struct Seen {
    page: usize,
    numbers: Vec<u64>,
    size: f32,
}

/// Takes heads and feet out of the pages' lines. `body` is the size of running text.
pub(super) fn take(pages: &mut [Sheet<'_>], body: f32) -> Vec<Furniture> {
    let mut seen: BTreeMap<Place, Vec<(Look, Seen)>> = BTreeMap::new();
    // How many more lines look so at the edges than among the text.
    let mut surplus: BTreeMap<Look, isize> = BTreeMap::new();
    for (page, sheet) in pages.iter().enumerate() {
        let edges = edge_lines(sheet);
        for (at, line) in sheet.lines.iter().enumerate() {
            let text = line.text();
            let look = look(line, &text);
            let edge = edges.iter().find(|(edge, _)| *edge == at);
            *surplus.entry(look.clone()).or_default() += if edge.is_some() { 1 } else { -1 };
            if let Some((_, foot)) = edge {
                let found = Seen { page, numbers: numbers(&text), size: line.size };
                seen.entry(place(*foot, line, sheet)).or_default().push((look, found));
            }
        }
    }
    let count = pages.len();
    // A line may sit a rounding step off.
    let at_place = |(foot, place): Place| -> Vec<&(Look, Seen)> {
        (place - 1..=place + 1).filter_map(|place| seen.get(&(foot, place))).flatten().collect()
    };
    pages
        .iter_mut()
        .enumerate()
        .map(|(page, sheet)| {
            let edges = edge_lines(sheet);
            let is_furniture = |(at, foot): &(usize, bool)| {
                let Some(line) = sheet.lines.get(*at) else { return false };
                let text = line.text();
                let look = look(line, &text);
                // A heading that comes again and again in the text meets page tops, too.
                let mostly_here = surplus.get(&look).is_some_and(|more| *more > 0);
                line.words.iter().all(|w| w.pagination)
                    || mostly_here && runs(&at_place(place(*foot, line, sheet)), &look, page, count, body)
                    || (is_page_label(&text)
                        || ends_in_page_label(&text) && (line.segments().len() > 1 || is_labelled(&text, page)))
                        && stands_alone(sheet, *at, *foot, count)
            };
            // From the edge inwards: what stands behind text is text.
            let (head, foot): (Vec<_>, Vec<_>) = edges.into_iter().partition(|(_, foot)| !foot);
            let head = head.into_iter().take_while(is_furniture);
            let foot = foot.into_iter().rev().take_while(is_furniture);
            let taken: Vec<usize> = head.chain(foot).map(|(at, _)| at).collect();
            let mut at = 0;
            let edge = sheet.height / 2.0;
            let (out, left): (Vec<Line>, Vec<Line>) = std::mem::take(sheet.lines).into_iter().partition(|_| {
                at += 1;
                taken.contains(&(at - 1))
            });
            *sheet.lines = left;
            let (head, foot) = out.into_iter().partition(|line| line.y < edge);
            Furniture { head, foot }
        })
        .collect()
}

/// The lines at the edges, as index and whether at the foot.
fn edge_lines(sheet: &Sheet<'_>) -> Vec<(usize, bool)> {
    let lines = &sheet.lines;
    let marked = |line: &Line| line.words.iter().all(|w| w.pagination);
    let head = lines.iter().enumerate().take(LINES).filter(|(_, l)| l.y < HEAD * sheet.height || marked(l));
    let foot =
        lines.iter().enumerate().rev().take(LINES).filter(|(_, l)| l.y > (1.0 - FOOT) * sheet.height || marked(l));
    let mut found: Vec<(usize, bool)> = head.map(|(at, _)| (at, false)).chain(foot.map(|(at, _)| (at, true))).collect();
    found.sort_unstable();
    found.dedup_by_key(|(at, _)| *at);
    found
}

fn place(foot: bool, line: &Line, sheet: &Sheet<'_>) -> Place {
    // Feet keep their distance from the lower edge where pages differ in height.
    let distance = if foot { sheet.height - line.y } else { line.y };
    (foot, (distance / 4.0).round() as i32)
}

fn look(line: &Line, text: &str) -> Look {
    Look { bold: line.style().0, half_points: (line.size * 2.0).round() as i32, text: masked(text) }
}

/// The text with each number replaced by 0.
fn masked(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_digit() => {
                if !out.ends_with('0') {
                    out.push('0');
                }
            }
            c => out.push(c),
        }
    }
    out
}

fn numbers(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|s| !s.is_empty()).map(|s| s.parse().unwrap_or(u64::MAX)).collect()
}

/// Whether a line that looks alike on several pages is a running head or foot: its numbers stay, or count the pages,
/// and mostly nothing else stands at its place (where text begins on each page, two pages may begin with one word).
fn runs(place: &[&(Look, Seen)], look: &Look, page: usize, pages: usize, body: f32) -> bool {
    let seen: Vec<&Seen> = place.iter().filter(|(other, _)| other == look).map(|(_, seen)| seen).collect();
    let Some(this) = seen.iter().find(|s| s.page == page) else { return false };
    // Beside a page number, a date or a time may change too.
    let numbered = ends_in_page_label(&look.text);
    let alike = seen.iter().filter(|s| {
        numbered
            || s.numbers.len() == this.numbers.len()
                && s.numbers
                    .iter()
                    .zip(&this.numbers)
                    .all(|(a, b)| a == b || i128::from(*a) - i128::from(*b) == s.page as i128 - this.page as i128)
    });
    let on: BTreeSet<usize> = alike.map(|s| s.page).collect();
    let taken: BTreeSet<usize> = place.iter().map(|(_, seen)| seen.page).collect();
    // Large or bold type may be a title that several documents in one file begin with, a label one of their fields.
    let rare = this.size > 1.15 * body || look.bold || has_label(&look.text);
    let least = if rare { (pages * 4).div_ceil(5).max(3) } else { (pages / 4).clamp(2, 12) };
    // Heads run on from page to page, or change between left and right pages.
    let near = |by: usize| on.contains(&(page + by)) || page.checked_sub(by).is_some_and(|p| on.contains(&p));
    on.len() >= least && on.len() * 5 >= taken.len() * 2 && (near(1) || near(2) && on.len() > 2)
}

/// Whether the last words are a page label with its name: `Herøy kommune  Side 3 av 30`.
fn ends_in_page_label(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=4).any(|n| {
        let tail = words.len().checked_sub(n).and_then(|at| words.get(at..)).unwrap_or_default();
        tail.first().is_some_and(|w| w.starts_with(char::is_alphabetic)) && is_page_label(&tail.join(" "))
    })
}

/// Whether a page's own number ends the text, behind a dash: `Lund kraftlag - styreprotokoll - side 2`.
fn is_labelled(text: &str, page: usize) -> bool {
    let label = text.rfind([' ']).and_then(|at| text[..at].rfind(['-', '–', '|', ','])).map(|dash| &text[dash..]);
    label.is_some_and(|label| is_page_label(label) && numbers(label) == [page as u64 + 1])
}

/// `Side 3 av 30`, `- 4 -`, `Page 2 of 7`, `3/12`, `5`.
pub(super) fn is_page_label(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words =
        text.split(|c: char| c.is_whitespace() || "-–—/|.:".contains(c)).filter(|w| !w.is_empty()).peekable();
    let named =
        words.next_if(|w| ["side", "sida", "sidan", "sidenr", "sivu", "page", "seite", "s"].contains(w)).is_some();
    if named {
        words.next_if(|w| *w == "nr");
    }
    let number = |w: &str| (1..=4).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit());
    let Some(first) = words.next() else { return false };
    if !number(first) || !named && first.len() > 3 {
        return false;
    }
    match (words.next(), words.next(), words.next()) {
        (None, ..) => true,
        (Some("av" | "of" | "von" | "til"), Some(total), None) => number(total),
        // `032/12` is a case number.
        (Some(total), None, None) => {
            let counted = |w: &str| w.parse::<u32>().ok();
            number(total) && text.contains('/') && !first.starts_with('0') && counted(first) <= counted(total)
        }
        _ => false,
    }
}

/// Whether a page label is one: a bare number must be one that the file can have as a page, and stand apart.
fn stands_alone(sheet: &Sheet<'_>, at: usize, foot: bool, pages: usize) -> bool {
    let Some(line) = sheet.lines.get(at) else { return false };
    let text = line.text();
    let bare = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "-–—/".contains(c));
    let neighbour = if foot { at.checked_sub(1) } else { Some(at + 1) }.and_then(|i| sheet.lines.get(i));
    let apart = neighbour.is_none_or(|other| (other.y - line.y).abs() > 1.6 * line.size);
    has_digit(&text) && (!bare || apart && numbers(&text).iter().all(|n| *n <= pages as u64 + 50))
}

#[cfg(test)]
mod tests {
    use super::is_page_label;

    #[test]
    fn page_labels() {
        for label in ["Side 3 av 30", "side 2", "- 4 -", "Page 2 of 7", "3/12", "5", "Sida 1", "SIDE 4"] {
            assert!(is_page_label(label), "{label}");
        }
        for other in ["Sak 3", "12.05.2003", "2003", "kl. 18", "Side om side", "1. Saken", "032/12", "32/12"] {
            assert!(!is_page_label(other), "{other}");
        }
    }
}
