//! Segmentation: the constituent documents of a file, each a range of lines with its title.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::{Block, BlockKind, Cell};
use crate::lang::{ColumnHead, Field, TitleWord, lexicon};
use crate::model::Kind;

use super::attendance::columns;
use super::cases;
use super::cue;
use super::field::{Found, fields};
use super::line::{self, Line};
use super::plan;
use super::values::{date, number, time};

/// One constituent document as a range of lines.
#[derive(Debug, Clone)]
pub struct Part {
    /// The kind that the title announces; `None` without a title.
    pub kind: Option<Kind>,
    /// The line of the title.
    pub title: Option<usize>,
    /// Its lines.
    pub lines: Range<usize>,
}

/// How many lines after a title are looked at for fields and cases that confirm it.
const CONFIRMING_LINES: usize = 16;

/// A longer line is text, in bytes, and stands in no head.
const LONGEST_HEAD_LINE: usize = 160;

/// A line that gives a day and nothing else is this long at most.
const DAY_BYTES: usize = 40;

/// A line that gives day, time and place of a meeting is this long at most.
const DAY_AND_PLACE_BYTES: usize = 120;

/// The page heads that are the head of a document, by block: a title alone, with what stands beside it, right over the
/// document's fields. A case paper's title may head every page that begins one.
#[must_use]
pub fn titles_in_page_heads(blocks: &[Block]) -> BTreeSet<u32> {
    let mut kept = BTreeSet::new();
    let is_head = |b: &Block| b.kind == BlockKind::Header;
    let runs: Vec<&[Block]> = blocks.chunk_by(|a, b| is_head(a) == is_head(b)).collect();
    for (i, pair) in runs.windows(2).enumerate().filter(|(_, pair)| is_head(&pair[0][0])) {
        let is_title = |block: &Block| {
            let of_paper = |t: cue::Title| matches!(t.word, TitleWord::CasePaper | TitleWord::CaseMinutes);
            let title = line::of_block(block, false).find_map(|l| cue::title(&l).filter(|t| t.whole));
            title.is_some_and(|t| i == 0 || of_paper(t))
        };
        let is_field = |l: Line| fields(&l).iter().any(|f| f.marked && f.field.is_value());
        if pair[0].iter().any(is_title) && line::of_block(&pair[1][0], false).any(is_field) {
            kept.extend(pair[0].iter().map(|b| b.id));
        }
    }
    kept
}

