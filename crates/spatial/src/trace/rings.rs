//! Rings on the grid, laid out so that every edge finds its neighbours without asking where its ring ends.

use crate::region::{Bounds, Point, is_straight, snap_all, winding};
use crate::{Polygons, Region};

/// The edges of one ring: edge `e` runs from `points[e]` to `points[e + 1]`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) bounds: Bounds,
}

/// Oriented rings on the grid, what they enclose on their left. Before the vertices of a ring stands its last
/// one again, after them its first two: edge `e` follows `points[e - 1]` and leads on to `points[e + 2]`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rings {
    points: Vec<Point>,
    spans: Vec<Span>,
    bounds: Option<Bounds>,
    complement: bool,
    lost: bool,
}

impl Rings {
    /// Takes a feature's rings, snapped; `complement` turns them, so that on their left lies what the feature
    /// leaves free.
    pub(crate) fn read_polygons(&mut self, polygons: &Polygons, position: usize, complement: bool) {
        self.clear(complement);
        for ring in polygons.rings(position) {
            let coords = ring.coords;
            self.push(|points| {
                if complement {
                    snap_all(coords.iter().rev(), points)
                } else {
                    snap_all(coords.iter(), points)
                }
            });
        }
    }

    /// The same of a region.
    pub(crate) fn read_region(&mut self, region: &Region, complement: bool) {
        self.clear(complement);
        for contour in region.contours() {
            self.push(|points| {
                if complement {
                    points.extend(contour.iter().rev());
                } else {
                    points.extend_from_slice(contour);
                }
                true
            });
        }
    }

    fn clear(&mut self, complement: bool) {
        self.points.clear();
        self.spans.clear();
        (self.bounds, self.complement, self.lost) = (None, complement, false);
    }

    /// Adds the ring whose vertices `fill` appends. A ring that it cannot snap, or with fewer than three
    /// corners, is left out; what is no corner is left out of the others, so that a ring gives the same result
    /// whichever vertices lie on its sides.
    fn push(&mut self, fill: impl FnOnce(&mut Vec<Point>) -> bool) {
        let before = self.points.len();
        self.points.push(Point::ZERO);
        let start = before + 1;
        let count = if fill(&mut self.points) { corners(&mut self.points[start..]) } else { 0 };
        let end = start + count;
        self.points.truncate(end);
        let (Some(bounds), true) = (Bounds::of(&self.points[start..]), count > 2) else {
            self.points.truncate(before);
            self.lost = true;
            return;
        };
        self.points[before] = self.points[end - 1];
        self.points.push(self.points[start]);
        self.points.push(self.points[start + 1]);
        self.spans.push(Span { start, end, bounds });
        self.bounds = Some(self.bounds.map_or(bounds, |all| all.merged(&bounds)));
    }

    /// The vertices, those repeated around each ring included: see [`Rings`].
    pub(crate) fn points(&self) -> &[Point] {
        &self.points
    }

    /// The rings.
    pub(crate) fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The box around all rings.
    pub(crate) fn bounds(&self) -> Option<Bounds> {
        self.bounds
    }

    /// Whether the rings enclose what a feature leaves free.
    pub(crate) fn is_complement(&self) -> bool {
        self.complement
    }

    /// Whether a ring was left out.
    pub(crate) fn has_lost_rings(&self) -> bool {
        self.lost
    }

    /// The ends of an edge.
    pub(crate) fn edge(&self, edge: usize) -> [Point; 2] {
        [self.points[edge], self.points[edge + 1]]
    }

    /// The vertices of a ring, each once.
    pub(crate) fn ring(&self, span: &Span) -> &[Point] {
        &self.points[span.start..span.end]
    }

    /// Whether a point, which must not lie on an edge, is on the inner side of the rings.
    pub(crate) fn encloses(&self, point: Point) -> bool {
        let winding: i32 = self
            .spans
            .iter()
            .filter(|span| span.bounds.contains(point))
            .map(|span| winding(self.ring(span), point))
            .sum();
        winding + i32::from(self.complement) == 1
    }
}

/// Moves the corners of a ring to the front: what is left when repeated vertices, the closing one, and those
/// straight between their neighbours go. How many there are.
fn corners(points: &mut [Point]) -> usize {
    let Some(&first) = points.first() else { return 0 };
    let mut kept = 0;
    for i in 0..points.len() {
        kept = without_straight(points, kept, points[i]);
        points[kept] = points[i];
        kept += usize::from(kept == 0 || points[kept - 1] != points[i]);
    }
    kept = without_straight(points, kept, first);
    if kept > 1 && points[kept - 1] == first {
        kept -= 1;
    }
    if kept > 2 && is_straight(points[kept - 1], first, points[1]) {
        points.copy_within(1..kept, 0);
        kept -= 1;
    }
    kept
}

/// How many of the kept points are left when the last is straight between the one before it and the next.
fn without_straight(points: &[Point], kept: usize, next: Point) -> usize {
    kept - usize::from(kept > 1 && is_straight(points[kept - 2], points[kept - 1], next))
}
