//! Saving a check run.

use std::sync::Arc;

use geo_types::Geometry;
use planning::CheckOutcome;
use rusqlite::{Connection, params};
use serde::Serialize;
use spatial::{Crs, Region};

use super::CheckRun;
use super::hash::RunHash;
use super::outcome::OutcomeRecord;
use super::record::{FindingRecord, SliverRecord};
use crate::{Store, StoreError, gpkg, life};

/// The findings and slivers of so many runs are kept whole; of older ones only what decisions rest on.
const RUNS_KEPT: i64 = 20;

impl Store {
    /// Keeps what a check said about a revision, with what that makes of older decisions, and gives it back as a run.
    /// Of runs long past, findings go that nobody decided on and that newer runs have too.
    /// # Errors
    /// [`StoreError::Busy`] or the database's own.
    pub fn save_check(&mut self, outcome: &CheckOutcome, revision: u64) -> Result<CheckRun, StoreError> {
        let failed = self.failed("cannot write to");
        let save = |change: &Connection| {
            let (id, at) = insert_run(change, outcome, revision)?;
            life::settle(change, id, &at, outcome, revision)?;
            let mut hash = RunHash::new();
            hash.part(json(&OutcomeRecord::of(outcome))?.as_bytes());
            insert_findings(change, id, outcome, &mut hash)?;
            insert_slivers(change, id, outcome, &mut hash)?;
            let hash = hash.hex();
            change.execute("UPDATE ranh_check_runs SET hash = ?2 WHERE id = ?1", params![id, hash])?;
            thin_out(change, id - RUNS_KEPT)?;
            Ok(CheckRun { id: id.unsigned_abs(), revision, at, hash, outcome: Arc::new(outcome.clone()) })
        };
        self.change(save).map_err(failed)
    }
}

impl Store {
    /// The number of the newest check run, 0 before the first. With [`Store::revision`] it tells whether a
    /// snapshot is still the newest.
    /// # Errors
    /// The database's own.
    pub fn newest_check(&self) -> Result<u64, StoreError> {
        let newest = super::newest(&self.connection).map_err(self.failed("cannot read"))?;
        Ok(newest.unwrap_or(0))
    }
}

fn insert_run(change: &Connection, outcome: &CheckOutcome, revision: u64) -> rusqlite::Result<(i64, String)> {
    change.query_row(
        "INSERT INTO ranh_check_runs (revision, at, outcome)
         VALUES (?1, strftime('%Y-%m-%dT%H:%M:%fZ','now'), ?2) RETURNING id, at",
        params![i64::try_from(revision).unwrap_or(i64::MAX), json(&OutcomeRecord::of(outcome))?],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

fn insert_findings(
    change: &Connection,
    run: i64,
    outcome: &CheckOutcome,
    hash: &mut RunHash,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO ranh_findings (run, finding, crs, geom, key) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut statement = change.prepare(sql)?;
    for finding in &outcome.findings {
        let shape = match &finding.region {
            Some(region) => Some(shape(change, region, &finding.crs)?),
            None => None,
        };
        let (record, crs) = (json(&FindingRecord::of(finding))?, finding.crs.name());
        let parts = [record.as_bytes(), crs.as_bytes(), shape.as_deref().unwrap_or_default()];
        parts.into_iter().for_each(|part| hash.part(part));
        statement.execute(params![run, record, crs, shape, finding.id])?;
    }
    Ok(())
}

fn insert_slivers(
    change: &Connection,
    run: i64,
    outcome: &CheckOutcome,
    hash: &mut RunHash,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO ranh_slivers (run, sliver, crs, geom) VALUES (?1, ?2, ?3, ?4)";
    let mut statement = change.prepare(sql)?;
    for sliver in &outcome.slivers {
        let shape = shape(change, &sliver.region, &sliver.crs)?;
        let (record, crs) = (json(&SliverRecord::of(sliver))?, sliver.crs.name());
        [record.as_bytes(), crs.as_bytes(), &shape].into_iter().for_each(|part| hash.part(part));
        statement.execute(params![run, record, crs, shape])?;
    }
    Ok(())
}

/// Takes away what nobody can ask for any more of runs up to `last`: their slivers, and findings that a newer run has
/// and on which no decision rests.
fn thin_out(change: &Connection, last: i64) -> rusqlite::Result<()> {
    change.execute("DELETE FROM ranh_slivers WHERE run <= ?1", [last])?;
    change.execute(
        "DELETE FROM ranh_findings WHERE run <= ?1
           AND EXISTS (SELECT 1 FROM ranh_findings f WHERE f.key = ranh_findings.key AND f.run > ranh_findings.run)
           AND NOT EXISTS (SELECT 1 FROM ranh_finding_events e
                           WHERE e.finding = ranh_findings.key AND e.run = ranh_findings.run)",
        [last],
    )?;
    Ok(())
}

/// Grid coordinates are exact in `f64`, so the shape comes back as the same region.
fn shape(change: &Connection, region: &Region, crs: &Crs) -> rusqlite::Result<Vec<u8>> {
    let srs_id = gpkg::register(change, crs)?;
    Ok(gpkg::encode(&Geometry::MultiPolygon(region.to_multi_polygon()), srs_id).bytes)
}

pub(crate) fn json(record: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(record).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}
