//! Who may see what. Answers for the public are computed from public data alone: what never goes in cannot come out
//! of a finding, a total or a message.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use spatial::Layer;

use crate::register::parcel_codes;
use crate::{CheckInput, Collection, Role};

/// Who may see a collection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// The staff only.
    Internal,
}

impl Collection {
    /// What the public may see of it: nothing of an internal collection, and no parcel that has one of the internal
    /// codes, alone or among others. The layer is shared where nothing has to be left out.
    pub fn public(&self, internal_codes: &[String]) -> Option<Self> {
        if self.info.visibility == Visibility::Internal {
            return None;
        }
        let hides = |feature: &spatial::Feature| {
            matches!(self.info.role, Role::LandUse | Role::LandUsePlan)
                && parcel_codes(feature, self.info.role).iter().any(|code| internal_codes.contains(code))
        };
        if !self.layer.features.iter().any(hides) {
            return Some(self.clone());
        }
        let features = self.layer.features.iter().filter(|feature| !hides(feature)).cloned().collect();
        let layer = Arc::new(Layer { crs: self.layer.crs.clone(), features });
        Some(Self { info: self.info.clone(), layer })
    }
}

impl CheckInput {
    /// The input of a check whose outcome the public may see. Registers hold what public reports say.
    #[must_use]
    pub fn public(&self, internal_codes: &[String]) -> Self {
        let collections = self.collections.iter().filter_map(|one| one.public(internal_codes)).collect();
        Self { collections, registers: self.registers.clone(), units: self.units.clone() }
    }
}
