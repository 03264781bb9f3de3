//! Blocks to documents: segmentation and one small grammar over cues. A total function: it never fails.

pub mod attendance;
pub mod cases;
pub mod coverage;
pub mod cue;
pub mod field;
pub mod header;
pub mod layout;
pub mod line;
pub mod municipality;
pub mod passage;
pub mod plan;
pub mod references;
pub mod segment;
pub mod signatures;
pub mod tables;
pub mod text;
pub mod values;
pub mod votes;

use std::collections::BTreeMap;

use crate::document::Block;
use crate::lang::{Field, lexicon};
use crate::model::{AttendanceStatus, Case, Document, Kind, Language, Sourced, Spoken};

use line::Line;
use segment::Part;

/// What was found in the blocks of one file.
#[derive(Debug, Default)]
pub struct Extracted {
    /// The language of the text.
    pub language: Language,
    /// The constituent documents.
    pub documents: Vec<Document>,
}

/// Extracts the constituent documents from the blocks of a file.
#[must_use]
pub fn extract(blocks: &[Block]) -> Extracted {
    let lines = layout::unrolled(line::lines_and(blocks, &segment::titles_in_page_heads(blocks)), blocks);
    let mut documents: Vec<Document> =
        segment::parts(&lines).iter().enumerate().map(|(i, part)| document(&lines, blocks, part, i)).collect();
    link_attachments(&mut documents);
    let mut words = BTreeMap::new();
    for (tag, count) in documents.iter().flat_map(|d| &d.language.words) {
        *words.entry(tag.clone()).or_default() += count;
    }
    Extracted { language: language(&words), documents }
}

