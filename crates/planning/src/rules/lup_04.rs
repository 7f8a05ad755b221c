//! LUP-04, protective forest: how much of it a zone covers, and who decides on its conversion.

use super::land::land;
use crate::Parameter;
use crate::check::{Report, Scene, ZoneContext};
use crate::tables::M2_PER_HA;

pub(super) const ID: &str = "LUP-04";

/// One finding per zone for all its protective forest.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.lup_04 else { return };
    if context.zone().kind.is_some_and(|kind| rule.kinds_left_out.contains(&kind)) {
        return;
    }
    let Some(land) = land(ID, context, scene, &rule.codes, report) else { return };
    let tier = rule.tier(land.area_m2 / M2_PER_HA);
    let authority = tier.map(|tier| tier.authority.clone()).unwrap_or_default();
    let parameters = land.parameters(context).with("authority", Parameter::Words(authority));
    report.add(scene, land.draft(ID, rule.severity, "message", parameters, context));
}
