//! Every format of files, once: how it is called, how its files end, and who reads and writes it.

use std::path::{Path, PathBuf};

use formats::Foreign;
use formats::worker::{Request, WorkerError, WorkerLimits};
use planning::Text;

use crate::document::sources::worker;
use crate::{ExportFormat, vietnamese};

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
    /// What people call it in English, and on the command line.
    pub title: &'static str,
    /// What people call it in Vietnamese.
    pub title_vi: &'static str,
    /// How names of its files end, the usual one first.
    pub endings: &'static [&'static str],
    /// Who reads it.
    pub reads: Hands,
    /// Who writes it.
    pub writes: Hands,
    /// How it is written; none for tiles and workbooks, which are made of a collection in another way.
    pub export: Option<ExportFormat>,
    /// The table that it is.
    pub workbook: Option<Workbook>,
}

/// A table of a collection, made by `report`: a workbook, which has a sheet of metadata, or a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workbook {
    /// Properties, a row a feature.
    Table,
    /// Points, a sheet a zone: on a plane in metres alone.
    Coordinates,
    /// The same as CSV, in one table.
    CoordinateTable,
}

impl Workbook {
    /// Whether it holds coordinates in metres, and so needs a plane.
    pub fn is_in_metres(self) -> bool {
        matches!(self, Self::Coordinates | Self::CoordinateTable)
    }

    /// How the name of its file ends.
    pub fn ending(self) -> &'static str {
        if self.has_metadata() { "xlsx" } else { "csv" }
    }

    /// Whether it says itself where it comes from.
    pub fn has_metadata(self) -> bool {
        self != Self::CoordinateTable
    }
}

/// A format that the worker reads and writes.
const fn foreign(
    name: &'static str,
    title: &'static str,
    endings: &'static [&'static str],
    format: Foreign,
) -> FileFormat {
    let export = Some(ExportFormat::Foreign(format));
    let (reads, writes) = (Hands::Worker, Hands::Worker);
    FileFormat { name, title, title_vi: title, endings, reads, writes, export, workbook: None }
}

/// A format that this program reads and writes.
const fn ours(
    name: &'static str,
    title: &'static str,
    endings: &'static [&'static str],
    export: ExportFormat,
) -> FileFormat {
    let (reads, writes) = (Hands::Ours, Hands::Ours);
    FileFormat { name, title, title_vi: title, endings, reads, writes, export: Some(export), workbook: None }
}

const SEQUENCES: &[&str] = &["geojsonl", "geojsons", "geojsonseq", "jsonl", "ndjson"];

