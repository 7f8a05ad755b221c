//! ZON-05, cluster too large: more measured area than the law allows its kind.

use crate::check::{Draft, Report, Scene, ZoneContext};
use crate::tables::M2_PER_HA;
use crate::{FixAction, Parameter, Parameters};

pub(super) const ID: &str = "ZON-05";

/// One finding per zone of the kinds that have a largest area; the tolerance is that of measuring.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.zon_05 else { return };
    let limit_m2 = rule.max_ha * M2_PER_HA;
    let tolerated_m2 = limit_m2 * (1.0 + rule.tolerance_percent / 100.0);
    let judged = context.zone().kind.is_some_and(|kind| rule.kinds.contains(&kind));
    if !judged || context.area_m2 <= tolerated_m2 {
        return;
    }
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("ha", Parameter::Area(context.area_m2))
        .with("limit", Parameter::Area(limit_m2))
        .with("tolerance", Parameter::Number(rule.tolerance_percent));
    let region = Some(context.region.clone());
    let fix = Some(FixAction::ReduceBy { area_m2: context.area_m2 - limit_m2 });
    report.add(scene, Draft { region, fix, ..Draft::of_zone(ID, rule.severity, parameters, context) });
}