/// Divides the lines of a file into its documents.
#[must_use]
pub fn parts(lines: &[Line]) -> Vec<Part> {
    let mut titles: Vec<(usize, Kind)> = Vec::new();
    let mut list_title = None;
    // Each case of the minutes begins with its paper.
    let mut of_papers = false;
    for (i, line) in lines.iter().enumerate() {
        let Some(title) = cue::title(line) else { continue };
        let kind = match kind_of(title.word) {
            // "Saksliste til møte torsdag 18. november 2010" opens an agenda.
            None if !title.whole && line.stands_out() && !date::find(line.text()).is_empty() => Kind::Agenda,
            None => {
                // "Saker: 34/89 - 40/89" says which cases were treated.
                let has_range =
                    |f: &Found| f.marked && line.text()[f.value.0..].starts_with(|c: char| c.is_ascii_digit());
                let opens = titles.is_empty() && i < 8 && !fields(line).first().is_some_and(has_range);
                list_title = list_title.or(opens.then_some(i));
                continue;
            }
            // "Sakspapir" over each paper of an agenda.
            Some(Kind::Agenda) if names_paper(line) && !titles.is_empty() => continue,
            // The same over one paper, not over many.
            Some(Kind::Agenda) if names_paper(line) && has_own_head(lines, i) => Kind::CasePaper,
            // "Saker til behandling", "Dagsorden": the list of cases of the document that has begun.
            Some(Kind::Agenda) if title.whole && !titles.is_empty() && heads_list(line) => continue,
            Some(kind) => kind,
        };
        // "SAKSFRAMLEGG", under the table of the bodies that treat the case
        let names_paper = title.whole && matches!(kind, Kind::CasePaper | Kind::CaseMinutes);
        // "SAK 23/2015 | SAKSFRAMLEGG", after the agenda
        if !titles.is_empty() && cue::case_head(line).is_some_and(|head| cases::heads_paper(line, &head)) {
            titles.push((i, kind));
            continue;
        }
        if cue::case_head(line).is_some()
            || cases::numbered_after_title(lines, i).is_some()
            // "Saksutredning:" heads a section of the case.
            || (!names_paper || line.raw.ends_with(':')) && after_bare_number(lines, i)
            || !title.whole && over_bare_number(lines, i)
            || !stands_as_title(lines, i, title.whole)
            // "Møteplan" in a menu
            || kind == Kind::MeetingPlan && !line.first && !line.stands_out()
            || !confirmed(lines, i, kind)
        {
            continue;
        }
        // "Protokoll" heads what was said of a case in some minutes, "Innkalling og saksliste" what was said of these.
        let in_minutes = titles.last().is_some_and(|t| t.1 == Kind::Minutes);
        let is_section =
            kind == Kind::Minutes && (title.whole || date::find(line.text()).is_empty()) && !line.page_break
                || kind == Kind::Agenda && date::find(line.text()).is_empty();
        // "Kontrollutvalget – møtebok 17. september 2009" at the head of the second page
        let runs_on = || kind == Kind::Minutes && titles.last().is_some_and(|t| is_of_day(lines, t.0, line));
        // "Styreprotokoll", again at the head of each page
        let again = || titles.last().is_some_and(|t| lines[t.0].raw == line.raw);
        if in_minutes && (is_section || runs_on() || again()) && !has_meeting_head(lines, i) {
            continue;
        }
        of_papers = in_minutes && (of_papers || kind == Kind::CasePaper && is_decided(&lines[i + 1..]));
        if of_papers && kind == Kind::CasePaper {
            continue;
        }
        let begun = titles.last().is_some_and(|t| t.1 != Kind::MeetingPlan) || list_title.is_some();
        // "Saksutredning:" heads a section of the paper that has begun; an extract may follow another, or the paper.
        let follows = kind == Kind::CaseMinutes
            && titles.last().is_some_and(|t| matches!(t.1, Kind::CaseMinutes | Kind::CasePaper));
        let has_head = || {
            !line.raw.ends_with(':')
                && (has_own_head(lines, i)
                    || names_paper && route_over(lines, i).is_some()
                    || follows && title.whole && has_meeting_head(lines, i))
        };
        if begun && matches!(kind, Kind::CasePaper | Kind::CaseMinutes) && !has_head() {
            continue;
        }
        match titles.last() {
            // A second title word right under the first belongs to the same head: it can only be more precise.
            Some(&(last, last_kind)) if i - last <= 4 && lines[last + 1..i].iter().all(|l| fields(l).is_empty()) => {
                if last_kind == Kind::Agenda && kind == Kind::Minutes && i - last == 1 {
                    titles.pop();
                    titles.push((i, kind));
                }
            }
            _ => titles.push((i, kind)),
        }
    }
    if titles.is_empty() {
        titles.extend(list_title.map(|i| (i, Kind::Agenda)));
    }
    let mut parts: Vec<Part> = Vec::new();
    for (n, &(at, kind)) in titles.iter().enumerate() {
        let floor = parts.last().map_or(0, |p| p.lines.start + 1);
        let start = if n == 0 && at < 40 { 0 } else { head_start(lines, at, floor) };
        if n == 0 && start > 0 {
            parts.push(Part { kind: None, title: None, lines: 0..start });
        }
        if let Some(last) = parts.last_mut() {
            last.lines.end = start;
        }
        parts.push(Part { kind: Some(kind), title: Some(at), lines: start..lines.len() });
    }
    if parts.is_empty() && !lines.is_empty() {
        parts.push(Part { kind: None, title: None, lines: 0..lines.len() });
    }
    parts.into_iter().flat_map(|part| by_treatment(lines, part)).collect()
}

