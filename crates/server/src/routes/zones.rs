//! Zones measured.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use planning::Role;

use crate::app::Current;
use crate::catalog::{Catalog, Checked, Served, communes, conversions, coverage};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{Finding, ZoneSummary};

/// A zone's areas by land-use code and commune, beside what is declared, and its findings.
#[utoipa::path(get, path = "/zones/{zone}/summary", tag = "Check",
    params(("zone" = String, Path, description = "Feature id of the zone")),
    responses((status = 200, description = "The zone measured", body = ZoneSummary),
        (status = 404, description = "No such zone, or not measured yet")))]
pub(crate) async fn summary(
    Current(catalog): Current,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    let found = catalog.of_role(Role::Zone).find_map(|served| Some((served, served.find(&id)?.0)));
    let (served, i) = found.ok_or_else(|| Problem::missing("There is no zone of that id."))?;
    let checked = catalog.check.as_ref();
    let checked =
        checked.ok_or_else(|| Problem::missing("Zones are measured by the check, and none has run yet."))?;
    respond::json(&headers, &measured(&catalog, checked, served, i, &id)?)
}

fn measured(
    catalog: &Catalog,
    checked: &Checked,
    served: &Served,
    i: usize,
    id: &str,
) -> Result<ZoneSummary, Problem> {
    let feature =
        served.layer.features.get(i).ok_or_else(|| Problem::missing("There is no zone of that id."))?;
    let summary = checked.run.outcome.summaries.iter().find(|summary| summary.zone == id);
    let summary = summary.ok_or_else(|| {
        let stale = if catalog.check_is_stale() { " The data have changed since; run it again." } else { "" };
        Problem::missing(format!("The last check did not measure that zone: it has no area.{stale}"))
    })?;
    let declared = planning::Zone::read(feature);
    let declared_area_ha = declared.declared_area_ha;
    let pack = planning::packs()?.iter().find(|pack| pack.label() == checked.run.outcome.pack);
    let area_ha = summary.area_m2 / 10_000.0;
    let plan = summary.by_plan.as_ref().map(|plan| coverage(plan, summary.area_m2));
    let mut zone = feature.properties.clone();
    zone.insert("id".into(), id.into());
    zone.insert("collection".into(), served.info.id.clone().into());
    Ok(ZoneSummary {
        zone,
        crs: summary.crs.name().to_owned(),
        crs_guessed: summary.crs_guessed,
        area_m2: summary.area_m2,
        area_geodesic_m2: summary.area_geodesic_m2,
        declared_area_ha,
        difference_percent: declared_area_ha.map(|ha| (area_ha - ha) / ha * 100.0),
        plan: plan.as_ref().map(|plan| plan.collection.clone()),
        uncovered_m2: plan.as_ref().map(|plan| plan.uncovered_m2),
        multiple_m2: plan.as_ref().map(|plan| plan.multiple_m2),
        residual_m2: plan.as_ref().map(|plan| plan.residual_m2),
        by_code: plan.map(|plan| plan.by_code).unwrap_or_default(),
        by_land_use: summary.by_land_use.as_ref().map(|land_use| coverage(land_use, summary.area_m2)),
        by_commune: communes(summary),
        conversions: pack.map(|pack| conversions(pack, declared.kind, summary)).unwrap_or_default(),
        findings: findings_of(catalog, checked, id),
        bbox: served.bbox(i),
    })
}

/// Findings about the zone, and those in which it is the other side.
fn findings_of(catalog: &Catalog, checked: &Checked, id: &str) -> Vec<Finding> {
    let about = |finding: &&Arc<Finding>| {
        finding.zone.as_ref().is_some_and(|zone| zone.id == id)
            || (finding.rule.starts_with("ZON-")
                && finding.other.as_ref().is_some_and(|other| other.id == id))
    };
    let found = checked.findings.iter().filter(about);
    found.map(|finding| catalog.answer(finding, false)).collect()
}
