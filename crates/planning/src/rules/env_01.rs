//! ENV-01, safety distance: people live, learn or are healed nearer to a zone than its class of works allows.

use crate::check::{Conflict, Draft, Nearby, Report, Scene, ZoneContext};
use crate::{Parameter, Parameters};

pub(super) const ID: &str = "ENV-01";

/// One finding per zone, at the nearest such parcel outside it or touching it; homes inside are LUP-07's. A zone
/// that gives no class is judged by the pack's, more mildly, and the message says so.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.env_01 else { return };
    if context.zone().kind.is_some_and(|kind| rule.kinds_left_out.contains(&kind)) {
        return;
    }
    let given = context.zone().environment_class.as_ref().map(|class| class.trim().to_owned());
    let known = given.as_deref().and_then(|class| rule.distance_m(class));
    if let (Some(class), None) = (&given, known) {
        let parameters = Parameters::new().name("class", class);
        report.skip(scene, ID, Some(&context.zone().id), "unknown_class", &parameters);
    }
    let class = given.filter(|_| known.is_some()).unwrap_or_else(|| rule.default_class.clone());
    let Some(limit_m) = rule.distance_m(&class) else { return };
    let lived_on = |codes: &[String]| codes.iter().any(|code| rule.codes.contains(code)).then_some(limit_m);
    let near = context.surroundings.land_use(limit_m, &lived_on);
    let Some(nearest) = near.into_iter().min_by(Nearby::nearest_first) else { return };
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("d", Parameter::Number(nearest.separation.distance_m))
        .with("limit", Parameter::Number(limit_m))
        .name("class", class)
        .name("other", nearest.called());
    let (severity, message) = match known {
        Some(_) => (rule.severity, "message"),
        None => (rule.assumed_severity, "message_assumed"),
    };
    let tolerance = scene.tolerance(context.entry.scale, nearest.scale);
    report.add(
        scene,
        Draft {
            message,
            other: Some(nearest.other()),
            codes: nearest.codes(),
            place: Some(nearest.separation.on_reference),
            conflict: Some(Conflict { share: None, tolerance }),
            ..Draft::of_zone(ID, severity, parameters, context)
        },
    );
}
