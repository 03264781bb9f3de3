//! Signatures: names with roles and marks at the end of a document.

use std::ops::Range;

use crate::document::{Block, BlockKind, CELL_BREAK};
use crate::lang::{Field, lexicon};
use crate::model::{Signature, Sourced};

use super::cue::case_head;
use super::field::{Found, fields};
use super::line::Line;
use super::text::{GAP, spaces_folded};
use super::values::date;
use super::values::name::{is_name, people, small_letters};

/// What a line at the end of a document can be.
#[derive(Debug, Clone, PartialEq)]
enum Tail {
    /// Names, with marks of signing and roles beside them.
    Names(Vec<Signer>),
    /// A role alone.
    Role,
    /// A mark alone.
    Mark,
    /// A place and date.
    Dated,
    /// A label like *Rett utskrift*, with the name on its line, if any.
    Label(Option<(usize, usize)>),
    /// When the meeting ended, or who gets a copy.
    Ended,
    /// A row of a table, of names, roles or marks.
    Row,
}

/// Who signs, by ranges of the text.
#[derive(Debug, Clone, Default, PartialEq)]
struct Signer {
    name: (usize, usize),
    /// What stands after a comma, in parentheses or right after the name.
    role: Option<(usize, usize)>,
    /// A mark of signing stands beside the name.
    signed: bool,
    /// So does the day: `Eva Lie, 3.5.11`.
    dated: bool,
}

impl Signer {
    /// The same in a text in which this one begins at `by`.
    fn moved(self, by: usize) -> Self {
        let moved = |(from, to)| (from + by, to + by);
        Self { name: moved(self.name), role: self.role.map(moved), ..self }
    }
}

/// The lines at the end of a document that sign it, or that stand right over its last few lines; empty where none do.
#[must_use]
pub fn region(lines: &[Line], part: Range<usize>) -> Range<usize> {
    let goes_on = |line: &Line| {
        let field = |f: &Found| f.field == Field::Attachments || f.field.is_section();
        line.kind == BlockKind::Heading || case_head(line).is_some() || fields(line).iter().any(field)
    };
    let rests = 1..=LONGEST_REST.min(part.len().saturating_sub(1));
    let rests = rests.take_while(|rest| !goes_on(&lines[part.end - rest]));
    ending(lines, part.clone(), false)
        .or_else(|| under_label(lines, &part))
        .or_else(|| rests.into_iter().find_map(|rest| ending(lines, part.start..part.end - rest, true)))
        .unwrap_or(part.end..part.end)
}

/// The lines at the end of a range that sign; `is_over` where others stand under them.
fn ending(lines: &[Line], part: Range<usize>, is_over: bool) -> Option<Range<usize>> {
    let mut kinds: Vec<Tail> = lines[part.clone()].iter().skip(1).rev().take(LONGEST).map_while(tail).collect();
    kinds.reverse();
    let start = part.end - kinds.len();
    let tells = |s: &Signer| s.signed || s.dated || s.role.is_some();
    // "Elektronisk signert av Eva Lie og Per Ås"
    let names_them = |line: &Line| opening(line.raw).is_some_and(|at| at < line.raw.len());
    let signs = kinds.iter().zip(&lines[start..]).any(|(k, line)| match k {
        Tail::Role | Tail::Mark | Tail::Label(_) | Tail::Row => true,
        Tail::Names(signers) => signers.iter().any(tells) || names_them(line),
        Tail::Dated | Tail::Ended => false,
    });
    let names = kinds.iter().any(|k| matches!(k, Tail::Names(_) | Tail::Label(Some(_)) | Tail::Row));
    // "Styret:" heads a list of its members.
    let is_listed = || lines[start - 1].raw.ends_with(':') || kinds.contains(&Tail::Row);
    let is_signed =
        signs && names && !(is_over && is_listed()) || ends_with_names(lines, start..part.end, &kinds, is_over);
    // Many names over the day are a list of its own.
    let listed = |k: &Tail| matches!(k, Tail::Names(signers) if !signers.iter().any(tells));
    let above = kinds.iter().take_while(|k| listed(k)).count();
    // "Som styre velges:", the people, and "Møtet ble hevet kl. 12.20."
    let ended = kinds.iter().position(|k| *k == Tail::Ended).filter(|_| lines[start - 1].raw.ends_with(':'));
    let from = if above > 2 && kinds.get(above) == Some(&Tail::Dated) { above } else { ended.unwrap_or_default() };
    let from = start + from;
    is_signed.then_some(from..part.end)
}