/// An extract of minutes divided where another body's treatment of the case begins, under a number of its own:
/// `Formannskapet behandlet saken den 01.12.2021, saksnr. 164/21`.
fn by_treatment(lines: &[Line], part: Part) -> Vec<Part> {
    let may_extract = matches!(part.kind, None | Some(Kind::CaseMinutes));
    let numbered = |at: usize| cases::treated(&lines[at]).map(|(_, number)| (at, (number.first, number.second)));
    let mut treated = part.lines.clone().filter(|_| may_extract).filter_map(numbered).peekable();
    let head = treated.next_if(|(at, _)| at - part.lines.start < CONFIRMING_LINES);
    // A table of all bodies heads one extract, of the last of them.
    let is_number = |c: &Cell| {
        let text = c.text.trim();
        number::at_start(text, &|_, _| String::new()).is_some_and(|n| n.second.is_some() && n.end == text.len())
    };
    let is_routed = |row: &Line| row.cells.is_some_and(|cells| cells.iter().any(is_number));
    let is_one = |at: usize| lines[part.lines.start..at].iter().filter(|l| is_routed(l)).count() > 1;
    let Some((mut floor, own)) = head.filter(|(at, _)| !is_one(*at)) else { return vec![part] };
    let others = treated.filter(|(_, number)| *number != own).map(|(at, _)| {
        let start = treatment_start(lines, floor + 1..at);
        floor = at;
        start
    });
    let others: Vec<usize> = others.collect();
    let ends = others.iter().copied().chain([part.lines.end]);
    let first = Part { lines: part.lines.start..others.first().copied().unwrap_or(part.lines.end), ..part };
    let rest = others.iter().zip(ends.skip(1));
    let rest = rest.map(|(from, to)| Part { kind: Some(Kind::CaseMinutes), title: None, lines: *from..to });
    std::iter::once(first).chain(rest).collect()
}

/// Where the head of an extract begins whose body's treatment stands under the lines `over`: its fields and the title of the
/// case.
fn treatment_start(lines: &[Line], over: Range<usize>) -> usize {
    let is_title = |l: &Line| l.stands_out() && !fields(l).iter().any(|f| f.field.is_section());
    let of_head =
        |l: &&Line| l.raw.contains('\t') || fields(l).iter().any(|f| f.marked && f.field.is_value()) || is_title(l);
    let head = lines[over.clone()].iter().rev().take(CONFIRMING_LINES).take_while(of_head).count();
    let start = over.end - head;
    (start..=over.end).rfind(|at| lines[*at].page_break).unwrap_or(start)
}

/// Whether the title word of a line, or of a cell in it, may also stand over a case paper.
fn names_paper(line: &Line) -> bool {
    let mut cells = line.text().split('\t').map(str::trim_start);
    let opens = |cell: &str| lexicon().titles_of(cell).any(|(_, word)| *word == TitleWord::CasePaper);
    cells.any(|cell| lexicon().is_particle("paper_of_case", cell) || opens(cell))
}

/// Whether a line is a head of the list of cases.
fn heads_list(line: &Line) -> bool {
    fields(line).first().is_some_and(|f| f.field == Field::AgendaList)
}

fn kind_of(word: TitleWord) -> Option<Kind> {
    Some(match word {
        TitleWord::Agenda => Kind::Agenda,
        TitleWord::Minutes => Kind::Minutes,
        TitleWord::CasePaper => Kind::CasePaper,
        TitleWord::CaseMinutes => Kind::CaseMinutes,
        TitleWord::MeetingPlan => Kind::MeetingPlan,
        TitleWord::AgendaList => return None,
    })
}

