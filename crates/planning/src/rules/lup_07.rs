//! LUP-07, residents inside: homes that a zone would have to clear.

use super::land::{self, land as sum};
use crate::check::{Draft, Report, Scene, ZoneContext, split};
use crate::tables::M2_PER_HA;
use crate::{LandRule, Parameter, Parameters};

pub(super) const ID: &str = "LUP-07";

/// One finding per zone for all its residential land and the buildings in it.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.lup_07 else { return };
    if context.zone().kind.is_some_and(|kind| rule.kinds_left_out.contains(&kind)) {
        return;
    }
    let Some(count) = buildings(rule, context, scene) else {
        return land::judge(ID, Some(rule), None, context, scene, report);
    };
    match sum(ID, context, scene, &rule.codes, None, report) {
        Some(land) => {
            let severity = rule.severity_of(land.area_m2 / M2_PER_HA, context.zone().kind);
            let parameters = land.parameters(context).with("n", Parameter::Count(count));
            report.add(scene, land.draft(ID, severity, "message_buildings", parameters, context));
        }
        None if count > 0 => {
            let parameters =
                Parameters::new().name("zone", &context.zone().name).with("n", Parameter::Count(count));
            let severity = rule.severity_of(0.0, context.zone().kind);
            let draft = Draft {
                message: "message_buildings_only",
                ..Draft::of_zone(ID, severity, parameters, context)
            };
            report.add(scene, Draft { region: Some(context.region.clone()), ..draft });
        }
        None => {}
    }
}

/// How many buildings stand in the zone; `None` where no collection has buildings. One that reaches in by less than
/// W_min stands outside.
fn buildings(rule: &LandRule, context: &ZoneContext<'_>, scene: &Scene<'_>) -> Option<u64> {
    let theme = rule.theme.filter(|theme| scene.has_theme(*theme))?;
    let reaches_in = |crossing: &&crate::check::Crossing<'_>| {
        let tolerance = scene.tolerance(context.entry.scale, crossing.scale);
        !split(crossing.shape.region(), tolerance.w_min_m).wide.is_empty()
    };
    let areas = context.themed(theme).filter(reaches_in).count();
    Some((areas + context.surroundings.points_inside(theme)) as u64)
}
