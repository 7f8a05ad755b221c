//! The rules on plans: LUP-01, LUP-02, PLN-04.

use std::collections::{BTreeMap, BTreeSet};

use planning::Severity;

use super::answers::ExpectedFinding;
use super::bench::{Bench, Scene, Verdict, Wide, sorted};
use super::law::{HECTARE_M2, PARCEL_SCALE, ZONE_SCALE, a_min_m2, allowed, living, rules, w_min_m};
use super::outline::{boxes_apart_m, extent, outline};
use super::parts::grouped;
use crate::layout::register::ZONES;
use crate::map::Labels;
use crate::mesh::NONE;
use crate::names::plan_id;

impl Bench<'_> {
    /// LUP-01.
    pub(super) fn plan(&mut self) {
        let Some(rule) = &rules().lup_01 else { return };
        let groups = grouped(self.scene.survey, self.zone, |a| vec![self.atom(a).plan, self.atom(a).second]);
        for (parcel, set) in groups {
            let code = self.scene.cover.plan.parcels[parcel as usize].code;
            if allowed(self.spec().kind, code) != Some(false) {
                continue;
            }
            let id = plan_id(parcel);
            let w_min = w_min_m(ZONE_SCALE, PARCEL_SCALE);
            let wide = self.sift("LUP-01", &id, Some(code), self.scene.survey.parts(&set), w_min);
            if wide.parts > 0 {
                let finding = self.found("LUP-01", rule.severity, &wide, a_min_m2(PARCEL_SCALE));
                (finding.other, finding.codes) = (Some(id), vec![code.into()]);
            }
        }
    }

    /// PLN-04: every pair of a parcel before and a parcel now with another code.
    pub(super) fn versions(&mut self) {
        let Some(rule) = &rules().pln_04 else { return };
        let mut pairs: BTreeMap<[u32; 2], BTreeSet<u32>> = BTreeMap::new();
        for (atom, labels) in self.scene.survey.map.atoms.iter().enumerate() {
            for now in [labels.plan, labels.second] {
                if labels.in_zone(self.zone) && now != NONE {
                    pairs.entry([labels.older, now]).or_default().insert(atom as u32);
                }
            }
        }
        let (mut all, mut forbidden, mut table) = (Wide::default(), BTreeSet::new(), BTreeMap::new());
        for ([before, now], set) in pairs {
            let cover = self.scene.cover;
            let (from, to) =
                (cover.older.parcels[before as usize].code, cover.plan.parcels[now as usize].code);
            if from == to {
                continue;
            }
            let w_min = w_min_m(PARCEL_SCALE, PARCEL_SCALE);
            let (wide, _) = self.split("PLN-04", self.scene.survey.parts(&set), w_min);
            if wide.parts == 0 {
                continue;
            }
            *table.entry(format!("{from} → {to}")).or_insert(0.0) += wide.area_m2;
            let kind = self.spec().kind;
            if allowed(kind, from) == Some(true) && allowed(kind, to) == Some(false) {
                forbidden.extend(wide.atoms.iter().copied());
            }
            all.add(wide);
        }
        if all.parts == 0 {
            return;
        }
        all.area_m2 = self.scene.survey.area_m2(&all.atoms);
        all.parts = self.scene.survey.parts(&all.atoms).len();
        let severity = if forbidden.is_empty() { rule.severity } else { rule.conflict_severity };
        let conflict = self.scene.survey.area_m2(&forbidden) / HECTARE_M2;
        let finding = self.found("PLN-04", severity, &all, a_min_m2(PARCEL_SCALE));
        finding.table = sorted(table.into_iter());
        finding.figure("conflict", conflict);
    }
}

/// LUP-02: what a parcel planned for zones has outside of every living zone of the kinds that it is meant for.
pub(super) fn unclaimed(scene: &Scene<'_>, verdict: &mut Verdict) {
    let Some(rule) = &rules().lup_02 else { return };
    let map = scene.survey.map;
    for (parcel, about) in scene.cover.plan.parcels.iter().enumerate() {
        let Some(kinds) = rule.kinds.get(about.code) else { continue };
        let parcel = parcel as u32;
        let own = |a: &Labels| a.plan == parcel || a.second == parcel;
        let fits = |zone: &usize| kinds.contains(&ZONES[*zone].kind) && living(ZONES[*zone].state);
        let fitting: Vec<usize> = (0..ZONES.len()).filter(fits).collect();
        let free = |a: &Labels| own(a) && !fitting.iter().any(|&zone| a.in_zone(zone));
        let atoms = map.atoms.iter().enumerate().filter(|(_, a)| free(a));
        let set: BTreeSet<u32> = atoms.map(|(atom, _)| atom as u32).collect();
        if set.is_empty() {
            continue;
        }
        let place = extent(&outline(map, own));
        let beside = fitting.iter().any(|&zone| boxes_apart_m(place, extent(&scene.zones[zone])) == 0.0);
        let w_min = w_min_m(if beside { ZONE_SCALE } else { PARCEL_SCALE }, PARCEL_SCALE);
        let parts = scene.survey.parts(&set);
        let doubtful = parts.iter().any(|part| (part.mean_width_m / w_min - 1.0).abs() < 0.0005);
        if doubtful {
            verdict.doubts.push(format!("LUP-02 {}: a width too near to {w_min}", plan_id(parcel)));
        }
        let wide: Vec<_> = parts.into_iter().filter(|part| part.mean_width_m >= w_min).collect();
        if wide.is_empty() {
            continue;
        }
        let area_m2 = wide.iter().map(|part| part.area_m2).sum();
        let severity = if area_m2 < a_min_m2(PARCEL_SCALE) { rule.severity.lowered() } else { rule.severity };
        verdict.findings.push(ExpectedFinding {
            other: Some(plan_id(parcel)),
            codes: vec![about.code.into()],
            ..ExpectedFinding::new("LUP-02", severity, area_m2, wide.len())
        });
    }
}

/// What a severity of the pack is called where nothing else decides.
pub(super) fn graver(usual: Severity, grave: Option<Severity>, is_grave: bool) -> Severity {
    grave.filter(|_| is_grave).unwrap_or(usual)
}
