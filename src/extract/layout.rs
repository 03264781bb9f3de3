//! Tables that only lay out the text of cases, as lines of that text: labels beside their sections, cases in the rows of a
//! table with what was decided in a cell.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Block, CELL_BREAK, Cell};

use crate::lang::{ColumnHead, Field, lexicon};

use super::attendance::columns;
use super::cue;
use super::field::{fields, holds_over_values};
use super::line::{Folded, Line};
use super::passage::sentences;
use super::values::number;

/// The lines with the rows of such tables as lines of text, and those of running text divided where a label stands in it.
/// Other rows stay rows.
#[must_use]
pub fn unrolled<'b>(lines: Vec<Line<'b>>, blocks: &'b [Block]) -> Vec<Line<'b>> {
    let lines: Vec<Line> = after_quotations(lines).into_iter().flat_map(at_labels).collect();
    let lines = after_titles(lines);
    let mut laid_out: BTreeSet<u32> = lines.iter().filter(|row| heads_section(row)).map(|row| row.block).collect();
    // Sentences in a box of their own are text.
    let is_text = |row: &Line| row.cells.is_some_and(|c| c.len() == 1) && row.raw.ends_with('.');
    let alone = |rows: &&[Line]| matches!(rows, [row] if is_text(row) && cue::case_head(row).is_none());
    let boxes = lines.chunk_by(|a, b| a.block == b.block).filter(alone).map(|rows| rows[0].block);
    laid_out.extend(boxes);
    let boxed = |pair: &&[Line]| is_boxed(&pair[0], &pair[1]) || is_box(&pair[0], &pair[1]);
    laid_out.extend(lines.windows(2).filter(boxed).map(|pair| pair[1].block));
    // "Saksnr. | Arkivsak | Saksbehandler" over what they are, and under them the title and the text of the case
    let heads_case =
        |row: &&Line| row.first && holds_over_values(row) && fields(row).iter().any(|f| f.field == Field::CaseNumber);
    laid_out.extend(lines.iter().filter(heads_case).map(|row| row.block));
    let of_cases = case_tables(&lines);
    if laid_out.is_empty() && of_cases.is_empty() {
        return lines;
    }
    // "Sak | Tema | Kva vi snakka om | Vedtak", where what was said holds proposals
    let headed = lines.iter().filter(|row| row.first && laid_out.contains(&row.block));
    let headed: BTreeMap<u32, usize> = headed.filter_map(|row| Some((row.block, decision_column(row)?))).collect();
    let divided = |lines: Vec<Line<'b>>| lines.into_iter().flat_map(at_labels).collect();
    let as_text = |row: Line<'b>| match of_cases.get(&row.block) {
        Some(_)
            if columns(&row).is_some()
                || !tells_case(&row) && !titles_case(&row) && (row.first || holds_over_values(&row)) =>
        {
            vec![row]
        }
        Some(decision) => divided(paragraphs(&row, blocks, *decision)),
        None if headed.contains_key(&row.block) && columns(&row).is_some() => vec![row],
        None if laid_out.contains(&row.block) && !holds_over_values(&row) => {
            divided(paragraphs(&row, blocks, headed.get(&row.block).copied()))
        }
        None => vec![row],
    };
    lines.into_iter().flat_map(as_text).collect()
}

/// The lines with those divided that end a quotation which a line over them began, as the width broke it:
/// `Eva Lie foreslo: «Saka vert utsett og teken opp`, and under it `att til hausten.» Framlegget fall.`
fn after_quotations(lines: Vec<Line>) -> Vec<Line> {
    let mut divided = Vec::with_capacity(lines.len());
    let mut is_open = false;
    for line in lines {
        let text = line.text();
        let goes_on = is_open && line.continues && line.cells.is_none();
        let quotes = text.matches('"').count();
        is_open = (quotes + usize::from(goes_on)) % 2 == 1 && (goes_on || text.contains(": \""));
        let close = text.find('"').filter(|_| goes_on).map(|at| (at, text[at + 1..].trim_start_matches('.')));
        if let Some((_, rest)) = close.filter(|(_, rest)| rest.starts_with(' ')) {
            let (from, _) = line.folded.source(text.len() - rest.len() + 1, text.len());
            let told = Line {
                first: false,
                continues: false,
                page_break: false,
                ..line.piece(line.start + from, &line.raw[from..])
            };
            let quoted = line.piece(line.start, line.raw[..from].trim_end());
            divided.push(Line { first: line.first, continues: true, page_break: line.page_break, ..quoted });
            divided.push(told);
        } else {
            divided.push(line);
        }
    }
    divided
}

