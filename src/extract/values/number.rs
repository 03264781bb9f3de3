//! Case numbers: `AU 28/22`, `K-sak 014/13`, `PS TEK 0002/00`, `sak 12/91`, `KS-04/0005`, `fylkestingssak 53/03`.

use std::sync::OnceLock;

use crate::lang::{Captures, Field, Pattern, TitleWord, lexicon};
use crate::model::CaseNumber;

use super::date::full_year;

/// A case number as printed: which of the two numbers is the year is decided for the document as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Byte offset of the first character, with series and the word for *case*.
    pub start: usize,
    /// Byte offset after the last character.
    pub end: usize,
    /// Place of the series' letters.
    pub series: Option<(usize, usize)>,
    /// The word for *case* stands before the number.
    pub case_word: bool,
    /// The number before the slash.
    pub first: u32,
    /// How many digits it is printed with.
    pub first_width: usize,
    /// The number after the slash; `None` for a running number without a year.
    pub second: Option<u32>,
    /// How many digits it is printed with.
    pub second_width: usize,
}

/// Whether the year stands before or after the slash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `28/22`
    NumberFirst,
    /// `22/28`
    YearFirst,
}

impl Printed {
    /// The running number that some digits are.
    #[must_use]
    pub fn running(digits: &str) -> Option<Self> {
        printed(digits, None, 0, digits.len(), None, false)
    }

    /// The same in a text that has so many bytes before it.
    #[must_use]
    pub fn after(self, bytes: usize) -> Self {
        let series = self.series.map(|(from, to)| (from + bytes, to + bytes));
        Self { start: self.start + bytes, end: self.end + bytes, series, ..self }
    }

    /// The number in its normal form; `folded` and `source` are the text it was found in and its source form.
    #[must_use]
    pub fn number(&self, order: Order, series: Option<&str>) -> CaseNumber {
        let series = series.map(str::to_owned);
        let Some(second) = self.second else {
            return CaseNumber { series, sequence: self.first, year: None };
        };
        let order = self.whole_year().unwrap_or(order);
        let (sequence, year) = match order {
            Order::NumberFirst => (self.first, second),
            Order::YearFirst => (second, self.first),
        };
        CaseNumber { series, sequence, year: i16::try_from(year).ok().map(full_year) }
    }

    /// The order of a number with a year in four digits: it tells nothing of the others.
    fn whole_year(&self) -> Option<Order> {
        let is_year = |n: u32, width: usize| width == 4 && (1900..2100).contains(&n);
        match (is_year(self.first, self.first_width), is_year(self.second?, self.second_width)) {
            (true, false) => Some(Order::YearFirst),
            (false, true) => Some(Order::NumberFirst),
            _ => None,
        }
    }

    /// The order that the widths of a number force, if any: `04/0005`, `0060/03`, `88/123`; `092/0031` has no year behind.
    fn forced(&self) -> Option<Order> {
        let second = self.second?;
        match (self.first_width, self.second_width) {
            (_, 4) if second < 1_000 => Some(Order::YearFirst),
            (2, 2) => None,
            (2, 4) => Some(Order::YearFirst),
            (_, 2 | 4) => Some(Order::NumberFirst),
            _ => Some(Order::YearFirst),
        }
    }
}

/// Decides for all case heads of a document whether the year stands first (domain notes, section 2.3).
#[must_use]
pub fn order(numbers: &[Printed], year: Option<i16>) -> Order {
    let numbers: Vec<&Printed> = numbers.iter().filter(|n| n.second.is_some() && n.whole_year().is_none()).collect();
    let forced = |o| numbers.iter().filter(|n| n.forced() == Some(o)).count();
    let (number_first, year_first) = (forced(Order::NumberFirst), forced(Order::YearFirst));
    if number_first != year_first {
        return if number_first > year_first { Order::NumberFirst } else { Order::YearFirst };
    }
    let same = |pick: fn(&Printed) -> u32| numbers.windows(2).all(|w| pick(w[0]) == pick(w[1]));
    let (firsts, seconds) = (same(|n| n.first), same(|n| n.second.unwrap_or_default()));
    if numbers.len() > 1 && firsts != seconds {
        return if firsts { Order::YearFirst } else { Order::NumberFirst };
    }
    if let (Some(year), Some(n)) = (year, numbers.first()) {
        let short = year.rem_euclid(100) as u32;
        let is = |x: u32| x == short || x == year as u32;
        if !is(n.second.unwrap_or_default()) && is(n.first) {
            return Order::YearFirst;
        }
    }
    Order::NumberFirst
}

