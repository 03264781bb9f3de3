//! Cases: which lines head a case, and what stands in its sections.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::{Block, BlockKind, Span};
use crate::lang::{ColumnHead, Field, TitleWord, lexicon};
use crate::model::{Case, CaseNumber, CaseType, Kind, Language, Sourced};

use super::attendance::{cell_text, columns, columns_or_line};
use super::cue::{self, CaseHead};
use super::field::{Found, fields};
use super::header::PaperHead;
use super::line::{Folded, Line};
use super::references::references;
use super::segment::names_organisation;
use super::text::{join_wrapped, short, spaces_folded};
use super::values::date;
use super::values::number::{self, Order, Printed};

mod section;

/// What the cases of a document need to know of it.
pub struct Context<'a, 'b> {
    /// All lines of the file.
    pub lines: &'a [Line<'b>],
    /// The file's blocks.
    pub blocks: &'b [Block],
    /// The kind of the document.
    pub kind: Kind,
    /// The year of the document.
    pub year: Option<i16>,
}

/// A table that heads a case has so many rows at most.
const HEAD_ROWS: usize = 8;

/// A title with the number of its case behind it has so many bytes at most.
const LONGEST_TITLE: usize = 200;

/// A line with the rest of a title has so many bytes at most.
const WRAPPED_TITLE: usize = 120;

/// A section of a case, where nothing else tells that its number is one, begins within so many lines.
const LINES_TO_SECTION: usize = 3;

/// A line that heads a case.
#[derive(Debug, Clone)]
pub struct Head {
    /// The line.
    pub line: usize,
    cue: CaseHead,
    /// The line of the title, where it stands over a table with the number, or under it.
    title_at: Option<usize>,
    /// It is a row of an agenda list: the case's text, if any, stands elsewhere.
    listed: bool,
}

impl Head {
    fn new(line: usize, cue: CaseHead, listed: bool) -> Self {
        Self { line, cue, title_at: None, listed }
    }

    /// The first line that belongs to it.
    #[must_use]
    pub fn start(&self) -> usize {
        self.title_at.map_or(self.line, |title| title.min(self.line))
    }

    /// Whether it stands in an agenda list or a route table.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.listed
    }
}

