//! Day, times, place and number of a meeting, where no label gives them: in the title, under it, in sentences.

use std::ops::Range;

use jiff::civil::Date;

use crate::document::Span;
use crate::lang::{Field, lexicon};
use crate::model::{Document, Kind, Meeting, Sourced};

use super::super::field::fields;
use super::super::line::Line;
use super::super::passage::{Passage, passages};
use super::super::text::{GAP, join_wrapped, short, spaces_folded};
use super::super::values::name::is_organisation;
use super::super::values::{date, time};
use super::Head;
use super::names::body_before;

/// How many lines under a title may say when and where the meeting is.
const LINES_UNDER_TITLE: usize = 4;

/// The line that gives the day is one of so many, where no title stands over it.
const LINES_TO_DATE: usize = 12;

/// A meeting is held within so many days of the letter that calls it or tells of it.
const DAYS_BESIDE_LETTER: i32 = 100;

/// The end of a meeting stands within so many bytes after its start.
const TIMES_APART: usize = 24;

/// A word between start and end has so many bytes at most: "til", "fram".
const JOINING_WORD: usize = 5;

/// A line that gives the place and day of a document's writing has so many bytes at most.
const DATED_BYTES: usize = 100;

/// So many lines at the end of a document may say where and when it was written.
const LAST_LINES: usize = 15;

/// Times of a meeting stand within so many bytes after the words that it began.
const TIMES_BYTES: usize = 64;

/// A row of a table that gives day, times and place has so many cells at most.
const LINE_CELLS: usize = 4;

/// A place that no label names has so many words at most.
const PLACE_WORDS: usize = 6;

/// A preposition before a place stands within so many bytes.
const PLACE_WITHIN: usize = 16;

impl Head<'_, '_> {
    /// The day of the meeting in a range of a line, where it gives one; where it ends.
    pub(super) fn date_in(&self, document: &mut Document, line: &Line, (from, to): (usize, usize)) -> Option<usize> {
        let mention = day_in(&line.text()[from..to])?;
        if let Some(day) = mention.date(None).filter(|_| document.meeting.date.is_none()) {
            let at = line.span_of(from + mention.start, from + mention.end);
            document.meeting.date = Some(Sourced::new(day.to_string(), vec![at], self.blocks));
        }
        Some(from + mention.end)
    }

    /// The body in a range of a line that also gives the day, and before it the place: `Samferdselsutvalget, fylkeshuset,
    /// 12.06.2012`. Sets these two.
    pub(super) fn body_before_day(
        &self,
        document: &mut Document,
        line: &Line,
        (from, to): (usize, usize),
    ) -> Option<(usize, usize)> {
        let text = &line.text()[from..to];
        let day = day_in(text)?;
        let (body, rest) = text[..day.start].split_once(", ")?;
        let place_at = from + body.len() + ", ".len();
        self.set_place(document, line, place_at, place_at + rest.trim_end_matches([' ', ',']).len());
        self.date_in(document, line, (from, to));
        Some((from, from + body.len()))
    }

    /// Days and times of a meeting that goes on over a night, from a range of a line: `torsdag 9. juni kl. 11 – fredag
    /// 10. juni 2016 kl. 13`. Whether it gives them.
    pub(super) fn over_days(&self, document: &mut Document, line: &Line, (from, to): (usize, usize)) -> bool {
        let text = &line.text()[from..to];
        let [first, last] = &date::find(text)[..] else { return false };
        let year = last.year.filter(|_| document.meeting.date.is_none());
        let between = text[first.end..last.weekday.map_or(last.start, |w| w.1.min(last.start))].trim();
        let joins = |word: &str| word == "-" || lexicon().is_particle("until", word);
        let is_range = between.len() <= TIMES_APART && between.rsplit(' ').next().is_some_and(joins);
        let Some((first_day, last_day)) = first.date(year).zip(last.date(None)).filter(|(a, b)| is_range && a < b)
        else {
            return false;
        };
        let at = |m: &date::Mention| line.span_of(from + m.start, from + m.end);
        let mut spans = vec![at(first)];
        if first.year.is_none()
            && let Some((_, s, e)) = date::find_year(&text[last.start..last.end])
        {
            spans.push(line.span_of(from + last.start + s, from + last.start + e));
        }
        let meeting = &mut document.meeting;
        meeting.date = Some(Sourced::new(first_day.to_string(), spans, self.blocks));
        meeting.end_date = Some(Sourced::new(last_day.to_string(), vec![at(last)], self.blocks));
        let time = |(s, e): (usize, usize)| {
            let t = time::find(&text[s..e]).into_iter().next()?;
            Some(Sourced::new(t.iso(), vec![line.span_of(from + s + t.start, from + s + t.end)], self.blocks))
        };
        meeting.start = meeting.start.take().or_else(|| time((first.end, first.end + between.len() + 1)));
        meeting.end = meeting.end.take().or_else(|| time((last.end, text.len())).filter(|_| meeting.start.is_some()));
        true
    }

