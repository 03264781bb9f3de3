//! The only case of a case paper or of an extract of minutes.

use std::ops::Range;

use crate::document::Span;
use crate::lang::{ColumnHead, Field, TitleWord, lexicon};
use crate::model::{Case, CaseNumber, Document, Kind, Sourced};

use super::super::attendance::{cell_text, columns_or_line};
use super::super::cue;
use super::super::field::{Found, fields};
use super::super::header::PaperHead;
use super::super::line::{Folded, Line};
use super::super::references::references;
use super::super::segment::names_organisation;
use super::super::text::spaces_folded;
use super::super::values::date;
use super::super::values::number::{self, Order, Printed};
use super::Context;

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

/// The fields and the title of an extract over the head of the body's treatment are so many lines at most.
const HEAD_LINES: usize = 12;

/// A line with the title of a case has fewer bytes than this.
const TITLE_BYTES: usize = 250;

impl Route {
    /// Gives its body and day to a document. A day that was taken for the meeting's is the document's own.
    pub fn tell(self, document: &mut Document) {
        document.body = self.body.or(document.body.take());
        if let Some(date) = self.date {
            let taken = document.meeting.date.replace(date.clone()).filter(|taken| taken.value != date.value);
            document.document_date = document.document_date.take().or(taken);
        }
    }
}

