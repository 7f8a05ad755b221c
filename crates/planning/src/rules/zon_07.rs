//! ZON-07, a craft-village cluster gives too little of its industrial land to relocated craft households and firms.

use crate::check::{RegisterContext, Report, Subject, stated};
use crate::{Parameter, Parameters};

pub(super) const ID: &str = "ZON-07";

/// One finding per cluster below the pack's share.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.zon_07 else { return };
    for zone in context.register.zones.iter().filter(|zone| rule.kinds.contains(&zone.kind)) {
        if !context.scene.pack.judges(context.state(zone)) {
            continue;
        }
        let figures = zone.area_on(context.date).and_then(|area| {
            let industrial = area.industrial_ha.filter(|area| area.value > 0.0)?;
            Some((area.craft_relocation_ha?, industrial))
        });
        let Some((relocation, industrial)) = figures else {
            context.skip(report, ID, Some(&zone.id), "no_relocation_area");
            continue;
        };
        let share = relocation.value / industrial.value;
        if share < rule.min_share {
            let parameters = Parameters::new()
                .name("zone", &zone.name)
                .with("p", Parameter::Number(share * 100.0))
                .with("relocation", stated(relocation))
                .with("industrial", stated(industrial))
                .with("limit", Parameter::Number(rule.min_share * 100.0));
            context.add(report, ID, rule.severity, ("message", parameters), Subject::Zone(zone));
        }
    }
}
