//! Votes in tables: a proposal in each row, or a side in each, with numbers or names.

use crate::document::{Block, CELL_BREAK, Cell, Span};
use crate::lang::{VoteColumn, lexicon};
use crate::model::{Sourced, Vote, VoteForm, VoteOutcome};

use super::super::attendance::cell_text;
use super::super::line::{Folded, Line};
use super::super::tables::is_total;
use super::super::text::spaces_folded;
use super::super::values::name::{is_name, is_party, people};

/// A head that names a side and what is voted on has so many words at most: `Mot innstillinga: 2`.
const HEAD_WORDS: usize = 6;

/// The votes in the rows of tables, in order.
#[must_use]
pub fn in_tables(rows: &[&Line], blocks: &[Block]) -> Vec<Vote> {
    rows.chunk_by(|a, b| a.block == b.block).flat_map(|table| in_table(table, blocks)).collect()
}

/// Whether a row heads a table of votes, with a column for each side.
#[must_use]
pub fn heads_votes(row: &Line) -> bool {
    let sides: Vec<VoteColumn> = sides(row).into_iter().flatten().collect();
    sides.contains(&VoteColumn::For) && sides.contains(&VoteColumn::Against)
}

/// Whether a row heads a table of votes with a column for how many there were.
#[must_use]
pub fn heads_counts(row: &Line) -> bool {
    counted_column(row).is_some()
}

fn counted_column(head: &Line) -> Option<usize> {
    let counts =
        |cell: &Cell| lexicon().is_particle("votes_cast", Folded::text_of(cell.text.trim()).trim_end_matches(':'));
    cells(head).iter().position(counts).filter(|column| *column > 0)
}

/// What the cells of a row head. Of two that are for something, each with its number, the second is against the first:
/// `For innstillingen (9) | For forslag fra Frp (6)`. A side may have a column for its names too: `For | Mot | Mot stemte`.
fn sides(row: &Line) -> Vec<Option<VoteColumn>> {
    let mut sides: Vec<Option<VoteColumn>> = cells(row).iter().map(side).collect();
    let counted = |cell: &Cell| side(cell) == Some(VoteColumn::For) && number_in_head(cell).is_some();
    if sides.iter().flatten().count() == 2
        && cells(row).iter().filter(|cell| counted(cell)).count() == 2
        && let Some(second) = sides.iter().rposition(Option::is_some)
    {
        sides[second] = Some(VoteColumn::Against);
    }
    let known = sides.clone();
    for (side, cell) in sides.iter_mut().zip(cells(row)) {
        let text = Folded::text_of(cell.text.trim());
        let mut words = text.split(' ').filter(|word| text.split(' ').count() <= HEAD_WORDS && *word != text);
        let ends = [words.next(), words.next_back()].into_iter().flatten();
        let of_names = ends.filter_map(|word| lexicon().votes.columns.get(word)).find(|c| known.contains(&Some(**c)));
        *side = side.or(of_names.copied());
    }
    sides
}

/// The vote of a table that has a column for those who voted for each of two proposals: `Stemte for innstillingen | Stemte for
/// forslaget fra Ap`. Those for the second were against the first.
fn by_proposals(rows: &[&Line], blocks: &[Block]) -> Option<Vote> {
    let (head, under) = rows.split_first().filter(|(head, under)| cells(head).len() == 2 && !under.is_empty())?;
    let votes_for = |cell: &Cell| {
        let text = Folded::text_of(&cell.text);
        let opens = |word: &String| text.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' '));
        lexicon().votes.columns.iter().any(|(word, column)| *column == VoteColumn::For && opens(word))
    };
    let is_voter = |cell: &Cell| cell.text.trim().is_empty() || is_name(cell.text.trim());
    if !cells(head).iter().all(votes_for) || !under.iter().all(|row| cells(row).iter().all(is_voter)) {
        return None;
    }
    let mut told = Told::default();
    for row in under {
        for (cell, side) in cells(row).iter().zip([VoteColumn::For, VoteColumn::Against]) {
            told.take(Some(side), cell);
        }
    }
    told.vote(under, blocks)
}

