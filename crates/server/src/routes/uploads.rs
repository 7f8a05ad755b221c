//! Files on their way into the store: taken piece by piece, looked into, kept until the process `import` takes them in.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use project::{Receiving, Upload, UploadError, Uploads};
use tokio::sync::mpsc;
use tokio_stream::StreamExt;

use super::landing::json_only;
use crate::app::App;
use crate::base::Base;
use crate::jobs::unguessable;
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::settings::Limits;
use crate::wire::UploadDocument;

/// Pieces on their way to the disk at a time.
const IN_FLIGHT: usize = 8;
const NONE: &str =
    "There is no upload of that id: those that were imported, given up or kept too long are gone.";

/// Refuses paths of uploads where none are taken, as if there were none.
pub(crate) fn are_there(app: &App, template: &str) -> Result<(), Problem> {
    let missing = template.starts_with("/uploads") && app.uploads().is_none();
    if missing { Err(Problem::missing("There is nothing at this path.")) } else { Ok(()) }
}

/// The uploads of a server that takes some.
pub(crate) struct Taken(Arc<Uploads>);

impl FromRequestParts<App> for Taken {
    type Rejection = Problem;

    async fn from_request_parts(_parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        are_there(app, "/uploads")?;
        app.uploads().cloned().map(Self).ok_or_else(|| Problem::missing(NONE))
    }
}

/// Takes a file: GeoJSON, FlatGeobuf, what the GDAL worker reads, or a ZIP archive of such. The answer says what is in it.
#[utoipa::path(post, path = "/uploads", tag = "Import",
    request_body(content = String, content_type = "application/octet-stream"),
    params(("name" = String, Query, description = "Name of the file, with its ending")),
    responses((status = 201, description = "It is kept for a while; Location names it", body = UploadDocument),
        (status = 400, description = "No name that a file could have"), (status = 401, description = "A token is needed"),
        (status = 403, description = "Changes are off"), (status = 404, description = "Nothing is taken here"),
        (status = 408, description = "It came too slowly"), (status = 413, description = "It is too large"),
        (status = 415, description = "Not declared as application/octet-stream"),
        (status = 422, description = "Nothing in it can be imported; the detail says why"),
        (status = 503, description = "As many are kept as may be; see Retry-After"), (status = 507, description = "It cannot be kept")))]
pub(crate) async fn upload(
    State(app): State<App>,
    Taken(uploads): Taken,
    base: Base,
    headers: HeaderMap,
    params: Params,
    body: Body,
) -> Result<Response, Problem> {
    params.only(&["name"])?;
    let name = params.value("name").ok_or_else(|| Problem::bad("The parameter \"name\" is missing."))?;
    let limits = *app.limits();
    let refused = |error: UploadError| problem(&error, &limits);
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|bytes: u64| bytes > limits.upload_bytes) {
        return Err(refused(UploadError::TooLarge { most: limits.upload_bytes }));
    }
    let receiving = uploads.begin(name).map_err(refused)?;
    let here = Arc::new(());
    let (sender, pieces) = mpsc::channel(IN_FLIGHT);
    let client = Arc::downgrade(&here);
    let kept = tokio::task::spawn_blocking(move || keep(receiving, pieces, &client));
    let sent = send(body, sender, &limits).await;
    // Where the disk refused a piece, that is what went wrong.
    let upload = match (sent, kept.await.map_err(|error| Problem::broken(&error))?) {
        (_, Ok(upload)) => upload,
        (Err(problem), Err(UploadError::Left)) => return Err(problem),
        (_, Err(error)) => return Err(refused(error)),
    };
    drop(here);
    let mut response = respond::json(&headers, &UploadDocument::of(&upload))?;
    *response.status_mut() = StatusCode::CREATED;
    respond::insert(&mut response, header::CACHE_CONTROL, "no-store");
    respond::insert(&mut response, header::LOCATION, &base.to(&format!("/uploads/{}", upload.id)));
    Ok(response)
}

/// Hands the body's pieces on. A piece must come within the time for a body, all of them within that for an upload.
async fn send(body: Body, sender: mpsc::Sender<Option<Bytes>>, limits: &Limits) -> Result<(), Problem> {
    let until = Instant::now() + limits.upload;
    let mut pieces = body.into_data_stream();
    loop {
        let patience = limits.body.min(until.saturating_duration_since(Instant::now()));
        let piece = tokio::time::timeout(patience, pieces.next()).await;
        let piece = piece.map_err(|_| late(limits.body, limits.upload))?;
        let piece = match piece {
            None => None,
            Some(Ok(piece)) => Some(piece),
            Some(Err(error)) => {
                return Err(Problem::bad(format!("The file did not come whole: {error}.")));
            }
        };
        let last = piece.is_none();
        if sender.send(piece).await.is_err() || last {
            return Ok(());
        }
    }
}

fn late(piece: Duration, whole: Duration) -> Problem {
    let detail = format!(
        "The file came too slowly: nothing for {} s, or not all of it within {} s.",
        piece.as_secs_f64(),
        whole.as_secs_f64()
    );
    Problem::new(StatusCode::REQUEST_TIMEOUT, detail)
}

/// Writes the pieces down and looks into what they make; given up when the client has left.
fn keep(
    mut receiving: Receiving,
    mut pieces: mpsc::Receiver<Option<Bytes>>,
    client: &Weak<()>,
) -> Result<Arc<Upload>, UploadError> {
    loop {
        match pieces.blocking_recv() {
            Some(Some(piece)) => receiving.write(&piece)?,
            Some(None) => break,
            None => return Err(UploadError::Left),
        }
    }
    receiving.finish(unguessable(), &|| client.strong_count() == 0)
}

fn problem(error: &UploadError, limits: &Limits) -> Problem {
    let detail = |status| Problem::of_text(status, &error.text());
    match error {
        UploadError::Name { .. } | UploadError::Left => detail(StatusCode::BAD_REQUEST),
        UploadError::Empty | UploadError::Unreadable(_) => detail(StatusCode::UNPROCESSABLE_ENTITY),
        UploadError::TooLarge { .. } => detail(StatusCode::PAYLOAD_TOO_LARGE),
        UploadError::Full => detail(StatusCode::SERVICE_UNAVAILABLE).with_retry_after(limits.retry_after),
        UploadError::Place(cause) => {
            tracing::error!(%cause, "an upload could not be kept");
            detail(StatusCode::INSUFFICIENT_STORAGE)
        }
    }
}

/// What is in an upload.
#[utoipa::path(get, path = "/uploads/{upload}", tag = "Import",
    params(("upload" = String, Path, description = "Upload id")),
    responses((status = 200, description = "What is in it", body = UploadDocument), (status = 404, description = "No such upload")))]
pub(crate) async fn uploaded(
    Taken(uploads): Taken,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    json_only(&params)?;
    let upload = uploads.find(&id).ok_or_else(|| Problem::missing(NONE))?;
    respond::json(&headers, &UploadDocument::of(&upload))
}

/// Gives an upload up.
#[utoipa::path(delete, path = "/uploads/{upload}", tag = "Import",
    params(("upload" = String, Path, description = "Upload id")),
    responses((status = 204, description = "It is gone"), (status = 401, description = "A token is needed"),
        (status = 403, description = "Changes are off"), (status = 404, description = "No such upload")))]
pub(crate) async fn give_up(
    Taken(uploads): Taken,
    Path(id): Path<String>,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&[])?;
    if uploads.remove(&id) { Ok(StatusCode::NO_CONTENT.into_response()) } else { Err(Problem::missing(NONE)) }
}