struct Patterns {
    /// Series, word for *case*, number with a slash, at the start of the text. Any sign beyond ASCII is taken for a
    /// letter in a series.
    head: Pattern,
    /// The same with letters alone. It takes long to compile and is needed where [`Patterns::head`] took for a letter
    /// what may be none.
    strict_head: Pattern,
    /// A running number after the word for *case*, with a series also `SU-sak 6`.
    running: Pattern,
    /// A number and a year with a hyphen after the word for *case*: `Sak 14-2020`, with a series also `S-sak 14-20`.
    dashed: Pattern,
    /// A number with a slash anywhere.
    anywhere: Pattern,
}

impl Patterns {
    /// The groups of a number with a slash at the start of a folded text.
    fn head<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        // Nothing before the number holds a slash.
        let (first, second) = text.split_once('/')?;
        if !first.trim_end().ends_with(|c: char| c.is_ascii_digit())
            || !second.trim_start().starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let found = self.head.regex().captures(text)?;
        let is_plain = |c: char| c.is_ascii() || matches!(c, 'ß'..='ö' | 'ø'..='ÿ');
        let letters = found.name("long").or(found.name("series")).map_or("", |m| m.as_str());
        if letters.chars().all(is_plain) { Some(found) } else { self.strict_head.regex().captures(text) }
    }
}

fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let any = |words: &[String]| words.iter().map(|w| regex_syntax::escape(w)).collect::<Vec<_>>().join("|");
        let word = any(&lexicon().case_words);
        let ending = any(&lexicon().case_endings);
        let nr = any(&lexicon().number_words);
        let head = |letter: &str| {
            Pattern::new(format!(
                r"^(?:(?P<long>{letter}{{3,30}}(?:{ending}))\.?:?\s(?:(?:{nr})\.?\s)?(?P<a>[0-9]{{1,5}})\s?/\s?(?P<b>[0-9]{{1,5}})|(?:(?P<before>{word})\.?[:\s]*\s?(?:(?:{nr})\.?\s)?)?(?:(?P<series>{letter}{{1,7}}(?:[ .-]{letter}{{2,4}})??)(?P<gap>[ .~\t-]{{0,3}}))??(?:(?P<word>(?:{word}))\.?:?[ \t]{{0,3}})?(?P<c>[0-9]{{1,5}})\s?/\s?(?P<d>[0-9]{{1,5}}))(?:[^0-9/]|$)"
            ))
        };
        Patterns {
            head: head(r"[A-Za-z\u{80}-\u{10ffff}]"),
            strict_head: head(r"\p{L}"),
            dashed: Pattern::new(format!(r"^(?:(?:(?P<series>[^ /0-9-]{{1,4}})-)?(?:{word})|(?P<long>[^ /0-9-]{{3,30}}(?:{ending})))\.?:?\s(?:(?:{nr})\.?\s|(?P<letters>[^ /0-9-]{{1,7}})\s)?(?P<a>[0-9]{{1,4}})\s?-\s?(?P<b>(?:19|20)[0-9]{{2}}|[0-9]{{2}})\b")),
            running: Pattern::new(format!(r"^(?:(?P<series>[^ /0-9.-]{{1,4}})-)?(?:{word})(?:\.?\s{{1,3}}(?:(?:{nr})\.?\s)?(?P<a>[0-9]{{1,4}})\b(?:\.?:|\.?\t|\.?\s-|\.?\s+\S|\.?$)|:\s+(?P<alone>[0-9]{{1,4}})$)")),
            anywhere: Pattern::new(r"(?P<a>[0-9]{1,5})\s?/\s?(?P<b>[0-9]{2,5})\b".to_owned()),
        }
    })
}

