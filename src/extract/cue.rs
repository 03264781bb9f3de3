//! Cues: what a line announces. Grammars work on cues, not on text.

use std::sync::LazyLock;

use memchr::{memchr, memmem::Finder};

use crate::document::{BlockKind, CELL_BREAK};
use crate::lang::{Field, Likely, Patterns, Stirred, TitleWord, first_word, lexicon};

use super::line::Line;
use super::municipality;
use super::values::name::{is_name, is_party};
use super::values::number::{self, Printed};
use super::values::{date, time};

/// A label or section head at the start of a line, with its value's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// What it announces.
    pub field: Field,
    /// Byte range of the label in the folded text.
    pub label: (usize, usize),
    /// Byte offset in the folded text where the value begins.
    pub value: usize,
    /// Byte range in the folded text of the office or body before a section head.
    pub by: Option<(usize, usize)>,
    /// A colon or a TAB sets the label apart.
    pub marked: bool,
}

/// Two spaces.
static GAP: LazyLock<Finder> = LazyLock::new(|| Finder::new(b"  "));

/// A line that opens with the words of a title has so many bytes at most.
const LONGEST_TITLE: usize = 200;

/// How long a label can be, in bytes of folded text.
const LONGEST_LABEL: usize = 130;

/// The label at the start of a line, if any.
#[must_use]
pub fn label_of(line: &Line) -> Option<Label> {
    *line.cue.get_or_init(|| label(line.text()).or_else(|| vote_result(line)).or_else(|| stopped(line)))
}

/// The label of a section in capitals with a full stop behind it: `VEDTAK. Innkalling godkjennes.`
fn stopped(line: &Line) -> Option<Label> {
    let text = line.text();
    let stop = text.find(". ").filter(|stop| *stop <= LONGEST_LABEL && line.cells.is_none())?;
    let raw = line.raw.get(..line.folded.source(0, stop).1)?;
    if raw.contains(char::is_lowercase) {
        return None;
    }
    lookup(text, 0, stop, true).filter(|l| l.field.is_section()).map(|l| Label { value: stop + 2, marked: true, ..l })
}

/// "Resultat", over what came of the vote. With a colon or in a table it is a field of the case: "Resultat: Behandlet".
fn vote_result(line: &Line) -> Option<Label> {
    let text = line.text();
    let is_head = line.cells.is_none() && lexicon().is_particle("vote_result", text);
    is_head.then_some(Label {
        field: Field::Voting,
        label: (0, text.len()),
        value: text.len(),
        by: None,
        marked: false,
    })
}

/// Whether a folded text holds a sign that may set a label apart: without one, no label in it is marked.
#[must_use]
pub fn may_mark(text: &str) -> bool {
    text.bytes().any(|b| matches!(b, b':' | b'\t' | b'-')) || GAP.find(text.as_bytes()).is_some()
}

/// The label at the start of a folded text, if any.
#[must_use]
pub fn label(text: &str) -> Option<Label> {
    // "11:04 Votering: Forslag fra Eva Lie"
    if let Some(time) = time::at_start(text).filter(|end| text[*end..].starts_with(' ')) {
        let shifted = |(from, to): (usize, usize)| (from + time + 1, to + time + 1);
        return label(&text[time + 1..]).filter(|l| l.field.is_section()).map(|l| Label {
            label: shifted(l.label),
            value: l.value + time + 1,
            by: l.by.map(shifted),
            ..l
        });
    }
    // "PM-019/17 Innstilling til kommunestyret"
    if let Some((at, label)) = numbered_label(text) {
        let shifted = |(from, to): (usize, usize)| (from + at, to + at);
        return Some(Label {
            label: shifted(label.label),
            value: label.value + at,
            by: label.by.map(shifted),
            ..label
        });
    }
    let front = &text.as_bytes()[..LONGEST_LABEL.min(text.len())];
    let colon = memchr(b':', front).map(|colon| {
        // "VEDTAK (mot 1 stemme: Eva Lie): ..."
        let open = text[..colon].rfind('(').filter(|open| !text[*open..colon].contains(')'));
        let closed = open.and_then(|_| Some(colon + memchr(b')', &front[colon..])? + 1));
        closed.filter(|at| text[*at..].starts_with(':')).unwrap_or(colon)
    });
    if let Some(colon) = colon {
        // A time of day is no label: `kl 10:30`.
        let time = text.as_bytes()[..colon].last().is_some_and(u8::is_ascii_digit)
            && text[colon + 1..].starts_with(|c: char| c.is_ascii_digit());
        // "E N S T E M M I G   V E D T A K :"
        let closed = || {
            let closed = text[..colon].contains('\t').then(|| text[..colon].replace('\t', " "))?;
            lookup(&closed, 0, colon, true).filter(|l| l.field.is_section())
        };
        if !time && let Some(found) = lookup(text, 0, colon, true).or_else(closed) {
            return Some(Label { value: after_spaces(text, colon + 1), marked: true, ..found });
        }
    }
    if let Some(tab) = memchr(b'\t', front)
        && let Some(found) = lookup(text, 0, tab, true)
    {
        return Some(Label { value: after_spaces(text, tab), marked: true, ..found });
    }
    // "VEDTAK  Innkallinga vart godkjend."
    if let Some(gap) = GAP.find(front)
        && let Some(found) = lookup(text, 0, gap, true)
            .filter(|l| matches!(l.field, Field::Decision | Field::CaseTitle) && l.label.1 == gap)
    {
        return Some(Label { value: after_spaces(text, gap), marked: true, ..found });
    }
    // "VEDTAK -> Innkallinga vart godkjend."
    let dashed = memchr(b'-', front).map_or("", |_| &text[..text.floor_char_boundary(front.len())]);
    if let Some(arrow) = dashed.find(" ->")
        && let Some(found) = lookup(text, 0, arrow, true).filter(|l| l.field.is_section() && l.label.1 == arrow)
    {
        return Some(Label { value: after_spaces(text, arrow + " ->".len()), marked: true, ..found });
    }
    // "Hvor - Rådhuset"
    if let Some(dash) = dashed.find(" - ")
        && let Some(found) =
            lookup(text, 0, dash, true).filter(|l| matches!(l.field, Field::Place | Field::Date | Field::Time))
    {
        return Some(Label { value: dash + " - ".len(), ..found });
    }
    if text.len() <= LONGEST_LABEL && !text.ends_with('.') {
        return lookup(text, 0, text.len(), false).map(|found| Label { value: text.len(), ..found });
    }
    None
}

