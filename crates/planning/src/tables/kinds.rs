//! Names of zone kinds and states.

use serde::Deserialize;

use super::DataError;
use crate::{Text, ZoneKind, ZoneState};

const TABLE: &str = "zone_kinds";

/// A zone kind with its name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindName {
    /// The kind.
    #[serde(rename = "code")]
    pub kind: ZoneKind,
    /// Its name.
    pub name: Text,
}

/// A zone state with its name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateName {
    /// The state.
    #[serde(rename = "code")]
    pub state: ZoneState,
    /// Its name.
    pub name: Text,
}

/// Names of all kinds and states, in the order in which they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneNames {
    /// Kinds.
    #[serde(rename = "kind")]
    pub kinds: Vec<KindName>,
    /// States.
    #[serde(rename = "state")]
    pub states: Vec<StateName>,
}

impl ZoneNames {
    /// Parses the table.
    /// # Errors
    /// [`DataError`] when a code is unknown, or a kind or state is missing.
    pub fn parse(text: &str) -> Result<Self, DataError> {
        let names: Self = toml::from_str(text).map_err(|e| DataError::syntax(TABLE, &e))?;
        for kind in ZoneKind::ALL {
            if names.kind(kind).is_none() {
                return Err(DataError::meaning(TABLE, kind.code(), "has no name"));
            }
        }
        for state in ZoneState::ALL {
            if names.state(state).is_none() {
                return Err(DataError::meaning(TABLE, state.code(), "has no name"));
            }
        }
        Ok(names)
    }

    /// Name of a kind.
    pub fn kind(&self, kind: ZoneKind) -> Option<&Text> {
        self.kinds.iter().find(|entry| entry.kind == kind).map(|entry| &entry.name)
    }

    /// Name of a state.
    pub fn state(&self, state: ZoneState) -> Option<&Text> {
        self.states.iter().find(|entry| entry.state == state).map(|entry| &entry.name)
    }
}