/// The lines in `range` that head cases.
#[must_use]
pub fn heads(lines: &[Line], range: Range<usize>, language: Language) -> Vec<Head> {
    let mut found: Vec<Head> = Vec::new();
    let tables = HeadedTables::of(&lines[range.clone()]);
    for i in range.clone() {
        let line = &lines[i];
        if line.continues && !line.first {
            continue;
        }
        if let Some(cells) = line.cells {
            let numbered = |cue: &CaseHead| {
                cue.number.series.is_some()
                    || cue.number.case_word
                    || cells.len() == 1
                    || tables.numbered.contains(&line.block)
            };
            if let Some(cue) = labelled_number(line) {
                found.push(Head::new(i, cue, false));
                continue;
            }
            let head = row_head(line, cells.len()).filter(numbered).filter(|_| !tables.routes.contains(&line.block));
            found.extend(head.map(|cue| Head::new(i, cue, true)));
        } else if let Some(cue) = cue::case_head(line).filter(|_| speaks_of_cases(line, language)) {
            found.push(Head::new(i, cue, false));
        }
    }
    if found.iter().all(|h| h.listed) {
        let routed = routed_heads(lines, range.clone(), &tables.routes);
        if routed.len() > 1 {
            found.extend(routed);
            found.sort_by_key(|h| h.line);
            return found;
        }
    }
    if found.iter().all(|h| h.cue.number.second.is_none()) {
        let titled: Vec<Head> = range.clone().filter_map(|i| numbered_after_title(lines, i)).collect();
        if titled.len() > 1 {
            return titled;
        }
    }
    if found.is_empty() {
        // A word for a paragraph of a law heads cases where the numbers run on: "§ 27 Budsjett", "§ 28 Skur 3".
        let marked = range.clone().filter(|i| lines[*i].cells.is_none() && (!lines[*i].continues || lines[*i].first));
        let marked: Vec<Head> = marked.filter_map(|i| Some(Head::new(i, cue::case_head(&lines[i])?, false))).collect();
        let first = |h: &Head| h.cue.number.first;
        if marked.len() > 2 && marked.windows(2).all(|w| first(&w[1]) == first(&w[0]) + 1) {
            return marked;
        }
        return numbered_heads(lines, range);
    }
    // Numbers without series and without the word for case head cases only where nothing better does, and where they run on.
    let certain = |h: &Head| h.cue.number.series.is_some() || h.cue.number.case_word;
    let slashed = |h: &Head| h.cue.number.second.is_some();
    if found.iter().any(|h| certain(h) && slashed(h) && !h.listed) {
        found.retain(|h| certain(h) && slashed(h) || h.listed);
    } else if !found.iter().any(certain) {
        let run = |h: &Head| h.cue.number.first;
        // Rows of a list run on whatever stands between them.
        let single: Vec<&Head> = found.iter().filter(|h| !h.listed).collect();
        let runs_on =
            single.windows(2).any(|w| run(w[1]) == run(w[0]) + 1 || w[0].cue.number.second < w[1].cue.number.second);
        let alone = |h: &Head| h.cue.title >= lines[h.line].text().len();
        let heads_section = |l: &Line| fields(l).first().is_some_and(|f| f.field.is_section());
        let over_section = |h: &Head| lines[h.line + 1..range.end].iter().take(LINES_TO_SECTION).any(heads_section);
        let numbered = |h: &Head| h.cue.number.second.is_some() && (alone(h) || over_section(h));
        found.retain(|h| runs_on || numbered(h) || lines[h.line].stands_out() || h.listed);
    }
    titles_above(lines, &mut found);
    // A single row of a table heads a case; several rows are the agenda list.
    let rows_of =
        |found: &[Head], block: u32| found.iter().filter(|h| h.listed && lines[h.line].block == block).count();
    // Rows beside it may say who prepared the case.
    let alone = |at: usize| {
        let same = |near: Option<usize>| {
            let row = near.and_then(|i| lines.get(i)).filter(|l| l.block == lines[at].block);
            row.is_some_and(|l| !fields(l).iter().any(|f| f.marked))
        };
        !same(at.checked_sub(1)) && !same(at.checked_add(1))
    };
    let single: Vec<bool> =
        found.iter().map(|h| h.listed && alone(h.line) && rows_of(&found, lines[h.line].block) == 1).collect();
    for (head, single) in found.iter_mut().zip(single) {
        head.listed &= !single;
    }
    // The head of a case right under the list may have been read as the list's last row: its number comes there again.
    for i in 1..found.len() {
        let at = found[i].line;
        let block = lines[at].block;
        let last_row = lines.get(at + 1).is_none_or(|l| l.block != block);
        let again = found[..i].iter().any(|h| {
            lines[h.line].block == block
                && h.cue.number.first == found[i].cue.number.first
                && h.cue.number.second == found[i].cue.number.second
        });
        found[i].listed &= !(last_row && again);
    }
    // Lines right after one another, without text between them, are an agenda list too where the numbers come again.
    for i in 0..found.len() {
        let same = |j: usize| {
            found[j].cue.number.first == found[i].cue.number.first
                && found[j].cue.number.second == found[i].cue.number.second
        };
        // The title may stand on the next line.
        let bare = usize::from(found[i].cue.title >= lines[found[i].line].text().len());
        let is_text = |at: &usize| lines[*at].raw.chars().any(char::is_alphabetic);
        let between = |n: &Head| (title_end(lines, &found[i]) + 1..n.line).filter(is_text).count();
        let empty = found.get(i + 1).is_some_and(|n| between(n) <= bare);
        // The last line of the list may be followed by who signs it.
        let goes_on = i > 0 && found[i - 1].listed && title_end(lines, &found[i - 1]) + 1 == found[i].line;
        let until = found.get(i + 1).map_or(found[i].line, |n| n.line);
        let heads_section = |l: &Line| fields(l).first().is_some_and(|f| f.field.is_section());
        let is_last = goes_on && until > found[i].line && !lines[found[i].line + 1..until].iter().any(heads_section);
        if !found[i].listed && (is_last || empty && (i + 1..found.len()).any(same)) {
            found[i].listed = true;
        }
    }
    found
}

/// Whether the heads are numbers alone, from 1 on, and nothing in the cases was proposed, voted on or decided: the chapters of some
/// other text.
#[must_use]
pub fn are_chapters(heads: &[Head], cases: &[Case]) -> bool {
    let treated = |c: &Case| !c.proposals.is_empty() || !c.votes.is_empty() || c.decision.is_some();
    let is_bare = |h: &Head| h.cue.number.second.is_none() && h.cue.number.series.is_none() && !h.cue.number.case_word;
    heads.first().is_some_and(|h| h.cue.number.first == 1) && heads.iter().all(is_bare) && !cases.iter().any(treated)
}