fn in_table(rows: &[&Line], blocks: &[Block]) -> Vec<Vote> {
    if let Some(vote) = by_proposals(rows, blocks) {
        return vec![vote];
    }
    let Some(head) = rows.iter().position(|row| heads_votes(row)) else {
        return by_counts(rows, blocks).map_or_else(|| by_rows(rows, blocks), |vote| vec![vote]);
    };
    let columns = sides(rows[head]);
    let under = |row: &&&Line| cells(row).len() == columns.len();
    let rows_under = || rows[head + 1..].iter().filter(under);
    // The votes of each party are parts of one vote.
    let is_by_party =
        rows_under().any(|row| columns[0].is_none() && cells(row).first().is_some_and(|c| is_party(c.text.trim())));
    if is_by_party && let Some(vote) = by_party_names(&columns, &rows_under().copied().collect::<Vec<_>>(), blocks) {
        return vec![vote];
    }
    if let Some(vote) = by_voters(&columns, &rows_under().copied().collect::<Vec<_>>(), blocks) {
        return vec![vote];
    }
    let mut votes = Vec::new();
    for row in rows_under() {
        let label = cells(row).first().filter(|_| columns[0].is_none());
        if is_by_party && !label.is_some_and(|c| is_total(&c.text.trim().to_lowercase())) {
            continue;
        }
        let mut told = Told { on: label.filter(|_| !is_by_party), ..Told::default() };
        for (cell, column) in cells(row).iter().zip(&columns) {
            told.take(*column, cell);
        }
        if let Some(vote) = told.vote(&[row], blocks) {
            votes.push(vote);
        }
    }
    // `For innstillinga: 9 | Mot innstillinga: 2`, with the names below or with nothing.
    let counted: Vec<Option<u32>> = cells(rows[head]).iter().map(number_in_head).collect();
    let lists_names = || rows_under().all(|row| cells(row).iter().all(|c| number_of(c).is_none()));
    if counted.iter().any(Option::is_some) && (votes.len() < 2 || lists_names()) {
        let mut told = Told::default();
        let with_head: Vec<&Line> = std::iter::once(rows[head]).chain(rows_under().copied()).collect();
        for row in &with_head {
            for (cell, column) in cells(row).iter().zip(&columns) {
                told.take(*column, cell);
            }
        }
        return told.vote(&with_head, blocks).into_iter().collect();
    }
    votes
}

/// One vote with a row for each voter, and a mark on the side: `Representant | Parti | For | Mot`, `Eva Lie | H | X | `. A
/// last row may give the sums.
fn by_voters(columns: &[Option<VoteColumn>], rows: &[&Line], blocks: &[Block]) -> Option<Vote> {
    let is_mark = |cell: &Cell| lexicon().is_particle("yes", &Folded::text_of(cell.text.trim()));
    // "Antall stemmer | 4 | 1"
    let is_counted = |row: &Line| {
        let mut of_sides = cells(row).iter().zip(columns).filter(|(_, column)| column.is_some());
        cells(row).len() == columns.len() && of_sides.all(|(cell, _)| number_of(cell).is_some())
    };
    let mut told = Told::default();
    for row in rows {
        let side = cells(row).iter().zip(columns).position(|(cell, column)| column.is_some() && is_mark(cell));
        let voter = cells(row).iter().find(|cell| is_name(cell.text.trim()));
        if let (Some(at), Some(voter)) = (side, voter) {
            told.take(columns[at], voter);
        } else if cells(row).first().is_some_and(|c| is_total(&c.text.trim().to_lowercase()))
            || told.names.iter().any(|side| !side.is_empty()) && is_counted(row)
        {
            cells(row).iter().zip(columns).for_each(|(cell, column)| told.take(*column, cell));
        } else {
            return None;
        }
    }
    told.vote(rows, blocks)
}

/// One vote whose rows name, of each party, who was on which side: `Parti | For | Mot`, `H | Eva Lie, Per Ås | `.
fn by_party_names(columns: &[Option<VoteColumn>], rows: &[&Line], blocks: &[Block]) -> Option<Vote> {
    let mut told = Told::default();
    for row in rows {
        for (cell, column) in cells(row).iter().zip(columns).filter(|(_, column)| column.is_some()) {
            if !cell.text.trim().is_empty() && people(&cell.text).is_empty() {
                return None;
            }
            told.take(*column, cell);
        }
    }
    told.vote(rows, blocks)
}

/// One vote whose rows are two proposals, or the sides for one, each with its number in a column for that, and perhaps its
/// voters: `Det ble stemt over | Stemmer`, `Rådmannens innstilling | 9`, `Forslag fra Eva Lie | 5`.
fn by_counts(rows: &[&Line], blocks: &[Block]) -> Option<Vote> {
    let [head, under @ ..] = rows else { return None };
    let column = counted_column(head)?;
    let [first, second] = under else { return None };
    let counted = |row: &Line| cells(row).get(column).is_some_and(|cell| number_of(cell).is_some());
    if !counted(first) || !counted(second) {
        return None;
    }
    let opens = |row: &Line| {
        let text = Folded::text_of(cells(row)[0].text.trim());
        lexicon().votes.columns.get(text.split(' ').next()?).copied()
    };
    let is_for_one = opens(first) == Some(VoteColumn::For) && opens(second) == Some(VoteColumn::Against);
    let mut told = Told { on: Some(&cells(first)[0]), between_two: !is_for_one, ..Told::default() };
    for (row, side) in [(first, VoteColumn::For), (second, VoteColumn::Against)] {
        cells(row)[1..].iter().filter(|cell| !cell.text.trim().is_empty()).for_each(|cell| told.take(Some(side), cell));
    }
    told.vote(under, blocks)
}

