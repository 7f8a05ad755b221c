//! Collections.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

use super::items::GEOJSON;
use super::landing::{HTML, JSON};
use super::layer;
use super::schemas::SCHEMA;
use crate::app::Current;
use crate::base::Base;
use crate::catalog::{Catalog, LayerRole, Served};
use crate::crs::{self, CRS84};
use crate::html::Form;
use crate::params::Params;
use crate::problem::Problem;
use crate::wire::{Collection, CollectionFacts, Collections, Extent, Link, SpatialExtent, StoreFacts, Text};

const SCHEMA_REL: &str = "http://www.opengis.net/def/rel/ogc/1.0/schema";
const TILESETS_REL: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
const QUERYABLES_REL: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

/// All collections, and what is known of the store.
#[utoipa::path(get, path = "/collections", tag = "Features",
    responses((status = 200, description = "Collections", body = Collections)))]
pub(crate) async fn collections(
    Current(catalog): Current,
    base: Base,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    let form = Form::asked(&params, &headers)?;
    let stale = catalog.check_is_stale();
    let answer = Collections {
        links: vec![
            Link::new(base.to("/collections?f=json"), "self", JSON, "This document"),
            Link::new(base.to("/collections?f=html"), "alternate", HTML, "This document as a page"),
        ],
        collections: catalog.layers.iter().map(|served| wire(&catalog, served, &base)).collect(),
        ranh: StoreFacts {
            revision: catalog.version.revision,
            generated: catalog.layers.iter().any(|served| served.info.generated),
            check: catalog.check.as_ref().map(|checked| checked.summary(stale)),
        },
    };
    form.answer(&headers, &answer, JSON, "Collections")
}

/// One collection.
#[utoipa::path(get, path = "/collections/{collection}", tag = "Features",
    params(("collection" = String, Path, description = "Collection id")),
    responses((status = 200, description = "The collection", body = Collection),
        (status = 404, description = "No such collection")))]
pub(crate) async fn collection(
    Current(catalog): Current,
    base: Base,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    let form = Form::asked(&params, &headers)?;
    let answer = wire(&catalog, layer(&catalog, &id)?, &base);
    form.answer(&headers, &answer, JSON, &answer.title)
}

fn wire(catalog: &Catalog, served: &Arc<Served>, base: &Base) -> Collection {
    let info = &served.info;
    let id = &info.id;
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
        links: links(served, base),
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

fn links(served: &Served, base: &Base) -> Vec<Link> {
    let id = &served.info.id;
    let own = |suffix: &str, rel: &str, media_type: &str, title: &str| {
        Link::new(base.to(&format!("/collections/{id}{suffix}")), rel, media_type, title)
    };
    let mut links = vec![
        own("?f=json", "self", JSON, "This collection"),
        own("?f=html", "alternate", HTML, "This collection as a page"),
        own("/items", "items", GEOJSON, "Its features"),
        own("/items?f=html", "items", HTML, "Its features as a page"),
        own("/schema", SCHEMA_REL, SCHEMA, "Its schema"),
        own("/queryables", QUERYABLES_REL, SCHEMA, "What can be filtered by"),
        own("/tiles", TILESETS_REL, JSON, "Its sets of vector tiles"),
        Link::new(base.to(&format!("/tiles/{id}")), "tiles", JSON, "Its vector tiles (TileJSON)"),
    ];
    let whole = match served.role {
        LayerRole::Data(_) => Some(format!("/export/{id}")),
        LayerRole::Finding => Some("/findings.geojson".to_owned()),
        LayerRole::Sliver => None,
    };
    links.extend(whole.map(|path| Link::new(base.to(&path), "enclosure", GEOJSON, "All of it, to keep")));
    links
}
