//! The title of a case.

use crate::document::{BlockKind, Span};
use crate::lang::{Field, lexicon};
use crate::model::Sourced;

use super::super::cue;
use super::super::field::{Found, fields};
use super::super::line::{Folded, Line};
use super::super::text::{closed, join_wrapped, short, stopped, unwrapped};
use super::heads::title_end;
use super::section::list_mark;
use super::{Context, Head};

/// A table that heads a case has so many rows at most.
const HEAD_ROWS: usize = 8;

/// A line with the rest of a title has so many bytes at most.
const WRAPPED_TITLE: usize = 120;

/// A title goes on over so many lines at most.
const TITLE_LINES: usize = 2;

impl Context<'_, '_> {
    /// The title of a head and the line after it.
    pub(super) fn title(&self, head: &Head) -> Option<(Sourced<String>, usize)> {
        if let Some(at) = head.paper {
            let line = &self.lines[at];
            let labelled = fields(line).first().and_then(|f| f.text(line, self.blocks));
            return Some((labelled.unwrap_or_else(|| self.whole_title(at).0), head.line + 1));
        }
        if let Some(at) = head.title_at {
            let line = &self.lines[at];
            // "Konstituering (sak 1/15)"
            let number = &head.cue.number;
            let from = number.series.map_or(number.start, |s| s.0.min(number.start));
            let end = if at == head.line { line.folded.source(from, from).0 } else { line.raw.len() };
            let end = line.raw[..end].trim_end_matches(|c: char| c.is_whitespace() || "(-–—.".contains(c)).len();
            let (from, to) = short(line.raw, 0, end);
            // "1. Takster for 1971   Sak 18/70"
            let mark = list_mark(&line.raw[from..to]);
            let opens = at == head.line && line.raw[from + mark..to].starts_with(char::is_uppercase);
            let from = if opens { from + mark } else { from };
            let title = Sourced::new(closed(&line.raw[from..to]), vec![line.raw_span(from, to)], self.blocks);
            let (whole, end) = self.whole_title(at);
            // The number may stand right under it.
            let end = end + usize::from(end == head.line);
            return Some(if at == head.line { (title, at + 1) } else { (whole, end) });
        }
        let line = &self.lines[head.line];
        let last = title_end(self.lines, head);
        let (from, _) = line.folded.source(head.cue.title.min(line.text().len()), line.text().len());
        let rest = line.raw.get(from..).unwrap_or_default();
        // "SAK 23/2015 | SAKSFRAMLEGG"
        if rest.trim().is_empty() || super::heads_paper(line, &head.cue) {
            // The title stands on the next line, or in a row of the same table that says so.
            let rows = self.lines[head.line + 1..].iter().take_while(|l| l.block == line.block && l.cells.is_some());
            // "SAK: SØKNAD OM TILSKUDD", under the number
            let names_case = |f: &Found, l: &Line| {
                let word = &l.text()[f.label.0..f.label.1];
                f.field == Field::Background && f.marked && lexicon().case_words.iter().any(|w| w == word)
            };
            let gives_title = |f: &Found, l: &Line| f.field == Field::CaseTitle || names_case(f, l);
            let names_title = |l: &Line| fields(l).first().is_some_and(|f| gives_title(f, l));
            // "Sak nr. | Sakstittel", and in the same cells under them what they are
            let beside = fields(line).iter().find(|f| f.field == Field::CaseTitle && f.value.0 < f.value.1);
            if let Some(title) = beside.and_then(|f| f.text(line, self.blocks)) {
                return Some((title, head.line + 1));
            }
            // "Sak: 19/19", "Resultat: Behandlet", "Tittel: Ny kai", each on a line of its own.
            let labelled = self.lines[head.line + 1..].iter().take(HEAD_ROWS);
            // "Av 11 medlemmer møtte 9"
            let is_told = |l: &Line| l.raw.contains(':') || names_title(l) || lexicon().count.is_match(l.text());
            let labelled = labelled.take_while(|l| l.cells.is_none() && l.raw.len() < 250 && is_told(l));
            let titled =
                rows.take(HEAD_ROWS).position(names_title).or_else(|| labelled.into_iter().position(names_title));
            // The other rows of a table that only labels the case: "Saksbehandler: | Eva Lie".
            let labels = |l: &&Line| {
                l.block == line.block && l.cells.is_some_and(|cells| cells.len() > 2 || !fields(l).is_empty())
            };
            let under = || self.lines[head.line + 1..].iter().take_while(labels).count();
            // "Møtedag: 14.02.2012", "Til stede: 9 av 9 medlemmer", on lines between the number and the title.
            let of_head = |f: &Found| f.marked && (f.field.is_value() || f.field.is_attendance());
            let is_field = |l: &&Line| l.cells.is_none() && fields(l).first().is_some_and(of_head);
            let field_lines = || self.lines[head.line + 1..].iter().take(HEAD_ROWS).take_while(is_field).count();
            let under = || if line.cells.is_some() { under() } else { field_lines() };
            let next = head.line + 1 + titled.unwrap_or_else(under);
            // "SAKSPROTOKOLL", between the table that heads a case and its title
            let is_document = |l: &Line| lexicon().titles_of(l.text()).any(|(words, _)| words == l.text());
            let next = next + self.lines.get(next..).into_iter().flatten().take_while(|l| is_document(l)).count();
            let line = self.lines.get(next)?;
            let labelled = fields(line);
            if let Some(f) = labelled.first().filter(|f| gives_title(f, line)) {
                return f.text(line, self.blocks).map(|t| self.broken(t, line, next + 1));
            }
            // "Godkjenning av innkalling" heads what is said about it in a meeting without cases.
            let heads_other = labelled.iter().any(|f| f.marked || f.field != Field::Remarks);
            if heads_other || line.raw.len() > 250 {
                return None;
            }
            let goes_on = |l: &Line| l.block == line.block && l.continues && l.stands_out() && line.stands_out();
            if self.lines.get(next + 1).is_some_and(goes_on) {
                return Some(self.whole_title(next));
            }
            let (from, to) = short(line.raw, 0, line.raw.len());
            let title = Sourced::new(closed(&line.raw[from..to]), vec![line.raw_span(from, to)], self.blocks);
            return Some(self.wrapped(title, line, next + 1));
        }
        // "Sak nr. 14/83   Gjelder: Ny kai"
        let words = line.text().get(head.cue.title..).unwrap_or_default();
        let label =
            cue::label(words).filter(|l| l.marked && l.field == Field::CaseTitle && words[..l.value].contains(':'));
        let from = label.map_or(from, |l| line.folded.source(head.cue.title + l.value, line.text().len()).0);
        let (start, end) = without_leader(line.raw, from);
        // The cells after the title's tell other things of the case.
        let cell =
            line.cells.into_iter().flatten().find(|c| c.start <= line.start + start && line.start + start < c.end);
        let end = cell.map_or(end, |c| end.min(c.end - line.start));
        // "Skolerute, Saksbehandler: Eva Lie" in two lines of a cell
        let labelled = fields(line).iter().find(|f| cell.is_some() && f.label.0 > head.cue.title);
        let end = labelled.map_or(end, |f| end.min(line.folded.source(f.label.0, f.label.0).0));
        let end = start.max(line.raw[..end].trim_end().len());
        // "Veglys på Fåset<TAB>Arkivsaksnr. 04/00207", and under it in the same paragraph the text
        let is_archive = |piece: &str| cue::is_archive_number(piece) || cue::names_archive(&Folded::text_of(piece));
        let beside = line.raw[start..end].rsplit_once('\t').filter(|(_, last)| is_archive(last));
        let last = if beside.is_some() { head.line } else { last };
        let end = beside.map_or(end, |(title, _)| start + title.trim_end().len());
        let mut value = unwrapped(&closed(&line.raw[start..end])).into_owned();
        let mut span = line.raw_span(start, end);
        let archived = |l: &&Line| {
            fields(l).first().is_some_and(|f| f.field == Field::ArchiveReference) || cue::names_archive(l.text())
        };
        // A row of hyphens underlines the title.
        let written = |l: &&Line| l.raw.chars().any(char::is_alphanumeric);
        for more in self.lines[head.line + 1..=last].iter().take_while(|l| !archived(l)).filter(written) {
            let (_, end) = without_leader(more.raw, 0);
            join_wrapped(&mut value, &more.raw[..end]);
            span = Span { end: more.start + end, ..span };
        }
        // "Ansettelse av lærere. (Lukket dør.)"
        if let Some(open) = value.rfind(" (").filter(|_| value.ends_with(')'))
            && lexicon().closed_case.is_match(&Folded::new(&value[open..]).text)
            && let Some(printed) = line.raw.rfind(" (").filter(|_| last == head.line)
        {
            value.truncate(open);
            span.end = line.start + printed;
        }
        if let Some(kept) = stopped(&value).map(str::len).filter(|kept| !value[..*kept].ends_with('.')) {
            span.end -= value.len() - kept;
            value.truncate(kept);
        }
        // "Kommuneregnskapet for 1987 (Arkiv 221)", "Anbud på asfaltering  Arkivsaksnr. 94/00345"
        let own = &line.raw[..span.end.saturating_sub(line.start).min(line.raw.len())];
        let archived = own.match_indices([' ', '\t']).map(|(at, _)| at).find(|at| {
            let rest = own[*at..].trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
            // "Plassering av administrasjonssenter (17/2218)"
            let inner = own[*at..].trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
            *at > start && (cue::names_archive(&Folded::new(rest).text) || inner.is_some_and(cue::is_archive_number))
        });
        if let Some(at) = archived.filter(|_| last == head.line) {
            let kept = own[..at].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–'));
            value = closed(&line.raw[start..kept.len().max(start)]);
            span.end = line.start + kept.len().max(start);
        }
        let title = Sourced::new(value, vec![span], self.blocks);
        (!title.value.is_empty()).then(|| self.wrapped(title, line, last + 1))
    }

