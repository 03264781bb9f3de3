//! One constituent document: its head, its signatures, its cases.

use std::ops::Range;

use crate::document::{Block, BlockKind, CELL_BREAK};
use crate::lang::{Field, Patterns, lexicon};
use crate::model::{AttendanceStatus, Case, Document, Kind, Language, PlannedMeeting, Sourced};

use super::header::{self, PaperHead};
use super::line::{Folded, Line};
use super::segment::Part;
use super::{attendance, cases, coverage, cue, field, language, plan, signatures, tables, text, votes};

/// Reads the document that stands in one part of a file's lines; `index` counts the parts from 0.
#[must_use]
pub fn document(lines: &[Line], blocks: &[Block], part: &Part, index: usize) -> Document {
    let range = part.lines.clone();
    let mut document = Document {
        id: format!("d{}", index + 1),
        kind: part.kind.unwrap_or_default(),
        blocks: (lines[range.start].block, lines[range.end - 1].block),
        language: language::spoken(&lines[range.clone()]),
        title: part.title.map(|at| title(lines, at, blocks)),
        ..Document::default()
    };
    if part.kind == Some(Kind::MeetingPlan) || (part.kind.is_none() && plan::is_plan(&lines[range.clone()])) {
        document.kind = Kind::MeetingPlan;
        document.planned_meetings = plan::rows(lines, range.clone(), part.title, None, blocks);
        let signed = signatures::region(lines, range);
        document.signatures = signatures::signatures(lines, signed.clone(), blocks);
        let table = lines[..signed.start].iter().rposition(|l| l.cells.is_some()).map_or(signed.start, |at| at + 1);
        header::Head { lines, blocks, part, range: part.lines.start..table }.dated_at_foot(&mut document);
        return document;
    }
    let is_copy = copies_one_case(lines, part, document.language.tag);
    let of_case = is_copy.then(|| Part { kind: Some(Kind::CaseMinutes), ..part.clone() });
    let part = of_case.as_ref().unwrap_or(part);
    document.kind = part.kind.unwrap_or_default();
    let ground = Ground::of(lines, blocks, part, document.language.tag);
    let head = header::Head { lines, blocks, part, range: range.start..ground.head_end() };
    let paper = head.fill(&mut document);
    ground.people_at_foot(&mut document);
    ground.sign(&mut document, &head);
    ground.complete_head(&mut document);
    head.day_beside_letter(&mut document);
    ground.read_cases(&mut document, &head, &paper);
    // "Til behandling i møte fredag 11. september 1964", under the title of a paper
    if document.kind == Kind::CasePaper && document.meeting.date.is_none() {
        let under = ground.first_case..ground.signed.start.min(ground.first_case + PAPER_LINES).max(ground.first_case);
        header::Head { range: under, ..head }.dates_in_sentences(&mut document);
    }
    // The archive number over the only case is that of the case.
    let year = header::year(&document);
    if let (true, [case]) = (ground.is_one(), &mut document.cases[..]) {
        let over = || cases::folder_over(&lines[range.clone()], year, blocks);
        case.archive_reference = case.archive_reference.take().or(paper.archive_reference).or_else(over);
    }
    document.body = document.body.map(|body| header::written_out(body, &lines[range.clone()], blocks));
    if let Some(body) = document.body.as_ref().filter(|_| document.kind == Kind::Minutes) {
        document.planned_meetings =
            plan::announced(&lines[range.clone()], body, document.meeting.date.as_ref(), blocks);
    }
    ground.plan(&mut document);
    votes::for_the_carried(document.cases.iter_mut().flat_map(|c| &mut c.votes));
    let told = document.cases.iter_mut().flat_map(|c| &mut c.votes);
    votes::name_by_last_names(told, &document.attendance, blocks);
    if document.cases.is_empty() {
        let rows: Vec<&Line> = lines[range.start..ground.signed.start].iter().filter(|l| l.cells.is_some()).collect();
        document.tables = tables::tables(&rows, blocks, header::year(&document));
    }
    document.coverage = coverage::coverage(&document, &coverage::suspects(lines, range));
    document
}

