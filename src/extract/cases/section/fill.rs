//! What the sections of a case say: its texts, proposals, votes and decision.

use crate::lang::{Field, Likely, Patterns, VoteColumn, lexicon};
use crate::model::{Attachment, Case, Decision, Kind, Outcome, Proposal, Sourced, Vote, VoteForm, VoteOutcome};

use super::super::super::line::{Folded, Line};
use super::super::super::passage::{passages, sentences};
use super::super::super::tables;
use super::super::super::text::{long, short, spaces_folded};
use super::super::super::values::name::is_name;
use super::super::super::votes::{heads_votes, in_tables, votes};
use super::super::Context;
use super::ruling::{decides, mark};
use super::{Section, is_proposal};

/// A sentence at the end of a decision that tells of the vote is this long at most, in bytes.
const CLOSING_VOTE: usize = 40;

/// A sentence in a decision that tells of the vote is this long at most, in bytes.
pub(super) const LONG_VOTE: usize = 160;

impl<'b> Context<'_, 'b> {
    pub(in super::super) fn fill(&self, case: &mut Case, mut sections: Vec<Section<'_, 'b>>) {
        let minutes = matches!(self.kind, Kind::Minutes | Kind::CaseMinutes);
        if minutes {
            self.leave_to_others(&mut sections);
            recommendation_as_decision(&mut sections, self.body);
            end_proposals(&mut sections);
        }
        let mut background: Vec<&Line> = Vec::new();
        let mut background_skip = 0;
        let mut deliberation: Vec<&Line> = Vec::new();
        let mut deliberation_skip = 0;
        let treated = sections.iter().any(|s| matches!(s.field, Field::Deliberation | Field::Voting) && !s.before);
        if minutes
            && !sections.iter().any(|s| s.field == Field::Decision)
            && let Some(section) = sections.iter_mut().rev().find(|s| s.concludes)
        {
            section.field = Field::Decision;
        }
        // "Eldrerådets uttalelse:" in its own minutes
        if minutes
            && !sections.iter().any(|s| s.field == Field::Decision)
            && let Some(section) = sections.last_mut().filter(|s| self.states(s))
        {
            section.field = Field::Decision;
        }
        let decided = sections.iter().any(|s| s.field == Field::Decision && !s.before);
        let mut proposed = false;
        let mut in_rows = Vec::new();
        let of_own = |s: &&Section<'_, 'b>| !s.before && (is_proposal(s.field) || s.field == Field::Background);
        let of_meeting = |s: &&Section<'_, 'b>| {
            !s.before && matches!(s.field, Field::Background | Field::Deliberation | Field::Voting)
        };
        let spoken: Vec<&Line<'b>> = sections.iter().filter(of_meeting).flat_map(|s| s.lines.iter().copied()).collect();
        let spoken: Vec<&Line<'b>> = spoken.into_iter().filter(|l| l.cells.is_none() && !is_divider(l.raw)).collect();
        // "Det ble ikke fremmet forslag."
        let is_undecided = spoken.iter().any(|l| lexicon().undecided.is_match(l.text()));
        let decided = decided || is_undecided;
        let told_of: Vec<&Line> = sections.iter().filter(of_own).flat_map(|s| s.lines.iter().copied()).collect();
        let told_of: Vec<&Line> = told_of.into_iter().filter(|l| minutes && l.cells.is_none()).collect();
        for mut section in sections {
            proposed |= is_proposal(section.field);
            let first = section.lines.first().copied();
            section.lines.retain(|l| !is_divider(l.raw));
            // The label's bytes are left out of the line that it stands on, and of no other.
            let label = section.skip;
            let skip_of = |lines: &[&Line]| {
                let begins = lines.first().zip(first).is_some_and(|(line, first)| std::ptr::eq(*line, first));
                if begins { label } else { 0 }
            };
            let (tables, mut text): (Vec<&Line>, Vec<&Line>) =
                section.lines.iter().copied().partition(|l| l.cells.is_some());
            section.skip = skip_of(&text);
            let of_others = matches!(section.field, Field::Decision | Field::Deliberation | Field::Voting);
            let may_vote = (minutes || of_others) && !(section.before && of_others);
            let told = |table: &[&Line]| if may_vote { in_tables(table, self.blocks) } else { Vec::new() };
            let (votes_in, amounts): (Vec<_>, Vec<_>) = tables
                .chunk_by(|a, b| a.block == b.block)
                .map(|table| (told(table), table))
                .partition(|(votes, _)| !votes.is_empty());
            in_rows.extend(votes_in.into_iter().flat_map(|(votes, _)| votes));
            let amounts: Vec<&Line> = amounts.into_iter().flat_map(|(_, table)| table).copied().collect();
            case.tables.extend(tables::tables(&amounts, self.blocks, self.year));
            if section.before && of_others {
                background.extend(text);
                continue;
            }
            match section.field {
                Field::Background if minutes && !section.labelled => {
                    if !treated {
                        let told = votes(&passages(&text, 0, self.blocks), self.blocks);
                        let own = |vote: &Vote| is_plain_vote(vote) && !self.is_of_other(&vote.said.value);
                        case.votes.extend(told.into_iter().filter(own));
                    }
                    // The last paragraph that says what was decided.
                    let settled = self.settled(&text).filter(|_| !decided);
                    let said = settled.or_else(|| {
                        // Text may go on with the line of the title.
                        let begins = |at: &usize| !decided && (*at == 0 || !text[*at].continues);
                        (0..text.len()).rev().filter(begins).find_map(|at| {
                            let wrapped =
                                text[at + 1..].iter().take_while(|l| l.continues && l.block == text[at].block);
                            let to = at + 1 + wrapped.count();
                            decides(&text[at..to]).then_some(at..to)
                        })
                    });
                    if let Some(said) = said.filter(|_| case.decision.is_none()) {
                        let said: Vec<&Line> = text.drain(said).collect();
                        self.decide(case, &section, said);
                    }
                    if case.decision.is_none() && !decided {
                        case.decision = self.closing_decision(&text);
                    }
                    background.extend(text);
                }
                Field::Background => {
                    // "Drøfting", after the proposal: "Vedtaket ble gjort enstemmig."
                    if minutes && proposed && !treated {
                        let told = votes(&passages(&text, section.skip, self.blocks), self.blocks);
                        case.votes.extend(told.into_iter().filter(is_plain_vote));
                    }
                    if background.is_empty() {
                        background_skip = section.skip;
                    }
                    background.extend(text);
                }
                Field::Deliberation | Field::Voting => {
                    let told = votes(&passages(&text, section.skip, self.blocks), self.blocks);
                    // Where no vote is understood, what is said of it is kept as text.
                    if section.field == Field::Deliberation || told.is_empty() {
                        let text: Vec<&Line> =
                            text.iter().copied().filter(|l| l.raw.chars().any(char::is_alphabetic)).collect();
                        if deliberation.is_empty() {
                            deliberation_skip = skip_of(&text);
                        }
                        deliberation.extend(text);
                    }
                    case.votes.extend(told);
                }
                Field::Decision => self.decide(case, &section, text),
                Field::Proposal | Field::Amendment | Field::Addition | Field::Alternative => {
                    let (said, text) = votes_apart(text, tells_vote);
                    if let Some(text) = long(&text, skip_of(&text), self.blocks).map(|t| self.unquoted(t)) {
                        case.proposals.push(Proposal { text, by: section.by, kind: section.kind });
                    }
                    case.votes.extend(votes(&passages(&said, 0, self.blocks), self.blocks));
                }
                Field::Attachments => {
                    let is_numbered = text.len() > 1
                        && text.iter().zip(1..).all(|(l, n)| l.raw.trim_start().starts_with(&format!("{n} ")));
                    for (i, line) in text.iter().enumerate() {
                        let skip = if i == 0 { section.skip } else { 0 };
                        let (start, end) = short(line.raw, skip.min(line.raw.len()), line.raw.len());
                        let number = if is_numbered { line.raw[start..end].find(' ').unwrap_or(0) } else { 0 };
                        let label = (number > 0).then(|| {
                            let span = line.raw_span(start, start + number);
                            Sourced::new(line.raw[start..start + number].to_owned(), vec![span], self.blocks)
                        });
                        let start = start + number + usize::from(number > 0);
                        let start = start + list_mark(&line.raw[start..end]);
                        if start < end {
                            let title = Sourced::new(
                                spaces_folded(&line.raw[start..end]),
                                vec![line.raw_span(start, end)],
                                self.blocks,
                            );
                            case.attachments.push(Attachment { label, title, document: None });
                        }
                    }
                }
                _ => {}
            }
        }
        add_votes(&mut case.votes, in_rows);
        // "Forslag fra Eva Lie: kr 5 000. Jon Moe foreslo kr 8 000. Ved votering fikk Moes forslag 4 stemmer, Lies 3."
        if case.votes.is_empty() {
            let told = votes(&passages(&told_of, 0, self.blocks), self.blocks);
            let is_counted = told.iter().any(|v| v.for_count.is_some() && v.against.is_some());
            case.votes.extend(told.into_iter().filter(|v| is_counted && is_plain_vote(v)));
        }
        // "Innstillinga vart samrøystes vedteken.", and no decision beside it.
        if minutes && case.decision.is_none() {
            let adopted = case
                .votes
                .iter()
                .rev()
                .find(|v| v.outcome == Some(VoteOutcome::Adopted) && v.said.value.len() < LONG_VOTE);
            // "Ved røystinga vart framlegget frå Lie vedteke", but not "Framlegget vart samrøystes vedteke" alone
            let tells = |v: &&Vote| {
                let said = Folded::text_of(&v.said.value);
                let names = || v.against.is_some() || proposal_named(v, &case.proposals).is_some();
                lexicon().decided.is_match(&said)
                    || !case.proposals.is_empty() && lexicon().votes.adopted.is_match(&said) && names()
            };
            case.decision = adopted.filter(tells).map(|v| adopted_as(v, &case.proposals));
        }
        if minutes && case.decision.is_none() && !is_undecided {
            self.ruled(case, &spoken);
        }
        // "Enstemmig vedtatt som innstilling til kommunestyret."
        let passed_on = |vote: &Vote| {
            vote.outcome == Some(VoteOutcome::Adopted) && lexicon().recommends(&Folded::text_of(&vote.said.value))
        };
        // "Utvalget rår fylkestinget til å gjøre slikt vedtak:", and under it in the proposal what was then decided
        let introduced = |proposal: &Proposal, decision: &Decision| {
            let parts = proposal.text.value.split_once(":\n");
            parts
                .is_some_and(|(lead, text)| text == decision.text.value && lexicon().recommends(&Folded::text_of(lead)))
        };
        if let Some(decision) = case.decision.as_mut().filter(|d| d.outcome == Outcome::Adopted)
            && (case.votes.last().is_some_and(passed_on) || case.proposals.iter().any(|p| introduced(p, decision)))
        {
            (decision.outcome, decision.is_final) = (Outcome::Recommended, false);
        }
        let mut told: Vec<Vote> = Vec::new();
        for vote in std::mem::take(&mut case.votes) {
            if !told.contains(&vote) {
                told.push(vote);
            }
        }
        case.votes = with_numbers(told);
        case.background = long(&background, background_skip, self.blocks);
        case.deliberation = long(&deliberation, deliberation_skip, self.blocks);
    }

    /// Marks the decisions of other bodies that stand before the own one: `Skolestyret gjorde slikt vedtak:`.
    fn leave_to_others(&self, sections: &mut [Section]) {
        let is_decision = |s: &Section| s.field == Field::Decision;
        let of_other = |s: &Section| s.head.is_some_and(|(line, end)| self.is_of_other(&line.raw[..end]));
        if sections.iter().any(|s| is_decision(s) && !of_other(s)) {
            sections.iter_mut().filter(|s| is_decision(s) && of_other(s)).for_each(|s| s.before = true);
        }
    }

    /// Whether a sentence begins with another body than the one that meets, or has it right after what it did:
    /// `Med 6 mot 1 stemme vedtok formannskapet å ...`.
    fn is_of_other(&self, sentence: &str) -> bool {
        let Some(body) = self.body.map(str::to_lowercase) else { return false };
        let own = || body.split(' ').filter(|word| lexicon().is_body_word(word));
        let stem = |word: &'_ str| word.char_indices().nth_back(1).map_or(word.len(), |(at, _)| at);
        let is_same = |a: &str, b: &str| a.contains(&b[..stem(b)]) || b.contains(&a[..stem(a)]);
        let is_other =
            |word: &str| lexicon().is_body_word(word) && own().next().is_some() && !own().any(|own| is_same(own, word));
        let text = Folded::text_of(sentence);
        let words: Vec<&str> = text.split([' ', ',', '.', ':']).filter(|word| !word.is_empty()).collect();
        words.first().is_some_and(|word| is_other(word))
            || words.windows(2).any(|pair| lexicon().is_particle("resolves", pair[0]) && is_other(pair[1]))
    }

    /// Whether a section is what the body itself states: `Eldrerådets uttalelse:`.
    fn states(&self, section: &Section) -> bool {
        let own = |by: &Sourced<String>| self.body.is_some_and(|body| names_same(&by.value, body));
        section.field == Field::Background
            && section.labelled
            && section.names_body
            && section.by.as_ref().is_some_and(own)
    }

    /// The vote that the last sentence of a line tells of: "Som innstillingen. Enstemmig."
    fn closing_vote(&self, line: &Line) -> Option<Vote> {
        let passage = passages(&[line], 0, self.blocks).into_iter().next()?;
        // "Styret støtter forslaget. (Enstemmig)"
        let parenthesis = passage.raw.trim_end_matches(['.', ' ']).strip_suffix(')').and_then(|raw| raw.rfind('('));
        // "Møteboken godkjennes. - Enstemmig."
        let dash = [". - ", ". – "].into_iter().find_map(|dash| Some(passage.raw.rfind(dash)? + 2));
        let said = sentences(&passage.raw);
        let sentence = said.last().map(|s| s.0);
        // "Fri høyde er 3,00 m. Enst."
        let stop = passage.raw.trim_end_matches(['.', ' ']).rfind(". ").map(|at| at + 2);
        // "Vedtatt med 3 mot 2 stemmer. Lie og fru Ås stemte mot."
        let names_side = |(from, to): &(usize, usize)| {
            lexicon().votes.voted_against.is_match(&Folded::text_of(passage.raw[*from..*to].trim_end_matches('.')))
        };
        let before_names = said.last().filter(|last| names_side(last)).and_then(|_| Some(said.iter().nth_back(1)?.0));
        let opens = |(from, longest): (usize, usize)| {
            let tail = passage.tail(from);
            let patterns = &lexicon().votes;
            let text = tail.folded.text.trim_start_matches(['(', '-', ' ']);
            let tells = patterns.unanimous.opens(text)
                || patterns.against.opens(text)
                || patterns.counts.opens(text)
                || patterns.adopted.opens(text) && (patterns.counts.is_match(text) || patterns.against.is_match(text))
                || (Some(from) == parenthesis || tells_of_decision(text)) && patterns.counts.is_match(text);
            (tells && tail.folded.text.len() <= longest).then_some(tail)
        };
        // "Vedtaket ble gjort med 3 mot 1 stemme (Lie)."
        let of_decision = sentence.filter(|from| tells_of_decision(&Folded::text_of(&passage.raw[*from..])));
        let long = [parenthesis, before_names, of_decision].map(|from| (from, LONG_VOTE));
        let places = long.into_iter().chain([dash, sentence, stop].map(|from| (from, CLOSING_VOTE)));
        let places = places.filter_map(|(from, longest)| Some((from.filter(|from| *from > 0)?, longest)));
        let tail = places.into_iter().find_map(opens)?;
        votes(&[tail], self.blocks).into_iter().next()
    }

    /// A text without the quotation marks around it.
    fn unquoted(&self, text: Sourced<String>) -> Sourced<String> {
        let quoted = |open: char, close: char| {
            let inner = text.value.strip_prefix(open)?.trim_end_matches('.').strip_suffix(close)?;
            (!inner.contains([open, close])).then(|| inner.trim().to_owned())
        };
        let pairs = [('«', '»'), ('»', '«'), ('"', '"'), ('“', '”')];
        let inner = pairs.into_iter().find_map(|(open, close)| quoted(open, close));
        let Some(inner) = inner.filter(|inner| !inner.is_empty()) else { return text };
        let mut spans = text.at.spans().to_vec();
        if let Some(first) = spans.first_mut() {
            first.start += text.value.chars().next().map_or(0, char::len_utf8);
        }
        let close = text.value.trim_end_matches('.').chars().next_back().map_or(0, char::len_utf8);
        let stops = text.value.len() - text.value.trim_end_matches('.').len();
        if let Some(last) = spans.last_mut() {
            last.end -= close + stops;
        }
        Sourced::new(inner, spans, self.blocks)
    }

    /// A text without the sentence that tells of the vote at its end.
    fn without_tail(&self, text: Sourced<String>, said: &Sourced<String>) -> Sourced<String> {
        let mut spans = text.at.spans().to_vec();
        let (Some(value), Some(last), Some(tail)) =
            (text.value.strip_suffix(&said.value), spans.last_mut(), said.at.spans().first())
        else {
            return text;
        };
        let kept = self.blocks[last.block as usize].text.get(last.start..tail.start).unwrap_or_default();
        let dash = |text: &'_ str| text.trim_end().trim_end_matches(['-', '–']).trim_end().len();
        let kept = &kept[..dash(kept)];
        if kept.is_empty() {
            return text;
        }
        last.end = last.start + kept.len();
        Sourced::new(value[..dash(value)].to_owned(), spans, self.blocks)
    }

    /// The decision, and the vote, that the paragraphs of a cell tell.
    pub(in super::super) fn decide_in_cell(&self, case: &mut Case, paragraphs: &[Line]) {
        self.decide(case, &Section::of(Field::Decision), paragraphs.iter().collect());
    }

    /// The decision of a section; lines that tell of the vote are taken out.
    pub(super) fn decide(&self, case: &mut Case, section: &Section, text: Vec<&Line>) {
        let skipped = |l: &Line| section.lines.first().is_some_and(|f| std::ptr::eq(*f, l)) && section.skip > 0;
        let (said, text) = votes_apart(text, |l| !skipped(l) && tells_vote(l));
        if let Some((line, end)) = section.head {
            let label = line.raw[..end].trim_end();
            let label = line.piece(line.start, label);
            let mut told = votes(&passages(&[&label], 0, self.blocks), self.blocks);
            told.iter_mut().for_each(|vote| vote.outcome = vote.outcome.or(Some(VoteOutcome::Adopted)));
            case.votes.extend(told);
        }
        let mut told = votes(&passages(&said, 0, self.blocks), self.blocks);
        told.iter_mut().for_each(|vote| vote.outcome = vote.outcome.or(Some(VoteOutcome::Adopted)));
        case.votes.extend(told);
        // "Vedtatt mot 1 stemme." alone is what was decided.
        let text = if text.is_empty() { &said } else { &text };
        let closing = text.last().and_then(|l| self.closing_vote(l));
        let marked = text.first().filter(|_| !section.labelled).map_or(0, |line| mark(line.raw));
        let skip = section.skip.max(marked);
        let skip = skip + text.first().map_or(0, |line| self.opening_vote(line, skip));
        let Some(mut text) = long(text, skip, self.blocks) else { return };
        if case.votes.is_empty() && closing.is_none() {
            let lines = section.lines.iter().copied().filter(|l| l.cells.is_none()).collect::<Vec<_>>();
            let told = votes(&passages(&lines, section.skip, self.blocks), self.blocks);
            let ends =
                |v: &Vote| v.form == VoteForm::Acclamation || v.outcome.is_some() && v.said.value.len() < LONG_VOTE;
            case.votes.extend(told.into_iter().filter(ends));
        }
        if let Some(vote) = closing {
            text = self.without_tail(text, &vote.said);
            if case.votes.is_empty() {
                case.votes.push(vote);
            }
        }
        // The same decision again, or one of an earlier body, does not take the place of the first.
        if case.decision.is_some() {
            return;
        }
        let decision = decision(self.unquoted(text));
        case.decision = Some(if section.recommends {
            Decision { outcome: Outcome::Recommended, is_final: false, ..decision }
        } else {
            decision
        });
    }
}