    /// The title that a line begins, with the lines of its block that the page's width broke off, and the line after them.
    pub(super) fn whole_title(&self, at: usize) -> (Sourced<String>, usize) {
        let line = &self.lines[at];
        // "Røysting", in the same bold letters under the title
        let is_label = |l: &Line| fields(l).first().is_some_and(|f| f.field.is_section() && f.value.0 >= f.value.1);
        // "(Sak 38/74)", under the title
        let is_number =
            |l: &Line| l.raw.starts_with('(') && cue::case_head(&l.piece(l.start + 1, &l.raw[1..])).is_some();
        let goes_on = |l: &&Line| l.block == line.block && l.continues && !is_label(l) && !is_number(l);
        let broken = self.lines[at + 1..].iter().take_while(goes_on).count();
        let last = if broken <= TITLE_LINES { at + broken } else { at };
        let mut value = String::new();
        for line in &self.lines[at..=last] {
            join_wrapped(&mut value, line.raw);
        }
        let end = self.lines[last].start + self.lines[last].raw.len();
        let text = &self.blocks[line.block as usize].text[line.start..end];
        let (from, to) = short(text, 0, text.len());
        let span = Span { block: line.block, start: line.start + from, end: line.start + to };
        let (from, to) = short(&value, 0, value.len());
        let value = closed(&value[from..to]);
        (Sourced::new(value, vec![span], self.blocks), last + 1)
    }