/// The label of the decision after the number of the case, and where it begins: `PM-019/17 Innstilling til kommunestyret`.
fn numbered_label(text: &str) -> Option<(usize, Label)> {
    let front = &text.as_bytes()[..NUMBER_BYTES.min(text.len())];
    let slash = memchr(b'/', front).filter(|_| text.len() <= LONGEST_LABEL)?;
    let after = text[slash + 1..].trim_start_matches(|c: char| c.is_ascii_digit() || " \t-:".contains(c));
    if !lexicon().label_openers.contains(first_word(after)) {
        return None;
    }
    let number = number::at_start(text, &|s, e| text[s..e].to_uppercase()).filter(|n| n.second.is_some())?;
    let at = number.end + text[number.end..].len() - text[number.end..].trim_start_matches([' ', '\t', '-', ':']).len();
    let rest = &text[at..];
    let label = label(rest).filter(|l| l.label.0 == 0 && rest[l.value.min(rest.len())..].is_empty())?;
    let to_body = || {
        rest.split(' ').count() <= BODY_WORDS / 2 && lexicon().is_body_word(rest.rsplit(' ').next().unwrap_or_default())
    };
    let is_decision = label.field == Field::Decision || label.field == Field::Proposal && to_body();
    (at > number.end && is_decision && rest.contains(' ')).then_some((at, label))
}

/// A number before a label ends within so many bytes.
const NUMBER_BYTES: usize = 20;

/// The day on which a body treated a case, with the case's number, has so many words at most.
const WHEN_WORDS: usize = 9;

/// The name of a body that treated a case has so many words at most.
const BODY_WORDS: usize = 8;

/// The letters of a body before or after a section head have so many bytes at most.
const LONGEST_ABBREVIATION: usize = 6;

fn after_spaces(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start_matches([' ', '\t', ':']).len()
}

/// The field that the words of `text[start..end]` announce.
fn lookup(text: &str, start: usize, end: usize, marked: bool) -> Option<Label> {
    let piece = &text[start..end];
    let front = piece.trim_start_matches(|c: char| c.is_whitespace() || SIGNS.contains(&c));
    let start = end - front.len();
    let words = front.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '_' | '*'));
    if words.is_empty() {
        return None;
    }
    let lexicon = lexicon();
    // "(Rett utskrift)"
    if let Some(inner) = words.strip_prefix('(').and_then(|w| w.strip_suffix(')')).filter(|w| !w.contains(['(', ')'])) {
        // "(foreldrerepr.)" tells what somebody is.
        return lookup(text, start + 1, start + 1 + inner.len(), marked)
            .filter(|l| !l.field.is_attendance())
            .map(|inner| Label { value: end, ..inner });
    }
    let phrase = Phrase { text, words, start, end, marked, stirred: lexicon.heads_watch.look(words) };
    let opens = lexicon.label_openers.contains(first_word(words));
    let heads = phrase.stirred.of(&lexicon.suffixed);
    let label = if opens { phrase.label() } else { None };
    label
        .or_else(|| if opens || heads.any() { phrase.with_addition() } else { None })
        .or_else(|| phrase.told())
        .or_else(|| if heads.any() { phrase.head(heads) } else { None })
}

/// Where a part of a text stands; most texts hold no `sign` of it.
fn find_with(text: &str, sign: u8, part: &str) -> Option<usize> {
    memchr(sign, text.as_bytes()).and_then(|_| text.find(part))
}

/// Where the last such part of a text stands.
fn find_last_with(text: &str, sign: u8, part: &str) -> Option<usize> {
    memchr(sign, text.as_bytes()).and_then(|_| text.rfind(part))
}

/// The words before the last ones that are of a kind.
fn without_last(words: &str, is_of: impl Fn(&str) -> bool) -> &str {
    let mut words = words;
    while let Some((head, _)) = words.rsplit_once(' ').filter(|(_, last)| is_of(last)) {
        words = head;
    }
    words
}

/// Words that may announce a field: `words` of `text`, which begin at `start`, with the signs after them up to `end`.
struct Phrase<'t> {
    text: &'t str,
    words: &'t str,
    start: usize,
    end: usize,
    /// See [`Label`].
    marked: bool,
    stirred: Stirred,
}

