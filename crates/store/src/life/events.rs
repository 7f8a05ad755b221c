//! The table of events.

use std::sync::Arc;

use planning::{Change, Event, Standings};
use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};

/// The number of the newest event, 0 for none.
pub(crate) fn newest(view: &Connection) -> rusqlite::Result<u64> {
    let newest: Option<i64> =
        view.query_row("SELECT max(id) FROM ranh_finding_events", [], |row| row.get(0))?;
    Ok(newest.map_or(0, i64::unsigned_abs))
}

/// The standings with every event since; the same ones where nothing happened.
pub(crate) fn standings_after(view: &Connection, older: &Arc<Standings>) -> rusqlite::Result<Arc<Standings>> {
    let sql = "SELECT id, finding, at, run, change FROM ranh_finding_events WHERE id > ?1 ORDER BY id";
    let mut statement = view.prepare_cached(sql)?;
    let last = i64::try_from(older.newest()).unwrap_or(i64::MAX);
    let mut rows = statement.query_map([last], event)?.peekable();
    if rows.peek().is_none() {
        return Ok(Arc::clone(older));
    }
    let mut standings = Standings::clone(older);
    for event in rows {
        standings.apply(event?);
    }
    Ok(Arc::new(standings))
}

/// What happened to one finding.
pub(crate) fn history(view: &Connection, finding: &str) -> rusqlite::Result<Vec<Event>> {
    let sql = "SELECT id, finding, at, run, change FROM ranh_finding_events WHERE finding = ?1 ORDER BY id";
    view.prepare_cached(sql)?.query_map([finding], event)?.collect()
}

/// What a run did to findings; people's decisions on what it held included.
pub(super) fn of_run(view: &Connection, run: u64) -> rusqlite::Result<Vec<Event>> {
    let sql = "SELECT id, finding, at, run, change FROM ranh_finding_events WHERE run = ?1 ORDER BY id";
    view.prepare_cached(sql)?.query_map([i64::try_from(run).unwrap_or(i64::MAX)], event)?.collect()
}

/// Adds an event.
pub(super) fn add(
    change: &Connection,
    finding: &str,
    at: &str,
    run: i64,
    what: &Change,
) -> rusqlite::Result<Event> {
    let sql = "INSERT INTO ranh_finding_events (finding, at, run, change) VALUES (?1, ?2, ?3, ?4)";
    change.prepare_cached(sql)?.execute(params![finding, at, run, crate::checks::json(what)?])?;
    Ok(Event {
        number: change.last_insert_rowid().unsigned_abs(),
        finding: finding.to_owned(),
        at: at.to_owned(),
        run: run.unsigned_abs(),
        change: what.clone(),
    })
}

fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    let text: String = row.get(4)?;
    let change = serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(4, Type::Text, Box::new(error)))?;
    Ok(Event {
        number: row.get::<_, i64>(0)?.unsigned_abs(),
        finding: row.get(1)?,
        at: row.get(2)?,
        run: row.get::<_, i64>(3)?.unsigned_abs(),
        change,
    })
}
