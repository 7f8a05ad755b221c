//! ADM-04, communes overlap or leave a gap: the borders of communes disagree inside a zone.

use std::collections::BTreeMap;

use geo_types::{MultiPolygon, Polygon};
use spatial::{FillRule, Region};

use super::adm_03::table;
use crate::check::{
    Communes, Conflict, Crossing, Draft, Report, Scene, Tolerance, ZoneContext, commune_key, commune_name,
    split,
};
use crate::{Parameter, Parameters, TableLine};

pub(super) const ID: &str = "ADM-04";

/// One finding per set of communes that all claim some land of the zone, and one for what lies between communes and
/// belongs to none.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(communes) = &context.communes else { return };
    let tolerance = between_communes(communes, scene);
    let claims = claims(context, communes, tolerance, report);
    for (claimants, region) in claims {
        let crossings = claimants.iter().map(|at| &communes.list[*at]);
        let parts = crossings.map(|crossing| (crossing, crossing.shape.region().intersection(&region)));
        let table = table(parts);
        add(context, scene, report, "message", Found { region, table, tolerance });
    }
    let gaps = split(&enclosed_gaps(context, communes, scene), tolerance.w_min_m);
    report.slivers(ID, context, "", None, gaps.slivers);
    if !gaps.wide.is_empty() {
        add(context, scene, report, "message_gap", Found { region: gaps.wide, table: Vec::new(), tolerance });
    }
}

struct Found {
    region: Region,
    table: Vec<TableLine>,
    tolerance: Tolerance,
}

fn add(
    context: &ZoneContext<'_>,
    scene: &Scene<'_>,
    report: &mut Report,
    message: &'static str,
    found: Found,
) {
    let Some(rule) = &scene.pack.rules.adm_04 else { return };
    let Found { region, table, tolerance } = found;
    let area_m2 = region.area_m2();
    let names: Vec<&str> = table.iter().map(|line| line.name.as_deref().unwrap_or(&line.key)).collect();
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("ha", Parameter::Area(area_m2))
        .with("n", Parameter::Count(table.len() as u64))
        .name("communes", names.join(", "));
    report.add(
        scene,
        Draft {
            message,
            table,
            region: Some(region),
            conflict: Some(Conflict { share: Some(context.share(area_m2)), tolerance }),
            ..Draft::of_zone(ID, rule.severity, parameters, context)
        },
    );
}

/// Land that more than one commune claims, by who claims it. Each connected part is given to all communes that claim
/// more than a sliver of it.
fn claims(
    context: &ZoneContext<'_>,
    communes: &Communes<'_>,
    tolerance: Tolerance,
    report: &mut Report,
) -> BTreeMap<Vec<usize>, Region> {
    let regions = communes.list.iter().map(|crossing| crossing.shape.region());
    let (_, twice) = Region::covered_more_than_once(regions);
    let mut claims: BTreeMap<Vec<usize>, Vec<Region>> = BTreeMap::new();
    for part in twice.parts() {
        if part.mean_width_m() < tolerance.w_min_m {
            let names = claimants(communes, &part, 0.0);
            let other = names.iter().map(|at| commune_key(&communes.list[*at])).collect::<Vec<_>>().join("+");
            report.slivers(ID, context, &other, None, vec![part]);
        } else {
            claims.entry(claimants(communes, &part, tolerance.w_min_m)).or_default().push(part);
        }
    }
    claims.into_iter().map(|(claimants, parts)| (claimants, Region::union(&parts))).collect()
}

/// The communes that hold some of a part as wide as this, in the order of their names.
fn claimants(communes: &Communes<'_>, part: &Region, w_min_m: f64) -> Vec<usize> {
    let holds = |crossing: &Crossing<'_>| {
        let shared = crossing.shape.region().intersection(part);
        !shared.is_empty() && !split(&shared, w_min_m).wide.is_empty()
    };
    let mut found: Vec<usize> = (0..communes.list.len()).filter(|at| holds(&communes.list[*at])).collect();
    found.sort_by_cached_key(|at| (commune_name(&communes.list[*at]), commune_key(&communes.list[*at])));
    found
}

/// Land of the zone that no commune holds and that communes enclose: not the world outside the layer. Communes that
/// close a gap beyond the reach of the pack are not looked at; such a gap is open here.
pub(super) fn enclosed_gaps(context: &ZoneContext<'_>, communes: &Communes<'_>, scene: &Scene<'_>) -> Region {
    let uncovered = context.region.uncovered_by(communes.list.iter().map(|crossing| crossing.shape.region()));
    let place = context.surroundings.place(scene.pack.reach_m());
    let Some(place) = place.filter(|_| !uncovered.is_empty()) else {
        return Region::default();
    };
    let near = |layer: &'_ spatial::Prepared| -> Vec<Region> {
        layer.candidates(&place).into_iter().filter_map(|at| layer.region(at)).collect()
    };
    let whole: Vec<Region> = context.surroundings.communes().flat_map(near).collect();
    let outline = Region::union(&whole).to_multi_polygon();
    let holes = outline.0.into_iter().flat_map(|polygon| polygon.into_inner().1);
    let holes = MultiPolygon(holes.map(|ring| Polygon::new(ring, Vec::new())).collect());
    Region::from_multi_polygon(&holes, FillRule::EvenOdd).intersection(&uncovered)
}

/// Two maps of communes are compared, the zone's own has no part in it.
fn between_communes(communes: &Communes<'_>, scene: &Scene<'_>) -> Tolerance {
    let all = communes.list.iter().map(|crossing| scene.tolerance(crossing.scale, crossing.scale));
    all.reduce(Tolerance::coarser)
        .unwrap_or_else(|| scene.tolerance(communes.index.scale, communes.index.scale))
}
