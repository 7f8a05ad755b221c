//! LUP-12, not in the year's land-use plan nor in a list of land to be recovered.

use crate::check::{RegisterContext, Report, Subject};
use crate::{ListLevel, Parameters, PartialDate, PlanList};

pub(super) const ID: &str = "LUP-12";

/// One finding per zone in one of the pack's states that no list of the year holds. Without any list of the year
/// nothing can be said.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.lup_12 else { return };
    let Some(date) = context.date else { return context.skip(report, ID, None, "no_date") };
    let register = context.register;
    let of_year: Vec<&PlanList> = register.lists.iter().filter(|list| is_of_year(list, date)).collect();
    for zone in &register.zones {
        if !context.state(zone).is_some_and(|state| rule.states.contains(&state)) {
            continue;
        }
        if of_year.is_empty() {
            context.skip(report, ID, Some(&zone.id), "no_annual_list");
        } else if !zone.listings.iter().any(|listing| of_year.iter().any(|list| list.id == listing.list)) {
            let parameters = Parameters::new().name("zone", &zone.name).name("year", date.year().to_string());
            context.add(report, ID, rule.severity, ("message", parameters), Subject::Zone(zone));
        }
    }
}

fn is_of_year(list: &PlanList, date: PartialDate) -> bool {
    let covers = |period: &crate::Period| {
        let begun = period.from.unwrap_or(period.to).first_day() <= date.last_day();
        begun && !period.to.is_before(date)
    };
    list.level == ListLevel::AnnualLandUse && list.period.as_ref().is_some_and(covers)
}
