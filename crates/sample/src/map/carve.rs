//! Cutting an exact piece off an atom along one of its edges.

use super::{PlanarMap, Segment};
use crate::mesh::NONE;
use crate::plane::{Point, Spot, segments_meet, shoelace, square_metres, turn};

/// A piece that may be cut off: a trapezium standing on a stretch of an edge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    segment: usize,
    /// Atom that loses it.
    pub(crate) atom: u32,
    /// Atom beyond the edge.
    pub(crate) beyond: u32,
    /// Corners counter-clockwise, the first two on the edge.
    corners: [Point; 4],
}

impl Cut {
    /// Area in m², exact.
    pub(crate) fn area_m2(&self) -> f64 {
        square_metres((0..4).map(|k| shoelace(self.corners[k], self.corners[(k + 1) % 4])).sum())
    }

    /// Mean width 2A/P, m.
    pub(crate) fn mean_width_m(&self) -> f64 {
        let around: f64 = (0..4).map(|k| self.corners[k].distance_m(self.corners[(k + 1) % 4])).sum();
        2.0 * self.area_m2() / around
    }
}

/// The trapezium on the quarters `from..to` (0 to 4) of a segment, `depth_m` deep, on the side of `atom`; `None` when
/// the segment has no such exact points.
pub(crate) fn cut(
    map: &PlanarMap,
    segment: usize,
    atom: u32,
    [from, to]: [i64; 2],
    depth_m: f64,
) -> Option<Cut> {
    let s = map.segments[segment];
    let (start, end, beyond) = if s.left == atom { (s.a, s.b, s.right) } else { (s.b, s.a, s.left) };
    let (start, end) = (map.points[start as usize], map.points[end as usize]);
    let (dx, dy) = (end.x - start.x, end.y - start.y);
    let quarters = dx % 4 == 0 && dy % 4 == 0;
    if beyond == NONE || !(quarters || [from, to] == [0, 4]) {
        return None;
    }
    let quarter = |k: i64| Point { x: start.x + dx * k / 4, y: start.y + dy * k / 4 };
    let (p, q) = (quarter(from), quarter(to));
    let along = q.spot() - p.spot();
    let inward = along.unit().left() * depth_m;
    let slant = along * 0.12;
    let top = |at: Spot| at.fine_point();
    let corners = [p, q, top(q.spot() + inward - slant), top(p.spot() + inward + slant)];
    Some(Cut { segment, atom, beyond, corners })
}

/// Whether the piece lies in its atom without touching other edges.
pub(crate) fn fits(map: &PlanarMap, incident: &[u32], cut: &Cut) -> bool {
    let [p, q, r, s] = cut.corners;
    if [turn(p, q, r), turn(q, r, s), turn(r, s, p), turn(s, p, q)].iter().any(|&t| t <= 0) {
        return false;
    }
    // An edge of the atom that leaves a corner within the piece: the atom is narrower there than the piece.
    let within = |corner: Point, next: Point, before: Point, far: Point| {
        turn(corner, next, far) > 0 && turn(corner, before, far) < 0
    };
    incident.iter().filter(|&&n| n as usize != cut.segment).all(|&n| {
        let edge = map.segments[n as usize];
        let (a, b) = (map.points[edge.a as usize], map.points[edge.b as usize]);
        let narrow = [(a, b), (b, a)]
            .iter()
            .any(|&(near, far)| (near == p && within(p, q, s, far)) || (near == q && within(q, r, p, far)));
        !narrow && [(p, s), (s, r), (r, q)].iter().all(|&(c, d)| clear(a, b, c, d))
    })
}

/// Whether two segments are apart, or meet only in a common end and part from there.
fn clear(a: Point, b: Point, c: Point, d: Point) -> bool {
    let shared = [a, b].iter().filter(|p| [c, d].contains(p)).count();
    if shared == 0 {
        return !segments_meet(a, b, c, d);
    }
    let common = if a == c || a == d { a } else { b };
    let far = if common == a { b } else { a };
    let tip = if common == c { d } else { c };
    let ahead = (far.x - common.x) * (tip.x - common.x) + (far.y - common.y) * (tip.y - common.y) > 0;
    shared == 1 && !(turn(common, far, tip) == 0 && ahead)
}

/// Cuts the piece off and returns its atom, which has the labels of the one it came from.
pub(crate) fn apply(map: &mut PlanarMap, cut: &Cut) -> u32 {
    let new = map.atoms.len() as u32;
    map.atoms.push(map.atoms[cut.atom as usize]);
    let old = map.segments[cut.segment];
    let (start, end) = if old.left == cut.atom { (old.a, old.b) } else { (old.b, old.a) };
    let on_edge = |map: &mut PlanarMap, point: Point| {
        if point == map.points[start as usize] {
            start
        } else if point == map.points[end as usize] {
            end
        } else {
            add(map, point, true)
        }
    };
    let (p, q) = (on_edge(map, cut.corners[0]), on_edge(map, cut.corners[1]));
    let (r, s) = (add(map, cut.corners[2], false), add(map, cut.corners[3], false));
    map.segments[cut.segment] = Segment { a: p, b: q, left: new, right: cut.beyond };
    for (a, b) in [(start, p), (q, end)] {
        if a != b {
            map.segments.push(Segment { a, b, left: cut.atom, right: cut.beyond });
        }
    }
    for (a, b) in [(q, r), (r, s), (s, p)] {
        map.segments.push(Segment { a, b, left: new, right: cut.atom });
    }
    new
}

fn add(map: &mut PlanarMap, point: Point, cuts: bool) -> u32 {
    map.points.push(point);
    map.cuts.push(cuts);
    (map.points.len() - 1) as u32
}