    /// Start and end from a range of a line that speaks of times.
    pub(super) fn times(&self, document: &mut Document, line: &Line, from: usize, to: usize) {
        self.times_of(document, line.text(), (from, to), &|from, to| line.span_of(from, to));
    }

    /// Start and end from a range of a text, of which `span` tells the places.
    fn times_of(
        &self,
        document: &mut Document,
        text: &str,
        (from, to): (usize, usize),
        span: &dyn Fn(usize, usize) -> Span,
    ) {
        let from = day_in(&text[from..to]).map_or(from, |day| from + day.end);
        let found = time::find(&text[from..to]);
        let get = |t: &time::Time| Some(Sourced::new(t.iso(), vec![span(from + t.start, from + t.end)], self.blocks));
        if let Some(start) = found.first()
            && document.meeting.start.is_none()
        {
            document.meeting.start = get(start);
            if let Some(end) = found.get(1).filter(|end| are_of_meeting(&text[from..], start, end)) {
                document.meeting.end = document.meeting.end.take().or_else(|| get(end));
            }
        }
    }

    /// Date, time and place on the first lines of a document that no title word announces.
    pub fn date_of_untitled(&self, document: &mut Document) {
        let lines = &self.lines[self.range.start..self.range.end.min(self.range.start + LINES_TO_DATE)];
        let is_meeting = |word: &str| lexicon().is_particle("meeting", word);
        let gives_day = |l: &Line| {
            let text = l.text();
            let day = date::find(text).into_iter().next().filter(|_| !text.contains(": "));
            day.is_some_and(|m| {
                let before = text[..m.start].trim_end();
                let first = text.split(' ').next().unwrap_or_default();
                // "Bedriftsutvalget – møte 3. mai 2001", "Representantskapet 10. november 2017"
                let of_meeting = is_meeting(first) || before.rsplit(' ').next().is_some_and(is_meeting);
                let of_body = lexicon().is_body_word(first) && m.end == text.len() && before.split(' ').count() <= 3;
                m.weekday.is_some() || lexicon().clock.is_match(&text[m.end..]) || of_meeting || of_body
            })
        };
        let day = lines.iter().position(gives_day);
        // What a paper's first lines date is the paper.
        if let Some(from) = day.or((document.kind != Kind::CasePaper).then_some(0)) {
            self.under_title(document, self.range.start + from);
        }
    }

    /// Date, time and place on the lines under the title, `from` and on: `torsdag 8. februar 2007 kl. 19.00 på menighetshuset`.
    pub(super) fn under_title(&self, document: &mut Document, from: usize) {
        for i in from..self.range.end.min(from + LINES_UNDER_TITLE) {
            let line = &self.lines[i];
            let lists = line.cells.is_some_and(|cells| cells.len() > LINE_CELLS);
            let is_labelled = fields(line).iter().any(|f| f.marked);
            // "Fredag 4. november 2016, kl. 10 | Sted: Rådhuset"
            let beside = line.cells.filter(|_| is_labelled).and_then(|cells| {
                let (first, _) = cells.split_first()?;
                let raw = line.raw.get(..first.end.checked_sub(line.start)?)?;
                Some(line.piece(line.start, raw)).filter(|cell| fields(cell).is_empty())
            });
            if document.meeting.date.is_some() || lists || is_labelled && beside.is_none() {
                return;
            }
            let line = beside.as_ref().unwrap_or(line);
            let text = line.text();
            let mentions = date::find(text);
            // "Lagt ut av Eva 2. september 2019"
            let Some(m) = mentions.first().filter(|_| !line.opens_with(&lexicon().copies)) else { continue };
            // A sentence over several lines is read as a whole.
            if line.says(&lexicon().held) && self.lines.get(i + 1).is_some_and(|l| l.continues) {
                return;
            }
            // "Møte nr. 6 - 1986   Torsdag 25. september"
            let year = date::find_year(&text[..m.start]).filter(|_| m.year.is_none());
            let day = m.date(year.map(|y| y.0));
            let Some(day) = day.filter(|_| mentions.len() == 1 && text.len() < 120) else { return };
            let spans = std::iter::once((m.start, m.end)).chain(year.map(|y| (y.1, y.2)));
            let spans = spans.map(|(from, to)| line.span_of(from, to)).collect();
            document.meeting.date = Some(Sourced::new(day.to_string(), spans, self.blocks));
            self.times_and_place(document, line, m.end);
            // "onsdag 13. mai 1998", and under it "Herredshuset, kl. 11.00 - 14.10"
            self.times_under_title(document, i);
            // "torsdag 23. april 1992 kl. 10.00", and under it "på Hotel Alexandra, Loen."
            if let Some(next) =
                self.lines[..self.range.end].get(i + 1).filter(|l| l.cells.is_none() && fields(l).is_empty())
                && document.meeting.place.is_none()
                && next.raw.len() < DATED_BYTES
            {
                self.place_after(document, next, 0);
            }
        }
    }