impl Phrase<'_> {
    fn found(&self, field: Field, by: Option<(usize, usize)>) -> Option<Label> {
        let label = (self.start, self.start + self.words.len());
        Some(Label { field, label, value: self.end, by, marked: self.marked })
    }

    /// What the first `length` bytes of the words announce; the rest belongs to them.
    fn of_first(&self, length: usize) -> Option<Label> {
        let inner = lookup(self.text, self.start, self.start + length, self.marked)?;
        Some(Label { label: (self.start, self.start + self.words.len()), value: self.end, ..inner })
    }

    /// The words are a label, or begin with one.
    fn label(&self) -> Option<Label> {
        let (lexicon, words) = (lexicon(), self.words);
        if let Some(field) = lexicon.labels.get(words) {
            return self.found(*field, None);
        }
        // "Møtte ellers"
        if self.stirred.of(&lexicon.beside_head).is_match(words) {
            return self.found(Field::Observers, None);
        }
        let tails = || words.match_indices(' ').map(|(at, _)| (&words[..at], &words[at + 1..]));
        // "Medlemmer med forfall"
        let stayed_away = |(head, tail): (&str, &str)| {
            lexicon.labels.get(head) == Some(&Field::Present) && lexicon.labels.get(tail) == Some(&Field::Absent)
        };
        if tails().any(stayed_away) {
            return self.found(Field::Absent, None);
        }
        // "Varamenn på møtet"
        let in_meeting = |(head, tail): (&str, &str)| {
            lexicon.labels.get(head).filter(|f| f.is_attendance() && lexicon.is_particle("in_meeting", tail)).copied()
        };
        if let Some(field) = tails().filter_map(in_meeting).next() {
            return self.found(field, None);
        }
        // "Til medlemmene av havnestyret", "Deltakere fra styret"
        if lexicon.is_body_word(words.rsplit(' ').next().unwrap_or_default()) {
            let named = |(head, tail): (&str, &str)| {
                let joins = lexicon.is_particle("before_body", tail.split(' ').next().unwrap_or_default());
                lexicon.labels.get(head).copied().filter(|f| joins && (f.is_attendance() || *f == Field::Decision))
            };
            if let Some(field) = tails().filter_map(named).next() {
                return self.found(field, None);
            }
        }
        // "Til stede fra arbeidsgiver", "Observatør fra bedriftshelsetjenesten"
        let of_side = |(head, tail): (&str, &str)| {
            let from = tail.split(' ').next().is_some_and(|word| lexicon.is_particle("by", word));
            let field = lexicon.labels.get(head).filter(|f| f.is_attendance() && from)?;
            let of_tail = lexicon.labels.get(tail).filter(|f| f.is_attendance());
            // "Til stede fra arbeidsgiveren"
            let met = *field == Field::Present && tail.split_whitespace().count() == 2;
            of_tail.or((*field == Field::Observers && self.marked || met).then_some(field)).copied()
        };
        if let Some(field) = tails().filter_map(of_side).next() {
            return self.found(field, None);
        }
        // "Vedtak mot 2 stemmer", "Vedtak med 5 mot 2 stemmer"
        let voted = |(head, tail): (&str, &str)| {
            lexicon.labels.get(head) == Some(&Field::Decision)
                && (lexicon.votes.against.is_match(tail) || lexicon.votes.counts.is_match(tail))
        };
        if tails().any(voted) {
            return self.found(Field::Decision, None);
        }
        // "Medlemmer Varamedlem"
        let of = |words: &str| lexicon.labels.get(words).copied().filter(|f| f.is_attendance());
        if let Some((first, second)) = words.split_once([' ', '/'])
            && of(second).is_some()
            && let Some(field) = of(first)
        {
            return self.found(field, None);
        }
        // "Vedlegg 2", "Forslag 1"
        let bare = words.trim_end_matches(|c: char| c.is_ascii_digit());
        if bare.len() < words.len()
            && let Some(field) = lexicon.labels.get(bare.trim_end_matches([' ', '-'])).filter(|f| f.is_section())
        {
            return self.found(*field, None);
        }
        None
    }

    /// A label or a head, and a day, a case, a vote or a remark after it.
    fn with_addition(&self) -> Option<Label> {
        let (lexicon, words) = (lexicon(), self.words);
        // "Utvalgets vedtak 19.03.2013", "Kommunestyrets behandling i møte den 29.11.2018"
        let day = |last: &str| {
            last.len() > 5 && last.starts_with(|c: char| c.is_ascii_digit()) && last.matches(['.', '/']).count() == 2
        };
        if let Some((head, last)) = words.rsplit_once(' ').filter(|(_, last)| day(last))
            && !date::find(last).is_empty()
            && let head = without_last(head, |word| lexicon.is_particle("before_body", word))
            && let Some(label) = self.of_first(head.len()).filter(|l| l.field.is_section())
        {
            return Some(label);
        }
        // "Levekårskomiteens innstilling av 06.04.2016, sak 24/16", "Formannskapets behandling i møte 23.04.2002 - sak 31/02"
        let numbered = |sign: u8, part: &str| {
            find_last_with(words, sign, part).filter(|at| {
                let (word, number) = words[at + part.len()..].split_once(' ').unwrap_or_default();
                lexicon.case_words.iter().any(|w| w == word) && number_like(number)
            })
        };
        let numbered = numbered(b',', ", ").or_else(|| numbered(b'-', " - "));
        if let Some(label) = numbered.and_then(|at| self.of_first(at)).filter(|l| l.field.is_section()) {
            return Some(label);
        }
        // "Saksdokumenter (ikke vedlagt)", "Styrets vedtak (mot 1 stemme)", "Vedtak, enst."
        let bracket = if words.ends_with(')') { words.find(" (") } else { None };
        let addition = bracket.or_else(|| {
            // "Vedtak - samrøystes"
            let comma = find_with(words, b',', ", ").map(|at| (at, 2));
            let (comma, length) = comma.or_else(|| Some((find_with(words, b'-', " - ")?, 3)))?;
            let said = &words[comma + length..];
            let unanimous =
                lexicon.votes.unanimous.is_match(said) || lexicon.votes.unanimous.is_match(&format!("{said}."));
            // "Vedtak, 4 stemmer"
            let votes = [&lexicon.votes.against, &lexicon.votes.elected, &lexicon.votes.acclamation];
            (unanimous || votes.into_iter().any(|patterns| patterns.is_match(said))).then_some(comma)
        });
        // "Bygningsrådets vedtak med 3 mot 2 stemmer"
        let counted = || {
            let with = words.match_indices(' ').find(|(at, _)| {
                let said = &words[at + 1..];
                lexicon.votes.counts.opens(said) || lexicon.votes.against.opens(said)
            });
            with.map(|(at, _)| at).filter(|_| words.contains(|c: char| c.is_ascii_digit()))
        };
        let head = words[..addition.or_else(counted)?].trim_end();
        let label = self.of_first(head.len())?;
        // "Konklusjon (enstemmig)"
        let told = words[head.len()..].trim_matches(|c: char| !c.is_alphanumeric());
        let concludes = lexicon.is_particle("conclusion", head)
            && [&lexicon.votes.unanimous, &lexicon.votes.acclamation, &lexicon.votes.counts, &lexicon.votes.against]
                .into_iter()
                .any(|p| p.opens(told));
        Some(if concludes { Label { field: Field::Decision, ..label } } else { label })
    }

    /// The words say it in a phrase of their own.
    fn told(&self) -> Option<Label> {
        let (lexicon, words, start) = (lexicon(), self.words, self.start);
        let says = |list: &Patterns| self.stirred.of(list).is_match(words);
        // "Enstemmig konklusjon"
        if let Some((said, head)) = words.split_once(' ')
            && lexicon.is_particle("conclusion", head)
            && lexicon.votes.unanimous.is_match(said)
        {
            return self.found(Field::Decision, None);
        }
        // "Protokolltilførsel fra Høyre"
        let stated = |at: usize| {
            let by = words[at + 1..].split(' ').next().unwrap_or_default();
            lexicon.is_particle("statement", &words[..at]) && (self.marked || lexicon.is_particle("by", by))
        };
        if words.find(' ').is_some_and(stated) {
            return self.found(Field::Remarks, None);
        }
        // "Fellesnemnda vedtok"
        if let Some((body, verb)) = words.rsplit_once(' ')
            && lexicon.is_particle("resolves", verb)
            && body.split(' ').any(|w| lexicon.is_body_word(w))
            && body.split(' ').count() <= BODY_WORDS / 2
        {
            return self.found(Field::Decision, None);
        }
        // "Rådmannen foreslår | Planen vedtas."
        let proposing = lexicon.particles.get("proposes").into_iter().flatten();
        let office = proposing.filter_map(|verb| words.strip_suffix(verb.as_str())?.strip_suffix(' ')).next();
        if let Some(office) = office.filter(|office| self.marked && proposes(office)) {
            return self.found(Field::Proposal, Some((start, start + office.len())));
        }
        // "Samrøystes:"
        if self.marked
            && self.text[self.end..].starts_with(':')
            && words.split(' ').count() <= 2
            && lexicon.votes.unanimous.is_match(words)
        {
            return self.found(Field::Decision, None);
        }
        let attended = [
            (&lexicon.absent_head, Field::Absent),
            (&lexicon.deputies_head, Field::Deputies),
            (&lexicon.present_head, Field::Present),
            (&lexicon.staff_head, Field::Staff),
        ];
        if let Some((_, field)) = attended.into_iter().find(|(heads, _)| says(heads)) {
            return self.found(field, None);
        }
        // "Til stede var 19 av 21 representanter:"
        if self.marked && self.text[self.end..].starts_with(':') && says(&lexicon.count) {
            return self.found(Field::Present, None);
        }
        // "Fra OBOS: Eva Lie, forvalter"
        let place = words.split_once(' ').map_or("", |(_, place)| place);
        if self.marked && says(&lexicon.guest_head) && !is_party(place) && !place.split(' ').any(is_party) {
            let of_municipality = !municipality::named(place).is_empty();
            return self.found(if of_municipality { Field::Present } else { Field::Staff }, None);
        }
        // A letter that was lost on the way: `m?tedato`.
        if (words.contains('?') || words.contains('\u{fffd}'))
            && let Some(field) = restored(words)
        {
            return self.found(field, None);
        }
        // "UO - handsaming", "HST- vedtak"
        let of = words
            .split_once(" - ")
            .or_else(|| words.split_once("- "))
            .filter(|(body, _)| body.len() <= LONGEST_ABBREVIATION && !body.contains(' '));
        if let Some(field) = of.and_then(|(_, head)| lexicon.labels.get(head)).filter(|f| f.is_section()) {
            return self.found(*field, None);
        }
        // "SKOLESTYRET: Som innstillingen."
        if self.marked && self.text[self.end..].starts_with(": ") && !words.contains(' ') && lexicon.is_body_word(words)
        {
            return self.found(Field::Decision, Some((start, start + words.len())));
        }
        // "Formannskapet behandlet saken den 01.12.2021, saksnr. 164/21"
        if let Some(treated) = self.stirred.of(&lexicon.treated_case).find(words) {
            let (body, when) = (words[..treated.start()].trim_end(), words[treated.end()..].trim());
            let names_body = body.split(' ').any(|w| lexicon.is_body_word(w)) && body.split(' ').count() <= BODY_WORDS;
            let tells_when = when.contains(|c: char| c.is_ascii_digit()) && when.split(' ').count() <= WHEN_WORDS;
            if names_body && tells_when {
                return self.found(Field::Deliberation, Some((start, start + body.len())));
            }
        }
        None
    }

    /// The head of a section with whose it is, or of what.
    fn head(&self, heads: Likely) -> Option<Label> {
        let (words, start) = (self.words, self.start);
        let suffixes = heads.places().map(|at| &lexicon().suffixes[at]);
        // "Utvalg for teknikk, klima og miljøs behandling av sak 18/21"
        let names_body = || lexicon().is_body_word(first_word(words));
        let is_list = words.contains(',') && !words.contains(" - ") && words.len() > 60 && !names_body();
        if words.split(' ').count() > 14 || is_list {
            return None;
        }
        for (suffix, field) in suffixes.clone() {
            // "Rådmannens innstilling", "Innstilling fra rådmannen", "Formannskapets behandling av sak 12/16 i møte den ..."
            if let Some(prefix) = words.strip_suffix(suffix.as_str())
                && prefix.ends_with(' ')
                // "Eva Lie, ansattes representant" is a person with a role.
                && (*field != Field::Observers || !prefix.contains(','))
                // "Havnestyrets enstemmige beslutning"
                && let prefix = without_last(prefix.trim_end(), |word| lexicon().is_particle("unanimously", word))
                && let Some(by) = owner(prefix)
            {
                return self.found(*field, Some((start, start + by)));
            }
            // "Vedtak FR 23/16"
            if let Some(rest) = words.strip_prefix(suffix.as_str())
                && rest.starts_with(' ')
                && number_like(rest.trim())
            {
                return self.found(*field, None);
            }
            if let Some(rest) = words.strip_prefix(suffix.as_str())
                && (rest.starts_with(' ') || rest.starts_with('\t'))
                // "Endringsforslag 1 fra Eva Lie"
                && let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())
                && section_tail(if rest.is_empty() { words[suffix.len()..].trim() } else { rest.trim() }, *field)
            {
                return self
                    .found(*field, owner_after(words, rest.trim()).map(|(from, to)| (start + from, start + to)));
            }
        }
        // "Formannskapets innstilling til kommunestyret"
        for (suffix, field) in suffixes.clone().filter(|s| s.1 == Field::Proposal) {
            if let Some(at) = words.find(&format!(" {suffix} "))
                && let Some(by) = owner(&words[..at])
                && section_tail(&words[at + suffix.len() + 2..], *field)
            {
                return self.found(*field, Some((start, start + by)));
            }
        }
        // "Formannskapets behandling av sak 12/16 i møte den 25.03.2016"
        for (suffix, field) in suffixes {
            if matches!(field, Field::Deliberation | Field::Decision)
                && let Some(at) = words.find(&format!(" {suffix} "))
                && of_case(&words[at + suffix.len() + 2..])
                && owner(&words[..at]).is_some()
            {
                return self.found(*field, Some((start, start + at)));
            }
        }
        None
    }
}

