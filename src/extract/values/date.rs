//! Dates as they are written: `21.09 2022`, `07.06.2022`, `3/4-98`, `torsdag 4. juni 2009`, `18.–19. september 2014`.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use jiff::civil::Date;

use rustc_hash::FxHashMap;

use crate::lang::{Captures, Pattern, lexicon};

/// A date mentioned in a folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Byte offset of the first character, without the weekday.
    pub start: usize,
    /// Byte offset after the last character.
    pub end: usize,
    /// The weekday beside it: 1 is Monday, with its place.
    pub weekday: Option<(u8, usize, usize)>,
    /// The year, where one is written; two digits are read as 1940–2039.
    pub year: Option<i16>,
    /// The month.
    pub month: i8,
    /// The day of the month.
    pub day: i8,
    /// The last day, where a range of days is written.
    pub last_day: Option<i8>,
}

impl Mention {
    /// The date, with `year` for one that names none; `None` where the calendar has no such day.
    #[must_use]
    pub fn date(&self, year: Option<i16>) -> Option<Date> {
        Date::new(self.year.or(year)?, self.month, self.day).ok()
    }

    /// The last day, where a range of days is written.
    #[must_use]
    pub fn last_date(&self, year: Option<i16>) -> Option<Date> {
        Date::new(self.year.or(year)?, self.month, self.last_day?).ok()
    }
}

/// A year written with two digits, as one of 1940–2039 (domain notes, section 2.4).
#[must_use]
pub fn full_year(year: i16) -> i16 {
    match year {
        0..40 => 2000 + year,
        40..100 => 1900 + year,
        _ => year,
    }
}

struct Patterns {
    numeric: Pattern,
    iso: Pattern,
    slashed: Pattern,
    dashed: Pattern,
    named: Pattern,
    weekday: Pattern,
    year: Pattern,
    year_before: Pattern,
    /// The names of months and weekdays, one of which stands after a day in figures.
    after_day: Vec<&'static str>,
    /// The names of weekdays.
    weekdays: AhoCorasick,
}

fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let words = |map: &FxHashMap<String, u8>| {
            let mut words: Vec<&str> = map.keys().map(String::as_str).collect();
            words.sort_by_key(|w| (std::cmp::Reverse(w.len()), *w));
            words.join("|")
        };
        let months = words(&lexicon().months);
        let weekdays = words(&lexicon().weekdays);
        // "14de november"
        let endings = lexicon().particles.get("day_endings").map_or(String::new(), |words| words.join("|"));
        let compile = |p: &str| Pattern::new(p.to_owned());
        Patterns {
            numeric: compile(
                r"\b(?:(\d{1,2})\.?\s?(?:-|og|/)\s?)?(\d{1,2})\s?\.\s?(0?[1-9]|1[0-2])\b(?:\s?\.\s?|\s)?(?:(\d{4})\b|(\d{2})\b)?",
            ),
            iso: compile(r"\b(\d{4})-(\d{2})-(\d{2})\b"),
            slashed: compile(r"\b(\d{1,2})/(1[0-2]|0?[1-9])(?:\s?[-–/.]\s?(\d{4}|\d{2})|\s((?:19|20)\d{2}))\b"),
            dashed: compile(r"\b(\d{1,2})-(1[0-2]|0?[1-9])-(\d{4})\b"),
            named: compile(&format!(
                r"\b(?:([0-3]?\d)(?:\.?\s?(?:-|og|til|/)\s?|\.?\s(?:og|til)\s(?:{weekdays})\s))?([0-3]?\d)(?:{endings})?\s?\.?\s?(?:(?:{weekdays})\s\d{{1,2}}\.\s?)?({months})\b\.?,?(?:\s(\d{{4}})\b)?"
            )),
            weekday: compile(&format!(r"\b({weekdays})(?:en|ens)?\b\.?,?\s?(?:den\s)?$")),
            year_before: compile(r"\b(19[4-9]\d|20[0-3]\d)(?:,\s(?:den\s)?|\sden\s)$"),
            year: compile(r"\b(19[4-9]\d|20[0-3]\d)\b"),
            after_day: lexicon().months.keys().chain(lexicon().weekdays.keys()).map(String::as_str).collect(),
            weekdays: AhoCorasick::new(lexicon().weekdays.keys()).expect("a few words fit in an automaton"),
        }
    })
}

/// The room in which a weekday stands before its date, with an ending, a stop and the word before the day, in bytes.
const LONGEST_WEEKDAY: usize = 48;

