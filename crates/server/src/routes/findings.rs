//! Findings of the last check.

use std::collections::HashSet;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use planning::{FindingState, Severity};
use spatial::Crs;

use crate::app::{App, Current};
use crate::bbox::BBox;
use crate::catalog::{Catalog, Checked, conflict_ha};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{Finding, FindingList};

/// What picks findings, then what pages through them.
const FILTERS: [&str; 8] = ["zone", "rule", "severity", "state", "bbox", "limit", "offset", "geometry"];
const PICKING: usize = 5;

/// Findings, a page at a time, the gravest first.
#[utoipa::path(get, path = "/findings", tag = "Check",
    params(("zone" = Option<String>, Query, description = "Of this zone only (feature id)"),
        ("rule" = Option<String>, Query, description = "Of these rules only, separated by commas"),
        ("severity" = Option<String>, Query, description = "Of these severities only: B, E, W, I, separated by commas"),
        ("state" = Option<String>, Query, description = "In these states only: new, reviewing, waived, resolved, separated by commas"),
        ("bbox" = Option<String>, Query, description = "west,south,east,north in degrees"),
        ("limit" = Option<u32>, Query, description = "Findings on a page, 1 to 10,000 (usually 500)"),
        ("offset" = Option<u32>, Query, description = "Findings to skip"),
        ("geometry" = Option<bool>, Query, description = "Whether to give shapes (usually false)")),
    responses((status = 200, description = "Findings", body = FindingList)))]
pub(crate) async fn findings(
    State(app): State<App>,
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&FILTERS)?;
    let (limit, offset) = (params.limit(app.limits().default_findings, app.limits().page)?, params.offset()?);
    let geometry = params.flag("geometry")?;
    let matching = matching(&catalog, &params)?;
    let page: Vec<Finding> =
        matching.iter().skip(offset).take(limit).map(|finding| catalog.answer(finding, geometry)).collect();
    let answer = FindingList {
        check: catalog.check.as_ref().map(|checked| checked.summary(catalog.check_is_stale())),
        number_matched: matching.len(),
        number_returned: page.len(),
        total_area_ha: conflict_ha(matching.iter().copied()),
        findings: page,
    };
    respond::json(&headers, &answer)
}

/// One finding with its shape.
#[utoipa::path(get, path = "/findings/{finding}", tag = "Check",
    params(("finding" = String, Path, description = "Finding id")),
    responses((status = 200, description = "The finding", body = Finding), (status = 404, description = "No such finding")))]
pub(crate) async fn finding(
    Current(catalog): Current,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    let found = catalog.check.as_ref().and_then(|checked| checked.finding(&id));
    let found = found.ok_or_else(|| Problem::missing("The last check has no finding of that id."))?;
    respond::json(&headers, &catalog.answer(found, true))
}

/// The findings as GeoJSON, to keep.
#[utoipa::path(get, path = "/findings.geojson", tag = "Check",
    params(("zone" = Option<String>, Query, description = "Of this zone only"), ("rule" = Option<String>, Query, description = "Of these rules only"),
        ("severity" = Option<String>, Query, description = "Of these severities only"),
        ("state" = Option<String>, Query, description = "In these states only: new, reviewing, waived, resolved, separated by commas"), ("bbox" = Option<String>, Query, description = "west,south,east,north in degrees")),
    responses((status = 200, description = "GeoJSON", content_type = "application/geo+json")))]
pub(crate) async fn geojson(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&FILTERS[..PICKING])?;
    let mut bytes = Vec::new();
    let findings = matching_sources(&catalog, &params)?;
    project::write_findings_geojson(findings, &catalog.standings, &Crs::wgs84(), &mut bytes)
        .map_err(|error| Problem::broken(&error))?;
    Ok(download(&headers, bytes, "application/geo+json", "findings.geojson"))
}

