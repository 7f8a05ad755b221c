//! ZON-11, a total that is not the sum of its parts.

use crate::check::{RegisterContext, Report, Subject, stated};
use crate::{Aggregate, AggregatePart, Parameter, Parameters, Quantity, Text};

pub(super) const ID: &str = "ZON-11";

/// What rounding of a sum may add, in the unit of the figure.
const ROUNDING: f64 = 1e-9;

/// A figure of a total, with that of its parts.
struct Figure {
    /// Key of its name among the phrases.
    name: &'static str,
    total: Option<Quantity>,
    part: fn(&AggregatePart) -> Option<Quantity>,
    tolerance: f64,
}

/// One finding per figure of a total that its parts do not add up to. Only exact figures can be added up, and only
/// when every part gives one.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.zon_11 else { return };
    for total in context.register.aggregates.iter().filter(|total| !total.parts.is_empty()) {
        for figure in figures(total, rule.tolerance_ha) {
            let Some(stated_total) = figure.total else { continue };
            let parts: Vec<Option<Quantity>> = total.parts.iter().map(figure.part).collect();
            if parts.iter().all(Option::is_none) {
                continue;
            }
            let exact: Option<Vec<f64>> =
                parts.iter().map(|part| part.filter(Quantity::is_exact).map(|part| part.value)).collect();
            let Some(values) = exact.filter(|_| stated_total.is_exact()) else {
                context.skip(report, ID, Some(&total.id), "parts_not_exact");
                continue;
            };
            let sum: f64 = values.iter().sum();
            if (sum - stated_total.value).abs() > figure.tolerance + ROUNDING {
                let parameters = Parameters::new()
                    .with("total_name", Parameter::Words(total.title.clone()))
                    .with("figure", Parameter::Words(context.phrase(figure.name, &Parameters::new())))
                    .with("total", stated(stated_total))
                    .with("sum", stated(Quantity::exactly(sum)))
                    .with("n", Parameter::Count(values.len() as u64))
                    .with("parts", Parameter::Words(addends(&values)));
                let subject = Subject::Record(&total.id, &total.title.vi);
                context.add(report, ID, rule.severity, ("message", parameters), subject);
            }
        }
    }
}

fn figures(total: &Aggregate, tolerance_ha: f64) -> [Figure; 5] {
    let area = total.area.as_ref();
    let figure = |name, total, part, tolerance| Figure { name, total, part, tolerance };
    [
        figure("figure_count", total.count, |part| part.count, 0.0),
        figure("figure_total_ha", area.and_then(|area| area.total_ha), |part| part.total_ha, tolerance_ha),
        figure(
            "figure_industrial_ha",
            area.and_then(|area| area.industrial_ha),
            |part| part.industrial_ha,
            tolerance_ha,
        ),
        figure("figure_leased_ha", area.and_then(|area| area.leased_ha), |part| part.leased_ha, tolerance_ha),
        figure("figure_capital", total.capital_vnd, |part| part.capital_vnd, 0.0),
    ]
}

/// `3 + 6 + 1`.
fn addends(values: &[f64]) -> Text {
    let join = |language| {
        let written = values.iter().map(|value| Quantity::exactly(*value).written(2, language));
        written.collect::<Vec<_>>().join(" + ")
    };
    Text { vi: join(crate::Language::Vi), en: join(crate::Language::En) }
}