/// The head of a case whose number stands after its title, in parentheses or set apart: `Konstituering (sak 1/15)`.
#[must_use]
pub fn numbered_after_title(lines: &[Line], at: usize) -> Option<Head> {
    let line = lines.get(at).filter(|l| l.cells.is_none() && l.raw.len() < LONGEST_TITLE)?;
    let text = line.text();
    let inside = text.strip_suffix(')').and_then(|text| Some((text, text.rfind(" (")? + 2)));
    let apart = || Some((text, text.rfind('\t').filter(|tab| *tab > 0)? + 1));
    let dashed = || Some((text, text.rfind(" - ").filter(|_| line.stands_out())? + 3));
    // "Referatsaker. S-sak 32/83"
    let sentence = || Some((text, text.rfind(". ")? + 2));
    let (text, open) = inside.or_else(apart).or_else(dashed).or_else(sentence)?;
    let source = |s: usize, e: usize| {
        let (from, to) = line.folded.source(open + s, open + e);
        line.raw.get(from..to).unwrap_or_default().to_owned()
    };
    let printed =
        number::at_start(&text[open..], &source).filter(|p| p.second.is_some() && open + p.end == text.len())?;
    let is_sentence = text[..open].ends_with(". ");
    let is_title = if is_sentence { printed.case_word && !text[..open - 2].contains(". ") } else { line.stands_out() };
    if !is_title {
        return None;
    }
    let number = Printed {
        start: open + printed.start,
        end: open + printed.end,
        series: printed.series.map(|(s, e)| (open + s, open + e)),
        ..printed
    };
    Some(Head { title_at: Some(at), ..Head::new(at, CaseHead { number, title: line.text().len() }, false) })
}

/// Titles that stand over the numbers of their cases: where most numbers stand alone under a line that stands out, and none
/// over one.
fn titles_above(lines: &[Line], heads: &mut [Head]) {
    let is_title = |line: Option<&Line>| {
        line.is_some_and(|l| l.stands_out() && l.cells.is_none() && l.raw.len() < 200 && fields(l).is_empty())
    };
    let alone = |h: &Head| !h.listed && h.title_at.is_none() && h.cue.title >= lines[h.line].text().len();
    let bare: Vec<usize> = heads.iter().filter(|h| alone(h)).map(|h| h.line).collect();
    let above = bare.iter().filter(|at| at.checked_sub(1).is_some_and(|i| is_title(lines.get(i)))).count();
    let below = bare.iter().filter(|at| is_title(lines.get(*at + 1))).count();
    if above < 2 || above * 3 < bare.len() * 2 || below > 0 {
        return;
    }
    for head in heads.iter_mut().filter(|h| alone(h)) {
        head.title_at = head.line.checked_sub(1).filter(|i| is_title(lines.get(*i)));
    }
}

/// Whether the word before a number on a line means a case in the document's language: `§ 12`, `Punkt 3`.
fn speaks_of_cases(line: &Line, language: Language) -> bool {
    let text = line.text();
    // "FOR - 88/20 Vedtak:" heads a section of a case.
    let names_section = |l: &cue::Label| l.by.is_some() && l.field.is_section();
    if cue::label(text).is_some_and(|l| names_section(&l) && (l.marked || l.field == Field::Decision)) {
        return false;
    }
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let word = text[..digits].trim_end_matches([' ', '\t', '.', ':']);
    lexicon().foreign_case_words.get(word).is_none_or(|tags| tags.iter().any(|t| *t == language.tag()))
}

/// Heads of cases that are a title, and under it or over it the table of the bodies that treat the case: the number of the
/// last of them that has one.
fn routed_heads(lines: &[Line], range: Range<usize>, routes: &BTreeSet<u32>) -> Vec<Head> {
    let mut found: Vec<Head> = Vec::new();
    for i in range.clone() {
        let numbered = lines[i].cells.and_then(|cells| row_head(&lines[i], cells.len()));
        let Some(cue) = numbered.filter(|cue| cue.number.second.is_some() && routes.contains(&lines[i].block)) else {
            continue;
        };
        let block = lines[i].block;
        found.retain(|h| lines[h.line].block != block);
        let top = lines[range.start..i].iter().rposition(|l| l.block != block).map(|at| range.start + at);
        let is_title =
            |at: &usize| lines[*at].stands_out() && lines[*at].cells.is_none() && fields(&lines[*at]).is_empty();
        let under = (i + 1..range.end).find(|at| lines[*at].block != block);
        if let Some(title) = top.filter(is_title).or(under.filter(is_title)) {
            found.push(Head { title_at: Some(title), ..Head::new(i, cue, false) });
        }
    }
    found
}

/// Heads with running numbers alone, where nothing else heads a case: headings (`143 Godkjenning av innkalling`), or the
/// points of an agenda list (`1. Protokoll fra forrige møte`).
fn numbered_heads(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let point = |i: usize| running_number(&lines[i]).map(|cue| Head::new(i, cue, false));
    // One number out of turn may be a slip.
    let rises = |h: &[Head]| {
        let rising = h.windows(2).filter(|w| w[0].cue.number.first < w[1].cue.number.first).count();
        h.len() >= 2 && rising * 4 >= (h.len() - 1) * 3
    };
    let headings: Vec<Head> = range
        .clone()
        .filter(|i| lines[*i].stands_out() && lines[*i].kind != BlockKind::ListItem && lines[*i].cells.is_none())
        .filter_map(point)
        .collect();
    if rises(&headings) {
        return headings;
    }
    let decided = decided_points(lines, range.clone());
    if !decided.is_empty() {
        return decided;
    }
    let names_list = |l: &Line| {
        cue::title(l).is_some_and(|t| t.word == TitleWord::AgendaList)
            || fields(l).first().is_some_and(|f| f.field == Field::AgendaList && f.value.0 >= f.value.1)
    };
    let Some(start) = range.clone().find(|i| names_list(&lines[*i])) else { return Vec::new() };
    let listed: Vec<Head> = (start + 1..range.end).map_while(point).collect();
    let from_one = listed.iter().zip(1..).all(|(h, n)| h.cue.number.first == n);
    if rises(&listed) && from_one {
        listed.into_iter().map(|h| Head { listed: true, ..h }).collect()
    } else {
        Vec::new()
    }
}

