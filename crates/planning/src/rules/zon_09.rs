//! ZON-09, a further cluster in a unit whose clusters are neither filled nor nearly leased out.

use std::collections::BTreeMap;

use crate::check::{RegisterContext, Report, Subject};
use crate::pack::EstablishmentRule;
use crate::units::UnitName;
use crate::{Parameter, Parameters, UnitLevel, ZoneRecord};

pub(super) const ID: &str = "ZON-09";

/// The clusters of one unit together.
#[derive(Default)]
struct Existing<'a> {
    zones: Vec<&'a ZoneRecord>,
    industrial_ha: f64,
    leased_ha: f64,
    /// Zones of which an area is not known.
    unknown: Vec<&'a ZoneRecord>,
}

/// One finding per planned cluster in a unit whose existing ones fulfil neither condition. The mean fill rate is that
/// of all their industrial land together.
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
        .with("n", Parameter::Count(others.zones.len() as u64))
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
        group.zones.push(zone);
        match zone.area_on(context.date).and_then(crate::AreaStatement::fill) {
            Some(fill) => {
                group.industrial_ha += fill.denominator_ha.value;
                group.leased_ha += fill.numerator_ha.value;
            }
            None => group.unknown.push(zone),
        }
    }
    by_unit
}

/// The unit of a zone at a level: how it is compared, and its name.
fn unit(zone: &ZoneRecord, level: UnitLevel) -> Option<(String, String)> {
    let name = match level {
        UnitLevel::Province => zone.province.clone(),
        _ => zone.units.iter().find(|unit| unit.level == level).map(|unit| unit.name.clone()),
    }?;
    Some((UnitName::of(&name).key, name))
}
