//! GEO-03, near-duplicate boundary: two zones are one and the same but for the drawing.

use crate::check::{Conflict, Draft, Report, Scene, Tolerance, ZoneContext, ZoneCrossing};
use crate::{Parameter, Parameters};

pub(super) const ID: &str = "GEO-03";

/// Share of either area below which two zones cannot be one: borders within W_min of each other enclose nearly the
/// same, unless the zones are hardly wider than W_min.
const HALF: f64 = 0.5;

/// One finding per unordered pair of zones that overlap by the pack's share of their union, or whose borders are
/// nowhere further apart than W_min.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.geo_03 else { return };
    for crossing in &context.zones {
        let other = crossing.entry;
        if scene.pair_key(context.entry) >= scene.pair_key(other) || !scene.pack.judges(other.zone.state) {
            continue;
        }
        let tolerance = scene.tolerance(context.entry.scale, other.scale);
        let union_m2 = context.area_m2 + crossing.other_area_m2 - crossing.area_m2;
        let iou = if union_m2 > 0.0 { crossing.area_m2 / union_m2 } else { 0.0 };
        if iou < rule.min_iou && !borders_agree(context, crossing, iou, tolerance) {
            continue;
        }
        let parameters = Parameters::new()
            .name("zone", &context.zone().name)
            .name("other", &other.zone.name)
            .with("p", Parameter::Number(iou * 100.0));
        report.add(
            scene,
            Draft {
                other: Some(scene.other_zone(other)),
                region: Some(crossing.shape.region().clone()),
                conflict: Some(Conflict { share: None, tolerance }),
                ..Draft::of_zone(ID, rule.severity, parameters, context)
            },
        );
    }
}

/// Whether the borders are nowhere further apart than W_min.
fn borders_agree(
    context: &ZoneContext<'_>,
    crossing: &ZoneCrossing<'_>,
    iou: f64,
    tolerance: Tolerance,
) -> bool {
    let surroundings = &context.surroundings;
    let shapes = || Some((surroundings.shape()?, surroundings.zone_shape(crossing.near)?));
    iou >= HALF
        && shapes().is_some_and(|(own, other)| {
            // The vertices alone are quick and never further apart than the lines.
            let apart_m = || own.hausdorff(&other, tolerance.w_min_m / 100.0).distance_m;
            own.hausdorff_of_vertices(&other).distance_m <= tolerance.w_min_m
                && apart_m() <= tolerance.w_min_m
        })
}
