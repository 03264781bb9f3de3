//! Tables drawn with lines: rulings to a grid, the grid to cells.

use std::collections::HashSet;

use super::geometry::Area;
use super::lines::{Line, Word, lines};
use super::table::{Table, TableCell};

/// Rulings this near, in points, are one, and meet.
const SNAP: f32 = 3.0;
/// Columns without a line between them stand so far apart, in parts of the letters' size.
const GAP: f32 = 1.0;
/// A label and the first line of its value stand on one line where their baselines are no further apart than this, in parts of the
/// letters' size.
const BESIDE: f32 = 0.4;
/// A line's letters reach up from its baseline so far, in parts of their size.
const TOP: f32 = 0.9;
/// A label takes so many lines at most.
const LABEL_LINES: usize = 2;
/// Shaded cells that together take this part of a frame's height make a table of it.
const BANDED: f32 = 4.0;
/// A frame around a page is at least this high, in parts of its text.
const FRAMED: f32 = 0.8;
/// More rulings than this in one direction make a drawing, not a table.
const MOST: usize = 2_000;
/// A grid with more cells than this is a drawing, too.
const CELLS: usize = 20_000;

/// What is known of the page, and of the file.
struct Page<'w> {
    /// The file's [long words](super::table::long_words).
    known: &'w HashSet<String>,
    /// The baseline of the first line of text.
    top: f32,
}

/// A straight stretch along one axis at one place on the other.
#[derive(Debug, Clone, Copy)]
struct Ruling {
    at: f32,
    from: f32,
    to: f32,
}

/// Takes the words that stand in ruled tables out of `words` and returns the tables. `shades` are the boxes under
/// them, `known` the file's [long words](super::table::long_words).
pub(super) fn ruled_tables(
    rules: &[Area],
    shades: &[Area],
    words: &mut Vec<Word>,
    known: &HashSet<String>,
) -> Vec<Table> {
    let (mut across, mut down) = rulings(rules);
    // Of a row that a page cuts, shades may show what no line does.
    let closed = across.len() > 1 || across.len() == 1 && !shades.is_empty();
    if !closed || down.len() < 2 || across.len() > MOST || down.len() > MOST {
        return Vec::new();
    }
    drop_frame(&mut across, &mut down, shades, words);
    let banded = |grid: Grid, words: &[Word]| if shades.is_empty() { grid } else { grid.banded(shades, words) };
    let mut grids = grids(&across, &down);
    // A table in a cell of another takes its words first.
    grids.sort_by(|a, b| a.size().total_cmp(&b.size()));
    let page = Page { known, top: words.iter().map(|w| w.y).fold(f32::MAX, f32::min) };
    let mut tables: Vec<Table> = Vec::new();
    for grid in grids {
        let found = banded(grid, words).labelled(words).tables(words, &tables, &page);
        tables.extend(found);
    }
    tables.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0));
    tables
}

/// Drops the lines of a frame around the page's text: they reach over nearly all of it, and over half of that no line, nor a
/// shade, parts what stands between them.
fn drop_frame(across: &mut Vec<Ruling>, down: &mut Vec<Ruling>, shades: &[Area], words: &[Word]) {
    let ends = words.iter().fold((f32::MAX, f32::MIN), |(top, end), w| (top.min(w.y), end.max(w.y)));
    let by_place = |a: &&Ruling, b: &&Ruling| a.at.total_cmp(&b.at);
    let (Some(left), Some(right)) = (down.iter().min_by(by_place).copied(), down.iter().max_by(by_place).copied())
    else {
        return;
    };
    let height = left.to - left.from;
    let is_pair = (left.from - right.from).abs() <= SNAP && (left.to - right.to).abs() <= SNAP;
    let mut inner: Vec<Ruling> =
        down.iter().filter(|r| r.at > left.at + SNAP && r.at < right.at - SNAP).copied().collect();
    inner.sort_by(|a, b| a.from.total_cmp(&b.from));
    let (mut covered, mut reached) = (0.0, left.from);
    for ruling in inner {
        covered += (ruling.to - ruling.from.max(reached)).max(0.0);
        reached = reached.max(ruling.to);
    }
    // Shades beside each other are cells of a table without lines.
    let is_cell =
        |a: &&Area| shades.iter().any(|b| b.x0 > a.x0 && (a.y0 - b.y0).abs() <= SNAP && (a.y1 - b.y1).abs() <= SNAP);
    let banded: f32 = shades.iter().filter(is_cell).map(|a| a.height()).sum();
    let is_open = banded < height / BANDED && across.windows(2).any(|pair| pair[1].at - pair[0].at > height / 2.0);
    if is_pair && is_open && left.at < right.at && height > FRAMED * (ends.1 - ends.0) && covered < height / 2.0 {
        down.retain(|r| r.at > left.at && r.at < right.at);
        across.retain(|r| (r.at - left.from).abs() > SNAP && (r.at - left.to).abs() > SNAP);
    }
}

