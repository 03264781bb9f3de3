//! Endings of words.

use rustc_hash::FxHashMap as HashMap;

/// Endings of words, by their last byte, in order.
#[derive(Debug, Default)]
pub struct Endings(HashMap<u8, Vec<String>>);

impl Endings {
    pub(super) fn new(endings: Vec<String>) -> Self {
        let mut of: HashMap<u8, Vec<String>> = HashMap::default();
        for ending in endings {
            of.entry(*ending.as_bytes().last().unwrap_or(&0)).or_default().push(ending);
        }
        Self(of)
    }

    /// Those that a word has.
    pub fn of(&self, word: &str) -> impl Iterator<Item = &String> {
        let of_last = word.as_bytes().last().and_then(|last| self.0.get(last));
        of_last.into_iter().flatten().filter(move |ending| word.ends_with(ending.as_str()))
    }
}
