//! `ranh convert`.

use std::path::PathBuf;

use clap::Args;
use project::{Encoding, FileFormat};
use spatial::Crs;

use super::Language;
use super::export::written;
use super::worker::Worker;

/// Write a file in another form, feature by feature: it may be larger than memory.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ranh convert parcels.geojson --out parcels.fgb
  ranh convert parcels.geojson --crs EPSG:9215 --out parcels.fgb
  ranh convert parcels.fgb --to EPSG:9215 --out parcels-vn2000.geojson
  ranh convert parcels.gpkg --layer parcels --out parcels.tab
  ranh convert parcels.gpkg --to EPSG:9215 --out parcels.shp.zip
  ranh convert zones.geojson --to EPSG:9215 --format coordinates-xlsx --out bang-ke.xlsx

GeoJSON and KML are written in CRS84 (RFC 7946) unless --to says otherwise, everything else in the CRS of the file.
Coordinates keep their bits where the CRS stays and the format can hold them. A format of several files writes them beside
the one named, all or none; into a ZIP archive where the name ends in .zip. What a format cannot carry is told. Archives hold
a file NAME.metadata.txt, and workbooks a sheet, that says source, date, CRS with its seven parameters, counts and SHA-256.")]
pub(crate) struct Convert {
    /// A file of any format that is read (see `ranh formats`), told by content, or a ZIP archive of one.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// File to write.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Form to write (default: what the file's name ends in, else geojson).
    #[arg(long, value_parser = written())]
    pub(crate) format: Option<&'static FileFormat>,
    /// Of files with several layers the one to read.
    #[arg(long, value_name = "NAME")]
    pub(crate) layer: Option<String>,
    /// CRS of the coordinates, where the file does not say it or says it wrong.
    #[arg(long, value_name = "CRS", value_parser = Crs::parse)]
    pub(crate) crs: Option<Crs>,
    /// Encoding of the texts, where the file does not declare it or declares it wrong: utf-8, tcvn3, vni-windows, viscii,
    /// windows-1258, windows-1252 and others by their names on the web.
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    pub(crate) encoding: Option<Encoding>,
    /// Levels and colours for the codes of a drawing that is written (DXF, DGN): the table that `ranh import --codes` reads.
    #[arg(long, value_name = "FILE")]
    pub(crate) codes: Option<PathBuf>,
    /// Write NAME.metadata.txt beside the file, too: what archives and workbooks say of their data.
    #[arg(long)]
    pub(crate) metadata: bool,
    /// Language of the metadata, and of headings in workbooks.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
    /// CRS to write.
    #[arg(long, value_name = "CRS", value_parser = Crs::parse)]
    pub(crate) to: Option<Crs>,
    #[command(flatten)]
    pub(crate) worker: Worker,
    /// Most bytes that are read.
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 40)]
    pub(crate) max_bytes: u64,
}
