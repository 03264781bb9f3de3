//! Matrices and boxes. Page coordinates are points from the upper left corner, y growing downwards.

/// An affine map `[a b c d e f]` (ISO 32000-1, 8.3.3).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// The map that does `first`, then `self`.
    pub(super) fn after(self, first: Self) -> Self {
        let (m, n) = (self.0, first.0);
        Self([
            m[0] * n[0] + m[2] * n[1],
            m[1] * n[0] + m[3] * n[1],
            m[0] * n[2] + m[2] * n[3],
            m[1] * n[2] + m[3] * n[3],
            m[0] * n[4] + m[2] * n[5] + m[4],
            m[1] * n[4] + m[3] * n[5] + m[5],
        ])
    }

    pub(super) fn apply(self, x: f64, y: f64) -> (f32, f32) {
        let m = self.0;
        ((m[0] * x + m[2] * y + m[4]) as f32, (m[1] * x + m[3] * y + m[5]) as f32)
    }

    /// The box around the image of the rectangle between two corners.
    pub(super) fn apply_to_box(self, x0: f64, y0: f64, x1: f64, y1: f64) -> Area {
        Area::around([(x0, y0), (x1, y0), (x0, y1), (x1, y1)].map(|(x, y)| self.apply(x, y)))
    }
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

impl Area {
    /// Holds no point; the start for collecting points.
    pub(super) const EMPTY: Self = Self { x0: f32::MAX, y0: f32::MAX, x1: f32::MIN, y1: f32::MIN };

    /// The box around some points.
    pub(super) fn around(points: impl IntoIterator<Item = (f32, f32)>) -> Self {
        let mut area = Self::EMPTY;
        points.into_iter().for_each(|point| area.add(point));
        area
    }

    fn corners(self) -> [(f32, f32); 4] {
        [(self.x0, self.y0), (self.x1, self.y0), (self.x0, self.y1), (self.x1, self.y1)]
    }

    pub(super) fn add(&mut self, (x, y): (f32, f32)) {
        self.x0 = self.x0.min(x);
        self.y0 = self.y0.min(y);
        self.x1 = self.x1.max(x);
        self.y1 = self.y1.max(y);
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    pub(super) fn intersection(self, other: Self) -> Self {
        Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        }
    }

    pub(super) fn width(self) -> f32 {
        (self.x1 - self.x0).max(0.0)
    }

    pub(super) fn height(self) -> f32 {
        (self.y1 - self.y0).max(0.0)
    }

    /// Whether the point lies inside or at most `slack` outside.
    pub(super) fn contains(self, x: f32, y: f32, slack: f32) -> bool {
        x >= self.x0 - slack && x <= self.x1 + slack && y >= self.y0 - slack && y <= self.y1 + slack
    }
}

/// Turns text of one direction upright: rotates it and moves the page's corner to the origin.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Turn {
    /// Degrees, clockwise, of the baseline on the page.
    angle: i16,
    dx: f32,
    dy: f32,
}

impl Turn {
    /// For baselines at `angle` on a page.
    pub(super) fn new(angle: i16, width: f32, height: f32) -> Self {
        let turned = Self { angle, dx: 0.0, dy: 0.0 }.area(Area { x0: 0.0, y0: 0.0, x1: width, y1: height });
        Self { angle, dx: -turned.x0, dy: -turned.y0 }
    }

    pub(super) fn point(self, (x, y): (f32, f32)) -> (f32, f32) {
        if self.angle == 0 {
            return (x, y);
        }
        let (sin, cos) = f32::from(self.angle).to_radians().sin_cos();
        (x * cos + y * sin + self.dx, y * cos - x * sin + self.dy)
    }

    pub(super) fn area(self, area: Area) -> Area {
        Area::around(area.corners().map(|corner| self.point(corner)))
    }

    /// A box of turned text, back on the page.
    pub(super) fn back(self, area: Area) -> Area {
        let (sin, cos) = f32::from(self.angle).to_radians().sin_cos();
        Area::around(area.corners().map(|(x, y)| {
            let (x, y) = (x - self.dx, y - self.dy);
            (x * cos - y * sin, y * cos + x * sin)
        }))
    }
}
