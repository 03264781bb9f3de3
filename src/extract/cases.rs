//! Cases: which lines head a case, and what stands in its sections.

use std::ops::Range;

use crate::document::{Block, BlockKind, Span};
use crate::lang::{ColumnHead, Field, TitleWord, lexicon};
use crate::model::{Attachment, Case, CaseNumber, CaseType, Decision, Kind, Outcome, Proposal, ProposalKind, Sourced};

use super::attendance::{cell_text, columns};
use super::cue::{self, CaseHead};
use super::field::{Found, column_fields, fields};
use super::header::{PaperHead, ordinary_case};
use super::line::{Folded, Line};
use super::passage::passages;
use super::references::references;
use super::tables;
use super::text::{join_wrapped, long, short, spaces_folded};
use super::values::date;
use super::values::number::{self, Order, Printed};
use super::votes::votes;

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

/// A line that heads a case.
#[derive(Debug, Clone)]
pub struct Head {
    /// The line.
    pub line: usize,
    cue: CaseHead,
    /// It is a row of an agenda list: the case's text, if any, stands elsewhere.
    listed: bool,
}

impl Head {
    /// Whether it stands in an agenda list or a route table.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.listed
    }
}

/// The lines in `range` that head cases.
#[must_use]
pub fn heads(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let mut found: Vec<Head> = Vec::new();
    for i in range.clone() {
        let line = &lines[i];
        if line.continues && !line.first {
            continue;
        }
        if let Some(cells) = line.cells {
            let numbered = |cue: &CaseHead| {
                cue.number.series.is_some() || cue.number.case_word || cells.len() == 1 || has_number_column(lines, i)
            };
            found.extend(row_head(line, cells.len()).filter(numbered).map(|cue| Head { line: i, cue, listed: true }));
        } else if let Some(cue) = cue::case_head(line) {
            found.push(Head { line: i, cue, listed: false });
        }
    }
    // Numbers without series and without the word for case head cases only where nothing better does, and where they run on.
    let certain = |h: &Head| h.cue.number.series.is_some() || h.cue.number.case_word;
    let slashed = |h: &Head| h.cue.number.second.is_some();
    if found.iter().any(|h| certain(h) && slashed(h) && !h.listed) {
        found.retain(|h| certain(h) && slashed(h) || h.listed);
    } else if !found.iter().any(certain) {
        let run = |h: &Head| h.cue.number.first;
        let runs_on =
            found.windows(2).any(|w| run(&w[1]) == run(&w[0]) + 1 || w[0].cue.number.second < w[1].cue.number.second);
        found.retain(|h| runs_on || lines[h.line].stands_out() || h.listed);
    }
    // A single row of a table heads a case; several rows are the agenda list.
    let rows_of =
        |found: &[Head], block: u32| found.iter().filter(|h| h.listed && lines[h.line].block == block).count();
    let single: Vec<bool> = found
        .iter()
        .map(|h| {
            h.listed
                && rows_of(&found, lines[h.line].block) == 1
                && lines.iter().filter(|l| l.block == lines[h.line].block).count() == 1
        })
        .collect();
    for (head, single) in found.iter_mut().zip(single) {
        head.listed &= !single;
    }
    // Lines right after one another, without text between them, are an agenda list too where the numbers come again.
    for i in 0..found.len() {
        let same = |j: usize| {
            found[j].cue.number.first == found[i].cue.number.first
                && found[j].cue.number.second == found[i].cue.number.second
        };
        let empty = found.get(i + 1).is_some_and(|n| n.line <= title_end(lines, &found[i]) + 1);
        if !found[i].listed && empty && (i + 1..found.len()).any(same) {
            found[i].listed = true;
        }
    }
    found
}

/// Whether the table that holds the row at `at` has a column headed by a word for case numbers.
fn has_number_column(lines: &[Line], at: usize) -> bool {
    lines[..at]
        .iter()
        .rev()
        .take_while(|l| l.block == lines[at].block)
        .filter_map(columns)
        .any(|c| c.contains(&Some(ColumnHead::Number)))
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
            .map_or(end, |h| h.line);
        cases.extend(context.case(head, order, next.min(end)));
    }
    for entry in listed {
        let number = |c: &Case| c.number.as_ref().map(|n| n.value.clone());
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
            None => cases.push(entry),
        }
    }
    cases
}

