//! When the next meeting is, as minutes tell it: "Neste møte er torsdag 8. september kl. 13.00."

use jiff::civil::Date;

use crate::document::Block;
use crate::extract::line::Line;
use crate::extract::passage::{Passage, passages};
use crate::extract::values::{date, time};
use crate::lang::{Match, first_word, lexicon};
use crate::model::{PlannedMeeting, Sourced};

/// The room after a date in which its time begins, in bytes: `, begge klokka `.
const BEFORE_TIME: usize = 16;

/// The meetings that minutes announce for their own body. A date without a year is the first such day after the meeting
/// was `held`.
#[must_use]
pub fn announced(
    lines: &[Line],
    body: &Sourced<String>,
    held: Option<&Sourced<String>>,
    blocks: &[Block],
) -> Vec<PlannedMeeting> {
    // "... Neste", and on the next line "møte er torsdag 4. desember"
    let is_broken = |text: &str| lexicon().is_particle("next", text.rsplit(' ').next().unwrap_or_default());
    let announces = |at: &usize| lines[*at].may_say(&lexicon().announces_next) || is_broken(lines[*at].text());
    let told = (0..lines.len()).filter(announces).filter_map(|at| {
        let goes_on = |l: &&Line| l.continues && l.block == lines[at].block;
        let lines: Vec<&Line> = std::iter::once(&lines[at]).chain(lines[at + 1..].iter().take_while(goes_on)).collect();
        passages(&lines, 0, blocks).into_iter().next()
    });
    let mut found: Vec<PlannedMeeting> = Vec::new();
    for meeting in told.flat_map(|passage| in_passage(&passage, body, held, blocks)) {
        // Minutes may tell it twice.
        if found.iter().all(|known| known.date.value != meeting.date.value) {
            found.push(meeting);
        }
    }
    found
}

fn in_passage(
    passage: &Passage,
    body: &Sourced<String>,
    held: Option<&Sourced<String>>,
    blocks: &[Block],
) -> Vec<PlannedMeeting> {
    let text = passage.folded.text.as_str();
    // "Utvalget har disse møtene i 2017: 8. februar og 22. november"
    let lists = |m: &Match| m.as_str().ends_with(':') && !lexicon().is_particle("next", first_word(m.as_str()));
    let announces = |m: &Match| lists(m) || opens_sentence(&text[..m.start()]);
    let Some(words) = lexicon().announces_next.find(text).filter(announces) else { return Vec::new() };
    let told_year = date::find_year(words.as_str()).filter(|_| lists(&words));
    let is_between = |between: &str| {
        let between = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '-'));
        between.is_empty() || lexicon().and.iter().any(|and| and == between)
    };
    let mut found = Vec::new();
    let mut end = words.end();
    for mention in date::find(text) {
        let start = mention.weekday.map_or(mention.start, |(_, from, _)| from);
        if start < words.end() {
            continue;
        }
        if !is_between(&text[end..start]) {
            break;
        }
        end = mention.end;
        let mut spans = vec![passage.span(mention.start, mention.end)];
        let year = held.filter(|_| mention.year.is_none()).and_then(|held| {
            if let Some((year, from, to)) = told_year {
                spans.push(passage.span(words.start() + from, words.start() + to));
                return Some(year);
            }
            let day: Date = held.value.parse().ok()?;
            spans.extend(held.at.spans().first());
            let is_later = mention.date(Some(day.year())).is_some_and(|next| next > day);
            Some(day.year() + i16::from(!is_later))
        });
        found.extend(mention.date(year).map(|day| PlannedMeeting {
            body: body.clone(),
            date: Sourced::new(day.to_string(), spans, blocks),
            weekday: mention.weekday.map(|(_, from, to)| passage.sourced(passage.folded.source(from, to), blocks)),
            start: None,
            end: None,
            place: None,
            note: None,
        }));
    }
    // "14. oktober, 11. november og 9. desember, alle kl. 19.00"
    if let Some(time) = time::find(&text[end..]).first().filter(|time| time.start <= BEFORE_TIME) {
        let start = Sourced::new(time.iso(), vec![passage.span(end + time.start, end + time.end)], blocks);
        found.iter_mut().for_each(|meeting| meeting.start = Some(start.clone()));
    }
    found
}

/// Whether a sentence begins after some text: another one, a number, a label or a cell ends there.
fn opens_sentence(before: &str) -> bool {
    before.ends_with('\t') || before.trim_end().chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != ',')
}
