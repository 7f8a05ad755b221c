//! Which zones change their administrative unit from one version of the units to another.

use serde::Serialize;
use utoipa::ToSchema;

use super::{FindingZone, Text};

/// Zones by two versions of the units.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnitChanges {
    /// The older version.
    pub older: UnitVersion,
    /// The newer version.
    pub newer: UnitVersion,
    /// Zones measured.
    pub zones_measured: usize,
    /// Zones whose units differ, that lie in several units, or that several units claim.
    pub zones: Vec<ZoneUnits>,
    /// Units of before and after that have land of zones in common; a zone in another one counts with that one.
    pub units: Vec<UnitMove>,
}

/// A version of the units.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnitVersion {
    /// The collection.
    pub collection: String,
    /// Its title.
    pub title: Text,
    /// Where it comes from.
    pub source: Text,
    /// First day on which it holds.
    pub valid_from: Option<String>,
    /// Units.
    pub units: usize,
}

/// A zone with its units before and after.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ZoneUnits {
    /// The zone.
    pub zone: FindingZone,
    /// Its collection.
    pub collection: String,
    /// West, south, east, north.
    #[schema(value_type = Option<Vec<f64>>)]
    pub bbox: Option<[f64; 4]>,
    /// CRS of the figures.
    pub crs: String,
    /// Measured area, ha.
    pub area_ha: f64,
    /// Whether code or name of a unit differs; what is narrower on average than the maps show does not count.
    pub changed: bool,
    /// Units before, the largest first.
    pub before: Vec<ZoneUnit>,
    /// Units after.
    pub after: Vec<ZoneUnit>,
    /// Places that several units claim after, the largest first.
    pub contested: Vec<ContestedPlace>,
}

/// A place that several units claim.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContestedPlace {
    /// Its land in the zone, counted once, ha.
    pub area_ha: f64,
    /// The units that claim it.
    pub claimants: Vec<UnitName>,
}

/// Land of a zone in a unit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ZoneUnit {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Planar area, ha.
    pub area_ha: f64,
    /// Whether it is narrower on average than the maps show.
    pub narrow: bool,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct UnitName {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// Land of zones that was of one unit and is of another.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct UnitMove {
    /// The unit before.
    pub from: UnitName,
    /// The unit after.
    pub to: UnitName,
    /// Zones.
    pub zones: usize,
    /// Planar area, ha.
    pub area_ha: f64,
}
