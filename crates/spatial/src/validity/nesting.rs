//! Which ring lies in which: holes in their shells, not in each other; parts outside each other.

use std::collections::HashSet;

use super::location::{Location, locate_ring};
use super::ring::Ring;
use super::{Problem, ProblemKind};
use crate::Index;

/// Pairs of ring numbers (smaller first) that cross or share edges: nothing more is said about these.
pub(super) type Entangled = HashSet<(usize, usize)>;

/// The rings with what is needed to ask for neighbours.
pub(super) struct Nesting<'a> {
    rings: &'a [Ring],
    entangled: &'a Entangled,
    index: Index,
}

impl<'a> Nesting<'a> {
    pub(super) fn new(rings: &'a [Ring], entangled: &'a Entangled) -> Self {
        let envelopes = rings.iter().enumerate().map(|(i, ring)| (ring.envelope, i)).collect();
        Self { rings, entangled, index: Index::bulk_load(envelopes) }
    }

    /// Reports misplaced holes and parts; the answer is the holes that lie outside their shells.
    pub(super) fn examine(&self, problems: &mut Vec<Problem>) -> HashSet<usize> {
        let mut outside = HashSet::new();
        for (number, ring) in self.rings.iter().enumerate() {
            if ring.ring == 0 {
                self.part_in_parts(number, problems);
            } else if self.hole_outside_shell(number) {
                outside.insert(number);
                problems.push(ring.problem(ProblemKind::HoleOutsideShell, ring.points[0]));
            } else if self.hole_in_hole(number) {
                problems.push(ring.problem(ProblemKind::RingsCross, ring.points[0]));
            }
        }
        outside
    }

    fn hole_outside_shell(&self, hole: usize) -> bool {
        let part = self.rings[hole].part;
        // Rings of a part stand together, its shell first; a broken shell is not there at all.
        let shell = self.rings[..hole].iter().rposition(|ring| ring.part == part && ring.ring == 0);
        shell.is_some_and(|shell| self.lies(hole, shell) == Some(Location::Outside))
    }

    fn hole_in_hole(&self, hole: usize) -> bool {
        let part = self.rings[hole].part;
        self.around(hole)
            .filter(|&other| self.rings[other].part == part && self.rings[other].ring != 0)
            .any(|other| self.lies(hole, other) == Some(Location::Inside))
    }

    /// A shell inside another part's shell must lie in one of its holes.
    fn part_in_parts(&self, shell: usize, problems: &mut Vec<Problem>) {
        let part = self.rings[shell].part;
        let containing: Vec<usize> = self
            .around(shell)
            .filter(|&other| self.rings[other].part != part)
            .filter(|&other| self.lies(shell, other) == Some(Location::Inside))
            .collect();
        let (shells, holes): (Vec<usize>, Vec<usize>) =
            containing.into_iter().partition(|&other| self.rings[other].ring == 0);
        for other in shells {
            let other_part = self.rings[other].part;
            let in_hole = holes.iter().any(|&hole| self.rings[hole].part == other_part);
            let told = self.entangled.iter().any(|&(a, b)| {
                let other_of = |x: usize, y: usize| x == shell && self.rings[y].part == other_part;
                other_of(a, b) || other_of(b, a)
            });
            if !in_hole && !told {
                problems
                    .push(self.rings[shell].problem(ProblemKind::PartsOverlap, self.rings[shell].points[0]));
            }
        }
    }

    /// The other rings whose boxes meet that of a ring.
    fn around(&self, ring: usize) -> impl Iterator<Item = usize> {
        self.index.query(&self.rings[ring].envelope).into_iter().filter(move |&other| other != ring)
    }

    /// Where a ring lies with regard to another; `None` when the two are entangled.
    fn lies(&self, ring: usize, other: usize) -> Option<Location> {
        let pair = (ring.min(other), ring.max(other));
        (!self.entangled.contains(&pair)).then(|| locate_ring(&self.rings[ring], &self.rings[other]))
    }
}