impl Context<'_, '_> {
    /// How many bytes of a decision's first line tell of the vote, before a colon: `Samrøystes: Meldinga vert teken til vitande.`
    fn opening_vote(&self, line: &Line, skip: usize) -> usize {
        let raw = line.raw.get(skip..).unwrap_or_default();
        let Some((told, _)) = raw.split_once(": ").filter(|(told, text)| {
            told.len() < CLOSING_VOTE && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        }) else {
            return 0;
        };
        let told = line.piece(line.start + skip, told);
        let is_vote = votes(&passages(&[&told], 0, self.blocks), self.blocks).len() == 1;
        if is_vote { told.raw.len() + ": ".len() } else { 0 }
    }
}

/// In minutes, the recommendation that a body passes on after its treatment of a case is what it decided, where no
/// decision stands: "Formannskapets innstilling til kommunestyret". That of another body is what it votes on.
fn recommendation_as_decision(sections: &mut [Section], body: Option<&str>) {
    let has_decision = sections.iter().any(|s| s.field == Field::Decision);
    if has_decision {
        return;
    }
    let treated = sections.iter().position(|s| {
        matches!(s.field, Field::Deliberation | Field::Voting)
            || s.lines.iter().any(|l| tells_vote(l) || ends_with_vote(l) || names_sides(l) || heads_votes(l))
    });
    let first = sections.iter().position(|s| s.field == Field::Proposal);
    let voted: Vec<bool> = sections.iter().skip(1).map(|s| s.field == Field::Voting).chain([false]).collect();
    let passed_on = |(i, s): &(usize, &mut Section)| {
        let after =
            treated.is_some_and(|treated| treated < *i) || s.lines.last().is_some_and(|l| tells_vote(l)) || voted[*i];
        let again = first.is_some_and(|first| first < *i) && s.labelled;
        let passes_on = |l: &&Line| lexicon().recommends(l.text());
        let own = |by: &Sourced<String>| body.is_none_or(|body| names_same(&by.value, body));
        // "Fylkesutvalgets innstilling til fylkestinget", at the end
        let ends = || *i + 1 == voted.len() && again && s.names_body && s.by.as_ref().is_some_and(own);
        let is_body = |by: &&Sourced<String>| by.value.to_lowercase().split(' ').any(|w| lexicon().is_body_word(w));
        let to_other = s.names_body && s.by.as_ref().filter(is_body).is_none_or(own)
            || again
            || s.lines.first().is_some_and(passes_on);
        s.field == Field::Proposal && (after && to_other || ends() || s.recommends) && !s.lines.is_empty()
    };
    if let Some((_, section)) = sections.iter_mut().enumerate().rev().find(passed_on) {
        section.field = Field::Decision;
        section.recommends = true;
    }
}

