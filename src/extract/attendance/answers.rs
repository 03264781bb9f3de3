//! People beside an answer: a yes, a no or a cross in a column, or after dots.

use memchr::memchr2;

use crate::document::{Block, Cell};
use crate::lang::{ColumnHead, Field, lexicon};
use crate::model::{Attendance, AttendanceStatus, Sourced};

use super::super::line::{LEADER, Line};
use super::super::text::{GAP, spaces_folded};
use super::super::values::name::{deputy_in, small_letters, stands_in_for};
use super::rows::{opens_with_name, under_heads};
use super::tables::{cell_text, column_head, head_words, of_cell};
use super::{listed, told};

/// The people of a table with a column of answers: `Navn | Parti | Til stede | Varamedlem`, with a yes, a no or a cross, and
/// the deputies of those who did not come. Without heads: `Per Ås | forfall, for ham møtte Eva Lie`, `Ola By | x`.
pub(super) fn answered(heads: Option<&[Cell]>, rows: &[&Line], blocks: &[Block]) -> Option<Vec<Attendance>> {
    let width =
        heads.map_or_else(|| rows.iter().filter_map(|r| r.cells).map(<[Cell]>::len).max().unwrap_or(0), <[Cell]>::len);
    // "Navn | Parti | M | F": met, or did not.
    let letters = |list| heads.and_then(|h| h.iter().position(|c| lexicon().is_particle(list, &head_words(&c.text))));
    let met = letters("met_letter").filter(|_| letters("absent_letter").is_some());
    let label = |at: usize| {
        let label = heads.and_then(|h| lexicon().labels.get(head_words(&h[at].text).as_str()).copied());
        label.or((met == Some(at)).then_some(Field::Present))
    };
    let answer = |row: &Line, at: usize| {
        row.cells.and_then(|c| c.get(at)).map(|c| small_letters(c.text.trim())).unwrap_or_default()
    };
    // "Vara", "For Per Ås", "møtte som vara"
    let stands_in = |answer: &str| {
        let is_deputy = |word: &str| lexicon().deputy_words.iter().any(|w| w == word);
        is_deputy(answer)
            || lexicon().deputy_for.iter().any(|w| answer.strip_prefix(w.as_str()).is_some_and(|a| a.starts_with(' ')))
            || answer
                .split_once(' ')
                .is_some_and(|(came, rest)| lexicon().is_particle("yes", came) && rest.split(' ').any(is_deputy))
    };
    // "Oppmøte", and under it where each of them took part, or that they did not: "Vadsø", "Teams", "Forfall".
    let tells_where = |at: usize, answers: &[String]| {
        let is_place =
            |a: &String| !a.is_empty() && a.split(' ').count() <= 2 && !a.contains(|c: char| c.is_ascii_digit());
        let told = |a: &String| says("no", a).is_some() || stands_in(a);
        heads.is_some_and(|h| lexicon().is_particle("attended", &head_words(&h[at].text)))
            && answers.iter().any(told)
            && answers.iter().all(|a| told(a) || is_place(a))
    };
    // "Forfall", and under it a mark beside those who did not come.
    let marks_absent = |at: usize, answers: &[String]| {
        let is_mark = |a: &String| says("yes", a).or_else(|| says("no", a)) == Some("");
        label(at) == Some(Field::Absent)
            && answers.iter().any(is_mark)
            && answers.iter().any(String::is_empty)
            && answers.iter().all(|a| a.is_empty() || is_mark(a))
    };
    // "M | Eva Lie, leder | Ap", "F | Per Ås | H"
    let is_code = |answer: &String| {
        ["met_letter", "absent_letter", "deputy_letter"].iter().any(|list| lexicon().is_particle(list, answer))
    };
    let are_coded = heads.is_none() && rows.len() > 2 && rows.iter().all(|row| is_code(&answer(row, 0)));
    let at = (usize::from(!are_coded)..width).find(|at| {
        let answers: Vec<String> = rows.iter().map(|row| answer(row, *at)).collect();
        if marks_absent(*at, &answers) {
            return true;
        }
        let is_head = heads.is_none_or(|h| {
            matches!(label(*at), Some(Field::Present | Field::Count))
                || column_head(&h[*at].text) == Some(ColumnHead::Note)
        });
        if !is_head {
            return false;
        }
        if tells_where(*at, &answers) {
            return true;
        }
        let told = answers.iter().filter(|a| says("yes", a).is_some() || says("no", a).is_some()).count();
        answers.iter().any(|a| says("yes", a).is_some())
            && answers
                .iter()
                .all(|a| a.is_empty() || says("yes", a).is_some() || says("no", a).is_some() || stands_in(a))
            && (heads.is_some() || told > 1 && told * 2 > answers.len())
    })?;
    let mut columns: Vec<Option<ColumnHead>> =
        heads.map_or_else(|| vec![None; width], |h| h.iter().map(|c| column_head(&c.text)).collect());
    if !columns.contains(&Some(ColumnHead::Name)) {
        // "Leder | Eva Lie | Til stede"
        let names =
            |at: usize| rows.iter().filter_map(|r| r.cells?.get(at)).filter(|c| opens_with_name(&c.text)).count();
        let name = (0..width.min(columns.len())).filter(|other| *other != at).max_by_key(|at| (names(*at), width - at));
        columns[name.unwrap_or_default()] = Some(ColumnHead::Name);
    }
    if heads.is_none() {
        let is_role = |c: &&Cell| lexicon().is_role(&c.text.trim().to_lowercase());
        let roles = |at: usize| rows.iter().filter_map(|r| r.cells?.get(at)).filter(is_role).count();
        let role =
            (0..width).find(|other| *other != at && columns[*other].is_none() && roles(*other) * 2 >= rows.len());
        role.into_iter().for_each(|at| columns[at] = Some(ColumnHead::Role));
    }
    let deputies = (1..width).find(|other| match heads {
        Some(_) => label(*other) == Some(Field::Deputies),
        None => {
            *other != at
                && columns[*other].is_none()
                && rows.iter().any(|r| r.cells.and_then(|c| c.get(*other)).is_some_and(|c| opens_with_name(&c.text)))
        }
    });
    if let Some(at) = deputies {
        // Beside a head of its own it holds no more of the people in the column of names.
        columns[at] = Some(if heads.is_none() { ColumnHead::DeputyFor } else { ColumnHead::Note });
    }
    // Where most cells are empty and some say no, these tell the exceptions: "Forfall", "Møtte kl. 16.30".
    let answers = |is: &dyn Fn(&str) -> bool| rows.iter().filter(|row| is(&answer(row, at))).count();
    let excepts =
        answers(&|a| says("no", a).is_some()) > 0 && answers(&str::is_empty) > answers(&|a| says("yes", a).is_some());
    let all: Vec<String> = rows.iter().map(|row| answer(row, at)).collect();
    let absent = marks_absent(at, &all);
    let is_present = excepts || absent || tells_where(at, &all);
    let unanswered = if is_present { AttendanceStatus::Present } else { AttendanceStatus::Absent };
    let deputy = letters("deputy_letter").filter(|_| met.is_some());
    let mut found = Vec::new();
    for row in rows {
        let is_deputy = deputy.is_some_and(|at| says("yes", &answer(row, at)).is_some());
        let answer = answer(row, at);
        let status = match answer.as_str() {
            _ if is_deputy => AttendanceStatus::Deputy,
            a if stands_in(a) => AttendanceStatus::Deputy,
            a if absent && !a.is_empty() => AttendanceStatus::Absent,
            a if says("no", a).is_some() => AttendanceStatus::Absent,
            a if says("yes", a).is_some() => AttendanceStatus::Present,
            _ => unanswered,
        };
        let mut people = under_heads(Some(columns.clone()), &[*row], status, blocks);
        if people.is_empty() {
            people = row.cells.and_then(|c| c.first()).map(|c| of_cell(row, c, status, blocks)).unwrap_or_default();
        }
        let member = people.first().map(|p| p.name.clone());
        found.extend(people);
        let cell = |at: usize| row.cells.and_then(|c| c.get(at));
        let mut stood_in =
            deputies.and_then(cell).map(|c| of_cell(row, c, AttendanceStatus::Deputy, blocks)).unwrap_or_default();
        // "forfall, for ham møtte varamann Eva Lie"
        if let Some((rest, cell)) = says("no", &answer).zip(cell(at)).filter(|(rest, _)| !rest.is_empty()) {
            let from = cell.start + cell.text.trim_end().len() - rest.len();
            let piece = Cell { start: from, ..cell.clone() };
            stood_in.extend(deputy_of_note(row, &piece, blocks));
        }
        found.extend(stood_in.into_iter().map(|d| Attendance { deputy_for: member.clone(), ..d }));
    }
    (heads.is_some() || !found.is_empty()).then_some(found)
}

