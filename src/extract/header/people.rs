//! The people in a document's head.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::ControlFlow;

use crate::document::{CELL_BREAK, Cell};
use crate::lang::{ColumnHead, Field, first_word, lexicon};
use crate::model::{Attendance, AttendanceStatus, Document, Kind, Sourced};

use super::super::attendance::{self, columns};
use super::super::cue;
use super::super::field::{Found, fields};
use super::super::line::{Folded, Line};
use super::super::text::spaces_folded;
use super::super::values::name::{is_name, people};
use super::Head;

/// So many lines in a row that each name a group and people of it list who met.
const LEAST_GROUPS: usize = 3;

/// The name of such a group has so many bytes at most.
const LONGEST_GROUP: usize = 40;

/// A member, with office and what stands in parentheses, has so many words at most.
const WORDS_OF_MEMBER: usize = 7;

/// What labels say of people by name.
#[derive(Default)]
pub(super) struct Named {
    /// All members, whether they came or not.
    pub(super) members: HashSet<String>,
    /// Those whom a label calls observers, whatever their office.
    pub(super) observers: HashSet<String>,
}

impl Head<'_, '_> {
    /// Adds people that sentences tell of and who are not known yet; a deputy may be listed among those who met, and so may one
    /// of all members who did not come.
    pub(super) fn add(&self, document: &mut Document, people: Vec<Attendance>) {
        for person in people {
            let is_absent = |a: &Attendance| a.status == AttendanceStatus::Absent;
            // "Kari Moe", and later "Varamann Moe møtte for Ås.", "Kari ledet møtet."
            let is_named = |k: &Attendance| {
                let last = k.name.value.rsplit(' ').next();
                let rest = k.name.value.strip_prefix(person.name.value.as_str());
                last == Some(person.name.value.as_str()) || rest.is_some_and(|r| r.is_empty() || r.starts_with(' '))
            };
            let same = |k: &&mut Attendance| is_named(k) && is_absent(k) == is_absent(&person);
            match document.attendance.iter_mut().find(same) {
                Some(known)
                    if person.status == AttendanceStatus::Deputy && known.status == AttendanceStatus::Present =>
                {
                    known.status = person.status;
                }
                Some(_) => {}
                None => document.attendance.push(person),
            }
        }
    }

    /// The people of a table, or of a list under a body, that no label heads, and the line after them.
    pub(super) fn unlabelled(&self, kind: Kind, at: usize) -> Option<(usize, Vec<Attendance>)> {
        let rows = &self.lines[at..self.range.end];
        if let Some((count, people)) = attendance::by_columns(rows, self.blocks) {
            return Some((at + count, people));
        }
        let status = match kind {
            Kind::Minutes => Some(AttendanceStatus::Present),
            Kind::Agenda => Some(AttendanceStatus::Invited),
            Kind::Other if self.part.kind.is_none() => Some(AttendanceStatus::Present),
            _ => None,
        };
        let listed =
            |s| attendance::members(rows, s, self.blocks).or_else(|| attendance::in_groups(rows, s, self.blocks));
        if let Some((count, people)) = status.and_then(listed) {
            return Some((at + count, people));
        }
        if let Some((count, people)) = status.and_then(|s| self.under_parties(rows, s)) {
            return Some((at + count, people));
        }
        let met = |s: &AttendanceStatus| *s == AttendanceStatus::Present;
        let in_table = || {
            let by_groups = || attendance::under_own_groups(rows, AttendanceStatus::Present, self.blocks);
            let headed = attendance::by_parties(rows, self.blocks).or_else(by_groups);
            headed.or_else(|| attendance::marked(rows, self.blocks))
        };
        let answered = attendance::answered_lines(rows, self.blocks);
        if let Some((count, people)) = answered.or_else(|| attendance::answered_below(rows, self.blocks)) {
            return Some((at + count, people));
        }
        if let Some((count, people)) = status.filter(met).and_then(|_| in_table()) {
            return Some((at + count, people));
        }
        status
            .and_then(|s| self.under_body(at, s).or_else(|| self.of_groups(at, s)))
            .or_else(|| self.under_columns(at, status))
            .or_else(|| self.under_tabs(at, kind))
            .or_else(|| self.beside_body(at, status?))
    }

