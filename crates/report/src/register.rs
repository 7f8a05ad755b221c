//! The register as a workbook: its zones a row each, then the tables that hold all of it and are read back.

use std::io::Write;

use planning::{Cell, Language, Parameters, Register, RegisterTable, ZONE_COLUMNS, messages, zone_rows};
use rust_xlsxwriter::{Format, Worksheet};

use crate::{ReportError, workbook};

/// Numbers as the reader's system writes them, with the decimals that they have.
const NUMBER_FORMAT: &str = "#,##0.######";

/// Width of a column, in characters.
const WIDTH: f64 = 16.0;

/// Writes a workbook. Numbers are numbers, approximate ones texts with their word; no cell is a formula, whatever its
/// text begins with. It tells no time of its making: the same register gives the same bytes.
/// # Errors
/// [`ReportError::Workbook`] when the output fails or a text is longer than a cell may be.
pub fn write_register_xlsx(
    register: &Register,
    language: Language,
    out: impl Write + Send,
) -> Result<(), ReportError> {
    let mut workbook = workbook::begin()?;
    let name = |key: &str| -> Result<String, ReportError> {
        let text = messages()?.text(&format!("sheets.{key}"), &Parameters::new());
        Ok(text.in_language(language).to_owned())
    };
    let zones = zone_rows(register);
    sheet(workbook.add_worksheet(), &name("zones")?, &ZONE_COLUMNS, zones.iter().map(|row| row.to_vec()))?;
    for table in register.tables()? {
        // What a record has several of is worth a sheet only where one has some.
        if !(table.rows.is_empty() && table.name.contains('.')) {
            let RegisterTable { name: table, columns, rows } = table;
            sheet(workbook.add_worksheet(), &name(table)?, &columns, rows.into_iter())?;
        }
    }
    workbook.save_to_writer(out)?;
    Ok(())
}

/// Writes a sheet.
pub(crate) fn sheet(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Result<(), ReportError> {
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    let (bold, number) = (Format::new().set_bold(), Format::new().set_num_format(NUMBER_FORMAT));
    for (column, name) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
        sheet.set_column_width(column, WIDTH)?;
    }
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    sheet.write_string(row, column, text)?;
                }
                Cell::Number(value) => {
                    sheet.write_number_with_format(row, column, value, &number)?;
                }
            }
        }
    }
    Ok(())
}
