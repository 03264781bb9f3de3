//! Fields: labels with their values on a line, also several on one line, and in the cells of a table's row.

use crate::document::{Block, CELL_BREAK, Cell, Span};
use crate::lang::{ColumnHead, Field, lexicon};
use crate::model::Sourced;

use super::attendance::opens_with_name;
use super::cue;
use super::line::{Folded, Line};
use super::text::{short, spaces_folded};
use super::values::amount;

/// A label and its value on one line, as ranges of the folded text.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// What the label announces.
    pub field: Field,
    /// The label.
    pub label: (usize, usize),
    /// The value; empty where nothing follows.
    pub value: (usize, usize),
    /// The owner of a section head.
    pub by: Option<(usize, usize)>,
    /// A colon, a TAB or a cell sets the label apart.
    pub marked: bool,
}

/// The fields on a line, in order; empty where the line begins with no label.
#[must_use]
pub fn fields<'l>(line: &'l Line) -> &'l [Found] {
    // "Kommune | Folketall | 2009" heads a table.
    let heads_table = |found: &[Found]| {
        line.cells.is_some_and(|c| c.len() > 2) && found.first().is_some_and(|f| f.field == Field::Municipality)
    };
    // "Revisjon | kr 322 000" is a row of a budget.
    let is_amount = |cell: &Cell| amount::parse(cell.text.trim()).is_some();
    let budgets = |found: &[Found]| {
        let amounts = |c: &[Cell]| c.len() > 1 && c[1..].iter().all(is_amount);
        found.iter().any(|f| f.field.is_attendance()) && line.cells.is_some_and(amounts)
    };
    // "V: Eva Lie, Per Ås" lists members, and "Formannskapet: " heads much; "SKOLESTYRET: Som innstillingen." decides.
    let no_decision = |found: &[Found]| {
        found.first().filter(|f| f.field == Field::Decision).is_some_and(|f| {
            let (label, value) = line.raw.split_at(line.folded.source(f.value.0, f.value.1).0);
            let is_name = f.by == Some(f.label);
            // "15/18 | Reglement | V | 25 min": a code for how a case is treated
            let is_code = f.label.1 - f.label.0 == 1 && line.cells.is_some_and(|c| c.len() > 2);
            is_code
                || is_name && (label.contains(char::is_lowercase) || !value.starts_with(char::is_alphabetic))
                || (is_name || f.label.1 - f.label.0 == 1) && opens_with_name(value)
        })
    };
    let stands = |found: &Vec<Found>| !heads_table(found) && !budgets(found) && !no_decision(found);
    let read = || Some(read(line)).filter(stands).unwrap_or_default();
    line.fields.get_or_init(read)
}

