//! Feature identifiers, unique in their collection.

use std::collections::HashMap;

use spatial::Feature;

use super::LayerRole;

/// Identifiers of the features in their order, and the way back.
#[derive(Debug, Default)]
pub(crate) struct Identities {
    ids: Vec<String>,
    positions: HashMap<String, usize>,
}

impl Identities {
    /// The ids by which the check knows features. A second feature of the same id gets its position behind it, so
    /// that each can be asked for.
    pub(crate) fn new(role: LayerRole, features: &[Feature]) -> Self {
        let mut identities = Self::default();
        for (i, feature) in features.iter().enumerate() {
            let mut id = own_id(role, feature);
            if identities.positions.contains_key(&id) {
                id = format!("{id}~{}", feature.position);
            }
            identities.positions.insert(id.clone(), i);
            identities.ids.push(id);
        }
        identities
    }

    pub(crate) fn id(&self, i: usize) -> &str {
        self.ids.get(i).map_or("", String::as_str)
    }

    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }
}

fn own_id(role: LayerRole, feature: &Feature) -> String {
    match role {
        LayerRole::Data(role) => planning::feature_id(feature, role),
        LayerRole::Finding | LayerRole::Sliver => feature.label(),
    }
}
