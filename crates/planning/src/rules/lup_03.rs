//! LUP-03, rice land: how much of it a zone would have to convert.

use super::land::land;
use crate::check::{Report, Scene, ZoneContext};
use crate::tables::M2_PER_HA;
use crate::{Parameter, Severity};

pub(super) const ID: &str = "LUP-03";

/// One finding per zone for all its rice land; graver from the pack's limit on.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.lup_03 else { return };
    if context.zone().kind.is_some_and(|kind| rule.kinds_left_out.contains(&kind)) {
        return;
    }
    let Some(land) = land(ID, context, scene, &rule.codes, report) else { return };
    let limit_m2 = rule.error_from_ha * M2_PER_HA;
    let (severity, message): (Severity, &'static str) = if land.area_m2 >= limit_m2 {
        (rule.error_severity, "message_large")
    } else {
        (rule.severity, "message")
    };
    let parameters = land.parameters(context).with("limit", Parameter::Area(limit_m2));
    report.add(scene, land.draft(ID, severity, message, parameters, context));
}
