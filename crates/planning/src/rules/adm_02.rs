//! ADM-02, outside the declared communes: less of a zone than the pack asks for lies where it says it does.

use spatial::Region;

use super::adm_03::{communes_text, table};
use crate::check::{
    Communes, Conflict, Crossing, Draft, Report, Scene, Tolerance, ZoneContext, commune_key, split,
};
use crate::{FixAction, Parameter, Parameters, TableLine};

pub(super) const ID: &str = "ADM-02";

/// One finding per zone, with the area in each commune that it does not declare.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let (Some(rule), Some(communes)) = (&scene.pack.rules.adm_02, &context.communes) else { return };
    if known_communes(context, communes, scene, report) == 0 {
        return;
    }
    let (inside, others): (Vec<&Crossing<'_>>, Vec<&Crossing<'_>>) =
        communes.list.iter().partition(|crossing| context.zone().communes.contains(&commune_key(crossing)));
    let outside =
        context.region.difference(&Region::union(inside.iter().map(|crossing| crossing.shape.region())));
    if 1.0 - context.share(outside.area_m2()) >= rule.min_share_inside {
        return;
    }
    let tolerance = tolerance(context, communes, scene);
    let split = split(&outside, tolerance.w_min_m);
    for sliver in split.slivers {
        let holder = holder(&others, &sliver);
        report.slivers(ID, context, &holder, None, vec![sliver]);
    }
    if split.wide.is_empty() {
        return;
    }
    let parts = others.iter().map(|crossing| (*crossing, wide_part(crossing, &split.wide, tolerance)));
    let table = table(parts.filter(|(_, region)| !region.is_empty()));
    let area_m2 = split.wide.area_m2();
    let share = context.share(area_m2);
    let parameters = parameters(context, communes, scene, area_m2, &table);
    let parameters = parameters.with("p", Parameter::Number(share * 100.0));
    report.add(
        scene,
        Draft {
            message: if table.is_empty() { "message_nowhere" } else { "message" },
            table,
            region: Some(split.wide),
            conflict: Some(Conflict { share: Some(share), tolerance }),
            fix: Some(FixAction::CutOff),
            ..Draft::of_zone(ID, rule.severity, parameters, context)
        },
    );
}

/// What of the outside lies in a commune, slivers left out: neighbours that merely touch are not named.
fn wide_part(crossing: &Crossing<'_>, outside: &Region, tolerance: Tolerance) -> Region {
    split(&crossing.shape.region().intersection(outside), tolerance.w_min_m).wide
}

/// The commune that holds most of a sliver; empty where none does.
fn holder(others: &[&Crossing<'_>], sliver: &Region) -> String {
    let shares =
        others.iter().map(|crossing| (crossing.shape.region().intersection(sliver).area_m2(), crossing));
    let largest = shares.filter(|(area_m2, _)| *area_m2 > 0.0).max_by(|(a, _), (b, _)| a.total_cmp(b));
    largest.map(|(_, crossing)| crossing.id()).unwrap_or_default()
}

/// How many of the declared communes the layer has; the others are noted.
fn known_communes(
    context: &ZoneContext<'_>,
    communes: &Communes<'_>,
    scene: &Scene<'_>,
    report: &mut Report,
) -> usize {
    let mut known = 0;
    for code in &context.zone().communes {
        if communes.index.names.contains_key(code) {
            known += 1;
        } else {
            let parameters = Parameters::new().name("code", code);
            report.skip(scene, ID, Some(&context.zone().id), "commune_unknown", &parameters);
        }
    }
    known
}

/// The reference is the border of the communes around; the coarsest of them counts.
fn tolerance(context: &ZoneContext<'_>, communes: &Communes<'_>, scene: &Scene<'_>) -> Tolerance {
    let all = communes.list.iter().map(|crossing| scene.tolerance(context.entry.scale, crossing.scale));
    all.reduce(Tolerance::coarser)
        .unwrap_or_else(|| scene.tolerance(context.entry.scale, communes.index.scale))
}

fn parameters(
    context: &ZoneContext<'_>,
    communes: &Communes<'_>,
    scene: &Scene<'_>,
    area_m2: f64,
    table: &[TableLine],
) -> Parameters {
    let name = |code: &String| communes.index.names.get(code).unwrap_or(code).clone();
    let declared: Vec<String> = context.zone().communes.iter().map(name).collect();
    Parameters::new()
        .name("zone", &context.zone().name)
        .name("declared", declared.join(", "))
        .with("ha", Parameter::Area(area_m2))
        .with("where", Parameter::Words(communes_text(scene, table)))
}