/// Horizontal and vertical rulings, those in one line joined.
fn rulings(rules: &[Area]) -> (Vec<Ruling>, Vec<Ruling>) {
    let (mut across, mut down) = (Vec::new(), Vec::new());
    for rule in rules {
        if rule.width() >= rule.height() {
            across.push(Ruling { at: (rule.y0 + rule.y1) / 2.0, from: rule.x0, to: rule.x1 });
        } else {
            down.push(Ruling { at: (rule.x0 + rule.x1) / 2.0, from: rule.y0, to: rule.y1 });
        }
    }
    (joined(across), joined(down))
}

fn joined(mut rulings: Vec<Ruling>) -> Vec<Ruling> {
    rulings.sort_by(|a, b| a.at.total_cmp(&b.at));
    // Snap places that are near each other to the first of them, so that pieces of one line sort together.
    let mut place = f32::MIN;
    for ruling in &mut rulings {
        if ruling.at - place > SNAP {
            place = ruling.at;
        }
        ruling.at = place;
    }
    rulings.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Ruling> = Vec::new();
    for ruling in rulings {
        match out.last_mut() {
            Some(last) if last.at == ruling.at && ruling.from <= last.to + SNAP => last.to = last.to.max(ruling.to),
            _ => out.push(ruling),
        }
    }
    out
}

/// Rulings that hang together.
struct Grid {
    across: Vec<Ruling>,
    down: Vec<Ruling>,
}

fn grids(across: &[Ruling], down: &[Ruling]) -> Vec<Grid> {
    // Components of the graph of crossings.
    let mut component: Vec<usize> = (0..across.len() + down.len()).collect();
    fn root(component: &mut [usize], mut i: usize) -> usize {
        while component[i] != i {
            component[i] = component[component[i]];
            i = component[i];
        }
        i
    }
    let mut crosses = vec![false; component.len()];
    for (i, h) in across.iter().enumerate() {
        for (j, v) in down.iter().enumerate() {
            if v.at >= h.from - SNAP && v.at <= h.to + SNAP && h.at >= v.from - SNAP && h.at <= v.to + SNAP {
                let (a, b) = (root(&mut component, i), root(&mut component, across.len() + j));
                component[a] = b;
                crosses[i] = true;
                crosses[across.len() + j] = true;
            }
        }
    }
    let mut roots = Vec::new();
    let mut grids: Vec<Grid> = Vec::new();
    for i in (0..component.len()).filter(|i| crosses[*i]) {
        let of = root(&mut component, i);
        let at = roots.iter().position(|r| *r == of).unwrap_or_else(|| {
            roots.push(of);
            grids.push(Grid { across: Vec::new(), down: Vec::new() });
            roots.len() - 1
        });
        match i.checked_sub(across.len()) {
            None => grids[at].across.push(across[i]),
            Some(j) => grids[at].down.push(down[j]),
        }
    }
    grids
}

