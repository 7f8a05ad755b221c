//! The map style.

use axum::http::HeaderMap;
use axum::response::Response;
use planning::Language;

use crate::app::Current;
use crate::params::Params;
use crate::problem::Problem;
use crate::{respond, style};

/// How the map is drawn (MapLibre style specification, version 8).
#[utoipa::path(get, path = "/style", tag = "Map",
    params(("lang" = Option<String>, Query, description = "vi (usually) or en: how numbers are written")),
    responses((status = 200, description = "Style", content_type = "application/json")))]
pub(crate) async fn style(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["lang"])?;
    let language = match params.value("lang") {
        None | Some("vi") => Language::Vi,
        Some("en") => Language::En,
        Some(_) => return Err(Problem::bad("\"lang\" must be vi or en.")),
    };
    respond::json(&headers, &style::style(&catalog, language)?)
}