/// Whether names alone stand last, under the day, the end of the meeting or, where nothing `is_over`, a sentence.
fn ends_with_names(lines: &[Line], range: Range<usize>, kinds: &[Tail], is_over: bool) -> bool {
    let names = kinds.iter().rev().take_while(|k| matches!(k, Tail::Names(_))).count();
    let Some(above) = range.end.checked_sub(names + 1).map(|at| &lines[at]) else { return false };
    let ends = kinds.len() > names && matches!(kinds[kinds.len() - names - 1], Tail::Dated | Tail::Ended);
    let is_text = |line: &Line| line.cells.is_none() && line.kind == BlockKind::Paragraph;
    let is_sentence = || is_text(above) && above.raw.ends_with('.') && case_head(above).is_none();
    names > 0 && lines[range.end - names..range.end].iter().all(is_text) && (ends || !is_over && is_sentence())
}

/// So many lines may stand under those that sign: who gets a copy, what is attached, the foot of a web page.
const LONGEST_REST: usize = 3;

/// The day, the name and the role under what somebody wrote, where an attachment follows: `Lund, 7. november 2005`.
#[must_use]
pub fn under_day(lines: &[Line], part: &Range<usize>) -> Option<Range<usize>> {
    let filled: Vec<usize> = part.clone().filter(|at| lines[*at].raw.contains(char::is_alphanumeric)).collect();
    let signs = |of: &&[usize]| {
        let [day, name, role] = [0, 1, 2].map(|i| &lines[of[i]]);
        day.raw.len() < LONGEST_DAY
            && tail(day) == Some(Tail::Dated)
            && matches!(tail(name), Some(Tail::Names(_)))
            && tail(role) == Some(Tail::Role)
    };
    filled.windows(3).find(signs).map(|of| of[0]..of[2] + 1)
}

/// The lines under a head of signatures near the end of a document, where something else stands last.
fn under_label(lines: &[Line], part: &Range<usize>) -> Option<Range<usize>> {
    let heads = |l: &Line| fields(l).first().is_some_and(|f| f.field == Field::Signatures && f.value.0 >= f.value.1);
    let from = part.end.saturating_sub(LONGEST).max(part.start);
    let head = (from..part.end).rev().find(|i| heads(&lines[*i]))?;
    let rest = lines[head + 1..part.end].iter().take_while(|l| tail(l).is_some()).count();
    (rest > 0).then_some(head..head + 1 + rest)
}

/// A region of signatures has so many lines at most.
const LONGEST: usize = 24;

/// A line with a place and date has so many bytes at most.
const LONGEST_DAY: usize = 60;

/// A longer line, in bytes, is text.
const LONGEST_TAIL: usize = 300;

fn tail(line: &Line) -> Option<Tail> {
    if line.cells.is_none() && line.raw.len() > LONGEST_TAIL {
        return None;
    }
    let text = line.text();
    let pieces = pieces(line);
    if pieces.len() > 1 || line.cells.is_some() {
        let all = pieces.iter().all(|(from, to)| piece(&line.raw[*from..*to]).is_some());
        return all.then_some(if pieces.is_empty() { Tail::Mark } else { Tail::Row });
    }
    if let Some(at) = opening(line.raw) {
        let signers = signers(&line.raw[at..]);
        if at == line.raw.len() {
            return Some(Tail::Label(None));
        } else if !signers.is_empty() {
            return Some(Tail::Names(signers.into_iter().map(|signer| signer.moved(at)).collect()));
        }
    }
    if line.raw.len() < 80 && line.says(&lexicon().ended)
        || line.raw.len() < 120 && line.says(&lexicon().copies) && fields(line).is_empty()
    {
        return Some(Tail::Ended);
    }
    if is_mark(text) || !text.chars().any(char::is_alphanumeric) {
        return Some(Tail::Mark);
    }
    if let Some(field) = fields(line).first()
        && field.field == Field::Signatures
    {
        let name = field
            .span(line)
            .map(|s| (s.start - line.start, s.end - line.start))
            .filter(|r| is_name(&line.raw[r.0..r.1]));
        return (name.is_some() || field.value.0 >= field.value.1 || line.raw.len() < 60).then_some(Tail::Label(name));
    }
    if let Some(signer) = signature_name(line.raw) {
        return Some(Tail::Names(vec![signer]));
    }
    if let Some(Piece::Role(..)) = piece(line.raw.trim_end_matches('.')) {
        return Some(Tail::Role);
    }
    let dates = date::find(text);
    if dates.len() == 1
        && line.raw.len() < LONGEST_DAY
        && text.split(' ').count() <= 6
        && dates[0].year.is_some()
        && !line.raw.ends_with('.')
    {
        return Some(Tail::Dated);
    }
    None
}