/// Whether a folded text names a weekday anywhere.
#[must_use]
pub fn names_weekday(text: &str) -> bool {
    patterns().weekdays.is_match(text)
}

/// The matches of a pattern, where the text may hold any.
fn iter_if<'p, 't>(may: bool, pattern: &'p Pattern, text: &'t str) -> impl Iterator<Item = Captures<'t>> + use<'p, 't> {
    may.then(|| pattern.regex().captures_iter(text)).into_iter().flatten()
}

/// Whether the sign stands between digits, with a space at most on either side.
fn between_digits(text: &str, sign: char) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    text.match_indices(sign).any(|(at, _)| {
        let (mut before, mut after) = (text[..at].chars().rev(), text[at + sign.len_utf8()..].chars());
        let (first, last) = (before.next(), after.next());
        let reaches =
            |c: Option<char>, next: Option<char>| is_digit(c) || c.is_some_and(char::is_whitespace) && is_digit(next);
        reaches(first, before.next()) && reaches(last, after.next())
    })
}

/// Whether the name of a month or weekday stands after digits, with a stop and spaces at most between them.
fn has_named_month(text: &str, names: &[&str]) -> bool {
    let bytes = text.as_bytes();
    let ends = (1..bytes.len()).filter(|i| bytes[i - 1].is_ascii_digit() && !bytes[*i].is_ascii_digit());
    ends.map(|at| without_ending(&text[at..]).trim_start_matches(|c: char| c.is_whitespace() || c == '.'))
        .any(|rest| names.iter().any(|name| rest.starts_with(name)))
}

/// What stands after the figure of a day, without the ending of an older ordinal: `14de november`.
fn without_ending(rest: &str) -> &str {
    let mut endings = lexicon().particles.get("day_endings").into_iter().flatten();
    endings.find_map(|ending| rest.strip_prefix(ending.as_str()).filter(|rest| rest.starts_with(' '))).unwrap_or(rest)
}

/// Every date mentioned in a folded text, in order.
#[must_use]
pub fn find(text: &str) -> Vec<Mention> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let p = patterns();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut add = |m: Mention| {
        if !mentions.iter().any(|o| m.start < o.end && o.start < m.end)
            && Date::new(m.year.unwrap_or(2000), m.month, m.day).is_ok()
        {
            mentions.push(m);
        }
    };
    let dashed = between_digits(text, '-');
    for c in iter_if(dashed, &p.iso, text) {
        let whole = c.get(0).map(|m| (m.start(), m.end())).unwrap_or_default();
        if let (Ok(year), Ok(month), Ok(day)) = (c[1].parse(), c[2].parse(), c[3].parse()) {
            add(Mention { start: whole.0, end: whole.1, weekday: None, year: Some(year), month, day, last_day: None });
        }
    }
    for c in iter_if(has_named_month(text, &p.after_day), &p.named, text) {
        let (Some(whole), Some(day), Some(month)) = (c.get(0), c.get(2), c.get(3)) else { continue };
        let Some(month_number) = lexicon().months.get(month.as_str()) else { continue };
        let first = c.get(1);
        let (Ok(last), Ok(first_day)) =
            (day.as_str().parse(), first.map_or(Ok(None), |f| f.as_str().parse::<i8>().map(Some)))
        else {
            continue;
        };
        let end = c.get(4).unwrap_or(month).end();
        add(Mention {
            start: first.map_or(whole.start(), |f| f.start()),
            end,
            weekday: None,
            year: c.get(4).and_then(|y| y.as_str().parse().ok()),
            month: *month_number as i8,
            day: first_day.unwrap_or(last),
            last_day: first_day.map(|_| last),
        });
    }
    let slashed = iter_if(between_digits(text, '/'), &p.slashed, text);
    for c in slashed.chain(iter_if(dashed, &p.dashed, text)) {
        let Some(whole) = c.get(0) else { continue };
        let year = c.get(3).or(c.get(4)).and_then(|y| y.as_str().parse::<i16>().ok());
        if let (Ok(day), Ok(month), Some(year)) = (c[1].parse(), c[2].parse(), year) {
            add(Mention {
                start: whole.start(),
                end: whole.end(),
                weekday: None,
                year: Some(full_year(year)),
                month,
                day,
                last_day: None,
            });
        }
    }
    for c in iter_if(between_digits(text, '.'), &p.numeric, text) {
        let (Some(day), Some(month)) = (c.get(2), c.get(3)) else { continue };
        let year = c.get(4).or(c.get(5));
        let before = text[..c.get(1).unwrap_or(day).start()].chars().next_back();
        let after = text[year.unwrap_or(month).end()..].chars().next();
        if before.is_some_and(|b| b == '.' || b == ',' || b == '/' || b.is_ascii_digit())
            || after.is_some_and(|a| a.is_ascii_digit() || a == '/' || a == '%')
        {
            continue;
        }
        let first_day = c.get(1).and_then(|f| f.as_str().parse::<i8>().ok());
        let Ok(last) = day.as_str().parse::<i8>() else { continue };
        let Ok(month_number) = month.as_str().parse::<i8>() else { continue };
        add(Mention {
            start: c.get(1).unwrap_or(day).start(),
            end: year.unwrap_or(month).end(),
            weekday: None,
            year: year.and_then(|y| y.as_str().parse().ok()).map(full_year),
            month: month_number,
            day: first_day.unwrap_or(last),
            last_day: first_day.map(|_| last),
        });
    }
    mentions.sort_by_key(|m| m.start);
    for m in &mut mentions {
        let before = &text[..m.start];
        if p.weekdays.is_match(&before[before.floor_char_boundary(before.len().saturating_sub(LONGEST_WEEKDAY))..])
            && let Some(c) = p.weekday.regex().captures(before)
            && let Some(word) = c.get(1)
            && let Some(number) = lexicon().weekdays.get(word.as_str())
        {
            m.weekday = Some((*number, word.start(), word.end()));
        }
        // "År 2003, 10. juni", "År 2003 den 10. juni", "År 1958, fredag den 14. mars"
        if m.year.is_none()
            && let Some(c) = p.year_before.regex().captures(&text[..m.weekday.map_or(m.start, |w| w.1)])
        {
            m.year = c[1].parse().ok();
            m.start = c.get(1).map_or(m.start, |y| y.start());
        }
    }
    mentions
}

