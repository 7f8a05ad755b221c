//! One zone: overlapped with its references, judged by every rule, and summed up.

use std::collections::BTreeSet;

use spatial::overlay::{self, Overlaps, Shapes, Want};
use spatial::{Prepared, PreparedFeature, Region};

use super::context::{
    CommuneIndex, Communes, Crossing, Crossings, LazyShape, Scene, ZoneContext, ZoneCrossing,
};
use super::coverage::summary;
use super::group::{Group, Reference, Themed};
use super::surroundings::Surroundings;
use super::zones::ZoneEntry;
use super::{ANY_RULE, Owner, Report, ZoneSummary};
use crate::register::Unread;
use crate::rules::{Judges, ZONE_RULES, geo_01};
use crate::{Parameters, Theme, Zone, feature_scale};

/// A zone of a group about to be judged.
pub(super) struct Member<'a> {
    pub(super) scene: &'a Scene<'a>,
    /// Rules to apply.
    pub(super) rules: &'a BTreeSet<&'static str>,
    pub(super) cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
    pub(super) group: &'a Group,
    /// Its position in the group.
    pub(super) at: usize,
}

/// What there is to say of one zone.
#[derive(Clone, Debug, Default)]
pub(super) struct Judged {
    pub(super) report: Report,
    pub(super) summary: Option<ZoneSummary>,
    /// Whether its state lets it be judged.
    pub(super) living: bool,
}

impl<'a> Member<'a> {
    pub(super) fn judge(&self, communes: &CommuneIndex) -> Judged {
        let mut judged = Judged::default();
        let (group, at) = (self.group, self.at);
        let entry = &self.scene.zones[group.members[at]];
        self.note(entry, &group.zones.features[at], &mut judged.report);
        let Some(region) = group.zones.region(at) else { return judged };
        let shapes = Shapes::new(&group.zones, at);
        let context = self.context(&region, &shapes, communes);
        self.apply(&context, &mut judged);
        judged
    }

    /// What there is to say of the zone together with each of those near, and nothing else.
    pub(super) fn judge_pairs(&self) -> Report {
        let mut report = Report::default();
        let Some(region) = self.group.zones.region(self.at) else { return report };
        let (shapes, communes) = (Shapes::new(&self.group.zones, self.at), CommuneIndex::default());
        let context = self.context(&region, &shapes, &communes);
        for rule in ZONE_RULES.iter().filter(|rule| self.rules.contains(rule.id)) {
            (rule.judge)(&context, self.scene, &mut report);
        }
        report
    }

