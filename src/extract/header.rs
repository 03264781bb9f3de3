//! The head of a document: body, municipality, dates, times, place, references, attendance.

mod names;

use std::collections::HashSet;
use std::ops::Range;

use crate::document::Block;
use crate::lang::{Field, lexicon};
use crate::model::{Attendance, AttendanceStatus, CaseNumber, Document, Kind, Meeting, Placeholder, Sourced};

use super::attendance;
use super::cue;
use super::field::{Found, column_fields, fields, is_placeholder};
use super::line::{self, Line};
use super::passage::{Passage, passages};
use super::segment::{Part, names_organisation};
use super::text::{short, spaces_folded};
use super::values::name::{is_name, people};
use super::values::{date, number, time};

pub use names::{body_in, municipality_of_pages, ordinary_case};

use names::{body_before, closed, municipality_in};

/// How many lines under a title may say when and where the meeting is.
const LINES_UNDER_TITLE: usize = 4;

/// The end of a meeting stands within so many bytes after its start.
const TIMES_APART: usize = 24;

/// Times of a meeting stand within so many bytes after the words that it began.
const TIMES_BYTES: usize = 40;

/// A place that no label names has so many words at most.
const PLACE_WORDS: usize = 6;

/// A preposition before a place stands within so many bytes.
const PLACE_WITHIN: usize = 16;

/// How many lines the head of a document has at most, where no case ends it.
const HEAD_LINES: usize = 120;

/// The first and, where several are named, the last day of a meeting.
type MeetingDates = (Sourced<String>, Option<Sourced<String>>);

