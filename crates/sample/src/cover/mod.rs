//! What covers the mesh: communes, present land use, two plans, zones. Each is a label per triangle.

pub(crate) mod communes;
pub(crate) mod ground;
pub(crate) mod patches;
pub(crate) mod pieces;
pub(crate) mod plans;
pub(crate) mod today;
pub(crate) mod zones;

use std::collections::BTreeMap;

use ground::Thing;

use crate::mesh::{Mesh, NONE};

/// What is known of a parcel besides its shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Parcel {
    pub(crate) code: &'static str,
    pub(crate) thing: Thing,
    pub(crate) commune: u32,
}

impl Parcel {
    /// Whether a piece too small to stand alone may join another parcel.
    fn joins(&self, other: &Self) -> bool {
        use Thing::{Block, Hole, Lot, Nature, Patch, River, Road, Village, Work};
        let fits = match (self.thing, other.thing) {
            (Lot(a, _), Lot(b, _)) => a == b,
            (Road(_) | River(_), Road(_) | River(_)) => true,
            (Patch(_), Lot(..)) | (Road(_) | River(_), Nature | Block(..) | Village(_)) => true,
            (Lot(..) | Patch(_) | Road(_) | River(_) | Hole(_), _) => false,
            (_, Nature | Village(_) | Block(..) | Work(_)) => true,
            _ => false,
        };
        fits && self.commune == other.commune
    }
}

impl Thing {
    /// The least area of a parcel, m².
    pub(crate) fn least_m2(self) -> f64 {
        match self {
            Self::Nature => 50_000.0,
            Self::Road(_) | Self::Work(_) | Self::River(_) => 3_000.0,
            Self::Block(..) | Self::Village(_) => 9_000.0,
            Self::Lot(..) | Self::Patch(_) => 3_500.0,
            Self::Hole(_) => 0.0,
        }
    }
}

/// A layer of parcels: a label per triangle, and what the labels mean.
pub(crate) struct Parcels {
    pub(crate) label: Vec<u32>,
    pub(crate) parcels: Vec<Parcel>,
}

impl Parcels {
    /// Drops parcels without land and numbers the rest by commune, then by first triangle.
    fn renumber(&mut self) {
        let mut first: BTreeMap<u32, usize> = BTreeMap::new();
        for (t, &label) in self.label.iter().enumerate() {
            first.entry(label).or_insert(t);
        }
        let mut order: Vec<u32> = first.keys().copied().filter(|&l| l != NONE).collect();
        order.sort_by_key(|l| (self.parcels[*l as usize].commune, first[l]));
        let mut number = vec![NONE; self.parcels.len()];
        for (k, &label) in order.iter().enumerate() {
            number[label as usize] = k as u32;
        }
        self.parcels = order.iter().map(|&l| self.parcels[l as usize]).collect();
        for label in self.label.iter_mut().filter(|l| **l != NONE) {
            *label = number[*label as usize];
        }
    }

    /// Area of each parcel on the mesh.
    fn areas_m2(&self, mesh: &Mesh) -> Vec<f64> {
        let mut areas = vec![0.0; self.parcels.len()];
        for (t, &label) in self.label.iter().enumerate().filter(|(_, l)| **l != NONE) {
            areas[label as usize] += mesh.area_m2(t);
        }
        areas
    }
}

/// All labels of a province.
pub(crate) struct Cover {
    pub(crate) communes: Vec<u32>,
    /// The commune of the layer that belongs to the province beside.
    pub(crate) foreign: Option<u32>,
    pub(crate) today: Parcels,
    /// Newest plan; [`NONE`] where it has a gap.
    pub(crate) plan: Parcels,
    /// A second parcel of the newest plan on the same land, or [`NONE`].
    pub(crate) second: Vec<u32>,
    pub(crate) older: Parcels,
    /// Bit set of zones.
    pub(crate) zones: Vec<u64>,
}
