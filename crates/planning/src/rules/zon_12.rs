//! ZON-12, an industrial project outside every zone: one of the register that says so of itself, or one of a collection
//! whose point or land lies outside.

use geo_types::Geometry;
use spatial::crs::Transformation;
use spatial::{Feature, Region};

use crate::check::{Conflict, Draft, PlanContext, RegisterContext, Report, Scene, Subject, Tolerance, split};
use crate::register::full_name;
use crate::{
    OtherFeature, Parameter, Parameters, ProjectPlace, ProjectStatus, Role, Severity, feature_id,
    feature_scale,
};

pub(crate) const ID: &str = "ZON-12";

/// The status of a project whose licence was withdrawn, as collections write it.
const REVOKED: &str = "revoked";

/// One finding per project of the pack's sectors that lies outside; where nobody says where it lies, that is said.
pub(crate) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.zon_12 else { return };
    for project in context.register.projects.iter().filter(|one| one.status != ProjectStatus::Revoked) {
        let Some(sector) = &project.sector else {
            context.skip(report, ID, Some(&project.id), "sector_unknown");
            continue;
        };
        if project.zone.is_some() || !rule.sectors.contains(sector) {
            continue;
        }
        match project.place {
            Some(ProjectPlace::InZone) => {}
            None => context.skip(report, ID, Some(&project.id), "place_unknown"),
            Some(ProjectPlace::Outside) => {
                let parameters = Parameters::new().name("project", &project.name).name(
                    "where",
                    project.units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join(", "),
                );
                let message = if project.units.is_empty() { "message" } else { "message_where" };
                let subject = Subject::Record(&project.id, &project.name);
                context.add(report, ID, rule.severity, (message, parameters), subject);
            }
        }
    }
}

/// One finding per feature of the pack's sectors with a point outside every living zone, or with land outside that is
/// wider than W_min.
pub(crate) fn judge_collection(context: &PlanContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.zon_12 else { return };
    for (at, feature) in context.parcels() {
        let id = feature_id(feature, Role::Constraint);
        let revoked = feature.text("status").is_some_and(|status| status.eq_ignore_ascii_case(REVOKED));
        let Some(sector) = feature.text("sector").filter(|_| !revoked) else {
            if !revoked {
                report.skip(scene, ID, Some(&id), "sector_unknown", &Parameters::new());
            }
            continue;
        };
        if rule.sectors.contains(&sector) {
            judge_feature(context, scene, (at, feature, id), rule.severity, report);
        }
    }
}

fn judge_feature(
    context: &PlanContext<'_>,
    scene: &Scene<'_>,
    (at, feature, id): (usize, &Feature, String),
    severity: Severity,
    report: &mut Report,
) {
    let info = &context.plan.info;
    let name = full_name(feature);
    let parameters = Parameters::new().name("project", name.clone().unwrap_or_else(|| id.clone()));
    let other = Some(OtherFeature { collection: info.id.clone(), id, name, code: None });
    let draft =
        |parameters| Draft { other: other.clone(), ..Draft::new(ID, severity, parameters, context.crs()) };
    if let Some(region) = context.prepared().region(at) {
        let (outside, tolerance) = outside(context, scene, at, &region);
        if !outside.is_empty() {
            let parameters = parameters.with("ha", Parameter::Area(outside.area_m2()));
            let share = Some(outside.area_m2() / region.area_m2());
            let conflict = Some(Conflict { share, tolerance });
            let draft = draft(parameters);
            report.add(scene, Draft { message: "message_land", region: Some(outside), conflict, ..draft });
        }
        return;
    }
    let lies_outside =
        |place: &[f64; 2]| !context.zones_at(*place).any(|entry| scene.pack.judges(entry.zone.state));
    if let Some(place) = point(context, feature).filter(lies_outside) {
        report.add(scene, Draft { place: Some(place), ..draft(parameters) });
    }
}

/// The wide parts of a project's land that no living zone covers.
fn outside(context: &PlanContext<'_>, scene: &Scene<'_>, at: usize, region: &Region) -> (Region, Tolerance) {
    let feature = context.parcels().nth(at).map(|(_, feature)| feature);
    let scale = feature.and_then(feature_scale).or(context.plan.info.scale);
    let mut tolerance: Option<Tolerance> = None;
    let mut covers = Vec::new();
    for (zone, entry) in context.zones_near(at) {
        if scene.pack.judges(entry.zone.state) {
            let own = scene.tolerance(scale, entry.scale);
            tolerance = Some(tolerance.map_or(own, |other| other.coarser(own)));
            covers.extend(context.zone_layer().region(zone));
        }
    }
    let tolerance = tolerance.unwrap_or_else(|| scene.tolerance(scale, scale));
    (split(&region.uncovered_by(&covers), tolerance.w_min_m).wide, tolerance)
}

/// The point of a feature on the plane of the context.
fn point(context: &PlanContext<'_>, feature: &Feature) -> Option<[f64; 2]> {
    let Some(Geometry::Point(point)) = &feature.geometry else { return None };
    let to_plane = Transformation::new(&context.plan.layer.crs, context.crs()).ok()?;
    to_plane.point([point.x(), point.y()])
}
