//! What a body decided, where no label says so: what stands over the vote, in bold, or at the end of a case and rules.

use std::ops::Range;

use crate::document::BlockKind;
use crate::lang::{Field, lexicon};
use crate::model::{Case, Decision, Outcome};

use super::super::super::line::{Folded, Line};
use super::super::super::passage::{passages, sentences};
use super::super::Context;
use super::Section;
use super::fill::{decision, list_mark, outcome, tells_vote};

impl<'b> Context<'_, 'b> {
    /// The paragraph with what was decided, where nothing says so but the vote right under it, or bold letters:
    /// `Byggetillatelse gis.`, and under it `Enst.`
    pub(super) fn settled(&self, text: &[&Line]) -> Option<Range<usize>> {
        let starts: Vec<usize> = (0..text.len())
            .filter(|at| *at == 0 || !text[*at].continues || text[*at].block != text[at - 1].block)
            .collect();
        let end = |n: usize| starts.get(n + 1).copied().unwrap_or(text.len());
        let votes = |at: usize| tells_vote(text[at]);
        let over_vote = (1..starts.len()).rev().find(|n| votes(starts[*n]) && !votes(starts[n - 1])).map(|n| n - 1);
        let is_bold = |n: &usize| {
            let line = text[starts[*n]];
            line.bold && line.kind != BlockKind::Heading && line.raw.ends_with('.') && !votes(starts[*n])
        };
        let bold = || (0..starts.len()).rev().find(is_bold).filter(|n| *n > 0 || starts.len() == 1);
        let n = over_vote.or_else(bold)?;
        let paragraph = &text[starts[n]..end(n)];
        let told = text[starts[n]].says(&lexicon().narrated) || narrates(&joined(paragraph)) && !decides(paragraph);
        (!told).then(|| starts[n]..end(n))
    }

    /// What the last sentence of the last paragraph says was decided: "Rektor orienterte. SU tar budsjettet til etterretning."
    pub(super) fn closing_decision(&self, text: &[&Line]) -> Option<Decision> {
        let from = text.iter().rposition(|l| !l.continues).unwrap_or_default();
        let passage = passages(&text[from..], 0, self.blocks).pop()?;
        let last = sentences(&passage.raw).pop().filter(|(from, _)| *from > 0)?;
        let said = passage.sourced(last, self.blocks);
        lexicon().decided.is_match(&Folded::new(&said.value).text).then(|| decision(said))
    }

    /// The decision that the last of some lines of a case are: paragraphs that rule, `Satsane vert fastsette`, or the last
    /// sentences of one. Lines that tell of the vote may stand after them.
    pub(super) fn ruled(&self, case: &mut Case, text: &[&Line<'b>]) {
        let paragraphs: Vec<&[&Line<'b>]> = text.chunk_by(|a, b| b.continues && a.block == b.block).collect();
        let end = paragraphs.iter().rposition(|p| !tells_vote(p[0])).map_or(0, |at| at + 1);
        let ruling = paragraphs[..end].iter().rev().take_while(|p| rules_throughout(&joined(p))).count();
        let was_voted = !case.votes.is_empty();
        let (before, run) = paragraphs[..end].split_at(end - ruling);
        let is_ruling = |p: &&[&Line]| {
            p[0].bold || !matches!(outcome(&joined(p)), (Outcome::Adopted, _)) || opens_with_body(p[0].text())
        };
        if ruling > 0 && (was_voted || before.last().is_some_and(|p| is_label(p)) || run.iter().any(is_ruling)) {
            let lines: Vec<&Line> = run.iter().flat_map(|p| p.iter().copied()).collect();
            self.decide(case, &Section::of(Field::Decision), lines);
            return;
        }
        if !was_voted {
            return;
        }
        let Some(passage) = paragraphs[..end].last().and_then(|p| passages(p, 0, self.blocks).pop()) else { return };
        let said = sentences(&passage.raw);
        let last = said.iter().rev().take_while(|(from, to)| rules(&passage.raw[*from..*to])).count();
        if let (Some((from, _)), Some((_, to))) = (said.get(said.len() - last), said.last()) {
            case.decision = Some(decision(passage.sourced((*from, *to), self.blocks)));
        }
    }
}

/// A paragraph without label that says what became of the case: "Saken ble utsatt.", "Årsmøtet vedtok å øke kontingenten."
pub(super) fn decides(lines: &[&Line]) -> bool {
    let whole = lines.iter().map(|l| l.text()).collect::<Vec<_>>().join(" ");
    whole.len() < LONG_DECISION && (lexicon().decided.is_match(&whole) || lexicon().settles.is_match(&whole))
}

/// A decision that no label heads has so many bytes at most.
const LONG_DECISION: usize = 400;

/// The length of a letter with a colon before a decision: `B.: Saken utsettes.`
pub(super) fn mark(raw: &str) -> usize {
    let Some((letter, _)) = raw.split_once(": ") else { return 0 };
    if letter.trim_end_matches('.').chars().count() == 1 { letter.len() + 2 } else { 0 }
}

fn joined(paragraph: &[&Line]) -> String {
    paragraph.iter().map(|l| l.raw).collect::<Vec<_>>().join(" ")
}

/// Whether every sentence of a paragraph rules.
fn rules_throughout(text: &str) -> bool {
    let text = &text[list_mark(text)..];
    let said = sentences(text);
    !said.is_empty() && said.iter().all(|(from, to)| rules(&text[*from..*to]))
}

/// Whether a sentence says what is to be: in the passive or with `skal`, or of a body in the present tense; one that
/// tells what somebody did or said does not.
pub(in super::super) fn rules(sentence: &str) -> bool {
    let text = Folded::text_of(sentence);
    let passive = |w: &&str| {
        let endings = lexicon().particles.get("passive_endings").into_iter().flatten();
        let ends = |ending: &String| w.len() > ending.len() + 2 && w.ends_with(ending.as_str());
        endings.into_iter().any(ends) && !lexicon().is_particle("deponents", w)
    };
    let is_ruling = |w: &&str| lexicon().is_particle("rules", w) || passive(w);
    // "Nordskogbygda Vel" is a name.
    let mut named =
        words(sentence).skip(1).filter(|w| w.starts_with(char::is_uppercase)).map(str::to_lowercase).peekable();
    let mut is_named = |w: &str| named.next_if(|name| name == w).is_some();
    let is_ruled =
        words(&text).any(|w| !is_named(w) && is_ruling(&w)) || sentence.ends_with('.') && opens_with_body(&text);
    let was_done = words(&text).any(|w| lexicon().is_particle("passive_past", w));
    is_ruled && !was_done && !narrates(sentence) && !announces(&text)
}

/// Whether a text has a word for what somebody did or said.
fn narrates(text: &str) -> bool {
    words(&Folded::text_of(text)).any(|w| lexicon().is_particle("narrates", w))
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// Whether a body and a verb in the present open a text: `Styret godkjenner`.
fn opens_with_body(text: &str) -> bool {
    let mut words = text.split(' ');
    let present = |verb: &str| verb.ends_with('r') || lexicon().is_particle("rules", verb);
    words.next().is_some_and(|w| lexicon().is_body_word(w)) && words.next().is_some_and(present)
}

/// Whether a text tells of the next meeting.
fn announces(text: &str) -> bool {
    let opens = |label: &String, field: Field| field == Field::NextMeeting && text.starts_with(label.as_str());
    lexicon().labels.iter().any(|(label, field)| opens(label, *field))
}

/// Whether a paragraph is a word or two that nobody knows as a label: `Slik ble det`.
fn is_label(paragraph: &[&Line]) -> bool {
    let [line] = paragraph else { return false };
    line.raw.split(' ').count() <= LABEL_WORDS && !line.raw.ends_with('.')
}

/// A label has so many words at most.
const LABEL_WORDS: usize = 4;
