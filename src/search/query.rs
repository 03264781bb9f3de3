//! The query language: words, phrases, prefixes, fuzzy words, fields, ranges, case numbers, AND, OR, NOT, brackets.

use std::iter::Peekable;
use std::ops::Bound;
use std::vec::IntoIter;

/// A query as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Word(String),
    Prefix(String),
    Fuzzy(String),
    Phrase(String),
    Number(Number),
    Field(String, Value),
}

/// A case number that is asked for: `AU 23/22`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) series: Option<String>,
    /// The two numbers as written.
    pub(super) first: u32,
    pub(super) second: u32,
}

/// What a field is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    /// `a..b`, `>a`, `<a`; the ends as written.
    Range(Bound<String>, Bound<String>),
}

/// The fields that a query may name.
pub(super) const FIELDS: [&str; 13] = [
    "kind",
    "body",
    "municipality",
    "year",
    "date",
    "series",
    "outcome",
    "person",
    "amount",
    "rule",
    "level",
    "title",
    "path",
];

/// Why a query is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// It asks for nothing.
    #[error("the query is empty; try a word, a \"phrase\" or a case number such as AU 23/22")]
    Empty,
    /// A quotation mark without its fellow.
    #[error("the phrase that begins with \"{0} does not end; add a quotation mark")]
    Phrase(String),
    /// A bracket without its fellow.
    #[error("a bracket has no fellow; write ( and ) in pairs")]
    Bracket,
    /// A field that there is not.
    #[error("there is no field {0}; the fields are {fields}", fields = FIELDS.join(", "))]
    Field(String),
    /// A field without a value.
    #[error("{0}: asks for nothing; write a value after the colon")]
    Value(String),
    /// A value that the field cannot have.
    #[error("{0}:{1} is not understood; {2}")]
    Form(String, String, &'static str),
    /// AND, OR or NOT without something beside it.
    #[error("{0} needs something after it")]
    Operator(String),
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    Node(Node),
}

/// Reads a query. Words side by side must all be found.
pub(super) fn parse(text: &str) -> Result<Node, QueryError> {
    let mut tokens = tokens(text)?.into_iter().peekable();
    let node = either(&mut tokens)?;
    if tokens.next().is_some() { Err(QueryError::Bracket) } else { Ok(node) }
}

fn either(tokens: &mut Peekable<IntoIter<Token>>) -> Result<Node, QueryError> {
    let mut parts = vec![all(tokens)?];
    while tokens.next_if_eq(&Token::Or).is_some() {
        parts
            .push(all(tokens).map_err(|e| if e == QueryError::Empty { QueryError::Operator("OR".into()) } else { e })?);
    }
    Ok(if parts.len() == 1 { parts.remove(0) } else { Node::Or(parts) })
}

fn all(tokens: &mut Peekable<IntoIter<Token>>) -> Result<Node, QueryError> {
    let mut parts = Vec::new();
    loop {
        match tokens.peek() {
            Some(Token::And) => {
                tokens.next();
                if matches!(tokens.peek(), None | Some(Token::Close | Token::Or)) {
                    return Err(QueryError::Operator("AND".into()));
                }
            }
            Some(Token::Not) => {
                tokens.next();
                parts.push(Node::Not(Box::new(one(tokens)?.ok_or_else(|| QueryError::Operator("NOT".into()))?)));
            }
            _ => match one(tokens)? {
                Some(node) => parts.push(node),
                None => break,
            },
        }
    }
    match parts.len() {
        0 => Err(QueryError::Empty),
        1 => Ok(parts.remove(0)),
        _ => Ok(Node::And(parts)),
    }
}

