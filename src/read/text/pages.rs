//! Page heads, page feet and page numbers in plain text.

use std::collections::HashMap;

use super::layout::{Line, LineKind, is_rule};

/// Marks page heads and feet and counts pages; whether the file has pages at all.
pub(super) fn mark_pages(lines: &mut [Line]) -> bool {
    let mut numbered: Vec<(usize, Mark)> = lines
        .iter()
        .enumerate()
        .filter(|(_, l)| l.is_text())
        .filter_map(|(i, l)| Some((i, page_mark(l.text)?)))
        .chain(bare_numbers(lines))
        .collect();
    numbered.sort_unstable_by_key(|(i, _)| *i);
    let mut shapes: HashMap<String, usize> = HashMap::new();
    for (i, _) in &numbered {
        *shapes.entry(shape(lines[*i].text)).or_default() += 1;
    }
    let form_feeds = lines.iter().any(|l| l.form_feed);
    let first_text = lines.iter().position(Line::is_text).unwrap_or(0);
    let mut feet = false;
    let mut found = false;
    for (nth, (i, mark)) in numbered.iter().enumerate() {
        let i = *i;
        let to_feed = text_lines_to_feed(lines, i);
        let after_feed = text_lines_since_feed(lines, i).is_some_and(|n| n <= 2 && to_feed.is_none_or(|to| n <= to));
        let before_feed = to_feed.is_some_and(|n| n <= 1);
        let beside = |k: Option<usize>, kind| k.and_then(|k| lines.get(k)).is_none_or(|l| l.kind == kind);
        let rule = [i.checked_sub(1), Some(i + 1)]
            .into_iter()
            .any(|k| k.is_some() && beside(k, LineKind::Rule) && k.is_some_and(|k| k < lines.len()));
        let alone = beside(i.checked_sub(1), LineKind::Blank) && beside(Some(i + 1), LineKind::Blank);
        let recurs = shapes.get(&shape(lines[i].text)).is_some_and(|&n| n > 1);
        let is_later = || mark.number > 1 && (lines[i].text.contains("   ") || follows_day(lines[i].trimmed()));
        let accepted = after_feed
            || before_feed
            || recurs
            || match mark.extent {
                Extent::Whole => alone || rule || mark.of_total,
                Extent::Part => rule || is_later() && (alone || is_ruled_below(lines, i)),
            };
        if !accepted {
            continue;
        }
        if nth == 0 && !form_feeds {
            let rule_below = beside(Some(i + 1), LineKind::Rule);
            feet = mark.number == 1 && i > first_text + 2 && !rule_below;
        }
        found = true;
        let foot = if form_feeds { !after_feed && (before_feed || i > first_text + 2 && !rule) } else { feet };
        lines[i].kind = if foot { LineKind::Foot } else { LineKind::Head };
    }
    spread_over_margins(lines, form_feeds);
    spread_below_heads(lines);
    if !form_feeds {
        count_pages_by_heads(lines);
    }
    form_feeds || found
}

/// A number alone on a line is a page's only so many lines after the one before.
const PAGE_LINES: usize = 15;

/// The numbers 2, 3, … that stand alone between blank lines, a page apart, where no 1 stands so: that would be an item's.
fn bare_numbers(lines: &[Line]) -> Vec<(usize, Mark)> {
    let blank = |i: usize| lines.get(i).is_none_or(|l| l.kind == LineKind::Blank);
    if (1..lines.len()).any(|i| matches!(lines[i].trimmed(), "1" | "1.") && blank(i - 1)) {
        return Vec::new();
    }
    let (mut found, mut number, mut since) = (Vec::new(), 2, 0);
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| l.is_text()) {
        let is_next = line.trimmed().parse() == Ok(number) && since >= PAGE_LINES;
        if is_next && blank(i - 1) && blank(i + 1) {
            found.push((i, Mark { number, extent: Extent::Whole, of_total: false }));
            (number, since) = (number + 1, 0);
        } else {
            since += 1;
        }
    }
    found
}

