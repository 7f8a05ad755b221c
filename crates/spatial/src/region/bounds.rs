//! Boxes on the grid, and what of a contour matters inside one.

use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::IntContour;

/// An axis-parallel box on the grid, edges included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) low: IntPoint<i64>,
    pub(super) high: IntPoint<i64>,
}

impl Bounds {
    /// The smallest box around all points; `None` when there are none.
    pub(super) fn of<'a>(points: impl IntoIterator<Item = &'a IntPoint<i64>>) -> Option<Self> {
        points.into_iter().fold(None, |bounds: Option<Self>, &point| {
            Some(bounds.map_or(Self { low: point, high: point }, |b| Self {
                low: IntPoint::new(b.low.x.min(point.x), b.low.y.min(point.y)),
                high: IntPoint::new(b.high.x.max(point.x), b.high.y.max(point.y)),
            }))
        })
    }

    /// Whether the two share at least a point.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.low.x <= other.high.x
            && other.low.x <= self.high.x
            && self.low.y <= other.high.y
            && other.low.y <= self.high.y
    }

    /// The sides that a point lies strictly beyond, one bit each.
    fn beyond(&self, point: IntPoint<i64>) -> u8 {
        u8::from(point.x < self.low.x)
            | u8::from(point.x > self.high.x) << 1
            | u8::from(point.y < self.low.y) << 2
            | u8::from(point.y > self.high.y) << 3
    }
}

/// What is left of contours when only the winding inside a box matters.
pub(super) enum Near {
    /// No edge comes near: the whole box is inside or outside.
    Uniform {
        /// Whether it is inside.
        inside: bool,
    },
    /// The contours without their far bends.
    Contours(Vec<IntContour<i64>>),
}

/// Drops every vertex that lies, with the vertex kept before it and the one after it, strictly beyond the same
/// side of the box. The chord that replaces the two edges lies beyond that side as well, so the winding number
/// of every point of the box stays what it was, and no coordinate is made up: inside the box the result is
/// exact. It also stays inside the box around the contours themselves.
pub(super) fn near<'a>(contours: impl Iterator<Item = &'a IntContour<i64>>, bounds: &Bounds) -> Near {
    let near: Vec<IntContour<i64>> =
        contours.map(|contour| without_far_bends(contour, bounds)).filter(|c| !c.is_empty()).collect();
    let comes_near =
        near.iter().any(|contour| edges(contour).any(|(a, b)| bounds.beyond(a) & bounds.beyond(b) == 0));
    if comes_near { Near::Contours(near) } else { Near::Uniform { inside: winds_around(&near, bounds.low) } }
}

fn without_far_bends(contour: &IntContour<i64>, bounds: &Bounds) -> IntContour<i64> {
    let mut kept: IntContour<i64> = Vec::new();
    let mut kept_beyond = 0;
    let mut all_beyond = u8::MAX;
    for (i, &vertex) in contour.iter().enumerate() {
        let beyond = bounds.beyond(vertex);
        all_beyond &= beyond;
        let next = contour[(i + 1) % contour.len()];
        if i == 0 || kept_beyond & beyond & bounds.beyond(next) == 0 {
            kept.push(vertex);
            kept_beyond = beyond;
        }
    }
    if all_beyond == 0 { kept } else { Vec::new() }
}

/// Whether the contours wind around a point that is on no edge of them.
fn winds_around(contours: &[IntContour<i64>], point: IntPoint<i64>) -> bool {
    let winding: i32 = contours
        .iter()
        .flat_map(edges)
        .map(|(a, b)| match ((a.y <= point.y), (b.y <= point.y)) {
            (true, false) if side(a, b, point) > 0 => 1,
            (false, true) if side(a, b, point) < 0 => -1,
            _ => 0,
        })
        .sum();
    winding != 0
}

/// Positive when the point lies left of the line from `a` to `b`.
fn side(a: IntPoint<i64>, b: IntPoint<i64>, point: IntPoint<i64>) -> i128 {
    let wide = |to: i64, from: i64| i128::from(to - from);
    wide(b.x, a.x) * wide(point.y, a.y) - wide(b.y, a.y) * wide(point.x, a.x)
}

/// The edges of a closed ring.
pub(crate) fn edges(contour: &IntContour<i64>) -> impl Iterator<Item = (IntPoint<i64>, IntPoint<i64>)> {
    contour.iter().copied().zip(contour.iter().copied().cycle().skip(1))
}
