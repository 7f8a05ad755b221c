//! What a check computed of whole collections, kept for the next one: a plan of a province is projected, searched for
//! invalid parcels and indexed once, not whenever a zone has changed.

use std::sync::{Arc, Mutex, PoisonError};

use spatial::crs::CrsError;
use spatial::{Crs, Layer};

use super::plane::OnPlane;

/// Collections prepared by earlier checks of the same process. It changes no answer, only when it comes: what it holds
/// serves a layer that is the very same in memory. What a check did not ask for is forgotten with it.
#[derive(Debug, Default)]
pub struct CheckMemory {
    kept: Mutex<Vec<Kept>>,
}

/// A layer on a plane. The layer is held, so that no other can come to lie at its address.
#[derive(Clone, Debug)]
struct Kept {
    layer: Arc<Layer>,
    crs: String,
    on: Arc<OnPlane>,
}

/// The memory during one check.
#[derive(Debug, Default)]
pub(super) struct Recollection {
    earlier: Vec<Kept>,
    used: Vec<Kept>,
}

impl Recollection {
    pub(super) fn of(memory: Option<&CheckMemory>) -> Self {
        let earlier = memory.map(|memory| memory.kept.lock().unwrap_or_else(PoisonError::into_inner).clone());
        Self { earlier: earlier.unwrap_or_default(), used: Vec::new() }
    }

    /// The whole layer on a plane, prepared now unless it was before.
    pub(super) fn whole(&mut self, layer: &Arc<Layer>, crs: &Crs) -> Result<Arc<OnPlane>, CrsError> {
        let same = |kept: &&Kept| Arc::ptr_eq(&kept.layer, layer) && kept.crs == crs.name();
        let on = match self.earlier.iter().chain(&self.used).find(same) {
            Some(kept) => Arc::clone(&kept.on),
            None => Arc::new(OnPlane::whole(layer, crs)?),
        };
        self.used.push(Kept { layer: Arc::clone(layer), crs: crs.name().to_owned(), on: Arc::clone(&on) });
        Ok(on)
    }

    /// Leaves what was used to the next check.
    pub(super) fn leave(self, memory: Option<&CheckMemory>) {
        if let Some(memory) = memory {
            *memory.kept.lock().unwrap_or_else(PoisonError::into_inner) = self.used;
        }
    }
}
