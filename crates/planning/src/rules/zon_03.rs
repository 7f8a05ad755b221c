//! ZON-03, gap between neighbours: two zones that nearly meet, as if they were meant to.

use spatial::Region;

use super::strip::{Side, between};
use crate::check::{Conflict, Draft, Report, Scene, ZoneContext};
use crate::{FixAction, Parameter, Parameters};

pub(super) const ID: &str = "ZON-03";

/// One finding per unordered pair that is apart by more than nothing and by at most the pack's multiple of W_min;
/// zones of one family leave gaps on purpose (roads between functional areas) and are not judged.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.zon_03 else { return };
    for (at, separation) in context.surroundings.zones(scene.pack.reach_m()) {
        let other = &scene.zones[at];
        let first = scene.pair_key(context.entry) < scene.pair_key(other);
        if !first || !scene.pack.judges(other.zone.state) || scene.related(context.zone(), &other.zone) {
            continue;
        }
        let tolerance = scene.tolerance(context.entry.scale, other.scale);
        let limit_m = rule.within_w_min * tolerance.w_min_m;
        if separation.distance_m <= 0.0 || separation.distance_m > limit_m {
            continue;
        }
        let parameters = Parameters::new()
            .name("zone", &context.zone().name)
            .name("other", &other.zone.name)
            .with("d", Parameter::Number(separation.distance_m))
            .with("limit", Parameter::Number(limit_m));
        let strip = strip(context, at, limit_m);
        report.add(
            scene,
            Draft {
                other: Some(scene.other_zone(other)),
                place: Some(separation.on_subject),
                conflict: Some(Conflict { share: None, tolerance }),
                fix: strip.map(|strip| FixAction::Fill { strip }),
                ..Draft::of_zone(ID, rule.severity, parameters, context)
            },
        );
    }
}

/// What lies between the zone and another; `None` where nothing on the grid does.
fn strip(context: &ZoneContext<'_>, other: usize, limit_m: f64) -> Option<Region> {
    let surroundings = &context.surroundings;
    let near = surroundings.outline_of(other)?;
    let own = Side { rings: surroundings.rings(), shape: surroundings.shape()?, region: context.region };
    let other = Side { rings: near.rings, shape: &near.shape, region: &near.region };
    Some(between(&own, &other, limit_m)).filter(|strip| !strip.is_empty())
}
