//! Questions to the index and what is found.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use tantivy::collector::TopDocs;
use tantivy::schema::{Field, Value as _};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

use super::asked::{Asked, Relax};
use super::fields::Fields;
use super::matches::{Condition, Matches, Worth};
use super::query::{self, Node};
use super::snippet::{self, Piece};
use super::{Search, SearchError};

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// In the query language.
    pub query: String,
    /// How many cases are wanted at most.
    pub limit: usize,
    /// How many cases to pass over before the first.
    pub offset: usize,
    /// The order.
    pub order: Order,
    /// Cases closed to the public are found too.
    pub closed: bool,
    /// Count what is found by body, year, kind and so on.
    pub facets: bool,
}

/// The order of what is found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The best first.
    #[default]
    Relevance,
    /// The newest meeting first.
    Date,
}

/// What was found.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// How many pieces match.
    pub pieces: u64,
    /// The cases and documents, in order.
    pub found: Vec<Found>,
    /// Counts of pieces by field and value, most first; empty where not asked for.
    pub facets: BTreeMap<String, Vec<FacetCount>>,
    /// What was asked for instead, where nothing holds all of the query: `some_words` or `similar_words`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relaxed: Option<&'static str>,
}

/// How many pieces have a value.
#[derive(Debug, Serialize)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// The number of pieces.
    pub pieces: u64,
}

/// A case, or a constituent document where the text belongs to no case, with the best piece of it that matches.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// Its address: `case/<organisation>/<body>/<year>/<series or ->/<number>` or `document/<path>#<id>`.
    pub key: String,
    /// The case number.
    pub number: Option<String>,
    /// The title.
    pub title: String,
    /// The body.
    pub body: Option<String>,
    /// The municipality or organisation.
    pub municipality: Option<String>,
    /// The day of the meeting.
    pub date: Option<String>,
    /// What was decided.
    pub outcome: Option<String>,
    /// What kinds of piece match, best first.
    pub kinds: Vec<String>,
    /// The file.
    pub path: String,
    /// The constituent document.
    pub document: Option<String>,
    /// The block that the best piece begins in.
    pub block: Option<u64>,
    /// Its page.
    pub page: Option<u64>,
    /// Text around the words asked for.
    pub snippet: Vec<Piece>,
    /// The case is closed to the public.
    pub closed: bool,
    /// How well it matches; of use only beside the others.
    pub score: f32,
}

/// Several pieces of a case match; so many pieces are looked at for each case wanted.
const PIECES_A_CASE: usize = 6;

/// How many values of a facet are counted.
const FACET_VALUES: usize = 20;

impl Search {
    /// Answers a question.
    ///
    /// # Errors
    /// Where the query is not understood or the index cannot be read.
    pub fn ask(&self, question: &Question) -> Result<Answer, SearchError> {
        let node = query::parse(&question.query)?;
        let searcher = self.reader.searcher();
        let mut asked = Asked::new(&self.fields, &searcher, Relax::No);
        let mut matches = self.matches(&searcher, &mut asked, &node, question.closed)?;
        let mut relaxed = None;
        for (relax, name) in
            [(Relax::Similar, "similar_words"), (Relax::Parts, "similar_words"), (Relax::Some, "some_words")]
        {
            if matches.count() > 0 {
                break;
            }
            asked = Asked::new(&self.fields, &searcher, relax);
            matches = self.matches(&searcher, &mut asked, &node, question.closed)?;
            relaxed = (matches.count() > 0).then_some(name);
        }
        let found = self.top(&searcher, &matches, question, &asked.worth, &asked.wanted)?;
        let facets = if question.facets { facets(&matches, &self.fields)? } else { BTreeMap::new() };
        Ok(Answer { pieces: matches.count(), found, facets, relaxed })
    }

    fn matches<'s>(
        &self,
        searcher: &'s Searcher,
        asked: &mut Asked,
        node: &Node,
        closed: bool,
    ) -> Result<Matches<'s>, SearchError> {
        let mut condition = asked.condition(node)?;
        if !closed {
            let closed = Condition::Terms(vec![Term::from_field_text(self.fields.closed, "yes")]);
            condition = Condition::All(vec![condition, Condition::Not(Box::new(closed))]);
        }
        Ok(Matches::new(searcher, &condition)?)
    }

    /// The best pieces, gathered by case.
    fn top(
        &self,
        searcher: &Searcher,
        matches: &Matches,
        question: &Question,
        worth: &Worth,
        wanted: &HashSet<String>,
    ) -> Result<Vec<Found>, SearchError> {
        let cases = question.offset + question.limit;
        if question.limit == 0 {
            return Ok(Vec::new());
        }
        let top = TopDocs::with_limit((cases * PIECES_A_CASE).max(1));
        let pieces: Vec<(f32, DocAddress)> = match question.order {
            Order::Relevance => matches.best(top, worth)?,
            Order::Date => matches.latest(top, "date")?.into_iter().map(|at| (0.0, at)).collect(),
        };
        let mut found: Vec<Found> = Vec::new();
        let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
        for (score, at) in pieces {
            let document: TantivyDocument = searcher.doc(at)?;
            let text = |field: Field| document.get_first(field).and_then(|v| v.as_str()).map(str::to_owned);
            let (key, kind) = (text(self.fields.key).unwrap_or_default(), text(self.fields.kind).unwrap_or_default());
            if let Some(index) = by_key.get(&key) {
                let kinds = &mut found[*index].kinds;
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
                continue;
            }
            by_key.insert(key.clone(), found.len());
            let number = |field: Field| document.get_first(field).and_then(|v| v.as_u64());
            let body_text = text(self.fields.text).unwrap_or_default();
            found.push(Found {
                key,
                number: text(self.fields.label).filter(|l| !l.is_empty()),
                title: text(self.fields.title).unwrap_or_default(),
                body: text(self.fields.body),
                municipality: text(self.fields.municipality),
                date: text(self.fields.date),
                outcome: text(self.fields.outcome),
                kinds: vec![kind],
                path: text(self.fields.path).unwrap_or_default(),
                document: text(self.fields.document),
                block: number(self.fields.block),
                page: number(self.fields.page),
                snippet: snippet::snippet(&body_text, wanted),
                closed: text(self.fields.closed).is_some(),
                score,
            });
        }
        Ok(found.into_iter().skip(question.offset).take(question.limit).collect())
    }
}

fn facets(matches: &Matches, fields: &Fields) -> Result<BTreeMap<String, Vec<FacetCount>>, SearchError> {
    let mut facets = BTreeMap::new();
    for (name, field) in fields.counted() {
        let value = |bytes: Vec<u8>| match <[u8; 8]>::try_from(bytes) {
            Ok(bytes) if field == fields.year => u64::from_be_bytes(bytes).to_string(),
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        };
        let counts = matches.counts(field)?.into_iter().filter(|(_, pieces)| *pieces > 0);
        let mut counts: Vec<_> = counts.map(|(bytes, pieces)| FacetCount { value: value(bytes), pieces }).collect();
        counts.sort_by_key(|count| Reverse(count.pieces));
        counts.truncate(FACET_VALUES);
        if !counts.is_empty() {
            facets.insert(name.to_owned(), counts);
        }
    }
    Ok(facets)
}
