//! The description of this API.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;

use crate::app::{App, Current};
use crate::base::Base;
use crate::openapi;
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;

/// Media type of OpenAPI 3.1 (OGC API Common).
pub(crate) const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.1";
/// Media type of OpenAPI 3.0 (OGC API Features part 1).
pub(crate) const OPENAPI_3_0: &str = "application/vnd.oai.openapi+json;version=3.0";

/// This description.
#[utoipa::path(get, path = "/api", tag = "Features",
    params(("f" = Option<String>, Query, description = "json (OpenAPI 3.1, usual) or oas30 (OpenAPI 3.0)")),
    responses((status = 200, description = "OpenAPI", body = Object, content_type = "application/vnd.oai.openapi+json;version=3.1"),
        (status = 400, description = "A parameter makes no sense")))]
pub(crate) async fn api(
    State(app): State<App>,
    Current(catalog): Current,
    base: Base,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    let document = openapi::document(&app, &catalog, &base);
    let (document, media_type) = match params.value("f").or(only_knows_3_0(&headers).then_some("oas30")) {
        None | Some("json" | "oas31") => (document, OPENAPI),
        Some("oas30") => (openapi::downgraded(document), OPENAPI_3_0),
        Some(other) => {
            let detail = format!("\"f\" must be json (OpenAPI 3.1) or oas30 (OpenAPI 3.0), not \"{other}\".");
            return Err(Problem::bad(detail));
        }
    };
    let mut response = respond::json_as(&headers, &document, media_type)?;
    respond::insert(&mut response, header::VARY, "accept, accept-encoding");
    Ok(response)
}

/// Whether the client names the older version and not the newer one, as QGIS does.
fn only_knows_3_0(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("version=3.0") && !accept.contains("version=3.1")
}
