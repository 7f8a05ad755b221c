//! Towns with blocks, and villages.

use super::relief::Relief;
use super::sites::Site;
use crate::plane::Spot;
use crate::random::{Dice, noise, rough};

/// A town: streets at right angles about a direction of its own.
pub(crate) struct Town {
    pub(crate) centre: Spot,
    pub(crate) radius_m: f64,
    /// Direction of its streets.
    pub(crate) along: Spot,
    /// Blocks as rectangles in town coordinates: low corner, high corner.
    blocks: Vec<[Spot; 2]>,
}

const TOWNS_KM: [([f64; 2], f64); 6] = [
    ([16.9, 18.6], 1.5),
    ([24.4, 12.6], 0.8),
    ([17.6, 28.4], 0.68),
    ([28.4, 23.6], 0.66),
    ([15.7, 6.9], 0.66),
    ([8.5, 14.3], 0.6),
];

/// Side of the lattice on which town blocks are cut, m.
pub(crate) const TOWN_LATTICE_M: f64 = 48.0;

impl Town {
    fn local(&self, at: Spot) -> Spot {
        let from = at - self.centre;
        Spot::new(from.dot(self.along), from.dot(self.along.left()))
    }

    /// Whether a spot lies in the built-up area.
    pub(crate) fn holds(&self, seed: u64, at: Spot) -> bool {
        at.distance(self.centre) < self.radius_m * self.ragged(seed, at)
    }

    fn ragged(&self, seed: u64, at: Spot) -> f64 {
        let stretch = (at - self.centre).unit().dot(self.along).abs();
        0.1 + 1.45 * rough(seed ^ 0x61, at, 1100.0, 3) + 0.35 * stretch
    }

    /// Whether the newest plan wants it built up.
    pub(crate) fn will_hold(&self, seed: u64, at: Spot) -> bool {
        at.distance(self.centre) < self.radius_m * (self.ragged(seed, at) + 0.14)
    }

    /// The number of the block at a spot.
    pub(crate) fn block(&self, at: Spot) -> Option<usize> {
        let p = self.local(at);
        self.blocks
            .iter()
            .position(|[low, high]| p.x >= low.x && p.x < high.x && p.y >= low.y && p.y < high.y)
    }

    /// Lattice corners over the whole town.
    pub(crate) fn lattice(&self) -> Vec<Spot> {
        let count = (self.radius_m * 1.7 / TOWN_LATTICE_M) as i64;
        let mut spots = Vec::new();
        for j in -count..=count {
            for i in -count..=count {
                let (x, y) = (i as f64 * TOWN_LATTICE_M, j as f64 * TOWN_LATTICE_M);
                spots.push(self.centre + self.along * x + self.along.left() * y);
            }
        }
        spots
    }
}

/// The towns of a seed.
pub(crate) fn towns(seed: u64) -> Vec<Town> {
    let mut dice = Dice::new(seed, "towns");
    TOWNS_KM
        .iter()
        .map(|&([x, y], radius_km)| {
            let radius_m = radius_km * 1000.0;
            let cells = (radius_m * 1.7 / TOWN_LATTICE_M) as i64;
            let mut blocks = Vec::new();
            split([-cells, -cells, cells, cells], &mut dice, &mut blocks);
            Town { centre: Spot::new(x * 1000.0, y * 1000.0), radius_m, along: dice.direction(), blocks }
        })
        .collect()
}

/// Cuts a rectangle of lattice cells again and again, across its longer side, into blocks of 1 to 7 hectares.
fn split([i0, j0, i1, j1]: [i64; 4], dice: &mut Dice, blocks: &mut Vec<[Spot; 2]>) {
    let (wide, high) = (i1 - i0, j1 - j0);
    let done = wide * high <= 24 || (wide * high <= 54 && dice.chance(0.45));
    if done || wide.max(high) < 4 {
        let corner = |i: i64, j: i64| Spot::new(i as f64 * TOWN_LATTICE_M, j as f64 * TOWN_LATTICE_M);
        blocks.push([corner(i0, j0), corner(i1, j1)]);
        return;
    }
    let longer = wide.max(high);
    let cut = ((longer as f64 * dice.range(0.35, 0.65)).round() as i64).clamp(2, longer - 2);
    if wide >= high {
        split([i0, j0, i0 + cut, j1], dice, blocks);
        split([i0 + cut, j0, i1, j1], dice, blocks);
    } else {
        split([i0, j0, i1, j0 + cut], dice, blocks);
        split([i0, j0 + cut, i1, j1], dice, blocks);
    }
}

/// A village: an oblong with a ragged edge.
pub(crate) struct Village {
    pub(crate) centre: Spot,
    pub(crate) along: Spot,
    pub(crate) half_m: [f64; 2],
}

