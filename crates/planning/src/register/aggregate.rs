//! Totals without names: "16 clusters, 537 ha". They stand for themselves; no zone is invented for them.

use serde::{Deserialize, Serialize};

use super::{AreaStatement, Citation, FillStatement, PartialDate, ProjectStatus, Quantity};
use crate::{Text, ZoneKind, ZoneState};

/// What a total counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Zones of a kind.
    Zones,
    /// Investment projects.
    Projects,
    /// Works of infrastructure.
    Works,
}

/// A total that a document states, with its parts where it gives them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aggregate {
    /// Identifier in the register.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// What it counts.
    pub of: Counted,
    /// Kind of the zones counted, or in which the projects are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ZoneKind>,
    /// Name of the province; none for the whole country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// State of the zones counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ZoneState>,
    /// Identifier of the list whose entries are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// Status of the projects counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ProjectStatus>,
    /// Identifier of the zone in which they are, where one is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Day at which it held.
    pub as_of: PartialDate,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Quantity>,
    /// Registered capital or budget, đồng.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capital_vnd: Option<Quantity>,
    /// Areas of all together.
    #[serde(default, rename = "area", skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaStatement>,
    /// The fill rate stated for all together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill: Option<FillStatement>,
    /// What it is made of.
    #[serde(default, rename = "part", skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<AggregatePart>,
    /// Where that is said.
    pub source: Citation,
}

/// A part of a total.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AggregatePart {
    /// What sets it apart: a body, a unit, a zone.
    pub label: String,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Quantity>,
    /// Whole area, ha.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_ha: Option<Quantity>,
    /// Industrial land, ha.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industrial_ha: Option<Quantity>,
    /// Leased industrial land, ha.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leased_ha: Option<Quantity>,
    /// Capital, đồng.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capital_vnd: Option<Quantity>,
}
