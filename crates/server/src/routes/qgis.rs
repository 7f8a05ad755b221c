//! A project for QGIS.

use axum::body::Body;
use axum::http::{HeaderMap, header};
use axum::response::Response;

use crate::app::Current;
use crate::base::Base;
use crate::params::Params;
use crate::problem::Problem;
use crate::{qgis, respond};

/// Media type of QGIS' projects.
pub(crate) const QGIS: &str = "application/x-qgis-project";

/// A project that opens all collections in QGIS (3.22 or newer): as features and as vector tiles, drawn as on the map.
#[utoipa::path(get, path = "/ranh.qgs", tag = "Map",
    params(("lang" = Option<String>, Query, description = "vi (usually) or en")),
    responses((status = 200, description = "QGIS project", body = String, content_type = "application/x-qgis-project"),
        (status = 400, description = "A parameter makes no sense")))]
pub(crate) async fn project(
    Current(catalog): Current,
    base: Base,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["lang"])?;
    let language = params.language()?;
    let work = move || qgis::project(&catalog, &base, language);
    let project = tokio::task::spawn_blocking(work).await.map_err(|error| Problem::broken(&error))??;
    let tag = respond::tag(project.as_bytes());
    let mut response = respond::tagged(&headers, Body::from(project), &tag, QGIS, respond::REVALIDATE);
    respond::insert(&mut response, header::CONTENT_DISPOSITION, "attachment; filename=\"ranh.qgs\"");
    Ok(response)
}
