//! A case over the whole archive.

use std::collections::BTreeSet;

use maud::{Markup, html};
use serde::Serialize;

use super::ask::{Ask, Failure, Reply};
use super::differences::{self, Stretch};
use super::fields::word_of;
use super::lists;
use super::page::{self, inert};
use super::shown::Shown;
use crate::finding::Finding;
use crate::model::{Case, Document, Reference, Sourced, Vote};
use crate::search::{Search, case_key, name_form};

/// Files looked at for one case.
const FILES: usize = 200;

/// One place where the case is treated, announced or prepared.
#[derive(Serialize)]
struct Occurrence {
    path: String,
    document: String,
    kind: crate::model::Kind,
    date: Option<String>,
    body: Option<String>,
    municipality: Option<String>,
    /// The block that it begins in.
    block: Option<u32>,
    page: Option<u32>,
    case: Case,
}

/// A case that refers to this one.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Referrer {
    date: Option<String>,
    key: Option<String>,
    number: Option<String>,
    title: String,
    path: String,
    /// The block that its title stands in.
    block: Option<u32>,
}

/// What a decision made of a proposal.
#[derive(Serialize)]
struct Difference {
    proposal: Place,
    decision: Place,
    words: Vec<Stretch>,
}

#[derive(Serialize)]
struct Place {
    path: String,
    block: Option<u32>,
}

pub(super) fn page(ask: &Ask, key: &str) -> Result<Reply, Failure> {
    let held = ask.held()?;
    let search = held.search.as_ref()?;
    let files = search.files_of(&format!("case/{key}")).map_err(|e| Failure::from(&e))?;
    let mut all = Vec::new();
    let mut itself = None;
    for path in files.iter().filter(|path| held.ledger.contains_key(*path)).take(FILES) {
        let Shown { record, .. } = Shown::read(ask, path)?;
        for document in &record.documents {
            let is_it = |c: &&Case| c.number.as_ref().is_some_and(|n| case_key(document, &n.value) == key);
            for case in document.cases.iter().filter(is_it) {
                let block = case.title.at.spans().first().map(|s| s.block);
                let page = block.and_then(|b| record.blocks.get(b as usize)?.page);
                all.push(occurrence(path, document, case, block, page));
                itself.get_or_insert_with(|| (document.clone(), case.clone()));
            }
        }
    }
    let Some((document, case)) = itself else { return Err(Failure::unknown()) };
    let referrers = referrers(ask, search, &document, &case)?;
    // By day; within a day the agenda comes before the minutes.
    all.sort_by(|a, b| (&a.date, a.kind, &a.path).cmp(&(&b.date, b.kind, &b.path)));
    let Some(last) = all.iter().rev().find(|o| o.case.decision.is_some()).or(all.last()) else {
        return Err(Failure::unknown());
    };
    let number = last.case.number.as_ref().map(|n| n.value.to_string()).unwrap_or_default();
    let differences = differences(ask, &all);
    let findings: Vec<&Finding> = held
        .findings
        .iter()
        .filter(|f| {
            f.cases.contains(&number) && all.iter().any(|o| o.path == f.path || f.at.iter().any(|p| p.path == o.path))
        })
        .collect();
    let data = serde_json::json!({
        "key": format!("case/{key}"), "number": number, "title": last.case.title.value,
        "occurrences": all, "referrers": referrers, "differences": differences, "findings": findings,
    });
    let verdicts = ask.room.archive.verdicts()?;
    let title = format!("{number} {}", last.case.title.value);
    ask.reply(&title, &data, || {
        html! {
            h1 { (number) " " bdi { (inert(&ask.view.text(&last.case.title.value))) } }
            p.where {
                @for name in [&last.municipality, &last.body].into_iter().flatten() { bdi { (inert(&ask.view.text(name))) } " · " }
                @if let Some(decision) = &last.case.decision { strong { (word_of(ask.view.lang, &decision.outcome)) } " · " }
                a href={ (page::address(&format!("/case/{key}.json"), std::iter::empty())) } { "JSON" }
            }
            section { h2 { (ask.t("Sakens gang", "Its life")) } (life(ask, &all)) }
            @if !referrers.is_empty() {
                section { h2 { (ask.t("Saker som viser hit", "Cases that refer to it")) }
                    ol.life { @for referrer in &referrers { (refers(ask, referrer)) } }
                }
            }
            @if !differences.is_empty() {
                section { h2 { (ask.t("Fra forslag til vedtak", "From proposal to decision")) }
                    p.legend { del { (ask.t("tatt ut", "taken out")) } " " ins { (ask.t("satt inn", "put in")) } }
                    @for difference in &differences { (changed(ask, difference)) }
                }
            }
            @for occurrence in all.iter().filter(|o| tells(&o.case)) { (treated(ask, occurrence)) }
            section { h2 { (ask.t("Funn", "Findings")) }
                @if findings.is_empty() { p { (ask.t("Ingen funn.", "No findings.")) } }
                @for finding in &findings { (lists::finding(ask, finding, &verdicts, &ask.with(&[]), 3)) }
            }
        }
    })
}

