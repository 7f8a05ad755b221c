//! Land and features inside a zone or too near to it: LUP-09 to LUP-11, ENV-01, ADM-06.

use std::collections::BTreeSet;

use planning::{NearRule, Theme};

use super::bench::Bench;
use super::law::{PARCEL_SCALE, a_min_m2, rules};
use super::outline::{apart_m, boxes_apart_m, extent, share_a_vertex};
use super::plan::graver;
use crate::collections::TODAY;
use crate::names::today_id;

/// Something near: its distance, its collection, its id, its code; ordered so that the one a finding names is least.
struct Nearby {
    apart_m: f64,
    collection: &'static str,
    id: String,
    code: Option<&'static str>,
    limit_m: f64,
}

impl Bench<'_> {
    pub(super) fn all_near(&mut self) {
        let rules = rules();
        self.land_near("LUP-09", rules.lup_09.as_ref());
        self.land_near("LUP-10", rules.lup_10.as_ref());
        self.land_near("LUP-11", rules.lup_11.as_ref());
        self.people();
        self.border();
    }

    fn land_near(&mut self, id: &str, rule: Option<&NearRule>) {
        let Some(rule) = rule.filter(|rule| !self.is_left_out(&rule.kinds_left_out)) else { return };
        let codes: Vec<String> = rule.buffers.iter().flat_map(|buffer| buffer.codes.clone()).collect();
        let mut inside = self.inside(id, &codes);
        if let Some(theme) = rule.theme {
            inside = self.with_themed(id, theme, inside);
        }
        if let Some(inside) = inside {
            let finding = self.found(id, rule.severity, &inside.wide, a_min_m2(PARCEL_SCALE));
            (finding.table, finding.codes) = (inside.table, inside.codes);
            return;
        }
        let limit = |code: &str| {
            let meant = rule.buffers.iter().filter(|buffer| buffer.codes.iter().any(|one| one == code));
            meant.map(|buffer| buffer.distance_m).max_by(f64::total_cmp)
        };
        let mut near = self.parcels_near(id, &limit);
        if let Some(theme) = rule.theme {
            near.extend(self.themed_near(id, theme, rule.theme_distance_m));
        }
        if let Some(nearest) = nearest(near) {
            let finding = self.record(id, rule.near_severity, 0.0, 0);
            finding.codes = nearest.code.map(Into::into).into_iter().collect();
            finding.figure("d", nearest.apart_m).figure("limit", nearest.limit_m);
            finding.other = Some(nearest.id);
        }
    }

    /// ENV-01.
    fn people(&mut self) {
        let Some(rule) = &rules().env_01 else { return };
        if self.is_left_out(&rule.kinds_left_out) {
            return;
        }
        let given = self.scene.declared.classes[self.zone].as_deref();
        let class = given.unwrap_or(&rule.default_class);
        let Some(limit_m) = rule.classes.iter().find(|one| one.class == class).map(|one| one.distance_m)
        else {
            return;
        };
        let lived_on = |code: &str| rule.codes.iter().any(|one| one == code).then_some(limit_m);
        if let Some(nearest) = nearest(self.parcels_near("ENV-01", &lived_on)) {
            let severity = graver(rule.assumed_severity, Some(rule.severity), given.is_some());
            let finding = self.record("ENV-01", severity, 0.0, 0);
            finding.codes = nearest.code.map(Into::into).into_iter().collect();
            finding.figure("d", nearest.apart_m).figure("limit", limit_m);
            finding.other = Some(nearest.id);
        }
    }

    /// ADM-06.
    fn border(&mut self) {
        let Some(rule) = &rules().adm_06 else { return };
        if self.is_left_out(&rule.kinds_left_out) {
            return;
        }
        if let Some(nearest) = nearest(self.themed_near("ADM-06", Theme::NationalBorder, rule.distance_m)) {
            let finding = self.record("ADM-06", rule.severity, 0.0, 0);
            finding.figure("d", nearest.apart_m).figure("limit", rule.distance_m);
            finding.other = Some(nearest.id);
        }
    }

    /// Present parcels nearer than the limit of their code; what reaches in or touches is at 0 m.
    fn parcels_near(&mut self, rule: &str, limit_m: &dyn Fn(&str) -> Option<f64>) -> Vec<Nearby> {
        let (scene, own) = (self.scene, &self.scene.zones[self.zone]);
        let place = extent(own);
        let reached: BTreeSet<u32> =
            scene.survey.map.atoms.iter().filter(|a| a.in_zone(self.zone)).map(|a| a.today).collect();
        let mut near = Vec::new();
        for (parcel, about) in scene.cover.today.parcels.iter().enumerate() {
            let Some(limit_m) = limit_m(about.code) else { continue };
            let edges = &scene.today[parcel];
            if limit_m <= 0.0 || boxes_apart_m(place, extent(edges)) >= limit_m {
                continue;
            }
            let touches = reached.contains(&(parcel as u32)) || share_a_vertex(own, edges);
            let apart_m = if touches { 0.0 } else { apart_m(own, edges) };
            self.near(rule, "distance", apart_m, limit_m);
            if apart_m < limit_m {
                let (collection, id, code) = (TODAY, today_id(parcel as u32), Some(about.code));
                near.push(Nearby { apart_m, collection, id, code, limit_m });
            }
        }
        near
    }

    /// Features of a theme nearer than a limit.
    fn themed_near(&mut self, rule: &str, theme: Theme, limit_m: f64) -> Vec<Nearby> {
        let mut near = Vec::new();
        for (themed, feature) in self.themed(theme) {
            let apart_m = feature.shape.apart_m(&self.scene.zones[self.zone]);
            self.near(rule, "distance", apart_m, limit_m);
            if apart_m < limit_m {
                let (collection, id) = (themed.id, feature.id.clone());
                near.push(Nearby { apart_m, collection, id, code: None, limit_m });
            }
        }
        near
    }
}

/// The nearest; of equally near ones, that of the lower collection, then of the lower id.
fn nearest(near: Vec<Nearby>) -> Option<Nearby> {
    let order = |a: &Nearby, b: &Nearby| {
        a.apart_m.total_cmp(&b.apart_m).then_with(|| (a.collection, &a.id).cmp(&(b.collection, &b.id)))
    };
    near.into_iter().min_by(order)
}
