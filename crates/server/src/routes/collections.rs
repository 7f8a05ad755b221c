//! Collections.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

use super::landing::json_only;
use super::layer;
use crate::app::Current;
use crate::catalog::{Catalog, Served};
use crate::crs::{self, CRS84};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{Collection, CollectionFacts, Collections, Extent, Link, SpatialExtent, StoreFacts, Text};

const JSON: &str = "application/json";

/// All collections, and what is known of the store.
#[utoipa::path(get, path = "/collections", tag = "Features",
    responses((status = 200, description = "Collections", body = Collections)))]
pub(crate) async fn collections(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    json_only(&params)?;
    let stale = catalog.check_is_stale();
    let answer = Collections {
        links: vec![Link::new("/collections", "self", JSON, "This document")],
        collections: catalog.layers.iter().map(|served| wire(&catalog, served)).collect(),
        ranh: StoreFacts {
            revision: catalog.version.revision,
            generated: catalog.layers.iter().any(|served| served.info.generated),
            check: catalog.check.as_ref().map(|checked| checked.summary(stale)),
        },
    };
    respond::json(&headers, &answer)
}

/// One collection.
#[utoipa::path(get, path = "/collections/{collection}", tag = "Features",
    params(("collection" = String, Path, description = "Collection id")),
    responses((status = 200, description = "The collection", body = Collection),
        (status = 404, description = "No such collection")))]
pub(crate) async fn collection(
    Current(catalog): Current,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    json_only(&params)?;
    respond::json(&headers, &wire(&catalog, layer(&catalog, &id)?))
}

fn wire(catalog: &Catalog, served: &Arc<Served>) -> Collection {
    let info = &served.info;
    let id = &info.id;
    let geojson = "application/geo+json";
    Collection {
        id: id.clone(),
        title: info.title.vi.clone(),
        description: info.source.vi.clone(),
        extent: served
            .extent()
            .map(|bbox| Extent { spatial: SpatialExtent { bbox: vec![bbox], crs: CRS84.into() } }),
        item_type: "feature".into(),
        crs: crs::uris(&served.layer.crs),
        storage_crs: crs::uri(&served.layer.crs),
        links: vec![
            Link::new(format!("/collections/{id}"), "self", JSON, "This collection"),
            Link::new(format!("/collections/{id}/items"), "items", geojson, "Its features"),
            Link::new(format!("/tiles/{id}"), "tiles", JSON, "Its vector tiles (TileJSON)"),
            Link::new(format!("/export/{id}"), "enclosure", geojson, "All of it, to keep"),
        ],
        ranh: CollectionFacts {
            role: served.role.name().into(),
            title: Text::from(&info.title),
            generated: info.generated,
            source: Text::from(&info.source),
            as_of: info.as_of.clone(),
            scale: info.scale,
            count: served.layer.features.len(),
            undrawable: served.undrawable(),
            revision: served.revision,
            level: info.level.clone(),
            period: info.period.clone(),
            approved_on: info.approved_on.clone(),
            decision: info.decision.clone(),
            in_force: catalog.plan() == Some(id.as_str()),
        },
    }
}
