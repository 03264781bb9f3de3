//! Municipalities by name and year, from Statistics Norway's classification 131 (1994–2024, CC BY 4.0).

use std::collections::HashMap;
use std::sync::OnceLock;

/// A municipality under one code and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Four digits.
    pub code: &'static str,
    /// The name.
    pub name: &'static str,
    /// First year of validity; `i16::MIN` where it is from before 1994.
    pub from: i16,
    /// Last year of validity; `i16::MAX` where it still holds.
    pub to: i16,
}

/// The first year of the classification.
const FIRST_YEAR: i16 = 1994;

/// Columns: code, name, first year, last year. The classification leaves out the first year of codes still in use; it
/// is the year after the last of the codes that they took over from.
const TABLE: &str = include_str!("municipalities.csv");

fn by_name() -> &'static HashMap<String, Vec<Entry>> {
    static BY_NAME: OnceLock<HashMap<String, Vec<Entry>>> = OnceLock::new();
    BY_NAME.get_or_init(|| {
        let mut map: HashMap<String, Vec<Entry>> = HashMap::new();
        for line in TABLE.lines().skip(1) {
            let mut cells = line.split(',');
            let (Some(code), Some(name), Some(from), Some(to)) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let entry =
                Entry { code, name, from: from.parse().unwrap_or(i16::MIN), to: to.parse().unwrap_or(i16::MAX) };
            for part in parts(name) {
                map.entry(part.to_lowercase()).or_default().push(entry);
            }
        }
        map
    })
}

/// A name with several languages, and each of them; one that two municipalities bear also without the county: `Nes (Buskerud)`.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let plain = name.split_once(" (").map(|(plain, _)| plain);
    std::iter::once(name).chain(name.split(" - ").filter(move |p| *p != name)).chain(plain)
}

/// A longer text, in bytes, is no name, in whatever case it is printed.
const LONGEST_NAME: usize = 200;

/// The municipalities that have borne a name, whatever the year. The name's case does not matter.
#[must_use]
pub fn named(name: &str) -> &'static [Entry] {
    if name.len() > LONGEST_NAME {
        return &[];
    }
    by_name().get(&name.trim().to_lowercase()).map_or(&[], Vec::as_slice)
}

/// The municipality of that name in a year; none where two of them bore it.
#[must_use]
pub fn find(name: &str, year: i16) -> Option<Entry> {
    let found = named_in(name, year).max_by_key(|e| (e.from, e.code))?;
    named_in(name, year).all(|e| !e.name.ends_with(')') || e.code == found.code).then_some(found)
}

/// The municipalities that bore a name in a year.
pub fn named_in(name: &str, year: i16) -> impl Iterator<Item = Entry> {
    named(name).iter().copied().filter(move |e| e.from <= year && year <= e.to)
}

/// Whether a municipality may have borne the name in a year. One that bore it when the classification begins may have done so
/// before under another code: Hamar was 0401 until 1991.
pub fn may_exist(name: &str, year: i16) -> bool {
    named(name).iter().any(|e| e.from <= year.max(FIRST_YEAR - 1) && year <= e.to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_year() {
        for (name, year, code) in [
            ("Trondheim", 2022, Some("5001")),
            ("Trondheim", 2016, Some("1601")),
            ("Ås", 2021, Some("3021")),
            ("Molde", 2020, Some("1506")),
            ("Orkland", 2022, Some("5059")),
            ("Orkland", 2014, None),
            ("Hamar", 2023, Some("3403")),
            ("Kinn", 2011, None),
            ("Narnia", 2020, None),
            ("Nes (Buskerud)", 2005, Some("0616")),
            ("Nes", 2005, None),
            ("Nes", 2021, Some("3034")),
        ] {
            assert_eq!(find(name, year).map(|e| e.code), code, "{name} {year}");
        }
    }
}
