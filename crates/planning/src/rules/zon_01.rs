//! ZON-01, zones overlap: two zones share land and neither holds the other by the register.

use crate::check::{Conflict, Draft, Report, Scene, ZoneContext, ZoneCrossing, split};
use crate::{FixAction, Parameter, Parameters};

pub(super) const ID: &str = "ZON-01";

/// One finding per unordered pair, told by the zone whose id comes first and measured in its CRS.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    for crossing in &context.zones {
        let other = crossing.entry;
        let first = scene.pair_key(context.entry) < scene.pair_key(other);
        if first && scene.pack.judges(other.zone.state) && !scene.related(context.zone(), &other.zone) {
            judge_pair(context, scene, crossing, report);
        }
    }
}

fn judge_pair(
    context: &ZoneContext<'_>,
    scene: &Scene<'_>,
    crossing: &ZoneCrossing<'_>,
    report: &mut Report,
) {
    let (entry, other) = (context.entry, crossing.entry);
    // Neither is the reference of the other, so the coarser of the two says what area is too small.
    let there = scene.tolerance(entry.scale, other.scale);
    let tolerance = there.coarser(scene.tolerance(other.scale, entry.scale));
    let split = split(crossing.shape.region(), tolerance.w_min_m);
    report.slivers(ID, context, &other.zone.id, None, split.slivers);
    let Some(rule) = scene.pack.rules.zon_01.as_ref().filter(|_| !split.wide.is_empty()) else { return };
    let area_m2 = split.wide.area_m2();
    let parameters = Parameters::new()
        .name("zone", &entry.zone.name)
        .name("other", &other.zone.name)
        .with("ha", Parameter::Area(area_m2));
    report.add(
        scene,
        Draft {
            other: Some(scene.other_zone(other)),
            region: Some(split.wide),
            conflict: Some(Conflict { share: Some(context.share(area_m2)), tolerance }),
            fix: Some(FixAction::CutOff),
            ..Draft::of_zone(ID, rule.severity, parameters, context)
        },
    );
}
