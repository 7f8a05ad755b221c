//! The check: zones against plan, land use and administrative units, by the rules of a pack.

mod block;
mod context;
mod coverage;
mod explain;
mod group;
mod land_in_conflict;
mod layer;
mod member;
mod memory;
mod missing;
mod pairs;
mod plane;
mod register;
mod report;
mod run;
mod select;
mod surroundings;
mod tolerance;
mod unused;
mod whole;
mod zones;

use std::sync::Arc;

use spatial::Crs;

pub(crate) use context::{Communes, Crossing, Crossings, Scene, ZoneContext, ZoneCrossing};
pub(crate) use coverage::{commune_key, commune_name};
pub use explain::explain;
pub(crate) use layer::{LayerContext, Owner, PlanContext};
pub use memory::CheckMemory;
pub(crate) use plane::{OnPlane, extent, touching};
pub(crate) use register::{RegisterContext, Subject, stated};
pub(crate) use report::{Conflict, Draft, Report};
pub use select::{communes_in_force, plan_in_force};
pub(crate) use surroundings::Nearby;
pub(crate) use tolerance::{Tolerance, split};
pub(crate) use zones::{ZoneEntry, zones};

use crate::{Collection, DataError, Finding, PartialDate, Register, RulePack, Sliver, Text, UnitHistory};

/// Stands for the rule where a note is about none in particular.
pub(crate) const ANY_RULE: &str = "*";

/// What is judged, and against what.
#[derive(Clone, Debug, Default)]
pub struct CheckInput {
    /// All collections of the store; the check picks by role.
    pub collections: Vec<Collection>,
    /// The registers of the store; each is judged by itself.
    pub registers: Vec<Arc<Register>>,
    /// What became of former administrative units, where the user brought it.
    pub units: Option<Arc<UnitHistory>>,
}

/// How to check, and how to follow or stop it.
#[derive(Clone, Default)]
pub struct CheckOptions<'a> {
    /// Only these rules; empty = all of the pack.
    pub rules: Vec<String>,
    /// Land-use plan to judge against; else the one approved last.
    pub plan: Option<String>,
    /// Only zones with these ids; empty = all. The others are still neighbours, and say what there is to say of pairs
    /// with these.
    pub zones: Vec<String>,
    /// The day on which periods, deadlines and units are judged; rules that need a day say so without one.
    pub date: Option<PartialDate>,
    /// What earlier checks prepared; without it everything is prepared anew.
    pub memory: Option<&'a CheckMemory>,
    /// Whether it takes from the memory without leaving what it says of zones: a trial of what is nowhere kept.
    pub passing: bool,
    /// Called with (zones done, zones in all).
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
    /// Asked between zones; `true` stops the work.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

/// A rule that could not be applied, or something that a person should know to read the outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    /// Rule id; `*` where it is about none in particular.
    pub rule: String,
    /// Zone it could not judge; `None` = any.
    pub zone: Option<String>,
    /// Why, in words.
    pub reason: Text,
}

/// Area of a zone under one land-use code.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeLine {
    /// Land-use code.
    pub code: String,
    /// Planar area, m².
    pub area_m2: f64,
    /// Whether the pack allows the code for the zone's kind; `None` where the kind is not judged.
    pub allowed: Option<bool>,
}

/// Area of a zone in one commune.
#[derive(Clone, Debug, PartialEq)]
pub struct CommuneLine {
    /// Commune code.
    pub code: String,
    /// Commune name.
    pub name: String,
    /// Planar area, m².
    pub area_m2: f64,
}

/// A zone measured against one plan or land-use collection, and its communes.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneSummary {
    /// Feature id of the zone.
    pub zone: String,
    /// Working CRS of every figure.
    pub crs: Crs,
    /// Whether the CRS was guessed by the nearest meridian.
    pub crs_guessed: bool,
    /// Planar area, m².
    pub area_m2: f64,
    /// Geodesic area, m².
    pub area_geodesic_m2: f64,
    /// Per planned code, descending; `None` without a plan.
    pub by_plan: Option<Coverage>,
    /// Per present code; `None` without a land-use collection.
    pub by_land_use: Option<Coverage>,
    /// Per commune, descending.
    pub by_commune: Vec<CommuneLine>,
}

/// How a zone is covered by one land-use collection. `Σ codes − multiple + uncovered = area + residual`.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Collection id.
    pub collection: String,
    /// Area per code.
    pub codes: Vec<CodeLine>,
    /// Area of zone − union(parcels), measured as a shape, m².
    pub uncovered_m2: f64,
    /// What parcels cover more than once, once per extra cover, m².
    pub multiple_m2: f64,
    /// What the identity above leaves over, m².
    pub residual_m2: f64,
}

/// Everything a check has to say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckOutcome {
    /// Findings, ordered by severity, rule, zone, other, ordinal.
    pub findings: Vec<Finding>,
    /// Parts too narrow to be findings.
    pub slivers: Vec<Sliver>,
    /// One per zone with a region, in the order of the collection.
    pub summaries: Vec<ZoneSummary>,
    /// Rules that could not be applied.
    pub skipped: Vec<Skipped>,
    /// Zones met and zones judged (state and geometry allow it).
    pub zones_total: usize,
    /// See `zones_total`.
    pub zones_judged: usize,
    /// Land in conflict of severity B and E, each square metre once, m²: a union per working CRS. `None` in a run
    /// that was kept before it was measured.
    pub conflict_m2: Option<f64>,
    /// The plan judged against.
    pub plan: Option<String>,
    /// The day on which periods, deadlines and units were judged.
    pub date: Option<PartialDate>,
    /// The rules asked for; empty = all of the pack.
    pub rules: Vec<String>,
    /// Rule pack id and version.
    pub pack: String,
    /// Whether it was cancelled before the end.
    pub cancelled: bool,
}

/// Runs the rules of the default pack. Nothing in the data makes it fail; should a compiled-in table be unreadable,
/// nothing is judged and the outcome says so.
pub fn check(input: &CheckInput, options: &CheckOptions<'_>) -> CheckOutcome {
    match crate::pack() {
        Ok(pack) => check_with_pack(pack, input, options),
        Err(error) => unable(&error),
    }
}

/// The same with a pack of one's own.
pub fn check_with_pack(pack: &RulePack, input: &CheckInput, options: &CheckOptions<'_>) -> CheckOutcome {
    let tables =
        || -> Result<_, DataError> { Ok((crate::messages()?, crate::codes()?, crate::provinces()?)) };
    match tables() {
        Ok((messages, codes, provinces)) => {
            run::run(&run::Tables { pack, messages, codes, provinces }, input, options)
        }
        Err(error) => unable(&error),
    }
}

fn unable(error: &DataError) -> CheckOutcome {
    let skipped = Skipped { rule: ANY_RULE.into(), zone: None, reason: Text::same(error.to_string()) };
    CheckOutcome { skipped: vec![skipped], ..CheckOutcome::default() }
}