/// Whether two names of bodies are of one kind, whatever the ending: `Formannskapet`, `Lier formannskap`.
fn names_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let kinds =
        |name: &'_ str| name.split(' ').filter(|word| lexicon().is_body_word(word)).map(str::to_owned).collect();
    let (one, other): (Vec<String>, Vec<String>) = (kinds(&one), kinds(&other));
    one.iter().any(|a| other.iter().any(|b| a.starts_with(b.as_str()) || b.starts_with(a.as_str())))
}

/// The votes, with those whose sides are named before their numbers told as one: "Flertallet, Eva Lie og Per Ås, ...", "truffet
/// under dissens (2–1)".
fn with_numbers(votes: Vec<Vote>) -> Vec<Vote> {
    let mut found: Vec<Vote> = Vec::with_capacity(votes.len());
    for vote in votes {
        let counts = |count: &Option<Sourced<u32>>, names: &[Sourced<String>]| {
            count.as_ref().is_some_and(|count| count.value as usize == names.len())
        };
        let named = |v: &&mut Vote| {
            v.form == VoteForm::Names
                && v.for_count.is_none()
                && v.against.is_none()
                && vote.form == VoteForm::Counts
                && counts(&vote.for_count, &v.for_names)
                && counts(&vote.against, &v.against_names)
        };
        match found.last_mut().filter(named) {
            Some(known) => {
                known.for_count = vote.for_count;
                known.against = vote.against;
                known.outcome = known.outcome.or(vote.outcome);
            }
            None => found.push(vote),
        }
    }
    found
}

