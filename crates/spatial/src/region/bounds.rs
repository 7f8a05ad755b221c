//! Boxes on the grid, and what of a contour matters inside one.

use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::IntContour;

use super::Point;

/// An axis-parallel box on the grid, edges included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) low: Point,
    pub(crate) high: Point,
}

impl Bounds {
    /// The smallest box around all points; `None` when there are none.
    pub(crate) fn of<'a>(points: impl IntoIterator<Item = &'a IntPoint<i64>>) -> Option<Self> {
        points.into_iter().fold(None, |bounds: Option<Self>, &point| {
            Some(bounds.map_or(Self { low: point, high: point }, |b| Self {
                low: IntPoint::new(b.low.x.min(point.x), b.low.y.min(point.y)),
                high: IntPoint::new(b.high.x.max(point.x), b.high.y.max(point.y)),
            }))
        })
    }

    /// Whether the two share at least a point.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.low.x <= other.high.x
            && other.low.x <= self.high.x
            && self.low.y <= other.high.y
            && other.low.y <= self.high.y
    }

    /// The smallest box around both.
    pub(crate) fn merged(&self, other: &Self) -> Self {
        Self {
            low: IntPoint::new(self.low.x.min(other.low.x), self.low.y.min(other.low.y)),
            high: IntPoint::new(self.high.x.max(other.high.x), self.high.y.max(other.high.y)),
        }
    }

    /// The box with a margin around it.
    pub(crate) fn grown(&self, steps: i64) -> Self {
        Self {
            low: IntPoint::new(self.low.x - steps, self.low.y - steps),
            high: IntPoint::new(self.high.x + steps, self.high.y + steps),
        }
    }

    /// Whether a point lies in the box.
    pub(crate) fn contains(&self, point: Point) -> bool {
        self.meets(&Self { low: point, high: point })
    }

    /// Width and height, steps.
    pub(crate) fn size(&self) -> [i64; 2] {
        [self.high.x - self.low.x, self.high.y - self.low.y]
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
fn winds_around(contours: &[IntContour<i64>], point: Point) -> bool {
    contours.iter().map(|contour| winding(contour, point)).sum::<i32>() != 0
}

/// How often a ring winds counter-clockwise around a point: its edges that cross the level of the point to the
/// left of it, counted down and up. On the ring itself the answer is that of a place a little further left.
pub(crate) fn winding(ring: &[Point], point: Point) -> i32 {
    let Some(&last) = ring.last() else { return 0 };
    let mut a = last;
    let mut winding = 0;
    for &b in ring {
        if (a.y <= point.y) != (b.y <= point.y) {
            let side = side(a, b, point);
            winding += i32::from(a.y > point.y && side > 0) - i32::from(a.y <= point.y && side < 0);
        }
        a = b;
    }
    winding
}

/// Twice the signed area of a triangle in grid cells: positive when `point` lies left of the line from `a` to
/// `b`. Exact: coordinates are at most 2⁵¹ steps apart.
pub(crate) fn side(a: Point, b: Point, point: Point) -> i128 {
    let wide = |to: i64, from: i64| i128::from(to - from);
    wide(b.x, a.x) * wide(point.y, a.y) - wide(b.y, a.y) * wide(point.x, a.x)
}

/// The edges of a closed ring.
pub(crate) fn edges(contour: &IntContour<i64>) -> impl Iterator<Item = (IntPoint<i64>, IntPoint<i64>)> {
    contour.iter().copied().zip(contour.iter().copied().cycle().skip(1))
}
