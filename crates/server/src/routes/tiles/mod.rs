//! Vector tiles.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tiles::{DETAIL_ZOOM, Tile, TileCoord};

use super::layer;
use crate::app::Current;
use crate::catalog::{Served, coarser_by, tile_fields};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{TileJson, VectorLayer};

const MVT: &str = "application/vnd.mapbox-vector-tile";

/// What the tiles of a collection hold and where they are (TileJSON 3.0).
#[utoipa::path(get, path = "/tiles/{collection}", tag = "Map",
    params(("collection" = String, Path, description = "Collection id")),
    responses((status = 200, description = "TileJSON", body = TileJson), (status = 404, description = "No such collection")))]
pub(crate) async fn tile_json(
    Current(catalog): Current,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f", "v"])?;
    let served = layer(&catalog, &id)?;
    let vector_layer = |suffix: &str, what: &str, labels| VectorLayer {
        id: format!("{id}{suffix}"),
        description: what.into(),
        fields: tile_fields(served.role, labels),
    };
    let mut answer = TileJson {
        tilejson: "3.0.0".into(),
        name: served.info.title.vi.clone(),
        attribution: served.info.source.vi.clone(),
        tiles: vec![template(served)],
        minzoom: 0,
        maxzoom: DETAIL_ZOOM,
        bounds: served.extent(),
        vector_layers: Vec::new(),
        id: id.clone(),
    };
    answer.vector_layers.push(vector_layer("", "Features", false));
    answer.vector_layers.push(vector_layer("-label", "One point inside each feature", true));
    if coarser_by(served.role).is_some() {
        let what = "Features with fewer vertices, for what is drawn at a distance from the border";
        answer.vector_layers.push(vector_layer("-coarse", what, false));
    }
    respond::json(&headers, &answer)
}

/// The address template of a layer's tiles. It names the layer's version, so that tiles may be kept for good.
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
    Current(catalog): Current,
    Path((id, z, x, y)): Path<(String, String, String, String)>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["v"])?;
    let served = layer(&catalog, &id)?;
    let coord = coord(&z, &x, &y)?;
    let tile = encoded(served, coord).await?;
    let kept = params.value("v") == Some(served.token().as_str());
    let cache = if kept { respond::IMMUTABLE } else { respond::REVALIDATE };
    let tag = respond::tag(&tile.bytes);
    let mut response = if tile.bytes.is_empty() && !respond::known(&headers, &tag) {
        let mut response = StatusCode::NO_CONTENT.into_response();
        respond::insert(&mut response, header::ETAG, &tag);
        respond::insert(&mut response, header::CACHE_CONTROL, cache);
        response
    } else {
        respond::tagged(&headers, Body::from(tile.bytes), &tag, MVT, cache)
    };
    // What a tile leaves out, or draws as a part of something else, is told beside it, as there is no place for it inside.
    for (name, count) in [("ranh-tile-collapsed", tile.collapsed), ("ranh-tile-merged", tile.merged)] {
        if count > 0 {
            respond::insert(&mut response, HeaderName::from_static(name), &count.to_string());
        }
    }
    Ok(response)
}

/// The tile; where the layer is still being prepared, as soon as it is, on a thread that may wait.
async fn encoded(served: &Arc<Served>, coord: TileCoord) -> Result<Tile, Problem> {
    if let Some(ready) = served.ready_tiles() {
        return Ok(ready.encode(coord));
    }
    let served = Arc::clone(served);
    let wait = tokio::task::spawn_blocking(move || served.tiles().encode(coord));
    wait.await.map_err(|error| Problem::broken(&error))
}

/// The tile of a path.
fn coord(z: &str, x: &str, y: &str) -> Result<TileCoord, Problem> {
    let whole = |text: &str| {
        text.parse::<u32>().map_err(|_| Problem::bad("Zoom, column and row must be whole numbers from 0."))
    };
    let (z, x, y) = (whole(z)?, whole(x)?, whole(y)?);
    u8::try_from(z).ok().and_then(|z| TileCoord::new(z, x, y)).ok_or_else(|| {
        Problem::missing("That tile lies outside the tile matrix: zoom 0 to 20, column and row below 2^zoom.")
    })
}
