//! Fewer vertices for a zoom: Visvalingam and Whyatt's method on arcs, made safe for all of them together, block by block.
//!
//! A vertex v between p and n is dropped when the triangle (p, v, n) is smaller than a pixel's part that can be seen,
//! least first, *and* holds no other vertex of the coverage, border included. Why nothing can cross then: the new edge
//! p–n could only be crossed by an edge that enters the triangle. It cannot enter by p–v or v–n, which nothing crosses,
//! so it enters by p–n and must end inside, at a vertex, which there is not.
//!
//! Vertices of other arcs count as they stood when the zoom began, whether or not they have been dropped since: that
//! refuses a little more than it must (the next zoom asks again), and in return no arc's result depends on another's.
//!
//! *Blocks.* Where an edge leads from one block of the zoom ([`block`]) to another, both its vertices stay. So every
//! triangle lies in one block, and what becomes of a block's vertices depends on nothing outside it: an edit changes
//! the blocks that it touches, at this zoom and, as blocks nest, at all zooms above. For the same reason an arc has no
//! direction here (of equal triangles the one whose vertex has the lesser coordinates goes first), and a ring that meets
//! no other has no first vertex.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::Coverage;
use super::buckets::Buckets;
use crate::grid::{GridPoint, block, cross};
use crate::matrix::MAX_ZOOM;

/// Twice the least triangle worth a vertex, in squared units of the zoom (8 units a pixel): 1/16 pixel².
const LEAST_DOUBLED_UNITS2: u64 = 2 * 4;
/// Arcs that one thread takes at a time.
const BATCH: usize = 512;

/// The coverage with the vertices worth drawing at a zoom; `buckets` holds the vertices of `coverage`. `go_on` is asked
/// before every piece of the work.
pub(crate) fn simplify<E: Send>(
    coverage: &Coverage,
    buckets: &Buckets,
    z: u8,
    go_on: &(impl Fn() -> Result<(), E> + Sync),
) -> Result<Coverage, E> {
    let arcs: Vec<usize> = (0..coverage.len()).collect();
    let batches: Vec<(Vec<GridPoint>, Vec<u32>)> = arcs
        .par_chunks(BATCH)
        .map_init(Work::default, |work, arcs| {
            go_on()?;
            let (mut points, mut counts) = (Vec::new(), Vec::with_capacity(arcs.len()));
            for &arc in arcs {
                let before = points.len();
                work.arc(coverage, arc, buckets, z, &mut points);
                counts.push((points.len() - before) as u32);
            }
            Ok((points, counts))
        })
        .collect::<Result<_, E>>()?;
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
    Ok(simple)
}

/// Room for one arc's work, used again.
#[derive(Default)]
struct Work {
    before: Vec<u32>,
    after: Vec<u32>,
    /// Twice the area of each vertex's triangle; `u64::MAX` for what stays whatever its triangle is.
    area: Vec<u64>,
    is_gone: Vec<bool>,
    heap: BinaryHeap<Reverse<(u64, GridPoint, u32)>>,
    threshold: u64,
}

impl Work {
    fn arc(&mut self, coverage: &Coverage, arc: usize, buckets: &Buckets, z: u8, into: &mut Vec<GridPoint>) {
        let points = coverage.arc(arc);
        let is_closed = points.first() == points.last();
        let least = if is_closed { 4 } else { 2 };
        if points.len() <= least {
            into.extend_from_slice(points);
            return;
        }
        self.threshold = LEAST_DOUBLED_UNITS2 << (2 * u32::from(MAX_ZOOM.saturating_sub(z)));
        let base = coverage.starts[arc] as usize;
        // A closed arc has its first vertex twice; where nothing meets it there, it is a vertex like the others.
        let is_free = is_closed
            && !coverage.in_lines[arc]
            && is_alone(coverage, buckets, points[0], base, points.len());
        let ring = &points[..points.len() - usize::from(is_closed)];
        self.weigh(ring, is_closed, is_free, z);
        let least = least - usize::from(is_closed);
        let mut left = ring.len();
        while left > least
            && let Some(Reverse((area, _, i))) = self.heap.pop()
        {
            let i = i as usize;
            if self.area[i] != area || self.is_gone[i] {
                continue;
            }
            let (p, n) = (self.before[i] as usize, self.after[i] as usize);
            let own = |entry: u32| {
                let k = (entry as usize).wrapping_sub(base);
                let k = if is_closed && k == points.len() - 1 { 0 } else { k };
                k < ring.len() && (self.is_gone[k] || [p, i, n].contains(&k))
            };
            if !buckets.is_empty(&coverage.points, [ring[p], ring[i], ring[n]], own) {
                continue;
            }
            left -= 1;
            self.drop(ring, i);
        }
        let start = into.len();
        into.extend((0..ring.len()).filter(|&k| !self.is_gone[k]).map(|k| ring[k]));
        if is_closed {
            into.extend(into.get(start).copied());
        }
    }

    /// Sets up the chain and the heap.
    fn weigh(&mut self, ring: &[GridPoint], is_closed: bool, is_free: bool, z: u8) {
        let n = ring.len();
        self.before.clear();
        self.before.extend((0..n).map(|i| ((i + n - 1) % n) as u32));
        self.after.clear();
        self.after.extend((0..n).map(|i| ((i + 1) % n) as u32));
        self.area.clear();
        self.area.resize(n, u64::MAX);
        self.is_gone.clear();
        self.is_gone.resize(n, false);
        self.heap.clear();
        let ends = |i: usize| if is_closed { i == 0 && !is_free } else { i == 0 || i + 1 == n };
        for i in 0..n {
            let own = block(ring[i], z);
            let around = [self.before[i], self.after[i]].map(|k| block(ring[k as usize], z));
            if !ends(i) && around == [own; 2] {
                self.area[i] = 0;
            }
        }
        for i in 0..n {
            self.push(ring, i);
        }
    }

    /// Puts a vertex that may go into the heap.
    fn push(&mut self, ring: &[GridPoint], i: usize) {
        if self.area[i] == u64::MAX {
            return;
        }
        let (p, n) = (self.before[i] as usize, self.after[i] as usize);
        let area = cross(ring[p], ring[i], ring[n]).unsigned_abs();
        self.area[i] = u64::try_from(area).unwrap_or(u64::MAX - 1).min(u64::MAX - 1);
        if self.area[i] < self.threshold {
            self.heap.push(Reverse((self.area[i], ring[i], i as u32)));
        }
    }

    fn drop(&mut self, ring: &[GridPoint], i: usize) {
        let (p, n) = (self.before[i], self.after[i]);
        self.is_gone[i] = true;
        self.after[p as usize] = n;
        self.before[n as usize] = p;
        self.push(ring, p as usize);
        self.push(ring, n as usize);
    }
}

/// Whether no other arc has a vertex at a place of the arc at `base`.
fn is_alone(coverage: &Coverage, buckets: &Buckets, at: GridPoint, base: usize, length: usize) -> bool {
    buckets.visit(&[at, at], 0, |entry| {
        let k = (entry as usize).wrapping_sub(base);
        k < length || coverage.points[entry as usize] != at
    })
}
