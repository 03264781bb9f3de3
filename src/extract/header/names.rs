//! Names of bodies and municipalities in a document's head.

use std::ops::Range;

use memchr::memmem::Finder;

use crate::document::{Block, BlockKind};
use crate::lang::{ColumnHead, lexicon};
use crate::model::{Document, Sourced};

use super::super::attendance;
use super::super::cue;
use super::super::field::fields;
use super::super::line::{self, Line, is_shorter};
use super::super::municipality;
use super::super::passage::Passage;
use super::super::segment::names_organisation;
use super::super::text::{closed, short, spaces_folded};
use super::super::values::date;
use super::super::values::name::people;
use super::Head;

impl Head<'_, '_> {
    /// The municipality and the body named on lines of their own.
    pub(super) fn organisation(&self, document: &mut Document, range: Range<usize>) {
        for i in range {
            let line = &self.lines[i];
            if Some(i) == self.part.title
                || line.raw.len() > 80
                || cue::case_head(line).is_some()
                || fields(line).iter().any(|f| f.marked || f.field.is_attendance())
            {
                continue;
            }
            if document.municipality.is_none()
                && let Some(found) = municipality_in(line, self.blocks)
            {
                document.municipality = Some(found);
                // "Plan- og miljøutvalget | Moss kommune"
                for cell in line.cells.into_iter().flatten() {
                    let words = line::Folded::new(&cell.text).text;
                    let names_body = words.split(' ').count() <= 6
                        && words.split(' ').any(|w| lexicon().is_body_word(w))
                        && !words.split(' ').any(|w| lexicon().municipality_words.iter().any(|m| m == w));
                    if names_body && document.body.is_none() && cue::title(line).is_none() {
                        let named = attendance::cell_text(line, cell.start, cell.end, self.blocks);
                        document.body = named.map(|b| Sourced { value: ordinary_case(&b.value), ..b });
                    }
                }
                // "Nesbyen kommune – Formannskapet"
                if let Some((_, rest)) = line.text().split_once(" - ").filter(|_| document.body.is_none()) {
                    let from = line.text().len() - rest.len();
                    let names_body = rest.split(' ').any(|w| lexicon().is_body_word(w)) && rest.split(' ').count() <= 5;
                    if names_body && cue::title(line).is_none() {
                        let span = line.span_of(from, line.text().len());
                        let raw = &line.raw[span.start - line.start..];
                        document.body = Some(Sourced::new(ordinary_case(&spaces_folded(raw)), vec![span], self.blocks));
                    }
                }
                continue;
            }
            // A sentence, and "Heim | Politikk | Utval", name no body of the meeting.
            let is_sentence = line.raw.ends_with('.') && line.raw.contains(' ') && !line.is_caps();
            let is_text = is_sentence || line.text().contains(". ") || line.raw.matches('|').count() > 1;
            let names_one = names_organisation(line) && !line.text().contains(|c: char| c.is_ascii_digit());
            if document.body.is_none() && names_one && !is_text {
                let words: Vec<&str> = line.text().split([' ', '\t']).collect();
                if words.iter().any(|w| lexicon().is_body_word(w.trim_end_matches(',')))
                    && !words.iter().any(|w| lexicon().municipality_words.iter().any(|m| m == w))
                {
                    if cue::title(line).is_some() {
                        document.body = body_in(line, self.blocks);
                        continue;
                    }
                    let (from, _) = line.folded.source(lead(line.text()), line.text().len());
                    // "Kommunestyret – innkalling og saker"
                    let dash = line.text().find(" - ").filter(|at| {
                        lexicon().titles_of(&line.text()[at + 3..]).next().is_some() && *at > lead(line.text())
                    });
                    let to = dash.map_or(line.raw.len(), |at| line.folded.source(0, at).1);
                    // "* Mosvik menighetsråd *"
                    let to = line.raw[..to].trim_end_matches(['*', '=', '-', '–', '_', ' ']).len();
                    let (from, to) = short(line.raw, from, to.max(from));
                    document.body = Some(Sourced::new(
                        ordinary_case(&closed(&line.raw[from..to])),
                        vec![line.raw_span(from, to)],
                        self.blocks,
                    ));
                }
            }
        }
    }
}

