//! The first page: search, with counts that narrow it.

use maud::{Markup, html};
use serde_json::json;

use super::ask::{Ask, Failure, Reply};
use super::page::{self, inert};
use super::room::Held;
use crate::report::csv;
use crate::search::{Answer, FacetCount, Found, Order, Question, name_form};

/// Results on a page.
const SIZE: usize = 20;

/// Rows of a table of results.
const ROWS: usize = 10_000;

/// Values of a facet shown.
const VALUES: usize = 8;

/// The fields that narrow a search, as they are called in queries.
const FIELDS: [&str; 7] = ["kind", "body", "municipality", "year", "outcome", "series", "rule"];

pub(super) fn page(ask: &Ask) -> Result<Reply, Failure> {
    let held = ask.held()?;
    let number = ask.number("page", 1).clamp(1, 1000);
    let answer = answer(ask, &held, (number - 1) * SIZE, SIZE, true);
    let title =
        ask.get("q").map_or_else(|| ask.t("Søk", "Search").to_owned(), |q| format!("{q} – {}", ask.t("søk", "search")));
    let answer = match answer {
        Ok(answer) => answer,
        Err(failure) if !ask.json && failure.status == axum::http::StatusCode::BAD_REQUEST => {
            return ask.reply(&title, &(), || form(ask, &held, &html! { p.problem role="alert" { (failure.en) } }));
        }
        Err(failure) => return Err(failure),
    };
    let data = json!({ "query": query(ask), "page": number, "answer": answer });
    ask.reply(&title, &data, || form(ask, &held, &results(ask, &held, &answer, number)))
}

pub(super) fn csv(ask: &Ask) -> Result<Reply, Failure> {
    let answer = answer(ask, &*ask.held()?, 0, ROWS, false)?;
    Ok(Reply::File {
        mime: "text/csv; charset=utf-8".to_owned(),
        name: Some("search.csv".to_owned()),
        bytes: csv::found(&answer.found).into_bytes(),
        lasting: false,
    })
}

/// What was found, as it may be shown.
fn answer(ask: &Ask, held: &Held, offset: usize, limit: usize, facets: bool) -> Result<Answer, Failure> {
    let search = held.search.as_ref()?;
    let order = if ask.get("sort") == Some("date") { Order::Date } else { Order::Relevance };
    let question = Question { query: query(ask), limit, offset, order, closed: ask.view.closed, facets };
    let mut answer = search.ask(&question).map_err(|e| Failure::from(&e))?;
    for found in &mut answer.found {
        found.title = ask.view.text(&found.title);
        found.snippet.iter_mut().for_each(|piece| piece.text = ask.view.text(&piece.text));
    }
    Ok(answer)
}

/// The query with what narrows it: values of one field stand beside each other, fields add up.
fn query(ask: &Ask) -> String {
    let mut parts: Vec<String> = ask.get("q").map(|q| format!("({q})")).into_iter().collect();
    for field in FIELDS {
        let term = |value: &str| match field {
            "year" => format!("year:{value}"),
            field => format!("{field}:\"{}\"", value.replace('"', " ")),
        };
        let values: Vec<String> = ask.all(field).map(term).collect();
        if !values.is_empty() {
            parts.push(format!("({})", values.join(" OR ")));
        }
    }
    match parts.as_slice() {
        [] => "kind:case".to_owned(),
        [_] if ask.get("q").is_some() => ask.get("q").unwrap_or_default().to_owned(),
        _ => parts.join(" "),
    }
}