/// The findings as a table, to keep.
#[utoipa::path(get, path = "/findings.csv", tag = "Check",
    params(("zone" = Option<String>, Query, description = "Of this zone only"), ("rule" = Option<String>, Query, description = "Of these rules only"),
        ("severity" = Option<String>, Query, description = "Of these severities only"),
        ("state" = Option<String>, Query, description = "In these states only: new, reviewing, waived, resolved, separated by commas"), ("bbox" = Option<String>, Query, description = "west,south,east,north in degrees")),
    responses((status = 200, description = "CSV, UTF-8 with a byte order mark", content_type = "text/csv")))]
pub(crate) async fn csv(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&FILTERS[..PICKING])?;
    // Without a byte order mark, Excel takes UTF-8 for the machine's old code page.
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    project::write_findings_csv(matching_sources(&catalog, &params)?, &catalog.standings, &mut bytes)
        .map_err(|error| Problem::broken(&error))?;
    Ok(download(&headers, bytes, "text/csv; charset=utf-8", "findings.csv"))
}

fn download(headers: &HeaderMap, bytes: Vec<u8>, media_type: &str, name: &str) -> Response {
    let tag = respond::tag(&bytes);
    let response = respond::tagged(headers, Body::from(bytes), &tag, media_type, respond::REVALIDATE);
    attachment(response, name)
}

/// The same as the check said them, which is what files are written from.
fn matching_sources<'a>(
    catalog: &'a Catalog,
    params: &Params,
) -> Result<Vec<&'a planning::Finding>, Problem> {
    let wanted: HashSet<&str> = matching(catalog, params)?.into_iter().map(|f| f.id.as_str()).collect();
    let all = catalog.check.iter().flat_map(|checked| &checked.run.outcome.findings);
    Ok(all.filter(|finding| wanted.contains(finding.id.as_str())).collect())
}

/// Findings that pass the filters, in the check's order.
fn matching<'a>(catalog: &'a Catalog, params: &Params) -> Result<Vec<&'a Finding>, Problem> {
    let severities = list(params, "severity");
    if let Some(wrong) =
        severities.iter().flatten().find(|s| !Severity::ALL.iter().any(|one| one.code() == **s))
    {
        return Err(Problem::bad(format!("\"severity\" is B, E, W or I, not \"{wrong}\".")));
    }
    let states = states(params)?;
    let (rules, zone, bbox) = (list(params, "rule"), params.value("zone"), params.bbox()?);
    let Some(checked) = &catalog.check else { return Ok(Vec::new()) };
    let wanted =
        |list: &Option<Vec<&str>>, value: &str| list.as_ref().is_none_or(|list| list.contains(&value));
    Ok(placed(checked, bbox.as_ref())
        .filter(|finding| zone.is_none_or(|id| finding.zone.as_ref().is_some_and(|zone| zone.id == id)))
        .filter(|finding| states.as_ref().is_none_or(|states| states.contains(&catalog.state(&finding.id))))
        .filter(|finding| wanted(&rules, &finding.rule) && wanted(&severities, &finding.severity))
        .collect())
}

fn states(params: &Params) -> Result<Option<Vec<FindingState>>, Problem> {
    let Some(words) = list(params, "state") else { return Ok(None) };
    let read = |word: &str| word.parse().map_err(|error| Problem::bad(format!("\"state\": {error}.")));
    words.into_iter().map(read).collect::<Result<_, _>>().map(Some)
}

fn placed<'a>(checked: &'a Checked, bbox: Option<&BBox>) -> impl Iterator<Item = &'a Finding> {
    checked.layers[0].within(bbox).into_iter().filter_map(|i| checked.findings.get(i)).map(Arc::as_ref)
}

fn list<'a>(params: &'a Params, name: &str) -> Option<Vec<&'a str>> {
    params.value(name).map(|text| text.split(',').map(str::trim).collect())
}

/// Marks an answer as a file to keep.
pub(crate) fn attachment(mut response: Response, name: &str) -> Response {
    respond::insert(&mut response, header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
    response
}
