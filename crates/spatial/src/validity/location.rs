//! On which side of a ring a point or another ring lies.

use super::contact::in_sector;
use super::ring::Ring;
use crate::Envelope;
use crate::predicate::{Cast, Side, cast, side};

/// Where something lies with regard to a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Location {
    Inside,
    Outside,
    Border,
}

/// Where a point lies, exactly.
pub(super) fn locate(point: [f64; 2], ring: &Ring) -> Location {
    let around = Envelope { min: point, max: point };
    if !ring.envelope.intersects(&around) {
        return Location::Outside;
    }
    let mut inside = false;
    for i in 0..ring.points.len() {
        let [a, b] = ring.edge(i);
        match cast(a, b, point) {
            Cast::Touches => return Location::Border,
            Cast::Crosses => inside = !inside,
            Cast::Misses => {}
        }
    }
    if inside { Location::Inside } else { Location::Outside }
}

/// Where a ring lies that neither crosses `other` nor shares an edge with it: by its first vertex that is not on
/// `other`, else by the way it leaves a vertex that is.
pub(super) fn locate_ring(ring: &Ring, other: &Ring) -> Location {
    let decided = ring.points.iter().map(|&point| locate(point, other));
    if let Some(location) = decided.into_iter().find(|&location| location != Location::Border) {
        return location;
    }
    let (apex, towards) = (ring.points[0], ring.points[1]);
    let Some([before, after]) = neighbours(apex, other) else { return Location::Border };
    let (from, to) = if other.counter_clockwise { (after, before) } else { (before, after) };
    if in_sector(apex, from, to, towards) { Location::Inside } else { Location::Outside }
}

/// The vertices of the ring before and after a point of its border.
fn neighbours(point: [f64; 2], ring: &Ring) -> Option<[[f64; 2]; 2]> {
    let n = ring.points.len();
    if let Some(i) = ring.points.iter().position(|&vertex| vertex == point) {
        return Some([ring.at(i + n - 1), ring.at(i + 1)]);
    }
    let on_edge = |[a, b]: [[f64; 2]; 2]| {
        side(a, b, point) == Side::On
            && (0..2).all(|k| a[k].min(b[k]) <= point[k] && point[k] <= a[k].max(b[k]))
    };
    (0..n).map(|i| ring.edge(i)).find(|&edge| on_edge(edge))
}

/// How two rings, or two stretches of one, meet in a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meet {
    /// They touch.
    Touch,
    /// One has its two ways out on different sides of the other.
    Cross,
    /// They run along each other from there.
    Along,
}

/// How two rings that touch in a point meet there.
pub(super) fn meet_at(
    point: [f64; 2],
    (ring, index): (&Ring, usize),
    (other, other_index): (&Ring, usize),
) -> Meet {
    let [before, after] = ways_out(point, ring, index);
    let [other_before, other_after] = ways_out(point, other, other_index);
    let along = |p: [f64; 2]| [other_before, other_after].iter().any(|&q| same_direction(point, p, q));
    if along(before) || along(after) {
        return Meet::Along;
    }
    let inside = |p: [f64; 2]| in_sector(point, other_after, other_before, p);
    if inside(before) == inside(after) { Meet::Touch } else { Meet::Cross }
}

/// The vertices before and after a point of the edge that starts at a vertex.
fn ways_out(point: [f64; 2], ring: &Ring, index: usize) -> [[f64; 2]; 2] {
    let n = ring.points.len();
    let [a, b] = ring.edge(index);
    if point == a {
        [ring.at(index + n - 1), b]
    } else if point == b {
        [a, ring.at(index + 2)]
    } else {
        [a, b]
    }
}

/// Whether two points lie in the same direction from an apex.
fn same_direction(apex: [f64; 2], p: [f64; 2], q: [f64; 2]) -> bool {
    side(apex, p, q) == Side::On
        && (0..2).all(|k| (p[k] > apex[k]) == (q[k] > apex[k]) && (p[k] < apex[k]) == (q[k] < apex[k]))
}
