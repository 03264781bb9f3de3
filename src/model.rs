//! The record: what is known about one input file. The types here are the schema (`schemas/record-1.schema.json`).

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::document::{Block, DeletedText, Embedded, Encoding, Problem, Properties, Span};

/// The value of `schema` in every record.
pub const RECORD_SCHEMA: &str = "motebok/record/1";

/// A value and the place in the source where it stands.
///
/// `text` equals the source at `at`; where `at` lists several places, the pieces joined by LF, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Sourced_{T}")]
#[serde(deny_unknown_fields)]
pub struct Sourced<T> {
    /// The value in its normal form.
    pub value: T,
    /// The text as printed.
    pub text: String,
    /// Where it stands.
    pub at: At,
}

/// One place, or several whose pieces make up one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum At {
    /// One place.
    One(Span),
    /// Several places, in order.
    Many(Vec<Span>),
}

/// An object is one place, a list several. Nothing needs to be kept to try both, as the derived form would.
impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Places;

        impl<'de> Visitor<'de> for Places {
            type Value = At;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a place or a list of places")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<At, A::Error> {
                Span::deserialize(MapAccessDeserializer::new(map)).map(At::One)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<At, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(At::Many)
            }
        }

        deserializer.deserialize_any(Places)
    }
}

impl At {
    /// The places, in order.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        match self {
            Self::One(span) => std::slice::from_ref(span),
            Self::Many(spans) => spans,
        }
    }
}

impl<T> Sourced<T> {
    /// A value read from `spans` of `blocks`. Spans outside the blocks give an empty text, which validation reports.
    #[must_use]
    pub fn new(value: T, spans: Vec<Span>, blocks: &[Block]) -> Self {
        let mut text = String::new();
        for (i, span) in spans.iter().enumerate() {
            if i > 0 {
                text.push('\n');
            }
            text.push_str(text_at(blocks, *span).unwrap_or_default());
        }
        let at = match spans.as_slice() {
            [span] => At::One(*span),
            _ => At::Many(spans),
        };
        Self { value, text, at }
    }
}

/// The text of a span, where it lies inside its block and on character boundaries.
#[must_use]
pub fn text_at(blocks: &[Block], span: Span) -> Option<&str> {
    blocks.get(span.block as usize)?.text.get(span.start..span.end)
}

/// One record per input file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Always `motebok/record/1`.
    pub schema: String,
    /// The file.
    pub source: SourceInfo,
    /// How reading went.
    pub status: Status,
    /// What was lost or could not be done.
    pub problems: Vec<Problem>,
    /// The language of the text.
    pub language: Language,
    /// The text, in reading order.
    pub blocks: Vec<Block>,
    /// The constituent documents.
    pub documents: Vec<Document>,
}

impl Record {
    /// The blocks of one of its documents.
    #[must_use]
    pub fn blocks_of(&self, document: &Document) -> &[Block] {
        let (first, last) = document.blocks;
        self.blocks.get(first as usize..=last as usize).unwrap_or_default()
    }
}

/// How reading a file went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// All of its text came out.
    Ok,
    /// Text came out, and something was lost.
    Partial,
    /// No text.
    Failed,
    /// Same bytes as an earlier input.
    Duplicate,
}

/// The language of a document (BCP 47).
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Norwegian bokmål.
    Nb,
    /// Norwegian nynorsk.
    Nn,
    /// Swedish.
    Sv,
    /// Danish.
    Da,
    /// English.
    En,
    /// Undetermined.
    #[default]
    Und,
}

/// The language of a document and what told it.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spoken {
    /// The language.
    pub tag: Language,
    /// How many words that tell of each language stand in the text, by tag.
    pub words: std::collections::BTreeMap<String, u32>,
}

impl Language {
    /// The tag, as the language packs and the record give it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Nb => "nb",
            Self::Nn => "nn",
            Self::Sv => "sv",
            Self::Da => "da",
            Self::En => "en",
            Self::Und => "und",
        }
    }
}

