//! Compact facts of an archive: what the archive rules need of each record. They lie in a file until their body's turn
//! comes, so that memory does not grow with the archive.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::document::Span;
use crate::extract::line::{Folded, lines_where};
use crate::extract::values::date;
use crate::extract::values::number::{self, Order};
use crate::finding::Place;
use crate::lang::lexicon;
use crate::model::{Case, CaseNumber, CaseType, Document, Kind, Record, Sourced, Status};

mod spool;

pub use spool::Spool;

/// What a rule sees of an archive at a time: all documents of some bodies, and a little of the whole.
pub struct Facts<'a> {
    /// The constituent documents, in order of path.
    pub documents: Vec<DocumentFact>,
    /// What is known of the whole archive.
    pub whole: &'a Whole,
    /// Gives the record of a path, for the few cases where facts make a suspicion and the text must settle it.
    pub record: &'a (dyn Fn(&str) -> Option<Record> + Sync),
}

/// What rules need of the whole archive, whichever body they look at.
#[derive(Debug, Default)]
pub struct Whole {
    /// The names of the files in each folder.
    pub files: BTreeMap<String, Vec<String>>,
    /// The case numbers that are borne, by series in capitals and year; those without either are left out.
    pub numbers: BTreeMap<(String, i16), BTreeSet<u32>>,
}

/// A constituent document.
#[derive(Debug, Serialize, Deserialize)]
pub struct DocumentFact {
    /// Path of its file.
    pub path: String,
    /// Its id in the file.
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// Municipality and body in a form to compare; empty where unknown.
    pub body_key: (String, String),
    /// The municipality as printed.
    pub municipality: Option<String>,
    /// The body as printed.
    pub body: Option<String>,
    /// The day of the meeting, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// A place to point to.
    pub span: Option<Span>,
    /// Its cases.
    pub cases: Vec<CaseFact>,
    /// Numbers of cases, without series, that its head calls withdrawn, put off, renumbered or added late.
    pub moved: Vec<(u32, Option<i16>)>,
    /// Its numbered attachments.
    pub attachments: Vec<AttachmentFact>,
    /// Hashes of its text's five-word shingles, the smallest 64: a sketch for near-duplicates.
    pub sketch: Box<[u32]>,
}

/// An attachment announced under a number.
#[derive(Debug, Serialize, Deserialize)]
pub struct AttachmentFact {
    /// `Vedlegg 1`.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The case that announces it.
    pub case: Option<CaseNumber>,
    /// It is a constituent document of the same file.
    pub present: bool,
    /// Where it is announced.
    pub span: Option<Span>,
}

/// A case.
#[derive(Debug, Serialize, Deserialize)]
pub struct CaseFact {
    /// Its number.
    pub number: Option<CaseNumber>,
    /// Its title.
    pub title: String,
    /// Where the title stands.
    pub span: Option<Span>,
    /// The title in the document's own agenda list, where it is another.
    pub listed: Option<(String, Span)>,
    /// Its type.
    pub kind: CaseType,
    /// The decision's words, where it is long enough and no stock phrase.
    pub decision: Option<DecisionFact>,
    /// Where the decision stands.
    pub decision_span: Option<Span>,
    /// Days of minutes that the case approves, with their places.
    pub approves: Vec<(String, Span)>,
    /// Withdrawn, put off, renumbered or added late.
    pub moved: bool,
    /// Cases referred to.
    pub references: Vec<ReferenceFact>,
    /// It is closed to the public.
    pub closed: bool,
}

/// A reference to a case.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReferenceFact {
    /// The number; without series where none is printed.
    pub number: CaseNumber,
    /// The number as printed.
    pub text: String,
    /// The body named beside it.
    pub body: Option<String>,
    /// Where the number stands.
    pub span: Span,
}

impl Facts<'_> {
    /// The documents by municipality and body; those of unknown body are left out.
    #[must_use]
    pub fn by_body(&self) -> BTreeMap<&(String, String), Vec<&DocumentFact>> {
        let mut map: BTreeMap<&(String, String), Vec<&DocumentFact>> = BTreeMap::new();
        for document in self.documents.iter().filter(|d| !d.body_key.1.is_empty()) {
            map.entry(&document.body_key).or_default().push(document);
        }
        map
    }
}

