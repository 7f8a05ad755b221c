//! Connected parts of sets of atoms: area, perimeter, mean width.

use std::collections::{BTreeMap, BTreeSet};

use crate::map::PlanarMap;
use crate::mesh::NONE;
use crate::plane::square_metres;

/// Looks from atoms to edges and areas.
pub(crate) struct Survey<'a> {
    pub(crate) map: &'a PlanarMap,
    incident: Vec<Vec<u32>>,
    twice: Vec<i64>,
}

/// A connected part: atoms joined by edges; touching in a vertex does not join.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) atoms: BTreeSet<u32>,
    /// Exact.
    pub(crate) area_m2: f64,
    /// 2A/P.
    pub(crate) mean_width_m: f64,
}

impl<'a> Survey<'a> {
    pub(crate) fn new(map: &'a PlanarMap) -> Self {
        Self { map, incident: map.incident(), twice: map.twice_areas() }
    }

    /// Exact area of atoms, m².
    pub(crate) fn area_m2<'b>(&self, atoms: impl IntoIterator<Item = &'b u32>) -> f64 {
        square_metres(atoms.into_iter().map(|&a| self.twice[a as usize]).sum())
    }

    /// The connected parts of a set.
    pub(crate) fn parts(&self, set: &BTreeSet<u32>) -> Vec<Part> {
        let mut left = set.clone();
        let mut parts = Vec::new();
        while let Some(first) = left.pop_first() {
            let mut atoms = BTreeSet::from([first]);
            let mut stack = vec![first];
            while let Some(atom) = stack.pop() {
                for next in self.neighbours(atom) {
                    if left.remove(&next) {
                        atoms.insert(next);
                        stack.push(next);
                    }
                }
            }
            parts.push(self.measured(atoms));
        }
        parts
    }

    /// Atoms across the edges of an atom.
    pub(crate) fn neighbours(&self, atom: u32) -> impl Iterator<Item = u32> + '_ {
        self.incident[atom as usize].iter().map(move |&n| {
            let s = self.map.segments[n as usize];
            if s.left == atom { s.right } else { s.left }
        })
    }

    fn measured(&self, atoms: BTreeSet<u32>) -> Part {
        let mut around = 0.0;
        for &atom in &atoms {
            for &n in &self.incident[atom as usize] {
                let s = self.map.segments[n as usize];
                let beyond = if s.left == atom { s.right } else { s.left };
                if beyond == NONE || !atoms.contains(&beyond) {
                    around += self.map.length_m(n as usize);
                }
            }
        }
        let area_m2 = self.area_m2(&atoms);
        Part { atoms, area_m2, mean_width_m: 2.0 * area_m2 / around }
    }
}

/// The atoms of a zone by what `labels` says of them.
pub(crate) fn grouped(
    survey: &Survey<'_>,
    zone: usize,
    labels: impl Fn(u32) -> Vec<u32>,
) -> BTreeMap<u32, BTreeSet<u32>> {
    let mut groups: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (atom, _) in survey.map.atoms.iter().enumerate().filter(|(_, a)| a.in_zone(zone)) {
        for label in labels(atom as u32) {
            if label != NONE {
                groups.entry(label).or_default().insert(atom as u32);
            }
        }
    }
    groups
}
