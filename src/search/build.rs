//! Records and findings as pieces that can be found.

use std::collections::HashSet;

use tantivy::TantivyDocument;

use super::fields::Fields;
use crate::closed;
use crate::document::Block;
use crate::finding::Finding;
use crate::model::{Case, CaseNumber, Document, Record, Sourced, Table};

/// The pieces of a record.
pub(super) fn of_record(fields: &Fields, record: &Record) -> Vec<TantivyDocument> {
    // Text outside the cases must not tell of closed ones; these have their own pieces.
    let mut open = record.clone();
    let hidden = closed::hide(&mut open);
    let mut pieces = Vec::new();
    for document in &record.documents {
        let base = Base { fields, record, document };
        for case in &document.cases {
            pieces.extend(base.case(case));
        }
        pieces.extend(document.tables.iter().map(|table| base.table(None, table)));
        pieces.extend(base.meeting());
        pieces.extend(base.rest(&open.blocks, &hidden));
    }
    if record.documents.is_empty() && !record.blocks.is_empty() {
        let mut piece = TantivyDocument::new();
        piece.add_text(fields.kind, "document");
        piece.add_text(fields.key, format!("document/{}", record.source.path));
        piece.add_text(fields.path, &record.source.path);
        piece.add_text(fields.title, name_of(&record.source.path));
        piece.add_text(fields.text, joined(record.blocks.iter().map(|b| b.text.as_str())));
        pieces.push(piece);
    }
    pieces
}

/// The piece of a finding.
pub(super) fn of_finding(fields: &Fields, finding: &Finding) -> TantivyDocument {
    let mut piece = TantivyDocument::new();
    piece.add_text(fields.kind, "finding");
    piece.add_text(fields.key, format!("finding/{}", finding.fingerprint));
    piece.add_text(fields.path, &finding.path);
    piece.add_text(fields.rule, &finding.rule);
    piece.add_text(fields.level, finding.level.as_str());
    piece.add_text(fields.label, finding.cases.join(", "));
    if let Some(document) = &finding.document {
        piece.add_text(fields.document, document);
    }
    if let Some(body) = &finding.body {
        piece.add_text(fields.body, body);
        piece.add_text(fields.body_words, body);
    }
    if let Some(span) = finding.at.first().and_then(|p| p.span) {
        piece.add_u64(fields.block, u64::from(span.block));
    }
    if finding.closed {
        piece.add_text(fields.closed, "yes");
    }
    piece.add_text(fields.title, &finding.rule);
    piece.add_text(fields.text, format!("{}\n{}", finding.message_nb, finding.message));
    piece
}

/// The address of a case, as far as it is known: organisation, body, year, series or `-`, number.
pub(crate) fn case_key(document: &Document, number: &CaseNumber) -> String {
    let part = |s: &str| s.to_lowercase().replace('/', " ").split_whitespace().collect::<Vec<_>>().join("-");
    let name = |s: &Option<Sourced<String>>| s.as_ref().map_or_else(|| "-".to_owned(), |s| part(&s.value));
    let year = number.year.map_or_else(|| "-".to_owned(), |y| y.to_string());
    let series = number.series.as_deref().map_or_else(|| "-".to_owned(), part);
    format!("{}/{}/{year}/{series}/{}", name(&document.municipality), name(&document.body), number.sequence)
}

/// Every form in which a number is asked for.
pub(super) fn number_forms(series: Option<&str>, sequence: u32, year: Option<i16>) -> Vec<String> {
    let bare = year.map_or_else(|| sequence.to_string(), |year| format!("{sequence}/{year}"));
    let letters = series.map(|s| s.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>());
    letters.map(|letters| format!("{letters}{bare}")).into_iter().chain([bare]).collect()
}

/// A number that is referred to, in the organisation of the document that refers to it. Which body's case is meant, the
/// record tells.
pub(super) fn reference_form(document: &Document, number: &CaseNumber) -> String {
    let organisation = document.municipality.as_ref().map(|m| m.value.to_lowercase()).unwrap_or_default();
    let year = number.year.map(|year| format!("/{year}")).unwrap_or_default();
    format!("{organisation} {}{year}", number.sequence)
}

/// What all pieces of a constituent document share.
struct Base<'a> {
    fields: &'a Fields,
    record: &'a Record,
    document: &'a Document,
}

