//! The rules: one file a rule, each a doc comment (its manual page), a level and a check.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Span;
use crate::extract::line::lines;
use crate::facts::{CaseFact, DocumentFact, Facts};
use crate::finding::{Finding, Level, Place};
use crate::lang::lexicon;
use crate::model::{Case, CaseNumber, Document, Kind, Record};

mod agenda_item_missing;
mod agenda_item_unannounced;
mod approval_mismatch;
mod attachment_missing;
mod attendance_conflict;
mod attendance_count;
mod case_number_duplicated;
mod case_number_gap;
mod case_year_mismatch;
mod date_order;
mod decision_differs;
mod decision_duplicated;
mod decision_missing;
mod decision_wrong_body;
mod document_duplicate;
mod extraction_suspect;
mod field_missing;
mod field_placeholder;
mod file_duplicate;
mod file_encrypted;
mod file_mislabelled;
mod file_unreadable;
mod meeting_date_conflict;
mod minutes_not_approved;
mod minutes_self_approval;
mod municipality_unknown;
mod page_missing;
mod personal_number;
mod plan_collision;
mod quorum_not_met;
mod reference_ambiguous;
mod reference_unresolved;
mod table_ratio;
mod table_total;
mod text_garbled;
mod text_missing;
mod title_mismatch;
mod vote_outcome;
mod vote_total;
mod voter_not_present;
mod weekday_mismatch;

/// A rule as plain data.
pub struct Rule {
    /// Names the fault; also the name of the rule's source file, with `-` for `_`.
    pub id: &'static str,
    /// The level where the rule says nothing else.
    pub level: Level,
    /// What it looks at.
    pub subject: Subject,
    /// What the rule says, in a line, in English.
    pub summary: &'static str,
    /// The same in Norwegian bokmål.
    pub summary_nb: &'static str,
    /// The manual page, in Markdown: what it does, why it matters, example, how to resolve, exceptions.
    pub manual: &'static str,
    /// The check.
    pub check: Check,
}

/// What a rule is about. Where an archive holds none of it, the rule has checked nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Files.
    File,
    /// Constituent documents.
    Document,
    /// Minutes, also of a single case.
    Minutes,
    /// Meetings of which agenda and minutes are at hand.
    Meeting,
    /// Cases.
    Case,
    /// Decisions.
    Decision,
    /// Votes.
    Vote,
    /// Attendance entries.
    Attendance,
    /// Tables of amounts.
    Table,
    /// Planned meetings.
    PlannedMeeting,
    /// References to cases.
    Reference,
    /// Cases that approve minutes of a day.
    Approval,
    /// Announced attachments.
    Attachment,
}

/// How a rule checks.
pub enum Check {
    /// One record at a time.
    Record(fn(&Record) -> Vec<Finding>),
    /// Compact facts of an archive, some bodies at a time.
    Archive(fn(&Facts) -> Vec<Finding>),
}

/// Every rule, in alphabetical order.
pub const RULES: &[&Rule] = &[
    &agenda_item_missing::RULE,
    &agenda_item_unannounced::RULE,
    &approval_mismatch::RULE,
    &attachment_missing::RULE,
    &attendance_conflict::RULE,
    &attendance_count::RULE,
    &case_number_duplicated::RULE,
    &case_number_gap::RULE,
    &case_year_mismatch::RULE,
    &date_order::RULE,
    &decision_differs::RULE,
    &decision_duplicated::RULE,
    &decision_missing::RULE,
    &decision_wrong_body::RULE,
    &document_duplicate::RULE,
    &extraction_suspect::RULE,
    &field_missing::RULE,
    &field_placeholder::RULE,
    &file_duplicate::RULE,
    &file_encrypted::RULE,
    &file_mislabelled::RULE,
    &file_unreadable::RULE,
    &meeting_date_conflict::RULE,
    &minutes_not_approved::RULE,
    &minutes_self_approval::RULE,
    &municipality_unknown::RULE,
    &page_missing::RULE,
    &personal_number::RULE,
    &plan_collision::RULE,
    &quorum_not_met::RULE,
    &reference_ambiguous::RULE,
    &reference_unresolved::RULE,
    &table_ratio::RULE,
    &table_total::RULE,
    &text_garbled::RULE,
    &text_missing::RULE,
    &title_mismatch::RULE,
    &vote_outcome::RULE,
    &vote_total::RULE,
    &voter_not_present::RULE,
    &weekday_mismatch::RULE,
];

/// The findings of the rules that look at one record.
#[must_use]
pub fn check_record(record: &Record) -> Vec<Finding> {
    RULES
        .iter()
        .flat_map(|rule| match rule.check {
            Check::Record(check) => check(record),
            Check::Archive(_) => Vec::new(),
        })
        .collect()
}

/// The findings of the rules that look at the archive, about the bodies at hand.
#[must_use]
pub fn check_archive(facts: &Facts) -> Vec<Finding> {
    RULES
        .iter()
        .flat_map(|rule| match rule.check {
            Check::Archive(check) => check(facts),
            Check::Record(_) => Vec::new(),
        })
        .collect()
}

/// A finding of `rule` about a constituent document, still without message, places and fingerprint.
fn about(rule: &Rule, record: &Record, document: &Document, cases: &[&CaseNumber]) -> Finding {
    Finding {
        rule: rule.id.to_owned(),
        level: rule.level,
        message: String::new(),
        message_nb: String::new(),
        path: record.source.path.clone(),
        document: Some(document.id.clone()),
        body: document.body.as_ref().map(|b| b.value.clone()),
        cases: cases.iter().map(std::string::ToString::to_string).collect(),
        at: Vec::new(),
        values: BTreeMap::new(),
        suggestion: None,
        closed: false,
        fingerprint: String::new(),
    }
}

