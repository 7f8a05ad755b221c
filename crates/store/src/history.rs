//! What single features were before they were changed.

use rusqlite::{OptionalExtension, params};
use spatial::Feature;

use crate::features::changed_feature;
use crate::store::{revision_from, revision_row};
use crate::{Revision, Store, StoreError};

/// The changes of one feature since its collection was imported. What was before is not known: an import gives new
/// positions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeatureHistory {
    /// The import.
    pub imported: Option<Revision>,
    /// Each change with what was there before it, the oldest first.
    pub changes: Vec<(Revision, Option<Feature>)>,
}

const COLUMNS: &str = "r.number, r.at, r.action, r.collection, r.features, r.source, r.reason";

impl Store {
    /// The changes of the feature at a position of a collection.
    /// # Errors
    /// The database's own.
    pub fn feature_history(&self, collection: &str, position: u64) -> Result<FeatureHistory, StoreError> {
        self.read_history(collection, position).map_err(self.failed("cannot read"))
    }

    fn read_history(&self, collection: &str, position: u64) -> rusqlite::Result<FeatureHistory> {
        let connection = &self.connection;
        let sql = format!(
            "SELECT {COLUMNS} FROM ranh_revisions r WHERE collection = ?1 AND action = 'replaced'
             ORDER BY number DESC LIMIT 1"
        );
        let imported = connection.prepare_cached(&sql)?.query_row([collection], revision_row).optional()?;
        let since =
            imported.as_ref().map_or(0, |revision| i64::try_from(revision.number).unwrap_or(i64::MAX));
        let key = i64::try_from(position).unwrap_or(i64::MAX - 1) + 1;
        let sql = format!(
            "SELECT c.row, c.geom, c.feature, {COLUMNS} FROM ranh_feature_changes c
             JOIN ranh_revisions r ON r.number = c.revision
             WHERE c.collection = ?1 AND c.row = ?2 AND c.revision > ?3 ORDER BY c.id"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![collection, key, since], |row| {
            Ok((revision_from(row, 3)?, changed_feature(row)?))
        })?;
        Ok(FeatureHistory { imported, changes: rows.collect::<rusqlite::Result<_>>()? })
    }
}
