//! Saving a check run.

use std::sync::Arc;

use planning::CheckOutcome;
use rusqlite::{Connection, params};
use serde::Serialize;

use super::CheckRun;
use super::hash::RunHash;
use super::outcome::OutcomeRecord;
use super::rows::{Row, keep};
use crate::{Store, StoreError, life};

/// The findings and slivers of so many runs are kept whole; of older ones only what decisions rest on.
const RUNS_KEPT: i64 = 20;

/// A run as this process saved it: what the next one says again need not be written again.
#[derive(Debug)]
pub(crate) struct Saved {
    run: i64,
    outcome: Arc<CheckOutcome>,
    findings: Vec<Row>,
    slivers: Vec<Row>,
}

impl Store {
    /// Keeps what a check said about a revision, with what that makes of older decisions, and gives it back as a run.
    /// Of runs long past, findings go that nobody decided on and that newer runs have too.
    /// # Errors
    /// [`StoreError::Busy`] or the database's own.
    pub fn save_check(
        &mut self,
        outcome: impl Into<Arc<CheckOutcome>>,
        revision: u64,
    ) -> Result<CheckRun, StoreError> {
        let failed = self.failed("cannot write to");
        let outcome: Arc<CheckOutcome> = outcome.into();
        let (before, standings) = (self.saved.take(), Arc::clone(&self.standings));
        let save = |change: &Connection| {
            let rest = json(&OutcomeRecord::of(&outcome))?;
            // Before anything is written: what is known of standings from then on is what was committed.
            let standings = life::standings_after(change, &standings)?;
            let newest = super::newest(change)?;
            let (id, at) = insert_run(change, &rest, revision)?;
            let before = before.filter(|before| newest == Some(before.run.unsigned_abs()));
            let (findings, slivers) = keep_rows(change, id, &outcome, before.as_ref())?;
            life::settle(change, id, &at, &outcome, revision, &standings, &findings)?;
            let hash = hash(&rest, &findings, &slivers);
            change.execute("UPDATE ranh_check_runs SET hash = ?2 WHERE id = ?1", params![id, hash])?;
            thin_out(change, id - RUNS_KEPT)?;
            let saved = Saved { run: id, outcome: Arc::clone(&outcome), findings, slivers };
            let outcome = Arc::clone(&outcome);
            Ok((CheckRun { id: id.unsigned_abs(), revision, at, hash, outcome }, saved, standings))
        };
        let (run, saved, standings) = self.change(save).map_err(failed)?;
        self.saved = Some(saved);
        self.standings = standings;
        Ok(run)
    }

    /// The number of the newest check run, 0 before the first. With [`Store::revision`] it tells whether a
    /// snapshot is still the newest.
    /// # Errors
    /// The database's own.
    pub fn newest_check(&self) -> Result<u64, StoreError> {
        let newest = super::newest(&self.connection).map_err(self.failed("cannot read"))?;
        Ok(newest.unwrap_or(0))
    }
}

fn insert_run(change: &Connection, rest: &str, revision: u64) -> rusqlite::Result<(i64, String)> {
    change.query_row(
        "INSERT INTO ranh_check_runs (revision, at, outcome)
         VALUES (?1, strftime('%Y-%m-%dT%H:%M:%fZ','now'), ?2) RETURNING id, at",
        params![i64::try_from(revision).unwrap_or(i64::MAX), rest],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

fn keep_rows(
    change: &Connection,
    run: i64,
    outcome: &CheckOutcome,
    before: Option<&Saved>,
) -> rusqlite::Result<(Vec<Row>, Vec<Row>)> {
    let findings = before.map(|before| (&before.outcome.findings[..], &before.findings[..]));
    let slivers = before.map(|before| (&before.outcome.slivers[..], &before.slivers[..]));
    Ok((keep(change, run, &outcome.findings, findings)?, keep(change, run, &outcome.slivers, slivers)?))
}

/// One number for everything that a run said.
fn hash(rest: &str, findings: &[Row], slivers: &[Row]) -> String {
    let mut hash = RunHash::new();
    hash.part(rest.as_bytes());
    for rows in [findings, slivers] {
        hash.part(&(rows.len() as u64).to_le_bytes());
        rows.iter().for_each(|row| hash.part(&row.digest));
    }
    hash.hex()
}

/// Takes away what nobody can ask for any more of runs up to `last`: their slivers, and that they said what a newer run
/// says of the same finding and on which no decision rests; then the rows that no run holds.
fn thin_out(change: &Connection, last: i64) -> rusqlite::Result<()> {
    change.execute("DELETE FROM ranh_run_slivers WHERE run <= ?1", [last])?;
    change.execute(
        "DELETE FROM ranh_slivers WHERE run <= ?1
           AND NOT EXISTS (SELECT 1 FROM ranh_run_slivers r WHERE r.said = ranh_slivers.id)",
        [last],
    )?;
    change.execute(
        "DELETE FROM ranh_run_findings AS old WHERE run <= ?1
           AND (EXISTS (SELECT 1 FROM ranh_run_findings r WHERE r.said = old.said AND r.run > old.run)
             OR EXISTS (SELECT 1 FROM ranh_findings f JOIN ranh_findings g ON g.key = f.key
                        JOIN ranh_run_findings r ON r.said = g.id WHERE f.id = old.said AND r.run > old.run))
           AND NOT EXISTS (SELECT 1 FROM ranh_finding_events e JOIN ranh_findings f ON e.finding = f.key
                           WHERE f.id = old.said AND e.run = old.run)",
        [last],
    )?;
    change.execute(
        "DELETE FROM ranh_findings WHERE run <= ?1
           AND NOT EXISTS (SELECT 1 FROM ranh_run_findings r WHERE r.said = ranh_findings.id)",
        [last],
    )?;
    Ok(())
}

pub(crate) fn json(record: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(record).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}