/// Whether words name an office, whose holder may propose what to decide: `rådmannen`, `daglig leder`.
pub fn proposes(words: &str) -> bool {
    let is_office = |words: &str| lexicon().is_role(words);
    is_office(words) || lexicon().indefinite(words).is_some_and(is_office)
}

/// Where the owner named after a section head stands: "Innstilling fra rådmannen", "Forslag fra Eva Lie, Sp".
fn owner_after(words: &str, rest: &str) -> Option<(usize, usize)> {
    let (first, owner) = rest.split_once([' ', '\t'])?;
    let from = words.len() - owner.len();
    let of_party = owner.strip_suffix(')').and_then(|owner| owner.split_once(" (")).or_else(|| owner.split_once(", "));
    let owner = of_party.filter(|(_, party)| is_party(party)).map_or(owner, |(name, _)| name);
    let plain = !owner.contains([',', '(']) && !owner.chars().any(|c| c.is_ascii_digit());
    (lexicon().is_particle("by", first) && plain).then_some((from, from + owner.len()))
}

/// Whether words go on with "of case ...".
fn of_case(rest: &str) -> bool {
    let mut words = rest.split(' ');
    words.next().is_some_and(|w| lexicon().is_particle("after_section", w))
        && words.next().is_some_and(|w| lexicon().case_words.iter().any(|c| c == w))
}

