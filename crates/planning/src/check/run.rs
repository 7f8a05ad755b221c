//! The order of a check: choose, prepare per working CRS, judge zone by zone, then put everything in order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use spatial::Crs;
use spatial::crs::CrsError;

use super::context::{CommuneIndex, Scene};
use super::plane::OnPlane;
use super::select::References;
use super::zones::{Families, ZoneEntry, zones};
use super::{ANY_RULE, CheckInput, CheckOptions, CheckOutcome, Report, ZoneSummary, plan_in_force};
use crate::rules::geo_01;
use crate::{
    Collection, LandUseCodes, Messages, OtherFeature, Parameters, Provinces, Role, RulePack, feature_id,
    register,
};

/// The tables that a check reads.
pub(super) struct Tables<'a> {
    pub(super) pack: &'a RulePack,
    pub(super) messages: &'a Messages,
    pub(super) codes: &'a LandUseCodes,
    pub(super) provinces: &'a Provinces,
}

/// A check under way.
pub(super) struct Run<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) options: &'a CheckOptions<'a>,
    /// Rules to apply.
    pub(super) rules: BTreeSet<&'static str>,
    /// What to judge generated (`true`) and other zones against.
    pub(super) references: BTreeMap<bool, (References, CommuneIndex)>,
    /// Whole collections on the plane on which their geometry is judged.
    homes: BTreeMap<usize, Option<Arc<OnPlane>>>,
    /// The plane of collections that have none of their own.
    common_plane: Option<Crs>,
    pub(super) report: Report,
    /// With the position of the zone among all zones.
    pub(super) summaries: Vec<(usize, ZoneSummary)>,
    pub(super) done: usize,
    pub(super) judged: usize,
    pub(super) cancelled: bool,
}

pub(super) fn run(tables: &Tables<'_>, input: &CheckInput, options: &CheckOptions<'_>) -> CheckOutcome {
    let collections = &input.collections;
    let entries = zones(collections, tables.provinces);
    let scene = Scene {
        collections,
        zones: &entries,
        families: Families::of(&entries),
        pack: tables.pack,
        messages: tables.messages,
        codes: tables.codes,
    };
    let plan = plan_position(collections, options);
    let groups = groups(&entries, collections);
    let mut run = Run {
        scene: &scene,
        options,
        rules: BTreeSet::new(),
        references: BTreeMap::new(),
        homes: BTreeMap::new(),
        common_plane: groups.first_key_value().map(|(_, group)| entries[group[0]].crs.clone()),
        report: Report::default(),
        summaries: Vec::new(),
        done: 0,
        judged: 0,
        cancelled: false,
    };
    run.choose_rules();
    for generated in groups.keys().map(|(_, generated)| *generated).collect::<BTreeSet<_>>() {
        let references = References::choose(collections, plan, generated);
        run.note_missing(&references);
        let communes = commune_index(collections, &references);
        run.references.insert(generated, (references, communes));
    }
    run.tell_progress();
    for ((_, generated), members) in groups {
        run.judge_group(generated, &members);
    }
    run.judge_geometries();
    run.judge_registers(&input.registers, input.units.as_deref());
    run.judge_plan_period(plan);
    run.finish(plan)
}

