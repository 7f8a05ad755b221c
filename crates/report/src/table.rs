//! The properties of features as a table, with a sheet that says where they come from.

use std::io::Write;

use planning::{Language, Metadata, Parameters, messages};
use rust_xlsxwriter::{Format, Worksheet};
use serde_json::Value;
use spatial::Feature;

use crate::{ReportError, metadata, workbook};

/// Numbers beyond this have more digits than a cell keeps: they are written as text.
const EXACT: u64 = 1 << 53;

/// Writes the identifiers and properties of features, a row each; the columns are the names of properties in the order in
/// which they first come. No cell is a formula, whatever its text begins with.
/// # Errors
/// [`ReportError::Workbook`] when the output fails, or a text, the rows or the columns are more than a sheet holds.
pub fn write_table(
    features: &[Feature],
    metadata: &Metadata,
    language: Language,
    out: impl Write + Send,
) -> Result<(), ReportError> {
    let mut book = workbook::begin()?;
    let sheet = book.add_worksheet();
    let word = |key: &str| -> Result<String, ReportError> {
        let text = messages()?.text(&format!("coordinates.{key}"), &Parameters::new());
        Ok(text.in_language(language).to_owned())
    };
    sheet.set_name(word("table")?)?;
    sheet.set_freeze_panes(1, 0)?;
    let columns = columns(features);
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, word("id")?, &bold)?;
    for (column, name) in (1..).zip(&columns) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
    }
    for (row, feature) in (1..).zip(features) {
        sheet.write_string(row, 0, feature.id.as_ref().map(ToString::to_string).unwrap_or_default())?;
        for (column, name) in (1..).zip(&columns) {
            if let Some(value) = feature.properties.get(*name) {
                cell(sheet, row, column, value)?;
            }
        }
    }
    metadata::sheet(&mut book, metadata, language)?;
    book.save_to_writer(out)?;
    Ok(())
}

fn columns(features: &[Feature]) -> Vec<&str> {
    let mut known = std::collections::HashSet::new();
    let names = features.iter().flat_map(|feature| feature.properties.keys());
    names.map(String::as_str).filter(|name| known.insert(*name)).collect()
}

fn cell(sheet: &mut Worksheet, row: u32, column: u16, value: &Value) -> Result<(), ReportError> {
    let exact = |number: &serde_json::Number| {
        let fits = number.as_i64().is_none_or(|whole| whole.unsigned_abs() <= EXACT);
        number.as_f64().filter(|value| fits && value.is_finite())
    };
    match value {
        Value::Null => return Ok(()),
        Value::Bool(flag) => sheet.write_boolean(row, column, *flag)?,
        Value::String(text) => sheet.write_string(row, column, text)?,
        Value::Number(number) => match exact(number) {
            Some(value) => sheet.write_number(row, column, value)?,
            None => sheet.write_string(row, column, number.to_string())?,
        },
        Value::Array(_) | Value::Object(_) => sheet.write_string(row, column, value.to_string())?,
    };
    Ok(())
}
