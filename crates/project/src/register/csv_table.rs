//! The zones of a register as CSV.

use std::io::Write;

use csv::{ReaderBuilder, Trim};
use planning::{Register, RegisterError, RegisterProblem, TableCounts, ZONE_COLUMNS, zone_rows};

use crate::ProjectError;
use crate::export::cell;

/// Marks the text as UTF-8 for spreadsheets, which else spoil Vietnamese letters.
pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Writes the table. Cells that a spreadsheet would take for a formula get a leading apostrophe.
pub(super) fn write(register: &Register, mut out: impl Write) -> Result<(), ProjectError> {
    out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    let mut table = csv::Writer::from_writer(out);
    table.write_record(ZONE_COLUMNS)?;
    for row in zone_rows(register) {
        table.write_record(row.iter().map(|one| cell::harmless(&one.written())))?;
    }
    table.flush()?;
    Ok(())
}

/// The one that the first line has more of: spreadsheets with a decimal comma write semicolons.
pub(crate) fn separator(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    if count(';') > count(',') { b';' } else { b',' }
}

/// A text that is not CSV.
pub(super) fn failed(file: &str, error: &csv::Error) -> RegisterError {
    let line = error.position().and_then(|at| usize::try_from(at.line()).ok());
    let problem = RegisterProblem { line, field: String::new(), reason: error.to_string() };
    RegisterError { file: file.to_owned(), problems: vec![problem] }
}

/// Reads a table into a register. Apostrophes that were put before formulas are taken away.
pub(super) fn read(
    register: &Register,
    file: &str,
    text: &str,
) -> Result<(Register, TableCounts), RegisterError> {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator(text))
        .trim(Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let failed = |error: &csv::Error| failed(file, error);
    let header: Vec<String> = reader.headers().map_err(|e| failed(&e))?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.into_records() {
        let record = record.map_err(|e| failed(&e))?;
        let line = record.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or(0);
        rows.push((line, record.iter().map(|text| cell::restored(text).to_owned()).collect()));
    }
    register.with_table(file, &header, &rows)
}
