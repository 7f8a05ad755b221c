//! What a person should know of an export before it is made: it is written to nowhere.

use std::io;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::order::{Failed, Order, refused};
use super::{asked, permit};
use crate::app::{App, Current};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::ExportNotes;

/// What an export could not carry as it is: names that change, values that become others, geometry without a place. It costs what
/// the export costs.
#[utoipa::path(get, path = "/export/{collection}/notes", tag = "Features",
    params(("collection" = String, Path, description = "Collection id"),
        ("format" = Option<String>, Query, description = "As of /export/{collection}"),
        ("crs" = Option<String>, Query, description = "As of /export/{collection}"),
        ("metadata" = Option<bool>, Query, description = "As of /export/{collection}"),
        ("lang" = Option<String>, Query, description = "As of /export/{collection}"),
        ("codes" = Option<String>, Query, description = "As of /export/{collection}")),
    responses((status = 200, description = "The notes", body = ExportNotes),
        (status = 400, description = "No such format, CRS or table of codes"), (status = 404, description = "No such collection"),
        (status = 422, description = "The collection does not fit the format"),
        (status = 501, description = "The format needs the GDAL worker, which is not installed")))]
pub(crate) async fn notes(
    State(app): State<App>,
    Current(catalog): Current,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    let order = asked(&app, &catalog, &id, &params).await?;
    let permit = permit(&app)?;
    let work = tokio::task::spawn_blocking(move || {
        let told = told(&order);
        drop(permit);
        told
    });
    let told = work.await.map_err(|error| Problem::broken(&error))?.map_err(refused)?;
    respond::json(&headers, &told)
}

fn told(order: &Order) -> Result<ExportNotes, Failed> {
    let (ready, notes) = order.ready()?;
    let texts = match notes {
        Some(notes) => notes,
        None => order.send(ready, &mut io::sink())?.texts(&order.crs),
    };
    Ok(ExportNotes { notes: texts.iter().map(Into::into).collect() })
}
