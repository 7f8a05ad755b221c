//! Which zones change their administrative unit.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;
use planning::Language;
use report::CellSheet;

use super::land::measured;
use super::zone_table::{csv_file, xlsx_file};
use crate::app::Current;
use crate::catalog::{Catalog, unit_changes, unit_sheets};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::UnitChanges;

/// Zones by two versions of the administrative units: which change their unit, lie in several, or are claimed by several.
#[utoipa::path(get, path = "/zones/units", tag = "Register",
    params(("older" = String, Query, description = "Collection of the older version"), ("newer" = String, Query, description = "Collection of the newer version")),
    responses((status = 200, description = "The zones", body = UnitChanges), (status = 400, description = "No such collection of units")))]
pub(crate) async fn units(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["older", "newer"])?;
    respond::json(&headers, &answer(catalog, &params).await?)
}

/// The same as a table to keep.
#[utoipa::path(get, path = "/zones/units.csv", tag = "Register",
    params(("older" = String, Query, description = "Collection of the older version"), ("newer" = String, Query, description = "Collection of the newer version"),
        ("lang" = Option<String>, Query, description = "vi (usually) or en")),
    responses((status = 200, description = "CSV, UTF-8 with a byte order mark", content_type = "text/csv")))]
pub(crate) async fn csv(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    let (sheets, language) = sheets(catalog, &params).await?;
    csv_file(&headers, &sheets, language, "units.csv")
}

/// The same as a workbook: zones with their units by old and new names, and which unit became which.
#[utoipa::path(get, path = "/zones/units.xlsx", tag = "Register",
    params(("older" = String, Query, description = "Collection of the older version"), ("newer" = String, Query, description = "Collection of the newer version"),
        ("lang" = Option<String>, Query, description = "vi (usually) or en")),
    responses((status = 200, description = "XLSX", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub(crate) async fn xlsx(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    xlsx_file(&headers, &sheets(catalog, &params).await?.0, "units.xlsx")
}

/// The answer as sheets, for a file in a language.
async fn sheets(catalog: Arc<Catalog>, params: &Params) -> Result<(Vec<CellSheet>, Language), Problem> {
    params.only(&["older", "newer", "lang"])?;
    let language = params.language()?;
    Ok((unit_sheets(&answer(catalog, params).await?, language)?, language))
}

async fn answer(catalog: Arc<Catalog>, params: &Params) -> Result<UnitChanges, Problem> {
    let named = |name: &str| {
        let missing = || Problem::bad(format!("The parameter \"{name}\" is missing."));
        params.value(name).map(str::to_owned).ok_or_else(missing)
    };
    let (older, newer) = (named("older")?, named("newer")?);
    if older == newer {
        return Err(Problem::bad("\"newer\" must be another collection than \"older\"."));
    }
    measured(catalog, move |catalog, cancelled| {
        let changes = project::unit_changes(&catalog.collections(), [&older, &newer], Some(cancelled))?;
        unit_changes(catalog, [&older, &newer], &changes)
            .ok_or_else(|| Problem::missing("The collections are not there any more."))
    })
    .await
}
