//! PLN-03, in the provincial plan but not on the national list.

use crate::check::{RegisterContext, Report, Subject, stated};
use crate::{Aggregate, Counted, ListLevel, Parameter, Parameters, Quantity};

pub(super) const ID: &str = "PLN-03";

/// One finding per zone that a provincial list holds and no national one, and one per total of a provincial list that
/// exceeds the total of the national one for the same province, kind and day.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.pln_03 else { return };
    let register = context.register;
    for zone in register.zones.iter().filter(|zone| rule.kinds.contains(&zone.kind)) {
        let on = |level| register.lists_of(zone, level).next();
        let living = context.scene.pack.judges(context.state(zone));
        let Some(list) = on(ListLevel::Provincial).filter(|_| living && on(ListLevel::National).is_none())
        else {
            continue;
        };
        let parameters =
            Parameters::new().name("zone", &zone.name).with("list", Parameter::Words(list.title.clone()));
        context.add(report, ID, rule.severity, ("message", parameters), Subject::Zone(zone));
    }
    let totals = |level| counted(context, level);
    for (provincial, count) in totals(ListLevel::Provincial) {
        if provincial.kind.is_none_or(|kind| !rule.kinds.contains(&kind)) {
            continue;
        }
        let same = |one: &Aggregate| {
            (one.kind, &one.province, one.as_of) == (provincial.kind, &provincial.province, provincial.as_of)
        };
        match totals(ListLevel::National).find(|(national, _)| same(national)) {
            None => context.skip(report, ID, Some(&provincial.id), "no_national_total"),
            Some((_, national)) if count.value > national.value => {
                let message = ("message_total", parameters(context, provincial, count, national));
                let subject = Subject::Record(&provincial.id, &provincial.title.vi);
                context.add(report, ID, rule.severity, message, subject);
            }
            Some(_) => {}
        }
    }
}

/// Totals of zones in lists of a level, with their counts.
fn counted<'a>(
    context: &'a RegisterContext<'_>,
    level: ListLevel,
) -> impl Iterator<Item = (&'a Aggregate, Quantity)> {
    let zones = context.register.aggregates.iter().filter(|one| one.of == Counted::Zones);
    let of_level = zones.filter(move |one| {
        let list = one.list.as_deref().and_then(|list| context.register.list(list));
        list.is_some_and(|list| list.level == level)
    });
    of_level.filter_map(|one| Some((one, one.count?)))
}

fn parameters(
    context: &RegisterContext<'_>,
    provincial: &Aggregate,
    count: Quantity,
    national: Quantity,
) -> Parameters {
    let kind = provincial.kind.map(|kind| context.kind_name(kind)).unwrap_or_default();
    Parameters::new()
        .name("province", provincial.province.as_deref().unwrap_or("–"))
        .with("kind", Parameter::Words(kind))
        .with("provincial", stated(count))
        .with("national", stated(national))
        .with("missing", stated(Quantity { value: count.value - national.value, ..count }))
        .name("date", provincial.as_of.written())
}
