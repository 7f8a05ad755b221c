//! What a collection is for.

use serde::{Deserialize, Serialize};

/// The role of a collection in checks and on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Boundaries of industrial parks, clusters, export processing and economic zones.
    Zone,
    /// A land-use plan (quy hoạch sử dụng đất): parcels with planned codes.
    LandUsePlan,
    /// Present land use (hiện trạng sử dụng đất): parcels with current codes.
    LandUse,
    /// Administrative units.
    Admin,
    /// Other protected or restricted areas.
    Constraint,
}
