//! Opening and creating the file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use planning::Standings;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};

use crate::backup::identity;
use crate::checks::Saved;
use crate::schema::{self, Identity, SCHEMA_VERSION};
use crate::{Action, Revision, StoreError};

/// How long to wait for another writer before giving up.
const WAIT: Duration = Duration::from_secs(10);
/// What the database keeps of the file in memory while it writes, in its own terms: negative KiB.
pub(crate) const CACHE: i64 = -65_536;
/// The same while everything is read once, from its beginning to its end: nothing is asked for twice.
pub(crate) const READING_CACHE: i64 = -2_048;

/// A store file, open for reading and writing. One writer at a time over all processes: a second one waits some
/// seconds, then gets [`StoreError::Busy`]. Every change is one transaction: a killed process leaves the old state.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    wait: Duration,
    /// Which file was opened: another may be put in its place.
    pub(crate) file: Option<(u64, u64)>,
    pub(crate) connection: Connection,
    /// The run that was saved last.
    pub(crate) saved: Option<Saved>,
    /// Where findings stood when that was last read: events are only ever added.
    pub(crate) standings: Arc<Standings>,
}

impl Store {
    /// Creates an empty store.
    /// # Errors
    /// [`StoreError::Exists`] when there is such a file already, [`StoreError::MissingFolder`], or the database's.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let store = Self::connect(path, OpenFlags::SQLITE_OPEN_CREATE)?;
        if store.found_empty()? { Ok(store) } else { Err(StoreError::Exists { path: path.to_owned() }) }
    }

    /// Opens a store that exists.
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Foreign`] for a file that is not Ranh's, [`StoreError::Newer`] for
    /// one from a later version, or the database's own.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        let store = Self::connect(path, OpenFlags::empty())?;
        store.accept()?;
        Ok(store)
    }

    /// Opens the store, or creates it where there is no file or an empty one.
    /// # Errors
    /// As [`Store::open`] and [`Store::create`].
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        let store = Self::connect(path, OpenFlags::SQLITE_OPEN_CREATE)?;
        if !store.found_empty()? {
            store.accept()?;
        }
        Ok(store)
    }

    /// Changes how long a change waits for another writer (10 s unless said).
    /// # Errors
    /// The database's own.
    pub fn set_wait(&mut self, wait: Duration) -> Result<(), StoreError> {
        self.wait = wait;
        self.connection.busy_timeout(wait).map_err(self.failed("cannot set up"))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The number of the newest revision, 0 for an empty store.
    /// # Errors
    /// The database's own.
    pub fn revision(&self) -> Result<u64, StoreError> {
        newest_revision(&self.connection).map_err(self.failed("cannot read"))
    }

    /// All revisions, the newest first.
    /// # Errors
    /// The database's own.
    pub fn history(&self) -> Result<Vec<Revision>, StoreError> {
        let read = || {
            let sql = "SELECT number, at, action, collection, features, source, reason FROM ranh_revisions ORDER BY number DESC";
            let mut statement = self.connection.prepare(sql)?;
            statement.query_map([], revision_row)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(self.failed("cannot read"))
    }

    fn connect(path: &Path, create: OpenFlags) -> Result<Self, StoreError> {
        if let Some(folder) =
            path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
        {
            return Err(StoreError::MissingFolder { path: folder.to_owned() });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create;
        let open = || {
            let connection = Connection::open_with_flags(path, flags)?;
            set_up(&connection)?;
            Ok(connection)
        };
        let connection = open().map_err(|source| failure("cannot open", path, WAIT, source))?;
        let (path, file) = (path.to_owned(), identity(path));
        Ok(Self { path, wait: WAIT, file, connection, saved: None, standings: Arc::default() })
    }

    /// Makes an empty database a store, in one transaction; `false` when it was not empty.
    fn found_empty(&self) -> Result<bool, StoreError> {
        let make = || {
            if !matches!(schema::identify(&self.connection)?, Identity::Empty) {
                return Ok(false);
            }
            let change = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            // Asked again under the lock: another process may have made the store in between.
            let empty = matches!(schema::identify(&change)?, Identity::Empty);
            if empty {
                schema::create(&change)?;
            }
            change.commit()?;
            Ok(empty)
        };
        make().map_err(self.failed("cannot create"))
    }

    /// Refuses files that are not stores of a known version.
    fn accept(&self) -> Result<(), StoreError> {
        let path = self.path.clone();
        match schema::identify(&self.connection).map_err(self.failed("cannot open"))? {
            Identity::Store(SCHEMA_VERSION) => Ok(()),
            Identity::Store(found) if found > SCHEMA_VERSION => {
                Err(StoreError::Newer { path, found, known: SCHEMA_VERSION })
            }
            Identity::Store(1..) => self.upgrade().map_err(self.failed("cannot upgrade")),
            Identity::Store(_) => {
                Err(StoreError::Foreign { path, found: "its version is not one that was released" })
            }
            Identity::Empty => Err(StoreError::Foreign { path, found: "an empty file" }),
            Identity::Foreign(found) => Err(StoreError::Foreign { path, found }),
        }
    }

    /// Brings a store of an older version to this one, in one transaction.
    fn upgrade(&self) -> rusqlite::Result<()> {
        let change = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        // Asked again under the lock: another process may have done it in between.
        if let Identity::Store(found @ 1..SCHEMA_VERSION) = schema::identify(&change)? {
            schema::upgrade(&change, found)?;
        }
        change.commit()
    }

    /// Turns a database error into one of ours, for `map_err`.
    pub(crate) fn failed(&self, doing: &'static str) -> impl Fn(rusqlite::Error) -> StoreError + use<> {
        let (path, wait) = (self.path.clone(), self.wait);
        move |source| failure(doing, &path, wait, source)
    }
}

/// Rollback journal rather than WAL: the store stays one file that can be copied and mailed.
fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(WAIT)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cache_size", CACHE)?;
    connection.pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0)).and_then(|mode| {
        if mode == "delete" { Ok(()) } else { connection.pragma_update(None, "journal_mode", "DELETE") }
    })
}

pub(crate) fn failure(
    doing: &'static str,
    path: &Path,
    waited: Duration,
    source: rusqlite::Error,
) -> StoreError {
    let path = path.to_owned();
    match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy { path, waited },
        Some(ErrorCode::NotADatabase) => StoreError::Foreign { path, found: "not a GeoPackage" },
        _ => StoreError::Database { doing, path, source },
    }
}

pub(crate) fn newest_revision(connection: &Connection) -> rusqlite::Result<u64> {
    let newest: Option<i64> = connection
        .query_row("SELECT max(number) FROM ranh_revisions", [], |row| row.get(0))
        .optional()?
        .flatten();
    Ok(newest.map_or(0, i64::unsigned_abs))
}

pub(crate) fn revision_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Revision> {
    revision_from(row, 0)
}

/// A revision of a row whose columns for it begin at a position.
pub(crate) fn revision_from(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Revision> {
    let action: String = row.get(first + 2)?;
    Ok(Revision {
        number: row.get::<_, i64>(first)?.unsigned_abs(),
        at: row.get(first + 1)?,
        action: Action::of(&action).unwrap_or(Action::Replaced),
        collection: row.get(first + 3)?,
        features: row.get::<_, i64>(first + 4)?.unsigned_abs(),
        source: row.get(first + 5)?,
        reason: row.get(first + 6)?,
    })
}