impl Grid {
    /// The grid with the edges of its bands: shades side by side that reach over all of it, as rows have that no line parts.
    fn banded(mut self, shades: &[Area], words: &[Word]) -> Self {
        let area = self.area();
        let mut cells: Vec<Area> = shades
            .iter()
            .filter(|s| area.contains(s.x0, s.y0, SNAP) && area.contains(s.x1, s.y1, SNAP))
            .copied()
            .collect();
        cells.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
        cells.dedup();
        let is_beside = |a: &Area, b: &Area| (a.y0 - b.y0).abs() <= SNAP && (a.y1 - b.y1).abs() <= SNAP;
        // A shade painted over another hides its edge.
        for at in 1..cells.len() {
            let (left, right) = (cells[at - 1], cells[at]);
            if is_beside(&left, &right) {
                cells[at - 1].x1 = left.x1.min(right.x0);
            }
        }
        let bands: Vec<&[Area]> = cells
            .chunk_by(is_beside)
            .filter(|band| band.iter().map(|cell| cell.width()).sum::<f32>() > area.width() - 2.0 * SNAP)
            .collect();
        if !bands.iter().any(|band| band.len() > 1) {
            return self;
        }
        let edges_of = |band: &[Area]| -> Vec<f32> { band.iter().flat_map(|cell| [cell.x0, cell.x1]).collect() };
        let mut columns: Vec<f32> = bands.iter().flat_map(|band| edges_of(band)).collect();
        columns.sort_by(f32::total_cmp);
        columns.dedup_by(|b, a| *b - *a <= SNAP);
        if columns.len() * bands.len() > CELLS {
            return self;
        }
        let ruled = self.down.len();
        let ends: Vec<(f32, f32)> = bands.iter().map(|band| (band[0].y0, band[0].y1)).collect();
        let rows = ends.iter().flat_map(|(y0, y1)| [*y0, *y1]);
        self.across.extend(rows.map(|at| Ruling { at, from: area.x0, to: area.x1 }));
        let down =
            |columns: Vec<f32>, (from, to): (f32, f32)| columns.into_iter().map(move |at| Ruling { at, from, to });
        // A row without shades or lines between two bands has their columns, where no word stands across the edges.
        let between = std::iter::once(area.y0).chain(ends.iter().map(|end| end.1));
        let between: Vec<(f32, f32)> = between.zip(ends.iter().map(|end| end.0).chain([area.y1])).collect();
        let is_inner = |at: f32| at > area.x0 + SNAP && at < area.x1 - SNAP;
        for (from, to) in between.into_iter().filter(|(from, to)| to - from > SNAP) {
            let middle = (from + to) / 2.0;
            if self.down[..ruled].iter().any(|r| is_inner(r.at) && r.from <= middle && r.to >= middle) {
                continue;
            }
            let row: Vec<&Word> = words.iter().filter(|w| w.y > from && w.y < to).collect();
            let is_free = |at: &f32| !row.iter().any(|w| w.x0 < *at - SNAP && w.x1 > *at + SNAP);
            self.down.extend(down(columns.iter().copied().filter(is_free).collect(), (from, to)));
        }
        for (band, ends) in bands.iter().zip(&ends) {
            self.down.extend(down(edges_of(band), *ends));
        }
        (self.across, self.down) = (joined(self.across), joined(self.down));
        self
    }

    /// The grid with the edges of rows that no line parts: labels under each other in the first cell, each on the line that its
    /// value begins beside it.
    fn labelled(mut self, words: &[Word]) -> Self {
        let (xs, ys) = (Self::places(&self.down, &self.across), Self::places(&self.across, &self.down));
        let (Some(first), Some(last)) = (xs.first().copied(), xs.last().copied()) else { return self };
        for row in ys.windows(2) {
            let middle = (row[0] + row[1]) / 2.0;
            let inner = xs[1..].iter().find(|x| **x < last && parts(&self.down, **x, middle));
            let Some(edge) = inner.copied() else { continue };
            let of_row = |w: &&Word| {
                let y = w.y - 0.3 * w.size;
                y > row[0] && y < row[1] && w.x0 > first - SNAP && w.x0 < last
            };
            let (left, right): (Vec<Word>, Vec<Word>) =
                words.iter().filter(of_row).cloned().partition(|w| (w.x0 + w.x1) / 2.0 < edge);
            let (labels, values) = (lines(left), lines(right));
            let ends_label = |line: &&Line| line.text().trim_end().ends_with(':');
            let groups: Vec<&[Line]> = labels.chunk_by(|above, _| !ends_label(&above)).collect();
            let beside = |group: &&[Line]| {
                let near = |value: &&Line| (value.y - group[0].y).abs() <= BESIDE * value.size;
                values.iter().find(near).map(|value| value.y.min(group[0].y) - TOP * value.size)
            };
            let tops: Option<Vec<f32>> = groups.iter().map(beside).collect();
            let closed = labels.last().is_some_and(|line| ends_label(&line));
            let tops = tops.filter(|_| closed && groups.iter().all(|group| group.len() <= LABEL_LINES));
            let rows = tops.into_iter().flat_map(|tops| tops.into_iter().skip(1));
            self.across.extend(rows.map(|at| Ruling { at, from: first, to: last }));
        }
        self.across = joined(self.across);
        self
    }

