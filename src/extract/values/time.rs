//! Times of day: `kl 1030-1130`, `18:00 – 22.15`, `kl.18`, to `HH:MM`.

use std::sync::LazyLock;

use crate::lang::Pattern;

/// A time of day and its place in the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// 0..=24.
    pub hour: u8,
    /// 0..=59.
    pub minute: u8,
    /// Byte offset of its first character.
    pub start: usize,
    /// Byte offset after its last character.
    pub end: usize,
}

impl Time {
    /// `HH:MM`.
    #[must_use]
    pub fn iso(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }

    /// Minutes since midnight.
    #[must_use]
    pub fn minutes(self) -> u16 {
        u16::from(self.hour) * 60 + u16::from(self.minute)
    }
}

/// Where a time of day that a text begins with ends: `11:04 Votering`.
#[must_use]
pub fn at_start(text: &str) -> Option<usize> {
    let hours = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let minutes = text.get(hours..)?.strip_prefix(':')?.bytes().take_while(u8::is_ascii_digit).count();
    (hours > 0 && minutes == 2).then_some(hours + 3)
}

/// Whether a text is a time of day and nothing else: `10.15`.
#[must_use]
pub fn is_whole(text: &str) -> bool {
    let text = text.trim();
    matches!(find(text)[..], [Time { start: 0, end, .. }] if end == text.len() && end > 3)
}

/// The times in a folded text that is known to speak of times (the value of a field, the rest of a plan's row).
#[must_use]
pub fn find(text: &str) -> Vec<Time> {
    static PATTERN: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"(\d{1,2})(?:\s?[:.]\s?|,)(\d{2})\b|\b(\d{2})(\d{2})\b|\b(\d{1,2})\b".to_owned())
    });
    PATTERN
        .regex()
        .captures_iter(text)
        .filter_map(|c| {
            let whole = c.get(0)?;
            let hour = c.get(1).or(c.get(3)).or(c.get(5))?;
            let minute = c.get(2).or(c.get(4));
            let before = text[..whole.start()].chars().next_back();
            if before.is_some_and(|b| b.is_ascii_digit() || b == '/') || text[whole.end()..].starts_with(['/', '%']) {
                return None;
            }
            let time = Time {
                hour: hour.as_str().parse().ok()?,
                minute: minute.map_or(Some(0), |m| m.as_str().parse().ok())?,
                start: hour.start(),
                end: minute.unwrap_or(hour).end(),
            };
            (time.hour <= 24 && time.minute < 60).then_some(time)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_forms() {
        for (text, times) in [
            ("kl 1030-1130", vec!["10:30", "11:30"]),
            ("kl. 18.00 - kl. 22.30", vec!["18:00", "22:30"]),
            ("17:00 -22:45", vec!["17:00", "22:45"]),
            ("09:00 13:50", vec!["09:00", "13:50"]),
            ("kl.18", vec!["18:00"]),
            ("kl. 12.00", vec!["12:00"]),
            ("0900-1400", vec!["09:00", "14:00"]),
            (".", vec![]),
            ("etter kommunestyremøtet", vec![]),
        ] {
            assert_eq!(find(text).into_iter().map(Time::iso).collect::<Vec<_>>(), times, "{text}");
        }
    }
}
