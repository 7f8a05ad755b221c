//! A region: a polygon set on the global 2⁻²⁰ m grid of a working CRS.

mod assembly;
mod boolean;
mod bounds;
mod cover;
mod ellipsoid;
pub(crate) mod general;
mod grid;
mod inner_point;
mod nest;
mod union;
mod winding;

use std::sync::Arc;

use geo_types::{LineString, MultiPolygon, Polygon};
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntContour, IntShape, IntShapes};

pub(crate) use assembly::{Assembly, is_straight, leftmost, turn_at};
pub(crate) use bounds::{Bounds, edges, side, winding};
pub use grid::{COORDINATE_LIMIT_M, GRID_STEP_M};
pub(crate) use grid::{metres, snap, snap_ring};
pub(crate) use winding::Uncovered;

use crate::{Crs, Envelope};

/// A point of the grid, in steps.
pub(crate) type Point = IntPoint<i64>;

/// A closed ring of grid points; the last is joined to the first.
pub(crate) type Contour = IntContour<i64>;

/// How a polygon that overlaps itself is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillRule {
    /// Inside where a ray crosses an odd number of edges; the direction of rings does not matter.
    EvenOdd,
    /// Inside where the winding number is not zero, shells turned counter-clockwise and holes clockwise first.
    NonZero,
}

/// A valid, oriented polygon set whose vertices lie on the global 2⁻²⁰ m grid of its working CRS. Every overlay
/// takes and gives regions, so results are exact on the grid, deterministic and independent of order.
///
/// Normal form, by which two regions of the same shape are equal: rings start at their leftmost (then lowest)
/// vertex, shells run counter-clockwise and holes clockwise, holes and parts are ordered by their first vertices,
/// and no vertex lies straight between its neighbours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Region {
    /// Shared: a region is copied in no time, and copies are told to be equal in no time.
    shapes: Arc<IntShapes<i64>>,
    /// Box around the shapes, kept because every overlay asks for it.
    bounds: Option<Bounds>,
}

impl Region {
    /// No area at all.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// Planar area, m²: exact on the grid, rounded once to `f64`.
    pub fn area_m2(&self) -> f64 {
        self.twice_area_cells() as f64 * HALF_SQUARE_STEP_M2
    }

    /// Twice the area in grid cells, for sums that must not round.
    pub(crate) fn twice_area_cells(&self) -> i128 {
        self.shapes.iter().map(|shape| twice_area(shape)).sum()
    }

    /// Length of all rings, m.
    pub fn perimeter_m(&self) -> f64 {
        self.contours().map(ring_length).sum::<f64>() * GRID_STEP_M
    }

    /// Mean width 2A/P, m (0 when empty).
    pub fn mean_width_m(&self) -> f64 {
        let perimeter_m = self.perimeter_m();
        if perimeter_m > 0.0 { 2.0 * self.area_m2() / perimeter_m } else { 0.0 }
    }

    /// Box around it in metres; `None` when empty.
    pub fn envelope(&self) -> Option<Envelope> {
        self.bounds.map(|b| Envelope { min: metres(b.low), max: metres(b.high) })
    }

    /// The connected parts, ordered by their leftmost (then lowest) vertices. Parts that touch in a point are
    /// two parts.
    pub fn parts(&self) -> Vec<Self> {
        self.shapes.iter().map(|shape| Self::of_normal_shapes(vec![shape.clone()])).collect()
    }

    /// How many vertices all rings have, closing ones not counted.
    pub fn vertex_count(&self) -> usize {
        self.contours().map(Vec::len).sum()
    }

    /// The same as polygons in metres, shells counter-clockwise, holes clockwise.
    pub fn to_multi_polygon(&self) -> MultiPolygon<f64> {
        let ring = |contour: &IntContour<i64>| {
            let closed = contour.iter().chain(contour.first());
            LineString::from_iter(closed.map(|&point| metres(point)))
        };
        let polygon = |shape: &IntShape<i64>| {
            let mut rings = shape.iter().map(ring);
            rings.next().map(|shell| Polygon::new(shell, rings.collect()))
        };
        MultiPolygon(self.shapes.iter().filter_map(polygon).collect())
    }

    /// A point inside, for labels and zooming: strictly inside the largest part and well away from its border,
    /// metres; `None` when empty.
    pub fn inner_point(&self) -> Option<[f64; 2]> {
        let largest = self.shapes.iter().max_by_key(|shape| twice_area(shape))?;
        inner_point::inner_point(largest)
    }

    /// Area on the WGS 84 ellipsoid, m², of exactly what the region's straight planar edges enclose; `working` is
    /// the CRS of the grid. NaN when `working` is geographic or cannot be computed with.
    ///
    /// WGS 84 rather than the datum of `working`, so that anybody can confirm it from the coordinates that are
    /// exported: VN-2000's ellipsoid lies some 35 m off, and hectares on it are 1e-5 smaller in the north.
    /// Additive: the areas of the parts of a dissection add up to the whole. The area of the *geodesic* polygon
    /// through the same vertices differs by the strips between straight and geodesic edges, about 2e-9 of the
    /// area for edges of 1 km, 1e-6 for edges of 20 km at 150 km from the central meridian.
    pub fn area_geodesic_m2(&self, working: &Crs) -> f64 {
        ellipsoid::area_m2(self.contours(), working)
    }

    /// Takes shapes that are in normal form already.
    fn of_normal_shapes(shapes: IntShapes<i64>) -> Self {
        let bounds = Bounds::of(shapes.iter().filter_map(|shape| shape.first()).flatten());
        Self { shapes: Arc::new(shapes), bounds }
    }

    /// All rings, shells counter-clockwise and holes clockwise, without closing vertices.
    pub(crate) fn contours(&self) -> impl Iterator<Item = &IntContour<i64>> {
        self.shapes.iter().flatten()
    }
}

/// Half a grid cell, m²: areas are summed as twice the area in cells.
pub(crate) const HALF_SQUARE_STEP_M2: f64 = GRID_STEP_M * GRID_STEP_M / 2.0;

/// Twice the area in grid cells; positive for a normal shape, as its holes run clockwise.
fn twice_area(shape: &[IntContour<i64>]) -> i128 {
    shape.iter().map(twice_signed_area).sum()
}

/// Twice the signed area of a ring in grid cells, counter-clockwise positive. Coordinates are taken from the
/// first vertex, so that products of large maps stay far inside `i128`.
pub(crate) fn twice_signed_area(contour: &IntContour<i64>) -> i128 {
    let Some(&origin) = contour.first() else { return 0 };
    let moved = |i: usize| (i128::from(contour[i].x - origin.x), i128::from(contour[i].y - origin.y));
    (1..contour.len().saturating_sub(1))
        .map(|i| {
            let ((x0, y0), (x1, y1)) = (moved(i), moved(i + 1));
            x0 * y1 - x1 * y0
        })
        .sum()
}

/// Length of a closed ring in grid steps.
fn ring_length(contour: &IntContour<i64>) -> f64 {
    edges(contour).map(|(a, b)| ((b.x - a.x) as f64).hypot((b.y - a.y) as f64)).sum()
}