fn read(line: &Line) -> Vec<Found> {
    let text = line.text();
    let mut found: Vec<Found> = line.cells.map_or_else(Vec::new, |cells| stacked(line, cells));
    if !found.is_empty() {
        return found;
    }
    // "I N N S T I L L I N G   T I L   S T Y R E T :"
    let is_head = || {
        let whole = |l: &cue::Label| l.field.is_section() && l.value >= text.len();
        line.cells.is_none() && text.ends_with(':') && cue::label_of(line).is_some_and(|l| whole(&l))
    };
    if text.contains('\t') && !is_head() {
        // The pieces between TABs are cells: each a label with its value, a label, or the value of the label before it.
        let mut at = 0;
        let mut waiting = false;
        for piece in text.split('\t') {
            let start = at;
            at += piece.len() + 1;
            let trimmed = piece.trim();
            // "Saksnr." in a cell of its own
            let words = if line.cells.is_some() { piece.trim_end().trim_end_matches('.') } else { piece };
            let opens =
                |l: &cue::Label| l.marked || l.field.is_section() || l.field.is_value() || l.field.is_attendance();
            let is_beside = |l: &cue::Label| start == 0 || !found.is_empty() || l.marked && l.field.is_value();
            let Some(label) = cue::label(words).filter(|l| opens(l) && (line.cells.is_some() || is_beside(l))) else {
                if trimmed.is_empty() {
                    continue;
                }
                // "Saksbehandler: Eva Lie | Ny kinosal"
                let is_whole = |last: &Found| {
                    let officer =
                        matches!(last.field, Field::CaseOfficer | Field::ArchiveReference | Field::Classification);
                    officer && line.cells.is_some() && !waiting
                };
                if found.last().is_some_and(is_whole) {
                    continue;
                }
                // "Sted | Rådhuset | Protokoll | Eva Lie"
                let is_pairs = line.cells.is_some_and(|c| c.len() == 4 && c.iter().all(|c| !c.text.trim().is_empty()));
                let goes_on = |last: &Found| last.value.1 > last.value.0 && !(is_pairs && last.field == Field::Place);
                if let Some(last) = found.last_mut()
                    && (waiting || goes_on(last))
                {
                    if waiting {
                        // "Vedtak | : Protokollen godkjennes."
                        let text = piece.trim_start_matches([' ', ':']);
                        if text.is_empty() {
                            continue;
                        }
                        last.value = (start + piece.len() - text.len(), start + piece.len());
                    } else {
                        last.value.1 = start + piece.len();
                    }
                    waiting = false;
                    continue;
                }
                // "Formannskapet | Møtedato: 15.06.99"
                if (line.cells.is_some() || found.is_empty()) && text[at.min(text.len())..].contains(':') {
                    continue;
                }
                // "Fra | Brannsjefen | Møtedato | 22.10.2009"
                if found.is_empty() && text[at.min(text.len())..].contains('\t') && line.cells.is_some_and(labels_third)
                {
                    continue;
                }
                break;
            };
            if waiting && !label.marked && !line.cells.is_some_and(|c| c.len() > 2) {
                // "Sak<TAB>Vedtak": the second word is the value.
                if let Some(last) = found.last_mut() {
                    last.value = (start, start + piece.len());
                }
                waiting = false;
                continue;
            }
            found.push(Found {
                field: label.field,
                label: (start + label.label.0, start + label.label.1),
                value: (start + if label.value < words.len() { label.value } else { piece.len() }, start + piece.len()),
                by: label.by.map(|(s, e)| (start + s, start + e)),
                marked: true,
            });
            waiting = label.value >= words.len();
        }
        if !found.is_empty() {
            // "Saksnr.: 0041/03 Utvalg: Formannskapet | Møtedato: 09.10.2003"
            let mut all = Vec::with_capacity(found.len());
            for field in found {
                all.push(field);
                split_further(text, &mut all);
            }
            return all;
        }
    }
    let unmarked = in_cells(line);
    if !unmarked.is_empty() {
        return unmarked;
    }
    // "Neste møte holdes etter sommerferien, og", and on the next line "sekretæren sender ut forslag til dato." is a sentence.
    if let Some(label) = cue::label_of(line).filter(|l| l.marked || !line.breaks) {
        found.push(Found {
            field: label.field,
            label: label.label,
            value: (label.value.min(text.len()), text.len()),
            by: label.by,
            marked: label.marked,
        });
        split_further(text, &mut found);
    }
    found
}

/// Whether the third of four cells is a label alone, for the value in the last.
fn labels_third(cells: &[Cell]) -> bool {
    let [_, _, label, value] = cells else { return false };
    let words = Folded::text_of(label.text.trim_end_matches('.'));
    let is_label = cue::label(&words).is_some_and(|l| l.value >= words.len() && l.field.is_value());
    is_label && !value.text.trim().is_empty()
}

/// The fields of a row whose every cell is a label with its value, and nothing between them: `DATO 23.10.2014 | STED Rådhuset`.
fn in_cells(line: &Line) -> Vec<Found> {
    let Some(cells) = line.cells.filter(|c| c.len() > 1) else { return Vec::new() };
    let over = over_values(line, cells);
    if over.len() > 1 {
        return over;
    }
    let filled = cells.iter().filter(|c| !c.text.trim().is_empty());
    let found: Option<Vec<Found>> = filled.map(|cell| before_value(line, cell)).collect();
    found.filter(|found| found.len() > 1).unwrap_or_default()
}

