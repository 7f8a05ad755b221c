//! Tables of cells as a workbook.

use std::io::{Seek, Write};

use planning::Cell;

use crate::register::sheet;
use crate::{ReportError, workbook};

/// A sheet: a name, heads and rows.
#[derive(Clone, Debug, PartialEq)]
pub struct CellSheet {
    /// Its name, at most 31 characters.
    pub name: String,
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// Writes a workbook. Numbers are numbers; no cell is a formula, whatever its text begins with. It tells no time of its
/// making: the same sheets give the same bytes.
/// # Errors
/// [`ReportError::Workbook`] when the output fails, or a name, a text or the rows are more than a sheet holds.
pub fn write_sheets(sheets: &[CellSheet], out: impl Write + Seek + Send) -> Result<(), ReportError> {
    let mut book = workbook::begin()?;
    for CellSheet { name, columns, rows } in sheets {
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        sheet(book.add_worksheet(), name, &columns, rows.iter().cloned())?;
    }
    book.save_to_writer(out)?;
    Ok(())
}
