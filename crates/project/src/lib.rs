//! What a planner can do, said once: import a file, check the zones, ask what if, compare plans, list overlaps, export. The one place where
//! reading (`formats`), judging (`planning`, `spatial`) and keeping (`store`) meet; the command line and the server
//! both come here.
//!
//! Reading order: [`Project`] is a store with what can be done to it; [`import()`] puts files into it; [`overlaps()`]
//! and [`coverage()`]
//! need no store; [`convert()`] turns a file into another; `edit` changes single features; `decisions` is what people decide on findings; `export` writes collections, findings and overlaps as GeoJSON, FlatGeobuf and CSV; `upload` holds files that came over the
//! network until they are imported.
//!
//! Absent on purpose: any word about HTTP or the terminal, and jobs: progress and cancelling are callbacks, queues
//! are the server's.

mod check;
mod convert;
mod coordinates;
mod coverage;
mod decisions;
mod difference;
mod document;
mod edit;
mod error;
mod export;
mod file_formats;
mod history;
mod import;
mod overlaps;
mod problems;
mod project;
mod province;
mod public;
mod redraw;
mod register;
mod shares;
mod timing;
mod today;
mod trial;
mod upload;
mod vietnamese;
mod what_if;

pub use check::{CheckRequest, judge, unkept};
pub use convert::{ConvertRequest, Converted, convert, convert_files, convert_layer};
pub use coverage::{CoverageKind, CoverageReport, CoverageRequest, CoverageRow, CoverageShape, coverage};
pub use difference::{
    DifferenceReport, DifferenceRequest, plan_difference, write_changes_geojson, write_transitions_csv,
};
pub use document::{Document, SourceLimits, StagingError, read_document};
pub use edit::{EditRequest, features_of_text};
pub use error::ProjectError;
pub use export::{
    ArchiveRequest, ExportFormat, Exported, FilesRequest, HandedOn, Made, export, export_archive,
    export_features, export_files, export_made, hand_on, hand_on_collection, metadata_path, write_cells_csv,
    write_coverage_csv, write_coverage_flatgeobuf, write_coverage_geojson, write_described,
    write_findings_csv, write_findings_geojson, write_overlaps_csv, write_overlaps_flatgeobuf,
    write_overlaps_geojson, write_rows_csv,
};
pub use file_formats::{FILE_FORMATS, FileFormat, Hands, Workbook, is_zip, worker_missing};
pub use formats::worker::WorkerLimits;
pub use formats::{Encoding, Foreign, Limits, Note, NoteKind, Notes, ReadError, WriteNote};
pub use history::version_areas;
pub use import::{
    CrsSource, FileReport, ImportReport, ImportRequest, LevelCode, LevelCodes, LevelCodesError, RoleChoice,
    RoleSource, import, level_codes,
};
pub use overlaps::{
    LayerReport, OverlapRow, OverlapsReport, OverlapsRequest, Proofs, SubjectProof, overlaps,
};
pub use problems::{FeatureProblems, ProblemSummary};
pub use project::{Project, Version};
pub use public::{internal_codes, public_input};
pub use redraw::{RedrawBy, RedrawError, RedrawOperation, RedrawRequest, Redrawn, RedrawnPart, redraw};
pub use register::{
    ALL_TABLES, FiguresReport, FiguresRequest, ProjectEntry, RegisterFormat, RegisterReport, RegisterRequest,
    UnitsReport, UnitsRequest, ZoneFigures, export_register, export_register_tables, register_of,
};
pub use shares::{LandRequest, land_in_zones, unit_changes};
pub use store::{
    Action, CheckRun, Copied, Derived, DerivedFile, Edit, Edited, FeatureHistory, Revision, RunChanges,
    Snapshot, Store, StoreError, StoredCollection, StoredRegister, restore,
};
pub use timing::{Stage, StageTime, Timings};
pub use trial::{TrialReport, TrialRequest, try_out};
pub use upload::{
    DrawnLevel, FoundLayer, FoundSource, Preview, Receiving, Upload, UploadError, UploadLimits, Uploads,
};
pub use vietnamese::{note_text, write_note_text};
pub use what_if::{WhatIfReport, WhatIfRequest, growth_of_file, growth_of_text, what_if};
