//! Cutting what reaches beyond a tile, without moving anything that can be seen.
//!
//! *Run clip.* A vertex is dropped when the last vertex kept, it and the next one share an outer half-plane of the box
//! (the tile and its buffer). The edge that replaces the two lies in that half-plane too, so nothing changes inside, no
//! point is made up, and neighbours keep identical vertices on the border they share. The first vertex always stays: it
//! is what the last ones are held against.
//!
//! *Far vertices.* Coordinates must fit 16 bits for renderers that double them. A vertex beyond a tile's width or so
//! around the tile is pulled to that far box, each coordinate for itself. It stays in its outer half-planes, and its
//! edges cannot come inside: edges are never longer than [`MAX_EDGE_UNITS`] (longer ones are split before rounding), so
//! an edge that meets the box has both ends well within the far box.
//!
//! *Rings.* Replaced edges can lie over each other outside, and then a ring's area, which tells shells from holes, could
//! have the wrong sign. Such a ring is cut against the far box instead (`far`), from all its vertices. A ring that no
//! edge of which meets the box either surrounds it, and is then the box, or has no part in it.

use super::far;
use crate::matrix::EXTENT;

/// A point in the grid units of a tile.
pub(crate) type TilePoint = [i64; 2];

/// No edge of a level is longer than this along either axis, in its units.
pub(crate) const MAX_EDGE_UNITS: i64 = 3072;
/// The widest buffer: edges that meet the box stay within the far box.
pub(crate) const MAX_BUFFER_UNITS: i64 = 1023;
/// The far box.
pub(super) const FAR: [i64; 2] = [-4096, 8191];

/// Where a tile lies on its level's grid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// The tile's corner in the level's units.
    pub(crate) origin: [i32; 2],
    /// How many times the level is enlarged, as a power of two: 0 unless the tile lies deeper than all levels.
    pub(crate) shift: u8,
    /// The box: least and greatest coordinate, tile units.
    pub(crate) limits: [i64; 2],
}

impl Frame {
    /// A level's point in tile units.
    pub(crate) fn local(&self, point: [i32; 2]) -> TilePoint {
        [0, 1].map(|k| (i64::from(point[k]) - i64::from(self.origin[k])) << self.shift)
    }

    /// The outer half-planes a point lies in, one bit each: left, right, above, below.
    pub(crate) fn outside(&self, [x, y]: TilePoint) -> u8 {
        let [min, max] = self.limits;
        u8::from(x < min) | u8::from(x > max) << 1 | u8::from(y < min) << 2 | u8::from(y > max) << 3
    }

    /// The outer half-planes that all of a level's box lies in.
    pub(crate) fn box_outside(&self, bounds: [i32; 4]) -> u8 {
        self.outside(self.local([bounds[0], bounds[1]])) & self.outside(self.local([bounds[2], bounds[3]]))
    }

    /// Whether all of a level's box lies in the box.
    pub(crate) fn holds(&self, bounds: [i32; 4]) -> bool {
        self.outside(self.local([bounds[0], bounds[1]])) | self.outside(self.local([bounds[2], bounds[3]]))
            == 0
    }
}

/// What the tile needs of a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Nothing: the ring has no part in the box.
    Nothing,
    /// All of the box lies in the ring.
    Everything,
    /// The ring left in `into`.
    Ring,
    /// Only the far cut of the whole ring will do.
    Far,
}

/// Run clip of a ring.
pub(crate) fn ring(ring: &[[i32; 2]], is_hole: bool, frame: &Frame, into: &mut Vec<TilePoint>) -> Cut {
    into.clear();
    let touches = run(ring, frame, into);
    if !touches {
        let middle = [EXTENT / 2; 2];
        return if surrounds(into, middle) { Cut::Everything } else { Cut::Nothing };
    }
    if frame.shift > 0 && into.iter().flatten().any(|c| !(FAR[0]..=FAR[1]).contains(c)) {
        return Cut::Far;
    }
    for point in into.iter_mut() {
        *point = point.map(|c| c.clamp(FAR[0], FAR[1]));
    }
    far::tidy(into);
    if far::is_right(into, is_hole) { Cut::Ring } else { Cut::Far }
}

/// Keeps what the run clip keeps; whether any edge meets the box.
fn run(ring: &[[i32; 2]], frame: &Frame, into: &mut Vec<TilePoint>) -> bool {
    let Some(&first) = ring.first() else { return false };
    let mut last = frame.local(first);
    let first_outside = frame.outside(last);
    let mut last_outside = first_outside;
    let mut touches = first_outside == 0;
    into.push(last);
    let mut here = ring.get(1).map(|&point| frame.local(point));
    for i in 1..ring.len() {
        let Some(point) = here else { break };
        let outside = frame.outside(point);
        here = ring.get(i + 1).map(|&next| frame.local(next));
        let next_outside = here.map_or(first_outside, |next| frame.outside(next));
        if last_outside & outside & next_outside == 0 {
            touches = touches || outside == 0 || (last_outside & outside == 0 && crosses(last, point, frame));
            into.push(point);
            (last, last_outside) = (point, outside);
        }
    }
    touches || (last_outside & first_outside == 0 && crosses(last, into[0], frame))
}

/// Whether a segment with both ends outside meets the box: unless all corners lie on one side of it.
fn crosses(a: TilePoint, b: TilePoint, frame: &Frame) -> bool {
    let [min, max] = frame.limits;
    let wide = |v: i64| i128::from(v);
    let side = |x: i64, y: i64| wide(b[0] - a[0]) * wide(y - a[1]) - wide(b[1] - a[1]) * wide(x - a[0]);
    let sides = [side(min, min), side(max, min), side(max, max), side(min, max)];
    !(sides.iter().all(|&s| s > 0) || sides.iter().all(|&s| s < 0))
}

/// Whether a ring that does not pass through a point goes round it.
fn surrounds(ring: &[TilePoint], point: TilePoint) -> bool {
    let mut inside = false;
    for (i, &b) in ring.iter().enumerate() {
        let a = ring[(i + ring.len() - 1) % ring.len()];
        let d = |p: TilePoint, k: usize| i128::from(p[k] - point[k]);
        if (a[1] <= point[1]) != (b[1] <= point[1]) {
            let side = d(a, 0) * d(b, 1) - d(a, 1) * d(b, 0);
            inside ^= (side > 0) == (b[1] > a[1]);
        }
    }
    inside
}

/// The pieces of a line whose segments do not all lie in one outer half-plane, each with at least two points.
pub(crate) fn line(line: &[[i32; 2]], frame: &Frame, pieces: &mut Vec<Vec<TilePoint>>) {
    let mut goes_on = false;
    for pair in line.windows(2) {
        let [a, b] = [frame.local(pair[0]), frame.local(pair[1])];
        if frame.outside(a) & frame.outside(b) != 0 {
            goes_on = false;
            continue;
        }
        let Some([start, end]) = far::segment(a, b) else { continue };
        match pieces.last_mut() {
            Some(piece) if goes_on && piece.last() == Some(&start) => piece.push(end),
            _ => pieces.push(vec![start, end]),
        }
        goes_on = true;
    }
}
