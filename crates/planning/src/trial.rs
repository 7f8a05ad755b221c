//! Zones judged as they would be with some features of their collection changed, with nothing changed anywhere: what
//! a person sees while drawing is what a check would say of the drawing once it is kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use spatial::{Feature, Layer};

use crate::answers::{Conversion, conversions};
use crate::limits::zone_limits;
use crate::{
    CheckInput, CheckOptions, CheckOutcome, Collection, Role, RulePack, Zone, ZoneLimits, ZoneRef,
    ZoneSummary, check_with_pack, feature_id,
};

/// Features of a collection of zones as they would be.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// The collection.
    pub collection: String,
    /// One with the id of a feature that is there takes its place, others are new. Coordinates are in the CRS of the
    /// collection.
    pub features: Vec<Feature>,
    /// Ids of features that would be gone.
    pub removed: Vec<String>,
    /// Ids of zones, of any collection, to be judged besides.
    pub zones: Vec<String>,
}

/// Why nothing can be said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrialError {
    /// There is no such collection, or none of zones.
    #[error("there is no collection of zones \"{0}\"")]
    UnknownCollection(String),
    /// No collection of zones has it.
    #[error("there is no zone \"{0}\": give the id of a feature of a collection of zones")]
    UnknownZone(String),
    /// Neither features nor zones were given.
    #[error("there is nothing to judge: give features or the ids of zones")]
    Nothing,
    /// It was stopped before its end.
    #[error("the work was stopped")]
    Cancelled,
}

/// A zone of a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct TriedZone {
    /// The zone.
    pub zone: ZoneRef,
    /// Its areas; `None` where it has none.
    pub summary: Option<ZoneSummary>,
    /// Rice and forest to convert, with who decides.
    pub conversions: Vec<Conversion>,
    /// What the law asks of its size, and before it may grow.
    pub limits: ZoneLimits,
}

/// What would be so.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The zones that were judged: those given as features, in their order, then the others.
    pub zones: Vec<TriedZone>,
    /// What the check says about them, pairs with other zones included.
    pub outcome: CheckOutcome,
}

/// Judges zones as they would be. The options are those of the check; which zones they name does not matter.
/// # Errors
/// [`TrialError`] when there is no such collection or zone, when there is nothing to judge, or when it was cancelled.
pub fn try_out(
    pack: &RulePack,
    input: &CheckInput,
    trial: &Trial,
    options: &CheckOptions<'_>,
) -> Result<Tried, TrialError> {
    let trial = &numbered(input, trial)?;
    let mut wanted: Vec<String> =
        trial.features.iter().map(|feature| feature_id(feature, Role::Zone)).collect();
    wanted.extend(trial.zones.iter().cloned());
    if wanted.is_empty() {
        return Err(TrialError::Nothing);
    }
    let changed = with_changes(input, trial)?;
    let options = CheckOptions { zones: wanted.clone(), passing: true, ..options.clone() };
    let outcome = check_with_pack(pack, &changed, &options);
    if outcome.cancelled {
        return Err(TrialError::Cancelled);
    }
    let zones = wanted.iter().map(|id| tried(pack, &changed, &outcome, id)).collect::<Result<_, _>>()?;
    Ok(Tried { zones, outcome })
}

/// Where the collection stands; `None` where nothing changes.
fn position(input: &CheckInput, trial: &Trial) -> Result<Option<usize>, TrialError> {
    if trial.features.is_empty() && trial.removed.is_empty() {
        return Ok(None);
    }
    let is_meant = |one: &Collection| one.info.role == Role::Zone && one.info.id == trial.collection;
    let found = input.collections.iter().position(is_meant);
    found.map(Some).ok_or_else(|| TrialError::UnknownCollection(trial.collection.clone()))
}

/// With positions behind those that are there, by which features without an id are known.
fn numbered(input: &CheckInput, trial: &Trial) -> Result<Trial, TrialError> {
    let mut numbered = trial.clone();
    let Some(at) = position(input, trial)? else { return Ok(numbered) };
    let last = input.collections[at].layer.features.iter().map(|feature| feature.position).max();
    for (next, feature) in (last.map_or(0, |last| last + 1)..).zip(&mut numbered.features) {
        feature.position = next;
    }
    Ok(numbered)
}

/// The input with the features in it; everything else is shared.
fn with_changes(input: &CheckInput, trial: &Trial) -> Result<CheckInput, TrialError> {
    let mut changed = input.clone();
    let Some(at) = position(input, trial)? else { return Ok(changed) };
    let of = &mut changed.collections[at];
    of.layer = Arc::new(Layer { crs: of.layer.crs.clone(), features: features(&of.layer, trial)? });
    Ok(changed)
}

fn features(layer: &Layer, trial: &Trial) -> Result<Vec<Feature>, TrialError> {
    let mut given: BTreeMap<String, &Feature> =
        trial.features.iter().map(|feature| (feature_id(feature, Role::Zone), feature)).collect();
    let mut gone: Vec<&String> = trial.removed.iter().collect();
    let mut features = Vec::with_capacity(layer.features.len() + given.len());
    for feature in &layer.features {
        let id = feature_id(feature, Role::Zone);
        if gone.iter().any(|one| **one == id) {
            gone.retain(|one| **one != id);
            continue;
        }
        features.push(match given.remove(&id) {
            Some(after) => Feature { position: feature.position, id: feature.id.clone(), ..after.clone() },
            None => feature.clone(),
        });
    }
    if let Some(unknown) = gone.first() {
        return Err(TrialError::UnknownZone((*unknown).clone()));
    }
    features.extend(given.into_values().cloned());
    Ok(features)
}

fn tried(
    pack: &RulePack,
    input: &CheckInput,
    outcome: &CheckOutcome,
    id: &str,
) -> Result<TriedZone, TrialError> {
    let collections = input.collections.iter().filter(|one| one.info.role == Role::Zone);
    let mut zones = collections.flat_map(|one| &one.layer.features);
    let found = zones.find(|feature| feature_id(feature, Role::Zone) == id);
    let Zone { id, name, kind, .. } =
        Zone::read(found.ok_or_else(|| TrialError::UnknownZone(id.to_owned()))?);
    let summary = outcome.summaries.iter().find(|summary| summary.zone == id).cloned();
    let conversions = summary.iter().flat_map(|summary| conversions(pack, kind, summary)).collect();
    let limits = zone_limits(pack, input, outcome, (&id, kind));
    Ok(TriedZone { zone: ZoneRef { id, name, kind }, summary, conversions, limits })
}