fn form(ask: &Ask, held: &Held, results: &Markup) -> Markup {
    let summary = &held.summary;
    html! {
        h1 { (ask.t("Søk i møtebøkene", "Search the minutes")) }
        form.search role="search" action="/search" method="get" {
            label.wide { span { (ask.t("Ord, saksnummer eller «frase»", "Words, case number or \"phrase\"")) }
                input #q type="search" name="q" value=[ask.get("q")] autocomplete="off" spellcheck="false"; }
            @for field in FIELDS { @for value in ask.all(field).filter(|_| field != "year") {
                input type="hidden" name=(field) value=(value);
            } }
            label { span { (ask.t("År", "Year")) } input type="text" name="year" size="10" placeholder="2010..2014" value=[ask.get("year")]; }
            label { span { (ask.t("Rekkefølge", "Order")) }
                select name="sort" {
                    option value="" { (ask.t("beste først", "best first")) }
                    option value="date" selected[ask.get("sort") == Some("date")] { (ask.t("nyeste først", "newest first")) }
                } }
            button type="submit" { (ask.t("Søk", "Search")) }
        }
        details.help { summary { (ask.t("Slik spør du", "How to ask")) }
            ul {
                li { code { "AU 23/22" } " " (ask.t("saksnummer i alle skrivemåter", "a case number in any form")) }
                li { code { "\"ny skole\"" } ", " code { "kontin*" } ", " code { "vedtk~" } " " (ask.t("frase, begynnelse, omtrentlig ord", "phrase, beginning, approximate word")) }
                li { code { "skole OR barnehage" } ", " code { "NOT budsjett" } }
                li { code { "outcome:rejected" } ", " code { "person:Haugen" } ", " code { "amount:>100000" } ", " code { "year:2010..2014" } }
            }
        }
        div #results { (results) }
        p.note {
            (ask.view.lang.number(summary.inputs)) " " (ask.t("filer", "files")) ", "
            (ask.view.lang.number(summary.extracted.cases)) " " (ask.t("saker", "cases")) ". "
            a href=(ask.with(&[]).replacen(&page::address(&ask.path, std::iter::empty()), "/search.csv", 1)) { (ask.t("Treffene som CSV", "Results as CSV")) } " · "
            a href="/cases.csv" { (ask.t("Alle saker som CSV", "All cases as CSV")) }
        }
    }
}

fn results(ask: &Ask, held: &Held, answer: &Answer, number: usize) -> Markup {
    let shown = usize::try_from(answer.pieces).unwrap_or(usize::MAX);
    html! {
        p.count role="status" {
            strong { (ask.view.lang.number(answer.pieces)) } " " (ask.t("treff", "matches"))
            @match answer.relaxed {
                Some("similar_words") => { ". " (ask.t("Ingen treff på alle ordene; viser ord som ligner.", "Nothing holds all the words; showing words spelled alike.")) }
                Some(_) => { ". " (ask.t("Ingen treff på alle ordene; viser treff på noen av dem.", "Nothing holds all the words; showing what holds some.")) }
                None => {}
            }
        }
        (narrowed(ask))
        (variants(ask, answer))
        div.beside {
            @if !answer.facets.is_empty() {
                aside.facets aria-label=(ask.t("Avgrens", "Narrow")) {
                    h2 { (ask.t("Avgrens", "Narrow")) }
                    @for field in FIELDS { @if let Some(counts) = answer.facets.get(field) { (facet(ask, field, counts)) } }
                }
            }
            section.found aria-label=(ask.t("Treff", "Matches")) {
                h2.unseen { (ask.t("Treff", "Matches")) }
                @if answer.found.is_empty() { p { (ask.t("Ingen treff. Prøv færre ord, eller ta bort en avgrensing.", "No matches. Try fewer words, or take a condition away.")) } }
                ol { @for found in &answer.found { li { (hit(ask, held, found)) } } }
                @if answer.found.len() == SIZE || number > 1 { (more(ask, number, shown, answer.found.len())) }
            }
        }
    }
}

/// Results are cases and matches are pieces of them, so the number of pages is not known beforehand.
fn more(ask: &Ask, number: usize, shown: usize, here: usize) -> Markup {
    html! {
        nav.pages aria-label=(ask.t("Flere treff", "More matches")) {
            @if number > 1 { a rel="prev" href=(ask.with(&[("page", &(number - 1).to_string())])) { (ask.t("← Forrige", "← Previous")) } }
            span { (ask.t("Side ", "Page ")) (number) }
            @if here == SIZE && shown > number * SIZE { a rel="next" href=(ask.with(&[("page", &(number + 1).to_string())])) { (ask.t("Neste →", "Next →")) } }
        }
    }
}

/// What narrows the search now, each to be taken away.
fn narrowed(ask: &Ask) -> Markup {
    let set: Vec<(&str, &str)> = FIELDS.iter().flat_map(|field| ask.all(field).map(move |v| (*field, v))).collect();
    html! {
        @if !set.is_empty() {
            ul.set aria-label=(ask.t("Avgrensinger", "Conditions")) {
                @for (field, value) in set {
                    li { a href=(ask.with(&[(field, ""), ("page", "")])) {
                        (name(ask, field)) ": " bdi { (inert(label(ask, field, value))) }
                        span aria-hidden="true" { " ×" } span.unseen { " – " (ask.t("ta bort", "take away")) }
                    } }
                }
            }
        }
    }
}

/// Other spellings of the body or municipality that is asked for; words match in any of them.
fn variants(ask: &Ask, answer: &Answer) -> Markup {
    let others = ["body", "municipality"].into_iter().flat_map(|field| {
        let asked: Vec<&str> = ask.all(field).collect();
        let forms: Vec<String> = asked.iter().map(|name| name_form(name)).collect();
        let found = answer.facets.get(field).into_iter().flatten().map(|count| count.value.as_str());
        found.filter(move |name| !asked.contains(name) && forms.contains(&name_form(name)))
    });
    let others: Vec<&str> = others.collect();
    html! {
        @if !others.is_empty() {
            p.variants {
                (ask.t("Skrives også ", "Also written "))
                @for (i, name) in others.iter().enumerate() { @if i > 0 { ", " } bdi { (inert(name)) } }
                (ask.t("; det er med i treffene.", "; that is among the matches."))
            }
        }
    }
}

fn facet(ask: &Ask, field: &'static str, counts: &[FacetCount]) -> Markup {
    let is_set = |value: &str| ask.all(field).any(|v| v == value);
    let row = |count: &FacetCount| {
        html! {
            li { a href=(ask.with(&[(field, &count.value), ("page", "")])) aria-current=[is_set(&count.value).then_some("true")] {
                bdi { (inert(label(ask, field, &count.value))) } } " " span.number { (ask.view.lang.number(count.pieces)) } }
        }
    };
    html! {
        h3 { (name(ask, field)) }
        ul { @for count in counts.iter().take(VALUES) { (row(count)) } }
        @if counts.len() > VALUES {
            details { summary { (ask.t("Flere", "More")) } ul { @for count in &counts[VALUES..] { (row(count)) } } }
        }
    }
}

fn name(ask: &Ask, field: &str) -> &'static str {
    match field {
        "kind" => ask.t("Slag", "Kind"),
        "body" => ask.t("Organ", "Body"),
        "municipality" => ask.t("Kommune", "Municipality"),
        "year" => ask.t("År", "Year"),
        "outcome" => ask.t("Utfall", "Outcome"),
        "series" => ask.t("Serie", "Series"),
        _ => ask.t("Regel", "Rule"),
    }
}

