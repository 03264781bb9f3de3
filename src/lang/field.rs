//! What labels, titles and heads of columns announce: the keys of the packs' lists.

use serde::Deserialize;

/// What a label or a section head announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the fields of the record")]
pub enum Field {
    Body,
    Place,
    Date,
    /// A date that is the meeting's, or, where another label gives that, the document's.
    PlainDate,
    DocumentDate,
    Time,
    End,
    MeetingNumber,
    CaseOfficer,
    ArchiveReference,
    Reference,
    Classification,
    Chair,
    Secretary,
    Municipality,
    Invited,
    Present,
    Absent,
    Deputies,
    Staff,
    Observers,
    Treated,
    AgendaList,
    CaseNumber,
    CaseTitle,
    Route,
    Background,
    Deliberation,
    Voting,
    Decision,
    Proposal,
    Amendment,
    Addition,
    Alternative,
    Attachments,
    Remarks,
    NextMeeting,
    Signatures,
    Count,
}

impl Field {
    /// Fields that list people.
    #[must_use]
    pub fn is_attendance(self) -> bool {
        matches!(self, Self::Invited | Self::Present | Self::Absent | Self::Deputies | Self::Staff | Self::Observers)
    }

    /// Fields whose value is a few words on the label's line.
    #[must_use]
    pub fn is_value(self) -> bool {
        matches!(
            self,
            Self::Body
                | Self::Place
                | Self::Date
                | Self::PlainDate
                | Self::DocumentDate
                | Self::Time
                | Self::End
                | Self::MeetingNumber
                | Self::CaseOfficer
                | Self::ArchiveReference
                | Self::Reference
                | Self::Classification
                | Self::Chair
                | Self::Secretary
                | Self::Treated
                | Self::CaseNumber
                | Self::CaseTitle
                | Self::NextMeeting
                | Self::Municipality
        )
    }

    /// Fields that head a section of a case.
    #[must_use]
    pub fn is_section(self) -> bool {
        matches!(
            self,
            Self::Background
                | Self::Deliberation
                | Self::Voting
                | Self::Decision
                | Self::Proposal
                | Self::Amendment
                | Self::Addition
                | Self::Alternative
                | Self::Attachments
                | Self::Remarks
                | Self::Route
        )
    }
}

/// What a title word says about the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the kinds of the record")]
pub enum TitleWord {
    Agenda,
    Minutes,
    CasePaper,
    CaseMinutes,
    MeetingPlan,
    AgendaList,
}

/// What the head of a column says about its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ColumnHead {
    Name,
    Role,
    Represents,
    DeputyFor,
    Deputy,
    Number,
    Archive,
    Title,
    Date,
    Weekday,
    Body,
    Time,
    Place,
    Closed,
    Note,
    Decision,
    Proposal,
    Deliberation,
    Vote,
}