/// Points from 1 on, each a title with what was decided under it: `2. Vannavgift`, `Vedtak: Avgiften settes til ...`.
fn decided_points(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let mut found: Vec<Head> = Vec::new();
    for i in range.clone().filter(|i| lines[*i].cells.is_none() && !lines[*i].raw.ends_with('.')) {
        let cue = running_number(&lines[i]).filter(|cue| cue.number.first as usize == found.len() + 1);
        found.extend(cue.map(|cue| Head::new(i, cue, false)));
    }
    let heads_decision = |l: &Line| fields(l).first().is_some_and(|f| f.field == Field::Decision && f.marked);
    let ends = found.iter().skip(1).map(|h| h.line).chain([range.end]);
    let decided = found.iter().zip(ends).filter(|(h, end)| lines[h.line + 1..*end].iter().any(heads_decision)).count();
    if decided >= 2 && decided * 2 >= found.len() { found } else { Vec::new() }
}

/// A running number at the start of a line, typed or automatic, and the title after it.
fn running_number(line: &Line) -> Option<CaseHead> {
    let text = line.text();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].trim_start_matches(['.', ')']).trim_start_matches([' ', '\t', '-', ':']);
    let title = text.len() - rest.len();
    let spaced = text[digits..title].contains([' ', '\t']);
    let (from, _) = line.folded.source(title, text.len());
    let opens = line.raw.get(from..).and_then(|r| r.chars().next()).is_some_and(char::is_uppercase);
    ((1..=3).contains(&digits) && spaced && opens && text.len() < 200).then(|| CaseHead {
        number: Printed {
            start: 0,
            end: digits,
            series: None,
            case_word: false,
            first: text[..digits].parse().unwrap_or_default(),
            first_width: digits,
            second: None,
            second_width: 0,
        },
        title,
    })
}

/// What the head rows of tables say of the numbers in them, by block.
struct HeadedTables {
    /// Tables that list the bodies that treat one case, not cases.
    routes: BTreeSet<u32>,
    /// Tables with a column headed by a word for case numbers.
    numbered: BTreeSet<u32>,
}

impl HeadedTables {
    fn of(lines: &[Line]) -> Self {
        let mut tables = Self { routes: BTreeSet::new(), numbered: BTreeSet::new() };
        for line in lines {
            let Some(heads) = columns(line) else { continue };
            let has = |head| heads.contains(&Some(head));
            if !has(ColumnHead::Number) {
                continue;
            }
            tables.numbered.insert(line.block);
            if has(ColumnHead::Body) && has(ColumnHead::Date) && !has(ColumnHead::Title) {
                tables.routes.insert(line.block);
            }
        }
        tables
    }
}

/// The number in a row of a table that sets labels beside values, over the title: `SAK NR.: | HHS 0023/93`.
fn labelled_number(line: &Line) -> Option<CaseHead> {
    let found = fields(line);
    // "Sak nr.: 0078/01 | Arkivsak: 01/00012 | Saksbeh.: Eva Lie"
    let (field, others) = found.split_first()?;
    if !others.iter().all(|f| matches!(f.field, Field::ArchiveReference | Field::CaseOfficer | Field::Classification)) {
        return None;
    }
    let is_label = matches!(field.field, Field::CaseNumber) && field.marked && field.value.0 < field.value.1;
    let value = line.text()[field.value.0..field.value.1].trim_end();
    let source = |s: usize, e: usize| {
        let (from, to) = line.folded.source(field.value.0 + s, field.value.0 + e);
        line.raw.get(from..to).unwrap_or_default().to_owned()
    };
    let printed =
        number::at_start(value, &source).filter(|p| is_label && p.second.is_some() && p.end == value.len())?;
    let at = |place: usize| field.value.0 + place;
    let number = Printed {
        start: at(printed.start),
        end: at(printed.end),
        series: printed.series.map(|(s, e)| (at(s), at(e))),
        ..printed
    };
    Some(CaseHead { number, title: line.text().len() })
}

