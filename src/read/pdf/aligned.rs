//! Tables without lines: rows of stretches that stand under each other.

use std::collections::HashSet;

use super::geometry::Area;
use super::lines::{Line, Segment, Word, has_digit};
use super::paragraphs::{SPACING, ends_sentence};
use super::table::{LONG, SPACE, Table, TableCell, breaks_known, is_rest, lists_people};
use crate::document::CELL_BREAK;

/// Lines that the heads of columns take.
const HEADS: usize = 2;
/// A number in the margin has no more bytes than this.
const NUMBER: usize = 12;
/// A distance of baselines, in em, that lines of one paragraph do not have.
const WIDE: f32 = 1.7;
/// A heading is so much larger than the text over it, where it does not differ by its columns.
const LARGER: f32 = 1.08;
/// A line of text has so many words at least.
const TEXT_WORDS: usize = 6;
/// Stretches of one column begin this near each other, in em.
const NEAR: f32 = 0.4;

/// A line of text, or a table made of several.
pub(super) enum Piece {
    Line(Line),
    Table(Table),
}

/// Finds tables among the lines of a region.
/// `known` are the file's [long words](super::table::long_words).
pub(super) fn aligned_tables(lines: Vec<Line>, known: &HashSet<String>) -> Vec<Piece> {
    let segments: Vec<Vec<Segment>> = lines.iter().map(Line::segments).collect();
    let mut found: Vec<(usize, usize, Table)> = Vec::new();
    let mut at = 0;
    let mut free = 0;
    while at < lines.len() {
        match run(&lines, &segments, at, free, known) {
            Some((start, end, table)) => {
                found.push((start, end, table));
                at = end;
                free = end;
            }
            None => at += 1,
        }
    }
    let mut tables = found.into_iter().peekable();
    let mut out = Vec::new();
    let mut skip_to = 0;
    for (i, line) in lines.into_iter().enumerate() {
        if let Some((_, end, table)) = tables.next_if(|(start, _, _)| *start == i) {
            out.push(Piece::Table(table));
            skip_to = end;
        }
        if i >= skip_to {
            out.push(Piece::Line(line));
        }
    }
    out
}

/// Columns as ranges of x that no two stretches of one line share.
#[derive(Default, Clone)]
struct Columns(Vec<(f32, f32)>);

