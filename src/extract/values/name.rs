//! Names of people, with party, municipality or role beside them: `Eva Lie (Ap), ordfører; Per Ås (H) for Kari Moe`.

use crate::lang::lexicon;

use super::super::text::{GAP, unwrapped};

/// A person in a list, as byte ranges of the list's source text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: (usize, usize),
    /// The role.
    pub role: Option<(usize, usize)>,
    /// Party or municipality.
    pub represents: Option<(usize, usize)>,
    /// The member whose deputy the person is.
    pub deputy_for: Option<(usize, usize)>,
    /// The deputy of the person, where one is named in parentheses.
    pub deputy: Option<(usize, usize)>,
    /// Parentheses say that the person did not come: `Eva Lie (forfall)`.
    pub stayed_away: bool,
}

/// A role of one word, after a comma, that no list knows is this long at most, in words.
const ROLE_WORDS: usize = 3;

/// An item of a list of people with all that stands beside the name has so many bytes at most.
const LONGEST_ITEM: usize = 400;

/// A name is so many words at most.
const MOST_NAMES: usize = 6;

/// Whether a text looks like the name of a person: two to five words, each with a capital, none of them a role.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let capital = |w: &str| w.trim_start_matches(['\'', '-']).chars().next().is_some_and(char::is_uppercase);
    if text.len() > LONGEST_ITEM || !capital(text.trim_start()) {
        return false;
    }
    let divides = |b: u8| b.is_ascii_digit() || matches!(b, b':' | b'/' | b'"' | b'(' | b'?' | b'!');
    if text.bytes().any(divides) || text.contains('«') {
        return false;
    }
    let text = unwrapped(text);
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let particle = |w: &str| lexicon().is_particle("names", w);
    let of_name = |w: &str| w.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c)) && (capital(w) || particle(w));
    let Some((_, before)) = words.split_last().filter(|(_, before)| before.iter().all(|w| of_name(w))) else {
        return false;
    };
    if before.is_empty() || before.len() > MOST_NAMES || text.contains('\t') || text.contains(GAP) {
        return false;
    }
    // "Ola Dahl jr."
    words.pop_if(|last| lexicon().is_particle("name_suffixes", &last.to_lowercase()));
    if !(2..=MOST_NAMES).contains(&words.len()) {
        return false;
    }
    let names_no_other = || {
        let lower = text.to_lowercase();
        !lexicon().is_role(&lower)
            && !lexicon().labels.contains_key(lower.as_str())
            && !lexicon().parties.contains(&lower)
    };
    words.last().is_some_and(|w| capital(w) && of_name(w))
        && words.iter().filter(|w| w.chars().count() > 1 && !w.ends_with('.')).count() >= 1
        && !words.last().is_some_and(|w| w.chars().count() == 1)
        && names_no_other()
}

/// The people of a list, in order. Items are set apart by semicolons, or, where there are none, by commas, line ends and
/// the word *and*; an item that is a role or a party belongs to the person before it.
#[must_use]
pub fn people(text: &str) -> Vec<Person> {
    let semicolons = split(text, |c, depth| matches!(c, ';' | '·' | '•') && depth == 0);
    let mut people: Vec<Person> = Vec::new();
    // "varaordføreren, Hans Moe": the definite form goes before the name.
    let mut before: Option<(usize, usize)> = None;
    let groups = semicolons.into_iter().flat_map(|range| split_groups(text, range));
    let groups = groups.flat_map(|range| split_members(text, range));
    for group in groups.flat_map(|range| split_dashes(text, range)) {
        let by_comma =
            split_range(text, group, |c, depth| matches!(c, ',' | '\n' | '\t' | '\u{2028}' | '|') && depth == 0);
        let items = joined_names(text, by_comma)
            .into_iter()
            .flat_map(|r| split_sentence(text, r))
            .flat_map(|r| split_and(text, r));
        let items = items.flat_map(|r| split_after_parties(text, r)).flat_map(|r| split_offices(text, r));
        for item in items.flat_map(|r| split_before_role(text, r)) {
            let whole = without_conjunctions(text, unnumbered(text, trimmed(text, item)));
            let item = without_conjunctions(text, ungrouped(text, whole));
            let item_text = &text[item.0..item.1];
            if item_text.is_empty() {
                continue;
            }
            let lower = item_text.to_lowercase();
            // "Nestleder", a TAB and "Eva Lie" on a line of their own
            let opens_line =
                || text[..item.0].trim_end_matches([' ', '\t']).ends_with('\n') || text[..item.0].trim().is_empty();
            let is_apart = text[item.1..].starts_with('\t') && lexicon().is_role(&lower) && opens_line();
            if is_apart || lexicon().indefinite(&lower).is_some_and(|role| lexicon().is_role(role)) {
                before = Some(item);
                continue;
            }
            // "Eva Lie, Kaupanger skule (vara for Per Ås)"
            if let Some(last) = people.last_mut().filter(|last| last.deputy_for.is_none())
                && let Some(open) = item_text.find(" (").filter(|open| !is_name(&item_text[..*open]))
                && let Some(inner) = item_text[open + 2..].strip_suffix(')')
                && let Some(member) = stands_in_for(text, (item.0 + open + 2, item.0 + open + 2 + inner.len()))
            {
                last.deputy_for = Some(member);
                last.represents = last.represents.or(Some((item.0, item.0 + open)));
                continue;
            }
            // "Eva Lie, SV (forfall)"
            if let Some(last) = people.last_mut()
                && let Some((said, _)) = item_text.strip_suffix(')').and_then(|item| item.split_once(" ("))
                && says_no(&item_text[said.len() + 2..item_text.len() - 1])
                && (is_party(said) || lexicon().is_role(&said.to_lowercase()))
            {
                let place = if is_party(said) { &mut last.represents } else { &mut last.role };
                *place = place.or(Some((item.0, item.0 + said.len())));
                last.stayed_away = true;
                continue;
            }
            // "Eva Lie, Os - vara for Per Ås"
            if let Some(last) = people.last_mut().filter(|last| last.deputy_for.is_none())
                && let Some((place, dash)) =
                    [" - ", " – "].into_iter().find_map(|sign| Some((item_text.find(sign)?, sign.len())))
                && let Some(member) = stands_in_for(text, (item.0 + place + dash, item.1))
            {
                last.deputy_for = Some(member);
                last.represents = last.represents.or(Some((item.0, item.0 + place)));
                continue;
            }
            // "Eva Lie, vara for Per Ås (Sjona)"
            let bare = trimmed(text, (item.0, item.0 + item_text.find(" (").unwrap_or(item_text.len())));
            if let Some(last) = people.last_mut().filter(|last| last.deputy_for.is_none())
                && let Some(member) = stands_in_for(text, bare)
            {
                last.deputy_for = Some(member);
                continue;
            }
            if let Some(last) = people.last_mut()
                && !item_text.contains('(')
            {
                if last.role.is_none() && (lexicon().is_role(&lower) || reads_as_role(item_text)) {
                    last.role = Some(item);
                    continue;
                }
                if last.represents.is_none() && (is_party(item_text) || is_organisation(item_text)) {
                    last.represents = Some(item);
                    continue;
                }
            }
            if let Some(person) = person(text, item) {
                let deputy_for = person.deputy_for.or_else(|| member_before(text, (whole.0, item.0)));
                people.push(Person { role: person.role.or(before.take()), deputy_for, ..person });
            }
        }
    }
    people
}

