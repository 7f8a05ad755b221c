//! Levels of administrative units.

use serde::{Deserialize, Serialize};

/// A level of administrative units. Districts ended on 1 July 2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitLevel {
    /// Provinces and centrally run cities.
    Province,
    /// Districts, towns and provincial cities, until 30 June 2025.
    District,
    /// Communes, wards, townships and special zones.
    Commune,
}
