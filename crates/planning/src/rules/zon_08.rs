//! ZON-08, fill rates and areas that do not fit together.

use crate::check::{RegisterContext, Report, Subject, stated};
use crate::pack::FillRule;
use crate::{AreaStatement, FillStatement, Parameter, Parameters, Quantity, ZoneRecord};

pub(super) const ID: &str = "ZON-08";

/// What rounding of a computed rate may add, in percentage points: far below any figure that is stated.
const ROUNDING: f64 = 1e-9;

/// A zone, or a total of zones, with its latest figures.
struct Holder<'a> {
    zone: Option<&'a ZoneRecord>,
    id: &'a str,
    name: &'a str,
    area: Option<&'a AreaStatement>,
    fill: Option<&'a FillStatement>,
}

/// Findings for a stated rate that differs from the computed one, for one that cannot be, and for a part that is
/// larger than its whole. Stated and computed rates are both shown; neither replaces the other.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.zon_08 else { return };
    let zones = context.register.zones.iter().map(|zone| Holder {
        zone: Some(zone),
        id: &zone.id,
        name: &zone.name,
        area: zone.area_on(context.date),
        fill: zone.fill_on(context.date),
    });
    let totals = context.register.aggregates.iter().map(|total| Holder {
        zone: None,
        id: &total.id,
        name: &total.title.vi,
        area: total.area.as_ref(),
        fill: total.fill.as_ref(),
    });
    for holder in zones.chain(totals) {
        judge_areas(&holder, rule, context, report);
        judge_fill(&holder, rule, context, report);
    }
}

fn judge_areas(holder: &Holder<'_>, rule: &FillRule, context: &RegisterContext<'_>, report: &mut Report) {
    let Some(area) = holder.area else { return };
    let pairs = [
        ("message_leased", area.leased_ha, area.industrial_ha),
        ("message_industrial", area.industrial_ha, area.total_ha),
    ];
    for (message, part, whole) in pairs {
        // "More than 300" may well be 400: only exact figures contradict each other.
        let exact = |quantity: Option<Quantity>| quantity.filter(Quantity::is_exact);
        if let Some((part, whole)) =
            exact(part).zip(exact(whole)).filter(|(part, whole)| part.value > whole.value)
        {
            let parameters = named(holder)
                .with("part", stated(part))
                .with("whole", stated(whole))
                .name("date", area.as_of.written());
            add(holder, (message, parameters), rule.error_severity, context, report);
        }
    }
}

fn judge_fill(holder: &Holder<'_>, rule: &FillRule, context: &RegisterContext<'_>, report: &mut Report) {
    let Some(fill) = holder.fill else { return };
    let percent = fill.stated_percent.value;
    if !(0.0..=100.0).contains(&percent) {
        let parameters =
            named(holder).with("stated", stated(fill.stated_percent)).name("date", fill.as_of.written());
        add(holder, ("message_range", parameters), rule.error_severity, context, report);
    }
    let computed = holder.area.filter(|area| area.as_of == fill.as_of).and_then(AreaStatement::fill);
    let Some(computed) = computed else {
        return context.skip(report, ID, Some(holder.id), "fill_not_computable");
    };
    let difference = percent - computed.percent();
    if difference.abs() > rule.tolerance_points + ROUNDING {
        let parameters = named(holder)
            .with("stated", stated(fill.stated_percent))
            .with("computed", Parameter::Number(computed.percent()))
            .with("numerator", stated(computed.numerator_ha))
            .with("denominator", stated(computed.denominator_ha))
            .with("difference", Parameter::Number(difference))
            .name("date", fill.as_of.written());
        add(holder, ("message", parameters), rule.severity, context, report);
    }
}

fn named(holder: &Holder<'_>) -> Parameters {
    Parameters::new().name("zone", holder.name)
}

fn add(
    holder: &Holder<'_>,
    message: (&'static str, Parameters),
    severity: crate::Severity,
    context: &RegisterContext<'_>,
    report: &mut Report,
) {
    let subject = holder.zone.map_or(Subject::Record(holder.id, holder.name), Subject::Zone);
    context.add(report, ID, severity, message, subject);
}
