//! What a feature was before it was changed.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use project::Revision;
use spatial::{Crs, Feature};

use super::layer;
use crate::app::{App, Current};
use crate::catalog::{LayerRole, Output};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{FeatureHistory, FeatureVersion};

/// The versions of a feature since its collection was imported, the newest first, with what each changed.
#[utoipa::path(get, path = "/collections/{collection}/items/{feature}/history", tag = "Features",
    params(("collection" = String, Path, description = "Collection id"), ("feature" = String, Path, description = "Feature id")),
    responses((status = 200, description = "The versions", body = FeatureHistory), (status = 404, description = "No such collection or feature")))]
pub(crate) async fn history(
    State(app): State<App>,
    Current(catalog): Current,
    Path((id, fid)): Path<(String, String)>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&[])?;
    let served = layer(&catalog, &id)?;
    let missing = || Problem::missing("There is no feature of that id in the collection.");
    let (_, feature) = served.find(&fid).ok_or_else(missing)?;
    if !matches!(served.role, LayerRole::Data(_)) {
        return Err(Problem::missing(
            "What a check has found has its history at /findings/{finding}/history.",
        ));
    }
    let (now, collection) = (feature.clone(), served.collection());
    let work = tokio::task::spawn_blocking(move || -> Result<_, Problem> {
        let known = app.source().feature_history(&id, now.position)?;
        let mut revisions: Vec<Option<Revision>> = vec![known.imported];
        // Each change tells what was before it; the last version is what is there now.
        let mut shapes: Vec<Option<Feature>> = Vec::new();
        for (revision, before) in known.changes {
            revisions.push(Some(revision));
            shapes.push(before);
        }
        shapes.push(Some(now));
        let (crs, areas) = project::version_areas(&collection, &shapes)?;
        Ok((revisions, shapes, crs, areas))
    });
    let (revisions, shapes, crs, areas) = work.await.map_err(|error| Problem::broken(&error))??;
    let output = Output::new(served, &Crs::wgs84());
    let mut versions: Vec<FeatureVersion> = Vec::new();
    for (at, (revision, shape)) in revisions.iter().zip(&shapes).enumerate() {
        // Nothing was there before it was drawn.
        let (Some(revision), Some(shape)) = (revision, shape) else { continue };
        let before = at.checked_sub(1).and_then(|before| shapes.get(before)?.as_ref());
        let area_before = at.checked_sub(1).and_then(|before| areas.get(before).copied().flatten());
        let area_m2 = areas.get(at).copied().flatten();
        versions.push(FeatureVersion {
            revision: revision.number,
            at: revision.at.clone(),
            action: if at == 0 { "imported" } else { "edited" }.to_owned(),
            reason: revision.reason.clone(),
            source: revision.source.clone(),
            area_m2,
            difference_m2: area_m2.zip(area_before).map(|(now, then)| now - then),
            moved: before.is_some_and(|before| before.geometry != shape.geometry),
            properties: before.map(|before| differing(before, shape)).unwrap_or_default(),
            geometry: output.json(shape),
        });
    }
    versions.reverse();
    respond::json(&headers, &FeatureHistory { feature: fid, crs: crs.name().to_owned(), versions })
}

/// The names of the properties that differ.
fn differing(before: &Feature, after: &Feature) -> Vec<String> {
    let names = before
        .properties
        .keys()
        .chain(after.properties.keys().filter(|name| !before.properties.contains_key(*name)));
    names.filter(|name| before.properties.get(*name) != after.properties.get(*name)).cloned().collect()
}
