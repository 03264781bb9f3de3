//! Lines that say which kind of document follows.

use crate::document::{BlockKind, CELL_BREAK};
use crate::lang::{TitleWord, lexicon};

use super::super::line::{Folded, Line};
use super::super::values::date;
use super::super::values::name::is_name;

/// A line that opens with the words of a title has so many bytes at most.
const LONGEST_TITLE: usize = 200;

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
        let words = Folded::text_of(words.trim());
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
