//! `ranh convert`.

use std::path::PathBuf;

use clap::Args;
use spatial::Crs;

use super::ExportFormat;

/// Write a file in another form, feature by feature: it may be larger than memory.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ranh convert parcels.geojson --out parcels.fgb
  ranh convert parcels.geojson --crs EPSG:9215 --out parcels.fgb
  ranh convert parcels.fgb --to EPSG:9215 --out parcels-vn2000.geojson

GeoJSON is written in CRS84 (RFC 7946) unless --to says otherwise, FlatGeobuf in the CRS of the file. Coordinates keep
their bits where the CRS stays.")]
pub(crate) struct Convert {
    /// GeoJSON, GeoJSONSeq or FlatGeobuf, told by content.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// File to write.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Form to write (default: flatgeobuf for a file that ends in .fgb, else geojson).
    #[arg(long, value_enum)]
    pub(crate) format: Option<ExportFormat>,
    /// CRS of the coordinates, where the file does not say it or says it wrong.
    #[arg(long, value_name = "CRS", value_parser = Crs::parse)]
    pub(crate) crs: Option<Crs>,
    /// CRS to write.
    #[arg(long, value_name = "CRS", value_parser = Crs::parse)]
    pub(crate) to: Option<Crs>,
    /// Most bytes that are read.
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 40)]
    pub(crate) max_bytes: u64,
}
