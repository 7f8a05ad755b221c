//! The order of a check: choose, prepare per working CRS, judge zone by zone, then put everything in order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use spatial::Crs;
use spatial::crs::CrsError;

use super::context::{CommuneIndex, Scene};
use super::memory::{Marks, Recollection, Setting};
use super::plane::OnPlane;
use super::select::References;
use super::zones::{Families, ZoneEntry, zones};
use super::{
    ANY_RULE, CheckInput, CheckOptions, CheckOutcome, Report, ZoneSummary, land_in_conflict, plan_in_force,
};
use crate::{Collection, LandUseCodes, Messages, Parameters, Provinces, Role, RulePack, register};

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
    /// What earlier checks computed.
    pub(super) recollection: Recollection,
    /// The plane of collections that have none of their own.
    common_plane: Option<Crs>,
    pub(super) report: Report,
    /// With the position of the zone among all zones.
    pub(super) summaries: Vec<(usize, ZoneSummary)>,
    pub(super) done: usize,
    /// Zones to judge.
    total: usize,
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
        provinces: tables.provinces,
    };
    let plan = plan_position(collections, options);
    let groups = groups(&entries, collections, &options.zones);
    let rules = chosen_rules(tables.pack, &options.rules);
    let mut recollection = match options.memory.filter(|_| options.passing) {
        Some(memory) => Recollection::in_passing(memory),
        None => Recollection::of(options.memory, || Setting::of(&scene, &rules, plan, options.date)),
    };
    recollection.mark(|earlier| Marks::of(&scene, earlier));
    let mut run = Run {
        scene: &scene,
        options,
        rules,
        references: BTreeMap::new(),
        homes: BTreeMap::new(),
        recollection,
        common_plane: groups.first_key_value().map(|(_, group)| entries[group[0]].crs.clone()),
        report: Report::default(),
        summaries: Vec::new(),
        done: 0,
        total: groups.values().map(Vec::len).sum(),
        judged: 0,
        cancelled: false,
    };
    run.note_unknown_rules();
    for generated in groups.keys().map(|(_, generated)| *generated).collect::<BTreeSet<_>>() {
        let references = References::choose(collections, tables.provinces, plan, generated, options.date);
        run.note_missing(&references);
        let communes = commune_index(&scene, &references);
        run.references.insert(generated, (references, communes));
    }
    run.note_nothing_to_judge(plan);
    run.tell_progress();
    for ((_, generated), members) in &groups {
        run.judge_group(*generated, members);
    }
    if options.zones.is_empty() {
        run.judge_geometries();
        run.judge_layers();
        run.judge_plan(plan);
        run.judge_projects();
        run.judge_registers(&input.registers, input.units.as_deref());
        run.judge_plan_period(plan);
    } else {
        run.judge_pairs(&groups);
    }
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
            progress(self.done, self.total);
        }
    }

    fn note_unknown_rules(&mut self) {
        for rule in self.options.rules.iter().filter(|rule| !self.rules.contains(rule.as_str())) {
            let parameters = Parameters::new().name("pack", self.scene.pack.label());
            self.report.skip(self.scene, rule, None, "unknown_rule", &parameters);
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
        let prepared = chosen.and_then(|crs| self.recollection.whole(layer, &crs));
        let home = prepared.map_err(|error| self.note_unusable(collection, &error)).ok();
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

    fn finish(mut self, plan: Option<usize>) -> CheckOutcome {
        self.report.finish();
        let (conflict_m2, land) = land_in_conflict::area_m2(&self.report.findings, self.recollection.land());
        // What a stopped check has computed is not whole.
        if !self.cancelled {
            self.recollection.leave(self.options.memory, land);
        }
        self.summaries.sort_by_key(|(position, _)| *position);
        CheckOutcome {
            conflict_m2: Some(conflict_m2),
            findings: self.report.findings,
            slivers: self.report.slivers,
            summaries: self.summaries.into_iter().map(|(_, summary)| summary).collect(),
            skipped: self.report.skipped,
            zones_total: self.scene.zones.len(),
            zones_judged: self.judged,
            plan: plan.map(|at| self.scene.collections[at].info.id.clone()),
            date: self.options.date,
            rules: self.options.rules.clone(),
            pack: self.scene.pack.label(),
            cancelled: self.cancelled,
        }
    }
}

/// The rules of the pack that are asked for.
fn chosen_rules(pack: &RulePack, wanted: &[String]) -> BTreeSet<&'static str> {
    let known = pack.rules.entries().into_iter().map(|(id, ..)| id);
    known.filter(|id| wanted.is_empty() || wanted.iter().any(|rule| rule == id)).collect()
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
fn groups(
    entries: &[ZoneEntry],
    collections: &[Collection],
    wanted: &[String],
) -> BTreeMap<(String, bool), Vec<usize>> {
    let mut groups: BTreeMap<(String, bool), Vec<usize>> = BTreeMap::new();
    let is_wanted = |entry: &ZoneEntry| wanted.is_empty() || wanted.contains(&entry.zone.id);
    for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| is_wanted(entry)) {
        let generated = collections[entry.collection].info.generated;
        groups.entry((entry.crs.name().to_owned(), generated)).or_default().push(at);
    }
    groups
}

fn commune_index(scene: &Scene<'_>, references: &References) -> CommuneIndex {
    let collections = scene.collections;
    let mut index = CommuneIndex::default();
    let scales = references.communes.iter().map(|at| collections[*at].info.scale);
    index.scale = scales.collect::<Option<Vec<u32>>>().and_then(|scales| scales.into_iter().max());
    for feature in references.communes.iter().flat_map(|at| &collections[*at].layer.features) {
        let code = register::commune_key(feature);
        let name = register::full_name(feature).unwrap_or_else(|| code.clone());
        index.provinces.extend(scene.province_key(register::commune_province(feature)));
        index.names.insert(code, name);
    }
    index
}
