//! GEO-01, invalid geometry: a feature of any collection is not valid in the sense of OGC Simple Features.

use spatial::Prepared;
use spatial::repair::Changes;
use spatial::validity::{Problem, ProblemKind};

use crate::check::{Draft, Owner, Report, Scene};
use crate::{FixAction, Parameter, Parameters, Text};

pub(crate) const ID: &str = "GEO-01";

/// What a repair changes is said from here on, m²: less is written as 0,00.
const SAID_FROM_M2: f64 = 0.005;

/// One finding per feature, at its first problem; repeated vertices and missing geometry are none.
pub(crate) fn judge(
    prepared: &Prepared,
    at: usize,
    owner: impl FnOnce() -> Owner,
    scene: &Scene<'_>,
    report: &mut Report,
) {
    let Some(rule) = &scene.pack.rules.geo_01 else { return };
    let problems: Vec<&Problem> =
        prepared.features[at].problems.iter().filter(|problem| problem.kind.is_invalid()).collect();
    let placed = problems.iter().find(|problem| problem.place.is_some());
    let Some(first) = placed.or(problems.first()) else { return };
    let owner = owner();
    let repair = prepared.features[at].repair.as_ref();
    let (message, parameters) = message(first, problems.len() - 1, owner.name, scene);
    let parameters = with_repair(parameters, repair, scene);
    report.add(
        scene,
        Draft {
            message,
            zone: owner.zone,
            other: owner.other,
            region: prepared.region(at),
            place: first.place,
            fix: repair.map(|_| FixAction::ReplaceOutline),
            ..Draft::new(ID, rule.severity, parameters, &prepared.crs)
        },
    );
}

fn message(first: &Problem, more: usize, feature: String, scene: &Scene<'_>) -> (&'static str, Parameters) {
    let parameters = Parameters::new()
        .name("feature", feature)
        .with("problem", Parameter::Words(problem_name(first.kind, scene)))
        .name("kind", problem_key(first.kind))
        .with("more", Parameter::Count(more as u64));
    let Some([easting, northing]) = first.place else { return ("message_unplaced", parameters) };
    // X is the northing on Vietnamese coordinate lists.
    let parameters = parameters
        .with("northing", Parameter::Coordinate(northing))
        .with("easting", Parameter::Coordinate(easting));
    (if more > 0 { "message_more" } else { "message" }, parameters)
}

/// What `repair` says behind the message is empty where the repair leaves no area in doubt.
fn with_repair(parameters: Parameters, repair: Option<&Changes>, scene: &Scene<'_>) -> Parameters {
    let Some(repair) = repair else { return parameters.with("repair", Parameter::Words(Text::default())) };
    let changed = Parameters::new()
        .with(
            "method",
            Parameter::Words(scene.messages.text(&format!("repairs.{}", repair.method), &Parameters::new())),
        )
        .with("added", Parameter::Number(repair.added_m2))
        .with("removed", Parameter::Number(repair.removed_m2));
    let in_doubt = repair.added_m2 + repair.removed_m2 >= SAID_FROM_M2;
    let words = if in_doubt { scene.messages.text("phrases.repaired", &changed) } else { Text::default() };
    parameters
        .with("repair", Parameter::Words(words))
        .name("repair_method", repair.method.name())
        .with("added_m2", Parameter::Number(repair.added_m2))
        .with("removed_m2", Parameter::Number(repair.removed_m2))
}

fn problem_name(kind: ProblemKind, scene: &Scene<'_>) -> Text {
    scene.messages.text(&format!("problems.{}", problem_key(kind)), &Parameters::new())
}

/// The key of a problem among the messages, which is also its name on the wire.
fn problem_key(kind: ProblemKind) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
