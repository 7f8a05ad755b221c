//! GEO-04, swapped axes: northing first, or latitude first. In Viet Nam the ranges of the two do not meet, so their
//! size alone is proof. A file that is swapped as a whole is refused when it is read; single features are not.

use geo::CoordsIter;
use geo_types::{Coord, Geometry};

use crate::check::{Draft, LayerContext, Report, Scene};
use crate::{AxisRule, FixAction, Parameter, Parameters};

pub(super) const ID: &str = "GEO-04";

/// One finding per feature of which every vertex is swapped, at the place where it belongs.
pub(super) fn judge(context: &LayerContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.geo_04 else { return };
    let is_geographic = context.crs().is_geographic();
    if !is_geographic && !is_vietnamese(context) {
        return;
    }
    for (at, feature) in context.collection.layer.features.iter().enumerate() {
        if !feature.geometry.as_ref().is_some_and(|geometry| is_swapped(geometry, rule, is_geographic)) {
            continue;
        }
        let owner = context.owner(feature, scene);
        let [x, y] = context.place_of(at).unwrap_or_default();
        let parameters = Parameters::new()
            .name("feature", &owner.name)
            .with("first", Parameter::Coordinate(x))
            .with("second", Parameter::Coordinate(y));
        report.add(
            scene,
            Draft {
                zone: owner.zone,
                other: owner.other,
                place: Some([y, x]),
                fix: Some(FixAction::SwapAxes),
                ..Draft::new(ID, rule.severity, parameters, context.crs())
            },
        );
    }
}

/// The planes of VN-2000 and UTM over the country; elsewhere northings may be small.
fn is_vietnamese(context: &LayerContext<'_>) -> bool {
    let crs = context.crs();
    crs.tm3_meridian().is_some() || matches!(crs.epsg(), Some(3405 | 3406 | 32648 | 32649))
}

fn is_swapped(geometry: &Geometry<f64>, rule: &AxisRule, is_geographic: bool) -> bool {
    let within = |value: f64, [low, high]: [f64; 2]| (low..=high).contains(&value);
    let swapped = |Coord { x, y }: Coord<f64>| {
        if is_geographic {
            within(x, rule.latitude) && within(y, rule.longitude)
        } else {
            x > rule.limit_m && y < rule.limit_m
        }
    };
    geometry.coords_count() > 0 && geometry.coords_iter().all(swapped)
}
