//! Writing the table of a collection.

use rusqlite::{Connection, Statement};
use spatial::{Envelope, Feature};

use super::columns::{self, Column, columns};
use super::record::RecordRef;
use super::{FEATURE, KEY};
use crate::gpkg::{self, GEOMETRY_COLUMN, quoted};

/// Creates table and index of a collection and fills both; gives the box around everything.
/// Positions must ascend and stay below 2⁶³ − 1.
pub(crate) fn write(
    connection: &Connection,
    table: &str,
    features: &[Feature],
    srs_id: i32,
) -> rusqlite::Result<Option<Envelope>> {
    let columns = columns(features);
    create(connection, table, &columns)?;
    let index = gpkg::create_rtree(connection, table)?;
    let mut row = connection.prepare(&insertion(table, &columns))?;
    let mut entry = connection.prepare(&format!("INSERT INTO {index} VALUES (?1, ?2, ?3, ?4, ?5)"))?;
    let mut extent: Option<Envelope> = None;
    for feature in features {
        let key = i64::try_from(feature.position).unwrap_or(i64::MAX - 1) + 1;
        let blob = feature.geometry.as_ref().map(|geometry| gpkg::encode(geometry, srs_id));
        let envelope = blob.as_ref().and_then(|blob| blob.envelope);
        insert(&mut row, key, feature, blob.map(|blob| blob.bytes), &columns)?;
        if let Some(Envelope { min, max }) = envelope {
            entry.execute(rusqlite::params![key, min[0], max[0], min[1], max[1]])?;
        }
        extent = match (extent, envelope) {
            (Some(all), Some(one)) => Some(all.merged(&one)),
            (all, one) => all.or(one),
        };
    }
    gpkg::create_rtree_triggers(connection, table, KEY)?;
    Ok(extent)
}

fn create(connection: &Connection, table: &str, columns: &[Column]) -> rusqlite::Result<()> {
    let properties: String =
        columns.iter().map(|column| format!(", {} {}", quoted(&column.name), column.kind.sql())).collect();
    connection.execute_batch(&format!(
        "CREATE TABLE {} ({KEY} INTEGER PRIMARY KEY NOT NULL, {GEOMETRY_COLUMN} GEOMETRY{properties}, \
         {FEATURE} TEXT NOT NULL)",
        quoted(table)
    ))
}

pub(super) fn insertion(table: &str, columns: &[Column]) -> String {
    let properties: String = columns.iter().map(|column| format!(", {}", quoted(&column.name))).collect();
    let values: String = (4..4 + columns.len()).map(|parameter| format!(", ?{parameter}")).collect();
    let table = quoted(table);
    format!(
        "INSERT INTO {table} ({KEY}, {GEOMETRY_COLUMN}, {FEATURE}{properties}) VALUES (?1, ?2, ?3{values})"
    )
}

pub(super) fn insert(
    row: &mut Statement<'_>,
    key: i64,
    feature: &Feature,
    geometry: Option<Vec<u8>>,
    columns: &[Column],
) -> rusqlite::Result<()> {
    let record = RecordRef { id: feature.id.as_ref(), properties: &feature.properties };
    let json = serde_json::to_string(&record)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    row.raw_bind_parameter(1, key)?;
    row.raw_bind_parameter(2, geometry)?;
    row.raw_bind_parameter(3, json)?;
    for (parameter, column) in (4..).zip(columns) {
        columns::bind(row, parameter, column.kind, feature.properties.get(&column.property))?;
    }
    row.raw_execute().map(|_| ())
}
