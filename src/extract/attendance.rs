//! Attendance: who was invited, met, was absent, from lists and tables under their labels.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::document::Block;
use crate::lang::{Field, lexicon};
use crate::model::{Attendance, AttendanceStatus, Sourced};

use super::line::{Folded, LEADER, Line};
use super::municipality;
use super::passage::{Passage, passages, sentences};
use super::text::GAP;
use super::values::name::{Person, is_deputy, is_name, is_party, people, trimmed};

mod answers;
mod groups;
mod rows;
mod tables;
mod told;

pub use answers::{absent_in_parentheses, answered_below, answered_lines};
pub use groups::{by_parties, group, in_groups, under_own_groups};
pub use rows::{opens_with_name, rest_of_name};
pub use tables::{by_columns, cell_text, columns, columns_or_line, lists_people, marked, members, under_columns};
pub use told::{chairs, movements, told};

use rows::from_table;
use tables::heads;
use told::tells;

/// Spaces and dots that set columns apart.
const GAPS: [&str; 2] = [GAP, LEADER];

/// The status that a label gives to the people it lists.
#[must_use]
pub fn status(field: Field) -> Option<AttendanceStatus> {
    Some(match field {
        Field::Invited => AttendanceStatus::Invited,
        Field::Present => AttendanceStatus::Present,
        Field::Absent => AttendanceStatus::Absent,
        Field::Deputies => AttendanceStatus::Deputy,
        Field::Staff => AttendanceStatus::Staff,
        Field::Observers => AttendanceStatus::Observer,
        _ => return None,
    })
}

/// The people in the text after a label (`skip` bytes into the first line) and on the lines that go on with the list.
#[must_use]
pub fn listed(lines: &[&Line], skip: usize, status: AttendanceStatus, blocks: &[Block]) -> Vec<Attendance> {
    let after_row = |i: usize| i > 0 && lines[i - 1].cells.is_some() && rest_of_name(lines[i]);
    let (rows, text): (Vec<_>, Vec<_>) =
        lines.iter().enumerate().partition(|(i, l)| l.cells.is_some() || after_row(*i));
    let (rows, text): (Vec<&Line>, Vec<&Line>) =
        (rows.into_iter().map(|r| *r.1).collect(), text.into_iter().map(|r| *r.1).collect());
    let mut found = Vec::new();
    let skip = if lines.first().is_some_and(|l| l.cells.is_none()) { skip } else { 0 };
    let mut party: Option<Sourced<String>> = None;
    // The line with which the people of a party begin, and where in it.
    let (mut start, mut from) = (0, skip);
    for (i, line) in text.iter().enumerate().chain(text.last().map(|l| (text.len(), l))) {
        let head = if i < text.len() && (i > 0 || skip == 0) { party_head(line) } else { None };
        if i < text.len() && head.is_none() {
            continue;
        }
        let skip = from;
        // Columns without a table: each line is a person.
        let filled = if text.get(start).is_some_and(|l| skip >= l.raw.len()) { start + 1 } else { start };
        let wide = text[filled.min(i)..i].iter().filter(|l| GAPS.iter().any(|gap| l.raw.contains(gap))).count();
        let in_columns = wide > 1 && wide + 1 >= i - filled;
        // A member a line, in a block whose lines the page's width may have broken.
        let is_person = |l: &&Line| people(&tabbed(l.raw)).len() == 1 && !l.raw.ends_with(',');
        let first = text.get(start).and_then(|l| l.raw.get(skip..)).unwrap_or_default();
        // Two lines are members too where the first is a whole name: "Forfall:  Eva Lie", and under it "Per Ås (H)"; also
        // with the municipality: "Eva Lie, Rendalen".
        let ends = |range: (usize, usize)| range.1 == first.trim_end().len();
        let of_municipality =
            || first.rsplit_once(", ").is_some_and(|(_, place)| !municipality::named(place).is_empty());
        // "bygningssjef Eva Lie og avdelingsingeniør" goes on.
        let joins = |word: &str| lexicon().is_particle("conjunctions", word);
        // "Eva Lie (H). Varamann Per Ås"
        let is_one = sentences(first).len() < 2;
        let is_whole = || {
            is_one
                && !first.split(' ').any(joins)
                && (of_municipality()
                    || people(first).iter().any(|p| ends(p.name) || p.role.or(p.deputy_for).is_some_and(ends)))
        };
        let are_lines = i - start > 2 || i - start == 2 && is_whole();
        // One of several may hold something else: a remark, a first name alone.
        let others = text[(start + 1).min(i)..i].iter().filter(|l| !is_person(l)).count();
        let a_line_each =
            are_lines && people(&tabbed(first)).len() < 2 && others <= usize::from(i - start >= LEAST_LINES);
        let read = if in_columns || a_line_each {
            let skips = std::iter::once(skip).chain(std::iter::repeat(0));
            // "Larvik ....... Per Ås og Eva", and under it "Lie"
            let rows = text[start..i].chunk_by(|_, line| in_columns && rest_of_name(line));
            rows.zip(skips).flat_map(|(lines, skip)| passages(lines, skip, blocks)).collect()
        } else {
            let mut skip = skip;
            let mut apart = text[start..i].chunk_by(|before, line| !begins_person(before, line));
            let mut read = Vec::new();
            for lines in apart.by_ref() {
                read.extend(passages(lines, std::mem::take(&mut skip), blocks));
            }
            read
        };
        for (nth, passage) in read.into_iter().map(until_told).enumerate() {
            // A role on a line of its own, under the name.
            if let Some((inner, last)) = in_parentheses(&passage.raw).zip(found.last_mut()) {
                let last: &mut Attendance = last;
                last.role = last.role.take().or_else(|| Some(passage.sourced(inner, blocks)));
                continue;
            }
            let people = from_passage(&passage, status, blocks);
            // "Herredskasserer Eva Lie møtte under sak 3.", on a line of its own
            let of_office = |a: &Attendance| a.role.as_ref().is_some_and(is_office);
            if nth > 0 && people.iter().all(of_office) && lexicon().arrived.opens(&passage.folded.text) {
                continue;
            }
            found.extend(people.into_iter().map(|a| Attendance { represents: a.represents.or(party.clone()), ..a }));
        }
        if let Some((name_from, name_to, after)) = head {
            let span = line.span_of(name_from, name_to);
            party = Some(Sourced::new(
                line.raw[span.start - line.start..span.end - line.start].to_owned(),
                vec![span],
                blocks,
            ));
            (start, from) = if after < line.text().len() {
                (i, line.folded.source(after, line.text().len()).0)
            } else {
                (i + 1, 0)
            };
        }
    }
    found.extend(from_table(&rows, status, blocks));
    found
}