/// The field of a label in which letters were replaced by question marks.
fn restored(words: &str) -> Option<Field> {
    let fits = |label: &str| {
        label.chars().count() == words.chars().count()
            && label.chars().zip(words.chars()).all(|(l, w)| l == w || (matches!(w, '?' | '\u{fffd}') && !l.is_ascii()))
    };
    lexicon().labels.iter().filter(|(label, _)| fits(label)).map(|(_, field)| *field).min()
}

/// The owner of a section has so many words at most: "Råd for eldre og personer med nedsatt funksjonsevne".
const OWNER_WORDS: usize = 9;

/// Whether the words before a section head name its owner: a genitive, or a case number. Gives the owner's length.
fn owner(prefix: &str) -> Option<usize> {
    let words: Vec<&str> = prefix.split(' ').collect();
    // "For rådmannens innstilling (12): Eva Lie, ..." lists who voted so.
    if lexicon().is_particle("of_body", words[0]) && !number_like(prefix) {
        return None;
    }
    let is_apart = |w: &&str| *w == "-" || w.contains(['.', ';', '"']);
    if words.len() > OWNER_WORDS || words.iter().any(is_apart) && !number_like(prefix) {
        return None;
    }
    let genitive = lexicon().genitives.iter().any(|g| prefix.ends_with(g.as_str()) && prefix.len() > g.len() + 1);
    let adjective =
        words.len() == 1 && words[0].chars().count() > 3 && (words[0].ends_with("ig") || words[0].ends_with("lig"));
    // "FORMANNSKAPET VEDTAK:", "VALSTYRET 007/19 VEDTAK:"
    let numbered = words.len() == 2 && number_like(words[1]);
    let body = (words.len() == 1 || numbered) && lexicon().is_body_word(words[0]);
    (genitive || number_like(prefix) || adjective || body).then_some(prefix.len())
}

