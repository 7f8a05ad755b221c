//! The sheet that says what a workbook is made of.

use planning::{Language, Metadata, Parameters, messages};
use rust_xlsxwriter::{Format, Workbook};

use crate::ReportError;

/// Widths of the columns, in characters.
const WIDTHS: [f64; 3] = [20.0, 32.0, 90.0];

/// Adds the sheet behind the others.
pub(crate) fn sheet(
    workbook: &mut Workbook,
    metadata: &Metadata,
    language: Language,
) -> Result<(), ReportError> {
    let sheet = workbook.add_worksheet();
    let word = |key: &str| -> Result<String, ReportError> {
        let text = messages()?.text(&format!("metadata.{key}"), &Parameters::new());
        Ok(text.in_language(language).to_owned())
    };
    sheet.set_name(word("sheet")?)?;
    let (bold, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap());
    for (column, (key, width)) in (0..).zip(["key", "name", "value"].into_iter().zip(WIDTHS)) {
        sheet.write_string_with_format(0, column, word(key)?, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    for (row, line) in (1..).zip(&metadata.lines) {
        sheet.write_string(row, 0, line.key)?;
        sheet.write_string(row, 1, line.name.in_language(language))?;
        sheet.write_string_with_format(row, 2, line.value.in_language(language), &wrapped)?;
    }
    Ok(())
}