/// What stands in the head of a case paper and belongs to its case.
#[derive(Debug, Default)]
pub struct PaperHead {
    /// The archive's case number.
    pub archive_reference: Option<Sourced<String>>,
    /// The title, where a label gives it.
    pub title: Option<Sourced<String>>,
    /// The case's number, where a label gives it: `Sak: 88/20`.
    pub number: Option<Sourced<CaseNumber>>,
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
        // All members, whether they came or not.
        let mut roster: HashSet<String> = HashSet::new();
        let mut i = self.range.start;
        while i < self.range.end {
            let line = &self.lines[i];
            if let Some(next) = self.lines.get(i + 1).filter(|_| i + 1 < self.range.end) {
                let columns = column_fields(line, next);
                for f in &columns {
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
            if let Some((end, people)) = attendance::by_columns(&self.lines[i..self.range.end], self.blocks) {
                document.attendance.extend(people);
                i += end;
                continue;
            }
            let status = match document.kind {
                Kind::Minutes => Some(AttendanceStatus::Present),
                Kind::Agenda => Some(AttendanceStatus::Invited),
                Kind::Other if self.part.kind.is_none() => Some(AttendanceStatus::Present),
                _ => None,
            };
            if let Some((end, people)) =
                status.and_then(|s| attendance::members(&self.lines[i..self.range.end], s, self.blocks))
            {
                document.attendance.extend(people);
                i += end;
                continue;
            }
            if let Some((end, people)) = status.and_then(|s| self.under_body(i, s)) {
                document.attendance.extend(people);
                i = end;
                continue;
            }
            let over_table = self.lines.get(i + 1).is_some_and(|l| l.cells.is_some()) && line.cells.is_none();
            if over_table && attendance::columns_or_line(line).is_some_and(|c| c.iter().all(Option::is_some)) {
                i += 1;
                continue;
            }
            let is_minutes = document.kind == Kind::Minutes && line.cells.is_none();
            if found.is_empty() && is_minutes && attendance::party_head(line).is_some() {
                // "For Høyre: Eva Lie, Per Ås", under a sentence that says how many met.
                // "For Høyre:", and the people under it.
                let names = usize::from(line.text().trim_end().ends_with(':'));
                let lines: Vec<&Line> = self.lines[i..self.range.end.min(i + 1 + names)].iter().collect();
                document.attendance.extend(attendance::listed(&lines, 0, AttendanceStatus::Present, self.blocks));
            }
            if found.is_empty() && line.cells.is_none() && !line.continues && document.kind != Kind::CasePaper {
                let wrapped =
                    self.lines[i + 1..self.range.end].iter().take_while(|l| l.continues && l.block == line.block);
                let lines: Vec<&Line> = std::iter::once(line).chain(wrapped).collect();
                self.add(document, attendance::told(&lines, self.blocks));
            }
            if Some(i) == self.part.title || found.is_empty() {
                i += 1;
                continue;
            }
            let mut next = i + 1;
            for f in &found {
                if paper.number.is_none()
                    && matches!(f.field, Field::CaseNumber | Field::Background)
                    && let Some(number) = self.number(line, f)
                {
                    paper.number = Some(number);
                    paper.end = i + 1;
                    continue;
                }
                // "Sak: Ny barnehage" in the head of a case paper.
                let word = &line.text()[f.label.0..f.label.1];
                if document.kind == Kind::CasePaper
                    && paper.title.is_none()
                    && f.field == Field::Background
                    && f.marked
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
                    // Nobody has met yet at a meeting that is called.
                    let status = match (document.kind, status) {
                        (Kind::Agenda, AttendanceStatus::Present) => AttendanceStatus::Invited,
                        (_, status) => status,
                    };
                    let is_row = line.cells.is_some_and(|c| c.len() > 1);
                    if is_row
                        && let Some((end, people)) =
                            attendance::group(&self.lines[i..self.range.end], status, self.blocks)
                    {
                        document.attendance.extend(people);
                        next = next.max(i + end);
                        break;
                    }
                    if !f.marked && f.by.is_none() && is_row {
                        continue;
                    }
                    let (end, people) = self.attendance(i, f, status);
                    if people.is_empty() && f.field == Field::Invited {
                        continue;
                    }
                    if lexicon().is_particle("roster", &line.text()[f.label.0..f.label.1]) {
                        roster.extend(people.iter().map(|a| a.name.value.clone()));
                    }
                    document.attendance.extend(people);
                    // "Forfall: Eva Lie. For henne møtte Per Ås."
                    let told = attendance::told(&self.lines[i..end].iter().collect::<Vec<_>>(), self.blocks);
                    let known = |a: &Attendance| {
                        a.status != AttendanceStatus::Deputy
                            && document.attendance.iter().any(|k| k.name.value == a.name.value)
                    };
                    let told: Vec<Attendance> = told.into_iter().filter(|a| !known(a)).collect();
                    self.add(document, told);
                    paper.end = end;
                    next = next.max(end);
                } else if f.field.is_value() {
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
        let absent: HashSet<String> = document
            .attendance
            .iter()
            .filter(|a| a.status == AttendanceStatus::Absent)
            .map(|a| a.name.value.clone())
            .collect();
        let came = |a: &Attendance| {
            a.status != AttendanceStatus::Present || !roster.contains(&a.name.value) || !absent.contains(&a.name.value)
        };
        document.attendance.retain(came);
        document.attendance = std::mem::take(&mut document.attendance).into_iter().map(attendance::settled).collect();
        self.around_title(document);
        self.dates_in_sentences(document);
        if let Some((date, end_date)) = plain_date {
            if document.meeting.date.is_none() && !matches!(document.kind, Kind::CasePaper | Kind::MeetingPlan) {
                document.meeting.date = Some(date);
                document.meeting.end_date = end_date;
            } else {
                document.document_date = document.document_date.take().or(Some(date));
            }
        }
        paper
    }

    /// Adds people that sentences tell of; a deputy may be listed among those who met.
    fn add(&self, document: &mut Document, people: Vec<Attendance>) {
        for person in people {
            let is_deputy = person.status == AttendanceStatus::Deputy;
            match document.attendance.iter_mut().find(|k| is_deputy && k.name.value == person.name.value) {
                Some(known) if known.status == AttendanceStatus::Present => known.status = person.status,
                Some(_) => {}
                None => document.attendance.push(person),
            }
        }
    }

    /// The people on lines under the name of a body alone, and the line after them.
    fn under_body(&self, at: usize, status: AttendanceStatus) -> Option<(usize, Vec<Attendance>)> {
        let line = &self.lines[at];
        let is_head = line.stands_out() && line.cells.is_none() && lexicon().is_body_word(line.text());
        let is_person =
            |l: &&Line| l.cells.is_none() && is_name(l.raw.split(['(', ',']).next().unwrap_or_default().trim());
        let people: Vec<&Line> =
            self.lines[at + 1..self.range.end].iter().take_while(|l| is_head && is_person(l)).collect();
        (people.len() > 1).then(|| (at + 1 + people.len(), attendance::listed(&people, 0, status, self.blocks)))
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
            Field::ArchiveReference => paper.archive_reference = paper.archive_reference.take().or_else(value),
            Field::CaseTitle => paper.title = paper.title.take().or_else(value),
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
        let field = match label.field {
            Field::MeetingNumber if names_day() => Field::Date,
            field => field,
        };
        match field {
            Field::Body => {
                if document.body.is_none() {
                    document.body = Some(Sourced { value: ordinary_case(&spaces_folded(raw)), ..text() });
                }
            }
            Field::Municipality => set(&mut document.municipality),
            Field::Place => set(&mut document.meeting.place),
            Field::MeetingNumber => {
                if raw.bytes().any(|b| b.is_ascii_digit()) && raw.len() < 20 {
                    set(&mut document.meeting.number);
                }
            }
            Field::CaseOfficer => set(&mut document.case_officer),
            Field::Reference => set(&mut document.reference),
            Field::Chair => {
                if is_name(strip_role(raw)) {
                    let name = strip_role(raw);
                    let from = span.start + raw.find(name).unwrap_or_default();
                    let at = crate::document::Span { block: span.block, start: from, end: from + name.len() };
                    document.meeting.chair = document
                        .meeting
                        .chair
                        .take()
                        .or_else(|| Some(Sourced::new(spaces_folded(name), vec![at], self.blocks)));
                }
            }
            Field::Secretary => {
                if is_name(strip_role(raw)) {
                    let name = strip_role(raw);
                    let from = span.start + raw.find(name).unwrap_or_default();
                    let at = crate::document::Span { block: span.block, start: from, end: from + name.len() };
                    document.meeting.secretary = document
                        .meeting
                        .secretary
                        .take()
                        .or_else(|| Some(Sourced::new(spaces_folded(name), vec![at], self.blocks)));
                }
            }
            Field::Date | Field::PlainDate | Field::DocumentDate => {
                let mentions = date::find(&line.text()[value.value.0..value.value.1]);
                let Some((m, day)) = mentions.first().and_then(|m| Some((m, m.date(None)?))) else { return };
                let at = line.span_of(value.value.0 + m.start, value.value.0 + m.end);
                let dated = |day: jiff::civil::Date| Sourced::new(day.to_string(), vec![at], self.blocks);
                let last = m.last_day.and_then(|d| jiff::civil::Date::new(day.year(), day.month(), d).ok()).map(dated);
                match label.field {
                    Field::DocumentDate => {
                        document.document_date = document.document_date.take().or(Some(dated(day)));
                        return;
                    }
                    Field::PlainDate => *plain_date = plain_date.take().or(Some((dated(day), last))),
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
                if document.meeting.end.is_none()
                    && let Some(t) = time::find(&line.text()[value.value.0..value.value.1]).first()
                {
                    let at = line.span_of(value.value.0 + t.start, value.value.0 + t.end);
                    document.meeting.end = Some(Sourced::new(t.iso(), vec![at], self.blocks));
                }
            }
            _ => {}
        }
    }

    /// The day of the meeting in a range of a line, where it gives one; where it ends.
    fn date_in(&self, document: &mut Document, line: &Line, (from, to): (usize, usize)) -> Option<usize> {
        let mention = date::find(&line.text()[from..to]).into_iter().next()?;
        if let Some(day) = mention.date(None).filter(|_| document.meeting.date.is_none()) {
            let at = line.span_of(from + mention.start, from + mention.end);
            document.meeting.date = Some(Sourced::new(day.to_string(), vec![at], self.blocks));
        }
        Some(from + mention.end)
    }

    /// Start and end from a range of a line that speaks of times.
    fn times(&self, document: &mut Document, line: &Line, from: usize, to: usize) {
        let found = time::find(&line.text()[from..to]);
        let get =
            |t: &time::Time| Some(Sourced::new(t.iso(), vec![line.span_of(from + t.start, from + t.end)], self.blocks));
        if let Some(start) = found.first()
            && document.meeting.start.is_none()
        {
            document.meeting.start = get(start);
            if let Some(end) = found.get(1).filter(|end| end.start - start.end <= TIMES_APART) {
                document.meeting.end = document.meeting.end.take().or_else(|| get(end));
            }
        }
    }

    /// The people after a label, and the line after the last of them.
    fn attendance(&self, at: usize, found: &Found, status: AttendanceStatus) -> (usize, Vec<Attendance>) {
        let first = &self.lines[at];
        // "Til stede: 6 medlemmer", and the list under it.
        let has_value = found.value.0 < found.value.1
            && !(first.cells.is_none()
                && self.lines.get(at + 1).is_some_and(|l| l.cells.is_some())
                && people(&first.raw[first.folded.source(found.value.0, found.value.1).0..]).is_empty());
        let mut end = at + 1;
        while end < self.part.lines.end {
            let line = &self.lines[end];
            let wrapped = line.continues;
            // "Møtte: Tordis Ege", and under it "Peder Log".
            let same_block = line.block == first.block;
            let new_field = fields(line)
                .iter()
                .any(|f| f.marked || f.field.is_attendance() || f.field.is_section() || f.field == Field::AgendaList);
            let heads_row = line.cells.is_some_and(|c| c.len() > 1)
                && fields(line).first().is_some_and(|f| f.field.is_attendance() && f.label.0 == 0);
            if new_field && line.cells.is_none()
                || heads_row
                || cue::case_head(line).is_some()
                || cue::title(line).is_some_and(|t| t.whole)
            {
                break;
            }
            let before = self.lines[end - 1].raw;
            if wrapped && before.ends_with([')', '.']) && people(line.raw).is_empty() {
                break;
            }
            let open_list = !has_value || before.ends_with([',', ';']);
            if self.lines[end - 1].cells.is_some() && attendance::rest_of_name(line) {
                end += 1;
                continue;
            }
            if !wrapped && !((open_list || same_block) && attendance::goes_on(line)) {
                break;
            }
            if line.cells.is_some()
                && (has_value || !is_people_table(&self.lines[end..self.part.lines.end], line.block))
            {
                break;
            }
            end += 1;
        }
        let lines: Vec<&Line> = self.lines[at..end].iter().collect();
        let (skip, _) = first.folded.source(found.value.0.min(first.text().len()), first.text().len());
        let skip = if has_value { skip } else { first.raw.len() };
        let (from, to) = first.folded.source(found.value.0, found.value.1);
        let ends_sentence = found.value.1 < first.text().len() && first.raw[from..to].trim_end().ends_with(['.', ';']);
        if first.cells.is_none() && ends_sentence {
            // "Møtte: Eva Lie. Forfall: Per Ås."
            let raw = &first.raw[from..to];
            let piece = Line { start: first.start + from, raw, folded: line::Folded::new(raw), ..*first };
            return (at + 1, attendance::listed(&[&piece], 0, status, self.blocks));
        }
        if first.cells.is_some() {
            // A table of labels and values.
            let (from, to) = first.folded.source(found.value.0, found.value.1);
            let span = first.raw_span(from, to);
            let block = &self.blocks[first.block as usize];
            let raw = &block.text[span.start..span.end];
            let passage = Line { start: span.start, raw, cells: None, folded: line::Folded::new(raw), ..*first };
            let mut people = attendance::listed(&[&passage], 0, status, self.blocks);
            // "Medlemmer | : Eva Lie, leder | AP", and under it rows with an empty first cell.
            let goes_on = |row: &&Line| {
                row.block == first.block
                    && row.cells.is_some_and(|c| c.first().is_some_and(|c| c.text.trim().is_empty()))
                    && fields(row).is_empty()
            };
            let rows: Vec<&Line> = self.lines[at + 1..self.range.end].iter().take_while(goes_on).collect();
            for row in &rows {
                let text = Line { cells: None, folded: row.folded.clone(), ..**row };
                people.extend(attendance::listed(&[&text], 0, status, self.blocks));
            }
            return (at + 1 + rows.len(), people);
        }
        (end, attendance::listed(&lines, skip, status, self.blocks))
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
            document.meeting.end_date = m.last_day.and_then(|d| {
                let last = jiff::civil::Date::new(day.year(), day.month(), d).ok()?;
                Some(Sourced::new(last.to_string(), vec![line.span_of(m.start, m.end)], self.blocks))
            });
            self.times_and_place(document, line, m.end);
        }
        if document.body.is_none() && document.kind != Kind::MeetingPlan {
            document.body = body_in(line, self.blocks);
            // "PROTOKOLL", and under it "fra ordinær generalforsamling i borettslaget".
            let goes_on = |l: &&Line| {
                l.text().split_once(' ').is_some_and(|(word, _)| lexicon().is_particle("before_body", word))
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
            self.under_title(document, at + 1..self.range.end.min(at + 1 + LINES_UNDER_TITLE));
        }
    }

    /// `nr. 3/2013` in a title: the meeting's number.
    fn number_in_title(&self, line: &Line) -> Option<Sourced<String>> {
        let text = line.text();
        let mut at = 0;
        let words = text.split(' ').map(|w| {
            at += w.len() + 1;
            (at - w.len() - 1, w)
        });
        let words: Vec<(usize, &str)> = words.collect();
        words.windows(2).find_map(|pair| {
            let ((_, label), (start, number)) = (pair[0], pair[1]);
            let is_label =
                lexicon().labels.get(label.trim_end_matches(['.', ':'])).is_some_and(|f| *f == Field::MeetingNumber);
            let number = number.trim_end_matches([',', '.', ':']);
            let is_day = date::find(text).iter().any(|m| (m.start..m.end).contains(&start));
            let plain = number.starts_with(|c: char| c.is_ascii_digit())
                && number.chars().all(|c| c.is_ascii_digit() || c == '/');
            (is_label && plain && !is_day).then(|| {
                let span = line.span_of(start, start + number.len());
                Sourced::new(
                    line.raw[span.start - line.start..span.end - line.start].to_owned(),
                    vec![span],
                    self.blocks,
                )
            })
        })
    }

    /// Date, time and place on the first lines of a document that no title word announces.
    pub fn date_of_untitled(&self, document: &mut Document) {
        self.under_title(document, self.range.start..self.range.end.min(self.range.start + LINES_UNDER_TITLE));
    }

    /// Date, time and place on the lines under the title: `torsdag 8. februar 2007 kl. 19.00 på menighetshuset`.
    fn under_title(&self, document: &mut Document, range: Range<usize>) {
        for i in range {
            let line = &self.lines[i];
            if document.meeting.date.is_some() || line.cells.is_some() || fields(line).iter().any(|f| f.marked) {
                return;
            }
            let text = line.text();
            let mentions = date::find(text);
            let Some(m) = mentions.first() else { continue };
            // A sentence over several lines is read as a whole.
            if lexicon().held.is_match(text) && self.lines.get(i + 1).is_some_and(|l| l.continues) {
                return;
            }
            let Some(day) = m.date(None).filter(|_| mentions.len() == 1 && text.len() < 120) else { return };
            document.meeting.date =
                Some(Sourced::new(day.to_string(), vec![line.span_of(m.start, m.end)], self.blocks));
            self.times_and_place(document, line, m.end);
        }
    }

    /// Times and place on a line after the day.
    fn times_and_place(&self, document: &mut Document, line: &Line, at: usize) {
        let text = line.text();
        self.times(document, line, at, text.len());
        let last_time = time::find(&text[at..]).last().map_or(at, |t| at + t.end);
        if self.place_after(document, line, last_time) {
            return;
        }
        // "onsdag 01.11.06, personalrommet, fra kl. 17.30", "torsdag 20. november | kl. 12.15 | Kallerud, rom K105"
        let bars = text[at..].contains('|');
        let mut from = at;
        for piece in text[at..].split(if bars { '|' } else { ',' }) {
            let words = piece.trim();
            let says_time = !time::find(piece).is_empty() || lexicon().clock.is_match(piece);
            let is_place = words.chars().any(char::is_alphabetic)
                && words.split(' ').count() <= PLACE_WORDS
                && !words.contains(['/', ':'])
                && !words.split(' ').any(|w| lexicon().is_body_word(w));
            if !says_time && is_place && (from > at || bars) {
                self.set_place(document, line, from, from + piece.trim_end().len());
                return;
            }
            from += piece.len() + 1;
        }
    }

    /// The place at the end of a line, after a preposition. Whether one stands there.
    fn place_after(&self, document: &mut Document, line: &Line, at: usize) -> bool {
        let rest = line.text()[at..].trim_start_matches([' ', ',', '\t', '|']);
        let Some((word, place)) = rest.split_once(' ') else { return false };
        let at = line.text().len() - place.len();
        let place = place.split_once(". ").map_or(place, |(place, _)| place);
        let is_place = lexicon().is_particle("before_place", word) && place.split(' ').count() <= PLACE_WORDS;
        if is_place {
            self.set_place(document, line, at, at + place.len());
        }
        is_place
    }

    fn set_place(&self, document: &mut Document, line: &Line, from: usize, to: usize) {
        let (from, to) = line.folded.source(from, to);
        let (from, to) = short(line.raw, from, to);
        if from < to && document.meeting.place.is_none() {
            document.meeting.place =
                Some(Sourced::new(spaces_folded(&line.raw[from..to]), vec![line.raw_span(from, to)], self.blocks));
        }
    }

    /// The municipality and the body named on lines of their own.
    fn organisation(&self, document: &mut Document, range: Range<usize>) {
        for i in range {
            let line = &self.lines[i];
            if Some(i) == self.part.title
                || line.raw.len() > 80
                || cue::case_head(line).is_some()
                || fields(line).iter().any(|f| f.marked)
            {
                continue;
            }
            if document.municipality.is_none()
                && let Some(found) = municipality_in(line, self.blocks)
            {
                document.municipality = Some(found);
                // "Plan- og miljøutvalget | Moss kommune"
                for cell in line.cells.into_iter().flatten() {
                    let words = line::Folded::new(&cell.text).text;
                    let names_body = words.split(' ').count() <= 6
                        && words.split(' ').any(|w| lexicon().is_body_word(w))
                        && !words.split(' ').any(|w| lexicon().municipality_words.iter().any(|m| m == w));
                    if names_body && document.body.is_none() && cue::title(line).is_none() {
                        let named = attendance::cell_text(line, cell.start, cell.end, self.blocks);
                        document.body = named.map(|b| Sourced { value: ordinary_case(&b.value), ..b });
                    }
                }
                // "Nesbyen kommune – Formannskapet"
                if let Some((_, rest)) = line.text().split_once(" - ").filter(|_| document.body.is_none()) {
                    let from = line.text().len() - rest.len();
                    let names_body = rest.split(' ').any(|w| lexicon().is_body_word(w)) && rest.split(' ').count() <= 5;
                    if names_body && cue::title(line).is_none() {
                        let span = line.span_of(from, line.text().len());
                        let raw = &line.raw[span.start - line.start..];
                        document.body = Some(Sourced::new(ordinary_case(&spaces_folded(raw)), vec![span], self.blocks));
                    }
                }
                continue;
            }
            if document.body.is_none() && names_organisation(line) && !line.text().chars().any(|c| c.is_ascii_digit()) {
                let words: Vec<&str> = line.text().split([' ', '\t']).collect();
                if words.iter().any(|w| lexicon().is_body_word(w.trim_end_matches(',')))
                    && !words.iter().any(|w| lexicon().municipality_words.iter().any(|m| m == w))
                {
                    if cue::title(line).is_some() {
                        document.body = body_in(line, self.blocks);
                        continue;
                    }
                    let (from, to) = short(line.raw, 0, line.raw.len());
                    document.body = Some(Sourced::new(
                        ordinary_case(&closed(&spaces_folded(&line.raw[from..to]), line)),
                        vec![line.raw_span(from, to)],
                        self.blocks,
                    ));
                }
            }
        }
    }

    /// Day, times and place of a sentence that says that a meeting was held. Whether it says so.
    fn held(&self, document: &mut Document, passage: &Passage) -> bool {
        let text = passage.folded.text.as_str();
        let Some(held) = lexicon().held.find(text) else { return false };
        let Some(m) = date::find(text).into_iter().next() else { return false };
        // "År 1974, onsdag den 13. mars ble holdt møte"
        let year = date::find_year(&text[..m.start]);
        let Some(day) = m.date(year.map(|y| y.0)) else { return false };
        if document.meeting.date.as_ref().is_some_and(|known| known.value != day.to_string()) {
            return false;
        }
        if document.body.is_none() {
            // "Skolestyret holdt møte": the body before the verb.
            let from = text[..held.start()].rfind([',', ':']).map_or(0, |at| at + 1);
            document.body = body_before(passage, from, held.end(), self.blocks);
        }
        let meeting = &mut document.meeting;
        if meeting.date.is_none() {
            let mut spans = vec![passage.span(m.start, m.end)];
            spans.extend(year.filter(|_| m.date(None).is_none()).map(|y| passage.span(y.1, y.2)));
            meeting.date = Some(Sourced::new(day.to_string(), spans, self.blocks));
        }
        let from = lexicon().clock.find(&text[m.end..]).map_or(m.end, |c| m.end + c.start());
        // A full stop before a digit is one of a time: "kl. 19".
        let ends = |(at, _): &(usize, &str)| !text[m.end + at + 2..].starts_with(|c: char| c.is_ascii_digit());
        let stop = text[m.end..].match_indices(". ").find(ends).map_or(text.len(), |(at, _)| m.end + at);
        let times = if from < stop { time::find(&text[from..stop]) } else { Vec::new() };
        let get = |t: &time::Time| Sourced::new(t.iso(), vec![passage.span(from + t.start, from + t.end)], self.blocks);
        if let Some(start) = times.first().filter(|_| from > m.end || meeting.place.is_none()) {
            meeting.start = meeting.start.take().or_else(|| Some(get(start)));
            let end = times.get(1).filter(|end| end.start - start.end <= TIMES_APART);
            meeting.end = meeting.end.take().or_else(|| end.map(get));
        }
        let first_day = m.weekday.map_or(m.start, |w| w.1.min(m.start));
        let last_time = times.iter().take(2).rfind(|t| from + t.start - m.end <= TIMES_APART * 2);
        let after = last_time.map_or(m.end, |t| from + t.end).max(held.end());
        let end = stop.max(after);
        // "Møtet ble holdt på klubbhuset torsdag 8. mars", "torsdag 8. mars kl. 19 på klubbhuset"
        let before = (held.end() < first_day).then(|| place_in(text, held.end(), first_day)).flatten();
        if let Some((from, to)) = before.or_else(|| place_in(text, after, end)).filter(|_| meeting.place.is_none()) {
            meeting.place = Some(passage.sourced(passage.folded.source(from, to), self.blocks));
        }
        true
    }

    /// Date and times in the sentences of the head: "Møtet ble holdt tirsdag 16. februar 1988".
    fn dates_in_sentences(&self, document: &mut Document) {
        let lacks = |m: &Meeting| m.date.is_none() || m.start.is_none() || m.place.is_none();
        if lacks(&document.meeting) && document.kind != Kind::MeetingPlan {
            let lines: Vec<&Line> = self.lines[self.range.clone()].iter().filter(|l| l.cells.is_none()).collect();
            for passage in passages(&lines, 0, self.blocks) {
                if self.held(document, &passage) {
                    break;
                }
            }
        }
        if document.meeting.start.is_none() {
            for line in &self.lines[self.part.lines.clone()] {
                if let Some(m) = lexicon().began.find(line.text()) {
                    let to = line.text().floor_char_boundary((m.end() + TIMES_BYTES).min(line.text().len()));
                    self.times(document, line, m.end(), to);
                    break;
                }
            }
        }
        if document.meeting.end.is_none() {
            let lines = &self.lines[self.part.lines.clone()];
            for (i, line) in lines.iter().enumerate().rev().filter(|(_, l)| lexicon().ended.is_match(l.text())) {
                let wrapped = lines[i + 1..].iter().take_while(|l| l.continues && l.block == line.block);
                let lines: Vec<&Line> = std::iter::once(line).chain(wrapped).collect();
                let Some(passage) = passages(&lines, 0, self.blocks).into_iter().next() else { continue };
                let text = passage.folded.text.as_str();
                let Some(from) = lexicon().ended.find(text).map(|m| m.end()) else { continue };
                if let Some(t) = time::find(&text[from..]).first() {
                    let at = passage.span(from + t.start, from + t.end);
                    document.meeting.end = Some(Sourced::new(t.iso(), vec![at], self.blocks));
                    break;
                }
            }
        }
    }
}

/// The place in a range of a sentence: what follows a preposition that begins it, or stands two words into it, and names no
/// body.
fn place_in(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let (mut at, mut begins) = (from, from);
    for word in text[from..to].split_inclusive(' ') {
        at += word.len();
        if lexicon().is_particle("before_place", word.trim()) {
            let place = text[at..to].trim_end_matches(['.', ',', ' ']);
            let first = place.split(' ').take_while(|w| !lexicon().is_particle("before_place", w));
            if first.into_iter().any(|w| lexicon().is_body_word(w)) {
                // "i formannskapet på herredshuset"
                begins = to;
                continue;
            }
            let words = place.split(' ').count();
            return (!place.is_empty() && words <= PLACE_WORDS + 2).then_some((at, at + place.len()));
        }
        if at > begins + PLACE_WITHIN && begins < to {
            break;
        }
    }
    None
}

/// Whether the table whose first row stands first in `lines` lists people.
fn is_people_table(lines: &[Line], block: u32) -> bool {
    let rows: Vec<&Line> = lines.iter().take_while(|l| l.block == block).collect();
    let named =
        rows.iter().filter(|r| r.cells.is_some_and(|c| c.iter().any(|c| attendance::opens_with_name(&c.text)))).count();
    rows.iter().any(|r| attendance::columns(r).is_some()) || named * 2 >= rows.len()
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
