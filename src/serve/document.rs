//! A document: the fields that were extracted beside the text that they were read from.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use maud::{Markup, html};
use serde_json::{Value, json};

use super::ask::{Ask, Failure, Reply};
use super::fields::{self, Field, Group};
use super::page::{self, inert};
use super::shown::Shown;
use super::{lists, original, say};
use crate::correction::{Correction, Corrections};
use crate::document::{Block, BlockKind};
use crate::finding::Finding;
use crate::verdict::Verdicts;

/// Blocks on a page.
const BLOCKS: usize = 600;

/// The longest block that is shown whole unasked, in bytes.
const LONG: usize = 8_000;

/// Characters of a value; the text beside it holds all.
const VALUE: usize = 300;

/// Fields of a group that are open to the eye.
const OPEN: usize = 40;

pub(super) fn page(ask: &Ask, path: &str) -> Result<Reply, Failure> {
    let held = ask.held()?;
    let shown = Shown::read(ask, path)?;
    let verdicts = ask.room.archive.verdicts()?;
    let corrections = ask.room.archive.corrections()?;
    let findings: Vec<&Finding> = held.findings.iter().filter(|f| f.path == path).collect();
    let record = ask.view.json(serde_json::to_value(&shown.record)?);
    let documents = record["documents"].as_array().cloned().unwrap_or_default();
    let groups: Vec<Vec<Group>> =
        documents.iter().enumerate().map(|(i, d)| fields::groups(ask.view.lang, i, d)).collect();
    let sha256 = shown.record.source.sha256.clone();
    let data = json!({
        "record": record,
        "findings": findings,
        "corrections": corrections.of_file(&sha256).collect::<Vec<_>>(),
    });
    let sheet = Sheet { ask, path, shown: &shown, record: &record, groups: &groups, corrections: &corrections };
    let name = path.rsplit('/').next().unwrap_or(path);
    ask.reply(name, &data, || sheet.whole(&findings, &verdicts))
}

struct Sheet<'a> {
    ask: &'a Ask<'a>,
    path: &'a str,
    shown: &'a Shown,
    /// As it may be shown.
    record: &'a Value,
    /// The groups of each constituent document.
    groups: &'a [Vec<Group>],
    corrections: &'a Corrections,
}

/// Where fields stand in a block: their places and their numbers.
type Marks = HashMap<u32, Vec<(Range<usize>, usize)>>;