/// So many lines list a person each, though one of them holds something else.
const LEAST_LINES: usize = 4;

/// Whether a line of a list begins with a person though the line before ends with one and no comma:
/// `Eva Lie, Per Ås`, and under it `Jon Moe møtte for Kari Rud`; `Eva Lie, H, for Per Ås`, and under it `Jon Moe, V, for Kari Rud`.
fn begins_person(before: &Line, line: &Line) -> bool {
    let full = |item: &str| item.split(' ').count() > 1 && is_name(item);
    let last = before.raw.rsplit(',').next().unwrap_or_default().trim();
    let member = lexicon().deputy_for.iter().find_map(|w| last.strip_prefix(w.as_str())?.strip_prefix(' '));
    let last = member.unwrap_or(last);
    let words: Vec<&str> = line.raw.split(' ').collect();
    let names = words.iter().take_while(|w| w.starts_with(char::is_uppercase)).count();
    let stands_in = lexicon().deputy_for.iter().any(|w| words[names..].join(" ").starts_with(w.as_str()));
    let named = words[..names].join(" ");
    line.continues && full(last) && stands_in && full(named.split(',').next().unwrap_or_default())
}

/// A list up to the first sentence after it that tells of others: `Eva Lie, Per Ås. Forfall hadde Jon Moe.`
fn until_told(passage: Passage) -> Passage {
    // "Kirkeverge Eva Lie møtte under sak 3."
    let comes = |sentence: &str| lexicon().arrived.is_match(&Folded::text_of(sentence));
    // "Varamedlemmer møter bare etter avtale."
    let names_nobody = |sentence: &str| sentence.contains(' ') && people(sentence).is_empty();
    let of_others = |(from, to): &(usize, usize)| {
        let sentence = &passage.raw[*from..*to];
        tells(sentence) || comes(sentence) || names_nobody(sentence)
    };
    match sentences(&passage.raw).into_iter().skip(1).find(of_others) {
        Some((from, _)) => passage.cut((0, from)),
        None => passage,
    }
}

