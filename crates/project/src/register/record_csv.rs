//! One table of a register as CSV; all of them together hold all of it.

use std::io::Write;
use std::path::{Path, PathBuf};

use csv::ReaderBuilder;
use planning::{FilledTable, Register, RegisterTable, register_tables};

use super::csv_table::{BYTE_ORDER_MARK, failed, separator};
use super::read_text;
use crate::ProjectError;
use crate::error::listed;
use crate::export::cell;

/// Writes a table. Cells that a spreadsheet would take for a formula get a leading apostrophe.
pub(super) fn write(register: &Register, name: &str, mut out: impl Write) -> Result<(), ProjectError> {
    let tables = register.tables()?;
    let table = tables.into_iter().find(|table| table.name == name).ok_or_else(|| unknown(name))?;
    out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    let RegisterTable { columns, rows, .. } = table;
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row.iter().map(|one| cell::harmless(&one.written())))?;
    }
    writer.flush()?;
    Ok(())
}

/// Reads a table. Blanks in texts stay; apostrophes that were put before formulas are taken away.
pub(super) fn read(known: &Register, name: &str, file: &str, text: &str) -> Result<Register, ProjectError> {
    if register_tables().all(|table| table != name) {
        return Err(unknown(name));
    }
    Ok(known.with_record_table(file, table(name, file, text)?)?)
}

fn table(name: &str, file: &str, text: &str) -> Result<FilledTable, ProjectError> {
    let failed = |error: &csv::Error| ProjectError::Register(failed(file, error));
    let mut reader =
        ReaderBuilder::new().delimiter(separator(text)).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| failed(&e))?.iter().map(str::to_owned).collect();
    let mut table = FilledTable { name: name.to_owned(), header, rows: Vec::new() };
    for record in reader.into_records() {
        let record = record.map_err(|e| failed(&e))?;
        let line = record.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or(0);
        table.rows.push((line, record.iter().map(|text| cell::restored(text).to_owned()).collect()));
    }
    Ok(table)
}

/// Writes every table beside `path`: `x.csv` becomes `x.zone.csv`, `x.zone.state.csv` and so on.
pub(super) fn write_all(register: &Register, path: &Path) -> Result<(), ProjectError> {
    for name in register_tables() {
        write(register, name, std::fs::File::create(beside(path, name))?)?;
    }
    Ok(())
}

/// Reads the register of which [`write_all`] wrote the tables; one that is not there has no rows.
pub(super) fn read_all(file: &str, path: &Path) -> Result<Register, ProjectError> {
    let mut tables = Vec::new();
    for name in register_tables() {
        let path = beside(path, name);
        if path.exists() {
            tables.push(table(name, file, &read_text(&path)?)?);
        }
    }
    Ok(Register::from_tables(file, &tables)?)
}

fn beside(path: &Path, table: &str) -> PathBuf {
    path.with_extension(format!("{table}.csv"))
}

fn unknown(name: &str) -> ProjectError {
    ProjectError::UnknownTable { name: name.to_owned(), known: listed(register_tables()) }
}