/// Adds votes told in tables; one with the numbers of a vote that a sentence told, or with as many names, is that vote.
fn add_votes(votes: &mut Vec<Vote>, in_rows: Vec<Vote>) {
    for vote in in_rows {
        // A table gives the numbers, and a line under it who was against: `Mot røysta: Eva Lie`.
        let names_only = |known: &&mut Vote| {
            known.for_count.is_none()
                && known.against.is_none()
                && known.for_names.is_empty()
                && !known.against_names.is_empty()
                && vote.against.as_ref().is_some_and(|n| n.value as usize == known.against_names.len())
        };
        if let Some(known) = votes.iter_mut().find(names_only) {
            *known = Vote { form: VoteForm::Names, against_names: std::mem::take(&mut known.against_names), ..vote };
            continue;
        }
        let number = |count: &Option<Sourced<u32>>, names: &[Sourced<String>]| {
            count.as_ref().map(|n| n.value).or_else(|| u32::try_from(names.len()).ok().filter(|n| *n > 0))
        };
        let numbers = |v: &Vote| (number(&v.for_count, &v.for_names), number(&v.against, &v.against_names));
        match votes.iter_mut().find(|known| numbers(known) == numbers(&vote) && known.for_count.is_some()) {
            Some(known) if known.for_names.is_empty() && known.against_names.is_empty() => {
                known.for_names = vote.for_names;
                known.against_names = vote.against_names;
                if matches!(known.form, VoteForm::Counts | VoteForm::Alternatives) && vote.form == VoteForm::Names {
                    known.form = vote.form;
                }
            }
            Some(_) => {}
            None => votes.push(vote),
        }
    }
}

