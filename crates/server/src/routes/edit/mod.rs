//! Changing features (OGC API Features part 4, 20-002): each request is one revision of the store, all of it or none.
//! With `If-Match` a feature is changed only while it is what the client has read.

mod actions;
mod body;
mod target;
mod transaction;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use project::{Edit, EditRequest, Edited};

use super::items::{GEOJSON, in_crs};
use super::layer;
use crate::app::{App, Current};
use crate::base::Base;
use crate::catalog::{Catalog, Output};
use crate::params::{Params, encode};
use crate::problem::Problem;
use crate::respond;
use crate::wire::{Feature, FeatureCollection};
use body::{Body, declared, patched};
use target::{READ, Target};
pub(crate) use transaction::{__path_transact, transact};

/// What can be done to the features of a collection, and to one.
const ITEMS: &str = "GET, HEAD, OPTIONS, POST";
const ITEM: &str = "GET, HEAD, OPTIONS, PUT, PATCH, DELETE";

/// The path of a collection's features; that of one begins with it.
const FEATURES: &str = "/collections/{collection}/items";

/// Refuses to change features of a path whose collection is of none that can be changed.
pub(crate) fn can_change(
    catalog: &Catalog,
    method: &Method,
    template: &str,
    path: &str,
) -> Result<(), Problem> {
    if matches!(*method, Method::GET | Method::HEAD) || !template.starts_with(FEATURES) {
        return Ok(());
    }
    let served = path.split('/').nth(2).and_then(|id| catalog.layer(id));
    served.map_or(Ok(()), |served| target::must_be_data(served))
}

/// Adds a feature, or all features of a collection.
#[utoipa::path(post, path = "/collections/{collection}/items", tag = "Features",
    request_body(content = Feature, content_type = "application/geo+json"),
    params(("collection" = String, Path, description = "Collection id"),
        ("reason" = Option<String>, Query, description = "Why, kept with the revision"),
        ("Content-Crs" = Option<String>, Header, description = "CRS of the coordinates, in angle brackets; usually CRS84")),
    responses((status = 201, description = "Added; Location names a single feature", body = Feature, content_type = "application/geo+json"),
        (status = 400, description = "Not a feature that can be taken"), (status = 403, description = "Nothing may be changed here"),
        (status = 404, description = "No such collection"), (status = 405, description = "Not a collection of features that can be changed"),
        (status = 409, description = "There is a feature of that id"), (status = 415, description = "Not declared as GeoJSON")))]
pub(crate) async fn create(
    State(app): State<App>,
    Current(catalog): Current,
    base: Base,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
    body: Bytes,
) -> Result<Response, Problem> {
    params.only(&["reason"])?;
    let target = Target::new(&app, &catalog, &id, &headers)?;
    let Body { features, is_collection } = Body::read(&headers, &body, &target)?;
    if features.is_empty() {
        return Err(Problem::bad("The collection has no features."));
    }
    let mut seen = BTreeSet::new();
    features.iter().try_for_each(|feature| target.must_be_new(feature, &mut seen))?;
    let edits = features.into_iter().map(Edit::Insert).collect();
    let (catalog, edited) = apply(&app, &id, edits, reason(&params)).await?;
    let mut response = if is_collection {
        all(&catalog, &id, &edited, &target)?
    } else {
        let position = edited.features.first().map(|feature| feature.position);
        let mut response = one(&catalog, &id, position, &target)?;
        let served = layer(&catalog, &id)?;
        let at = position.and_then(|position| served.at_position(position));
        let fid = at.map_or("", |(i, _)| served.identities.id(i));
        let place = base.to(&format!("/collections/{id}/items/{}", encode(fid)));
        respond::insert(&mut response, header::LOCATION, &place);
        response
    };
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// Puts a feature in the place of another.
#[utoipa::path(put, path = "/collections/{collection}/items/{feature}", tag = "Features",
    request_body(content = Feature, content_type = "application/geo+json"),
    params(("collection" = String, Path, description = "Collection id"), ("feature" = String, Path, description = "Feature id"),
        ("reason" = Option<String>, Query, description = "Why, kept with the revision"),
        ("If-Match" = Option<String>, Header, description = "Entity tag of the feature as it was read"),
        ("Content-Crs" = Option<String>, Header, description = "CRS of the coordinates, in angle brackets; usually CRS84")),
    responses((status = 200, description = "The feature as it is now", body = Feature, content_type = "application/geo+json"),
        (status = 400, description = "Not a feature that can be taken"), (status = 403, description = "Nothing may be changed here"),
        (status = 404, description = "No such collection or feature"), (status = 405, description = "Not a collection of features that can be changed"),
        (status = 409, description = "Somebody else changed it just now"), (status = 412, description = "It is not what was read any more"),
        (status = 415, description = "Not declared as GeoJSON")))]