impl Context<'_, '_> {
    /// The first row of the route table among some lines.
    #[must_use]
    pub fn route(&self, range: Range<usize>) -> Option<Route> {
        let heads_at = range.clone().find(|i| {
            columns_or_line(&self.lines[*i]).is_some_and(|c| {
                // "Utvalg | Kommunestyret | Saksnr. | 62/16" labels values.
                c.iter().flatten().count() * 2 > c.len()
                    && c.contains(&Some(ColumnHead::Number))
                    && (c.contains(&Some(ColumnHead::Body)) || c.contains(&Some(ColumnHead::Date)))
            })
        })?;
        let heads = columns_or_line(&self.lines[heads_at])?;
        // Rows of a table, or lines that TABs divide.
        let block = self.lines[heads_at].cells.and(self.lines.get(heads_at + 1)).map(|row| row.block);
        let goes_on = |i: &usize| match block {
            Some(block) => self.lines[*i].block == block,
            None => self.lines[*i].raw.contains('\t') && fields(&self.lines[*i]).is_empty(),
        };
        let rows: Vec<usize> = (heads_at + 1..range.end).take_while(goes_on).collect();
        let piece = |row: usize, at: usize| -> Option<Sourced<String>> {
            let line = &self.lines[row];
            let (from, to) = match line.cells {
                Some(cells) => cells.get(at).map(|c| (c.start, c.end))?,
                None => {
                    let before: usize = line.raw.split('\t').take(at).map(|piece| piece.len() + 1).sum();
                    (line.start + before, line.start + before + line.raw.split('\t').nth(at)?.len())
                }
            };
            cell_text(line, from, to, self.blocks)
        };
        // An extract is of the last body that has given the case a number, a paper is for the first.
        let number_at = heads.iter().position(|h| *h == Some(ColumnHead::Number))?;
        let numbered =
            |i: &&usize| piece(**i, number_at).is_some_and(|c| c.value.contains(|c: char| c.is_ascii_digit()));
        let extract = self.kind == Kind::CaseMinutes;
        // "Formannskapet har behandlet saken i møte 28.04.2022 sak 45/22" says which of them it is.
        let mut told = range.clone().filter(|_| extract).filter_map(|at| treated(&self.lines[at]));
        let own = told.next().map(|(_, number)| number).filter(|_| told.next().is_none());
        let is_own = |i: &&usize| {
            let cell = piece(**i, number_at);
            let number = cell.and_then(|c| number::at_start(&Folded::text_of(&c.value), &|_, _| String::new()));
            own.as_ref().zip(number).is_some_and(|(own, n)| (own.first, own.second) == (n.first, n.second))
        };
        let last = rows.iter().find(is_own).or_else(|| rows.iter().rfind(numbered)).filter(|_| extract);
        let row = *last.or(rows.first())?;
        let cell = |head| piece(row, heads.iter().position(|h| *h == Some(head))?);
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
        // "10 av 11 medlemmer var til stede."
        let counts = |l: &Line| lexicon().count.is_match(l.text());
        // "Ny kinosal", over the table of the bodies that treat it.
        let is_title = |at: &usize| {
            let l = &self.lines[*at];
            let is_head = l.cells.is_none() && l.stands_out();
            is_head && !counts(l) && cue::title(l).is_none() && fields(l).is_empty() && !names_organisation(l)
        };
        let above = route.and_then(|r| r.start.checked_sub(1)).filter(is_title);
        let title = match head.title.clone().or_else(|| Some(self.whole_title(above?).0)) {
            Some(title) => title,
            None => {
                loop {
                    let line = self.lines.get(at).filter(|_| at < range.end)?;
                    let wrapped = line.continues && at > 0 && !fields(&self.lines[at - 1]).is_empty();
                    let says = line.raw.chars().any(char::is_alphanumeric) && line.raw.len() < 250 && !wrapped;
                    if line.cells.is_none() && fields(line).is_empty() && says && !is_of_route(line) && !counts(line) {
                        break;
                    }
                    at += 1;
                    if fields(line).first().is_some_and(|f| self.heads_section(line, f)) {
                        return None;
                    }
                }
                let (title, next) = self.whole_title(at);
                at = next;
                title
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

    /// A title without the kind of the paper before it: `SP - Ny kinosal`, `Saksprotokoll - Ny kinosal`.
    pub(super) fn without_kind(&self, title: Sourced<String>) -> Sourced<String> {
        let rest = title.value.split_once(" - ").or_else(|| title.value.split_once(" – ")).filter(|(word, _)| {
            let word = word.to_lowercase();
            let of_case = |kind: TitleWord| matches!(kind, TitleWord::CasePaper | TitleWord::CaseMinutes);
            let is_title = lexicon().titles_of(&word).any(|(title, kind)| *title == word && of_case(*kind));
            is_title || lexicon().is_particle("paper_letters", &word)
        });
        match (rest, title.at.spans()) {
            (Some((_, rest)), &[at]) if self.blocks[at.block as usize].text[at.start..at.end].ends_with(rest) => {
                let at = Span { start: at.end - rest.len(), ..at };
                Sourced::new(rest.to_owned(), vec![at], self.blocks)
            }
            _ => title,
        }
    }

    /// The case of a text that only the head of its treatment announces: "Formannskapets behandling av sak 12/2016 i møte
    /// den 25.03.2016"; where it may be `headed`, under some fields and the title. With the body and the day of the meeting.
    #[must_use]
    pub fn treatment(
        &self,
        range: Range<usize>,
        headed: bool,
    ) -> Option<(Case, Option<Sourced<String>>, Option<Sourced<String>>)> {
        let at =
            range.clone().take(if headed { HEAD_LINES } else { 1 }).find(|at| treated(&self.lines[*at]).is_some())?;
        let line = &self.lines[at];
        let (label, printed) = treated(line)?;
        let order = number::order(std::slice::from_ref(&printed), None);
        let number = self.number(line, &printed, order);
        // The title may stand over it.
        let over = at.checked_sub(1).filter(|over| range.contains(over)).map(|over| &self.lines[over]);
        let title =
            over.filter(|l| l.stands_out() && l.cells.is_none() && fields(l).is_empty() && cue::title(l).is_none());
        // Or under it, before the first section.
        let heads_section = |l: &Line| fields(l).first().is_some_and(|f| f.field.is_section());
        let under = || {
            let next = self.lines[..range.end].get(at + 1).filter(|l| l.cells.is_none() && fields(l).is_empty())?;
            let is_title = next.raw.len() < TITLE_BYTES && !next.raw.ends_with(['.', ':']);
            is_title
                .then(|| self.whole_title(at + 1))
                .filter(|(_, after)| self.lines.get(*after).is_some_and(heads_section))
        };
        let over = title.map(|l| (Sourced::new(spaces_folded(l.raw), vec![l.span()], self.blocks), at + 1));
        let (title, text) = over.or_else(under).unwrap_or_else(|| {
            (Sourced::new(String::new(), vec![line.raw_span(line.raw.len(), line.raw.len())], self.blocks), at + 1)
        });
        let mut case = self.blank(Some(number), title, None, false);
        let sections = self.sections(&mut case, text, range.end);
        self.fill(&mut case, sections);
        let body = label.by.and_then(|by| self.office(line, by, false).or_else(|| self.office(line, by, true)));
        let date = date::find(line.text()).into_iter().find_map(|m| {
            Some(Sourced::new(m.date(None)?.to_string(), vec![line.span_of(m.start, m.end)], self.blocks))
        });
        Some((case, body, date))
    }
}

/// The head of a body's treatment of a case, with the case's number: "Formannskapets behandling av sak 12/2016".
#[must_use]
pub fn treated<'l>(line: &'l Line) -> Option<(&'l Found, Printed)> {
    let label = fields(line).first().filter(|f| f.field == Field::Deliberation)?;
    let source = |s: usize, e: usize| line.printed(s, e);
    let number = number::find(line.text(), &source).into_iter().find(|p| p.case_word && p.second.is_some())?;
    Some((label, number))
}

/// Whether a line is a body, or a head over bodies, alone: a route that was written column by column.
fn is_of_route(line: &Line) -> bool {
    lexicon().is_body_word(line.text()) || lexicon().columns.contains_key(line.text())
}