/// Whether minutes are a copy from the minute book, `Utskrift av møtebok`, of the case whose number stands among the fields of
/// their head, over none that heads a case.
fn copies_one_case(lines: &[Line], part: &Part, language: Language) -> bool {
    let is_copy = |at: usize| {
        let first = lines[at].text().split(' ').next().unwrap_or_default();
        part.kind == Some(Kind::Minutes) && lexicon().is_particle("copy", first)
    };
    let numbers = |rows: &[Line]| field::column_fields(&rows[0], &rows[1]).iter().any(|f| f.field == Field::CaseNumber);
    part.title.is_some_and(is_copy)
        && lines[part.lines.clone()].windows(2).any(numbers)
        && cases::heads(lines, part.lines.clone(), language).is_empty()
}

/// The first lines of a paper may say in which meeting it is treated.
const PAPER_LINES: usize = 6;

/// The title of a case stands on its first lines.
const PLAN_TITLE_LINES: usize = 2;

/// Where the head, the cases and the signatures of a document stand.
struct Ground<'a, 'b> {
    lines: &'a [Line<'b>],
    blocks: &'b [Block],
    part: &'a Part,
    heads: Vec<cases::Head>,
    /// The first line of the first case.
    first_case: usize,
    /// The lines that sign it, after the last case.
    signed: Range<usize>,
}