fn is_mark(text: &str) -> bool {
    let text = text.trim();
    lexicon().signed.iter().any(|m| m.trim() == text)
}

/// The length of a text without a mark of signing at its end, and whether one stood there.
fn unmarked(raw: &str) -> (usize, bool) {
    let end = raw.trim_end().len();
    let lower = small_letters(&raw[..end]);
    for mark in &lexicon().signed {
        if lower.ends_with(mark.as_str()) && end > mark.len() {
            let before = &raw[..end - mark.len()];
            if before.ends_with([' ', '\t', '\u{a0}']) || mark.starts_with(['(', '/']) {
                return (before.trim_end().len(), true);
            }
        }
    }
    (end, false)
}

/// Those that words before them say have signed: `Eva Lie og Per Ås`, `Kari Moe, ordfører. Lund, 3. mai 2011`.
fn signers(text: &str) -> Vec<Signer> {
    let listed = people(text).into_iter().filter(|p| is_name(&text[p.name.0..p.name.1]));
    let listed = listed.map(|p| Signer { name: p.name, role: p.role, ..Signer::default() });
    let first = || signature_name(text.split(". ").next().unwrap_or_default());
    signature_name(text).or_else(first).map_or_else(|| listed.collect(), |signer| vec![signer])
}

/// A name with the mark of signing, a role or the day beside it: `Eva Lie /s/`, `Per Ås (sign.)`, `Kari Moe, ordfører`,
/// `Jon Dahl (referent)`, `Ola By nestleder`, `Kari Moe, 3.5.11`.
fn signature_name(raw: &str) -> Option<Signer> {
    let (end, signed) = unmarked(raw);
    let head = raw[..end].trim_end_matches([',', ' ']);
    let cuts = head.match_indices([',', '(', ' ']).map(|(at, _)| at).take(MOST_WORDS);
    let beside = cuts.into_iter().find_map(|at| {
        let name = Some(head[..at].trim_end()).filter(|name| is_name(name))?;
        let (from, to) = inner(head, at);
        let text = small_letters(&head[from..to]);
        let is_day = || date::find(&text).first().is_some_and(|m| m.start == 0 && m.end == text.len());
        // "Ola By nestleder", but "Ola By velges som leder."
        let is_short =
            || head[from..].starts_with(char::is_lowercase) && text.split(' ').count() <= 2 && !text.ends_with('.');
        let role = is_role(&text) && (head[at..].starts_with([',', '(']) || is_short());
        let dated = !role && head[at..].starts_with(',') && is_day();
        let signer = Signer { name: (0, name.len()), role: role.then_some((from, to)), signed, dated };
        (role || dated).then_some(signer)
    });
    beside.or_else(|| is_name(head).then(|| Signer { name: (0, head.len()), signed, ..Signer::default() }))
}

/// A name with what stands beside it has so many words at most.
const MOST_WORDS: usize = 12;

/// What stands after a comma, or in a parenthesis, that begins at a place of the text.
fn inner(text: &str, at: usize) -> (usize, usize) {
    let rest = text[at..].trim_start_matches([',', '(', ' ']);
    (text.len() - rest.len(), text.len() - rest.len() + rest.trim_end_matches(')').len())
}

/// Whether a text in small letters is a role, also with whom it serves: `styreleder i Bakken borettslag`, `for sekretariatet`.
fn is_role(text: &str) -> bool {
    let of = |word: &str| lexicon().is_particle("after_section", word);
    let serves = |(word, whom): (&str, &str)| of(word) && lexicon().labels.get(whom) == Some(&Field::Staff);
    let role = text.match_indices(' ').map(|(at, _)| (&text[..at], &text[at + 1..]));
    let mut role =
        role.filter(|(_, rest)| rest.split(' ').next().is_some_and(of) && rest.split(' ').count() <= ROLE_WORDS);
    lexicon().is_role(text) || text.split_once(' ').is_some_and(serves) || role.any(|(role, _)| lexicon().is_role(role))
}

/// Whom a role serves has so many words at most.
const ROLE_WORDS: usize = 4;