    /// The people under each other in a cell beside their body: `Styret | Eva Lie (leder)`, and under her `Per Ås`.
    fn beside_body(&self, at: usize, status: AttendanceStatus) -> Option<(usize, Vec<Attendance>)> {
        let line = &self.lines[at];
        let [body, list] = line.cells? else { return None };
        let is_list = list.text.contains(CELL_BREAK) && list.text.split(CELL_BREAK).all(attendance::opens_with_name);
        if !is_list || !lexicon().is_body_word(&Folded::text_of(body.text.trim().trim_end_matches(':'))) {
            return None;
        }
        let from = list.start.checked_sub(line.start)?;
        let people = line.piece(list.start, line.raw.get(from..from + list.text.len())?);
        Some((at + 1, attendance::listed(&[&people], 0, status, self.blocks)))
    }

    /// The people on lines under the names of their parties, each alone on a line, and how many lines that is.
    fn under_parties(&self, rows: &[Line], status: AttendanceStatus) -> Option<(usize, Vec<Attendance>)> {
        let is_head =
            |l: &Line| attendance::party_head(l).is_some_and(|(from, to, _)| from == 0 && to == l.text().len());
        let is_person = |l: &Line| l.cells.is_none() && fields(l).is_empty() && attendance::is_person(l);
        let pair = (is_head(rows.first()?) && is_person(rows.get(1)?)).then_some(rows)?;
        let count = pair.iter().take_while(|l| is_head(l) || is_person(l)).count();
        let lines: Vec<&Line> = pair[..count].iter().collect();
        let heads = lines.iter().filter(|l| is_head(l)).count();
        (heads > 1).then(|| (count, attendance::listed(&lines, 0, status, self.blocks)))
    }

    /// The people on lines that each begin with whom they represent, and the line after them: `Foreldre: Eva Lie, Per Ås`,
    /// `Lærere: Jon Moe`, `Elever: Kari Rud (10B)`.
    fn of_groups(&self, at: usize, status: AttendanceStatus) -> Option<(usize, Vec<Attendance>)> {
        let group = |lines: &[Line]| -> Option<Vec<Attendance>> {
            let (line, rest) = lines.split_first()?;
            let (label, list) = line.raw.split_once(':').filter(|_| line.cells.is_none() && fields(line).is_empty())?;
            let label = label.trim_start_matches(|c: char| !c.is_alphanumeric());
            let last = rest.last().map_or(list, |line| line.raw).trim_end();
            // "Eva Lie, ansattes repr."
            let word = |last: &str| last.rsplit(' ').next().unwrap_or_default().to_lowercase();
            let is_sentence =
                last.strip_suffix('.').is_some_and(|last| !lexicon().is_particle("abbreviations", &word(last)));
            let is_list = label.len() <= LONGEST_GROUP && label.starts_with(char::is_alphabetic) && !is_sentence;
            if !is_list {
                return None;
            }
            let from = line.raw.len() - list.trim_start().len();
            let named = line.piece(line.start + from, list.trim());
            let listed: Vec<&Line> = std::iter::once(&named).chain(rest).collect();
            // "Rollag: meldt forfall (Per Ås)", "Observatør, Statsforvalteren: Eva Lie"
            let label_status = label
                .split([',', ' '])
                .next()
                .and_then(|word| attendance::status(*lexicon().labels.get(word.to_lowercase().as_str())?));
            let people = match attendance::absent_in_parentheses(&named, self.blocks) {
                absent if absent.is_empty() => {
                    attendance::listed(&listed, 0, label_status.unwrap_or(status), self.blocks)
                }
                absent => absent,
            };
            let words: usize = listed.iter().map(|line| line.raw.split_whitespace().count()).sum();
            let end = line.raw.len() - list.len() - 1;
            let at = line.raw_span(end - label.len(), end);
            let group = Sourced::new(spaces_folded(label), vec![at], self.blocks);
            // "Nestleder: Eva Lie"
            let is_role = lexicon().is_role(&label.to_lowercase());
            let of_group = |a: Attendance| match is_role {
                true => Attendance { role: a.role.or_else(|| Some(group.clone())), ..a },
                false => Attendance { represents: a.represents.or_else(|| Some(group.clone())), ..a },
            };
            (!people.is_empty() && words <= people.len() * WORDS_OF_MEMBER)
                .then(|| people.into_iter().map(of_group).collect())
        };
        let apart = self.lines[at..self.range.end].chunk_by(|_, line| line.continues && !line.first);
        let groups: Vec<(usize, Vec<Attendance>)> =
            apart.map_while(|lines| Some((lines.len(), group(lines)?))).collect();
        let end = at + groups.iter().map(|(count, _)| count).sum::<usize>();
        (groups.len() >= LEAST_GROUPS).then(|| (end, groups.into_iter().flat_map(|(_, people)| people).collect()))
    }