/// A section of a case while its lines are gathered.
struct Section<'l, 'b> {
    field: Field,
    lines: Vec<&'l Line<'b>>,
    /// Bytes at the start of the first line that belong to the label.
    skip: usize,
    by: Option<Sourced<String>>,
    kind: ProposalKind,
    /// What the label itself says of a vote: "Enstemmig vedtak:".
    head: Option<(&'l Line<'b>, usize)>,
}

impl Section<'_, '_> {
    /// A section without owner.
    fn of(field: Field) -> Self {
        Self { field, lines: Vec::new(), skip: 0, by: None, kind: kind_of(field), head: None }
    }
}

/// The row of a case paper's route (saksgang) that gives the case its number, with the body and the day of the meeting.
pub struct Route {
    /// The case number.
    pub number: Option<Sourced<CaseNumber>>,
    /// The body.
    pub body: Option<Sourced<String>>,
    /// `YYYY-MM-DD`.
    pub date: Option<Sourced<String>>,
    /// The line after the table.
    pub end: usize,
}

impl<'b> Context<'_, 'b> {
    /// The first row of the route table among some lines.
    #[must_use]
    pub fn route(&self, range: Range<usize>) -> Option<Route> {
        let heads_at = range.clone().find(|i| {
            columns(&self.lines[*i]).is_some_and(|c| {
                c.contains(&Some(ColumnHead::Number))
                    && (c.contains(&Some(ColumnHead::Body)) || c.contains(&Some(ColumnHead::Date)))
            })
        })?;
        let heads = columns(&self.lines[heads_at])?;
        let block = self.lines[heads_at].block;
        let rows: Vec<usize> = (heads_at + 1..range.end).take_while(|i| self.lines[*i].block == block).collect();
        let row = &self.lines[*rows.first()?];
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
        Some(Route { number, body: cell(ColumnHead::Body), date, end: rows.last()? + 1 })
    }

    /// The only case of a case paper or an extract of minutes: its number stands in the head, its title on the first line
    /// after it.
    #[must_use]
    pub fn paper(&self, head: &PaperHead, route: Option<&Route>, range: Range<usize>) -> Option<Case> {
        let mut at = range.start;
        let title = match &head.title {
            Some(title) => title.clone(),
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
                let (from, to) = short(line.raw, 0, line.raw.len());
                Sourced::new(spaces_folded(&line.raw[from..to]), vec![line.raw_span(from, to)], self.blocks)
            }
        };
        let mut case = self.blank(route.and_then(|r| r.number.clone()), title, head.archive_reference.clone(), false);
        let sections = self.sections(&mut case, at, range.end);
        self.fill(&mut case, sections);
        let text: Vec<&Line> = self.lines[at..range.end].iter().collect();
        case.references = references(&text, &case, Order::NumberFirst, self.blocks);
        Some(case)
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
        Some(self.blank(Some(number), title, archive, closed))
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
        let line = &self.lines[head.line];
        let last = title_end(self.lines, head);
        let (from, _) = line.folded.source(head.cue.title.min(line.text().len()), line.text().len());
        let rest = line.raw.get(from..).unwrap_or_default();
        if rest.trim().is_empty() {
            // The title stands on the next line.
            let next = head.line + 1;
            let line = self.lines.get(next)?;
            let labelled = fields(line);
            if let Some(f) = labelled.first().filter(|f| f.field == Field::CaseTitle) {
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
        let mut value = spaces_folded(&line.raw[start..end]);
        let mut span = line.raw_span(start, end);
        for more in &self.lines[head.line + 1..=last] {
            let (_, end) = without_leader(more.raw, 0);
            join_wrapped(&mut value, &more.raw[..end]);
            span = Span { end: more.start + end, ..span };
        }
        if value.ends_with('.') && !value.ends_with("..") {
            value.pop();
            span.end -= 1;
        }
        (!value.is_empty()).then(|| (Sourced::new(value, vec![span], self.blocks), last + 1))
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
        let text: Vec<&Line> = self.lines[head.line..end.max(head.line + 1)].iter().collect();
        case.references = references(&text, &case, order, self.blocks);
        (!case.title.value.is_empty() || case.decision.is_some()).then_some(case)
    }

    /// The sections of a case; fields of the case are filled on the way.
    fn sections(&self, case: &mut Case, first: usize, end: usize) -> Vec<Section<'_, 'b>> {
        let mut sections = vec![Section::of(Field::Background)];
        let mut i = first;
        while i < end {
            let line = &self.lines[i];
            i += 1;
            if let Some(next) = self.lines.get(i).filter(|_| i < end) {
                let columns = column_fields(line, next);
                for f in &columns {
                    self.set(case, f, next);
                }
                if !columns.is_empty() {
                    i += 1;
                    continue;
                }
            }
            if cue::title(line).is_some_and(|t| t.word == TitleWord::CaseMinutes) && line.raw.len() < 120 {
                // "Saksprotokoll i formannskapet 12.03.2015" heads the treatment.
                sections.push(Section::of(Field::Deliberation));
                continue;
            }
            if let Some(section) = self.moved(line) {
                sections.push(section);
                continue;
            }
            let found = fields(line);
            let Some(f) = found.first().filter(|f| self.heads_section(line, f)) else {
                if let Some(section) = sections.last_mut() {
                    section.lines.push(line);
                }
                continue;
            };
            if f.field.is_section() {
                if f.field == Field::Attachments && numbered(line, f).is_some() {
                    // "Vedlegg 1: ..." announces one attachment and leaves the section as it is.
                    case.attachments.extend(self.attachment(line, f));
                    continue;
                }
                let (skip, _) = line.folded.source(f.value.0.min(line.text().len()), line.text().len());
                let by = f.by.and_then(|by| self.office(line, by));
                let mut section =
                    Section { field: f.field, lines: Vec::new(), skip: 0, by, kind: kind_of(f.field), head: None };
                if f.value.0 < f.value.1 {
                    section.lines.push(line);
                    section.skip = skip;
                } else if f.field == Field::Decision {
                    section.head = Some((line, skip));
                }
                sections.push(section);
                continue;
            }
            if f.field.is_attendance() || matches!(f.field, Field::NextMeeting | Field::Signatures) {
                // What belongs to the meeting ends the case's text.
                sections.push(Section::of(Field::Remarks));
                continue;
            }
            for f in &found {
                self.set(case, f, line);
            }
        }
        sections
    }

    /// Sets the case's own fields.
    fn set(&self, case: &mut Case, found: &Found, line: &Line) {
        let value = || found.text(line, self.blocks);
        match found.field {
            Field::CaseOfficer => case.case_officer = case.case_officer.take().or_else(value),
            Field::ArchiveReference => case.archive_reference = case.archive_reference.take().or_else(value),
            Field::CaseTitle if case.title.value.is_empty() => {
                if let Some(value) = value() {
                    case.title = value;
                }
            }
            _ => {}
        }
    }

    /// Whether a label inside a case is one of the case's, not a word at the start of a paragraph.
    fn heads_section(&self, line: &Line, f: &Found) -> bool {
        if line.kind == BlockKind::ListItem && !f.marked {
            return false;
        }
        if line.cells.is_some_and(|c| c.len() > 2) && !line.stands_out() {
            return false;
        }
        match f.field {
            Field::CaseOfficer
            | Field::ArchiveReference
            | Field::CaseTitle
            | Field::Reference
            | Field::Classification
            | Field::Route => f.marked,
            Field::Remarks => !f.marked || f.value.0 >= f.value.1,
            Field::NextMeeting | Field::Signatures => f.marked || f.value.0 >= f.value.1,
            field if field.is_attendance() => f.marked && f.value.0 < f.value.1,
            field => field.is_section() && (f.marked || f.value.0 >= f.value.1),
        }
    }

    /// "Kari Nordmann (A) fremmet følgende forslag:" as the start of a proposal.
    fn moved<'l>(&'l self, line: &'l Line<'b>) -> Option<Section<'l, 'b>> {
        let text = line.text();
        if !text.contains(':') || text.len() > 400 {
            return None;
        }
        let c = lexicon().moved.iter().find_map(|p| p.captures(text))?;
        let (whole, by, word) = (c.get(0)?, c.name("by")?, c.name("kind").map_or("", |m| m.as_str()));
        let (from, to) = line.folded.source(by.start(), by.end());
        let name = line.raw[from..to].split('(').next().unwrap_or_default().trim_end();
        let by = Sourced::new(spaces_folded(name), vec![line.raw_span(from, from + name.len())], self.blocks);
        let field = lexicon()
            .moved_kinds
            .iter()
            .find(|(w, _)| word.contains(w.as_str()))
            .map_or(Field::Alternative, |(_, f)| *f);
        let (skip, _) = line.folded.source(whole.end().min(text.len()), text.len());
        let inline = whole.end() < text.len();
        Some(Section {
            field,
            lines: if inline { vec![line] } else { Vec::new() },
            skip: if inline { skip } else { 0 },
            by: Some(by),
            kind: kind_of(field),
            head: None,
        })
    }

    /// The office before a section head in its plain form: `Rådmannens` → `Rådmannen`.
    fn office(&self, line: &Line, (from, to): (usize, usize)) -> Option<Sourced<String>> {
        let span = line.span_of(from, to);
        let raw = spaces_folded(&line.raw[span.start - line.start..span.end - line.start]);
        let lower = raw.to_lowercase();
        let genitive = lexicon().genitives.iter().find(|g| lower.ends_with(g.as_str()))?;
        let plain = ordinary_case(&raw[..raw.len() - genitive.len()]);
        Some(Sourced::new(plain, vec![span], self.blocks))
    }

    fn attachment(&self, line: &Line, f: &Found) -> Option<Attachment> {
        let label_end = numbered(line, f)?;
        let span = line.span_of(f.label.0, label_end);
        let label = Sourced::new(
            spaces_folded(&line.raw[span.start - line.start..span.end - line.start]),
            vec![span],
            self.blocks,
        );
        let (from, to) = line.folded.source(f.value.0, f.value.1);
        let (start, end) = short(line.raw, from, to);
        (start < end).then(|| Attachment {
            label: Some(label),
            title: Sourced::new(spaces_folded(&line.raw[start..end]), vec![line.raw_span(start, end)], self.blocks),
            document: None,
        })
    }

    fn fill(&self, case: &mut Case, sections: Vec<Section<'_, 'b>>) {
        let mut background: Vec<&Line> = Vec::new();
        let mut background_skip = 0;
        let mut deliberation: Vec<&Line> = Vec::new();
        let mut deliberation_skip = 0;
        for mut section in sections {
            section.lines.retain(|l| l.raw.chars().any(char::is_alphanumeric));
            let (tables, text): (Vec<&Line>, Vec<&Line>) =
                section.lines.iter().copied().partition(|l| l.cells.is_some());
            if section.field != Field::Attachments {
                case.tables.extend(tables::tables(&tables, self.blocks, self.year));
            }
            match section.field {
                Field::Background => {
                    if background.is_empty() {
                        background_skip = section.skip;
                    }
                    background.extend(text);
                }
                Field::Deliberation | Field::Voting => {
                    case.votes.extend(votes(&passages(&text, section.skip, self.blocks), self.blocks));
                    if section.field == Field::Deliberation {
                        if deliberation.is_empty() {
                            deliberation_skip = section.skip;
                        }
                        deliberation.extend(text);
                    }
                }
                Field::Decision => self.decide(case, &section, text),
                Field::Proposal | Field::Amendment | Field::Addition | Field::Alternative => {
                    let (said, text): (Vec<&Line>, Vec<&Line>) = text.into_iter().partition(|l| tells_vote(l));
                    if let Some(text) = long(&text, section.skip, self.blocks) {
                        case.proposals.push(Proposal { text, by: section.by, kind: section.kind });
                    }
                    case.votes.extend(votes(&passages(&said, 0, self.blocks), self.blocks));
                }
                Field::Attachments => {
                    for (i, line) in text.iter().enumerate() {
                        let skip = if i == 0 { section.skip } else { 0 };
                        let (start, end) = short(line.raw, skip.min(line.raw.len()), line.raw.len());
                        let start = start + list_mark(&line.raw[start..end]);
                        if start < end {
                            let title = Sourced::new(
                                spaces_folded(&line.raw[start..end]),
                                vec![line.raw_span(start, end)],
                                self.blocks,
                            );
                            case.attachments.push(Attachment { label: None, title, document: None });
                        }
                    }
                }
                _ => {}
            }
        }
        case.background = long(&background, background_skip, self.blocks);
        case.deliberation = long(&deliberation, deliberation_skip, self.blocks);
    }

    /// The decision of a section; lines that tell of the vote are taken out.
    fn decide(&self, case: &mut Case, section: &Section, text: Vec<&Line>) {
        let skipped = |l: &Line| section.lines.first().is_some_and(|f| std::ptr::eq(*f, l)) && section.skip > 0;
        let (said, text): (Vec<&Line>, Vec<&Line>) = text.into_iter().partition(|l| !skipped(l) && tells_vote(l));
        if let Some((line, end)) = section.head {
            let folded_end = line.text().len();
            if lexicon().votes.unanimous.iter().any(|p| p.is_match(&line.text()[..folded_end.min(end.max(folded_end))]))
            {
                case.votes.extend(votes(&passages(&[line], 0, self.blocks), self.blocks));
            }
        }
        case.votes.extend(votes(&passages(&said, 0, self.blocks), self.blocks));
        let Some(text) = long(&text, section.skip, self.blocks) else { return };
        // The same decision again, or one of an earlier body, does not take the place of the first.
        if case.decision.is_some() {
            return;
        }
        let (outcome, is_final) = outcome(&text.value);
        case.decision = Some(Decision { text, outcome, is_final });
    }
}

