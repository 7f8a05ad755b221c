//! What the map asks: tile sets, legend, pick, search.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Finding, Text};

/// TileJSON 3.0.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TileJson {
    /// Version of TileJSON.
    pub tilejson: String,
    /// Collection.
    pub id: String,
    /// Title, Vietnamese.
    pub name: String,
    /// Source, Vietnamese.
    pub attribution: String,
    /// Address templates.
    pub tiles: Vec<String>,
    /// First zoom.
    pub minzoom: u8,
    /// Last zoom; deeper ones are this one enlarged.
    pub maxzoom: u8,
    /// West, south, east, north.
    #[schema(value_type = Option<Vec<f64>>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[f64; 4]>,
    /// Layers in a tile.
    pub vector_layers: Vec<VectorLayer>,
    /// How far the tiles are; one that is asked for earlier waits for them.
    #[serde(rename = "ranh:preparation")]
    pub preparation: TilePreparation,
}

/// How far the tiles of a collection are.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TilePreparation {
    /// `waiting`, `under_way` or `ready`.
    pub state: String,
    /// Zooms that are there.
    pub zooms_ready: u8,
    /// Zooms in all.
    pub zooms: u8,
}

/// A layer in a tile.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VectorLayer {
    /// Its name.
    pub id: String,
    /// What it holds.
    pub description: String,
    /// Attributes and their types.
    #[schema(value_type = Object)]
    pub fields: serde_json::Map<String, serde_json::Value>,
}

/// Area per land-use code in a box.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Legend {
    /// Land-use collection.
    pub collection: String,
    /// CRS of the areas.
    pub crs: String,
    /// Area of all codes in the box, m².
    pub total_m2: f64,
    /// Whether parcels across the edge were counted whole, because too many lie there.
    pub approximate: bool,
    /// The codes, largest first.
    pub codes: Vec<LegendLine>,
}

/// One code of the legend.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LegendLine {
    /// Land-use code.
    pub code: String,
    /// Planar area in the box, m².
    pub area_m2: f64,
    /// Parcels that reach into the box.
    pub count: usize,
}

/// Everything under a point.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Pick {
    /// Longitude, latitude.
    #[schema(value_type = Vec<f64>)]
    pub at: [f64; 2],
    /// Features, zones first.
    pub features: Vec<Picked>,
    /// Findings, gravest first.
    pub findings: Vec<Finding>,
}

/// A feature under the point.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Picked {
    /// Collection.
    pub collection: String,
    /// Role of the collection.
    pub role: String,
    /// Feature id.
    pub id: String,
    /// Planar area, m²; null where it has none.
    pub area_m2: Option<f64>,
    /// Properties as imported.
    #[schema(value_type = Object)]
    pub properties: serde_json::Map<String, serde_json::Value>,
    /// West, south, east, north.
    #[schema(value_type = Vec<f64>)]
    pub bbox: [f64; 4],
}

/// What a search found, the best first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SearchResults {
    /// The results.
    pub results: Vec<SearchResult>,
}

/// One result.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SearchResult {
    /// Collection.
    pub collection: String,
    /// Role of the collection.
    pub role: String,
    /// Feature id; for a land-use code, the code.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub detail: Text,
    /// West, south, east, north; null without a place.
    #[schema(value_type = Option<Vec<f64>>)]
    pub bbox: Option<[f64; 4]>,
}

/// Edges in a box.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Edges {
    /// URI of the CRS of the coordinates, in its order of axes.
    pub crs: String,
    /// Whether there are more than are given.
    pub truncated: bool,
    /// The lines.
    pub lines: Vec<EdgeLine>,
}

/// A run of edges of one feature.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EdgeLine {
    /// Collection.
    pub collection: String,
    /// Feature id.
    pub feature: String,
    /// The vertices, unrounded.
    pub coordinates: Vec<[f64; 2]>,
}
