//! A region: a polygon set on the global 2⁻²⁰ m grid of a working CRS.

use crate::Envelope;

/// How a polygon that overlaps itself is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillRule {
    /// Inside where a ray crosses an odd number of edges.
    EvenOdd,
    /// Inside where the winding number is not zero.
    NonZero,
}

/// A valid, oriented polygon set whose vertices lie on the global 2⁻²⁰ m grid of its working CRS. Every overlay
/// takes and gives regions, so results are exact on the grid, deterministic and independent of order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Region {}

impl Region {
    /// No area at all.
    pub fn is_empty(&self) -> bool {
        true
    }
    /// Planar area, m².
    pub fn area_m2(&self) -> f64 {
        0.0
    }
    /// Length of all rings, m.
    pub fn perimeter_m(&self) -> f64 {
        0.0
    }
    /// Mean width 2A/P, m (0 when empty).
    pub fn mean_width_m(&self) -> f64 {
        0.0
    }
    /// Box around it in metres; `None` when empty.
    pub fn envelope(&self) -> Option<Envelope> {
        None
    }
    /// The connected parts, ordered by their lower left corners.
    pub fn parts(&self) -> Vec<Region> {
        Vec::new()
    }
    /// The same as polygons in metres, shells counter-clockwise, holes clockwise.
    pub fn to_multi_polygon(&self) -> geo_types::MultiPolygon<f64> {
        geo_types::MultiPolygon(Vec::new())
    }
    /// A point inside, for labels and zooming: well inside the largest part, metres.
    pub fn inner_point(&self) -> Option<[f64; 2]> {
        None
    }
    /// Geodesic area on the ellipsoid, m²; `working` is the CRS of the grid.
    pub fn area_geodesic_m2(&self, _working: &crate::Crs) -> f64 {
        0.0
    }
    /// Snaps polygons (metres) to the grid; `fill` says how self-overlapping input is filled.
    pub fn from_multi_polygon(_polygons: &geo_types::MultiPolygon<f64>, _fill: FillRule) -> Region {
        Region {}
    }
    /// Intersection.
    pub fn intersection(&self, _other: &Region) -> Region {
        Region {}
    }
    /// Difference, `self` without `other`.
    pub fn difference(&self, _other: &Region) -> Region {
        Region {}
    }
    /// Union of any number of regions.
    pub fn union<'a>(_regions: impl IntoIterator<Item = &'a Region>) -> Region {
        Region {}
    }
    /// What the regions cover more than once, as (area counted once per extra cover in m², shape).
    /// Measured on its own (winding number above one), never by subtraction.
    pub fn covered_more_than_once<'a>(_regions: impl IntoIterator<Item = &'a Region>) -> (f64, Region) {
        (0.0, Region {})
    }
}
