//! Administrative units over time: 63 provinces with districts until 30 June 2025, 34 without them since.

mod history;
mod level;
mod name;
mod parse;
mod resolve;

pub use history::{Extent, FormerCommune, FormerDistrict, Successor, Transfer, Unit, UnitHistory};
pub use level::UnitLevel;
pub(crate) use name::{UnitName, name_key};
pub use parse::{UnitFiles, UnitsError, UnitsNote};
pub use resolve::Resolved;
