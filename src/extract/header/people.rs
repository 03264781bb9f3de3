//! The people in a document's head.

use crate::lang::{Field, lexicon};
use crate::model::{Attendance, AttendanceStatus, Document};

use super::super::attendance;
use super::super::cue;
use super::super::field::{Found, fields};
use super::super::line::Line;
use super::super::values::name::people;
use super::Head;

impl Head<'_, '_> {
    /// Adds people that sentences tell of; a deputy may be listed among those who met.
    pub(super) fn add(&self, document: &mut Document, people: Vec<Attendance>) {
        for person in people {
            let is_deputy = person.status == AttendanceStatus::Deputy;
            match document.attendance.iter_mut().find(|k| is_deputy && k.name.value == person.name.value) {
                Some(known) if known.status == AttendanceStatus::Present => known.status = person.status,
                Some(_) => {}
                None => document.attendance.push(person),
            }
        }
    }

    /// The people on lines under the name of a body alone, and the line after them.
    pub(super) fn under_body(&self, at: usize, status: AttendanceStatus) -> Option<(usize, Vec<Attendance>)> {
        let line = &self.lines[at];
        let is_head = line.stands_out() && line.cells.is_none() && lexicon().is_body_word(line.text());
        let is_person = |l: &&Line| l.cells.is_none() && attendance::is_person(l);
        let people: Vec<&Line> =
            self.lines[at + 1..self.range.end].iter().take_while(|l| is_head && is_person(l)).collect();
        (people.len() > 1).then(|| (at + 1 + people.len(), attendance::listed(&people, 0, status, self.blocks)))
    }

    /// The people after a label, and the line after the last of them.
    pub(super) fn attendance(&self, at: usize, found: &Found, status: AttendanceStatus) -> (usize, Vec<Attendance>) {
        let first = &self.lines[at];
        // "Til stede: 6 medlemmer", "Til stede: 25 av 27", and the list under it.
        let value = &first.text()[found.value.0..found.value.1];
        let counts = value.contains(|c: char| c.is_ascii_digit()) && !value.contains(['.', ','])
            || self.lines.get(at + 1).is_some_and(|l| l.cells.is_some());
        let names_none = || people(&first.raw[first.folded.source(found.value.0, found.value.1).0..]).is_empty();
        let has_value = !value.is_empty() && !(first.cells.is_none() && counts && names_none());
        // "Møtt:", a TAB and the first, and under it the others.
        let one_each = people(&first.raw[first.folded.source(found.value.0, found.value.1).0..]).len() == 1;
        let mut end = at + 1;
        while end < self.part.lines.end {
            let line = &self.lines[end];
            let wrapped = line.continues;
            // "Møtte: Tordis Ege", and under it "Peder Log".
            let same_block = line.block == first.block;
            let new_field = fields(line)
                .iter()
                .any(|f| f.marked || f.field.is_attendance() || f.field.is_section() || f.field == Field::AgendaList);
            // "Forfall", and under it "Medlemmer".
            let subhead = end == at + 1 && !has_value && names_members(line);
            let heads_row = line.cells.is_some_and(|c| c.len() > 1)
                && fields(line).first().is_some_and(|f| f.field.is_attendance() && f.label.0 == 0);
            if new_field && line.cells.is_none() && !subhead
                || heads_row
                || cue::case_head(line).is_some()
                || cue::title(line).is_some_and(|t| t.whole)
            {
                break;
            }
            let before = self.lines[end - 1].raw;
            if wrapped && before.ends_with([')', '.']) && attendance::people_of(line) == 0 {
                break;
            }
            let open_list = !has_value || before.ends_with([',', ';']);
            if self.lines[end - 1].cells.is_some() && attendance::rest_of_name(line) {
                end += 1;
                continue;
            }
            let open_list = open_list || one_each && attendance::is_person(line);
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
            // "Medlemmer | : Eva Lie, leder | AP", and under it rows with an empty first cell.
            let goes_on = |row: &&Line| {
                row.block == first.block
                    && row.cells.is_some_and(|c| c.first().is_some_and(|c| c.text.trim().is_empty()))
                    && fields(row).is_empty()
            };
            let rows: Vec<&Line> = self.lines[at + 1..self.range.end].iter().take_while(goes_on).collect();
            for row in &rows {
                let text = row.piece(row.start, row.raw);
                people.extend(attendance::listed(&[&text], 0, status, self.blocks));
            }
            return (at + 1 + rows.len(), people);
        }
        (end, attendance::listed(&lines, skip, status, self.blocks))
    }
}

/// Whether a line is but the word for members, which says nothing about how they attended.
fn names_members(line: &Line) -> bool {
    line.cells.is_none() && lexicon().is_particle("roster", line.text().trim_end_matches(':'))
}

/// Whether the table whose first row stands first in `lines` lists people.
fn is_people_table(lines: &[Line], block: u32) -> bool {
    let rows: Vec<&Line> = lines.iter().take_while(|l| l.block == block).collect();
    let named =
        rows.iter().filter(|r| r.cells.is_some_and(|c| c.iter().any(|c| attendance::opens_with_name(&c.text)))).count();
    rows.iter().any(|r| attendance::columns(r).is_some()) || named * 2 >= rows.len()
}