/// The field of a cell that is a label with its value after a space: `DATO 23.10.2014`.
fn before_value(line: &Line, cell: &Cell) -> Option<Found> {
    let at = |raw: usize| line.folded.at(raw.saturating_sub(line.start));
    let (from, to) = (at(cell.start), at(cell.end));
    let piece = line.text().get(from..to).unwrap_or_default().trim_end();
    let ends = piece.match_indices(' ').map(|(i, _)| i).take(3);
    let label = ends.filter_map(|end| Some((end, *lexicon().labels.get(piece[..end].trim_end_matches('.'))?)));
    let (end, field) = label.filter(|l| l.1.is_value()).last()?;
    let value = (from + end + 1, from + piece.len());
    Some(Found { field, label: (from, from + end), value, by: None, marked: true })
}

/// The fields of labels under each other in one cell with their values under each other in the next: `Møtested:`, `Dato:` beside
/// `Rådhuset`, `23.10.2014`.
fn stacked(line: &Line, cells: &[Cell]) -> Vec<Found> {
    let paragraphs = |cell: &Cell| -> Vec<(usize, usize)> {
        let mut at = cell.start;
        let ranges = cell.text.split(CELL_BREAK).map(|paragraph| {
            at += paragraph.len() + CELL_BREAK.len();
            (at - paragraph.len() - CELL_BREAK.len(), at - CELL_BREAK.len())
        });
        ranges.collect()
    };
    let at = |raw: usize| line.folded.at(raw.saturating_sub(line.start));
    let mut found = Vec::new();
    for pair in cells.windows(2).filter(|pair| pair[0].text.contains(CELL_BREAK) && pair[1].text.contains(CELL_BREAK)) {
        let (labels, values) = (paragraphs(&pair[0]), paragraphs(&pair[1]));
        let field = |(from, to): &(usize, usize)| {
            value_label(Folded::text_of(&pair[0].text[from - pair[0].start..to - pair[0].start]).trim_end_matches(':'))
        };
        let fields: Option<Vec<Field>> = labels.iter().map(field).collect();
        for ((field, label), value) in
            fields.filter(|_| labels.len() == values.len()).into_iter().flatten().zip(labels).zip(values)
        {
            let (label, value) = ((at(label.0), at(label.1)), (at(value.0), at(value.1)));
            found.push(Found { field, label, value, by: None, marked: true });
        }
    }
    found
}

/// Whether cells of a row hold a label over its value each, or labels under each other beside their values.
#[must_use]
pub fn holds_over_values(row: &Line) -> bool {
    row.cells
        .is_some_and(|cells| cells.len() > 1 && (over_values(row, cells).len() > 1 || !stacked(row, cells).is_empty()))
}

/// The fields of cells with a label, and under it the value: `Møtested`, `Rådhuset`. Beside others that are fields of a case,
/// the word for it names its title.
fn over_values(line: &Line, cells: &[Cell]) -> Vec<Found> {
    let over = |cell: &Cell| {
        let (label, value) = cell.text.split_once(CELL_BREAK).filter(|(_, value)| !value.trim().is_empty())?;
        let words = Folded::text_of(label);
        // "Sak", and under it the title
        let names_case = || lexicon().case_words.contains(&words).then_some(Field::CaseTitle);
        let field = value_label(&words).or_else(names_case)?;
        let at = |raw: usize| line.folded.at((cell.start + raw).saturating_sub(line.start));
        let value = (at(cell.text.len() - value.trim_start().len()), at(cell.text.trim_end().len()));
        Some(Found { field, label: (at(0), at(label.len())), value, by: None, marked: true })
    };
    if !cells.iter().any(|cell| over(cell).is_some()) {
        return Vec::new();
    }
    // "Saksnr. 41/97" beside others over their values
    cells.iter().filter_map(|cell| over(cell).or_else(|| before_value(line, cell))).collect()
}

