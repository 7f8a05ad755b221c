//! Administrative units over time: 63 provinces with districts until 30 June 2025, 34 without them since.

mod level;
mod name;

pub use level::UnitLevel;
pub(crate) use name::name_key;