/// Whether the line at `at` stands right under a case number alone, or under a table of such numbers, whose title it is.
fn after_bare_number(lines: &[Line], at: usize) -> bool {
    let Some(above) = at.checked_sub(1).map(|i| &lines[i]) else { return false };
    if above.cells.is_some() {
        let rows = lines[..at].iter().rev().take_while(|l| l.block == above.block);
        let numbers = |row: &Line| cue::case_head(row).is_some_and(|h| h.number.case_word && h.number.second.is_some());
        return rows
            .into_iter()
            .any(|row| numbers(row) || columns(row).is_some_and(|heads| heads.contains(&Some(ColumnHead::Number))));
    }
    cue::case_head(above)
        .is_some_and(|h| (h.number.case_word || h.number.second.is_some()) && h.title >= above.text().len())
}

/// Whether the line at `at` stands right over a case number alone, as the title of a case may.
fn over_bare_number(lines: &[Line], at: usize) -> bool {
    // In a table the fields of the case stand beside it: "FSK-sak 87/03 | Arkivsaksnr.: 03/00011".
    let below = lines.get(at + 1).filter(|line| line.cells.is_none() || line.block == lines[at].block);
    below.is_some_and(|line| {
        let end = |cell: &str| if line.cells.is_some() { cell.len() } else { line.text().len() };
        let number = line.text().split('\t').next().map_or(0, end);
        cue::case_head(line).is_some_and(|h| h.number.second.is_some() && h.title.max(h.number.end) >= number)
    })
}

/// A title in a table stands within so many lines from the top of its page.
const LINES_TO_TITLE: usize = 4;

/// Whether the line at `at` is set as a title: not a sentence, a list item, an announced attachment.
fn stands_as_title(lines: &[Line], at: usize, whole: bool) -> bool {
    let line = &lines[at];
    let begins_page = lines[at.saturating_sub(LINES_TO_TITLE)..=at].iter().any(|l| l.page_break);
    let single_cell = line.cells.is_none_or(|c| c.iter().filter(|c| !c.text.trim().is_empty()).count() <= 1);
    if line.kind == BlockKind::ListItem
        || !(single_cell || whole && (at < 8 || begins_page) || at < 2)
        || (line.continues && !line.first)
    {
        return false;
    }
    // "Dagsorden godkjent.", "Innkalling og saksliste ble godkjent. Til behandling forelå:"
    if line.text().split_inclusive(". ").any(|s| s.trim_end().ends_with('.') && lexicon().decided.is_match(s)) {
        return false;
    }
    let is_dated = || at < 3 && !date::find(line.text()).is_empty();
    if line.raw.ends_with('.') && !is_dated() && !line.is_caps() && line.raw.split_whitespace().count() > 3 {
        return false;
    }
    // "Til: Hovudutval for oppvekst | Sakspapir" holds both.
    let in_cell = whole && line.kind == BlockKind::Table && (at < 8 || begins_page);
    // "Emne: Innkalling til styremøte"
    let names_subject = line.text().split_once(':').is_some_and(|(label, _)| lexicon().is_particle("subject", label));
    if !in_cell
        && !names_subject
        && fields(line).first().is_some_and(|f| f.marked && !f.field.is_section() && line.text().contains(':'))
    {
        return false;
    }
    // Right under a head of attachments a title is what is attached.
    if at > 0
        && fields(&lines[at - 1]).first().is_some_and(|f| f.field == Field::Attachments && f.value.0 >= f.value.1)
        && !line.page_break
        && !line.stands_out()
    {
        return false;
    }
    // "Lier kirkelige fellesråd", and under it "Protokoll nr. 5/2018".
    let under_name = at > 0 && lines[at - 1].stands_out() && names_organisation(&lines[at - 1]);
    let words = if in_cell { line.raw.split('\t').next().unwrap_or_default() } else { line.raw };
    line.stands_out() || line.page_break || under_name || at < 8 || (whole && words.split_whitespace().count() <= 3)
}

