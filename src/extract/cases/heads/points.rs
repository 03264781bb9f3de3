//! Heads of cases without the number of a case: points of a list and headings, by digits, letters, roman numbers or dashes.

use std::ops::Range;

use crate::document::BlockKind;
use crate::lang::{Field, TitleWord, lexicon};

use super::super::super::cue::{self, CaseHead};
use super::super::super::field::{Found, fields};
use super::super::super::line::{Folded, Line};
use super::super::super::passage::sentences;
use super::super::super::values::number::Printed;
use super::super::section::{arrow, rules};
use super::{Head, LONGEST_TITLE};

/// Heads with running numbers alone, where nothing else heads a case: headings (`143 Godkjenning av innkalling`), or the
/// points of an agenda list (`1. Protokoll fra forrige møte`).
pub(super) fn numbered_heads(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let end = range.end;
    with_letters(lines, points(lines, range), end)
}

/// The same without what stands under letters.
fn points(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let point = |i: usize| running_number(&lines[i]).map(|cue| Head::new(i, cue, false));
    // One number out of turn may be a slip.
    let rises = |h: &[Head]| {
        let rising = h.windows(2).filter(|w| w[0].cue.number.first < w[1].cue.number.first).count();
        h.len() >= 2 && rising * 4 >= (h.len() - 1) * 3
    };
    let stands =
        |i: &usize| lines[*i].stands_out() && lines[*i].kind != BlockKind::ListItem && lines[*i].cells.is_none();
    let dated = range.clone().filter_map(|i| Some(Head::new(i, of_year(&lines[i])?, false)));
    let dated: Vec<Head> = dated.filter(|h| stands(&h.line)).collect();
    if rises(&dated) && dated.windows(2).all(|w| w[0].cue.number.second == w[1].cue.number.second) {
        return dated;
    }
    let mut headings: Vec<Head> = range.clone().filter_map(point).filter(|h| stands(&h.line)).collect();
    if rises(&headings) {
        let under =
            |i: usize| lettered_number(&lines[i]).map(|cue| Head { lettered: true, ..Head::new(i, cue, false) });
        headings.extend(range.filter(stands).filter_map(under));
        headings.sort_by_key(|h| h.line);
        return headings;
    }
    let decided = decided_points(lines, range.clone());
    if !decided.is_empty() {
        return decided;
    }
    let marked = decided_marks(lines, range.clone());
    if !marked.is_empty() {
        return marked;
    }
    let told = told_points(lines, range.clone());
    if !told.is_empty() {
        return told;
    }
    let names_list = |l: &Line| {
        cue::title(l).is_some_and(|t| t.word == TitleWord::AgendaList)
            || fields(l).first().is_some_and(|f| f.field == Field::AgendaList && f.value.0 >= f.value.1)
    };
    let Some(start) = range.clone().find(|i| names_list(&lines[*i])) else { return Vec::new() };
    let dashes = dashed_points(lines, start + 1..range.end);
    if !dashes.is_empty() {
        return dashes;
    }
    let listed: Vec<Head> = (start + 1..range.end).map_while(point).collect();
    let from_one = listed.iter().zip(1..).all(|(h, n)| h.cue.number.first == n);
    if rises(&listed) && from_one {
        listed.into_iter().map(|h| Head { listed: true, ..h }).collect()
    } else {
        Vec::new()
    }
}

