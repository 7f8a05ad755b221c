//! Checking the zones of a store.

use std::sync::Arc;

use jiff::Timestamp;
use planning::{
    CheckInput, CheckMemory, CheckOptions, CheckOutcome, Collection, PartialDate, Role, RulePack,
};
use spatial::Feature;
use store::CheckRun;

use crate::error::listed;
use crate::today::today;
use crate::{Project, ProjectError, public_input};

/// What to check, and how to follow or stop it.
#[derive(Clone, Default)]
pub struct CheckRequest<'a> {
    /// Only these rules; empty = all.
    pub rules: Vec<String>,
    /// Land-use plan to judge against; else the one approved last.
    pub plan: Option<String>,
    /// Only zones with these ids; empty = all. The others are still neighbours.
    pub zones: Vec<String>,
    /// The day on which periods, deadlines and units are judged; else today in Viet Nam.
    pub date: Option<PartialDate>,
    /// Version of the rule pack; else the one that holds on the day.
    pub pack: Option<String>,
    /// From public data alone.
    pub public: bool,
    /// Nothing is kept.
    pub dry_run: bool,
    /// Called with (zones done, zones in all).
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
    /// Asked between zones; `true` stops the work.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

impl CheckRequest<'_> {
    /// Whether the run is to be kept. One over chosen zones or public data never is: it would stand in the place of
    /// the whole one, and what it does not speak of would look as if it had been found to be in order.
    pub fn is_kept(&self) -> bool {
        !self.dry_run && !self.public && self.zones.is_empty()
    }
}

impl Project {
    /// Checks the newest snapshot, and keeps the run where [`CheckRequest::is_kept`] says so; one that is not kept
    /// has the number 0. The store is not held meanwhile: an import may come in between, and the run says which
    /// revision it judged.
    /// # Errors
    /// As [`judge`] (nothing is kept then), or the store's own.
    pub fn check(&self, request: &CheckRequest<'_>) -> Result<CheckRun, ProjectError> {
        let snapshot = self.snapshot()?;
        // One over a few zones would make it forget what the next whole one needs.
        let memory = Some(self.memory()).filter(|_| request.is_kept());
        let outcome = remembering(&snapshot.check_input(), request, memory)?;
        if !request.is_kept() {
            return Ok(unkept(outcome, snapshot.revision));
        }
        // Nobody may look at the store in between: he would read from it what is here in memory.
        let mut store = self.store();
        let run = store.save_check(outcome, snapshot.revision)?;
        self.remember(&run);
        Ok(run)
    }
}

/// A run that is not kept: its number is 0, and it has no hash.
pub fn unkept(outcome: CheckOutcome, revision: u64) -> CheckRun {
    let at = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
    CheckRun { id: 0, revision, at, hash: String::new(), outcome: Arc::new(outcome) }
}

/// Checks what is given, without keeping anything.
/// # Errors
/// [`ProjectError::UnknownRule`], [`ProjectError::UnknownPlan`], [`ProjectError::UnknownPack`],
/// [`ProjectError::UnknownZone`] or [`ProjectError::Cancelled`].
pub fn judge(input: &CheckInput, request: &CheckRequest<'_>) -> Result<CheckOutcome, ProjectError> {
    remembering(input, request, None)
}

fn remembering(
    input: &CheckInput,
    request: &CheckRequest<'_>,
    memory: Option<&CheckMemory>,
) -> Result<CheckOutcome, ProjectError> {
    let public = if request.public { Some(public_input(input)?) } else { None };
    let input = public.as_ref().unwrap_or(input);
    known_rules(&request.rules)?;
    if let Some(plan) = &request.plan {
        known_plan(input, plan)?;
    }
    for zone in &request.zones {
        known_zone(input, zone)?;
    }
    let date = request.date.or_else(today);
    let pack = pack(request.pack.as_deref(), date)?;
    let options = CheckOptions {
        rules: request.rules.clone(),
        plan: request.plan.clone(),
        date,
        zones: request.zones.clone(),
        memory,
        passing: false,
        progress: request.progress,
        cancelled: request.cancelled,
    };
    let outcome = planning::check_with_pack(pack, input, &options);
    if outcome.cancelled { Err(ProjectError::Cancelled) } else { Ok(outcome) }
}

/// The pack of that version, else the one that holds on the day, else (no clock) the newest.
pub(crate) fn pack(
    version: Option<&str>,
    day: Option<PartialDate>,
) -> Result<&'static RulePack, ProjectError> {
    let packs = planning::packs()?;
    let found = match (version, day) {
        (Some(version), _) => packs.iter().find(|pack| pack.version == version || pack.label() == version),
        (None, Some(day)) => planning::pack_on(day)?,
        (None, None) => Some(planning::pack()?),
    };
    let asked = || version.map_or_else(|| day.map(PartialDate::written).unwrap_or_default(), str::to_owned);
    let known = || listed(packs.iter().map(|pack| pack.version.as_str()));
    found.ok_or_else(|| ProjectError::UnknownPack { asked: asked(), known: known() })
}

fn known_rules(asked: &[String]) -> Result<(), ProjectError> {
    let rules = planning::rules()?;
    match asked.iter().find(|id| !rules.iter().any(|rule| rule.id == id.as_str())) {
        None => Ok(()),
        Some(id) => {
            Err(ProjectError::UnknownRule { id: id.clone(), known: listed(rules.iter().map(|rule| rule.id)) })
        }
    }
}

/// The land-use plan of an id.
pub(crate) fn known_plan<'a>(input: &'a CheckInput, asked: &str) -> Result<&'a Collection, ProjectError> {
    let plans = || input.collections.iter().filter(|one| one.info.role == Role::LandUsePlan);
    let known = || listed(plans().map(|plan| plan.info.id.as_str()));
    let found = plans().find(|plan| plan.info.id == asked);
    found.ok_or_else(|| ProjectError::UnknownPlan { id: asked.to_owned(), known: known() })
}

/// The zone of an id.
pub(crate) fn known_zone<'a>(input: &'a CheckInput, asked: &str) -> Result<&'a Feature, ProjectError> {
    let collections = input.collections.iter().filter(|one| one.info.role == Role::Zone);
    let mut zones = collections.flat_map(|one| &one.layer.features);
    let found = zones.find(|feature| planning::feature_id(feature, Role::Zone) == asked);
    found.ok_or_else(|| ProjectError::UnknownZone { id: asked.to_owned() })
}