impl Head<'_, '_> {
    /// The body that one of the first lines names, where no title and no line of its own does:
    /// `BYPLANUTVALGET  PROTOKOLL  04.02.2014`.
    pub(super) fn body_in_lines(&self) -> Option<Sourced<String>> {
        let range = self.range.start..self.range.end.min(self.range.start + LINES_TO_BODY);
        let heads_column = |l: &Line| lexicon().columns.get(l.text()) == Some(&ColumnHead::Body);
        let is_short = |l: &Line| {
            !heads_column(l) && l.raw.matches('|').count() < 2 && !fields(l).iter().any(|f| f.field.is_attendance())
        };
        let of_municipality = |body: &Sourced<String>| {
            body.value.to_lowercase().split(' ').any(|w| lexicon().municipality_words.iter().any(|m| m == w))
        };
        let short = range.filter(|at| is_shorter(self.lines, *at, LONGEST_NAMING));
        let mut short = short.map(|at| &self.lines[at]).filter(|line| is_short(line));
        short.find_map(|line| body_in(line, self.blocks).filter(|body| !of_municipality(body)))
    }
}

/// A body that no title names stands on one of so many lines.
const LINES_TO_BODY: usize = 8;

/// Such a line has fewer bytes than this.
const LONGEST_NAMING: usize = 101;

/// The words of `text[start..end]` that name a body: from the first after a preposition to the last.
fn body_range(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut at = start;
    for word in text[start..end].split(' ') {
        if !word.is_empty() {
            words.push((at, at + word.len()));
        }
        at += word.len() + 1;
    }
    let strip = |w: &str| w.trim_end_matches(['.', '"']).to_owned();
    let is_title = |w: &str| lexicon().titles_of(w).any(|(t, _)| t == w);
    // "Havnestyremøte", "representantskapsmøte"
    let of_meeting = |w: &str| -> Option<usize> {
        let meeting = lexicon().particles.get("meeting").into_iter().flatten();
        let stem = meeting.filter_map(|m| w.strip_suffix(m.as_str())).find(|stem| !stem.is_empty())?;
        let stems = [stem, stem.strip_suffix('s').unwrap_or(stem)];
        stems.into_iter().find(|stem| lexicon().is_body_word(stem)).map(str::len)
    };
    // "Råd for mennesker med nedsatt funksjonsevne"
    let opens_name = |at: usize| {
        let is = |list, at: usize| words.get(at).is_some_and(|(s, e)| lexicon().is_particle(list, &text[*s..*e]));
        at == 0 && is("before_purpose", 0) && is("of_body", 1)
    };
    let hit = (0..words.len()).position(|at| {
        let (s, e) = words[at];
        let w = strip(&text[s..e]);
        let w = w
            .strip_suffix('s')
            .filter(|g| lexicon().body_words.contains(*g) || lexicon().is_body_word(g))
            .map_or(w.clone(), str::to_owned);
        opens_name(at) || (lexicon().is_body_word(&w) || of_meeting(&w).is_some()) && !is_title(&w)
    })?;
    let stop = |w: &str| {
        let is_lead = lexicon().is_particle("before_body", w) || lexicon().is_particle("meeting_kind", w);
        is_lead || is_title(w) || w.ends_with([',', ':']) || w.contains(|c: char| c.is_ascii_digit())
    };
    let from = words[..hit].iter().rposition(|(s, e)| stop(&text[*s..*e])).map_or(0, |at| at + 1);
    // "fredag 14. mars ble herredsstyremøte holdt"
    let (first, after_first) = words[from];
    if lexicon().is_particle("after_place", &text[first..after_first]) {
        return None;
    }
    let mut last = words[hit];
    if let Some(stem) = of_meeting(&text[last.0..last.1]) {
        last.1 = last.0 + stem;
    }
    let genitive = text[last.0..last.1].strip_suffix('s').is_some_and(|g| {
        lexicon().body_words.contains(g) || g.ends_with("et") || g.ends_with("en") || g.ends_with("da")
    });
    // "Hovedutvalg for miljø og teknikk"
    let rest = &words[hit + 1..];
    let whole = |(s, e): &(usize, usize)| {
        let word = &text[*s..*e];
        !word.contains(|c: char| !c.is_alphabetic() && c != '-')
    };
    let is_for = rest.first().is_some_and(|(s, e)| lexicon().is_particle("of_body", &text[*s..*e]));
    let end = rest.last().filter(|_| is_for && rest.len() <= 5 && rest.iter().all(whole)).map(|last| last.1);
    Some((words[from].0, end.unwrap_or(last.1 - usize::from(genitive))))
}

