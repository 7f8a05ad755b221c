//! Outlines as bare edges, and how far they are apart: every edge against every other, nothing clever.

use std::collections::{BTreeMap, BTreeSet};

use crate::map::{Labels, PlanarMap};
use crate::mesh::NONE;
use crate::plane::{Point, segments_meet, to_segment, turn};

/// A straight piece of an outline; a point is one whose ends are the same.
pub(crate) type Edge = [Point; 2];

/// The edges around the atoms that `keep` accepts.
pub(crate) fn outline(map: &PlanarMap, keep: impl Fn(&Labels) -> bool) -> Vec<Edge> {
    outlines(map, |atom| if keep(atom) { 0 } else { NONE }).remove(&0).unwrap_or_default()
}

/// The edges around the atoms of every label.
pub(crate) fn outlines(map: &PlanarMap, label: impl Fn(&Labels) -> u32) -> BTreeMap<u32, Vec<Edge>> {
    let of = |atom: u32| if atom == NONE { NONE } else { label(&map.atoms[atom as usize]) };
    let mut edges: BTreeMap<u32, Vec<Edge>> = BTreeMap::new();
    for s in map.segments.iter().filter(|s| of(s.left) != of(s.right)) {
        let edge = [s.a, s.b].map(|v| map.points[v as usize]);
        for side in [of(s.left), of(s.right)] {
            if side != NONE {
                edges.entry(side).or_default().push(edge);
            }
        }
    }
    edges
}

/// The box of some edges: low corner, high corner.
pub(crate) fn extent(edges: &[Edge]) -> [Point; 2] {
    let ends = || edges.iter().flatten();
    let least = |of: fn(&Point) -> i64| ends().map(of).min().unwrap_or_default();
    let most = |of: fn(&Point) -> i64| ends().map(of).max().unwrap_or_default();
    [Point { x: least(|p| p.x), y: least(|p| p.y) }, Point { x: most(|p| p.x), y: most(|p| p.y) }]
}

/// How far two boxes are apart, m; 0 when they touch.
pub(crate) fn boxes_apart_m(a: [Point; 2], b: [Point; 2]) -> f64 {
    let gap = |low_a: i64, high_a: i64, low_b: i64, high_b: i64| (low_b - high_a).max(low_a - high_b).max(0);
    let corner = Point { x: gap(a[0].x, a[1].x, b[0].x, b[1].x), y: gap(a[0].y, a[1].y, b[0].y, b[1].y) };
    corner.spot().length()
}

/// Whether two outlines have a vertex in common; on one planar map they touch nowhere else.
pub(crate) fn share_a_vertex(a: &[Edge], b: &[Edge]) -> bool {
    let ends: BTreeSet<Point> = a.iter().flatten().copied().collect();
    b.iter().flatten().any(|end| ends.contains(end))
}

/// Whether any edge of one meets any edge of the other: exact.
pub(crate) fn meet(a: &[Edge], b: &[Edge]) -> bool {
    a.iter().any(|&[p, q]| b.iter().any(|&[r, s]| segments_meet(p, q, r, s)))
}

/// The least distance between two outlines that do not meet, m: it lies at an end of an edge.
pub(crate) fn apart_m(a: &[Edge], b: &[Edge]) -> f64 {
    let mut least = f64::INFINITY;
    for &[p, q] in a {
        for &[r, s] in b {
            if boxes_apart_m(extent(&[[p, q]]), extent(&[[r, s]])) < least {
                let [p, q, r, s] = [p, q, r, s].map(Point::spot);
                let ends = [(p, r, s), (q, r, s), (r, p, q), (s, p, q)];
                least = ends.iter().map(|&(at, a, b)| to_segment(at, a, b).0).fold(least, f64::min);
            }
        }
    }
    least
}

/// The distance from the vertex of one outline that is furthest from the other, m.
pub(crate) fn furthest_vertex_m(from: &[Edge], to: &[Edge]) -> f64 {
    let off = |at: &Point| apart_m(&[[*at, *at]], to);
    from.iter().flatten().map(off).fold(0.0, f64::max)
}

/// Whether a point lies inside an outline, by the parity of the edges to its right: exact; not for points on it.
pub(crate) fn holds(outline: &[Edge], at: Point) -> bool {
    let right = |&&[a, b]: &&Edge| {
        let (low, high) = if a.y < b.y { (a, b) } else { (b, a) };
        low.y <= at.y && at.y < high.y && turn(low, high, at) > 0
    };
    outline.iter().filter(right).count() % 2 == 1
}