impl Sheet<'_> {
    fn whole(&self, findings: &[&Finding], verdicts: &Verdicts) -> Markup {
        let ask = self.ask;
        let source = &self.shown.record.source;
        let folder = self.path.rsplit_once('/').map(|(folder, _)| folder);
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        html! {
            h1 { bdi { (inert(&ask.view.text(name))) } }
            p.where {
                @if let Some(folder) = folder { bdi { (inert(&ask.view.text(folder))) } " · " }
                (inert(&source.format.name)) " · " (fields::word_of(ask.view.lang, &self.shown.record.status))
                @if let Some(pages) = source.pages { " · " (pages) " " (if pages == 1 { ask.t("side", "page") } else { ask.t("sider", "pages") }) }
                " · " a href=(page::address(&format!("/original/{}", self.path), std::iter::empty())) { (ask.t("Last ned originalen", "Download the original")) }
                " · " a href=(page::address(&format!("/document/{}.json", self.path), std::iter::empty())) { "JSON" }
            }
            @for problem in &self.shown.record.problems {
                p.problem { strong { (ask.view.lang.problem(problem.code)) } ": " bdi { (inert(&ask.view.text(&problem.message))) } }
            }
            @if !self.shown.hidden.is_empty() {
                p.problem { (ask.t("Saker som er unntatt offentlighet, vises ikke.", "Cases closed to the public are not shown.")) }
            }
            (self.chosen())
            div.beside.reading {
                section.fields aria-label=(ask.t("Felter", "Fields")) {
                    h2 { (ask.t("Felter", "Fields")) }
                    p.note { (ask.t("Velg et felt for å se hvor det står; velg tekst for å se feltet.", "Choose a field to see where it stands; choose text to see its field.")) " " a.down href="#text" { (ask.t("Til kildeteksten ↓", "To the source text ↓")) } }
                    (self.all_groups())
                    @if self.groups.is_empty() { p { (ask.t("Ingen felter er hentet ut.", "No fields were extracted.")) } }
                    h2 #findings { (ask.t("Funn", "Findings")) }
                    @if findings.is_empty() { p { (ask.t("Ingen funn.", "No findings.")) } }
                    @for finding in findings { (lists::finding(ask, finding, verdicts, &self.here(), 3)) }
                }
                section.source #text aria-label=(ask.t("Kildetekst", "Source text")) {
                    h2 { (ask.t("Kildetekst", "Source text")) }
                    (self.text())
                }
            }
        }
    }

    fn here(&self) -> String {
        page::document(self.path, None)
    }

    /// All fields with their numbers.
    fn numbered(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.groups.iter().flatten().flat_map(|group| &group.fields).enumerate()
    }

    fn all_groups(&self) -> Markup {
        let ask = self.ask;
        let mut number = 0;
        let mut count = |group: &Group| {
            number += group.fields.len();
            number - group.fields.len()
        };
        let all: Vec<Vec<(usize, &Group)>> =
            self.groups.iter().map(|groups| groups.iter().map(|g| (count(g), g)).collect()).collect();
        let ids = self.record["documents"].as_array().into_iter().flatten();
        html! {
            @for (groups, document) in all.iter().zip(ids) {
                h3 id=(document["id"].as_str().unwrap_or_default()) {
                    @let kind = fields::word_of(ask.view.lang, &document["kind"]);
                    @let title = document["title"]["value"].as_str().unwrap_or_default();
                    // Many titles say it themselves: Innkalling til møte i styret.
                    @if !title.to_lowercase().starts_with(&kind.to_lowercase()) { (kind) @if !title.is_empty() { ": " } }
                    bdi { (inert(title)) }
                }
                @for (first, group) in groups {
                    @if group.name.is_empty() { (self.list(*first, &group.fields)) }
                    @else {
                        details open[group.fields.len() <= OPEN] {
                            summary { bdi { (inert(&ask.view.text(page::begin(&group.name, 160).0))) } " " small { (group.fields.len()) } }
                            @if group.is_case { @if let Some(address) = self.case(&group.fields) { p.where { a href=(address) { (ask.t("Saken i hele arkivet", "The case in the whole archive")) } } } }
                            (self.list(*first, &group.fields))
                        }
                    }
                }
            }
        }
    }

    /// The address of the case that a group of fields belongs to.
    fn case(&self, fields: &[Field]) -> Option<String> {
        let mut parts = fields.first()?.pointer.split('/').skip(2);
        let (document, _, case) = (parts.next()?, parts.next()?, parts.next()?);
        let document = self.shown.record.documents.get(document.parse::<usize>().ok()?)?;
        let number = document.cases.get(case.parse::<usize>().ok()?)?.number.as_ref()?;
        let key = crate::search::case_key(document, &number.value);
        Some(page::address(&format!("/case/{key}"), std::iter::empty()))
    }

    fn list(&self, first: usize, fields: &[Field]) -> Markup {
        let ask = self.ask;
        let sha256 = &self.shown.record.source.sha256;
        html! {
            dl {
                @for (i, field) in fields.iter().enumerate() {
                    @let at = field.spans.first().map(|s| s.block);
                    @let (value, is_cut) = page::begin(&field.value, VALUE);
                    @let asked = ask.with(&[("field", &field.pointer), ("from", &at.map(|b| self.start(b)).unwrap_or_default())]);
                    dt { (field.name) }
                    dd.field data-field=[at.map(|_| first + i)] {
                        @match at {
                            Some(block) => a.value href={ (asked) "#b" (block) } { bdi { (inert(value)) @if is_cut { "…" } } },
                            None => bdi { (inert(value)) },
                        }
                        @if let Some(text) = field.text.as_ref().filter(|t| is_other(t, &field.value) && t.len() < 80) { " " span.printed { "«" bdi { (inert(text)) } "»" } }
                        @if field.text.is_some() { " " a.correct href={ (asked) "#correct" } aria-label={ (ask.t("Rett ", "Correct ")) (field.name) } { (ask.t("rett", "correct")) } }
                        @if let Some(correction) = self.corrections.of(sha256, &field.pointer) { (self.corrected(correction)) }
                    }
                }
            }
        }
    }

    /// What a person said of a field, beside what the machine reads.
    fn corrected(&self, correction: &Correction) -> Markup {
        let ask = self.ask;
        let is_other = say::machine(&self.shown.record, &correction.field).is_none_or(|now| now != correction.machine);
        html! {
            p.corrected {
                strong { (ask.t("Rettet til ", "Corrected to ")) "«" bdi { (inert(&ask.view.text(&correction.person))) } "»" }
                @if !correction.why.is_empty() { ": " bdi { (inert(&ask.view.text(&correction.why))) } }
                @if let Some(by) = &correction.by { " – " bdi { (inert(by)) } }
                " " small { (correction.at.get(..10).unwrap_or_default()) }
                @if is_other { br; (ask.t("Maskinen leser nå noe annet enn det som ble rettet.", "The machine now reads something else than what was corrected.")) }
            }
        }
    }

    /// The field that is asked for, with a form to correct it.
    fn chosen(&self) -> Markup {
        let ask = self.ask;
        let asked = ask.get("field").and_then(|p| self.numbered().find(|(_, f)| f.pointer == p));
        let Some((_, field)) = asked.filter(|(_, f)| f.text.is_some()) else { return html! {} };
        html! {
            section.chosen #correct aria-label=(ask.t("Valgt felt", "Chosen field")) {
                h2 { (field.name) ": " bdi { (inert(page::begin(&field.value, VALUE).0)) } }
                form method="post" action="/correction" {
                    (say::hidden(ask, &self.here()))
                    input type="hidden" name="path" value=(self.path);
                    input type="hidden" name="field" value=(field.pointer);
                    label.wide { span { (ask.t("Skal være", "Should be")) } input type="text" name="person" required value=(page::begin(&field.value, VALUE).0); }
                    (say::reason(ask))
                    button type="submit" { (ask.t("Lagre rettelsen", "Save the correction")) }
                }
                p.note { (ask.t("Verdien som maskinen leste, blir stående ved siden av.", "The value that the machine read stays beside it.")) }
            }
        }
    }

    /// The first block of the part of the text that holds a block, where the text has several parts.
    fn start(&self, block: u32) -> String {
        let start = block as usize / BLOCKS * BLOCKS;
        if start == 0 { String::new() } else { start.to_string() }
    }

    fn text(&self) -> Markup {
        let ask = self.ask;
        let blocks = &self.shown.record.blocks;
        let from = ask.number("from", 0).min(blocks.len()) / BLOCKS * BLOCKS;
        let to = (from + BLOCKS).min(blocks.len());
        let mut marks = Marks::new();
        for (number, field) in self.numbered() {
            for span in &field.spans {
                marks.entry(span.block).or_default().push((span.start..span.end, number));
            }
        }
        let chosen = ask.get("field").and_then(|p| self.numbered().find(|(_, f)| f.pointer == p)).map(|(n, _)| n);
        let mut pages: BTreeMap<u32, Vec<&Block>> = BTreeMap::new();
        let mut current = 0;
        for block in &blocks[from..to] {
            current = block.page.unwrap_or(current);
            pages.entry(current).or_default().push(block);
        }
        let steps = html! {
            @if blocks.len() > BLOCKS {
                nav.pages aria-label=(ask.t("Deler av teksten", "Parts of the text")) {
                    @if from > 0 { a href=(ask.with(&[("from", &(from - BLOCKS).to_string())])) { (ask.t("← Tidligere", "← Earlier")) } }
                    span { (from + 1) "–" (to) " / " (blocks.len()) }
                    @if to < blocks.len() { a href=(ask.with(&[("from", &to.to_string())])) { (ask.t("Videre →", "On →")) } }
                }
            }
        };
        html! {
            (steps)
            @for (page, blocks) in &pages {
                @if *page > 0 { h3.page id={ "p" (page) } { (ask.t("Side ", "Page ")) (page) } (self.picture(*page, blocks)) }
                @for block in blocks { (self.block(block, marks.get(&block.id).map_or(&[], Vec::as_slice), chosen)) }
            }
            (steps)
        }
    }

    /// The picture of a page, with the boxes of its blocks, where it can be drawn and shows nothing closed.
    fn picture(&self, page: u32, blocks: &[&Block]) -> Markup {
        if !original::can_draw(self.ask, &self.shown.record) || !self.shown.hidden.is_empty() {
            return html! {};
        }
        let address = page::address(&format!("/page/{}", self.path), [("n", page.to_string().as_str())].into_iter());
        let boxes: Vec<String> = blocks
            .iter()
            .filter_map(|b| b.bbox.map(|[x0, y0, x1, y1]| format!("{} {x0:.0} {y0:.0} {x1:.0} {y1:.0}", b.id)))
            .collect();
        html! {
            details.picture open {
                summary { (self.ask.t("Bilde av siden", "Picture of the page")) }
                div.sheet data-boxes=(boxes.join(";")) data-dpi=(original::DPI) {
                    img src=(address) loading="lazy" alt={ (self.ask.t("Side ", "Page ")) (page) (self.ask.t("; teksten står under", "; its text stands below")) };
                }
            }
        }
    }

    fn block(&self, block: &Block, marks: &[(Range<usize>, usize)], chosen: Option<usize>) -> Markup {
        let ask = self.ask;
        let id = format!("b{}", block.id);
        if self.shown.hidden.contains(&block.id) {
            return html! { p.block.closed id=(id) { (ask.t("unntatt offentlighet", "closed to the public")) } };
        }
        let whole = block.text.len();
        let is_asked = ask.get("whole").is_some_and(|b| b == block.id.to_string());
        let end = if is_asked { whole } else { block.text.floor_char_boundary(LONG) };
        let label = block.label.as_deref().map(|l| html! { span.label { (inert(l)) } " " });
        let about = match block.kind {
            BlockKind::Header | BlockKind::Footer | BlockKind::Footnote | BlockKind::Comment => {
                Some(fields::word_of(ask.view.lang, &block.kind))
            }
            _ => None,
        };
        let class = match block.kind {
            BlockKind::Heading => "block heading",
            BlockKind::ListItem => "block item",
            BlockKind::Table => "block",
            BlockKind::Header | BlockKind::Footer => "block furniture",
            _ if block.style.bold => "block bold",
            _ => "block",
        };
        html! {
            div class=(class) id=(id) dir="auto" {
                @if let Some(about) = about { small.about { (about) } " " }
                @match &block.rows {
                    Some(rows) => div.scroll tabindex="0" role="group" aria-label=(ask.t("Tabell", "Table")) { table { tbody {
                        @for row in rows.iter().take_while(|row| row.first().is_none_or(|c| c.start < end)) {
                            tr { @for cell in row {
                                td dir="auto" colspan=[(cell.colspan > 1).then_some(cell.colspan.min(100))] { (segments(&block.text, cell.start..cell.end.min(whole), marks, chosen)) }
                            } }
                        }
                    } } },
                    None => p { (label.unwrap_or_default()) (segments(&block.text, 0..end, marks, chosen)) @if end < whole { "…" } },
                }
                @if end < whole {
                    p { a href={ (ask.with(&[("whole", &block.id.to_string())])) "#" (id) } { (ask.t("Vis hele blokken", "Show the whole block")) " (" (ask.view.lang.number(whole as u64)) " " (ask.t("byte", "bytes")) ")" } }
                }
            }
        }
    }
}