impl<'a, 'b> Ground<'a, 'b> {
    fn of(lines: &'a [Line<'b>], blocks: &'b [Block], part: &'a Part, language: Language) -> Self {
        let signed = signatures::region(lines, part.lines.clone());
        let mut heads = cases::heads(lines, part.lines.start..signed.start, language);
        heads.retain(|h| Some(h.line) != part.title || h.heads_paper(&lines[h.line]));
        if matches!(part.kind, Some(Kind::CasePaper)) {
            // The paragraphs of a regulation that is attached.
            heads.retain(|h| cases::speaks_of_cases(&lines[h.line], language));
        }
        let first_case = heads.first().map_or(signed.start, cases::Head::start);
        Self { lines, blocks, part, heads, first_case, signed }
    }

    /// Whether it treats one case only.
    fn is_one(&self) -> bool {
        self.is_paper() || self.part.kind.is_none() && self.heads.len() == 1
    }

    /// Whether its title announces a case paper or an extract.
    fn is_paper(&self) -> bool {
        matches!(self.part.kind, Some(Kind::CasePaper | Kind::CaseMinutes))
    }

    /// The line after the head. The fields of a paper or an extract, and its route, may stand under the head of its only case.
    fn head_end(&self) -> usize {
        // Minutes may list the cases before those who met.
        let lists_people = |l: &Line| field::fields(l).first().is_some_and(|f| f.marked && f.field.is_attendance());
        if self.part.kind == Some(Kind::Minutes)
            && let Some(head) = self.heads.iter().find(|h| !h.is_listed())
            // The title of a case may stand over the list that names it first.
            && self.lines.get(self.first_case..head.start()).is_some_and(|between| between.iter().any(lists_people))
        {
            return head.start();
        }
        let Some(head) = self.heads.first().filter(|_| self.is_one()) else { return self.first_case };
        let is_field = |f: &field::Found| f.marked && (f.field.is_value() || f.field.is_attendance());
        let of_case = |l: &&Line| l.cells.is_some() || field::fields(l).first().is_some_and(is_field);
        let under = head.end(self.lines).min(self.signed.start);
        let beside = self.lines[under..self.signed.start].iter().take_while(of_case).count();
        let holds_fields = beside > 0 || self.lines[self.first_case..under].iter().any(|l| of_case(&l));
        if holds_fields { under + beside } else { self.first_case }
    }

    /// The people of minutes that list them after the last case.
    fn people_at_foot(&self, document: &mut Document) {
        let lists_people = |at: &usize| {
            let is_list = |f: &field::Found| f.marked && f.field == Field::Present && f.value.0 < f.value.1;
            field::fields(&self.lines[*at]).first().is_some_and(is_list)
        };
        let Some(last) = self.heads.iter().rfind(|h| !h.is_listed()) else { return };
        let mut after = last.end(self.lines)..self.signed.start;
        if document.kind == Kind::Minutes
            && document.attendance.is_empty()
            && let Some(at) = after.find(lists_people)
        {
            let mut foot = Document { kind: document.kind, ..Document::default() };
            let range = at..self.signed.start;
            header::Head { lines: self.lines, blocks: self.blocks, part: self.part, range }.fill(&mut foot);
            document.attendance = foot.attendance;
            document.meeting.secretary = document.meeting.secretary.take().or(foot.meeting.secretary);
        }
    }

    /// Finds who signed, at the foot or where documents of its kind are signed else, and the days at the foot.
    fn sign(&self, document: &mut Document, head: &header::Head) {
        let Self { lines, blocks, part, .. } = *self;
        let range = &part.lines;
        let among = |region| signatures::signatures(lines, region, blocks);
        document.signatures = among(self.signed.clone());
        // An agenda is signed before its first case paper.
        if document.kind == Kind::Agenda && document.signatures.is_empty() {
            let end = self.heads.iter().find(|h| !h.is_listed()).map_or(self.signed.start, cases::Head::start);
            // The fields of the first case may stand over its head.
            let fields = |l: &&Line| l.cells.is_some() && !field::fields(l).is_empty();
            let end = end - lines[range.start..end].iter().rev().take_while(fields).count();
            document.signatures = among(signatures::region(lines, range.start..end));
            head.dated(document, range.start..end);
        }
        head.dated_at_foot(document);
        // Minutes may be signed on their first page.
        if document.kind == Kind::Minutes && document.signatures.is_empty() {
            let signs = |l: &Line| field::fields(l).first().is_some_and(|f| f.field == Field::Signatures);
            let under = lines[range.start..self.first_case].iter().position(signs).map(|at| range.start + at);
            let region = under.map(|at| signatures::region(lines, at..self.first_case));
            document.signatures = region.map(among).unwrap_or_default();
        }
        // A case paper is signed before what is attached to it.
        if matches!(document.kind, Kind::Agenda | Kind::CasePaper)
            && document.signatures.is_empty()
            && let Some(region) = signatures::under_day(lines, range)
        {
            document.signatures = among(region);
        }
    }

    /// What the head leaves to other places: its day, the municipality, who came and went.
    fn complete_head(&self, document: &mut Document) {
        if document.document_date.is_none() {
            document.document_date = document.signatures.iter().find_map(|s| s.date.clone());
        }
        let start = self.part.lines.start;
        // A page head may stand over the first line; where the file has no pages, it holds for all of it.
        let of_file = start == 0 || self.blocks.first().is_some_and(|b| b.page.is_none());
        let above = &self.blocks[..if of_file { 0 } else { document.blocks.0 as usize }];
        let over = above.iter().rev().take_while(|b| b.kind == BlockKind::Header).count();
        let pages = &self.blocks[above.len() - over..];
        document.municipality =
            document.municipality.take().or_else(|| header::municipality_of_pages(pages, self.blocks));
        if document.kind != Kind::MeetingPlan {
            document.body = document.body.take().or_else(|| header::body_of_pages(pages, self.blocks));
        }
        if !document.attendance.is_empty() {
            let lines = &self.lines[start..self.signed.start];
            attendance::movements(lines, self.first_case - start, &mut document.attendance, self.blocks);
        }
    }

    /// The cases under their heads, or the one case of a paper, an extract or a document without title; for the last also its kind.
    fn read_cases(&self, document: &mut Document, head: &header::Head, paper: &PaperHead) {
        let Self { lines, blocks, part, .. } = *self;
        let (start, end) = (part.lines.start, self.signed.start);
        let year = header::year(document);
        // Without a title, minutes are known by those who met.
        let met = document.attendance.iter().any(|a| a.status == AttendanceStatus::Present);
        let invited = document.attendance.iter().any(|a| a.status == AttendanceStatus::Invited);
        let kind = match part.kind {
            None if met => Kind::Minutes,
            None if invited || self.says(&lexicon().called) => Kind::Agenda,
            _ => document.kind,
        };
        let body = document.body.as_ref().map(|body| body.value.clone());
        let context = cases::Context { lines, blocks, kind, year, body: body.as_deref() };
        let order = cases::order(&self.heads, year);
        document.cases = cases::cases(&context, &self.heads, order, end);
        // A case paper may have chapters of its own, and what is decided points.
        let is_field = |h: &cases::Head| paper.number.is_some() && lines[h.line].cells.is_some();
        // "Saksnr.: 0118/08", in a box over the title
        let over_title = |h: &cases::Head| self.part.title.is_some_and(|title| h.line < title);
        let in_paper = |h: &cases::Head| {
            over_title(h)
                || h.is_listed()
                || is_field(h)
                || h.is_bare() && (document.kind == Kind::CasePaper || paper.number.is_some())
        };
        let mut of_heads = !self.heads.is_empty();
        if self.is_paper() && self.heads.iter().all(in_paper) {
            let route = context.route(start..end);
            let from = route.as_ref().map_or(paper.end, |r| self.after_route(r, paper));
            let from = from.max(part.title.map_or(0, |t| t + 1));
            let read = |paper: &PaperHead| context.paper(paper, route.as_ref(), from..end);
            let titled = || Some(PaperHead { title: Some(head.title_in_cell(document.kind)?), ..paper.clone() });
            document.cases = read(paper).or_else(|| read(&titled()?)).into_iter().collect();
            if let Some(case) = document.cases.first_mut() {
                case.case_officer = case.case_officer.take().or_else(|| document.case_officer.clone());
            }
            if let Some(route) = route {
                route.tell(document);
            }
        }
        // "1 Bakgrunn", "2 Vurdering" are the chapters of a paper.
        let has_chapters = || !met && !invited && self.heads.iter().all(cases::Head::is_bare);
        if part.kind.is_none()
            && (self.heads.is_empty() || has_chapters())
            && let Some(route) = context.route(start..end)
            && let Some(case) = context.paper(paper, Some(&route), self.after_route(&route, paper)..end)
        {
            of_heads = false;
            route.tell(document);
            document.cases = vec![case];
        } else if part.kind.is_none()
            && self.heads.is_empty()
            && paper.number.is_some()
            && document.attendance.is_empty()
            // "Saksnummer: 14/98" in the head of a memo that proposes something
            && let Some(case) = context.paper(paper, None, paper.end..end).filter(|case| !case.proposals.is_empty())
        {
            document.cases = vec![case];
        } else if matches!(part.kind, None | Some(Kind::CaseMinutes))
            && self.heads.iter().all(cases::Head::is_bare)
            && let title = part.title.filter(|at| cue::title(&lines[*at]).is_some_and(|t| t.whole))
            && let Some((case, body, date)) = (cases::Context { kind: Kind::CaseMinutes, ..context })
                .treatment(title.map_or(start, |at| at + 1)..end, part.title.is_none())
        {
            of_heads = false;
            document.cases = vec![case];
            document.body = body.or(document.body.take());
            document.meeting.date = date.or(document.meeting.date.take());
        }
        if of_heads
            && self.is_one()
            && self.heads.len() == 1
            && let Some(route) = context.route(head.range.clone())
        {
            route.tell(document);
        }
        // "Utskrift av møtebok", of one case
        let first_word = |title: &Sourced<String>| title.value.to_lowercase().split(' ').next().map(str::to_owned);
        let is_copy = |word: String| lexicon().is_particle("copy", &word);
        if document.kind == Kind::Minutes
            && document.cases.len() == 1
            && document.title.as_ref().and_then(first_word).is_some_and(is_copy)
        {
            document.kind = Kind::CaseMinutes;
        }
        if part.kind.is_some() {
            return;
        }
        if of_heads && document.meeting.date.is_none() && !met && cases::are_chapters(&self.heads, &document.cases) {
            document.cases.clear();
        }
        if let [only] = &self.heads[..] {
            document.meeting.date = document.meeting.date.take().or_else(|| only.day(lines, blocks));
        }
        self.announce(document, head, paper);
        // What told that these are minutes, and when the meeting was, came from the cases; now they are read with that.
        let (kind, year) = (document.kind, header::year(document));
        let differs = kind == Kind::Minutes && context.kind != kind || year != context.year;
        if of_heads && !document.cases.is_empty() && differs {
            document.cases = cases::cases(&cases::Context { kind, year, ..context }, &self.heads, order, end);
        }
    }

    /// The meetings that a case plans, `Møteplan for 2001`, for the body that treats it.
    fn plan(&self, document: &mut Document) {
        let ends = self.heads.iter().skip(1).map(cases::Head::start).chain([self.signed.start]);
        let planned = self.heads.iter().zip(ends).flat_map(|(head, end)| {
            let range = head.start()..end.max(head.start());
            let names_plan = |at: &usize| plan::names_plan(&self.lines[*at]);
            let title = range.clone().take(PLAN_TITLE_LINES).find(names_plan).filter(|_| !head.is_listed());
            title.map(|title| plan::rows(self.lines, range, Some(title), document.body.as_ref(), self.blocks))
        });
        // One day alone is when something else is done.
        let planned = planned.filter(|meetings| meetings.len() > 1).flatten();
        let own = document.body.as_ref().map(|body| body.at.clone());
        let of_body = |m: &PlannedMeeting| {
            let names_body = || m.body.value.to_lowercase().split(' ').any(|word| lexicon().is_body_word(word));
            own.as_ref() == Some(&m.body.at) || names_body()
        };
        let planned: Vec<_> = planned.filter(of_body).collect();
        let held = document.meeting.date.as_ref().map(|held| held.value.clone());
        for meeting in planned.into_iter().filter(|m| held.as_ref().is_none_or(|held| m.date.value > *held)) {
            let same = |known: &PlannedMeeting| {
                known.date.value == meeting.date.value && known.body.value == meeting.body.value
            };
            if !document.planned_meetings.iter().any(same) {
                document.planned_meetings.push(meeting);
            }
        }
    }

    /// Whether one of its lines says something.
    fn says(&self, list: &Patterns) -> bool {
        self.lines[self.part.lines.clone()].iter().any(|l| l.says(list))
    }

    /// The title of a case paper stands right under its route, or after all fields.
    fn after_route(&self, route: &cases::Route, paper: &PaperHead) -> usize {
        let at = route.end;
        let is_title =
            at < self.signed.start && self.lines[at].cells.is_none() && field::fields(&self.lines[at]).is_empty();
        if is_title { at } else { at.max(paper.end) }
    }

    /// The kind, title and day of a document that no title word announces.
    fn announce(&self, document: &mut Document, head: &header::Head, paper: &PaperHead) {
        let calls = self.says(&lexicon().called) && !document.cases.is_empty();
        let met = document.attendance.iter().any(|a| a.status == AttendanceStatus::Present);
        document.kind = if calls && !met { Kind::Agenda } else { kind(document, self.says(&lexicon().ended)) };
        document.title = untitled(self.lines, self.part, document, self.blocks);
        // A paper's date is its own.
        if document.kind == Kind::CasePaper && paper.date.is_some() && document.meeting.date == paper.date {
            document.document_date = document.document_date.take().or(document.meeting.date.take());
        }
        if document.kind != Kind::Other {
            head.date_of_untitled(document);
            head.day_beside_letter(document);
        }
    }
}

