//! Saving a check run, in one transaction.

use std::sync::Arc;

use geo_types::Geometry;
use planning::CheckOutcome;
use rusqlite::{Connection, params};
use serde::Serialize;
use spatial::{Crs, Region};

use super::CheckRun;
use super::outcome::OutcomeRecord;
use super::record::{FindingRecord, SliverRecord};
use crate::{Store, StoreError, gpkg};

impl Store {
    /// Keeps what a check said about a revision and gives it back as a run. Older runs stay.
    /// # Errors
    /// [`StoreError::Busy`] or the database's own.
    pub fn save_check(&mut self, outcome: &CheckOutcome, revision: u64) -> Result<CheckRun, StoreError> {
        let failed = self.failed("cannot write to");
        let save = |change: &Connection| {
            let (id, at) = insert_run(change, outcome, revision)?;
            insert_findings(change, id, outcome)?;
            insert_slivers(change, id, outcome)?;
            Ok(CheckRun { id: id.unsigned_abs(), revision, at, outcome: Arc::new(outcome.clone()) })
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

fn insert_findings(change: &Connection, run: i64, outcome: &CheckOutcome) -> rusqlite::Result<()> {
    let sql = "INSERT INTO ranh_findings (run, finding, crs, geom) VALUES (?1, ?2, ?3, ?4)";
    let mut statement = change.prepare(sql)?;
    for finding in &outcome.findings {
        let shape = match &finding.region {
            Some(region) => Some(shape(change, region, &finding.crs)?),
            None => None,
        };
        statement.execute(params![run, json(&FindingRecord::of(finding))?, finding.crs.name(), shape])?;
    }
    Ok(())
}

fn insert_slivers(change: &Connection, run: i64, outcome: &CheckOutcome) -> rusqlite::Result<()> {
    let sql = "INSERT INTO ranh_slivers (run, sliver, crs, geom) VALUES (?1, ?2, ?3, ?4)";
    let mut statement = change.prepare(sql)?;
    for sliver in &outcome.slivers {
        let shape = shape(change, &sliver.region, &sliver.crs)?;
        statement.execute(params![run, json(&SliverRecord::of(sliver))?, sliver.crs.name(), shape])?;
    }
    Ok(())
}

/// Grid coordinates are exact in `f64`, so the shape comes back as the same region.
fn shape(change: &Connection, region: &Region, crs: &Crs) -> rusqlite::Result<Vec<u8>> {
    let srs_id = gpkg::register(change, crs)?;
    Ok(gpkg::encode(&Geometry::MultiPolygon(region.to_multi_polygon()), srs_id).bytes)
}

fn json(record: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(record).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}