impl Columns {
    /// Widens the columns by the stretches of a line; false (and nothing changed) where two of these, or two of a line
    /// before, would come to stand in one column.
    fn take<'s>(&mut self, line: &[Segment], mut before: impl Iterator<Item = &'s [Segment]>) -> bool {
        let mut columns = self.0.clone();
        let mut merged = false;
        for segment in line {
            let touches = |c: &(f32, f32)| segment.x0 < c.1 && segment.x1 > c.0;
            let touched: Vec<(f32, f32)> = columns.iter().copied().filter(touches).collect();
            merged |= touched.len() > 1;
            columns.retain(|c| !touches(c));
            let x0 = touched.iter().map(|c| c.0).fold(segment.x0, f32::min);
            let x1 = touched.iter().map(|c| c.1).fold(segment.x1, f32::max);
            columns.push((x0, x1));
            columns.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        let widened = Self(columns);
        let distinct = |line: &[Segment]| {
            let places: Vec<usize> = line.iter().map(|s| widened.of(s)).collect();
            places.windows(2).all(|pair| pair[0] < pair[1])
        };
        if !distinct(line) || merged && !before.all(distinct) {
            return false;
        }
        *self = widened;
        true
    }

    /// The stretches of a line, those parted further whose words leave the white space between two columns free.
    fn part(&self, line: &Line, segments: &[Segment]) -> Vec<Segment> {
        let mut gaps: Vec<f32> = line.words.windows(2).map(|pair| pair[1].x0 - pair[0].x1).collect();
        gaps.sort_by(f32::total_cmp);
        // Wider than the line's own spaces, which are wide where it is justified.
        let space =
            gaps.get(gaps.len().saturating_sub(1) / 2).map_or(0.0, |gap| if gaps.len() > 3 { 1.5 * gap } else { 0.0 });
        let mut out = Vec::new();
        for segment in segments {
            let mut rest = *segment;
            for pair in self.0.windows(2) {
                let (white_from, white_to) = (pair[0].1, pair[1].0);
                let words = line.words.get(rest.from..rest.to).unwrap_or_default();
                let at = words.partition_point(|w| (w.x0 + w.x1) / 2.0 < (white_from + white_to) / 2.0);
                let (Some(last), Some(next)) = (at.checked_sub(1).and_then(|i| words.get(i)), words.get(at)) else {
                    continue;
                };
                if last.x1 < white_to && next.x0 > white_from && next.x0 - last.x1 > space.max(0.45 * next.size) {
                    out.push(Segment { to: rest.from + at, x1: last.x1, ..rest });
                    rest = Segment { from: rest.from + at, x0: next.x0, ..rest };
                }
            }
            out.push(rest);
        }
        out
    }

    /// Puts two neighbouring columns together where only heads stand in one of them: heads need not stand right over
    /// their numbers. `heads` is how many lines may be heads.
    fn join_heads(&mut self, lines: &[Vec<Segment>], heads: usize) {
        let mut at = 0;
        while at + 1 < self.0.len() {
            let filled = |column: usize| -> Vec<usize> {
                let has = |s: &&Vec<Segment>| s.iter().any(|s| self.of(s) == column);
                lines.iter().enumerate().filter(|(_, s)| has(s)).map(|(row, _)| row).collect()
            };
            let (left, right) = (filled(at), filled(at + 1));
            let disjoint = !left.iter().any(|row| right.contains(row));
            let only_heads = |rows: &[usize]| rows.iter().all(|row| *row < heads);
            if disjoint && (only_heads(&left) || only_heads(&right)) && lines.len() > heads {
                let right = self.0.remove(at + 1);
                if let Some(column) = self.0.get_mut(at) {
                    column.1 = right.1;
                }
            } else {
                at += 1;
            }
        }
    }

    /// Whether a line with one stretch goes on with the cell above it: a cell of an inner column, which the first word of the
    /// line did not fit in any more.
    fn wraps(&self, above: &[Segment], line: &Line, segments: &[Segment]) -> bool {
        let [segment] = segments else { return false };
        let column = self.of(segment);
        let end = above.iter().find(|s| self.of(s) == column).map(|s| s.x1);
        let (Some(end), Some((next, _)), Some(word)) = (end, self.0.get(column + 1), line.words.first()) else {
            return false;
        };
        column > 0 && end + SPACE * line.size + word.x1 - word.x0 > *next
    }

    /// Whether a line is one stretch of text over several columns.
    fn cross(&self, segments: &[Segment]) -> bool {
        let [segment] = segments else { return false };
        let over = self.0.iter().filter(|column| segment.x0 < column.1 && segment.x1 > column.0);
        segment.to - segment.from >= TEXT_WORDS && over.count() > 1
    }

    /// Whether words stand on a line whose second stretch begins where no column does.
    fn begin_elsewhere(&self, line: &Line, segments: &[Segment]) -> bool {
        let apart = |s: &Segment| self.0.iter().all(|column| (s.x0 - column.0).abs() > NEAR * line.size);
        segments.get(1).is_some_and(apart) && !has_digit(&line.text())
    }

    /// Whether a line stands in the first of two columns alone, as where the list in the other is shorter.
    fn holds_under_head(&self, segments: &[Segment], line: &Line) -> bool {
        let (&[first, second], [segment]) = (self.0.as_slice(), segments) else { return false };
        (segment.x0 - first.0).abs() < NEAR * line.size && segment.x1 < second.0 - line.size && !line.style().0
    }

    /// The column that a stretch stands in.
    fn of(&self, segment: &Segment) -> usize {
        self.0.iter().rposition(|c| segment.x1 > c.0).unwrap_or(0)
    }
}