pub(crate) async fn replace(
    State(app): State<App>,
    Current(catalog): Current,
    Path((id, fid)): Path<(String, String)>,
    headers: HeaderMap,
    params: Params,
    body: Bytes,
) -> Result<Response, Problem> {
    params.only(&["reason"])?;
    let target = Target::new(&app, &catalog, &id, &headers)?;
    let before = target.feature(&fid, &headers)?;
    let after = Body::read(&headers, &body, &target)?.only()?;
    let after = target.keeping_id(before, &fid, after)?;
    let edits = vec![Edit::Replace { before: before.clone(), after }];
    changed(&app, &id, &target, edits, &params).await
}

/// Changes members of a feature: what is not given stays, null takes away (JSON Merge Patch, RFC 7396).
#[utoipa::path(patch, path = "/collections/{collection}/items/{feature}", tag = "Features",
    request_body(content = serde_json::Value, content_type = "application/merge-patch+json"),
    params(("collection" = String, Path, description = "Collection id"), ("feature" = String, Path, description = "Feature id"),
        ("reason" = Option<String>, Query, description = "Why, kept with the revision"),
        ("If-Match" = Option<String>, Header, description = "Entity tag of the feature as it was read"),
        ("Content-Crs" = Option<String>, Header, description = "CRS of the coordinates, in angle brackets; usually CRS84")),
    responses((status = 200, description = "The feature as it is now", body = Feature, content_type = "application/geo+json"),
        (status = 400, description = "Not a patch that can be taken"), (status = 403, description = "Nothing may be changed here"),
        (status = 404, description = "No such collection or feature"), (status = 405, description = "Not a collection of features that can be changed"),
        (status = 409, description = "Somebody else changed it just now"), (status = 412, description = "It is not what was read any more"),
        (status = 415, description = "Not declared as JSON")))]
pub(crate) async fn update(
    State(app): State<App>,
    Current(catalog): Current,
    Path((id, fid)): Path<(String, String)>,
    headers: HeaderMap,
    params: Params,
    body: Bytes,
) -> Result<Response, Problem> {
    params.only(&["reason"])?;
    let target = Target::new(&app, &catalog, &id, &headers)?;
    let before = target.feature(&fid, &headers)?;
    let after = patched(before, &fid, &headers, &body, &target)?;
    let edits = vec![Edit::Replace { before: before.clone(), after }];
    changed(&app, &id, &target, edits, &params).await
}

/// Takes a feature away.
#[utoipa::path(delete, path = "/collections/{collection}/items/{feature}", tag = "Features",
    params(("collection" = String, Path, description = "Collection id"), ("feature" = String, Path, description = "Feature id"),
        ("reason" = Option<String>, Query, description = "Why, kept with the revision"),
        ("If-Match" = Option<String>, Header, description = "Entity tag of the feature as it was read")),
    responses((status = 204, description = "It is gone"), (status = 400, description = "A parameter makes no sense"),
        (status = 403, description = "Nothing may be changed here"), (status = 404, description = "No such collection or feature"),
        (status = 405, description = "Not a collection of features that can be changed"),
        (status = 409, description = "Somebody else changed it just now"), (status = 412, description = "It is not what was read any more")))]
pub(crate) async fn remove(
    State(app): State<App>,
    Current(catalog): Current,
    Path((id, fid)): Path<(String, String)>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["reason"])?;
    let target = Target::new(&app, &catalog, &id, &headers)?;
    let edits = vec![Edit::Remove(target.feature(&fid, &headers)?.clone())];
    apply(&app, &id, edits, reason(&params)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What can be done to the features of a collection.
#[utoipa::path(options, path = "/collections/{collection}/items", tag = "Features",
    params(("collection" = String, Path, description = "Collection id")),
    responses((status = 204, description = "See Allow"), (status = 404, description = "No such collection")))]
