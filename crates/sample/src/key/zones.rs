//! The rules on pairs of zones: GEO-03, ZON-01, ZON-02, ZON-03.

use std::collections::BTreeSet;

use super::bench::Bench;
use super::law::{ZONE_SCALE, a_min_m2, living, rules, w_min_m};
use super::outline::{apart_m, boxes_apart_m, extent, furthest_vertex_m, share_a_vertex};
use super::parts::grouped;
use crate::cover::zones::belongs;
use crate::layout::register::{ZONES, position};

/// Share of a union below which two zones are not held against each other as one.
const HALF: f64 = 0.5;

impl Bench<'_> {
    /// GEO-03, ZON-01, ZON-03, each pair once.
    pub(super) fn other_zones(&mut self) {
        for (other, spec) in ZONES.iter().enumerate() {
            let mine = self.spec();
            if mine.id >= spec.id || !living(spec.state) {
                continue;
            }
            let related = belongs(self.zone, spec.id) || belongs(other, mine.id);
            let inside = |a: u32| vec![u32::from(self.atom(a).in_zone(other))];
            let shared = grouped(self.scene.survey, self.zone, inside).remove(&1).unwrap_or_default();
            if !shared.is_empty() {
                self.duplicate(other, &shared);
            }
            if related {
                continue;
            }
            if shared.is_empty() {
                self.gap(other);
            } else {
                self.overlap(other, &shared);
            }
        }
    }

    /// ZON-01.
    fn overlap(&mut self, other: usize, shared: &BTreeSet<u32>) {
        let Some(rule) = &rules().zon_01 else { return };
        let id = ZONES[other].id;
        let w_min = w_min_m(ZONE_SCALE, ZONE_SCALE);
        let wide = self.sift("ZON-01", id, None, self.scene.survey.parts(shared), w_min);
        if wide.parts > 0 {
            let finding = self.found("ZON-01", rule.severity, &wide, a_min_m2(ZONE_SCALE));
            finding.other = Some(id.into());
        }
    }

    /// GEO-03.
    fn duplicate(&mut self, other: usize, shared: &BTreeSet<u32>) {
        let Some(rule) = &rules().geo_03 else { return };
        let map = self.scene.survey.map;
        let both = self.scene.survey.area_m2(shared);
        let either = map.area_m2(|a| a.in_zone(self.zone) || a.in_zone(other));
        let iou = both / either;
        self.near("GEO-03", "share", iou, rule.min_iou);
        if iou < rule.min_iou {
            let [own, its] = [self.zone, other].map(|zone| &self.scene.zones[zone]);
            let off = || furthest_vertex_m(own, its).max(furthest_vertex_m(its, own));
            if iou >= HALF && off() <= 1.1 * w_min_m(ZONE_SCALE, ZONE_SCALE) {
                self.doubt("GEO-03", "borders that agree but for their corners");
            }
            return;
        }
        let finding = self.record("GEO-03", rule.severity, 0.0, 0);
        finding.figure("p", iou * 100.0);
        finding.other = Some(ZONES[other].id.into());
    }

    /// ZON-03.
    fn gap(&mut self, other: usize) {
        let Some(rule) = &rules().zon_03 else { return };
        let limit = rule.within_w_min * w_min_m(ZONE_SCALE, ZONE_SCALE);
        let [own, its] = [self.zone, other].map(|zone| &self.scene.zones[zone]);
        if boxes_apart_m(extent(own), extent(its)) > limit || share_a_vertex(own, its) {
            return;
        }
        let apart = apart_m(own, its);
        self.near("ZON-03", "distance", apart, limit);
        if apart <= limit {
            let finding = self.record("ZON-03", rule.severity, 0.0, 0);
            finding.figure("d", apart).figure("limit", limit);
            finding.other = Some(ZONES[other].id.into());
        }
    }

    /// ZON-02.
    pub(super) fn parent(&mut self) {
        let (Some(rule), Some(id)) = (&rules().zon_02, self.spec().parent) else { return };
        let Some(parent) = position(id) else { return };
        let beyond = |a: u32| vec![u32::from(!self.atom(a).in_zone(parent))];
        let outside = grouped(self.scene.survey, self.zone, beyond).remove(&1).unwrap_or_default();
        let w_min = w_min_m(ZONE_SCALE, ZONE_SCALE);
        let wide = self.sift("ZON-02", id, None, self.scene.survey.parts(&outside), w_min);
        if wide.parts > 0 {
            let finding = self.found("ZON-02", rule.severity, &wide, a_min_m2(ZONE_SCALE));
            finding.other = Some(id.into());
        }
    }
}
