//! The head of a document: body, municipality, dates, times, place, references, attendance.

mod meeting;
mod names;
mod people;

use std::collections::HashSet;
use std::ops::{ControlFlow, Range};

use crate::document::{Block, BlockKind, Span};
use crate::lang::{Field, lexicon};
use crate::model::{Attendance, AttendanceStatus, CaseNumber, Document, Kind, Placeholder, Sourced};

use super::attendance;
use super::cases::folder_number;
use super::cue;
use super::field::{Found, column_fields, fields, is_placeholder};
use super::line::{self, Line};
use super::segment::{Part, heads_route, names_organisation};
use super::text::{GAP, short, spaces_folded};
use super::values::name::{is_name, people};
use super::values::{date, number, time};

pub use names::{body_in, body_of_pages, municipality_of_pages, ordinary_case, written_out};

/// How many lines the head of a document has at most, where no case ends it.
const HEAD_LINES: usize = 120;

/// The title of a case stands in one of so many rows with fields.
const TITLED_ROWS: usize = 6;

/// The first and, where several are named, the last day of a meeting; whether the weekday is told.
type MeetingDates = (Sourced<String>, Option<Sourced<String>>, bool);

/// What stands in the head of a case paper and belongs to its case.
#[derive(Debug, Default, Clone)]
pub struct PaperHead {
    /// The archive's case number.
    pub archive_reference: Option<Sourced<String>>,
    /// The title, where a label gives it.
    pub title: Option<Sourced<String>>,
    /// The case's number, where a label gives it: `Sak: 88/20`.
    pub number: Option<Sourced<CaseNumber>>,
    /// The date that a label gives without saying of what: `Dato: 3. mai 2001`.
    pub date: Option<Sourced<String>>,
    /// The line after the last field.
    pub end: usize,
}

/// Where fields of a document can stand: before its first case, and after its last.
pub struct Head<'a, 'b> {
    /// All lines of the file.
    pub lines: &'a [Line<'b>],
    /// The file's blocks.
    pub blocks: &'b [Block],
    /// The constituent document.
    pub part: &'a Part,
    /// Lines before the first case.
    pub range: Range<usize>,
}