/// The items of a list with the names whole that the end of a line divided: `Eva Lie, Per`, and under it `Arne Ås, Jon Moe`.
fn joined_names(text: &str, items: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(items.len());
    let is_end = ['\n', '\u{2028}'];
    // "Tor Ivar", and under it "Moe"
    let goes_on = |item: &str| item.split([',', '(']).next().is_some_and(|first| is_last_name(first.trim()));
    for (start, end) in items {
        match joined.last_mut() {
            Some(last)
                if text[last.1..].starts_with(is_end)
                    && text[..last.0].rsplit(is_end).next().is_some_and(|line| line.matches(',').count() > 1)
                    && (is_last_name(text[last.0..last.1].trim())
                        || is_name(text[last.0..last.1].trim()) && goes_on(&text[start..end]))
                    && !lexicon().is_role(&text[last.0..last.1].trim().to_lowercase())
                    && text[start..end].trim_start().starts_with(char::is_uppercase) =>
            {
                last.1 = end;
            }
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// Divides people that only the parentheses and what follows a comma set apart: `Eva Lie, leder (A) Per Ås, nestleder (H)`.
fn split_members(text: &str, (start, end): (usize, usize)) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = start;
    for at in closings(&text[start..end]) {
        let (cut, rest) = (start + at + 1, &text[start + at + 2..end]);
        let next = rest.split([',', '(']).next().unwrap_or_default();
        if next.len() < rest.len() && is_name(next.trim()) {
            found.push((from, cut));
            from = cut;
        }
    }
    found.push((from, end));
    found
}

/// Where a parenthesis closes before a space.
fn closings(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(')').map(|(at, _)| at).filter(|at| text.as_bytes().get(at + 1) == Some(&b' '))
}

/// Divides a name from the role that a dash sets apart: `Eva Lie (A) – ordfører`.
fn split_before_role(text: &str, (start, end): (usize, usize)) -> Vec<(usize, usize)> {
    let item = &text[start..end];
    if !item.contains(['–', '-']) {
        return vec![(start, end)];
    }
    let dashed = [" – ", " - "].into_iter().find_map(|dash| Some((item.find(dash)?, dash.len())));
    let role = dashed.filter(|(at, dash)| lexicon().is_role(&item[at + dash..].trim().to_lowercase()));
    match role {
        Some((at, dash)) => vec![(start, start + at), (start + at + dash, end)],
        None => vec![(start, end)],
    }
}

/// Divides people each of whom an office precedes: `Teknisk sjef Odd Lie Sekretær Eva Ås`.
fn split_offices(text: &str, (start, end): (usize, usize)) -> Vec<(usize, usize)> {
    let item = &text[start..end];
    let words = item.match_indices(' ').map(|(at, _)| at).filter(|_| item.len() <= LONGEST_ITEM);
    let at = words.into_iter().find(|at| {
        let word = item[at + 1..].split(' ').next().unwrap_or_default();
        let plain = |range| person(text, trimmed(text, range)).is_some_and(|p| is_name(&text[p.name.0..p.name.1]));
        word.starts_with(char::is_uppercase)
            && lexicon().is_role(&word.to_lowercase())
            && plain((start, start + at))
            && plain((start + at, end))
    });
    at.map_or_else(|| vec![(start, end)], |at| vec![(start, start + at), (start + at, end)])
}

/// Divides a list that dashes set apart: `Eva Lie (H), leder – Per Ås (Ap) – Kari Moe (V)`.
fn split_dashes(text: &str, (start, end): (usize, usize)) -> Vec<(usize, usize)> {
    if !text[start..end].contains(['–', '-']) {
        return vec![(start, end)];
    }
    let mut found = Vec::new();
    let mut from = start;
    for (at, dash) in text[start..end].match_indices(" – ").chain(text[start..end].match_indices(" - ")) {
        found.push((from, start + at));
        from = start + at + dash.len();
    }
    found.push((from, end));
    let opens = |&(from, to): &(usize, usize)| {
        let item = text.get(from..to).unwrap_or_default().split([',', '(']).next().unwrap_or_default();
        person(text, trimmed(text, (from, from + item.len()))).is_some_and(|p| is_name(&text[p.name.0..p.name.1]))
    };
    let closed = |&(from, to): &(usize, usize)| text[from..to].trim_end().ends_with(')');
    let named =
        |&(from, to): &(usize, usize)| is_name(text[from..to].trim()) && !is_organisation(text[from..to].trim());
    let are_people = found.len() > 2 || found.iter().all(closed) || found.iter().all(named);
    if are_people && found.iter().all(opens) { found } else { vec![(start, end)] }
}

/// The member in `varamann for Jon Nestande`, `for Jon Nestande`.
#[must_use]
pub fn stands_in_for(text: &str, (start, end): (usize, usize)) -> Option<(usize, usize)> {
    let lower = small_letters(&text[start..end]);
    let (word, _) = lower.split_once(' ')?;
    // "fyrste vara for Per Ås"
    let leads = lexicon().deputy_words.iter().any(|w| w == word) || lexicon().is_particle("ordinals", word);
    let after_word = if leads { word.len() + 1 } else { 0 };
    let is_for = |w: &&String| lower[after_word..].strip_prefix(w.as_str()).is_some_and(|rest| rest.starts_with(' '));
    let word = lexicon().deputy_for.iter().find(is_for)?;
    let member = trimmed(text, (start + after_word + word.len(), end));
    is_name(&text[member.0..member.1]).then_some(member)
}

/// The member whom a deputy named after a colon stands in for: `for Jon Nestande (forfall): `.
fn member_before(text: &str, (start, end): (usize, usize)) -> Option<(usize, usize)> {
    let (words, _) = text[start..end].split_once(':')?;
    let lead = lexicon().deputy_for.iter().find_map(|w| words.strip_prefix(w.as_str())?.strip_prefix(' '))?;
    let name = lead.split_once(" (").map_or(lead, |(name, _)| name);
    let from = start + words.len() - lead.len();
    (is_name(name) || is_last_name(name)).then_some((from, from + name.len()))
}

/// Divides a list where a sentence begins with the name of a group: `... og Per Ås. Ansatte: Eva Lie`.
fn split_groups(text: &str, (start, end): (usize, usize)) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = start;
    for (at, _) in text[start..end].match_indices(". ") {
        let rest = &text[start + at + 2..end];
        let rest = &rest[..rest.floor_char_boundary(LONGEST_ITEM.min(rest.len()))];
        let group = rest.split_once(": ").map_or("", |(group, _)| group);
        let is_group = (1..=ROLE_WORDS).contains(&group.split(' ').count())
            && group.starts_with(char::is_uppercase)
            && group.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-');
        if is_group {
            found.push((from, start + at + 1));
            from = start + at + 2;
        }
    }
    found.push((from, end));
    found
}

/// Divides people that only the parentheses set apart, as where lines of a cell became one: `Eva Lie (A) Per Ås (H)`.
fn split_after_parties(text: &str, (start, end): (usize, usize)) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = start;
    for at in closings(&text[start..end]) {
        let (cut, rest) = (start + at + 1, &text[start + at + 2..end]);
        let next = rest.split('(').next().unwrap_or_default();
        if rest.contains('(') && is_name(next.trim()) && text[from..cut].contains('(') {
            found.push((from, cut));
            from = cut;
        }
        // "Eva Lie (sekretær) Per Ås holdt andakt."
        if is_sentence(rest) && person(text, trimmed(text, (from, cut))).is_some() {
            found.push((from, cut));
            return found;
        }
    }
    found.push((from, end));
    found
}