/// The table that begins with line `start`, or with heads above it from line `free` on: its first line, the line after
/// it, and itself.
fn run(
    lines: &[Line],
    segments: &[Vec<Segment>],
    start: usize,
    free: usize,
    known: &HashSet<String>,
) -> Option<(usize, usize, Table)> {
    if segments.get(start)?.len() < 2 {
        return None;
    }
    let mut columns = Columns::default();
    columns.take(segments.get(start)?, std::iter::empty());
    let mut taken: Vec<Vec<Segment>> = vec![segments.get(start)?.clone()];
    let mut end = start + 1;
    // Lines with one stretch wait for a further row after them.
    let mut waiting: Vec<Vec<Segment>> = Vec::new();
    for at in start + 1..lines.len() {
        let (Some(line), Some(segs), Some(last)) = (lines.get(at), segments.get(at), lines.get(at - 1)) else { break };
        let gap = line.y - last.y;
        let is_heading = || {
            let is_larger = || line.size > LARGER * last.size;
            line.style().0 && !last.style().0 && (is_larger() || columns.begin_elsewhere(line, segs))
        };
        if gap > 3.5 * line.size.max(last.size)
            || (line.size - last.size).abs() > 0.3 * last.size
            || gap > WIDE * line.size && is_heading()
        {
            break;
        }
        let before = || taken.iter().chain(&waiting).map(Vec::as_slice);
        let mut widened = columns.clone();
        let mut segs = segs.clone();
        if !widened.take(&segs, before()) {
            segs = columns.part(line, &segs);
            if !widened.take(&segs, before()) {
                break;
            }
        }
        if segs.len() > 1 {
            columns = widened;
            taken.append(&mut waiting);
            taken.push(segs);
            end = at + 1;
            continue;
        }
        let column = segs.first().map_or(0, |segment| columns.of(segment));
        if gap < WIDE * line.size && has_bold_head(&lines[start..at], &taken) && columns.holds_under_head(&segs, line) {
            taken.append(&mut waiting);
            taken.push(segs);
            end = at + 1;
            continue;
        }
        let apart = line.style().0 != last.style().0 || gap > 1.8 * line.size;
        // A line that runs past its own column is text, not a cell.
        if column == 0 && apart || waiting.len() >= 4 || widened.0.len() < columns.0.len() {
            break;
        }
        if column > 0 && gap < 1.45 * line.size && waiting.is_empty() {
            columns = widened;
            taken.push(segs);
            end = at + 1;
        } else {
            waiting.push(segs);
        }
    }
    let mut start = start;
    for _ in 0..HEADS {
        if taken.len() < 2 || start <= free {
            break;
        }
        let (Some(line), Some(segs), Some(next)) = (lines.get(start - 1), segments.get(start - 1), lines.get(start))
        else {
            break;
        };
        let segs = columns.part(line, segs);
        let before = taken.iter().map(Vec::as_slice);
        let near = next.y - line.y < 2.5 * next.size && (line.size - next.size).abs() < 0.3 * next.size;
        if !near || segs.len() < 2 || segs.len() + 1 < columns.0.len() || !columns.take(&segs, before) {
            break;
        }
        taken.insert(0, segs);
        start -= 1;
    }
    columns.join_heads(&taken, HEADS.min(taken.len() / 2));
    let lines = lines.get(start..end)?;
    // "24/22  Priser på kort", and under the title a text over the columns of the table that follows
    if taken.iter().any(|segments| columns.cross(segments)) {
        return None;
    }
    is_table(lines, &taken, &columns).then(|| (start, end, table(lines, &taken, &columns, known)))
}