    fn area(&self) -> Area {
        let ends = |r: &[Ruling], other: &[Ruling]| {
            let ends = r.iter().flat_map(|r| [r.from, r.to]).chain(other.iter().map(|r| r.at));
            ends.fold((f32::MAX, f32::MIN), |(lo, hi), at| (lo.min(at), hi.max(at)))
        };
        let ((x0, x1), (y0, y1)) = (ends(&self.across, &self.down), ends(&self.down, &self.across));
        Area { x0, y0, x1, y1 }
    }

    /// The places of the lines in one direction, with the ends of the lines in the other where those reach further.
    fn places(along: &[Ruling], other: &[Ruling]) -> Vec<f32> {
        let ends = other.iter().flat_map(|r| [r.from, r.to]);
        let (first, last) = ends.fold((f32::MAX, f32::MIN), |(lo, hi), at| (lo.min(at), hi.max(at)));
        let mut places: Vec<f32> = along.iter().map(|r| r.at).chain([first, last]).collect();
        places.sort_by(f32::total_cmp);
        places.dedup_by(|b, a| *b - *a <= SNAP);
        places
    }

    fn size(&self) -> f32 {
        let area = self.area();
        area.width() * area.height()
    }

    /// The grid as a table, or where one of `others` stands in it, as several: its rows up to that one's, and the others.
    fn tables(&self, words: &mut Vec<Word>, others: &[Table], page: &Page) -> Vec<Table> {
        let Some((area, cells, xs, ys)) = self.cells(words, page) else { return Vec::new() };
        let row = |y: f32| ys.partition_point(|at| *at <= y).clamp(1, ys.len() - 1) - 1;
        let inner = others.iter().map(|other| other.area);
        let inner = inner.filter(|o| area.contains(o.x0, o.y0, 0.0) && area.contains(o.x1, o.y1, 0.0));
        let mut ends: Vec<usize> = inner.map(|o| row((o.y0 + o.y1) / 2.0) + 1).chain([ys.len() - 1]).collect();
        ends.sort_unstable();
        ends.dedup();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let part = |(from, to): (usize, usize)| {
            let own = cells.iter().filter(|c| (from..to).contains(&c.row));
            let own = own.map(|c| TableCell { row: c.row - from, rows: c.rows.min(to - c.row), ..c.clone() });
            Table::new(Area { y0: ys[from], y1: ys[to], ..area }, own.collect(), xs.clone(), true)
        };
        starts.zip(ends.iter().copied()).map(part).collect()
    }

