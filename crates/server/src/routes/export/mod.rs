//! Downloads of whole collections, and what a person should know of each before.
//!
//! What is made whole before it is sent (what the GDAL worker writes, archives, workbooks) tells in its head how many notes there
//! are; of what is written while it is sent they are known at its end alone. Either names the address where they can be asked
//! for, which a page does before it has the browser save a file, whose head it never sees.

mod chunks;
mod notes;
mod order;

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use planning::{Collection, Text};
use project::{ExportFormat, Foreign, LevelCodes};
use spatial::Crs;
use spatial::crs::Transformation;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio_stream::wrappers::ReceiverStream;

use super::findings::attachment;
use super::layer;
use crate::app::{App, Current};
use crate::base::Base;
use crate::catalog::{Catalog, LayerRole};
use crate::params::{Params, encode};
use crate::problem::Problem;
use crate::respond;
use chunks::{Chunks, Head};
pub(crate) use notes::{__path_notes, notes};
use order::{Form, Order, form, refused};

/// Chunks on their way at a time: a slow client holds up the writer, not the memory.
const IN_FLIGHT: usize = 4;
/// How many notes there are, where that is known before the body is sent.
const NOTES: HeaderName = HeaderName::from_static("ranh-notes");
/// What may be asked for.
const PARAMETERS: [&str; 5] = ["format", "crs", "metadata", "lang", "codes"];

/// A whole collection, to keep.
#[utoipa::path(get, path = "/export/{collection}", tag = "Features",
    params(("collection" = String, Path, description = "Collection id"),
        ("format" = Option<String>, Query, description = "geojson (usually), or another that /formats says can be written; several files come as a ZIP archive, with a file of metadata"),
        ("crs" = Option<String>, Query, description = "EPSG:n or CRS84; usually CRS84, as RFC 7946 says"),
        ("metadata" = Option<bool>, Query, description = "true for a ZIP archive with a file that says source, date, CRS, counts and SHA-256, and what the format could not carry"),
        ("lang" = Option<String>, Query, description = "Language of headings and metadata: vi (usually) or en"),
        ("codes" = Option<String>, Query, description = "Of a drawing (dxf, dgn): levels and colours for codes, as CSV with the columns level, colour and code")),
    responses((status = 200, description = "The collection, or an archive with it; Link names the address of its notes, and Ranh-Notes, where that is known before it is sent, how many there are",
            content((serde_json::Value = "application/geo+json"), (serde_json::Value = "application/zip"))),
        (status = 400, description = "No such format, CRS or table of codes"), (status = 404, description = "No such collection"),
        (status = 422, description = "The collection does not fit the format"),
        (status = 501, description = "The format needs the GDAL worker, which is not installed")))]
pub(crate) async fn export(
    State(app): State<App>,
    Current(catalog): Current,
    Path(id): Path<String>,
    base: Base,
    params: Params,
) -> Result<Response, Problem> {
    let order = asked(&app, &catalog, &id, &params).await?;
    let permit = permit(&app)?;
    let (sender, receiver) = mpsc::channel(IN_FLIGHT);
    let (tell, told) = oneshot::channel();
    let until = Instant::now() + app.limits().export;
    let (name, media_type) = (format!("{id}.{}", order.ending()), order.media_type());
    tokio::task::spawn_blocking(move || {
        chunks::write(&order, Chunks::new(sender, tell, until));
        drop(permit);
    });
    // What goes wrong before anything was sent can still be said.
    let head = told.await.map_err(|error| Problem::broken(&error))?;
    let Head { notes } = head.map_err(refused)?;
    let mut response = Body::from_stream(ReceiverStream::new(receiver)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(notes) = notes {
        respond::insert(&mut response, NOTES, &notes.to_string());
    }
    let query = params.without(&[]);
    let of_notes = base.to(&format!("/export/{}/notes?{query}", encode(&id)));
    let link = format!("<{of_notes}>; rel=\"describedby\"; type=\"application/json\"");
    respond::insert(&mut response, header::LINK, &link);
    Ok(attachment(response, &name))
}

/// What is asked for, if it can be had.
async fn asked(app: &App, catalog: &Catalog, id: &str, params: &Params) -> Result<Order, Problem> {
    params.only(&PARAMETERS)?;
    let form = form(params.value("format").unwrap_or("geojson"))?;
    let (language, metadata) = (params.language()?, params.flag("metadata")?);
    let codes = codes(form, params.value("codes"))?;
    let served = layer(catalog, id)?;
    if !matches!(served.role, LayerRole::Data(_)) {
        let detail =
            "The check's answers are at /findings.geojson, /findings.csv and /collections/slivers/items.";
        return Err(Problem::missing(detail));
    }
    let bad = |error| Problem::bad(format!("\"crs\": {error}."));
    let crs = params.value("crs").map_or_else(|| Ok(Crs::wgs84()), Crs::parse).map_err(bad)?;
    Transformation::new(&served.layer.crs, &crs).map_err(bad)?;
    form.check_crs(&crs)?;
    let collection = Collection { info: served.info.clone(), layer: Arc::clone(&served.layer) };
    if let Form::Format(ExportFormat::Foreign(_)) = form {
        let asked = app.clone();
        let missing = tokio::task::spawn_blocking(move || asked.worker_missing()).await;
        if let Some(missing) = missing.map_err(|error| Problem::broken(&error))? {
            return Err(Problem::of_text(StatusCode::NOT_IMPLEMENTED, &without_worker(&missing)));
        }
    }
    Ok(Order {
        collection,
        revision: served.revision,
        form,
        crs,
        language,
        archive: form.is_archive(metadata),
        codes,
        worker: app.limits().worker(),
    })
}

/// Levels and colours for the codes of a drawing, by the table that `ranh export --codes` reads.
fn codes(form: Form, table: Option<&str>) -> Result<Option<LevelCodes>, Problem> {
    match (table, form) {
        (None, _) => Ok(None),
        (Some(table), Form::Format(ExportFormat::Foreign(Foreign::Dxf | Foreign::Dgn))) => {
            let table = LevelCodes::parse(table);
            table.map(Some).map_err(|error| Problem::bad(format!("\"codes\" cannot be used: {error}.")))
        }
        _ => Err(Problem::bad("\"codes\" are for drawings: ask for dxf or dgn, or leave them out.")),
    }
}

/// A place among the exports that may be under way.
fn permit(app: &App) -> Result<OwnedSemaphorePermit, Problem> {
    app.exporting().try_acquire_owned().map_err(|_| {
        let detail = "Too many exports are under way; ask again when one is done.";
        let busy = Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail);
        busy.with_retry_after(app.limits().retry_after)
    })
}

fn without_worker(missing: &Text) -> Text {
    let Text { vi, en } = missing;
    Text {
        vi: format!("Tệp theo định dạng này do ranh-gdal ghi: {vi}."),
        en: format!("Files of this format are written by ranh-gdal: {en}."),
    }
}
