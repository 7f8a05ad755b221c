//! Writing what is kept or found: GeoJSON and FlatGeobuf, feature by feature, CSV tables, and what GDAL writes.

mod archive;
pub(crate) mod cell;
mod cells;
mod collection;
mod coverage;
mod drawing;
mod findings;
mod flat;
pub(crate) mod flatgeobuf;
pub(crate) mod foreign;
mod handed;
mod kmz;
mod made;
mod overlaps;
pub(crate) mod shape;
pub(crate) mod table;

pub use archive::{ArchiveRequest, export_archive, export_made, metadata_path, write_described};
pub use cells::{write_cells_csv, write_rows_csv};
pub(crate) use collection::without_place;
pub use collection::{ExportFormat, Exported, FilesRequest, export, export_features, export_files};
pub use coverage::{write_coverage_csv, write_coverage_flatgeobuf, write_coverage_geojson};
pub use findings::{write_findings_csv, write_findings_geojson};
pub use handed::{HandedOn, hand_on, hand_on_collection};
pub(crate) use handed::{Tallied, Tally, positions, quoted};
pub use made::Made;
pub(crate) use made::parent;
pub use overlaps::{write_overlaps_csv, write_overlaps_flatgeobuf, write_overlaps_geojson};
pub(crate) use shape::Shapes;
