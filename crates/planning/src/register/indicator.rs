//! Indicators of a province's plan, named regions, and units as documents name them.

use serde::{Deserialize, Serialize};

use super::{Citation, PartialDate, Quantity};
use crate::Text;
use crate::units::UnitLevel;

/// A figure of a plan: what was reached and what was meant to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Identifier in the register; the same for the same indicator of several years.
    pub id: String,
    /// What it measures.
    pub name: Text,
    /// Name of the province; none for the whole country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// The year, or a part of it.
    pub year: PartialDate,
    /// Unit of both figures.
    pub unit: String,
    /// What was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<Quantity>,
    /// What was meant to be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Quantity>,
    /// Where that is said.
    pub source: Citation,
}

/// An administrative unit as a document names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitRef {
    /// Name, with or without the word for its kind.
    pub name: String,
    /// Level.
    pub level: UnitLevel,
    /// Official code, where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A part of a province that a document names by its units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedRegion {
    /// Identifier in the register.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Name of the province.
    pub province: String,
    /// Day at which its units were valid.
    pub as_of: PartialDate,
    /// Its units.
    #[serde(rename = "unit")]
    pub units: Vec<UnitRef>,
    /// Where that is said.
    pub source: Citation,
}