pub(crate) async fn items_options(
    State(app): State<App>,
    Current(catalog): Current,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    allowed(&app, &catalog, &id, ITEMS)
}

/// What can be done to a feature.
#[utoipa::path(options, path = "/collections/{collection}/items/{feature}", tag = "Features",
    params(("collection" = String, Path, description = "Collection id"), ("feature" = String, Path, description = "Feature id")),
    responses((status = 204, description = "See Allow"), (status = 404, description = "No such collection or feature")))]
pub(crate) async fn item_options(
    State(app): State<App>,
    Current(catalog): Current,
    Path((id, fid)): Path<(String, String)>,
) -> Result<Response, Problem> {
    if layer(&catalog, &id)?.find(&fid).is_none() {
        return Err(Problem::missing("There is no feature of that id in the collection."));
    }
    allowed(&app, &catalog, &id, ITEM)
}

fn allowed(app: &App, catalog: &Catalog, id: &str, methods: &str) -> Result<Response, Problem> {
    let served = layer(catalog, id)?;
    let methods = if target::is_editable(app, served) { methods } else { READ };
    let mut response = StatusCode::NO_CONTENT.into_response();
    respond::insert(&mut response, header::ALLOW, methods);
    Ok(response)
}

/// Makes the edits of one feature and answers with what it is now.
async fn changed(
    app: &App,
    id: &str,
    target: &Target,
    edits: Vec<Edit>,
    params: &Params,
) -> Result<Response, Problem> {
    let (catalog, edited) = apply(app, id, edits, reason(params)).await?;
    let position = edited.features.first().map(|feature| feature.position);
    one(&catalog, id, position, target)
}

/// Why, as the request has it.
fn reason(params: &Params) -> Option<String> {
    params.value("reason").map(str::to_owned)
}

/// Makes the edits, and waits until they can be seen.
async fn apply(
    app: &App,
    id: &str,
    edits: Vec<Edit>,
    reason: Option<String>,
) -> Result<(Arc<Catalog>, Edited), Problem> {
    let (worker, collection) = (app.clone(), id.to_owned());
    let work = move || {
        let request = EditRequest { collection: &collection, edits, reason };
        let edited = worker.source().edit(&request)?;
        worker.refresh()?;
        Ok::<_, Problem>(edited)
    };
    let edited = tokio::task::spawn_blocking(work).await.map_err(|error| Problem::broken(&error))??;
    Ok((app.catalog(), edited))
}

/// The feature at a position, with its tag.
fn one(catalog: &Catalog, id: &str, position: Option<u64>, target: &Target) -> Result<Response, Problem> {
    let served = layer(catalog, id)?;
    let output = Output::new(served, &target.crs);
    let at = position.and_then(|position| served.at_position(position));
    let gone = || Problem::new(StatusCode::CONFLICT, "It was changed, and then taken away by somebody else.");
    let (i, feature) = at.ok_or_else(gone)?;
    let answer = catalog.feature(served, i, feature, &output);
    let mut response = respond::json_as(&HeaderMap::new(), &answer, GEOJSON)?;
    respond::insert(&mut response, header::ETAG, &served.feature_tag(i, &output.uri));
    Ok(in_crs(response, &output))
}

/// All features that were added.
fn all(catalog: &Catalog, id: &str, edited: &Edited, target: &Target) -> Result<Response, Problem> {
    let served = layer(catalog, id)?;
    let output = Output::new(served, &target.crs);
    let found = edited.features.iter().filter_map(|one| served.at_position(one.position));
    let features: Vec<Feature> =
        found.map(|(i, feature)| catalog.feature(served, i, feature, &output)).collect();
    let answer = FeatureCollection {
        kind: "FeatureCollection".into(),
        links: Vec::new(),
        number_matched: features.len(),
        number_returned: features.len(),
        features,
        time_stamp: edited.revision.at.clone(),
    };
    Ok(in_crs(respond::json_as(&HeaderMap::new(), &answer, GEOJSON)?, &output))
}
