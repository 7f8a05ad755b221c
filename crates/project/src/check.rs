//! Checking the zones of a store.

use planning::{CheckMemory, CheckOptions, CheckOutcome, PartialDate, Role, RulePack};
use store::{CheckRun, Snapshot};

use crate::error::listed;
use crate::today::today;
use crate::{Project, ProjectError};

/// What to check, and how to follow or stop it.
#[derive(Clone, Default)]
pub struct CheckRequest<'a> {
    /// Only these rules; empty = all.
    pub rules: Vec<String>,
    /// Land-use plan to judge against; else the one approved last.
    pub plan: Option<String>,
    /// The day on which periods, deadlines and units are judged; else today in Viet Nam.
    pub date: Option<PartialDate>,
    /// Version of the rule pack; else the one that holds on the day.
    pub pack: Option<String>,
    /// Called with (zones done, zones in all).
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
    /// Asked between zones; `true` stops the work.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

impl Project {
    /// Checks the newest snapshot and keeps the run. The store is not held meanwhile: an import may come in between,
    /// and the run says which revision it judged.
    /// # Errors
    /// [`ProjectError::UnknownRule`], [`ProjectError::UnknownPlan`], [`ProjectError::UnknownPack`],
    /// [`ProjectError::Cancelled`] (nothing is kept then), or the store's own.
    pub fn check(&self, request: &CheckRequest<'_>) -> Result<CheckRun, ProjectError> {
        let snapshot = self.snapshot()?;
        let outcome = check_snapshot(&snapshot, request, self.memory())?;
        let run = self.store().save_check(&outcome, snapshot.revision)?;
        self.remember(&run);
        Ok(run)
    }
}

/// Checks a snapshot without keeping anything.
fn check_snapshot(
    snapshot: &Snapshot,
    request: &CheckRequest<'_>,
    memory: &CheckMemory,
) -> Result<CheckOutcome, ProjectError> {
    known_rules(&request.rules)?;
    if let Some(plan) = &request.plan {
        known_plan(snapshot, plan)?;
    }
    let date = request.date.or_else(today);
    let pack = pack(request.pack.as_deref(), date)?;
    let options = CheckOptions {
        rules: request.rules.clone(),
        plan: request.plan.clone(),
        date,
        zones: Vec::new(),
        memory: Some(memory),
        progress: request.progress,
        cancelled: request.cancelled,
    };
    let outcome = planning::check_with_pack(pack, &snapshot.check_input(), &options);
    if outcome.cancelled { Err(ProjectError::Cancelled) } else { Ok(outcome) }
}

/// The pack of that version, else the one that holds on the day, else (no clock) the newest.
fn pack(version: Option<&str>, day: Option<PartialDate>) -> Result<&'static RulePack, ProjectError> {
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

fn known_plan(snapshot: &Snapshot, asked: &str) -> Result<(), ProjectError> {
    let infos = snapshot.collections.iter().map(|stored| &stored.collection.info);
    let plans: Vec<&str> =
        infos.filter(|info| info.role == Role::LandUsePlan).map(|info| info.id.as_str()).collect();
    if plans.contains(&asked) {
        return Ok(());
    }
    Err(ProjectError::UnknownPlan { id: asked.to_owned(), known: listed(plans.into_iter()) })
}
