//! PLN-02, a zone is established but stands in no plan.

use crate::check::{RegisterContext, Report, Subject};
use crate::{ListLevel, Parameter, Parameters};

pub(super) const ID: &str = "PLN-02";

/// One finding per zone in one of the pack's states that no list holds. Where the register has no list at all, nothing
/// can be said.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.pln_02 else { return };
    let register = context.register;
    let plans = |level| level != ListLevel::AnnualLandUse;
    let any_list = register.lists.iter().any(|list| plans(list.level));
    for zone in &register.zones {
        let Some(entry) = zone.state_on(context.date).filter(|entry| rule.states.contains(&entry.state))
        else {
            continue;
        };
        let lists = zone.listings.iter().filter_map(|listing| register.list(&listing.list));
        if lists.into_iter().any(|list| plans(list.level)) {
            continue;
        }
        if !any_list {
            context.skip(report, ID, Some(&zone.id), "no_lists");
            continue;
        }
        let names =
            crate::kinds().ok().and_then(|names| names.state(entry.state)).cloned().unwrap_or_default();
        let parameters = Parameters::new()
            .name("zone", &zone.name)
            .with("state", Parameter::Words(names))
            .name("date", entry.as_of.written());
        context.add(report, ID, rule.severity, ("message", parameters), Subject::Zone(zone));
    }
}