/// Whether a text is a sentence, and not one more item of a list.
fn is_sentence(text: &str) -> bool {
    let small = |word: &str| word.starts_with(char::is_lowercase) && !lexicon().is_particle("names", word);
    text.starts_with(char::is_uppercase)
        && text.ends_with('.')
        && !text.contains(['(', ':'])
        && text.trim_end_matches('.').split(' ').skip(1).filter(|word| small(word)).count() > 1
}

/// Where the words that name for whom a deputy meets begin and end: ` for `, `(vara for `.
fn words_for_deputies(lower: &str) -> Option<(usize, usize)> {
    let found = lexicon()
        .deputy_finder
        .find_overlapping_iter(lower)
        .filter(|m| lower[..m.start()].ends_with([' ', '(']) && lower[m.end()..].starts_with(' '));
    let first = found.min_by_key(|m| (m.pattern(), lower[..m.start()].ends_with('('), m.start()))?;
    Some((first.start() - 1, first.end() + 1))
}

/// One person from one item.
fn person(text: &str, item: (usize, usize)) -> Option<Person> {
    if item.1 - item.0 > LONGEST_ITEM {
        return None;
    }
    // "Eva Lie (V) – uten vara"
    let dashed = [") – ", ") - "].into_iter().find_map(|sign| text[item.0..item.1].find(sign));
    if let Some(at) = dashed
        .filter(|at| text[item.0 + at + 1..item.1].trim_start_matches([' ', '–', '-']).starts_with(char::is_lowercase))
        && let Some(person) = person(text, (item.0, item.0 + at + 1))
        && stands_in_for(text, trimmed(text, (item.0 + at + 1, item.1))).is_none()
    {
        return Some(person);
    }
    let (mut main, mut deputy_for) = (item, None);
    let lower = small_letters(&text[item.0..item.1]);
    if let Some((at, of)) = words_for_deputies(&lower) {
        // "Eva Lie (fullmakt for Per Ås)"
        let left = &text[item.0..item.0 + at];
        let opened = left.rfind('(').filter(|open| !left[*open..].contains(')'));
        // "Eva Lie (H) – vara for Per Ås"
        let dash = left[..opened.unwrap_or(at)].trim_end_matches([' ', '–', '-']).len();
        main = (item.0, item.0 + dash);
        let (mut start, mut end) = trimmed(text, (item.0 + of, item.1));
        if !text[start..end].contains('(') {
            end = start + text[start..end].trim_end_matches(')').len();
        }
        (start, end) = strip_parens(text, (start, end)).0;
        deputy_for = (start < end).then_some((start, end));
    }
    let (name, parens) = strip_parens(text, main);
    let mut person = Person { name, deputy_for, ..Person::default() };
    for inner in parens {
        let words = text[inner.0..inner.1].to_lowercase();
        // "Eva Lie (Ap, ordfører)"
        if let Some((party, role)) = text[inner.0..inner.1].split_once(", ")
            && is_party(party)
            && lexicon().is_role(&role.to_lowercase())
        {
            person.represents = Some((inner.0, inner.0 + party.len()));
            person.role = Some((inner.1 - role.len(), inner.1));
        } else if lexicon().is_role(&words) || is_deputy(&words) {
            person.role = Some(inner);
        } else if says_no(&words) {
            person.stayed_away = true;
        } else if let Some(deputy) = deputy_in(text, inner) {
            person.deputy = Some(deputy);
        } else if person.represents.is_none() && !words.contains(|c: char| c.is_ascii_digit()) {
            person.represents = Some(inner);
        }
    }
    // "KrF O. J. Flåten"
    let first = text[person.name.0..person.name.1].split(' ').next().unwrap_or_default();
    let rest = person.name.0 + first.len() + 1;
    let printed = |word: &str| {
        word.chars().count() == 1 && word.chars().all(char::is_uppercase)
            || word.chars().skip(1).any(char::is_uppercase)
    };
    if (printed(first) || lexicon().parties.contains(&first.to_lowercase()))
        && is_party(first)
        && person.represents.is_none()
        && rest < person.name.1
        && is_name(text[rest..person.name.1].trim())
    {
        person.represents = Some((person.name.0, person.name.0 + first.len()));
        person.name = trimmed(text, (rest, person.name.1));
    }
    // "Eva Lie AP"
    if let Some((rest, party)) = text[person.name.0..person.name.1].rsplit_once(' ')
        && person.represents.is_none()
        && printed(party)
        && is_party(party)
        && is_name(rest)
    {
        person.represents = Some((person.name.1 - party.len(), person.name.1));
        person.name.1 = person.name.0 + rest.len();
    }
    // A party after a dash or a role before the name: `Eva Lie - V`, `Ordfører Eva Lie`.
    let name_text = &text[person.name.0..person.name.1];
    if let Some((at, dash)) = name_text.char_indices().rev().find(|(_, c)| matches!(c, '-' | '–' | '—'))
        && person.represents.is_none()
    {
        let after = trimmed(text, (person.name.0 + at + dash.len_utf8(), person.name.1));
        // "Eva Lie - V", "Eva Lie – Hamar"
        let spaced = name_text[..at].ends_with(' ') && name_text[at + dash.len_utf8()..].starts_with(' ');
        let place = &text[after.0..after.1];
        let names_place = spaced && place.split(' ').count() <= 2 && place.starts_with(char::is_uppercase);
        // "Eva Lie - vara ikke innkalt"
        let is_note = spaced && place.starts_with(char::is_lowercase);
        if is_party(place) || (names_place || is_note) && is_name(name_text[..at].trim()) {
            person.represents = (!is_note).then_some(after);
            person.name = trimmed(text, (person.name.0, person.name.0 + at));
        }
    }
    // "Eva Lie under sak 13/11", "Eva Lie (A) som møteleder"
    let whole = &text[item.0..item.1];
    let note = whole.match_indices(' ').map(|(at, _)| at).find(|at| {
        let word = whole[at + 1..].split(' ').next().unwrap_or_default();
        lexicon().is_particle("after_name", word) && {
            let left = strip_parens(text, (item.0, item.0 + at)).0;
            is_name(&text[left.0..left.1]) || office_and_name(&text[left.0..left.1])
        }
    });
    if let Some(cut) = note.filter(|_| deputy_for.is_none()) {
        // "Eva Lie som observatør"
        let said = whole[cut + 1..].split_once(' ').map_or("", |(_, said)| said);
        let role = lexicon().is_role(&said.to_lowercase()).then(|| (item.1 - said.len(), item.1));
        let person = self::person(text, trimmed(text, (item.0, item.0 + cut)))?;
        return Some(Person { role: person.role.or(role), ..person });
    }
    // "Odd Lund valgt av ansatte"
    let name_text = &text[person.name.0..person.name.1];
    if let Some(space) = name_text.match_indices(' ').map(|(at, _)| at).find(|at| {
        name_text[at + 1..].chars().all(|c| c.is_lowercase() || c == ' ')
            && !name_text[..*at].ends_with('-')
            && !is_name(name_text)
            && (is_name(&name_text[..*at]) || office_and_name(&name_text[..*at]))
    }) && name_text[space + 1..].split(' ').count() <= ROLE_WORDS
    {
        // "Eva Lie møtte også"
        let told = name_text[space + 1..].split(' ').next().is_some_and(|w| lexicon().labels.contains_key(w));
        let role = (!told).then_some((person.name.0 + space + 1, person.name.1));
        person.role = person.role.or(role);
        person.name.1 = person.name.0 + space;
    }
    // "Advokat Lie (formann)"
    let mut has_office = false;
    let name_text = &text[person.name.0..person.name.1];
    let spaces = name_text.match_indices(' ').map(|(at, _)| at).take(ROLE_WORDS);
    if let Some(space) = spaces
        .filter(|at| {
            let (before, after) = (&name_text[..*at], name_text[*at..].trim());
            if !is_name(after) {
                let lower = before.to_lowercase();
                let is_role = |words| lexicon().is_role(words);
                return (is_role(&lower) || lexicon().indefinite(&lower).is_some_and(is_role)) && is_last_name(after);
            }
            // "kommunens representant"
            let last = before.rsplit(' ').next().filter(|_| before.chars().all(|c| c.is_lowercase() || c == ' '));
            // "Kommunelege I"
            let lower = before.to_lowercase();
            let lower = lower.trim_end_matches(" ii").trim_end_matches(" i");
            let indefinite = lexicon().indefinite(lower);
            let is_role = [Some(lower), last, indefinite].into_iter().flatten().any(|words| lexicon().is_role(words));
            is_role || reads_as_style(before)
        })
        .last()
    {
        person.role = person.role.or(Some((person.name.0, person.name.0 + space)));
        person.name = trimmed(text, (person.name.0 + space, person.name.1));
        has_office = true;
    }
    // "Eva Lie 10B"
    let name_text = &text[person.name.0..person.name.1];
    if let Some((name, _)) = name_text
        .rsplit_once(' ')
        .filter(|(name, class)| class.starts_with(|c: char| c.is_ascii_digit()) && class.len() <= 4 && is_name(name))
    {
        person.name.1 = person.name.0 + name.len();
    }
    let name = &text[person.name.0..person.name.1];
    let after_role = person.role.is_some_and(|r| r.1 < person.name.0) || has_office;
    (after_role && is_last_name(name) || is_name(name) && !lexicon().parties.contains(&name.to_lowercase()))
        .then_some(person)
}