/// The fields of two rows of a table, or of two lines that TABs divide, labels over values: `Arkivsak | Saksbehandler` over
/// `16/1116 | Nils Bakken`. The ranges are those of the second row.
#[must_use]
pub fn column_fields(heads: &Line, values: &Line) -> Vec<Found> {
    // Where a page cuts a table, its last row may be text.
    if values.cells.is_some() && heads.block != values.block {
        return Vec::new();
    }
    let (mut labels, cells) = (pieces(heads), pieces(values));
    if values.cells.is_none() {
        labels.retain(|(from, to)| !heads.text()[*from..*to].trim().is_empty());
    }
    if labels.len() != cells.len() || labels.len() < 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let is_empty = |line: &Line, (from, to): (usize, usize)| line.text()[from..to].trim().is_empty();
    let pairs = labels.into_iter().zip(cells);
    for (label, value) in pairs.filter(|(label, value)| !is_empty(heads, *label) || !is_empty(values, *value)) {
        let words = heads.text()[label.0..label.1].trim();
        // "Når | Hvor | Hvem", and under it day, place and members
        let lists = || lexicon().labels.get(words.trim_end_matches('.')).copied().filter(|f| f.is_attendance());
        // "Saksbehandler: | Behandles i:"; a route begins with the bodies.
        let route = || {
            let is_route = |l: &cue::Label| l.value >= words.len() && l.field == Field::Route && label.0 > 0;
            cue::label(words).filter(is_route).map(|l| l.field)
        };
        // "Saksbehandler | Behandles av | Møtedato"
        let column = |words: &str| lexicon().columns.get(words.trim()).copied();
        let is_route = || heads.text().split('\t').any(|words| column(words) == Some(ColumnHead::Number));
        let names_body = || (column(words) == Some(ColumnHead::Body) && !is_route()).then_some(Field::Body);
        let Some(field) = value_label(words).or_else(lists).or_else(route).or_else(names_body) else {
            // "Saksbehandler | Møtested | Side"
            if lexicon().is_particle("page", words) {
                continue;
            }
            // "Kommunestyret | Møtedato | Start | Slutt"
            let is_first = found.is_empty() && label.0 == 0 && heads.cells.is_some_and(|cells| cells.len() > 2);
            if is_first && lexicon().is_body_word(words) {
                // "Møtested: Rådhuset" under it
                let own = cue::label(&values.text()[value.0..value.1]).filter(|l| l.marked && l.field.is_value());
                let own = own.map(|l| (l.field, (value.0 + l.value, value.1)));
                found.extend(own.map(|(field, value)| Found { field, label: (0, 0), value, by: None, marked: true }));
                continue;
            }
            return Vec::new();
        };
        // "Utvalg | Kommunestyret | Saksnr. | 62/16", and under it other labels
        if value_label(&values.text()[value.0..value.1]).is_some() {
            return Vec::new();
        }
        found.push(Found { field, label: (0, 0), value, by: None, marked: true });
    }
    let lists = found.iter().filter(|f| f.field.is_attendance()).count();
    if lists > 1 || lists == found.len() { Vec::new() } else { found }
}

/// The cells of a row, or the pieces of a line between TABs, as ranges of its text.
fn pieces(line: &Line) -> Vec<(usize, usize)> {
    if let Some(cells) = line.cells {
        // An empty cell at the beginning lies before the line.
        let at = |raw: usize| line.folded.at(raw.saturating_sub(line.start));
        return cells.iter().map(|c| (at(c.start), at(c.end))).collect();
    }
    let mut from = 0;
    let piece = |piece: &str| {
        from += piece.len() + 1;
        (from - piece.len() - 1, from - 1)
    };
    line.text().split('\t').map(piece).collect()
}

/// The field of a text that is a label alone and asks for a value: `Saksbehandler`.
fn value_label(text: &str) -> Option<Field> {
    let words = text.trim().trim_end_matches('.');
    cue::label(words).filter(|l| l.value >= words.len() && l.field.is_value()).map(|l| l.field)
}