    /// Place and times on a line of their own under a title with the day: `Personalrommet kl. 18.00–19.40`.
    pub(super) fn times_under_title(&self, document: &mut Document, title: usize) {
        let lines = self.lines[..self.range.end].get(title + 1..).unwrap_or_default();
        let tells = |l: &&Line| {
            l.cells.is_none() && l.text().len() < DATED_BYTES && fields(l).is_empty() && date::find(l.text()).is_empty()
        };
        let told = lines.iter().take(LINES_UNDER_TITLE).take_while(tells).find_map(|line| {
            let clock = lexicon().clock.find(line.text())?.start();
            (!time::find(&line.text()[clock..]).is_empty()).then_some((line, clock))
        });
        let Some((line, clock)) = told.filter(|_| document.meeting.start.is_none()) else { return };
        self.times(document, line, clock, line.text().len());
        let place = line.text()[..clock].trim_end_matches([' ', ',', '\t', '|']);
        if self.place_after(document, line, 0) {
            // "på hamnekontoret i Måløy. Møtet tok til kl. 16.30."
        } else if !place.is_empty() && place.split(' ').count() <= PLACE_WORDS && !line.says(&lexicon().began) {
            self.set_place(document, line, 0, place.len());
        }
    }

    /// Start and end on a line of their own: `Fra kl. 09.00 til kl. 14.15`.
    pub(super) fn times_alone(&self, document: &mut Document) {
        let joins = |word: &str| word.len() <= JOINING_WORD || lexicon().clock.is_match(word);
        let is_alone = |line: &&Line| {
            let text = line.text();
            line.cells.is_none()
                && text.len() < TIMES_BYTES
                && lexicon().clock.is_match(text)
                && text.split(|c: char| !c.is_alphabetic()).all(joins)
                && day_in(text).is_none()
                && time::find(text).len() == 2
        };
        let lines = &self.lines[self.range.clone()];
        if let Some(line) = lines.iter().find(is_alone).filter(|_| document.meeting.start.is_none()) {
            self.times(document, line, 0, line.text().len());
        }
    }

