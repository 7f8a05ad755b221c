//! Shapes of zones: polygons with straight sides, their lots and streets.

use super::register::{ZONES, position};
use super::sites::Arrangement;
use crate::plane::{Spot, inside, to_outline};
use crate::random::Dice;

/// The area of a zone on the drawing board.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) parts: Vec<Vec<Spot>>,
    pub(crate) holes: Vec<Vec<Spot>>,
}

impl Shape {
    /// Whether a spot lies in it.
    pub(crate) fn holds(&self, at: Spot) -> bool {
        self.parts.iter().any(|part| inside(part, at)) && !self.holes.iter().any(|hole| inside(hole, at))
    }

    /// Whether a spot lies in it or in one of its holes.
    pub(crate) fn encloses(&self, at: Spot) -> bool {
        self.parts.iter().any(|part| inside(part, at))
    }

    /// Distance to its outer outline, m.
    pub(crate) fn distance(&self, at: Spot) -> f64 {
        self.parts.iter().map(|part| to_outline(part, at)).fold(f64::INFINITY, f64::min)
    }

    /// All rings.
    pub(crate) fn rings(&self) -> impl Iterator<Item = &Vec<Spot>> {
        self.parts.iter().chain(&self.holes)
    }

    /// Spots along the outer outline and inside, for tests of a place.
    pub(crate) fn sampled(&self) -> Vec<Spot> {
        let mut spots = Vec::new();
        for part in &self.parts {
            let middle = part.iter().fold(Spot::new(0.0, 0.0), |sum, &p| sum + p) * (1.0 / part.len() as f64);
            for (k, &a) in part.iter().enumerate() {
                let b = part[(k + 1) % part.len()];
                let steps = (a.distance(b) / 90.0) as usize + 1;
                for step in 0..steps {
                    let rim = a + (b - a) * (step as f64 / steps as f64);
                    spots.extend([1.0, 0.75, 0.5, 0.25].map(|t| middle + (rim - middle) * t));
                }
            }
        }
        spots
    }
}

/// Lots between straight streets.
#[derive(Clone, Debug)]
pub(crate) struct Streets {
    origin: Spot,
    along: Spot,
    /// Positions of streets across and along.
    cuts: [Vec<f64>; 2],
    pub(crate) half_m: f64,
}

impl Streets {
    fn local(&self, at: Spot) -> [f64; 2] {
        let from = at - self.origin;
        [from.dot(self.along), from.dot(self.along.left())]
    }

    /// The number of the lot at a spot, from 0; `None` on a street.
    pub(crate) fn lot(&self, at: Spot) -> Option<usize> {
        let local = self.local(at);
        let on_street = (0..2).any(|k| self.cuts[k].iter().any(|c| (local[k] - c).abs() < self.half_m));
        let rank = |k: usize| self.cuts[k].iter().filter(|&&c| c < local[k]).count();
        let (rows, count) = (self.cuts[1].len() + 1, (self.cuts[0].len() + 1) * (self.cuts[1].len() + 1));
        // A step of 5 scatters the numbers, where it reaches all of them.
        let number = rank(0) * rows + rank(1);
        (!on_street).then_some(if count % 5 == 0 { number } else { number * 5 % count })
    }

    /// Both kerbs of every street as pairs of spots, long enough for any shape of `reach_m`.
    pub(crate) fn kerbs(&self, reach_m: f64) -> Vec<[Spot; 2]> {
        let mut kerbs = Vec::new();
        for k in 0..2 {
            let (across, along) =
                if k == 0 { (self.along, self.along.left()) } else { (self.along.left(), self.along) };
            for cut in &self.cuts[k] {
                for side in [-self.half_m, self.half_m] {
                    let middle = self.origin + across * (cut + side);
                    kerbs.push([middle - along * reach_m, middle + along * reach_m]);
                }
            }
        }
        kerbs
    }
}

/// One zone of a site.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// Position in the register.
    pub(crate) zone: usize,
    pub(crate) shape: Shape,
    pub(crate) streets: Streets,
    /// Centre and arms when the outline crosses itself: the crossing and the two exact steps.
    pub(crate) crossing: Option<Crossing>,
}