impl Base<'_> {
    /// A piece without its own text. `at` is a block that it stands in.
    fn piece(&self, kind: &str, key: String, at: Option<u32>) -> TantivyDocument {
        let (fields, document) = (self.fields, self.document);
        let mut piece = TantivyDocument::new();
        piece.add_text(fields.kind, kind);
        piece.add_text(fields.key, key);
        piece.add_text(fields.path, &self.record.source.path);
        piece.add_text(fields.document, &document.id);
        if let Some(block) = at {
            piece.add_u64(fields.block, u64::from(block));
            if let Some(page) = self.record.blocks.get(block as usize).and_then(|b| b.page) {
                piece.add_u64(fields.page, u64::from(page));
            }
        }
        for (name, raw, words) in [
            (&document.body, fields.body, fields.body_words),
            (&document.municipality, fields.municipality, fields.municipality_words),
        ] {
            if let Some(name) = name {
                piece.add_text(raw, &name.value);
                piece.add_text(words, &name.value);
            }
        }
        if let Some(date) = document.meeting.date.as_ref().or(document.document_date.as_ref()) {
            piece.add_text(fields.date, &date.value);
            if let Some(year) = date.value.get(..4).and_then(|y| y.parse().ok()) {
                piece.add_u64(fields.year, year);
            }
        }
        piece
    }

    fn of_case(&self, kind: &str, case: &Case, at: Option<u32>) -> TantivyDocument {
        let fields = self.fields;
        let key = match &case.number {
            Some(number) => format!("case/{}", case_key(self.document, &number.value)),
            None => format!("document/{}#{}", self.record.source.path, self.document.id),
        };
        let mut piece = self.piece(kind, key, at.or_else(|| block(&case.title)));
        if let Some(number) = case.number.as_ref().map(|n| &n.value) {
            piece.add_text(fields.label, number.to_string());
            if let Some(series) = &number.series {
                piece.add_text(fields.series, series);
            }
            for form in number_forms(number.series.as_deref(), number.sequence, number.year) {
                piece.add_text(fields.number, form);
            }
        }
        if case.closed {
            piece.add_text(fields.closed, "yes");
        }
        if let Some(outcome) = case.decision.as_ref().and_then(|d| serde_json::to_value(d.outcome).ok()) {
            piece.add_text(fields.outcome, outcome.as_str().unwrap_or_default());
        }
        piece.add_text(fields.title, &case.title.value);
        piece
    }

    /// A case: itself with all its text, its decision, its proposals, its tables.
    fn case(&self, case: &Case) -> Vec<TantivyDocument> {
        let fields = self.fields;
        let mut whole = self.of_case("case", case, None);
        let texts = [case.background.as_ref(), case.deliberation.as_ref(), case.decision.as_ref().map(|d| &d.text)];
        let texts = texts.into_iter().flatten().chain(case.proposals.iter().map(|p| &p.text));
        let votes = case.votes.iter().map(|v| v.said.value.as_str());
        let attachments = case.attachments.iter().map(|a| a.title.value.as_str());
        whole.add_text(fields.text, joined(texts.map(|t| t.value.as_str()).chain(votes).chain(attachments)));
        for name in case.votes.iter().flat_map(|v| v.for_names.iter().chain(&v.against_names)) {
            whole.add_text(fields.person, &name.value);
        }
        if let Some(officer) = &case.case_officer {
            whole.add_text(fields.person, &officer.value);
        }
        for reference in &case.references {
            whole.add_text(fields.refers, reference_form(self.document, &reference.number.value));
        }
        let mut pieces = vec![whole];
        if let Some(decision) = &case.decision {
            let mut piece = self.of_case("decision", case, block(&decision.text));
            piece.add_text(fields.text, &decision.text.value);
            pieces.push(piece);
        }
        for proposal in &case.proposals {
            let mut piece = self.of_case("proposal", case, block(&proposal.text));
            piece.add_text(fields.text, &proposal.text.value);
            if let Some(by) = &proposal.by {
                piece.add_text(fields.person, &by.value);
            }
            pieces.push(piece);
        }
        pieces.extend(case.tables.iter().map(|table| self.table(Some(case), table)));
        pieces
    }

    fn table(&self, case: Option<&Case>, table: &Table) -> TantivyDocument {
        let fields = self.fields;
        let at = table.rows.first().and_then(|r| block(&r.label));
        let mut piece = match case {
            Some(case) => self.of_case("table", case, at),
            None => self.piece("table", format!("document/{}#{}", self.record.source.path, self.document.id), at),
        };
        let caption = table.caption.as_ref().map(|c| c.value.as_str());
        if let (None, Some(caption)) = (case, caption) {
            piece.add_text(fields.title, caption);
        }
        let heads = table.columns.iter().filter_map(|c| c.label.as_ref()).map(|l| l.value.clone());
        let cells = |label: &Sourced<String>, cells: &[Option<Sourced<String>>]| {
            let cells = cells.iter().flatten().map(|c| c.text.as_str());
            std::iter::once(label.value.as_str()).chain(cells).collect::<Vec<_>>().join(" ")
        };
        let rows = table.rows.iter().map(|r| cells(&r.label, &r.cells));
        let totals = table.totals.iter().map(|t| cells(&t.label, &t.cells));
        let lines: Vec<String> =
            caption.map(str::to_owned).into_iter().chain(heads).chain(rows).chain(totals).collect();
        piece.add_text(fields.text, lines.join("\n"));
        for row in &table.rows {
            for amount in row.cells.iter().flatten().filter_map(|c| c.value.parse::<f64>().ok()) {
                piece.add_f64(fields.amount, amount);
            }
            if let Some(municipality) = &row.municipality {
                piece.add_text(fields.municipality_words, &municipality.name);
            }
        }
        piece
    }

    /// The meeting itself, where there is one: who met, and where.
    fn meeting(&self) -> Option<TantivyDocument> {
        let (fields, document) = (self.fields, self.document);
        let meeting = &document.meeting;
        meeting.date.as_ref()?;
        let key = format!("document/{}#{}", self.record.source.path, document.id);
        let mut piece = self.piece("meeting", key, meeting.date.as_ref().and_then(block));
        let body = document.body.as_ref().map(|b| b.value.as_str()).unwrap_or_default();
        let date = meeting.date.as_ref().map(|d| d.text.as_str()).unwrap_or_default();
        piece.add_text(fields.title, document.title.as_ref().map_or(body, |t| &t.value));
        let named =
            [&meeting.place, &meeting.chair, &meeting.secretary].into_iter().flatten().map(|s| s.value.as_str());
        let people = document.attendance.iter().map(|a| a.name.value.as_str());
        piece.add_text(fields.text, joined([body, date].into_iter().chain(named).chain(people)));
        let people = document.attendance.iter().map(|a| &a.name).chain(&meeting.chair).chain(&meeting.secretary);
        for name in people {
            piece.add_text(fields.person, &name.value);
        }
        Some(piece)
    }

    /// The text of the document that belongs to no case.
    fn rest(&self, blocks: &[Block], hidden: &HashSet<u32>) -> Option<TantivyDocument> {
        let (fields, document) = (self.fields, self.document);
        let covered: HashSet<u32> = document.cases.iter().flat_map(case_blocks).chain(hidden.iter().copied()).collect();
        let is_rest = |b: &&Block| {
            document.blocks.0 <= b.id && b.id <= document.blocks.1 && !covered.contains(&b.id) && !b.text.is_empty()
        };
        let rest: Vec<&Block> = blocks.iter().filter(is_rest).collect();
        let key = format!("document/{}#{}", self.record.source.path, document.id);
        let mut piece = self.piece("document", key, Some(rest.first()?.id));
        let title = document.title.as_ref().map_or_else(|| name_of(&self.record.source.path), |t| &t.value);
        piece.add_text(fields.title, title);
        piece.add_text(fields.text, joined(rest.iter().map(|b| b.text.as_str())));
        Some(piece)
    }
}

/// The blocks that a case's title and texts stand in.
fn case_blocks(case: &Case) -> Vec<u32> {
    let texts = [case.background.as_ref(), case.deliberation.as_ref(), case.decision.as_ref().map(|d| &d.text)];
    let texts = texts.into_iter().flatten().chain([&case.title]).chain(case.proposals.iter().map(|p| &p.text));
    texts.flat_map(|t| t.at.spans()).map(|s| s.block).collect()
}

fn block<T>(value: &Sourced<T>) -> Option<u32> {
    value.at.spans().first().map(|s| s.block)
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.collect::<Vec<_>>().join("\n")
}

/// The name of a file.
fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
