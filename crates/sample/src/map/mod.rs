//! The planar map: every piece of land that differs from its neighbours in any layer is an atom, and every edge
//! between two atoms is there once. Zones, parcels and communes are sets of atoms, so what they share is exact.

pub(crate) mod carve;
pub(crate) mod plant;
pub(crate) mod simplify;
pub(crate) mod trace;

use std::collections::BTreeMap;

use crate::cover::Cover;
use crate::mesh::grow::components;
use crate::mesh::{Mesh, NONE};
use crate::plane::{Point, shoelace, square_metres};

/// What an atom belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Labels {
    /// Commune, or [`NONE`] in a gap between communes.
    pub(crate) commune: u32,
    /// A second commune that claims the land, or [`NONE`].
    pub(crate) claimed: u32,
    pub(crate) today: u32,
    /// Parcel of the newest plan, or [`NONE`] in a gap.
    pub(crate) plan: u32,
    /// Second parcel of the newest plan, or [`NONE`].
    pub(crate) second: u32,
    pub(crate) older: u32,
    /// Bit set of zones.
    pub(crate) zones: u64,
}

impl Labels {
    pub(crate) fn in_zone(&self, zone: usize) -> bool {
        self.zones >> zone & 1 == 1
    }
}

/// A straight edge between two atoms; [`NONE`] is the world outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) left: u32,
    pub(crate) right: u32,
}

/// Points, edges and atoms.
pub(crate) struct PlanarMap {
    pub(crate) points: Vec<Point>,
    /// Points that only cut a straight edge in two: a ring that has no corner there leaves them out.
    pub(crate) cuts: Vec<bool>,
    pub(crate) segments: Vec<Segment>,
    pub(crate) atoms: Vec<Labels>,
}

/// The atom of every triangle, and what each atom belongs to.
pub(crate) fn atoms(mesh: &Mesh, cover: &Cover) -> (Vec<u32>, Vec<Labels>) {
    let of = |t: usize| Labels {
        commune: cover.communes[t],
        claimed: NONE,
        today: cover.today.label[t],
        plan: cover.plan.label[t],
        second: cover.second[t],
        older: cover.older.label[t],
        zones: cover.zones[t],
    };
    let mut keys: BTreeMap<Labels, u32> = BTreeMap::new();
    let class: Vec<u32> = (0..mesh.triangles.len())
        .map(|t| {
            let next = keys.len() as u32;
            *keys.entry(of(t)).or_insert(next)
        })
        .collect();
    let atom = components(mesh, &class);
    let mut labels = vec![None; atom.iter().map(|&a| a as usize + 1).max().unwrap_or(0)];
    for (t, &a) in atom.iter().enumerate() {
        labels[a as usize] = Some(of(t));
    }
    (atom, labels.into_iter().flatten().collect())
}

impl PlanarMap {
    /// The edges between the atoms of a mesh.
    pub(crate) fn new(mesh: &Mesh, atom: &[u32], atoms: Vec<Labels>) -> Self {
        let mut segments = Vec::new();
        for (t, corners) in mesh.triangles.iter().enumerate() {
            for k in 0..3 {
                let n = mesh.neighbours[t][k];
                let right = if n == NONE { NONE } else { atom[n as usize] };
                let (a, b, left) = (corners[k], corners[(k + 1) % 3], atom[t]);
                if right != left && (n == NONE || (t as u32) < n) {
                    segments.push(Segment { a, b, left, right });
                }
            }
        }
        Self { cuts: vec![false; mesh.points.len()], points: mesh.points.clone(), segments, atoms }
    }

    pub(crate) fn length_m(&self, segment: usize) -> f64 {
        let Segment { a, b, .. } = self.segments[segment];
        self.points[a as usize].distance_m(self.points[b as usize])
    }

    /// Twice the area of every atom, squared units.
    pub(crate) fn twice_areas(&self) -> Vec<i64> {
        let mut areas = vec![0; self.atoms.len()];
        for s in &self.segments {
            let term = shoelace(self.points[s.a as usize], self.points[s.b as usize]);
            if s.left != NONE {
                areas[s.left as usize] += term;
            }
            if s.right != NONE {
                areas[s.right as usize] -= term;
            }
        }
        areas
    }

    /// Area of the atoms that `keep` accepts, m²: exact.
    pub(crate) fn area_m2(&self, keep: impl Fn(&Labels) -> bool) -> f64 {
        let areas = self.twice_areas();
        square_metres(self.atoms.iter().zip(areas).filter(|(atom, _)| keep(atom)).map(|(_, area)| area).sum())
    }

    /// Segments of every atom.
    pub(crate) fn incident(&self) -> Vec<Vec<u32>> {
        let mut incident = vec![Vec::new(); self.atoms.len()];
        for (number, s) in self.segments.iter().enumerate() {
            for atom in [s.left, s.right] {
                if atom != NONE {
                    incident[atom as usize].push(number as u32);
                }
            }
        }
        incident
    }
}
