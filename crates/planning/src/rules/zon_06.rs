//! ZON-06, cluster too small: less measured area than the law asks of its kind; less is asked in the mountains and of
//! craft villages.

use crate::check::{Draft, Report, Scene, ZoneContext};
use crate::register::mountainous;
use crate::tables::M2_PER_HA;
use crate::{Parameter, Parameters};

pub(super) const ID: &str = "ZON-06";

/// One finding per zone below the area that holds for it. Where nothing tells whether it lies in the mountains and
/// that would decide, the finding is a doubt.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.zon_06 else { return };
    let Some(kind) = context.zone().kind.filter(|kind| rule.kinds.contains(kind)) else { return };
    let is_below =
        |min_ha: f64| context.area_m2 < min_ha * M2_PER_HA * (1.0 - rule.tolerance_percent / 100.0);
    let reduced = if rule.reduced_kinds.contains(&kind) { Some(true) } else { in_mountains(context) };
    let (limit_ha, severity, message) = match reduced {
        Some(true) => (rule.reduced_min_ha, rule.severity, "message_reduced"),
        Some(false) => (rule.min_ha, rule.severity, "message"),
        // Too small wherever it lies.
        None if is_below(rule.reduced_min_ha) => (rule.reduced_min_ha, rule.severity, "message_reduced"),
        None => (rule.min_ha, rule.doubt_severity, "message_doubt"),
    };
    if !is_below(limit_ha) {
        return;
    }
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("ha", Parameter::Area(context.area_m2))
        .with("limit", Parameter::Area(limit_ha * M2_PER_HA))
        .with("tolerance", Parameter::Number(rule.tolerance_percent));
    let region = Some(context.region.clone());
    report.add(scene, Draft { message, region, ..Draft::of_zone(ID, severity, parameters, context) });
}

/// What the zone says, else what the commune that holds most of it says.
fn in_mountains(context: &ZoneContext<'_>) -> Option<bool> {
    let communes = context.communes.iter().flat_map(|communes| &communes.list);
    let largest = communes.max_by(|a, b| a.area_m2.total_cmp(&b.area_m2));
    context.zone().mountainous.or_else(|| mountainous(largest?.feature))
}