/// An organisation's word may end another from so many bytes on: `Sykepleierforbund`.
const COMPOUND: usize = 7;

/// Whether a text names an organisation by its first or its last word: `Revisjon Midt-Norge`, `Norsk Sykepleierforbund`.
#[must_use]
pub fn is_organisation(text: &str) -> bool {
    let words = &lexicon().organisations;
    let known = |word: &str| {
        let word = word.to_lowercase();
        words.contains(&word) || words.iter().any(|w| w.len() >= COMPOUND && word.ends_with(w.as_str()))
    };
    text.split_once(' ').is_some_and(|(first, _)| known(first))
        || text.rsplit_once(' ').is_some_and(|(_, last)| known(last))
}

/// Whether a role in small letters is that of a deputy, also by number: `1. vara`.
#[must_use]
pub fn is_deputy(role: &str) -> bool {
    let word = role.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
    lexicon().deputy_words.iter().any(|w| w == word)
}

/// Whether the inside of parentheses says that somebody did not come: `meldt forfall`.
fn says_no(inner: &str) -> bool {
    inner.chars().count() > PARTY_LETTERS && lexicon().is_particle("no", &inner.to_lowercase())
}

/// So many letters in parentheses may be those of a party.
const PARTY_LETTERS: usize = 3;

/// The last names of a list that holds nothing else but what stands before a name: `Lie, fru Ås og Moe.`
#[must_use]
pub fn only_last_names(text: &str) -> Vec<(usize, usize)> {
    only_words(text, |word| is_last_name(word) && !lexicon().is_role(&word.to_lowercase()))
}