/// Where the names begin after words that say that somebody signs: `Hilsen Eva Lie`, `Rett avskrift:`.
fn opening(raw: &str) -> Option<usize> {
    let lower = small_letters(raw);
    let rest =
        lexicon().signs.iter().filter_map(|words| lower.strip_prefix(words.as_str())).min_by_key(|rest| rest.len())?;
    let names = rest.trim_start_matches([':', '.', ',', ' ', '\t']);
    (names.is_empty() || names.len() < rest.len()).then_some(raw.len() - names.len())
}

/// The signatures in a region.
#[must_use]
pub fn signatures(lines: &[Line], region: Range<usize>, blocks: &[Block]) -> Vec<Signature> {
    let mut found: Vec<Signature> = Vec::new();
    let mut date: Option<Sourced<String>> = None;
    let mut waiting = false;
    for line in &lines[region] {
        let get =
            |r: (usize, usize)| Sourced::new(spaces_folded(&line.raw[r.0..r.1]), vec![line.raw_span(r.0, r.1)], blocks);
        match tail(line) {
            Some(Tail::Names(signers)) => {
                for signer in signers {
                    let date = if signer.dated { day_of(line, blocks) } else { date.clone() };
                    let Signer { name, role, signed, .. } = signer;
                    found.push(Signature { name: get(name), role: role.map(get), signed, date });
                }
                waiting = true;
            }
            Some(Tail::Label(Some(name))) => {
                found.push(Signature { name: get(name), role: None, signed: false, date: date.clone() });
                waiting = true;
            }
            Some(Tail::Role) => {
                if let (Some(last), Some(Piece::Role(role, signed))) =
                    (found.last_mut(), piece(line.raw.trim_end_matches('.')))
                    && waiting
                {
                    last.signed |= signed;
                    last.role = last.role.take().or_else(|| Some(get(role)));
                }
            }
            Some(Tail::Mark) => {
                if is_mark(line.text())
                    && let Some(last) = found.last_mut()
                {
                    last.signed = true;
                }
            }
            Some(Tail::Dated) => date = day_of(line, blocks),
            Some(Tail::Row) => row(line, &mut found, date.as_ref(), blocks),
            Some(Tail::Label(None) | Tail::Ended) | None => {}
        }
    }
    found
}

/// The first day that a line gives.
fn day_of(line: &Line, blocks: &[Block]) -> Option<Sourced<String>> {
    let m = date::find(line.text()).into_iter().next()?;
    Some(Sourced::new(m.date(None)?.to_string(), vec![line.span_of(m.start, m.end)], blocks))
}

/// The filled cells of a row, or the pieces of a line between TABs or wide gaps, as ranges of `raw`; without the words
/// before them and the lines to sign on.
fn pieces(line: &Line) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut at = opening(line.raw).unwrap_or_default();
    for text in line.raw[at..].split_inclusive('\t').flat_map(|cell| cell.split_inclusive(GAP)) {
        let from = at + text.len() - text.trim_start().len();
        let to = from + text.trim().len();
        at += text.len();
        if text.contains(char::is_alphanumeric) {
            found.push((from, to));
        }
    }
    // "Eva Lie   (s)"
    let marks = |&(from, to): &(usize, usize)| is_mark(&line.raw[from..to].to_lowercase());
    match found[..] {
        [name, mark] if marks(&mark) && !marks(&name) => found = vec![(name.0, mark.1)],
        [all] => found = roles(line.raw, all).unwrap_or_else(|| signed_apart(line.raw, all)),
        _ => {}
    }
    found
}

/// The pieces of a text that marks of signing end: `Eva Lie /s/ Per Ås /s/`.
fn signed_apart(raw: &str, (from, to): (usize, usize)) -> Vec<(usize, usize)> {
    let text = small_letters(&raw[from..to]);
    let goes_on =
        |at: &usize| raw[from + at..to].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let marks = lexicon().signed.iter().filter(|mark| mark.starts_with(['(', '/']));
    let ends = marks.flat_map(|mark| text.match_indices(mark.as_str()).map(|(at, mark)| at + mark.len()));
    let mut ends: Vec<usize> = ends.filter(goes_on).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut at = from;
    let mut pieces = Vec::with_capacity(ends.len() + 1);
    for end in ends {
        pieces.push((at, from + end));
        at = from + end + 1;
    }
    pieces.push((at, to));
    pieces
}