/// The title line as printed, letter-spacing closed; where it ends in a preposition, with the line after it.
fn title(lines: &[Line], at: usize, blocks: &[Block]) -> Sourced<String> {
    let line = &lines[at];
    // "Fjaler kommune<TAB>Møteinnkalling", "Sunnfjord | Møtebok, Utval: Fellesnemnda" in the lines of a cell
    let names_kind = |piece: &&str| lexicon().titles_of(&Folded::text_of(piece)).next().is_some();
    let mut pieces = line.raw.split(CELL_BREAK).flat_map(|text| text.split('\t'));
    let piece = pieces.find(names_kind).unwrap_or(line.raw);
    // "Emne: Innkalling til styremøte"
    let subject = piece.split_once(':').filter(|(label, _)| lexicon().is_particle("subject", &label.to_lowercase()));
    let piece = subject.map_or(piece, |(_, subject)| subject.trim_start());
    let from = piece.as_ptr().addr() - line.raw.as_ptr().addr();
    let mut value = text::closed(piece);
    let mut spans = vec![line.raw_span(from, from + piece.len())];
    // "Protokoll fra møte i", but "INNKALLING TIL MØTE"
    let joins = |word: &str| lexicon().is_particle("before_body", word) && !lexicon().is_particle("meeting", word);
    let goes_on = line.text().rsplit_once(' ').is_some_and(|(_, word)| joins(word));
    if let Some(next) = lines.get(at + 1).filter(|l| goes_on && l.cells.is_none() && field::fields(l).is_empty()) {
        value = format!("{value} {}", text::spaces_folded(next.raw));
        spans.push(next.span());
    }
    Sourced::new(value.trim_end_matches([':', '.']).to_owned(), spans, blocks)
}

