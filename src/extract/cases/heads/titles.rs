//! Titles of cases: over the number, in its box, under it, or that of the paper which several bodies treated.

use crate::document::BlockKind;
use crate::lang::{Field, lexicon};

use super::super::super::cue::{self, CaseHead};
use super::super::super::field::{Found, column_fields, fields};
use super::super::super::line::Line;
use super::super::super::segment::names_organisation;
use super::super::super::text::stopped;
use super::{Head, LONGEST_TITLE, is_alone, is_furniture};

/// Gives the heads of what several bodies did with the case of a paper its title: the first line like one over them.
pub(super) fn give_title_of_paper(lines: &[Line], start: usize, heads: &mut [Head]) {
    if heads.len() < 2 || heads.iter().any(|h| h.title_at.is_some()) {
        return;
    }
    // "SAK: Ny driftsform for samfunnshuset"
    let labels_title = |l: &Line| {
        fields(l).first().is_some_and(|f| {
            let word = &l.text()[f.label.0..f.label.1];
            f.value.0 < f.value.1
                && (f.field == Field::CaseTitle || f.marked && lexicon().case_words.iter().any(|w| w == word))
        })
    };
    let is_title = |l: &Line| {
        let plain = l.stands_out() && fields(l).is_empty() && cue::title(l).is_none() && !names_organisation(l);
        l.cells.is_none() && (labels_title(l) || plain)
    };
    let title = (start..heads[0].line).find(|at| is_title(&lines[*at]));
    heads.iter_mut().for_each(|h| h.paper = title);
}

/// Titles that stand over the numbers of their cases: where most numbers stand alone under a line that stands out, or each of
/// them under a line like a title, and none over one.
pub(super) fn titles_above(lines: &[Line], start: usize, heads: &mut [Head]) {
    let written = |l: &Line| l.raw.chars().any(char::is_alphabetic);
    let may_title = |l: &Line| l.cells.is_none() && l.raw.len() < LONGEST_TITLE && written(l);
    let unlabelled = |l: &Line| may_title(l) && fields(l).is_empty() && !cue::names_archive(l.text());
    // "Framlegg til økonomirapport" begins like a section.
    let like_label = |at: &usize| {
        let line = &lines[*at];
        may_title(line) && line.stands_out() && !lexicon().labels.contains_key(line.text()) && !line.raw.contains(':')
    };
    let is_titled = |h: &Head| {
        lines.get(h.line + 1).is_some_and(|l| fields(l).first().is_some_and(|f| f.field == Field::CaseTitle))
    };
    let stands_out = |l: &Line| unlabelled(l) && l.stands_out();
    let plain = |l: &Line| unlabelled(l) && l.first && l.label.is_none() && !l.raw.ends_with(['.', ':', ',', ';']);
    // "Saknr. FS 12/01 (arkivnr. 033)", "Saksnr. 31/13  Arkivsak 13/44"
    let tells_no_title = |line: &Line, from: usize| {
        let rest = line.text().get(from..).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
        let labelled = |f: &Found| f.label.0 >= from && f.label.0 <= from + 1 && f.field != Field::CaseTitle;
        rest.is_empty() || rest.split('\t').next().is_some_and(cue::names_archive) || fields(line).iter().any(labelled)
    };
    let alone =
        |h: &Head| !h.listed && h.title_at.is_none() && !is_titled(h) && tells_no_title(&lines[h.line], h.cue.title);
    // The line over a head, or over the table of heads and values that it is a row of.
    let over = |at: usize| {
        let of_table = || lines[..at].iter().rposition(|l| l.block != lines[at].block);
        if lines[at].cells.is_some() { of_table() } else { at.checked_sub(1) }.filter(|at| *at >= start)
    };
    let bare: Vec<usize> = heads.iter().filter(|h| alone(h)).map(|h| h.line).collect();
    let above = |is_title: &dyn Fn(&Line) -> bool| -> Vec<usize> {
        let over: Vec<usize> = bare.iter().filter_map(|at| over(*at)).filter(|at| is_title(&lines[*at])).collect();
        let below = bare.iter().filter_map(|at| lines.get(at + 1)).filter(|l| is_title(l)).count();
        if below * 6 > over.len() { Vec::new() } else { over }
    };
    let out = above(&stands_out);
    let titles = if out.len() * 3 >= bare.len() * 2 { out } else { above(&plain) };
    let are_most = titles.len() * 3 >= bare.len() * 2 && titles.iter().all(|at| lines[*at].stands_out());
    if titles.len() >= 2 && (are_most || titles.len() == bare.len()) {
        for head in heads.iter_mut().filter(|h| alone(h)) {
            head.title_at = over(head.line).filter(|at| titles.contains(at) || are_most && like_label(at));
        }
    }
}

