//! A finding explained.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use planning::Collection;

use crate::app::Current;
use crate::catalog::{Catalog, LayerRole};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{FindingExplanation, Text};

/// What the rule asks, what was found, by which tolerance, from which maps, on which legal ground.
#[utoipa::path(get, path = "/findings/{finding}/explanation", tag = "Check",
    params(("finding" = String, Path, description = "Finding id")),
    responses((status = 200, description = "The explanation", body = FindingExplanation),
        (status = 404, description = "No such finding")))]
pub(crate) async fn explanation(
    Current(catalog): Current,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    let outcome = catalog.check.as_ref().map(|checked| &checked.run.outcome);
    let found = outcome
        .and_then(|outcome| Some((outcome, outcome.findings.iter().find(|finding| finding.id == id)?)));
    let (outcome, finding) =
        found.ok_or_else(|| Problem::missing("The last check has no finding of that id."))?;
    let lines = planning::explain(finding, outcome, &collections(&catalog))?;
    let answer = FindingExplanation { finding: id, lines: lines.iter().map(Text::from).collect() };
    respond::json(&headers, &answer)
}

/// The collections behind the layers; features are shared, not copied.
fn collections(catalog: &Catalog) -> Vec<Collection> {
    let data = catalog.layers.iter().filter(|served| matches!(served.role, LayerRole::Data(_)));
    data.map(|served| Collection { info: served.info.clone(), layer: Arc::clone(&served.layer) }).collect()
}
