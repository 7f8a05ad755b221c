//! Zones overlapped block by block with their references, then judged one by one.

use std::ops::Range;

use spatial::overlay::{self, Overlap};
use spatial::{Index, Prepared, PreparedFeature};

use super::context::{CommuneIndex, Communes, Crossing, Crossings, Scene, ZoneContext, ZoneCrossing};
use super::coverage::summary;
use super::group::{Group, Reference};
use super::run::Run;
use super::zones::ZoneEntry;
use super::{ANY_RULE, Report};
use crate::register::Unread;
use crate::rules::{Judges, ZONE_RULES, geo_01};
use crate::{Parameters, Zone, ZoneRef, feature_scale};

/// Zones overlapped at a time: enough to keep all threads busy, few enough to follow and to stop.
const BLOCK: usize = 16;

/// Overlaps of each zone of a block with one reference.
type PerZone = Vec<Vec<Overlap>>;

/// The overlaps of a block of zones.
struct Block {
    plan: PerZone,
    land_use: PerZone,
    communes: Vec<PerZone>,
    zones: PerZone,
}

impl Run<'_> {
    /// Judges the zones that share a working CRS.
    pub(super) fn judge_group(&mut self, generated: bool, members: &[usize]) {
        if self.stopped() {
            return;
        }
        let group = self.group(generated, members);
        let (_, communes) = self.references.get(&generated).cloned().unwrap_or_default();
        for start in (0..group.members.len()).step_by(BLOCK) {
            let range = start..group.members.len().min(start + BLOCK);
            let mut block = self.overlaps(&group, range.clone());
            // What was overlapped while being stopped is not whole and must not be judged.
            if self.stopped() {
                return;
            }
            for at in range.clone() {
                self.judge_member(&group, at, block.take(at - start), &communes);
            }
            self.done += range.len();
            self.tell_progress();
        }
    }

    fn overlaps(&self, group: &Group, range: Range<usize>) -> Block {
        let subjects = Prepared {
            crs: group.zones.crs.clone(),
            features: group.zones.features[range.clone()].to_vec(),
            index: Index::default(),
        };
        let options = overlay::Options { cancelled: self.options.cancelled, ..overlay::Options::default() };
        let none = || vec![Vec::new(); range.len()];
        let with = |reference: &Prepared| {
            let mut zones = none();
            for overlap in overlay::overlaps(&subjects, reference, &options) {
                zones[overlap.subject].push(overlap);
            }
            zones
        };
        let with_one = |one: &Option<Reference>| one.as_ref().map_or_else(none, |one| with(&one.on.prepared));
        Block {
            plan: with_one(&group.plan),
            land_use: with_one(&group.land_use),
            communes: group.communes.iter().map(|one| with(&one.on.prepared)).collect(),
            zones: with(&group.near),
        }
    }

    fn judge_member(&mut self, group: &Group, at: usize, own: Own, communes: &CommuneIndex) {
        let (member, feature) = (group.members[at], &group.zones.features[at]);
        let entry = &self.scene.zones[member];
        self.note(entry, feature);
        let Some(region) = &feature.region else { return };
        let scene = self.scene;
        let with_one = |one: &Option<Reference>, overlaps: Vec<Overlap>| {
            let one = one.as_ref()?;
            let list = crossings(scene, one, overlaps);
            Some(Crossings { collection: &scene.collections[one.collection], list })
        };
        let in_communes: Vec<Crossing<'_>> = group
            .communes
            .iter()
            .zip(own.communes)
            .flat_map(|(one, overlaps)| crossings(scene, one, overlaps))
            .collect();
        let context = ZoneContext {
            entry,
            region,
            area_m2: region.area_m2(),
            plan: with_one(&group.plan, own.plan),
            land_use: with_one(&group.land_use, own.land_use),
            communes: (!group.communes.is_empty()).then_some(Communes { index: communes, list: in_communes }),
            zones: zone_crossings(scene, group, member, own.zones),
        };
        self.judge_zone(member, &context);
    }

    fn judge_zone(&mut self, member: usize, context: &ZoneContext<'_>) {
        let living = self.scene.pack.judges(context.zone().state);
        self.judged += usize::from(living);
        for (id, judges, rule) in ZONE_RULES {
            if self.rules.contains(id) && (living || judges == Judges::EveryZone) {
                rule(context, self.scene, &mut self.report);
            }
        }
        self.summaries.push((member, summary(context, self.scene)));
    }

    /// What can be said of a zone before anything is measured.
    fn note(&mut self, entry: &ZoneEntry, feature: &PreparedFeature) {
        if self.rules.contains(geo_01::ID) {
            let owner = || zone_owner(&entry.zone);
            geo_01::judge(feature, &entry.crs, owner, self.scene, &mut self.report);
        }
        note_state(&entry.zone, self.scene, &mut self.report);
        if feature.region.is_none() {
            let id = Some(entry.zone.id.as_str());
            self.report.skip(self.scene, ANY_RULE, id, "no_area", &Parameters::new());
        }
    }
}

/// The overlaps of one zone.
struct Own {
    plan: Vec<Overlap>,
    land_use: Vec<Overlap>,
    communes: Vec<Vec<Overlap>>,
    zones: Vec<Overlap>,
}

impl Block {
    /// Takes out the overlaps of one zone.
    fn take(&mut self, zone: usize) -> Own {
        let take = |per_zone: &mut PerZone| std::mem::take(&mut per_zone[zone]);
        Own {
            plan: take(&mut self.plan),
            land_use: take(&mut self.land_use),
            communes: self.communes.iter_mut().map(take).collect(),
            zones: take(&mut self.zones),
        }
    }
}

fn crossings<'a>(scene: &Scene<'a>, one: &Reference, overlaps: Vec<Overlap>) -> Vec<Crossing<'a>> {
    let collection = &scene.collections[one.collection];
    let crossing = |overlap: Overlap| {
        let feature = &collection.layer.features[one.on.positions[overlap.reference]];
        Some(Crossing {
            collection,
            feature,
            scale: feature_scale(feature).or(collection.info.scale),
            region: overlap.region?,
            area_m2: overlap.area_m2,
        })
    };
    overlaps.into_iter().filter_map(crossing).collect()
}

fn zone_crossings<'a>(
    scene: &Scene<'a>,
    group: &Group,
    member: usize,
    overlaps: Vec<Overlap>,
) -> Vec<ZoneCrossing<'a>> {
    let crossing = |overlap: Overlap| {
        let other = group.neighbours[overlap.reference];
        let region = overlap.region.filter(|_| other != member)?;
        Some(ZoneCrossing { entry: &scene.zones[other], region })
    };
    overlaps.into_iter().filter_map(crossing).collect()
}

fn zone_owner(zone: &Zone) -> geo_01::Owner {
    let zone_ref = ZoneRef { id: zone.id.clone(), name: zone.name.clone(), kind: zone.kind };
    geo_01::Owner { zone: Some(zone_ref), other: None, name: zone.name.clone() }
}

/// A state that is not known: the zone is judged, and people should know.
fn note_state(zone: &Zone, scene: &Scene<'_>, report: &mut Report) {
    for unread in &zone.unread {
        if let Unread::State(state) = unread {
            let parameters = Parameters::new().name("state", state);
            report.skip(scene, ANY_RULE, Some(&zone.id), "unknown_state", &parameters);
        }
    }
}
