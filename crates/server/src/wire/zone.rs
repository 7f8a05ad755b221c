//! A zone measured.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Finding, Text};

/// A zone with its areas by land-use code and commune, and its findings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ZoneSummary {
    /// `id`, `name`, `kind`, `state` and all other properties.
    #[schema(value_type = Object)]
    pub zone: serde_json::Map<String, serde_json::Value>,
    /// CRS of every planar figure.
    pub crs: String,
    /// Whether that CRS was guessed by the nearest meridian.
    pub crs_guessed: bool,
    /// Planar area, m².
    pub area_m2: f64,
    /// Geodesic area, m².
    pub area_geodesic_m2: f64,
    /// Declared area, ha.
    pub declared_area_ha: Option<f64>,
    /// (measured − declared) ÷ declared, %.
    pub difference_percent: Option<f64>,
    /// The plan judged against.
    pub plan: Option<String>,
    /// Areas per planned code, in the plan's coverage.
    pub by_code: Vec<CodeArea>,
    /// Zone − union of the plan's parcels, measured as a shape, m².
    pub uncovered_m2: Option<f64>,
    /// What the plan's parcels cover more than once, m².
    pub multiple_m2: Option<f64>,
    /// Area − (Σ codes − multiple + uncovered), m²: 0 but for rounding.
    pub residual_m2: Option<f64>,
    /// The same for present land use; null without such a collection.
    pub by_land_use: Option<Coverage>,
    /// Areas per commune.
    pub by_commune: Vec<CommuneArea>,
    /// Rice and forest to convert, with who decides.
    pub conversions: Vec<Conversion>,
    /// What the check found about the zone.
    pub findings: Vec<Finding>,
    /// West, south, east, north.
    #[schema(value_type = Option<Vec<f64>>)]
    pub bbox: Option<[f64; 4]>,
}

/// How a land-use collection covers the zone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Coverage {
    /// The collection.
    pub collection: String,
    /// Areas per code.
    pub by_code: Vec<CodeArea>,
    /// Zone − union of parcels, m².
    pub uncovered_m2: f64,
    /// What parcels cover more than once, m².
    pub multiple_m2: f64,
    /// What the sum leaves over, m².
    pub residual_m2: f64,
}

/// Area of a land-use code in the zone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CodeArea {
    /// Land-use code.
    pub code: String,
    /// Planar area, m².
    pub area_m2: f64,
    /// Share of the zone's area, 0 to 1.
    pub share: f64,
    /// Whether the rule pack allows the code for the zone's kind; null where it is not judged.
    pub allowed: Option<bool>,
}

/// Area of the zone in a commune.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CommuneArea {
    /// Commune code.
    pub code: String,
    /// Commune name.
    pub name: String,
    /// Planar area, m².
    pub area_m2: f64,
    /// Share of the zone's area, 0 to 1.
    pub share: f64,
}

/// Land of a zone that must be converted, and who decides.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Conversion {
    /// The rule on that land: LUP-03 rice, LUP-04 protective, LUP-05 special-use, LUP-06 production forest.
    pub rule: String,
    /// Name of the rule.
    pub title: Text,
    /// Area per present code, largest first.
    pub codes: Vec<ConversionLine>,
    /// Their sum, m².
    pub area_m2: f64,
    /// Their sum, ha.
    pub area_ha: f64,
    /// The body that decides; null where the rule pack names none.
    pub authority: Option<Text>,
}

/// Area of a present code to convert.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConversionLine {
    /// Land-use code.
    pub code: String,
    /// Planar area, m².
    pub area_m2: f64,
}
