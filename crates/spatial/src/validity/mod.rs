//! Validity in the sense of OGC Simple Features: every problem of a geometry, with its place.

mod connectivity;
mod contact;
mod contacts;
mod equal;
mod forest;
mod location;
mod nesting;
mod polygons;
mod ring;
mod status;
mod sweep;

use geo_types::{Coord, Geometry};
use serde::{Deserialize, Serialize};

/// What is wrong with a geometry (names after OGC Simple Features).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// A ring has fewer than four positions.
    TooFewPoints,
    /// First and last position of a ring differ. For readers to report: the geometry types close every ring.
    RingNotClosed,
    /// A ring crosses or runs along itself.
    SelfIntersection,
    /// A ring touches itself in a point, without crossing itself there.
    SelfTouch,
    /// A ring turns back on itself without enclosing area.
    Spike,
    /// The same vertex twice in a row: harmless, a note only.
    DuplicateVertex,
    /// A ring encloses no area.
    Collapsed,
    /// A hole lies outside its shell.
    HoleOutsideShell,
    /// Two holes, or a hole and its shell, overlap, cross or share an edge.
    RingsCross,
    /// A hole lies in another hole of the same part.
    NestedHoles,
    /// The interior is not connected: rings touch in more than one point.
    InteriorDisconnected,
    /// Two parts of a multipolygon cross or share an edge.
    PartsOverlap,
    /// A part of a multipolygon lies in another, and not in one of its holes.
    NestedShells,
    /// The same ring twice.
    DuplicateRing,
    /// A coordinate is not finite or outside what the projection can take.
    Coordinate,
    /// The geometry is not polygonal where an area is needed.
    NotPolygonal,
    /// There is no geometry.
    Null,
}

impl ProblemKind {
    /// Whether the problem makes the geometry invalid (a duplicate vertex, a null or a non-polygon does not).
    pub fn is_invalid(self) -> bool {
        !matches!(self, Self::DuplicateVertex | Self::NotPolygonal | Self::Null)
    }
}

/// One problem of a geometry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where, in the CRS of the geometry that was examined; `None` where there is no place.
    pub place: Option<[f64; 2]>,
    /// Part of the multipolygon, from 0.
    pub part: Option<usize>,
    /// Ring of the part, 0 = shell.
    pub ring: Option<usize>,
}

/// Reports every problem of a geometry, ordered by part, ring and kind. Exact: decided on the coordinates as they
/// are, without a tolerance. A run of shared edges is one problem, placed at its start. Members of a collection
/// are examined one by one and count as parts. Points and lines have problems too (coordinates, too few points).
///
/// The search for contacts stops after [`CONTACT_LIMIT`] of them: a scribble that crosses itself a million times
/// need not be told a million times.
pub fn validate(geometry: &Geometry<f64>) -> Vec<Problem> {
    let mut problems = Vec::new();
    examine(geometry, &mut 0, &mut problems);
    problems.sort_by_key(|problem| (problem.part, problem.ring, problem.kind));
    problems
}

/// Most contacts between edges that are looked at in one polygon or multipolygon.
pub const CONTACT_LIMIT: usize = 100_000;

/// Examines one geometry; `part` is the number of the next part and moves on.
fn examine(geometry: &Geometry<f64>, part: &mut usize, problems: &mut Vec<Problem>) {
    let first = *part;
    *part += 1;
    match geometry {
        Geometry::Polygon(polygon) => polygons::examine(&[polygon], first, problems),
        Geometry::MultiPolygon(parts) => {
            polygons::examine(&parts.iter().collect::<Vec<_>>(), first, problems);
            *part = first + parts.0.len();
        }
        Geometry::Rect(rect) => polygons::examine(&[&rect.to_polygon()], first, problems),
        Geometry::Triangle(triangle) => polygons::examine(&[&triangle.to_polygon()], first, problems),
        Geometry::Point(point) => positions(&[point.0], first, problems),
        Geometry::MultiPoint(points) => {
            positions(&points.iter().map(|point| point.0).collect::<Vec<_>>(), first, problems);
        }
        Geometry::Line(line) => path(&[line.start, line.end], first, problems),
        Geometry::LineString(line) => path(&line.0, first, problems),
        Geometry::MultiLineString(lines) => {
            for (i, line) in lines.iter().enumerate() {
                path(&line.0, first + i, problems);
            }
            *part = first + lines.0.len();
        }
        Geometry::GeometryCollection(collection) => {
            *part = first;
            for member in collection {
                examine(member, part, problems);
            }
        }
    }
}

fn positions(positions: &[Coord<f64>], part: usize, problems: &mut Vec<Problem>) {
    if positions.iter().any(|c| !c.x.is_finite() || !c.y.is_finite()) {
        let kind = ProblemKind::Coordinate;
        problems.push(Problem { kind, place: None, part: Some(part), ring: None });
    }
}

/// A line needs two different positions, unless it is empty.
fn path(line: &[Coord<f64>], part: usize, problems: &mut Vec<Problem>) {
    positions(line, part, problems);
    if let Some(first) = line.first().filter(|first| line.iter().all(|c| c == *first)) {
        let kind = ProblemKind::TooFewPoints;
        problems.push(Problem { kind, place: Some([first.x, first.y]), part: Some(part), ring: None });
    }
}
