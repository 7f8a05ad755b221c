//! Partitions for tests, and what a flawless one must be in every tile.
#![allow(dead_code, reason = "each test uses its part")]

pub(crate) mod any;

use std::collections::HashMap;

use geo_types::{Coord, Geometry, LineString, Polygon};
use tiles::TileFeature;

use crate::reader::{Layer, Point};

/// A feature without attributes.
pub(crate) fn feature(id: u64, geometry: impl Into<Geometry<f64>>) -> TileFeature {
    TileFeature {
        id,
        geometry: geometry.into(),
        label: None,
        values: vec![],
        weight: 0.0,
        class: 0,
        min_zoom: 0,
        label_min_zoom: 0,
    }
}

/// Numbers between -1 and 1 from a seed (the usual xorshift).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }
}

/// A square cut into `cells` × `cells` ragged cells that share every vertex of their borders.
pub(crate) struct Partition {
    pub(crate) corner: Coord<f64>,
    pub(crate) side: f64,
    pub(crate) features: Vec<TileFeature>,
}

impl Partition {
    /// The partition of a square; borders are cut in two `levels` times, each time moved aside by less.
    pub(crate) fn new(corner: Coord<f64>, side: f64, cells: usize, levels: u32, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let cell = side / cells as f64;
        let mut nodes = vec![vec![Coord { x: 0.0, y: 0.0 }; cells + 1]; cells + 1];
        for (r, row) in nodes.iter_mut().enumerate() {
            for (c, node) in row.iter_mut().enumerate() {
                let mut jitter = |k: usize| if k == 0 || k == cells { 0.0 } else { 0.2 * cell * dice.roll() };
                let (dx, dy) = (jitter(c), jitter(r));
                *node = Coord { x: corner.x + c as f64 * cell + dx, y: corner.y + r as f64 * cell + dy };
            }
        }
        let mut border = |a: Coord<f64>, b: Coord<f64>, outer: bool| {
            let mut line = vec![a, b];
            let mut rough = if outer { 0.0 } else { 0.1 };
            for _ in 0..levels {
                line = line
                    .windows(2)
                    .flat_map(|p| {
                        let (dx, dy) = (p[1].x - p[0].x, p[1].y - p[0].y);
                        let aside = rough * dice.roll();
                        let x = (p[0].x + p[1].x) / 2.0 - dy * aside;
                        let y = (p[0].y + p[1].y) / 2.0 + dx * aside;
                        [p[0], Coord { x, y }]
                    })
                    .chain([b])
                    .collect();
                rough *= 0.6;
            }
            line
        };
        let edge = |k: usize| k == 0 || k == cells;
        let mut across = vec![vec![Vec::new(); cells]; cells + 1];
        let mut down = vec![vec![Vec::new(); cells + 1]; cells];
        for r in 0..=cells {
            for c in 0..=cells {
                if c < cells {
                    across[r][c] = border(nodes[r][c], nodes[r][c + 1], edge(r));
                }
                if r < cells {
                    down[r][c] = border(nodes[r][c], nodes[r + 1][c], edge(c));
                }
            }
        }
        let features = (0..cells * cells)
            .map(|i| {
                let (r, c) = (i / cells, i % cells);
                let mut ring = across[r][c].clone();
                ring.extend(down[r][c + 1].iter().skip(1));
                ring.extend(across[r + 1][c].iter().rev().skip(1));
                ring.extend(down[r][c].iter().rev().skip(1));
                feature(i as u64, Polygon::new(LineString(ring), vec![]))
            })
            .collect();
        Self { corner, side, features }
    }
}

/// The part of the tile that counts: what can be seen.
const VISIBLE: [i64; 2] = [0, 4096];

/// Directed edges that come inside the visible box and are not met by their reverse exactly as often.
pub(crate) fn unmatched(layer: &Layer) -> Vec<(Point, Point)> {
    let mut edges: HashMap<(Point, Point), i32> = HashMap::new();
    for ring in layer.features.iter().flat_map(|f| &f.paths) {
        for i in 0..ring.len() {
            *edges.entry((ring[i], ring[(i + 1) % ring.len()])).or_default() += 1;
        }
    }
    let lone = |&(&(a, b), &n): &(&(Point, Point), &i32)| {
        comes_inside(a, b) && (n != 1 || edges.get(&(b, a)) != Some(&1))
    };
    edges.iter().filter(lone).map(|(&edge, _)| edge).collect()
}

/// Whether a segment has a point strictly inside the visible box.
fn comes_inside(a: Point, b: Point) -> bool {
    let [min, max] = VISIBLE;
    if (0..2).any(|k| a[k].max(b[k]) <= min || a[k].min(b[k]) >= max) {
        return false;
    }
    let side = |x: i64, y: i64| (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
    let sides = [side(min, min), side(max, min), side(max, max), side(min, max)];
    !(sides.iter().all(|&s| s >= 0) || sides.iter().all(|&s| s <= 0))
}

/// How often the rings of a layer go round the point that lies a little right of and below a place: a unit divided by two
/// primes that are greater than any edge of a tile is long, so that no edge passes through it.
pub(crate) fn winding(layer: &Layer, [x, y]: Point) -> i64 {
    const PARTS: Point = [16_411, 16_417];
    let (px, py) = (PARTS[0] * x + 1, PARTS[1] * y + 1);
    let scaled = |point: Point| [PARTS[0] * point[0], PARTS[1] * point[1]];
    let mut winding = 0;
    for ring in layer.features.iter().flat_map(|f| &f.paths) {
        for i in 0..ring.len() {
            let (a, b) = (scaled(ring[i]), scaled(ring[(i + 1) % ring.len()]));
            if (a[1] <= py) != (b[1] <= py) {
                let side = (a[0] - px) * (b[1] - py) - (a[1] - py) * (b[0] - px);
                winding += match (b[1] > a[1], side > 0) {
                    (true, true) => 1,
                    (false, false) => -1,
                    _ => 0,
                };
            }
        }
    }
    winding
}