/// A finding of an archive rule, reported for `document`, still without message, places and fingerprint.
fn about_archive(rule: &Rule, document: &DocumentFact) -> Finding {
    Finding {
        rule: rule.id.to_owned(),
        level: rule.level,
        message: String::new(),
        message_nb: String::new(),
        path: document.path.clone(),
        document: Some(document.id.clone()),
        body: document.body.clone(),
        cases: Vec::new(),
        at: Vec::new(),
        values: BTreeMap::new(),
        suggestion: None,
        closed: false,
        fingerprint: String::new(),
    }
}

/// A meeting of which agenda and minutes are at hand. Either may be several documents: a supplement, a draft, an extract.
struct Meeting<'f> {
    agendas: Vec<&'f DocumentFact>,
    minutes: Vec<&'f DocumentFact>,
}

impl Meeting<'_> {
    /// Whether the head of an agenda or of the minutes says that a case was withdrawn, put off or added.
    fn moved(&self, number: &CaseNumber) -> bool {
        let documents = self.agendas.iter().chain(&self.minutes);
        documents.flat_map(|d| &d.moved).any(|m| *m == (number.sequence, number.year))
    }
}

/// The meetings of each body, by day.
fn meetings<'f>(facts: &'f Facts) -> Vec<Meeting<'f>> {
    let mut found = Vec::new();
    for documents in facts.by_body().values() {
        let mut days: BTreeMap<&str, Meeting> = BTreeMap::new();
        for document in documents.iter().filter(|d| !d.cases.is_empty()) {
            let Some(date) = document.date.as_deref() else { continue };
            let day = days.entry(date).or_insert_with(|| Meeting { agendas: Vec::new(), minutes: Vec::new() });
            match document.kind {
                Kind::Agenda => day.agendas.push(document),
                Kind::Minutes => day.minutes.push(document),
                _ => {}
            }
        }
        found.extend(days.into_values().filter(|m| !m.agendas.is_empty() && !m.minutes.is_empty()));
    }
    found
}

/// The case of some documents that bears a number, whatever its series.
fn numbered<'f>(
    documents: &[&'f DocumentFact],
    number: &CaseNumber,
) -> impl Iterator<Item = (&'f DocumentFact, &'f CaseFact)> {
    let (sequence, year) = (number.sequence, number.year);
    let cases = documents.iter().copied().flat_map(|d| d.cases.iter().map(move |c| (d, c)));
    cases.filter(move |(_, c)| c.number.as_ref().is_some_and(|m| m.sequence == sequence && m.year == year))
}

/// The number of a case, for [`about`].
fn number(case: &Case) -> Vec<&CaseNumber> {
    case.number.iter().map(|n| &n.value).collect()
}

/// Whether a document tells what was decided.
fn is_minutes(document: &Document) -> bool {
    matches!(document.kind, Kind::Minutes | Kind::CaseMinutes)
}

/// A stated number of people present: `31 av 35 møtte`.
struct StatedAttendance {
    present: u32,
    seats: Option<u32>,
    /// The sentence counts deputies among them.
    with_deputies: bool,
    span: Span,
}

/// The numbers of people present that the head of a document states.
fn stated_attendance(record: &Record, document: &Document) -> Vec<StatedAttendance> {
    let first_case = document.cases.iter().filter_map(|c| c.title.at.spans().first()).map(|s| s.block).min();
    let last = first_case.map_or(document.blocks.1, |b| b.saturating_sub(1));
    let head = record.blocks.get(document.blocks.0 as usize..=last as usize).unwrap_or_default();
    head.iter()
        .flat_map(|block| lines(std::slice::from_ref(block)))
        .filter(|l| l.cells.is_none())
        .filter_map(|line| {
            let captures = lexicon().count.captures(line.text())?;
            let number = |group| captures.name(group).and_then(|m| m.as_str().parse::<u32>().ok());
            let whole = captures.get(0)?;
            Some(StatedAttendance {
                present: number("present")?,
                seats: number("seats"),
                with_deputies: line.text()[whole.start()..].split('.').next().is_some_and(|sentence| {
                    let says = |words: &[String]| words.iter().any(|w| sentence.contains(w.as_str()));
                    says(&lexicon().deputy_words) && says(&lexicon().deputies_counted)
                }),
                span: line.span_of(whole.start(), whole.end()),
            })
        })
        .collect()
}

/// A finding of `rule` about the file itself.
fn about_file<const N: usize>(
    rule: &Rule,
    record: &Record,
    level: Level,
    message: String,
    message_nb: String,
    values: [(&str, &str); N],
) -> Finding {
    let path = record.source.path.clone();
    let values = values.iter().map(|(key, value)| ((*key).to_owned(), (*value).into()));
    let mut values: BTreeMap<String, serde_json::Value> = values.collect();
    // The content, or the path where there is none, tells one file's finding from another's.
    let content = if record.source.sha256.is_empty() { &path } else { &record.source.sha256 };
    values.insert("file".to_owned(), content.as_str().into());
    Finding {
        rule: rule.id.to_owned(),
        level,
        message,
        message_nb,
        at: vec![Place { path: path.clone(), document: None, span: None }],
        path,
        document: None,
        body: None,
        cases: Vec::new(),
        values,
        suggestion: None,
        closed: false,
        fingerprint: String::new(),
    }
    .sealed()
}
