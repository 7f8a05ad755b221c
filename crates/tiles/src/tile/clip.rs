//! Cutting what reaches beyond a tile, without moving anything that can be seen.
//!
//! *Rings.* Of a ring the vertices stay whose edges meet the box (the tile and its buffer). The way between two of them
//! leads round outside, and there a fixed corner stands for each quarter that it passes: whatever the ring does out
//! there, the tile is the same. Nothing changes inside, no point inside is made up, and neighbours keep identical
//! vertices on the border they share. A ring begins at its least vertex that stays, so that neither where it begins
//! elsewhere nor what else its feature has makes another tile of it.
//!
//! *Far vertices.* Coordinates must fit 16 bits for renderers that double them. A vertex beyond a tile's width or so
//! around the tile is pulled to that far box, each coordinate for itself. It stays in its outer half-planes, and its
//! edges cannot come inside: edges are never longer than [`MAX_EDGE_UNITS`] (longer ones are split before rounding), so
//! an edge that meets the box has both ends well within the far box.
//!
//! *Areas.* Ways outside can lie over each other, and then a ring's area, which tells shells from holes, could
//! have the wrong sign. Such a ring is cut against the far box instead (`far`), from all its vertices. A ring that no
//! edge of which meets the box either surrounds it, and is then the box, or has no part in it. Where a hole of such a shell
//! reaches out of the box, the shell is a box beyond the far one.
//!
//! *Borders.* Ways outside can cross each other, edges that reach out, or the ways of the polygon's other rings (`simple`).
//! All rings of such a feature are cut against the far box too.

use super::far;
use crate::matrix::EXTENT;

/// A point in the grid units of a tile.
pub(crate) type TilePoint = [i64; 2];

