//! The rules over sets of atoms.

use std::collections::{BTreeMap, BTreeSet};

use planning::Severity;

use super::answers::{ExpectedFinding, ExpectedSliver, Line};
use super::law::{
    PARCEL_SCALE, RICE_ERROR_M2, SHARE_INSIDE, ZONE_SCALE, a_min_m2, allowed, converts_land, difference,
    is_rice, living, w_min_m,
};
use super::parts::{Part, Survey, grouped};
use crate::cover::Cover;
use crate::cover::zones::belongs;
use crate::layout::register::ZONES;
use crate::names::{commune_code, plan_id, today_id};

/// What zones say of themselves, as far as rules look at it.
pub(crate) struct Declared {
    /// Declared hectares per zone.
    pub(crate) hectares: Vec<Option<f64>>,
    /// Declared communes per zone.
    pub(crate) communes: Vec<Vec<u32>>,
    /// Zones whose geometry is not valid.
    pub(crate) invalid: Vec<usize>,
}

/// Findings, slivers, and what lies too near to a threshold to be trusted.
#[derive(Default)]
pub(crate) struct Verdict {
    pub(crate) findings: Vec<ExpectedFinding>,
    pub(crate) slivers: Vec<ExpectedSliver>,
    pub(crate) doubts: Vec<String>,
}

/// Judges every zone by every rule.
pub(crate) fn judge(survey: &Survey<'_>, cover: &Cover, declared: &Declared) -> Verdict {
    let mut verdict = Verdict::default();
    for (zone, spec) in ZONES.iter().enumerate() {
        let mut bench = Bench { survey, cover, declared, zone, verdict: &mut verdict };
        bench.geometry();
        bench.declared_area();
        if living(spec.state) {
            bench.plan();
            bench.land("LUP-03", is_rice);
            bench.land("LUP-04", |code| code == "RPH");
            bench.other_zones();
            bench.declared_communes();
            bench.all_communes();
        }
    }
    let key = |f: &ExpectedFinding| (f.rule.clone(), f.zone.clone(), f.other.clone());
    verdict.findings.sort_by_key(key);
    verdict.slivers.sort_by_key(|s| (s.rule.clone(), s.zone.clone(), s.other.clone()));
    verdict
}

struct Bench<'a> {
    survey: &'a Survey<'a>,
    cover: &'a Cover,
    declared: &'a Declared,
    zone: usize,
    verdict: &'a mut Verdict,
}

/// Parts that are wide enough.
#[derive(Default)]
struct Wide {
    area_m2: f64,
    parts: usize,
    atoms: BTreeSet<u32>,
}

