//! Deciding on findings, and what became of them.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::app::{App, Current};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{
    CheckChanges, DecisionRequest, Finding, FindingEvent, FindingHistory, FindingList, ReopenedFinding,
};

/// The most findings that one decision may name: so many ids fit into a body.
const MOST_FINDINGS: usize = 2_000;

/// Decides on findings of the store: all of those named, or none.
#[utoipa::path(post, path = "/decisions", tag = "Check", request_body = DecisionRequest,
    responses((status = 200, description = "The findings as they stand now", body = FindingList),
        (status = 400, description = "A decision that cannot be taken"), (status = 401, description = "A token is needed"), (status = 403, description = "Foreign origin, or changes are off"),
        (status = 404, description = "No such finding"), (status = 409, description = "Something has happened to one of them since"),
        (status = 415, description = "Not declared as JSON")))]
pub(crate) async fn decide(
    State(app): State<App>,
    headers: HeaderMap,
    params: Params,
    body: Bytes,
) -> Result<Response, Problem> {
    params.only(&[])?;
    let request: DecisionRequest = serde_json::from_slice(&body)
        .map_err(|error| Problem::bad(format!("The body is not as it must be: {error}.")))?;
    if request.findings.len() > MOST_FINDINGS {
        return Err(Problem::bad(format!("A decision may name {MOST_FINDINGS} findings at most.")));
    }
    let wanted = request.findings.clone();
    let worker = app.clone();
    let work = tokio::task::spawn_blocking(move || {
        worker.source().decide(&request)?;
        worker.refresh()
    });
    work.await.map_err(|error| Problem::broken(&error))??;
    let catalog = app.catalog();
    let checked = catalog.check.as_ref();
    let found = wanted.iter().filter_map(|id| checked?.finding(id));
    let findings: Vec<Finding> = found.map(|finding| catalog.answer(finding, false)).collect();
    let answer = FindingList {
        check: None,
        number_matched: wanted.len(),
        number_returned: findings.len(),
        total_area_ha: crate::catalog::conflict_ha(&findings),
        findings,
    };
    respond::json(&headers, &answer)
}

/// What happened to a finding, the oldest first; findings of older checks have a history too.
#[utoipa::path(get, path = "/findings/{finding}/history", tag = "Check",
    params(("finding" = String, Path, description = "Finding id")),
    responses((status = 200, description = "Its events", body = FindingHistory), (status = 404, description = "No such finding")))]
pub(crate) async fn history(
    State(app): State<App>,
    Path(finding): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    let asked = finding.clone();
    let work = tokio::task::spawn_blocking(move || app.source().history(&asked));
    let events = work.await.map_err(|error| Problem::broken(&error))??;
    respond::json(
        &headers,
        &FindingHistory { finding, events: events.iter().map(FindingEvent::of).collect() },
    )
}

/// What the last check changed: findings that are new, those that were reopened, and those that are gone.
#[utoipa::path(get, path = "/check/changes", tag = "Check",
    params(("run" = Option<u64>, Query, description = "Number of a check run (usually the newest)")),
    responses((status = 200, description = "The changes", body = CheckChanges)))]
pub(crate) async fn changes(
    State(app): State<App>,
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["run", "f"])?;
    let number = |text: &str| {
        text.parse::<u64>().map_err(|_| Problem::bad("\"run\" must be the number of a check run."))
    };
    let run = params.value("run").map(number).transpose()?;
    let work = tokio::task::spawn_blocking(move || app.source().run_changes(run));
    let changes = work.await.map_err(|error| Problem::broken(&error))??;
    let reopened = changes.reopened.into_iter();
    let closed = crate::catalog::findings_wire(&changes.closed);
    respond::json(
        &headers,
        &CheckChanges {
            run: changes.run,
            found: changes.found,
            reopened: reopened.map(|(id, reopening)| ReopenedFinding::of(id, &reopening)).collect(),
            closed: closed.iter().map(|finding| catalog.answer(finding, true)).collect(),
        },
    )
}
