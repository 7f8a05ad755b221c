//! The world grid: 2³² units a side, of which every zoom's grid (4096 units a tile) is a coarser one.
//!
//! A zoom's grid point stands for its *pixel*, the half-open square of world units that are nearest to it (halves go
//! up): `[k·u − u/2, k·u + u/2)` with u = 2^(20 − zoom) world units. Everything that is decided about lines is decided
//! on the world grid in integers, so every answer is exact and no tile, thread or direction of travel changes it.

use crate::matrix::{MAX_ZOOM, World};

/// A point of the world grid, x from the west, y from the north.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct GridPoint {
    pub(crate) x: u32,
    pub(crate) y: u32,
}

impl GridPoint {
    /// The grid point nearest to a place in the plane; `None` when a coordinate is not finite.
    pub(crate) fn new([x, y]: [f64; 2], world: &World) -> Option<Self> {
        let units = 4_294_967_296.0 / world.side;
        // `as` saturates, which puts what lies past the edge of the world on the edge.
        let unit = |way: f64| (way * units).round() as u32;
        (x.is_finite() && y.is_finite()).then(|| Self { x: unit(x - world.west), y: unit(world.north - y) })
    }

    /// The nearest point of the grid of a zoom, in units of that zoom.
    pub(crate) fn snapped(self, z: u8) -> [i32; 2] {
        let shift = MAX_ZOOM.saturating_sub(z);
        let half = (1_i64 << shift) >> 1;
        let unit = |v: u32| ((i64::from(v) + half) >> shift) as i32;
        [unit(self.x), unit(self.y)]
    }

    /// The place on a Z-order curve: the bits of y and x in turn, so that a tile of any zoom is one range of it.
    pub(crate) fn z_order(self) -> u64 {
        spread(self.x) | spread(self.y) << 1
    }

    /// The place on Hilbert's curve, on which near places are near.
    pub(crate) fn hilbert(self) -> u64 {
        let (mut x, mut y, mut place) = (self.x, self.y, 0_u64);
        for bit in (0..32).rev() {
            let [right, below] = [x, y].map(|c| c >> bit & 1);
            place = place << 2 | u64::from((3 * right) ^ below);
            // Each quarter is the whole curve, turned so that its ends meet those of the quarters beside it.
            if below == 0 {
                if right == 1 {
                    (x, y) = (!x, !y);
                }
                (x, y) = (y, x);
            }
        }
        place
    }

    /// Both coordinates, wide enough to subtract.
    pub(crate) fn wide(self) -> [i64; 2] {
        [i64::from(self.x), i64::from(self.y)]
    }
}

/// Side of a block as a power of two, units of its zoom: 64 pixels.
pub(crate) const BLOCK_SHIFT: u32 = 9;

/// The block of a zoom in which a point lies. Blocks are squares, eight along a tile's side, four of which make one of
/// the zoom above. What is left out or merged at a zoom is decided within each by itself, so that an edit changes
/// nothing beyond the blocks that it touches.
pub(crate) fn block(point: GridPoint, z: u8) -> [u32; 2] {
    let shift = BLOCK_SHIFT + u32::from(MAX_ZOOM.saturating_sub(z));
    [point.x, point.y].map(|c| c.checked_shr(shift).unwrap_or(0))
}

/// The bits of a number, each followed by a zero (the usual doubling shifts).
fn spread(value: u32) -> u64 {
    let mut v = u64::from(value);
    for (shift, mask) in [
        (16, 0x0000_ffff_0000_ffff),
        (8, 0x00ff_00ff_00ff_00ff),
        (4, 0x0f0f_0f0f_0f0f_0f0f),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ] {
        v = (v | v << shift) & mask;
    }
    v
}

/// Twice the signed area of the triangle, exact: positive when `c` lies clockwise of the line from `a` to `b` as seen
/// on the map (y grows downwards).
pub(crate) fn cross(a: GridPoint, b: GridPoint, c: GridPoint) -> i128 {
    let (a, b, c) = (a.wide(), b.wide(), c.wide());
    let d = |p: [i64; 2], k: usize| i128::from(p[k] - a[k]);
    d(b, 0) * d(c, 1) - d(b, 1) * d(c, 0)
}

/// Twice the signed area that a closed run of points bounds; the last point is joined to the first.
pub(crate) fn doubled_area(ring: &[GridPoint]) -> i128 {
    let Some(&origin) = ring.first() else { return 0 };
    ring.windows(2).map(|pair| cross(origin, pair[0], pair[1])).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_is_one_range_of_the_curve() {
        // Tile 3/5/2 holds x in [5·2²⁹, 6·2²⁹) and y in [2·2²⁹, 3·2²⁹).
        let low = GridPoint { x: 5 << 29, y: 2 << 29 }.z_order();
        let high = GridPoint { x: (6 << 29) - 1, y: (3 << 29) - 1 }.z_order();
        assert_eq!(high - low, (1 << 58) - 1);
        assert_eq!(low % (1 << 58), 0);
        assert_eq!(GridPoint { x: u32::MAX, y: 0 }.z_order(), 0x5555_5555_5555_5555);
    }

    #[test]
    fn hilberts_curve_goes_from_neighbour_to_neighbour() {
        // The first eight by eight places lie one after the other, and each beside the one before it.
        let mut places: Vec<(u64, GridPoint)> =
            (0..64).map(|k| GridPoint { x: k % 8, y: k / 8 }).map(|point| (point.hilbert(), point)).collect();
        places.sort_unstable();
        assert_eq!((places[0].0, places[63].0 - places[0].0), (0, 63));
        assert!(places.windows(2).all(|p| p[0].1.x.abs_diff(p[1].1.x) + p[0].1.y.abs_diff(p[1].1.y) == 1));
    }

    #[test]
    fn halves_go_up() {
        // At zoom 14 a unit is 64 world units.
        let at = |x| GridPoint { x, y: 0 }.snapped(14)[0];
        assert_eq!([at(31), at(32), at(95), at(96), at(u32::MAX)], [0, 1, 1, 2, 1 << 26]);
    }
}
