//! A question on its way to the index: what a piece must hold, and what that is worth.

use std::collections::HashSet;
use std::mem::take;
use std::ops::Bound;

use tantivy::query::{
    ConstScoreQuery, EnableScoring, FuzzyTermQuery, PhrasePrefixQuery, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::SearchError;
use super::build::number_forms;
use super::fields::Fields;
use super::matches::{Condition, Worth};
use super::query::{Node, Number, QueryError, Value};
use super::words::{self, Word};

/// How far a query is loosened where nothing holds all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relax {
    No,
    /// A word that stands nowhere may be one that is spelled alike or begins so.
    Similar,
    /// It may also be a part of it.
    Parts,
    /// Some of the words are enough.
    Some,
}

/// What is asked for, gathered from a query.
pub(super) struct Asked<'a> {
    fields: &'a Fields,
    searcher: &'a Searcher,
    /// The forms of words that are asked for, to mark them in snippets.
    pub(super) wanted: HashSet<String>,
    pub(super) worth: Worth,
    relax: Relax,
}

impl<'a> Asked<'a> {
    pub(super) fn new(fields: &'a Fields, searcher: &'a Searcher, relax: Relax) -> Self {
        Self { fields, searcher, wanted: HashSet::new(), worth: Worth::default(), relax }
    }

    pub(super) fn condition(&mut self, node: &Node) -> Result<Condition, SearchError> {
        Ok(match node {
            Node::And(parts) => {
                let (mut all, mut some) = (Vec::new(), Vec::new());
                // What narrows most comes first: the rest is looked for within it.
                let mut parts: Vec<&Node> = parts.iter().collect();
                parts.sort_by_key(|part| !matches!(part, Node::Field(..) | Node::Number(_) | Node::Phrase(_)));
                for part in parts {
                    let condition = self.condition(part)?;
                    let is_some = self.relax == Relax::Some && matches!(part, Node::Word(_) | Node::Number(_));
                    if is_some { some.push(condition) } else { all.push(condition) }
                }
                if !some.is_empty() {
                    all.push(Condition::Any(some));
                }
                Condition::All(all)
            }
            Node::Or(parts) => Condition::Any(parts.iter().map(|part| self.condition(part)).collect::<Result<_, _>>()?),
            Node::Not(part) => {
                // What is excluded is neither marked nor worth anything.
                let kept = (take(&mut self.wanted), take(&mut self.worth));
                let condition = self.condition(part)?;
                (self.wanted, self.worth) = kept;
                Condition::Not(Box::new(condition))
            }
            Node::Word(word) => {
                all_of(words::words(word).iter().map(|word| self.word(word)).collect::<Result<_, _>>()?)
            }
            Node::Prefix(stem) => self.prefix(&words::fold(stem))?,
            Node::Fuzzy(word) => self.fuzzy(&words::fold(word))?,
            Node::Phrase(phrase) => self.phrase(&words::words(phrase))?,
            Node::Number(number) => self.number(number),
            Node::Field(name, value) => self.field(name, value)?,
        })
    }

    /// A word in any of its forms: as written counts most, then the stem, then as part of a compound.
    fn word(&mut self, word: &Word) -> Result<Condition, SearchError> {
        let (stems, parts) = (word.stems(), word.parts());
        self.wanted.insert(word.folded.clone());
        self.wanted.extend(stems.iter().cloned());
        // What holds a word as written holds its stems too.
        let mut terms = Vec::new();
        for stem in &stems {
            terms.extend(self.form(stem, STEM_WEIGHT)?);
        }
        if terms.is_empty() && self.relax != Relax::No {
            let mut either = vec![self.fuzzy(&word.folded)?, self.prefix(&word.folded)?];
            let is_part = self.relax != Relax::Similar;
            for part in parts.into_iter().filter(|_| is_part) {
                either.push(Condition::Terms(self.form(&part, PART_WEIGHT)?));
                self.wanted.insert(part);
            }
            return Ok(Condition::Any(either));
        }
        self.form(&word.folded, EXACT_WEIGHT)?;
        // A compound is also asked for by its last part, which says what it is: medlemsavgift is an avgift.
        if let Some(last) = parts.into_iter().next_back().filter(|_| !terms.is_empty()) {
            terms.extend(self.form(&last, PART_WEIGHT)?);
            self.wanted.insert(last);
        }
        if let Ok(year @ 1800..=2199) = word.folded.parse::<u64>() {
            let year = Term::from_field_u64(self.fields.year, year);
            let held = TermQuery::new(year.clone(), IndexRecordOption::Basic);
            self.worth.others.push((YEAR_WEIGHT, Box::new(ConstScoreQuery::new(Box::new(held), 1.0))));
            terms.push(year);
        }
        Ok(Condition::Terms(terms))
    }

