//! Running the check: the short form of the process `check`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::processes::{Asked, Process, check_task, run};
use crate::app::App;
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{CheckRequest, CheckSummary};

/// Runs the check and keeps it. When the client leaves, the check stops at its next zone.
#[utoipa::path(post, path = "/check", tag = "Check", request_body = CheckRequest,
    responses((status = 200, description = "What was found, summed up", body = CheckSummary),
        (status = 400, description = "No such plan or rule"), (status = 401, description = "A token is needed"),
        (status = 403, description = "Foreign origin, or nothing is kept here"),
        (status = 409, description = "A check is running already"), (status = 415, description = "Not declared as JSON"),
        (status = 503, description = "Too many jobs; see Retry-After")))]
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
    let date = request.date.map(|date| date.parse()).transpose();
    let asked = Asked {
        rules: request.rules,
        plan: request.plan,
        date: date.map_err(|error| Problem::bad(format!("\"date\": {error}.")))?,
        pack: None,
        zones: Vec::new(),
        keep: true,
    };
    let task = check_task(&app, asked)?;
    run(&app, Process::Check, false, task).await?;
    let catalog = app.catalog();
    let checked = catalog.check.as_ref().ok_or_else(|| Problem::broken(&"the check was not kept"))?;
    respond::json(&headers, &checked.summary(catalog.check_is_stale()))
}
