//! Which pieces match, apart from how well: sets of pieces are cheap to make, to count and to put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::collector::{Collector, TopDocs};
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Order, Score, Searcher, SegmentReader, TERMINATED, Term};

/// What must be true of a piece.
pub(super) enum Condition {
    /// It holds one of the terms.
    Terms(Vec<Term>),
    /// A query of the index finds it.
    Found(Box<dyn Weight>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

impl Condition {
    /// The pieces that meet it, those of `within` at least.
    fn set(&self, reader: &SegmentReader, within: Option<&Set>) -> tantivy::Result<Set> {
        let mut set = Set::empty(reader.max_doc());
        match self {
            Self::Terms(terms) => {
                for term in terms {
                    let index = reader.inverted_index(term.field())?;
                    let Some(found) = index.read_block_postings(term, IndexRecordOption::Basic)? else { continue };
                    for_each_block(found, within, |pieces, _| pieces.iter().for_each(|piece| set.insert(*piece)));
                }
            }
            Self::Found(weight) => {
                weight.for_each_no_score(reader, &mut |pieces| pieces.iter().for_each(|piece| set.insert(*piece)))?;
            }
            Self::All(parts) => {
                let mut parts = parts.iter();
                set = parts.next().map_or_else(|| Ok(Set::full(reader)), |part| part.set(reader, within))?;
                for part in parts {
                    set.keep(&part.set(reader, Some(&set))?, |ours, theirs| ours & theirs);
                }
            }
            Self::Any(parts) => {
                for part in parts {
                    set.keep(&part.set(reader, within)?, |ours, theirs| ours | theirs);
                }
            }
            Self::Not(part) => {
                set = Set::full(reader);
                set.keep(&part.set(reader, within)?, |ours, theirs| ours & !theirs);
            }
        }
        Ok(set)
    }
}

/// A set of pieces of a segment, one bit for each.
struct Set(Vec<u64>);

impl Set {
    fn empty(pieces: u32) -> Self {
        Self(vec![0; pieces.div_ceil(u64::BITS) as usize])
    }

    /// All that are not deleted.
    fn full(reader: &SegmentReader) -> Self {
        let pieces = reader.max_doc();
        let mut set = Self::empty(pieces);
        match reader.alive_bitset() {
            Some(alive) => alive.iter_alive().for_each(|piece| set.insert(piece)),
            None => {
                set.0.fill(u64::MAX);
                if let (Some(last), rest @ 1..) = (set.0.last_mut(), pieces % u64::BITS) {
                    *last = (1 << rest) - 1;
                }
            }
        }
        set
    }

    fn insert(&mut self, piece: DocId) {
        self.0[(piece / u64::BITS) as usize] |= 1 << (piece % u64::BITS);
    }

    fn has(&self, piece: DocId) -> bool {
        self.0[(piece / u64::BITS) as usize] >> (piece % u64::BITS) & 1 == 1
    }

    fn keep(&mut self, other: &Self, what: impl Fn(u64, u64) -> u64) {
        self.0.iter_mut().zip(&other.0).for_each(|(ours, theirs)| *ours = what(*ours, *theirs));
    }

    fn len(&self) -> u32 {
        self.0.iter().map(|bits| bits.count_ones()).sum()
    }

    /// The first piece from `piece` on.
    fn from(&self, piece: DocId) -> DocId {
        let (at, shift) = ((piece / u64::BITS) as usize, piece % u64::BITS);
        let Some(bits) = self.0.get(at).map(|bits| bits >> shift << shift) else { return TERMINATED };
        let rest = self.0.iter().enumerate().skip(at + 1).map(|(at, bits)| (at, *bits));
        let found = std::iter::once((at, bits)).chain(rest).find(|(_, bits)| *bits != 0);
        found.map_or(TERMINATED, |(at, bits)| at as u32 * u64::BITS + bits.trailing_zeros())
    }

    fn iter(&self) -> impl Iterator<Item = DocId> {
        let next = |piece| Some(self.from(piece)).filter(|piece| *piece != TERMINATED);
        std::iter::successors(next(0), move |piece| next(piece + 1))
    }
}

/// What may be true of a piece, each with its weight. The sum says how well a piece matches.
#[derive(Default)]
pub(super) struct Worth {
    /// Terms, which count as BM25 has it: rare ones more, and more in a short text.
    pub(super) terms: Vec<(f32, Term)>,
    pub(super) others: Vec<(f32, Box<dyn Query>)>,
}

/// The same, reckoned for an index.
#[derive(Default)]
struct Weights {
    terms: Vec<(Term, Bm25Weight)>,
    others: Vec<(f32, Box<dyn Weight>)>,
}

impl Weights {
    fn new(searcher: &Searcher, worth: &Worth) -> tantivy::Result<Self> {
        let term = |(times, term): &(f32, Term)| {
            let weight = Bm25Weight::for_terms(searcher, std::slice::from_ref(term))?;
            Ok((term.clone(), weight.boost_by(*times)))
        };
        let scored = EnableScoring::enabled_from_searcher(searcher);
        let other = |(times, query): &(f32, Box<dyn Query>)| Ok((*times, query.weight(scored)?));
        Ok(Self {
            terms: worth.terms.iter().map(term).collect::<tantivy::Result<_>>()?,
            others: worth.others.iter().map(other).collect::<tantivy::Result<_>>()?,
        })
    }

    /// The scores of the pieces of a segment, those of `set` at least: added up one list after the other, not piece by piece, which is quicker.
    fn scores(&self, reader: &SegmentReader, set: &Set) -> tantivy::Result<Vec<Score>> {
        let mut scores = vec![0.0; reader.max_doc() as usize];
        for (term, weight) in &self.terms {
            let index = reader.inverted_index(term.field())?;
            let Some(found) = index.read_block_postings(term, IndexRecordOption::WithFreqs)? else { continue };
            let lengths = reader.get_fieldnorms_reader(term.field())?;
            for_each_block(found, Some(set), |pieces, times| {
                for (piece, times) in pieces.iter().zip(times) {
                    scores[*piece as usize] += weight.score(lengths.fieldnorm_id(*piece), *times);
                }
            });
        }
        for (times, weight) in &self.others {
            weight.for_each(reader, &mut |piece, score| scores[piece as usize] += times * score)?;
        }
        Ok(scores)
    }
}

/// Goes through the list of a term: the pieces that hold it and, where the list was read with them, how often. Stretches
/// in which nothing is of `within` may be passed over.
fn for_each_block(mut list: BlockSegmentPostings, within: Option<&Set>, mut what: impl FnMut(&[DocId], &[u32])) {
    while let Some(last) = list.docs().last().copied() {
        what(list.docs(), list.freqs());
        match within.map(|set| set.from(last + 1)) {
            None => list.advance(),
            Some(TERMINATED) => break,
            Some(next) => {
                list.seek(next);
                if list.docs().last().is_none_or(|last| *last < next) {
                    break;
                }
            }
        }
    }
}

/// The pieces that match a question.
pub(super) struct Matches<'a> {
    searcher: &'a Searcher,
    /// By segment.
    sets: Vec<Arc<Set>>,
}

impl<'a> Matches<'a> {
    pub(super) fn new(searcher: &'a Searcher, condition: &Condition) -> tantivy::Result<Self> {
        let set = |reader: &SegmentReader| {
            let mut set = condition.set(reader, None)?;
            if reader.has_deletes() {
                set.keep(&Set::full(reader), |ours, alive| ours & alive);
            }
            Ok(Arc::new(set))
        };
        Ok(Self { searcher, sets: searcher.segment_readers().par_iter().map(set).collect::<tantivy::Result<_>>()? })
    }

