//! From borders to polygons: a feature's arcs on the grid of a zoom → rings as the vector tile specification wants them.
//!
//! Mostly the arcs put end to end are the rings (`assemble`). Where rounding has brought a border together with itself,
//! `untangle` takes away what is walked both ways and cuts the rest into simple rings. `classify` then tells shells from
//! holes and puts each hole behind its shell.

mod assemble;
mod classify;
mod untangle;

pub(crate) use assemble::Assembly;

/// A point on the grid of a zoom.
pub(crate) type UnitPoint = [i32; 2];

/// The rings of any directed edges that go in and out of every vertex equally often, each shell followed by its holes.
pub(crate) fn rings(edges: Vec<[UnitPoint; 2]>) -> Vec<Vec<UnitPoint>> {
    classify::classified(untangle::rings(edges))
}

/// Twice the signed area of a ring, units²; positive for a shell. Exact for every ring whose area fits the world: the
/// sum may wrap on the way, not in the end.
pub(crate) fn doubled_area(ring: &[UnitPoint]) -> i64 {
    let (Some(&first), Some(&last)) = (ring.first(), ring.last()) else { return 0 };
    let d = |p: UnitPoint, k: usize| i64::from(p[k]) - i64::from(first[k]);
    let term = |a: UnitPoint, b: UnitPoint| {
        (d(a, 0).wrapping_mul(d(b, 1))).wrapping_sub(d(a, 1).wrapping_mul(d(b, 0)))
    };
    ring.windows(2).map(|pair| term(pair[0], pair[1])).fold(term(last, first), i64::wrapping_add)
}
