//! Rings on the grid, laid out so that every edge finds its neighbours without asking where its ring ends.

use crate::region::{Bounds, Contour, Point, is_straight, snap, winding};
use crate::{Envelope, Polygons};

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
        let rings = polygons.rings(position);
        // What is left out of a ring does not change its box.
        let known = polygons.envelope(position).filter(|_| rings.len() == 1).and_then(snap_envelope);
        for ring in rings {
            let mut all_snapped = true;
            let snapped = |&place| {
                let point = snap(place);
                all_snapped &= point.is_some();
                point.unwrap_or(Point::ZERO)
            };
            let before = self.begin();
            if complement {
                self.push_corners(ring.coords.iter().rev().map(snapped));
            } else {
                self.push_corners(ring.coords.iter().map(snapped));
            }
            self.end(before, all_snapped, known);
        }
    }

    /// The same of contours on the grid.
    pub(crate) fn read_contours<'a>(
        &mut self,
        contours: impl IntoIterator<Item = &'a Contour>,
        complement: bool,
    ) {
        self.clear(complement);
        for contour in contours {
            let before = self.begin();
            if complement {
                self.push_corners(contour.iter().rev().copied());
            } else {
                self.push_corners(contour.iter().copied());
            }
            self.end(before, true, None);
        }
    }

    fn clear(&mut self, complement: bool) {
        self.points.clear();
        self.spans.clear();
        (self.bounds, self.complement, self.lost) = (None, complement, false);
    }

    /// Begins a ring; where.
    fn begin(&mut self) -> usize {
        self.points.push(Point::ZERO);
        self.points.len() - 1
    }

    /// Adds the vertices of a closed ring without those that repeat the one before or lie straight between their
    /// neighbours, so that a ring gives the same result whichever vertices lie on its sides. The closing one may
    /// be there or not.
    fn push_corners(&mut self, vertices: impl ExactSizeIterator<Item = Point>) {
        self.points.reserve(vertices.len() + 3);
        let start = self.points.len();
        for vertex in vertices {
            self.pop_straight(start, vertex);
            if self.points.len() == start || self.points[self.points.len() - 1] != vertex {
                self.points.push(vertex);
            }
        }
        let Some(&first) = self.points.get(start) else { return };
        self.pop_straight(start, first);
        if self.points.len() > start + 1 && self.points[self.points.len() - 1] == first {
            self.points.pop();
        }
        let last = self.points.len() - 1;
        if last > start + 1 && is_straight(self.points[last], first, self.points[start + 1]) {
            self.points.remove(start);
        }
    }

    /// Takes the last vertex back when it lies straight between the one before it and the next.
    #[inline]
    fn pop_straight(&mut self, start: usize, next: Point) {
        if let [.., before, last] = self.points[start..]
            && is_straight(before, last, next)
        {
            self.points.pop();
        }
    }

    /// Ends the ring that was begun; one that was not snapped, or with fewer than three corners, is left out.
    fn end(&mut self, before: usize, all_snapped: bool, known: Option<Bounds>) {
        let (start, end) = (before + 1, self.points.len());
        let bounds = known.or_else(|| Bounds::of(&self.points[start..]));
        let (Some(bounds), true) = (bounds, all_snapped && end - start > 2) else {
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

/// The box on the grid.
pub(super) fn snap_envelope(envelope: Envelope) -> Option<Bounds> {
    Some(Bounds { low: snap(envelope.min)?, high: snap(envelope.max)? })
}
