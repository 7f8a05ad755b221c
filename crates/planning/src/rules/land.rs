//! Land of certain codes inside a zone, summed over present land use: what LUP-03 to LUP-11 have in common.

use std::collections::BTreeMap;

use spatial::Region;

use crate::check::{Conflict, Crossing, Draft, Report, Scene, Tolerance, ZoneContext, split};
use crate::tables::M2_PER_HA;
use crate::{FixAction, LandRule, Parameter, Parameters, Severity, TableLine, Theme};

/// All land of the codes in the zone, slivers left out.
pub(super) struct Land {
    /// Its shape; land that two parcels claim is in it once.
    pub(super) region: Region,
    /// Its planar area, m².
    pub(super) area_m2: f64,
    /// Its share of the zone.
    pub(super) share: f64,
    /// The codes found, largest first.
    pub(super) codes: Vec<String>,
    /// Area per code, m², largest first; features of a theme by their collection.
    pub(super) table: Vec<TableLine>,
    /// What features of a theme are called.
    pub(super) called: Vec<String>,
    /// The tolerance of the coarsest parcel.
    pub(super) tolerance: Tolerance,
}

impl Land {
    /// What all messages say.
    pub(super) fn parameters(&self, context: &ZoneContext<'_>) -> Parameters {
        let names: Vec<&str> = self.codes.iter().chain(&self.called).map(String::as_str).collect();
        Parameters::new()
            .name("zone", &context.zone().name)
            .with("ha", Parameter::Area(self.area_m2))
            .with("p", Parameter::Number(self.share * 100.0))
            .name("codes", names.join(", "))
    }

    /// The finding that a rule makes of it.
    pub(super) fn draft<'a>(
        self,
        rule: &'static str,
        severity: Severity,
        message: &'static str,
        parameters: Parameters,
        context: &'a ZoneContext<'_>,
    ) -> Draft<'a> {
        Draft {
            message,
            codes: self.codes,
            table: self.table,
            region: Some(self.region),
            conflict: Some(Conflict { share: Some(self.share), tolerance: self.tolerance }),
            ..Draft::of_zone(rule, severity, parameters, context)
        }
    }
}

/// Judges a zone by a rule on land: one finding for all of it, graver from the rule's limit on, with the body that
/// decides where the rule names one. Where none of the land may be taken, the fix is to cut it off.
pub(super) fn judge(
    id: &'static str,
    rule: Option<&LandRule>,
    fix: Option<FixAction>,
    context: &ZoneContext<'_>,
    scene: &Scene<'_>,
    report: &mut Report,
) {
    let Some(rule) = rule else { return };
    if context.zone().kind.is_some_and(|kind| rule.kinds_left_out.contains(&kind)) {
        return;
    }
    let Some(land) = land(id, context, scene, &rule.codes, None, report) else { return };
    let area_ha = land.area_m2 / M2_PER_HA;
    let severity = rule.severity_of(area_ha, context.zone().kind);
    let message = if rule.is_large(area_ha) { "message_large" } else { "message" };
    let authority = rule.tier(area_ha).map(|tier| tier.authority.clone()).unwrap_or_default();
    let limit_m2 = rule.error_from_ha.unwrap_or_default() * M2_PER_HA;
    let parameters = land
        .parameters(context)
        .with("limit", Parameter::Area(limit_m2))
        .with("authority", Parameter::Words(authority));
    let draft = land.draft(id, severity, message, parameters, context);
    report.add(scene, Draft { keeps_severity: rule.keeps_severity, fix, ..draft });
}

/// Sums the parts of present land use whose code is one of `wanted`, and of features of a theme. A parcel with
/// several codes counts as a whole: nothing tells which part of it has which.
pub(super) fn land(
    rule: &'static str,
    context: &ZoneContext<'_>,
    scene: &Scene<'_>,
    wanted: &[String],
    theme: Option<Theme>,
    report: &mut Report,
) -> Option<Land> {
    let mut sum = Sum::default();
    for crossing in context.land_use.iter().flat_map(|land_use| &land_use.list) {
        let codes = crossing.codes();
        if codes.iter().any(|code| wanted.contains(code)) {
            sum.add(rule, context, scene, crossing, &codes.join("+"), report);
        }
    }
    let codes: Vec<String> = sum.by_key.keys().cloned().collect();
    let mut called = Vec::new();
    for crossing in theme.into_iter().flat_map(|theme| context.themed(theme)) {
        if sum.add(rule, context, scene, crossing, &crossing.collection.info.id, report) {
            let other = crossing.other();
            called.push(other.name.unwrap_or(other.id));
        }
    }
    let tolerance = sum.tolerance?;
    let region = Region::union(&sum.wide);
    let area_m2 = region.area_m2();
    let line = |(key, area_m2)| TableLine { key, name: None, area_m2 };
    let mut table: Vec<TableLine> = sum.by_key.into_iter().map(line).collect();
    table.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
    let codes = table.iter().map(|line| line.key.clone()).filter(|key| codes.contains(key)).collect();
    Some(Land { region, area_m2, share: context.share(area_m2), codes, table, called, tolerance })
}

/// What has been summed so far.
#[derive(Default)]
struct Sum {
    wide: Vec<Region>,
    by_key: BTreeMap<String, f64>,
    tolerance: Option<Tolerance>,
}

impl Sum {
    /// Adds what is wide enough; whether anything is.
    fn add(
        &mut self,
        rule: &'static str,
        context: &ZoneContext<'_>,
        scene: &Scene<'_>,
        crossing: &Crossing<'_>,
        key: &str,
        report: &mut Report,
    ) -> bool {
        let own = scene.tolerance(context.entry.scale, crossing.scale);
        let split = split(crossing.shape.region(), own.w_min_m);
        report.slivers_with(rule, context, crossing, split.slivers);
        let is_wide = !split.wide.is_empty();
        if is_wide {
            *self.by_key.entry(key.to_owned()).or_default() += split.wide.area_m2();
            self.tolerance = Some(self.tolerance.map_or(own, |other| other.coarser(own)));
            self.wide.push(split.wide);
        }
        is_wide
    }
}
