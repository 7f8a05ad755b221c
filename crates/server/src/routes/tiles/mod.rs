//! Vector tiles: by zoom, column and row for maps, and as OGC API Tiles has them.

mod answer;
mod matrix_sets;
mod ogc;

use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use tiles::{DETAIL_ZOOM, TileCoord};

pub(crate) use matrix_sets::{matrix_set, matrix_sets};
pub(crate) use ogc::{matrix_tile, tileset, tilesets};

pub(crate) use matrix_sets::__path_matrix_set;
pub(crate) use matrix_sets::__path_matrix_sets;
pub(crate) use ogc::{__path_matrix_tile, __path_tileset, __path_tilesets};

use super::layer;
use crate::app::{App, Current};
use crate::base::Base;
use crate::catalog::{Catalog, Grid, Preparation, Served, coarser_by, tile_fields};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{TileJson, TilePreparation, VectorLayer};

const MVT: &str = "application/vnd.mapbox-vector-tile";

/// What the tiles of a collection hold and where they are (TileJSON 3.0).
#[utoipa::path(get, path = "/tiles/{collection}", tag = "Map",
    params(("collection" = String, Path, description = "Collection id")),
    responses((status = 200, description = "TileJSON", body = TileJson), (status = 404, description = "No such collection")))]
pub(crate) async fn tile_json(
    Current(catalog): Current,
    base: Base,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f", "v"])?;
    let served = layer(&catalog, &id)?;
    let answer = TileJson {
        tilejson: "3.0.0".into(),
        name: served.info.title.vi.clone(),
        attribution: served.info.source.vi.clone(),
        tiles: vec![base.to(&template(served))],
        minzoom: 0,
        maxzoom: DETAIL_ZOOM,
        bounds: served.extent(),
        vector_layers: vector_layers(served),
        preparation: preparation(served),
        id: id.clone(),
    };
    respond::json(&headers, &answer)
}

fn preparation(served: &Served) -> TilePreparation {
    let zooms = DETAIL_ZOOM + 1;
    let preparation = served.preparation(Grid::WebMercator);
    let zooms_ready = match preparation {
        Preparation::Waiting => 0,
        Preparation::UnderWay { zooms } => zooms,
        Preparation::Ready => zooms,
    };
    TilePreparation { state: preparation.name().into(), zooms_ready, zooms }
}

/// The layers in a collection's tiles.
pub(crate) fn vector_layers(served: &Served) -> Vec<VectorLayer> {
    let vector_layer = |suffix: &str, what: &str, labels| VectorLayer {
        id: format!("{}{suffix}", served.info.id),
        description: what.into(),
        fields: tile_fields(served.role, labels),
    };
    let mut layers = vec![
        vector_layer("", "Features", false),
        vector_layer("-label", "One point inside each feature", true),
    ];
    if coarser_by(served.role).is_some() {
        let what = "Features with fewer vertices, for what is drawn at a distance from the border";
        layers.push(vector_layer("-coarse", what, false));
    }
    layers
}

/// The address template of a layer's tiles. It names what they are made of, so that they may be kept for good.
pub(crate) fn template(served: &Served) -> String {
    format!("/tiles/{}/{{z}}/{{x}}/{{y}}?v={}", served.info.id, served.token())
}

/// A tile: features in the layer of the collection's name, label points in `{collection}-label`.
#[utoipa::path(get, path = "/tiles/{collection}/{z}/{x}/{y}", tag = "Map",
    params(("collection" = String, Path, description = "Collection id"),
        ("z" = String, Path, description = "Zoom, 0 to 20; from 17 on the same detail as 16"),
        ("x" = String, Path, description = "Column, from the west"),
        ("y" = String, Path, description = "Row, from the north"),
        ("v" = Option<String>, Query, description = "Version from TileJSON: with it the tile may be kept for good")),
    responses((status = 200, description = "Mapbox Vector Tile 2.1", content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "Nothing there"), (status = 304, description = "Not changed"),
        (status = 400, description = "Not whole numbers"), (status = 404, description = "Outside the tile matrix")))]
pub(crate) async fn tile(
    State(app): State<App>,
    Current(catalog): Current,
    Path((id, z, x, y)): Path<(String, String, String, String)>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    named(&app, &catalog, [&id, &z, &x, &y], &headers, &params).await
}

/// The template of a tile's path.
pub(crate) const TILE: &str = "/tiles/{collection}/{z}/{x}/{y}";

/// What a tile's path names; `None` for other paths, and for those that have to be decoded first.
pub(crate) fn parts(path: &str) -> Option<[&str; 4]> {
    let mut parts = path.strip_prefix("/tiles/")?.split('/');
    let found = [parts.next()?, parts.next()?, parts.next()?, parts.next()?];
    let is_plain = |part: &&str| !part.is_empty() && !part.contains('%');
    (parts.next().is_none() && found.iter().all(is_plain)).then_some(found)
}

/// The answer to a request whose path has such parts.
pub(crate) async fn plain(app: &App, asked: &Parts) -> Response {
    let Some(parts) = parts(asked.uri.path()) else { return StatusCode::NOT_FOUND.into_response() };
    let params = match Params::of_query(asked.uri.query(), app.limits()) {
        Ok(params) => params,
        Err(problem) => return problem.into_response(),
    };
    named(app, &app.catalog(), parts, &asked.headers, &params).await.into_response()
}

async fn named(
    app: &App,
    catalog: &Catalog,
    [id, z, x, y]: [&str; 4],
    headers: &HeaderMap,
    params: &Params,
) -> Result<Response, Problem> {
    params.only(&["v"])?;
    let served = layer(catalog, id)?;
    let [z, x, y] = [whole(z)?, whole(x)?, whole(y)?];
    let coord = u8::try_from(z).ok().and_then(|z| TileCoord::new(z, x, y)).ok_or_else(|| {
        Problem::missing("That tile lies outside the tile matrix: zoom 0 to 20, column and row below 2^zoom.")
    })?;
    let kept = params.value("v").is_some_and(|version| served.is_token(version));
    let cache = if kept { respond::IMMUTABLE } else { respond::REVALIDATE };
    answer::tile(app, served, Grid::WebMercator, coord, headers, cache).await
}

/// A part of a tile's name.
fn whole(text: &str) -> Result<u32, Problem> {
    text.parse().map_err(|_| Problem::bad("Zoom, column and row must be whole numbers from 0."))
}
