//! `ranh export` and `ranh formats`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use project::{FILE_FORMATS, FileFormat, Hands};
use spatial::Crs;

use super::Language;
use super::worker::Worker;

/// Export a collection of a store.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ranh export zones --store province.gpkg --out zones.geojson
  ranh export zones --store province.gpkg --crs EPSG:9215 --out zones-vn2000.fgb
  ranh export zones --store province.gpkg --crs EPSG:9215 --out zones.tab
  ranh export zones --store province.gpkg --crs EPSG:9215 --out zones.shp.zip
  ranh export plan --store province.gpkg --crs EPSG:9215 --codes levels.csv --out plan.dgn
  ranh export zones --store province.gpkg --crs EPSG:9215 --format coordinates-xlsx --out bang-ke.xlsx
  ranh export zones --store province.gpkg --out zones.pmtiles

A format of several files writes them beside the one named, all or none; into a ZIP archive where the name ends in .zip.
What a format cannot carry is told. Archives hold a file NAME.metadata.txt, and workbooks a sheet, that says source, date, CRS
with its seven parameters, counts and SHA-256.")]
pub(crate) struct Export {
    /// Identifier of the collection.
    pub(crate) collection: String,
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// Form of the file (default: what the file's name ends in, else geojson); see `ranh formats`.
    #[arg(long, value_parser = written())]
    pub(crate) format: Option<&'static FileFormat>,
    /// Language of the metadata, and of headings in workbooks.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
    /// Levels and colours for the codes of a drawing (DXF, DGN): the table that `ranh import --codes` reads. Without it, layers
    /// of a DXF are called as the codes, and a DGN's levels are numbered and told.
    #[arg(long, value_name = "FILE")]
    pub(crate) codes: Option<PathBuf>,
    /// Write NAME.metadata.txt beside the file, too: what archives and workbooks say of their data.
    #[arg(long, requires = "out")]
    pub(crate) metadata: bool,
    /// CRS to write: EPSG:n, CRS84 or a PROJ string.
    #[arg(long, value_name = "CRS", default_value = "CRS84", value_parser = Crs::parse)]
    pub(crate) crs: Crs,
    /// Last zoom of pmtiles, which maps enlarge from there on.
    #[arg(long, value_name = "ZOOM", default_value_t = 14, value_parser = clap::value_parser!(u8).range(0..=16))]
    pub(crate) max_zoom: u8,
    /// File to write (default: standard output, but for pmtiles).
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) worker: Worker,
}

/// List the formats of files that can be read and written, and what is missing for some.
#[derive(Debug, Args)]
pub(crate) struct Formats {
    /// Print the list as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// A format that is written, by its name.
pub(super) fn written() -> impl TypedValueParser<Value = &'static FileFormat> {
    let written = FILE_FORMATS.iter().filter(|format| format.writes != Hands::Nobody);
    let names = written.map(|format| PossibleValue::new(format.name).help(format.title));
    PossibleValuesParser::new(names).try_map(|name| FileFormat::named(&name).ok_or("no such format"))
}