impl Village {
    /// Whether a spot lies in it.
    pub(crate) fn holds(&self, seed: u64, at: Spot) -> bool {
        let from = at - self.centre;
        let (u, v) = (from.dot(self.along) / self.half_m[0], from.dot(self.along.left()) / self.half_m[1]);
        let ragged = 0.45 + 1.1 * noise(seed ^ 0x71, at, 210.0);
        u * u + v * v < ragged
    }
}

/// Villages where the valley floor ends, rather along roads, away from towns and zones.
pub(crate) fn villages(seed: u64, relief: &Relief, towns: &[Town], sites: &[Site]) -> Vec<Village> {
    let mut dice = Dice::new(seed, "villages");
    let mut made: Vec<Village> = Vec::new();
    for _ in 0..14_000 {
        let at = Spot::new(dice.range(1500.0, 35_000.0), dice.range(1000.0, 33_500.0));
        let height = relief.height(at);
        let near = relief.roads.nearest(&relief.lines, at, 450.0);
        let wanted = if near.is_some() { 0.9 } else { 0.28 };
        let lively = (-0.1..1.5).contains(&height) && dice.chance(wanted);
        if !lively || !relief.in_province(at) || relief.to_border(at) < 500.0 {
            continue;
        }
        let crowded = made.iter().any(|v| v.centre.distance(at) < 760.0)
            || towns.iter().any(|t| t.centre.distance(at) < t.radius_m * 1.25)
            || sites.iter().any(|s| s.centre.distance(at) < s.reach_m + 330.0);
        if crowded {
            continue;
        }
        let along = near.map_or_else(|| dice.direction(), |n| relief.lines[n.line].direction(n.station));
        let long = dice.range(130.0, 300.0);
        made.push(Village { centre: at, along, half_m: [long, long * dice.range(0.4, 0.85)] });
        if made.len() == 200 {
            break;
        }
    }
    made
}

/// Where small works of one code go: how many, half length in m, height of the land.
const WORKS: [(&str, usize, [f64; 2], [f64; 2]); 14] = [
    ("NTD", 46, [75.0, 130.0], [0.1, 1.7]),
    ("DGD", 24, [60.0, 90.0], [0.0, 1.4]),
    ("NTS", 26, [80.0, 190.0], [-0.6, 0.8]),
    ("MNC", 7, [240.0, 460.0], [1.1, 2.2]),
    ("SKX", 9, [130.0, 230.0], [1.5, 3.2]),
    ("SKS", 4, [180.0, 300.0], [2.0, 4.0]),
    ("SKC", 20, [80.0, 140.0], [0.2, 1.4]),
    ("CQP", 6, [260.0, 480.0], [1.4, 3.6]),
    ("TIN", 8, [58.0, 75.0], [0.1, 1.8]),
    ("TON", 8, [58.0, 85.0], [0.1, 1.8]),
    ("DNL", 5, [120.0, 260.0], [0.8, 2.4]),
    ("DRA", 4, [90.0, 150.0], [1.2, 2.4]),
    ("DSH", 8, [58.0, 70.0], [0.1, 1.3]),
    ("DTL", 10, [80.0, 160.0], [0.2, 1.2]),
];

/// A work outside the towns: a pond, a cemetery, a quarry, a school, …
pub(crate) struct Work {
    pub(crate) code: &'static str,
    pub(crate) place: Village,
}

/// Works of a seed, clear of towns and zones.
pub(crate) fn works(seed: u64, relief: &Relief, towns: &[Town], sites: &[Site]) -> Vec<Work> {
    let mut dice = Dice::new(seed, "works");
    let mut made: Vec<Work> = Vec::new();
    for (code, count, half, heights) in WORKS {
        let (mut left, mut tries) = (count, 6_000);
        while left > 0 && tries > 0 {
            tries -= 1;
            let at = Spot::new(dice.range(1500.0, 35_000.0), dice.range(1000.0, 33_500.0));
            let long = dice.range(half[0], half[1]);
            let height = relief.height(at);
            let fits = height >= heights[0]
                && height <= heights[1]
                && relief.in_province(at)
                && towns.iter().all(|t| t.centre.distance(at) > t.radius_m)
                && sites.iter().all(|s| s.centre.distance(at) > s.reach_m + 200.0 + long)
                && made.iter().all(|w| w.place.centre.distance(at) > w.place.half_m[0] + long);
            if fits {
                let half_m = [long, long * dice.range(0.5, 0.95)];
                made.push(Work { code, place: Village { centre: at, along: dice.direction(), half_m } });
                left -= 1;
            }
        }
    }
    made
}