/// Whether a role is an office of the administration.
#[must_use]
pub fn is_office(role: &Sourced<String>) -> bool {
    let role = role.value.to_lowercase();
    if lexicon().is_particle("offices", &role) {
        return true;
    }
    let ends = |word: &str| {
        // "kassereren"
        let plain = lexicon().indefinite(word).unwrap_or(word);
        [word, plain].into_iter().any(|word| lexicon().ends_as_role(word))
    };
    role.split([' ', '/']).any(|word| ends(word) && !lexicon().elected_roles.contains(word))
}

/// Those met whom a list names beside the chair, where it is the only one: `Eva Lie ledet møtet. Til stede ellers: Per Ås, …`.
pub fn beside_chair(people: &mut [Attendance]) {
    let count = |status| people.iter().filter(|a| a.status == status).count();
    if count(AttendanceStatus::Present) < 2 && count(AttendanceStatus::Observer) > 2 {
        let others = people.iter_mut().filter(|a| a.status == AttendanceStatus::Observer);
        others.for_each(|a| {
            a.status = if a.deputy_for.is_some() { AttendanceStatus::Deputy } else { AttendanceStatus::Present }
        });
    }
}

/// The people as what is known of each makes it, but for the `observers`; a deputy who is named beside the member and among
/// those who met once.
#[must_use]
pub fn once(people: Vec<Attendance>, observers: &HashSet<String>) -> Vec<Attendance> {
    let mut found: Vec<Attendance> = Vec::with_capacity(people.len());
    let met = |a: &Attendance| matches!(a.status, AttendanceStatus::Present | AttendanceStatus::Deputy);
    let is_deputy = |a: &Attendance| a.status == AttendanceStatus::Deputy;
    let settled = |person: Attendance| if observers.contains(&person.name.value) { person } else { settled(person) };
    for person in people.into_iter().map(settled) {
        let same = |k: &&mut Attendance| {
            k.name.value == person.name.value && met(k) && met(&person) && (is_deputy(k) || is_deputy(&person))
        };
        match found.iter_mut().find(same) {
            Some(known) => {
                known.status = AttendanceStatus::Deputy;
                known.role = known.role.take().or(person.role);
                known.represents = known.represents.take().or(person.represents);
                known.deputy_for = known.deputy_for.take().or(person.deputy_for);
            }
            None => found.push(person),
        }
    }
    found
}

/// A guest with an office of the administration is staff: `Ellers møtte: rådmann Eva Lie`.
fn settled(person: Attendance) -> Attendance {
    let observes = |role: &Sourced<String>| {
        let role = role.value.to_lowercase();
        role.split(' ').next().is_some_and(|w| lexicon().labels.get(w) == Some(&Field::Observers))
    };
    // "Eva Lie (daglig leder, sekretær)" among the members
    let leads = |role: &Sourced<String>| {
        let role = role.value.to_lowercase();
        lexicon().is_particle("chief_offices", role.split(',').next().unwrap_or_default())
    };
    let role = person.role.as_ref();
    let status = match person.status {
        AttendanceStatus::Observer if role.is_some_and(is_office) => AttendanceStatus::Staff,
        AttendanceStatus::Present if role.is_some_and(observes) => AttendanceStatus::Observer,
        AttendanceStatus::Present if role.is_some_and(leads) => AttendanceStatus::Staff,
        AttendanceStatus::Present if role.is_some_and(|r| is_deputy(&r.value.to_lowercase())) => {
            AttendanceStatus::Deputy
        }
        status => status,
    };
    Attendance { status, ..person }
}

/// Whether a line is a person alone, with what stands after a comma or a TAB or in parentheses.
#[must_use]
pub fn is_person(line: &Line) -> bool {
    is_name(line.raw.split(['(', ',', '\t']).next().unwrap_or_default().trim())
}

/// Whether a line is a deputy alone, with the member: `Eva Lie for Per Ås`.
#[must_use]
pub fn is_deputy_for(line: &Line) -> bool {
    let names = |(from, to): (usize, usize)| is_name(&line.raw[from..to]);
    line.cells.is_none() && matches!(people(line.raw)[..], [Person { deputy_for: Some(member), .. }] if names(member))
}

/// Whether a line is an office and the name of who holds it: `Rådmann Eva Lie`.
#[must_use]
pub fn is_official(line: &Line) -> bool {
    line.cells.is_none()
        && matches!(people(line.raw)[..], [Person { role: Some(role), name, .. }]
            if role.0 == 0 && name.1 == line.raw.trim_end_matches('.').len())
}