    /// The day on which a document was written, at the end of one of some lines, `Selbu, 3. mai 1982`; where it has none yet.
    pub fn dated(&self, document: &mut Document, range: Range<usize>) {
        let written = |line: &Line| {
            let text = line.text().trim_end_matches('.');
            let m = date::find(text).into_iter().next().filter(|m| m.weekday.is_none() && m.end == text.len())?;
            let before = text[..m.start].trim_end();
            // "Brønnøysund, den 15.11.99"
            let particle = before.rsplit_once(' ').filter(|(_, word)| lexicon().is_particle("before_body", word));
            let before = particle.map_or(before, |(before, _)| before);
            let apart = ["\t", GAP].iter().any(|gap| text[before.len()..m.start].contains(gap));
            let place = before.trim_end_matches(',').rsplit(['\t', ',']).next()?.rsplit(GAP).next()?.trim();
            // "5890 Lærdal"
            let code = |(code, _): &(&str, &str)| code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit());
            let coded = place.split_once(' ').filter(code);
            let place = coded.map_or(place, |(_, place)| place);
            // "Mo i Rana"
            let words = place.split(' ').filter(|w| !lexicon().is_particle("before_place", w)).count();
            // "..., Kragerø avd., av 3.10.94" dates what is named.
            let is_place = place.starts_with(char::is_alphabetic) && words <= 2 && !place.ends_with('.');
            let is_said = before.ends_with(',') || apart && coded.is_some();
            let day = m.date(None).filter(|_| is_place && is_said)?;
            Some(Sourced::new(day.to_string(), vec![line.span_of(m.start, m.end)], self.blocks))
        };
        // "5880 Kaupanger,", and on the next line "5. november 1990"
        let under_place = |pair: &[Line]| {
            let [place, day] = pair else { return None };
            let words = place.text().strip_suffix(',')?.split(' ');
            let text = day.text().trim_end_matches('.');
            let m = date::find(text).into_iter().next().filter(|m| m.start == 0 && m.end == text.len())?;
            let day_of = m.date(None).filter(|_| m.weekday.is_none() && words.count() <= PLACE_WORDS / 2)?;
            Some(Sourced::new(day_of.to_string(), vec![day.span_of(m.start, m.end)], self.blocks))
        };
        if document.document_date.is_none() {
            let lines = self.lines[range.clone()].iter().filter(|l| l.raw.len() < DATED_BYTES);
            let dated = lines.into_iter().find_map(written);
            document.document_date = dated.or_else(|| self.lines[range].windows(2).find_map(under_place));
        }
    }

    /// The same in the last lines of the document.
    pub fn dated_at_foot(&self, document: &mut Document) {
        let end = self.part.lines.end;
        self.dated(document, self.range.end.max(end.saturating_sub(LAST_LINES))..end);
    }

    /// Times and place on a line after the day.
    pub(super) fn times_and_place(&self, document: &mut Document, line: &Line, at: usize) {
        let text = line.text();
        // "24. oktober 2018 | Auditorium 2 | 17:15–20:05"
        let bar = ['|', '\t'].into_iter().find(|bar| text[at..].contains(*bar));
        let mut from = at;
        for piece in text[at..].split(|c| Some(c) == bar) {
            let says_time = lexicon().clock.is_match(piece) || time::find(piece).iter().any(|t| t.end - t.start > 2);
            if says_time {
                self.times(document, line, from, from + piece.len());
            }
            from += piece.len() + 1;
        }
        // "tirsdag 8. mars 1994 i Fylkeshuset, Drammen. Møtet ble satt kl. 9.30"
        let sentence = text[at..].split_once(". ").map_or("", |(sentence, _)| sentence);
        if time::find(sentence).is_empty()
            && !lexicon().clock.is_match(sentence)
            && self.place_after(document, line, at)
        {
            return;
        }
        // "kl. 17.00 på Heggin, møterom 3"
        let says_clock = |before: &str| {
            let word = before.trim_end().rsplit([' ', '\t']).next().unwrap_or_default();
            lexicon().clock.is_match(word) || before.ends_with(['-', '/'])
        };
        let is_time = |t: &&time::Time| t.end - t.start > 2 || says_clock(&text[at..at + t.start]);
        let last_time = time::find(&text[at..]).iter().rfind(is_time).map_or(at, |t| at + t.end);
        if self.place_after(document, line, last_time) {
            return;
        }
        // "onsdag 01.11.06, personalrommet, fra kl. 17.30", "torsdag 20. november | kl. 12.15 | Kallerud, rom K105"
        // "Askim kulturhus | 26. april 2018 | 16:30"
        let before = bar.filter(|bar| text[..at].contains(*bar)).map(|_| 0);
        for begin in std::iter::once(at).chain(before) {
            let mut from = begin;
            for whole in text[begin..].split(bar.unwrap_or(',')) {
                // "torsdag 11. juni 2009, grendehuset. Vi begynte kl. 18.30"
                let stop = whole.match_indices(". ").find(|(at, _)| {
                    let word = whole[..*at].rsplit([' ', ',']).next().unwrap_or_default();
                    !lexicon().clock.is_match(word) && !lexicon().is_particle("abbreviations", word) && word.len() > 2
                });
                let piece = stop.map_or(whole, |(at, _)| &whole[..at]);
                let words = piece.trim();
                let tells_when = !time::find(piece).is_empty()
                    || lexicon().clock.is_match(piece)
                    || !date::find(piece).is_empty()
                    || lexicon().titles_of(words).next().is_some();
                // "holdt Tjøme skole-", and under it "styre møte på rådhuset"
                let is_place = words.chars().any(char::is_alphabetic)
                    && !words.ends_with('-')
                    && words.split(' ').count() <= PLACE_WORDS
                    && !words.contains(['/', ':'])
                    && !words.split(' ').any(|w| lexicon().is_body_word(w) || lexicon().is_particle("after_place", w));
                if !tells_when && is_place && (from > at || bar.is_some()) {
                    // "tysdag 9. september 2014, i kyrkjelydshuset, frå kl. 19.00"
                    let joins = |(word, _): &(&str, &str)| lexicon().is_particle("before_place", word);
                    let named = words.split_once(' ').filter(joins).map_or(words, |(_, place)| place);
                    let to = from + piece.trim_end().len();
                    self.set_place(document, line, to - named.len(), to);
                    return;
                }
                from += whole.len() + 1;
            }
        }
        self.place_before(document, line, at);
    }

    /// The place at the start of a line that gives day and times: `Samfunnshuset, Vik, fredag 24. april 2015, kl. 11.00`.
    fn place_before(&self, document: &mut Document, line: &Line, at: usize) {
        let text = line.text();
        let days = date::find(&text[..at]);
        let Some(day) = days.first().filter(|_| lexicon().clock.is_match(&text[at..])) else { return };
        let before = text[..day.weekday.map_or(day.start, |w| w.1.min(day.start))].trim_end();
        // "Soknerådsmøte i kyrkjelydshuset onsdag 14. mars 1990 kl. 19.30"
        let of_meeting = || {
            let (meeting, rest) = before.split_once(' ')?;
            let (word, place) = rest.split_once(' ')?;
            let is_meeting = lexicon().particles.get("meeting")?.iter().any(|word| meeting.ends_with(word.as_str()));
            (is_meeting && lexicon().is_particle("before_place", word)).then_some(place)
        };
        let Some(place) = before.strip_suffix(',').or_else(of_meeting) else { return };
        let from = place.as_ptr().addr() - text.as_ptr().addr();
        let names_other = |word: &str| {
            lexicon().is_body_word(word)
                || lexicon().is_particle("after_place", word)
                || lexicon().titles_of(word).next().is_some()
        };
        let is_place = place.split(' ').count() <= PLACE_WORDS && !place.contains(['/', ':', '.']);
        if is_place
            && !line.says(&lexicon().held)
            && !place.split([' ', ',']).any(names_other)
            && !is_organisation(place)
        {
            self.set_place(document, line, from, from + place.len());
        }
    }

    /// The place with which the value of a label begins, before the day: `Samfunnshuset, Vik, fredag kl. 12`.
    pub(super) fn place_before_day(&self, document: &mut Document, line: &Line, (from, to): (usize, usize)) {
        let text = &line.text()[from..to];
        let is_weekday = |word: &str| lexicon().weekdays.contains_key(word.trim_end_matches([',', '.']));
        let begins_day = |rest: &str| rest.split(' ').next().is_some_and(is_weekday);
        let Some((end, _)) = text.match_indices(", ").find(|(at, comma)| begins_day(&text[at + comma.len()..])) else {
            return;
        };
        let place = &text[..end];
        if place.split(' ').count() <= PLACE_WORDS && !place.contains(|c: char| c.is_ascii_digit() || c == ':') {
            self.set_place(document, line, from, from + end);
        }
    }

    /// The place at the end of a line, after a preposition. Whether one stands there.
    fn place_after(&self, document: &mut Document, line: &Line, at: usize) -> bool {
        let rest = line.text()[at..].trim_start_matches([' ', ',', '\t', '|']);
        let Some((word, place)) = rest.split_once(' ') else { return false };
        let at = line.text().len() - place.len();
        // "rådhuset, 3. etasje"
        let ends = |(at, _): &(usize, &str)| !place[..*at].ends_with(|c: char| c.is_ascii_digit());
        let place = place.match_indices(". ").find(ends).map_or(place, |(at, _)| &place[..at]);
        let is_place = lexicon().is_particle("before_place", word) && place.split(' ').count() <= PLACE_WORDS;
        if is_place {
            self.set_place(document, line, at, at + place.len());
        }
        is_place
    }

    pub(super) fn set_place(&self, document: &mut Document, line: &Line, from: usize, to: usize) {
        let (from, to) = line.folded.source(from, to);
        let sign = |c: char| !c.is_alphanumeric() && !matches!(c, '"' | '«' | '“' | '(');
        let from = to - line.raw[from..to].trim_start_matches(sign).len();
        let (from, to) = short(line.raw, from, to);
        if from < to && document.meeting.place.is_none() {
            let (mut value, mut spans) = (spaces_folded(&line.raw[from..to]), vec![line.raw_span(from, to)]);
            // "på herredshuset,", and on the next line "Segalstad bru."
            let at = self.lines.iter().position(|l| std::ptr::eq(l, line));
            let next = at.and_then(|at| self.lines.get(at + 1)).filter(|l| l.continues && value.ends_with([',', '-']));
            if let Some(next) = next.filter(|l| l.text().split(' ').count() <= PLACE_WORDS && l.text().ends_with('.')) {
                let (from, to) = short(next.raw, 0, next.raw.len());
                join_wrapped(&mut value, &next.raw[from..to]);
                spans.push(next.raw_span(from, to));
            }
            document.meeting.place = Some(Sourced::new(value, spans, self.blocks));
        }
    }

    /// Day, times and place of a sentence that says that a meeting was held. Whether it says so.
    pub(super) fn held(&self, document: &mut Document, passage: &Passage) -> bool {
        let text = passage.folded.text.as_str();
        let told = lexicon().watch.look(text);
        let Some(held) = told.of(&lexicon().held).earliest(text).and_then(|c| c.get(0)) else { return false };
        // "hadde møte i skulehuset på Mo"
        let joins = |word: &&str| lexicon().is_particle("before_place", word);
        let verb = held.end() - held.as_str().rsplit(' ').next().filter(joins).map_or(0, str::len);
        let Some(m) = date::find(text).into_iter().next() else {
            // "Møtet ble holdt på klubbhuset, kl. 10.00" under a title with the day
            let to = text[held.end()..].find(". ").map_or(text.len(), |at| held.end() + at);
            let to = lexicon().clock.find(&text[held.end()..to]).map_or(to, |c| held.end() + c.start());
            let place = place_in(text, verb, to).filter(|_| document.meeting.date.is_some());
            if let Some((from, to)) = place.filter(|_| document.meeting.place.is_none()) {
                document.meeting.place = Some(passage.name(passage.folded.source(from, to), self.blocks));
                let clock = (to, text.floor_char_boundary((to + TIMES_BYTES).min(text.len())));
                self.times_of(document, text, clock, &|from, to| passage.span(from, to));
            }
            return false;
        };
        // "År 1974, onsdag den 13. mars ble holdt møte"
        let year = date::find_year(&text[..m.start]);
        // "Protokoll fra årsmøtet 2001", and under it "Årsmøtet ble avholdt mandag 12. februar"
        let of_title = self.part.title.and_then(|at| date::find_year(self.lines[at].text()));
        let of_title = of_title.filter(|_| year.is_none() && m.year.is_none());
        // "Velkommen til møte onsdag 10. oktober kl. 17.30", in a letter that gives the year
        let known = document.meeting.date.as_ref().and_then(|d| d.value.parse::<Date>().ok());
        let told = m.date(year.or(of_title).map(|y| y.0));
        let Some(day) = told.or_else(|| m.date(Some(known?.year()))) else { return false };
        if document.meeting.date.as_ref().is_some_and(|known| known.value != day.to_string()) {
            return false;
        }
        if document.body.is_none() {
            // "Skolestyret holdt møte": the body before the verb.
            let before = &text[..held.start()];
            let from = before.rfind([',', ':']).max(before.rfind(". ")).map_or(0, |at| at + 1);
            document.body = body_before(passage, from, held.end(), self.blocks);
        }
        let meeting = &mut document.meeting;
        if meeting.date.is_none() {
            let mut spans = vec![passage.span(m.start, m.end)];
            spans.extend(year.filter(|_| m.date(None).is_none()).map(|y| passage.span(y.1, y.2)));
            let title = self.part.title.map(|at| &self.lines[at]);
            spans.extend(title.zip(of_title).map(|(line, y)| line.span_of(y.1, y.2)));
            let last = m.last_date(Some(day.year()));
            meeting.end_date = last.map(|last| Sourced::new(last.to_string(), spans.clone(), self.blocks));
            meeting.date = Some(Sourced::new(day.to_string(), spans, self.blocks));
        }
        let from = lexicon().clock.find(&text[m.end..]).map_or(m.end, |c| m.end + c.start());
        // A full stop before a digit is one of a time: "kl. 19".
        let ends = |(at, _): &(usize, &str)| !text[m.end + at + 2..].starts_with(|c: char| c.is_ascii_digit());
        // "Møtebok for 14. oktober 1999. Møtet ble holdt på klubbhuset, og varte fra kl 10"
        let told = m.end.max(held.end());
        let ends = |found: &(usize, &str)| found.0 >= told - m.end && ends(found);
        let stop = text[m.end..].match_indices(". ").find(ends).map_or(text.len(), |(at, _)| m.end + at);
        let times = if from < stop { time::find(&text[from..stop]) } else { Vec::new() };
        let get = |t: &time::Time| Sourced::new(t.iso(), vec![passage.span(from + t.start, from + t.end)], self.blocks);
        let end = times.first().zip(times.get(1)).filter(|(start, end)| are_of_meeting(&text[from..], start, end));
        let times = &times[..times.len().min(if end.is_some() { 2 } else { 1 })];
        if let Some(start) = times.first().filter(|_| from > m.end || meeting.place.is_none()) {
            meeting.start = meeting.start.take().or_else(|| Some(get(start)));
            meeting.end = meeting.end.take().or_else(|| times.get(1).map(get));
        }
        let first_day = m.weekday.map_or(m.start, |w| w.1.min(m.start));
        let last_time = times.iter().rfind(|t| from + t.start - m.end <= TIMES_APART * 2);
        let after = last_time.map_or(m.end, |t| from + t.end).max(verb);
        let end = stop.max(after);
        // "Møtet ble holdt på klubbhuset torsdag 8. mars", "torsdag 8. mars kl. 19 på klubbhuset"
        let before = (verb < first_day).then(|| place_in(text, verb, first_day)).flatten();
        // "14. oktober. Møtet ble holdt på klubbhuset, og varte fra kl 10"
        let between = || (verb >= m.end && verb < from).then(|| place_in(text, verb, from.min(stop))).flatten();
        // "Velkommen til møte tirsdag 26. september klokka 16.30. Vi møtes i Smia, Kvernvegen 8"
        let later = || {
            let again = end + lexicon().held.find(&text[end..])?.end();
            let verb = again - text[..again].rsplit(' ').next().filter(joins).map_or(0, str::len);
            place_in(text, verb, text[verb..].find(". ").map_or(text.len(), |at| verb + at))
        };
        let place = before.or_else(between).or_else(|| place_in(text, after, end)).or_else(later);
        if let Some((from, to)) = place.filter(|_| meeting.place.is_none()) {
            meeting.place = Some(passage.name(passage.folded.source(from, to), self.blocks));
        }
        true
    }

    /// The day that a heading gives, where a field gives that of the letter: `STYREMØTE ONSDAG 4. SEPTEMBER 1996`.
    pub(super) fn headed_day(&self, document: &mut Document) {
        let meeting = |text: &str| {
            let words = lexicon().particles.get("meeting").into_iter().flatten();
            words.into_iter().any(|word| text.split(' ').any(|w| w.ends_with(word.as_str())))
        };
        let lines = &self.lines[self.range.start..self.range.end.min(self.range.start + LINES_TO_DATE)];
        let headings = lines.iter().filter(|l| l.stands_out() && l.cells.is_none() && meeting(l.text()));
        let day = headings.into_iter().find_map(|line| {
            let m = date::find(line.text()).into_iter().find(|m| m.weekday.is_some())?;
            Some(Sourced::new(m.date(None)?.to_string(), vec![line.span_of(m.start, m.end)], self.blocks))
        });
        document.meeting.date = day;
    }

    /// The day of the meeting without its year, beside a letter's own day, which has one: `Øyer, 21. mars 2011`, and in the title
    /// `Fjellstyremøte onsdag 30. mars`. The weekday must agree.
    pub fn day_beside_letter(&self, document: &mut Document) {
        let called = match document.kind {
            Kind::Agenda => true,
            Kind::Minutes => false,
            _ => return,
        };
        let Some(written) = document.document_date.as_ref().filter(|_| document.meeting.date.is_none()) else { return };
        let Ok(letter) = written.value.parse::<Date>() else { return };
        let lines = &self.lines[self.range.start..self.range.end.min(self.range.start + LINES_TO_DATE)];
        let day = lines.iter().find_map(|line| {
            let m = date::find(line.text()).into_iter().find(|m| m.year.is_none() && m.weekday.is_some())?;
            let near = |day: &Date| {
                let apart = (*day - letter).get_days() * if called { 1 } else { -1 };
                let is_weekday = m.weekday.is_some_and(|w| w.0 == day.weekday().to_monday_one_offset() as u8);
                (0..=DAYS_BESIDE_LETTER).contains(&apart) && is_weekday
            };
            let years = [letter.year(), letter.year() + if called { 1 } else { -1 }];
            let day = years.into_iter().filter_map(|year| m.date(Some(year))).find(near)?;
            let spans = [&[line.span_of(m.start, m.end)], written.at.spans()].concat();
            Some(Sourced::new(day.to_string(), spans, self.blocks))
        });
        if day.is_some() {
            document.meeting.date = day;
            self.dates_in_sentences(document);
        }
    }

    /// Date and times in the sentences of the head: "Møtet ble holdt tirsdag 16. februar 1988".
    pub fn dates_in_sentences(&self, document: &mut Document) {
        let lacks = |m: &Meeting| m.date.is_none() || m.start.is_none() || m.place.is_none();
        if (document.body.is_none() || lacks(&document.meeting)) && document.kind != Kind::MeetingPlan {
            let lines: Vec<&Line> = self.lines[self.range.clone()].iter().filter(|l| l.cells.is_none()).collect();
            if lines.iter().any(|l| l.may_say(&lexicon().held)) {
                for passage in passages(&lines, 0, self.blocks) {
                    if self.held(document, &passage) {
                        break;
                    }
                }
            }
        }
        if document.meeting.start.is_none() {
            let began = &lexicon().began;
            let lines = &self.lines[self.part.lines.clone()];
            for (i, _) in lines.iter().enumerate().filter(|(_, l)| l.may_say(began)) {
                let Some(passage) = self.wrapped_passage(&lines[i..]) else { continue };
                let text = passage.folded.text.as_str();
                if let Some(m) = began.find(text) {
                    let far = text.floor_char_boundary((m.end() + TIMES_BYTES).min(text.len()));
                    // No time is cut in two.
                    let to = if far < text.len() { text[..far].rfind(' ').unwrap_or(far) } else { far };
                    self.times_of(document, text, (m.end(), to.max(m.end())), &|from, to| passage.span(from, to));
                    break;
                }
            }
        }
        if document.meeting.end.is_none() {
            let lines = &self.lines[self.part.lines.clone()];
            let told = [&lexicon().ended, &lexicon().lasts];
            let tells = |(i, l): &(usize, &Line)| {
                // "Møtet ble satt kl. 9.30", and under it "og hevet kl. 15.20."
                let wraps = || {
                    l.breaks
                        && !l.continues
                        && lines.get(i + 1).is_some_and(|l| told.into_iter().any(|list| l.may_say(list)))
                };
                told.into_iter().any(|list| l.says(list) || l.may_say(list) && wraps())
            };
            for (i, _) in lines.iter().enumerate().rev().filter(tells) {
                let Some(passage) = self.wrapped_passage(&lines[i..]) else { continue };
                let text = passage.folded.text.as_str();
                let Some(from) = told.into_iter().find_map(|list| list.find(text)).map(|m| m.end()) else { continue };
                // "Møtet ble hevet 14. juni kl. 13.45."
                let said = &text[from..];
                let mut days = date::find(said);
                days.retain(|day| said[day.start..day.end].contains(char::is_alphabetic));
                let is_day = |t: &time::Time| days.iter().any(|day| day.start <= t.start && t.start < day.end);
                if let Some(t) = time::find(said).iter().find(|t| !is_day(t)) {
                    let at = passage.span(from + t.start, from + t.end);
                    document.meeting.end = Some(Sourced::new(t.iso(), vec![at], self.blocks));
                    break;
                }
            }
        }
    }

    /// The first of some lines, with those on which it goes on.
    fn wrapped_passage<'l>(&self, lines: &'l [Line<'l>]) -> Option<Passage<'l>> {
        let (line, rest) = lines.split_first()?;
        let wrapped = rest.iter().take_while(|l| l.continues && l.block == line.block);
        let lines: Vec<&Line> = std::iter::once(line).chain(wrapped).collect();
        passages(&lines, 0, self.blocks).into_iter().next()
    }

    /// `nr. 3/2013` in a title: the meeting's number.
    pub(super) fn number_in_title(&self, line: &Line) -> Option<Sourced<String>> {
        let text = line.text();
        let mut at = 0;
        let words = text.split(' ').map(|w| {
            at += w.len() + 1;
            (at - w.len() - 1, w)
        });
        let words: Vec<(usize, &str)> = words.collect();
        words.windows(2).find_map(|pair| {
            let ((_, label), (start, number)) = (pair[0], pair[1]);
            let is_label =
                lexicon().labels.get(label.trim_end_matches(['.', ':'])).is_some_and(|f| *f == Field::MeetingNumber);
            let number = number.trim_end_matches([',', '.', ':']);
            let is_day = date::find(text).iter().any(|m| (m.start..m.end).contains(&start));
            let plain = number.starts_with(|c: char| c.is_ascii_digit())
                && number.chars().all(|c| c.is_ascii_digit() || c == '/');
            (is_label && plain && !is_day).then(|| {
                let span = line.span_of(start, start + number.len());
                Sourced::new(
                    line.raw[span.start - line.start..span.end - line.start].to_owned(),
                    vec![span],
                    self.blocks,
                )
            })
        })
    }
}