/// What is known about the file itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceInfo {
    /// Path relative to the input folder, with `/`, in NFC.
    pub path: String,
    /// SHA-256 of the bytes, in lower-case hexadecimal; empty where they could not be read.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// What kind of file it is.
    pub format: FormatInfo,
    /// The character encoding of a text file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// Number of pages, where the format says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// What the file says about itself: `title`, `author`, `created`, `modified`, `producer`, ...
    pub properties: Properties,
    /// What the file declares against what came out.
    pub completeness: Completeness,
    /// Text that tracked changes mark as deleted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deleted: Vec<DeletedText>,
    /// Files embedded in the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub embedded: Vec<Embedded>,
    /// Path of the first input with the same bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<String>,
    /// Path of the container that the file came out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
}

/// The format of a file, by its content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormatInfo {
    /// PRONOM identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub puid: Option<String>,
    /// The format's name.
    pub name: String,
    /// Media type.
    pub mime: String,
    /// What the identification rests on.
    pub basis: String,
    /// What was odd about the format.
    pub warnings: Vec<String>,
}

/// How much text the file declares and how much came out, in characters other than white space.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Completeness {
    /// What the file declares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_chars: Option<u64>,
    /// What stands in the blocks.
    pub extracted_chars: u64,
}

/// An agenda, minutes, a case paper, a meeting plan: one constituent document of a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// `d1`, `d2`, ... in the order of the file.
    pub id: String,
    /// What kind of document it is.
    pub kind: Kind,
    /// The title as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Sourced<String>>,
    /// First and last block, inclusive.
    pub blocks: (u32, u32),
    /// The language of its text.
    #[serde(default)]
    pub language: Spoken,
    /// The body that meets, in ordinary case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Sourced<String>>,
    /// The municipality, without the word "kommune".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<Sourced<String>>,
    /// The document's own reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Sourced<String>>,
    /// Who prepared it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_officer: Option<Sourced<String>>,
    /// The date of the document itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_date: Option<Sourced<String>>,
    /// The meeting.
    #[serde(default, skip_serializing_if = "Meeting::is_empty")]
    pub meeting: Meeting,
    /// Who was invited, met, was absent.
    pub attendance: Vec<Attendance>,
    /// The cases, in the order of the document.
    pub cases: Vec<Case>,
    /// Tables outside the cases.
    pub tables: Vec<Table>,
    /// Rows of a meeting plan; in minutes the next meetings of the body that they announce.
    pub planned_meetings: Vec<PlannedMeeting>,
    /// Attachments announced outside the cases.
    pub attachments: Vec<Attachment>,
    /// Signatures at the end.
    pub signatures: Vec<Signature>,
    /// Fields that are filled with a dot, a dash and the like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub placeholders: Vec<Placeholder>,
    /// Words of vote, decision and amount: seen against explained.
    #[serde(default)]
    pub coverage: Coverage,
}

/// What kind of document it is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Innkalling, sakliste.
    Agenda,
    /// Protokoll, møtebok.
    Minutes,
    /// Saksframlegg.
    CasePaper,
    /// Saksprotokoll, særutskrift.
    CaseMinutes,
    /// Møteplan.
    MeetingPlan,
    /// An attachment.
    Attachment,
    /// Something else.
    #[default]
    Other,
}

/// Date, time and place of a meeting, and who led it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Sourced<String>>,
    /// The last day of a meeting over several days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<Sourced<String>>,
    /// `HH:MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Sourced<String>>,
    /// `HH:MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Sourced<String>>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Sourced<String>>,
    /// The meeting's own number, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Sourced<String>>,
    /// Who chaired, where a field says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chair: Option<Sourced<String>>,
    /// Who kept the minutes, where a field says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secretary: Option<Sourced<String>>,
}

impl Meeting {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One person in one role at a meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// The name as printed.
    pub name: Sourced<String>,
    /// In what way the person was there.
    pub status: AttendanceStatus,
    /// `ordfører`, `medlem`, `rådmann`, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Sourced<String>>,
    /// Party or municipality, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub represents: Option<Sourced<String>>,
    /// For whom a deputy met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy_for: Option<Sourced<String>>,
    /// The first case the person was present for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_case: Option<Sourced<CaseNumber>>,
    /// The last case the person was present for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_case: Option<Sourced<CaseNumber>>,
}

