//! Four matchers over pairs of texts, from the strictest to the mildest, and their means over a field.

use super::text::{fold, norm, ratio, word_f1};

/// The names of the matchers, in the order of [`Likeness::of`].
pub(super) const MATCHERS: [&str; 4] = ["exact", "normalised", "tokens", "edit"];

/// Sums of the four matchers over the texts of a field.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Likeness {
    sums: [f64; 4],
    texts: u64,
}

impl Likeness {
    /// Compares one text of the gold with the one found, if any: equal, equal in normal form, F1 of the words, edit ratio.
    pub(super) fn of(gold: &str, found: Option<&str>) -> Self {
        let sums = found.map_or([0.0; 4], |found| {
            let yes = |same: bool| f64::from(u8::from(same));
            let (a, b) = (fold(gold), fold(found));
            [yes(norm(gold) == norm(found)), yes(a == b), word_f1(&a, &b), ratio(&a, &b) / 100.0]
        });
        Self { sums, texts: 1 }
    }

    pub(super) fn add(&mut self, other: Self) {
        for (sum, more) in self.sums.iter_mut().zip(other.sums) {
            *sum += more;
        }
        self.texts += other.texts;
    }

    /// The mean of each matcher, 0 to 1, and over how many texts of the gold.
    pub(super) fn means(&self) -> ([f64; 4], u64) {
        (self.sums.map(|sum| sum / self.texts.max(1) as f64), self.texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matchers_go_from_strict_to_mild() {
        let means = |found| Likeness::of("Saken utsettes.", found).means().0;
        assert_eq!(means(Some("Saken utsettes.")), [1.0; 4]);
        assert_eq!(means(Some("SAKEN utsettes"))[..2], [0.0, 1.0]);
        let close = means(Some("Saken utsettes til høsten"));
        assert!(close[1] == 0.0 && close[2] > 0.6 && close[3] > 0.7, "{close:?}");
        assert_eq!(means(None), [0.0; 4]);
    }
}