/// The words of a list that are of a sort, where it holds nothing else but the word *and* and what stands before a name.
#[must_use]
pub fn only_words(text: &str, is_of_sort: impl Fn(&str) -> bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for piece in text.trim_end().trim_end_matches('.').split([',', ' ', '\n']).filter(|piece| !piece.is_empty()) {
        let from = piece.as_ptr().addr() - text.as_ptr().addr();
        if is_of_sort(piece) {
            found.push((from, from + piece.len()));
        } else if !lexicon().is_particle("conjunctions", piece) && !lexicon().is_role(piece.trim_end_matches('.')) {
            return Vec::new();
        }
    }
    found
}

/// Whether a word looks like a last name.
fn is_last_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().count() > 1
        && letters.as_str().split('-').all(|part| part.chars().skip(1).all(char::is_lowercase))
        && letters.next().is_some_and(|c| c.is_lowercase() || c == '-')
        && !is_party(word)
        && !lexicon().is_body_word(&word.to_lowercase())
}

/// Whether a text names a party, or looks like the letters of one: `Ap`, `KrF`, `MDG`, `Høyre`. A word of three letters
/// with one capital that no list knows may be a first name: `Dag`.
#[must_use]
pub fn is_party(text: &str) -> bool {
    // "Kr.F."
    let text = &text.replace('.', "");
    let letters = text.chars().count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    letters <= lexicon().longest_party && lexicon().parties.contains(&text.to_lowercase())
        || (1..=5).contains(&letters)
            && text.chars().all(|c| c.is_alphabetic() || c == '/')
            && text.chars().next().is_some_and(char::is_uppercase)
            && (letters <= 2 || capitals >= 2)
}