/// An outline that crosses itself: two straight lines through one spot, in equal exact steps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Crossing {
    pub(crate) centre: Spot,
    pub(crate) steps: [Spot; 2],
    pub(crate) count: i32,
}

/// Places the zones of a site around a centre; also the radius that holds all of them.
pub(crate) fn arranged(
    ids: &[&str],
    arrangement: Arrangement,
    centre: Spot,
    along: Spot,
    dice: &mut Dice,
) -> Option<(Vec<Member>, f64)> {
    let first = position(ids[0])?;
    let area = ZONES[first].hectares * 10_000.0;
    let ratio = dice.range(1.0, 1.5);
    let (wide, high) = ((area * 1.07 * ratio).sqrt(), (area * 1.07 / ratio).sqrt());
    let shapes: Vec<Shape> = match arrangement {
        Arrangement::Alone => vec![whole(oblong(wide, high, 0.22, dice))],
        Arrangement::TwoParts => vec![two_parts(wide, high, dice)],
        Arrangement::Holed => vec![Shape {
            parts: vec![oblong(wide, high, 0.2, dice)],
            holes: vec![oblong(wide * 0.3, high * 0.3, 0.3, dice)],
        }],
        Arrangement::BowTie => return Some(bow_tie(first, centre)),
        Arrangement::Inside => {
            let outer = oblong(wide, high, 0.18, dice);
            let inner = outer.iter().map(|&p| p * dice.range(0.5, 0.56)).collect();
            vec![whole(outer), whole(inner)]
        }
        Arrangement::Overlapping => {
            let moved =
                |ring: Vec<Spot>| ring.into_iter().map(|p| p + Spot::new(wide * 0.7, high * 0.22)).collect();
            vec![whole(oblong(wide, high, 0.14, dice)), whole(moved(oblong(wide, high, 0.14, dice)))]
        }
        Arrangement::Exact => {
            let wide = (area * ratio).sqrt();
            vec![whole(box_at(0.0, wide, area / wide))]
        }
        Arrangement::Half => {
            vec![whole(box_at(0.0, wide, high)), whole(box_at(wide * -0.25, wide * 0.5, high))]
        }
        Arrangement::Gapped => gapped(ids, area.sqrt() * 1.1)?,
        Arrangement::Row => {
            (0..3).map(|k| whole(box_at(wide * (f64::from(k) - 1.0), wide, high * 1.2))).collect()
        }
    };
    let reach = shapes.iter().flat_map(|s| &s.parts).flatten().map(|p| p.length()).fold(0.0, f64::max);
    let place = |p: Spot| centre + along * p.x + along.left() * p.y;
    let mut members = Vec::new();
    for (id, shape) in ids.iter().zip(shapes) {
        let put = |rings: Vec<Vec<Spot>>| -> Vec<Vec<Spot>> {
            rings.into_iter().map(|r| r.into_iter().map(place).collect()).collect()
        };
        let streets = laid(&shape, centre, along, dice);
        let shape = Shape { parts: put(shape.parts), holes: put(shape.holes) };
        members.push(Member { zone: position(id)?, shape, streets, crossing: None });
    }
    Some((members, reach))
}

/// Gaps between the rectangles of [`Arrangement::Gapped`], m: one below twice W_min between zones, one above it.
/// The corners are rounded to whole metres.
const GAPS_M: [f64; 2] = [2.5, 4.4];

fn gapped(ids: &[&str], high: f64) -> Option<Vec<Shape>> {
    let wide = |id: &&str| Some(ZONES[position(id)?].hectares * 10_000.0 / high);
    let widths: Vec<f64> = ids.iter().map(wide).collect::<Option<_>>()?;
    let [a, b, c] = *widths.as_slice() else { return None };
    let after = [b / -2.0 - GAPS_M[0] - a / 2.0, 0.0, b / 2.0 + GAPS_M[1] + c / 2.0];
    Some(after.into_iter().zip(widths).map(|(at, wide)| whole(box_at(at, wide, high))).collect())
}

