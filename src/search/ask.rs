//! Questions to the index and what is found.

use std::collections::{BTreeMap, HashSet};
use std::ops::Bound;

use serde::Serialize;
use tantivy::aggregation::AggregationCollector;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Value as _};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

use super::build::number_forms;
use super::query::{self, Node, Number, QueryError, Value};
use super::words::{self, Word};
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

/// A piece of a snippet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it was asked for.
    pub marked: bool,
}

/// Several pieces of a case match; so many pieces are looked at for each case wanted.
const PIECES_A_CASE: usize = 6;

/// How many values of a facet are counted.
const FACET_VALUES: usize = 20;

/// Characters of a snippet.
const SNIPPET: usize = 240;

/// The fields that are counted.
const FACETS: [&str; 7] = ["kind", "body", "municipality", "year", "outcome", "series", "rule"];

impl Search {
    /// Answers a question.
    ///
    /// # Errors
    /// Where the query is not understood or the index cannot be read.
    pub fn ask(&self, question: &Question) -> Result<Answer, SearchError> {
        let node = query::parse(&question.query)?;
        let searcher = self.reader.searcher();
        let mut asked = Asked { search: self, searcher: &searcher, wanted: HashSet::new(), relax: Relax::No };
        let mut relaxed = None;
        let mut query = self.whole(&mut asked, &node, question)?;
        let mut pieces = searcher.search(&query, &Count)?;
        for (relax, name) in
            [(Relax::Similar, "similar_words"), (Relax::Parts, "similar_words"), (Relax::Some, "some_words")]
        {
            if pieces > 0 {
                break;
            }
            asked = Asked { search: self, searcher: &searcher, wanted: HashSet::new(), relax };
            query = self.whole(&mut asked, &node, question)?;
            pieces = searcher.search(&query, &Count)?;
            relaxed = (pieces > 0).then_some(name);
        }
        let found = self.top(&searcher, &query, question, &asked.wanted)?;
        let facets = if question.facets { self.facets(&searcher, &query)? } else { BTreeMap::new() };
        Ok(Answer { pieces: pieces as u64, found, facets, relaxed })
    }

    fn whole(&self, asked: &mut Asked, node: &Node, question: &Question) -> Result<Box<dyn Query>, SearchError> {
        let query = asked.query(node)?;
        if question.closed {
            return Ok(query);
        }
        let closed = exact(self.fields.closed, "yes");
        Ok(Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::MustNot, closed)])))
    }

    /// The best pieces, gathered by case.
    fn top(
        &self,
        searcher: &Searcher,
        query: &dyn Query,
        question: &Question,
        wanted: &HashSet<String>,
    ) -> Result<Vec<Found>, SearchError> {
        let cases = question.offset + question.limit;
        if question.limit == 0 {
            return Ok(Vec::new());
        }
        let top = TopDocs::with_limit((cases * PIECES_A_CASE).max(1));
        let pieces: Vec<(f32, DocAddress)> = match question.order {
            Order::Relevance => searcher.search(query, &top.order_by_score())?,
            Order::Date => {
                let newest = top.order_by_string_fast_field("date", tantivy::Order::Desc);
                searcher.search(query, &newest)?.into_iter().map(|(_, at)| (0.0, at)).collect()
            }
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
                snippet: snippet(&body_text, wanted),
                closed: text(self.fields.closed).is_some(),
                score,
            });
        }
        Ok(found.into_iter().skip(question.offset).take(question.limit).collect())
    }

    fn facets(&self, searcher: &Searcher, query: &dyn Query) -> Result<BTreeMap<String, Vec<FacetCount>>, SearchError> {
        let request: serde_json::Map<String, serde_json::Value> = FACETS
            .iter()
            .map(|field| ((*field).to_owned(), serde_json::json!({"terms": {"field": field, "size": FACET_VALUES}})))
            .collect();
        let request: Aggregations = serde_json::from_value(request.into())
            .map_err(|e| tantivy::TantivyError::InvalidArgument(e.to_string()))?;
        let counted = searcher.search(query, &AggregationCollector::from_aggs(request, Default::default()))?;
        let counted = serde_json::to_value(counted).map_err(|e| tantivy::TantivyError::InternalError(e.to_string()))?;
        let mut facets = BTreeMap::new();
        for field in FACETS {
            let buckets = counted[field]["buckets"].as_array().cloned().unwrap_or_default();
            let counts: Vec<FacetCount> = buckets
                .iter()
                .filter_map(|bucket| {
                    let value = match &bucket["key"] {
                        serde_json::Value::String(text) => text.clone(),
                        key => (key.as_f64()? as i64).to_string(),
                    };
                    Some(FacetCount { value, pieces: bucket["doc_count"].as_u64()? })
                })
                .collect();
            if !counts.is_empty() {
                facets.insert(field.to_owned(), counts);
            }
        }
        Ok(facets)
    }
}