    pub(super) fn count(&self) -> u64 {
        self.sets.iter().map(|set| u64::from(set.len())).sum()
    }

    /// The first pieces, by their scores.
    pub(super) fn best(&self, top: TopDocs, worth: &Worth) -> tantivy::Result<Vec<(Score, DocAddress)>> {
        self.collect(&top.order_by_score(), Weights::new(self.searcher, worth)?)
    }

    /// The first pieces, by the value of a field, the greatest first.
    pub(super) fn latest(&self, top: TopDocs, field: &str) -> tantivy::Result<Vec<DocAddress>> {
        let found = self.collect(&top.order_by_string_fast_field(field, Order::Desc), Weights::default())?;
        Ok(found.into_iter().map(|(_, at)| at).collect())
    }

    fn collect<C: Collector>(&self, collector: &C, weights: Weights) -> tantivy::Result<C::Fruit> {
        let weights = Arc::new(weights);
        let segments = self.searcher.segment_readers().par_iter().zip(&self.sets).enumerate();
        let of_segment = |(at, (reader, set)): (usize, (_, &Arc<Set>))| {
            let matching = Matching { set: Arc::clone(set), weights: Arc::clone(&weights) };
            collector.collect_segment(&matching, at as u32, reader)
        };
        collector.merge_fruits(segments.map(of_segment).collect::<tantivy::Result<_>>()?)
    }