/// What follows a title in its paragraph is text from so many words on.
const LEAST_TOLD: usize = 5;

/// The lines with those of cases whose title and text are one paragraph divided after the title:
/// `24/11. Rekneskap 2010. Kyrkjeverja gjorde greie for postane.`, `24/11 Rekneskap. Overskotet er kr 1 200.`
fn after_titles(lines: Vec<Line>) -> Vec<Line> {
    let title_end = |line: &Line| {
        let text = line.text();
        if line.cells.is_some() || !text.contains(". ") {
            return None;
        }
        // "Nr. 115. Møteboka fra 23/9. - Referert og godkjent."
        let after_word = || {
            let (word, rest) = text.split_once(' ')?;
            let is_word = lexicon().number_words.iter().any(|w| w == word.trim_end_matches('.'));
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            (is_word && digits > 0).then_some(word.len() + 1 + digits)
        };
        let number = number::at_start(text, &|_, _| String::new()).filter(|n| n.second.is_some() || n.case_word);
        let number = number.map(|n| n.end).or_else(after_word)?;
        let from = number + text[number..].strip_prefix(". ").map_or(0, |_| 2);
        if let Some(dash) = text[from..].find(". - ").filter(|_| !line.stands_out()) {
            return Some(line.folded.source(from + dash, text.len()).0 + 1);
        }
        let (from, _) = line.folded.source(from, text.len());
        let said = sentences(&line.raw[from..]);
        let at = from + said.get(1).filter(|_| !line.stands_out())?.0;
        // "Sak 18/99 | Arkivsaksnr. 97/00123"
        let last = line.raw[from..at].trim_end_matches(['.', ' ']).rsplit([' ', '\t']).next().unwrap_or_default();
        if lexicon().labels.contains_key(&last.to_lowercase()) {
            return None;
        }
        // "Bygging av ny skole. Romprogram." is all title.
        (line.raw[at..].split_whitespace().count() >= LEAST_TOLD).then_some(at)
    };
    let ends: Vec<Option<usize>> = lines.iter().map(title_end).collect();
    if ends.iter().flatten().count() < 2 {
        return lines;
    }
    let mut divided = Vec::with_capacity(lines.len() * 2);
    for (line, end) in lines.into_iter().zip(ends) {
        if let Some(at) = end {
            let told = line.raw[at..].trim_start_matches([' ', '-', '–']);
            let text = line.piece(line.start + line.raw.len() - told.len(), told);
            let text = Line { first: false, page_break: false, ..text };
            let title = line.piece(line.start, line.raw[..at].trim_end());
            divided.push(Line { first: line.first, continues: line.continues, page_break: line.page_break, ..title });
            divided.push(text);
        } else {
            divided.push(line);
        }
    }
    divided
}

/// Whether a row of one cell is the box under a label: "Forslag til vedtak:".
fn is_boxed(label: &Line, row: &Line) -> bool {
    let is_box = row.cells.is_some_and(|cells| cells.len() == 1) && label.cells.is_none();
    is_box
        && cue::label_of(label)
            .is_some_and(|l| l.field.is_section() && l.field != Field::Attachments && l.value >= label.text().len())
}

/// Whether a row of one cell is a label, over the next row of the same box: "Vedtak".
fn is_box(label: &Line, row: &Line) -> bool {
    let single = |row: &Line| row.cells.is_some_and(|cells| cells.len() == 1);
    let heads = || {
        cue::label_of(label)
            .is_some_and(|l| matches!(l.field, Field::Decision | Field::Proposal) && l.value >= label.text().len())
    };
    single(label) && single(row) && label.block == row.block && label.first && heads()
}

