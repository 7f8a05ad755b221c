//! ADM-03, spans communes: a zone lies in more than one.

use std::collections::BTreeMap;

use spatial::Region;

use crate::check::{
    Conflict, Crossing, Draft, Report, Scene, Tolerance, ZoneContext, commune_key, commune_name, split,
};
use crate::{Parameter, Parameters, TableLine, Text};

pub(super) const ID: &str = "ADM-03";

/// One finding per zone with parts that are not slivers in more than one commune.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let (Some(rule), Some(communes)) = (&scene.pack.rules.adm_03, &context.communes) else { return };
    let mut parts: Vec<(&Crossing<'_>, Region)> = Vec::new();
    let mut tolerance: Option<Tolerance> = None;
    for crossing in &communes.list {
        let own = scene.tolerance(context.entry.scale, crossing.scale);
        let split = split(crossing.shape.region(), own.w_min_m);
        report.slivers_with(ID, context, crossing, split.slivers);
        if !split.wide.is_empty() {
            tolerance = Some(tolerance.map_or(own, |other| other.coarser(own)));
            parts.push((crossing, split.wide));
        }
    }
    let region = Region::union(parts.iter().map(|(_, region)| region));
    let table = table(parts.into_iter());
    let Some(tolerance) = tolerance.filter(|_| table.len() > 1) else { return };
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("n", Parameter::Count(table.len() as u64))
        .with("where", Parameter::Words(communes_text(scene, &table)));
    report.add(
        scene,
        Draft {
            table,
            conflict: Some(Conflict { share: Some(context.share(region.area_m2())), tolerance }),
            region: Some(region),
            ..Draft::of_zone(ID, rule.severity, parameters, context)
        },
    );
}

/// Area per commune, largest first.
pub(super) fn table<'a>(parts: impl Iterator<Item = (&'a Crossing<'a>, Region)>) -> Vec<TableLine> {
    let mut lines: BTreeMap<String, TableLine> = BTreeMap::new();
    for (crossing, region) in parts {
        let line = lines.entry(commune_key(crossing)).or_insert_with_key(|key| TableLine {
            key: key.clone(),
            name: Some(commune_name(crossing)),
            area_m2: 0.0,
        });
        line.area_m2 += region.area_m2();
    }
    let mut lines: Vec<TableLine> = lines.into_values().collect();
    lines.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
    lines
}

/// The table in words: "Xã A 12,30 ha, Xã B 3,00 ha".
pub(super) fn communes_text(scene: &Scene<'_>, table: &[TableLine]) -> Text {
    let line = |line: &TableLine| {
        let parameters = Parameters::new()
            .name("name", line.name.as_deref().unwrap_or(&line.key))
            .with("ha", Parameter::Area(line.area_m2));
        scene.messages.text("phrases.commune_area", &parameters)
    };
    let lines: Vec<Text> = table.iter().map(line).collect();
    let joined = |one: fn(&Text) -> &str| lines.iter().map(one).collect::<Vec<_>>().join(", ");
    Text { vi: joined(|text| &text.vi), en: joined(|text| &text.en) }
}
