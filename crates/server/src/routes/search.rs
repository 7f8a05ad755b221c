//! Search.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::app::{App, Current};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::SearchResults;

/// Zones, administrative units and land-use codes by name, without diacritics.
#[utoipa::path(get, path = "/search", tag = "Map",
    params(("q" = String, Query, description = "What to look for"),
        ("limit" = Option<u32>, Query, description = "Most results, 1 to 100 (usually 20)")),
    responses((status = 200, description = "Results, the best first", body = SearchResults)))]
pub(crate) async fn search(
    State(app): State<App>,
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["q", "limit"])?;
    let limits = app.limits();
    let text = params.value("q").ok_or_else(|| Problem::bad("The parameter \"q\" is missing."))?;
    if text.chars().count() > limits.search_chars {
        return Err(Problem::bad(format!("\"q\" may have {} characters at most.", limits.search_chars)));
    }
    let limit = params.limit(20.min(limits.search), limits.search)?;
    respond::json(&headers, &SearchResults { results: catalog.find(text, limit) })
}
