//! Clipping in the grid units of one tile, whose corner is the origin.
//!
//! What lies inside the widened box stays as it is. A polygon that reaches beyond it, or that has holes (which
//! generalisation may have pushed against their shell), is cut by the exact overlay, so that every tile holds valid
//! polygons: renderers triangulate them, and a ring that crosses itself anywhere may be filled wrongly in view.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::IntContour;

use crate::matrix::EXTENT;

/// A point in the grid units of a tile.
pub(crate) type TilePoint = [i64; 2];

/// A ring without its closing point, and whether it is a shell.
pub(crate) type Ring = (Vec<TilePoint>, bool);

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

    fn contour(self) -> IntContour<i64> {
        let (min, max) = (self.min, self.max);
        [[min, min], [max, min], [max, max], [min, max]].map(|[x, y]| IntPoint::new(x, y)).to_vec()
    }
}

/// The rings that the tile needs of a polygon, each shell followed by its holes; none when it needs nothing.
pub(crate) fn polygon(shell: Vec<TilePoint>, holes: &[Vec<TilePoint>], buffer: i64) -> Vec<Ring> {
    let square = Square::around(buffer);
    let outside = || shell.iter().map(|&point| square.outside(point));
    if outside().fold(u8::MAX, |common, sides| common & sides) != 0 {
        return Vec::new();
    }
    let inside = outside().all(|sides| sides == 0);
    if inside && holes.is_empty() {
        return vec![(shell, true)];
    }
    let rings: Vec<IntContour<i64>> =
        std::iter::once(&shell).chain(holes).map(|ring| contour(ring)).collect();
    // Even-odd on both sides: a box is its own interior under any rule.
    let mut overlay =
        Overlay::<i64>::from_subj_and_clip_custom(&rings, &square.contour(), options(), Default::default());
    overlay
        .overlay(OverlayRule::Intersect, FillRule::EvenOdd)
        .into_iter()
        .flat_map(|shape| shape.into_iter().enumerate().map(|(i, contour)| (points(&contour), i == 0)))
        .collect()
}

/// Vertices on a straight line are kept: they are where a neighbour's border ends.
fn options() -> IntOverlayOptions<u128> {
    IntOverlayOptions { ogc: true, ..IntOverlayOptions::keep_all_points() }
}

fn contour(ring: &[TilePoint]) -> IntContour<i64> {
    ring.iter().map(|&[x, y]| IntPoint::new(x, y)).collect()
}

fn points(contour: &IntContour<i64>) -> Vec<TilePoint> {
    contour.iter().map(|point| [point.x, point.y]).collect()
}

/// Twice the signed area; 0 for fewer than three points.
pub(crate) fn doubled_area(ring: &[TilePoint]) -> i128 {
    let cross = |a: TilePoint, b: TilePoint| {
        i128::from(a[0]) * i128::from(b[1]) - i128::from(b[0]) * i128::from(a[1])
    };
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(&a, &b)| cross(a, b)).sum()
}

/// Where a segment crosses the line `axis = limit`, rounded to the grid.
fn crossing(a: TilePoint, b: TilePoint, axis: usize, limit: i64) -> TilePoint {
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