/// A value of a field in words.
fn label<'v>(ask: &Ask, field: &str, value: &'v str) -> &'v str {
    match field {
        "kind" | "outcome" => super::fields::word(ask.view.lang, value).unwrap_or(value),
        _ => value,
    }
}

fn hit(ask: &Ask, held: &Held, found: &Found) -> Markup {
    let block = found.block.and_then(|b| u32::try_from(b).ok());
    let source = page::document(&found.path, block);
    let first = match (found.key.strip_prefix("case/"), found.key.strip_prefix("finding/")) {
        (Some(_), _) => page::address(&format!("/{}", found.key), std::iter::empty()),
        (_, Some(fingerprint)) => {
            page::address("/findings", [("state", "all"), ("fingerprint", fingerprint)].into_iter())
        }
        _ => source.clone(),
    };
    // What a finding says stands in the index in both languages.
    let finding = found.key.strip_prefix("finding/").and_then(|f| held.findings.iter().find(|h| h.fingerprint == f));
    let title = if found.title.trim().is_empty() { &found.path } else { &found.title };
    let (title, is_cut) = page::begin(title, 200);
    let about = [&found.municipality, &found.body, &found.date];
    html! {
        article.hit {
            h3 { a href=(first) { @if let Some(number) = &found.number { b { (number) } " " } bdi { (inert(title)) @if is_cut { "…" } } } }
            p.where {
                @for (i, value) in about.into_iter().flatten().enumerate() { @if i > 0 { " · " } bdi { (inert(value)) } }
                @if let Some(outcome) = &found.outcome { " · " strong { (label(ask, "outcome", outcome)) } }
            }
            p.snippet dir="auto" {
                @if let Some(finding) = finding { (inert(ask.view.lang.message(finding))) }
                @else { @for piece in &found.snippet { @if piece.marked { mark { (inert(&piece.text)) } } @else { (inert(&piece.text)) } } }
            }
            p.where { a href=(source) { bdi { (inert(&ask.view.text(&found.path))) } @if let Some(page) = found.page { ", " (ask.t("side", "page")) " " (page) } } }
        }
    }
}
