//! The tables that every GeoPackage has (GeoPackage 1.3, annex C).

use rusqlite::{Connection, params};

use super::srs;

/// "GPKG" in ASCII, at byte 68 of the file.
pub(crate) const APPLICATION_ID: i64 = 0x4750_4B47;

/// GeoPackage 1.3.0. Not 1.4: its other set of R-tree triggers is refused by the GDAL of Debian 12.
const USER_VERSION: i64 = 10_300;

const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
";

/// Creates the tables with the three reference systems that the standard asks for.
pub(crate) fn create_tables(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", USER_VERSION)?;
    connection.execute_batch(TABLES)?;
    for (id, name, description) in [
        (-1, "Undefined Cartesian SRS", "undefined Cartesian coordinate reference system"),
        (0, "Undefined geographic SRS", "undefined geographic coordinate reference system"),
    ] {
        let sql = "INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, 'NONE', ?2, 'undefined', ?3)";
        connection.execute(sql, params![name, id, description])?;
    }
    srs::register_wgs84(connection)
}
