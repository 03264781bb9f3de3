//! The sections of a case: background, proposals, deliberation, votes, decision, attachments.

use crate::document::BlockKind;
use crate::lang::{Field, Patterns, TitleWord, lexicon};
use crate::model::{
    Attachment, Case, Decision, Kind, Outcome, Proposal, ProposalKind, Sourced, Vote, VoteForm, VoteOutcome,
};

use super::super::cue;
use super::super::field::{Found, column_fields, fields};
use super::super::header::ordinary_case;
use super::super::line::{Folded, Line};
use super::super::passage::{passages, sentences};
use super::super::tables;
use super::super::text::{long, short, spaces_folded};
use super::super::values::name::is_party;
use super::super::votes::votes;
use super::Context;

/// A sentence at the end of a decision that tells of the vote is this long at most, in bytes.
const CLOSING_VOTE: usize = 40;

/// What tells of a vote after a proposal may go on over so many lines.
const VOTE_LINES: usize = 3;

/// A sentence in a decision that tells of the vote is this long at most, in bytes.
const LONG_VOTE: usize = 160;

/// A section of a case while its lines are gathered.
pub(super) struct Section<'l, 'b> {
    field: Field,
    lines: Vec<&'l Line<'b>>,
    /// Bytes at the start of the first line that belong to the label.
    skip: usize,
    by: Option<Sourced<String>>,
    kind: ProposalKind,
    /// What the label itself says of a vote: "Enstemmig vedtak:".
    head: Option<(&'l Line<'b>, usize)>,
    /// A label heads it.
    labelled: bool,
    /// The label names a body: "Formannskapets innstilling", "Innstilling til kommunestyret".
    names_body: bool,
    /// The decision is a recommendation to another body.
    recommends: bool,
    /// The label heads the decision where nothing else does.
    concludes: bool,
}

impl Section<'_, '_> {
    /// Whether a line without a label begins something else: a heading after a proposal, what follows a proposal that is a
    /// point of a list, or in minutes what was said: "Eva Lie foreslo ...".
    fn ends_before(&self, line: &Line, in_minutes: bool) -> bool {
        let Some(first) = self.lines.first() else { return false };
        let has_end = is_proposal(self.field) || self.field == Field::Decision;
        let is_point = first.kind == BlockKind::ListItem && self.skip > 0;
        let told = in_minutes && line.cells.is_none() && lexicon().narrated.is_match(line.text());
        is_proposal(self.field) && (self.is_quoted() || told)
            || has_end
                && (line.kind == BlockKind::Heading && line.cells.is_none() || is_point && line.block != first.block)
    }

    /// Whether its text so far is one quotation, and complete.
    fn is_quoted(&self) -> bool {
        let text = |line: &Line, skip: usize| Folded::new(line.raw.get(skip..).unwrap_or_default()).text;
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else { return false };
        let opens =
            first.raw.get(self.skip..).is_some_and(|raw| raw.trim_start().starts_with(['"', '«', '“', '”', '„']));
        opens && text(last, 0).trim_end_matches('.').ends_with('"') && {
            let quotes =
                |(i, line): (usize, &&Line)| text(line, if i == 0 { self.skip } else { 0 }).matches('"').count();
            self.lines.iter().enumerate().map(quotes).sum::<usize>() == 2
        }
    }

    /// Whether its text so far says that people are elected.
    fn elects(&self) -> bool {
        let elected = |word: &str| lexicon().is_particle("elected", word);
        let has_begun = self.lines.iter().all(|l| l.raw.contains(": "));
        self.labelled && has_begun || self.lines.iter().any(|l| l.text().split([' ', ':', '.']).any(elected))
    }

    /// A section without owner.
    fn of(field: Field) -> Self {
        Self {
            field,
            lines: Vec::new(),
            skip: 0,
            by: None,
            kind: kind_of(field),
            head: None,
            labelled: false,
            names_body: false,
            recommends: false,
            concludes: false,
        }
    }
}

