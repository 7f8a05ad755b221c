//! The world grid: 2³² units a side, of which every zoom's grid (4096 units a tile) is a coarser one, so that
//! snapping to a zoom is a shift and gives every tile and every neighbour the same answer.

use crate::matrix::{MAX_ZOOM, WORLD_HALF_M};

/// A point of the world grid, x from the west, y from the north.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct GridPoint {
    pub(crate) x: u32,
    pub(crate) y: u32,
}

impl GridPoint {
    /// The grid point nearest to Web Mercator metres; `None` when a coordinate is not finite.
    pub(crate) fn new([x, y]: [f64; 2]) -> Option<Self> {
        let units = 4_294_967_296.0 / (2.0 * WORLD_HALF_M);
        // `as` saturates, which puts what lies past the edge of the world on the edge.
        let unit = |metres: f64| (metres * units).round() as u32;
        (x.is_finite() && y.is_finite())
            .then(|| Self { x: unit(x + WORLD_HALF_M), y: unit(WORLD_HALF_M - y) })
    }

    /// The nearest point of the grid of a zoom, in units of that zoom.
    pub(crate) fn snapped(self, z: u8) -> [i64; 2] {
        let shift = MAX_ZOOM.saturating_sub(z);
        let half = (1_i64 << shift) >> 1;
        [(i64::from(self.x) + half) >> shift, (i64::from(self.y) + half) >> shift]
    }
}

/// Twice the area of the triangle, exact.
pub(crate) fn doubled_area(a: GridPoint, b: GridPoint, c: GridPoint) -> u128 {
    let d = |p: u32, q: u32| i128::from(q) - i128::from(p);
    (d(a.x, b.x) * d(a.y, c.y) - d(a.x, c.x) * d(a.y, b.y)).unsigned_abs()
}
