//! Exact cuts at the far box, for the few rings and lines that the run clip cannot answer.

use super::clip::{FAR, Frame, TilePoint};

/// Twice the signed area; positive for a shell.
fn doubled_area(ring: &[TilePoint]) -> i64 {
    let (Some(&first), Some(&last)) = (ring.first(), ring.last()) else { return 0 };
    let term = |a: TilePoint, b: TilePoint| {
        let d = |p: TilePoint, k: usize| p[k] - first[k];
        d(a, 0) * d(b, 1) - d(a, 1) * d(b, 0)
    };
    ring.windows(2).map(|pair| term(pair[0], pair[1])).sum::<i64>() + term(last, first)
}

/// Whether a ring is wound as what it is: positive for a shell, negative for a hole.
pub(super) fn is_right(ring: &[TilePoint], is_hole: bool) -> bool {
    let area = doubled_area(ring);
    ring.len() > 2 && if is_hole { area < 0 } else { area > 0 }
}

/// Takes away points equal to the one before them, the last one and the first included.
pub(super) fn tidy(ring: &mut Vec<TilePoint>) {
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
}

/// The ring cut at the far box (Sutherland and Hodgman), whose area has the sign of the ring's.
pub(super) fn ring(ring: &[[i32; 2]], frame: &Frame, into: &mut Vec<TilePoint>) {
    let mut points: Vec<TilePoint> = ring.iter().map(|&point| frame.local(point)).collect();
    for (axis, limit, sign) in SIDES {
        let inside = |p: TilePoint| sign * (p[axis] - limit) >= 0;
        into.clear();
        for (i, &b) in points.iter().enumerate() {
            let a = points[(i + points.len() - 1) % points.len()];
            if inside(a) != inside(b) {
                into.push(crossing(a, b, axis, limit));
            }
            if inside(b) {
                into.push(b);
            }
        }
        std::mem::swap(into, &mut points);
    }
    std::mem::swap(into, &mut points);
    tidy(into);
}

const SIDES: [(usize, i64, i64); 4] = [(0, FAR[0], 1), (0, FAR[1], -1), (1, FAR[0], 1), (1, FAR[1], -1)];

/// Where a segment crosses the line `axis = limit`, rounded to the grid; the same from either end.
fn crossing(a: TilePoint, b: TilePoint, axis: usize, limit: i64) -> TilePoint {
    let (a, b) = (a.min(b), a.max(b));
    let across = 1 - axis;
    let share = (limit - a[axis]) as f64 / (b[axis] - a[axis]) as f64;
    let mut point = [limit; 2];
    point[across] = a[across] + ((b[across] - a[across]) as f64 * share).round() as i64;
    point
}

/// The part of a segment in the far box.
pub(super) fn segment(mut a: TilePoint, mut b: TilePoint) -> Option<[TilePoint; 2]> {
    for (axis, limit, sign) in SIDES {
        let inside = |p: TilePoint| sign * (p[axis] - limit) >= 0;
        match (inside(a), inside(b)) {
            (true, true) => {}
            (false, false) => return None,
            (true, false) => b = crossing(a, b, axis, limit),
            (false, true) => a = crossing(a, b, axis, limit),
        }
    }
    (a != b).then_some([a, b])
}