/// A line that tells of a vote and of nothing else: "Enstemmig vedtatt."
fn tells_vote(line: &Line) -> bool {
    let text = line.text();
    let votes = &lexicon().votes;
    let opens = |patterns: &[regex::Regex]| patterns.iter().any(|p| p.find(text).is_some_and(|m| m.start() == 0));
    line.cells.is_none()
        && text.len() < 100
        && (opens(&votes.unanimous)
            || (opens(&votes.adopted)
                && (votes.counts.iter().chain(&votes.against).any(|p| p.is_match(text))
                    || votes.unanimous.iter().any(|p| p.is_match(text)))))
}

fn kind_of(field: Field) -> ProposalKind {
    match field {
        Field::Amendment => ProposalKind::Amendment,
        Field::Addition => ProposalKind::Addition,
        Field::Alternative => ProposalKind::Alternative,
        _ => ProposalKind::Recommendation,
    }
}

/// The end of the label `Vedlegg 1` in the folded text, where a number follows the word.
fn numbered(line: &Line, f: &Found) -> Option<usize> {
    let text = line.text();
    let digits = text[f.label.0..f.label.1].bytes().rev().take_while(u8::is_ascii_digit).count();
    (digits > 0 && f.value.0 < f.value.1).then_some(f.label.1)
}

