//! Which ring lies in which: holes in their shells, not in each other; parts outside each other.
//!
//! A few rings are compared pair by pair. Where that would take too long, as for thousands of holes or islands, one
//! pass of a sweep line tells the same ([`forest`](super::forest)) of all rings that cross nothing; what the others
//! cross is told already, and what lies in them is then not.

use std::collections::HashSet;

use super::equal::Entangled;
use super::forest::Forest;
use super::location::{Location, locate_ring};
use super::ring::Ring;
use super::{Problem, ProblemKind};
use crate::Index;

/// Vertices that may be looked at for each there is, and so many in any case, before rings are swept.
const LOOKS_PER_VERTEX: usize = 32;
const FEW_LOOKS: usize = 100_000;

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
        if self.are_few() { self.by_pairs(problems) } else { self.by_sweep(problems) }
    }

    /// Whether comparing pair by pair looks at few enough vertices.
    fn are_few(&self) -> bool {
        let vertices: usize = self.rings.iter().map(|ring| ring.points.len()).sum();
        let mut left = LOOKS_PER_VERTEX * vertices + FEW_LOOKS;
        (0..self.rings.len()).all(|ring| {
            let looks: usize = self.around(ring).map(|other| self.rings[other].points.len()).sum();
            let fits = looks <= left;
            left = left.saturating_sub(looks);
            fits
        })
    }

    fn by_pairs(&self, problems: &mut Vec<Problem>) -> HashSet<usize> {
        let mut outside = HashSet::new();
        let shells = self.shells();
        for (number, ring) in self.rings.iter().enumerate() {
            if ring.ring == 0 {
                if self.is_nested(number) {
                    problems.push(ring.problem(ProblemKind::NestedShells, ring.points[0]));
                }
            } else if shells[number].is_some_and(|shell| self.lies(number, shell) == Some(Location::Outside))
            {
                outside.insert(number);
                problems.push(ring.problem(ProblemKind::HoleOutsideShell, ring.points[0]));
            } else if self.hole_in_hole(number) {
                problems.push(ring.problem(ProblemKind::NestedHoles, ring.points[0]));
            }
        }
        outside
    }

    fn by_sweep(&self, problems: &mut Vec<Problem>) -> HashSet<usize> {
        let free = self.entangled.free();
        let is_clean: Vec<bool> =
            self.rings.iter().zip(free).map(|(ring, free)| free && !ring.has_spikes).collect();
        let (shells, mut outside) = (self.shells(), HashSet::new());
        Forest::of(self.rings, |ring| is_clean[ring]).walk(self.rings, |number, around| {
            let ring = &self.rings[number];
            let kind = if ring.ring == 0 {
                (around.cover > 0).then_some(ProblemKind::NestedShells)
            } else if !around.in_shell && shells[number].is_some_and(|shell| is_clean[shell]) {
                outside.insert(number);
                Some(ProblemKind::HoleOutsideShell)
            } else {
                let in_hole = around.next.is_some_and(|next| self.rings[next].ring != 0);
                in_hole.then_some(ProblemKind::NestedHoles)
            };
            let Some(kind) = kind else { return };
            problems.push(ring.problem(kind, ring.points[0]));
        });
        outside
    }

    /// The shell of each ring's part. Rings of a part stand together, its shell first; a broken shell is not there
    /// at all.
    fn shells(&self) -> Vec<Option<usize>> {
        let mut last = None;
        let of = |(number, ring): (usize, &Ring)| {
            if ring.ring == 0 {
                last = Some((ring.part, number));
            }
            last.filter(|(part, _)| *part == ring.part).map(|(_, shell)| shell)
        };
        self.rings.iter().enumerate().map(of).collect()
    }

    fn hole_in_hole(&self, hole: usize) -> bool {
        let part = self.rings[hole].part;
        self.around(hole)
            .filter(|&other| self.rings[other].part == part && self.rings[other].ring != 0)
            .any(|other| self.lies(hole, other) == Some(Location::Inside))
    }

    /// Whether a shell lies inside another part's shell and in none of its holes.
    fn is_nested(&self, shell: usize) -> bool {
        let part = self.rings[shell].part;
        let containing: Vec<usize> = self
            .around(shell)
            .filter(|&other| self.rings[other].part != part)
            .filter(|&other| self.lies(shell, other) == Some(Location::Inside))
            .collect();
        let (shells, holes): (Vec<usize>, Vec<usize>) =
            containing.into_iter().partition(|&other| self.rings[other].ring == 0);
        shells.into_iter().any(|other| {
            let other_part = self.rings[other].part;
            let in_hole = holes.iter().any(|&hole| self.rings[hole].part == other_part);
            !in_hole && !self.is_told(shell, other_part)
        })
    }

    /// Whether a shell is known to cross or to touch a ring of another part along a stretch.
    fn is_told(&self, shell: usize, part: usize) -> bool {
        // Parts stand in their order.
        let from = self.rings.partition_point(|ring| ring.part < part);
        let of_part = self.rings[from..].iter().take_while(|ring| ring.part == part).count();
        (from..from + of_part).any(|other| self.entangled.contains(shell, other))
    }

    /// The other rings whose boxes meet that of a ring.
    fn around(&self, ring: usize) -> impl Iterator<Item = usize> {
        self.index.query(&self.rings[ring].envelope).into_iter().filter(move |&other| other != ring)
    }

    /// Where a ring lies with regard to another; `None` when the two are entangled.
    fn lies(&self, ring: usize, other: usize) -> Option<Location> {
        (!self.entangled.contains(ring, other)).then(|| locate_ring(&self.rings[ring], &self.rings[other]))
    }
}

