//! Investment projects.

use serde::{Deserialize, Serialize};

use super::{Citation, PartialDate, Quantity, UnitRef};

/// Where a project stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectStatus {
    /// Being prepared.
    Proposed,
    /// An investor is being chosen.
    SelectingInvestor,
    /// Appraised, approved or adjusted.
    Approved,
    /// Registered, without more being said.
    Registered,
    /// Under construction.
    UnderConstruction,
    /// Finished or in operation.
    Operating,
    /// Watched over, in whatever state.
    Monitored,
    /// Suspended.
    Suspended,
    /// Licence withdrawn (thu hồi).
    Revoked,
}

/// Where a project lies as far as zones are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectPlace {
    /// In a zone, whether it is named or not.
    InZone,
    /// Outside every zone.
    Outside,
}

/// An investment project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectRecord {
    /// Identifier in the register.
    pub id: String,
    /// Name.
    pub name: String,
    /// Identifier of its zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Where it lies, where no zone is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ProjectPlace>,
    /// Name of the province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// Units in which it lies.
    #[serde(default, rename = "unit", skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitRef>,
    /// Status.
    pub status: ProjectStatus,
    /// Day at which that held.
    pub as_of: PartialDate,
    /// Why, for a suspended or revoked one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Sector, such as `industry`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// Registered capital, đồng.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capital_vnd: Option<Quantity>,
    /// Land, ha.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub land_ha: Option<Quantity>,
    /// Day by which it must be finished or in operation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<PartialDate>,
    /// Identifier of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// Where that is said.
    pub source: Citation,
}