/// The people of lines on which dots, a dash or a gap lead to how each of them attended: `Eva Lie, formann ....... møtt`,
/// `Per Ås (H) – forfall`, and under those who did not come their deputies in parentheses. Also how many lines that is.
#[must_use]
pub fn answered_lines<'l>(
    lines: impl IntoIterator<Item = &'l Line<'l>>,
    blocks: &[Block],
) -> Option<(usize, Vec<Attendance>)> {
    let told = |line: &Line| -> Option<Attendance> {
        // A row of dots is a TAB there.
        if line.cells.is_some() || memchr2(b'-', b'\t', line.text().as_bytes()).is_none() {
            return None;
        }
        let dashed = || line.raw.rsplit_once(" – ").or_else(|| line.raw.rsplit_once(" - "));
        let gap = || line.raw.rsplit_once(GAP);
        let (named, answer) = line.raw.split_once(LEADER).or_else(dashed).or_else(gap)?;
        let at = line.raw.len() - answer.trim_start_matches('.').trim_start().len();
        let answer = small_letters(line.raw[at..].trim_end_matches(')'));
        let member = stands_in_for(line.raw, (at, line.raw.len()));
        let status = if member.is_some() {
            AttendanceStatus::Deputy
        } else if says("no", &answer).is_some() {
            AttendanceStatus::Absent
        } else {
            says("yes", &answer).map(|_| AttendanceStatus::Present)?
        };
        let name = named.trim_start_matches('(').trim_end();
        let named = line.piece(line.start + named.len() - named.trim_start_matches('(').len(), name);
        let [person] = <[Attendance; 1]>::try_from(listed(&[&named], 0, status, blocks)).ok()?;
        let member = member
            .map(|(from, to)| Sourced::new(spaces_folded(&line.raw[from..to]), vec![line.raw_span(from, to)], blocks));
        Some(Attendance { deputy_for: person.deputy_for.or(member), ..person })
    };
    let mut people: Vec<Attendance> = Vec::new();
    for line in lines {
        let Some(person) = told(line) else { break };
        // "(varamann Eva Lie ....... møtt)", under the member who did not come
        let member = people.last().filter(|a| line.raw.starts_with('(') && a.status == AttendanceStatus::Absent);
        let member = member.filter(|_| person.status != AttendanceStatus::Absent).map(|a| a.name.clone());
        let status = if member.is_some() { AttendanceStatus::Deputy } else { person.status };
        people.push(Attendance { status, deputy_for: person.deputy_for.or(member), ..person });
    }
    (people.len() > 2).then_some((people.len(), people))
}

