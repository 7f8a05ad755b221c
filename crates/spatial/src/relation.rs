//! How two geometries of any type lie to each other, in the plane of their coordinates: the relations of OGC Simple
//! Features, as the DE-9IM defines them.

use std::sync::OnceLock;

use geo::{BoundingRect, Intersects, MapCoords, Relate};
use geo_types::{Coord, Geometry, MultiPolygon, Rect};

use crate::Envelope;
use crate::repair::{Method, repair};
use crate::validity::validate;

/// Degrees are enlarged by this for repairs, which work on a grid of metres: about as many metres as a degree has, and
/// a power of two, so that no digit is lost.
const DEGREE_SCALE: f64 = 131_072.0;
/// Coordinates up to this are taken for degrees.
const LARGEST_DEGREES: f64 = 720.0;

/// A relation of two geometries (OGC Simple Features, 6.1.15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// They have a point in common.
    Intersects,
    /// They have none.
    Disjoint,
    /// They are the same set of points.
    Equals,
    /// They have points in common, but no inner ones.
    Touches,
    /// The first lies in the second, and not only on its border.
    Within,
    /// The second lies in the first, and not only on its border.
    Contains,
    /// Of the same dimension, each has a part that the other has not, and they share one of that dimension.
    Overlaps,
    /// They share inner points of a lower dimension than one of them has.
    Crosses,
}

/// A geometry that others can be related to.
#[derive(Clone, Debug)]
pub struct Related {
    geometry: Geometry<f64>,
    envelope: Envelope,
    /// The geometry with invalid polygons repaired; made when a relation needs it.
    mended: OnceLock<Geometry<f64>>,
}

impl Related {
    /// `None` for a geometry without points, which lies nowhere.
    pub fn new(geometry: Geometry<f64>) -> Option<Self> {
        let rect = geometry.bounding_rect()?;
        let envelope = Envelope { min: [rect.min().x, rect.min().y], max: [rect.max().x, rect.max().y] };
        Some(Self { geometry, envelope, mended: OnceLock::new() })
    }

    /// The box around it.
    pub fn envelope(&self) -> Envelope {
        self.envelope
    }

    /// Whether it lies so to the other. An invalid polygon is taken as what [`repair`] makes of it, except for
    /// intersecting, which is decided on what is drawn.
    pub fn holds(&self, predicate: Predicate, other: &Self) -> bool {
        if !self.envelope.intersects(&other.envelope) {
            return predicate == Predicate::Disjoint;
        }
        let intersects = || self.geometry.intersects(&other.geometry);
        match predicate {
            Predicate::Intersects => return intersects(),
            Predicate::Disjoint => return !intersects(),
            Predicate::Equals | Predicate::Within if !self.lies_in_box_of(other) => return false,
            Predicate::Contains if !other.lies_in_box_of(self) => return false,
            // All other relations need a point in common, which is quicker to know.
            _ if !intersects() => return false,
            _ => {}
        }
        let relation = self.mended().relate(other.mended());
        match predicate {
            Predicate::Equals => relation.is_equal_topo(),
            Predicate::Touches => relation.is_touches(),
            Predicate::Within => relation.is_within(),
            Predicate::Contains => relation.is_contains(),
            Predicate::Overlaps => relation.is_overlaps(),
            Predicate::Crosses => relation.is_crosses(),
            Predicate::Intersects | Predicate::Disjoint => relation.is_intersects(),
        }
    }

    fn lies_in_box_of(&self, other: &Self) -> bool {
        other.envelope.contains(self.envelope.min) && other.envelope.contains(self.envelope.max)
    }

    fn mended(&self) -> &Geometry<f64> {
        self.mended.get_or_init(|| mended(&self.geometry))
    }
}

fn mended(geometry: &Geometry<f64>) -> Geometry<f64> {
    let polygons = match geometry {
        Geometry::Polygon(polygon) => MultiPolygon(vec![polygon.clone()]),
        Geometry::MultiPolygon(polygons) => polygons.clone(),
        Geometry::GeometryCollection(all) => {
            return Geometry::GeometryCollection(all.iter().map(mended).collect());
        }
        _ => return geometry.clone(),
    };
    if !validate(geometry).iter().any(|problem| problem.kind.is_invalid()) {
        return geometry.clone();
    }
    let by = |factor: f64| move |Coord { x, y }: Coord<f64>| Coord { x: x * factor, y: y * factor };
    let in_degrees = polygons.bounding_rect().is_some_and(|rect| {
        [rect.min().x, rect.min().y, rect.max().x, rect.max().y].iter().all(|v| v.abs() <= LARGEST_DEGREES)
    });
    let scale = if in_degrees { DEGREE_SCALE } else { 1.0 };
    let repaired = repair(&polygons.map_coords(by(scale)), Method::default()).polygons;
    Geometry::MultiPolygon(repaired.map_coords(by(1.0 / scale)))
}

/// Whether a geometry has at least a point in common with a box, borders included. Decided exactly on the
/// coordinates as they are; the geometry may be invalid.
pub fn meets_box(geometry: &Geometry<f64>, envelope: &Envelope) -> bool {
    let corner = |[x, y]: [f64; 2]| Coord { x, y };
    geometry.intersects(&Rect::new(corner(envelope.min), corner(envelope.max)))
}
