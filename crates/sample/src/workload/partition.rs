//! Voronoi cells of random seeds in a square, from the Delaunay triangulation: corners are the circumcentres of its
//! triangles, and the cell of a seed is the round of the triangles at the seed. Seeds near the edge are mirrored in
//! it, so that the edge becomes a border by itself.

use std::collections::BTreeMap;

use delaunator::{EMPTY, Point, next_halfedge, triangulate};

use super::{ORIGIN_M, SIDE_M};
use crate::random::Dice;

/// Corners nearer to each other than this, m, are one: the four seeds of a mirrored pair lie on one circle.
const SAME_M: f64 = 1e-6;

/// Cells with the borders that they share.
pub(super) struct Partition {
    /// Where each cell's seed lies.
    pub(super) seeds: Vec<[f64; 2]>,
    /// Corners of the cells.
    pub(super) corners: Vec<[f64; 2]>,
    /// Each border's two corners.
    pub(super) borders: Vec<[usize; 2]>,
    /// Whether a border lies along the edge of the square and has a cell on one side only.
    pub(super) is_outer: Vec<bool>,
    /// Each cell's borders counter-clockwise, with whether the border is gone along forwards.
    pub(super) cells: Vec<Vec<(usize, bool)>>,
}

impl Partition {
    /// The partition of a seed of chance.
    pub(super) fn new(count: usize, seed: u64) -> Self {
        let mut dice = Dice::new(seed, "workload cells");
        let mut seeds: Vec<[f64; 2]> =
            (0..count).map(|_| [dice.range(0.0, SIDE_M), dice.range(0.0, SIDE_M)]).collect();
        // Half a step of Lloyd's: less uneven, still uneven.
        let (corners, rounds) = voronoi(&seeds);
        for (at, round) in seeds.iter_mut().zip(&rounds) {
            let middle = |axis: usize| {
                round.iter().map(|&c| corners[c][axis]).sum::<f64>() / round.len().max(1) as f64
            };
            *at = [0, 1].map(|axis| (0.5 * (at[axis] + middle(axis))).clamp(1.0, SIDE_M - 1.0));
        }
        let (corners, rounds) = voronoi(&seeds);
        Self::of_rounds(seeds, corners, &rounds)
    }

    fn of_rounds(seeds: Vec<[f64; 2]>, corners: Vec<[f64; 2]>, rounds: &[Vec<usize>]) -> Self {
        let mut known: BTreeMap<[usize; 2], usize> = BTreeMap::new();
        let (mut borders, mut is_outer, mut cells) = (Vec::new(), Vec::new(), Vec::new());
        for round in rounds {
            let nexts = round.iter().cycle().skip(1);
            let cell = round.iter().zip(nexts).map(|(&from, &to)| {
                let ends = [from.min(to), from.max(to)];
                let border = *known.entry(ends).or_insert_with(|| {
                    borders.push(ends);
                    is_outer.push(false);
                    borders.len() - 1
                });
                // True after the first cell, false after the second.
                is_outer[border] = !is_outer[border];
                (border, from < to)
            });
            cells.push(cell.collect());
        }
        let moved = |[x, y]: [f64; 2]| [x + ORIGIN_M[0], y + ORIGIN_M[1]];
        let (seeds, corners) =
            (seeds.into_iter().map(moved).collect(), corners.into_iter().map(moved).collect());
        Self { seeds, corners, borders, is_outer, cells }
    }
}

/// The corners, and for each seed the corners of its cell counter-clockwise.
fn voronoi(seeds: &[[f64; 2]]) -> (Vec<[f64; 2]>, Vec<Vec<usize>>) {
    let all = mirrored(seeds);
    let made = triangulate(&all.iter().map(|&[x, y]| Point { x, y }).collect::<Vec<_>>());
    let corners: Vec<[f64; 2]> =
        made.triangles.chunks_exact(3).map(|t| circumcentre(all[t[0]], all[t[1]], all[t[2]])).collect();
    let same = same(&corners, &made.halfedges);
    // Any half-edge that ends at each seed.
    let mut incoming = vec![EMPTY; all.len()];
    for half in 0..made.triangles.len() {
        incoming[made.triangles[next_halfedge(half)]] = half;
    }
    let rounds = incoming[..seeds.len()].iter().map(|&start| {
        let (mut round, mut half) = (Vec::new(), start);
        while half != EMPTY {
            round.push(same[half / 3]);
            half = made.halfedges[next_halfedge(half)];
            if half == start {
                break;
            }
        }
        round.dedup();
        if round.len() > 1 && round.first() == round.last() {
            round.pop();
        }
        turned(round, &corners)
    });
    let rounds = rounds.collect();
    (corners, rounds)
}

/// The seeds, then those near an edge mirrored in it; the mirror images too, for the corners.
fn mirrored(seeds: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let margin = SIDE_M / (seeds.len() as f64).sqrt() * 6.0;
    let mut all = seeds.to_vec();
    for axis in [0, 1] {
        for k in 0..all.len() {
            let at = all[k];
            let image = |value: f64| if axis == 0 { [value, at[1]] } else { [at[0], value] };
            if at[axis] < margin {
                all.push(image(-at[axis]));
            }
            if at[axis] > SIDE_M - margin {
                all.push(image(2.0 * SIDE_M - at[axis]));
            }
        }
    }
    all
}

fn circumcentre(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> [f64; 2] {
    let ([bx, by], [cx, cy]) = ([b[0] - a[0], b[1] - a[1]], [c[0] - a[0], c[1] - a[1]]);
    let (b2, c2) = (bx * bx + by * by, cx * cx + cy * cy);
    let d = 2.0 * (bx * cy - by * cx);
    [a[0] + (cy * b2 - by * c2) / d, a[1] + (bx * c2 - cx * b2) / d]
}

/// For each triangle the first of those neighbours' neighbours that have the same circumcentre.
fn same(corners: &[[f64; 2]], halfedges: &[usize]) -> Vec<usize> {
    let mut first: Vec<usize> = (0..corners.len()).collect();
    fn root(first: &[usize], mut k: usize) -> usize {
        while first[k] != k {
            k = first[k];
        }
        k
    }
    for (half, &twin) in halfedges.iter().enumerate().filter(|&(half, &twin)| twin != EMPTY && half < twin) {
        let (one, other) = (half / 3, twin / 3);
        if (0..2).all(|axis| (corners[one][axis] - corners[other][axis]).abs() < SAME_M) {
            let (one, other) = (root(&first, one), root(&first, other));
            first[one.max(other)] = one.min(other);
        }
    }
    (0..corners.len()).map(|k| root(&first, k)).collect()
}

/// The round counter-clockwise.
fn turned(mut round: Vec<usize>, corners: &[[f64; 2]]) -> Vec<usize> {
    let ring: Vec<[f64; 2]> = round.iter().chain(round.first()).map(|&c| corners[c]).collect();
    if super::features::signed_area_m2(&ring) < 0.0 {
        round.reverse();
    }
    round
}
