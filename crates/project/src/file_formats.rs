//! Every format of files, once: how it is called, how its files end, and who reads and writes it.

use std::path::PathBuf;

use formats::worker::{Request, WorkerError, WorkerLimits};

use crate::ExportFormat;
use crate::document::sources::worker;

/// Who does something with a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hands {
    /// Nobody.
    Nobody,
    /// This program.
    Ours,
    /// The worker `ranh-gdal`, where it is installed.
    Worker,
}

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFormat {
    /// The word by which it is asked for.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// How names of its files end, the usual one first.
    pub endings: &'static [&'static str],
    /// Who reads it.
    pub reads: Hands,
    /// Who writes it.
    pub writes: Hands,
    /// How it is written; none for tiles, which are made of a collection in another way.
    pub export: Option<ExportFormat>,
}

/// A format that the worker reads.
const fn foreign(name: &'static str, title: &'static str, endings: &'static [&'static str]) -> FileFormat {
    FileFormat { name, title, endings, reads: Hands::Worker, writes: Hands::Nobody, export: None }
}

/// A format that this program reads and writes.
const fn ours(
    name: &'static str,
    title: &'static str,
    endings: &'static [&'static str],
    export: ExportFormat,
) -> FileFormat {
    FileFormat { name, title, endings, reads: Hands::Ours, writes: Hands::Ours, export: Some(export) }
}

const SEQUENCES: &[&str] = &["geojsonl", "geojsons", "geojsonseq", "jsonl", "ndjson"];

/// Every format.
pub const FILE_FORMATS: [FileFormat; 13] = [
    ours("geojson", "GeoJSON", &["geojson", "json"], ExportFormat::GeoJson),
    ours("geojsonseq", "GeoJSON, a feature a line (RFC 8142)", SEQUENCES, ExportFormat::GeoJsonSeq),
    ours("flatgeobuf", "FlatGeobuf", &["fgb"], ExportFormat::FlatGeobuf),
    foreign("csv", "CSV with a column wkt", &["csv"]),
    foreign("geopackage", "GeoPackage", &["gpkg"]),
    foreign("shapefile", "Shapefile", &["shp"]),
    foreign("kml", "KML", &["kml", "kmz"]),
    foreign("gml", "GML", &["gml"]),
    foreign("tab", "MapInfo TAB", &["tab"]),
    foreign("mif", "MapInfo MIF", &["mif"]),
    foreign("dxf", "AutoCAD DXF", &["dxf"]),
    foreign("dgn", "MicroStation DGN V7", &["dgn"]),
    foreign("filegdb", "File Geodatabase", &["gdb"]),
];

impl FileFormat {
    /// The format of a word.
    pub fn named(name: &str) -> Option<&'static Self> {
        FILE_FORMATS.iter().find(|format| format.name == name)
    }
}

/// What is missing for the formats that need the worker, in words; none where it works.
pub fn worker_missing() -> Option<String> {
    match tried() {
        Ok(()) => None,
        Err(WorkerError::Crashed { how, said }) => Some(format!(
            "ranh-gdal does not start ({how}{said}): install the libraries that it is linked with (Debian: libgdal32)"
        )),
        Err(error) => Some(error.to_string()),
    }
}

/// Asks the worker for a file that is not there, which it says only when all before that has worked.
fn tried() -> Result<(), WorkerError> {
    let failed = |source| WorkerError::Start { program: PathBuf::from("ranh-gdal"), source };
    let folder = tempfile::tempdir().map_err(failed)?;
    let request = Request {
        folder: folder.path().as_os_str().as_encoded_bytes().to_vec(),
        name: b"none".to_vec(),
        drivers: vec!["GPKG".to_owned()],
        ..Request::default()
    };
    match worker(WorkerLimits::default()).map_err(failed)?.start(&request)?.next_frame() {
        Ok(_) | Err(WorkerError::Open { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}
