//! Rows of a workbook (.xlsx): the first sheet, cell by cell, so that a cell in the last corner costs nothing.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use calamine::{DataRef, Reader, Xlsx, XlsxError};

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

/// A row with its number as spreadsheets count, from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    /// The number.
    pub line: usize,
    /// Its cells from the first column on; `None` for empty ones.
    pub cells: Vec<Option<SheetCell>>,
}

/// Limits of reading a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetLimits {
    /// Cells with something in them.
    pub cells: usize,
    /// Columns, counted from the first.
    pub columns: u32,
}

impl Default for SheetLimits {
    fn default() -> Self {
        Self { cells: 2_000_000, columns: 1_000 }
    }
}

/// Why a workbook cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// It is no workbook, or a damaged one.
    #[error("not a workbook that can be read: {0}")]
    Workbook(#[from] XlsxError),
    /// It has no sheet.
    #[error("the workbook has no sheet")]
    NoSheet,
    /// It has more cells than are read.
    #[error("the sheet has more than {most} cells: split it")]
    Cells {
        /// The most.
        most: usize,
    },
    /// A cell lies farther right than is read.
    #[error("row {line}: a cell stands beyond column {most}")]
    Columns {
        /// The row.
        line: usize,
        /// The most.
        most: u32,
    },
    /// A cell holds an error, such as `#REF!`.
    #[error("row {line}, column {column}: the cell holds an error ({error})")]
    Cell {
        /// The row.
        line: usize,
        /// The column, from 1.
        column: u32,
        /// The error as spreadsheets write it.
        error: String,
    },
}

/// Reads the first sheet of a workbook; rows without anything are left out.
/// # Errors
/// [`SheetError`] for what is no workbook, has no sheet, breaks a limit or holds a cell in error.
pub fn read_sheet(reader: impl Read + Seek, limits: SheetLimits) -> Result<Vec<SheetRow>, SheetError> {
    let mut workbook = Xlsx::new(reader)?;
    let name = workbook.sheet_names().into_iter().next().ok_or(SheetError::NoSheet)?;
    let mut cells = workbook.worksheet_cells_reader(&name)?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, SheetCell>> = BTreeMap::new();
    let mut count = 0;
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        let Some(value) = value(row, column, cell.get_value())? else { continue };
        count += 1;
        if count > limits.cells {
            return Err(SheetError::Cells { most: limits.cells });
        }
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