impl<'b> Context<'_, 'b> {
    /// The sections of a case; fields of the case are filled on the way.
    pub(super) fn sections(&self, case: &mut Case, first: usize, end: usize) -> Vec<Section<'_, 'b>> {
        let mut sections = vec![Section::of(Field::Background)];
        let mut i = first;
        while i < end {
            let line = &self.lines[i];
            i += 1;
            if let Some(next) = self.lines.get(i).filter(|_| i < end) {
                let columns = column_fields(line, next);
                for f in &columns {
                    self.set(case, f, next);
                }
                if !columns.is_empty() {
                    i += 1;
                    continue;
                }
            }
            let heads_treatment = |t: cue::Title| {
                t.word == TitleWord::CaseMinutes
                    || t.word == TitleWord::Minutes && t.whole && self.kind == Kind::Minutes
            };
            if cue::title(line).is_some_and(heads_treatment) && line.raw.len() < 120 && line.cells.is_none() {
                // "Saksprotokoll i formannskapet 12.03.2015", "Protokoll" head the treatment.
                sections.push(Section::of(Field::Deliberation));
                continue;
            }
            // "Forslag til vedtak:", and under it "Fylkesutvalget rår fylkestinget til å gjøre slikt vedtak:".
            let opened = sections.last().is_some_and(|s| {
                s.lines.is_empty() && (is_proposal(s.field) || s.field == Field::Decision) && s.labelled
            });
            if let Some(section) = self.moved(line).filter(|s| !(opened && s.field == Field::Proposal)) {
                sections.push(section);
                continue;
            }
            if matches!(self.kind, Kind::Minutes | Kind::CaseMinutes)
                && let Some(skip) = arrow(line.raw)
            {
                let lines = vec![line];
                sections.push(Section { lines, skip, labelled: true, ..Section::of(Field::Decision) });
                continue;
            }
            let awaits_text =
                sections.last().is_some_and(|s| s.field == Field::Decision && s.labelled && s.lines.is_empty());
            if ends_meeting(line) && !awaits_text {
                sections.push(Section::of(Field::Remarks));
                continue;
            }
            // A vote after a proposal ends the proposal's text.
            let found = fields(line);
            let heads_decision = found.first().is_some_and(|f| f.field == Field::Decision && f.marked);
            let wrapped = self.lines[i..end].iter().take_while(|l| l.continues && l.block == line.block);
            let said = wrapped.take(VOTE_LINES).fold(line.text().to_owned(), |said, l| said + " " + l.text());
            if sections.last().is_some_and(|s| is_proposal(s.field)) && self.opens_vote(line, &said) && !heads_decision
            {
                sections.push(Section { lines: vec![line], ..Section::of(Field::Voting) });
                continue;
            }
            // Before the meeting such a sentence tells of an earlier one.
            let may_resolve = line.cells.is_none() && !opened && !matches!(self.kind, Kind::Agenda | Kind::CasePaper);
            let resolved = lexicon().resolved.find(line.text()).filter(|_| may_resolve);
            if let Some(m) = resolved {
                let (skip, _) = line.folded.source(m.end(), line.text().len());
                let inline = m.end() < line.text().len();
                let (lines, skip, head) =
                    if inline { (vec![line], skip, (line, skip)) } else { (Vec::new(), 0, (line, line.raw.len())) };
                let head = Some(head);
                let recommends = lexicon().outcomes.iter().any(|(n, p)| n == "recommended" && p.is_match(line.text()));
                let section = Section { head, lines, skip, labelled: true, recommends, ..Section::of(Field::Decision) };
                sections.push(section);
                continue;
            }
            // "Varamedlem: Per Ås", in a decision that elects people.
            if let Some(section) = sections.last_mut().filter(|s| s.field == Field::Decision && s.elects())
                && found.first().is_some_and(|f| f.field.is_attendance() || f.field == Field::Chair)
            {
                section.lines.push(line);
                continue;
            }
            let votes_on = |f: &Found| is_proposal(f.field) && tells_how(&line.text()[f.value.0..f.value.1]);
            if let Some(section) = sections.last_mut().filter(|s| s.field == Field::Voting)
                && found.first().is_some_and(votes_on)
            {
                // "Kommunedirektørens forslag: Enstemmig vedtatt."
                section.lines.push(line);
                continue;
            }
            let Some(f) = found.first().filter(|f| self.heads_section(line, f)) else {
                let Some(section) = sections.last_mut() else { continue };
                if section.ends_before(line, matches!(self.kind, Kind::Minutes | Kind::CaseMinutes)) {
                    sections.push(Section { lines: vec![line], ..Section::of(Field::Background) });
                } else {
                    section.lines.push(line);
                }
                continue;
            };
            if f.field.is_section() {
                if f.field == Field::Attachments && numbered(line, f).is_some() {
                    // "Vedlegg 1: ..." announces one attachment and leaves the section as it is.
                    case.attachments.extend(self.attachment(line, f));
                    continue;
                }
                let (skip, _) = line.folded.source(f.value.0.min(line.text().len()), line.text().len());
                let by = f.by.and_then(|by| self.office(line, by, by.0 > f.label.0));
                let names_body = names_body(&line.text()[f.label.0..f.label.1]);
                let mut section = Section { by, labelled: true, names_body, ..Section::of(f.field) };
                // "Vedtak: Enstemmig", and the decision under it.
                let is_vote = f.field == Field::Decision && is_unanimous(&line.text()[f.value.0..f.value.1]);
                if f.value.0 < f.value.1 && !is_vote {
                    section.lines.push(line);
                    section.skip = skip;
                }
                if f.field == Field::Decision {
                    section.head = Some((line, if is_vote { line.raw.len() } else { skip }));
                }
                section.concludes = lexicon().is_particle("conclusion", &line.text()[f.label.0..f.label.1]);
                sections.push(section);
                continue;
            }
            if f.field.is_attendance() || matches!(f.field, Field::NextMeeting | Field::Signatures) {
                // What belongs to the meeting ends the case's text.
                sections.push(Section::of(Field::Remarks));
                continue;
            }
            let mut is_set = false;
            for f in found {
                is_set |= self.set(case, f, line);
            }
            if let Some(section) = sections.last_mut().filter(|_| !is_set) {
                section.lines.push(line);
            }
        }
        sections
    }

    /// A line that tells how proposals were voted on: "For forslaget stemte 9: ...", "Dette ble satt opp mot:", in minutes
    /// also "Ved votering ble forslaget forkastet med 20 mot 6 stemmer."
    fn opens_vote(&self, line: &Line, text: &str) -> bool {
        let votes = &lexicon().votes;
        let minutes = matches!(self.kind, Kind::Minutes | Kind::CaseMinutes);
        let fate = minutes
            && text.len() < 200
            && (votes.adopted.is_match(text) || votes.rejected.is_match(text))
            && (votes.unanimous.is_match(text)
                || votes.acclamation.is_match(text)
                || votes.counts.is_match(text)
                || votes.against.is_match(text)
                || votes.elected.is_match(text));
        let begins = minutes && votes.begins.is_match(text);
        line.cells.is_none()
            && (votes.side_for.opens(text)
                || votes.side_against.opens(text)
                || text.len() < 60 && votes.alternatives.is_match(text)
                || text.len() < 200 && votes.side_for.is_match(text) && votes.side_against.is_match(text)
                || fate
                || begins
                || minutes && votes.alternatives.is_match(text) && votes.counts.is_match(text))
    }

    /// Sets the case's own fields. False where the case's text holds the label and has the field already.
    fn set(&self, case: &mut Case, found: &Found, line: &Line) -> bool {
        let value = || found.text(line, self.blocks);
        match found.field {
            Field::CaseOfficer => case.case_officer = case.case_officer.take().or_else(value),
            Field::ArchiveReference => case.archive_reference = case.archive_reference.take().or_else(value),
            Field::CaseTitle if case.title.value.is_empty() => {
                if let Some(value) = value() {
                    case.title = value;
                }
            }
            Field::CaseTitle => return false,
            _ => {}
        }
        true
    }

    /// Whether a label inside a case is one of the case's, not a word at the start of a paragraph.
    pub(super) fn heads_section(&self, line: &Line, f: &Found) -> bool {
        if line.kind == BlockKind::ListItem && !f.marked {
            return false;
        }
        if line.cells.is_some_and(|c| c.len() > 2) && !line.stands_out() {
            return false;
        }
        match f.field {
            Field::CaseOfficer
            | Field::ArchiveReference
            | Field::CaseTitle
            | Field::Reference
            | Field::Classification
            | Field::Route => f.marked,
            Field::Remarks => !f.marked || f.value.0 >= f.value.1,
            Field::NextMeeting | Field::Signatures => f.marked || f.value.0 >= f.value.1,
            field if field.is_attendance() => f.marked && f.value.0 < f.value.1,
            field => field.is_section() && (f.marked || f.value.0 >= f.value.1),
        }
    }

    /// "Kari Nordmann (A) fremmet følgende forslag:" as the start of a proposal.
    fn moved<'l>(&'l self, line: &'l Line<'b>) -> Option<Section<'l, 'b>> {
        let text = line.text();
        if !(text.contains(':') || line.stands_out()) || text.len() > 400 {
            return None;
        }
        let c = lexicon().moved.captures(text)?;
        let (whole, by) = (c.get(0)?, c.name("by")?);
        // "tilleggsforslag", "forslag til tillegg": everything but the owner says which kind it is.
        let said = text[whole.start()..by.start()].to_owned() + &text[by.end()..whole.end()];
        let (from, to) = line.folded.source(by.start(), by.end());
        let name = line.raw[from..to].split('(').next().unwrap_or_default().trim_end();
        let name = match name.trim_end_matches(',').rsplit_once(',') {
            Some((name, party)) if is_party(party.trim()) => name,
            _ => name,
        };
        let by = Sourced::new(spaces_folded(name), vec![line.raw_span(from, from + name.len())], self.blocks);
        let field = lexicon()
            .moved_kinds
            .iter()
            .find(|(w, _)| said.contains(w.as_str()))
            .map_or(if c.name("recommends").is_some() { Field::Proposal } else { Field::Alternative }, |(_, f)| *f);
        let (skip, _) = line.folded.source(whole.end().min(text.len()), text.len());
        let inline = whole.end() < text.len();
        Some(Section {
            lines: if inline { vec![line] } else { Vec::new() },
            skip: if inline { skip } else { 0 },
            recommends: c.name("recommends").is_some()
                && by.value.to_lowercase().split(' ').any(|w| lexicon().is_body_word(w)),
            by: Some(by),
            labelled: true,
            ..Section::of(field)
        })
    }

    /// The office beside a section head in its plain form: `Rådmannens` → `Rådmannen`, `fra RÅDMANNEN` → `Rådmannen`.
    pub(super) fn office(&self, line: &Line, (from, to): (usize, usize), named_after: bool) -> Option<Sourced<String>> {
        let span = line.span_of(from, to);
        let raw = spaces_folded(&line.raw[span.start - line.start..span.end - line.start]);
        if named_after {
            return Some(Sourced::new(capitalised(&ordinary_case(&raw)), vec![span], self.blocks));
        }
        let lower = raw.to_lowercase();
        let genitive = lexicon().genitives.iter().find(|g| lower.ends_with(g.as_str()))?;
        let plain = ordinary_case(&raw[..raw.len() - genitive.len()]);
        Some(Sourced::new(plain, vec![span], self.blocks))
    }

    fn attachment(&self, line: &Line, f: &Found) -> Option<Attachment> {
        let label_end = numbered(line, f)?;
        let span = line.span_of(f.label.0, label_end);
        let label = Sourced::new(
            spaces_folded(&line.raw[span.start - line.start..span.end - line.start]),
            vec![span],
            self.blocks,
        );
        let (from, to) = line.folded.source(f.value.0, f.value.1);
        let (start, end) = short(line.raw, from, to);
        (start < end).then(|| Attachment {
            label: Some(label),
            title: Sourced::new(spaces_folded(&line.raw[start..end]), vec![line.raw_span(start, end)], self.blocks),
            document: None,
        })
    }

    pub(super) fn fill(&self, case: &mut Case, mut sections: Vec<Section<'_, 'b>>) {
        let minutes = matches!(self.kind, Kind::Minutes | Kind::CaseMinutes);
        if minutes {
            recommendation_as_decision(&mut sections);
            end_proposals(&mut sections);
        }
        let mut background: Vec<&Line> = Vec::new();
        let mut background_skip = 0;
        let mut deliberation: Vec<&Line> = Vec::new();
        let mut deliberation_skip = 0;
        let treated = sections.iter().any(|s| matches!(s.field, Field::Deliberation | Field::Voting));
        if minutes
            && !sections.iter().any(|s| s.field == Field::Decision)
            && let Some(section) = sections.iter_mut().rev().find(|s| s.concludes)
        {
            section.field = Field::Decision;
        }
        let decided = sections.iter().any(|s| s.field == Field::Decision);
        for mut section in sections {
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
            if section.field != Field::Attachments {
                case.tables.extend(tables::tables(&tables, self.blocks, self.year));
            }
            match section.field {
                Field::Background if minutes && !section.labelled => {
                    if !treated {
                        let told = votes(&passages(&text, 0, self.blocks), self.blocks);
                        case.votes.extend(told.into_iter().filter(is_plain_vote));
                    }
                    // The last paragraph that says what was decided.
                    let said = (0..text.len()).rev().filter(|_| !decided).find_map(|at| {
                        let wrapped = text[at + 1..].iter().take_while(|l| l.continues && l.block == text[at].block);
                        let to = at + 1 + wrapped.count();
                        decides(&text[at..to]).then_some(at..to)
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
                    let (said, text): (Vec<&Line>, Vec<&Line>) = text.into_iter().partition(|l| tells_vote(l));
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
        // "Innstillinga vart samrøystes vedteken.", and no decision beside it.
        if minutes && case.decision.is_none() {
            let adopted = case
                .votes
                .iter()
                .rev()
                .find(|v| v.outcome == Some(VoteOutcome::Adopted) && v.said.value.len() < LONG_VOTE);
            case.decision = adopted
                .filter(|v| lexicon().decided.is_match(&Folded::new(&v.said.value).text))
                .map(|v| decision(v.said.clone()));
        }
        let mut told: Vec<Vote> = Vec::new();
        for vote in std::mem::take(&mut case.votes) {
            if !told.contains(&vote) {
                told.push(vote);
            }
        }
        case.votes = told;
        case.background = long(&background, background_skip, self.blocks);
        case.deliberation = long(&deliberation, deliberation_skip, self.blocks);
    }

    /// What the last sentence of the last paragraph says was decided: "Rektor orienterte. SU tar budsjettet til etterretning."
    fn closing_decision(&self, text: &[&Line]) -> Option<Decision> {
        let from = text.iter().rposition(|l| !l.continues).unwrap_or_default();
        let passage = passages(&text[from..], 0, self.blocks).pop()?;
        let last = sentences(&passage.raw).pop().filter(|(from, _)| *from > 0)?;
        let said = passage.sourced(last, self.blocks);
        lexicon().decided.is_match(&Folded::new(&said.value).text).then(|| decision(said))
    }

    /// The vote that the last sentence of a line tells of: "Som innstillingen. Enstemmig."
    fn closing_vote(&self, line: &Line) -> Option<Vote> {
        let passage = passages(&[line], 0, self.blocks).into_iter().next()?;
        // "Styret støtter forslaget. (Enstemmig)"
        let parenthesis = passage.raw.trim_end_matches(['.', ' ']).strip_suffix(')').and_then(|raw| raw.rfind('('));
        let sentence = sentences(&passage.raw).into_iter().last().map(|s| s.0);
        let from = parenthesis.or(sentence).filter(|from| *from > 0)?;
        let tail = passage.tail(from);
        let patterns = &lexicon().votes;
        let text = tail.folded.text.trim_start_matches('(');
        let opens = patterns.unanimous.opens(text)
            || patterns.against.opens(text)
            || patterns.adopted.opens(text) && patterns.counts.is_match(text)
            || parenthesis.is_some() && patterns.counts.is_match(text);
        if !opens || tail.folded.text.len() > CLOSING_VOTE {
            return None;
        }
        votes(&[tail], self.blocks).into_iter().next()
    }

    /// A text without the quotation marks around it.
    fn unquoted(&self, text: Sourced<String>) -> Sourced<String> {
        let quoted = |open: char, close: char| {
            let inner = text.value.strip_prefix(open)?.trim_end_matches('.').strip_suffix(close)?;
            (!inner.contains([open, close])).then(|| inner.trim().to_owned())
        };
        let inner = quoted('«', '»').or_else(|| quoted('"', '"')).or_else(|| quoted('“', '”'));
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
        let kept = self.blocks[last.block as usize].text.get(last.start..tail.start).unwrap_or_default().trim_end();
        if kept.is_empty() {
            return text;
        }
        last.end = last.start + kept.len();
        Sourced::new(value.trim_end().to_owned(), spans, self.blocks)
    }

    /// The decision of a section; lines that tell of the vote are taken out.
    fn decide(&self, case: &mut Case, section: &Section, text: Vec<&Line>) {
        let skipped = |l: &Line| section.lines.first().is_some_and(|f| std::ptr::eq(*f, l)) && section.skip > 0;
        let (said, text): (Vec<&Line>, Vec<&Line>) = text.into_iter().partition(|l| !skipped(l) && tells_vote(l));
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
        let Some(mut text) = long(text, section.skip, self.blocks) else { return };
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
        let decision = decision(text);
        case.decision = Some(if section.recommends {
            Decision { outcome: Outcome::Recommended, is_final: false, ..decision }
        } else {
            decision
        });
    }
}

/// In minutes, the recommendation that a body passes on after its treatment of a case is what it decided, where no
/// decision stands: "Formannskapets innstilling til kommunestyret".
fn recommendation_as_decision(sections: &mut [Section]) {
    let has_decision = sections.iter().any(|s| s.field == Field::Decision);
    if has_decision {
        return;
    }
    let treated = sections.iter().position(|s| {
        matches!(s.field, Field::Deliberation | Field::Voting)
            || s.lines.iter().any(|l| tells_vote(l) || ends_with_vote(l))
    });
    let first = sections.iter().position(|s| s.field == Field::Proposal);
    let passed_on = |(i, s): &(usize, &mut Section)| {
        let after = treated.is_some_and(|treated| treated < *i) || s.lines.last().is_some_and(|l| tells_vote(l));
        let again = first.is_some_and(|first| first < *i) && s.labelled;
        s.field == Field::Proposal && (after && (s.names_body || again) || s.recommends) && !s.lines.is_empty()
    };
    if let Some((_, section)) = sections.iter_mut().enumerate().rev().find(passed_on) {
        section.field = Field::Decision;
        section.recommends = true;
    }
}

/// Whether a line only divides what stands over it from what stands under it: `* * *`, `---oo0oo---`.
fn is_divider(raw: &str) -> bool {
    let stroke = |c: char| !c.is_alphanumeric();
    let inner = raw.trim_matches(stroke);
    inner.is_empty()
        || inner.chars().all(|c| stroke(c) || matches!(c, 'o' | 'O' | '0'))
            && raw.starts_with(stroke)
            && raw.ends_with(stroke)
}

/// The length of an arrow that points to what was decided, with the spaces after it: `=> Saken utsettes.`
fn arrow(raw: &str) -> Option<usize> {
    let rest = ["=>", "==>", "->", "-->", "→", "⇒", "➔", "►"].iter().find_map(|arrow| raw.strip_prefix(arrow))?;
    Some(raw.len() - rest.trim_start().len())
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

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Whether a vote told of in running text says how it ended, and is not a sentence about votes at large.
fn is_plain_vote(vote: &Vote) -> bool {
    let said = Folded::new(&vote.said.value).text;
    let votes = &lexicon().votes;
    let counted = vote.for_count.is_some() || vote.against.is_some() || !vote.for_names.is_empty();
    let ended = votes.adopted.is_match(&said) || votes.rejected.is_match(&said);
    counted || said.len() < 40 || ended && said.len() < 160
}

/// Whether a label names a body, in the genitive or after a preposition.
fn names_body(label: &str) -> bool {
    label
        .split(' ')
        .any(|w| lexicon().is_body_word(w) || w.strip_suffix('s').is_some_and(|plain| lexicon().is_body_word(plain)))
}

fn is_proposal(field: Field) -> bool {
    matches!(field, Field::Proposal | Field::Amendment | Field::Addition | Field::Alternative)
}

/// A line after which nothing belongs to the case: the end of the meeting, or who gets a copy.
fn ends_meeting(line: &Line) -> bool {
    let text = line.text();
    line.cells.is_none() && line.raw.len() < 120 && (lexicon().ended.opens(text) || lexicon().copies.opens(text))
}

/// A paragraph without label that says what became of the case: "Saken ble utsatt.", "Årsmøtet vedtok å øke kontingenten."
fn decides(lines: &[&Line]) -> bool {
    let whole = lines.iter().map(|l| l.text()).collect::<Vec<_>>().join(" ");
    lines.first().is_some_and(|l| !l.continues) && whole.len() < LONG_DECISION && lexicon().decided.is_match(&whole)
}

/// A decision that no label heads has so many bytes at most.
const LONG_DECISION: usize = 400;

/// A line that tells of a vote and of nothing else: "Enstemmig vedtatt."
fn tells_vote(line: &Line) -> bool {
    let text = line.text().trim_start_matches('(');
    let votes = &lexicon().votes;
    let in_parentheses = line.text().starts_with('(') && text.trim_end_matches('.').ends_with(')');
    // "5 mot 2 stemmer."
    let whole = votes.counts.find(text).is_some_and(|m| m.start() == 0 && m.end() + 1 >= text.len());
    // "Framlegget vart vedteke med 5 mot 1 røyst."
    let first = text.split(' ').next().unwrap_or_default();
    let on_proposal =
        lexicon().is_particle("proposal", first) && sentences(line.raw).len() == 1 && ends_with_vote(line);
    // "Valget skjedde ved akklamasjon."
    let acclaimed = text.len() < CLOSING_VOTE && votes.acclamation.is_match(text);
    line.cells.is_none()
        && text.len() < 100
        && (whole
            || acclaimed
            || on_proposal
            || votes.unanimous.opens(text)
            || in_parentheses && (votes.counts.opens(text) || votes.against.opens(text))
            || votes.adopted.opens(text)
                && [&votes.counts, &votes.against, &votes.acclamation, &votes.unanimous]
                    .iter()
                    .any(|p| p.is_match(text)))
}

/// Whether the last sentence of a paragraph says how a vote ended: "Framlegget vart vedteke med 3 mot 1 røyst."
fn ends_with_vote(line: &Line) -> bool {
    let Some((from, to)) = sentences(line.raw).pop().filter(|_| line.cells.is_none()) else { return false };
    let said = Folded::new(&line.raw[from..to]).text;
    let votes = &lexicon().votes;
    votes.adopted.is_match(&said)
        && [&votes.counts, &votes.against, &votes.unanimous].into_iter().any(|patterns| patterns.is_match(&said))
}

/// Whether a text says that a vote was unanimous, and nothing else.
fn is_unanimous(text: &str) -> bool {
    let text = text.trim_matches(['.', '(', ')', ' ']);
    lexicon().votes.unanimous.find(text).is_some_and(|m| m.start() == 0 && m.end() + 1 >= text.len())
}

/// Whether a text begins with how something was voted on.
fn tells_how(text: &str) -> bool {
    let votes = &lexicon().votes;
    votes.unanimous.opens(text) || votes.adopted.opens(text) || votes.rejected.opens(text)
}

fn kind_of(field: Field) -> ProposalKind {
    match field {
        Field::Amendment => ProposalKind::Amendment,
        Field::Addition => ProposalKind::Addition,
        Field::Alternative => ProposalKind::Alternative,
        _ => ProposalKind::Recommendation,
    }
}

/// The end of the label `Vedlegg 1` in the folded text, where a number follows the word.
fn numbered(line: &Line, f: &Found) -> Option<usize> {
    let text = line.text();
    let digits = text[f.label.0..f.label.1].bytes().rev().take_while(u8::is_ascii_digit).count();
    (digits > 0 && f.value.0 < f.value.1).then_some(f.label.1)
}

/// The length of a list mark at the start of a line: `1. `, `a) `, `- `.
fn list_mark(text: &str) -> usize {
    let mark = text.find(' ').filter(|i| *i <= 3).map_or("", |i| &text[..i]);
    let is_mark = !mark.is_empty() && (mark.ends_with(['.', ')']) || mark.chars().all(|c| !c.is_alphanumeric()));
    if is_mark { text.len() - text[mark.len()..].trim_start().len() } else { 0 }
}

/// A decision by its text.
pub(super) fn decision(text: Sourced<String>) -> Decision {
    let (outcome, is_final) = outcome(&text.value);
    Decision { text, outcome, is_final }
}

/// What a decision's words say became of the matter, and whether the body decides for good.
fn outcome(text: &str) -> (Outcome, bool) {
    let text = text.to_lowercase();
    // Of several points one may send the matter on or be for information while the others decide.
    let decides_all = |name: &str, patterns: &Patterns| {
        !matches!(name, "noted" | "referred")
            || text.lines().filter(|l| !l.ends_with(':')).all(|l| patterns.is_match(l))
    };
    for (name, patterns) in &lexicon().outcomes {
        if patterns.is_match(&text) && decides_all(name, patterns) {
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
