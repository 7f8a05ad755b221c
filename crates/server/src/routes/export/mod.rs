//! Downloads of whole collections, written as they are sent.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use planning::{Collection, Language, Text};
use project::{
    ArchiveRequest, ExportFormat, FILE_FORMATS, FileFormat, Foreign, HandedOn, ProjectError, Workbook,
    WorkerLimits,
};
use report::ReportError;
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
        ("format" = Option<String>, Query, description = "geojson (usually), or another that /formats says can be written; several files come as a ZIP archive, with a file of metadata"),
        ("crs" = Option<String>, Query, description = "EPSG:n or CRS84; usually CRS84, as RFC 7946 says"),
        ("metadata" = Option<bool>, Query, description = "true for a ZIP archive with a file that says source, date, CRS, counts and SHA-256"),
        ("lang" = Option<String>, Query, description = "Language of headings and metadata: vi (usually) or en")),
    responses((status = 200, description = "The collection, or an archive with it",
            content((serde_json::Value = "application/geo+json"), (serde_json::Value = "application/zip"))),
        (status = 400, description = "No such format or CRS"), (status = 404, description = "No such collection"),
        (status = 422, description = "The collection does not fit the format"),
        (status = 501, description = "The format needs the GDAL worker, which is not installed")))]
pub(crate) async fn export(
    State(app): State<App>,
    Current(catalog): Current,
    Path(id): Path<String>,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["format", "crs", "metadata", "lang"])?;
    let form = form(params.value("format").unwrap_or("geojson"))?;
    let (language, metadata) = (params.language()?, params.flag("metadata")?);
    let served = layer(&catalog, &id)?;
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
    let Ok(permit) = app.exporting().try_acquire_owned() else {
        let detail = "Too many exports are under way; ask again when one is done.";
        let busy = Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail);
        return Err(busy.with_retry_after(app.limits().retry_after));
    };
    let (sender, mut receiver) = mpsc::channel(IN_FLIGHT);
    let (tell, told) = oneshot::channel();
    let until = Instant::now() + app.limits().export;
    let order = Order {
        collection,
        revision: served.revision,
        form,
        crs,
        language,
        archive: form.is_archive(metadata),
        worker: app.limits().worker(),
    };
    let (name, media_type) = (format!("{id}.{}", order.ending()), order.media_type());
    tokio::task::spawn_blocking(move || {
        write(&order, Chunks::new(sender, until), tell);
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
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(attachment(response, &name))
}

fn without_worker(missing: &Text) -> Text {
    let Text { vi, en } = missing;
    Text {
        vi: format!("Tệp theo định dạng này do ranh-gdal ghi: {vi}."),
        en: format!("Files of this format are written by ranh-gdal: {en}."),
    }
}

/// What a collection becomes.
#[derive(Clone, Copy)]
enum Form {
    Format(ExportFormat),
    Book(Workbook),
}

/// The form of a word.
fn form(name: &str) -> Result<Form, Problem> {
    let of = |format: &FileFormat| format.export.map(Form::Format).or(format.workbook.map(Form::Book));
    FileFormat::named(name).and_then(of).ok_or_else(|| {
        let known = FILE_FORMATS.iter().filter(|format| of(format).is_some()).map(|format| format.name);
        Problem::bad(format!("\"format\" must be one of {}.", known.collect::<Vec<_>>().join(", ")))
    })
}

impl Form {
    fn check_crs(self, crs: &Crs) -> Result<(), Problem> {
        let checked = match self {
            Self::Format(format) => format.check_crs(crs).map_err(|error| error.to_string()),
            Self::Book(book) if book.is_in_metres() && crs.is_geographic() => {
                Err(ReportError::NotMetres { crs: crs.name().to_owned() }.to_string())
            }
            Self::Book(_) => Ok(()),
        };
        checked.map_err(|error| Problem::bad(format!("\"crs\": {error}.")))
    }

    /// Whether it comes in an archive: several files do, and so does what has to have metadata beside it.
    fn is_archive(self, metadata: bool) -> bool {
        match self {
            Self::Format(format) => metadata || !format.is_single_file(),
            // A workbook has a sheet of them.
            Self::Book(book) => metadata && !book.has_metadata(),
        }
    }
}

/// What is to be written.
struct Order {
    collection: Collection,
    /// The revision that brought it.
    revision: u64,
    form: Form,
    crs: Crs,
    language: Language,
    archive: bool,
    worker: WorkerLimits,
}

impl Order {
    fn media_type(&self) -> &'static str {
        match self.form {
            _ if self.archive => "application/zip",
            Form::Book(Workbook::CoordinateTable) => "text/csv; charset=utf-8",
            Form::Book(_) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Form::Format(ExportFormat::GeoJson) => "application/geo+json",
            Form::Format(ExportFormat::GeoJsonSeq) => "application/geo+json-seq",
            Form::Format(ExportFormat::FlatGeobuf) => "application/flatgeobuf",
            Form::Format(ExportFormat::Csv) => "text/csv; charset=utf-8",
            Form::Format(ExportFormat::Foreign(Foreign::GeoPackage)) => "application/geopackage+sqlite3",
            Form::Format(ExportFormat::Foreign(Foreign::Kml)) => "application/vnd.google-earth.kml+xml",
            Form::Format(ExportFormat::Foreign(Foreign::Kmz)) => "application/vnd.google-earth.kmz",
            Form::Format(ExportFormat::Foreign(_)) => "application/octet-stream",
        }
    }

    /// How the name of what is sent ends.
    fn ending(&self) -> String {
        let ending = match self.form {
            Form::Book(book) => book.ending(),
            Form::Format(format) => format.ending(),
        };
        if self.archive { format!("{ending}.zip") } else { ending.to_owned() }
    }

    /// Writes it all; the labels of features that have no geometry in the CRS.
    fn write(&self, out: &mut impl Write) -> Result<Vec<String>, Failed> {
        let Self { collection, crs, language, worker, .. } = self;
        // When the revision was made is the store's to know.
        let revision = (self.revision, "");
        let exported = match self.form {
            Form::Format(format) if self.archive => {
                let request = ArchiveRequest { format, crs, revision, language: *language, worker: *worker };
                project::export_archive(collection, &request, out)?
            }
            Form::Format(format) => project::export_features(collection, format, crs, *worker, &mut *out)?,
            Form::Book(book) => {
                let handed = project::hand_on_collection(collection, revision, crs)?;
                let bytes = self.book(book, &handed)?;
                if self.archive {
                    let name = (collection.info.id.as_str(), book.ending());
                    project::write_described(name, &bytes, &handed.metadata, *language, out)?;
                } else {
                    out.write_all(&bytes)?;
                }
                handed.exported
            }
        };
        out.flush()?;
        Ok(exported.without_geometry)
    }

    fn book(&self, book: Workbook, HandedOn { layer, metadata, .. }: &HandedOn) -> Result<Vec<u8>, Failed> {
        let (language, mut bytes) = (self.language, Vec::new());
        match book {
            Workbook::Table => report::write_table(&layer.features, metadata, language, &mut bytes)?,
            Workbook::Coordinates => {
                report::write_coordinate_lists(layer, metadata, language, &mut bytes)?;
            }
            Workbook::CoordinateTable => {
                let (_, rows) = report::coordinate_table(layer, language)?;
                bytes.extend_from_slice(MARK.as_bytes());
                project::write_rows_csv(&rows, language, &mut bytes)?;
            }
        }
        Ok(bytes)
    }
}

/// Without a byte order mark, Excel takes UTF-8 for the machine's old code page.
const MARK: &str = "\u{feff}";

/// Why it could not be written.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Project(#[from] ProjectError),
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Why nothing could be written.
fn refused(error: Failed) -> Problem {
    match error {
        Failed::Project(error @ ProjectError::Write(_)) => {
            Problem::of_text(StatusCode::UNPROCESSABLE_ENTITY, &error.text())
        }
        Failed::Project(other) => other.into(),
        Failed::Report(error @ (ReportError::NotMetres { .. } | ReportError::TooManyZones { .. })) => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
        }
        other => Problem::broken(&other),
    }
}

/// Writes it all; an error is told apart as long as nothing was sent.
fn write(order: &Order, mut out: Chunks, tell: oneshot::Sender<Failed>) {
    match order.write(&mut out) {
        Ok(without) if without.is_empty() => {}
        Ok(without) => {
            let features = without.len();
            tracing::warn!(features, crs = order.crs.name(), "exported without geometry: not in that CRS");
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
