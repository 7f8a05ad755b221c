//! The tables of a store beside those of GeoPackage, and how a store is told from any other file.

use rusqlite::{Connection, OptionalExtension};

use crate::gpkg;

/// Version of the `ranh_*` tables and of the columns in feature tables. Raised with every change of either.
pub(crate) const SCHEMA_VERSION: i64 = 4;

/// Name under which `gpkg_extensions` declares the tables below.
const EXTENSION: &str = "ranh_store";
const EXTENSION_DEFINITION: &str =
    "Ranh store: collections, revisions and check runs of zone boundaries; see ARCHITECTURE.md of Ranh";

/// `ranh_revisions` is a GeoPackage attributes table, so that QGIS shows the history. GDAL hides the others then.
const TABLES: &str = "
CREATE TABLE ranh_meta (
  id INTEGER PRIMARY KEY, schema_version INTEGER NOT NULL);
CREATE TABLE ranh_collections (
  id INTEGER PRIMARY KEY, collection TEXT NOT NULL UNIQUE, role TEXT NOT NULL, crs TEXT NOT NULL,
  info TEXT NOT NULL, features INTEGER NOT NULL, revision INTEGER NOT NULL, imported_at DATETIME NOT NULL);
CREATE TABLE ranh_revisions (
  number INTEGER PRIMARY KEY, at DATETIME NOT NULL, action TEXT NOT NULL, collection TEXT NOT NULL,
  features INTEGER NOT NULL, source TEXT);
CREATE TABLE ranh_notes (
  id INTEGER PRIMARY KEY, collection TEXT NOT NULL, note TEXT NOT NULL);
CREATE INDEX ranh_notes_collection ON ranh_notes (collection);
CREATE TABLE ranh_check_runs (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, at DATETIME NOT NULL, outcome TEXT NOT NULL);
CREATE TABLE ranh_findings (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES ranh_check_runs (id), finding TEXT NOT NULL,
  crs TEXT NOT NULL, geom BLOB);
CREATE INDEX ranh_findings_run ON ranh_findings (run);
CREATE TABLE ranh_slivers (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES ranh_check_runs (id), sliver TEXT NOT NULL,
  crs TEXT NOT NULL, geom BLOB NOT NULL);
CREATE INDEX ranh_slivers_run ON ranh_slivers (run);
";

/// What version 2 added: registers, every version of each, and what became of administrative units.
const TABLES_2: &str = "
CREATE TABLE ranh_registers (
  id INTEGER PRIMARY KEY, register TEXT NOT NULL, revision INTEGER NOT NULL, imported_at DATETIME NOT NULL,
  source TEXT, content TEXT NOT NULL);
CREATE INDEX ranh_registers_register ON ranh_registers (register);
CREATE TABLE ranh_units (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, content TEXT NOT NULL);
";

/// What version 3 added: what happened to findings, a key to find their rows by, and a hash of every run. Findings of
/// the newest run of an older store begin their life with the upgrade.
const TABLES_3: &str = "
ALTER TABLE ranh_check_runs ADD COLUMN hash TEXT;
ALTER TABLE ranh_findings ADD COLUMN key TEXT;
UPDATE ranh_findings SET key = json_extract(finding, '$.id');
CREATE INDEX ranh_findings_key ON ranh_findings (key, run);
CREATE TABLE ranh_finding_events (
  id INTEGER PRIMARY KEY, finding TEXT NOT NULL, at DATETIME NOT NULL, run INTEGER NOT NULL, change TEXT NOT NULL);
CREATE INDEX ranh_finding_events_finding ON ranh_finding_events (finding);
CREATE INDEX ranh_finding_events_run ON ranh_finding_events (run);
INSERT INTO ranh_finding_events (finding, at, run, change)
  SELECT f.key, r.at, f.run, json_object('found', json_object(
    'rule', json_extract(f.finding, '$.rule'), 'zone', json_extract(f.finding, '$.zone.id')))
  FROM ranh_findings f JOIN ranh_check_runs r ON r.id = f.run
  WHERE f.run = (SELECT max(id) FROM ranh_check_runs) ORDER BY f.id;
";

/// What version 4 added: a row of a finding or a sliver is written once and holds for every run that says so; `run` is
/// the first. Rows of older stores have no digest, so the next run writes them anew; hashes were made otherwise then.
/// Features can be changed one by one, with what they were before in `ranh_feature_changes`: nothing where there was no
/// feature.
const TABLES_4: &str = "
ALTER TABLE ranh_findings ADD COLUMN digest BLOB;
ALTER TABLE ranh_slivers ADD COLUMN digest BLOB;
CREATE INDEX ranh_findings_digest ON ranh_findings (digest);
CREATE INDEX ranh_slivers_digest ON ranh_slivers (digest);
CREATE TABLE ranh_run_findings (
  run INTEGER NOT NULL REFERENCES ranh_check_runs (id), position INTEGER NOT NULL,
  said INTEGER NOT NULL REFERENCES ranh_findings (id), PRIMARY KEY (run, position)) WITHOUT ROWID;
