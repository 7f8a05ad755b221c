//! The edges that no single neighbour has in the opposite direction.

use rayon::prelude::*;

use super::matching::{groups, keyed};
use super::rings::Rings;
use crate::region::Point;

/// An edge that is left over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Loose {
    pub(super) a: Point,
    pub(super) b: Point,
    /// The feature on its left.
    pub(super) feature: usize,
    /// The ring that it is of.
    pub(super) ring: usize,
    /// Whether some other feature has its reverse, while a third has it as well.
    pub(super) is_crowded: bool,
}

impl Loose {
    pub(super) fn ends(&self) -> [Point; 2] {
        [self.a, self.b]
    }
}

/// What a first look at the edges gives.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// The edges left over, ring by ring, each ring's in its direction and beginning after a matched edge.
    pub(super) loose: Vec<Loose>,
    /// How many edges match.
    pub(super) matched: usize,
    /// Their length in grid steps.
    pub(super) matched_length: f64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Loose,
    Crowded,
    Matched,
}

/// Parts the edges of a layer into those that match and those that do not.
pub(super) fn sort(rings: &Rings) -> Sorted {
    let mut keys = Vec::with_capacity(rings.points.len() - rings.spans.len());
    for span in &rings.spans {
        keys.extend((span.start..span.last).map(|edge| keyed(edge, rings.ends(edge))));
    }
    let mut states = vec![State::Loose; rings.points.len()];
    groups(keys, |edge| rings.ends(edge), |same| mark(same, |edge| rings.ends(edge), &mut states));
    let mut sorted = Sorted::default();
    for (ring, span) in rings.spans.iter().enumerate() {
        let first = (span.start..span.last).find(|&edge| states[edge] == State::Matched);
        let (start, n) = (first.unwrap_or(span.start) - span.start, span.last - span.start);
        for edge in (0..n).map(|i| span.start + (start + i) % n) {
            let [a, b] = rings.ends(edge);
            if states[edge] == State::Matched {
                sorted.matched += 1;
                sorted.matched_length += length(a, b);
            } else {
                let is_crowded = states[edge] == State::Crowded;
                sorted.loose.push(Loose { a, b, feature: span.feature, ring, is_crowded });
            }
        }
    }
    sorted
}

/// Marks the edges of one place. Exactly one each way is a border that two features share. A region is valid, so
/// none has an edge both ways itself.
fn mark(same: &[usize], ends: impl Fn(usize) -> [Point; 2], states: &mut [State]) {
    let is_forward = |edge: usize| ends(edge)[0] < ends(edge)[1];
    let forward = same.iter().filter(|&&edge| is_forward(edge)).count();
    let backward = same.len() - forward;
    if forward == 0 || backward == 0 {
        return;
    }
    let state = if forward == 1 && backward == 1 { State::Matched } else { State::Crowded };
    same.iter().for_each(|&edge| states[edge] = state);
}

/// Looks again at loose edges of which some were cut. Returns what is still loose, and the numbers of those that
/// match now, each with that of its counterpart.
pub(super) fn sort_again(pieces: &[Loose]) -> (Vec<Loose>, Vec<[usize; 2]>) {
    let ends = |piece: usize| pieces[piece].ends();
    let keys = pieces.par_iter().enumerate().map(|(piece, edge)| keyed(piece, edge.ends())).collect();
    let mut states = vec![State::Loose; pieces.len()];
    let mut matched = Vec::new();
    groups(keys, ends, |same| {
        mark(same, ends, &mut states);
        if let (&[one, other], true) = (same, states[same[0]] == State::Matched) {
            matched.extend([[one, other], [other, one]]);
        }
    });
    matched.sort_unstable();
    let still = pieces.iter().zip(&states).filter(|(_, state)| **state != State::Matched);
    let still = still.map(|(&edge, &state)| Loose { is_crowded: state == State::Crowded, ..edge });
    let mut loose: Vec<Loose> = still.collect();
    // A ring that had no matched edge before begins after one now.
    for ring in loose.chunk_by_mut(|a, b| a.ring == b.ring) {
        let n = ring.len();
        let start = (0..n).find(|&i| ring[(i + n - 1) % n].b != ring[i].a).unwrap_or(0);
        ring.rotate_left(start);
    }
    (loose, matched)
}

/// Length in grid steps.
pub(super) fn length(a: Point, b: Point) -> f64 {
    ((b.x - a.x) as f64).hypot((b.y - a.y) as f64)
}