/// The words of a text where each is a role: `leder sekretær` under the names of two.
fn roles(raw: &str, (from, to): (usize, usize)) -> Option<Vec<(usize, usize)>> {
    let text = small_letters(&raw[from..to]);
    let is_role = |words: &str| lexicon().is_role(words);
    if !text.contains(' ') || !text.split(' ').all(is_role) {
        return None;
    }
    let mut at = from;
    let words = text.split(' ').map(|word| {
        at += word.len() + 1;
        (at - word.len() - 1, at - 1)
    });
    Some(words.collect())
}

/// What stands in one piece of a row of signatures.
enum Piece {
    Name(Signer),
    /// A role, with or without a mark of signing after it.
    Role((usize, usize), bool),
    Mark,
    /// For whom somebody signs: `Averøy kommune`.
    Whom,
}

/// What a piece of a row holds, or the paragraphs of a cell: words that say that somebody signs, the name, and under it the role.
fn piece(text: &str) -> Option<Piece> {
    let mut found: Option<Piece> = None;
    let mut at = 0;
    for paragraph in text.split(CELL_BREAK) {
        let from = at + paragraph.len() - paragraph.trim_start().len();
        at += paragraph.len() + CELL_BREAK.len();
        let paragraph = paragraph.trim();
        let label = paragraph.trim_end_matches(':').to_lowercase();
        let is_label =
            || opening(paragraph) == Some(paragraph.len()) || lexicon().labels.get(&label) == Some(&Field::Signatures);
        if !paragraph.contains(char::is_alphanumeric) || found.is_none() && is_label() {
            continue;
        }
        found = match (found, alone(paragraph)?) {
            (None, Piece::Name(signer)) => Some(Piece::Name(signer.moved(from))),
            (None, Piece::Role((start, end), signed)) => Some(Piece::Role((from + start, from + end), signed)),
            (None, alone) => Some(alone),
            (Some(signer), Piece::Whom) => Some(signer),
            (Some(Piece::Name(signer)), Piece::Mark) => Some(Piece::Name(Signer { signed: true, ..signer })),
            (Some(Piece::Name(signer)), Piece::Role((start, end), signed)) => Some(Piece::Name(Signer {
                role: signer.role.or(Some((from + start, from + end))),
                signed: signer.signed || signed,
                ..signer
            })),
            _ => return None,
        };
    }
    found
}

/// What a text of one paragraph is: `Eva Lie (s)`, `ordfører`, `(sekretær)`, `(s)`.
fn alone(text: &str) -> Option<Piece> {
    let lower = small_letters(text);
    if is_mark(&lower) {
        return Some(Piece::Mark);
    }
    if let Some(signer) = signature_name(text) {
        return Some(Piece::Name(signer));
    }
    let (end, signed) = unmarked(text);
    if lower.rsplit(' ').next().is_some_and(|word| lexicon().municipality_words.iter().any(|w| w == word)) {
        return Some(Piece::Whom);
    }
    let (from, to) = inner(text[..end].trim_end(), 0);
    let words = &lower[from..to];
    (is_role(words) || (signed && words.split(' ').count() <= 6)).then_some(Piece::Role((from, to), signed))
}

/// Names side by side in a row, with roles and marks in the rows under them.
fn row(line: &Line, found: &mut Vec<Signature>, date: Option<&Sourced<String>>, blocks: &[Block]) {
    let pieces = pieces(line);
    let get = |from: usize, to: usize| {
        Sourced::new(spaces_folded(&line.raw[from..to]), vec![line.raw_span(from, to)], blocks)
    };
    let parsed: Vec<(usize, Option<Piece>)> =
        pieces.iter().map(|(from, to)| (*from, piece(&line.raw[*from..*to]))).collect();
    let first = found.len().saturating_sub(parsed.len());
    // "Eva Lie | ordfører" is one who signs.
    let names = parsed.iter().any(|(_, p)| matches!(p, Some(Piece::Name(_))));
    let mut under = first..found.len();
    for (from, p) in parsed {
        if let Some(Piece::Name(signer)) = p {
            let Signer { name, role, signed, .. } = signer.moved(from);
            let role = role.map(|(start, end)| get(start, end));
            found.push(Signature { name: get(name.0, name.1), role, signed, date: date.cloned() });
            continue;
        }
        let signature = if names { found.last_mut() } else { under.next().map(|at| &mut found[at]) };
        match (p, signature) {
            (Some(Piece::Mark), Some(signature)) => signature.signed = true,
            (Some(Piece::Role((start, end), signed)), Some(signature)) => {
                signature.signed |= signed;
                signature.role = signature.role.take().or_else(|| Some(get(from + start, from + end)));
            }
            _ => {}
        }
    }
}
