//! Clipping in the grid units of one tile, whose corner is the origin.
//!
//! A ring is thinned outside the tile's box rather than cut at its edge: no vertex is made up, nothing inside the
//! box changes, neighbours keep equal vertices, and no false border appears near the tile, where outlines with an
//! inset band would show it. Only what strays far from the tile is cut, so that coordinates stay small.

use crate::matrix::EXTENT;

/// A point in the grid units of a tile.
pub(crate) type TilePoint = [i64; 2];

/// How far from the tile coordinates may lie; renderers keep tile coordinates in 16 bits.
const FAR: i64 = EXTENT / 2;

/// A square box around the tile.
#[derive(Clone, Copy)]
struct Square {
    min: i64,
    max: i64,
}

impl Square {
    fn around(buffer: i64) -> Self {
        Self { min: -buffer, max: EXTENT + buffer }
    }

    /// The outer half-planes a point lies in, one bit each: left, right, above, below.
    fn outside(self, [x, y]: TilePoint) -> u8 {
        u8::from(x < self.min)
            | u8::from(x > self.max) << 1
            | u8::from(y < self.min) << 2
            | u8::from(y > self.max) << 3
    }
}

/// The ring as the tile needs it, at most [`FAR`] beyond it; fewer than three points when the tile needs none.
pub(crate) fn ring(ring: &[TilePoint], buffer: i64) -> Vec<TilePoint> {
    let thinned = thin(ring, Square::around(buffer));
    let far = Square::around(FAR);
    if thinned.iter().all(|&point| far.outside(point) == 0) { thinned } else { cut(thinned, far) }
}

/// Leaves out a vertex when it, the one kept before it and the one after it lie in one outer half-plane.
fn thin(ring: &[TilePoint], square: Square) -> Vec<TilePoint> {
    let Some(&first) = ring.first() else { return Vec::new() };
    let mut kept = vec![first];
    let mut last = square.outside(first);
    for (i, &point) in ring.iter().enumerate().skip(1) {
        let here = square.outside(point);
        let next = square.outside(ring[(i + 1) % ring.len()]);
        if last & here & next == 0 {
            kept.push(point);
            last = here;
        }
    }
    kept
}

/// Sutherland–Hodgman against the four sides.
fn cut(mut ring: Vec<TilePoint>, square: Square) -> Vec<TilePoint> {
    for (axis, limit, sign) in
        [(0, square.min, 1), (0, square.max, -1), (1, square.min, 1), (1, square.max, -1)]
    {
        let inside = |p: TilePoint| sign * (p[axis] - limit) >= 0;
        let mut out = Vec::with_capacity(ring.len() + 4);
        for (i, &end) in ring.iter().enumerate() {
            let start = ring[(i + ring.len() - 1) % ring.len()];
            if inside(start) != inside(end) {
                out.push(crossing(start, end, axis, limit));
            }
            if inside(end) {
                out.push(end);
            }
        }
        out.dedup();
        ring = out;
    }
    ring
}

/// Where a segment crosses the line `axis = limit`, rounded to the grid. Computed from the lesser end, so that
/// both neighbours get the same point.
fn crossing(a: TilePoint, b: TilePoint, axis: usize, limit: i64) -> TilePoint {
    let (a, b) = (a.min(b), a.max(b));
    let across = 1 - axis;
    let share = (limit - a[axis]) as f64 / (b[axis] - a[axis]) as f64;
    let mut point = [limit; 2];
    point[across] = a[across] + ((b[across] - a[across]) as f64 * share).round() as i64;
    point
}

/// The pieces of a line inside the box widened by `buffer`, each with at least two points.
pub(crate) fn line(line: &[TilePoint], buffer: i64) -> Vec<Vec<TilePoint>> {
    let square = Square::around(buffer);
    let mut pieces: Vec<Vec<TilePoint>> = Vec::new();
    for pair in line.windows(2) {
        let Some([start, end]) = segment(pair[0], pair[1], square) else { continue };
        match pieces.last_mut() {
            Some(piece) if piece.last() == Some(&start) => piece.push(end),
            _ => pieces.push(vec![start, end]),
        }
    }
    pieces.iter_mut().for_each(Vec::dedup);
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// The part of a segment inside the box (Liang–Barsky by repeated crossing).
fn segment(mut a: TilePoint, mut b: TilePoint, square: Square) -> Option<[TilePoint; 2]> {
    for (axis, limit, sign) in
        [(0, square.min, 1), (0, square.max, -1), (1, square.min, 1), (1, square.max, -1)]
    {
        let inside = |p: TilePoint| sign * (p[axis] - limit) >= 0;
        match (inside(a), inside(b)) {
            (true, true) => {}
            (false, false) => return None,
            (true, false) => b = crossing(a, b, axis, limit),
            (false, true) => a = crossing(a, b, axis, limit),
        }
    }
    Some([a, b])
}

/// Whether a point lies in the tile proper: of all tiles of a zoom it is in exactly one.
pub(crate) fn holds(point: TilePoint) -> bool {
    point.iter().all(|c| (0..EXTENT).contains(c))
}

/// Whether a point lies in the tile's box widened by `buffer`.
pub(crate) fn near(point: TilePoint, buffer: i64) -> bool {
    Square::around(buffer).outside(point) == 0
}