/// The number and title in a row of a table: the number in a cell of its own.
fn row_head(line: &Line, cells: usize) -> Option<CaseHead> {
    let text = line.text();
    if cells == 1 {
        return cue::case_head(line);
    }
    let first = text.split('\t').next()?;
    let source = |s: usize, e: usize| {
        let (from, to) = line.folded.source(s, e);
        line.raw.get(from..to).unwrap_or_default().to_owned()
    };
    let number = number::at_start(text, &source)?;
    (number.end <= first.len() && first[number.end..].trim_matches([' ', ':', '.', '-']).is_empty())
        .then(|| CaseHead { title: (first.len() + 1).min(text.len()), number })
}

/// The last line of a head's title.
fn title_end(lines: &[Line], head: &Head) -> usize {
    let line = &lines[head.line];
    let same_block = lines[head.line + 1..].iter().take_while(|l| l.block == line.block && l.continues).count();
    let short = line.kind == BlockKind::Heading || line.bold || same_block <= 2;
    if line.cells.is_none() && line.first && short { head.line + same_block } else { head.line }
}

/// Whether the year stands first in the case numbers of a document.
#[must_use]
pub fn order(heads: &[Head], year: Option<i16>) -> Order {
    let all_listed = heads.iter().all(|h| h.listed);
    let numbers: Vec<Printed> =
        heads.iter().filter(|h| all_listed || !h.listed).map(|h| h.cue.number.clone()).collect();
    number::order(&numbers, year)
}

/// The cases of a document.
#[must_use]
pub fn cases(context: &Context, heads: &[Head], order: Order, end: usize) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut listed: Vec<Case> = Vec::new();
    for (i, head) in heads.iter().enumerate() {
        if head.listed {
            listed.extend(context.listed(head, order));
            continue;
        }
        let next = heads[i + 1..]
            .iter()
            .find(|h| !h.listed || context.lines[h.line].block != context.lines[head.line].block)
            .map_or(end, Head::start);
        cases.extend(context.case(head, order, next.min(end)));
    }
    let number = |c: &Case| c.number.as_ref().map(|n| n.value.clone());
    let order_of: Vec<Option<CaseNumber>> = listed.iter().map(number).collect();
    for (place, entry) in listed.into_iter().enumerate() {
        let same = |c: &Case| number(c).is_some_and(|n| number(&entry) == Some(n));
        match cases.iter().position(same) {
            Some(at) => {
                let case = &mut cases[at];
                if case.archive_reference.is_none() {
                    case.archive_reference = entry.archive_reference;
                }
                case.closed |= entry.closed;
                if spaces_folded(&entry.title.value) != spaces_folded(&case.title.value) {
                    case.listed_title = Some(entry.title);
                }
            }
            // In minutes the list repeats the agenda: what has no text there was not treated.
            None if matches!(context.kind, Kind::Minutes | Kind::CaseMinutes) && !cases.is_empty() => {}
            // It stands where the list has it.
            None => {
                let later: Vec<Option<CaseNumber>> = order_of[place + 1..].to_vec();
                let before = cases.iter().position(|c| number(c).is_some_and(|n| later.contains(&Some(n))));
                cases.insert(before.unwrap_or(cases.len()), entry);
            }
        }
    }
    for case in &mut cases {
        let titles = std::iter::once(&case.title).chain(&case.listed_title);
        case.closed |= titles.map(|t| Folded::new(&t.value)).any(|t| lexicon().closed_case.is_match(&t.text));
    }
    cases
}

/// The row of a case paper's route (saksgang) that gives the case its number, with the body and the day of the meeting.
pub struct Route {
    /// The case number.
    pub number: Option<Sourced<CaseNumber>>,
    /// The body.
    pub body: Option<Sourced<String>>,
    /// `YYYY-MM-DD`.
    pub date: Option<Sourced<String>>,
    /// The line of the table's heads.
    pub start: usize,
    /// The line after the table.
    pub end: usize,
}