/// Whether fields, cases or planned meetings follow, as they do after the title of a document of this kind.
fn confirmed(lines: &[Line], at: usize, kind: Kind) -> bool {
    let after = &lines[at + 1..lines.len().min(at + 1 + CONFIRMING_LINES)];
    if kind == Kind::MeetingPlan {
        let plans = |l: &&Line| !date::find(l.text()).is_empty() || l.cells.is_some() || plan::heads_month(l);
        return after.iter().filter(plans).count() >= 2;
    }
    // The fields of a paper may stand over its title.
    let of_paper = |f: &Found| f.marked && matches!(f.field, Field::CaseOfficer | Field::ArchiveReference);
    let over = &lines[at.saturating_sub(CONFIRMING_LINES / 2)..at];
    let of_case = |l: &Line| fields(l).iter().any(of_paper) || heads_route(l);
    let is_paper = matches!(kind, Kind::CasePaper | Kind::CaseMinutes);
    if is_paper && (at < CONFIRMING_LINES && over.iter().any(of_case) || route_over(lines, at).is_some()) {
        return true;
    }
    let days = date::find(lines[at].text());
    let dated = !days.is_empty();
    // "Protokoll fra årsmøtet 17. mars 1988 i klubbhuset."
    let whole_day = || days.iter().any(|m| m.date(None).is_some());
    if at < 3 && kind == Kind::Minutes && !cue::title(&lines[at]).is_some_and(|t| t.whole) && whole_day() {
        return true;
    }
    // "Referat", and under it the body and the day.
    let day_alone = |l: &Line| l.raw.len() < DAY_BYTES && l.cells.is_none() && !date::find(l.text()).is_empty();
    if at < 8 && after.iter().take(3).any(day_alone) {
        return true;
    }
    let held = |l: &Line| lexicon().held.is_match(l.text()) && !date::find(l.text()).is_empty();
    // A letter's addressees may stand over "INNKALLING".
    let heads = at < 8 || at < CONFIRMING_LINES && cue::title(&lines[at]).is_some_and(|t| t.whole);
    if heads && after.iter().take(3).any(|l| day_and_time(l) || held(l)) {
        return true;
    }
    after.iter().any(|l| {
        fields(l).iter().any(|f| {
            matches!(
                f.field,
                Field::Body
                    | Field::Place
                    | Field::Date
                    | Field::Time
                    | Field::CaseOfficer
                    | Field::ArchiveReference
                    | Field::PlainDate
                    | Field::DocumentDate
                    | Field::MeetingNumber
                    | Field::Chair
                    | Field::Treated
                    | Field::CaseNumber
                    | Field::Route
                    | Field::AgendaList
                    | Field::Municipality
            ) || f.field.is_attendance()
                || (dated && f.field.is_section())
        }) || cue::case_head(l).is_some()
    })
}

/// Whether a line gives the day and the time of a meeting: `onsdag 25. april 2007 kl. 18.30 i Grendehuset`.
fn day_and_time(line: &Line) -> bool {
    line.raw.len() < DAY_AND_PLACE_BYTES
        && line.cells.is_none()
        && !time::find(line.text()).is_empty()
        && date::find(line.text()).iter().any(|d| d.date(None).is_some())
}

/// Whether a line gives the day that the head of the document whose title is at `at` gives.
fn is_of_day(lines: &[Line], at: usize, line: &Line) -> bool {
    let days = |line: &Line| date::find(line.text()).into_iter().filter_map(|m| m.date(None)).collect::<Vec<_>>();
    let own = days(line);
    let head = &lines[at..lines.len().min(at + 1 + CONFIRMING_LINES)];
    !own.is_empty() && head.iter().any(|l| days(l) == own)
}

/// Whether the title at `at` is followed by what heads a meeting, before its first section or case.
fn has_meeting_head(lines: &[Line], at: usize) -> bool {
    for line in &lines[at + 1..lines.len().min(at + 1 + CONFIRMING_LINES)] {
        let found = fields(line);
        let of_meeting = |f: &Field| {
            matches!(f, Field::Body | Field::Place | Field::Date | Field::Time | Field::MeetingNumber | Field::Chair)
        };
        if found.iter().any(|f| of_meeting(&f.field) && f.marked || f.field.is_attendance()) || day_and_time(line) {
            return true;
        }
        if found.iter().any(|f| f.field.is_section())
            || cue::case_head(line).is_some()
            || line.raw.len() > LONGEST_HEAD_LINE
        {
            return false;
        }
    }
    false
}

