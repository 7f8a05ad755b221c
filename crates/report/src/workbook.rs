//! What all workbooks have in common.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::ReportError;

/// A workbook that tells no time of its making: the same content gives the same bytes.
pub(crate) fn begin() -> Result<Workbook, ReportError> {
    let mut workbook = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(1900, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    Ok(workbook)
}
