//! LUP-02, which looks from the plan to the zones: parcel by parcel, and again only where a zone near it has changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use spatial::crs::Transformation;
use spatial::{Crs, Envelope};

use super::memory::{Parcels, Spread};
use super::plane::OnPlane;
use super::run::Run;
use super::{PlanContext, Report};
use crate::rules::lup_02;

impl Run<'_> {
    /// LUP-02 for the plan that zones are judged against.
    pub(super) fn judge_plan(&mut self, plan: Option<usize>) {
        let Some(at) = plan.filter(|_| self.rules.contains(lup_02::ID) && !self.stopped()) else { return };
        let Some(home) = self.home(at) else { return };
        let layer = &self.scene.collections[at].layer;
        let crs = home.prepared.crs.name();
        let known = self.recollection.parcels();
        let known = known.filter(|known| Arc::ptr_eq(&known.layer, layer) && known.crs == crs);
        let parcels = match known {
            Some(known) => self.judge_changed(at, &home, known),
            None => self.judge_parcels(at, &home),
        };
        parcels.reports.values().for_each(|report| self.report.append(Report::clone(report)));
        if self.recollection.keeps() && !self.stopped() {
            self.recollection.keep_parcels(parcels);
        }
    }

    /// All parcels with all zones.
    fn judge_parcels(&mut self, plan: usize, home: &OnPlane) -> Parcels {
        let all: Vec<usize> = (0..self.scene.zones.len()).collect();
        let parcels: Vec<usize> = (0..home.positions.len()).collect();
        let (reports, boxes) = self.judge_some(plan, home, &parcels, &all);
        let numbers: Vec<u64> = self.recollection.marks().numbers().collect();
        let none = numbers.iter().map(|&number| (number, None));
        let placed = boxes.into_iter().filter_map(|(at, place)| Some((*numbers.get(at)?, place)));
        Parcels {
            layer: Arc::clone(&self.scene.collections[plan].layer),
            crs: home.prepared.crs.name().to_owned(),
            zones: none.chain(placed).collect(),
            reports,
        }
    }

    /// Those parcels anew that a zone touches, or touched, which is not what it was.
    fn judge_changed(&mut self, plan: usize, home: &OnPlane, mut known: Parcels) -> Parcels {
        let numbers: Vec<u64> = self.recollection.marks().numbers().collect();
        let now: BTreeSet<u64> = numbers.iter().copied().collect();
        let mut places: Vec<Envelope> = Vec::new();
        known.zones.retain(|number, place| {
            let stays = now.contains(number);
            places.extend(place.filter(|_| !stays));
            stays
        });
        let fresh: Vec<usize> =
            (0..numbers.len()).filter(|&at| !known.zones.contains_key(&numbers[at])).collect();
        let (owners, prepared) = self.on_plane(&home.prepared.crs, &fresh);
        known.zones.extend(fresh.iter().map(|&at| (numbers[at], None)));
        for (owner, feature) in owners.into_iter().zip(&prepared.features) {
            known.zones.insert(numbers[owner], feature.envelope);
            places.extend(feature.envelope);
        }
        let touched = places.iter().flat_map(|place| home.prepared.candidates(place));
        let parcels: BTreeSet<usize> = touched.collect();
        let parcels: Vec<usize> = parcels.into_iter().collect();
        let zones = self.zones_over(home, &parcels);
        let (reports, _) = self.judge_some(plan, home, &parcels, &zones);
        parcels.iter().for_each(|parcel| {
            known.reports.remove(parcel);
        });
        known.reports.extend(reports);
        known
    }

    /// Positions of the zones that could touch these parcels.
    fn zones_over(&self, home: &OnPlane, parcels: &[usize]) -> Vec<usize> {
        let to_degrees = Transformation::new(&home.prepared.crs, &Crs::wgs84()).ok();
        let spread = |&parcel: &usize| match home.prepared.features[parcel].envelope {
            None => Spread::Nowhere,
            Some(place) => {
                let there = to_degrees.as_ref().and_then(|way| way.envelope(&place));
                there.map_or(Spread::Everywhere, Spread::Within)
            }
        };
        let marks = self.recollection.marks();
        let zones: BTreeSet<usize> = parcels.iter().flat_map(|parcel| marks.near(&spread(parcel))).collect();
        zones.into_iter().collect()
    }

    /// Some parcels with some zones: what was said of each, and the boxes of the zones.
    fn judge_some(
        &mut self,
        plan: usize,
        home: &OnPlane,
        parcels: &[usize],
        zones: &[usize],
    ) -> (BTreeMap<usize, Arc<Report>>, HashMap<usize, Option<Envelope>>) {
        let (owners, zones) = self.on_plane(&home.prepared.crs, zones);
        let boxes =
            owners.iter().copied().zip(zones.features.iter().map(|feature| feature.envelope)).collect();
        let owners = owners.into_iter().map(|owner| &self.scene.zones[owner]).collect();
        let (scene, cancelled) = (self.scene, self.options.cancelled);
        let context = PlanContext { plan: &scene.collections[plan], on: home, zones: &zones, owners };
        let judge = |&parcel: &usize| {
            let mut report = Report::default();
            if !cancelled.is_some_and(|cancelled| cancelled()) {
                lup_02::judge(&context, parcel, scene, &mut report);
            }
            (!report.is_empty()).then(|| (parcel, Arc::new(report)))
        };
        (parcels.par_iter().filter_map(judge).collect::<Vec<_>>().into_iter().collect(), boxes)
    }
}
