//! Cells as CSV.

use std::io::Write;

use planning::{Cell, Language};

use super::cell::harmless;
use crate::ProjectError;

/// Writes a table: numbers with a comma for Vietnamese readers and a semicolon between cells, with a point and a comma for
/// others. Texts that a spreadsheet would take for a formula get a leading apostrophe.
/// # Errors
/// [`ProjectError`] when the output fails.
pub fn write_cells_csv(
    columns: &[String],
    rows: &[Vec<Cell>],
    language: Language,
    out: impl Write,
) -> Result<(), ProjectError> {
    let columns: Vec<Cell> = columns.iter().cloned().map(Cell::Text).collect();
    write_rows_csv(std::iter::once(&columns).chain(rows), language, out)
}

/// The same of a table whose first rows are its title and its headings.
/// # Errors
/// [`ProjectError`] when the output fails.
pub fn write_rows_csv<'r>(
    rows: impl IntoIterator<Item = &'r Vec<Cell>>,
    language: Language,
    out: impl Write,
) -> Result<(), ProjectError> {
    let separator = if language == Language::Vi { b';' } else { b',' };
    let mut table = csv::WriterBuilder::new().delimiter(separator).from_writer(out);
    for row in rows {
        table.write_record(row.iter().map(|cell| written(cell, language)))?;
    }
    table.flush()?;
    Ok(())
}

fn written(cell: &Cell, language: Language) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        // Without points between thousands: a table is for reckoning.
        Cell::Number(value) if language == Language::Vi => value.to_string().replace('.', ","),
        Cell::Number(value) => value.to_string(),
    }
}