fn one(tokens: &mut Peekable<IntoIter<Token>>) -> Result<Option<Node>, QueryError> {
    match tokens.next_if(|t| matches!(t, Token::Open | Token::Node(_))) {
        Some(Token::Open) => {
            let node = either(tokens)?;
            tokens.next_if_eq(&Token::Close).ok_or(QueryError::Bracket)?;
            Ok(Some(node))
        }
        Some(Token::Node(node)) => Ok(Some(node)),
        _ => Ok(None),
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let mut found: Vec<Token> = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '(' => {
                found.push(Token::Open);
                after
            }
            ')' => {
                found.push(Token::Close);
                after
            }
            '"' | '«' | '”' | '“' => {
                let (phrase, after) = phrase(after)?;
                found.push(Token::Node(Node::Phrase(phrase)));
                after
            }
            '-' if after.starts_with(|c: char| c.is_alphanumeric() || c == '"' || c == '(') => {
                found.push(Token::Not);
                after
            }
            _ => word(rest, &mut found)?,
        }
        .trim_start();
    }
    if found.is_empty() { Err(QueryError::Empty) } else { Ok(found) }
}

fn phrase(after: &str) -> Result<(String, &str), QueryError> {
    let end = after.find(['"', '»', '”', '“']).ok_or_else(|| QueryError::Phrase(after.to_owned()))?;
    let close = after[end..].chars().next().map_or(0, char::len_utf8);
    Ok((after[..end].to_owned(), &after[end + close..]))
}

/// Reads an operator, a field with its value, a number or a word; gives what is left.
fn word<'t>(text: &'t str, found: &mut Vec<Token>) -> Result<&'t str, QueryError> {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"')).unwrap_or(text.len()).max(1);
    let end = (end..=text.len()).find(|e| text.is_char_boundary(*e)).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    match word {
        "AND" | "&&" => found.push(Token::And),
        "OR" | "||" => found.push(Token::Or),
        "NOT" => found.push(Token::Not),
        _ => {
            let name =
                word.split_once(':').filter(|(name, _)| !name.is_empty() && name.chars().all(char::is_alphabetic));
            if let Some((name, value)) = name {
                let name = name.to_lowercase();
                if !FIELDS.contains(&name.as_str()) {
                    return Err(QueryError::Field(name));
                }
                let (value, after) = match after.strip_prefix('"').filter(|_| value.is_empty()) {
                    Some(quoted) => phrase(quoted)?,
                    None => (value.to_owned(), after),
                };
                if value.is_empty() {
                    return Err(QueryError::Value(name));
                }
                found.push(Token::Node(Node::Field(name, range(&value))));
                return Ok(after);
            }
            if let Some(mut number) = number(word) {
                while found.last().is_some_and(says_number) {
                    found.pop();
                }
                if number.series.is_none() {
                    number.series = joined_series(found).or_else(|| series_before(found));
                }
                found.push(Token::Node(Node::Number(number)));
            } else if let Some(stem) = word.strip_suffix('*').filter(|s| !s.is_empty()) {
                found.push(Token::Node(Node::Prefix(stem.to_owned())));
            } else if let Some(stem) = word.strip_suffix('~').filter(|s| !s.is_empty()) {
                found.push(Token::Node(Node::Fuzzy(stem.to_owned())));
            } else if word.contains(char::is_alphanumeric) {
                found.push(Token::Node(Node::Word(word.to_owned())));
            }
        }
    }
    Ok(after)
}

/// Words before a number that say no more than that it is one.
const NUMBER_WORDS: [&str; 7] = ["nr", "nummer", "sak", "saksnr", "saknr", "sag", "ärende"];

fn says_number(token: &Token) -> bool {
    matches!(token, Token::Node(Node::Word(word)) if NUMBER_WORDS.contains(&word.trim_end_matches('.').to_lowercase().as_str()))
}

/// Takes the series off a word that joins it to the word for a case: `K-sak 12/98`.
fn joined_series(found: &mut Vec<Token>) -> Option<String> {
    let Some(Token::Node(Node::Word(word))) = found.last() else { return None };
    let (series, case) = word.split_once('-')?;
    let series = NUMBER_WORDS.contains(&case.to_lowercase().as_str()).then(|| series.to_owned())?;
    found.pop();
    Some(series)
}