/// Every format.
pub const FILE_FORMATS: [FileFormat; 18] = [
    ours("geojson", "GeoJSON", &["geojson", "json"], ExportFormat::GeoJson),
    FileFormat {
        title_vi: "GeoJSON, mỗi dòng một đối tượng (RFC 8142)",
        ..ours("geojsonseq", "GeoJSON, a feature a line (RFC 8142)", SEQUENCES, ExportFormat::GeoJsonSeq)
    },
    ours("flatgeobuf", "FlatGeobuf", &["fgb"], ExportFormat::FlatGeobuf),
    FileFormat {
        title_vi: "CSV có cột wkt",
        reads: Hands::Worker,
        ..ours("csv", "CSV with a column wkt", &["csv"], ExportFormat::Csv)
    },
    foreign("geopackage", "GeoPackage", &["gpkg"], Foreign::GeoPackage),
    foreign("shapefile", "Shapefile", &["shp"], Foreign::Shapefile),
    foreign("kml", "KML", &["kml"], Foreign::Kml),
    foreign("kmz", "KMZ", &["kmz"], Foreign::Kmz),
    foreign("gml", "GML", &["gml"], Foreign::Gml),
    foreign("tab", "MapInfo TAB", &["tab"], Foreign::MapInfoTab),
    foreign("mif", "MapInfo MIF", &["mif"], Foreign::MapInfoMif),
    foreign("dxf", "AutoCAD DXF", &["dxf"], Foreign::Dxf),
    foreign("dgn", "MicroStation DGN V7", &["dgn"], Foreign::Dgn),
    foreign("filegdb", "File Geodatabase", &["gdb"], Foreign::FileGeodatabase),
    FileFormat {
        name: "pmtiles",
        title: "PMTiles: vector tiles of all zooms",
        title_vi: "PMTiles: ô véc-tơ mọi mức phóng",
        endings: &["pmtiles"],
        reads: Hands::Nobody,
        writes: Hands::Ours,
        export: None,
        workbook: None,
    },
    FileFormat {
        name: "xlsx",
        title: "XLSX: a table of properties, with a sheet of metadata",
        title_vi: "XLSX: bảng thuộc tính, kèm trang siêu dữ liệu",
        endings: &["xlsx"],
        reads: Hands::Nobody,
        writes: Hands::Ours,
        export: None,
        workbook: Some(Workbook::Table),
    },
    FileFormat {
        name: "coordinates-xlsx",
        title: "XLSX: coordinate lists, a sheet a zone, with a sheet of metadata",
        title_vi: "XLSX: bảng kê tọa độ, mỗi khu một trang, kèm trang siêu dữ liệu",
        endings: &[],
        reads: Hands::Ours,
        writes: Hands::Ours,
        export: None,
        workbook: Some(Workbook::Coordinates),
    },
    FileFormat {
        name: "coordinates-csv",
        title: "CSV: coordinate lists of all zones in one table",
        title_vi: "CSV: bảng kê tọa độ các khu trong một bảng",
        endings: &[],
        reads: Hands::Ours,
        writes: Hands::Ours,
        export: None,
        workbook: Some(Workbook::CoordinateTable),
    },
];

impl FileFormat {
    /// The format of a word.
    pub fn named(name: &str) -> Option<&'static Self> {
        FILE_FORMATS.iter().find(|format| format.name == name)
    }

    /// The format that a file's name ends in; of an archive (`plan.shp.zip`) the one before that.
    pub fn of_name(path: &Path) -> Option<&'static Self> {
        let inside = path.file_stem().map(PathBuf::from);
        let path = if is_zip(path) { inside? } else { path.to_owned() };
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        FILE_FORMATS.iter().find(|format| format.endings.contains(&ending.as_str()))
    }
}

/// Whether a name is that of a ZIP archive.
pub fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// What the names of a source's files begin with that is written under this name.
pub(crate) fn stem(path: &Path) -> String {
    let inside = path.file_stem().map(PathBuf::from).unwrap_or_default();
    let named = if is_zip(path) && FileFormat::of_name(path).is_some() { inside } else { path.to_owned() };
    named.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// What is missing for the formats that need the worker, in words; none where it works.
pub fn worker_missing() -> Option<Text> {
    tried().err().map(|error| Text { vi: vietnamese::of_worker(&error), en: error.to_string() })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_an_ending_mean_one_format() {
        let of = |name: &str| FileFormat::of_name(Path::new(name)).map(|format| format.name);
        assert_eq!(of("a/b.SHP"), Some("shapefile"));
        assert_eq!(of("plan.gdb.zip"), Some("filegdb"));
        assert_eq!((of("plan.zip"), of("plan"), of("plan.txt")), (None, None, None));
        let stems = ["a/plan.shp", "plan.gdb.zip", "plan.2020.zip", "plan"].map(|name| stem(Path::new(name)));
        assert_eq!(stems, ["plan", "plan", "plan.2020", "plan"]);
        for (at, format) in FILE_FORMATS.iter().enumerate() {
            assert_eq!(FileFormat::named(format.name), Some(format));
            for other in FILE_FORMATS.iter().skip(at + 1) {
                assert!(
                    !format.endings.iter().any(|ending| other.endings.contains(ending)),
                    "{}",
                    other.name
                );
            }
        }
    }
}
