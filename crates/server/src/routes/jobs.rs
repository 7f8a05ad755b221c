//! Jobs: where they stand, what came of them, and stopping them.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use super::landing::json_only;
use super::processes::Process;
use crate::app::App;
use crate::jobs::{Job, JobState, JobStatus};
use crate::params::{Interval, Params};
use crate::problem::{NO_SUCH_JOB, Problem, RESULT_NOT_READY};
use crate::respond;
use crate::wire::{JobList, Link, StatusInfo};

const JSON: &str = "application/json";
const RESULTS: &str = "http://www.opengis.net/def/rel/ogc/1.0/results";
const EXCEPTIONS: &str = "http://www.opengis.net/def/rel/ogc/1.0/exceptions";
const FILTERS: [&str; 9] =
    ["f", "limit", "offset", "type", "processID", "status", "datetime", "minDuration", "maxDuration"];

/// Jobs, a page at a time, the newest first. A server for the public lists none: a job is known to whoever asked for it.
#[utoipa::path(get, path = "/jobs", tag = "Processes",
    params(("limit" = Option<u32>, Query, description = "Jobs on a page, from 1"), ("offset" = Option<u32>, Query, description = "Jobs to skip"),
        ("type" = Option<String>, Query, description = "Of this type only: process"),
        ("processID" = Option<String>, Query, description = "Of these processes only, separated by commas"),
        ("status" = Option<String>, Query, description = "Of these statuses only, separated by commas"),
        ("datetime" = Option<String>, Query, description = "Created then: an instant or an interval"),
        ("minDuration" = Option<f64>, Query, description = "Run for this many seconds at least"),
        ("maxDuration" = Option<f64>, Query, description = "Run for this many seconds at most")),
    responses((status = 200, description = "Jobs", body = JobList)))]
pub(crate) async fn jobs(
    State(app): State<App>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&FILTERS)?;
    json_only(&params)?;
    let (limit, offset) = (params.limit(100, app.limits().page)?, params.offset()?);
    let filter = Filter::read(&params)?;
    let found: Vec<Arc<Job>> =
        app.jobs().all().into_iter().filter(|job| app.source().keeps() && filter.takes(job)).collect();
    let page = found.iter().skip(offset).take(limit);
    let mut links = vec![Link::new("/jobs", "self", JSON, "This document")];
    if offset.saturating_add(limit) < found.len() {
        let rest = params.without(&["offset"]);
        let mark = if rest.is_empty() { "" } else { "&" };
        let next = format!("/jobs?{rest}{mark}offset={}", offset + limit);
        links.push(Link::new(next, "next", JSON, "The next page"));
    }
    respond::json(&headers, &JobList { jobs: page.map(|job| status_info(job)).collect(), links })
}

/// Where a job stands.
#[utoipa::path(get, path = "/jobs/{job}", tag = "Processes",
    params(("job" = String, Path, description = "Job id")),
    responses((status = 200, description = "Where it stands", body = StatusInfo), (status = 404, description = "No such job")))]
pub(crate) async fn job(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    json_only(&params)?;
    respond::json(&headers, &status_info(&*known(&app, &id)?))
}

/// What came of a job: its output, or the problem that it met.
#[utoipa::path(get, path = "/jobs/{job}/results", tag = "Processes",
    params(("job" = String, Path, description = "Job id")),
    responses((status = 200, description = "The output, as the process describes it"),
        (status = 404, description = "No such job, or no results yet"), (status = 409, description = "It was dismissed")))]
pub(crate) async fn job_results(
    State(app): State<App>,
    Path(id): Path<String>,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    json_only(&params)?;
    let job = known(&app, &id)?;
    let state = job.state();
    let not_ready = || {
        let detail = format!("The job is {}: there are no results yet.", state.status.name());
        Problem::missing(detail).of_kind(&RESULT_NOT_READY)
    };
    let output = state.outcome.clone().ok_or_else(not_ready)??;
    Ok(results(&job, Process::find(&app, job.process)?, output))
}

/// Stops a job; one that has ended is forgotten.
#[utoipa::path(delete, path = "/jobs/{job}", tag = "Processes",
    params(("job" = String, Path, description = "Job id")),
    responses((status = 200, description = "It is dismissed", body = StatusInfo),
        (status = 401, description = "A token is needed"), (status = 403, description = "Changes are off"), (status = 404, description = "No such job")))]
pub(crate) async fn dismiss(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&[])?;
    let job = known(&app, &id)?;
    app.jobs().dismiss(&job);
    let mut status = status_info(&job);
    if app.jobs().find(&id).is_none() {
        // The work had its end, but nothing of it is left.
        JobStatus::Dismissed.name().clone_into(&mut status.status);
        status.links = vec![Link::new("/jobs", "up", JSON, "All jobs")];
    }
    respond::json(&headers, &status)
}