impl Run<'_> {
    /// Asks whether to stop; once stopped, a check stays stopped.
    pub(super) fn stopped(&mut self) -> bool {
        self.cancelled = self.cancelled || self.options.cancelled.is_some_and(|cancelled| cancelled());
        self.cancelled
    }

    pub(super) fn tell_progress(&self) {
        if let Some(progress) = self.options.progress {
            progress(self.done, self.scene.zones.len());
        }
    }

    fn choose_rules(&mut self) {
        let known = self.scene.pack.rules.entries().into_iter().map(|(id, ..)| id);
        let wanted = &self.options.rules;
        self.rules = known.filter(|id| wanted.is_empty() || wanted.iter().any(|rule| rule == id)).collect();
        for rule in wanted.iter().filter(|rule| !self.rules.contains(rule.as_str())) {
            let parameters = Parameters::new().name("pack", self.scene.pack.label());
            self.report.skip(self.scene, rule, None, "unknown_rule", &parameters);
        }
    }

    /// Says once which rules have nothing to judge against.
    fn note_missing(&mut self, references: &References) {
        let (plan, land_use) = (references.plan.is_none(), references.land_use.is_none());
        let communes = references.communes.is_empty();
        let needs = [
            ("LUP-01", plan, "no_plan"),
            ("LUP-03", land_use, "no_land_use"),
            ("LUP-04", land_use, "no_land_use"),
            ("ADM-02", communes, "no_communes"),
            ("ADM-03", communes, "no_communes"),
        ];
        for (rule, missing, reason) in needs {
            if missing && self.rules.contains(rule) {
                let named = self.options.plan.as_deref().filter(|_| rule == "LUP-01");
                let reason = named.map_or(reason, |_| "unknown_plan");
                let parameters = Parameters::new().name("plan", named.unwrap_or_default());
                self.report.skip(self.scene, rule, None, reason, &parameters);
            }
        }
    }

    /// A whole collection on its own plane: its CRS if that is a TM-3 zone, else the plane of the first zones, else
    /// one chosen by its place. Prepared once.
    pub(super) fn home(&mut self, collection: usize) -> Option<Arc<OnPlane>> {
        if let Some(home) = self.homes.get(&collection) {
            return home.clone();
        }
        let layer = &self.scene.collections[collection].layer;
        let chosen = self.home_crs(collection);
        let prepared = chosen.and_then(|crs| OnPlane::whole(layer, &crs));
        let home = prepared.map(Arc::new).map_err(|error| self.note_unusable(collection, &error)).ok();
        self.homes.insert(collection, home.clone());
        home
    }

    pub(super) fn home_crs(&self, collection: usize) -> Result<Crs, CrsError> {
        let layer = &self.scene.collections[collection].layer;
        let own = Some(&layer.crs).filter(|crs| crs.tm3_meridian().is_some());
        match own.or(self.common_plane.as_ref()) {
            Some(crs) => Ok(crs.clone()),
            None => spatial::crs::working(&[layer], None, &[]).map(|(crs, _)| crs),
        }
    }

    pub(super) fn note_unusable(&mut self, collection: usize, error: &CrsError) {
        let Collection { info, layer } = &self.scene.collections[collection];
        let parameters = Parameters::new()
            .name("collection", &info.id)
            .name("crs", layer.crs.name())
            .name("reason", error.to_string());
        self.report.skip(self.scene, ANY_RULE, None, "crs_unusable", &parameters);
    }

    /// GEO-01 for everything that is not a zone; zones were judged with their groups.
    fn judge_geometries(&mut self) {
        if !self.rules.contains(geo_01::ID) {
            return;
        }
        for at in 0..self.scene.collections.len() {
            if self.scene.collections[at].info.role == Role::Zone || self.stopped() {
                continue;
            }
            let Some(home) = self.home(at) else { continue };
            let Collection { info, layer } = &self.scene.collections[at];
            for (prepared_at, position) in home.positions.iter().enumerate() {
                let owner = || reference_owner(info, &layer.features[*position], self.scene);
                geo_01::judge(&home.prepared, prepared_at, owner, self.scene, &mut self.report);
            }
        }
    }

    fn finish(mut self, plan: Option<usize>) -> CheckOutcome {
        if self.scene.zones.is_empty() {
            self.report.skip(self.scene, ANY_RULE, None, "no_zones", &Parameters::new());
        }
        self.report.finish();
        self.summaries.sort_by_key(|(position, _)| *position);
        CheckOutcome {
            findings: self.report.findings,
            slivers: self.report.slivers,
            summaries: self.summaries.into_iter().map(|(_, summary)| summary).collect(),
            skipped: self.report.skipped,
            zones_total: self.scene.zones.len(),
            zones_judged: self.judged,
            plan: plan.map(|at| self.scene.collections[at].info.id.clone()),
            date: self.options.date,
            pack: self.scene.pack.label(),
            cancelled: self.cancelled,
        }
    }
}

fn reference_owner(
    info: &crate::CollectionInfo,
    feature: &spatial::Feature,
    scene: &Scene<'_>,
) -> geo_01::Owner {
    let id = feature_id(feature, info.role);
    let name = register::full_name(feature);
    let unnamed = Parameters::new().name("collection", &info.id).name("id", &id);
    let called = name.clone().unwrap_or_else(|| scene.messages.text("phrases.unnamed_feature", &unnamed).vi);
    let code = Some(register::parcel_codes(feature).join("+"))
        .filter(|code| matches!(info.role, Role::LandUse | Role::LandUsePlan) && !code.is_empty());
    let other = OtherFeature { collection: info.id.clone(), id, name, code };
    geo_01::Owner { zone: None, other: Some(other), name: called }
}

/// The plan named in the options, else the one in force.
fn plan_position(collections: &[Collection], options: &CheckOptions<'_>) -> Option<usize> {
    let chosen = match &options.plan {
        Some(id) => id,
        None => &plan_in_force(collections.iter().map(|collection| &collection.info))?.id,
    };
    collections.iter().position(|c| c.info.role == Role::LandUsePlan && &c.info.id == chosen)
}

/// Zones by working CRS, and apart whether they are generated, because that decides what they are judged against.
fn groups(entries: &[ZoneEntry], collections: &[Collection]) -> BTreeMap<(String, bool), Vec<usize>> {
    let mut groups: BTreeMap<(String, bool), Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let generated = collections[entry.collection].info.generated;
        groups.entry((entry.crs.name().to_owned(), generated)).or_default().push(at);
    }
    groups
}

fn commune_index(collections: &[Collection], references: &References) -> CommuneIndex {
    let mut index = CommuneIndex::default();
    let scales = references.communes.iter().map(|at| collections[*at].info.scale);
    index.scale = scales.collect::<Option<Vec<u32>>>().and_then(|scales| scales.into_iter().max());
    for feature in references.communes.iter().flat_map(|at| &collections[*at].layer.features) {
        let code = register::commune_key(feature);
        let name = register::full_name(feature).unwrap_or_else(|| code.clone());
        index.names.insert(code, name);
    }
    index
}