/// Whether a text is an office and a name: `varaordfører Eva Lie`.
fn office_and_name(text: &str) -> bool {
    let offices = text.match_indices(' ').map(|(at, _)| (&text[..at], &text[at + 1..])).take(ROLE_WORDS);
    offices.into_iter().any(|(office, name)| lexicon().is_role(&office.to_lowercase()) && is_name(name))
}

/// Whether an item after a name reads as a role that no list knows: a few words in lower case.
fn reads_as_role(item: &str) -> bool {
    let mut words = item.split_whitespace();
    words.clone().count() <= ROLE_WORDS
        && words.clone().next().is_some_and(|w| !lexicon().is_particle("conjunctions", w) && w.chars().count() > 3)
        && words.all(|w| w.chars().all(|c| c.is_lowercase() || c == '-') && lexicon().number(w).is_none())
}

/// Whether a word before a name reads as a style or an occupation: `fru`, `lærer`.
fn reads_as_style(before: &str) -> bool {
    // A word that a line's end divided: `vara- mannen`.
    let before = before.replace("- ", "");
    let before = before.as_str();
    before.chars().count() >= 3
        && before.chars().all(char::is_lowercase)
        && !lexicon().is_particle("conjunctions", before)
        && !lexicon().deputy_for.iter().any(|w| w == before)
}

/// The name in `vara Per Ås møtte`, `vara: Per Ås`, `Per Ås møtte som vara`.
#[must_use]
pub fn deputy_in(text: &str, (start, end): (usize, usize)) -> Option<(usize, usize)> {
    let piece = &text[start..end];
    let (word, rest) = piece.split_once(' ')?;
    let names =
        |text: &str| text.split(' ').take_while(|w| w.starts_with(char::is_uppercase)).collect::<Vec<_>>().join(" ");
    let word = word.trim_end_matches(':').to_lowercase();
    if lexicon().deputy_words.contains(&word) {
        let (name, from) = (names(rest), end - rest.len());
        return is_name(&name).then_some((from, from + name.len()));
    }
    // "Per Ås møtte som vara"
    let name = names(piece);
    let told = piece[name.len()..].trim_start().to_lowercase();
    let came = told.split(' ').next().is_some_and(|word| lexicon().is_particle("yes", word));
    let stands_in = told.split(' ').any(|word| lexicon().deputy_words.iter().any(|deputy| deputy == word));
    (came && stands_in && is_name(&name)).then_some((start, start + name.len()))
}

/// The range without the name of a group before it: `Ansatte: Eva Lie`.
fn ungrouped(text: &str, (start, end): (usize, usize)) -> (usize, usize) {
    match text[start..end].split_once(": ") {
        Some((group, _)) if group.split(' ').count() <= ROLE_WORDS && !group.contains(|c: char| c.is_ascii_digit()) => {
            trimmed(text, (start + group.len() + 1, end))
        }
        _ => (start, end),
    }
}

