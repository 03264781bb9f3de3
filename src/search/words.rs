//! Words in the forms by which they are found: as written, by stem, by the parts of a compound.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use frostem::{Algorithm, Stemmer};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;

/// The stemmers of the languages that archives mix. A word is found where one stem agrees.
const STEMMERS: [Algorithm; 3] = [Algorithm::Norwegian, Algorithm::Swedish, Algorithm::Danish];

/// Marks a form that is a stem and not a word as written.
const STEM: char = '~';

/// Parts of compounds are looked for in words of at least so many characters.
const LEAST_COMPOUND: usize = 8;

/// The least length of a compound's part, in characters.
const LEAST_PART: usize = 3;

/// Longer words are noise of a broken file.
const LONGEST: usize = 60;

/// How many words' forms are kept while texts are indexed.
const KEPT: usize = 50_000;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Its bytes in the text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The word in small letters, æ for ä and ø for ö, without other marks.
    pub(super) folded: String,
}

impl Word {
    /// The stems, each marked as one, in both readings of aa, ae and oe: as one letter (`Haakon`) and as two (`kanoer`).
    pub(super) fn stems(&self) -> Vec<String> {
        let mut all = stems(&self.folded);
        let one_letter = self.folded.replace("aa", "å").replace("ae", "æ").replace("oe", "ø");
        if one_letter != self.folded {
            all.extend(stems(&one_letter));
        }
        all
    }

    /// The stems of the parts where the word is a compound, marked.
    pub(super) fn parts(&self) -> Vec<String> {
        parts(&self.folded).into_iter().flat_map(stems).collect()
    }
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let word = |(start, end)| {
        let folded = fold(&text[start..end]);
        is_indexed(&folded).then_some(Word { start, end, folded })
    };
    ranges(text).into_iter().filter_map(word).collect()
}

/// The byte ranges of what may be words.
fn ranges(text: &str) -> Vec<(usize, usize)> {
    let is_word = |c: char| {
        c.is_ascii_alphanumeric()
            || !c.is_ascii()
                && (c.is_alphanumeric() || c == '\u{ad}' || unicode_normalization::char::is_combining_mark(c))
    };
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_word(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                start = None;
                found.push((from, at));
            }
            _ => {}
        }
    }
    found
}

fn is_indexed(folded: &str) -> bool {
    !folded.is_empty() && (folded.len() <= LONGEST || folded.chars().count() <= LONGEST)
}

/// Small letters, æ for ä and ø for ö; other marks off; soft hyphens out.
pub(super) fn fold(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return word.to_ascii_lowercase();
    }
    let lower: String = word.to_lowercase().nfc().collect();
    let mut folded = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            'å' | 'æ' | 'ø' => folded.push(c),
            'ä' => folded.push('æ'),
            'ö' => folded.push('ø'),
            '\u{ad}' => {}
            c => folded.extend(c.nfkd().filter(|c| c.is_alphanumeric())),
        }
    }
    folded
}

fn stems(folded: &str) -> Vec<String> {
    let mut stems: Vec<String> = STEMMERS.iter().map(|a| format!("{STEM}{}", Stemmer::new(*a).stem(folded))).collect();
    stems.sort();
    stems.dedup();
    stems
}

/// The words that stand in compounds, folded, and the endings of inflection.
#[derive(Default)]
struct Vocabulary {
    words: HashSet<String>,
    endings: Vec<&'static str>,
    /// The length of the longest word, in bytes.
    longest: usize,
}

fn vocabulary() -> &'static Vocabulary {
    static WORDS: OnceLock<Vocabulary> = OnceLock::new();
    WORDS.get_or_init(|| {
        let lines = include_str!("../lang/compounds.txt").lines().filter(|l| !l.starts_with('#'));
        let mut vocabulary = Vocabulary::default();
        for word in lines.flat_map(str::split_whitespace) {
            match word.strip_prefix('-') {
                Some(ending) => vocabulary.endings.push(ending),
                None => {
                    let word = fold(word);
                    vocabulary.longest = vocabulary.longest.max(word.len());
                    vocabulary.words.insert(word);
                }
            }
        }
        vocabulary
    })
}