/// How far a query is loosened where nothing holds all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relax {
    No,
    /// A word that stands nowhere may be one that is spelled alike or begins so.
    Similar,
    /// It may also be a part of it.
    Parts,
    /// Some of the words are enough.
    Some,
}

/// A question on its way to a query of the index.
struct Asked<'a> {
    search: &'a Search,
    searcher: &'a Searcher,
    /// The forms of words that are asked for, to mark them in snippets.
    wanted: HashSet<String>,
    relax: Relax,
}

impl Asked<'_> {
    fn query(&mut self, node: &Node) -> Result<Box<dyn Query>, SearchError> {
        let fields = &self.search.fields;
        Ok(match node {
            Node::And(parts) => {
                let mut clauses = Vec::new();
                let mut some: Vec<(Occur, Box<dyn Query>)> = Vec::new();
                for part in parts {
                    match part {
                        Node::Not(inner) => clauses.push((Occur::MustNot, self.query(inner)?)),
                        Node::Word(_) if self.relax == Relax::Some => some.push((Occur::Should, self.query(part)?)),
                        part => clauses.push((Occur::Must, self.query(part)?)),
                    }
                }
                if !some.is_empty() {
                    clauses.push((Occur::Must, Box::new(BooleanQuery::new(some))));
                }
                only_not_needs_all(&mut clauses);
                Box::new(BooleanQuery::new(clauses))
            }
            Node::Or(parts) => {
                let clauses: Result<Vec<_>, SearchError> =
                    parts.iter().map(|part| Ok((Occur::Should, self.query(part)?))).collect();
                Box::new(BooleanQuery::new(clauses?))
            }
            Node::Not(inner) => {
                let mut clauses = vec![(Occur::MustNot, self.query(inner)?)];
                only_not_needs_all(&mut clauses);
                Box::new(BooleanQuery::new(clauses))
            }
            Node::Word(word) => {
                let parts: Vec<Box<dyn Query>> =
                    words::words(word).iter().map(|w| self.word(w)).collect::<Result<_, _>>()?;
                all_of(parts)
            }
            Node::Prefix(stem) => self.prefix(&words::fold(stem)),
            Node::Fuzzy(word) => self.fuzzy(&words::fold(word)),
            Node::Phrase(phrase) => {
                let words = words::words(phrase);
                self.wanted.extend(words.iter().map(|w| w.folded.clone()));
                self.everywhere(|field| of_phrase(field, &words))
            }
            Node::Number(number) => of_number(fields.number, number),
            Node::Field(name, value) => self.field(name, value)?,
        })
    }

    /// A word in any of its forms: as written counts most, then the stem, then as part of a compound.
    fn word(&mut self, word: &Word) -> Result<Box<dyn Query>, SearchError> {
        let fields = &self.search.fields;
        let (stems, parts) = (word.stems(), word.parts());
        self.wanted.insert(word.folded.clone());
        self.wanted.extend(stems.iter().cloned());
        let known = |form: &str| -> Result<u64, SearchError> {
            let mut count = 0;
            for field in [fields.title, fields.text, fields.person, fields.body_words, fields.municipality_words] {
                count += self.searcher.doc_freq(&Term::from_field_text(field, form))?;
            }
            Ok(count)
        };
        let mut count = known(&word.folded)?;
        for stem in &stems {
            count += known(stem)?;
        }
        if count == 0 && self.relax != Relax::No {
            let alike = [self.fuzzy(&word.folded), self.prefix(&word.folded)];
            let mut either: Vec<(Occur, Box<dyn Query>)> = alike.map(|query| (Occur::Should, query)).into();
            for part in parts.iter().filter(|_| self.relax != Relax::Similar) {
                self.wanted.insert(part.clone());
                either.push((Occur::Should, weighted(PART_WEIGHT, self.everywhere(|f| exact(f, part)))));
            }
            return Ok(Box::new(BooleanQuery::new(either)));
        }
        let mut either: Vec<(Occur, Box<dyn Query>)> =
            vec![(Occur::Should, weighted(EXACT_WEIGHT, self.everywhere(|f| exact(f, &word.folded))))];
        for stem in &stems {
            either.push((Occur::Should, self.everywhere(|f| exact(f, stem))));
        }
        if let Ok(year @ 1800..=2199) = word.folded.parse::<u64>() {
            let year = TermQuery::new(Term::from_field_u64(fields.year, year), IndexRecordOption::Basic);
            either.push((Occur::Should, Box::new(ConstScoreQuery::new(Box::new(year), YEAR_WEIGHT))));
        }
        // A compound is also asked for by its last part, which says what it is: medlemsavgift is an avgift.
        if let Some(last) = parts.last().filter(|_| count > 0) {
            self.wanted.insert(last.clone());
            either.push((Occur::Should, weighted(PART_WEIGHT, self.everywhere(|f| exact(f, last)))));
        }
        Ok(Box::new(BooleanQuery::new(either)))
    }

    /// Words that begin so.
    fn prefix(&mut self, folded: &str) -> Box<dyn Query> {
        self.wanted.insert(format!("{folded}*"));
        self.everywhere(|field| {
            let mut query = PhrasePrefixQuery::new(vec![Term::from_field_text(field, folded)]);
            query.set_max_expansions(PREFIX_EXPANSIONS);
            Box::new(query)
        })
    }

    /// Words spelled alike: one letter in short ones, two in long ones.
    fn fuzzy(&mut self, folded: &str) -> Box<dyn Query> {
        let distance = if folded.chars().count() < LONG_WORD { 1 } else { 2 };
        self.wanted.insert(format!("{folded}~{distance}"));
        self.everywhere(|field| Box::new(FuzzyTermQuery::new(Term::from_field_text(field, folded), distance, true)))
    }

    /// The same in every field that holds words, the title counting most.
    fn everywhere(&self, one: impl Fn(Field) -> Box<dyn Query>) -> Box<dyn Query> {
        let fields = &self.search.fields;
        let weights = [
            (fields.title, 3.0),
            (fields.text, 1.0),
            (fields.person, 1.0),
            (fields.body_words, 0.5),
            (fields.municipality_words, 0.5),
        ];
        let clauses =
            weights.into_iter().map(|(field, weight)| (Occur::Should, weighted(weight, one(field)))).collect();
        Box::new(BooleanQuery::new(clauses))
    }

    fn field(&mut self, name: &str, value: &Value) -> Result<Box<dyn Query>, SearchError> {
        let fields = &self.search.fields;
        let wrong = |says| {
            let written = match value {
                Value::Text(text) => text.clone(),
                Value::Range(from, to) => format!("{}..{}", end(from), end(to)),
            };
            SearchError::from(QueryError::Form(name.to_owned(), written, says))
        };
        let words_in = |field: Field, text: &str| -> Box<dyn Query> {
            all_of(words::words(text).iter().map(|w| any_form(field, w)).collect())
        };
        Ok(match (name, value) {
            ("year", value) => {
                let (from, to) = bounds(value);
                let year = |text: &str| {
                    let year = text.parse::<u64>().ok().filter(|_| text.len() == 4)?;
                    Some(Term::from_field_u64(fields.year, year))
                };
                let says = "write a year, or years as 2010..2014";
                filter(RangeQuery::new(term(&from, year, || wrong(says))?, term(&to, year, || wrong(says))?))
            }
            ("amount", value) => {
                let (from, to) = bounds(value);
                let amount =
                    |text: &str| Some(Term::from_field_f64(fields.amount, text.replace(',', ".").parse().ok()?));
                let says = "write a number, or >100000, or 1000..2000";
                filter(RangeQuery::new(term(&from, amount, || wrong(says))?, term(&to, amount, || wrong(says))?))
            }
            ("date", value) => {
                let (from, to) = bounds(value);
                let is_date = |t: &str| t.chars().all(|c| c.is_ascii_digit() || c == '-') && t.len() >= 4;
                let first = |text: &str| is_date(text).then(|| Term::from_field_text(fields.date, text));
                // A month or a year ends with its last day.
                let last = |text: &str| is_date(text).then(|| Term::from_field_text(fields.date, &format!("{text}~")));
                let says = "write 2013-02-13, or 2013-02, or 2013-01..2013-06";
                filter(RangeQuery::new(term(&from, first, || wrong(says))?, term(&to, last, || wrong(says))?))
            }
            (_, Value::Range(..)) => return Err(wrong("ranges are for year, date and amount")),
            ("kind", Value::Text(text)) => filter_box(exact(fields.kind, &text.to_lowercase())),
            ("outcome", Value::Text(text)) => filter_box(exact(fields.outcome, &text.to_lowercase())),
            ("rule", Value::Text(text)) => filter_box(exact(fields.rule, &text.to_lowercase())),
            ("level", Value::Text(text)) => filter_box(exact(fields.level, &text.to_lowercase())),
            ("path", Value::Text(text)) => filter_box(exact(fields.path, text)),
            ("series", Value::Text(text)) => filter_box(Box::new(BooleanQuery::new(
                [text.clone(), text.to_uppercase()].iter().map(|t| (Occur::Should, exact(fields.series, t))).collect(),
            ))),
            ("body", Value::Text(text)) => words_in(fields.body_words, text),
            ("municipality", Value::Text(text)) => words_in(fields.municipality_words, text),
            ("person", Value::Text(text)) => words_in(fields.person, text),
            (_, Value::Text(text)) => {
                self.wanted.extend(words::words(text).iter().flat_map(Word::stems));
                words_in(fields.title, text)
            }
        })
    }
}

