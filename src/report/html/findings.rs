//! The findings of the report: charts, a section a rule, what was judged.

use maud::{Markup, html};

use super::super::OfRule;
use super::Page;
use crate::document::Span;
use crate::finding::{Finding, Level, Place};
use crate::rules::RULES;
use crate::verdict::{Judgement, Verdict};

/// How many findings the page shows; the rest stand in `findings.csv`.
const SHOWN: usize = 2000;

/// How many bodies a chart shows.
const BODIES: usize = 15;

/// Characters of source text shown before and after the marked place.
const AROUND: usize = 80;

/// A row of a chart: its name, where it leads, and the counts by level, gravest first.
type Bar<'a> = (&'a str, Option<String>, [u64; 3]);

impl Page<'_> {
    /// The open findings.
    pub(super) fn findings(&mut self, rules: &[OfRule], open: usize) -> Markup {
        let sections = self.by_rule(rules);
        html! {
            section #findings {
                h2 { (self.t("Funn", "Findings")) }
                @if open == 0 { p { (self.t("Ingen åpne funn.", "No open findings.")) } }
                (self.charts(rules))
                @if open > SHOWN {
                    p.note {
                        (self.t("Siden viser et utvalg av funnene; alle står i ", "The page shows some of the findings; all stand in "))
                        a href="findings.csv" { "findings.csv" } "."
                    }
                }
                @for section in sections { (section) }
            }
        }
    }

    fn charts(&self, rules: &[OfRule]) -> Markup {
        let counts = &self.report.summary.findings;
        let unknown = self.t("uten", "none");
        let levels = |by: &std::collections::BTreeMap<Level, u64>| {
            [Level::Error, Level::Warning, Level::Info].map(|level| by.get(&level).copied().unwrap_or_default())
        };
        let of_rules: Vec<Bar> = rules
            .iter()
            .map(|(rule, _, all)| {
                let count = |level| all.iter().filter(|f| f.level == level).count() as u64;
                (*rule, Some(format!("#rule-{rule}")), [Level::Error, Level::Warning, Level::Info].map(count))
            })
            .collect();
        let years: Vec<Bar> =
            counts.years.iter().map(|(year, by)| (or_unknown(year, unknown), None, levels(by))).collect();
        let mut bodies: Vec<Bar> =
            counts.bodies.iter().map(|(body, by)| (or_unknown(body, unknown), None, levels(by))).collect();
        bodies.sort_by_key(|(.., by)| std::cmp::Reverse(by.iter().sum::<u64>()));
        bodies.truncate(BODIES);
        html! {
            p.legend {
                @for level in [Level::Error, Level::Warning, Level::Info] {
                    span { span class={ "key " (level.as_str()) } {} (self.lang.level(level)) " "
                        (self.n(counts.levels.get(&level).copied().unwrap_or_default())) } " "
                }
            }
            (self.bars(self.t("Åpne funn etter regel", "Open findings by rule"), &of_rules))
            div.columns {
                (self.bars(self.t("Funn etter møteår", "Findings by year of the meeting"), &years))
                (self.bars(self.t("Funn etter organ", "Findings by body"), &bodies))
            }
        }
    }

    fn bars(&self, head: &str, bars: &[Bar]) -> Markup {
        let most = bars.iter().map(|(.., by)| by.iter().sum::<u64>()).max().unwrap_or(1).max(1) as f64;
        html! {
            @if !bars.is_empty() {
                div {
                    h3 { (head) }
                    div.bars {
                        @for (name, link, by) in bars {
                            @match link {
                                Some(link) => a href=(link) { (name) },
                                None => span { (self.clean(name)) },
                            }
                            div.bar {
                                @for (count, level) in by.iter().zip(["error", "warning", "info"]).filter(|(n, _)| **n > 0) {
                                    span class=(level) style=(format!("width:{:.1}%", 100.0 * *count as f64 / most)) {}
                                }
                                b { (self.n(by.iter().sum())) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A section for each rule. What is shown is shared out, so that no rule crowds out another.
    fn by_rule(&mut self, rules: &[OfRule]) -> Vec<Markup> {
        let mut room = SHOWN;
        let mut sections = Vec::new();
        for (i, (rule, level, all)) in rules.iter().enumerate() {
            let left = rules.len() - i;
            let few = rules[i..].iter().map(|(.., all)| all.len()).min().unwrap_or_default();
            let share = all.len().min((room / left).max(few.min(room)));
            room -= share;
            sections.push(self.rule(rule, *level, all, share));
        }
        sections
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
                @if all.len() > share { p.note { (self.n((all.len() - share) as u64)) " " (self.t("til i", "more in")) " " a href="findings.csv" { "findings.csv" } } }
            }
        }
    }

    fn finding(&mut self, finding: &Finding) -> Markup {
        let places: Vec<Markup> = finding.at.iter().map(|place| self.place(place)).collect();
        html! {
            article class={ "finding " (finding.level.as_str()) } {
                p.message { (self.lang.message(finding)) }
                p.where {
                    @if !finding.cases.is_empty() { b { (self.clean(&finding.cases.join(", "))) } " " }
                    @if let Some(body) = &finding.body { (self.clean(body)) " · " }
                    (self.link(&finding.path))
                    @if let Some(suggestion) = &finding.suggestion { " · " (self.t("forslag: ", "suggestion: ")) (suggestion) }
                    " · " code { (finding.fingerprint) }
                }
                @if let Some(verdict) = self.report.verdicts.of(finding).filter(|v| v.verdict == Judgement::Fixed) {
                    p.where { strong { (self.t("Meldt rettet, men finnes fortsatt: ", "Said to be fixed, still there: ")) } (self.said(verdict)) }
                }
                @for place in places { (place) }
            }
        }
    }

    /// Why, who and when.
    fn said(&self, verdict: &Verdict) -> String {
        let by = verdict.by.as_deref().map(|by| format!(" – {by}")).unwrap_or_default();
        self.clean(&format!("{}{by}, {}", verdict.why, verdict.at.get(..10).unwrap_or(&verdict.at)))
    }

    /// What people judged: findings that are settled, and verdicts on findings that are no longer made.
    pub(super) fn judged(&self) -> Markup {
        let judged = self.report.judged_findings();
        let outdated = self.report.verdicts.outdated(&self.report.findings);
        let heads = html! {
            thead { tr {
                th scope="col" { (self.t("regel", "rule")) } th scope="col" { (self.t("funn", "finding")) }
                th scope="col" { (self.t("vurdering", "verdict")) } th scope="col" { (self.t("begrunnelse", "reason")) }
            } }
        };
        let row = |rule: &str, what: Markup, verdict: &Verdict| {
            html! {
                tr { td { (rule) } td { (what) } td { (self.lang.judgement(verdict.verdict)) } td { (self.said(verdict)) } }
            }
        };
        html! {
            section #judged {
                h2 { (self.t("Vurderte funn", "Judged findings")) }
                @if judged.is_empty() { p { (self.t("Ingen funn er vurdert.", "No finding has been judged.")) } }
                @else {
                    table { (heads) tbody {
                        @for finding in judged.iter().take(SHOWN) {
                            @if let Some(verdict) = self.report.verdicts.of(finding) {
                                (row(&finding.rule, html! { (self.lang.message(finding)) " · " (self.link(&finding.path)) }, verdict))
                            }
                        }
                    } }
                }
                @for line in &self.report.verdicts.damaged {
                    p { "verdicts.jsonl: " (self.t("ingen vurdering på linje ", "no verdict on line ")) (line) }
                }
                @if !outdated.is_empty() {
                    h3 { (self.t("Vurderinger av funn som ikke lenger gjøres", "Verdicts on findings that are no longer made")) }
                    table { (heads) tbody {
                        @for verdict in outdated.iter().take(SHOWN) {
                            (row(&verdict.rule, html! { (self.clean(&verdict.message)) " · " (self.clean(&verdict.path)) }, verdict))
                        }
                    } }
                }
            }
        }
    }

    /// A place of a finding: the text around it, the place itself marked.
    fn place(&mut self, place: &Place) -> Markup {
        let Some(span) = place.span else { return html! {} };
        let report = self.report;
        let blocks = self.texts.entry(place.path.clone()).or_insert_with(|| {
            let texts = |record: crate::model::Record| record.blocks.into_iter().map(|b| b.text).collect();
            report.archive.record(&place.path).map(texts).unwrap_or_default()
        });
        let Some(text) = blocks.get(span.block as usize) else { return html! {} };
        html! {
            @if let Some(excerpt) = excerpt(&report.view.text(text), span) {
                blockquote { (excerpt) cite { (report.view.text(&place.path)) " [" (span.block) "]" } }
            }
        }
    }
}

/// The text around a span, the span itself marked.
pub(crate) fn excerpt(text: &str, span: Span) -> Option<Markup> {
    let (before, marked, after) = (text.get(..span.start)?, text.get(span.start..span.end)?, text.get(span.end..)?);
    let from = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    Some(html! {
        @if from > 0 { "… " } (&before[from..]) mark { (marked) } (&after[..to]) @if to < after.len() { " …" }
    })
}

fn or_unknown<'n>(name: &'n str, unknown: &'n str) -> &'n str {
    if name.is_empty() { unknown } else { name }
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