/// Folder and name of a file.
#[must_use]
pub fn folder_and_name(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// A series and year in the form in which [`Whole::numbers`] has them.
#[must_use]
pub fn series_and_year(number: &CaseNumber) -> Option<(String, i16)> {
    Some((number.series.as_deref()?.to_uppercase(), number.year?))
}

/// Case numbers of a body's series in a year, each with the documents that bear it.
#[derive(Debug, Default)]
pub struct Series<'f> {
    /// The series as first printed; none where numbers stand alone.
    pub name: Option<String>,
    /// The documents by number.
    pub numbers: BTreeMap<u32, Vec<&'f DocumentFact>>,
}

/// What tells a series: municipality and body in a form to compare, the series in capitals, the year.
pub type SeriesKey<'f> = (&'f (String, String), String, i16);

impl Facts<'_> {
    /// The numbers of every body, series and year. Numbers without a year are left out, and so are those of an extract with
    /// several: each is another body's.
    #[must_use]
    pub fn series(&self) -> BTreeMap<SeriesKey<'_>, Series<'_>> {
        let mut ledger: BTreeMap<SeriesKey, Series> = BTreeMap::new();
        let is_extract = |d: &DocumentFact| d.kind == Kind::CaseMinutes && d.cases.len() > 1;
        for document in self.documents.iter().filter(|d| !d.body_key.1.is_empty() && !is_extract(d)) {
            for number in document.cases.iter().filter_map(|c| c.number.as_ref()) {
                let Some(year) = number.year else { continue };
                let upper = number.series.as_deref().unwrap_or_default().to_uppercase();
                let series = ledger.entry((&document.body_key, upper, year)).or_default();
                series.name = series.name.take().or_else(|| number.series.clone());
                series.numbers.entry(number.sequence).or_default().push(document);
            }
        }
        ledger
    }
}

impl DocumentFact {
    /// A place in the document.
    #[must_use]
    pub fn place(&self, span: Option<Span>) -> Place {
        Place { path: self.path.clone(), document: Some(self.id.clone()), span }
    }

    /// Whether it tells what was decided.
    #[must_use]
    pub fn is_minutes(&self) -> bool {
        matches!(self.kind, Kind::Minutes | Kind::CaseMinutes)
    }
}

/// The facts of a record: none of a duplicate, whose original has them.
#[must_use]
pub fn facts_of(record: &Record) -> Vec<DocumentFact> {
    let documents = record.documents.iter().filter(|_| record.status != Status::Duplicate);
    documents.map(|d| document_fact(record, d)).collect()
}

fn document_fact(record: &Record, document: &Document) -> DocumentFact {
    let lower = |s: &Option<Sourced<String>>| s.as_ref().map(|s| s.value.to_lowercase()).unwrap_or_default();
    let body = lower(&document.body);
    // The definite form names the same body: formannskap, formannskapet.
    let body = body.strip_suffix("et").filter(|b| b.len() > 6).map_or(body.clone(), str::to_owned);
    DocumentFact {
        path: record.source.path.clone(),
        id: document.id.clone(),
        kind: document.kind,
        body_key: (lower(&document.municipality), body),
        municipality: document.municipality.as_ref().map(|m| m.value.clone()),
        body: document.body.as_ref().map(|b| b.value.clone()),
        date: document.meeting.date.as_ref().map(|d| d.value.clone()),
        span: document.title.as_ref().or(document.meeting.date.as_ref()).and_then(|t| t.at.spans().first().copied()),
        cases: document.cases.iter().map(|c| case_fact(document, c)).collect(),
        moved: moved(record, document),
        attachments: attachments(document),
        sketch: sketch(record, document),
    }
}

