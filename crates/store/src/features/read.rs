//! Reading the table of a collection back.

use rusqlite::types::{Type, ValueRef};
use rusqlite::{Connection, Row};
use spatial::Feature;

use super::record::Record;
use super::{FEATURE, KEY};
use crate::gpkg::{self, GEOMETRY_COLUMN, quoted};

/// A row that does not say what a row must.
#[derive(Debug)]
pub(crate) struct BadRow {
    /// Its key.
    pub(crate) row: i64,
    /// What is wrong.
    pub(crate) reason: String,
}

/// All features of a table in the order of their positions. The outer error is the database's.
pub(crate) fn read(connection: &Connection, table: &str) -> rusqlite::Result<Result<Vec<Feature>, BadRow>> {
    let sql = format!("SELECT {KEY}, {GEOMETRY_COLUMN}, {FEATURE} FROM {} ORDER BY {KEY}", quoted(table));
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut features = Vec::new();
    while let Some(row) = rows.next()? {
        let key: i64 = row.get(0)?;
        match feature(key, row) {
            Ok(feature) => features.push(feature),
            Err(reason) => return Ok(Err(BadRow { row: key, reason })),
        }
    }
    Ok(Ok(features))
}

/// A row as a feature; else what is wrong with it.
pub(super) fn feature(key: i64, row: &Row<'_>) -> Result<Feature, String> {
    let position = u64::try_from(key - 1).map_err(|_| "its key is not positive")?;
    let geometry = match row.get_ref(1).map_err(|error| error.to_string())? {
        ValueRef::Null => None,
        ValueRef::Blob(bytes) => Some(gpkg::decode(bytes)?),
        _ => return Err("its geometry is not a blob".into()),
    };
    let value = row.get_ref(2).map_err(|error| error.to_string())?;
    let bytes =
        value.as_bytes().map_err(|_| format!("{FEATURE} is {}, not text", kind(value.data_type())))?;
    let mut record: Record = serde_json::from_slice(bytes).map_err(|error| format!("{FEATURE}: {error}"))?;
    Ok(Feature { position, id: record.id(), geometry, properties: record.properties })
}

/// What a row of changes keeps, in the columns of key, geometry and record; `None` where there was nothing.
pub(crate) fn changed_feature(row: &Row<'_>) -> rusqlite::Result<Option<Feature>> {
    if matches!(row.get_ref(2)?, ValueRef::Null) {
        return Ok(None);
    }
    let spoiled = |reason: String| rusqlite::Error::FromSqlConversionFailure(2, Type::Text, reason.into());
    feature(row.get(0)?, row).map(Some).map_err(spoiled)
}

fn kind(found: Type) -> &'static str {
    match found {
        Type::Null => "missing",
        Type::Integer | Type::Real => "a number",
        Type::Text => "text",
        Type::Blob => "bytes",
    }
}
