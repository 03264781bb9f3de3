//! Records to findings and totals.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::Path;

use super::guard::guarded;
use crate::archive::{Extracted, FindingCounts, FormatCount, LedgerLine, Run, SUMMARY_SCHEMA, Summary};
use crate::bodies::{Body, Meeting, bodies};
use crate::document::ProblemCode;
use crate::facts::{DocumentFact, Facts, Spool, facts_of};
use crate::finding::{Finding, Level, Place};
use crate::model::{CaseType, Document, Kind, Record, Status};
use crate::rules::{Check, RULES, Rule, Subject, check_archive, check_record};
use crate::source::LeftOut;

/// The rule that looks at duplicates, which the others do not see.
const DUPLICATE_RULE: &str = "file-duplicate";

/// The rule under which it is reported that something of motebok's own went wrong.
const SUSPECT_RULE: &str = "extraction-suspect";

/// Goes over the records of an archive, in order of path.
pub(super) struct Checker<'a> {
    levels: &'a BTreeMap<String, Level>,
    record: &'a (dyn Fn(&str) -> Option<Record> + Sync),
    spool: Spool,
    findings: Vec<Finding>,
    bodies: Vec<Body>,
    /// Path and number, or title, of the cases that are closed to the public.
    closed: HashSet<(String, String)>,
    counts: Counts,
}

/// What one record came to.
pub(super) struct Looked {
    findings: Vec<Finding>,
    facts: Vec<DocumentFact>,
}

impl<'a> Checker<'a> {
    /// `record` gives the record of a path; facts are laid down in `folder` or, where there is none, kept in memory.
    pub(super) fn new(
        levels: &'a BTreeMap<String, Level>,
        record: &'a (dyn Fn(&str) -> Option<Record> + Sync),
        folder: Option<&Path>,
    ) -> Self {
        Self {
            levels,
            record,
            spool: Spool::new(folder),
            findings: Vec::new(),
            bodies: Vec::new(),
            closed: HashSet::new(),
            counts: Counts::default(),
        }
    }

    /// What the rules that look at one record find, and what the others need of it.
    pub(super) fn look(record: &Record) -> Looked {
        Looked { findings: Self::findings_of(record), facts: facts_of(record) }
    }

    fn findings_of(record: &Record) -> Vec<Finding> {
        if record.status == Status::Duplicate {
            return RULES.iter().filter(|r| r.id == DUPLICATE_RULE).flat_map(|r| one_rule(r, record)).collect();
        }
        // All at once; only where a rule panics, one by one, so that the others are heard.
        let mut findings = guarded(|| check_record(record))
            .unwrap_or_else(|_| RULES.iter().flat_map(|rule| one_rule(rule, record)).collect());
        if let Some(problem) = record.problems.iter().find(|p| p.code == ProblemCode::InvalidRecord) {
            findings.push(own_fault(
                &record.source.path,
                problem.message.clone(),
                format!("det som ble hentet ut, holder ikke mål: {}", problem.message),
            ));
        }
        findings
    }

    /// Takes in a record and what it came to.
    pub(super) fn add(&mut self, record: &Record, looked: Looked) -> io::Result<()> {
        let Looked { findings, facts } = looked;
        let dated = |id: &str| record.documents.iter().find(|d| d.id == id)?.meeting.date.as_ref().map(|d| &d.value);
        self.take(findings, |finding| dated(finding.document.as_deref()?).map(String::as_str));
        self.counts.add(record);
        if record.status != Status::Duplicate {
            self.spool.add(&record.source.path, facts)?;
        }
        Ok(())
    }

