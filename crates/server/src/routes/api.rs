//! The description of this API.

use axum::http::HeaderMap;
use axum::response::Response;

use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::router;

/// Media type of OpenAPI 3.1 (OGC API Common).
pub(crate) const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.1";

/// This description.
#[utoipa::path(get, path = "/api", tag = "Features",
    responses((status = 200, description = "OpenAPI 3.1", content_type = "application/vnd.oai.openapi+json;version=3.1")))]
pub(crate) async fn api(headers: HeaderMap, params: Params) -> Result<Response, Problem> {
    params.only(&["f"])?;
    respond::json_as(&headers, &router::description(), OPENAPI)
}
