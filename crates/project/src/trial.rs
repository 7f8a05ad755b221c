//! Zones judged as they would be with some of them drawn anew, with nothing kept.

use planning::{CheckInput, CheckMemory, CheckOptions, Collection, PartialDate, Trial, TrialError, Tried};
use spatial::{Crs, Feature};

use crate::check::{known_plan, pack};
use crate::redraw::in_crs;
use crate::today::today;
use crate::{Project, ProjectError};

/// What would be so, and how it is judged.
#[derive(Clone)]
pub struct TrialRequest<'a> {
    /// The collection of zones that would change.
    pub collection: String,
    /// Features as they would be: one with the id of a feature that is there takes its place, others are new.
    pub features: Vec<Feature>,
    /// CRS of their coordinates.
    pub crs: Crs,
    /// Ids of features that would be gone.
    pub removed: Vec<String>,
    /// Ids of zones to be judged besides.
    pub zones: Vec<String>,
    /// Land-use plan to judge against; else the one approved last.
    pub plan: Option<String>,
    /// The day on which it is judged; else today in Viet Nam.
    pub date: Option<PartialDate>,
    /// Version of the rule pack; else the one that holds on the day.
    pub pack: Option<String>,
    /// Asked between steps; `true` stops the work.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

impl TrialRequest<'_> {
    /// With nothing in it yet.
    pub fn new(collection: String) -> Self {
        Self {
            collection,
            features: Vec::new(),
            crs: Crs::wgs84(),
            removed: Vec::new(),
            zones: Vec::new(),
            plan: None,
            date: None,
            pack: None,
            cancelled: None,
        }
    }
}

/// The answer, with what it was judged by.
#[derive(Clone, Debug)]
pub struct TrialReport {
    /// Rule pack, id and version.
    pub pack: String,
    /// The day on which it was judged.
    pub date: Option<PartialDate>,
    /// The answer.
    pub answer: Tried,
}

impl Project {
    /// Judges zones of the newest snapshot as they would be, with what earlier checks have prepared.
    /// # Errors
    /// As [`try_out`], or the store's own.
    pub fn try_out(&self, request: &TrialRequest<'_>) -> Result<TrialReport, ProjectError> {
        remembering(&self.snapshot()?.check_input(), request, Some(self.memory()))
    }
}

/// Judges zones as they would be.
/// # Errors
/// [`ProjectError::UnknownPlan`], [`ProjectError::UnknownPack`], [`ProjectError::Trial`], [`ProjectError::Crs`],
/// [`ProjectError::Redraw`] when a feature lies where the collection's CRS cannot be computed, or
/// [`ProjectError::Cancelled`].
pub fn try_out(input: &CheckInput, request: &TrialRequest<'_>) -> Result<TrialReport, ProjectError> {
    remembering(input, request, None)
}

fn remembering(
    input: &CheckInput,
    request: &TrialRequest<'_>,
    memory: Option<&CheckMemory>,
) -> Result<TrialReport, ProjectError> {
    if let Some(plan) = &request.plan {
        known_plan(input, plan)?;
    }
    let date = request.date.or_else(today);
    let pack = pack(request.pack.as_deref(), date)?;
    let trial = Trial {
        collection: request.collection.clone(),
        features: there(input, request)?,
        removed: request.removed.clone(),
        zones: request.zones.clone(),
    };
    let options = CheckOptions {
        plan: request.plan.clone(),
        date,
        memory,
        cancelled: request.cancelled,
        ..CheckOptions::default()
    };
    let answer = planning::try_out(pack, input, &trial, &options).map_err(|error| match error {
        TrialError::Cancelled => ProjectError::Cancelled,
        other => ProjectError::Trial(other),
    })?;
    Ok(TrialReport { pack: pack.label(), date, answer })
}

/// The features in the CRS of the collection; coordinates that are in it already stay bit for bit.
fn there(input: &CheckInput, request: &TrialRequest<'_>) -> Result<Vec<Feature>, ProjectError> {
    let of = input.collections.iter().find(|one: &&Collection| one.info.id == request.collection);
    of.map_or_else(
        || Ok(request.features.clone()),
        |of| in_crs(&request.features, &request.crs, &of.layer.crs),
    )
}