/// The numbers of cases that the lines before the first case call withdrawn, put off, renumbered or added late.
fn moved(record: &Record, document: &Document) -> Vec<(u32, Option<i16>)> {
    let first_case = document.cases.iter().filter_map(|c| c.title.at.spans().first()).map(|s| s.block).min();
    let end = first_case.unwrap_or(document.blocks.1 + 1);
    let head = record.blocks.get(document.blocks.0 as usize..end as usize).unwrap_or_default();
    // A text without cases is all head.
    lines_where(head, |text| lexicon().moved_case.is_match(text))
        .flat_map(|line| {
            let source = |s: usize, e: usize| {
                let (from, to) = line.folded.source(s, e);
                line.raw.get(from..to).unwrap_or_default().to_owned()
            };
            let found = number::find(line.text(), &source).into_iter();
            found.map(|n| n.number(Order::NumberFirst, None)).map(|n| (n.sequence, n.year)).collect::<Vec<_>>()
        })
        .collect()
}

fn attachments(document: &Document) -> Vec<AttachmentFact> {
    let of_cases = document
        .cases
        .iter()
        .flat_map(|c| c.attachments.iter().map(|a| (a, c.number.as_ref().map(|n| n.value.clone()))));
    of_cases
        .chain(document.attachments.iter().map(|a| (a, None)))
        .filter_map(|(a, case)| {
            let label = a.label.as_ref()?;
            Some(AttachmentFact {
                label: label.value.clone(),
                title: a.title.value.clone(),
                case,
                present: a.document.is_some(),
                span: label.at.spans().first().copied(),
            })
        })
        .collect()
}

fn case_fact(document: &Document, case: &Case) -> CaseFact {
    CaseFact {
        number: case.number.as_ref().map(|n| n.value.clone()),
        title: case.title.value.clone(),
        span: case.title.at.spans().first().copied(),
        listed: case.listed_title.as_ref().and_then(|t| Some((t.value.clone(), *t.at.spans().first()?))),
        kind: case.kind,
        decision: case.decision.as_ref().and_then(|d| DecisionFact::new(&d.text.value)),
        decision_span: case.decision.as_ref().and_then(|d| d.text.at.spans().first().copied()),
        approves: if case.kind == CaseType::Approval { approves(document, case) } else { Vec::new() },
        moved: is_moved(case),
        references: case
            .references
            .iter()
            .filter_map(|r| {
                Some(ReferenceFact {
                    number: r.number.value.clone(),
                    text: r.number.text.clone(),
                    body: r.resolved_to.as_ref().map(|b| b.value.clone()),
                    span: *r.number.at.spans().first()?,
                })
            })
            .collect(),
        closed: case.closed,
    }
}

/// Whether the text of a case says that it was withdrawn, put off, renumbered or added late, that nothing was decided, or that
/// the decision stands elsewhere.
#[must_use]
pub fn is_moved(case: &Case) -> bool {
    let texts = [Some(&case.title), case.deliberation.as_ref(), case.decision.as_ref().map(|d| &d.text)];
    // A sentence of the background that names another case tells of the past.
    let background = case.background.as_ref().map_or("", |b| b.value.as_str());
    let announced = background.split_inclusive(['.', '\n']).filter(|s| !s.contains('/'));
    texts
        .into_iter()
        .flatten()
        .map(|t| t.value.as_str())
        .chain(announced)
        .any(|t| lexicon().moved_case.is_match(&Folded::text_of(t)))
}

/// The days of minutes that an approval case names: in its title, or else in its proposal or decision.
#[must_use]
pub fn approves(document: &Document, case: &Case) -> Vec<(String, Span)> {
    let texts = std::iter::once(&case.title)
        .chain(case.proposals.iter().map(|p| &p.text))
        .chain(case.decision.iter().map(|d| &d.text));
    let year = document.meeting.date.as_ref().and_then(|d| d.value.get(..4)?.parse().ok());
    for text in texts {
        let folded = Folded::text_of(&text.value);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        if !words.into_iter().any(|w| lexicon().minutes_words.contains(w)) {
            continue;
        }
        let days: Vec<(String, Span)> = date::find(&folded)
            .iter()
            .filter_map(|m| Some((m.date(year)?.to_string(), *text.at.spans().first()?)))
            .collect();
        if !days.is_empty() {
            return days;
        }
    }
    Vec::new()
}

/// The least length of a decision that is compared, in characters.
const LEAST_DECISION: usize = 40;