/// How many text lines stand between the last form feed (or the file's beginning) and line `i`, without a blank line among
/// them.
fn text_lines_since_feed(lines: &[Line], i: usize) -> Option<usize> {
    let mut count = 0;
    let mut blank = false;
    for k in (i.saturating_sub(12)..=i).rev() {
        let line = &lines[k];
        if k < i && line.kind != LineKind::Blank {
            if blank {
                return None;
            }
            count += 1;
        }
        blank |= k < i && line.kind == LineKind::Blank;
        if line.form_feed || k == 0 {
            return Some(count);
        }
    }
    None
}

/// How many text lines stand between line `i` and the next form feed or the file's end.
fn text_lines_to_feed(lines: &[Line], i: usize) -> Option<usize> {
    let mut count = 0;
    for line in lines.iter().skip(i + 1).take(12) {
        if line.form_feed {
            return Some(count);
        }
        count += usize::from(line.kind != LineKind::Blank);
    }
    (lines.len() <= i + 13).then_some(count)
}

/// A head takes the lines between it and the form feed with it, a foot those after it; both the rule beside them.
fn spread_over_margins(lines: &mut [Line], form_feeds: bool) {
    let marked: Vec<(usize, LineKind)> = lines
        .iter()
        .enumerate()
        .filter(|(_, l)| matches!(l.kind, LineKind::Head | LineKind::Foot))
        .map(|(i, l)| (i, l.kind))
        .collect();
    for (i, kind) in marked {
        if kind == LineKind::Head {
            if form_feeds && lines[i].page > 1 && text_lines_since_feed(lines, i).is_some_and(|n| n <= 2) {
                for k in (0..i).rev() {
                    if lines[k + 1].form_feed {
                        break;
                    }
                    if lines[k].kind != LineKind::Blank {
                        lines[k].kind = kind;
                    }
                }
            }
            if let Some(below) = lines.get_mut(i + 1).filter(|l| l.kind == LineKind::Rule) {
                below.kind = kind;
            }
        } else {
            if let Some(above) = i.checked_sub(1).and_then(|k| lines.get_mut(k)).filter(|l| l.kind == LineKind::Rule) {
                above.kind = kind;
            }
            if form_feeds && text_lines_to_feed(lines, i).is_some_and(|n| n <= 1) {
                for line in lines.iter_mut().skip(i + 1).take_while(|l| !l.form_feed) {
                    if line.kind != LineKind::Blank {
                        line.kind = kind;
                    }
                }
            }
        }
    }
}

/// A head takes the line right under it with it where the same line stands alone under another head: the day of the meeting
/// under the name of the body and the page number.
fn spread_below_heads(lines: &mut [Line]) {
    let below = |i: usize| {
        let [head, line, next] = lines.get(i..i + 3)? else { return None };
        (head.kind == LineKind::Head && line.is_text() && next.kind == LineKind::Blank).then(|| line.trimmed())
    };
    let mut times: HashMap<&str, usize> = HashMap::new();
    for text in (0..lines.len()).filter_map(below) {
        *times.entry(text).or_default() += 1;
    }
    let again = |i: &usize| below(*i).is_some_and(|text| times[text] > 1);
    let ruled = |i: &usize| lines[*i].kind == LineKind::Head && is_ruled_below(lines, *i);
    for i in (0..lines.len()).filter(|i| again(i) || ruled(i)).collect::<Vec<_>>() {
        lines[i + 1].kind = LineKind::Head;
    }
}

/// Whether a line after a blank one stands with another over a rule: `Stange kommune      Side 2`, `Sak 57/94  Vanngebyrer`.
fn is_ruled_below(lines: &[Line], i: usize) -> bool {
    let before = i.checked_sub(1).is_some_and(|before| lines[before].kind == LineKind::Blank);
    let below = lines.get(i + 1..i + 3);
    before && below.is_some_and(|below| below[0].is_text() && below[1].kind == LineKind::Rule)
}

