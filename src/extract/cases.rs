//! Cases: which lines head a case, and what stands in its sections.

use crate::document::{Block, CELL_BREAK, Span};
use crate::lang::{ColumnHead, Patterns, lexicon};
use crate::model::{Case, CaseNumber, CaseType, Kind, Proposal, ProposalKind, Sourced};

use super::attendance::{cell_text, columns};
use super::field::{column_fields, fields};
use super::line::{Folded, LEADER, Line};
use super::passage::passages;
use super::references::references;
use super::text::{long, spaces_folded};
use super::values::number::{Order, Printed};
use super::votes::votes;

mod archive;
mod heads;
mod paper;
mod section;
mod title;

pub use archive::{folder_number, folder_over};
pub use heads::{Head, are_chapters, ends_decided, heads, heads_paper, numbered_after_title, order, speaks_of_cases};
pub use paper::{Route, treated};

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
    /// The body that met.
    pub body: Option<&'a str>,
}

/// The cases of a document.
#[must_use]
pub fn cases(context: &Context, heads: &[Head], order: Order, end: usize) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut listed: Vec<Case> = Vec::new();
    for (i, head) in heads.iter().enumerate() {
        if head.listed {
            let next = heads.get(i + 1).map_or(end, Head::start);
            listed.extend(context.listed(head, order, next.min(end)));
            continue;
        }
        let next = heads[i + 1..]
            .iter()
            .find(|h| !h.listed || context.lines[h.line].block != context.lines[head.line].block)
            .map_or(end, Head::start);
        // "Formannskapets behandling i møte 23.04.2002, sak 31/02", in an extract that begins with another body
        let line = &context.lines[head.line];
        let by = paper::treated(line).and_then(|(label, _)| label.by);
        let own = by.and_then(|by| context.office(line, by, false));
        let body = own.as_ref().map(|own| own.value.as_str()).or(context.body);
        cases.extend(Context { body, ..*context }.case(head, order, next.min(end)));
    }
    let number = |c: &Case| c.number.as_ref().map(|n| n.value.clone());
    let order_of: Vec<Option<CaseNumber>> = listed.iter().map(number).collect();
    let rows_decide = listed.iter().any(|c| c.decision.is_some());
    for (place, entry) in listed.into_iter().enumerate() {
        // "Styresak 14/15" is listed, "STYRESAK 14/15" heads the text; "PS 84/20" is, and the table over the text has "84/20".
        let is_only = |n: &CaseNumber| {
            order_of.iter().flatten().filter(|o| (o.sequence, o.year) == (n.sequence, n.year)).count() == 1
        };
        let is_bare = |a: &CaseNumber, b: &CaseNumber| {
            a.series.is_none() && (a.sequence, a.year) == (b.sequence, b.year) && is_only(b)
        };
        // "15/09" is listed, "AMU 15/09" heads the text.
        let is_one = |n: &CaseNumber| {
            cases.iter().filter_map(number).filter(|o| (o.sequence, o.year) == (n.sequence, n.year)).count() == 1
        };
        let lists_bare = |a: &CaseNumber, b: &CaseNumber| {
            b.series.is_none() && b.year.is_some() && (a.sequence, a.year) == (b.sequence, b.year) && is_one(a)
        };
        let same = |c: &Case| {
            number(c).zip(number(&entry)).is_some_and(|(a, b)| is_same(&a, &b) || is_bare(&a, &b) || lists_bare(&a, &b))
        };
        match cases.iter().position(same) {
            Some(at) => {
                let case = &mut cases[at];
                if number(case).is_none_or(|n| n.series.is_none()) && number(case) != number(&entry) {
                    case.number = entry.number;
                }
                if case.archive_reference.is_none() {
                    case.archive_reference = entry.archive_reference;
                }
                case.closed |= entry.closed;
                if spaces_folded(&entry.title.value) != spaces_folded(&case.title.value) {
                    case.listed_title = Some(entry.title);
                }
            }
            // In minutes the list repeats the agenda: what has no text there was not treated.
            None if matches!(context.kind, Kind::Minutes | Kind::CaseMinutes)
                && !cases.is_empty()
                && !rows_decide
                && entry.deliberation.is_none() => {}
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

/// The paragraphs of a cell of a row, whose text begins at byte `from` of the block, as lines of their own.
fn lines_of_cell<'b>(row: &Line<'b>, mut from: usize, text: &'b str) -> Vec<Line<'b>> {
    let line = |line: &'b str| {
        from += line.len() + CELL_BREAK.len();
        let lead = line.len() - line.trim_start().len();
        row.piece(from - line.len() - CELL_BREAK.len() + lead, line.trim())
    };
    text.split(CELL_BREAK).map(line).collect()
}

fn refs<'l, 'b>(lines: &'l [Line<'b>]) -> Vec<&'l Line<'b>> {
    lines.iter().collect()
}

