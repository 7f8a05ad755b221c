//! Zones as they would be.

use serde::Serialize;
use utoipa::ToSchema;

use super::{AreaLimit, FillLimit, Finding, FindingZone, SkippedRule, SliverSum, WhatIfState};

/// Zones judged with some of them drawn anew.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Trial {
    /// Rule pack, id and version.
    pub pack: String,
    /// The day on which it was judged.
    pub date: Option<String>,
    /// The plan judged against.
    pub plan: Option<String>,
    /// The zones: those given as features, in their order, then the others that were asked for.
    pub zones: Vec<TriedZone>,
    /// Hectares in conflict of severity B and E, each once.
    pub conflict_ha: Option<f64>,
    /// What was too narrow to be a finding.
    pub slivers: SliverSum,
    /// What a check would say about these zones. A finding has the id that it has in a check of everything.
    pub findings: Vec<Finding>,
    /// Rules that could not judge these zones, and what they would need.
    pub skipped: Vec<SkippedRule>,
}

/// A zone of a trial.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TriedZone {
    /// The zone.
    pub zone: FindingZone,
    /// CRS of every planar figure; null for a zone without an area.
    pub crs: Option<String>,
    /// Whether that CRS was guessed by the nearest meridian.
    pub crs_guessed: bool,
    /// Its areas; null where it has none.
    pub state: Option<WhatIfState>,
    /// The largest area of its kind (ZON-05); null where there is none.
    pub area_limit: Option<AreaLimit>,
    /// The smallest area of its kind (ZON-06); null where there is none.
    pub least_area: Option<LeastArea>,
    /// The fill rate asked for before it may grow (ZON-10); null where it is not asked or no register knows it.
    pub fill_limit: Option<FillLimit>,
    /// Whether its works for wastewater are finished (ZON-10); null where it is not asked or no register knows it.
    pub wastewater_finished: Option<bool>,
}

/// The area that a zone must have.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct LeastArea {
    /// The smallest area, ha.
    pub min_ha: f64,
    /// The smallest area where it lies in the mountains, ha; null where that makes no difference.
    pub mountains_ha: Option<f64>,
    /// Whether the zone has it; null where it would in the mountains and nothing tells whether it lies there.
    pub holds: Option<bool>,
}

/// An outline redrawn.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Redrawn {
    /// URI of the CRS of the geometries: that of the collection, in its order of axes.
    pub crs: String,
    /// CRS of the areas.
    pub plane: String,
    /// Area of what was there, m².
    pub before_m2: f64,
    /// Area of all parts, m².
    pub after_m2: f64,
    /// The connected parts, the largest first.
    pub parts: Vec<RedrawnPart>,
}

/// A connected part of an outline.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RedrawnPart {
    /// A GeoJSON polygon. A vertex that stays is what it was, to the last bit.
    #[schema(value_type = Object)]
    pub geometry: serde_json::Value,
    /// Planar area, m².
    pub area_m2: f64,
    /// Planar area, ha.
    pub area_ha: f64,
}
