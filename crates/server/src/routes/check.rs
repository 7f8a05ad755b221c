//! Running the check.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::app::App;
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::source::SourceError;
use crate::wire::{CheckRequest, CheckSummary};

/// Runs the check and keeps it.
#[utoipa::path(post, path = "/check", tag = "Check", request_body = CheckRequest,
    responses((status = 200, description = "What was found, summed up", body = CheckSummary),
        (status = 400, description = "No such plan or rule"), (status = 403, description = "Foreign origin"),
        (status = 409, description = "A check is running already"), (status = 415, description = "Not declared as JSON")))]
pub(crate) async fn check(
    State(app): State<App>,
    headers: HeaderMap,
    params: Params,
    body: Bytes,
) -> Result<Response, Problem> {
    params.only(&[])?;
    let request: CheckRequest = if body.is_empty() {
        CheckRequest::default()
    } else {
        serde_json::from_slice(&body)
            .map_err(|error| Problem::bad(format!("The body is not as it must be: {error}.")))?
    };
    let Ok(permit) = app.checking().try_acquire_owned() else {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "A check is running already; ask again when it is done.",
        ));
    };
    // When the client leaves, this future is dropped and the check stops at its next zone.
    let gone = Arc::new(AtomicBool::new(false));
    let _leaving = SetOnDrop(Arc::clone(&gone));
    let deadline = Instant::now() + app.limits().check;
    let worker = app.clone();
    let work = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        let cancelled = || gone.load(Ordering::Relaxed) || Instant::now() > deadline;
        worker.source().check(&request, &cancelled)?;
        worker.refresh()
    });
    work.await
        .map_err(|error| Problem::broken(&error))?
        .map_err(|error: SourceError| Problem::from(error))?;
    let catalog = app.catalog();
    let checked = catalog.check.as_ref().ok_or_else(|| Problem::broken(&"the check was not kept"))?;
    respond::json(&headers, &checked.summary(catalog.check_is_stale()))
}

struct SetOnDrop(Arc<AtomicBool>);

impl Drop for SetOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
