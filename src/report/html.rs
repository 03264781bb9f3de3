//! The quality report: one HTML file that needs nothing beside itself.

use std::collections::{BTreeMap, HashMap};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::csv::{self, List};
use super::{Report, ReportError, by_rule, percent};
use crate::archive::{LedgerLine, record_path};
use crate::document::ProblemCode;
use crate::finding::Level;
use crate::messages::Lang;
use crate::model::Status;
use crate::rules::{RULES, Subject};

mod findings;
mod pictures;

pub(crate) use findings::excerpt;

/// How many failed files are listed.
const LISTED: usize = 500;

pub(crate) const STYLE: &str = include_str!("report.css");

/// Writes `OUT/report.html` and, beside it, `OUT/findings.csv` with every finding.
///
/// # Errors
/// Where a file of the archive cannot be read or the report cannot be written.
pub fn write(report: &Report) -> Result<(), ReportError> {
    let mut sheet = Vec::new();
    csv::write(report, List::Findings, &mut sheet)?;
    report.archive.write("findings.csv", &sheet)?;
    let mut page = Page { report, lang: report.view.lang, texts: HashMap::new() };
    report.archive.write("report.html", page.whole().into_string().as_bytes())?;
    Ok(())
}

/// The pictures of the bodies' meetings and approvals, and the table of missing numbers.
pub(crate) fn pictures(report: &Report) -> Markup {
    let page = Page { report, lang: report.view.lang, texts: HashMap::new() };
    html! { (page.meetings()) (page.approvals()) (page.missing_numbers()) }
}

struct Page<'a> {
    report: &'a Report<'a>,
    lang: Lang,
    /// Texts of the blocks that findings point to, by path.
    texts: HashMap<String, Vec<String>>,
}

