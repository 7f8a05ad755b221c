//! The zones of a register from a workbook.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use formats::{SheetCell, SheetLimits, SheetRow, read_sheet};
use planning::{Language, PartialDate, Quantity, Register, TableCounts};

use crate::ProjectError;

/// Reads the first sheet into a register: its first row has the names of the columns.
pub(super) fn read(
    register: &Register,
    file: &str,
    path: &Path,
) -> Result<(Register, TableCounts), ProjectError> {
    let opened = |source| ProjectError::Open { path: path.to_owned(), source };
    let input = BufReader::new(File::open(path).map_err(opened)?);
    let sheet = read_sheet(input, SheetLimits::default())
        .map_err(|source| ProjectError::Sheet { path: path.to_owned(), source })?;
    let mut rows = sheet.into_iter().map(|SheetRow { line, cells }| {
        (line, cells.into_iter().map(|cell| cell.map_or_else(String::new, words)).collect::<Vec<String>>())
    });
    let (_, header) = rows.next().unwrap_or_default();
    let rows: Vec<_> = rows.collect();
    Ok(register.with_table(file, &header, &rows)?)
}

/// A cell as a Vietnamese table writes it, which leaves no doubt about points and commas.
fn words(cell: SheetCell) -> String {
    match cell {
        SheetCell::Text(text) => text,
        SheetCell::Number(value) => Quantity::exactly(value).written_in_full(Language::Vi),
        SheetCell::Day(year, month, day) => {
            PartialDate::day(year, month, day).map(PartialDate::written).unwrap_or_default()
        }
    }
}
