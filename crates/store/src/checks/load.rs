//! Loading a check run.

use std::sync::Arc;

use geo_types::Geometry;
use planning::{Decided, Finding, Sliver};
use rusqlite::Error::FromSqlConversionFailure;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};
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
    let sql = "SELECT revision, at, outcome, hash FROM ranh_check_runs WHERE id = ?1";
    let columns = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let (revision, at, text, hash): (i64, String, String, Option<String>) =
        view.query_row(sql, [run], columns).map_err(failed)?;
    let mut outcome = serde_json::from_str::<OutcomeRecord>(&text)
        .map_err(|error| error.to_string())
        .and_then(OutcomeRecord::into_outcome)
        .map_err(|reason| damaged("ranh_check_runs", run, reason))?;
    let findings = "SELECT f.id, f.finding, f.crs, f.geom
                    FROM ranh_run_findings r JOIN ranh_findings f ON f.id = r.said WHERE r.run = ?1 ORDER BY r.position";
    for row in shaped_rows(view, findings, run).map_err(failed)? {
        outcome.findings.push(row.finding().map_err(|reason| damaged("ranh_findings", row.row, reason))?);
    }
    let slivers = "SELECT s.id, s.sliver, s.crs, s.geom
                   FROM ranh_run_slivers r JOIN ranh_slivers s ON s.id = r.said WHERE r.run = ?1 ORDER BY r.position";
    for row in shaped_rows(view, slivers, run).map_err(failed)? {
        outcome.slivers.push(row.sliver().map_err(|reason| damaged("ranh_slivers", row.row, reason))?);
    }
    Ok(CheckRun {
        id,
        revision: revision.unsigned_abs(),
        at,
        hash: hash.unwrap_or_default(),
        outcome: Arc::new(outcome),
    })
}

/// A finding as a run held it, with the revision which that run judged. `CROSS` keeps the order of the tables: SQLite
/// knows no sizes and would go through all findings of the run instead of the few rows of the finding.
pub(crate) fn finding_of(view: &Connection, id: &str, run: u64) -> rusqlite::Result<Option<Decided>> {
    let sql = "SELECT f.id, f.finding, f.crs, f.geom, c.revision
               FROM ranh_findings f CROSS JOIN ranh_run_findings r ON r.said = f.id
               CROSS JOIN ranh_check_runs c ON c.id = r.run
               WHERE f.key = ?1 AND r.run = ?2";
    let run = i64::try_from(run).unwrap_or(i64::MAX);
    let columns = |row: &Row<'_>| Ok((ShapedRow::of(row)?, row.get::<_, i64>(4)?.unsigned_abs()));
    let found = view.prepare_cached(sql)?.query_row(params![id, run], columns).optional()?;
    let read = |(row, revision): (ShapedRow, u64)| {
        let finding =
            row.finding().map_err(|reason| FromSqlConversionFailure(1, Type::Text, reason.into()))?;
        Ok(Decided { finding, revision })
    };
    found.map(read).transpose()
}

/// The row in which a run says a finding, with the revision which that run judged; see [`finding_of`].
pub(crate) fn row_of(view: &Connection, id: &str, run: u64) -> rusqlite::Result<Option<(i64, u64)>> {
    let sql = "SELECT r.said, c.revision
               FROM ranh_findings f CROSS JOIN ranh_run_findings r ON r.said = f.id
               CROSS JOIN ranh_check_runs c ON c.id = r.run
               WHERE f.key = ?1 AND r.run = ?2";
    let run = i64::try_from(run).unwrap_or(i64::MAX);
    let columns = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()));
    view.prepare_cached(sql)?.query_row(params![id, run], columns).optional()
}

/// A finding as the newest run before another held it.
pub(crate) fn finding_before(view: &Connection, id: &str, run: u64) -> rusqlite::Result<Option<Finding>> {
    let sql = "SELECT max(r.run) FROM ranh_findings f JOIN ranh_run_findings r ON r.said = f.id
               WHERE f.key = ?1 AND r.run < ?2";
    let run = i64::try_from(run).unwrap_or(i64::MAX);
    let before: Option<i64> = view.prepare_cached(sql)?.query_row(params![id, run], |row| row.get(0))?;
    let Some(before) = before else { return Ok(None) };
    Ok(finding_of(view, id, before.unsigned_abs())?.map(|found| found.finding))
}

/// The newest run that has a finding.
pub(crate) fn newest_run_of(view: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    let sql =
        "SELECT max(r.run) FROM ranh_findings f JOIN ranh_run_findings r ON r.said = f.id WHERE f.key = ?1";
    view.prepare_cached(sql)?.query_row([id], |row| row.get(0))
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
    statement.query_map([run], ShapedRow::of)?.collect()
}

impl ShapedRow {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { row: row.get(0)?, json: row.get(1)?, crs: row.get(2)?, geometry: row.get(3)? })
    }

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