    /// A form of a word in the fields that hold it, worth so much there.
    fn form(&mut self, form: &str, weight: f32) -> Result<Vec<Term>, SearchError> {
        let mut terms = Vec::new();
        for (field, of_field) in word_fields(self.fields) {
            terms.extend(self.held(field, form, weight * of_field)?);
        }
        Ok(terms)
    }

    fn held(&mut self, field: Field, form: &str, weight: f32) -> Result<Option<Term>, SearchError> {
        let term = Term::from_field_text(field, form);
        if self.searcher.doc_freq(&term)? == 0 {
            return Ok(None);
        }
        self.worth.terms.push((weight, term.clone()));
        Ok(Some(term))
    }

    /// Words that begin so.
    fn prefix(&mut self, folded: &str) -> Result<Condition, SearchError> {
        self.wanted.insert(format!("{folded}*"));
        self.everywhere(|field| {
            let mut query = PhrasePrefixQuery::new(vec![Term::from_field_text(field, folded)]);
            query.set_max_expansions(PREFIX_EXPANSIONS);
            Box::new(query)
        })
    }

    /// Words spelled alike: one letter in short ones, two in long ones.
    fn fuzzy(&mut self, folded: &str) -> Result<Condition, SearchError> {
        let distance = if folded.chars().count() < LONG_WORD { 1 } else { 2 };
        self.wanted.insert(format!("{folded}~{distance}"));
        self.everywhere(|field| Box::new(FuzzyTermQuery::new(Term::from_field_text(field, folded), distance, true)))
    }

    fn phrase(&mut self, words: &[Word]) -> Result<Condition, SearchError> {
        self.wanted.extend(words.iter().map(|word| word.folded.clone()));
        match words {
            [] => Ok(NOTHING),
            [one] => Ok(Condition::Terms(self.form(&one.folded, 1.0)?)),
            words => self.everywhere(|field| {
                let terms = words.iter().map(|word| Term::from_field_text(field, &word.folded));
                Box::new(PhraseQuery::new(terms.collect()))
            }),
        }
    }

    /// A query in every field that holds words.
    fn everywhere(&mut self, one: impl Fn(Field) -> Box<dyn Query>) -> Result<Condition, SearchError> {
        let mut either = Vec::new();
        for (field, weight) in word_fields(self.fields) {
            let query = one(field);
            either.push(self.found(&*query)?);
            self.worth.others.push((weight, query));
        }
        Ok(Condition::Any(either))
    }

    fn found(&self, query: &dyn Query) -> Result<Condition, SearchError> {
        Ok(Condition::Found(query.weight(EnableScoring::disabled_from_searcher(self.searcher))?))
    }

    /// A number read number-first and, where that is possible, year-first. The series raises what has it.
    fn number(&mut self, number: &Number) -> Condition {
        let mut terms = Vec::new();
        for (sequence, year) in [(number.first, number.second), (number.second, number.first)] {
            let Some(year) = full_year(year) else { continue };
            for form in number_forms(number.series.as_deref(), sequence, Some(year)) {
                let weight = if form.starts_with(char::is_alphabetic) { SERIES_WEIGHT } else { NUMBER_WEIGHT };
                let term = Term::from_field_text(self.fields.number, &form);
                let held = TermQuery::new(term.clone(), IndexRecordOption::Basic);
                self.worth.others.push((weight, Box::new(ConstScoreQuery::new(Box::new(held), 1.0))));
                terms.push(term);
            }
        }
        Condition::Terms(terms)
    }