/// The length of a list mark at the start of a line: `1. `, `a) `, `- `.
fn list_mark(text: &str) -> usize {
    let mark = text.find(' ').filter(|i| *i <= 3).map_or("", |i| &text[..i]);
    let is_mark = !mark.is_empty() && (mark.ends_with(['.', ')']) || mark.chars().all(|c| !c.is_alphanumeric()));
    if is_mark { text.len() - text[mark.len()..].trim_start().len() } else { 0 }
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
    for (name, patterns) in &lexicon().types {
        if patterns.iter().any(|p| p.is_match(&title)) {
            return of(name);
        }
    }
    series.and_then(|s| lexicon().series_types.get(s)).map_or(CaseType::Political, |name| of(name))
}

/// What a decision's words say became of the matter, and whether the body decides for good.
#[must_use]
pub fn outcome(text: &str) -> (Outcome, bool) {
    let text = text.to_lowercase();
    for (name, patterns) in &lexicon().outcomes {
        if patterns.iter().any(|p| p.is_match(&text)) {
            let outcome = match name.as_str() {
                "postponed" => Outcome::Postponed,
                "withdrawn" => Outcome::Withdrawn,
                "referred" => Outcome::Referred,
                "recommended" => Outcome::Recommended,
                "noted" => Outcome::Noted,
                _ => Outcome::Rejected,
            };
            return (outcome, !matches!(outcome, Outcome::Postponed | Outcome::Recommended));
        }
    }
    (Outcome::Adopted, true)
}
