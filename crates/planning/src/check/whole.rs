//! The rules that look at whole collections: their geometry, the collections as they came in, and the plan or projects
//! with all zones.

use std::sync::Arc;

use super::plane::OnPlane;
use super::run::Run;
use super::{LayerContext, Owner, PlanContext, Report, Scene};
use crate::rules::{LAYER_RULES, geo_01, zon_12};
use crate::{Collection, Role, Theme};

impl Run<'_> {
    /// GEO-01 for everything that is not a zone; zones were judged with their groups.
    pub(super) fn judge_geometries(&mut self) {
        if !self.rules.contains(geo_01::ID) {
            return;
        }
        for at in 0..self.scene.collections.len() {
            if self.scene.collections[at].info.role == Role::Zone || self.stopped() {
                continue;
            }
            if let Some(home) = self.home(at) {
                self.whole(at, "geometry", |scene, report| judge_geometry(scene, at, &home, report));
            }
        }
    }

    /// The rules on collections as they came in.
    pub(super) fn judge_layers(&mut self) {
        for at in 0..self.scene.collections.len() {
            if self.stopped() {
                return;
            }
            let chosen: Vec<_> = LAYER_RULES.iter().filter(|(id, _)| self.rules.contains(id)).collect();
            self.whole(at, "layer", |scene, report| {
                let collection = &scene.collections[at];
                chosen.iter().for_each(|(_, judge)| judge(&LayerContext { collection }, scene, report));
            });
        }
    }

    /// ZON-12 on collections of projects.
    pub(super) fn judge_projects(&mut self) {
        for at in 0..self.scene.collections.len() {
            let is_meant = self.scene.collections[at].info.theme == Some(Theme::Projects);
            if !is_meant || !self.rules.contains(zon_12::ID) || self.stopped() {
                continue;
            }
            let Some(home) = self.home(at) else { continue };
            let all: Vec<usize> = (0..self.scene.zones.len()).collect();
            let (owners, zones) = self.on_plane(&home.prepared.crs, &all);
            let owners = owners.into_iter().map(|owner| &self.scene.zones[owner]).collect();
            let plan = &self.scene.collections[at];
            let context = PlanContext { plan, on: &home, zones: &zones, owners };
            zon_12::judge_collection(&context, self.scene, &mut self.report);
        }
    }

    /// Judges a collection by itself, unless it was.
    fn whole(&mut self, at: usize, rules: &'static str, judge: impl FnOnce(&Scene<'_>, &mut Report)) {
        let Collection { info, layer } = &self.scene.collections[at];
        if let Some(known) = self.recollection.collection(layer, &info.id, rules) {
            self.report.append(Report::clone(&known));
            return;
        }
        let mut report = Report::default();
        judge(self.scene, &mut report);
        self.recollection.keep_collection(layer, &info.id, rules, &report);
        self.report.append(report);
    }
}

fn judge_geometry(scene: &Scene<'_>, at: usize, home: &Arc<OnPlane>, report: &mut Report) {
    let Collection { info, layer } = &scene.collections[at];
    for (prepared_at, position) in home.positions.iter().enumerate() {
        let owner = || Owner::of_feature(info, &layer.features[*position], scene);
        geo_01::judge(&home.prepared, prepared_at, owner, scene, report);
    }
}