fn occurrence(path: &str, document: &Document, case: &Case, block: Option<u32>, page: Option<u32>) -> Occurrence {
    let value = |s: &Option<Sourced<String>>| s.as_ref().map(|s| s.value.clone());
    Occurrence {
        path: path.to_owned(),
        document: document.id.clone(),
        kind: document.kind,
        date: value(&document.meeting.date).or_else(|| value(&document.document_date)),
        body: value(&document.body),
        municipality: value(&document.municipality),
        block,
        page,
        case: case.clone(),
    }
}

/// The cases that refer to a case: by its series, or by its number alone where the body named beside the number, or else
/// the body that met, is the case's own.
fn referrers(ask: &Ask, search: &Search, document: &Document, case: &Case) -> Result<Vec<Referrer>, Failure> {
    let Some(number) = case.number.as_ref().map(|n| &n.value) else { return Ok(Vec::new()) };
    let own = case_key(document, number);
    let form = |body: &Sourced<String>| name_form(&body.value);
    let body = document.body.as_ref().map(form);
    let means = |from: &Document, reference: &Reference| {
        let asked = &reference.number.value;
        let named = reference.resolved_to.as_ref().or(from.body.as_ref()).map(form);
        (asked.sequence, asked.year) == (number.sequence, number.year)
            && match (&asked.series, &number.series) {
                (Some(asked), Some(series)) => asked.eq_ignore_ascii_case(series),
                _ => named == body,
            }
    };
    let known = &ask.held()?.ledger;
    let mut found = BTreeSet::new();
    let files = search.files_that_refer_to(document, number).map_err(|e| Failure::from(&e))?;
    for path in files.iter().filter(|path| known.contains_key(*path)).take(FILES) {
        for from in &Shown::read(ask, path)?.record.documents {
            for case in from.cases.iter().filter(|case| case.references.iter().any(|r| means(from, r))) {
                let key = case.number.as_ref().map(|n| case_key(from, &n.value));
                if key.as_ref() != Some(&own) {
                    found.insert(Referrer {
                        date: from.meeting.date.as_ref().map(|d| d.value.clone()),
                        key: key.map(|key| format!("case/{key}")),
                        number: case.number.as_ref().map(|n| n.value.to_string()),
                        title: case.title.value.clone(),
                        path: path.clone(),
                        block: case.title.at.spans().first().map(|s| s.block),
                    });
                }
            }
        }
    }
    Ok(found.into_iter().collect())
}

fn refers(ask: &Ask, referrer: &Referrer) -> Markup {
    let title = format!("{} {}", referrer.number.as_deref().unwrap_or_default(), referrer.title);
    let address = referrer.key.as_ref().map_or_else(
        || page::document(&referrer.path, referrer.block),
        |key| page::address(&format!("/{key}"), std::iter::empty()),
    );
    html! {
        li {
            @if let Some(date) = &referrer.date { time datetime=(date) { (date) } " " }
            a href=(address) { bdi { (inert(&ask.view.text(title.trim()))) } }
        }
    }
}

/// Whether there is more to tell than that the case is listed.
fn tells(case: &Case) -> bool {
    !case.proposals.is_empty() || !case.votes.is_empty() || case.decision.is_some() || case.deliberation.is_some()
}

/// The last decision against each proposal that differs from it.
fn differences(ask: &Ask, all: &[Occurrence]) -> Vec<Difference> {
    let block = |text: &Sourced<String>| text.at.spans().first().map(|s| s.block);
    let Some((place, decision)) = all.iter().rev().find_map(|o| Some((o, o.case.decision.as_ref()?))) else {
        return Vec::new();
    };
    let proposals = all.iter().flat_map(|o| o.case.proposals.iter().map(move |p| (o, &p.text)));
    let mut seen = std::collections::HashSet::new();
    proposals
        .filter(|(_, text)| seen.insert(text.value.as_str()))
        .map(|(o, text)| Difference {
            proposal: Place { path: o.path.clone(), block: block(text) },
            decision: Place { path: place.path.clone(), block: block(&decision.text) },
            words: differences::between(&ask.view.text(&text.value), &ask.view.text(&decision.text.value)),
        })
        .collect()
}