fn count_pages_by_heads(lines: &mut [Line]) {
    let mut page = 1;
    let mut begun = false;
    let mut after_foot = false;
    let mut in_head = false;
    for line in lines {
        let goes_on = std::mem::replace(&mut in_head, line.kind == LineKind::Head);
        match line.kind {
            LineKind::Head if begun && !goes_on && !is_rule(line.text) => page += 1,
            LineKind::Foot => after_foot = true,
            LineKind::Blank => {}
            _ if after_foot => {
                page += 1;
                after_foot = false;
            }
            _ => {}
        }
        begun |= line.kind != LineKind::Blank;
        line.page = page;
    }
}

/// A line's text with digits as `#` and without spaces, to find lines that recur but for a number.
fn shape(line: &str) -> String {
    let mut shape = String::with_capacity(line.len());
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if c != '#' || !shape.ends_with('#') {
            shape.push(c);
        }
    }
    shape
}

/// A page number in a line.
struct Mark {
    number: u32,
    extent: Extent,
    /// The number of pages is said too.
    of_total: bool,
}

/// How much of its line a page number takes.
#[derive(PartialEq, Eq)]
enum Extent {
    Whole,
    Part,
}

/// A line that is set so far to the right heads no text.
const FAR_RIGHT: usize = 30;

/// The page number that a line bears: `Side 2 av 6`, `Hitra kommune      Side 2`, `- 4 -`.
fn page_mark(text: &str) -> Option<Mark> {
    let line = text.trim();
    let dash = |c: char| matches!(c, '-' | '–' | '—');
    if let Some(inner) = line.strip_prefix(dash).and_then(|l| l.strip_suffix(dash)) {
        let number = inner.trim().parse().ok()?;
        return Some(Mark { number, extent: Extent::Whole, of_total: false });
    }
    // "Hitra kommunestyre 29/5-1978      - 2 -"
    let apart = line.rsplit_once("   ").and_then(|(_, last)| last.trim().strip_prefix(dash)?.strip_suffix(dash));
    if let Some(number) = apart.and_then(|inner| inner.trim().parse().ok()) {
        return Some(Mark { number, extent: Extent::Part, of_total: false });
    }
    let words =
        ["side", "Side", "SIDE", "Page", "blad", "Blad", "BLAD", " bl.", " Bl.", "Ark ", "ARK ", "ark ", " s.", " S."];
    let (at, word) = words.into_iter().filter_map(|word| Some((line.rfind(word)?, word))).max()?;
    let before = &line[..at];
    // "STRYN KOMMUNE      LANDBRUKSNEMNDA      Møtebok bl. 2"
    let last = before.rsplit_once("   ").map_or("", |(_, last)| last.trim());
    let set_off = before.is_empty()
        || !last.is_empty() && !last.contains(' ')
        || before.ends_with("  ")
        || before.ends_with(['\t', '|'])
        || follows_day(line)
        // "                                   Møtebok blad 2"
        || text.len() - text.trim_start().len() >= FAR_RIGHT && !before.trim().contains(' ')
        || before.trim_end().ends_with(dash);
    let rest = line[at + word.len()..].trim_start_matches([':', '.', ' ', '\u{A0}']);
    let rest = rest.strip_prefix("nr").map_or(rest, |r| r.trim_start_matches([':', '.', ' ']));
    let (number, rest) = leading_number(rest)?;
    let total = ["av", "/", "of", "("]
        .iter()
        .find_map(|word| leading_number(rest.trim_start().strip_prefix(word)?.trim_start()));
    let after = total.map_or(rest, |(_, rest)| rest);
    let ends = after.is_empty()
        || after.starts_with("  ")
        || after.starts_with('\t')
        || after.chars().all(|c| !c.is_alphanumeric());
    let whole = before.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() && after.trim().is_empty();
    (set_off && ends).then_some(Mark {
        number,
        extent: if whole { Extent::Whole } else { Extent::Part },
        of_total: total.is_some(),
    })
}

/// Whether a line is a short one with a number, as of a day, before its only comma: `Bygningsrådet 14/5-57, ark 2`.
fn follows_day(line: &str) -> bool {
    let sides = line.split_once(", ").filter(|(_, after)| after.len() < "blad nr. 10".len() && !after.contains(','));
    sides.is_some_and(|(before, _)| before.ends_with(|c: char| c.is_ascii_digit()))
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}
