//! GEO-05, wrong central meridian: a zone lies outside the commune that it declares, and would lie in it if its
//! coordinates belonged to another TM-3 zone. Containment in the province proves nothing: of 461 real communes 397
//! stay in their province when they are read by a wrong meridian, and none stays in itself.

use spatial::Crs;
use spatial::crs::{Transformation, supported};
use spatial::distance::{Location, Shape};

use crate::check::{Conflict, Draft, Report, Scene, ZoneContext, commune_key};
use crate::register;
use crate::{Collection, FixAction, Parameters, Role};

pub(super) const ID: &str = "GEO-05";

/// A finding where exactly one of the other 17 meridians puts the zone into a declared commune.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let (Some(rule), Some(communes)) = (&scene.pack.rules.geo_05, &context.communes) else { return };
    let declared = &context.zone().communes;
    let known = declared.iter().any(|code| communes.index.names.contains_key(code));
    if !known || communes.list.iter().any(|crossing| declared.contains(&commune_key(crossing))) {
        return;
    }
    let own = &scene.collections[context.entry.collection].layer.crs;
    if own.tm3_meridian().is_none() {
        return report.skip(scene, ID, Some(&context.zone().id), "not_tm3", &Parameters::new());
    }
    let Some(raw) = raw_point(context, own) else { return };
    let homes = declared_shapes(declared, scene);
    let others = supported().into_iter().filter_map(|one| Crs::from_epsg(one.code).ok());
    let others = others.filter(|crs| crs.tm3_meridian().is_some() && !crs.same_coordinates(own));
    let fitting: Vec<Crs> = others.filter(|crs| homes.iter().any(|home| home.holds(crs, raw))).collect();
    let [right] = fitting.as_slice() else { return };
    let names = declared.iter().filter_map(|code| communes.index.names.get(code)).cloned();
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .name("declared", names.collect::<Vec<_>>().join(", "))
        .name("used", meridian(own))
        .name("cm", meridian(right))
        .name("crs", right.name());
    let tolerance = scene.tolerance(context.entry.scale, communes.index.scale);
    report.add(
        scene,
        Draft {
            region: Some(context.region.clone()),
            conflict: Some(Conflict { share: None, tolerance }),
            fix: Some(FixAction::ReadAs { from: own.name().to_owned(), to: right.name().to_owned() }),
            ..Draft::of_zone(ID, rule.severity, parameters, context)
        },
    );
}

/// A point inside the zone in the coordinates of its file.
fn raw_point(context: &ZoneContext<'_>, own: &Crs) -> Option<[f64; 2]> {
    Transformation::new(context.crs(), own).ok()?.point(context.region.inner_point()?)
}

/// A declared commune in its own coordinates.
struct Home<'a> {
    shape: Shape,
    crs: &'a Crs,
}

impl Home<'_> {
    /// Whether a point, read in this CRS, lies in it.
    fn holds(&self, crs: &Crs, raw: [f64; 2]) -> bool {
        let moved = Transformation::new(crs, self.crs).ok().and_then(|to_own| to_own.point(raw));
        moved.is_some_and(|point| self.shape.locate(point) != Location::Exterior)
    }
}

fn declared_shapes<'a>(declared: &[String], scene: &Scene<'a>) -> Vec<Home<'a>> {
    let of = |collection: &'a Collection| {
        let meant =
            collection.layer.features.iter().filter(|one| declared.contains(&register::commune_key(one)));
        let shapes = meant.filter_map(|feature| Shape::new(feature.geometry.as_ref()?));
        shapes.map(|shape| Home { shape, crs: &collection.layer.crs })
    };
    scene.collections.iter().filter(|one| one.info.role == Role::Admin).flat_map(of).collect()
}

/// `107°15′`.
fn meridian(crs: &Crs) -> String {
    let minutes = crs.tm3_meridian().map_or(0.0, |degrees| (degrees * 60.0).round());
    format!("{}°{:02}′", (minutes / 60.0).floor(), minutes % 60.0)
}
