//! Whole registers, and figures that are entered into them.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use planning::{ProjectStatus, Quantity, Register};
use project::{FiguresRequest, ProjectEntry};
use serde_json::Value;

use crate::app::{App, Current};
use crate::catalog::Catalog;
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{
    FiguresEntered, FiguresEntry, ProjectFigures, RegisterFacts, Registers, Text, ZoneFigures, ZoneVersion,
    ZoneVersions,
};

/// The registers there are.
#[utoipa::path(get, path = "/registers", tag = "Register",
    responses((status = 200, description = "Registers", body = Registers)))]
pub(crate) async fn registers(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&[])?;
    let facts = |register: &Register| RegisterFacts {
        id: register.id.clone(),
        title: Text::from(&register.title),
        zones: register.zones.len(),
        totals: register.aggregates.len(),
        projects: register.projects.len(),
        indicators: register.indicators.len(),
        documents: register.documents.len(),
    };
    let registers = catalog.registers.iter().map(|register| facts(register)).collect();
    respond::json(&headers, &Registers { registers })
}

/// A register with everything in it, as its file has it.
#[utoipa::path(get, path = "/registers/{register}", tag = "Register",
    params(("register" = String, Path, description = "Identifier")),
    responses((status = 200, description = "The register; its entity tag is what figures are entered on", body = Object), (status = 404, description = "No such register")))]
pub(crate) async fn register(
    Current(catalog): Current,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&[])?;
    respond::json(&headers, found(&catalog, &id)?)
}

/// What the versions of a register say of a zone: those that changed something, the newest first.
#[utoipa::path(get, path = "/registers/{register}/zones/{zone}/versions", tag = "Register",
    params(("register" = String, Path, description = "Identifier"), ("zone" = String, Path, description = "The zone's identifier in it")),
    responses((status = 200, description = "Versions", body = ZoneVersions), (status = 404, description = "No such register or zone")))]
pub(crate) async fn versions(
    State(app): State<App>,
    Path((id, zone)): Path<(String, String)>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&[])?;
    found(&app.catalog(), &id)?;
    let worker = app.clone();
    let work = tokio::task::spawn_blocking(move || worker.source().register_versions(&id));
    let stored = work.await.map_err(|error| Problem::broken(&error))??;
    let mut versions: Vec<ZoneVersion> = Vec::new();
    for one in stored.iter().rev() {
        let record = one.register.zone(&zone).map(serde_json::to_value).transpose();
        let record = record.map_err(|error| Problem::broken(&error))?;
        if versions.last().map_or(record.is_some(), |before| before.record != record) {
            let (at, source) = (one.imported_at.clone(), one.source.clone());
            versions.push(ZoneVersion { revision: one.revision, at, source, record });
        }
    }
    if versions.is_empty() {
        return Err(Problem::missing("No version of the register has a zone of that identifier."));
    }
    versions.reverse();
    respond::json(&headers, &ZoneVersions { versions })
}

/// Enters figures of zones for a day, such as those of a half-yearly report. They are added; nothing is overwritten.
#[utoipa::path(post, path = "/registers/{register}/figures", tag = "Register", request_body = FiguresEntry,
    params(("register" = String, Path, description = "Identifier"),
        ("If-Match" = String, Header, description = "Entity tag of the register as it was read")),
    responses((status = 200, description = "They are kept", body = FiguresEntered),
        (status = 400, description = "Figures that make no sense, or no reason"), (status = 401, description = "A token is needed"), (status = 403, description = "Foreign origin, or changes are off"),
        (status = 404, description = "No such register"), (status = 409, description = "Somebody else was faster"),
        (status = 412, description = "The register is not what was read"), (status = 415, description = "Not declared as JSON"),
        (status = 428, description = "If-Match is missing")))]
