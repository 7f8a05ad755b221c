//! Documents that planners hand on. So far workbooks, of the register, of coordinate lists and of features, and the
//! cells of coordinate lists for a CSV file.
//!
//! Absent on purpose: files (callers bring `Write`), and any figure that `planning` did not give.

mod coordinate_table;
mod coordinates;
mod error;
mod metadata;
mod points;
mod register;
mod sheets;
mod table;
mod workbook;

pub use coordinate_table::coordinate_table;
pub use coordinates::{ListedZones, write_coordinate_lists};
pub use error::ReportError;
pub use register::write_register_xlsx;
pub use sheets::{CellSheet, write_sheets};
pub use table::write_table;
