//! Registering tables in `gpkg_contents`, `gpkg_geometry_columns` and `gpkg_extensions`.

use rusqlite::{Connection, params};
use spatial::Envelope;

use super::{GEOMETRY_COLUMN, quoted};

/// A feature table as the GeoPackage describes it.
pub(crate) struct FeatureTable<'a> {
    /// Name of the table.
    pub(crate) name: &'a str,
    /// Description for people.
    pub(crate) description: &'a str,
    /// Reference system of its geometries.
    pub(crate) srs_id: i32,
    /// Box around all of them.
    pub(crate) extent: Option<Envelope>,
}

impl FeatureTable<'_> {
    /// Registers the table, which must exist.
    pub(crate) fn register(&self, connection: &Connection) -> rusqlite::Result<()> {
        let corner = |pick: fn(&Envelope) -> f64| self.extent.as_ref().map(pick);
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, min_x, min_y, max_x, max_y, srs_id)
             VALUES (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                self.name,
                self.description,
                corner(|extent| extent.min[0]),
                corner(|extent| extent.min[1]),
                corner(|extent| extent.max[0]),
                corner(|extent| extent.max[1]),
                self.srs_id
            ],
        )?;
        connection.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?1, ?2, 'GEOMETRY', ?3, 0, 0)",
            params![self.name, GEOMETRY_COLUMN, self.srs_id],
        )?;
        let definition = "http://www.geopackage.org/spec130/#extension_rtree";
        declare_extension(
            connection,
            self.name,
            Some(GEOMETRY_COLUMN),
            "gpkg_rtree_index",
            definition,
            "write-only",
        )
    }
}

/// Tells that a table has changed, and makes the box that is given for it hold another.
pub(crate) fn widen(connection: &Connection, table: &str, added: Option<&Envelope>) -> rusqlite::Result<()> {
    let sql =
        "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE table_name = ?1";
    connection.execute(sql, [table])?;
    let Some(Envelope { min, max }) = added else { return Ok(()) };
    connection.execute(
        "UPDATE gpkg_contents SET min_x = min(ifnull(min_x, ?2), ?2), min_y = min(ifnull(min_y, ?3), ?3),
           max_x = max(ifnull(max_x, ?4), ?4), max_y = max(ifnull(max_y, ?5), ?5) WHERE table_name = ?1",
        params![table, min[0], min[1], max[0], max[1]],
    )?;
    Ok(())
}

/// Lists a table without geometry, so that QGIS and GDAL offer it.
pub(crate) fn declare_attributes(
    connection: &Connection,
    table: &str,
    description: &str,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
               VALUES (?1, 'attributes', ?1, ?2)";
    connection.execute(sql, [table, description]).map(|_| ())
}

/// Declares that a table (or one column of it) belongs to an extension.
pub(crate) fn declare_extension(
    connection: &Connection,
    table: &str,
    column: Option<&str>,
    extension: &str,
    definition: &str,
    scope: &str,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO gpkg_extensions VALUES (?1, ?2, ?3, ?4, ?5)";
    connection.execute(sql, params![table, column, extension, definition, scope]).map(|_| ())
}

/// Removes a feature table, its index and every mention of it.
pub(crate) fn drop_features(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    for mention in ["gpkg_extensions", "gpkg_geometry_columns", "gpkg_contents"] {
        connection.execute(&format!("DELETE FROM {mention} WHERE table_name = ?1"), [table])?;
    }
    let index = quoted(&format!("rtree_{table}_{GEOMETRY_COLUMN}"));
    connection
        .execute_batch(&format!("DROP TABLE IF EXISTS {index}; DROP TABLE IF EXISTS {};", quoted(table)))
}
