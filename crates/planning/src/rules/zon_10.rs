//! ZON-10, an expansion for which the conditions are not met.

use crate::check::{RegisterContext, Report, Subject};
use crate::pack::ExpansionRule;
use crate::{AreaStatement, Expansion, Language, Parameter, Parameters, Text, ZoneRecord};

pub(super) const ID: &str = "ZON-10";

/// One finding per open expansion with every condition that it fails; what is not known is said and not guessed.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.zon_10 else { return };
    for zone in context.register.zones.iter().filter(|zone| rule.kinds.contains(&zone.kind)) {
        for expansion in zone.expansions.iter().filter(|one| rule.open_states.contains(&one.state)) {
            let failed = failed(zone, expansion, rule, context, report);
            if failed.is_empty() {
                continue;
            }
            let join = |language| {
                let texts: Vec<&str> = failed.iter().map(|text| text.in_language(language)).collect();
                texts.join("; ")
            };
            let why = Text { vi: join(Language::Vi), en: join(Language::En) };
            let parameters = Parameters::new()
                .name("zone", &zone.name)
                .with("added", Parameter::Number(expansion.added_ha.value))
                .with("why", Parameter::Words(why));
            context.add(report, ID, rule.severity, ("message", parameters), Subject::Zone(zone));
        }
    }
}

/// The conditions that an expansion fails.
fn failed(
    zone: &ZoneRecord,
    expansion: &Expansion,
    rule: &ExpansionRule,
    context: &RegisterContext<'_>,
    report: &mut Report,
) -> Vec<Text> {
    let area = zone.area_on(context.date);
    let mut failed = Vec::new();
    let number = |name: &'static str, value: f64, limit_name: &'static str, limit: f64| {
        Parameters::new().with(name, Parameter::Number(value)).with(limit_name, Parameter::Number(limit))
    };
    match area.and_then(|area| area.total_ha) {
        None => context.skip(report, ID, Some(&zone.id), "no_total_area"),
        Some(total) => {
            let total_ha = total.value + expansion.added_ha.value;
            if total_ha > rule.max_total_ha {
                let parameters = number("ha", total_ha, "max", rule.max_total_ha);
                failed.push(context.phrase("expansion_too_large", &parameters));
            }
        }
    }
    match area.and_then(AreaStatement::fill) {
        None => context.skip(report, ID, Some(&zone.id), "fill_not_computable"),
        Some(fill) if fill.percent() < rule.min_fill_percent => {
            let parameters = number("p", fill.percent(), "min", rule.min_fill_percent);
            failed.push(context.phrase("expansion_not_filled", &parameters));
        }
        Some(_) => {}
    }
    match zone.wastewater_finished_on(context.date) {
        None => context.skip(report, ID, Some(&zone.id), "wastewater_unknown"),
        Some(false) => failed.push(context.phrase("expansion_no_wastewater", &Parameters::new())),
        Some(true) => {}
    }
    failed
}