fn document(lines: &[Line], blocks: &[Block], part: &Part, index: usize) -> Document {
    let range = part.lines.clone();
    let (first, last) = (lines[range.start].block, lines[range.end - 1].block);
    let mut document = Document {
        id: format!("d{}", index + 1),
        kind: part.kind.unwrap_or_default(),
        blocks: (first, last),
        language: spoken(&lines[range.clone()]),
        ..Document::default()
    };
    if let Some(at) = part.title {
        document.title = Some(title(lines, at, blocks));
    }
    if part.kind == Some(Kind::MeetingPlan) || (part.kind.is_none() && plan::is_plan(&lines[range.clone()])) {
        document.kind = Kind::MeetingPlan;
        document.planned_meetings = plan::rows(lines, range.clone(), part.title, blocks);
        document.signatures = signatures::signatures(lines, signatures::region(lines, range), blocks);
        return document;
    }
    let signed = signatures::region(lines, range.clone());
    let mut heads = cases::heads(lines, range.start..signed.start, document.language.tag);
    heads.retain(|h| Some(h.line) != part.title);
    if matches!(part.kind, Some(Kind::CasePaper)) {
        // The paragraphs of a regulation that is attached.
        heads.retain(|h| cases::speaks_of_cases(&lines[h.line], document.language.tag));
    }
    let first_case = heads.first().map_or(signed.start, cases::Head::start);
    // The fields of a paper or an extract, and its route, may stand under the head of its only case.
    let is_one =
        matches!(part.kind, Some(Kind::CasePaper | Kind::CaseMinutes)) || part.kind.is_none() && heads.len() == 1;
    let is_field = |f: &field::Found| f.marked && f.field.is_value();
    let of_case = |l: &&Line| l.cells.is_some() || field::fields(l).first().is_some_and(is_field);
    let under = heads.first().filter(|_| is_one).map_or(first_case, |head| head.end(lines)).min(signed.start);
    let beside = lines[under..signed.start].iter().filter(|_| is_one).take_while(of_case).count();
    let holds_fields = beside > 0 || is_one && lines[first_case..under].iter().any(|l| of_case(&l));
    let end = if holds_fields { under + beside } else { first_case };
    let head = header::Head { lines, blocks, part, range: range.start..end };
    let paper = head.fill(&mut document);
    document.signatures = signatures::signatures(lines, signed.clone(), blocks);
    // An agenda is signed before its first case paper.
    if document.kind == Kind::Agenda && document.signatures.is_empty() {
        let end = heads.iter().find(|h| !h.is_listed()).map_or(signed.start, cases::Head::start);
        // The fields of the first case may stand over its head.
        let fields = |l: &&Line| l.cells.is_some() && !field::fields(l).is_empty();
        let end = end - lines[range.start..end].iter().rev().take_while(fields).count();
        document.signatures = signatures::signatures(lines, signatures::region(lines, range.start..end), blocks);
        head.dated(&mut document, range.start..end);
    }
    head.dated_at_foot(&mut document);
    // Minutes may be signed on their first page.
    if document.kind == Kind::Minutes && document.signatures.is_empty() {
        let signs = |l: &Line| field::fields(l).first().is_some_and(|f| f.field == Field::Signatures);
        let under = lines[range.start..first_case].iter().position(signs).map(|at| range.start + at);
        let region = under.map(|at| signatures::region(lines, at..first_case));
        document.signatures = region.map(|region| signatures::signatures(lines, region, blocks)).unwrap_or_default();
    }
    // A case paper is signed before what is attached to it.
    if matches!(document.kind, Kind::Agenda | Kind::CasePaper)
        && document.signatures.is_empty()
        && let Some(region) = signatures::under_day(lines, &range)
    {
        document.signatures = signatures::signatures(lines, region, blocks);
    }
    if document.document_date.is_none() {
        document.document_date = document.signatures.iter().find_map(|s| s.date.clone());
    }
    if document.municipality.is_none() {
        // A page head may stand over the first line.
        let pages = if range.start == 0 { 0 } else { first as usize };
        document.municipality = header::municipality_of_pages(&blocks[pages..], blocks);
    }
    if !document.attendance.is_empty() {
        let head_end = first_case - range.start;
        attendance::movements(&lines[range.start..signed.start], head_end, &mut document.attendance, blocks);
    }
    let year = header::year(&document);
    // Without a title, minutes are known by those who met.
    let met = document.attendance.iter().any(|a| a.status == AttendanceStatus::Present);
    let kind_so_far = if part.kind.is_none() && met { Kind::Minutes } else { document.kind };
    let context = cases::Context { lines, blocks, kind: kind_so_far, year };
    let order = cases::order(&heads, year);
    document.cases = cases::cases(&context, &heads, order, signed.start);
    // The title of a case paper stands right under its route, or after all fields.
    let is_title = |at: usize| at < signed.start && lines[at].cells.is_none() && field::fields(&lines[at]).is_empty();
    let after_route = |r: &cases::Route| if is_title(r.end) { r.end } else { r.end.max(paper.end) };
    // A case paper may have chapters of its own.
    let in_paper = |h: &cases::Head| h.is_listed() || document.kind == Kind::CasePaper && h.is_bare();
    if matches!(part.kind, Some(Kind::CasePaper | Kind::CaseMinutes)) && heads.iter().all(in_paper) {
        let route = context.route(range.start..signed.start);
        let start = route.as_ref().map_or(paper.end, after_route).max(part.title.map_or(0, |t| t + 1));
        document.cases = context.paper(&paper, route.as_ref(), start..signed.start).into_iter().collect();
        if let Some(case) = document.cases.first_mut() {
            case.case_officer = case.case_officer.take().or_else(|| document.case_officer.clone());
        }
        if let Some(route) = route {
            route.tell(&mut document);
        }
    }
    if part.kind.is_none()
        && heads.is_empty()
        && let Some(route) = context.route(range.start..signed.start)
        && let Some(case) = context.paper(&paper, Some(&route), after_route(&route)..signed.start)
    {
        route.tell(&mut document);
        document.cases = vec![case];
    } else if matches!(part.kind, None | Some(Kind::CaseMinutes))
        && heads.iter().all(cases::Head::is_bare)
        && let start = part.title.filter(|at| cue::title(&lines[*at]).is_some_and(|t| t.whole))
        && let Some((case, body, date)) = (cases::Context { kind: Kind::CaseMinutes, ..context })
            .treatment(start.map_or(range.start, |at| at + 1)..signed.start, part.title.is_none())
    {
        heads.clear();
        document.cases = vec![case];
        document.body = body.or(document.body);
        document.meeting.date = date.or(document.meeting.date);
    }
    if is_one
        && let [_] = heads[..]
        && let Some(route) = context.route(head.range.clone())
    {
        route.tell(&mut document);
    }
    if part.kind.is_none() && document.meeting.date.is_none() && !met && cases::are_chapters(&heads, &document.cases) {
        document.cases.clear();
    }
    if part.kind.is_none() {
        let ended = lines[range.clone()].iter().any(|l| l.says(&lexicon().ended));
        document.kind = kind(&document, ended);
        document.title = untitled(lines, part, &document, blocks);
        // A paper's date is its own.
        if document.kind == Kind::CasePaper && paper.date.is_some() && document.meeting.date == paper.date {
            document.document_date = document.document_date.take().or(document.meeting.date.take());
        }
        if document.kind != Kind::Other {
            head.date_of_untitled(&mut document);
        }
        // What told that these are minutes, and when the meeting was, came from the cases; now they are read with that.
        let (kind, year) = (document.kind, header::year(&document));
        let of_heads = !document.cases.is_empty() && !heads.is_empty();
        if of_heads && (kind == Kind::Minutes && kind_so_far != kind || year != context.year) {
            document.cases = cases::cases(&cases::Context { kind, year, ..context }, &heads, order, signed.start);
        }
    }
    for vote in document.cases.iter_mut().flat_map(|c| &mut c.votes) {
        votes::name_by_last_names(vote, &document.attendance, blocks);
    }
    if document.cases.is_empty() {
        let rows: Vec<&Line> = lines[range.start..signed.start].iter().filter(|l| l.cells.is_some()).collect();
        document.tables = tables::tables(&rows, blocks, year);
    }
    document.coverage = coverage::coverage(&document, &coverage::suspects(lines, range));
    document
}

