//! Zones as they would be.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Finding, FindingZone, SliverSum, WhatIfState};

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