/// The range without the word *and* at its ends, where a comma has set it apart from what it joins.
fn without_conjunctions(text: &str, (mut start, mut end): (usize, usize)) -> (usize, usize) {
    let is_one = |word: &str| lexicon().is_particle("conjunctions", word);
    if let Some((word, rest)) = text[start..end].split_once(' ').filter(|(word, _)| is_one(word)) {
        start += word.len() + 1 + rest.len() - rest.trim_start().len();
    }
    if let Some((rest, _)) = text[start..end].rsplit_once(' ').filter(|(_, word)| is_one(word)) {
        end = start + rest.trim_end().len();
    }
    (start, end)
}

/// The range without the number of a list before it: `12. Eva Lie`.
#[must_use]
pub fn unnumbered(text: &str, (start, end): (usize, usize)) -> (usize, usize) {
    let piece = &text[start..end];
    let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
    let rest = piece[digits..].trim_start_matches(['.', ')']);
    if digits == 0 || digits > 3 || !rest.starts_with(|c: char| c.is_whitespace() || c.is_uppercase()) {
        return (start, end);
    }
    trimmed(text, (end - rest.len(), end))
}

/// Splits an item after a name that ends a sentence: `Kari Moe. Vararepresentant Per Ås`.
fn split_sentence(text: &str, range: (usize, usize)) -> Vec<(usize, usize)> {
    let mut found = split_once(text, range);
    while let [.., last] = found[..]
        && let [first, rest] = split_once(text, last)[..]
    {
        found.pop();
        found.extend([first, rest]);
    }
    found
}

fn split_once(text: &str, range: (usize, usize)) -> Vec<(usize, usize)> {
    let piece = &text[range.0..range.1];
    let stops = piece.match_indices(". ").map(|(at, _)| at).take_while(|at| *at <= LONGEST_ITEM);
    let at = stops.into_iter().find(|at| {
        let left = strip_parens(text, (range.0, range.0 + at)).0;
        let word = piece[..*at].rsplit(' ').next().unwrap_or_default();
        let is_short = word.chars().count() < 2 || lexicon().is_particle("abbreviations", &word.to_lowercase());
        !is_short
            && (piece[..*at].ends_with(')')
                || is_name(&text[left.0..left.1])
                || person(text, (range.0, range.0 + at)).is_some_and(|p| is_name(&text[p.name.0..p.name.1])))
    });
    match at {
        Some(at) => vec![(range.0, range.0 + at), (range.0 + at + 1, range.1)],
        None => vec![range],
    }
}

/// The text in small letters, every character at its place: one whose small letter has another length stays as it is.
#[must_use]
pub fn small_letters(text: &str) -> String {
    let small = |c: char| {
        if c.is_ascii() {
            return c.to_ascii_lowercase();
        }
        let mut lower = c.to_lowercase();
        lower.next().filter(|l| lower.next().is_none() && l.len_utf8() == c.len_utf8()).unwrap_or(c)
    };
    text.chars().map(small).collect()
}

/// The range without parentheses at its end, and the insides of these.
fn strip_parens(text: &str, range: (usize, usize)) -> ((usize, usize), Vec<(usize, usize)>) {
    let mut range = trimmed(text, range);
    let mut parens = Vec::new();
    while text[range.0..range.1].ends_with(')')
        && let Some(open) = text[range.0..range.1].rfind('(')
    {
        parens.insert(0, trimmed(text, (range.0 + open + 1, range.1 - 1)));
        range = trimmed(text, (range.0, range.0 + open));
    }
    (range, parens)
}

/// The range without white space, full stops and commas at its ends.
#[must_use]
pub fn trimmed(text: &str, range: (usize, usize)) -> (usize, usize) {
    let piece = &text[range.0..range.1];
    let front =
        piece.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '•' | '-' | '–' | ':' | '*'));
    let start = range.1 - front.len();
    let mut end = start + front.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':')).len();
    // A full stop at the end belongs to the sentence, unless it ends an initial or an abbreviation in a parenthesis.
    if text[start..end].ends_with('.') && !text[start..end].ends_with(").") || text[start..end].ends_with(").") {
        end -= 1;
    }
    (start, end.max(start))
}

fn split(text: &str, at: impl Fn(char, usize) -> bool) -> Vec<(usize, usize)> {
    split_range(text, (0, text.len()), at)
}

fn split_range(text: &str, range: (usize, usize), at: impl Fn(char, usize) -> bool) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut depth = 0_usize;
    let mut start = range.0;
    for (i, c) in text[range.0..range.1].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if at(c, depth) => {
                ranges.push((start, range.0 + i));
                start = range.0 + i + c.len_utf8();
            }
            _ => {}
        }
    }
    ranges.push((start, range.1));
    ranges
}