/// How many hashes the sketch of a decision keeps.
const DECISION_SKETCH: usize = 8;

/// A decision in a form to compare.
#[derive(Debug, Serialize, Deserialize)]
pub struct DecisionFact {
    /// Hash of its words.
    pub words: u64,
    /// The least hashes of its three-word sequences (a bottom-k sketch, Broder 1997): nearly equal decisions share some.
    pub sketch: Box<[u32]>,
}

impl DecisionFact {
    /// The form of a decision; `None` for short ones and stock phrases.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let folded = Folded::text_of(text);
        if folded.chars().count() <= LEAST_DECISION || lexicon().boilerplate.is_match(&folded) {
            return None;
        }
        let words: Vec<&str> = words(&folded).collect();
        let mut sketch = Sketch::new(3, DECISION_SKETCH);
        words.iter().for_each(|word| sketch.add(word));
        Some(Self { words: hash(&words), sketch: sketch.least() })
    }
}

/// The words of a folded text.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// A hash that is the same in every run.
pub(crate) fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The least hashes of the sequences of so many words of a text that comes word by word.
struct Sketch {
    length: usize,
    keep: usize,
    /// The last words, as many as a sequence has.
    last: VecDeque<String>,
    least: BTreeSet<u32>,
}

impl Sketch {
    fn new(length: usize, keep: usize) -> Self {
        Self { length, keep, last: VecDeque::new(), least: BTreeSet::new() }
    }

    fn add(&mut self, word: &str) {
        // The string of the word that goes serves the one that comes.
        let is_full = self.last.len() == self.length;
        let mut room = if is_full { self.last.pop_front().unwrap_or_default() } else { String::new() };
        room.clear();
        room.push_str(word);
        self.last.push_back(room);
        if self.last.len() == self.length {
            let hash = (hash(&self.last) >> 32) as u32;
            if self.least.len() < self.keep || self.least.last().is_some_and(|last| hash < *last) {
                self.least.insert(hash);
            }
            if self.least.len() > self.keep {
                self.least.pop_last();
            }
        }
    }

    /// The hashes, in ascending order.
    fn least(self) -> Box<[u32]> {
        self.least.into_iter().collect()
    }
}

/// How alike two titles are, by their words: 1 for the same, 0 for none shared.
#[must_use]
pub fn likeness(a: &str, b: &str) -> f64 {
    let words = |s: &str| -> Vec<String> {
        let mut words: Vec<String> = Folded::text_of(s)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 2)
            .map(str::to_owned)
            .collect();
        words.sort();
        words.dedup();
        words
    };
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        return if a == b { 1.0 } else { 0.5 };
    }
    let shared = a.iter().filter(|w| b.contains(w)).count() as f64;
    shared / a.len().min(b.len()) as f64
}

/// How many hashes a sketch keeps.
const SKETCH: usize = 64;

/// A sketch of a document's text: see [`DocumentFact::sketch`].
fn sketch(record: &Record, document: &Document) -> Box<[u32]> {
    let mut sketch = Sketch::new(5, SKETCH);
    folded_texts(record, document).for_each(|text| words(&text).for_each(|word| sketch.add(word)));
    sketch.least()
}

/// The text of a constituent document, block by block, in the form for comparing.
pub fn folded_texts(record: &Record, document: &Document) -> impl Iterator<Item = String> {
    let blocks = record.blocks.iter().filter(|b| document.blocks.0 <= b.id && b.id <= document.blocks.1);
    blocks.map(|block| Folded::text_of(&block.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sketch_has_the_least_hashes_of_all_sequences() {
        let texts = ["det ble votert over", "", "forslaget", "fra møtelederen og det ble votert over forslaget fra"];
        let mut sketch = Sketch::new(3, 4);
        texts.iter().for_each(|text| words(text).for_each(|word| sketch.add(word)));
        let whole = texts.join(" ");
        let whole: Vec<&str> = words(&whole).collect();
        let all: BTreeSet<u32> = whole.windows(3).map(|words| (hash(words) >> 32) as u32).collect();
        assert!(all.len() > 4);
        assert_eq!(sketch.least().to_vec(), all.into_iter().take(4).collect::<Vec<_>>());
    }
}
