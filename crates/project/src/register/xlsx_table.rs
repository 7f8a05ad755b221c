//! A register from a workbook: the tables that hold all of it, or a table of zones that adds to one.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use formats::{Sheet, SheetCell, SheetLimits, SheetRow, read_workbook};
use planning::{
    FilledTable, Language, Messages, Parameters, PartialDate, Quantity, Register, ZONE_COLUMNS,
    register_tables, zone_rows,
};

use crate::ProjectError;

/// The table that says which register it is: a workbook that has it holds all of one.
const HEAD: &str = "register";

/// What a workbook holds.
pub(super) enum Workbook {
    /// A whole register, and the zones of the first sheet where they say something else than its tables.
    Whole(Box<Register>, Option<FilledTable>),
    /// Zones, a row each, which add to a register.
    Zones(FilledTable),
}

/// Reads a workbook.
pub(super) fn read(file: &str, path: &Path) -> Result<Workbook, ProjectError> {
    let opened = |source| ProjectError::Open { path: path.to_owned(), source };
    let input = BufReader::new(File::open(path).map_err(opened)?);
    let sheets = read_workbook(input, SheetLimits::default())
        .map_err(|source| ProjectError::Sheet { path: path.to_owned(), source })?;
    let messages = planning::messages()?;
    let mut tables: Vec<FilledTable> = sheets.into_iter().map(|sheet| table(sheet, messages)).collect();
    let first = if tables.is_empty() { FilledTable::default() } else { tables.remove(0) };
    if !tables.iter().any(|table| table.name == HEAD) {
        return Ok(Workbook::Zones(first));
    }
    let whole = Register::from_tables(file, &tables)?;
    let edited = (!is_unchanged(&first, &whole)).then_some(first);
    Ok(Workbook::Whole(Box::new(whole), edited))
}

/// A sheet as a table: its first row has the names of the columns. One that is called like a table of a register, in
/// either language, is that.
fn table(sheet: Sheet, messages: &Messages) -> FilledTable {
    let called = |table: &&str| {
        let name = messages.text(&format!("sheets.{table}"), &Parameters::new());
        sheet.name == name.vi || sheet.name == name.en
    };
    let name = register_tables().find(called).map_or_else(|| sheet.name.clone(), str::to_owned);
    let mut rows = sheet.rows.into_iter().map(|SheetRow { line, cells }| {
        (line, cells.into_iter().map(|cell| cell.map_or_else(String::new, words)).collect::<Vec<String>>())
    });
    let (_, header) = rows.next().unwrap_or_default();
    FilledTable { name, header, rows: rows.collect() }
}

/// Whether the rows of zones are those that a register gives, as they were written.
fn is_unchanged(zones: &FilledTable, register: &Register) -> bool {
    let trimmed = |mut row: Vec<String>| {
        row.truncate(row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
        row
    };
    let own =
        zone_rows(register).into_iter().map(|row| trimmed(row.iter().map(planning::Cell::written).collect()));
    let rows = zones.rows.iter().map(|(_, row)| trimmed(row.clone()));
    zones.header == ZONE_COLUMNS && own.eq(rows)
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
