//! The global grid: every working CRS has the same one, 2⁻²⁰ m from step to step, so that layers prepared apart
//! meet on the same coordinates and shared borders stay shared.

use geo_types::{MultiPolygon, Polygon};
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::IntContour;

use super::{FillRule, Point, twice_signed_area};

/// Grid steps in a metre.
const STEPS_PER_M: f64 = 1_048_576.0;

/// The grid step, m (about a micrometre). A power of two: snapped coordinates are exact in `f64`.
pub const GRID_STEP_M: f64 = 1.0 / STEPS_PER_M;

/// Coordinates beyond this, m, are on no map and are not snapped (2³⁰; the Earth is 4·10⁷ around).
pub const COORDINATE_LIMIT_M: f64 = 1_073_741_824.0;

/// The grid point nearest to a place, of two the even one; `None` when it is not finite or beyond
/// [`COORDINATE_LIMIT_M`].
#[inline]
pub(crate) fn snap([x, y]: [f64; 2]) -> Option<Point> {
    // NaN fails both comparisons.
    (x.abs() <= COORDINATE_LIMIT_M && y.abs() <= COORDINATE_LIMIT_M)
        .then(|| Point::new(nearest_step(x), nearest_step(y)))
}

/// The number of the nearest step. At 1.5·2⁵² the numbers of `f64` are the whole ones, so that adding it rounds
/// a product of at most 2⁵⁰, and the bits above it are the whole number; faster than `round`, and with the same
/// answer except half-way.
fn nearest_step(metres: f64) -> i64 {
    const WHOLE: f64 = 6_755_399_441_055_744.0;
    (metres * STEPS_PER_M + WHOLE).to_bits().wrapping_sub(WHOLE.to_bits()).cast_signed()
}

/// A grid point in metres.
pub(crate) fn metres(point: IntPoint<i64>) -> [f64; 2] {
    [point.x as f64 * GRID_STEP_M, point.y as f64 * GRID_STEP_M]
}

/// The rings of polygons on the grid, oriented as `fill` needs them; rings that cannot be snapped are left out.
pub(super) fn contours(polygons: &MultiPolygon<f64>, fill: FillRule) -> Vec<IntContour<i64>> {
    polygons.iter().flat_map(|polygon| polygon_contours(polygon, fill)).collect()
}

fn polygon_contours(polygon: &Polygon<f64>, fill: FillRule) -> impl Iterator<Item = IntContour<i64>> {
    let rings = std::iter::once((polygon.exterior(), true))
        .chain(polygon.interiors().iter().map(|ring| (ring, false)));
    rings.filter_map(move |(ring, is_shell)| {
        let mut contour = snap_ring(ring.coords().map(|c| [c.x, c.y]))?;
        if fill == FillRule::NonZero && (twice_signed_area(&contour) > 0) != is_shell {
            contour.reverse();
        }
        Some(contour)
    })
}

/// A ring on the grid without its closing vertex; `None` when a vertex cannot be snapped or none is there.
pub(crate) fn snap_ring(ring: impl Iterator<Item = [f64; 2]>) -> Option<IntContour<i64>> {
    let mut contour = ring.map(snap).collect::<Option<IntContour<i64>>>()?;
    contour.dedup();
    if contour.len() > 1 && contour.first() == contour.last() {
        contour.pop();
    }
    (contour.len() > 2).then_some(contour)
}