    /// The people of a table under a line with the heads of its columns: `Medlem:   Verv:   Bedrift:`.
    fn under_columns(&self, at: usize, status: Option<AttendanceStatus>) -> Option<(usize, Vec<Attendance>)> {
        let line = &self.lines[at];
        let first = self.lines.get(at + 1).filter(|l| l.cells.is_some() && line.cells.is_none())?;
        let heads = attendance::columns_or_line(line)?;
        let rows = &self.lines[at + 1..self.range.end];
        let end = rows.iter().take_while(|row| row.block == first.block).count();
        if let Some(status) = status.filter(|_| attendance::lists_people(&heads)) {
            let people = attendance::under_columns(heads, &rows[..end], status, self.blocks);
            return Some((at + 1 + end, people));
        }
        heads.iter().all(Option::is_some).then(|| (at + 1, Vec::new()))
    }

    /// The people of columns that TABs divide, under how they attended: `Møtt:<TAB>Forfall:`.
    fn under_tabs(&self, at: usize, kind: Kind) -> Option<(usize, Vec<Attendance>)> {
        let line = self.lines.get(at).filter(|l| l.cells.is_none() && l.raw.contains('\t'))?;
        let pieces = |raw: &'_ str| raw.split('\t').filter(|piece| !piece.trim().is_empty()).count();
        let head = |piece: &str| {
            let words = Folded::text_of(piece.trim());
            let label = cue::label(&words).filter(|label| label.value >= words.len())?;
            Some(called(kind, attendance::status(label.field)?))
        };
        let heads = line.raw.split('\t').filter(|piece| !piece.trim().is_empty());
        let heads: Vec<AttendanceStatus> = heads.map(head).collect::<Option<_>>()?;
        if heads.len() < 2 {
            return None;
        }
        let is_row = |l: &&Line| {
            let at = |piece: &str| piece.as_ptr().addr() - l.raw.as_ptr().addr();
            // "Per Ås. I staden møtte Jon Moe."
            let first = |piece: &'_ str| piece.find(". ").unwrap_or(piece.len());
            let is_person = |piece: &str| attendance::is_person(&l.piece(l.start + at(piece), &piece[..first(piece)]));
            let names = |piece: &str| piece.trim().is_empty() || is_person(piece);
            l.cells.is_none() && fields(l).is_empty() && pieces(l.raw) <= heads.len() && l.raw.split('\t').all(names)
        };
        let rows: Vec<&Line> = self.lines[at + 1..self.range.end].iter().take_while(is_row).collect();
        let mut found = vec![Vec::new(); heads.len()];
        for row in &rows {
            let places = row.raw.split('\t').map(|piece| (piece.as_ptr().addr() - row.raw.as_ptr().addr(), piece));
            let filled: Vec<(usize, &str)> = places.filter(|(_, piece)| !piece.trim().is_empty()).collect();
            // Where only the last column goes on, TABs stand before it.
            let first = if row.raw.starts_with('\t') { heads.len() - filled.len() } else { 0 };
            for (column, (from, piece)) in (first..).zip(filled) {
                let piece = row.piece(row.start + from, piece);
                found[column].extend(attendance::listed(&[&piece], 0, heads[column], self.blocks));
            }
        }
        let found = found.concat();
        (!found.is_empty()).then_some((at + 1 + rows.len(), found))
    }

