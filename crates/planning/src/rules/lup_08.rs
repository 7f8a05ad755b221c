//! LUP-08, defence and security land: a zone may hold none of it. W_min separates what is certain from what the two
//! maps cannot tell apart: a strip narrower than W_min is a warning, and nothing is too small to count.

use spatial::Region;

use super::land;
use crate::check::{Conflict, Crossing, Draft, Report, Scene, Tolerance, ZoneContext, split};
use crate::{FixAction, LandRule, Parameter, Parameters, Severity};

pub(super) const ID: &str = "LUP-08";

/// One finding per zone for all such land that is wide enough, and one for each narrow strip of it.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.lup_08 else { return };
    // The strips become findings here, not slivers: each has one fate.
    let mut aside = Report::default();
    land::judge(ID, Some(rule), Some(FixAction::CutOff), context, scene, &mut aside);
    report.append_findings(aside);
    for crossing in context.land_use.iter().flat_map(|land_use| &land_use.list) {
        if crossing.codes().iter().any(|code| rule.codes.contains(code)) {
            judge_strips(context, scene, crossing, rule, report);
        }
    }
}

fn judge_strips(
    context: &ZoneContext<'_>,
    scene: &Scene<'_>,
    crossing: &Crossing<'_>,
    rule: &LandRule,
    report: &mut Report,
) {
    if context.zone().kind.is_some_and(|kind| rule.kinds_left_out.contains(&kind)) {
        return;
    }
    let tolerance = scene.tolerance(context.entry.scale, crossing.scale);
    let strips = Region::union(&split(crossing.shape.region(), tolerance.w_min_m).slivers);
    if !strips.is_empty() {
        report.add(scene, strip(context, crossing, strips, tolerance));
    }
}

fn strip<'a>(
    context: &'a ZoneContext<'_>,
    crossing: &Crossing<'_>,
    strips: Region,
    tolerance: Tolerance,
) -> Draft<'a> {
    let area_m2 = strips.area_m2();
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("ha", Parameter::Area(area_m2))
        .with("width", Parameter::Number(strips.mean_width_m()))
        .with("w_min", Parameter::Number(tolerance.w_min_m))
        .name("codes", crossing.code().unwrap_or_default());
    Draft {
        message: "message_narrow",
        other: Some(crossing.other()),
        codes: crossing.codes(),
        region: Some(strips),
        conflict: Some(Conflict { share: Some(context.share(area_m2)), tolerance }),
        keeps_severity: true,
        fix: Some(FixAction::CutOff),
        ..Draft::of_zone(ID, Severity::Warning, parameters, context)
    }
}
