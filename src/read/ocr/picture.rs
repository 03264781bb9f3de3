//! A drawn page made ready for reading: specks go, skew is turned back, the rulings of tables go.

/// Grey values, 0 for black, in rows from the top.
pub(super) struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// A part of a picture: the first column and row, and those after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) x: (usize, usize),
    pub(super) y: (usize, usize),
}

impl Area {
    pub(super) fn width(self) -> usize {
        self.x.1.saturating_sub(self.x.0)
    }

    pub(super) fn height(self) -> usize {
        self.y.1.saturating_sub(self.y.0)
    }
}

/// Below this a dot is dark.
const DARK: u8 = 140;

/// Skew is looked for up to so many steps of a tenth of a degree to either side.
const STEPS: i32 = 35;

/// Less skew than so many steps is left alone.
const STRAIGHT: i32 = 2;

/// What is no larger than this, in inches, is a speck; full stops are twice as large.
const SPECK: f32 = 0.009;

/// Dark runs longer than this, in inches, are rulings: across, longer than a word, whose serifs may touch; down, than a
/// letter is high.
const ACROSS: f32 = 1.5;
const DOWN: f32 = 0.5;

impl Picture {
    /// Reads a binary PGM file of 8 bits without comments, as pdftoppm writes it.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut lines = bytes.splitn(4, |b| *b == b'\n');
        let (magic, size, most, pixels) = (lines.next()?, lines.next()?, lines.next()?, lines.next()?);
        let mut numbers = std::str::from_utf8(size).ok()?.split(' ').map(|n| n.parse::<usize>().ok());
        let (width, height) = (numbers.next()??, numbers.next()??);
        let is_whole = magic == b"P5" && most == b"255" && width > 0 && pixels.len() == width.checked_mul(height)?;
        is_whole.then(|| Self { width, height, pixels: pixels.to_vec() })
    }

    /// The picture as a PGM file.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut bytes = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        bytes.extend(&self.pixels);
        bytes
    }

    /// Cleans and straightens the picture, of `dpi` dots an inch.
    pub(super) fn tidied(mut self, dpi: f32) -> Self {
        self.drop_specks((SPECK * dpi) as usize);
        let steps = self.skew();
        if steps.abs() >= STRAIGHT {
            self = self.turned(slope(steps));
        }
        self.drop_rulings((ACROSS * dpi) as usize, (DOWN * dpi) as usize);
        self
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        if x < self.width { self.pixels.get(y * self.width + x).copied().unwrap_or(u8::MAX) } else { u8::MAX }
    }

    fn is_dark(&self, at: usize) -> bool {
        self.pixels.get(at).is_some_and(|value| *value < DARK)
    }

    /// Whitens dark dots that hang together over at most `size` dots each way.
    fn drop_specks(&mut self, size: usize) {
        let whole = Area { x: (0, self.width), y: (0, self.height) };
        for (spot, dots) in self.spots(whole) {
            if spot.width() <= size && spot.height() <= size {
                self.wipe(&dots);
            }
        }
    }

    /// The dark dots of `area` that hang together: what they take up, and where they are.
    pub(super) fn spots(&self, area: Area) -> Vec<(Area, Vec<usize>)> {
        let area = Area { x: (area.x.0, area.x.1.min(self.width)), y: (area.y.0, area.y.1.min(self.height)) };
        let columns = area.width();
        let mut seen = vec![false; columns * area.height()];
        let mut spots = Vec::new();
        for y in area.y.0..area.y.1 {
            for x in area.x.0..area.x.1 {
                let mut dots = Vec::new();
                let mut spot = Area { x: (x, x), y: (y, y) };
                let mut open = vec![(x, y)];
                while let Some((x, y)) = open.pop() {
                    let at = y * self.width + x;
                    let first_seen = !std::mem::replace(&mut seen[(y - area.y.0) * columns + x - area.x.0], true);
                    if !first_seen || !self.is_dark(at) {
                        continue;
                    }
                    dots.push(at);
                    spot =
                        Area { x: (spot.x.0.min(x), spot.x.1.max(x + 1)), y: (spot.y.0.min(y), spot.y.1.max(y + 1)) };
                    for near_y in y.saturating_sub(1).max(area.y.0)..(y + 2).min(area.y.1) {
                        open.extend((x.saturating_sub(1).max(area.x.0)..(x + 2).min(area.x.1)).map(|x| (x, near_y)));
                    }
                }
                if !dots.is_empty() {
                    spots.push((spot, dots));
                }
            }
        }
        spots
    }

    /// By how many steps lines of text fall to the right: at that slope the rows differ most in how dark they are.
    fn skew(&self) -> i32 {
        // Every third dot will do.
        const STRIDE: usize = 3;
        let dark: Vec<(f32, f32)> = (0..self.height)
            .step_by(STRIDE)
            .flat_map(|y| (0..self.width).step_by(STRIDE).map(move |x| (x, y)))
            .filter(|(x, y)| self.is_dark(y * self.width + x))
            .map(|(x, y)| (x as f32, y as f32))
            .collect();
        let sharpness = |steps: &i32| -> u64 {
            let slope = slope(*steps);
            let margin = self.width as f32 * slope.abs();
            let mut rows = vec![0_u64; (self.height + 2 * margin as usize) / STRIDE + 2];
            for (x, y) in &dark {
                let row = (y - x * slope + margin) / STRIDE as f32;
                if let Some(count) = rows.get_mut(row as usize) {
                    *count += 1;
                }
            }
            rows.windows(2).map(|pair| pair[0].abs_diff(pair[1]).pow(2)).sum()
        };
        // Of equals the straightest.
        (-STEPS..=STEPS).max_by_key(|steps| (sharpness(steps), -steps.abs())).unwrap_or(0)
    }

    /// Turned so that what fell by `slope` is level.
    fn turned(&self, slope: f32) -> Self {
        let (middle_x, middle_y) = (self.width as f32 / 2.0, self.height as f32 / 2.0);
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..self.height {
            for x in 0..self.width {
                let (dx, dy) = (x as f32 - middle_x, y as f32 - middle_y);
                let (from_x, from_y) = (x as f32 - dy * slope, y as f32 + dx * slope);
                pixels.push(self.between(from_x, from_y));
            }
        }
        Self { width: self.width, height: self.height, pixels }
    }

    /// The value between four dots.
    fn between(&self, x: f32, y: f32) -> u8 {
        if x < 0.0 || y < 0.0 {
            return u8::MAX;
        }
        let (left, top) = (x as usize, y as usize);
        let (right_share, lower_share) = (x.fract(), y.fract());
        let row = |y: usize| {
            f32::from(self.at(left, y)) * (1.0 - right_share) + f32::from(self.at(left + 1, y)) * right_share
        };
        (row(top) * (1.0 - lower_share) + row(top + 1) * lower_share).round() as u8
    }

    /// Whitens dark runs of at least `across` dots along rows and `down` dots along columns.
    fn drop_rulings(&mut self, across: usize, down: usize) {
        let (width, height) = (self.width, self.height);
        let rows = (0..height).flat_map(|y| self.runs(y * width, (1, width), width, across));
        let columns = (0..width).flat_map(|x| self.runs(x, (width, 1), height, down));
        let found: Vec<usize> = rows.chain(columns).collect();
        self.wipe(&found);
    }

    /// Whitens dots, and the grey about them.
    fn wipe(&mut self, dots: &[usize]) {
        const GREY: usize = 2;
        dots.iter().for_each(|at| self.pixels[*at] = u8::MAX);
        for at in dots {
            let (x, y) = (at % self.width, at / self.width);
            for near_y in y.saturating_sub(GREY)..=(y + GREY).min(self.height - 1) {
                for near_x in x.saturating_sub(GREY)..=(x + GREY).min(self.width - 1) {
                    let near = near_y * self.width + near_x;
                    if !self.is_dark(near) {
                        self.pixels[near] = u8::MAX;
                    }
                }
            }
        }
    }

    /// The places in dark runs of at least `length` among the `count` dots from `start` on, over holes of a few dots.
    /// `along` leads to the next dot and `beside` to the one at its side: a ruling that is not quite straight goes on there.
    fn runs(&self, start: usize, (along, beside): (usize, usize), count: usize, length: usize) -> Vec<usize> {
        const HOLE: usize = 4;
        let around = |i: usize| {
            let at = start + i * along;
            [at.wrapping_sub(beside), at, at + beside]
        };
        let mut found = Vec::new();
        let (mut from, mut last) = (None, 0);
        for i in 0..=count + HOLE {
            if i < count && around(i).into_iter().any(|at| self.is_dark(at)) {
                from.get_or_insert(i);
                last = i;
            } else if let Some(first) = from
                && i > last + HOLE
            {
                if last - first >= length {
                    found.extend((first..=last).flat_map(around).filter(|at| self.is_dark(*at)));
                }
                from = None;
            }
        }
        found
    }
}