    /// The people alone on lines of their own, each with a party, where no label says that they met: `Eva Lie (Ap, leder)`.
    pub(super) fn of_parties(&self, told: &[Attendance]) -> Vec<Attendance> {
        let is_person = |l: &&Line| l.cells.is_none() && fields(l).is_empty() && attendance::is_person(l);
        let lines = self.lines[self.range.clone()].iter().filter(is_person);
        let people = lines.flat_map(|l| attendance::listed(&[l], 0, AttendanceStatus::Present, self.blocks));
        let is_new = |a: &Attendance| a.represents.is_some() && !told.iter().any(|t| t.name.value == a.name.value);
        let people: Vec<Attendance> = people.filter(is_new).collect();
        if people.len() < LEAST_GROUPS { Vec::new() } else { people }
    }

    /// Adds the people that a line without a label tells of: a sentence, or a list under a party.
    pub(super) fn told(&self, document: &mut Document, at: usize) {
        let line = &self.lines[at];
        if line.cells.is_some() {
            return;
        }
        let wrapped = self.lines[at + 1..self.range.end].iter().take_while(|l| l.continues && l.block == line.block);
        if document.kind == Kind::Minutes && attendance::party_head(line).is_some() {
            // "For Høyre: Eva Lie, Per Ås", under a sentence that says how many met.
            // "For Høyre:", and the people under it.
            let names = usize::from(line.text().trim_end().ends_with(':')).max(wrapped.clone().count());
            let lines: Vec<&Line> = self.lines[at..self.range.end.min(at + 1 + names)].iter().collect();
            document.attendance.extend(attendance::listed(&lines, 0, AttendanceStatus::Present, self.blocks));
        }
        if document.kind == Kind::Minutes && !document.attendance.is_empty() {
            self.add(document, self.office_and_name(line).into_iter().collect());
        }
        // "Forfall: Eva Lie.", and under it "Som varamann for henne møtte Per Ås."
        let begins = !line.continues || self.lines[at - 1].raw.ends_with('.');
        if begins && document.kind != Kind::CasePaper {
            let lines: Vec<&Line> = std::iter::once(line).chain(wrapped).collect();
            self.add(document, attendance::told(&lines, self.blocks));
        }
    }

    /// The people in a range of a row, under their label in the row above.
    pub(super) fn listed_in(&self, kind: Kind, row: &Line, f: &Found, status: AttendanceStatus) -> Vec<Attendance> {
        let (from, to) = row.folded.source(f.value.0, f.value.1);
        let piece = row.piece(row.start + from, &row.raw[from..to]);
        attendance::listed(&[&piece], 0, called(kind, status), self.blocks)
    }

