//! How a zone is covered: area per land-use code and per commune, with what is missing and what is double.

use std::collections::BTreeMap;

use super::context::{Crossing, Crossings, Scene, ZoneContext};
use crate::{CodeLine, CommuneLine, Coverage, ZoneSummary, register};

/// Stands for the code of parcels that have none.
const NO_CODE: &str = "?";

pub(super) fn summary(context: &ZoneContext<'_>, scene: &Scene<'_>) -> ZoneSummary {
    let allowed = |codes: &[String]| {
        let rule = scene.pack.rules.lup_01.as_ref()?;
        rule.allows(context.zone().kind, codes)
    };
    // What stands on the land today is not allowed or forbidden by the plan rule.
    let not_judged = |_: &[String]| None;
    ZoneSummary {
        zone: context.zone().id.clone(),
        crs: context.crs().clone(),
        crs_guessed: context.entry.crs_guessed,
        area_m2: context.area_m2,
        area_geodesic_m2: context.region.area_geodesic_m2(context.crs()),
        by_plan: context.plan.as_ref().and_then(|plan| coverage(plan, &allowed)),
        by_land_use: context.land_use.as_ref().and_then(|land_use| coverage(land_use, &not_judged)),
        by_commune: by_commune(context.communes.as_ref().map_or(&[], |communes| &communes.list)),
    }
}

/// The proof measures every term on its own; its residual shows whether they add up.
fn coverage(crossings: &Crossings<'_>, allowed: &dyn Fn(&[String]) -> Option<bool>) -> Option<Coverage> {
    let proof = crossings.proof.as_ref()?;
    let mut by_code: BTreeMap<String, CodeLine> = BTreeMap::new();
    for crossing in &crossings.list {
        let code = crossing.code().unwrap_or_else(|| NO_CODE.into());
        let line = by_code.entry(code).or_insert_with_key(|code| CodeLine {
            code: code.clone(),
            area_m2: 0.0,
            allowed: allowed(&crossing.codes()),
        });
        line.area_m2 += crossing.area_m2;
    }
    let mut codes: Vec<CodeLine> = by_code.into_values().collect();
    codes.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
    Some(Coverage {
        collection: crossings.collection.info.id.clone(),
        codes,
        uncovered_m2: proof.uncovered_m2,
        multiple_m2: proof.multiple_m2,
        residual_m2: proof.residual_m2,
    })
}

fn by_commune(communes: &[Crossing<'_>]) -> Vec<CommuneLine> {
    let mut lines: BTreeMap<String, CommuneLine> = BTreeMap::new();
    for crossing in communes {
        let code = commune_key(crossing);
        let line = lines.entry(code).or_insert_with_key(|code| CommuneLine {
            code: code.clone(),
            name: commune_name(crossing),
            area_m2: 0.0,
        });
        line.area_m2 += crossing.area_m2;
    }
    let mut lines: Vec<CommuneLine> = lines.into_values().collect();
    lines.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
    lines
}

/// The code by which a commune is compared: its property `code`, else its id.
pub(crate) fn commune_key(crossing: &Crossing<'_>) -> String {
    register::commune_key(crossing.feature)
}

/// The name of a commune, else its code.
pub(crate) fn commune_name(crossing: &Crossing<'_>) -> String {
    register::full_name(crossing.feature).unwrap_or_else(|| commune_key(crossing))
}
