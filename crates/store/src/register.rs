//! Registers and the tables of units. Every import adds a row: what a register said before stays in the file.

use std::sync::Arc;

use planning::{Register, UnitHistory};
use rusqlite::{Connection, OptionalExtension, params};

use crate::collection::record;
use crate::{Action, Revision, Store, StoreError};

/// A register with its place in the store's history.
#[derive(Clone, Debug)]
pub struct StoredRegister {
    /// The register, cheap to clone.
    pub register: Arc<Register>,
    /// The revision that brought it.
    pub revision: u64,
    /// When (RFC 3339, UTC).
    pub imported_at: String,
    /// Name of the file it came from, where one was given.
    pub source: Option<String>,
}

/// Under this name the history speaks of the tables of units. Collections have no colon in their identifiers.
const UNITS: &str = "units:";

impl Store {
    /// Keeps a register in place of the one of its identifier, which stays in the file as an older version.
    /// # Errors
    /// [`StoreError::Busy`], or the database's own. The store is unchanged then.
    pub fn keep_register(
        &mut self,
        register: &Register,
        source: Option<&str>,
    ) -> Result<Revision, StoreError> {
        let failed = self.failed("cannot write to");
        let write = |change: &Connection| insert(change, register, source, None);
        self.change(write).map_err(failed)
    }

    /// The same for a change that somebody made to the version of a revision, with a reason.
    /// # Errors
    /// [`StoreError::RegisterChanged`] when there is a newer version, or as [`Store::keep_register`].
    pub fn keep_register_after(
        &mut self,
        register: &Register,
        source: Option<&str>,
        reason: &str,
        read: u64,
    ) -> Result<Revision, StoreError> {
        let failed = self.failed("cannot write to");
        let write = |change: &Connection| {
            let sql = "SELECT max(revision) FROM ranh_registers WHERE register = ?1";
            let newest: Option<i64> = change.query_row(sql, [&register.id], |row| row.get(0))?;
            match newest.map(i64::unsigned_abs) {
                Some(newest) if newest == read => insert(change, register, source, Some(reason)).map(Ok),
                newest => Ok(Err(newest.unwrap_or(0))),
            }
        };
        let outcome = self.change(write).map_err(failed)?;
        outcome.map_err(|newest| StoreError::RegisterChanged { register: register.id.clone(), read, newest })
    }

    /// All versions of a register, the newest first.
    /// # Errors
    /// The database's own, or [`StoreError::Damaged`].
    pub fn register_versions(&self, id: &str) -> Result<Vec<StoredRegister>, StoreError> {
        let failed = self.failed("cannot read");
        let sql = "SELECT id, register, revision, imported_at, source, content FROM ranh_registers WHERE register = ?1 ORDER BY id DESC";
        let rows = || {
            let mut statement = self.connection.prepare(sql)?;
            statement.query_map([id], Row::of)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        rows().map_err(failed)?.into_iter().map(Row::load).collect()
    }

    /// Keeps the tables of what became of units, in place of those that there were.
    /// # Errors
    /// [`StoreError::Busy`], or the database's own. The store is unchanged then.
    pub fn keep_units(&mut self, units: &UnitHistory, source: Option<&str>) -> Result<Revision, StoreError> {
        let failed = self.failed("cannot write to");
        let write = |change: &Connection| {
            let revision = record(change, Action::Replaced, UNITS, units.commune_counts().1, source, None)?;
            change.execute("DELETE FROM ranh_units", [])?;
            change.execute(
                "INSERT INTO ranh_units (revision, content) VALUES (?1, ?2)",
                params![number(revision.number), json(units)?],
            )?;
            Ok(revision)
        };
        self.change(write).map_err(failed)
    }
}

fn insert(
    change: &Connection,
    register: &Register,
    source: Option<&str>,
    reason: Option<&str>,
) -> rusqlite::Result<Revision> {
    let name = format!("register:{}", register.id);
    let revision = record(change, Action::Replaced, &name, register.zones.len(), source, reason)?;
    let content = json(register)?;
    change.execute(
        "INSERT INTO ranh_registers (register, revision, imported_at, source, content) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![register.id, number(revision.number), revision.at, source, content],
    )?;
    Ok(revision)
}

/// The newest version of every register, by identifier; those of an older snapshot are shared with it.
pub(crate) fn newest(
    view: &Connection,
    older: &[StoredRegister],
    failed: &impl Fn(rusqlite::Error) -> StoreError,
) -> Result<Vec<StoredRegister>, StoreError> {
    let sql = "SELECT id, register, revision, imported_at, source, content FROM ranh_registers
               WHERE id IN (SELECT max(id) FROM ranh_registers GROUP BY register) ORDER BY register";
    let rows = || {
        let mut statement = view.prepare(sql)?;
        statement.query_map([], Row::of)?.collect::<rusqlite::Result<Vec<_>>>()
    };
    let known = |row: &Row| {
        let same = |one: &&StoredRegister| {
            one.register.id == row.register
                && one.revision == row.revision
                && one.imported_at == row.imported_at
        };
        older.iter().find(same).cloned()
    };
    let rows = rows().map_err(failed)?;
    rows.into_iter().map(|row| known(&row).map_or_else(|| row.load(), Ok)).collect()
}

/// The tables of units with the revision that brought them; those of an older snapshot are shared with it.
pub(crate) fn units(
    view: &Connection,
    older: Option<&(u64, Arc<UnitHistory>)>,
    failed: &impl Fn(rusqlite::Error) -> StoreError,
) -> Result<Option<(u64, Arc<UnitHistory>)>, StoreError> {
    let revision: Option<i64> =
        view.query_row("SELECT revision FROM ranh_units", [], |row| row.get(0)).optional().map_err(failed)?;
    let Some(revision) = revision.map(i64::unsigned_abs) else { return Ok(None) };
    if let Some(known) = older.filter(|(known, _)| *known == revision) {
        return Ok(Some(known.clone()));
    }
    let content: String =
        view.query_row("SELECT content FROM ranh_units", [], |row| row.get(0)).map_err(failed)?;
    let units = serde_json::from_str(&content).map_err(|error| damaged("ranh_units", 1, &error))?;
    Ok(Some((revision, Arc::new(units))))
}

struct Row {
    row: i64,
    register: String,
    revision: u64,
    imported_at: String,
    source: Option<String>,
    content: String,
}

impl Row {
    fn of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            row: row.get(0)?,
            register: row.get(1)?,
            revision: row.get::<_, i64>(2)?.unsigned_abs(),
            imported_at: row.get(3)?,
            source: row.get(4)?,
            content: row.get(5)?,
        })
    }

    fn load(self) -> Result<StoredRegister, StoreError> {
        let register = serde_json::from_str(&self.content)
            .map_err(|error| damaged("ranh_registers", self.row, &error))?;
        Ok(StoredRegister {
            register: Arc::new(register),
            revision: self.revision,
            imported_at: self.imported_at,
            source: self.source,
        })
    }
}

fn damaged(table: &str, row: i64, reason: &serde_json::Error) -> StoreError {
    StoreError::Damaged { table: table.to_owned(), row, reason: reason.to_string() }
}

fn json(record: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(record).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

fn number(revision: u64) -> i64 {
    i64::try_from(revision).unwrap_or(i64::MAX)
}
