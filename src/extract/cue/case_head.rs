//! Case numbers at the start of a line, and where the archive keeps the case.

use crate::lang::{Field, lexicon};

use super::super::line::Line;
use super::super::values::number::{self, Printed};
use super::SIGNS;
use super::label::{label, numbered_label};

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
        - rest
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '.' | '·' | '|' | '*' | ')'))
            .len();
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
            // "Jnr. –"
            let is_number = |word: &str| has_digit(word) && (letter.is_none() || word.len() <= 4) || word == "-";
            named = is_label(label) && words.next().is_some_and(is_number);
            if !named {
                break;
            }
        }
        named
    };
    text.split(['\t', ',']).all(named)
}