/// The case number at the start of a folded line; `source` gives the source form of a range, for the series' case.
#[must_use]
pub fn at_start(text: &str, source: &dyn Fn(usize, usize) -> String) -> Option<Printed> {
    if !text.bytes().take(48).any(|b| b.is_ascii_digit()) {
        return None;
    }
    let p = patterns();
    if let Some(c) = p.head(text) {
        let (a, b) = (c.name("a").or(c.name("c"))?, c.name("b").or(c.name("d"))?);
        // "VARDØ  8/3  1967" is a day.
        let behind = text[b.end()..].trim_start();
        let year = behind.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let is_day = a.len() < 3 && b.len() == 1 && year.len() == 4 && year.starts_with(['1', '2']);
        if is_day && c.name("before").or(c.name("word")).is_none() {
            return None;
        }
        // "Ark.saksnr. 99/00412"
        let label = lexicon().labels.get(text[..a.start()].trim_end_matches([' ', '\t', '.', ':']));
        if matches!(label, Some(Field::ArchiveReference | Field::Classification)) {
            return None;
        }
        let end = b.end();
        let mut series = c.name("long").or(c.name("series")).map(|m| (m.start(), m.end()));
        let mut case_word = c.name("before").is_some() || c.name("word").is_some() || c.name("long").is_some();
        // "ADM 11/03" has no "ad" before it.
        if let Some((before, (from, to))) = c.name("before").zip(series).filter(|(before, s)| before.end() == s.0) {
            series = Some((before.start(), to)).filter(|_| text[from..].starts_with(char::is_alphabetic));
            case_word = c.name("word").is_some();
        }
        if let Some((from, to)) = series {
            let label = c.name("long").and_then(|m| lexicon().labels.get(m.as_str()));
            // "Møte nr 7/89", "VEDTAK FU-47/08"
            let words = || {
                let (first, _) = text[from..to].split_once(' ')?;
                let labels = &lexicon().labels;
                labels.get(&text[from..to]).or_else(|| labels.get(first).filter(|f| f.is_section()))
            };
            let names_other = |f: &Field| *f != Field::CaseNumber;
            // "MØTEBOK 8/86"
            let of_meeting = |word: TitleWord| matches!(word, TitleWord::Minutes | TitleWord::Agenda);
            let mut titles = lexicon().titles_of(&text[from..to]);
            let is_title = titles.any(|(words, word)| *words == text[from..to] && of_meeting(*word));
            if is_title || label.or_else(words).is_some_and(names_other) {
                return None;
            } else if label.is_some() {
                series = None;
            } else if lexicon().case_words.iter().any(|w| w.trim_end_matches('.') == &text[from..to]) {
                series = None;
                case_word = true;
            } else {
                // "k-sak", "kst.sak"
                let abbreviated = text[to..].strip_prefix('.').is_some_and(|rest| !rest.starts_with(' '));
                let joined = (text[to..].starts_with('-') || abbreviated) && case_word;
                let sentence = to - from == 1 && c.name("word").is_some() && text[to..].starts_with(' ');
                // "Hs 41/98<TAB>Ny kai"
                let letters = source(from, to);
                // "Su-12/21 Trafikken ved skolen"
                let joins =
                    || text[to..].strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
                let apart = (text[end..].starts_with('\t') || joins()) && is_short_word(&letters);
                if sentence || (c.name("long").is_none() && !is_series(&letters, joined) && !apart) {
                    return None;
                }
            }
        }
        return printed(a.as_str(), Some(b.as_str()), c.get(0)?.start(), end, series, case_word);
    }
    let after_series = text.find('-').filter(|dash| *dash <= 4).map_or("", |dash| &text[dash + 1..]);
    let opens = |text: &str| {
        let first = text.as_bytes().first();
        lexicon().case_words.iter().any(|w| w.as_bytes().first() == first && text.starts_with(w.as_str()))
    };
    // "Styresak 41-2014"
    let first = text.split([' ', '.', ':']).next().unwrap_or_default();
    let glued = lexicon().case_endings.iter().any(|e| first.len() > e.len() + 2 && first.ends_with(e.as_str()));
    if !opens(text) && !opens(after_series) && !glued {
        return dashed_series(text, source);
    }
    if let Some(c) = p.dashed.regex().captures(text) {
        let (a, b) = (c.name("a")?, c.name("b")?);
        let long = c.name("long").filter(|m| !lexicon().labels.contains_key(m.as_str()));
        // "Sak FST 9-15: Jaktåret"
        let letters = c.name("letters").filter(|m| is_series(&source(m.start(), m.end()), false));
        if letters.is_none() && c.name("letters").is_some() {
            return None;
        }
        let series = c.name("series").or(long).or(letters).map(|m| (m.start(), m.end()));
        // "Sak 1-17: Referat", "Sak 5-71. Møtebok", but "Sak 1-17 ble behandlet"
        let behind = source(b.end(), text.len());
        let title = behind.trim_start_matches(['.', ' ', '-']);
        // "Sak nr. 7 - 94", and the title under it
        let heads = title.is_empty() || title.starts_with(char::is_uppercase) || behind.starts_with([':', '\t']);
        if series.is_some() || b.len() == 4 || heads {
            return printed(a.as_str(), Some(b.as_str()), 0, b.end(), series, true);
        }
    }
    let c = p.running.regex().captures(text)?;
    let a = c.name("a").or(c.name("alone"))?;
    // "SU-sak 6"
    let series = c.name("series").map(|m| (m.start(), m.end()));
    printed(a.as_str(), None, 0, a.end(), series, true)
}

