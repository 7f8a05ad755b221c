//! Finding edges that have the same two ends.

use rayon::prelude::*;

use crate::region::Point;

/// An edge by a number of the caller's, with a key that is the same for all edges of the same two ends.
pub(super) type Keyed = (u64, usize);

/// Steps of the grid in a cell of keys, as a power of two: some 1,000 m.
const CELL_BITS: u32 = 30;

/// The key of an edge. Its upper half tells the place, so that sorting by keys keeps neighbours in memory near each
/// other; its lower half is a hash of both ends.
pub(super) fn keyed(edge: usize, ends: [Point; 2]) -> Keyed {
    let [low, high] = ordered(ends);
    let cell = |v: i64| (v >> CELL_BITS) as u64 & 0xffff;
    let hash = [low.x, low.y, high.x, high.y].into_iter().fold(0_u64, |hash, v| {
        // Multiplying by 2⁶⁴ over the golden ratio moves every bit upwards; the shift brings it back down.
        let mixed = (hash ^ v as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 29)
    });
    (cell(low.x) << 48 | cell(low.y) << 32 | hash >> 32, edge)
}

fn ordered([a, b]: [Point; 2]) -> [Point; 2] {
    if a <= b { [a, b] } else { [b, a] }
}

/// Calls `group` with every set of edges that have the same two ends, in whichever direction, in the order of keys;
/// inside a set edges are ascending. Equal keys of unequal edges are told apart.
pub(super) fn groups(
    mut keyed: Vec<Keyed>,
    ends: impl Fn(usize) -> [Point; 2],
    mut group: impl FnMut(&[usize]),
) {
    keyed.par_sort_unstable();
    let mut members: Vec<usize> = Vec::new();
    for same_key in keyed.chunk_by(|a, b| a.0 == b.0) {
        members.clear();
        members.extend(same_key.iter().map(|&(_, edge)| edge));
        members.sort_by_key(|&edge| ordered(ends(edge)));
        for same in members.chunk_by(|&a, &b| ordered(ends(a)) == ordered(ends(b))) {
            group(same);
        }
    }
}
