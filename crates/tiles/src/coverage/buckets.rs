//! Vertices by place: which of them lie near a segment or in a triangle.
//!
//! A table of square cells that wraps round: cell (i, j) is bucket (i mod w, j mod h). So near cells are near in memory,
//! one far vertex costs nothing, and what falls into one bucket from far away is told apart by its coordinates, which
//! every caller looks at anyway.

use rayon::prelude::*;

use crate::grid::{GridPoint, cross};

/// Positions of vertices, sorted into cells.
#[derive(Debug)]
pub(crate) struct Buckets {
    /// Side of a cell as a power of two, world units.
    shift: u32,
    /// Buckets along x and y, as powers of two.
    bits: [u32; 2],
    starts: Vec<u32>,
    entries: Vec<u32>,
}

/// How many cells and vertices a triangle may meet before it counts as not empty.
const PATIENCE: usize = 20_000;

impl Buckets {
    /// Sorts the vertices into cells about as wide as their borders' edges are long, at least `2^shift` world units.
    pub(crate) fn new(points: &[GridPoint], shift: u32) -> Self {
        let shift = (64 - usual_step(points).leading_zeros()).clamp(shift.min(30), 30);
        let bits = (usize::BITS - points.len().leading_zeros()).clamp(4, 30);
        let bits = [bits.div_ceil(2), bits / 2];
        let mut buckets = Self { shift, bits, starts: Vec::new(), entries: vec![0; points.len()] };
        buckets.fill(points);
        buckets
    }

    /// Counting sort; each thread fills the buckets of its own share.
    fn fill(&mut self, points: &[GridPoint]) {
        let all = 1_usize << (self.bits[0] + self.bits[1]);
        let threads = rayon::current_num_threads().next_power_of_two().min(all);
        let share = all / threads;
        let mut counts = vec![0_u32; all + 1];
        let this = &*self;
        counts[1..].par_chunks_mut(share).enumerate().for_each(|(part, counts)| {
            for point in points {
                let bucket = this.bucket(point.x >> this.shift, point.y >> this.shift);
                if bucket / share == part {
                    counts[bucket % share] += 1;
                }
            }
        });
        for i in 0..all {
            counts[i + 1] += counts[i];
        }
        let mut entries = std::mem::take(&mut self.entries);
        let mut rest = entries.as_mut_slice();
        let mut parts = Vec::with_capacity(threads);
        for part in 0..threads {
            let length = counts[(part + 1) * share] - counts[part * share];
            let (mine, others) = rest.split_at_mut(length as usize);
            parts.push(mine);
            rest = others;
        }
        let this = &*self;
        parts.into_par_iter().enumerate().for_each(|(part, entries)| {
            let base = counts[part * share];
            let mut next: Vec<u32> =
                counts[part * share..(part + 1) * share].iter().map(|c| c - base).collect();
            for (i, point) in points.iter().enumerate() {
                let bucket = this.bucket(point.x >> this.shift, point.y >> this.shift);
                if bucket / share == part {
                    let slot = &mut next[bucket % share];
                    entries[*slot as usize] = i as u32;
                    *slot += 1;
                }
            }
        });
        self.starts = counts;
        self.entries = entries;
    }

    fn bucket(&self, i: u32, j: u32) -> usize {
        let wrap = |k: u32, bits: u32| (k & ((1 << bits) - 1)) as usize;
        wrap(j, self.bits[1]) << self.bits[0] | wrap(i, self.bits[0])
    }

    fn cell(&self, i: u32, j: u32) -> &[u32] {
        let bucket = self.bucket(i, j);
        &self.entries[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }

    /// Visits at least the vertices within `margin` of the polyline's hull, row of cells by row, until `visit` says
    /// `false`; whether it never did. A vertex may come more than once.
    pub(crate) fn visit(&self, line: &[GridPoint], margin: i64, mut visit: impl FnMut(u32) -> bool) -> bool {
        let limit = i64::from(u32::MAX);
        let cell = |v: i64| (v.clamp(0, limit) as u32) >> self.shift;
        let y = line.iter().map(|p| i64::from(p.y));
        let (top, bottom) = (y.clone().min().unwrap_or(0) - margin, y.max().unwrap_or(0) + margin);
        for j in cell(top)..=cell(bottom) {
            let low = i64::from(j) << self.shift;
            let [left, right] = across(line, low - margin, low + (1 << self.shift) + margin);
            for i in cell(left - margin)..=cell(right + margin) {
                if !self.cell(i, j).iter().all(|&entry| visit(entry)) {
                    return false;
                }
            }
        }
        true
    }

    /// Whether the closed triangle holds none of the vertices but those at its own corners; `ignored` ones do not
    /// count. A triangle that meets too many to look at is taken for not empty, which is always safe.
    pub(crate) fn is_empty(
        &self,
        points: &[GridPoint],
        corners: [GridPoint; 3],
        mut ignored: impl FnMut(u32) -> bool,
    ) -> bool {
        let [a, b, c] = if cross(corners[0], corners[1], corners[2]) < 0 {
            [corners[0], corners[2], corners[1]]
        } else {
            corners
        };
        let (min_x, max_x) = (a.x.min(b.x).min(c.x), a.x.max(b.x).max(c.x));
        let (min_y, max_y) = (a.y.min(b.y).min(c.y), a.y.max(b.y).max(c.y));
        if ((max_y - min_y).max(max_x - min_x) >> self.shift) as usize > PATIENCE {
            return false;
        }
        let mut left = PATIENCE;
        self.visit(&corners, 0, |entry| {
            let Some(rest) = left.checked_sub(1) else { return false };
            left = rest;
            let p = points[entry as usize];
            let outside = p.x < min_x || p.x > max_x || p.y < min_y || p.y > max_y;
            outside
                || corners.contains(&p)
                || cross(a, b, p) < 0
                || cross(b, c, p) < 0
                || cross(c, a, p) < 0
                || ignored(entry)
        })
    }
}

/// The median length of an edge (the longer side of its box) among a thousand.
fn usual_step(points: &[GridPoint]) -> u64 {
    let step = |p: &[GridPoint]| u64::from(p[0].x.abs_diff(p[1].x).max(p[0].y.abs_diff(p[1].y)));
    let mut steps: Vec<u64> = points.windows(2).step_by(points.len() / 1000 + 1).map(step).collect();
    steps.sort_unstable();
    steps.get(steps.len() / 2).copied().unwrap_or(0)
}

/// The least and greatest x of the polyline, taken as closed, between two heights, a little widened.
fn across(line: &[GridPoint], low: i64, high: i64) -> [i64; 2] {
    let (mut least, mut greatest) = (i64::MAX, i64::MIN);
    for (k, a) in line.iter().enumerate() {
        let b = line[(k + 1) % line.len()];
        let (a, b) = if a.y <= b.y { (a.wide(), b.wide()) } else { (b.wide(), a.wide()) };
        if b[1] < low || a[1] > high {
            continue;
        }
        let slope = (b[0] - a[0]) as f64 / (b[1] - a[1]).max(1) as f64;
        let at = |y: i64| a[0] + ((y - a[1]) as f64 * slope) as i64;
        let ends = [if a[1] >= low { a[0] } else { at(low) }, if b[1] <= high { b[0] } else { at(high) }];
        least = least.min(ends[0].min(ends[1]) - 2);
        greatest = greatest.max(ends[0].max(ends[1]) + 2);
    }
    [least.min(greatest), greatest.max(least)]
}