    /// Its area, its cells with their text, and where its columns and rows begin and end.
    fn cells(&self, words: &mut Vec<Word>, page: &Page) -> Option<(Area, Vec<TableCell>, Vec<f32>, Vec<f32>)> {
        let xs = Self::places(&self.down, &self.across);
        let ys = Self::places(&self.across, &self.down);
        let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        if columns < 2 || rows < 1 || columns * rows > CELLS {
            return None;
        }
        let area = Area { x0: xs[0], y0: ys[0], x1: xs[columns], y1: ys[rows] };
        let inside = |w: &Word| area.contains((w.x0 + w.x1) / 2.0, w.y - 0.3 * w.size, 0.0);
        let within = |at: f32, places: &[f32]| places.partition_point(|p| *p <= at).clamp(1, places.len() - 1) - 1;
        let mut by_row: Vec<Vec<&Word>> = vec![Vec::new(); rows];
        for word in words.iter().filter(|w| inside(w)) {
            by_row[within(word.y - 0.3 * word.size, &ys)].push(word);
        }
        // A cell reaches over the places where no line parts it from the next one, nor a gap where other rows have a line:
        // some styles leave the lines of every second row out.
        let mut owner: Vec<usize> = (0..rows * columns).collect();
        for r in 0..rows {
            for c in 0..columns {
                let at = r * columns + c;
                let (x, y) = ((xs[c] + xs[c + 1]) / 2.0, (ys[r] + ys[r + 1]) / 2.0);
                if c > 0 && !parts(&self.down, xs[c], y) && !is_gap(&by_row[r], xs[c]) {
                    owner[at] = owner[at - 1];
                } else if r > 0 && !parts(&self.across, ys[r], x) {
                    owner[at] = owner[at - columns];
                }
            }
        }
        let mut cells: Vec<Option<(TableCell, Vec<Word>)>> = vec![None; rows * columns];
        for r in 0..rows {
            for c in 0..columns {
                let (r0, c0) = (owner[r * columns + c] / columns, owner[r * columns + c] % columns);
                let (cell, _) = cells[r0 * columns + c0].get_or_insert_with(|| (TableCell::default(), Vec::new()));
                cell.row = r0;
                cell.column = c0;
                cell.rows = cell.rows.max(r + 1 - r0);
                cell.columns = cell.columns.max(c + 1 - c0);
            }
        }
        let place = |w: &Word| {
            // A word may begin a little left of its cell's line, or run out of the cell: what counts is where it begins.
            let c = within(w.x0 + (0.5 * w.size).min((w.x1 - w.x0) / 2.0), &xs);
            let r = within(w.y - 0.3 * w.size, &ys);
            owner[r * columns + c]
        };
        let mut filled = vec![false; rows * columns];
        for word in words.iter().filter(|w| inside(w)) {
            filled[place(word)] = true;
        }
        let used = filled.iter().filter(|f| **f).count();
        // A single cell that is filled may be the rest of a row that the page above began.
        let is_rest = used == 1 && rows == 1 && area.y0 <= page.top;
        if used < 2 && !is_rest || cells.iter().flatten().count() > 20 * used {
            return None;
        }
        let (taken, left): (Vec<Word>, Vec<Word>) = std::mem::take(words).into_iter().partition(inside);
        *words = left;
        for word in taken {
            if let Some((_, content)) = &mut cells[place(&word)] {
                content.push(word);
            }
        }
        let fill = |(cell, content): (TableCell, Vec<Word>)| {
            let (left, right) = (xs[cell.column], xs[cell.column + cell.columns]);
            cell.filled(&lines(content), left, right, page.known)
        };
        let cells = cells.into_iter().flatten().map(fill).collect();
        Some((area, cells, xs, ys))
    }
}

/// Whether the words of a row stand clear of `place` on both of its sides.
fn is_gap(row: &[&Word], place: f32) -> bool {
    let (left, right): (Vec<&Word>, Vec<&Word>) = row.iter().partition(|w| w.x0 < place);
    let (Some(first), false) = (right.iter().min_by(|a, b| a.x0.total_cmp(&b.x0)), left.is_empty()) else {
        return false;
    };
    let end = left.iter().map(|w| w.x1).fold(f32::MIN, f32::max);
    end <= place && first.x0 - end > GAP * first.size
}