    /// All findings in order, the bodies, and the totals.
    pub(super) fn finish(mut self) -> io::Result<Checked> {
        let spool = std::mem::replace(&mut self.spool, Spool::new(None));
        spool.each(self.record, of_bodies, |facts, found| self.add_bodies(facts, found))?;
        let Self { mut findings, bodies, closed, mut counts, .. } = self;
        mark_closed(&mut findings, &closed);
        findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()).then_with(|| a.message.cmp(&b.message)));
        let whole = |m: &&Meeting| !m.agendas.is_empty() && !m.minutes.is_empty();
        let meetings = bodies.iter().flat_map(|b| &b.meetings).filter(whole).count();
        counts.look(Subject::Meeting, meetings);
        Ok(Checked { findings, bodies, counts })
    }

    /// Takes in bodies and what the archive rules found.
    fn add_bodies(&mut self, facts: &Facts, found: Vec<Finding>) {
        let documents = &facts.documents;
        self.take(found, |finding| {
            let place = (&finding.path, finding.document.as_ref()?);
            let at = documents.binary_search_by(|d| (&d.path, &d.id).cmp(&place)).ok()?;
            documents.get(at)?.date.as_deref()
        });
        for document in documents {
            for case in document.cases.iter().filter(|c| c.closed) {
                let name = case.number.as_ref().map_or_else(|| case.title.clone(), ToString::to_string);
                self.closed.insert((document.path.clone(), name));
            }
        }
        self.bodies.extend(bodies(facts));
    }

    /// Takes in findings, with the level that they are to have. `date` tells when the meeting of one was.
    fn take<'d>(&mut self, findings: Vec<Finding>, date: impl Fn(&Finding) -> Option<&'d str>) {
        for mut finding in findings {
            // A finding that already differs from its rule's level, such as a rounding case, keeps its own.
            let own = RULES.iter().find(|r| r.id == finding.rule).map(|r| r.level);
            if let Some(level) = self.levels.get(&finding.rule).filter(|_| own.is_none_or(|l| l == finding.level)) {
                finding.level = *level;
            }
            self.counts.add_finding(&finding, date(&finding).map(year).unwrap_or_default());
            self.findings.push(finding);
        }
    }
}

/// What the archive rules find about the bodies at hand.
fn of_bodies(facts: &Facts) -> Vec<Finding> {
    guarded(|| check_archive(facts)).unwrap_or_else(|_| {
        let one = |rule: &&Rule| match rule.check {
            Check::Archive(check) => guarded(|| check(facts)).unwrap_or_else(|why| vec![stopped(rule, "", &why)]),
            Check::Record(_) => Vec::new(),
        };
        RULES.iter().flat_map(one).collect()
    })
}

/// What checking came to.
pub(super) struct Checked {
    /// The findings, in order.
    pub(super) findings: Vec<Finding>,
    /// The bodies.
    pub(super) bodies: Vec<Body>,
    /// The totals.
    pub(super) counts: Counts,
}

/// Marks the findings that are about a case closed to the public.
fn mark_closed(findings: &mut [Finding], closed: &HashSet<(String, String)>) {
    for finding in findings.iter_mut().filter(|_| !closed.is_empty()) {
        let mut paths = finding.at.iter().map(|p| &p.path).chain([&finding.path]);
        finding.closed =
            paths.any(|path| finding.cases.iter().any(|case| closed.contains(&(path.clone(), case.clone()))));
    }
}

/// The year of a day.
fn year(date: &str) -> &str {
    date.get(..4).unwrap_or(date)
}

fn one_rule(rule: &Rule, record: &Record) -> Vec<Finding> {
    match rule.check {
        Check::Record(check) => {
            guarded(|| check(record)).unwrap_or_else(|why| vec![stopped(rule, &record.source.path, &why)])
        }
        Check::Archive(_) => Vec::new(),
    }
}

fn stopped(rule: &Rule, path: &str, why: &str) -> Finding {
    let (rule, nb) = (rule.id, format!("regelen {} stoppet: {why}", rule.id));
    own_fault(path, format!("the rule {rule} stopped: {why}"), nb)
}

/// A finding about motebok itself.
fn own_fault(path: &str, message: String, message_nb: String) -> Finding {
    Finding {
        rule: SUSPECT_RULE.to_owned(),
        level: Level::Warning,
        values: BTreeMap::from([("fault".to_owned(), message.clone().into())]),
        message,
        message_nb,
        path: path.to_owned(),
        document: None,
        body: None,
        cases: Vec::new(),
        at: vec![Place { path: path.to_owned(), document: None, span: None }],
        suggestion: None,
        closed: false,
        fingerprint: String::new(),
    }
    .sealed()
}

/// Totals over the records.
#[derive(Debug, Default)]
pub(super) struct Counts {
    extracted: Extracted,
    formats: BTreeMap<(Option<String>, String), u64>,
    meetings: BTreeSet<(String, String)>,
    looked_at: BTreeMap<Subject, u64>,
    findings: FindingCounts,
}