fn number_like(text: &str) -> bool {
    number::at_start(text, &|s, e| text[s..e].to_uppercase())
        .is_some_and(|p| p.second.is_some() && p.end + 3 >= text.len())
}

/// What follows the head of a proposal, and says whose it is, has so many words at most.
const TAIL_WORDS: usize = 10;

/// Whether what follows a section head belongs to it: a body, an office, a number.
fn section_tail(rest: &str, field: Field) -> bool {
    let mut words = rest.split([' ', '\t']);
    let first = words.next().unwrap_or_default();
    let numbered = rest.len() <= 4 && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    // "Avstemning kl. 09:47 - forslag fra Eva Lie"
    let at_time = || lexicon().clock.opens(rest) && rest.contains(|c: char| c.is_ascii_digit());
    if field == Field::Voting && at_time() {
        return true;
    }
    match field {
        Field::Proposal | Field::Alternative | Field::Amendment | Field::Addition => {
            // "Forslag til budsjett 1992" is a title.
            let names = |w: &str| lexicon().is_body_word(w) || lexicon().labels.get(w) == Some(&Field::Decision);
            // "Endringsforslag til pkt. 2 fra Eva Lie på vegne av Sp"
            let by = |w: &str| field != Field::Proposal && lexicon().is_particle("by", w);
            let is_owned =
                lexicon().is_particle("by", first) || words.any(|w| names(w) || lexicon().is_role(w) || by(w));
            lexicon().is_particle("after_proposal", first) && is_owned && rest.split(' ').count() <= TAIL_WORDS
                || numbered
        }
        Field::Decision | Field::Deliberation | Field::Voting => {
            // "Vedtak i SU"
            let is_abbreviation = rest
                .split_once(' ')
                .is_some_and(|(_, body)| body.len() <= LONGEST_ABBREVIATION && body.chars().all(char::is_alphabetic));
            let names = |w: &str| lexicon().is_body_word(w) || lexicon().case_words.iter().any(|c| c == w);
            lexicon().is_particle("after_section", first)
                && rest.split(' ').count() <= TAIL_WORDS
                && (is_abbreviation || rest.split([' ', '/']).any(names))
        }
        _ => false,
    }
}

/// A case number at the start of a line and the place of the title after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHead {
    /// The number.
    pub number: Printed,
    /// Byte offset of the title in the folded text.
    pub title: usize,
}

/// The number after the body whose case it is, and nothing else: `Representantskapets sak 1/16`, `VALSTYRET 005/15`.
fn after_owner(text: &str, source: &dyn Fn(usize, usize) -> String) -> Option<Printed> {
    let (owner, rest) = text.split_once(' ')?;
    let from = owner.len() + 1;
    let found = number::at_start(rest, &|s, e| source(from + s, from + e))?;
    let is_owner = |body: &str| lexicon().is_body_word(body);
    let heads =
        is_owner(owner) && found.series.is_none() || found.case_word && owner.strip_suffix('s').is_some_and(is_owner);
    (heads && found.second.is_some() && found.end == rest.len()).then(|| found.after(from))
}

/// The case head on a line, by the line's own form. Whether it is one is decided for the document as a whole.
#[must_use]
pub fn case_head(line: &Line) -> Option<CaseHead> {
    line.case_head.get_or_init(|| read_case_head(line)).clone()
}