/// Whether two numbers are one, whatever the letters of a long series.
fn is_same(one: &CaseNumber, other: &CaseNumber) -> bool {
    let series = |n: &CaseNumber| {
        let series = n.series.clone().unwrap_or_default();
        if series.len() > LONGEST_ABBREVIATION { series.to_uppercase() } else { series }
    };
    (one.sequence, one.year) == (other.sequence, other.year) && series(one) == series(other)
}

/// The letters of a series that is no word are so many bytes at most.
const LONGEST_ABBREVIATION: usize = 6;

impl<'b> Context<'_, 'b> {
    fn number(&self, line: &Line, printed: &Printed, order: Order) -> Sourced<CaseNumber> {
        let series = printed.series.map(|(s, e)| {
            let span = line.span_of(s, e);
            line.raw[span.start - line.start..span.end - line.start].to_owned()
        });
        let from = printed.series.map_or(printed.start, |s| s.0.min(printed.start));
        let span = line.span_of(from, printed.end);
        Sourced::new(printed.number(order, series.as_deref()), vec![span], self.blocks)
    }

    /// What the columns of a row's table hold.
    fn columns_over(&self, row: &Line) -> Option<Vec<Option<ColumnHead>>> {
        let rows = &self.lines[self.lines.partition_point(|l| l.block < row.block)..];
        rows.iter().take_while(|l| l.block == row.block).find_map(columns)
    }

    /// A row of an agenda list as a case without text before the line `end`.
    fn listed(&self, head: &Head, order: Order, end: usize) -> Option<Case> {
        let line = &self.lines[head.line];
        let number = self.number(line, &head.cue.number, order);
        let mut closed = false;
        let title = if let Some(cells) = line.cells {
            let heads = self.columns_over(line).unwrap_or_default();
            let column = |head| heads.iter().position(|h| *h == Some(head));
            let get = |i: usize| cells.get(i).and_then(|c| cell_text(line, c.start, c.end, self.blocks));
            closed = column(ColumnHead::Closed).and_then(get).is_some();
            match column(ColumnHead::Title).filter(|i| *i > 0).and_then(get) {
                Some(title) => title,
                None => {
                    let number_end = number.at.spans().last().map_or(0, |at| at.end);
                    let others = (1..cells.len()).filter(|i| cells[*i].start >= number_end);
                    others.filter_map(get).max_by_key(|t| t.text.len())?
                }
            }
        } else {
            self.title(head)?.0
        };
        let title = self.before_dots(title);
        let archive = self.archived(head.line..head.line + 1, end, number.value.year);
        let mut case = self.blank(Some(number), title, archive, closed);
        if let Some(cells) = line.cells {
            let heads = self.columns_over(line).unwrap_or_default();
            let piece = |head| {
                let cell = heads.iter().position(|h| *h == Some(head)).and_then(|i| cells.get(i))?;
                let from = cell.start + cell.text.len() - cell.text.trim_start().len();
                Some((from, cell.text.trim())).filter(|(_, text)| !text.is_empty())
            };
            let text = |head| {
                let (from, text) = piece(head)?;
                let span = Span { block: line.block, start: from, end: from + text.len() };
                Some(Sourced::new(text.replace(CELL_BREAK, "\n"), vec![span], self.blocks))
            };
            case.deliberation = text(ColumnHead::Deliberation);
            let told = [ColumnHead::Deliberation, ColumnHead::Vote].into_iter().filter_map(piece);
            let told = told.map(|(from, text)| lines_of_cell(line, from, text));
            case.votes = told.flat_map(|lines| votes(&passages(&refs(&lines), 0, self.blocks), self.blocks)).collect();
            if let Some((from, text)) = piece(ColumnHead::Decision) {
                self.decide_in_cell(&mut case, &lines_of_cell(line, from, text));
            }
            let proposed = text(ColumnHead::Proposal).filter(|text| text.value.contains(char::is_alphanumeric));
            // Under the title stands what the case is about.
            let described = piece(ColumnHead::Title).filter(|_| heads.contains(&Some(ColumnHead::Proposal)));
            if let Some((from, text)) = described.filter(|(_, text)| text.contains(CELL_BREAK)) {
                let end = text.find(CELL_BREAK).unwrap_or(text.len());
                case.title = cell_text(line, from, from + end, self.blocks).unwrap_or(case.title);
                let lines = lines_of_cell(line, from + end + CELL_BREAK.len(), &text[end + CELL_BREAK.len()..]);
                case.background = long(&refs(&lines), 0, self.blocks);
            }
            let proposal = |text| Proposal { text, by: None, kind: ProposalKind::Recommendation };
            case.proposals.extend(proposed.map(proposal));
        }
        Some(case)
    }

    /// A title without the dots that lead to its page: `Ny kai ........`.
    fn before_dots(&self, title: Sourced<String>) -> Sourced<String> {
        let [span] = title.at.spans() else { return title };
        if !title.value.ends_with(LEADER) {
            return title;
        }
        let raw = self.blocks[span.block as usize].text[span.start..span.end].trim_end_matches(['.', ' ']);
        Sourced::new(spaces_folded(raw), vec![Span { end: span.start + raw.len(), ..*span }], self.blocks)
    }

    /// A case without text.
    fn blank(
        &self,
        number: Option<Sourced<CaseNumber>>,
        title: Sourced<String>,
        archive: Option<Sourced<String>>,
        closed: bool,
    ) -> Case {
        let title = self.without_kind(title);
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
        let archive = self.archived(head.start()..first.max(head.line + 1), end, number.value.year);
        let mut case = self.blank(Some(number).filter(|_| !head.lettered), title, archive, false);
        for rows in self.lines[head.start()..head.title_at.unwrap_or(0).max(head.line)].windows(2) {
            column_fields(&rows[0], &rows[1]).iter().for_each(|f| _ = self.set(&mut case, f, &rows[1]));
        }
        for line in self.lines[head.start()..head.line].iter().filter(|l| archive::is_of_folder(l)) {
            fields(line).iter().for_each(|f| _ = self.set(&mut case, f, line));
        }
        let sections = self.sections(&mut case, first, end);
        self.fill(&mut case, sections);
        let text: Vec<&Line> = self.lines[head.start()..end.max(head.line + 1)].iter().collect();
        case.references = references(&text, &case, order, self.blocks);
        (!case.title.value.is_empty() || case.decision.is_some()).then_some(case)
    }
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
    let stirred = lexicon().types_watch.look(&title);
    let is_of = |patterns: &Patterns| stirred.of(patterns).is_match(&title);
    let of_title = lexicon().types.iter().find(|(_, patterns)| is_of(patterns));
    of_title.map(|(name, _)| name).or(of_series).map_or(CaseType::Political, |name| of(name))
}
