//! What a layer is.

use planning::Role;

use crate::wire::role_name;

/// A collection of the store, or one of the two made from the check's answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LayerRole {
    Data(Role),
    Finding,
    Sliver,
}

impl LayerRole {
    /// Its name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Data(role) => role_name(role),
            Self::Finding => "finding",
            Self::Sliver => "sliver",
        }
    }

    /// Order in lists of what lies at a place: zones first.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Self::Data(Role::Zone) => 0,
            Self::Data(Role::Constraint) => 1,
            Self::Data(Role::LandUsePlan) => 2,
            Self::Data(Role::LandUse) => 3,
            Self::Data(Role::Admin) => 4,
            Self::Finding => 5,
            Self::Sliver => 6,
        }
    }

    /// Whether its features have a land-use code.
    pub(crate) fn has_codes(self) -> bool {
        matches!(self, Self::Data(Role::LandUsePlan | Role::LandUse))
    }
}
