//! The R-tree extension of GeoPackage 1.3 (annex F.3): an index over the envelopes, and the triggers with which
//! other programs keep it up to date. Ranh fills the index itself and creates the triggers last, so it needs none of
//! the `ST_` functions that they call.

use rusqlite::Connection;

use super::{GEOMETRY_COLUMN, quoted};

/// What the names of the triggers end in.
const SUFFIXES: [&str; 6] = ["insert", "update1", "update2", "update3", "update4", "delete"];

/// Creates the empty index of a feature table and gives its quoted name.
pub(crate) fn create_rtree(connection: &Connection, table: &str) -> rusqlite::Result<String> {
    let index = quoted(&index_name(table));
    connection
        .execute_batch(&format!("CREATE VIRTUAL TABLE {index} USING rtree(id, minx, maxx, miny, maxy)"))?;
    Ok(index)
}

/// Creates the triggers named and worded as the extension prescribes.
pub(crate) fn create_rtree_triggers(connection: &Connection, table: &str, key: &str) -> rusqlite::Result<()> {
    let name = index_name(table);
    let (t, c, i, index) = (quoted(table), quoted(GEOMETRY_COLUMN), quoted(key), quoted(&name));
    let present = format!("NEW.{c} NOTNULL AND NOT ST_IsEmpty(NEW.{c})");
    let absent = format!("NEW.{c} ISNULL OR ST_IsEmpty(NEW.{c})");
    let add = format!(
        "INSERT OR REPLACE INTO {index} VALUES (NEW.{i}, ST_MinX(NEW.{c}), ST_MaxX(NEW.{c}), \
         ST_MinY(NEW.{c}), ST_MaxY(NEW.{c}));"
    );
    let remove = format!("DELETE FROM {index} WHERE id = OLD.{i};");
    let (same, other) = (format!("OLD.{i} = NEW.{i}"), format!("OLD.{i} != NEW.{i}"));
    let bodies = [
        format!("AFTER INSERT ON {t} WHEN ({present}) BEGIN {add} END"),
        format!("AFTER UPDATE OF {c} ON {t} WHEN {same} AND ({present}) BEGIN {add} END"),
        format!("AFTER UPDATE OF {c} ON {t} WHEN {same} AND ({absent}) BEGIN {remove} END"),
        format!("AFTER UPDATE ON {t} WHEN {other} AND ({present}) BEGIN {remove} {add} END"),
        format!(
            "AFTER UPDATE ON {t} WHEN {other} AND ({absent}) \
             BEGIN DELETE FROM {index} WHERE id IN (OLD.{i}, NEW.{i}); END"
        ),
        format!("AFTER DELETE ON {t} WHEN OLD.{c} NOT NULL BEGIN {remove} END"),
    ];
    for (suffix, body) in SUFFIXES.into_iter().zip(bodies) {
        let trigger = quoted(&format!("{name}_{suffix}"));
        connection.execute_batch(&format!("CREATE TRIGGER {trigger} {body}"))?;
    }
    Ok(())
}

/// Takes the triggers away, for as long as rows are changed here.
pub(crate) fn drop_rtree_triggers(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    let name = index_name(table);
    for suffix in SUFFIXES {
        let trigger = quoted(&format!("{name}_{suffix}"));
        connection.execute_batch(&format!("DROP TRIGGER IF EXISTS {trigger}"))?;
    }
    Ok(())
}

/// The quoted name of the index of a table.
pub(crate) fn index(table: &str) -> String {
    quoted(&index_name(table))
}

fn index_name(table: &str) -> String {
    format!("rtree_{table}_{GEOMETRY_COLUMN}")
}