    fn field(&mut self, name: &str, value: &Value) -> Result<Condition, SearchError> {
        let fields = self.fields;
        let wrong = |says| {
            let written = match value {
                Value::Text(text) => text.clone(),
                Value::Range(from, to) => format!("{}..{}", end(from), end(to)),
            };
            SearchError::from(QueryError::Form(name.to_owned(), written, says))
        };
        Ok(match (name, value) {
            (_, Value::Range(Bound::Unbounded, Bound::Unbounded)) => return Err(wrong("write at least one end")),
            ("year", value) => {
                let (from, to) = bounds(value);
                let year = |text: &str| {
                    let year = text.parse::<u64>().ok().filter(|_| text.len() == 4)?;
                    Some(Term::from_field_u64(fields.year, year))
                };
                let says = "write a year, or years as 2010..2014";
                self.range(term(&from, year, || wrong(says))?, term(&to, year, || wrong(says))?)?
            }
            ("amount", value) => {
                let (from, to) = bounds(value);
                let amount =
                    |text: &str| Some(Term::from_field_f64(fields.amount, text.replace(',', ".").parse().ok()?));
                let says = "write a number, or >100000, or 1000..2000";
                self.range(term(&from, amount, || wrong(says))?, term(&to, amount, || wrong(says))?)?
            }
            ("date", value) => {
                let (from, to) = bounds(value);
                let is_date = |t: &str| t.chars().all(|c| c.is_ascii_digit() || c == '-') && t.len() >= 4;
                let first = |text: &str| is_date(text).then(|| Term::from_field_text(fields.date, text));
                // A month or a year ends with its last day.
                let last = |text: &str| is_date(text).then(|| Term::from_field_text(fields.date, &format!("{text}~")));
                let says = "write 2013-02-13, or 2013-02, or 2013-01..2013-06";
                self.range(term(&from, first, || wrong(says))?, term(&to, last, || wrong(says))?)?
            }
            (_, Value::Range(..)) => return Err(wrong("ranges are for year, date and amount")),
            ("kind", Value::Text(text)) => with(fields.kind, &text.to_lowercase()),
            ("outcome", Value::Text(text)) => with(fields.outcome, &text.to_lowercase()),
            ("rule", Value::Text(text)) => with(fields.rule, &text.to_lowercase()),
            ("level", Value::Text(text)) => with(fields.level, &text.to_lowercase()),
            ("path", Value::Text(text)) => with(fields.path, text),
            ("series", Value::Text(text)) => Condition::Terms(
                [text.clone(), text.to_uppercase()].iter().map(|t| Term::from_field_text(fields.series, t)).collect(),
            ),
            ("body", Value::Text(text)) => self.words_in(fields.body_words, text)?,
            ("municipality", Value::Text(text)) => self.words_in(fields.municipality_words, text)?,
            ("person", Value::Text(text)) => self.words_in(fields.person, text)?,
            (_, Value::Text(text)) => {
                self.wanted.extend(words::words(text).iter().flat_map(Word::stems));
                self.words_in(fields.title, text)?
            }
        })
    }
    /// All the words in one field, each in any form.
    fn words_in(&mut self, field: Field, text: &str) -> Result<Condition, SearchError> {
        let mut all = Vec::new();
        for word in words::words(text) {
            let mut terms = Vec::new();
            for form in word.stems().into_iter().chain([word.folded]) {
                terms.extend(self.held(field, &form, 1.0)?);
            }
            all.push(Condition::Terms(terms));
        }
        Ok(all_of(all))
    }

    fn range(&self, from: Bound<Term>, to: Bound<Term>) -> Result<Condition, SearchError> {
        self.found(&RangeQuery::new(from, to))
    }
}

/// A condition that nothing meets.
const NOTHING: Condition = Condition::Any(Vec::new());

/// Weights of the forms of a word.
const EXACT_WEIGHT: f32 = 2.0;
const STEM_WEIGHT: f32 = 1.0;
const PART_WEIGHT: f32 = 0.2;

/// Score of a piece of the year that is asked for as a word.
const YEAR_WEIGHT: f32 = 1.0;

/// Scores of a case that bears the number asked for, and of one that bears the series too: more than words come to.
const NUMBER_WEIGHT: f32 = 100.0;
const SERIES_WEIGHT: f32 = 200.0;

/// A prefix stands for so many words at most.
const PREFIX_EXPANSIONS: u32 = 200;

/// Words of so many letters may differ by two.
const LONG_WORD: usize = 8;

/// The fields that hold words, the title counting most.
fn word_fields(fields: &Fields) -> [(Field, f32); 5] {
    [
        (fields.title, 3.0),
        (fields.text, 1.0),
        (fields.person, 1.0),
        (fields.body_words, 0.5),
        (fields.municipality_words, 0.5),
    ]
}

fn all_of(parts: Vec<Condition>) -> Condition {
    if parts.is_empty() { NOTHING } else { Condition::All(parts) }
}

fn with(field: Field, value: &str) -> Condition {
    Condition::Terms(vec![Term::from_field_text(field, value)])
}

/// A year as written in case numbers: four digits, or two of the years 1950 to 2049.
fn full_year(year: u32) -> Option<i16> {
    match year {
        0..=49 => i16::try_from(2000 + year).ok(),
        50..=99 => i16::try_from(1900 + year).ok(),
        1800..=2199 => i16::try_from(year).ok(),
        _ => None,
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