/// Splits "Møtested: Kommunehuset Dato: 12.03.2015" at the labels inside the value.
fn split_further(text: &str, found: &mut Vec<Found>) {
    let Some(first) = found.last().copied() else { return };
    if !first.marked || !(first.field.is_value() || first.field.is_attendance()) {
        return;
    }
    let (mut from, end) = first.value;
    while let Some(colon) = text[from..end].find(':').map(|c| from + c) {
        let head = &text[from..colon];
        let mut best = None;
        for (i, _) in head
            .char_indices()
            .filter(|(i, _)| *i == 0 || head[..*i].ends_with([' ', '\t']))
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .take(4)
        {
            let words = head[i..].trim_end_matches(['.', ' ']);
            // "Forfall: Eva Lie. Vara: Per Ås": the second label begins a sentence.
            let opens = |f: &Field| {
                f.is_value() && first.field.is_value()
                    || f.is_attendance() && first.field.is_attendance() && head[..i].trim_end().ends_with(['.', ';'])
            };
            if let Some(field) = lexicon().labels.get(words).filter(|f| opens(f))
                && i > 0
            {
                best = Some((from + i, words.len(), *field));
            }
        }
        if let Some((start, len, field)) = best {
            if let Some(last) = found.last_mut() {
                last.value.1 = start;
            }
            let value = end - text[colon + 1..end].trim_start().len();
            found.push(Found { field, label: (start, start + len), value: (value, end), by: None, marked: true });
        }
        from = colon + 1;
    }
}

impl Found {
    /// The value as it stands, without white space and a full stop at its end; `None` where it is empty or a filling
    /// that says nothing.
    #[must_use]
    pub fn text(&self, line: &Line, blocks: &[Block]) -> Option<Sourced<String>> {
        let span = self.span(line)?;
        let raw = &line.raw[span.start - line.start..span.end - line.start];
        (!is_placeholder(raw)).then(|| Sourced::new(spaces_folded(raw), vec![span], blocks))
    }

    /// The place of the value, `None` where it is empty.
    #[must_use]
    pub fn span(&self, line: &Line) -> Option<Span> {
        if self.value.0 >= self.value.1 {
            return None;
        }
        let (from, to) = line.folded.source(self.value.0, self.value.1);
        let (start, end) = short(line.raw, from, to);
        if start >= end {
            // Nothing but a full stop: the filling itself.
            let raw = line.raw[from..to].trim();
            return (!raw.is_empty()).then(|| {
                let at = from + line.raw[from..to].find(raw).unwrap_or_default();
                line.raw_span(at, at + raw.len())
            });
        }
        Some(line.raw_span(start, end))
    }

    /// The label as printed.
    #[must_use]
    pub fn label_text(&self, line: &Line, blocks: &[Block]) -> Sourced<String> {
        let span = line.span_of(self.label.0, self.label.1);
        Sourced::new(spaces_folded(&line.raw[span.start - line.start..span.end - line.start]), vec![span], blocks)
    }
}

/// Whether a field is filled with something that says nothing: `.`, `-`, `xx`, `22/-`, `…`, `____`.
#[must_use]
pub fn is_placeholder(raw: &str) -> bool {
    let raw = raw.trim();
    if raw.is_empty() {
        return false;
    }
    if !raw.chars().any(char::is_alphanumeric) {
        return true;
    }
    let lower = raw.to_lowercase();
    if lower.len() > 1 && lower.chars().all(|c| c == 'x' || c == '.' || c == '/' || c == ' ') {
        return true;
    }
    // A year with nothing after the slash: `22/-`, `22-`, `2022/`.
    let digits = raw.trim_end_matches(['-', '–', '_', '/', '.', ' ', '?']);
    digits.len() < raw.len()
        && matches!(digits.len(), 2 | 4)
        && digits.bytes().all(|b| b.is_ascii_digit())
        && raw[digits.len()..].contains(['-', '–', '/', '_'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        for yes in [".", "-", "–", "xx", "22/-", "22-", "____", "...", "2022/", "xx/xx"] {
            assert!(is_placeholder(yes), "{yes}");
        }
        for no in ["22/146", "Oslo", "", "1", "12.00", "x-ray", "2022"] {
            assert!(!is_placeholder(no), "{no}");
        }
    }
}
