//! The difference of two versions of a plan: what changes from which code to which, as a matrix and as shapes, and
//! which zones come into conflict.

use std::collections::{BTreeMap, BTreeSet};

use spatial::crs::CrsError;
use spatial::overlay::{self, Want};
use spatial::{Crs, Prepared, Region};

use crate::check::split;
use crate::register::{feature_id, parcel_codes, scale};
use crate::{CheckOutcome, Collection, Role, Significance};

/// Stands for the code of parcels that have none.
const NO_CODE: &str = "?";

/// An area that goes from one code to another, or stays.
#[derive(Clone, Debug, PartialEq)]
pub struct Transition {
    /// Code in the older version.
    pub from: String,
    /// Code in the newer version.
    pub to: String,
    /// Planar area, m², slivers included.
    pub area_m2: f64,
}

/// A parcel's worth of change, with its shape.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanChange {
    /// Parcel of the older version.
    pub older: String,
    /// Parcel of the newer version.
    pub newer: String,
    /// Code in the older version.
    pub from: String,
    /// Code in the newer version.
    pub to: String,
    /// The parts of mean width W_min or more.
    pub region: Region,
}

/// How a plan differs from the version before. `Σ matrix + only_older = area of the older version`, as far as neither
/// version covers anything twice.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanDifference {
    /// CRS of all figures and shapes.
    pub crs: Crs,
    /// Every pair of codes that meet, those that stay included, by code.
    pub matrix: Vec<Transition>,
    /// What changes code, as far as it is wide enough, in the order of the older version's parcels.
    pub changes: Vec<PlanChange>,
    /// Narrower parts: how many, and their area, m².
    pub slivers: (usize, f64),
    /// Area that only the older version has, m².
    pub only_older_m2: f64,
    /// Area that only the newer version has, m².
    pub only_newer_m2: f64,
    /// Whether it was cancelled before the end; the rest is incomplete then.
    pub cancelled: bool,
}

/// Compares two versions of a plan on a plane. W_min comes from the scales of both. `cancelled` is asked between
/// parcels; `true` stops the work.
/// # Errors
/// [`CrsError`] when the plane is geographic, not in metres, or cannot be computed with.
pub fn plan_difference(
    older: &Collection,
    newer: &Collection,
    significance: &Significance,
    crs: &Crs,
    cancelled: Option<&(dyn Fn() -> bool + Sync)>,
) -> Result<PlanDifference, CrsError> {
    let planes = [Prepared::new(&older.layer, crs)?, Prepared::new(&newer.layer, crs)?];
    let [old, new] = &planes;
    let stopped = || cancelled.is_some_and(|cancelled| cancelled());
    let options =
        overlay::Options { want: Want::Areas, prove: true, cancelled, ..overlay::Options::default() };
    let found = overlay::overlaps(old, new, &options);
    let backwards = overlay::overlaps(new, old, &options);
    let uncovered = |found: &overlay::Overlaps| {
        found.proofs.iter().map(|proof| proof.uncovered_m2).fold(0.0, std::ops::Add::add)
    };
    let mut difference = PlanDifference {
        crs: crs.clone(),
        matrix: Vec::new(),
        changes: Vec::new(),
        slivers: (0, 0.0),
        only_older_m2: uncovered(&found),
        only_newer_m2: uncovered(&backwards),
        cancelled: stopped(),
    };
    let mut matrix: BTreeMap<(String, String), f64> = BTreeMap::new();
    for pair in &found.pairs {
        difference.cancelled = difference.cancelled || stopped();
        if difference.cancelled {
            break;
        }
        let [from, to] = [code(older, pair.subject), code(newer, pair.reference)];
        *matrix.entry((from.clone(), to.clone())).or_default() += pair.area_m2;
        if from == to {
            continue;
        }
        let known = |of: &Collection, at: usize| {
            scale(&of.layer.features[at]).or(of.info.scale).unwrap_or(significance.default_scale)
        };
        let w_min_m = significance.w_min_m(known(older, pair.subject), known(newer, pair.reference));
        let [Some(a), Some(b)] = [old.region(pair.subject), new.region(pair.reference)] else { continue };
        let parts = split(&a.intersection(&b), w_min_m);
        difference.slivers.0 += parts.slivers.len();
        difference.slivers.1 += parts.slivers.iter().map(Region::area_m2).fold(0.0, std::ops::Add::add);
        if !parts.wide.is_empty() {
            let id = |of: &Collection, at: usize| feature_id(&of.layer.features[at], Role::LandUsePlan);
            let (older, newer) = (id(older, pair.subject), id(newer, pair.reference));
            difference.changes.push(PlanChange { older, newer, from, to, region: parts.wide });
        }
    }
    let transition = |((from, to), area_m2)| Transition { from, to, area_m2 };
    difference.matrix = matrix.into_iter().map(transition).collect();
    Ok(difference)
}

fn code(of: &Collection, at: usize) -> String {
    let codes = parcel_codes(&of.layer.features[at], Role::LandUsePlan).join("+");
    if codes.is_empty() { NO_CODE.into() } else { codes }
}

/// Zones that a check against the newer version finds in conflict with the plan (LUP-01) and one against the older
/// version does not, in the order of their ids.
pub fn newly_in_conflict(older: &CheckOutcome, newer: &CheckOutcome) -> Vec<String> {
    let in_conflict = |outcome: &CheckOutcome| -> BTreeSet<String> {
        let mismatches = outcome.findings.iter().filter(|finding| finding.rule == "LUP-01");
        mismatches.filter_map(|finding| finding.zone.as_ref()).map(|zone| zone.id.clone()).collect()
    };
    let before = in_conflict(older);
    in_conflict(newer).into_iter().filter(|zone| !before.contains(zone)).collect()
}
