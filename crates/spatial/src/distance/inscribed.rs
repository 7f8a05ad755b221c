//! Whether a circle fits into an area.
//!
//! The distance of a point from the boundary, counted negative outside, changes by at most one metre a metre. So in a
//! square with half diagonal h around a point of distance d it is nowhere more than d + h: squares in which that is
//! no more than the radius are done with, the others are quartered, until a point is found that is farther inside
//! than the radius. The search for the pole of inaccessibility (Garcia-Castellanos and Lombardo 2007, doi
//! 10.1080/14702540801897809; JTS's `MaximumInscribedCircle`) works so too; here the question is only whether, which
//! ends at once in what is wide and takes a few squares a radius of length in what is narrow.

use super::farthest::nearest;
use super::{Location, Shape};
use crate::Envelope;

/// Squares whose half diagonal is below this part of the radius are not quartered any more.
const FINEST: f64 = 1.0 / 64.0;
/// The same, where any circle will do, as a part of the box's longer side.
const FINEST_OF_ALL: f64 = 1.0 / 4_096.0;

impl Shape {
    /// Whether a circle of more than this radius fits into its area. One that is larger than the radius by less than
    /// a 64th may be missed; one that is said to fit does.
    pub fn holds_circle(&self, radius_m: f64) -> bool {
        if self.areas().is_empty() {
            return false;
        }
        let finest_m =
            if radius_m > 0.0 { radius_m * FINEST } else { longer_m(&self.envelope()) * FINEST_OF_ALL };
        let radius_m = radius_m.max(0.0);
        let mut squares = squares(&self.envelope());
        // The widest first: what is wide somewhere is found soon.
        let mut at = 0;
        while let Some(&square) = squares.get(at) {
            at += 1;
            let inside_m = self.inside_m(square.centre);
            if inside_m > radius_m {
                return true;
            }
            let reach_m = square.half_side_m * std::f64::consts::SQRT_2;
            if inside_m + reach_m > radius_m && reach_m > finest_m {
                squares.extend(square.quarters());
            }
        }
        false
    }

    /// How far a point is from the boundary; negative outside.
    fn inside_m(&self, point: [f64; 2]) -> f64 {
        let gap_m = nearest(self, point, None, 0.0).map_or(f64::INFINITY, |near| near.gap_m2.sqrt());
        if self.locate(point) == Location::Interior { gap_m } else { -gap_m }
    }
}

fn longer_m(envelope: &Envelope) -> f64 {
    (envelope.max[0] - envelope.min[0]).max(envelope.max[1] - envelope.min[1])
}

#[derive(Clone, Copy, Debug)]
struct Square {
    centre: [f64; 2],
    half_side_m: f64,
}

impl Square {
    fn quarters(self) -> [Self; 4] {
        let half_side_m = self.half_side_m / 2.0;
        [[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]].map(|[x, y]| {
            let centre = [self.centre[0] + x * half_side_m, self.centre[1] + y * half_side_m];
            Self { centre, half_side_m }
        })
    }
}

/// Squares as wide as the box is narrow, side by side over it; none for a box without a width.
fn squares(over: &Envelope) -> Vec<Square> {
    let sides_m = [over.max[0] - over.min[0], over.max[1] - over.min[1]];
    let side_m = sides_m[0].min(sides_m[1]);
    if side_m <= 0.0 || !side_m.is_finite() {
        return Vec::new();
    }
    // A box that is thinner than one in a thousand is cut into longer squares.
    let side_m = side_m.max(longer_m(over) / 1_000.0);
    let counts = sides_m.map(|length_m| (length_m / side_m).ceil() as usize);
    let half_side_m = side_m / 2.0;
    let centre = |x: usize, y: usize| {
        [over.min[0] + (2 * x + 1) as f64 * half_side_m, over.min[1] + (2 * y + 1) as f64 * half_side_m]
    };
    let row = |y: usize| (0..counts[0]).map(move |x| Square { centre: centre(x, y), half_side_m });
    (0..counts[1]).flat_map(row).collect()
}
