//! Places for themed features: spots well inside a zone, and shapes along its border at a wanted distance.

use crate::key::outline::{Edge, apart_m, extent, holds};
use crate::plane::{Point, Spot};

/// A straight side of a zone: middle, direction along it, direction inwards, length.
#[derive(Clone, Copy)]
pub(crate) struct Side {
    pub(crate) middle: Spot,
    pub(crate) along: Spot,
    pub(crate) inward: Spot,
    pub(crate) length_m: f64,
}

/// The sides of an outline, the longest first.
pub(crate) fn sides(zone: &[Edge]) -> Vec<Side> {
    let mut sides: Vec<Side> = zone
        .iter()
        .map(|&[a, b]| {
            let (a, b) = (a.spot(), b.spot());
            let (middle, along) = ((a + b) * 0.5, (b - a).unit());
            let left = along.left();
            let inward = if holds(zone, (middle + left * 2.0).fine_point()) { left } else { left * -1.0 };
            Side { middle, along, inward, length_m: a.distance(b) }
        })
        .collect();
    sides.sort_by(|a, b| b.length_m.total_cmp(&a.length_m));
    sides
}

impl Side {
    /// A rectangle along the side, `from_m` to `to_m` inwards (negative: outwards), so long in all.
    pub(crate) fn rectangle(&self, long_m: f64, from_m: f64, to_m: f64) -> Vec<Point> {
        let half = self.along * (long_m / 2.0);
        let at = |along: Spot, inward_m: f64| (self.middle + along + self.inward * inward_m).fine_point();
        let ring = [at(half * -1.0, from_m), at(half, from_m), at(half, to_m), at(half * -1.0, to_m)];
        counter_clockwise(ring.to_vec())
    }

    /// A line beside the side, so far outside and so long.
    pub(crate) fn line(&self, long_m: f64, outside_m: f64) -> Vec<Point> {
        let at = |t: f64| self.middle + self.along * (t * long_m) - self.inward * outside_m;
        [-0.5, 0.5].map(|t| at(t).fine_point()).to_vec()
    }

    /// A dodecagon of this radius whose nearest corner is so far outside.
    pub(crate) fn disc(&self, radius_m: f64, outside_m: f64) -> Vec<Point> {
        // The corners of a regular dodecagon without trigonometry: cos 30° = √3 ⁄ 2.
        let (c, s) = (3.0_f64.sqrt() / 2.0, 0.5);
        let quarter = [(1.0, 0.0), (c, s), (s, c)];
        let centre = self.middle - self.inward * (outside_m + radius_m);
        let corner = |k: usize| {
            let (x, y) = quarter[k % 3];
            let (x, y) = [(x, y), (-y, x), (-x, -y), (y, -x)][k / 3];
            centre + (self.inward * x + self.inward.left() * y) * radius_m
        };
        (0..12).map(|k| corner(k).fine_point()).collect()
    }
}

/// Spots inside a zone, each so far from its border and from the spots before it; fewer where there is no room.
pub(crate) fn spots(zone: &[Edge], count: usize, clear_m: f64) -> Vec<Spot> {
    let [low, high] = extent(zone).map(Point::spot);
    let mut found: Vec<Spot> = Vec::new();
    let steps = |span: f64| (span / 15.0) as usize;
    // From the middle row outwards, so that what is placed lies rather inside than at a corner.
    let rows = steps(high.y - low.y);
    let order = (0..rows).map(|k| if k % 2 == 0 { rows / 2 + k / 2 } else { rows / 2 - k.div_ceil(2) });
    for row in order {
        for column in 0..steps(high.x - low.x) {
            let at = low + Spot::new(column as f64 * 15.0, row as f64 * 15.0);
            let point = at.fine_point();
            if found.len() < count
                && found.iter().all(|other| other.distance(at) > clear_m)
                && holds(zone, point)
                && apart_m(&[[point, point]], zone) > clear_m
            {
                found.push(at);
            }
        }
    }
    found
}

/// A rectangle around a spot, along a direction.
pub(crate) fn block(at: Spot, along: Spot, half_m: [f64; 2]) -> Vec<Point> {
    let (u, v) = (along * half_m[0], along.left() * half_m[1]);
    [at - u - v, at + u - v, at + u + v, at - u + v].map(Spot::fine_point).to_vec()
}

fn counter_clockwise(mut ring: Vec<Point>) -> Vec<Point> {
    if crate::plane::turn(ring[0], ring[1], ring[2]) < 0 {
        ring.reverse();
    }
    ring
}
