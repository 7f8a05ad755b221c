//! OGC API - Processes (OGC 18-062r2): the processes, and their execution at once or as a job.

mod check;
mod difference;
mod edit_geometry;
mod import;
mod inputs;
mod judge_edit;
mod process;
mod schema;
mod what_if;

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

pub(crate) use check::{Asked, task as check_task};
use inputs::Inputs;
pub(crate) use process::{Process, Task};

use super::jobs::{results, status_info};
use super::landing::json_only;
use crate::app::App;
use crate::base::{self, Base};
use crate::jobs::{DismissOnDrop, Job, Order, Turn};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::security::Writer;
use crate::wire::{Execute, Link, ProcessDescription, ProcessList, ResponseForm, StatusInfo};

const JSON: &str = "application/json";
/// The preference for a job (RFC 7240).
const ASYNC: &str = "respond-async";

/// The processes that can be executed.
#[utoipa::path(get, path = "/processes", tag = "Processes",
    params(("limit" = Option<u32>, Query, description = "Processes on the page, from 1")),
    responses((status = 200, description = "Processes", body = ProcessList)))]
pub(crate) async fn processes(
    State(app): State<App>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f", "limit"])?;
    json_only(&params)?;
    let offered = Process::offered(&app);
    let limit = params.limit(offered.len(), app.limits().page)?;
    let processes = offered.into_iter().take(limit).map(Process::summary).collect::<Result<_, _>>()?;
    let links = vec![Link::new("/processes", "self", JSON, "This document")];
    respond::json(&headers, &ProcessList { processes, links })
}

/// A process with its inputs and outputs.
#[utoipa::path(get, path = "/processes/{process}", tag = "Processes",
    params(("process" = String, Path, description = "Process id")),
    responses((status = 200, description = "The process", body = ProcessDescription),
        (status = 404, description = "No such process")))]
pub(crate) async fn process(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    json_only(&params)?;
    respond::json(&headers, &Process::find(&app, &id)?.description(app.limits())?)
}

/// Executes a process: at once, or as a job for `Prefer: respond-async`.
#[utoipa::path(post, path = "/processes/{process}/execution", tag = "Processes", request_body = Execute,
    params(("process" = String, Path, description = "Process id"),
        ("Prefer" = Option<String>, Header, description = "respond-async for a job")),
    responses((status = 200, description = "The output, as the process describes it"),
        (status = 201, description = "A job was taken on; Location tells where it stands", body = StatusInfo),
        (status = 400, description = "An input is unknown, missing or wrong"),
        (status = 401, description = "To keep a check or to import needs a token"), (status = 403, description = "Nothing is kept here"),
        (status = 404, description = "No such process"), (status = 409, description = "A check or an import is running already"),
        (status = 422, description = "What was uploaded cannot be used; the detail says why"),
        (status = 503, description = "Too many jobs; see Retry-After")))]
pub(crate) async fn execute(
    State(app): State<App>,
    Path(id): Path<String>,
    writer: Writer,
    base: Base,
    headers: HeaderMap,
    params: Params,
    body: Bytes,
) -> Result<Response, Problem> {
    params.only(&[])?;
    let process = Process::find(&app, &id)?;
    let asked: Execute = if body.is_empty() { Execute::default() } else { read(&body)? };
    inputs::only_value(process.output(), asked.outputs.as_ref())?;
    let inputs = Inputs::new(asked.inputs, &process.inputs(app.limits()), app.limits())?;
    let task = process.task(&app, &inputs)?;
    if task.writes {
        writer.permit()?;
    }
    let document = asked.response == ResponseForm::Document;
    if process.is_quick() {
        let (job, output) = pass(&app, process, document, task).await?;
        return Ok(results(&job, process, output));
    }
    if respond::prefers(&headers, ASYNC) {
        let job = start(&app, process, document, task)?;
        return started(&job, &base, &headers);
    }
    let (job, output) = run(&app, process, document, task).await?;
    let mut response = results(&job, process, output).into_response();
    let monitor = format!("<{}>; rel=\"monitor\"", base.to(&format!("/jobs/{}", job.id)));
    respond::insert(&mut response, header::LINK, &monitor);
    Ok(response)
}

fn read(body: &[u8]) -> Result<Execute, Problem> {
    let wrong =
        |what: String| Problem::bad(format!("The body is not a request to execute a process: {what}."));
    // A list would do for an object whose members may all be left out.
    if body.trim_ascii_start().first() != Some(&b'{') {
        return Err(wrong("it must be a JSON object".into()));
    }
    serde_json::from_slice(body).map_err(|error| wrong(error.to_string()))
}

/// Does a task while its client waits; when the client leaves, the task is stopped. Only one may write at a time.
pub(crate) async fn run(
    app: &App,
    process: Process,
    document: bool,
    task: Task,
) -> Result<(Arc<Job>, Bytes), Problem> {
    let turn = if task.writes {
        let taken = app.checking().try_acquire_owned();
        let busy = "A check or an import is running already; ask again when it is done.";
        Turn::Taken(taken.map_err(|_| Problem::new(StatusCode::CONFLICT, busy))?)
    } else {
        Turn::None
    };
    let limit = app.limits().check;
    let order = Order { process: process.id(), document, limit, turn, work: task.work };
    let (job, ended) = app.jobs().submit(order)?;
    let _leaving = DismissOnDrop(Arc::clone(&job));
    ended.await.map_err(|error| Problem::broken(&error))?;
    let outcome = job.state().outcome.ok_or_else(|| Problem::broken(&"a job ended without an outcome"))?;
    Ok((job, outcome?))
}

/// Does a task that makes no job: nobody can ask for it later, and it takes the place of none that can be asked for.
async fn pass(app: &App, process: Process, document: bool, task: Task) -> Result<(Arc<Job>, Bytes), Problem> {
    let limit = app.limits().answer;
    let order = Order { process: process.id(), document, limit, turn: Turn::None, work: task.work };
    app.jobs().pass(order).await
}

/// Takes a task on as a job; one that writes waits until it may.
fn start(app: &App, process: Process, document: bool, task: Task) -> Result<Arc<Job>, Problem> {
    let turn = if task.writes { Turn::Wait(app.checking()) } else { Turn::None };
    let limit = app.limits().job;
    let order = Order { process: process.id(), document, limit, turn, work: task.work };
    Ok(app.jobs().submit(order)?.0)
}

/// The answer to a job that was taken on.
fn started(job: &Job, base: &Base, headers: &HeaderMap) -> Result<Response, Problem> {
    let body = base::written(headers, || serde_json::to_vec(&status_info(job)));
    let body = body.map_err(|error| Problem::broken(&error))?;
    let mut response = (StatusCode::CREATED, Body::from(body)).into_response();
    respond::insert(&mut response, header::CONTENT_TYPE, JSON);
    respond::insert(&mut response, header::CACHE_CONTROL, "no-store");
    respond::insert(&mut response, header::LOCATION, &base.to(&format!("/jobs/{}", job.id)));
    respond::insert(&mut response, HeaderName::from_static("preference-applied"), ASYNC);
    Ok(response)
}
