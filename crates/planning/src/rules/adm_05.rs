//! ADM-05, a record names an administrative unit that is no more.

use crate::check::{RegisterContext, Report, Subject};
use crate::{FixAction, Language, Parameter, Parameters, PartialDate, Text, UnitHistory, UnitLevel, UnitRef};

pub(super) const ID: &str = "ADM-05";

/// A record with the units that it names.
struct Holder<'a> {
    subject: Subject<'a>,
    id: &'a str,
    name: Text,
    province: Option<&'a str>,
    units: &'a [UnitRef],
}

/// What is to be said of a unit.
enum Said {
    /// It is no more: its name and what took its place.
    Abolished(Text),
    /// Whether it is still there cannot be told.
    Unknown,
}

/// One finding per record with every unit of it that has been abolished, and what took its place. Districts ended on
/// the pack's day; what became of them, and whether a commune is still there, only the user's tables tell.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.adm_05 else { return };
    let Some(date) = context.date else { return context.skip(report, ID, None, "no_date") };
    if date.first_day() < rule.changed_on {
        return;
    }
    for holder in holders(context) {
        let (mut gone, mut unknown) = (Vec::new(), Vec::new());
        if let Some(text) = holder.province.and_then(|name| abolished_province(name, context)) {
            gone.push(text);
        }
        for unit in holder.units {
            match judge_unit(unit, holder.province, context) {
                None => {}
                Some(Said::Abolished(text)) => gone.push(text),
                Some(Said::Unknown) => unknown.push(unit.name.as_str()),
            }
        }
        if !unknown.is_empty() {
            let reason = if context.units.is_some() { "unit_unknown" } else { "no_unit_history" };
            let parameters = Parameters::new().name("units", unknown.join(", "));
            context.skip_with(report, ID, Some(holder.id), reason, &parameters);
        }
        if !gone.is_empty() {
            let message = ("message", parameters(&holder, &gone, rule.changed_on));
            // A district's successors are known from the user's tables alone.
            let known = context.units.is_some() || holder.units.is_empty();
            let fix = known.then_some(FixAction::RenameUnits);
            context.add_with_fix(report, ID, rule.severity, message, holder.subject, fix);
        }
    }
}

fn parameters(holder: &Holder<'_>, gone: &[Text], changed_on: PartialDate) -> Parameters {
    let join = |language| {
        let texts: Vec<&str> = gone.iter().map(|text| text.in_language(language)).collect();
        texts.join("; ")
    };
    Parameters::new()
        .with("record", Parameter::Words(holder.name.clone()))
        .name("date", changed_on.written())
        .with("units", Parameter::Words(Text { vi: join(Language::Vi), en: join(Language::En) }))
}

fn holders<'a>(context: &RegisterContext<'a>) -> Vec<Holder<'a>> {
    let register = context.register;
    let zones = register.zones.iter().map(|zone| Holder {
        subject: Subject::Zone(zone),
        id: &zone.id,
        name: Text::same(&zone.name),
        province: zone.province.as_deref(),
        units: &zone.units,
    });
    let projects = register.projects.iter().map(|project| Holder {
        subject: Subject::Record(&project.id, &project.name),
        id: &project.id,
        name: Text::same(&project.name),
        province: project.province.as_deref(),
        units: &project.units,
    });
    let regions = register.regions.iter().map(|region| Holder {
        subject: Subject::Record(&region.id, &region.name.vi),
        id: &region.id,
        name: region.name.clone(),
        province: Some(&region.province),
        units: &region.units,
    });
    zones.chain(projects).chain(regions).collect()
}

fn judge_unit(unit: &UnitRef, province: Option<&str>, context: &RegisterContext<'_>) -> Option<Said> {
    match unit.level {
        UnitLevel::Province => abolished_province(&unit.name, context).map(Said::Abolished),
        UnitLevel::District => Some(Said::Abolished(district(unit, province, context))),
        UnitLevel::Commune => commune(unit, province, context),
    }
}

/// A province whose name the present ones do not have.
fn abolished_province(name: &str, context: &RegisterContext<'_>) -> Option<Text> {
    let row = crate::provinces().ok()?.former(name)?;
    let gone = row.province != row.province_2025;
    gone.then(|| became(name, &Text::same(&row.province_2025), context))
}

fn district(unit: &UnitRef, province: Option<&str>, context: &RegisterContext<'_>) -> Text {
    let found = context.units.map(|units| units.districts_named(&unit.name, province));
    let found = found.unwrap_or_default();
    let ([district], Some(units)) = (found.as_slice(), context.units) else {
        return became(&unit.name, &context.phrase("successors_unknown", &Parameters::new()), context);
    };
    let successors = units.district_successors(&district.code);
    let listed = successors.iter().map(|successor| (successor.unit.name.as_str(), successor.whole));
    became(&unit.name, &list(listed, context), context)
}

fn commune(unit: &UnitRef, province: Option<&str>, context: &RegisterContext<'_>) -> Option<Said> {
    let Some(units) = context.units else { return Some(Said::Unknown) };
    let code = match &unit.code {
        Some(code) => {
            let there = units.commune(code).is_some_and(|now| same_name(&now.name, &unit.name));
            if there {
                return None;
            }
            code.clone()
        }
        None => {
            if !units.communes_named(&unit.name, province).is_empty() {
                return None;
            }
            let former = units.former_communes_named(&unit.name, province);
            let [only] = former.as_slice() else { return Some(Said::Unknown) };
            only.code.clone()
        }
    };
    Some(former_commune(&code, unit, units, context))
}

fn former_commune(code: &str, unit: &UnitRef, units: &UnitHistory, context: &RegisterContext<'_>) -> Said {
    let transfers = units.transfers_of(code).iter();
    let listed: Vec<(&str, bool)> = transfers
        .filter_map(|one| Some((units.commune(&one.new)?.name.as_str(), one.extent == crate::Extent::Full)))
        .collect();
    if listed.is_empty() {
        return Said::Unknown;
    }
    Said::Abolished(became(&unit.name, &list(listed.into_iter(), context), context))
}

fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (crate::units::UnitName::of(a), crate::units::UnitName::of(b));
    a.key == b.key && a.may_be(&b)
}

/// `{unit} → {what took its place}`.
fn became(unit: &str, successors: &Text, context: &RegisterContext<'_>) -> Text {
    let parameters =
        Parameters::new().name("unit", unit).with("successors", Parameter::Words(successors.clone()));
    context.phrase("unit_became", &parameters)
}

/// Names, those of which only a part is meant marked so.
fn list<'n>(names: impl Iterator<Item = (&'n str, bool)>, context: &RegisterContext<'_>) -> Text {
    let texts: Vec<Text> = names
        .map(|(name, whole)| {
            let phrase = || context.phrase("unit_partly", &Parameters::new().name("unit", name));
            if whole { Text::same(name) } else { phrase() }
        })
        .collect();
    let join = |language| texts.iter().map(|text| text.in_language(language)).collect::<Vec<_>>().join(", ");
    Text { vi: join(Language::Vi), en: join(Language::En) }
}