/// The lines that tell of votes, each with those on which its last sentence goes on, and the others. What goes on with the
/// sentence of another line tells of none: `Innstillingen vedtatt med 11`, and under it `mot 3 stemmer.`
fn votes_apart<'l, 'b>(
    lines: Vec<&'l Line<'b>>,
    tells: impl Fn(&Line) -> bool,
) -> (Vec<&'l Line<'b>>, Vec<&'l Line<'b>>) {
    let mut said = false;
    let mut ended = true;
    lines.into_iter().partition(|line| {
        let goes_on = !ended && line.continues && !line.first && (said || line.raw.starts_with(char::is_lowercase));
        said = if goes_on { said } else { tells(line) };
        ended = line.raw.ends_with(['.', ':', ')']);
        said
    })
}

/// Whether a line only divides what stands over it from what stands under it: `* * *`, `---oo0oo---`.
fn is_divider(raw: &str) -> bool {
    let stroke = |c: char| !c.is_alphanumeric();
    let inner = raw.trim_matches(stroke);
    inner.is_empty()
        || inner.chars().all(|c| stroke(c) || matches!(c, 'o' | 'O' | '0'))
            && (raw.starts_with(stroke) || raw.ends_with(stroke))
}

/// Ends proposals where the decision that repeats them ends: what follows without a label is told, not proposed.
fn end_proposals(sections: &mut Vec<Section>) {
    let said = |section: &Section, count: usize| {
        let lines = section.lines.iter().take(count).enumerate();
        lines
            .map(|(i, l)| spaces_folded(&l.raw[if i == 0 { section.skip.min(l.raw.len()) } else { 0 }..]))
            .collect::<Vec<_>>()
    };
    let Some(decision) = sections.iter().rfind(|s| s.field == Field::Decision && !s.lines.is_empty()) else { return };
    // Without the lines at its end that tell of the vote.
    let votes = decision.lines.iter().rev().take_while(|l| tells_vote(l)).count();
    let decided = said(decision, decision.lines.len() - votes);
    if decided.is_empty() {
        return;
    }
    let mut at = 0;
    while at < sections.len() {
        let section = &mut sections[at];
        let longer = is_proposal(section.field) && section.lines.len() > decided.len();
        if longer && said(section, decided.len()) == decided {
            let lines = section.lines.split_off(decided.len());
            sections.insert(at + 1, Section { lines, ..Section::of(Field::Background) });
        }
        at += 1;
    }
}

