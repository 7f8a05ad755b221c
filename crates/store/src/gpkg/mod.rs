//! OGC GeoPackage 1.3: its tables, spatial reference systems, geometry blobs and R-tree extension. Knows nothing of
//! planning.

mod blob;
mod contents;
mod rtree;
mod srs;
mod tables;
mod wkb_read;
mod wkb_write;

pub(crate) use blob::{decode, encode};
pub(crate) use contents::{FeatureTable, declare_attributes, declare_extension, drop_features, widen};
pub(crate) use rtree::{create_rtree, create_rtree_triggers, drop_rtree_triggers, index};
pub(crate) use srs::register;
pub(crate) use tables::{APPLICATION_ID, create_tables};

/// Name of the geometry column of every feature table.
pub(crate) const GEOMETRY_COLUMN: &str = "geom";

/// A name as an SQL identifier.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
