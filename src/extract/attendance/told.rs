//! People in sentences: who met, stood in, was absent, came late or left early.

use crate::document::Block;
use crate::lang::{Captures, Field, Patterns, lexicon};
use crate::model::{Attendance, AttendanceStatus, Sourced};

use super::super::line::{Folded, Line};
use super::super::passage::{Passage, passages, sentences};
use super::super::values::name::{is_name, only_last_names, people};
use super::super::values::number::{self, Order};
use super::{from_passage, is_office, status};

/// The people that sentences list: "Til stede var Eva Lie, Per Ås og Jon Moe. Kari Rud hadde meldt forfall."
#[must_use]
pub fn told(lines: &[&Line], blocks: &[Block]) -> Vec<Attendance> {
    let mut found = Vec::new();
    let may_tell = [&lexicon().stood_in, &lexicon().met, &lexicon().missed];
    if let [line] = lines
        && !may_tell.iter().any(|list| line.may_say(list))
    {
        return found;
    }
    for passage in passages(lines, 0, blocks) {
        for range in sentences(&passage.raw) {
            let folded = Folded::new(passage.raw[range.0..range.1].trim_end_matches(['.', ' ']));
            let groups = |c: &Captures| Some((c.name("people")?.range(), c.name("guests").map(|m| m.range())));
            let people = |patterns: &Patterns| groups(&patterns.captures(&folded.text)?);
            let cut = |m: std::ops::Range<usize>| {
                let (from, to) = folded.source(m.start, m.end);
                passage.cut((range.0 + from, range.0 + to))
            };
            // "(vm. for Jon Dahl, som hadde forfall)"
            let is_clause = |listed: &std::ops::Range<usize>| {
                let last = folded.text[listed.clone()].rsplit(' ').next().unwrap_or_default();
                lexicon().is_particle("after_name", last)
            };
            // "I stedet for Jon Dahl møtte Ola By.", "For Jon Dahl og Eva Lie, som hadde forfall, møtte Ola By og Per Ås."
            let in_place = lexicon().stood_in.captures(&folded.text);
            let whom = in_place.as_ref().and_then(|c| Some(c.name("for")?.range()));
            // "For foreldrene møtte Eva Lie."
            let of_group = whom.clone().is_some_and(|whom| is_group(&cut(whom).raw));
            let members = whom.filter(|_| !of_group).map(cut);
            let members = members.map(|m| from_passage(&m, AttendanceStatus::Absent, blocks)).unwrap_or_default();
            let missed = people(&lexicon().missed).map(|(listed, _)| listed).filter(|listed| !is_clause(listed));
            // "Per Ås hadde meldt fra at han ikke kunne komme, og vara Eva Lie møtte for ham."
            let (stood_in, told_missed) = (in_place.as_ref().and_then(groups), missed.is_some());
            let members = match missed.clone().filter(|_| stood_in.is_some() && members.is_empty()) {
                Some(listed) => from_passage(&cut(listed), AttendanceStatus::Absent, blocks),
                None => members,
            };
            let (status, listed) = if let Some((listed, _)) = stood_in {
                (if of_group { AttendanceStatus::Present } else { AttendanceStatus::Deputy }, listed)
            } else if let Some((listed, guests)) = people(&lexicon().met) {
                (guests.map_or(AttendanceStatus::Present, |phrase| guest(&folded.text[phrase])), listed)
            } else if let Some(listed) = missed {
                (AttendanceStatus::Absent, listed)
            } else {
                continue;
            };
            let listed = cut(listed);
            let mut people = from_passage(&listed, status, blocks);
            if people.is_empty() && in_place.is_some() {
                // "Varamann Lie møtte for Ås."
                let names = only_last_names(&listed.raw).into_iter().map(|name| listed.name(name, blocks));
                people.extend(names.map(|name| Attendance::new(name, status)));
            }
            if people.len() == members.len() {
                for (deputy, member) in people.iter_mut().zip(&members) {
                    deputy.deputy_for = deputy.deputy_for.take().or(Some(member.name.clone()));
                }
            }
            let excused = told_missed
                || folded.text.split(' ').any(|w| lexicon().is_particle("no", w.trim_end_matches([',', '.'])));
            // "Herredskasserer Eva Lie møtte under sak 44."
            let of_office =
                |a: &Attendance| a.status == AttendanceStatus::Present && a.role.as_ref().is_some_and(is_office);
            // "Fra havnevesenet møtte havnesjef Eva Lie og Per Ås."
            let from_office = status == AttendanceStatus::Observer
                && folded.text.split(' ').next().is_some_and(|word| lexicon().is_particle("by", word))
                && people.first().and_then(|a| a.role.as_ref()).is_some_and(is_office);
            let staff = people.iter().all(of_office) || from_office;
            let settled =
                |a: Attendance| Attendance { status: if staff { AttendanceStatus::Staff } else { a.status }, ..a };
            // "Til stede var Eva Lie og Per Ås, varamann for Kari Moe, som hadde meldt forfall."
            let stayed_away = people.iter().filter_map(|a| a.deputy_for.clone()).filter(|_| excused);
            let named = |name: &Sourced<String>| members.iter().chain(&people).any(|a| a.name.value == name.value);
            let stayed_away = stayed_away.filter(|name| is_name(&name.value) && !named(name)).map(absent);
            let stayed_away: Vec<Attendance> = stayed_away.collect();
            found.extend(people.into_iter().map(settled));
            found.extend(members.into_iter().filter(|_| excused));
            found.extend(stayed_away);
        }
    }
    found
}

