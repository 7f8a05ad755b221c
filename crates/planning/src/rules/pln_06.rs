//! PLN-06, a plan is out of its period.

use spatial::Crs;

use crate::check::{Draft, RegisterContext, Report, Scene, Subject};
use crate::{CollectionInfo, OtherFeature, Parameter, Parameters, PartialDate, Text};

pub(crate) const ID: &str = "PLN-06";

/// One finding per list whose last year is over on the day and that no other list replaced.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.pln_06 else { return };
    let open = context.register.lists.iter().filter(|list| list.replaced_by.is_none());
    for (list, period) in open.filter_map(|list| Some((list, list.period?))) {
        let Some(date) = context.date else {
            context.skip(report, ID, Some(&list.id), "no_date");
            continue;
        };
        if period.to.is_before(date) {
            let parameters = parameters(list.title.clone(), period.written(), date);
            let subject = Subject::Record(&list.id, &list.title.vi);
            context.add(report, ID, rule.severity, ("message", parameters), subject);
        }
    }
}

/// The same for a land-use plan that zones are judged against.
pub(crate) fn judge_plan(
    info: &CollectionInfo,
    scene: &Scene<'_>,
    date: Option<PartialDate>,
    report: &mut Report,
) {
    let Some(rule) = &scene.pack.rules.pln_06 else { return };
    let Some((end, period)) = end(info) else {
        return report.skip(scene, ID, Some(&info.id), "no_period", &Parameters::new());
    };
    let Some(date) = date else {
        return report.skip(scene, ID, Some(&info.id), "no_date", &Parameters::new());
    };
    if !end.is_before(date) {
        return;
    }
    let other = OtherFeature {
        collection: info.id.clone(),
        id: info.id.clone(),
        name: Some(info.title.vi.clone()),
        code: None,
    };
    let parameters = parameters(info.title.clone(), period, date);
    let crs = Crs::wgs84();
    report.add(scene, Draft { other: Some(other), ..Draft::new(ID, rule.severity, parameters, &crs) });
}

/// The last day of a plan, with its period as it is written: its own last day, else the last year of `2021-2030`.
fn end(info: &CollectionInfo) -> Option<(PartialDate, String)> {
    let period = info.period.clone();
    if let Some(end) = info.valid_to.as_deref().and_then(|day| day.parse::<PartialDate>().ok()) {
        return Some((end, period.unwrap_or_else(|| end.written())));
    }
    let period = period?;
    let end = period.rsplit(['-', '–', ' ']).find(|piece| !piece.is_empty())?.parse().ok()?;
    Some((end, period))
}

fn parameters(plan: Text, period: String, date: PartialDate) -> Parameters {
    Parameters::new().with("plan", Parameter::Words(plan)).name("period", period).name("date", date.written())
}