/// The people of a row with how each of them attended in the row under it: `Eva Lie | Per Ås | Kari Moe`, and under them
/// `Møtt | Forfall | Møtt for Per Ås`. Also how many rows that is.
#[must_use]
pub fn answered_below(rows: &[Line], blocks: &[Block]) -> Option<(usize, Vec<Attendance>)> {
    let [row, below, ..] = rows else { return None };
    let (people, answers) = (row.cells?, below.cells.filter(|_| row.block == below.block)?);
    if people.len() < 3 || people.len() != answers.len() || !people.iter().all(|c| opens_with_name(&c.text)) {
        return None;
    }
    let mut found = Vec::new();
    for (person, answer) in people.iter().zip(answers) {
        let text = small_letters(answer.text.trim());
        let member = says("yes", &text).filter(|rest| !rest.is_empty()).and_then(|rest| {
            let end = answer.text.trim_end().len();
            let (from, to) = stands_in_for(&answer.text, (end - rest.len(), end))?;
            cell_text(below, answer.start + from, answer.start + to, blocks)
        });
        let status = match (&member, says("yes", &text), says("no", &text)) {
            (Some(_), ..) => AttendanceStatus::Deputy,
            (_, Some(""), _) => AttendanceStatus::Present,
            (_, _, Some(_)) => AttendanceStatus::Absent,
            _ => return None,
        };
        let stood_in = |a: Attendance| Attendance { deputy_for: a.deputy_for.or_else(|| member.clone()), ..a };
        found.extend(of_cell(row, person, status, blocks).into_iter().map(stood_in));
    }
    Some((2, found))
}

