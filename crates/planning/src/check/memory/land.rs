//! Land in conflict as a check left it: the union of each zone's conflicts, and how much of it no zone before has.

use std::collections::HashMap;

use spatial::Region;

/// By working CRS and zone.
pub(in crate::check) type LandKey = (String, Option<String>);

/// The land of all zones.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct Land {
    /// Regions in conflict, and their union.
    pub(in crate::check) unions: HashMap<LandKey, (Vec<Region>, Region)>,
    /// Unions of the zones before it that come near, and the area that none of them has, m².
    pub(in crate::check) terms: HashMap<LandKey, (Region, Vec<Region>, f64)>,
}
