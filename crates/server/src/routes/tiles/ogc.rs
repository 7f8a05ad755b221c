//! OGC API Tiles 1.0: the tilesets of a collection, and tiles by matrix, row and column.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use tiles::TileCoord;

use super::matrix_sets::{crs, deepest, grid, path, title, uri};
use super::{MVT, answer, layer, vector_layers, whole};
use crate::app::{App, Current};
use crate::catalog::{Grid, Served};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::routes::landing::json_only;
use crate::wire::{Link, MatrixLimits, TileBox, TileLayerSchema, TileLink, Tileset, Tilesets};

const JSON: &str = "application/json";
const TILING_SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
/// CRS of boxes: longitude, latitude.
const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// The tilesets of a collection.
#[utoipa::path(get, path = "/collections/{collection}/tiles", tag = "Tiles",
    params(("collection" = String, Path, description = "Collection id")),
    responses((status = 200, description = "Tilesets", body = Tilesets),
        (status = 404, description = "No such collection")))]
pub(crate) async fn tilesets(
    Current(catalog): Current,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    json_only(&params)?;
    let served = layer(&catalog, &id)?;
    let tilesets = Grid::ALL.map(|grid| described(served, grid, false)).into();
    let links = vec![Link::new(format!("/collections/{id}/tiles"), "self", JSON, "Tilesets")];
    respond::json(&headers, &Tilesets { links, tilesets })
}

/// A tileset: its layers, its limits and where its tiles are.
#[utoipa::path(get, path = "/collections/{collection}/tiles/{tileMatrixSet}", tag = "Tiles",
    params(("collection" = String, Path, description = "Collection id"),
        ("tileMatrixSet" = String, Path, description = "WebMercatorQuad or VN2000Quad")),
    responses((status = 200, description = "Tileset", body = Tileset),
        (status = 404, description = "No such collection or set")))]
pub(crate) async fn tileset(
    Current(catalog): Current,
    Path((id, set)): Path<(String, String)>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    json_only(&params)?;
    let served = layer(&catalog, &id)?;
    respond::json(&headers, &described(served, grid(&set)?, true))
}

/// A tile by matrix, row and column.
#[utoipa::path(get, path = "/collections/{collection}/tiles/{tileMatrixSet}/{tileMatrix}/{tileRow}/{tileCol}",
    tag = "Tiles",
    params(("collection" = String, Path, description = "Collection id"),
        ("tileMatrixSet" = String, Path, description = "WebMercatorQuad or VN2000Quad"),
        ("tileMatrix" = String, Path, description = "Tile matrix, from 0"),
        ("tileRow" = String, Path, description = "Row, from the north"),
        ("tileCol" = String, Path, description = "Column, from the west"),
        ("f" = Option<String>, Query, description = "mvt, which is the only form")),
    responses((status = 200, description = "Mapbox Vector Tile 2.1", content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "Nothing there"), (status = 304, description = "Not changed"),
        (status = 400, description = "Not whole numbers"), (status = 404, description = "Outside the tile matrix")))]
pub(crate) async fn matrix_tile(
    State(app): State<App>,
    Current(catalog): Current,
    Path((id, set, matrix, row, column)): Path<(String, String, String, String, String)>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    if params.value("f").is_some_and(|form| form != "mvt") {
        return Err(Problem::bad("\"f\" must be mvt: tiles have no other form."));
    }
    let served = layer(&catalog, &id)?;
    let grid = grid(&set)?;
    let [matrix, row, column] = [whole(&matrix)?, whole(&row)?, whole(&column)?];
    let outside = || {
        let last = deepest(grid);
        Problem::missing(format!(
            "That tile lies outside the set: matrices are 0 to {last}, see {}.",
            path(grid)
        ))
    };
    let z = u8::try_from(matrix).ok().filter(|&z| z <= deepest(grid)).ok_or_else(outside)?;
    let coord = TileCoord::new(z + grid.zooms_above(), column, row).ok_or_else(outside)?;
    if row >= 1 << z {
        return Err(outside());
    }
    answer::tile(&app, served, grid, coord, &headers, respond::REVALIDATE).await
}

/// What is told of a tileset, with or without its layers and limits.
fn described(served: &Served, grid: Grid, whole: bool) -> Tileset {
    let here = format!("/collections/{}/tiles/{}", served.info.id, grid.id());
    let link = |href: String, rel: &str, media_type: &str, title: &str, templated| TileLink {
        link: Link::new(href, rel, media_type, title),
        templated,
    };
    let tile = format!("{here}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}");
    Tileset {
        title: served.info.title.vi.clone(),
        data_type: "vector".into(),
        crs: crs(grid).into(),
        tile_matrix_set_id: grid.id().into(),
        tile_matrix_set_uri: uri(grid).map(str::to_owned),
        links: vec![
            link(here, "self", JSON, "This tileset", None),
            link(path(grid), TILING_SCHEME, JSON, title(grid), None),
            link(tile, "item", MVT, "Tiles", Some(true)),
        ],
        bounding_box: served.extent().filter(|_| whole).map(|[west, south, east, north]| TileBox {
            lower_left: [west, south],
            upper_right: [east, north],
            crs: CRS84.into(),
        }),
        tile_matrix_set_limits: if whole { limits(served, grid) } else { Vec::new() },
        layers: if whole { layers(served) } else { Vec::new() },
    }
}

/// The rows and columns in which there can be something; none of an empty layer.
fn limits(served: &Served, grid: Grid) -> Vec<MatrixLimits> {
    let Some(extent) = served.extent() else { return Vec::new() };
    let Some([left, top, right, bottom]) = grid.shares(extent) else { return Vec::new() };
    (0..=deepest(grid))
        .map(|z| {
            let side = f64::from(1_u32 << (z + grid.zooms_above()));
            let at = |share: f64| (share * side).floor().clamp(0.0, side - 1.0) as u32;
            MatrixLimits {
                tile_matrix: z.to_string(),
                min_tile_row: at(top),
                max_tile_row: at(bottom),
                min_tile_col: at(left),
                max_tile_col: at(right),
            }
        })
        .collect()
}

/// The layers in the tiles with their attributes as JSON Schema.
fn layers(served: &Served) -> Vec<TileLayerSchema> {
    vector_layers(served)
        .into_iter()
        .map(|layer| {
            let property = |(name, kind): (String, serde_json::Value)| {
                let kind = kind.as_str().unwrap_or("string").to_lowercase();
                (name, serde_json::json!({"type": kind}))
            };
            let properties: serde_json::Map<_, _> = layer.fields.into_iter().map(property).collect();
            TileLayerSchema {
                id: layer.id,
                description: layer.description,
                data_type: "vector".into(),
                properties_schema: serde_json::json!({"type": "object", "properties": properties}),
            }
        })
        .collect()
}