impl Counts {
    fn add(&mut self, record: &Record) {
        self.look(Subject::File, 1);
        let format = &record.source.format;
        *self.formats.entry((format.puid.clone(), format.name.clone())).or_default() += 1;
        record.documents.iter().for_each(|d| self.look_at(d));
        let total = &mut self.extracted;
        for document in &record.documents {
            *total.documents.entry(document.kind).or_default() += 1;
            total.tables += document.tables.len() as u64;
            total.attendance += document.attendance.len() as u64;
            total.words_seen += u64::from(document.coverage.seen);
            total.words_explained += u64::from(document.coverage.explained);
            for case in &document.cases {
                total.cases += 1;
                total.decisions += u64::from(case.decision.is_some());
                total.votes += case.votes.len() as u64;
                total.tables += case.tables.len() as u64;
            }
            let is_meeting = matches!(document.kind, Kind::Agenda | Kind::Minutes);
            if let (Some(body), Some(date), true) = (&document.body, &document.meeting.date, is_meeting) {
                self.meetings.insert((body.value.clone(), date.value.clone()));
            }
        }
    }

    /// Counts a finding about a meeting of `year`.
    fn add_finding(&mut self, finding: &Finding, year: &str) {
        let Finding { level, rule, body, .. } = finding;
        let body = body.as_deref().unwrap_or_default();
        let FindingCounts { total, levels, rules, bodies, years } = &mut self.findings;
        *total += 1;
        *levels.entry(*level).or_default() += 1;
        for (counts, of) in [(rules, rule.as_str()), (bodies, body), (years, year)] {
            *counts.entry(of.to_owned()).or_default().entry(*level).or_default() += 1;
        }
    }

    fn look(&mut self, subject: Subject, count: usize) {
        *self.looked_at.entry(subject).or_default() += count as u64;
    }

    /// Counts what the rules look at.
    fn look_at(&mut self, document: &Document) {
        let cases = &document.cases;
        self.look(Subject::Document, 1);
        self.look(Subject::Minutes, usize::from(matches!(document.kind, Kind::Minutes | Kind::CaseMinutes)));
        self.look(Subject::Case, cases.len());
        self.look(Subject::Decision, cases.iter().filter(|c| c.decision.is_some()).count());
        self.look(Subject::Vote, cases.iter().map(|c| c.votes.len()).sum());
        self.look(Subject::Attendance, document.attendance.len());
        self.look(Subject::Table, document.tables.len() + cases.iter().map(|c| c.tables.len()).sum::<usize>());
        self.look(Subject::PlannedMeeting, document.planned_meetings.len());
        self.look(Subject::Reference, cases.iter().map(|c| c.references.len()).sum());
        self.look(Subject::Approval, cases.iter().filter(|c| c.kind == CaseType::Approval).count());
        let of_cases = cases.iter().map(|c| c.attachments.len()).sum::<usize>();
        self.look(Subject::Attachment, document.attachments.len() + of_cases);
    }

    /// The summary of an archive with these totals.
    pub(super) fn summary(self, lines: &[LedgerLine], left_out: LeftOut, bytes: u64, run: Run) -> Summary {
        let mut extracted = self.extracted;
        for (body, date) in self.meetings {
            *extracted.meetings.entry(body).or_default().entry(year(&date).to_owned()).or_default() += 1;
        }
        let mut status: BTreeMap<Status, u64> =
            [Status::Ok, Status::Partial, Status::Failed, Status::Duplicate].map(|s| (s, 0)).into();
        let mut problems: BTreeMap<ProblemCode, u64> = BTreeMap::new();
        for line in lines {
            *status.entry(line.status).or_default() += 1;
            if let Some(problem) = line.problem {
                *problems.entry(problem).or_default() += 1;
            }
        }
        let formats = self.formats.into_iter().map(|((puid, name), files)| FormatCount { puid, name, files }).collect();
        Summary {
            schema: SUMMARY_SCHEMA.to_owned(),
            inputs: lines.len() as u64,
            bytes,
            status,
            problems,
            formats,
            left_out,
            extracted,
            looked_at: self.looked_at,
            findings: self.findings,
            run,
        }
    }
}
