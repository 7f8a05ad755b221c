//! Changing single features. Each list of edits is one transaction and one revision; what was there before is kept
//! with the revision that changed it.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use spatial::Feature;

use crate::collection::{count_u64, missing, record};
use crate::features::Table;
use crate::store::newest_revision;
use crate::{Action, Revision, Store, StoreError};

/// A change of one feature. One that is replaced or removed is given as it is known: if the store has it otherwise,
/// somebody else was faster.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A new feature; the store gives it its position.
    Insert(Feature),
    /// Another content at the same position.
    Replace {
        /// As it is known.
        before: Feature,
        /// As it shall be; its position is that of the other.
        after: Feature,
    },
    /// No feature any more.
    Remove(Feature),
}

/// What edits made.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The revision.
    pub revision: Revision,
    /// When the collection was changed (RFC 3339, UTC), as snapshots tell it.
    pub changed_at: String,
    /// The features that were inserted or replaced as they are now, in the order of the edits.
    pub features: Vec<Feature>,
    /// The positions that hold none any more.
    pub removed: Vec<u64>,
}

/// Why edits were refused before anything was written.
enum Refusal {
    Unknown,
    /// The feature at this place among the edits is not as it was given.
    Changed(usize),
}

impl Store {
    /// Changes features of a collection: all edits or none. `reason` is what the person says about it. Coordinates are
    /// in the collection's CRS.
    /// # Errors
    /// [`StoreError::UnknownCollection`], [`StoreError::Changed`] when a feature is not as it was given,
    /// [`StoreError::Busy`], or the database's own. The store is unchanged then.
    pub fn edit_collection(
        &mut self,
        id: &str,
        edits: &[Edit],
        reason: Option<&str>,
    ) -> Result<Edited, StoreError> {
        let failed = self.failed("cannot write to");
        let done = self.change(|change| edit(change, id, edits, reason)).map_err(&failed)?;
        match done {
            Ok(edited) => Ok(edited),
            Err(Refusal::Unknown) => Err(missing(id, &self.collection_ids().map_err(failed)?)),
            Err(Refusal::Changed(at)) => {
                let feature = edits.get(at).map(|edit| edit.given().label()).unwrap_or_default();
                Err(StoreError::Changed { collection: id.to_owned(), feature })
            }
        }
    }
}

impl Edit {
    /// The feature that the edit is about, as it is known.
    fn given(&self) -> &Feature {
        match self {
            Self::Insert(feature) | Self::Remove(feature) | Self::Replace { before: feature, .. } => feature,
        }
    }

    /// What must be in the store.
    fn before(&self) -> Option<&Feature> {
        match self {
            Self::Insert(_) => None,
            Self::Remove(before) | Self::Replace { before, .. } => Some(before),
        }
    }
}

fn edit(
    change: &Connection,
    id: &str,
    edits: &[Edit],
    reason: Option<&str>,
) -> rusqlite::Result<Result<Edited, Refusal>> {
    let known = "SELECT 1 FROM ranh_collections WHERE collection = ?1";
    if change.query_row(known, [id], |_| Ok(())).optional()?.is_none() {
        return Ok(Err(Refusal::Unknown));
    }
    let mut table = Table::open(change, id)?;
    if let Some(at) = changed(&table, edits)? {
        return Ok(Err(Refusal::Changed(at)));
    }
    let revision = newest_revision(change)? + 1;
    let (mut features, mut removed) = (Vec::new(), Vec::new());
    for edit in edits {
        let position = edit.before().map_or_else(|| table.free_position(), |before| Ok(before.position))?;
        table.keep_before(revision, position, edit.before())?;
        match edit {
            Edit::Insert(feature) | Edit::Replace { after: feature, .. } => {
                let feature = Feature { position, ..feature.clone() };
                table.put(&feature)?;
                features.push(feature);
            }
            Edit::Remove(_) => {
                table.remove(position)?;
                removed.push(position);
            }
        }
    }
    let count = table.close()?;
    let revision = record(change, Action::Edited, id, count, None, reason)?;
    let changed_at = change.query_row(
        "UPDATE ranh_collections SET features = ?2, revision = ?3, imported_at = strftime('%Y-%m-%dT%H:%M:%fZ','now')
         WHERE collection = ?1 RETURNING imported_at",
        params![id, count_u64(revision.features), count_u64(revision.number)],
        |row| row.get(0),
    )?;
    Ok(Ok(Edited { revision, changed_at, features, removed }))
}

/// The first edit of a feature that is not as it was given, or that an edit before it changes.
fn changed(table: &Table<'_>, edits: &[Edit]) -> rusqlite::Result<Option<usize>> {
    let mut seen = BTreeSet::new();
    for (at, edit) in edits.iter().enumerate() {
        let Some(before) = edit.before() else { continue };
        if !seen.insert(before.position) || table.get(before.position)?.as_ref() != Some(before) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}
