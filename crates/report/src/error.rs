//! Why a document could not be written.

use planning::{DataError, RegisterError};
use rust_xlsxwriter::XlsxError;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The workbook: a text longer than a cell holds, more rows than a sheet, or the output failed.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
    /// A coordinate list of longitude and latitude.
    #[error(
        "coordinate lists are in metres, and {crs} is in degrees: name a plane, such as EPSG:9215 for VN-2000 with the central meridian 107°15′"
    )]
    NotMetres {
        /// The CRS asked for.
        crs: String,
    },
    /// More zones than a workbook has sheets for.
    #[error(
        "{zones} zones are too many for a sheet each ({most} at most): export them as coordinates-csv, in one table"
    )]
    TooManyZones {
        /// How many there are.
        zones: usize,
        /// The most.
        most: usize,
    },
    /// The register cannot be put into tables.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// A table that is compiled in.
    #[error(transparent)]
    Data(#[from] DataError),
}
