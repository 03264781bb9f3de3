//! The current path of the graphics state (ISO 32000-1, 8.5), reduced to what can be a ruled line or a clip box.

use super::geometry::Area;

/// Rectangles thinner than this, in points, are lines.
pub(super) const THIN: f32 = 3.0;

/// The current path, as far as lines and rectangles go.
#[derive(Default)]
pub(super) struct Path {
    current: Option<(f32, f32)>,
    start: Option<(f32, f32)>,
    pub(super) segments: Vec<[(f32, f32); 2]>,
    pub(super) rectangles: Vec<Area>,
    /// Around the subpath being built.
    pub(super) bounds: Option<Area>,
    /// Around everything.
    pub(super) extent: Option<Area>,
    pub(super) clips: bool,
}

impl Path {
    fn reach(&mut self, point: (f32, f32)) {
        self.bounds.get_or_insert(Area::EMPTY).add(point);
        self.extent.get_or_insert(Area::EMPTY).add(point);
        self.current = Some(point);
    }

    /// Ends the subpath; a thin one is a ruled line that was filled.
    fn end_subpath(&mut self) {
        if let Some(bounds) = self.bounds.take()
            && (bounds.width() < THIN || bounds.height() < THIN)
        {
            self.rectangles.push(bounds);
        }
    }

    pub(super) fn move_to(&mut self, point: (f32, f32)) {
        self.end_subpath();
        self.reach(point);
        self.start = Some(point);
    }

    pub(super) fn line_to(&mut self, point: (f32, f32)) {
        if let Some(from) = self.current {
            self.segments.push([from, point]);
        }
        self.reach(point);
    }

    pub(super) fn curve_to(&mut self, point: (f32, f32)) {
        self.reach(point);
    }

    pub(super) fn close(&mut self) {
        if let Some(start) = self.start {
            self.line_to(start);
        }
    }

    pub(super) fn rectangle(&mut self, area: Area) {
        self.end_subpath();
        self.rectangles.push(area);
        self.extent = Some(self.extent.map_or(area, |e| e.union(area)));
        self.current = Some((area.x0, area.y0));
        self.start = self.current;
    }

    /// The boxes among its subpaths: rectangles, and one drawn line by line if there is no other.
    pub(super) fn boxes(&self) -> impl Iterator<Item = Area> {
        let lengths = self.segments.iter().map(|[a, b]| ((a.0 - b.0).abs(), (a.1 - b.1).abs()));
        let (upright, length) =
            lengths.fold((true, 0.0), |(upright, length), (x, y)| (upright && x.min(y) < 0.1, length + x + y));
        let is_box = |area: &Area| upright && (length - 2.0 * (area.width() + area.height())).abs() < 1.0;
        self.rectangles.iter().copied().chain(self.bounds.filter(is_box))
    }
}