impl Head<'_, '_> {
    /// Fills the fields of `document`. Gives what a case paper's only case needs of its head.
    pub fn fill(&self, document: &mut Document) -> PaperHead {
        let mut paper = PaperHead { end: self.range.start, ..PaperHead::default() };
        let mut plain_date: Option<MeetingDates> = None;
        let mut named = people::Named::default();
        let mut treated = false;
        let mut i = self.range.start;
        while i < self.range.end {
            let line = &self.lines[i];
            if let Some(next) = self.lines.get(i + 1).filter(|_| i + 1 < self.range.end) {
                let columns = column_fields(line, next);
                for f in &columns {
                    if let Some(status) = attendance::status(f.field) {
                        document.attendance.extend(self.listed_in(document.kind, next, f, status));
                        continue;
                    }
                    self.assign(document, f, i + 1, Some(*f), &mut plain_date);
                    self.keep(&mut paper, f, i + 1);
                }
                if !columns.is_empty() {
                    paper.end = i + 2;
                    i += 2;
                    continue;
                }
            }
            let found = fields(line);
            if let Some((end, people)) = self.unlabelled(document.kind, i) {
                document.attendance.extend(people);
                i = end;
                continue;
            }
            if found.is_empty() {
                self.told(document, i);
            }
            // "MØTEPROTOKOLL | Møtested: Rådhuset"
            let is_title = Some(i) == self.part.title && line.kind != BlockKind::Table;
            if is_title || found.is_empty() {
                i += 1;
                continue;
            }
            // What stands under a section of the case belongs to that.
            let of_head = |field| matches!(field, Field::Background | Field::Attachments | Field::Route);
            let in_case = |f: &Found| f.field.is_section() && !of_head(f.field);
            treated |=
                matches!(document.kind, Kind::CasePaper | Kind::CaseMinutes) && found.first().is_some_and(in_case);
            let mut next = i + 1;
            for f in found {
                if paper.number.is_none()
                    && matches!(f.field, Field::CaseNumber | Field::Background)
                    && let Some(number) = self.number(line, f)
                {
                    paper.number = Some(number);
                    paper.end = i + 1;
                    continue;
                }
                // "Sak: Ny barnehage" in the head of a case paper or an extract.
                let word = &line.text()[f.label.0..f.label.1];
                if matches!(document.kind, Kind::CasePaper | Kind::CaseMinutes)
                    && paper.title.is_none()
                    && f.field == Field::Background
                    && f.marked
                    && !heads_route(line)
                    && lexicon().case_words.iter().any(|w| w == word)
                    && let Some(title) = f.text(line, self.blocks)
                {
                    paper.title = Some(title);
                    paper.end = i + 1;
                    continue;
                }
                let of_meeting = attendance::status(f.field).is_some()
                    || matches!(f.field, Field::Chair | Field::Secretary | Field::NextMeeting);
                // In a case paper people are what the case is about; far down, who was elected.
                let far = matches!(f.field, Field::Chair | Field::Secretary) && i > self.range.start + HEAD_LINES;
                if of_meeting && (far || document.kind == Kind::CasePaper) {
                    continue;
                }
                // "Frammøte: 7 av 9", but also "Frammøte: Eva Lie, Per Ås".
                let names_people = f.field == Field::Count && {
                    let (from, to) = line.folded.source(f.value.0, f.value.1);
                    found.len() == 1 && f.value.0 >= f.value.1 || people(&line.raw[from..to]).len() > 1
                };
                let listed = attendance::status(f.field).or(names_people.then_some(AttendanceStatus::Present));
                if let Some(status) = listed {
                    match self.labelled(document, i, f, status, &mut named) {
                        ControlFlow::Break(end) => {
                            next = next.max(end);
                            break;
                        }
                        ControlFlow::Continue(Some(end)) => {
                            paper.end = if treated { paper.end } else { end };
                            next = next.max(end);
                        }
                        ControlFlow::Continue(None) => {}
                    }
                } else if f.field.is_value() && !treated {
                    let (at, value) = self.value(i, f);
                    next = next.max(at + 1);
                    paper.end = next;
                    if let Some(value) = &value {
                        self.keep(&mut paper, value, at);
                    }
                    self.assign(document, f, at, value, &mut plain_date);
                }
            }
            i = next.max(i + 1);
        }
        if document.kind == Kind::Minutes && !document.attendance.iter().any(|a| a.status == AttendanceStatus::Present)
        {
            let of_parties = self.of_parties(&document.attendance);
            self.add(document, of_parties);
        }
        let absent: HashSet<String> = document
            .attendance
            .iter()
            .filter(|a| a.status == AttendanceStatus::Absent)
            .map(|a| a.name.value.clone())
            .collect();
        let came = |a: &Attendance| {
            a.status != AttendanceStatus::Present
                || !named.members.contains(&a.name.value)
                || !absent.contains(&a.name.value)
        };
        document.attendance.retain(came);
        document.attendance = attendance::once(std::mem::take(&mut document.attendance), &named.observers);
        if matches!(document.kind, Kind::Minutes | Kind::Other) {
            let lines: Vec<&Line> = self.lines[self.range.clone()].iter().filter(|l| l.cells.is_none()).collect();
            self.add(document, attendance::chairs(&lines, self.blocks));
            attendance::beside_chair(&mut document.attendance);
        }
        let title = || self.title_after_word(document.kind).or_else(|| self.title_over_fields(document.kind));
        paper.title = paper.title.take().or_else(title);
        self.around_title(document);
        self.dated(document, self.range.clone());
        self.dates_in_sentences(document);
        self.times_alone(document);
        if document.body.is_none() && document.kind != Kind::MeetingPlan {
            document.body = self.body_in_lines();
        }
        if plain_date.is_some() && document.meeting.date.is_none() && document.kind != Kind::CasePaper {
            self.headed_day(document);
        }
        if let Some((date, end_date, _)) = plain_date {
            paper.date = Some(date.clone());
            if document.meeting.date.is_none() && !matches!(document.kind, Kind::CasePaper | Kind::MeetingPlan) {
                document.meeting.date = Some(date);
                document.meeting.end_date = end_date;
            } else {
                document.document_date = document.document_date.take().or(Some(date));
            }
        }
        paper
    }