impl Attendance {
    /// Somebody of whom no more is known.
    #[must_use]
    pub fn new(name: Sourced<String>, status: AttendanceStatus) -> Self {
        Self { name, status, role: None, represents: None, deputy_for: None, from_case: None, to_case: None }
    }
}

/// In what way a person was at a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttendanceStatus {
    /// Called to the meeting.
    Invited,
    /// A member who met.
    Present,
    /// A member who did not.
    Absent,
    /// A deputy who met.
    Deputy,
    /// From the administration.
    Staff,
    /// With the right to speak or to listen.
    Observer,
}

/// A case number: `AU 28/22` is series `AU`, sequence 28, year 2022.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseNumber {
    /// The letters alone, as printed; `null` where none are.
    pub series: Option<String>,
    /// The running number.
    pub sequence: u32,
    /// Four digits; `null` for running numbers without a year.
    pub year: Option<i16>,
}

impl fmt::Display for CaseNumber {
    /// `AU 28/22`: series, sequence without leading zeros, two-digit year (contract section 3).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(series) = &self.series {
            write!(f, "{series} ")?;
        }
        write!(f, "{}", self.sequence)?;
        if let Some(year) = self.year {
            write!(f, "/{:02}", year.rem_euclid(100))?;
        }
        Ok(())
    }
}

/// One case (sak): an item of the agenda, its proposals, its treatment, its decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Sourced<CaseNumber>>,
    /// The title without a full stop at the end.
    pub title: Sourced<String>,
    /// The title in the document's own agenda list, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed_title: Option<Sourced<String>>,
    /// eInnsyn's *møtesakstype*.
    #[serde(rename = "type")]
    pub kind: CaseType,
    /// The archive's case number (Noark 5: the *saksmappe*'s), also with the number of a document in it, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive_reference: Option<Sourced<String>>,
    /// Who prepared the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_officer: Option<Sourced<String>>,
    /// Treated behind closed doors.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// The presentation of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<Sourced<String>>,
    /// What was proposed.
    pub proposals: Vec<Proposal>,
    /// What was said about the treatment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliberation: Option<Sourced<String>>,
    /// The votes.
    pub votes: Vec<Vote>,
    /// The decision; `null` where none stands.
    pub decision: Option<Decision>,
    /// Attachments announced in the case.
    pub attachments: Vec<Attachment>,
    /// Cases referred to.
    pub references: Vec<Reference>,
    /// Tables in the case.
    pub tables: Vec<Table>,
}

/// eInnsyn's *møtesakstype*.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseType {
    /// About the meeting itself.
    Meeting,
    /// An ordinary case.
    #[default]
    Political,
    /// Decided by delegation.
    Delegated,
    /// A question or interpellation.
    Interpellation,
    /// Approval of minutes or of the agenda.
    Approval,
    /// An orientation.
    Information,
    /// Letters and messages referred.
    Report,
    /// Any other business.
    Other,
}

/// Something proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The proposed text.
    pub text: Sourced<String>,
    /// Who proposes: an office in its plain form, or a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Sourced<String>>,
    /// What kind of proposal it is.
    pub kind: ProposalKind,
}

/// What kind of proposal it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProposalKind {
    /// From the administration or a preparing body.
    Recommendation,
    /// A change to another proposal.
    Amendment,
    /// Instead of another proposal.
    Alternative,
    /// In addition to another proposal.
    Addition,
}

/// One vote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// How it was taken or is told.
    pub form: VoteForm,
    /// Votes for, as stated; where two proposals were set against one another, those for the one that carried.
    #[serde(rename = "for", default, skip_serializing_if = "Option::is_none")]
    pub for_count: Option<Sourced<u32>>,
    /// Votes against, as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Sourced<u32>>,
    /// Blank votes and abstentions, as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abstain: Option<Sourced<u32>>,
    /// Who voted for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub for_names: Vec<Sourced<String>>,
    /// Who voted against.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against_names: Vec<Sourced<String>>,
    /// Decided by the chair's double vote.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub casting_vote: bool,
    /// What was voted on, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Sourced<String>>,
    /// What came of what was voted on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<VoteOutcome>,
    /// The words that tell of the vote.
    pub said: Sourced<String>,
}