/// A stretch of a text, cut where fields begin and end; each piece names the fields over it, the narrowest first.
fn segments(text: &str, range: Range<usize>, marks: &[(Range<usize>, usize)], chosen: Option<usize>) -> Markup {
    let mut cuts: Vec<usize> = marks.iter().flat_map(|(m, _)| [m.start, m.end]).collect();
    cuts.retain(|at| range.contains(at) && text.is_char_boundary(*at));
    cuts.extend([range.start, range.end]);
    cuts.sort_unstable();
    cuts.dedup();
    html! {
        @for piece in cuts.windows(2) {
            @let over = over(marks, piece[0], piece[1]);
            @let words = text.get(piece[0]..piece[1]).unwrap_or_default();
            @if over.is_empty() { (inert(words)) }
            @else if chosen.is_some_and(|c| over.contains(&c)) { mark.m data-fields=(joined(&over)) { (inert(words)) } }
            @else { span.m data-fields=(joined(&over)) { (inert(words)) } }
        }
    }
}

fn over(marks: &[(Range<usize>, usize)], start: usize, end: usize) -> Vec<usize> {
    let mut over: Vec<&(Range<usize>, usize)> =
        marks.iter().filter(|(m, _)| m.start <= start && end <= m.end).collect();
    over.sort_by_key(|(m, _)| m.len());
    over.iter().map(|(_, number)| *number).collect()
}

fn joined(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
}

/// Whether what is printed is more than a value on other lines.
fn is_other(printed: &str, value: &str) -> bool {
    !printed.split_whitespace().eq(value.split_whitespace())
}