/// A series, a number and the two digits of a year with a hyphen: `SP 31-23  Godkjenning`.
fn dashed_series(text: &str, source: &dyn Fn(usize, usize) -> String) -> Option<Printed> {
    let (letters, rest) = text.split_once(' ')?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(rest.len());
    let (a, b) = rest[..end].split_once('-')?;
    let is_apart = rest[end..].is_empty() || rest[end..].starts_with([' ', '\t', ':']);
    let fits = (1..=4).contains(&letters.chars().count()) && (1..=3).contains(&a.len()) && b.len() == 2 && is_apart;
    let is_word = lexicon().labels.contains_key(letters) || lexicon().number_words.iter().any(|w| w == letters);
    let is_word = is_word || !letters.chars().all(char::is_alphabetic);
    (fits && !is_word && is_series(&source(0, letters.len()), false))
        .then(|| printed(a, Some(b), 0, letters.len() + 1 + end, Some((0, letters.len())), false))
        .flatten()
}

fn printed(
    a: &str,
    b: Option<&str>,
    start: usize,
    end: usize,
    series: Option<(usize, usize)>,
    case_word: bool,
) -> Option<Printed> {
    Some(Printed {
        start,
        end,
        series,
        case_word,
        first: a.parse().ok()?,
        first_width: a.len(),
        second: b.map(str::parse).transpose().ok()?,
        second_width: b.map_or(0, str::len),
    })
}

/// Whether letters before a number are a series: capitals, or letters joined to the word for *case* (`k-sak`). A single
/// capital needs more than a space between it and the word: `I sak 30/22` is a sentence.
fn is_series(letters: &str, joined: bool) -> bool {
    let capitals = letters.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let weekday = lexicon().weekdays.contains_key(letters.to_lowercase().as_str());
    (capitals || joined && !letters.contains(' ')) && !weekday
}

/// Whether two or three letters with a capital may be a series though they are no capitals: `Hs`.
fn is_short_word(letters: &str) -> bool {
    let lower = letters.to_lowercase();
    (2..=3).contains(&letters.chars().count())
        && letters.starts_with(char::is_uppercase)
        && letters.chars().all(char::is_alphabetic)
        && !lexicon().labels.contains_key(lower.as_str())
        && !lexicon().number_words.contains(&lower)
        && !lexicon().months.contains_key(lower.as_str())
}

