//! ENV-02, green belt: the belt of a zone is narrower than it must be.

use spatial::Region;

use crate::check::{Conflict, Draft, Report, Scene, ZoneContext};
use crate::{Parameter, Parameters, Theme};

pub(super) const ID: &str = "ENV-02";

/// Widths are compared to the centimetre of a drawing.
const DRAWN_M: f64 = 0.005;

/// One finding per part of the belt in the zone that is too narrow; a zone of a kind that must have a belt and has
/// none drawn is noted.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.env_02 else { return };
    let must_have = context.zone().kind.is_some_and(|kind| rule.kinds.contains(&kind));
    if !must_have || !scene.has_theme(Theme::GreenBelt) {
        return;
    }
    let mut drawn = false;
    for crossing in context.themed(Theme::GreenBelt) {
        drawn = true;
        let tolerance = scene.tolerance(context.entry.scale, crossing.scale);
        for part in crossing.shape.region().parts() {
            let width_m = width_m(&part);
            if width_m + DRAWN_M >= rule.min_width_m {
                continue;
            }
            let parameters = Parameters::new()
                .name("zone", &context.zone().name)
                .with("width", Parameter::Number(width_m))
                .with("limit", Parameter::Number(rule.min_width_m));
            report.add(
                scene,
                Draft {
                    other: Some(crossing.other()),
                    region: Some(part),
                    conflict: Some(Conflict { share: None, tolerance }),
                    ..Draft::of_zone(ID, rule.severity, parameters, context)
                },
            );
        }
    }
    if !drawn {
        report.skip(scene, ID, Some(&context.zone().id), "no_belt_drawn", &Parameters::new());
    }
}

/// Width of a belt: of one closed around something, 2A/P over both its rings, which is exact for a band of one width;
/// of an open strip the width of the rectangle of equal area and perimeter, P/4 − √(P²/16 − A).
fn width_m(part: &Region) -> f64 {
    let is_closed = part.to_multi_polygon().iter().any(|polygon| !polygon.interiors().is_empty());
    let quarter_m = part.perimeter_m() / 4.0;
    let root = quarter_m * quarter_m - part.area_m2();
    // A square or a disc has no longer side.
    if is_closed || root <= 0.0 { part.mean_width_m() } else { quarter_m - root.sqrt() }
}