/// Whether rows begin with the heads of two columns, in bold letters over others: `Til stede | Forfall`.
fn has_bold_head(lines: &[Line], segments: &[Vec<Segment>]) -> bool {
    let mut styles = lines.iter().map(|line| line.style().0);
    styles.next() == Some(true)
        && !styles.any(|bold| bold)
        && segments.get(..2).is_some_and(|first| first.iter().all(|s| s.len() == 2))
}

fn is_table(lines: &[Line], segments: &[Vec<Segment>], columns: &Columns) -> bool {
    let rows: Vec<(&Line, &Vec<Segment>)> = lines.iter().zip(segments).filter(|(_, s)| s.len() >= 2).collect();
    let labelled = rows.iter().filter(|(line, segs)| {
        let head = segs.get(..segs.len() - 1).unwrap_or_default();
        head.iter().any(|s| line.segment_text(s).trim_end().ends_with(':'))
    });
    let wraps = lines.windows(2).zip(segments.windows(2)).any(|(pair, s)| columns.wraps(&s[0], &pair[1], &s[1]));
    // Labels and values in lines of text do not wrap within a column.
    if !wraps && labelled.count() * 5 >= rows.len() * 2 {
        return false;
    }
    if hangs_under_numbers(lines, segments, columns) {
        return false;
    }
    let first = |line: &Line, segs: &Vec<Segment>| segs.first().map(|s| line.segment_text(s)).unwrap_or_default();
    // List items and numbered headings have their mark set apart, too.
    let set_off = lines.windows(2).all(|pair| pair[1].y - pair[0].y > 1.7 * pair[1].size);
    let marked = rows.iter().filter(|(line, segs)| segs.len() == 2 && is_mark(&first(line, segs), set_off));
    if marked.count() * 2 > rows.len() {
        return false;
    }
    let numbers = (1..columns.0.len()).chain([0]).any(|column| {
        let in_column = rows
            .iter()
            .filter(|(line, segs)| segs.iter().any(|s| columns.of(s) == column && has_digit(&line.segment_text(s))));
        in_column.count() >= 2.max(rows.len() / 2)
    });
    let least =
        if columns.0.len() >= 3 || numbers || has_bold_head(lines, segments) && lines.len() > 2 { 2 } else { 3 };
    rows.len() >= least && (0..columns.0.len()).all(|column| aligned(&rows, columns, column))
}

/// Whether paragraphs, set apart from each other, hang under the titles of numbers in the margin: `§ 84`, `3/98`.
fn hangs_under_numbers(lines: &[Line], segments: &[Vec<Segment>], columns: &Columns) -> bool {
    let titles: Vec<(&Line, &Segment)> = lines
        .iter()
        .zip(segments)
        .filter(|(_, s)| s.len() == 2)
        .filter_map(|(line, s)| Some((line, s.first()?)))
        .collect();
    let is_number = |(line, segment): &&(&Line, &Segment)| {
        let text = line.segment_text(segment);
        text.len() <= NUMBER && has_digit(&text)
    };
    let tight = lines.windows(2).map(|pair| pair[1].y - pair[0].y).fold(f32::MAX, f32::min);
    let set_off = lines.windows(2).zip(segments.iter().skip(1)).filter(|(pair, s)| {
        let gap = pair[1].y - pair[0].y;
        s.len() == 1 && gap > (tight + SPACING * pair[1].size).min(WIDE * pair[1].size)
    });
    columns.0.len() == 2
        && titles.iter().filter(is_number).count() * 2 > titles.len()
        && set_off.count() * 2 >= titles.len()
}

/// A list mark: `1.`, `a)`, `-`, `•`, `3.1`, where lines are set off also a bare number.
fn is_mark(text: &str, set_off: bool) -> bool {
    let body = text.trim_end_matches(['.', ')']);
    let typed = body.len() < text.len() && body.chars().count() <= 3 && body.chars().all(char::is_alphanumeric);
    let numbers = body.split('.').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    typed
        || numbers && (set_off || body.contains('.'))
        || text.chars().count() == 1 && !text.chars().all(char::is_alphanumeric)
}