/// Finds the titles that stand alone in the first or last row of a table, over or under the number and the fields of the
/// case: `Ny kai | `, `FSK-sak 88/03 | Arkivsaksnr.: 02/00893`.
pub(super) fn titles_in_boxes(lines: &[Line], heads: &mut [Head]) {
    for head in heads.iter_mut().filter(|h| h.title_at.is_none()) {
        let row = &lines[head.line];
        let untitled = head.cue.title >= row.text().len() && head.cue.number.second.is_some();
        let in_box = |at: &usize| lines.get(*at).is_some_and(|l| l.block == row.block && is_alone(l));
        let above = head.line.checked_sub(1).filter(|at| in_box(at) && lines[*at].first);
        let is_last = |at: &usize| in_box(at) && lines.get(at + 1).is_none_or(|l| l.block != row.block);
        let title = above.or(Some(head.line + 1).filter(is_last));
        if let Some(title) = title.filter(|_| untitled && row.cells.is_some_and(|c| c.len() > 1)) {
            head.title_at = Some(title);
            head.listed = false;
        }
    }
}

/// The rows of labels and values over a head are among so many lines.
const LABELLED_LINES: usize = 16;

/// How many lines over a head are rows of labels, each with its row of values: `Saksbehandler | Arkiv | Arkivsaksnr`,
/// `Saksnr. | Utvalg | Møtedato`.
pub(super) fn labelled_above(lines: &[Line], start: usize, head: usize) -> usize {
    let start = start.max(head.saturating_sub(LABELLED_LINES));
    let above: Vec<usize> = (start..head).rev().filter(|at| !is_furniture(&lines[*at])).collect();
    // "Dato | Tid | Sted" are the meeting's.
    let of_case = |f: &Found| {
        matches!(f.field, Field::CaseOfficer | Field::ArchiveReference | Field::Classification | Field::CaseNumber)
    };
    let labelled = |pair: &&[usize]| column_fields(&lines[pair[1]], &lines[pair[0]]).iter().any(of_case);
    above.chunks_exact(2).take_while(labelled).last().map_or(0, |pair| head - pair[1])
}

/// A word that asks for another, as `for` and `til` do, has so many letters at most.
const SMALL_WORD: usize = 3;

/// The last line of a head's title.
pub(in super::super) fn title_end(lines: &[Line], head: &Head) -> usize {
    let line = &lines[head.line];
    let title = line.raw.get(line.folded.source(head.cue.title.min(line.text().len()), line.text().len()).0..);
    let in_capitals = title.is_some_and(|title| !title.contains(char::is_lowercase));
    let of_block = lines[head.line..].iter().take_while(|l| l.block == line.block);
    let width = of_block.map(|l| l.raw.chars().count()).max().unwrap_or_default();
    // "Sak 6/86  Vassavgifter", and under it in the same paragraph "Styret meinte at laget må setja av meir til ny leidning":
    // the first word had room on the line before.
    let begins_text = |before: &Line, l: &Line| {
        let first = l.raw.split(' ').next().unwrap_or_default();
        l.raw.starts_with(char::is_uppercase)
            && line.kind != BlockKind::Heading
            && !l.bold
            && !(in_capitals && l.is_caps())
            && before.raw.chars().count() + first.chars().count() < width
    };
    // "Sak 31. Søknad om skjenkerett.", and under it in the same paragraph "Vedtak: Søknaden avslås."
    let goes_on = |pair: &&[Line]| {
        let (before, l) = (&pair[0], &pair[1]);
        // "Lysskilt på fasade mot", and under it "Rådhusgata."
        let last = before.raw.rsplit(' ').next().unwrap_or_default();
        let is_small = last.chars().count() <= SMALL_WORD && last.chars().all(char::is_lowercase);
        let must_go_on = before.raw.ends_with(',') || is_small;
        let is_sentence = l.raw.starts_with(char::is_uppercase)
            && !must_go_on
            && l.raw.ends_with('.')
            && !(line.raw.ends_with('-') && stopped(line.raw).is_none())
            && !(in_capitals && l.is_caps());
        l.block == line.block
            && l.continues
            && stopped(before.raw).is_none()
            && fields(l).is_empty()
            && !is_labelled(l)
            && !is_sentence
            && (must_go_on || !begins_text(before, l))
    };
    let same_block = lines[head.line..].windows(2).take_while(goes_on).count();
    let short = line.kind == BlockKind::Heading || line.bold || same_block <= 2;
    if line.cells.is_none() && line.first && short { head.line + same_block } else { head.line }
}

/// Whether a head stands again at the top of a page: `Sak 58/89 (forts.)`.
pub(super) fn is_continued(line: &Line, cue: &CaseHead) -> bool {
    let rest = line.text().get(cue.title..).unwrap_or_default();
    lexicon().is_particle("continued", rest.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether one or two words and a colon open a line: `Byggherre: Eva Lie`.
fn is_labelled(line: &Line) -> bool {
    let label = line.raw.split_once(": ").map_or("", |(label, _)| label);
    label.starts_with(char::is_uppercase) && label.split(' ').count() <= 2 && label.chars().any(char::is_lowercase)
}