/// The kind of a document that no title announces, by what it holds; `ended` where a sentence says that a meeting ended.
fn kind(document: &Document, ended: bool) -> Kind {
    let cases = &document.cases;
    let told_who_met = document
        .attendance
        .iter()
        .any(|a| matches!(a.status, AttendanceStatus::Present | AttendanceStatus::Deputy | AttendanceStatus::Absent));
    let invited = document.attendance.iter().any(|a| a.status == AttendanceStatus::Invited);
    let decided = |c: &Case| c.decision.is_some() && !invited || !c.votes.is_empty();
    let told = |c: &&Case| c.background.as_ref().is_some_and(cases::ends_decided);
    let told = cases.iter().filter(told).count();
    if told > 1 && told * 2 >= cases.len() || cases.iter().any(decided) || (told_who_met || ended) && !cases.is_empty()
    {
        if cases.len() == 1 && document.attendance.is_empty() { Kind::CaseMinutes } else { Kind::Minutes }
    } else if cases.iter().any(|c| !c.proposals.is_empty()) || !cases.is_empty() {
        if cases.len() == 1 && document.attendance.is_empty() { Kind::CasePaper } else { Kind::Agenda }
    } else {
        Kind::Other
    }
}

/// The title of a document that no title word announces: its first line, where that stands out.
fn untitled(lines: &[Line], part: &Part, document: &Document, blocks: &[Block]) -> Option<Sourced<String>> {
    let line = &lines[part.lines.start];
    let used = document.cases.iter().any(|c| c.title.at.spans().iter().any(|s| s.block == line.block));
    let short = line.raw.len() < 120 && !line.raw.ends_with(['.', ':', ',']) && line.cells.is_none();
    (!used && short && field::fields(line).is_empty()).then(|| title(lines, part.lines.start, blocks))
}
