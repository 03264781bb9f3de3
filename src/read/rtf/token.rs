//! Cuts RTF into tokens (Rich Text Format 1.9.1, "RTF Syntax").

/// A piece of RTF.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::read) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word with its parameter.
    Word(&'a str, Option<i32>),
    /// A control symbol, but for `\'`, `\{`, `\}` and `\\`.
    Symbol(u8),
    /// `\'hh`, or one of the three escaped characters.
    Byte(u8),
    /// Text without line ends.
    Text(&'a [u8]),
}

/// The tokens of a file. Binary data (`\bin`) is passed over.
pub(in crate::read) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(in crate::read) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// What is not yet cut.
    pub(in crate::read) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let &first = self.bytes.get(self.at)?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(match first {
                b'{' | b'}' | b'\\' => Token::Byte(first),
                b'\'' => return self.hexadecimal(),
                symbol => Token::Symbol(symbol),
            });
        }
        let letters = self.rest().iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let name = std::str::from_utf8(self.rest().get(..letters)?).ok()?;
        self.at += letters;
        let value = self.parameter();
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if name == "bin" {
            let length = value.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            self.at = self.at.saturating_add(length).min(self.bytes.len());
        }
        Some(Token::Word(name, value))
    }

    fn parameter(&mut self) -> Option<i32> {
        let rest = self.rest();
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest.iter().skip(sign).take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let number = std::str::from_utf8(rest.get(..sign + digits)?).ok()?.parse::<i64>().unwrap_or(0);
        self.at += sign + digits;
        Some(number.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
    }

    fn hexadecimal(&mut self) -> Option<Token<'a>> {
        let digit = |b: &u8| char::from(*b).to_digit(16);
        match self.rest() {
            [a, b, ..] if digit(a).is_some() && digit(b).is_some() => {
                self.at += 2;
                Some(Token::Byte((digit(a)? * 16 + digit(b)?) as u8))
            }
            _ => Some(Token::Symbol(b'\'')),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let &byte = self.bytes.get(self.at)?;
            let start = self.at;
            self.at += 1;
            match byte {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => return self.control(),
                b'\r' | b'\n' | 0 => {}
                _ => {
                    let more = self.rest().iter().take_while(|b| !matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0));
                    self.at += more.count();
                    return Some(Token::Text(self.bytes.get(start..self.at)?));
                }
            }
        }
    }
}