/// Takes the series off the words before a number: a short word, or letters that are spaced out (`S A K 32/91`).
fn series_before(found: &mut Vec<Token>) -> Option<String> {
    let letters = |token: &Token| match token {
        Token::Node(Node::Word(word)) if word.chars().all(char::is_alphabetic) => Some(word.chars().count()),
        _ => None,
    };
    let short = found.last().and_then(letters).filter(|n| *n <= LONGEST_SERIES)?;
    let spaced = found.iter().rev().take_while(|token| letters(token) == Some(1)).count();
    let words = found.split_off(found.len() - if short == 1 { spaced } else { 1 });
    let word = |token| if let Token::Node(Node::Word(word)) = token { Some(word) } else { None };
    Some(words.into_iter().filter_map(word).collect())
}

/// The longest series that is taken from the word before a number, in characters.
const LONGEST_SERIES: usize = 4;

/// `23/22`, `AU23/2022`, `KS-04/0005`.
fn number(word: &str) -> Option<Number> {
    let word = word.trim_end_matches(['.', ',', ';', ':']);
    let (before, second) = word.rsplit_once('/')?;
    let digits = before
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let (series, first) = before.split_at(digits);
    let series = series.trim_end_matches(['-', '.', ' ']);
    let is_series = series.chars().all(|c| c.is_alphabetic() || c == '-');
    let is_short = |s: &str| (1..=5).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    (is_series && is_short(first) && is_short(second)).then(|| {
        let series = (!series.is_empty()).then(|| series.to_owned());
        Some(Number { series, first: first.parse().ok()?, second: second.parse().ok()? })
    })?
}

fn range(value: &str) -> Value {
    let bound = |s: &str| if s.is_empty() { Bound::Unbounded } else { Bound::Included(s.to_owned()) };
    if let Some((from, to)) = value.split_once("..") {
        return Value::Range(bound(from), bound(to));
    }
    for (sign, is_lower, is_inclusive) in
        [(">=", true, true), ("<=", false, true), (">", true, false), ("<", false, false)]
    {
        if let Some(end) = value.strip_prefix(sign) {
            let end = if is_inclusive { Bound::Included(end.to_owned()) } else { Bound::Excluded(end.to_owned()) };
            return if is_lower { Value::Range(end, Bound::Unbounded) } else { Value::Range(Bound::Unbounded, end) };
        }
    }
    Value::Text(value.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn number(series: Option<&str>, first: u32, second: u32) -> Node {
        Node::Number(Number { series: series.map(str::to_owned), first, second })
    }

    #[test]
    fn numbers_in_every_form() {
        for text in ["AU 23/22", "AU23/22", "AU-23/22", "AU 0023/22"] {
            assert_eq!(parse(text).unwrap(), number(Some("AU"), 23, 22), "{text}");
        }
        assert_eq!(parse("S A K 32/91").unwrap(), number(Some("SAK"), 32, 91));
        assert_eq!(parse("23/2022").unwrap(), number(None, 23, 2022));
        for text in ["sak 23/22", "Sak nr. 23/22", "saksnr. 23/22", "23/22."] {
            assert_eq!(parse(text).unwrap(), number(None, 23, 22), "{text}");
        }
        assert_eq!(parse("K-sak nr 23/22").unwrap(), number(Some("K"), 23, 22));
    }

    #[test]
    fn operators_fields_and_ranges() {
        let word = |w: &str| Node::Word(w.to_owned());
        assert_eq!(parse("skole OR vei").unwrap(), Node::Or(vec![word("skole"), word("vei")]));
        assert_eq!(parse("skole -vei").unwrap(), Node::And(vec![word("skole"), Node::Not(Box::new(word("vei")))]));
        let year = Value::Range(Bound::Included("2010".into()), Bound::Included("2014".into()));
        assert_eq!(parse("year:2010..2014").unwrap(), Node::Field("year".into(), year));
        assert_eq!(
            parse("body:\"teknisk utvalg\"").unwrap(),
            Node::Field("body".into(), Value::Text("teknisk utvalg".into()))
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, says) in [
            ("", "empty"),
            ("\"ny skole", "does not end"),
            ("(skole", "bracket"),
            ("skole)", "bracket"),
            ("farge:rød", "no field farge"),
            ("year:", "asks for nothing"),
            ("skole AND", "AND needs"),
            ("NOT", "NOT needs"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