/// The last year written out in a folded text, with its place: `møteplan 2023`.
#[must_use]
pub fn find_year(text: &str) -> Option<(i16, usize, usize)> {
    if !text.contains("19") && !text.contains("20") {
        return None;
    }
    let m = patterns().year.regex().find_iter(text).last()?;
    Some((m.as_str().parse().ok()?, m.start(), m.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_forms() {
        for (text, expected) in [
            ("arbeidsutvalget - 21.09 2022", "2022-09-21"),
            ("07.06.2022", "2022-06-07"),
            ("au-møte 22.03. 2022", "2022-03-22"),
            ("31.01.00", "2000-01-31"),
            ("16.02.88", "1988-02-16"),
            ("12. november 2010", "2010-11-12"),
            ("4. juni 2009, kl. 10:00", "2009-06-04"),
            ("mandag den 14de november 1949", "1949-11-14"),
            ("1ste desember 1949", "1949-12-01"),
            ("21.juni 2011", "2011-06-21"),
            ("3/4-98", "1998-04-03"),
            ("møte 23/2 1965 kl 10", "1965-02-23"),
            ("2015-03-01", "2015-03-01"),
            ("28-02-2011", "2011-02-28"),
            ("dato: 15. september 2022", "2022-09-15"),
            ("torsdag 14. mars 1995", "1995-03-14"),
            ("år 2003, 10. juni kl. 11.00, kom fylkestinget", "2003-06-10"),
            ("år 1971 den 25. mars kl. 10.00 ble kommunestyret satt", "1971-03-25"),
        ] {
            let found = find(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].date(None).unwrap().to_string(), expected, "{text}");
        }
        assert_eq!(find("torsdag 14. mars 1995")[0].weekday.unwrap().0, 4);
        for range in ["18. - 19. september 2014", "torsdag 18. og fredag 19. september 2014"] {
            let range = &find(range)[0];
            assert_eq!((range.day, range.last_day), (18, Some(19)));
        }
        for numbered in ["møte nr. 3/94 torsdag 28. april 1994", "møte nr. 5 - torsdag 28. april 1994"] {
            let numbered = &find(numbered)[0];
            assert_eq!((numbered.day, numbered.last_day), (28, None));
        }
        let open = &find("næringsrådet: onsdag 25.01 kl 1200-1500")[0];
        assert_eq!((open.day, open.month, open.year, open.weekday.unwrap().0), (25, 1, None, 3));
        for none in ["kl. 18.00", "1.556.904", "sak 12/91", "2.4 millioner", "5.200,-"] {
            assert!(find(none).iter().all(|m| m.year.is_none()), "{none}: {:?}", find(none));
        }
    }
}
