//! The quality report: one HTML file that needs nothing beside itself.

use std::collections::{BTreeMap, HashMap};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::by_rule;
use crate::archive::{Archive, ArchiveError, LedgerLine, Summary};
use crate::document::ProblemCode;
use crate::finding::{Finding, Level, Place};
use crate::mask::mask;
use crate::messages::Lang;
use crate::model::{Record, Status};
use crate::rules::RULES;

/// How many findings the page shows; the rest stand in `findings.jsonl`.
const SHOWN: usize = 2000;

/// How many failed files and bodies are listed.
const LISTED: usize = 500;

/// Bodies drawn in the timeline.
const BODIES: usize = 25;

/// Characters of source text shown before and after the marked place.
const AROUND: usize = 80;

const STYLE: &str = include_str!("report.css");

/// Writes `OUT/report.html`.
///
/// # Errors
/// Where a record cannot be read or the report cannot be written.
pub fn write(
    archive: &Archive,
    summary: &Summary,
    findings: &[Finding],
    ledger: &[LedgerLine],
    lang: Lang,
    unmask: bool,
) -> Result<(), ArchiveError> {
    let mut page = Page { archive, lang, unmask, records: HashMap::new() };
    let markup = page.whole(summary, findings, ledger);
    archive.write("report.html", markup.into_string().as_bytes())
}

struct Page<'a> {
    archive: &'a Archive,
    lang: Lang,
    unmask: bool,
    /// Texts of the blocks that findings point to, by path and block.
    records: HashMap<String, Vec<String>>,
}

