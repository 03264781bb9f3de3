//! A page's words to its parts in reading order: paragraphs and tables.

use std::collections::{BTreeMap, HashSet};

use super::aligned::{Piece, aligned_tables};
use super::columns::{region_lines, regions};
use super::geometry::Area;
use super::lines::{Direction, Line, Word, lines};
use super::paragraphs::{Paragraph, TextLine, paragraphs};
use super::table::Table;

/// What the pages of a file have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measures<'w> {
    /// Size of running text, in points.
    pub(super) body: f32,
    /// Usual distance of baselines, in em.
    pub(super) leading: f32,
    /// The file's [long words](super::table::long_words).
    pub(super) known: &'w HashSet<String>,
}

/// A part of a page.
#[derive(Debug)]
pub(super) enum Element {
    Text(Paragraph),
    Table(Table),
}

/// The measures of a file, from the lines of its pages.
pub(super) fn measures<'l, 'w>(pages: impl Iterator<Item = &'l [Line]>, known: &'w HashSet<String>) -> Measures<'w> {
    let mut sizes = BTreeMap::<i32, usize>::new();
    let mut gaps = BTreeMap::<i32, usize>::new();
    for lines in pages {
        for line in lines {
            let letters: usize = line.words.iter().map(|w| w.text.len()).sum();
            // Rows of tables, which may be set in smaller type, count only where there is nothing else.
            let is_row = line.segments().len() > 1;
            *sizes.entry((line.size * 2.0).round() as i32).or_default() += if is_row { 1 } else { letters };
        }
        for pair in lines.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            let gap = (b.y - a.y) / b.size.max(1.0);
            // Single to one and a half lines; what is more parts paragraphs.
            if (0.9..1.9).contains(&gap) && (a.size - b.size).abs() < 0.05 * b.size && a.words.len() + b.words.len() > 8
            {
                *gaps.entry((gap * 20.0).round() as i32).or_default() += 1;
            }
        }
    }
    let most = |counts: &BTreeMap<i32, usize>| counts.iter().max_by_key(|(_, n)| **n).map(|(k, _)| *k);
    Measures {
        body: most(&sizes).map_or(11.0, |size| size as f32 / 2.0),
        leading: most(&gaps).map_or(1.25, |gap| gap as f32 / 20.0),
        known,
    }
}

/// The right end of full lines: the furthest end that is not one line's alone, but no further than there was room for the
/// words that went to the next line.
pub(super) fn right_margin<'l>(lines: impl Iterator<Item = &'l Line>, words: usize) -> Option<f32> {
    /// How far, in points, the ends of ragged lines lie apart.
    const RAGGED: f32 = 30.0;
    /// Fewer wrapped lines tell nothing.
    const WRAPPED: usize = 6;
    let lines: Vec<&Line> = lines.filter(|l| l.words.len() >= words).collect();
    let mut ends: Vec<f32> = lines.iter().map(|line| line.x1()).collect();
    ends.sort_by(|a, b| b.total_cmp(a));
    let company = (ends.len() / 50).max(1);
    let supported = |(at, end): &(usize, &f32)| ends.get(at + company).is_some_and(|other| *end - other < RAGGED);
    let furthest = ends.iter().enumerate().find(supported).map(|(_, end)| *end).or(ends.first().copied())?;

    let mut needed: Vec<f32> = lines.windows(2).filter_map(|pair| pair[1].needed_above(pair[0])).collect();
    needed.sort_by(f32::total_cmp);
    let room = needed.get(needed.len() / 10).filter(|_| needed.len() >= WRAPPED);
    Some(room.map_or(furthest, |room| furthest.min(*room)))
}

/// The parts of a page's main text: `tables` drawn with lines and the words outside of them. `margin` is where full lines
/// end on pages of this width.
pub(super) fn elements(
    words: Vec<Word>,
    tables: Vec<Table>,
    measures: Measures<'_>,
    margin: Option<f32>,
) -> Vec<Element> {
    let mut tables = tables;
    let obstacles: Vec<Area> = tables.iter().map(|t| t.area).collect();
    let mut out: Vec<Element> = Vec::new();
    let mut beside = false;
    for region in regions(words, &obstacles) {
        let area = region.area;
        let column = region.column;
        let (inside, rest): (Vec<Table>, Vec<Table>) = tables
            .into_iter()
            .partition(|t| area.contains((t.area.x0 + t.area.x1) / 2.0, (t.area.y0 + t.area.y1) / 2.0, 1.0));
        tables = rest;
        let lines = region_lines(region);
        let margin = if column { None } else { margin };
        let margin = margin.or_else(|| right_margin(lines.iter(), if column { 2 } else { 5 }));
        let margin = margin.unwrap_or_else(|| lines.iter().map(Line::x1).fold(f32::MIN, f32::max));
        let mut parts = Vec::new();
        flow(lines, inside, measures, margin, &mut parts);
        // A paragraph may go on in the next column.
        if let (true, Some(Element::Text(last)), Some(Element::Text(first))) =
            (beside && column, out.last_mut(), parts.first())
            && last.continues_in(first)
        {
            last.lines.extend(first.lines.iter().cloned());
            parts.remove(0);
        }
        out.append(&mut parts);
        beside = column;
    }
    out.extend(tables.into_iter().map(Element::Table));
    out
}

/// Text in another direction than the page's: no tables, no columns.
pub(super) fn aside(direction: Direction, measures: Measures) -> Vec<Element> {
    let lines = lines(direction.words);
    let margin = lines.iter().map(Line::x1).fold(f32::MIN, f32::max);
    let mut out = Vec::new();
    text(lines.iter().map(TextLine::new).collect(), None, measures, margin, &mut out);
    out
}

/// Lines and ruled tables of a region, from top to bottom.
fn flow(lines: Vec<Line>, tables: Vec<Table>, measures: Measures<'_>, margin: f32, out: &mut Vec<Element>) {
    let mut tables = tables.into_iter().peekable();
    let mut rest: Vec<Line> = Vec::new();
    for line in lines {
        while let Some(table) = tables.next_if(|t| t.area.y0 < line.y - 0.3 * line.size) {
            unruled(std::mem::take(&mut rest), measures, margin, out);
            out.push(Element::Table(table));
        }
        rest.push(line);
    }
    unruled(rest, measures, margin, out);
    out.extend(tables.map(Element::Table));
}

fn unruled(lines: Vec<Line>, measures: Measures<'_>, margin: f32, out: &mut Vec<Element>) {
    let mut waiting: Vec<TextLine> = Vec::new();
    let mut above = None;
    let mut last_y = None;
    for piece in aligned_tables(lines, measures.known) {
        match piece {
            Piece::Line(line) => {
                if waiting.is_empty() {
                    above = last_y.map(|y: f32| (line.y - y) / line.size.max(1.0));
                }
                last_y = Some(line.y);
                waiting.push(TextLine::new(&line));
            }
            Piece::Table(table) => {
                text(std::mem::take(&mut waiting), above, measures, margin, out);
                last_y = Some(table.area.y1);
                out.push(Element::Table(table));
            }
        }
    }
    text(waiting, above, measures, margin, out);
}

fn text(lines: Vec<TextLine>, above: Option<f32>, measures: Measures<'_>, margin: f32, out: &mut Vec<Element>) {
    out.extend(paragraphs(lines, above, margin, measures.leading).into_iter().map(Element::Text));
}
