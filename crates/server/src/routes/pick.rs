//! What lies under a point.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::app::{App, Current};
use crate::catalog::{Catalog, LayerRole, Served};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{Pick, Picked};

/// Every feature and every finding under a point, zones first.
#[utoipa::path(get, path = "/pick", tag = "Map",
    params(("lon" = f64, Query, description = "Longitude, degrees"), ("lat" = f64, Query, description = "Latitude, degrees"),
        ("tolerance_m" = Option<f64>, Query, description = "How far features may be, metres (0 to 5,000)")),
    responses((status = 200, description = "What is there", body = Pick)))]
pub(crate) async fn pick(
    State(app): State<App>,
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["lon", "lat", "tolerance_m"])?;
    let at = [params.needed_number("lon")?, params.needed_number("lat")?];
    if at[0].abs() > 180.0 || at[1].abs() > 90.0 {
        return Err(Problem::bad("\"lon\" must be −180 to 180 and \"lat\" −90 to 90."));
    }
    let farthest = app.limits().pick_m;
    let tolerance_m = params.number("tolerance_m")?.unwrap_or(0.0);
    if !(0.0..=farthest).contains(&tolerance_m) {
        return Err(Problem::bad(format!("\"tolerance_m\" must be 0 to {farthest}.")));
    }
    respond::json(&headers, &everything(&catalog, at, tolerance_m))
}

fn everything(catalog: &Catalog, at: [f64; 2], tolerance_m: f64) -> Pick {
    let mut layers: Vec<_> =
        catalog.layers.iter().filter(|served| matches!(served.role, LayerRole::Data(_))).collect();
    layers.sort_by_key(|served| served.role.rank());
    let features = layers
        .into_iter()
        .flat_map(|served| served.at(at, tolerance_m).into_iter().filter_map(|i| picked(served, i)));
    let findings = catalog.check.iter().flat_map(|checked| {
        let found = checked.layers[0].at(at, tolerance_m);
        found
            .into_iter()
            .filter_map(|i| checked.findings.get(i))
            .map(|finding| catalog.answer(finding, false))
    });
    Pick { at, features: features.collect(), findings: findings.collect() }
}

fn picked(served: &Served, i: usize) -> Option<Picked> {
    Some(Picked {
        collection: served.info.id.clone(),
        role: served.role.name().into(),
        id: served.identities.id(i).to_owned(),
        area_m2: served.area_m2(i),
        properties: served.layer.features.get(i)?.properties.clone(),
        bbox: served.bbox(i)?,
    })
}