impl<'b> Context<'_, 'b> {
    /// The first row of the route table among some lines.
    #[must_use]
    pub fn route(&self, range: Range<usize>) -> Option<Route> {
        let heads_at = range.clone().find(|i| {
            columns_or_line(&self.lines[*i]).is_some_and(|c| {
                c.contains(&Some(ColumnHead::Number))
                    && (c.contains(&Some(ColumnHead::Body)) || c.contains(&Some(ColumnHead::Date)))
            })
        })?;
        let heads = columns_or_line(&self.lines[heads_at])?;
        let block = self.lines.get(heads_at + 1)?.block;
        let rows: Vec<usize> = (heads_at + 1..range.end).take_while(|i| self.lines[*i].block == block).collect();
        // An extract is of the last body that has given the case a number, a paper is for the first.
        let number_at = heads.iter().position(|h| *h == Some(ColumnHead::Number))?;
        let numbered = |i: &&usize| {
            let cell = self.lines[**i].cells.and_then(|cells| cells.get(number_at));
            cell.is_some_and(|c| c.text.contains(|c: char| c.is_ascii_digit()))
        };
        let last = rows.iter().rfind(numbered).filter(|_| self.kind == Kind::CaseMinutes);
        let row = &self.lines[*last.or(rows.first())?];
        let cells = row.cells?;
        let cell = |head| {
            let at = heads.iter().position(|h| *h == Some(head))?;
            cells.get(at).and_then(|c| cell_text(row, c.start, c.end, self.blocks))
        };
        let number = cell(ColumnHead::Number).and_then(|text| {
            let folded = Folded::new(&text.text);
            let source = |s: usize, e: usize| {
                let (from, to) = folded.source(s, e);
                text.text.get(from..to).unwrap_or_default().to_owned()
            };
            let printed = number::at_start(&folded.text, &source)?;
            let series = printed.series.map(|(s, e)| source(s, e));
            let order = number::order(std::slice::from_ref(&printed), self.year);
            Some(Sourced {
                value: printed.number(order, series.as_deref()),
                text: text.text.clone(),
                at: text.at.clone(),
            })
        });
        let date = cell(ColumnHead::Date).and_then(|text| {
            let folded = Folded::new(&text.text);
            let mention = date::find(&folded.text).into_iter().next()?;
            let (from, to) = folded.source(mention.start, mention.end);
            let base = text.at.spans().first()?;
            let span = Span { block: base.block, start: base.start + from, end: base.start + to };
            Some(Sourced::new(mention.date(None)?.to_string(), vec![span], self.blocks))
        });
        Some(Route { number, body: cell(ColumnHead::Body), date, start: heads_at, end: rows.last()? + 1 })
    }

    /// The only case of a case paper or an extract of minutes: its number stands in the head, its title on the first line
    /// after it.
    #[must_use]
    pub fn paper(&self, head: &PaperHead, route: Option<&Route>, range: Range<usize>) -> Option<Case> {
        let mut at = range.start;
        // "Ny kinosal", over the table of the bodies that treat it.
        let above = route.and_then(|r| self.lines.get(r.start.checked_sub(1)?)).filter(|l| {
            l.kind == BlockKind::Heading && cue::title(l).is_none() && fields(l).is_empty() && !names_organisation(l)
        });
        let whole = |line: &Line| {
            let (from, to) = short(line.raw, 0, line.raw.len());
            Sourced::new(spaces_folded(&line.raw[from..to]), vec![line.raw_span(from, to)], self.blocks)
        };
        let title = match head.title.clone().or_else(|| above.map(whole)) {
            Some(title) => title,
            None => {
                let line = loop {
                    let line = self.lines.get(at).filter(|_| at < range.end)?;
                    at += 1;
                    if line.cells.is_none() && fields(line).is_empty() && line.raw.len() < 250 {
                        break line;
                    }
                    if fields(line).first().is_some_and(|f| self.heads_section(line, f)) {
                        return None;
                    }
                };
                whole(line)
            }
        };
        let number = route.and_then(|r| r.number.clone()).or_else(|| head.number.clone());
        let mut case = self.blank(number, title, head.archive_reference.clone(), false);
        let sections = self.sections(&mut case, at, range.end);
        self.fill(&mut case, sections);
        let text: Vec<&Line> = self.lines[at..range.end].iter().collect();
        case.references = references(&text, &case, Order::NumberFirst, self.blocks);
        Some(case)
    }

    /// The case of a text that only the head of its treatment announces: "Formannskapets behandling av sak 12/2016 i møte
    /// den 25.03.2016". With the body and the day of the meeting.
    #[must_use]
    pub fn treatment(&self, range: Range<usize>) -> Option<(Case, Option<Sourced<String>>, Option<Sourced<String>>)> {
        let at = range.start;
        let line = self.lines.get(at)?;
        let label = fields(line).iter().next().filter(|f| f.field == Field::Deliberation)?;
        let source = |s: usize, e: usize| {
            let (from, to) = line.folded.source(s, e);
            line.raw.get(from..to).unwrap_or_default().to_owned()
        };
        let printed = number::find(line.text(), &source).into_iter().next()?;
        let order = number::order(std::slice::from_ref(&printed), None);
        let number = self.number(line, &printed, order);
        let untitled = Sourced::new(String::new(), vec![line.raw_span(line.raw.len(), line.raw.len())], self.blocks);
        let mut case = self.blank(Some(number), untitled, None, false);
        let sections = self.sections(&mut case, at + 1, range.end);
        self.fill(&mut case, sections);
        let body = label.by.and_then(|by| self.office(line, by, false));
        let date = date::find(line.text()).into_iter().find_map(|m| {
            Some(Sourced::new(m.date(None)?.to_string(), vec![line.span_of(m.start, m.end)], self.blocks))
        });
        Some((case, body, date))
    }

    fn number(&self, line: &Line, printed: &Printed, order: Order) -> Sourced<CaseNumber> {
        let series = printed.series.map(|(s, e)| {
            let span = line.span_of(s, e);
            line.raw[span.start - line.start..span.end - line.start].to_owned()
        });
        let from = printed.series.map_or(printed.start, |s| s.0.min(printed.start));
        let span = line.span_of(from, printed.end);
        Sourced::new(printed.number(order, series.as_deref()), vec![span], self.blocks)
    }

    /// A row of an agenda list as a case without text.
    fn listed(&self, head: &Head, order: Order) -> Option<Case> {
        let line = &self.lines[head.line];
        let number = self.number(line, &head.cue.number, order);
        let mut archive = None;
        let mut closed = false;
        let title = if let Some(cells) = line.cells {
            let rows = self.lines.iter().filter(|l| l.block == line.block);
            let heads = rows.into_iter().find_map(columns).unwrap_or_default();
            let column = |head| heads.iter().position(|h| *h == Some(head));
            let get = |i: usize| cells.get(i).and_then(|c| cell_text(line, c.start, c.end, self.blocks));
            archive = column(ColumnHead::Archive).and_then(get);
            closed = column(ColumnHead::Closed).and_then(get).is_some();
            match column(ColumnHead::Title).filter(|i| *i > 0).and_then(get) {
                Some(title) => title,
                None => (1..cells.len()).filter_map(get).max_by_key(|t| t.text.len())?,
            }
        } else {
            self.title(head)?.0
        };
        let mut case = self.blank(Some(number), title, archive, closed);
        if let Some(cells) = line.cells {
            let heads = self.lines.iter().filter(|l| l.block == line.block).find_map(columns).unwrap_or_default();
            let column = heads.iter().position(|h| *h == Some(ColumnHead::Decision)).and_then(|i| cells.get(i));
            case.decision = column.and_then(|c| cell_text(line, c.start, c.end, self.blocks)).map(section::decision);
        }
        Some(case)
    }

    /// A case without text.
    fn blank(
        &self,
        number: Option<Sourced<CaseNumber>>,
        title: Sourced<String>,
        archive: Option<Sourced<String>>,
        closed: bool,
    ) -> Case {
        let kind = case_type(&title.value, number.as_ref().and_then(|n| n.value.series.as_deref()));
        Case {
            number,
            title,
            listed_title: None,
            kind,
            archive_reference: archive,
            case_officer: None,
            closed,
            background: None,
            proposals: Vec::new(),
            deliberation: None,
            votes: Vec::new(),
            decision: None,
            attachments: Vec::new(),
            references: Vec::new(),
            tables: Vec::new(),
        }
    }

    /// The title of a head and the line after it.
    fn title(&self, head: &Head) -> Option<(Sourced<String>, usize)> {
        if let Some(at) = head.title_at {
            let line = &self.lines[at];
            // "Konstituering (sak 1/15)"
            let number = &head.cue.number;
            let from = number.series.map_or(number.start, |s| s.0.min(number.start));
            let end = if at == head.line { line.folded.source(from, from).0 } else { line.raw.len() };
            let end = line.raw[..end].trim_end_matches(|c: char| c.is_whitespace() || "(-–—.".contains(c)).len();
            let (from, to) = short(line.raw, 0, end);
            let title = Sourced::new(spaces_folded(&line.raw[from..to]), vec![line.raw_span(from, to)], self.blocks);
            return Some((title, at + 1));
        }
        let line = &self.lines[head.line];
        let last = title_end(self.lines, head);
        let (from, _) = line.folded.source(head.cue.title.min(line.text().len()), line.text().len());
        let rest = line.raw.get(from..).unwrap_or_default();
        if rest.trim().is_empty() {
            // The title stands on the next line, or in a row of the same table that says so.
            let rows = self.lines[head.line + 1..].iter().take_while(|l| l.block == line.block && l.cells.is_some());
            let names_title = |l: &Line| fields(l).first().is_some_and(|f| f.field == Field::CaseTitle);
            // "Sak: 19/19", "Resultat: Behandlet", "Tittel: Ny kai", each on a line of its own.
            let labelled = self.lines[head.line + 1..].iter().take(HEAD_ROWS);
            let labelled = labelled.take_while(|l| l.cells.is_none() && l.raw.len() < 250 && l.raw.contains(':'));
            let titled =
                rows.take(HEAD_ROWS).position(names_title).or_else(|| labelled.into_iter().position(names_title));
            // The other rows of a table that only labels the case: "Saksbehandler: | Eva Lie".
            let labels = |l: &&Line| l.block == line.block && l.cells.is_some() && !fields(l).is_empty();
            let under = || self.lines[head.line + 1..].iter().take_while(labels).count();
            let next = head.line + 1 + titled.unwrap_or_else(under);
            let line = self.lines.get(next)?;
            let labelled = fields(line);
            if let Some(f) = labelled.first().filter(|f| f.field == Field::CaseTitle) {
                return f.text(line, self.blocks).map(|t| (t, next + 1));
            }
            // "SAK: SØKNAD OM TILSKUDD", under the number
            let names_case = |f: &&Found| {
                let word = &line.text()[f.label.0..f.label.1];
                f.field == Field::Background && f.marked && lexicon().case_words.iter().any(|w| w == word)
            };
            if let Some(f) = labelled.first().filter(names_case) {
                return f.text(line, self.blocks).map(|t| (t, next + 1));
            }
            if !labelled.is_empty() || line.raw.len() > 250 {
                return None;
            }
            let (from, to) = short(line.raw, 0, line.raw.len());
            return Some((
                Sourced::new(spaces_folded(&line.raw[from..to]), vec![line.raw_span(from, to)], self.blocks),
                next + 1,
            ));
        }
        let (start, end) = without_leader(line.raw, from);
        // The cells after the title's tell other things of the case.
        let cell =
            line.cells.into_iter().flatten().find(|c| c.start <= line.start + start && line.start + start < c.end);
        let end = cell.map_or(end, |c| end.min(c.end - line.start));
        let end = line.raw[start..end]
            .rsplit_once('\t')
            .filter(|(_, last)| cue::is_archive_number(last))
            .map_or(end, |(title, _)| start + title.trim_end().len());
        let mut value = spaces_folded(&line.raw[start..end]);
        let mut span = line.raw_span(start, end);
        let archived = |l: &&Line| fields(l).first().is_some_and(|f| f.field == Field::ArchiveReference);
        for more in self.lines[head.line + 1..=last].iter().take_while(|l| !archived(l)) {
            let (_, end) = without_leader(more.raw, 0);
            join_wrapped(&mut value, &more.raw[..end]);
            span = Span { end: more.start + end, ..span };
        }
        // "Ansettelse av lærere. (Lukket dør.)"
        if let Some(open) = value.rfind(" (").filter(|_| value.ends_with(')'))
            && lexicon().closed_case.is_match(&Folded::new(&value[open..]).text)
            && let Some(printed) = line.raw.rfind(" (").filter(|_| last == head.line)
        {
            value.truncate(open);
            span.end = line.start + printed;
        }
        if value.ends_with('.') && !value.ends_with("..") {
            value.pop();
            span.end -= 1;
        }
        let mut spans = vec![span];
        // "Interpellasjon om rekruttering", and under it in the same bold letters "av sykepleiere".
        let wrapped = self.lines[last + 1..].iter().take_while(|l| {
            let is_like = l.bold && line.bold && l.kind != BlockKind::ListItem && l.first && l.cells.is_none();
            is_like && l.raw.starts_with(char::is_lowercase) && l.raw.len() < WRAPPED_TITLE && fields(l).is_empty()
        });
        for more in wrapped {
            join_wrapped(&mut value, more.raw);
            spans.push(more.span());
        }
        let end = last + spans.len();
        (!value.is_empty()).then(|| (Sourced::new(value, spans, self.blocks), end))
    }

    fn case(&self, head: &Head, order: Order, end: usize) -> Option<Case> {
        let line = &self.lines[head.line];
        let number = self.number(line, &head.cue.number, order);
        let (title, first) = match self.title(head) {
            Some(found) => found,
            None => (
                Sourced::new(String::new(), vec![line.raw_span(line.raw.len(), line.raw.len())], self.blocks),
                head.line + 1,
            ),
        };
        let mut case = self.blank(Some(number), title, None, false);
        let sections = self.sections(&mut case, first, end);
        self.fill(&mut case, sections);
        let text: Vec<&Line> = self.lines[head.start()..end.max(head.line + 1)].iter().collect();
        case.references = references(&text, &case, order, self.blocks);
        (!case.title.value.is_empty() || case.decision.is_some()).then_some(case)
    }
}