/// The length of the words before a body: `Møte i styret for Lund vannverk`.
fn lead(text: &str) -> usize {
    let leads = |w: &&str| {
        let w = w.trim_end();
        lexicon().is_particle("before_body", w) || lexicon().is_particle("meeting_kind", w)
    };
    text.split_inclusive(' ').take_while(leads).map(str::len).sum()
}

/// The body named in a title, after the title word.
#[must_use]
pub fn body_in(line: &Line, blocks: &[Block]) -> Option<Sourced<String>> {
    let text = line.text();
    let from = lead(text);
    let mut words = text[from..].split(' ');
    let names_whole = words.next().is_some_and(|w| lexicon().is_body_word(w))
        && words.next().is_some_and(|w| lexicon().is_particle("after_section", w))
        && words.count() <= 4;
    if from > 0 && names_whole && !text[from..].contains(|c: char| c.is_ascii_digit() || c == ',' || c == ':') {
        let span = line.span_of(from, text.len());
        let raw = &line.raw[span.start - line.start..span.end - line.start];
        return Some(Sourced::new(ordinary_case(&closed(raw)), vec![span], blocks));
    }
    let dates = date::find(text);
    let mut start = 0;
    let mut best = None;
    for (i, c) in text.char_indices().chain(std::iter::once((text.len(), ','))) {
        let split = matches!(c, ',' | '\t' | ':')
            || (c == '-' || c == ' ') && text[..i].ends_with(' ')
            || dates.iter().any(|d| d.start == i || d.weekday.is_some_and(|w| w.1 == i));
        if !split {
            continue;
        }
        // "MØTEBOK, Utvalg: Havnestyret" in the lines of a cell
        let is_label = |(from, to): &(usize, usize)| c == ':' && lexicon().labels.contains_key(&text[*from..*to]);
        if start < i
            && let Some(range) = body_range(text, start, i).filter(|range| !is_label(range))
        {
            best = best.or(Some(range));
        }
        start = i + c.len_utf8();
    }
    let (from, to) = best?;
    let span = line.span_of(from, to);
    let raw = &line.raw[span.start - line.start..span.end - line.start];
    let name = ordinary_case(&closed(raw));
    Some(Sourced::new(name, vec![span], blocks))
}

/// The body named in a range of a sentence.
pub(super) fn body_before(passage: &Passage, from: usize, to: usize, blocks: &[Block]) -> Option<Sourced<String>> {
    let (from, to) = body_range(&passage.folded.text, from, to)?;
    let body = passage.sourced(passage.folded.source(from, to), blocks);
    Some(Sourced { value: ordinary_case(&body.value), ..body })
}

/// `LIER KOMMUNE`, `Nord-Fron kommune`, `Gjerdrum kommune – kommunestyret` → the name before the word.
pub(super) fn municipality_in(line: &Line, blocks: &[Block]) -> Option<Sourced<String>> {
    let text = line.text();
    for word in &lexicon().municipality_words {
        let Some(at) = text.find(&format!(" {word}")) else { continue };
        let after = &text[at + 1 + word.len()..];
        // "Levanger kommune: Eva Lie, Per Ås"
        let (listed, _) = line.folded.source(at + 1 + word.len(), text.len());
        let lists = after.starts_with(": ") && !people(&line.raw[listed + 1..]).is_empty();
        if lists || after.starts_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let after_word = |w: &str| text[..at].rfind(&format!(" {w} ")).map(|i| i + w.len() + 2);
        let after_particle =
            lexicon().particles.get("before_body").into_iter().flatten().filter_map(|w| after_word(w)).max();
        let name_start = text[..at]
            .rfind(['\t', ',', ':', '·', '|'])
            .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8))
            .max(after_particle.unwrap_or(0));
        let name = text[name_start..at].trim();
        let from = name_start + text[name_start..at].len() - text[name_start..at].trim_start().len();
        if name.is_empty() || name.split(' ').count() > 3 || name.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let span = line.span_of(from, at);
        let raw = closed(&line.raw[span.start - line.start..span.end - line.start]);
        let known = municipality::named(&raw);
        if known.is_empty() && !line.is_caps() && raw.chars().next().is_some_and(char::is_lowercase) {
            continue;
        }
        let value = if raw.chars().any(char::is_lowercase) {
            raw
        } else {
            known
                .first()
                .and_then(|e| e.name.split(" - ").find(|n| n.to_lowercase() == raw.to_lowercase()))
                .map_or_else(|| title_case(&raw), str::to_owned)
        };
        return Some(Sourced::new(value, vec![span], blocks));
    }
    None
}

