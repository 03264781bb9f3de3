//! Hides national identity numbers where text is shown to people.

use std::borrow::Cow;

/// Weights of the two check digits of a national identity number (Skatteetaten, fødselsnummer).
const WEIGHTS: [&[u32]; 2] = [&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]];

/// `text` with the digits of every valid national identity number as `*`. No byte moves, so places in it stay true.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    let mut masked: Option<String> = None;
    for (start, end) in find(text) {
        masked.get_or_insert_with(|| text.to_owned()).replace_range(start..end, &stars(&text[start..end]));
    }
    masked.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The valid national identity numbers in `text`, as byte ranges.
#[must_use]
pub fn find(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match number_at(bytes, at) {
            Some(end) => {
                found.push((at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// A number with its digits as `*`.
#[must_use]
pub fn stars(number: &str) -> String {
    number.chars().map(|c| if c.is_ascii_digit() { '*' } else { c }).collect()
}

/// The end of an identity number that begins at `at`: eleven digits, or six and five with a space between, not part of a
/// longer number.
fn number_at(bytes: &[u8], at: usize) -> Option<usize> {
    let is_digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    if !is_digit(at) || (at > 0 && is_digit(at - 1)) {
        return None;
    }
    let gap = usize::from(bytes.get(at + 6) == Some(&b' '));
    let end = at + 11 + gap;
    let places = (at..at + 6).chain(at + 6 + gap..end);
    if is_digit(end) || !places.clone().all(is_digit) {
        return None;
    }
    let digits: Vec<u32> = places.map(|i| u32::from(bytes[i] - b'0')).collect();
    // Day, or day + 40 in a D-number, and month; synthetic numbers add 40 or 80 to the month.
    let (day, month) = ((digits[0] * 10 + digits[1]) % 40, (digits[2] * 10 + digits[3]) % 40);
    if !(1..=31).contains(&day) || !(1..=12).contains(&month) {
        return None;
    }
    let holds = |weights: &&[u32]| weights.iter().zip(&digits).map(|(w, d)| w * d).sum::<u32>() % 11 == 0;
    WEIGHTS.iter().all(holds).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn hides_identity_numbers_alone() {
        for (text, expected) in [
            ("f. 01010750160, enig", "f. ***********, enig"),
            ("010107 50160", "****** *****"),
            ("konto 01010750161", "konto 01010750161"),
            ("901010750160", "901010750160"),
            ("ingen tall, æøå", "ingen tall, æøå"),
        ] {
            assert_eq!(mask(text), expected);
        }
    }
}
