//! FlatGeobuf by way of a temporary file, in which features wait for their index.

use std::fs::File;
use std::io::Write;

use formats::{Columns, FlatGeobufWriter, Header, WriteError};
use spatial::Crs;

/// A writer whose temporary file has no name and is gone with it.
pub(crate) fn writer<W: Write>(
    out: W,
    header: &Header,
    columns: Columns,
) -> Result<FlatGeobufWriter<W, File>, WriteError> {
    FlatGeobufWriter::begin(out, tempfile::tempfile()?, header, columns)
}

/// The CRS in which shapes of a working CRS are written, bit for bit as they were computed: that CRS where it has an
/// EPSG code, by which the format names it; else WGS 84.
pub(super) fn crs(working: &Crs) -> Crs {
    if working.epsg().is_some() { working.clone() } else { Crs::wgs84() }
}
