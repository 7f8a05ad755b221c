//! Rows of a workbook (.xlsx), sheet by sheet and cell by cell, so that a cell in the last corner costs nothing.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use crate::{SheetLimits, unpacked};

/// A cell with something in it.
#[derive(Clone, Debug, PartialEq)]
pub enum SheetCell {
    /// Text, also of a formula's last result.
    Text(String),
    /// A number.
    Number(f64),
    /// A day: year, month, day.
    Day(u16, u8, u8),
}

/// A sheet with its rows; those without anything are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its rows.
    pub rows: Vec<SheetRow>,
}

/// A row with its number as spreadsheets count, from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    /// The number.
    pub line: usize,
    /// Its cells from the first column on; `None` for empty ones.
    pub cells: Vec<Option<SheetCell>>,
}

/// Why a workbook cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// It is no workbook, or a damaged one.
    #[error(
        "not a workbook that can be read ({0}): check that it was saved or downloaded whole, or save it anew as XLSX"
    )]
    Workbook(#[from] XlsxError),
    /// It unpacks to more than is read.
    #[error("the workbook unpacks to more than {most} bytes: split it")]
    Unpacked {
        /// The most.
        most: u64,
    },
    /// It has no sheet.
    #[error("the workbook has no sheet: check that it was saved or downloaded whole")]
    NoSheet,
    /// It has more cells than are read, over all sheets.
    #[error("the workbook has more than {most} cells: split it")]
    Cells {
        /// The most.
        most: usize,
    },
    /// A cell lies farther right than is read.
    #[error("row {line}: a cell stands beyond column {most}: delete what is there, or move it to the left")]
    Columns {
        /// The row.
        line: usize,
        /// The most.
        most: u32,
    },
    /// A cell holds an error, such as `#REF!`.
    #[error(
        "row {line}, column {column}: the cell holds an error ({error}): mend its formula, or write the value"
    )]
    Cell {
        /// The row.
        line: usize,
        /// The column, from 1.
        column: u32,
        /// The error as spreadsheets write it.
        error: String,
    },
}

/// Reads the sheets of a workbook in their order.
/// # Errors
/// [`SheetError`] for what is no workbook, has no sheet, breaks a limit or holds a cell in error.
pub fn read_workbook(mut reader: impl Read + Seek, limits: SheetLimits) -> Result<Vec<Sheet>, SheetError> {
    if !unpacked::fits(&mut reader, limits.unpacked_bytes) {
        return Err(SheetError::Unpacked { most: limits.unpacked_bytes });
    }
    reader.rewind().map_err(XlsxError::Io)?;
    let mut workbook = Xlsx::new(reader)?;
    let names = workbook.sheet_names();
    if names.is_empty() {
        return Err(SheetError::NoSheet);
    }
    let mut left = limits.cells;
    let sheet = |name: String| {
        let rows = rows(&mut workbook, &name, limits, &mut left)?;
        Ok(Sheet { name, rows })
    };
    names.into_iter().map(sheet).collect()
}

/// The rows of a sheet; `left` is how many more cells there may be.
fn rows<R: Read + Seek>(
    workbook: &mut Xlsx<R>,
    name: &str,
    limits: SheetLimits,
    left: &mut usize,
) -> Result<Vec<SheetRow>, SheetError> {
    let mut cells = workbook.worksheet_cells_reader(name)?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, SheetCell>> = BTreeMap::new();
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        let Some(value) = value(row, column, cell.get_value())? else { continue };
        *left = left.checked_sub(1).ok_or(SheetError::Cells { most: limits.cells })?;
        if column >= limits.columns {
            return Err(SheetError::Columns { line: line(row), most: limits.columns });
        }
        rows.entry(row).or_default().insert(column, value);
    }
    Ok(rows.into_iter().map(|(row, cells)| SheetRow { line: line(row), cells: dense(cells) }).collect())
}

fn value(row: u32, column: u32, value: &DataRef<'_>) -> Result<Option<SheetCell>, SheetError> {
    let text = |text: &str| Some(SheetCell::Text(text.to_owned())).filter(|_| !text.is_empty());
    Ok(match value {
        DataRef::Empty => None,
        #[expect(clippy::cast_precision_loss, reason = "a sheet's numbers are doubles")]
        DataRef::Int(number) => Some(SheetCell::Number(*number as f64)),
        DataRef::Float(number) => Some(SheetCell::Number(*number)),
        DataRef::Bool(flag) => text(if *flag { "true" } else { "false" }),
        DataRef::String(words) | DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => text(words),
        DataRef::SharedString(words) => text(words),
        DataRef::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            Some(SheetCell::Day(year, month, day))
        }
        DataRef::DateTime(time) => Some(SheetCell::Number(time.as_f64())),
        DataRef::Error(error) => {
            return Err(SheetError::Cell { line: line(row), column: column + 1, error: error.to_string() });
        }
    })
}

fn line(row: u32) -> usize {
    usize::try_from(row).map_or(usize::MAX, |row| row.saturating_add(1))
}

fn dense(cells: BTreeMap<u32, SheetCell>) -> Vec<Option<SheetCell>> {
    let mut row = Vec::new();
    for (column, cell) in cells {
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        while row.len() < column {
            row.push(None);
        }
        row.push(Some(cell));
    }
    row
}
