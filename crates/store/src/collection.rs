//! Adding, replacing and removing collections. Each is one transaction and one revision.

use planning::{CollectionInfo, Role};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::Value;
use spatial::{Feature, Layer};

use crate::gpkg::{self, FeatureTable};
use crate::store::{newest_revision, revision_row};
use crate::{Action, Revision, Store, StoreError, features};

/// Identifiers that the findings of a check go by.
const RESERVED: [&str; 2] = ["findings", "slivers"];

impl Store {
    /// Puts a layer into the store under `info.id`, in place of the one of that name if there is one. `source`
    /// names the file it came from; `notes` are what the reader had to say, kept with the collection.
    /// # Errors
    /// [`StoreError::CollectionId`], [`StoreError::Position`], [`StoreError::Busy`], or the database's own. The
    /// store is unchanged then.
    pub fn replace_collection(
        &mut self,
        info: &CollectionInfo,
        layer: &Layer,
        source: Option<&str>,
        notes: &[Value],
    ) -> Result<Revision, StoreError> {
        check_collection_id(&info.id)?;
        check_positions(&info.id, &layer.features)?;
        let failed = self.failed("cannot write to");
        let write = |change: &Connection| {
            drop_collection(change, &info.id)?;
            write_collection(change, info, layer)?;
            let mut statement =
                change.prepare("INSERT INTO ranh_notes (collection, note) VALUES (?1, ?2)")?;
            for note in notes {
                statement.execute([&info.id, &note.to_string()])?;
            }
            record(change, Action::Replaced, &info.id, layer.features.len(), source, None)
        };
        self.change(write).map_err(failed)
    }

    /// Removes a collection with its notes. Check runs stay: they say what held at their revision.
    /// # Errors
    /// [`StoreError::UnknownCollection`], [`StoreError::Busy`], or the database's own.
    pub fn remove_collection(&mut self, id: &str) -> Result<Revision, StoreError> {
        let failed = self.failed("cannot write to");
        let remove = |change: &Connection| {
            let known = "SELECT 1 FROM ranh_collections WHERE collection = ?1";
            if change.query_row(known, [id], |_| Ok(())).optional()?.is_none() {
                return Ok(None);
            }
            drop_collection(change, id)?;
            record(change, Action::Removed, id, 0, None, None).map(Some)
        };
        match self.change(remove).map_err(&failed)? {
            Some(revision) => Ok(revision),
            None => Err(missing(id, &self.collection_ids().map_err(failed)?)),
        }
    }

    /// The notes that came with a collection when it was imported.
    /// # Errors
    /// The database's own, or [`StoreError::Damaged`].
    pub fn notes(&self, collection: &str) -> Result<Vec<Value>, StoreError> {
        let read = || {
            let sql = "SELECT id, note FROM ranh_notes WHERE collection = ?1 ORDER BY id";
            let mut statement = self.connection.prepare(sql)?;
            let rows = statement.query_map([collection], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<(i64, String)>>>()
        };
        let rows = read().map_err(self.failed("cannot read"))?;
        let note = |(row, text): (i64, String)| {
            serde_json::from_str(&text).map_err(|error| StoreError::Damaged {
                table: "ranh_notes".to_owned(),
                row,
                reason: error.to_string(),
            })
        };
        rows.into_iter().map(note).collect()
    }

    /// Runs a change as one transaction that takes the write lock at once.
    pub(crate) fn change<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let change = Transaction::new(&mut self.connection, TransactionBehavior::Immediate)?;
        let done = work(&change)?;
        change.commit()?;
        Ok(done)
    }

    pub(crate) fn collection_ids(&self) -> rusqlite::Result<Vec<String>> {
        let mut statement = self.connection.prepare("SELECT collection FROM ranh_collections ORDER BY id")?;
        statement.query_map([], |row| row.get(0))?.collect()
    }
}

/// The error for a collection that there is not.
pub(crate) fn missing(id: &str, known: &[String]) -> StoreError {
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    StoreError::UnknownCollection { id: id.to_owned(), known }
}

fn write_collection(change: &Connection, info: &CollectionInfo, layer: &Layer) -> rusqlite::Result<()> {
    let srs_id = gpkg::register(change, &layer.crs)?;
    let extent = features::write(change, &info.id, &layer.features, srs_id)?;
    FeatureTable { name: &info.id, description: &info.title.vi, srs_id, extent }.register(change)?;
    let json = |error| rusqlite::Error::ToSqlConversionFailure(Box::new(error));
    change.execute(
        "INSERT INTO ranh_collections (collection, role, crs, info, features, revision, imported_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, strftime('%Y-%m-%dT%H:%M:%fZ','now'))",
        params![
            info.id,
            role_word(info.role),
            layer.crs.name(),
            serde_json::to_string(info).map_err(json)?,
            count(layer.features.len()),
            count_u64(newest_revision(change)? + 1),
        ],
    )?;
    Ok(())
}

fn drop_collection(change: &Connection, id: &str) -> rusqlite::Result<()> {
    change.execute("DELETE FROM ranh_collections WHERE collection = ?1", [id])?;
    change.execute("DELETE FROM ranh_notes WHERE collection = ?1", [id])?;
    gpkg::drop_features(change, id)
}

pub(crate) fn record(
    change: &Connection,
    action: Action,
    collection: &str,
    features: usize,
    source: Option<&str>,
    reason: Option<&str>,
) -> rusqlite::Result<Revision> {
    let number = count_u64(newest_revision(change)? + 1);
    change.query_row(
        "INSERT INTO ranh_revisions VALUES (?1, strftime('%Y-%m-%dT%H:%M:%fZ','now'), ?2, ?3, ?4, ?5, ?6)
         RETURNING number, at, action, collection, features, source, reason",
        params![number, action.word(), collection, count(features), source, reason],
        revision_row,
    )
}

/// The word of a role in files, for SQL queries by hand.
fn role_word(role: Role) -> String {
    serde_json::to_value(role).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn count(items: usize) -> i64 {
    i64::try_from(items).unwrap_or(i64::MAX)
}

/// A number as SQLite has them.
pub(crate) fn count_u64(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Whether a text can name a collection: 1 to 60 characters of a–z, 0–9 and hyphens, not one of the reserved names.
/// # Errors
/// [`StoreError::CollectionId`] with the reason.
pub fn check_collection_id(id: &str) -> Result<(), StoreError> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let reason = if id.is_empty() || id.len() > 60 {
        "it must have 1 to 60 characters"
    } else if !id.chars().all(allowed) {
        "only a–z, 0–9 and - may be used"
    } else if id.starts_with('-') {
        "it must begin with a letter or digit"
    } else if RESERVED.contains(&id) {
        "the results of checks go by that name"
    } else {
        return Ok(());
    };
    Err(StoreError::CollectionId { id: id.to_owned(), reason })
}

fn check_positions(collection: &str, features: &[Feature]) -> Result<(), StoreError> {
    let largest = i64::MAX.unsigned_abs() - 1;
    let mut last = None;
    for position in features.iter().map(|feature| feature.position) {
        if last.is_some_and(|last| position <= last) || position > largest {
            return Err(StoreError::Position { collection: collection.to_owned(), position });
        }
        last = Some(position);
    }
    Ok(())
}
