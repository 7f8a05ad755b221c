//! ZON-09, a further cluster in a unit whose clusters are neither filled nor nearly leased out.

use std::collections::BTreeMap;

use crate::check::{RegisterContext, Report, Subject};
use crate::pack::EstablishmentRule;
use crate::units::UnitName;
use crate::{Aggregate, Counted, Parameter, Parameters, UnitLevel, ZoneRecord};

pub(super) const ID: &str = "ZON-09";

/// The clusters of one unit together.
#[derive(Default)]
struct Existing<'a> {
    count: f64,
    /// Whether a total told of them.
    by_total: bool,
    industrial_ha: f64,
    leased_ha: f64,
    /// Zones of which an area is not known.
    unknown: Vec<&'a ZoneRecord>,
}

/// One finding per planned cluster in a unit whose existing ones fulfil neither condition. The mean fill rate is that
/// of all their industrial land together; clusters that only a total tells of count by it.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.zon_09 else { return };
    let Some(level) = rule.unit_on(context.date) else { return };
    let existing = existing(context, rule, level);
    for zone in context.register.zones.iter().filter(|zone| rule.kinds.contains(&zone.kind)) {
        if !context.state(zone).is_some_and(|state| rule.planned_states.contains(&state)) {
            continue;
        }
        let Some((key, name)) = unit(zone, level) else {
            context.skip(report, ID, Some(&zone.id), "unit_not_given");
            continue;
        };
        // Where there is none yet, there is no condition.
        let Some(others) = existing.get(&key) else { continue };
        if others.unknown.is_empty() {
            judge_one(zone, &name, others, rule, context, report);
        } else {
            let names: Vec<&str> = others.unknown.iter().map(|zone| zone.name.as_str()).collect();
            let parameters = Parameters::new().name("zones", names.join(", "));
            context.skip_with(report, ID, Some(&zone.id), "existing_fill_unknown", &parameters);
        }
    }
}

fn judge_one(
    zone: &ZoneRecord,
    unit: &str,
    others: &Existing<'_>,
    rule: &EstablishmentRule,
    context: &RegisterContext<'_>,
    report: &mut Report,
) {
    let mean_percent = others.leased_ha / others.industrial_ha * 100.0;
    let unleased_ha = others.industrial_ha - others.leased_ha;
    if mean_percent > rule.min_mean_fill_percent || unleased_ha <= rule.max_unleased_ha {
        return;
    }
    let parameters = Parameters::new()
        .name("zone", &zone.name)
        .name("unit", unit)
        .with("n", Parameter::Count(others.count as u64))
        .with("p", Parameter::Number(mean_percent))
        .with("min", Parameter::Number(rule.min_mean_fill_percent))
        .with("ha", Parameter::Number(unleased_ha))
        .with("max", Parameter::Number(rule.max_unleased_ha));
    context.add(report, ID, rule.severity, ("message", parameters), Subject::Zone(zone));
}

fn existing<'a>(
    context: &RegisterContext<'a>,
    rule: &EstablishmentRule,
    level: UnitLevel,
) -> BTreeMap<String, Existing<'a>> {
    let mut by_unit: BTreeMap<String, Existing<'a>> = BTreeMap::new();
    for zone in context.register.zones.iter().filter(|zone| rule.kinds.contains(&zone.kind)) {
        let exists = context.state(zone).is_some_and(|state| rule.existing_states.contains(&state));
        let Some((key, _)) = unit(zone, level).filter(|_| exists) else { continue };
        let group = by_unit.entry(key).or_default();
        group.count += 1.0;
        match zone.area_on(context.date).and_then(crate::AreaStatement::fill) {
            Some(fill) => {
                group.industrial_ha += fill.denominator_ha.value;
                group.leased_ha += fill.numerator_ha.value;
            }
            None => group.unknown.push(zone),
        }
    }
    for total in totals(context, rule) {
        by_total(total, level, &mut by_unit);
    }
    by_unit
}

/// Totals of existing clusters on the day, the latest last.
fn totals<'a>(context: &RegisterContext<'a>, rule: &EstablishmentRule) -> Vec<&'a Aggregate> {
    let is_meant = |total: &&Aggregate| {
        let kind = total.kind.is_some_and(|kind| rule.kinds.contains(&kind));
        let state = total.state.is_some_and(|state| rule.existing_states.contains(&state));
        let held = context.date.is_none_or(|date| total.as_of.first_day() <= date.last_day());
        total.of == Counted::Zones && kind && state && held
    };
    let mut totals: Vec<&Aggregate> = context.register.aggregates.iter().filter(is_meant).collect();
    totals.sort_by_key(|total| total.as_of);
    totals
}

/// Takes a total, or its parts that are units, for the clusters of a unit where it tells more than the zones that are
/// named: they are fewer, or the figures of some are not known.
fn by_total(total: &Aggregate, level: UnitLevel, by_unit: &mut BTreeMap<String, Existing<'_>>) {
    let whole = total.area.as_ref().map(|area| (area.industrial_ha, area.leased_ha));
    let of_province = total.province.iter().map(|name| (name, total.count, whole.unwrap_or_default()));
    let parts =
        total.parts.iter().map(|part| (&part.label, part.count, (part.industrial_ha, part.leased_ha)));
    let units: Vec<_> = if level == UnitLevel::Province { of_province.collect() } else { parts.collect() };
    for (name, count, areas) in units {
        let (Some(count), (Some(industrial), Some(leased))) = (count, areas) else { continue };
        let known = by_unit.entry(UnitName::of(name).key).or_default();
        let tells_more = known.by_total || count.value > known.count || !known.unknown.is_empty();
        if tells_more && industrial.value > 0.0 {
            let (industrial_ha, leased_ha) = (industrial.value, leased.value);
            *known = Existing {
                count: count.value,
                by_total: true,
                industrial_ha,
                leased_ha,
                unknown: Vec::new(),
            };
        }
    }
    by_unit.retain(|_, existing| existing.count > 0.0);
}

/// The unit of a zone at a level: how it is compared, and its name.
fn unit(zone: &ZoneRecord, level: UnitLevel) -> Option<(String, String)> {
    let name = match level {
        UnitLevel::Province => zone.province.clone(),
        _ => zone.units.iter().find(|unit| unit.level == level).map(|unit| unit.name.clone()),
    }?;
    Some((UnitName::of(&name).key, name))
}