    fn context<'s>(
        &'s self,
        region: &'s Region,
        shapes: &'s Shapes<'s>,
        communes: &'s CommuneIndex,
    ) -> ZoneContext<'s>
    where
        'a: 's,
    {
        let (group, at) = (self.group, self.at);
        ZoneContext {
            entry: &self.scene.zones[group.members[at]],
            region,
            area_m2: group.zones.area_m2(at),
            plan: group.plan.as_ref().map(|one| self.crossings(one, shapes)),
            previous_plan: group.previous_plan.as_ref().map(|one| self.bare_crossings(one, shapes)),
            land_use: group.land_use.as_ref().map(|one| self.crossings(one, shapes)),
            communes: (!group.communes.is_empty()).then(|| self.communes(communes, shapes)),
            zones: self.zone_crossings(shapes),
            constraints: self.constraints(shapes),
            surroundings: Surroundings::new(group, at, self.scene.collections),
        }
    }

    fn apply(&self, context: &ZoneContext<'_>, judged: &mut Judged) {
        judged.living = self.scene.pack.judges(context.zone().state);
        for rule in ZONE_RULES {
            if self.rules.contains(rule.id) && (judged.living || rule.judges == Judges::EveryZone) {
                (rule.judge)(context, self.scene, &mut judged.report);
            }
        }
        judged.summary = Some(summary(context, self.scene));
    }

    /// Areas and their proof; shapes are computed for those that a rule looks at.
    fn overlaps(&self, references: &Prepared, prove: bool) -> Overlaps {
        let options = overlay::Options {
            want: Want::Areas,
            prove,
            subjects: Some(self.at..self.at + 1),
            cancelled: self.cancelled,
            ..overlay::Options::default()
        };
        overlay::overlaps(&self.group.zones, references, &options)
    }

    fn crossings<'s>(&self, one: &'s Reference, shapes: &'s Shapes<'s>) -> Crossings<'s>
    where
        'a: 's,
    {
        let mut found = self.overlaps(&one.on.prepared, true);
        let proof = found.proofs.pop();
        let list = self.list(one, found, shapes);
        Crossings { collection: &self.scene.collections[one.collection], list, proof }
    }

    /// Without a proof that they add up.
    fn bare_crossings<'s>(&self, one: &'s Reference, shapes: &'s Shapes<'s>) -> Crossings<'s>
    where
        'a: 's,
    {
        let list = self.list(one, self.overlaps(&one.on.prepared, false), shapes);
        Crossings { collection: &self.scene.collections[one.collection], list, proof: None }
    }

    fn constraints<'s>(&self, shapes: &'s Shapes<'s>) -> Vec<(Theme, Crossing<'s>)>
    where
        'a: 's,
    {
        let each = |one: &'s Themed| {
            let list = self.list(&one.areas, self.overlaps(&one.areas.on.prepared, false), shapes);
            list.into_iter().map(|crossing| (one.theme, crossing))
        };
        self.group.constraints.iter().flat_map(each).collect()
    }

    fn communes<'s>(&self, index: &'s CommuneIndex, shapes: &'s Shapes<'s>) -> Communes<'s>
    where
        'a: 's,
    {
        let each = |one: &'s Reference| self.list(one, self.overlaps(&one.on.prepared, false), shapes);
        Communes { index, list: self.group.communes.iter().flat_map(each).collect() }
    }

    fn list<'s>(&self, one: &'s Reference, found: Overlaps, shapes: &'s Shapes<'s>) -> Vec<Crossing<'s>>
    where
        'a: 's,
    {
        let collection = &self.scene.collections[one.collection];
        let crossing = |overlap: overlay::Overlap| {
            let feature = &collection.layer.features[one.on.positions[overlap.reference]];
            Crossing {
                collection,
                feature,
                scale: feature_scale(feature).or(collection.info.scale),
                shape: LazyShape::new(shapes, &one.on.prepared, overlap.reference),
                area_m2: overlap.area_m2,
            }
        };
        found.pairs.into_iter().map(crossing).collect()
    }

    fn zone_crossings<'s>(&self, shapes: &'s Shapes<'s>) -> Vec<ZoneCrossing<'s>>
    where
        'a: 's,
    {
        let (scene, group) = (self.scene, self.group);
        let found = self.overlaps(&group.near, false).pairs;
        let others =
            found.into_iter().filter(|pair| group.neighbours[pair.reference] != group.members[self.at]);
        others
            .map(|pair| ZoneCrossing {
                entry: &scene.zones[group.neighbours[pair.reference]],
                area_m2: pair.area_m2,
                other_area_m2: group.near.area_m2(pair.reference),
                near: pair.reference,
                shape: LazyShape::new(shapes, &group.near, pair.reference),
            })
            .collect()
    }

    /// What can be said of a zone before anything is measured.
    fn note(&self, entry: &ZoneEntry, feature: &PreparedFeature, report: &mut Report) {
        if self.rules.contains(geo_01::ID) {
            let owner = || Owner::of_zone(&entry.zone);
            geo_01::judge(&self.group.zones, self.at, owner, self.scene, report);
        }
        note_state(&entry.zone, self.scene, report);
        if feature.envelope.is_none() {
            let id = Some(entry.zone.id.as_str());
            report.skip(self.scene, ANY_RULE, id, "no_area", &Parameters::new());
        }
    }
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
