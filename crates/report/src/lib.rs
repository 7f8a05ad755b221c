//! Documents that planners hand on. So far workbooks: the register, coordinate lists and tables of features.
//!
//! Absent on purpose: files (callers bring `Write`), and any figure that `planning` did not give.

mod coordinates;
mod error;
mod metadata;
mod points;
mod register;
mod sheets;
mod table;
mod workbook;

pub use coordinates::{ListedZones, write_coordinate_lists};
pub use error::ReportError;
pub use register::write_register_xlsx;
pub use sheets::{CellSheet, write_sheets};
pub use table::write_table;
