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
    /// The register cannot be put into tables.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// A table that is compiled in.
    #[error(transparent)]
    Data(#[from] DataError),
}