/// Whether two times of a text are the start and the end of a meeting; in "kl. 19.00 hos Birthe, Tangvej 12" they are not.
fn are_of_meeting(text: &str, start: &time::Time, end: &time::Time) -> bool {
    let between = &text[start.end..end.start];
    let said = end.end - end.start > 2 || lexicon().clock.is_match(between);
    let long = |word: &str| word.len() > JOINING_WORD;
    between.len() <= TIMES_APART && (said || !between.split(|c: char| !c.is_alphabetic()).any(long))
}

/// The first day that a text gives; in "kl. 17.15 til kl. 21.05" there is none.
fn day_in(text: &str) -> Option<date::Mention> {
    let is_time = |m: &date::Mention| {
        let bare = m.year.is_none() && m.weekday.is_none() && !text[m.start..m.end].contains(char::is_alphabetic);
        bare && lexicon().clock.find(text).is_some_and(|clock| clock.end() <= m.start)
    };
    date::find(text).into_iter().find(|m| !is_time(m))
}

/// The place in a range of a sentence: what follows a preposition that begins it, or stands two words into it, and names no
/// body.
fn place_in(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let (mut at, mut begins) = (from, from);
    for word in text[from..to].split_inclusive(' ') {
        at += word.len();
        if lexicon().is_particle("before_place", word.trim()) {
            let place = text[at..to].trim_end_matches(['.', ',', ' ']);
            // "på rådhuset under ledelse av Eva Lie"
            // "på rådhuset, og varte fra"
            let ends = |(space, _): &(usize, &str)| {
                let word = place[space + 1..].split(' ').next().unwrap_or_default();
                let rest = text[at + space + 1 + word.len()..].trim_start();
                // "på rådhuset og begynte kl. 18"
                let says_when = || {
                    let (verb, rest) = rest.split_once(' ').unwrap_or_default();
                    !verb.ends_with(',') && rest.split(' ').take(2).any(|word| lexicon().clock.is_match(word))
                };
                let goes_on = || place[..*space].ends_with(',') || lexicon().began.opens(rest) || says_when();
                // "på Grong hotell fra kl. 13.15"
                let is_hour = || lexicon().is_particle("from_case", word) && lexicon().clock.opens(rest);
                lexicon().is_particle("after_place", word)
                    || lexicon().is_particle("conjunctions", word) && goes_on()
                    || is_hour()
            };
            let place =
                place.match_indices(' ').find(ends).map_or(place, |(end, _)| place[..end].trim_end_matches(','));
            let first: Vec<&str> = place.split(' ').take_while(|w| !lexicon().is_particle("before_place", w)).collect();
            let of_company = || first.len() < place.split(' ').count() && is_organisation(&first.join(" "));
            if first.iter().any(|w| lexicon().is_body_word(w)) || of_company() {
                // "i formannskapet på herredshuset", "i Vik Vannverk A/L på herredshuset"
                begins = to;
                continue;
            }
            let words = place.split(' ').count();
            return (!place.is_empty() && words <= PLACE_WORDS + 2).then_some((at, at + place.len()));
        }
        if at > begins + PLACE_WITHIN && begins < to {
            break;
        }
    }
    None
}
