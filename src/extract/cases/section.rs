//! The sections of a case while their lines are gathered: background, proposals, deliberation, votes, decision, attachments.

use crate::document::BlockKind;
use crate::lang::{Field, Patterns, TitleWord, lexicon};
use crate::model::{Attachment, Case, Kind, ProposalKind, Sourced};

use super::super::cue;
use super::super::field::{Found, column_fields, fields};
use super::super::header::ordinary_case;
use super::super::line::{Folded, Line, is_shorter};
use super::super::text::{short, spaces_folded};
use super::super::values::date;
use super::super::values::name::{is_name, is_party};
use super::super::votes::{heads_counts, heads_votes};
use super::Context;
use super::archive::folder_number;
use super::paper::treated;

mod fill;
mod ruling;

pub(super) use fill::list_mark;
use fill::{LONG_VOTE, tells_vote};
pub(super) use ruling::rules;

/// What tells of a vote after a proposal may go on over so many lines.
const VOTE_LINES: usize = 3;

/// A sentence about how proposals are set against each other has so many bytes at most, where no meeting treats the case.
const SHORT_VOTE: usize = 60;

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
    /// It tells how another body treated the case before.
    before: bool,
}

impl Section<'_, '_> {
    /// Whether a line without a label begins something else: a heading after a proposal, what follows a proposal that is a
    /// point of a list, or in minutes what was said: "Eva Lie foreslo ...".
    fn ends_before(&self, line: &Line, in_minutes: bool) -> bool {
        let Some(first) = self.lines.first() else { return false };
        let has_end = is_proposal(self.field) || self.field == Field::Decision || self.concludes;
        let is_point = first.kind == BlockKind::ListItem && self.skip > 0;
        let told = in_minutes && line.cells.is_none() && line.says(&lexicon().narrated);
        // The vote ends a decision that stands over it, but for further points.
        let is_voted = || self.lines.last().is_some_and(|l| tells_vote(l)) && !self.lines.iter().all(|l| tells_vote(l));
        let goes_on = || line.continues && !line.first || tells_vote(line) || list_mark(line.raw) > 0;
        let ends_voted = self.field == Field::Decision
            && self.labelled
            && line.kind != BlockKind::ListItem
            && is_voted()
            && !goes_on();
        // "Vedlegg:", its list, and under that the text of the paper
        let of_list = |l: &Line| l.kind == BlockKind::ListItem;
        let ends_list = self.field == Field::Attachments
            && (of_list(first) && !of_list(line) || line.stands_out() && !first.stands_out());
        // "Eva Lie gikk fra møtet. 8 stemmeberettigede igjen."
        let moves = || line.opens_with(&lexicon().left) || line.opens_with(&lexicon().arrived);
        let may_move = self.field == Field::Decision && line.cells.is_none() && !line.continues;
        let ends_moved = may_move && list_mark(line.raw) == 0 && moves();
        ends_voted
            || ends_list
            || ends_moved
            || is_proposal(self.field) && (self.is_quoted() || told)
            || has_end
                && (line.kind == BlockKind::Heading && line.cells.is_none() || is_point && line.block != first.block)
    }

    /// Whether its text so far is one quotation, and complete.
    fn is_quoted(&self) -> bool {
        let text = |line: &Line, skip: usize| Folded::new(line.raw.get(skip..).unwrap_or_default()).text;
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else { return false };
        let opens =
            first.raw.get(self.skip..).is_some_and(|raw| raw.trim_start().starts_with(['"', '«', '»', '“', '”', '„']));
        opens && text(last, 0).trim_end_matches('.').ends_with('"') && {
            let quotes =
                |(i, line): (usize, &&Line)| text(line, if i == 0 { self.skip } else { 0 }).matches('"').count();
            self.lines.iter().enumerate().map(quotes).sum::<usize>() == 2
        }
    }

    /// Whether its text so far says that people are elected.
    fn elects(&self) -> bool {
        let elected = |word: &str| lexicon().is_particle("elected", word);
        let text = |(i, l): (usize, &&'_ Line<'_>)| l.raw.get(if i == 0 { self.skip } else { 0 }..).map(str::to_owned);
        let has_begun = self.lines.iter().enumerate().filter_map(text).all(|text| text.contains(": "));
        self.labelled && has_begun || self.lines.iter().any(|l| l.text().split([' ', ':', '.', ',']).any(elected))
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
            before: false,
        }
    }
}

