//! Validity in the sense of OGC Simple Features: every problem of a geometry, with its place.

use serde::{Deserialize, Serialize};

/// What is wrong with a geometry (names after OGC Simple Features).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// A ring has fewer than four positions.
    TooFewPoints,
    /// First and last position of a ring differ.
    RingNotClosed,
    /// A ring crosses or runs along itself.
    SelfIntersection,
    /// A ring turns back on itself without enclosing area.
    Spike,
    /// The same vertex twice in a row: harmless, a note only.
    DuplicateVertex,
    /// A ring encloses no area.
    Collapsed,
    /// A hole lies outside its shell.
    HoleOutsideShell,
    /// Two holes, or a hole and its shell, overlap or cross.
    RingsCross,
    /// The interior is not connected: rings touch in more than one point.
    InteriorDisconnected,
    /// Two parts of a multipolygon overlap or share an edge.
    PartsOverlap,
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

/// Reports every problem of a geometry.
pub fn validate(_geometry: &geo_types::Geometry<f64>) -> Vec<Problem> {
    Vec::new()
}
