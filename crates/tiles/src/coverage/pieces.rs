//! Where runs are cut: at vertices whose neighbours are not the same two wherever the vertex occurs.

use rayon::prelude::*;

use crate::grid::GridPoint;
use crate::source::{Run, Source};

/// A stretch of a run from one junction to the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) run: u32,
    /// Its first vertex, counted within the run.
    pub(crate) first: usize,
    /// How many vertices it has; it goes on past the run's end to its beginning.
    pub(crate) count: usize,
}

impl Piece {
    /// Its vertices.
    pub(crate) fn points(self, source: &Source) -> impl Iterator<Item = GridPoint> + '_ {
        let run = source.runs[self.run as usize];
        let n = run.end - run.start;
        (self.first..self.first + self.count).map(move |i| {
            let k = if i >= n { i - n } else { i };
            source.points[run.start + k]
        })
    }
}

/// The pieces of all runs, in order. A ring without a junction is one piece that begins and ends at its least vertex,
/// so that a hole and the island in it are cut alike.
pub(crate) fn pieces(source: &Source) -> Vec<Piece> {
    let junctions = junctions(source);
    let mut cuts = junctions.iter().copied().peekable();
    let mut pieces = Vec::new();
    for (number, run) in source.runs.iter().enumerate() {
        let mut at = Vec::new();
        while let Some(cut) = cuts.next_if(|&cut| (cut as usize) < run.end) {
            at.push(cut as usize - run.start);
        }
        let n = run.end - run.start;
        let mut add = |first: usize, count: usize| pieces.push(Piece { run: number as u32, first, count });
        if run.closed {
            if at.is_empty() {
                let least = (0..n).min_by_key(|&k| source.points[run.start + k]).unwrap_or(0);
                at.push(least);
            }
            at.windows(2).for_each(|pair| add(pair[0], pair[1] - pair[0] + 1));
            if let (Some(first), Some(last)) = (at.first(), at.last()) {
                add(*last, n - last + first + 1);
            }
        } else {
            at.windows(2).for_each(|pair| add(pair[0], pair[1] - pair[0] + 1));
        }
    }
    pieces
}

/// Occurrences of junctions, ascending. Sorting by place brings all occurrences of a vertex together; along the curve
/// their neighbours lie near in memory too, when features follow each other along such a curve.
fn junctions(source: &Source) -> Vec<u32> {
    let mut places: Vec<(u64, u32)> =
        source.points.par_iter().enumerate().map(|(i, point)| (point.z_order(), i as u32)).collect();
    places.par_sort_unstable();
    let ends = ends(source);
    let parts = rayon::current_num_threads().max(1);
    // Each part begins where a vertex does.
    let cut = |part: usize| {
        let mut at = places.len() * part / parts;
        while at > 0 && at < places.len() && places[at].0 == places[at - 1].0 {
            at += 1;
        }
        at
    };
    let mut found: Vec<u32> = (0..parts)
        .into_par_iter()
        .flat_map_iter(|part| {
            let places = &places[cut(part)..cut(part + 1).max(cut(part))];
            places.chunk_by(|a, b| a.0 == b.0).filter(|group| parts_here(source, &ends, group)).flatten()
        })
        .map(|&(_, occurrence)| occurrence)
        .collect();
    found.par_sort_unstable();
    found
}

/// Whether borders part at a vertex, given all its occurrences.
fn parts_here(source: &Source, ends: &[u64], group: &[(u64, u32)]) -> bool {
    let mut pairs = group.iter().map(|&(_, i)| neighbours(source, ends, i as usize));
    let Some(Some(first)) = pairs.next() else { return true };
    pairs.any(|pair| pair != Some(first))
}

/// The vertices before and after an occurrence, the lesser first; `None` at an end of a line.
fn neighbours(source: &Source, ends: &[u64], i: usize) -> Option<[GridPoint; 2]> {
    let points = &source.points;
    let (before, after) = if ends[i / 64] >> (i % 64) & 1 == 0 {
        (points[i - 1], points[i + 1])
    } else {
        let run: Run = source.runs[source.runs.partition_point(|run| run.end <= i)];
        if !run.closed && (i == run.start || i + 1 == run.end) {
            return None;
        }
        let before = if i == run.start { run.end - 1 } else { i - 1 };
        let after = if i + 1 == run.end { run.start } else { i + 1 };
        (points[before], points[after])
    };
    Some([before.min(after), before.max(after)])
}

/// A bit for each occurrence that begins or ends a run.
fn ends(source: &Source) -> Vec<u64> {
    let mut bits = vec![0_u64; source.points.len() / 64 + 1];
    for i in source.runs.iter().flat_map(|run| [run.start, run.end - 1]) {
        bits[i / 64] |= 1 << (i % 64);
    }
    bits
}
