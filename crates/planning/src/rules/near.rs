//! Land inside a zone or too near to it: what LUP-09, LUP-10 and LUP-11 have in common.

use super::land::land;
use crate::check::{Conflict, Draft, Nearby, Report, Scene, ZoneContext};
use crate::{NearRule, Parameter, Parameters};

/// One finding per zone for all such land inside; where there is none, one for the nearest that is too near.
pub(super) fn judge(
    id: &'static str,
    rule: Option<&NearRule>,
    context: &ZoneContext<'_>,
    scene: &Scene<'_>,
    report: &mut Report,
) {
    let Some(rule) = rule else { return };
    if context.zone().kind.is_some_and(|kind| rule.kinds_left_out.contains(&kind)) {
        return;
    }
    let codes: Vec<String> = rule.buffers.iter().flat_map(|buffer| buffer.codes.clone()).collect();
    if let Some(land) = land(id, context, scene, &codes, rule.theme, report) {
        let parameters = land.parameters(context);
        return report.add(scene, land.draft(id, rule.severity, "message", parameters, context));
    }
    let mut near = context.surroundings.land_use(rule.reach_m(), &|codes| rule.distance_m(codes));
    if let Some(theme) = rule.theme {
        near.extend(context.surroundings.themed(theme, rule.theme_distance_m));
    }
    // What only touches, or reaches in by a sliver, is near too: at 0 m.
    let nearest = near.into_iter().min_by(Nearby::nearest_first);
    if let Some(nearest) = nearest {
        report.add(scene, too_near(id, rule, context, scene, &nearest));
    }
}

fn too_near<'a>(
    id: &'static str,
    rule: &NearRule,
    context: &'a ZoneContext<'_>,
    scene: &Scene<'_>,
    near: &Nearby<'_>,
) -> Draft<'a> {
    let codes = near.codes();
    let limit_m = rule.distance_m(&codes).unwrap_or(rule.theme_distance_m);
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("d", Parameter::Number(near.separation.distance_m))
        .with("limit", Parameter::Number(limit_m))
        .name("other", near.called());
    Draft {
        message: "message_near",
        other: Some(near.other()),
        codes,
        place: Some(near.separation.on_reference),
        conflict: Some(Conflict { share: None, tolerance: scene.tolerance(context.entry.scale, near.scale) }),
        ..Draft::of_zone(id, rule.near_severity, parameters, context)
    }
}
