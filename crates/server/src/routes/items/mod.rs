//! Features of a collection.

mod filters;
mod paging;
mod query;
mod select;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName};
use axum::response::Response;
use jiff::Timestamp;

use super::landing::{HTML, JSON};
use super::layer;
use crate::app::{App, Current};
use crate::base::Base;
use crate::catalog::{Catalog, LayerRole, Output, Served};
use crate::html::Form;
use crate::params::{Params, encode};
use crate::problem::Problem;
use crate::respond;
use crate::settings::Limits;
use crate::wire::{Feature, FeatureCollection, Link};
pub(crate) use query::KNOWN;
use query::Query;
pub(super) use select::Guard;
use select::select;

pub(crate) const GEOJSON: &str = "application/geo+json";
pub(super) const CONTENT_CRS: HeaderName = HeaderName::from_static("content-crs");

/// Features of a collection, a page at a time. Any property can be asked for by its name: `code=LUC`.
#[utoipa::path(get, path = "/collections/{collection}/items", tag = "Features",
    params(
        ("collection" = String, Path, description = "Collection id"),
        ("bbox" = Option<String>, Query, description = "Lower corner, upper corner: 4 numbers, or with heights 6, in the axis order of bbox-crs"),
        ("bbox-crs" = Option<String>, Query, description = "CRS of bbox: one of the collection's, usually CRS84"),
        ("crs" = Option<String>, Query, description = "CRS of the answer: one of the collection's, usually CRS84"),
        ("filter" = Option<String>, Query, description = "CQL2 expression on the collection's queryables"),
        ("filter-lang" = Option<String>, Query, description = "cql2-text (usual) or cql2-json"),
        ("filter-crs" = Option<String>, Query, description = "CRS of the coordinates in filter, which stand in its axis order; usually CRS84"),
        ("limit" = Option<u32>, Query, description = "Features on a page, 1 to 10,000 (usually 10)"),
        ("offset" = Option<u32>, Query, description = "Features to skip"),
        ("datetime" = Option<String>, Query, description = "RFC 3339 instant or interval; features have no time, so all match"),
    ),
    responses((status = 200, description = "A page of features", body = FeatureCollection, content_type = "application/geo+json"),
        (status = 400, description = "A parameter makes no sense"), (status = 404, description = "No such collection")))]
pub(crate) async fn items(
    State(app): State<App>,
    Current(catalog): Current,
    base: Base,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    let served = layer(&catalog, &id)?;
    let form = Form::asked(&params, &headers)?;
    let query = Arc::new(Query::read(served, &params, app.limits())?);
    let output = Output::new(served, &query.crs);
    let matching = matching(&app, &catalog, served, &query).await?;
    let page: Vec<Feature> = matching
        .iter()
        .skip(query.offset)
        .take(query.limit)
        .filter_map(|&i| Some(catalog.feature(served, i, served.layer.features.get(i)?, &output)))
        .collect();
    let answer = FeatureCollection {
        kind: "FeatureCollection".into(),
        links: paging::links(&base, &id, &params, [query.offset, query.limit, matching.len()]),
        number_matched: matching.len(),
        number_returned: page.len(),
        features: page,
        time_stamp: Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    };
    Ok(in_crs(form.answer(&headers, &answer, GEOJSON, &served.info.title.vi)?, &output))
}

/// Positions of the features asked for. Filters may take long, so they run beside the answers of others.
async fn matching(
    app: &App,
    catalog: &Arc<Catalog>,
    served: &Arc<Served>,
    query: &Arc<Query>,
) -> Result<Vec<usize>, Problem> {
    let (_guard, stopped) = Guard::new();
    let most = app.limits().filter;
    let (catalog, served, query) = (Arc::clone(catalog), Arc::clone(served), Arc::clone(query));
    let work = move || select(&catalog, &served, &query, most, &stopped);
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::broken(&error))?
}

/// Positions of the features that the parameters of a request for features ask for, `most` being the time for a filter.
/// Blocks.
pub(super) fn chosen(
    catalog: &Catalog,
    served: &Served,
    params: &Params,
    limits: &Limits,
    most: Duration,
) -> Result<Vec<usize>, Problem> {
    let (_guard, stopped) = Guard::new();
    select(catalog, served, &Query::read(served, params, limits)?, most, &stopped)
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
    base: Base,
    Path((id, fid)): Path<(String, String)>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f", "crs"])?;
    let form = Form::asked(&params, &headers)?;
    let served = layer(&catalog, &id)?;
    let output = Output::new(served, &params.crs("crs", &served.layer.crs)?);
    let (i, feature) = served
        .find(&fid)
        .ok_or_else(|| Problem::missing("There is no feature of that id in the collection."))?;
    let mut answer = catalog.feature(served, i, feature, &output);
    let collection = base.to(&format!("/collections/{id}"));
    let own = format!("{collection}/items/{}", encode(&fid));
    let rest = params.without(&["f"]);
    let rest = if rest.is_empty() { rest } else { format!("&{rest}") };
    answer.links = vec![
        Link::new(format!("{own}?f=json{rest}"), "self", GEOJSON, "This feature"),
        Link::new(format!("{own}?f=html{rest}"), "alternate", HTML, "This feature as a page"),
        Link::new(collection, "collection", JSON, "Its collection"),
    ];
    let tag = matches!(served.role, LayerRole::Data(_)).then(|| match form {
        Form::Json => served.feature_tag(i, &output.uri),
        Form::Html => served.feature_tag(i, &format!("{} html", output.uri)),
    });
    Ok(in_crs(form.answer_as(&headers, &answer, GEOJSON, &fid, tag)?, &output))
}

/// Says in which CRS the coordinates of an answer are (OGC API Features part 2, 6.4).
pub(super) fn in_crs(mut response: Response, output: &Output) -> Response {
    respond::insert(&mut response, CONTENT_CRS, &format!("<{}>", output.uri));
    response
}
