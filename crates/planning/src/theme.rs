//! What the features of a constraint collection are.

use serde::{Deserialize, Serialize};

/// The theme of a collection with role `constraint`: which rules ask it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// The national border, lines or areas (ADM-06).
    NationalBorder,
    /// Another plan: urban, forestry, power, minerals (PLN-05).
    OtherPlan,
    /// Houses and other buildings, points or areas (LUP-07).
    Buildings,
    /// Protected relics with their zones (LUP-09).
    Heritage,
    /// Rivers, lakes and their protection corridors (LUP-10).
    Water,
    /// Mines, quarries, blast circles (LUP-11).
    Minerals,
    /// Green belts of zones (ENV-02).
    GreenBelt,
    /// Investment projects, points or areas, with their `sector` and, where known, `status` (ZON-12).
    Projects,
}