/// The inside of a text that is one parenthesis.
fn in_parentheses(raw: &str) -> Option<(usize, usize)> {
    let inner = raw.trim().strip_prefix('(')?.strip_suffix(')')?;
    let start = raw.find('(')? + 1;
    (!inner.contains(['(', ')'])).then_some((start, start + inner.len()))
}

/// The people of a list that gives first names alone: `Linn, Erik-David, Marit`. An item that is no name is passed over
/// where four of five are.
fn first_names(text: &str) -> Vec<Person> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut items = 0;
    for item in text.split_inclusive(',') {
        let name = trimmed(text, (at, at + item.len()));
        at += item.len();
        let word = &text[name.0..name.1];
        let capital = |part: &str| {
            part.chars().next().is_some_and(char::is_uppercase) && part.chars().skip(1).all(char::is_lowercase)
        };
        items += 1;
        if word.chars().count() > 1 && word.split('-').all(capital) || is_name(word) {
            found.push(Person { name, ..Person::default() });
        }
    }
    if found.len() >= 3 && found.len() * 5 >= items * 4 { found } else { Vec::new() }
}

/// The last names that stand alone among `people` whose names are all but that: `Formannen Lie, fru Ås, Moe og Rud (syk)`.
fn last_names(text: &str, people: &[Person]) -> Vec<Person> {
    let is_last = |p: &Person| !text[p.name.0..p.name.1].contains(' ');
    if people.is_empty() || !people.iter().all(is_last) {
        return Vec::new();
    }
    let and = |word: &str| lexicon().is_particle("conjunctions", word);
    let mut found = Vec::new();
    for piece in text.split(',') {
        let pieces = piece.split_whitespace().collect::<Vec<_>>();
        let names = pieces.split(|word| and(word)).filter_map(|words| match words {
            [name] => Some((*name, None)),
            [name, role] if role.starts_with('(') && role.ends_with(')') => {
                Some((*name, Some(&role[1..role.len() - 1])))
            }
            _ => None,
        });
        for (name, role) in names {
            let range = |part: &str| {
                let from = part.as_ptr().addr() - text.as_ptr().addr();
                (from, from + part.len())
            };
            let name = trimmed(text, range(name.trim_end_matches('.')));
            let word = &text[name.0..name.1];
            let is_word = word.starts_with(char::is_uppercase)
                && word.chars().skip(1).all(|c| c.is_lowercase() || c == '-')
                && word.chars().count() > 1;
            if is_word && !people.iter().any(|p| p.name == name) {
                found.push(Person { name, role: role.map(range), ..Person::default() });
            }
        }
    }
    if people.len() + found.len() < LEAST_LAST_NAMES { Vec::new() } else { found }
}

/// So many last names alone are a list.
const LEAST_LAST_NAMES: usize = 3;

/// A group that chose some of those who met has fewer words than this.
const GROUP_WORDS: usize = 4;

/// The party, municipality or group that heads a list of people, as a range of the folded text, and where the people after it begin:
/// `ARBEIDERPARTIET`, `Høyre (6):`, `For Venstre: Eva Lie, Per Ås`, `Ørland`.
#[must_use]
pub fn party_head(line: &Line) -> Option<(usize, usize, usize)> {
    let text = line.text();
    let end = text.find(':').unwrap_or(text.len());
    let words = text[..end].split('(').next().unwrap_or_default().trim_end();
    let from = words.split(' ').next().filter(|w| lexicon().is_particle("before_body", w)).map_or(0, |w| w.len() + 1);
    let name = words.get(from..)?;
    let raw = line.span_of(from, words.len());
    let printed = line.raw.get(raw.start - line.start..raw.end - line.start)?;
    // "Nord-Odal kommune: Eva Lie og Per Ås."
    let municipality =
        lexicon().municipality_words.iter().find_map(|w| name.strip_suffix(w.as_str())).map(str::trim_end);
    let to = from + municipality.filter(|_| end < text.len()).unwrap_or(name).len();
    let alone =
        || from == 0 && words.len() == text.len() && line.cells.is_none() && !municipality::named(name).is_empty();
    // "for lærerne: Eva Lie, Per Ås"
    let of_group = || {
        let people = line.raw.split_once(':').map_or("", |(_, people)| people);
        from > 0
            && printed.starts_with(char::is_lowercase)
            && name.split(' ').count() < GROUP_WORDS
            && opens_with_name(people.trim_start())
            && lexicon().labels.get(words).is_none_or(|field| *field == Field::Present)
    };
    let is_head = !name.is_empty() && (to < words.len() || is_party(printed) || alone() || of_group());
    is_head.then(|| (from, to, (end + 1).min(text.len())))
}

