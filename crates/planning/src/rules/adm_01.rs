//! ADM-01, beyond the province: a part of a zone lies in another province, or in none. Provinces are their communes
//! put together: their own outlines are coarser lines, off by 150 m and more.

use std::collections::BTreeMap;

use spatial::Region;

use super::adm_04::enclosed_gaps;
use crate::check::{Communes, Conflict, Crossing, Draft, Report, Scene, Tolerance, ZoneContext, split};
use crate::register::commune_province;
use crate::{FixAction, Parameter, Parameters};

pub(super) const ID: &str = "ADM-01";

/// One finding per zone and other province, and one for land in no commune at all.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(communes) = &context.communes else { return };
    let mut provinces: BTreeMap<String, Vec<&Crossing<'_>>> = BTreeMap::new();
    for crossing in &communes.list {
        let Some(key) = scene.province_key(commune_province(crossing.feature)) else { continue };
        provinces.entry(key).or_default().push(crossing);
    }
    let Some(own) = own_province(context, communes, scene, &provinces, report) else { return };
    for (_, crossings) in provinces.iter().filter(|(key, _)| **key != own) {
        let region = Region::union(crossings.iter().map(|crossing| crossing.shape.region()));
        let tolerance = tolerance(context, crossings.iter().copied(), scene);
        let name = crossings.first().map(|crossing| province_name(crossing, scene)).unwrap_or_default();
        tell(context, scene, report, "message", &name, &region, tolerance);
    }
    let regions = communes.list.iter().map(|crossing| crossing.shape.region());
    let nowhere = context.region.uncovered_by(regions).difference(&enclosed_gaps(context, communes, scene));
    let tolerance = tolerance(context, communes.list.iter(), scene);
    tell(context, scene, report, "message_nowhere", "", &nowhere, tolerance);
}

/// The province that the zone names; of one that names none, the one that holds most of it. `None` where nothing can
/// be said: no commune gives its province, or none of the zone's province is in the layer.
fn own_province(
    context: &ZoneContext<'_>,
    communes: &Communes<'_>,
    scene: &Scene<'_>,
    provinces: &BTreeMap<String, Vec<&Crossing<'_>>>,
    report: &mut Report,
) -> Option<String> {
    if let Some(named) = &context.zone().province {
        let key = scene.province_key((None, Some(named.clone())))?;
        if communes.index.provinces.contains(&key) {
            return Some(key);
        }
        let parameters = Parameters::new().name("province", named);
        report.skip(scene, ID, Some(&context.zone().id), "province_not_in_layer", &parameters);
        return None;
    }
    let area_m2 =
        |crossings: &Vec<&Crossing<'_>>| crossings.iter().map(|c| c.area_m2).fold(0.0, std::ops::Add::add);
    let largest = provinces.iter().max_by(|(_, a), (_, b)| area_m2(a).total_cmp(&area_m2(b)));
    largest.map(|(key, _)| key.clone())
}

fn province_name(crossing: &Crossing<'_>, scene: &Scene<'_>) -> String {
    let (code, name) = commune_province(crossing.feature);
    let listed = || scene.provinces.today(code.as_deref()?).map(str::to_owned);
    name.or_else(listed).or_else(|| code.clone()).unwrap_or_default()
}

/// The zone against the coarsest of the communes that are named.
fn tolerance<'a>(
    context: &ZoneContext<'_>,
    crossings: impl Iterator<Item = &'a Crossing<'a>>,
    scene: &Scene<'_>,
) -> Tolerance {
    let all = crossings.map(|crossing| scene.tolerance(context.entry.scale, crossing.scale));
    all.reduce(Tolerance::coarser).unwrap_or_else(|| {
        let scale = context.communes.as_ref().and_then(|communes| communes.index.scale);
        scene.tolerance(context.entry.scale, scale)
    })
}

fn tell(
    context: &ZoneContext<'_>,
    scene: &Scene<'_>,
    report: &mut Report,
    message: &'static str,
    province: &str,
    region: &Region,
    tolerance: Tolerance,
) {
    let split = split(region, tolerance.w_min_m);
    report.slivers(ID, context, province, None, split.slivers);
    let Some(rule) = scene.pack.rules.adm_01.as_ref().filter(|_| !split.wide.is_empty()) else { return };
    let area_m2 = split.wide.area_m2();
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("ha", Parameter::Area(area_m2))
        .name("province", province);
    report.add(
        scene,
        Draft {
            message,
            region: Some(split.wide),
            conflict: Some(Conflict { share: Some(context.share(area_m2)), tolerance }),
            fix: Some(FixAction::CutOff),
            ..Draft::of_zone(ID, rule.severity, parameters, context)
        },
    );
}
