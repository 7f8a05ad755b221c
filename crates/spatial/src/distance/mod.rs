//! How far apart geometries are, and what lies near what.
//!
//! Everything is planar, in metres of one working plane: a length here is the projection's, not the ellipsoid's, and
//! longitude and latitude have no place here. A [`Shape`] is a geometry prepared once: points, lines, polygons, their
//! multi-forms and collections. [`Neighbours`] holds many of them in an index.
//!
//! | question | answer |
//! |---|---|
//! | how far apart, and between which points | [`Shape::separation`] |
//! | is it nearer than | [`Shape::is_within`] |
//! | what lies within a distance, what is nearest, what holds a point | [`Neighbours`] |
//! | where a point lies in a polygon | [`Shape::locate`] |
//! | how much of a line lies in a polygon | [`Shape::length_in`] |
//! | how far two borders stray from each other | [`Shape::hausdorff`] and its kin |
//! | whether an area is as wide as that somewhere | [`Shape::holds_circle`] |
//!
//! # What is exact
//! Whether two geometries touch, and on which side of an edge a point lies, is decided exactly on the coordinates as
//! they are ([`predicate`](crate::predicate)), so a distance is 0 when the two touch or one holds the other, and only
//! then. The distance of the nearest edges is right to its last digits (`twofold`); which edges are nearest is
//! found in plain `f64`, so where two pairs are equally near to within a rounding of an edge's length (10⁻¹³ m
//! for one of a kilometre) either may be taken. The two points are rounded to `f64` like every coordinate.
//!
//! A polygon is inside by even-odd fill; in a collection each polygon counts by itself. Geometries that have no
//! place (empty ones, lines of one vertex, coordinates that are not finite or beyond
//! [`COORDINATE_LIMIT_M`](crate::COORDINATE_LIMIT_M)) give no [`Shape`].

mod descent;
mod edge;
mod farthest;
mod hausdorff;
mod inscribed;
mod length;
mod linework;
mod locate;
mod neighbours;
mod paths;
mod shape;
mod stray;
mod twofold;

use geo_types::Geometry;

pub use length::LengthIn;
pub use neighbours::{Neighbour, Neighbours};
pub use shape::Shape;
pub use stray::HAUSDORFF_TOLERANCE_M;

/// Two points, one of each geometry, and how far apart they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Separation {
    /// The distance, m.
    pub distance_m: f64,
    /// The point of the subject.
    pub on_subject: [f64; 2],
    /// The point of the reference.
    pub on_reference: [f64; 2],
}

impl Separation {
    /// Of nothing from nothing. No two shapes give it: each has a point.
    const NONE: Self = Self { distance_m: f64::INFINITY, on_subject: [0.0; 2], on_reference: [0.0; 2] };

    /// The same seen from the reference.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { distance_m: self.distance_m, on_subject: self.on_reference, on_reference: self.on_subject }
    }
}

/// Where a point lies with regard to an area (the interior, boundary and exterior of OGC Simple Features).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// Inside, not on a ring.
    Interior,
    /// On a ring.
    Boundary,
    /// Outside, or there is no area.
    Exterior,
}

/// How far two geometries are apart, m, and between which points; `None` when one has no place. To ask a geometry
/// more than once, prepare a [`Shape`].
pub fn separation(subject: &Geometry<f64>, reference: &Geometry<f64>) -> Option<Separation> {
    Some(Shape::new(subject)?.separation(&Shape::new(reference)?))
}

/// How far two geometries are apart, m: 0 when they touch or one holds the other, and only then.
pub fn distance_m(subject: &Geometry<f64>, reference: &Geometry<f64>) -> Option<f64> {
    Some(separation(subject, reference)?.distance_m)
}

/// Where a point lies with regard to a geometry's area, exactly; `None` when one has no place. To ask for many
/// points, prepare a [`Shape`].
pub fn locate(point: [f64; 2], area: &Geometry<f64>) -> Option<Location> {
    let area = Shape::new(area)?;
    point.iter().all(|value| value.is_finite()).then(|| area.locate(point))
}

/// The length of a line inside a geometry's area, stretches along its boundary included, m; `None` when one has no
/// place. [`Shape::length_in`] tells the two apart.
pub fn length_in_m(line: &Geometry<f64>, area: &Geometry<f64>) -> Option<f64> {
    Some(Shape::new(line)?.length_in(&Shape::new(area)?).length_m())
}
