//! Lists in which zones stand: the national list, a province's plan, land-use plans.

use serde::{Deserialize, Serialize};

use super::{Citation, PartialDate};
use crate::Text;

/// Whose list it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListLevel {
    /// The Prime Minister's list of parks, or a national plan.
    National,
    /// A provincial plan.
    Provincial,
    /// A land-use plan (quy hoạch sử dụng đất).
    LandUse,
    /// A yearly land-use plan, or a list of projects for which land is recovered.
    AnnualLandUse,
    /// A plan that the source does not name.
    Unspecified,
}

/// What years a list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First year; none in "to 2020".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// Last year.
    pub to: PartialDate,
    /// Year of the orientation or vision ("định hướng", "tầm nhìn").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vision: Option<PartialDate>,
}

impl Period {
    /// `2021–2030`, `→ 2020`, with ` (2050)` for a vision.
    pub fn written(&self) -> String {
        let from = self.from.map_or_else(|| "→ ".to_owned(), |from| format!("{}–", from.written()));
        let vision = self.vision.map_or_else(String::new, |vision| format!(" ({})", vision.written()));
        format!("{from}{}{vision}", self.to.written())
    }
}

/// A list of zones with its period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanList {
    /// Identifier in the register.
    pub id: String,
    /// Whose list.
    pub level: ListLevel,
    /// Title for people.
    pub title: Text,
    /// Name of the province it is for; none for the whole country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// What years it is for, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The body that approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    /// Identifier of the document that approved it, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// Identifier of the list that took its place; one that was replaced may be out of its period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// Where it is named.
    pub source: Citation,
}

/// A zone's place in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// Identifier of the list.
    pub list: String,
    /// Where that is said.
    pub source: Citation,
}
