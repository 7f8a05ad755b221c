//! The rules on communes: ADM-01 to ADM-04.

use std::collections::{BTreeMap, BTreeSet};

use super::bench::{Bench, Wide, sorted};
use super::law::{PARCEL_SCALE, ZONE_SCALE, a_min_m2, rules, w_min_m};
use super::parts::grouped;
use crate::mesh::NONE;
use crate::names::{FOREIGN_PROVINCE, commune_code, commune_label};

impl Bench<'_> {
    pub(super) fn all_communes(&mut self) {
        self.province();
        self.declared_communes();
        self.spanned_communes();
        self.claims();
    }

    fn communes(&self) -> BTreeMap<u32, BTreeSet<u32>> {
        grouped(self.scene.survey, self.zone, |a| vec![self.atom(a).commune, self.atom(a).claimed])
    }

    /// ADM-01: what lies in the communes of another province.
    fn province(&mut self) {
        let Some(rule) = &rules().adm_01 else { return };
        let foreign: BTreeSet<u32> = self
            .communes()
            .into_iter()
            .filter(|(commune, _)| self.scene.cover.foreign == Some(*commune))
            .flat_map(|(_, set)| set)
            .collect();
        let w_min = w_min_m(ZONE_SCALE, PARCEL_SCALE);
        let wide = self.sift("ADM-01", FOREIGN_PROVINCE, None, self.scene.survey.parts(&foreign), w_min);
        if wide.parts > 0 {
            self.found("ADM-01", rule.severity, &wide, a_min_m2(PARCEL_SCALE));
        }
    }

    /// ADM-02.
    fn declared_communes(&mut self) {
        let Some(rule) = &rules().adm_02 else { return };
        let declared = &self.scene.declared.communes[self.zone];
        if declared.is_empty() {
            return;
        }
        let at_home =
            |a: u32| [self.atom(a).commune, self.atom(a).claimed].iter().any(|c| declared.contains(c));
        let outside = grouped(self.scene.survey, self.zone, |a| vec![u32::from(!at_home(a))])
            .remove(&1)
            .unwrap_or_default();
        let out = self.scene.survey.area_m2(&outside) / self.own_area();
        self.near("ADM-02", "share", out, 1.0 - rule.min_share_inside);
        if 1.0 - out >= rule.min_share_inside {
            return;
        }
        let w_min = w_min_m(ZONE_SCALE, PARCEL_SCALE);
        let parts = self.scene.survey.parts(&outside);
        if parts.iter().any(|p| p.mean_width_m < w_min) {
            self.doubt("ADM-02", "a sliver outside");
        }
        let wide = self.sift("ADM-02", "", None, parts, w_min);
        let mut table = Vec::new();
        for (&commune, set) in self.communes().iter().filter(|(c, _)| !declared.contains(c)) {
            let parts = self.scene.survey.parts(set);
            if parts.iter().any(|p| p.mean_width_m < w_min * 1.1) {
                self.doubt("ADM-02", "a narrow part in a commune");
            }
            table.push((commune_code(commune), self.scene.survey.area_m2(set)));
        }
        if wide.parts > 0 {
            let finding = self.found("ADM-02", rule.severity, &wide, a_min_m2(PARCEL_SCALE));
            finding.table = sorted(table.into_iter());
        }
    }

    /// ADM-03.
    fn spanned_communes(&mut self) {
        let Some(rule) = &rules().adm_03 else { return };
        let (mut all, mut table) = (Wide::default(), Vec::new());
        for (commune, set) in self.communes() {
            let code = commune_code(commune);
            let w_min = w_min_m(ZONE_SCALE, PARCEL_SCALE);
            let wide = self.sift("ADM-03", &code, None, self.scene.survey.parts(&set), w_min);
            if wide.parts > 0 {
                table.push((code, wide.area_m2));
                all.atoms.extend(wide.atoms);
            }
        }
        if table.len() > 1 {
            all.area_m2 = self.scene.survey.area_m2(&all.atoms);
            all.parts = self.scene.survey.parts(&all.atoms).len();
            let finding = self.record("ADM-03", rule.severity, all.area_m2, all.parts);
            finding.table = sorted(table.into_iter());
        }
    }

    /// ADM-04: land of the zone that two communes claim, and land that none has.
    fn claims(&mut self) {
        let Some(rule) = &rules().adm_04 else { return };
        let w_min = w_min_m(PARCEL_SCALE, PARCEL_SCALE);
        let mut claims: BTreeMap<[u32; 2], BTreeSet<u32>> = BTreeMap::new();
        let mut nobody = BTreeSet::new();
        for (atom, labels) in
            self.scene.survey.map.atoms.iter().enumerate().filter(|(_, a)| a.in_zone(self.zone))
        {
            if labels.commune == NONE {
                nobody.insert(atom as u32);
            } else if labels.claimed != NONE {
                let mut pair = [labels.commune, labels.claimed];
                let wards = &self.scene.declared.wards;
                pair.sort_by_key(|c| (commune_label(*c, wards.contains(c)), commune_code(*c)));
                claims.entry(pair).or_default().insert(atom as u32);
            }
        }
        for (pair, set) in claims {
            let other = pair.map(commune_code).join("+");
            let wide = self.sift("ADM-04", &other, None, self.scene.survey.parts(&set), w_min);
            if wide.parts > 0 {
                let finding = self.found("ADM-04", rule.severity, &wide, a_min_m2(PARCEL_SCALE));
                finding.table = sorted(pair.iter().map(|&commune| (commune_code(commune), wide.area_m2)));
            }
        }
        let wide = self.sift("ADM-04", "", None, self.scene.survey.parts(&nobody), w_min);
        if wide.parts > 0 {
            self.found("ADM-04", rule.severity, &wide, a_min_m2(PARCEL_SCALE));
        }
    }
}
