//! Columns of running text: parts a page so that its pieces come in reading order.

use super::geometry::Area;
use super::lines::{Line, Word, lines};

/// Lines that a column must have on each side of the white space.
const LINES: usize = 5;
/// Words that a line of a column has, in the middle: fewer make a list or a table.
const WORDS: usize = 4;

/// How far, in points, the lines of a column may begin apart.
const EDGE: f32 = 3.0;

/// A stretch of a line, or something that no column may cross.
struct Atom {
    area: Area,
    words: Vec<Word>,
}

impl Atom {
    fn new(words: Vec<Word>) -> Self {
        Self { area: words.iter().fold(Area::EMPTY, |a, w| a.union(w.area())), words }
    }
}

/// Words that are read together.
pub(super) struct Region {
    pub(super) words: Vec<Word>,
    pub(super) area: Area,
    /// One of several columns side by side.
    pub(super) column: bool,
}

/// Parts the words of a page into regions in reading order; `obstacles` are boxes (tables) that stand between.
pub(super) fn regions(words: Vec<Word>, obstacles: &[Area]) -> Vec<Region> {
    let mut atoms: Vec<Atom> = obstacles.iter().map(|area| Atom { area: *area, words: Vec::new() }).collect();
    let lines = lines(words);
    let edges = common_edges(&lines);
    for line in lines {
        let tabs: Vec<usize> = line.segments().iter().map(|s| s.from).collect();
        let mut stretch: Vec<Word> = Vec::new();
        for (at, word) in line.words.into_iter().enumerate() {
            let apart = stretch.last().is_some_and(|last| is_edge(&edges, last, &word));
            if !stretch.is_empty() && (apart || tabs.contains(&at)) {
                atoms.push(Atom::new(std::mem::take(&mut stretch)));
            }
            stretch.push(word);
        }
        atoms.push(Atom::new(stretch));
    }
    atoms.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0));
    let mut out = Vec::new();
    part(atoms, false, 0, &mut out);
    out
}

/// Places where many lines have a word begin after a gap: columns may stand closer than a tab.
fn common_edges(lines: &[Line]) -> Vec<f32> {
    let pairs = lines.iter().flat_map(|line| line.words.windows(2));
    let after_gap = pairs.filter(|p| is_gap(&p[0], &p[1])).map(|p| p[1].x0);
    let mut starts: Vec<f32> = after_gap.chain(lines.iter().map(Line::x0)).collect();
    starts.sort_by(f32::total_cmp);
    let least = (2 * LINES).max(lines.len() / 5);
    let mut edges = Vec::new();
    let mut rest = starts.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.partition_point(|x| *x <= first + EDGE);
        if count >= least {
            edges.push(*first);
        }
        rest = rest.get(count..).unwrap_or_default();
    }
    edges
}

fn is_gap(a: &Word, b: &Word) -> bool {
    b.x0 - a.x1 > 0.6 * b.size
}

fn is_edge(edges: &[f32], last: &Word, word: &Word) -> bool {
    is_gap(last, word) && edges.iter().any(|edge| (edge..=&(edge + EDGE)).contains(&&word.x0))
}

fn part(atoms: Vec<Atom>, column: bool, depth: usize, out: &mut Vec<Region>) {
    let Some((x, top, bottom)) = (depth < 8).then(|| gutter(&atoms)).flatten() else {
        let area = atoms.iter().fold(Area::EMPTY, |a, atom| a.union(atom.area));
        if !atoms.is_empty() {
            out.push(Region { words: atoms.into_iter().flat_map(|a| a.words).collect(), area, column });
        }
        return;
    };
    let (mut above, mut left, mut right, mut below) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for atom in atoms {
        let middle = (atom.area.y0 + atom.area.y1) / 2.0;
        if middle < top {
            above.push(atom);
        } else if middle > bottom {
            below.push(atom);
        } else if atom.area.x1 <= x {
            left.push(atom);
        } else {
            right.push(atom);
        }
    }
    part(above, column, depth + 1, out);
    part(left, true, depth + 1, out);
    part(right, true, depth + 1, out);
    part(below, column, depth + 1, out);
}

/// The white space between two columns: where it stands, and from where to where down the page.
fn gutter(atoms: &[Atom]) -> Option<(f32, f32, f32)> {
    let page = atoms.iter().fold(Area::EMPTY, |a, atom| a.union(atom.area));
    let mut edges: Vec<f32> = atoms.iter().map(|a| a.area.x0).collect();
    edges.sort_by(f32::total_cmp);
    let mut candidates: Vec<(f32, usize)> = Vec::new();
    for edge in edges {
        match candidates.last_mut() {
            Some((first, count)) if edge - *first <= 3.0 => *count += 1,
            _ => candidates.push((edge, 1)),
        }
    }
    let mut best: Option<(usize, (f32, f32, f32))> = None;
    for (edge, _) in
        candidates.into_iter().filter(|(edge, count)| *count >= LINES && *edge > page.x0 + 0.15 * page.width())
    {
        let x = edge - 1.0;
        let mut run: Vec<&Atom> = Vec::new();
        for atom in atoms {
            let crosses = atom.area.x0 < x && atom.area.x1 > x || atom.words.is_empty();
            if !crosses {
                run.push(atom);
            }
            if crosses || std::ptr::eq(atom, atoms.last()?) {
                if let Some((lines, found)) = columns(&run, x)
                    && best.is_none_or(|(most, _)| lines > most)
                {
                    best = Some((lines, found));
                }
                run.clear();
            }
        }
    }
    best.map(|(_, found)| found)
}

/// Whether the stretches of `run` left and right of `x` are two columns of running text; how many lines they have, and
/// the white space.
fn columns(run: &[&Atom], x: f32) -> Option<(usize, (f32, f32, f32))> {
    let (left, right): (Vec<&Atom>, Vec<&Atom>) = run.iter().partition(|a| a.area.x1 <= x);
    let (left, right) = (Side::of(&left)?, Side::of(&right)?);
    // Columns stand side by side: where one ends far above the other begins, they are no columns.
    let shared = left.area.y1.min(right.area.y1) - left.area.y0.max(right.area.y0);
    let beside = shared > 0.5 * left.area.height().min(right.area.height());
    let white = right.area.x0 - left.area.x1;
    if !beside || white < 0.7 * left.size {
        return None;
    }
    let top = left.area.y0.min(right.area.y0);
    let bottom = left.area.y1.max(right.area.y1);
    Some((left.lines + right.lines, (x, top, bottom)))
}

struct Side {
    area: Area,
    lines: usize,
    size: f32,
}

impl Side {
    fn of(atoms: &[&Atom]) -> Option<Self> {
        if atoms.len() < LINES {
            return None;
        }
        let area = atoms.iter().fold(Area::EMPTY, |a, atom| a.union(atom.area));
        let full = atoms.iter().filter(|a| a.area.width() > 0.7 * area.width()).count();
        let mut words: Vec<usize> = atoms.iter().map(|a| a.words.len()).collect();
        words.sort_unstable();
        let mut sizes: Vec<f32> = atoms.iter().flat_map(|a| &a.words).map(|w| w.size).collect();
        sizes.sort_by(f32::total_cmp);
        let size = *sizes.get(sizes.len() / 2)?;
        let running = full * 2 >= atoms.len() && *words.get(words.len() / 2)? >= WORDS;
        running.then_some(Self { area, lines: atoms.len(), size })
    }
}

/// Lines of a region, from top to bottom.
pub(super) fn region_lines(region: Region) -> Vec<Line> {
    lines(region.words)
}