/// The votes whose sides are rows: `For | 24`, `Mot | 11`, or beside the proposal, `Innstillingen | For | 24`, ` | Mot | 11`. Of
/// several columns, that with the sums counts.
fn by_rows(rows: &[&Line], blocks: &[Block]) -> Vec<Vote> {
    let side_of =
        |row: &Line, column: usize| cells(row).get(column).and_then(side).filter(|s| *s != VoteColumn::Outcome);
    let of_column = |column: usize| -> Vec<(VoteColumn, &Line)> {
        let width = column + 1;
        let rows = rows.iter().filter(|row| cells(row).len() > width);
        rows.filter_map(|row| Some((side_of(row, column)?, *row))).collect()
    };
    let (column, sides) = match of_column(0) {
        sides if sides.len() > 1 => (0, sides),
        _ => (1, of_column(1)),
    };
    let heads = rows.first().map_or(&[][..], |row| cells(row));
    let sums = heads.iter().position(|c| is_total(&c.text.trim().to_lowercase()));
    let outcomes = heads.iter().position(|c| side(c) == Some(VoteColumn::Outcome));
    // "For | 3 | Eva Lie, Per Ås, Jon Moe"
    let is_told = |row: &Line| {
        let told = &cells(row)[column + 1..];
        told.len() == 1
            || told.iter().filter(|c| number_of(c).is_some()).count() == 1
                && told.iter().all(|c| number_of(c).is_some() || !people(&c.text).is_empty())
    };
    if sums.is_none() && !sides.iter().all(|(_, row)| is_told(row)) {
        return Vec::new();
    }
    let each = sides.chunk_by(|_, (side, _)| *side != VoteColumn::For).filter_map(|sides| {
        let count = |of| sides.iter().filter(|(side, _)| *side == of).count();
        if count(VoteColumn::For) != 1 || count(VoteColumn::Against) != 1 {
            return None;
        }
        let lines: Vec<&Line> = sides.iter().map(|(_, row)| *row).collect();
        let on = cells(lines[0]).first().filter(|cell| column > 0 && !cell.text.trim().is_empty());
        let mut told = Told { on, ..Told::default() };
        for (side, row) in sides {
            // "For (8) | Eva Lie, Per Ås, …"
            let counted = cells(row).get(column).filter(|head| number_in_head(head).is_some());
            let said = sums.map_or(column + 1..cells(row).len(), |at| at..at + 1);
            for cell in counted.into_iter().chain(cells(row).get(said).into_iter().flatten()) {
                told.take(Some(*side), cell);
            }
        }
        // "Forslaget falt" in a row of its own
        let last = rows.last().map(|row| cells(row)).filter(|c| c.len() == 1).and_then(<[_]>::first);
        let outcome = outcomes.and_then(|at| cells(lines[0]).get(at)).or(last);
        outcome.into_iter().for_each(|cell| told.take(Some(VoteColumn::Outcome), cell));
        told.vote(&lines, blocks)
    });
    each.collect()
}

