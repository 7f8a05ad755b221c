//! Where two edges meet, exactly.
//!
//! Coordinates are integers of at most 2⁵¹ steps, so a difference fits in an `i64` and the sides of points are
//! decided in `i128` without rounding. Only the place of a proper crossing is rounded, to the nearest grid point:
//! the true crossing is one point whichever edge is named first and however both are directed, so its nearest
//! grid point is too, and `a ∩ b` and `b ∩ a` have the same vertices.

use crate::region::{Point, side};

/// How near a vertex may not come to a bent edge, in steps: more than half a step along both axes.
const CLOSE: f64 = 0.75;

/// Positive when the angle between two directions from a point is acute.
pub(super) fn along(from: Point, a: Point, b: Point) -> i128 {
    product(a.x - from.x, b.x - from.x) + product(a.y - from.y, b.y - from.y)
}

fn product(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}

/// Whether a point whose [`side`] of the edge is given lies within `steps` of the edge. Errs to `true`: the sum
/// of the edge's width and height stands for its length, which is at most √2 times smaller.
pub(super) fn is_within(steps: i64, [a, b]: [Point; 2], point: Point, side: i128) -> bool {
    let length = (b.x - a.x).abs() + (b.y - a.y).abs();
    side.unsigned_abs() <= product(steps, length).unsigned_abs()
        && point.x >= a.x.min(b.x) - steps
        && point.x <= a.x.max(b.x) + steps
        && point.y >= a.y.min(b.y) - steps
        && point.y <= a.y.max(b.y) + steps
}

/// Whether a point, whose [`side`] of the edge is given, lies within a step of the edge. Of the two terms of the
/// length only the last digits are rounded; it errs to `true`.
pub(super) fn is_close([a, b]: [Point; 2], point: Point, side: i128) -> bool {
    let (dx, dy) = ((b.x - a.x) as f64, (b.y - a.y) as f64);
    is_within(1, [a, b], point, side) && (side as f64).abs() <= CLOSE * (dx * dx + dy * dy).sqrt()
}

/// Whether a point lies within `steps` of an edge; errs to `true`.
pub(super) fn is_near(steps: i64, [a, b]: [Point; 2], point: Point) -> bool {
    is_within(steps, [a, b], point, side(a, b, point))
}

/// Whether a point on the line of an edge lies on the edge itself, ends included.
pub(super) fn is_between([a, b]: [Point; 2], point: Point) -> bool {
    point.x >= a.x.min(b.x) && point.x <= a.x.max(b.x) && point.y >= a.y.min(b.y) && point.y <= a.y.max(b.y)
}

/// Whether two boxes, of edges, come within `steps` of one another.
pub(super) fn boxes_near(steps: i64, [a, b]: [Point; 2], [c, d]: [Point; 2]) -> bool {
    a.x.min(b.x) - steps <= c.x.max(d.x)
        && c.x.min(d.x) - steps <= a.x.max(b.x)
        && a.y.min(b.y) - steps <= c.y.max(d.y)
        && c.y.min(d.y) - steps <= a.y.max(b.y)
}

/// How far along an edge a place on it is: the distance from its start along the axis on which the edge is
/// longer.
pub(super) fn progress([a, b]: [Point; 2], place: Point) -> i64 {
    if (b.x - a.x).abs() >= (b.y - a.y).abs() { (place.x - a.x).abs() } else { (place.y - a.y).abs() }
}

/// A proper crossing on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Crossing {
    pub(super) point: Point,
    /// Whether the point is the crossing itself, not only the grid point next to it.
    pub(super) is_exact: bool,
}

/// The crossing of the edge from `p` to `q` with a line of which they lie on opposite sides, `side_p` and
/// `side_q`. No difference of coordinates may exceed 2⁴⁰.
pub(super) fn crossing([p, q]: [Point; 2], side_p: i128, side_q: i128) -> Crossing {
    let whole = side_p - side_q;
    let share = side_p as f64 / whole as f64;
    let axis = |from: i64, to: i64| {
        let near = (to - from) as f64 * share;
        // Four roundings of values up to 2⁴⁰ leave an error below 2⁻¹¹: whether it is a whole number, and to
        // which side it rounds, is certain unless it lies as near as this to half a step or to a whole one.
        let from_half_step = ((near * 2.0) - (near * 2.0).round_ties_even()).abs() / 2.0;
        if from_half_step > 1e-3 {
            ((near + 0.5).floor() as i64, false)
        } else {
            nearest(i128::from(to - from) * side_p, whole)
        }
    };
    let ((x, exact_x), (y, exact_y)) = (axis(p.x, q.x), axis(p.y, q.y));
    Crossing { point: Point::new(p.x + x, p.y + y), is_exact: exact_x && exact_y }
}

/// The whole number nearest to a fraction, halves upwards, and whether it is the fraction.
fn nearest(numerator: i128, denominator: i128) -> (i64, bool) {
    let (n, d) = if denominator < 0 { (-numerator, -denominator) } else { (numerator, denominator) };
    let whole = (2 * n + d).div_euclid(2 * d);
    (whole as i64, whole * d == n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_go_to_the_nearest_step_halves_upwards() {
        // By hand: the diagonal of 3 × 3 meets the line x = 1 at (1, 1), the line from (0, 1) to (3, 2) at
        // (1.5, 1.5), and the line from (0, 1) to (4, 2) at (4/3, 4/3).
        let [p, q] = [Point::new(0, 0), Point::new(3, 3)];
        let at = |a: Point, b: Point| crossing([p, q], side(a, b, p), side(a, b, q));
        let exact = |x, y| Crossing { point: Point::new(x, y), is_exact: true };
        assert_eq!(at(Point::new(1, 0), Point::new(1, 5)), exact(1, 1));
        let rounded = |x, y| Crossing { point: Point::new(x, y), is_exact: false };
        assert_eq!(at(Point::new(0, 1), Point::new(3, 2)), rounded(2, 2));
        assert_eq!(at(Point::new(3, 2), Point::new(0, 1)), rounded(2, 2));
        assert_eq!(at(Point::new(0, 1), Point::new(4, 2)), rounded(1, 1));
    }

    #[test]
    fn near_errs_only_to_yes() {
        let edge = [Point::new(0, 0), Point::new(100, 0)];
        assert!(is_near(2, edge, Point::new(50, 2)) && is_near(2, edge, Point::new(102, 0)));
        assert!(!is_near(2, edge, Point::new(50, 3)) && !is_near(2, edge, Point::new(103, 0)));
        let steep = [Point::new(0, 0), Point::new(100, 100)];
        assert!(is_near(2, steep, Point::new(50, 52)) && !is_near(2, steep, Point::new(50, 55)));
    }
}
