//! Which lines head cases, and whether the year stands first in their numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::document::{Block, BlockKind, Cell};
use crate::lang::{ColumnHead, Field, TitleWord, lexicon};
use crate::model::{Case, Language, Sourced};

use super::super::attendance::{columns, columns_or_line};
use super::super::cue::{self, CaseHead};
use super::super::field::{Found, column_fields, fields};
use super::super::line::{Folded, Line};
use super::super::passage::sentences;
use super::super::segment::names_organisation;
use super::super::values::date;
use super::super::values::number::{self, Order, Printed};
use super::super::values::time;
use super::archive::boxes_above;

mod points;

use points::numbered_heads;

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
        let dashed = dashed_heads(lines, range.clone());
        return if dashed.len() > 1 { dashed } else { numbered_heads(lines, range) };
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
        // "7/89   Godkjenning av møtebok", over a table that begins with "8/89"
        let rows: Vec<_> = found.iter().filter(|h| h.listed).map(Head::digits).collect();
        let over_list =
            |h: &Head| rows.first().is_some_and(|row| *row == (h.cue.number.first + 1, h.cue.number.second));
        let numbered = |h: &Head| h.cue.number.second.is_some() && (alone(h) || over_section(h) || over_list(h));
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

/// Heads with a number and a year, a hyphen between them, that run on: `22-18<TAB>Referat`, `27 – 2014 Referat`, or in the first
/// cells of a table `2022-11 | Referat`.
fn dashed_heads(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let head = |at: usize| {
        let line = lines.get(at).filter(|l| l.cells.is_none_or(|c| c.len() > 1))?;
        let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (first, rest) = line.text().split_at(digits(line.text()));
        let rest = rest.strip_prefix('-').or_else(|| rest.strip_prefix(" - ")).filter(|_| !first.is_empty())?;
        let is_spaced = rest.len() + first.len() + 3 == line.text().len();
        let (second, rest) = rest.split_at(digits(rest));
        let end = line.text().len() - rest.len();
        let title = rest.trim_start_matches(['.', ':']);
        let is_apart = title.starts_with('\t');
        // "1-22<TAB>Pålegg" may be pages.
        let is_long = first.len() > 1 || second.len() == 4;
        let is_row = line.cells.is_some();
        let is_clear = is_apart && is_long || is_spaced && second.len() == 4;
        if !is_apart && (is_row || !title.starts_with(' ')) || !is_row && !line.stands_out() && !is_clear {
            return None;
        }
        let is_year = |digits: &str| digits.len() == 4 || digits.len() == 2 && is_apart && !is_row;
        if !is_year(second) && !(first.len() == 4 && is_row) {
            return None;
        }
        let (printed, other) = (Printed::running(first)?, Printed::running(second)?);
        let number = Printed { end, second: Some(other.first), second_width: other.first_width, ..printed };
        let title = line.text().len() - title.len() + 1;
        Some(Head::new(at, CaseHead { title, number }, is_row))
    };
    let found: Vec<Head> = range.filter_map(head).collect();
    let runs_on = |pair: &[Head]| {
        let (before, after) = (&pair[0].cue.number, &pair[1].cue.number);
        before.second == after.second && before.first + 1 == after.first
            || before.first == after.first && before.second.map(|n| n + 1) == after.second
    };
    if found.windows(2).all(runs_on) { found } else { Vec::new() }
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

/// The head of a case whose number stands after its title, in parentheses or set apart: `Konstituering (sak 1/15)`.
#[must_use]
pub fn numbered_after_title(lines: &[Line], at: usize) -> Option<Head> {
    let line = lines.get(at).filter(|l| l.cells.is_none() && l.raw.len() < LONGEST_TITLE)?;
    let text = line.text();
    let inside = text.trim_end_matches('.').strip_suffix(')').map(|text| text.trim_end_matches('.'));
    let inside = inside.and_then(|text| Some((text, text.rfind('(')? + 1)));
    // "FORMANNSKAPET 13.05.98, SAK 47/98"
    let comma = || Some((text, text.rfind(", ")? + 2)).filter(|(_, at)| heads_treatment(&text[..at - 2]));
    let apart = || {
        let gap = text.rfind('\t').map(|tab| (tab, 1)).or_else(|| Some((text.rfind("  ")?, 2)));
        gap.filter(|(at, _)| *at > 0).map(|(at, width)| (text, at + width))
    };
    let dashed = || {
        let after = text.rfind(" - ")? + 3;
        Some((text, text.len() - text[after..].trim_start().len()))
    };
    // "Referatsaker. S-sak 32/83"
    let sentence = || Some((text, text.rfind(". ")? + 2));
    let (text, open) = inside.or_else(apart).or_else(dashed).or_else(sentence).or_else(comma)?;
    // "S A K   41/83" has no title.
    let words = text[..open].trim_end();
    if lexicon().case_words.iter().any(|w| w == words) {
        return None;
    }
    let words = words.trim_end_matches([',', ' ', '-']);
    let source = |s: usize, e: usize| line.printed(open + s, open + e);
    let in_parentheses = text[..open].ends_with('(');
    // "Møteboka (sak nr. 112)"
    // "Offerliste for andre halvår   Sak 10/16", "Tilskot frå viltfondet – sak 14/03"
    let of_body = heads_treatment(words);
    let is_apart = text[..open].ends_with('\t')
        || text[..open].ends_with("  ")
        || text[..open].trim_end().ends_with(" -")
        || of_body && text[..open].ends_with(", ");
    let told = |p: &Printed| {
        is_apart && p.case_word && p.second.is_some()
            || in_parentheses
                && open > 1
                && (p.case_word || p.series.is_some() && p.second.is_some() && !line.raw.ends_with('.'))
    };
    let printed = number::at_start(&text[open..], &source)
        .filter(|p| (p.second.is_some() || told(p)) && open + p.end == text.len())?;
    let is_sentence = text[..open].ends_with(". ");
    let is_title = if is_sentence { printed.case_word && !text[..open - 2].contains(". ") } else { line.stands_out() }
        || told(&printed);
    if !is_title {
        return None;
    }
    let title_at = Some(at).filter(|_| !of_body);
    let number = printed.after(open);
    Some(Head { title_at, ..Head::new(at, CaseHead { number, title: line.text().len() }, false) })
}

/// Whether words tell of a body and a day, or head its treatment of a case: `Helsestyret<TAB>Møte 20.04.88`, `Formannskapets
/// behandling i møte 23.04.2002`.
fn heads_treatment(words: &str) -> bool {
    let divided = words.split_once('\t').filter(|(body, _)| body.split(' ').any(|w| lexicon().is_body_word(w)));
    let first_word = || words.split_once(' ').filter(|(first, _)| lexicon().is_body_word(first));
    let is_day = |rest: &str| {
        let rest = rest.trim_start();
        rest.is_empty() || date::find(rest).iter().any(|m| m.end == rest.len() && m.date(None).is_some())
    };
    let treats = || {
        cue::label(words).is_some_and(|l| l.by.is_some() && l.field == Field::Deliberation && l.value >= words.len())
    };
    lexicon().is_body_word(words) || divided.or_else(first_word).is_some_and(|(_, rest)| is_day(rest)) || treats()
}

/// Whether a line with a number only says which body treats the case when: `Sak nr. 47/98<TAB>Formannskapet<TAB>13.05.98`.
fn is_of_route(line: &Line, head: &CaseHead) -> bool {
    let rest = line.text().get(head.title..).unwrap_or_default();
    let (body, when) = rest.split_once('\t').unwrap_or_default();
    lexicon().is_body_word(body.rsplit(' ').next().unwrap_or_default()) && !date::find(when).is_empty()
}

/// Gives the heads of what several bodies did with the case of a paper its title: the first line like one over them.
fn give_title_of_paper(lines: &[Line], start: usize, heads: &mut [Head]) {
    if heads.len() < 2 || heads.iter().any(|h| h.title_at.is_some()) {
        return;
    }
    // "SAK: Ny driftsform for samfunnshuset"
    let labels_title = |l: &Line| {
        fields(l).first().is_some_and(|f| {
            let word = &l.text()[f.label.0..f.label.1];
            f.value.0 < f.value.1
                && (f.field == Field::CaseTitle || f.marked && lexicon().case_words.iter().any(|w| w == word))
        })
    };
    let is_title = |l: &Line| {
        let plain = l.stands_out() && fields(l).is_empty() && cue::title(l).is_none() && !names_organisation(l);
        l.cells.is_none() && (labels_title(l) || plain)
    };
    let title = (start..heads[0].line).find(|at| is_title(&lines[*at]));
    heads.iter_mut().for_each(|h| h.paper = title);
}

/// Titles that stand over the numbers of their cases: where most numbers stand alone under a line that stands out, or each of
/// them under a line like a title, and none over one.
fn titles_above(lines: &[Line], start: usize, heads: &mut [Head]) {
    let written = |l: &Line| l.raw.chars().any(char::is_alphabetic);
    let may_title = |l: &Line| l.cells.is_none() && l.raw.len() < LONGEST_TITLE && written(l);
    let unlabelled = |l: &Line| may_title(l) && fields(l).is_empty() && !cue::names_archive(l.text());
    // "Framlegg til økonomirapport" begins like a section.
    let like_label = |at: &usize| {
        let line = &lines[*at];
        may_title(line) && line.stands_out() && !lexicon().labels.contains_key(line.text()) && !line.raw.contains(':')
    };
    let is_titled = |h: &Head| {
        lines.get(h.line + 1).is_some_and(|l| fields(l).first().is_some_and(|f| f.field == Field::CaseTitle))
    };
    let stands_out = |l: &Line| unlabelled(l) && l.stands_out();
    let plain = |l: &Line| unlabelled(l) && l.first && l.label.is_none() && !l.raw.ends_with(['.', ':', ',', ';']);
    // "Saknr. FS 12/01 (arkivnr. 033)", "Saksnr. 31/13  Arkivsak 13/44"
    let tells_no_title = |line: &Line, from: usize| {
        let rest = line.text().get(from..).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
        let labelled = |f: &Found| f.label.0 >= from && f.label.0 <= from + 1 && f.field != Field::CaseTitle;
        rest.is_empty() || rest.split('\t').next().is_some_and(cue::names_archive) || fields(line).iter().any(labelled)
    };
    let alone =
        |h: &Head| !h.listed && h.title_at.is_none() && !is_titled(h) && tells_no_title(&lines[h.line], h.cue.title);
    // The line over a head, or over the table of heads and values that it is a row of.
    let over = |at: usize| {
        let of_table = || lines[..at].iter().rposition(|l| l.block != lines[at].block);
        if lines[at].cells.is_some() { of_table() } else { at.checked_sub(1) }.filter(|at| *at >= start)
    };
    let bare: Vec<usize> = heads.iter().filter(|h| alone(h)).map(|h| h.line).collect();
    let above = |is_title: &dyn Fn(&Line) -> bool| -> Vec<usize> {
        let over: Vec<usize> = bare.iter().filter_map(|at| over(*at)).filter(|at| is_title(&lines[*at])).collect();
        let below = bare.iter().filter_map(|at| lines.get(at + 1)).filter(|l| is_title(l)).count();
        if below * 6 > over.len() { Vec::new() } else { over }
    };
    let out = above(&stands_out);
    let titles = if out.len() * 3 >= bare.len() * 2 { out } else { above(&plain) };
    let are_most = titles.len() * 3 >= bare.len() * 2 && titles.iter().all(|at| lines[*at].stands_out());
    if titles.len() >= 2 && (are_most || titles.len() == bare.len()) {
        for head in heads.iter_mut().filter(|h| alone(h)) {
            head.title_at = over(head.line).filter(|at| titles.contains(at) || are_most && like_label(at));
        }
    }
}

/// Whether a row has one cell with text, and neither a label nor the number of a case in it.
fn is_alone(row: &Line) -> bool {
    let filled = row.cells.into_iter().flatten().filter(|c| !c.text.trim().is_empty()).count();
    filled == 1 && fields(row).is_empty() && cue::case_head(row).is_none()
}

/// Finds the titles that stand alone in the first or last row of a table, over or under the number and the fields of the
/// case: `Ny kai | `, `FSK-sak 88/03 | Arkivsaksnr.: 02/00893`.
fn titles_in_boxes(lines: &[Line], heads: &mut [Head]) {
    for head in heads.iter_mut().filter(|h| h.title_at.is_none()) {
        let row = &lines[head.line];
        let untitled = head.cue.title >= row.text().len() && head.cue.number.second.is_some();
        let in_box = |at: &usize| lines.get(*at).is_some_and(|l| l.block == row.block && is_alone(l));
        let above = head.line.checked_sub(1).filter(|at| in_box(at) && lines[*at].first);
        let is_last = |at: &usize| in_box(at) && lines.get(at + 1).is_none_or(|l| l.block != row.block);
        let title = above.or(Some(head.line + 1).filter(is_last));
        if let Some(title) = title.filter(|_| untitled && row.cells.is_some_and(|c| c.len() > 1)) {
            head.title_at = Some(title);
            head.listed = false;
        }
    }
}

/// The rows of labels and values over a head are among so many lines.
const LABELLED_LINES: usize = 16;

/// How many lines over a head are rows of labels, each with its row of values: `Saksbehandler | Arkiv | Arkivsaksnr`,
/// `Saksnr. | Utvalg | Møtedato`.
fn labelled_above(lines: &[Line], start: usize, head: usize) -> usize {
    let start = start.max(head.saturating_sub(LABELLED_LINES));
    let above: Vec<usize> = (start..head).rev().filter(|at| !is_furniture(&lines[*at])).collect();
    // "Dato | Tid | Sted" are the meeting's.
    let of_case = |f: &Found| {
        matches!(f.field, Field::CaseOfficer | Field::ArchiveReference | Field::Classification | Field::CaseNumber)
    };
    let labelled = |pair: &&[usize]| column_fields(&lines[pair[1]], &lines[pair[0]]).iter().any(of_case);
    above.chunks_exact(2).take_while(labelled).last().map_or(0, |pair| head - pair[1])
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

/// Heads of cases that are a title, and under it or over it the table of the bodies that treat the case: the number of the
/// last of them that has one.
fn routed_heads(lines: &[Line], range: Range<usize>, routes: &BTreeMap<u32, usize>) -> Vec<Head> {
    let mut found: Vec<Head> = Vec::new();
    for i in range.clone() {
        let column = routes.get(&lines[i].block);
        let Some(cue) = column.and_then(|at| number_in(&lines[i], *at)).filter(|cue| cue.number.second.is_some())
        else {
            continue;
        };
        let block = lines[i].block;
        found.retain(|h| lines[h.line].block != block);
        let top = lines[range.start..i].iter().rposition(|l| l.block != block).map(|at| range.start + at);
        // "SAKSPAPIR"
        let of_paper = |line: &Line| cue::title(line).is_some_and(|t| t.whole);
        let is_title = |at: &usize| {
            let line = &lines[*at];
            line.stands_out() && line.cells.is_none() && fields(line).is_empty() && !of_paper(line)
        };
        let is_field = |at: &usize| fields(&lines[*at]).first().is_some_and(|f| f.marked && f.field.is_value());
        // "Saksbehandler | Arkiv | ArkivsakID", and under it what they are
        let is_labelled = |at: &usize| {
            let of_table =
                |rows: &[Line]| rows[0].block == rows[1].block && !column_fields(&rows[0], &rows[1]).is_empty();
            lines[*at].cells.is_some() && lines[at - 1..range.end.min(at + 2)].windows(2).any(of_table)
        };
        let under = (i + 1..range.end).find(|at| lines[*at].block != block && !is_field(at) && !is_labelled(at));
        // In a box of the case the title is a row of its own.
        let inside = (i + 1..range.end).find(|at| lines[*at].block == block && is_alone(&lines[*at]));
        if let Some(title) = inside.or(top.filter(is_title)).or(under.filter(is_title)) {
            let of_head = |line: &&Line| {
                let of_case = |f: &Found| {
                    f.marked && matches!(f.field, Field::ArchiveReference | Field::CaseOfficer | Field::Classification)
                };
                let is_head = names_organisation(line) || of_paper(line) || fields(line).first().is_some_and(of_case);
                line.cells.is_none() && is_head
            };
            let head = Head { title_at: Some(title), ..Head::new(i, cue, false) };
            let above = lines[range.start..top.map_or(i, |top| top + 1)].iter().rev().take_while(of_head).count();
            // The table's head row stands between.
            let rows = i - top.map_or(i, |top| top + 1);
            found.push(Head { above: if title > i && above > 0 { above + rows } else { 0 }, ..head });
        }
    }
    found
}

/// What the head rows of tables say of the numbers in them, by block.
struct HeadedTables {
    /// Tables that list the bodies that treat one case, not cases, with the column of the case's numbers.
    routes: BTreeMap<u32, usize>,
    /// Tables with a column headed by a word for case numbers.
    numbered: BTreeSet<u32>,
    /// Tables with the archive's numbers before those of the cases, or between them and the titles; with the columns of the
    /// numbers and the titles.
    beside_archive: BTreeMap<u32, (usize, usize)>,
    /// Tables of one row, without a title, over the title of a case; with the column of its number.
    boxes: BTreeMap<u32, usize>,
}

impl HeadedTables {
    fn of(lines: &[Line]) -> Self {
        let mut tables = Self {
            routes: BTreeMap::new(),
            numbered: BTreeSet::new(),
            beside_archive: BTreeMap::new(),
            boxes: BTreeMap::new(),
        };
        // A table of one row over each case: "1/2018 | Opning"; the case's fields may stand under it.
        let is_single = |rows: &&[Line]| rows[1..].iter().all(|row| fields(row).iter().any(|f| f.marked));
        let single = lines.chunk_by(|a, b| a.block == b.block).filter(is_single).map(|rows| &rows[0]);
        let head = |row: &&Line| {
            // "1/2018 | Opning | Ark. 18/14"
            let is_beside = |c: &Cell| c.text.trim().is_empty() || cue::names_archive(&Folded::text_of(&c.text));
            let titled = |c: &[Cell]| c.len() > 1 && !is_beside(&c[1]) && c[2..].iter().all(is_beside);
            row.cells.is_some_and(titled) && row_head(row, 2).is_some_and(|cue| cue.number.second.is_some())
        };
        let single: Vec<u32> = single.filter(head).map(|row| row.block).collect();
        if single.len() > 2 {
            tables.numbered.extend(single);
        }
        // "8/89 | 88/412 | Ny kai", and in the next row "9/89 | 89/031 | Ny bru"
        let runs_on = |pair: &[Line], column: usize| {
            let digits = |row: &Line| number_in(row, column).map(|cue| (cue.number.first, cue.number.second));
            let both = digits(&pair[0]).zip(digits(&pair[1]));
            both.is_some_and(|((a, year), (b, other))| year.is_some() && year == other && a + 1 == b)
        };
        // "Sak | 8/89 | Ny kai", and under it """ | 9/89 | Ny bru"
        let leads = |row: &Line| {
            let first = row.cells.and_then(<[Cell]>::first).map_or(String::new(), |c| Folded::text_of(c.text.trim()));
            !first.contains(char::is_alphanumeric) || lexicon().case_words.iter().any(|w| *w == first)
        };
        for rows in lines.chunk_by(|a, b| a.block == b.block).filter(|rows| rows.len() > LEAST_RUN) {
            let width = rows[0].cells.map_or(0, <[Cell]>::len);
            if width > 1 && rows.windows(2).all(|pair| runs_on(pair, 0)) {
                tables.numbered.insert(rows[0].block);
            } else if width > 2 && rows.iter().all(leads) && rows.windows(2).all(|pair| runs_on(pair, 1)) {
                tables.beside_archive.insert(rows[0].block, (1, 2));
            }
        }
        // "SAKLISTE:", over a table without heads
        let lists = |l: &Line| l.cells.is_none() && fields(l).first().is_some_and(|f| f.field == Field::AgendaList);
        let under_title = lines.windows(2).filter(|pair| lists(&pair[0]) && pair[1].cells.is_some());
        tables.numbered.extend(under_title.map(|pair| pair[1].block));
        for (i, line) in lines.iter().enumerate() {
            let Some(heads) = columns(line) else { continue };
            let mut heads = heads;
            // "Sak | Arkivsak | Saksbehandler", and under it "PS 9/21 | 21/44 | Eva Lie"
            let is_number = |at: &usize| {
                let row = lines.get(i + 1).filter(|row| row.block == line.block);
                let cell = row.and_then(|row| row.cells?.get(*at)).map_or(String::new(), |c| Folded::text_of(&c.text));
                let printed = |s: usize, e: usize| cell[s..e].to_uppercase();
                number::at_start(&cell, &printed).is_some_and(|p| p.second.is_some() && p.end == cell.len())
            };
            if heads.contains(&Some(ColumnHead::Archive))
                && !heads.contains(&Some(ColumnHead::Number))
                && let Some(at) = heads.iter().position(|h| *h == Some(ColumnHead::Title)).filter(is_number)
            {
                heads[at] = Some(ColumnHead::Number);
            }
            let has = |head| heads.contains(&Some(head));
            if !has(ColumnHead::Number) {
                continue;
            }
            tables.numbered.insert(line.block);
            let column = |head| heads.iter().position(|h| *h == Some(head));
            let places = column(ColumnHead::Number).zip(column(ColumnHead::Title));
            let places = places
                .filter(|(number, title)| *number > 0 && heads[0] == Some(ColumnHead::Archive) || *title > number + 1);
            tables.beside_archive.extend(places.map(|places| (line.block, places)));
            let in_block = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|l| l.block == line.block);
            // The title may stand alone in the row after it.
            let titled = in_block(Some(i + 2)) && is_alone(&lines[i + 2]) && !in_block(Some(i + 3));
            let has_one_row = line.first && in_block(Some(i + 1)) && (titled || !in_block(Some(i + 2)));
            let of_case = has(ColumnHead::Date) || has(ColumnHead::Archive);
            let is_route = has(ColumnHead::Body) && has(ColumnHead::Date);
            if has_one_row && of_case && !is_route && !has(ColumnHead::Title) {
                tables.boxes.extend(column(ColumnHead::Number).map(|at| (line.block, at)));
            }
            if has(ColumnHead::Body) && has(ColumnHead::Date) && !has(ColumnHead::Title) {
                tables
                    .routes
                    .extend(heads.iter().position(|h| *h == Some(ColumnHead::Number)).map(|at| (line.block, at)));
            }
        }
        tables
    }
}

/// The number in a row of a table that sets labels beside values, over the title: `SAK NR.: | HHS 0023/93`.
fn labelled_number(line: &Line) -> Option<CaseHead> {
    let found = fields(line);
    // "Sak nr.: 0078/01 | Arkivsak: 01/00012 | Saksbeh.: Eva Lie", "Behandles i: Skolestyret | Saksnr.: 0078/01"
    let field = found.iter().find(|f| f.field == Field::CaseNumber)?;
    let of_case = |f: &Found| {
        matches!(f.field, Field::ArchiveReference | Field::CaseOfficer | Field::Classification | Field::CaseTitle)
            || matches!(f.field, Field::Treated | Field::Route | Field::Body | Field::Date)
    };
    if !found.iter().all(|f| std::ptr::eq(f, field) || of_case(f)) {
        return None;
    }
    let is_label = matches!(field.field, Field::CaseNumber) && field.marked && field.value.0 < field.value.1;
    let value = line.text()[field.value.0..field.value.1].trim_end();
    let source = |s: usize, e: usize| line.printed(field.value.0 + s, field.value.0 + e);
    let printed =
        number::at_start(value, &source).filter(|p| is_label && p.second.is_some() && p.end == value.len())?;
    let number = printed.after(field.value.0);
    // "Saksnr.: PS 0011/05 Arkivsak: 05/00231 | Skolerute"
    let second = line.text().find('\t').filter(|_| line.cells.is_some_and(|c| c.len() == 2)).map(|tab| tab + 1);
    let is_title = |at: &usize| found.iter().all(|f| f.label.0 != *at && f.value.0 != *at);
    let title = second.filter(is_title).unwrap_or(line.text().len());
    Some(CaseHead { number, title })
}

/// The number and title in a row of a table: the number in a cell of its own.
fn row_head(line: &Line, cells: usize) -> Option<CaseHead> {
    let text = line.text();
    if cells == 1 {
        return cue::case_head(line);
    }
    let first = text.split('\t').next()?;
    let source = |s: usize, e: usize| line.printed(s, e);
    let number = number::at_start(text, &source)?;
    let title = (first.len() + 1).min(text.len());
    // "Sak 20/04 | Arkivsak 04/212 | Møte 03.11.2004", and the title in the row under it.
    // "Sak: 0031/99 | Utvalg: HSU", and the title under the table.
    let beside = text[title..].split('\t').next().unwrap_or_default();
    let is_field = |piece: &str| {
        cue::names_archive(piece)
            || cue::label(piece).is_some_and(|l| l.marked && l.field.is_value() && l.field != Field::CaseTitle)
    };
    // "SAK 19/07 | Ark. 033 | Møtebok"
    let after = (title + beside.len() + 1).min(text.len());
    let next = text[after..].split('\t').next().filter(|piece| !piece.trim().is_empty() && !is_field(piece));
    let title = if is_field(beside) { next.map_or(text.len(), |_| after) } else { title };
    (number.end <= first.len() && first[number.end..].trim_matches([' ', ':', '.', '-']).is_empty())
        .then_some(CaseHead { title, number })
}

/// The number in a column of a row.
fn number_in(line: &Line, column: usize) -> Option<CaseHead> {
    let cell = line.cells?.get(column)?;
    let at = |raw: usize| line.folded.at(raw.saturating_sub(line.start));
    let (from, to) = (at(cell.start), at(cell.end));
    let source = |s: usize, e: usize| line.printed(from + s, from + e);
    let number = number::at_start(line.text().get(from..to)?, &source)?.after(from);
    Some(CaseHead { number, title: line.text().len() })
}

/// The number in a column of a row with the title in another.
fn titled_number(line: &Line, number: usize, title: usize) -> Option<CaseHead> {
    let filled = |cell: &&Cell| !cell.text.trim().is_empty();
    // "Sak 0021/98 | Referatsaker | " may be the head of the case's text, that a page sets as the list's last row.
    let cell = line.cells?.get(title).filter(filled).or_else(|| line.cells?.iter().skip(number + 1).find(filled))?;
    Some(CaseHead { title: line.folded.at(cell.start.saturating_sub(line.start)), ..number_in(line, number)? })
}

/// The last line of a head's title.
pub(super) fn title_end(lines: &[Line], head: &Head) -> usize {
    let line = &lines[head.line];
    let title = line.raw.get(line.folded.source(head.cue.title.min(line.text().len()), line.text().len()).0..);
    let in_capitals = title.is_some_and(|title| !title.contains(char::is_lowercase));
    let of_block = lines[head.line..].iter().take_while(|l| l.block == line.block);
    let width = of_block.map(|l| l.raw.chars().count()).max().unwrap_or_default();
    // "Sak 6/86  Vassavgifter", and under it in the same paragraph "Styret meinte at laget må setja av meir til ny leidning":
    // the first word had room on the line before.
    let begins_text = |before: &Line, l: &Line| {
        let first = l.raw.split(' ').next().unwrap_or_default();
        l.raw.starts_with(char::is_uppercase)
            && line.kind != BlockKind::Heading
            && !l.bold
            && !(in_capitals && l.is_caps())
            && before.raw.chars().count() + first.chars().count() < width
    };
    // "Sak 31. Søknad om skjenkerett.", and under it in the same paragraph "Vedtak: Søknaden avslås."
    let goes_on = |pair: &&[Line]| {
        let (before, l) = (&pair[0], &pair[1]);
        let is_sentence = l.raw.starts_with(char::is_uppercase)
            && l.raw.ends_with('.')
            && !line.raw.ends_with('-')
            && !(in_capitals && l.is_caps());
        l.block == line.block
            && l.continues
            && !before.raw.ends_with('.')
            && fields(l).is_empty()
            && !is_labelled(l)
            && !is_sentence
            && !begins_text(before, l)
    };
    let same_block = lines[head.line..].windows(2).take_while(goes_on).count();
    let short = line.kind == BlockKind::Heading || line.bold || same_block <= 2;
    if line.cells.is_none() && line.first && short { head.line + same_block } else { head.line }
}

/// Whether a head stands again at the top of a page: `Sak 58/89 (forts.)`.
fn is_continued(line: &Line, cue: &CaseHead) -> bool {
    let rest = line.text().get(cue.title..).unwrap_or_default();
    lexicon().is_particle("continued", rest.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether one or two words and a colon open a line: `Byggherre: Eva Lie`.
fn is_labelled(line: &Line) -> bool {
    let label = line.raw.split_once(": ").map_or("", |(label, _)| label);
    label.starts_with(char::is_uppercase) && label.split(' ').count() <= 2 && label.chars().any(char::is_lowercase)
}

/// Whether the year stands first in the case numbers of a document.
#[must_use]
pub fn order(heads: &[Head], year: Option<i16>) -> Order {
    let all_listed = heads.iter().all(|h| h.listed);
    let numbers: Vec<Printed> =
        heads.iter().filter(|h| all_listed || !h.listed).map(|h| h.cue.number.clone()).collect();
    number::order(&numbers, year)
}
