//! Fewer vertices for a zoom: Visvalingam and Whyatt's method on arcs, made safe for all of them together.
//!
//! A vertex v between p and n is dropped when the triangle (p, v, n) is smaller than a pixel's part that can be seen,
//! least first, *and* holds no other vertex of the coverage, border included. Why nothing can cross then: the new edge
//! p–n could only be crossed by an edge that enters the triangle. It cannot enter by p–v or v–n, which nothing crosses,
//! so it enters by p–n and must end inside, at a vertex, which there is not.
//!
//! Vertices of other arcs count as they stood when the zoom began, whether or not they have been dropped since: that
//! refuses a little more than it must (the next zoom asks again), and in return no arc's result depends on another's.
//! Arcs can be done in any order, on any thread, or alone after an edit, and the result is the same bit for bit.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::Coverage;
use super::buckets::Buckets;
use crate::grid::{GridPoint, cross};
use crate::matrix::MAX_ZOOM;

/// Twice the least triangle worth a vertex, in squared units of the zoom (8 units a pixel): 1/16 pixel².
const LEAST_DOUBLED_UNITS2: u64 = 2 * 4;
/// Arcs that one thread takes at a time.
const BATCH: usize = 512;

/// The coverage with the vertices worth drawing at a zoom; `buckets` holds the vertices of `coverage`.
pub(crate) fn simplify(coverage: &Coverage, buckets: &Buckets, z: u8) -> Coverage {
    let threshold = LEAST_DOUBLED_UNITS2 << (2 * u32::from(MAX_ZOOM.saturating_sub(z)));
    let arcs: Vec<usize> = (0..coverage.len()).collect();
    let batches: Vec<(Vec<GridPoint>, Vec<u32>)> = arcs
        .par_chunks(BATCH)
        .map_init(Work::default, |work, arcs| {
            let (mut points, mut counts) = (Vec::new(), Vec::with_capacity(arcs.len()));
            for &arc in arcs {
                let before = points.len();
                work.arc(coverage, arc, buckets, threshold, &mut points);
                counts.push((points.len() - before) as u32);
            }
            (points, counts)
        })
        .collect();
    let mut simple = Coverage {
        points: Vec::with_capacity(batches.iter().map(|(points, _)| points.len()).sum()),
        starts: Vec::with_capacity(coverage.starts.len()),
        sides: coverage.sides.clone(),
        in_lines: coverage.in_lines.clone(),
        lines: coverage.lines.clone(),
    };
    simple.starts.push(0);
    let mut end = 0;
    for (points, counts) in batches {
        simple.points.extend(points);
        simple.starts.extend(counts.into_iter().map(|count| {
            end += count;
            end
        }));
    }
    simple
}

/// Room for one arc's work, used again.
#[derive(Default)]
struct Work {
    before: Vec<u32>,
    after: Vec<u32>,
    /// Twice the area of each vertex's triangle; `u64::MAX` for ends and for what is gone.
    area: Vec<u64>,
    heap: BinaryHeap<Reverse<(u64, u32)>>,
}

impl Work {
    fn arc(
        &mut self,
        coverage: &Coverage,
        arc: usize,
        buckets: &Buckets,
        threshold: u64,
        into: &mut Vec<GridPoint>,
    ) {
        let points = coverage.arc(arc);
        let least = if points.first() == points.last() { 4 } else { 2 };
        if points.len() <= least {
            into.extend_from_slice(points);
            return;
        }
        self.weigh(points, threshold);
        if self.heap.is_empty() {
            into.extend_from_slice(points);
            return;
        }
        let base = coverage.starts[arc] as usize;
        let mut left = points.len();
        while let Some(Reverse((area, i))) = self.heap.pop() {
            let i = i as usize;
            if self.area[i] != area || left <= least {
                continue;
            }
            let (p, n) = (self.before[i] as usize, self.after[i] as usize);
            let own = |entry: u32| {
                let k = (entry as usize).wrapping_sub(base);
                k < points.len() && (self.is_gone(k) || [p, i, n].contains(&k))
            };
            if !buckets.is_empty(&coverage.points, [points[p], points[i], points[n]], own) {
                continue;
            }
            left -= 1;
            self.drop(points, i, threshold);
        }
        into.extend((0..points.len()).filter(|&k| !self.is_gone(k)).map(|k| points[k]));
    }

    /// Sets up the chain and the heap.
    fn weigh(&mut self, points: &[GridPoint], threshold: u64) {
        let n = points.len();
        self.before.clear();
        self.before.extend((0..n as u32).map(|i| i.wrapping_sub(1)));
        self.after.clear();
        self.after.extend(1..=n as u32);
        self.area.clear();
        self.area.resize(n, u64::MAX);
        self.heap.clear();
        for i in 1..n - 1 {
            self.push(points, i, threshold);
        }
    }

    fn push(&mut self, points: &[GridPoint], i: usize, threshold: u64) {
        let (p, n) = (self.before[i] as usize, self.after[i] as usize);
        let area = cross(points[p], points[i], points[n]).unsigned_abs();
        self.area[i] = u64::try_from(area).unwrap_or(u64::MAX - 1);
        if self.area[i] < threshold {
            self.heap.push(Reverse((self.area[i], i as u32)));
        }
    }

    fn drop(&mut self, points: &[GridPoint], i: usize, threshold: u64) {
        let (p, n) = (self.before[i] as usize, self.after[i] as usize);
        self.area[i] = u64::MAX;
        self.after[i] = u32::MAX;
        self.after[p] = n as u32;
        self.before[n] = p as u32;
        for k in [p, n] {
            if k > 0 && k + 1 < points.len() {
                self.push(points, k, threshold);
            }
        }
    }

    fn is_gone(&self, k: usize) -> bool {
        self.after[k] == u32::MAX
    }
}