fn slope(steps: i32) -> f32 {
    (steps as f32 / 10.0).to_radians().tan()
}

#[cfg(test)]
impl Picture {
    /// White, but for dots where `is_dark`.
    pub(super) fn drawn(width: usize, height: usize, is_dark: impl Fn(usize, usize) -> bool) -> Self {
        let pixels = (0..width * height).map(|at| if is_dark(at % width, at / width) { 0 } else { 255 }).collect();
        Self { width, height, pixels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skew_is_found_and_turned_back() {
        // Dashed lines, falling by two degrees.
        let fall = slope(20);
        let skewed =
            Picture::drawn(600, 400, |x, y| (y as f32 - x as f32 * fall).rem_euclid(40.0) < 6.0 && x % 20 < 12);
        assert_eq!(skewed.skew(), 20);
        assert!(skewed.turned(fall).skew().abs() <= 1);
        assert_eq!(Picture::drawn(600, 400, |x, y| y % 40 < 6 && x % 20 < 12).skew(), 0);
    }

    #[test]
    fn specks_and_rulings_go_and_letters_stay() {
        let mut page = Picture::drawn(200, 100, |x, y| {
            y == 50 || (x, y) == (20, 20) || (100..108).contains(&x) && (10..30).contains(&y)
        });
        page.drop_specks(3);
        page.drop_rulings(150, 50);
        let dark = page.pixels.iter().filter(|value| **value < DARK).count();
        assert_eq!(dark, 8 * 20);
    }

    #[test]
    fn a_file_reads_back() {
        let page = Picture::drawn(7, 3, |x, y| x == y);
        let again = Picture::read(&page.write()).map(|again| again.pixels);
        assert_eq!(again, Some(page.pixels));
        assert!(Picture::read(b"P5\n7 3\n255\nxx").is_none());
    }
}
