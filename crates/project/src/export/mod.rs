//! Writing what is kept or found: GeoJSON and FlatGeobuf, feature by feature, and CSV tables.

pub(crate) mod cell;
mod collection;
mod coverage;
mod findings;
mod flat;
pub(crate) mod flatgeobuf;
mod overlaps;
pub(crate) mod shape;

pub use collection::{ExportFormat, Exported, export, export_features};
pub use coverage::{write_coverage_csv, write_coverage_flatgeobuf, write_coverage_geojson};
pub use findings::{write_findings_csv, write_findings_geojson};
pub use overlaps::{write_overlaps_csv, write_overlaps_flatgeobuf, write_overlaps_geojson};
pub(crate) use shape::Shapes;
