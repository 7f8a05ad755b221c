//! ZON-02, child outside its parent: a part of a zone lies outside the zone that holds it by the register.

use crate::check::{Conflict, Draft, Report, Scene, ZoneContext, split};
use crate::{FixAction, Parameter, Parameters};

pub(super) const ID: &str = "ZON-02";

/// One finding per child with parts outside that are not slivers.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let (Some(rule), Some(parent_id)) = (&scene.pack.rules.zon_02, &context.zone().parent) else { return };
    let Some(parent) = scene.zones.iter().find(|entry| entry.zone.id == *parent_id) else {
        let parameters = Parameters::new().name("parent", parent_id);
        return report.skip(scene, ID, Some(&context.zone().id), "parent_unknown", &parameters);
    };
    let crossing = context.zones.iter().find(|crossing| crossing.entry.zone.id == *parent_id);
    let outside = crossing.map_or_else(
        || context.region.clone(),
        |crossing| context.region.difference(crossing.shape.region()),
    );
    let tolerance = scene
        .tolerance(context.entry.scale, parent.scale)
        .coarser(scene.tolerance(parent.scale, context.entry.scale));
    let split = split(&outside, tolerance.w_min_m);
    report.slivers(ID, context, parent_id, None, split.slivers);
    if split.wide.is_empty() {
        return;
    }
    let area_m2 = split.wide.area_m2();
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .name("parent", &parent.zone.name)
        .with("ha", Parameter::Area(area_m2))
        .with("p", Parameter::Number(context.share(area_m2) * 100.0));
    report.add(
        scene,
        Draft {
            other: Some(scene.other_zone(parent)),
            region: Some(split.wide),
            conflict: Some(Conflict { share: Some(context.share(area_m2)), tolerance }),
            fix: Some(FixAction::CutOff),
            ..Draft::of_zone(ID, rule.severity, parameters, context)
        },
    );
}
