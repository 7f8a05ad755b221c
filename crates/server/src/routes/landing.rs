//! Landing page, conformance, health.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;

use super::api::{OPENAPI, OPENAPI_3_0};
use super::files;
use super::qgis::QGIS;
use crate::app::{App, Current};
use crate::base::Base;
use crate::html::{Form, wants_html};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{Conformance, Health, Landing, Link};

pub(crate) const JSON: &str = "application/json";
pub(crate) const HTML: &str = "text/html";
const PROCESSES: &str = "http://www.opengis.net/def/rel/ogc/1.0/processes";
const TILING_SCHEMES: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes";
const JOB_LIST: &str = "http://www.opengis.net/def/rel/ogc/1.0/job-list";

/// The map for a browser, the landing page for anything else.
#[utoipa::path(get, path = "/", tag = "Features",
    responses((status = 200, description = "Landing page, or the map for Accept: text/html", body = Landing)))]
pub(crate) async fn landing(base: Base, headers: HeaderMap, params: Params) -> Result<Response, Problem> {
    // The map keeps what it shows in its query; whoever names a form gets the landing page in it.
    if params.value("f").is_none() && wants_html(&headers) {
        let mut page = files::index(&headers);
        respond::insert(&mut page, header::VARY, "accept, accept-encoding");
        return Ok(page);
    }
    params.only(&["f"])?;
    let form = Form::asked(&params, &headers)?;
    let link = |path: &str, rel: &str, media_type: &str, title: &str| {
        Link::new(base.to(path), rel, media_type, title)
    };
    let landing = Landing {
        title: "Ranh".into(),
        description: "Ranh giới khu, cụm công nghiệp đối chiếu quy hoạch sử dụng đất và địa giới hành chính."
            .into(),
        links: vec![
            link("/?f=json", "self", JSON, "This document"),
            link("/?f=html", "alternate", HTML, "This document as a page"),
            link("/", "alternate", HTML, "The map"),
            link("/api", "service-desc", OPENAPI, "Description of this API (OpenAPI 3.1)"),
            link("/api?f=oas30", "service-desc", OPENAPI_3_0, "Description of this API (OpenAPI 3.0)"),
            link("/conformance", "conformance", JSON, "Standards that are followed"),
            link("/collections", "data", JSON, "Collections"),
            link("/style", "style", JSON, "Map style"),
            link("/ranh.qgs", "alternate", QGIS, "All collections in QGIS (project)"),
            link("/findings", "findings", JSON, "Findings of the last check"),
            link("/tileMatrixSets", TILING_SCHEMES, JSON, "Tile matrix sets"),
            link("/processes", PROCESSES, JSON, "Processes"),
            link("/jobs", JOB_LIST, JSON, "Jobs"),
        ],
    };
    form.answer(&headers, &landing, JSON, "Ranh")
}

/// Standards that are followed.
#[utoipa::path(get, path = "/conformance", tag = "Features",
    responses((status = 200, description = "Conformance classes", body = Conformance)))]
pub(crate) async fn conformance(
    State(app): State<App>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    let form = Form::asked(&params, &headers)?;
    let classes = [
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
        "http://www.opengis.net/spec/ogcapi-features-1/1.1/conf/oas31",
        "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
        "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas",
        "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/core-roles-features",
        "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/queryables",
        "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
        "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
        "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
        "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
        "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
        "http://www.opengis.net/spec/cql2/1.0/conf/accent-insensitive-comparison",
        "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
        "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
        "http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions",
        "http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions",
        "http://www.opengis.net/spec/cql2/1.0/conf/property-property",
        "http://www.opengis.net/spec/cql2/1.0/conf/arithmetic",
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/html",
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
    // Only where something can be changed.
    let changes = [
        "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/create-replace-delete",
        "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/update",
        "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/optimistic-locking-etags",
        "http://www.opengis.net/spec/ogcapi-features-11/1.0/conf/transactions",
        // The draft's table and its requirement name the same class differently.
        "http://www.opengis.net/spec/ogcapi-features-11/1.0/conf/atomic-semantics",
        "http://www.opengis.net/spec/ogcapi-features-11/1.0/conf/atomic-transactions",
        "http://www.opengis.net/spec/ogcapi-features-11/1.0/conf/json-transactions",
        "http://www.opengis.net/spec/ogcapi-features-11/1.0/conf/features",
    ];
    let changes = changes.into_iter().filter(|_| app.source().keeps());
    let conforms_to = classes.into_iter().chain(changes).map(str::to_owned).collect();
    let conformance = Conformance { conforms_to };
    form.answer(&headers, &conformance, JSON, "Conformance")
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
