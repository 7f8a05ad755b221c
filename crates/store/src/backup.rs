//! Backups of a store in use, and putting one back.
//!
//! A backup is SQLite's own online copy, page by page under one read lock: one revision, whole, while others read and
//! wait to write. Nothing is ever written over: a file gets its name when it is whole, and what a restored store takes
//! the place of is kept beside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::part::{Part, beside};
use crate::schema::{self, Identity, SCHEMA_VERSION};
use crate::store::{failure, newest_revision};
use crate::{Store, StoreError};

/// How long to wait for somebody who is writing.
const WAIT: Duration = Duration::from_secs(30);
/// Between two attempts to begin a copy.
const PAUSE: Duration = Duration::from_millis(20);

/// What was backed up or put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The revision that it holds.
    pub revision: u64,
    /// Size of the file, bytes.
    pub bytes: u64,
    /// Where the store is now that was there before; none when there was none.
    pub kept: Option<PathBuf>,
}

impl Store {
    /// Copies the store to a file that does not exist yet, while others go on reading it.
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::Busy`] when somebody writes without end, [`StoreError::File`].
    pub fn backup(&self, to: &Path) -> Result<Copied, StoreError> {
        if to.exists() {
            return Err(StoreError::Exists { path: to.to_owned() });
        }
        let part = Part::beside(to)?;
        let revision = part.fill(&self.connection, self.path())?;
        let bytes = part.publish(to)?;
        Ok(Copied { revision, bytes, kept: None })
    }

    /// Whether the file at the store's path is not the one that was opened: a backup was put in its place.
    pub fn is_replaced(&self) -> bool {
        identity(self.path()) != self.file
    }
}

/// Puts a backup in the place of a store; what was there is kept beside it, under a name with the time. Others who have
/// the store open go on with the old file until they look ([`Store::is_replaced`]).
/// # Errors
/// [`StoreError::Missing`], [`StoreError::Foreign`], [`StoreError::Newer`] or [`StoreError::Broken`] when the backup is
/// not one that can be used, [`StoreError::Busy`] when somebody is writing, [`StoreError::File`]. The store is as it was
/// then.
pub fn restore(backup: &Path, to: &Path) -> Result<Copied, StoreError> {
    if !backup.exists() {
        return Err(StoreError::Missing { path: backup.to_owned() });
    }
    if identity(backup) == identity(to) {
        let same = io::Error::other("that is the store itself, not a backup of it");
        return Err(StoreError::File { doing: "cannot restore from", path: backup.to_owned(), source: same });
    }
    let source = open(backup).map_err(|source| failure("cannot read", backup, WAIT, source))?;
    accept(&source, backup)?;
    let part = Part::beside(to)?;
    let revision = part.fill(&source, backup)?;
    part.belong_where(to)?;
    let kept = if to.exists() { Some(keep(to)?) } else { None };
    let bytes = part.replace(to)?;
    Ok(Copied { revision, bytes, kept })
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(WAIT)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

/// Refuses what is no store of a version that this program knows.
fn accept(source: &Connection, path: &Path) -> Result<(), StoreError> {
    let foreign = |found| Err(StoreError::Foreign { path: path.to_owned(), found });
    let identified = schema::identify(source);
    match identified.map_err(|source| failure("cannot read", path, WAIT, source))? {
        Identity::Store(1..=SCHEMA_VERSION) => Ok(()),
        Identity::Store(found) if found > SCHEMA_VERSION => {
            Err(StoreError::Newer { path: path.to_owned(), found, known: SCHEMA_VERSION })
        }
        Identity::Store(_) => foreign("its version is not one that was released"),
        Identity::Empty => foreign("an empty file"),
        Identity::Foreign(found) => foreign(found),
    }
}

/// Keeps a store under another name, so that its own is free to be taken over in one step. While somebody writes to it
/// there is something left to wait for.
fn keep(store: &Path) -> Result<PathBuf, StoreError> {
    let failed = |source| StoreError::File { doing: "cannot keep aside", path: store.to_owned(), source };
    let written = hold(store)?;
    let kept = free_name(store);
    fs::hard_link(store, &kept).or_else(|_no_links| fs::rename(store, &kept)).map_err(failed)?;
    // What a killed process has left belongs to the old file, which is not whole without it.
    let journal = beside(store, "-journal");
    if journal.exists() {
        fs::rename(&journal, beside(&kept, "-journal")).map_err(failed)?;
    }
    drop(written);
    Ok(kept)
}

/// Waits until nobody writes. A file that is no database any more is not written to either.
fn hold(store: &Path) -> Result<Option<Connection>, StoreError> {
    let lock = || {
        let connection = Connection::open_with_flags(store, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(WAIT)?;
        connection.execute_batch("BEGIN EXCLUSIVE")?;
        Ok(connection)
    };
    match lock() {
        Ok(connection) => Ok(Some(connection)),
        Err(source) => match failure("cannot lock", store, WAIT, source) {
            busy @ StoreError::Busy { .. } => Err(busy),
            _damaged => Ok(None),
        },
    }
}

/// `NAME.before-restore-TIME.gpkg`, with a number where that is taken.
fn free_name(store: &Path) -> PathBuf {
    let stem = store.file_stem().unwrap_or_default().to_string_lossy();
    let now =
        || Connection::open_in_memory()?.query_row("SELECT strftime('%Y%m%dT%H%M%SZ')", [], |row| row.get(0));
    let now: String = now().unwrap_or_default();
    let named = |more: &str| store.with_file_name(format!("{stem}.before-restore-{now}{more}.gpkg"));
    let numbered = (2..).map(|number| named(&format!("-{number}")));
    std::iter::once(named("")).chain(numbered).find(|name| !name.exists()).unwrap_or_else(|| named("-x"))
}

impl Part {
    /// Copies a store into it and looks whether the copy is whole; gives its revision.
    fn fill(&self, source: &Connection, from: &Path) -> Result<u64, StoreError> {
        let copy = || {
            let mut target = Connection::open(&self.path)?;
            // Nobody else sees it yet: it is written once, and made to last before it gets its name.
            target.pragma_update(None, "synchronous", "OFF")?;
            target.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
            copy_pages(source, &mut target)?;
            let found: String = target.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
            Ok((found, newest_revision(&target)))
        };
        let (found, revision) = copy().map_err(|source| failure("cannot copy", from, WAIT, source))?;
        if found != "ok" {
            return Err(StoreError::Broken { path: from.to_owned(), found });
        }
        revision.map_err(|source| failure("cannot read", from, WAIT, source))
    }
}

/// All pages under one lock: others may read meanwhile, and wait to write.
fn copy_pages(source: &Connection, target: &mut Connection) -> rusqlite::Result<()> {
    let until = Instant::now() + WAIT;
    let copy = Backup::new(source, target)?;
    loop {
        match copy.step(-1)? {
            StepResult::Done => return Ok(()),
            _busy if Instant::now() < until => std::thread::sleep(PAUSE),
            _busy => {
                let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
                return Err(rusqlite::Error::SqliteFailure(code, None));
            }
        }
    }
}

/// Which file is at a path; none where that cannot be told.
pub(crate) fn identity(path: &Path) -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}