/// Whether a case paper or an extract of minutes under the title at `at` has a head of its own, before its first section
/// or case: otherwise the title heads a section of a case.
fn has_own_head(lines: &[Line], at: usize) -> bool {
    for line in &lines[at + 1..lines.len().min(at + 1 + CONFIRMING_LINES)] {
        let found = fields(line);
        if found.iter().any(|f| {
            matches!(
                f.field,
                Field::CaseOfficer | Field::ArchiveReference | Field::CaseNumber | Field::Route | Field::Classification
            ) && f.marked
        }) || heads_route(line)
        {
            return true;
        }
        let begun = found.iter().any(|f| f.field.is_section()) || line.raw.len() > LONGEST_HEAD_LINE;
        if begun || cue::case_head(line).is_some_and(|h| h.number.second.is_some()) {
            return false;
        }
    }
    false
}

/// Whether a row heads the table of the bodies that treat a case: `Saksnr | Utvalg | Møtedato`.
#[must_use]
pub fn heads_route(row: &Line) -> bool {
    let heads = columns(row).unwrap_or_default();
    [ColumnHead::Number, ColumnHead::Body, ColumnHead::Date].iter().all(|head| heads.contains(&Some(*head)))
}

/// Where the table of the bodies that treat a case begins, right over the title at `at`.
fn route_over(lines: &[Line], at: usize) -> Option<usize> {
    let last = lines.get(at.checked_sub(1)?).filter(|l| l.cells.is_some())?;
    let rows = lines[..at].iter().rev().take_while(|l| l.block == last.block && l.cells.is_some()).count();
    (rows > 1 && heads_route(&lines[at - rows])).then_some(at - rows)
}

/// Whether a body's decision stands under the title of a case paper, before the next title.
fn is_decided(lines: &[Line]) -> bool {
    let text = lines.iter().take_while(|l| cue::title(l).is_none_or(|t| kind_of(t.word) != Some(Kind::CasePaper)));
    text.flat_map(fields).any(|f| f.field == Field::Decision)
}

/// Where the head of the document whose title stands at `at` begins: lines that name an organisation or a body stand over it.
fn head_start(lines: &[Line], at: usize, floor: usize) -> usize {
    let at = route_over(lines, at).unwrap_or(at);
    let mut start = at;
    while start > floor && at - start < 5 {
        if lines[start].page_break {
            break;
        }
        let above = &lines[start - 1];
        if above.raw.len() > 80
            || !fields(above).is_empty()
            || cue::case_head(above).is_some()
            || !names_organisation(above)
        {
            break;
        }
        start -= 1;
    }
    start
}

/// Whether a line names a municipality, another organisation or a body.
#[must_use]
pub fn names_organisation(line: &Line) -> bool {
    let text = line.text().trim_end_matches(['.', ',', ':']);
    let words: Vec<&str> = text.split([' ', '\t']).filter(|w| !w.is_empty()).collect();
    if words.is_empty() || words.len() > 8 || text.ends_with('.') {
        return false;
    }
    // "Møte i kontrollutvalget"
    let meeting = words.iter().take_while(|w| lexicon().is_particle("before_body", w)).count();
    let of_body = words.get(meeting).is_some_and(|w| lexicon().is_body_word(w));
    meeting == 2 && of_body
        || words.iter().any(|w| lexicon().organisations.contains(*w))
        || words.iter().any(|w| lexicon().is_body_word(w)) && (line.stands_out() || words.len() <= 3)
        // "Råd for personer med funksjonsnedsettelse"
        || lexicon().is_body_word(words[0]) && words.get(1).is_some_and(|w| lexicon().is_particle("before_body", w))
}