fn absent(name: Sourced<String>) -> Attendance {
    Attendance::new(name, AttendanceStatus::Absent)
}

/// Who led the meeting, as a sentence of some lines says: `Formannen, gardbruker Per Ås, ledet møtet.`
#[must_use]
pub fn chairs(lines: &[&Line], blocks: &[Block]) -> Vec<Attendance> {
    let led = |passage: &Passage| {
        let folded = &passage.folded;
        let people = sentences(&passage.raw).into_iter().filter_map(|(from, to)| {
            let from = folded.at(from);
            let said = folded.text[from..folded.at(to)].trim_end_matches(['.', ' ']);
            let who = lexicon().chaired.captures(said)?.name("people")?.range();
            let people = passage.cut(folded.source(from + who.start, from + who.end));
            Some(from_passage(&people, AttendanceStatus::Present, blocks))
        });
        people.flatten().collect::<Vec<_>>()
    };
    let may_lead = |passage: &&Passage| passage.stirred().of(&lexicon().chaired).any();
    passages(lines, 0, blocks).iter().filter(may_lead).flat_map(led).collect()
}

/// Whether those for whom somebody met are a group that chose them, neither members by name nor an office: `de ansatte`.
fn is_group(whom: &str) -> bool {
    let word = whom.rsplit(' ').next().unwrap_or_default();
    let plain = lexicon().indefinite(word).unwrap_or(word);
    word.starts_with(char::is_lowercase) && !lexicon().is_role(plain) && !lexicon().is_particle("pronouns", word)
}

/// The status of those that a phrase brings in: `Fra administrasjonen`, `Dessuten`.
fn guest(phrase: &str) -> AttendanceStatus {
    // "Av varamenn", "som vararepresentanter"
    if phrase.split(' ').any(|word| lexicon().deputy_words.iter().any(|w| w == word)) {
        return AttendanceStatus::Deputy;
    }
    // "Sekretær var", "var til stede og førte møteboka"
    let is_secretary = |word: &str| {
        lexicon().labels.get(word) == Some(&Field::Secretary) || lexicon().is_particle("minute_book", word)
    };
    if phrase.split(' ').any(is_secretary) {
        return AttendanceStatus::Staff;
    }
    // "Av rådets medlemmer", "Fra styret"
    let of_body = |word: &str| {
        lexicon().is_body_word(word.strip_suffix('s').unwrap_or(word)) || lexicon().is_particle("roster", word)
    };
    if phrase.split(' ').skip(1).take(2).all(of_body)
        && phrase.contains(' ')
        && lexicon().labels.get(phrase).is_none_or(|f| status(*f) == Some(AttendanceStatus::Present))
    {
        return AttendanceStatus::Present;
    }
    // "Fra styret og administrasjonen"
    let words: Vec<&str> = phrase.split(' ').filter(|w| !lexicon().is_particle("conjunctions", w)).collect();
    let of = |from: usize| words.iter().skip(from).map(|last| format!("{} {last}", words[from])).collect::<Vec<_>>();
    let named = std::iter::once(phrase.to_owned()).chain((0..words.len()).flat_map(of));
    let known = named.filter_map(|label| lexicon().labels.get(&label).and_then(|f| status(*f)));
    // "Frå lærarane møtte Eva Lie": a list of them would be of members.
    known.into_iter().find(|s| *s != AttendanceStatus::Present).unwrap_or(AttendanceStatus::Observer)
}