impl Bench<'_> {
    fn id(&self) -> &'static str {
        ZONES[self.zone].id
    }

    /// Notes a figure that lies within a tenth of its threshold, unless the register wants it there.
    fn near(&mut self, rule: &str, what: &str, figure: f64, threshold: f64) {
        let guard = if ZONES[self.zone].plants.is_empty() { 0.1 } else { 0.0005 };
        if (figure / threshold - 1.0).abs() < guard {
            let doubt = format!("{rule} {}: {what} {figure} is too near to {threshold}", self.id());
            self.verdict.doubts.push(doubt);
        }
    }

    /// Splits parts by width and records the slivers.
    fn sift(&mut self, rule: &str, other: &str, code: Option<&str>, parts: Vec<Part>, w_min: f64) -> Wide {
        let mut wide = Wide::default();
        for part in parts {
            self.near(rule, "mean width", part.mean_width_m, w_min);
            if part.mean_width_m < w_min {
                self.verdict.slivers.push(ExpectedSliver {
                    rule: rule.into(),
                    zone: self.id().into(),
                    other: other.into(),
                    code: code.map(Into::into),
                    area_m2: part.area_m2,
                });
            } else {
                wide.area_m2 += part.area_m2;
                wide.parts += 1;
                wide.atoms.extend(part.atoms);
            }
        }
        wide
    }

    fn found(&mut self, rule: &str, severity: Severity, wide: &Wide, a_min: f64) -> &mut ExpectedFinding {
        self.near(rule, "area", wide.area_m2, a_min);
        let severity = if wide.area_m2 < a_min { severity.lowered() } else { severity };
        self.record(rule, severity, wide.area_m2, wide.parts)
    }

    fn record(&mut self, rule: &str, severity: Severity, area_m2: f64, parts: usize) -> &mut ExpectedFinding {
        let position = self.verdict.findings.len();
        self.verdict.findings.push(ExpectedFinding {
            rule: rule.into(),
            severity,
            zone: self.id().into(),
            other: None,
            codes: Vec::new(),
            area_m2,
            parts,
            table: Vec::new(),
            declared_m2: None,
            measured_m2: None,
        });
        &mut self.verdict.findings[position]
    }

    fn geometry(&mut self) {
        if self.declared.invalid.contains(&self.zone) {
            self.record("GEO-01", Severity::Block, 0.0, 0);
        }
    }

    fn own_area(&self) -> f64 {
        self.survey.map.area_m2(|a| a.in_zone(self.zone))
    }

    fn declared_area(&mut self) {
        let Some(hectares) = self.declared.hectares[self.zone] else { return };
        // Hectares have two decimals, so this is whole hundreds of m² again.
        let (measured, declared) = (self.own_area(), (hectares * 100.0).round() * 100.0);
        let percent = (measured - declared) / declared * 100.0;
        for step in [0.5, 1.0, 5.0] {
            self.near("ZON-04", "difference", percent.abs(), step);
        }
        if let Some(severity) = difference(percent) {
            let finding = self.record("ZON-04", severity, 0.0, 0);
            (finding.declared_m2, finding.measured_m2) = (Some(declared), Some(measured));
        }
    }

    fn plan(&mut self) {
        let atoms = &self.survey.map.atoms;
        let groups =
            grouped(self.survey, self.zone, |a| vec![atoms[a as usize].plan, atoms[a as usize].second]);
        for (parcel, set) in groups {
            let code = self.cover.plan.parcels[parcel as usize].code;
            if allowed(ZONES[self.zone].kind, code) != Some(false) {
                continue;
            }
            let id = plan_id(parcel);
            let w_min = w_min_m(ZONE_SCALE, PARCEL_SCALE);
            let wide = self.sift("LUP-01", &id, Some(code), self.survey.parts(&set), w_min);
            if wide.parts > 0 {
                let finding = self.found("LUP-01", Severity::Error, &wide, a_min_m2(PARCEL_SCALE));
                (finding.other, finding.codes) = (Some(id), vec![code.into()]);
            }
        }
    }

    fn land(&mut self, rule: &str, wanted: impl Fn(&str) -> bool) {
        if !converts_land(ZONES[self.zone].kind) {
            return;
        }
        let atoms = &self.survey.map.atoms;
        let code_of = |parcel: u32| self.cover.today.parcels[parcel as usize].code;
        let groups = grouped(self.survey, self.zone, |a| vec![atoms[a as usize].today]);
        let (mut all, mut by_code, mut narrow) = (Wide::default(), BTreeMap::new(), Vec::new());
        for (parcel, set) in groups.into_iter().filter(|(parcel, _)| wanted(code_of(*parcel))) {
            let (code, parts) = (code_of(parcel), self.survey.parts(&set));
            let w_min = w_min_m(ZONE_SCALE, PARCEL_SCALE);
            narrow.extend(parts.iter().filter(|p| p.mean_width_m < w_min).flat_map(|p| p.atoms.clone()));
            let wide = self.sift(rule, &today_id(parcel), Some(code), parts, w_min);
            if wide.parts > 0 {
                *by_code.entry(code).or_insert(0.0) += wide.area_m2;
                all.atoms.extend(wide.atoms);
            }
        }
        let beside = |a: &u32| self.survey.neighbours(*a).any(|n| all.atoms.contains(&n));
        if narrow.iter().any(beside) {
            self.verdict.doubts.push(format!("{rule} {}: a sliver beside land of the same kind", self.id()));
        }
        if all.atoms.is_empty() {
            return;
        }
        all.area_m2 = self.survey.area_m2(&all.atoms);
        all.parts = self.survey.parts(&all.atoms).len();
        let mut severity = Severity::Error;
        if rule == "LUP-03" {
            self.near(rule, "area", all.area_m2, RICE_ERROR_M2);
            severity = if all.area_m2 >= RICE_ERROR_M2 { Severity::Error } else { Severity::Warning };
        } else {
            self.near(rule, "area", all.area_m2, 2.0 * RICE_ERROR_M2);
        }
        let table = sorted(by_code.into_iter().map(|(code, area)| (code.to_owned(), area)));
        let finding = self.found(rule, severity, &all, a_min_m2(PARCEL_SCALE));
        finding.codes = table.iter().map(|line| line.key.clone()).collect();
        finding.table = table;
    }

    fn other_zones(&mut self) {
        for (other, spec) in ZONES.iter().enumerate() {
            let mine = &ZONES[self.zone];
            let related = belongs(self.zone, spec.id) || belongs(other, mine.id);
            if mine.id >= spec.id || !living(spec.state) || related {
                continue;
            }
            let atoms = &self.survey.map.atoms;
            let groups =
                grouped(self.survey, self.zone, |a| vec![u32::from(atoms[a as usize].in_zone(other))]);
            let Some(set) = groups.get(&1) else { continue };
            let w_min = w_min_m(ZONE_SCALE, ZONE_SCALE);
            let wide = self.sift("ZON-01", spec.id, None, self.survey.parts(set), w_min);
            if wide.parts > 0 {
                let finding = self.found("ZON-01", Severity::Error, &wide, a_min_m2(ZONE_SCALE));
                finding.other = Some(spec.id.into());
            }
        }
    }

    fn communes(&self) -> BTreeMap<u32, BTreeSet<u32>> {
        let atoms = &self.survey.map.atoms;
        grouped(self.survey, self.zone, |a| vec![atoms[a as usize].commune])
    }

    fn declared_communes(&mut self) {
        let declared = &self.declared.communes[self.zone];
        if declared.is_empty() {
            return;
        }
        let groups = self.communes();
        let outside: BTreeSet<u32> =
            groups.iter().filter(|(c, _)| !declared.contains(c)).flat_map(|(_, set)| set.clone()).collect();
        let out = self.survey.area_m2(&outside) / self.own_area();
        self.near("ADM-02", "share", out, 1.0 - SHARE_INSIDE);
        if 1.0 - out >= SHARE_INSIDE {
            return;
        }
        let w_min = w_min_m(ZONE_SCALE, PARCEL_SCALE);
        let parts = self.survey.parts(&outside);
        if parts.iter().any(|p| p.mean_width_m < w_min) {
            self.verdict.doubts.push(format!("ADM-02 {}: a sliver outside", self.id()));
        }
        let wide = self.sift("ADM-02", "", None, parts, w_min);
        let mut table = Vec::new();
        for (&commune, set) in groups.iter().filter(|(c, _)| !declared.contains(c)) {
            let parts = self.survey.parts(set);
            if parts.iter().any(|p| p.mean_width_m < w_min * 1.1) {
                self.verdict.doubts.push(format!("ADM-02 {}: a narrow part in a commune", self.id()));
            }
            table.push((commune_code(commune), self.survey.area_m2(set)));
        }
        if wide.parts > 0 {
            let finding = self.found("ADM-02", Severity::Error, &wide, a_min_m2(PARCEL_SCALE));
            finding.table = sorted(table.into_iter());
        }
    }

    fn all_communes(&mut self) {
        let (mut all, mut table) = (Wide::default(), Vec::new());
        for (commune, set) in self.communes() {
            let code = commune_code(commune);
            let w_min = w_min_m(ZONE_SCALE, PARCEL_SCALE);
            let wide = self.sift("ADM-03", &code, None, self.survey.parts(&set), w_min);
            if wide.parts > 0 {
                table.push((code, wide.area_m2));
                all.atoms.extend(wide.atoms);
            }
        }
        if table.len() > 1 {
            all.area_m2 = self.survey.area_m2(&all.atoms);
            all.parts = self.survey.parts(&all.atoms).len();
            let finding = self.record("ADM-03", Severity::Info, all.area_m2, all.parts);
            finding.table = sorted(table.into_iter());
        }
    }
}

/// Lines, largest first.
pub(super) fn sorted(lines: impl Iterator<Item = (String, f64)>) -> Vec<Line> {
    let mut lines: Vec<Line> = lines.map(|(key, area_m2)| Line { key, area_m2 }).collect();
    lines.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2).then_with(|| a.key.cmp(&b.key)));
    lines
}