    /// Adds the people after a label. Goes on with the line after them, `None` where the label lists nobody; breaks where
    /// the rest of the label's line is read too, or is read by what stands under it.
    pub(super) fn labelled(
        &self,
        document: &mut Document,
        at: usize,
        f: &Found,
        status: AttendanceStatus,
        named: &mut Named,
    ) -> ControlFlow<usize, Option<usize>> {
        let line = &self.lines[at];
        let status = called(document.kind, status);
        let is_row = line.cells.is_some_and(|c| c.len() > 1);
        // "Til stede" over all columns
        let heads_rows = || {
            let next = self.lines.get(at + 1).filter(|row| line.cells.is_some() && row.block == line.block);
            next.and_then(|row| row.cells).is_some_and(|c| c.len() > 1)
        };
        if (is_row || heads_rows())
            && let Some((count, people)) = attendance::group(&self.lines[at..self.range.end], status, self.blocks)
        {
            document.attendance.extend(people);
            return ControlFlow::Break(at + count);
        }
        if !f.marked && f.by.is_none() && is_row {
            return ControlFlow::Continue(None);
        }
        // "Navneopprop:", and under it or beside it "Eva Lie ....... møtt"
        let (from, to) = line.folded.source(f.value.0, f.value.1.max(f.value.0));
        let beside = line.piece(line.start + from, line.raw[from..to.max(from)].trim_end());
        let listed = std::iter::once(&beside).filter(|piece| !piece.raw.is_empty());
        if status == AttendanceStatus::Present
            && let Some((count, people)) =
                attendance::answered_lines(listed.chain(&self.lines[at + 1..self.range.end]), self.blocks)
        {
            document.attendance.extend(people);
            return ControlFlow::Break(at + count + usize::from(beside.raw.is_empty()));
        }
        // "Oppmøte", "Opprop: 9 av 11 stemmer var representert.", and under it a table whose heads say more.
        let is_empty = f.value.0 >= f.value.1;
        let names_nobody = || people(&line.raw[line.folded.source(f.value.0, f.value.1.max(f.value.0)).0..]).is_empty();
        let over_row = self.lines[at + 1..self.range.end].first().is_some_and(|row| row.cells.is_some());
        if over_row
            && (is_empty || !is_row && names_nobody())
            && attendance::by_columns(&self.lines[at + 1..self.range.end], self.blocks).is_some()
        {
            return ControlFlow::Break(at + 1);
        }
        let (end, people) = self.attendance(at, f, status);
        if people.is_empty() && f.field == Field::Invited {
            // "Til: Administrasjonsutvalget"
            let value = line.text()[f.value.0..f.value.1].trim();
            if document.body.is_none() && lexicon().is_body_word(value) {
                let at = line.span_of(f.value.0, f.value.0 + value.len());
                let name = line.raw[at.start - line.start..at.end - line.start].to_owned();
                document.body = Some(Sourced::new(name, vec![at], self.blocks));
            }
            return ControlFlow::Continue(None);
        }
        if lexicon().is_particle("roster", &line.text()[f.label.0..f.label.1]) {
            self.add(document, self.officers_over(at, status));
            named.members.extend(people.iter().map(|a| a.name.value.clone()));
        }
        let first = line.text()[f.label.0..f.label.1].split(' ').next().unwrap_or_default();
        if lexicon().is_particle("observers", first) {
            named.observers.extend(people.iter().map(|a| a.name.value.clone()));
        }
        // A sentence may have told of them before: "Til stede: Eva Lie. Fraværende med forfall: Per Ås."
        // "Permisjon: Eva Lie fra kl. 21.00" of one who met
        let leaves = |a: &Attendance| status == AttendanceStatus::Absent && self.tells_when(a);
        let is_new = |a: &Attendance| {
            let same = |k: &Attendance| k.status == a.status && k.name.at == a.name.at;
            !document.attendance.iter().any(|k| same(k) || k.name.value == a.name.value && leaves(a))
        };
        let people: Vec<Attendance> = people.into_iter().filter(is_new).collect();
        document.attendance.extend(people);
        // "Forfall: Eva Lie. For henne møtte Per Ås."
        let from = at + usize::from(is_empty);
        let told = attendance::told(&self.lines[from..end.max(from)].iter().collect::<Vec<_>>(), self.blocks);
        let is_known = |name: &str| document.attendance.iter().any(|k| k.name.value == name);
        // Two on lines of their own are none with both names.
        let are_two = |name: &str| {
            let both = |at: usize| is_known(&name[..at]) && is_known(&name[at + 1..]);
            // "Sørvær", and on the next line "Handelsmann Johs. Lie"
            let is_end = |at: usize| name[at + 1..].contains(' ') && is_known(&name[at + 1..]);
            name.match_indices(' ').any(|(at, _)| both(at) || is_end(at))
        };
        let known = |a: &Attendance| {
            a.status != AttendanceStatus::Deputy && (is_known(&a.name.value) || are_two(&a.name.value))
        };
        let told: Vec<Attendance> = told.into_iter().filter(|a| !known(a)).collect();
        self.add(document, told);
        ControlFlow::Continue(Some(end))
    }