/// No edge of a level is longer than this along either axis, in its units.
pub(crate) const MAX_EDGE_UNITS: i64 = 3072;
/// The widest buffer: edges that meet the box stay within the far box.
pub(crate) const MAX_BUFFER_UNITS: i64 = 1022;
/// The far box.
pub(super) const FAR: [i64; 2] = [-4095, 8190];
/// A box around it, for shells that surround the far box with all that their holes do in it.
pub(super) const BEYOND: [i64; 2] = [-4096, 8191];

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

    /// Whether a point lies in the box, and not on its border.
    pub(super) fn is_inside(&self, point: TilePoint) -> bool {
        let [min, max] = self.limits;
        point.iter().all(|&c| min < c && c < max)
    }

    /// The outer half-planes that all of a level's box lies in.
    pub(crate) fn box_outside(&self, bounds: [i32; 4]) -> u8 {
        self.outside(self.local([bounds[0], bounds[1]])) & self.outside(self.local([bounds[2], bounds[3]]))
    }

    /// Whether all of a level's box lies in the box and so many units around it.
    pub(crate) fn holds(&self, bounds: [i32; 4], reach_units: i64) -> bool {
        let [min, max] = [self.limits[0] - reach_units, self.limits[1] + reach_units];
        let corners = [[bounds[0], bounds[1]], [bounds[2], bounds[3]]];
        corners.iter().flat_map(|&corner| self.local(corner)).all(|c| min <= c && c <= max)
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

/// Room for one ring, used again.
#[derive(Debug, Default)]
pub(crate) struct Corners {
    /// Each vertex with the outer half-planes it lies in, and whether the edge to the next one meets the box.
    vertices: Vec<(TilePoint, u8, bool)>,
}

/// Cuts a ring.
pub(crate) fn ring(
    ring: &[[i32; 2]],
    is_hole: bool,
    frame: &Frame,
    room: &mut Corners,
    into: &mut Vec<TilePoint>,
) -> Cut {
    into.clear();
    let Some(start) = room.begin(ring, frame) else {
        let middle = [EXTENT / 2; 2];
        return if surrounds(&room.vertices, middle) { Cut::Everything } else { Cut::Nothing };
    };
    room.walk(start, frame, into);
    if frame.shift > 0 && into.iter().flatten().any(|c| !(FAR[0]..=FAR[1]).contains(c)) {
        return Cut::Far;
    }
    for point in into.iter_mut() {
        *point = point.map(|c| c.clamp(FAR[0], FAR[1]));
    }
    far::tidy(into);
    if far::is_right(into, is_hole) { Cut::Ring } else { Cut::Far }
}

impl Corners {
    /// Looks at every vertex; where the cut ring begins, if any edge meets the box.
    fn begin(&mut self, ring: &[[i32; 2]], frame: &Frame) -> Option<usize> {
        self.vertices.clear();
        self.vertices.extend(ring.iter().map(|&point| {
            let point = frame.local(point);
            (point, frame.outside(point), false)
        }));
        let n = self.vertices.len();
        let mut least: Option<usize> = None;
        let mut met = n > 0 && self.meets(n - 1, 0, frame);
        for i in 0..n {
            let meets = if i + 1 < n { self.meets(i, i + 1, frame) } else { self.meets(i, 0, frame) };
            self.vertices[i].2 = meets;
            if (met || meets) && least.is_none_or(|least| self.vertices[i].0 < self.vertices[least].0) {
                least = Some(i);
            }
            met = meets;
        }
        least
    }

    fn meets(&self, i: usize, k: usize, frame: &Frame) -> bool {
        let ((a, a_outside, _), (b, b_outside, _)) = (self.vertices[i], self.vertices[k]);
        a_outside & b_outside == 0 && (a_outside == 0 || b_outside == 0 || crosses(a, b, frame))
    }

    /// The vertices that stay, from `start` on, with the corners between them.
    fn walk(&self, start: usize, frame: &Frame, into: &mut Vec<TilePoint>) {
        let n = self.vertices.len();
        let mut at = start;
        into.push(self.vertices[start].0);
        loop {
            if self.vertices[at].2 {
                at = (at + 1) % n;
            } else {
                // Outside, up to the next vertex that stays.
                let from = self.vertices[at].1;
                let mut turn = 0;
                loop {
                    let next = (at + 1) % n;
                    turn += eighths(self.vertices[at], self.vertices[next], frame);
                    at = next;
                    if self.vertices[at].2 || at == start {
                        break;
                    }
                }
                corners(from, turn, into);
            }
            if at == start {
                return;
            }
            into.push(self.vertices[at].0);
        }
    }
}

/// Where round the box what lies outside is, in eighths of a turn, clockwise from the right.
fn eighth(outside: u8) -> i32 {
    match outside {
        10 => 1,
        8 => 2,
        9 => 3,
        1 => 4,
        5 => 5,
        4 => 6,
        6 => 7,
        _ => 0,
    }
}

/// How far round the box an edge goes that does not meet it: less than half a turn, or half a turn on the side on which
/// the box is not.
fn eighths((a, from, _): (TilePoint, u8, bool), (b, to, _): (TilePoint, u8, bool), frame: &Frame) -> i32 {
    let turn = (eighth(to) - eighth(from)).rem_euclid(8);
    let is_clockwise = || {
        let [min, max] = frame.limits;
        let d = |p: TilePoint, k: usize| i128::from(p[k] - a[k]);
        let middle = [(min + max) / 2; 2];
        d(b, 0) * d(middle, 1) - d(b, 1) * d(middle, 0) > 0
    };
    if turn < 4 || (turn == 4 && is_clockwise()) { turn } else { turn - 8 }
}

/// The corners between the ends of a way that begins outside in `from` and goes so far round.
fn corners(from: u8, turn: i32, into: &mut Vec<TilePoint>) {
    let step = turn.signum();
    for passed in 1..turn.abs() {
        let [min, max] = FAR;
        match (eighth(from) + step * passed).rem_euclid(8) {
            1 => into.push([max, max]),
            3 => into.push([min, max]),
            5 => into.push([min, min]),
            7 => into.push([max, min]),
            _ => {}
        }
    }
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
fn surrounds(ring: &[(TilePoint, u8, bool)], point: TilePoint) -> bool {
    let mut inside = false;
    for (i, &(b, ..)) in ring.iter().enumerate() {
        let a = ring[(i + ring.len() - 1) % ring.len()].0;
        let d = |p: TilePoint, k: usize| i128::from(p[k] - point[k]);
        if (a[1] <= point[1]) != (b[1] <= point[1]) {
            let side = d(a, 0) * d(b, 1) - d(a, 1) * d(b, 0);
            inside ^= (side > 0) == (b[1] > a[1]);
        }
    }
    inside
}

/// The pieces of a line whose segments meet the box, each with at least two points.
pub(crate) fn line(line: &[[i32; 2]], frame: &Frame, pieces: &mut Vec<Vec<TilePoint>>) {
    let mut goes_on = false;
    for pair in line.windows(2) {
        let [a, b] = [frame.local(pair[0]), frame.local(pair[1])];
        let [a_outside, b_outside] = [a, b].map(|point| frame.outside(point));
        let is_outside = a_outside != 0 && b_outside != 0;
        if a_outside & b_outside != 0 || (is_outside && !crosses(a, b, frame)) {
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