/// Case numbers in running text: those with a series in capitals or the word for *case* before them.
#[must_use]
pub fn find(text: &str, source: &dyn Fn(usize, usize) -> String) -> Vec<Printed> {
    let mut found = Vec::new();
    let digit = |c: char| c.is_ascii_digit();
    let divides = |at: usize| text[..at].trim_end().ends_with(digit) && text[at + 1..].trim_start().starts_with(digit);
    if !text.match_indices('/').any(|(at, _)| divides(at)) {
        return found;
    }
    for c in patterns().anywhere.regex().captures_iter(text) {
        let (Some(a), Some(b)) = (c.name("a"), c.name("b")) else { continue };
        let before = text[..a.start()].chars().next_back();
        if before.is_some_and(|b| b.is_ascii_digit() || b == '/' || b == '.') || text[b.end()..].starts_with(['/', '-'])
        {
            continue;
        }
        // Try the words before the number, the longest reach first.
        let head = &text[..a.start()];
        let starts = head
            .char_indices()
            .rev()
            .filter(|(i, c)| *i == 0 || c.is_whitespace() || "(\",;:".contains(*c))
            .map(|(i, c)| if i == 0 && !c.is_whitespace() { 0 } else { i + c.len_utf8() })
            .take(4)
            .collect::<Vec<_>>();
        let best = starts.into_iter().filter_map(|from| {
            let offset = |s: usize, e: usize| source(from + s, from + e);
            let p = at_start(&text[from..], &offset)?;
            (from + p.end == b.end() && (p.series.is_some() || p.case_word)).then(|| Printed {
                start: from + p.start,
                end: from + p.end,
                series: p.series.map(|(s, e)| (from + s, from + e)),
                ..p
            })
        });
        if let Some(p) = best.max_by_key(|p| (p.series.is_some(), p.case_word, std::cmp::Reverse(p.start))) {
            found.push(p);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::line::Folded;

    fn head(text: &str) -> Option<CaseNumber> {
        let folded = Folded::new(text);
        let source = |s: usize, e: usize| {
            let (from, to) = folded.source(s, e);
            text[from..to].to_owned()
        };
        let p = at_start(&folded.text, &source)?;
        let series = p.series.map(|(s, e)| source(s, e));
        Some(p.number(order(std::slice::from_ref(&p), None), series.as_deref()))
    }

    #[test]
    fn heads() {
        for (text, expected) in [
            ("AU 28/22    Protokoll", Some("AU 28/22")),
            ("F-sak 45/99 Skjenking", Some("F 45/99")),
            ("K-sak 014/13 Leie", Some("K 14/13")),
            ("PS 0023/11 Skyss", Some("PS 23/11")),
            ("PS TEK 0002/00 Veg", Some("PS TEK 2/00")),
            ("sak 12/91 Vann", Some("12/91")),
            ("S A K  8/88   Brøyting", Some("8/88")),
            ("Sak 3 Budsjett", Some("3")),
            ("Sak: 31", Some("31")),
            ("Sak: 3 nye stillinger", None),
            ("Sak F 088/99 Budsjett", Some("F 88/99")),
            ("SAK HT 0023/94", Some("HT 23/94")),
            ("Sak nr. F 18/99 - Budsjett", Some("F 18/99")),
            ("Sak 14-2020: Innkalling", Some("14/20")),
            ("Sak 5-71. Møtebok", Some("5/71")),
            ("Sak 1-17 ble behandlet", None),
            ("S A K   4 1 / 7 9", Some("41/79")),
            ("SAK NR. 12/2016 Leie", Some("12/16")),
            ("KS-04/0005 Budsjett", Some("KS 5/04")),
            ("2014/6 Skole", Some("6/14")),
            ("0060/03 Bru", Some("60/03")),
            ("fylkestingssak 53/03 Veg", Some("fylkestingssak 53/03")),
            ("ST 1/13: Godkjenning", Some("ST 1/13")),
            ("SR~sak 32/14 Kart", Some("SR 32/14")),
            ("F.sak 3/99 Brev", Some("F 3/99")),
            ("Vedtatt 12/91", None),
            ("Kartverket 12/91", None),
            ("ONSDAG 6/5-92 KL. 13.00", None),
        ] {
            assert_eq!(head(text).map(|n| n.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn in_text() {
        for (text, expected) in [
            ("oppfølging fra sak TR 49/21.", vec!["TR 49/21"]),
            ("I Sak 30/22 gjorde rådet", vec!["30/22"]),
            ("jfr. K-sak 45/99 og PS 3/01", vec!["K 45/99", "PS 3/01"]),
            ("gnr 12/4 og 2/3 flertall", vec![]),
            ("følger opp vedtaket i sak ST 4/13.", vec!["ST 4/13"]),
            ("arkivsak 09/810", vec![]),
            ("ble drøftet i KU-sak 31/20.", vec!["KU 31/20"]),
        ] {
            let folded = Folded::new(text);
            let source = |s: usize, e: usize| {
                let (from, to) = folded.source(s, e);
                text[from..to].to_owned()
            };
            let found: Vec<String> = find(&folded.text, &source)
                .into_iter()
                .map(|p| p.number(Order::NumberFirst, p.series.map(|(s, e)| source(s, e)).as_deref()).to_string())
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
