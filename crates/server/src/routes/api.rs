//! The description of this API.

use axum::extract::State;
use axum::http::HeaderMap;
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
    let document = openapi::document(&catalog, app.limits(), &base);
    match params.value("f") {
        None | Some("json" | "oas31") => respond::json_as(&headers, &document, OPENAPI),
        Some("oas30") => respond::json_as(&headers, &openapi::downgraded(document), OPENAPI_3_0),
        Some(other) => {
            let detail = format!("\"f\" must be json (OpenAPI 3.1) or oas30 (OpenAPI 3.0), not \"{other}\".");
            Err(Problem::bad(detail))
        }
    }
}
