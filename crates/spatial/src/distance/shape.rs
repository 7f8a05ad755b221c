//! A geometry prepared for distances.

use geo_types::Geometry;

use super::descent::{self, Best};
use super::linework::Linework;
use super::paths::{self, Paths, Taken};
use super::{Location, Separation, edge, locate};
use crate::{COORDINATE_LIMIT_M, Envelope, Polygons};

/// What rounding can do to the square of a distance, as a share of it, and more.
pub(super) const SLACK: f64 = 8.0 * f64::EPSILON;

/// A little more than the square of a limit, m²: what is nearer is looked at, and its distance itself decides. Edges
/// that do not touch are never so near as the limit of 0.
pub(super) fn squared_limit_m2(limit_m: f64) -> f64 {
    limit_m * limit_m * (1.0 + SLACK) + f64::MIN_POSITIVE
}

/// By at most how many boxes a line is told to an index.
const LINE_BOXES: usize = 64;

/// A geometry on a working plane in metres, packed in trees of boxes; made once, asked often. It has at least one
/// point. Memory: the coordinates and about 8 bytes for each.
#[derive(Clone, Debug)]
pub struct Shape {
    /// What has area: each polygon or multipolygon by itself, as its rings.
    areas: Vec<Linework>,
    /// Lines and points.
    lines: Option<Linework>,
    envelope: Envelope,
}

impl Shape {
    /// Prepares a geometry; `None` when it has no place (see the [module](super)).
    pub fn new(geometry: &Geometry<f64>) -> Option<Self> {
        Self::of_paths(paths::take(geometry)?)
    }

    /// A single point; `None` when it is not finite or beyond [`COORDINATE_LIMIT_M`].
    pub fn point(point: [f64; 2]) -> Option<Self> {
        let mut lines = Paths::with_capacity(1, 1);
        lines.push(std::iter::once(point));
        // NaN fails the comparison.
        let fits = point.iter().all(|value| value.abs() <= COORDINATE_LIMIT_M);
        if fits { Self::of_paths(Taken { areas: Vec::new(), lines }) } else { None }
    }

    /// A feature of polygons in columns; `None` when it is nothing.
    pub fn of_polygons(polygons: &Polygons, position: usize) -> Option<Self> {
        let mut area = Paths::default();
        polygons.rings(position).for_each(|ring| area.push(ring.coords.iter().copied()));
        Self::of_paths(Taken { areas: vec![area], lines: Paths::default() })
    }

    fn of_paths(taken: Taken) -> Option<Self> {
        let areas: Vec<Linework> = taken.areas.into_iter().filter_map(Linework::new).collect();
        let lines = Linework::new(taken.lines);
        let mut envelopes = areas.iter().chain(&lines).map(Linework::envelope);
        let first = envelopes.next()?;
        let envelope = envelopes.fold(first, |all, one| all.merged(&one));
        Some(Self { areas, lines, envelope })
    }

    /// The box around it.
    pub fn envelope(&self) -> Envelope {
        self.envelope
    }

    /// A few boxes that cover it: of an area its own, which covers the inside; of lines and points those of the
    /// uppermost nodes, so that what lies in the bend of a long line is not taken to be near it.
    pub(super) fn outline(&self) -> Vec<Envelope> {
        let lines = self.lines.iter().flat_map(|lines| lines.outline(LINE_BOXES));
        self.areas.iter().map(Linework::envelope).chain(lines).collect()
    }

    /// How many vertices it has, the closing ones of rings included.
    pub fn vertex_count(&self) -> usize {
        self.linework().map(|linework| linework.coords().len()).sum()
    }

    /// What has area.
    pub(super) fn areas(&self) -> &[Linework] {
        &self.areas
    }

    /// Everything as lines and points: of an area its boundary.
    pub(super) fn linework(&self) -> impl Iterator<Item = &Linework> + Clone {
        self.areas.iter().chain(&self.lines)
    }

    /// How far it is from `reference`, and between which points: 0 when they touch or one holds the other, and only
    /// then. Of several nearest pairs of points always the same is taken, but which is not said.
    pub fn separation(&self, reference: &Self) -> Separation {
        // Both have a point, so that something is found.
        self.search(reference, f64::INFINITY, 0.0).unwrap_or(Separation::NONE)
    }

    /// The same when it is at most `limit_m`, else `None`: a limit makes far ones cheap.
    pub fn separation_within(&self, reference: &Self, limit_m: f64) -> Option<Separation> {
        let found = (limit_m >= 0.0).then(|| self.search(reference, squared_limit_m2(limit_m), 0.0))??;
        (found.distance_m <= limit_m).then_some(found)
    }

    /// How far it is from `reference`, m.
    pub fn distance_m(&self, reference: &Self) -> f64 {
        self.separation(reference).distance_m
    }

    /// Whether it is at most `distance_m` from `reference`. Ends at the first points that are near enough.
    pub fn is_within(&self, reference: &Self, distance_m: f64) -> bool {
        let enough_m2 = distance_m * distance_m * (1.0 - SLACK);
        let limit_m2 = squared_limit_m2(distance_m);
        let found = (distance_m >= 0.0).then(|| self.search(reference, limit_m2, enough_m2)).flatten();
        found.is_some_and(|found| found.distance_m <= distance_m)
    }

    fn search(&self, reference: &Self, limit_m2: f64, enough_m2: f64) -> Option<Separation> {
        if self.envelope.gap_m2(&reference.envelope) >= limit_m2 {
            return None;
        }
        if let Some(point) = self.held_by(reference).or_else(|| reference.held_by(self)) {
            return Some(Separation { distance_m: 0.0, on_subject: point, on_reference: point });
        }
        let mut best = Best { gap_m2: limit_m2, enough_m2, edges: None };
        for subject in self.linework() {
            for reference in reference.linework() {
                descent::search(subject, reference, &mut best);
            }
        }
        best.edges.map(|(a, b)| edge::separation(a, b))
    }

    /// A first vertex of one of its paths that lies in an area of `other` or on its boundary. A path that does not
    /// touch the boundary lies wholly inside or outside, so the first vertices tell of every path that is held.
    fn held_by(&self, other: &Self) -> Option<[f64; 2]> {
        if other.areas.is_empty() || !self.envelope.intersects(&other.envelope) {
            return None;
        }
        let mut first_vertices = self.linework().flat_map(Linework::paths).map(|path| path[0]);
        first_vertices.find(|&vertex| other.locate(vertex) != Location::Exterior)
    }

    /// Where a point lies with regard to its area, exactly: inside when it is inside one of its polygons, on the
    /// boundary when it is on one's boundary and inside none.
    pub fn locate(&self, point: [f64; 2]) -> Location {
        let mut found = Location::Exterior;
        for area in &self.areas {
            match locate::locate(point, area) {
                Location::Interior => return Location::Interior,
                Location::Boundary => found = Location::Boundary,
                Location::Exterior => {}
            }
        }
        found
    }
}