/// The tables with a case in each row, its number in the first cell and under its title in the next what was said and, there
/// or in a column of its own, what was decided: by block, with that column.
fn case_tables(lines: &[Line]) -> BTreeMap<u32, Option<usize>> {
    let tables = lines.chunk_by(|a, b| a.block == b.block).filter(|rows| rows.len() > 1 && rows[0].cells.is_some());
    let of_cases = |rows: &[Line]| {
        let heads = rows.first().and_then(columns);
        // "Sak | Kva saka gjeld | Tilråding" lists what is proposed.
        let has = |head| heads.as_ref().is_some_and(|heads| heads.contains(&Some(head)));
        if has(ColumnHead::Proposal) && !has(ColumnHead::Decision) {
            return None;
        }
        let headed = heads.and_then(|heads| heads.iter().position(|h| *h == Some(ColumnHead::Decision)));
        let third = || rows.iter().filter_map(|row| row.cells?.get(2)).any(|cell| is_decided(&cell.text)).then_some(2);
        let decision = headed.or_else(third);
        let told = rows.iter().filter(|row| tells_case(row) || headed.is_some() && titles_case(row)).count();
        let decides = || rows.iter().filter_map(|row| row.cells).flatten().any(|cell| decides(&cell.text));
        let in_margin = rows.iter().any(|row| tells_case(row) && row.cells.is_some_and(heads_decision));
        let is_told = told >= 2 && told * 2 >= rows.len() && (decision.is_some() || decides());
        // The numbers and the titles of the cases stand in the margin, and what was said of them beside.
        let beside = rows.iter().filter(|row| titles_case(row) && row.cells.is_some_and(|c| c.len() == 2)).count();
        let is_told = is_told || beside >= 2;
        (is_told || in_margin).then(|| (rows[0].block, decision))
    };
    let mut found: BTreeMap<u32, Option<usize>> = tables.filter_map(of_cases).collect();
    // A table for each case.
    let single = lines.chunk_by(|a, b| a.block == b.block).filter(|rows| rows.len() == 1 && tells_case(&rows[0]));
    let single: Vec<&Line> = single.map(|rows| &rows[0]).collect();
    let decides = |row: &&&Line| row.cells.into_iter().flatten().any(|cell| decides(&cell.text));
    if single.len() >= SINGLE_TABLES && single.iter().any(|row| decides(&row)) {
        found.extend(single.iter().map(|row| (row.block, None)));
    }
    found
}

/// The column of decisions in a table of cases, by the heads of its columns.
fn decision_column(heads: &Line) -> Option<usize> {
    let heads = columns(heads).filter(|heads| heads.contains(&Some(ColumnHead::Number)))?;
    heads.iter().position(|head| *head == Some(ColumnHead::Decision))
}

/// So many tables with a case each are how a document sets its cases.
const SINGLE_TABLES: usize = 3;

/// Whether a row begins with a number and has more than a line under a title beside it.
fn tells_case(row: &Line) -> bool {
    let mut filled = row.cells.into_iter().flatten().filter(|c| !c.text.trim().is_empty());
    let number = |c: &Cell| c.text.len() < LEAST_TEXT && c.text.contains(|c: char| c.is_ascii_digit());
    filled.next().is_some_and(number) && filled.next().is_some_and(|c| c.text.contains(CELL_BREAK))
}

/// Whether the title of a case stands under or behind its number in the first cell of a row: `UR 12/19`, and under it `Nattbuss`.
fn titles_case(row: &Line) -> bool {
    let Some(first) = row.cells.and_then(<[Cell]>::first) else { return false };
    let Some((number, title)) = first.text.split_once(CELL_BREAK) else { return names_case(&first.text) };
    let number = Folded::text_of(number.trim());
    let printed = number::at_start(&number, &|s, e| number[s..e].to_uppercase());
    printed.is_some_and(|p| p.second.is_some() && p.end == number.len()) && title.contains(char::is_alphabetic)
}

/// Whether the label of a decision stands alone under the title of a case whose number stands in the margin.
fn heads_decision(cells: &[Cell]) -> bool {
    (2..=3).contains(&cells.len()) && cells[1].text.split(CELL_BREAK).skip(1).any(is_decision_label)
}

/// Whether a text is the label of a decision alone: `Vedtak`, `Vedtak (4 mot 1 stemme)`.
fn is_decision_label(text: &str) -> bool {
    section(text).is_some_and(|l| l.field == Field::Decision && l.value >= Folded::new(text).text.len())
}

