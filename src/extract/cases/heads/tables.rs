//! Numbers of cases in tables: lists of cases, routes of one case, boxes over its text.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Cell;
use crate::lang::{ColumnHead, Field, lexicon};

use super::super::super::attendance::columns;
use super::super::super::cue::{self, CaseHead};
use super::super::super::field::{Found, fields};
use super::super::super::line::{Folded, Line};
use super::super::super::values::number;
use super::{LEAST_RUN, is_alone};

/// What the head rows of tables say of the numbers in them, by block.
pub(super) struct HeadedTables {
    /// Tables that list the bodies that treat one case, not cases, with the column of the case's numbers.
    pub(super) routes: BTreeMap<u32, usize>,
    /// Tables with a column headed by a word for case numbers.
    pub(super) numbered: BTreeSet<u32>,
    /// Tables with the archive's numbers before those of the cases, or between them and the titles; with the columns of the
    /// numbers and the titles.
    pub(super) beside_archive: BTreeMap<u32, (usize, usize)>,
    /// Tables of one row, without a title, over the title of a case; with the column of its number.
    pub(super) boxes: BTreeMap<u32, usize>,
}

impl HeadedTables {
    pub(super) fn of(lines: &[Line]) -> Self {
        let mut tables = Self {
            routes: BTreeMap::new(),
            numbered: BTreeSet::new(),
            beside_archive: BTreeMap::new(),
            boxes: BTreeMap::new(),
        };
        // A table of one row over each case: "1/2018 | Opning"; the case's fields may stand under it.
        let is_single = |rows: &&[Line]| rows[1..].iter().all(|row| fields(row).iter().any(|f| f.marked));
        let single = lines.chunk_by(|a, b| a.block == b.block).filter(is_single).map(|rows| &rows[0]);
        let head = |row: &&Line| {
            // "1/2018 | Opning | Ark. 18/14"
            let is_beside = |c: &Cell| c.text.trim().is_empty() || cue::names_archive(&Folded::text_of(&c.text));
            let titled = |c: &[Cell]| c.len() > 1 && !is_beside(&c[1]) && c[2..].iter().all(is_beside);
            row.cells.is_some_and(titled) && row_head(row, 2).is_some_and(|cue| cue.number.second.is_some())
        };
        let single: Vec<u32> = single.filter(head).map(|row| row.block).collect();
        if single.len() > 2 {
            tables.numbered.extend(single);
        }
        // "8/89 | 88/412 | Ny kai", and in the next row "9/89 | 89/031 | Ny bru"
        let runs_on = |pair: &[Line], column: usize| {
            let digits = |row: &Line| number_in(row, column).map(|cue| (cue.number.first, cue.number.second));
            let both = digits(&pair[0]).zip(digits(&pair[1]));
            both.is_some_and(|((a, year), (b, other))| year.is_some() && year == other && a + 1 == b)
        };
        // "Sak | 8/89 | Ny kai", and under it """ | 9/89 | Ny bru"
        let leads = |row: &Line| {
            let first = row.cells.and_then(<[Cell]>::first).map_or(String::new(), |c| Folded::text_of(c.text.trim()));
            !first.contains(char::is_alphanumeric) || lexicon().case_words.contains(&first)
        };
        // Two rows are enough where the year has two digits: "37/90 | Gåver", "38/90 | Ymist".
        let of_year = |row: &Line| number_in(row, 0).is_some_and(|cue| cue.number.second_width >= 2);
        for rows in lines.chunk_by(|a, b| a.block == b.block).filter(|rows| rows.len() >= LEAST_RUN) {
            let width = rows[0].cells.map_or(0, <[Cell]>::len);
            let is_run = rows.len() > LEAST_RUN;
            if width > 1 && (is_run || width == 2 && of_year(&rows[0])) && rows.windows(2).all(|pair| runs_on(pair, 0))
            {
                tables.numbered.insert(rows[0].block);
            } else if is_run && width > 2 && rows.iter().all(leads) && rows.windows(2).all(|pair| runs_on(pair, 1)) {
                tables.beside_archive.insert(rows[0].block, (1, 2));
            }
        }
        // "SAKLISTE:", over a table without heads
        let lists = |l: &Line| l.cells.is_none() && fields(l).first().is_some_and(|f| f.field == Field::AgendaList);
        let under_title = lines.windows(2).filter(|pair| lists(&pair[0]) && pair[1].cells.is_some());
        tables.numbered.extend(under_title.map(|pair| pair[1].block));
        for (i, line) in lines.iter().enumerate() {
            let Some(heads) = columns(line) else { continue };
            let mut heads = heads;
            // "Sak | Arkivsak | Saksbehandler", and under it "PS 9/21 | 21/44 | Eva Lie"
            let is_number = |at: &usize| {
                let row = lines.get(i + 1).filter(|row| row.block == line.block);
                let cell = row.and_then(|row| row.cells?.get(*at)).map_or(String::new(), |c| Folded::text_of(&c.text));
                let printed = |s: usize, e: usize| cell[s..e].to_uppercase();
                number::at_start(&cell, &printed).is_some_and(|p| p.second.is_some() && p.end == cell.len())
            };
            if heads.contains(&Some(ColumnHead::Archive))
                && !heads.contains(&Some(ColumnHead::Number))
                && let Some(at) = heads.iter().position(|h| *h == Some(ColumnHead::Title)).filter(is_number)
            {
                heads[at] = Some(ColumnHead::Number);
            }
            let has = |head| heads.contains(&Some(head));
            if !has(ColumnHead::Number) {
                continue;
            }
            tables.numbered.insert(line.block);
            let column = |head| heads.iter().position(|h| *h == Some(head));
            let places = column(ColumnHead::Number).zip(column(ColumnHead::Title));
            let places = places
                .filter(|(number, title)| *number > 0 && heads[0] == Some(ColumnHead::Archive) || *title > number + 1);
            tables.beside_archive.extend(places.map(|places| (line.block, places)));
            let in_block = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|l| l.block == line.block);
            // The title may stand alone in the row after it.
            let titled = in_block(Some(i + 2)) && is_alone(&lines[i + 2]) && !in_block(Some(i + 3));
            let has_one_row = line.first && in_block(Some(i + 1)) && (titled || !in_block(Some(i + 2)));
            let of_case = has(ColumnHead::Date) || has(ColumnHead::Archive);
            let is_route = has(ColumnHead::Body) && has(ColumnHead::Date);
            if has_one_row && of_case && !is_route && !has(ColumnHead::Title) {
                tables.boxes.extend(column(ColumnHead::Number).map(|at| (line.block, at)));
            }
            if has(ColumnHead::Body) && has(ColumnHead::Date) && !has(ColumnHead::Title) {
                tables
                    .routes
                    .extend(heads.iter().position(|h| *h == Some(ColumnHead::Number)).map(|at| (line.block, at)));
            }
        }
        tables
    }
}