fn read_case_head(line: &Line) -> Option<CaseHead> {
    let text = line.text();
    if text.len() > 400 {
        return None;
    }
    let source = |s: usize, e: usize| line.printed(s, e);
    let later = || {
        let after = after_number_word(text, &source).or_else(|| after_list_mark(text, &source));
        let after = after.or_else(|| to_case(text, &source));
        after.or_else(|| after_owner(text, &source)).or_else(|| after_sign(text, &source))
    };
    let number = number::at_start(text, &source).or_else(later)?;
    // "21/03310", "Saksnr.: 2021/8814" are the archive's.
    let is_bare = number.series.is_none() && !number.case_word;
    let of_archive = number.series.is_none() && number.first_width == 4 && number.second_width >= 4;
    if is_bare && number.first_width == 2 && number.second_width >= ARCHIVE_DIGITS || of_archive {
        return None;
    }
    // "03/48-2": a document of a case in the archive.
    if text[number.end..].strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let mut title = number.end;
    let rest = &text[number.end..];
    let cut = rest.len()
        - rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '.' | '|' | '*' | ')')).len();
    title += cut;
    let rest = &text[title..];
    if numbered_label(text).is_some() {
        return None;
    }
    // The archive's number, or a field, stands beside it, and the title on the next line.
    let is_field = label(rest).is_some_and(|l| l.marked && l.field.is_value() && l.field != Field::CaseTitle);
    if is_archive_number(rest)
        || rest.split('\t').next().is_some_and(names_archive)
        || is_field && text[number.end..].starts_with('\t')
    {
        return Some(CaseHead { number, title: text.len() });
    }
    // A range of numbers is no head: `31/98 - 37/98`; "Årsplan 2011/2012" is a title.
    let last = number::at_start(rest, &|s, e| source(title + s, title + e)).filter(|p| p.second.is_some() && cut > 0);
    if last.is_some_and(|last| last.series.is_none() || number.series.is_some()) {
        return None;
    }
    if rest
        .split(' ')
        .next()
        .is_some_and(|w| lexicon().and.iter().any(|a| a == w) || lexicon().is_particle("after_proposal", w))
    {
        return None;
    }
    // Text that goes on in lower case is a sentence about a case, not its title.
    let (from, _) = line.folded.source(title, text.len());
    let first = line.raw.get(from..).and_then(|r| r.chars().next());
    if first.is_some_and(char::is_lowercase) && !(line.stands_out() && line.raw.len() < 200) {
        return None;
    }
    if number.series.is_none() && !number.case_word && number.second.is_some() && cut == 0 && !rest.is_empty() {
        return None;
    }
    Some(CaseHead { number, title })
}

/// The number of a case in the archive has so many digits after the year, where they are padded.
const ARCHIVE_DIGITS: usize = 5;

/// The number at the start of a line after the word for *number* alone: `Nr. 33/1981`.
fn after_number_word(text: &str, source: &dyn Fn(usize, usize) -> String) -> Option<Printed> {
    let (word, rest) = text.split_once(' ')?;
    let at = lexicon().number_words.iter().any(|w| w == word.trim_end_matches('.')).then_some(word.len() + 1)?;
    let found = number::at_start(rest, &|s, e| source(at + s, at + e))?;
    let plain = found.second.is_some() && found.series.is_none() && found.start == 0;
    plain.then_some(Printed { start: at, end: at + found.end, case_word: true, ..found })
}

/// The number of a case to which a line leads: `Til sak 28/99 – Avgifter for 2000`, before a title.
fn to_case(text: &str, source: &dyn Fn(usize, usize) -> String) -> Option<Printed> {
    let (word, rest) = text.split_once(' ').filter(|(word, _)| lexicon().is_particle("to_case", word))?;
    let at = word.len() + 1;
    let found = number::at_start(rest, &|s, e| source(at + s, at + e))?;
    let title =
        rest[found.end..].strip_prefix([' ', ':']).map_or("", |title| title.trim_start_matches([' ', '-', ':']));
    let is_apart = rest[found.end..].starts_with(':') || rest[found.end..].starts_with(" - ");
    (found.case_word && found.second.is_some() && is_apart && !title.is_empty() && !title.ends_with('.'))
        .then(|| found.after(at))
}

/// A number with its year after a sign that makes a line a heading: `### 13/09 Godkjenning av innkalling`, `■ 13/09`.
fn after_sign(text: &str, source: &dyn Fn(usize, usize) -> String) -> Option<Printed> {
    let rest = text.trim_start_matches(|c: char| c.is_whitespace() || SIGNS.contains(&c));
    let at = text.len() - rest.len();
    let found = number::at_start(rest, &|s, e| source(at + s, at + e)).filter(|p| at > 0 && p.second.is_some())?;
    Some(found.after(at))
}

/// Signs that stand before a heading or a label.
const SIGNS: [char; 14] = ['-', '*', '•', '#', '_', '>', '=', '▶', '►', '→', '➢', '■', '▪', '●'];

/// The number with a series or a word for *case* after the number of a list: `2. PS 11/14`.
fn after_list_mark(text: &str, source: &dyn Fn(usize, usize) -> String) -> Option<Printed> {
    let (mark, rest) = text.split_once(' ')?;
    let digits = mark.strip_suffix(['.', ')'])?;
    let at = (digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(mark.len() + 1)?;
    let found = number::at_start(rest, &|s, e| source(at + s, at + e))?;
    let series = found.series.map(|(s, e)| (at + s, at + e));
    let is_case = found.second.is_some() && (series.is_some() || found.case_word);
    is_case.then_some(Printed { start: at + found.start, end: at + found.end, series, ..found })
}

/// Whether a text is the number of a case in the archive: `17/02144`, `17/02144-31`, `2018/1234`.
#[must_use]
pub fn is_archive_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let Some((year, rest)) = text.trim().split_once('/') else { return false };
    let (sequence, document) = rest.split_once('-').map_or((rest, "0"), |(sequence, document)| (sequence, document));
    matches!(year.len(), 2 | 4)
        && digits(year)
        && (3..=7).contains(&sequence.len())
        && digits(sequence)
        && digits(document)
}