pub(crate) async fn enter(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
    body: Bytes,
) -> Result<Response, Problem> {
    params.only(&[])?;
    let entry: FiguresEntry = serde_json::from_slice(&body)
        .map_err(|error| Problem::bad(format!("The body is not as it must be: {error}.")))?;
    if entry.zones.len().max(entry.projects.len()) > app.limits().page {
        return Err(Problem::bad(format!(
            "Figures may be of {} zones and projects at most.",
            app.limits().page
        )));
    }
    let read = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
    let read = read.ok_or_else(|| {
        let detail = "Send the entity tag of the register as you read it in If-Match.";
        Problem::new(StatusCode::PRECONDITION_REQUIRED, detail)
    })?;
    let read = read.trim().trim_start_matches("W/").to_owned();
    if !is_read(found(&app.catalog(), &id)?, &read) {
        let detail = "The register was changed since you read it: read it again, then enter the figures.";
        return Err(Problem::new(StatusCode::PRECONDITION_FAILED, detail));
    }
    let as_of = entry.as_of.parse().map_err(|error| Problem::bad(format!("\"as_of\": {error}.")))?;
    let zones = entry.zones.iter().map(figures).collect::<Result<Vec<_>, _>>()?;
    let projects = entry.projects.iter().map(project).collect::<Result<Vec<_>, _>>()?;
    let worker = app.clone();
    let work = tokio::task::spawn_blocking(move || {
        let request = FiguresRequest {
            register: &id,
            as_of,
            document: &entry.document,
            document_title: entry.document_title.as_deref(),
            reason: &entry.reason,
            zones: &zones,
            projects: &projects,
        };
        let report = worker.source().enter_figures(&request, &|register| is_read(register, &read))?;
        worker.refresh()?;
        Ok::<_, crate::source::SourceError>(report)
    });
    let report = work.await.map_err(|error| Problem::broken(&error))??;
    let project::FiguresReport { revision, changed, unchanged, projects } = report;
    respond::json(&headers, &FiguresEntered { revision, changed, unchanged, projects })
}

fn found<'a>(catalog: &'a Catalog, id: &str) -> Result<&'a Register, Problem> {
    catalog.register(id).ok_or_else(|| Problem::missing("There is no such register."))
}

/// Whether a register has this entity tag.
fn is_read(register: &Register, tag: &str) -> bool {
    serde_json::to_vec(register).is_ok_and(|bytes| respond::tag(&bytes).trim_start_matches("W/") == tag)
}

/// A figure as planning takes it: a finite number from zero.
fn number(name: &str, of: &str, value: Option<f64>) -> Result<Option<Quantity>, Problem> {
    match value {
        Some(value) if !value.is_finite() || value < 0.0 => {
            Err(Problem::bad(format!("\"{name}\" of \"{of}\" must be a number from 0.")))
        }
        value => Ok(value.map(Quantity::exactly)),
    }
}

fn project(entry: &ProjectFigures) -> Result<ProjectEntry, Problem> {
    let status = serde_json::from_value(Value::from(entry.status.as_str()));
    let status: ProjectStatus =
        status.map_err(|_| Problem::bad(format!("\"status\": there is no \"{}\".", entry.status)))?;
    let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    Ok(ProjectEntry {
        id: entry.id.clone(),
        name: entry.name.clone(),
        zone: entry.zone.clone(),
        status,
        land_ha: number("land_ha", &entry.name, entry.land_ha)?,
        capital_vnd: number("capital_vnd", &entry.name, entry.capital_vnd)?,
        sector: text(&entry.sector),
        reason: text(&entry.reason),
    })
}

fn figures(entry: &ZoneFigures) -> Result<project::ZoneFigures, Problem> {
    let number = |name: &str, value| number(name, &entry.zone, value);
    Ok(project::ZoneFigures {
        zone: entry.zone.clone(),
        total_ha: number("total_ha", entry.total_ha)?,
        industrial_ha: number("industrial_ha", entry.industrial_ha)?,
        leased_ha: number("leased_ha", entry.leased_ha)?,
        stated_percent: number("stated_percent", entry.stated_percent)?,
    })
}