/// How a vote was taken or is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoteForm {
    /// All for.
    Unanimous,
    /// Numbers on each side.
    Counts,
    /// Names on each side.
    Names,
    /// One proposal against another, told without names.
    Alternatives,
    /// In writing, secretly.
    Secret,
    /// By acclamation.
    Acclamation,
}

/// What came of what was voted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoteOutcome {
    /// It was adopted.
    Adopted,
    /// It fell.
    Rejected,
}

/// A decision (vedtak).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The text.
    pub text: Sourced<String>,
    /// What was decided on the matter.
    pub outcome: Outcome,
    /// Whether the body decides for good: not for recommendations and postponed cases.
    #[serde(rename = "final")]
    pub is_final: bool,
}

/// What was decided on a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Adopted, approved, elected.
    Adopted,
    /// What was proposed fell; a refused application is an adopted decision.
    Rejected,
    /// Put off.
    Postponed,
    /// Taken note of.
    Noted,
    /// Sent on or back.
    Referred,
    /// Withdrawn.
    Withdrawn,
    /// Recommended to another body.
    Recommended,
    /// Nothing decided.
    None,
}

/// A case referred to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The number as printed.
    pub number: Sourced<CaseNumber>,
    /// In what way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
    /// The body named beside the number, in the form of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved_to: Option<Sourced<String>>,
}

/// In what way a case is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The case follows it up.
    FollowUp,
    /// The case approves it.
    Approves,
    /// It is mentioned.
    Mentions,
}

/// An attachment announced in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// `Vedlegg 1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Sourced<String>>,
    /// Its title.
    pub title: Sourced<String>,
    /// The constituent document of this file that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

/// A table of amounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The table's caption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Sourced<String>>,
    /// What the table is about.
    pub kind: TableKind,
    /// The unit of the amounts: `kr`, `1000 kr`, `kr/m3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The columns, that of the labels first.
    pub columns: Vec<Column>,
    /// The rows that are no totals.
    pub rows: Vec<Row>,
    /// Totals and subtotals, in order.
    pub totals: Vec<Total>,
}

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// Fees, prices, contributions.
    Fee,
    /// A budget or accounts.
    Budget,
    /// Something else with numbers.
    Other,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The head of the column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Sourced<String>>,
    /// What stands in it.
    pub kind: ColumnKind,
    /// The year that the head names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// The rows' labels.
    Label,
    /// Money.
    Amount,
    /// Per cent.
    Percent,
    /// A number of something.
    Count,
    /// Text.
    Text,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The label.
    pub label: Sourced<String>,
    /// The municipality that the label names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<Municipality>,
    /// The cells after the label; decimal strings in columns of numbers.
    pub cells: Vec<Option<Sourced<String>>>,
    /// The row's place in the table, from 0, counted with the totals.
    pub position: u32,
}

/// A total or subtotal of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// The label.
    pub label: Sourced<String>,
    /// The cells after the label.
    pub cells: Vec<Option<Sourced<String>>>,
    /// The row's place in the table, from 0, counted with the rows.
    pub position: u32,
}

/// A municipality at the date of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Municipality {
    /// The four-digit code of the document's year.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A row of a meeting plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedMeeting {
    /// The body that is to meet.
    pub body: Sourced<String>,
    /// `YYYY-MM-DD`.
    pub date: Sourced<String>,
    /// The weekday as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<Sourced<String>>,
    /// `HH:MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Sourced<String>>,
    /// `HH:MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Sourced<String>>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Sourced<String>>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sourced<String>>,
}

/// A signature at the end of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// The name as printed.
    pub name: Sourced<String>,
    /// The role as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Sourced<String>>,
    /// Marked as signed: `(sign.)`, `/s/`.
    pub signed: bool,
    /// The date of signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Sourced<String>>,
}

/// A field that is filled with something that says nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Placeholder {
    /// The field's label as printed.
    pub label: Sourced<String>,
    /// What stands in it.
    pub filling: Sourced<String>,
}

/// Words of vote, decision and amount in a document: how many were seen and how many lie in something extracted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// Words seen.
    pub seen: u32,
    /// Words that lie in an extracted vote, decision, proposal, background or table.
    pub explained: u32,
}
