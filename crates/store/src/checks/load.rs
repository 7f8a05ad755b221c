//! Loading a check run.

use std::sync::Arc;

use geo_types::Geometry;
use planning::{Finding, Sliver};
use rusqlite::{Connection, OptionalExtension};
use spatial::{Crs, FillRule, Region};

use super::CheckRun;
use super::outcome::OutcomeRecord;
use super::record::{FindingRecord, SliverRecord};
use crate::{StoreError, gpkg};

/// The newest run.
pub(crate) fn newest(view: &Connection) -> rusqlite::Result<Option<u64>> {
    let newest: Option<i64> =
        view.query_row("SELECT max(id) FROM ranh_check_runs", [], |row| row.get(0)).optional()?.flatten();
    Ok(newest.map(i64::unsigned_abs))
}

/// Loads one run with its findings and slivers in their order.
pub(crate) fn load(
    view: &Connection,
    id: u64,
    failed: &impl Fn(rusqlite::Error) -> StoreError,
) -> Result<CheckRun, StoreError> {
    let run = i64::try_from(id).unwrap_or(i64::MAX);
    let sql = "SELECT revision, at, outcome FROM ranh_check_runs WHERE id = ?1";
    let (revision, at, text): (i64, String, String) =
        view.query_row(sql, [run], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).map_err(failed)?;
    let mut outcome = serde_json::from_str::<OutcomeRecord>(&text)
        .map_err(|error| error.to_string())
        .and_then(OutcomeRecord::into_outcome)
        .map_err(|reason| damaged("ranh_check_runs", run, reason))?;
    let findings = "SELECT id, finding, crs, geom FROM ranh_findings WHERE run = ?1 ORDER BY id";
    for row in shaped_rows(view, findings, run).map_err(failed)? {
        outcome.findings.push(row.finding().map_err(|reason| damaged("ranh_findings", row.row, reason))?);
    }
    let slivers = "SELECT id, sliver, crs, geom FROM ranh_slivers WHERE run = ?1 ORDER BY id";
    for row in shaped_rows(view, slivers, run).map_err(failed)? {
        outcome.slivers.push(row.sliver().map_err(|reason| damaged("ranh_slivers", row.row, reason))?);
    }
    Ok(CheckRun { id, revision: revision.unsigned_abs(), at, outcome: Arc::new(outcome) })
}

/// A row with JSON and a shape.
struct ShapedRow {
    row: i64,
    json: String,
    crs: String,
    geometry: Option<Vec<u8>>,
}

fn shaped_rows(view: &Connection, sql: &str, run: i64) -> rusqlite::Result<Vec<ShapedRow>> {
    let mut statement = view.prepare(sql)?;
    let rows = statement.query_map([run], |row| {
        Ok(ShapedRow { row: row.get(0)?, json: row.get(1)?, crs: row.get(2)?, geometry: row.get(3)? })
    })?;
    rows.collect()
}

impl ShapedRow {
    fn finding(&self) -> Result<Finding, String> {
        let record: FindingRecord = serde_json::from_str(&self.json).map_err(|error| error.to_string())?;
        Ok(record.with_shape(self.crs()?, self.region()?))
    }

    fn sliver(&self) -> Result<Sliver, String> {
        let record: SliverRecord = serde_json::from_str(&self.json).map_err(|error| error.to_string())?;
        Ok(record.with_shape(self.crs()?, self.region()?.ok_or("its shape is missing")?))
    }

    fn crs(&self) -> Result<Crs, String> {
        Crs::parse(&self.crs).map_err(|error| error.to_string())
    }

    fn region(&self) -> Result<Option<Region>, String> {
        match self.geometry.as_deref().map(gpkg::decode).transpose()? {
            None => Ok(None),
            Some(Geometry::MultiPolygon(shape)) => {
                Ok(Some(Region::from_multi_polygon(&shape, FillRule::EvenOdd)))
            }
            Some(_) => Err("its shape is not a multipolygon".into()),
        }
    }
}

fn damaged(table: &str, row: i64, reason: String) -> StoreError {
    StoreError::Damaged { table: table.to_owned(), row, reason }
}