    /// Who holds an office of the administration, on a line of their own under those who met: `Driftsbestyrer: Eva Lie`.
    fn office_and_name(&self, line: &Line) -> Option<Attendance> {
        let (office, name) = line.raw.split_once(':').filter(|_| fields(line).is_empty())?;
        let role = Sourced::new(office.to_owned(), vec![line.raw_span(0, office.len())], self.blocks);
        let from = line.raw.len() - name.trim_start().len();
        let named = line.piece(line.start + from, name.trim());
        if office.contains(' ') || !attendance::is_office(&role) || !attendance::opens_with_name(named.raw) {
            return None;
        }
        let people = attendance::listed(&[&named], 0, AttendanceStatus::Staff, self.blocks);
        let [person] = <[Attendance; 1]>::try_from(people).ok()?;
        Some(Attendance { role: Some(role), ..person })
    }

    /// Whether the time of day or the case stands behind a name: `Eva Lie fra kl. 21.00`.
    fn tells_when(&self, person: &Attendance) -> bool {
        let Some(span) = person.name.at.spans().last() else { return false };
        let rest = &self.blocks[span.block as usize].text[span.end..];
        let rest = rest.split([',', ';', '\n']).next().unwrap_or_default().trim_start_matches([' ', '(']);
        let (word, when) = rest.split_once(' ').unwrap_or_default();
        lexicon().is_particle("from_case", word) && when.contains(|c: char| c.is_ascii_digit())
    }

    /// The officers on the lines over the label of the other members: `Leder: Eva Lie`, `Nestleder: Per Ås`, and under them
    /// `Medlemmer: Jon Moe, …`.
    fn officers_over(&self, at: usize, status: AttendanceStatus) -> Vec<Attendance> {
        let officer = |line: &Line| {
            let (office, name) = line.raw.split_once(':').filter(|_| line.cells.is_none())?;
            lexicon().elected_roles.contains(office.to_lowercase().as_str()).then_some(())?;
            let named = line.piece(line.start + line.raw.len() - name.trim_start().len(), name.trim());
            let role = Sourced::new(office.to_owned(), vec![line.raw_span(0, office.len())], self.blocks);
            let person = attendance::listed(&[&named], 0, status, self.blocks).into_iter().next()?;
            Some(Attendance { role: Some(role), ..person })
        };
        let over = self.lines[self.range.start..at].iter().rev().map_while(officer);
        let mut officers: Vec<Attendance> = over.collect();
        officers.reverse();
        officers
    }

    /// The people on lines under the name of a body alone, and the line after them.
    fn under_body(&self, at: usize, status: AttendanceStatus) -> Option<(usize, Vec<Attendance>)> {
        let line = &self.lines[at];
        let is_head = line.stands_out() && line.cells.is_none() && lexicon().is_body_word(line.text());
        let is_person = |l: &&Line| l.cells.is_none() && attendance::is_person(l);
        let people: Vec<&Line> =
            self.lines[at + 1..self.range.end].iter().take_while(|l| is_head && is_person(l)).collect();
        (people.len() > 1).then(|| (at + 1 + people.len(), attendance::listed(&people, 0, status, self.blocks)))
    }