impl Page<'_> {
    fn t(&self, nb: &'static str, en: &'static str) -> &'static str {
        self.lang.pick(nb, en)
    }

    fn n(&self, number: u64) -> String {
        self.lang.number(number)
    }

    fn clean(&self, text: &str) -> String {
        if self.unmask { text.to_owned() } else { mask(text).into_owned() }
    }

    fn whole(&mut self, summary: &Summary, findings: &[Finding], ledger: &[LedgerLine]) -> Markup {
        let rules = by_rule(findings);
        let title = self.t("Kvalitetsrapport", "Quality report");
        let by_rule = self.by_rule(&rules);
        html! {
            (DOCTYPE)
            html lang=(self.lang.tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="generator" content={ "motebok " (summary.run.version) };
                    title { (title) " – " (summary.run.inputs.join(", ")) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#findings" { (self.t("Gå til funnene", "Go to the findings")) }
                    header {
                        h1 { (title) }
                        p { (summary.run.inputs.join(", ")) }
                    }
                    main {
                        (self.totals(summary))
                        (self.files(summary))
                        (self.documents(summary))
                        (self.timeline(summary))
                        section #findings {
                            h2 { (self.t("Funn", "Findings")) }
                            @if findings.is_empty() { p { (self.t("Ingen funn.", "No findings.")) } }
                            (self.chart(&rules))
                            @if findings.len() > SHOWN {
                                p.note {
                                    (self.t("Siden viser et utvalg av funnene; alle står i ", "The page shows some of the findings; all stand in "))
                                    a href="findings.jsonl" { "findings.jsonl" } "."
                                }
                            }
                            (by_rule)
                        }
                        (self.failed(ledger))
                        (self.made(summary))
                    }
                }
            }
        }
    }

    fn totals(&self, summary: &Summary) -> Markup {
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
                ] {
                    div { strong { (self.n(count)) } span { (what) } }
                }
            }
        }
    }

    fn files(&self, summary: &Summary) -> Markup {
        let share = |part: u64, of: u64| if of == 0 { 100.0 } else { 100.0 * part as f64 / of as f64 };
        let read = summary.status.get(&Status::Ok).copied().unwrap_or_default();
        let words = (summary.extracted.words_explained, summary.extracted.words_seen);
        html! {
            section {
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

    fn documents(&self, summary: &Summary) -> Markup {
        let kinds = summary.extracted.documents.iter().map(|(k, n)| (self.lang.kind(*k).to_owned(), *n));
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

    /// Meetings per body and year; the darker, the more.
    fn timeline(&self, summary: &Summary) -> Markup {
        let mut bodies: Vec<(&String, &BTreeMap<String, u64>)> = summary.extracted.meetings.iter().collect();
        bodies.sort_by_key(|(name, years)| (std::cmp::Reverse(years.values().sum::<u64>()), name.as_str()));
        let more = bodies.len().saturating_sub(BODIES);
        bodies.truncate(BODIES);
        let years: Vec<i32> = bodies.iter().flat_map(|(_, y)| y.keys()).filter_map(|y| y.parse().ok()).collect();
        let (Some(first), Some(last)) = (years.iter().min(), years.iter().max()) else { return html! {} };
        let most = bodies.iter().flat_map(|(_, y)| y.values()).max().copied().unwrap_or(1);
        let span = (last - first + 1).min(150);
        // Each year has its name over it where there are few.
        let (row, label, cell) = (22, 240, if span < 12 { 40 } else { 20 });
        let (width, height) = (label + span * cell + 10, (bodies.len() as i32 + 1) * row + 8);
        html! {
            section {
                h2 { (self.t("Møter", "Meetings")) }
                div.scroll tabindex="0" {
                    svg viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) role="img"
                        aria-label=(self.t("Møter per organ og år", "Meetings by body and year")) {
                        @for year in (*first..first + span).filter(|y| y % 5 == 0 || span < 12) {
                            text.axis x=(label + (year - first) * cell) y="14" { (year) }
                        }
                        @for (i, (body, by_year)) in bodies.iter().enumerate() {
                            @let y = (i as i32 + 1) * row;
                            text x="0" y=(y + 15) { (self.clean(body).chars().take(34).collect::<String>()) }
                            @for (year, count) in by_year.iter() {
                                @if let Some(x) = year.parse::<i32>().ok().filter(|y| y - first < span) {
                                    rect.cell x=(label + (x - first) * cell) y=(y) width=(cell - 2) height=(row - 4) rx="2"
                                        fill-opacity=(format!("{:.2}", 0.25 + 0.75 * *count as f64 / most as f64)) {
                                        title { (body) " " (year) ": " (count) }
                                    }
                                }
                            }
                        }
                    }
                }
                @if more > 0 { p.note { (self.n(more as u64)) " " (self.t("organer til", "more bodies")) } }
            }
        }
    }

    fn chart(&self, rules: &[(&str, Level, Vec<&Finding>)]) -> Markup {
        let most = rules.iter().map(|(_, _, all)| all.len()).max().unwrap_or(1) as f64;
        html! {
            div.bars {
                @for (rule, level, all) in rules {
                    a href={ "#rule-" (rule) } { (rule) }
                    div.bar {
                        span class=(level.as_str()) style=(format!("width:{:.1}%", 100.0 * all.len() as f64 / most)) {}
                        b { (self.n(all.len() as u64)) }
                    }
                }
            }
        }
    }

    /// A section for each rule. What is shown is shared out, so that no rule crowds out another.
    fn by_rule(&mut self, rules: &[(&str, Level, Vec<&Finding>)]) -> Markup {
        let mut room = SHOWN;
        let mut sections = Vec::new();
        for (i, (rule, level, all)) in rules.iter().enumerate() {
            let left = rules.len() - i;
            let few = rules[i..].iter().map(|(.., all)| all.len()).min().unwrap_or_default();
            let share = all.len().min((room / left).max(few.min(room)));
            room -= share;
            sections.push(self.rule(rule, *level, all, share));
        }
        html! { @for section in sections { (section) } }
    }

    fn rule(&mut self, id: &str, level: Level, all: &[&Finding], share: usize) -> Markup {
        let rule = RULES.iter().find(|r| r.id == id);
        let shown: Vec<Markup> = all.iter().take(share).map(|finding| self.finding(finding)).collect();
        html! {
            section.rule id={ "rule-" (id) } {
                h3 { span class={ "tag " (level.as_str()) } { (self.lang.level(level)) } " " (id) " " small { (self.n(all.len() as u64)) } }
                @if let Some(rule) = rule {
                    p { (self.lang.summary(rule)) }
                    details { summary { (self.t("Om regelen", "About the rule")) } (manual(rule.manual)) }
                }
                @for finding in shown { (finding) }
                @if all.len() > share { p.note { (self.n((all.len() - share) as u64)) " " (self.t("til i", "more in")) " findings.jsonl" } }
            }
        }
    }

    fn finding(&mut self, finding: &Finding) -> Markup {
        let mut places: Vec<Markup> = Vec::new();
        for place in &finding.at {
            places.push(self.place(place));
        }
        html! {
            article.finding class=(finding.level.as_str()) {
                p.message { (self.clean(self.lang.message(finding))) }
                p.where {
                    @if !finding.cases.is_empty() { b { (finding.cases.join(", ")) } " " }
                    @if let Some(body) = &finding.body { (self.clean(body)) " · " }
                    (self.link(&finding.path))
                    @if let Some(suggestion) = &finding.suggestion { " · " (self.t("forslag: ", "suggestion: ")) (self.clean(suggestion)) }
                    " · " code { (finding.fingerprint) }
                }
                @for place in places { (place) }
            }
        }
    }

    /// A place of a finding: the text around it, the place itself marked.
    fn place(&mut self, place: &Place) -> Markup {
        let Some(span) = place.span else { return html! {} };
        let archive = self.archive;
        let blocks = self.records.entry(place.path.clone()).or_insert_with(|| {
            let texts = |record: Record| record.blocks.into_iter().map(|b| b.text).collect();
            archive.record(&place.path).map(texts).unwrap_or_default()
        });
        let Some(text) = blocks.get(span.block as usize) else { return html! {} };
        let text = if self.unmask { text.clone() } else { mask(text).into_owned() };
        let (Some(before), Some(marked), Some(after)) =
            (text.get(..span.start), text.get(span.start..span.end), text.get(span.end..))
        else {
            return html! {};
        };
        let from = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
        html! {
            blockquote {
                @if from > 0 { "… " } (&before[from..]) mark { (marked) } (&after[..to]) @if to < after.len() { " …" }
                cite { (place.path) " [" (span.block) "]" }
            }
        }
    }

    /// A link to the record of a file.
    fn link(&self, path: &str) -> Markup {
        let file = crate::archive::record_path(path);
        let href: String = std::iter::once("records".to_owned())
            .chain(file.iter().map(|part| percent(&part.to_string_lossy())))
            .collect::<Vec<_>>()
            .join("/");
        html! { a href=(href) { (path) } }
    }

    fn failed(&self, ledger: &[LedgerLine]) -> Markup {
        let failed: Vec<&LedgerLine> =
            ledger.iter().filter(|l| matches!(l.status, Status::Failed | Status::Partial)).collect();
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

    fn made(&self, summary: &Summary) -> Markup {
        let options: Vec<String> = summary.run.options.iter().map(|(k, v)| format!("{k} = {v}")).collect();
        html! {
            section {
                h2 { (self.t("Slik ble rapporten til", "How this was made")) }
                dl {
                    dt { "motebok" } dd { (summary.run.version) }
                    dt { (self.t("Valg", "Options")) } dd { (options.join(", ")) }
                    dt { (self.t("Tid", "Time")) } dd { (self.lang.duration(summary.run.millis)) }
                    dt { (self.t("Regler", "Rules")) }
                    dd { (RULES.iter().map(|r| r.id).collect::<Vec<_>>().join(", ")) }
                    dt { (self.t("Alle data", "All data")) }
                    dd {
                        a href="findings.jsonl" { "findings.jsonl" } ", " a href="ledger.jsonl" { "ledger.jsonl" } ", "
                        a href="summary.json" { "summary.json" }
                    }
                }
            }
        }
    }
}

/// A manual page: heads and paragraphs; other markup stays as it is written.
fn manual(markdown: &str) -> Markup {
    html! {
        @for part in markdown.split("\n\n") {
            @for (i, lines) in part.trim().splitn(2, '\n').enumerate() {
                @match lines.strip_prefix("## ").filter(|_| i == 0) {
                    Some(head) => h4 { (head) },
                    None => p { (lines) },
                }
            }
        }
    }
}

/// A path component in a URL (RFC 3986, section 2).
fn percent(part: &str) -> String {
    part.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(b).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