/// Weights of the forms of a word.
const EXACT_WEIGHT: f32 = 2.0;
const PART_WEIGHT: f32 = 0.2;

/// Score of a piece of the year that is asked for as a word.
const YEAR_WEIGHT: f32 = 1.0;

/// A prefix stands for so many words at most.
const PREFIX_EXPANSIONS: u32 = 200;

/// Words of so many letters may differ by two.
const LONG_WORD: usize = 8;

fn exact(field: Field, form: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, form), IndexRecordOption::WithFreqs))
}

fn weighted(weight: f32, query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, weight))
}

/// A condition that says nothing of how well a piece matches.
fn filter(query: RangeQuery) -> Box<dyn Query> {
    filter_box(Box::new(query))
}

fn filter_box(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn all_of(mut parts: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    if parts.len() == 1 {
        return parts.remove(0);
    }
    Box::new(BooleanQuery::new(parts.into_iter().map(|part| (Occur::Must, part)).collect()))
}

fn any_form(field: Field, word: &Word) -> Box<dyn Query> {
    let forms = word.stems().into_iter().chain([word.folded.clone()]);
    Box::new(BooleanQuery::new(forms.map(|form| (Occur::Should, exact(field, &form))).collect()))
}

fn of_phrase(field: Field, words: &[Word]) -> Box<dyn Query> {
    match words {
        [one] => exact(field, &one.folded),
        words => Box::new(PhraseQuery::new(words.iter().map(|w| Term::from_field_text(field, &w.folded)).collect())),
    }
}

/// A number read number-first and, where that is possible, year-first. The series raises what has it.
fn of_number(field: Field, number: &Number) -> Box<dyn Query> {
    let mut either: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for (sequence, year) in [(number.first, number.second), (number.second, number.first)] {
        let Some(year) = full_year(year) else { continue };
        for form in number_forms(number.series.as_deref(), sequence, Some(year)) {
            let weight = if form.starts_with(char::is_alphabetic) { SERIES_WEIGHT } else { NUMBER_WEIGHT };
            let term: Box<dyn Query> = Box::new(ConstScoreQuery::new(exact(field, &form), weight));
            either.push((Occur::Should, term));
        }
    }
    Box::new(BooleanQuery::new(either))
}

/// Scores of a case that bears the number asked for, and of one that bears the series too.
const NUMBER_WEIGHT: f32 = 20.0;
const SERIES_WEIGHT: f32 = 40.0;

/// A year as written in case numbers: four digits, or two of the years 1950 to 2049.
fn full_year(year: u32) -> Option<i16> {
    match year {
        0..=49 => i16::try_from(2000 + year).ok(),
        50..=99 => i16::try_from(1900 + year).ok(),
        1800..=2199 => i16::try_from(year).ok(),
        _ => None,
    }
}

/// A query of exclusions alone excludes from everything.
fn only_not_needs_all(clauses: &mut Vec<(Occur, Box<dyn Query>)>) {
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
}

/// The ends of a range; a single value is both.
fn bounds(value: &Value) -> (Bound<String>, Bound<String>) {
    match value {
        Value::Text(text) => (Bound::Included(text.clone()), Bound::Included(text.clone())),
        Value::Range(from, to) => (from.clone(), to.clone()),
    }
}

fn term(
    bound: &Bound<String>,
    of: impl Fn(&str) -> Option<Term>,
    wrong: impl Fn() -> SearchError,
) -> Result<Bound<Term>, SearchError> {
    Ok(match bound {
        Bound::Included(text) => Bound::Included(of(text).ok_or_else(wrong)?),
        Bound::Excluded(text) => Bound::Excluded(of(text).ok_or_else(wrong)?),
        Bound::Unbounded => Bound::Unbounded,
    })
}

fn end(bound: &Bound<String>) -> &str {
    match bound {
        Bound::Included(text) | Bound::Excluded(text) => text,
        Bound::Unbounded => "",
    }
}

/// The stretch of a text with most of the words asked for, those words marked.
fn snippet(text: &str, wanted: &HashSet<String>) -> Vec<Piece> {
    let words = words::words(text);
    let is_wanted = |word: &Word| {
        wanted.contains(&word.folded)
            || word.stems().iter().chain(&word.parts()).any(|stem| wanted.contains(stem))
            || wanted.iter().any(|form| alike(form, &word.folded))
    };
    let marked: Vec<&Word> = words.iter().filter(|w| is_wanted(w)).collect();
    let begins: Vec<usize> = if marked.is_empty() { vec![0] } else { marked.iter().map(|w| w.start).collect() };
    let count = |from: usize| marked.iter().filter(|w| w.start >= from && w.end <= from + SNIPPET).count();
    let best = begins.iter().copied().max_by_key(|from| (count(*from), std::cmp::Reverse(*from))).unwrap_or_default();
    let before = best.saturating_sub(SNIPPET / 6);
    let from = words.iter().map(|w| w.start).find(|s| *s >= before).unwrap_or_default().min(best);
    let to = words.iter().map(|w| w.end).take_while(|e| *e <= from + SNIPPET).last().unwrap_or_default().max(from);
    let to = if words.last().is_some_and(|w| w.end <= to) { text.len() } else { to };
    let plain = |from: usize, to: usize| Piece { text: text[from..to].to_owned(), marked: false };
    let mut pieces = Vec::new();
    let mut at = from;
    if from > 0 {
        pieces.push(Piece { text: "… ".to_owned(), marked: false });
    }
    for word in marked.iter().filter(|w| w.start >= from && w.end <= to) {
        if word.start > at {
            pieces.push(plain(at, word.start));
        }
        pieces.push(Piece { text: text[word.start..word.end].to_owned(), marked: true });
        at = word.end;
    }
    if at < to {
        pieces.push(plain(at, to));
    }
    if to < text.len() {
        pieces.push(Piece { text: " …".to_owned(), marked: false });
    }
    pieces
}

/// Whether a word is one that a prefix (`kontin*`) or a fuzzy word (`vedtk~1`) asks for.
fn alike(form: &str, word: &str) -> bool {
    if let Some(prefix) = form.strip_suffix('*') {
        return word.starts_with(prefix);
    }
    let Some((asked, distance)) = form.rsplit_once('~').filter(|(asked, _)| !asked.is_empty()) else { return false };
    distance.parse().is_ok_and(|distance: usize| edits(asked, word) <= distance)
}

/// Letters put in, left out, changed or swapped with their neighbour (Damerau 1964), as the index counts them.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}
