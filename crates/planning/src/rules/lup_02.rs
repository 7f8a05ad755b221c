//! LUP-02, planned for zones, but in none: land that the plan keeps for parks or clusters and that no zone covers.

use spatial::Region;

use crate::check::{Conflict, Draft, PlanContext, Report, Scene, Tolerance, split};
use crate::register::{full_name, parcel_codes};
use crate::{OtherFeature, Parameter, Parameters, Role, ZoneKind, feature_id, feature_scale};

pub(crate) const ID: &str = "LUP-02";

/// A finding where a plan parcel has parts outside every living zone of the kinds that its code is meant for.
pub(crate) fn judge(context: &PlanContext<'_>, parcel: usize, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.lup_02 else { return };
    let feature = context.parcel(parcel);
    let codes = parcel_codes(feature, Role::LandUsePlan);
    let kinds: Vec<ZoneKind> =
        codes.iter().filter_map(|code| rule.kinds.get(code)).flatten().copied().collect();
    let region = if kinds.is_empty() { None } else { context.prepared().region(parcel) };
    let Some(region) = region else { return };
    let (uncovered, tolerance) = uncovered(context, scene, parcel, &region, &kinds);
    // A border strip belongs to the zone beside it or to nobody; what is told apart is land.
    let wide = split(&uncovered, tolerance.w_min_m).wide;
    if wide.is_empty() {
        return;
    }
    let area_m2 = wide.area_m2();
    let id = feature_id(feature, Role::LandUsePlan);
    let parameters = Parameters::new()
        .with("ha", Parameter::Area(area_m2))
        .name("code", codes.join("+"))
        .name("parcel", &id);
    let other = OtherFeature {
        collection: context.plan.info.id.clone(),
        id,
        name: full_name(feature),
        code: Some(codes.join("+")),
    };
    let share = area_m2 / region.area_m2();
    let draft = Draft {
        other: Some(other),
        codes,
        region: Some(wide),
        conflict: Some(Conflict { share: Some(share), tolerance }),
        ..Draft::new(ID, rule.severity, parameters, context.crs())
    };
    report.add(scene, draft);
}

/// What of a parcel no zone covers, and the coarsest tolerance among those that touch it.
fn uncovered(
    context: &PlanContext<'_>,
    scene: &Scene<'_>,
    parcel: usize,
    region: &Region,
    kinds: &[ZoneKind],
) -> (Region, Tolerance) {
    let scale = feature_scale(context.parcel(parcel)).or(context.plan.info.scale);
    let mut tolerance: Option<Tolerance> = None;
    let mut covers = Vec::new();
    for (at, entry) in context.zones_near(parcel) {
        let fits = entry.zone.kind.is_some_and(|kind| kinds.contains(&kind));
        if fits && scene.pack.judges(entry.zone.state) {
            let own = scene.tolerance(entry.scale, scale);
            tolerance = Some(tolerance.map_or(own, |other| other.coarser(own)));
            covers.extend(context.zone_layer().region(at));
        }
    }
    let tolerance = tolerance.unwrap_or_else(|| scene.tolerance(scale, scale));
    (region.uncovered_by(&covers), tolerance)
}