/// Whether a ruling stands at `place` beside the middle of a cell.
fn parts(rulings: &[Ruling], place: f32, middle: f32) -> bool {
    rulings.iter().any(|r| (r.at - place).abs() <= SNAP && r.from <= middle && r.to >= middle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::CELL_BREAK;
    use crate::read::pdf::fonts::FontStyle;

    /// A word in letters of ten points, on the baseline of a row of twenty.
    fn word(text: &str, x0: f32, row: f32) -> Word {
        Word {
            text: text.to_owned(),
            x0,
            x1: x0 + 6.0 * text.len() as f32,
            y: 20.0 * row + 14.0,
            size: 10.0,
            style: FontStyle::default(),
            pagination: false,
            spaced: true,
        }
    }

    #[test]
    fn a_row_without_inner_lines_has_the_columns_of_the_others() {
        let across = (0..4).map(|i| Area { x0: 0.0, y0: 20.0 * i as f32, x1: 200.0, y1: 20.0 * i as f32 });
        let edges = [0.0, 200.0].map(|x| Area { x0: x, y0: 0.0, x1: x, y1: 60.0 });
        // The line between the columns stands in the second row alone.
        let inner = Area { x0: 100.0, y0: 20.0, x1: 100.0, y1: 40.0 };
        let rules: Vec<Area> = across.chain(edges).chain([inner]).collect();
        let across_both = [word("Sum", 60.0, 2.0), word("over", 81.0, 2.0), word("begge", 108.0, 2.0)];
        let mut words =
            vec![word("Vann", 5.0, 0.0), word("310", 150.0, 0.0), word("Tid", 5.0, 1.0), word("18", 105.0, 1.0)];
        words.extend(across_both);
        let tables = ruled_tables(&rules, &[], &mut words, &HashSet::new());
        let text = tables.into_iter().next().unwrap().block().text;
        assert_eq!(text, "Vann\t310\nTid\t18\nSum over begge");
    }
    #[test]
    fn labels_under_each_other_begin_rows() {
        let at = |x0, y0, x1, y1| Area { x0, y0, x1, y1 };
        let across = [0.0, 80.0].map(|y| at(0.0, y, 200.0, y));
        let down = [0.0, 100.0, 200.0].map(|x| at(x, 0.0, x, 80.0));
        let rules = [&across[..], &down[..]].concat();
        let text = |last: &str| {
            let mut words = vec![
                word("Dato:", 5.0, 0.0),
                word("4.3.2014", 105.0, 0.0),
                word("Møtte:", 5.0, 1.0),
                word("Eva", 105.0, 1.0),
                word("Per", 105.0, 1.6),
                word("Meldt", 5.0, 2.3),
                word(last, 5.0, 3.0),
                word("Kari", 105.0, 2.4),
            ];
            let tables = ruled_tables(&rules, &[], &mut words, &HashSet::new());
            tables.into_iter().next().unwrap().block().text.replace(CELL_BREAK, "/")
        };
        assert_eq!(text("forfall:"), "Dato:\t4.3.2014\nMøtte:\tEva/Per\nMeldt forfall:\tKari");
        // Where the last of them is no label, none is.
        assert_eq!(text("forfall").lines().count(), 1);
    }
    #[test]
    fn a_frame_around_the_page_is_no_table() {
        let at = |x0, y0, x1, y1| Area { x0, y0, x1, y1 };
        let frame = [at(0.0, 0.0, 200.0, 0.0), at(0.0, 200.0, 200.0, 200.0), at(0.0, 0.0, 0.0, 200.0)];
        let right = at(200.0, 0.0, 200.0, 200.0);
        let across = [20.0, 40.0].map(|y| at(0.0, y, 200.0, y));
        let table = |to| [&frame[..], &[right], &across, &[at(100.0, 20.0, 100.0, to)]].concat();
        let mut words =
            vec![word("Vik", 5.0, 0.0), word("Sted", 5.0, 1.0), word("Lund", 105.0, 1.0), word("Eva", 5.0, 9.0)];
        let tables = ruled_tables(&table(40.0), &[], &mut words, &HashSet::new());
        assert_eq!(tables.into_iter().map(|t| t.block().text).collect::<Vec<_>>(), ["Sted\tLund"]);
        assert_eq!(words.len(), 2);
        // A table may fill the page.
        let mut words =
            vec![word("Vik", 5.0, 0.0), word("Sted", 5.0, 1.0), word("Lund", 105.0, 1.0), word("Eva", 5.0, 9.0)];
        ruled_tables(&table(200.0), &[], &mut words, &HashSet::new());
        assert_eq!(words.len(), 0);
    }
}