    /// The people after a label, and the line after the last of them.
    fn attendance(&self, at: usize, found: &Found, status: AttendanceStatus) -> (usize, Vec<Attendance>) {
        let first = &self.lines[at];
        // "Til stede: 6 medlemmer", "Til stede: 25 av 27", and the list under it.
        let value = &first.text()[found.value.0..found.value.1];
        let counts = value.contains(|c: char| c.is_ascii_digit()) && !value.contains(['.', ','])
            || self.lines.get(at + 1).is_some_and(|l| l.cells.is_some());
        let names_none = || people(&first.raw[first.folded.source(found.value.0, found.value.1).0..]).is_empty();
        let has_value = !value.is_empty() && !(first.cells.is_none() && counts && names_none());
        // "Møtt:", a TAB and the first, and under it the others.
        let one_each =
            LazyCell::new(|| people(&first.raw[first.folded.source(found.value.0, found.value.1).0..]).len() == 1);
        let mut end = at + 1;
        while end < self.part.lines.end {
            let line = &self.lines[end];
            let wrapped = line.continues;
            // "Møtte: Tordis Ege", and under it "Peder Log".
            let same_block = line.block == first.block;
            let found = fields(line);
            // "Eva Lie<TAB>ansattes representant"
            let is_member = |f: &Found| f.by.is_some() && attendance::opens_with_name(line.raw);
            let new_field = found
                .iter()
                .filter(|f| !is_member(f))
                .any(|f| f.marked || f.field.is_attendance() || f.field.is_section() || f.field == Field::AgendaList);
            // "Forfall", and under it "Medlemmer".
            // "Til medlemmene av", and under it "HOVEDUTVALGET FOR UNDERVISNING".
            let names_body = || status == AttendanceStatus::Invited && lexicon().is_body_word(first_word(line.text()));
            let subhead = end == at + 1 && !has_value && (names_members(line) || names_body());
            // "Varamedlem | Eva Lie | SV", under "Funksjon | Navn | Parti", is a person.
            let is_headed = || {
                let first = self.lines[..end].iter().rev().take_while(|row| row.block == line.block).last();
                let heads = first.and_then(columns);
                line.raw.contains('\t') && heads.is_some_and(|heads| heads.contains(&Some(ColumnHead::Name)))
            };
            let heads_row = line.cells.is_some_and(|c| c.len() > 1)
                && found.first().is_some_and(|f| f.field.is_attendance() && f.label.0 == 0 && !is_member(f))
                && !is_headed();
            // "Leder", a TAB, "Eva Lie", under "Medlemmer som møtte".
            let is_officer = !has_value && names_role_and_person(line);
            // "Til: Skolestyret", and under it "Fra: rektor Eva Lie"
            let names_sender =
                || line.text().split_once(':').is_some_and(|(label, _)| lexicon().is_particle("by", label));
            if new_field && line.cells.is_none() && !subhead && !is_officer
                || status == AttendanceStatus::Invited && names_sender()
                || heads_row
                || cue::case_head(line).is_some()
                || cue::title(line).is_some_and(|t| t.whole || line.is_caps())
            {
                break;
            }
            let before = self.lines[end - 1].raw;
            let last = before.trim_end_matches('.').rsplit([' ', '.']).next().unwrap_or_default();
            let is_short = last.chars().count() == 1 || lexicon().is_particle("abbreviations", &last.to_lowercase());
            // "Varamann Per Ås (H)", and under it "møtte for ham."
            let is_closed = before.ends_with('.') || before.ends_with(')') && !line.raw.starts_with(char::is_lowercase);
            if wrapped && is_closed && !is_short && attendance::people_of(line) == 0 {
                break;
            }
            // "Per Ås og", and on the next page "Kari Moe".
            let joins = before.rsplit(' ').next().is_some_and(|word| lexicon().is_particle("conjunctions", word));
            let open_list = !has_value || before.ends_with([',', ';']) || joins;
            if self.lines[end - 1].cells.is_some() && attendance::rest_of_name(line) {
                end += 1;
                continue;
            }
            // "Møtte:  1. Eva Lie", and under it "2. sokneprest Per Ås"
            let is_numbered = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
            let numbered = is_numbered(value) && is_numbered(line.raw) && attendance::people_of(line) == 1;
            let open_list = open_list
                || numbered && *one_each
                || (attendance::is_person(line) || attendance::is_deputy_for(line) || attendance::is_official(line))
                    && *one_each
                || !before.ends_with('.') && line.cells.is_none() && attendance::people_of(line) > 1;
            if !wrapped && !subhead && !((open_list || same_block) && attendance::goes_on(line)) {
                break;
            }
            if line.cells.is_some()
                && (has_value || !is_people_table(&self.lines[end..self.part.lines.end], line.block))
            {
                break;
            }
            end += 1;
        }
        let lines: Vec<&Line> = self.lines[at..end].iter().collect();
        let (skip, _) = first.folded.source(found.value.0.min(first.text().len()), first.text().len());
        let skip = if has_value { skip } else { first.raw.len() };
        let (from, to) = first.folded.source(found.value.0, found.value.1);
        let ends_sentence = found.value.1 < first.text().len() && first.raw[from..to].trim_end().ends_with(['.', ';']);
        if first.cells.is_none() && ends_sentence {
            // "Møtte: Eva Lie. Forfall: Per Ås."
            let raw = &first.raw[from..to];
            let piece = first.piece(first.start + from, raw);
            return (at + 1, attendance::listed(&[&piece], 0, status, self.blocks));
        }
        if first.cells.is_some() {
            // A table of labels and values.
            let (from, to) = first.folded.source(found.value.0, found.value.1);
            let span = first.raw_span(from, to);
            let block = &self.blocks[first.block as usize];
            let raw = &block.text[span.start..span.end];
            let passage = first.piece(span.start, raw);
            let mut people = attendance::listed(&[&passage], 0, status, self.blocks);
            // "Medlemmer | : Eva Lie, leder | AP", and under it rows with an empty first cell; "Til stede: Eva Lie | leder", and
            // under it rows with names in the first.
            let in_first = first.cells.and_then(<[_]>::first).is_some_and(|c| span.start < c.end);
            let goes_on = |row: &&Line| {
                let goes_on = |c: &Cell| c.text.trim().is_empty() || in_first && attendance::opens_with_name(&c.text);
                row.block == first.block
                    && row.cells.and_then(<[_]>::first).is_some_and(goes_on)
                    && fields(row).is_empty()
            };
            let rows: Vec<&Line> = self.lines[at + 1..self.range.end].iter().take_while(goes_on).collect();
            for row in &rows {
                let text = row.piece(row.start, row.raw);
                people.extend(attendance::listed(&[&text], 0, status, self.blocks));
            }
            // The members under the first may stand apart from the table, one a line.
            let end = at + 1 + rows.len();
            let apart = |l: &&Line| l.cells.is_none() && attendance::is_person(l) && fields(l).is_empty();
            let apart: Vec<&Line> =
                self.lines[end..self.range.end].iter().take_while(|l| people.len() == 1 && apart(l)).collect();
            people.extend(attendance::listed(&apart, 0, status, self.blocks));
            return (end + apart.len(), people);
        }
        (end, attendance::listed(&lines, skip, status, self.blocks))
    }
}

