//! What checks in passing prepare: they come by the second while somebody draws, and must neither prepare a plan each
//! time nor make the next whole check forget what it knows of zones.

use std::sync::Arc;

use super::Plane;

/// Working planes whose layers are kept: a zone is measured on one, and people draw in one place at a time.
const MOST_PLANES: usize = 2;

/// Layers on planes that no whole check has left.
#[derive(Clone, Debug, Default)]
pub(super) struct Passing {
    /// The newest last.
    planes: Vec<Plane>,
}

impl Passing {
    pub(super) fn planes(&self) -> &[Plane] {
        &self.planes
    }

    /// Takes in what a check used and nobody knew; of other planes only the newest stay.
    pub(super) fn add(&mut self, known: &[Plane], used: &[Plane]) {
        for plane in used {
            let same = |one: &Plane| Arc::ptr_eq(&one.layer, &plane.layer) && one.crs == plane.crs;
            if !known.iter().any(same) {
                self.planes.retain(|one| !same(one));
                self.planes.push(plane.clone());
            }
        }
        let mut crs: Vec<String> = Vec::new();
        for plane in self.planes.iter().rev() {
            if !crs.contains(&plane.crs) {
                crs.push(plane.crs.clone());
            }
        }
        self.planes.retain(|plane| crs.iter().take(MOST_PLANES).any(|one| *one == plane.crs));
    }

    /// Forgets layers that a whole check did not use: they have been replaced.
    pub(super) fn keep_of(&mut self, used: &[Plane]) {
        self.planes.retain(|plane| used.iter().any(|one| Arc::ptr_eq(&one.layer, &plane.layer)));
    }
}
