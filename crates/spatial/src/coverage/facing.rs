//! Where one edge runs beside another.

use crate::GRID_STEP_M;
use crate::region::Point;

/// The stretch of an edge that runs beside another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Facing {
    /// Where it begins and ends, m along the edge.
    pub(super) from: f64,
    pub(super) to: f64,
    /// Distance to the other edge's line at both, m; positive on the left of that edge, which is inside its feature.
    pub(super) left: [f64; 2],
}

impl Facing {
    /// Distance to the other edge at a place of the stretch, m.
    pub(super) fn distance(&self, at: f64) -> f64 {
        let share = if self.to > self.from { (at - self.from) / (self.to - self.from) } else { 0.0 };
        (self.left[0] + (self.left[1] - self.left[0]) * share).abs()
    }
}

/// Where the edge `e` runs beside `f`: in the opposite direction to at most 45°, over `f`, and not further away than
/// `tolerance_m`. With w the direction of `f`, the place a + s u of `e` stands over f's place (a − c)·w + s u·w and
/// at the height w×(a − c) + s w×u; both change steadily with s, so each condition leaves one interval of s.
pub(super) fn facing(e: [Point; 2], f: [Point; 2], tolerance_m: f64) -> Option<Facing> {
    let (u, e_length) = direction(e)?;
    let (w, f_length) = direction(f)?;
    let along = dot(u, w);
    if along > -std::f64::consts::FRAC_1_SQRT_2 {
        return None;
    }
    let from_c = metres_between(f[0], e[0]);
    let (base, height, slope) = (dot(from_c, w), cross(w, from_c), cross(w, u));
    let over = interval(base, along, 0.0, f_length);
    let near = interval(height, slope, -tolerance_m, tolerance_m);
    let from = over.0.max(near.0).max(0.0);
    let to = over.1.min(near.1).min(e_length);
    (to > from).then_some(Facing { from, to, left: [height + slope * from, height + slope * to] })
}

/// The s with low ≤ at + s · slope ≤ high.
fn interval(at: f64, slope: f64, low: f64, high: f64) -> (f64, f64) {
    if slope == 0.0 {
        let all = low <= at && at <= high;
        return if all { (f64::NEG_INFINITY, f64::INFINITY) } else { (f64::INFINITY, f64::NEG_INFINITY) };
    }
    let (one, other) = ((low - at) / slope, (high - at) / slope);
    (one.min(other), one.max(other))
}

fn direction([a, b]: [Point; 2]) -> Option<([f64; 2], f64)> {
    let [x, y] = metres_between(a, b);
    let length = x.hypot(y);
    (length > 0.0).then(|| ([x / length, y / length], length))
}

fn metres_between(from: Point, to: Point) -> [f64; 2] {
    [(to.x - from.x) as f64 * GRID_STEP_M, (to.y - from.y) as f64 * GRID_STEP_M]
}

fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

fn cross(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}
