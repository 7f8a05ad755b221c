//! Rings that are there already: the same vertices in the same or the opposite order, wherever they begin. Every two of them
//! meet everywhere, so one stands for all where meetings are looked for, and no list of pairs is kept.

use std::collections::{HashMap, HashSet};

use super::ring::Ring;

/// A position as bits, in which zero has one sign.
type Place = [u64; 2];

/// For each ring the first one that is equal to it.
pub(super) struct Equal {
    firsts: Vec<usize>,
}

impl Equal {
    pub(super) fn of(rings: &[Ring]) -> Self {
        let mut by_envelope: HashMap<[Place; 2], Vec<usize>> = HashMap::new();
        for (number, ring) in rings.iter().enumerate() {
            by_envelope.entry([ring.envelope.min, ring.envelope.max].map(place)).or_default().push(number);
        }
        let mut firsts: Vec<usize> = (0..rings.len()).collect();
        for group in by_envelope.into_values().filter(|group| group.len() > 1) {
            let mut known: HashMap<Vec<Place>, usize> = HashMap::new();
            for number in group {
                firsts[number] = *known.entry(normal_order(&rings[number])).or_insert(number);
            }
        }
        Self { firsts }
    }

    /// No ring is equal to another.
    #[cfg(test)]
    pub(super) fn none(rings: usize) -> Self {
        Self { firsts: (0..rings).collect() }
    }

    /// The first ring that is equal to one; itself where none before it is.
    pub(super) fn first(&self, ring: usize) -> usize {
        self.firsts[ring]
    }

    /// The rings that are not there before, in order.
    pub(super) fn distinct(&self) -> Vec<usize> {
        (0..self.firsts.len()).filter(|&ring| self.first(ring) == ring).collect()
    }

    /// The rings that are there before, in order.
    pub(super) fn later(&self) -> impl Iterator<Item = usize> {
        (0..self.firsts.len()).filter(|&ring| self.first(ring) != ring)
    }
}

/// Pairs of rings that cross or share edges, or are equal: nothing more is said about these. A ring that meets itself stands
/// with itself. Pairs are kept of rings that stand for their equals, so that there are no more than contacts.
pub(super) struct Entangled {
    equal: Equal,
    pairs: HashSet<(usize, usize)>,
}

impl Entangled {
    /// The equal ones; others come as they are found.
    pub(super) fn new(equal: Equal) -> Self {
        Self { equal, pairs: HashSet::new() }
    }

    pub(super) fn insert(&mut self, a: usize, b: usize) {
        let pair = self.pair(a, b);
        self.pairs.insert(pair);
    }

    pub(super) fn contains(&self, a: usize, b: usize) -> bool {
        let (first, second) = self.pair(a, b);
        (a != b && first == second) || self.pairs.contains(&(first, second))
    }

    /// For each ring whether it is in no pair.
    pub(super) fn free(&self) -> Vec<bool> {
        let rings = self.equal.firsts.len();
        let mut free = vec![true; rings];
        for &(a, b) in &self.pairs {
            (free[a], free[b]) = (false, false);
        }
        self.equal.later().for_each(|ring| free[self.equal.first(ring)] = false);
        (0..rings).map(|ring| free[self.equal.first(ring)]).collect()
    }

    fn pair(&self, a: usize, b: usize) -> (usize, usize) {
        let (a, b) = (self.equal.first(a), self.equal.first(b));
        (a.min(b), a.max(b))
    }
}

fn place(position: [f64; 2]) -> Place {
    position.map(|v| (v + 0.0).to_bits())
}

/// The vertices counter-clockwise from the leftmost (then lowest).
fn normal_order(ring: &Ring) -> Vec<Place> {
    let mut points = ring.points.clone();
    if !ring.counter_clockwise {
        points.reverse();
    }
    let order = |a: &[f64; 2], b: &[f64; 2]| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]));
    let start = (0..points.len()).min_by(|&a, &b| order(&points[a], &points[b])).unwrap_or(0);
    points.rotate_left(start);
    points.into_iter().map(place).collect()
}
