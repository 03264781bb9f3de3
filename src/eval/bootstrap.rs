//! Confidence intervals by the bootstrap: the files are drawn anew with replacement, and F1 is taken of each draw.

use super::{Count, FIELDS};

/// How many times the files are drawn.
const DRAWS: usize = 1000;

/// The seed, so that the same scores give the same intervals.
const SEED: u64 = 0x6576_616c_6d6f_7465;

/// The counts of one file, by field.
pub(super) type Counts = [Count; FIELDS.len()];

/// The interval that holds 95 of 100 draws' F1, by field; `None` for a field that no draw judges.
pub(super) fn intervals(files: &[Counts]) -> Vec<Option<(f64, f64)>> {
    let mut random = SplitMix(SEED);
    let mut scores: Vec<Vec<f64>> = vec![Vec::with_capacity(DRAWS); FIELDS.len()];
    for _ in 0..DRAWS {
        let mut sums: Counts = Default::default();
        for _ in files {
            let drawn = &files[random.below(files.len())];
            for (sum, count) in sums.iter_mut().zip(drawn) {
                sum.add(*count);
            }
        }
        for (scores, sum) in scores.iter_mut().zip(sums) {
            scores.extend(sum.scores().map(|(.., f1)| f1));
        }
    }
    scores
        .into_iter()
        .map(|mut scores| {
            scores.sort_by(f64::total_cmp);
            let at = |share: f64| scores.get(((scores.len() as f64 - 1.0) * share).round() as usize).copied();
            if scores.is_empty() { None } else { at(0.025).zip(at(0.975)) }
        })
        .collect()
}

/// SplitMix64, a small generator of pseudo-random numbers.
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_hold_the_score_and_do_not_change() {
        let file = |right, missed| {
            let mut counts: Counts = Default::default();
            counts[0] = Count { right, extra: 0, missed };
            counts
        };
        let files = [file(9, 1), file(10, 0), file(5, 5), file(10, 0)];
        let (low, high) = intervals(&files)[0].unwrap();
        let f1 = 2.0 * 0.85 / 1.85;
        assert!(low < f1 && f1 < high && high <= 1.0, "{low} {high}");
        assert_eq!(intervals(&files)[0], Some((low, high)));
        assert_eq!(intervals(&files)[1], None);
        assert_eq!(intervals(&[file(3, 0), file(4, 0)])[0], Some((1.0, 1.0)));
    }
}
