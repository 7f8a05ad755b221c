//! Snap rounding: a zoom's coverage on the zoom's own grid, with no gap and no overlap that was not there.
//!
//! Rounding vertices alone lets an edge slip over a vertex close by. Snap rounding (Greene and Yao; Hobby, *Practical
//! segment intersection with finite precision output*, 1999) does not: a pixel that holds a vertex is *hot*, and every
//! edge becomes the line through the middles of all hot pixels that it meets, in the order in which it meets them.
//!
//! Why nothing overlaps. Let every hot pixel shrink onto its middle and drag along what passes through it. An edge is
//! held at every hot pixel that it meets and moves by less than half a unit between them, so during the motion no
//! vertex ever crosses an edge (Guibas and Marimont, *Rounding arrangements dynamically*, 1998): it would have to lie in
//! a pixel that the edge meets, and then both are dragged to the same point. Nothing crosses, so for a planar coverage
//! the winding number of a feature's border around any point stays 0 or 1, and that of two features never is 1 around
//! the same point. Parts may shrink to lines or points; `faces` takes those away from each border by cancelling what it
//! walks both ways, which leaves the other features' borders matched, edge for edge, as they were.
//!
//! Pixels are half-open squares, so each vertex lies in one of them, and whether an edge meets one is decided exactly.
//! An arc is rounded once for both of its features. Each zoom is rounded from the world grid, not from another zoom, so
//! errors do not add up: every rounded vertex lies within half a unit of one in the coverage.

use rayon::prelude::*;

use crate::coverage::Coverage;
use crate::coverage::buckets::Buckets;
use crate::grid::GridPoint;
use crate::matrix::MAX_ZOOM;

/// Arcs that one thread takes at a time.
const BATCH: usize = 1024;

/// The arcs of a coverage on the grid of a zoom.
#[derive(Debug, Default)]
pub(crate) struct Snapped {
    points: Vec<[i32; 2]>,
    starts: Vec<u32>,
}

impl Snapped {
    /// The vertices of an arc, none equal to the one before it.
    pub(crate) fn arc(&self, arc: usize) -> &[[i32; 2]] {
        &self.points[self.starts[arc] as usize..self.starts[arc + 1] as usize]
    }
}

/// Rounds a coverage; `buckets` holds its vertices. `go_on` is asked before every piece of the work.
pub(crate) fn snap<E: Send>(
    coverage: &Coverage,
    buckets: &Buckets,
    z: u8,
    go_on: &(impl Fn() -> Result<(), E> + Sync),
) -> Result<Snapped, E> {
    let arcs: Vec<usize> = (0..coverage.len()).collect();
    let batches: Vec<(Vec<[i32; 2]>, Vec<u32>)> = arcs
        .par_chunks(BATCH)
        .map(|arcs| {
            go_on()?;
            let (mut points, mut counts, mut passed) = (Vec::new(), Vec::new(), Vec::new());
            for &arc in arcs {
                let start = points.len();
                rounded(coverage, coverage.arc(arc), buckets, z, &mut points, &mut passed);
                counts.push((points.len() - start) as u32);
            }
            Ok((points, counts))
        })
        .collect::<Result<_, E>>()?;
    let mut snapped = Snapped { points: Vec::new(), starts: Vec::with_capacity(coverage.len() + 1) };
    snapped.points.reserve_exact(batches.iter().map(|(points, _)| points.len()).sum());
    snapped.starts.push(0);
    let mut end = 0;
    for (points, counts) in batches {
        snapped.points.extend(points);
        snapped.starts.extend(counts.into_iter().map(|count| {
            end += count;
            end
        }));
    }
    Ok(snapped)
}

fn rounded(
    coverage: &Coverage,
    arc: &[GridPoint],
    buckets: &Buckets,
    z: u8,
    into: &mut Vec<[i32; 2]>,
    passed: &mut Vec<[i32; 2]>,
) {
    let start = into.len();
    into.extend(arc.first().map(|point| point.snapped(z)));
    let half = (1_i64 << MAX_ZOOM.saturating_sub(z)) / 2;
    for pair in arc.windows(2) {
        let [from, to] = [pair[0].snapped(z), pair[1].snapped(z)];
        passed.clear();
        buckets.visit(pair, half, |entry| {
            let pixel = coverage.points[entry as usize].snapped(z);
            if pixel != from && pixel != to && meets(pair[0], pair[1], pixel, z) {
                passed.push(pixel);
            }
            true
        });
        // An edge meets pixels in an order in which neither coordinate ever turns back.
        let sign = [0, 1].map(|k| i64::from(to[k] - from[k]).signum());
        passed.sort_unstable_by_key(|p| i64::from(p[0]) * sign[0] + i64::from(p[1]) * sign[1]);
        for &point in passed.iter().chain([&to]) {
            if into.len() == start || into.last() != Some(&point) {
                into.push(point);
            }
        }
    }
}

/// Whether a segment meets a pixel. Both are convex, so they do not if and only if one of three directions keeps them
/// apart: x, y, or across the segment. The open sides of the pixel are taken to lie an infinitesimal below: a corner
/// exactly on the line counts by where that moves it.
fn meets(a: GridPoint, b: GridPoint, pixel: [i32; 2], z: u8) -> bool {
    let side = 1_i64 << MAX_ZOOM.saturating_sub(z);
    let (a, b) = (a.wide(), b.wide());
    let low = pixel.map(|c| i64::from(c) * side - side / 2);
    let high = low.map(|c| c + side.max(1));
    if (0..2).any(|k| a[k].max(b[k]) < low[k] || a[k].min(b[k]) >= high[k]) {
        return false;
    }
    let [dx, dy] = [0, 1].map(|k| i128::from(b[k] - a[k]));
    let line = |x: i64, y: i64| dx * i128::from(y - a[1]) - dy * i128::from(x - a[0]);
    let corners = [
        (line(low[0], low[1]), 0),
        (line(high[0], low[1]), dy),
        (line(low[0], high[1]), -dx),
        (line(high[0], high[1]), dy - dx),
    ];
    let signs = corners.map(|(at, moved)| if at == 0 { moved.signum() } else { at.signum() });
    !(signs.iter().all(|&s| s > 0) || signs.iter().all(|&s| s < 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At zoom 19 a pixel is two world units wide: pixel 5 is [9, 11).
    fn met(a: (u32, u32), b: (u32, u32), pixel: [i32; 2]) -> bool {
        let at = |(x, y)| GridPoint { x, y };
        meets(at(a), at(b), pixel, 19) && meets(at(b), at(a), pixel, 19)
    }

    #[test]
    fn pixels_have_their_lower_sides_and_not_their_upper_ones() {
        assert!(met((9, 0), (9, 20), [5, 5]));
        assert!(!met((11, 0), (11, 20), [5, 5]));
        assert!(met((0, 9), (20, 9), [5, 5]));
        assert!(!met((0, 11), (20, 11), [5, 5]));
        // Through the corner (9, 11), which belongs to the pixel below, and through (9, 9), which belongs to this one.
        assert!(!met((8, 10), (10, 12), [5, 5]));
        assert!(met((8, 10), (10, 8), [5, 5]));
        // Along the diagonal, and past the corner (11, 9) that is not its own.
        assert!(met((0, 0), (20, 20), [5, 5]));
        assert!(!met((10, 8), (12, 10), [5, 5]));
        assert!(!met((0, 0), (8, 8), [5, 5]));
    }
}
