//! GEO-02, ring not closed: the last point of a coordinate list is not its first. Geometry types close every ring, so
//! only the reader of a list knows; it leaves the distance with the feature (`closing_gap_m`).

use crate::check::{Draft, LayerContext, Report, Scene};
use crate::register::closing_gap_m;
use crate::{FixAction, Parameter, Parameters};

pub(super) const ID: &str = "GEO-02";

/// One finding per feature whose ring was open by more than the tolerance.
pub(super) fn judge(context: &LayerContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.geo_02 else { return };
    for (at, feature) in context.collection.layer.features.iter().enumerate() {
        let Some(gap_m) = closing_gap_m(feature).filter(|gap_m| *gap_m > rule.tolerance_m) else { continue };
        let owner = context.owner(feature, scene);
        let parameters = Parameters::new()
            .name("feature", &owner.name)
            .with("d", Parameter::Number(gap_m))
            .with("tolerance", Parameter::Number(rule.tolerance_m));
        report.add(
            scene,
            Draft {
                zone: owner.zone,
                other: owner.other,
                place: context.place_of(at),
                fix: Some(FixAction::CloseRing),
                ..Draft::new(ID, rule.severity, parameters, context.crs())
            },
        );
    }
}
