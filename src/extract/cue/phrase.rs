//! What words announce: a label, a label with an addition, a phrase that tells it, or a section head with its owner.

use memchr::memchr;

use crate::lang::{Field, Likely, Patterns, Stirred, first_word, lexicon};

use super::super::municipality;
use super::super::values::date;
use super::super::values::name::is_party;
use super::super::values::number;
use super::SIGNS;
use super::label::Label;

/// The day on which a body treated a case, with the case's number, has so many words at most.
const WHEN_WORDS: usize = 9;

/// The name of a body that treated a case has so many words at most.
pub(super) const BODY_WORDS: usize = 8;

/// The letters of a body before or after a section head have so many bytes at most.
const LONGEST_ABBREVIATION: usize = 6;

/// The field that the words of `text[start..end]` announce.
pub(super) fn lookup(text: &str, start: usize, end: usize, marked: bool) -> Option<Label> {
    let piece = &text[start..end];
    let front = piece.trim_start_matches(|c: char| c.is_whitespace() || SIGNS.contains(&c));
    let start = end - front.len();
    let words = front.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '_' | '*'));
    if words.is_empty() {
        return None;
    }
    let lexicon = lexicon();
    // "B.: Tatt til etterretning."
    if text[end..].starts_with(':') && lexicon.is_particle("decision_letters", front) {
        return Some(Label { field: Field::Decision, label: (start, end), value: end, by: None, marked });
    }
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
            // "Vedtak, 4 stemmer", "Vedtak - innstilling til kommunestyret"
            let votes = [&lexicon.votes.against, &lexicon.votes.elected, &lexicon.votes.acclamation];
            let voted = unanimous || votes.into_iter().any(|patterns| patterns.is_match(said));
            (voted || lexicon.recommends(said)).then_some(comma)
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
        // "Eva Lie og Per Ås ba om følgende protokolltilførsel: «Vi mener …»"
        let asked = || {
            let colon = self.marked && self.text[self.end..].starts_with(':');
            colon && words.rsplit_once(' ').is_some_and(|(_, last)| lexicon.is_particle("statement", last))
        };
        if words.find(' ').is_some_and(stated) || asked() {
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
            // "Fra Tynset møtte"
            let from = words.split_once(' ').and_then(|(_, rest)| rest.rsplit_once(' ')).map_or("", |(from, _)| from);
            let of_municipality = field == Field::Staff && !municipality::named(from).is_empty();
            return self.found(if of_municipality { Field::Present } else { field }, None);
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
    // "Reguleringsplan for Sund, annen gangs behandling" is a title.
    let of_times = words.last().is_some_and(|w| lexicon().is_particle("times", w));
    if of_times || words.len() > OWNER_WORDS || words.iter().any(is_apart) && !number_like(prefix) {
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