fn whole(ring: Vec<Spot>) -> Shape {
    Shape { parts: vec![ring], holes: Vec::new() }
}

/// A rectangle with corners cut off or moved, 5 to 8 sides.
fn oblong(wide: f64, high: f64, cut: f64, dice: &mut Dice) -> Vec<Spot> {
    let (x, y) = (wide / 2.0, high / 2.0);
    let corners = [Spot::new(-x, -y), Spot::new(x, -y), Spot::new(x, y), Spot::new(-x, y)];
    let mut ring = Vec::new();
    for k in 0..4 {
        let (corner, before, after) = (corners[k], corners[(k + 3) % 4], corners[(k + 1) % 4]);
        if k == 2 || dice.chance(0.6) {
            let (s, t) = (dice.range(0.4, 1.6) * cut, dice.range(0.4, 1.6) * cut);
            ring.push(corner + (before - corner) * s);
            ring.push(corner + (after - corner) * t);
        } else {
            ring.push(corner * dice.range(0.94, 1.06));
        }
    }
    ring
}

fn box_at(centre_x: f64, wide: f64, high: f64) -> Vec<Spot> {
    let (x0, x1, y) = (centre_x - wide / 2.0, centre_x + wide / 2.0, high / 2.0);
    vec![Spot::new(x0, -y), Spot::new(x1, -y), Spot::new(x1, y), Spot::new(x0, y)]
}

fn two_parts(wide: f64, high: f64, dice: &mut Dice) -> Shape {
    let mut shift = |at: f64, size: f64| -> Vec<Spot> {
        oblong(wide * size, high, 0.2, dice).into_iter().map(|p| p + Spot::new(at, 0.0)).collect()
    };
    let (low, high_part) = (shift(-0.42 * wide, 0.55), shift(0.42 * wide, 0.45));
    Shape { parts: vec![low, high_part], holes: Vec::new() }
}

/// Streets about every 300 m, none nearer to the rim than a third of that.
fn laid(shape: &Shape, centre: Spot, along: Spot, dice: &mut Dice) -> Streets {
    let all: Vec<Spot> = shape.parts.iter().flatten().copied().collect();
    let span = |of: fn(&Spot) -> f64| {
        let (low, high) =
            all.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        (low, high)
    };
    let mut cut = |(low, high): (f64, f64), every: f64| -> Vec<f64> {
        let count = ((high - low) / every).round().max(1.0) as usize;
        (1..count).map(|k| low + (high - low) * (k as f64 + dice.range(-0.14, 0.14)) / count as f64).collect()
    };
    let big = (span(|p| p.x).1 - span(|p| p.x).0) > 1_200.0;
    let cuts = [
        cut(span(|p| p.x), if big { 480.0 } else { 340.0 }),
        cut(span(|p| p.y), if big { 430.0 } else { 380.0 }),
    ];
    Streets { origin: centre, along, cuts, half_m: if big { 14.0 } else { 9.0 } }
}

/// Two equal wings that meet in one point: 14 steps of (30, 12) m one way and of (−8, 32) m the other.
/// Each wing is ½ · 14² · (30 · 32 + 12 · 8) = 103,488 m²; the outline runs straight through the crossing twice.
fn bow_tie(zone: usize, centre: Spot) -> (Vec<Member>, f64) {
    let centre = centre.point().spot();
    let steps = [Spot::new(30.0, 12.0), Spot::new(-8.0, 32.0)];
    let count = 14;
    let arm = |k: usize, sign: f64| centre + steps[k] * (sign * f64::from(count));
    let parts = vec![vec![centre, arm(0, 1.0), arm(1, 1.0)], vec![centre, arm(0, -1.0), arm(1, -1.0)]];
    let streets =
        Streets { origin: centre, along: Spot::new(1.0, 0.0), cuts: [Vec::new(), Vec::new()], half_m: 8.0 };
    let crossing = Some(Crossing { centre, steps, count });
    (vec![Member { zone, shape: Shape { parts, holes: Vec::new() }, streets, crossing }], 620.0)
}
