//! Lists: meetings of the bodies, findings.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use maud::{Markup, html};
use serde_json::json;

use super::ask::{Ask, Failure, Reply};
use super::page::{self, inert};
use super::say;
use crate::bodies::{Body, Meeting};
use crate::finding::{Finding, Level, Place};
use crate::report::csv::{self, List};
use crate::report::html::{excerpt, pictures};
use crate::rules::RULES;
use crate::verdict::{Judgement, Verdict, Verdicts};

/// Findings on a page.
const SIZE: usize = 30;

pub(super) fn csv(ask: &Ask, list: List, name: &str) -> Result<Reply, Failure> {
    let mut bytes = Vec::new();
    csv::write(&ask.report()?, list, &mut bytes)?;
    let mime = "text/csv; charset=utf-8".to_owned();
    Ok(Reply::File { mime, name: Some(name.to_owned()), bytes, lasting: false })
}

/// When each body met, and what is at hand of it.
pub(super) fn bodies(ask: &Ask) -> Result<Reply, Failure> {
    let held = ask.held()?;
    let pictures = pictures(&ask.report()?);
    ask.reply(ask.t("Møter", "Meetings"), &held.bodies, || {
        html! {
            h1 { (ask.t("Møter per organ", "Meetings by body")) }
            (pictures)
            section {
                h2 { (ask.t("Alle møter", "All meetings")) }
                @for body in held.bodies.iter().filter(|b| !b.meetings.is_empty()) { (meetings(ask, body)) }
            }
        }
    })
}

fn meetings(ask: &Ask, body: &Body) -> Markup {
    let files = |meeting: &Meeting| -> Vec<(String, &'static str)> {
        let named = |paths: &[String], what| paths.iter().map(move |p| (p.clone(), what)).collect::<Vec<_>>();
        let agendas = named(&meeting.agendas, ask.t("innkalling", "agenda"));
        agendas.into_iter().chain(named(&meeting.minutes, ask.t("protokoll", "minutes"))).collect()
    };
    html! {
        details {
            summary { bdi { (inert(&ask.view.text(&body.body))) }
                @if let Some(name) = &body.municipality { ", " bdi { (inert(name)) } }
                " " small { (body.meetings.len()) " " (ask.t("møter", "meetings")) } }
            ul.meetings {
                @for meeting in &body.meetings {
                    li { time datetime=(meeting.date) { (meeting.date) } ": "
                        @for (i, (path, what)) in files(meeting).iter().enumerate() { @if i > 0 { ", " } a href=(page::document(path, None)) { (what) } }
                        @if let Some(day) = &meeting.approved { " – " (ask.t("godkjent ", "approved ")) (day) }
                    }
                }
            }
        }
    }
}

pub(super) fn findings(ask: &Ask) -> Result<Reply, Failure> {
    let held = ask.held()?;
    let verdicts = ask.room.archive.verdicts()?;
    let years = years(&held.bodies);
    let state = ask.get("state").unwrap_or("open");
    let is = |name: &str, value: Option<&str>| ask.get(name).is_none_or(|asked| value == Some(asked));
    let of_year =
        |f: &Finding| ask.get("year").is_none_or(|y| years.get(f.path.as_str()).is_some_and(|all| all.contains(y)));
    let chosen: Vec<&Finding> = held
        .findings
        .iter()
        .filter(|f| match state {
            "open" => !verdicts.settle(f),
            "judged" => verdicts.of(f).is_some(),
            _ => true,
        })
        .filter(|f| is("rule", Some(&f.rule)) && is("level", Some(f.level.as_str())) && is("body", f.body.as_deref()))
        .filter(|f| is("fingerprint", Some(&f.fingerprint)) && of_year(f))
        .collect();
    let last = chosen.len().div_ceil(SIZE).max(1);
    let number = ask.number("page", 1).clamp(1, last);
    let here: Vec<&Finding> = chosen.iter().skip((number - 1) * SIZE).take(SIZE).copied().collect();
    let said: Vec<Option<&Verdict>> = here.iter().map(|f| verdicts.of(f)).collect();
    let data = json!({ "total": chosen.len(), "page": number, "findings": here, "verdicts": said });
    ask.reply(ask.t("Funn", "Findings"), &data, || {
        html! {
            h1 { (ask.t("Funn", "Findings")) }
            (filters(ask, &held.findings, &years, state))
            p.count role="status" { strong { (ask.view.lang.number(chosen.len() as u64)) } " " (ask.t("funn", "findings")) " · " a href="/findings.csv" { (ask.t("alle som CSV", "all as CSV")) } }
            @for finding in &here { (self::finding(ask, finding, &verdicts, &ask.with(&[]), 2)) }
            (page::pages(ask, number, SIZE, chosen.len()))
            @for line in &verdicts.damaged { p.problem { "verdicts.jsonl: " (ask.t("ingen vurdering på linje ", "no verdict on line ")) (line) } }
        }
    })
}

/// The years of the meetings that each file belongs to.
fn years(bodies: &[Body]) -> HashMap<&str, BTreeSet<&str>> {
    let mut years: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for meeting in bodies.iter().flat_map(|b| &b.meetings) {
        for path in meeting.agendas.iter().chain(&meeting.minutes) {
            years.entry(path).or_default().extend(meeting.date.get(..4));
        }
    }
    years
}