/// The known words that a compound begins or ends with. An ending of inflection may follow the last.
fn parts(folded: &str) -> Vec<&str> {
    if folded.chars().count() < LEAST_COMPOUND {
        return Vec::new();
    }
    let Vocabulary { words, endings, longest } = vocabulary();
    let is_known = |part: &str| part.len() <= *longest && words.contains(part);
    let mut found = Vec::new();
    let cuts: Vec<usize> = folded.char_indices().map(|(at, _)| at).collect();
    // The longest known beginning.
    let first = cuts.iter().rev().map(|at| &folded[..*at]).find(|part| is_known(part));
    found.extend(first);
    // The longest ending whose stem is that of a known word.
    let last = cuts.iter().skip(LEAST_PART).map(|at| &folded[*at..]).find(|part| {
        part.chars().count() >= LEAST_PART
            && (is_known(part) || endings.iter().any(|e| part.strip_suffix(e).is_some_and(is_known)))
    });
    found.extend(last);
    found
}

/// Gives the index every form of a word at the word's one position. Most words come again, so their forms are kept.
#[derive(Clone, Default)]
pub(super) struct Forms {
    known: HashMap<String, Arc<[String]>>,
}

/// A word of a text: its bytes and its forms.
struct Place {
    start: usize,
    end: usize,
    forms: Arc<[String]>,
}

/// The forms of a text, one after the other.
pub(super) struct FormStream {
    words: Vec<Place>,
    /// The word and the form that come next.
    next: (usize, usize),
    token: Token,
}

/// The forms of a word as written, itself first; none where it is not indexed.
fn forms(written: &str) -> Arc<[String]> {
    let word = Word { start: 0, end: written.len(), folded: fold(written) };
    if !is_indexed(&word.folded) {
        return Arc::default();
    }
    let mut others = word.stems();
    others.extend(word.parts());
    others.sort();
    others.dedup();
    std::iter::once(word.folded).chain(others).collect()
}

impl Tokenizer for Forms {
    type TokenStream<'a> = FormStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FormStream {
        if self.known.len() > KEPT {
            self.known.clear();
        }
        let mut words = Vec::new();
        for (start, end) in ranges(text) {
            let written = &text[start..end];
            let forms = match self.known.get(written) {
                Some(forms) => Arc::clone(forms),
                None => Arc::clone(self.known.entry(written.to_owned()).or_insert_with(|| forms(written))),
            };
            if !forms.is_empty() {
                words.push(Place { start, end, forms });
            }
        }
        FormStream { words, next: (0, 0), token: Token::default() }
    }
}

impl TokenStream for FormStream {
    fn advance(&mut self) -> bool {
        let Some(place) = self.words.get(self.next.0) else { return false };
        self.token.offset_from = place.start;
        self.token.offset_to = place.end;
        self.token.position = self.next.0;
        self.token.position_length = 1;
        self.token.text.clear();
        self.token.text.push_str(&place.forms[self.next.1]);
        let is_last = self.next.1 + 1 == place.forms.len();
        self.next = if is_last { (self.next.0 + 1, 0) } else { (self.next.0, self.next.1 + 1) };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scandinavian_letters_have_one_spelling() {
        let meet = |a: &str, b: &str| {
            let stems = |text| words(text)[0].stems();
            stems(a).iter().any(|s| stems(b).contains(s))
        };
        for (a, b) in
            [("Haakon", "Håkon"), ("Aasgaard", "Åsgård"), ("ärende", "ærende"), ("öst", "øst"), ("kanoer", "kano")]
        {
            assert!(meet(a, b), "{a} {b}");
        }
        assert!(!meet("måte", "mate"));
        assert_eq!(fold("Idé"), "ide");
    }

    #[test]
    fn inflections_share_a_stem() {
        for (a, b) in [
            ("medlemsavgift", "medlemsavgiftene"),
            ("vedtak", "vedtaket"),
            ("budsjettet", "budsjett"),
            ("skolar", "skole"),
        ] {
            let (a, b) = (stems(&fold(a)), stems(&fold(b)));
            assert!(a.iter().any(|s| b.contains(s)), "{a:?} {b:?}");
        }
    }

    #[test]
    fn compounds_have_parts() {
        assert_eq!(parts("medlemsavgiftene"), ["medlem", "avgiftene"]);
        assert_eq!(parts("skoleskyss"), ["skole", "skyss"]);
        assert_eq!(parts("vedtak"), Vec::<&str>::new());
    }
}