/// The people whom a line names in parentheses after a no: `meldt forfall (Per Ås)`, `ikke møtt (Per Ås hadde meldt
/// forfall)`.
#[must_use]
pub fn absent_in_parentheses(line: &Line, blocks: &[Block]) -> Vec<Attendance> {
    let named = line.raw.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    let Some(named) = named.filter(|_| says("no", &small_letters(line.raw)).is_some()) else { return Vec::new() };
    let at = line.raw.len() - named.len() - 1;
    let named = line.piece(line.start + at, named);
    let found = told(&[&named], blocks);
    if found.is_empty() { listed(&[&named], 0, AttendanceStatus::Absent, blocks) } else { found }
}

/// What follows a word of a list at the start of a text in small letters.
pub(super) fn says<'t>(list: &str, text: &'t str) -> Option<&'t str> {
    let ends: Vec<usize> =
        text.char_indices().filter(|(_, c)| matches!(c, ' ' | ',' | ';' | '.' | ':')).map(|(at, _)| at).collect();
    let end =
        ends.into_iter().take(3).chain([text.len()]).filter(|end| lexicon().is_particle(list, &text[..*end])).max()?;
    Some(text[end..].trim_start_matches([' ', ',', ';', '.', ':']))
}

/// The people that the sentences in a cell tell of: `Eva Lie meldte forfall`.
pub(super) fn told_in(row: &Line, cell: &Cell, blocks: &[Block]) -> Vec<Attendance> {
    text_of(row, cell).map(|raw| told(&[&row.piece(cell.start.max(row.start), raw)], blocks)).unwrap_or_default()
}

/// The text of a cell as it stands in its row.
fn text_of<'l>(row: &Line<'l>, cell: &Cell) -> Option<&'l str> {
    row.raw.get(cell.start.saturating_sub(row.start)..cell.end.saturating_sub(row.start).min(row.raw.len()))
}

/// The deputy that a note names: `for ham møtte varamann Eva Lie`.
fn deputy_of_note(row: &Line, cell: &Cell, blocks: &[Block]) -> Vec<Attendance> {
    let Some(raw) = text_of(row, cell) else { return Vec::new() };
    let found = told_in(row, cell, blocks).into_iter().filter(|a| a.status == AttendanceStatus::Deputy);
    let found: Vec<Attendance> = found.collect();
    // "Nei – vara: Eva Lie"
    let lead = raw.len() - raw.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    match deputy_in(raw, (lead, raw.len())).filter(|_| found.is_empty()) {
        Some((start, end)) => {
            let named = Cell { start: cell.start + start, end: cell.start + end, ..cell.clone() };
            of_cell(row, &named, AttendanceStatus::Deputy, blocks)
        }
        None => found,
    }
}
