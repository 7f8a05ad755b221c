//! Everything in a store at one revision, in memory.

use std::sync::Arc;

use planning::{CheckInput, Collection, CollectionInfo, Standings, UnitHistory};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use spatial::{Crs, Layer};

use crate::store::{CACHE, READING_CACHE, newest_revision};
use crate::{CheckRun, Store, StoreError, StoredRegister, checks, features, life, register};

/// A collection with its place in the store's history.
#[derive(Clone, Debug)]
pub struct StoredCollection {
    /// The collection, cheap to clone.
    pub collection: Collection,
    /// The revision that brought it.
    pub revision: u64,
    /// When (RFC 3339, UTC).
    pub imported_at: String,
}

/// A store at one revision: immutable, cheap to clone, independent of the file from then on.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The revision.
    pub revision: u64,
    /// The collections, in the order in which their ids were first imported or last replaced.
    pub collections: Vec<StoredCollection>,
    /// The newest version of every register, by identifier.
    pub registers: Vec<StoredRegister>,
    /// What became of administrative units, with the revision that brought it.
    pub units: Option<(u64, Arc<UnitHistory>)>,
    /// The newest check run, if there is one; it may be of an older revision.
    pub check: Option<Arc<CheckRun>>,
    /// Where findings stand, those of older runs included.
    pub standings: Arc<Standings>,
}

impl Snapshot {
    /// The collection of an id.
    pub fn collection(&self, id: &str) -> Option<&StoredCollection> {
        self.collections.iter().find(|stored| stored.collection.info.id == id)
    }

    /// The register of an identifier.
    pub fn register(&self, id: &str) -> Option<&StoredRegister> {
        self.registers.iter().find(|stored| stored.register.id == id)
    }

    /// Everything that the check takes.
    pub fn check_input(&self) -> CheckInput {
        CheckInput {
            collections: self.collections.iter().map(|stored| stored.collection.clone()).collect(),
            registers: self.registers.iter().map(|stored| Arc::clone(&stored.register)).collect(),
            units: self.units.as_ref().map(|(_, units)| Arc::clone(units)),
        }
    }

    /// Whether the newest check run is of an older revision than the data; `false` without a run.
    pub fn check_is_stale(&self) -> bool {
        self.check.as_ref().is_some_and(|run| run.revision != self.revision)
    }
}

impl Store {
    /// Reads everything.
    /// # Errors
    /// [`StoreError::Damaged`] for a row that another program spoiled, or the database's own.
    pub fn snapshot(&self) -> Result<Snapshot, StoreError> {
        self.snapshot_after(&Snapshot::default())
    }

    /// Reads everything that changed since an older snapshot; unchanged collections are shared with it.
    /// # Errors
    /// As [`Store::snapshot`].
    pub fn snapshot_after(&self, older: &Snapshot) -> Result<Snapshot, StoreError> {
        let cache = |size: i64| self.connection.pragma_update(None, "cache_size", size);
        cache(READING_CACHE).map_err(self.failed("cannot read"))?;
        let read = self.read_after(older);
        cache(CACHE).map_err(self.failed("cannot read"))?;
        read
    }

    fn read_after(&self, older: &Snapshot) -> Result<Snapshot, StoreError> {
        let failed = self.failed("cannot read");
        // One transaction, so that an import by another process cannot come between two tables.
        let view =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred).map_err(&failed)?;
        let revision = newest_revision(&view).map_err(&failed)?;
        let rows = collection_rows(&view).map_err(&failed)?;
        let mut collections = Vec::with_capacity(rows.len());
        for row in rows {
            collections.push(match unchanged(&row, older) {
                Some(stored) => stored,
                None => row.load(&view, &failed)?,
            });
        }
        let check = match checks::newest(&view).map_err(&failed)? {
            None => None,
            Some(id) => match older.check.as_ref().filter(|run| run.id == id) {
                Some(run) => Some(Arc::clone(run)),
                None => Some(Arc::new(checks::load(&view, id, &failed)?)),
            },
        };
        let registers = register::newest(&view, &older.registers, &failed)?;
        let units = register::units(&view, older.units.as_ref(), &failed)?;
        let standings = life::standings_after(&view, &older.standings).map_err(&failed)?;
        Ok(Snapshot { revision, collections, registers, units, check, standings })
    }
}

/// A row of `ranh_collections`.
struct Row {
    row: i64,
    id: String,
    crs: String,
    info: String,
    revision: u64,
    imported_at: String,
}

fn collection_rows(view: &Connection) -> rusqlite::Result<Vec<Row>> {
    let sql = "SELECT id, collection, crs, info, revision, imported_at FROM ranh_collections ORDER BY id";
    let mut statement = view.prepare(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(Row {
            row: row.get(0)?,
            id: row.get(1)?,
            crs: row.get(2)?,
            info: row.get(3)?,
            revision: row.get::<_, i64>(4)?.unsigned_abs(),
            imported_at: row.get(5)?,
        })
    })?;
    rows.collect()
}

/// The same collection in an older snapshot of the same store.
fn unchanged(row: &Row, older: &Snapshot) -> Option<StoredCollection> {
    let stored = older.collection(&row.id)?;
    (stored.revision == row.revision && stored.imported_at == row.imported_at).then(|| stored.clone())
}

impl Row {
    fn load(
        &self,
        view: &Connection,
        failed: &impl Fn(rusqlite::Error) -> StoreError,
    ) -> Result<StoredCollection, StoreError> {
        let damaged = |reason: String| StoreError::Damaged {
            table: "ranh_collections".to_owned(),
            row: self.row,
            reason,
        };
        let info: CollectionInfo =
            serde_json::from_str(&self.info).map_err(|error| damaged(error.to_string()))?;
        let crs = Crs::parse(&self.crs).map_err(|error| damaged(error.to_string()))?;
        let features = features::read(view, &self.id).map_err(failed)?.map_err(|bad| {
            StoreError::Damaged { table: self.id.clone(), row: bad.row, reason: bad.reason }
        })?;
        let collection = Collection { info, layer: Arc::new(Layer { crs, features }) };
        Ok(StoredCollection { collection, revision: self.revision, imported_at: self.imported_at.clone() })
    }
}
