//! The order in which zones are judged, and the rules on a zone by itself.

use planning::Severity;

use super::answers::ExpectedFinding;
use super::bench::{Bench, Declared, Scene, Verdict};
use super::law::{HECTARE_M2, difference, living, rules};
use super::outline::{outline, outlines};
use super::parts::Survey;
use super::plan;
use crate::cover::Cover;
use crate::layout::register::ZONES;
use crate::map::trace::set;
use crate::themes::Themed;

/// Judges every zone by every rule.
pub(crate) fn judge(survey: &Survey<'_>, cover: &Cover, declared: &Declared, themes: &[Themed]) -> Verdict {
    let map = survey.map;
    let mut of_parcel = outlines(map, |a| a.today);
    let today = (0..cover.today.parcels.len() as u32).map(|p| of_parcel.remove(&p).unwrap_or_default());
    let scene = Scene {
        survey,
        cover,
        declared,
        themes,
        zones: (0..ZONES.len()).map(|zone| outline(map, |a| a.in_zone(zone))).collect(),
        today: today.collect(),
    };
    let mut verdict = Verdict::default();
    for (zone, spec) in ZONES.iter().enumerate() {
        let mut bench = Bench { scene: &scene, zone, verdict: &mut verdict };
        bench.geometry();
        bench.parts();
        bench.declared_area();
        if living(spec.state) {
            bench.size();
            bench.plan();
            bench.versions();
            bench.all_land();
            bench.all_near();
            bench.themes();
            bench.other_zones();
            bench.parent();
            bench.all_communes();
        }
    }
    plan::unclaimed(&scene, &mut verdict);
    let key = |f: &ExpectedFinding| (f.rule.clone(), f.zone.clone(), f.other.clone());
    verdict.findings.sort_by_key(key);
    verdict.slivers.sort_by_key(|s| (s.rule.clone(), s.zone.clone(), s.other.clone()));
    verdict
}

impl Bench<'_> {
    /// GEO-01.
    fn geometry(&mut self) {
        if self.scene.declared.invalid.contains(&self.zone) {
            self.record("GEO-01", Severity::Block, 0.0, 0);
        }
    }

    /// GEO-08.
    fn parts(&mut self) {
        let Some(rule) = &rules().geo_08 else { return };
        let parts = set(self.scene.survey.map, |a| a.in_zone(self.zone));
        let holes: usize = parts.iter().map(|rings| rings.len() - 1).sum();
        if parts.len() > 1 || holes > 0 {
            let finding = self.record("GEO-08", rule.severity, 0.0, 0);
            finding.figure("n", parts.len() as f64).figure("holes", holes as f64);
        }
    }

    /// ZON-04.
    fn declared_area(&mut self) {
        let Some(hectares) = self.scene.declared.hectares[self.zone] else { return };
        // Hectares have two decimals, so this is whole hundreds of m² again.
        let (measured, declared) = (self.own_area(), (hectares * 100.0).round() * 100.0);
        let percent = (measured - declared) / declared * 100.0;
        for step in rules().zon_04.iter().flat_map(|rule| &rule.steps) {
            self.near("ZON-04", "difference", percent.abs(), step.over_percent);
        }
        if let Some(severity) = difference(percent) {
            let finding = self.record("ZON-04", severity, 0.0, 0);
            (finding.declared_m2, finding.measured_m2) = (Some(declared), Some(measured));
        }
    }

    /// ZON-05, ZON-06.
    fn size(&mut self) {
        let (Some(large), Some(small)) = (&rules().zon_05, &rules().zon_06) else { return };
        let area = self.own_area();
        if large.kinds.contains(&self.spec().kind) {
            let most = large.max_ha * HECTARE_M2 * (1.0 + large.tolerance_percent / 100.0);
            self.near("ZON-05", "area", area, most);
            if area > most {
                let finding = self.record("ZON-05", large.severity, 0.0, 0);
                finding.figure("ha", area / HECTARE_M2).figure("limit", large.max_ha);
            }
        }
        if small.kinds.contains(&self.spec().kind) {
            let least = |min_ha: f64| min_ha * HECTARE_M2 * (1.0 - small.tolerance_percent / 100.0);
            let (usual, reduced) = (least(small.min_ha), least(small.reduced_min_ha));
            self.near("ZON-06", "area", area, usual);
            self.near("ZON-06", "area", area, reduced);
            let reduced_kind = small.reduced_kinds.contains(&self.spec().kind).then_some(true);
            // Too small for where it lies; too small wherever it lies; or too small unless it lies in the mountains.
            let (limit, severity) = match reduced_kind.or(self.spec().mountainous) {
                Some(true) => (small.reduced_min_ha, small.severity),
                Some(false) => (small.min_ha, small.severity),
                None if area < reduced => (small.reduced_min_ha, small.severity),
                None => (small.min_ha, small.doubt_severity),
            };
            if area < least(limit) {
                let finding = self.record("ZON-06", severity, 0.0, 0);
                finding.figure("ha", area / HECTARE_M2).figure("limit", limit);
            }
        }
    }
}