    /// How many of the pieces have each value of a field, the value in the bytes of the index.
    pub(super) fn counts(&self, field: Field) -> tantivy::Result<BTreeMap<Vec<u8>, u64>> {
        let segments = self.searcher.segment_readers().par_iter().zip(&self.sets);
        let of_segment = |(reader, set): (&SegmentReader, &Arc<Set>)| {
            let index = reader.inverted_index(field)?;
            let mut values = index.terms().stream()?;
            let mut counts = Vec::new();
            while values.advance() {
                let found = index.read_block_postings_from_terminfo(values.value(), IndexRecordOption::Basic)?;
                let mut count = 0;
                for_each_block(found, Some(set), |pieces, _| {
                    count += pieces.iter().filter(|piece| set.has(**piece)).count();
                });
                counts.push((values.key().to_vec(), count as u64));
            }
            Ok(counts)
        };
        let mut counts = BTreeMap::new();
        for (value, count) in segments.map(of_segment).collect::<tantivy::Result<Vec<_>>>()?.into_iter().flatten() {
            *counts.entry(value).or_default() += count;
        }
        Ok(counts)
    }
}

/// The pieces of a segment that match, and what gives them scores.
struct Matching {
    set: Arc<Set>,
    weights: Arc<Weights>,
}

impl Weight for Matching {
    fn scorer(&self, _: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(Walk { at: self.set.from(0), set: Arc::clone(&self.set) }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("a piece that matches", 0.0))
    }

    fn for_each_pruning(
        &self,
        mut threshold: Score,
        reader: &SegmentReader,
        found: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let scores = self.weights.scores(reader, &self.set)?;
        for piece in self.set.iter() {
            let score = scores[piece as usize];
            if score > threshold {
                threshold = found(piece, score);
            }
        }
        Ok(())
    }
}

/// Goes through a set.
struct Walk {
    set: Arc<Set>,
    at: DocId,
}

impl DocSet for Walk {
    fn advance(&mut self) -> DocId {
        self.seek(self.at.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at = self.set.from(target);
        self.at
    }

    fn doc(&self) -> DocId {
        self.at
    }

    fn size_hint(&self) -> u32 {
        self.set.len()
    }
}

impl Scorer for Walk {
    fn score(&mut self) -> Score {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_walked_in_order() {
        let mut set = Set::empty(130);
        [129, 0, 64, 63].into_iter().for_each(|piece| set.insert(piece));
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert_eq!((set.from(65), set.from(130), set.from(TERMINATED)), (129, TERMINATED, TERMINATED));
        assert!(set.has(64) && !set.has(65));
        assert_eq!(set.len(), 4);
        let mut walk = Walk { at: set.from(0), set: Arc::new(set) };
        assert_eq!((walk.seek(1), walk.advance(), walk.seek(100), walk.advance()), (63, 64, 129, TERMINATED));
    }
}