#[cfg(test)]
mod tests {
    use geo_types::LineString;
    use proptest::prelude::*;

    use super::super::equal::Equal;
    use super::*;

    fn ring(points: Vec<[f64; 2]>, numbers: (usize, usize)) -> Option<Ring> {
        let first = points.first().copied();
        let line: LineString<f64> = points.into_iter().chain(first).collect();
        Ring::read(&line, numbers, &mut Vec::new())
    }

    fn square([x, y]: [f64; 2], size: f64) -> Vec<[f64; 2]> {
        vec![[x, y], [x + size, y], [x + size, y + size], [x, y + size]]
    }

    fn told(problems: Vec<Problem>) -> Vec<(ProblemKind, Option<usize>, Option<usize>)> {
        let mut told: Vec<_> = problems.into_iter().map(|p| (p.kind, p.part, p.ring)).collect();
        told.sort_unstable();
        told
    }

    /// Squares of powers of two that lie beside or in one another, never across, each shell or hole of any part.
    fn squares() -> impl Strategy<Value = Vec<Ring>> {
        let one = (0u32..4, 0i32..16, 0i32..16, 0usize..4, any::<bool>());
        prop::collection::vec(one, 1..12).prop_map(|squares| {
            let mut squares = squares;
            // A shell never in its own hole.
            squares.sort_unstable_by_key(|square| square.0);
            let mut places = HashSet::new();
            let mut rings: Vec<(usize, bool, Vec<[f64; 2]>)> = Vec::new();
            for (level, x, y, part, is_hole) in squares {
                let size = f64::from(16 >> level);
                let cell = (level, x >> (4 - level), y >> (4 - level));
                // Shrunk by depth, so that squares in one another do not touch.
                let inset = f64::from(level + 1) * 0.1;
                let corner = [f64::from(cell.1) * size + inset, f64::from(cell.2) * size + inset];
                if places.insert(cell) {
                    let has_shell = rings.iter().any(|(other, hole, _)| *other == part && !hole);
                    rings.push((part, is_hole && has_shell, square(corner, size - 2.0 * inset)));
                }
            }
            // One shell for each part, and it first.
            let mut numbered = Vec::new();
            for part in 0..4 {
                let own = rings.iter().filter(|ring| ring.0 == part);
                numbered.extend(
                    own.enumerate().filter_map(|(k, (_, _, points))| ring(points.clone(), (part, k))),
                );
            }
            numbered
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn the_sweep_line_tells_what_pairs_tell(rings in squares()) {
            let entangled = Entangled::new(Equal::none(rings.len()));
            let nesting = Nesting::new(&rings, &entangled);
            let (mut by_pairs, mut by_sweep) = (Vec::new(), Vec::new());
            let outside = (nesting.by_pairs(&mut by_pairs), nesting.by_sweep(&mut by_sweep));
            prop_assert_eq!(outside.0, outside.1);
            prop_assert_eq!(told(by_pairs), told(by_sweep));
        }
    }
}
