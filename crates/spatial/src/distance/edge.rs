//! Two edges: whether they touch, exactly, and how far apart they are. A point is an edge whose ends are one.
//!
//! Edges that do not touch are nearest to each other at an end of one of them, so that four distances of a point
//! from an edge decide.

use super::Separation;
use super::twofold::cross_m2;
use crate::Envelope;
use crate::predicate::{Side, side};

/// An edge from its start to its end; the same position twice is a point.
pub(super) type Edge = [[f64; 2]; 2];

/// The box of an edge.
pub(super) fn envelope([a, b]: Edge) -> Envelope {
    Envelope { min: [a[0].min(b[0]), a[1].min(b[1])], max: [a[0].max(b[0]), a[1].max(b[1])] }
}

/// Whether the point lies on the edge, exactly.
fn is_on(point: [f64; 2], edge: Edge) -> bool {
    envelope(edge).contains(point) && side(edge[0], edge[1], point) == Side::On
}

/// Whether the two share a point, exactly.
pub(super) fn touch(a: Edge, b: Edge) -> bool {
    if !envelope(a).intersects(&envelope(b)) {
        return false;
    }
    let opposite = |[p, q]: Edge, [r, s]: Edge| match (side(p, q, r), side(p, q, s)) {
        (Side::Left, Side::Right) | (Side::Right, Side::Left) => Some(true),
        (Side::On, _) | (_, Side::On) => None,
        _ => Some(false),
    };
    match (opposite(a, b), opposite(b, a)) {
        (Some(true), Some(true)) => true,
        (Some(false), _) | (_, Some(false)) => false,
        // An end of one lies on the other's line: they touch where it lies on the other itself.
        _ => a.iter().any(|&end| is_on(end, b)) || b.iter().any(|&end| is_on(end, a)),
    }
}

/// The square of the distance between two edges, m²: 0 exactly when they touch.
pub(super) fn gap_m2(a: Edge, b: Edge) -> f64 {
    if touch(a, b) {
        return 0.0;
    }
    let from_a = point_gap_m2(a[0], b).min(point_gap_m2(a[1], b));
    from_a.min(point_gap_m2(b[0], a)).min(point_gap_m2(b[1], a)).max(f64::MIN_POSITIVE)
}

/// The square of the distance of a point from an edge, m², in plain `f64`: off by a rounding of the edge's length.
pub(super) fn point_gap_m2(point: [f64; 2], [a, b]: Edge) -> f64 {
    let (along, to) = (minus(b, a), minus(point, a));
    let (reach, length_m2) = (dot(to, along), dot(along, along));
    if reach <= 0.0 {
        return dot(to, to);
    }
    if reach >= length_m2 {
        let back = minus(point, b);
        return dot(back, back);
    }
    let cross = along[0] * to[1] - along[1] * to[0];
    cross * cross / length_m2
}

/// How far apart two edges are, right to the last digits, and the two points between which that is; 0 exactly when
/// they touch, the point then being common to both.
pub(super) fn separation(a: Edge, b: Edge) -> Separation {
    if touch(a, b) {
        let point = common_point(a, b);
        return Separation { distance_m: 0.0, on_subject: point, on_reference: point };
    }
    let from_a = a.map(|end| foot(end, b)).map(|(distance_m, on_reference, on_subject)| Separation {
        distance_m,
        on_subject,
        on_reference,
    });
    let from_b = b.map(|end| foot(end, a)).map(|(distance_m, on_subject, on_reference)| Separation {
        distance_m,
        on_subject,
        on_reference,
    });
    let nearer = |one: Separation, other: Separation| match other.distance_m < one.distance_m {
        true => other,
        false => one,
    };
    let found = nearer(nearer(from_a[0], from_a[1]), nearer(from_b[0], from_b[1]));
    Separation { distance_m: found.distance_m.max(f64::MIN_POSITIVE), ..found }
}

/// The distance of a point from an edge, m, the nearest point of the edge, and the point itself.
fn foot(point: [f64; 2], [a, b]: Edge) -> (f64, [f64; 2], [f64; 2]) {
    let (along, to) = (minus(b, a), minus(point, a));
    let (reach, length_m2) = (dot(to, along), dot(along, along));
    if reach <= 0.0 {
        return (to[0].hypot(to[1]), a, point);
    }
    if reach >= length_m2 {
        let back = minus(point, b);
        return (back[0].hypot(back[1]), b, point);
    }
    let distance_m = cross_m2(a, b, point).abs() / along[0].hypot(along[1]);
    (distance_m, between(a, b, reach / length_m2), point)
}

/// A point of two edges that touch: an end where one lies on the other, else where they cross.
fn common_point(a: Edge, b: Edge) -> [f64; 2] {
    let ends_of_a = a.into_iter().find(|&end| is_on(end, b));
    let end = ends_of_a.or_else(|| b.into_iter().find(|&end| is_on(end, a)));
    end.unwrap_or_else(|| between(a[0], a[1], crossing(a, b)))
}

/// Where the line of `b` crosses `a`, as a share of its length, when the ends of `a` lie on different sides of it.
pub(super) fn crossing(a: Edge, b: Edge) -> f64 {
    let [start, end] = a.map(|point| cross_m2(b[0], b[1], point));
    let share = start / (start - end);
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

/// The point at a share of the way from `a` to `b`, reckoned from the nearer of the two.
pub(super) fn between(a: [f64; 2], b: [f64; 2], share: f64) -> [f64; 2] {
    let [x, y] = minus(b, a);
    if share < 0.5 {
        [a[0] + x * share, a[1] + y * share]
    } else {
        [b[0] - x * (1.0 - share), b[1] - y * (1.0 - share)]
    }
}

pub(super) fn minus(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] - b[0], a[1] - b[1]]
}

pub(super) fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}
