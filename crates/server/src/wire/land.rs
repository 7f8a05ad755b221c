//! What of a layer lies in zones. Hectares are planar, in the working CRS of each zone.

use serde::Serialize;
use utoipa::ToSchema;

use super::{FindingZone, Quantity, Text};

/// What of a layer lies in each zone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LandInZones {
    /// The layer.
    pub layer: String,
    /// Its title.
    pub title: Text,
    /// Day at which its content held.
    pub as_of: Option<String>,
    /// The codes asked for; empty for all.
    pub codes: Vec<String>,
    /// Zones in which something of it lies, by the land, the largest first.
    pub zones: Vec<LandInZone>,
    /// How many zones were measured.
    pub zones_measured: usize,
    /// Different features that lie in any of these zones.
    pub features: usize,
    /// Their land in zones, ha; what lies in a zone in another one is not added again.
    pub on_ha: f64,
    /// The same by commune.
    pub by_commune: Vec<LandInCommune>,
    /// The same by code; none where features have none.
    pub by_code: Vec<LandOfCode>,
}

/// What of a layer lies in a zone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LandInZone {
    /// The zone.
    pub zone: FindingZone,
    /// Its collection.
    pub collection: String,
    /// Identifier of the zone that holds it.
    pub parent: Option<String>,
    /// West, south, east, north.
    #[schema(value_type = Option<Vec<f64>>)]
    pub bbox: Option<[f64; 4]>,
    /// CRS of the figures.
    pub crs: String,
    /// Whether that was guessed.
    pub crs_guessed: bool,
    /// Measured area of the zone, ha.
    pub area_ha: f64,
    /// Land of the layer in it, counted once, ha.
    pub on_ha: f64,
    /// Features that lie in it at least in part.
    pub features: usize,
    /// Those whose part is narrower on average than the maps show; they are counted, too.
    pub narrow: usize,
    /// By commune.
    pub by_commune: Vec<LandInCommune>,
    /// By code.
    pub by_code: Vec<LandOfCode>,
    /// The features, where a zone was asked for.
    pub parts: Vec<LandPart>,
    /// What a register states of its clearance.
    pub clearance: Option<LandClearance>,
}

/// Land of a layer in a commune.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LandInCommune {
    /// Code of the commune.
    pub code: String,
    /// Its name; the code where no layer tells it.
    pub name: String,
    /// Features that lie in it at least in part.
    pub features: usize,
    /// Their land, ha.
    pub area_ha: f64,
}

/// Land of a code.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LandOfCode {
    /// Land-use code.
    pub code: String,
    /// Features.
    pub features: usize,
    /// Their land, ha.
    pub area_ha: f64,
}

/// A feature as far as it lies in a zone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LandPart {
    /// Identifier in the layer.
    pub id: String,
    /// Name.
    pub name: Option<String>,
    /// Land-use code.
    pub code: Option<String>,
    /// Planar area in the zone, m².
    pub area_m2: f64,
    /// Whether it is narrower on average than the maps show.
    pub narrow: bool,
    /// West, south, east, north of the whole feature.
    #[schema(value_type = Option<Vec<f64>>)]
    pub bbox: Option<[f64; 4]>,
}

/// Clearance as a register states it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LandClearance {
    /// The register.
    pub register: String,
    /// Day at which it held.
    pub as_of: String,
    /// Cleared, ha.
    pub cleared_ha: Option<Quantity>,
    /// Being cleared, ha.
    pub in_progress_ha: Option<Quantity>,
    /// Households that have to move.
    pub households: Option<Quantity>,
    /// Identifier of the document.
    pub document: String,
}