impl Page<'_> {
    fn t(&self, nb: &'static str, en: &'static str) -> &'static str {
        self.lang.pick(nb, en)
    }

    fn n(&self, number: u64) -> String {
        self.lang.number(number)
    }

    fn clean(&self, text: &str) -> String {
        self.report.view.text(text)
    }

    fn whole(&mut self) -> Markup {
        let inputs = self.report.summary.run.inputs.join(", ");
        let title = self.t("Kvalitetsrapport", "Quality report");
        let open = self.report.open_findings();
        let rules = by_rule(&open);
        let findings = self.findings(&rules, open.len());
        let judged = self.judged();
        html! {
            (DOCTYPE)
            html lang=(self.lang.tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="generator" content={ "motebok " (self.report.summary.run.version) };
                    title { (title) " – " (inputs) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#findings" { (self.t("Gå til funnene", "Go to the findings")) }
                    header { h1 { (title) } p { (inputs) } }
                    nav aria-label=(self.t("Innhold", "Contents")) {
                        @for (id, name) in [
                            ("files", self.t("Filer", "Files")),
                            ("meetings", self.t("Møter", "Meetings")),
                            ("findings", self.t("Funn", "Findings")),
                            ("judged", self.t("Vurderte funn", "Judged findings")),
                            ("made", self.t("Slik ble rapporten til", "How this was made")),
                        ] { a href={ "#" (id) } { (name) } " " }
                    }
                    main {
                        (self.totals(open.len() as u64))
                        (self.files())
                        (self.documents())
                        (self.meetings())
                        (self.approvals())
                        (self.missing_numbers())
                        (findings)
                        (judged)
                        (self.failed())
                        (self.made())
                    }
                }
            }
        }
    }

    fn totals(&self, open: u64) -> Markup {
        let summary = &self.report.summary;
        let documents: u64 = summary.extracted.documents.values().sum();
        let level = |level| summary.findings.levels.get(&level).copied().unwrap_or_default();
        html! {
            section.totals aria-label=(self.t("Summer", "Totals")) {
                @for (count, what) in [
                    (summary.inputs, self.t("filer", "files")),
                    (documents, self.t("dokumenter", "documents")),
                    (summary.extracted.cases, self.t("saker", "cases")),
                    (summary.extracted.decisions, self.t("vedtak", "decisions")),
                    (summary.extracted.votes, self.t("voteringer", "votes")),
                    (summary.extracted.tables, self.t("tabeller", "tables")),
                    (level(Level::Error), self.lang.level(Level::Error)),
                    (level(Level::Warning), self.lang.level(Level::Warning)),
                    (open, self.t("åpne funn", "open findings")),
                ] {
                    div { strong { (self.n(count)) } span { (what) } }
                }
            }
        }
    }

    fn files(&self) -> Markup {
        let summary = &self.report.summary;
        let share = |part: u64, of: u64| if of == 0 { 100.0 } else { 100.0 * part as f64 / of as f64 };
        let read = summary.status.get(&Status::Ok).copied().unwrap_or_default();
        let words = (summary.extracted.words_explained, summary.extracted.words_seen);
        html! {
            section #files {
                h2 { (self.t("Filer", "Files")) }
                p {
                    (format!("{:.0} % ", share(read, summary.inputs)))
                    (self.t("av filene er lest i sin helhet. ", "of the files were read whole. "))
                    @if words.1 > 0 {
                        (format!("{:.0} % ", share(words.0, words.1)))
                        (self.t("av ordene om votering, vedtak og beløp ligger i noe som er hentet ut.",
                            "of the words of vote, decision and amount lie in something extracted."))
                    }
                }
                div.columns {
                    (self.counts(self.t("Utfall", "Outcome"), summary.status.iter().map(|(s, n)| (self.lang.status(*s).to_owned(), *n))))
                    (self.counts(self.t("Format", "Format"), summary.formats.iter().map(|f| {
                        let name = if f.name.is_empty() { self.t("ukjent", "unknown") } else { &f.name };
                        (format!("{name} {}", f.puid.as_deref().unwrap_or_default()), f.files)
                    })))
                    (self.counts(self.t("Problemer", "Problems"), summary.problems.iter().map(|(p, n)| (self.lang.problem(*p).to_owned(), *n))))
                    (self.counts(self.t("Utelatt", "Left out"), [
                        (self.t("skjulte filer", "hidden files").to_owned(), summary.left_out.hidden),
                        (self.t("fasitfiler", "gold files").to_owned(), summary.left_out.gold),
                        (".motebokignore".to_owned(), summary.left_out.ignored),
                    ].into_iter()))
                }
            }
        }
    }

    fn documents(&self) -> Markup {
        let kinds = self.report.summary.extracted.documents.iter().map(|(k, n)| (self.lang.kind(*k).to_owned(), *n));
        html! {
            section {
                h2 { (self.t("Dokumenter", "Documents")) }
                div.columns { (self.counts(self.t("Slag", "Kind"), kinds)) }
            }
        }
    }

    /// A table of counts, without those that are 0.
    fn counts(&self, head: &str, rows: impl Iterator<Item = (String, u64)>) -> Markup {
        let mut rows: Vec<(String, u64)> = rows.filter(|(_, n)| *n > 0).collect();
        rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        html! {
            @if !rows.is_empty() {
                table {
                    thead { tr { th scope="col" { (head) } th.number scope="col" { (self.t("antall", "number")) } } }
                    tbody { @for (what, count) in rows { tr { td { (what) } td.number { (self.n(count)) } } } }
                }
            }
        }
    }

    /// A link to the record of a file.
    fn link(&self, path: &str) -> Markup {
        let file = record_path(path);
        let href: String = std::iter::once("records".to_owned())
            .chain(file.iter().map(|part| percent(&part.to_string_lossy())))
            .collect::<Vec<_>>()
            .join("/");
        html! { a href=(href) { (self.clean(path)) } }
    }

    fn failed(&self) -> Markup {
        let failed: Vec<&LedgerLine> =
            self.report.ledger.iter().filter(|l| matches!(l.status, Status::Failed | Status::Partial)).collect();
        let what = |problem: Option<ProblemCode>| problem.map(|p| self.lang.problem(p)).unwrap_or_default();
        html! {
            @if !failed.is_empty() {
                section {
                    h2 { (self.t("Filer som ikke er lest i sin helhet", "Files that were not read whole")) }
                    table {
                        thead { tr {
                            th scope="col" { (self.t("fil", "file")) } th scope="col" { (self.t("utfall", "outcome")) }
                            th scope="col" { (self.t("årsak", "reason")) }
                        } }
                        tbody {
                            @for line in failed.iter().take(LISTED) {
                                tr { td { (self.link(&line.path)) } td { (self.lang.status(line.status)) } td { (what(line.problem)) } }
                            }
                        }
                    }
                    @if failed.len() > LISTED {
                        p.note { (self.n((failed.len() - LISTED) as u64)) " " (self.t("til i", "more in")) " " a href="ledger.jsonl" { "ledger.jsonl" } }
                    }
                }
            }
        }
    }

    fn made(&self) -> Markup {
        let summary = &self.report.summary;
        let options: Vec<String> = summary.run.options.iter().map(|(k, v)| format!("{k} = {v}")).collect();
        let mut checked: BTreeMap<(bool, Subject), Vec<&str>> = BTreeMap::new();
        for rule in RULES {
            let count = summary.looked_at.get(&rule.subject).copied().unwrap_or_default();
            checked.entry((count == 0, rule.subject)).or_default().push(rule.id);
        }
        html! {
            section #made {
                h2 { (self.t("Slik ble rapporten til", "How this was made")) }
                dl {
                    dt { "motebok" } dd { (summary.run.version) }
                    dt { (self.t("Valg", "Options")) } dd { (options.join(", ")) }
                    dt { (self.t("Tid", "Time")) } dd { (self.lang.duration(summary.run.millis)) }
                    dt { (self.t("Alle data", "All data")) }
                    dd {
                        @for (i, file) in DATA.iter().enumerate() { @if i > 0 { ", " } a href=(file) { (file) } }
                    }
                }
                h3 { (self.t("Regler", "Rules")) }
                table {
                    thead { tr {
                        th scope="col" { (self.t("så på", "looked at")) } th.number scope="col" { (self.t("antall", "number")) }
                        th scope="col" { (self.t("regler", "rules")) }
                    } }
                    tbody {
                        @for ((is_idle, subject), rules) in &checked {
                            tr {
                                td { (self.lang.subject(*subject)) }
                                td.number { (self.n(summary.looked_at.get(subject).copied().unwrap_or_default())) }
                                td { (rules.join(", ")) @if *is_idle { " – " strong { (self.t("ikke prøvd", "not tried")) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The files of the output folder that the report names.
const DATA: [&str; 5] = ["findings.csv", "findings.jsonl", "bodies.jsonl", "ledger.jsonl", "summary.json"];
