//! Downloads of whole collections, written as they are sent.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use planning::Collection;
use project::{ExportFormat, FILE_FORMATS, FileFormat, Foreign, ProjectError};
use spatial::Crs;
use spatial::crs::Transformation;
use tokio::sync::{mpsc, oneshot};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::findings::attachment;
use super::layer;
use crate::app::{App, Current};
use crate::catalog::LayerRole;
use crate::params::Params;
use crate::problem::Problem;

/// Bytes gathered before they are sent.
const CHUNK: usize = 64 * 1024;
/// Chunks on their way at a time: a slow client holds up the writer, not the memory.
const IN_FLIGHT: usize = 4;

/// A whole collection, to keep.
#[utoipa::path(get, path = "/export/{collection}", tag = "Features",
    params(("collection" = String, Path, description = "Collection id"),
        ("format" = Option<String>, Query, description = "geojson (usually), or another that /formats says can be written; several files come as a ZIP archive"),
        ("crs" = Option<String>, Query, description = "EPSG:n or CRS84; usually CRS84, as RFC 7946 says")),
    responses((status = 200, description = "The collection", content_type = "application/geo+json"),
        (status = 400, description = "No such format or CRS"), (status = 404, description = "No such collection"),
        (status = 422, description = "The collection does not fit the format"),
        (status = 501, description = "The format needs the GDAL worker, which is not installed")))]
pub(crate) async fn export(
    State(app): State<App>,
    Current(catalog): Current,
    Path(id): Path<String>,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["format", "crs"])?;
    let format = format(params.value("format").unwrap_or("geojson"))?;
    let served = layer(&catalog, &id)?;
    if !matches!(served.role, LayerRole::Data(_)) {
        let detail =
            "The check's answers are at /findings.geojson, /findings.csv and /collections/slivers/items.";
        return Err(Problem::missing(detail));
    }
    let bad = |error| Problem::bad(format!("\"crs\": {error}."));
    let crs = params.value("crs").map_or_else(|| Ok(Crs::wgs84()), Crs::parse).map_err(bad)?;
    Transformation::new(&served.layer.crs, &crs).map_err(bad)?;
    format.check_crs(&crs).map_err(|error| Problem::bad(format!("\"crs\": {error}.")))?;
    let collection = Collection { info: served.info.clone(), layer: Arc::clone(&served.layer) };
    if let ExportFormat::Foreign(_) = format {
        let asked = app.clone();
        let missing = tokio::task::spawn_blocking(move || asked.worker_missing()).await;
        if let Some(missing) = missing.map_err(|error| Problem::broken(&error))? {
            let detail = format!("Files of this format are written by ranh-gdal: {missing}.");
            return Err(Problem::new(StatusCode::NOT_IMPLEMENTED, detail));
        }
    }
    let Ok(permit) = app.exporting().try_acquire_owned() else {
        let detail = "Too many exports are under way; ask again when one is done.";
        let busy = Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail);
        return Err(busy.with_retry_after(app.limits().retry_after));
    };
    let (sender, mut receiver) = mpsc::channel(IN_FLIGHT);
    let (tell, told) = oneshot::channel();
    let until = Instant::now() + app.limits().export;
    tokio::task::spawn_blocking(move || {
        write(&collection, format, &crs, Chunks::new(sender, until), tell);
        drop(permit);
    });
    // What goes wrong before anything was sent can still be said.
    let first = receiver.recv().await;
    if first.is_none()
        && let Ok(error) = told.await
    {
        return Err(refused(error));
    }
    let body = tokio_stream::iter(first).chain(ReceiverStream::new(receiver));
    let mut response = Body::from_stream(body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(format)));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(attachment(response, &format!("{id}.{}", ending(format))))
}

/// The format of a word.
fn format(name: &str) -> Result<ExportFormat, Problem> {
    FileFormat::named(name).and_then(|format| format.export).ok_or_else(|| {
        let known = FILE_FORMATS.iter().filter(|format| format.export.is_some()).map(|format| format.name);
        Problem::bad(format!("\"format\" must be one of {}.", known.collect::<Vec<_>>().join(", ")))
    })
}

fn media_type(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::GeoJson => "application/geo+json",
        ExportFormat::GeoJsonSeq => "application/geo+json-seq",
        ExportFormat::FlatGeobuf => "application/flatgeobuf",
        ExportFormat::Csv => "text/csv; charset=utf-8",
        ExportFormat::Foreign(_) if !format.is_single_file() => "application/zip",
        ExportFormat::Foreign(Foreign::GeoPackage) => "application/geopackage+sqlite3",
        ExportFormat::Foreign(Foreign::Kml) => "application/vnd.google-earth.kml+xml",
        ExportFormat::Foreign(_) => "application/octet-stream",
    }
}

/// How the name of what is sent ends: several files come in an archive.
fn ending(format: ExportFormat) -> String {
    if format.is_single_file() { format.ending().to_owned() } else { format!("{}.zip", format.ending()) }
}

/// Why nothing could be written.
fn refused(error: ProjectError) -> Problem {
    match error {
        ProjectError::Write(_) => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
        other => other.into(),
    }
}

/// Writes it all; an error is told apart as long as nothing was sent.
fn write(
    collection: &Collection,
    format: ExportFormat,
    crs: &Crs,
    mut out: Chunks,
    tell: oneshot::Sender<ProjectError>,
) {
    let written = project::export_features(collection, format, crs, &mut out);
    match written.and_then(|exported| Ok(out.flush().map(|()| exported)?)) {
        Ok(exported) if exported.without_geometry.is_empty() => {}
        Ok(exported) => {
            let features = exported.without_geometry.len();
            tracing::warn!(features, crs = crs.name(), "exported without geometry: not in that CRS");
        }
        Err(error) if !out.begun => {
            tracing::warn!(%error, "an export could not be made");
            // A client that has left hears nothing.
            let _gone = tell.send(error);
        }
        Err(error) => {
            // The status is sent already; breaking off the body is the only way left to tell the client.
            tracing::warn!(%error, "an export was broken off");
            let _gone = out.sender.blocking_send(Err(io::Error::other(error)));
        }
    }
}

/// Sends what is written, a chunk at a time.
struct Chunks {
    sender: mpsc::Sender<io::Result<Bytes>>,
    buffer: Vec<u8>,
    /// Whether anything was sent.
    begun: bool,
    /// A client that takes a little now and then would hold a thread for good.
    until: Instant,
}

impl Chunks {
    fn new(sender: mpsc::Sender<io::Result<Bytes>>, until: Instant) -> Self {
        Self { sender, buffer: Vec::with_capacity(CHUNK), begun: false, until }
    }
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        if Instant::now() > self.until {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.begun = true;
        let chunk = Bytes::from(std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK)));
        self.sender.blocking_send(Ok(chunk)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}