/// Whether a text gives nothing but where the archive keeps the case: `arkivsak 18/4410`, `J.nr. 102/83<TAB>Ark. 611`.
#[must_use]
pub fn names_archive(text: &str) -> bool {
    let is_label = |word: &str| {
        let field = lexicon().labels.get(word.trim_end_matches([':', '.']));
        matches!(field, Some(Field::ArchiveReference | Field::Classification))
    };
    let has_digit = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let named = |piece: &str| {
        let mut words = piece.split_whitespace().peekable();
        let mut named = false;
        while let Some(label) = words.next() {
            // "Ark. C 56"
            let letter = words.next_if(|word| word.len() == 1 && !has_digit(word));
            named = is_label(label)
                && words.next().is_some_and(|word| has_digit(word) && (letter.is_none() || word.len() <= 4));
            if !named {
                break;
            }
        }
        named
    };
    text.split(['\t', ',']).all(named)
}

/// What a line says as the title of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Title {
    /// The kind of document.
    pub word: TitleWord,
    /// The line is made of the title word alone.
    pub whole: bool,
}

/// The title word that a line opens with.
#[must_use]
pub fn title(line: &Line) -> Option<Title> {
    *line.title.get_or_init(|| read_title(line))
}

fn read_title(line: &Line) -> Option<Title> {
    let text = line.text().trim_start_matches(|c: char| !c.is_alphanumeric());
    if text.len() > LONGEST_TITLE || text.is_empty() {
        return None;
    }
    // "Emne: Innkalling til styremøte"
    let subject = text.split_once(':').filter(|(label, _)| lexicon().is_particle("subject", label));
    let text = subject.map_or(text, |(_, subject)| subject.trim_start());
    for (word, kind) in lexicon().titles_of(text) {
        let rest = &text[word.len()..];
        if !rest.is_empty() && rest.starts_with(|c: char| c.is_alphanumeric() || c == '-') {
            continue;
        }
        // "Protokoll: Eva Lie"
        let named = line.raw.split_once(':').map_or("", |(_, named)| named.trim());
        if rest.starts_with(':') && is_name(named) {
            continue;
        }
        // "MØTEPROTOKOLL | Møtested: Rådhuset"
        let beside = rest.split('\t').next().unwrap_or_default();
        let is_row = line.cells.is_some() || line.kind == BlockKind::Table;
        let rest = if is_row { beside } else { rest }.trim_matches(|c: char| c.is_whitespace() || c == ':' || c == '.');
        // "SÆRUTSKRIFT AV SAKSPROTOKOLL"
        let of_other = |(_, other): (&str, &str)| lexicon().titles_of(other).any(|(words, _)| words == other);
        let whole = rest.is_empty() || rest.split_once(' ').is_some_and(of_other);
        return Some(Title { word: *kind, whole });
    }
    // "Kvam herad - møtekalender våren 2013", "Fylkesutvalget - møteprotokoll 19. mai 1999"
    // "Ungdomsrådet: referat fra forrige møte"
    let dashed = if text.contains('-') { text.rsplit_once(" - ") } else { None };
    // "Når møtest vi? Politisk møteplan for Fjaler"
    let asked = || text.split_once(": ").or_else(|| text.split_once("? "));
    let owned = dashed.or_else(|| if line.stands_out() { asked() } else { None });
    if let Some((owner, rest)) = owned
        && let Some((word, kind)) = lexicon().titles_of(rest).next()
        && rest[word.len()..].chars().next().is_none_or(|c| c == ' ')
        && match kind {
            TitleWord::MeetingPlan => line.stands_out(),
            TitleWord::Minutes | TitleWord::Agenda => {
                lexicon().is_body_word(owner.split(' ').next().unwrap_or_default())
                    && (text[owner.len()..].starts_with(':') || date::find(rest).iter().any(|m| m.date(None).is_some()))
            }
            _ => false,
        }
    {
        return Some(Title { word: *kind, whole: false });
    }
    // A cell of a head set as a table, or a piece of a page head between TABs: `Lier kommune<TAB>Saksframlegg`.
    let pieces = line.raw.split('\t').filter(|_| line.cells.is_none() && line.raw.contains('\t'));
    let cells = line.cells.into_iter().flatten().flat_map(|cell| cell.text.split(CELL_BREAK));
    for words in cells.chain(pieces) {
        let words = super::line::Folded::text_of(words.trim());
        if let Some((_, kind)) =
            lexicon().titles_of(&words).find(|(w, kind)| *w == words && *kind != TitleWord::AgendaList)
        {
            return Some(Title { word: *kind, whole: true });
        }
    }
    // "KOMMUNESTYRET - MØTEPROTOKOLL", "Kommunestyret, protokoll"
    let last = text.rsplit([' ', '\t']).next().unwrap_or_default().trim_end_matches([':', '.']);
    if text.len() < 80
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text != last
        && line.stands_out()
        // "Hovedutvalg for tekniske saker" is a body.
        && let Some((_, kind)) =
            lexicon().titles_of(last).find(|(w, kind)| w == last && *kind != TitleWord::AgendaList)
    {
        return Some(Title { word: *kind, whole: false });
    }
    None
}
