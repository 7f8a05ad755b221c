//! OGC API Tiles: tile matrix sets and tilesets.

use serde::Serialize;
use utoipa::ToSchema;

use super::Link;

/// All tile matrix sets.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TileMatrixSets {
    /// The sets.
    pub tile_matrix_sets: Vec<TileMatrixSetItem>,
}

/// A tile matrix set in the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TileMatrixSetItem {
    /// Identifier.
    pub id: String,
    /// For people.
    pub title: String,
    /// Where the set is registered, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// CRS of the set, as a URI.
    pub crs: String,
    /// Link to the set.
    pub links: Vec<Link>,
}

/// A tile matrix set (OGC Two Dimensional Tile Matrix Set 2.0).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TileMatrixSet {
    /// Identifier.
    pub id: String,
    /// For people.
    pub title: String,
    /// Where the set is registered, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// CRS of the set, as a URI.
    pub crs: String,
    /// Axes in the order in which coordinates are given.
    pub ordered_axes: Vec<String>,
    /// The well-known scale set that it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub well_known_scale_set: Option<String>,
    /// The matrices, the coarsest first.
    pub tile_matrices: Vec<TileMatrix>,
}

/// One zoom of a tile matrix set.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TileMatrix {
    /// Identifier: the zoom.
    pub id: String,
    /// Scale at pixels of 0.28 mm.
    pub scale_denominator: f64,
    /// Side of a pixel in units of the CRS.
    pub cell_size: f64,
    /// Which corner rows and columns are counted from.
    pub corner_of_origin: String,
    /// That corner, in the order of the axes.
    #[schema(value_type = Vec<f64>)]
    pub point_of_origin: [f64; 2],
    /// Pixels across a tile.
    pub tile_width: u32,
    /// Pixels down a tile.
    pub tile_height: u32,
    /// Tiles across.
    pub matrix_width: u32,
    /// Tiles down.
    pub matrix_height: u32,
}

/// The tilesets of a collection.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Tilesets {
    /// Links to this document.
    pub links: Vec<Link>,
    /// The tilesets.
    pub tilesets: Vec<Tileset>,
}

/// A collection on a tile matrix set.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tileset {
    /// Title of the collection, Vietnamese.
    pub title: String,
    /// Always `vector`.
    pub data_type: String,
    /// CRS of the set, as a URI.
    pub crs: String,
    /// Identifier of the set.
    pub tile_matrix_set_id: String,
    /// Where the set is registered, if it is.
    #[serde(rename = "tileMatrixSetURI", skip_serializing_if = "Option::is_none")]
    pub tile_matrix_set_uri: Option<String>,
    /// Links to this document, the set and the tiles.
    pub links: Vec<TileLink>,
    /// Where there is something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounding_box: Option<TileBox>,
    /// The rows and columns in which there can be something.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tile_matrix_set_limits: Vec<MatrixLimits>,
    /// Layers in a tile.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<TileLayerSchema>,
}

/// A link that may be a template.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TileLink {
    /// The link.
    #[serde(flatten)]
    pub link: Link,
    /// Whether the address has parts to be filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub templated: Option<bool>,
}

/// A box (TMS 2.0).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TileBox {
    /// West and south.
    #[schema(value_type = Vec<f64>)]
    pub lower_left: [f64; 2],
    /// East and north.
    #[schema(value_type = Vec<f64>)]
    pub upper_right: [f64; 2],
    /// CRS of the corners.
    pub crs: String,
}

/// Rows and columns of a matrix.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatrixLimits {
    /// Identifier of the matrix.
    pub tile_matrix: String,
    /// First row.
    pub min_tile_row: u32,
    /// Last row.
    pub max_tile_row: u32,
    /// First column.
    pub min_tile_col: u32,
    /// Last column.
    pub max_tile_col: u32,
}

/// A layer in the tiles.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TileLayerSchema {
    /// Its name.
    pub id: String,
    /// What it holds.
    pub description: String,
    /// Always `vector`.
    pub data_type: String,
    /// Attributes as JSON Schema.
    #[schema(value_type = Object)]
    pub properties_schema: serde_json::Value,
}