/// A number and a year, or its last two digits, before a title: `31-20 Referat fra 17. august`.
fn of_year(line: &Line) -> Option<CaseHead> {
    let text = line.text();
    let (number, title) = text.split_once(' ')?;
    let (first, second) = number.split_once('-')?;
    let plain = |digits: &str, width: std::ops::RangeInclusive<usize>| {
        width.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let is_year = plain(second, 2..=2) || plain(second, 4..=4) && second.starts_with(['1', '2']);
    (plain(first, 1..=3) && is_year && title.starts_with(char::is_alphabetic)).then(|| CaseHead {
        number: Printed {
            start: 0,
            end: number.len(),
            series: None,
            case_word: false,
            first: first.parse().unwrap_or_default(),
            first_width: first.len(),
            second: second.parse().ok(),
            second_width: second.len(),
        },
        title: number.len() + 1,
    })
}

/// Points from 1 on, each a title with what was decided under it: `2. Vannavgift`, `Vedtak: Avgiften settes til ...`.
fn decided_points(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let mut found: Vec<Head> = Vec::new();
    for i in range.clone().filter(|i| lines[*i].cells.is_none() && !lines[*i].raw.ends_with('.')) {
        let cue = running_number(&lines[i]).filter(|cue| cue.number.first as usize == found.len() + 1);
        found.extend(cue.map(|cue| Head::new(i, cue, false)));
    }
    let is_section = |f: &Found| matches!(f.field, Field::Decision | Field::Proposal);
    let heads_section = |l: &Line| fields(l).first().is_some_and(|f| is_section(f) && f.marked);
    let ends = found.iter().skip(1).map(|h| h.line).chain([range.end]);
    let decided = found.iter().zip(ends).filter(|(h, end)| lines[h.line + 1..*end].iter().any(heads_section)).count();
    if decided >= 2 && decided * 2 >= found.len() { found } else { Vec::new() }
}

/// The points, where one is only the head of others by letters with these instead: `1. Konstituering`, and under it
/// `A. Valg av møteleder`, `Vedtak: Eva Lie ble valgt.`, `B. Opptak av navnefortegnelse`.
fn with_letters(lines: &[Line], points: Vec<Head>, end: usize) -> Vec<Head> {
    let ends: Vec<usize> = points.iter().skip(1).map(|h| h.line).chain([end]).collect();
    let letters = |(point, end): (Head, usize)| {
        let mut found: Vec<Head> = Vec::new();
        for i in (point.line + 1..end).filter(|i| lines[*i].cells.is_none() && !lines[*i].continues) {
            let text = lines[i].text();
            let letter = char::from(b'a' + (found.len() % 26) as u8);
            let rest = text.strip_prefix(letter).and_then(|rest| rest.strip_prefix(['.', ')'])).map(str::trim_start);
            let title = rest.filter(|t| t.starts_with(char::is_alphabetic) && lines[i].raw.len() < LONGEST_TITLE);
            let cue = title.map(|t| CaseHead { title: text.len() - t.len(), number: point.cue.number.clone() });
            found.extend(cue.map(|cue| Head { lettered: true, ..Head::new(i, cue, false) }));
        }
        let heads_section = |l: &Line| fields(l).first().is_some_and(|f| f.field.is_section() && f.marked);
        let is_first = !point.listed && found.first().is_some_and(|first| first.line == point.line + 1);
        let ends = found.iter().skip(1).map(|h| h.line).chain([end]);
        let told = found.iter().zip(ends).filter(|(h, end)| lines[h.line + 1..*end].iter().any(heads_section)).count();
        if !is_first || told * 2 < found.len() {
            return vec![point];
        }
        if let Some(first) = found.first_mut() {
            first.above = 1;
        }
        found
    };
    points.into_iter().zip(ends).flat_map(letters).collect()
}

/// Points by letters, roman numbers or a list's own numbers, with what was decided under half of them:
/// `B.  Årsberetning for 1997`, `II. Gebyrsatser`.
fn decided_marks(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8).to_string();
    let roman = |n: usize| ROMAN.get(n).copied().unwrap_or_default().to_owned();
    let decimal = |n: usize| (n + 1).to_string();
    let marks: [&dyn Fn(usize) -> String; 3] = [&letter, &roman, &decimal];
    let points = |mark: &dyn Fn(usize) -> String| -> Vec<Head> {
        let mut found: Vec<Head> = Vec::new();
        for i in range.clone().filter(|i| lines[*i].cells.is_none() && !lines[*i].continues) {
            let text = lines[i].text();
            let mark = mark(found.len());
            let is_number = mark.starts_with(|c: char| c.is_ascii_digit());
            let typed = text.strip_prefix(&mark).filter(|_| !is_number).and_then(|rest| rest.strip_prefix(['.', ')']));
            let typed = typed.map(str::trim_start);
            let own =
                || lines[i].label.filter(|l| lines[i].first && l.trim_end_matches(['.', ')']) == mark).map(|_| text);
            // A roman number is a number, a letter is none.
            let is_roman = ROMAN.get(found.len()).is_some_and(|roman| *roman == mark);
            // "II", and the title under it
            let alone = || {
                let below = lines.get(i + 1).filter(|l| l.raw.len() < LONGEST_POINT && !l.raw.ends_with(':'));
                below.filter(|_| is_roman && text.trim_end_matches('.') == mark).map(|_| "")
            };
            let title = typed.or_else(own).filter(|t| !t.is_empty() && lines[i].raw.len() < LONGEST_POINT);
            let title = title.or_else(alone);
            let number = Printed::running(&(found.len() + 1).to_string());
            let Some((title, number)) = title.zip(number) else { continue };
            let cue = CaseHead { number, title: text.len() - title.len() };
            found.push(Head { lettered: !is_roman, ..Head::new(i, cue, false) });
        }
        found
    };
    let is_decided = |found: &[Head]| {
        let ends = found.iter().skip(1).map(|h| h.line).chain([range.end]);
        let decided = found.iter().zip(ends).filter(|(h, end)| decides(&lines[h.line + 1..*end])).count();
        found.len() > 2 && decided * 2 >= found.len()
    };
    marks.into_iter().map(points).find(|found| is_decided(found)).unwrap_or_default()
}

