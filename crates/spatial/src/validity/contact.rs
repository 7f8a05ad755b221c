//! How two edges, and two rings at a common point, meet: exact decisions.

use crate::predicate::{Side, side};

/// How two edges meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Contact {
    /// They cross inside both, near this place (the place is rounded, the fact is exact).
    Cross([f64; 2]),
    /// They share exactly this point, an end of at least one of them.
    Touch([f64; 2]),
    /// They share more than a point, from this one on.
    Overlap([f64; 2]),
}

/// The contact of two edges, each with two different ends.
pub(super) fn contact([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> Option<Contact> {
    let (side_c, side_d) = (side(a, b, c), side(a, b, d));
    if side_c == side_d {
        return if side_c == Side::On { on_one_line([a, b], [c, d]) } else { None };
    }
    let (side_a, side_b) = (side(c, d, a), side(c, d, b));
    if side_a == side_b {
        return None;
    }
    // No two ends of one edge are on the other's line now, so an end on a line is on the edge if in its box.
    let ends = [(side_c, c, [a, b]), (side_d, d, [a, b]), (side_a, a, [c, d]), (side_b, b, [c, d])];
    if let Some((_, end, edge)) = ends.into_iter().find(|(side, _, _)| *side == Side::On) {
        return in_box(end, edge).then_some(Contact::Touch(end));
    }
    Some(Contact::Cross(crossing([a, b], [c, d])))
}

fn in_box(point: [f64; 2], [a, b]: [[f64; 2]; 2]) -> bool {
    (0..2).all(|k| a[k].min(b[k]) <= point[k] && point[k] <= a[k].max(b[k]))
}

/// Edges on one line: compared along it, by x and then y, which orders the points of any line.
fn on_one_line([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> Option<Contact> {
    let ordered = |p: [f64; 2], q: [f64; 2]| if p <= q { (p, q) } else { (q, p) };
    let ((a, b), (c, d)) = (ordered(a, b), ordered(c, d));
    let (start, end) = (if a >= c { a } else { c }, if b <= d { b } else { d });
    match start.partial_cmp(&end)? {
        std::cmp::Ordering::Less => Some(Contact::Overlap(start)),
        std::cmp::Ordering::Equal => Some(Contact::Touch(start)),
        std::cmp::Ordering::Greater => None,
    }
}

/// Where two lines that cross do so, computed from the first end to keep digits.
fn crossing([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> [f64; 2] {
    let minus = |p: [f64; 2], q: [f64; 2]| [p[0] - q[0], p[1] - q[1]];
    let cross = |u: [f64; 2], v: [f64; 2]| u[0] * v[1] - u[1] * v[0];
    let (along, other, between) = (minus(b, a), minus(d, c), minus(c, a));
    let t = cross(between, other) / cross(along, other);
    let t = if t.is_finite() { t.clamp(0.0, 1.0) } else { 0.5 };
    [a[0] + along[0] * t, a[1] + along[1] * t]
}

/// Whether the direction from `apex` to `point` lies strictly inside the sector that opens counter-clockwise
/// from the direction of `from` to that of `to`.
pub(super) fn in_sector(apex: [f64; 2], from: [f64; 2], to: [f64; 2], point: [f64; 2]) -> bool {
    let left_of_from = side(apex, from, point) == Side::Left;
    match side(apex, from, to) {
        // Less than half a turn.
        Side::Left => left_of_from && side(apex, point, to) == Side::Left,
        // More than half a turn: everything but the closed sector from `to` back to `from`.
        Side::Right => !(side(apex, to, point) != Side::Right && side(apex, point, from) != Side::Right),
        // Exactly half a turn (or a spike, which is reported by itself).
        Side::On => left_of_from,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_meet_in_every_way() {
        let base = [[0.0, 0.0], [4.0, 0.0]];
        let cases = [
            ([[1.0, -1.0], [1.0, 1.0]], Some(Contact::Cross([1.0, 0.0]))),
            ([[1.0, 0.0], [1.0, 1.0]], Some(Contact::Touch([1.0, 0.0]))),
            ([[4.0, 0.0], [9.0, 9.0]], Some(Contact::Touch([4.0, 0.0]))),
            ([[4.0, 0.0], [5.0, 0.0]], Some(Contact::Touch([4.0, 0.0]))),
            ([[3.0, 0.0], [5.0, 0.0]], Some(Contact::Overlap([3.0, 0.0]))),
            ([[3.0, 0.0], [1.0, 0.0]], Some(Contact::Overlap([1.0, 0.0]))),
            ([[5.0, 0.0], [6.0, 0.0]], None),
            ([[5.0, 0.0], [6.0, 1.0]], None),
            ([[5.0, -1.0], [5.0, 1.0]], None),
            ([[0.0, 1.0], [4.0, 1.0]], None),
        ];
        for (edge, expected) in cases {
            assert_eq!(contact(base, edge), expected, "{edge:?}");
        }
        // Half a unit in the last place off the line is not on it.
        let near = f64::MIN_POSITIVE;
        assert_eq!(contact(base, [[1.0, near], [1.0, 1.0]]), None);
    }

    #[test]
    fn sectors_of_all_sizes() {
        let apex = [0.0, 0.0];
        let (east, north, west) = ([1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]);
        assert!(in_sector(apex, east, north, [1.0, 1.0]));
        assert!(!in_sector(apex, north, east, [1.0, 1.0]));
        assert!(in_sector(apex, north, east, [-1.0, -1.0]));
        assert!(in_sector(apex, east, west, north));
        assert!(!in_sector(apex, west, east, north));
    }
}
