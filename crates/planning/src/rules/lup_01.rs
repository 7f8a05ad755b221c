//! LUP-01, land-use plan mismatch: a zone lies on a parcel planned for something that its kind may not hold. And a
//! parcel whose code is in no table, wherever it lies: nothing can be said of it until somebody says what it is.

use std::collections::BTreeMap;

use crate::check::{Conflict, Crossing, Draft, LayerContext, Report, Scene, ZoneContext, split};
use crate::register::{Unread, parcel_codes};
use crate::{FixAction, OtherFeature, Parameter, Parameters, Role, Text, feature_id};

pub(super) const ID: &str = "LUP-01";

/// One finding per (zone, plan parcel) with a code that is not allowed.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let (Some(rule), Some(plan)) = (&scene.pack.rules.lup_01, &context.plan) else { return };
    let Some(kind) = context.zone().kind else { return unknown_kind(context, scene, report) };
    if !rule.allowed.contains_key(&kind) {
        return;
    }
    let mut without_code = Vec::new();
    for crossing in &plan.list {
        match rule.allows(Some(kind), &crossing.codes()) {
            Some(true) => {}
            Some(false) => judge_parcel(context, scene, crossing, report),
            None => without_code.push(crossing.area_m2),
        }
    }
    if !without_code.is_empty() {
        let parameters = Parameters::new()
            .with("n", Parameter::Count(without_code.len() as u64))
            .with("ha", Parameter::Area(without_code.iter().sum()));
        report.skip(scene, ID, Some(&context.zone().id), "parcels_without_code", &parameters);
    }
}

/// One finding per collection of parcels and code that is in no table, at the first parcel that has it.
pub(super) fn judge_layer(context: &LayerContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let info = &context.collection.info;
    let Some(rule) = &scene.pack.rules.lup_01 else { return };
    if !matches!(info.role, Role::LandUse | Role::LandUsePlan) {
        return;
    }
    let mut unknown: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (at, feature) in context.collection.layer.features.iter().enumerate() {
        let mut codes = parcel_codes(feature, info.role);
        codes.sort();
        codes.dedup();
        for code in codes.into_iter().filter(|code| scene.codes.entry(code).is_none()) {
            unknown.entry(code).or_insert((at, 0)).1 += 1;
        }
    }
    for (code, (at, count)) in unknown {
        let parcel = feature_id(&context.collection.layer.features[at], info.role);
        let parameters = Parameters::new()
            .with("collection", Parameter::Words(info.title.clone()))
            .name("code", &code)
            .with("n", Parameter::Count(count as u64))
            .name("parcel", &parcel);
        let other =
            OtherFeature { collection: info.id.clone(), id: parcel, name: None, code: Some(code.clone()) };
        report.add(
            scene,
            Draft {
                message: "message_unknown_code",
                other: Some(other),
                codes: vec![code],
                place: context.place_of(at),
                ..Draft::new(ID, rule.unknown_code_severity, parameters, context.crs())
            },
        );
    }
}

fn judge_parcel(context: &ZoneContext<'_>, scene: &Scene<'_>, crossing: &Crossing<'_>, report: &mut Report) {
    let tolerance = scene.tolerance(context.entry.scale, crossing.scale);
    let split = split(crossing.shape.region(), tolerance.w_min_m);
    report.slivers_with(ID, context, crossing, split.slivers);
    let Some(rule) = scene.pack.rules.lup_01.as_ref().filter(|_| !split.wide.is_empty()) else { return };
    let area_m2 = split.wide.area_m2();
    let share = context.share(area_m2);
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("ha", Parameter::Area(area_m2))
        .with("p", Parameter::Number(share * 100.0))
        .name("code", crossing.code().unwrap_or_default())
        .with("code_name", Parameter::Words(code_name(scene, &crossing.codes())))
        .name("parcel", crossing.id());
    report.add(
        scene,
        Draft {
            other: Some(crossing.other()),
            codes: crossing.codes(),
            region: Some(split.wide),
            conflict: Some(Conflict { share: Some(share), tolerance }),
            fix: Some(FixAction::CutOff),
            ..Draft::of_zone(ID, rule.severity, parameters, context)
        },
    );
}

/// The names of the codes; one that is not in the table says so.
fn code_name(scene: &Scene<'_>, codes: &[String]) -> Text {
    let name = |code: &String| {
        let unknown = || scene.messages.text("phrases.unknown_code", &Parameters::new());
        scene.codes.entry(code).map_or_else(unknown, |entry| entry.name.clone())
    };
    let names: Vec<Text> = codes.iter().map(name).collect();
    let joined = |one: fn(&Text) -> &str| names.iter().map(one).collect::<Vec<_>>().join("; ");
    Text { vi: joined(|text| &text.vi), en: joined(|text| &text.en) }
}

fn unknown_kind(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let said = context.zone().unread.iter().find_map(|unread| match unread {
        Unread::Kind(text) => Some(text.clone()),
        Unread::State(_) | Unread::DeclaredArea(_) => None,
    });
    let parameters = Parameters::new().name("kind", said.unwrap_or_else(|| "–".into()));
    report.skip(scene, ID, Some(&context.zone().id), "unknown_kind", &parameters);
}
