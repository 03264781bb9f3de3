//! What motebok says to people, in Norwegian bokmål and English.

use crate::document::ProblemCode;
use crate::finding::{Finding, Level};
use crate::model::{Kind, Status};
use crate::rules::{Rule, Subject};
use crate::verdict::Judgement;

/// The language of messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lang {
    /// Norwegian bokmål.
    Nb,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// The language that goes with a locale such as `nn_NO.UTF-8`.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        let tag = locale.split(['_', '.', '-', '@']).next().unwrap_or_default();
        if matches!(tag, "no" | "nb" | "nn") { Self::Nb } else { Self::En }
    }

    /// The language with a tag.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        [Self::Nb, Self::En].into_iter().find(|lang| lang.tag() == tag)
    }

    /// The language tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.pick("nb", "en")
    }

    /// The text in this language.
    #[must_use]
    pub fn pick(self, nb: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Nb => nb,
            Self::En => en,
        }
    }

    /// A number with its thousands apart.
    #[must_use]
    pub fn number(self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                text.push(if self == Self::Nb { '\u{a0}' } else { ',' });
            }
            text.push(digit);
        }
        text
    }

    /// A duration.
    #[must_use]
    pub fn duration(self, millis: u64) -> String {
        let seconds = millis / 1000;
        match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
            (0, 0, s) => {
                let tenths = format!("{s}.{} s", millis % 1000 / 100);
                if self == Self::Nb { tenths.replace('.', ",") } else { tenths }
            }
            (0, m, s) => format!("{m} min {s} s"),
            (h, m, _) => format!("{h} {} {m} min", self.pick("t", "h")),
        }
    }

    /// A status.
    #[must_use]
    pub fn status(self, status: Status) -> &'static str {
        match status {
            Status::Ok => self.pick("lest", "read"),
            Status::Partial => self.pick("delvis lest", "read in part"),
            Status::Failed => self.pick("ikke lest", "not read"),
            Status::Duplicate => self.pick("kopi", "duplicate"),
        }
    }

    /// The level of one finding.
    #[must_use]
    pub fn level_of_one(self, level: Level) -> &'static str {
        match level {
            Level::Error => self.pick("feil", "error"),
            Level::Warning => self.pick("advarsel", "warning"),
            Level::Info => self.level(level),
        }
    }

    /// A level, for counting.
    #[must_use]
    pub fn level(self, level: Level) -> &'static str {
        match level {
            Level::Error => self.pick("feil", "errors"),
            Level::Warning => self.pick("advarsler", "warnings"),
            Level::Info => self.pick("til orientering", "for information"),
        }
    }

    /// A kind of document, for counting.
    #[must_use]
    pub fn kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Agenda => self.pick("innkallinger", "agendas"),
            Kind::Minutes => self.pick("protokoller", "minutes"),
            Kind::CasePaper => self.pick("saksframlegg", "case papers"),
            Kind::CaseMinutes => self.pick("saksprotokoller", "case minutes"),
            Kind::MeetingPlan => self.pick("møteplaner", "meeting plans"),
            Kind::Attachment => self.pick("vedlegg", "attachments"),
            Kind::Other => self.pick("andre", "other"),
        }
    }

    /// What rules look at, for counting.
    #[must_use]
    pub fn subject(self, subject: Subject) -> &'static str {
        match subject {
            Subject::File => self.pick("filer", "files"),
            Subject::Document => self.pick("dokumenter", "documents"),
            Subject::Minutes => self.pick("protokoller", "minutes"),
            Subject::Meeting => self.pick("møter med både innkalling og protokoll", "meetings with agenda and minutes"),
            Subject::Case => self.pick("saker", "cases"),
            Subject::Decision => self.pick("vedtak", "decisions"),
            Subject::Vote => self.pick("voteringer", "votes"),
            Subject::Attendance => self.pick("oppføringer om frammøte", "attendance entries"),
            Subject::Table => self.pick("tabeller", "tables"),
            Subject::PlannedMeeting => self.pick("planlagte møter", "planned meetings"),
            Subject::Reference => self.pick("henvisninger til saker", "references to cases"),
            Subject::Approval => self.pick("saker som godkjenner protokoller", "cases that approve minutes"),
            Subject::Attachment => self.pick("vedlegg", "attachments"),
        }
    }

    /// What a person says of a finding.
    #[must_use]
    pub fn judgement(self, judgement: Judgement) -> &'static str {
        match judgement {
            Judgement::Accept => self.pick("godtatt", "accepted"),
            Judgement::Fixed => self.pick("rettet", "fixed"),
            Judgement::Wrong => self.pick("falsk alarm", "false alarm"),
        }
    }

    /// What a problem code means.
    #[must_use]
    pub fn problem(self, code: ProblemCode) -> &'static str {
        match code {
            ProblemCode::Empty => self.pick("tom fil", "empty file"),
            ProblemCode::Damaged => self.pick("skadet eller kuttet", "damaged or cut off"),
            ProblemCode::Encrypted => self.pick("krever passord", "needs a password"),
            ProblemCode::Unsupported => self.pick("format som ikke leses", "format that is not read"),
            ProblemCode::TextMissing => self.pick("sider uten tekst", "pages without text"),
            ProblemCode::TextIncomplete => self.pick("mindre tekst enn oppgitt", "less text than declared"),
            ProblemCode::LimitExceeded => self.pick("over en grense", "over a limit"),
            ProblemCode::ToolMissing => self.pick("hjelpeprogram mangler", "helper program missing"),
            ProblemCode::Timeout => self.pick("tok for lang tid", "took too long"),
            ProblemCode::OutOfMemory => self.pick("tok for mye minne", "took too much memory"),
            ProblemCode::Crashed => self.pick("leseren stoppet", "the reader stopped"),
            ProblemCode::Unreadable => self.pick("kan ikke åpnes", "cannot be opened"),
            ProblemCode::InvalidRecord => self.pick("uttrekket holder ikke mål", "what was extracted does not hold"),
        }
    }

    /// What a finding says.
    #[must_use]
    pub fn message(self, finding: &Finding) -> &str {
        match self {
            Self::Nb => &finding.message_nb,
            Self::En => &finding.message,
        }
    }

    /// What a rule says.
    #[must_use]
    pub fn summary(self, rule: &Rule) -> &'static str {
        self.pick(rule.summary_nb, rule.summary)
    }
}
