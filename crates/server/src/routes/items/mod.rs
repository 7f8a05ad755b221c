//! Features of a collection.

mod paging;
mod query;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName};
use axum::response::Response;
use jiff::Timestamp;

use super::landing::json_only;
use super::layer;
use crate::app::{App, Current};
use crate::catalog::Output;
use crate::params::{Params, encode};
use crate::problem::Problem;
use crate::respond;
use crate::wire::{Feature, FeatureCollection, Link};
use query::Query;

pub(crate) const GEOJSON: &str = "application/geo+json";
const CONTENT_CRS: HeaderName = HeaderName::from_static("content-crs");

/// Features of a collection, a page at a time. Any property can be asked for by its name: `code=LUC`.
#[utoipa::path(get, path = "/collections/{collection}/items", tag = "Features",
    params(
        ("collection" = String, Path, description = "Collection id"),
        ("bbox" = Option<String>, Query, description = "Lower corner, upper corner: 4 numbers, or with heights 6, in the axis order of bbox-crs"),
        ("bbox-crs" = Option<String>, Query, description = "CRS of bbox: one of the collection's, usually CRS84"),
        ("crs" = Option<String>, Query, description = "CRS of the answer: one of the collection's, usually CRS84"),
        ("limit" = Option<u32>, Query, description = "Features on a page, 1 to 10,000 (usually 10)"),
        ("offset" = Option<u32>, Query, description = "Features to skip"),
        ("datetime" = Option<String>, Query, description = "RFC 3339 instant or interval; features have no time, so all match"),
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
    let query = Query::read(served, &params, app.limits())?;
    let output = Output::new(served, &query.crs);
    let matching = query.select(served);
    let page: Vec<Feature> = matching
        .iter()
        .skip(query.offset)
        .take(query.limit)
        .filter_map(|&i| Some(catalog.feature(served, i, served.layer.features.get(i)?, &output)))
        .collect();
    let answer = FeatureCollection {
        kind: "FeatureCollection".into(),
        links: paging::links(&id, &params, query.offset, query.limit, matching.len()),
        number_matched: matching.len(),
        number_returned: page.len(),
        features: page,
        time_stamp: Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    };
    Ok(in_crs(respond::json_as(&headers, &answer, GEOJSON)?, &output))
}

/// One feature.
#[utoipa::path(get, path = "/collections/{collection}/items/{feature}", tag = "Features",
    params(("collection" = String, Path, description = "Collection id"),
        ("feature" = String, Path, description = "Feature id"),
        ("crs" = Option<String>, Query, description = "CRS of the answer: one of the collection's, usually CRS84")),
    responses((status = 200, description = "The feature", body = Feature, content_type = "application/geo+json"),
        (status = 400, description = "A parameter makes no sense"),
        (status = 404, description = "No such collection or feature")))]
pub(crate) async fn item(
    Current(catalog): Current,
    Path((id, fid)): Path<(String, String)>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f", "crs"])?;
    json_only(&params)?;
    let served = layer(&catalog, &id)?;
    let output = Output::new(served, &params.crs("crs", &served.layer.crs)?);
    let (i, feature) = served
        .find(&fid)
        .ok_or_else(|| Problem::missing("There is no feature of that id in the collection."))?;
    let mut answer = catalog.feature(served, i, feature, &output);
    let collection = format!("/collections/{id}");
    answer.links = vec![
        Link::new(format!("{collection}/items/{}", encode(&fid)), "self", GEOJSON, "This feature"),
        Link::new(collection, "collection", "application/json", "Its collection"),
    ];
    Ok(in_crs(respond::json_as(&headers, &answer, GEOJSON)?, &output))
}

/// Says in which CRS the coordinates of an answer are (OGC API Features part 2, 6.4).
fn in_crs(mut response: Response, output: &Output) -> Response {
    respond::insert(&mut response, CONTENT_CRS, &format!("<{}>", output.uri));
    response
}
