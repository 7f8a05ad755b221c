//! What the rules say, written a second time from their description, so that the key does not repeat an error of
//! the check. Figures and lists come from the rule pack's file; what follows from them is worked out here.

use std::sync::LazyLock;

use planning::{PackRules, Severity, ZoneKind, ZoneState};

/// The rules that the key answers.
pub(crate) const RULES: [&str; 34] = [
    "GEO-01", "GEO-03", "GEO-04", "GEO-05", "GEO-06", "GEO-07", "GEO-08", "GEO-09", "LUP-01", "LUP-02",
    "LUP-03", "LUP-04", "LUP-05", "LUP-06", "LUP-07", "LUP-08", "LUP-09", "LUP-10", "LUP-11", "PLN-04",
    "PLN-05", "ZON-01", "ZON-02", "ZON-03", "ZON-04", "ZON-05", "ZON-06", "ADM-01", "ADM-02", "ADM-03",
    "ADM-04", "ADM-06", "ENV-01", "ENV-02",
];
/// Map scales of the layers.
pub(crate) const ZONE_SCALE: u32 = 2_000;
/// Plans, land use, communes.
pub(crate) const PARCEL_SCALE: u32 = 10_000;
/// Square metres in a hectare.
pub(crate) const HECTARE_M2: f64 = 10_000.0;

static WITHOUT_PACK: LazyLock<PackRules> = LazyLock::new(PackRules::default);

/// The figures of the pack in force; without a pack there are no rules and the key stays empty, which its tests see.
pub(crate) fn rules() -> &'static PackRules {
    planning::pack().map_or(&WITHOUT_PACK, |pack| &pack.rules)
}

/// Narrowest significant width between two sources: the width of a line on each map, m.
pub(crate) fn w_min_m(scale: u32, other: u32) -> f64 {
    let line_mm = planning::pack().map_or(0.0, |pack| pack.significance.line_width_mm);
    let (a, b) = (line_mm / 1000.0 * f64::from(scale), line_mm / 1000.0 * f64::from(other));
    (a * a + b * b).sqrt()
}

/// Smallest significant area at the scale of the reference, m².
pub(crate) fn a_min_m2(scale: u32) -> f64 {
    let steps = planning::pack().map_or(&[][..], |pack| &pack.significance.area);
    let step = steps.iter().find(|step| scale <= step.up_to_scale).or(steps.last());
    step.map_or(0.0, |step| step.area_mm2 * 1e-6 * f64::from(scale) * f64::from(scale))
}

/// Codes that a kind may hold; `None` when LUP-01 does not judge the kind.
pub(crate) fn allowed(kind: ZoneKind, code: &str) -> Option<bool> {
    let rule = rules().lup_01.as_ref()?;
    let own = rule.allowed.get(&kind)?;
    Some(own.iter().chain(&rule.allowed_everywhere).any(|one| one == code))
}

/// Whether a zone in this state is judged by more than GEO-01, GEO-08 and ZON-04.
pub(crate) fn living(state: ZoneState) -> bool {
    planning::pack().is_ok_and(|pack| pack.judged_states.contains(&state))
}

/// Severity of a difference between declared and measured area, in per cent of the declared.
pub(crate) fn difference(percent: f64) -> Option<Severity> {
    let steps = rules().zon_04.as_ref().map_or(&[][..], |rule| &rule.steps);
    let over = steps.iter().filter(|step| percent.abs() > step.over_percent);
    over.map(|step| (step.over_percent, step.severity)).max_by(|a, b| a.0.total_cmp(&b.0)).map(|step| step.1)
}

/// Codes of rice land.
pub(crate) fn is_rice(code: &str) -> bool {
    rules().lup_03.as_ref().is_some_and(|rule| rule.codes.iter().any(|one| one == code))
}