/// The range of a title without dot leaders and a page number at its end.
fn without_leader(raw: &str, from: usize) -> (usize, usize) {
    let piece = &raw[from..];
    let start = raw.len() - piece.trim_start().len();
    let mut end = raw.trim_end().len();
    let digits = raw[start..end].bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let before = raw[start..end - digits].trim_end();
        let dotted = before.trim_end_matches(['.', '…', '_', ' ']);
        if before.len() - dotted.len() >= 3 {
            end = start + dotted.len();
        }
    }
    (start, end.max(start))
}

/// eInnsyn's type of a case, by the words of its title, or else by its series.
#[must_use]
pub fn case_type(title: &str, series: Option<&str>) -> CaseType {
    let title = title.to_lowercase();
    let of_series = series.and_then(|s| lexicon().series_types.get(s));
    let of = |name: &str| match name {
        "approval" => CaseType::Approval,
        "information" => CaseType::Information,
        "report" => CaseType::Report,
        "interpellation" => CaseType::Interpellation,
        "delegated" => CaseType::Delegated,
        "other" => CaseType::Other,
        "meeting" => CaseType::Meeting,
        _ => CaseType::Political,
    };
    let of_title = lexicon().types.iter().find(|(_, patterns)| patterns.is_match(&title));
    of_title.map(|(name, _)| name).or(of_series).map_or(CaseType::Political, |name| of(name))
}