/// Roman numbers of cases.
const ROMAN: [&str; 15] =
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"];

/// Whether some lines say what was decided: under a label, after an arrow or in a sentence.
pub(super) fn decides(lines: &[Line]) -> bool {
    let labelled = |l: &Line| fields(l).first().is_some_and(|f| f.field == Field::Decision && f.marked);
    let told = |paragraph: &[Line]| {
        let raw: Vec<&str> = paragraph.iter().map(|l| l.raw).collect();
        let raw = raw.join(" ");
        let said = sentences(&raw).into_iter().map(|(from, to)| Folded::text_of(&raw[from..to]));
        said.into_iter().any(|said| lexicon().decided.is_match(said.trim_start_matches(['-', ' '])))
    };
    let mut paragraphs = lines.chunk_by(|before, l| l.block == before.block && l.continues);
    lines.iter().any(|l| labelled(l) || arrow(l.raw).is_some())
        || paragraphs.any(|paragraph| paragraph[0].cells.is_none() && told(paragraph))
}

/// Between the points of such a list stand so many lines of text at most.
const TEXT_OF_POINT: usize = 4;

/// The points of a list without numbers: `- Lån til kunstgressbane`.
fn dashed_points(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let point = |i: usize| {
        let text = lines[i].text();
        let own = lines[i].label.is_some_and(|l| !l.contains(|c: char| c.is_alphanumeric()));
        let typed = text.strip_prefix(['-', '*']).map(str::trim_start);
        let title = typed.or_else(|| own.then_some(text)).filter(|t| !t.is_empty() && !t.ends_with('.'))?;
        let cue = CaseHead { number: Printed::running("1")?, title: text.len() - title.len() };
        let first = lines[i].first && lines[i].raw.len() < LONGEST_POINT;
        first.then(|| Head { lettered: true, ..Head::new(i, cue, false) })
    };
    let is_item = |i: &usize| lines[*i].kind == BlockKind::ListItem;
    let last =
        range.clone().filter(is_item).fold(range.start, |last, i| if i - last <= TEXT_OF_POINT { i } else { last });
    let found: Vec<Head> = (range.start..=last).filter(|i| range.contains(i) && is_item(i)).filter_map(point).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// Points that run on from any number, each a few words with sentences under them that, in half of them, say what was
/// decided or proposed: `31. Skatteinnfordringen.`, `Oversikten ble tatt til etterretning.`
fn told_points(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let mut found: Vec<Head> = Vec::new();
    for i in range.clone() {
        let line = &lines[i];
        let is_short = line.cells.is_none() && !line.continues && line.raw.len() < LONGEST_POINT;
        let cue = running_number(line).filter(|_| is_short);
        // A day or an hour may stand before the first point.
        if found.len() == 1 && cue.as_ref().is_some_and(|cue| cue.number.first == 1) {
            found.clear();
        }
        let runs_on = |cue: &CaseHead| found.last().is_none_or(|h| cue.number.first == h.cue.number.first + 1);
        let cue = cue.filter(runs_on);
        found.extend(cue.map(|cue| Head::new(i, cue, false)));
    }
    if found.len() < 3 {
        return Vec::new();
    }
    let ends = found.iter().skip(1).map(|h| h.line).chain([range.end]);
    let told = |(h, end): &(&Head, usize)| {
        let under = &lines[h.line + 1..*end];
        // A point that rules is one of a proposal.
        decides(under) || !rules(lines[h.line].raw) && under.iter().any(proposes)
    };
    let decided = found.iter().zip(ends).filter(told).count();
    if decided * 2 < found.len() {
        return Vec::new();
    }
    // Points right under each other are rows.
    for i in (range.start..found[0].line).rev().filter(|i| lines[*i].cells.is_some_and(|c| c.len() == 2)) {
        let before = found[0].cue.number.first.checked_sub(1);
        let cue = running_number(&lines[i]).filter(|cue| Some(cue.number.first) == before);
        cue.into_iter().for_each(|cue| found.insert(0, Head::new(i, cue, false)));
    }
    found
}

/// Titles without a mark, each a few words on a line of their own, where under each of them something is decided:
/// `Lekkasje på ledningen`, `Ledningen ligger grunt.`, `Det ble vedtatt: Ledningen legges om.`
pub(super) fn decided_titles(lines: &[Line], range: Range<usize>) -> Vec<Head> {
    let is_title = |i: &usize| {
        let line = &lines[*i];
        let plain = line.cells.is_none() && !line.continues && line.raw.len() < LONGEST_POINT;
        let words = line.raw.starts_with(char::is_uppercase) && !line.raw.ends_with(['.', ':', ',', '-']);
        // "Renter ........... 7 250,-", "Eva Lie     Per Ås"
        plain && words && !line.text().contains('\t') && !line.raw.contains("  ") && fields(line).is_empty()
    };
    let titles: Vec<usize> = range.clone().filter(is_title).collect();
    let ends = titles.iter().skip(1).copied().chain([range.end]);
    let decided: Vec<(usize, bool)> =
        titles.iter().zip(ends).map(|(at, end)| (*at, decides(&lines[at + 1..end]))).collect();
    let first = decided.iter().position(|(_, decided)| *decided).unwrap_or(decided.len());
    let head = |at: usize| {
        Some(Head { lettered: true, ..Head::new(at, CaseHead { number: Printed::running("1")?, title: 0 }, false) })
    };
    let all = decided[first..].iter().all(|(_, decided)| *decided) && decided.len() - first >= LEAST_TITLES;
    if all { decided[first..].iter().filter_map(|(at, _)| head(*at)).collect() } else { Vec::new() }
}

/// So many titles with decisions under them are cases.
const LEAST_TITLES: usize = 3;

/// Whether a line heads what somebody proposed: `Formannskapet innstiller:`.
fn proposes(line: &Line) -> bool {
    let heads = |f: &Found| f.field == Field::Proposal && f.marked;
    line.cells.is_none() && (fields(line).first().is_some_and(heads) || line.says(&lexicon().moved))
}

/// The words of such a point have so many bytes at most.
const LONGEST_POINT: usize = 80;

/// A running number at the start of a line, typed or automatic, and the title after it.
fn running_number(line: &Line) -> Option<CaseHead> {
    let text = line.text();
    // "(3)  Årsmelding"
    let open = usize::from(text.starts_with('('));
    let digits = text[open..].bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let end = open + digits;
    let rest = text[end..].trim_start_matches(['.', ')']).trim_start_matches([' ', '\t', '-', ':']);
    let title = text.len() - rest.len();
    let spaced = text[end..title].contains([' ', '\t']);
    let (from, _) = line.folded.source(title, text.len());
    let opens = line.raw.get(from..).and_then(|r| r.chars().next()).is_some_and(char::is_uppercase);
    let number = Printed::running(&text[open..end])?.after(open);
    (spaced && opens && text.len() < 200).then_some(CaseHead { number, title })
}

/// The number with a letter at the start of a line: `6a. Forslag fra fotballgruppa`.
fn lettered_number(line: &Line) -> Option<CaseHead> {
    let text = line.text();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix(|c: char| c.is_ascii_lowercase())?;
    let title = rest.trim_start_matches(['.', ')']).strip_prefix(' ')?;
    let from = text.len() - title.len();
    let number = Printed::running(&text[..digits])?;
    (digits <= 2 && text.len() < LONGEST_TITLE).then_some(CaseHead { number, title: from })
}