/// Whether a vote told of in running text says how it ended, and is not a sentence about votes at large.
fn is_plain_vote(vote: &Vote) -> bool {
    let said = Folded::new(&vote.said.value).text;
    let votes = &lexicon().votes;
    let counted = vote.for_count.is_some() || vote.against.is_some() || !vote.for_names.is_empty();
    let ended = votes.adopted.is_match(&said) || votes.rejected.is_match(&said);
    counted || said.len() < 40 || ended && said.len() < 160
}

/// Whether a folded sentence begins with what was voted on: `vedtaket`, `innstillingen`.
fn tells_of_decision(said: &str) -> bool {
    lexicon().is_particle("proposal", said.split(' ').next().unwrap_or_default())
}

/// A line that tells of a vote and of nothing else: "Enstemmig vedtatt."
pub(super) fn tells_vote(line: &Line) -> bool {
    let text = line.text().trim_start_matches('(');
    let votes = &lexicon().votes;
    // Those on either side may be many.
    let lists_sides = || line.says(&votes.side_for) && line.says(&votes.side_against);
    if line.cells.is_some() || text.len() >= LONG_VOTE && !lists_sides() {
        return false;
    }
    let says = |list: &Patterns| line.likely(list).is_match(text);
    let opens = |list: &Patterns| line.likely(list).opens(text);
    let in_parentheses = line.text().starts_with('(') && text.trim_end_matches('.').ends_with(')');
    // "5 mot 2 stemmer."
    let is_whole =
        |p: &Patterns| line.likely(p).find(text).is_some_and(|m| m.start() == 0 && m.end() + 1 >= text.len());
    let whole = || is_whole(&votes.counts) || is_whole(&votes.against);
    let first = text.split(' ').next().unwrap_or_default();
    // "Framlegget vart vedteke med 5 mot 1 røyst.", "Protokollen ble enstemmig godkjent."
    let on_proposal = || {
        let on_matter = text.split(' ').count() <= FEW_WORDS && line.raw.starts_with(char::is_uppercase);
        (lexicon().is_particle("proposal", first) || on_matter)
            && sentences(line.raw).len() == 1
            && ends_with_vote(line)
    };
    // "Forslaget fra styret fikk 39 stemmer. Forslaget fra Eva Lie fikk 17 stemmer."
    let counted = || {
        let said = text.split(". ").next().unwrap_or_default();
        (lexicon().is_particle("proposal", first) || opens(&votes.on))
            && [&votes.elected, &votes.counts].into_iter().any(|p| line.likely(p).is_match(said))
    };
    // "Valget skjedde ved akklamasjon."
    let acclaimed = || text.len() < CLOSING_VOTE && says(&votes.acclamation);
    // "Punkt 1 og 2 samrøystes. Punkt 3 vart vedteke med 3 mot 2 røyster."
    let on_points = || {
        lexicon().is_particle("points", first.trim_end_matches('.'))
            && [&votes.unanimous, &votes.counts, &votes.against].into_iter().any(says)
    };
    let short = || {
        whole()
            || acclaimed()
            || on_proposal()
            || opens(&votes.counts) && (says(&votes.casting) || opens(&votes.alternatives))
            || opens(&votes.unanimous)
            || opens(&votes.voted_against) && sentences(line.raw).len() == 1
            || in_parentheses && (opens(&votes.counts) || opens(&votes.against))
            || opens(&votes.adopted)
                && [&votes.counts, &votes.against, &votes.acclamation, &votes.unanimous, &votes.elected]
                    .into_iter()
                    .any(says)
    };
    text.len() < 100 && short() || on_points() || names_side(line) || names_sides(line) || counted()
}

