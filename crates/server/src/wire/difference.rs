//! The difference of two land-use plans.

use serde::Serialize;
use utoipa::ToSchema;

use super::FindingZone;

/// How a land-use plan differs from the version before.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanDifference {
    /// Collection of the older version.
    pub older: String,
    /// Collection of the newer version.
    pub newer: String,
    /// Rule pack by which widths and zones were judged, id and version.
    pub pack: String,
    /// The day on which zones were judged.
    pub date: Option<String>,
    /// CRS of every planar figure.
    pub crs: String,
    /// Whether that CRS was guessed.
    pub crs_guessed: bool,
    /// Area from each code to each, those that stay included, slivers included.
    pub matrix: Vec<PlanTransition>,
    /// Area that only the older version has, ha.
    pub only_older_ha: f64,
    /// Area that only the newer version has, ha.
    pub only_newer_ha: f64,
    /// Changes too narrow to have a shape: how many.
    pub sliver_count: usize,
    /// Their area, ha.
    pub sliver_ha: f64,
    /// Zones in conflict with the newer version and not with the older one (LUP-01).
    pub newly_in_conflict: Vec<FindingZone>,
    /// What changes code, as GeoJSON.
    pub changes: PlanChanges,
}

/// Area that goes from one code to another, or stays.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanTransition {
    /// Code in the older version.
    pub from: String,
    /// Code in the newer version.
    pub to: String,
    /// Planar area, m².
    pub area_m2: f64,
    /// Planar area, ha.
    pub area_ha: f64,
}

/// A page of what changes code, in the order of the older version's parcels.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanChanges {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many there are in all.
    #[serde(rename = "numberMatched")]
    pub number_matched: usize,
    /// How many are on this page.
    #[serde(rename = "numberReturned")]
    pub number_returned: usize,
    /// The changes of this page.
    pub features: Vec<PlanChange>,
}

/// A parcel's worth of change.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanChange {
    /// Always `Feature`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `older parcel/newer parcel`.
    pub id: String,
    /// GeoJSON geometry, longitude and latitude.
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<serde_json::Value>,
    /// What changes.
    pub properties: PlanChangeFacts,
}

/// What changes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanChangeFacts {
    /// Parcel of the older version.
    pub older: String,
    /// Parcel of the newer version.
    pub newer: String,
    /// Code in the older version.
    pub from: String,
    /// Code in the newer version.
    pub to: String,
    /// Planar area, m².
    pub area_m2: f64,
    /// Planar area, ha.
    pub area_ha: f64,
}
