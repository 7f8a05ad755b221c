//! What of a layer lies in zones: houses and parcels that have to give way, and the like.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::http::HeaderMap;
use axum::response::Response;
use planning::Language;
use project::LandRequest;
use report::CellSheet;

use super::items::Guard;
use super::zone_table::{csv_file, xlsx_file};
use crate::app::Current;
use crate::catalog::{Catalog, land_in_zones, land_sheets};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::LandInZones;

/// What of a layer lies in each zone: land, number of features, by commune and by code.
#[utoipa::path(get, path = "/zones/land", tag = "Register",
    params(("layer" = String, Query, description = "A collection of land use, of a plan or of constraints, such as houses"),
        ("codes" = Option<String>, Query, description = "Parcels of these land-use codes only, separated by commas"),
        ("zone" = Option<String>, Query, description = "This zone only, with the features themselves")),
    responses((status = 200, description = "Zones with land", body = LandInZones), (status = 400, description = "No such layer")))]
pub(crate) async fn land(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["layer", "codes", "zone"])?;
    respond::json(&headers, &answer(catalog, &params).await?)
}

/// The same as a table to keep.
#[utoipa::path(get, path = "/zones/land.csv", tag = "Register",
    params(("layer" = String, Query, description = "As for /zones/land, like codes and zone"), ("lang" = Option<String>, Query, description = "vi (usually) or en")),
    responses((status = 200, description = "CSV, UTF-8 with a byte order mark", content_type = "text/csv")))]
pub(crate) async fn csv(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    let (sheets, language) = sheets(catalog, &params).await?;
    csv_file(&headers, &sheets, language, "land.csv")
}

/// The same as a workbook: zones, zones by commune, communes, features of a zone that was asked for.
#[utoipa::path(get, path = "/zones/land.xlsx", tag = "Register",
    params(("layer" = String, Query, description = "As for /zones/land, like codes and zone"), ("lang" = Option<String>, Query, description = "vi (usually) or en")),
    responses((status = 200, description = "XLSX", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub(crate) async fn xlsx(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    xlsx_file(&headers, &sheets(catalog, &params).await?.0, "land.xlsx")
}

/// The answer as sheets, for a file in a language.
async fn sheets(catalog: Arc<Catalog>, params: &Params) -> Result<(Vec<CellSheet>, Language), Problem> {
    params.only(&["layer", "codes", "zone", "lang"])?;
    let language = params.language()?;
    Ok((land_sheets(&answer(catalog, params).await?, language)?, language))
}

async fn answer(catalog: Arc<Catalog>, params: &Params) -> Result<LandInZones, Problem> {
    let layer = params.value("layer").ok_or_else(|| Problem::bad("The parameter \"layer\" is missing."))?;
    let (layer, zone) = (layer.to_owned(), params.value("zone").map(str::to_owned));
    let codes = params.value("codes").unwrap_or_default().split(',').map(str::trim);
    let codes: Vec<String> = codes.filter(|code| !code.is_empty()).map(str::to_owned).collect();
    measured(catalog, move |catalog, cancelled| {
        let request = LandRequest { layer, codes, cancelled: Some(cancelled) };
        let shares = project::land_in_zones(&catalog.collections(), &request)?;
        land_in_zones(catalog, &request, zone.as_deref(), &shares)
            .ok_or_else(|| Problem::missing("There is no zone of that id."))
    })
    .await
}

/// Measures what a catalog has, off the threads that answer, until whoever asked has gone.
pub(super) async fn measured<T: Send + 'static>(
    catalog: Arc<Catalog>,
    work: impl FnOnce(&Catalog, &(dyn Fn() -> bool + Sync)) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let (_guard, stopped) = Guard::new();
    let work = tokio::task::spawn_blocking(move || work(&catalog, &|| stopped.load(Ordering::Relaxed)));
    work.await.map_err(|error| Problem::broken(&error))?
}
