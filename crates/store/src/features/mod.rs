//! The feature table of one collection.
//!
//! | column | what |
//! |---|---|
//! | `fid` | position in the source + 1 |
//! | `geom` | GeoPackageBinary, any geometry type |
//! | `ranh_feature` | id and properties as JSON, verbatim: what Ranh reads back |
//! | one per property | the same values once more with SQL types, for people in QGIS: for reading only |

mod columns;
mod read;
mod record;
mod table;
mod write;

pub(crate) use read::{changed_feature, read};
pub(crate) use table::Table;
pub(crate) use write::write;

/// Name of the key column.
pub(crate) const KEY: &str = "fid";
/// Name of the verbatim column.
pub(crate) const FEATURE: &str = "ranh_feature";