    /// A title with the line at `next`, where the page's width broke it off, and the line after it.
    fn broken(&self, title: Sourced<String>, line: &Line, next: usize) -> (Sourced<String>, usize) {
        let goes_on = |l: &&Line| line.breaks && l.continues && l.block == line.block && fields(l).is_empty();
        let Some(more) = self.lines.get(next).filter(goes_on) else { return (title, next) };
        let mut value = title.value;
        join_wrapped(&mut value, more.raw);
        let spans = [title.at.spans(), &[more.span()]].concat();
        (Sourced::new(value, spans, self.blocks), next + 1)
    }

    /// A title with the lines from `next` on that go on with it in small letters, and the line after them:
    /// "Interpellasjon om rekruttering", and under it in the same letters "av sykepleiere".
    fn wrapped(&self, title: Sourced<String>, line: &Line, next: usize) -> (Sourced<String>, usize) {
        let goes_on = |l: &&Line| {
            l.bold == line.bold
                && l.cells.is_none()
                && line.cells.is_none()
                && l.first
                && l.kind != BlockKind::ListItem
                && l.raw.starts_with(char::is_lowercase)
                // "a) Brev fra fylket"
                && !l.raw.chars().nth(1).is_some_and(|c| matches!(c, ')' | '.'))
                && l.raw.len() < WRAPPED_TITLE
                && fields(l).is_empty()
                && (l.bold || !l.raw.ends_with('.'))
        };
        let (mut value, mut spans) = (title.value, title.at.spans().to_vec());
        for more in self.lines[next..].iter().take_while(goes_on) {
            join_wrapped(&mut value, more.raw);
            spans.push(more.span());
        }
        let next = next + spans.len() - title.at.spans().len();
        (Sourced::new(value, spans, self.blocks), next)
    }
}

/// So many spaces set a page number apart from a title.
const WIDE_GAP: usize = 4;

/// The range of a title without dot leaders and a page number at its end: `Ny kai .......... side 2`.
fn without_leader(raw: &str, from: usize) -> (usize, usize) {
    let piece = &raw[from..];
    let start = raw.len() - piece.trim_start().len();
    let end = raw.trim_end().len();
    let whole = &raw[start..end];
    let digits = whole.bytes().rev().take_while(u8::is_ascii_digit).count();
    let word = whole[..whole.len() - digits].trim_end();
    let before = [word, word.trim_end_matches(|c: char| c.is_alphabetic())];
    let led = before.into_iter().map(str::trim_end).find_map(|before| {
        let dotted = before.trim_end_matches(['.', '…', '_', ' ']);
        (digits > 0 && before.len() - dotted.len() >= 3).then_some(dotted.len())
    });
    // "Ny kai                  14"
    let gap = whole.len() - digits - word.len();
    let apart = ((1..=3).contains(&digits) && gap >= WIDE_GAP).then_some(word.len());
    (start, led.or(apart).map_or(end, |length| start + length).max(start))
}