/// A sentence that only tells of a vote on the matter has so many words at most.
const FEW_WORDS: usize = 5;

/// Whether a line lists who stood on one side: `Mot (3): Eva Lie, Per Ås`.
fn names_side(line: &Line) -> bool {
    let Some((head, names)) = line.raw.split_once(": ").filter(|_| line.cells.is_none()) else { return false };
    let side = Folded::text_of(head.split(" (").next().unwrap_or_default());
    let is_side = matches!(lexicon().votes.columns.get(side.as_str()), Some(VoteColumn::For | VoteColumn::Against));
    is_side && names.split(',').all(|name| is_name(name.trim().trim_end_matches('.')))
}

/// Whether a line says who stood on either side: "For forslaget stemte Eva Lie og Per Ås (2). Mot stemte Jon Moe (1)."
fn names_sides(line: &Line) -> bool {
    let (votes, text) = (&lexicon().votes, line.text().trim_start_matches('('));
    line.cells.is_none() && line.likely(&votes.side_for).opens(text) && line.says(&votes.side_against)
}

/// Whether the last sentence of a paragraph says how a vote ended: "Framlegget vart vedteke med 3 mot 1 røyst."
fn ends_with_vote(line: &Line) -> bool {
    let Some((from, to)) = sentences(line.raw).pop().filter(|_| line.cells.is_none()) else { return false };
    let said = Folded::new(&line.raw[from..to]).text;
    let votes = &lexicon().votes;
    votes.adopted.is_match(&said)
        && [&votes.counts, &votes.against, &votes.unanimous].into_iter().any(|patterns| patterns.is_match(&said))
}

