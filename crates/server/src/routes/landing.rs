//! Landing page, conformance, health.

use axum::http::{HeaderMap, header};
use axum::response::Response;

use super::api::OPENAPI;
use super::files;
use crate::app::Current;
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{Conformance, Health, Landing, Link};

const JSON: &str = "application/json";
const PROCESSES: &str = "http://www.opengis.net/def/rel/ogc/1.0/processes";
const TILING_SCHEMES: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes";
const JOB_LIST: &str = "http://www.opengis.net/def/rel/ogc/1.0/job-list";

/// The map for a browser, the landing page for anything else.
#[utoipa::path(get, path = "/", tag = "Features",
    responses((status = 200, description = "Landing page, or the map for Accept: text/html", body = Landing)))]
pub(crate) async fn landing(headers: HeaderMap, params: Params) -> Result<Response, Problem> {
    if wants_html(&headers) {
        // The page keeps what it shows in its query.
        let mut page = files::index(&headers);
        respond::insert(&mut page, header::VARY, "accept, accept-encoding");
        return Ok(page);
    }
    params.only(&["f"])?;
    json_only(&params)?;
    let landing = Landing {
        title: "Ranh".into(),
        description: "Ranh giới khu, cụm công nghiệp đối chiếu quy hoạch sử dụng đất và địa giới hành chính."
            .into(),
        links: vec![
            Link::new("/", "self", JSON, "This document"),
            Link::new("/", "alternate", "text/html", "The map"),
            Link::new("/api", "service-desc", OPENAPI, "Description of this API"),
            Link::new("/conformance", "conformance", JSON, "Standards that are followed"),
            Link::new("/collections", "data", JSON, "Collections"),
            Link::new("/style", "style", JSON, "Map style"),
            Link::new("/findings", "findings", JSON, "Findings of the last check"),
            Link::new("/tileMatrixSets", TILING_SCHEMES, JSON, "Tile matrix sets"),
            Link::new("/processes", PROCESSES, JSON, "Processes"),
            Link::new("/jobs", JOB_LIST, JSON, "Jobs"),
        ],
    };
    let mut response = respond::json(&headers, &landing)?;
    respond::insert(&mut response, header::VARY, "accept, accept-encoding");
    Ok(response)
}

/// Standards that are followed.
#[utoipa::path(get, path = "/conformance", tag = "Features",
    responses((status = 200, description = "Conformance classes", body = Conformance)))]
pub(crate) async fn conformance(headers: HeaderMap, params: Params) -> Result<Response, Problem> {
    params.only(&["f"])?;
    json_only(&params)?;
    let classes = [
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
        "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
        "http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
        "http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset",
        "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/ogc-process-description",
        "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/json",
        "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/job-list",
        "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/dismiss",
    ];
    respond::json(&headers, &Conformance { conforms_to: classes.map(str::to_owned).to_vec() })
}

/// Whether the server is well, and what it serves.
#[utoipa::path(get, path = "/health", tag = "Server",
    responses((status = 200, description = "Well", body = Health)))]
pub(crate) async fn health(Current(catalog): Current, headers: HeaderMap) -> Result<Response, Problem> {
    respond::json(&headers, &Health { status: "ok".into(), revision: catalog.version.revision })
}

/// Refuses forms that are not made.
pub(crate) fn json_only(params: &Params) -> Result<(), Problem> {
    match params.value("f") {
        None | Some("json" | "geojson") => Ok(()),
        Some(_) => Err(Problem::bad("\"f\" must be json: there is no other form.")),
    }
}

/// Whether HTML is accepted at least as gladly as JSON. Clients that take anything get JSON.
fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let quality = |wanted: &str| {
        accept
            .split(',')
            .filter_map(|range| {
                let mut parts = range.split(';').map(str::trim);
                parts.next().filter(|media_type| media_type.eq_ignore_ascii_case(wanted))?;
                let q = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f64>().ok());
                Some(q.unwrap_or(1.0))
            })
            .fold(0.0, f64::max)
    };
    let html = quality("text/html");
    html > 0.0 && html >= quality("application/json")
}