/// A line with the archive's number or code alone has so many bytes at most.
const ARCHIVE_BYTES: usize = 40;

impl<'b> Context<'_, 'b> {
    /// The sections of a case; fields of the case are filled on the way.
    pub(super) fn sections(&self, case: &mut Case, first: usize, end: usize) -> Vec<Section<'_, 'b>> {
        let mut sections = vec![Section::of(Field::Background)];
        let sequence = case.number.as_ref().map(|n| n.value.sequence);
        let (mut marked, mut before) = (0, false);
        let mut i = first;
        while i < end {
            let line = &self.lines[i];
            i += 1;
            sections[marked..].iter_mut().for_each(|s| s.before = before);
            marked = sections.len();
            // "Behandling/vedtak i Formannskapet den 15.09.2005 sak 0088/05", in the minutes of another body.
            if let Some((_, number)) = treated(line) {
                before = self.kind == Kind::Minutes
                    && sequence.is_some_and(|own| number.first != own && number.second != Some(own));
            }
            if line.under == Some(Field::Decision) && fields(line).is_empty() {
                sections.push(Section { lines: vec![line], labelled: true, ..Section::of(Field::Decision) });
                continue;
            }
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
            // "K-kode 033", in the margin under the number
            if line.raw.len() < ARCHIVE_BYTES && cue::names_archive(line.text()) {
                fields(line).iter().for_each(|f| _ = self.set(case, f, line));
                continue;
            }
            if let Some(section) = sections.last_mut().filter(|_| heads_votes(line) || heads_counts(line)) {
                let rows = self.lines[i..end].iter().take_while(|row| row.block == line.block);
                section.lines.push(line);
                section.lines.extend(rows.clone());
                i += rows.count();
                continue;
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
            if let Some(section) = self.moved(line, 0).filter(|s| !(opened && s.field == Field::Proposal)) {
                sections.push(section);
                continue;
            }
            // "Utvalget var på befaring. Eva Lie foreslo:"
            let last_sentence = line.text().rfind(". ").filter(|_| line.text().ends_with(':') && line.cells.is_none());
            if let Some(section) = last_sentence.and_then(|at| self.moved(line, at + 2))
                && let Some(last) = sections.last_mut()
            {
                last.lines.push(line);
                sections.push(section);
                continue;
            }
            if matches!(self.kind, Kind::Minutes | Kind::CaseMinutes)
                && fields(line).first().is_none_or(|f| f.value.0 < f.value.1)
                && let Some(skip) = arrow(line.raw)
            {
                let lines = vec![line];
                sections.push(Section { lines, skip, labelled: true, ..Section::of(Field::Decision) });
                continue;
            }
            let awaits_text =
                sections.last().is_some_and(|s| s.field == Field::Decision && s.labelled && s.lines.is_empty());
            // "Protokollen ble lest opp og godkjent.", and nothing else under the case's title
            let is_all = || sections.iter().all(|s| s.lines.is_empty()) && lexicon().decided.is_match(line.text());
            if !awaits_text && ends_meeting(self.lines, i - 1) && !is_all() {
                sections.push(Section::of(Field::Remarks));
                continue;
            }
            // A vote after a proposal ends the proposal's text.
            let found = fields(line);
            let heads_decision = found.first().is_some_and(|f| f.field == Field::Decision && f.marked);
            let wrapped = self.lines[i..end].iter().take_while(|l| l.continues && l.block == line.block);
            let resolved = line.likely(&lexicon().resolved).find(line.text());
            let in_proposal = sections.last().is_some_and(|s| is_proposal(s.field));
            if in_proposal && !heads_decision && resolved.is_none() && self.opens_vote(line, &begun_in(line, wrapped)) {
                sections.push(Section { lines: vec![line], ..Section::of(Field::Voting) });
                continue;
            }
            // "Bifalles.", under what was proposed
            let is_verdict = line.first && !line.text().contains(' ') && lexicon().decided.is_match(line.text());
            if is_verdict
                && !matches!(self.kind, Kind::Agenda | Kind::CasePaper)
                && sections.last().is_some_and(|s| is_proposal(s.field) && !s.lines.is_empty())
            {
                sections.push(Section { lines: vec![line], ..Section::of(Field::Decision) });
                continue;
            }
            // "FYLKESUTVALGET FATTET SLIKT VEDTAK"
            let heads = || line.stands_out() && !line.text().ends_with(['.', ':']) && fields(line).is_empty();
            let headed = heads() && line.cells.is_none() && {
                let said = line.text().to_owned() + ":";
                lexicon().resolved.find(&said).is_some_and(|m| m.start() == 0 && m.end() == said.len())
            };
            if headed && !matches!(self.kind, Kind::Agenda | Kind::CasePaper) {
                let head = Some((line, line.raw.len()));
                let recommends = lexicon().recommends(line.text());
                sections.push(Section { head, labelled: true, recommends, ..Section::of(Field::Decision) });
                continue;
            }
            // Before the meeting such a sentence tells of an earlier one.
            let may_resolve = line.cells.is_none() && !matches!(self.kind, Kind::Agenda | Kind::CasePaper);
            // "Vedtak:", and under it "Enstemmig: Salen bygges."
            let resolved = resolved.filter(|m| !opened || is_vote(&line.text()[..m.end()]));
            if let Some(m) = resolved.filter(|_| may_resolve) {
                let (skip, _) = line.folded.source(m.end(), line.text().len());
                let inline = m.end() < line.text().len();
                let (lines, skip, head) =
                    if inline { (vec![line], skip, (line, skip)) } else { (Vec::new(), 0, (line, line.raw.len())) };
                let head = Some(head);
                let recommends = lexicon().recommends(line.text());
                let section = Section { head, lines, skip, labelled: true, recommends, ..Section::of(Field::Decision) };
                sections.push(section);
                continue;
            }
            // "Varamedlem: Per Ås", in a decision that elects people.
            if let Some(section) = sections.last_mut().filter(|s| s.field == Field::Decision && s.elects())
                && found
                    .first()
                    .is_some_and(|f| f.field.is_attendance() || matches!(f.field, Field::Chair | Field::Secretary))
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
            if found.first().is_some_and(votes_on) && self.kind != Kind::Agenda {
                sections.push(Section { lines: vec![line], ..Section::of(Field::Voting) });
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
                let alone = f.field == Field::Decision && is_vote(&line.text()[f.value.0..f.value.1]);
                if f.value.0 < f.value.1 && !alone {
                    section.lines.push(line);
                    section.skip = skip;
                }
                if f.field == Field::Decision {
                    // "Vedtak - innstilling til kommunestyret:"
                    let said = line.text()[f.label.0..f.label.1].split_once(" - ");
                    section.recommends = said.is_some_and(|(_, said)| lexicon().recommends(said));
                    section.head = Some((line, if alone { line.raw.len() } else { skip }));
                }
                // "Innstilling til kommunestyret (enst.):", "Tilråding til fylkestinget (7 mot 2 røyster):"
                let label = &line.text()[f.label.0..f.label.1];
                let told = label.split_once('(').is_some_and(|(_, told)| is_vote(told));
                if f.field == Field::Proposal && names_body && (told || lexicon().votes.unanimous.is_match(label)) {
                    section.recommends = true;
                    section.head = Some((line, skip));
                }
                section.concludes = lexicon().is_particle("conclusion", &line.text()[f.label.0..f.label.1]);
                sections.push(section);
                continue;
            }
            if f.field.is_attendance() || matches!(f.field, Field::NextMeeting | Field::Signatures | Field::Secretary) {
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
        sections[marked..].iter_mut().for_each(|s| s.before = before);
        sections
    }

    /// A line that tells how proposals were voted on: "For forslaget stemte 9: ...", "Dette ble satt opp mot:", in minutes
    /// also "Ved votering ble forslaget forkastet med 20 mot 6 stemmer."
    fn opens_vote(&self, line: &Line, text: &str) -> bool {
        let votes = &lexicon().votes;
        let stirred = lexicon().watch.look(text);
        let says = |list: &Patterns| stirred.of(list).is_match(text);
        let opens = |list: &Patterns| stirred.of(list).opens(text);
        let minutes = matches!(self.kind, Kind::Minutes | Kind::CaseMinutes);
        // "Innstillingen ble vedtatt. For innstillingen stemte (8): Eva Lie, ..."
        let own = line.text();
        let tells_fate = |text: &str| votes.adopted.is_match(text) || votes.rejected.is_match(text);
        let before_sides = || {
            own.split_once(". ").is_some_and(|(fate, sides)| {
                fate.len() < SHORT_VOTE
                    && tells_fate(fate)
                    && (votes.side_for.opens(sides) || votes.side_against.opens(sides))
            })
        };
        let fate = minutes
            && text.len() < 200
            && (says(&votes.adopted) || says(&votes.rejected))
            && (says(&votes.unanimous)
                || says(&votes.acclamation)
                || says(&votes.counts)
                || says(&votes.against)
                || says(&votes.elected));
        let begins = minutes && says(&votes.begins);
        line.cells.is_none()
            && (opens(&votes.side_for)
                || opens(&votes.side_against)
                || text.len() < (if minutes { LONG_VOTE } else { SHORT_VOTE }) && says(&votes.alternatives)
                || text.len() < 200 && says(&votes.side_for) && says(&votes.side_against)
                || fate
                || begins
                || minutes && before_sides()
                || minutes && says(&votes.alternatives) && says(&votes.counts))
    }

    /// Sets the case's own fields. False where the case's text holds the label and has the field already.
    pub(super) fn set(&self, case: &mut Case, found: &Found, line: &Line) -> bool {
        let value = || found.text(line, self.blocks);
        match found.field {
            Field::CaseOfficer => case.case_officer = case.case_officer.take().or_else(value),
            Field::ArchiveReference => {
                let number = || folder_number(value()?, self.blocks);
                case.archive_reference = case.archive_reference.take().or_else(number);
            }
            // "Saksnr.: 2021/8814"
            Field::CaseNumber => {
                let archive = value().filter(|text| cue::is_archive_number(&text.value));
                case.archive_reference = case.archive_reference.take().or(archive);
            }
            Field::CaseTitle if case.title.value.is_empty() => {
                if let Some(value) = value() {
                    case.title = self.without_kind(value);
                }
            }
            Field::CaseTitle => return false,
            _ => {}
        }
        true
    }

    /// Whether a label inside a case is one of the case's, not a word at the start of a paragraph.
    pub(super) fn heads_section(&self, line: &Line, f: &Found) -> bool {
        let wrapped = line.continues && !line.first && line.raw.starts_with(char::is_lowercase);
        // "V" in a column that says how cases are treated
        let is_code = f.label.1 - f.label.0 == 1;
        if (line.kind == BlockKind::ListItem || wrapped || is_code) && !f.marked {
            return false;
        }
        if line.cells.is_some_and(|c| c.len() > 2) && !line.stands_out() {
            return false;
        }
        match f.field {
            Field::CaseOfficer
            | Field::CaseNumber
            | Field::ArchiveReference
            | Field::CaseTitle
            | Field::Reference
            | Field::Classification
            | Field::Route => f.marked,
            Field::Remarks => {
                // "Protokolltilførsel fra Høyre: Vi mener ..."
                let mut words = line.text()[f.label.0..f.label.1].split(' ');
                let mut ends = [words.next(), words.next_back()].into_iter().flatten();
                !f.marked || f.value.0 >= f.value.1 || ends.any(|w| lexicon().is_particle("statement", w))
            }
            Field::NextMeeting | Field::Signatures => f.marked || f.value.0 >= f.value.1,
            field if field.is_attendance() || field == Field::Secretary => f.marked && f.value.0 < f.value.1,
            field => field.is_section() && (f.marked || f.value.0 >= f.value.1),
        }
    }

    /// "Kari Nordmann (A) fremmet følgende forslag:" as the start of a proposal.
    fn moved<'l>(&'l self, line: &'l Line<'b>, sentence: usize) -> Option<Section<'l, 'b>> {
        let text = &line.text()[sentence..];
        if !(text.contains(':') || line.stands_out()) || text.len() > 400 {
            return None;
        }
        let c = line.likely(&lexicon().moved).captures(text)?;
        let (whole, by) = (c.get(0)?, c.name("by")?);
        // "tilleggsforslag", "forslag til tillegg": everything but the owner says which kind it is.
        let said = text[whole.start()..by.start()].to_owned() + &text[by.end()..whole.end()];
        let (from, to) = line.folded.source(sentence + by.start(), sentence + by.end());
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
        let (skip, _) = line.folded.source(sentence + whole.end().min(text.len()), line.text().len());
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
        let genitive = lexicon().genitives.iter().find(|g| lower.ends_with(g.as_str())).map_or("", String::as_str);
        if genitive.is_empty() && !cue::proposes(&lower) {
            return None;
        }
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
}

/// The length of an arrow that points to what was decided, with the spaces and the word after it: `=> Saken utsettes.`,
/// `→ Vedtatt: Saken utsettes.`
pub(super) fn arrow(raw: &str) -> Option<usize> {
    let rest = ["=>", "==>", "->", "-->", ">>", "→", "⇒", "➔", "►"].iter().find_map(|arrow| raw.strip_prefix(arrow))?;
    let rest = rest.trim_start();
    let names_it = |word: &str| {
        let word = word.to_lowercase();
        lexicon().is_particle("decided", &word) || lexicon().labels.get(&word) == Some(&Field::Decision)
    };
    let text = rest.split_once(": ").filter(|(word, _)| names_it(word)).map_or(rest, |(_, text)| text);
    Some(raw.len() - text.len())
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Whether a label names a body, in the genitive or after a preposition.
fn names_body(label: &str) -> bool {
    label
        .split([' ', ',', '('])
        .any(|w| lexicon().is_body_word(w) || w.strip_suffix('s').is_some_and(|plain| lexicon().is_body_word(plain)))
}

fn is_proposal(field: Field) -> bool {
    matches!(field, Field::Proposal | Field::Amendment | Field::Addition | Field::Alternative)
}

/// The place where minutes are signed has so many words at most.
const PLACE_WORDS: usize = 3;

/// Such a line has fewer bytes than this.
const LONGEST_END: usize = 120;

/// A line after which nothing belongs to the case: the end of the meeting, or who gets a copy.
fn ends_meeting(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    // "Eva Lie, 22.9.11", "Mo i Rana, 22. september 2011"
    let signed = || {
        let (name, day) = line.raw.split_once(", ")?;
        let is_place = name.starts_with(char::is_uppercase)
            && name.split(' ').count() <= PLACE_WORDS
            && name.chars().all(|c| c.is_alphabetic() || c == ' ');
        let is_person = is_name(name);
        if !is_person && !is_place {
            return None;
        }
        let day = Folded::text_of(day.trim_end_matches('.'));
        let m = date::find(&day).into_iter().next().filter(|m| m.start == 0 && m.end == day.len())?;
        Some(is_person || m.year.is_some())
    };
    // "Neste møte holdes 28. august. Eva Lie minnet om fristen."
    let told = || line.raw.split_once(". ").is_some_and(|(told, _)| told.contains(|c: char| c.is_ascii_digit()));
    // "Eva Lie (s.)   Per Ås (s.)"
    let marked = || lexicon().signed.iter().any(|m| m.starts_with('(') && line.text().matches(m.as_str()).count() > 1);
    line.cells.is_none()
        && line.raw.len() < LONGEST_END
        && (is_shorter(lines, at, LONGEST_END) || told())
        && (marked()
            || [&lexicon().ended, &lexicon().copies].into_iter().any(|list| line.opens_with(list))
            || signed() == Some(true))
}

/// The sentences that begin in a line, which goes on in others.
fn begun_in<'l>(line: &Line, wrapped: impl Iterator<Item = &'l Line<'l>>) -> String {
    let own = line.text();
    if own.trim_end_matches(['"', ')']).ends_with('.') {
        return own.to_owned();
    }
    let mut said = wrapped.take(VOTE_LINES).fold(own.to_owned(), |said, l| said + " " + l.text());
    said.truncate(said[own.len()..].find(". ").map_or(said.len(), |at| own.len() + at + 1));
    said
}

/// Whether a text tells of a vote, and of nothing else: "Enst.", "38 stemmer for, 7 mot."
fn is_vote(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches([')', ' ']);
    let whole = |p: &Patterns| p.find(text).is_some_and(|m| m.start() == 0 && m.end() + 1 >= text.len());
    whole(&lexicon().votes.unanimous) || whole(&lexicon().votes.counts)
}

/// Whether a text begins with how something was voted on.
fn tells_how(text: &str) -> bool {
    let votes = &lexicon().votes;
    // "2 stemmer for (Sp, SV), 9 stemmer mot (H, Ap). Forslaget falt."
    let by_sides = || votes.side_for.opens(text) && votes.side_against.is_match(text);
    [&votes.unanimous, &votes.adopted, &votes.rejected, &votes.counts].into_iter().any(|list| list.opens(text))
        || by_sides()
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
