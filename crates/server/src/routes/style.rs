//! The map style.

use axum::http::HeaderMap;
use axum::response::Response;

use crate::app::Current;
use crate::base::Base;
use crate::params::Params;
use crate::problem::Problem;
use crate::{respond, style};

/// How the map is drawn (MapLibre style specification, version 8).
#[utoipa::path(get, path = "/style", tag = "Map",
    params(("lang" = Option<String>, Query, description = "vi (usually) or en: how numbers are written"),
        ("links" = Option<String>, Query, description = "absolute (usually), or relative: paths on this server, for its own page")),
    responses((status = 200, description = "Style", content_type = "application/json")))]
pub(crate) async fn style(
    Current(catalog): Current,
    base: Base,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["lang", "links"])?;
    let base = match params.value("links") {
        None | Some("absolute") => base,
        Some("relative") => Base::none(),
        Some(_) => return Err(Problem::bad("\"links\" must be absolute or relative.")),
    };
    respond::json(&headers, &style::style(&catalog, params.language()?, &base)?)
}
