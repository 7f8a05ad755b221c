//! Feature identifiers, unique in their collection.

use std::collections::HashMap;

use planning::Role;
use spatial::Feature;

use super::LayerRole;

/// Identifiers of the features in their order, and the way back.
#[derive(Debug, Default)]
pub(crate) struct Identities {
    ids: Vec<String>,
    positions: HashMap<String, usize>,
}

impl Identities {
    /// The file's id, else the property `id` or `code` of zones and administrative units, else the position. A
    /// second feature of the same id gets its position behind it, so that each can be asked for.
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
    let named = || match role {
        LayerRole::Data(Role::Zone) => feature.text("id"),
        LayerRole::Data(Role::Admin) => feature.text("code"),
        _ => None,
    };
    feature
        .id
        .as_ref()
        .map(ToString::to_string)
        .or_else(named)
        .or_else(|| feature.text("id"))
        .unwrap_or_else(|| feature.position.to_string())
}
