//! Words in the forms by which they are found: as written, by stem, by the parts of a compound.

use std::collections::HashSet;
use std::sync::OnceLock;

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
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_word = c.is_alphanumeric() || c == '\u{ad}' || unicode_normalization::char::is_combining_mark(c);
        match (is_word, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                start = None;
                let folded = fold(&text[from..at]);
                if !folded.is_empty() && folded.chars().count() <= LONGEST {
                    found.push(Word { start: from, end: at, folded });
                }
            }
            _ => {}
        }
    }
    found
}

/// Small letters, æ for ä and ø for ö; other marks off; soft hyphens out.
pub(super) fn fold(word: &str) -> String {
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
                    vocabulary.words.insert(fold(word));
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
    let Vocabulary { words: known, endings } = vocabulary();
    let mut found = Vec::new();
    let cuts: Vec<usize> = folded.char_indices().map(|(at, _)| at).collect();
    // The longest known beginning.
    let first = cuts.iter().rev().map(|at| &folded[..*at]).find(|part| known.contains(*part));
    found.extend(first);
    // The longest ending whose stem is that of a known word.
    let last = cuts.iter().skip(LEAST_PART).map(|at| &folded[*at..]).find(|part| {
        part.chars().count() >= LEAST_PART
            && (known.contains(*part)
                || endings.iter().any(|e| part.strip_suffix(e).is_some_and(|w| known.contains(w))))
    });
    found.extend(last);
    found
}

/// Gives the index every form of a word at the word's one position.
#[derive(Clone, Default)]
pub(super) struct Forms;

/// The forms of a text, one after the other.
pub(super) struct FormStream {
    forms: Vec<Token>,
    at: usize,
}

impl Tokenizer for Forms {
    type TokenStream<'a> = FormStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FormStream {
        let mut forms = Vec::new();
        for (position, word) in words(text).into_iter().enumerate() {
            let (stems, parts) = (word.stems(), word.parts());
            let token = |text: String| Token {
                offset_from: word.start,
                offset_to: word.end,
                position,
                text,
                position_length: 1,
            };
            let mut all: Vec<String> = stems.into_iter().chain(parts).collect();
            all.sort();
            all.dedup();
            forms.push(token(word.folded.clone()));
            forms.extend(all.into_iter().map(token));
        }
        FormStream { forms, at: 0 }
    }
}

impl TokenStream for FormStream {
    fn advance(&mut self) -> bool {
        self.at += 1;
        self.at <= self.forms.len()
    }

    fn token(&self) -> &Token {
        &self.forms[self.at - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.forms[self.at - 1]
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