/// The title line as printed, letter-spacing closed; where it ends in a preposition, with the line after it.
fn title(lines: &[Line], at: usize, blocks: &[Block]) -> Sourced<String> {
    let line = &lines[at];
    let raw = text::spaces_folded(line.raw);
    let spaced = raw.contains(' ') && raw.split(' ').all(|w| w.chars().count() == 1);
    // "M Ø T E B O K   F O R   S K O L E S T Y R E T"
    let words = || line.raw.split("  ").map(|word| word.replace(' ', "")).filter(|word| !word.is_empty());
    let is_closed = spaced && !line.text().contains(' ');
    let mut value = if is_closed { words().collect::<Vec<_>>().join(" ") } else { raw };
    let mut spans = vec![line.span()];
    let goes_on = line.text().rsplit_once(' ').is_some_and(|(_, w)| lexicon().is_particle("before_body", w));
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
    let decided = |c: &Case| c.decision.is_some() || !c.votes.is_empty();
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

/// Points announced attachments to the constituent documents that they are: the title names the kind and the date or year.
fn link_attachments(documents: &mut [Document]) {
    let known: Vec<(String, String, Option<String>, Option<i16>)> = documents
        .iter()
        .map(|d| {
            let title = d.title.as_ref().map(|t| t.value.to_lowercase()).unwrap_or_default();
            (d.id.clone(), title, d.meeting.date.as_ref().map(|s| s.value.clone()), header::year(d))
        })
        .collect();
    for document in documents.iter_mut() {
        let own = document.id.clone();
        for attachment in document.cases.iter_mut().flat_map(|c| &mut c.attachments).chain(&mut document.attachments) {
            let title = attachment.title.value.to_lowercase();
            let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
            let named = values::date::find(&title).first().and_then(|m| m.date(None)).map(|d| d.to_string());
            let year = values::date::find_year(&title).map(|y| y.0);
            attachment.document = known
                .iter()
                .filter(|(id, ..)| *id != own)
                .find(|(_, other, date, other_year)| {
                    let same_word = lexicon()
                        .titles
                        .values()
                        .flatten()
                        .any(|(w, _)| words.contains(&w.as_str()) && other.contains(w.as_str()));
                    same_word && if named.is_some() { named == *date } else { year.is_none() || year == *other_year }
                })
                .map(|(id, ..)| id.clone());
        }
    }
}

/// Evidence words below which the language is not determined.
const LEAST_EVIDENCE: u32 = 3;

/// The language of some lines, and the evidence for it.
fn spoken(lines: &[Line]) -> Spoken {
    let lexicon = lexicon();
    let mut counts = vec![0; lexicon.tags.len()];
    let words = lines.iter().flat_map(|l| l.text().split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()));
    for word in words.filter(|w| w.len() <= lexicon.longest_evidence) {
        for of in lexicon.evidence.get(word).into_iter().flatten() {
            counts[*of] += 1;
        }
    }
    let words = lexicon.tags.iter().cloned().zip(counts).filter(|(_, n)| *n > 0).collect();
    Spoken { tag: language(&words), words }
}

/// The language whose evidence words are the most frequent; of equals the first of the packs.
fn language(words: &BTreeMap<String, u32>) -> Language {
    let counts = lexicon().tags.iter().map(|tag| (tag, words.get(tag).copied().unwrap_or_default()));
    let best = counts.rev().max_by_key(|(_, n)| *n).filter(|(_, n)| *n >= LEAST_EVIDENCE);
    let known = [Language::Nb, Language::Nn, Language::Sv, Language::Da];
    best.and_then(|(tag, _)| known.into_iter().find(|l| l.tag() == tag)).unwrap_or_default()
}