/// Adds to the people of a meeting what sentences tell of those who came late or left early: who was not listed, and the
/// first and the last case that somebody was there for.
pub fn movements(lines: &[Line], head_end: usize, attendance: &mut Vec<Attendance>, blocks: &[Block]) {
    let known: Vec<String> = attendance.iter().map(|a| a.name.value.to_lowercase()).collect();
    let names = |text: &str| known.iter().any(|name| text.contains(name));
    let may_tell = |line: &Line| [&lexicon().arrived, &lexicon().left].into_iter().any(|list| line.may_say(list));
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.cells.is_none() && !line.continues) {
        let wrapped = lines[i + 1..].iter().take_while(|l| l.continues && l.block == line.block).count();
        if wrapped == 0 && !may_tell(line) || i >= head_end && !names(line.text()) {
            continue;
        }
        let whole: Vec<&Line> = lines[i..=i + wrapped].iter().collect();
        for passage in passages(&whole, 0, blocks) {
            for range in sentences(&passage.raw) {
                movement(&passage, range, i < head_end, attendance, blocks);
            }
        }
    }
}

fn movement(
    passage: &Passage,
    range: (usize, usize),
    in_head: bool,
    attendance: &mut Vec<Attendance>,
    blocks: &[Block],
) {
    let folded = Folded::new(&passage.raw[range.0..range.1]);
    let text = folded.text.as_str();
    let told = |patterns: &Patterns| {
        let c = patterns.captures(text)?;
        Some((c.get(0)?.end(), c.name("name")?.range(), c.name("party").map(|m| m.range())))
    };
    let (came, (verb_end, name, party)) = match (told(&lexicon().arrived), told(&lexicon().left)) {
        (Some(came), _) => (true, came),
        (None, Some(left)) => (false, left),
        (None, None) => return,
    };
    let place = |r: &std::ops::Range<usize>| {
        let (from, to) = folded.source(r.start, r.end);
        (range.0 + from, range.0 + to)
    };
    let office = people(&passage.raw[place(&name).0..place(&name).1]).into_iter().next().and_then(|p| p.role);
    let office = office.map(|(from, to)| passage.sourced((place(&name).0 + from, place(&name).0 + to), blocks));
    let get = |r: std::ops::Range<usize>| {
        let from_raw = place(&r);
        people(&passage.raw[from_raw.0..from_raw.1]).into_iter().next().map_or_else(
            || passage.sourced(from_raw, blocks),
            |p| passage.sourced((from_raw.0 + p.name.0, from_raw.0 + p.name.1), blocks),
        )
    };
    let name = get(name);
    if !is_name(&name.value) && !office.as_ref().is_some_and(is_office) {
        return;
    }
    let source = |s: usize, e: usize| {
        let (from, to) = folded.source(s, e);
        passage.raw.get(range.0 + from..range.0 + to).unwrap_or_default().to_owned()
    };
    // "etter sak 4" is not yet case 4 for one who comes, "fra og med sak 4" no longer for one who leaves.
    let outside = if came { "after_case" } else { "from_case" };
    let case = number::find(text, &source).into_iter().find(|p| p.end > verb_end).and_then(|p| {
        let from = p.series.map_or(p.start, |s| s.0.min(p.start));
        let word = text[..from].trim_end().rsplit(' ').next().unwrap_or_default();
        if lexicon().is_particle(outside, word) {
            return None;
        }
        let series = p.series.map(|(s, e)| source(s, e));
        let (from, to) = folded.source(from, p.end);
        let span = passage.raw_span((range.0 + from, range.0 + to));
        Some(Sourced::new(p.number(Order::NumberFirst, series.as_deref()), vec![span], blocks))
    });
    match attendance.iter_mut().find(|a| a.name.value == name.value) {
        Some(known) if came => known.from_case = known.from_case.take().or(case),
        Some(known) => known.to_case = known.to_case.take().or(case),
        None if came && in_head => attendance.push(Attendance {
            name,
            // "Teknisk sjef Lars Moe møtte under sak 4."
            status: if office.as_ref().is_some_and(is_office) {
                AttendanceStatus::Staff
            } else {
                AttendanceStatus::Present
            },
            role: office,
            represents: party.map(get),
            deputy_for: None,
            from_case: case,
            to_case: None,
        }),
        None => {}
    }
}

/// Whether a sentence tells who came or did not: "Videre møtte Eva Lie".
pub(super) fn tells(sentence: &str) -> bool {
    let folded = Folded::new(sentence.trim_end_matches(['.', ' ']));
    let lexicon = lexicon();
    [&lexicon.stood_in, &lexicon.met, &lexicon.missed, &lexicon.left]
        .iter()
        .any(|patterns| patterns.is_match(&folded.text))
}