fn known(app: &App, id: &str) -> Result<Arc<Job>, Problem> {
    let missing = "There is no job of that id. Of those that have ended only the newest are kept; see /jobs.";
    app.jobs().find(id).ok_or_else(|| Problem::missing(missing).of_kind(&NO_SUCH_JOB))
}

/// The output in the form that was asked for.
pub(crate) fn results(job: &Job, process: Process, output: Bytes) -> Response {
    let bytes = if job.document { document(process.output(), &output) } else { output };
    let mut response = (StatusCode::OK, Body::from(bytes)).into_response();
    respond::insert(&mut response, header::CONTENT_TYPE, JSON);
    respond::insert(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

/// The results document: each output by its name, with its media type.
fn document(name: &str, output: &Bytes) -> Bytes {
    let head = format!("{{\"{name}\":{{\"mediaType\":\"{JSON}\",\"value\":");
    [head.as_bytes(), output, b"}}"].concat().into()
}

/// A job on the wire.
pub(crate) fn status_info(job: &Job) -> StatusInfo {
    let state = job.state();
    let written = |time: Timestamp| time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
    let own = format!("/jobs/{}", job.id);
    let mut links = vec![
        Link::new(own.clone(), "self", JSON, "This document"),
        Link::new("/jobs", "up", JSON, "All jobs"),
    ];
    match state.status {
        JobStatus::Successful => {
            links.push(Link::new(format!("{own}/results"), RESULTS, JSON, "Its output"));
        }
        JobStatus::Failed => {
            links.push(Link::new(format!("{own}/results"), EXCEPTIONS, "application/problem+json", "Why"));
        }
        JobStatus::Accepted | JobStatus::Running | JobStatus::Dismissed => {}
    }
    StatusInfo {
        process_id: job.process.into(),
        kind: "process".into(),
        job_id: job.id.clone(),
        status: state.status.name().into(),
        message: message(&state),
        created: written(job.created),
        started: state.started.map(written),
        finished: state.finished.map(written),
        updated: written(state.updated),
        progress: state.progress,
        links,
    }
}

fn message(state: &JobState) -> String {
    match (&state.outcome, state.status) {
        (Some(Err(problem)), _) => problem.detail.clone(),
        (_, JobStatus::Accepted) => "Waiting for its turn.".into(),
        (_, JobStatus::Running) => format!("{} % done.", state.progress),
        _ => "Done.".into(),
    }
}

/// Which jobs are wanted.
struct Filter {
    processes: Option<Vec<String>>,
    statuses: Option<Vec<String>>,
    created: Option<Interval>,
    least_s: f64,
    most_s: f64,
}

impl Filter {
    fn read(params: &Params) -> Result<Self, Problem> {
        if params.value("type").is_some_and(|kind| kind != "process") {
            return Err(Problem::bad("\"type\" must be process: there are no other jobs."));
        }
        let list = |name: &str| {
            params
                .value(name)
                .map(|text| text.split(',').map(|one| one.trim().to_owned()).collect::<Vec<_>>())
        };
        let statuses = list("status");
        let known = JobStatus::ALL.map(JobStatus::name);
        if let Some(wrong) = statuses.iter().flatten().find(|one| !known.contains(&one.as_str())) {
            let detail = format!("\"status\" is one of {}, not \"{wrong}\".", known.join(", "));
            return Err(Problem::bad(detail));
        }
        let duration = |name: &str, usual: f64| {
            let seconds = params.number(name)?.unwrap_or(usual);
            if seconds >= 0.0 { Ok(seconds) } else { Err(Problem::bad(format!("\"{name}\" is from 0 on."))) }
        };
        Ok(Self {
            processes: list("processID"),
            statuses,
            created: params.datetime()?,
            least_s: duration("minDuration", 0.0)?,
            most_s: duration("maxDuration", f64::INFINITY)?,
        })
    }

    fn takes(&self, job: &Job) -> bool {
        let wanted = |list: &Option<Vec<String>>, value: &str| {
            list.as_ref().is_none_or(|list| list.iter().any(|one| one == value))
        };
        let state = job.state();
        let until = || state.finished.unwrap_or_else(Timestamp::now);
        let seconds = state.started.map_or(0.0, |begun| until().duration_since(begun).as_secs_f64());
        wanted(&self.processes, job.process)
            && wanted(&self.statuses, state.status.name())
            && self.created.as_ref().is_none_or(|interval| interval.holds(job.created))
            && (self.least_s..=self.most_s).contains(&seconds)
    }
}