/// The municipality that the page heads and feet among some blocks name.
#[must_use]
pub fn municipality_of_pages(pages: &[Block], blocks: &[Block]) -> Option<Sourced<String>> {
    in_pages(pages, |line| municipality_in(line, blocks))
}

/// The body that they name: `VÅGSØY HAMNESTYRE   Blad 14`.
#[must_use]
pub fn body_of_pages(pages: &[Block], blocks: &[Block]) -> Option<Sourced<String>> {
    in_pages(pages, |line| body_in(line, blocks))
}

fn in_pages<T>(pages: &[Block], named: impl Fn(&Line) -> Option<T>) -> Option<T> {
    let furniture = |b: &&Block| matches!(b.kind, BlockKind::Header | BlockKind::Footer) && !b.text.contains('\n');
    pages.iter().filter(furniture).find_map(|b| {
        let plain = Block { kind: BlockKind::Paragraph, rows: None, ..b.clone() };
        line::of_block(&plain, false).next().and_then(|l| named(&l))
    })
}

/// The name of a body as it is written by itself, with a capital. Where a compound names it, `styremøte`, it is the word in the
/// definite form that the document has elsewhere: `Styret`.
#[must_use]
pub fn written_out(body: Sourced<String>, lines: &[Line], blocks: &[Block]) -> Sourced<String> {
    let name = body.value.trim_start_matches(|c: char| !c.is_alphabetic()).trim_end_matches(['.', ',', ':', ' ']);
    let name = name.rsplit_once(". ").map_or(name, |(_, last)| last);
    let stem = name.to_lowercase();
    if lexicon().is_body_word(&stem) {
        let is_definite = |word: &str| {
            word.starts_with(&stem)
                && (1..=DEFINITE_ENDING).contains(&(word.len() - stem.len()))
                && lexicon().is_body_word(word)
        };
        let finder = Finder::new(&stem);
        let naming = lines.iter().filter(|line| finder.find(line.text().as_bytes()).is_some());
        let printed = naming.into_iter().find_map(|line| {
            let word = line.text().split(|c: char| !c.is_alphabetic()).find(|word| is_definite(word))?;
            let at = word.as_ptr().addr() - line.text().as_ptr().addr();
            Some((line.span_of(at, at + word.len()), word))
        });
        if let Some((span, word)) = printed {
            return Sourced::new(capitalised(word), vec![span], blocks);
        }
    }
    let joins = |word: &str| lexicon().is_particle("before_body", word);
    let mut before = "";
    let words = name.split(' ').map(|word| {
        let is_place = joins(before) && !municipality::named(word).is_empty();
        before = word;
        if is_place && !word.contains(char::is_uppercase) { title_case(word) } else { word.to_owned() }
    });
    let value = capitalised(&words.collect::<Vec<_>>().join(" "));
    Sourced { value, ..body }
}

/// The ending of the definite form has so many bytes at most.
const DEFINITE_ENDING: usize = 2;

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `NORD-FRON` → `Nord-Fron`.
fn title_case(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    for c in text.chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        start = c == ' ' || c == '-';
    }
    out
}

/// A text in capitals in ordinary case: `TEKNISK UTVALG` → `Teknisk utvalg`. Others as they are.
#[must_use]
pub fn ordinary_case(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 4 || text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().map(|c| c.to_string() + &chars.as_str().to_lowercase()).unwrap_or_default()
}
