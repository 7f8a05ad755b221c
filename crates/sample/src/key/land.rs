//! Present land of certain codes inside a zone: LUP-03 to LUP-08, and what LUP-09 to LUP-11 find inside.

use std::collections::BTreeMap;

use planning::{LandRule, Severity, Theme};

use super::answers::Line;
use super::bench::{Bench, Wide, sorted};
use super::law::{HECTARE_M2, PARCEL_SCALE, ZONE_SCALE, a_min_m2, rules, w_min_m};
use super::parts::grouped;
use super::plan::graver;
use crate::names::today_id;

/// Land inside, slivers left out.
pub(super) struct Inside {
    pub(super) wide: Wide,
    pub(super) table: Vec<Line>,
    pub(super) codes: Vec<String>,
}

impl Bench<'_> {
    pub(super) fn all_land(&mut self) {
        let rules = rules();
        self.land("LUP-03", rules.lup_03.as_ref());
        self.land("LUP-04", rules.lup_04.as_ref());
        self.land("LUP-05", rules.lup_05.as_ref());
        self.land("LUP-06", rules.lup_06.as_ref());
        self.homes(rules.lup_07.as_ref());
        self.strips(rules.lup_08.as_ref());
        self.land("LUP-08", rules.lup_08.as_ref());
    }

    fn land(&mut self, id: &str, rule: Option<&LandRule>) {
        let Some(rule) = rule.filter(|rule| !self.is_left_out(&rule.kinds_left_out)) else { return };
        let slivers = self.verdict.slivers.len();
        let inside = self.inside(id, &rule.codes);
        if id == "LUP-08" {
            // Its strips are findings.
            self.verdict.slivers.truncate(slivers);
        }
        if let Some(inside) = inside {
            self.land_found(id, rule, inside);
        }
    }

    fn land_found(&mut self, id: &str, rule: &LandRule, Inside { wide, table, codes }: Inside) {
        let limit = rule.error_from_ha.map(|ha| ha * HECTARE_M2);
        for limit in limit.into_iter().chain(rule.tiers.iter().filter_map(|t| Some(t.below_ha? * HECTARE_M2)))
        {
            self.near(id, "area", wide.area_m2, limit);
        }
        let grave = limit.is_some_and(|limit| wide.area_m2 >= limit)
            || rule.grave_for_kinds.contains(&self.spec().kind);
        let severity = graver(rule.severity, rule.error_severity, grave);
        let a_min = if rule.keeps_severity { 0.0 } else { a_min_m2(PARCEL_SCALE) };
        let finding = self.found(id, severity, &wide, a_min);
        (finding.table, finding.codes) = (table, codes);
    }

    /// Everything of some codes in the zone that is wide enough, parcel by parcel.
    pub(super) fn inside(&mut self, rule: &str, wanted: &[String]) -> Option<Inside> {
        let (mut all, mut by_code) = (Wide::default(), BTreeMap::new());
        let groups = grouped(self.scene.survey, self.zone, |a| vec![self.atom(a).today]);
        for (parcel, set) in groups {
            let code = self.scene.cover.today.parcels[parcel as usize].code;
            if !wanted.iter().any(|one| one == code) {
                continue;
            }
            let w_min = w_min_m(ZONE_SCALE, PARCEL_SCALE);
            let parts = self.scene.survey.parts(&set);
            let wide = self.sift(rule, &today_id(parcel), Some(code), parts, w_min);
            if wide.parts > 0 {
                *by_code.entry(code).or_insert(0.0) += wide.area_m2;
                all.atoms.extend(wide.atoms);
            }
        }
        if all.atoms.is_empty() {
            return None;
        }
        all.area_m2 = self.scene.survey.area_m2(&all.atoms);
        all.parts = self.scene.survey.parts(&all.atoms).len();
        let table = sorted(by_code.into_iter().map(|(code, area)| (code.to_owned(), area)));
        let codes = table.iter().map(|line| line.key.clone()).collect();
        Some(Inside { wide: all, table, codes })
    }

    /// LUP-07: homes, and buildings where a layer has them.
    fn homes(&mut self, rule: Option<&LandRule>) {
        let Some(rule) = rule.filter(|rule| !self.is_left_out(&rule.kinds_left_out)) else { return };
        let known = self.scene.themes.iter().any(|themed| themed.theme == Theme::Buildings);
        let count = if known { self.buildings() } else { 0 };
        match self.inside("LUP-07", &rule.codes) {
            Some(inside) => self.land_found("LUP-07", rule, inside),
            None if count > 0 => {
                let grave = rule.grave_for_kinds.contains(&self.spec().kind);
                self.record("LUP-07", graver(rule.severity, rule.error_severity, grave), 0.0, 0);
            }
            None => return,
        }
        if let Some(finding) = self.verdict.findings.last_mut().filter(|_| known) {
            finding.figure("n", count as f64);
        }
    }

    /// LUP-08: what reaches in by less than W_min is a warning for each parcel, however small.
    fn strips(&mut self, rule: Option<&LandRule>) {
        let Some(rule) = rule.filter(|rule| !self.is_left_out(&rule.kinds_left_out)) else { return };
        let groups = grouped(self.scene.survey, self.zone, |a| vec![self.atom(a).today]);
        for (parcel, set) in groups {
            let code = self.scene.cover.today.parcels[parcel as usize].code;
            if !rule.codes.iter().any(|one| one == code) {
                continue;
            }
            let w_min = w_min_m(ZONE_SCALE, PARCEL_SCALE);
            let (_, slivers) = self.split("LUP-08", self.scene.survey.parts(&set), w_min);
            if !slivers.is_empty() {
                let area_m2 = slivers.iter().map(|part| part.area_m2).sum();
                let finding = self.record("LUP-08", Severity::Warning, area_m2, slivers.len());
                (finding.other, finding.codes) = (Some(today_id(parcel)), vec![code.into()]);
            }
        }
    }
}