/// The length of a list mark at the start of a line: `1. `, `a) `, `- `.
pub(in super::super) fn list_mark(text: &str) -> usize {
    let mark = text.find(' ').filter(|i| *i <= 3).map_or("", |i| &text[..i]);
    let is_mark = !mark.is_empty() && (mark.ends_with(['.', ')']) || mark.chars().all(|c| !c.is_alphanumeric()));
    if is_mark { text.len() - text[mark.len()..].trim_start().len() } else { 0 }
}

/// A decision by its text.
pub(in super::super) fn decision(text: Sourced<String>) -> Decision {
    let (outcome, is_final) = outcome(&text.value);
    Decision { text, outcome, is_final }
}

/// The proposal of whom a vote names.
fn proposal_named<'p>(vote: &Vote, proposals: &'p [Proposal]) -> Option<&'p Proposal> {
    let said = vote.said.value.to_lowercase();
    let names = |by: &Sourced<String>| said.contains(by.value.to_lowercase().rsplit(' ').next().unwrap_or_default());
    proposals.iter().find(|p| p.by.as_ref().is_some_and(names))
}

/// The decision that a vote alone tells. What the proposal of whom it names puts off or sends on is: `Lies forslag ble vedtatt.`
fn adopted_as(vote: &Vote, proposals: &[Proposal]) -> Decision {
    let outcome = proposal_named(vote, proposals).map(|p| outcome(&p.text.value));
    let outcome = outcome.filter(|(outcome, _)| matches!(outcome, Outcome::Postponed | Outcome::Referred));
    let decision = decision(vote.said.clone());
    match outcome {
        Some((outcome, is_final)) => Decision { outcome, is_final, ..decision },
        None => decision,
    }
}

/// What a decision's words say became of the matter, and whether the body decides for good.
pub(super) fn outcome(text: &str) -> (Outcome, bool) {
    let lines: Vec<&str> = text.lines().filter(|l| !l.ends_with(':')).collect();
    let Some((line, others)) = lines.split_first() else { return (Outcome::Adopted, true) };
    // The first sentence says what becomes of the matter: "Klagen tas ikke til følge. Saken oversendes fylkesmannen."
    let line = &line[list_mark(line)..];
    let said = sentences(line);
    let first = said.first().map_or("", |(from, to)| &line[*from..*to]).to_lowercase();
    // "Styret vil se samlingen først. Saken utsettes til neste møte."
    let last = said.last().filter(|_| said.len() == 2).map_or("", |(from, to)| &line[*from..*to]).to_lowercase();
    let others: Vec<String> = others.iter().map(|l| l.to_lowercase()).collect();
    let text = text.to_lowercase();
    let stirred = lexicon().outcomes_watch.look(&text);
    let matches = |name: &str, patterns: Likely| match name {
        "postponed" if lexicon().postponed_case.opens(&last) => true,
        "postponed" | "withdrawn" | "referred" => patterns.is_match(&first),
        // "Styret tar rapporten til etterretning og godkjenner endringene" decides, and so may a second point.
        "noted" => {
            let remarks = |said: &str| patterns.is_match(said) || lexicon().remarks.is_match(said);
            let joins = |word: &str| lexicon().is_particle("conjunctions", word);
            // "... til orientering og ber om en ny vurdering"
            let asks = |rest: &str| {
                lexicon().particles.get("asks").into_iter().flatten().any(|w| rest.split([' ', ',']).any(|r| r == w))
            };
            let goes_on = |rest: &str| rest.split(' ').any(joins) && !remarks(rest) && !asks(rest);
            patterns.find(&first).is_some_and(|m| !goes_on(&first[m.end()..])) && others.iter().all(|l| remarks(l))
        }
        _ => patterns.is_match(&text),
    };
    for (name, patterns) in &lexicon().outcomes {
        let patterns = stirred.of(patterns);
        if patterns.any() && matches(name, patterns) {
            let outcome = match name.as_str() {
                "postponed" => Outcome::Postponed,
                "withdrawn" => Outcome::Withdrawn,
                "referred" => Outcome::Referred,
                "recommended" => Outcome::Recommended,
                "noted" => Outcome::Noted,
                _ => Outcome::Rejected,
            };
            return (outcome, !matches!(outcome, Outcome::Postponed | Outcome::Recommended));
        }
    }
    (Outcome::Adopted, true)
}