/// What the cells of a vote hold.
#[derive(Default)]
struct Told<'c> {
    on: Option<&'c Cell>,
    outcome: Option<VoteOutcome>,
    unanimous: bool,
    /// One proposal was set against another.
    between_two: bool,
    counts: [Option<(u32, &'c Cell)>; 3],
    names: [Vec<&'c Cell>; 2],
}

impl<'c> Told<'c> {
    fn take(&mut self, column: Option<VoteColumn>, cell: &'c Cell) {
        let at = match column {
            Some(VoteColumn::For) => 0,
            Some(VoteColumn::Against) => 1,
            Some(VoteColumn::Abstain) => 2,
            Some(VoteColumn::Outcome) => {
                let votes = &lexicon().votes;
                let text = Folded::text_of(&cell.text);
                self.unanimous |= votes.unanimous.is_match(&text);
                self.outcome = if votes.rejected.is_match(&text) {
                    Some(VoteOutcome::Rejected)
                } else {
                    votes.adopted.is_match(&text).then_some(VoteOutcome::Adopted)
                };
                return;
            }
            None => return,
        };
        // "Innstillingen | alle | ", "Innstillingen | Enstemmig | "
        let text = Folded::text_of(cell.text.trim());
        self.unanimous |= at == 0 && (lexicon().is_particle("all", &text) || lexicon().votes.unanimous.is_match(&text));
        let count = number_of(cell).or_else(|| number_in_head(cell));
        if let Some(count) = count.or_else(|| Some(number_before_names(cell)?.0)) {
            self.counts[at] = Some((count, cell));
        }
        if count.is_none()
            && side(cell).is_none()
            && let Some(names) = self.names.get_mut(at)
        {
            names.push(cell);
        }
    }

    /// The vote told in `rows`; none where one of the two sides has neither a number nor names.
    fn vote(self, rows: &[&Line], blocks: &[Block]) -> Option<Vote> {
        let block = rows.first()?.block;
        let text = &blocks.get(block as usize)?.text;
        let span = |start, end| Span { block, start, end };
        let count = |at: usize| {
            let (value, cell) = self.counts[at]?;
            let raw = &text[cell.start..cell.end];
            let to = raw.rfind(|c: char| c.is_ascii_digit()).map_or(raw.len(), |at| at + 1);
            let from = raw[..to].trim_end_matches(|c: char| c.is_ascii_digit()).len();
            Some(Sourced::new(value, vec![span(cell.start + from, cell.start + to)], blocks))
        };
        let names = |at: usize| -> Vec<Sourced<String>> {
            let named = |cell: &&Cell| {
                let from = cell.start + number_before_names(cell).map_or(0, |(_, at)| at);
                let raw = &text[from..cell.end];
                people(raw)
                    .into_iter()
                    .map(|p| {
                        let at = span(from + p.name.0, from + p.name.1);
                        Sourced::new(spaces_folded(&raw[p.name.0..p.name.1]), vec![at], blocks)
                    })
                    .collect::<Vec<_>>()
            };
            self.names[at].iter().flat_map(named).collect()
        };
        let (pro, contra) = (count(0), count(1));
        let (for_names, against_names) = (names(0), names(1));
        let is_told = (pro.is_some() || !for_names.is_empty()) && (contra.is_some() || !against_names.is_empty());
        if !is_told && !self.unanimous {
            return None;
        }
        let named = !(for_names.is_empty() && against_names.is_empty());
        let numbers = pro.as_ref().zip(contra.as_ref()).filter(|(pro, contra)| pro.value != contra.value);
        let by_numbers = numbers
            .map(|(pro, contra)| if pro.value > contra.value { VoteOutcome::Adopted } else { VoteOutcome::Rejected });
        let (first, last) = (rows.first()?, rows.last()?);
        let said = span(first.start, last.start + last.raw.len());
        Some(Vote {
            form: match (named, self.unanimous) {
                (true, _) => VoteForm::Names,
                (false, true) => VoteForm::Unanimous,
                (false, false) if self.between_two => VoteForm::Alternatives,
                (false, false) => VoteForm::Counts,
            },
            for_count: pro,
            against: contra,
            abstain: count(2),
            for_names,
            against_names,
            casting_vote: false,
            on: self.on.and_then(|cell| cell_text(first, cell.start, cell.end, blocks)),
            outcome: self.outcome.or(by_numbers).or(self.unanimous.then_some(VoteOutcome::Adopted)),
            said: Sourced::new(text[said.start..said.end].to_owned(), vec![said], blocks),
        })
    }
}

fn cells<'a>(row: &Line<'a>) -> &'a [Cell] {
    row.cells.unwrap_or_default()
}

/// The side that a head names: `For`, `Mot innstillinga: 2`.
fn side(cell: &Cell) -> Option<VoteColumn> {
    let text = Folded::text_of(&cell.text);
    let head = text.trim_end_matches([':', ' ']);
    let heads = &lexicon().votes.columns;
    heads.get(head).copied().or_else(|| {
        let (first, rest) = head.split_once([' ', ':'])?;
        let is_counted = number_in_head(cell).is_some() && rest.split(' ').count() <= HEAD_WORDS;
        heads.get(first).copied().filter(|_| is_counted)
    })
}

/// The number before the names in a cell, and where these begin: `4: Eva Lie, Per Ås`, or over them.
fn number_before_names(cell: &Cell) -> Option<(u32, usize)> {
    let (number, names) = cell.text.split_once(':').or_else(|| cell.text.split_once(CELL_BREAK))?;
    let count = number.trim().parse().ok().filter(|_| !people(names).is_empty())?;
    Some((count, cell.text.len() - names.len()))
}

/// The number at the end of a head: `Mot innstillinga: 2`, `For (9)`, `FOR 9`.
fn number_in_head(cell: &Cell) -> Option<u32> {
    let text = cell.text.trim().trim_end_matches(')');
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    // "FOR 3"
    let is_side = || lexicon().votes.columns.contains_key(&before.trim().to_lowercase());
    let is_head = before.trim_end().ends_with([':', '(']) && before.chars().any(char::is_alphabetic) || is_side();
    text[before.len()..].parse().ok().filter(|_| is_head)
}

fn number_of(cell: &Cell) -> Option<u32> {
    let text = cell.text.trim();
    // "1 (FrP)"
    let number = text.split_once(" (").filter(|_| text.ends_with(')')).map_or(text, |(number, _)| number);
    number.parse().ok().filter(|n| *n < 1_000)
}
