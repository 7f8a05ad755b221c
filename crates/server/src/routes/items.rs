//! Features of a collection.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;

use super::collections::CRS84;
use super::landing::json_only;
use super::layer;
use crate::app::{App, Current};
use crate::catalog::Served;
use crate::params::{Params, encode, unknown};
use crate::problem::Problem;
use crate::respond;
use crate::wire::{Feature, FeatureCollection, Link};

const GEOJSON: &str = "application/geo+json";
const KNOWN: [&str; 7] = ["f", "bbox", "limit", "offset", "datetime", "crs", "bbox-crs"];

/// Features of a collection, a page at a time. Any property can be asked for by its name: `code=LUC`.
#[utoipa::path(get, path = "/collections/{collection}/items", tag = "Features",
    params(
        ("collection" = String, Path, description = "Collection id"),
        ("bbox" = Option<String>, Query, description = "west,south,east,north in degrees, or with heights as 6 numbers"),
        ("limit" = Option<u32>, Query, description = "Features on a page, 1 to 10,000 (usually 10)"),
        ("offset" = Option<u32>, Query, description = "Features to skip"),
        ("datetime" = Option<String>, Query, description = "RFC 3339 instant or interval; features have no time, so all match"),
        ("crs" = Option<String>, Query, description = "CRS84 only; /export gives other CRSs"),
        ("bbox-crs" = Option<String>, Query, description = "CRS84 only"),
    ),
    responses((status = 200, description = "A page of features", body = FeatureCollection, content_type = "application/geo+json"),
        (status = 400, description = "A parameter makes no sense"), (status = 404, description = "No such collection")))]
pub(crate) async fn items(
    State(app): State<App>,
    Current(catalog): Current,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    let served = layer(&catalog, &id)?;
    json_only(&params)?;
    // Features carry no time, so a valid `datetime` leaves all of them in; a senseless one is refused all the same.
    params.datetime()?;
    check_crs(&params)?;
    let (limit, offset) = (params.limit(app.limits().default_page, app.limits().page)?, params.offset()?);
    let filters = property_filters(served, &params)?;
    let matching: Vec<usize> = served
        .within(params.bbox()?.as_ref())
        .into_iter()
        .filter(|&i| matches(served, i, &filters))
        .collect();
    let page: Vec<Feature> = matching
        .iter()
        .skip(offset)
        .take(limit)
        .filter_map(|&i| Some(catalog.feature(served, i, served.layer.features.get(i)?)))
        .collect();
    let answer = FeatureCollection {
        kind: "FeatureCollection".into(),
        links: paging(&id, &params, offset, limit, matching.len()),
        number_matched: matching.len(),
        number_returned: page.len(),
        features: page,
        time_stamp: Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    };
    respond::json_as(&headers, &answer, GEOJSON)
}

/// One feature.
#[utoipa::path(get, path = "/collections/{collection}/items/{feature}", tag = "Features",
    params(("collection" = String, Path, description = "Collection id"),
        ("feature" = String, Path, description = "Feature id")),
    responses((status = 200, description = "The feature", body = Feature, content_type = "application/geo+json"),
        (status = 404, description = "No such collection or feature")))]
pub(crate) async fn item(
    Current(catalog): Current,
    Path((id, fid)): Path<(String, String)>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f", "crs"])?;
    json_only(&params)?;
    check_crs(&params)?;
    let served = layer(&catalog, &id)?;
    let (i, feature) = served
        .find(&fid)
        .ok_or_else(|| Problem::missing("There is no feature of that id in the collection."))?;
    let mut answer = catalog.feature(served, i, feature);
    let collection = format!("/collections/{id}");
    answer.links = vec![
        Link::new(format!("{collection}/items/{}", encode(&fid)), "self", GEOJSON, "This feature"),
        Link::new(collection, "collection", "application/json", "Its collection"),
    ];
    respond::json_as(&headers, &answer, GEOJSON)
}

/// Parameters that are property names of the collection.
fn property_filters<'a>(served: &Served, params: &'a Params) -> Result<Vec<(&'a str, &'a str)>, Problem> {
    let filters: Vec<_> = params.others(&KNOWN).collect();
    match filters.iter().find(|(name, _)| !served.properties.contains(*name)) {
        None => Ok(filters),
        Some((name, _)) => {
            let known: Vec<&str> =
                KNOWN.into_iter().chain(served.properties.iter().map(String::as_str)).collect();
            Err(unknown(name, &known))
        }
    }
}

fn matches(served: &Served, i: usize, filters: &[(&str, &str)]) -> bool {
    let Some(feature) = served.layer.features.get(i) else { return false };
    filters.iter().all(|(name, value)| feature.text(name).as_deref() == Some(*value))
}

/// Links to this page, the next and the one before.
fn paging(id: &str, params: &Params, offset: usize, limit: usize, matched: usize) -> Vec<Link> {
    let rest = params.without("offset");
    let href = |offset: usize| {
        let offset = (offset > 0).then(|| format!("offset={offset}"));
        let query: Vec<&str> = [rest.as_str(), offset.as_deref().unwrap_or_default()]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/collections/{id}/items{mark}{}", query.join("&"))
    };
    let mut links = vec![Link::new(href(offset), "self", GEOJSON, "This page")];
    if offset.saturating_add(limit) < matched {
        links.push(Link::new(href(offset + limit), "next", GEOJSON, "The next page"));
    }
    if offset > 0 {
        links.push(Link::new(href(offset.saturating_sub(limit)), "prev", GEOJSON, "The page before"));
    }
    links.push(Link::new(format!("/collections/{id}"), "collection", "application/json", "The collection"));
    links
}

/// The items are in longitude and latitude; a request for another CRS must not be passed over in silence.
fn check_crs(params: &Params) -> Result<(), Problem> {
    for name in ["crs", "bbox-crs"] {
        if params.value(name).is_some_and(|crs| !matches!(crs, "CRS84" | "OGC:CRS84" | CRS84)) {
            return Err(Problem::bad(format!(
                "\"{name}\" can be {CRS84} only. /export/{{collection}}?crs=EPSG:n gives other CRSs."
            )));
        }
    }
    Ok(())
}
