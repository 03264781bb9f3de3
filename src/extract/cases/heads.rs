//! Which lines head cases, and whether the year stands first in their numbers.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::{Block, BlockKind};
use crate::lang::{ColumnHead, Field, TitleWord, lexicon};
use crate::model::{Case, Language, Sourced};

use super::super::attendance::columns_or_line;
use super::super::cue::{self, CaseHead};
use super::super::field::fields;
use super::super::line::{Folded, Line};
use super::super::passage::sentences;
use super::super::values::date;
use super::super::values::number::{self, Order, Printed};
use super::super::values::time;
use super::archive::boxes_above;

mod forms;
mod points;
mod serial;
mod tables;
mod titles;

pub use forms::numbered_after_title;
pub(super) use titles::title_end;

use forms::{dashed_heads, routed_heads};
use points::{decided_titles, numbered_heads};
use serial::serial_heads;
use tables::{HeadedTables, labelled_number, number_in, row_head, titled_number};
use titles::{give_title_of_paper, is_continued, labelled_above, titles_above, titles_in_boxes};

/// A title with the number of its case behind it has so many bytes at most.
const LONGEST_TITLE: usize = 200;

/// A section of a case, where nothing else tells that its number is one, begins within so many lines.
const LINES_TO_SECTION: usize = 3;

/// The next entry of an agenda list begins within so many lines.
const LINES_OF_ENTRY: usize = 2;

/// More numbers than these that run on head cases, whatever else looks like it does.
const LEAST_RUN: usize = 2;

/// The table under a head that gives the case's number again does so within so many lines.
const LINES_TO_LABEL: usize = 5;

/// A line that heads a case.
#[derive(Debug, Clone)]
pub struct Head {
    /// The line.
    pub line: usize,
    pub(super) cue: CaseHead,
    /// The line of the title, where it stands over a table with the number, or under it.
    pub(super) title_at: Option<usize>,
    /// The line with the title of the paper, where it heads what one of several bodies did with its case.
    pub(super) paper: Option<usize>,
    /// How many lines over the table with the number belong to it: `Lund kommune   Arkivsaksnr.: 03/412`.
    pub(super) above: usize,
    /// It is a row of an agenda list: the case's text, if any, stands elsewhere.
    pub(super) listed: bool,
    /// It is one of several under a number, `6a`, and has none of its own.
    pub(super) lettered: bool,
}

impl Head {
    fn new(line: usize, cue: CaseHead, listed: bool) -> Self {
        Self { line, cue, title_at: None, paper: None, above: 0, listed, lettered: false }
    }

    /// The first line that belongs to it.
    #[must_use]
    pub fn start(&self) -> usize {
        self.title_at.map_or(self.line, |title| title.min(self.line)) - self.above
    }

    /// The line after its own and that of its title.
    #[must_use]
    pub fn end(&self, lines: &[Line]) -> usize {
        let untitled = self.title_at.is_none() && self.cue.title >= lines[self.line].text().len();
        self.title_at.map_or(self.line, |title| title.max(self.line)) + 1 + usize::from(untitled)
    }

    /// The digits of the number, before and after the slash.
    fn digits(&self) -> (u32, Option<u32>) {
        (self.cue.number.first, self.cue.number.second)
    }

    /// Whether it is a number alone, as chapters have.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.cue.number.second.is_none() && self.cue.number.series.is_none() && !self.cue.number.case_word
    }

    /// Whether what stands behind the number only says what kind of paper follows.
    #[must_use]
    pub fn heads_paper(&self, line: &Line) -> bool {
        heads_paper(line, &self.cue)
    }

    /// The day of the meeting, where it stands before the number: `Helsestyret   Møte 20.04.88   Sak 27/88`.
    #[must_use]
    pub fn day(&self, lines: &[Line], blocks: &[Block]) -> Option<Sourced<String>> {
        let line = &lines[self.line];
        let before = line.text().get(..self.cue.number.start)?;
        let (day, date) = date::find(before).into_iter().find_map(|m| Some((m.date(None)?, m)))?;
        Some(Sourced::new(day.to_string(), vec![line.span_of(date.start, date.end)], blocks))
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
    let mut found = numbers_of_cases(lines, range.clone(), language);
    boxes_above(lines, range, &mut found);
    found
}

