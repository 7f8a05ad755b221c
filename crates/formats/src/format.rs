//! The formats, told by their first bytes: names of files lie.

use std::fmt;

use crate::Foreign;

/// How many bytes tell the format.
pub(crate) const BEGINNING: usize = 8;
/// Member of FlatGeobuf's metadata that names the column of the features' ids, which the format has no place for.
pub(crate) const ID_COLUMN: &str = "id_column";

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// GeoJSON or GeoJSONSeq.
    GeoJson,
    /// FlatGeobuf: features in FlatBuffers tables behind a header with the CRS and the columns.
    FlatGeobuf,
    /// A coordinate list, in a workbook or as CSV.
    CoordinateList,
    /// One that GDAL reads.
    Foreign(Foreign),
}

impl Format {
    /// The format of a document that begins with these bytes (eight are enough). All that is not recognised is
    /// taken as GeoJSON, whose reader tells what it looks like instead.
    pub fn of_beginning(bytes: &[u8]) -> Self {
        match bytes {
            // The fourth byte is the version. Below a space it is no text, so no table with a column "fgb…".
            [b'f', b'g', b'b', version, ..] if *version < b' ' => Self::FlatGeobuf,
            _ => Self::GeoJson,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GeoJson => "GeoJSON",
            Self::FlatGeobuf => "FlatGeobuf",
            Self::CoordinateList => "coordinate list",
            Self::Foreign(format) => return format.fmt(f),
        })
    }
}