/// The number in a row of a table that sets labels beside values, over the title: `SAK NR.: | HHS 0023/93`.
pub(super) fn labelled_number(line: &Line) -> Option<CaseHead> {
    let found = fields(line);
    // "Sak nr.: 0078/01 | Arkivsak: 01/00012 | Saksbeh.: Eva Lie", "Behandles i: Skolestyret | Saksnr.: 0078/01"
    let field = found.iter().find(|f| f.field == Field::CaseNumber)?;
    let of_case = |f: &Found| {
        matches!(f.field, Field::ArchiveReference | Field::CaseOfficer | Field::Classification | Field::CaseTitle)
            || matches!(f.field, Field::Treated | Field::Route | Field::Body | Field::Date)
    };
    if !found.iter().all(|f| std::ptr::eq(f, field) || of_case(f)) {
        return None;
    }
    let is_label = matches!(field.field, Field::CaseNumber) && field.marked && field.value.0 < field.value.1;
    let value = line.text()[field.value.0..field.value.1].trim_end();
    let source = |s: usize, e: usize| line.printed(field.value.0 + s, field.value.0 + e);
    let printed =
        number::at_start(value, &source).filter(|p| is_label && p.second.is_some() && p.end == value.len())?;
    let number = printed.after(field.value.0);
    // "Saksnr.: PS 0011/05 Arkivsak: 05/00231 | Skolerute"
    let second = line.text().find('\t').filter(|_| line.cells.is_some_and(|c| c.len() == 2)).map(|tab| tab + 1);
    let is_title = |at: &usize| found.iter().all(|f| f.label.0 != *at && f.value.0 != *at);
    let title = second.filter(is_title).unwrap_or(line.text().len());
    Some(CaseHead { number, title })
}

/// The number and title in a row of a table: the number in a cell of its own.
pub(super) fn row_head(line: &Line, cells: usize) -> Option<CaseHead> {
    let text = line.text();
    if cells == 1 {
        return cue::case_head(line);
    }
    let first = text.split('\t').next()?;
    let source = |s: usize, e: usize| line.printed(s, e);
    let number = number::at_start(text, &source)?;
    let title = (first.len() + 1).min(text.len());
    // "Sak 20/04 | Arkivsak 04/212 | Møte 03.11.2004", and the title in the row under it.
    // "Sak: 0031/99 | Utvalg: HSU", and the title under the table.
    let beside = text[title..].split('\t').next().unwrap_or_default();
    let is_field = |piece: &str| {
        cue::names_archive(piece)
            || cue::label(piece).is_some_and(|l| l.marked && l.field.is_value() && l.field != Field::CaseTitle)
    };
    // "SAK 19/07 | Ark. 033 | Møtebok"
    let after = (title + beside.len() + 1).min(text.len());
    let next = text[after..].split('\t').next().filter(|piece| !piece.trim().is_empty() && !is_field(piece));
    let title = if is_field(beside) { next.map_or(text.len(), |_| after) } else { title };
    (number.end <= first.len() && first[number.end..].trim_matches([' ', ':', '.', '-']).is_empty())
        .then_some(CaseHead { title, number })
}

/// The number in a column of a row.
pub(super) fn number_in(line: &Line, column: usize) -> Option<CaseHead> {
    let cell = line.cells?.get(column)?;
    let at = |raw: usize| line.folded.at(raw.saturating_sub(line.start));
    let (from, to) = (at(cell.start), at(cell.end));
    let source = |s: usize, e: usize| line.printed(from + s, from + e);
    let number = number::at_start(line.text().get(from..to)?, &source)?.after(from);
    Some(CaseHead { number, title: line.text().len() })
}

/// The number in a column of a row with the title in another.
pub(super) fn titled_number(line: &Line, number: usize, title: usize) -> Option<CaseHead> {
    let filled = |cell: &&Cell| !cell.text.trim().is_empty();
    // "Sak 0021/98 | Referatsaker | " may be the head of the case's text, that a page sets as the list's last row.
    let cell = line.cells?.get(title).filter(filled).or_else(|| line.cells?.iter().skip(number + 1).find(filled))?;
    Some(CaseHead { title: line.folded.at(cell.start.saturating_sub(line.start)), ..number_in(line, number)? })
}
