//! Documents that planners hand on. So far: the register as a workbook.
//!
//! Absent on purpose: files (callers bring `Write`), and any figure that `planning` did not give.

mod error;
mod register;

pub use error::ReportError;
pub use register::write_register_xlsx;