/// Whether most stretches of a column share their left edge, their right edge or their middle.
fn aligned(rows: &[(&Line, &Vec<Segment>)], columns: &Columns, column: usize) -> bool {
    let inside: Vec<&Segment> = rows.iter().flat_map(|(_, s)| s.iter()).filter(|s| columns.of(s) == column).collect();
    let size = rows.first().map_or(10.0, |(line, _)| line.size);
    let edges: [fn(&Segment) -> f32; 3] = [|s| s.x0, |s| s.x1, |s| (s.x0 + s.x1) / 2.0];
    inside.len() < 2
        || edges.iter().any(|edge| {
            let mut places: Vec<f32> = inside.iter().map(|s| edge(s)).collect();
            places.sort_by(f32::total_cmp);
            let near = |place: &f32| places.iter().filter(|p| (**p - place).abs() <= NEAR * size).count();
            let most = places.iter().map(near).max().unwrap_or(0);
            most * 5 >= inside.len() * 3
        })
}

fn table(lines: &[Line], segments: &[Vec<Segment>], columns: &Columns, known: &HashSet<String>) -> Table {
    let gaps: Vec<f32> = lines.windows(2).map(|pair| pair[1].y - pair[0].y).collect();
    let size = lines.first().map_or(10.0, |line| line.size);
    let tight = gaps.iter().copied().fold(f32::MAX, f32::min).max(0.9 * size);
    let loose = |gap: f32| gap > 1.25 * tight;
    let usual = median(&gaps);
    // Where rows stand apart, a line set close under another goes on with it.
    let heads = gaps.iter().zip(segments.iter().skip(1)).filter(|(_, s)| s.first().is_some_and(|s| columns.of(s) == 0));
    let (apart, close) = heads.fold((0, 0), |(a, c), (gap, _)| if loose(*gap) { (a + 1, c) } else { (a, c + 1) });
    let spaced = apart > close && tight < 1.5 * size;

    let mut margins = vec![f32::MIN; columns.0.len()];
    for segment in segments.iter().flatten() {
        if let Some(margin) = margins.get_mut(columns.of(segment)) {
            *margin = margin.max(segment.x1);
        }
    }
    let mut rows: Vec<Vec<(String, bool)>> = Vec::new();
    // The first line of the last row is a full line of text in the second of two columns.
    let mut beside_text = false;
    // Where the last line of each column ends, and whether it is bold.
    let mut ends: Vec<(f32, bool)> = vec![(0.0, false); columns.0.len()];
    // The lines of the last cell of each column.
    let mut above: Vec<Vec<&[Word]>> = vec![Vec::new(); columns.0.len()];
    for (at, (line, segs)) in lines.iter().zip(segments).enumerate() {
        let texts: Vec<(usize, String)> = segs.iter().map(|s| (columns.of(s), line.segment_text(s))).collect();
        // Strokes over a sum are no cells.
        if texts.iter().all(|(_, text)| text.len() > 2 && text.bytes().all(|b| matches!(b, b'-' | b'=' | b'_'))) {
            continue;
        }
        let bold = line.style().0;
        // The first word of this line had room on the line above, or is set in other letters.
        let opens = |segment: &Segment, (end, was_bold): (f32, bool), margin: f32| {
            let Some(word) = line.words.get(segment.from) else { return false };
            let needed = end + SPACE * line.size + word.x1 - word.x0;
            !word.text.starts_with(char::is_lowercase) && (needed < margin || bold != was_bold)
        };
        // "Saksbehandle", and under it "r"
        let breaks = |segment: &Segment, above: &[Vec<&[Word]>]| {
            let column = columns.of(segment);
            let (Some([word]), Some(rest)) = (above[column].last(), line.words.get(segment.from)) else { return false };
            let room = |(from, next): (&(f32, f32), &(f32, f32))| next.0 - from.0 - line.size;
            let room = columns.0.get(column).zip(columns.0.get(column + 1)).map(room);
            is_rest(&rest.text) && word.text.len() >= LONG
                || room.is_some_and(|room| breaks_known(word, rest, room, known))
        };
        let gap = at.checked_sub(1).and_then(|i| gaps.get(i)).copied();
        // A number in the margin beside a line of text, and under it the title of the case.
        let titled = beside_text && rows.last().is_some_and(|row| begins_with_number(&row[0].0));
        let goes_on = gap.is_some_and(|gap| {
            let head = texts.iter().any(|(column, _)| *column == 0);
            if titled {
                let opens = |(column, text): &(usize, String)| {
                    *column == 0 && (begins_with_number(text) || text.ends_with(':'))
                };
                return !head || gap <= 1.25 * usual.max(tight) && !texts.iter().any(opens);
            }
            let second_number = texts.iter().any(|(column, text)| {
                is_amount(text) && rows.last().and_then(|r| r.get(*column)).is_some_and(|(above, _)| !above.is_empty())
            });
            // "Lønn og sosiale | 310", and under it "utgifter"
            let ends_label = || match (texts.as_slice(), rows.last()) {
                ([(0, text)], Some(row)) => {
                    let is_rest = text.starts_with(char::is_lowercase)
                        || text.starts_with('(') && gap + SPACING * line.size < usual;
                    is_rest && !row[0].0.is_empty() && !ends_sentence(&row[0].0)
                }
                _ => false,
            };
            !loose(gap) && !second_number && (spaced || !head || ends_label() || segs.iter().any(|s| breaks(s, &above)))
        });
        if !goes_on {
            let is_full = |s: &Segment| columns.of(s) == 1 && s.x1 - s.x0 > FULL * (margins[1] - s.x0);
            beside_text = columns.0.len() == 2 && segs.iter().any(is_full);
            rows.push(vec![(String::new(), true); columns.0.len()]);
            above.iter_mut().for_each(Vec::clear);
        }
        for ((column, text), segment) in texts.into_iter().zip(segs) {
            if let Some((cell, all_bold)) = rows.last_mut().and_then(|row| row.get_mut(column)) {
                let words = line.words.get(segment.from..segment.to).unwrap_or_default();
                if !cell.is_empty() && !breaks(segment, &above) {
                    let apart = if titled && column == 0 {
                        begins_with_number(cell) && !cell.contains(CELL_BREAK)
                    } else {
                        opens(segment, ends[column], margins[column]) || lists_people(&above[column], words)
                    };
                    cell.push_str(if apart { CELL_BREAK } else { " " });
                }
                above[column].push(words);
                ends[column] = (segment.x1, bold);
                cell.push_str(&text);
                *all_bold &= bold;
            }
        }
    }
    let cells = rows.into_iter().enumerate().flat_map(|(row, cells)| {
        cells.into_iter().enumerate().map(move |(column, (text, bold))| TableCell {
            row,
            column,
            rows: 1,
            columns: 1,
            bold: bold && !text.is_empty(),
            text,
        })
    });
    let area = lines.iter().fold(Area::EMPTY, |area, line| area.union(line.area()));
    let edges = columns.0.iter().map(|c| c.0).collect();
    Table::new(area, cells.collect(), edges, false)
}

/// A line of text fills so much of its column.
const FULL: f32 = 0.7;

/// Whether a text begins with a number and its year, as those of cases do: `52/74`.
fn begins_with_number(text: &str) -> bool {
    let number = text.split([' ', '.', ':']).next().unwrap_or_default();
    let digits = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    number
        .split(CELL_BREAK)
        .next()
        .and_then(|n| n.split_once('/'))
        .is_some_and(|(a, b)| digits(a) && digits(b) && b.len() > 1)
}

fn median(values: &[f32]) -> f32 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

/// A number as amounts are printed: `3 320 454`, `5.200,-`, `10 %`, `-`.
fn is_amount(text: &str) -> bool {
    has_digit(text) && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ".,-–+%()kr".contains(c))
}
