//! What a feature was, revision by revision.

use serde::Serialize;
use utoipa::ToSchema;

/// The versions of a feature since its collection was imported.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeatureHistory {
    /// The feature.
    pub feature: String,
    /// CRS of the areas.
    pub crs: String,
    /// The newest first.
    pub versions: Vec<FeatureVersion>,
}

/// A version of a feature.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeatureVersion {
    /// The revision that brought it.
    pub revision: u64,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// `imported` or `edited`.
    pub action: String,
    /// Why, in the words of who did it.
    pub reason: Option<String>,
    /// Name of the file, for an import.
    pub source: Option<String>,
    /// Planar area, m²; null where there is none.
    pub area_m2: Option<f64>,
    /// Area − that of the version before, m².
    pub difference_m2: Option<f64>,
    /// Whether the shape is another one than before.
    pub moved: bool,
    /// Properties that differ from the version before.
    pub properties: Vec<String>,
    /// GeoJSON geometry, longitude and latitude; null where there is none.
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<serde_json::Value>,
}
