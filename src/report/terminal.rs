//! The summary of a run for a terminal.

use std::fmt::Write as _;

use super::{Report, by_rule};
use crate::archive::Summary;
use crate::finding::{Finding, Level};
use crate::messages::Lang;
use crate::model::Status;

/// How many rules and files are listed.
const LISTED: usize = 8;

/// Colours for a terminal, or none.
#[derive(Debug, Clone, Copy)]
pub struct Paint(pub bool);

impl Paint {
    /// `text` in an SGR style (ECMA-48): `1` bold, `2` faint, `31` red, `32` green, `33` yellow, `36` cyan.
    #[must_use]
    pub fn style(self, code: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// `text` in the colour of a level.
    #[must_use]
    pub fn level(self, level: Level, text: &str) -> String {
        self.style(level_code(level), text)
    }
}

fn level_code(level: Level) -> &'static str {
    match level {
        Level::Error => "31",
        Level::Warning => "33",
        Level::Info => "36",
    }
}

/// The summary of a run.
#[must_use]
pub fn summary(report: &Report, paint: Paint) -> String {
    let (summary, lang) = (&report.summary, report.view.lang);
    let mut text = String::new();
    let head = |title: &str, text: &mut String| {
        let _ = writeln!(text, "\n{}", paint.style("1", title));
    };
    let row = |text: &mut String, count: u64, what: &str| {
        let _ = writeln!(text, "{:>9}  {what}", lang.number(count));
    };
    head(&format!("{} {}", lang.number(summary.inputs), lang.pick("filer", "files")), &mut text);
    for (status, count) in summary.status.iter().filter(|(_, count)| **count > 0) {
        let code = match status {
            Status::Ok => "32",
            Status::Partial => "33",
            Status::Failed => "31",
            Status::Duplicate => "2",
        };
        row(&mut text, *count, &paint.style(code, lang.status(*status)));
    }
    for (problem, count) in &summary.problems {
        row(&mut text, *count, &paint.style("2", &format!("– {}", lang.problem(*problem))));
    }
    let out = summary.left_out;
    if out.total() > 0 {
        let parts = [
            (out.hidden, lang.pick("skjulte", "hidden")),
            (out.gold, lang.pick("fasit", "gold")),
            (out.ignored, lang.pick("etter .motebokignore", "by .motebokignore")),
        ];
        let parts: Vec<String> =
            parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", lang.number(*n))).collect();
        let what = format!("{} ({})", lang.pick("utelatt", "left out"), parts.join(", "));
        row(&mut text, out.total(), &paint.style("2", &what));
    }

    let extracted = &summary.extracted;
    let documents: u64 = extracted.documents.values().sum();
    head(&format!("{} {}", lang.number(documents), lang.pick("dokumenter", "documents")), &mut text);
    for (kind, count) in &extracted.documents {
        row(&mut text, *count, lang.kind(*kind));
    }
    for (count, what) in [
        (extracted.cases, lang.pick("saker", "cases")),
        (extracted.decisions, lang.pick("vedtak", "decisions")),
        (extracted.votes, lang.pick("voteringer", "votes")),
        (extracted.tables, lang.pick("tabeller", "tables")),
    ] {
        row(&mut text, count, what);
    }

    head(&format!("{} {}", lang.number(summary.findings.total), lang.pick("funn", "findings")), &mut text);
    for (level, count) in summary.findings.levels.iter().rev() {
        row(&mut text, *count, &paint.level(*level, lang.level(*level)));
    }
    verdicts(&mut text, report, paint);
    let open = report.open_findings();
    let rules = by_rule(&open);
    if !rules.is_empty() {
        let _ = writeln!(text);
    }
    let width = rules.iter().take(LISTED).map(|(rule, ..)| rule.len()).max().unwrap_or_default();
    for (rule, level, all) in rules.iter().take(LISTED) {
        let about = crate::rules::RULES.iter().find(|r| r.id == *rule).map(|r| lang.summary(r)).unwrap_or_default();
        let name = paint.level(*level, &format!("{rule:width$}"));
        row(&mut text, all.len() as u64, &format!("{name}  {about}"));
    }
    worst_files(&mut text, &open, lang, paint);
    let _ = writeln!(
        text,
        "\n{}  {} {}\n{}  {}",
        lang.pick("Tid    ", "Time   "),
        lang.duration(summary.run.millis),
        again(summary, lang),
        lang.pick("Rapport", "Report "),
        report.archive.file("report.html").display()
    );
    text
}

/// How many findings are judged, and how many verdicts no longer apply.
fn verdicts(text: &mut String, report: &Report, paint: Paint) {
    let lang = report.view.lang;
    let (judged, outdated) = (report.judged_findings().len(), report.verdicts.outdated(&report.findings).len());
    for line in &report.verdicts.damaged {
        let what = lang.pick("verdicts.jsonl: ingen vurdering på linje", "verdicts.jsonl: no verdict on line");
        let _ = writeln!(text, "{:>9}  {} {line}", "!", paint.style("31", what));
    }
    for (count, what) in [
        (judged, lang.pick("av dem er vurdert", "of them are judged")),
        (outdated, lang.pick("vurderinger gjelder ikke lenger", "verdicts no longer apply")),
    ] {
        if count > 0 {
            let _ = writeln!(text, "{:>9}  {}", lang.number(count as u64), paint.style("2", what));
        }
    }
}

/// How many files were read anew.
fn again(summary: &Summary, lang: Lang) -> String {
    let read = lang.number(summary.run.read);
    match lang {
        Lang::Nb => format!("({read} filer lest nå)"),
        Lang::En => format!("({read} files read now)"),
    }
}

/// The files with most errors and warnings.
fn worst_files(text: &mut String, findings: &[&Finding], lang: Lang, paint: Paint) {
    let mut files: std::collections::BTreeMap<&str, (u64, u64)> = std::collections::BTreeMap::new();
    for finding in findings {
        let count = files.entry(&finding.path).or_default();
        match finding.level {
            Level::Error => count.0 += 1,
            Level::Warning => count.1 += 1,
            Level::Info => {}
        }
    }
    let mut files: Vec<_> = files.into_iter().filter(|(_, (errors, warnings))| errors + warnings > 1).collect();
    files.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    if files.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", paint.style("1", lang.pick("Flest funn", "Most findings")));
    for (path, (errors, warnings)) in files.iter().take(LISTED) {
        let errors = paint.level(Level::Error, &format!("{errors:>4} {}", lang.level(Level::Error)));
        let warnings = paint.level(Level::Warning, &format!("{warnings:>4} {}", lang.level(Level::Warning)));
        let _ = writeln!(text, "{errors} {warnings}  {path}");
    }
}