    /// The title of a case behind the word for its paper: `Saksframlegg: Ny kinosal`.
    fn title_after_word(&self, kind: Kind) -> Option<Sourced<String>> {
        let line = &self.lines[self.part.title.filter(|_| kind == Kind::CasePaper)?];
        let (word, title) = line.text().split_once(": ")?;
        let is_word = lexicon().titles_of(word).any(|(title, _)| title == word);
        let is_title =
            is_word && line.cells.is_none() && !title.split(' ').next().is_some_and(|w| lexicon().is_body_word(w));
        let (from, to) = line.folded.source(word.len() + 2, line.text().len());
        let (from, to) = short(line.raw, from, to);
        is_title.then(|| Sourced::new(spaces_folded(&line.raw[from..to]), vec![line.raw_span(from, to)], self.blocks))
    }

    /// The title of a case between the title of an extract or a paper and the table with its fields.
    fn title_over_fields(&self, kind: Kind) -> Option<Sourced<String>> {
        let title = self.part.title.filter(|_| matches!(kind, Kind::CasePaper | Kind::CaseMinutes))?;
        let at = (title + 1..self.range.end).find(|at| cue::title(&self.lines[*at]).is_none())?;
        let (line, below) = (self.lines.get(at)?, self.lines.get(at + 1)?);
        let is_body = lexicon().is_body_word(line.text().split(' ').next().unwrap_or_default());
        // "Postboks 234, 6501 Kristiansund N"
        let is_address = line.text().split(", ").any(|piece| {
            let (code, place) = piece.split_once(' ').unwrap_or_default();
            code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()) && place.starts_with(char::is_alphabetic)
        });
        let is_title =
            line.cells.is_none() && fields(line).is_empty() && !is_body && !is_address && !names_organisation(line);
        // "Saksbehandler", and on the next line who that is
        let over_value = || line.kind == BlockKind::Heading && fields(below).iter().any(|f| f.field.is_value());
        let labels =
            below.cells.is_some() && fields(below).iter().any(|f| f.marked && f.field.is_value()) || over_value();
        (is_title && labels && at + 1 < self.part.lines.end)
            .then(|| Sourced::new(spaces_folded(line.raw), vec![line.span()], self.blocks))
    }

    /// The title of a case in a cell without a label, beside one with a field: `Saksbehandler: Eva Lie | Ny kinosal`.
    pub fn title_in_cell(&self, kind: Kind) -> Option<Sourced<String>> {
        let is_title = |text: &str| {
            let words = line::Folded::text_of(text);
            let is_named = || {
                let last = words.rsplit(' ').next().unwrap_or_default();
                lexicon().is_body_word(last) || lexicon().titles_of(&words).next().is_some() || is_name(text)
            };
            text.starts_with(char::is_uppercase)
                && words.split(' ').count() > 1
                && !text.contains([':', '\u{2028}'])
                && cue::label(&words).is_none()
                && date::find(&words).is_empty()
                && !is_named()
        };
        let is_extract = matches!(kind, Kind::CasePaper | Kind::CaseMinutes);
        let rows =
            self.lines[self.range.clone()].iter().filter(|row| is_extract && fields(row).iter().any(|f| f.marked));
        rows.take(TITLED_ROWS).find_map(|row| {
            let cell = row.cells?.iter().skip(1).find(|c| is_title(c.text.trim()))?;
            attendance::cell_text(row, cell.start, cell.end, self.blocks)
        })
    }

    /// The case number that is the whole value of a field.
    fn number(&self, line: &Line, found: &Found) -> Option<Sourced<CaseNumber>> {
        let span = found.span(line)?;
        let raw = &line.raw[span.start - line.start..span.end - line.start];
        let folded = line::Folded::new(raw);
        let source = |s: usize, e: usize| {
            let (from, to) = folded.source(s, e);
            raw.get(from..to).unwrap_or_default().to_owned()
        };
        let printed =
            number::at_start(&folded.text, &source).filter(|p| p.second.is_some() && p.end == folded.text.len())?;
        let series = printed.series.map(|(s, e)| source(s, e));
        let order = number::order(std::slice::from_ref(&printed), None);
        Some(Sourced::new(printed.number(order, series.as_deref()), vec![span], self.blocks))
    }

    /// Keeps the fields of a head that belong to a case.
    fn keep(&self, paper: &mut PaperHead, found: &Found, at: usize) {
        let value = || found.text(&self.lines[at], self.blocks);
        match found.field {
            Field::ArchiveReference => {
                let number = || folder_number(value()?, self.blocks);
                paper.archive_reference = paper.archive_reference.take().or_else(number);
            }
            // "Saken gjelder" may head what the case is about, in sentences.
            Field::CaseTitle => {
                let is_title = |title: &Sourced<String>| !title.value.ends_with('.');
                paper.title = paper.title.take().or_else(|| value().filter(is_title));
            }
            _ => {}
        }
    }

    /// The line that holds a field's value, and the value with its place there: on the label's line, or on the next one.
    fn value(&self, at: usize, found: &Found) -> (usize, Option<Found>) {
        if found.value.0 < found.value.1 {
            return (at, Some(*found));
        }
        let next = at + 1;
        if let Some(line) = self.lines.get(next).filter(|_| next < self.part.lines.end)
            && fields(line)
                .iter()
                .all(|f| !f.marked && !f.field.is_attendance() && !f.field.is_section() && !f.field.is_value())
            && cue::case_head(line).is_none()
            && cue::title(line).is_none()
            && line.raw.len() < 120
            && (found.marked && self.lines[at].block != line.block || !found.marked || line.continues)
        {
            let plausible = match found.field {
                Field::Date | Field::PlainDate | Field::DocumentDate => !date::find(line.text()).is_empty(),
                Field::Time | Field::End => !time::find(line.text()).is_empty(),
                Field::Chair | Field::Secretary | Field::CaseOfficer => is_name(line.raw.trim_end_matches('.')),
                _ => true,
            };
            if plausible {
                return (next, Some(Found { value: (0, line.text().len()), label: (0, 0), ..*found }));
            }
        }
        (at, None)
    }

    fn assign(
        &self,
        document: &mut Document,
        label: &Found,
        at: usize,
        value: Option<Found>,
        plain_date: &mut Option<MeetingDates>,
    ) {
        let Some(value) = value else { return };
        let line = &self.lines[at];
        let Some(span) = value.span(line) else { return };
        let raw = &line.raw[span.start - line.start..span.end - line.start];
        if is_placeholder(raw) {
            document.placeholders.push(Placeholder {
                label: label.label_text(if label.label.1 > 0 { line } else { &self.lines[at - 1] }, self.blocks),
                filling: Sourced::new(raw.to_owned(), vec![span], self.blocks),
            });
            return;
        }
        let text = || Sourced::new(spaces_folded(raw), vec![span], self.blocks);
        let set = |slot: &mut Option<Sourced<String>>| {
            if slot.is_none() {
                *slot = Some(text());
            }
        };
        // "Møte: Fredag den 18. mars 1966 kl. 9.30"
        let names_day =
            || date::find(&line.text()[value.value.0..value.value.1]).iter().any(|m| m.date(None).is_some());
        // "Møte i: Herredshuset, Nesna"
        let is_place = || {
            let words = line.text()[value.value.0..value.value.1].split([' ', ',']);
            let label = label.label_text(if label.label.1 > 0 { line } else { &self.lines[at - 1] }, self.blocks);
            lexicon().is_particle("meeting_in", &label.value.to_lowercase())
                && !words.into_iter().any(|w| lexicon().is_body_word(w))
        };
        let field = match label.field {
            Field::MeetingNumber if names_day() => Field::Date,
            Field::Body if is_place() => Field::Place,
            field => field,
        };
        if matches!(field, Field::Date | Field::PlainDate | Field::Time) && self.over_days(document, line, value.value)
        {
            return;
        }
        match field {
            Field::Body => {
                if document.body.is_none() {
                    let (from, to) = self.body_before_day(document, line, value.value).unwrap_or(value.value);
                    let span = line.span_of(from, to);
                    let raw = &line.raw[span.start - line.start..span.end - line.start];
                    document.body = Some(Sourced::new(ordinary_case(&spaces_folded(raw)), vec![span], self.blocks));
                }
            }
            Field::Municipality => set(&mut document.municipality),
            Field::Place => {
                // "Kommunehuset, kl. 08.15–10.40"
                let (from, to) = value.value;
                let clock =
                    lexicon().clock.find(&line.text()[from..to]).map(|c| from + c.start()).filter(|at| *at > from);
                let end = clock.filter(|at| !time::find(&line.text()[*at..to]).is_empty());
                end.into_iter().for_each(|at| self.times(document, line, at, to));
                self.set_place(document, line, from, end.unwrap_or(to));
            }
            Field::MeetingNumber => {
                if raw.bytes().any(|b| b.is_ascii_digit()) && raw.len() < 20 {
                    set(&mut document.meeting.number);
                }
            }
            Field::CaseOfficer => set(&mut document.case_officer),
            Field::Reference => {
                // "Vår ref.: 90/341    Elnesvågen, 29. oktober 1990"
                let (_, end) = short(raw, 0, raw.find(GAP).unwrap_or(raw.len()));
                let span = Span { end: span.start + end, ..span };
                document.reference.get_or_insert_with(|| Sourced::new(raw[..end].to_owned(), vec![span], self.blocks));
            }
            Field::Chair | Field::Secretary => {
                let name = strip_role(raw);
                let meeting = &mut document.meeting;
                let slot = if label.field == Field::Chair { &mut meeting.chair } else { &mut meeting.secretary };
                if is_name(name) && slot.is_none() {
                    let from = span.start + raw.find(name).unwrap_or_default();
                    let at = Span { block: span.block, start: from, end: from + name.len() };
                    *slot = Some(Sourced::new(spaces_folded(name), vec![at], self.blocks));
                }
            }
            Field::Date | Field::PlainDate | Field::DocumentDate => {
                let mentions = date::find(&line.text()[value.value.0..value.value.1]);
                self.place_before_day(document, line, value.value);
                let Some((m, day)) = mentions.first().and_then(|m| Some((m, m.date(None)?))) else {
                    // "Stad og tid: Brannstasjonen, fredag kl. 12.00", under a title with the day
                    let (from, to) = value.value;
                    let clock = lexicon().clock.find(&line.text()[from..to]).map_or(to, |c| from + c.start());
                    self.times(document, line, clock, to);
                    return;
                };
                let at = line.span_of(value.value.0 + m.start, value.value.0 + m.end);
                let dated = |day: jiff::civil::Date| Sourced::new(day.to_string(), vec![at], self.blocks);
                let last = m.last_date(None).map(dated);
                match label.field {
                    Field::DocumentDate => {
                        document.document_date = document.document_date.take().or(Some(dated(day)));
                        return;
                    }
                    // "Dato: 04.09.2017" dates the letter where another names the weekday.
                    Field::PlainDate => {
                        let told = (dated(day), last, m.weekday.is_some());
                        let known = plain_date.take();
                        let (first, second) = match known {
                            Some(known) if told.2 && !known.2 => (told, Some(known)),
                            Some(known) => (known, None),
                            None => (told, None),
                        };
                        document.document_date = document.document_date.take().or(second.map(|(date, ..)| date));
                        *plain_date = Some(first);
                    }
                    _ if document.meeting.date.is_none() => {
                        document.meeting.date = Some(dated(day));
                        document.meeting.end_date = last;
                    }
                    _ => {}
                }
                self.times(document, line, value.value.0 + m.end, value.value.1);
            }
            Field::Time => {
                let from = self.date_in(document, line, value.value).unwrap_or(value.value.0);
                self.times(document, line, from, value.value.1);
            }
            Field::End => {
                // "14. juni kl. 14.30"
                let (from, to) = value.value;
                let from = date::find(&line.text()[from..to]).first().map_or(from, |day| from + day.end);
                if document.meeting.end.is_none()
                    && let Some(t) = time::find(&line.text()[from..to]).first()
                {
                    let at = line.span_of(from + t.start, from + t.end);
                    document.meeting.end = Some(Sourced::new(t.iso(), vec![at], self.blocks));
                }
            }
            _ => {}
        }
    }

    /// Body, municipality and date from the title and the lines around it.
    fn around_title(&self, document: &mut Document) {
        let Some(at) = self.part.title else {
            self.organisation(document, self.range.start..self.range.end.min(self.range.start + 6));
            return;
        };
        let line = &self.lines[at];
        self.organisation(document, at.saturating_sub(5).max(self.part.lines.start)..(at + 4).min(self.range.end));
        if let Some(m) = date::find(line.text()).first().filter(|_| document.kind != Kind::MeetingPlan)
            && let Some(day) = m.date(None)
            && document.meeting.date.is_none()
        {
            document.meeting.date =
                Some(Sourced::new(day.to_string(), vec![line.span_of(m.start, m.end)], self.blocks));
            document.meeting.end_date = m
                .last_date(None)
                .map(|last| Sourced::new(last.to_string(), vec![line.span_of(m.start, m.end)], self.blocks));
            self.times_and_place(document, line, m.end);
            self.times_under_title(document, at);
        }
        if document.body.is_none() && document.kind != Kind::MeetingPlan {
            document.body = body_in(line, self.blocks);
            // "PROTOKOLL", and under it "fra ordinær generalforsamling i borettslaget", or "Formannskapet 04.03.1987".
            let goes_on = |l: &&Line| {
                let text = l.text();
                let before_day = date::find(text).first().map(|m| text[..m.start].trim());
                text.split_once(' ').is_some_and(|(word, _)| lexicon().is_particle("before_body", word))
                    || before_day.and_then(|t| t.split(' ').next()).is_some_and(|word| lexicon().is_body_word(word))
            };
            if document.body.is_none()
                && cue::title(line).is_some_and(|t| t.whole)
                && let Some(next) = self.lines.get(at + 1).filter(goes_on)
            {
                document.body = body_in(next, self.blocks);
            }
        }
        if document.meeting.number.is_none() {
            document.meeting.number = self.number_in_title(line);
        }
        if document.kind != Kind::MeetingPlan {
            self.under_title(document, at + 1);
        }
    }
}

/// A name without a role beside it: `Eva Lie (ordfører)`, `Eva Lie, leder`.
fn strip_role(raw: &str) -> &str {
    let name = raw.split(['(', ',']).next().unwrap_or(raw).trim();
    name.trim_end_matches('.')
}

/// The year that a document is about: of its meeting, of itself, or in its title.
#[must_use]
pub fn year(document: &Document) -> Option<i16> {
    let of = |s: &Option<Sourced<String>>| s.as_ref().and_then(|s| s.value.get(..4)?.parse().ok());
    of(&document.meeting.date).or_else(|| of(&document.document_date)).or_else(|| {
        let title = document.title.as_ref()?.value.to_lowercase();
        date::find_year(&title).map(|y| y.0)
    })
}
