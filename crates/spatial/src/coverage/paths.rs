//! Going along loose edges of a ring.

use std::ops::Range;

use super::loose::{Loose, length};
use crate::GRID_STEP_M;
use crate::region::metres;

/// A place on a loose edge: its number, and m along it.
pub(super) type Place = (usize, f64);

/// The loose edges of each ring as ways to go.
pub(super) struct Paths<'a> {
    loose: &'a [Loose],
    /// The edges of each ring, in order.
    rings: Vec<Range<usize>>,
}

impl<'a> Paths<'a> {
    pub(super) fn of(loose: &'a [Loose]) -> Self {
        let (mut rings, mut start) = (Vec::new(), 0);
        for ring in loose.chunk_by(|a, b| a.ring == b.ring) {
            rings.push(start..start + ring.len());
            start += ring.len();
        }
        Self { loose, rings }
    }

    pub(super) fn ring_of(&self, edge: usize) -> usize {
        self.loose[edge].ring
    }

    /// Length of an edge, m.
    fn length_m(&self, edge: usize) -> f64 {
        let Loose { a, b, .. } = self.loose[edge];
        length(a, b) * GRID_STEP_M
    }

    /// The edge of the same ring that goes on where one ends.
    fn next(&self, edge: usize) -> Option<usize> {
        let ring = self.rings.partition_point(|ring| ring.end <= edge);
        let ring = self.rings.get(ring)?;
        let next = if edge + 1 < ring.end { edge + 1 } else { ring.start };
        (self.loose[next].a == self.loose[edge].b).then_some(next)
    }

    /// How far it is from one place forward to another, m, if that is within `limit_m`. A place that lies behind on
    /// the same edge counts as reached.
    pub(super) fn ahead_m(&self, from: Place, to: Place, limit_m: f64) -> Option<f64> {
        if from.0 == to.0 {
            return Some((to.1 - from.1).max(0.0)).filter(|&ahead| ahead <= limit_m);
        }
        let (mut at, mut ahead) = (from.0, self.length_m(from.0) - from.1);
        while ahead <= limit_m {
            at = self.next(at).filter(|&next| next != from.0)?;
            if at == to.0 {
                return Some(ahead + to.1).filter(|&ahead| ahead <= limit_m);
            }
            ahead += self.length_m(at);
        }
        None
    }

    /// The line from one place forward to another, m.
    pub(super) fn line(&self, from: Place, to: Place) -> Vec<[f64; 2]> {
        let mut line = vec![self.point(from)];
        let mut at = from.0;
        while at != to.0 || (line.len() == 1 && to.1 < from.1) {
            line.push(metres(self.loose[at].b));
            match self.next(at) {
                Some(next) => at = next,
                None => break,
            }
        }
        line.push(self.point(to));
        line.dedup();
        line
    }

    fn point(&self, (edge, along_m): Place) -> [f64; 2] {
        let (a, b) = (metres(self.loose[edge].a), metres(self.loose[edge].b));
        let share = along_m / self.length_m(edge);
        [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
    }
}
