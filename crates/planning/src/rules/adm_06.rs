//! ADM-06, near the national border: a zone lies in the belt along it.

use crate::check::{Conflict, Draft, Nearby, Report, Scene, ZoneContext};
use crate::{Parameter, Parameters, Theme};

pub(super) const ID: &str = "ADM-06";

/// One finding per zone nearer than the pack's distance, at the nearest place of the border.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.adm_06 else { return };
    if context.zone().kind.is_some_and(|kind| rule.kinds_left_out.contains(&kind)) {
        return;
    }
    let near = context.surroundings.themed(Theme::NationalBorder, rule.distance_m);
    let Some(nearest) = near.into_iter().min_by(Nearby::nearest_first) else { return };
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("d", Parameter::Number(nearest.separation.distance_m))
        .with("limit", Parameter::Number(rule.distance_m));
    let tolerance = scene.tolerance(context.entry.scale, nearest.scale);
    report.add(
        scene,
        Draft {
            other: Some(nearest.other()),
            place: Some(nearest.separation.on_reference),
            conflict: Some(Conflict { share: None, tolerance }),
            ..Draft::of_zone(ID, rule.severity, parameters, context)
        },
    );
}
