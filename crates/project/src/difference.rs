//! How a land-use plan differs from the version before, and what that means for the zones.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use formats::{GeoJsonWriter, Header, Winding, WriteOptions};
use planning::{CheckInput, CheckOutcome, PartialDate, PlanDifference, Zone, ZoneRef, newly_in_conflict};
use serde_json::{Map, Value, json};
use spatial::{Crs, Feature, FeatureId};

use crate::check::{known_plan, known_zone, pack};
use crate::export::Shapes;
use crate::overlaps::choose;
use crate::today::today;
use crate::{CheckRequest, Project, ProjectError, judge, public_input};

/// The rule that tells whether a zone conflicts with a plan.
const CONFLICT: &str = "LUP-01";

/// Which versions to compare.
#[derive(Clone, Default)]
pub struct DifferenceRequest<'a> {
    /// Collection of the older version.
    pub older: String,
    /// Collection of the newer version.
    pub newer: String,
    /// The plane of all figures; else chosen from the data.
    pub crs: Option<Crs>,
    /// The day on which zones are judged; else today in Viet Nam.
    pub date: Option<PartialDate>,
    /// Version of the rule pack; else the one that holds on the day.
    pub pack: Option<String>,
    /// From public data alone.
    pub public: bool,
    /// Called with (zones judged, zones to judge), each zone against both versions.
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
    /// Asked between steps; `true` stops the work.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

/// The difference, with what it was judged by.
#[derive(Clone, Debug)]
pub struct DifferenceReport {
    /// Collection of the older version.
    pub older: String,
    /// Collection of the newer version.
    pub newer: String,
    /// Rule pack, id and version.
    pub pack: String,
    /// The day on which zones were judged.
    pub date: Option<PartialDate>,
    /// Whether the plane of the figures was guessed.
    pub crs_guessed: bool,
    /// What changes.
    pub difference: PlanDifference,
    /// Zones in conflict with the newer version (LUP-01) and not with the older one, by id.
    pub newly_in_conflict: Vec<ZoneRef>,
}

impl Project {
    /// Compares two plans of the newest snapshot.
    /// # Errors
    /// As [`plan_difference`], or the store's own.
    pub fn plan_difference(&self, request: &DifferenceRequest<'_>) -> Result<DifferenceReport, ProjectError> {
        plan_difference(&self.snapshot()?.check_input(), request)
    }
}

/// Compares two plans.
/// # Errors
/// [`ProjectError::UnknownPlan`], [`ProjectError::SamePlan`], [`ProjectError::UnknownPack`],
/// [`ProjectError::Crs`] or [`ProjectError::Cancelled`].
pub fn plan_difference(
    input: &CheckInput,
    request: &DifferenceRequest<'_>,
) -> Result<DifferenceReport, ProjectError> {
    let public = if request.public { Some(public_input(input)?) } else { None };
    let input = public.as_ref().unwrap_or(input);
    let (older, newer) = (known_plan(input, &request.older)?, known_plan(input, &request.newer)?);
    if older.info.id == newer.info.id {
        return Err(ProjectError::SamePlan { id: request.older.clone() });
    }
    let date = request.date.or_else(today);
    let pack = pack(request.pack.as_deref(), date)?;
    let (crs, reason) = choose(&[&older.layer, &newer.layer], request.crs.as_ref())?;
    let significance = &pack.significance;
    let difference = planning::plan_difference(older, newer, significance, &crs, request.cancelled)?;
    if difference.cancelled {
        return Err(ProjectError::Cancelled);
    }
    let [before, after] = both(input, request)?;
    let zones = newly_in_conflict(&before, &after);
    Ok(DifferenceReport {
        older: request.older.clone(),
        newer: request.newer.clone(),
        pack: pack.label(),
        date,
        crs_guessed: reason.is_guess(),
        difference,
        newly_in_conflict: zones.iter().map(|id| zone(input, id)).collect::<Result<_, _>>()?,
    })
}

/// The zones judged against either version.
fn both(input: &CheckInput, request: &DifferenceRequest<'_>) -> Result<[CheckOutcome; 2], ProjectError> {
    let first = AtomicUsize::new(0);
    let against = |plan: &str, turn: usize| {
        let progress = |done: usize, total: usize| {
            first.fetch_max(total, Ordering::Relaxed);
            if let Some(progress) = request.progress {
                progress(done + turn * first.load(Ordering::Relaxed), 2 * total);
            }
        };
        let check = CheckRequest {
            rules: vec![CONFLICT.to_owned()],
            plan: Some(plan.to_owned()),
            date: request.date,
            pack: request.pack.clone(),
            progress: Some(&progress),
            cancelled: request.cancelled,
            ..CheckRequest::default()
        };
        judge(input, &check)
    };
    Ok([against(&request.older, 0)?, against(&request.newer, 1)?])
}

fn zone(input: &CheckInput, id: &str) -> Result<ZoneRef, ProjectError> {
    let Zone { id, name, kind, .. } = Zone::read(known_zone(input, id)?);
    Ok(ZoneRef { id, name, kind })
}

/// Writes what changes as features, in `crs`.
/// # Errors
/// [`ProjectError`] when a CRS cannot be computed with or the output fails.
pub fn write_changes_geojson(
    report: &DifferenceReport,
    crs: &Crs,
    out: impl Write,
) -> Result<(), ProjectError> {
    let name = format!("{}-{}", report.older, report.newer);
    let header = Header { name: Some(name), crs: Some(crs.clone()), ..Header::default() };
    let decimals = Some(if crs.is_geographic() { 9 } else { 4 });
    let mut writer =
        GeoJsonWriter::begin(out, &header, WriteOptions { decimals, winding: Winding::RightHand })?;
    let mut shapes = Shapes::into_crs(crs);
    for (position, change) in (0..).zip(&report.difference.changes) {
        let geometry = shapes.geometry(&report.difference.crs, Some(&change.region), None)?;
        let area_m2 = change.region.area_m2();
        let value = json!({"older": change.older, "newer": change.newer, "from": change.from, "to": change.to,
            "area_m2": area_m2, "area_ha": area_m2 / 10_000.0, "crs": report.difference.crs.name()});
        let properties = if let Value::Object(map) = value { map } else { Map::new() };
        let id = Some(FeatureId::Text(format!("{}/{}", change.older, change.newer)));
        writer.feature(&Feature { position, id, geometry, properties })?;
    }
    writer.finish()?;
    Ok(())
}

/// Writes the transition matrix as a table: from, to, m², ha. What one version alone has stands in lines without the
/// other's code.
/// # Errors
/// [`ProjectError`] when the output fails.
pub fn write_transitions_csv(report: &DifferenceReport, out: impl Write) -> Result<(), ProjectError> {
    let difference = &report.difference;
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["from", "to", "area_m2", "area_ha"])?;
    let lines = difference.matrix.iter().map(|line| (line.from.as_str(), line.to.as_str(), line.area_m2));
    let alone = [("*", "", difference.only_older_m2), ("", "*", difference.only_newer_m2)];
    for (from, to, area_m2) in lines.chain(alone) {
        let row = [json!(from), json!(to), json!(area_m2), json!(area_m2 / 10_000.0)];
        table.write_record(row.iter().map(crate::export::cell::cell))?;
    }
    table.flush()?;
    Ok(())
}