/// Whether a sentence under the title in a cell says what was decided.
fn decides(text: &str) -> bool {
    text.split(CELL_BREAK).skip(1).any(is_decided)
}

/// Whether a sentence of a text says what was decided.
fn is_decided(text: &str) -> bool {
    let said = sentences(text).into_iter().map(|(from, to)| Folded::text_of(&text[from..to]));
    said.into_iter().any(|said| lexicon().decided.is_match(&said))
}

/// Whether a row has a label of a section with its text beside it, or a paragraph in a cell that begins with one:
/// `Vedtak: | Protokollen godkjennes.`
fn heads_section(row: &Line) -> bool {
    let Some(cells) = row.cells else { return false };
    let filled: Vec<&str> = cells.iter().map(|c| c.text.trim()).filter(|t| !t.is_empty()).collect();
    let names_section = |text: &str| {
        let folded = Folded::text_of(text);
        cue::label(&folded).is_some_and(|l| l.field.is_section() && l.value >= folded.len())
    };
    let marked = filled.first().is_some_and(|t| t.ends_with(':')) || filled.get(1).is_some_and(|t| t.starts_with(':'));
    let paragraphs = |(i, c): (usize, &'_ Cell)| c.text.split(CELL_BREAK).skip(usize::from(i == 0)).any(begins_section);
    // A box around a decision: "Enstemmig vedtak:", and under it the text.
    let first = filled.first().and_then(|t| t.split_once(CELL_BREAK)).map_or("", |(first, _)| first);
    let names_it = || {
        section(first).is_some_and(|l| matches!(l.field, Field::Proposal | Field::Decision) && l.value >= first.len())
    };
    let boxed = filled.len() == 1 && (begins_section(first) || names_it());
    let has_text = || marked || filled[1].len() > LEAST_TEXT || filled[1].ends_with('.');
    filled.len() == 2 && has_text() && names_section(filled[0])
        || boxed
        || holds_fields(cells)
        || cells.iter().enumerate().any(paragraphs)
}

/// Whether a paragraph inside a cell is a field of the meeting: "Når: 22.09.2022", and under it "Hvor: Personalrommet".
fn holds_fields(cells: &[Cell]) -> bool {
    let is_field = |text: &str| cue::label(&Folded::text_of(text)).is_some_and(|l| l.marked && l.field.is_value());
    let holds = |c: &Cell| {
        let (first, rest) = c.text.split_once(CELL_BREAK).unwrap_or_default();
        is_field(first) && rest.split(CELL_BREAK).any(is_field)
    };
    cells.len() <= HEAD_CELLS && cells.iter().any(holds)
}

/// The head of a document in a table has so many cells in a row at most.
const HEAD_CELLS: usize = 3;

/// A label inside a text has so many bytes at most.
const LONGEST_INNER_LABEL: usize = 64;

/// The number of a point with the stop and the space after it has so many bytes at most.
const LONGEST_MARK: usize = 5;

/// A line divided before the sentences that begin with the label of a proposal, a decision or a list of people:
/// `Tre søkere. Vedtak: Ola Lie får tomten.`, `Eva Lie, Per Ås. Forfall: Jon Moe.`
fn at_labels(line: Line) -> Vec<Line> {
    let text = line.text();
    let resolved = line.likely(&lexicon().resolved);
    let opens = |at: &usize| {
        let rest = &text[*at..];
        let (raw, _) = line.folded.source(*at, text.len());
        let colon = rest.find(':').filter(|colon| *colon <= LONGEST_INNER_LABEL)?;
        // "Havnestyret besluttet enstemmig: Anbudet antas."
        if resolved.find(&rest[..=colon]).is_some_and(|m| m.start() == 0 && m.end() == colon + 1) {
            return Some(Field::Decision);
        }
        let label =
            cue::label(&rest[..=colon]).filter(|l| l.marked && line.raw[raw..].starts_with(char::is_uppercase))?;
        let divides = matches!(label.field, Field::Decision | Field::Proposal | Field::Place | Field::Secretary);
        let divides = divides || label.field.is_attendance();
        // "Til stede: Sp: Eva Lie. V: Per Ås."
        (divides && label.label.1 > label.label.0 + 1).then_some(label.field)
    };
    if line.cells.is_some() || !text.contains(':') || !text.contains(". ") && !text.contains('"') {
        return vec![line];
    }
    // "Varamann: Per Ås" after a sentence may name who was elected: it goes on with a list that has begun.
    let mut lists = cue::label_of(&line).is_some_and(|l| l.field.is_attendance());
    // "6. Fotballgruppas forslag: kunstgress" is a title.
    let is_title = |at: &usize| {
        let after = text[*at..].find(": ").map(|colon| line.folded.source(at + colon + 2, text.len()).0);
        let is_small = after.is_some_and(|after| line.raw[after..].starts_with(char::is_lowercase));
        *at <= LONGEST_MARK && (line.stands_out() || is_small)
    };
    let starts = text.match_indices(". ").map(|(at, _)| at + 2).filter(|at| !is_title(at)).filter(|at| {
        let field = opens(at);
        let begins = matches!(field, Some(Field::Present | Field::Absent));
        lists |= begins;
        field.is_some_and(|f| begins || lists || !f.is_attendance())
    });
    let mut starts: Vec<usize> = starts.collect();
    if line.says(&lexicon().moved) {
        starts.extend(after_proposals(text));
        starts.sort_unstable();
        starts.dedup();
    }
    let mut at = 0;
    let mut pieces = Vec::with_capacity(starts.len() + 1);
    for start in starts {
        let (start, _) = line.folded.source(start, text.len());
        pieces.push((at, line.raw[at..start].trim_end()));
        at = start;
    }
    if pieces.is_empty() {
        return vec![line];
    }
    pieces.push((at, &line.raw[at..]));
    let piece = |(at, raw)| Line {
        first: line.first && at == 0,
        continues: line.continues && at == 0,
        page_break: line.page_break && at == 0,
        ..line.piece(line.start + at, raw)
    };
    pieces.into_iter().map(piece).collect()
}

/// Where sentences begin that follow a proposal told in the same line: after its quotation, or those that tell its fate:
/// `Ola Lie foreslo: "Saken utsettes." Forslaget falt med 2 mot 5 stemmer.`
fn after_proposals(text: &str) -> Vec<usize> {
    let mut quotes = text.match_indices('"').map(|(at, _)| at);
    let mut found = Vec::new();
    while let (Some(open), Some(close)) = (quotes.next(), quotes.next()) {
        let rest = text[close + 1..].trim_start_matches('.');
        if text[..open].ends_with(": ") && rest.starts_with(' ') {
            found.push(text.len() - rest.len() + 1);
        }
    }
    let votes = &lexicon().votes;
    let tells_fate = |at: &usize| {
        let said = text[*at..].split(". ").next().unwrap_or_default();
        said.len() < LONGEST_FATE
            && (votes.adopted.is_match(said) || votes.rejected.is_match(said))
            && [&votes.counts, &votes.against, &votes.unanimous, &votes.elected].iter().any(|list| list.is_match(said))
    };
    found.extend(text.match_indices(". ").map(|(at, _)| at + 2).filter(tells_fate));
    found
}

/// A sentence about the fate of a proposal has so many bytes at most.
const LONGEST_FATE: usize = 160;

/// Whether a cell tells how a case was voted on and nothing else: `Enstemmig`, `4 for, 3 mot`.
fn tells_vote(cell: &str) -> bool {
    let (text, votes) = (Folded::text_of(cell.trim()), &lexicon().votes);
    text.len() <= LONGEST_VOTE_CELL
        && [&votes.unanimous, &votes.counts, &votes.against, &votes.acclamation].into_iter().any(|l| l.opens(&text))
}

/// Such a cell has so many bytes at most.
const LONGEST_VOTE_CELL: usize = 60;

/// The label of a section at the start of a text.
fn section(text: &str) -> Option<cue::Label> {
    cue::label(&Folded::text_of(text)).filter(|l| l.field.is_section())
}

/// Whether a text begins with such a label and a colon, and is about how the case was treated.
fn begins_section(text: &str) -> bool {
    let folded = Folded::text_of(text);
    let may_head = |l: &cue::Label| !matches!(l.field, Field::Route | Field::Remarks | Field::Attachments);
    cue::may_mark(&folded) && cue::label(&folded).is_some_and(|l| l.marked && l.field.is_section() && may_head(&l))
}

/// Text beside a label without a colon has at least so many bytes.
const LEAST_TEXT: usize = 30;

/// Whether a cell holds a case's number and its title: `42/17 Økonomi`, `UR 12/19 Godkjenning`.
fn names_case(text: &str) -> bool {
    let folded = Folded::new(text);
    let printed = |s: usize, e: usize| {
        let (from, to) = folded.source(s, e);
        text[from..to].to_owned()
    };
    let number = number::at_start(&folded.text, &printed).filter(|n| n.second.is_some());
    number.is_some_and(|n| folded.text[n.end..].contains(char::is_alphabetic))
}

/// The row as lines: its first paragraphs side by side, then every other paragraph. What stands in the column of `decision`
/// is marked as that.
fn paragraphs<'b>(row: &Line<'b>, blocks: &'b [Block], decision: Option<usize>) -> Vec<Line<'b>> {
    let Some(text) = blocks.get(row.block as usize).map(|b| b.text.as_str()) else { return Vec::new() };
    let mut lines = Vec::new();
    // From where, and whether the paragraph opens a cell that goes on a line begun by the cell before it.
    let mut open: Option<usize> = None;
    let decided = decision.and_then(|at| row.cells?.get(at)).map(|cell| cell.start);
    // "Røysting: samrøystes.", and under it in the same cell what was decided
    let decided_from = decision.and_then(|at| row.cells?.get(at)).map(|cell| {
        let votes = |text: &str| section(text).is_some_and(|l| l.field == Field::Voting && l.marked);
        let voted =
            cell.text.split(CELL_BREAK).take_while(|p| votes(p)).map(|p| p.len() + CELL_BREAK.len()).sum::<usize>();
        if voted < cell.text.len() { cell.start + voted } else { cell.start }
    });
    for (nth, cell) in row.cells.into_iter().flatten().filter(|c| !c.text.trim().is_empty()).enumerate() {
        let mut at = cell.start;
        let paragraphs: Vec<&str> = cell.text.split(CELL_BREAK).collect();
        for (i, paragraph) in paragraphs.iter().enumerate() {
            let (from, to) = (at, at + paragraph.len());
            at = to + CELL_BREAK.len();
            let begun = if i == 0 { open.take() } else { None };
            let apart = begun.filter(|_| begins_section(paragraph) || decided == Some(cell.start));
            lines.extend(apart.map(|begun| (begun, cell.start)));
            let begins = begun.filter(|_| apart.is_none()).unwrap_or(from);
            // A short cell is a label or a number, and its line goes on in the next cell.
            let is_short = paragraphs.len() == 1 && paragraph.len() < LEAST_TEXT * 2;
            if i == 0 && is_short && !names_case(paragraph) && begins == from && decided != Some(cell.start) {
                open = Some(from);
                continue;
            }
            lines.push((begins, to));
        }
        // What stands beside a case's text is no part of it: who follows it up, and until when.
        let tells_all =
            || paragraphs.iter().skip(usize::from(nth == 0)).any(|p| begins_section(p) || is_decision_label(p));
        if decided.map_or_else(tells_all, |decided| decided == cell.start) {
            let beside = row.cells.into_iter().flatten().filter(|c| c.start > cell.end && tells_vote(&c.text));
            lines.extend(beside.map(|c| (c.start, c.end)));
            break;
        }
    }
    if let Some(from) = open {
        let end = row.cells.into_iter().flatten().rfind(|c| !c.text.trim().is_empty()).map_or(from, |c| c.end);
        lines.push((from, end));
    }
    let line = |(from, to): (usize, usize)| {
        let raw = text.get(from..to)?;
        let start = from + raw.len() - raw.trim_start().len();
        let raw = raw.trim();
        let under = decided_from.filter(|decided| *decided == from).map(|_| Field::Decision);
        (!raw.is_empty()).then(|| Line { continues: false, under, ..row.piece(start, raw) })
    };
    lines.into_iter().filter_map(line).collect()
}
