//! Figures of a zone: areas, fill rates as stated and as computed, land clearance, expansions. Statements are added,
//! never overwritten: two documents that disagree are both kept.

use serde::{Deserialize, Serialize};

use super::{Citation, PartialDate, Quantity};
use crate::ZoneState;

/// Areas that one document states for one day, ha.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaStatement {
    /// Day at which they held.
    pub as_of: PartialDate,
    /// Whole area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_ha: Option<Quantity>,
    /// Industrial land of the detailed plan (đất công nghiệp theo quy hoạch).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industrial_ha: Option<Quantity>,
    /// Industrial land that is leased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leased_ha: Option<Quantity>,
    /// Industrial land given to relocated craft households and firms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub craft_relocation_ha: Option<Quantity>,
    /// Where that is said.
    pub source: Citation,
}

/// A fill rate as a document states it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FillStatement {
    /// Day at which it held.
    pub as_of: PartialDate,
    /// The rate, %.
    pub stated_percent: Quantity,
    /// How it was reckoned, where the document says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// Where that is said.
    pub source: Citation,
}

/// How a fill rate is reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FillFormula {
    /// Leased industrial land ÷ industrial land of the detailed plan.
    LeasedOverIndustrial,
}

/// A fill rate computed from stated areas, with everything it was computed from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FillRate {
    /// Leased industrial land, ha.
    pub numerator_ha: Quantity,
    /// Industrial land, ha; never zero.
    pub denominator_ha: Quantity,
    /// How.
    pub formula: FillFormula,
    /// Day at which the areas held.
    pub as_of: PartialDate,
}

/// Where land clearance stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClearanceStatement {
    /// Day at which it held.
    pub as_of: PartialDate,
    /// Land that is cleared, ha.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleared_ha: Option<Quantity>,
    /// Land that is being cleared, ha.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_progress_ha: Option<Quantity>,
    /// Households that have to move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households: Option<Quantity>,
    /// Where that is said.
    pub source: Citation,
}

/// An expansion of a zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expansion {
    /// Land that it adds, ha.
    pub added_ha: Quantity,
    /// Where it stands.
    pub state: ZoneState,
    /// Day at which that held.
    pub as_of: PartialDate,
    /// Identifier of the decision, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// Where that is said.
    pub source: Citation,
}

impl AreaStatement {
    /// The fill rate that its areas give; `None` without both areas, or with no industrial land.
    pub fn fill(&self) -> Option<FillRate> {
        let denominator_ha = self.industrial_ha.filter(|area| area.value > 0.0)?;
        Some(FillRate {
            numerator_ha: self.leased_ha?,
            denominator_ha,
            formula: FillFormula::LeasedOverIndustrial,
            as_of: self.as_of,
        })
    }
}

impl FillRate {
    /// The rate, %, unrounded.
    pub fn percent(&self) -> f64 {
        self.numerator_ha.value / self.denominator_ha.value * 100.0
    }

    /// Whether both areas are meant as stated.
    pub fn is_exact(&self) -> bool {
        self.numerator_ha.is_exact() && self.denominator_ha.is_exact()
    }
}
