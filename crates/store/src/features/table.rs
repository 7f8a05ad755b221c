//! The table of a collection, changed row by row. The triggers that keep its index for other programs call functions
//! which only those have; they are put aside meanwhile, and the index is kept here.

use rusqlite::{Connection, OptionalExtension, params};
use spatial::{Envelope, Feature};

use super::columns::{Column, Kind};
use super::read::feature;
use super::record::RecordRef;
use super::write::{insert, insertion};
use super::{FEATURE, KEY};
use crate::gpkg::{self, GEOMETRY_COLUMN, quoted};

/// An open table. What is changed holds from [`Table::close`] on, with the transaction that it is in.
pub(crate) struct Table<'a> {
    connection: &'a Connection,
    name: &'a str,
    columns: Vec<Column>,
    srs_id: i32,
    /// Box around everything that was put in.
    added: Option<Envelope>,
}

impl<'a> Table<'a> {
    pub(crate) fn open(connection: &'a Connection, name: &'a str) -> rusqlite::Result<Self> {
        gpkg::drop_rtree_triggers(connection, name)?;
        let sql = "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?1";
        let srs_id = connection.query_row(sql, [name], |row| row.get(0))?;
        Ok(Self { connection, name, columns: known_columns(connection, name)?, srs_id, added: None })
    }

    /// The feature at a position.
    pub(crate) fn get(&self, position: u64) -> rusqlite::Result<Option<Feature>> {
        let sql =
            format!("SELECT {KEY}, {GEOMETRY_COLUMN}, {FEATURE} FROM {} WHERE {KEY} = ?1", quoted(self.name));
        let read = |row: &rusqlite::Row<'_>| feature(row.get(0)?, row).map_err(spoiled);
        self.connection.prepare_cached(&sql)?.query_row([key(position)], read).optional()
    }

    /// A position that no feature of the collection has or had since it was imported.
    pub(crate) fn free_position(&self) -> rusqlite::Result<u64> {
        let sql = format!(
            "SELECT max(ifnull((SELECT max({KEY}) FROM {}), 0),
                        ifnull((SELECT max(row) FROM ranh_feature_changes WHERE collection = ?1), 0))",
            quoted(self.name)
        );
        let last: i64 = self.connection.prepare_cached(&sql)?.query_row([self.name], |row| row.get(0))?;
        Ok(last.unsigned_abs())
    }

    /// Keeps what was at a position before a revision changed it; `None` where there was nothing.
    pub(crate) fn keep_before(
        &self,
        revision: u64,
        position: u64,
        before: Option<&Feature>,
    ) -> rusqlite::Result<()> {
        let record = before.map(json).transpose()?;
        let shape = before.and_then(|before| before.geometry.as_ref());
        let shape = shape.map(|shape| gpkg::encode(shape, self.srs_id).bytes);
        let sql = "INSERT INTO ranh_feature_changes (revision, collection, row, feature, geom) VALUES (?1, ?2, ?3, ?4, ?5)";
        let revision = i64::try_from(revision).unwrap_or(i64::MAX);
        let values = params![revision, self.name, key(position), record, shape];
        self.connection.prepare_cached(sql)?.execute(values).map(|_| ())
    }

    /// Puts a feature at its position, in the place of the one that is there.
    pub(crate) fn put(&mut self, feature: &Feature) -> rusqlite::Result<()> {
        let key = key(feature.position);
        self.remove(feature.position)?;
        let mut row = self.connection.prepare_cached(&insertion(self.name, &self.columns))?;
        let blob = feature.geometry.as_ref().map(|geometry| gpkg::encode(geometry, self.srs_id));
        let envelope = blob.as_ref().and_then(|blob| blob.envelope);
        insert(&mut row, key, feature, blob.map(|blob| blob.bytes), &self.columns)?;
        if let Some(Envelope { min, max }) = envelope {
            let sql = format!("INSERT INTO {} VALUES (?1, ?2, ?3, ?4, ?5)", gpkg::index(self.name));
            self.connection.prepare_cached(&sql)?.execute(params![key, min[0], max[0], min[1], max[1]])?;
        }
        self.added = match (self.added, envelope) {
            (Some(all), Some(one)) => Some(all.merged(&one)),
            (all, one) => all.or(one),
        };
        Ok(())
    }

    /// Takes the feature at a position away, if there is one.
    pub(crate) fn remove(&self, position: u64) -> rusqlite::Result<()> {
        let row = format!("DELETE FROM {} WHERE {KEY} = ?1", quoted(self.name));
        let entry = format!("DELETE FROM {} WHERE id = ?1", gpkg::index(self.name));
        for sql in [row, entry] {
            self.connection.prepare_cached(&sql)?.execute([key(position)])?;
        }
        Ok(())
    }

    /// Makes the table what other programs expect again; how many features it has.
    pub(crate) fn close(self) -> rusqlite::Result<usize> {
        gpkg::create_rtree_triggers(self.connection, self.name, KEY)?;
        gpkg::widen(self.connection, self.name, self.added.as_ref())?;
        let sql = format!("SELECT count(*) FROM {}", quoted(self.name));
        let count: i64 = self.connection.query_row(&sql, [], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }
}

/// Keys count from 1, positions from 0.
fn key(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX - 1) + 1
}

fn json(feature: &Feature) -> rusqlite::Result<String> {
    let record = RecordRef { id: feature.id.as_ref(), properties: &feature.properties };
    serde_json::to_string(&record).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

fn spoiled(reason: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Blob, reason.into())
}

/// The columns that show properties of the same names. Other properties of an edited feature stand in the verbatim
/// column alone: those columns are for people, and a table of a whole country is not written anew for one of them.
fn known_columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<Column>> {
    let mut statement = connection.prepare("SELECT name, type FROM pragma_table_info(?1)")?;
    let columns = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let columns = columns.collect::<rusqlite::Result<Vec<(String, String)>>>()?;
    let own = [KEY, GEOMETRY_COLUMN, FEATURE];
    let column = |(name, kind): (String, String)| {
        Some(Column { property: name.clone(), kind: Kind::of_sql(&kind)?, name })
    };
    Ok(columns.into_iter().filter(|(name, _)| !own.contains(&name.as_str())).filter_map(column).collect())
}