/// The heads with their titles, without what stands over both.
fn numbers_of_cases(lines: &[Line], range: Range<usize>, language: Language) -> Vec<Head> {
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
            // "PS 31/19 Årsregnskap", and in the table under it "Saksnr.: PS 31/19".
            let again = |cue: &CaseHead| {
                let above = found.last().filter(|h| !h.listed && i - h.line <= LINES_TO_LABEL).map(|h| &h.cue.number);
                above.is_some_and(|number| (number.first, number.second) == (cue.number.first, cue.number.second))
            };
            let boxed = || number_in(line, *tables.boxes.get(&line.block)?).filter(|cue| cue.number.second.is_some());
            // "Sak 28/09 Årsmelding" across the table of the bodies that treat it
            let is_route = tables.routes.contains_key(&line.block);
            let across = || cue::case_head(line).filter(|cue| is_route && cells.len() == 1 && cue.number.case_word);
            let single = labelled_number(line).or_else(boxed).or_else(across).map(|cue| Head::new(i, cue, false));
            let row = || {
                let cue = match tables.beside_archive.get(&line.block) {
                    Some(&(number, title)) => titled_number(line, number, title)?,
                    // "10.15 | Sak 7/17 | Møtebok frå 12. mai 2017"
                    None if cells.len() > 2 && time::is_whole(&cells[0].text) => {
                        titled_number(line, 1, 2).filter(|cue| cue.number.case_word)?
                    }
                    // "Punkt 1 | 9 | 0" is no case.
                    None => {
                        row_head(line, cells.len()).filter(|cue| numbered(cue) && speaks_of_cases(line, language))?
                    }
                };
                (!is_route).then(|| Head::new(i, cue, true))
            };
            let head = single.or_else(row).filter(|h| !again(&h.cue));
            found.extend(head);
        } else if lines[range.start..i].iter().rev().find(|l| !is_furniture(l)).is_some_and(heads_route) {
            // "0076/98<TAB>Formannskapet<TAB>08.09.98" treats no case of its own.
        } else if let Some(cue) =
            cue::case_head(line).filter(|cue| speaks_of_cases(line, language) && !is_of_route(line, cue))
        {
            let head = Head::new(i, cue, false);
            if !is_continued(line, &head.cue) || !found.iter().any(|h| h.digits() == head.digits()) {
                found.push(head);
            }
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
    // In an agenda the paper of a listed case may begin with its title and the table of the bodies that treat it.
    if !tables.routes.is_empty() {
        let mut papers = routed_heads(lines, range.clone(), &tables.routes);
        // Rows of a table list cases, and so do lines one after another.
        let of_list = |run: &&[Head]| run[0].line + 2 == run[2].line && run.iter().all(|h| !h.listed);
        let of_list: BTreeSet<usize> = found.windows(3).filter(of_list).flatten().map(|h| h.line).collect();
        let is_entry = |h: &Head| h.listed || of_list.contains(&h.line);
        let has =
            |paper: &Head, entry: bool| found.iter().any(|h| is_entry(h) == entry && h.digits() == paper.digits());
        papers.retain(|paper| has(paper, true) && !has(paper, false));
        found.extend(papers);
        found.sort_by_key(|h| h.line);
    }
    // "Ny kai     sak 13/91" may look like a number with a series.
    let behind_title = |h: &Head| h.cue.number.end == lines[h.line].text().len() && lines[h.line].text().contains('\t');
    let mut titled: Vec<Head> = range.clone().filter_map(|i| numbered_after_title(lines, i)).collect();
    give_title_of_paper(lines, range.start, &mut titled);
    // "Helsestyret   Møte 20.04.88   Sak 27/88" over the only paper
    let is_treatment = |h: &Head| cue::label_of(&lines[h.line]).is_some_and(|l| l.field == Field::Deliberation);
    let heads_only =
        found.is_empty() && matches!(&titled[..], [head] if head.title_at.is_none() && !is_treatment(head));
    if heads_only || titled.len() > 1 && found.iter().all(|h| h.cue.number.second.is_none() || behind_title(h)) {
        return titled;
    }
    // In an agenda the page head of each paper may give the number that the list has.
    let is_listed = |paper: &Head| found.iter().any(|h| h.line < paper.line && h.digits() == paper.digits());
    let heads_page = |h: &Head| h.title_at.is_none() && !found.iter().any(|other| other.line == h.line);
    if titled.len() > 1 && titled.iter().all(|h| heads_page(h) && is_listed(h)) {
        found.extend(titled);
        found.sort_by_key(|h| h.line);
    }
    if found.iter().all(Head::is_bare) {
        let rows: Vec<Head> = dashed_heads(lines, range.clone()).into_iter().filter(|h| h.listed).collect();
        if rows.len() > 1 {
            return rows;
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
        let serial = serial_heads(lines, range.clone());
        if !serial.is_empty() {
            return serial;
        }
        let dashed = dashed_heads(lines, range.clone());
        if dashed.len() > 1 {
            return dashed;
        }
        let numbered = numbered_heads(lines, range.clone());
        return if numbered.is_empty() { decided_titles(lines, range) } else { numbered };
    }
    // Numbers without series and without the word for case head cases only where nothing better does, and where they run on.
    let certain = |h: &Head| h.cue.number.series.is_some() || h.cue.number.case_word;
    let slashed = |h: &Head| h.cue.number.second.is_some();
    let leads = |h: &Head| certain(h) && slashed(h) && !h.listed;
    let plain: Vec<_> = found.iter().filter(|h| !certain(h) && slashed(h) && !h.listed).map(Head::digits).collect();
    let run_on = plain.windows(2).all(|w| w[1] == (w[0].0 + 1, w[0].1));
    let others: Vec<_> = found.iter().filter(|h| leads(h)).map(Head::digits).collect();
    let of_run = |(n, _): &(u32, _)| plain[0].0 <= n + 1 && *n <= plain[plain.len() - 1].0 + 1;
    // "19/06" to "25/06" in a table, and under it "Sak 24/06: Budsjett" over a part of one of them
    let are_parts = || {
        let lines: Vec<usize> =
            found.iter().filter(|h| !certain(h) && slashed(h) && !h.listed).map(|h| h.line).collect();
        let apart = lines.windows(2).filter(|w| w[1] - w[0] > LINES_OF_ENTRY).count();
        others.len() * 2 <= plain.len() && apart * 2 >= plain.len() && others.iter().all(|other| plain.contains(other))
    };
    if run_on && plain.len() > LEAST_RUN.max(others.len()) && (!others.iter().any(of_run) || are_parts()) {
        // "35/18 Referatsaker", and in its text "RS 9/18: Brev fra Sametinget".
        found.retain(|h| !leads(h));
    } else if found.iter().any(leads) {
        let again = |h: &Head| found.iter().any(|other| certain(other) && other.digits() == h.digits());
        // The agenda list may leave the word out: "22/16 Referater", "23/16 Budsjett", and later "SAK 23/16".
        let close = |a: &Head, b: &Head| b.line - a.line <= LINES_OF_ENTRY;
        let plain: Vec<&Head> = found.iter().filter(|h| !certain(h) && slashed(h)).collect();
        let entries = plain.chunk_by(|a, b| close(a, b)).filter(|run| run.iter().any(|h| again(h)));
        let entries: BTreeSet<usize> = entries.flatten().map(|h| h.line).collect();
        found.retain(|h| certain(h) && slashed(h) || h.listed || entries.contains(&h.line));
    } else if !found.iter().any(certain) {
        let run = |h: &Head| h.cue.number.first;
        // Rows of a list run on whatever stands between them.
        let single: Vec<&Head> = found.iter().filter(|h| !h.listed).collect();
        let runs_on =
            single.windows(2).any(|w| run(w[1]) == run(w[0]) + 1 || w[0].cue.number.second < w[1].cue.number.second);
        let alone = |h: &Head| h.cue.title >= lines[h.line].text().len();
        let heads_section = |l: &Line| fields(l).first().is_some_and(|f| f.field.is_section());
        let over_section = |h: &Head| lines[h.line + 1..range.end].iter().take(LINES_TO_SECTION).any(heads_section);
        // "7/89   Godkjenning av møtebok", over a table that begins with "8/89" or under one that ends with "6/89"
        let rows: Vec<_> = found.iter().filter(|h| h.listed).map(Head::digits).collect();
        let over_list =
            |h: &Head| rows.first().is_some_and(|row| *row == (h.cue.number.first + 1, h.cue.number.second));
        let under_list = |h: &Head| rows.iter().any(|row| (row.0 + 1, row.1) == h.digits());
        let numbered =
            |h: &Head| h.cue.number.second.is_some() && (alone(h) || over_section(h) || over_list(h) || under_list(h));
        found.retain(|h| runs_on || numbered(h) || lines[h.line].stands_out() || h.listed);
    }
    titles_above(lines, range.start, &mut found);
    titles_in_boxes(lines, &mut found);
    for head in found.iter_mut().filter(|h| h.above == 0 && h.title_at.is_none() && !h.listed) {
        head.above = labelled_above(lines, range.start, head.line);
    }
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
    // "H-sak 14/13", and in the rows under it the title and who prepared the case.
    let opens = |at: usize| lines[at].first && lines.get(at + 1).is_some_and(|l| l.block == lines[at].block);
    let single: Vec<bool> = found
        .iter()
        .map(|h| h.listed && (alone(h.line) || opens(h.line)) && rows_of(&found, lines[h.line].block) == 1)
        .collect();
    for (head, single) in found.iter_mut().zip(single) {
        head.listed &= !single;
    }
    // The head of a case right under the list may have been read as the list's last row: its number comes there again.
    for i in 1..found.len() {
        let at = found[i].line;
        let block = lines[at].block;
        let last_row = lines.get(at + 1).is_none_or(|l| l.block != block);
        let again = found[..i].iter().any(|h| lines[h.line].block == block && h.digits() == found[i].digits());
        found[i].listed &= !(last_row && again);
    }
    // "31/90  Protokoll", "32/90  Byggjerekneskap" with its text under it, and later "33/90  Budsjett" are no list of cases.
    let headed: BTreeSet<(u32, Option<u32>)> = found.iter().filter(|h| !h.listed).map(Head::digits).collect();
    for rows in found.chunk_by_mut(|a, b| lines[a.line].block == lines[b.line].block) {
        let own: Vec<_> = rows.iter().map(Head::digits).collect();
        let (first, last) = (own[0], own[own.len() - 1]);
        let runs_on = headed.contains(&(last.0 + 1, last.1)) || first.0 > 0 && headed.contains(&(first.0 - 1, first.1));
        if runs_on && own.len() <= LEAST_RUN && !own.iter().any(|number| headed.contains(number)) {
            rows.iter_mut().for_each(|h| h.listed = false);
        }
    }
    // "Sak nr.: 18/83" in a table of fields, and under it "Sak 18/83 Ny mannskapsbil".
    let repeated = |i: usize| {
        let is_field = lines[found[i].line].cells.is_some() && found[i].cue.title >= lines[found[i].line].text().len();
        let next = found.get(i + 1).filter(|n| is_field && n.line - found[i].line <= LINES_TO_LABEL);
        next.is_some_and(|n| n.digits() == found[i].digits() && n.cue.title < lines[n.line].text().len())
    };
    let repeated: Vec<usize> = (0..found.len()).filter(|i| repeated(*i)).map(|i| found[i].line).collect();
    found.retain(|h| !repeated.contains(&h.line));
    // Lines right after one another, without text between them, are an agenda list too where the numbers come again.
    for i in 0..found.len() {
        let same = |j: usize| found[j].digits() == found[i].digits();
        // The title may stand on the next line.
        let bare = usize::from(found[i].cue.title >= lines[found[i].line].text().len());
        let is_text = |at: &usize| lines[*at].raw.chars().any(char::is_alphabetic) && !is_furniture(&lines[*at]);
        let between = |n: &Head| (title_end(lines, &found[i]) + 1..n.line).filter(is_text).count();
        let empty = found.get(i + 1).is_some_and(|n| between(n) <= bare);
        // The last line of the list may be followed by who signs it.
        let goes_on = i > 0 && found[i - 1].listed && title_end(lines, &found[i - 1]) + 1 == found[i].line;
        let until = found.get(i + 1).map_or(found[i].line, |n| n.line);
        let heads_section = |l: &Line| fields(l).first().is_some_and(|f| f.field.is_section());
        let is_new = !found[..i].iter().any(|h| h.digits() == found[i].digits());
        let is_last =
            goes_on && is_new && until > found[i].line && !lines[found[i].line + 1..until].iter().any(heads_section);
        if !found[i].listed && (is_last || empty && (i + 1..found.len()).any(same)) {
            found[i].listed = true;
        }
    }
    found
}

/// A decision told in the last sentence of a text has so many bytes at most.
const SHORT_DECISION: usize = 120;

/// Whether the last sentence of a text says what was decided: "Årsmeldingen ble godkjent med to merknader."
#[must_use]
pub fn ends_decided(text: &Sourced<String>) -> bool {
    let last = text.value.lines().last().unwrap_or_default();
    let said = sentences(last).pop().map_or("", |(from, to)| &last[from..to]);
    said.len() < SHORT_DECISION && lexicon().decided.is_match(&Folded::text_of(said))
}

/// Whether the heads are numbers alone, from 1 on, and nothing in the cases was proposed, voted on or decided: the chapters of some
/// other text.
#[must_use]
pub fn are_chapters(heads: &[Head], cases: &[Case]) -> bool {
    let treated = |c: &Case| {
        !c.proposals.is_empty()
            || !c.votes.is_empty()
            || c.decision.is_some()
            || c.background.as_ref().is_some_and(ends_decided)
    };
    heads.first().is_some_and(|h| h.cue.number.first == 1)
        && heads.iter().all(Head::is_bare)
        && !cases.iter().any(treated)
}

/// Whether the title behind a case number only says what kind of paper follows: `SAK 23/2015 | SAKSFRAMLEGG`.
#[must_use]
pub fn heads_paper(line: &Line, head: &CaseHead) -> bool {
    let behind = line.text().get(head.title..).unwrap_or_default().trim();
    let of_case = |word: TitleWord| matches!(word, TitleWord::CasePaper | TitleWord::CaseMinutes);
    !behind.is_empty() && lexicon().titles_of(behind).any(|(words, word)| words == behind && of_case(*word))
}

/// Whether a line with a number only says which body treats the case when: `Sak nr. 47/98<TAB>Formannskapet<TAB>13.05.98`.
fn is_of_route(line: &Line, head: &CaseHead) -> bool {
    let rest = line.text().get(head.title..).unwrap_or_default();
    let (body, when) = rest.split_once('\t').unwrap_or_default();
    lexicon().is_body_word(body.rsplit(' ').next().unwrap_or_default()) && !date::find(when).is_empty()
}

/// Whether a row has one cell with text, and neither a label nor the number of a case in it.
fn is_alone(row: &Line) -> bool {
    let filled = row.cells.into_iter().flatten().filter(|c| !c.text.trim().is_empty()).count();
    filled == 1 && fields(row).is_empty() && cue::case_head(row).is_none()
}

/// Whether a line stands at the head or the foot of a page.
fn is_furniture(line: &Line) -> bool {
    matches!(line.kind, BlockKind::Header | BlockKind::Footer)
}

/// Whether a line heads the columns of a route: `Saksnr<TAB>Utval<TAB>Møtedato`.
fn heads_route(line: &Line) -> bool {
    let heads = columns_or_line(line).unwrap_or_default();
    [ColumnHead::Number, ColumnHead::Body, ColumnHead::Date].iter().all(|head| heads.contains(&Some(*head)))
}

/// Whether the word before a number on a line means a case in the document's language: `§ 12`, `Punkt 3`.
#[must_use]
pub fn speaks_of_cases(line: &Line, language: Language) -> bool {
    let text = line.text();
    // "FOR - 88/20 Vedtak:" heads a section of a case.
    let names_section = |l: &cue::Label| l.by.is_some() && l.field.is_section();
    if cue::label_of(line).is_some_and(|l| names_section(&l) && (l.marked || l.field == Field::Decision)) {
        return false;
    }
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let word = text[..digits].trim_end_matches([' ', '\t', '.', ':']);
    lexicon().foreign_case_words.get(word).is_none_or(|tags| tags.iter().any(|t| *t == language.tag()))
}

/// Whether the year stands first in the case numbers of a document.
#[must_use]
pub fn order(heads: &[Head], year: Option<i16>) -> Order {
    let all_listed = heads.iter().all(|h| h.listed);
    let numbers: Vec<Printed> =
        heads.iter().filter(|h| all_listed || !h.listed).map(|h| h.cue.number.clone()).collect();
    number::order(&numbers, year)
}