fn changed(ask: &Ask, difference: &Difference) -> Markup {
    let same = difference.words.iter().all(|s| s.change == differences::Change::Same);
    html! {
        blockquote.difference dir="auto" {
            @if same { p.note { (ask.t("Vedtaket er likt forslaget.", "The decision is the proposal, word for word.")) } }
            (differences::shown(&difference.words))
            cite {
                a href=(page::document(&difference.proposal.path, difference.proposal.block)) { (ask.t("forslaget", "the proposal")) }
                " → "
                a href=(page::document(&difference.decision.path, difference.decision.block)) { (ask.t("vedtaket", "the decision")) }
            }
        }
    }
}

fn life(ask: &Ask, all: &[Occurrence]) -> Markup {
    html! {
        ol.life {
            @for o in all {
                li {
                    @if let Some(date) = &o.date { time datetime=(date) { (date) } } @else { span { (ask.t("uten dato", "no date")) } }
                    " " (word_of(ask.view.lang, &o.kind))
                    @if let Some(decision) = &o.case.decision { " – " strong { (word_of(ask.view.lang, &decision.outcome)) } }
                    br;
                    a href=(page::document(&o.path, o.block)) { bdi { (inert(&ask.view.text(&o.path))) } @if let Some(page) = o.page { ", " (ask.t("side", "page")) " " (page) } }
                    @for reference in &o.case.references {
                        br; (ask.t("viser til ", "refers to "))
                        a href=(page::address("/search", [("q", reference.number.value.to_string().as_str())].into_iter())) { (reference.number.value) }
                        @if let Some(relation) = reference.relation { " (" (word_of(ask.view.lang, &relation)) ")" }
                    }
                    @if let Some(archive) = &o.case.archive_reference {
                        br; (ask.t("arkivsak ", "archive case "))
                        a href=(page::address("/search", [("q", format!("\"{}\"", archive.text).as_str())].into_iter())) { (inert(&archive.text)) }
                    }
                }
            }
        }
    }
}

fn treated(ask: &Ask, o: &Occurrence) -> Markup {
    let case = &o.case;
    let text = |value: &Sourced<String>| {
        let block = value.at.spans().first().map(|s| s.block);
        html! { blockquote dir="auto" { (inert(&ask.view.text(&value.value))) cite { a href=(page::document(&o.path, block)) { (ask.t("i kilden", "in the source")) } } } }
    };
    html! {
        section.treated {
            h2 { @if let Some(date) = &o.date { (date) " " } (word_of(ask.view.lang, &o.kind)) }
            @for proposal in &case.proposals {
                h3 { (word_of(ask.view.lang, &proposal.kind)) @if let Some(by) = &proposal.by { ", " bdi { (inert(&ask.view.text(&by.value))) } } }
                (text(&proposal.text))
            }
            @if let Some(deliberation) = &case.deliberation { h3 { (ask.t("Behandling", "Deliberation")) } (text(deliberation)) }
            @if !case.votes.is_empty() { h3 { (ask.t("Votering", "Votes")) } @for vote in &case.votes { (voted(ask, o, vote)) } }
            @if let Some(decision) = &case.decision {
                h3 { (ask.t("Vedtak", "Decision")) ": " (word_of(ask.view.lang, &decision.outcome)) }
                (text(&decision.text))
            }
        }
    }
}

fn voted(ask: &Ask, o: &Occurrence, vote: &Vote) -> Markup {
    let counts = [
        (ask.t("for", "for"), &vote.for_count),
        (ask.t("mot", "against"), &vote.against),
        (ask.t("avholdende", "abstaining"), &vote.abstain),
    ];
    let names = [(ask.t("For", "For"), &vote.for_names), (ask.t("Mot", "Against"), &vote.against_names)];
    let block = vote.said.at.spans().first().map(|s| s.block);
    html! {
        blockquote dir="auto" {
            p { strong { (word_of(ask.view.lang, &vote.form)) }
                @for (what, count) in counts { @if let Some(count) = count { ", " (count.value) " " (what) } }
                @if let Some(outcome) = vote.outcome { " – " (word_of(ask.view.lang, &outcome)) }
            }
            p { (inert(&ask.view.text(&vote.said.value))) }
            @for (side, names) in names.into_iter().filter(|(_, names)| !names.is_empty()) {
                p { (side) ": " @for (i, name) in names.iter().enumerate() { @if i > 0 { ", " } bdi { (inert(&ask.view.text(&name.value))) } } }
            }
            cite { a href=(page::document(&o.path, block)) { (ask.t("i kilden", "in the source")) } }
        }
    }
}
