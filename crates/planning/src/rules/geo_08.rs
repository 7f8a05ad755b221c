//! GEO-08, several parts or holes: a zone is not one closed outline.

use crate::check::{Draft, Report, Scene, ZoneContext};
use crate::{Parameter, Parameters};

pub(super) const ID: &str = "GEO-08";

/// One finding per zone of more than one part, or with holes.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.geo_08 else { return };
    let polygons = context.region.to_multi_polygon();
    let holes: usize = polygons.iter().map(|polygon| polygon.interiors().len()).sum();
    let parts = polygons.0.len();
    if parts < 2 && holes == 0 {
        return;
    }
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("n", Parameter::Count(parts as u64))
        .with("holes", Parameter::Count(holes as u64));
    let region = Some(context.region.clone());
    report.add(scene, Draft { region, ..Draft::of_zone(ID, rule.severity, parameters, context) });
}