fn filters(ask: &Ask, all: &[Finding], years: &HashMap<&str, BTreeSet<&str>>, state: &str) -> Markup {
    let count = |of: &dyn Fn(&Finding) -> Option<&str>| {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for value in all.iter().filter_map(of) {
            *counts.entry(value.to_owned()).or_default() += 1;
        }
        counts.into_iter().map(|(value, n)| (value, Some(n))).collect::<Vec<_>>()
    };
    let years: BTreeSet<&str> = years.values().flatten().copied().collect();
    let lists = [
        ("level", ask.t("Alvor", "Level"), count(&|f| Some(f.level.as_str()))),
        ("rule", ask.t("Regel", "Rule"), count(&|f| Some(&f.rule))),
        ("body", ask.t("Organ", "Body"), count(&|f| f.body.as_deref())),
        ("year", ask.t("År", "Year"), years.into_iter().map(|y| (y.to_owned(), None)).collect()),
    ];
    let states =
        [("open", ask.t("åpne", "open")), ("judged", ask.t("vurderte", "judged")), ("all", ask.t("alle", "all"))];
    html! {
        form.search action="/findings" method="get" {
            label { span { (ask.t("Vis", "Show")) } select name="state" {
                @for (value, name) in states { option value=(value) selected[state == value] { (name) } }
            } }
            @for (name, label, values) in &lists {
                label { span { (label) } select name=(name) {
                    option value="" { (ask.t("alle", "all")) }
                    @for (value, n) in values { option value=(value) selected[ask.get(name) == Some(value)] {
                        (if *name == "level" { level(ask, value) } else { value }) @if let Some(n) = n { " (" (n) ")" } } }
                } }
            }
            button type="submit" { (ask.t("Vis", "Show")) }
        }
    }
}

fn level<'v>(ask: &Ask, value: &'v str) -> &'v str {
    let all = [Level::Error, Level::Warning, Level::Info];
    all.into_iter().find(|l| l.as_str() == value).map_or(value, |l| ask.view.lang.level(l))
}

/// A finding with what was said of it and a form to say something. Its head is of level `head`.
pub(super) fn finding(ask: &Ask, finding: &Finding, verdicts: &Verdicts, back: &str, head: u8) -> Markup {
    let rule = RULES.iter().find(|r| r.id == finding.rule);
    let message = html! { bdi { (inert(ask.view.lang.message(finding))) } };
    let place = finding.at.iter().find(|p| p.path == finding.path && p.span.is_some());
    let source = page::document(&finding.path, place.and_then(|p| p.span).map(|s| s.block));
    html! {
        article class={ "finding " (finding.level.as_str()) } id={ "f-" (finding.fingerprint) } {
            @if head == 2 { h2.message { (message) } } @else { h3.message { (message) } }
            p.where {
                span class={ "tag " (finding.level.as_str()) } { (ask.view.lang.level_of_one(finding.level)) } " "
                span title=[rule.map(|r| ask.view.lang.summary(r))] { (finding.rule) }
                @for case in &finding.cases { " · " a href=(page::address("/search", [("q", case.as_str())].into_iter())) { bdi { (inert(&ask.view.text(case))) } } }
                @if let Some(body) = &finding.body { " · " bdi { (inert(&ask.view.text(body))) } }
                " · " a href=(source) { bdi { (inert(&ask.view.text(&finding.path))) } }
                @if let Some(suggestion) = &finding.suggestion { " · " (ask.t("forslag: ", "suggestion: ")) bdi { (inert(suggestion)) } }
            }
            @for place in finding.at.iter().take(4) { (quoted(ask, place)) }
            @if let Some(verdict) = verdicts.of(finding) { (said(ask, verdict)) }
            details {
                summary { (ask.t("Vurder", "Judge")) span.unseen { ": " (message) } }
                form method="post" action="/verdict" {
                    (say::hidden(ask, &format!("{}#f-{}", back.split('#').next().unwrap_or(back), finding.fingerprint)))
                    input type="hidden" name="fingerprint" value=(finding.fingerprint);
                    fieldset { legend { (ask.t("Vurdering", "Verdict")) }
                        @for (judgement, means) in [
                            (Judgement::Accept, ask.t("det er slik, og kan stå", "it is so, and may stay so")),
                            (Judgement::Fixed, ask.t("filen er rettet", "the file has been mended")),
                            (Judgement::Wrong, ask.t("det er ikke slik", "it is not so")),
                        ] {
                            label.choice { input type="radio" name="verdict" value=(judgement.as_str()) required; " " (ask.view.lang.judgement(judgement)) " – " (means) }
                        }
                    }
                    (say::reason(ask))
                    button type="submit" { (ask.t("Lagre vurderingen", "Save the verdict")) }
                }
            }
        }
    }
}

fn said(ask: &Ask, verdict: &Verdict) -> Markup {
    html! {
        p.corrected {
            strong { (ask.view.lang.judgement(verdict.verdict)) } ": " bdi { (inert(&ask.view.text(&verdict.why))) }
            @if let Some(by) = &verdict.by { " – " bdi { (inert(&ask.view.text(by))) } }
            " " small { (verdict.at.get(..10).unwrap_or(&verdict.at)) }
        }
    }
}

/// The text around a place, where it may be shown.
fn quoted(ask: &Ask, place: &Place) -> Markup {
    let Some(span) = place.span else { return html! {} };
    let text = super::shown::Shown::read(ask, &place.path).ok().and_then(|shown| {
        let block = shown.record.blocks.into_iter().nth(span.block as usize)?;
        (!shown.hidden.contains(&block.id)).then_some(block.text)
    });
    let Some(excerpt) = text.as_deref().and_then(|text| excerpt(&inert_of_same_length(text), span)) else {
        return html! {};
    };
    html! {
        blockquote dir="auto" { (excerpt) cite { a href=(page::document(&place.path, Some(span.block))) { bdi { (inert(&ask.view.text(&place.path))) } } } }
    }
}

/// A text without control characters in which no byte moved.
fn inert_of_same_length(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_control() && !matches!(c, '\n' | '\t') { ' ' } else { c }).collect()
}