/// How many people a line lists.
#[must_use]
pub fn people_of(line: &Line) -> usize {
    people(&tabbed(line.raw)).len()
}

/// A text with TABs where wide gaps or rows of dots set columns apart; as long as the source, so that the places hold.
fn tabbed(raw: &str) -> Cow<'_, str> {
    if !GAPS.iter().any(|gap| raw.contains(gap)) {
        return Cow::Borrowed(raw);
    }
    let mut text = raw.replace(GAPS[0], "\t  ");
    let mut from = 0;
    while let Some(at) = text[from..].find(LEADER).map(|at| from + at) {
        let dots = text[at..].bytes().take_while(|b| *b == b'.').count();
        from = at + dots;
        text.replace_range(at..from, &format!("\t{}", " ".repeat(dots - 1)));
    }
    Cow::Owned(text)
}

pub(super) fn from_passage(passage: &Passage, status: AttendanceStatus, blocks: &[Block]) -> Vec<Attendance> {
    let is_deputy = |role: Option<(usize, usize)>| {
        role.is_some_and(|(s, e)| is_deputy(&passage.raw[s..e].to_lowercase().replace("- ", "")))
    };
    let mut people = people(&tabbed(&passage.raw));
    let first_names = first_names(&passage.raw);
    if people.len() * 2 < first_names.len() {
        people = first_names;
    }
    let last_names = last_names(&passage.raw, &people);
    people.extend(last_names);
    people.sort_by_key(|p| p.name);
    // "varamedlemmene Eva Lie og Per Ås"
    let heads_deputies = |role: Option<(usize, usize)>| {
        role.is_some_and(|(s, e)| lexicon().is_particle("deputies", &passage.raw[s..e].to_lowercase()))
    };
    let mut of_deputies = false;
    people
        .into_iter()
        .flat_map(|p| {
            let get = |r| passage.name(r, blocks);
            of_deputies = heads_deputies(p.role) || of_deputies && p.role.is_none();
            let role = p.role.filter(|_| !heads_deputies(p.role)).map(get);
            let deputy_for = p.deputy_for.map(get);
            // "Kari Moe (vara Per Ås møtte)"
            let deputy = p.deputy.map(|deputy| Attendance {
                deputy_for: Some(get(p.name)),
                ..Attendance::new(get(deputy), AttendanceStatus::Deputy)
            });
            let status = match status {
                AttendanceStatus::Present if p.stayed_away => AttendanceStatus::Absent,
                AttendanceStatus::Present if of_deputies || deputy_for.is_some() || is_deputy(p.role) => {
                    AttendanceStatus::Deputy
                }
                AttendanceStatus::Absent if deputy_for.is_some() && is_deputy(p.role) => AttendanceStatus::Deputy,
                status => status,
            };
            let represents = p.represents.map(get);
            let person = Attendance { role, represents, deputy_for, ..Attendance::new(get(p.name), status) };
            std::iter::once(person).chain(deputy)
        })
        .collect()
}

/// Whether a line can go on with a list of people.
#[must_use]
pub fn goes_on(line: &Line) -> bool {
    if line.cells.is_some()
        || heads(line.raw.split('\t')).is_some()
        || party_head(line).is_some()
        || in_parentheses(line.raw).is_some()
    {
        return true;
    }
    let unnumbered = line.raw.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('.');
    let sentences = sentences(unnumbered);
    let first = sentences.first().map_or("", |(from, to)| &unnumbered[*from..*to]);
    // "– Per Ås. Varamedlem kunne ikke møte."
    let opens =
        || is_name(first.split(['(', ',']).next().unwrap_or_default().trim_matches(|c: char| !c.is_alphabetic()));
    let words = line.raw.split_whitespace().count();
    let people = people_of(line);
    people > 0
        && (words <= SHORT_LIST || people * WORDS_A_PERSON >= words)
        && !tells(first)
        && (sentences.len() == 1 || opens())
}

/// A line of so many words may list people whatever else it holds.
const SHORT_LIST: usize = 40;

/// A longer one does where it names somebody in every so many words.
const WORDS_A_PERSON: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_and_dots_become_tabs_of_the_same_length() {
        assert_eq!(tabbed("Eva ..... leder   Ål"), "Eva \t     leder\t  Ål");
        let many = "Eva.....".repeat(100_000);
        assert_eq!(tabbed(&many).len(), many.len());
    }
}