/// The status of people in a document of a kind: nobody has met yet at a meeting that is called.
fn called(kind: Kind, status: AttendanceStatus) -> AttendanceStatus {
    match (kind, status) {
        (Kind::Agenda, AttendanceStatus::Present) => AttendanceStatus::Invited,
        (_, status) => status,
    }
}

/// Whether a line is but the word for members, which says nothing about how they attended.
fn names_members(line: &Line) -> bool {
    line.cells.is_none() && lexicon().is_particle("roster", line.text().trim_end_matches(':'))
}

/// Whether a line is a role and, after a TAB, a person: `Nestleder<TAB>Eva Lie<TAB>H`.
fn names_role_and_person(line: &Line) -> bool {
    let mut pieces = line.raw.split('\t');
    let role = pieces.next().is_some_and(|role| lexicon().is_role(&role.trim().to_lowercase()));
    role && line.cells.is_none() && pieces.next().is_some_and(|name| is_name(name.trim()))
}

/// Whether the table whose first row stands first in `lines` lists people.
fn is_people_table(lines: &[Line], block: u32) -> bool {
    let rows: Vec<&Line> = lines.iter().take_while(|l| l.block == block).collect();
    let named =
        rows.iter().filter(|r| r.cells.is_some_and(|c| c.iter().any(|c| attendance::opens_with_name(&c.text)))).count();
    rows.iter().any(|r| attendance::columns(r).is_some()) || named * 2 >= rows.len()
}
