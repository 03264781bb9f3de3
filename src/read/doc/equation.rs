//! The text of an EQ field, whose code is what is shown: fractions, raised and overlaid text, phonetic guides
//! (ECMA-376 part 1, 17.16.5.19 has its successor; the switches are those of Word's field reference).

use std::iter::Peekable;
use std::str::Chars;

/// Arguments within arguments are read no deeper than this.
const DEPTH: usize = 16;

/// What the code of an EQ field shows; `None` where the field is another.
pub(super) fn equation(code: &str) -> Option<String> {
    let rest = code.trim_start();
    let body = rest.get(..2).filter(|name| name.eq_ignore_ascii_case("eq")).and_then(|_| rest.get(2..))?;
    if body.starts_with(char::is_alphanumeric) {
        return None;
    }
    let (parts, _) = arguments(&mut body.chars().peekable(), DEPTH);
    Some(parts.join(", ").trim().to_owned())
}

/// The arguments up to the bracket that closes them, and whether the first is raised or lowered.
fn arguments(code: &mut Peekable<Chars>, depth: usize) -> (Vec<String>, bool) {
    let mut parts = vec![String::new()];
    let (mut switch, mut is_moved) = (None, false);
    while let Some(c) = code.next() {
        let mut part = String::new();
        match c {
            '\\' => match code.peek() {
                Some(letter) if letter.is_ascii_alphabetic() => {
                    let name = word(code);
                    // What follows the name of an option is its measure.
                    if name.len() > 1 {
                        while code.next_if(|c| *c == ' ' || c.is_ascii_digit()).is_some() {}
                    } else {
                        is_moved |= name == "s" && parts.len() == 1;
                        switch = Some(name);
                    }
                }
                Some('*') => general_switch(code),
                _ => part.extend(code.next()),
            },
            '(' if switch.is_some() && depth > 0 => {
                let (mut inner, first_is_moved) = arguments(code, depth - 1);
                let name = switch.take().unwrap_or_default();
                // A phonetic guide overlays the text with what is raised above it.
                if name == "o" && first_is_moved {
                    inner.reverse();
                }
                part = inner.join(match name.as_str() {
                    "f" => "/",
                    "o" => "",
                    _ => " ",
                });
            }
            ')' => break,
            ',' | ';' => parts.push(String::new()),
            c => part.push(c),
        }
        if let Some(last) = parts.last_mut() {
            last.push_str(&part);
        }
    }
    (parts, is_moved)
}

fn word(code: &mut Peekable<Chars>) -> String {
    std::iter::from_fn(|| code.next_if(char::is_ascii_alphabetic)).collect()
}

/// Skips `* jc2` or `* "Font:Arial"`.
fn general_switch(code: &mut Peekable<Chars>) {
    code.next();
    while code.next_if_eq(&' ').is_some() {}
    if code.next_if_eq(&'"').is_some() {
        while code.next().is_some_and(|c| c != '"') {}
    } else {
        while code.next_if(|c| c.is_alphanumeric()).is_some() {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_show_their_arguments() {
        assert_eq!(equation(r" EQ \f(1;2) ").as_deref(), Some("1/2"));
        assert_eq!(equation(r"eq x\s\up8(2) + 1").as_deref(), Some("x2 + 1"));
        let guide = r#" EQ \* jc2 \* "Font:Arial" \* hps11 \o\ad(\s\up 10(les),bok)"#;
        assert_eq!(equation(guide).as_deref(), Some("bokles"));
        assert_eq!(equation(r"EQ \b(a\, b)").as_deref(), Some("a, b"));
        assert_eq!(equation(" PAGE "), None);
        assert_eq!(equation("equal"), None);
    }
}