/// Splits an item at the word *and*, where both sides look like names.
fn split_and(text: &str, range: (usize, usize)) -> Vec<(usize, usize)> {
    let mut ranges = vec![range];
    if !text[range.0..range.1].split(' ').any(|word| lexicon().and.iter().any(|and| and == word)) {
        return ranges;
    }
    for and in &lexicon().and {
        let word = format!(" {and} ");
        let divided = |(from, to): (usize, usize)| {
            let (mut counted, mut depth) = (from, 0_i64);
            let mut outside = |at: &usize| {
                for c in text[counted..*at].bytes() {
                    depth += i64::from(c == b'(') - i64::from(c == b')');
                }
                counted = *at;
                depth <= 0
            };
            let ands = text[from..to].match_indices(&word).map(|(at, _)| from + at);
            // "Helse- og sosialsjef Eva Lie" is one.
            let ands: Vec<usize> = ands.filter(|at| outside(at) && !text[from..*at].ends_with('-')).collect();
            let ends = ands.iter().skip(1).copied().chain([to]);
            let names = ands
                .iter()
                .zip(ends)
                .filter(|(at, end)| person(text, unnumbered(text, trimmed(text, (*at + word.len(), *end)))).is_some());
            let cuts: Vec<usize> = names.map(|(at, _)| *at).collect();
            let starts = std::iter::once(from).chain(cuts.iter().map(|at| at + word.len()));
            starts.zip(cuts.iter().copied().chain([to])).collect::<Vec<_>>()
        };
        ranges = ranges.into_iter().flat_map(divided).collect();
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let get = |r: Option<(usize, usize)>| r.map_or(String::new(), |r| text[r.0..r.1].to_owned());
        people(text)
            .into_iter()
            .map(|p| format!("{}|{}|{}|{}", get(Some(p.name)), get(p.role), get(p.represents), get(p.deputy_for)))
            .collect()
    }

    #[test]
    fn small_letters_stay_at_their_places() {
        // Ⱥ gets longer and ẞ shorter as a small letter: together they hide that all between has moved.
        let text = "Ⱥ\u{ad}ẞ FOR Å";
        assert_eq!(small_letters(text), "Ⱥ\u{ad}ẞ for å");
        let text = "Ⱥ for \u{ad}ẞ Moe";
        let found = people(text);
        assert!(found.iter().all(|p| text.get(p.name.0..p.name.1).is_some()), "{found:?}");
    }

    #[test]
    fn many_words_that_may_end_a_name_end_the_search_too() {
        assert_eq!(people(&"eva i på med fra under som ".repeat(14)), []);
        assert!(people(&"Eva Lie (H) og Per. ".repeat(5_000)).len() > 4_000);
    }

    #[test]
    fn lists() {
        assert_eq!(shown("Eva Lie, Per Ås og Kari Moe."), ["Eva Lie|||", "Per Ås|||", "Kari Moe|||"]);
        assert_eq!(
            shown("Eva Lie (V), ordfører; Per Ås (Sp), varaordfører; Åse Tveit (H)"),
            ["Eva Lie|ordfører|V|", "Per Ås|varaordfører|Sp|", "Åse Tveit||H|"]
        );
        assert_eq!(
            shown("Inger Li (Ap) for Arne Moen; Per Li (H) for Kari Ås"),
            ["Inger Li||Ap|Arne Moen", "Per Li||H|Kari Ås"]
        );
        assert_eq!(
            shown("Tone Aune, rådmann; Siri Vik, møtesekretær"),
            ["Tone Aune|rådmann||", "Siri Vik|møtesekretær||"]
        );
        assert_eq!(
            shown("Roar Wold (rådmann), Grethe Wold (møtesekretær)."),
            ["Roar Wold|rådmann||", "Grethe Wold|møtesekretær||"]
        );
        assert_eq!(
            shown("Siri Strand, Bente Brekke, Egil\nLunde"),
            ["Siri Strand|||", "Bente Brekke|||", "Egil\nLunde|||"]
        );
        assert_eq!(shown("Eva Lie - V, Per Ås, Ap"), ["Eva Lie||V|", "Per Ås||Ap|"]);
        assert_eq!(shown("Ordfører Eva Lie (Ap)"), ["Eva Lie|Ordfører|Ap|"]);
        assert_eq!(shown("33 representanter."), Vec::<String>::new());
        assert_eq!(shown("Siri Strand, Dag"), ["Siri Strand|||"]);
        assert_eq!(
            shown("Rådmann Nils Torp og fylkessekretær Berit Hol."),
            ["Nils Torp|Rådmann||", "Berit Hol|fylkessekretær||"]
        );
        assert_eq!(shown("daglig leder Morten Kise (referent)"), ["Morten Kise|referent||"]);
        assert_eq!(
            shown("Kåre Stene. Vararepresentant Lars Eide møtte i stedet for Stene."),
            ["Kåre Stene|||", "Lars Eide|Vararepresentant||Stene"]
        );
        assert_eq!(shown("Torgeir Fosse (for Jorunn Heggland)"), ["Torgeir Fosse|||Jorunn Heggland"]);
        assert_eq!(shown("4. Magnhild Eng, ansattes representant"), ["Magnhild Eng|ansattes representant||"]);
        assert_eq!(shown("fru Inga Lund, lærer Odd Strand"), ["Inga Lund|fru||", "Odd Strand|lærer||"]);
        assert_eq!(shown("Eva Lie, Arbeiderpartiet"), ["Eva Lie||Arbeiderpartiet|"]);
        assert_eq!(shown("Eva Lie (Ap, leder), Per Ås (H)"), ["Eva Lie|leder|Ap|", "Per Ås||H|"]);
        assert_eq!(shown("Eva Lie (H) – vara for Per Ås"), ["Eva Lie||H|Per Ås"]);
    }
}