CREATE INDEX ranh_run_findings_said ON ranh_run_findings (said, run);
CREATE TABLE ranh_run_slivers (
  run INTEGER NOT NULL REFERENCES ranh_check_runs (id), position INTEGER NOT NULL,
  said INTEGER NOT NULL REFERENCES ranh_slivers (id), PRIMARY KEY (run, position)) WITHOUT ROWID;
CREATE INDEX ranh_run_slivers_said ON ranh_run_slivers (said, run);
INSERT INTO ranh_run_findings SELECT run, row_number() OVER (PARTITION BY run ORDER BY id) - 1, id FROM ranh_findings;
INSERT INTO ranh_run_slivers SELECT run, row_number() OVER (PARTITION BY run ORDER BY id) - 1, id FROM ranh_slivers;
UPDATE ranh_check_runs SET hash = NULL;
ALTER TABLE ranh_revisions ADD COLUMN reason TEXT;
CREATE TABLE ranh_feature_changes (
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, collection TEXT NOT NULL, row INTEGER NOT NULL,
  feature TEXT, geom BLOB);
CREATE INDEX ranh_feature_changes_row ON ranh_feature_changes (collection, row);
";

/// The tables that the extension adds.
const EXTENSION_TABLES: [&str; 6] =
    ["ranh_meta", "ranh_collections", "ranh_notes", "ranh_check_runs", "ranh_findings", "ranh_slivers"];
const EXTENSION_TABLES_2: [&str; 2] = ["ranh_registers", "ranh_units"];
const EXTENSION_TABLES_3: [&str; 1] = ["ranh_finding_events"];
const EXTENSION_TABLES_4: [&str; 3] = ["ranh_run_findings", "ranh_run_slivers", "ranh_feature_changes"];

/// Makes an empty database a store.
pub(crate) fn create(connection: &Connection) -> rusqlite::Result<()> {
    gpkg::create_tables(connection)?;
    connection.execute_batch(TABLES)?;
    connection.execute("INSERT INTO ranh_meta VALUES (1, ?1)", [SCHEMA_VERSION])?;
    declare(connection, &EXTENSION_TABLES)?;
    gpkg::declare_attributes(connection, "ranh_revisions", "Ranh: revisions")?;
    upgrade_to_2(connection)?;
    upgrade_to_3(connection)?;
    upgrade_to_4(connection)
}

/// Brings a store of an older version to this one, step by step; what is in it stays as it is. Within one
/// transaction of the caller's.
pub(crate) fn upgrade(connection: &Connection, from: i64) -> rusqlite::Result<()> {
    if from < 2 {
        upgrade_to_2(connection)?;
    }
    if from < 3 {
        upgrade_to_3(connection)?;
    }
    if from < 4 {
        upgrade_to_4(connection)?;
    }
    connection.execute("UPDATE ranh_meta SET schema_version = ?1 WHERE id = 1", [SCHEMA_VERSION]).map(|_| ())
}

fn upgrade_to_2(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES_2)?;
    declare(connection, &EXTENSION_TABLES_2)
}

fn upgrade_to_3(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES_3)?;
    declare(connection, &EXTENSION_TABLES_3)
}

fn upgrade_to_4(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES_4)?;
    declare(connection, &EXTENSION_TABLES_4)
}

fn declare(connection: &Connection, tables: &[&str]) -> rusqlite::Result<()> {
    for table in tables {
        gpkg::declare_extension(connection, table, None, EXTENSION, EXTENSION_DEFINITION, "read-write")?;
    }
    Ok(())
}

/// What a database file is, as far as a store is concerned.
pub(crate) enum Identity {
    /// Nothing in it yet.
    Empty,
    /// A store of this schema version.
    Store(i64),
    /// Anything else.
    Foreign(&'static str),
}

/// Tells a store from an empty database and from other files.
pub(crate) fn identify(connection: &Connection) -> rusqlite::Result<Identity> {
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 {
        return Ok(Identity::Empty);
    }
    let application: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application != gpkg::APPLICATION_ID {
        return Ok(Identity::Foreign("a database, but not a GeoPackage"));
    }
    let meta = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'ranh_meta'";
    if connection.query_row(meta, [], |_| Ok(())).optional()?.is_none() {
        return Ok(Identity::Foreign("a GeoPackage made by another program"));
    }
    let version = connection
        .query_row("SELECT schema_version FROM ranh_meta WHERE id = 1", [], |row| row.get(0))
        .optional()?;
    Ok(version.map_or(Identity::Foreign("its version is missing"), Identity::Store))
}
