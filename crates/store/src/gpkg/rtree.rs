//! The R-tree extension of GeoPackage 1.3 (annex F.3): an index over the envelopes, and the triggers with which
//! other programs keep it up to date. Ranh fills the index itself and creates the triggers last, so it needs none of
//! the `ST_` functions that they call.

use rusqlite::Connection;

use super::{GEOMETRY_COLUMN, quoted};

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
    let triggers = [
        ("insert", format!("AFTER INSERT ON {t} WHEN ({present}) BEGIN {add} END")),
        ("update1", format!("AFTER UPDATE OF {c} ON {t} WHEN {same} AND ({present}) BEGIN {add} END")),
        ("update2", format!("AFTER UPDATE OF {c} ON {t} WHEN {same} AND ({absent}) BEGIN {remove} END")),
        ("update3", format!("AFTER UPDATE ON {t} WHEN {other} AND ({present}) BEGIN {remove} {add} END")),
        (
            "update4",
            format!(
                "AFTER UPDATE ON {t} WHEN {other} AND ({absent}) \
                 BEGIN DELETE FROM {index} WHERE id IN (OLD.{i}, NEW.{i}); END"
            ),
        ),
        ("delete", format!("AFTER DELETE ON {t} WHEN OLD.{c} NOT NULL BEGIN {remove} END")),
    ];
    for (suffix, body) in triggers {
        let trigger = quoted(&format!("{name}_{suffix}"));
        connection.execute_batch(&format!("CREATE TRIGGER {trigger} {body}"))?;
    }
    Ok(())
}

fn index_name(table: &str) -> String {
    format!("rtree_{table}_{GEOMETRY_COLUMN}")
}
