//! PLN-05, another plan: a zone lies on land of an urban, forestry, power or mineral plan.

use crate::check::{Conflict, Crossing, Draft, Report, Scene, ZoneContext, split};
use crate::{FixAction, Parameter, Parameters, Theme};

pub(super) const ID: &str = "PLN-05";

/// One finding per zone and feature of another plan.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    for crossing in context.themed(Theme::OtherPlan) {
        judge_feature(context, scene, crossing, report);
    }
}

fn judge_feature(context: &ZoneContext<'_>, scene: &Scene<'_>, crossing: &Crossing<'_>, report: &mut Report) {
    let tolerance = scene.tolerance(context.entry.scale, crossing.scale);
    let split = split(crossing.shape.region(), tolerance.w_min_m);
    report.slivers_with(ID, context, crossing, split.slivers);
    let Some(rule) = scene.pack.rules.pln_05.as_ref().filter(|_| !split.wide.is_empty()) else { return };
    let area_m2 = split.wide.area_m2();
    let other = crossing.other();
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("ha", Parameter::Area(area_m2))
        .with("p", Parameter::Number(context.share(area_m2) * 100.0))
        .with("plan", Parameter::Words(crossing.collection.info.title.clone()))
        .name("other", other.name.clone().unwrap_or_else(|| other.id.clone()));
    report.add(
        scene,
        Draft {
            other: Some(other),
            region: Some(split.wide),
            conflict: Some(Conflict { share: Some(context.share(area_m2)), tolerance }),
            fix: Some(FixAction::CutOff),
            ..Draft::of_zone(ID, rule.severity, parameters, context)
        },
    );
}
